//! What a script may rely on: the exit code, and one object with `--json`.

use std::process::Stdio;

use crate::squad::{Place, finish, program};

#[test]
fn a_variable_that_is_empty_is_told_by_its_name() {
    let run = |arguments: &[&str]| finish(program().env("JASAQ_HOME", "").args(arguments), b"");
    let told = run(&["status"]);
    assert!(told.code == 2 && told.stderr.contains("JASAQ_HOME is there and empty"), "{told:?}");
    assert!(run(&["status", "--home="]).stderr.contains("--home"), "what was typed is told as before");
}

#[test]
fn help_and_version_are_asked_for_and_everything_else_clap_says_is_bad_usage() {
    assert_eq!(finish(program().arg("--help"), b"").code, 0);
    assert_eq!(finish(program().arg("--version"), b"").code, 0);
    assert_eq!(finish(program().args(["entry", "add", "--help"]), b"").code, 0);
    assert_eq!(finish(&mut program(), b"").code, 2);
    assert_eq!(finish(program().arg("--frobnicate"), b"").code, 2);
    assert_eq!(finish(program().args(["patrol", "start", "--mode", "sideways"]), b"").code, 2);
}

#[test]
fn bad_usage_is_one_object_to_a_program() {
    let done = finish(program().args(["--json", "patrol", "start", "--mode", "sideways"]), b"");
    assert_eq!((done.code, done.stdout.as_str()), (2, ""));
    assert_eq!(done.error()["class"], "usage");
}

#[test]
fn bad_usage_and_help_are_told_in_the_persons_language() {
    let told = |language, arguments: &[&str]| {
        let done = finish(program().args(["--lang", language]).args(arguments), b"");
        (done.code, done.stdout + &done.stderr)
    };
    for (language, value, command, unknown) in [
        ("kk", "мыналардың бірі", "Мұндай пәрмен жоқ", "аргумент жоқ"),
        ("ru", "одно из", "Такой команды нет", "нет аргумента"),
        ("en", "is one of", "no such command", "no argument"),
    ] {
        let (code, sentence) = told(language, &["patrol", "start", "--mode", "sideways"]);
        assert!(
            code == 2 && sentence.contains(value) && sentence.contains("`jasaq patrol start --help`"),
            "{sentence}"
        );
        assert!(sentence.contains("joint") && !sentence.contains("sideways"), "{sentence}");
        let (code, sentence) = told(language, &["patrl"]);
        assert!(code == 2 && sentence.contains(command) && sentence.contains(" patrol"), "{sentence}");
        let (code, sentence) = told(language, &["status", "--frobnicate=Асқар"]);
        assert!(code == 2 && sentence.contains(unknown) && !sentence.contains("Асқар"), "{sentence}");
    }
    assert!(told("kk", &["--help"]).1.contains("Жасақтың патруль журналы"));
    assert!(told("ru", &["patrol", "start", "--help"]).1.contains("Патруль выходит"));
    let by_locale = finish(program().arg("--help").env("LC_ALL", "ru_RU.UTF-8"), b"");
    assert!(by_locale.stdout.contains("Команды"));
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_told_and_what_was_recorded_stays() {
    let place = Place::new();
    let phone = place.phone();
    for quiet in [false, true] {
        let mut command = phone.command(&["entry", "add", "--activity", "force", "--text", "брод"]);
        if quiet {
            command.arg("--quiet");
        }
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let done = command.stdout(full).output().unwrap();
        let told = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(4), "{told}");
        assert!(told.contains("what was recorded is kept"), "{told}");
    }
    assert_eq!(phone.json(&["patrol", "show"])["entries"], 2);

    let lines = place.file("lines.txt", "бірінші\nекінші\n".as_bytes());
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = phone.command(&["entry", "add", "--activity", "force", "--each-line"]);
    let done = command
        .stdin(std::fs::File::open(lines).unwrap())
        .stdout(full)
        .output()
        .unwrap();
    let told = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.code() == Some(4) && told.contains("no more lines are read"), "{told}");
    assert_eq!(phone.json(&["patrol", "show"])["entries"], 3);
}

#[cfg(target_os = "linux")]
#[test]
fn a_territory_whose_sheets_cannot_be_printed_is_not_founded() {
    let place = Place::new();
    let ts = place.device("ts");
    for json in [false, true] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = ts.command(&["init"]);
        if json {
            command.arg("--json");
        }
        let done = command.stdout(full).output().unwrap();
        let told = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(4), "{told}");
        assert!(told.contains("no territory was founded"), "{told}");
    }
    assert_eq!(ts.json(&["init"])["sheet_texts"].as_object().unwrap().len(), 6, "the home is free");
}

