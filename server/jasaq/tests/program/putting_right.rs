//! A case put right as a whole: what was said first stays to be read, with who put it right, when and why.

use std::fs;

use serde_json::{Value, json};

use crate::registry::refusal;
use crate::squad::{Device, Squad};

fn show(device: &Device, case: &str) -> Value {
    device.json(&["detention", "show", case])
}

fn key(said: &Value, list: &str) -> String {
    said[list][0]["key"].as_str().unwrap().to_owned()
}

fn detain(device: &Device, name: &str) -> String {
    let add = ["detention", "add", "--text", "ұсталды", "--offence", "шекара режимі", "--name", name];
    device
        .run(&[&add[..], &["--paper", "паспорт 77", "--lat", "44.16", "--lon", "80.01"]].concat())
        .well()
}

const WHY: [&str; 2] = ["--because", "паспорттан оқылды"];

/// Who was detained, said anew.
fn said_anew(key: &str) -> Vec<&str> {
    let add = ["detention", "add", "--replace", key, "--offence", "шекарадан өтпек болды"];
    [&add[..], &["--name", "Стрелков Игорь"], &WHY].concat()
}

/// A volunteer detained somebody, explained the grounds, and his head has it.
fn detained_by_a_volunteer() -> (Squad, String) {
    let squad = Squad::found();
    squad.volunteer.run(&["patrol", "start", "--mode", "independent"]).well();
    let case = detain(&squad.volunteer, "Стрелков Иван");
    let step = ["detention", "step", &case, "--step", "grounds_explained", "--language", "kk"];
    squad.volunteer.run(&step).well();
    squad.meet();
    (squad, case)
}

#[test]
fn who_was_detained_is_put_right_by_his_head_and_what_was_said_first_stays_to_be_read() {
    let (squad, case) = detained_by_a_volunteer();
    let said = show(&squad.head, &case);
    let first = key(&said, "detained");
    let words = said_anew(&first);
    assert_eq!(squad.head.run(&words[..words.len() - 2]).code, 2, "why is a part of it");
    assert_eq!(squad.head.run(&[&words[..], &["--text", "x"]].concat()).code, 2, "the log stays as it is");
    let put = squad.head.json(&words);
    assert_eq!(put["case"], case.as_str());

    let now = show(&squad.head, &case);
    let (standing, earlier) = (&now["detained"][0], &now["earlier"][0]);
    assert_eq!((&standing["name"], &standing["because"]), (&json!("Стрелков Игорь"), &json!(WHY[1])));
    assert_eq!((&standing["key"], now["detained"].as_array().unwrap().len()), (&put["key"], 1));
    for as_it_was in ["paper", "place", "at"] {
        assert_eq!(standing[as_it_was], said["detained"][0][as_it_was], "{as_it_was} was not given");
    }
    assert_eq!((&earlier["name"], &earlier["key"]), (&json!("Стрелков Иван"), &json!(first)));
    assert_eq!(earlier["put_right"]["key"], put["key"]);
    assert!(earlier["put_right"]["member"].is_string() && earlier["put_right"]["recorded_at"].is_string());
    let told = squad.head.run(&["detention", "show", &case]).well();
    for said in ["Стрелков Игорь", "Стрелков Иван", "put right because: паспорттан оқылды", &first]
    {
        assert!(told.contains(said), "{said} in {told}");
    }
    let preview = squad.head.json(&["page", "preview"]);
    assert!(preview["page"]["cases"][0]["fields"].to_string().contains("put_right"), "{preview}");
    squad.meet();
    let at_unit = show(&squad.ss, &case);
    assert_eq!((&at_unit["detained"], &at_unit["earlier"]), (&now["detained"], &now["earlier"]));
}

#[test]
fn what_is_put_right_is_named_by_a_key_of_its_own_case_and_kind_that_stands() {
    let (squad, case) = detained_by_a_volunteer();
    let said = show(&squad.head, &case);
    let (first, step) = (key(&said, "detained"), key(&said, "steps"));
    squad.head.run(&said_anew(&first)).well();
    assert_eq!(refusal(&squad.head, &said_anew(&first)), "put_right_already");
    assert_eq!(refusal(&squad.head, &said_anew("AAAAAAAA.999")), "not_in_case");
    assert_eq!(refusal(&squad.head, &said_anew(&step)), "another_kind");
    let other = detain(&squad.head, "Н. Н.");
    let right = ["--step", "grounds_explained", "--language", "ru", "--replace", &step, WHY[0], WHY[1]];
    let elsewhere = [&["detention", "step", &other][..], &right].concat();
    assert_eq!(refusal(&squad.head, &elsewhere), "not_in_case", "of another case");
    squad.head.run(&[&["detention", "step", &case][..], &right].concat()).well();
    let steps = show(&squad.head, &case)["steps"].clone();
    assert_eq!((steps.as_array().unwrap().len(), &steps[0]["language"]), (1, &json!("ru")));
    assert_eq!(steps[0]["by"], said["steps"][0]["member"], "who put it right did not take the step");
}

