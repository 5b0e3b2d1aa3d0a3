//! A first day by commands alone, as `jasaq --help` walks through it.

use serde_json::Value;

use crate::squad::{Place, RelayProcess, Squad, finish};

#[test]
fn a_day_goes_by_commands_alone_and_everybody_shows_the_same_log() {
    let squad = Squad::found();
    let members = squad.ss.json(&["squad", "show"]);
    let head = members["members"][0]["member"].as_str().unwrap().to_owned();
    squad
        .ss
        .run(&["squad", "card", &head[..8], "--name", "Ерлан Сейітқали", "--certificate", "0117"])
        .well();
    squad.meet();

    let start = ["patrol", "start", "--mode", "both", "--controller", "Б. Ахметов", "--area", "border_zone"];
    let patrol = squad
        .head
        .run(&[&start[..], &["--leader", &head[..6], "--task", "брод"]].concat())
        .well();
    let leg = squad
        .head
        .run(&["patrol", "leg", "--transport", "horse", "--member", &head])
        .well();
    squad.meet();
    let round = ["entry", "add", "--activity", "border_service", "--kind", "round", "--mode", "joint"];
    let place = ["--lat", "44,16", "--lon", "-80,01", "--accuracy", "6,0", "--alt", "1214"];
    squad
        .head
        .run(&[&round[..], &place, &["--text", "тұман, көріну 50 м"]].concat())
        .well();
    squad.volunteer.write("осмотрена тропа");
    squad.head.run(&["patrol", "leg", "--end", &leg[..8]]).well();
    squad.head.run(&["patrol", "end", &patrol[..6]]).well();
    squad.meet();

    let shown: Vec<Value> = [&squad.head, &squad.volunteer, &squad.ss]
        .map(|device| device.json(&["patrol", "show"]))
        .into();
    for log in &shown {
        assert_eq!(log["patrol"], patrol.as_str());
        assert_eq!((&log["digest"], log["entries"].as_u64()), (&shown[0]["digest"], Some(2)));
        assert_eq!(log["unsettled"], serde_json::json!([]));
    }
    let of_head = shown[0]["log"].as_array().unwrap().iter();
    let placed = of_head
        .map(|stated| &stated["said"]["position"]["coordinates"])
        .find(|place| place.is_object());
    assert_eq!(placed.unwrap(), &serde_json::json!({ "latitude": 44.16, "longitude": -80.01 }));
    assert_eq!(squad.volunteer.own_entries("with_ss"), 1);
    let text = squad.volunteer.run(&["--lang", "kk", "patrol", "show"]).well();
    for said in ["Ерлан Сейітқали", "тұман, көріну 50 м", "±6 м", "аралап шығу", "құрылымдық бөлімшеге жетті"]
    {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[test]
fn the_log_in_json_tells_all_three_clocks_and_everything_that_was_said() {
    let place = Place::new();
    let phone = place.phone();
    let noted =
        ["entry", "add", "--activity", "detain_deliver", "--receiver", "border_unit", "--text", "қабылданды"];
    let where_ = ["--lat", "44.16", "--lon", "80.01", "--by-hand", "--source", "paper"];
    let when = ["--at", "2026-05-01T11:20:00+05:00", "--gps-time", "2026-05-01T06:19:58Z"];
    let key = phone.run(&[&noted[..], &where_, &when].concat()).well();
    let log = phone.json(&["patrol", "show"]);
    let entry = log["log"]
        .as_array()
        .unwrap()
        .iter()
        .find(|stated| stated["key"] == key.as_str())
        .unwrap();
    assert_eq!(entry["happened_at"], "2026-05-01T11:20:00+05:00");
    assert_eq!(entry["clocks"]["gps"], "2026-05-01T06:19:58Z");
    assert!(entry["clocks"]["device"].is_string() && entry["clocks"]["received"].is_null());
    assert_eq!(entry["custody"], "on_this_phone");
    assert_eq!(entry["said"]["activity"]["receiver_kind"], "border_unit");
    assert_eq!(entry["said"]["position"]["origin"], "by_hand");
    assert_eq!(entry["said"]["source"], "paper");
}

#[test]
fn a_patrol_comes_out_as_gpx_and_geojson_that_only_its_owner_may_read() {
    let place = Place::new();
    let phone = place.phone();
    let at = ["--lat", "44.16", "--lon", "80.01"];
    phone
        .run(&[&["entry", "add", "--activity", "force", "--text", "брод"][..], &at].concat())
        .well();
    phone.write("без места");
    let gpx = place.path("patrol.gpx");
    let told = phone.json(&["track", "export", "--format", "gpx", "-o", gpx.to_str().unwrap()]);
    assert_eq!(told["entries_without_fix"], 1);
    assert!(std::fs::read_to_string(&gpx).unwrap().contains("<gpx"));
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(&gpx).unwrap()) & 0o777, 0o600);
    let geojson = phone.run(&["track", "export", "--format", "geojson"]).well();
    let geojson: Value = serde_json::from_str(&geojson).unwrap();
    assert_eq!(geojson["type"], "FeatureCollection");
}

