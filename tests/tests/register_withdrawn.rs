//! What an akimat or a council takes back: what it began, and never the register (001-§15, 19, 22).

use std::collections::{BTreeMap, BTreeSet};

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{ListId, PersonId};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::records::{PersonState, RecordFlag};
use jasaq_fieldbook::model::register::{CheckFinding, CheckKind, IdDocument, IdDocumentKind, Identity};
use jasaq_fieldbook::{Copies, Deciding, FieldbookRefused, ListPapers, NewAttachment, NewList, RosterQuery};
use jasaq_tests::{Phone, Registry, name, papers, text, why};

fn pdf(file: &[u8]) -> NewAttachment<'_> {
    NewAttachment { file, keeps_metadata: true, ..NewAttachment::default() }
}

/// A list of two with a copy of each one's card and a signature, and who stands on it.
fn send(district: &mut Registry, copies: [&[u8]; 2]) -> Result<(ListId, Vec<PersonId>), FieldbookRefused> {
    let members = ["Бекова Арай", "Әлиев Асқар"].map(papers).to_vec();
    let new = NewList { number: Some(name("02-14/311")), ..district.new_list(members) };
    let copies = (0..).zip(copies).map(|(place, copy)| (place, vec![pdf(copy)]));
    let copies: BTreeMap<usize, Vec<_>> = copies.collect();
    let papers = ListPapers { copies, enclosed: vec![pdf(b"a signature")], missing: vec![] };
    let akimat = district.akimat;
    let list = district.book(akimat).submit_list_with(new, &papers)?.list;
    let lines = district.book(akimat).list_lines(list)?.unwrap_or_default();
    Ok((list, lines.into_iter().map(|(_, person)| person).collect()))
}

fn deciding(day: Day) -> Deciding {
    Deciding { section: name("III"), subdivision: None, squad: None, day }
}

/// Whether each copy that a console knows of somebody's papers is deleted.
fn deleted(district: &mut Registry, console: Phone, person: PersonId) -> Vec<bool> {
    let copies = district.book(console).copies_of(person).unwrap();
    copies.iter().map(|copy| copy.is_erased).collect()
}

#[test]
fn a_list_is_recorded_with_all_of_its_papers_or_not_at_all() {
    let mut district = Registry::founded();
    let akimat = district.akimat;
    assert!(send(&mut district, [b"%PDF one", b""]).is_err(), "the second copy is empty");
    assert_eq!(district.book(akimat).squad_lists().unwrap().unwrap().iter().count(), 0);
    assert_eq!(district.book(akimat).persons().unwrap().unwrap(), []);
    assert!(district.book(akimat).attachments(None).unwrap().is_empty());
    let (list, persons) = send(&mut district, [b"%PDF one", b"%PDF two"]).unwrap();
    for person in persons {
        assert_eq!(deleted(&mut district, akimat, person), [false]);
    }
    assert_eq!(district.book(akimat).papers_of_list(list).unwrap().len(), 1);
}

#[test]
fn copies_of_those_who_are_on_a_list_already_come_with_the_new_one_or_neither_does() {
    let mut district = Registry::founded();
    let akimat = district.akimat;
    let (_, persons) = district.list(&["Бекова Арай"]);
    let new = district.new_list(vec![papers("Әлиев Асқар")]);
    let along = |file| ListPapers { missing: vec![(persons[0], pdf(file))], ..ListPapers::default() };
    assert!(district.book(akimat).submit_list_with(new.clone(), &along(b"")).is_err(), "the copy is empty");
    assert_eq!(district.book(akimat).squad_lists().unwrap().unwrap().iter().count(), 1);
    let mut send = || {
        district
            .book(akimat)
            .submit_list_with(new.clone(), &along(b"%PDF"))
            .unwrap()
            .missing
    };
    assert_eq!((send(), send()), (1, 0), "once she has hers");
    assert_eq!(deleted(&mut district, akimat, persons[0]), [false]);
}

#[test]
fn copies_that_a_list_was_sent_without_are_attached_once_and_by_the_akimat() {
    let mut district = Registry::founded();
    let (akimat, ts) = (district.akimat, district.ts);
    let (_, persons) = district.list(&["Бекова Арай", "Әлиев Асқар"]);
    let copies = persons.iter().map(|person| (*person, pdf(b"%PDF"))).collect::<Vec<_>>();
    assert!(district.book(ts).attach_missing_copies(&copies).is_err());
    assert_eq!(district.book(akimat).attach_missing_copies(&copies[..1]).unwrap(), 1);
    assert_eq!(district.book(akimat).attach_missing_copies(&copies).unwrap(), 1, "one has his");
    assert_eq!(district.book(akimat).attach_missing_copies(&copies).unwrap(), 0);
    district.field.run_until_quiet();
    assert_eq!(district.book(ts).delete_copies(persons[0]).unwrap(), 1);
    district.field.run_until_quiet();
    assert_eq!(district.book(akimat).attach_missing_copies(&copies).unwrap(), 0, "his check is done");
}

