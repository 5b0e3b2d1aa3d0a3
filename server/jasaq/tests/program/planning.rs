//! Patrols are planned by commands: where nobody is in reach, with who may not go told why.

use jasaq_fieldbook::model::moment::{Moment, UtcTime};
use jasaq_fieldbook::surroundings::Surroundings;
use serde_json::Value;

use crate::registry::{in_language, refusal};
use crate::squad::{Device, Done, Squad};

const HOUR_MS: i64 = 3_600_000;

/// In so many hours, as programs write it.
fn in_hours(hours: i64) -> Moment {
    let now = Surroundings::of_the_system(None).now().moment();
    let at = UtcTime::from_unix_ms(now.time().unix_ms() + hours * HOUR_MS).unwrap();
    Moment::new(at, now.offset_minutes()).unwrap()
}

/// The arguments of a plan from then to then, in this sector.
fn plan(hours: [i64; 2], sector: &str) -> Vec<String> {
    plan_at(hours.map(in_hours), sector)
}

fn plan_at(window: [Moment; 2], sector: &str) -> Vec<String> {
    let [from, until] = window.map(|moment| moment.to_string());
    let given = [
        "patrol",
        "plan",
        "--from",
        &from,
        "--until",
        &until,
        "--sector",
        sector,
        "--area",
        "border_zone",
        "--mode",
        "joint",
        "--representative",
        "майор С.",
    ];
    given.map(str::to_owned).to_vec()
}

fn run(device: &Device, arguments: &[String], more: &[&str]) -> Done {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(more.iter().copied()).collect();
    device.run(&arguments)
}

/// A squad whose head and volunteer have cards; the volunteer's says whether she may go.
fn with_cards(is_eligible: bool) -> (Squad, [String; 2]) {
    let squad = Squad::found();
    let members = squad.ss.json(&["squad", "show"])["members"].clone();
    let id = |role: &str| {
        let own = members.as_array().unwrap().iter().find(|member| member["short_role"] == role);
        own.unwrap()["member"].as_str().unwrap().to_owned()
    };
    let (head, volunteer) = (id("head"), id("vol"));
    squad.ss.run(&["squad", "card", &head, "--name", "Әлиев Асқар"]).well();
    let not: &[&str] = if is_eligible { &[] } else { &["--not-eligible"] };
    squad
        .ss
        .run(&[&["squad", "card", &volunteer, "--name", "Бекова Арай"], not].concat())
        .well();
    squad.meet();
    (squad, [head, volunteer])
}

/// How a device lists a patrol.
fn listed(device: &Device, patrol: &str) -> Value {
    let patrols = device.json(&["patrol", "list"])["patrols"].clone();
    patrols
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["patrol"] == patrol)
        .unwrap()
        .clone()
}

#[test]
fn a_head_plans_and_names_who_goes_and_a_volunteer_answers_each_where_nobody_is_in_reach() {
    let (squad, [head, volunteer]) = with_cards(true);
    let patrol =
        run(&squad.head, &plan([24, 30], "Үлкен сай"), &["--task", "өткел", "--transport", "horse"]).well();
    assert_eq!(listed(&squad.head, &patrol)["phase"], "planned");
    let crew =
        ["patrol", "crew", &patrol[..6], "--member", &head, "--member", &volunteer, "--leader", &head[..6]];
    squad.head.run(&crew).well();
    assert_eq!(refusal(&squad.volunteer, &["patrol", "answer", &patrol, "--comes"]), "", "it has not come");
    squad.meet();
    squad
        .volunteer
        .run(&["patrol", "answer", &patrol[..6], "--does-not-come", "--note", "тойда"])
        .well();
    let answered = squad.volunteer.json(&["patrol", "answer", &patrol, "--comes"]);
    assert_eq!(answered["answer"], "comes");
    squad.meet();
    for device in [&squad.head, &squad.volunteer, &squad.ss] {
        let one = listed(device, &patrol);
        assert_eq!((&one["phase"], &one["started_at"]), (&"assigned".into(), &Value::Null));
        let crew = one["planned"]["crew"].as_array().unwrap();
        let answers: Vec<_> = crew.iter().map(|one| (one["leads"].clone(), one["answer"].clone())).collect();
        assert!(answers.contains(&(true.into(), Value::Null)), "{crew:?}");
        assert!(answers.contains(&(false.into(), "comes".into())), "{crew:?}");
    }
    let shown = squad.head.run(&["patrol", "show"]).well();
    for said in
        ["Үлкен сай", "Әлиев Асқар (leads): no answer yet", "Бекова Арай: comes", "өткел", "replaced since"]
    {
        assert!(shown.contains(said), "{said} in {shown}");
    }
    let refused = run(&squad.volunteer, &plan([24, 30], "Өткел"), &["--json"]);
    assert_eq!((refused.code, &refused.error()["paragraph"]), (1, &"001-§7".into()));
    let over = run(&squad.head, &plan([24, 23], "Өткел"), &["--json"]);
    assert_eq!((over.code, &over.error()["refusal"]), (1, &"end_not_after_start".into()));
}

