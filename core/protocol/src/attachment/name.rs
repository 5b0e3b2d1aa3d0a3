//! The name of an attachment: the root of its tree and its length, from which its whole shape follows.

use std::ops::Range;

use crate::bytes::{Malformed, Reader, Writer};
use crate::ids::RootHash;
use crate::limits::{ATTACHMENT_BYTES_MAX, PART_BYTES, PART_STEPS, PART_TAG_BYTES, STEP_BYTES};

/// Which attachment: the BLAKE3 hash over its sealed parts, and how many bytes these have together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttachmentName {
    root: RootHash,
    bytes: u64,
}

impl AttachmentName {
    /// The name with this root, of so many sealed bytes. Refused if no attachment can have that length.
    pub fn new(root: RootHash, bytes: u64) -> Result<Self, Malformed> {
        let last = bytes % PART_BYTES as u64;
        let is_possible = bytes > 0 && (last == 0 || last > PART_TAG_BYTES as u64);
        match is_possible {
            true if bytes <= ATTACHMENT_BYTES_MAX => Ok(Self { root, bytes }),
            true => Err(Malformed::Limit),
            false => Err(Malformed::Value),
        }
    }

    /// The root.
    #[must_use]
    pub const fn root(&self) -> &RootHash {
        &self.root
    }

    /// Bytes of all sealed parts.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Bytes of what is in them.
    #[must_use]
    pub const fn content_bytes(&self) -> u64 {
        self.bytes - self.parts() * PART_TAG_BYTES as u64
    }

    /// How many parts it has: one at least.
    #[must_use]
    pub const fn parts(&self) -> u64 {
        self.bytes.div_ceil(PART_BYTES as u64)
    }

    /// How many steps it has: one at least.
    #[must_use]
    pub const fn steps(&self) -> u64 {
        self.bytes.div_ceil(STEP_BYTES as u64)
    }

    /// Bytes of the sealed steps before this one.
    #[must_use]
    pub fn bytes_before(&self, step: u64) -> u64 {
        step.saturating_mul(STEP_BYTES as u64).min(self.bytes)
    }

    /// Bytes of a part, sealed.
    #[must_use]
    pub fn part_bytes(&self, part: u64) -> usize {
        length(self.bytes, part, PART_BYTES)
    }

    /// Bytes of a step.
    #[must_use]
    pub fn step_bytes(&self, step: u64) -> usize {
        length(self.bytes, step, STEP_BYTES)
    }

    /// The steps of a part.
    #[must_use]
    pub fn steps_of(&self, part: u64) -> Range<u64> {
        let first = part.saturating_mul(PART_STEPS);
        first..first.saturating_add(PART_STEPS).min(self.steps())
    }

    /// The step behind the last one that so many bytes from the start hold whole.
    #[must_use]
    pub fn step_after(&self, bytes: u64) -> u64 {
        if bytes >= self.bytes { self.steps() } else { bytes / STEP_BYTES as u64 }
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.raw(self.root.as_bytes()).u64(self.bytes);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        Self::new(RootHash::from_bytes(reader.array()?), reader.u64()?)
    }
}

/// How long the piece with this number is, where all but the last have `size` bytes.
fn length(all: u64, number: u64, size: usize) -> usize {
    let left = all.saturating_sub(number.saturating_mul(size as u64));
    usize::try_from(left).map_or(size, |left| left.min(size))
}
