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

/// Steps that came one behind the other, all of one part and of this attachment.
#[derive(Clone, PartialEq, Eq)]
pub struct Run {
    /// The number of the first, counted from 0 over the whole attachment.
    pub first: u64,
    /// The proof of their part, as it travels on.
    pub proof: Vec<u8>,
    /// Their sealed bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Run({}, {} bytes)", self.first, self.bytes.len())
    }
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
    /// The part that the next step is in, once its proof has come.
    proven: Option<(ProvenPart, Vec<u8>)>,
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
    pub fn take(&mut self, bytes: &[u8]) -> (Vec<Run>, Result<(), NotOfThisName>) {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.extend_from_slice(bytes);
        let (mut runs, mut taken) = (Vec::new(), 0);
        let outcome = loop {
            match self.read(buffer.get(taken..).unwrap_or_default(), &mut runs) {
                Ok(Some(length)) => taken += length,
                Ok(None) => break Ok(()),
                Err(refused) => break Err(refused),
            }
        };
        self.buffer = buffer.split_off(taken.min(buffer.len()));
        (runs, outcome)
    }

    /// Reads the next proof or step, if it is whole. Says how long it was.
    fn read(&mut self, bytes: &[u8], runs: &mut Vec<Run>) -> Result<Option<usize>, NotOfThisName> {
        if self.next >= self.name.steps() {
            return if bytes.is_empty() { Ok(None) } else { Err(NotOfThisName) };
        }
        let part = self.next / PART_STEPS;
        let Some((proven, proof)) = &self.proven else {
            let length = proof_bytes(&self.name, part);
            let Some(proof) = bytes.get(..length) else { return Ok(None) };
            let proven = ProvenPart::check(&self.name, part, proof).ok_or(NotOfThisName)?;
            self.proven = Some((proven, proof.to_vec()));
            return Ok(Some(length));
        };
        let (number, length) = (self.next, self.name.step_bytes(self.next));
        let Some(step) = bytes.get(..length) else { return Ok(None) };
        if !proven.has(number, step) {
            return Err(NotOfThisName);
        }
        match runs.last_mut() {
            Some(run) if run.first / PART_STEPS == part => run.bytes.extend_from_slice(step),
            _ => runs.push(Run { first: number, proof: proof.clone(), bytes: step.to_vec() }),
        }
        self.next += 1;
        if self.next.is_multiple_of(PART_STEPS) {
            self.proven = None;
        }
        Ok(Some(length))
    }
}
