//! The command line as a person of one language sees it: help in his words, and what is wrong with what he typed.
//!
//! The language has to be known before it is known whether the line makes sense, so it is looked for by itself.

use std::ffi::OsString;

use clap::builder::{Resettable, StyledStr};
use clap::{Arg, Command, CommandFactory as _, Parser};
use jasaq_fieldbook::model::entry::ActivityType;
use jasaq_fieldbook::model::ids::StatementRef;
use jasaq_fieldbook::model::words::Language;

use super::{CommandLine, codes};
use crate::words::{HelpWords, Words};

/// The whole program, in the help texts.
const PROGRAM: &str = "jasaq";
/// The heading over the arguments that every command has.
pub(super) const FOR_EVERY_COMMAND: &str = "For every command";

/// What says which language to speak: who asks for one, else the locale as POSIX has it, of which the first that is set
/// counts. Arguments only so that the environment is read in one way.
#[derive(Debug, Parser)]
#[command(no_binary_name = true, disable_help_flag = true)]
struct Spoken {
    #[arg(long, value_parser = codes::language())]
    lang: Option<Language>,
    #[arg(long, env = "LC_ALL")]
    lc_all: Option<String>,
    #[arg(long, env = "LC_MESSAGES")]
    lc_messages: Option<String>,
    #[arg(long, env = "LANG")]
    system_language: Option<String>,
}

impl Spoken {
    fn language(&self) -> Language {
        let Self { lang, lc_all, lc_messages, system_language } = self;
        let of_locale = [lc_all, lc_messages, system_language]
            .into_iter()
            .flatten()
            .find(|name| !name.is_empty());
        let spoken = || of_locale.and_then(|name| name.parse().ok());
        lang.or_else(spoken).unwrap_or(Language::Kk)
    }
}

