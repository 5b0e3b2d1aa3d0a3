//! What the program itself says, in Kazakh, Russian and English.
//!
//! The messages stand in `words/*.ftl` and, of the register, of what is logged, of books, papers and reports, in the folders beside them (Project
//! Fluent), and are built in. The words of the law come from the model, the
//! sentences of refusals from the fieldbook, the English help from the arguments. A test sees to it that the three files hold the same messages with the
//! same facts, and that what the code says is in them.

mod help;

pub(crate) use help::HelpWords;
#[cfg(test)]
pub(crate) use help::source as help_source;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use jasaq_fieldbook::model::words::Language;

/// Something to say: which message, and the facts in it.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    id: &'static str,
    facts: Vec<(&'static str, FluentValue<'static>)>,
}

impl Message {
    /// The message of this id.
    pub(crate) const fn new(id: &'static str) -> Self {
        Self { id, facts: Vec::new() }
    }

    /// With one more fact.
    pub(crate) fn with(mut self, name: &'static str, fact: impl Into<FluentValue<'static>>) -> Self {
        self.facts.push((name, fact.into()));
        self
    }

    /// Which message it is.
    pub(crate) const fn id(&self) -> &'static str {
        self.id
    }
}

impl From<&'static str> for Message {
    fn from(id: &'static str) -> Self {
        Self::new(id)
    }
}

/// One language's messages.
pub(crate) struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The messages in this language.
    #[expect(clippy::expect_used, reason = "the three files are built in, and a test reads each of them")]
    pub(crate) fn of(language: Language) -> Self {
        let locale = language.code().parse().expect("kk, ru and en are locales");
        let mut bundle = FluentBundle::new(vec![locale]);
        // The marks that isolate facts of another direction of writing are noise on a terminal.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(source(language).to_owned());
        let resource = resource.expect("the built-in messages can be read");
        bundle.add_resource(resource).expect("no message is there twice");
        Self { language, bundle }
    }

    /// Which language it is.
    pub(crate) const fn language(&self) -> Language {
        self.language
    }

    /// The message as a person reads it.
    pub(crate) fn say(&self, message: impl Into<Message>) -> String {
        let message = message.into();
        let facts: FluentArgs<'_> = message.facts.into_iter().collect();
        let pattern = self.bundle.get_message(message.id).and_then(|found| found.value());
        let Some(pattern) = pattern else {
            tracing::error!(id = message.id, "a message is missing");
            return message.id.to_owned();
        };
        let mut defects = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&facts), &mut defects);
        if !defects.is_empty() {
            tracing::error!(id = message.id, defects = defects.len(), "a message could not be put together");
        }
        said.into_owned()
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.language)
    }
}

const fn source(language: Language) -> &'static str {
    match language {
        Language::Kk => concat!(
            include_str!("words/kk.ftl"),
            include_str!("words/register/kk.ftl"),
            include_str!("words/log/kk.ftl"),
            include_str!("words/book/kk.ftl"),
            include_str!("words/paper/kk.ftl"),
            include_str!("words/report/kk.ftl"),
        ),
        Language::Ru => concat!(
            include_str!("words/ru.ftl"),
            include_str!("words/register/ru.ftl"),
            include_str!("words/log/ru.ftl"),
            include_str!("words/book/ru.ftl"),
            include_str!("words/paper/ru.ftl"),
            include_str!("words/report/ru.ftl"),
        ),
        Language::En => concat!(
            include_str!("words/en.ftl"),
            include_str!("words/register/en.ftl"),
            include_str!("words/log/en.ftl"),
            include_str!("words/book/en.ftl"),
            include_str!("words/paper/en.ftl"),
            include_str!("words/report/en.ftl"),
        ),
    }
}

#[cfg(test)]
mod tests;
