//! Contents of changes at their bounds, of a newer program, or packed as nobody may, each in one way that has a name.

use jasaq_fieldbook::protocol::limits::CHANGE_BYTES_MAX;

use super::contents::{self, MAGIC, frame_with};
use crate::chance::Chance;

/// The dictionary that a frame may name.
const DICTIONARY_1: &[u8] = include_bytes!("../../../core/protocol/src/seal/dictionary_1.bin");

/// Bits of a frame's descriptor (RFC 8878 §3.1.1.1.1).
const RESERVED: u8 = 1 << 3;
const UNUSED: u8 = 1 << 4;
const SINGLE_SEGMENT: u8 = 1 << 5;

/// Types of blocks (RFC 8878 §3.1.1.2.2).
const RAW: u8 = 0;
const REPEATED: u8 = 1;
const NONE: u8 = 3;

type Make = fn(&mut Chance) -> Vec<u8>;

const WRONG: [(&str, Make); 27] = [
    ("a method of a newer program", |chance| {
        let mut bytes = contents::packed(chance);
        bytes[0] = 3 + chance.array::<1>()[0] % 253;
        bytes
    }),
    ("a content without its method", |_| Vec::new()),
    ("a content without its document", |chance| {
        let document = vec![7; chance.below(16)];
        let packed = [[1].as_slice(), &frame_with(chance, &document, (false, false))].concat();
        if chance.happens(50) { packed } else { [[0].as_slice(), &document].concat() }
    }),
    ("a document and no change", |chance| {
        let packed = [[2].as_slice(), &frame_with(chance, &[7; 16], (false, true))].concat();
        if chance.happens(50) { packed } else { vec![0; 17] }
    }),
    ("32,768 bytes of a change", |chance| of_length(chance, CHANGE_BYTES_MAX)),
    ("32,769 bytes of a change", |chance| of_length(chance, CHANGE_BYTES_MAX + 1)),
    ("far too many bytes of a change", |chance| {
        let length = CHANGE_BYTES_MAX + 2 + chance.below(400_000);
        of_length(chance, length)
    }),
    ("a frame with its magic number", |chance| changed(chance, |_, frame| drop(frame.splice(..0, MAGIC)))),
    ("a frame cut", |chance| changed(chance, |chance, frame| frame.truncate(chance.below(frame.len())))),
    ("bytes behind the frame", |chance| {
        changed(chance, |chance, frame| frame.extend(vec![chance.pick(&[0, 1, 0x28]); 1 + chance.below(8)]))
    }),
    ("a frame behind the frame", |chance| {
        changed(chance, |chance, frame| {
            let more = frame_with(chance, b"fog", (false, false));
            frame.extend([MAGIC.as_slice(), &more].concat());
        })
    }),
    ("a skippable frame behind the frame", |chance| {
        changed(chance, |_, frame| frame.extend([0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 7]))
    }),
    ("a checksum that fits", |chance| summed(chance, 0)),
    ("a checksum that does not fit", |chance| {
        let bit = 1 << chance.below(8);
        summed(chance, bit)
    }),
    ("a content's size that fits", |chance| sized(chance, 0)),
    ("a content's size that is too small", |chance| sized(chance, -1)),
    ("a content's size that is too large", |chance| {
        let more = chance.pick(&[1, 255, 40_000]);
        sized(chance, more)
    }),
    ("a frame that names dictionary 1", |chance| {
        let method = chance.pick(&[1, 2]);
        naming(method, &DICTIONARY_1[4..8])
    }),
    ("a frame that names a dictionary nobody has", |chance| {
        let names: [&[u8]; 4] = [&[1], &[9, 1], &[1, 2, 3, 4], &[0, 0, 0, 0x80]];
        naming(chance.pick(&[1, 2]), chance.pick(&names))
    }),
    ("a frame that names dictionary 0", |chance| {
        let names: [&[u8]; 3] = [&[0], &[0, 0], &[0; 4]];
        naming(chance.pick(&[1, 2]), chance.pick(&names))
    }),
    ("a window of 8 MiB", |_| by_hand(&[0, 13 << 3], &blocks(&[(RAW, &whole())]))),
    ("a window above 8 MiB", |chance| {
        by_hand(&[0, chance.pick(&[13 << 3 | 1, 14 << 3, 0xff])], &blocks(&[(RAW, &whole())]))
    }),
    ("a frame's reserved bit", |_| by_hand(&[RESERVED, 0], &blocks(&[(RAW, &whole())]))),
    ("a frame's unused bit", |_| by_hand(&[UNUSED, 0], &blocks(&[(RAW, &whole())]))),
    ("blocks of every sort", |chance| {
        let (fog, none) = (b"fog".as_slice(), b"".as_slice());
        let more = chance.pick(&[(RAW, none), (REPEATED, fog), (RAW, fog)]);
        by_hand(&[0, 0], &blocks(&[(RAW, &whole()), more, (REPEATED, fog), more]))
    }),
    ("a block of no sort", |_| by_hand(&[0, 0], &blocks(&[(RAW, &whole()), (NONE, b"fog")]))),
    ("a block longer than its window", |chance| {
        let long = vec![7; 1_025 + chance.below(2_000)];
        by_hand(&[0, 0], &blocks(&[(RAW, &long)]))
    }),
];

