//! Reading: patrols, rosters, status; exports; and the doctor.

use std::collections::BTreeMap;

use jasaq_model::ids::{PatrolId, StatementRef};
use jasaq_model::roster::Roster;
use jasaq_model::squad::SquadCard;
use jasaq_model::statement::Fields;
use jasaq_model::words::Language;
use jasaq_protocol::ids::{DeviceId, DocumentId, SpaceId};

use super::Fieldbook;
use super::register::Kept;
use super::writing::title_of;
use crate::documents::{Document, digest};
use crate::exchange;
use crate::formats::{Export, write_geojson, write_gpx, write_kml, write_kmz};
use crate::refusal::FieldbookRefused;
use crate::vault::{Transaction, Vault, VaultRefused};
use crate::views::{self, PatrolSummary, PatrolView, Status};

/// A format to export a patrol's tracks and entries in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exported {
    /// GPX 1.1.
    Gpx,
    /// GeoJSON (RFC 7946).
    GeoJson,
    /// KML 2.2.
    Kml,
    /// KML 2.2 in an archive.
    Kmz,
}

/// What the doctor found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DoctorReport {
    /// Whether every page of the vault is whole.
    pub is_whole: bool,
    /// Documents.
    pub documents: usize,
    /// Changes in them.
    pub changes: usize,
    /// Statements that two changes wrote under one key: a defect, a device that used another's keys, or a clone's.
    pub conflicts: usize,
    /// Changes that are stored and do not fit into their document, and statements that the document and the index tell
    /// differently: a defect.
    pub defects: usize,
    /// Envelopes beside their journals' lines: a clone or a restored backup signed them. They are kept, and not shown.
    pub branches: usize,
    /// Rows that the documents hold and the index did not, or the other way round; rebuilt.
    pub rows_rebuilt: usize,
    /// Devices that hold the same as this one and have other things in it: a defect, or an older program.
    pub differing: u64,
}

impl Fieldbook {
    /// The newest patrols, newest first.
    pub fn patrols(&mut self, limit: usize) -> Result<Vec<PatrolSummary>, FieldbookRefused> {
        self.refresh()?;
        Ok(views::newest_patrols(self.vault.read(), &self.device, limit)?)
    }

    /// One patrol as everybody in the squad's space shows it.
    pub fn patrol(&mut self, patrol: PatrolId) -> Result<PatrolView, FieldbookRefused> {
        self.refresh()?;
        let view = views::patrol_view(self.vault.read(), &self.device, patrol)?;
        view.ok_or_else(|| self.no_record(patrol))
    }

    /// A digest of everything that counts about a patrol: equal on two devices that hold the same statements.
    pub fn patrol_digest(&mut self, patrol: PatrolId) -> Result<[u8; 16], FieldbookRefused> {
        let view = self.patrol(patrol)?;
        let statements = view.log.stated().iter().map(|stated| {
            let fields = stated.statement.to_fields();
            let mut hasher = blake3::Hasher::new_derive_key("jasaq 1 shown statement");
            hasher.update(stated.author.as_bytes()).update(stated.key.as_str().as_bytes());
            for (name, scalar) in fields.iter() {
                hasher.update(name.as_bytes()).update(&scalar_bytes(scalar));
            }
            *hasher.finalize().as_bytes()
        });
        Ok(digest(statements))
    }

    /// Squads and names on and off their rosters, as far as this device may read them. None where it reads no council's space.
    pub fn roster(&mut self) -> Result<Option<Roster>, FieldbookRefused> {
        self.kept(Kept::Squads, |book| Ok(views::roster(book.vault.read(), &book.device)?))
    }

    /// The newest card of each member. None where cards are not read.
    pub fn squad_cards(&mut self) -> Result<Option<Vec<SquadCard>>, FieldbookRefused> {
        self.kept(Kept::Cards, |book| Ok(views::squad_cards(book.vault.read(), &book.device)?))
    }

    /// Who this device is, and how far everything has come.
    pub fn status(&mut self) -> Result<Status, FieldbookRefused> {
        self.refresh()?;
        let now_ms = self.surroundings.now().unix_ms;
        Ok(views::status(self.vault.read(), &self.device, now_ms)?)
    }

    /// A patrol's tracks and entries as a file for other programs.
    pub fn export_patrol(
        &mut self,
        patrol: PatrolId,
        format: Exported,
        language: Language,
    ) -> Result<Vec<u8>, FieldbookRefused> {
        let view = self.patrol(patrol)?;
        let export = Export { patrol, title: &title_of(&view)?, log: &view.log, language };
        Ok(match format {
            Exported::Gpx => write_gpx(&export),
            Exported::GeoJson => write_geojson(&export),
            Exported::Kml => write_kml(&export),
            Exported::Kmz => write_kmz(&export),
        })
    }

