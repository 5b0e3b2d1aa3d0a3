//! Pages of patrols, as far as they are here whole.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jasaq_model::ids::{Author, CaseId, MemberId, PageHash, PatrolId, PersonId};
use jasaq_model::limits::CLOCK_TRUSTED_MS;
use jasaq_model::moment::{Day, Moment};
use jasaq_model::page::{Opening, Openings, PAGE_BYTES_MAX, Page, PageBytes, PageChain, PageState};
use jasaq_model::patrol_log::PatrolLog;
use jasaq_model::register::Record;
use jasaq_model::sealing::{PageNumber, PagePart, Sealing};
use jasaq_model::squad::SquadCard;
use jasaq_model::statement::{Body, Kind, Statement};
use jasaq_model::words::Note;
use jasaq_protocol::ids::DeviceId;

use super::numbers::numbers_given;
use super::parts::first_document;
use super::patrol::{PatrolView, counted_of_kind, documents_of, patrol_view, squad_cards};
use crate::exchange::Device;
use crate::formats::unpack;
use crate::vault::{Connection, Standing, Vault, VaultRefused};

/// Where a page stands among the pages of its patrol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageOrder {
    /// No page follows it, or none that counts.
    Last,
    /// Another follows it.
    Followed,
    /// The subdivision countersigned another in its place.
    PassedOver,
}

/// A page that was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageView {
    /// Of which patrol.
    pub patrol: PatrolId,
    /// Which.
    pub hash: PageHash,
    /// Its bytes, which are signed.
    pub bytes: PageBytes,
    /// What they say.
    pub page: Page,
    /// The log in which it stands.
    pub log: Arc<PatrolLog>,
    /// How far it has come.
    pub state: PageState,
    /// Its number: several, if two consoles gave one while apart.
    pub numbers: Vec<PageNumber>,
    /// Where it stands among the pages of its patrol.
    pub order: PageOrder,
    /// Whether another was sealed beside it.
    pub is_forked: bool,
    /// Whether another page of the squad has its number: two consoles gave it while apart.
    pub is_number_taken: bool,
    /// Whether the subdivision opened the patrol again after it.
    pub is_reopened: bool,
    /// Why it was countersigned without being held against the log, or although it says something else.
    pub anyway: Option<Note>,
    /// Since when whoever sealed it was not on the squad any more, where that was so already, or may have been: by the subdivision's
    /// card.
    pub sealer_ended: Option<SealerEnded>,
}

impl PageView {
    /// Whether no page of its patrol follows it, or none that counts.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.order == PageOrder::Last
    }
}

/// That a page's sealer was not on the squad any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealerEnded {
    /// Since when.
    pub day: Day,
    /// Whether that is the day of the seal, and nobody knows which of the two was first: a strike-off has a day and no hour.
    pub is_that_day: bool,
}

/// Since when a page's sealer was not on the squad any more, if he was not when he sealed it. On the day itself the moment counts in
/// which a card first said so, if that was the same day: what was sealed before stands.
fn sealer_ended(
    page: &Page,
    cards: &[SquadCard],
    said_at: &BTreeMap<(MemberId, Day), Moment>,
) -> Option<SealerEnded> {
    let card = cards.iter().find(|card| card.member.to_string() == page.sealed_by_member)?;
    let sealed_at = page.sealed_at.parse::<Moment>().ok()?;
    let day = card.ended.filter(|ended| *ended <= sealed_at.day())?;
    if day < sealed_at.day() {
        return Some(SealerEnded { day, is_that_day: false });
    }
    let said_at = said_at.get(&(card.member, day)).filter(|said_at| said_at.day() == day);
    let ahead_ms = said_at.map(|said_at| said_at.time().unix_ms() - sealed_at.time().unix_ms());
    // Of two clocks that differ by less nobody knows which was first.
    if ahead_ms.is_some_and(|ahead_ms| ahead_ms > CLOCK_TRUSTED_MS) {
        return None;
    }
    let is_after = ahead_ms.is_some_and(|ahead_ms| ahead_ms < -CLOCK_TRUSTED_MS);
    Some(SealerEnded { day, is_that_day: !is_after })
}

/// When it was first said that a member's part ended on a day, by the clock of who wrote it: by the strike-off, where that is read,
/// else by the card that followed from it.
fn ends_said(
    connection: &Connection,
    device: &Device,
) -> Result<BTreeMap<(MemberId, Day), Moment>, VaultRefused> {
    let mut struck_off: BTreeMap<(PersonId, Day), Moment> = BTreeMap::new();
    for (_, stated) in counted_of_kind(connection, device, Kind::StrikeOff)? {
        let Body::Register(Record::StrikeOff(word)) = &stated.statement.body else { continue };
        let at = stated.statement.clocks.recorded_at();
        let first = struck_off.entry((word.person, word.day)).or_insert(at);
        *first = earlier(at, *first);
    }
    let mut said_at: BTreeMap<(MemberId, Day), Moment> = BTreeMap::new();
    for (row, stated) in counted_of_kind(connection, device, Kind::SquadCard)? {
        let Body::SquadCard(SquadCard { member, ended: Some(ended), .. }) = stated.statement.body else {
            continue;
        };
        let at = stated.statement.clocks.recorded_at();
        // A card stands in the document of the person who its member is.
        let person = PersonId::from_bytes(*row.document.as_bytes());
        let at = struck_off
            .get(&(person, ended))
            .map_or(at, |struck_off| earlier(at, *struck_off));
        let first = said_at.entry((member, ended)).or_insert(at);
        *first = earlier(at, *first);
    }
    Ok(said_at)
}

