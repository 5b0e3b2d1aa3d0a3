//! What is taken back: seen first, done with `--apply`, and never somebody's registration.

use crate::registry::{Registry, refusal, state};

const ARAY: &str = "Бекова Арай Маратқызы;07.10.1997;012345678";
const ASQAR: &str = "Әлиев Асқар Болатұлы;01.02.1990;023456789";
const WITHDRAW: [&str; 5] = ["list", "withdraw", "02-14/311", "--reason", "қате тізім"];

fn with_apply<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [arguments, &["--apply"]].concat()
}

#[test]
fn a_list_is_taken_back_once_its_effect_was_seen_and_whoever_is_registered_stays_so() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    registry.make_active("Бекова", "0117");
    let (akimat, ts, ss) = (&registry.akimat, &registry.ts, &registry.ss);
    let seen = akimat.json(&WITHDRAW);
    assert_eq!(
        (&seen["applied"], &seen["off"], &seen["left_on_roster"]),
        (&false.into(), &2.into(), &0.into())
    );
    assert!(!seen["received"].is_null() && !seen.to_string().contains("0117"), "{seen}");
    let told = akimat.run(&WITHDRAW);
    for said in ["Бекова Арай", "stays registered", "001-§15", "nobody is left"] {
        assert!(told.stdout.contains(said), "{told:?}");
    }
    assert!(told.stderr.contains("--apply"), "{told:?}");
    assert_eq!(akimat.json(&["squad", "roster"])["members"].as_array().unwrap().len(), 2, "nothing was done");
    assert_eq!(akimat.json(&with_apply(&WITHDRAW))["applied"], true);
    assert_eq!(refusal(akimat, &WITHDRAW), "list_withdrawn");
    registry.meet();
    for console in [ts, ss] {
        let shown = console.json(&["person", "show", "0117"]);
        assert_eq!((&shown["state"], &shown["eligibility"]["eligible"]), (&"active".into(), &true.into()));
        assert_eq!(shown["flags"], serde_json::json!(["registered_off_roster"]));
    }
    assert_eq!(state(ts, "Әлиев"), "off_roster");
    assert_eq!(refusal(ts, &WITHDRAW), "", "the akimat's own");
}

#[test]
fn who_takes_a_list_back_is_told_that_the_head_goes_off_with_it() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    registry.meet();
    let appointed = ["decision", "appoint-head", "Сарысу", "Бекова", "--number", "13"];
    registry.council.run(&appointed).well();
    registry.meet();
    let told = registry.akimat.run(&WITHDRAW).well();
    assert!(told.contains("Бекова Арай Маратқызы is the squad's head"), "{told}");
}

#[test]
fn a_name_comes_off_a_roster_once_its_effect_was_seen() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    registry.meet();
    let remove = ["squad", "remove-member", "Сарысу", "Бекова"];
    let akimat = &registry.akimat;
    let told = akimat.run(&remove);
    assert!(told.stdout.contains("If Бекова") && told.stdout.contains("registered he stays so"), "{told:?}");
    assert_eq!(akimat.json(&["squad", "roster"])["members"].as_array().unwrap().len(), 2);
    assert_eq!(refusal(&registry.council, &remove), "", "the akimat's own");
    registry
        .ts
        .run(&["check", "record", "Әлиев", "--criminal-record", "circumstance"])
        .well();
    registry.ts.run(&["check", "exclude", "Әлиев"]).well();
    registry.meet();
    let noticed = akimat.run(&["squad", "remove-member", "Сарысу", "Әлиев"]).well();
    assert!(noticed.contains("notice") && !noticed.contains("stays so"), "{noticed}");
    assert_eq!(akimat.json(&with_apply(&remove))["applied"], true);
    assert_eq!(refusal(akimat, &remove), "not_on_roster");
}