#[test]
fn whoever_closes_the_pipe_has_read_enough() {
    let place = Place::new();
    let phone = place.phone();
    phone.write("брод");
    for arguments in [&["track", "export", "--format", "gpx"][..], &["patrol", "show"]] {
        let mut command = phone.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn a_satchel_that_nobody_reads_to_its_end_was_not_handed_over() {
    let place = Place::new();
    let phone = place.phone();
    phone.write("брод");
    let mut command = phone.command(&["satchel", "export", "-"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.code() == Some(4) && told.contains("ended before it was whole"), "{told}");
}

#[test]
fn a_word_too_many_is_not_repeated() {
    let done = finish(program().args(["status", "Сарыбұлақ"]), b"");
    assert!(done.code == 2 && !done.stderr.contains("Сарыбұлақ"), "{done:?}");
}

#[test]
fn a_rule_that_refuses_is_named_with_its_paragraph() {
    let place = Place::new();
    let (ts, _) = place.found();
    let refused = ts.run(&["patrol", "start", "--mode", "joint", "--json"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (1, ""));
    let error = refused.error();
    assert_eq!((&error["class"], &error["paragraph"]), (&"rule".into(), &"001-§10".into()));
    assert!(error["sentence"].as_str().unwrap().contains("paragraph 10"));
}

#[test]
fn a_refusal_is_told_in_the_persons_language() {
    let place = Place::new();
    let nobody = place.device("nobody");
    let told = |language| nobody.run(&["--lang", language, "status"]).stderr;
    assert!(told("kk").contains("қалта") && told("ru").contains("папк") && told("en").contains("folder"));
    let by_locale = finish(nobody.command(&["status"]).env("LC_ALL", "ru_RU.UTF-8"), b"");
    assert_eq!(by_locale.stderr, told("ru"));
    let unknown_locale = finish(nobody.command(&["status"]).env("LC_ALL", "C"), b"");
    assert_eq!(unknown_locale.stderr, told("kk"));
}

#[test]
fn without_a_fieldbook_the_storage_is_to_blame() {
    let place = Place::new();
    let refused = place.device("nobody").run(&["status", "--json"]);
    assert_eq!((refused.code, refused.error()["class"].as_str()), (4, Some("storage")));
}

#[test]
fn a_territory_is_founded_once_in_a_home() {
    let place = Place::new();
    let (ts, _) = place.found();
    assert_eq!(ts.run(&["init"]).code, 4);
    assert_eq!(ts.json(&["status"])["short_role"], "ts");
}

#[test]
fn arguments_that_make_no_sense_together_are_bad_usage() {
    let place = Place::new();
    let phone = place.phone();
    let (ts, add) = (place.device("ts"), ["entry", "add", "--activity", "border_service", "--text", "x"]);
    for (device, arguments) in [
        (&phone, &add[..]),
        (&phone, &[&add[..], &["--kind", "vehicle", "--mode", "joint"]].concat()),
        (&phone, &["entry", "add", "--activity", "force", "--object", "border_regime", "--text", "x"]),
        (&phone, &["entry", "add", "--activity", "force"]),
        (&phone, &["patrol", "leg"]),
        (&ts, &["invite", "--role", "ss"]),
        (&ts, &["invite", "--role", "head", "--office", "2034"]),
        (&ts, &["device", "relay", "https://relay.example", "--id", "5f0c"]),
        (&ts, &["device", "relay", "http://relay.example"]),
        (&ts, &["device", "relay", "relay.example"]),
        (&phone, &["track", "export", "--format", "gpx", "--json"]),
    ] {
        let done = device.run(arguments);
        assert_eq!(done.code, 2, "{arguments:?}: {done:?}");
    }
}

#[test]
fn a_place_that_cannot_be_is_bad_usage_and_nothing_is_written() {
    let place = Place::new();
    let phone = place.phone();
    let add = ["entry", "add", "--activity", "force", "--text", "x"];
    for (latitude, longitude, accuracy) in
        [("95", "80", "6"), ("44", "180.1", "6"), ("NaN", "80", "6"), ("0", "0", "6"), ("44", "80", "-1")]
    {
        let place = ["--lat", latitude, "--lon", longitude, "--accuracy", accuracy];
        let done = phone.run(&[&add[..], &place].concat());
        assert_eq!(done.code, 2, "{place:?}: {done:?}");
    }
    assert_eq!(phone.run(&[&add[..], &["--lat", "44"]].concat()).code, 2);
    assert_eq!(phone.json(&["patrol", "show"])["entries"], 0);
}
