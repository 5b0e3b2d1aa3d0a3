//! Founding a territory, and making its spaces.

use std::collections::BTreeSet;

use jasaq_protocol::ids::{DeviceId, OfficeId, Place, Sequence, SpaceId};
use jasaq_protocol::membership::{
    Act, Enrolled, OfflineKey, Operation, Role, Season, Sheet, SheetPurpose, SpaceKind, SpaceRecord,
};
use jasaq_protocol::seal::{DeviceKeys, EnvelopeDraft, EpochKey, Link, NextPlace, Section, SigningKey, seal};

use super::recovery::split;
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
    let nonce = surroundings.make_id();
    let office = Some(OfficeId::from_bytes(surroundings.make_id()));
    let operations = [
        Operation::Found {
            successor: DeviceKeys::of_root(&successor).public(),
            recovery: DeviceKeys::of_root(&root).public().exchange,
        },
        Operation::Add { device: device.public(), nonce, role: Role::Ts, office, invite: None, head: None },
    ];
    seal_first_envelope(transaction, surroundings, (roll, &root), &operations)?;
    Vault::set_device_keys(transaction, &device)?;
    Vault::set_root(transaction, &root.device_id())?;
    let root_id = root.device_id();
    Ok(Founded {
        root: root_id,
        sheets: split(&OfflineKey { purpose: SheetPurpose::Root, key: root }, &root_id, surroundings),
        successor_sheets: split(
            &OfflineKey { purpose: SheetPurpose::Successor, key: successor },
            &root_id,
            surroundings,
        ),
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

/// The season of spaces that last as long as the territory.
const LASTING: Season = Season(0);

/// Makes the spaces of architecture §4 that this device has to make and that are not there: a TS the register, and of each
/// office that is in its subdivision or submission; an SS the one that everybody below it writes to.
pub(crate) fn make_standing_spaces(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
) -> Result<(), EnrolRefused> {
    let roll = device.membership.territory_roll();
    for (kind, offices) in spaces_due(device) {
        make_space(transaction, device, surroundings, (roll, kind, LASTING, offices))?;
    }
    Ok(())
}

fn spaces_due(device: &Device) -> Vec<(SpaceKind, Vec<OfficeId>)> {
    let membership = &device.membership;
    let Some(own) = membership.device(&device.id()) else { return Vec::new() };
    let mut due = BTreeSet::new();
    match own.role {
        Role::Ts => {
            due.insert((SpaceKind::Register, own.office));
            // Of several consoles the one that let the office in makes them; another only if that one is gone.
            let is_mine = |enrolled: &&Enrolled| {
                enrolled.added_by == device.id() || membership.device(&enrolled.added_by).is_none()
            };
            for enrolled in membership.devices().map(|(_, enrolled)| enrolled).filter(is_mine) {
                match enrolled.role {
                    Role::Ss => due.insert((SpaceKind::Subdivision, enrolled.office)),
                    Role::Leb => due.insert((SpaceKind::Submission, enrolled.office)),
                    _ => false,
                };
            }
        }
        Role::Ss => {
            due.insert((SpaceKind::ToSubdivision, own.office));
        }
        _ => {}
    }
    // One register is enough, whichever office of the territory made it.
    let is_there = |kind: SpaceKind, office: &OfficeId| {
        let serves = |record: &SpaceRecord| kind == SpaceKind::Register || record.offices.contains(office);
        membership.spaces().any(|(_, record)| record.kind == kind && serves(record))
    };
    due.into_iter()
        .filter_map(|(kind, office)| Some((kind, office?)))
        .filter(|(kind, office)| !is_there(*kind, office))
        .map(|(kind, office)| (kind, vec![office]))
        .collect()
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
