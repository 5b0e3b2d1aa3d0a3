//! Items that no operation of ours holds: of a newer program, or not in the one form of CBOR that the page allows.

use super::item::{Item, head};
use crate::chance::Chance;

/// What is put behind the known fields, or in the place of one of them.
pub(super) type Put = fn(&mut Chance) -> Item;
pub(super) const PUT: [(&str, Put); 20] = [
    ("a field of a newer program", |chance| simple(chance)),
    ("items eight deep", |_| Item::nested(6)),
    ("items nine deep", |_| Item::nested(7)),
    ("a text", |_| Item::Text("тұман 🐎".into())),
    ("a text that is not UTF-8", |chance| {
        let texts: [&[u8]; 7] =
            [b"\x80", b"\xc3\x28", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\xff"];
        Item::Text(chance.pick(&texts).to_vec())
    }),
    ("a floating number", |chance| raw(chance, &["f90000", "fa00000000", "fb3ff0000000000000", "f97e00"])),
    ("a map", |chance| raw(chance, &["a0", "a10000", "a200000100", "b80100f6"])),
    ("a map with a key twice", |chance| raw(chance, &["a200000001", "a3000001010000"])),
    ("a map whose keys fall", |chance| raw(chance, &["a201000000", "a3020001000000"])),
    ("a tag", |chance| raw(chance, &["c000", "c249010000000000000000", "d81845", "d9d9f700"])),
    ("undefined", |_| Item::Raw(vec![0xf7])),
    ("a simple value", |chance| raw(chance, &["e0", "f0", "f3", "f814", "f816", "f820", "f8ff"])),
    ("a break", |_| Item::Raw(vec![0xff])),
    ("an indefinite length", |chance| raw(chance, &["9fff", "9f00ff", "5fff", "5f4100ff", "7fff", "bfff"])),
    ("a reserved head", |chance| raw(chance, &["1c", "3d", "5e", "7c", "9d", "fc"])),
    ("a number in a longer form", |chance| {
        let (number, bytes) =
            chance.pick(&[(23, 1), (0, 1), (255, 2), (65_535, 4), (0xffff_ffff, 8), (0, 8)]);
        Item::Raw(head(chance.pick(&[0, 1]), number, bytes))
    }),
    ("a length in a longer form", |chance| {
        let bytes = chance.pick(&[1, 2, 4, 8]);
        Item::Raw([head(chance.pick(&[2, 3, 4]), 1, bytes), vec![0]].concat())
    }),
    ("an array that ends in null", |_| Item::Array(vec![Item::Number(0), Item::Null])),
    ("a length past the end", |chance| {
        let (major, length) = (chance.pick(&[2, 3, 4]), chance.pick(&[90, 1_000, 70_000, u64::MAX]));
        Item::Raw(head(major, length, if length == 90 { 1 } else { 8 }))
    }),
    ("a head cut", |chance| raw(chance, &["18", "1900", "1a0000", "1b00000000000000", "58", "9b00"])),
];

fn raw(chance: &mut Chance, hex: &[&str]) -> Item {
    Item::Raw(crate::hex::from_hex(chance.pick(hex)).unwrap())
}

/// A small item of any type that may stand in an operation.
pub(super) fn simple(chance: &mut Chance) -> Item {
    match chance.below(7) {
        0 => Item::Number(chance.number() >> chance.below(64)),
        1 => Item::Negative(chance.number() >> chance.below(64)),
        2 => {
            let count = chance.pick(&[0, 1, 8, 16, 32, 64, 80]);
            Item::Bytes(chance.bytes(count))
        }
        3 => Item::Text(b"fog".to_vec()),
        4 => Item::Array(Vec::new()),
        5 => Item::Array(vec![Item::Null, Item::Number(1)]),
        _ => Item::Raw(vec![chance.pick(&[0xf4, 0xf5])]),
    }
}
