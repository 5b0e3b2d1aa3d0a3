//! What somebody answered about cells of a list: each answer goes to the question that it answers.

use std::path::Path;

use jasaq_fieldbook::PersonView;
use jasaq_fieldbook::model::ids::SquadId;
use jasaq_fieldbook::model::list::{
    Answer, Answers, Asked, KnownPerson, ListQuestion, Outcome, Plan, PlannedLine, Standing,
};

use crate::failure::{Class, Failure};
use crate::files;
use crate::limits::{ANSWERS_FILE_BYTES_MAX, PREFIX_DIGITS_MIN};
use crate::words::Message;

/// An answer as it was typed.
#[derive(Clone, PartialEq, Eq)]
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

/// Whom a list is settled against.
#[derive(Clone, Copy)]
pub(super) struct Whom<'a> {
    /// The records of this console.
    pub(super) everybody: &'a [PersonView],
    /// Who is known by them.
    pub(super) known: &'a [KnownPerson],
    /// Whose list it is.
    pub(super) squad: SquadId,
}

/// Gives each answer to its question, and plans again: an answer may bring another question. Whatever answers nothing is
/// refused, so that nobody believes he was heard; but of who is on the roster nothing is asked any more, and the same list given
/// once more, with the answers that it took, comes to nothing.
pub(super) fn settle(
    typed: Vec<Typed>,
    whom: Whom<'_>,
    mut plan: impl FnMut(&Answers, &[KnownPerson]) -> Result<Plan, Failure>,
) -> Result<Plan, Failure> {
    let (planned, left) = give(typed, whom.everybody, |answers| plan(answers, whom.known))?;
    let is_on = |answer: &Typed| {
        planned.lines.iter().any(|line| {
            let is_on = matches!(line.outcome, Outcome::Match { is_on: true, .. });
            is_on && answer.row() == Some(u64::from(line.at.row) + 1)
        })
    };
    if let Some(answer) = left.iter().find(|answer| !is_on(answer)) {
        return Err(unfit(answer, &planned));
    }
    if left.is_empty() {
        return Ok(planned);
    }
    // Which question it was that found who is meant depends on who else was known.
    let open = |answer: Typed| Typed {
        question: answer.question.filter(|question| !question.is_about_person()),
        ..answer
    };
    let left: Vec<Typed> = left.into_iter().map(open).collect();
    let unheard = unheard_before(&left, whom, plan)?;
    match left
        .iter()
        .find(|answer| unheard.iter().all(|unheard| unheard.contains(answer)))
    {
        None => Ok(planned),
        Some(answer) => {
            let sentence = Message::new("answer-on-already").with("cell", answer.cell.clone());
            Err(Failure::new(Class::Input, sentence, &"an answer about somebody who is on the roster"))
        }
    }
}

/// Which answers about people on the roster nothing would have taken before they were: neither if they had not been known, nor,
/// to who is meant, if they had been on another roster.
fn unheard_before(
    typed: &[Typed],
    whom: Whom<'_>,
    mut plan: impl FnMut(&Answers, &[KnownPerson]) -> Result<Plan, Failure>,
) -> Result<[Vec<Typed>; 2], Failure> {
    let (mut unknown, mut elsewhere) = (whom.known.to_vec(), whom.known.to_vec());
    unknown.retain(|known| known.standing != Standing::OnThis);
    for known in elsewhere.iter_mut().filter(|known| known.standing == Standing::OnThis) {
        known.standing = Standing::OnAnother(whom.squad);
    }
    // Whoever was left out, or was somebody else, would not be on it as who he is.
    let split = |denials: &[&str]| -> (Vec<Typed>, Vec<Typed>) {
        typed
            .iter()
            .cloned()
            .partition(|answer| denials.contains(&answer.said.as_str()))
    };
    let (mut denied, rest) = split(&["leave-out"]);
    let (_, left) = give(rest, whom.everybody, |answers| plan(answers, &unknown))?;
    denied.extend(left);
    let (mut denied_elsewhere, rest) = split(&["leave-out", "somebody-else"]);
    let (_, left) = give(rest, whom.everybody, |answers| plan(answers, &elsewhere))?;
    denied_elsewhere.extend(left);
    Ok([denied, denied_elsewhere])
}

/// Gives answers to what is asked until no more are taken. Returns those that are left.
fn give(
    mut typed: Vec<Typed>,
    everybody: &[PersonView],
    mut plan: impl FnMut(&Answers) -> Result<Plan, Failure>,
) -> Result<(Plan, Vec<Typed>), Failure> {
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
    Ok((planned, typed))
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

/// The words that answer a question, beside what is typed instead of a cell. Two lines are about two persons or one; of somebody known
/// the same two answers are heard.
const WORDS: [(&str, Answer); 7] = [
    ("proposed", Answer::AsProposed),
    ("as-written", Answer::AsWritten),
    ("somebody-else", Answer::SomebodyElse),
    ("one-person", Answer::AsProposed),
    ("two-persons", Answer::SomebodyElse),
    ("anew", Answer::Anew),
    ("leave-out", Answer::LeaveOut),
];

/// Those of them that fit a question.
pub(super) fn takes(asked: &Asked) -> Vec<&'static str> {
    let is_of_lines = asked.question == ListQuestion::PersonDouble;
    let is_said = |word: &str| match word {
        "proposed" | "somebody-else" => !is_of_lines,
        "one-person" | "two-persons" => is_of_lines,
        _ => true,
    };
    let fit = WORDS.iter().filter(|(word, answer)| is_said(word) && asked.takes(answer));
    fit.map(|(word, _)| *word).collect()
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
    let known = WORDS.iter().find(|(word, _)| *word == said);
    match known {
        Some((_, answer)) => answer.clone(),
        None if asked.question.is_about_person() => {
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
