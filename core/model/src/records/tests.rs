//! Invariants of records:
//!
//! 1. The set of statements decides, not their order, and not how often each comes.
//! 2. A strike-off ends whatever else is said.
//! 3. What was taken back by who may say it does not count, and is shown.

mod naming;

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::eligibility::eligibility;
use crate::guards::{RegisterRefused, only_certificate};
use crate::ids::{ListId, MemberId, PersonId, RollId, SessionId, SquadId};
use crate::moment::{Clocks, Day, Moment};
use crate::person::Person;
use crate::register::*;
use crate::roles::Role;
use crate::squad::{NameOff, NameOn, Squad};
use crate::statement::Statement;
use crate::words;

pub(crate) const ASKAR: PersonId = PersonId::from_bytes([2; 16]);
pub(crate) const SQUAD: SquadId = SquadId::from_bytes([1; 16]);
const LIST: ListId = ListId::from_bytes([3; 16]);

fn name(written: &str) -> words::Name {
    words::Name::new(written).unwrap()
}

fn text(written: &str) -> Text {
    Text::new(written).unwrap()
}

pub(crate) fn day(of_november: i8) -> Day {
    Day::new(2026, 11, of_november).unwrap()
}

fn author(role: Role) -> Author {
    Author::from_bytes([u8::try_from(role.code().len()).unwrap(); 32])
}

/// A statement of an office, under a number of its own.
fn say(role: Role, number: u32, body: Body) -> Stated {
    let moment: Moment = "2026-11-21T08:10:00+05:00".parse().unwrap();
    Stated {
        key: StatementRef::new(format!("{}.{number}", &role.code()[..8])).unwrap(),
        author: author(role),
        member: None,
        role: Some(role),
        statement: Statement::new(Clocks::new(moment, None, None), body),
    }
}

fn record(role: Role, number: u32, record: Record) -> Stated {
    say(role, number, Body::Register(record))
}

use Role::{
    CoordinationCouncil as Cc, LocalExecutiveBody as Leb, StructuralSubdivision as Ss,
    TerritorialSubdivision as Ts,
};

pub(crate) fn on_roster() -> Stated {
    let person = Person { id: ASKAR, full_name: name("Асқар Болатұлы") };
    say(Leb, 1, Body::NameOn(NameOn { squad: SQUAD, person }))
}

pub(crate) fn off_roster() -> Stated {
    let ends = on_roster().key;
    say(Leb, 2, Body::NameOff(NameOff { squad: SQUAD, person: ASKAR, ends }))
}

fn papers() -> Identity {
    Identity {
        id: ASKAR,
        full_name: name("Болатов Асқар Болатұлы"),
        iin: None,
        born: None,
        id_document: None,
        residence: None,
        before: None,
    }
}

fn listed() -> [Stated; 3] {
    let list = SquadList { list: LIST, squad: SQUAD, number: None, day: day(1), lines: 1 };
    [
        record(Leb, 3, Record::List(list)),
        record(Leb, 4, Record::ListLine(ListLine { list: LIST, number: 1, person: papers() })),
        record(Ts, 1, Record::ListReceived(ListReceived { list: LIST, day: day(2) })),
    ]
}

fn checked() -> [Stated; 3] {
    let check = |kind| Check { person: ASKAR, kind, finding: CheckFinding::Nothing, day: day(3) };
    let [one, two, three] =
        [CheckKind::CriminalRecord, CheckKind::NarcologicalRegister, CheckKind::PsychoneurologicalRegister]
            .map(|kind| Record::Check(check(kind)));
    [record(Ts, 2, one), record(Ts, 3, two), record(Ts, 4, three)]
}

/// One of the three registers answers otherwise, of an earlier day.
pub(crate) fn found_by_register(number: u32) -> Stated {
    let (kind, finding) = (CheckKind::CriminalRecord, CheckFinding::Circumstance);
    record(Ts, number, Record::Check(Check { person: ASKAR, kind, finding, day: day(2) }))
}

pub(crate) fn applied() -> Stated {
    let application = Application { person: papers(), received: day(2), has_insurance: false };
    record(Ts, 30, Record::Application(application))
}

pub(crate) fn application_decided(number: u32, outcome: CheckOutcome) -> Stated {
    record(Ts, number, Record::ApplicationDecided(ApplicationDecided { person: ASKAR, outcome, day: day(3) }))
}