#[test]
fn who_may_not_go_is_refused_with_the_sentence_of_the_card() {
    let (squad, [head, volunteer]) = with_cards(false);
    let patrol = run(&squad.head, &plan([24, 30], "Үлкен сай"), &[]).well();
    let crew = ["patrol", "crew", &patrol, "--member", &head, "--member", &volunteer, "--leader", &head];
    let refused = squad.head.run(&crew);
    assert_eq!(refused.code, 1);
    assert!(refused.stdout.contains("Бекова Арай: No longer eligible to go on patrol"), "{refused:?}");
    assert!(!refused.stderr.contains("Бекова"), "logs are made of it: {refused:?}");
    assert_eq!(refusal(&squad.head, &crew), "not_eligible");
    let told: Value =
        serde_json::from_str(&squad.head.run(&[&crew[..], &["--json"]].concat()).stdout).unwrap();
    assert_eq!(told["may_not_go"][0]["member"], volunteer.as_str());
    let russian = in_language(&squad.head, "ru", &crew);
    assert!(russian.stderr.contains("не может выходить на патрулирование"), "{russian:?}");
    let alone = ["patrol", "crew", &patrol, "--member", &head, "--leader", &volunteer];
    assert_eq!(refusal(&squad.head, &alone), "leader_stays_at_home");
    assert_eq!(listed(&squad.head, &patrol)["phase"], "planned", "nothing was recorded");
}

#[test]
fn a_month_shows_who_can_come_and_who_is_named() {
    let (squad, [head, volunteer]) = with_cards(true);
    let window = [24, 30].map(in_hours);
    let day = window[0].day();
    let month: String = day.to_string().chars().take("2026-03".len()).collect();
    let (first, next) = (day.to_string(), day.plus_days(1).to_string());
    let said = ["patrol", "available", "--from", &first, "--until", &next, "--can", "yes"];
    squad.volunteer.run(&said).well();
    squad
        .volunteer
        .run(&["patrol", "available", "--from", &next, "--can", "no"])
        .well();
    let backwards = ["patrol", "available", "--from", &next, "--until", &first, "--can", "no"];
    assert_eq!(squad.volunteer.run(&backwards).code, 2);
    let patrol = run(&squad.head, &plan_at(window, "Үлкен сай"), &[]).well();
    squad
        .head
        .run(&["patrol", "crew", &patrol, "--member", &volunteer, "--leader", &volunteer])
        .well();
    squad.meet();
    let rota = squad.head.json(&["patrol", "rota", "--month", &month]);
    let members = rota["members"].as_array().unwrap();
    let of = |member: &str| members.iter().find(|one| one["member"] == member).unwrap();
    assert_eq!(of(&volunteer)["can_come"][&first], "yes");
    if next.starts_with(&month) {
        assert_eq!(of(&volunteer)["can_come"][&next], "no", "the last word about a day");
    }
    assert_eq!(of(&head)["can_come"], serde_json::json!({}), "nobody says it for another");
    assert_eq!(of(&volunteer)["named"][0]["patrol"], patrol.as_str());
    assert_eq!(rota["patrols"][0]["plans"][0]["sector"], "Үлкен сай");
    let table = squad.head.run(&["patrol", "rota", "--month", &month]).well();
    assert!(table.contains("Бекова Арай") && table.contains("*+") && table.contains("Үлкен сай"), "{table}");
    assert_eq!(squad.head.run(&["patrol", "rota", "--month", "2026-13"]).code, 2);
    squad.head.run(&["patrol", "cancel", &patrol[..6], "--reason", "боран"]).well();
    assert_eq!(listed(&squad.head, &patrol)["phase"], "cancelled");
    let told = squad.head.run(&["patrol", "list"]).well();
    let line = told.lines().find(|line| line.contains(&patrol[..8])).unwrap();
    assert!(line.contains(':'), "it says for when it was planned: {told}");
    assert_eq!(squad.head.json(&["patrol", "rota", "--month", &month])["patrols"], serde_json::json!([]));
    assert_eq!(refusal(&squad.head, &["patrol", "start", &patrol]), "no_plan");
}

#[test]
fn a_planned_patrol_that_nobody_started_is_overdue_and_goes_out_as_planned() {
    let (squad, [head, _]) = with_cards(true);
    let patrol = run(&squad.head, &plan([-2, 30], "Үлкен сай"), &[]).well();
    squad
        .head
        .run(&["patrol", "crew", &patrol, "--member", &head, "--leader", &head])
        .well();
    assert_eq!(listed(&squad.head, &patrol)["phase"], "start_overdue");
    let table = squad.head.run(&["patrol", "list"]).well();
    assert!(table.contains("should have gone"), "{table}");
    squad.meet();
    // Both put the plan right, and neither hears of the other.
    for (device, sector) in [(&squad.head, "Кіші сай"), (&squad.ss, "Өткел")] {
        run(device, &plan([-2, 30], sector), &["--replace", &patrol]).well();
    }
    squad.meet();
    assert_eq!(listed(&squad.ss, &patrol)["planned"]["plans"].as_array().unwrap().len(), 2);
    assert_eq!(refusal(&squad.head, &["patrol", "start", &patrol]), "plans_apart");
    run(&squad.head, &plan([-2, 30], "Өткел"), &["--replace", &patrol]).well();
    assert_eq!(squad.head.run(&["patrol", "start"]).code, 2, "without a plan it is said how they go");
    assert_eq!(squad.head.json(&["patrol", "start", &patrol[..6]])["patrol"], patrol.as_str());
    let shown = squad.head.json(&["patrol", "show"]);
    assert_eq!((&shown["phase"], &shown["patrol"]), (&"under_way".into(), &patrol.as_str().into()));
    let log = shown["log"].as_array().unwrap();
    let start = log.iter().find(|said| said["kind"] == "patrol_started").unwrap();
    assert_eq!(start["said"]["controlling_representative"], "майор С.");
    assert_eq!(start["said"]["leader"], head.as_str());
    assert_eq!(start["flags"], serde_json::json!([]), "it has a plan, and a representative");
    assert_eq!(refusal(&squad.head, &["patrol", "start", &patrol]), "started");
    assert_eq!(refusal(&squad.head, &["patrol", "cancel", &patrol, "--reason", "боран"]), "started");
    squad.head.run(&["patrol", "end"]).well();
    squad.meet();
    assert_eq!(listed(&squad.ss, &patrol)["phase"], "ended");
}
