//! Persons of the register: who is meant, what is kept apart, what is printed and taken back.

use crate::registry::{Registry, refusal, state};
use crate::squad::bring_in;

const ARAY: &str = "Бекова Арай Маратқызы;07.10.1997;012345678";
const ASQAR: &str = "Әлиев Асқар Болатұлы;01.02.1990;023456789";

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
    assert_eq!(refusal(&registry.akimat, &open), "grounds_not_read", "the akimat has nothing to open");
}

#[test]
fn of_two_persons_with_one_name_the_candidates_are_shown_and_nothing_is_done() {
    let twins = ["Бекова Арай;07.10.1997;012345678", "Бекова Арай;01.02.1990;023456789"];
    let registry = Registry::with_a_list(&twins);
    let done = registry
        .ts
        .run(&["check", "record", "Бекова Арай", "--criminal-record", "nothing", "--json"]);
    assert_eq!((done.code, &done.error()["refusal"]), (1, &"several_meant".into()));
    let shown: serde_json::Value = serde_json::from_str(done.stdout.trim()).expect("one object");
    let candidates = shown["candidates"].as_array().unwrap();
    assert_eq!(candidates.len(), 2);
    assert_eq!(done.stderr, "", "the error stands with the candidates");
    assert!(!done.error().to_string().contains("Бекова"), "no name in a failure");
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
    let copy = registry.place.file("passport.pdf", b"%PDF-1.7 a passport");
    let receive =
        ["register", "application", "receive", "Ким Виктор", "--day", "2026-03-01", "--copy", &copy];
    let received = ts.json(&receive);
    assert_eq!((&received["due"], &received["copies"]), (&"2026-03-30".into(), &1.into()));
    ts.run(&["register", "application", "day-count", "start_is_day_0"]).well();
    let listed = ts.json(&["register", "application", "list"])["applications"][0].clone();
    assert_eq!((&listed["due"], &listed["paragraph"]), (&"2026-03-31".into(), &"001-§17".into()));
    let decide = ["register", "application", "decide", "Ким"];
    let day = ["--day", "2026-03-20"];
    assert_eq!(refusal(ts, &[&decide[..], &["approved"], &day].concat()), "not_checked");
    let refused = ts.json(&[&decide[..], &["refused"], &day].concat());
    assert_eq!(refused["copies_deleted"], 1, "the check is done");
    assert_eq!(refusal(ts, &[&decide[..], &["approved"], &day].concat()), "decided_already");
    let checked = ts.run(&["check", "record", "Ким", "--criminal-record", "nothing"]);
    assert!(checked.stderr.contains("person told"), "he is not registered any more: {checked:?}");
    ts.run(&["person", "told", "Ким", "--about", "refusal", "--way", "хатпен"])
        .well();
    assert_eq!(refusal(ts, &["register", "add", "Ким", "--section", "IV", "--unit", "2034"]), "not_approved");
}

#[test]
fn what_was_recorded_in_error_is_taken_back_by_its_key() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.certify("Бекова", "0117");
    let history = registry.ts.json(&["person", "show", "0117"])["history"].clone();
    let lines = history.as_array().unwrap();
    let issued = lines.iter().find(|line| line["kind"] == "certificate").unwrap();
    let key = issued["key"].as_str().unwrap();
    let withdraw = ["register", "withdraw", key, "--reason", "басқа нөмір", "--apply"];
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
    assert_eq!(registry.ts.json(&["certificate", "trust-list", "-o", &list])["certificates"], 1);
    assert_eq!(refusal(&registry.ss, &["certificate", "trust-list", "-o", &list]), "", "the territory's own");
    registry.ts.run(&["register", "export", "-o", &file("register.xlsx")]).well();
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
    registry.ss.sync();
    head.sync();
    assert_eq!(refusal(&registry.ss, &["person", "leave"]), "", "an office does not leave");
    let told = head.run(&["person", "leave"]);
    assert!(told.stdout.contains("Бекова Арай") && told.stderr.contains("--apply"), "whom, first: {told:?}");
    let foreseen = head.json(&["person", "leave"]);
    assert_eq!(
        (&foreseen["applied"], &foreseen["full_name"]),
        (&false.into(), &"Бекова Арай Маратқызы".into())
    );
    assert_eq!(foreseen["member"], member.as_str());
    assert_eq!(foreseen["follows"], serde_json::json!(["circumstance", "strike_off", "head_ended"]));
    head.sync();
    registry.ss.sync();
    assert_eq!(state(&registry.ss, "0117"), "active", "nothing was said yet");
    assert!(head.run(&["person", "leave", "--apply"]).well().contains("register withdraw"));
    for again in [&["person", "leave"][..], &["person", "leave", "--apply"]] {
        assert_eq!(refusal(&head, again), "wished_already");
    }
    head.sync();
    registry.ss.sync();
    let shown = registry.ss.json(&["person", "show", "0117"]);
    assert_eq!(shown["eligibility"]["reasons"][0]["code"], "circumstance");
    assert_eq!(shown["flags"][0], "not_struck_off");
}

