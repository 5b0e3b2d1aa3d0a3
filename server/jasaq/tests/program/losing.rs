//! Devices that are lost, and what is held because of it, by commands alone.

use serde_json::Value;

use crate::squad::{Device, Squad, bring_in};

fn device_of(by: &Device, of: &Device) -> String {
    let own = of.json(&["device", "list"])["devices"].clone();
    let this = own.as_array().unwrap().iter().find(|view| view["is_this"] == true).unwrap();
    let id = this["device"].as_str().unwrap().to_owned();
    let known = by.json(&["device", "list"])["devices"].to_string();
    assert!(known.contains(&id), "the two know each other");
    id
}

fn held(device: &Device) -> Vec<Value> {
    device.json(&["held", "list"])["held"].as_array().unwrap().clone()
}

#[test]
fn a_lost_phone_is_removed_and_what_it_says_afterwards_is_held_until_somebody_admits_it() {
    let squad = Squad::found();
    let patrol = ["patrol", "start", "--mode", "independent"];
    squad.volunteer.run(&patrol).well();
    squad.volunteer.write("до потери");
    squad.meet();
    let lost = device_of(&squad.head, &squad.volunteer);
    let told = squad.head.run(&["device", "remove", &lost[..8]]);
    assert!(told.code == 0 && told.stdout.contains("Removed: volunteer"), "{told:?}");
    squad.head.sync();
    squad.volunteer.write("после потери");
    let told = squad.volunteer.run(&["sync"]);
    assert!(told.code == 0 && told.stderr.contains("This device was removed"), "{told:?}");
    assert!(!told.stderr.contains("waits to be let in"), "{told:?}");
    squad.head.sync();
    squad.ss.sync();
    let status = squad.volunteer.json(&["status"]);
    assert_eq!(status["is_removed"], true);
    assert!(squad.volunteer.run(&["status"]).well().contains("This device was removed"));
    let waits = held(&squad.head);
    assert_eq!(waits.len(), 1, "{waits:?}");
    assert_eq!((&waits[0]["text"], &waits[0]["reason"]), (&"после потери".into(), &"removed".into()));
    assert_eq!(waits[0]["may_decide"], true);
    let key = waits[0]["key"].as_str().unwrap();
    assert!(
        squad
            .head
            .run(&["--lang", "kk", "held", "show", &key[..6]])
            .well()
            .contains("после потери")
    );
    squad.head.run(&["held", "admit", key]).well();
    squad.head.sync();
    squad.ss.sync();
    assert!(held(&squad.head).is_empty() && held(&squad.ss).is_empty());
    assert_eq!(squad.ss.json(&["patrol", "show"])["entries"], 2);
    squad.ss.run(&["held", "dismiss", key]).well();
    assert_eq!(squad.ss.json(&["patrol", "show"])["entries"], 1, "what was decided is taken back");
    assert!(squad.ss.run(&["patrol", "show"]).well().contains("до потери"));
}

#[test]
fn a_lost_phone_is_replaced_and_its_person_goes_on_with_a_new_one() {
    let squad = Squad::found();
    let lost = device_of(&squad.head, &squad.volunteer);
    let member = |of: &Device, device: &str| {
        let devices = squad.head.json(&["device", "list"])["devices"].clone();
        let id = if device.is_empty() { device_of(&squad.head, of) } else { device.to_owned() };
        let view = devices
            .as_array()
            .unwrap()
            .iter()
            .find(|view| view["device"] == id.as_str())
            .unwrap()
            .clone();
        view["member"].as_str().unwrap().to_owned()
    };
    let whose = member(&squad.volunteer, &lost);
    let code = squad.head.run(&["device", "replace", &lost[..8]]).well();
    squad.head.sync();
    let new = squad.place.device("new phone");
    let words = new.run_with(&["join", "-"], &code).well();
    new.sync();
    squad.head.sync();
    squad.head.run(&["device", "confirm", &words]).well();
    squad.head.sync();
    new.sync();
    assert_eq!(member(&new, ""), whose, "the same person");
    new.run(&["patrol", "start", "--mode", "independent"]).well();
    new.write("с нового телефона");
    new.sync();
    squad.head.sync();
    assert_eq!(squad.head.json(&["patrol", "show"])["entries"], 1);
}

