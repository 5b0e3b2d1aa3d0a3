//! Files and texts that are not what they should be: told, nothing lost, nothing blocked.

use serde_json::Value;

use crate::squad::{Place, Squad};

fn gpx(points: &str) -> Vec<u8> {
    let open = r#"<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>"#;
    format!("{open}{points}</trkseg></trk></gpx>").into_bytes()
}

#[test]
fn a_text_over_the_limit_is_refused_with_the_limit_and_nothing_is_written() {
    let place = Place::new();
    let phone = place.phone();
    let text = "ә".repeat(1_001);
    let refused = phone.run(&["entry", "add", "--activity", "force", "--text", &text, "--json"]);
    assert_eq!((refused.code, refused.error()["class"].as_str()), (5, Some("input")));
    assert!(!refused.stderr.contains('ә'), "the words themselves are never told");
    assert_eq!(
        phone
            .run_with(&["entry", "add", "--activity", "force", "--text", "-"], &text)
            .code,
        5
    );
    assert_eq!(phone.run(&["entry", "add", "--activity", "force", "--text", " "]).code, 5);
    assert_eq!(phone.json(&["patrol", "show"])["entries"], 0);
}

#[test]
fn a_file_that_is_no_track_is_refused_and_the_patrol_stays_as_it_was() {
    let place = Place::new();
    let phone = place.phone();
    for (name, content) in [
        ("text.gpx", &b"not xml at all"[..]),
        ("nothing.gpx", b""),
        ("page.gpx", b"<html><body>sign in</body></html>"),
        ("empty.gpx", br#"<gpx version="1.1"></gpx>"#),
        ("entity.gpx", br#"<!DOCTYPE gpx [<!ENTITY a "b">]><gpx version="1.1">&a;</gpx>"#),
    ] {
        let refused = phone.run(&["track", "import", &place.file(name, content)]);
        assert_eq!(refused.code, 5, "{name}: {refused:?}");
    }
    assert_eq!(phone.run(&["track", "import", "no-such-file.gpx"]).code, 5);
    assert_eq!(phone.json(&["patrol", "show"])["log"].as_array().unwrap().len(), 1);
}

#[test]
fn a_track_with_bad_clocks_and_lost_fixes_is_kept_with_a_report() {
    let place = Place::new();
    let phone = place.phone();
    let points = r#"<trkpt lat="44.1" lon="80.1"><time>1901-12-13T20:45:52Z</time></trkpt>
        <trkpt lat="0" lon="0"/><trkpt lat="95" lon="80"/><trkpt lat="44.2" lon="80.2"/>"#;
    let imported = phone.json(&["track", "import", &place.file("odd.gpx", &gpx(points))]);
    let report = |name: &str| imported["report"][name].as_u64().unwrap();
    assert_eq!((report("points"), report("implausible_clocks"), report("points_at_zero")), (4, 1, 1));
    assert_eq!((report("untimed_points"), report("unreadable_coordinates")), (3, 1));
    let log = phone.json(&["patrol", "show"]);
    let flags: Vec<&str> = log["flags"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|flag| flag["flag"].as_str())
        .collect();
    for flag in ["clock_implausible", "track_untimed", "fix_lost"] {
        assert!(flags.contains(&flag), "{flag} in {flags:?}");
    }
}

#[test]
fn a_track_is_imported_into_the_leg_it_was_recorded_on() {
    let place = Place::new();
    let phone = place.phone();
    let leg = phone.run(&["patrol", "leg", "--transport", "on_foot"]).well();
    let file = place.file("a.gpx", &gpx(r#"<trkpt lat="44.1" lon="80.1"/>"#));
    phone.run(&["track", "import", &file, "--leg", &leg[..8]]).well();
    assert_eq!(phone.json(&["patrol", "show"])["tracks"][0]["leg"], leg.as_str());
    assert_eq!(phone.run(&["track", "import", &file, "--leg", &"0".repeat(32)]).code, 1);
}

#[test]
fn of_a_satchel_that_is_cut_what_came_whole_is_kept_and_the_rest_comes_with_the_whole_one() {
    let squad = Squad::found();
    squad.head.run(&["patrol", "start", "--mode", "joint"]).well();
    squad.head.write("брод");
    let whole = squad.place.path("whole.satchel");
    squad.head.run(&["satchel", "export", whole.to_str().unwrap()]).well();
    let bytes = std::fs::read(&whole).unwrap();
    let cut = squad.place.file("cut.satchel", &bytes[..bytes.len() - 40]);
    let done = squad.volunteer.run(&["satchel", "import", &cut, "--json"]);
    assert_eq!(done.code, 5);
    let report: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(report["cut"], true);
    squad.volunteer.run(&["satchel", "import", whole.to_str().unwrap()]).well();
    assert_eq!(squad.volunteer.json(&["patrol", "show"])["entries"], 1);
}

#[test]
fn a_corrupted_satchel_is_told_of_whatever_could_be_taken_from_it() {
    let place = Place::new();
    let phone = place.phone();
    let satchel = place.path("ts.satchel");
    place.device("ts").run(&["satchel", "export", satchel.to_str().unwrap()]).well();
    let whole = std::fs::read(&satchel).unwrap();
    let mut unframed = 0;
    for part in 1..16 {
        let mut bytes = whole.clone();
        // One byte in 64 from some place on: what stands before may still be whole.
        bytes
            .iter_mut()
            .skip(whole.len() * part / 16)
            .step_by(64)
            .for_each(|byte| *byte ^= 0x40);
        let done = phone.run(&["satchel", "import", &place.file("bad.satchel", &bytes), "--json"]);
        let Ok(report) = serde_json::from_str::<Value>(&done.stdout) else {
            assert_eq!(done.code, 5, "{done:?}");
            continue;
        };
        let count = |name: &str| report[name].as_u64().unwrap();
        if report["cut"] == false && count("refused") > 0 {
            assert!(done.stderr.is_empty(), "a program reads along: {done:?}");
            assert_eq!(done.code, 5, "{report}");
            unframed += 1;
        }
    }
    assert!(unframed > 0, "otherwise the rule is proved of nothing");
}

#[test]
fn a_satchel_of_another_territory_and_a_file_that_is_none_are_refused() {
    let (place, elsewhere) = (Place::new(), Place::new());
    let phone = place.phone();
    let (stranger, _) = elsewhere.found();
    let foreign = elsewhere.path("foreign.satchel");
    stranger.run(&["satchel", "export", foreign.to_str().unwrap()]).well();
    let refused = phone.run(&["satchel", "import", foreign.to_str().unwrap()]);
    assert!(refused.code == 5 && refused.stderr.contains("territory"), "{refused:?}");
    let none = place.file("holiday.jpg", &[0xff; 3_000]);
    assert_eq!(phone.run(&["satchel", "import", &none]).code, 5);
    assert_eq!(phone.run(&["satchel", "import", &place.file("nothing", b"")]).code, 5);
    assert_eq!(phone.run(&["satchel", "import", "no-such-file"]).code, 5);
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let place = Place::new();
    let phone = place.phone();
    let missing = place.path("no-such-folder").join("a.satchel");
    let refused = phone.run(&["satchel", "export", missing.to_str().unwrap()]);
    assert_eq!(refused.code, 4);
    let beside: Vec<String> = std::fs::read_dir(place.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("unfinished"))
        .collect();
    assert_eq!(beside, Vec::<String>::new());
}

#[test]
fn a_name_that_cannot_be_one_is_refused_by_its_option_and_not_repeated() {
    let place = Place::new();
    let phone = place.phone();
    let long = "Ә".repeat(101);
    for name in [long.as_str(), "Асқар\nБолат", " "] {
        let refused = phone.run(&["patrol", "start", "--mode", "joint", "--controller", name, "--json"]);
        assert_eq!((refused.code, refused.error()["class"].as_str()), (5, Some("input")));
        assert!(name.trim().is_empty() || !refused.stderr.contains(name));
        assert!(
            refused.error()["sentence"]
                .as_str()
                .unwrap()
                .starts_with("--controller <NAME>: ")
        );
    }
    let refused = phone.run(&["decision", "create-squad", "Сарысу", "--number", &long]);
    assert!(refused.stderr.contains("--number <NO>: "), "{}", refused.stderr);
    let refused = phone.run(&["decision", "create-squad", &long, "--number", "12"]);
    assert!(refused.stderr.contains("<NAME>: "), "{}", refused.stderr);
}
