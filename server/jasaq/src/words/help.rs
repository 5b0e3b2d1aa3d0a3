//! The help texts in Kazakh and Russian; the English ones stand beside the arguments themselves.
//!
//! `help/*.ftl`, of the register `help/register/*.ftl` and of what is logged `help/log/*.ftl` hold a message for each command and an attribute for each of its arguments. What many commands share
//! stands at `jasaq`, the whole program. A test of the arguments sees to it that nothing is missing and nothing left over.

use fluent_bundle::{FluentBundle, FluentResource};
use jasaq_fieldbook::model::words::Language;

/// One language's help texts.
pub(crate) struct HelpWords(FluentBundle<FluentResource>);

impl HelpWords {
    /// The texts in this language, if it is not the one that the arguments themselves are described in.
    #[expect(clippy::expect_used, reason = "the files are built in, and a test reads each of them")]
    pub(crate) fn of(language: Language) -> Option<Self> {
        let source = source(language)?;
        let locale = language.code().parse().expect("kk and ru are locales");
        let mut bundle = FluentBundle::new(vec![locale]);
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned());
        let resource = resource.expect("the built-in help can be read");
        bundle.add_resource(resource).expect("no command is there twice");
        Some(Self(bundle))
    }

    /// What a command is for.
    pub(crate) fn about(&self, command: &str) -> Option<String> {
        let pattern = self.0.get_message(command)?.value()?;
        Some(self.0.format_pattern(pattern, None, &mut Vec::new()).into_owned())
    }

    /// What stands at a command under this name: an argument, or one of the texts around them.
    pub(crate) fn part(&self, command: &str, part: &str) -> Option<String> {
        let message = self.0.get_message(command)?;
        let pattern = message.get_attribute(part)?.value();
        Some(self.0.format_pattern(pattern, None, &mut Vec::new()).into_owned())
    }
}

/// The file of a language.
pub(crate) const fn source(language: Language) -> Option<&'static str> {
    match language {
        Language::Kk => Some(concat!(
            include_str!("help/kk.ftl"),
            include_str!("help/register/kk.ftl"),
            include_str!("help/log/kk.ftl"),
            include_str!("help/book/kk.ftl"),
            include_str!("help/paper/kk.ftl"),
            include_str!("help/report/kk.ftl"),
        )),
        Language::Ru => Some(concat!(
            include_str!("help/ru.ftl"),
            include_str!("help/register/ru.ftl"),
            include_str!("help/log/ru.ftl"),
            include_str!("help/book/ru.ftl"),
            include_str!("help/paper/ru.ftl"),
            include_str!("help/report/ru.ftl"),
        )),
        Language::En => None,
    }
}
