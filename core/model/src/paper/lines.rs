//! The lines of a sheet: what each says, or which of its cells are not taken.

use super::columns::Layout;
use super::{CellRefused, PaperColumn, PaperLine, PaperProblem, PaperRefused, Vocabulary, activity_of};
use crate::entry::{Activity, Count, EntryDraft};
use crate::ids::MemberId;
use crate::limits::PAPER_LINES_MAX;
use crate::moment::{Day, Moment};
use crate::patrol::{ActivityMode, PatrolStart};
use crate::position::{Coordinates, Origin, PlaceMarks, Position};
use crate::sheet::{Cell, Sheet};
use crate::source::Source;
use crate::spelling::folded;
use crate::words::{Label, Name, Text};

/// What has to be known to read a sheet.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// Now, by the clock on the wall: the paper's times are of the same offset.
    pub now: Moment,
    /// How the patrol went that the sheet belongs to. If left unset, the sheet has its start.
    pub mode: Option<ActivityMode>,
    /// The members, by id and by name.
    pub members: &'a [(MemberId, String)],
    /// The entries from paper that logs have already.
    pub known: &'a [EntryDraft],
    /// The words of headings and cells.
    pub words: &'a Vocabulary,
}

/// What a sheet says.
#[derive(Clone)]
pub struct FilledSheet {
    /// The patrol went out. If left unset, it is one that is there.
    pub start: Option<PatrolStart>,
    /// What happened, in the order of the lines.
    pub entries: Vec<EntryDraft>,
    /// The patrol came back. If left unset, the sheet does not say so.
    pub end: Option<Moment>,
}

/// Says how much it holds and not what.
impl std::fmt::Debug for FilledSheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FilledSheet({} entries)", self.entries.len())
    }
}

/// Reads a sheet that was filled in: all of it, or nothing and every cell that is not taken.
pub fn read_filled(sheets: &[Sheet], reading: Reading<'_>) -> Result<FilledSheet, PaperRefused> {
    let (sheet, layout) = Layout::find(sheets, reading.words)?;
    let mut hand = Hand { sheet, layout, reading, refused: Vec::new() };
    let lines = hand.lines()?;
    let first_row = lines.first().ok_or(PaperRefused::NoLines)?.row;
    let start = hand.start(&lines);
    if start.is_none() && reading.mode.is_none() && !lines.iter().any(|line| line.kind == PaperLine::Start) {
        hand.refuse(first_row, PaperColumn::Line, PaperProblem::Missing);
    }
    let mode = reading.mode.or(start.as_ref().map(|start| start.mode));
    let end = hand.end(&lines);
    let span = (start.as_ref().and_then(|start| start.occurred_at), end);
    let mut entries: Vec<EntryDraft> = Vec::new();
    for line in lines.iter().filter(|line| line.kind == PaperLine::Entry) {
        let Some(draft) = hand.entry(line, (mode, span)) else { continue };
        if reading.known.iter().chain(&entries).any(|known| is_same(known, &draft)) {
            hand.refuse(line.row, PaperColumn::Text, PaperProblem::AlreadyThere);
        }
        entries.push(draft);
    }
    hand.refused.sort_unstable();
    hand.refused.dedup();
    if hand.refused.is_empty() {
        Ok(FilledSheet { start, entries, end })
    } else {
        Err(PaperRefused::Cells(hand.refused))
    }
}

/// Whether two say the same of one moment: one line of paper was typed in twice.
fn is_same(one: &EntryDraft, other: &EntryDraft) -> bool {
    one.occurred_at.map(Moment::time) == other.occurred_at.map(Moment::time)
        && one.told_by == other.told_by
        && folded(&one.text) == folded(&other.text)
}

/// A line that is filled in.
struct Line {
    row: u32,
    kind: PaperLine,
    day: Option<Day>,
}

struct Hand<'a> {
    sheet: &'a Sheet,
    layout: Layout,
    reading: Reading<'a>,
    refused: Vec<CellRefused>,
}

