//! What a head decided is listed with the keys by which he takes it back (requirements §7.3).

use serde_json::{Value, json};

use crate::pages::{decide_all, told_by_two};
use crate::squad::Device;

fn decided(device: &Device) -> Vec<Value> {
    device.json(&["reconcile", "show"])["decided"].as_array().unwrap().clone()
}

fn of_kind(all: &[Value], kind: &str) -> Value {
    let mut found = all.iter().filter(|decision| decision["decision"] == kind);
    let only = found.next().expect("one was decided").clone();
    assert!(found.next().is_none(), "one {kind}: {all:?}");
    only
}

#[test]
fn every_decision_that_stands_is_shown_with_its_key_and_by_it_taken_back() {
    let (squad, _) = told_by_two();
    assert_eq!(decided(&squad.head), [] as [Value; 0]);
    assert!(!squad.head.run(&["reconcile", "show"]).well().contains("Decided"));
    decide_all(&squad);
    let members = squad.head.json(&["reconcile", "show"])["phones"].clone();
    let hers = members
        .as_array()
        .unwrap()
        .iter()
        .find(|phone| phone["statements"] == 1)
        .unwrap()
        .clone();
    let member = hers["member"].as_str().unwrap();
    let absent = ["reconcile", "attend", member, "--was", "absent", "--note", "ауырды"];
    squad.head.run(&absent).well();
    let there = ["reconcile", "attend", member, "--was", "attended"];
    squad.head.run(&there).well();
    let phone = hers["device"].as_str().unwrap();
    squad.head.run(&["reconcile", "excuse", phone, "--why", "lost"]).well();
    squad.meet();

    for device in [&squad.head, &squad.volunteer, &squad.ss] {
        let all = decided(device);
        let same = of_kind(&all, "same_event");
        assert_eq!((&same["is"], same["entries"].as_array().unwrap().len()), (&json!("one"), 2), "{same}");
        let attended = of_kind(&all, "attended");
        assert_eq!(attended["was"], "attended", "what was replaced is not decided any more: {all:?}");
        assert_eq!(of_kind(&all, "excused")["why"], "lost");
        let fields: Vec<&Value> = all.iter().filter(|decision| decision["decision"] == "field").collect();
        assert!(!fields.is_empty() && fields.iter().all(|field| field["choice"] == "said"), "{all:?}");
        let said = device.run(&["reconcile", "show"]).well();
        for decision in &all {
            let key = decision["key"].as_str().unwrap();
            assert!(said.contains(key), "{key} in {said}");
        }
        for words in ["Decided", "one event: ", "was there", "not waited for: lost"] {
            assert!(said.contains(words), "{words} in {said}");
        }
    }

    let all = decided(&squad.head);
    for decision in &all {
        let key = decision["key"].as_str().unwrap();
        squad.head.run(&["reconcile", "undo", key, "--reason", "қате"]).well();
    }
    let left = decided(&squad.head);
    assert_eq!(
        (left.len(), &left[0]["was"]),
        (1, &json!("absent")),
        "what was replaced stands again: {left:?}"
    );
    let open = squad.head.json(&["reconcile", "show"])["open"].clone();
    assert_eq!(open[0]["decision"], "same_event", "it is open again: {open}");
}
