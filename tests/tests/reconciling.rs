//! From several phones' logs to one sealed page (001-§7, 10, 12, 23; requirements §7.3, 7.4).

use jasaq_fieldbook::model::detention::{DetentionStep, HandedOver, Protected, StepKind};
use jasaq_fieldbook::model::entry::{Activity, Count, EntryDraft, InspectionKind, ReceiverKind};
use jasaq_fieldbook::model::ids::{CaseId, PatrolId, StatementRef};
use jasaq_fieldbook::model::page::{Gate, GateKind, GateState, PageChain, PageState};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, PatrolEnd, PatrolStart};
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::reconcile::OpenDecision;
use jasaq_fieldbook::model::register::Cause;
use jasaq_fieldbook::model::settling::{Attended, Choice, ExcuseReason, Sameness, SettledField};
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::statement::Body;
use jasaq_fieldbook::model::words::{Label, Text};
use jasaq_fieldbook::{FieldbookRefused, PageView};
use jasaq_tests::{Field, Phone, detained, name, note, why_not as why};

const SEED: u64 = 17;
const MINUTE_MS: i64 = 60_000;

/// A squad out on one patrol, started by its head.
struct Evening {
    field: Field,
    head: Phone,
    ss: Phone,
    aray: Phone,
    dana: Phone,
    patrol: PatrolId,
}

impl Evening {
    /// Whether a phone opens these words in a page.
    fn reads(&mut self, phone: Phone, page: &PageView, words: &str) -> bool {
        let openings = self.field.book(phone).page_openings(page).unwrap();
        openings.iter().any(|opening| opening.value == words)
    }

    fn out() -> Self {
        Self::out_with(PatrolStart {
            controlling_representative: Some(name("майор С.")),
            area_component: Some(AreaComponent::BorderZone),
            ..PatrolStart::new(ActivityMode::Joint)
        })
    }

    fn out_with(start: PatrolStart) -> Self {
        let mut field = Field::new(SEED);
        let (head, ss) = (field.device("head"), field.device("ss"));
        let [aray, dana] = ["aray", "dana"].map(|name| field.phone(name));
        let patrol = field.book(head).start_patrol(start).unwrap();
        field.run_until_quiet();
        Self { field, head, ss, aray, dana, patrol }
    }

    fn pass(&mut self, minutes: i64) {
        self.field.clock(self.head).turn_ms(minutes * MINUTE_MS);
    }

    fn count(&mut self, phone: Phone, count: u32) -> Cause {
        let activity = Activity::Inspection { kind: InspectionKind::Route, mode: ActivityMode::Joint };
        let draft = EntryDraft { counted: Count::new(count), ..EntryDraft::new(activity, "із бар") };
        let key = self.field.book(phone).write_entry(self.patrol, draft, None).unwrap();
        self.cause(phone, &key)
    }

    fn cause(&mut self, phone: Phone, key: &StatementRef) -> Cause {
        let view = self.field.book(phone).patrol(self.patrol).unwrap();
        let stated = view.log.stated().iter().find(|stated| stated.key == *key).unwrap();
        stated.cause()
    }

    fn end(&mut self) {
        self.pass(30);
        self.field
            .book(self.head)
            .end_patrol(self.patrol, PatrolEnd::default())
            .unwrap();
        self.pass(1);
        self.field.run_until_quiet();
    }

    fn open(&mut self, phone: Phone) -> Vec<OpenDecision> {
        self.field.book(phone).open_decisions(self.patrol).unwrap()
    }

    fn closed_gates(&mut self) -> Vec<GateKind> {
        let reconciling = self.field.book(self.head).reconcile(self.patrol).unwrap();
        let gates = reconciling.gates().into_iter();
        gates
            .filter(|gate| gate.state == GateState::Closed)
            .map(|gate| gate.kind)
            .collect()
    }

    /// Decides everything that is open as the first says.
    fn decide_all(&mut self) {
        loop {
            let open = self.open(self.head);
            let Some(decision) = open.first().cloned() else { return };
            let (head, patrol) = (self.field.book(self.head), self.patrol);
            match decision {
                OpenDecision::SameEvent { entries, .. } => {
                    let entries = entries.iter().cloned().collect();
                    head.decide_same((patrol, entries), (Sameness::One, None)).unwrap();
                }
                OpenDecision::Field { entries, field, .. } => {
                    let first = entries.iter().next().cloned().unwrap();
                    head.decide_field((patrol, field, &entries), (Choice::Said(first), None))
                        .unwrap();
                }
            }
        }
    }

