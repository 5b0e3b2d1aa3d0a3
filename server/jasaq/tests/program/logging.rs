//! Entries are amended, taken back, begun and taken down at the desk by commands; nothing that was said goes away.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use serde_json::Value;

use crate::registry::refusal;
use crate::squad::{Device, Place, Squad};

/// What a device's log has under a key.
#[track_caller]
fn stated(device: &Device, patrol: &str, key: &str) -> Value {
    let log = device.json(&["patrol", "show", patrol])["log"].clone();
    let all = log.as_array().unwrap().clone();
    all.into_iter().find(|stated| stated["key"] == key).unwrap()
}

fn member_of(squad: &Squad, role: &str) -> String {
    let members = squad.ss.json(&["squad", "show"])["members"].clone();
    let own = members.as_array().unwrap().iter().find(|member| member["short_role"] == role);
    own.unwrap()["member"].as_str().unwrap().to_owned()
}

/// A squad whose volunteer is on patrol.
fn on_patrol() -> (Squad, String) {
    let squad = Squad::found();
    let patrol = squad.volunteer.run(&["patrol", "start", "--mode", "independent"]).well();
    (squad, patrol)
}

#[test]
fn an_entry_is_written_over_until_somebody_can_have_it_and_then_an_amendment_stands_beside_it() {
    let (squad, patrol) = on_patrol();
    let round = ["entry", "add", "--activity", "inspection", "--kind", "vehicle", "--mode", "independent"];
    let round = [&round[..], &["--text", "екі көлік", "--lat", "44,16", "--lon", "80,01", "--count", "2"]];
    let key = squad.volunteer.run(&round.concat()).well();
    let amend = ["entry", "amend", &key, "--why", "slip", "--text", "үш көлік", "--count", "3"];
    let done = squad.volunteer.json(&amend);
    assert_eq!((&done["in_place"], &done["key"]), (&true.into(), &key.as_str().into()));
    let entry = stated(&squad.volunteer, &patrol, &key);
    assert_eq!((&entry["said"]["text"], &entry["said"]["count"]), (&"үш көлік".into(), &3.into()));
    assert!(!squad.volunteer.run(&["patrol", "show"]).well().contains("екі көлік"), "nobody had it");

    squad.meet();
    let later = ["entry", "amend", &key, "--why", "left_out", "--marker", "517", "--landmark", "өткел"];
    let done = squad.volunteer.json(&later);
    assert_eq!(done["in_place"], false);
    assert_eq!(squad.volunteer.run(&["entry", "amend", &key, "--why", "other"]).code, 2, "which other?");
    let twice = ["entry", "amend", &key, "--why", "other", "--note", "карта", "--kind", "route"];
    squad.volunteer.run(&twice).well();
    squad.meet();
    for device in [&squad.volunteer, &squad.head, &squad.ss] {
        let entry = stated(device, &patrol, &key);
        assert_eq!(entry["said"]["marker"], Value::Null, "what was said first is there");
        let stands = entry["stands"].as_array().unwrap();
        assert_eq!(stands.len(), 1, "the second amends the first amendment: {stands:?}");
        assert_eq!(
            (&stands[0]["marker"], &stands[0]["count"], &stands[0]["activity"]["subkind"]),
            (&"517".into(), &3.into(), &"route".into()),
            "what was not given stays"
        );
        let shown = device.run(&["patrol", "show", &patrol]).well();
        for said in ["marker 517", "өткел", "counted 3", "was: ", "something was left out", "карта"]
        {
            assert!(shown.contains(said), "{said} in {shown}");
        }
        assert_eq!(shown.matches("entry amended").count(), 0, "it is shown at its entry: {shown}");
    }
}

#[test]
fn what_was_said_is_taken_back_with_a_reason_and_stays_to_be_seen() {
    let (squad, patrol) = on_patrol();
    let key = squad.volunteer.write("бұл кеше болған");
    squad.meet();
    assert_eq!(squad.volunteer.run(&["entry", "withdraw", &key]).code, 2, "a reason is needed");
    squad
        .volunteer
        .run(&["entry", "withdraw", &key, "--reason", "күні қате"])
        .well();
    assert_eq!(refusal(&squad.volunteer, &["entry", "withdraw", &key, "--reason", "x"]), "taken_back");
    let amend = ["entry", "amend", &key, "--why", "slip", "--text", "x"];
    assert_eq!(refusal(&squad.volunteer, &amend), "taken_back");
    squad.meet();
    for device in [&squad.volunteer, &squad.head, &squad.ss] {
        let log = device.json(&["patrol", "show", &patrol]);
        assert_eq!(log["entries"], 0);
        let entry = stated(device, &patrol, &key);
        assert_eq!(entry["withdrawn"]["reason"], "күні қате");
        assert_eq!(entry["stands"], serde_json::json!([]));
        let shown = device.run(&["patrol", "show", &patrol]).well();
        assert!(shown.contains("~~бұл кеше болған~~") && shown.contains("күні қате"), "{shown}");
    }
}

