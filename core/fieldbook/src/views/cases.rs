//! Cases: persons detained and force used, as far as this device reads them.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::case::CaseRecord;
use jasaq_model::detention::Protected;
use jasaq_model::entry::Activity;
use jasaq_model::ids::{CaseId, PatrolId};
use jasaq_model::patrol_log::PatrolLog;
use jasaq_model::register::{Cause, Record};
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind};
use jasaq_protocol::ids::{DocumentId, SpaceId};
use jasaq_protocol::membership::SpaceKind;

use super::patrol::{PatrolView, counted_of_kind, documents_of, tell_apart};
use super::register::{documents_about, readable};
use super::spaces::space_of_patrol;
use super::speakers::Speakers;
use crate::exchange::Device;
use crate::vault::{Connection, StatementRow, Vault, VaultRefused};

/// One case of a patrol.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, shown as such")]
pub struct CaseView {
    /// Which.
    pub case: CaseId,
    /// The entries of the log that name it.
    pub entries: Vec<Cause>,
    /// Whether a line of the log, as it stands, says that somebody was detained in it.
    pub says_detained: bool,
    /// What was said of it, as far as it is read here.
    pub said: Vec<Stated>,
    /// Whether this device reads all that is said of it. A volunteer's reads what it wrote itself.
    pub is_read_whole: bool,
    /// Whether what this phone wrote of it has left it.
    pub has_left: bool,
    /// Whether that is to come back, since this device reads all cases now: until then nothing is said to be lacking.
    pub is_awaited: bool,
}

impl CaseView {
    /// The statements from which its record follows.
    pub(crate) fn rests_on(&self) -> impl Iterator<Item = Cause> {
        let of_record = |stated: &&Stated| {
            matches!(stated.statement.body, Body::Protected(_) | Body::Register(Record::Withdrawn(_)))
        };
        self.said.iter().filter(of_record).map(Stated::cause)
    }

    /// What that comes to.
    #[must_use]
    pub fn record(&self) -> CaseRecord<'_> {
        // Where the case is not read whole, who was detained may stand elsewhere.
        let is_of_log = self.says_detained && (self.is_read_whole || self.is_awaited);
        CaseRecord::of(&self.said).with_log(is_of_log).awaited(self.is_awaited)
    }
}

/// The cases that a log names. What was said of one stays a case also once the lines of the log that named it were taken back or say
/// something else: whoever wrote them cannot make a person detained disappear.
pub(crate) fn cases(
    connection: &Connection,
    device: &Device,
    view: &PatrolView,
) -> Result<Vec<CaseView>, VaultRefused> {
    cases_by((connection, device), &view.log, |_| true)
}

/// The cases that a log names, as if of what was said of them no more were here than these.
pub(crate) fn cases_with_only(
    held: (&Connection, &Device),
    log: &PatrolLog,
    said: &BTreeSet<Cause>,
) -> Result<Vec<CaseView>, VaultRefused> {
    cases_by(held, log, |stated| said.contains(&stated.cause()))
}

fn cases_by(
    (connection, device): (&Connection, &Device),
    log: &PatrolLog,
    is_known: impl Fn(&Stated) -> bool,
) -> Result<Vec<CaseView>, VaultRefused> {
    let mut standing: BTreeMap<CaseId, bool> = BTreeMap::new();
    for version in log.versions().iter().flat_map(|logged| &logged.standing) {
        let Some(case) = version.entry.case() else { continue };
        let says_detained = matches!(version.entry.activity(), Activity::DetainDeliver { .. });
        *standing.entry(case).or_default() |= says_detained;
    }
    let reads_all = reads_protected(device);
    let mut cases = Vec::new();
    for (case, entries) in named(log) {
        let mut said = said_of(connection, device, case)?;
        said.retain(&is_known);
        let says_detained = standing.get(&case).copied();
        if says_detained.is_some() || !said.is_empty() {
            let document = DocumentId::from_bytes(*case.as_bytes());
            let has_left = Vault::has_let_go(connection, &document)?;
            let says_detained = says_detained.unwrap_or_default();
            let (is_read_whole, is_awaited) = (reads_all && !has_left, reads_all && has_left);
            cases.push(CaseView { case, entries, says_detained, said, is_read_whole, has_left, is_awaited });
        }
    }
    Ok(cases)
}

