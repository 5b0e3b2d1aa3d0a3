//! Lists, in the way an akimat sends them.
//!
//! Invariants:
//! 1. any sheet whatever gives a plan or a refusal;
//! 2. the same lines in another order come to the same;
//! 3. what was exported and is imported plans nothing new;
//! 4. who answers everything as proposed or in words is asked nothing twice.

mod akimat;
mod doubles;
mod sheets;

use super::*;
use crate::ids::SquadId;
use crate::sheet::Cell;
use crate::words::Language;

pub(super) fn text(written: &str) -> Cell {
    if written.is_empty() { Cell::Empty } else { Cell::Text(written.to_owned()) }
}

pub(super) fn row(cells: &[&str]) -> Vec<Cell> {
    cells.iter().map(|written| text(written)).collect()
}

/// Of the column letter and the row number, as a spreadsheet shows them.
pub(super) fn at(written: &str) -> Address {
    let (column, row) = written.split_at(1);
    Address { column: u32::from(column.as_bytes()[0] - b'A'), row: row.parse::<u32>().unwrap() - 1 }
}

pub(super) fn day(written: &str) -> Day {
    written.parse().unwrap()
}

pub(super) fn today() -> Day {
    day("2026-11-21")
}

pub(super) const HEADER: [&str; 6] = ["№", "ФИО", "Дата рождения", "Гражданство", "№ удостоверения личности", "ИИН"];

/// A sheet of these lines under a Russian header in the first row; the number is added.
pub(super) fn sheet_with(lines: &[[&str; 5]]) -> Sheet {
    let lines = lines.iter().zip(1..).map(|(line, number)| {
        let mut cells = vec![Cell::Number(f64::from(number))];
        cells.extend(row(line));
        cells
    });
    Sheet { name: None, rows: std::iter::once(row(&HEADER)).chain(lines).collect() }
}

pub(super) fn planned(sheet: &Sheet, known: &[KnownPerson], answers: &Answers) -> Plan {
    plan(std::slice::from_ref(sheet), Reading { today: today(), known, answers }).unwrap()
}

/// The plan of these lines, nobody being known and nothing answered.
pub(super) fn plan_of(lines: &[[&str; 5]]) -> Plan {
    planned(&sheet_with(lines), &[], &Answers::new())
}

pub(super) fn problems(line: &PlannedLine) -> Vec<(String, Problem)> {
    match &line.outcome {
        Outcome::Refuse(refusals) => {
            refusals.iter().map(|refusal| (refusal.at.to_string(), refusal.problem)).collect()
        }
        other => panic!("not refused: {other:?}"),
    }
}

pub(super) fn questions(line: &PlannedLine) -> Vec<(String, Question)> {
    match &line.outcome {
        Outcome::Ask(asked) => asked.iter().map(|asked| (asked.at.to_string(), asked.question)).collect(),
        other => panic!("not asked: {other:?}"),
    }
}

pub(super) fn created(line: &PlannedLine) -> &ListedPerson {
    match &line.outcome {
        Outcome::Create { person, .. } => person,
        other => panic!("not created: {other:?}"),
    }
}

pub(super) fn answers<const N: usize>(given: [(&str, Question, Answer); N]) -> Answers {
    given.into_iter().map(|(cell, question, answer)| ((at(cell), question), answer)).collect()
}

pub(super) fn known(byte: u8, person: &ListedPerson, standing: Standing) -> KnownPerson {
    KnownPerson { identity: person.clone().into_identity(PersonId::from_bytes([byte; 16]), None), standing }
}

pub(super) fn person(name: &str, born: Option<&str>) -> ListedPerson {
    let full_name = Name::new(name).unwrap();
    ListedPerson { full_name, born: born.map(day), iin: None, card: None, residence: None }
}

pub(super) const ANOTHER_SQUAD: SquadId = SquadId::from_bytes([9; 16]);

#[test]
fn no_plan_prints_what_it_holds() {
    let plan = plan_of(&[
        ["Қасымов Ерлан", "28.09.1993", "РК", "062498494", "930928300128"],
        ["Әсел Жrов", "05.06.20", "Ресей", "8477852", ""],
        ["Ким Вилен", "1.2.1970", "РК", "8477852", ""],
    ]);
    let answers = answers([("B3", Question::NameDoubtful, Answer::Instead("Жұмов".to_owned()))]);
    let known = known(1, created(&plan.lines[0]), Standing::OnThis);
    let printed = format!("{plan:?} {answers:?} {known:?} {:?}", plan.steps(RefusedLines::LeftOut));
    for private in ["сымов", "Әсел", "Ким", "Жұмов", "1993", "1970", "062498494", "008477852", "930928300128"] {
        assert!(!printed.contains(private), "{private} in {printed}");
    }
}

#[test]
fn every_sentence_stands_in_three_languages() {
    for language in Language::ALL {
        let written = match language {
            Language::Kk => include_str!("../../locales/kk/list.ftl"),
            Language::Ru => include_str!("../../locales/ru/list.ftl"),
            Language::En => include_str!("../../locales/en/list.ftl"),
        };
        let due = Problem::ALL.iter().map(|problem| format!("list-problem-{problem}"))
            .chain(Question::ALL.iter().map(|question| format!("list-question-{question}")))
            .chain(Note::ALL.iter().map(|note| format!("list-note-{note}")))
            .chain(Column::ALL.iter().map(|column| format!("list-column-{column}")))
            .chain(ListRefused::CODES.iter().map(|code| format!("list-refused-{code}")))
            .chain(["create", "create_again", "match", "put_on", "refuse", "ask", "leave_out"].iter().map(|outcome| format!("list-outcome-{outcome}")))
            .chain(["asked", "refused"].iter().map(|not_yet| format!("list-not-yet-{not_yet}")))
            .chain(["left_out", "left_out_headless", "passed_over", "unused", "proposed", "other"].iter().map(|word| format!("list-{word}")));
        let due: Vec<String> = due.map(|id| id.replace('_', "-")).collect();
        for id in &due {
            assert!(written.lines().any(|line| line.starts_with(&format!("{id} = "))), "{id} is missing in {language}");
        }
        let there = written.lines().filter_map(|line| line.split_once(" = ")).filter(|(id, _)| id.starts_with("list-"));
        for (id, _) in there {
            assert!(due.iter().any(|due| due == id), "{id} in {language} says what nothing asks for");
        }
    }
}
