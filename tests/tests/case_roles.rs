//! What was said of a case is judged by the part in which it was said, whatever its device became since (001-§7, 10(4)-(5), 12;
//! requirements §8).

use std::collections::BTreeSet;

use jasaq_fieldbook::Membering;
use jasaq_fieldbook::model::detention::{Detained, DetentionStep, Protected, StepKind};
use jasaq_fieldbook::model::ids::{CaseId, PatrolId};
use jasaq_fieldbook::model::page::GateState;
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, PatrolEnd, PatrolStart};
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::position::Place;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::statement::Kind;
use jasaq_fieldbook::model::words::Label;
use jasaq_tests::{Field, Phone, handed_over, name, note, text};

const SEED: u64 = 61;

/// A patrol whose volunteer detained somebody, who is not handed over yet. A second head stays one.
struct Case {
    field: Field,
    head: Phone,
    second: Phone,
    ss: Phone,
    aray: Phone,
    of: (PatrolId, CaseId),
}

fn detained(full_name: &str, replaces: Before) -> Detained {
    Detained {
        patrol: None,
        full_name: Some(name(full_name)),
        born: None,
        paper: None,
        offence: note("шекара режимін бұзу"),
        protected_object: None,
        place: Place::default(),
        occurred_at: None,
        because: (!replaces.is_empty()).then(|| name("паспорттан оқылды")),
        replaces,
    }
}

impl Case {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let [head, ss] = ["head", "ss"].map(|name| field.device(name));
        let second = field.join_squad("head 2", ss, Role::SquadHead);
        let aray = field.phone("aray");
        let start = PatrolStart {
            controlling_representative: Some(name("майор С.")),
            area_component: Some(AreaComponent::BorderZone),
            ..PatrolStart::new(ActivityMode::Joint)
        };
        let patrol = field.book(head).start_patrol(start).unwrap();
        field.run_until_quiet();
        let book = field.book(aray);
        let case = book
            .detain((patrol, "адам ұсталды".to_owned()), detained("Н. Н.", Before::default()))
            .unwrap();
        for step in [StepKind::GroundsExplained, StepKind::UnitTold] {
            let language = (step == StepKind::GroundsExplained).then(|| Label::new("ru").unwrap());
            let step = DetentionStep { language, ..DetentionStep::new(step) };
            book.step_of_case((patrol, case), step).unwrap();
        }
        field.minutes_pass(30);
        field.run_until_quiet();
        Self { field, head, second, ss, aray, of: (patrol, case) }
    }

    fn end(&mut self) {
        let (book, of) = (self.field.book(self.head), self.of);
        book.hand_over(of, ("тапсырылды".to_owned(), handed_over())).unwrap();
        book.end_patrol(of.0, PatrolEnd::default()).unwrap();
        self.field.run_until_quiet();
    }

    /// A head says who was detained.
    fn put_right(&mut self, by: Phone) {
        let book = self.field.book(by);
        let case = book.cases(self.of.0).unwrap().remove(0);
        let first = case.record().detained[0].0.cause();
        let right = Protected::Detained(detained("Н. Петров", Before::first_of([first])));
        book.put_right(self.of, right).unwrap();
    }

    fn becomes(&mut self, phone: Phone, role: Role) {
        let device = self.field.id(phone);
        self.field.book(self.ss).change_device_role(&device, role).unwrap();
    }

    /// How many words about who was detained stand, how many do not any more, and how many are told differently.
    fn told(&mut self, reader: Phone) -> (usize, usize, usize) {
        let case = self.field.book(reader).cases(self.of.0).unwrap().remove(0);
        let record = case.record();
        (record.detained.len(), record.earlier.len(), record.told_differently.len())
    }
}

