//! Any sheet whatever, and any order of lines.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        3 => Just(Cell::Empty),
        4 => "\\PC{0,20}".prop_map(Cell::Text),
        4 => select(vec!["ФИО", "Тегі", "Аты", "Туған күні", "Гражданство", "Жеке куәлік №", "ИИН", "№", "Қасымов Ерлан", "04.03.04", "РК", "8477852", "Ресей", "___"]).prop_map(text),
        2 => any::<f64>().prop_map(Cell::Number),
        1 => (1800_i16..2100).prop_map(|year| Cell::Day(Day::new(year, 2, 28).unwrap())),
        1 => Just(Cell::Formula),
        1 => Just(Cell::Error),
    ]
}

fn asked_in(plan: &Plan) -> impl Iterator<Item = &Asked> {
    plan.lines.iter().flat_map(|line| match &line.outcome {
        Outcome::Ask(asked) => asked.as_slice(),
        _ => &[],
    })
}

fn suitable(asked: &Asked) -> Answer {
    let country = Answer::Instead("ҚР".to_owned());
    let mut answers = [Answer::AsProposed, Answer::AsWritten, Answer::SomebodyElse, country].into_iter();
    answers.find(|answer| asked.takes(answer)).unwrap()
}

fn line_cells() -> impl Strategy<Value = Vec<Cell>> {
    vec(any_cell(), 0..8)
}

proptest! {
    #[test]
    fn any_sheet_whatever_gives_a_plan_or_a_refusal(
        above in vec(line_cells(), 0..4),
        has_header in any::<bool>(),
        below in vec(line_cells(), 0..12),
    ) {
        let header = has_header.then(|| row(&HEADER));
        let sheet = sheet(above.into_iter().chain(header).chain(below).collect());
        let empty = Answers::new();
        let reading = Reading { today: today(), squad: None, known: &[], answers: &empty };
        if let Ok(plan) = plan(std::slice::from_ref(&sheet), reading) {
            prop_assert!(!plan.lines.is_empty());
            for answer in [suitable, |_: &Asked| Answer::LeaveOut] {
                let mut answers = Answers::new();
                // One after the other: two questions about a cell, and two lines of which the first is left out.
                for _ in 0..plan.lines.len() + 3 {
                    let plan = planned(&sheet, &[], &answers);
                    if asked_in(&plan).next().is_none() {
                        break;
                    }
                    for asked in asked_in(&plan) {
                        let before = answers.insert((asked.at, asked.question), answer(asked));
                        prop_assert_eq!(before, None, "what was answered is asked again");
                    }
                }
                prop_assert!(planned(&sheet, &[], &answers).steps(RefusedLines::LeftOut).is_ok());
            }
        }
    }

    #[test]
    fn the_same_lines_in_another_order_come_to_the_same(
        lines in vec((1..90_u32, "[1-9]{9}", select(vec!["РК", "Ресей", "", "қазақ"]), 1..29_u32), 1..30),
        seed in any::<u64>(),
    ) {
        let written: Vec<[String; 4]> = lines.iter().enumerate().map(|(n, (year, card, country, day))| {
            [format!("Асанов {}", "аб".repeat(n + 1)), format!("{day:02}.02.{year:02}"), (*country).to_owned(), card.clone()]
        }).collect();
        let mut cards: Vec<&String> = written.iter().map(|[.., card]| card).collect();
        cards.sort();
        cards.dedup();
        prop_assume!(cards.len() == written.len());
        let lines: Vec<[&str; 5]> = written.iter().map(|[name, born, country, card]| [name.as_str(), born, country, card, ""]).collect();
        let mut moved: Vec<(usize, [&str; 5])> = lines.iter().copied().enumerate().collect();
        moved.sort_by_key(|(n, _)| (*n as u64 + 1).wrapping_mul(seed | 1));
        let (there, back) = (plan_of(&lines), plan_of(&moved.iter().map(|(_, line)| *line).collect::<Vec<_>>()));
        for (line, (from, _)) in back.lines.iter().zip(&moved) {
            let rows = i64::from(line.at.row) - i64::from(there.lines[*from].at.row);
            prop_assert!(is_moved(&there.lines[*from].outcome, &line.outcome, rows));
        }
    }
}

/// Whether the one is the other, so many rows further down.
fn is_moved(one: &Outcome, other: &Outcome, rows: i64) -> bool {
    let moved =
        |at: Address, to: Address| i64::from(at.row) + rows == i64::from(to.row) && at.column == to.column;
    match (one, other) {
        (Outcome::Ask(one), Outcome::Ask(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| {
                    moved(one.at, other.at)
                        && one.question == other.question
                        && one.proposal == other.proposal
                })
        }
        (Outcome::Refuse(one), Outcome::Refuse(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| moved(one.at, other.at) && one.problem == other.problem)
        }
        (one, other) => one == other,
    }
}