#[test]
fn a_decision_is_taken_back_by_its_council_and_not_from_under_people() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.meet();
    let council = &registry.council;
    council
        .run(&["decision", "appoint-head", "Сарысу", "Бекова", "--number", "13"])
        .well();
    let decisions = council.json(&["decision", "list"])["decisions"].clone();
    let keys = [0, 1].map(|number: usize| decisions[number]["key"].as_str().unwrap().to_owned());
    let withdraw = |key: &str| ["decision", "withdraw", key, "--reason", "қате"].map(str::to_owned);
    let run = |key: &str, more: &[&str]| {
        let arguments = withdraw(key);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(more.iter().copied()).collect();
        council.run(&[&arguments[..], &["--json"]].concat())
    };
    for more in [&[][..], &["--apply"]] {
        assert_eq!(run(&keys[0], more).error()["refusal"], "squad_has_members");
    }
    let by_key = ["register", "withdraw", &keys[0], "--reason", "қате"];
    assert_eq!(refusal(council, &by_key), "squad_has_members", "by no other way either");
    assert!(run(&keys[1], &[]).well().contains("\"no_head\""));
    run(&keys[1], &["--apply"]).well();
    assert_eq!(council.json(&["squad", "show", "Сарысу"])["head"], serde_json::Value::Null);
    assert_eq!(run("AAAAAAAA.99", &[]).error()["refusal"], "not_yours_to_withdraw");
    registry.akimat.run(&with_apply(&WITHDRAW)).well();
    registry.meet();
    run(&keys[0], &["--apply"]).well();
    let kept = council.json(&["decision", "list"])["decisions"].clone();
    let kept = kept.as_array().unwrap();
    let told: Vec<_> = kept
        .iter()
        .map(|one| (&one["decided"], &one["name"], &one["taken_back"]))
        .collect();
    let of = |decided: &str| kept.iter().find(|one| one["decided"] == decided).unwrap();
    assert_eq!((told.len(), &of("create_squad")["taken_back"]), (2, &serde_json::json!("қате")), "{told:?}");
    assert_eq!(of("appoint_head")["name"], "Сарысу", "by the decision that was taken back too");
    assert!(council.run(&["decision", "list"]).well().contains("taken back: қате"));
    let changes = council.json(&["review", "show"])["changes"].clone();
    let ended = changes.as_array().unwrap().iter().filter(|one| one["kind"] == "withdrawn");
    let ended: Vec<_> = ended
        .map(|one| &one["taken_back"])
        .filter(|one| one["kind"] == "decision")
        .collect();
    assert!(ended.iter().any(|one| one["said"] == "Сарысу") && ended.iter().any(|one| one["key"] == keys[1]));
    assert!(council.run(&["review", "show"]).well().contains("Сарысу · қате"));
}

#[test]
fn who_is_listed_again_is_not_asked_about() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    let akimat = &registry.akimat;
    let before = akimat.json(&["person", "show", "Бекова"])["person"].clone();
    akimat.run(&with_apply(&WITHDRAW)).well();
    let file = registry.csv(&[ARAY, ASQAR]);
    let again = akimat.json(&["list", "import", &file]);
    assert_eq!(again["lines"][0]["outcome"], "go_on", "{again}");
    assert_eq!(again["lines"][0]["person"], before);
    registry.send(&[ARAY, ASQAR], "02-14/311");
    assert_eq!(akimat.json(&["list", "show", "02-14/311"])["lines"], 2, "the number is the new list's");
    akimat.run(&["squad", "remove-member", "Сарысу", "Әлиев", "--apply"]).well();
    let once_more = akimat.json(&["list", "import", &file]);
    assert_eq!(once_more["lines"][1]["outcome"], "create", "he was taken off by himself: {once_more}");
    assert!(!once_more["lines"][1]["person"]["before"].is_null());
}

#[test]
fn who_was_in_check_when_his_list_was_taken_back_begins_anew_where_somebody_says_so_after_a_strike_off() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.certify("Бекова", "0117");
    registry.meet();
    registry.akimat.run(&with_apply(&WITHDRAW)).well();
    registry.meet();
    let strike_off = ["strike-off", "0117", "--ground", "moved_out", "--apply"];
    registry.ss.run(&strike_off).well();
    registry.meet();
    let file = registry.csv(&[ARAY]);
    let planned = registry.akimat.json(&["list", "import", &file]);
    assert_eq!(planned["lines"][0]["outcome"], "go_on", "the akimat reads no strike-off: {planned}");
    let offered = &planned["lines"][0]["offered"];
    assert_eq!((&offered["question"], &offered["at"]), (&"person_again".into(), &"A2".into()));
    let told = registry.akimat.run(&["list", "import", &file]).well();
    assert!(told.contains("A2:person_again: Somebody with this name"), "{told}");
    let stranger = registry.akimat.json(&["list", "import", &file, "--answer", "A2=somebody-else"]);
    assert_eq!(stranger["lines"][0]["person"], serde_json::Value::Null, "{stranger}");
    let anew = ["list", "import", &file, "--answer", "A2=anew", "--number", "7", "--apply"];
    let begun = registry.akimat.json(&anew);
    assert!(!begun["lines"][0]["person"]["before"].is_null(), "{begun}");
    registry.meet();
    registry.ts.run(&["list", "receive", "7"]).well();
    registry.check("Бекова Арай");
    registry.ts.run(&["register", "add", "Бекова Арай", "--section", "III"]).well();
}

