//! The register from an akimat's list to a card on the phones, and to strike-off (001-§7, 11, 15–23).

use jasaq_fieldbook::model::eligibility::Ineligible;
use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{ListId, MemberId, PersonId, SquadId};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::records::{HeadState, PersonState};
use jasaq_fieldbook::model::register::{
    CheckFinding, CheckKind, CheckOutcome, Identity, NoticeAbout, ReprintCause, Signer,
};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::statement::Kind;
use jasaq_fieldbook::model::words::Text;
use jasaq_fieldbook::{
    Deciding, Fieldbook, FieldbookRefused, NewCertificate, NewList, NewPrint, NewTraining, RefusalClass,
};
use jasaq_tests::{Field, Phone, name};

const SEED: u64 = 5;
const NEW: PersonId = PersonId::from_bytes([0; 16]);

fn text(written: &str) -> Text {
    Text::new(written).unwrap()
}

fn papers(full_name: &str) -> Identity {
    Identity {
        id: NEW,
        full_name: name(full_name),
        iin: None,
        born: None,
        id_document: None,
        residence: None,
        before: None,
    }
}

fn signer() -> Signer {
    Signer { position: name("бастық"), rank: name("полковник"), full_name: name("Б. Б.") }
}

/// A district whose squad was created by its council, and supervised: TS, SS, akimat, council, a head and a volunteer.
struct District {
    field: Field,
    ts: Phone,
    ss: Phone,
    akimat: Phone,
    council: Phone,
    head: Phone,
    aray: Phone,
    squad: SquadId,
    today: Day,
}

impl District {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let [ts, ss, head] = ["ts", "ss", "head"].map(|name| field.device(name));
        let aray = field.phone("aray");
        field.book(ts).create_council(&["SS 1", "әкімдік", "кеңес"], 2026).unwrap();
        field.run_until_quiet();
        let akimat = field.join_office("akimat", Role::LocalExecutiveBody, "әкімдік");
        let council = field.join_office("council", Role::CoordinationCouncil, "кеңес");
        field.run_until_quiet();
        let today = field.book(ts).today();
        let decided = (name("Қарабұлақ"), name("Зайсан"));
        let squad = field.book(council).decide_squad(decided, (name("12"), today)).unwrap();
        field.run_until_quiet();
        field.book(ss).supervise(squad, None).unwrap();
        field.run_until_quiet();
        Self { field, ts, ss, akimat, council, head, aray, squad, today }
    }

    fn book(&mut self, phone: Phone) -> &mut Fieldbook {
        self.field.book(phone)
    }

    /// The akimat lists these people, and the territorial subdivision has the list.
    fn list(&mut self, names: &[&str]) -> (ListId, Vec<PersonId>) {
        let members = names.iter().map(|name| papers(name)).collect();
        let new = NewList { squad: self.squad, number: Some(name("02-14/311")), day: self.today, members };
        let list = self.field.book(self.akimat).submit_list(new).unwrap();
        self.field.run_until_quiet();
        let today = self.today;
        self.field.book(self.ts).receive_list(list, today).unwrap();
        let lines = self.field.book(self.ts).list_lines(list).unwrap();
        (list, lines.into_iter().map(|(_, person)| person).collect())
    }

    fn check(&mut self, person: PersonId, finding: CheckFinding) {
        let today = self.today;
        let findings: Vec<_> = CheckKind::ALL.iter().map(|kind| (*kind, finding)).collect();
        self.field.book(self.ts).record_checks(person, &findings, today).unwrap();
    }

    fn try_register(&mut self, person: PersonId) -> Result<(), FieldbookRefused> {
        let deciding = Deciding { section: name("III"), subdivision: None, day: self.today };
        self.field.book(self.ts).register(person, deciding)
    }

    fn try_certify(&mut self, person: PersonId, number: &str) -> Result<(), FieldbookRefused> {
        let new = NewCertificate {
            number: number.parse().unwrap(),
            subdivision: name("Шығыс"),
            day: self.today,
            signer: signer(),
        };
        self.field.book(self.ts).issue_certificate(person, new)
    }

    fn train(&mut self, persons: &[PersonId]) {
        let new = NewTraining {
            persons: persons.to_vec(),
            day: self.today,
            military_unit: name("2034"),
            topics: text("001-§10, 12"),
        };
        self.field.book(self.ss).record_training(&new).unwrap();
    }

    /// A volunteer with everything, whose phone this is.
    fn active(&mut self, full_name: &str, (phone, number): (Phone, &str)) -> PersonId {
        let (_, persons) = self.list(&[full_name]);
        let person = persons[0];
        self.check(person, CheckFinding::Nothing);
        self.try_register(person).unwrap();
        self.try_certify(person, number).unwrap();
        self.field.run_until_quiet();
        self.train(&[person]);
        let member = self.member(phone);
        self.field.book(self.ss).identify(member, person).unwrap();
        self.field.run_until_quiet();
        person
    }

    fn member(&mut self, phone: Phone) -> MemberId {
        let devices = self.field.book(phone).devices().unwrap();
        let own = devices.into_iter().find(|view| view.is_this).unwrap();
        MemberId::from_bytes(*own.member.as_bytes())
    }

    fn state(&mut self, phone: Phone, person: PersonId) -> PersonState {
        self.field.book(phone).person(person).unwrap().record.state()
    }

    /// What a phone shows of a member: whether he may go out, and the number of his certificate.
    fn card(&mut self, phone: Phone, of: Phone) -> Option<(bool, Option<String>)> {
        let member = self.member(of);
        let cards = self.field.book(phone).squad_cards().unwrap();
        let card = cards.into_iter().find(|card| card.member == member)?;
        Some((card.eligible, card.certificate_number.map(|number| number.to_string())))
    }
}

