//! Sheets that were filled in by hand: what is taken, and that whatever is not is named with its row and column, all at once.

use proptest::prelude::*;

use super::*;
use crate::entry::{Activity, EntryDraft};
use crate::ids::MemberId;
use crate::moment::Moment;
use crate::patrol::ActivityMode;
use crate::sentences::paper_vocabulary;
use crate::sheet::{Cell, Sheet};
use crate::source::Source;
use crate::strategies::any_entry;
use crate::words::Language;

fn text(written: &str) -> Cell {
    if written.is_empty() { Cell::Empty } else { Cell::Text(written.to_owned()) }
}

/// A sheet with the headings of a language, and lines by column.
fn sheet(language: Language, lines: &[&[(PaperColumn, &str)]]) -> Sheet {
    let heading = PaperColumn::ALL.iter().map(|column| text(column.word(language))).collect();
    let line = |cells: &&[(PaperColumn, &str)]| {
        let cell = |column: &PaperColumn| {
            cells
                .iter()
                .find(|(own, _)| own == column)
                .map_or(Cell::Empty, |(_, written)| text(written))
        };
        PaperColumn::ALL.iter().map(cell).collect()
    };
    Sheet { name: None, rows: [heading].into_iter().chain(lines.iter().map(line)).collect() }
}

fn now() -> Moment {
    "2026-05-02T09:00:00+05:00".parse().unwrap()
}

fn members() -> [(MemberId, String); 3] {
    [(1, "Бекова Арай"), (2, "Ким Виктор"), (3, "Ким Виктор")]
        .map(|(number, name)| (MemberId::from_bytes([number; 16]), name.to_owned()))
}

fn read_with(
    sheets: &[Sheet],
    mode: Option<ActivityMode>,
    known: &[EntryDraft],
) -> Result<FilledSheet, PaperRefused> {
    let (members, words) = (members(), paper_vocabulary());
    read_filled(sheets, Reading { now: now(), mode, members: &members, known, words: &words })
}

fn read(lines: &[&[(PaperColumn, &str)]]) -> Result<FilledSheet, PaperRefused> {
    read_with(&[sheet(Language::Kk, lines)], None, &[])
}

fn problems(refused: Result<FilledSheet, PaperRefused>) -> Vec<(String, PaperColumn, PaperProblem)> {
    match refused {
        Err(PaperRefused::Cells(cells)) => cells
            .iter()
            .map(|cell| (cell.at.to_string(), cell.column, cell.problem))
            .collect(),
        other => panic!("{other:?} names no cells"),
    }
}

use PaperColumn as C;

const START: &[(C, &str)] =
    &[(C::Line, "шығуы"), (C::Day, "01.05.2026"), (C::Time, "8:00"), (C::Mode, "joint"), (C::Text, "өткел")];
const ENTRY: &[(C, &str)] = &[
    (C::Time, "10:12"),
    (C::Activity, "21"),
    (C::Text, "із бар"),
    (C::ToldBy, "бекова  арай"),
    (C::Count, "5"),
];
const END: &[(C, &str)] = &[(C::Line, "End"), (C::Time, "17:40")];

#[test]
fn a_filled_sheet_in_any_language_is_a_start_entries_from_paper_and_an_end() {
    for language in Language::ALL {
        let read = read_with(&[sheet(*language, &[START, ENTRY, END])], None, &[]).unwrap();
        let start = read.start.unwrap();
        assert_eq!((start.mode, start.task.unwrap().as_str()), (ActivityMode::Joint, "өткел"));
        assert_eq!(read.end.unwrap().to_string(), "2026-05-01T17:40:00+05:00");
        let [entry] = read.entries.as_slice() else { panic!("one entry") };
        assert_eq!((entry.source, entry.counted.unwrap().number()), (Source::Paper, 5));
        assert_eq!(entry.occurred_at.unwrap().to_string(), "2026-05-01T10:12:00+05:00");
        assert_eq!(entry.told_by, Some(members()[0].0));
        assert_eq!(entry.activity.codes().mode, Some("joint"), "the patrol's, where the line has none");
    }
}

#[test]
fn every_cell_that_is_not_taken_is_named_and_nothing_of_the_sheet_is() {
    let wrong: &[(C, &str)] = &[
        (C::Time, "25:00"),
        (C::Activity, "77"),
        (C::Count, "көп"),
        (C::ToldBy, "Ким Виктор"),
        (C::North, "44.1"),
        (C::Area, "border_zone"),
    ];
    let early: &[(C, &str)] = &[(C::Time, "7:00"), (C::Activity, "4"), (C::Mode, "joint"), (C::Text, "x")];
    let found = problems(read(&[START, wrong, early, END, END]));
    let due = [
        ("C3", C::Time, PaperProblem::NotATime),
        ("D3", C::ToldBy, PaperProblem::SeveralMembers),
        ("E3", C::Activity, PaperProblem::NotAnActivity),
        ("G3", C::Count, PaperProblem::NotACount),
        ("I3", C::East, PaperProblem::NotAPlace),
        ("L3", C::Text, PaperProblem::Missing),
        ("N3", C::Area, PaperProblem::Surplus),
        ("C4", C::Time, PaperProblem::BeforeStart),
        ("F4", C::Mode, PaperProblem::Surplus),
        ("A6", C::Line, PaperProblem::Twice),
    ];
    assert_eq!(found, due.map(|(at, column, problem)| (at.to_owned(), column, problem)));
}

