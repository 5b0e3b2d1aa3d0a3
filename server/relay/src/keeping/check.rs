//! Whether everything in a database is as it came: pages, numbers, running hashes, links, signatures, sums.

use std::collections::BTreeMap;
use std::path::Path;

use jasaq_protocol::ids::{EnvelopeHash, JournalId, RelayId};
use jasaq_protocol::seal::SigningKey;
use jasaq_protocol::sync::RunningHash;
use rusqlite::Connection;

use super::{Progress, Watcher};
use crate::parts::is_sound;
use crate::storage::{
    Numbered, SpaceRow, Stock, StorageError, count_wrong_heads, count_wrong_sums, load_attachments,
    load_dropping, load_identity, load_spaces, load_stock, open_beside, walk_space,
};
use crate::territories::verify_again;

/// After so many envelopes the watcher hears of it.
const ENVELOPES_BETWEEN: u64 = 1_000;

/// What may be wrong with a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Defect {
    /// SQLite cannot read a page, or two pages contradict each other. What they hold is not looked at.
    Page,
    /// The relay has no identity.
    Identity,
    /// A number is missing in a space, or one is too many.
    Number,
    /// The running hash is another than that of the envelopes.
    RunningHash,
    /// An envelope does not continue its journal, or its signature does not fit.
    Envelope,
    /// A journal's row names another head than its last envelope.
    JournalHead,
    /// A space's or signer's sum is not the sum.
    Sum,
    /// What is stored of an attachment is not what its name says.
    Attachment,
}

impl Defect {
    /// What programs call it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Identity => "identity",
            Self::Number => "number",
            Self::RunningHash => "running_hash",
            Self::Envelope => "envelope",
            Self::JournalHead => "journal_head",
            Self::Sum => "sum",
            Self::Attachment => "attachment",
        }
    }
}

/// What was found in a database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Whose it is, if it says so.
    pub relay: Option<RelayId>,
    /// How much is stored, by its own account.
    pub stock: Stock,
    /// Spaces that something is stored in.
    pub spaces: u64,
    /// Journals.
    pub journals: u64,
    /// Envelopes that were looked at, and fit.
    pub sound: u64,
    /// What is wrong, how often.
    pub defects: BTreeMap<Defect, u64>,
}

impl CheckReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.defects.is_empty()
    }

    fn note(&mut self, defect: Defect, count: u64) {
        if count > 0 {
            *self.defects.entry(defect).or_default() += count;
        }
    }
}

/// Looks at everything in a database, of one moment, also while a relay runs on it.
pub fn check(data: &Path, watcher: Watcher<'_>) -> Result<CheckReport, StorageError> {
    let connection = open_beside(data)?;
    connection.pragma_update(None, "query_only", true)?;
    // One moment for everything below: whoever writes meanwhile is not seen.
    let snapshot = connection.unchecked_transaction()?;
    let mut report = CheckReport::default();
    watcher(Progress::Pages);
    report.note(Defect::Page, count_bad_pages(&snapshot)?);
    if report.is_sound() {
        match look_at_everything(&snapshot, &mut report, watcher) {
            Err(StorageError::Damaged(_)) => report.note(Defect::Page, 1),
            looked => looked?,
        }
    }
    Ok(report)
}

fn count_bad_pages(connection: &Connection) -> Result<u64, StorageError> {
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut bad = 0;
    for line in lines {
        match line.map_err(StorageError::from) {
            Ok(line) if line == "ok" => {}
            Ok(_) | Err(StorageError::Damaged(_)) => bad += 1,
            Err(error) => return Err(error),
        }
    }
    Ok(bad)
}

fn look_at_everything(
    connection: &Connection,
    report: &mut CheckReport,
    watcher: Watcher<'_>,
) -> Result<(), StorageError> {
    report.stock = load_stock(connection)?;
    let secret = load_identity(connection)?;
    report.relay = secret.map(|secret| SigningKey::from_secret_bytes(&secret).relay_id());
    report.note(Defect::Identity, u64::from(report.relay.is_none()));
    let (all, mut done) = (report.stock.envelopes, 0);
    let dropping = load_dropping(connection)?;
    for row in load_spaces(connection)? {
        let mut space = Space::new(row);
        walk_space(connection, &row, |stored| {
            space.look_at(&stored, report);
            done += 1;
            if done % ENVELOPES_BETWEEN == 0 {
                watcher(Progress::Envelopes { done, all });
            }
        })?;
        space.end(report, dropping.contains(&row.space));
    }
    watcher(Progress::Envelopes { done, all });
    report.note(Defect::JournalHead, count_wrong_heads(connection)?);
    report.note(Defect::Sum, count_wrong_sums(connection)?);
    for row in load_attachments(connection)? {
        report.note(Defect::Attachment, u64::from(!is_sound(connection, &row)?));
    }
    Ok(())
}

/// One space as it is walked through.
struct Space {
    row: SpaceRow,
    number: u64,
    hash: RunningHash,
    bytes: u64,
    heads: BTreeMap<JournalId, EnvelopeHash>,
}

impl Space {
    const fn new(row: SpaceRow) -> Self {
        Self { row, number: 0, hash: RunningHash::START, bytes: 0, heads: BTreeMap::new() }
    }

    fn look_at(&mut self, stored: &Numbered, report: &mut CheckReport) {
        let envelope = &stored.envelope;
        self.number += 1;
        report.note(Defect::Number, u64::from(stored.number != self.number));
        // After a gap it is counted on from what is there: one gap is one defect.
        self.number = stored.number;
        self.hash = self.hash.then(stored.number, &envelope.wire);
        self.bytes += envelope.wire.len() as u64;
        report.note(Defect::RunningHash, u64::from(stored.running_head != self.hash.head()));
        let before = self.heads.insert(envelope.place.journal, envelope.hash);
        let verified = verify_again(envelope, before);
        if stored.is_at_home && verified.is_ok_and(|verified| verified.signer() == envelope.signer) {
            report.sound += 1;
        } else {
            report.note(Defect::Envelope, 1);
        }
    }

    /// Of a space that is being dropped the last envelopes are gone, which its row has counted.
    fn end(&self, report: &mut CheckReport, is_dropping: bool) {
        report.spaces += 1;
        report.journals += self.heads.len() as u64;
        if !is_dropping {
            report.note(Defect::Number, u64::from(self.number != self.row.number));
            report.note(Defect::RunningHash, u64::from(self.hash != self.row.hash));
        }
        report.note(Defect::Sum, u64::from(self.bytes != self.row.bytes));
    }
}
