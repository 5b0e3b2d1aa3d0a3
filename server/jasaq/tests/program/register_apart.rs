//! What two consoles of the territorial subdivision said apart of one person's certificate, and what goes past the register.

use crate::registry::{Registry, SIGNED, refusal};
use crate::squad::{Device, bring_in};

const ARAY: &str = "Бекова Арай Маратқызы;07.10.1997;012345678";

/// Both consoles know what the other said.
fn settle(one: &Device, other: &Device) {
    for console in [one, other, one, other] {
        console.sync();
    }
}

/// What the newest list says of a code that was photographed when it was printed.
fn verdict(registry: &Registry, code: &str) -> String {
    let list = registry.place.path("list.jasaq-trust").display().to_string();
    registry.ts.run(&["certificate", "trust-list", "-o", &list]).well();
    let verify = ["certificate", "verify", code, "--trust", &list, "--root", &registry.root, "--json"];
    let told: serde_json::Value = serde_json::from_str(&registry.ts.run(&verify).stdout).unwrap();
    told["verdict"].as_str().unwrap().to_owned()
}

#[test]
fn of_two_certificates_that_one_person_was_given_nothing_is_done_until_one_is_taken_back() {
    let registry = Registry::with_a_list(&[ARAY]);
    let (ts, other) = (&registry.ts, registry.second_console());
    registry.check("Бекова");
    ts.run(&["register", "add", "Бекова", "--section", "III"]).well();
    settle(ts, &other);
    registry.issue("Бекова", "81").well();
    let new = ["certificate", "issue", "Бекова", "--number", "82", "--subdivision", "Шығыс"];
    other.run(&[&new[..], &SIGNED].concat()).well();
    settle(ts, &other);
    let file = registry.place.path("k.pdf").display().to_string();
    let reprint = ["certificate", "reprint", "82", "--cause", "lost"];
    for step in [
        &["certificate", "lost", "81"][..],
        &[&reprint[..], &SIGNED].concat(),
        &["print", "certificate", "81", "-o", &file],
    ] {
        assert_eq!(refusal(ts, step), "certificates_several", "{step:?}");
    }
    let certificates = ts.json(&["certificate", "list"])["certificates"].clone();
    let wrong = certificates
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["number"] == "82")
        .unwrap();
    let key = wrong["key"].as_str().unwrap();
    let withdraw = ["register", "withdraw", key, "--reason", "екінші", "--apply"];
    other.run(&withdraw).well();
    settle(ts, &other);
    ts.run(&["certificate", "lost", "81"]).well();
    let listed = ts.json(&["certificate", "list"])["certificates"].clone();
    let status = |number: &str| {
        let one = listed.as_array().unwrap().iter().find(|one| one["number"] == number).unwrap();
        one["prints"][0]["status"].clone()
    };
    assert_eq!((status("81"), status("82")), ("lost".into(), "taken_back".into()));
}

#[test]
fn a_print_that_was_made_twice_is_not_settled_until_the_next() {
    let registry = Registry::with_a_list(&[ARAY]);
    let (ts, other) = (&registry.ts, registry.second_console());
    registry.certify("Бекова", "0117");
    settle(ts, &other);
    let reprint = [&["certificate", "reprint", "0117", "--cause", "damaged"][..], &SIGNED].concat();
    for console in [ts, &other] {
        console.run(&reprint).well();
    }
    let code = registry.code_of("0117");
    assert_eq!(verdict(&registry, &code), "registered");
    settle(ts, &other);
    assert_eq!(verdict(&registry, &code), "contested");
    let listed = ts.run(&["certificate", "list"]).well();
    assert_eq!(listed.matches("print made twice").count(), 2, "{listed}");
    let prints = ts.json(&["certificate", "list"])["certificates"][0]["prints"].clone();
    assert_eq!(prints.as_array().unwrap().len(), 3, "as many as the table shows: {prints}");
    ts.run(&reprint).well();
    assert_eq!(verdict(&registry, &code), "reprinted");
    assert_eq!(verdict(&registry, &registry.code_of("0117")), "registered");
}

#[test]
fn nobody_goes_out_past_the_register_by_a_card_that_is_written_by_hand() {
    let registry = Registry::with_a_list(&[ARAY]);
    let ss = &registry.ss;
    let head = bring_in(&registry.place, ss, "head", &["--role", "head"]);
    let member = ss.json(&["squad", "show"])["members"][0]["member"].as_str().unwrap().to_owned();
    let card = ["squad", "card", &member, "--name", "Жалған Адам"];
    assert_eq!(refusal(ss, &card), "card_from_register");
    registry.make_active("Бекова", "0117");
    ss.run(&["person", "identify", &member, "0117"]).well();
    ss.sync();
    ss.run(&["strike-off", "0117", "--ground", "moved_out", "--apply"]).well();
    let history = ss.json(&["person", "show", "0117"])["history"].clone();
    let phone = history
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["kind"] == "member_is")
        .unwrap();
    let withdraw = ["register", "withdraw", phone["key"].as_str().unwrap(), "--reason", "қате", "--apply"];
    ss.run(&withdraw).well();
    assert_eq!(refusal(ss, &card), "card_from_register");
    ss.sync();
    head.sync();
    assert_eq!(head.json(&["squad", "show"])["members"][0]["card"]["eligible"], false);
}