#[test]
fn nobody_amends_or_takes_back_what_another_said() {
    let (squad, patrol) = on_patrol();
    let key = squad.volunteer.write("із бар");
    squad.meet();
    for device in [&squad.head, &squad.ss] {
        let amend = ["entry", "amend", &key, "--why", "slip", "--text", "із жоқ"];
        let refused = device.run(&[&amend[..], &["--json"]].concat());
        assert_eq!(refused.code, 1, "{refused:?}");
        assert!(!refused.stderr.contains("із жоқ"), "{refused:?}");
        assert_eq!(refusal(device, &amend), "not_yours");
        assert_eq!(refusal(device, &["entry", "withdraw", &key, "--reason", "x"]), "not_yours");
    }
    let started = squad.volunteer.json(&["patrol", "show", &patrol])["log"][0]["key"].clone();
    let amend = ["entry", "amend", started.as_str().unwrap(), "--why", "slip", "--text", "x"];
    assert_eq!(refusal(&squad.volunteer, &amend), "not_an_entry");
    assert_eq!(
        refusal(&squad.volunteer, &["entry", "withdraw", "AAAAAAAA.999", "--reason", "x"]),
        "not_there"
    );
}

#[test]
fn what_is_taken_down_at_the_desk_says_from_whom_and_when_it_was() {
    let (squad, patrol) = on_patrol();
    squad.meet();
    let volunteer = member_of(&squad, "vol");
    squad.ss.run(&["squad", "card", &volunteer, "--name", "Бекова Арай"]).well();
    squad.meet();
    let desk = ["entry", "add", &patrol, "--activity", "force", "--text", "радиодан", "--source", "radio"];
    let by_radio = squad.head.run(&[&desk[..], &["--told-by", &volunteer[..8]]].concat()).well();
    let at = "2026-05-01T11:20:00+05:00";
    let paper = ["entry", "add", &patrol, "--activity", "force", "--text", "қағаздан", "--source", "paper"];
    let on_paper = squad
        .head
        .run(&[&paper[..], &["--told-by", &volunteer, "--at", at]].concat())
        .well();
    let phone = ["entry", "add", &patrol, "--activity", "force", "--text", "x", "--told-by", &volunteer];
    assert_eq!(squad.head.run(&phone).code, 2, "who taps it in says it himself");
    squad.meet();
    for device in [&squad.head, &squad.ss] {
        let (radio, paper) = (stated(device, &patrol, &by_radio), stated(device, &patrol, &on_paper));
        assert_eq!(
            (&radio["said"]["source"], &radio["said"]["told_by"]),
            (&"radio".into(), &volunteer.as_str().into())
        );
        assert_eq!((&paper["said"]["source"], &paper["happened_at"]), (&"paper".into(), &at.into()));
        assert_ne!(paper["clocks"]["device"], paper["happened_at"]);
        let shown = device.run(&["patrol", "show", &patrol]).well();
        assert!(shown.contains("told by Бекова Арай") && shown.contains("recorded "), "{shown}");
    }
}

#[test]
fn a_place_may_be_the_square_of_a_map_and_is_then_no_point() {
    let place = Place::new();
    let phone = place.phone();
    let add = ["entry", "add", "--activity", "force", "--text", "брод", "--mgrs"];
    phone.run(&[&add[..], &["44TMQ 1234 6789"]].concat()).well();
    let position = phone.json(&["patrol", "show"])["log"][1]["said"]["position"].clone();
    assert_eq!((&position["origin"], &position["accuracy_m"]), (&"by_hand".into(), &7.1.into()));
    assert_eq!(
        phone
            .run(&[&add[..], &["44TMQ 12"], &["--lat", "44", "--lon", "80"]].concat())
            .code,
        2
    );
    let refused = phone.run(&[&add[..], &["44TMQ 123"]].concat());
    assert!(refused.code == 5 && !refused.stderr.contains("44TMQ 123 "), "{refused:?}");
    assert_eq!(phone.json(&["patrol", "show"])["entries"], 1);
}

