//! Languages, texts and names.
//!
//! Promises that a [`Text`] or [`Name`] is not blank, is within its limit and holds nothing that could move a
//! cursor, turn the order of letters or hide what is written; apart from that it is kept letter for letter. Only the
//! ends of lines and tabs, which every system writes its own way, are made alike in a text that somebody gives.
//!
//! Refuses blank and over-long words, control characters and misleading ones. A refusal says the limit, never the words.

use std::fmt;
use std::str::FromStr;

use crate::codes::coded;
use crate::limits::{LABEL_BYTES_MAX, NAME_BYTES_MAX, NOTE_BYTES_MAX, TEXT_BYTES_MAX};

coded! {
    /// A language people here read: Kazakh first, as the law's texts and certificates are.
    pub enum Language {
        /// Kazakh.
        Kk = "kk",
        /// Russian.
        Ru = "ru",
        /// English.
        En = "en",
    }
}

/// The language asked for is none of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the language is none of kk, ru and en")]
pub struct LanguageUnknown;

impl FromStr for Language {
    type Err = LanguageUnknown;

    /// Reads `kk` as well as a locale of the system, `kk_KZ.UTF-8` or `kk-KZ`.
    fn from_str(locale: &str) -> Result<Self, LanguageUnknown> {
        let code = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        Self::from_code(&code.to_ascii_lowercase()).ok_or(LanguageUnknown)
    }
}

/// Why words were not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WordsRefused {
    /// Nothing but blanks.
    #[error("there is nothing written")]
    Blank,
    /// Longer than the limit.
    #[error("{bytes} bytes are written where at most {bytes_max} fit")]
    TooLong {
        /// The limit.
        bytes_max: usize,
        /// What was given.
        bytes: usize,
    },
    /// A control character, or a line break where one line is wanted.
    #[error("a control character stands at byte {at_byte}")]
    ControlCharacter {
        /// Where it stands.
        at_byte: usize,
    },
    /// A character that cannot be seen and makes words look like others.
    #[error("a misleading character stands at byte {at_byte}")]
    Misleading {
        /// Where it stands.
        at_byte: usize,
    },
}

