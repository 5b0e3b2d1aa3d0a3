//! One line of a list, cell by cell: what it says, what is wrong with it, what has to be asked.
//!
//! Promises that every row below the header is a line, empty, or named as passed over.

use unicode_normalization::char::is_combining_mark;

use super::asked::{Answer, Asked, ListNote, ListProblem, ListQuestion, Proposal, Refusal};
use super::columns::{Layout, ListColumn};
use super::figures::digits_of_number;
use super::{Reading, Used};
use crate::limits::LIST_CELL_BYTES_MAX;
use crate::moment::Day;
use crate::register::Iin;
use crate::sheet::{Address, Cell, Sheet};
use crate::spelling::{Unmixed, folded, is_of_twins, is_of_two_scripts, titled, trimmed, unmixed};
use crate::words::{Name, Text, WordsRefused};

/// What a line says as far as it could be read.
pub(super) struct Draft {
    pub(super) at: Address,
    pub(super) number: Option<u32>,
    pub(super) notes: Vec<(Address, ListNote)>,
    pub(super) refusals: Vec<Refusal>,
    pub(super) asked: Vec<Asked>,
    pub(super) used: Used,
    pub(super) is_left_out: bool,
    /// The lines before it that are about others: somebody said so, or two numbers do.
    pub(super) apart_from: Vec<Address>,
    /// Those lines and the later ones that are told apart from it.
    pub(super) rivals: Vec<Rival>,
    pub(super) offered: Option<Asked>,
    pub(super) iin_at: Address,
    pub(super) card_at: Address,
    pub(super) name: Option<Name>,
    pub(super) born: Option<Day>,
    pub(super) iin: Option<Iin>,
    pub(super) card: Option<Name>,
    pub(super) residence: Option<Text>,
}

/// What another line of the same birthday, and of the same name or nearly, says of whoever it is about.
#[derive(Clone)]
pub(super) struct Rival {
    pub(super) at: Address,
    pub(super) iin: Option<Iin>,
    pub(super) card: Option<Name>,
}

/// The lines below the header, and the rows that are none.
pub(super) fn drafts(sheet: &Sheet, layout: &Layout, reading: Reading<'_>) -> (Vec<Draft>, Vec<Address>) {
    let (mut drafts, mut passed_over) = (Vec::new(), Vec::new());
    let mut is_signed = false;
    let first = usize::try_from(layout.header_row).unwrap_or(usize::MAX).saturating_add(1);
    for (row, cells) in (0..).zip(&sheet.rows).skip(first) {
        let mut filled = (0..).zip(cells).filter(|(_, cell)| !is_blank(cell));
        let Some((column, _)) = filled.next() else { continue };
        let line = Line { sheet, layout, row, reading };
        is_signed |= line.is_signature();
        if (is_signed && !line.has_figures()) || line.numbers_columns(cells) || line.is_beside() {
            passed_over.push(Address { row, column });
        } else {
            drafts.push(line.draft());
        }
    }
    (drafts, passed_over)
}

fn is_blank(cell: &Cell) -> bool {
    match cell {
        Cell::Empty => true,
        Cell::Text(written) => written.trim().is_empty(),
        _ => false,
    }
}

/// Words of who signs a list and not of who is on it, folded.
const SIGNATURES: &str = "аким акиминин оринбасари заместител зам басши басшиси руководител началник бастиги кол коли подпис \
                          мп мо ориндауши исполнител жауапти барлиги итого всего";

pub(super) struct Line<'a> {
    sheet: &'a Sheet,
    layout: &'a Layout,
    row: u32,
    pub(super) reading: Reading<'a>,
}

