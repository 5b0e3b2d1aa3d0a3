//! Pages, audit trails and records of force as files: what goes out is what stands here, and what is withheld is said.

use std::collections::BTreeSet;

use jasaq_fieldbook::model::sheet::{Cell, Sheet};
use jasaq_printing::reading::read_sheets;
use serde_json::{Value, json};

use crate::squad::{Device, Squad};

const NAME: &str = "Стрелков Игорь";
const CARD: &str = "Әлиев Асқар";

/// A patrol on which somebody was detained by force and handed over, with its page sealed. Says patrol and case.
fn sealed_with_force(squad: &Squad) -> (String, String) {
    let devices = squad.ss.json(&["device", "list"]);
    let devices = devices["devices"].as_array().unwrap();
    let head = devices.iter().find(|one| one["role"] == "squad_head").unwrap();
    let head = head["member"].as_str().unwrap();
    squad
        .ss
        .run(&["squad", "card", head, "--name", CARD, "--certificate", "0117"])
        .well();
    squad.meet();
    let start = ["patrol", "start", "--mode", "joint", "--controller", "майор С.", "--area", "border_zone"];
    let patrol = squad.head.run(&start).well();
    let force = ["force", "add", "--text", "=1+1", "--means", "қолынан ұстау", "--aim", "ұстау"];
    let more = [
        "--necessity",
        "шақырғанға тоқтамады",
        "--witnesses",
        "Бекова Арай",
        "--lat",
        "-0.5",
        "--lon",
        "80.01",
    ];
    let case = squad.head.run(&[&force[..], &more].concat()).well();
    let detained = ["detention", "add", "--text", "ұсталды", "--offence", "шекара", "--name", NAME];
    let held = squad.head.run(&detained).well();
    for step in [
        &["grounds_explained", "--language", "орысша"][..],
        &["unit_told", "--channel", "radio", "--whom", "кезекші"],
    ] {
        squad.head.run(&[&["detention", "step", &held, "--step"], step].concat()).well();
    }
    let over = ["detention", "hand-over", &held, "--receiver", "border_unit", "--body", "Жаркент"];
    let over = [&over[..], &["--officer", "майор С.", "--text", "тапсырылды"]].concat();
    squad.head.run(&over).well();
    squad.head.run(&["patrol", "end", &patrol]).well();
    squad.meet();
    squad.head.run(&["page", "seal", &patrol]).well();
    squad.meet();
    (patrol, case)
}

fn page(device: &Device) -> String {
    device.json(&["page", "list"])["pages"][0]["page"].as_str().unwrap().to_owned()
}

fn cells(sheets: &[Sheet]) -> Vec<String> {
    let cells = sheets.iter().flat_map(|sheet| sheet.rows.iter().flatten());
    cells
        .filter_map(|cell| if let Cell::Text(text) = cell { Some(text.clone()) } else { None })
        .collect()
}

