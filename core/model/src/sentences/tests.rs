//! The messages are the same three times over, written with the right letters, and the lists and the code say none
//! but them.

mod glossary;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;

use super::locales::{SUBJECTS, word_id};
use super::*;
use crate::position::{Accuracy, Coordinates};

const RUSSIAN: &str = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
const ONLY_KAZAKH: &str = "әғқңөұүһі";
const ENGLISH: &str = "abcdefghijklmnopqrstuvwxyz";

/// What a message is made of.
#[derive(Default)]
struct Written {
    /// Its words, one part for each piece of text in it.
    texts: Vec<String>,
    facts: BTreeSet<String>,
}

impl Written {
    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.texts.push((*value).to_owned()),
                PatternElement::Placeable { expression } => self.read_placed(expression),
            }
        }
    }

    fn read_placed(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.read_inline(inline),
            Expression::Select { selector, variants } => {
                self.read_inline(selector);
                for variant in variants {
                    self.read(&variant.value);
                }
            }
        }
    }

    fn read_inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.facts.insert(id.name.to_owned());
            }
            InlineExpression::StringLiteral { value } => self.texts.push((*value).to_owned()),
            InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
                for argument in positional {
                    self.read_inline(argument);
                }
            }
            InlineExpression::Placeable { expression } => self.read_placed(expression),
            InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
                panic!("a message says itself whole: no other one stands in it")
            }
        }
    }
}

fn column(language: Language) -> usize {
    Language::ALL.iter().position(|one| *one == language).unwrap()
}

/// Every message of one language, by subject and id.
fn messages(language: Language) -> BTreeMap<(&'static str, String), Written> {
    let mut messages = BTreeMap::new();
    for (subject, sources) in SUBJECTS {
        let resource = parse(sources[column(language)]).expect("the file can be read");
        for entry in resource.body {
            let message = match entry {
                Entry::Message(message) => message,
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
                Entry::Term(_) | Entry::Junk { .. } => panic!("{subject} has more than messages"),
            };
            assert!(message.attributes.is_empty(), "{} has attributes", message.id.name);
            let mut written = Written::default();
            written.read(&message.value.expect("a message says something"));
            let key = (*subject, message.id.name.to_owned());
            assert!(messages.insert(key, written).is_none(), "{} is there twice", message.id.name);
        }
    }
    messages
}

fn word_ids() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for (list, codes) in worded() {
        for code in codes {
            assert!(ids.insert(word_id(list, code)), "{code} of {list} has the id of another word");
        }
    }
    ids
}

/// Of every source outside tests what `of` finds in it.
fn found_in_sources(folder: &Path, of: &impl Fn(&str) -> Vec<String>, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found_in_sources(&path, of, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.extend(of(text.split("#[cfg(test)]\nmod tests").next().unwrap()));
        }
    }
}

/// In the model and in the fieldbook, which may say the model's messages.
fn found(of: impl Fn(&str) -> Vec<String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for sources in ["src", "../fieldbook/src"] {
        found_in_sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(sources), &of, &mut found);
    }
    found
}

#[test]
fn every_language_says_the_same_messages_with_the_same_facts() {
    let english = messages(Language::En);
    assert!(english.len() > 80, "otherwise nothing was read");
    for language in [Language::Kk, Language::Ru] {
        let own = messages(language);
        for (key, written) in &english {
            let facts = own.get(key).map(|own| &own.facts);
            assert_eq!(facts, Some(&written.facts), "{key:?} in {language}");
        }
        assert_eq!(own.len(), english.len(), "{language} says more than English");
    }
}

#[test]
fn every_value_of_every_list_has_its_own_word() {
    for language in Language::ALL {
        let texts: BTreeMap<String, Vec<String>> = messages(*language)
            .into_iter()
            .map(|((_, id), written)| (id, written.texts))
            .collect();
        for (list, codes) in worded() {
            let mut words = BTreeSet::new();
            for code in codes {
                let word = locales::word(list, code, *language);
                // In one line, without a fact: otherwise it could not be borrowed.
                assert_eq!(texts.get(&word_id(list, code)), Some(&vec![word.to_owned()]), "{language}");
                assert!(words.insert(word), "{word} is said of two values of {list}");
            }
        }
    }
}

/// Closed lists without words, and why.
const WORDLESS: [(&str, &str); 6] = [
    ("FormerHolder", "says whom a log names, and is not shown itself"),
    ("Holder", "a role, which has its word; the deadline's word names who holds to it"),
    ("Language", "each language calls itself by its code"),
    ("MediaType", "the name of a format is the same in every language"),
    ("Paragraph", "is cited: `Paragraph::citation`"),
    ("Start", "the deadline's word says what starts it"),
];

