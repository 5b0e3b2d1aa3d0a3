//! The lock: a passphrase is set, changed and removed, given by hand and by scripts, cut anywhere, and tried by strangers.

use std::fs;
use std::path::Path;

use crate::squad::{Device, Done, Place, finish};

const OLD: &str = "жеті рет өлше, бір рет кес";
const NEW: &str = "тау мен тасты су бұзар";
const WRONG: &str = "адамзатты сөз бұзар ма екен";

/// A file with a passphrase that only its owner may read.
fn passphrase_file(place: &Place, name: &str, passphrase: &str) -> String {
    let file = place.file(name, format!("{passphrase}\nthe rest is not read\n").as_bytes());
    #[cfg(unix)]
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    file
}

/// A locked device, and the files with its passphrase, a new one and a wrong one.
struct Locked {
    place: Place,
    phone: Device,
    old: String,
    new: String,
    wrong: String,
}

impl Locked {
    fn new() -> Self {
        let place = Place::new();
        let phone = place.phone();
        phone.write("бірінші");
        let [old, new, wrong] = [("old", OLD), ("new", NEW), ("wrong", WRONG)]
            .map(|(name, text)| passphrase_file(&place, name, text));
        phone.run(&["lock", "set", "--new-passphrase-file", &old]).well();
        Self { place, phone, old, new, wrong }
    }

    fn with(&self, file: &str, arguments: &[&str]) -> Done {
        self.phone.run(&[arguments, &["--passphrase-file", file]].concat())
    }

    fn entries_with(&self, file: &str) -> Option<u64> {
        let shown = self.with(file, &["patrol", "show", "--json"]);
        (shown.code == 0).then(|| {
            serde_json::from_str::<serde_json::Value>(&shown.stdout).unwrap()["entries"]
                .as_u64()
                .unwrap()
        })
    }
}

fn holds_a_key_in_clear(home: &Path) -> bool {
    let files = fs::read_dir(home)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file());
    let mut texts = files.map(|file| fs::read(file).unwrap());
    texts.any(|bytes| bytes.windows(11).any(|window| window == b"key 1 plain"))
}

#[test]
fn a_passphrase_is_set_changed_and_removed_and_nothing_recorded_is_lost() {
    let locked = Locked::new();
    let home = &locked.phone.home;
    assert!(!holds_a_key_in_clear(home));
    assert_eq!(locked.phone.json(&["lock", "status"])["kept_by"], "passphrase");
    assert_eq!(locked.phone.run(&["status"]).code, 4, "nobody is there to ask");
    assert_eq!(locked.entries_with(&locked.old), Some(1));

    locked
        .with(&locked.old, &["lock", "change", "--new-passphrase-file", &locked.new])
        .well();
    assert_eq!((locked.entries_with(&locked.old), locked.entries_with(&locked.new)), (None, Some(1)));

    locked.with(&locked.new, &["lock", "remove"]).well();
    assert_eq!(locked.phone.json(&["patrol", "show"])["entries"], 1);
    assert!(holds_a_key_in_clear(home));
    assert_eq!(locked.phone.json(&["lock", "status"])["kept_by"], "file");
}

#[test]
fn what_makes_no_sense_for_a_lock_is_refused_and_changes_nothing() {
    let locked = Locked::new();
    let code = |done: Done| done.code;
    let [short, dull] = [("short", "жеті рет өлше"), ("dull", "ааааааааааааааааааааааа")]
        .map(|(name, text)| passphrase_file(&locked.place, name, text));
    assert_eq!(
        code(locked.phone.run(&["lock", "set", "--new-passphrase-file", &locked.new])),
        1,
        "there is one"
    );
    let change = |new: &str| locked.with(&locked.old, &["lock", "change", "--new-passphrase-file", new]);
    let refused = change(&short);
    assert!(refused.code == 5 && refused.stderr.contains("13 characters"), "{refused:?}");
    assert_eq!(code(change(&dull)), 5);
    assert_eq!(code(locked.with(&locked.wrong, &["lock", "remove"])), 4);
    assert_eq!(code(locked.with(&locked.old, &["lock", "after", "721"])), 5);
    assert_eq!(locked.entries_with(&locked.old), Some(1));
    locked.with(&locked.old, &["lock", "remove"]).well();
    assert_eq!(
        code(locked.phone.run(&["lock", "change", "--new-passphrase-file", &locked.new])),
        1,
        "there is none"
    );
    assert_eq!(code(locked.place.device("nobody").run(&["lock", "status"])), 4);
}

#[test]
fn a_passphrase_comes_by_standard_input_and_what_follows_it_is_the_commands() {
    let locked = Locked::new();
    let arguments = ["--passphrase-file", "-", "entry", "add", "--activity", "force", "--each-line"];
    locked.phone.run_with(&arguments, &format!("{OLD}\nекінші\nүшінші\n")).well();
    assert_eq!(locked.entries_with(&locked.old), Some(3));
}

#[test]
fn a_territory_may_be_founded_under_a_passphrase_and_never_has_its_key_in_clear() {
    let place = Place::new();
    let ts = place.device("ts");
    let [file, short] =
        [("file", OLD), ("short", "кілт")].map(|(name, text)| passphrase_file(&place, name, text));
    let refused = ts.run(&["--passphrase-file", &short, "init"]);
    assert_eq!(refused.code, 5, "{refused:?}");
    ts.run(&["--passphrase-file", &file, "init"]).well();
    assert!(!holds_a_key_in_clear(&ts.home));
    ts.run(&["--passphrase-file", &file, "status"]).well();
}