impl Hand<'_> {
    fn refuse(&mut self, row: u32, column: PaperColumn, problem: PaperProblem) {
        self.refused
            .push(CellRefused { at: self.layout.at(row, column), column, problem });
    }

    /// The lines below the headings, each with its kind and its day.
    fn lines(&mut self) -> Result<Vec<Line>, PaperRefused> {
        let (mut lines, mut day) = (Vec::new(), None);
        let rows = (0..).zip(&self.sheet.rows).filter(|(row, _)| *row > self.layout.heading_row);
        let filled = rows.filter(|(_, cells)| cells.iter().any(|cell| *cell != Cell::Empty));
        let filled: Vec<u32> = filled.map(|(row, _)| row).collect();
        if filled.len() > PAPER_LINES_MAX {
            return Err(PaperRefused::TooManyLines);
        }
        for row in filled {
            let kind = match self.text(row, PaperColumn::Line) {
                None => PaperLine::Entry,
                Some(written) => self.kind(row, &written),
            };
            day = self.day(row).or(day);
            lines.push(Line { row, kind, day });
        }
        Ok(lines)
    }

    fn kind(&mut self, row: u32, written: &str) -> PaperLine {
        self.reading.words.lines.find(written).unwrap_or_else(|| {
            self.refuse(row, PaperColumn::Line, PaperProblem::NotALine);
            PaperLine::Entry
        })
    }

    /// What a cell says; a number as it would be typed.
    fn text(&mut self, row: u32, column: PaperColumn) -> Option<String> {
        match self.layout.cell(self.sheet, row, column) {
            Cell::Empty => None,
            Cell::Text(written) => {
                let written = written.trim();
                (!written.is_empty()).then(|| written.to_owned())
            }
            Cell::Number(number) => Some(number.to_string()),
            Cell::Day(day) => Some(day.to_string()),
            Cell::Formula | Cell::Error => {
                self.refuse(row, column, PaperProblem::Formula);
                None
            }
        }
    }

    /// The same of a cell in which something has to stand.
    fn needed(&mut self, row: u32, column: PaperColumn) -> Option<String> {
        if *self.layout.cell(self.sheet, row, column) == Cell::Empty {
            self.refuse(row, column, PaperProblem::Missing);
        }
        self.text(row, column)
    }

    /// What a cell says, read; a refusal if it cannot be.
    fn read<T>(
        &mut self,
        (row, column, problem): (u32, PaperColumn, PaperProblem),
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let written = self.text(row, column)?;
        let value = read(&written);
        if value.is_none() {
            self.refuse(row, column, problem);
        }
        value
    }

    fn day(&mut self, row: u32) -> Option<Day> {
        self.read((row, PaperColumn::Day, PaperProblem::NotADay), read_day)
    }

    /// When a line was: not later than now.
    fn moment(&mut self, line: &Line) -> Option<Moment> {
        let time = match self.layout.cell(self.sheet, line.row, PaperColumn::Time) {
            Cell::Number(part) => {
                let minutes = minutes_of(*part);
                if minutes.is_none() {
                    self.refuse(line.row, PaperColumn::Time, PaperProblem::NotATime);
                    return None;
                }
                minutes
            }
            Cell::Empty => {
                self.refuse(line.row, PaperColumn::Time, PaperProblem::Missing);
                return None;
            }
            _ => self.read((line.row, PaperColumn::Time, PaperProblem::NotATime), read_minutes),
        };
        let Some(day) = line.day else {
            self.refuse(line.row, PaperColumn::Day, PaperProblem::Missing);
            return None;
        };
        let moment = at(day, time?, self.reading.now.offset_minutes())?;
        if moment.time() > self.reading.now.time() {
            self.refuse(line.row, PaperColumn::Time, PaperProblem::Ahead);
        }
        Some(moment)
    }

    /// What does not belong to such a line.
    fn check_surplus(&mut self, line: &Line, own: &[PaperColumn]) {
        for column in PaperColumn::ALL.iter().filter(|column| !own.contains(column)) {
            if *self.layout.cell(self.sheet, line.row, *column) != Cell::Empty {
                self.refuse(line.row, *column, PaperProblem::Surplus);
            }
        }
    }

    /// The one line of a kind that may stand there once.
    fn only<'l>(&mut self, lines: &'l [Line], kind: PaperLine) -> Option<&'l Line> {
        let mut of_kind = lines.iter().filter(|line| line.kind == kind);
        let first = of_kind.next();
        for again in of_kind {
            self.refuse(again.row, PaperColumn::Line, PaperProblem::Twice);
        }
        first
    }

    fn start(&mut self, lines: &[Line]) -> Option<PatrolStart> {
        use PaperColumn::{Area, Day, Line, Mode, Representative, Text as Task, Time};
        let line = self.only(lines, PaperLine::Start)?;
        if self.reading.mode.is_some() {
            self.refuse(line.row, Line, PaperProblem::Twice);
        }
        self.check_surplus(line, &[Line, Day, Time, Mode, Task, Representative, Area]);
        let occurred_at = self.moment(line);
        let row = line.row;
        let mode = self.mode(row);
        if mode.is_none() && *self.layout.cell(self.sheet, row, Mode) == Cell::Empty {
            self.refuse(row, Mode, PaperProblem::Missing);
        }
        let words = self.reading.words;
        let area = self.read((row, Area, PaperProblem::NotAnArea), |written| words.areas.find(written));
        let representative =
            self.read((row, Representative, PaperProblem::NotWords), |written| Name::new(written).ok());
        let task = self.read((row, Task, PaperProblem::NotWords), |written| Text::new(written).ok());
        Some(PatrolStart {
            controlling_representative: representative,
            area_component: area,
            task,
            occurred_at,
            ..PatrolStart::new(mode?)
        })
    }

    fn end(&mut self, lines: &[Line]) -> Option<Moment> {
        use PaperColumn::{Day, Line, Time};
        let line = self.only(lines, PaperLine::End)?;
        self.check_surplus(line, &[Line, Day, Time]);
        self.moment(line)
    }

    fn mode(&mut self, row: u32) -> Option<ActivityMode> {
        let words = self.reading.words;
        self.read((row, PaperColumn::Mode, PaperProblem::NotAMode), |written| words.modes.find(written))
    }

    fn entry(
        &mut self,
        line: &Line,
        (mode, (start, end)): (Option<ActivityMode>, (Option<Moment>, Option<Moment>)),
    ) -> Option<EntryDraft> {
        let row = line.row;
        if let Some(column) = [PaperColumn::Representative, PaperColumn::Area]
            .into_iter()
            .find(|column| *self.layout.cell(self.sheet, row, *column) != Cell::Empty)
        {
            self.refuse(row, column, PaperProblem::Surplus);
        }
        let occurred_at = self.moment(line);
        let is_before = |one: Option<Moment>, other: Option<Moment>| {
            one.zip(other).is_some_and(|(one, other)| one.time() < other.time())
        };
        if is_before(occurred_at, start) {
            self.refuse(row, PaperColumn::Time, PaperProblem::BeforeStart);
        }
        if is_before(end, occurred_at) {
            self.refuse(row, PaperColumn::Time, PaperProblem::AfterEnd);
        }
        let activity = self.activity(row, mode);
        let text = self.needed(row, PaperColumn::Text);
        let counted = self.read((row, PaperColumn::Count, PaperProblem::NotACount), |written| {
            written.parse().ok().and_then(Count::new)
        });
        let label = |written: &str| Label::new(written).ok();
        let marker = self.read((row, PaperColumn::Marker, PaperProblem::NotWords), label);
        let landmark = self.read((row, PaperColumn::Landmark, PaperProblem::NotWords), label);
        let position = self.position(row);
        let told_by = self.told_by(row);
        let draft = EntryDraft {
            position,
            source: Source::Paper,
            occurred_at,
            marks: PlaceMarks { marker, landmark },
            counted,
            told_by,
            ..EntryDraft::new(activity?, text?)
        };
        if draft.clone().check().is_err() {
            self.refuse(row, PaperColumn::Text, PaperProblem::NotWords);
        }
        Some(draft)
    }

    /// Of the first two types with a mode: its own, else the patrol's, whose lack was told already. The others have none.
    fn activity(&mut self, row: u32, mode: Option<ActivityMode>) -> Option<Activity> {
        let own = self.mode(row);
        let has_mode = *self.layout.cell(self.sheet, row, PaperColumn::Mode) != Cell::Empty;
        let code = self.needed(row, PaperColumn::Activity)?;
        let needs_mode = code.starts_with(['1', '2']);
        if has_mode && !needs_mode {
            self.refuse(row, PaperColumn::Mode, PaperProblem::Surplus);
        }
        let mode = own.or(mode);
        let activity = activity_of(&code, mode.unwrap_or(ActivityMode::Independent));
        if activity.is_none() {
            self.refuse(row, PaperColumn::Activity, PaperProblem::NotAnActivity);
        }
        activity
    }

    /// Both degrees or neither; what is read off a map is set by hand.
    fn position(&mut self, row: u32) -> Option<Position> {
        let degrees = |written: &str| written.replace(',', ".").parse::<f64>().ok();
        let north = self.read((row, PaperColumn::North, PaperProblem::NotAPlace), degrees);
        let east = self.read((row, PaperColumn::East, PaperProblem::NotAPlace), degrees);
        let is_empty = |column| *self.layout.cell(self.sheet, row, column) == Cell::Empty;
        if is_empty(PaperColumn::North) != is_empty(PaperColumn::East) {
            self.refuse(row, PaperColumn::East, PaperProblem::NotAPlace);
        }
        let coordinates = Coordinates::from_degrees(north?, east?);
        if coordinates.is_err() {
            self.refuse(row, PaperColumn::North, PaperProblem::NotAPlace);
        }
        Some(Position::new(coordinates.ok()?, Origin::ByHand { measured: None }))
    }

    /// By the name on his card, or by how his id begins. Of several nobody is guessed.
    fn told_by(&mut self, row: u32) -> Option<MemberId> {
        let written = self.text(row, PaperColumn::ToldBy)?;
        let (name, digits) = (folded(&written), written.to_ascii_lowercase());
        let is_meant = |(member, called): &&(MemberId, String)| {
            folded(called) == name || digits.len() >= 4 && member.to_string().starts_with(&digits)
        };
        let meant: Vec<MemberId> = self
            .reading
            .members
            .iter()
            .filter(is_meant)
            .map(|(member, _)| *member)
            .collect();
        match meant.as_slice() {
            [only] => return Some(*only),
            [] => self.refuse(row, PaperColumn::ToldBy, PaperProblem::NotAMember),
            _ => self.refuse(row, PaperColumn::ToldBy, PaperProblem::SeveralMembers),
        }
        None
    }
}

