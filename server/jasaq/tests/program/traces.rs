//! No key, name, place, text or passphrase stands in what the program says beside its answers: traces at their loudest, hints,
//! refusals, whatever a relay prints, whatever goes wrong.

mod secrets;

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use serde_json::Value;

use crate::squad::{Device, Done, Place, RelayProcess, finish, program};
use secrets::Secrets;

/// What the whole demo says beside its answer, at its loudest, and everything that must not stand there.
fn loud_demo(place: &Place) -> (String, Secrets) {
    let folder = place.path("day");
    let done = finish(program().args(["demo", "--json", "-vvv", "--keep"]).arg(&folder), b"");
    let mut said = done.stderr.clone();
    let mut answer: Value = serde_json::from_str(&done.well()).unwrap();
    // The commands to try name the folder and nothing else.
    answer.as_object_mut().unwrap().remove("try");
    said.push_str(&answer.to_string());
    let mut secrets = Secrets::default();
    for home in ["ts", "ss", "head", "vol-1", "vol-2", "vol-3"] {
        secrets.home(&Device { home: folder.join(home) });
    }
    secrets.relay(&folder.join("relay.db"));
    for track in fs::read_dir(folder.join("tracks")).unwrap().flatten() {
        secrets.track(&fs::read_to_string(track.path()).unwrap());
    }
    (said, secrets)
}

#[test]
fn the_demo_at_its_loudest_says_no_key_name_place_or_text() {
    let place = Place::new();
    let (said, secrets) = loud_demo(&place);
    assert!(said.contains("a sync was answered"), "the relay's own trace is in it: {said}");
    let counts = ["vault key", "device key", "epoch key", "relay key", "label", "text", "coordinate"];
    for (what, least) in counts.into_iter().zip([6, 12, 4, 1, 1, 30, 500]) {
        assert!(secrets.count(what) >= least, "only {} of {what}", secrets.count(what));
    }
    assert_eq!(secrets.found_in(&said), []);

    // And it would be found: each secret in each of its forms, in the midst of what was really said.
    let lines: Vec<&str> = said.lines().collect();
    let (before, after) = lines.split_at(lines.len() / 2);
    for (form, what) in secrets.forms() {
        let planted = format!("{}\n{{\"planted\":\"{form}\"}}\n{}", before[before.len() - 1], after[0]);
        let found = secrets.found_in(&planted);
        assert!(found.contains(&(what, form)), "{what} was planted as {form} and not found");
    }
}

/// A day by hand of which everything is listened to, and everything secret known.
struct Listened {
    place: Place,
    said: String,
    secrets: Secrets,
    relay: Option<(RelayProcess, std::path::PathBuf)>,
}

const HEAD: &str = "Ерлан Сейітқали";
const STRANGER: &str = "Стрелков Игорь";
const TEXT: &str = "Өткелде екі бейтаныс адам";
const PASSPHRASE: &str = "жеті рет өлше, бір рет кес";
const GUESS: &str = "бір рет өлше, жеті рет кес";

impl Listened {
    fn new() -> Self {
        let mut secrets = Secrets::default();
        for text in [HEAD, STRANGER, TEXT, PASSPHRASE, GUESS, "Сарысу", "Жаркент", "KZ-0117-2026"]
        {
            secrets.text("text", text);
        }
        for degrees in ["44.165731", "80.000192"] {
            secrets.coordinate(degrees);
        }
        Self { place: Place::new(), said: String::new(), secrets, relay: None }
    }

    /// Runs a command at its loudest, whatever comes of it.
    fn run_with(&mut self, device: &str, arguments: &[&str], stdin: &str) -> Done {
        let mut command = self.place.device(device).command(arguments);
        let done = finish(command.arg("-vvv"), stdin.as_bytes());
        self.said.push_str(&done.stderr);
        done
    }

    fn run(&mut self, device: &str, arguments: &[&str]) -> String {
        self.run_with(device, arguments, "").well()
    }

    /// What is refused is listened to above all.
    fn refused(&mut self, device: &str, arguments: &[&str]) {
        let done = self.run_with(device, arguments, "");
        assert_ne!(done.code, 0, "{arguments:?}: {done:?}");
        for language in ["kk", "ru"] {
            self.run_with(device, &[arguments, &["--lang", language]].concat(), "");
        }
        self.run_with(device, &[arguments, &["--json"]].concat(), "");
    }

