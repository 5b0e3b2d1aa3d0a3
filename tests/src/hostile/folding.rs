//! The fold: whatever a district's devices sign besides what they should.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_fieldbook::protocol::ids::{
    DeviceId, DocumentId, EnvelopeHash, EpochId, ExchangeKey, JournalId, OperationId, Place, RootHash,
    Sequence, SpaceId,
};
use jasaq_fieldbook::protocol::membership::{
    Cut, CutHead, Join, Links, Membership, Operation, Parent, Placement, Rank, Role, RollEntry, Season,
    SectionPlace, SpaceKind, Standing, fold, operation_id,
};
use jasaq_fieldbook::protocol::seal::EpochKey;

use super::district::{DEVICES, DISTRICT, District, ROOT, office_of};
use super::draw::Draw;
use crate::chance::Chance;

/// Operations one after another, of whom and in which roll the plan says; the last byte read says how they are turned.
pub(super) fn feed_operations(input: &[u8]) {
    let district = &*DISTRICT;
    let mut entries: Vec<RollEntry> = Vec::new();
    for (signer, roll, operation) in &district.said {
        let (hash, signer) = (hash_of(entries.len()), district.devices[*signer].id());
        entries.push(entry(&entries, operation_id(&hash, 0), (signer, *roll), operation.clone()));
    }
    let mut draw = Draw::new(input);
    let turn = draw.byte();
    while !draw.is_empty() && entries.len() < 60 {
        // Ids can be ground: the first byte is the writer's to choose.
        let mut id = [draw.byte(); 16];
        id[15] = u8::try_from(entries.len()).expect("few entries");
        let signer = district.devices[draw.below(2 * DEVICES)].id();
        let roll = draw.pick(&district.spaces());
        let operation = match draw.below(3) {
            0 => word(district, &entries, &mut draw),
            _ => operation(district, &mut draw),
        };
        // What cannot be read from the wire does not reach the fold.
        if let Ok(operation) = Operation::decode(&operation.encode()) {
            entries.push(entry(&entries, OperationId::from_bytes(id), (signer, roll), operation));
        }
    }
    let (root, links) = (district.devices[ROOT].id(), links(&entries));
    let folded = fold(root, &entries, &links);
    let middle = usize::from(turn) % entries.len();
    entries.rotate_left(middle);
    assert_eq!(fold(root, &entries, &links), folded, "any order gives the same");
    entries.reverse();
    let repeated: Vec<RollEntry> = entries.iter().chain(&entries).cloned().collect();
    assert_eq!(fold(root, &repeated, &links), folded, "and so does what came twice");
    check(&folded, &entries);
}

fn hash_of(number: usize) -> EnvelopeHash {
    EnvelopeHash::from_bytes([u8::try_from(number).expect("few entries"); 32])
}

/// An operation behind what its signer has signed in the roll so far.
fn entry(
    before: &[RollEntry],
    id: OperationId,
    (signer, roll): (DeviceId, SpaceId),
    operation: Operation,
) -> RollEntry {
    let journal = JournalId::of_device(&signer, [roll.as_bytes()[0]; 8]);
    let earlier = before.iter().filter(|entry| entry.place.journal == journal).count();
    let sequence = (0..earlier).fold(Sequence::FIRST, |sequence, _| sequence.next());
    let place = Place { space: roll, journal, sequence };
    RollEntry::new(id, (place, hash_of(before.len())), signer, operation)
}

fn links(entries: &[RollEntry]) -> Links {
    let places = entries
        .iter()
        .map(|entry| ((entry.place.journal, entry.place.sequence), entry.hash));
    let places: BTreeMap<_, _> = places.collect();
    let mut links = Links::default();
    for ((journal, sequence), hash) in &places {
        let before = sequence.before().and_then(|before| places.get(&(*journal, before)));
        links.note((*journal, *sequence), *hash, before.copied());
    }
    links
}