#[test]
fn a_draft_whose_id_was_printed_survives_a_kill_and_is_gone_once_it_is_recorded() {
    let place = Place::new();
    let phone = place.phone();
    let mut writing =
        phone.command(&["entry", "draft", "add", "--lat", "44.16", "--lon", "-80.01", "--text", "із"]);
    let mut writing = writing
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut id = String::new();
    BufReader::new(writing.stdout.take().unwrap()).read_line(&mut id).unwrap();
    writing.kill().unwrap();
    writing.wait().unwrap();
    // And one that dies with the vault open.
    let mut busy = phone.command(&["entry", "add", "--activity", "force", "--each-line"]);
    let mut busy = busy
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = busy.stdin.take().unwrap();
    writeln!(stdin, "жазба").unwrap();
    BufReader::new(busy.stdout.take().unwrap())
        .read_line(&mut String::new())
        .unwrap();
    busy.kill().unwrap();
    busy.wait().unwrap();

    let id = id.trim_end();
    let drafts = phone.json(&["entry", "draft", "list"])["drafts"].clone();
    assert_eq!((&drafts[0]["draft"], &drafts[1]), (&id.into(), &Value::Null));
    assert_eq!(drafts[0]["missing"], serde_json::json!(["--activity"]));
    let begun_at = drafts[0]["options"]["at"].clone();
    assert_eq!(phone.run(&["entry", "draft", "finish", id]).code, 2, "the activity is missing");
    let finish =
        ["entry", "draft", "finish", &id[..6], "--activity", "prevention", "--object", "border_regime"];
    let key = phone.run(&finish).well();
    let log = phone.json(&["patrol", "show"]);
    let entry = log["log"]
        .as_array()
        .unwrap()
        .iter()
        .find(|stated| stated["key"] == key.as_str())
        .unwrap();
    assert_eq!((&entry["said"]["text"], &entry["happened_at"]), (&"із".into(), &begun_at));
    assert_eq!(entry["said"]["position"]["coordinates"]["longitude"], -80.01);
    assert_eq!(phone.json(&["entry", "draft", "list"])["drafts"], serde_json::json!([]));
    let dropped = phone.run(&["entry", "draft", "add"]).well();
    phone.run(&["entry", "draft", "drop", &dropped[..6]]).well();
    assert_eq!(phone.run(&["entry", "draft", "show", &dropped]).code, 1);
}

#[test]
fn a_head_makes_what_was_recorded_apart_a_part_of_a_patrol_and_takes_it_back() {
    let (squad, part) = on_patrol();
    squad.volunteer.write("бөлек жазылған");
    let gap = ["patrol", "mark", "--what", "track_gap", "--at", "2026-05-01T09:40", "--cause", "app_closed"];
    let gap = squad.volunteer.run(&gap).well();
    let shown = ["patrol", "mark", "--what", "certificate_shown", "--cause", "battery"];
    assert_eq!(squad.volunteer.run(&shown).code, 2, "only a gap has a cause");
    let whole = squad.head.run(&["patrol", "start", "--mode", "independent"]).well();
    squad.meet();
    assert_eq!(stated(&squad.head, &part, &gap)["said"]["cause"], "app_closed");
    let attach = ["patrol", "attach", &part[..8], "--to", &whole[..8]];
    assert_eq!(squad.volunteer.run(&attach).code, 1, "the head says so");
    let key = squad.head.run(&attach).well();
    assert_eq!(refusal(&squad.head, &["patrol", "attach", &whole, "--to", &part]), "attached_in_a_ring");
    squad.meet();
    for device in [&squad.volunteer, &squad.head, &squad.ss] {
        let log = device.json(&["patrol", "show", &whole]);
        assert_eq!((&log["parts"][0], &log["entries"]), (&part.as_str().into(), &1.into()));
        assert_eq!(device.json(&["patrol", "show", &part])["part_of"], whole.as_str());
        assert!(device.run(&["patrol", "show", &whole]).well().contains("gap in the track"));
    }
    squad.head.run(&["entry", "withdraw", &key, "--reason", "басқа күн"]).well();
    assert_eq!(squad.head.json(&["patrol", "show", &whole])["parts"], serde_json::json!([]));
}
