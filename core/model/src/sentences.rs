//! The words a person reads: for every value of every closed list, in Kazakh, Russian and English.
//!
//! Promises that every value has its word in every language, in the terms of the rules and the glossary.
//! Kazakh terms are those of decree No. 866; what the decree has no word for (transport, flags) is ours. The
//! compiler sees to it that no value lacks a row, a test that no cell is empty and no letter from the wrong
//! alphabet.

mod activity;
mod log;
mod patrol;
mod roles;

use crate::position::{Origin, Position};
use crate::words::Language;

/// One row a value: Kazakh, Russian, English.
macro_rules! words {
    ($name:ident { $($variant:ident => $kk:literal, $ru:literal, $en:literal;)+ }) => {
        impl $name {
            /// What a person reads for it.
            #[must_use]
            pub const fn word(self, language: $crate::words::Language) -> &'static str {
                let [kk, ru, en] = match self {
                    $(Self::$variant => [$kk, $ru, $en],)+
                };
                match language {
                    $crate::words::Language::Kk => kk,
                    $crate::words::Language::Ru => ru,
                    $crate::words::Language::En => en,
                }
            }
        }
    };
}

use words;

/// What a position is worth, as the badge of an entry says it: `±6 m`, `±80 m, weak`, `no fix`, `set by
/// hand`, `mock`.
#[must_use]
pub fn position_badge(position: Option<&Position>, language: Language) -> String {
    let pick = |[kk, ru, en]: [&str; 3]| match language {
        Language::Kk => kk.to_owned(),
        Language::Ru => ru.to_owned(),
        Language::En => en.to_owned(),
    };
    let Some(position) = position else {
        return pick(["орны анықталмаған", "место не определено", "no fix"]);
    };
    match (position.origin, position.accuracy) {
        (Origin::ByHand { .. }, _) => pick(["қолмен қойылған", "указано вручную", "set by hand"]),
        (Origin::Mock, _) => pick(["жалған орын", "подменённое место", "mock"]),
        (Origin::Measured, None) => pick(["дәлдігі белгісіз", "точность неизвестна", "accuracy unknown"]),
        (Origin::Measured, Some(accuracy)) => {
            let metres = accuracy.decimetres().div_ceil(10);
            let unit = pick(["м", "м", "m"]);
            let weak = if accuracy.is_weak() {
                pick([", әлсіз", ", слабо", ", weak"])
            } else {
                String::new()
            };
            format!("±{metres} {unit}{weak}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{ActivityType, BorderServiceKind, InspectionKind, ProtectedObject, ReceiverKind};
    use crate::patrol::{ActivityMode, AreaComponent, Transport};
    use crate::patrol_log::Flag;
    use crate::position::{Accuracy, Coordinates};
    use crate::roles::{Role, SpaceKind};
    use crate::source::Source;
    use crate::statement::Kind;

    const RUSSIAN: &str = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
    const ONLY_KAZAKH: &str = "әғқңөұүһі";

    fn all_words(language: Language) -> Vec<String> {
        macro_rules! of {
            ($($name:ident),+) => {
                [$($name::ALL.iter().map(|value| value.word(language)).collect::<Vec<_>>()),+].concat()
            };
        }
        let words = of!(
            ActivityType,
            BorderServiceKind,
            InspectionKind,
            ProtectedObject,
            ReceiverKind,
            ActivityMode,
            AreaComponent,
            Transport,
            Source,
            Flag,
            Role,
            SpaceKind,
            Kind
        );
        let badges = badges().map(|position| position_badge(position.as_ref(), language));
        words.into_iter().map(str::to_owned).chain(badges).collect()
    }

    fn badges() -> [Option<Position>; 6] {
        let somewhere = Coordinates::from_degrees(44.9, 80.0).unwrap();
        let of = |origin, decimetres: Option<u32>| {
            let accuracy = decimetres.map(Accuracy::from_decimetres);
            Some(Position { accuracy, ..Position::new(somewhere, origin) })
        };
        [
            of(Origin::Measured, Some(60)),
            of(Origin::Measured, Some(800)),
            of(Origin::Measured, None),
            of(Origin::ByHand { measured: None }, Some(60)),
            of(Origin::Mock, Some(60)),
            None,
        ]
    }

    fn is_written_with(word: &str, letters: &str) -> bool {
        word.to_lowercase()
            .chars()
            .filter(|letter| letter.is_alphabetic())
            .all(|letter| letters.contains(letter))
    }

    #[test]
    fn no_cell_is_empty_and_no_word_says_two_things_in_one_list() {
        for language in Language::ALL {
            for word in all_words(*language) {
                assert!(!word.trim().is_empty() && word.trim() == word);
            }
            let mut flags: Vec<_> = Flag::ALL.iter().map(|flag| flag.word(*language)).collect();
            flags.sort_unstable();
            flags.dedup();
            assert_eq!(flags.len(), Flag::ALL.len());
        }
    }

    #[test]
    fn kazakh_words_have_no_latin_look_alikes() {
        let kazakh = format!("{RUSSIAN}{ONLY_KAZAKH}");
        for word in all_words(Language::Kk) {
            assert!(is_written_with(&word, &kazakh), "{word}");
        }
        let all = all_words(Language::Kk).concat().to_lowercase();
        assert!(
            ONLY_KAZAKH
                .chars()
                .filter(|letter| *letter != 'һ')
                .all(|letter| all.contains(letter))
        );
    }

    #[test]
    fn russian_and_english_words_are_written_with_their_own_letters() {
        for word in all_words(Language::Ru) {
            assert!(is_written_with(&word, RUSSIAN), "{word}");
        }
        for word in all_words(Language::En) {
            assert!(is_written_with(&word, "abcdefghijklmnopqrstuvwxyz"), "{word}");
        }
    }

    #[test]
    fn a_badge_says_honestly_what_a_position_is_worth() {
        let [good, weak, unknown, by_hand, mock, none] =
            badges().map(|position| position_badge(position.as_ref(), Language::En));
        assert_eq!([good.as_str(), &weak, &unknown], ["±6 m", "±80 m, weak", "accuracy unknown"]);
        assert_eq!([by_hand.as_str(), &mock, &none], ["set by hand", "mock", "no fix"]);
    }
}