#[test]
fn a_sheet_without_a_start_is_of_a_patrol_that_is_named() {
    let dated: &[(C, &str)] =
        &[(C::Day, "2026-05-01"), (C::Time, "10:12"), (C::Activity, "4"), (C::Text, "x")];
    assert_eq!(problems(read(&[dated])), [("A2".to_owned(), C::Line, PaperProblem::Missing)]);
    let lines = [sheet(Language::Ru, &[dated])];
    assert!(read_with(&lines, Some(ActivityMode::Both), &[]).unwrap().start.is_none());
    let started = [sheet(Language::Ru, &[START, dated])];
    let twice = problems(read_with(&started, Some(ActivityMode::Both), &[]));
    assert_eq!(twice, [("A2".to_owned(), C::Line, PaperProblem::Twice)]);
}

#[test]
fn what_stands_in_a_log_already_is_not_taken_a_second_time() {
    let lines = [sheet(Language::Kk, &[START, ENTRY])];
    let first = read_with(&lines, None, &[]).unwrap();
    let again = problems(read_with(&lines, None, &first.entries));
    assert_eq!(again, [("L3".to_owned(), C::Text, PaperProblem::AlreadyThere)]);
    let twice = problems(read(&[START, ENTRY, ENTRY]));
    assert_eq!(twice, [("L4".to_owned(), C::Text, PaperProblem::AlreadyThere)]);
}

#[test]
fn the_future_a_formula_and_a_missing_day_are_refused_and_a_spreadsheets_time_is_a_time() {
    let late: &[(C, &str)] =
        &[(C::Day, "03.05.2026"), (C::Time, "10:12"), (C::Activity, "4"), (C::Text, "x")];
    assert_eq!(problems(read(&[START, late])), [("C3".to_owned(), C::Time, PaperProblem::Ahead)]);
    let undated: &[(C, &str)] = &[(C::Time, "10:12"), (C::Activity, "4"), (C::Text, "x")];
    let found = problems(read_with(&[sheet(Language::Kk, &[undated])], Some(ActivityMode::Joint), &[]));
    assert_eq!(found, [("B2".to_owned(), C::Day, PaperProblem::Missing)]);
    let mut typed = sheet(Language::Kk, &[START, ENTRY]);
    typed.rows[2][2] = Cell::Number(0.425);
    let read = read_with(&[typed.clone()], None, &[]).unwrap();
    assert_eq!(read.entries[0].occurred_at.unwrap().to_string(), "2026-05-01T10:12:00+05:00");
    typed.rows[2][11] = Cell::Formula;
    let found = problems(read_with(&[typed], None, &[]));
    assert!(found.contains(&("L3".to_owned(), C::Text, PaperProblem::Formula)), "{found:?}");
}

#[test]
fn headings_that_are_missing_twice_or_unknown_are_refused() {
    let good = sheet(Language::En, &[START, ENTRY]);
    assert!(matches!(read_with(&[], None, &[]), Err(PaperRefused::NoHeadings)));
    let mut twice = good.clone();
    twice.rows[0][0] = text("Day");
    assert!(matches!(read_with(&[twice], None, &[]), Err(PaperRefused::ColumnTwice { .. })));
    let mut unknown = good.clone();
    unknown.rows[0].push(text("IMEI"));
    assert!(matches!(read_with(&[unknown], None, &[]), Err(PaperRefused::ColumnUnknown { .. })));
    let mut headless = good;
    headless.rows[2].push(text("lost"));
    assert!(matches!(read_with(&[headless], None, &[]), Err(PaperRefused::ColumnUnknown { .. })));
    assert!(matches!(read(&[]), Err(PaperRefused::NoLines)));
}

proptest! {
    #[test]
    fn the_number_of_an_activity_leads_back_to_it(entry in any_entry()) {
        let activity = entry.activity();
        let mode = match activity {
            Activity::BorderService { mode, .. } | Activity::Inspection { mode, .. } => mode,
            _ => ActivityMode::Joint,
        };
        prop_assert_eq!(activity_of(&short_code(activity), mode), Some(activity));
    }

    /// Whatever a file holds: a refusal or entries, and of as many lines as many entries.
    #[test]
    fn whatever_stands_in_the_cells_nothing_is_lost_unseen(
        cells in proptest::collection::vec(proptest::collection::vec("[\\PC]{0,8}|1?[0-9]:[0-5][0-9]|[1-5][1-9]?", 14), 0..6),
    ) {
        let mut sheet = sheet(Language::Kk, &[START]);
        let lines = cells.len();
        sheet.rows.extend(cells.iter().map(|line| line.iter().map(|cell| text(cell)).collect::<Vec<_>>()));
        if let Ok(read) = read_with(&[sheet], None, &[]) {
            prop_assert!(read.entries.len() + usize::from(read.end.is_some()) <= lines);
            prop_assert!(read.entries.iter().all(|entry| entry.clone().check().is_ok()));
        }
    }
}
