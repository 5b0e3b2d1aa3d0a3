//! From two phones' logs to a page in a book that an outsider checks, by commands (001-§7, 10, 23).

use serde_json::{Value, json};

use crate::registry::refusal;
use crate::squad::{Device, Squad};

/// A patrol of which head and volunteer tell one event, and differ about how many they were.
pub(crate) fn told_by_two() -> (Squad, String) {
    let squad = Squad::found();
    let start = ["patrol", "start", "--mode", "joint", "--controller", "майор С.", "--area", "border_zone"];
    let at = ["--at", "2026-05-01T08:00:00+05:00"];
    let patrol = squad.head.run(&[&start[..], &at].concat()).well();
    squad.meet();
    for (device, count, minute) in [(&squad.head, "3", "10"), (&squad.volunteer, "5", "12")] {
        let when = format!("2026-05-01T10:{minute}:00+05:00");
        let entry =
            ["entry", "add", &patrol, "--activity", "inspection", "--kind", "route", "--mode", "joint"];
        let said = ["--text", "із бар", "--lat", "44.1657", "--lon", "80.0001", "--accuracy", "6"];
        device
            .run(&[&entry[..], &said, &["--count", count, "--at", &when]].concat())
            .well();
    }
    squad
        .head
        .run(&["patrol", "end", &patrol, "--at", "2026-05-01T17:00:00+05:00"])
        .well();
    squad.meet();
    (squad, patrol)
}

fn open(device: &Device) -> Vec<Value> {
    device.json(&["reconcile", "show"])["open"].as_array().unwrap().clone()
}

fn id(decision: &Value) -> String {
    decision["id"].as_str().unwrap().to_owned()
}

/// Decides everything that is open: one event, and what the volunteer said.
pub(crate) fn decide_all(squad: &Squad) {
    let [same] = open(&squad.head).try_into().unwrap();
    squad.head.run(&["reconcile", "decide", &id(&same), "--one"]).well();
    for field in open(&squad.head) {
        let shown = squad.head.json(&["reconcile", "show"]);
        let member = shown["phones"]
            .as_array()
            .unwrap()
            .iter()
            .find(|phone| phone["statements"] == 1);
        let device = member.unwrap()["device"].clone();
        let entries = field["entries"].as_array().unwrap();
        let hers = entries.iter().find(|entry| entry["author"] == device).unwrap();
        let take = ["--take", hers["key"].as_str().unwrap(), "--reason", "жақсырақ көрді"];
        squad
            .head
            .run(&[&["reconcile", "decide", &id(&field)[..4]][..], &take].concat())
            .well();
    }
    squad.meet();
}

/// The hash of the page that a device lists first.
fn first_page(device: &Device) -> String {
    device.json(&["page", "list"])["pages"][0]["page"].as_str().unwrap().to_owned()
}

