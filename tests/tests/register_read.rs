//! What is read of the register, and by whom: what nobody keeps on a device is never told there as *none*.

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{ListId, PersonId};
use jasaq_fieldbook::model::register::CheckFinding;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::statement::Kind;
use jasaq_fieldbook::{Fieldbook, Kept, Membering, RosterQuery};
use jasaq_tests::{Phone, Registry, name, text, why};

#[test]
fn a_council_sees_what_was_said_since_it_looked_and_nothing_of_checks() {
    let mut district = Registry::founded();
    let (council, akimat) = (district.council, district.akimat);
    let before = district.book(council).council_changes().unwrap().unwrap();
    assert_eq!(
        (before.reviewed, before.changes.len()),
        (None, 2),
        "its own decision, who supervises, and nobody has looked"
    );
    district.book(council).review().unwrap();
    let (_, persons) = district.list(&["Бекова Арай", "Әлиев Асқар"]);
    district.check(persons[0], CheckFinding::Circumstance);
    district.field.run_until_quiet();
    let since = district.book(council).council_changes().unwrap().unwrap();
    assert_eq!(since.reviewed, Some(district.today));
    let kinds: Vec<Kind> = since.changes.iter().map(|said| said.statement.kind()).collect();
    assert_eq!(kinds, [Kind::NameOn, Kind::NameOn]);
    let (squad, person) = (district.squad, persons[0]);
    district.book(akimat).take_off_roster(squad, person).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.book(council).council_changes().unwrap().unwrap().changes.len(), 3);
    let review = district.book(council).review().unwrap();
    assert!(district.book(council).council_changes().unwrap().unwrap().changes.is_empty());
    let named = (district.book(council).author_of(&review).unwrap(), review);
    district.book(council).withdraw(named, &text("қате басылды")).unwrap();
    let again = district.book(council).council_changes().unwrap().unwrap().changes;
    assert_eq!(again.len(), 4, "and that it took its review back");
}

#[test]
fn a_review_covers_every_space_of_the_council_and_not_the_newest_alone() {
    let mut district = Registry::founded();
    let (ts, council, today) = (district.ts, district.council, district.today);
    district.book(ts).create_council(&["SS 1", "әкімдік", "кеңес"], 2027).unwrap();
    district.field.run_until_quiet();
    let decided = (name("Шыңғыстай"), name("Катонқарағай"));
    district.book(council).decide_squad(decided, (name("14"), today)).unwrap();
    let kinds = |district: &mut Registry| -> Vec<Kind> {
        let changes = district.book(council).council_changes().unwrap().unwrap().changes;
        changes.iter().map(|said| said.statement.kind()).collect()
    };
    let before = kinds(&mut district);
    assert_eq!(before.len(), 3, "two decisions in two spaces, and who supervises: {before:?}");
    district.book(council).review().unwrap();
    assert_eq!(kinds(&mut district), []);
}

#[test]
fn who_opens_what_is_kept_apart_is_written_down() {
    let mut district = Registry::founded();
    let (_, persons) = district.list(&["Бекова Арай"]);
    let (ts, ss) = (district.ts, district.ss);
    district.book(ts).note_reading(persons[0], text("өтініш бойынша")).unwrap();
    let readings = district.book(ts).readings().unwrap().unwrap();
    assert_eq!((readings.len(), readings[0].person), (1, persons[0]));
    assert_eq!(readings[0].reason.as_str(), "өтініш бойынша");
    district.field.run_until_quiet();
    assert!(
        district.book(ss).readings().unwrap().unwrap().is_empty(),
        "the register's log is the territory's"
    );
}

