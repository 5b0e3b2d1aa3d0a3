//! What somebody answered about cells of a list: each answer goes to the question that it answers.

use std::path::Path;

use jasaq_fieldbook::PersonView;
use jasaq_fieldbook::model::list::{Answer, Answers, Asked, ListQuestion, Outcome, Plan, PlannedLine};

use crate::failure::{Class, Failure};
use crate::files;
use crate::limits::{ANSWERS_FILE_BYTES_MAX, PREFIX_DIGITS_MIN};
use crate::words::Message;

/// An answer as it was typed.
pub(super) struct Typed {
    cell: String,
    question: Option<ListQuestion>,
    said: String,
}

impl Typed {
    /// The row of its cell, as spreadsheets count.
    fn row(&self) -> Option<u64> {
        self.cell
            .trim_start_matches(|letter: char| letter.is_ascii_alphabetic())
            .parse()
            .ok()
    }
}

/// Reads the answers of the line and of a file.
pub(super) fn read(typed: &[String], file: Option<&Path>) -> Result<Vec<Typed>, Failure> {
    let mut answers = typed.iter().map(|typed| one(typed)).collect::<Result<Vec<_>, _>>()?;
    if let Some(file) = file {
        let bytes = files::read_given(file, ANSWERS_FILE_BYTES_MAX)?;
        let is_whole = bytes.len() <= ANSWERS_FILE_BYTES_MAX;
        let text = String::from_utf8(bytes).ok().filter(|_| is_whole);
        let text = text.ok_or_else(|| Failure::new(Class::Input, "text-not-utf8", &"answers"))?;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            answers.push(one(line)?);
        }
    }
    Ok(answers)
}

fn one(typed: &str) -> Result<Typed, Failure> {
    let (place, said) = typed.split_once('=').ok_or_else(|| Failure::usage("answer-not-one"))?;
    let (cell, question) = match place.split_once(':') {
        None => (place, None),
        Some((cell, code)) => {
            let question = ListQuestion::from_code(code.trim());
            (cell, Some(question.ok_or_else(|| Failure::usage("answer-not-one"))?))
        }
    };
    let cell = cell.trim().to_uppercase();
    // It may be repeated to the person, so it is a cell and no name.
    if !cell.chars().all(|letter| letter.is_ascii_alphanumeric()) {
        return Err(Failure::usage("answer-not-one"));
    }
    Ok(Typed { cell, question, said: said.trim().to_owned() })
}

/// Gives each answer to its question, and plans again: an answer may bring another question. Whatever answers nothing is
/// refused, so that nobody believes he was heard.
pub(super) fn settle(
    mut typed: Vec<Typed>,
    everybody: &[PersonView],
    mut plan: impl FnMut(&Answers) -> Result<Plan, Failure>,
) -> Result<Plan, Failure> {
    let mut answers = Answers::new();
    let mut planned = plan(&answers)?;
    while !typed.is_empty() {
        let asked = questions(&planned);
        let mut given = Vec::new();
        typed.retain(|answer| {
            let found = asked.iter().find(|asked| {
                is_about(answer, asked)
                    && !given.iter().any(|(place, _)| *place == (asked.at, asked.question))
            });
            let said = found.map(|asked| (asked, meaning(&answer.said, asked, everybody)));
            match said {
                Some((asked, said)) if asked.takes(&said) => {
                    given.push(((asked.at, asked.question), said));
                    false
                }
                _ => true,
            }
        });
        if given.is_empty() {
            break;
        }
        answers.extend(given);
        planned = plan(&answers)?;
    }
    // Of who is on the roster nothing is asked any more: the same list given once more comes to nothing, with its answers.
    let is_settled = |answer: &Typed| {
        planned.lines.iter().any(|line| {
            let is_on = matches!(line.outcome, Outcome::Match { is_on: true, .. });
            is_on && answer.row() == Some(u64::from(line.at.row) + 1)
        })
    };
    typed.retain(|answer| !is_settled(answer));
    match typed.first() {
        None => Ok(planned),
        Some(answer) => Err(unfit(answer, &planned)),
    }
}

/// An answer that nothing takes: nothing is asked there, or something to which this is none.
fn unfit(answer: &Typed, planned: &Plan) -> Failure {
    let asked = questions(planned);
    let of_cell = asked.iter().find(|asked| is_about(answer, asked));
    let sentence = match of_cell {
        None => Message::new("answer-to-nothing"),
        Some(asked) => Message::new("answer-unfit").with("answers", takes(asked).join(", ")),
    };
    let sentence = sentence.with("cell", answer.cell.clone());
    Failure::new(Class::Input, sentence, &"an answer to what is not asked")
}

/// The cells whose answers could not be read, with the reasons in the plan.
pub(super) fn unread(plan: &Plan) -> Option<Failure> {
    let unread = questions(plan).into_iter().filter(|asked| asked.unread.is_some());
    let cells: Vec<String> = unread.map(|asked| asked.at.to_string()).collect();
    let sentence = || Message::new("answer-unread").with("cells", cells.join(", "));
    (!cells.is_empty()).then(|| Failure::new(Class::Input, sentence(), &"an answer that cannot be read"))
}

fn is_about(answer: &Typed, asked: &Asked) -> bool {
    asked.at.to_string() == answer.cell && answer.question.is_none_or(|question| question == asked.question)
}

/// The words that answer a question, beside what is typed instead of a cell.
pub(super) fn takes(asked: &Asked) -> Vec<&'static str> {
    let words = [
        ("proposed", Answer::AsProposed),
        ("as-written", Answer::AsWritten),
        ("somebody-else", Answer::SomebodyElse),
        ("leave-out", Answer::LeaveOut),
    ];
    let fit = words.into_iter().filter(|(_, answer)| asked.takes(answer));
    fit.map(|(word, _)| word).collect()
}

/// What is asked, and what may be said of a line though it is not asked.
fn questions(plan: &Plan) -> Vec<Asked> {
    let of_line = |line: &PlannedLine| match &line.outcome {
        Outcome::Ask(asked) => asked.clone(),
        _ => line.offered.iter().cloned().collect(),
    };
    plan.asked.iter().cloned().chain(plan.lines.iter().flat_map(of_line)).collect()
}

/// What is meant by an answer; where persons are proposed, one of them by his id.
fn meaning(said: &str, asked: &Asked, everybody: &[PersonView]) -> Answer {
    match said {
        "proposed" => Answer::AsProposed,
        "as-written" => Answer::AsWritten,
        "leave-out" => Answer::LeaveOut,
        "somebody-else" => Answer::SomebodyElse,
        _ if asked.question.is_about_person() => {
            let begins =
                |id: &String| said.len() >= PREFIX_DIGITS_MIN && id.starts_with(&said.to_lowercase());
            let mut meant = everybody
                .iter()
                .map(|view| view.record.person)
                .filter(|person| begins(&person.to_string()) && asked.takes(&Answer::Is(*person)));
            match (meant.next(), meant.next()) {
                (Some(person), None) => Answer::Is(person),
                // What nothing takes is told as an answer to nothing.
                _ => Answer::Instead(said.to_owned()),
            }
        }
        _ => Answer::Instead(said.to_owned()),
    }
}
