//! The steps as a table, and which of them are asked for. A new step is a new row.
//!
//! Steps run in the order of the table, however they are asked for; a step that does not exist is refused before any runs.

use crate::call::Call;
use crate::outcome::Outcome;
use crate::tally::Tally;
use crate::tools::{self, Tool};

/// One thing that has to hold.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    /// What it checks, for the header and for `--list`.
    pub(crate) checks: &'static str,
    pub(crate) needs: &'static [Tool],
    work: Work,
}

enum Work {
    /// Each of these has to exit with success.
    Calls(&'static [Call]),
    /// The test harness: its counts are read as they go by.
    Tests(Call),
    /// The demonstration: what it prints is judged.
    Demo(Call),
}

/// The fuzz targets' own workspace.
const FUZZ: &str = "tests/fuzz/Cargo.toml";

pub(crate) static STEPS: [Step; 10] = [
    Step {
        name: "lockfile",
        checks: "Cargo.lock is complete and need not move, and that of tests/fuzz",
        needs: &[],
        work: Work::Calls(&[
            Call::new("cargo", &["fetch", "--locked"]),
            Call::new("cargo", &["fetch", "--locked", "--manifest-path", FUZZ]),
        ]),
    },
    Step {
        name: "fmt",
        checks: "every file is as rustfmt writes it",
        needs: &[],
        work: Work::Calls(&[
            Call::new("cargo", &["fmt", "--all", "--check"]),
            Call::new("cargo", &["fmt", "--manifest-path", FUZZ, "--check"]),
        ]),
    },
    Step {
        name: "clippy",
        checks: "no compiler or clippy warning in code or tests",
        needs: &[],
        work: Work::Calls(&[Call::new(
            "cargo",
            &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"],
        )]),
    },
    Step {
        name: "docs",
        checks: "every public item is documented and every link in the documentation leads somewhere",
        needs: &[],
        work: Work::Calls(&[Call::new("cargo", &["doc", "--workspace", "--no-deps", "--locked"])
            .with(&[("RUSTDOCFLAGS", "-D warnings")])]),
    },
    Step {
        name: "test",
        checks: "every test of the workspace, tidy among them",
        needs: &[tools::STRACE],
        work: Work::Tests(Call::new("cargo", &["test", "--workspace", "--locked", "--no-fail-fast"])),
    },
    Step {
        name: "deny",
        checks: "dependencies are allowed, licensed and from where they should be",
        needs: &[tools::CARGO_DENY],
        work: Work::Calls(&[
            Call::new("cargo", &["deny", "--log-level", "error", "check", "bans", "licenses", "sources"]),
            Call::new(
                "cargo",
                &[
                    "deny",
                    "--manifest-path",
                    FUZZ,
                    "--log-level",
                    "error",
                    "check",
                    "bans",
                    "licenses",
                    "sources",
                ],
            ),
        ]),
    },
    Step {
        name: "decoder",
        checks: "the decoder in Python agrees with ours on the vectors, on 10,000 random lines and on 3,000 random districts",
        needs: &[tools::PYTHON, tools::PYTHON_VENV],
        work: Work::Calls(&[Call::new("tests/decoder/test.sh", &[])]),
    },
    Step {
        name: "fuzz",
        checks: "libFuzzer finds nothing in five seconds at each door",
        needs: &[tools::CPP, tools::CARGO_FUZZ],
        work: Work::Calls(&[Call::new(
            "cargo",
            &["run", "--quiet", "--locked", "--package", "jasaq-tests", "--bin", "hostile"],
        )]),
    },
    Step {
        name: "foreign",
        checks: "the bindings work from Python and from Kotlin, and readers that are not ours take what is exported",
        needs: &[tools::PYTHON, tools::PYTHON_VENV, tools::JAVA, tools::MAVEN],
        work: Work::Calls(&[
            Call::new("bindings/python/test.sh", &[]),
            Call::new("bindings/kotlin/test.sh", &[]),
            Call::new("tests/formats/test.sh", &[]),
        ]),
    },
    Step {
        name: "demo",
        checks: "a whole district day ends with nothing lost and all replicas equal",
        needs: &[],
        // As the tests built it: what is shown does not hang on optimisation, and the typesetter takes ten minutes more to optimise.
        work: Work::Demo(Call::new(
            "cargo",
            &["run", "--locked", "--package", "jasaq", "--", "demo", "--json"],
        )),
    },
];

impl Step {
    /// Runs it, unless a tool it needs is among the missing ones.
    pub(crate) fn run(&self, missing: &[Tool]) -> Outcome {
        let absent: Vec<String> = self
            .needs
            .iter()
            .filter(|tool| missing.contains(tool))
            .map(Tool::how_to_get)
            .collect();
        if !absent.is_empty() {
            return Outcome::of_one(absent);
        }
        match &self.work {
            Work::Calls(calls) => Outcome::of_one(calls.iter().filter_map(|call| call.run().err()).collect()),
            Work::Tests(call) => {
                let mut tally = Tally::default();
                let ended = call.run_watching(|line| tally.add_line(line));
                Outcome::of_tests(tally, ended)
            }
            Work::Demo(call) => {
                let mut printed = String::new();
                let ended = call.run_watching(|line| printed.push_str(line));
                Outcome::of_demo(&printed, ended)
            }
        }
    }
}

/// What the command line asks for.
pub(crate) enum Request {
    Help,
    List,
    Run(Vec<&'static Step>),
}

/// No arguments ask for everything. The error is a sentence for the person at the terminal.
pub(crate) fn read_request(arguments: &[String]) -> Result<Request, String> {
    let asked = |name: &str| arguments.iter().any(|argument| argument == name);
    if asked("--help") || asked("-h") {
        return Ok(Request::Help);
    }
    if asked("--list") {
        return Ok(Request::List);
    }
    let unknown = arguments
        .iter()
        .find(|argument| STEPS.iter().all(|step| step.name != argument.as_str()));
    if let Some(unknown) = unknown {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        return Err(format!("there is no step `{unknown}`; the steps are {}", names.join(", ")));
    }
    Ok(Request::Run(STEPS.iter().filter(|step| arguments.is_empty() || asked(step.name)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(arguments: &[&str]) -> Vec<&'static str> {
        let arguments: Vec<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
        match read_request(&arguments).unwrap() {
            Request::Run(steps) => steps.iter().map(|step| step.name).collect(),
            Request::Help => vec!["help"],
            Request::List => vec!["list"],
        }
    }

    #[test]
    fn nothing_asked_for_is_everything() {
        let all = STEPS.iter().map(|step| step.name).collect::<Vec<_>>();
        assert_eq!((chosen(&[]), all.len()), (all, 10));
    }

    #[test]
    fn steps_run_once_and_in_the_order_of_the_table() {
        assert_eq!(chosen(&["test", "fmt", "test"]), ["fmt", "test"]);
    }

    #[test]
    fn options_answer_instead_of_running() {
        assert_eq!(chosen(&["fmt", "--list"]), ["list"]);
        assert_eq!(chosen(&["--list", "-h"]), ["help"]);
    }

    #[test]
    fn a_step_that_does_not_exist_is_refused_by_name() {
        let refused = read_request(&["fmt".to_owned(), "lint".to_owned()]).err().unwrap();
        assert!(refused.starts_with("there is no step `lint`; the steps are lockfile, fmt,"), "{refused}");
    }

    #[test]
    fn a_step_whose_tool_is_missing_fails_without_running() {
        let step =
            Step { name: "any", checks: "", needs: &[tools::MAVEN, tools::STRACE], work: Work::Calls(&[]) };
        assert_eq!(step.run(&[tools::JAVA]).complaints, Vec::<String>::new());
        assert_eq!(step.run(&[tools::STRACE]).complaints, [tools::STRACE.how_to_get()]);
    }

    #[test]
    fn a_step_of_several_calls_runs_them_all_and_names_each_that_failed() {
        static CALLS: [Call; 3] =
            [Call::new("false", &[]), Call::new("true", &[]), Call::new("false", &["too"])];
        let step = Step { name: "any", checks: "", needs: &[], work: Work::Calls(&CALLS) };
        assert_eq!(step.run(&[]).complaints, ["`false`: exit status: 1", "`false too`: exit status: 1"]);
    }
}
