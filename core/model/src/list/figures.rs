//! The cells of a line that hold figures: day of birth, individual identification number, identity card.
//!
//! Promises that zeros which a spreadsheet ate are proposed and never silently put back, but where check digit and day of
//! birth bear them out.

use super::asked::{Answer, Asked, ListNote, ListProblem, ListQuestion, Proposal};
use super::birth::{self, Birth};
use super::columns::ListColumn;
use super::line::{Draft, Line};
use crate::moment::Day;
use crate::register::{Iin, IinRefused};
use crate::sheet::{Address, Cell};
use crate::words::Name;

const CARD_DIGITS: usize = 9;
const IIN_DIGITS: usize = 12;

impl Line<'_> {
    /// The day of birth, which the individual identification number, if there is one, has to bear out.
    pub(super) fn born(&self, draft: &mut Draft, iin: Option<&Iin>) -> Option<Day> {
        let at = self.at(ListColumn::Born);
        let by_iin = iin.and_then(|iin| birth::of_iin(iin).ok().flatten());
        let born = self.born_in_cell(draft, at, by_iin)?;
        let born = self.not_long_ago(draft, at, born)?;
        let Some(due) = by_iin.filter(|due| *due != born) else { return Some(born) };
        let asked = Asked::new(at, ListQuestion::BornNotAsIin, Proposal::Day(due));
        match draft.ask(self.reading, asked.clone())? {
            Answer::AsProposed => Some(due),
            Answer::Instead(text) => {
                draft.reread(asked, |draft| self.day(draft, at, text).filter(|born| *born == due))
            }
            _ => Some(born),
        }
    }

    fn born_in_cell(&self, draft: &mut Draft, at: Address, by_iin: Option<Day>) -> Option<Day> {
        let cell = self.cell(ListColumn::Born);
        if is_nothing(cell) {
            let proposal = by_iin.map_or(Proposal::Nothing, Proposal::Day);
            let asked = Asked::new(at, ListQuestion::BornMissing, proposal);
            return match draft.ask(self.reading, asked.clone())? {
                Answer::AsProposed => by_iin,
                Answer::Instead(text) => draft.reread(asked, |draft| self.day(draft, at, text)),
                _ => None,
            };
        }
        let (question, proposed) = match birth::read(cell, self.reading.today) {
            Err(problem) => {
                draft.refuse(at, problem);
                return None;
            }
            Ok(Birth::Sure(day, note)) => {
                draft.notes.extend(note.map(|note| (at, note)));
                return Some(day);
            }
            Ok(Birth::Century(day, other) | Birth::Order(day, other))
                if by_iin == Some(day) || by_iin == Some(other) =>
            {
                return by_iin;
            }
            Ok(Birth::Century(day, _)) => (ListQuestion::BornCentury, day),
            Ok(Birth::Order(day, _)) => (ListQuestion::BornOrder, day),
        };
        let asked = Asked::new(at, question, Proposal::Day(proposed));
        match draft.ask(self.reading, asked.clone())? {
            Answer::Instead(text) => draft.reread(asked, |draft| self.day(draft, at, text)),
            _ => Some(proposed),
        }
    }

    fn not_long_ago(&self, draft: &mut Draft, at: Address, born: Day) -> Option<Day> {
        let is_long_ago = |born| birth::is_long_ago(born, self.reading.today);
        if !is_long_ago(born) {
            return Some(born);
        }
        let asked = Asked::new(at, ListQuestion::BornLongAgo, Proposal::Nothing);
        match draft.ask(self.reading, asked.clone())? {
            Answer::Instead(text) => {
                draft.reread(asked, |draft| self.day(draft, at, text).filter(|born| !is_long_ago(*born)))
            }
            _ => Some(born),
        }
    }

    /// The day that somebody answered, if it can be read in one way.
    fn day(&self, draft: &mut Draft, at: Address, text: &str) -> Option<Day> {
        match birth::read(&Cell::Text(text.to_owned()), self.reading.today) {
            Ok(Birth::Sure(day, _)) => return Some(day),
            Ok(Birth::Century(..) | Birth::Order(..)) => draft.refuse(at, ListProblem::AnswerDoubtful),
            Err(problem) => draft.refuse(at, problem),
        }
        None
    }

    pub(super) fn iin(&self, draft: &mut Draft) -> Option<Iin> {
        let at = draft.iin_at;
        let cell = self.cell(ListColumn::Iin);
        if is_nothing(cell) {
            return None;
        }
        let digits = draft.digits(cell, at, ListProblem::IinDigits)?;
        if digits.len() >= IIN_DIGITS {
            return draft.iin_of(&digits, at);
        }
        let Ok(whole) = format!("{digits:0>IIN_DIGITS$}").parse() else {
            draft.refuse(at, ListProblem::IinDigits);
            return None;
        };
        let born = birth::of_iin(&whole).ok().flatten();
        let is_borne_out = matches!(
            birth::read(self.cell(ListColumn::Born), self.reading.today),
            Ok(Birth::Sure(day, _)) if born == Some(day)
        );
        if is_borne_out {
            draft.notes.push((at, ListNote::IinZeros));
            return Some(whole);
        }
        let asked = Asked::new(at, ListQuestion::IinZeros, Proposal::Iin(whole));
        match draft.ask(self.reading, asked.clone())? {
            Answer::Instead(text) => draft.reread(asked, |draft| {
                let digits = draft.digits(&Cell::Text(text.clone()), at, ListProblem::IinDigits)?;
                draft.iin_of(&digits, at)
            }),
            _ => Some(whole),
        }
    }

    pub(super) fn card(&self, draft: &mut Draft) -> Option<Name> {
        let at = draft.card_at;
        let cell = self.cell(ListColumn::Card);
        let (question, proposed) = if is_nothing(cell) {
            (ListQuestion::CardMissing, None)
        } else {
            let digits = draft.digits(cell, at, ListProblem::NotACardNumber)?;
            let card = draft.card_of(&format!("{digits:0>CARD_DIGITS$}"), at)?;
            if digits.len() == CARD_DIGITS {
                return Some(card);
            }
            (ListQuestion::CardZeros, Some(card))
        };
        let proposal = proposed.clone().map_or(Proposal::Nothing, Proposal::Card);
        let asked = Asked::new(at, question, proposal);
        match draft.ask(self.reading, asked.clone())? {
            Answer::Instead(text) => draft.reread(asked, |draft| {
                let digits = draft.digits(&Cell::Text(text.clone()), at, ListProblem::NotACardNumber)?;
                draft.card_of(&digits, at)
            }),
            _ => proposed,
        }
    }
}

