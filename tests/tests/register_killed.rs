//! A console that dies while a list is applied, or withdrawn: all of the list is there when it is started again, or nothing.

use jasaq_fieldbook::model::ids::ListId;
use jasaq_fieldbook::model::records::PersonState;
use jasaq_fieldbook::{Fieldbook, ListPapers, NewAttachment, NewList};
use jasaq_tests::{Registry, inside, name, papers, text};

/// An ordinary district's list; its transaction is larger than the memory that the database keeps for one, so that much of it
/// stands in the log before it is committed.
const LINES: usize = 500;

/// To how many of its lines a copy of papers belongs, beside the signature of the list.
const COPIES: usize = 20;

const COPY: &[u8] = b"%PDF-1.7 a copy";

/// How often somebody pulls the plug, at another moment each time.
const ROUNDS: usize = 8;

struct Akimat {
    registry: Registry,
}

impl Akimat {
    fn new_list(&self, round: usize) -> NewList {
        let members = (0..LINES).map(|line| papers(&format!("Бекова Арай {round} {line}"))).collect();
        let number = Some(name(&format!("02-14/{round}")));
        NewList { number, ..self.registry.new_list(members) }
    }

    /// How many statements of a kind stand in the console's vault.
    fn count(&self, kind: &str) -> usize {
        let vault = inside::vault_of(self.registry.field.home(self.registry.akimat));
        let count = format!("SELECT count(*) FROM statements WHERE kind = '{kind}'");
        usize::try_from(inside::number(&vault, &count)).unwrap()
    }

    fn counts(&self) -> [usize; 6] {
        ["list", "list_line", "name_on", "attachment", "list_withdrawn", "name_off"]
            .map(|kind| self.count(kind))
    }

    /// How many attachments' parts are kept.
    fn parts(&self) -> usize {
        let vault = inside::vault_of(self.registry.field.home(self.registry.akimat));
        usize::try_from(inside::number(&vault, "SELECT count(*) FROM parts")).unwrap()
    }

    fn list_of(&mut self, number: usize) -> ListId {
        let called = name(&format!("02-14/{number}"));
        let lists = self.registry.book(self.registry.akimat).squad_lists().unwrap().unwrap();
        let mut of_it = lists.iter().filter(|(_, list)| list.list.what.number.as_ref() == Some(&called));
        of_it.next().expect("it stands").0
    }
}

#[test]
fn a_console_that_dies_while_it_sends_a_list_has_all_of_it_or_nothing() {
    let mut akimat = Akimat { registry: Registry::founded() };
    let (phone, mut whole, mut cut) = (akimat.registry.akimat, 0, 0);
    for round in 0..ROUNDS {
        let before = akimat.counts();
        let (new, parts) = (akimat.new_list(round), akimat.parts());
        let copy = || NewAttachment { file: COPY, keeps_metadata: true, ..NewAttachment::default() };
        let copies = (0..COPIES).map(|place| (place, vec![copy()])).collect();
        let papers = ListPapers { copies, enclosed: vec![copy()], missing: vec![] };
        let submit = |book: &mut Fieldbook| book.submit_list_with(new, &papers);
        let (done, is_whole) = akimat.registry.field.die_within(phone, |book, _| submit(book));
        let list = done.unwrap().list;
        let after = akimat.counts();
        let attached = before[3] + COPIES + 1;
        let all = [before[0] + 1, before[1] + LINES, before[2] + LINES, attached, before[4], before[5]];
        assert!(after == all || (!is_whole && after == before), "{before:?}, {after:?}, {is_whole}");
        let kept = if after == all { COPIES + 1 } else { 0 };
        assert_eq!(
            akimat.parts(),
            parts + kept,
            "the list is not there without its copies, nor they without it"
        );
        let lines = akimat.registry.book(phone).list_lines(list).unwrap().unwrap().len();
        assert_eq!(lines, if after == all { LINES } else { 0 }, "and so it is shown");
        *if after == all { &mut whole } else { &mut cut } += 1;
        assert!(akimat.registry.book(phone).doctor().unwrap().is_whole);
    }
    assert!(whole > 0 && cut > 0, "otherwise nothing is proved: {whole} whole, {cut} not");
    // What was there is what everybody gets.
    akimat.registry.field.run_until_quiet();
    let ts = akimat.registry.ts;
    assert_eq!(akimat.registry.book(ts).persons().unwrap().unwrap().len(), whole * LINES);
}

#[test]
fn a_console_that_dies_while_it_takes_a_list_back_has_taken_back_all_of_it_or_nothing() {
    let mut akimat = Akimat { registry: Registry::founded() };
    let (phone, mut whole, mut cut) = (akimat.registry.akimat, 0, 0);
    let first = akimat.new_list(0);
    akimat.registry.book(phone).submit_list(first).unwrap();
    for round in 0..ROUNDS {
        let (list, before) = (akimat.list_of(whole), akimat.counts());
        let withdraw = |book: &mut Fieldbook| book.withdraw_list(list, text("қате тізім"));
        let (done, is_whole) = akimat.registry.field.die_within(phone, |book, _| withdraw(book));
        assert_eq!(done.unwrap(), LINES);
        let after = akimat.counts();
        let all = [before[0], before[1], before[2], before[3], before[4] + 1, before[5] + LINES];
        assert!(after == all || (!is_whole && after == before), "{round}: {before:?}, {after:?}, {is_whole}");
        let person = akimat.registry.book(phone).list_lines(list).unwrap().unwrap()[0].1;
        let state = akimat.registry.state(phone, person);
        if after == before {
            assert_eq!(state, PersonState::Proposed, "nothing of it was taken back");
            cut += 1;
            continue;
        }
        assert_eq!(state, PersonState::OffRoster);
        whole += 1;
        let next = akimat.new_list(whole);
        akimat.registry.book(phone).submit_list(next).unwrap();
    }
    assert!(whole > 0 && cut > 0, "otherwise nothing is proved: {whole} whole, {cut} not");
}
