//! The terminal: the only place that writes to standard output and standard error.
//!
//! Results go to standard output, everything said beside them (hints, progress, errors) to standard error, so that
//! `CODE=$(jasaq invite …)` holds the code and nothing else. With `--json` a command writes exactly one object: to standard
//! output, or, if it failed and there is nothing to show, to standard error. Of a failure that leaves something to show, what
//! was done before it or the candidates for a name, the object stands on standard output with the error in it: it may hold
//! names, and standard error is what logs are made of. Only commands that go on say more, a line as each thing happens: the
//! relay, a device that waits for another, entries from standard input.

use std::io::{self, IsTerminal as _, Write as _};

use serde_json::Value;

use crate::failure::{Class, Failure};
use crate::words::Words;

/// What a command has to say.
#[derive(Debug)]
pub(crate) struct Reply {
    json: Option<Value>,
    text: String,
    notes: Vec<String>,
    /// What the process ends with although the command did what it could.
    shortfall: Option<Class>,
}

impl Reply {
    /// Says this with `--json`, and nothing to a person yet.
    pub(crate) fn new(json: Value) -> Self {
        Self { json: Some(json), ..Self::silent() }
    }

    /// Has said what there was to say before it ended.
    pub(crate) const fn silent() -> Self {
        Self { json: None, text: String::new(), notes: Vec::new(), shortfall: None }
    }

    /// What a person reads on standard output.
    pub(crate) fn text(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }

    /// The same with one fact more for a program, and a line for a person above what is there.
    pub(crate) fn headed(mut self, (name, fact): (&str, Value), line: &str) -> Self {
        if let Some(Value::Object(fields)) = &mut self.json {
            fields.insert(name.to_owned(), fact);
        }
        Self { text: format!("{line}\n{}", self.text), ..self }
    }

    /// A hint beside it, on standard error; `--quiet` leaves it out, unless something fell short.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Something is left that the exit code has to tell.
    pub(crate) fn falling_short(self, shortfall: Class) -> Self {
        Self { shortfall: Some(shortfall), ..self }
    }
}

/// How to speak.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    pub(crate) is_json: bool,
    pub(crate) is_quiet: bool,
}

impl Output {
    /// Says a command's result and returns the exit code.
    pub(crate) fn finish(self, outcome: &Result<Reply, Failure>, words: &Words) -> u8 {
        let (said, exit_code) = match outcome {
            Ok(reply) => (self.say(reply), reply.shortfall.map_or(0, Class::exit_code)),
            Err(failure) => (self.say_failure(failure, words), failure.class().exit_code()),
        };
        match said {
            // Whoever closed the pipe, as `head` does, has read enough.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                if outcome.is_ok() {
                    // What was done stays done: only the answer is missing, and nobody should do it twice.
                    let unwritten = Failure::new(Class::Storage, "answer-unwritten", &error);
                    let _ = self.say_failure(&unwritten, words);
                }
                Class::Storage.exit_code()
            }
            _ => exit_code,
        }
    }

    /// Says a result. Hints are said also if nobody can read it.
    pub(crate) fn say(self, reply: &Reply) -> io::Result<()> {
        let said = if self.is_json {
            reply.json.as_ref().map_or(Ok(()), |json| print_line(&json.to_string()))
        } else if reply.text.is_empty() {
            Ok(())
        } else {
            print_line(reply.text.trim_end_matches('\n'))
        };
        for note in &reply.notes {
            // What the exit code tells of is no hint: whoever asked for quiet must be told why.
            if reply.shortfall.is_some() && !self.is_json {
                tell_aside(note);
            } else {
                self.hint(note);
            }
        }
        said
    }

    fn say_failure(self, failure: &Failure, words: &Words) -> io::Result<()> {
        tracing::info!(class = failure.class().code(), cause = failure.trace(), "the command failed");
        if self.is_json {
            let error = failure.to_json(words);
            if let Some(so_far) = failure.so_far.as_ref().and_then(|reply| reply.json.as_ref()) {
                return print_line(&with_error(so_far, error).to_string());
            }
            tell_aside(&error.to_string());
            return Ok(());
        }
        let said = failure.so_far.as_ref().map_or(Ok(()), |reply| self.say(reply));
        tell_aside(&format!("jasaq: {}", failure.sentence(words)));
        said
    }

    /// A hint to a person, unless he asked for quiet or a program reads along.
    pub(crate) fn hint(self, hint: &str) {
        if !self.is_json && !self.is_quiet {
            tell_aside(hint);
        }
    }

    /// Whether progress should be drawn: a person watches.
    pub(crate) fn is_watched(self) -> bool {
        !self.is_json && !self.is_quiet && io::stderr().is_terminal()
    }
}

/// What there is to show, with the error beside it.
fn with_error(so_far: &Value, error: Value) -> Value {
    let fields = [so_far.clone(), error].into_iter().filter_map(|part| match part {
        Value::Object(fields) => Some(fields),
        _ => None,
    });
    Value::Object(fields.flatten().collect())
}

/// One line of a result, at once: whoever reads it may rely on what it says.
pub(crate) fn print_line(line: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()
}

/// Bytes that were asked for. Whoever closed the pipe has read enough.
pub(crate) fn print_bytes(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// A line on standard error. If nobody can read it, there is nobody to tell.
pub(crate) fn tell_aside(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// An object for programs with further fields.
pub(crate) fn with_fields(mut json: Value, more: Value) -> Value {
    if let (Some(fields), Value::Object(more)) = (json.as_object_mut(), more) {
        fields.extend(more);
    }
    json
}