pub(crate) fn registered() -> Stated {
    let registration = Registration {
        person: ASKAR,
        full_name: name("Болатов Асқар Болатұлы"),
        engagement: Engagement::SquadMember(SQUAD),
        section: name("III"),
        day: day(4),
    };
    record(Ts, 5, Record::Registration(registration))
}

fn signer() -> Signer {
    Signer { position: name("бастық"), rank: name("полковник"), full_name: name("Н. Н.") }
}

pub(crate) fn certified(number: u32, certificate: &str) -> Stated {
    let certificate = Certificate {
        person: ASKAR,
        kind: CertificateKind::SquadMember,
        number: certificate.parse().unwrap(),
        full_name: name("Болатов Асқар Болатұлы"),
        subdivision: name("Шығыс"),
        day: day(5),
        signer: signer(),
    };
    record(Ts, number, Record::Certificate(certificate))
}

pub(crate) fn lost(number: u32, print: u16) -> Stated {
    let lost = CertificateLost { person: ASKAR, number: "0117".parse().unwrap(), print, day: day(8) };
    record(Ts, number, Record::CertificateLost(lost))
}

pub(crate) fn reprinted(number: u32) -> Stated {
    let reprinted = CertificateReprinted {
        person: ASKAR,
        number: "0117".parse().unwrap(),
        print: 2,
        cause: ReprintCause::Lost,
        full_name: name("Болатов Асқар Болатұлы"),
        day: day(9),
        signer: signer(),
    };
    record(Ts, number, Record::CertificateReprinted(reprinted))
}

pub(crate) fn trained() -> Stated {
    let training = Training {
        person: ASKAR,
        session: SessionId::from_bytes([5; 16]),
        day: day(6),
        military_unit: name("2034"),
        topics: text("001-§10, 12"),
    };
    record(Ss, 1, Record::Training(training))
}

pub(crate) fn circumstance() -> Stated {
    let circumstance =
        Circumstance { person: ASKAR, ground: Some(ExclusionGround::MovedOut), day: day(10), follows: None };
    record(Ss, 2, Record::Circumstance(circumstance))
}

pub(crate) fn struck_off() -> Stated {
    let strike_off =
        StrikeOff { person: ASKAR, ground: ExclusionGround::MovedOut, is_death: false, day: day(11) };
    record(Ss, 3, Record::StrikeOff(strike_off))
}

fn told(about: NoticeAbout) -> Stated {
    record(Ss, 4, Record::Notice(Notice { person: ASKAR, about, day: day(12), way: name("қолына") }))
}

pub(crate) fn withdrawn(role: Role, number: u32, of: &Stated) -> Stated {
    let withdrawn = Withdrawn { author: of.author, key: of.key.clone(), reason: text("қате") };
    record(role, number, Record::Withdrawn(withdrawn))
}

/// Everything up to a volunteer who may go out.
pub(crate) fn active() -> Vec<Stated> {
    let mut all = vec![on_roster()];
    all.extend(listed());
    all.extend(checked());
    all.extend([registered(), certified(6, "0117"), trained()]);
    all
}

pub(crate) fn person(statements: &[Stated]) -> PersonRecord {
    let lists = Lists::from_statements(statements.iter().cloned());
    PersonRecord::from_statements(ASKAR, statements.iter().cloned(), &lists)
}

fn with(more: impl IntoIterator<Item = Stated>) -> PersonRecord {
    let mut all = active();
    all.extend(more);
    person(&all)
}

#[test]
fn a_person_goes_from_the_list_to_active_step_by_step() {
    use PersonState::{Active, Certified, InCheck, Proposed, Registered};
    let all = active();
    let states: Vec<_> = (1..=all.len()).map(|count| person(&all[..count]).state()).collect();
    let due =
        [Proposed, Proposed, Proposed, InCheck, InCheck, InCheck, InCheck, Registered, Certified, Active];
    assert_eq!(states, due);
    assert_eq!(person(&all).flags(), []);
    assert_eq!(person(&all).full_name().unwrap().as_str(), "Болатов Асқар Болатұлы");
}

#[test]
fn an_excluded_person_stays_open_until_the_akimat_takes_the_name_off() {
    let notice = ExclusionNotice { squad: SQUAD, person: ASKAR, day: day(4) };
    let mut all = vec![on_roster(), record(Ts, 7, Record::ExclusionNotice(notice))];
    all.extend(listed());
    assert_eq!(person(&all).state(), PersonState::Excluded);
    assert_eq!(person(&all).flags(), [RecordFlag::ExcludedOnRoster]);
    all.push(off_roster());
    assert_eq!(person(&all).state(), PersonState::OffRoster);
    assert_eq!(person(&all).flags(), []);
}

