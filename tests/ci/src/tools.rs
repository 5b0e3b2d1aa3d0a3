//! The programs that steps need beside the Rust toolchain: whether they are there, and how they come.
//!
//! A missing one is installed where that is ours to do: by cargo for anybody, by apt-get for root alone. Otherwise the
//! step that needs it fails with a sentence that says what to run; nothing else on the machine is touched.

use crate::call::Call;
use crate::steps::Step;

/// A program that some step needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tool {
    name: &'static str,
    /// Succeeds if the tool is there and works.
    question: Call,
    install: Call,
}

pub(crate) const CARGO_DENY: Tool = Tool {
    name: "cargo-deny",
    question: Call::new("cargo", &["deny", "--version"]),
    install: Call::new("cargo", &["install", "cargo-deny", "--locked", "--version", "0.20.2"]),
};
pub(crate) const CARGO_FUZZ: Tool = Tool {
    name: "cargo-fuzz",
    question: Call::new("cargo", &["fuzz", "--version"]),
    install: Call::new("cargo", &["install", "cargo-fuzz", "--locked", "--version", "0.13.2"]),
};
pub(crate) const CPP: Tool = Tool {
    name: "g++",
    question: Call::new("c++", &["--version"]),
    install: apt_get(&["install", "--yes", "g++"]),
};
pub(crate) const STRACE: Tool = Tool {
    name: "strace",
    question: Call::new("strace", &["-V"]),
    install: apt_get(&["install", "--yes", "strace"]),
};
pub(crate) const JAVA: Tool = Tool {
    name: "javac",
    question: Call::new("javac", &["-version"]),
    install: apt_get(&["install", "--yes", "openjdk-17-jdk-headless"]),
};
pub(crate) const MAVEN: Tool = Tool {
    name: "mvn",
    question: Call::new("mvn", &["--version"]),
    install: apt_get(&["install", "--yes", "maven"]),
};
pub(crate) const PYTHON: Tool = Tool {
    name: "python3",
    question: Call::new("python3", &["--version"]),
    install: apt_get(&["install", "--yes", "python3"]),
};
pub(crate) const PYTHON_VENV: Tool = Tool {
    name: "python3-venv",
    question: Call::new("python3", &["-c", "import ensurepip, venv"]),
    install: apt_get(&["install", "--yes", "python3-venv"]),
};

const APT_GET: &str = "apt-get";
const APT_UPDATE: Call = apt_get(&["update"]);
const AM_I_ROOT: Call = Call::new("sh", &["-c", "test \"$(id -u)\" = 0"]);

const fn apt_get(arguments: &'static [&'static str]) -> Call {
    Call::new(APT_GET, arguments).with(&[("DEBIAN_FRONTEND", "noninteractive")])
}

impl Tool {
    /// For the person whose machine we do not change, or could not.
    pub(crate) fn how_to_get(&self) -> String {
        format!("{} is missing, try `{}`", self.name, self.install)
    }

    fn is_there(&self) -> bool {
        self.question.answers()
    }

    fn is_packaged(&self) -> bool {
        self.install.calls(APT_GET)
    }
}

/// Installs what the steps lack, where possible, and returns what is missing even so.
pub(crate) fn set_up(steps: &[&Step]) -> Vec<Tool> {
    let mut missing: Vec<Tool> = Vec::new();
    for tool in steps.iter().flat_map(|step| step.needs) {
        if !missing.contains(tool) && !tool.is_there() {
            missing.push(*tool);
        }
    }
    for call in installs(&missing, || AM_I_ROOT.answers()) {
        println!("== set-up: {call}");
        if let Err(complaint) = call.run() {
            println!("{complaint}");
        }
    }
    missing.retain(|tool| !tool.is_there());
    missing
}

/// What to run for the missing tools, given who we are.
fn installs(missing: &[Tool], am_i_root: impl Fn() -> bool) -> Vec<Call> {
    let (packaged, others): (Vec<Tool>, Vec<Tool>) = missing.iter().partition(|tool| tool.is_packaged());
    let mut calls: Vec<Call> = others.iter().map(|tool| tool.install).collect();
    if !packaged.is_empty() && am_i_root() {
        calls.push(APT_UPDATE);
        calls.extend(packaged.iter().map(|tool| tool.install));
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complete_machine_is_left_alone() {
        assert_eq!(installs(&[], || panic!("nobody needs to know")), []);
    }

    #[test]
    fn root_updates_the_lists_once_and_installs_each_package() {
        let calls = installs(&[STRACE, CARGO_DENY, MAVEN], || true);
        assert_eq!(calls, [CARGO_DENY.install, APT_UPDATE, STRACE.install, MAVEN.install]);
    }

    #[test]
    fn whoever_is_not_root_is_told_instead() {
        assert_eq!(installs(&[STRACE, CARGO_DENY], || false), [CARGO_DENY.install]);
        assert_eq!(STRACE.how_to_get(), "strace is missing, try `apt-get install --yes strace`");
    }
}