#[test]
fn a_page_goes_into_a_spreadsheet_with_names_only_where_they_may_be_opened() {
    let squad = Squad::found();
    sealed_with_force(&squad);
    let hash = page(&squad.ss);
    squad.ss.run(&["page", "countersign", &hash]).well();
    squad.meet();
    let export = |device: &Device, name: &str, more: &[&str]| -> (Value, Vec<u8>) {
        let file = squad.place.path(name);
        let told =
            device.json(&[&["page", "export", &hash[..8], "-o", file.to_str().unwrap()], more].concat());
        (told, std::fs::read(&file).unwrap())
    };
    let (told, bytes) = export(&squad.head, "whole.xlsx", &[]);
    let sheets = read_sheets(&bytes).unwrap();
    let written = cells(&sheets);
    assert_eq!(told["personal_withheld"], 0);
    for fact in [NAME, CARD, "0117", "шақырғанға тоқтамады", &hash, "=1+1"] {
        assert!(written.iter().any(|cell| cell == fact), "{fact} in {written:?}");
    }
    assert!(written.iter().any(|cell| cell.contains("not the book")), "{written:?}");
    let events = &sheets[0];
    assert_eq!((events.name.as_deref(), events.rows.len()), (Some("Events"), 4));
    assert!(events.rows.iter().flatten().any(|cell| *cell == Cell::Number(-0.5)), "{events:?}");

    for (device, name, more) in
        [(&squad.head, "left-out.xlsx", &["--without-personal"][..]), (&squad.volunteer, "unread.xlsx", &[])]
    {
        let (told, bytes) = export(device, name, more);
        let written = cells(&read_sheets(&bytes).unwrap());
        assert_eq!(told["personal_shown"], 0, "{name}");
        assert!(told["personal_withheld"].as_u64().unwrap() > 3, "{told}");
        assert!(written.iter().any(|cell| cell == "withheld"), "{written:?}");
        for secret in [NAME, CARD, "0117", "шақырғанға тоқтамады", "Бекова Арай"]
        {
            assert!(!written.iter().any(|cell| cell.contains(secret)), "{secret} in {name}");
        }
    }
    let (_, bytes) = export(&squad.head, "ru.xlsx", &["--lang", "ru"]);
    let sheets = read_sheets(&bytes).unwrap();
    let written = cells(&sheets);
    for code in ["joint", "border_zone", "radio"] {
        assert!(!written.iter().any(|cell| cell == code), "{code} in {written:?}");
    }
    assert!(written.iter().any(|cell| cell.contains("пограничной зоны")), "{written:?}");
    let (_, bytes) = export(&squad.head, "events.csv", &[]);
    let csv = String::from_utf8(bytes).unwrap();
    assert!(csv.contains("'=1+1") && csv.contains(";-0.5000000;"), "no formula, and a number is one: {csv}");
    assert!(!csv.contains(NAME), "events name nobody");
    assert_eq!(csv.lines().count(), 4);
}

#[test]
fn a_faked_position_bears_its_mark_into_every_table_of_a_page() {
    let squad = Squad::found();
    let start = ["patrol", "start", "--mode", "joint", "--controller", "майор С.", "--area", "border_zone"];
    let patrol = squad.head.run(&start).well();
    let add = ["entry", "add", "--activity", "inspection", "--kind", "route", "--mode", "joint"];
    let add = [&add[..], &["--lat", "44.16", "--lon", "80.01", "--text"]].concat();
    for (text, how) in
        [("бір", &["--accuracy", "3", "--mock"][..]), ("екі", &["--accuracy", "7"]), ("үш", &["--by-hand"])]
    {
        squad.head.run(&[&add[..], &[text], how].concat()).well();
    }
    squad.head.run(&["patrol", "end", &patrol]).well();
    squad.meet();
    squad.head.run(&["page", "seal", &patrol]).well();
    let hash = page(&squad.head);
    for (language, worth) in [
        ("en", ["mock", "±7 m", "set by hand"]),
        ("ru", ["подменённое место", "±7 м", "указано вручную"]),
        ("kk", ["жалған орын", "±7 м", "қолмен қойылған"]),
    ] {
        for name in ["worth.csv", "worth.xlsx"] {
            let file = squad.place.path(name);
            let export = ["page", "export", &hash[..8], "-o", file.to_str().unwrap(), "--lang", language];
            squad.head.run(&export).well();
            let rows = rows_of(&file);
            let shown: Vec<&str> = rows[1..].iter().map(|row| row[8].as_str()).collect();
            assert_eq!(shown, worth, "{language}, {name}: {rows:?}");
        }
    }
}

