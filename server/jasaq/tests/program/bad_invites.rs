//! Codes that are mistyped, shown to two people, or of somebody else.

use crate::squad::{Device, Place, RelayProcess, Squad};

/// A console that has invited another at a running relay.
fn invited(place: &Place) -> (Device, RelayProcess, String) {
    let (ts, root) = place.found();
    let relay = RelayProcess::start(&place.path("relay.db"), &[&root]);
    ts.run(&["device", "relay", &relay.address]).well();
    let code = ts.run(&["invite", "--role", "ss", "--office", "2034"]).well();
    ts.sync();
    (ts, relay, code)
}

#[test]
fn a_mistyped_code_is_refused_and_leaves_no_fieldbook() {
    let place = Place::new();
    let (ts, _) = place.found();
    let code = ts.run(&["invite", "--role", "ss", "--office", "2034"]).well();
    let device = place.device("device");
    for wrong in ["hello", &code[..code.len() - 3], "jasaq:"] {
        let refused = device.run(&["join", wrong, "--json"]);
        assert_eq!((refused.code, refused.error()["class"].as_str()), (5, Some("input")), "{wrong}");
        assert!(!refused.stderr.contains(wrong) || wrong == "jasaq:" || wrong == "hello");
    }
    assert!(!device.home.join("vault.db").exists());
    device.run(&["join", &code]).well();
}

#[test]
fn an_invite_that_two_devices_used_lets_one_in_only_if_somebody_insists() {
    let place = Place::new();
    let (ts, _relay, code) = invited(&place);
    let (first, second) = (place.device("first"), place.device("second"));
    let words = [&first, &second].map(|device| device.run_with(&["join", "-"], &code).well());
    first.sync();
    second.sync();
    ts.sync();
    let listed = ts.json(&["device", "list"]);
    assert_eq!(listed["waiting"].as_array().unwrap().len(), 2);
    assert!(listed["waiting"].as_array().unwrap().iter().all(|join| join["rivals"] == 1));
    assert!(ts.run(&["device", "list"]).well().contains("Warning"));

    let refused = ts.run(&["device", "confirm", &words[0]]);
    assert!(refused.code == 1 && refused.stderr.contains("--despite-rivals"), "{refused:?}");
    assert_eq!(ts.json(&["device", "list"])["waiting"].as_array().unwrap().len(), 2);
    let added = ts.run(&["device", "confirm", "--despite-rivals", &words[0]]);
    assert!(added.code == 0 && added.stderr.contains("stays out"), "{added:?}");
    let refused = ts.run(&["device", "confirm", &words[1]]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("invite"), "{}", refused.stderr);
    ts.sync();
    first.sync();
    let told = second.run(&["sync"]);
    assert!(told.code == 1 && told.stderr.contains("used for another device"), "{told:?}");
    assert_eq!(first.json(&["status"])["short_role"], "ss");
    let waiting = second.json(&["status"]);
    assert!(waiting["role"].is_null() && waiting["join_words"] == words[1].as_str());
}

#[test]
fn words_may_be_typed_apart_and_in_large_letters_and_wrong_ones_let_nobody_in() {
    let place = Place::new();
    let (ts, _relay, code) = invited(&place);
    let ss = place.device("ss");
    let words = ss.run(&["join", &code]).well().to_uppercase();
    ss.sync();
    ts.sync();
    assert_eq!(ts.run(&["device", "confirm", "база-лугам-нишут-пофик"]).code, 1);
    let apart: Vec<&str> = words.split('-').collect();
    ts.run(&[&["device", "confirm"], &apart[..]].concat()).well();
}

#[test]
fn a_code_in_large_letters_as_scanners_give_it_is_read() {
    let place = Place::new();
    let (ts, _) = place.found();
    let code = ts.run(&["invite", "--role", "ss", "--office", "2034"]).well();
    place.device("ss").run(&["join", &code.to_uppercase()]).well();
}

#[test]
fn until_it_is_let_in_a_device_records_and_shows_its_words() {
    let place = Place::new();
    let phone = place.phone();
    phone.write("бірінші");
    let status = phone.json(&["status"]);
    assert_eq!(status["join_words"].as_str().unwrap().split('-').count(), 4);
    assert_eq!((status["own_entries"]["on_this_phone"].as_u64(), status["role"].as_str()), (Some(1), None));
    assert!(phone.run(&["status"]).well().contains(status["join_words"].as_str().unwrap()));
}

#[test]
fn a_device_that_joined_before_its_invite_reached_the_relay_is_told_to_wait_for_it() {
    let place = Place::new();
    let (ts, root) = place.found();
    let relay = RelayProcess::start(&place.path("relay.db"), &[&root]);
    ts.run(&["device", "relay", &relay.address]).well();
    ts.sync();
    let code = ts.run(&["invite", "--role", "ss", "--office", "2034"]).well();
    let ss = place.device("ss");
    ss.run(&["join", &code]).well();
    let early = ss.run(&["sync"]);
    assert!(early.code == 1 && early.stderr.contains("inviter"), "{early:?}");
    ts.sync();
    ss.sync();
    ts.sync();
    assert_eq!(ts.json(&["device", "list"])["waiting"].as_array().unwrap().len(), 1);
}

#[test]
fn who_may_not_invite_is_told_so_and_not_that_there_is_no_squad() {
    let squad = Squad::found();
    let ts = squad.place.device("ts");
    for (device, role) in [(&squad.volunteer, "vol"), (&ts, "vol"), (&squad.volunteer, "head")] {
        let refused = device.run(&["invite", "--role", role]);
        assert!(refused.code == 1 && refused.stderr.contains("may not invite"), "{refused:?}");
    }
    let office = squad.head.run(&["invite", "--role", "ss", "--office", "2035"]);
    assert!(office.code == 1 && office.stderr.contains("may not invite"), "{office:?}");
}

#[test]
fn a_device_that_waits_alone_has_no_rivals() {
    let squad = Squad::found();
    let code = squad.head.run(&["invite", "--role", "vol"]).well();
    squad.head.sync();
    let late = squad.place.device("late");
    late.run_with(&["join", "-"], &code).well();
    late.sync();
    squad.head.sync();
    assert_eq!(squad.head.json(&["device", "list"])["waiting"][0]["rivals"], 0);
}

#[test]
fn a_card_for_a_member_of_no_squad_is_refused_with_that_reason() {
    let squad = Squad::found();
    let devices = squad.ss.json(&["device", "list"]);
    let own = devices["devices"]
        .as_array()
        .unwrap()
        .iter()
        .find(|device| device["is_this"] == true);
    let member = own.unwrap()["member"].as_str().unwrap();
    let refused = squad.ss.run(&["squad", "card", &member[..8], "--name", "Асқар"]);
    assert!(refused.code == 1 && refused.stderr.contains("not of a squad"), "{refused:?}");
}
