//! What somebody says under a record's id in a space of another kind: it hides nothing, and leads nothing elsewhere (001-§10(5);
//! architecture §4).

use jasaq_fieldbook::FieldbookRefused;
use jasaq_fieldbook::model::detention::{Detained, DetentionStep, Protected, StepKind};
use jasaq_fieldbook::model::entry::{Activity, EntryDraft, InspectionKind};
use jasaq_fieldbook::model::ids::{CaseId, PatrolId};
use jasaq_fieldbook::model::moment::Moment;
use jasaq_fieldbook::model::page::GateState;
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, PatrolEnd, PatrolStart};
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::statement::Body;
use jasaq_fieldbook::model::words::Label;
use jasaq_fieldbook::protocol::membership::SpaceKind;
use jasaq_tests::{Field, Phone, detained, handed_over, inside, name, text};

const SEED: u64 = 61;
const REASON: &str = "басқа адам тапсырылды";

/// Earlier than anything that anybody records.
fn long_ago() -> Moment {
    "1970-01-02T00:00:00+00:00".parse().unwrap()
}

fn inspection() -> EntryDraft {
    let activity = Activity::Inspection { kind: InspectionKind::Route, mode: ActivityMode::Joint };
    EntryDraft::new(activity, "із байқалды")
}

/// A squad on patrol whose volunteer detained somebody and has a changed program.
struct Squad {
    field: Field,
    head: Phone,
    ss: Phone,
    aray: Phone,
    patrol: PatrolId,
    case: CaseId,
}

impl Squad {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let [head, ss] = ["head", "ss"].map(|name| field.device(name));
        let aray = field.phone("aray");
        let start = PatrolStart {
            controlling_representative: Some(name("майор С.")),
            area_component: Some(AreaComponent::BorderZone),
            ..PatrolStart::new(ActivityMode::Joint)
        };
        let patrol = field.book(head).start_patrol(start).unwrap();
        field.run_until_quiet();
        field.book(aray).write_entry(patrol, inspection(), None).unwrap();
        let case = field
            .book(aray)
            .detain((patrol, "адам ұсталды".to_owned()), detained())
            .unwrap();
        field.run_until_quiet();
        Self { field, head, ss, aray, patrol, case }
    }

    fn says_of(&mut self, kind: SpaceKind, document: [u8; 16], body: Body) {
        self.field.book(self.aray).state_under((kind, document), body).unwrap();
        self.field.run_until_quiet();
    }

    /// Something said of the case among the patrols, long ago, where the squad reads it.
    fn leads_the_case_astray(&mut self) {
        let entry = EntryDraft { occurred_at: Some(long_ago()), ..inspection() }.check().unwrap();
        self.says_of(SpaceKind::Patrols, *self.case.as_bytes(), Body::Entry(entry));
    }

    /// What counts of the log, as somebody is shown it.
    fn lines(&mut self, phone: Phone) -> usize {
        let view = self.field.book(phone).patrol(self.patrol).unwrap();
        view.log.stated().len()
    }
}

#[test]
fn what_a_volunteer_says_under_a_patrols_id_where_cases_stand_hides_neither_its_log_nor_its_page() {
    let mut squad = Squad::new();
    let (head, ss, patrol) = (squad.head, squad.ss, squad.patrol);
    let lines = [head, ss].map(|phone| squad.lines(phone));
    let said = Detained { occurred_at: Some(long_ago()), ..detained() };
    squad.says_of(SpaceKind::Protected, *patrol.as_bytes(), Body::Protected(Protected::Detained(said)));
    assert_eq!([head, ss].map(|phone| squad.lines(phone)), lines);

    squad.field.minutes_pass(90);
    let book = squad.field.book(head);
    let explained = DetentionStep::new(StepKind::GroundsExplained);
    let explained = DetentionStep { language: Some(Label::new("ru").unwrap()), ..explained };
    for step in [explained, DetentionStep::new(StepKind::UnitTold)] {
        book.step_of_case((patrol, squad.case), step).unwrap();
    }
    book.hand_over((patrol, squad.case), ("тапсырылды".to_owned(), handed_over()))
        .unwrap();
    squad.field.minutes_pass(60);
    squad.field.book(head).end_patrol(patrol, PatrolEnd::default()).unwrap();
    squad.field.minutes_pass(1);
    squad.field.run_until_quiet();
    let mut gates = squad.field.book(head).reconcile(patrol).unwrap().gates();
    gates.retain(|gate| gate.state == GateState::Closed);
    assert_eq!(gates, []);
    let page = squad.field.book(head).seal_page(patrol, None).unwrap();
    squad.field.run_until_quiet();
    for phone in [head, ss] {
        let pages = squad.field.book(phone).pages().unwrap();
        assert_eq!(pages.iter().map(|page| page.patrol).collect::<Vec<_>>(), [patrol]);
    }
    squad.field.book(ss).countersign_page((patrol, page)).unwrap();
}

#[test]
fn what_a_volunteer_says_under_a_cases_id_among_the_patrols_stops_neither_its_steps_nor_its_end() {
    let mut squad = Squad::new();
    squad.leads_the_case_astray();
    let (head, of) = (squad.head, (squad.patrol, squad.case));
    let book = squad.field.book(head);
    book.step_of_case(of, DetentionStep::new(StepKind::UnitTold)).unwrap();
    book.hand_over(of, ("тапсырылды".to_owned(), handed_over())).unwrap();
    squad.field.run_until_quiet();
    let case = squad.field.book(squad.ss).cases(squad.patrol).unwrap().remove(0);
    assert_eq!(case.record().handed_over.len(), 1);
    let again = squad.field.book(head).hand_over(of, ("тағы".to_owned(), handed_over()));
    assert!(matches!(again, Err(FieldbookRefused::Log(LogRefused::CaseEnded))), "{again:?}");
}

#[test]
fn why_something_of_a_case_was_taken_back_the_squad_does_not_read_whatever_it_says_under_its_id() {
    let mut squad = Squad::new();
    let (head, of) = (squad.head, (squad.patrol, squad.case));
    squad
        .field
        .book(head)
        .hand_over(of, ("тапсырылды".to_owned(), handed_over()))
        .unwrap();
    squad.leads_the_case_astray();
    let case = squad.field.book(head).cases(squad.patrol).unwrap().remove(0);
    let end = case.record().handed_over[0].0.cause();
    squad.field.book(head).take_back_of_case(of, &end, text(REASON)).unwrap();
    squad.field.run_until_quiet();
    let reads = |phone: Phone| {
        let vault = inside::vault_of(squad.field.home(phone));
        let said =
            format!("SELECT count(*) FROM statements WHERE instr(fields, CAST('{REASON}' AS BLOB)) > 0");
        inside::number(&vault, &said) > 0
    };
    assert!(reads(squad.ss), "otherwise nothing is shown");
    assert!(!reads(squad.aray));
}