#[test]
fn a_step_and_an_end_written_into_a_case_by_mistake_are_taken_back_by_whoever_said_them() {
    let squad = Squad::found();
    squad.volunteer.run(&["patrol", "start", "--mode", "independent"]).well();
    let case = detain(&squad.volunteer, "Н. Н.");
    let step = squad
        .volunteer
        .run(&["detention", "step", &case, "--step", "in_delivery"])
        .well();
    let release = ["detention", "release", &case, "--ordered-by", "майор С.", "--reason", "x", "--text", "x"];
    let end = squad.volunteer.run(&release).well();
    let withdraw = |key: &str| -> Vec<String> {
        ["detention", "withdraw", key, "--reason", "басқа іс"]
            .map(str::to_owned)
            .to_vec()
    };
    let take_back = |device: &Device, key: &str| {
        let words = withdraw(key);
        device.run(&words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let refused = |device: &Device, key: &str| {
        let words = withdraw(key);
        refusal(device, &words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    take_back(&squad.volunteer, &end).well();
    squad.meet();
    assert_eq!(
        show(&squad.volunteer, &case)["detained"][0]["name"],
        "Н. Н.",
        "it is not over: it stays here"
    );
    assert_eq!(refused(&squad.head, &step), "not_yours");
    take_back(&squad.volunteer, &step).well();
    assert_eq!(refused(&squad.volunteer, &step), "put_right_already");
    assert_eq!(refused(&squad.volunteer, "AAAAAAAA.999"), "not_in_case");
    let detained = key(&show(&squad.volunteer, &case), "detained");
    assert_eq!(refused(&squad.volunteer, &detained), "put_right_only");
    squad.meet();
    let now = show(&squad.head, &case);
    assert_eq!(
        (&now["stage"], &now["steps"], &now["released"]),
        (&json!("detained"), &json!([]), &json!([]))
    );
    let keys: Vec<&Value> = now["earlier"].as_array().unwrap().iter().map(|one| &one["key"]).collect();
    assert_eq!(keys, [&json!(step), &json!(end)]);
    assert_eq!(now["earlier"][0]["taken_back"]["why"], "басқа іс");
    let told = squad.head.run(&["detention", "show", &case]).well();
    assert!(told.contains("taken back by"), "{told}");
    squad.volunteer.run(&release).well();
    squad.meet();
    assert_eq!(show(&squad.volunteer, &case)["has_left"], true, "and once it is over it goes, all of it");
}

#[test]
fn force_is_put_right_with_its_key_and_the_record_for_a_complaint_has_both() {
    let squad = Squad::found();
    squad.head.run(&["patrol", "start", "--mode", "joint"]).well();
    let what = ["--means", "қолынан ұстау", "--aim", "ұстау", "--necessity"];
    let add = [&["force", "add", "--text", "күш"][..], &what, &["қашты", "--injuries", "тізесі"]].concat();
    let case = squad.head.run(&add).well();
    squad.meet();
    let said = squad.ss.json(&["force", "show", &case]);
    let first = key(&said, "force");
    let right = [&["force", "add", "--replace", &first, "--because", "толық емес"][..], &what].concat();
    let right = [&right[..], &["шақырғанға тоқтамады"]].concat();
    assert_eq!(refusal(&squad.ss, &right), "not_yours", "the subdivision reads it");
    squad.head.run(&right).well();
    let now = squad.head.json(&["force", "show", &case]);
    let standing = &now["force"][0];
    assert_eq!(
        (&standing["necessity"], &standing["injuries"]),
        (&json!("шақырғанға тоқтамады"), &json!("тізесі"))
    );
    assert_eq!(standing["by"], said["force"][0]["member"], "who put it right did not use it");
    assert_eq!(now["earlier"][0]["put_right"]["why"], "толық емес");
    let file = squad.place.path("force.txt");
    squad.head.run(&["force", "export", &case, "-o", file.to_str().unwrap()]).well();
    let text = fs::read_to_string(&file).unwrap();
    for said in ["қашты", "шақырғанға тоқтамады", "толық емес"] {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert_eq!(refusal(&squad.head, &right), "put_right_already");
}