/// Every case that a line of the log ever named, with the entries that did, in the order in which they were said.
fn named(log: &PatrolLog) -> Vec<(CaseId, Vec<Cause>)> {
    let mut named: Vec<(CaseId, Vec<Cause>)> = Vec::new();
    for (case, of) in log.stated().iter().filter_map(case_in) {
        match named.iter_mut().find(|(known, _)| *known == case) {
            Some((_, entries)) if entries.contains(&of) => {}
            Some((_, entries)) => entries.push(of),
            None => named.push((case, vec![of])),
        }
    }
    named
}

/// The case that a line of a log names, and which entry the line is of.
fn case_in(stated: &Stated) -> Option<(CaseId, Cause)> {
    let (entry, of) = match &stated.statement.body {
        Body::Entry(entry) => (entry, stated.cause()),
        Body::Amended(amendment) => (&amendment.entry, amendment.of.clone()),
        _ => return None,
    };
    Some((entry.case()?, of))
}

/// The cases of a patrol, as an erasure takes them along or leaves them.
#[derive(Debug, Default)]
pub(crate) struct CasesOfPatrol {
    /// Those that nobody would find any more without it.
    pub(crate) own: Vec<CaseId>,
    /// Those that another patrol's log names too, and what is a patrol itself.
    pub(crate) shared: Vec<CaseId>,
}

/// Every case that a patrol's log ever named, and every one of which the record says that it is this patrol's, its line having gone
/// astray; those apart that the log of another patrol in these spaces names too, as that of a part does.
pub(crate) fn cases_of_patrol(
    connection: &Connection,
    device: &Device,
    (spaces, view): (&[SpaceId], &PatrolView),
) -> Result<CasesOfPatrol, VaultRefused> {
    let mut all: BTreeSet<CaseId> = named(&view.log).into_iter().map(|(case, _)| case).collect();
    for kind in [Kind::Detained, Kind::ForceUsed] {
        for (row, stated) in counted_of_cases(connection, device, kind)? {
            let patrol = match stated.statement.body {
                Body::Protected(Protected::Detained(said)) => said.patrol,
                Body::Protected(Protected::Force(said)) => said.patrol,
                _ => None,
            };
            if patrol == Some(view.patrol) && spaces.contains(&row.space) {
                all.insert(CaseId::from_bytes(*row.document.as_bytes()));
            }
        }
    }
    if all.is_empty() {
        return Ok(CasesOfPatrol::default());
    }
    let own: Vec<DocumentId> = documents_of(view.patrol).collect();
    all.retain(|case| !own.contains(&DocumentId::from_bytes(*case.as_bytes())));
    let mut elsewhere = BTreeSet::new();
    for kind in [Kind::Entry, Kind::EntryAmended] {
        for (row, stated) in counted_of_kind(connection, device, kind)? {
            if spaces.contains(&row.space) && !own.contains(&row.document) {
                elsewhere.extend(case_in(&stated).map(|(case, _)| case));
            }
        }
    }
    let mut cases = CasesOfPatrol::default();
    for case in all {
        let is_patrol =
            space_of_patrol(connection, device, PatrolId::from_bytes(*case.as_bytes()))?.is_some();
        let stays = is_patrol || elsewhere.contains(&case);
        (if stays { &mut cases.shared } else { &mut cases.own }).push(case);
    }
    Ok(cases)
}

fn reads_protected(device: &Device) -> bool {
    let mut spaces = device.membership.spaces();
    spaces.any(|(space, record)| record.kind == SpaceKind::Protected && device.reads(space))
}

fn said_of(connection: &Connection, device: &Device, case: CaseId) -> Result<Vec<Stated>, VaultRefused> {
    let mut rows = Vec::new();
    for document in documents_about(case.as_bytes()) {
        rows.extend(Vault::statements_about(connection, &document)?);
    }
    rows.retain(|row| is_protected(device, &row.space));
    let mut speakers = Speakers::of(connection, device);
    let said = readable(tell_apart(rows)).into_iter();
    said.map(|(row, statement)| speakers.stated(&row, statement)).collect()
}

const KINDS: [Kind; 6] =
    [Kind::Detained, Kind::DetentionStep, Kind::HandedOver, Kind::Released, Kind::ForceUsed, Kind::Withdrawn];

/// What was said of cases, of one of these kinds. Much else is taken back, too, elsewhere.
fn counted_of_cases(
    connection: &Connection,
    device: &Device,
    kind: Kind,
) -> Result<Vec<(StatementRow, Stated)>, VaultRefused> {
    let mut counted = counted_of_kind(connection, device, kind)?;
    counted.retain(|(row, _)| is_protected(device, &row.space));
    Ok(counted)
}

