//! One patrol as everybody in the squad's space shows it, the list of patrols, and the council's roster.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::vault::Connection;
use jasaq_model::ids::{Author, MemberId, PatrolId, StatementRef};
use jasaq_model::mark::{Mark, MarkKind};
use jasaq_model::moment::{Day, Moment, UtcTime};
use jasaq_model::patrol_log::PatrolLog;
use jasaq_model::squad::SquadCard;
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind, Statement};
use jasaq_protocol::ids::{DeviceId, DocumentId, SpaceId};

use super::custody::{Custody, custody_of};
use super::holders::{Holders, NamedHolder};
use super::parts::{attached_patrols, parts_of};
use super::register::{documents_about, readable};
use super::spaces::spaces_of_patrol;
use super::speakers::Speakers;
use crate::documents::continuation;
use crate::exchange::Device;
use crate::vault::{Standing, StatementRow, Vault, VaultRefused};

/// A statement of a patrol beside what this device knows about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedStatement {
    /// Its key.
    pub key: StatementRef,
    /// The device that wrote it.
    pub author: Author,
    /// When it reached this device, by this device's clock: the third clock. None for its own.
    pub received_at: Option<UtcTime>,
    /// How far it has come.
    pub custody: Custody,
    /// Whether its author and a twin said two things under one key. Both are shown, the second under a key of its own.
    pub is_said_twice: bool,
}

/// Why a statement that is here does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnsettledReason {
    /// What would explain its author has not come.
    Waiting,
    /// Beyond a cut.
    Held,
    /// Its author's role may not make it there.
    NotCounted,
    /// It was written by a newer program, or breaks a rule of the model.
    NotReadable,
}

/// A statement that is here and does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsettled {
    /// Its key.
    pub key: StatementRef,
    /// The device that wrote it.
    pub author: Author,
    /// Why it does not count.
    pub reason: UnsettledReason,
}

/// One patrol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatrolView {
    /// Which.
    pub patrol: PatrolId,
    /// What its counted statements come to: the same on every device that holds the same statements.
    pub log: PatrolLog,
    /// What this device knows about each of them, by key and author.
    pub provenance: BTreeMap<(StatementRef, Author), LoggedStatement>,
    /// What is here and does not count.
    pub unsettled: Vec<Unsettled>,
    /// Patrols that were recorded apart and are parts of this one, by its head's word: their statements are among these.
    pub parts: Vec<PatrolId>,
    /// Of which patrol this is a part.
    pub part_of: Option<PatrolId>,
    /// What the SS's cards call the members, and since when.
    holders: Holders,
}

impl PatrolView {
    /// What this device knows about a statement of the log.
    #[must_use]
    pub fn provenance_of(&self, stated: &Stated) -> Option<&LoggedStatement> {
        self.provenance.get(&(stated.key.clone(), stated.author))
    }

    /// How a member is called in what was said: by the SS's card of whoever held his phone then, else by the first digits of his id.
    #[must_use]
    pub fn holder_in(&self, said: &Stated, member: Option<MemberId>) -> NamedHolder {
        self.holders.named(member, said)
    }
}

/// A patrol in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatrolSummary {
    /// Which.
    pub patrol: PatrolId,
    /// When it started, as was said or recorded.
    pub started_at: Option<Moment>,
    /// When its start was recorded, by the clock of who recorded it; where none is known, when somebody joined it.
    pub recorded_at: Option<Moment>,
    /// Whether an end was said.
    pub is_over: bool,
    /// How many entries.
    pub entries: usize,
    /// Whether this device said that it started, or joined it.
    pub is_own: bool,
    /// Of which patrol this is a part.
    pub part_of: Option<PatrolId>,
}

/// The documents that hold a patrol: its own, and those that continue it.
pub(crate) fn documents_of(patrol: PatrolId) -> impl Iterator<Item = DocumentId> {
    let first = DocumentId::from_bytes(*patrol.as_bytes());
    (0..crate::limits::CONTINUATIONS_MAX).map(move |number| continuation(first, number))
}

