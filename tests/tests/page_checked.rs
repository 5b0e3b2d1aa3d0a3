//! The subdivision holds a page against its own log before it countersigns it (001-§7, 23; requirements §7.3).

use jasaq_fieldbook::PageBesideLog;
use jasaq_fieldbook::model::amendment::AmendReason;
use jasaq_fieldbook::model::detention::{Detained, DetentionStep, HandedOver, StepKind};
use jasaq_fieldbook::model::entry::{Activity, EntryDraft, InspectionKind, ReceiverKind};
use jasaq_fieldbook::model::ids::{CaseId, PageHash, PatrolId};
use jasaq_fieldbook::model::mark::{Mark, MarkKind};
use jasaq_fieldbook::model::notice::{NoticeReply, UrgentNotice};
use jasaq_fieldbook::model::page::{GateState, Page, PageSection};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, PatrolEnd, PatrolStart};
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::position::Place;
use jasaq_fieldbook::model::register::Cause;
use jasaq_fieldbook::model::words::Label;
use jasaq_tests::{Field, Phone, name, note, text, why_not as why};

const SEED: u64 = 53;
const GPX: &[u8] = b"<gpx><trk><trkseg><trkpt lat='45' lon='80'><time>2026-05-01T10:00:00Z</time></trkpt>\
    <trkpt lat='45.01' lon='80'><time>2026-05-01T10:10:00Z</time></trkpt></trkseg></trk></gpx>";

/// A patrol that is over and of which the subdivision has everything: entries, one amended, one taken back, a pause, a track, a person
/// who was handed over, notices of the head and of a volunteer.
struct Over {
    field: Field,
    head: Phone,
    ss: Phone,
    aray: Phone,
    patrol: PatrolId,
    case: CaseId,
    handed_over: Cause,
}

impl Over {
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
        field.book(aray).mark(patrol, pause()).unwrap();
        field.book(aray).import_gpx(patrol, None, GPX).unwrap();
        let slip = write(&mut field, (aray, patrol), "қате жазба");
        field.book(aray).take_back_of_log((patrol, &slip), text("басқа жерде")).unwrap();
        let short = write(&mut field, (aray, patrol), "бес із");
        field.run_until_quiet();
        let why = (AmendReason::KnownBetter, Some(note("қайта саналды")));
        field
            .book(aray)
            .amend_entry((patrol, &short), inspection("алты із"), why)
            .unwrap();
        for phone in [head, aray] {
            field.minutes_pass(20);
            write(&mut field, (phone, patrol), "із байқалды");
            field.book(phone).notify(notice(patrol)).unwrap();
        }
        let book = field.book(aray);
        let case = book.detain((patrol, "адам ұсталды".to_owned()), detained(patrol)).unwrap();
        for step in [StepKind::GroundsExplained, StepKind::UnitTold] {
            let language = (step == StepKind::GroundsExplained).then(|| Label::new("ru").unwrap());
            book.step_of_case((patrol, case), DetentionStep { language, ..DetentionStep::new(step) })
                .unwrap();
        }
        field.minutes_pass(90);
        field.run_until_quiet();
        let book = field.book(head);
        book.hand_over((patrol, case), ("тапсырылды".to_owned(), handed_over()))
            .unwrap();
        let handed_over = book.cases(patrol).unwrap()[0].said.last().unwrap().cause();
        field.minutes_pass(30);
        field.run_until_quiet();
        for notice in field.book(ss).notices().unwrap() {
            field
                .book(ss)
                .answer_notice(&notice.name, (NoticeReply::Received, None))
                .unwrap();
        }
        field.book(head).end_patrol(patrol, PatrolEnd::default()).unwrap();
        field.minutes_pass(1);
        field.run_until_quiet();
        Self { field, head, ss, aray, patrol, case, handed_over }
    }

    /// Sealed by the head, and everybody has heard of it.
    fn seal(&mut self) -> PageHash {
        let book = self.field.book(self.head);
        let mut gates = book.reconcile(self.patrol).unwrap().gates();
        gates.retain(|gate| gate.state == GateState::Closed);
        assert_eq!(gates, []);
        let page = book.seal_page(self.patrol, None).unwrap();
        self.field.run_until_quiet();
        page
    }

    fn check(&mut self, page: PageHash) -> PageBesideLog {
        self.field.book(self.ss).page_beside_log((self.patrol, page)).unwrap()
    }

    /// What the subdivision says of a page that a changed program made of this patrol.
    fn of_altered(alter: impl FnOnce(&mut Page)) -> (PageBesideLog, LogRefused) {
        let mut over = Self::new();
        let page = over.field.book(over.head).seal_altered(over.patrol, alter).unwrap();
        over.field.run_until_quiet();
        let refused = why(over.field.book(over.ss).countersign_page((over.patrol, page)));
        (over.check(page), refused)
    }
}

