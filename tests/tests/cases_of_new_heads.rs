//! Cases of a volunteer who is made head: what left his phone comes back to it once he reads it (001-§10(4)-(5), 12(3); requirements
//! §7.4).

use jasaq_fieldbook::CaseView;
use jasaq_fieldbook::model::case::{CaseGap, CaseStage};
use jasaq_fieldbook::model::detention::{DetentionStep, ForceUsed, StepKind};
use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::page::{Gate, GateKind, GateState, GateTarget};
use jasaq_fieldbook::model::patrol::{ActivityMode, PatrolStart};
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::position::Place;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::words::Label;
use jasaq_tests::{Field, Phone, detained, handed_over, name, note};

const SEED: u64 = 93;

fn force() -> ForceUsed {
    ForceUsed {
        patrol: None,
        by: None,
        means: name("күрес тәсілі"),
        aim: name("ұстау"),
        necessity: note("қашпақ болды"),
        injuries: None,
        witnesses: None,
        occurred_at: None,
        replaces: Before::default(),
        because: None,
    }
}

/// A patrol whose volunteer used force, detained somebody and handed him over: all of it left her phone.
struct Left {
    field: Field,
    head: Phone,
    ss: Phone,
    aray: Phone,
    patrol: PatrolId,
}

impl Left {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let (head, ss) = (field.device("head"), field.device("ss"));
        let aray = field.phone("aray");
        let patrol = field.book(head).start_patrol(PatrolStart::new(ActivityMode::Joint)).unwrap();
        field.run_until_quiet();
        let book = field.book(aray);
        let said = |text: &str| (patrol, text.to_owned());
        book.use_force(said("күш қолданылды"), (Place::default(), force())).unwrap();
        let case = book.detain(said("адам ұсталды"), detained()).unwrap();
        for step in [StepKind::GroundsExplained, StepKind::UnitTold] {
            let language = (step == StepKind::GroundsExplained).then(|| Label::new("ru").unwrap());
            book.step_of_case((patrol, case), DetentionStep { language, ..DetentionStep::new(step) })
                .unwrap();
        }
        field.minutes_pass(30);
        let book = field.book(aray);
        book.hand_over((patrol, case), ("тапсырылды".to_owned(), handed_over()))
            .unwrap();
        let mut left = Self { field, head, ss, aray, patrol };
        left.quiet();
        let gone = left.cases(aray);
        assert!(gone.iter().all(|case| case.has_left && case.said.is_empty()), "otherwise nothing is proved");
        assert_eq!(gone.len(), 2);
        left
    }

    fn quiet(&mut self) {
        for _ in 0..2 {
            self.field.run_until_quiet();
            self.field.contact(self.aray);
        }
    }

    fn becomes(&mut self, role: Role) {
        let aray = self.field.id(self.aray);
        self.field.book(self.ss).change_device_role(&aray, role).unwrap();
    }

    fn cases(&mut self, phone: Phone) -> Vec<CaseView> {
        self.field.book(phone).cases(self.patrol).unwrap()
    }

    fn gates(&mut self, phone: Phone) -> Vec<Gate> {
        self.field.book(phone).reconcile(self.patrol).unwrap().gates()
    }

    /// What left her phone is there again, all of it.
    fn assert_all_is_back(&mut self) {
        let (aray, head) = (self.aray, self.head);
        let (cases, of_head) = (self.cases(aray), self.cases(head));
        for (case, of_head) in cases.iter().zip(&of_head) {
            let said = |view: &CaseView| {
                let mut said: Vec<_> =
                    view.said.iter().map(|said| (said.cause(), said.statement.clone())).collect();
                said.sort_by(|one, other| one.0.cmp(&other.0));
                said
            };
            assert_eq!(said(case), said(of_head));
            assert_eq!((case.has_left, case.is_awaited, case.is_read_whole), (false, false, true));
            assert_eq!(case.record().gaps(), []);
        }
        let stages: Vec<CaseStage> = cases.iter().map(|case| case.record().stage()).collect();
        assert_eq!(stages, [CaseStage::ForceAlone, CaseStage::HandedOver]);
        assert_eq!(self.gates(aray), self.gates(head));
        for phone in [aray, head, self.ss] {
            assert_eq!(self.field.book(phone).status().unwrap().differing, 0, "{phone:?}");
        }
    }
}

#[test]
fn who_is_made_head_reads_again_what_left_his_phone() {
    let mut left = Left::new();
    left.becomes(Role::SquadHead);
    left.quiet();
    left.assert_all_is_back();
}

#[test]
fn who_is_head_no_more_lets_go_of_it_again_and_reads_it_when_he_is_head_once_more() {
    let mut left = Left::new();
    let aray = left.aray;
    for _ in 0..2 {
        left.becomes(Role::SquadHead);
        left.quiet();
        left.assert_all_is_back();
        left.becomes(Role::Volunteer);
        left.quiet();
        assert!(left.cases(aray).iter().all(|case| case.has_left && !case.is_awaited));
    }
    left.becomes(Role::SquadHead);
    left.quiet();
    left.assert_all_is_back();
}

#[test]
fn what_left_the_phone_of_a_new_head_lacks_nothing_while_its_key_is_not_there() {
    let mut left = Left::new();
    let (aray, ss) = (left.aray, left.ss);
    left.becomes(Role::SquadHead);
    let mut satchel = Vec::new();
    left.field.book(ss).export_satchel(&mut satchel).unwrap();
    let is_awaited = |left: &mut Left| left.cases(aray).iter().any(|case| case.is_awaited);
    for length in (0..satchel.len()).step_by(24) {
        left.field.book(aray).import_satchel(&mut &satchel[..length]).ok();
        if is_awaited(&mut left) {
            break;
        }
    }
    assert!(is_awaited(&mut left), "her role came before the key");
    for case in left.cases(aray) {
        assert_eq!(case.record().gaps(), [CaseGap::NotHere]);
        assert!(!case.is_read_whole);
    }
    let gates = left.gates(aray);
    let ended = gates.iter().find(|gate| gate.kind == GateKind::DetentionsEnded).unwrap();
    assert_eq!(ended.state, GateState::Closed);
    assert!(ended.about.iter().all(|about| matches!(about, GateTarget::CaseMissing(_))), "{ended:?}");
    left.quiet();
    left.assert_all_is_back();
}