#[test]
fn the_papers_of_a_list_that_was_taken_back_are_deleted_here_at_once_and_then_everywhere() {
    let mut district = Registry::founded();
    let (akimat, ts, today) = (district.akimat, district.ts, district.today);
    let (list, persons) = send(&mut district, [b"%PDF one", b"%PDF two"]).unwrap();
    district.field.run_until_quiet();
    district.book(ts).receive_list(list, today, Copies::Delete).unwrap();
    district.check(persons[0], CheckFinding::Nothing);
    district.book(ts).register(persons[0], deciding(today), Copies::Keep).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.book(akimat).list_withdrawal(list).unwrap().papers, 3);
    district.book(akimat).withdraw_list(list, text("қате тізім")).unwrap();
    for person in &persons {
        assert_eq!(deleted(&mut district, akimat, *person), [true]);
        assert_eq!(deleted(&mut district, ts, *person), [false], "it has not heard of it");
    }
    district.field.run_until_quiet();
    assert_eq!(deleted(&mut district, ts, persons[1]), [true]);
    assert!(district.book(ts).papers_of_list(list).unwrap()[0].is_erased);
    assert_eq!(deleted(&mut district, ts, persons[0]), [false], "kept on purpose after his check");
}

#[test]
fn the_part_of_who_is_registered_ends_by_a_strike_off_and_not_with_the_list() {
    let mut district = Registry::founded();
    let (aray, akimat, ss, ts, head) =
        (district.aray, district.akimat, district.ss, district.ts, district.head);
    let person = district.active("Бекова Арай", (aray, "0117"));
    let lists = district.book(akimat).squad_lists().unwrap().unwrap();
    let list = lists.iter().next().unwrap().0;
    let effect = district.book(akimat).list_withdrawal(list).unwrap();
    assert_eq!((effect.off.as_slice(), effect.left_on_roster), (&[person][..], 0));
    assert_eq!(effect.received, Some(district.today), "who was registered since cannot be read there");
    assert_eq!(district.book(akimat).withdraw_list(list, text("қате тізім")).unwrap(), 1);
    district.field.run_until_quiet();
    for console in [ts, ss] {
        let view = district.book(console).person(person).unwrap();
        assert_eq!(view.record.state(), PersonState::Active);
        assert!(view.eligibility.unwrap().is_eligible());
        assert_eq!(view.record.flags(), [RecordFlag::RegisteredOffRoster], "it is for them to look at");
    }
    assert_eq!(district.card(head, aray), Some((true, Some("0117".to_owned()))));
    district.strike_off(person, ExclusionGround::OwnWish);
    assert_eq!(district.card(head, aray), Some((false, None)));
}

#[test]
fn who_stands_on_another_list_too_stays_on_the_roster_with_his_copy() {
    let mut district = Registry::founded();
    let akimat = district.akimat;
    let (list, persons) = send(&mut district, [b"%PDF one", b"%PDF two"]).unwrap();
    let mut again = papers("Әлиев Асқар");
    again.id = persons[1];
    let second = district.new_list(vec![again]);
    district.book(akimat).submit_list(second).unwrap();
    let effect = district.book(akimat).list_withdrawal(list).unwrap();
    assert_eq!(
        (effect.off.as_slice(), effect.stay.as_slice(), effect.left_on_roster, effect.papers),
        (&persons[..1], &persons[1..], 1, 2)
    );
    assert_eq!(district.book(akimat).withdraw_list(list, text("қате")).unwrap(), 1);
    assert_eq!(deleted(&mut district, akimat, persons[1]), [false]);
    assert_eq!(district.state(akimat, persons[1]), PersonState::Proposed);
}

