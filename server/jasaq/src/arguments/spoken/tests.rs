//! The language is found whatever else was typed, and the help says the same in each.

use std::collections::BTreeSet;

use clap::FromArgMatches as _;

use super::*;
use crate::words::help_source;

fn of_locale(arguments: &[&str]) -> Language {
    Spoken::try_parse_from(arguments).unwrap().language()
}

fn of_line(line: &[&str]) -> Language {
    let line: Vec<OsString> = line.iter().map(OsString::from).collect();
    language_of(&line)
}

#[test]
fn the_language_is_the_one_asked_for_else_the_locales_else_kazakh() {
    assert_eq!(of_locale(&["--lang", "ru", "--lc-all", "en_US"]), Language::Ru);
    let locale = ["--lc-all", "", "--lc-messages", "ru_RU.UTF-8", "--system-language", "en"];
    assert_eq!(of_locale(&locale), Language::Ru);
    assert_eq!(of_locale(&["--lc-all", "C", "--system-language", "ru_RU"]), Language::Kk);
    assert_eq!(of_locale(&["--lc-all", "de_DE.UTF-8"]), Language::Kk);
}

#[test]
fn the_language_asked_for_is_found_on_a_line_that_makes_no_sense() {
    assert_eq!(of_line(&["jasaq", "--frobnicate", "--lang", "ru"]), Language::Ru);
    assert_eq!(of_line(&["jasaq", "patrol", "start", "--lang=en", "--mode"]), Language::En);
}

/// Each command's path, and the names under which its arguments are described.
fn described(command: &Command, name: &str, found: &mut Vec<(String, BTreeSet<String>)>) {
    let own = command.get_arguments().filter(|argument| !argument.is_hide_set());
    found.push((name.to_owned(), own.map(|argument| argument.get_id().to_string()).collect()));
    for part in command.get_subcommands().filter(|part| part.get_name() != "help") {
        let part_name = part.get_name();
        let path = if name == PROGRAM { part_name.to_owned() } else { format!("{name}-{part_name}") };
        described(part, &path, found);
    }
}

#[test]
fn every_command_and_argument_is_described_in_every_language_and_nothing_else_is() {
    let mut command = CommandLine::command();
    command.build();
    let mut commands = Vec::new();
    described(&command, PROGRAM, &mut commands);
    assert!(commands.len() > 25, "otherwise nothing was looked at");
    let around = [
        "long",
        "after",
        "note",
        "remarks",
        "commands",
        "arguments",
        "options",
        "every",
        "examples",
        "values",
        "default",
    ];
    for language in [Language::Kk, Language::Ru] {
        let help = HelpWords::of(language).unwrap();
        for (name, arguments) in &commands {
            assert!(help.about(name).is_some(), "{name} in {language}");
            for argument in arguments {
                let said = help.part(name, argument).or_else(|| help.part(PROGRAM, argument));
                assert!(said.is_some(), "{name} {argument} in {language}");
            }
        }
        let mut name = "";
        for line in help_source(language).unwrap().lines() {
            let Some((key, _)) = line.split_once(" =") else { continue };
            match key.strip_prefix("    .") {
                None => name = key,
                Some(part) => {
                    let of = |command: &str| commands.iter().find(|(name, _)| name == command);
                    let known = of(name).is_some_and(|(_, arguments)| arguments.contains(part));
                    let shared =
                        name == PROGRAM && commands.iter().any(|(_, arguments)| arguments.contains(part));
                    assert!(known || shared || around.contains(&part), "{name}.{part} in {language}");
                }
            }
            assert!(
                name == "headings" || name == "help" || commands.iter().any(|(known, _)| known == name),
                "{name}"
            );
        }
    }
}

#[test]
fn the_help_says_which_kind_belongs_to_which_activity() {
    for language in Language::ALL {
        let mut command = command_line(&Words::of(*language));
        let entry = command.find_subcommand_mut("entry").unwrap();
        let help = entry.find_subcommand_mut("add").unwrap().render_long_help().to_string();
        for line in ["  border_service: cover_crossing_place, ", "  inspection: route, ", "  force: -"] {
            assert!(help.contains(line), "{line} in {help}");
        }
    }
}

/// The commands that an example or a walk shows.
fn examples(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|line| line.starts_with("  "));
    lines
        .map(|line| line.trim().split("   ").next().unwrap_or_default())
        .filter(|line| line.starts_with("jasaq"))
        .collect()
}

#[test]
fn the_first_day_is_the_same_in_every_language() {
    let english = CommandLine::command().get_after_long_help().unwrap().to_string();
    for language in [Language::Kk, Language::Ru] {
        let own = HelpWords::of(language).unwrap().part(PROGRAM, "after").unwrap();
        assert_eq!(examples(&own), examples(&english), "{language}");
    }
}