#[test]
fn entries_travel_by_satchel_where_there_is_no_network() {
    let squad = Squad::found();
    squad.head.run(&["patrol", "start", "--mode", "joint"]).well();
    squad.head.write("брод");
    let satchel = squad.place.path("head.satchel");
    squad.head.run(&["satchel", "export", satchel.to_str().unwrap()]).well();
    let came = squad.volunteer.json(&["satchel", "import", satchel.to_str().unwrap()]);
    assert!(came["new"].as_u64() > Some(0) && came["cut"] == false);
    assert_eq!(squad.volunteer.json(&["patrol", "show"])["entries"], 1);
    let again = squad.volunteer.json(&["satchel", "import", satchel.to_str().unwrap()]);
    assert_eq!(again["new"], 0);
}

#[test]
fn the_sheets_are_six_files_for_their_owner_alone_and_are_never_written_over() {
    let place = Place::new();
    let (_, root) = place.found();
    assert_eq!(root.len(), 64);
    let sheets = place.path("sheets");
    assert_eq!(std::fs::read_dir(&sheets).unwrap().count(), 6);
    let first = std::fs::read_to_string(sheets.join("root-1.html")).unwrap();
    assert!(first.contains("root-1") && first.contains(&root[..8]));
    #[cfg(unix)]
    for sheet in std::fs::read_dir(&sheets).unwrap() {
        let mode = std::os::unix::fs::MetadataExt::mode(&sheet.unwrap().metadata().unwrap());
        assert_eq!(mode & 0o777, 0o600);
    }
    let other = place.device("other");
    let refused = other.run(&["init", "--sheets", sheets.to_str().unwrap()]);
    assert_eq!(refused.code, 4);
    assert!(!other.home.exists(), "no territory is founded whose sheets have no place");
    assert_eq!(std::fs::read_to_string(sheets.join("root-1.html")).unwrap(), first);
}

#[test]
fn without_a_folder_the_sheets_are_printed() {
    let place = Place::new();
    let told = place.device("ts").json(&["init"]);
    assert_eq!(told["sheet_texts"].as_object().unwrap().len(), 6);
    assert_eq!(told["root_key"].as_str().unwrap().len(), 64);
}

#[test]
fn results_go_to_standard_output_and_hints_beside_them() {
    let place = Place::new();
    let (ts, _) = place.found();
    let invited = ts.run(&["invite", "--role", "ss", "--office", "2034"]);
    assert!(invited.stdout.starts_with("jasaq:") && invited.stdout.lines().count() == 1);
    assert!(!invited.stderr.is_empty());
    let quiet = ts.run(&["--quiet", "invite", "--role", "ss", "--office", "2034"]);
    assert_eq!((quiet.code, quiet.stderr.as_str()), (0, ""));
}

#[test]
fn a_patrol_is_named_by_the_first_digits_of_its_id() {
    let place = Place::new();
    let phone = place.phone();
    let patrol = phone.run(&["patrol", "start", "--mode", "independent"]).well();
    assert_eq!(phone.json(&["patrol", "show", &patrol[..4].to_uppercase()])["patrol"], patrol.as_str());
    assert_eq!(phone.json(&["patrol", "show", &patrol])["patrol"], patrol.as_str());
    assert_eq!(phone.run(&["patrol", "show", &patrol[..3]]).code, 2);
    assert_eq!(phone.run(&["patrol", "show", "zzzz"]).code, 2);
    assert_eq!(phone.run(&["patrol", "show", &"0".repeat(32)]).code, 1);
}

#[test]
fn an_entry_goes_into_the_newest_patrol_that_is_not_over() {
    let place = Place::new();
    let phone = place.phone();
    let first = phone.run(&["patrol", "list", "--json"]).well();
    let first: Value = serde_json::from_str(&first).unwrap();
    let first = first["patrols"][0]["patrol"].as_str().unwrap().to_owned();
    let second = phone.run(&["patrol", "start", "--mode", "independent"]).well();
    phone.run(&["patrol", "end", &second]).well();
    phone.write("in the first");
    assert_eq!(phone.json(&["patrol", "show", &first])["entries"], 1);
    phone.run(&["patrol", "end"]).well();
    let refused = phone.run(&["entry", "add", "--activity", "force", "--text", "nowhere"]);
    assert_eq!(refused.code, 1);
}

