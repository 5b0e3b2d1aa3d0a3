//! The words by which a sheet that was filled in by hand is read: in each of our languages, and the codes.

use crate::paper::{PaperColumn, PaperLine, Terms, Vocabulary};
use crate::patrol::{ActivityMode, AreaComponent};
use crate::words::Language;

macro_rules! terms {
    ($list:ident) => {
        Terms::new($list::ALL.iter().flat_map(|value| {
            let words = Language::ALL.iter().map(|language| value.word(*language));
            words.chain([value.code()]).map(|word| (word, *value))
        }))
    };
}

/// All of them.
#[must_use]
pub fn paper_vocabulary() -> Vocabulary {
    Vocabulary {
        columns: terms!(PaperColumn),
        lines: terms!(PaperLine),
        modes: terms!(ActivityMode),
        areas: terms!(AreaComponent),
    }
}