#[test]
fn wrong_tries_are_slowed_also_for_who_kills_the_program_and_a_script_is_told_how_long() {
    let locked = Locked::new();
    for _ in 0..5 {
        assert_eq!(locked.with(&locked.wrong, &["status"]).code, 4);
    }
    let refused = locked.with(&locked.old, &["status", "--json"]);
    let wait_ms = refused.error()["wait_ms"].as_u64().unwrap();
    assert!(refused.code == 4 && wait_ms > 0 && wait_ms <= 5_000, "{refused:?}");
    let status = locked.phone.json(&["lock", "status"]);
    assert_eq!(status["wrong_tries"], 5);
    let told = locked.phone.run(&["lock", "status"]).well();
    assert!(told.contains("Wrong passphrases"), "{told}");
    // As if it had been an hour ago: nothing here waits by the clock.
    let file = locked.phone.home.join("vault.tries");
    fs::write(&file, "jasaq vault tries 1 5 1000\n").unwrap();
    assert_eq!(locked.entries_with(&locked.old), Some(1));
    assert!(!file.exists(), "the right one ends the count");
}

#[test]
fn the_time_of_the_automatic_lock_is_kept_in_the_vault() {
    let locked = Locked::new();
    let minutes = |arguments: &[&str]| -> serde_json::Value {
        let said = locked.with(&locked.old, &[arguments, &["--json"]].concat()).well();
        serde_json::from_str::<serde_json::Value>(&said).unwrap()["lock_minutes"].clone()
    };
    assert_eq!(minutes(&["lock", "after"]), 15);
    assert_eq!(minutes(&["lock", "after", "5"]), 5);
    assert_eq!(minutes(&["lock", "after"]), 5);
}

#[test]
fn a_passphrase_in_the_environment_is_not_heard() {
    let locked = Locked::new();
    let mut command = locked.phone.command(&["status"]);
    assert_eq!(finish(command.env("JASAQ_PASSPHRASE", OLD), b"").code, 4);
}

/// Runs a command that is killed on entering the `number`th call of this name. Says whether it was: it may make fewer.
#[cfg(target_os = "linux")]
fn is_killed_at(locked: &Locked, (call, number): (&str, usize), arguments: &[&str]) -> bool {
    let jasaq = locked.phone.command(&[arguments, &["--passphrase-file", &locked.old]].concat());
    let mut watched = std::process::Command::new("strace");
    let inject = format!("inject={call}:signal=SIGKILL:when={number}");
    watched.args(["-f", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject]);
    let done = finish(watched.arg(jasaq.get_program()).args(jasaq.get_args()), b"");
    assert!([0, -1, 137].contains(&done.code), "{done:?}");
    done.code != 0
}

/// Kills a command at each step after the other, and looks at what it left. Says how often it died before what it changes,
/// and how often after.
#[cfg(target_os = "linux")]
fn die_at_every_step(
    locked: &Locked,
    arguments: &[&str],
    opens_changed: impl Fn() -> bool,
) -> (usize, usize) {
    let key = locked.phone.home.join("vault.key");
    let as_it_was = fs::read(&key).unwrap();
    let (mut before, mut after) = (0, 0);
    for call in ["write", "fsync", "rename", "unlink"] {
        for number in 1.. {
            let was_killed = is_killed_at(locked, (call, number), arguments);
            let opens = (locked.entries_with(&locked.old) == Some(1), opens_changed());
            assert_ne!(opens.0, opens.1, "killed at {call} {number}");
            let is_locked = locked.phone.json(&["lock", "status"])["kept_by"] == "passphrase";
            assert!(!is_locked || !holds_a_key_in_clear(&locked.phone.home), "killed at {call} {number}");
            before += usize::from(was_killed && opens.0);
            after += usize::from(was_killed && opens.1);
            fs::write(&key, &as_it_was).unwrap();
            if !was_killed {
                break;
            }
        }
    }
    (before, after)
}

/// Where the tool is missing nothing can be killed at a step: on CI that is a failure, elsewhere it is said.
#[cfg(target_os = "linux")]
#[expect(clippy::print_stdout, reason = "who reads the counts of tests should know that one said nothing")]
#[expect(clippy::disallowed_methods, reason = "nobody but the environment says that this is CI")]
fn is_watchable() -> bool {
    let mut strace = std::process::Command::new("strace");
    if strace
        .args(["-o", "/dev/null", "true"])
        .status()
        .is_ok_and(|ended| ended.success())
    {
        return true;
    }
    let missing = "strace is missing or may watch nobody, try `apt-get install strace`";
    assert!(std::env::var_os("CI").is_none(), "{missing}");
    println!("skipped: {missing}");
    false
}

#[cfg(target_os = "linux")]
#[test]
fn a_change_that_dies_at_any_step_leaves_a_vault_that_opens_in_the_old_way_or_the_new_one() {
    if !is_watchable() {
        return;
    }
    let locked = Locked::new();
    let change = ["lock", "change", "--new-passphrase-file", &locked.new];
    let (before, after) = die_at_every_step(&locked, &change, || locked.entries_with(&locked.new) == Some(1));
    assert!(before > 3 && after > 0, "{before} died before the change and {after} after it");
    let opens_freely = || locked.phone.run(&["patrol", "show"]).code == 0;
    let (before, after) = die_at_every_step(&locked, &["lock", "remove"], opens_freely);
    assert!(before > 3 && after > 0, "{before} died before the change and {after} after it");
}
