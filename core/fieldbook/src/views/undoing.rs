//! What stands once a statement is taken back: the same fold over the same statements and one withdrawal more.

use jasaq_model::ids::{Author, PersonId, SquadId, StatementRef};
use jasaq_model::moment::Day;
use jasaq_model::records::{Lists, PersonRecord, SquadRecord};
use jasaq_model::register::{Record, Withdrawn};
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind, Statement};
use jasaq_model::words::Text;
use jasaq_protocol::ids::{DeviceId, DocumentId, SpaceId};

use super::patrol::counted_of_kind;
use super::register::{counted_about, readable, squad_record};
use crate::exchange::Device;
use crate::vault::{Connection, Vault, VaultRefused};

/// Whoever would say the withdrawal that nobody says: no device has this id.
const NOBODY: Author = Author::from_bytes([0; 32]);

/// Whether the office that said something took it back.
pub(crate) fn is_taken_back(
    connection: &Connection,
    device: &Device,
    (space, author, key): (SpaceId, Author, &StatementRef),
) -> Result<bool, VaultRefused> {
    let said_by = DeviceId::from_bytes(*author.as_bytes());
    let withdrawals = counted_of_kind(connection, device, Kind::Withdrawn)?;
    Ok(withdrawals.into_iter().any(|(row, stated)| match stated.statement.body {
        Body::Register(Record::Withdrawn(withdrawn)) => {
            row.space == space
                && (withdrawn.author, &withdrawn.key) == (author, key)
                && device.are_of_one_office(&row.device, &said_by)
        }
        _ => false,
    }))
}

/// A person's engagement once a statement about it is taken back.
pub(crate) fn person_undone(
    connection: &Connection,
    device: &Device,
    (person, lists, named): (PersonId, &Lists, (Author, &StatementRef)),
) -> Result<PersonRecord, VaultRefused> {
    let (statements, _) = counted_about(connection, device, person.as_bytes())?;
    Ok(PersonRecord::from_statements(person, undone(statements, named), lists))
}

/// A squad as it stands, and once a statement about it is taken back.
pub(crate) fn squad_undone(
    connection: &Connection,
    device: &Device,
    (squad, named): (SquadId, (Author, &StatementRef)),
) -> Result<(SquadRecord, SquadRecord), VaultRefused> {
    let (statements, _) = counted_about(connection, device, squad.as_bytes())?;
    let after = SquadRecord::from_statements(squad, undone(statements, named));
    Ok((squad_record(connection, device, squad)?, after))
}

/// The day on which a statement of a document was recorded.
pub(crate) fn day_said(
    connection: &Connection,
    (document, (author, key)): (&DocumentId, (Author, &StatementRef)),
) -> Result<Option<Day>, VaultRefused> {
    let rows = readable(Vault::statements_about(connection, document)?);
    let mut said = rows.into_iter().filter(|(row, _)| row.key == *key);
    let said = said.find(|(row, _)| row.device.as_bytes() == author.as_bytes());
    Ok(said.map(|(_, statement)| statement.happened_at().day()))
}

/// The same statements, with the withdrawal of one of them by whoever said it.
fn undone(mut statements: Vec<Stated>, (author, key): (Author, &StatementRef)) -> Vec<Stated> {
    let said = statements.iter().find(|stated| (stated.author, &stated.key) == (author, key));
    let withdrawal = said.and_then(|said| {
        let withdrawn = Withdrawn { author, key: key.clone(), reason: Text::new("↩").ok()? };
        let body = Body::Register(Record::Withdrawn(withdrawn));
        Some(Stated {
            key: key.clone(),
            author: NOBODY,
            statement: Statement::new(said.statement.clocks, body),
            ..said.clone()
        })
    });
    statements.extend(withdrawal);
    statements
}
