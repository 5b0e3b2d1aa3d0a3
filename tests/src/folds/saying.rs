//! What our fold says of a district, in the words of `core/docs/wire-format.md`, as JSON.

use std::collections::BTreeSet;

use jasaq_fieldbook::protocol::ids::{DeviceId, EpochId, SpaceId};
use jasaq_fieldbook::protocol::membership::{
    Access, Judged, Links, Membership, NotCounted, Operation, Placement, RollEntry, SpaceRecord, Standing,
    Standpoint, fold,
};
use serde_json::{Value, json};

use super::district::{DEVICES, District, ROOT, Stand, id};
use super::erasing;
use crate::chance::Chance;
use crate::hex::to_hex;

pub(super) fn say(seed: u64, district: &District, chance: &mut Chance) -> Value {
    let missing = chance.pick(&[0, 0, 0, 5]);
    let held: Vec<&Stand> = district.stands.iter().filter(|_| !chance.happens(missing)).collect();
    let mut links = Links::default();
    for stand in &held {
        links.note((stand.place.journal, stand.place.sequence), stand.hash, stand.before);
    }
    let membership = fold(id(ROOT), &district.entries, &links);
    let mut made: BTreeSet<&str> = district.made.iter().copied().collect();
    if missing > 0 {
        made.insert("links that are missing");
    }
    json!({
        "n": seed,
        "form": "fold",
        "made": made,
        "reasons": reasons(&membership, &district.entries),
        "devices": all_devices().into_iter().map(|device| to_hex(device.as_bytes())).collect::<Vec<_>>(),
        "root": to_hex(id(ROOT).as_bytes()),
        "operations": district.entries.iter().map(operation).collect::<Vec<_>>(),
        "links": held.into_iter().map(link).collect::<Vec<_>>(),
        "places": district.stands.iter().map(place).collect::<Vec<_>>(),
        "says": {
            "standings": district.entries.iter().map(|entry| standing(&membership, entry)).collect::<Vec<_>>(),
            "judged": district.stands.iter().map(|stand| judged(&membership, stand, &links)).collect::<Vec<_>>(),
            "devices": devices(&membership),
            "spaces": spaces(&membership),
            "invites": invites(&membership),
            "decisions": decisions(&membership, &district.entries),
            "erased": erasing::erased(&membership, &district.entries),
            "explained": erasing::explained(&membership, &district.entries),
            "successor": membership.territory().map(|territory| to_hex(territory.successor.id.as_bytes())),
        },
    })
}

fn operation(entry: &RollEntry) -> Value {
    json!([
        to_hex(entry.id.as_bytes()),
        to_hex(entry.place.space.as_bytes()),
        to_hex(entry.place.journal.as_bytes()),
        entry.place.sequence.number(),
        to_hex(entry.hash.as_bytes()),
        to_hex(entry.signer.as_bytes()),
        to_hex(&entry.operation.encode()),
    ])
}

/// An envelope and the one that it follows.
fn link(stand: &Stand) -> Value {
    let before = stand.before.map(|before| to_hex(before.as_bytes()));
    let journal = to_hex(stand.place.journal.as_bytes());
    json!([journal, stand.place.sequence.number(), to_hex(stand.hash.as_bytes()), before])
}

fn place(stand: &Stand) -> Value {
    let (signer, journal) = (id(stand.signer), stand.place.journal);
    let hash = to_hex(stand.hash.as_bytes());
    json!([to_hex(signer.as_bytes()), to_hex(journal.as_bytes()), stand.place.sequence.number(), hash])
}

fn standing(membership: &Membership, entry: &RollEntry) -> &'static str {
    match membership.standing(&entry.id) {
        Some(Standing::Counted) => "counts",
        Some(Standing::Waiting) => "waiting",
        Some(Standing::Held) => "held",
        Some(Standing::NotCounted(_)) => "not counted",
        None => "nothing",
    }
}

/// By kind of operation, what became of it and why.
fn reasons(membership: &Membership, entries: &[RollEntry]) -> BTreeSet<String> {
    let reason = |entry: &RollEntry| {
        let kind = format!("{:?}", entry.operation.kind()).to_lowercase();
        match membership.standing(&entry.id) {
            Some(Standing::NotCounted(why)) => format!("{kind}: not counted, {}", word(why)),
            _ => format!("{kind}: {}", standing(membership, entry)),
        }
    };
    entries.iter().map(reason).collect()
}

fn word(why: NotCounted) -> String {
    format!("{why:?}").to_lowercase()
}

fn judged(membership: &Membership, stand: &Stand, links: &Links) -> Value {
    let at = Standpoint { journal: &stand.place.journal, sequence: stand.place.sequence, hash: &stand.hash };
    match membership.judge(&id(stand.signer), at, links) {
        Judged::Unknown => "not in".into(),
        Judged::Waiting => "waiting".into(),
        Judged::Held => "held".into(),
        Judged::Role(role) => role.number().into(),
    }
}