#[test]
fn nothing_english_is_left_in_a_translated_help() {
    for language in [Language::Kk, Language::Ru] {
        let mut command = command_line(&Words::of(language));
        let part = command
            .find_subcommand_mut("entry")
            .unwrap()
            .find_subcommand_mut("add")
            .unwrap();
        let help = part.render_long_help().to_string();
        for english in
            ["Usage", "Options", "Arguments", "possible values", "default:", "Examples", "Print", "safe on"]
        {
            assert!(!help.contains(english), "{english} in {help}");
        }
        assert!(help.contains("jasaq entry add --activity border_service"), "{help}");
    }
}

#[test]
fn a_key_that_begins_with_a_hyphen_is_a_key_wherever_one_is_asked_for() {
    let (key, long) = ("-gbz5_Ty.1", "--z5_Tyo.2");
    for line in [
        vec!["jasaq", "held", "show", key],
        vec!["jasaq", "held", "admit", key, "AbCdEfGh.12", long, "--json"],
        vec!["jasaq", "held", "dismiss", "AbCdEfGh.12", "--json", key],
        vec!["jasaq", "attachment", "fetch", key, "--not"],
        vec!["jasaq", "attachment", "save", long, "-o", "ford.1"],
        vec!["jasaq", "attachment", "erase", "--for-everybody", key],
        vec!["jasaq", "attach", "ford.jpg", "--entry", key, "--json"],
        vec!["jasaq", "held", "show", "-gbz"],
    ] {
        let given: Vec<OsString> = line.iter().map(OsString::from).collect();
        let parsed = command_line(&Words::of(Language::En)).try_get_matches_from(with_keys_last(&given));
        let told = format!("{:?}", CommandLine::from_arg_matches(&parsed.unwrap()).unwrap());
        for part in line.iter().filter(|word| word.contains(['.', '_']) || word.starts_with("-g")) {
            assert!(told.contains(part), "{part} in {told}");
        }
        for flag in line
            .iter()
            .filter(|word| matches!(**word, "--json" | "--not" | "--for-everybody"))
        {
            let is_set = format!("{}: true", flag.trim_start_matches('-').replace('-', "_"));
            assert!(told.contains(&is_set), "{flag} in {told}");
        }
    }
}

#[test]
fn an_option_that_is_none_is_still_refused_where_keys_are_asked_for() {
    let given: Vec<OsString> = ["jasaq", "held", "admit", "--frobnicate"].map(OsString::from).into();
    let parsed = command_line(&Words::of(Language::En)).try_get_matches_from(with_keys_last(&given));
    assert_eq!(parsed.unwrap_err().kind(), clap::error::ErrorKind::UnknownArgument);
}

/// What the English help of a command says below its arguments: paragraphs, and the remarks behind its examples.
fn below(text: &str) -> (Vec<&str>, usize) {
    let paragraphs = text
        .split("\n\n")
        .filter(|paragraph| !paragraph.starts_with("Example") && !paragraph.is_empty());
    let examples = text.lines().filter_map(|line| line.strip_prefix("  "));
    (paragraphs.collect(), examples.filter(|example| remark_in(example).is_some()).count())
}

/// Options, paragraphs of the law and other commands that a text names: they are the same in every language.
fn named(text: &str) -> BTreeSet<&str> {
    let is_apart = |letter: char| letter.is_whitespace() || ",;()`.".contains(letter);
    text.split(is_apart)
        .filter(|word| word.starts_with("--") || word.starts_with("001-§"))
        .chain(text.split('`').skip(1).step_by(2))
        .collect()
}

#[test]
fn the_help_says_no_less_in_kazakh_and_russian_than_in_english() {
    let mut command = CommandLine::command();
    command.build();
    let (mut seen, mut missing) = (0, Vec::new());
    let mut waiting: Vec<(&Command, String)> = vec![(&command, PROGRAM.to_owned())];
    while let Some((command, name)) = waiting.pop() {
        let is_part = |part: &&Command| part.get_name() != "help";
        waiting.extend(command.get_subcommands().filter(is_part).map(|part| {
            let name = if name == PROGRAM { String::new() } else { format!("{name}-") };
            (part, name + part.get_name())
        }));
        let english = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let (paragraphs, remarks) = below(&english);
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        for help in [Language::Kk, Language::Ru].map(|language| HelpWords::of(language).unwrap()) {
            let part = |part: &str| help.part(&name, part).unwrap_or_default();
            let (note, own) = (part("note"), part("remarks"));
            let said = note.split("\n\n").filter(|paragraph| !paragraph.is_empty()).count();
            if (said, own.lines().count()) != (paragraphs.len(), remarks) {
                let due = paragraphs.len();
                missing.push(format!(
                    "{due} paragraphs, {remarks} remarks of examples in {name}: {note}\n{own}"
                ));
            }
            let all = [help.about(&name).unwrap(), note].join("\n");
            let due = paragraphs.iter().copied().chain([about.as_str()]).flat_map(named);
            missing.extend(
                due.filter(|named| !all.contains(named))
                    .map(|named| format!("{named} in {name}: {all}")),
            );
            seen += said + own.lines().count();
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(seen > 100, "otherwise nothing was looked at");
}
