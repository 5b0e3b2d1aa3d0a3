//! What is said about a line of a list: why it is refused, what is asked, and how that may be answered.
//!
//! Promises closed lists, each with the paragraph where the law gives one; the words stand in `locales/*/list.ftl`.

use std::collections::BTreeMap;
use std::fmt;

use super::ListedPerson;
use crate::codes::coded;
use crate::ids::PersonId;
use crate::law::Paragraph;
use crate::moment::Day;
use crate::register::Iin;
use crate::sheet::Address;
use crate::words::Name;

coded! {
    /// Why a line is refused: whoever sent the list has to mend it, or the line is left out.
    pub enum ListProblem {
        /// A formula: what it came to on somebody else's machine is not known.
        Formula = "formula",
        /// An error of the spreadsheet.
        SpreadsheetError = "spreadsheet_error",
        /// More letters than fit.
        TooLong = "too_long",
        /// A control character.
        ControlCharacter = "control_character",
        /// A character that cannot be seen and makes words look like others.
        MisleadingCharacter = "misleading_character",
        /// A number or a date where words are wanted.
        NotWords = "not_words",
        /// No name, though the line says something of a person.
        NameMissing = "name_missing",
        /// No letters in the name.
        NotAName = "not_a_name",
        /// No day of the calendar.
        NotADay = "not_a_day",
        /// Words or figures in which no day could be read.
        DayUnclear = "day_unclear",
        /// A year alone.
        YearAlone = "year_alone",
        /// With more lines alike than there are namesakes of one birthday anywhere.
        FilledDown = "filled_down",
        /// Born after today.
        BornInFuture = "born_in_future",
        /// A citizen of another country, or of none.
        NotACitizen = "not_a_citizen",
        /// Not the nine digits of an identity card.
        NotACardNumber = "not_a_card_number",
        /// Not twelve digits.
        IinDigits = "iin_digits",
        /// The check digit does not fit.
        IinCheckDigit = "iin_check_digit",
        /// No day of birth at its head.
        IinNoDay = "iin_no_day",
        /// Another line has this individual identification number.
        SameIin = "same_iin",
        /// Another line has this identity card.
        SameCard = "same_card",
        /// Another line has this name, and this one says nothing to tell the two apart.
        SameNameAlone = "same_name_alone",
        /// Another line is the same known person.
        SameKnownPerson = "same_known_person",
        /// An answer that may be read in two ways, or leaves open what was asked.
        AnswerDoubtful = "answer_doubtful",
    }
}

impl ListProblem {
    /// The paragraphs it rests on; none where the file and not the law is at fault.
    #[must_use]
    pub const fn paragraphs(self) -> &'static [Paragraph] {
        match self {
            Self::NotACitizen => &[Paragraph::P1],
            // A list names each member, with the copy of his identity card.
            Self::NotACardNumber
            | Self::SameIin
            | Self::SameCard
            | Self::SameNameAlone
            | Self::FilledDown
            | Self::SameKnownPerson => &[Paragraph::P19A],
            _ => &[],
        }
    }
}

coded! {
    /// What is asked about a cell before anything is planned for its line.
    pub enum ListQuestion {
        /// A word mixes letters of two scripts, or there is a digit, a bracket or a comma in the name.
        NameDoubtful = "name_doubtful",
        /// One word alone, or initials.
        NameShort = "name_short",
        /// No day of birth.
        BornMissing = "born_missing",
        /// Two digits of a year that could be of either century.
        BornCentury = "born_century",
        /// Slashes: the day or the month may stand first.
        BornOrder = "born_order",
        /// Older than anybody is.
        BornLongAgo = "born_long_ago",
        /// Another day than the individual identification number begins with.
        BornNotAsIin = "born_not_as_iin",
        /// No citizenship.
        CitizenshipMissing = "citizenship_missing",
        /// A people, or something else in which no country could be read.
        CitizenshipUnclear = "citizenship_unclear",
        /// No number of an identity card: the copy that goes along has it.
        CardMissing = "card_missing",
        /// Fewer than nine digits: a spreadsheet has eaten the zeros before them.
        CardZeros = "card_zeros",
        /// Fewer than twelve digits, likewise.
        IinZeros = "iin_zeros",
        /// Another line has this name or nearly it, and this day of birth: two persons, or one twice.
        PersonDouble = "person_double",
        /// Several known persons have this name and day of birth.
        PersonWhich = "person_which",
        /// Somebody with nearly these words is known.
        PersonPerhaps = "person_perhaps",
        /// The number is that of somebody with another name.
        PersonRenamed = "person_renamed",
        /// He is on another squad's roster.
        PersonElsewhere = "person_elsewhere",
        /// He had a record that ended, or whose list was taken back. It is asked where the list was received and no number tells that it
        /// is he; else it may be said that it is somebody else.
        PersonAgain = "person_again",
        /// His number tells that it is he, and his list was taken back after it was received. Nobody is asked; it may be said that a
        /// new record begins.
        PersonAnew = "person_anew",
        /// The title names another squad than the one that was chosen.
        SquadOther = "squad_other",
    }
}

