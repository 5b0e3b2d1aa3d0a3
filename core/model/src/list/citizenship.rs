//! Whether a line's person is a citizen of Kazakhstan: nobody else takes part (001-§1).
//!
//! Promises to take the country's names in three languages. Refuses every other country; asks where a people or nothing is
//! written, and proposes no answer, so that nobody becomes a citizen by a keystroke.

use super::asked::{Answer, Asked, ListProblem, ListQuestion, Proposal};
use super::columns::ListColumn;
use super::line::{Draft, Line};
use crate::spelling::folded;

impl Line<'_> {
    pub(super) fn citizenship(&self, draft: &mut Draft) {
        let at = self.at(ListColumn::Citizenship);
        let Some(written) = draft.words(self.cell(ListColumn::Citizenship), at) else { return };
        let question = match citizenship_of(&written) {
            Citizenship::Ours => return,
            Citizenship::Another => return draft.refuse(at, ListProblem::NotACitizen),
            Citizenship::Nothing => ListQuestion::CitizenshipMissing,
            Citizenship::Unclear => ListQuestion::CitizenshipUnclear,
        };
        let asked = Asked::new(at, question, Proposal::Nothing);
        let Some(Answer::Instead(text)) = draft.ask(self.reading, asked.clone()) else { return };
        match citizenship_of(text) {
            Citizenship::Ours => {}
            Citizenship::Another => draft.refuse(at, ListProblem::NotACitizen),
            Citizenship::Nothing | Citizenship::Unclear => drop(draft.reread(asked, |_| None::<()>)),
        }
    }
}

enum Citizenship {
    Ours,
    Another,
    Unclear,
    Nothing,
}

/// Kazakhstan as lists have it.
const OURS: &str = "Қазақстан|Қазақстан Республикасы|ҚР|Қ.Р.|Қазақстан Республикасының азаматы|Қазақстан азаматы|ҚР азаматы|\
    Қазақстандық|Казахстан|Республика Казахстан|РК|Р.К.|гражданин РК|гражданка РК|гражданин Республики Казахстан|\
    гражданка Республики Казахстан|гражданин Казахстана|гражданка Казахстана|Kazakhstan|Republic of Kazakhstan|KZ|KAZ";

/// Peoples, and words that name no country. `KP` and `PK` are ҚР and РК in Latin letters, and codes of other countries.
const UNCLEAR: &str = "қазақ|казах|казашка|kazakh|орыс|русский|русская|қырғыз|өзбек|ұйғыр|татар|неміс|украинец|украинка|\
    кореец|кәріс|дүңген|азаматы|азамат|гражданин|гражданка|citizen|иә|да|yes|бар|есть|KP|PK";

fn citizenship_of(written: &str) -> Citizenship {
    let plain = folded(written);
    let is_one_of = |words: &str| words.split('|').any(|word| folded(word) == plain);
    if plain.is_empty() {
        Citizenship::Nothing
    } else if is_one_of(OURS) {
        Citizenship::Ours
    } else if is_one_of(UNCLEAR) {
        Citizenship::Unclear
    } else {
        Citizenship::Another
    }
}
