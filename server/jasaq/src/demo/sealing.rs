//! The evening and the morning after: what several phones said becomes one page, and a late phone an amendment of it (001-§23).
//!
//! ```text
//! 19:20  a phone whose battery is going notes something from paper, and is heard of by nobody
//! 20:00  the head attaches what was recorded apart, decides what differs, seals; the subdivision countersigns and enters
//! 07:30  the phone is back: its note is late, the page stands as it was, and an amendment follows it
//! ```
//!
//! At the end the subdivision's book is checked as an outsider would, once as it is and once with one letter changed.

use std::path::Path;

use jasaq_fieldbook::PageView;
use jasaq_fieldbook::formats::book::{BookProblem, BookVerdict, verify_book};
use jasaq_fieldbook::model::entry::{Activity, EntryDraft, InspectionKind};
use jasaq_fieldbook::model::ids::{Author, PageHash, PatrolId};
use jasaq_fieldbook::model::patrol::ActivityMode;
use jasaq_fieldbook::model::reconcile::OpenDecision;
use jasaq_fieldbook::model::register::Cause;
use jasaq_fieldbook::model::sealing::PageNumber;
use jasaq_fieldbook::model::settling::{Choice, Sameness};
use jasaq_fieldbook::model::source::Source;
use jasaq_fieldbook::model::words::{Language, Name, Note};
use serde_json::{Value, json};

use super::cast::Part;
use super::day::Written;
use super::device::reading_at;
use super::setup::{Field, missing};
use super::words;
use crate::commands::pdf_of_page;
use crate::failure::Failure;
use crate::files;

/// The files that an outsider gets.
pub(super) const BOOK: &str = "2026.jasaq-book";
pub(super) const KEYS: &str = "2026.jasaq-keys";
pub(super) const PDF: &str = "page.pdf";

/// What is still to be decided after so many decisions is a defect.
const DECISIONS_MAX: usize = 32;

/// What the pages came to.
#[derive(Debug)]
pub(super) struct Sealed {
    /// Which entries told of one event, and what else differed.
    pub(super) same_events: usize,
    pub(super) differences: usize,
    /// The page and its amendment.
    pub(super) pages: Vec<SealedPage>,
    /// How many entries came after the first page, and stand in the second as late.
    pub(super) late: usize,
    /// Whether every member shows the same pages.
    pub(super) is_alike: bool,
    /// Whether the book is good, as an outsider sees it.
    pub(super) is_good: bool,
    /// Whether one changed letter is found, at its page.
    pub(super) names_altered: bool,
    /// How long the last page is as a PDF.
    pub(super) pdf_bytes: usize,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SealedPage {
    pub(super) hash: PageHash,
    pub(super) number: PageNumber,
}

impl Sealed {
    /// Whether everything is as it has to be.
    pub(super) fn is_well(&self) -> bool {
        let is_whole = self.pages.len() == 2 && self.same_events > 0 && self.differences > 0 && self.late > 0;
        is_whole && self.is_alike && self.is_good && self.names_altered
    }