#[test]
fn a_removed_phone_is_told_to_join_in_a_new_folder() {
    let squad = Squad::found();
    let lost = device_of(&squad.head, &squad.volunteer);
    squad.head.run(&["device", "remove", &lost[..8]]).well();
    let code = squad.head.run(&["invite", "--role", "vol"]).well();
    // It has not heard of its removal, and its owner was given a code all the same.
    let still_in = squad.volunteer.run_with(&["join", "-"], &code);
    assert!(still_in.code == 1 && still_in.stderr.contains("is in already"), "{still_in:?}");
    squad.head.sync();
    squad.volunteer.run(&["sync"]).well();
    let refused = squad.volunteer.run_with(&["join", "-"], &code);
    assert!(refused.code == 1 && refused.stdout.is_empty(), "{refused:?}");
    assert!(refused.stderr.contains("a new, empty folder"), "{refused:?}");
    assert_eq!(refused.stderr.trim().lines().count(), 1, "{refused:?}");
}

#[test]
fn whoever_lets_in_a_phone_that_was_removed_is_told_that_and_not_that_he_may_not() {
    let squad = Squad::found();
    let phone = squad.place.device("asks twice");
    let [first, second] = ["first", "second"].map(|_| {
        let code = squad.head.run(&["invite", "--role", "vol"]).well();
        squad.head.sync();
        let words = phone.run_with(&["join", "-"], &code).well();
        phone.sync();
        words
    });
    squad.head.sync();
    squad.head.run(&["device", "confirm", &first]).well();
    squad.head.sync();
    phone.sync();
    let lost = device_of(&squad.head, &phone);
    squad.head.run(&["device", "remove", &lost[..8]]).well();
    let refused = squad.head.run(&["device", "confirm", &second]);
    assert!(refused.code == 1 && refused.stderr.contains("a removed device never comes back"), "{refused:?}");
    assert_eq!(refused.stderr.trim().lines().count(), 1, "{refused:?}");
}

#[test]
fn what_nobody_may_do_to_a_device_is_refused_in_one_sentence() {
    let squad = Squad::found();
    let ts = squad.place.device("ts");
    ts.sync();
    let ids = [&squad.ss, &squad.head, &squad.volunteer].map(|of| device_of(&squad.ss, of));
    let [of_ss, of_head, of_volunteer] = ids.each_ref().map(String::as_str);
    let refused = |by: &Device, arguments: &[&str], code: i32, sentence: &str| {
        let done = by.run(arguments);
        assert!(done.code == code && done.stderr.contains(sentence), "{arguments:?}: {done:?}");
        assert_eq!(done.stderr.trim().lines().count(), 1, "{done:?}");
    };
    refused(&squad.head, &["device", "remove", of_head], 1, "Nobody removes this device from itself");
    refused(&squad.head, &["device", "remove", of_ss], 1, "Your role may not do that");
    refused(&squad.volunteer, &["device", "remove", of_head], 1, "Your role may not do that");
    refused(&squad.head, &["device", "role", of_volunteer, "head"], 1, "Your role may not do that");
    refused(&squad.ss, &["device", "role", of_head, "head"], 1, "has this role already");
    refused(&squad.ss, &["device", "remove", &"0".repeat(64)], 1, "There is no such device here");
    refused(&squad.ss, &["held", "admit", "AbCdEfGh.1"], 1, "No such record is held here");
    refused(&ts, &["device", "remove", of_ss], 1, "the only device of its office");
    refused(&squad.head, &["squad", "close-season", "2026"], 1, "Your role may not do that");
    refused(&squad.ss, &["squad", "close-season", "2026"], 1, "No later season");
    refused(&squad.ss, &["squad", "open-season", "2026"], 1, "has this season already");
    squad.ss.run(&["device", "role", of_volunteer, "head"]).well();
    squad.ss.run(&["squad", "open-season", "2027"]).well();
    squad.ss.run(&["squad", "close-season", "2026"]).well();
}

