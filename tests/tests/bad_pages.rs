//! Pages under what goes wrong with whoever seals them, and at the size of a whole year (001-§7, 23; architecture §6).

use jasaq_fieldbook::Amended;
use jasaq_fieldbook::formats::book::{BookVerdict, verify_book};
use jasaq_fieldbook::model::amendment::AmendReason;
use jasaq_fieldbook::model::entry::{Activity, Count, EntryDraft, InspectionKind};
use jasaq_fieldbook::model::ids::{PageHash, PatrolId};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::page::GateState;
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, PatrolEnd, PatrolStart};
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::settling::{Choice, SettledField};
use jasaq_fieldbook::model::statement::Kind;
use jasaq_tests::{Field, Phone, Registry, name, note, why_not as why};

const SEED: u64 = 29;
const MINUTES_OF_A_DAY: i64 = 24 * 60;

/// A patrol that is over, with one entry, of which everybody knows.
fn over(field: &mut Field, head: Phone) -> PatrolId {
    let patrol = start(field, head);
    seen(field, (head, patrol), "бір жазба");
    field.minutes_pass(60);
    field.book(head).end_patrol(patrol, PatrolEnd::default()).unwrap();
    field.minutes_pass(1);
    field.run_until_quiet();
    patrol
}

fn start(field: &mut Field, head: Phone) -> PatrolId {
    let start = PatrolStart {
        controlling_representative: Some(name("майор С.")),
        area_component: Some(AreaComponent::BorderZone),
        ..PatrolStart::new(ActivityMode::Joint)
    };
    field.book(head).start_patrol(start).unwrap()
}

/// Something that needs no record of its own.
fn seen(field: &mut Field, (phone, patrol): (Phone, PatrolId), text: &str) {
    let activity = Activity::Inspection { kind: InspectionKind::Route, mode: ActivityMode::Joint };
    field
        .book(phone)
        .write_entry(patrol, EntryDraft::new(activity, text), None)
        .unwrap();
}

/// What an outsider finds in the subdivision's book.
fn book(field: &mut Field, ss: Phone) -> BookVerdict {
    let written = field.book(ss).books(true).unwrap().remove(0);
    let keys = field.book(ss).book_keys().unwrap();
    verify_book(&written.bytes, &keys)
}

fn numbers(verdict: &BookVerdict) -> Vec<String> {
    verdict.pages.iter().filter_map(|page| page.number.clone()).collect()
}

#[test]
fn an_amendment_is_countersigned_together_with_the_page_that_nobody_had_countersigned_yet() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let aray = field.phone("aray");
    let patrol = over(&mut field, head);
    let first = field.book(head).seal_page(patrol, None).unwrap();
    field.run_until_quiet();
    seen(&mut field, (aray, patrol), "кеш");
    field.run_until_quiet();
    let second = field.book(head).seal_page(patrol, Some(&note("кеш келді"))).unwrap();
    field.run_until_quiet();

    assert_eq!(why(field.book(ss).countersign_page((patrol, first))), LogRefused::NotTheLastPage);
    let number = field.book(ss).countersign_page((patrol, second)).unwrap();
    assert_eq!(number.to_string(), "2026-1-1");
    field.run_until_quiet();
    let verdict = book(&mut field, ss);
    assert!(verdict.is_good(), "{verdict:?}");
    assert_eq!(numbers(&verdict), ["2026-1", "2026-1-1"]);
}

#[test]
fn what_a_removed_heads_phone_seals_is_no_page_and_what_it_had_sealed_before_is_the_subdivisions_to_countersign()
 {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let other = field.join_squad("head 2", ss, Role::SquadHead);
    field.run_until_quiet();
    let [before, after] = [0, 1].map(|_| over(&mut field, head));
    let sealed = field.book(other).seal_page(before, None).unwrap();
    field.run_until_quiet();

    let lost = field.id(other);
    field.book(ss).remove_device(&lost, false).unwrap();
    let by_a_thief = field.book(other).seal_page(after, None).unwrap();
    field.run_until_quiet();
    for phone in [head, ss] {
        let pages: Vec<PageHash> = field.book(phone).pages().unwrap().iter().map(|page| page.hash).collect();
        assert_eq!(pages, [sealed], "what came after the removal is no page");
    }
    assert_eq!(why(field.book(ss).countersign_page((after, by_a_thief))), LogRefused::NoPage);
    field.book(ss).countersign_page((before, sealed)).unwrap();
    let own = field.book(head).seal_page(after, None).unwrap();
    field.run_until_quiet();
    field.book(ss).countersign_page((after, own)).unwrap();
    let verdict = book(&mut field, ss);
    assert!(verdict.is_good(), "{verdict:?}");
    assert_eq!(numbers(&verdict), ["2026-1", "2026-2"]);
}