fn rows_of(
    connection: &Connection,
    spaces: &[SpaceId],
    patrol: PatrolId,
) -> Result<Vec<StatementRow>, VaultRefused> {
    let mut rows = Vec::new();
    for space in spaces {
        for document in documents_of(patrol) {
            rows.extend(Vault::statements_of(connection, (space, &document))?);
        }
    }
    Ok(rows)
}

/// What was said under a key under which its author said something else too.
fn said_twice(rows: &[StatementRow]) -> BTreeSet<(DeviceId, [u8; 16])> {
    let mut digests: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for row in rows {
        digests.entry((&row.key, row.device)).or_default().insert(row.digest);
    }
    let twice = digests.into_iter().filter(|(_, digests)| digests.len() > 1);
    twice
        .flat_map(|((_, device), digests)| digests.into_iter().map(move |digest| (device, digest)))
        .collect()
}

/// Gives what an author and his clone said under one key two keys: all that hold the same statements give the same.
pub(super) fn tell_apart(mut rows: Vec<StatementRow>) -> Vec<StatementRow> {
    rows.sort_by(|one, other| {
        (&one.key, one.device, one.digest).cmp(&(&other.key, other.device, other.digest))
    });
    let mut before: Option<(StatementRef, DeviceId, usize)> = None;
    for row in &mut rows {
        let number = match &before {
            Some((key, device, number)) if (key, *device) == (&row.key, row.device) => number + 1,
            _ => 1,
        };
        before = Some((row.key.clone(), row.device, number));
        if number > 1 {
            // A key so long that nothing can be added to it is nobody's of ours.
            row.key = StatementRef::new(format!("{}-{number}", row.key)).unwrap_or_else(|_| row.key.clone());
        }
    }
    rows
}

/// One patrol out of its rows.
pub(crate) fn patrol_view(
    connection: &Connection,
    device: &Device,
    patrol: PatrolId,
) -> Result<Option<PatrolView>, VaultRefused> {
    let spaces = spaces_of_patrol(connection, device, patrol)?;
    if spaces.is_empty() {
        return Ok(None);
    }
    let attached = attached_patrols(connection, device)?;
    let parts = parts_of(patrol, &attached);
    let (mut counted, mut unsettled, mut provenance) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut rows = rows_of(connection, &spaces, patrol)?;
    for part in &parts {
        let of_part = rows_of(connection, &spaces_of_patrol(connection, device, *part)?, *part)?;
        // A page is of one patrol: that of a part stays the part's own.
        rows.extend(of_part.into_iter().filter(|row| !is_of_a_page(row)));
    }
    let twice = said_twice(&rows);
    let mut speakers = Speakers::of(connection, device);
    for row in tell_apart(rows) {
        let author = Author::from_bytes(*row.device.as_bytes());
        let reason = match (row.standing, Statement::from_fields(&row.fields)) {
            (Standing::Counts, Ok(statement)) => {
                let custody = custody_of(connection, device, &row)?;
                let received_at = row.received_ms.map(UtcTime::saturating_from_unix_ms);
                let is_said_twice = twice.contains(&(row.device, row.digest));
                let logged =
                    LoggedStatement { key: row.key.clone(), author, received_at, custody, is_said_twice };
                provenance.insert((row.key.clone(), author), logged);
                counted.push(speakers.stated(&row, statement)?);
                continue;
            }
            (_, Err(_)) => UnsettledReason::NotReadable,
            (Standing::Waiting, _) => UnsettledReason::Waiting,
            (Standing::Held, _) => UnsettledReason::Held,
            (Standing::NotCounted, _) => UnsettledReason::NotCounted,
        };
        unsettled.push(Unsettled { key: row.key, author, reason });
    }
    let holders = Holders::of(connection, device)?;
    let log = PatrolLog::from_statements(counted)
        .with_ended(|member, stated| holders.ended(member, stated))
        .with_squad(squad_of(device, &spaces))
        .with_sealers(super::pages::sealer_named);
    let part_of = attached.iter().find(|(part, _)| *part == patrol).map(|(_, to)| *to);
    Ok(Some(PatrolView { patrol, log, provenance, unsettled, parts, part_of, holders }))
}

