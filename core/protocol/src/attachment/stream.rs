//! Parts as they travel, both ways: from any step on, each part behind its proof.
//!
//! ```text
//! proof of the part that the first step is in · its steps from there on · proof · 16 steps · proof · …
//! ```
//!
//! No lengths: all of them follow from the name. The stream may end anywhere; what came whole stays.

use super::name::AttachmentName;
use super::tree::{ProvenPart, proof_bytes};
use crate::limits::PART_STEPS;

/// What came, and is of this attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// The proof of a part, which its steps follow.
    Proof {
        /// The part, counted from 0.
        part: u64,
        /// As it travels on.
        bytes: Vec<u8>,
    },
    /// A step.
    Step {
        /// Its number, counted from 0 over the whole attachment.
        number: u64,
        /// Its sealed bytes.
        bytes: Vec<u8>,
    },
}

/// What came is not of the attachment that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what came is not what the attachment's name says")]
pub struct NotOfThisName;

/// Takes a stream of parts apart and checks each step.
#[derive(Debug)]
pub struct PartsReader {
    name: AttachmentName,
    next: u64,
    proven: Option<ProvenPart>,
    buffer: Vec<u8>,
}

impl PartsReader {
    /// Reads steps of this attachment from the step with this number on.
    #[must_use]
    pub fn new(name: AttachmentName, from: u64) -> Self {
        Self { name, next: from, proven: None, buffer: Vec::new() }
    }

    /// The step that is due next; as many as there are once all have come.
    #[must_use]
    pub fn next_step(&self) -> u64 {
        self.next
    }

    /// Takes bytes. What was returned stands, also if a later step refuses.
    pub fn take(&mut self, bytes: &[u8]) -> (Vec<Came>, Result<(), NotOfThisName>) {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.extend_from_slice(bytes);
        let (mut came, mut taken) = (Vec::new(), 0);
        let outcome = loop {
            match self.read(buffer.get(taken..).unwrap_or_default()) {
                Ok(Some((length, one))) => {
                    taken += length;
                    came.push(one);
                }
                Ok(None) => break Ok(()),
                Err(refused) => break Err(refused),
            }
        };
        self.buffer = buffer.split_off(taken.min(buffer.len()));
        (came, outcome)
    }

    /// The next proof or step, if it is whole.
    fn read(&mut self, bytes: &[u8]) -> Result<Option<(usize, Came)>, NotOfThisName> {
        if self.next >= self.name.steps() {
            return if bytes.is_empty() { Ok(None) } else { Err(NotOfThisName) };
        }
        let part = self.next / PART_STEPS;
        let Some(proven) = &self.proven else {
            let length = proof_bytes(&self.name, part);
            let Some(proof) = bytes.get(..length) else { return Ok(None) };
            self.proven = Some(ProvenPart::check(&self.name, part, proof).ok_or(NotOfThisName)?);
            return Ok(Some((length, Came::Proof { part, bytes: proof.to_vec() })));
        };
        let (number, length) = (self.next, self.name.step_bytes(self.next));
        let Some(step) = bytes.get(..length) else { return Ok(None) };
        if !proven.has(number, step) {
            return Err(NotOfThisName);
        }
        self.next += 1;
        if self.next.is_multiple_of(PART_STEPS) {
            self.proven = None;
        }
        Ok(Some((length, Came::Step { number, bytes: step.to_vec() })))
    }
}