fn inspection(text: &str) -> EntryDraft {
    let activity = Activity::Inspection { kind: InspectionKind::Route, mode: ActivityMode::Joint };
    EntryDraft::new(activity, text)
}

fn write(field: &mut Field, (phone, patrol): (Phone, PatrolId), text: &str) -> Cause {
    let key = field.book(phone).write_entry(patrol, inspection(text), None).unwrap();
    let log = field.book(phone).patrol(patrol).unwrap().log;
    let own = log.stated().iter().find(|stated| stated.key == key);
    own.unwrap().cause()
}

fn pause() -> Mark {
    Mark {
        kind: MarkKind::Pause, occurred_at: None, until: None, cause: None, note: Some(note("дем алу"))
    }
}

fn notice(patrol: PatrolId) -> UrgentNotice {
    UrgentNotice {
        text: text("бөтен адамдар көрінді"),
        protected_object: None,
        place: Place::default(),
        patrol: Some(patrol),
        occurred_at: None,
        told: None,
    }
}

fn detained(patrol: PatrolId) -> Detained {
    Detained {
        patrol: Some(patrol),
        full_name: Some(name("Н. Н.")),
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

fn handed_over() -> HandedOver {
    HandedOver {
        receiver: ReceiverKind::BorderUnit,
        body: name("застава"),
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
fn a_page_that_says_what_the_log_does_is_countersigned_and_so_is_its_amendment() {
    let mut over = Over::new();
    let (head, ss, aray, patrol) = (over.head, over.ss, over.aray, over.patrol);
    let page = over.seal();
    assert_eq!(over.check(page), PageBesideLog::default());
    over.field.book(ss).countersign_page((patrol, page)).unwrap();

    write(&mut over.field, (aray, patrol), "кеш жазылды");
    over.field.run_until_quiet();
    assert_eq!(over.check(page).late.len(), 1, "what came since is told, and is no fault of the page");
    let amendment = over.field.book(head).seal_page(patrol, Some(&note("кеш келді"))).unwrap();
    over.field.run_until_quiet();
    assert_eq!(over.check(amendment), PageBesideLog::default());
    over.field.book(ss).countersign_page((patrol, amendment)).unwrap();
}

#[test]
fn each_part_in_which_a_changed_program_says_something_else_is_named_and_the_page_not_countersigned() {
    type Alteration = fn(&mut Page);
    let alterations: [(PageSection, Alteration); 12] = [
        (PageSection::Header, |page| page.header[0].value = Some("2026-05-01T06:00:00+05:00".to_owned())),
        (PageSection::Members, |page| page.members[0].minutes = Some(600)),
        (PageSection::Phones, |page| page.phones[0].excused = Some("lost".to_owned())),
        (PageSection::Tracks, |page| page.tracks[0].metres += 5_000),
        (PageSection::Events, |page| drop(page.events.pop())),
        (PageSection::Events, |page| page.events[0].earlier.clear()),
        (PageSection::Withdrawn, |page| page.withdrawn.clear()),
        (PageSection::Marks, |page| page.marks.clear()),
        (PageSection::Notices, |page| drop(page.notices.pop())),
        (PageSection::Notices, |page| page.notices[0].learned = page.sealed_at.clone()),
        (PageSection::Cases, |page| page.cases[0].steps.clear()),
        (PageSection::Flags, |page| page.flags.push(["no_fix".to_owned(), "00".to_owned()])),
    ];
    for (section, alter) in alterations {
        let (found, refused) = Over::of_altered(alter);
        assert_eq!((found.differing, refused), (vec![section], LogRefused::PageDiffers));
    }
}

#[test]
fn a_page_that_rests_on_what_nobody_has_is_not_countersigned_unless_the_subdivision_says_so() {
    let mut over = Over::new();
    let (head, ss, patrol) = (over.head, over.ss, over.patrol);
    let invented = |page: &mut Page| page.statements[0].keys.push("a1".repeat(8));
    let page = over.field.book(head).seal_altered(patrol, invented).unwrap();
    over.field.run_until_quiet();
    let found = over.check(page);
    assert_eq!((found.missing.len(), found.differing), (1, vec![]), "nothing is compared with less");
    let book = over.field.book(ss);
    assert_eq!(why(book.countersign_page((patrol, page))), LogRefused::PageRestsOnMore);
    book.countersign_page_anyway((patrol, page)).unwrap();
}

#[test]
fn that_an_end_was_taken_back_after_the_seal_is_late() {
    let mut over = Over::new();
    let (head, ss, patrol, case) = (over.head, over.ss, over.patrol, over.case);
    let page = over.seal();
    let handed_over = over.handed_over.clone();
    over.field
        .book(head)
        .take_back_of_case((patrol, case), &handed_over, text("басқа адам тапсырылды"))
        .unwrap();
    over.field.run_until_quiet();
    for phone in [head, ss] {
        assert_eq!(over.field.book(phone).reconcile(patrol).unwrap().late().len(), 1);
    }
    assert_eq!(over.check(page).late.len(), 1);
}