    fn found(&mut self) {
        let sheets = self.place.path("sheets");
        let root = self.run("ts", &["init", "--sheets", sheets.to_str().unwrap()]);
        for sheet in fs::read_dir(sheets).unwrap().flatten() {
            let page = fs::read_to_string(sheet.path()).unwrap();
            self.secrets.text("sheet", page.lines().last().unwrap());
        }
        let trace = self.place.path("relay.trace");
        let mut command = program();
        command.args([
            "relay",
            "--listen",
            "127.0.0.1:0",
            "--trust",
            &root,
            "--until-stdin-ends",
            "--json",
            "-vvv",
        ]);
        command.arg("--data").arg(self.place.path("relay.db"));
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(&trace).unwrap());
        let mut child = command.spawn().unwrap();
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take().unwrap());
        let mut line = String::new();
        BufReader::new(stdout.take(4_096)).read_line(&mut line).unwrap();
        self.said.push_str(&line);
        let ready: Value = serde_json::from_str(&line).unwrap();
        let text = |name: &str| ready[name].as_str().unwrap().to_owned();
        let relay = RelayProcess { child, stdin, address: text("address"), identity: text("relay") };
        self.run("ts", &["device", "relay", &relay.address]);
        self.relay = Some((relay, trace));
        self.run("ts", &["sync"]);
    }

    fn bring_in(&mut self, inviter: &str, device: &str, role: &[&str]) {
        let code = self.run(inviter, &[&["invite"], role].concat());
        self.secrets.text("invite", &code);
        self.secrets.text("invite", code.trim_start_matches("jasaq:"));
        self.run(inviter, &["sync"]);
        let words = self.run_with(device, &["join", "-"], &code).well();
        self.refused(device, &["join", &code[..code.len() - 3]]);
        self.run(device, &["sync"]);
        self.run(inviter, &["sync"]);
        self.refused(inviter, &["device", "confirm", "базук-лугам-нишут-пофик"]);
        self.run(inviter, &["device", "confirm", &words]);
        for who in [inviter, device] {
            self.run(who, &["sync"]);
        }
    }

    fn record(&mut self) {
        self.run("ss", &["squad", "create", "Сарысу", "--season", "2026"]);
        self.bring_in("ss", "head", &["--role", "head", "--squad", "Сарысу"]);
        let status: Value = serde_json::from_str(&self.run("head", &["device", "list", "--json"])).unwrap();
        let own = status["devices"]
            .as_array()
            .unwrap()
            .iter()
            .find(|view| view["is_this"] == true)
            .unwrap();
        let member = own["member"].as_str().unwrap().to_owned();
        self.run("ss", &["squad", "card", &member, "--name", HEAD, "--certificate", "KZ-0117-2026"]);
        self.run("head", &["patrol", "start", "--mode", "independent", "--controller", STRANGER]);
        let entry = ["entry", "add", "--activity", "force", "--text", TEXT];
        self.run("head", &[&entry[..], &["--lat", "44.165731", "--lon", "80.000192"]].concat());
        self.run_with("head", &["entry", "add", "--activity", "force", "--each-line"], &format!("{TEXT}\n"))
            .well();
    }

    /// Everything that somebody may get wrong with a secret in his hands.
    fn go_wrong(&mut self) {
        self.refused("ss", &["squad", "card", "ffff", "--name", STRANGER]);
        self.refused("ss", &["squad", "create", &STRANGER.repeat(200)]);
        self.refused("head", &["squad", "create", STRANGER]);
        self.refused("head", &["entry", "add", "--activity", "force", "--text", &format!("{TEXT}\u{7}")]);
        self.refused("head", &["entry", "add", "--activity", TEXT, "--text", TEXT]);
        self.refused(
            "head",
            &["entry", "add", "--activity", "force", "--text", TEXT, "--lat", "144.165731", "--lon", "1"],
        );
        self.refused("head", &["entry", "add", "--activity", "force", "--text", TEXT, "--lat", TEXT]);
        self.refused("head", &["entry", "add", "--frobnicate", TEXT]);
        self.refused("head", &[TEXT]);
        self.refused("head", &["patrol", "show", TEXT]);
        let broken = format!("<html><wpt lat='44.165731' lon='80.000192'><name>{STRANGER}</name><cmt>{TEXT}");
        let files = [("a.gpx", broken.as_bytes()), ("a.satchel", TEXT.as_bytes())];
        let [gpx, satchel] = files.map(|(name, bytes)| self.place.file(name, bytes));
        self.refused("head", &["track", "import", &gpx]);
        self.refused("head", &["satchel", "import", &satchel]);
        let whole = self.place.path("whole.satchel").to_str().unwrap().to_owned();
        self.run("head", &["satchel", "export", &whole]);
        let bytes = fs::read(&whole).unwrap();
        fs::write(&whole, &bytes[..bytes.len() / 2]).unwrap();
        self.run_with("ss", &["satchel", "import", &whole], "");
        if let Some((relay, trace)) = self.relay.take() {
            drop(relay);
            self.said.push_str(&fs::read_to_string(trace).unwrap());
        }
        self.refused("head", &["sync"]);
    }

    /// The head locks his phone; somebody guesses; a page of the vault is damaged.
    fn lock_and_damage(&mut self) {
        let [right, wrong] = [("right", PASSPHRASE), ("wrong", GUESS)].map(|(name, text)| {
            let file = self.place.file(name, text.as_bytes());
            #[cfg(unix)]
            fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
            file
        });
        self.run("head", &["lock", "set", "--new-passphrase-file", &right]);
        self.refused("head", &["status"]);
        self.refused("head", &["--passphrase-file", &wrong, "status"]);
        self.refused("head", &["--passphrase-file", &wrong, "status"]);
        fs::write(self.place.path("head").join("vault.tries"), "jasaq vault tries 1 5 1000\n").unwrap();
        self.run("head", &["--passphrase-file", &right, "doctor"]);
        let vault = self.place.path("head").join("vault.db");
        let mut bytes = fs::read(&vault).unwrap();
        let in_the_last_page = bytes.len() - 2_000;
        bytes[in_the_last_page] ^= 1;
        fs::write(&vault, bytes).unwrap();
        self.refused("head", &["--passphrase-file", &right, "doctor"]);
        fs::write(&vault, TEXT.repeat(1_000)).unwrap();
        self.refused("head", &["--passphrase-file", &right, "status"]);
    }
}

#[test]
fn whatever_goes_wrong_is_told_without_what_was_in_ones_hands() {
    let mut day = Listened::new();
    day.found();
    day.bring_in("ts", "ss", &["--role", "ss", "--office", "Жаркент"]);
    day.record();
    for home in ["ts", "ss", "head"] {
        let device = day.place.device(home);
        day.secrets.home(&device);
    }
    day.secrets.relay(&day.place.path("relay.db"));
    day.go_wrong();
    day.lock_and_damage();
    assert!(
        day.said.contains("the command failed") && day.said.contains("a sync was answered"),
        "{}",
        day.said
    );
    assert_eq!(day.secrets.found_in(&day.said), []);
}