#[test]
fn a_book_that_was_written_without_persons_is_not_said_to_be_erased() {
    let squad = Squad::found();
    sealed_with_force(&squad);
    squad.ss.run(&["page", "countersign", &page(&squad.ss)]).well();
    squad.meet();
    let [book, keys] = ["2026.jasaq-book", "2026.jasaq-keys"].map(|name| squad.place.path(name));
    let [book, keys] = [book.to_str().unwrap(), keys.to_str().unwrap()];
    squad.ss.run(&["book", "keys", "-o", keys]).well();
    let verified = |more: &[&str], language: &str| {
        squad.ss.run(&[&["book", "export", "-o", book], more].concat()).well();
        squad
            .ss
            .run(&["--lang", language, "book", "verify", book, "--keys", keys])
            .well()
    };
    assert!(!verified(&[], "en").contains("not opened here"), "everything is opened");
    for (language, due) in [("en", "not opened here: "), ("ru", "не открыты: "), ("kk", "мұнда ашылмаған")]
    {
        let told = verified(&["--without-persons"], language);
        assert!(told.contains(due), "{told}");
        for erased in ["erased", "стёрт", "өшірілген"] {
            assert!(!told.contains(erased), "nobody erased any: {told}");
        }
    }
}

/// Keys of what was said on a patrol: an entry, its amendment, and one from paper that was taken back.
struct Changed {
    patrol: String,
    first: String,
    amended: String,
    paper: String,
}

fn changed(squad: &Squad) -> Changed {
    let patrol = squad.head.run(&["patrol", "start", "--mode", "joint"]).well();
    let add =
        ["entry", "add", "--activity", "force", "--text", "бірінші", "--lat", "44.1657001", "--lon", "80.5"];
    let first = squad.head.run(&add).well();
    squad.meet();
    let amend = ["entry", "amend", &first, "--text", "екінші", "--why", "slip"];
    let amended = squad.head.run(&amend).well();
    let paper = ["entry", "add", "--activity", "force", "--text", "қағаздан", "--source", "paper"];
    let paper = squad.head.run(&paper).well();
    squad.meet();
    squad
        .head
        .run(&["entry", "withdraw", &paper, "--reason", "басқа патруль"])
        .well();
    squad.head.run(&["patrol", "mark", "--what", "pause"]).well();
    squad.head.run(&["patrol", "end"]).well();
    squad.meet();
    Changed { patrol, first, amended, paper }
}

/// The cells of a CSV, heading first.
fn rows_of(file: &std::path::Path) -> Vec<Vec<String>> {
    let sheets = read_sheets(&std::fs::read(file).unwrap()).unwrap();
    let text = |cell: &Cell| if let Cell::Text(text) = cell { text.clone() } else { String::new() };
    sheets[0].rows.iter().map(|cells| cells.iter().map(text).collect()).collect()
}

#[test]
fn an_audit_trail_holds_every_statement_and_what_it_amends_or_takes_back() {
    let squad = Squad::found();
    let Changed { patrol, first, amended, paper } = changed(&squad);
    let lines = squad.place.path("trail.jsonl");
    let told = squad.ss.json(&["patrol", "audit", &patrol, "-o", lines.to_str().unwrap()]);
    assert_eq!((&told["statements"], &told["not_counted"]), (&json!(7), &json!(0)));
    let written = std::fs::read_to_string(&lines).unwrap();
    let trail: Vec<Value> = written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&trail[0]["jasaq"], &trail[0]["patrol"]), (&json!("audit/1"), &json!(patrol)));
    let shown = squad.ss.json(&["patrol", "show", &patrol]);
    let log = shown["log"].as_array().unwrap();
    assert_eq!((trail.len(), &trail[0]["digest"]), (log.len() + 1, &shown["digest"]));
    for (line, said) in trail[1..].iter().zip(log) {
        for same in ["key", "kind", "author", "member", "happened_at", "said"] {
            assert_eq!(line[same], said[same], "{same}");
        }
        assert_eq!(
            (&line["recorded_at"], &line["received_at"]),
            (&said["clocks"]["device"], &said["clocks"]["received"])
        );
    }
    let line = |key: &str| trail.iter().find(|line| line["key"] == key).unwrap();
    assert_eq!(line(&amended)["amends"]["key"], first.as_str());
    assert_eq!(line(&paper)["source"], "paper");
    let taken = trail.iter().find(|line| !line["withdraws"].is_null()).unwrap();
    assert_eq!(
        (&taken["withdraws"]["key"], &line(&paper)["withdrawn_by"]["key"]),
        (&json!(paper), &taken["key"])
    );
}