#[test]
fn every_closed_list_has_words_or_a_reason_to_have_none() {
    // Only an enum that stands inside a macro is indented.
    let lists = found(|code| {
        let indented = code.lines().filter(|line| line.starts_with(' '));
        let names =
            indented.filter_map(|line| line.trim_start().strip_prefix("pub enum ")?.split(' ').next());
        names.filter(|name| !name.starts_with('$')).map(str::to_owned).collect()
    });
    assert!(lists.len() > 20, "otherwise nothing was looked at");
    let worded: BTreeSet<&str> = worded().into_iter().map(|(list, _)| list).collect();
    for list in &lists {
        let is_wordless = WORDLESS.iter().any(|(wordless, _)| wordless == list);
        assert!(worded.contains(list.as_str()) != is_wordless, "name {list} in `words!`, or in WORDLESS");
    }
}

#[test]
fn what_is_written_is_said_and_what_is_said_is_written() {
    let known: BTreeSet<String> = messages(Language::En).into_keys().map(|(_, id)| id).collect();
    let quoted = found(|code| code.split('"').map(str::to_owned).collect());
    for id in &known {
        assert!(word_ids().contains(id) || quoted.contains(id), "{id} is written and never said");
    }
    let said = found(|code| {
        let after = code.split("Message::new(\"").skip(1);
        after.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    });
    assert!(!said.is_empty(), "otherwise nothing was looked at");
    for id in said.union(&word_ids()) {
        assert!(known.contains(id), "{id} is said and nowhere written");
    }
}

#[test]
fn words_are_written_with_the_letters_of_their_language() {
    let kazakh = format!("{RUSSIAN}{ONLY_KAZAKH}");
    for (language, letters) in
        [(Language::Kk, kazakh.as_str()), (Language::Ru, RUSSIAN), (Language::En, ENGLISH)]
    {
        for ((_, id), written) in messages(language) {
            assert!(!written.texts.concat().trim().is_empty(), "{id} in {language} says nothing");
            let text = written.texts.concat().to_lowercase();
            let strange = text.chars().find(|letter| letter.is_alphabetic() && !letters.contains(*letter));
            assert_eq!(strange, None, "{id} in {language}: {text}");
        }
    }
}

#[test]
fn kazakh_is_written_with_its_own_letters_and_not_with_their_look_alikes() {
    let all: String = messages(Language::Kk).into_values().flat_map(|written| written.texts).collect();
    for letter in ONLY_KAZAKH.chars().filter(|letter| *letter != 'һ') {
        assert!(all.contains(letter), "{letter} is nowhere");
    }
}

#[test]
fn a_sentence_is_put_together_with_its_facts() {
    for language in Language::ALL {
        for ((_, id), written) in messages(*language) {
            let facts = written.facts.iter().map(|fact| leaked(fact));
            let message = facts.fold(Message::new(leaked(&id)), |message, fact| message.with(fact, "ЯЯ"));
            let said = sentence(message, *language);
            assert!(said != id && !said.contains("{$"), "{id} in {language}: {said}");
        }
    }
}

fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

#[test]
fn a_message_printed_for_a_trace_shows_no_fact() {
    let message = Message::new("position-measured").with("metres", "Асель");
    assert_eq!(format!("{message:?}"), "Message(position-measured)");
}

#[test]
fn words_may_be_asked_for_on_every_thread() {
    let ask = |language| move || Role::ALL.iter().map(|role| role.word(language)).collect::<Vec<_>>();
    let asked = [Language::Kk, Language::Kk, Language::Ru].map(|language| std::thread::spawn(ask(language)));
    let [first, second, other] = asked.map(|thread| thread.join().unwrap());
    assert_eq!(first, second);
    assert_ne!(first, other);
}

#[test]
fn a_badge_says_honestly_what_a_position_is_worth() {
    let somewhere = Coordinates::from_degrees(44.9, 80.0).unwrap();
    let badge = |origin, decimetres: Option<u32>| {
        let accuracy = decimetres.map(Accuracy::from_decimetres);
        let position = Position { accuracy, ..Position::new(somewhere, origin) };
        position_badge(Some(&position), Language::En)
    };
    assert_eq!(badge(Origin::Measured, Some(60)), "±6 m");
    assert_eq!(badge(Origin::Measured, Some(800)), "±80 m, weak");
    assert_eq!(badge(Origin::Measured, Some(123_450)), "±12345 m, weak");
    assert_eq!(badge(Origin::Measured, None), "accuracy unknown");
    assert_eq!(badge(Origin::ByHand { measured: None }, Some(60)), "set by hand");
    assert_eq!(badge(Origin::Mock, Some(60)), "mock");
    assert_eq!(position_badge(None, Language::En), "no fix");
}