    /// The names of persons detained that a phone shows.
    fn named(&mut self, phone: Phone) -> Vec<String> {
        let cases = self.field.book(phone).cases(self.patrol).unwrap();
        let said = cases.iter().flat_map(|case| case.said.clone());
        let names = said.filter_map(|stated| match stated.statement.body {
            Body::Protected(Protected::Detained(detained)) => detained.full_name,
            _ => None,
        });
        names.map(|name| name.to_string()).collect()
    }

    fn seal(&mut self) -> jasaq_fieldbook::model::ids::PageHash {
        let page = self.field.book(self.head).seal_page(self.patrol, None).unwrap();
        self.field.run_until_quiet();
        page
    }
}

fn step(step: StepKind, language: Option<&str>) -> DetentionStep {
    let language = language.map(|language| Label::new(language).unwrap());
    DetentionStep { language, ..DetentionStep::new(step) }
}

fn handed_over() -> HandedOver {
    HandedOver {
        receiver: ReceiverKind::LawEnforcementBody,
        body: name("Зайсан полиция бөлімі"),
        officer: name("аға лейтенант Б."),
        at_place: None,
        items: None,
        duty: None,
        occurred_at: None,
        replaces: Before::default(),
        because: None,
    }
}

#[test]
fn a_disagreement_is_decided_once_and_shown_alike_on_every_device_up_to_the_book() {
    let mut evening = Evening::out();
    let (head, ss, aray, dana, patrol) =
        (evening.head, evening.ss, evening.aray, evening.dana, evening.patrol);
    evening.pass(10);
    let three = evening.count(aray, 3);
    evening.pass(2);
    let five = evening.count(dana, 5);
    evening.end();
    for phone in [head, ss, aray, dana] {
        let open = evening.open(phone);
        assert!(matches!(open.as_slice(), [OpenDecision::SameEvent { .. }]), "{open:?}");
    }
    assert_eq!(evening.closed_gates(), [GateKind::Decided]);
    assert_eq!(why(evening.field.book(head).seal_page(patrol, None)), LogRefused::GatesClosed);
    let both = vec![three.clone(), five.clone()];
    let refused = evening
        .field
        .book(aray)
        .decide_same((patrol, both.clone()), (Sameness::One, None));
    assert!(matches!(refused, Err(FieldbookRefused::MayNotState { .. })), "only the head decides");
    evening
        .field
        .book(head)
        .decide_same((patrol, both), (Sameness::One, None))
        .unwrap();
    evening.field.run_until_quiet();
    for phone in [head, ss, aray, dana] {
        assert_eq!(evening.open(phone).len(), 2, "how many they were, and when");
    }
    let entries = Before::new([three, five.clone()]).unwrap();
    for decision in evening.open(head) {
        let OpenDecision::Field { field, .. } = decision else { panic!() };
        let choice = (Choice::Said(five.clone()), Some(note("жақсырақ көрді")));
        evening
            .field
            .book(head)
            .decide_field((patrol, field, &entries), choice)
            .unwrap();
    }
    evening.field.run_until_quiet();
    for phone in [head, ss, aray, dana] {
        assert_eq!(evening.open(phone), []);
    }
    assert_eq!(evening.closed_gates(), []);
    let page = evening.seal();
    assert_eq!(why(evening.field.book(head).seal_page(patrol, None)), LogRefused::NothingNew);
    let number = evening.field.book(ss).countersign_page((patrol, page)).unwrap();
    assert_eq!(number.to_string(), "2026-1");
    assert_eq!(why(evening.field.book(ss).countersign_page((patrol, page))), LogRefused::Countersigned);
    let today = evening.field.book(ss).today();
    evening.field.book(ss).enter_page((patrol, page), (name("III"), today)).unwrap();
    evening.field.run_until_quiet();
    for phone in [head, ss, aray, dana] {
        let pages = evening.field.book(phone).pages().unwrap();
        let [shown] = pages.as_slice() else { panic!("one page") };
        assert_eq!(
            (shown.hash, shown.state, shown.numbers.as_slice()),
            (page, PageState::Entered, [number].as_slice())
        );
        let [event] = shown.page.events.as_slice() else { panic!("one event") };
        let count = event.fields.iter().find(|line| line.field == "count").unwrap();
        assert_eq!((count.value.as_deref(), count.others[0].value.as_str()), (Some("5"), "3"));
        let is_read = evening.reads(phone, shown, "жақсырақ көрді");
        assert_eq!(is_read, [head, ss].contains(&phone), "of a reason others see that there was one");
        assert_eq!(event.told_by.len(), 2);
    }
}

