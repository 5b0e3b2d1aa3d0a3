//! The register by commands: from a council's decision to a strike-off, and each thing that is refused on the way.

use crate::registry::{Registry, SIGNED, in_language, refusal, state};
use crate::squad::bring_in;

const ARAY: &str = "Бекова Арай Маратқызы;07.10.1997;012345678";
const ASQAR: &str = "Әлиев Асқар Болатұлы;01.02.1990;023456789";

#[test]
fn from_a_councils_decision_to_a_card_and_to_a_strike_off() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    let head = bring_in(&registry.place, &registry.ss, "head", &["--role", "head"]);
    registry.make_active("Бекова Арай", "0117");
    let (ts, ss, council) = (&registry.ts, &registry.ss, &registry.council);
    assert_eq!((state(ts, "0117"), state(ss, "0117")), ("active".into(), "active".into()));
    council
        .run(&["decision", "appoint-head", "Сарысу", "Бекова Арай", "--number", "13"])
        .well();
    registry.meet();
    let member = ss.json(&["squad", "show"])["members"][0]["member"].as_str().unwrap().to_owned();
    ss.run(&["person", "identify", &member, "0117"]).well();
    ss.sync();
    head.sync();
    let card = head.json(&["squad", "show"])["members"][0]["card"].clone();
    assert_eq!((&card["certificate_number"], &card["eligible"]), (&"0117".into(), &true.into()));
    let strike = ["strike-off", "0117", "--ground", "moved_out"];
    let preview = ss.json(&strike);
    assert_eq!(preview["certificate"], "0117");
    assert_eq!(preview["headship_ends"], serde_json::json!(["Сарысу"]));
    assert_eq!(state(ss, "0117"), "active", "a preview changes nothing");
    ss.run(&[&strike[..], &["--apply"]].concat()).well();
    registry.meet();
    // The phone says it with the exchange that brings the card, and not again.
    let told = head.json(&["sync"]);
    assert_eq!(told["card"]["eligible"], false, "{told}");
    assert_eq!(head.json(&["sync"])["card"], serde_json::Value::Null);
    assert!(head.run(&["status"]).well().contains("No longer eligible"));
    let card = head.json(&["squad", "show"])["members"][0]["card"].clone();
    assert_eq!(card["eligible"], false);
    assert_eq!(state(ts, "Бекова"), "struck_off");
    ss.run(&["person", "told", "0117", "--about", "strike_off", "--way", "хатпен"])
        .well();
    assert_eq!(state(ss, "0117"), "notified");
    let vacancies = council.json(&["review", "show"])["vacancies"].clone();
    assert_eq!(vacancies, serde_json::json!(["Сарысу"]));
    assert!(!council.run(&["person", "show", "Бекова"]).well().contains("moved"), "no ground for a council");
}

#[test]
fn a_squad_comes_from_its_councils_decision_where_a_council_is_read() {
    let registry = Registry::founded();
    assert_eq!(refusal(&registry.ss, &["squad", "create", "Сарысу"]), "squad_unknown");
    assert_eq!(registry.ss.json(&["squad", "list"])["squads"].as_array().unwrap().len(), 0);
    let decide = |name: &str, day: &str| {
        let new = ["decision", "create-squad", name, "--district", "Зайсан", "--number", "12", "--day", day];
        registry.council.run(&[&new[..], &["--json"]].concat())
    };
    assert_eq!(decide("Сарысу", "01.01.2099").error()["refusal"], "day_in_future");
    decide("Сарысу", "01.03.2026").well();
    assert_eq!(decide("сарысу", "2026-03-01").error()["refusal"], "squad_exists");
    registry.meet();
    registry.ss.run(&["squad", "create", "Сарысу", "--season", "2026"]).well();
    registry.meet();
    let squads = registry.ts.json(&["squad", "list"])["register"].clone();
    assert_eq!(squads[0]["decision"]["day"], "2026-03-01");
    assert!(squads[0]["supervisions"][0]["roll"].is_string(), "it is supervised");
    assert_eq!(registry.ts.json(&["decision", "list"])["decisions"][0]["number"], "12");
    let shown = in_language(&registry.council, "ru", &["squad", "show", "Сарысу"]).well();
    assert!(shown.contains("Создана решением совета № 12"), "{shown}");
}