/// Whether a character cannot be seen and makes words look like others: marks that turn the direction of writing, and
/// spaces of no width. Joiners stay: some scripts cannot be written without them.
#[must_use]
pub const fn is_misleading(letter: char) -> bool {
    matches!(
        letter,
        '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// What somebody wrote: several lines if he likes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(String);

/// What somebody or something is called: one line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

/// A few words beside a record: a task, a route, a reason. One line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Note(String);

/// A short mark: a boundary marker's number, a landmark, a language. One line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(String);

impl Text {
    /// Checks what somebody gives. However his system ends lines, they end alike here, and tabs are blanks.
    pub fn new(written: impl Into<String>) -> Result<Self, WordsRefused> {
        let mut written = written.into();
        if written.contains(['\r', '\t']) {
            written = written.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
        }
        Self::read(written)
    }

    /// Checks what was recorded before: nothing in it is changed.
    pub(crate) fn read(written: impl Into<String>) -> Result<Self, WordsRefused> {
        let written = written.into();
        check(&written, TEXT_BYTES_MAX, |letter| letter.is_control() && letter != '\n')?;
        Ok(Self(written))
    }
}

impl Name {
    /// Checks what was written.
    pub fn new(written: impl Into<String>) -> Result<Self, WordsRefused> {
        let written = written.into();
        check(&written, NAME_BYTES_MAX, breaks_a_line)?;
        Ok(Self(written))
    }
}

impl Note {
    /// Checks what was written.
    pub fn new(written: impl Into<String>) -> Result<Self, WordsRefused> {
        let written = written.into();
        check(&written, NOTE_BYTES_MAX, breaks_a_line)?;
        Ok(Self(written))
    }
}

impl Label {
    /// Checks what was written.
    pub fn new(written: impl Into<String>) -> Result<Self, WordsRefused> {
        let written = written.into();
        check(&written, LABEL_BYTES_MAX, breaks_a_line)?;
        Ok(Self(written))
    }
}

fn breaks_a_line(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}')
}

fn check(written: &str, bytes_max: usize, is_refused: fn(char) -> bool) -> Result<(), WordsRefused> {
    if written.trim().is_empty() {
        return Err(WordsRefused::Blank);
    }
    if written.len() > bytes_max {
        return Err(WordsRefused::TooLong { bytes_max, bytes: written.len() });
    }
    match written
        .char_indices()
        .find(|&(_, letter)| is_refused(letter) || is_misleading(letter))
    {
        Some((at_byte, letter)) if is_misleading(letter) => Err(WordsRefused::Misleading { at_byte }),
        Some((at_byte, _)) => Err(WordsRefused::ControlCharacter { at_byte }),
        None => Ok(()),
    }
}

macro_rules! written {
    ($name:ident) => {
        impl $name {
            /// What was written, letter for letter.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        /// Says only how long it is: words of people do not belong in a trace.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({} bytes)"), self.0.len())
            }
        }

        impl FromStr for $name {
            type Err = WordsRefused;

            fn from_str(written: &str) -> Result<Self, WordsRefused> {
                Self::new(written)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    };
}

written!(Text);
written!(Name);
written!(Note);
written!(Label);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_letter_for_letter() {
        let written = "  Тұман, көріну 50 м.\nІзі бар  ";
        assert_eq!(Text::new(written).unwrap().as_str(), written);
    }

    #[test]
    fn a_blank_text_or_name_is_refused() {
        assert_eq!(Text::new(" \n "), Err(WordsRefused::Blank));
        assert_eq!(Name::new(""), Err(WordsRefused::Blank));
    }

    #[test]
    fn a_text_over_the_limit_is_refused_with_both_numbers() {
        assert!(Text::new("ә".repeat(TEXT_BYTES_MAX / 2)).is_ok());
        let refused = Text::new("ә".repeat(TEXT_BYTES_MAX / 2 + 1)).unwrap_err();
        assert_eq!(refused, WordsRefused::TooLong { bytes_max: 2_000, bytes: 2_002 });
        assert_eq!(refused.to_string(), "2002 bytes are written where at most 2000 fit");
    }

    #[test]
    fn control_characters_are_refused_and_a_name_is_one_line() {
        assert_eq!(Text::new("a\u{1b}[2J"), Err(WordsRefused::ControlCharacter { at_byte: 1 }));
        assert_eq!(Name::new("Асқар\nБолат"), Err(WordsRefused::ControlCharacter { at_byte: 10 }));
        assert!(Name::new("a\u{2028}b").is_err());
    }

    #[test]
    fn ends_of_lines_and_tabs_are_alike_wherever_a_text_was_typed() {
        assert_eq!(Text::new("бір\r\nекі\rүш\tтөрт").unwrap().as_str(), "бір\nекі\nүш төрт");
        assert_eq!(Text::read("бір\r\n"), Err(WordsRefused::ControlCharacter { at_byte: 6 }));
        assert!(Name::new("Асқар\tБолат").is_err());
    }

    #[test]
    fn characters_that_turn_or_hide_words_are_refused_and_joiners_are_not() {
        for letter in ['\u{202e}', '\u{2066}', '\u{200b}', '\u{200f}', '\u{feff}'] {
            let written = format!("a{letter}b");
            assert_eq!(Text::new(written.clone()), Err(WordsRefused::Misleading { at_byte: 1 }));
            assert_eq!(Text::read(written.clone()), Err(WordsRefused::Misleading { at_byte: 1 }));
            assert_eq!(Name::new(written), Err(WordsRefused::Misleading { at_byte: 1 }));
        }
        assert!(Text::new("نمی\u{200c}خواهم").is_ok() && Name::new("क्\u{200d}ष").is_ok());
    }

    #[test]
    fn words_of_people_do_not_reach_a_trace() {
        assert_eq!(format!("{:?}", Text::new("Сарыбұлақ").unwrap()), "Text(18 bytes)");
    }

    #[test]
    fn a_language_is_read_from_a_locale() {
        assert_eq!("kk".parse(), Ok(Language::Kk));
        assert_eq!("kk_KZ.UTF-8".parse(), Ok(Language::Kk));
        assert_eq!("ru-KZ".parse(), Ok(Language::Ru));
        assert_eq!("EN".parse(), Ok(Language::En));
        assert_eq!("C".parse::<Language>(), Err(LanguageUnknown));
        assert_eq!("".parse::<Language>(), Err(LanguageUnknown));
    }
}
