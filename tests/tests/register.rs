//! The register from an akimat's list to a card on the phones, and to strike-off (001-§7, 11, 15–23).

use jasaq_fieldbook::model::eligibility::Ineligible;
use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::law::{DayCount, ExclusionGround};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::patrol_log::{Flag, Flagged};
use jasaq_fieldbook::model::records::{HeadState, PersonState};
use jasaq_fieldbook::model::register::{
    CheckFinding, CheckKind, CheckOutcome, IdDocument, IdDocumentKind, Identity, NoticeAbout, ReprintCause,
};
use jasaq_fieldbook::{Card, Copies, Deciding, FieldbookRefused, NewAttachment, NewPrint, RefusalClass};
use jasaq_tests::{Registry, name, papers, signer, text, why};

fn is_no_right<T>(outcome: Result<T, FieldbookRefused>) -> bool {
    matches!(outcome, Err(refused @ FieldbookRefused::MayNotState { .. }) if refused.class() == RefusalClass::Rule)
}

#[test]
fn from_an_akimats_list_to_a_card_on_every_phone_of_the_squad() {
    let mut district = Registry::founded();
    let (aray, head, ss, ts) = (district.aray, district.head, district.ss, district.ts);
    assert_eq!(district.card(head, aray), None);
    let person = district.active("Бекова Арай Маратқызы", (aray, "0117"));
    for console in [ts, ss] {
        assert_eq!(district.state(console, person), PersonState::Active);
        assert!(district.may_go(console, person));
    }
    for phone in [head, aray, ss] {
        assert_eq!(district.card(phone, aray), Some((true, Some("0117".to_owned()))));
    }
    assert_eq!(district.book(head).persons().unwrap(), None, "a phone holds cards, not registers");
}

#[test]
fn a_volunteer_struck_off_while_offline_is_told_at_his_next_contact_and_what_he_logged_stays() {
    let mut district = Registry::founded();
    let (aray, head, ss) = (district.aray, district.head, district.ss);
    let person = district.active("Бекова Арай Маратқызы", (aray, "0117"));
    let patrol = district.field.start_patrol(aray);
    let entry = district.field.write(aray, patrol, "тұман");
    district.strike_off_at(ss, person, ExclusionGround::MovedOut);
    for phone in [ss, head] {
        district.field.contact(phone);
    }
    assert_eq!(district.card(head, aray), Some((false, None)));
    assert_eq!(district.card(aray, aray), Some((true, Some("0117".to_owned()))), "he has not heard of it");
    let late = district.field.write(aray, patrol, "өткел бос");
    district.field.run_until_quiet();
    assert_eq!(district.card(aray, aray), Some((false, None)));
    for kept in [entry, late.clone()] {
        assert!(district.field.can_read(head, patrol, &kept));
    }
    for reader in [head, aray, ss] {
        let log = district.field.shows(reader, patrol).log;
        let is_flagged = |flagged: &&_| matches!(flagged, Flagged { flag: Flag::MemberNoLongerEligible, about } if *about == late);
        assert!(log.flags().iter().any(|flagged| is_flagged(&flagged)), "it stays a fact, and says so");
    }
    assert_eq!(district.state(ss, person), PersonState::StruckOff);
    let handed = (district.today, name("қолына"));
    district.book(ss).tell(person, NoticeAbout::StrikeOff, handed).unwrap();
    assert_eq!(district.state(ss, person), PersonState::Notified);
}

#[test]
fn the_same_answer_and_reasons_on_every_console_that_reads_the_register() {
    let mut district = Registry::founded();
    let (_, persons) = district.registered(&["Бекова Арай"]);
    district.field.run_until_quiet();
    let [at_ts, at_ss] = [district.ts, district.ss]
        .map(|console| district.book(console).person(persons[0]).unwrap().eligibility);
    assert_eq!(at_ts.as_ref().unwrap().reasons, [Ineligible::NoCertificate, Ineligible::NotTrained]);
    assert_eq!(at_ts, at_ss);
}

