//! The roster by pages: searched and ordered as people in Kazakhstan expect, however many persons there are.
//!
//! An index is kept beside the statements (vault/roster.rs). It is brought up to date before a page is read, in the same
//! process that reads it: so a page never says less than [`Fieldbook::person`] would, and nobody who only writes waits.

use jasaq_model::ids::SquadId;
use jasaq_model::records::PersonState;
use jasaq_model::spelling::Query;

use super::Fieldbook;
use super::books::Kept;
use crate::exchange::Device;
use crate::limits::{ROSTER_DUE_AT_ONCE, ROSTER_PAGE_MAX, ROSTER_WORDS_MAX};
use crate::refusal::FieldbookRefused;
use crate::vault::{RosterAsk, RosterCursor, Transaction, Vault, VaultRefused};
use crate::views::{self, Indexed, ROSTER_TABLES, RosterEntry};

/// Which persons are to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RosterQuery<'a> {
    /// Words as somebody typed them, on whatever keyboard: each begins a word of the name. More than eight are passed over. If
    /// left unset, everybody.
    pub search: Option<&'a str>,
    /// Who is on this squad's roster. If left unset, everybody.
    pub squad: Option<SquadId>,
    /// Whose engagement has come this far. If left unset, everybody's.
    pub state: Option<PersonState>,
    /// Where the page before ended. If left unset, from the beginning.
    pub after: Option<RosterCursor>,
    /// How many, up to a hundred. If left unset, a hundred.
    pub limit: Option<usize>,
}

/// Some persons in the order of the Kazakh alphabet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterPage {
    /// These.
    pub entries: Vec<RosterEntry>,
    /// Where the next page begins. If left unset, there is none.
    pub next: Option<RosterCursor>,
}

impl Fieldbook {
    /// A page of the persons of whom the register says something, by what this device reads: in the order of the Kazakh
    /// alphabet, with whether each may go on patrol today where the books are read. None where nothing of the register is read.
    ///
    /// What came since the last page is taken in first. Where nothing can be written, on a full disk, that is refused rather than
    /// a page shown that is no longer so.
    pub fn roster_page(&mut self, query: &RosterQuery<'_>) -> Result<Option<RosterPage>, FieldbookRefused> {
        if !self.reads(Kept::Persons)? {
            return Ok(None);
        }
        self.bring_roster_up_to_date()?;
        let typed = Query::new(query.search.unwrap_or_default());
        let ask = RosterAsk {
            words: typed.words().get(..ROSTER_WORDS_MAX).unwrap_or_else(|| typed.words()),
            squad: query.squad,
            state: query.state.map(PersonState::code),
            after: query.after,
            limit: query.limit.unwrap_or(ROSTER_PAGE_MAX).min(ROSTER_PAGE_MAX),
        };
        let (rows, next) = Vault::roster_page(self.vault.read(), &ask)?;
        let on = self.eligible_on();
        let entries = rows.into_iter().map(|row| views::roster_entry(row, on));
        Ok(Some(RosterPage { entries: entries.collect::<Result<_, _>>()?, next }))
    }

    /// Takes into the roster what was said since it was read last. Happens by itself before a page is read; whoever shows pages may
    /// do it after an exchange, so that nobody waits for the first. Says how many documents that were.
    pub fn bring_roster_up_to_date(&mut self) -> Result<usize, FieldbookRefused> {
        let mut taken = 0;
        self.refresh()?;
        while !Vault::is_roster_current(self.vault.read(), ROSTER_TABLES)? {
            taken += self.write(|transaction, device, _| take_in(transaction, device))?;
        }
        Ok(taken)
    }
}

/// Makes rows of some documents that are due. Says how many.
fn take_in(transaction: &Transaction<'_>, device: &Device) -> Result<usize, VaultRefused> {
    // A name that was mended, or whose person is erased next, is not left behind in the file.
    Vault::overwrite_what_is_deleted(transaction, true)?;
    Vault::begin_roster(transaction, ROSTER_TABLES)?;
    let lists = views::lists(transaction, device)?;
    Vault::restate_roster_lists(transaction, &views::standing_of_lists(&lists))?;
    let due = Vault::roster_due(transaction, ROSTER_DUE_AT_ONCE)?;
    let mut rows = Vec::new();
    for document in &due {
        for person in Vault::persons_of_document(transaction, document)? {
            let Indexed { row, sources } = views::indexed(transaction, device, (person, &lists))?;
            Vault::note_roster_sources(transaction, person, &sources)?;
            match row {
                Some(row) => rows.push(row),
                None => drop(Vault::take_off_roster(transaction, person)?),
            }
        }
        Vault::settle_roster_due(transaction, document)?;
    }
    // Neighbours after one another find their pages at hand.
    rows.sort_by(|one, other| one.place.cmp(&other.place));
    for row in &rows {
        Vault::put_on_roster(transaction, row)?;
    }
    Vault::overwrite_what_is_deleted(transaction, false)?;
    Ok(due.len())
}