impl Draft {
    /// The digits of a cell without what people write around and between them.
    fn digits(&mut self, cell: &Cell, at: Address, else_problem: ListProblem) -> Option<String> {
        let digits = match cell {
            Cell::Number(number) => digits_of_number(*number).ok_or(else_problem),
            Cell::Text(written) => {
                let is_around = |sign: char| sign.is_whitespace() || matches!(sign, '№' | '-' | '.' | '\'');
                let digits: String = written.chars().filter(|sign| !is_around(*sign)).collect();
                // `N` is № where it is not the letter of a passport.
                let digits = match digits.strip_prefix('N') {
                    Some(number) if number.len() == CARD_DIGITS => number.to_owned(),
                    _ => digits,
                };
                let are_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
                if are_digits { Ok(digits) } else { Err(else_problem) }
            }
            Cell::Empty | Cell::Day(_) => Err(else_problem),
            Cell::Formula => Err(ListProblem::Formula),
            Cell::Error => Err(ListProblem::SpreadsheetError),
        };
        digits.map_err(|problem| self.refuse(at, problem)).ok()
    }

    fn iin_of(&mut self, digits: &str, at: Address) -> Option<Iin> {
        let problem = match digits.parse() {
            Err(IinRefused::NotTwelveDigits) => ListProblem::IinDigits,
            Err(IinRefused::CheckDigit) => ListProblem::IinCheckDigit,
            Ok(iin) => match birth::of_iin(&iin) {
                Ok(_) => return Some(iin),
                Err(problem) => problem,
            },
        };
        self.refuse(at, problem);
        None
    }

    fn card_of(&mut self, digits: &str, at: Address) -> Option<Name> {
        if is_card_number(digits) {
            self.checked(Name::new(digits), at)
        } else {
            self.refuse(at, ListProblem::NotACardNumber);
            None
        }
    }
}

/// Whether a number can be that of an identity card.
pub(crate) fn is_card_number(number: &str) -> bool {
    number.len() == CARD_DIGITS && number.bytes().all(|digit| digit.is_ascii_digit())
}

/// Empty, or a dash that says so.
fn is_nothing(cell: &Cell) -> bool {
    match cell {
        Cell::Empty => true,
        Cell::Text(written) => !written.contains(char::is_alphanumeric),
        _ => false,
    }
}

/// A whole number as its digits; the zeros before it are gone.
pub(super) fn digits_of_number(number: f64) -> Option<String> {
    ((0.0..1e15).contains(&number) && number.fract() == 0.0).then(|| format!("{number:.0}"))
}