#[test]
fn each_office_does_its_own_step_and_nobody_elses() {
    let mut district = Registry::founded();
    let (_, persons) = district.list(&["Бекова Арай"]);
    let (person, today, squad) = (persons[0], district.today, district.squad);
    let check = [(CheckKind::CriminalRecord, CheckFinding::Nothing)];
    let ground = (ExclusionGround::OwnWish, false);
    for other in [district.ss, district.akimat, district.council, district.head, district.aray] {
        assert!(is_no_right(district.book(other).record_checks(person, &check, today)));
        assert!(is_no_right(district.book(other).receive_application(papers("А"), (today, false), &[])));
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
        let new = district.new_list(vec![papers("Б")]);
        assert!(is_no_right(district.book(other).submit_list(new)));
        assert!(is_no_right(district.book(other).take_off_roster(squad, person)));
    }
    for other in [district.ts, district.ss, district.akimat, district.council] {
        assert!(is_no_right(district.book(other).wish_to_leave()));
    }
}

#[test]
fn a_certificate_comes_after_the_registration_once_and_under_a_number_that_is_free() {
    let mut district = Registry::founded();
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
    let mut district = Registry::founded();
    let (_, persons) = district.list(&["Бекова Арай"]);
    let (person, squad, today, ts, akimat) =
        (persons[0], district.squad, district.today, district.ts, district.akimat);
    assert_eq!(
        why(district.book(ts).exclude(person, (squad, today), Copies::Delete)),
        RegisterRefused::NothingFound
    );
    district.check(person, CheckFinding::Circumstance);
    assert_eq!(why(district.try_register(person)), RegisterRefused::CircumstanceFound);
    district.book(ts).exclude(person, (squad, today), Copies::Delete).unwrap();
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
    let mut district = Registry::founded();
    let (council, aray) = (district.council, district.aray);
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
    district.strike_off(person, ExclusionGround::OwnWish);
    let squads = district.book(council).register_squads().unwrap().unwrap();
    assert_eq!(squads[0].record.head(), HeadState::Vacant, "the council learns that, and no ground");
    assert!(district.book(council).person(person).unwrap().record.strike_offs.is_empty());
    district.book(council).appoint_head((squad, others[0]), number()).unwrap();
}

#[test]
fn a_list_is_taken_back_as_one_step_also_after_it_has_synced() {
    let mut district = Registry::founded();
    let (list, persons) = district.list(&["Бекова Арай", "Әлиев Асқар", "Омаров Дәулет"]);
    let (akimat, ts, today) = (district.akimat, district.ts, district.today);
    assert_eq!(
        why(district.book(ts).receive_list(list, today, Copies::Delete)),
        RegisterRefused::ListReceived
    );
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
    let mut district = Registry::founded();
    let (aray, head, ss) = (district.aray, district.head, district.ss);
    let person = district.active("Бекова Арай", (aray, "0117"));
    district.book(aray).wish_to_leave().unwrap();
    district.field.run_until_quiet();
    let view = district.book(ss).person(person).unwrap();
    assert_eq!(view.record.circumstances[0].what.ground, Some(ExclusionGround::OwnWish));
    assert_eq!(view.eligibility.unwrap().reasons, [Ineligible::Circumstance]);
    assert_eq!(district.card(head, aray), Some((false, Some("0117".to_owned()))));
}

#[test]
fn a_non_staff_employee_applies_is_decided_about_and_registered_with_a_subdivision_that_is_named() {
    let mut district = Registry::founded();
    let (ts, ss, today) = (district.ts, district.ss, district.today);
    let person = district
        .book(ts)
        .receive_application(papers("Ким Виктор"), (today, false), &[])
        .unwrap();
    assert_eq!(district.state(ts, person), PersonState::Applied);
    let early = district
        .book(ts)
        .decide_application(person, (CheckOutcome::Approved, today), Copies::Delete);
    assert_eq!(why(early), RegisterRefused::NotChecked);
    district.check(person, CheckFinding::Nothing);
    assert_eq!(why(district.try_register(person)), RegisterRefused::NotApproved);
    district
        .book(ts)
        .decide_application(person, (CheckOutcome::Approved, today), Copies::Delete)
        .unwrap();
    assert_eq!(why(district.try_register(person)), RegisterRefused::UnitUnnamed);
    let deciding =
        Deciding { section: name("IV"), subdivision: Some("SS 1".to_owned()), squad: None, day: today };
    district.book(ts).register(person, deciding, Copies::Delete).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.state(ss, person), PersonState::Registered);
    assert!(district.book(ss).person(person).unwrap().record.applications.is_empty());
}