#[test]
fn a_list_of_another_squad_keeps_no_name_on_this_ones_roster() {
    let mut district = Registry::founded();
    let (council, akimat, today) = (district.council, district.akimat, district.today);
    let decided = (name("Екінші"), name("Зайсан"));
    let second = district.book(council).decide_squad(decided, (name("13"), today)).unwrap();
    district.field.run_until_quiet();
    let (list, persons) = send(&mut district, [b"%PDF one", b"%PDF two"]).unwrap();
    let mut again = papers("Бекова Арай");
    again.id = persons[0];
    let of_second = NewList { squad: second, ..district.new_list(vec![again]) };
    district.book(akimat).submit_list(of_second).unwrap();
    let effect = district.book(akimat).list_withdrawal(list).unwrap();
    assert_eq!((effect.off, effect.stay, effect.papers), (persons.clone(), vec![], 2));
    assert_eq!(district.book(akimat).withdraw_list(list, text("қате")).unwrap(), 2);
    let squads: Vec<_> = district.book(akimat).person(persons[0]).unwrap().record.squads().collect();
    assert_eq!(squads, [second]);
    assert_eq!(deleted(&mut district, akimat, persons[0]), [false], "the other list goes on with it");
}

#[test]
fn names_go_on_and_off_in_the_space_of_their_squad_also_when_a_new_season_has_one() {
    let mut district = Registry::founded();
    let (akimat, ts, ss, squad) = (district.akimat, district.ts, district.ss, district.squad);
    let (_, before) = district.list(&["Бекова Арай"]);
    district.field.run_until_quiet();
    district.book(ts).create_council(&["SS 1", "әкімдік", "кеңес"], 2027).unwrap();
    district.field.run_until_quiet();
    let (list, after) = district.list(&["Әлиев Асқар"]);
    district.field.run_until_quiet();
    assert_eq!(district.state(ss, after[0]), PersonState::Proposed, "otherwise the rule is proved of nobody");
    district.book(akimat).take_off_roster(squad, before[0]).unwrap();
    let again = district.book(akimat).take_off_roster(squad, before[0]);
    assert_eq!(why(again), RegisterRefused::NotOnRoster);
    assert_eq!(district.book(akimat).withdraw_list(list, text("қате")).unwrap(), 1);
    district.field.run_until_quiet();
    for console in [akimat, ts, ss] {
        for person in [before[0], after[0]] {
            let squads = district.book(console).person(person).unwrap().record.squads().count();
            assert_eq!(squads, 0, "on every console");
        }
    }
}

#[test]
fn the_names_of_a_councils_squad_are_read_by_its_own_offices_alone() {
    let mut district = Registry::founded();
    let other = district.second_ss();
    district.field.run_until_quiet();
    let (_, persons) = district.list(&["Бекова Арай"]);
    district.field.run_until_quiet();
    assert_eq!(why(district.book(other).person(persons[0])), RegisterRefused::PersonUnknown);
}

#[test]
fn who_is_listed_anew_after_his_list_was_taken_back_is_known_by_his_papers() {
    let mut district = Registry::founded();
    let (akimat, council) = (district.akimat, district.council);
    let (list, persons) = district.list(&["Бекова Арай"]);
    district.book(akimat).withdraw_list(list, text("қате")).unwrap();
    let known = district.book(akimat).papers_of(persons[0]).unwrap();
    assert_eq!(
        known.map(|(identity, lists)| (identity.full_name, lists)),
        Some((name("Бекова Арай"), BTreeSet::from([list])))
    );
    assert_eq!(district.book(council).papers_of(persons[0]).unwrap(), None, "it reads no papers");
}

#[test]
fn a_squad_with_names_on_its_roster_is_not_made_undone() {
    let mut district = Registry::founded();
    let (akimat, council) = (district.akimat, district.council);
    let (list, persons) = district.list(&["Бекова Арай"]);
    district.field.run_until_quiet();
    let (squad, today) = (district.squad, district.today);
    let created = district
        .book(council)
        .register_squads()
        .unwrap()
        .unwrap()
        .remove(0)
        .record
        .created
        .unwrap();
    let named = (created.author, created.key);
    let undo = |district: &mut Registry| district.book(council).withdraw(named.clone(), &text("қате"));
    assert_eq!(why(undo(&mut district)), RegisterRefused::SquadHasMembers);
    let key = district
        .book(council)
        .appoint_head((squad, persons[0]), (name("13"), today))
        .unwrap();
    let author = district.book(council).author_of(&key).unwrap();
    district.book(council).withdraw((author, key), &text("қате")).unwrap();
    district.book(akimat).withdraw_list(list, text("қате тізім")).unwrap();
    district.field.run_until_quiet();
    undo(&mut district).unwrap();
    assert!(district.book(council).register_squads().unwrap().unwrap().is_empty());
}

