//! Founding a territory, and making its spaces.

use jasaq_protocol::ids::{DeviceId, MemberId, OfficeId, Place, Sequence, SpaceId};
use jasaq_protocol::membership::{Act, Operation, Role, Season, Sheet, SpaceKind, split_into_sheets};
use jasaq_protocol::seal::{DeviceKeys, EnvelopeDraft, EpochKey, Link, NextPlace, Section, SigningKey, seal};

use super::{EnrolRefused, check};
use crate::exchange::device::Device;
use crate::exchange::flush::seal_operations;
use crate::exchange::keys;
use crate::exchange::merging::take_readable;
use crate::surroundings::Surroundings;
use crate::vault::{EnvelopeState, Transaction, Vault};

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
        Operation::Found {
            successor: DeviceKeys::of_root(&successor).public(),
            recovery: DeviceKeys::of_root(&root).public().exchange,
        },
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
pub(super) fn seal_first_envelope(
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

/// Makes a space in a roll, and keeps its first key.
pub(crate) fn make_space(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    (roll, kind, season, offices): (SpaceId, SpaceKind, Season, Vec<OfficeId>),
) -> Result<SpaceId, EnrolRefused> {
    check(device, Act::MakeSpace(kind))?;
    let nonce = surroundings.make_id();
    let space = SpaceId::derive(&roll, &device.id(), &nonce);
    let key = (!kind.is_roll()).then(|| EpochKey::make(surroundings.chance()));
    if let Some(key) = &key {
        Vault::keep_epoch(transaction, &space, key)?;
    }
    let epoch = key.map(|key| *key.public().key());
    let operation = Operation::Space { nonce, kind, season, offices, epoch };
    seal_operations(transaction, device, surroundings, (&roll, &[operation]))?;
    device.refresh(transaction)?;
    keys::learn(transaction, device, surroundings.now().unix_ms)?;
    if device.membership.space(&space).is_some() { Ok(space) } else { Err(EnrolRefused::MayNot) }
}
