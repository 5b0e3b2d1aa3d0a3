//! Reports: figures from sealed pages, and what a head tells the leadership of his subdivision (001-§7, 23).

use jasaq_model::ids::{Author, MemberId, StatementRef};
use jasaq_model::moment::Day;
use jasaq_model::page::{PageChain, countersigned_message};
use jasaq_model::report::Reckoning;
use jasaq_model::sealing::{HeadReport, PageNumber, Sealing};
use jasaq_model::statement::Body;
use jasaq_model::words::Text;
use jasaq_protocol::membership::Role;
use jasaq_protocol::seal::{Signature, verify};

use super::Fieldbook;
use super::countersigning::check_seal;
use crate::refusal::FieldbookRefused;
use crate::views::{self, PageView, ReportView};

/// Whose hours a device shows. A member's own are his; everybody's are for who keeps the patrols and who supervises them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoursShown {
    /// Everybody's.
    All,
    /// This member's, and no other's.
    Own(MemberId),
    /// Nobody's: this device is nobody's yet.
    None,
}

/// What the signatures of a page are worth, looked at anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSignatures {
    /// The head's device.
    pub sealed_by: Author,
    /// Whether it signed this page, and the page names it.
    pub is_seal_good: bool,
    /// The subdivision's, each with the number that it gave, and whether the device signed that.
    pub countersigned: Vec<(Author, PageNumber, bool)>,
}

impl PageView {
    /// Verifies every signature of the page. Whose device may sign what was asked when the statement came.
    #[must_use]
    pub fn signatures(&self) -> Option<PageSignatures> {
        let chain = PageChain::of(&self.log);
        let sealed = chain.page(self.hash)?;
        let sealed_by = sealed.stated.author;
        let is_signed = check_seal(sealed_by, self.hash, &sealed.sealed.signature).is_ok();
        let countersigned = sealed.countersigned.iter().map(|(stated, word)| {
            let signature = Signature::from_bytes(*word.signature.as_bytes());
            let message = countersigned_message(self.hash, word.number);
            (stated.author, word.number, verify(stated.author.as_bytes(), &message, &signature).is_ok())
        });
        Some(PageSignatures {
            sealed_by,
            is_seal_good: is_signed && self.page.sealed_by == sealed_by.to_string(),
            countersigned: countersigned.collect(),
        })
    }
}

impl Fieldbook {
    /// What counts of the pages that are read here, and what is apart, with why.
    pub fn reckoning(&mut self) -> Result<Reckoning, FieldbookRefused> {
        self.refresh()?;
        Ok(views::reckoning(self.vault.read(), &self.device)?)
    }

    /// Whose hours this device shows.
    pub fn hours_shown(&mut self) -> Result<HoursShown, FieldbookRefused> {
        self.refresh()?;
        Ok(match (self.device.role(), self.own_member()) {
            (Some(Role::Head | Role::Ss | Role::Ts), _) => HoursShown::All,
            (_, Some(own)) => HoursShown::Own(own),
            (_, None) => HoursShown::None,
        })
    }

    /// Reports to the leadership of the subdivision (001-§7). HEAD only.
    pub fn report(&mut self, (from, to): (Day, Day), text: Text) -> Result<StatementRef, FieldbookRefused> {
        let space = self.patrols_space()?;
        self.state_in_own_document(space, Body::Sealing(Sealing::Report(HeadReport { from, to, text })))
    }

    /// What heads reported, as far as it is read here, the newest first.
    pub fn reports(&mut self) -> Result<Vec<ReportView>, FieldbookRefused> {
        self.refresh()?;
        Ok(views::reports(self.vault.read(), &self.device)?)
    }
}