/// `2026-05-01` or `01.05.2026`.
fn read_day(written: &str) -> Option<Day> {
    let parts: Vec<&str> = written.split('.').collect();
    match parts.as_slice() {
        [day, month, year] => format!("{year:0>4}-{month:0>2}-{day:0>2}").parse().ok(),
        _ => written.parse().ok(),
    }
}

/// `10:12`, in minutes.
fn read_minutes(written: &str) -> Option<u16> {
    let (hours, minutes) = written.split_once(':')?;
    let is_plain = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|digit| digit.is_ascii_digit())
    };
    if !is_plain(hours, 2) || !is_plain(minutes, 2) || minutes.len() < 2 {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// A time as spreadsheets hold it: the part of a day.
fn minutes_of(part: f64) -> Option<u16> {
    let minutes = (part * 1_440.0).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "of a day's minutes")]
    (0.0..1_440.0).contains(&minutes).then_some(minutes as u16)
}

fn at(day: Day, minutes: u16, offset_minutes: i16) -> Option<Moment> {
    let sign = if offset_minutes < 0 { '-' } else { '+' };
    let offset = offset_minutes.unsigned_abs();
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let (offset_hours, offset_minutes) = (offset / 60, offset % 60);
    format!("{day}T{hours:02}:{minutes:02}:00{sign}{offset_hours:02}:{offset_minutes:02}")
        .parse()
        .ok()
}