    /// A patrol's documents as Automerge files that any Automerge tool opens.
    pub fn export_documents(&mut self, patrol: PatrolId) -> Result<Vec<Vec<u8>>, FieldbookRefused> {
        let space = views::space_of_patrol(self.vault.read(), &self.device, patrol)?
            .ok_or_else(|| self.no_record(patrol))?;
        let mut files = Vec::new();
        for id in views::documents_of(patrol) {
            let document = self.document((&space, &id))?;
            if !document.heads().is_empty() {
                files.push(document.save());
            }
        }
        Ok(files)
    }

    fn document(&self, (space, id): (&SpaceId, &DocumentId)) -> Result<Document, FieldbookRefused> {
        let changes = Vault::document_changes(self.vault.read(), (space, id))?;
        let bytes = changes.into_iter().map(|change| change.bytes);
        Document::from_changes(bytes).map_err(|refused| FieldbookRefused::Defect(refused.to_string()))
    }

    /// Checks every page, puts every document together, and rebuilds the index from them. Nothing is thrown away.
    ///
    /// A vault with damaged pages is told and otherwise left as it is: what can be read of it still can.
    pub fn doctor(&mut self) -> Result<DoctorReport, FieldbookRefused> {
        self.refresh()?;
        let mut report = DoctorReport { is_whole: self.vault.is_whole()?, ..DoctorReport::default() };
        if !report.is_whole {
            return Ok(report);
        }
        let ids = Vault::documents(self.vault.read())?;
        for (space, id) in &ids {
            let document = self.document((space, id))?;
            report.documents += 1;
            report.changes += Vault::document_changes(self.vault.read(), (space, id))?.len();
            let left_out = document.defects().len() + document.waiting().count() + document.missing().count();
            let (conflicts, disagreements) = self.compare((space, id), &document)?;
            report.conflicts += conflicts;
            report.defects += left_out + disagreements;
        }
        report.branches = Vault::branch_count(self.vault.read())?;
        report.differing = views::differing(self.vault.read(), &self.device)?;
        report.rows_rebuilt = self.rebuild(&ids)?;
        self.bring_roster_up_to_date()?;
        Ok(report)
    }

    /// Compares a document, read through Automerge, with the index: how many keys say two things or have two authors, and
    /// how many statements are in the document and not in the index as they are there.
    fn compare(
        &self,
        (space, id): (&SpaceId, &DocumentId),
        document: &Document,
    ) -> Result<(usize, usize), FieldbookRefused> {
        let rows = Vault::statements_of(self.vault.read(), (space, id))?;
        let mut fields_of: BTreeMap<_, Vec<Fields>> = BTreeMap::new();
        for row in rows {
            fields_of.entry((row.device, row.key)).or_default().push(row.fields);
        }
        let mut told = Vec::new();
        for (key, fields, actor) in document.statements() {
            let author = Vault::signer(self.vault.read(), actor.journal())?;
            told.push((key, author, fields));
        }
        let twice = document.conflicts();
        let says_two_things = |key: &&StatementRef| {
            let mut all = told.iter().filter(|(other, ..)| other == *key);
            let first = all.next();
            all.any(|other| Some(other) != first)
        };
        let differs = |(key, author, fields): &&(StatementRef, Option<DeviceId>, Fields)| {
            let rows = author.and_then(|author| fields_of.get(&(author, key.clone())));
            !rows.is_some_and(|rows| rows.contains(fields)) && !twice.contains(key)
        };
        Ok((twice.iter().filter(says_two_things).count(), told.iter().filter(differs).count()))
    }

    /// Makes every sealed row again from the documents. Says how many differed from what was there.
    fn rebuild(&mut self, documents: &[(SpaceId, DocumentId)]) -> Result<usize, FieldbookRefused> {
        self.write(|transaction, device, _| {
            let rows = |transaction: &Transaction<'_>| -> Result<BTreeMap<_, _>, VaultRefused> {
                let all = Vault::sealed_rows(transaction)?;
                Ok(all.into_iter().collect())
            };
            let before = rows(transaction)?;
            Vault::forget_sealed_statements(transaction)?;
            for (space, document) in documents {
                exchange::rebuild_document(transaction, device, (space, document))?;
            }
            exchange::show_branches(transaction, device)?;
            Vault::forget_roster(transaction)?;
            let after = rows(transaction)?;
            let lost = before.iter().filter(|(key, row)| after.get(*key) != Some(*row)).count();
            let won = after.keys().filter(|key| !before.contains_key(*key)).count();
            Ok(lost + won)
        })
    }
}

fn scalar_bytes(scalar: &jasaq_model::statement::Scalar) -> Vec<u8> {
    use jasaq_model::statement::Scalar;
    match scalar {
        Scalar::Text(text) => [b"t".as_slice(), text.as_bytes()].concat(),
        Scalar::Int(int) => [b"i".as_slice(), &int.to_be_bytes()].concat(),
        Scalar::Bytes(bytes) => [b"b".as_slice(), bytes].concat(),
        Scalar::Flag(flag) => vec![b'f', u8::from(*flag)],
    }
}