#[test]
fn the_log_for_people_says_where_it_was_and_names_the_legs_that_commands_ask_for() {
    let place = Place::new();
    let phone = place.phone();
    let leg = phone.run(&["patrol", "leg", "--transport", "horse"]).well();
    let entry = ["entry", "add", "--activity", "force", "--text"];
    phone
        .run(&[&entry[..], &["брод", "--lat", "44,1657", "--lon", "80.0001", "--accuracy", "6"]].concat())
        .well();
    phone.write("без места");
    phone.run(&["patrol", "leg", "--end", &leg[..8]]).well();
    let log = phone.run(&["patrol", "show"]).well();
    assert!(log.contains("44.16570, 80.00010, ±6 m") && log.contains("no fix"), "{log}");
    assert_eq!(log.matches(&leg[..8]).count(), 2, "its start and its end: {log}");
}

#[test]
fn an_entry_goes_into_the_patrol_that_was_started_here_rather_than_into_a_newer_one() {
    let squad = Squad::found();
    let own = squad.volunteer.run(&["patrol", "start", "--mode", "independent"]).well();
    let newer = squad.head.run(&["patrol", "start", "--mode", "joint"]).well();
    squad.meet();
    let add = ["entry", "add", "--activity", "force", "--text", "брод"];
    let written = squad.volunteer.run(&add);
    assert!(written.code == 0 && written.stderr.contains(&own[..8]), "{written:?}");
    assert_eq!(squad.volunteer.json(&["patrol", "show", &own])["entries"], 1);
    squad.volunteer.run(&["patrol", "end"]).well();
    let written = squad.volunteer.run(&add);
    assert!(written.stderr.contains(&newer[..8]) && written.stderr.contains("another device"), "{written:?}");
    assert_eq!(squad.volunteer.json(&["patrol", "show", &newer])["entries"], 1);
}

#[test]
fn squads_are_listed_with_the_names_that_were_given_where_they_were_given() {
    let squad = Squad::found();
    let listed = squad.ss.json(&["squad", "list"]);
    let of_ss = &listed["squads"][0];
    assert_eq!(
        (&of_ss["name"], &of_ss["seasons"][0], &of_ss["members"]),
        (&"Сарысу".into(), &2026.into(), &2.into())
    );
    assert!(squad.ss.run(&["squad", "list"]).well().contains("Сарысу"));
    let of_head = squad.head.json(&["squad", "list"])["squads"][0].clone();
    assert_eq!((&of_head["squad"], of_head["name"].as_str()), (&of_ss["squad"], None));
}

#[test]
fn what_was_recorded_before_a_device_was_let_in_is_shown_by_everybody_afterwards() {
    let squad = Squad::found();
    let code = squad.head.run(&["invite", "--role", "vol"]).well();
    squad.head.sync();
    let late = squad.place.device("late");
    let words = late.run_with(&["join", "-"], &code).well();
    let patrol = late.run(&["patrol", "start", "--mode", "independent"]).well();
    late.write("бірінші жазба");
    assert_eq!(late.json(&["patrol", "show"])["entries"], 1);
    late.sync();
    squad.head.sync();
    squad.head.run(&["device", "confirm", &words]).well();
    squad.head.sync();
    late.sync();
    late.sync();
    squad.meet();
    for device in [&late, &squad.head, &squad.ss] {
        assert_eq!(device.json(&["patrol", "show", &patrol])["entries"], 1);
        assert_eq!(device.json(&["status"])["waiting"], 0);
    }
}

/// The lines that the readme tells a reader to type, but for those that build the program and start the relay.
#[cfg(unix)]
#[test]
fn the_first_day_of_the_readme_succeeds_line_by_line() {
    let workspace = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = std::fs::read_to_string(workspace.join("README.md")).unwrap();
    let (_, day) = readme.split_once("alias jasaq=target/release/jasaq\n").unwrap();
    let (founding, rest) = day.split_once("jasaq relay ").unwrap();
    let (_, rest) = rest.split_once('\n').unwrap();
    let (rest, _) = rest.split_once("```").unwrap();
    let place = Place::new();
    let shell = |lines: &str| {
        let jasaq = env!("CARGO_BIN_EXE_jasaq");
        let tracks = workspace.join("server/jasaq/tracks/");
        let lines = lines.replace("server/jasaq/tracks/", tracks.to_str().unwrap());
        let mut command = std::process::Command::new("sh");
        command
            .env_remove("JASAQ_HOME")
            .env("LC_ALL", "en_US.UTF-8")
            .current_dir(place.path("."));
        command.args(["-euc", &format!("jasaq() {{ '{jasaq}' \"$@\"; }}\n{lines}")]);
        finish(&mut command, b"").well()
    };
    let root = shell(&format!("{founding}\necho $ROOT"));
    let relay = RelayProcess::start(&place.path("relay.db"), &[&root]);
    let told = shell(&format!("jasaq --home ts device relay {}\n{rest}", relay.address));
    assert!(
        told.contains("тұман, көріну 50 м") && told.contains("the structural subdivision has it"),
        "{told}"
    );
}