#[test]
fn a_head_who_was_struck_off_between_reconciling_and_sealing_does_not_seal_and_another_goes_on() {
    let mut district = Registry::founded();
    let (head, ss) = (district.head, district.ss);
    let person = district.active("Әлиев Асқар", (head, "0117"));
    let [earlier, known, unheard] = [0, 1, 2].map(|_| over(&mut district.field, head));
    assert!(
        district
            .book(head)
            .reconcile(known)
            .unwrap()
            .gates()
            .iter()
            .all(|gate| gate.state == GateState::Open)
    );

    let sealed = district.book(head).seal_page(earlier, None).unwrap();
    district.field.run_until_quiet();
    district.field.minutes_pass(5);
    district.strike_off_at(ss, person, ExclusionGround::MovedOut);
    district.field.minutes_pass(5);
    // His phone has not heard of it yet, and seals; whoever countersigns is told.
    let page = district.book(head).seal_page(unheard, None).unwrap();
    district.field.run_until_quiet();
    assert_eq!(why(district.book(head).seal_page(known, None)), LogRefused::SealerEnded);
    let shown = district.book(ss).pages().unwrap();
    let ended = |hash: PageHash| shown.iter().find(|view| view.hash == hash).unwrap().sealer_ended;
    assert!(ended(page).is_some_and(|ended| !ended.is_that_day), "{:?}", ended(page));
    assert_eq!(ended(sealed), None, "it was sealed that day before he was struck off");
    district.book(ss).countersign_page((earlier, sealed)).unwrap();

    let next = district.field.join_squad("head 2", ss, Role::SquadHead);
    district.field.run_until_quiet();
    let own = district.book(next).seal_page(known, None).unwrap();
    district.book(ss).reopen_patrol(unheard, note("бастығы шығарылған")).unwrap();
    district.field.run_until_quiet();
    let again = district.book(next).seal_page(unheard, Some(&note("жаңа басшы"))).unwrap();
    district.field.run_until_quiet();
    district.book(ss).countersign_page((known, own)).unwrap();
    district.book(ss).countersign_page((unheard, again)).unwrap();
    let verdict = book(&mut district.field, ss);
    assert!(verdict.is_good(), "{verdict:?}");
    assert_eq!(verdict.pages.len(), 4);
}

#[test]
fn one_head_who_seals_on_both_of_his_phones_at_once_leaves_one_page_in_the_book() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let member = field.member(head);
    let invite = field.book(ss).invite(jasaq_fieldbook::Membering::Beside(member)).unwrap();
    let second = field.ask_to_join("head's tablet", &invite.code, 0);
    field.run_until_quiet();
    let words = field.book(second).status().unwrap().join_words.unwrap();
    field.book(ss).confirm(&words).unwrap();
    field.run_until_quiet();
    let patrol = over(&mut field, head);
    let pages = [head, second].map(|phone| field.book(phone).seal_page(patrol, None).unwrap());
    field.run_until_quiet();
    for phone in [head, second, ss] {
        assert!(field.book(phone).pages().unwrap().iter().all(|page| page.is_forked));
    }
    field.book(ss).countersign_page((patrol, pages[1])).unwrap();
    field.run_until_quiet();
    let verdict = book(&mut field, ss);
    assert!(verdict.is_good(), "{verdict:?}");
    assert_eq!(numbers(&verdict), ["2026-1"]);
    // What comes later amends the page that was countersigned, whichever phone seals.
    seen(&mut field, (head, patrol), "кеш");
    field.run_until_quiet();
    field.book(head).seal_page(patrol, Some(&note("кеш келді"))).unwrap();
    field.run_until_quiet();
    let last = field
        .book(ss)
        .pages()
        .unwrap()
        .into_iter()
        .find(|page| page.numbers.is_empty() && page.is_last());
    assert_eq!(last.unwrap().page.before, Some(pages[1].to_string()));
}

