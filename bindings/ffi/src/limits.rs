//! The bounds of the border, each with its reason. What may be written, sent and kept is bounded in the core.

use jasaq_fieldbook::protocol::attachment::PartAnswer;
use jasaq_fieldbook::protocol::limits::{ANSWER_BYTES_MAX, COMMIT_BYTES, FRAME_BYTES_MAX, PARTS_BYTES_MAX};

/// Bytes of an answer that a carrier is asked to read at most: what the relay may send, and one frame more before it is
/// called garbage.
#[expect(clippy::cast_possible_truncation, reason = "asserted below")]
pub(crate) const ANSWER_BYTES_READ_MAX: u32 = (ANSWER_BYTES_MAX + FRAME_BYTES_MAX) as u32;

/// Bytes of an answer about parts that a carrier is asked to read at most: the relay's word, the steps, and a byte more.
#[expect(clippy::cast_possible_truncation, reason = "asserted below")]
pub(crate) const PARTS_BYTES_READ_MAX: u32 = (PartAnswer::LENGTH + PARTS_BYTES_MAX + 1) as u32;

/// An answer is handed on in pieces of this size, as a socket would, so that it is committed in steps.
pub(crate) const PIECE_BYTES: usize = 16 * 1_024;

/// Of so many of the newest patrols each own entry is watched: a season of one squad. Older entries have long arrived, and
/// count in the totals all the same.
pub(crate) const PATROLS_WATCHED: usize = 64;

const _: () =
    assert!(PartAnswer::LENGTH + PARTS_BYTES_MAX < u32::MAX as usize, "the bound crosses as 32 bits");
const _: () =
    assert!(ANSWER_BYTES_MAX + FRAME_BYTES_MAX <= u32::MAX as usize, "the bound crosses as 32 bits");
const _: () = assert!(PIECE_BYTES < COMMIT_BYTES, "a step of the fieldbook is worth several pieces");