#[test]
fn a_squad_that_was_made_before_its_decision_is_supervised_once_it_has_come() {
    let squad = crate::squad::Squad::found();
    let made = squad.ss.run(&["squad", "create", "Көктал"]);
    assert!(made.stderr.contains("R03"), "{made:?}");
    let ts = squad.place.device("ts");
    ts.run(&["district", "create", "--akimat", "a", "--council", "c", "--unit", "2034"])
        .well();
    let council = bring_in(&squad.place, &ts, "council", &["--role", "cc", "--office", "c"]);
    for device in [&ts, &council, &squad.ss] {
        device.sync();
    }
    let decide = ["decision", "create-squad", "Көктал", "--district", "Зайсан", "--number", "1"];
    council.run(&decide).well();
    for device in [&council, &ts, &squad.ss] {
        device.sync();
    }
    let again = squad.ss.json(&["squad", "create", "Көктал"]);
    assert!(again["supervises"].is_string());
    assert!(squad.ss.json(&["squad", "list"])["register"][0]["supervisions"][0]["roll"].is_string());
}

#[test]
fn a_head_is_one_of_the_squads_own_volunteers_and_there_is_one() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    let council = &registry.council;
    registry.meet();
    let appoint =
        |person: &str| ["decision", "appoint-head", "Сарысу", person, "--number", "13"].map(str::to_owned);
    let appointed = |person: &str| {
        let arguments = appoint(person);
        refusal(council, &arguments.each_ref().map(String::as_str))
    };
    assert_eq!(appointed("Ким Виктор"), "person_unknown");
    council.run(&appoint("Бекова").each_ref().map(String::as_str)).well();
    assert_eq!(appointed("Әлиев"), "second_head");
    registry
        .akimat
        .run(&["squad", "remove-member", "Сарысу", "Әлиев", "--apply"])
        .well();
    registry.meet();
    let decisions = council.json(&["decision", "list"])["decisions"].clone();
    let key = decisions[1]["key"].as_str().unwrap().to_owned();
    council
        .run(&["register", "withdraw", &key, "--reason", "қате жазылды", "--apply"])
        .well();
    assert_eq!(appointed("Әлиев"), "head_not_of_squad");
}

#[test]
fn a_certificate_comes_after_registration_once_and_under_its_own_number() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    let issue = |person: &str, number: &str| registry.issue(person, number);
    let early = issue("Бекова", "0117");
    assert!(early.code == 1 && early.stderr.contains("registration comes first"), "{early:?}");
    registry.certify("Бекова", "0117");
    registry.check("Әлиев");
    registry.ts.run(&["register", "add", "Әлиев", "--section", "III"]).well();
    for (person, number) in [("Бекова", "0118"), ("Әлиев", "№ 0117")] {
        let again = issue(person, number);
        assert!(again.code == 1 && again.stderr.contains("othing was recorded"), "{again:?}");
    }
    assert_eq!(issue("Әлиев", "бір").code, 5);
    registry.ts.run(&["certificate", "lost", "0117"]).well();
    assert_eq!(refusal(&registry.ts, &["certificate", "lost", "0117"]), "lost_already");
    let reprint = ["certificate", "reprint", "0117", "--cause", "lost"];
    assert_eq!(registry.ts.json(&[&reprint[..], &SIGNED].concat())["print"], 2);
    let listed = registry.ts.json(&["certificate", "list"])["certificates"][0].clone();
    let statuses: Vec<&str> = listed["prints"]
        .as_array()
        .unwrap()
        .iter()
        .map(|print| print["status"].as_str().unwrap())
        .collect();
    assert_eq!(statuses, ["lost", "issued"]);
    registry.meet();
    assert_eq!(refusal(&registry.ss, &["certificate", "lost", "0117"]), "", "no right of the subdivision's");
}

#[test]
fn a_number_that_two_consoles_gave_at_one_hour_is_told_by_both() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    let other = registry.second_console();
    for person in ["Бекова", "Әлиев"] {
        registry.check(person);
        registry.ts.run(&["register", "add", person, "--section", "III"]).well();
    }
    registry.ts.sync();
    other.sync();
    registry.issue("Бекова", "0117").well();
    let new = ["certificate", "issue", "Әлиев", "--number", "0117", "--subdivision", "Шығыс"];
    other.run(&[&new[..], &SIGNED].concat()).well();
    for console in [&registry.ts, &other, &registry.ts] {
        console.sync();
    }
    let done = registry.ts.run(&["certificate", "list"]);
    assert!(done.stdout.contains("number given twice") && done.stderr.contains("withdraw"), "{done:?}");
}

