//! One command line: what is called, and how it ended. What it says, on either stream, goes through to the terminal line by
//! line; what it said last is kept, because a long log buries why a call failed.
//!
//! Refuses to guess: a program that cannot be started has failed, with the system's words for why.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, BufRead, BufReader, PipeReader};
use std::process::{Child, Command, Stdio};

/// Lines that a failed call's complaint repeats.
const LAST_LINES: usize = 25;

/// A program with its arguments, and the environment variables it gets beside ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    program: &'static str,
    arguments: &'static [&'static str],
    variables: &'static [(&'static str, &'static str)],
}

impl Call {
    pub(crate) const fn new(program: &'static str, arguments: &'static [&'static str]) -> Self {
        Self { program, arguments, variables: &[] }
    }

    /// The same call with environment variables beside ours.
    pub(crate) const fn with(self, variables: &'static [(&'static str, &'static str)]) -> Self {
        Self { variables, ..self }
    }

    /// Runs to the end and shows every line on the way. The error is a clause for the list of failures.
    pub(crate) fn run(&self) -> Result<(), String> {
        self.run_watching(|_| ())
    }

    /// Runs to the end, shows every line of its output, and tells each to `watch`.
    pub(crate) fn run_watching(&self, mut watch: impl FnMut(&str)) -> Result<(), String> {
        let (mut child, output) = self.start().map_err(|error| self.clause(&error))?;
        let mut last = VecDeque::with_capacity(LAST_LINES);
        for line in BufReader::new(output).split(b'\n') {
            let line = line.map_err(|error| self.clause(&error))?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            watch(&line);
            last.truncate(LAST_LINES - 1);
            last.push_front(line.into_owned());
        }
        let status = child.wait().map_err(|error| self.clause(&error))?;
        if status.success() {
            return Ok(());
        }
        let lines = [self.clause(&status)].into_iter().chain(last.into_iter().rev());
        Err(lines.collect::<Vec<_>>().join("\n    | "))
    }

    /// Both streams come out of one pipe, in the order in which they were written.
    fn start(&self) -> io::Result<(Child, PipeReader)> {
        let (output, input) = io::pipe()?;
        // The command holds the pipe's other end, and has to go before the output can end.
        let child = self.command().stdout(input.try_clone()?).stderr(input).spawn()?;
        Ok((child, output))
    }

    /// Whether the program is there and answers; it is heard by nobody.
    pub(crate) fn answers(&self) -> bool {
        let status = self.command().stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    }

    pub(crate) fn calls(&self, program: &str) -> bool {
        self.program == program
    }

    fn command(&self) -> Command {
        let mut command = Command::new(self.program);
        jasaq_ci::forget_package(&mut command);
        command
            .args(self.arguments)
            .envs(self.variables.iter().copied())
            .stdin(Stdio::null());
        command
    }

    fn clause(&self, end: &dyn fmt::Display) -> String {
        format!("`{self}`: {end}")
    }
}

/// As a person would type it.
impl fmt::Display for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.program)?;
        self.arguments.iter().try_for_each(|argument| write!(formatter, " {argument}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_told_and_success_is_success() {
        let mut lines = Vec::new();
        let ended = Call::new("printf", &["one\\ntwo\\n"]).run_watching(|line| lines.push(line.to_owned()));
        assert_eq!((ended, lines), (Ok(()), vec!["one".to_owned(), "two".to_owned()]));
    }

    #[test]
    fn a_program_that_fails_is_named_with_its_exit_status() {
        let complaint = Call::new("sh", &["-c", "exit 3"]).run().unwrap_err();
        assert_eq!(complaint, "`sh -c exit 3`: exit status: 3");
    }

    #[test]
    fn a_program_that_fails_is_quoted_with_what_it_said_last() {
        let complaint = Call::new("sh", &["-c", "seq 30; echo why >&2; exit 3"]).run().unwrap_err();
        let lines: Vec<&str> = complaint.lines().collect();
        assert_eq!((lines.len(), lines[1], lines[LAST_LINES]), (1 + LAST_LINES, "    | 7", "    | why"));
    }

    #[test]
    fn a_script_that_is_not_there_has_failed() {
        let complaint = Call::new("bindings/no-such-language/test.sh", &[]).run().unwrap_err();
        assert!(complaint.starts_with("`bindings/no-such-language/test.sh`: "), "{complaint}");
        assert!(!Call::new("bindings/no-such-language/test.sh", &[]).answers());
    }

    #[test]
    fn variables_reach_the_program() {
        let call = Call::new("sh", &["-c", "test \"$JASAQ_CI_GREETING\" = sälem"]);
        assert!(call.with(&[("JASAQ_CI_GREETING", "sälem")]).answers());
        assert!(!call.answers());
    }
}
