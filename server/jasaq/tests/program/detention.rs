//! A detention from the ford to the police: the log names nobody, the volunteer's phone keeps nothing of the person, and force says
//! why nothing else would do.

use std::fs;

use serde_json::Value;

use crate::registry::{in_language, refusal};
use crate::squad::{Device, Squad};

const NAME: &str = "Стрелков Игорь";
const PAPER: &str = "паспорт 77 1234567";
const CITIZENSHIP: &str = "Атлантида";

fn show(device: &Device, case: &str) -> Value {
    device.json(&["detention", "show", case])
}

/// Whatever a device gives out of what it can read.
fn exports(squad: &Squad, device: &Device, patrol: &str) -> String {
    let file = squad.place.path("export.gpx");
    let _ = fs::remove_file(&file);
    let path = file.to_str().unwrap();
    device.run(&["track", "export", patrol, "--format", "gpx", "-o", path]).well();
    [
        fs::read_to_string(&file).unwrap(),
        device.run(&["track", "export", patrol, "--format", "geojson"]).well(),
        device.run(&["patrol", "show", patrol]).well(),
        device.json(&["patrol", "show", patrol]).to_string(),
        device.run(&["detention", "list"]).well(),
        device.json(&["detention", "list"]).to_string(),
        device.run(&["status"]).well(),
    ]
    .concat()
}

/// How the gate of detentions stands.
fn gate(device: &Device, patrol: &str) -> Value {
    let gates = device.json(&["reconcile", "show", patrol])["gates"].clone();
    let about = |gate: &&Value| gate["gate"] == "detentions_ended";
    gates.as_array().unwrap().iter().find(about).unwrap()["state"].clone()
}

#[test]
fn who_was_detained_and_handed_to_the_police_is_gone_from_the_phone_once_the_head_has_it() {
    let squad = Squad::found();
    let patrol = squad.volunteer.run(&["patrol", "start", "--mode", "independent"]).well();
    let add =
        ["detention", "add", "--text", "өткелде бір адам ұсталды", "--offence", "шекарадан өтпек болды"];
    let add =
        [&add[..], &["--object", "state_border", "--name", NAME, "--paper", PAPER, "--born", "03.02.1990"]];
    let began = squad.volunteer.run(&add.concat());
    assert!(!began.stderr.contains(NAME) && !began.stdout.contains(NAME), "{began:?}");
    let case = began.well();
    let own = show(&squad.volunteer, &case[..8]);
    assert_eq!((&own["detained"][0]["name"], &own["stage"]), (&NAME.into(), &"detained".into()));
    assert!(own["held_ms"].is_u64() && own["reads_whole"] == false, "{own}");
    let gaps = serde_json::json!(["grounds_not_explained", "unit_not_told", "not_ended"]);
    assert_eq!(own["gaps"], gaps);
    let steps: [&[&str]; 3] = [
        &["--step", "grounds_explained", "--language", "орысша"],
        &["--step", "unit_told", "--channel", "radio", "--whom", "кезекші"],
        &["--step", "in_delivery"],
    ];
    for step in steps {
        squad.volunteer.run(&[&["detention", "step", &case], step].concat()).well();
    }
    squad.meet();
    assert!(!exports(&squad, &squad.volunteer, &patrol).contains(NAME), "the log names nobody");
    let known = show(&squad.head, &case);
    assert_eq!((&known["detained"][0]["paper"], &known["stage"]), (&PAPER.into(), &"in_delivery".into()));

    let police = ["detention", "hand-over", &case, "--receiver", "law_enforcement_body", "--body", "полиция"];
    let police = [&police[..], &["--officer", "капитан Н.", "--text", "полицияға тапсырылды"]].concat();
    let duty = ["--trigger", "without_papers", "--citizenship", CITIZENSHIP, "--company", "alone"];
    assert_eq!(squad.volunteer.run(&[&police[..], &duty[..2]].concat()).code, 2, "of which citizenship?");
    let to_unit: Vec<&str> = police
        .iter()
        .map(|word| if *word == "law_enforcement_body" { "border_unit" } else { word })
        .collect();
    assert_eq!(squad.volunteer.run(&[&to_unit[..], &duty].concat()).code, 2, "asked by the police alone");
    squad.volunteer.run(&[&police[..], &duty].concat()).well();
    assert_eq!(refusal(&squad.head, &["detention", "step", "00000000", "--step", "in_delivery"]), "no_case");
    assert_eq!(show(&squad.volunteer, &case)["detained"][0]["name"], NAME, "the head has not all of it");
    squad.meet();

    let gone = show(&squad.volunteer, &case);
    assert_eq!((&gone["has_left"], &gone["detained"]), (&true.into(), &serde_json::json!([])));
    let said = squad.volunteer.run(&["detention", "show", &case]).well();
    for secret in [NAME, PAPER, CITIZENSHIP, "капитан Н."] {
        assert!(!said.contains(secret) && !gone.to_string().contains(secret), "{secret} in {said}");
        assert!(!exports(&squad, &squad.volunteer, &patrol).contains(secret), "{secret}");
    }
    assert!(said.contains("has left it"), "{said}");
    assert_eq!(gate(&squad.volunteer, &patrol), "not_read", "the head judges what this phone let go");
    let late = ["detention", "step", &case, "--step", "measures_told"];
    assert_eq!(refusal(&squad.volunteer, &late), "no_case", "the head goes on with it");
    for device in [&squad.head, &squad.ss] {
        let whole = show(device, &case);
        assert_eq!((&whole["stage"], &whole["gaps"]), (&"handed_over".into(), &serde_json::json!([])));
        let duty = &whole["handed_over"][0]["duty"];
        assert_eq!((&duty["citizenship"], &duty["trigger"]), (&CITIZENSHIP.into(), &"without_papers".into()));
        let said = device.run(&["detention", "show", &case]).well();
        for fact in [NAME, PAPER, CITIZENSHIP, "орысша", "капитан Н.", "held for"] {
            assert!(said.contains(fact), "{fact} in {said}");
        }
        assert!(!exports(&squad, device, &patrol).contains(NAME), "an extract of the log names nobody");
    }
    squad.head.run(&late).well();
    let again = ["detention", "release", &case, "--ordered-by", "майор С.", "--reason", "x", "--text", "x"];
    assert_eq!(refusal(&squad.head, &again), "case_ended");
}