#[test]
fn exclusion_wins_over_a_registration_that_another_console_made_meanwhile() {
    let notice = ExclusionNotice { squad: SQUAD, person: ASKAR, day: day(4) };
    let record = with([record(Ts, 7, Record::ExclusionNotice(notice))]);
    assert_eq!(record.state(), PersonState::Excluded);
    assert_eq!(record.flags(), [RecordFlag::ExcludedAndRegistered, RecordFlag::ExcludedOnRoster]);
}

#[test]
fn a_strike_off_ends_what_is_said_before_and_after_it() {
    let record = with([struck_off(), certified(20, "0200"), circumstance()]);
    assert_eq!(record.state(), PersonState::StruckOff);
    assert_eq!(record.ended(), Some(day(10)));
    for certificate in &record.certificates {
        assert_eq!(certificate.status(1), Some(CertificateStatus::StruckOff));
    }
    let record = with([struck_off(), told(NoticeAbout::StrikeOff)]);
    assert_eq!(record.state(), PersonState::Notified);
}

#[test]
fn the_dead_are_told_nothing() {
    let strike_off =
        StrikeOff { person: ASKAR, ground: ExclusionGround::HealthOrDeath, is_death: true, day: day(11) };
    let record = with([record(Ss, 9, Record::StrikeOff(strike_off))]);
    assert_eq!(record.state(), PersonState::Notified);
    assert!(!record.flags().contains(&RecordFlag::NotTold));
    assert!(with([struck_off()]).flags().contains(&RecordFlag::NotTold));
}

#[test]
fn a_strike_off_that_its_subdivision_took_back_no_longer_counts_and_is_shown_with_the_reason() {
    let record = with([struck_off(), withdrawn(Ss, 5, &struck_off())]);
    assert_eq!(record.state(), PersonState::Active);
    let line = record.history.iter().find(|line| line.kind == Kind::StrikeOff).unwrap();
    assert_eq!(line.withdrawn, Some(text("қате")));
}

#[test]
fn nobody_takes_back_what_he_may_not_say() {
    for role in Role::ALL.iter().filter(|role| **role != Ss) {
        let record = with([struck_off(), withdrawn(*role, 5, &struck_off())]);
        assert_eq!(record.state(), PersonState::StruckOff, "{role}");
    }
    let of_nobody = Stated { role: None, ..withdrawn(Ss, 5, &struck_off()) };
    assert_eq!(with([struck_off(), of_nobody]).state(), PersonState::StruckOff);
}

#[test]
fn a_withdrawal_ends_the_word_of_the_author_it_names_and_of_nobody_else() {
    let mut of_another = withdrawn(Ss, 5, &struck_off());
    let Body::Register(Record::Withdrawn(named)) = &mut of_another.statement.body else { unreachable!() };
    named.author = author(Ts);
    assert_eq!(with([struck_off(), of_another]).state(), PersonState::StruckOff);
}

#[test]
fn a_list_that_was_taken_back_lists_nobody() {
    let taken_back =
        record(Leb, 9, Record::ListWithdrawn(ListWithdrawn { list: LIST, reason: text("қате") }));
    let mut all: Vec<Stated> = listed().into();
    all.extend([on_roster(), off_roster(), taken_back]);
    let record = person(&all);
    assert!(record.listed.is_empty());
    assert_eq!(record.state(), PersonState::OffRoster);
}

#[test]
fn who_is_registered_stays_so_when_his_list_is_taken_back_in_whatever_order_it_is_heard() {
    let withdrawn = ListWithdrawn { list: LIST, reason: text("қате") };
    let taken_back = record(Leb, 40, Record::ListWithdrawn(withdrawn));
    let mut all = [active(), vec![off_roster(), taken_back]].concat();
    for _ in 0..all.len() {
        all.rotate_left(1);
        let record = person(&all);
        assert_eq!(record.state(), PersonState::Active);
        assert!(record.flags().contains(&RecordFlag::RegisteredOffRoster), "and it is shown to be looked at");
    }
    all.push(struck_off());
    assert_eq!(person(&all).state(), PersonState::StruckOff);
}

