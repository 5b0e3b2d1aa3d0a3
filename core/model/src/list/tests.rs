//! Lists, in the way an akimat sends them.
//!
//! Invariants:
//! 1. any sheet whatever gives a plan or a refusal;
//! 2. the same lines in another order come to the same;
//! 3. what was exported and is imported plans nothing new;
//! 4. who answers everything as proposed or in words is asked nothing twice.

mod akimat;
mod any;
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

pub(super) fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
    Sheet { name: None, rows }
}

pub(super) fn day(written: &str) -> Day {
    written.parse().unwrap()
}

pub(super) fn today() -> Day {
    day("2026-11-21")
}

pub(super) const HEADER: [&str; 6] =
    ["№", "ФИО", "Дата рождения", "Гражданство", "№ удостоверения личности", "ИИН"];

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
    plan(std::slice::from_ref(sheet), Reading { today: today(), squad: None, known, answers }).unwrap()
}

/// The plan of these lines, nobody being known and nothing answered.
pub(super) fn plan_of(lines: &[[&str; 5]]) -> Plan {
    planned(&sheet_with(lines), &[], &Answers::new())
}

pub(super) fn problems(line: &PlannedLine) -> Vec<(String, ListProblem)> {
    match &line.outcome {
        Outcome::Refuse(refusals) => refusals
            .iter()
            .map(|refusal| (refusal.at.to_string(), refusal.problem))
            .collect(),
        other => panic!("not refused: {other:?}"),
    }
}

pub(super) fn questions(line: &PlannedLine) -> Vec<(String, ListQuestion)> {
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

pub(super) fn answers<const N: usize>(given: [(&str, ListQuestion, Answer); N]) -> Answers {
    given
        .into_iter()
        .map(|(cell, question, answer)| ((at(cell), question), answer))
        .collect()
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
    let answers = answers([("B3", ListQuestion::NameDoubtful, Answer::Instead("Жұмов".to_owned()))]);
    let known = known(1, created(&plan.lines[0]), Standing::OnThis);
    let printed = format!("{plan:?} {answers:?} {known:?} {:?}", plan.steps(RefusedLines::LeftOut));
    for private in ["сымов", "Әсел", "Ким", "Жұмов", "1993", "1970", "062498494", "008477852", "930928300128"]
    {
        assert!(!printed.contains(private), "{private} in {printed}");
    }
}
