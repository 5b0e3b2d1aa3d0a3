//! What is wrong with a line that makes no sense, in the person's language, with what to type next.
//!
//! Of what was typed only the names of arguments are repeated: anything else may be a name, a place or an entry's words.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Error};
use jasaq_fieldbook::FieldbookRefused;
use jasaq_fieldbook::model::moment::MomentRefused;
use jasaq_fieldbook::model::words::WordsRefused;

use crate::arguments::CommandLine;
use crate::failure::{Class, Failure};
use crate::words::Message;

/// What clap found, as a failure like any other.
pub(crate) fn failure_of(error: &Error, given: &[OsString]) -> Failure {
    if let Some(refused) = cause::<WordsRefused>(error) {
        return Failure::from(FieldbookRefused::from(*refused)).of_argument(argument(error));
    }
    let message = empty_variable(error, given).unwrap_or_else(|| message_of(error));
    let message = message.with("help", help_of(given));
    Failure::new(Class::Usage, message, &error.kind())
}

fn message_of(error: &Error) -> Message {
    match error.kind() {
        ErrorKind::UnknownArgument => unknown_argument(error),
        ErrorKind::InvalidSubcommand => match strings(error, ContextKind::SuggestedSubcommand).first() {
            Some(meant) => Message::new("usage-unknown-command-perhaps").with("meant", meant.clone()),
            None => Message::new("usage-unknown-command"),
        },
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Message::new("usage-command-missing")
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = strings(error, ContextKind::InvalidArg).join(", ");
            Message::new("usage-argument-missing").with("arguments", missing)
        }
        ErrorKind::ArgumentConflict => {
            let others = strings(error, ContextKind::PriorArg).join(", ");
            let others = if others.is_empty() { argument(error) } else { others };
            Message::new("usage-conflict")
                .with("argument", argument(error))
                .with("others", others)
        }
        ErrorKind::InvalidValue | ErrorKind::NoEquals | ErrorKind::TooFewValues => value_out_of_list(error),
        ErrorKind::ValueValidation => bad_value(error),
        ErrorKind::InvalidUtf8 => Message::new("usage-not-utf8"),
        _ => Message::new("usage-not-understood"),
    }
}

/// What nobody typed has its value from a variable of the environment, and that is empty.
fn empty_variable(error: &Error, given: &[OsString]) -> Option<Message> {
    const VARIABLES: [(&str, &str); 2] = [("--home", "JASAQ_HOME"), ("--tls-ca", "JASAQ_TLS_CA")];
    let named = argument(error);
    let (name, variable) = VARIABLES.into_iter().find(|(name, _)| named.split(' ').next() == Some(name))?;
    let is_typed = given.iter().any(|word| word.to_string_lossy().starts_with(name));
    let is_empty = error.kind() == ErrorKind::InvalidValue && !is_typed;
    is_empty.then(|| Message::new("usage-variable-empty").with("variable", variable))
}

fn unknown_argument(error: &Error) -> Message {
    let typed = argument(error);
    let name = typed.split('=').next().unwrap_or_default().to_owned();
    match strings(error, ContextKind::SuggestedArg).first() {
        Some(meant) if name.starts_with('-') => Message::new("usage-unknown-argument-perhaps")
            .with("argument", name)
            .with("meant", meant.clone()),
        None if name.starts_with('-') => Message::new("usage-unknown-argument").with("argument", name),
        _ => Message::new("usage-word-too-many"),
    }
}

fn value_out_of_list(error: &Error) -> Message {
    let values = strings(error, ContextKind::ValidValue);
    if values.is_empty() {
        return Message::new("usage-value-missing").with("argument", argument(error));
    }
    Message::new("usage-not-in-list")
        .with("argument", argument(error))
        .with("values", values.join(", "))
}

/// What the value should have been, by what its argument is said to take.
fn bad_value(error: &Error) -> Message {
    let argument = argument(error);
    let taken = argument.split(['<', '>']).nth(1).unwrap_or_default();
    let message = match taken {
        "RFC3339" | "TIME" | "DATETIME" if is_out_of_range(error) => Message::new("usage-year-out-of-range"),
        "RFC3339" => Message::new("usage-not-a-moment"),
        "TIME" => Message::new("usage-not-a-clock-time"),
        "DATETIME" => Message::new("usage-not-a-wall-time"),
        "MONTH" => Message::new("usage-not-a-month"),
        "DATE" => Message::new("usage-not-a-day"),
        "DEGREES" | "METRES" => Message::new("usage-not-a-number"),
        "COUNT" => Message::new("usage-not-a-count"),
        "LINES" => Message::new("usage-not-lines"),
        "YEAR" => Message::new("usage-not-a-year"),
        "ADDRESS" => Message::new("usage-not-an-address"),
        "BYTES" => Message::new("usage-not-a-size"),
        "ROOT_KEY" => Message::new("usage-not-a-root-key"),
        _ => Message::new("usage-bad-value"),
    };
    message.with("argument", argument)
}

fn is_out_of_range(error: &Error) -> bool {
    cause(error) == Some(&MomentRefused::OutOfRange)
}

/// What a value's own type says of it.
fn cause<T: std::error::Error + 'static>(error: &Error) -> Option<&T> {
    std::error::Error::source(error)?.downcast_ref()
}

fn argument(error: &Error) -> String {
    strings(error, ContextKind::InvalidArg).first().cloned().unwrap_or_default()
}

fn strings(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(string)) => vec![string.clone()],
        Some(ContextValue::Strings(strings)) => strings.clone(),
        _ => Vec::new(),
    }
}

/// The command that was meant, as far as its words can be found, asked for its help.
fn help_of(given: &[OsString]) -> String {
    let mut command = &CommandLine::command();
    let mut path = vec![command.get_name().to_owned()];
    for word in given.iter().skip(1) {
        if let Some(part) = command.find_subcommand(word) {
            path.push(part.get_name().to_owned());
            command = part;
        }
    }
    format!("{} --help", path.join(" "))
}
