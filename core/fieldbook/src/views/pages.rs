//! Pages of patrols, as far as they are here whole.

use jasaq_model::ids::{PageHash, PatrolId};
use jasaq_model::page::{PAGE_BYTES_MAX, Page, PageBytes, PageChain, PageState};
use jasaq_model::patrol_log::PatrolLog;
use jasaq_model::sealing::PageNumber;
use jasaq_model::statement::Kind;

use super::patrol::{PatrolView, patrol_view};
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

/// Every page that is here whole, the patrol with the newest word first, each patrol's in their order.
pub(crate) fn pages(connection: &Connection, device: &Device) -> Result<Vec<PageView>, VaultRefused> {
    let mut patrols: Vec<PatrolId> = Vec::new();
    for (_, document) in Vault::newest_documents(connection, Kind::PageSealed.code(), u32::MAX)? {
        let patrol = PatrolId::from_bytes(*document.as_bytes());
        if !patrols.contains(&patrol) {
            patrols.push(patrol);
        }
    }
    let mut pages = Vec::new();
    for patrol in patrols {
        let Some(view) = patrol_view(connection, device, patrol)? else { continue };
        let chain = PageChain::of(&view.log);
        for sealed in &chain.pages {
            let hash = sealed.sealed.page;
            let Some((bytes, page)) = page_of(&view.log, hash) else { continue };
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
            });
        }
    }
    Ok(pages)
}