#[test]
fn who_took_his_application_back_is_shown_by_his_name_for_as_long_as_it_is_held() {
    let mut district = Registry::founded();
    let (ts, today) = (district.ts, district.today);
    let person = district
        .book(ts)
        .receive_application(papers("Ким Виктор"), (today, false), &[])
        .unwrap();
    let application = district.book(ts).person(person).unwrap().record.applications[0].clone();
    let said = (application.author, application.key);
    district.book(ts).withdraw(said, &text("өзі қайтарып алды")).unwrap();
    let record = district.book(ts).person(person).unwrap().record;
    assert_eq!((record.state(), record.full_name()), (PersonState::TakenBack, Some(&name("Ким Виктор"))));
    assert_eq!(record.identity(), None, "his papers count no more");
    let found = RosterQuery { search: Some("ким"), ..RosterQuery::default() };
    let page = district.book(ts).roster_page(&found).unwrap().unwrap();
    assert_eq!(page.entries.len(), 1);
    district.book(ts).erase_person(person).unwrap();
    assert!(district.book(ts).person(person).is_err(), "and no longer");
}

#[test]
fn copies_are_deleted_in_the_step_that_ends_a_check_and_stay_where_it_is_refused_or_they_are_kept() {
    let mut district = Registry::founded();
    let (akimat, ts, squad, today) = (district.akimat, district.ts, district.squad, district.today);
    let (list, persons) = send(&mut district, [b"%PDF one", b"%PDF two"]).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.book(ts).receive_list(list, today, Copies::Delete).unwrap(), 0, "both are checked");
    let early = district.book(ts).register(persons[0], deciding(today), Copies::Delete);
    assert_eq!(why(early), RegisterRefused::NotChecked);
    assert_eq!(deleted(&mut district, ts, persons[0]), [false]);
    district.check(persons[0], CheckFinding::Nothing);
    assert_eq!(district.book(ts).register(persons[0], deciding(today), Copies::Delete).unwrap(), 1);
    assert_eq!(deleted(&mut district, ts, persons[0]), [true]);
    district.check(persons[1], CheckFinding::Circumstance);
    assert_eq!(district.book(ts).exclude(persons[1], (squad, today), Copies::Keep).unwrap(), 0);
    assert_eq!(deleted(&mut district, ts, persons[1]), [false]);
    assert!(district.book(akimat).delete_copies(persons[1]).is_err(), "the check was not its own");
    assert_eq!(district.book(ts).delete_copies(persons[1]).unwrap(), 1);
    assert_eq!(district.book(ts).delete_copies(persons[1]).unwrap(), 0, "none is left");
}

#[test]
fn whoever_is_registered_and_listed_again_has_her_copies_deleted_when_the_list_is_received() {
    for keeps in [false, true] {
        let mut district = Registry::founded();
        let (akimat, ts, today) = (district.akimat, district.ts, district.today);
        let (list, persons) = send(&mut district, [b"%PDF one", b"%PDF two"]).unwrap();
        district.field.run_until_quiet();
        assert_eq!(
            district.book(ts).receive_list(list, today, Copies::Delete).unwrap(),
            0,
            "both are checked"
        );
        district.check(persons[0], CheckFinding::Nothing);
        district.try_register(persons[0]).unwrap();
        district.field.run_until_quiet();
        district.book(akimat).withdraw_list(list, text("қате тізім")).unwrap();
        district.field.run_until_quiet();
        let again = |(id, full_name)| Identity { id, ..papers(full_name) };
        let names = ["Бекова Арай", "Әлиев Асқар"];
        let members = persons.iter().copied().zip(names).map(again).collect();
        let new = district.new_list(members);
        let copies = (0..2).map(|place| (place, vec![pdf(b"%PDF again")])).collect();
        let along = ListPapers { copies, ..ListPapers::default() };
        let list = district.book(akimat).submit_list_with(new, &along).unwrap().list;
        district.field.run_until_quiet();
        if keeps {
            district.book(ts).receive_list(list, today, Copies::Keep).unwrap();
        } else {
            assert_eq!(district.book(ts).receive_list(list, today, Copies::Delete).unwrap(), 1);
        }
        district.field.run_until_quiet();
        for console in [akimat, ts] {
            let left = |district: &mut Registry, person| {
                let all = deleted(district, console, person);
                all.iter().filter(|is_deleted| !**is_deleted).count()
            };
            assert_eq!(left(&mut district, persons[0]), usize::from(keeps), "nobody checks her again");
            assert_eq!(left(&mut district, persons[1]), 1, "his check begins");
        }
    }
}

