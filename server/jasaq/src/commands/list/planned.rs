//! What would come of a list, for people and for programs: each line with its cells and reasons.

use std::collections::BTreeMap;

use jasaq_fieldbook::PersonView;
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::list::{Asked, ListProblem, OtherLine, Outcome, Plan, PlannedLine, Proposal};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::register::Identity;
use jasaq_fieldbook::model::sentences::citations;
use jasaq_fieldbook::model::sheet::{Address, Cell, Sheet};
use jasaq_fieldbook::model::words::Name;
use serde_json::{Value, json};

use super::answering::takes;
use super::before;
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// Whom this console knows, by ids.
pub(super) struct Acquainted<'a> {
    /// Their records: of whoever is listed anew, the one that ended.
    pub(super) records: BTreeMap<PersonId, &'a PersonView>,
    /// Who they are by their papers.
    pub(super) known: BTreeMap<PersonId, &'a Identity>,
}

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
pub(super) fn table(words: &Words, (plan, sheet): (&Plan, &Sheet), people: &Acquainted<'_>) -> String {
    let mut columns = Columns::new(words, &["column-cell", "column-name", "column-what", "column-said"]);
    for line in &plan.lines {
        columns.row([
            line.at.to_string(),
            name(line, sheet),
            outcome_word(words, &line.outcome),
            reasons(words, line, people).join("\n"),
        ]);
    }
    let mut lines: Vec<String> = plan.asked.iter().map(|asked| question(words, asked, people)).collect();
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
pub(super) fn name(line: &PlannedLine, sheet: &Sheet) -> String {
    match (&line.name, sheet.cell(line.at)) {
        (Some(name), _) => name.to_string(),
        (None, Cell::Text(text)) => text.trim().to_owned(),
        (None, _) => String::new(),
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
fn reasons(words: &Words, line: &PlannedLine, people: &Acquainted<'_>) -> Vec<String> {
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
        Outcome::Ask(asked) => said.extend(asked.iter().map(|asked| question(words, asked, people))),
        Outcome::Create { before: Some(id), .. } => {
            said.extend(people.records.get(id).map(|view| before::sentence(words, view)));
        }
        _ => {}
    }
    said.extend(line.offered.iter().map(|offered| question(words, offered, people)));
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

fn question(words: &Words, asked: &Asked, people: &Acquainted<'_>) -> String {
    let language = words.language();
    let said = cited(words, asked.question.word(language), citations(asked.question.paragraphs(), language));
    let proposed = match &asked.proposal {
        // Each person has a line of his own.
        Proposal::Nothing | Proposal::Persons(_) | Proposal::Lines(_) => None,
        Proposal::Day(day) => Some(day.to_string()),
        Proposal::Card(card) => Some(card.to_string()),
        Proposal::Iin(iin) => Some(iin.digits()),
        Proposal::Squad(squad) => Some(squad.to_string()),
    };
    let proposed =
        proposed.map(|proposed| words.say(Message::new("list-proposed").with("proposed", proposed)));
    let unread = asked
        .unread
        .map(|why| words.say(Message::new("list-answer-unread").with("why", why.word(language))));
    let about: Vec<String> = std::iter::once(said).chain(proposed).chain(unread).collect();
    let head = format!("{}:{}: {}", asked.at, asked.question.code(), about.join(" "));
    if !asked.question.is_about_person() {
        return head;
    }
    let answers = Message::new("list-answers").with("answers", takes(asked).join(", "));
    let candidates = candidates(asked, people).into_iter().map(|candidate| candidate.sentence(words));
    let lines: Vec<String> = std::iter::once(head).chain(candidates).chain([words.say(answers)]).collect();
    lines.join("\n")
}

/// Somebody whom a line may be about, with what tells him apart from a namesake.
struct Candidate<'a> {
    /// A known person, else another line.
    who: Result<PersonId, Address>,
    full_name: Option<&'a Name>,
    born: Option<Day>,
    card: Option<&'a Name>,
}

impl Candidate<'_> {
    fn sentence(&self, words: &Words) -> String {
        let or_dash = |said: Option<String>| said.unwrap_or_else(|| "—".to_owned());
        let who = match &self.who {
            Ok(person) => short(&person.to_string()),
            Err(line) => line.to_string(),
        };
        let told = Message::new("list-candidate")
            .with("who", who)
            .with("person", or_dash(self.full_name.map(ToString::to_string)))
            .with("born", or_dash(self.born.map(|born| born.to_string())))
            .with("card", or_dash(self.card.map(ToString::to_string)));
        words.say(told)
    }

    fn json(&self) -> Value {
        json!({
            "person": self.who.ok(), "line": self.who.err(), "full_name": self.full_name,
            "born": self.born, "id_document": self.card,
        })
    }
}

fn candidates<'a>(asked: &'a Asked, people: &Acquainted<'a>) -> Vec<Candidate<'a>> {
    match &asked.proposal {
        Proposal::Persons(persons) => {
            let candidate = |person: &PersonId| {
                let known = people.known.get(person);
                let paper = known.and_then(|known| known.id_document.as_ref());
                Candidate {
                    who: Ok(*person),
                    full_name: known.map(|known| &known.full_name),
                    born: known.and_then(|known| known.born),
                    card: paper.map(|paper| &paper.number),
                }
            };
            persons.iter().map(candidate).collect()
        }
        Proposal::Lines(lines) => {
            let candidate = |line: &'a OtherLine| Candidate {
                who: Err(line.at),
                full_name: Some(&line.person.full_name),
                born: line.person.born,
                card: line.person.card.as_ref(),
            };
            lines.iter().map(candidate).collect()
        }
        _ => Vec::new(),
    }
}