/// Every view of the register and of squads: what it shows, as what it is kept, and how many rows it has where it is read.
fn views(book: &mut Fieldbook, list: ListId) -> [(&'static str, Kept, Option<usize>); 17] {
    [
        ("persons", Kept::Persons, book.persons().unwrap().map(|all| all.len())),
        ("everybody", Kept::Persons, book.everybody().unwrap().map(|all| all.len())),
        (
            "a page of the roster",
            Kept::Persons,
            book.roster_page(&RosterQuery::default())
                .unwrap()
                .map(|page| page.entries.len()),
        ),
        ("squads and decisions", Kept::Squads, book.register_squads().unwrap().map(|all| all.len())),
        ("names on rosters", Kept::Squads, book.roster().unwrap().map(|roster| roster.lines().len())),
        ("what is new", Kept::Squads, book.council_changes().unwrap().map(|since| since.changes.len())),
        ("districts", Kept::Squads, book.districts().unwrap().map(|all| all.len())),
        ("lists", Kept::Lists, book.squad_lists().unwrap().map(|lists| lists.iter().count())),
        ("lines of a list", Kept::Lists, book.list_lines(list).unwrap().map(|lines| lines.len())),
        ("who is checked", Kept::Checks, book.in_check().unwrap().map(|all| all.len())),
        ("applications", Kept::Checks, book.applicants().unwrap().map(|all| all.len())),
        ("registered", Kept::Books, book.registered().unwrap().map(|all| all.len())),
        ("certificates", Kept::Books, book.certificates().unwrap().map(|all| all.len())),
        ("training", Kept::Books, book.training_sessions().unwrap().map(|all| all.len())),
        ("contested phones", Kept::Books, book.contested_phones().unwrap().map(|all| all.len())),
        ("squads' phones", Kept::Phones, book.squads().unwrap().map(|all| all.len())),
        ("cards", Kept::Cards, book.squad_cards().unwrap().map(|all| all.len())),
    ]
}

/// A district with a person in everything, and one device of each sort beside the offices: with what each of them reads.
fn devices(district: &mut Registry) -> Vec<(&'static str, Phone, Vec<Kept>)> {
    use Kept::{Books, Cards, Checks, Lists, Persons, Phones, Squads};
    let (ts, ss, council, akimat) = (district.ts, district.ss, district.council, district.akimat);
    let (head, aray) = (district.head, district.aray);
    let console = district.field.join_office("akimat 2", Role::LocalExecutiveBody, "әкімдік");
    let phone = district.field.phone("lost");
    for removed in [console, phone] {
        let id = district.field.id(removed);
        let by = if removed == console { ts } else { head };
        district.field.contact(by);
        district.book(by).remove_device(&id, false).unwrap();
        district.field.run_until_quiet();
    }
    let invite = Membering::Squad { role: Role::Volunteer, squad: None };
    let code = district.book(head).invite(invite).unwrap().code;
    district.field.contact(head);
    let waiting = district.field.ask_to_join("waiting", &code, 0);
    vec![
        ("the territorial subdivision", ts, vec![Persons, Squads, Lists, Checks, Books, Phones]),
        ("a structural subdivision", ss, vec![Persons, Squads, Books, Phones, Cards]),
        ("a council", council, vec![Persons, Squads]),
        ("an akimat", akimat, vec![Persons, Squads, Lists]),
        ("a head's phone", head, vec![Phones, Cards]),
        ("a member's phone", aray, vec![Phones, Cards]),
        ("a console that was removed", console, vec![]),
        ("a phone that was removed", phone, vec![]),
        ("a phone that waits to be let in", waiting, vec![]),
    ]
}

#[test]
fn a_device_tells_none_of_what_it_reads_alone_and_of_the_rest_that_it_does_not_read_it() {
    let mut district = Registry::founded();
    let person: PersonId = district.active("Бекова Арай", (district.aray, "0117"));
    let list = district
        .book(district.ts)
        .squad_lists()
        .unwrap()
        .unwrap()
        .iter()
        .next()
        .unwrap()
        .0;
    for (whose, device, read) in devices(&mut district) {
        for (view, kept, rows) in views(district.book(device), list) {
            assert_eq!(rows.is_some(), read.contains(&kept), "{view} on {whose}: {rows:?}");
            assert_eq!(district.book(device).reads(kept).unwrap(), rows.is_some());
        }
        let shown = district.book(device).person(person);
        if read.contains(&Kept::Persons) {
            assert_eq!(shown.unwrap().record.person, person, "{whose}");
        } else {
            assert_eq!(why(shown), RegisterRefused::PersonsNotRead, "{whose}");
        }
    }
    let at_ts = views(district.book(district.ts), list);
    let rows = |name: &str| at_ts.iter().find(|(view, ..)| *view == name).unwrap().2;
    assert_eq!((rows("lists"), rows("lines of a list")), (Some(1), Some(1)));
    assert_eq!(rows("applications"), Some(0), "where it is read, that there is none is told");
}