#[test]
fn what_a_head_put_right_stays_so_when_his_phone_becomes_a_volunteers() {
    let mut case = Case::new();
    let (head, second, ss, patrol) = (case.head, case.second, case.ss, case.of.0);
    case.put_right(head);
    case.end();
    let mut gates = case.field.book(head).reconcile(patrol).unwrap().gates();
    gates.retain(|gate| gate.state == GateState::Closed);
    assert_eq!(gates, []);
    let page = case.field.book(head).seal_page(patrol, None).unwrap();
    case.field.run_until_quiet();
    case.becomes(head, Role::Volunteer);
    case.field.run_until_quiet();
    for reader in [second, ss] {
        assert_eq!(case.told(reader), (1, 1, 0));
        let mut said = case.field.book(reader).cases(patrol).unwrap().remove(0).said;
        said.retain(|stated| stated.statement.kind() == Kind::Detained);
        let roles: BTreeSet<Option<Role>> = said.iter().map(|stated| stated.role).collect();
        assert_eq!(roles, [Role::Volunteer, Role::SquadHead].map(Some).into());
    }
    let beside = case.field.book(ss).page_beside_log((patrol, page)).unwrap();
    assert!(beside.differing.is_empty(), "an honest page: {beside:?}");
    case.field.book(ss).countersign_page((patrol, page)).unwrap();
}

#[test]
fn what_was_said_as_a_volunteer_hides_nobodys_word_when_its_phone_becomes_a_heads() {
    let mut case = Case::new();
    let (head, second, ss) = (case.head, case.second, case.ss);
    // He has not heard yet that he is no head any more.
    case.becomes(head, Role::Volunteer);
    case.field.contact(ss);
    case.put_right(head);
    case.field.run_until_quiet();
    for reader in [second, ss] {
        assert_eq!(case.told(reader), (2, 0, 1));
    }
    case.becomes(head, Role::SquadHead);
    case.field.run_until_quiet();
    for reader in [second, ss] {
        assert_eq!(case.told(reader), (2, 0, 1), "it was no head's word");
    }
}

#[test]
fn what_somebody_said_on_a_phone_that_was_removed_since_stays_his_in_the_part_that_he_had() {
    let mut case = Case::new();
    let (aray, second, ss) = (case.aray, case.second, case.ss);
    case.becomes(aray, Role::SquadHead);
    case.field.run_until_quiet();
    case.put_right(aray);
    case.field.run_until_quiet();
    let device = case.field.id(aray);
    case.field.book(ss).remove_device(&device, false).unwrap();
    case.field.run_until_quiet();
    let said = case.field.book(second).cases(case.of.0).unwrap().remove(0).said;
    let roles: Vec<Role> = said
        .iter()
        .filter(|stated| stated.author.as_bytes() == device.as_bytes())
        .filter_map(|stated| stated.role)
        .collect();
    let volunteers = roles.iter().filter(|role| **role == Role::Volunteer).count();
    assert_eq!((volunteers, roles.len()), (3, 4), "{roles:?}");
    assert_eq!(case.told(second), (1, 1, 0));
}

#[test]
fn what_one_takes_back_on_his_other_phone_stays_taken_back_when_that_becomes_a_volunteers() {
    let mut case = Case::new();
    let (head, ss) = (case.head, case.ss);
    let member = case.field.member(head);
    let code = case.field.book(ss).invite(Membering::Beside(member)).unwrap().code;
    let other = case.field.ask_to_join("head's tablet", &code, 0);
    case.field.run_until_quiet();
    let words = case.field.book(other).status().unwrap().join_words.unwrap();
    case.field.book(ss).confirm(&words).unwrap();
    case.field.run_until_quiet();
    let [part, whole] = [0, 1].map(|_| {
        let patrol = case.field.start_patrol(head);
        case.field.end_patrol(head, patrol);
        patrol
    });
    let key = case.field.book(head).attach_patrol(part, whole).unwrap();
    case.field.run_until_quiet();
    let log = case.field.book(other).patrol(part).unwrap().log;
    let attached = log.stated().iter().find(|stated| stated.key == key).unwrap().cause();
    case.field
        .book(other)
        .take_back_of_log((part, &attached), text("басқа патруль"))
        .unwrap();
    case.becomes(other, Role::Volunteer);
    case.field.run_until_quiet();
    for reader in [head, ss] {
        assert_eq!(case.field.book(reader).patrol(part).unwrap().part_of, None);
    }
}