fn why<T>(outcome: Result<T, FieldbookRefused>) -> RegisterRefused {
    match outcome {
        Err(FieldbookRefused::Register(refused)) => refused,
        Err(other) => panic!("refused for another reason: {other}"),
        Ok(_) => panic!("it was not refused"),
    }
}

fn is_no_right<T>(outcome: Result<T, FieldbookRefused>) -> bool {
    matches!(outcome, Err(refused @ FieldbookRefused::MayNotState { .. }) if refused.class() == RefusalClass::Rule)
}

#[test]
fn from_an_akimats_list_to_a_card_on_every_phone_of_the_squad() {
    let mut district = District::new();
    let (aray, head, ss, ts) = (district.aray, district.head, district.ss, district.ts);
    assert_eq!(district.card(head, aray), None);
    let person = district.active("Бекова Арай Маратқызы", (aray, "0117"));
    for console in [ts, ss] {
        assert_eq!(district.state(console, person), PersonState::Active);
        assert!(district.book(console).person(person).unwrap().eligibility.is_eligible());
    }
    for phone in [head, aray, ss] {
        assert_eq!(district.card(phone, aray), Some((true, Some("0117".to_owned()))));
    }
    assert_eq!(district.book(head).persons().unwrap(), [], "a phone holds cards, not registers");
}

#[test]
fn a_volunteer_struck_off_while_offline_is_told_at_his_next_contact_and_what_he_logged_stays() {
    let mut district = District::new();
    let (aray, head, ss) = (district.aray, district.head, district.ss);
    let person = district.active("Бекова Арай Маратқызы", (aray, "0117"));
    let patrol = district.field.start_patrol(aray);
    let entry = district.field.write(aray, patrol, "тұман");
    let today = district.today;
    district
        .book(ss)
        .strike_off(person, (ExclusionGround::MovedOut, false), today)
        .unwrap();
    for phone in [ss, head] {
        district.field.contact(phone);
    }
    assert_eq!(district.card(head, aray), Some((false, None)));
    assert_eq!(district.card(aray, aray), Some((true, Some("0117".to_owned()))), "he has not heard of it");
    let late = district.field.write(aray, patrol, "өткел бос");
    district.field.run_until_quiet();
    assert_eq!(district.card(aray, aray), Some((false, None)));
    for kept in [entry, late] {
        assert!(district.field.can_read(head, patrol, &kept));
    }
    assert_eq!(district.state(ss, person), PersonState::StruckOff);
    district
        .book(ss)
        .tell(person, NoticeAbout::StrikeOff, (today, name("қолына")))
        .unwrap();
    assert_eq!(district.state(ss, person), PersonState::Notified);
}