#[test]
fn what_differs_is_decided_once_and_the_page_goes_into_a_book_that_an_outsider_checks() {
    let (squad, patrol) = told_by_two();
    let ids: Vec<Vec<String>> = [&squad.head, &squad.volunteer, &squad.ss]
        .map(|device| open(device).iter().map(id).collect())
        .to_vec();
    assert!(ids.iter().all(|own| own.len() == 1 && *own == ids[0]), "{ids:?}");
    assert_eq!(refusal(&squad.head, &["page", "seal", &patrol]), "gates_closed");
    assert_eq!(squad.volunteer.run(&["reconcile", "decide", &ids[0][0], "--one"]).code, 1);
    assert_eq!(
        squad
            .head
            .run(&["reconcile", "decide", &ids[0][0], "--take", "AAAAAAAA.1"])
            .code,
        2
    );
    decide_all(&squad);
    assert!(open(&squad.volunteer).is_empty());
    let shown = squad.head.run(&["reconcile", "show"]).well();
    assert!(shown.contains("reason: жақсырақ көрді"), "{shown}");
    let page = squad.head.run(&["page", "seal"]).well();
    squad.meet();
    assert_eq!(squad.ss.json(&["page", "list"])["pages"][0]["state"], "sealed");
    assert_eq!(refusal(&squad.ss, &["page", "enter", &page, "--section", "III"]), "not_countersigned");
    assert_eq!(squad.head.run(&["page", "countersign", &page]).code, 1, "only the subdivision");
    let checked = squad.ss.json(&["page", "check", &page]);
    assert_eq!(checked["is_good"], true, "{checked}");
    assert_eq!([&checked["missing"], &checked["late"], &checked["differing"]], [&json!([]); 3]);
    assert_eq!(squad.ss.json(&["page", "countersign", &page[..6]])["number"], "2026-1");
    squad.ss.run(&["page", "enter", "2026-1", "--section", "III"]).well();
    squad.meet();
    let shown = squad.volunteer.json(&["page", "show", "2026-1"]);
    assert_eq!((&shown["state"], &shown["page"]), (&"entered".into(), &page.as_str().into()));
    let events = shown["content"]["events"].as_array().unwrap();
    let count = events[0]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["field"] == "count")
        .unwrap();
    assert_eq!((&count["value"], &count["others"][0]["value"]), (&"5".into(), &"3".into()));

    let folder = tempfile::tempdir().unwrap();
    let [book, keys] = ["2026.jasaq-book", "keys.jasaq-keys"].map(|name| folder.path().join(name));
    let [book, keys] = [book.to_str().unwrap(), keys.to_str().unwrap()];
    squad.ss.run(&["book", "export", "-o", book]).well();
    squad.ss.run(&["book", "keys", "-o", keys]).well();
    let stranger = Device { home: folder.path().join("nobody") };
    let verdict = stranger.json(&["book", "verify", book, "--keys", keys]);
    assert_eq!(
        (&verdict["is_good"], verdict["verdict"]["pages"].as_array().unwrap().len()),
        (&true.into(), 1)
    );
    let whole = std::fs::read_to_string(book).unwrap();
    std::fs::write(book, whole.replace("10:12", "10:13")).unwrap();
    let verdict = stranger.run(&["book", "verify", book, "--keys", keys]);
    assert_eq!(verdict.code, 1);
    assert!(verdict.stdout.contains("2026-1: it was altered"), "{verdict:?}");
}

#[test]
fn a_phone_that_is_not_waited_for_turns_up_and_the_page_is_amended() {
    let (squad, patrol) = told_by_two();
    decide_all(&squad);
    squad.head.run(&["page", "seal"]).well();
    assert_eq!(refusal(&squad.head, &["page", "seal"]), "nothing_new");
    squad.meet();
    let page = first_page(&squad.ss);
    let anyway = ["page", "countersign", &page, "--anyway", "қағазбен салыстырылды"];
    squad.ss.run(&anyway).well();
    assert!(
        squad
            .ss
            .run(&["page", "list"])
            .well()
            .contains("all the same: қағазбен салыстырылды")
    );
    let late = ["entry", "add", &patrol, "--activity", "force", "--text", "кейін", "--at"];
    let late = [&late[..], &["2026-05-01T15:00:00+05:00", "--source", "paper"]].concat();
    squad.volunteer.run(&late).well();
    squad.meet();
    let shown = squad.head.json(&["reconcile", "show"]);
    assert_eq!(shown["late"].as_array().unwrap().len(), 1);
    let closed: Vec<&Value> = shown["gates"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|gate| gate["state"] == "closed")
        .collect();
    assert_eq!(closed[0]["gate"], "force_recorded", "force without its record: {closed:?}");
    assert_eq!(refusal(&squad.head, &["page", "seal", "--reason", "кеш келді"]), "gates_closed");
}