#[test]
fn force_says_why_nothing_else_would_do_and_who_is_released_by_whose_order() {
    let squad = Squad::found();
    squad.head.run(&["patrol", "start", "--mode", "joint"]).well();
    let force = ["force", "add", "--text", "күш қолданылды", "--means", "қолынан ұстау", "--aim", "ұстау"];
    assert_eq!(squad.head.run(&force).code, 2, "why nothing else would do is missing");
    let necessity =
        ["--necessity", "шақырғанға тоқтамады", "--injuries", "тізесі", "--lat", "44.16", "--lon", "80.01"];
    let case = squad.head.run(&[&force[..], &necessity].concat()).well();
    let shown = squad.head.json(&["force", "show", &case]);
    assert_eq!((&shown["stage"], &shown["gaps"]), (&"force_alone".into(), &serde_json::json!([])));
    assert_eq!(shown["force"][0]["necessity"], "шақырғанға тоқтамады");
    let said = squad.head.run(&["force", "show", &case]).well();
    assert!(said.contains("why nothing else would do: шақырғанға тоқтамады"), "{said}");
    squad.meet();
    assert_eq!(squad.volunteer.run(&["force", "show", &case]).code, 0);
    let not_his = squad.volunteer.json(&["force", "show", &case]);
    assert_eq!((&not_his["force"], &not_his["stage"]), (&serde_json::json!([]), &Value::Null));
    assert!(squad.volunteer.run(&["force", "show", &case]).well().contains("not read here"));
    assert_eq!(squad.ss.json(&["force", "show", &case])["force"][0]["injuries"], "тізесі");

    let held = squad
        .head
        .run(&["detention", "add", "--text", "ұсталды", "--offence", "x"])
        .well();
    let release = [
        "detention",
        "release",
        &held,
        "--ordered-by",
        "майор С.",
        "--reason",
        "тұрғын",
        "--text",
        "босатылды",
    ];
    squad.head.run(&release).well();
    assert_eq!(show(&squad.head, &held)["stage"], "released");
    let listed = squad.head.json(&["detention", "list"])["cases"].as_array().unwrap().len();
    assert_eq!(listed, 2);
}

#[test]
fn what_is_explained_to_whoever_is_detained_is_in_his_language_and_is_no_official_form() {
    let squad = crate::squad::Place::new();
    let device = squad.device("nobody");
    let due = [
        ("kk", "Негіздері", "ресми бланк емес"),
        ("ru", "Основания", "не официальный бланк"),
        ("en", "grounds", "no official form"),
    ];
    for (language, grounds, form) in due {
        let said = in_language(&device, language, &["detention", "rights"]).well();
        assert!(said.contains(grounds) && said.contains(form), "{said}");
        let json: Value =
            serde_json::from_str(&in_language(&device, language, &["detention", "rights", "--json"]).well())
                .unwrap();
        assert_eq!((&json["language"], json["sentences"].as_array().unwrap().len()), (&language.into(), 4));
    }
}