/// A page of a patrol of its own, sealed and known to everybody.
fn sealed(field: &mut Field, head: Phone) -> (PatrolId, PageHash) {
    let patrol = over(field, head);
    let page = field.book(head).seal_page(patrol, None).unwrap();
    field.run_until_quiet();
    (patrol, page)
}

#[test]
fn a_number_that_two_consoles_gave_while_apart_is_told_and_one_page_gets_another() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let second = field.join_office("ss 2", Role::StructuralSubdivision, "SS 1");
    field.run_until_quiet();
    let [one, other] = [0, 1].map(|_| sealed(&mut field, head));
    for (console, page) in [(ss, one), (second, other)] {
        assert_eq!(field.book(console).countersign_page(page).unwrap().to_string(), "2026-1");
    }
    field.run_until_quiet();
    for phone in [head, ss, second] {
        let pages = field.book(phone).pages().unwrap();
        assert_eq!(pages.iter().filter(|page| page.is_number_taken).count(), 2);
    }
    let entry = || (name("III"), "2026-05-01".parse().unwrap());
    assert_eq!(why(field.book(ss).enter_page(one, entry())), LogRefused::NumberTwice);
    assert!(!book(&mut field, ss).is_good());

    assert_eq!(field.book(second).renumber_page(other).unwrap().to_string(), "2026-2");
    field.run_until_quiet();
    assert_eq!(why(field.book(ss).renumber_page(one)), LogRefused::NumberIsItsOwn);
    for console in [ss, second] {
        let verdict = book(&mut field, console);
        assert!(verdict.is_good(), "{verdict:?}");
        let numbered = verdict.pages.iter().map(|page| (page.number.as_deref(), page.hash.clone()));
        let due = [(Some("2026-1"), Some(one.1.to_string())), (Some("2026-2"), Some(other.1.to_string()))];
        assert_eq!(numbered.collect::<Vec<_>>(), due);
    }
    // Its amendment is numbered after it, and the next patrol after both.
    seen(&mut field, (head, other.0), "кеш");
    field.run_until_quiet();
    let amended = field.book(head).seal_page(other.0, Some(&note("кеш келді"))).unwrap();
    field.run_until_quiet();
    assert_eq!(field.book(ss).countersign_page((other.0, amended)).unwrap().to_string(), "2026-2-1");
    let next = sealed(&mut field, head);
    assert_eq!(field.book(second).countersign_page(next).unwrap().to_string(), "2026-3");
}

#[test]
fn two_consoles_that_countersign_one_page_while_apart_agree_on_one_number() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let second = field.join_office("ss 2", Role::StructuralSubdivision, "SS 1");
    field.run_until_quiet();
    let [one, other] = [0, 1].map(|_| sealed(&mut field, head));
    field.book(ss).countersign_page(one).unwrap();
    field.book(ss).countersign_page(other).unwrap();
    field.book(second).countersign_page(other).unwrap();
    field.run_until_quiet();
    assert!(!book(&mut field, ss).is_good(), "the second page has two numbers");
    assert_eq!(field.book(second).renumber_page(other).unwrap().to_string(), "2026-3");
    field.run_until_quiet();
    let verdict = book(&mut field, ss);
    assert!(verdict.is_good(), "{verdict:?}");
    assert_eq!(numbers(&verdict), ["2026-1", "2026-3"]);
}

#[test]
fn what_was_entered_under_a_wrong_section_is_put_right_and_both_words_stay() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let page = sealed(&mut field, head);
    field.book(ss).countersign_page(page).unwrap();
    let entry = |section: &str| (name(section), "2026-05-01".parse().unwrap());
    assert_eq!(why(field.book(ss).put_entry_right(page, entry("III"))), LogRefused::NotEntered);
    field.book(ss).enter_page(page, entry("IV")).unwrap();
    assert_eq!(why(field.book(ss).enter_page(page, entry("III"))), LogRefused::Entered);
    field.book(ss).put_entry_right(page, entry("III")).unwrap();
    field.run_until_quiet();
    let written = field.book(ss).books(true).unwrap().remove(0).bytes;
    let text = String::from_utf8(written).unwrap();
    assert!(text.contains(r#""section":"III""#) && !text.contains(r#""section":"IV""#));
    assert!(book(&mut field, ss).is_good());
    let log = field.shows(head, page.0).log;
    let entered = log
        .stated()
        .iter()
        .filter(|stated| stated.statement.kind() == Kind::PageEntered);
    assert_eq!(entered.count(), 2);
}

#[test]
fn a_page_that_was_opened_again_says_so_and_is_not_countersigned() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let page = sealed(&mut field, head);
    field.book(ss).reopen_patrol(page.0, note("басқа басшы")).unwrap();
    field.run_until_quiet();
    assert!(field.book(head).pages().unwrap()[0].is_reopened);
    assert_eq!(why(field.book(ss).countersign_page(page)), LogRefused::Reopened);
}