#[test]
fn a_territory_that_lost_its_console_goes_on_with_two_sheets_of_either_key() {
    for (key, other) in [("root", "successor"), ("successor", "root")] {
        let squad = Squad::found();
        let sheet = |name: &str, number: u8| {
            let page = format!("{name}-{number}.html");
            squad.place.path("sheets").join(page).to_str().unwrap().to_owned()
        };
        let [one, two] = [1, 3].map(|number| sheet(key, number));
        let lost = device_of(&squad.ss, &squad.place.device("ts"));
        let new = squad.place.device("new");
        let start = ["recovery", "start", "--relay", &squad.relay.address];
        let mixed = new.run(&[&start[..], &["--root", &squad.root, &one, &sheet(other, 2)]].concat());
        assert_eq!(mixed.code, 5, "{mixed:?}");
        new.run(&[&start[..], &["--root", &squad.root, &one, &two]].concat()).well();
        new.sync();
        let opened = new.json(&["recovery", "keys", &one, &two]);
        assert!(opened["spaces"].as_u64().unwrap() > 1, "{opened}");
        new.run(&["recovery", "remove", &lost[..10], &one, &two]).well();
        new.sync();
        let ss = bring_in(&squad.place, &new, "ss 2", &["--role", "ss", "--office", "другое"]);
        assert_eq!(ss.json(&["status"])["short_role"], "ss");
        squad.ss.sync();
        let devices = squad.ss.json(&["device", "list"])["devices"].clone();
        let is_out = |view: &&Value| view["device"] == lost.as_str() && view["is_removed"] == true;
        assert!(devices.as_array().unwrap().iter().any(|view| is_out(&view)), "{devices}");
    }
}

/// The files of a home, to be put back as they are now into the same files: as an image of a disk is.
fn image(of: &Device) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let files = std::fs::read_dir(&of.home).unwrap().map(|file| file.unwrap().path());
    let files = files.filter(|path| path.is_file());
    files.map(|path| (path.clone(), std::fs::read(&path).unwrap())).collect()
}

#[test]
fn a_phone_that_was_put_back_and_writes_on_is_told_of_in_plain_words_and_nothing_is_lost() {
    let squad = Squad::found();
    squad.volunteer.run(&["patrol", "start", "--mode", "independent"]).well();
    squad.volunteer.sync();
    assert_eq!(squad.volunteer.json(&["status"])["twins"], Value::Array(Vec::new()));
    let before = image(&squad.volunteer);
    squad.volunteer.write("до отката");
    squad.volunteer.sync();
    for (path, bytes) in before {
        std::fs::write(path, bytes).unwrap();
    }
    squad.volunteer.write("после отката");
    squad.meet();
    squad.meet();
    let device = device_of(&squad.head, &squad.volunteer);
    let (own, by_head) = (squad.volunteer.json(&["status"]), squad.head.json(&["status"]));
    assert_eq!((&own["twins"][0]["is_this"], &by_head["twins"][0]["is_this"]), (&true.into(), &false.into()));
    assert_eq!(by_head["twins"][0]["device"], device.as_str());
    assert!(by_head["twins"][0]["since"].is_string() && by_head["twins"][0]["said_twice"].as_u64() > Some(0));
    let command = format!("jasaq device remove {}", &device[..8]);
    for (whose, language, words) in [
        (&squad.volunteer, "kk", "Ештеңе жоғалған жоқ"),
        (&squad.volunteer, "ru", "Ничего не потеряно"),
        (&squad.volunteer, "en", "Nothing was lost"),
        (&squad.head, "en", "Nothing was lost"),
    ] {
        let told = whose.run(&["--lang", language, "status"]).well();
        assert!(told.contains(words) && told.contains(&command), "{told}");
    }
    let log = squad.head.run(&["patrol", "show"]).well();
    assert!(log.contains("до отката") && log.contains("после отката"), "{log}");
    assert_eq!(log.matches("said twice under one key").count(), 2, "{log}");
    squad.head.run(&["device", "remove", &device[..8]]).well();
    assert_eq!(squad.head.json(&["status"])["twins"], Value::Array(Vec::new()));
}