#[test]
fn an_audit_trail_as_a_table_has_the_columns_that_other_programs_read() {
    let squad = Squad::found();
    let Changed { patrol, first, amended, paper } = changed(&squad);
    let table = squad.place.path("trail.csv");
    squad
        .ss
        .run(&["patrol", "audit", &patrol, "-o", table.to_str().unwrap()])
        .well();
    let rows = rows_of(&table);
    let heading = "event,node,start,end,latitude,longitude,accuracy,old-value,new-value,user,change-reason";
    assert_eq!(rows[0].join(","), heading);
    // A key that begins with a hyphen stands behind an apostrophe, like everything that would run as a formula.
    let nodes: BTreeSet<&str> = rows[1..].iter().map(|row| row[1].trim_start_matches('\'')).collect();
    let shown = squad.ss.json(&["patrol", "show", &patrol]);
    let log = shown["log"].as_array().unwrap();
    let keys: BTreeSet<&str> = log.iter().map(|said| said["key"].as_str().unwrap()).collect();
    assert_eq!((nodes, rows.len()), (keys, 8));
    let of = |key: &str| rows.iter().find(|row| row[1].trim_start_matches('\'') == key).unwrap();
    assert_eq!((&of(&first)[4][..], &of(&first)[5][..]), ("44.1657001", "80.5000000"));
    assert_eq!([&of(&amended)[7][..], &of(&amended)[8], &of(&amended)[10]], ["бірінші", "екінші", "slip"]);
    let taken = log.iter().find(|said| said["said"]["of"]["key"] == paper.as_str()).unwrap();
    let taken = of(taken["key"].as_str().unwrap());
    assert_eq!((&taken[7][..], &taken[10][..]), ("қағаздан", "басқа патруль"));
    let wrong = squad.place.path("trail.xlsx");
    assert_eq!(squad.ss.run(&["patrol", "audit", &patrol, "-o", wrong.to_str().unwrap()]).code, 2);
}

#[test]
fn a_record_of_force_for_a_complaint_says_why_by_whom_and_what_the_signatures_are_worth() {
    let squad = Squad::found();
    let (_, case) = sealed_with_force(&squad);
    let hash = page(&squad.ss);
    squad.ss.run(&["page", "countersign", &hash]).well();
    squad.meet();
    let export = |name: &str, more: &[&str]| -> String {
        let file = squad.place.path(name);
        squad
            .ss
            .run(&[&["force", "export", &case[..8], "-o", file.to_str().unwrap()], more].concat())
            .well();
        std::fs::read_to_string(&file).unwrap()
    };
    let text = export("force.txt", &[]);
    let due = [
        CARD,
        "қолынан ұстау",
        "шақырғанға тоқтамады",
        "Бекова Арай",
        &hash,
        "device: good",
        "2026-1",
        "injuries: none recorded",
    ];
    for fact in due.map(|fact| if fact == "2026-1" { "-1: good" } else { fact }) {
        assert!(text.contains(fact), "{fact} in {text}");
    }
    assert!(text.contains("Not in it: photos"), "what is withheld is said: {text}");
    let record: Value = serde_json::from_str(&export("force.json", &[])).unwrap();
    assert_eq!(record["force"][0]["necessity"], "шақырғанға тоқтамады");
    let sealed = &record["pages"][0];
    assert_eq!((&sealed["page"], &sealed["is_seal_good"]), (&json!(hash), &json!(true)));
    assert_eq!(sealed["countersigned"][0]["is_good"], true);

    let withheld: Value = serde_json::from_str(&export("without.json", &["--without-personal"])).unwrap();
    assert!(withheld["force"][0]["witnesses"].is_null() && withheld["detained"].is_null(), "{withheld}");
    assert!(withheld["force"][0]["injuries"].is_null(), "{withheld}");
    for step in withheld["steps"].as_array().unwrap() {
        assert!(["language", "whom", "note"].iter().all(|field| step[field].is_null()), "{step}");
    }
    assert!(withheld["withheld"].to_string().contains("who saw it"), "{withheld}");
    let by_entry = record_key(&squad.ss, &case);
    let file = squad.place.path("by-entry.txt");
    squad
        .ss
        .run(&["force", "export", &by_entry, "-o", file.to_str().unwrap()])
        .well();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);

    let not_read = squad.place.path("not-read.txt");
    let done = squad
        .volunteer
        .run(&["force", "export", &case, "-o", not_read.to_str().unwrap()]);
    assert!(done.code == 1 && done.stderr.contains("not read here") && !not_read.exists(), "{done:?}");
    let wrong = squad.place.path("force.pdf");
    assert_eq!(squad.ss.run(&["force", "export", &case, "-o", wrong.to_str().unwrap()]).code, 2);
}