#[test]
fn the_same_answer_and_reasons_on_every_console_that_reads_the_register() {
    let mut district = District::new();
    let (_, persons) = district.list(&["Бекова Арай"]);
    district.check(persons[0], CheckFinding::Nothing);
    district.try_register(persons[0]).unwrap();
    district.field.run_until_quiet();
    let [at_ts, at_ss] = [district.ts, district.ss]
        .map(|console| district.book(console).person(persons[0]).unwrap().eligibility);
    assert_eq!(at_ts.reasons, [Ineligible::NoCertificate, Ineligible::NotTrained]);
    assert_eq!(at_ts, at_ss);
}

#[test]
fn each_office_does_its_own_step_and_nobody_elses() {
    let mut district = District::new();
    let (_, persons) = district.list(&["Бекова Арай"]);
    let (person, today, squad) = (persons[0], district.today, district.squad);
    let check = [(CheckKind::CriminalRecord, CheckFinding::Nothing)];
    let ground = (ExclusionGround::OwnWish, false);
    for other in [district.ss, district.akimat, district.council, district.head, district.aray] {
        assert!(is_no_right(district.book(other).record_checks(person, &check, today)));
        assert!(is_no_right(district.book(other).receive_application(papers("А"), (today, false))));
        assert!(is_no_right(district.book(other).lose_certificate(person, today)));
    }
    for other in [district.ts, district.akimat, district.council, district.head, district.aray] {
        assert!(is_no_right(district.book(other).strike_off(person, ground, today)));
        assert!(is_no_right(district.book(other).supervise(squad, None)));
    }
    for other in [district.ts, district.ss, district.akimat, district.head, district.aray] {
        assert!(is_no_right(district.book(other).appoint_head((squad, person), (name("1"), today))));
        assert!(is_no_right(district.book(other).review()));
    }
    for other in [district.ts, district.ss, district.council, district.head, district.aray] {
        let new = NewList { squad, number: None, day: today, members: vec![papers("Б")] };
        assert!(is_no_right(district.book(other).submit_list(new)));
        assert!(is_no_right(district.book(other).take_off_roster(squad, person)));
    }
    for other in [district.ts, district.ss, district.akimat, district.council] {
        assert!(is_no_right(district.book(other).wish_to_leave()));
    }
}

#[test]
fn a_certificate_comes_after_the_registration_once_and_under_a_number_that_is_free() {
    let mut district = District::new();
    let (_, persons) = district.list(&["Бекова Арай", "Әлиев Асқар"]);
    for person in &persons {
        district.check(*person, CheckFinding::Nothing);
    }
    assert_eq!(why(district.try_certify(persons[0], "0117")), RegisterRefused::NotRegistered);
    for person in &persons {
        district.try_register(*person).unwrap();
    }
    district.try_certify(persons[0], "0117").unwrap();
    assert_eq!(why(district.try_certify(persons[0], "0118")), RegisterRefused::CertificateExists);
    assert_eq!(why(district.try_certify(persons[1], "№ 0117")), RegisterRefused::NumberTaken);
    district.try_certify(persons[1], "0118").unwrap();
    let today = district.today;
    let again = NewPrint { cause: ReprintCause::Damaged, day: today, signer: signer() };
    assert_eq!(district.field.book(district.ts).reprint_certificate(persons[0], again).unwrap(), 2);
}

