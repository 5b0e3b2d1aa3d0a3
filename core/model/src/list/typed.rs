//! One person whom somebody types, by himself and on no list: read as a line of a list is, so that what is doubted there is doubted here.

use super::asked::{Answer, Answers, ListProblem, ListQuestion};
use super::columns::ListColumn;
use super::{ListedPerson, Outcome, Reading, plan};
use crate::moment::Day;
use crate::register::Iin;
use crate::sheet::{Cell, Sheet};
use crate::words::Language;

/// What somebody typed of a person.
#[derive(Clone, Copy)]
pub struct TypedPerson<'a> {
    /// Surname, given name and patronymic.
    pub full_name: &'a str,
    /// If left unset, not given.
    pub born: Option<Day>,
    /// If left unset, not given.
    pub iin: Option<&'a Iin>,
    /// The number of his identity card. If left unset, not given.
    pub card: Option<&'a str>,
}

/// Why what was typed is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It is wrong.
    Wrong(ListProblem),
    /// It looks odd, and somebody has to say that it is right.
    Odd(ListQuestion),
}

impl Doubt {
    /// The sentence that a list has for it.
    #[must_use]
    pub fn word(self, language: Language) -> &'static str {
        match self {
            Self::Wrong(problem) => problem.word(language),
            Self::Odd(question) => question.word(language),
        }
    }

    /// Whether it is taken where somebody says that it is right as it is written.
    #[must_use]
    pub const fn takes_as_written(self) -> bool {
        matches!(self, Self::Odd(question) if question.takes_as_written())
    }
}

impl TypedPerson<'_> {
    /// The person, where nothing is doubted; with what looks odd where somebody says that it is right as it is written.
    pub fn read(self, today: Day, is_as_written: bool) -> Result<ListedPerson, Vec<Doubt>> {
        let sheets = [self.sheet()];
        let mut answers = Answers::new();
        loop {
            let reading = Reading { today, squad: None, known: &[], answers: &answers };
            let line = plan(&sheets, reading).ok().and_then(|mut plan| plan.lines.pop());
            let asked = match line.map(|line| line.outcome) {
                Some(Outcome::Create { person, .. }) => return Ok(person),
                Some(Outcome::Refuse(refusals)) => {
                    return Err(refusals.iter().map(|refusal| Doubt::Wrong(refusal.problem)).collect());
                }
                Some(Outcome::Ask(asked)) => asked,
                // Of a sheet without such a line nobody could be named.
                _ => return Err(vec![Doubt::Wrong(ListProblem::NotAName)]),
            };
            let is_taken = |question: ListQuestion| {
                let is_missing = matches!(question, ListQuestion::BornMissing | ListQuestion::CardMissing);
                is_missing || (is_as_written && question.takes_as_written())
            };
            let open = asked.iter().filter(|asked| !is_taken(asked.question));
            let open: Vec<Doubt> = open.map(|asked| Doubt::Odd(asked.question)).collect();
            if !open.is_empty() {
                return Err(open);
            }
            answers.extend(asked.into_iter().map(|asked| ((asked.at, asked.question), Answer::AsWritten)));
        }
    }

    /// A list with this line alone.
    fn sheet(&self) -> Sheet {
        let text = |written: &str| Cell::Text(written.to_owned());
        let cells = [
            (ListColumn::Number, Cell::Number(1.0)),
            (ListColumn::FullName, text(self.full_name)),
            (ListColumn::Born, self.born.map_or(Cell::Empty, Cell::Day)),
            // Nobody else is engaged (001-§1).
            (ListColumn::Citizenship, text("Қазақстан")),
            (ListColumn::Card, self.card.map_or(Cell::Empty, text)),
            (ListColumn::Iin, self.iin.map_or(Cell::Empty, |iin| text(&iin.digits()))),
        ];
        let header = cells.iter().map(|(column, _)| text(column.header(Language::Kk))).collect();
        let line = cells.into_iter().map(|(_, cell)| cell).collect();
        Sheet { name: None, rows: vec![header, line] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(full_name: &str, card: Option<&str>, is_as_written: bool) -> Result<ListedPerson, Vec<Doubt>> {
        let today = "2026-11-21".parse().unwrap();
        TypedPerson { full_name, born: None, iin: None, card }.read(today, is_as_written)
    }

    #[test]
    fn who_is_typed_is_doubted_as_on_a_list() {
        let taken = read("Ким Виктор", Some("012345678"), false).unwrap();
        assert_eq!(taken.card.unwrap().as_str(), "012345678");
        assert!(read("Ким Виктор", None, false).is_ok(), "only the copy has the number");
        for (name, card, doubt) in [
            ("Ким Виктор", Some("0123456789"), Doubt::Wrong(ListProblem::NotACardNumber)),
            ("12345", None, Doubt::Wrong(ListProblem::NotAName)),
            ("Ким Виктор 7", None, Doubt::Odd(ListQuestion::NameDoubtful)),
            ("Ким", None, Doubt::Odd(ListQuestion::NameShort)),
            ("Ким Виктор", Some("12345678"), Doubt::Odd(ListQuestion::CardZeros)),
        ] {
            assert_eq!(read(name, card, false), Err(vec![doubt]));
        }
        assert!(read("Ким", None, true).is_ok(), "somebody says that it is so");
        assert!(read("Ким Виктор", Some("12345678"), true).is_err(), "zeros are written, not guessed");
    }
}