fn earlier(one: Moment, other: Moment) -> Moment {
    if other.time() < one.time() { other } else { one }
}

/// A page, put together from its pieces: none if some are missing, or if they do not come to what names it.
pub(crate) fn page_of(log: &PatrolLog, hash: PageHash) -> Option<(PageBytes, Page)> {
    let bytes = unpack(&log.packed_page(hash)?, PAGE_BYTES_MAX).ok()?;
    let (bytes, page) = PageBytes::read(&bytes).ok()?;
    (bytes.hash() == hash).then_some((bytes, page))
}

/// Which device a page names that sealed it, if these packed bytes are that page.
pub(super) fn sealer_named(hash: PageHash, packed: &[u8]) -> Option<Author> {
    let (bytes, page) = PageBytes::read(&unpack(packed, PAGE_BYTES_MAX).ok()?).ok()?;
    page.sealed_by.parse().ok().filter(|_| bytes.hash() == hash)
}

/// The last page of a patrol, if there is one alone and it is here whole.
pub(crate) fn last_page(view: &PatrolView) -> Option<(PageHash, Page)> {
    let chain = PageChain::of(&view.log);
    let hash = chain.last()?.sealed.page;
    page_of(&view.log, hash).map(|(_, page)| (hash, page))
}

/// The patrols of which a page was sealed, the one with the newest word first.
pub(super) fn sealed_patrols(connection: &Connection) -> Result<Vec<PatrolId>, VaultRefused> {
    let mut patrols: Vec<PatrolId> = Vec::new();
    for (space, document) in Vault::newest_documents(connection, Kind::PageSealed.code(), usize::MAX)? {
        let patrol = first_document(connection, (&space, document))?;
        if !patrols.contains(&patrol) {
            patrols.push(patrol);
        }
    }
    Ok(patrols)
}

/// Every page that is here whole, the patrol with the newest word first, each patrol's in their order.
pub(crate) fn pages(connection: &Connection, device: &Device) -> Result<Vec<PageView>, VaultRefused> {
    let cards = squad_cards(connection, device)?;
    let numbers = numbers_given(connection, device)?;
    let taken: BTreeSet<PageHash> = numbers.squads().flat_map(|roll| numbers.taken_in(roll)).collect();
    let said_at = ends_said(connection, device)?;
    let mut pages = Vec::new();
    for patrol in sealed_patrols(connection)? {
        let Some(view) = patrol_view(connection, device, patrol)? else { continue };
        let log = Arc::new(view.log);
        let chain = PageChain::of(&log);
        for sealed in &chain.pages {
            let hash = sealed.sealed.page;
            let Some((bytes, page)) = page_of(&log, hash) else { continue };
            let is_followed = chain.pages.iter().any(|other| other.sealed.before == Some(hash));
            let sealer_ended = sealer_ended(&page, &cards, &said_at);
            pages.push(PageView {
                patrol,
                hash,
                bytes,
                page,
                log: Arc::clone(&log),
                state: sealed.state(),
                numbers: sealed.numbers().collect(),
                order: match (chain.last.contains(&hash), is_followed) {
                    (true, _) => PageOrder::Last,
                    (false, true) => PageOrder::Followed,
                    (false, false) => PageOrder::PassedOver,
                },
                is_forked: chain.is_forked(),
                is_number_taken: taken.contains(&hash),
                is_reopened: !sealed.reopened.is_empty(),
                anyway: sealed.countersigned.iter().find_map(|(_, word)| word.anyway.clone()),
                sealer_ended,
            });
        }
    }
    Ok(pages)
}

/// What opens the commitments of a page that are about one thing, its patrol or a case of it, as far as it is read here and was not
/// erased: it stands in the protected documents of that.
pub(crate) fn openings_about(
    connection: &Connection,
    about: CaseId,
    page: PageHash,
) -> Result<Vec<Opening>, VaultRefused> {
    let mut parts: BTreeMap<DeviceId, Vec<PagePart>> = BTreeMap::new();
    for (author, part) in pieces_about(connection, PatrolId::from_bytes(*about.as_bytes()))? {
        if part.page() == page {
            parts.entry(author).or_default().push(part);
        }
    }
    let packed = parts.values().filter_map(|parts| PagePart::join(parts.iter()));
    let bytes = packed.filter_map(|packed| unpack(&packed, PAGE_BYTES_MAX).ok());
    let read = bytes.filter_map(|bytes| Openings::read(&bytes));
    Ok(read.flat_map(|openings| openings.openings).collect())
}

/// The things that the openings of a page are about: its patrol, and its cases.
pub(crate) fn opened_about(patrol: PatrolId, page: &Page) -> Vec<CaseId> {
    let cases = page.cases.iter().filter_map(|case| case.case.parse::<CaseId>().ok());
    std::iter::once(CaseId::from_bytes(*patrol.as_bytes())).chain(cases).collect()
}

/// The pieces of openings in the documents of one record.
fn pieces_about(connection: &Connection, about: PatrolId) -> Result<Vec<(DeviceId, PagePart)>, VaultRefused> {
    let mut pieces = Vec::new();
    for document in documents_of(about) {
        let rows = Vault::statements_about(connection, &document)?;
        if rows.is_empty() {
            break;
        }
        for row in rows.into_iter().filter(|row| row.standing == Standing::Counts) {
            let said = Statement::from_fields(&row.fields).map(|said| said.body);
            if let Ok(Body::Sealing(Sealing::Openings(part))) = said {
                pieces.push((row.device, part));
            }
        }
    }
    Ok(pieces)
}
