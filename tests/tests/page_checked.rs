//! The subdivision holds a page against its own log before it countersigns it (001-§7, 23; requirements §7.3).

use jasaq_fieldbook::PageBesideLog;
use jasaq_fieldbook::model::amendment::AmendReason;
use jasaq_fieldbook::model::detention::{DetentionStep, StepKind};
use jasaq_fieldbook::model::entry::{Activity, EntryDraft, InspectionKind};
use jasaq_fieldbook::model::ids::{CaseId, PageHash, PatrolId};
use jasaq_fieldbook::model::mark::{Mark, MarkKind};
use jasaq_fieldbook::model::notice::{NoticeReply, UrgentNotice};
use jasaq_fieldbook::model::page::{GateKind, GateState, Page, PageSection};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, PatrolEnd, PatrolStart};
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::position::Place;
use jasaq_fieldbook::model::register::Cause;
use jasaq_fieldbook::model::words::Label;
use jasaq_tests::{Field, Phone, detained, handed_over, name, note, text, why_not as why};

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
    end: Cause,
}

impl Over {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let [head, ss] = ["head", "ss"].map(|name| field.device(name));
        let aray = field.phone("aray");
        // What is recorded in two statements is not recorded in one millisecond.
        field.clock(head).tick_ms(1);
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
        let case = book.detain((patrol, "адам ұсталды".to_owned()), detained()).unwrap();
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
        let end = book.cases(patrol).unwrap()[0].said.last().unwrap().cause();
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
        Self { field, head, ss, aray, patrol, case, end }
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

#[test]
fn a_page_that_says_what_the_log_does_is_countersigned_and_so_is_its_amendment() {
    let mut over = Over::new();
    let (head, ss, aray, patrol) = (over.head, over.ss, over.aray, over.patrol);
    let page = over.seal();
    assert_eq!(over.check(page), PageBesideLog::default());
    // What a console with a dead battery says of a page looks wrong in the log, and not on the next page.
    let dead = over.field.clock(ss).skew_to_1970();
    over.field.clock(ss).jump_to_skew(dead);
    over.field.book(ss).countersign_page((patrol, page)).unwrap();
    over.field.clock(ss).jump_to_skew(0);

    write(&mut over.field, (aray, patrol), "кеш жазылды");
    over.field.run_until_quiet();
    assert_eq!(over.check(page).late.len(), 1, "what came since is told, and is no fault of the page");
    let amendment = over.field.book(head).seal_page(patrol, Some(&note("кеш келді"))).unwrap();
    over.field.run_until_quiet();
    assert_eq!(over.check(amendment), PageBesideLog::default());
    over.field.book(ss).countersign_page((patrol, amendment)).unwrap();
}

type Alteration = fn(&mut Page);

#[test]
fn each_part_in_which_a_changed_program_says_something_else_is_named_and_the_page_not_countersigned() {
    let alterations: [(PageSection, Alteration); 17] = [
        (PageSection::Header, |page| page.header[0].value = Some("2026-05-01T06:00:00+05:00".to_owned())),
        (PageSection::Members, |page| page.members[0].minutes = Some(600)),
        (PageSection::Phones, |page| page.phones[0].excused = Some("lost".to_owned())),
        (PageSection::Phones, |page| drop(page.phones.pop())),
        (PageSection::Tracks, |page| page.tracks[0].metres += 5_000),
        (PageSection::Events, |page| drop(page.events.pop())),
        (PageSection::Events, |page| page.events[0].earlier.clear()),
        (PageSection::Withdrawn, |page| page.withdrawn.clear()),
        (PageSection::Marks, |page| page.marks.clear()),
        (PageSection::Notices, |page| drop(page.notices.pop())),
        (PageSection::Notices, |page| page.notices.push(page.notices[0].clone())),
        (PageSection::Notices, |page| page.notices[0].minutes = Some(1)),
        (PageSection::Notices, |page| page.notices[0].learned = page.sealed_at.clone()),
        (PageSection::Cases, |page| page.cases[0].steps.clear()),
        (PageSection::Flags, |page| page.flags.push(["no_fix".to_owned(), "00".to_owned()])),
        (PageSection::Parts, |page| page.parts.push("ab".repeat(16))),
        (PageSection::Reason, |page| page.reason = page.cases[0].fields.pop().map(|(_, field)| field)),
    ];
    for (section, alter) in alterations {
        let (found, refused) = Over::of_altered(alter);
        assert!(found.differing.contains(&section), "{section:?}: {found:?}");
        assert_eq!(refused, LogRefused::PageDiffers, "{section:?}");
    }
}

#[test]
fn a_commitment_to_something_else_than_was_said_is_named_though_nobody_reads_it_in_the_page() {
    let alterations: [(PageSection, Alteration); 2] = [
        (PageSection::Cases, |page| page.cases[0].fields[0].1.commitment = "ab".repeat(32)),
        (PageSection::Withdrawn, |page| {
            let taken_back = page.withdrawn[0].withdrawal.as_mut().unwrap();
            taken_back.reason.commitment = "ab".repeat(32);
        }),
    ];
    for (section, alter) in alterations {
        let (found, refused) = Over::of_altered(alter);
        assert_eq!(found.differing.into_iter().collect::<Vec<_>>(), [section]);
        assert_eq!(refused, LogRefused::PageDiffers);
    }
}

#[test]
fn a_page_that_names_another_member_as_its_sealer_has_no_good_seal() {
    let (_, refused) = Over::of_altered(|page| {
        let mut others = page.members.iter().map(|line| &line.member);
        page.sealed_by_member = others.find(|member| **member != page.sealed_by_member).unwrap().clone();
    });
    assert_eq!(refused, LogRefused::SealBroken);
}

#[test]
fn a_page_that_was_sealed_past_a_gate_is_not_countersigned() {
    let mut over = Over::new();
    let (head, ss, aray, patrol) = (over.head, over.ss, over.aray, over.patrol);
    let said = (patrol, "тағы бір адам ұсталды".to_owned());
    over.field.book(aray).detain(said, detained()).unwrap();
    over.field.run_until_quiet();
    let page = over.field.book(head).seal_altered(patrol, |_| {}).unwrap();
    over.field.run_until_quiet();
    let found = over.check(page);
    assert!(found.differing.is_empty() && found.gates.contains(&GateKind::DetentionsEnded), "{found:?}");
    assert_eq!(why(over.field.book(ss).countersign_page((patrol, page))), LogRefused::SealedPastGates);
}

#[test]
fn a_page_that_rests_on_what_nobody_has_is_countersigned_only_by_who_says_how_he_made_sure() {
    let mut over = Over::new();
    let (head, ss, patrol) = (over.head, over.ss, over.patrol);
    let invented = |page: &mut Page| page.statements[0].keys.push("a1".repeat(8));
    let page = over.field.book(head).seal_altered(patrol, invented).unwrap();
    over.field.run_until_quiet();
    let found = over.check(page);
    assert_eq!((found.missing.len(), found.differing.len()), (1, 0), "nothing is compared with less");
    let book = over.field.book(ss);
    assert_eq!(why(book.countersign_page((patrol, page))), LogRefused::PageRestsOnMore);
    book.countersign_page_anyway((patrol, page), &note("қағазбен салыстырылды"))
        .unwrap();
    let shown = book.pages().unwrap();
    assert_eq!(shown[0].anyway, Some(note("қағазбен салыстырылды")));
}

#[test]
fn that_an_end_was_taken_back_after_the_seal_is_late() {
    let mut over = Over::new();
    let (head, ss, patrol, case) = (over.head, over.ss, over.patrol, over.case);
    let page = over.seal();
    let end = over.end.clone();
    over.field
        .book(head)
        .take_back_of_case((patrol, case), &end, text("басқа адам тапсырылды"))
        .unwrap();
    over.field.run_until_quiet();
    for phone in [head, ss] {
        assert_eq!(
            over.field.book(phone).reconcile(patrol).unwrap().late().len(),
            2,
            "in the log, and in the record"
        );
    }
    assert_eq!(over.check(page).late.len(), 2);
}
