//! Patrols that were made parts of another: what is meant where nobody names one, and how they are listed.

use serde_json::Value;

use crate::squad::{Device, Squad};

/// The head's patrol, over, and a volunteer's later one that the head made a part of it and that is not over.
fn attached() -> (Squad, [String; 2]) {
    let squad = Squad::found();
    let whole = squad.head.run(&["patrol", "start", "--mode", "independent"]).well();
    squad.head.write("бас жазба");
    squad.head.run(&["patrol", "end"]).well();
    let part = squad.volunteer.run(&["patrol", "start", "--mode", "independent"]).well();
    squad.volunteer.write("бөлек жазылған");
    squad.meet();
    squad.head.run(&["patrol", "attach", &part, "--to", &whole]).well();
    squad.meet();
    (squad, [whole, part])
}

fn listed(device: &Device, patrol: &str) -> Value {
    let all = device.json(&["patrol", "list"])["patrols"].as_array().unwrap().clone();
    all.into_iter().find(|listed| listed["patrol"] == patrol).unwrap()
}

#[test]
fn where_no_patrol_is_named_the_whole_is_meant_and_not_its_part() {
    let (squad, [whole, part]) = attached();
    for device in [&squad.head, &squad.ss, &squad.volunteer] {
        assert_eq!(device.json(&["patrol", "show"])["patrol"], whole.as_str());
    }
    let told = squad.ss.run(&["patrol", "show"]).stderr;
    assert!(told.contains("which another device started"), "{told}");
    let named = squad.head.json(&["patrol", "show", &part]);
    assert_eq!(named["patrol"], part.as_str(), "it is shown where it is named");
    // Two tell of one time, and stand in the whole alone.
    let open = squad.head.json(&["reconcile", "show"])["open"].clone();
    assert_eq!(open[0]["decision"], "same_event", "{open}");
    let decision = open[0]["id"].as_str().unwrap();
    squad.head.run(&["reconcile", "decide", decision, "--separate"]).well();

    let key = squad.volunteer.write("одан әрі");
    let log = squad.volunteer.json(&["patrol", "show", &part])["log"].to_string();
    assert!(log.contains(&key), "what is written goes where it went before");
}

#[test]
fn the_list_says_of_which_patrol_another_is_a_part() {
    let (squad, [whole, part]) = attached();
    for device in [&squad.head, &squad.ss, &squad.volunteer] {
        assert_eq!(listed(device, &part)["part_of"], whole.as_str());
        assert_eq!(listed(device, &whole)["part_of"], Value::Null);
    }
    let told = squad.head.run(&["patrol", "list"]).well();
    assert!(told.contains(&format!("a part of {}", &whole[..8])), "{told}");
}
