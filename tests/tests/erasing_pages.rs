//! Patrols that are erased with their pages and their cases: numbers stay, persons do not (001-§23; decision 0051; threats, what must
//! be forgotten).

use jasaq_fieldbook::formats::book::{BookVerdict, verify_book};
use jasaq_fieldbook::model::detention::Detained;
use jasaq_fieldbook::model::entry::{Activity, EntryDraft};
use jasaq_fieldbook::model::ids::{CaseId, PageHash, PatrolId};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, PatrolEnd, PatrolStart};
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::position::Place;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::{ErasedThing, FieldbookRefused};
use jasaq_tests::{Field, Phone, inside, name, note};

const SEED: u64 = 67;
const NAME: &str = "Стрелков Игорь";

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

fn detained() -> Detained {
    Detained {
        patrol: None,
        full_name: Some(name(NAME)),
        born: None,
        paper: None,
        offence: note("шекара режимін бұзу"),
        protected_object: None,
        place: Place::default(),
        occurred_at: None,
        replaces: Before::default(),
        because: None,
    }
}

/// A squad on patrol whose volunteer detained somebody; nobody has heard of it yet.
struct Held {
    field: Field,
    head: Phone,
    ss: Phone,
    aray: Phone,
    patrol: PatrolId,
    case: CaseId,
}

impl Held {
    fn somebody(seed: u64) -> Self {
        let mut field = Field::new(seed);
        let [head, ss] = ["head", "ss"].map(|name| field.device(name));
        let aray = field.phone("aray");
        let patrol = start(&mut field, head);
        field.run_until_quiet();
        let case = field
            .book(aray)
            .detain((patrol, "адам ұсталды".to_owned()), detained())
            .unwrap();
        Self { field, head, ss, aray, patrol, case }
    }

    /// How many of the devices can tell who was detained.
    fn who_can_tell(&self) -> usize {
        let phones = [self.head, self.ss, self.aray].into_iter();
        phones.filter(|phone| can_tell(&self.field, *phone)).count()
    }

    /// The detention's line came to the subdivision, and nothing of who it is: by the seed's keys this or that comes first.
    fn by_the_line_alone(seed: u64) -> Option<Self> {
        let mut all = Self::somebody(seed);
        let mut satchel = Vec::new();
        all.field.book(all.aray).export_satchel(&mut satchel).unwrap();
        for length in (0..satchel.len()).step_by(24) {
            all.field.book(all.ss).import_satchel(&mut &satchel[..length]).ok();
            if let [case] = &all.field.book(all.ss).cases(all.patrol).unwrap()[..] {
                return case.said.is_empty().then_some(all);
            }
        }
        None
    }
}

/// Whether a device's vault holds the name of who was detained, or something of it that came late.
fn can_tell(field: &Field, phone: Phone) -> bool {
    let vault = inside::vault_of(field.home(phone));
    let said = format!("SELECT count(*) FROM statements WHERE instr(fields, CAST('{NAME}' AS BLOB)) > 0");
    inside::number(&vault, &said) + inside::number(&vault, "SELECT count(*) FROM late_sections") > 0
}

#[test]
fn who_was_detained_is_erased_with_the_patrol_and_is_named_nowhere() {
    let mut all = Held::somebody(SEED);
    all.field.run_until_quiet();
    assert_eq!(all.who_can_tell(), 3, "otherwise nothing is shown");
    let (ss, patrol, case) = (all.ss, all.patrol, all.case);
    let plan = all.field.book(ss).to_be_erased(patrol).unwrap();
    assert_eq!((plan.statements, plan.cases, plan.cases_that_stay), (3, 1, 0));
    assert_eq!(all.field.book(ss).erase(patrol).unwrap(), plan);
    all.field.run_until_quiet();
    assert_eq!(all.who_can_tell(), 0);
    for phone in [all.head, ss, all.aray] {
        let told = all.field.book(phone).erasures().unwrap();
        assert!(told.iter().all(|view| view.devices.iter().all(|(_, has_obeyed)| *has_obeyed)));
        let mut records: Vec<[u8; 16]> = Vec::new();
        records.extend(told.iter().map(|view| match view.what {
            ErasedThing::Record(document) => *document.as_bytes(),
            ErasedThing::Attachment { .. } => panic!("nothing was attached"),
        }));
        records.sort_unstable();
        let mut due = [*patrol.as_bytes(), *case.as_bytes()];
        due.sort_unstable();
        assert_eq!(records, due, "each is told once, in however many spaces it stood");
    }
}

