//! Figures from pages that are in the book, by commands: what counts once, what is apart, and who is shown what (001-§10, 23).

use jasaq_fieldbook::model::moment::{Moment, UtcTime};
use jasaq_fieldbook::model::sheet::Cell;
use jasaq_fieldbook::surroundings::Surroundings;
use jasaq_printing::reading::read_sheets;
use serde_json::{Value, json};

use crate::registry::{in_language, refusal};
use crate::squad::{Device, Squad};

/// What a leg lasts here.
const MINUTES: i64 = 90;

/// The head's member, or the volunteer's.
fn member(squad: &Squad, role: &str) -> String {
    let shown = squad.head.json(&["squad", "show"]);
    let own = shown["members"].as_array().unwrap().iter().find(|one| one["role"] == role);
    own.unwrap()["member"].as_str().unwrap().to_owned()
}

/// A patrol of two who were on a leg for an hour and a half, whose page is sealed. Says on which day it went out.
fn sealed(squad: &Squad) -> (String, String) {
    let over = Surroundings::of_the_system(None).now().moment();
    let began = UtcTime::from_unix_ms(over.time().unix_ms() - MINUTES * 60_000).unwrap();
    let began = Moment::new(began, over.offset_minutes()).unwrap();
    let (at, over) = (began.to_string(), over.to_string());
    let start = ["patrol", "start", "--mode", "joint", "--controller", "майор С.", "--area", "border_zone"];
    let patrol = squad.head.run(&[&start[..], &["--at", &at]].concat()).well();
    let members = ["squad_head", "volunteer"].map(|role| member(squad, role));
    let leg = ["patrol", "leg", &patrol, "--transport", "on_foot", "--at", &at];
    let with = ["--member", &members[0], "--member", &members[1]];
    let leg = squad.head.run(&[&leg[..], &with].concat()).well();
    squad.head.run(&["patrol", "leg", &patrol, "--end", &leg, "--at", &over]).well();
    squad.meet();
    let entry = ["entry", "add", &patrol, "--mode", "joint", "--activity"];
    let said = ["inspection", "--kind", "route", "--text", "із жоқ"];
    squad.head.run(&[&entry[..], &said].concat()).well();
    let said = ["border_service", "--kind", "round", "--text", "тыныш"];
    squad.volunteer.run(&[&entry[..], &said].concat()).well();
    squad.head.run(&["patrol", "end", &patrol]).well();
    squad.meet();
    squad.head.run(&["page", "seal", &patrol]).well();
    squad.meet();
    (patrol, began.day().to_string())
}

/// The subdivision countersigns the newest page of a patrol and enters it; says its number.
fn into_the_book(squad: &Squad) -> String {
    let pages = squad.ss.json(&["page", "list"]);
    let sealed = pages["pages"].as_array().unwrap().iter().find(|page| page["state"] == "sealed");
    let hash = sealed.unwrap()["page"].as_str().unwrap().to_owned();
    let number = squad.ss.json(&["page", "countersign", &hash])["number"]
        .as_str()
        .unwrap()
        .to_owned();
    squad.ss.run(&["page", "enter", &number, "--section", "III"]).well();
    squad.meet();
    number
}

fn apart(device: &Device) -> Value {
    device.json(&["report", "hours"])["not_counted_by_reason"].clone()
}