/// Everybody who ever had a device in the squad in whose spaces a patrol stands.
fn squad_of(device: &Device, spaces: &[SpaceId]) -> Option<BTreeSet<MemberId>> {
    let roll = spaces.iter().find_map(|space| device.membership.space(space))?.roll;
    let devices = device.membership.devices().chain(device.membership.removed_devices());
    let own = devices.filter(|(_, enrolled)| enrolled.roll == roll);
    Some(
        own.map(|(_, enrolled)| MemberId::from_bytes(*enrolled.member.as_bytes()))
            .collect(),
    )
}

fn is_of_a_page(row: &StatementRow) -> bool {
    let said = Statement::from_fields(&row.fields);
    said.is_ok_and(|said| matches!(said.body, Body::Sealing(_)))
}

/// The newest patrols, newest first.
pub(crate) fn newest_patrols(
    connection: &Connection,
    device: &Device,
    limit: usize,
) -> Result<Vec<PatrolSummary>, VaultRefused> {
    let joined = joined(connection)?;
    let mut found = Vault::newest_documents(connection, Kind::PatrolStarted.code(), limit)?;
    for (space, document) in joined.keys() {
        if Vault::first_of_kind(connection, (space, document), Kind::PatrolStarted.code())?.is_none() {
            found.push((*space, *document));
        }
    }
    let summaries = found.into_iter().map(|place| {
        let joined = joined.get(&place).map_or(&[][..], Vec::as_slice);
        summary(connection, device, (&place.0, place.1, joined))
    });
    let mut summaries: Vec<PatrolSummary> = summaries.collect::<Result<_, _>>()?;
    // Those of which no start has come stand where they were joined.
    summaries.sort_by_key(|summary| {
        let at = summary.started_at.or(summary.recorded_at);
        Reverse(at.map(Moment::time))
    });
    summaries.truncate(limit);
    let attached: BTreeMap<PatrolId, PatrolId> = attached_patrols(connection, device)?.into_iter().collect();
    for summary in &mut summaries {
        summary.part_of = attached.get(&summary.patrol).copied();
    }
    Ok(summaries)
}

/// Who joined by a head's code, and when, by the patrol.
type Joined = BTreeMap<(SpaceId, DocumentId), Vec<(DeviceId, Moment)>>;

fn joined(connection: &Connection) -> Result<Joined, VaultRefused> {
    let mut joined = Joined::new();
    for row in Vault::statements_of_kind_saying(connection, (Kind::Mark.code(), MarkKind::Joined.code()))? {
        let Ok(said) = Statement::from_fields(&row.fields) else { continue };
        if matches!(said.body, Body::Mark(Mark { kind: MarkKind::Joined, .. }))
            && row.standing == Standing::Counts
        {
            let at = (row.device, said.clocks.recorded_at());
            joined.entry((row.space, row.document)).or_default().push(at);
        }
    }
    Ok(joined)
}

fn summary(
    connection: &Connection,
    device: &Device,
    (space, document, joined): (&SpaceId, DocumentId, &[(DeviceId, Moment)]),
) -> Result<PatrolSummary, VaultRefused> {
    let patrol = PatrolId::from_bytes(*document.as_bytes());
    let mut summary = PatrolSummary {
        patrol,
        started_at: None,
        recorded_at: None,
        is_over: false,
        entries: 0,
        is_own: false,
        part_of: None,
    };
    for document in documents_of(patrol) {
        let counts = Vault::kinds_of(connection, (space, &document))?;
        if counts.is_empty() {
            break;
        }
        for (kind, count) in counts {
            summary.is_over |= kind == Kind::PatrolEnded.code();
            summary.entries += if kind == Kind::Entry.code() { count } else { 0 };
        }
    }
    let start = Vault::first_of_kind(connection, (space, &document), Kind::PatrolStarted.code())?;
    let is_own = |by: &DeviceId| *by == device.id();
    summary.is_own =
        start.as_ref().is_some_and(|row| is_own(&row.device)) || joined.iter().any(|(by, _)| is_own(by));
    let start = start.and_then(|row| Statement::from_fields(&row.fields).ok());
    summary.started_at = start.as_ref().map(Statement::happened_at);
    let first_joined = joined.iter().map(|(_, at)| *at).min_by_key(|at| at.time());
    summary.recorded_at = start.map(|statement| statement.clocks.recorded_at()).or(first_joined);
    Ok(summary)
}

