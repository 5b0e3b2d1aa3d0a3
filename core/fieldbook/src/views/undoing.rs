//! What is looked up to take a statement back: which it is, and whether it was already.

use jasaq_model::ids::{Author, StatementRef};
use jasaq_model::register::Record;
use jasaq_model::statement::{Body, Kind, Statement};
use jasaq_protocol::ids::{DeviceId, DocumentId, SpaceId};

use super::patrol::rows_of_kind;
use super::register::readable;
use crate::exchange::Device;
use crate::vault::{Connection, StatementRow, Vault, VaultRefused};

/// Everything that takes something back, read once for all that is asked about.
pub(super) struct Withdrawals(Vec<(StatementRow, Statement)>);

impl Withdrawals {
    pub(super) fn of(connection: &Connection) -> Result<Self, VaultRefused> {
        Ok(Self(rows_of_kind(connection, Kind::Withdrawn)?))
    }

    /// Whether the office that said something took it back.
    pub(super) fn take_back(
        &self,
        device: &Device,
        (space, author, key): (SpaceId, Author, &StatementRef),
    ) -> bool {
        let said_by = DeviceId::from_bytes(*author.as_bytes());
        self.0.iter().any(|(row, statement)| match &statement.body {
            Body::Register(Record::Withdrawn(withdrawn)) => {
                row.space == space
                    && (withdrawn.author, &withdrawn.key) == (author, key)
                    && device.are_of_one_office(&row.device, &said_by)
            }
            _ => false,
        })
    }
}

/// The same of one thing alone.
pub(crate) fn is_taken_back(
    connection: &Connection,
    device: &Device,
    named: (SpaceId, Author, &StatementRef),
) -> Result<bool, VaultRefused> {
    Ok(Withdrawals::of(connection)?.take_back(device, named))
}

/// A statement of a document.
pub(crate) fn statement_of(
    connection: &Connection,
    (document, (author, key)): (&DocumentId, (Author, &StatementRef)),
) -> Result<Option<Statement>, VaultRefused> {
    let rows = readable(Vault::statements_about(connection, document)?);
    let mut said = rows.into_iter().filter(|(row, _)| row.key == *key);
    let said = said.find(|(row, _)| row.device.as_bytes() == author.as_bytes());
    Ok(said.map(|(_, statement)| statement))
}
