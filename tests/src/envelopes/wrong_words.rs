//! Words about devices and spaces as nobody may write them: roles, removals, decisions, erasures, heads and lacks.
//!
//! Fields stand where the page's table has them, so their places are written here as numbers.

use jasaq_fieldbook::protocol::ids::{DeviceId, JournalId};

use super::contents::Kind;
use super::item::Item;
use super::strange_items::simple;
use super::wrong_operations::{Spoil, number};
use crate::chance::Chance;

use Kind::{Admit, Erase, Erased, Heads, Lack, Remove, Role};

pub(super) const SPOILT_WORDS: [(&str, Spoil); 29] = [
    ("a role that is none of a squad", (&[Role], |chance, fields| fields[1] = number(chance, &[1, 2, 3, 4]))),
    ("a role given that is none", (&[Role], |chance, fields| fields[1] = number(chance, &[0, 8, 255, 256]))),
    ("40 heads of a cut", (&[Role, Remove], |chance, fields| fill(cut(fields, 0), 40, &any_head(chance)))),
    ("41 heads of a cut", (&[Role, Remove], |chance, fields| fill(cut(fields, 0), 41, &any_head(chance)))),
    ("32 parts", (&[Role, Remove], |_, fields| fill(cut(fields, 1), 32, &Item::Bytes(vec![1; 16])))),
    ("33 parts", (&[Role, Remove], |_, fields| fill(cut(fields, 1), 33, &Item::Bytes(vec![1; 16])))),
    ("a cut of another shape", (&[Role, Remove], |chance, fields| misshape(chance, cut_of(fields)))),
    ("32 replaced operations", (&[Role, Remove, Admit], |_, fields| replace(fields, 32))),
    ("33 replaced operations", (&[Role, Remove, Admit], |_, fields| replace(fields, 33))),
    ("40 heads", (&[Heads], |chance, fields| heads(chance, fields, 40))),
    ("41 heads", (&[Heads], |chance, fields| heads(chance, fields, 41))),
    (
        "another device's journal in heads or a decision",
        (&[Heads, Admit], |chance, fields| {
            let head = own_head(chance, &Item::Bytes(vec![9; 32]));
            put_head(fields, head);
        }),
    ),
    (
        "a sequence at its bound",
        (&[Heads, Admit], |chance, fields| {
            let at = chance.pick(&[1, i64::MAX.cast_unsigned()]);
            put_sequence(chance, fields, at);
        }),
    ),
    (
        "a sequence past its bound",
        (&[Heads, Admit], |chance, fields| {
            let at = chance.pick(&[0, 1 << 63, u64::MAX]);
            put_sequence(chance, fields, at);
        }),
    ),
    (
        "32 keys, or one of 32 bytes",
        (&[Admit], |chance, fields| {
            let key = Item::Text(vec![b'k'; 32]);
            fill(list(&mut fields[2]), chance.pick(&[1, 32]), &key);
        }),
    ),
    ("33 keys", (&[Admit], |_, fields| fill(list(&mut fields[2]), 33, &Item::Text(b"k".to_vec())))),
    (
        "a key that is empty or too long",
        (&[Admit], |chance, fields| {
            let length = chance.pick(&[0, 33, 60]);
            fill(list(&mut fields[2]), 1, &Item::Text(vec![b'k'; length]));
        }),
    ),
    (
        "a key that is no text",
        (&[Admit], |_, fields| fill(list(&mut fields[2]), 1, &Item::Bytes(vec![b'k'; 4]))),
    ),
    ("neither yes nor no", (&[Admit], |chance, fields| fields[3] = number(chance, &[0, 1]))),
    ("32 operations that do not open", (&[Lack], |_, fields| replace(fields, 32))),
    ("33 operations that do not open", (&[Lack], |_, fields| replace(fields, 33))),
    ("38 sections or attachments", (&[Erase], |chance, fields| erase(chance, fields, 38))),
    ("39 sections or attachments", (&[Erase], |chance, fields| erase(chance, fields, 39))),
    ("32 operations that were obeyed", (&[Erased], |_, fields| replace(fields, 32))),
    (
        "none or 33 operations that were obeyed",
        (&[Erased], |chance, fields| replace(fields, chance.pick(&[0, 33]))),
    ),
    (
        "no document",
        (&[Erase], |chance, fields| {
            fields[1] = Item::Null;
            if chance.happens(50) {
                list(&mut fields[2]).clear();
            }
        }),
    ),
    ("an index at its bound", (&[Erase], |chance, fields| index(chance, fields, 15))),
    (
        "an index past its bound",
        (&[Erase], |chance, fields| {
            let at = chance.pick(&[16, 255]);
            index(chance, fields, at);
        }),
    ),
    (
        "an index of more than a byte",
        (&[Erase], |chance, fields| {
            let at = chance.pick(&[256, 1 << 32]);
            index(chance, fields, at);
        }),
    ),
];

