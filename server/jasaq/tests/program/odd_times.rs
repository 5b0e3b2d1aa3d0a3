//! Times that cannot be are taken and said: to whoever types them, where the case is shown, and on the page.

use jasaq_fieldbook::model::moment::Moment;
use serde_json::{Value, json};

use crate::registry::refusal;
use crate::squad::{Device, Done, Squad, finish};

/// The program where the clock on the wall shows about noon, whatever the hour: what is later today is known then.
fn at_noon(device: &Device, arguments: &[&str]) -> Done {
    let started = device.json(&["reconcile", "show"])["header"][0]["standing"].clone();
    let started: Moment = started.as_str().unwrap().parse().unwrap();
    let ahead = 12 - started.time().unix_ms() / 3_600_000 % 24;
    let mut command = device.command(arguments);
    // POSIX counts what is west of Greenwich.
    command.env("TZ", format!("<NOON>{}", -ahead));
    finish(&mut command, b"")
}

#[test]
fn a_time_without_a_day_that_is_yet_to_come_is_yesterdays_and_that_is_said() {
    let squad = Squad::found();
    squad.head.run(&["patrol", "start", "--mode", "joint"]).well();
    let entry = |at| ["entry", "add", "--activity", "force", "--text", "тұман", "--at", at];
    let late = at_noon(&squad.head, &entry("23:00"));
    assert!(late.stderr.contains("23:00, yesterday"), "{late:?}");
    late.well();
    let early = at_noon(&squad.head, &entry("01:00"));
    assert!(!early.stderr.contains("yesterday"), "{early:?}");
    early.well();
    let dated = at_noon(&squad.head, &entry("01.05.2026 23:00"));
    assert!(!dated.stderr.contains("yesterday"), "{dated:?}");
}

#[test]
fn an_end_before_the_start_is_recorded_and_whoever_types_it_is_told() {
    let squad = Squad::found();
    squad.head.run(&["patrol", "start", "--mode", "joint"]).well();
    let end = ["patrol", "end", "--at", "2020-01-01T08:00:00+05:00"];
    let ended = squad.head.run(&end);
    assert!(ended.stderr.contains("look at it again"), "{ended:?}");
    ended.well();
}

#[test]
fn a_leg_or_an_entry_outside_the_patrol_is_told_as_soon_as_that_is_known_and_makes_no_hours() {
    let squad = Squad::found();
    let member = squad.head.json(&["device", "list"])["devices"][0]["member"].clone();
    let at = |moment: &'static str| ["--at", moment];
    let start = ["patrol", "start", "--mode", "joint"];
    squad.head.run(&[&start[..], &at("2026-05-22T06:00:00+05:00")].concat()).well();
    let leg = ["patrol", "leg", "--transport", "on_foot", "--member", member.as_str().unwrap()];
    let early = squad.head.run(&[&leg[..], &at("2026-04-21T06:00:00+05:00")].concat());
    assert!(early.stderr.contains("look at it again: the leg lies before the departure"), "{early:?}");
    early.well();
    let entry = ["entry", "add", "--activity", "force", "--text", "тұман"];
    let early = squad.head.json(&[&entry[..], &at("2026-04-21T06:00:00+05:00")].concat());
    assert_eq!(flags(&early), ["entry_outside_patrol"]);
    let right = squad.head.json(&[&leg[..], &at("2026-05-22T06:50:00+05:00")].concat());
    assert_eq!(flags(&right), [""; 0]);
    let late = ["patrol", "leg", "--end", right["leg"].as_str().unwrap()];
    let late = squad.head.json(&[&late[..], &at("2026-06-22T06:55:00+05:00")].concat());
    assert_eq!(flags(&late), [""; 0], "they are out, nobody said until when");
    let over = squad.head.json(&["patrol", "end", "--at", "2026-05-22T07:00:00+05:00"]);
    assert_eq!(
        flags(&over),
        ["leg_outside_patrol"],
        "by the end it is known, and what was told is not told again"
    );
    let page = squad.head.json(&["page", "preview"])["page"].clone();
    let of_member = page["members"].as_array().unwrap().iter().find(|line| line["member"] == member);
    assert_eq!(of_member.unwrap()["minutes"], 60, "a slip in the month adds nothing to an hour");
    for flag in ["leg_outside_patrol", "entry_outside_patrol"] {
        assert!(page["flags"].to_string().contains(flag), "{page}");
    }
}

fn flags(said: &Value) -> Vec<&str> {
    let flags = said["flags"].as_array().unwrap().iter();
    flags
        .map(|flag| flag.as_str().or_else(|| flag["flag"].as_str()).unwrap())
        .collect()
}

