//! A statement is made: it gets a key, a document with room, and a row that waits for the flush.
//!
//! Promises that what is made can be read back. Whether this device may say it is asked before, by whoever makes it.

use jasaq_model::ids::StatementRef;
use jasaq_model::moment::UtcTime;
use jasaq_model::statement::{Body, Statement};
use jasaq_protocol::ids::{DocumentId, JournalId, SpaceId};

use super::device::Device;
use crate::documents::continuation;
use crate::limits::{CONTINUATIONS_MAX, STATEMENTS_MAX};
use crate::surroundings::Surroundings;
use crate::vault::{Connection, NewStatement, Standing, Transaction, Vault, VaultRefused};

/// Why a statement was not made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StateRefused {
    #[error(transparent)]
    Vault(#[from] VaultRefused),
    #[error("the documents hold as many statements of this device as they can")]
    Full,
    #[error("a statement that cannot be read back: {0}")]
    Unreadable(String),
}

/// A statement that is to be made, and how it stands.
pub(crate) struct ToState {
    /// The space, and the first of the documents that continue one another.
    pub(crate) at: (SpaceId, DocumentId),
    pub(crate) body: Body,
    pub(crate) gps_time: Option<UtcTime>,
    pub(crate) standing: Standing,
}

/// Makes a statement.
pub(crate) fn state(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
    ToState { at, body, gps_time, standing }: ToState,
) -> Result<StatementRef, StateRefused> {
    let (space, _) = at;
    let journal = Vault::own_journal(transaction, &space, || surroundings.make_journal(&device.id()))?;
    let number = Vault::next_statement_number(transaction, &journal)?;
    let key = make_key(&journal, number)?;
    let statement = Statement::new(surroundings.now().clocks(gps_time), body);
    let fields = statement.to_fields();
    Statement::from_fields(&fields).map_err(|refused| StateRefused::Unreadable(refused.to_string()))?;
    let new = NewStatement {
        space,
        document: document_with_room(transaction, device, at)?,
        device: device.id(),
        key: &key,
        kind: statement.kind().code(),
        happened_ms: statement.happened_at().time().unix_ms(),
        place: None,
        received_ms: None,
        standing,
        fields: &fields,
    };
    Vault::add_statement(transaction, &new)?;
    Ok(key)
}

/// The first of the documents that continue one another in which this device has room.
fn document_with_room(
    connection: &Connection,
    device: &Device,
    (space, first): (SpaceId, DocumentId),
) -> Result<DocumentId, StateRefused> {
    for number in 0..CONTINUATIONS_MAX {
        let document = continuation(first, number);
        let count = Vault::count_by(connection, (&space, &document), &device.id())?;
        if count < STATEMENTS_MAX {
            return Ok(document);
        }
    }
    Err(StateRefused::Full)
}

/// A statement's key: eight characters of the journal it is recorded under, a dot, its number there.
fn make_key(journal: &JournalId, number: u64) -> Result<StatementRef, StateRefused> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut key = String::with_capacity(16);
    for triple in journal.as_bytes().chunks(3).take(2) {
        let bits = triple.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        for shift in [18, 12, 6, 0] {
            let letter = LETTERS.get(usize::try_from(bits >> shift & 63).unwrap_or_default());
            key.extend(letter.map(|letter| char::from(*letter)));
        }
    }
    key.push('.');
    key.push_str(&number.to_string());
    StatementRef::new(key).map_err(|refused| StateRefused::Unreadable(refused.to_string()))
}
