//! When the program itself fails: what a crash may say, and what it may leave behind.
//!
//! A panic says where in our code it happened, in which version, and, to the person, that what was recorded stays. It says its
//! message only if that is a constant of the program: whatever was put together when it ran, as `unwrap` does with the error
//! in its hands, may hold a name, a place or a key. The type tells the two apart, not a look at the text.
//!
//! Nothing of the memory is left behind: no core file is written, and on Linux no other process of this user may read the
//! memory or attach to it. A debugger has to start the program, or be the administrator's.

use std::any::Any;
use std::panic::{self, PanicHookInfo};

use serde_json::json;

use crate::output::tell_aside;
use crate::words::Words;

/// From now on a crash tells and leaves no more than it may.
pub(crate) fn prepare(words: &Words, is_json: bool) {
    leave_no_memory();
    let sentence = words.say("crashed");
    panic::set_hook(Box::new(move |info| tell_aside(&report(info, &sentence, is_json))));
}

/// If the system refuses, there is nothing to be done about it, and the work goes on: it is a second fence, not the first.
#[cfg(unix)]
fn leave_no_memory() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    if !is_watched() {
        let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
    }
}

/// Whether somebody started this process under a debugger or a tracer: he sees everything already, and would only see it worse.
#[cfg(target_os = "linux")]
fn is_watched() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let tracer = status.lines().find_map(|line| line.strip_prefix("TracerPid:"));
    tracer.is_some_and(|process| process.trim() != "0")
}

#[cfg(not(unix))]
fn leave_no_memory() {}

fn report(info: &PanicHookInfo<'_>, sentence: &str, is_json: bool) -> String {
    let place = info.location().map_or_else(
        || "an unknown place".to_owned(),
        |location| format!("{}:{}", place_in_code(location.file()), location.line()),
    );
    let version = env!("CARGO_PKG_VERSION");
    let message = constant_message(info.payload());
    let trace = format!("jasaq {version} failed at {place}: {message}");
    if is_json {
        json!({ "error": { "class": "defect", "sentence": sentence, "trace": trace } }).to_string()
    } else {
        format!("jasaq: {sentence}\n{trace}")
    }
}

/// A text that was put together is a `String`; only what stands in the program as it is can be a `&'static str`.
fn constant_message(payload: &dyn Any) -> &'static str {
    payload
        .downcast_ref::<&'static str>()
        .copied()
        .unwrap_or("(its message is not shown: it may hold what was recorded)")
}

/// The file without where it lay when the program was built: that may be somebody's home.
fn place_in_code(file: &str) -> &str {
    let of_a_crate = file.split_once("/registry/src/").and_then(|(_, rest)| rest.split_once('/'));
    match of_a_crate {
        Some((_, place)) => place,
        None if file.starts_with('/') || file.contains(':') => {
            file.rsplit(['/', '\\']).next().unwrap_or_default()
        }
        None => file,
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use jasaq_fieldbook::model::words::Language;

    use super::*;

    const NAME: &str = "Айдос Серікұлы";

    #[test]
    #[ignore = "run by the test below, in a process of its own"]
    #[expect(clippy::unnecessary_literal_unwrap, reason = "the error in its hands is the point")]
    fn crashes_with_a_name_in_its_hands() {
        prepare(&Words::of(Language::En), std::env::args().any(|argument| argument == "--quiet"));
        Err::<(), _>(NAME.to_owned()).unwrap();
    }

    #[test]
    #[ignore = "run by the test below, in a process of its own"]
    fn crashes_with_a_constant() {
        prepare(&Words::of(Language::En), false);
        panic!("an invariant of ours");
    }

    #[test]
    #[ignore = "run by the test below, in a process of its own"]
    fn shows_its_limits() {
        prepare(&Words::of(Language::En), false);
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        assert_eq!(core.split_whitespace().nth(4), Some("0"));
        let dumpable = rustix::process::dumpable_behavior().unwrap();
        assert_eq!(dumpable, rustix::process::DumpableBehavior::NotDumpable);
    }

    fn output_of(test: &str, options: &[&str]) -> (bool, String) {
        let mut itself = Command::new(std::env::current_exe().unwrap());
        let name = format!("crash::tests::{test}");
        let ended = itself
            .args(["--exact", &name, "--ignored", "--nocapture"])
            .args(options)
            .output()
            .unwrap();
        let said = [ended.stdout, ended.stderr].concat();
        (ended.status.success(), String::from_utf8(said).unwrap())
    }

    #[test]
    fn a_crash_says_where_and_not_what_was_in_its_hands() {
        let (ended_well, said) = output_of("crashes_with_a_name_in_its_hands", &[]);
        assert!(!ended_well && said.contains("server/jasaq/src/crash.rs:"), "{said}");
        assert!(said.contains("is not shown") && said.contains(env!("CARGO_PKG_VERSION")), "{said}");
        assert!(!said.contains("Айдос"), "{said}");
    }

    #[test]
    fn a_crash_says_what_the_program_itself_says() {
        let (_, said) = output_of("crashes_with_a_constant", &[]);
        assert!(said.contains("an invariant of ours"), "{said}");
    }

    #[test]
    fn a_program_reads_a_crash_as_one_object() {
        let (_, said) = output_of("crashes_with_a_name_in_its_hands", &["--quiet"]);
        let line = said.lines().find(|line| line.starts_with('{')).unwrap();
        let told: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(told["error"]["class"], "defect");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_crash_leaves_no_memory_behind() {
        let (ended_well, said) = output_of("shows_its_limits", &[]);
        assert!(ended_well, "{said}");
    }

    #[test]
    fn nobody_learns_whose_machine_built_the_program() {
        let places = [
            (
                "/of/askar/registry/src/index.example-1a2b/rusqlite-0.41.1/src/row.rs",
                "rusqlite-0.41.1/src/row.rs",
            ),
            ("/of/askar/rust/library/core/src/slice/index.rs", "index.rs"),
            (r"C:\Users\askar\jasaq\main.rs", "main.rs"),
            ("server/jasaq/src/crash.rs", "server/jasaq/src/crash.rs"),
        ];
        for (file, place) in places {
            assert_eq!(place_in_code(file), place);
        }
    }
}