#[test]
fn tomorrow_is_not_recorded_today() {
    let mut district = Registry::founded();
    let tomorrow: Day = "2099-01-01".parse().unwrap();
    let council = district.council;
    let decided = (name("Сарысу"), name("Зайсан"));
    let outcome = district.book(council).decide_squad(decided, (name("14"), tomorrow));
    assert_eq!(why(outcome), RegisterRefused::DayInFuture);
}

#[test]
fn a_strike_off_said_in_error_is_taken_back_by_the_subdivision_and_by_nobody_else() {
    let mut district = Registry::founded();
    let (aray, ss, ts, head) = (district.aray, district.ss, district.ts, district.head);
    let person = district.active("Бекова Арай", (aray, "0117"));
    district.strike_off(person, ExclusionGround::MovedOut);
    let said = district.book(ts).person(person).unwrap().record.strike_offs.remove(0);
    let named = (said.author, said.key);
    assert_eq!(
        why(district.book(ts).withdraw(named.clone(), &text("қате"))),
        RegisterRefused::NotYoursToWithdraw
    );
    district.book(ss).withdraw(named, &text("басқа адам")).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.state(ts, person), PersonState::Active);
    assert_eq!(district.card(head, aray), Some((true, Some("0117".to_owned()))));
}

#[test]
fn copies_go_with_the_list_to_the_territorial_subdivision_alone_and_are_gone_after_the_check() {
    let mut district = Registry::founded();
    let (_, persons) = district.list(&["Бекова Арай"]);
    let (person, ts, ss, akimat) = (persons[0], district.ts, district.ss, district.akimat);
    let copy = NewAttachment { file: b"%PDF-1.7 a copy", keeps_metadata: true, ..NewAttachment::default() };
    for other in [ss, district.council, district.head] {
        assert!(district.book(other).attach_copy(person, &copy).is_err());
    }
    let key = district.book(akimat).attach_copy(person, &copy).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.book(ts).copies_of(person).unwrap().len(), 1);
    for other in [ss, district.council, district.head, district.aray] {
        assert!(district.book(other).copies_of(person).unwrap().is_empty());
    }
    let mut opened = Vec::new();
    district.book(akimat).open_attachment(&key, &mut opened).unwrap();
    assert_eq!(opened, copy.file);
    assert_eq!(district.book(ts).delete_copies(person).unwrap(), 1);
    district.field.run_until_quiet();
    for console in [ts, akimat] {
        assert!(district.book(console).copies_of(person).unwrap()[0].is_erased);
        assert!(district.book(console).open_attachment(&key, &mut Vec::new()).is_err());
    }
    assert_eq!(district.state(ts, person), PersonState::InCheck, "the record itself stands");
}

#[test]
fn two_intentional_offences_within_a_year_end_a_volunteers_part() {
    let mut district = Registry::founded();
    let (aray, ss, ts) = (district.aray, district.ss, district.ts);
    let person = district.active("Бекова Арай", (aray, "0117"));
    let day = |written: &str| -> Day { written.parse().unwrap() };
    assert_eq!(district.book(ts).record_offence(person, day("2025-01-10")).unwrap(), None);
    let repeated = district.book(ts).record_offence(person, day("2025-11-02")).unwrap().unwrap();
    assert_eq!((repeated.first, repeated.second), (day("2025-01-10"), day("2025-11-02")));
    district.field.run_until_quiet();
    let record = district.book(ss).person(person).unwrap().record;
    assert_eq!(record.circumstances[0].what.ground, Some(ExclusionGround::RepeatAdminOffences));
    assert!(record.offences.is_empty(), "the subdivision reads the ground, and not what it rests on");
}

#[test]
fn an_application_has_thirty_calendar_days_and_a_list_has_no_deadline() {
    let mut district = Registry::founded();
    let (ts, received) = (district.ts, "2026-01-01".parse().unwrap());
    let person = district
        .book(ts)
        .receive_application(papers("Ким Виктор"), (received, false), &[])
        .unwrap();
    let counting = district.book(ts).day_count().unwrap();
    let due = |counting, district: &mut Registry| {
        let record = district.book(ts).person(person).unwrap().record;
        record.term(counting).unwrap().due().to_string()
    };
    assert_eq!(due(counting, &mut district), "2026-01-30", "the earlier day, if nobody set anything");
    district.book(ts).set_day_count(DayCount::StartIsDay0).unwrap();
    let counting = district.book(ts).day_count().unwrap();
    assert_eq!(due(counting, &mut district), "2026-01-31");
    let (_, listed) = district.list(&["Бекова Арай"]);
    assert_eq!(district.book(ts).person(listed[0]).unwrap().record.term(counting), None);
}