    pub(super) fn to_json(&self) -> Value {
        let page = |page: &SealedPage| json!({ "page": page.hash, "number": page.number.to_string() });
        json!({
            "same_events": self.same_events,
            "differences": self.differences,
            "pages": self.pages.iter().map(page).collect::<Vec<_>>(),
            "late": self.late,
            "alike": self.is_alike,
            "book_is_good": self.is_good,
            "altered_letter_is_found": self.names_altered,
            "pdf_bytes": self.pdf_bytes,
        })
    }
}

/// From the end of the day to a book that anybody can check.
pub(super) fn seal(field: &mut Field, written: &Written, folder: &Path) -> Result<Sealed, Failure> {
    let patrol = field.patrol;
    note_late(field)?;
    field.wall.turn_to(20 * 60);
    for part in written.patrols.iter().filter(|part| **part != patrol) {
        field.device(Part::Head).fieldbook.attach_patrol(*part, patrol)?;
    }
    let (same_events, differences) = decide(field, patrol)?;
    let first = seal_and_enter(field, (patrol, None))?;
    field.wall.turn_to(31 * 60 + 30);
    field.device(Part::Aidos).sync()?;
    field.device(Part::Head).sync()?;
    let late = field.device(Part::Head).fieldbook.reconcile(patrol)?.late().len();
    let why = words(|| Note::new("Бір телефон таңертең ғана байланысқа шықты"))?;
    let second = seal_and_enter(field, (patrol, Some(&why)))?;
    for part in Part::MEMBERS {
        field.device(part).sync()?;
    }
    let pages = vec![first, second];
    let is_alike = is_alike(field, &pages)?;
    let (book, keys) = (folder.join(BOOK), folder.join(KEYS));
    let last = pages.last().ok_or_else(missing)?.hash;
    let pdf_bytes = print(field, last, &folder.join(PDF))?;
    let (verdict, altered) = check_book(field, (&book, &keys))?;
    Ok(Sealed {
        same_events,
        differences,
        late,
        is_alike,
        is_good: verdict.is_good() && verdict.pages.len() == pages.len(),
        names_altered: names(&altered, &pages),
        pdf_bytes,
        pages,
    })
}

/// After its last contact, and before its battery is empty.
fn note_late(field: &mut Field) -> Result<(), Failure> {
    field.wall.turn_to(19 * 60 + 20);
    let activity =
        Activity::Inspection { kind: InspectionKind::TalkWithResidents, mode: ActivityMode::Independent };
    let draft = EntryDraft {
        source: Source::Paper,
        occurred_at: Some(reading_at(16 * 60 + 20).moment()),
        ..EntryDraft::new(activity, "Қағаздан: шопан екі атты кісіні көрген, мезгілі белгісіз.")
    };
    let patrol = field.patrol;
    field.device(Part::Aidos).fieldbook.write_entry(patrol, draft, None)?;
    Ok(())
}

/// The head decides whatever is open: what he wrote of the patrol himself stands, and of an event the count from the crossing.
fn decide(field: &mut Field, patrol: PatrolId) -> Result<(usize, usize), Failure> {
    let (head, counted) = (author_of(field, Part::Head)?, author_of(field, Part::Bauyrzhan)?);
    let head_book = &mut field.device(Part::Head).fieldbook;
    let (mut same_events, mut differences) = (0, 0);
    for _ in 0..DECISIONS_MAX {
        let open = head_book.open_decisions(patrol)?.into_iter().next();
        match open {
            None => break,
            Some(OpenDecision::SameEvent { entries, .. }) => {
                let why = words(|| Note::new("екеуі де бір малды айтады"))?;
                let entries = entries.iter().cloned().collect();
                head_book.decide_same((patrol, entries), (Sameness::One, Some(why)))?;
                same_events += 1;
            }
            Some(OpenDecision::Field { entries, field, .. }) => {
                let said: Vec<&Cause> = entries.iter().collect();
                let by = |author: Author| said.iter().find(|cause| cause.author == author);
                let chosen = by(counted).or_else(|| by(head)).or_else(|| said.first());
                let chosen = (*chosen.ok_or_else(missing)?).clone();
                let why = words(|| Note::new("өткелде тұрған жақсырақ көрді"))?;
                head_book.decide_field((patrol, field, &entries), (Choice::Said(chosen), Some(why)))?;
                differences += 1;
            }
        }
    }
    Ok((same_events, differences))
}

fn author_of(field: &mut Field, part: Part) -> Result<Author, Failure> {
    let devices = field.device(part).fieldbook.devices()?;
    let own = devices.into_iter().find(|view| view.is_this).ok_or_else(missing)?;
    Ok(Author::from_bytes(*own.device.as_bytes()))
}

/// The head seals, the subdivision countersigns and enters.
fn seal_and_enter(
    field: &mut Field,
    (patrol, why): (PatrolId, Option<&Note>),
) -> Result<SealedPage, Failure> {
    let hash = field.device(Part::Head).fieldbook.seal_page(patrol, why)?;
    field.device(Part::Head).sync()?;
    let section = words(|| Name::new("III"))?;
    let ss = field.device(Part::Ss);
    ss.sync()?;
    let number = ss.fieldbook.countersign_page((patrol, hash))?;
    let today = ss.fieldbook.today();
    ss.fieldbook.enter_page((patrol, hash), (section, today))?;
    ss.sync()?;
    field.device(Part::Head).sync()?;
    Ok(SealedPage { hash, number })
}

/// Whether every member shows these pages, under these numbers.
fn is_alike(field: &mut Field, pages: &[SealedPage]) -> Result<bool, Failure> {
    let mut is_alike = true;
    for part in Part::MEMBERS {
        let mut shown: Vec<PageView> = field.device(part).fieldbook.pages()?;
        shown.sort_by(|one, other| one.numbers.cmp(&other.numbers));
        let as_sealed = shown
            .iter()
            .zip(pages)
            .all(|(view, page)| view.hash == page.hash && view.numbers == [page.number] && !view.is_forked);
        is_alike &= shown.len() == pages.len() && as_sealed;
    }
    Ok(is_alike)
}

/// The last page on paper, as the subdivision prints it. Says how long the file is.
fn print(field: &mut Field, page: PageHash, file: &Path) -> Result<usize, Failure> {
    let ss = &mut field.device(Part::Ss).fieldbook;
    let view = ss.pages()?.into_iter().find(|view| view.hash == page).ok_or_else(missing)?;
    let pdf = pdf_of_page(ss, &view, (Language::Kk, reading_at(0).moment().day()))?;
    files::write_whole(file, &pdf)?;
    Ok(pdf.len())
}

/// The subdivision's book, written to files and checked from them: as it is, and with one letter of a page changed.
fn check_book(
    field: &mut Field,
    (book, keys): (&Path, &Path),
) -> Result<(BookVerdict, BookVerdict), Failure> {
    let ss = &mut field.device(Part::Ss).fieldbook;
    let written = ss.books(true)?.into_iter().next().ok_or_else(missing)?;
    let book_keys = ss.book_keys()?;
    files::write_whole(book, &written.bytes)?;
    files::write_whole(keys, &book_keys.write())?;
    let read = std::fs::read(book).map_err(|error| files::cannot_read(book, &error))?;
    let altered = String::from_utf8_lossy(&read)
        .replacen("тұман", "түман", 1)
        .replacen("Тұман", "Түман", 1);
    Ok((verify_book(&read, &book_keys), verify_book(altered.as_bytes(), &book_keys)))
}

/// Whether the page with the changed letter is named, and no other.
fn names(altered: &BookVerdict, pages: &[SealedPage]) -> bool {
    let first = pages.first().map(|page| page.number.to_string());
    let found: Vec<Option<String>> = altered
        .pages
        .iter()
        .filter(|page| page.problems.contains(&BookProblem::Altered))
        .map(|page| page.number.clone())
        .collect();
    found == [first]
}