/// A change's content with something about it that is wrong, new or at its bound, and what.
pub(crate) fn spoiled_change(chance: &mut Chance) -> (&'static str, Vec<u8>) {
    if chance.happens(10) {
        let mut bytes = contents::packed(chance);
        let at = chance.below(bytes.len());
        bytes[at] ^= 1 << chance.below(8);
        return ("a bit turned in a change", bytes);
    }
    let (made, make) = chance.pick(&WRONG);
    (made, make(chance))
}

/// A document and a change, as short as can be told from nothing.
fn whole() -> Vec<u8> {
    (0..40).collect()
}

/// A content of just so many bytes that packs well.
fn of_length(chance: &mut Chance, length: usize) -> Vec<u8> {
    let content = vec![chance.array::<1>()[0]; length];
    let has_size = chance.happens(50);
    [[chance.pick(&[1, 2])].as_slice(), &frame_with(chance, &content, (false, has_size))].concat()
}

/// A good frame, and what is done to it.
fn changed(chance: &mut Chance, change: fn(&mut Chance, &mut Vec<u8>)) -> Vec<u8> {
    let mut frame = frame_with(chance, &whole(), (false, false));
    change(chance, &mut frame);
    [[chance.pick(&[1, 2])].as_slice(), &frame].concat()
}

/// A frame whose checksum is another by these bits.
fn summed(chance: &mut Chance, bits: u8) -> Vec<u8> {
    let mut frame = frame_with(chance, &whole(), (true, false));
    let at = frame.len() - 1 - chance.below(4);
    frame[at] ^= bits;
    [[1].as_slice(), &frame].concat()
}

/// A frame that tells its content's size in each of the four ways, so many bytes too large.
fn sized(chance: &mut Chance, more: i64) -> Vec<u8> {
    // Two bytes count from 256 on.
    let content = vec![5; if more > 255 { 300 } else { 256 + chance.below(700) }];
    let size = (content.len() as u64).saturating_add_signed(more);
    let opening = match chance.below(3) {
        0 => [[SINGLE_SEGMENT | 1 << 6].as_slice(), &(size - 256).to_le_bytes()[..2]].concat(),
        1 => [[2 << 6, 0].as_slice(), &size.to_le_bytes()[..4]].concat(),
        _ => [[3 << 6, 0].as_slice(), &size.to_le_bytes()].concat(),
    };
    by_hand(&opening, &blocks(&[(RAW, &content)]))
}

/// A frame that names a dictionary in 1, 2 or 4 bytes and does not need it.
fn naming(method: u8, name: &[u8]) -> Vec<u8> {
    let descriptor = if name.len() == 4 { 3 } else { u8::try_from(name.len()).unwrap() };
    let mut bytes = by_hand(&[&[descriptor, 0], name].concat(), &blocks(&[(RAW, &whole())]));
    bytes[0] = method;
    bytes
}

/// Method 1, a frame's head and its blocks.
fn by_hand(head: &[u8], blocks: &[u8]) -> Vec<u8> {
    [[1].as_slice(), head, blocks].concat()
}

/// Blocks, the last of them marked as such: raw ones, and ones of a byte that is repeated as often as the bytes given.
fn blocks(of: &[(u8, &[u8])]) -> Vec<u8> {
    let block = |(index, (sort, content)): (usize, &(u8, &[u8]))| {
        let is_last = u32::from(index + 1 == of.len());
        let head = u32::try_from(content.len()).unwrap() << 3 | u32::from(*sort) << 1 | is_last;
        let kept = if *sort == REPEATED { &content[..1] } else { content };
        [&head.to_le_bytes()[..3], kept].concat()
    };
    of.iter().enumerate().flat_map(block).collect()
}