#[test]
fn the_number_of_an_erased_page_stays_and_every_book_says_that_it_was_erased() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let second = field.join_office("ss 2", Role::StructuralSubdivision, "SS 1");
    field.run_until_quiet();
    let [one, other] = [0, 1].map(|_| sealed(&mut field, head));
    field.book(ss).countersign_page(one).unwrap();
    field.run_until_quiet();
    field.book(ss).erase(one.0).unwrap();
    field.run_until_quiet();

    for console in [ss, second] {
        assert_eq!(field.book(console).pages().unwrap().len(), 1);
    }
    assert_eq!(field.book(second).countersign_page(other).unwrap().to_string(), "2026-2");
    field.run_until_quiet();
    for console in [ss, second] {
        let verdict = book(&mut field, console);
        assert!(verdict.is_good(), "{verdict:?}");
        let told = verdict.pages.iter().map(|page| (page.number.as_deref(), page.is_erased));
        assert_eq!(told.collect::<Vec<_>>(), [(Some("2026-1"), true), (Some("2026-2"), false)]);
    }
    // What the numbers stand in is no record that somebody could erase.
    let patrols: Vec<PatrolId> = field
        .book(ss)
        .patrols(usize::MAX)
        .unwrap()
        .iter()
        .map(|summary| summary.patrol)
        .collect();
    assert_eq!(patrols, [other.0]);
}

#[test]
fn a_patrol_of_a_year_with_thousands_of_entries_becomes_one_page_that_everybody_reads() {
    const ENTRIES_A_PHONE: u32 = 300;
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let [aray, dana] = ["aray", "dana"].map(|name| field.phone(name));
    let patrol = start(&mut field, head);
    field.run_until_quiet();
    let activity = Activity::Inspection { kind: InspectionKind::Place, mode: ActivityMode::Joint };
    for number in 0..ENTRIES_A_PHONE {
        // A phone writes every seven hours or so, so that no two tell of one event.
        for phone in [head, aray, dana] {
            field.minutes_pass(365 * MINUTES_OF_A_DAY / i64::from(3 * ENTRIES_A_PHONE));
            let draft = EntryDraft {
                counted: Count::new(number),
                ..EntryDraft::new(activity, "сайдың іші қаралды")
            };
            field.book(phone).write_entry(patrol, draft, None).unwrap();
        }
    }
    field.book(head).end_patrol(patrol, PatrolEnd::default()).unwrap();
    field.minutes_pass(1);
    field.run_until_quiet();
    let page = field.book(head).seal_page(patrol, None).unwrap();
    field.run_until_quiet();
    field.book(ss).countersign_page((patrol, page)).unwrap();
    field.run_until_quiet();
    for phone in [head, aray, dana, ss] {
        let pages = field.book(phone).pages().unwrap();
        assert_eq!(pages[0].page.events.len(), 3 * usize::try_from(ENTRIES_A_PHONE).unwrap());
    }
    assert!(book(&mut field, ss).is_good());
}

#[test]
fn the_page_of_a_head_with_more_statements_than_one_document_takes_is_his_patrols() {
    const ENTRIES: u32 = 1_010;
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let patrol = start(&mut field, head);
    for _ in 0..ENTRIES {
        seen(&mut field, (head, patrol), "көп жазба");
    }
    field.minutes_pass(60);
    field.book(head).end_patrol(patrol, PatrolEnd::default()).unwrap();
    field.minutes_pass(1);
    field.book(head).seal_page(patrol, None).unwrap();
    field.run_until_quiet();
    let view = field.book(ss).pages().unwrap().remove(0);
    assert_eq!(view.patrol, patrol);
    field.book(ss).countersign_page((view.patrol, view.hash)).unwrap();
    field.run_until_quiet();
    let verdict = book(&mut field, ss);
    assert!(verdict.is_good() && verdict.pages.len() == 1, "{verdict:?}");
    let view = field.book(head).pages().unwrap().remove(0);
    assert_eq!((view.patrol, view.numbers.len()), (patrol, 1));
}

