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
    head.sync();
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
    assert!(squads[0]["roll"].is_string(), "it is supervised");
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
    assert!(squad.ss.json(&["squad", "list"])["register"][0]["roll"].is_string());
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
    registry.akimat.run(&["squad", "remove-member", "Сарысу", "Әлиев"]).well();
    registry.meet();
    let decisions = council.json(&["decision", "list"])["decisions"].clone();
    let key = decisions[1]["key"].as_str().unwrap().to_owned();
    council.run(&["register", "withdraw", &key, "--reason", "қате жазылды"]).well();
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
    assert!(!seen.contains("narco") && !seen.contains("check"), "{seen}");
    akimat.run(&["squad", "remove-member", "Сарысу", "Бекова"]).well();
    assert_eq!(refusal(akimat, &["squad", "remove-member", "Сарысу", "Бекова"]), "not_on_roster");
}

#[test]
fn what_is_kept_apart_is_opened_for_a_reason_that_is_written_down_first() {
    let registry = Registry::with_a_list(&[ARAY]);
    let ts = &registry.ts;
    ts.run(&["check", "record", "Бекова", "--criminal-record", "circumstance"])
        .well();
    let closed = ts.json(&["person", "show", "Бекова"]);
    assert!(closed["sensitive"].is_null() && !closed.to_string().contains("criminal"), "{closed}");
    assert!(!closed["history"].to_string().contains("check"));
    assert_eq!(ts.run(&["person", "show", "Бекова", "--sensitive"]).code, 2, "a reason is asked");
    assert!(ts.json(&["person", "readings"])["readings"].as_array().unwrap().is_empty());
    let open = ["person", "show", "Бекова", "--sensitive", "--reason", "тексеру"];
    let opened = ts.json(&open);
    assert_eq!(opened["sensitive"]["checks"][0]["finding"], "circumstance");
    let readings = ts.json(&["person", "readings"])["readings"].clone();
    assert_eq!(readings[0]["reason"], "тексеру");
    assert_eq!(refusal(&registry.akimat, &open), "", "the akimat has nothing to open");
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
fn of_two_persons_with_one_name_the_candidates_are_shown_and_nothing_is_done() {
    let twins = ["Бекова Арай;07.10.1997;012345678", "Бекова Арай;01.02.1990;023456789"];
    let registry = Registry::with_a_list(&twins);
    let done = registry
        .ts
        .run(&["check", "record", "Бекова Арай", "--criminal-record", "nothing", "--json"]);
    assert_eq!((done.code, &done.error()["refusal"]), (1, &"several_meant".into()));
    let shown: serde_json::Value = serde_json::from_str(done.stdout.trim()).unwrap();
    let candidates = shown["candidates"].as_array().unwrap();
    assert_eq!(candidates.len(), 2);
    assert!(!done.stderr.contains("Бекова"), "no name in a failure");
    let first = candidates[0]["person"].as_str().unwrap();
    registry.check(&first[..8]);
    let found = registry.ts.json(&["person", "search", "bekova"])["persons"].clone();
    assert_eq!(found.as_array().unwrap().len(), 2, "however it is typed");
}

#[test]
fn an_application_is_due_in_thirty_calendar_days_and_refused_without_a_reason() {
    let registry = Registry::founded();
    let ts = &registry.ts;
    let wrong = ["register", "application", "receive", "Ким Виктор", "--iin", "900101300018"];
    assert_eq!(ts.run(&wrong).code, 5);
    let receive = ["register", "application", "receive", "Ким Виктор", "--day", "2026-03-01"];
    let received = ts.json(&receive);
    assert_eq!(received["due"], "2026-03-30");
    ts.run(&["register", "application", "day-count", "start_is_day_0"]).well();
    let listed = ts.json(&["register", "application", "list"])["applications"][0].clone();
    assert_eq!((&listed["due"], &listed["paragraph"]), (&"2026-03-31".into(), &"001-§17".into()));
    let decide = ["register", "application", "decide", "Ким"];
    let day = ["--day", "2026-03-20"];
    assert_eq!(refusal(ts, &[&decide[..], &["approved"], &day].concat()), "not_checked");
    ts.run(&[&decide[..], &["refused"], &day].concat()).well();
    assert_eq!(refusal(ts, &[&decide[..], &["approved"], &day].concat()), "decided_already");
    ts.run(&["person", "told", "Ким", "--about", "refusal", "--way", "хатпен"])
        .well();
    assert_eq!(refusal(ts, &["register", "add", "Ким", "--section", "IV", "--unit", "2034"]), "not_approved");
}

#[test]
fn the_council_sees_what_changed_since_it_looked() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.meet();
    let council = &registry.council;
    council.run(&["review", "done"]).well();
    assert_eq!(council.json(&["review", "show"])["changes"], serde_json::json!([]));
    registry.akimat.run(&["squad", "remove-member", "Сарысу", "Бекова"]).well();
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
fn what_was_recorded_in_error_is_taken_back_by_its_key() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.certify("Бекова", "0117");
    let history = registry.ts.json(&["person", "show", "0117"])["history"].clone();
    let lines = history.as_array().unwrap();
    let issued = lines.iter().find(|line| line["kind"] == "certificate").unwrap();
    let key = issued["key"].as_str().unwrap();
    let withdraw = ["register", "withdraw", key, "--reason", "басқа нөмір"];
    registry.meet();
    assert_eq!(refusal(&registry.ss, &withdraw), "not_yours_to_withdraw");
    registry.ts.run(&withdraw).well();
    registry.issue("Бекова", "0118").well();
    let nothing = ["register", "withdraw", "AbCdEfGh.99", "--reason", "қате"];
    assert_eq!(refusal(&registry.ts, &nothing), "not_yours_to_withdraw");
}

