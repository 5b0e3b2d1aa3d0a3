//! Inviting a device, and letting the one in whose four words are right.

use jasaq_protocol::ids::{InviteKey, MemberId, OfficeId, SpaceId};
use jasaq_protocol::limits::INVITE_LIFETIME_MS;
use jasaq_protocol::membership::{Act, FourWords, InviteCode, Invited, Operation, Role, may_operate};
use jasaq_protocol::seal::{DevicePublic, SigningKey};

use super::keys::wrap_for;
use super::{EnrolRefused, check};
use crate::exchange::device::Device;
use crate::exchange::flush::seal_operations;
use crate::surroundings::Surroundings;
use crate::vault::{Transaction, Vault};

/// An invite to be given to one device.
pub struct NewInvite {
    /// The code, to be shown to the joiner and to nobody else.
    pub code: zeroize::Zeroizing<String>,
    /// What the device will be.
    pub role: Role,
    /// Until when it may be confirmed, in ms since 1970 by this device's clock.
    pub expires_at_ms: i64,
}

impl std::fmt::Debug for NewInvite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewInvite({:?}, …)", self.role)
    }
}

/// A device that asks to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingJoin {
    /// The invite it came with.
    pub invite: InviteKey,
    /// The device.
    pub device: DevicePublic,
    /// What it will be.
    pub role: Role,
    /// The words that both sides show.
    pub words: FourWords,
    /// Whether the invite has expired by this device's clock.
    pub expired: bool,
    /// How many devices asked with this invite. More than one: somebody else has seen the code.
    pub rivals: usize,
}

/// What a device is asked to become: offices have a body, squad roles a squad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seat {
    /// A console of a body.
    Office(Role, OfficeId),
    /// A phone of a squad, by its roll.
    Squad(Role, SpaceId),
}

impl Seat {
    fn role(self) -> Role {
        match self {
            Self::Office(role, _) | Self::Squad(role, _) => role,
        }
    }
}

/// Signs an invite and writes its code.
pub(crate) fn invite(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    seat: Seat,
) -> Result<NewInvite, EnrolRefused> {
    let role = seat.role();
    check(device, Act::Enrol(role))?;
    let (roll, office) = match seat {
        Seat::Office(_, office) => (device.membership.territory_roll(), Some(office)),
        Seat::Squad(_, roll) => (roll, None),
    };
    if !device.membership.access(&device.id(), &roll).writes() {
        return Err(EnrolRefused::MayNot);
    }
    let secret = SigningKey::make(surroundings.chance());
    let expires_at_ms = surroundings.now().unix_ms.saturating_add(INVITE_LIFETIME_MS);
    let operation = Operation::Invite { key: secret.invite_key(), role, office, expires_at_ms };
    seal_operations(transaction, device, surroundings, (&roll, &[operation]))?;
    device.refresh(transaction)?;
    let known = Vault::relay(transaction)?;
    let relay = known.and_then(|known| Some((known.address, known.relay?)));
    let root = device.membership.root();
    let code = InviteCode { root, roll, inviter: device.id(), role, secret, relay };
    Ok(NewInvite { code: code.to_text(), role, expires_at_ms })
}

/// The devices that ask this one to be added. Nobody else may add them: another console of an office invites anew.
pub(crate) fn waiting_joins(device: &Device, now_ms: i64) -> Vec<WaitingJoin> {
    let membership = &device.membership;
    let mine = own_invites(device).filter(|(_, invited)| {
        let may = device
            .role()
            .is_some_and(|role| may_operate(Some(role), Act::Enrol(invited.role)));
        let unused = invited.device.is_none();
        may && unused && membership.access(&device.id(), &invited.roll).writes()
    });
    mine.flat_map(|(key, invited)| {
        // Who is in already would leave his squad, and with it all that he wrote there.
        let outside = invited
            .joins
            .values()
            .filter(|join| membership.device(&join.device.id).is_none());
        outside.map(|join| WaitingJoin {
            invite: *key,
            device: join.device,
            role: invited.role,
            words: join.words(key),
            expired: invited.expires_at_ms < now_ms,
            rivals: invited.joins.len(),
        })
    })
    .collect()
}

fn own_invites(device: &Device) -> impl Iterator<Item = (&InviteKey, &Invited)> {
    let own = device.id();
    device.membership.invites().filter(move |(_, invited)| invited.inviter == own)
}

/// Adds the waiting device whose words these are, and gives it the keys of everything it may read.
pub(crate) fn confirm(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    typed: &str,
) -> Result<WaitingJoin, EnrolRefused> {
    let now_ms = surroundings.now().unix_ms;
    let mut waiting = waiting_joins(device, now_ms).into_iter().filter(|join| join.words.are(typed));
    let join = waiting.next().ok_or_else(|| used_or_unknown(device, typed))?;
    if join.expired {
        return Err(EnrolRefused::Expired);
    }
    let Some(invited) = device.membership.invite(&join.invite, &device.id()).cloned() else {
        return Err(EnrolRefused::NoSuchWords);
    };
    check(device, Act::Enrol(join.role))?;
    let add = Operation::Add {
        device: join.device,
        member: MemberId::from_bytes(surroundings.make_id()),
        role: join.role,
        office: invited.office,
        invite: Some(join.invite),
    };
    seal_operations(transaction, device, surroundings, (&invited.roll, &[add]))?;
    device.refresh(transaction)?;
    wrap_for(transaction, device, surroundings, &join.device)?;
    Ok(join)
}

fn used_or_unknown(device: &Device, typed: &str) -> EnrolRefused {
    let of_a_used_invite = own_invites(device).any(|(key, invited)| {
        invited.device.is_some() && invited.joins.values().any(|join| join.words(key).are(typed))
    });
    if of_a_used_invite { EnrolRefused::Used } else { EnrolRefused::NoSuchWords }
}