/// Something said of a device, of what it said, or of a space as a whole.
fn word(district: &District, before: &[RollEntry], draw: &mut Draw<'_>) -> Operation {
    let device = district.devices[draw.below(DEVICES)].id();
    let some = |draw: &mut Draw<'_>| &before[draw.below(before.len())];
    let replaces = (0..draw.below(3)).map(|_| some(draw).id).collect();
    let own = before.iter().filter(|entry| entry.signer == device).map(|entry| CutHead {
        journal: entry.place.journal,
        sequence: entry.place.sequence,
        hash: entry.hash,
    });
    let own: Vec<CutHead> = own.collect();
    let heads = own.iter().take(draw.below(own.len() + 1)).copied().collect();
    let parts = (0..draw.below(2)).map(|_| some(draw).id).collect();
    let space = draw.pick(&district.spaces());
    let place = some(draw);
    let placement =
        Placement { space, journal: place.place.journal, sequence: place.place.sequence, hash: place.hash };
    match draw.below(6) {
        0 => Operation::Role { device, role: draw.pick(&Role::ALL), cut: Cut { heads, parts }, replaces },
        1 => Operation::Remove { device, cut: Cut { heads, parts }, replaces },
        2 => Operation::Heads { device, heads },
        3 => Operation::Admit {
            device: place.signer,
            place: placement,
            keys: Vec::new(),
            is_admitted: draw.flag(),
            replaces,
        },
        4 => match draw.byte() {
            0xf0.. => Operation::Erased { operations: replaces },
            byte => erasure(placement, byte),
        },
        _ => Operation::Close { space },
    }
}

/// An erasure of a document with a section of an envelope, of an attachment alone, or of all of it, as a byte says.
fn erasure(Placement { space, journal, sequence, hash }: Placement, byte: u8) -> Operation {
    let document = (byte < 0xe0).then(|| DocumentId::from_bytes([byte; 16]));
    let section = SectionPlace { journal, sequence, hash, index: byte & 15 };
    let attachments =
        if byte.is_multiple_of(4) { vec![RootHash::from_bytes([byte >> 4; 32])] } else { Vec::new() };
    let sections = document.map(|_| section).into_iter().collect();
    Operation::Erase { space, document, sections, attachments }
}

fn check(folded: &Membership, entries: &[RollEntry]) {
    for entry in entries {
        assert!(folded.standing(&entry.id).is_some(), "of every operation something is said");
    }
    check_erased(folded, entries);
    // Whoever added somebody may have been removed or lowered since, and the added may have risen.
    let highest = |device: &DeviceId| folded.roles_of(device).map(Role::rank).min().unwrap_or(Rank::Root);
    for (device, enrolled) in folded.devices() {
        assert!(*device != folded.root(), "the root is no device");
        let by = &enrolled.added_by;
        let is_known = folded.is_root(by) || folded.known_device(by).is_some();
        let first = folded.roles_of(device).next().expect("it was added with one");
        assert!(is_known && highest(by) < first.rank(), "who adds stands higher");
        assert!(!folded.is_removed(device));
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

fn check_erased(folded: &Membership, entries: &[RollEntry]) {
    let counts = |id: &OperationId| folded.standing(id) == Some(Standing::Counted);
    let erasures = folded.erasures();
    for entry in entries {
        let Operation::Erase { space, document, sections, attachments } = &entry.operation else { continue };
        let is_named = |by: Option<&BTreeSet<OperationId>>| by.is_some_and(|by| by.contains(&entry.id));
        if let Some(document) = document {
            assert_eq!(is_named(erasures.document(space, document)), counts(&entry.id));
        }
        for attachment in attachments {
            assert_eq!(is_named(erasures.attachment(space, attachment)), counts(&entry.id));
        }
        for section in sections.iter().filter(|_| counts(&entry.id)) {
            let erased = erasures.of(&section.envelope(*space));
            assert!(erased.contains(section.index.into()), "what counts erases what it names");
        }
    }
    for ((space, document), by) in erasures.documents() {
        assert!(by.iter().all(counts), "what does not count erases nothing");
        assert!(folded.documents_that_may_be_gone(space).contains(document));
    }
    for (at, sections) in erasures.sections() {
        assert!(folded.explains_erased(at, sections), "what is erased may be missing");
    }
}

fn operation(district: &District, draw: &mut Draw<'_>) -> Operation {
    let (device, other) = (draw.below(DEVICES), draw.below(DEVICES));
    let role = draw.pick(&Role::ALL);
    let key = district.invite_key(draw.below(DEVICES));
    match draw.below(9) {
        0 => {
            let [successor, root] = [device, ROOT].map(|device| district.devices[device].public());
            Operation::Found { successor, recovery: root.exchange }
        }
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
