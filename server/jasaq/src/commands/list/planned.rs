//! What would come of a list, for people and for programs: each line with its cells and reasons.

use std::collections::BTreeMap;

use jasaq_fieldbook::PersonView;
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::list::{Asked, ListProblem, Outcome, Plan, PlannedLine, Proposal};
use jasaq_fieldbook::model::sentences::citations;
use jasaq_fieldbook::model::sheet::{Address, Cell, Sheet};
use serde_json::{Value, json};

use super::answering::takes;
use super::before;
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// The records that ended, by their ids, of whoever is listed anew.
pub(super) type Befores<'a> = BTreeMap<PersonId, &'a PersonView>;

/// How many lines come to what.
#[derive(Default)]
pub(super) struct Counts {
    created: usize,
    put_on: usize,
    on_already: usize,
    refused: usize,
    asked: usize,
    left_out: usize,
}

impl Counts {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut counts = Self { asked: plan.asked.len(), ..Self::default() };
        for line in &plan.lines {
            let count = match &line.outcome {
                Outcome::Create { .. } => &mut counts.created,
                Outcome::Match { is_on: false, .. } | Outcome::GoOn { .. } => &mut counts.put_on,
                Outcome::Match { is_on: true, .. } => &mut counts.on_already,
                Outcome::Refuse(_) => &mut counts.refused,
                Outcome::Ask(_) => &mut counts.asked,
                Outcome::LeaveOut => &mut counts.left_out,
            };
            *count += 1;
        }
        counts
    }

    pub(super) fn sentence(&self, words: &Words) -> String {
        words.say(
            Message::new("list-planned")
                .with("created", self.created)
                .with("put_on", self.put_on)
                .with("on_already", self.on_already)
                .with("refused", self.refused)
                .with("asked", self.asked)
                .with("left_out", self.left_out),
        )
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "created": self.created, "put_on": self.put_on, "on_already": self.on_already,
            "refused": self.refused, "asked": self.asked, "left_out": self.left_out,
        })
    }
}

/// The table.
pub(super) fn table(words: &Words, (plan, sheet): (&Plan, &Sheet), befores: &Befores<'_>) -> String {
    let mut columns = Columns::new(words, &["column-cell", "column-name", "column-what", "column-said"]);
    for line in &plan.lines {
        columns.row([
            line.at.to_string(),
            name(line, sheet),
            outcome_word(words, &line.outcome),
            reasons(words, line, befores).join("\n"),
        ]);
    }
    let mut lines: Vec<String> = plan.asked.iter().map(|asked| question(words, asked)).collect();
    lines.push(columns.to_string());
    let cells = |cells: Vec<Address>| cells.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if !plan.left_out.is_empty() {
        let at = cells(plan.left_out.iter().map(|column| column.at).collect());
        lines.push(words.say(Message::new("list-columns-left-out").with("cells", at)));
    }
    if !plan.passed_over.is_empty() {
        let at = cells(plan.passed_over.clone());
        lines.push(words.say(Message::new("list-rows-passed-over").with("cells", at)));
    }
    lines.join("\n")
}

/// The name as it was understood, else as it stands in the sheet.
fn name(line: &PlannedLine, sheet: &Sheet) -> String {
    match &line.outcome {
        Outcome::Create { person: listed, .. } | Outcome::GoOn { listed, .. } => listed.full_name.to_string(),
        _ => match sheet.cell(line.at) {
            Cell::Text(text) => text.trim().to_owned(),
            _ => String::new(),
        },
    }
}

fn outcome_word(words: &Words, outcome: &Outcome) -> String {
    words.say(match outcome {
        Outcome::Create { before: None, .. } => "list-line-created",
        Outcome::Create { before: Some(_), .. } => "list-line-created-anew",
        Outcome::Match { is_on: false, .. } => "list-line-put-on",
        Outcome::GoOn { .. } => "list-line-goes-on",
        Outcome::Match { is_on: true, .. } => "list-line-on-already",
        Outcome::Refuse(_) => "list-line-refused",
        Outcome::Ask(_) => "list-line-asked",
        Outcome::LeaveOut => "list-line-left-out",
    })
}

const fn outcome_code(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Create { .. } => "create",
        Outcome::Match { is_on: false, .. } => "put_on",
        Outcome::GoOn { .. } => "go_on",
        Outcome::Match { is_on: true, .. } => "on_already",
        Outcome::Refuse(_) => "refuse",
        Outcome::Ask(_) => "ask",
        Outcome::LeaveOut => "leave_out",
    }
}