#[test]
fn prints_of_a_certificate_are_told_apart() {
    let status = |record: &PersonRecord, print| record.certificate().unwrap().status(print);
    let first = with([]);
    assert_eq!((status(&first, 1), status(&first, 2)), (Some(CertificateStatus::Issued), None));
    let after_loss = with([lost(20, 1)]);
    assert_eq!(status(&after_loss, 1), Some(CertificateStatus::Lost));
    assert_eq!(after_loss.state(), PersonState::Trained, "he has nothing to show");
    let anew = with([lost(20, 1), reprinted(21)]);
    assert_eq!(status(&anew, 1), Some(CertificateStatus::Lost));
    assert_eq!(status(&anew, 2), Some(CertificateStatus::Issued));
    assert_eq!(anew.state(), PersonState::Active);
    assert_eq!(status(&with([reprinted(21)]), 1), Some(CertificateStatus::Reprinted));
}

#[test]
fn two_consoles_that_gave_one_person_two_certificates_are_shown_it() {
    let both = with([certified(20, "0200")]);
    assert_eq!(both.flags(), [RecordFlag::CertificatesSeveral]);
    assert_eq!(only_certificate(&both), Err(RegisterRefused::CertificatesSeveral));
}

#[test]
fn who_lost_one_of_two_certificates_has_the_other_to_show() {
    let record = with([certified(20, "0200"), lost(21, 1)]);
    assert_eq!(record.certificate().unwrap().issued.what.number.as_str(), "0200");
    assert_eq!(record.state(), PersonState::Active);
    assert!(eligibility(&record, day(20)).is_eligible(), "both say the same");
}

#[test]
fn a_print_that_two_consoles_made_is_flagged_until_the_next() {
    assert_eq!(with([reprinted(20), reprinted(21)]).flags(), [RecordFlag::PrintTwice]);
    assert!(with([reprinted(20)]).flags().is_empty());
}

fn decision(number: u32, decided: Decided) -> Stated {
    let decision = CouncilDecision { decided, number: name("12"), day: day(1) };
    record(Cc, number, Record::Decision(decision))
}

pub(crate) fn created() -> Stated {
    let squad = Squad { id: SQUAD, name: name("Сарыбұлақ"), district: name("Зайсан") };
    decision(1, Decided::CreateSquad(squad))
}

pub(crate) fn appointed(number: u32, person: PersonId) -> Stated {
    decision(number, Decided::AppointHead { squad: SQUAD, person })
}

pub(crate) fn head_ended(person: PersonId) -> Stated {
    record(Ss, 9, Record::HeadEnded(HeadEnded { squad: SQUAD, person, day: day(11) }))
}

pub(crate) fn squad(statements: impl IntoIterator<Item = Stated>) -> SquadRecord {
    SquadRecord::from_statements(SQUAD, statements)
}

#[test]
fn a_squad_is_created_headed_and_headless_by_what_was_decided() {
    const DANA: PersonId = PersonId::from_bytes([9; 16]);
    assert_eq!(squad([]).created, None);
    let only = squad([created()]);
    assert_eq!((only.state(), only.head()), (SquadState::Created, HeadState::Vacant));
    assert_eq!(only.decision, Some((name("12"), day(1))));
    let headed = squad([created(), appointed(2, ASKAR)]);
    assert_eq!((headed.state(), headed.head()), (SquadState::Headed, HeadState::Head(ASKAR)));
    let headless = squad([created(), appointed(2, ASKAR), head_ended(ASKAR)]);
    assert_eq!((headless.state(), headless.head()), (SquadState::Headless, HeadState::Vacant));
    let again = squad([created(), appointed(2, ASKAR), head_ended(ASKAR), appointed(3, DANA)]);
    assert_eq!(again.head(), HeadState::Head(DANA));
    let several = squad([created(), appointed(2, ASKAR), appointed(3, DANA)]);
    assert_eq!(several.head(), HeadState::Several);
    let settled =
        squad([created(), appointed(2, ASKAR), appointed(3, DANA), withdrawn(Cc, 4, &appointed(3, DANA))]);
    assert_eq!(settled.head(), HeadState::Head(ASKAR));
}

#[test]
fn a_squad_without_a_recorded_decision_is_told_from_one_with() {
    let squad_alone = Squad { id: SQUAD, name: name("Сарыбұлақ"), district: name("Зайсан") };
    let record = squad([say(Cc, 1, Body::Squad(squad_alone))]);
    assert!(record.created.is_some() && record.decision.is_none());
}

