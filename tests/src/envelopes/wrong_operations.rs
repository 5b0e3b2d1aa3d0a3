//! Operations as nobody may write them, or as a newer program does, each in one way that has a name.

use super::contents::{self, Kind};
use super::item::{Item, head};
use super::strange_items::{PUT, simple};
use super::wrong_words::SPOILT_WORDS;
use crate::chance::Chance;
use jasaq_fieldbook::protocol::seal::DeviceKeys;

/// What is done to the fields of an operation of one of these kinds. All its fields stand; null ones at the end are left off
/// behind it.
pub(super) type Spoil = (&'static [Kind], fn(&mut Chance, &mut Vec<Item>));

use Kind::{Add, Invite, Join, Rotate, Space};
const ALL: &[Kind] = &Kind::ALL;

const SPOILT: [(&str, Spoil); 20] = [
    (
        "a field missing",
        (ALL, |chance, fields| {
            let at = chance.below(fields.len());
            fields[at] = Item::Null;
        }),
    ),
    (
        "a field of another type",
        (ALL, |chance, fields| {
            let at = chance.below(fields.len());
            fields[at] = simple(chance);
        }),
    ),
    (
        "bytes of another length",
        (ALL, |chance, fields| {
            let mut found = Vec::new();
            for field in fields.iter_mut() {
                bytes_within(field, &mut found);
            }
            let at = chance.below(found.len());
            let length = chance.pick(&[0, found[at].len() - 1, found[at].len() + 1, 2 * found[at].len()]);
            found[at].resize(length, 7);
        }),
    ),
    (
        "a list within with a field more",
        (&[Join, Add, Rotate], |chance, fields| {
            let more = simple(chance);
            list_within(chance, fields).push(more);
        }),
    ),
    (
        "a list within with a field less",
        (&[Join, Add, Rotate], |chance, fields| {
            drop(list_within(chance, fields).pop());
        }),
    ),
    (
        "a kind of space that is none",
        (&[Space], |chance, fields| fields[1] = number(chance, &[9, 10, 23, 255, 256])),
    ),
    (
        "a kind of space that is a territory's roll",
        (&[Space], |chance, fields| {
            fields[1] = Item::Number(0);
            if chance.happens(50) {
                fields[4] = Item::Null;
            }
        }),
    ),
    ("a season at its bound", (&[Space], |chance, fields| fields[2] = number(chance, &[0, 65_535]))),
    (
        "a season past its bound",
        (&[Space], |chance, fields| {
            fields[2] = number(chance, &[65_536, 1 << 32, u64::MAX]);
        }),
    ),
    ("sixteen offices or parents", (&[Space, Rotate], |_, fields| fill(fields, 16))),
    ("seventeen offices or parents", (&[Space, Rotate], |_, fields| fill(fields, 17))),
    (
        "seventeen offices or parents, one of them no office and no parent",
        (&[Space, Rotate], |_, fields| {
            fill(fields, 17);
            let at = many_at(fields.len());
            if let Some(Item::Array(many)) = fields.get_mut(at) {
                many[16] = Item::Number(1);
            }
        }),
    ),
    (
        "an epoch or an office absent or there where it must be otherwise",
        (&[Space, Invite, Add], |_, fields| {
            let (at, length) = match fields.len() {
                4 => (2, 16),
                _ if matches!(fields[0], Item::Array(_)) => (3, 16),
                _ => (4, 32),
            };
            fields[at] =
                if matches!(fields[at], Item::Null) { Item::Bytes(vec![7; length]) } else { Item::Null };
        }),
    ),
    (
        "a head named by who adds a console",
        (&[Add], |chance, fields| {
            fields[2] = number(chance, &[1, 2, 3, 4]);
            fields[3] = Item::Bytes(vec![7; 16]);
            fields[5] = Item::Bytes(vec![8; 16]);
        }),
    ),
    (
        "a role that is none",
        (&[Invite, Add], |chance, fields| {
            let at = if fields.len() == 4 { 1 } else { 2 };
            fields[at] = number(chance, &[0, 8, 255, 256, 257, 1 << 32]);
        }),
    ),
    (
        "an expiry at its bound",
        (&[Invite], |chance, fields| {
            let most = i64::MAX.cast_unsigned();
            fields[3] = if chance.happens(50) { Item::Number(most) } else { Item::Negative(most) };
        }),
    ),
    (
        "an expiry past its bound",
        (&[Invite], |chance, fields| {
            let past = chance.pick(&[1 << 63, u64::MAX]);
            fields[3] = if chance.happens(50) { Item::Number(past) } else { Item::Negative(past) };
        }),
    ),
    ("an attempt at its bound", (&[Join], |_, fields| *attempt(fields) = Item::Number(u64::from(u32::MAX)))),
    (
        "an attempt past its bound",
        (&[Join], |chance, fields| {
            *attempt(fields) = chance.pick(&[Item::Number as fn(u64) -> Item, Item::Negative])(1 << 32);
        }),
    ),
    (
        "a list of offices or parents that is none",
        (&[Space, Rotate], |chance, fields| {
            let at = many_at(fields.len());
            fields[at] = simple(chance);
        }),
    ),
];

/// An operation's bytes with something in them that is wrong or new, and what.
pub(crate) fn spoiled_operation(chance: &mut Chance, signer: &DeviceKeys) -> (&'static str, Vec<u8>) {
    match chance.below(10) {
        0..4 => {
            let (made, put) = chance.pick(&PUT);
            let kind = chance.pick(ALL);
            let item = put(chance);
            let mut fields = fields_of(chance, kind, signer);
            if chance.happens(80) {
                fields.push(item);
            } else {
                let at = chance.below(fields.len());
                fields[at] = item;
            }
            (made, Item::Array(vec![Item::Number(kind.number()), Item::Array(fields)]).encode())
        }
        4..8 => {
            let (made, (kinds, spoil)) =
                if chance.happens(40) { chance.pick(&SPOILT) } else { chance.pick(&SPOILT_WORDS) };
            let kind = chance.pick(kinds);
            let mut fields = fields_of(chance, kind, signer);
            spoil(chance, &mut fields);
            while matches!(fields.last(), Some(Item::Null)) {
                fields.pop();
            }
            (made, Item::Array(vec![Item::Number(kind.number()), Item::Array(fields)]).encode())
        }
        _ => {
            let kind = chance.pick(ALL);
            let operation = contents::operation_of(kind, chance, signer).encode();
            spoil_whole(chance, &operation)
        }
    }
}

/// All fields of an operation of this kind, null where they are absent.
fn fields_of(chance: &mut Chance, kind: Kind, signer: &DeviceKeys) -> Vec<Item> {
    let Item::Array(mut item) = Item::of(&contents::operation_of(kind, chance, signer).encode()) else {
        unreachable!("an operation is an array")
    };
    let Some(Item::Array(mut fields)) = item.pop() else { unreachable!("of a kind and its fields") };
    fields.resize(kind.fields(), Item::Null);
    fields
}

/// What is wrong with the item as a whole, or with its bytes.
fn spoil_whole(chance: &mut Chance, operation: &[u8]) -> (&'static str, Vec<u8>) {
    let Item::Array(parts) = Item::of(operation) else { unreachable!("an operation is an array") };
    let [kind, fields] = &parts[..] else { unreachable!("of a kind and its fields") };
    let array = |items: &[&Item]| Item::Array(items.iter().map(|item| (*item).clone()).collect()).encode();
    match chance.below(8) {
        0 => {
            let kind = number(chance, &[15, 23, 24, 255, 256, 1 << 16, 1 << 32, u64::MAX]);
            ("a kind of a newer program", array(&[&kind, fields]))
        }
        1 => {
            let kind = chance.pick(&[
                Item::Negative as fn(u64) -> Item,
                |_| Item::Null,
                |_| Item::Text(b"add".into()),
            ])(0);
            ("a kind that is no number", array(&[&kind, fields]))
        }
        2 => {
            let shapes = [
                array(&[kind]),
                array(&[kind, fields, kind]),
                array(&[fields, kind]),
                array(&[kind, kind]),
                array(&[]),
                fields.encode(),
                kind.encode(),
                Item::Text(b"add".into()).encode(),
            ];
            ("no kind and its fields", shapes[chance.below(shapes.len())].clone())
        }
        3 => ("an operation cut", operation[..chance.below(operation.len())].to_vec()),
        4 => ("a byte behind an operation", [operation, &chance.array::<1>()].concat()),
        5 => {
            let count = chance.below(60);
            ("noise for an operation", chance.bytes(count))
        }
        6 => {
            let opening = if chance.happens(50) { vec![0x9f] } else { head(4, 2, 1) };
            ("an operation in another form", [opening, kind.encode(), fields.encode(), vec![0xff]].concat())
        }
        _ => {
            let (mut bytes, at) = (operation.to_vec(), chance.below(operation.len()));
            bytes[at] ^= 1 << chance.below(8);
            ("a bit turned in an operation", bytes)
        }
    }
}

pub(super) fn number(chance: &mut Chance, numbers: &[u64]) -> Item {
    Item::Number(chance.pick(numbers))
}

fn bytes_within<'a>(item: &'a mut Item, found: &mut Vec<&'a mut Vec<u8>>) {
    match item {
        Item::Bytes(bytes) if !bytes.is_empty() => found.push(bytes),
        Item::Array(items) => items.iter_mut().for_each(|item| bytes_within(item, found)),
        _ => {}
    }
}