impl<'a> Line<'a> {
    pub(super) fn cell(&self, column: ListColumn) -> &'a Cell {
        self.layout.at(self.row, column).map_or(&Cell::Empty, |at| self.sheet.cell(at))
    }

    pub(super) fn at(&self, column: ListColumn) -> Address {
        self.layout
            .at(self.row, column)
            .unwrap_or_else(|| self.layout.name_at(self.row))
    }

    /// Whether figures tell whom it is about: a number of the line, a day of birth, a number of the state.
    fn has_figures(&self) -> bool {
        let is_figure = |cell: &Cell| match cell {
            Cell::Empty => false,
            Cell::Text(written) => written.contains(|sign: char| sign.is_ascii_digit()),
            Cell::Number(_) | Cell::Day(_) | Cell::Formula | Cell::Error => true,
        };
        [ListColumn::Number, ListColumn::Born, ListColumn::Card, ListColumn::Iin]
            .into_iter()
            .any(|column| is_figure(self.cell(column)))
    }

    /// A row with a word for who signs, or a line to sign on, and no figures of a person.
    fn is_signature(&self) -> bool {
        let row = usize::try_from(self.row).ok().and_then(|row| self.sheet.rows.get(row));
        !self.has_figures()
            && row.into_iter().flatten().any(|cell| match cell {
                Cell::Text(written) => {
                    written.contains("___") || folded(written).split(' ').any(is_of_signature)
                }
                _ => false,
            })
    }

    /// The row under a header that numbers its columns: 1, 2, 3.
    fn numbers_columns(&self, cells: &[Cell]) -> bool {
        let written = cells.iter().filter(|cell| !is_blank(cell)).map(|cell| match cell {
            Cell::Number(number) => digits_of_number(*number).unwrap_or_default(),
            Cell::Text(text) => text.trim().to_owned(),
            _ => String::new(),
        });
        let due = (1..).map(|due: u32| due.to_string());
        self.row == self.layout.header_row + 1
            && cells.len() >= 3
            && written.zip(due).all(|(written, due)| written == due)
    }

    /// A row with nothing in any column that is read, but for its number: lists are numbered further than they are filled.
    fn is_beside(&self) -> bool {
        let read = [
            ListColumn::Born,
            ListColumn::Card,
            ListColumn::Iin,
            ListColumn::FullName,
            ListColumn::Surname,
            ListColumn::GivenName,
            ListColumn::Patronymic,
            ListColumn::Citizenship,
            ListColumn::Residence,
        ];
        read.into_iter().all(|column| is_blank(self.cell(column)))
    }

    fn draft(&self) -> Draft {
        let mut draft = Draft {
            at: self.layout.name_at(self.row),
            number: self.number(),
            notes: Vec::new(),
            refusals: Vec::new(),
            asked: Vec::new(),
            used: Used::new(),
            is_left_out: false,
            apart_from: Vec::new(),
            rivals: Vec::new(),
            offered: None,
            iin_at: self.at(ListColumn::Iin),
            card_at: self.at(ListColumn::Card),
            name: None,
            born: None,
            iin: None,
            card: None,
            residence: None,
        };
        draft.name = self.name(&mut draft);
        self.citizenship(&mut draft);
        let iin = self.iin(&mut draft);
        draft.born = self.born(&mut draft, iin.as_ref());
        draft.iin = iin;
        draft.card = self.card(&mut draft);
        draft.residence = self.residence(&mut draft);
        draft
    }

    /// The line's own number, if it has one.
    fn number(&self) -> Option<u32> {
        let written = match self.cell(ListColumn::Number) {
            Cell::Number(number) => digits_of_number(*number)?,
            Cell::Text(written) => written.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned(),
            _ => return None,
        };
        written.parse().ok()
    }

    fn name(&self, draft: &mut Draft) -> Option<Name> {
        let parts =
            [ListColumn::FullName, ListColumn::Surname, ListColumn::GivenName, ListColumn::Patronymic];
        let mut written = String::new();
        for column in parts.into_iter().filter(|column| self.layout.at(self.row, *column).is_some()) {
            written.push_str(&draft.words(self.cell(column), self.at(column))?);
            written.push(' ');
        }
        let at = draft.at;
        let name = draft.name_of(&written, at)?;
        let Some(question) = name_doubt(&name) else { return Some(name) };
        let asked = Asked::new(at, question, Proposal::Nothing);
        match draft.ask(self.reading, asked.clone()) {
            Some(Answer::Instead(text)) => draft.reread(asked, |draft| {
                let name = draft.name_of(text, at)?;
                Some(name).filter(|name| name_doubt(name) != Some(ListQuestion::NameDoubtful))
            }),
            // While it is asked the name stands: whoever is known by it is not asked about anew.
            _ => Some(name),
        }
    }

    fn residence(&self, draft: &mut Draft) -> Option<Text> {
        let at = self.at(ListColumn::Residence);
        let written = draft.words(self.cell(ListColumn::Residence), at)?;
        if written.is_empty() { None } else { draft.checked(Text::new(written), at) }
    }
}

impl Draft {
    pub(super) fn refuse(&mut self, at: Address, problem: ListProblem) {
        self.refusals.push(Refusal { at, problem, other: None });
    }