#[test]
fn papers_are_printed_of_what_was_recorded_and_a_code_is_verified_without_a_network() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    registry.certify("Бекова", "0117");
    registry
        .ts
        .run(&["check", "record", "Әлиев", "--criminal-record", "circumstance"])
        .well();
    registry.ts.run(&["check", "exclude", "Әлиев"]).well();
    let file = |name: &str| registry.place.path(name).to_str().unwrap().to_owned();
    let letter = ["--from", "Шығыс", "--to", "әкімдік"];
    for (name, what, with) in [
        ("certificate.pdf", &["certificate", "0117"][..], &[][..]),
        ("list.pdf", &["list", "02-14/311"], &letter),
        ("application.pdf", &["application"], &letter[2..]),
        ("exclusion.pdf", &["exclusion", "Әлиев"], &letter),
        ("decision.pdf", &["decision", "Сарысу"], &["--akimat", "әкімдік"]),
        ("register.pdf", &["register"], &letter[..2]),
        ("certificates.pdf", &["certificates"], &letter[..2]),
    ] {
        for page in ["kk", "ru"] {
            let (out, output) = (file(name), ["--page", page, "-o"]);
            registry.ts.run(&[&["print"], what, with, &output, &[&out]].concat()).well();
            assert!(std::fs::read(&out).unwrap().starts_with(b"%PDF"), "{name}");
        }
    }
    let out = file("none.pdf");
    for what in ["strike-off", "refusal"] {
        let print = ["print", what, "0117", "--from", "Шығыс", "-o", &out];
        assert_eq!(refusal(&registry.ts, &print), "nothing_to_tell");
    }
    assert!(!std::path::Path::new(&out).exists());
    let list = file("list.jasaq-trust");
    assert_eq!(registry.ts.json(&["certificate", "trust-list", &list])["certificates"], 1);
    assert_eq!(refusal(&registry.ss, &["certificate", "trust-list", &list]), "", "the territory's own");
    registry.ts.run(&["register", "export", &file("register.xlsx")]).well();
    assert!(std::fs::read(file("register.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn who_wishes_to_leave_says_so_on_the_phone_and_the_register_knows_at_the_next_exchange() {
    let registry = Registry::with_a_list(&[ARAY]);
    let head = bring_in(&registry.place, &registry.ss, "head", &["--role", "head"]);
    registry.make_active("Бекова", "0117");
    let member = registry.ss.json(&["squad", "show"])["members"][0]["member"]
        .as_str()
        .unwrap()
        .to_owned();
    registry.ss.run(&["person", "identify", &member[..8], "0117"]).well();
    assert_eq!(refusal(&registry.ss, &["person", "leave"]), "", "an office does not leave");
    head.run(&["person", "leave"]).well();
    head.sync();
    registry.ss.sync();
    let shown = registry.ss.json(&["person", "show", "0117"]);
    assert_eq!(shown["eligibility"]["reasons"][0]["code"], "circumstance");
    assert_eq!(shown["flags"][0], "not_struck_off");
}
