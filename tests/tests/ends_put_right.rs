//! What ended a case is put right or taken back in the log too: pages and figures tell of it once, or not at all (001-§10(5); requirements
//! §8).

use jasaq_fieldbook::model::detention::{HandedOver, Protected, Released};
use jasaq_fieldbook::model::entry::ReceiverKind;
use jasaq_fieldbook::model::ids::{CaseId, PatrolId};
use jasaq_fieldbook::model::page::Page;
use jasaq_fieldbook::model::patrol::{ActivityMode, PatrolStart};
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::reconcile::OpenDecision;
use jasaq_fieldbook::model::register::Cause;
use jasaq_fieldbook::model::settling::SettledField;
use jasaq_fieldbook::model::statement::Body;
use jasaq_tests::{Field, Phone, detained, name, note, text};

const SEED: u64 = 59;

fn handed_over(receiver: ReceiverKind, replaces: Before) -> HandedOver {
    let because = (!replaces.is_empty()).then(|| name("актіден оқылды"));
    HandedOver {
        receiver,
        body: name("застава"),
        officer: name("аға лейтенант Б."),
        at_place: None,
        items: None,
        duty: None,
        occurred_at: None,
        replaces,
        because,
    }
}

fn released() -> Released {
    Released {
        ordered_by: name("майор С."),
        reason: note("кінәсі жоқ"),
        occurred_at: None,
        replaces: Before::default(),
        because: None,
    }
}

/// A person whom a phone detained and handed over, an hour later.
struct Ended {
    field: Field,
    head: Phone,
    of: (PatrolId, CaseId),
}

impl Ended {
    fn by(who: &str) -> (Self, Phone) {
        let mut field = Field::new(SEED);
        let head = field.device("head");
        let by = if who == "head" { head } else { field.phone(who) };
        let patrol = field.book(head).start_patrol(PatrolStart::new(ActivityMode::Joint)).unwrap();
        field.run_until_quiet();
        let said = (patrol, "адам ұсталды".to_owned());
        let case = field.book(by).detain(said, detained()).unwrap();
        field.minutes_pass(60);
        let handed = handed_over(ReceiverKind::BorderUnit, Before::default());
        field
            .book(by)
            .hand_over((patrol, case), ("тапсырылды".to_owned(), handed))
            .unwrap();
        (Self { field, head, of: (patrol, case) }, by)
    }

    /// The end that stands.
    fn end(&mut self, phone: Phone) -> Cause {
        let cases = self.field.book(phone).cases(self.of.0).unwrap();
        let mut ends = cases[0]
            .said
            .iter()
            .filter(|stated| matches!(&stated.statement.body, Body::Protected(Protected::HandedOver(_))));
        ends.next().unwrap().cause()
    }

    fn page(&mut self) -> Page {
        self.field.book(self.head).preview_page(self.of.0, None).unwrap().page
    }

    /// What the events of the page are, by the codes of their activities.
    fn activities(&mut self) -> Vec<Option<String>> {
        let activity = |lines: &[jasaq_fieldbook::model::page::FieldLine]| {
            lines
                .iter()
                .find(|line| line.field == "activity")
                .and_then(|line| line.value.clone())
        };
        self.page().events.iter().map(|event| activity(&event.fields)).collect()
    }
}

fn codes(written: &[&str]) -> Vec<Option<String>> {
    written.iter().map(|code| Some((*code).to_owned())).collect()
}

#[test]
fn a_hand_over_that_was_taken_back_is_no_event_and_why_stays_with_the_record() {
    let (mut ended, head) = Ended::by("head");
    let end = ended.end(head);
    let of = ended.of;
    ended.field.minutes_pass(5);
    ended
        .field
        .book(head)
        .take_back_of_case(of, &end, text("Н. Н. босатылған болатын"))
        .unwrap();
    ended
        .field
        .book(head)
        .release(of, ("босатылды".to_owned(), released()))
        .unwrap();
    assert_eq!(ended.activities(), codes(&["detain_deliver", "detain_deliver"]), "detained, and released");
    let page = ended.page();
    assert_eq!((page.withdrawn.len(), page.cases[0].stage.as_str()), (1, "released"));
    let log = ended.field.book(head).patrol(of.0).unwrap().log;
    let words = |body: &Body| format!("{body:?}").contains("босатылған болатын");
    assert!(!log.stated().iter().any(|stated| words(&stated.statement.body)), "no names in the log");
}

#[test]
fn a_hand_over_that_its_author_puts_right_stands_once_as_it_was() {
    let (mut ended, aray) = Ended::by("aray");
    let replaces = Before::new([ended.end(aray)]).unwrap();
    ended.field.minutes_pass(5);
    let handed = handed_over(ReceiverKind::OtherAuthorisedBody, replaces);
    ended
        .field
        .book(aray)
        .hand_over(ended.of, ("басқа органға тапсырылды".to_owned(), handed))
        .unwrap();
    ended.field.run_until_quiet();
    assert_eq!(ended.activities(), codes(&["detain_deliver", "detain_deliver/other_authorised_body"]));
    assert_eq!(ended.page().events[1].amended, 1, "what was said first stays to be read");
}

#[test]
fn a_hand_over_that_the_head_puts_right_for_another_is_one_event_of_which_he_decides() {
    let (mut ended, _) = Ended::by("aray");
    ended.field.run_until_quiet();
    let head = ended.head;
    let replaces = Before::new([ended.end(head)]).unwrap();
    ended.field.minutes_pass(90);
    let handed = handed_over(ReceiverKind::OtherAuthorisedBody, replaces);
    ended
        .field
        .book(head)
        .hand_over(ended.of, ("басқа органға тапсырылды".to_owned(), handed))
        .unwrap();
    assert_eq!(ended.page().events.len(), 2, "detained, and handed over once");
    let open = ended.field.book(head).open_decisions(ended.of.0).unwrap();
    let fields: Vec<SettledField> = open
        .iter()
        .map(|open| match open {
            OpenDecision::Field { field, .. } => *field,
            OpenDecision::SameEvent { .. } => panic!("{open:?}"),
        })
        .collect();
    assert_eq!(fields, [SettledField::Activity, SettledField::Time]);
}