fn list(item: &mut Item) -> &mut Vec<Item> {
    let Item::Array(items) = item else { unreachable!("a list stands there") };
    items
}

fn fill(list: &mut Vec<Item>, count: usize, item: &Item) {
    *list = vec![item.clone(); count];
}

/// The cut of a role or a removal: behind the role, or the device.
fn cut_of(fields: &mut [Item]) -> &mut Vec<Item> {
    let at = if fields.len() == Role.fields() { 2 } else { 1 };
    list(&mut fields[at])
}

fn cut(fields: &mut [Item], at: usize) -> &mut Vec<Item> {
    list(&mut cut_of(fields)[at])
}

fn misshape(chance: &mut Chance, cut: &mut Vec<Item>) {
    let head = list(&mut cut[0]);
    let item = simple(chance);
    match chance.below(4) {
        0 => cut.push(item),
        1 => drop(cut.pop()),
        2 => head.push(item),
        _ => *head = vec![Item::Array(vec![item])],
    }
}

/// Operations that are named stand last: in a role, a removal, a decision, a lack, and in what says that they were obeyed.
fn replace(fields: &mut [Item], count: usize) {
    let last = fields.len() - 1;
    fill(list(&mut fields[last]), count, &Item::Bytes(vec![1; 16]));
}

fn any_head(chance: &mut Chance) -> Item {
    let (journal, hash) = (chance.bytes(16), chance.bytes(32));
    Item::Array(vec![Item::Bytes(journal), Item::Number(1), Item::Bytes(hash)])
}

/// The first envelope of a device's journal.
fn own_head(chance: &mut Chance, device: &Item) -> Item {
    let Item::Bytes(device) = device else { unreachable!("a device stands there") };
    let device = DeviceId::from_bytes(device.as_slice().try_into().unwrap());
    let journal = JournalId::of_device(&device, chance.array());
    let hash = chance.bytes(32);
    Item::Array(vec![Item::Bytes(journal.as_bytes().to_vec()), Item::Number(1), Item::Bytes(hash)])
}

fn heads(chance: &mut Chance, fields: &mut [Item], count: usize) {
    let head = own_head(chance, &fields[0]);
    fill(list(&mut fields[1]), count, &head);
}

/// Puts a head into `heads`, or into the place of a decision.
fn put_head(fields: &mut [Item], mut head: Item) {
    if fields.len() == Heads.fields() {
        fill(list(&mut fields[1]), 1, &head);
    } else {
        list(&mut fields[1]).splice(1.., list(&mut head).drain(..));
    }
}

fn put_sequence(chance: &mut Chance, fields: &mut [Item], sequence: u64) {
    let mut head = own_head(chance, &fields[0]);
    list(&mut head)[1] = Item::Number(sequence);
    put_head(fields, head);
}

fn section(chance: &mut Chance, index: u64) -> Item {
    let mut head = any_head(chance);
    list(&mut head).push(Item::Number(index));
    head
}

fn index(chance: &mut Chance, fields: &mut [Item], index: u64) {
    let section = section(chance, index);
    fill(list(&mut fields[2]), 1, &section);
}

fn erase(chance: &mut Chance, fields: &mut [Item], count: usize) {
    if chance.happens(50) {
        let section = section(chance, 0);
        fill(list(&mut fields[2]), count, &section);
    } else {
        fill(list(&mut fields[3]), count, &Item::Bytes(vec![1; 32]));
    }
}
