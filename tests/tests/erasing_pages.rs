//! Patrols that are erased with their pages and their cases: numbers stay, persons do not (001-§23; decision 0051; threats, what must
//! be forgotten).

use jasaq_fieldbook::formats::book::{BookVerdict, verify_book};
use jasaq_fieldbook::model::ids::{PageHash, PatrolId};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, PatrolEnd, PatrolStart};
use jasaq_fieldbook::model::roles::Role;
use jasaq_tests::{Field, Phone, name};

const SEED: u64 = 67;

fn start(field: &mut Field, head: Phone) -> PatrolId {
    let start = PatrolStart {
        controlling_representative: Some(name("майор С.")),
        area_component: Some(AreaComponent::BorderZone),
        ..PatrolStart::new(ActivityMode::Joint)
    };
    field.book(head).start_patrol(start).unwrap()
}

/// A page of a patrol of its own, sealed and known to everybody.
fn sealed(field: &mut Field, head: Phone) -> (PatrolId, PageHash) {
    let patrol = start(field, head);
    field.minutes_pass(60);
    field.book(head).end_patrol(patrol, PatrolEnd::default()).unwrap();
    field.minutes_pass(1);
    field.run_until_quiet();
    let page = field.book(head).seal_page(patrol, None).unwrap();
    field.run_until_quiet();
    (patrol, page)
}

/// What an outsider finds in a console's book.
fn book(field: &mut Field, ss: Phone) -> BookVerdict {
    let written = field.book(ss).books(true).unwrap().remove(0);
    let keys = field.book(ss).book_keys().unwrap();
    verify_book(&written.bytes, &keys)
}

/// Two consoles of one subdivision, and pages that nobody has countersigned yet.
struct Consoles {
    field: Field,
    ss: Phone,
    second: Phone,
    pages: Vec<(PatrolId, PageHash)>,
}

impl Consoles {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let [head, ss] = ["head", "ss"].map(|name| field.device(name));
        let second = field.join_office("ss 2", Role::StructuralSubdivision, "SS 1");
        field.run_until_quiet();
        let pages = (0..3).map(|_| sealed(&mut field, head)).collect();
        Self { field, ss, second, pages }
    }

    fn countersign(&mut self, console: Phone, page: usize) -> String {
        let page = self.pages[page];
        self.field.book(console).countersign_page(page).unwrap().to_string()
    }

    /// The numbers in a console's book, and which of them are those of erased pages.
    fn told(&mut self, console: Phone) -> Vec<(String, bool)> {
        let verdict = book(&mut self.field, console);
        assert!(verdict.is_good(), "{verdict:?}");
        let told = verdict.pages.into_iter().map(|page| (page.number.unwrap(), page.is_erased));
        told.collect()
    }

    /// The first page had a number and was erased; the next ones get others, whoever gives them.
    fn give_no_number_again(&mut self) {
        let [ss, second] = [self.ss, self.second];
        assert_eq!(self.countersign(ss, 1), "2026-2");
        self.field.run_until_quiet();
        assert_eq!(self.countersign(second, 2), "2026-3");
        self.field.run_until_quiet();
        let due = [("2026-1", true), ("2026-2", false), ("2026-3", false)];
        for console in [ss, second] {
            assert_eq!(self.told(console), due.map(|(number, is_erased)| (number.to_owned(), is_erased)));
        }
    }
}

#[test]
fn a_number_that_whoever_erases_had_not_heard_of_is_said_by_the_console_that_gave_it() {
    let mut all = Consoles::new();
    let (ss, second, erased) = (all.ss, all.second, all.pages[0].0);
    assert_eq!(all.countersign(second, 0), "2026-1");
    all.field.book(ss).erase(erased).unwrap();
    all.field.run_until_quiet();
    all.give_no_number_again();
}

#[test]
fn a_number_that_was_sent_before_its_erasure_was_heard_of_is_given_to_no_other_page() {
    let mut all = Consoles::new();
    let (ss, second, erased) = (all.ss, all.second, all.pages[0].0);
    all.countersign(second, 0);
    // It is on its way when the other console erases, and so comes late there.
    all.field.contact(second);
    all.field.book(ss).erase(erased).unwrap();
    all.field.run_until_quiet();
    all.give_no_number_again();
}

#[test]
fn a_number_stays_though_the_console_that_gave_it_was_lost_before_it_heard_of_the_erasure() {
    let mut all = Consoles::new();
    let (ss, second, erased) = (all.ss, all.second, all.pages[0].0);
    all.countersign(second, 0);
    all.field.book(ss).erase(erased).unwrap();
    // What it gave comes to the other console, which has erased; from there on it is silent.
    all.field.carry_satchel(second, ss);
    for _ in 0..2 {
        all.field.contact(ss);
    }
    assert_eq!(all.countersign(ss, 1), "2026-2");
}
