//! How envelopes travel: frames, one request and one answer with the relay, and satchels.
//!
//! ```text
//! device ── head, (run, envelope…)…, end ──► relay          POST /v1/sync, one request for all spaces
//! device ◄── refusals, receipt, (space, (run, envelope…)…)…, end {more} ── relay
//! ```
//!
//! Everything here is sans-I/O: [`Contact`] is told what arrived and says what follows from it; who carries the bytes,
//! and whether they come at once, in pieces, minutes later or twice, is of no account. Envelopes prove themselves; a
//! head proves who asks; a receipt proves what the relay stored.

mod ack;
mod contact;
mod frame;
mod head;
pub mod meeting;
mod receipt;
mod satchel;

pub use ack::Ack;
pub use contact::{Arrived, Contact, ContactBroken, Effect, Event, RequestEffect, RequestReader};
pub use frame::{Frame, FrameReader, FrameWriter, Refusal};
pub use head::{Cursor, Head, RunningHash};
pub use receipt::Receipt;
pub use satchel::{SatchelEffect, SatchelReader, SatchelRefused, SatchelWriter};
