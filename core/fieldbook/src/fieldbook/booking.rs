//! Books: the pages of this squad, or of those that a subdivision supervises, in one file with what checks it.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::ids::{PageHash, hexadecimal};
use jasaq_model::page::{Opening, PageChain};
use jasaq_model::sealing::PageNumber;
use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::membership::Role;

use super::Fieldbook;
use crate::formats::book::{
    Book, BookKey, BookKeys, BookOpenings, CountersignedBy, EnteredIn, book_page, named,
};
use crate::refusal::FieldbookRefused;
use crate::views::{self, PageView};

/// A book that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenBook {
    /// Which squad, by the roll of its phones.
    pub squad: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages.
    pub pages: usize,
    /// How many personal fields it opens.
    pub opened: usize,
    /// Whether a console signed its index.
    pub is_signed: bool,
}

/// A number that was given to a page of a squad.
struct Numbered {
    roll: SpaceId,
    page: PageHash,
    number: PageNumber,
    is_erased: bool,
}

impl Fieldbook {
    /// The books of every squad whose pages are read here: the pages that were countersigned, with their openings as far as they are
    /// read here and wanted. A console of the structural subdivision signs the index; without one nobody can tell that a page is missing.
    /// It names the pages too that have a number and were erased, and those that have one and have not come whole.
    pub fn books(&mut self, with_openings: bool) -> Result<Vec<WrittenBook>, FieldbookRefused> {
        let pages = self.pages()?;
        let mut squads: BTreeMap<String, (Book, usize)> = BTreeMap::new();
        for view in pages.iter().filter(|view| !view.numbers.is_empty()) {
            let openings = if with_openings { self.openings_of(view)? } else { None };
            let (book, count) = squads.entry(view.page.squad.clone()).or_default();
            if let Some((number, line)) = book_line(view) {
                book.add(number, line, openings);
                *count += 1;
            }
        }
        for Numbered { roll, page, number, is_erased } in self.numbers_of_no_page(&pages)? {
            let (book, _) = squads.entry(hexadecimal(roll.as_bytes())).or_default();
            book.add_missing((number, page), is_erased);
        }
        let territory = hexadecimal(self.device.membership.root().as_bytes());
        let made_at = self.surroundings.now().moment().to_string();
        let is_signed = self.device.role() == Some(Role::Ss);
        let console = is_signed.then(|| self.device.keys.signing());
        let written = squads.into_iter().map(|(squad, (book, pages))| {
            let opened = book.opened();
            let bytes = book.write((&squad, &territory, made_at.clone()), console);
            WrittenBook { squad, bytes, pages, opened, is_signed }
        });
        Ok(written.collect())
    }

    /// The numbers, in their order, of pages that were erased for everybody.
    pub fn erased_numbers(&mut self) -> Result<Vec<PageNumber>, FieldbookRefused> {
        let pages = self.pages()?;
        let missing = self.numbers_of_no_page(&pages)?.into_iter();
        let erased: BTreeSet<PageNumber> = missing.filter(|of| of.is_erased).map(|of| of.number).collect();
        Ok(erased.into_iter().collect())
    }

    /// What was given to pages that are not among these.
    fn numbers_of_no_page(&self, pages: &[PageView]) -> Result<Vec<Numbered>, FieldbookRefused> {
        let there: BTreeSet<PageHash> = pages.iter().map(|view| view.hash).collect();
        let numbers = views::numbers_given(self.vault.read(), &self.device)?;
        let given = numbers.squads().flat_map(|roll| {
            let of_squad = numbers.of_squad(roll).into_iter();
            of_squad.map(|(page, (number, is_erased))| Numbered { roll: *roll, page, number, is_erased })
        });
        Ok(given.filter(|given| !there.contains(&given.page)).collect())
    }

    /// The keys with which books of this territory are checked: of heads and of structural subdivisions' consoles, removed ones too.
    pub fn book_keys(&mut self) -> Result<BookKeys, FieldbookRefused> {
        self.refresh()?;
        let membership = &self.device.membership;
        let mut keys = Vec::new();
        for (id, enrolled) in membership.devices().chain(membership.removed_devices()) {
            // Whoever was a head sealed as one, also after he has become something else; from then on he seals nothing more.
            for once in membership.roles_of(id) {
                let (role, squad) = match once {
                    Role::Head => ("squad_head", Some(hexadecimal(enrolled.roll.as_bytes()))),
                    Role::Ss => ("structural_subdivision", None),
                    _ => continue,
                };
                let removed = membership.is_removed(id) || enrolled.role != once;
                keys.push(BookKey { device: named(id), role: role.to_owned(), removed, squad });
            }
        }
        keys.sort_by(|one, other| one.device.cmp(&other.device));
        keys.dedup();
        Ok(BookKeys::new(hexadecimal(membership.root().as_bytes()), keys))
    }

    /// What opens the personal fields of a page, as far as it is read here and was not erased. What opens nothing of it is left out, whoever
    /// wrote it.
    pub fn page_openings(&mut self, view: &PageView) -> Result<Vec<Opening>, FieldbookRefused> {
        self.refresh()?;
        let mut openings = Vec::new();
        for about in views::opened_about(view.patrol, &view.page) {
            openings.extend(views::openings_about(self.vault.read(), about, view.hash)?);
        }
        let commitments = view.bytes.commitments();
        openings.retain(|opening| commitments.are_opened_by(opening));
        openings.sort();
        openings.dedup();
        Ok(openings)
    }

    fn openings_of(&mut self, view: &PageView) -> Result<Option<BookOpenings>, FieldbookRefused> {
        let openings = self.page_openings(view)?;
        let page = view.hash.to_string();
        Ok((!openings.is_empty()).then_some(BookOpenings { openings, page }))
    }
}

/// A page as it goes into a book, under its number.
fn book_line(view: &PageView) -> Option<(PageNumber, crate::formats::book::BookPage)> {
    let chain = PageChain::of(&view.log);
    let sealed = chain.page(view.hash)?;
    let by = sealed.stated.author.to_string();
    let mut line = book_page(&view.bytes, &by, sealed.sealed.signature.as_bytes());
    let mut words = sealed.countersigned.clone();
    words.sort_by_key(|(stated, word)| (word.number, stated.cause()));
    line.countersigned = words
        .iter()
        .map(|(stated, word)| CountersignedBy {
            by: stated.author.to_string(),
            number: word.number.to_string(),
            signature: hexadecimal(word.signature.as_bytes()),
        })
        .collect();
    line.entered = sealed
        .entered
        .iter()
        .map(|(_, word)| EnteredIn { day: word.day.to_string(), section: word.section.to_string() })
        .collect();
    Some((sealed.number()?, line))
}
