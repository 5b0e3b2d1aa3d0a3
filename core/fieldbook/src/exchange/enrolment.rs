//! Bringing devices in: founding, making squads, inviting, joining, confirming.
//!
//! Each act becomes operations in a roll, sealed in one transaction with the keys it makes. Who may is asked of the
//! protocol's own table before anything is signed, so that a refusal has a sentence and leaves no trace.

use crate::vault::Transaction;
use jasaq_protocol::ids::{DeviceId, EpochId, InviteKey, MemberId, OfficeId, Place, Sequence, SpaceId};
use jasaq_protocol::limits::INVITE_LIFETIME_MS;
use jasaq_protocol::membership::{
    Act, FourWords, InviteCode, Join, Membership, Operation, Role, Season, Sheet, SpaceKind, may_operate,
    split_into_sheets,
};
use jasaq_protocol::seal::{
    DeviceKeys, DevicePublic, EnvelopeDraft, EpochKey, Link, NextPlace, Section, SigningKey, seal,
};

use super::device::Device;
use super::flush::{FlushRefused, seal_operations};
use super::keys;
use super::merging::take_readable;
use crate::surroundings::Surroundings;
use crate::vault::{EnvelopeState, KnownRelay, Vault, VaultRefused};

/// Why a device was not brought in. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum EnrolRefused {
    /// The vault refused.
    #[error(transparent)]
    Vault(#[from] VaultRefused),
    /// This device is not in yet itself.
    #[error("this device is not in yet")]
    NotIn,
    /// This device's role may not do that.
    #[error("this device's role may not do that")]
    MayNot,
    /// No such squad, or several of that name.
    #[error("no such squad, or several of that name")]
    NoSquad,
    /// A squad of this name exists.
    #[error("a squad of this name exists")]
    SquadExists,
    /// Nobody who waits has these words.
    #[error("nobody who waits has these words")]
    NoSuchWords,
    /// The invite had expired, by this device's clock.
    #[error("the invite has expired")]
    Expired,
    /// The invite was used for another device.
    #[error("the invite was used already")]
    Used,
    /// This device is in already.
    #[error("this device is in already")]
    AlreadyIn,
    /// The invite is of another territory than this device first asked to join.
    #[error("the invite is of another territory")]
    OtherTerritory,
    /// The invite that this device joined with was used for another, or too often: the relay takes no further request.
    #[error("the invite was spent on other devices")]
    Spent,
    /// A member of this id is not known.
    #[error("no such member")]
    NoMember,
    /// The code is not an invite.
    #[error(transparent)]
    Code(#[from] jasaq_protocol::membership::InviteRefused),
    /// Only a defect of ours can cause this.
    #[error("the operation could not be sealed")]
    Seal,
}

impl From<FlushRefused> for EnrolRefused {
    fn from(refused: FlushRefused) -> Self {
        match refused {
            FlushRefused::Vault(refused) => Self::Vault(refused),
            FlushRefused::Document(_) | FlushRefused::TooLong | FlushRefused::Seal(_) => Self::Seal,
        }
    }
}

/// An invite to be given to one device.
#[derive(Debug)]
pub struct NewInvite {
    /// The code, to be shown to the joiner and to nobody else.
    pub code: zeroize::Zeroizing<String>,
    /// What the device will be.
    pub role: Role,
    /// Until when it may be confirmed, in ms since 1970 by this device's clock.
    pub expires_at_ms: i64,
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

/// What founding a territory makes besides its first device.
#[derive(Debug)]
pub(crate) struct Founded {
    pub(crate) root: DeviceId,
    pub(crate) sheets: [Sheet; 3],
    pub(crate) successor_sheets: [Sheet; 3],
}

/// Founds a territory: root and successor keys leave as sheets, the first TS device is in. The root's key is used for the
/// founding envelope and then gone.
pub(crate) fn found(
    transaction: &Transaction<'_>,
    surroundings: &mut Surroundings,
) -> Result<Founded, EnrolRefused> {
    let (root, successor) =
        (SigningKey::make(surroundings.chance()), SigningKey::make(surroundings.chance()));
    let device = DeviceKeys::make(surroundings.chance());
    let roll = SpaceId::of_territory(&root.device_id());
    let member = MemberId::from_bytes(surroundings.make_id());
    let office = Some(OfficeId::from_bytes(surroundings.make_id()));
    let operations = [
        Operation::Found { successor: successor.device_id() },
        Operation::Add { device: device.public(), member, role: Role::Ts, office, invite: None },
    ];
    seal_first_envelope(transaction, surroundings, (roll, &root), &operations)?;
    Vault::set_device_keys(transaction, &device)?;
    Vault::set_root(transaction, &root.device_id())?;
    Ok(Founded {
        root: root.device_id(),
        sheets: split_into_sheets(&root, surroundings.chance()),
        successor_sheets: split_into_sheets(&successor, surroundings.chance()),
    })
}

/// The only envelope of a key that is used once: the root's, or an invite's.
fn seal_first_envelope(
    transaction: &Transaction<'_>,
    surroundings: &mut Surroundings,
    (roll, key): (SpaceId, &SigningKey),
    operations: &[Operation],
) -> Result<(), EnrolRefused> {
    let journal = surroundings.make_journal(&key.device_id());
    let place = Place { space: roll, journal, sequence: Sequence::FIRST };
    let next = NextPlace { place, link: Link::First(key.device_id()) };
    let sections: Vec<Section> = operations
        .iter()
        .map(|operation| Section::Operation(operation.encode()))
        .collect();
    let draft = EnvelopeDraft { next, epoch: None, sections: &sections };
    let envelope = seal(&draft, key, surroundings.chance()).map_err(|_| EnrolRefused::Seal)?;
    Vault::append(transaction, &envelope, EnvelopeState::Open, false)?;
    take_readable(transaction, &envelope)?;
    Ok(())
}

/// Asks to be added with an invite: keys are made here and signed with the invite's one-time key, which is then gone.
pub(crate) fn join(
    transaction: &Transaction<'_>,
    surroundings: &mut Surroundings,
    code: &InviteCode,
) -> Result<FourWords, EnrolRefused> {
    let device = DeviceKeys::make(surroundings.chance());
    Vault::set_device_keys(transaction, &device)?;
    Vault::set_root(transaction, &code.root)?;
    ask_to_join(transaction, surroundings, &device, code)
}

/// Asks once more with another invite, because the first was used or had expired: the same keys, the same records.
pub(crate) fn join_again(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
    code: &InviteCode,
) -> Result<FourWords, EnrolRefused> {
    if device.role().is_some() {
        return Err(EnrolRefused::AlreadyIn);
    }
    if code.root != device.membership.root() {
        return Err(EnrolRefused::OtherTerritory);
    }
    forget_join_requests(transaction, device)?;
    ask_to_join(transaction, surroundings, &device.keys, code)
}

/// Takes back own requests to join that never left this device: another took their place, or none is needed any more.
pub(crate) fn forget_join_requests(
    transaction: &Transaction<'_>,
    device: &Device,
) -> Result<(), VaultRefused> {
    for row in Vault::operations(transaction)? {
        let own = matches!(Operation::decode(&row.body), Ok(Operation::Join(join)) if join.device.id == device.id());
        if own && !Vault::is_at_relay(transaction, &row.place)? {
            Vault::forget_journal(transaction, &row.place.journal)?;
        }
    }
    Ok(())
}

fn ask_to_join(
    transaction: &Transaction<'_>,
    surroundings: &mut Surroundings,
    device: &DeviceKeys,
    code: &InviteCode,
) -> Result<FourWords, EnrolRefused> {
    let invite = code.secret.invite_key();
    let join = Join::make(invite, device);
    seal_first_envelope(transaction, surroundings, (code.roll, &code.secret), &[Operation::Join(join)])?;
    let words = join.words(&invite);
    Vault::set_join_words(transaction, &words.to_string())?;
    if let Some((address, relay)) = &code.relay {
        let known = KnownRelay { address: address.clone(), relay: Some(*relay) };
        Vault::set_relay(transaction, &known)?;
    }
    Ok(words)
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

fn check(device: &Device, act: Act) -> Result<Role, EnrolRefused> {
    let role = device.role().ok_or(EnrolRefused::NotIn)?;
    if may_operate(Some(role), act) { Ok(role) } else { Err(EnrolRefused::MayNot) }
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
    let code = InviteCode { root: device.membership.root(), roll, role, secret, relay };
    Ok(NewInvite { code: code.to_text(), role, expires_at_ms })
}

/// The devices that ask to be added and that this device may add.
pub(crate) fn waiting_joins(device: &Device, now_ms: i64) -> Vec<WaitingJoin> {
    let membership = &device.membership;
    let mine = membership.invites().filter(|(key, invited)| {
        let may = device
            .role()
            .is_some_and(|role| may_operate(Some(role), Act::Enrol(invited.role)));
        let unused = membership.device_of_invite(key).is_none();
        may && unused && membership.access(&device.id(), &invited.roll).writes()
    });
    mine.flat_map(|(key, invited)| {
        invited.joins.iter().map(|join| WaitingJoin {
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

/// Adds the waiting device whose words these are, and gives it the keys of everything it may read.
pub(crate) fn confirm(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    typed: &str,
) -> Result<WaitingJoin, EnrolRefused> {
    let now_ms = surroundings.now().unix_ms;
    let mut waiting = waiting_joins(device, now_ms).into_iter().filter(|join| join.words.are(typed));
    let join = waiting.next().ok_or_else(|| used_or_unknown(&device.membership, typed))?;
    if join.expired {
        return Err(EnrolRefused::Expired);
    }
    let Some(invited) = device.membership.invite(&join.invite).cloned() else {
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

fn used_or_unknown(membership: &Membership, typed: &str) -> EnrolRefused {
    let of_a_used_invite = membership.invites().any(|(key, invited)| {
        let used = membership.device_of_invite(key).is_some();
        used && invited.joins.iter().any(|join| join.words(key).are(typed))
    });
    if of_a_used_invite { EnrolRefused::Used } else { EnrolRefused::NoSuchWords }
}

/// Gives a device the newest key of every space that it reads and whose key is held here. Rotations carry older ones.
fn wrap_for(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    to: &DevicePublic,
) -> Result<(), EnrolRefused> {
    let mut wraps: Vec<(SpaceId, Operation)> = Vec::new();
    for (space, roll, epoch) in readable_epochs(&device.membership, &to.id) {
        let Some(record) = device.membership.space(&space) else { continue };
        let may = device.role().is_some_and(|role| may_operate(Some(role), Act::Key(record.kind)));
        let held = Vault::epoch(transaction, &space, epoch)?;
        // Who named a key that nothing can be sealed to gets none, and blocks nobody.
        if let (true, Some(key)) = (may, held)
            && let Ok(sealed) = key.wrap(space, &to.exchange, surroundings.chance())
        {
            wraps.push((roll, Operation::Wrap { space, epoch, device: to.id, key: sealed }));
        }
    }
    wraps.sort_by_key(|(roll, _)| *roll);
    for wraps in wraps.chunk_by(|(one, _), (other, _)| one == other) {
        let Some((roll, _)) = wraps.first() else { continue };
        let operations: Vec<Operation> = wraps.iter().map(|(_, operation)| operation.clone()).collect();
        seal_operations(transaction, device, surroundings, (roll, &operations))?;
    }
    device.refresh(transaction)?;
    Ok(())
}

fn readable_epochs(membership: &Membership, device: &DeviceId) -> Vec<(SpaceId, SpaceId, EpochId)> {
    membership
        .spaces_of(device)
        .filter(|(_, access)| access.reads())
        .filter_map(|(space, _)| {
            let record = membership.space(&space)?;
            Some((space, record.roll, record.newest_epoch()?.id()))
        })
        .collect()
}

/// Gives keys to devices that read a space and were never given its newest key: whoever opens the fieldbook of one who
/// may, heals it. Says how many were given.
pub(crate) fn heal_wraps(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
) -> Result<usize, EnrolRefused> {
    let lacking: Vec<DevicePublic> = device
        .membership
        .devices()
        .filter(|(id, _)| **id != device.id())
        .filter(|(id, _)| lacks_a_key(transaction, device, id).unwrap_or(false))
        .map(|(id, enrolled)| DevicePublic { id: *id, exchange: enrolled.exchange })
        .collect();
    for to in &lacking {
        wrap_for(transaction, device, surroundings, to)?;
    }
    Ok(lacking.len())
}

fn lacks_a_key(
    transaction: &Transaction<'_>,
    device: &Device,
    other: &DeviceId,
) -> Result<bool, VaultRefused> {
    for (space, _, epoch) in readable_epochs(&device.membership, other) {
        let Some(record) = device.membership.space(&space) else { continue };
        let may = device.role().is_some_and(|role| may_operate(Some(role), Act::Key(record.kind)))
            && device.membership.access(&device.id(), &space).reads();
        let wrapped = device.membership.wraps(&space, other).any(|(wrapped, _)| wrapped == epoch);
        if may
            && !wrapped
            && Vault::epoch(transaction, &space, epoch)?.is_some()
            && !made_by(device, &space, other)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whoever made a space holds its first key without a wrap.
fn made_by(device: &Device, space: &SpaceId, other: &DeviceId) -> bool {
    let record = device.membership.space(space);
    record.is_some_and(|record| record.maker == *other && record.epochs.len() == 1)
}

/// Makes a space in a roll, and keeps its first key.
pub(crate) fn make_space(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    (roll, kind, season, offices): (SpaceId, SpaceKind, Season, Vec<OfficeId>),
) -> Result<SpaceId, EnrolRefused> {
    check(device, Act::MakeSpace(kind))?;
    let space = SpaceId::from_bytes(surroundings.make_id());
    let key = (!kind.is_roll()).then(|| EpochKey::make(surroundings.chance()));
    if let Some(key) = &key {
        Vault::keep_epoch(transaction, &space, key)?;
    }
    let epoch = key.map(|key| *key.public().key());
    let operation = Operation::Space { space, kind, season, offices, epoch };
    seal_operations(transaction, device, surroundings, (&roll, &[operation]))?;
    device.refresh(transaction)?;
    keys::learn(transaction, device, surroundings.now().unix_ms)?;
    if device.membership.space(&space).is_some() { Ok(space) } else { Err(EnrolRefused::MayNot) }
}

/// Renews the key of a space: the new epoch carries the ones before, and every reader is given it.
pub(crate) fn rotate(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    space: SpaceId,
) -> Result<(), EnrolRefused> {
    let record = device.membership.space(&space).ok_or(EnrolRefused::MayNot)?;
    check(device, Act::Key(record.kind))?;
    let (roll, epochs): (_, Vec<EpochId>) = (record.roll, record.epochs.keys().copied().collect());
    let new = EpochKey::make(surroundings.chance());
    let mut parents = Vec::new();
    for epoch in epochs {
        let key = Vault::epoch(transaction, &space, epoch)?.ok_or(EnrolRefused::MayNot)?;
        let sealed = key
            .wrap(space, new.public().key(), surroundings.chance())
            .map_err(|_| EnrolRefused::Seal)?;
        parents.push(jasaq_protocol::membership::Parent { epoch, key: sealed });
    }
    Vault::keep_epoch(transaction, &space, &new)?;
    let operation = Operation::Rotate { space, epoch: *new.public().key(), parents };
    seal_operations(transaction, device, surroundings, (&roll, &[operation]))?;
    device.refresh(transaction)?;
    heal_wraps(transaction, device, surroundings).map(drop)
}