#[test]
fn an_offence_that_was_recorded_in_error_is_taken_back_by_the_key_that_is_shown() {
    let registry = Registry::with_a_list(&[ARAY]);
    let ts = &registry.ts;
    let recorded = ts.json(&["check", "offence", "Бекова", "--day", "2026-02-11"]);
    let key = recorded["key"].as_str().unwrap();
    let open = ["person", "show", "Бекова", "--sensitive", "--reason", "тексеру"];
    assert!(ts.run(&open).well().contains(&format!("2026-02-11; its key: {key}")));
    assert_eq!(ts.json(&open)["sensitive"]["offences"][0]["key"], key);
    ts.run(&["register", "withdraw", key, "--reason", "басқа адам", "--apply"])
        .well();
    assert_eq!(ts.json(&open)["sensitive"]["offences"], serde_json::json!([]));
    ts.run(&["check", "offence", "Бекова", "--day", "2026-02-11"]).well();
}

#[test]
fn a_person_is_erased_by_both_offices_once_that_is_said_and_only_after_a_strike_off() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    let (ts, ss) = (&registry.ts, &registry.ss);
    let phone = bring_in(&registry.place, ss, "phone", &["--role", "head"]);
    registry.make_active("Бекова", "0117");
    let member = ss.json(&["squad", "show"])["members"][0]["member"].as_str().unwrap().to_owned();
    ss.run(&["person", "identify", &member, "0117"]).well();
    assert_eq!(refusal(ts, &["person", "erase", "0117"]), "not_struck_off");
    assert_eq!(refusal(ts, &["person", "erase", "0117", "--for-everybody"]), "not_struck_off");
    ss.run(&["strike-off", "0117", "--ground", "moved_out", "--apply"]).well();
    registry.meet();
    let person = ts.json(&["person", "show", "Бекова"])["person"].as_str().unwrap().to_owned();
    let told = ts.run(&["person", "erase", "Бекова"]);
    assert!(told.code == 0 && told.stdout.contains("would be erased"), "{told:?}");
    assert!(!told.stdout.contains("Бекова"), "{told:?}");
    assert_eq!(state(ts, "Бекова"), "struck_off", "nothing was erased");
    let may_not = registry.akimat.run(&["person", "erase", "Бекова"]);
    assert_eq!(may_not.code, 1, "{may_not:?}");
    phone.sync();
    let card = || phone.json(&["squad", "show"])["members"][0]["card"].clone();
    assert_eq!(card()["eligible"], false, "otherwise the rule is proved of nobody");
    // The unit knows nothing of her any more once the territory's console has erased her, but her phone's card and the id.
    for console in [ts, ss] {
        let done = console.json(&["person", "erase", &person[..8], "--for-everybody"]);
        assert!(done["erased"] == true && done["statements"].as_u64() > Some(0), "{done}");
        registry.meet();
    }
    phone.sync();
    assert!(card().is_null(), "{}", card());
    for console in [ts, ss, &registry.akimat, &registry.council] {
        assert_eq!(console.json(&["person", "search", "Бекова"])["persons"], serde_json::json!([]));
        assert_eq!(console.json(&["person", "list"])["persons"].as_array().unwrap().len(), 1);
    }
    let again = ts.run(&["person", "erase", &person]);
    assert!(again.code == 1 && again.stderr.contains("erased for everybody"), "{again:?}");
}

#[test]
fn a_card_that_comes_by_satchel_says_at_once_that_its_phones_owner_may_not_go_out() {
    let registry = Registry::with_a_list(&[ARAY]);
    let ss = &registry.ss;
    let phone = bring_in(&registry.place, ss, "phone", &["--role", "head"]);
    registry.make_active("Бекова", "0117");
    let member = ss.json(&["squad", "show"])["members"][0]["member"].as_str().unwrap().to_owned();
    ss.run(&["person", "identify", &member, "0117"]).well();
    ss.sync();
    assert_eq!(phone.json(&["sync"])["card"], serde_json::Value::Null, "that she may is no news");
    ss.run(&["strike-off", "0117", "--ground", "moved_out", "--apply"]).well();
    ss.sync();
    let satchel = registry.place.path("card.jasaq").to_str().unwrap().to_owned();
    ss.run(&["satchel", "export", &satchel]).well();
    let told = phone.run(&["satchel", "import", &satchel]).well();
    assert!(told.starts_with("No longer eligible to go on patrol"), "{told}");
    assert!(!phone.run(&["satchel", "import", &satchel]).well().contains("eligible"), "once");
}
