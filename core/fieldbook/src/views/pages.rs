//! Pages of patrols, as far as they are here whole.

use std::collections::BTreeMap;

use jasaq_model::ids::{Author, PageHash, PatrolId};
use jasaq_model::moment::{Day, Moment};
use jasaq_model::page::{PAGE_BYTES_MAX, Page, PageBytes, PageChain, PageState};
use jasaq_model::patrol_log::PatrolLog;
use jasaq_model::sealing::{PageNumber, PagePart, Sealing};
use jasaq_model::squad::SquadCard;
use jasaq_model::statement::{Body, Kind};

use super::patrol::{PatrolView, counted_of_kind, patrol_view, squad_cards};
use crate::exchange::Device;
use crate::formats::unpack;
use crate::vault::{Connection, Vault, VaultRefused};

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
    pub log: PatrolLog,
    /// How far it has come.
    pub state: PageState,
    /// Its number: several, if two consoles gave one while apart.
    pub numbers: Vec<PageNumber>,
    /// Whether another page of the patrol follows it.
    pub is_last: bool,
    /// Whether another was sealed beside it.
    pub is_forked: bool,
    /// Since when whoever sealed it was not on the squad any more, where that was so already: by the subdivision's card.
    pub sealer_ended: Option<Day>,
}

/// Since when a page's sealer was not on the squad any more, if he was not on the day of the seal.
fn sealer_ended(page: &Page, cards: &[SquadCard]) -> Option<Day> {
    let card = cards.iter().find(|card| card.member.to_string() == page.sealed_by_member)?;
    let sealed_on = page.sealed_at.parse::<Moment>().ok()?.day();
    card.ended.filter(|ended| *ended <= sealed_on)
}

/// A page, put together from its pieces: none if some are missing, or if they do not come to what names it.
pub(crate) fn page_of(log: &PatrolLog, hash: PageHash) -> Option<(PageBytes, Page)> {
    let bytes = unpack(&log.packed_page(hash)?, PAGE_BYTES_MAX).ok()?;
    let (bytes, page) = PageBytes::read(&bytes).ok()?;
    (bytes.hash() == hash).then_some((bytes, page))
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
    for (_, document) in Vault::newest_documents(connection, Kind::PageSealed.code(), u32::MAX)? {
        let patrol = PatrolId::from_bytes(*document.as_bytes());
        if !patrols.contains(&patrol) {
            patrols.push(patrol);
        }
    }
    Ok(patrols)
}

/// Every page that is here whole, the patrol with the newest word first, each patrol's in their order.
pub(crate) fn pages(connection: &Connection, device: &Device) -> Result<Vec<PageView>, VaultRefused> {
    let cards = squad_cards(connection, device)?;
    let mut pages = Vec::new();
    for patrol in sealed_patrols(connection)? {
        let Some(view) = patrol_view(connection, device, patrol)? else { continue };
        let chain = PageChain::of(&view.log);
        for sealed in &chain.pages {
            let hash = sealed.sealed.page;
            let Some((bytes, page)) = page_of(&view.log, hash) else { continue };
            let sealer_ended = sealer_ended(&page, &cards);
            pages.push(PageView {
                patrol,
                hash,
                bytes,
                page,
                log: view.log.clone(),
                state: sealed.state(),
                numbers: sealed.countersigned.iter().map(|(_, word)| word.number).collect(),
                is_last: chain.last.contains(&hash),
                is_forked: chain.is_forked(),
                sealer_ended,
            });
        }
    }
    Ok(pages)
}

/// What opens the commitments of pages, as far as it is read here and was not erased.
pub(crate) fn opening_parts(
    connection: &Connection,
    device: &Device,
    page: PageHash,
) -> Result<Vec<Vec<u8>>, VaultRefused> {
    let mut documents: BTreeMap<([u8; 16], Author), Vec<PagePart>> = BTreeMap::new();
    for (row, stated) in counted_of_kind(connection, device, Kind::PageOpenings)? {
        if let Body::Sealing(Sealing::Openings(part)) = stated.statement.body
            && part.page() == page
        {
            documents
                .entry((*row.document.as_bytes(), stated.author))
                .or_default()
                .push(part);
        }
    }
    let joined = documents.values().filter_map(|parts| PagePart::join(parts.iter()));
    Ok(joined.filter_map(|packed| unpack(&packed, PAGE_BYTES_MAX).ok()).collect())
}