#[test]
fn a_squad_is_called_as_its_council_calls_it_since_and_its_decision_stays() {
    let called = |district| {
        Body::Squad(Squad { id: SQUAD, name: name("Сарыбұлақ"), district: name(district) })
    };
    let renamed = say(Cc, 5, called("Зайсан ауданы"));
    let district =
        |record: &SquadRecord| record.created.as_ref().map(|created| created.what.district.clone());
    let record = squad([renamed.clone(), created()]);
    assert_eq!(district(&record), Some(name("Зайсан ауданы")));
    let decided = record.created.as_ref().map(|created| created.key.clone());
    assert_eq!((decided, record.decision), (Some(created().key), Some((name("12"), day(1)))));
    let taken_back = squad([created(), renamed.clone(), withdrawn(Cc, 6, &renamed)]);
    assert_eq!(district(&taken_back), Some(name("Зайсан")));
    let undone = squad([created(), renamed, withdrawn(Cc, 6, &created())]);
    assert_eq!(undone.created, None, "a name alone creates nothing that was taken back");
}

#[test]
fn who_supervises_and_what_was_remarked_stands_with_the_squad() {
    let roll = RollId::from_bytes([7; 16]);
    let supervised = record(Ss, 1, Record::Supervision(Supervision { squad: SQUAD, roll }));
    let remark = record(Cc, 5, Record::Remark(Remark { squad: SQUAD, text: text("басшы жоқ") }));
    let all = squad([created(), supervised, remark]);
    assert_eq!(all.rolls(), BTreeSet::from([roll]));
    assert_eq!(all.remarks.len(), 1);
}

/// Everything there can be about one person, with contradictions and withdrawals.
fn tangle() -> Vec<Stated> {
    let mut all = active();
    let notice = ExclusionNotice { squad: SQUAD, person: ASKAR, day: day(4) };
    let member = MemberIs { member: MemberId::from_bytes([8; 16]), person: ASKAR };
    all.extend([
        off_roster(),
        certified(20, "0200"),
        lost(21, 1),
        reprinted(22),
        circumstance(),
        struck_off(),
        told(NoticeAbout::StrikeOff),
        record(Ts, 23, Record::ExclusionNotice(notice)),
        record(Ss, 24, Record::MemberIs(member)),
        withdrawn(Ss, 25, &struck_off()),
        withdrawn(Ts, 26, &certified(20, "0200")),
        withdrawn(Leb, 27, &off_roster()),
    ]);
    all
}

proptest! {
    #[test]
    fn the_record_and_who_may_go_out_depend_on_the_set_alone(
        subset in proptest::sample::subsequence(tangle(), 0..=tangle().len()),
        shuffle in any::<u64>(),
        on in 1..=30_i8,
    ) {
        let mut other = subset.clone();
        let mut state = shuffle;
        other.sort_by_cached_key(|stated| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33, stated.key.clone())
        });
        other.extend(subset.iter().take(3).cloned());
        let (one, two) = (person(&subset), person(&other));
        prop_assert_eq!(&one, &two);
        prop_assert_eq!(eligibility(&one, day(on)), eligibility(&two, day(on)));
        let strikes = |stated: &Stated| matches!(&stated.statement.body, Body::Register(Record::StrikeOff(_)));
        let takes_back = subset.contains(&withdrawn(Ss, 25, &struck_off()));
        if subset.iter().any(strikes) && !takes_back {
            prop_assert!(matches!(one.state(), PersonState::StruckOff | PersonState::Notified));
            prop_assert!(!eligibility(&one, day(30)).is_eligible());
        }
    }
}

#[test]
fn a_wish_to_leave_is_taken_back_by_its_device_alone() {
    let of = |device: u8| Stated {
        author: Author::from_bytes([device; 32]),
        ..record(Role::Volunteer, u32::from(device), Record::WishToLeave(WishToLeave))
    };
    let (wish, neighbour) = (of(1), of(2));
    let is_taken_back_by = |by: &Stated| {
        let withdrawal = Stated { author: by.author, ..withdrawn(Role::SquadHead, 9, &wish) };
        let heard = Heard::new([wish.clone(), withdrawal]);
        heard.standing().all(|stated| stated.statement.kind() != Kind::WishToLeave)
    };
    assert!(is_taken_back_by(&wish), "also where he is a head by then");
    assert!(!is_taken_back_by(&neighbour), "a wish of his own lets nobody take back another's");
}