/// The first list of fields within: a device, a request or a parent, or the device of a request.
fn list_within<'a>(chance: &mut Chance, fields: &'a mut [Item]) -> &'a mut Vec<Item> {
    let at = if fields.len() == Rotate.fields() { 2 } else { 0 };
    let is_deeper = at == 2 || fields.len() == Join.fields() && chance.happens(50);
    let Some(Item::Array(list)) = fields.get_mut(at) else { unreachable!("a list stands there") };
    if !is_deeper {
        return list;
    }
    if list.is_empty() {
        list.push(parent());
    }
    let Some(Item::Array(deeper)) = list.first_mut() else { unreachable!("a list stands first in it") };
    deeper
}

fn parent() -> Item {
    Item::Array(vec![Item::Bytes(vec![8; 8]), Item::Bytes(vec![80; 80])])
}

/// Where a space has its offices, and a rotation its parents.
fn many_at(fields: usize) -> usize {
    if fields == Space.fields() { 3 } else { 2 }
}

fn fill(fields: &mut [Item], count: usize) {
    let is_space = fields.len() == Space.fields();
    let one = if is_space { Item::Bytes(vec![16; 16]) } else { parent() };
    fields[many_at(fields.len())] = Item::Array(vec![one; count]);
}

fn attempt(fields: &mut [Item]) -> &mut Item {
    let Some(Item::Array(request)) = fields.first_mut() else { unreachable!("a join has its request") };
    &mut request[2]
}
