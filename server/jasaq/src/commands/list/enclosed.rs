//! Whose copy is whose: told before a list is sent and after, with the files that are nobody's and the people without a copy.

use std::collections::BTreeMap;

use jasaq_fieldbook::Fieldbook;
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::list::{Outcome, Plan, PlannedLine};
use jasaq_fieldbook::model::sheet::{Address, Sheet};
use serde_json::{Value, json};

use super::papers::{Papers, cells};
use super::planned::name;
use crate::failure::Failure;
use crate::table::Columns;
use crate::words::{Message, Words};

/// What is told of the copies that were given.
#[derive(Debug, Default)]
pub(super) struct Enclosed {
    copies: Vec<Told>,
    /// Files that are of nobody, or may be of the persons of several lines.
    strays: Vec<(String, Vec<Address>)>,
    /// The lines of whoever has no copy, with their names.
    without: Vec<(Address, String)>,
}

/// A file and whose it is.
#[derive(Debug)]
struct Told {
    file: String,
    line: Address,
    name: String,
    /// Whether the line is sent, or its person is on the roster: else the copy stays here.
    goes_along: bool,
}

/// What is told of the papers of a plan's lines. Whoever is on the roster is without a copy if none ever came with him.
pub(super) fn of(
    fieldbook: &mut Fieldbook,
    (plan, sheet): (&Plan, &Sheet),
    papers: &Papers,
) -> Result<Enclosed, Failure> {
    let mut enclosed = Enclosed::default();
    for line in &plan.lines {
        let goes_along = !matches!(line.outcome, Outcome::Refuse(_) | Outcome::LeaveOut);
        let name = || name(line, sheet);
        let files = papers.files_of(line.at);
        let told = files.map(|file| Told { file: file.to_owned(), line: line.at, name: name(), goes_along });
        enclosed.copies.extend(told);
        let is_without = papers.are_given() && papers.files_of(line.at).next().is_none();
        if goes_along && is_without && !has_his(fieldbook, line)? {
            enclosed.without.push((line.at, name()));
        }
    }
    enclosed.strays = papers.strays().map(|(file, lines)| (file.to_owned(), lines.to_vec())).collect();
    Ok(enclosed)
}

fn has_his(fieldbook: &mut Fieldbook, line: &PlannedLine) -> Result<bool, Failure> {
    match on_roster(line) {
        Some(person) => Ok(!fieldbook.copies_of(person)?.is_empty()),
        None => Ok(false),
    }
}

fn on_roster(line: &PlannedLine) -> Option<PersonId> {
    match &line.outcome {
        Outcome::Match { person, is_on: true } => Some(*person),
        _ => None,
    }
}

/// The lines of whoever is on the roster already.
pub(super) fn on_already(plan: &Plan) -> BTreeMap<Address, PersonId> {
    let lines = plan.lines.iter();
    lines.filter_map(|line| Some((line.at, on_roster(line)?))).collect()
}

impl Enclosed {
    /// Empty where no copies were given.
    pub(super) fn table(&self, words: &Words) -> String {
        if self.copies.is_empty() && self.strays.is_empty() && self.without.is_empty() {
            return String::new();
        }
        let mut columns = Columns::new(words, &["column-file", "column-cell", "column-name", "column-said"]);
        for copy in &self.copies {
            let said = if copy.goes_along { String::new() } else { words.say("copy-stays") };
            columns.row([copy.file.clone(), copy.line.to_string(), copy.name.clone(), said]);
        }
        for (file, lines) in &self.strays {
            let said = if lines.is_empty() { "copy-of-nobody" } else { "copy-of-several" };
            columns.row([file.clone(), cells(lines), String::new(), words.say(said)]);
        }
        for (line, name) in &self.without {
            columns.row([String::new(), line.to_string(), name.clone(), words.say("copy-missing")]);
        }
        format!("{}\n{columns}", words.say(Message::new("list-copies-whose")))
    }

    pub(super) fn json(&self) -> Value {
        let copies = self.copies.iter().map(|copy| {
            json!({ "file": copy.file, "at": copy.line, "full_name": copy.name, "goes_along": copy.goes_along })
        });
        let strays = self
            .strays
            .iter()
            .map(|(file, lines)| json!({ "file": file, "may_be_of": lines }));
        let without = self.without.iter().map(|(line, name)| json!({ "at": line, "full_name": name }));
        json!({
            "files": copies.collect::<Vec<_>>(), "of_nobody_known": strays.collect::<Vec<_>>(),
            "persons_without": without.collect::<Vec<_>>(),
        })
    }
}