#[test]
fn who_is_excluded_is_named_to_the_akimat_without_a_ground_and_leaves_the_roster() {
    let mut district = District::new();
    let (_, persons) = district.list(&["Бекова Арай"]);
    let (person, squad, today, ts, akimat) =
        (persons[0], district.squad, district.today, district.ts, district.akimat);
    assert_eq!(why(district.book(ts).exclude(person, (squad, today))), RegisterRefused::NothingFound);
    district.check(person, CheckFinding::Circumstance);
    assert_eq!(why(district.try_register(person)), RegisterRefused::CircumstanceFound);
    district.book(ts).exclude(person, (squad, today)).unwrap();
    district.field.run_until_quiet();
    let seen = district.book(akimat).person(person).unwrap().record;
    assert_eq!(seen.state(), PersonState::Excluded);
    assert!(seen.checks.is_empty() && seen.circumstances.is_empty(), "the akimat reads whom, and not why");
    district.book(akimat).take_off_roster(squad, person).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.state(ts, person), PersonState::OffRoster);
}

#[test]
fn a_head_is_one_volunteer_of_the_squad_until_he_is_struck_off() {
    let mut district = District::new();
    let (council, ss, aray) = (district.council, district.ss, district.aray);
    let person = district.active("Бекова Арай", (aray, "0117"));
    let (_, others) = district.list(&["Әлиев Асқар"]);
    district.field.run_until_quiet();
    let (squad, today) = (district.squad, district.today);
    let stranger = PersonId::from_bytes([9; 16]);
    let number = || (name("13"), today);
    let unknown = district.book(council).appoint_head((squad, stranger), number());
    assert_eq!(why(unknown), RegisterRefused::PersonUnknown);
    district.book(council).appoint_head((squad, person), number()).unwrap();
    let second = district.book(council).appoint_head((squad, others[0]), number());
    assert_eq!(why(second), RegisterRefused::SecondHead);
    district.field.run_until_quiet();
    district
        .book(ss)
        .strike_off(person, (ExclusionGround::OwnWish, false), today)
        .unwrap();
    district.field.run_until_quiet();
    let squads = district.book(council).register_squads().unwrap();
    assert_eq!(squads[0].record.head(), HeadState::Vacant, "the council learns that, and no ground");
    assert!(district.book(council).person(person).unwrap().record.strike_offs.is_empty());
    district.book(council).appoint_head((squad, others[0]), number()).unwrap();
}

#[test]
fn a_list_is_taken_back_as_one_step_also_after_it_has_synced() {
    let mut district = District::new();
    let (list, persons) = district.list(&["Бекова Арай", "Әлиев Асқар", "Омаров Дәулет"]);
    let (akimat, ts, today) = (district.akimat, district.ts, district.today);
    assert_eq!(why(district.book(ts).receive_list(list, today)), RegisterRefused::ListReceived);
    assert_eq!(district.book(akimat).withdraw_list(list, text("қате тізім")).unwrap(), 3);
    assert_eq!(why(district.book(akimat).withdraw_list(list, text("тағы"))), RegisterRefused::ListWithdrawn);
    district.field.run_until_quiet();
    for person in persons {
        assert_eq!(district.state(ts, person), PersonState::OffRoster);
        assert_eq!(why(district.try_register(person)), RegisterRefused::NotOnRoster);
    }
}

#[test]
fn who_wishes_to_leave_says_so_on_his_phone_and_may_not_go_out_from_the_subdivisions_next_exchange() {
    let mut district = District::new();
    let (aray, head, ss) = (district.aray, district.head, district.ss);
    let person = district.active("Бекова Арай", (aray, "0117"));
    district.book(aray).wish_to_leave().unwrap();
    district.field.run_until_quiet();
    let view = district.book(ss).person(person).unwrap();
    assert_eq!(view.record.circumstances[0].what.ground, ExclusionGround::OwnWish);
    assert_eq!(view.eligibility.reasons, [Ineligible::Circumstance]);
    assert_eq!(district.card(head, aray), Some((false, Some("0117".to_owned()))));
}

