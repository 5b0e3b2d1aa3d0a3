//! Chains and frontiers: how one device's envelopes hang together, and what of many chains a device holds.
//!
//! Promises: an envelope is [`Placed::New`] only if it is signed by its journal's device and continues what is held, so
//! that a journal never has a hole. Refuses: gaps (they wait), a second envelope at a place (a fork).

mod chain;
mod frontier;

pub use chain::{Neighbours, Placed, Waiting, place};
pub use frontier::{Frontier, Head};