/// For a program.
pub(super) fn json(plan: &Plan, sheet: &Sheet, people: &Acquainted<'_>) -> Value {
    let lines = plan.lines.iter().map(|line| line_json(line, sheet, people));
    json!({
        "sheet": sheet.name,
        "asked": plan.asked.iter().map(|asked| question_json(asked, people)).collect::<Vec<_>>(),
        "lines": lines.collect::<Vec<_>>(),
        "columns_left_out": plan.left_out.iter().map(|column| column.at).collect::<Vec<_>>(),
        "rows_passed_over": plan.passed_over,
    })
}

fn line_json(line: &PlannedLine, sheet: &Sheet, people: &Acquainted<'_>) -> Value {
    let notes = line.notes.iter().map(|(at, note)| json!({ "at": at, "note": note }));
    let (mut person, mut refusals, mut questions) = (Value::Null, Vec::new(), Vec::new());
    match &line.outcome {
        Outcome::Match { person: known, .. } | Outcome::GoOn { person: known, .. } => person = json!(known),
        Outcome::Create { before: Some(id), .. } => {
            person = before::to_json(*id, people.records.get(id).copied());
        }
        Outcome::Refuse(all) => refusals.extend(all.iter().map(|refusal| {
            json!({
                "at": refusal.at, "problem": refusal.problem,
                "paragraphs": refusal.problem.paragraphs(), "other": refusal.other,
            })
        })),
        Outcome::Ask(all) => questions.extend(all.iter().map(|asked| question_json(asked, people))),
        Outcome::Create { before: None, .. } | Outcome::LeaveOut => {}
    }
    json!({
        "at": line.at, "full_name": name(line, sheet), "outcome": outcome_code(&line.outcome),
        "person": person, "notes": notes.collect::<Vec<_>>(), "refusals": refusals, "asked": questions,
        "offered": line.offered.as_ref().map(|offered| question_json(offered, people)),
    })
}

fn question_json(asked: &Asked, people: &Acquainted<'_>) -> Value {
    let proposal = match &asked.proposal {
        Proposal::Nothing => Value::Null,
        Proposal::Day(day) => json!(day),
        Proposal::Card(card) => json!(card),
        Proposal::Iin(iin) => json!(iin.digits()),
        Proposal::Persons(persons) => json!(persons),
        Proposal::Squad(squad) => json!(squad),
        Proposal::Lines(lines) => json!(lines.iter().map(|line| line.at).collect::<Vec<_>>()),
    };
    let candidates: Vec<Value> = candidates(asked, people).iter().map(Candidate::json).collect();
    json!({
        "at": asked.at, "question": asked.question, "paragraphs": asked.question.paragraphs(),
        "proposal": proposal, "candidates": candidates, "takes": takes(asked), "unread": asked.unread,
    })
}