#[test]
fn a_clock_that_is_known_to_be_wrong_is_put_right_in_every_file_for_others() {
    let squad = Squad::found();
    squad.head.run(&["patrol", "start", "--mode", "joint"]).well();
    let add = ["entry", "add", "--activity", "force", "--text", "брод", "--lat", "44.16", "--lon", "80.01"];
    let satellites = ["--gps-time", "2025-05-13T06:19:58Z"];
    squad.head.run(&[&add[..], &satellites].concat()).well();
    squad.head.run(&add).well();
    let log = squad.head.json(&["patrol", "show"]);
    let clock = log["log"][1]["clocks"]["device"].as_str().unwrap().to_owned();
    assert!(!clock.starts_with("2025"), "{clock}");
    let export = |format: &str| squad.head.run(&["track", "export", "--format", format]).well();
    let geojson: Value = serde_json::from_str(&export("geojson")).unwrap();
    for (entry, by) in geojson["features"].as_array().unwrap().iter().zip(["satellites", "corrected"]) {
        let said = &entry["properties"];
        assert!(said["happened_at"].as_str().unwrap().starts_with("2025-05-13T"), "{said}");
        assert_eq!(said["time_by"], by);
        assert_eq!(said["recorded_at"].as_str().unwrap()[..10], clock[..10], "what the clock said stays");
    }
    for (format, element) in [("gpx", "<time>2025-05-13T"), ("kml", "<when>2025-05-13T")] {
        let file = export(format);
        assert_eq!(file.matches(element).count(), 2 + usize::from(format == "gpx"), "{file}");
        assert!(file.contains(&clock) && file.contains("corrected"), "{file}");
    }
}

#[test]
fn an_export_that_keeps_no_times_of_points_says_of_how_many() {
    let squad = Squad::found();
    squad.head.run(&["patrol", "start", "--mode", "joint"]).well();
    let point = |minute: usize| {
        format!("<trkpt lat='45.0{minute}' lon='80'><time>2026-05-01T10:0{minute}:00Z</time></trkpt>")
    };
    let points: String = (0..5).map(point).collect();
    let track = squad.place.path("walk.gpx");
    std::fs::write(&track, format!("<gpx><trk><trkseg>{points}</trkseg></trk></gpx>")).unwrap();
    squad.head.run(&["track", "import", track.to_str().unwrap()]).well();
    for (format, left_out) in [("gpx", 0), ("geojson", 0), ("kml", 3), ("kmz", 3)] {
        let file = squad.place.path(&format!("walk-out.{format}"));
        let export = ["track", "export", "--format", format, "-o", file.to_str().unwrap()];
        assert_eq!(squad.head.json(&export)["times_left_out"], left_out, "{format}");
        let told = squad.head.run(&export).stderr;
        assert_eq!(told.contains("GPX and GeoJSON keep them"), left_out > 0, "{told}");
        assert_eq!(told.contains("not in the file, as this format has no place for them: 3."), left_out > 0);
    }
}

/// The key of the entry that names a case.
fn record_key(device: &Device, case: &str) -> String {
    let cases = device.json(&["detention", "list"])["cases"].as_array().unwrap().clone();
    let own = cases.iter().find(|one| one["case"] == case).unwrap();
    own["entries"][0]["key"].as_str().unwrap().to_owned()
}
