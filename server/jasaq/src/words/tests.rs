//! The messages are the same three times over, and the code says none but them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;

/// Each message with the facts in it.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    // A message goes on in the lines that begin with a blank.
    let whole = source(language).replace("\n    ", " ");
    for line in whole.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (id, text) = line.split_once(" = ").expect("a message begins on its line");
        let facts = text.split("{ $").skip(1).map(|rest| rest.split(' ').next().unwrap().to_owned());
        assert!(messages.insert(id.to_owned(), facts.collect()).is_none(), "{id} is there twice");
    }
    messages
}

/// Every quoted word of the sources that could be a message's name, outside tests.
fn quoted(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            quoted(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            found.extend(code.split('"').map(str::to_owned));
        }
    }
}

/// Whatever is handed to a function that takes a message's name.
fn said(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            said(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for door in ["say(\"", "Message::new(\"", "usage(\""] {
                let names = code.split(door).skip(1).filter_map(|rest| rest.split('"').next());
                found.extend(names.map(str::to_owned));
            }
        }
    }
}

fn sources() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn every_language_says_the_same_messages_with_the_same_facts() {
    let english = messages(Language::En);
    for language in [Language::Kk, Language::Ru] {
        let own = messages(language);
        for (id, facts) in &english {
            assert_eq!(own.get(id), Some(facts), "{id} in {language}");
        }
        assert_eq!(own.len(), english.len(), "{language} says more than English");
    }
}

#[test]
fn no_two_columns_of_a_table_have_one_heading() {
    for language in Language::ALL {
        let words = Words::of(*language);
        let mut headings = BTreeMap::new();
        for id in messages(*language).into_keys().filter(|id| id.starts_with("column-")) {
            let id: &'static str = Box::leak(id.into_boxed_str());
            let other = headings.insert(words.say(id), id);
            assert_eq!(other, None, "{id} in {language}");
        }
        assert!(headings.len() > 40, "otherwise nothing was looked at");
    }
}

#[test]
fn what_the_code_says_is_there() {
    let (mut names, known) = (BTreeSet::new(), messages(Language::En));
    said(&sources(), &mut names);
    assert!(names.len() > 50, "otherwise nothing was looked at");
    for name in names {
        assert!(known.contains_key(&name), "{name} is said and nowhere written");
    }
}

#[test]
fn what_is_there_is_said() {
    let mut names = BTreeSet::new();
    quoted(&sources(), &mut names);
    for id in messages(Language::En).keys() {
        assert!(names.contains(id), "{id} is written and never said");
    }
}

#[test]
fn one_is_not_told_as_many() {
    let words = Words::of(Language::En);
    let told = |count: usize| words.say(Message::new("satchel-refused").with("count", count));
    assert!(told(1).starts_with("1 envelope is not what it says and was left out"), "{}", told(1));
    assert!(told(2).starts_with("2 envelopes are not what they say and were left out"), "{}", told(2));
    let came = Message::new("import-came")
        .with("points", 1)
        .with("segments", 1)
        .with("waypoints", 0);
    assert_eq!(words.say(came), "Imported: 1 point in 1 segment, 0 named places.");
}

#[test]
fn a_message_is_put_together_with_its_facts() {
    let message = Message::new("prefix-of-several").with("prefix", "3f2a").with("count", 2);
    assert_eq!(Words::of(Language::En).say(message), "2 ids begin with 3f2a. Give more digits.");
    for language in Language::ALL {
        for (id, facts) in messages(*language) {
            let id: &'static str = Box::leak(id.into_boxed_str());
            let message = facts
                .into_iter()
                .fold(Message::new(id), |message, fact| message.with(Box::leak(fact.into_boxed_str()), "ЯЯ"));
            let said = Words::of(*language).say(message);
            assert!(!said.contains("{ $") && !said.trim().is_empty(), "{id} in {language}: {said}");
        }
    }
}