#[test]
fn hours_count_once_a_page_is_in_the_book_and_its_amendment_takes_its_place() {
    let squad = Squad::found();
    let (patrol, day) = sealed(&squad);
    assert_eq!(apart(&squad.head), json!({ "not_countersigned": 1 }));
    assert_eq!(squad.head.json(&["report", "hours"])["members"], json!([]));
    let page = squad.ss.json(&["page", "list"])["pages"][0]["page"]
        .as_str()
        .unwrap()
        .to_owned();
    squad.ss.run(&["page", "countersign", &page]).well();
    assert_eq!(apart(&squad.ss), json!({ "not_entered": 1 }));
    squad.ss.run(&["page", "enter", &page, "--section", "III"]).well();
    squad.meet();

    let hours = squad.ss.json(&["report", "hours", "--from", &day, "--to", &day]);
    assert_eq!((&hours["pages"][0]["page"], &hours["not_counted"]), (&page.as_str().into(), &json!([])));
    let minutes: Vec<&Value> = hours["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["minutes"])
        .collect();
    assert_eq!(minutes, [MINUTES, MINUTES]);
    assert_eq!(squad.ss.json(&["report", "hours", "--to", "2020-01-01"])["pages"], json!([]));
    let of_squad = |given: &str| squad.ss.json(&["report", "hours", "--squad", given])["pages"].clone();
    assert_eq!((of_squad("00000000"), of_squad("сарысу")), (json!([]), hours["pages"].clone()));
    assert_eq!(squad.ss.run(&["report", "hours", "--squad", "Өзге"]).code, 2);

    let late = ["entry", "add", &patrol, "--activity", "prevention"];
    let late = [&late[..], &["--text", "кейін", "--source", "paper"]].concat();
    squad.volunteer.run(&late).well();
    squad.meet();
    squad.head.run(&["page", "seal", &patrol, "--reason", "кеш келді"]).well();
    squad.meet();
    let events = |device: &Device| device.json(&["report", "day", &day])["figures"]["events"].clone();
    assert_eq!((apart(&squad.ss), events(&squad.ss)), (json!({ "not_countersigned": 1 }), json!(2)));
    assert_eq!(into_the_book(&squad), "2026-1-1".replace("2026", &day[..4]));
    assert_eq!((apart(&squad.ss), events(&squad.ss)), (json!({ "replaced": 1 }), json!(3)));
    let hours = squad.ss.json(&["report", "hours"]);
    assert_eq!(hours["members"][0]["minutes"], MINUTES, "the amendment is not counted beside the page");

    squad.ss.run(&["page", "reopen", &page[..8], "--reason", "қате"]).well();
    assert_eq!(apart(&squad.ss), json!({ "replaced": 1, "reopened": 1 }));
    squad.head.run(&["patrol", "start", "--mode", "independent"]).well();
    squad.meet();
    assert_eq!(apart(&squad.ss)["unsealed"], 1, "a patrol without a page is told");
}

#[test]
fn days_add_up_to_the_month_and_a_member_sees_no_hours_but_his_own() {
    let squad = Squad::found();
    let (_, day) = sealed(&squad);
    into_the_book(&squad);
    let (own, other) = (member(&squad, "volunteer"), member(&squad, "squad_head"));
    squad.ss.run(&["squad", "card", &own, "--name", "Әлиев Асқар"]).well();
    squad.ss.run(&["squad", "card", &other, "--name", "Бекова Арай"]).well();
    squad.meet();

    let month = squad.head.json(&["report", "month", &day[..7]]);
    let [line]: [Value; 1] = month["days"].as_array().unwrap().clone().try_into().unwrap();
    assert_eq!((&line["day"], &line["minutes"]), (&day.as_str().into(), &json!(2 * MINUTES)));
    for (name, sum) in month["figures"].as_object().unwrap() {
        assert_eq!(&line[name], sum, "{name}");
    }
    let activity = squad.head.json(&["report", "activity"]);
    let lines = activity["activities"].as_array().unwrap().iter();
    let told: Vec<Value> = lines
        .map(|line| json!([line["activity"], line["part"], line["joint"]]))
        .collect();
    assert_eq!(told, [json!(["border_service", "round", 1]), json!(["inspection", "route", 1])]);

    let names = |device: &Device| -> Vec<Value> {
        let hours = device.json(&["report", "hours"]);
        hours["members"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line["name"].clone())
            .collect()
    };
    assert_eq!(names(&squad.head), ["Әлиев Асқар", "Бекова Арай"], "by name, whoever did more");
    assert_eq!(names(&squad.volunteer), ["Әлиев Асқар"]);
    let said = squad.volunteer.run(&["report", "hours"]);
    assert!(said.stderr.contains("Only your own hours") && !said.stdout.contains("Бекова"), "{said:?}");
    let shown = squad.head.run(&["report", "month", &day[..7]]).well();
    assert!(shown.contains("3:00") && shown.contains(&day), "{shown}");
}

#[test]
fn a_report_goes_into_a_spreadsheet_with_what_it_rests_on() {
    let squad = Squad::found();
    let (_, day) = sealed(&squad);
    let number = into_the_book(&squad);
    let file = squad.place.path("month.xlsx");
    let path = file.to_str().unwrap();
    squad.ss.run(&["report", "month", &day[..7], "-o", path]).well();
    let sheets = read_sheets(&std::fs::read(&file).unwrap()).unwrap();
    let names: Vec<&str> = sheets.iter().filter_map(|sheet| sheet.name.as_deref()).collect();
    let due =
        ["Summary of a month", "Activities by pages in the book", "Pages counted", "Not counted", "Legend"];
    assert_eq!(names, due);
    let first = &sheets[0].rows[1];
    assert!(first[0] == Cell::Day(day.parse().unwrap()) && first[1] == Cell::Number(1.0), "{:?}", sheets[0]);
    assert!(sheets[2].rows[1][0] == Cell::Text(number));
    let csv = squad.place.path("hours.csv");
    squad.ss.run(&["report", "hours", "-o", csv.to_str().unwrap()]).well();
    let written = std::fs::read_to_string(&csv).unwrap();
    assert_eq!(written.lines().count(), 3, "a heading and two members: {written}");
    let wrong = squad.place.path("hours.pdf");
    assert_eq!(squad.ss.run(&["report", "hours", "-o", wrong.to_str().unwrap()]).code, 2);
    assert!(!wrong.exists());
    assert_eq!(
        squad
            .ss
            .run(&["report", "hours", "--from", "2026-05-02", "--to", "2026-05-01"])
            .code,
        2
    );
}

#[test]
fn times_of_a_repealed_act_are_shown_as_history_and_only_on_asking() {
    let place = crate::squad::Place::new();
    let (ts, _) = place.found();
    let due = [
        ("en", "From a repealed act", "nothing is due"),
        ("ru", "Из утратившего силу акта", "ничего не требуется"),
        ("kk", "Күші жойылған актіден", "ештеңе талап етілмейді"),
    ];
    for (language, head, nothing_due) in due {
        let said = in_language(&ts, language, &["report", "month", "2026-02", "--profile", "000"]).well();
        assert!(said.contains(head) && said.contains(nothing_due), "{said}");
        assert!(said.contains("2026-02-28") && said.contains("2026-03-05"), "{said}");
    }
    let day = ts.json(&["report", "day", "2026-05-31", "--profile", "000"]);
    assert_eq!(day["profile"]["daily"], json!({ "day": "2026-06-01", "from": "07:00", "to": "09:00" }));
    assert_eq!(day["profile"]["is_repealed"], true);
    let plain = ts.run(&["report", "month", "2026-02"]).well();
    assert!(!plain.contains("repealed") && ts.json(&["report", "day", "2026-05-31"])["profile"].is_null());
}

#[test]
fn a_head_reports_what_the_page_says_or_his_own_words_and_only_on_asking() {
    let squad = Squad::found();
    let (patrol, day) = sealed(&squad);
    let unknown = squad.head.run(&["report", "head", "2026-9"]);
    assert!(unknown.code == 1 && unknown.stderr.contains("No page here has this number"), "{unknown:?}");
    let shown = squad.head.json(&["report", "head", &patrol]);
    assert_eq!((&shown["is_sent"], &shown["from"]), (&json!(false), &json!(day)));
    let text = shown["text"].as_str().unwrap();
    for said in ["Болғаны: 2", "Оқиға: 2", "Было: 2", "Событий: 2"] {
        assert!(text.contains(said), "whoever reads it reads one of the two: {said} in {text}");
    }
    assert_eq!(squad.head.json(&["report", "list"])["reports"], json!([]), "nothing goes out unasked");
    assert_eq!(squad.volunteer.run(&["report", "head", &patrol, "--send"]).code, 1, "only the head");

    squad.head.run(&["report", "head", &patrol, "--send"]).well();
    let own = ["report", "head", &patrol, "--text", "тыныш өтті", "--send"];
    squad.head.run(&own).well();
    squad.meet();
    let reports = squad.ss.json(&["report", "list"])["reports"].as_array().unwrap().clone();
    assert_eq!(reports.len(), 2);
    assert_eq!(reports[0]["member"], member(&squad, "squad_head"));
    let texts: Vec<&str> = reports.iter().map(|report| report["text"].as_str().unwrap()).collect();
    assert!(texts[0].contains("тыныш өтті") && texts[0].contains("хеш "), "{texts:?}");
    assert_eq!(texts[1], text);
    assert_eq!(reports[0]["custody"], "with_ss");
    let listed = squad.ss.run(&["report", "list"]).well();
    assert!(listed.contains(&day) && listed.contains("тыныш өтті"), "{listed}");
    squad.head.run(&["patrol", "start", "--mode", "independent"]).well();
    assert_eq!(refusal(&squad.head, &["report", "head"]), "no_page", "a patrol without a page");
}