#[test]
fn a_card_of_whom_the_register_knows_is_not_written_by_hand() {
    let mut district = Registry::founded();
    let (aray, ss, today) = (district.aray, district.ss, district.today);
    let person = district.active("Бекова Арай", (aray, "0117"));
    district.strike_off_at(ss, person, ExclusionGround::OwnWish);
    let member = district.member(aray);
    let by_hand =
        Card { member, full_name: name("Арай"), certificate_number: None, eligible: true, as_of: today };
    assert_eq!(why(district.book(ss).write_card(by_hand)), RegisterRefused::CardFromRegister);
}

#[test]
fn an_application_whose_copy_cannot_be_kept_did_not_come_in() {
    let mut district = Registry::founded();
    let (ts, today) = (district.ts, district.today);
    let copies = [&b"%PDF-1.7"[..], b""].map(|file| NewAttachment {
        file,
        keeps_metadata: true,
        ..NewAttachment::default()
    });
    let mut receive = |copies: &[NewAttachment<'_>]| {
        district
            .book(ts)
            .receive_application(papers("Ким Виктор"), (today, false), copies)
    };
    assert!(receive(&copies).is_err(), "the second of them is empty");
    let person = receive(&copies[..1]).unwrap();
    assert_eq!(district.book(ts).persons().unwrap().unwrap(), [person], "nothing is left of the first try");
    assert_eq!(district.book(ts).copies_of(person).unwrap().len(), 1);
}

#[test]
fn who_was_struck_off_applies_again_under_a_record_that_names_the_one_that_ended() {
    let mut district = Registry::founded();
    let (ts, akimat, today) = (district.ts, district.akimat, district.today);
    let card = IdDocument { kind: IdDocumentKind::IdentityCard, number: name("012345678") };
    let identity = Identity { id_document: Some(card), ..papers("Бекова Арай") };
    let new = district.new_list(vec![identity.clone()]);
    let list = district.book(akimat).submit_list(new).unwrap();
    district.field.run_until_quiet();
    district.book(ts).receive_list(list, today, Copies::Delete).unwrap();
    let before = district.book(ts).list_lines(list).unwrap().unwrap()[0].1;
    district.check(before, CheckFinding::Nothing);
    district.try_register(before).unwrap();
    district.field.run_until_quiet();
    district.strike_off(before, ExclusionGround::CriminalLiability);
    let mut receive =
        |identity: &Identity| district.book(ts).receive_application(identity.clone(), (today, false), &[]);
    assert_eq!(why(receive(&identity)), RegisterRefused::BeforeUnsaid, "the same card, and not a word of it");
    let again = receive(&Identity { before: Some(before), ..identity }).unwrap();
    let record = district.book(ts).person(again).unwrap().record;
    assert_eq!(record.identity().unwrap().before, Some(before));
}

#[test]
fn one_person_applies_once_until_his_application_is_refused_or_taken_back() {
    let mut district = Registry::founded();
    let (ts, today) = (district.ts, district.today);
    let mut identity = papers("Ким Виктор");
    identity.id_document = Some(IdDocument { kind: IdDocumentKind::Passport, number: name("N 12345678") });
    let mut receive =
        |identity: &Identity| district.book(ts).receive_application(identity.clone(), (today, false), &[]);
    let unborn = Identity { born: Some(today.plus_days(1)), ..identity.clone() };
    assert_eq!(why(receive(&unborn)), RegisterRefused::DayInFuture);
    let person = receive(&identity).unwrap();
    assert_eq!(why(receive(&identity)), RegisterRefused::AppliedAlready);
    receive(&papers("Ким Виктор")).unwrap();
    let refused = (CheckOutcome::Refused, today);
    district.book(ts).decide_application(person, refused, Copies::Delete).unwrap();
    district.book(ts).receive_application(identity, (today, false), &[]).unwrap();
}