    /// The answer to this, if somebody gave one that suits.
    pub(super) fn ask<'a>(&mut self, reading: Reading<'a>, asked: Asked) -> Option<&'a Answer> {
        let key = (asked.at, asked.question);
        let Some(answer) = reading.answers.get(&key).filter(|answer| asked.takes(answer)) else {
            self.asked.push(asked);
            return None;
        };
        self.used.insert(key);
        self.is_left_out |= *answer == Answer::LeaveOut;
        Some(answer).filter(|answer| **answer != Answer::LeaveOut)
    }

    /// What an answer says in the place of a cell; one that cannot be read answers nothing, and is asked for again, with the reason.
    pub(super) fn reread<T>(
        &mut self,
        mut asked: Asked,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let refusals = self.refusals.len();
        let answer = read(self);
        if answer.is_none() {
            let why = self.refusals.get(refusals).map(|refusal| refusal.problem);
            asked.unread = Some(why.unwrap_or(ListProblem::AnswerDoubtful));
            self.refusals.truncate(refusals);
            self.used.remove(&(asked.at, asked.question));
            self.asked.push(asked);
        }
        answer
    }

    /// The words of a cell, in one line; empty if there are none.
    pub(super) fn words(&mut self, cell: &Cell, at: Address) -> Option<String> {
        let problem = match cell {
            Cell::Empty => return Some(String::new()),
            Cell::Text(written) if written.len() > LIST_CELL_BYTES_MAX => ListProblem::TooLong,
            Cell::Text(written) => return Some(trimmed(written)),
            Cell::Number(_) | Cell::Day(_) => ListProblem::NotWords,
            Cell::Formula => ListProblem::Formula,
            Cell::Error => ListProblem::SpreadsheetError,
        };
        self.refuse(at, problem);
        None
    }

    fn name_of(&mut self, written: &str, at: Address) -> Option<Name> {
        let written = trimmed(written);
        if !written.contains(char::is_alphabetic) {
            let is_missing = written.is_empty();
            self.refuse(at, if is_missing { ListProblem::NameMissing } else { ListProblem::NotAName });
            return None;
        }
        let mended = match unmixed(&written) {
            Unmixed::Mended(mended) => {
                self.notes.push((at, ListNote::NameMended));
                mended
            }
            Unmixed::AsItWas | Unmixed::Doubtful => written,
        };
        let mended = match without_placeholder(&mended) {
            Some(whole) => {
                self.notes.push((at, ListNote::NoPatronymic));
                whole.to_owned()
            }
            None => mended,
        };
        let cased = titled(&mended);
        if cased != mended {
            self.notes.push((at, ListNote::NameCased));
        }
        self.checked(Name::new(cased), at)
    }

    pub(super) fn checked<T>(&mut self, words: Result<T, WordsRefused>, at: Address) -> Option<T> {
        let problem = match words {
            Ok(words) => return Some(words),
            Err(WordsRefused::Blank) => ListProblem::NameMissing,
            Err(WordsRefused::TooLong { .. }) => ListProblem::TooLong,
            Err(WordsRefused::ControlCharacter { .. }) => ListProblem::ControlCharacter,
            Err(WordsRefused::Misleading { .. }) => ListProblem::MisleadingCharacter,
        };
        self.refuse(at, problem);
        None
    }
}

/// What people write where there is no patronymic.
const NO_PATRONYMIC: [&str; 8] = ["-", "–", "—", "жоқ", "жок", "нет", "отсутствует", "б/о"];

/// A surname and a given name behind which it is only written that there is no patronymic.
fn without_placeholder(written: &str) -> Option<&str> {
    let (name, last) = written.rsplit_once(' ')?;
    (name.contains(' ') && NO_PATRONYMIC.contains(&last.to_lowercase().as_str())).then_some(name)
}

fn name_doubt(name: &Name) -> Option<ListQuestion> {
    let written = name.as_str();
    let is_of_name = |sign: char| {
        sign.is_alphabetic() || is_combining_mark(sign) || matches!(sign, ' ' | '-' | '.' | '\'' | '’' | '`')
    };
    if !written.chars().all(is_of_name) || is_of_two_scripts(written) || is_of_twins(written) {
        Some(ListQuestion::NameDoubtful)
    } else {
        let is_short = !written.contains(' ') || written.contains('.');
        is_short.then_some(ListQuestion::NameShort)
    }
}

fn is_of_signature(word: &str) -> bool {
    SIGNATURES.split(' ').any(|of_signature| of_signature == word)
}
