//! One change, read by itself: what it states, and what it depends on.
//!
//! Promises that a [`ReadChange`] was written by the journal it came in, adds statements and does nothing else, and is
//! Automerge's own encoding of what it says, so that a document with it in can be saved and loaded. All that is decided
//! by the bytes alone: every device that reads them, of whatever history, refuses or accepts alike.
//!
//! A field that we do not know is read like any other. A *scalar* that we do not have (a float, a timestamp, a counter, a
//! null, a number beyond 64 bits with sign, a type of a later Automerge) makes its statement unreadable here and nothing
//! else: the change stays, the statement is named in [`ReadChange::unreadable`], and a later program reads it.

use std::collections::{HashMap, HashSet};

use automerge::legacy::{Key, ObjectId, Op, OpType};
use automerge::{Change, ExpandedChange, ObjType, ScalarValue};
use jasaq_model::ids::StatementRef;
use jasaq_model::statement::{Fields, Scalar};
use jasaq_protocol::ids::JournalId;

use super::chunk::check_chunk;
use super::{Actor, ChangeHash};
use crate::limits::STATEMENTS_MAX;

/// A change that was decoded and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReadChange {
    /// Its name.
    pub(crate) hash: ChangeHash,
    /// The change of the same journal in the same document that it follows. If left unset, it is the first.
    pub(crate) previous: Option<ChangeHash>,
    /// Who wrote it.
    pub(crate) actor: Actor,
    /// Its number among the actor's changes in the document, from 1.
    pub(crate) seq: u64,
    /// The counter of its first operation.
    pub(crate) start_op: u64,
    /// The counter of its last operation.
    pub(crate) max_op: u64,
    /// What it states, in the order of writing.
    pub(crate) statements: Vec<(StatementRef, Fields)>,
    /// The statements that hold a scalar which is not known here; set them aside with the change.
    pub(crate) unreadable: Vec<StatementRef>,
}

/// Why bytes were not accepted as a change of a document. The same on every device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ChangeRefused {
    /// More bytes than a change may have.
    #[error("{bytes} bytes are more than a change may have")]
    TooLong {
        /// What was given.
        bytes: usize,
    },
    /// Another chunk, a compressed one, or none.
    #[error("the bytes are not one uncompressed change")]
    NotAChange,
    /// It cannot be decoded.
    #[error("the change cannot be decoded")]
    Garbled,
    /// Decodable, but not as Automerge would have written it.
    #[error("the change is not encoded as automerge encodes it")]
    OtherEncoding,
    /// More than its own journal's previous change.
    #[error("the change depends on {count} others")]
    Dependencies {
        /// How many.
        count: usize,
    },
    /// Its actor is not of the journal it came in.
    #[error("the actor of the change is not of its journal")]
    ForgedActor,
    /// It touches what another actor made.
    #[error("the change names another actor")]
    ForeignActor,
    /// A message, a time, or bytes after its columns.
    #[error("the change carries more than operations")]
    Extra,
    /// A column of lists, marks, overwritten values or of a later format.
    #[error("the change has a column that statements do not need")]
    ForeignColumn,
    /// More operations than a change may have.
    #[error("the change has too many operations")]
    TooManyOperations,
    /// More statements than a document may have.
    #[error("the change has too many statements")]
    TooManyStatements,
    /// None.
    #[error("the change states nothing")]
    Nothing,
    /// Counters past those Automerge can hold, or from zero.
    #[error("the change is numbered out of range")]
    Numbering,
    /// An operation that overwrites.
    #[error("the change overwrites")]
    Overwrites,
    /// An operation other than a new map at the root or a scalar in one.
    #[error("operation {operation} of the change does not belong to a statement")]
    NotAStatement {
        /// Which, from 0.
        operation: usize,
    },
    /// A key that no statement or field has.
    #[error("the change has a key that cannot be")]
    Key,
    /// A key twice.
    #[error("operation {operation} of the change repeats a key")]
    Repeated {
        /// Which, from 0.
        operation: usize,
    },
}

impl ReadChange {
    /// The keys that it took, readable or not.
    pub(super) fn into_references(self) -> impl Iterator<Item = StatementRef> {
        self.statements
            .into_iter()
            .map(|(reference, _)| reference)
            .chain(self.unreadable)
    }
}

/// Reads one change that came in this journal, in time linear in its bytes.
pub(crate) fn read_change(bytes: &[u8], journal: &JournalId) -> Result<ReadChange, ChangeRefused> {
    let (read, _) = decode_change(bytes)?;
    if read.actor.journal() == journal { Ok(read) } else { Err(ChangeRefused::ForgedActor) }
}

