//! Envelopes of which sections were erased, and forms that only say so.

use jasaq_fieldbook::protocol::seal::{SectionSet, VerifiedEnvelope};

use super::book::Page;
use super::parts;
use super::patrols::Patrols;

/// Where the first form of an envelope that tells its link begins: behind version, signature, link, epoch, encapsulation.
const FIRST_FORM: usize = 1 + 64 + 32 + 40;
/// The count behind it, and then what is erased.
const COUNT: usize = FIRST_FORM + 32;
const SECTIONS: usize = COUNT + 3;

fn without(envelope: &VerifiedEnvelope, sections: &[usize]) -> VerifiedEnvelope {
    envelope.clone().erase(sections.iter().copied().collect())
}

/// What is left of envelopes, by name: which sections are gone, and the envelope.
pub fn all(patrols: &Patrols) -> Vec<(&'static str, SectionSet, VerifiedEnvelope)> {
    let [first, second] = patrols.several.envelopes.as_slice() else { unreachable!("two envelopes") };
    let erased = |name, envelope, sections: &[usize]| {
        (name, sections.iter().copied().collect(), without(envelope, sections))
    };
    let all = vec![
        erased("several.1.erased_0", first, &[0]),
        erased("several.2.erased_1", second, &[1]),
        erased("several.2.erased_1_2", second, &[1, 2]),
    ];
    assert_eq!(
        without(&all[1].2, &[0, 2, 15]),
        all[2].2,
        "in one step or in two, and readable sections stay"
    );
    all
}

/// The erased forms of envelopes that stand whole in the page.
pub fn note(page: &mut Page, patrols: &Patrols) {
    for (name, _, envelope) in all(patrols) {
        for (form, is_linked) in [("", false), ("_linked", true)] {
            let wire = envelope.to_wire(is_linked).encode();
            let comment = "the same without the sections that its name counts";
            page.note_parts(&format!("{name}{form}"), &wire, (comment, parts::of_envelope(&wire)));
        }
    }
}

fn with_bits(erased: &[u8], bits: u8) -> Vec<u8> {
    [&erased[..COUNT + 2], &[bits], &erased[SECTIONS..]].concat()
}

/// An erased form of one sealed section whose content had 3,956 bytes, with this before it.
fn long(before: &[u8]) -> Vec<u8> {
    [before, &[0; 40 + 32], &[1, 0, 1, 0x81, 0x0f, 0x74], &[0; 32]].concat()
}

/// Forms that break one rule each.
pub fn refused(page: &mut Page, patrols: &Patrols) {
    let second = &patrols.several.envelopes[1];
    let whole = second.to_wire(true).encode();
    let erased = without(second, &[1]).to_wire(true).encode();
    assert_eq!(erased[COUNT..SECTIONS], [3, 0, 0b10], "an ack, what is erased, and a change");
    let unsealed = [&[erased[0] & !1], &erased[1..97], &erased[FIRST_FORM..]].concat();
    page.note("wire.erased_unsealed", unsealed, "sections erased in an envelope that says it is not sealed");
    let none = [&[whole[0] | 4], &whole[1..FIRST_FORM], &erased[FIRST_FORM..=COUNT], &[0, 0]].concat();
    let none = [none.as_slice(), &whole[FIRST_FORM + 1..]].concat();
    page.note("wire.erased_none", none, "an erased form in which no section is erased");
    page.note("wire.erased_beyond", with_bits(&erased, 0b1010), "the fourth section of three is erased");
    let ack = SECTIONS + 3
        ..SECTIONS + 3 + usize::from(u16::from_be_bytes([erased[SECTIONS + 1], erased[SECTIONS + 2]]));
    let hash = blake3::derive_key("jasaq 1 section hash", &erased[ack.clone()]);
    let readable = with_bits(&erased, 0b11);
    let readable = [&readable[..ack.start], &hash, &readable[ack.end..]].concat();
    page.note("wire.erased_readable", readable, "an ack is erased");
    page.note("wire.erased_cut", &erased[..erased.len() - 1], "the last byte is missing");
    page.note("wire.erased_longer", [erased.as_slice(), &[0]].concat(), "a byte behind the last section");
    let linked = [[0x17].as_slice(), &[0; 64 + 32]].concat();
    page.note("wire.erased_too_long", long(&linked), "whole it had 4,097 bytes, the link among them");
    let short = [[0x15].as_slice(), &[0; 64]].concat();
    page.note(
        "wire.erased_no_room_for_link",
        long(&short),
        "whole it had 4,065 bytes without the link: too long with it",
    );
    left_otherwise(page, &patrols.head.envelopes[0]);
}

/// Of `first` what is left of its change is another's.
fn left_otherwise(page: &mut Page, first: &VerifiedEnvelope) {
    let erased = without(first, &[1]).to_wire(true).encode();
    let turned = |at: usize| {
        let mut turned = erased.clone();
        turned[at] ^= 1;
        turned
    };
    let section = erased.len() - 35;
    page.note(
        "place.erased_length",
        turned(section + 2),
        "bad signature: first without its change, of another length",
    );
    page.note(
        "place.erased_hash",
        turned(section + 3),
        "bad signature: first without its change, of another hash",
    );
}
