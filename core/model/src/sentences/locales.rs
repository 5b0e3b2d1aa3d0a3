//! The built-in messages: read once, looked up by id, put together with facts.
//!
//! Promises a word that is borrowed from what is built in, and a sentence in which a fact stands as it was given.
//! A word that is missing is said by its code, a sentence by its id and a fact by its name, instead of stopping anybody:
//! tests see to it that none is missing.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::words::Language;

type Bundle = FluentBundle<FluentResource>;

/// The built-in files, by subject: name, Kazakh, Russian, English.
macro_rules! subjects {
    ($($subject:literal,)+) => {
        pub(super) const SUBJECTS: &[(&str, [&str; 3])] = &[$((
            $subject,
            [
                include_str!(concat!("../../locales/kk/", $subject, ".ftl")),
                include_str!(concat!("../../locales/ru/", $subject, ".ftl")),
                include_str!(concat!("../../locales/en/", $subject, ".ftl")),
            ],
        ),)+];
    };
}

subjects! {
    "activity",
    "case",
    "law",
    "list",
    "log",
    "page",
    "paper",
    "patrol",
    "records",
    "register",
    "roles",
}

/// Something to say: which message, and the facts in it. Printed for a trace it shows no fact: a fact may be a name.
#[derive(Clone, PartialEq)]
pub struct Message {
    id: &'static str,
    facts: Vec<(&'static str, FluentValue<'static>)>,
}

impl Message {
    /// The message of this id, as the files of `locales` have it.
    #[must_use]
    pub const fn new(id: &'static str) -> Self {
        Self { id, facts: Vec::new() }
    }

    /// With one more fact: words, or a number.
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: impl Into<FluentValue<'static>>) -> Self {
        self.facts.push((name, fact.into()));
        self
    }

    /// Which message it is.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }
}

impl From<&'static str> for Message {
    fn from(id: &'static str) -> Self {
        Self::new(id)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({})", self.id)
    }
}

/// The message with its facts, as a person reads it.
#[must_use]
pub fn sentence(message: impl Into<Message>, language: Language) -> String {
    let message = message.into();
    let facts: FluentArgs<'_> = message.facts.into_iter().collect();
    let said = said(message.id, Some(&facts), language);
    said.map_or_else(|| message.id.to_owned(), Cow::into_owned)
}

/// The word for one value of a closed list.
pub(super) fn word(list: &str, code: &'static str, language: Language) -> &'static str {
    match said(&word_id(list, code), None, language) {
        // Nothing was put together, so it is the built-in text itself.
        Some(Cow::Borrowed(word)) => word,
        _ => code,
    }
}

/// `SpaceKind` and `to_subdivision` are `space-kind-to-subdivision`.
pub(super) fn word_id(list: &str, code: &str) -> String {
    let mut id = String::with_capacity(list.len() + code.len() + 4);
    for letter in list.chars() {
        if letter.is_ascii_uppercase() && !id.is_empty() {
            id.push('-');
        }
        id.push(letter.to_ascii_lowercase());
    }
    id.push('-');
    id.extend(code.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }));
    id
}

/// The text of a message, if it is there.
fn said(id: &str, facts: Option<&FluentArgs<'_>>, language: Language) -> Option<Cow<'static, str>> {
    let bundle = bundle(language);
    let pattern = bundle.get_message(id)?.value()?;
    let mut defects = Vec::new();
    let said = bundle.format_pattern(pattern, facts, &mut defects);
    debug_assert!(defects.is_empty(), "{id} lacks a fact: {defects:?}");
    Some(said)
}

fn bundle(language: Language) -> &'static Bundle {
    static KK: OnceLock<Bundle> = OnceLock::new();
    static RU: OnceLock<Bundle> = OnceLock::new();
    static EN: OnceLock<Bundle> = OnceLock::new();
    let (bundle, column) = match language {
        Language::Kk => (&KK, 0),
        Language::Ru => (&RU, 1),
        Language::En => (&EN, 2),
    };
    bundle.get_or_init(|| read(language, column))
}

#[expect(clippy::expect_used, reason = "the files are built in, and a test reads each of them")]
fn read(language: Language, column: usize) -> Bundle {
    let locale = language.code().parse().expect("kk, ru and en are locales");
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    // The marks that isolate facts of another direction of writing are noise on paper and on a terminal.
    bundle.set_use_isolating(false);
    for source in SUBJECTS.iter().filter_map(|(_, sources)| sources.get(column)) {
        let resource =
            FluentResource::try_new((*source).to_owned()).expect("the built-in messages can be read");
        bundle.add_resource(resource).expect("no message is there twice");
    }
    bundle
}
