//! # The program
//!
//! `jasaq` is one program for everybody: phone, console and relay of the patrol-log service are its commands. It adds
//! nothing to what the crates below it promise; it is the edge where arguments, files, sockets, clocks and the
//! terminal come in.
//!
//! ```text
//! arguments ─► commands ─► Fieldbook (jasaq-fieldbook)          one device's whole copy, in --home
//!                  │          ▲
//!                  │          └── carrier: HTTP to the relay, one blocking request at a time
//!                  ├─► relay   (jasaq-relay) in a runtime of its own
//!                  ├─► demo    eight fieldbooks, a relay in a child process, a day's log
//!                  └─► Reply or Failure ─► output ─► terminal, exit code
//! ```
//!
//! A command takes its arguments and returns a [`output::Reply`] or a [`failure::Failure`]; it does not print. Both can
//! be said to a person, in his language, and to a program, as one JSON object; [`output`] does either. Where to look:
//!
//! | file | holds |
//! |---|---|
//! | [`arguments`] | what may be asked for; the help texts |
//! | [`usage`] | what is wrong with a line that makes no sense |
//! | [`program`] | home folder, key, clock; opens the fieldbook, finds what a prefix means |
//! | [`commands`] | one function a command |
//! | [`crash`] | what is said and left behind when the program itself fails |
//! | [`failure`] | exit codes, and what is said when something fails |
//! | [`passphrase`] | where a passphrase comes in |
//! | [`files`] | files that somebody gave or asked for |
//! | [`log`] | how a patrol's log is shown, to people and to programs |
//! | [`carrier`] | HTTP to the relay |
//! | [`sheets`], [`grid`] | spreadsheets in and out; tables that are shown and written alike |
//! | [`qr`] | QR codes on terminal, SVG, PNG |
//! | [`paper`] | recovery sheets as pages to print |
//! | [`words`] | what the program says, in Kazakh, Russian and English |
//! | [`demo`] | a whole district day |
//!
//! Promises: a key that was printed is the key of an entry on disk; with exit code 3 nothing is lost; no text of a
//! failure or a trace holds a name, a place, an entry's words or a secret. Refuses: clear text beyond this machine
//! unless asked for, a key file that others may read, and to go on when the vault is damaged.

mod arguments;
mod carrier;
mod commands;
mod crash;
mod demo;
mod failure;
mod files;
mod grid;
mod limits;
mod log;
mod output;
mod paper;
mod passphrase;
mod program;
mod qr;
mod sheets;
mod table;
mod thumbnail;
mod usage;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches as _;
use clap::error::ErrorKind;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use arguments::spoken::{self, command_line, language_of};
use arguments::{Command, CommandLine};
use failure::Class;
use output::Output;
use program::Program;
use words::Words;

fn main() -> ExitCode {
    let given: Vec<OsString> = std::env::args_os().collect();
    let words = Words::of(language_of(&given));
    crash::prepare(&words, is_for_a_program(&given));
    let parsed = command_line(&words).try_get_matches_from(spoken::with_keys_last(&given));
    let line = match parsed.and_then(|matches| CommandLine::from_arg_matches(&matches)) {
        Ok(line) => line,
        Err(error) => return refuse_usage(&error, &given, &words),
    };
    start_trace(&line);
    let output = Output { is_json: line.settings.json, is_quiet: line.settings.quiet };
    let program = Program::new(line.settings, words, output);
    let outcome = commands::run(&program, line.command);
    ExitCode::from(output.finish(&outcome, &program.words))
}

/// Whether a program reads along. It wants to know also when the line makes no sense, or before it was read.
fn is_for_a_program(given: &[OsString]) -> bool {
    given.iter().any(|argument| argument == "--json")
}

/// Help and the version are asked for; everything else clap says is bad usage, also to a program.
fn refuse_usage(error: &clap::Error, given: &[OsString], words: &Words) -> ExitCode {
    let is_json = is_for_a_program(given);
    let is_asked_for = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let is_help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if is_asked_for || (is_help && !is_json) {
        // If nobody can read it, there is nobody to tell.
        let _ = error.print();
        return ExitCode::from(if is_asked_for { 0 } else { Class::Usage.exit_code() });
    }
    let output = Output { is_json, is_quiet: false };
    ExitCode::from(output.finish(&Err(usage::failure_of(error, given)), words))
}

/// The trace goes to standard error, and holds what our own crates say: libraries know nothing of what may be said.
fn start_trace(line: &CommandLine) {
    let is_relay = matches!(&line.command, Command::Relay(relay) if relay.command.is_none());
    let level = match (line.settings.verbose, is_relay) {
        (0, false) => LevelFilter::ERROR,
        (0, true) | (1, _) => LevelFilter::INFO,
        (2, _) => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let ours = Targets::new().with_target("jasaq", level);
    let to_stderr = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    if line.settings.json {
        tracing_subscriber::registry().with(to_stderr.json()).with(ours).init();
    } else {
        tracing_subscriber::registry().with(to_stderr).with(ours).init();
    }
}
