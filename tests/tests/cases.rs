//! Cases of which less came than was said, which another ends, or which another would put right (001-§10(4)-(5), 12; requirements
//! §7.4, §8).

use jasaq_fieldbook::model::case::{CaseGap, CaseStage};
use jasaq_fieldbook::model::detention::{Detained, DetentionStep, Protected, StepKind};
use jasaq_fieldbook::model::ids::{CaseId, PatrolId};
use jasaq_fieldbook::model::page::{GateKind, GateState, GateTarget, PhoneState};
use jasaq_fieldbook::model::patrol::{ActivityMode, PatrolStart};
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::position::Place;
use jasaq_fieldbook::model::words::Note;
use jasaq_fieldbook::{CaseView, FieldbookRefused};
use jasaq_tests::{Field, Phone, handed_over, name};

const SEED: u64 = 17;

fn detained(replaces: Before) -> Detained {
    Detained {
        patrol: None,
        full_name: Some(name("Н. Н.")),
        born: None,
        paper: None,
        offence: Note::new("шекара режимін бұзу").unwrap(),
        protected_object: None,
        place: Place::default(),
        occurred_at: None,
        replaces,
        because: Some(name("паспорттан оқылды")),
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
        let (head, ss) = (field.device("head"), field.device("ss"));
        let aray = field.phone("aray");
        let start = PatrolStart::new(ActivityMode::Joint);
        let patrol = field.book(head).start_patrol(start).unwrap();
        field.run_until_quiet();
        let said = (patrol, "адам ұсталды".to_owned());
        let case = field.book(aray).detain(said, detained(Before::default())).unwrap();
        Self { field, head, ss, aray, patrol, case }
    }

    fn case_on(&mut self, phone: Phone) -> Option<CaseView> {
        self.field.book(phone).cases(self.patrol).unwrap().into_iter().next()
    }

    fn satchel_of(&mut self, phone: Phone) -> Vec<u8> {
        let mut satchel = Vec::new();
        self.field.book(phone).export_satchel(&mut satchel).unwrap();
        satchel
    }

    /// Gives a satchel's beginning to the head, and longer ones until this is so.
    fn is_so_when_cut(&mut self, satchel: &[u8], is_so: impl Fn(&mut Self) -> bool) -> bool {
        for length in (0..satchel.len()).step_by(24) {
            self.field.book(self.head).import_satchel(&mut &satchel[..length]).ok();
            if is_so(self) {
                return true;
            }
        }
        false
    }

    /// The detention's line came to the head, and nothing of who it is: by the seed's keys this or that comes first.
    fn by_the_line_alone(seed: u64) -> Option<Self> {
        let mut all = Self::somebody(seed);
        let (head, satchel) = (all.head, all.satchel_of(all.aray));
        all.is_so_when_cut(&satchel, |all| all.case_on(head).is_some());
        all.case_on(head).is_some_and(|case| case.said.is_empty()).then_some(all)
    }
}

/// The first seed of these with which it comes so.
fn seeds() -> impl Iterator<Item = u64> {
    SEED..SEED + 8
}

#[test]
fn what_the_head_adds_to_a_detention_that_has_not_come_makes_it_no_use_of_force_alone() {
    let mut all = seeds().find_map(Held::by_the_line_alone).unwrap();
    let (head, of) = (all.head, (all.patrol, all.case));
    all.field
        .book(head)
        .step_of_case(of, DetentionStep::new(StepKind::UnitTold))
        .unwrap();
    let view = all.case_on(head).unwrap();
    assert_eq!(view.record().stage(), CaseStage::Detained);
    let gates = all.field.book(head).reconcile(all.patrol).unwrap().gates();
    let gate = gates.iter().find(|gate| gate.kind == GateKind::DetentionsEnded).unwrap();
    assert_eq!(gate.state, GateState::Closed);
    assert!(gate.about.contains(&GateTarget::Case(all.case, CaseGap::NobodyDetained)), "{gate:?}");
    all.field.run_until_quiet();
    let gaps = all.case_on(head).unwrap().record().gaps();
    assert_eq!(gaps, [CaseGap::GroundsNotExplained, CaseGap::NotEnded], "and then it came");
}

#[test]
fn what_the_subdivision_holds_of_a_phones_case_and_the_head_does_not_is_missing() {
    let seed = seeds().find(|seed| Held::by_the_line_alone(*seed).is_some()).unwrap();
    let from_ss = |all: &mut Held| {
        let satchel = all.satchel_of(all.aray);
        all.field.book(all.ss).import_satchel(&mut satchel.as_slice()).unwrap();
        all.field.contact(all.ss);
        all.satchel_of(all.ss)
    };
    // Where the person's record ends in it, a twin that has the same keys finds out.
    let mut twin = Held::by_the_line_alone(seed).unwrap();
    let (whole, head) = (from_ss(&mut twin), twin.head);
    let mut before = 0;
    while twin.case_on(head).unwrap().said.is_empty() {
        before += 24;
        twin.field.book(head).import_satchel(&mut &whole[..before]).ok();
    }
    let mut all = Held::by_the_line_alone(seed).unwrap();
    let mut spoilt = from_ss(&mut all);
    assert_eq!(spoilt, whole);
    spoilt[before - 100] ^= 1;
    let report = all.field.book(head).import_satchel(&mut spoilt.as_slice());
    let view = all.case_on(head).unwrap();
    let phones = all.field.book(head).reconcile(all.patrol).unwrap().phones;
    let tile = phones.iter().find(|tile| tile.device == view.entries[0].author).unwrap();
    assert_eq!((view.said.len(), tile.state), (0, PhoneState::Missing(1)), "{report:?}");
}

#[test]
fn whoever_wrote_of_a_person_forgets_him_once_his_head_says_that_it_is_over() {
    let mut all = Held::somebody(SEED);
    let (head, aray, of) = (all.head, all.aray, (all.patrol, all.case));
    let meet = |all: &mut Held| {
        for _ in 0..2 {
            all.field.run_until_quiet();
            all.field.contact(aray);
        }
    };
    meet(&mut all);
    let before = all.case_on(aray).unwrap();
    assert_eq!((before.said.len(), before.has_left), (1, false), "the head holds it, and it is not over");
    all.field
        .book(head)
        .hand_over(of, ("тапсырылды".to_owned(), handed_over()))
        .unwrap();
    meet(&mut all);
    let after = all.case_on(aray).unwrap();
    assert_eq!((after.said.len(), after.has_left), (0, true));
    assert_eq!(all.case_on(head).unwrap().said.len(), 2, "whoever reads it keeps it");
}

#[test]
fn only_who_said_it_and_the_head_put_right_who_was_detained() {
    let mut all = Held::somebody(SEED);
    let of = (all.patrol, all.case);
    all.field.run_until_quiet();
    let mut right = |phone: Phone| {
        let first = all.field.book(phone).cases(of.0).unwrap()[0].said[0].cause();
        let right = Protected::Detained(detained(Before::first_of([first])));
        all.field.book(phone).put_right(of, right)
    };
    let refused = right(all.ss);
    assert!(matches!(refused, Err(FieldbookRefused::Log(LogRefused::NotYours))), "{refused:?}");
    right(all.head).unwrap();
    let view = all.case_on(all.head).unwrap();
    assert_eq!((view.record().detained.len(), view.record().earlier.len()), (1, 1));
}
