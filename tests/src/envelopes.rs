//! Random envelopes for another reader of the wire format to agree on, and what ours says of each.
//!
//! [`Maker`] makes about half of them as a device would, in every shape that the page allows, and spoils the other half in
//! a way that somebody might: on the link, with the keys of another, or with his own keys and a pen. [`say`] reads one with
//! the public doors of the protocol and puts what came out into JSON, in the words of `core/docs/wire-format.md`.

pub(crate) mod contents;
mod making;
mod saying;
mod spoiling;

pub use making::Maker;
pub use saying::say;

use jasaq_fieldbook::protocol::ids::Place;
use jasaq_fieldbook::protocol::journal::Neighbours;

/// One envelope as it comes, and what its reader holds before.
#[derive(Debug, Clone)]
pub struct Case {
    /// How it was made, for people.
    pub made: &'static str,
    /// Where the frame around it says that it stands.
    pub place: Place,
    /// Its wire form, or what is left of it.
    pub wire: Vec<u8>,
    /// What is held of its journal.
    pub held: Neighbours,
    /// The X25519 secret to open it with, if any.
    pub secret: Option<[u8; 32]>,
}