#[test]
fn who_is_registered_when_his_list_is_taken_back_and_is_listed_again_has_one_record() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.make_active("Бекова", "0117");
    registry.akimat.run(&with_apply(&WITHDRAW)).well();
    registry.send(&[ARAY], "7");
    registry.meet();
    registry.ts.run(&["list", "receive", "7"]).well();
    let persons = registry.ts.json(&["person", "list"])["persons"].clone();
    assert_eq!(persons.as_array().unwrap().len(), 1, "{persons}");
    let shown = registry.ts.json(&["person", "show", "0117"]);
    assert_eq!((&shown["state"], &shown["flags"]), (&"active".into(), &serde_json::json!([])));
}

#[test]
fn an_answer_about_who_is_on_the_roster_is_heard_or_refused() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    let file = registry.csv(&[ARAY, ASQAR]);
    let import =
        |answer: &str| registry.akimat.run(&["list", "import", &file, "--answer", answer, "--apply"]);
    for nothing in ["A2=leave-out", "D2:card_missing=999999999", "Z2=nonsense", "A3=somebody-else"] {
        let told = import(nothing);
        assert_eq!(told.code, 5, "{nothing}: {told:?}");
        assert!(told.stderr.contains("squad remove-member"), "{told:?}");
    }
    let aray = registry.akimat.json(&["person", "show", "Бекова"])["person"].clone();
    let asked_before = format!("A2:person_elsewhere={}", aray.as_str().unwrap());
    assert_eq!(import(&asked_before).code, 0, "it would be asked if she were not on this roster yet");
    assert_eq!(import("A2:person_which=proposed").code, 0);
    assert_eq!(import("A7=leave-out").code, 5, "nobody stands there");
}

#[test]
fn who_was_erased_for_everybody_is_listed_as_somebody_new() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.certify("Бекова", "0117");
    registry.meet();
    let strike_off = ["strike-off", "0117", "--ground", "moved_out", "--apply"];
    registry.ss.run(&strike_off).well();
    for office in [&registry.ss, &registry.ts] {
        office.run(&["person", "erase", "Бекова", "--for-everybody"]).well();
        registry.meet();
    }
    let file = registry.csv(&[ARAY]);
    for is_taken_back in [false, true] {
        if is_taken_back {
            registry.akimat.run(&with_apply(&WITHDRAW)).well();
        }
        let planned = registry.akimat.json(&["list", "import", &file]);
        let line = &planned["lines"][0];
        assert_eq!((&line["outcome"], &line["person"]), (&"create".into(), &serde_json::Value::Null));
    }
    registry.send(&[ARAY], "8");
    assert_eq!(registry.akimat.json(&["squad", "roster"])["members"].as_array().unwrap().len(), 1);
}

#[test]
fn who_was_struck_off_and_is_listed_anew_begins_anew_and_it_is_told() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.certify("Бекова", "0117");
    registry.meet();
    let ground = ["--ground", "moved_out", "--apply"];
    registry.ss.run(&[&["strike-off", "0117"], &ground[..]].concat()).well();
    registry.meet();
    registry
        .akimat
        .run(&["squad", "remove-member", "Сарысу", "Бекова", "--apply"])
        .well();
    let file = registry.csv(&[ARAY]);
    let told = registry.akimat.run(&["list", "import", &file]).well();
    assert!(
        told.contains("the record before") && !told.contains("struck off"),
        "the akimat reads none: {told}"
    );
    registry.send(&[ARAY], "7");
    registry.meet();
    registry.ts.run(&["list", "receive", "7"]).well();
    let shown = registry.ts.run(&["list", "show", "7"]).well();
    assert!(shown.contains("struck off") && !shown.contains("15(3)"), "without a ground: {shown}");
    assert!(!registry.ts.json(&["list", "show", "7"])["persons"][0]["before"]["struck_off"].is_null());
    registry.check("Бекова Арай");
    registry.ts.run(&["register", "add", "Бекова Арай", "--section", "III"]).well();
    let both = registry.ts.run(&["person", "show", "Бекова Арай"]);
    assert!(both.stdout.contains("registered") && both.stderr.contains("by their ids"), "{both:?}");
    let notice = ["person", "told", "Бекова Арай", "--about", "strike_off", "--way", "хатпен"];
    registry.meet();
    registry.ss.run(&notice).well();
}