#[test]
fn who_was_detained_is_erased_also_where_his_record_comes_after_the_erasure() {
    let mut all = (SEED..SEED + 8).find_map(Held::by_the_line_alone).unwrap();
    let (ss, patrol) = (all.ss, all.patrol);
    assert!(!can_tell(&all.field, ss) && can_tell(&all.field, all.aray));
    assert_eq!(all.field.book(ss).erase(patrol).unwrap().cases, 1);
    all.field.run_until_quiet();
    assert_eq!(all.who_can_tell(), 0);
}

#[test]
fn what_opens_a_page_that_was_sealed_before_its_head_heard_of_the_erasure_goes_too() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let patrol = start(&mut field, head);
    field.minutes_pass(60);
    field.book(head).end_patrol(patrol, PatrolEnd::default()).unwrap();
    field.minutes_pass(1);
    field.run_until_quiet();
    field.book(head).seal_page(patrol, None).unwrap();
    field.book(ss).erase(patrol).unwrap();
    field.run_until_quiet();
    for phone in [head, ss] {
        let vault = inside::vault_of(field.home(phone));
        let left =
            "SELECT count(*) FROM statements WHERE kind IN ('page_openings', 'page_part', 'page_sealed')";
        assert_eq!(inside::number(&vault, left), 0);
    }
}

#[test]
fn a_case_that_the_log_of_a_part_names_too_stays_with_the_part() {
    let mut all = Held::somebody(SEED);
    let (head, ss, part) = (all.head, all.ss, all.patrol);
    all.field.run_until_quiet();
    let whole = start(&mut all.field, head);
    all.field.book(head).attach_patrol(part, whole).unwrap();
    all.field.run_until_quiet();
    assert_eq!(all.field.book(ss).cases(whole).unwrap().len(), 1, "the whole shows it");
    let erased = all.field.book(ss).erase(whole).unwrap();
    assert_eq!((erased.cases, erased.cases_that_stay), (0, 1));
    all.field.run_until_quiet();
    assert_eq!(all.field.book(ss).cases(part).unwrap()[0].said.len(), 1);
    assert_eq!(all.field.book(ss).erase(part).unwrap().cases, 1);
    all.field.run_until_quiet();
    assert_eq!(all.who_can_tell(), 0);
}

#[test]
fn no_line_of_a_log_that_calls_another_patrol_a_case_erases_it() {
    let mut all = Held::somebody(SEED);
    let (head, ss, aray, kept) = (all.head, all.ss, all.aray, all.patrol);
    let erased = start(&mut all.field, head);
    all.field.run_until_quiet();
    let case = Some(CaseId::from_bytes(*kept.as_bytes()));
    let activity = Activity::DetainDeliver { receiver_kind: None };
    let draft = EntryDraft { case, ..EntryDraft::new(activity, "адам ұсталды") };
    all.field.book(aray).write_entry(erased, draft, None).unwrap();
    all.field.run_until_quiet();
    let plan = all.field.book(ss).erase(erased).unwrap();
    assert_eq!((plan.cases, plan.cases_that_stay), (0, 1));
    all.field.run_until_quiet();
    for phone in [head, ss, aray] {
        let refused = all.field.book(phone).patrol(erased);
        assert!(matches!(refused, Err(FieldbookRefused::Erased)), "{refused:?}");
        assert_eq!(all.field.book(phone).cases(kept).unwrap().len(), 1);
    }
    assert_eq!(all.who_can_tell(), 3);
}
