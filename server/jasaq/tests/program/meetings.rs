//! Two processes meet over real sockets, with no relay anywhere.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::{Child, ChildStdout, Stdio};

use serde_json::Value;

use crate::squad::{Device, Done, Place};

/// A device that shows its code and waits.
struct Listening {
    child: Child,
    stdout: BufReader<ChildStdout>,
    code: String,
}

impl Listening {
    fn start(device: &Device, more: &[&str]) -> Self {
        let arguments = [&["meet", "listen", "--listen", "127.0.0.1:0"], more].concat();
        let piped = || Stdio::piped();
        let mut command = device.command(&arguments);
        let mut child = command.stdin(piped()).stdout(piped()).stderr(piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut code = String::new();
        stdout.read_line(&mut code).unwrap();
        Self { child, stdout, code: code.trim_end().to_owned() }
    }

    /// Types a line, and waits for the end.
    fn finish(mut self, typed: &str) -> Done {
        // Who is not asked reads nothing.
        let _ = self.child.stdin.take().unwrap().write_all(typed.as_bytes());
        let mut stdout = String::new();
        self.stdout.read_to_string(&mut stdout).unwrap();
        let output = self.child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        Done { code: output.status.code().unwrap_or(-1), stdout, stderr }
    }
}

/// Two devices meet; both have to come to the end.
#[track_caller]
fn meet(listener: &Device, caller: &Device) {
    let listening = Listening::start(listener, &[]);
    let called = caller.run_with(&["meet", "-"], &listening.code);
    let listened = listening.finish("");
    assert_eq!((called.code, listened.code), (0, 0), "{called:?} {listened:?}");
}

/// Invite, join, meet, four words typed by the inviter.
#[track_caller]
fn bring_in(place: &Place, inviter: &Device, name: &str, role: &[&str]) -> Device {
    let code = inviter.run(&[&["invite"], role].concat()).well();
    let device = place.device(name);
    let words = device.run_with(&["join", "-"], &code).well();
    let listening = Listening::start(inviter, &[]);
    let mut command = device.command(&["meet", &listening.code]);
    let mut calling = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let listened = listening.finish(&format!("базук лугам\n{words}\n"));
    assert!(listened.stderr.contains("It is in"), "{listened:?}");
    assert!(calling.wait().unwrap().success());
    assert!(device.json(&["status"])["role"].is_string());
    device
}

#[test]
fn a_squad_is_founded_and_hands_over_with_no_relay_anywhere() {
    let place = Place::new();
    let (ts, _) = place.found();
    let ss = bring_in(&place, &ts, "ss", &["--role", "ss", "--office", "2034"]);
    ss.run(&["squad", "create", "Сарысу", "--season", "2026"]).well();
    let head = bring_in(&place, &ss, "head", &["--role", "head", "--squad", "Сарысу"]);
    let aray = bring_in(&place, &head, "aray", &["--role", "vol"]);
    aray.run(&["patrol", "start", "--mode", "joint"]).well();
    (0..7).for_each(|number| drop(aray.write(&format!("round {number}"))));
    meet(&head, &aray);
    assert_eq!(aray.own_entries("with_head"), 7);
    meet(&ss, &head);
    meet(&aray, &head);
    assert_eq!(aray.own_entries("with_ss"), 7, "the head brought the ack of the structural subdivision");
}

#[test]
fn a_meeting_tells_a_program_its_code_first_and_its_end_in_a_second_object() {
    let place = Place::new();
    let (ts, _) = place.found();
    let code = ts.run(&["invite", "--role", "ss", "--office", "2034"]).well();
    let ss = place.device("ss");
    let words = ss.run_with(&["join", "-"], &code).well();
    let listening = Listening::start(&ts, &["--json"]);
    let said: Value = serde_json::from_str(&listening.code).unwrap();
    assert!(said["addresses"][0].as_str().unwrap().starts_with("127.0.0.1:"));
    let called = ss.json(&["meet", said["code"].as_str().unwrap()]);
    assert_eq!((called["waits"].as_bool(), called["even"].as_bool()), (Some(true), Some(false)));
    let listened = listening.finish(&format!("{words}\n")).well();
    let listened: Value = serde_json::from_str(&listened).unwrap();
    assert_eq!(listened["new"], 1, "the request, and nobody was asked");
    assert_eq!(ts.json(&["device", "list"])["waiting"].as_array().unwrap().len(), 1);
}

#[test]
fn strangers_are_sent_away_and_the_one_with_the_code_is_met() {
    let place = Place::new();
    let (ts, _) = place.found();
    let ss = bring_in(&place, &ts, "ss", &["--role", "ss", "--office", "2034"]);
    let listening = Listening::start(&ts, &["--json"]);
    let said: Value = serde_json::from_str(&listening.code).unwrap();
    let address: SocketAddr = said["addresses"][0].as_str().unwrap().parse().unwrap();
    for greeting in [&b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"[..], b"JQM\x00\x00\x30", b""] {
        let mut stranger = TcpStream::connect(address).unwrap();
        stranger.write_all(greeting).unwrap();
        let mut told = Vec::new();
        // He may be sent away at his first bytes: then the rest of what he does fails, which tells him nothing either.
        let _ = stranger.write_all(&[7; 48]).and_then(|()| stranger.shutdown(Shutdown::Write));
        let _ = stranger.read_to_end(&mut told);
        assert!(told.is_empty(), "nobody is told anything");
    }
    assert!(ss.json(&["meet", said["code"].as_str().unwrap()])["even"].as_bool().unwrap());
    assert_eq!(listening.finish("").code, 0);
}

#[test]
fn what_cannot_become_a_meeting_ends_with_one_sentence_and_its_exit_code() {
    let place = Place::new();
    let (ts, _) = place.found();
    let elsewhere = Place::new();
    let (other, _) = elsewhere.found();

    let listening = Listening::start(&ts, &[]);
    let code = listening.code.clone();
    let foreign = other.run(&["meet", &code, "--json"]);
    assert_eq!((foreign.code, foreign.error()["class"].as_str()), (1, Some("rule")), "{foreign:?}");
    let told = foreign.error()["sentence"].as_str().unwrap().to_owned();
    assert!(told.contains("of another territory"), "{told}");
    let listened = listening.finish("");
    assert!(listened.code == 1 && listened.stderr.contains("of another territory"), "{listened:?}");

    let gone = ts.run(&["meet", &code, "--json"]);
    assert_eq!((gone.code, gone.error()["class"].as_str()), (3, Some("unreachable")), "{gone:?}");
    for wrong in ["hello", &code[..code.len() - 3], "jasaq-meet:"] {
        let refused = ts.run(&["meet", wrong, "--json"]);
        assert_eq!((refused.code, refused.error()["class"].as_str()), (5, Some("input")), "{wrong}");
    }
    assert_eq!(ts.run(&["meet"]).code, 2);
    assert_eq!(ts.run(&["meet", "listen", "--listen", "192.0.2.1:7341"]).code, 2);
}

#[test]
fn a_satchel_for_a_messenger_comes_in_parts_that_are_taken_in_any_order() {
    let place = Place::new();
    let (ts, _) = place.found();
    let ss = bring_in(&place, &ts, "ss", &["--role", "ss", "--office", "2034"]);
    ss.run(&["squad", "create", "Сарысу", "--season", "2026"]).well();
    let head = bring_in(&place, &ss, "head", &["--role", "head", "--squad", "Сарысу"]);
    head.run(&["patrol", "start", "--mode", "joint"]).well();
    let lines: Vec<String> = (0..150_u64)
        .map(|number| {
            let words: Vec<String> = (0..40_u64)
                .map(|word| format!("{:016x}", (number * 40 + word).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
                .collect();
            words.concat()
        })
        .collect();
    head.run_with(&["entry", "add", "--activity", "force", "--each-line"], &lines.join("\n"));
    let folder = place.path("card");
    std::fs::create_dir(&folder).unwrap();
    let card = folder.to_str().unwrap();
    let packed = head.json(&["satchel", "export", "--size-max", "66kB", card]);
    let mut files: Vec<String> = serde_json::from_value(packed["files"].clone()).unwrap();
    assert!(files.len() > 1 && files[0].ends_with("satchel-1.jasaq"), "{files:?}");
    assert!(files.iter().all(|file| std::fs::metadata(file).unwrap().len() <= 66_000));

    let alone = ss.json(&["satchel", "import", files.last().unwrap()]);
    assert_eq!(alone["cut"], false, "a part is whole by itself");
    files.reverse();
    let foreign = place.file("other.jasaq", b"not a satchel");
    files.insert(1, foreign);
    let all: Vec<&str> = ["satchel", "import"]
        .into_iter()
        .chain(files.iter().map(String::as_str))
        .collect();
    let taken = ss.run(&[&all[..], &["--json"]].concat());
    assert_eq!(taken.code, 5, "one of them is none, and keeps nobody from the others: {taken:?}");
    let shown = ss.json(&["patrol", "show"]);
    assert_eq!(shown["entries"], 150);
    for wrong in ["5kB", "10GB", "many"] {
        assert_eq!(head.run(&["satchel", "export", "--size-max", wrong, card]).code, 2, "{wrong}");
    }
    assert_eq!(head.run(&["satchel", "export", "--size-max", "10MB", "-"]).code, 2);
}