#[test]
fn who_may_not_be_engaged_is_named_to_the_akimat_without_a_ground() {
    let registry = Registry::with_a_list(&[ARAY]);
    let (ts, akimat) = (&registry.ts, &registry.akimat);
    assert_eq!(refusal(ts, &["check", "exclude", "Бекова"]), "nothing_found");
    assert_eq!(refusal(ts, &["register", "add", "Бекова", "--section", "I"]), "not_checked");
    ts.run(&["check", "record", "Бекова", "--narcological-register", "circumstance"])
        .well();
    assert_eq!(ts.json(&["check", "show"])["persons"][0]["asked"], 1);
    assert_eq!(refusal(ts, &["register", "add", "Бекова", "--section", "I"]), "circumstance_found");
    ts.run(&["check", "exclude", "Бекова"]).well();
    registry.meet();
    assert_eq!(state(akimat, "Бекова"), "excluded");
    let seen = akimat.json(&["person", "show", "Бекова"]).to_string();
    assert!(!seen.contains("narco") && !seen.contains("\"check\""), "{seen}");
    akimat.run(&["squad", "remove-member", "Сарысу", "Бекова", "--apply"]).well();
    assert_eq!(refusal(akimat, &["squad", "remove-member", "Сарысу", "Бекова"]), "not_on_roster");
}

#[test]
fn a_strike_off_has_a_ground_and_death_belongs_to_one_alone() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.certify("Бекова", "0117");
    registry.meet();
    let (ts, ss) = (&registry.ts, &registry.ss);
    assert_eq!(ss.run(&["strike-off", "0117", "--apply"]).code, 2);
    let dead = ["strike-off", "0117", "--ground", "moved_out", "--death"];
    assert_eq!(refusal(ss, &dead), "death_is_health");
    assert_eq!(
        refusal(ts, &["strike-off", "0117", "--ground", "own_wish"]),
        "",
        "the subdivision strikes off"
    );
    ss.run(&["strike-off", "circumstance", "0117", "--ground", "own_wish"]).well();
    let may = ss.json(&["person", "show", "0117"])["eligibility"].clone();
    assert_eq!(may["reasons"][0]["code"], "circumstance");
    ss.run(&["strike-off", "0117", "--ground", "health_or_death", "--death", "--apply"])
        .well();
    let told = ["person", "told", "0117", "--about", "strike_off", "--way", "хатпен"];
    assert_eq!(refusal(ss, &told), "notice_to_the_dead");
}

#[test]
fn the_council_sees_what_changed_since_it_looked() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.meet();
    let council = &registry.council;
    council.run(&["review", "done"]).well();
    assert_eq!(council.json(&["review", "show"])["changes"], serde_json::json!([]));
    registry
        .akimat
        .run(&["squad", "remove-member", "Сарысу", "Бекова", "--apply"])
        .well();
    registry.meet();
    let changes = council.json(&["review", "show"])["changes"].clone();
    assert_eq!(
        (&changes[0]["kind"], &changes[0]["said"]),
        (&"name_off".into(), &"Бекова Арай Маратқызы".into())
    );
    council.run(&["review", "remark", "Сарысу", "--text", "басшысы жоқ"]).well();
    registry.meet();
    let shown = registry.akimat.run(&["squad", "show", "Сарысу"]).well();
    assert!(shown.contains("басшысы жоқ"), "{shown}");
    assert_eq!(refusal(&registry.akimat, &["review", "done"]), "", "the council's own");
}

#[test]
fn a_list_of_many_names_is_one_row_of_the_councils_review() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    let council = &registry.council;
    let few = council.run(&["review", "show"]).well();
    assert!(few.contains("Бекова Арай") && few.contains("Әлиев Асқар"), "{few}");
    let letters = ["А", "Б", "В", "Г", "Д", "Е"];
    let lines = letters.map(|one| letters.map(|other| format!("Есімов {one}{other};07.10.1997")));
    let lines: Vec<String> = lines.concat();
    let lines: Vec<String> = lines.iter().enumerate().map(|(at, line)| format!("{line};{at:09}")).collect();
    registry.send(&lines.iter().map(String::as_str).collect::<Vec<_>>(), "8");
    registry.meet();
    let many = council.run(&["review", "show"]).well();
    assert!(many.contains("37 more names") && many.lines().count() < 12, "{many}");
    let changes = council.json(&["review", "show"])["changes"].clone();
    let names = changes.as_array().unwrap().iter().filter(|change| change["kind"] == "name_on");
    assert_eq!(names.count(), lines.len() + 2);
}