#[test]
fn a_phone_that_is_not_waited_for_and_turns_up_makes_an_amendment_and_changes_no_page() {
    let mut evening = Evening::out();
    let (head, ss, aray, dana, patrol) =
        (evening.head, evening.ss, evening.aray, evening.dana, evening.patrol);
    evening.count(aray, 3);
    evening.field.run_until_quiet();
    let late = evening.count(dana, 7);
    evening.pass(30);
    evening.field.book(head).end_patrol(patrol, PatrolEnd::default()).unwrap();
    evening.pass(1);
    for phone in [head, aray, head, ss] {
        evening.field.contact(phone);
    }
    let member = evening.field.member(dana);
    evening
        .field
        .book(head)
        .say_attended((patrol, member), (Attended::Attended, None))
        .unwrap();
    assert_eq!(evening.closed_gates(), [GateKind::PhonesHere], "nothing came from her phone");
    let tiles = evening.field.book(head).reconcile(patrol).unwrap().phones;
    let hers = tiles.iter().find(|tile| tile.member == Some(member)).unwrap().device;
    let other = (ExcuseReason::Other, None);
    assert_eq!(
        why(evening.field.book(head).excuse_phone((patrol, hers), other.clone())),
        LogRefused::ExcuseWordsNeeded
    );
    let own = evening.field.book(head).reconcile(patrol).unwrap().phones;
    let member = evening.field.member(head);
    let own = own.iter().find(|tile| tile.member == Some(member)).unwrap().device;
    assert_eq!(why(evening.field.book(head).excuse_phone((patrol, own), other)), LogRefused::OwnPhone);
    evening
        .field
        .book(head)
        .excuse_phone((patrol, hers), (ExcuseReason::Broken, None))
        .unwrap();
    let page = evening.field.book(head).seal_page(patrol, None).unwrap();
    evening.field.run_until_quiet();
    let number = evening.field.book(ss).countersign_page((patrol, page)).unwrap();
    evening.field.run_until_quiet();
    let reconciling = evening.field.book(head).reconcile(patrol).unwrap();
    assert_eq!(reconciling.late(), [late]);
    let before = reconciling.page.clone().unwrap();
    assert_eq!((before.0, before.1.events.len()), (page, 1), "the sealed page is what it was");
    assert_eq!(why(evening.field.book(head).seal_page(patrol, None)), LogRefused::GatesClosed);
    evening.decide_all();
    assert_eq!(why(evening.field.book(head).seal_page(patrol, None)), LogRefused::AmendmentReasonNeeded);
    let reason = Some(note("Дананың телефоны табылды"));
    let amended = evening.field.book(head).seal_page(patrol, reason.as_ref()).unwrap();
    evening.field.run_until_quiet();
    let again = evening.field.book(ss).countersign_page((patrol, amended)).unwrap();
    assert_eq!((again.to_string(), number.to_string()), ("2026-1-1".to_owned(), "2026-1".to_owned()));
    let pages = evening.field.book(ss).pages().unwrap();
    let late: Vec<bool> = pages[1].page.events.iter().map(|event| event.late).collect();
    assert_eq!((pages.len(), late), (2, vec![true]), "told by both, of whom one was late");
    assert_eq!(pages[1].page.before, Some(page.to_string()));
}

#[test]
fn pages_that_were_sealed_apart_are_both_there_and_the_subdivision_says_which_goes_on() {
    let mut evening = Evening::out();
    let (head, ss, patrol) = (evening.head, evening.ss, evening.patrol);
    let other = evening
        .field
        .join_squad("head 2", ss, jasaq_fieldbook::model::roles::Role::SquadHead);
    evening.field.run_until_quiet();
    evening.count(evening.aray, 3);
    evening.field.run_until_quiet();
    evening.end();
    let one = evening.field.book(head).seal_page(patrol, None).unwrap();
    let two = evening.field.book(other).seal_page(patrol, None).unwrap();
    evening.field.run_until_quiet();
    let view = evening.field.book(ss).patrol(patrol).unwrap();
    assert!(PageChain::of(&view.log).is_forked());
    assert_eq!(
        why(evening.field.book(head).seal_page(patrol, Some(&note("қайта")))),
        LogRefused::NotTheLastPage
    );
    evening.field.book(ss).countersign_page((patrol, two)).unwrap();
    let view = evening.field.book(ss).patrol(patrol).unwrap();
    assert_eq!(
        PageChain::of(&view.log).last().map(|last| last.sealed.page),
        Some(two),
        "which goes on is said"
    );
    assert_eq!(why(evening.field.book(ss).countersign_page((patrol, one))), LogRefused::NotTheLastPage);
}