#[test]
fn what_cannot_have_been_so_is_recorded_and_flagged_for_whoever_types_it_and_on_the_page() {
    let squad = Squad::found();
    squad
        .head
        .run(&["patrol", "start", "--mode", "joint", "--at", "2026-05-01T08:00:00+05:00"])
        .well();
    let at = |minutes: &'static str| ["--at", minutes];
    let detain =
        ["detention", "add", "--text", "ұсталды", "--offence", "шекара режимі", "--born", "2099-01-01"];
    let detained = squad.head.json(&[&detain[..], &at("2026-05-01T10:00:00+05:00")].concat());
    assert_eq!(flags(&detained), ["born_after_detained"]);
    let case = detained["case"].as_str().unwrap();
    let step = ["detention", "step", case, "--step", "unit_told"];
    let early = squad.head.run(&[&step[..], &at("2026-05-01T09:00:00+05:00")].concat());
    assert!(early.stderr.contains("look at it again: the step lies before the detention"), "{early:?}");
    early.well();
    let right = squad.head.json(&[&step[..], &at("2026-05-01T09:59:00+05:00")].concat());
    assert_eq!(flags(&right), [""; 0], "clocks may differ by as much");
    let release = ["detention", "release", case, "--ordered-by", "майор С.", "--reason", "x", "--text", "x"];
    let over = squad.head.json(&[&release[..], &at("2026-05-01T09:30:00+05:00")].concat());
    assert_eq!(flags(&over), ["ended_before_detained"]);
    let pause = ["patrol", "mark", "--what", "pause", "--until", "2026-05-01T09:00:00+05:00"];
    let mark = squad.head.json(&[&pause[..], &at("2026-05-01T11:00:00+05:00")].concat());
    assert_eq!(flags(&mark), ["end_before_start"]);
    let notice = ["notice", "send", "--offline", "--text", "із", "--channel", "radio"];
    let told = ["--told-at", "2026-05-01T09:00:00+05:00", "--at", "2026-05-01T10:00:00+05:00"];
    let notice = squad.head.json(&[&notice[..], &told].concat());
    assert_eq!(flags(&notice), ["told_before_learned"]);

    let shown = squad.head.json(&["detention", "show", case]);
    let due = ["ended_before_detained", "step_before_detained", "step_after_end", "born_after_detained"];
    assert!(due.iter().all(|flag| flags(&shown).contains(flag)), "{shown}");
    let page = squad.head.json(&["page", "preview"]);
    let on_page = page["page"]["flags"].to_string();
    for flag in due.iter().chain(&["end_before_start", "told_before_learned"]) {
        assert!(on_page.contains(flag), "{flag} in {on_page}");
    }
    let key = shown["detained"][0]["key"].as_str().unwrap();
    let right = ["detention", "add", "--replace", key, "--because", "қате", "--offence", "шекара режимі"];
    let right = squad.head.json(&[&right[..], &["--born", "1990-01-01"]].concat());
    assert_eq!(right["flags"], json!([]), "and once it is put right it is no more");
}

#[test]
fn what_says_nothing_new_or_leaves_out_the_own_phone_is_refused_with_a_sentence_of_its_own() {
    let squad = Squad::found();
    let patrol = squad.head.run(&["patrol", "start", "--mode", "joint"]).well();
    let entry = squad.head.write("тұман");
    let same = ["entry", "amend", &entry, "--why", "slip", "--text", "тұман"];
    assert_eq!(refusal(&squad.head, &same), "nothing_changed");
    squad.volunteer.run(&["status"]).well();
    let own = squad.head.json(&["reconcile", "show", &patrol])["phones"][0]["device"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(refusal(&squad.head, &["reconcile", "excuse", &own, "--why", "broken"]), "own_phone");
    squad.meet();
    squad
        .volunteer
        .run(&["entry", "add", &patrol, "--activity", "force", "--text", "желді"])
        .well();
    squad.meet();
    let phones = squad.head.json(&["reconcile", "show", &patrol])["phones"].clone();
    let phones = phones.as_array().unwrap().iter();
    let other = phones
        .map(|phone| phone["device"].as_str().unwrap().to_owned())
        .find(|id| *id != own)
        .unwrap();
    let excuse = ["reconcile", "excuse", &other, "--why", "other"];
    assert_eq!(refusal(&squad.head, &excuse), "excuse_words_needed");
    let sheet = squad.head.run(&["print", "sheet", "-o", "x.pdf", "--lines", "501"]);
    assert!(sheet.code == 2 && sheet.stderr.contains("from 1 to 500"), "{sheet:?}");
    assert!(squad.head.run(&["print", "sheet", "--help"]).stdout.contains("1 to 500"));
}

#[test]
fn what_is_reconciled_is_shown_in_words_and_names_and_in_codes_for_programs() {
    let squad = Squad::found();
    let patrol = squad.head.run(&["patrol", "start", "--mode", "joint"]).well();
    let inspect = ["entry", "add", "--activity", "inspection", "--kind", "route", "--mode", "joint"];
    squad.head.run(&[&inspect[..], &["--text", "жол"]].concat()).well();
    let detain = ["detention", "add", "--text", "ұсталды", "--offence", "шекара режимі", "--name", "Н. Н."];
    let case = squad.head.run(&detain).well();
    let shown = squad.head.run(&["reconcile", "show", &patrol]).well();
    assert!(!shown.contains("(route, joint)") && shown.contains("joint"), "{shown}");
    assert!(shown.contains(&format!("case {} (", &case[..8])), "{shown}");
    assert!(!shown.contains("Н. Н."), "and never who it is: {shown}");
    let json = squad.head.json(&["reconcile", "show", &patrol]).to_string();
    assert!(json.contains("inspection/route/joint") && json.contains(&case), "{json}");
}