#[test]
fn what_nobody_said_at_the_start_is_written_before_the_page_is_sealed() {
    let squad = Squad::found();
    let start = ["patrol", "start", "--mode", "joint", "--at", "2026-05-01T08:00:00+05:00"];
    let patrol = squad.head.run(&start).well();
    squad
        .head
        .run(&["patrol", "end", &patrol, "--at", "2026-05-01T17:00:00+05:00"])
        .well();
    squad.meet();
    let closed = || -> Vec<String> {
        let shown = squad.head.json(&["reconcile", "show"]);
        let gates = shown["gates"].as_array().unwrap().iter();
        let closed = gates.filter(|gate| gate["state"] == "closed");
        closed.map(|gate| gate["gate"].as_str().unwrap().to_owned()).collect()
    };
    assert!(closed().contains(&"representative".to_owned()) && closed().contains(&"area".to_owned()));
    for (field, value) in [("representative", "майор С."), ("area", "border_zone")] {
        let written = ["reconcile", "field", field, "--value", value, "--reason", "басында айтылмады"];
        squad.head.run(&written).well();
    }
    assert!(!closed().contains(&"representative".to_owned()) && !closed().contains(&"area".to_owned()));
    let shown = squad.head.run(&["reconcile", "show"]).well();
    assert!(shown.contains("майор С.") && shown.contains("reason: басында айтылмады"), "{shown}");
}

#[test]
fn who_told_by_radio_stands_on_the_page_and_what_was_written_beside_the_facts_can_be_erased() {
    let (squad, patrol) = told_by_two();
    decide_all(&squad);
    squad.head.run(&["page", "seal"]).well();
    let page = squad.head.json(&["page", "preview", &patrol])["page"].clone();
    let others = page["members"].as_array().unwrap().iter();
    let [member] = others
        .filter(|line| line["member"] != page["sealed_by_member"])
        .collect::<Vec<_>>()[..]
    else {
        panic!("head and volunteer: {page}")
    };
    let member = member["member"].as_str().unwrap().to_owned();
    let late = ["entry", "add", &patrol, "--activity", "force", "--text", "кейін", "--source", "radio"];
    let told = ["--told-by", &member, "--at", "2026-05-01T15:00:00+05:00"];
    squad.head.run(&[&late[..], &told].concat()).well();
    squad.meet();
    let shown = squad.head.json(&["reconcile", "show"]);
    let teller = |event: &Value| event["tellers"][0]["member"] == member.as_str();
    assert!(shown["events"].as_array().unwrap().iter().any(teller), "{shown}");
    assert!(squad.head.run(&["reconcile", "show"]).well().contains("told by"));
    let preview = squad.head.json(&["page", "preview"]);
    let teller = |event: &&Value| event["tellers"][0][2] == member.as_str();
    let events = preview["page"]["events"].as_array().unwrap();
    assert_eq!(events.iter().filter(teller).count(), 1, "{preview}");
    assert!(squad.head.run(&["page", "preview"]).well().contains("told by"));

    // What a head wrote beside the facts is opened, and stands in no page.
    assert!(!preview["page"].to_string().contains("жақсырақ көрді"), "{preview}");
    assert!(squad.head.run(&["page", "preview"]).well().contains("жақсырақ көрді"));
    let folder = tempfile::tempdir().unwrap();
    let [whole, without] = ["whole.jasaq-book", "without.jasaq-book"].map(|name| folder.path().join(name));
    let [whole, without] = [whole.to_str().unwrap(), without.to_str().unwrap()];
    squad.ss.run(&["sync"]).well();
    let page = first_page(&squad.ss);
    squad.ss.run(&["page", "countersign", &page]).well();
    squad.ss.run(&["book", "export", "-o", whole]).well();
    squad.ss.run(&["book", "export", "--without-persons", "-o", without]).well();
    assert!(std::fs::read_to_string(whole).unwrap().contains("жақсырақ көрді"));
    assert!(!std::fs::read_to_string(without).unwrap().contains("жақсырақ көрді"));
}