fn is_protected(device: &Device, space: &SpaceId) -> bool {
    device
        .membership
        .space(space)
        .is_some_and(|record| record.kind == SpaceKind::Protected)
}

/// What heads and subdivisions said of cases: what they hold, and which are over.
#[derive(Default)]
struct Held {
    said: BTreeSet<Cause>,
    over: BTreeSet<CaseId>,
}

fn held(connection: &Connection, device: &Device) -> Result<Held, VaultRefused> {
    let mut all = Held::default();
    for (_, stated) in counted_of_kind(connection, device, Kind::CaseHeld)? {
        if let Body::CaseHeld(held) = stated.statement.body {
            all.said.extend(held.held.iter().cloned());
            all.over.extend(held.is_over.then_some(held.case));
        }
    }
    Ok(all)
}

/// Whether whoever was detained was handed over or released, as far as these tell.
fn is_ended(said: &[Stated]) -> bool {
    let record = CaseRecord::of(said);
    !record.handed_over.is_empty() || !record.released.is_empty()
}

/// The documents of cases that this device wrote, does not read whole, and that are over, as far as a head or a console said that it
/// holds all that was written here: of a detention once it has its end, here or as they said, of force at once.
pub(crate) fn cases_to_let_go(
    connection: &Connection,
    device: &Device,
) -> Result<Vec<(SpaceId, DocumentId)>, VaultRefused> {
    let held = held(connection, device)?;
    let mut documents: BTreeMap<(SpaceId, DocumentId), Vec<Stated>> = BTreeMap::new();
    for kind in KINDS {
        for (row, stated) in counted_of_cases(connection, device, kind)? {
            if !device.reads(&row.space) {
                documents.entry((row.space, row.document)).or_default().push(stated);
            }
        }
    }
    let is_due = |document: &DocumentId, said: &[Stated]| {
        let is_over = held.over.contains(&CaseId::from_bytes(*document.as_bytes())) || is_ended(said);
        let is_force = said.iter().all(|stated| stated.statement.kind() == Kind::ForceUsed);
        said.iter().all(|stated| held.said.contains(&stated.cause())) && (is_over || is_force)
    };
    let mut due = Vec::new();
    for (at, said) in documents {
        // Whatever else stands in the document counts for nobody, and is held by nobody: it would go with it.
        let rows = Vault::statements_of(connection, (&at.0, &at.1))?;
        if is_due(&at.1, &said) && rows.len() == said.len() {
            due.push(at);
        }
    }
    Ok(due)
}

/// What is to be said to those who wrote into a case and do not read it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ToAcknowledge {
    /// What of theirs is here.
    pub(crate) held: BTreeSet<Cause>,
    /// Whether the case is over.
    pub(crate) is_over: bool,
}

/// What others said of cases, is read here, and nobody has said yet that he holds: by case, with the roll of whose squad it is. Of a
/// case that is over, and nobody said so yet, all of it: whoever wrote it cannot see its end.
pub(crate) fn cases_to_acknowledge(
    connection: &Connection,
    device: &Device,
) -> Result<BTreeMap<(SpaceId, CaseId), ToAcknowledge>, VaultRefused> {
    let known = held(connection, device)?;
    let mut read: BTreeMap<(SpaceId, CaseId), (Vec<Stated>, BTreeSet<Cause>)> = BTreeMap::new();
    for kind in KINDS {
        for (row, stated) in counted_of_cases(connection, device, kind)? {
            let record = device.membership.space(&row.space);
            let Some(record) = record.filter(|_| device.reads(&row.space)) else { continue };
            let writer_reads = device.membership.access(&row.device, &row.space).reads();
            let case = CaseId::from_bytes(*row.document.as_bytes());
            let (said, of_writers) = read.entry((record.roll, case)).or_default();
            if row.device != device.id() && !writer_reads {
                of_writers.insert(stated.cause());
            }
            said.push(stated);
        }
    }
    let due = read.into_iter().filter_map(|((roll, case), (said, mut held))| {
        let is_over = is_ended(&said);
        if !is_over || known.over.contains(&case) {
            held.retain(|cause| !known.said.contains(cause));
        }
        (!held.is_empty()).then_some(((roll, case), ToAcknowledge { held, is_over }))
    });
    Ok(due.collect())
}