#[test]
fn a_detention_holds_the_seal_until_it_is_whole_and_then_leaves_the_volunteers_phone() {
    let mut evening = Evening::out();
    let (head, ss, aray, dana, patrol) =
        (evening.head, evening.ss, evening.aray, evening.dana, evening.patrol);
    let case = evening
        .field
        .book(aray)
        .detain((patrol, "адам ұсталды".to_owned()), detained())
        .unwrap();
    let of = (patrol, case);
    evening.end();
    assert_eq!(evening.closed_gates(), [GateKind::DetentionsEnded]);
    evening
        .field
        .book(aray)
        .step_of_case(of, step(StepKind::GroundsExplained, Some("ru")))
        .unwrap();
    evening
        .field
        .book(aray)
        .step_of_case(of, step(StepKind::UnitTold, None))
        .unwrap();
    evening
        .field
        .book(aray)
        .hand_over(of, ("тапсырылды".to_owned(), handed_over()))
        .unwrap();
    assert_eq!(
        why(evening
            .field
            .book(aray)
            .hand_over((patrol, CaseId::from_bytes([1; 16])), (String::new(), handed_over()))),
        LogRefused::NoCase
    );
    assert_eq!(evening.named(aray), ["Н. Н."], "nobody else has it yet");
    evening.field.run_until_quiet();
    evening.field.contact(aray);
    evening.field.contact(aray);
    assert_eq!(evening.named(aray), Vec::<String>::new(), "it has left his phone");
    assert_eq!(evening.named(dana), Vec::<String>::new());
    for phone in [head, ss] {
        assert_eq!(evening.named(phone), ["Н. Н."]);
    }
    assert_eq!(
        why(evening.field.book(aray).step_of_case(of, step(StepKind::MeasuresTold, None))),
        LogRefused::NoCase
    );
    evening.decide_all();
    assert_eq!(evening.closed_gates(), []);
    let page = evening.seal();
    let pages = evening.field.book(ss).pages().unwrap();
    let written = String::from_utf8(pages[0].bytes.as_bytes().to_vec()).unwrap();
    assert_eq!(pages[0].hash, page);
    assert!(!written.contains("Н. Н.") && written.contains("handed_over"), "{written}");
}

#[test]
fn what_is_said_of_a_case_after_the_seal_is_late_and_makes_an_amendment() {
    let mut evening = Evening::out();
    let (head, ss, aray, dana, patrol) =
        (evening.head, evening.ss, evening.aray, evening.dana, evening.patrol);
    let book = evening.field.book(aray);
    let of = (patrol, book.detain((patrol, "адам ұсталды".to_owned()), detained()).unwrap());
    book.step_of_case(of, step(StepKind::GroundsExplained, Some("ru"))).unwrap();
    book.step_of_case(of, step(StepKind::UnitTold, None)).unwrap();
    book.hand_over(of, ("тапсырылды".to_owned(), handed_over())).unwrap();
    evening.end();
    evening.seal();
    let late = |evening: &mut Evening, phone| evening.field.book(phone).reconcile(patrol).unwrap().late();
    for phone in [head, ss, aray, dana] {
        assert_eq!(late(&mut evening, phone), [], "those who read it and those who do not");
    }
    let book = evening.field.book(head);
    assert_eq!(why(book.seal_page(patrol, None)), LogRefused::NothingNew);
    book.step_of_case(of, step(StepKind::InDelivery, None)).unwrap();
    evening.field.run_until_quiet();
    let reconciling = evening.field.book(head).reconcile(patrol).unwrap();
    let is_late = |gate: &Gate| gate.kind == GateKind::LateMarked && gate.state == GateState::Flagged;
    assert!(reconciling.late().len() == 1 && reconciling.gates().iter().any(is_late));
    assert_eq!(late(&mut evening, ss).len(), 1);
    assert_eq!(late(&mut evening, dana), [], "nobody misses what he does not read");
    let book = evening.field.book(head);
    assert_eq!(why(book.seal_page(patrol, None)), LogRefused::AmendmentReasonNeeded);
    book.seal_page(patrol, Some(&note("кейін айтылды"))).unwrap();
    assert_eq!(late(&mut evening, head), []);
}

