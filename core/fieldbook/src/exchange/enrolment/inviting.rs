//! Inviting a device, and letting the one in whose four words are right.

use jasaq_protocol::ids::{DeviceId, InviteKey, MemberId, OfficeId, SpaceId};
use jasaq_protocol::limits::INVITE_LIFETIME_MS;
use jasaq_protocol::membership::{
    Act, Enrolled, FourWords, InviteCode, InviteSeed, InviteTerms, Invited, Membership, Operation, Role,
    may_operate,
};
use jasaq_protocol::seal::DevicePublic;

use super::keys::wrap_for;
use super::{EnrolRefused, check};
use crate::exchange::device::Device;
use crate::exchange::flush::seal_operations;
use crate::surroundings::Surroundings;
use crate::vault::{Connection, Transaction, Vault, VaultRefused};

/// An invite to be given to one device.
pub struct NewInvite {
    /// The code, to be shown to the joiner and to nobody else.
    pub code: zeroize::Zeroizing<String>,
    /// The same by voice: ten words, good wherever the relay is reached. None if the relay is not known here.
    pub words: Option<zeroize::Zeroizing<String>>,
    /// The one-time key's name.
    pub key: InviteKey,
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
    /// One more device of somebody who is in, beside those he has, or the return of somebody who was.
    Beside(MemberId),
}

/// Which role, roll and office that is, and whose device it will be, if not a new member's.
struct Place {
    role: Role,
    roll: SpaceId,
    office: Option<OfficeId>,
    member: Option<MemberId>,
}

impl Seat {
    fn place(self, device: &Device) -> Result<Place, EnrolRefused> {
        let territory = device.membership.territory_roll();
        match self {
            Self::Office(role, office) => {
                Ok(Place { role, roll: territory, office: Some(office), member: None })
            }
            Self::Squad(role, roll) => Ok(Place { role, roll, office: None, member: None }),
            Self::Beside(member) => {
                // Of who is out, the device that he had: it is his return.
                let own = devices_of(&device.membership, &member).next().ok_or(EnrolRefused::NoMember)?;
                check(device, Act::Enrol(own.role))?;
                naming(device, &member)?;
                Ok(Place { role: own.role, roll: own.roll, office: own.office, member: Some(member) })
            }
        }
    }
}

fn devices_of<'a>(membership: &'a Membership, member: &'a MemberId) -> impl Iterator<Item = &'a Enrolled> {
    let all = membership.devices().chain(membership.removed_devices());
    all.map(|(_, enrolled)| enrolled)
        .filter(move |enrolled| enrolled.member == *member)
}

/// What an add carries to be another device of a member's.
fn naming(device: &Device, member: &MemberId) -> Result<([u8; 16], Option<MemberId>), EnrolRefused> {
    let naming = device.membership.naming(member, &device.id());
    naming.ok_or(EnrolRefused::BroughtByAnother)
}

/// Signs an invite and writes its code.
pub(crate) fn invite(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    seat: Seat,
) -> Result<NewInvite, EnrolRefused> {
    let Place { role, roll, office, member } = seat.place(device)?;
    check(device, Act::Enrol(role))?;
    if !device.membership.access(&device.id(), &roll).writes() {
        return Err(EnrolRefused::MayNot);
    }
    let seed = InviteSeed::make(surroundings.chance());
    let secret = seed.signing_key();
    let key = secret.invite_key();
    let expires_at_ms = surroundings.now().unix_ms.saturating_add(INVITE_LIFETIME_MS);
    let operation = Operation::Invite { key, role, office, expires_at_ms };
    seal_operations(transaction, device, surroundings, (&roll, &[operation]))?;
    if let Some(member) = member {
        Vault::set_invite_member(transaction, &key, &member)?;
    }
    device.refresh(transaction)?;
    let known = Vault::relay(transaction)?;
    let relay = known.and_then(|known| Some((known.address, known.relay?)));
    let (root, inviter) = (device.membership.root(), device.id());
    let terms = InviteTerms { root, roll, inviter, role };
    let words = relay.as_ref().map(|(_, relay)| seed.to_words(&terms, relay));
    let code = InviteCode { root, roll, inviter, role, secret, relay };
    Ok(NewInvite { code: code.to_text(), words, key, role, expires_at_ms })
}

/// The devices that ask this one to be added. Nobody else may add them: another console of an office invites anew.
pub(crate) fn waiting_joins(
    connection: &Connection,
    device: &Device,
    now_ms: i64,
) -> Result<Vec<WaitingJoin>, VaultRefused> {
    let membership = &device.membership;
    let withdrawn = Vault::withdrawn_invites(connection)?;
    let mine = own_invites(device).filter(|(key, invited)| {
        let may = device
            .role()
            .is_some_and(|role| may_operate(Some(role), Act::Enrol(invited.role)));
        let is_good = invited.device.is_none() && !withdrawn.contains(key);
        may && is_good && membership.access(&device.id(), &invited.roll).writes()
    });
    let waiting = mine.flat_map(|(key, invited)| {
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
    });
    Ok(waiting.collect())
}