/// Who is or was in, with whose it is, the present role and whether it was removed.
fn devices(membership: &Membership) -> Vec<Value> {
    let all = membership.devices().chain(membership.removed_devices());
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|(device, _)| **device);
    let device = |(device, enrolled): (&DeviceId, &jasaq_fieldbook::protocol::membership::Enrolled)| {
        let member = to_hex(enrolled.member.as_bytes());
        json!([to_hex(device.as_bytes()), member, enrolled.role.number(), membership.is_removed(device)])
    };
    all.into_iter().map(device).collect()
}

/// Every space: its epochs and which are clean, what is sealed to, and who may do what in it.
fn spaces(membership: &Membership) -> Value {
    let space = |space: &SpaceId| {
        let record = membership.space(space).unwrap();
        let is_clean = |epoch: &_| membership.is_clean(space, epoch);
        let hex = |epoch: jasaq_fieldbook::protocol::seal::EpochPublic| to_hex(epoch.id().as_bytes());
        let epochs: Vec<Value> = record
            .epochs
            .keys()
            .map(|epoch| json!([to_hex(epoch.as_bytes()), is_clean(epoch)]))
            .collect();
        let access: String = all_devices()
            .into_iter()
            .map(|device| letter(membership.access(&device, space)))
            .collect();
        let wraps = all_devices().into_iter().flat_map(|device| {
            let epochs: BTreeSet<_> = membership.wraps(space, &device).map(|wrapped| wrapped.epoch).collect();
            let hex = to_hex(device.as_bytes());
            epochs.into_iter().map(move |epoch| json!([hex, to_hex(epoch.as_bytes())]))
        });
        json!({
            "kind": record.kind as u8,
            "epochs": epochs,
            "newest": record.newest_epoch().map(hex),
            "newest_clean": record.newest_epoch_of(is_clean).map(hex),
            "access": access,
            "wraps": wraps.collect::<Vec<_>>(),
            "given": of_devices(record, |device, epoch| membership.is_given(space, device, epoch)),
            "lacked": of_devices(record, |device, epoch| membership.lacks(space, device, epoch)),
            "newest_for_others": membership.newest_for_others(space, is_clean).map(hex),
            "closed": record.is_closed,
        })
    };
    membership.spaces().map(|(id, _)| (to_hex(id.as_bytes()), space(id))).collect()
}

/// Devices and epochs of which something is so.
fn of_devices(record: &SpaceRecord, is_so: impl Fn(&DeviceId, &EpochId) -> bool) -> Vec<Value> {
    let mut named = Vec::new();
    for device in all_devices() {
        let epochs = record.epochs.keys().filter(|epoch| is_so(&device, epoch));
        named.extend(epochs.map(|epoch| json!([to_hex(device.as_bytes()), to_hex(epoch.as_bytes())])));
    }
    named
}

/// Every device of the district, by its key.
pub(super) fn all_devices() -> BTreeSet<DeviceId> {
    (0..DEVICES).map(id).collect()
}

fn letter(access: Access) -> char {
    match access {
        Access::None => '-',
        Access::Write => 'w',
        Access::Read => 'r',
        Access::ReadWrite => 'b',
    }
}

/// The invites that count, each with the device that was added with it.
fn invites(membership: &Membership) -> Vec<Value> {
    let invite = |(key, invited): (&_, &jasaq_fieldbook::protocol::membership::Invited)| {
        let key: &jasaq_fieldbook::protocol::ids::InviteKey = key;
        let device = invited.device.map(|device| to_hex(device.as_bytes()));
        json!([to_hex(key.as_bytes()), to_hex(invited.inviter.as_bytes()), device])
    };
    membership.invites().map(invite).collect()
}

/// What was decided about two statements of every envelope that a decision names.
fn decisions(membership: &Membership, entries: &[RollEntry]) -> Vec<Value> {
    let places = entries.iter().filter_map(|entry| match &entry.operation {
        Operation::Admit { place, .. } => Some(*place),
        _ => None,
    });
    let places: BTreeSet<Placement> = places.collect();
    let said = |place: &Placement| {
        let decision = |key| membership.decision(place, key);
        json!([envelope(place), decision("a"), decision("c")])
    };
    places.iter().map(said).collect()
}

/// An envelope by where it stands, and its hash.
pub(super) fn envelope(at: &Placement) -> Value {
    let (space, journal) = (to_hex(at.space.as_bytes()), to_hex(at.journal.as_bytes()));
    json!([space, journal, at.sequence.number(), to_hex(at.hash.as_bytes())])
}