/// Reads a change of whatever journal its actor names, and returns Automerge's own form with it.
pub(super) fn decode_change(bytes: &[u8]) -> Result<(ReadChange, Change), ChangeRefused> {
    check_chunk(bytes)?;
    let change = Change::try_from(bytes).map_err(|_| ChangeRefused::Garbled)?;
    let actor = Actor::from_automerge(change.actor_id()).ok_or(ChangeRefused::ForgedActor)?;
    if change.is_empty() {
        return Err(ChangeRefused::Nothing);
    }
    if change.seq() == 0 || change.max_op() > u64::from(u32::MAX / 2) {
        return Err(ChangeRefused::Numbering);
    }
    let expanded = change.decode();
    let (statements, unreadable) = Reading::of(&expanded)?.finish();
    let read = ReadChange {
        hash: change.hash().0,
        previous: change.deps().first().map(|previous| previous.0),
        actor,
        seq: change.seq(),
        start_op: change.start_op().get(),
        max_op: change.max_op(),
        statements,
        unreadable,
    };
    if Change::from(expanded).raw_bytes() == bytes {
        Ok((read, change))
    } else {
        Err(ChangeRefused::OtherEncoding)
    }
}

/// The statements of a change while its operations are gone through.
#[derive(Default)]
struct Reading<'a> {
    opened: Vec<Opened>,
    by_counter: HashMap<u64, usize>,
    /// Every key written so far, with the counter of its map; zero is the root.
    keys: HashSet<(u64, &'a str)>,
}

struct Opened {
    reference: StatementRef,
    fields: Fields,
    readable: bool,
}

impl<'a> Reading<'a> {
    fn of(change: &'a ExpandedChange) -> Result<Self, ChangeRefused> {
        let mut reading = Self::default();
        let counters = change.start_op.get()..;
        for (operation, (counter, op)) in counters.zip(&change.operations).enumerate() {
            reading.add(operation, counter, op)?;
        }
        Ok(reading)
    }

    fn add(&mut self, operation: usize, counter: u64, op: &'a Op) -> Result<(), ChangeRefused> {
        let refused = ChangeRefused::NotAStatement { operation };
        let Key::Map(key) = &op.key else { return Err(refused) };
        if !op.pred.is_empty() {
            return Err(ChangeRefused::Overwrites);
        }
        if op.insert {
            return Err(refused);
        }
        let map = match (&op.obj, &op.action) {
            (ObjectId::Root, OpType::Make(ObjType::Map)) => {
                self.open(counter, key)?;
                0
            }
            (ObjectId::Id(map), OpType::Put(value)) => {
                self.put(map.counter(), key, value).ok_or(refused)??;
                map.counter()
            }
            _ => return Err(refused),
        };
        if self.keys.insert((map, key)) { Ok(()) } else { Err(ChangeRefused::Repeated { operation }) }
    }

    fn open(&mut self, counter: u64, key: &str) -> Result<(), ChangeRefused> {
        let reference = StatementRef::new(key).map_err(|_| ChangeRefused::Key)?;
        if self.opened.len() == STATEMENTS_MAX {
            return Err(ChangeRefused::TooManyStatements);
        }
        self.by_counter.insert(counter, self.opened.len());
        self.opened.push(Opened { reference, fields: Fields::new(), readable: true });
        Ok(())
    }

    /// Nothing, if this change made no such map before.
    fn put(&mut self, map: u64, key: &str, value: &ScalarValue) -> Option<Result<(), ChangeRefused>> {
        let opened = self.opened.get_mut(*self.by_counter.get(&map)?)?;
        if key.is_empty() {
            return Some(Err(ChangeRefused::Key));
        }
        match scalar_of(value) {
            Some(scalar) => opened.fields.insert(key, scalar),
            None => opened.readable = false,
        }
        Some(Ok(()))
    }

    fn finish(self) -> (Vec<(StatementRef, Fields)>, Vec<StatementRef>) {
        let (readable, unreadable): (Vec<_>, Vec<_>) =
            self.opened.into_iter().partition(|opened| opened.readable);
        (
            readable.into_iter().map(|opened| (opened.reference, opened.fields)).collect(),
            unreadable.into_iter().map(|opened| opened.reference).collect(),
        )
    }
}

/// The scalar of a statement, if it is one that we have.
pub(super) fn scalar_of(value: &ScalarValue) -> Option<Scalar> {
    match value {
        ScalarValue::Str(text) => Some(Scalar::Text(text.to_string())),
        ScalarValue::Int(int) => Some(Scalar::Int(*int)),
        ScalarValue::Uint(int) => i64::try_from(*int).ok().map(Scalar::Int),
        ScalarValue::Bytes(bytes) => Some(Scalar::Bytes(bytes.clone())),
        ScalarValue::Boolean(flag) => Some(Scalar::Flag(*flag)),
        ScalarValue::F64(_)
        | ScalarValue::Counter(_)
        | ScalarValue::Timestamp(_)
        | ScalarValue::Unknown { .. }
        | ScalarValue::Null => None,
    }
}