/// An invite that this device made, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnInvite {
    /// The one-time key's name.
    pub key: InviteKey,
    /// What the device will be.
    pub role: Role,
    /// Whose device it will be, if not a new member's.
    pub member: Option<MemberId>,
    /// Until when it may be confirmed, in ms since 1970 by this device's clock.
    pub expires_at_ms: i64,
    /// The words of the devices that asked with it, whether or not one of them is in.
    pub asked: Vec<FourWords>,
    /// How it stands.
    pub state: InviteState,
}

/// How an invite stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InviteState {
    /// Nobody has asked with it, as far as is known here.
    Open,
    /// Somebody asks, and waits to be confirmed.
    Asked,
    /// This device came in with it.
    Used(DeviceId),
    /// It was withdrawn: nobody comes in with it any more.
    Withdrawn,
    /// Its time is over, by this device's clock.
    Expired,
}

/// The invites of this device, the last to expire last.
pub(crate) fn invites(
    connection: &Connection,
    device: &Device,
    now_ms: i64,
) -> Result<Vec<OwnInvite>, VaultRefused> {
    let withdrawn = Vault::withdrawn_invites(connection)?;
    let view = |(key, invited): (&InviteKey, &Invited)| -> Result<OwnInvite, VaultRefused> {
        let state = match invited.device {
            Some(device) => InviteState::Used(device),
            None if withdrawn.contains(key) => InviteState::Withdrawn,
            None if invited.expires_at_ms < now_ms => InviteState::Expired,
            None if invited.joins.is_empty() => InviteState::Open,
            None => InviteState::Asked,
        };
        Ok(OwnInvite {
            key: *key,
            role: invited.role,
            member: Vault::invite_member(connection, key)?,
            expires_at_ms: invited.expires_at_ms,
            asked: invited.joins.values().map(|join| join.words(key)).collect(),
            state,
        })
    };
    let mut all = own_invites(device).map(view).collect::<Result<Vec<_>, _>>()?;
    all.sort_by_key(|invite| (invite.expires_at_ms, invite.key));
    Ok(all)
}

/// Withdraws an invite: this device lets nobody in with it any more, and no other device can.
pub(crate) fn withdraw(
    transaction: &Transaction<'_>,
    device: &Device,
    key: &InviteKey,
) -> Result<(), EnrolRefused> {
    let (_, invited) = own_invites(device).find(|(own, _)| *own == key).ok_or(EnrolRefused::NoInvite)?;
    if invited.device.is_some() {
        return Err(EnrolRefused::InUse);
    }
    Ok(Vault::withdraw_invite(transaction, key)?)
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
    let waiting = waiting_joins(transaction, device, now_ms)?;
    let Some(join) = waiting.into_iter().find(|join| join.words.are(typed)) else {
        return Err(why_not(transaction, device, typed)?);
    };
    if device.membership.is_removed(&join.device.id) {
        return Err(EnrolRefused::AnotherRemoved);
    }
    if join.expired {
        return Err(EnrolRefused::Expired);
    }
    let Some(invited) = device.membership.invite(&join.invite, &device.id()).cloned() else {
        return Err(EnrolRefused::NoSuchWords);
    };
    check(device, Act::Enrol(join.role))?;
    let (nonce, head) = match Vault::invite_member(transaction, &join.invite)? {
        Some(member) => naming(device, &member)?,
        None => (surroundings.make_id(), None),
    };
    let (role, office, invite) = (join.role, invited.office, Some(join.invite));
    let add = Operation::Add { device: join.device, nonce, role, office, invite, head };
    seal_operations(transaction, device, surroundings, (&invited.roll, &[add]))?;
    device.refresh(transaction)?;
    if device.membership.device(&join.device.id).is_none() {
        return Err(EnrolRefused::MayNot);
    }
    wrap_for(transaction, device, surroundings, &join.device)?;
    Ok(join)
}

/// Why nobody with these words waits.
fn why_not(
    transaction: &Transaction<'_>,
    device: &Device,
    typed: &str,
) -> Result<EnrolRefused, VaultRefused> {
    let mut asked = own_invites(device)
        .filter(|(key, invited)| invited.joins.values().any(|join| join.words(key).are(typed)));
    let withdrawn = Vault::withdrawn_invites(transaction)?;
    Ok(match asked.next() {
        Some((_, invited)) if invited.device.is_some() => EnrolRefused::Used,
        Some((key, _)) if withdrawn.contains(key) => EnrolRefused::Withdrawn,
        _ => EnrolRefused::NoSuchWords,
    })
}
