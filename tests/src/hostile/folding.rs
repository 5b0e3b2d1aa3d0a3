//! The fold: whatever a district's devices sign besides what they should.

use jasaq_fieldbook::protocol::ids::{
    DeviceId, EnvelopeHash, EpochId, ExchangeKey, JournalId, OperationId, Place, Sequence, SpaceId,
};
use jasaq_fieldbook::protocol::membership::{
    Join, Membership, Operation, Parent, Rank, Role, RollEntry, Season, SpaceKind, fold, operation_id,
};
use jasaq_fieldbook::protocol::seal::EpochKey;

use super::district::{DEVICES, DISTRICT, District, ROOT, office_of};
use super::draw::Draw;
use crate::chance::Chance;

/// Operations one after another, of whom and in which roll the plan says; the last byte read says how they are turned.
pub(super) fn feed_operations(input: &[u8]) {
    let district = &*DISTRICT;
    let mut entries: Vec<RollEntry> = Vec::new();
    for (number, (signer, roll, operation)) in district.said.iter().enumerate() {
        let hash = EnvelopeHash::from_bytes([u8::try_from(number).expect("few rolls"); 32]);
        entries.push(entry(operation_id(&hash, 0), district.devices[*signer].id(), *roll, operation.clone()));
    }
    let mut draw = Draw::new(input);
    let turn = draw.byte();
    while !draw.is_empty() && entries.len() < 60 {
        // Ids can be ground: the first byte is the writer's to choose.
        let mut id = [draw.byte(); 16];
        id[15] = u8::try_from(entries.len()).expect("few entries");
        let signer = district.devices[draw.below(2 * DEVICES)].id();
        let roll = draw.pick(&district.spaces());
        let operation = operation(district, &mut draw);
        // What cannot be read from the wire does not reach the fold.
        if let Ok(operation) = Operation::decode(&operation.encode()) {
            entries.push(entry(OperationId::from_bytes(id), signer, roll, operation));
        }
    }
    let root = district.devices[ROOT].id();
    let folded = fold(root, &entries);
    let middle = usize::from(turn) % entries.len();
    entries.rotate_left(middle);
    assert_eq!(fold(root, &entries), folded, "any order gives the same");
    entries.reverse();
    let repeated: Vec<RollEntry> = entries.iter().chain(&entries).cloned().collect();
    assert_eq!(fold(root, &repeated), folded, "and so does what came twice");
    check(&folded, &entries);
}

fn entry(id: OperationId, signer: DeviceId, roll: SpaceId, operation: Operation) -> RollEntry {
    let place = Place { space: roll, journal: JournalId::from_bytes([7; 16]), sequence: Sequence::FIRST };
    RollEntry::new(id, place, signer, operation)
}

fn check(folded: &Membership, entries: &[RollEntry]) {
    for entry in entries {
        assert!(folded.standing(&entry.id).is_some(), "of every operation something is said");
    }
    let rank = |device: &DeviceId| folded.device(device).map_or(Rank::Root, |enrolled| enrolled.role.rank());
    for (device, enrolled) in folded.devices() {
        assert!(*device != folded.root(), "the root is no device");
        let is_known = enrolled.added_by == folded.root() || folded.device(&enrolled.added_by).is_some();
        assert!(is_known && rank(&enrolled.added_by) < enrolled.role.rank(), "who adds stands higher");
        assert_eq!(enrolled.role.is_of_a_squad(), enrolled.office.is_none());
        let roll = folded.space(&enrolled.roll).expect("who is in stands in a roll");
        assert!(roll.kind.is_roll());
    }
    for (space, record) in folded.spaces() {
        assert_eq!(record.kind.is_roll(), record.epochs.is_empty(), "a space has a key unless it is a roll");
        assert_eq!(record.newest_epoch().is_some(), !record.kind.is_roll(), "and one to seal to");
        assert!(folded.space(&record.roll).is_some_and(|roll| roll.kind.is_roll()), "it stands in a roll");
        for (reader, _) in folded.readers_of(space) {
            assert!(folded.access(reader, space).reads());
        }
    }
}

fn operation(district: &District, draw: &mut Draw<'_>) -> Operation {
    let (device, other) = (draw.below(DEVICES), draw.below(DEVICES));
    let role = draw.pick(&Role::ALL);
    let key = district.invite_key(draw.below(DEVICES));
    match draw.below(9) {
        0 => Operation::Found { successor: district.devices[device].id() },
        1 => {
            let kind = draw.pick(&SpaceKind::ALL);
            let epoch = (!kind.is_roll()).then(|| *epoch(draw.byte()).public().key());
            let offices = if draw.flag() { office_of(Role::Ss).into_iter().collect() } else { Vec::new() };
            Operation::Space { nonce: [draw.byte(); 16], kind, season: Season(2026), offices, epoch }
        }
        2 => Operation::Invite { key, role, office: office_of(role), expires_at_ms: 0 },
        3 => {
            let (inviter, joiner) = (district.devices[other].id(), &district.devices[device]);
            Operation::Join(Join::make(key, inviter, draw.byte().into(), joiner))
        }
        4 => district.add(device, role, None),
        5 => district.add(device, role, Some(key)),
        6 => {
            let parents = (0..draw.below(4)).map(|_| parent(district, draw)).collect();
            Operation::Rotate { space: draw.pick(&district.spaces()), epoch: public(draw), parents }
        }
        7 => {
            let Parent { epoch, key } = parent(district, draw);
            let device = district.devices[device].id();
            Operation::Wrap { space: draw.pick(&district.spaces()), epoch, device, key }
        }
        _ => district.said[draw.below(district.said.len())].2.clone(),
    }
}

fn epoch(seed: u8) -> EpochKey {
    EpochKey::make(Chance::of_seed(100 + u64::from(seed % 4)).stream())
}

/// The public half of an epoch that somebody has, or of none that anybody has.
fn public(draw: &mut Draw<'_>) -> ExchangeKey {
    if draw.byte() < 200 {
        *epoch(draw.byte()).public().key()
    } else {
        ExchangeKey::from_bytes([draw.byte(); 32])
    }
}

/// A wrapped key from the district's own rolls, under whatever name.
fn parent(district: &District, draw: &mut Draw<'_>) -> Parent {
    let wraps: Vec<_> = district
        .said
        .iter()
        .filter_map(|(_, _, operation)| match operation {
            Operation::Wrap { epoch, key, .. } => Some((*epoch, key.clone())),
            _ => None,
        })
        .collect();
    let (own, key) = wraps[draw.below(wraps.len())].clone();
    let epoch: EpochId = if draw.flag() { own } else { epoch(draw.byte()).public().id() };
    Parent { epoch, key }
}
