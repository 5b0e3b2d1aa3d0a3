//! What somebody answered about cells of a list: each answer goes to the question that it answers.

use std::path::Path;

use jasaq_fieldbook::PersonView;
use jasaq_fieldbook::model::list::{Answer, Answers, Asked, ListQuestion, Outcome, Plan};

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

/// Nothing was answered yet.
pub(super) const fn none() -> Answers {
    Answers::new()
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
                asked.at.to_string() == answer.cell
                    && answer.question.is_none_or(|question| question == asked.question)
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
    match typed.first() {
        None => Ok(planned),
        Some(answer) => {
            let sentence = Message::new("answer-to-nothing").with("cell", answer.cell.clone());
            Err(Failure::new(Class::Input, sentence, &"an answer to what is not asked"))
        }
    }
}

fn questions(plan: &Plan) -> Vec<Asked> {
    let asked = plan.lines.iter().filter_map(|line| match &line.outcome {
        Outcome::Ask(asked) => Some(asked.clone()),
        _ => None,
    });
    asked.flatten().collect()
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
