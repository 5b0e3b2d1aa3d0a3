//! Phones join a patrol by the code that its head shows, before anything was exchanged.

use serde_json::json;

use crate::registry::refusal;
use crate::squad::{Device, Squad, bring_in};

/// Starts a patrol, and shows its code.
fn start(head: &Device) -> (String, String) {
    let patrol = head
        .run(&["patrol", "start", "--mode", "joint", "--controller", "майор С."])
        .well();
    let code = head.run(&["patrol", "code"]).well();
    (patrol, code)
}

#[test]
fn a_phone_that_joined_by_the_code_records_into_the_patrol_of_which_it_has_heard_nothing() {
    let squad = Squad::found();
    let picture = squad.place.path("code.png").display().to_string();
    let own = squad.volunteer.run(&["patrol", "start", "--mode", "joint"]).well();
    let (patrol, code) = start(&squad.head);
    squad.head.run(&["patrol", "code", &patrol[..8], "--qr-png", &picture]).well();

    let joined = squad.volunteer.json(&["patrol", "join", "--picture", &picture]);
    assert_eq!((&joined["patrol"], &joined["under_way"]), (&patrol.as_str().into(), &json!([own])));
    assert_eq!(refusal(&squad.volunteer, &["patrol", "join", &code]), "already_so");
    assert_eq!(refusal(&squad.head, &["patrol", "join", &code]), "already_so");
    let listed = squad.volunteer.json(&["patrol", "list"])["patrols"].clone();
    assert_eq!((&listed[0]["patrol"], &listed[0]["is_own"]), (&patrol.as_str().into(), &true.into()));
    assert_eq!(listed[0]["started_at"], json!(null), "no start has come yet");
    // From here on it is meant where none is named.
    let key = squad.volunteer.write("жаңа із");
    assert!(squad.volunteer.run(&["patrol", "show"]).well().contains("joined the patrol"));

    squad.meet();
    for device in [&squad.volunteer, &squad.head, &squad.ss] {
        let log = device.json(&["patrol", "show", &patrol]);
        let keys: Vec<&str> = log["log"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|said| said["key"].as_str())
            .collect();
        assert!(keys.contains(&key.as_str()) && keys.contains(&joined["key"].as_str().unwrap()), "{log}");
        let listed = device.json(&["patrol", "list"])["patrols"].clone();
        let of_this = |one: &&serde_json::Value| one["patrol"] == patrol.as_str();
        assert_eq!(listed.as_array().unwrap().iter().filter(of_this).count(), 1);
    }
    squad.head.run(&["patrol", "end", &patrol]).well();
    let page = squad.head.json(&["page", "preview", &patrol]);
    let there = page["page"]["members"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|member| member["attended"] == "attended");
    assert_eq!(there.count(), 1, "who joined was there: {page}");
}

#[test]
fn who_has_joined_by_mistake_takes_it_back_and_may_join_again() {
    let squad = Squad::found();
    let (patrol, code) = start(&squad.head);
    let key = squad.volunteer.json(&["patrol", "join", &code.to_uppercase()])["key"].clone();
    let withdraw = ["entry", "withdraw", key.as_str().unwrap(), "--reason", "басқа топ", "--patrol", &patrol];
    squad.volunteer.run(&withdraw).well();
    squad.volunteer.run(&["patrol", "join", &code]).well();
}

#[test]
fn another_squads_phone_a_damaged_code_and_what_is_no_code_are_refused() {
    let squad = Squad::found();
    squad.ss.run(&["squad", "create", "Өткел", "--season", "2026"]).well();
    let stranger = bring_in(&squad.place, &squad.ss, "stranger", &["--role", "head", "--squad", "Өткел"]);
    let (_, code) = start(&squad.head);

    assert_eq!(refusal(&stranger, &["patrol", "join", &code]), "another_squads");
    assert_eq!(stranger.json(&["patrol", "list"])["patrols"], json!([]), "nothing was recorded");
    for wrong in [&code[..code.len() - 2], "jasaq-meet:00abc", "Сарысу"] {
        assert_eq!(squad.volunteer.run(&["patrol", "join", wrong]).code, 5, "{wrong}");
    }
    let blank = squad.place.file("blank.png", b"no picture");
    assert_eq!(squad.volunteer.run(&["patrol", "join", "--picture", &blank]).code, 5);
    assert_eq!(squad.volunteer.run(&["patrol", "join"]).code, 2);
    assert_eq!(squad.volunteer.json(&["patrol", "list"])["patrols"], json!([]));
}
