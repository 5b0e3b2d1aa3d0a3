//! The structural subdivision is told at once: by the relay, by voice where there is none, and it answers where the squad reads it.

use serde_json::Value;

use crate::registry::{in_language, refusal};
use crate::squad::{Device, Squad};

const TEXT: &str = "екі адам шекараға қарай кетті";

fn notices(device: &Device) -> Vec<Value> {
    device.json(&["notice", "list"])["notices"].as_array().unwrap().clone()
}

#[track_caller]
fn notice(device: &Device, key: &str) -> Value {
    let all = notices(device);
    all.iter().find(|notice| notice["key"] == key).unwrap().clone()
}

#[test]
fn a_notice_that_finds_no_relay_is_told_by_voice_and_answered_where_the_squad_reads_it() {
    let squad = Squad::found();
    let patrol = squad.volunteer.run(&["patrol", "start", "--mode", "independent"]).well();
    squad.volunteer.run(&["device", "relay", "http://127.0.0.1:9"]).well();
    let sent = squad.volunteer.run(&[
        "notice",
        "send",
        "--text",
        TEXT,
        "--object",
        "state_border",
        "--marker",
        "517",
    ]);
    assert_eq!(sent.code, 0, "not reaching the relay is no failure: {sent:?}");
    assert!(sent.stderr.contains("by voice NOW"), "{sent:?}");
    assert!(!sent.stderr.contains(TEXT), "{sent:?}");
    let key = sent.stdout.trim_end();
    let own = notice(&squad.volunteer, key);
    assert_eq!((&own["custody"], &own["patrol"]), (&"on_this_phone".into(), &patrol.as_str().into()));
    squad
        .volunteer
        .run(&["notice", "told", key, "--channel", "radio", "--whom", "кезекші"])
        .well();

    squad.volunteer.run(&["device", "relay", &squad.relay.address]).well();
    squad.meet();
    let there = notice(&squad.ss, key);
    assert_eq!(
        (&there["open"], &there["urgent"], &there["text"]),
        (&true.into(), &true.into(), &TEXT.into())
    );
    assert_eq!(
        (&there["told"][0]["channel"], &there["told"][0]["whom"]),
        (&"radio".into(), &"кезекші".into())
    );
    assert!(there["gap_ms"].is_u64() && there["received_at"].is_string(), "{there}");
    assert_eq!(squad.ss.json(&["status"])["notices_open"], 1);
    let told = squad.ss.run(&["sync"]);
    assert!(told.stderr.contains("1 immediate notice waits for an answer"), "{told:?}");
    assert!(!told.stderr.contains(TEXT) && !told.stdout.contains(TEXT), "the count only: {told:?}");
    let listed = squad.ss.run(&["notice", "list"]).well();
    for said in [TEXT, "marker 517", "by radio (кезекші)", "waits for an answer"] {
        assert!(listed.contains(said), "{said} in {listed}");
    }
    assert_eq!(
        squad.head.run(&["notice", "answer", key, "--reply", "received"]).code,
        1,
        "not his to answer"
    );
    assert_eq!(
        notice(&squad.head, key)["text"],
        Value::Null,
        "what it says is told to the subdivision alone"
    );

    let answer = ["notice", "answer", key, "--reply", "confirms_voice", "--note", "көлік шықты"];
    squad.ss.run(&answer).well();
    assert_eq!(squad.ss.json(&["status"])["notices_open"], 0);
    squad.meet();
    let own = notice(&squad.volunteer, key);
    assert_eq!((&own["open"], &own["voice_confirmed"]), (&false.into(), &true.into()));
    assert_eq!((&own["answers"][0]["note"], &own["custody"]), (&"көлік шықты".into(), &"at_relay".into()));
    for device in [&squad.volunteer, &squad.head] {
        let shown = device.run(&["patrol", "show", &patrol]).well();
        assert!(shown.contains("көлік шықты") && !shown.contains(TEXT), "{shown}");
    }
    assert_eq!(squad.volunteer.json(&["status"])["notices_open"], Value::Null, "a console's to answer");
}

