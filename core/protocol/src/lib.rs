//! # What crosses between devices
//!
//! Phones, consoles and the relay exchange *envelopes*. This crate says what an envelope is, who may write one, how a
//! device's envelopes hang together, and in which frames they travel. It is pure: no file, no socket, no clock, no
//! chance of its own (randomness is an argument), no Automerge, and no word of the domain. The relay is built from this
//! crate alone, so whatever cannot be read with it cannot be read by the relay.
//!
//! ## The rooms, lowest first; a lower one never names a higher one
//!
//! | room | holds |
//! |---|---|
//! | [`limits`] | every bound, with its reason; the relations between bounds are asserted at compile time |
//! | [`bytes`] | reading and writing big-endian fields, nothing else |
//! | [`ids`] | names of things: spaces, journals, devices, places |
//! | [`seal`] | keys, and the three doors between envelope types: [`seal::seal`], [`seal::Envelope::verify`], [`seal::VerifiedEnvelope::open`] |
//! | [`attachment`] | what travels beside the journals: sealed parts, and the proof that each belongs to its name |
//! | [`journal`] | one device's chain in one space, and the frontier of many chains |
//! | [`membership`] | operations and their fold by strict rank: who is in, as what, with which keys |
//! | [`sync`] | frames, the signed head, receipts, acks, the contact as a state machine, satchels |
//!
//! ## What is proven by holding a value
//!
//! ```text
//! bytes ──decode──► WireEnvelope ──at(place)──► Envelope ──verify(signer)──► VerifiedEnvelope ──open(key)──► sections
//!                   lengths hold               whole header   the signature is the signer's    plaintext, bound to its place
//! ```
//!
//! The format written here is version 1, and frozen.

pub mod attachment;
pub mod bytes;
pub mod ids;
pub mod journal;
pub mod limits;
pub mod membership;
pub mod seal;
pub mod sync;
