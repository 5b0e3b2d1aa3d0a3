//! What figures are made of: every page that was sealed, and the patrols of which none was; and what heads reported.

use std::collections::BTreeSet;

use jasaq_model::ids::PatrolId;
use jasaq_model::page::PageChain;
use jasaq_model::report::{PageToCount, Reckoning, Unsealed};
use jasaq_model::sealing::{HeadReport, Sealing};
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind};

use super::custody::{Custody, custody_of};
use super::pages::{page_of, sealed_patrols};
use super::parts::attached_patrols;
use super::patrol::{counted_of_kind, newest_patrols, patrol_view};
use crate::exchange::Device;
use crate::vault::{Connection, VaultRefused};

/// What a head reported to the leadership of his subdivision (001-§7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportView {
    /// Who said it, and when.
    pub stated: Stated,
    /// Of which days, and what.
    pub report: HeadReport,
    /// How far it has come.
    pub custody: Custody,
}

/// Every page that is read here, as far as it has come, and every patrol that went out and has none.
pub(crate) fn reckoning(connection: &Connection, device: &Device) -> Result<Reckoning, VaultRefused> {
    let mut pages = Vec::new();
    for patrol in sealed_patrols(connection)? {
        let Some(view) = patrol_view(connection, device, patrol)? else { continue };
        let chain = PageChain::of(&view.log);
        let read = |hash| page_of(&view.log, hash).map(|(_, page)| page);
        let of_chain = PageToCount::of_chain(patrol, &chain, read);
        // The log of a whole holds the pages that its parts had before.
        let is_own = |page: &PageToCount| {
            let content = page.page.as_ref();
            content.is_none_or(|content| content.patrol == patrol.to_string())
        };
        pages.extend(of_chain.into_iter().filter(is_own));
    }
    let sealed: BTreeSet<PatrolId> = pages.iter().map(|page| page.patrol).collect();
    let parts: BTreeSet<PatrolId> = attached_patrols(connection, device)?
        .into_iter()
        .map(|(part, _)| part)
        .collect();
    let unsealed = newest_patrols(connection, device, usize::MAX)?
        .into_iter()
        .filter(|summary| !sealed.contains(&summary.patrol) && !parts.contains(&summary.patrol))
        .map(|summary| Unsealed {
            patrol: summary.patrol,
            day: summary.started_at.map(jasaq_model::moment::Moment::day),
        });
    Ok(Reckoning::of(pages, unsealed))
}

/// What heads reported, as far as it is read here, the newest first.
pub(crate) fn reports(connection: &Connection, device: &Device) -> Result<Vec<ReportView>, VaultRefused> {
    let mut reports = Vec::new();
    for (row, stated) in counted_of_kind(connection, device, Kind::HeadReport)? {
        if let Body::Sealing(Sealing::Report(report)) = stated.statement.body.clone() {
            reports.push(ReportView { custody: custody_of(connection, device, &row)?, stated, report });
        }
    }
    let recorded = |view: &ReportView| view.stated.statement.clocks.recorded_at().time();
    reports.sort_by_key(|view| (std::cmp::Reverse(recorded(view)), view.stated.cause()));
    Ok(reports)
}