#[test]
fn whoever_told_by_radio_and_is_of_no_squad_is_not_there_and_who_starts_tomorrow_is_told() {
    let (squad, patrol) = told_by_two();
    let devices = squad.ss.json(&["device", "list"])["devices"].as_array().unwrap().clone();
    let of_ss = devices
        .iter()
        .find(|device| device["role"] == "structural_subdivision")
        .unwrap();
    let [member, device] = ["member", "device"].map(|key| of_ss[key].as_str().unwrap().to_owned());
    let entry = ["entry", "add", &patrol, "--activity", "force", "--text", "кейін", "--source", "radio"];
    let told = ["--told-by", &member, "--at", "2026-05-01T15:00:00+05:00"];
    squad.head.run(&[&entry[..], &told].concat()).well();
    let shown = squad.head.json(&["reconcile", "show", &patrol]);
    let phones = shown["phones"].as_array().unwrap();
    assert!(phones.iter().all(|phone| phone["device"] != device.as_str()), "{phones:?}");
    let page = squad.head.json(&["page", "preview", &patrol])["page"].clone();
    let members = page["members"].as_array().unwrap();
    assert!(members.iter().all(|line| line["member"] != member.as_str()), "{members:?}");
    let attend = ["reconcile", "attend", &member, "--patrol", &patrol, "--was", "attended"];
    assert_eq!(refusal(&squad.head, &attend), "not_of_squad");

    let tomorrow = ["patrol", "start", "--mode", "joint", "--at", "2099-05-01T08:00:00+05:00"];
    let started = squad.head.run(&tomorrow);
    assert!(started.stderr.contains("look at it again"), "{started:?}");
    started.well();
}

#[test]
fn what_a_head_writes_is_taken_as_everywhere_and_a_refusal_says_what_is_taken() {
    let squad = Squad::found();
    let start = ["patrol", "start", "--mode", "joint", "--at", "2026-05-01T08:00:00+05:00"];
    let patrol = squad.head.run(&start).well();
    squad
        .head
        .run(&["patrol", "end", &patrol, "--at", "2026-05-01T17:00:00+05:00"])
        .well();
    squad.meet();
    let field = |field: &str, value: &str| {
        squad
            .head
            .run(&["reconcile", "field", field, "--value", value, "--reason", "телефон сөніп қалды"])
    };
    field("end", "01.05.2026 16:30").well();
    let shown = squad.head.json(&["reconcile", "show"]).to_string();
    assert!(shown.contains("2026-05-01T16:30:00"), "{shown}");
    let leader = squad.head.json(&["device", "list"])["devices"][0]["member"]
        .as_str()
        .unwrap()
        .to_owned();
    field("leader", &leader[..8]).well();
    assert!(squad.head.json(&["reconcile", "show"]).to_string().contains(&leader), "{leader}");
    for (name, value, due) in [
        ("end", "23:00", "\"05.03.2026 10:50\""),
        ("start", "кеше", "\"05.03.2026 10:50\""),
        ("mode", "alone", "joint"),
        ("area", "орман", "border_zone"),
        ("leader", "Асқар", "3f2a"),
    ] {
        let refused = field(name, value);
        assert!(refused.code == 2 && refused.stderr.contains(due), "{name}: {refused:?}");
    }
}

#[test]
fn an_entry_of_force_whose_author_is_out_of_reach_keeps_no_page_from_its_seal() {
    let (squad, patrol) = told_by_two();
    decide_all(&squad);
    let slip = ["entry", "add", &patrol, "--activity", "force", "--text", "қате терілді"];
    let slip = squad
        .volunteer
        .run(&[&slip[..], &["--at", "2026-05-01T12:00:00+05:00"]].concat())
        .well();
    squad.meet();
    assert_eq!(refusal(&squad.head, &["page", "seal"]), "gates_closed");
    let event =
        ["reconcile", "event", &slip, "--field", "activity", "--leave-out", "--reason", "телефоны жоғалды"];
    squad.head.run(&event).well();
    squad.head.run(&["page", "seal"]).well();
    let sealed = squad.head.run(&["page", "show", &first_page(&squad.head)]).well();
    assert!(sealed.contains("қате терілді") && sealed.contains("телефоны жоғалды"), "{sealed}");
}
