//! Whether a line's person is a citizen of Kazakhstan: nobody else takes part (001-§1).
//!
//! Promises to take the country's names in three languages. Refuses where another country, or none, is plainly named; asks
//! about everything else, a people among it, and proposes no answer, so that nobody becomes a citizen by a keystroke.

use super::asked::{Answer, Asked, ListProblem, ListQuestion, Proposal};
use super::columns::ListColumn;
use super::line::{Draft, Line};
use crate::sheet::Cell;
use crate::spelling::folded;

impl Line<'_> {
    pub(super) fn citizenship(&self, draft: &mut Draft) {
        let at = self.at(ListColumn::Citizenship);
        let said = match self.cell(ListColumn::Citizenship) {
            Cell::Number(_) | Cell::Day(_) => Citizenship::Unclear,
            cell => match draft.words(cell, at) {
                Some(written) => citizenship_of(&written),
                None => return,
            },
        };
        let question = match said {
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

/// What Kazakhstan's names begin with, in whatever case they stand, and who is of it: `Қазақстандық`, `казахстанка`.
const OURS_BEGINS: &str = "Қазақстан|Казахстан|Kazakhstan";

/// Kazakhstan in short, where nothing else stands. `P.K.` and `K.P.` are Р.К. and Қ.Р. in Latin letters; without dots those are
/// codes of other countries.
const OURS_IN_SHORT: &str = "ҚР|Қ.Р.|РК|Р.К.|KZ|KAZ|P.K.|K.P.";

/// Words beside a country's name that do not change which it is.
const BESIDE: &str = "гр|гражданин|гражданка|гражданство|азамат|азаматы|азаматтығы|citizen|of|the|республика|\
    республики|респ|республикасы|республикасының|republic";

/// What the names of other countries begin with.
const OTHERS_BEGIN: &str = "Ресей|Росси|Russia|РФ|Өзбекст|Узбекист|Uzbekist|Қырғызст|Киргизи|Тәжікст|Таджикист|\
    Tajikist|Түрікменст|Туркмени|Turkmenist|Қытай|Китай|КНР|China|Моңғоли|Mongolia|Беларусь|Белорусси|Украина|\
    Украины|Ukraine|Армени|Armenia|Грузия|Georgia|Молдов|Молдави|Түркия|Турци|Turkey|Германи|Germany|Польш|Литва|\
    Латви|Эстони|Иран|Ауғанст|Афганист|Пәкіст|Корея|Израил|США|АҚШ|USA";

/// What plainly says that he is another country's citizen, or no citizen, where nothing else stands.
const NOT_OURS: &str = "Р.Ф.|Азербайджан|Әзербайжан|Әзірбайжан|Azerbaijan|Қырғыз Республикасы|Кыргызская Республика|\
    нет|жоқ|no|без гражданства|лицо без гражданства|гражданства нет|нет гражданства|апатрид|азаматтығы жоқ|\
    азаматтығы жоқ адам|stateless|иностранец|иностранка|иностранный гражданин|гражданин иностранного государства|\
    шетелдік|шетел азаматы|foreigner|не гражданин|не гражданка|негражданин|не гражданин РК|не гражданка РК|\
    азаматы емес|азамат емес|ҚР азаматы емес";

fn citizenship_of(written: &str) -> Citizenship {
    let plain = folded(written);
    if plain.is_empty() {
        Citizenship::Nothing
    } else if is_ours(&plain) {
        Citizenship::Ours
    } else if is_one_of(NOT_OURS, &plain) || plain.split(' ').any(|word| begins_one_of(OTHERS_BEGIN, word)) {
        Citizenship::Another
    } else {
        Citizenship::Unclear
    }
}

fn is_ours(plain: &str) -> bool {
    let names: Vec<&str> = plain.split(' ').filter(|word| !is_one_of(BESIDE, word)).collect();
    let is_name = |word: &&str| is_one_of(OURS_IN_SHORT, word) || begins_one_of(OURS_BEGINS, word);
    !names.is_empty() && (names.iter().all(is_name) || is_one_of(OURS_IN_SHORT, &names.join(" ")))
}

fn is_one_of(words: &str, plain: &str) -> bool {
    words.split('|').any(|word| folded(word) == plain)
}

fn begins_one_of(words: &str, plain: &str) -> bool {
    words.split('|').any(|word| plain.starts_with(&folded(word)))
}
