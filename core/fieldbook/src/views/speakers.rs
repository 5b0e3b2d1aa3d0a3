//! Who said a statement: his member, and the office or part that he had where he said it, not the one that he has since.
//!
//! Promises that a device whose role changed costs one look at its journals for all that is read at once, and nobody else anything.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jasaq_model::ids::{Author, MemberId};
use jasaq_model::stated::Stated;
use jasaq_model::statement::Statement;
use jasaq_protocol::ids::{DeviceId, EnvelopeHash, Place};
use jasaq_protocol::membership::{Links, Role};

use crate::exchange::{Device, Said, has_divided_role, links_of, role_said_in};
use crate::roles::office_of;
use crate::vault::{Connection, StatementRow, Vault, VaultRefused};

/// Those who said what is read.
pub(super) struct Speakers<'a> {
    connection: &'a Connection,
    device: &'a Device,
    /// The links of those whose role changed.
    links: BTreeMap<DeviceId, Links>,
}

impl<'a> Speakers<'a> {
    pub(super) const fn of(connection: &'a Connection, device: &'a Device) -> Self {
        Self { connection, device, links: BTreeMap::new() }
    }

    /// A statement that counts, with who said it.
    pub(super) fn stated(
        &mut self,
        row: &StatementRow,
        statement: Statement,
    ) -> Result<Stated, VaultRefused> {
        let enrolled = self.device.membership.known_device(&row.device);
        let member = enrolled.map(|enrolled| MemberId::from_bytes(*enrolled.member.as_bytes()));
        let role = self.role_in(row, &statement)?.map(office_of);
        let author = Author::from_bytes(*row.device.as_bytes());
        Ok(Stated { key: row.key.clone(), author, member, role, statement })
    }

    fn role_in(&mut self, row: &StatementRow, statement: &Statement) -> Result<Option<Role>, VaultRefused> {
        let membership = &self.device.membership;
        let kind = statement.kind().code();
        let mut said = Said { space: &row.space, author: &row.device, kind, key: row.key.as_str(), at: None };
        if !has_divided_role(membership, &row.device) {
            return Ok(role_said_in(membership, &said, &Links::default()));
        }
        let links = match self.links.entry(row.device) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(links_of(self.connection, membership, &row.device)?),
        };
        if let Some(Place { journal, sequence, .. }) = row.place {
            // What stands beside a journal's line has nobody's hash.
            let hash = Vault::envelope_hash(self.connection, journal, Some(sequence))?;
            let hash = hash.unwrap_or(EnvelopeHash::from_bytes([0; 32]));
            said.at = row.place.map(|place| (place, hash));
        }
        Ok(role_said_in(membership, &said, links))
    }
}