#[test]
fn whom_his_unit_alone_erased_is_listed_again_as_a_new_record_and_then_registered() {
    let mut district = Registry::founded();
    let (akimat, ss, ts, today) = (district.akimat, district.ss, district.ts, district.today);
    let (list, persons) = district.registered(&["Бекова Арай"]);
    let person = persons[0];
    district.field.run_until_quiet();
    assert!(!district.book(ts).is_erased_by_unit(person).unwrap());
    district.strike_off_at(ss, person, ExclusionGround::OwnWish);
    district.book(ss).erase_person(person).unwrap();
    district.field.run_until_quiet();
    let list_again = |district: &mut Registry, list, again| {
        district.book(akimat).withdraw_list(list, text("қайта")).unwrap();
        let new = district.new_list(vec![again]);
        let list = district.book(akimat).submit_list(new).unwrap();
        district.field.run_until_quiet();
        district.book(ts).receive_list(list, today, Copies::Delete).unwrap();
        (list, district.book(ts).list_lines(list).unwrap().unwrap()[0].1)
    };
    let goes_on = Identity { id: person, ..papers("Бекова Арай") };
    let (list, again) = list_again(&mut district, list, goes_on);
    assert_eq!(again, person, "the akimat hears nothing of what a unit erased");
    assert!(district.book(ts).is_erased_by_unit(person).unwrap(), "it is said before he is checked");
    assert!(!district.book(akimat).is_erased_by_unit(person).unwrap(), "it reads no books");
    district.check(person, CheckFinding::Nothing);
    assert_eq!(why(district.try_register(person)), RegisterRefused::ErasedByUnit);
    let anew = Identity { before: Some(person), ..papers("Бекова Арай") };
    let (_, anew) = list_again(&mut district, list, anew);
    assert!(anew != person && !district.book(ts).is_erased_by_unit(anew).unwrap());
    district.check(anew, CheckFinding::Nothing);
    district.try_register(anew).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.state(ss, anew), PersonState::Registered);
}

#[test]
fn an_outgoing_number_and_the_number_of_a_card_are_looked_at_whoever_asks() {
    let mut district = Registry::founded();
    let (akimat, ts, today, squad) = (district.akimat, district.ts, district.today, district.squad);
    let new = |full_name, same_letter| {
        let (number, members) = (Some(name("7")), vec![papers(full_name)]);
        NewList { squad, number, day: today, same_letter, members }
    };
    let list = district.book(akimat).submit_list(new("Бекова Арай", false)).unwrap();
    let twice = district.book(akimat).submit_list(new("Әлиев Асқар", false));
    assert_eq!(why(twice), RegisterRefused::ListNumberSent);
    district.book(akimat).submit_list(new("Әлиев Асқар", true)).unwrap();
    assert!(district.book(akimat).lists_of_one_number().unwrap().unwrap().is_empty(), "one console knows");
    assert!(district.book(akimat).withdraw_list(list, text("қате")).is_ok());
    let card = |number| {
        let paper = IdDocument { kind: IdDocumentKind::IdentityCard, number: name(number) };
        Identity { id_document: Some(paper), ..papers("Ким Виктор") }
    };
    let mut listed = new("Бекова Арай", true);
    listed.members = vec![card("12345")];
    assert_eq!(why(district.book(akimat).submit_list(listed)), RegisterRefused::NotACardNumber);
    let mut apply = |number| district.book(ts).receive_application(card(number), (today, false), &[]);
    assert_eq!(why(apply("12345")), RegisterRefused::NotACardNumber);
    assert_eq!(why(apply("012 345 678")), RegisterRefused::NotACardNumber);
    apply("012345678").unwrap();
}

#[test]
fn whoever_is_registered_was_checked_also_when_his_list_is_taken_back_and_sent_again() {
    let mut district = Registry::founded();
    let (akimat, ts, today) = (district.akimat, district.ts, district.today);
    let before: Day = "2025-06-10".parse().unwrap();
    let (list, person) = district.list_on(before, "Бекова Арай");
    let nothing: Vec<_> = CheckKind::ALL.iter().map(|kind| (*kind, CheckFinding::Nothing)).collect();
    district.book(ts).record_checks(person, &nothing, before).unwrap();
    let deciding = Deciding { day: before, ..deciding(today) };
    district.book(ts).register(person, deciding, Copies::Delete).unwrap();
    district.field.run_until_quiet();
    district.book(akimat).withdraw_list(list, text("қате тізім")).unwrap();
    let again = district.new_list(vec![Identity { id: person, ..papers("Бекова Арай") }]);
    let list = district.book(akimat).submit_list(again).unwrap();
    district.field.run_until_quiet();
    district.book(ts).receive_list(list, today, Copies::Delete).unwrap();
    let record = district.book(ts).person(person).unwrap().record;
    assert_eq!((record.state(), record.is_checked()), (PersonState::Registered, true));
    assert!(!record.flags().contains(&RecordFlag::RegisteredUnchecked));
}