/// The language to speak: the one asked for, else the locale's, else Kazakh.
pub(crate) fn language_of(line: &[OsString]) -> Language {
    let asked_for = line.iter().enumerate().find_map(|(place, argument)| {
        let argument = argument.to_str()?;
        match argument.strip_prefix("--lang") {
            Some("") => line.get(place + 1)?.to_str(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        }
    });
    let spoken = |arguments: &[&str]| Spoken::try_parse_from(arguments).ok();
    let asked_for = asked_for.and_then(|language| spoken(&["--lang", language]));
    asked_for
        .or_else(|| spoken(&[]))
        .map_or(Language::Kk, |spoken| spoken.language())
}

/// The same line with the keys that begin with a hyphen behind a `--`: nothing is taken for an option that is a statement's
/// key. Only where keys stand by themselves.
pub(crate) fn with_keys_last(line: &[OsString]) -> Vec<OsString> {
    let takes_keys = line.iter().any(|word| {
        ["held", "attachment", "register", "entry", "notice"]
            .iter()
            .any(|taker| word == taker)
    });
    if !takes_keys || line.iter().any(|word| word == "--") {
        return line.to_vec();
    }
    let (keys, mut others): (Vec<_>, Vec<_>) = line.iter().cloned().partition(is_like_an_option_and_a_key);
    if !keys.is_empty() {
        others.push("--".into());
        others.extend(keys);
    }
    others
}

fn is_like_an_option_and_a_key(word: &OsString) -> bool {
    // Degrees south and west are no keys.
    let word = word
        .to_str()
        .filter(|word| word.starts_with('-') && codes::number(word).is_err());
    let parts = word
        .filter(|word| StatementRef::new(*word).is_ok())
        .and_then(|word| word.rsplit_once('.'));
    parts.is_some_and(|(_, count)| count.parse::<u64>().is_ok())
}

/// Everything that may be asked for, described in this language.
pub(crate) fn command_line(words: &Words) -> Command {
    let command = CommandLine::command();
    let command = match HelpWords::of(words.language()) {
        None => command,
        Some(help) => {
            let mut command = command;
            // Only now has every command the arguments that all of them share.
            command.build();
            translate(command, PROGRAM, &help)
        }
    };
    command.mut_subcommand("entry", |entry| entry.mut_subcommand("add", |add| tell_kinds(add, words)))
}

/// Which --kind belongs to which --activity, below the rest of the help, out of the model's own lists.
fn tell_kinds(add: Command, words: &Words) -> Command {
    let after = add.get_after_help().map(ToString::to_string).unwrap_or_default();
    let mut lines = vec![after, String::new(), words.say("kinds-of-activities")];
    lines.extend(ActivityType::ALL.iter().map(|activity_type| {
        let kinds = codes::kinds_of(*activity_type);
        let told = if kinds.is_empty() { "-".to_owned() } else { kinds.join(", ") };
        format!("  {}: {told}", activity_type.code())
    }));
    let after = lines.join("\n");
    add.after_help(after.clone()).after_long_help(after)
}

fn translate(command: Command, name: &str, help: &HelpWords) -> Command {
    let heading = help.about("headings").unwrap_or_default();
    let template =
        format!("{{before-help}}{{about-with-newline}}\n{heading} {{usage}}\n\n{{all-args}}{{after-help}}");
    let after = help.part(name, "after").unwrap_or_else(|| after_help(&command, name, help));
    let parts: Vec<String> = command.get_subcommands().map(|part| part.get_name().to_owned()).collect();
    let mut command = command
        .about(help.about(name).unwrap_or_default())
        .long_about(resettable(help.part(name, "long")))
        .help_template(template)
        .subcommand_help_heading(help.part("headings", "commands").unwrap_or_default())
        .after_long_help(after.clone())
        .mut_args(|argument| describe(argument, name, help));
    if name != PROGRAM {
        command = command.after_help(after);
    }
    for part in parts {
        let path = if name == PROGRAM { part.clone() } else { format!("{name}-{part}") };
        command = command.mut_subcommand(&part, |command| {
            if part == "help" {
                command.about(help.about(&part).unwrap_or_default())
            } else {
                translate(command, &path, help)
            }
        });
    }
    command
}

fn resettable(text: Option<String>) -> Resettable<StyledStr> {
    text.map_or(Resettable::Reset, |text| Resettable::Value(text.into()))
}

/// The examples as they stand, with the remarks behind them in this language, and what else there is to know.
fn after_help(command: &Command, name: &str, help: &HelpWords) -> String {
    let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let remarks = help.part(name, "remarks").unwrap_or_default();
    let mut remarks = remarks.lines();
    let examples: Vec<String> = text
        .lines()
        .filter_map(|line| {
            let example = line.strip_prefix("  ")?;
            let said = remark_in(example).and_then(|at| Some((example.get(..at)?, remarks.next()?)));
            Some(said.map_or_else(|| line.to_owned(), |(example, remark)| format!("  {example}{remark}")))
        })
        .collect();
    let heading = help.part("headings", "examples").unwrap_or_default();
    let examples = (!examples.is_empty()).then(|| format!("{heading}\n{}", examples.join("\n")));
    let parts: Vec<String> = examples.into_iter().chain(help.part(name, "note")).collect();
    parts.join("\n\n")
}

/// Where the remark behind an example begins, if there is one.
fn remark_in(example: &str) -> Option<usize> {
    let command = example.trim_start();
    let gap = command.find("   ")?;
    let remark = command.get(gap..)?.trim_start();
    Some(example.len() - remark.len())
}

fn describe(argument: Arg, name: &str, help: &HelpWords) -> Arg {
    if argument.is_hide_set() {
        return argument;
    }
    let id = argument.get_id().to_string();
    let said = help.part(name, &id).or_else(|| help.part(PROGRAM, &id)).unwrap_or_default();
    let heading = match argument.get_help_heading() {
        Some(FOR_EVERY_COMMAND) => "every",
        _ if id == "help" || id == "version" => "every",
        _ if argument.is_positional() => "arguments",
        _ => "options",
    };
    let mut text = said;
    let values: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| value.get_name().to_owned())
        .collect();
    if !values.is_empty() && argument.get_action().takes_values() && !argument.is_hide_possible_values_set() {
        let word = help.part("headings", "values").unwrap_or_default();
        text = format!("{text} [{word}: {}]", values.join(", "));
    }
    if let Some(value) = argument.get_default_values().first().and_then(|value| value.to_str())
        && argument.get_action().takes_values()
    {
        text = format!("{text} [{}: {value}]", help.part("headings", "default").unwrap_or_default());
    }
    argument
        .help(text)
        .long_help(Resettable::Reset)
        .help_heading(help.part("headings", heading).unwrap_or_default())
        .hide_possible_values(true)
        .hide_default_value(true)
}

#[cfg(test)]
mod tests;
