//! Changes: what passes the gate before Automerge, and what Automerge makes of it.

use automerge::Automerge;
use jasaq_fieldbook::fuzzing::{Merged, merge, read_change};
use jasaq_fieldbook::protocol::ids::JournalId;
use jasaq_fieldbook::protocol::limits::CHANGE_BYTES_MAX;
use sha2::{Digest as _, Sha256};

use super::draw::Draw;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The type of an uncompressed change chunk.
const CHANGE: u8 = 1;

/// Several changes. Of each the first byte says whether what follows is a chunk (even) or the body of one, which gets its
/// length and its sum.
pub(super) fn feed_changes(input: &[u8]) {
    let mut draw = Draw::new(input);
    let mut changes = Vec::new();
    while !draw.is_empty() && changes.len() < 8 {
        let is_body = draw.flag();
        let piece = draw.piece();
        changes.push(if is_body { chunk_of(piece) } else { piece.to_vec() });
    }
    let accepted = changes.iter().filter(|change| is_accepted(change)).count();
    let document = merge(&changes).expect("Automerge takes what passed the gate");
    assert!(document.defects >= changes.len() - accepted, "what was refused is named");
    changes.reverse();
    assert_eq!(
        merge(&changes),
        Some(in_any_order(document)),
        "the same changes in any order are one document"
    );
}

/// What two orders have in common: the file's bytes too, since changes are sorted before they are applied.
fn in_any_order(document: Merged) -> Merged {
    let file = Automerge::load(&document.saved).expect("a saved document is a file that opens");
    let mut heads: Vec<[u8; 32]> = file.get_heads().iter().map(|head| head.0).collect();
    heads.sort_unstable();
    assert_eq!(heads, document.heads, "with the same heads");
    document
}

/// A change by itself: what it states is what a document of it shows.
fn is_accepted(change: &[u8]) -> bool {
    let Some(journal) = journal_of(change) else { return false };
    let Some(mut stated) = read_change(change, &journal) else { return false };
    assert!(change.len() <= CHANGE_BYTES_MAX, "no longer than a change may be");
    assert_eq!(read_change(change, &JournalId::from_bytes([0xee; 16])), None, "it is of its own journal");
    let document = merge(&[change.to_vec()]).expect("Automerge takes what passed the gate");
    if document.waiting.is_empty() && document.defects == 0 {
        stated.sort_by(|one, other| one.0.cmp(&other.0));
        assert_eq!(document.statements, stated, "a document shows what its change states");
    }
    true
}

/// The journal that the chunk's actor names, if it has the form that ours have.
pub(super) fn journal_of(chunk: &[u8]) -> Option<JournalId> {
    let mut rest = Draw::new(chunk.get(9..)?);
    while rest.byte() >= 0x80 {}
    let dependencies = rest.byte();
    for _ in 0..dependencies.min(2) {
        rest.array::<32>();
    }
    (rest.byte() == 20).then(|| JournalId::from_bytes(rest.array()))
}

/// The chunk around a body.
pub(super) fn chunk_of(body: &[u8]) -> Vec<u8> {
    let mut summed = vec![CHANGE];
    let mut length = body.len();
    while length >= 0x80 {
        summed.push(u8::try_from(length & 0x7f).expect("seven bits") | 0x80);
        length >>= 7;
    }
    summed.push(u8::try_from(length).expect("seven bits"));
    summed.extend_from_slice(body);
    let sum = Sha256::digest(&summed);
    [MAGIC.as_slice(), &sum[..4], &summed].concat()
}

/// The body of a chunk.
pub(super) fn body_of(chunk: &[u8]) -> &[u8] {
    let mut rest = Draw::new(&chunk[9..]);
    while rest.byte() >= 0x80 {}
    rest.rest()
}