/// Each with its cell and, where the law gives one, the paragraph.
fn reasons(words: &Words, line: &PlannedLine, befores: &Befores<'_>) -> Vec<String> {
    let language = words.language();
    let mut said: Vec<String> = line
        .notes
        .iter()
        .map(|(at, note)| format!("{at}: {}", note.word(language)))
        .collect();
    match &line.outcome {
        Outcome::Refuse(refusals) => said.extend(refusals.iter().map(|refusal| {
            let other = refusal.other.map(|at| format!(" ({at})")).unwrap_or_default();
            format!("{}: {}{other}", refusal.at, problem(words, refusal.problem))
        })),
        Outcome::Ask(asked) => said.extend(asked.iter().map(|asked| question(words, asked))),
        Outcome::Create { before: Some(id), .. } => {
            said.extend(befores.get(id).map(|view| before::sentence(words, view)));
        }
        _ => {}
    }
    said.extend(line.offered.iter().map(|offered| question(words, offered)));
    said
}

fn problem(words: &Words, problem: ListProblem) -> String {
    cited(words, problem.word(words.language()), citations(problem.paragraphs(), words.language()))
}

fn cited(words: &Words, said: &'static str, paragraphs: String) -> String {
    if paragraphs.is_empty() {
        return said.to_owned();
    }
    words.say(Message::new("list-cited").with("said", said).with("paragraphs", paragraphs))
}

fn question(words: &Words, asked: &Asked) -> String {
    let language = words.language();
    let said = cited(words, asked.question.word(language), citations(asked.question.paragraphs(), language));
    let proposed = match &asked.proposal {
        Proposal::Nothing => None,
        Proposal::Day(day) => Some(day.to_string()),
        Proposal::Card(card) => Some(card.to_string()),
        Proposal::Iin(iin) => Some(iin.digits()),
        Proposal::Persons(persons) => {
            let ids: Vec<String> = persons.iter().map(|person| short(&person.to_string())).collect();
            Some(ids.join(", "))
        }
        Proposal::Squad(squad) => Some(squad.to_string()),
    };
    let proposed =
        proposed.map(|proposed| words.say(Message::new("list-proposed").with("proposed", proposed)));
    let unread = asked
        .unread
        .map(|why| words.say(Message::new("list-answer-unread").with("why", why.word(language))));
    let about: Vec<String> = std::iter::once(said).chain(proposed).chain(unread).collect();
    format!("{}:{}: {}", asked.at, asked.question.code(), about.join(" "))
}

/// For a program.
pub(super) fn json(plan: &Plan, sheet: &Sheet, befores: &Befores<'_>) -> Value {
    let lines = plan.lines.iter().map(|line| line_json(line, sheet, befores));
    json!({
        "sheet": sheet.name,
        "asked": plan.asked.iter().map(question_json).collect::<Vec<_>>(),
        "lines": lines.collect::<Vec<_>>(),
        "columns_left_out": plan.left_out.iter().map(|column| column.at).collect::<Vec<_>>(),
        "rows_passed_over": plan.passed_over,
    })
}

fn line_json(line: &PlannedLine, sheet: &Sheet, befores: &Befores<'_>) -> Value {
    let notes = line.notes.iter().map(|(at, note)| json!({ "at": at, "note": note }));
    let (mut person, mut refusals, mut questions) = (Value::Null, Vec::new(), Vec::new());
    match &line.outcome {
        Outcome::Match { person: known, .. } | Outcome::GoOn { person: known, .. } => person = json!(known),
        Outcome::Create { before: Some(id), .. } => person = before::to_json(*id, befores.get(id).copied()),
        Outcome::Refuse(all) => refusals.extend(all.iter().map(|refusal| {
            json!({
                "at": refusal.at, "problem": refusal.problem,
                "paragraphs": refusal.problem.paragraphs(), "other": refusal.other,
            })
        })),
        Outcome::Ask(all) => questions.extend(all.iter().map(question_json)),
        Outcome::Create { before: None, .. } | Outcome::LeaveOut => {}
    }
    json!({
        "at": line.at, "full_name": name(line, sheet), "outcome": outcome_code(&line.outcome),
        "person": person, "notes": notes.collect::<Vec<_>>(), "refusals": refusals, "asked": questions,
        "offered": line.offered.as_ref().map(question_json),
    })
}

fn question_json(asked: &Asked) -> Value {
    let proposal = match &asked.proposal {
        Proposal::Nothing => Value::Null,
        Proposal::Day(day) => json!(day),
        Proposal::Card(card) => json!(card),
        Proposal::Iin(iin) => json!(iin.digits()),
        Proposal::Persons(persons) => json!(persons),
        Proposal::Squad(squad) => json!(squad),
    };
    json!({
        "at": asked.at, "question": asked.question, "paragraphs": asked.question.paragraphs(),
        "proposal": proposal, "takes": takes(asked), "unread": asked.unread,
    })
}