impl ListQuestion {
    /// The paragraphs for which it is asked.
    #[must_use]
    pub const fn paragraphs(self) -> &'static [Paragraph] {
        match self {
            Self::CitizenshipMissing | Self::CitizenshipUnclear => &[Paragraph::P1],
            Self::CardMissing | Self::CardZeros => &[Paragraph::P19A],
            _ => &[],
        }
    }

    /// Whether it asks who somebody is, and not what stands in a cell.
    #[must_use]
    pub const fn is_about_person(self) -> bool {
        matches!(
            self,
            Self::PersonDouble
                | Self::PersonWhich
                | Self::PersonPerhaps
                | Self::PersonRenamed
                | Self::PersonElsewhere
                | Self::PersonAgain
                | Self::PersonAnew
        )
    }

    /// Whether what stands in the cell may be said to be right.
    #[must_use]
    pub const fn takes_as_written(self) -> bool {
        matches!(
            self,
            Self::NameDoubtful
                | Self::NameShort
                | Self::BornMissing
                | Self::BornLongAgo
                | Self::BornNotAsIin
                | Self::CardMissing
        )
    }
}

coded! {
    /// What was understood though it was not written so: shown, not asked.
    pub enum ListNote {
        /// Latin letters in a Cyrillic word, or the other way about.
        NameMended = "name_mended",
        /// Capitals and stray blanks.
        NameCased = "name_cased",
        /// A dash or a word that says that there is no patronymic.
        NoPatronymic = "no_patronymic",
        /// The number of a day, as spreadsheets count them.
        BornSerial = "born_serial",
        /// Two digits of a year that only one century leaves possible.
        BornCentury = "born_century",
        /// Zeros before an individual identification number, which its check digit and the day of birth bear out.
        IinZeros = "iin_zeros",
    }
}

/// Why a line is refused, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The cell.
    pub at: Address,
    /// Why.
    pub problem: ListProblem,
    /// The cell of the other line, if it is about two.
    pub other: Option<Address>,
}

/// Another line that may be about the same person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherLine {
    /// The cell where its name stands, or begins.
    pub at: Address,
    /// Whom it names.
    pub person: ListedPerson,
}

/// What is proposed as an answer.
#[derive(Clone, PartialEq, Eq)]
pub enum Proposal {
    /// Nothing: nobody can know.
    Nothing,
    /// This day.
    Day(Day),
    /// This number of an identity card.
    Card(Name),
    /// This individual identification number.
    Iin(Iin),
    /// One of these known persons.
    Persons(Vec<PersonId>),
    /// He of one of these lines, so that this one is too many.
    Lines(Vec<OtherLine>),
    /// The squad of this name.
    Squad(Name),
}

/// Says its sort: what it holds is of a person.
impl fmt::Debug for Proposal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("Nothing"),
            Self::Day(_) => f.write_str("Day(…)"),
            Self::Card(_) => f.write_str("Card(…)"),
            Self::Iin(_) => f.write_str("Iin(…)"),
            Self::Persons(persons) => f.debug_tuple("Persons").field(persons).finish(),
            Self::Lines(lines) => f.debug_tuple("Lines").field(lines).finish(),
            Self::Squad(squad) => f.debug_tuple("Squad").field(squad).finish(),
        }
    }
}

/// A question about a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The cell.
    pub at: Address,
    /// What is asked.
    pub question: ListQuestion,
    /// What is proposed.
    pub proposal: Proposal,
    /// Why what was answered could not be taken. If left unset, nothing was answered.
    pub unread: Option<ListProblem>,
}

impl Asked {
    /// A question that nobody has answered.
    pub(super) const fn new(at: Address, question: ListQuestion, proposal: Proposal) -> Self {
        Self { at, question, proposal, unread: None }
    }

    /// Whether this answers it. A line may be left out whatever is asked about it; a whole list may not.
    #[must_use]
    pub fn takes(&self, answer: &Answer) -> bool {
        match answer {
            Answer::LeaveOut => self.question != ListQuestion::SquadOther,
            Answer::AsProposed => match &self.proposal {
                Proposal::Nothing => false,
                // Of several nobody can know which is meant.
                Proposal::Persons(persons) => persons.len() == 1,
                _ => true,
            },
            Answer::AsWritten => self.question.takes_as_written(),
            Answer::Instead(_) => {
                !self.question.is_about_person() && self.question != ListQuestion::SquadOther
            }
            Answer::Is(person) => {
                matches!(&self.proposal, Proposal::Persons(persons) if persons.contains(person))
            }
            // A number belongs to one person: either it is he, or the list has to be mended.
            Answer::SomebodyElse => {
                let is_by_number =
                    matches!(self.question, ListQuestion::PersonRenamed | ListQuestion::PersonAnew);
                self.question.is_about_person() && !is_by_number
            }
            Answer::Anew => {
                matches!(self.question, ListQuestion::PersonAgain | ListQuestion::PersonAnew)
            }
        }
    }
}

/// What somebody answered.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// The proposal is right.
    AsProposed,
    /// What stands in the cell is right, also if it is nothing.
    AsWritten,
    /// This should stand there; it is read as the cell would be.
    Instead(String),
    /// It is this known person.
    Is(PersonId),
    /// It is none of the persons proposed.
    SomebodyElse,
    /// It is the person proposed, and a new record begins that names the old one.
    Anew,
    /// The line is left out.
    LeaveOut,
}

/// Says its sort: what should stand in a cell is of a person.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AsProposed => f.write_str("AsProposed"),
            Self::AsWritten => f.write_str("AsWritten"),
            Self::Instead(_) => f.write_str("Instead(…)"),
            Self::Is(person) => f.debug_tuple("Is").field(person).finish(),
            Self::SomebodyElse => f.write_str("SomebodyElse"),
            Self::Anew => f.write_str("Anew"),
            Self::LeaveOut => f.write_str("LeaveOut"),
        }
    }
}

/// Answers, each to one question about one cell.
pub type Answers = BTreeMap<(Address, ListQuestion), Answer>;