/// What counts of a kind, whoever said it.
pub(super) fn rows_of_kind(
    connection: &Connection,
    kind: Kind,
) -> Result<Vec<(StatementRow, Statement)>, VaultRefused> {
    Ok(readable(tell_apart(Vault::statements_of_kind(connection, kind.code())?)))
}

/// The same with who said it.
pub(super) fn counted_of_kind(
    connection: &Connection,
    device: &Device,
    kind: Kind,
) -> Result<Vec<(StatementRow, Stated)>, VaultRefused> {
    let mut speakers = Speakers::of(connection, device);
    let said_by = |(row, statement): (StatementRow, Statement)| {
        let stated = speakers.stated(&row, statement)?;
        Ok((row, stated))
    };
    rows_of_kind(connection, kind)?.into_iter().map(said_by).collect()
}

/// The newest card of each member; of two that are alike in everything that decides, the one with the lesser key.
pub(crate) fn squad_cards(connection: &Connection, device: &Device) -> Result<Vec<SquadCard>, VaultRefused> {
    Ok(squad_cards_at(connection, device)?
        .into_values()
        .map(|(_, card)| card)
        .collect())
}

/// The same with the document in which each stands, the first where others continue it: a person's of the register, or the space's
/// own if it was written by hand.
pub(crate) fn squad_cards_at(
    connection: &Connection,
    device: &Device,
) -> Result<BTreeMap<MemberId, (DocumentId, SquadCard)>, VaultRefused> {
    let mut newest: BTreeMap<MemberId, SaidCard> = BTreeMap::new();
    for said in cards_said(connection, device)? {
        let later = |held: &SaidCard| {
            said.card.is_newer_than(&held.card) || !held.card.is_newer_than(&said.card) && said.key < held.key
        };
        if newest.get(&said.card.member).is_none_or(later) {
            newest.insert(said.card.member, said);
        }
    }
    let at = |(member, said): (MemberId, SaidCard)| (member, (said.document, said.card));
    Ok(newest.into_iter().map(at).collect())
}

/// A card that counts here.
pub(super) struct SaidCard {
    pub(super) key: StatementRef,
    pub(super) card: SquadCard,
    /// In whose document it stands, the first where others continue it.
    pub(super) document: DocumentId,
    /// Whether that is the space's own.
    pub(super) is_by_hand: bool,
    /// The day on which it was said, by its author's clock.
    pub(super) day: Day,
}

pub(super) fn cards_said(connection: &Connection, device: &Device) -> Result<Vec<SaidCard>, VaultRefused> {
    let cards = counted_of_kind(connection, device, Kind::SquadCard)?;
    let firsts = firsts(cards.iter().map(|(row, _)| (row.space, row.document)));
    let said = |(row, stated): (StatementRow, Stated)| {
        let day = stated.statement.clocks.recorded_at().day();
        let Body::SquadCard(card) = stated.statement.body else { return None };
        let document = firsts.get(&row.document).copied().unwrap_or(row.document);
        let is_by_hand = document.as_bytes() == row.space.as_bytes();
        Some(SaidCard { key: stated.key, card, document, is_by_hand, day })
    };
    Ok(cards.into_iter().filter_map(said).collect())
}

/// Of documents that continue another the one that they continue, as far as cards stand in it or it is the space's own.
fn firsts(places: impl Iterator<Item = (SpaceId, DocumentId)> + Clone) -> BTreeMap<DocumentId, DocumentId> {
    let own = places.clone().map(|(space, _)| DocumentId::from_bytes(*space.as_bytes()));
    let all: BTreeSet<DocumentId> = places.map(|(_, document)| document).collect();
    let mut firsts = BTreeMap::new();
    for first in all.iter().copied().chain(own) {
        for further in documents_about(first.as_bytes())
            .skip(1)
            .filter(|further| all.contains(further))
        {
            firsts.insert(further, first);
        }
    }
    firsts
}