#[test]
fn why_a_strike_off_was_taken_back_stays_with_the_subdivision_and_of_the_next_nobody_was_told() {
    const WHY: &str = "сотты болғаны расталмады";
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    registry.make_active("Бекова", "0117");
    let (ss, council, akimat) = (&registry.ss, &registry.council, &registry.akimat);
    let appoint = ["decision", "appoint-head", "Сарысу", "Бекова", "--number", "13"];
    council.run(&appoint).well();
    registry.meet();
    let strike = ["strike-off", "0117", "--ground", "criminal_liability", "--apply"];
    ss.run(&strike).well();
    ss.run(&["person", "told", "0117", "--about", "strike_off", "--way", "хатпен"])
        .well();
    assert_eq!(state(ss, "0117"), "notified");
    registry.meet();
    let shown = ss.json(&["person", "show", "0117"]);
    let history = shown["history"].as_array().unwrap();
    let key = history.iter().find(|line| line["kind"] == "strike_off").unwrap()["key"].clone();
    let withdraw = ["register", "withdraw", key.as_str().unwrap(), "--reason", WHY];
    let foreseen = ss.run(&withdraw).well();
    assert!(foreseen.contains("told of the strike-off is taken back too"), "{foreseen}");
    ss.run(&with_apply(&withdraw)).well();
    registry.meet();
    for console in [council, akimat] {
        let review = console.json(&["review", "show"]).to_string();
        assert!(!review.contains(WHY), "{review}");
    }
    let squad = council.json(&["squad", "show", "Сарысу"]);
    assert!(squad.to_string().contains("Бекова"), "she heads it again: {squad}");
    assert!(!ss.run(&["person", "show", "0117"]).well().contains(WHY));
    let open = ["person", "show", "0117", "--sensitive", "--reason", "тексеру"];
    assert!(ss.run(&open).well().contains(WHY), "whoever says what for is shown it");
    ss.run(&strike).well();
    assert_eq!(state(ss, "0117"), "struck_off", "of this one nobody was told");
}

#[test]
fn an_appointment_that_would_be_over_at_once_and_a_name_that_stands_already_are_refused() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    registry.make_active("Бекова", "0117");
    let appoint = |number| ["decision", "appoint-head", "Сарысу", "Бекова", "--number", number];
    registry.council.run(&appoint("13")).well();
    registry.meet();
    registry.strike_off("0117");
    assert_eq!(refusal(&registry.council, &appoint("14")), "appointment_ended");
    let rename = ["district", "rename", "Зайсан", "Зайсан"];
    assert_eq!(refusal(&registry.council, &rename), "district_same");
}

#[test]
fn a_console_is_nobodys_phone_and_an_office_that_may_not_say_it_is_told_so_first() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.make_active("Бекова", "0117");
    let members = registry.ss.json(&["device", "list"])["devices"].clone();
    let own = members
        .as_array()
        .unwrap()
        .iter()
        .find(|device| device["is_this"] == true)
        .unwrap();
    let own = own["member"].as_str().unwrap();
    assert_eq!(refusal(&registry.ss, &["person", "identify", own, "0117"]), "not_of_a_squad");
    for console in [&registry.akimat, &registry.council] {
        let train = ["training", "record", "Бекова", "--unit", "2034", "--topics", "001-§10"];
        for line in [&train[..], &["person", "identify", "ffff", "Бекова"]] {
            let refused = console.run(&[line, &["--json"]].concat());
            assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{refused:?}");
            assert!(refused.error()["paragraph"].is_string(), "{refused:?}");
        }
    }
}
