//! Districts by commands: who meets there, and how they are called.

use serde_json::json;

use crate::registry::{Registry, refusal};

fn called(registry: &Registry) -> serde_json::Value {
    registry.ts.json(&["district", "list"])["districts"][0]["names"].clone()
}

#[test]
fn a_district_is_listed_with_who_meets_there_and_with_its_name() {
    let registry = Registry::with_a_squad();
    let districts = registry.ts.json(&["district", "list"])["districts"].clone();
    assert_eq!(districts.as_array().unwrap().len(), 1);
    let mut offices: Vec<(String, String)> = Vec::new();
    for office in districts[0]["offices"].as_array().unwrap() {
        assert_eq!(office["consoles"], 1, "{office}");
        offices.push((office["name"].as_str().unwrap().into(), office["role"].as_str().unwrap().into()));
    }
    offices.sort();
    let due = [
        ("2034", "structural_subdivision"),
        ("кеңес", "coordination_council"),
        ("әкімдік", "local_executive_body"),
    ];
    assert_eq!(offices, due.map(|(name, role)| (name.to_owned(), role.to_owned())));
    assert_eq!(called(&registry), json!([{ "name": "Зайсан", "squads": 1 }]));
    let shown = registry.council.run(&["district", "list"]).well();
    assert!(shown.contains("Зайсан") && shown.contains("coordination council"), "{shown}");
}

#[test]
fn an_office_that_is_a_slip_is_told_and_one_district_is_not_made_twice() {
    let registry = Registry::founded();
    let create = |akimat, council| {
        let offices = ["--akimat", akimat, "--council", council, "--unit", "2034"];
        registry.ts.run(&[&["district", "create"], &offices[..]].concat())
    };
    let again = create("әкімдік", " кеңес ");
    assert!(again.code == 1 && again.stderr.contains("meet in a council's space already"), "{again:?}");
    let twice = create("кеңес", "кеңес");
    assert!(twice.code == 1 && twice.stderr.contains("named twice"), "{twice:?}");
    assert_ne!(create("әкім\u{7}дік", "кеңес").code, 0, "a name is one line of letters");
    let slip = create("әкимдік", "кеңес");
    assert!(slip.code == 0 && slip.stderr.contains("yet: әкимдік."), "{slip:?}");
    let listed = registry.ts.run(&["district", "list"]).well();
    assert!(listed.contains("nobody in yet"), "{listed}");
}

#[test]
fn a_slip_in_a_districts_name_is_put_right_by_its_council_and_taken_back_by_the_key() {
    let registry = Registry::with_a_squad();
    let council = &registry.council;
    let decide = |name, district: &[&str]| {
        let decided = ["decision", "create-squad", name, "--number", "14"];
        council.run(&[&decided, district].concat())
    };
    let other = ["decision", "create-squad", "Қараой", "--number", "14", "--district", "Зайсаң"];
    assert_eq!(refusal(council, &other), "district_other");
    decide("Қараой", &[]).well();
    registry.meet();
    assert_eq!(called(&registry), json!([{ "name": "Зайсан", "squads": 2 }]));

    let rename = ["district", "rename", "Зайсан", " Зайсан  ауданы"];
    assert_eq!(registry.ts.run(&rename).code, 1, "the council gave the name");
    assert_eq!(council.json(&rename)["squads"], 2);
    assert_eq!(refusal(council, &rename), "district_unknown");
    registry.meet();
    assert_eq!(called(&registry), json!([{ "name": "Зайсан ауданы", "squads": 2 }]));
    let shown = registry.ss.json(&["squad", "show", "Сарысу"]);
    assert_eq!((&shown["district"], &shown["decision"]["number"]), (&"Зайсан ауданы".into(), &"12".into()));
    // Once more, so that a name that stood is taken back; and then the last one of one squad.
    council.json(&["district", "rename", "Зайсан ауданы", "Зайсан қаласы"]);
    registry.meet();
    assert_eq!(called(&registry), json!([{ "name": "Зайсан қаласы", "squads": 2 }]));
    let changes = council.json(&["review", "show"])["changes"].clone();
    let mut names = changes.as_array().unwrap().iter().filter(|change| change["kind"] == "squad");
    let last = names.next_back().unwrap()["key"].as_str().unwrap().to_owned();
    council
        .run(&["register", "withdraw", "--reason", "қате", "--apply", "--", &last])
        .well();
    registry.meet();
    let listed = registry.ts.run(&["district", "list"]);
    assert!(
        listed.stdout.contains("Зайсан / Зайсан қаласы") && listed.stderr.contains("two names"),
        "{listed:?}"
    );
}