#[test]
fn a_members_notice_stands_on_the_page_that_the_head_makes() {
    let squad = Squad::found();
    let at = |hour: &str| format!("2026-05-01T{hour}:00+05:00");
    let start = ["patrol", "start", "--mode", "independent", "--at", &at("08:00")];
    let patrol = squad.head.run(&start).well();
    squad.meet();
    let send = ["notice", "send", "--patrol", &patrol, "--text", TEXT, "--offline", "--at"];
    let told = ["--told-at", &at("09:05"), "--channel", "radio", "--whom", "кезекші"];
    let key = squad.volunteer.run(&[&send[..], &[&at("09:00")], &told].concat()).well();
    let later = squad.volunteer.run(&[&send[..], &[&at("10:00")]].concat()).well();
    squad.meet();
    for device in [&squad.head, &squad.ss, &squad.volunteer] {
        let all = notices(device);
        assert_eq!(all.len(), 2, "each once: {all:?}");
        let told = all.iter().find(|notice| notice["key"] == key.as_str()).unwrap();
        assert_eq!((&told["patrol"], &told["gap_ms"]), (&patrol.as_str().into(), &300_000.into()), "{told}");
        assert_eq!(told["told"].as_array().unwrap().len(), 1, "{told}");
    }
    assert!(!squad.head.run(&["patrol", "show", &patrol]).well().contains(TEXT));
    let gate = |device: &Device| {
        let gates = device.json(&["reconcile", "show", &patrol])["gates"].clone();
        gates
            .as_array()
            .unwrap()
            .iter()
            .find(|gate| gate["gate"] == "notices_told")
            .unwrap()
            .clone()
    };
    let stands = gate(&squad.head);
    assert_eq!((&stands["state"], &stands["about"][0]["key"]), (&"flagged".into(), &later.as_str().into()));
    squad
        .volunteer
        .run(&["notice", "told", &later, "--channel", "telephone", "--at", &at("10:30")])
        .well();
    squad.meet();
    assert_eq!(gate(&squad.head)["state"], "open");
    let page = squad.head.json(&["page", "preview", &patrol]);
    let lines = page["page"]["notices"].as_array().unwrap().clone();
    let mut minutes: Vec<&Value> = lines.iter().map(|line| &line["minutes"]).collect();
    minutes.sort_by_key(|minutes| minutes.as_i64());
    assert_eq!(minutes, [5, 30], "{lines:?}");
    assert!(!page.to_string().contains(TEXT) && !page.to_string().contains("кезекші"));
}

#[test]
fn the_list_flags_a_notice_that_is_said_to_have_been_told_before_it_was_learned() {
    let squad = Squad::found();
    let at = |hour: &str| format!("2026-05-01T{hour}:00+05:00");
    let send = |learned: &str, told: &str| {
        let times = ["--at", &at(learned), "--told-at", &at(told), "--channel", "radio"];
        let send = ["notice", "send", "--text", TEXT, "--offline"];
        squad.volunteer.run(&[&send[..], &times].concat()).well()
    };
    let (odd, even) = (send("09:30", "09:00"), send("10:00", "10:05"));
    squad.meet();
    for device in [&squad.volunteer, &squad.ss] {
        assert_eq!(notice(device, &odd)["flags"], serde_json::json!(["told_before_learned"]));
        assert_eq!(notice(device, &even)["flags"], serde_json::json!([]));
        let listed = device.run(&["notice", "list"]).well();
        let flags = listed.matches("! the subdivision is said to have been told before the fact was known");
        assert_eq!(flags.count(), 1, "{listed}");
    }
}

#[test]
fn a_notice_goes_up_at_once_where_the_relay_is_reached() {
    let squad = Squad::found();
    let sent = squad.volunteer.json(&["notice", "send", "--text", TEXT]);
    assert_eq!((&sent["sent"], &sent["patrol"]), (&true.into(), &Value::Null));
    squad.ss.sync();
    assert_eq!(notices(&squad.ss).len(), 1);
    let offline =
        ["notice", "send", "--text", TEXT, "--offline", "--told-at", "00:00", "--channel", "telephone"];
    let waits = squad.volunteer.json(&offline);
    assert_eq!((&waits["sent"], &waits["told"]), (&false.into(), &true.into()));
    let key = sent["key"].as_str().unwrap();
    let confirms = squad.ss.run(&["notice", "answer", key, "--reply", "confirms_voice"]);
    assert!(confirms.code == 1 && confirms.stderr.contains("told by voice"), "nobody called: {confirms:?}");
    assert!(notice(&squad.ss, key)["open"].as_bool().unwrap(), "nothing was recorded");
    let without = ["notice", "send", "--text", TEXT, "--told-at", "00:00"];
    assert_eq!(squad.volunteer.run(&without).code, 2, "by which voice?");
    assert_eq!(refusal(&squad.ss, &["notice", "answer", "AAAAAAAA.9", "--reply", "received"]), "no_notice");
    let russian = in_language(&squad.ss, "ru", &["status"]).well();
    assert!(russian.contains("1 незамедлительное сообщение ждёт ответа"), "{russian}");
}

#[test]
fn an_observation_names_one_of_the_seven_and_reaches_the_subdivision_without_a_patrol() {
    let squad = Squad::found();
    assert_eq!(squad.volunteer.run(&["observe", "--text", "ор қазылған"]).code, 2, "against what?");
    let nothing = ["observe", "--text", "ор", "--object", "peace"];
    assert_eq!(squad.volunteer.run(&nothing).code, 2, "there are seven");
    let seen =
        ["observe", "--object", "border_regime", "--text", "ор қазылған", "--lat", "44.16", "--lon", "80.01"];
    let key = squad.volunteer.run(&seen).well();
    squad.meet();
    let there = notice(&squad.ss, &key);
    assert_eq!((&there["urgent"], &there["object"]), (&false.into(), &"border_regime".into()));
    assert_eq!(squad.ss.json(&["status"])["notices_open"], 0, "it is not immediate");
    assert!(notices(&squad.head).is_empty());
    assert_eq!(squad.ss.run(&seen).code, 1, "who is in no squad has no need to");
}