#[test]
fn what_a_page_or_a_decision_rests_on_is_amended_beside_it_though_nobody_else_has_it() {
    let mut field = Field::new(SEED);
    let head = field.device("head");
    let patrol = start(&mut field, head);
    let activity = Activity::Inspection { kind: InspectionKind::Route, mode: ActivityMode::Joint };
    let entry = field
        .book(head)
        .write_entry(patrol, EntryDraft::new(activity, "бес із"), None)
        .unwrap();
    field.minutes_pass(60);
    field.book(head).end_patrol(patrol, PatrolEnd::default()).unwrap();
    field.minutes_pass(1);
    field.book(head).seal_page(patrol, None).unwrap();
    let view = field.book(head).patrol(patrol).unwrap();
    let stated = view.log.stated().iter().find(|stated| stated.key == entry).unwrap();
    let amended = field
        .book(head)
        .amend_entry(
            (patrol, &stated.cause()),
            EntryDraft::new(activity, "алты із"),
            (AmendReason::Slip, None),
        )
        .unwrap();
    assert!(matches!(amended, Amended::Beside(_)), "the page names what it rests on by its key");
    assert_eq!(field.book(head).reconcile(patrol).unwrap().late().len(), 1);
}

#[test]
fn what_is_left_out_of_a_page_is_left_out_with_a_reason() {
    let mut field = Field::new(SEED);
    let head = field.device("head");
    let patrol = field.book(head).start_patrol(PatrolStart::new(ActivityMode::Joint)).unwrap();
    let view = field.book(head).patrol(patrol).unwrap();
    let start = Before::new(view.log.starts().map(|(stated, _)| stated.cause())).unwrap();
    let area = (patrol, SettledField::Area, &start);
    assert_eq!(why(field.book(head).decide_field(area, (Choice::LeftOut, None))), LogRefused::ReasonNeeded);
    field
        .book(head)
        .decide_field(area, (Choice::LeftOut, Some(note("белгісіз"))))
        .unwrap();
}

#[test]
fn a_patrol_with_a_page_becomes_no_part_and_a_part_that_was_sealed_apart_keeps_its_own() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let other = field.join_squad("head 2", ss, Role::SquadHead);
    field.run_until_quiet();
    let [part, whole] = [0, 1].map(|_| over(&mut field, head));
    // Both at once: one head attaches what the other seals.
    field.book(head).attach_patrol(part, whole).unwrap();
    let page = field.book(other).seal_page(part, None).unwrap();
    field.run_until_quiet();
    let third = over(&mut field, head);
    assert_eq!(why(field.book(head).attach_patrol(part, third)), LogRefused::PartIsSealed);
    field.book(ss).countersign_page((part, page)).unwrap();
    field.run_until_quiet();
    let pages = field.book(ss).pages().unwrap();
    assert_eq!(pages.iter().map(|page| page.patrol).collect::<Vec<_>>(), [part], "it is listed once");
    assert!(book(&mut field, ss).is_good());
}

#[test]
fn pages_of_a_head_who_became_a_volunteer_stay_good() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let other = field.join_squad("head 2", ss, Role::SquadHead);
    field.run_until_quiet();
    let patrol = over(&mut field, head);
    let page = field.book(other).seal_page(patrol, None).unwrap();
    field.run_until_quiet();
    field.book(ss).countersign_page((patrol, page)).unwrap();
    let device = field.id(other);
    field.book(ss).change_device_role(&device, Role::Volunteer).unwrap();
    field.run_until_quiet();
    let verdict = book(&mut field, ss);
    assert!(verdict.is_good(), "{verdict:?}");
}

#[test]
fn of_two_windows_of_one_console_the_second_to_countersign_is_told_that_it_is_done() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let [one, other] = [0, 1].map(|_| over(&mut field, head));
    let [page, further] = [one, other].map(|patrol| field.book(head).seal_page(patrol, None).unwrap());
    field.run_until_quiet();
    let mut window = field.second_process(ss);
    let first = window.countersign_page((one, page)).unwrap();
    assert_eq!(why(field.book(ss).countersign_page((one, page))), LogRefused::Countersigned);
    let second = field.book(ss).countersign_page((other, further)).unwrap();
    assert_eq!((first.number, second.number), (1, 2));
}
