//! The tree of BLAKE3 over the steps of an attachment, and the proof that a part belongs to its root.
//!
//! A proof holds the values of the subtrees beside the way from the root down to the part, the uppermost first, and then
//! the value of each of the part's steps. An attachment of one step needs none: its root is its hash.

use blake3::hazmat::{
    ChainingValue, HasherExt as _, Mode, left_subtree_len, merge_subtrees_non_root, merge_subtrees_root,
};

use super::name::AttachmentName;
use crate::ids::RootHash;
use crate::limits::{PART_STEPS, STEP_BYTES};

const VALUE_BYTES: usize = blake3::OUT_LEN;

/// Where a list of so many subtrees is divided: as BLAKE3 divides so many chunks.
fn middle(count: u64) -> u64 {
    let chunk = blake3::CHUNK_LEN as u64;
    left_subtree_len(count * chunk) / chunk
}

fn fold(values: &[ChainingValue]) -> ChainingValue {
    match values {
        [] => ChainingValue::default(),
        [value] => *value,
        _ => {
            let (left, right) = divide(values);
            merge_subtrees_non_root(&fold(left), &fold(right), Mode::Hash)
        }
    }
}

fn divide(values: &[ChainingValue]) -> (&[ChainingValue], &[ChainingValue]) {
    let middle = usize::try_from(middle(values.len() as u64)).unwrap_or(usize::MAX);
    values.split_at_checked(middle).unwrap_or((values, &[]))
}

/// The value of a step within an attachment of several.
fn step_value(number: u64, bytes: &[u8]) -> ChainingValue {
    let mut hasher = blake3::Hasher::new();
    hasher.set_input_offset(number * STEP_BYTES as u64);
    hasher.update(bytes).finalize_non_root()
}

/// How many subtrees stand beside the way from the root to a part.
fn depth(parts: u64, part: u64) -> u64 {
    if parts <= 1 {
        return 0;
    }
    let middle = middle(parts);
    1 + if part < middle { depth(middle, part) } else { depth(parts - middle, part - middle) }
}

/// How many bytes the proof of a part has.
pub(super) fn proof_bytes(name: &AttachmentName, part: u64) -> usize {
    if name.steps() == 1 {
        return 0;
    }
    let steps = name.steps_of(part);
    let values = depth(name.parts(), part) + steps.end.saturating_sub(steps.start);
    usize::try_from(values).unwrap_or(usize::MAX).saturating_mul(VALUE_BYTES)
}

/// The tree of an attachment whose bytes are all here.
pub(super) struct Tree {
    steps: Vec<ChainingValue>,
    parts: Vec<ChainingValue>,
}

impl Tree {
    /// The tree over sealed parts, in their order.
    pub(super) fn over<'a>(parts: impl Iterator<Item = &'a [u8]>) -> Self {
        let bytes = parts.flat_map(|part| part.chunks(STEP_BYTES));
        let steps: Vec<_> = (0..).zip(bytes).map(|(number, step)| step_value(number, step)).collect();
        let size = usize::try_from(PART_STEPS).unwrap_or(usize::MAX);
        let parts = steps.chunks(size).map(fold).collect();
        Self { steps, parts }
    }

    pub(super) fn proof(&self, part: u64) -> Vec<u8> {
        if self.steps.len() <= 1 {
            return Vec::new();
        }
        let (mut proof, mut level, mut at) = (Vec::new(), self.parts.as_slice(), part);
        while level.len() > 1 {
            let (left, right) = divide(level);
            let (down, beside) = if at < left.len() as u64 {
                (left, right)
            } else {
                at -= left.len() as u64;
                (right, left)
            };
            proof.extend_from_slice(&fold(beside));
            level = down;
        }
        let (first, count) = (usize::try_from(part * PART_STEPS), usize::try_from(PART_STEPS));
        let steps = self
            .steps
            .iter()
            .skip(first.unwrap_or(usize::MAX))
            .take(count.unwrap_or_default());
        proof.extend(steps.flatten());
        proof
    }
}

/// What the steps of one part have to be.
#[derive(Debug)]
pub(super) struct ProvenPart {
    first: u64,
    /// If left empty, the attachment has one step alone, and its hash is the root.
    values: Vec<ChainingValue>,
    root: RootHash,
}

impl ProvenPart {
    /// The values of the part's steps, if the proof leads to the root.
    pub(super) fn check(name: &AttachmentName, part: u64, proof: &[u8]) -> Option<Self> {
        let root = *name.root();
        let first = name.steps_of(part).start;
        if name.steps() == 1 {
            return proof.is_empty().then_some(Self { first, values: Vec::new(), root });
        }
        let (values, rest) = proof.as_chunks::<VALUE_BYTES>();
        let depth = usize::try_from(depth(name.parts(), part)).ok()?;
        let (beside, steps) = values.split_at_checked(depth)?;
        if !rest.is_empty() || proof.len() != proof_bytes(name, part) {
            return None;
        }
        let (left, right) = match beside.split_first() {
            None => {
                let (left, right) = divide(steps);
                (fold(left), fold(right))
            }
            Some((beside, below)) => {
                let middle = middle(name.parts());
                if part < middle {
                    (climb((middle, part), below, fold(steps))?, *beside)
                } else {
                    (*beside, climb((name.parts() - middle, part - middle), below, fold(steps))?)
                }
            }
        };
        let is_root = merge_subtrees_root(&left, &right, Mode::Hash) == *root.as_bytes();
        is_root.then_some(Self { first, values: steps.to_vec(), root })
    }

    /// Whether these are the bytes of a step of this part.
    pub(super) fn has(&self, step: u64, bytes: &[u8]) -> bool {
        if self.values.is_empty() {
            return blake3::hash(bytes) == *self.root.as_bytes();
        }
        let value = step
            .checked_sub(self.first)
            .and_then(|index| self.values.get(usize::try_from(index).ok()?));
        value == Some(&step_value(step, bytes))
    }
}

/// The value of a subtree of so many parts, from the value of one of them and those beside the way down to it.
fn climb((parts, part): (u64, u64), beside: &[ChainingValue], value: ChainingValue) -> Option<ChainingValue> {
    if parts <= 1 {
        return Some(value);
    }
    let (beside, below) = beside.split_first()?;
    let middle = middle(parts);
    let (left, right) = if part < middle {
        (climb((middle, part), below, value)?, *beside)
    } else {
        (*beside, climb((parts - middle, part - middle), below, value)?)
    };
    Some(merge_subtrees_non_root(&left, &right, Mode::Hash))
}
