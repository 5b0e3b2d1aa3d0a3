//! Random lines for another reader of the wire format to agree on, and what ours says of each: mostly envelopes, and heads,
//! receipts, satchels, invites and statements.
//!
//! [`Maker`] makes about half of them as a device would, in every shape that the page allows, and spoils the other half in
//! a way that somebody might: on the link, with the keys of another, or with his own keys and a pen. What was done to a line
//! has a name, so that it can be counted that everything is done. [`say`] reads one with the public doors of the protocol and
//! puts what came out into JSON, in the words of `core/docs/wire-format.md`.

pub(crate) mod codes;
pub(crate) mod contents;
mod counts;
mod erasing;
mod item;
mod making;
mod satchels;
mod saying;
mod saying_forms;
mod signing;
mod spoiling;
mod spoken;
mod statement_field;
mod statement_planning;
mod statement_register;
mod statement_tables;
mod statements;
mod strange_items;
pub(crate) mod wrong_acks;
pub(crate) mod wrong_changes;
pub(crate) mod wrong_operations;
mod wrong_words;

pub use counts::Counts;
pub use making::Maker;
pub use satchels::Packed;
pub use saying::say;
pub use spoken::Spoken;

use jasaq_fieldbook::model::statement::Fields;
use jasaq_fieldbook::protocol::bytes::VERSION;
use jasaq_fieldbook::protocol::ids::Place;
use jasaq_fieldbook::protocol::journal::Neighbours;

use crate::chance::Chance;

/// Any version but ours.
fn another_version(chance: &mut Chance) -> u8 {
    VERSION.wrapping_add(1 + chance.array::<1>()[0] % 255)
}

/// One form as it comes, and what its reader knows before.
#[derive(Debug, Clone)]
pub struct Line {
    /// How it was made, for people.
    pub made: Vec<&'static str>,
    /// What comes.
    pub form: Form,
}

/// What comes.
#[derive(Debug, Clone)]
pub enum Form {
    /// An envelope.
    Envelope(Case),
    /// A head, at the relay.
    Head(Spoken),
    /// A receipt, at the device.
    Receipt(Spoken),
    /// A satchel.
    Satchel(Packed),
    /// An invite's code.
    Invite(String),
    /// A statement's fields.
    Statement(Fields),
}

/// One envelope as it comes, and what its reader holds before.
#[derive(Debug, Clone)]
pub struct Case {
    /// How it was made, for people.
    pub made: Vec<&'static str>,
    /// Where the frame around it says that it stands.
    pub place: Place,
    /// Its wire form, or what is left of it.
    pub wire: Vec<u8>,
    /// What is held of its journal.
    pub held: Neighbours,
    /// The X25519 secret to open it with, if any.
    pub secret: Option<[u8; 32]>,
}