#[test]
fn a_non_staff_employee_applies_is_decided_about_and_registered_with_a_subdivision_that_is_named() {
    let mut district = District::new();
    let (ts, ss, today) = (district.ts, district.ss, district.today);
    let person = district
        .book(ts)
        .receive_application(papers("Ким Виктор"), (today, false))
        .unwrap();
    assert_eq!(district.state(ts, person), PersonState::Applied);
    let early = district.book(ts).decide_application(person, (CheckOutcome::Approved, today));
    assert_eq!(why(early), RegisterRefused::NotChecked);
    district.check(person, CheckFinding::Nothing);
    assert_eq!(why(district.try_register(person)), RegisterRefused::NotApproved);
    district
        .book(ts)
        .decide_application(person, (CheckOutcome::Approved, today))
        .unwrap();
    assert_eq!(why(district.try_register(person)), RegisterRefused::NotSupervised);
    let deciding = Deciding { section: name("IV"), subdivision: Some("SS 1".to_owned()), day: today };
    district.book(ts).register(person, deciding).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.state(ss, person), PersonState::Registered);
    assert!(district.book(ss).person(person).unwrap().record.applications.is_empty());
}

#[test]
fn tomorrow_is_not_recorded_today() {
    let mut district = District::new();
    let tomorrow: Day = "2099-01-01".parse().unwrap();
    let council = district.council;
    let decided = (name("Сарысу"), name("Зайсан"));
    let outcome = district.book(council).decide_squad(decided, (name("14"), tomorrow));
    assert_eq!(why(outcome), RegisterRefused::DayInFuture);
}

#[test]
fn a_strike_off_said_in_error_is_taken_back_by_the_subdivision_and_by_nobody_else() {
    let mut district = District::new();
    let (aray, ss, ts, head) = (district.aray, district.ss, district.ts, district.head);
    let person = district.active("Бекова Арай", (aray, "0117"));
    let today = district.today;
    district
        .book(ss)
        .strike_off(person, (ExclusionGround::MovedOut, false), today)
        .unwrap();
    district.field.run_until_quiet();
    let said = district.book(ts).person(person).unwrap().record.strike_offs.remove(0);
    let named = (said.author, said.key);
    assert_eq!(
        why(district.book(ts).withdraw(named.clone(), text("қате"))),
        RegisterRefused::NotYoursToWithdraw
    );
    district.book(ss).withdraw(named, text("басқа адам")).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.state(ts, person), PersonState::Active);
    assert_eq!(district.card(head, aray), Some((true, Some("0117".to_owned()))));
}

#[test]
fn a_council_sees_what_was_said_since_it_looked_and_nothing_of_checks() {
    let mut district = District::new();
    let (council, akimat) = (district.council, district.akimat);
    let before = district.book(council).council_changes().unwrap();
    assert_eq!((before.reviewed, before.changes.len()), (None, 1), "its own decision, and nobody has looked");
    district.book(council).review().unwrap();
    let (_, persons) = district.list(&["Бекова Арай", "Әлиев Асқар"]);
    district.check(persons[0], CheckFinding::Circumstance);
    district.field.run_until_quiet();
    let since = district.book(council).council_changes().unwrap();
    assert_eq!(since.reviewed, Some(district.today));
    assert!(
        since.changes.iter().all(|said| said.statement.kind() == Kind::NameOn) && since.changes.len() == 2
    );
    let (squad, person) = (district.squad, persons[0]);
    district.book(akimat).take_off_roster(squad, person).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.book(council).council_changes().unwrap().changes.len(), 3);
    let review = district.book(council).review().unwrap();
    assert!(district.book(council).council_changes().unwrap().changes.is_empty());
    let named = (district.book(council).author_of(&review).unwrap(), review);
    district.book(council).withdraw(named, text("қате басылды")).unwrap();
    assert_eq!(
        district.book(council).council_changes().unwrap().changes.len(),
        4,
        "and that it took that back"
    );
}

#[test]
fn who_opens_what_is_kept_apart_is_written_down() {
    let mut district = District::new();
    let (_, persons) = district.list(&["Бекова Арай"]);
    let (ts, ss) = (district.ts, district.ss);
    district.book(ts).note_reading(persons[0], text("өтініш бойынша")).unwrap();
    let readings = district.book(ts).readings().unwrap();
    assert_eq!((readings.len(), readings[0].person), (1, persons[0]));
    assert_eq!(readings[0].reason.as_str(), "өтініш бойынша");
    district.field.run_until_quiet();
    assert!(district.book(ss).readings().unwrap().is_empty(), "the register's log is the territory's");
}