#[test]
fn whoever_detained_somebody_hides_him_by_no_withdrawal_and_ends_nothing_twice_unsaid() {
    let mut evening = Evening::out();
    let (head, aray, patrol) = (evening.head, evening.aray, evening.patrol);
    let case = evening
        .field
        .book(aray)
        .detain((patrol, "адам ұсталды".to_owned()), detained())
        .unwrap();
    let of = (patrol, case);
    let handed = |evening: &mut Evening, replaces| {
        let handed = HandedOver { replaces, ..handed_over() };
        evening.field.book(aray).hand_over(of, ("тапсырылды".to_owned(), handed))
    };
    for (kind, language) in [(StepKind::GroundsExplained, Some("ru")), (StepKind::UnitTold, None)] {
        evening.field.book(aray).step_of_case(of, step(kind, language)).unwrap();
    }
    handed(&mut evening, Before::default()).unwrap();
    assert_eq!(why(handed(&mut evening, Before::default())), LogRefused::CaseEnded, "on his own phone too");
    let said = evening.field.book(aray).cases(patrol).unwrap().remove(0).said;
    let phantom = (patrol, CaseId::from_bytes([9; 16]));
    let elsewhere = HandedOver { replaces: Before::first_of([said[0].cause()]), ..handed_over() };
    let nowhere = evening
        .field
        .book(aray)
        .hand_over(phantom, ("тапсырылды".to_owned(), elsewhere.clone()));
    assert_eq!(why(nowhere), LogRefused::NoCase, "what is put right is of a case that is there");
    let detained_by_end = evening.field.book(aray).hand_over(of, ("тапсырылды".to_owned(), elsewhere));
    assert_eq!(why(detained_by_end), LogRefused::AnotherKind);
    let is_end =
        |stated: &&Stated| matches!(stated.statement.body, Body::Protected(Protected::HandedOver(_)));
    let first = said.iter().find(is_end).unwrap().cause();
    handed(&mut evening, Before::first_of([first])).unwrap();

    let lines = evening.field.book(aray).cases(patrol).unwrap().remove(0).entries;
    for line in &lines {
        let reason = Text::new("жасырғым келеді").unwrap();
        evening.field.book(aray).take_back_of_log((patrol, line), reason).unwrap();
    }
    evening.end();
    let cases = evening.field.book(head).cases(patrol).unwrap();
    assert_eq!((cases.len(), cases[0].record().handed_over.len()), (1, 1), "what was put right is one end");
    assert_eq!(evening.closed_gates(), []);
    let page = evening.field.book(head).preview_page(patrol, None).unwrap().page;
    assert_eq!(page.cases.len(), 1);
}

#[test]
fn what_nobody_said_at_the_start_the_head_writes_with_a_reason_and_the_page_has_it() {
    let mut evening = Evening::out_with(PatrolStart::new(ActivityMode::Joint));
    let (head, patrol) = (evening.head, evening.patrol);
    let three = evening.count(evening.aray, 3);
    evening.end();
    assert_eq!(evening.closed_gates(), [GateKind::Representative, GateKind::Area]);
    let view = evening.field.book(head).patrol(patrol).unwrap();
    let start = Before::new(view.log.starts().map(|(stated, _)| stated.cause())).unwrap();
    let decide = |evening: &mut Evening, (field, entries): (SettledField, &Before), written: &str| {
        let choice = (Choice::Another(note(written)), Some(note("басында айтылмады")));
        evening.field.book(head).decide_field((patrol, field, entries), choice)
    };
    decide(&mut evening, (SettledField::Representative, &start), "майор С.").unwrap();
    decide(&mut evening, (SettledField::Area, &start), "border_zone").unwrap();
    let silent = (Choice::Said(start.iter().next().cloned().unwrap()), None);
    let said_nothing = evening
        .field
        .book(head)
        .decide_field((patrol, SettledField::Area, &start), silent);
    assert_eq!(why(said_nothing), LogRefused::NotThere, "the start says nothing of the area");
    let of_no_start = Before::new([three]).unwrap();
    for elsewhere in [(SettledField::Count, &start), (SettledField::Task, &of_no_start)] {
        assert_eq!(why(decide(&mut evening, elsewhere, "4")), LogRefused::NotThere, "nothing would read it");
    }
    assert_eq!((evening.closed_gates(), evening.open(head)), (vec![], vec![]));
    evening.seal();
    let pages = evening.field.book(evening.ss).pages().unwrap();
    for (field, value) in [("representative", "майор С."), ("area", "border_zone")] {
        let line = pages[0].page.header.iter().find(|line| line.field == field).unwrap();
        assert_eq!((line.value.as_deref(), line.said, line.of), (Some(value), 0, 1));
        assert_eq!(line.decided.as_ref().unwrap().choice, "another");
    }
}
