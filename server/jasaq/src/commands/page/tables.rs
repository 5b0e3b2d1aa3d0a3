//! What a page says, table by table.

use jasaq_fieldbook::model::case::{CaseGap, CaseStage};
use jasaq_fieldbook::model::detention::StepKind;
use jasaq_fieldbook::model::entry::ReceiverKind;
use jasaq_fieldbook::model::mark::{GapCause, MarkKind};
use jasaq_fieldbook::model::page::{AttendanceState, Commitment, EventLine, FieldLine, MarkLine, Page};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, Transport};
use jasaq_fieldbook::model::patrol_log::Flag;
use jasaq_fieldbook::model::reconcile::FieldValue;
use jasaq_fieldbook::model::report::ActivityPart;
use jasaq_fieldbook::model::settling::SettledField;
use jasaq_fieldbook::model::source::Source;
use jasaq_fieldbook::model::words::Note;
use jasaq_printing::tables::CellOut;

use super::export::Opened;
use crate::commands::print::{undone, worth};
use crate::grid::{Grid, text, text_or_none};
use crate::table::short;
use crate::words::{Message, Words};

/// The tables of one page.
pub(super) struct Tables<'a> {
    pub(super) page: &'a Page,
    pub(super) opened: &'a Opened,
    pub(super) words: &'a Words,
}

/// Phones by the first digits of their ids.
fn of_phones(devices: &[&String]) -> String {
    let devices: Vec<String> = devices.iter().map(|device| short(device)).collect();
    devices.join(", ")
}

/// The word for a code, else the code: of a newer program.
macro_rules! word {
    ($list:ident, $code:expr, $words:expr) => {
        $list::from_code($code)
            .map_or_else(|| $code.to_owned(), |value| value.word($words.language()).to_owned())
    };
}

impl Tables<'_> {
    /// What happened, a row for each event.
    pub(super) fn events(&self) -> Grid {
        let headings = [
            "column-line",
            "column-when",
            "column-evidence",
            "column-activity",
            "column-part",
            "column-said",
            "column-latitude",
            "column-longitude",
            "column-position-worth",
            "column-place-named",
            "column-count",
            "column-told-by",
            "column-also-said",
            "column-sources",
            "column-teller",
            "column-amended",
            "column-late",
            "column-case",
        ];
        let mut grid = Grid::new("export-sheet-events", &headings);
        for (place, event) in self.page.events.iter().enumerate() {
            grid.row(self.event(place, event));
        }
        grid
    }

    fn event(&self, place: usize, event: &EventLine) -> [CellOut; 18] {
        let value = |field: SettledField| value_of(&event.fields, field);
        let (activity, part) =
            value(SettledField::Activity).map_or_else(Default::default, |said| self.activity(said));
        let [latitude, longitude] =
            value(SettledField::Place).map_or([CellOut::Empty, CellOut::Empty], degrees);
        let named = [SettledField::Marker, SettledField::Landmark].into_iter().filter_map(value);
        let count = value(SettledField::Count).and_then(|count| count.parse().ok());
        let sources = event.sources.iter();
        let sources: Vec<String> = sources
            .map(|[_, _, source]| word!(Source, source.as_str(), self.words))
            .collect();
        let tellers: Vec<&str> = event.tellers.iter().map(|[_, _, member]| member.as_str()).collect();
        let path = |index: usize| format!("/events/{place}/fields/{index}");
        let fields = event.fields.iter().enumerate();
        let also: Vec<String> =
            fields.filter_map(|(index, line)| self.also_said(line, &path(index))).collect();
        [
            CellOut::Count(event.number),
            text(&event.at),
            text(self.evidence(&event.evidence)),
            text(activity),
            text(part),
            text_or_none(value(SettledField::Text)),
            latitude,
            longitude,
            text(worth(self.words, event, of_phones).join(" | ")),
            text(named.collect::<Vec<_>>().join(" · ")),
            count.map_or(CellOut::Empty, CellOut::Count),
            CellOut::Count(u32::try_from(event.told_by.len()).unwrap_or(u32::MAX)),
            text(also.join(" | ")),
            text(sources.join(", ")),
            text(tellers.join(", ")),
            CellOut::Count(event.amended),
            self.late(event.late),
            text_or_none(event.case.as_ref()),
        ]
    }

    fn late(&self, is_late: bool) -> CellOut {
        text(if is_late { self.words.say("reconcile-late") } else { String::new() })
    }

    fn evidence(&self, code: &str) -> String {
        match code {
            "decided" => self.words.say("evidence-decided"),
            "said" => self.words.say("evidence-said"),
            "satellites" => self.words.say("evidence-satellites"),
            "corrected" => self.words.say("evidence-corrected"),
            "device" => self.words.say("evidence-device"),
            of_a_newer_program => of_a_newer_program.to_owned(),
        }
    }

    /// The type and its part, in words.
    fn activity(&self, written: &str) -> (String, String) {
        let read = Note::new(written)
            .ok()
            .map(|note| FieldValue::read(SettledField::Activity, &note));
        let language = self.words.language();
        match read {
            Some(Ok(FieldValue::Activity(activity))) => {
                let part = ActivityPart::of(activity).map(|part| part.word(language).to_owned());
                (activity.activity_type().word(language).to_owned(), part.unwrap_or_default())
            }
            _ => (written.to_owned(), String::new()),
        }
    }

    /// A value of a field, in words where it is a code; moments and ids stay as programs read them.
    fn value(&self, field: &str, written: &str) -> String {
        match SettledField::from_code(field) {
            Some(SettledField::Mode) => word!(ActivityMode, written, self.words),
            Some(SettledField::Area) => word!(AreaComponent, written, self.words),
            Some(SettledField::Activity) => {
                let (activity, part) = self.activity(written);
                let parts = [activity, part].into_iter().filter(|part| !part.is_empty());
                parts.collect::<Vec<_>>().join(", ")
            }
            _ => written.to_owned(),
        }
    }

    /// What was said beside what stands, and why a decision was made: nothing that was said is left out.
    fn also_said(&self, line: &FieldLine, path: &str) -> Option<String> {
        let decided = line.decided.as_ref().and_then(|decided| decided.reason.as_ref());
        if line.others.is_empty() && decided.is_none() {
            return None;
        }
        let others = line
            .others
            .iter()
            .map(|other| format!("{} ({})", self.value(&line.field, &other.value), other.by.len()));
        let reason = decided
            .map(|_| self.opened.get(&format!("{path}/decided/reason")).cloned())
            .map(|reason| reason.unwrap_or_else(|| self.words.say("export-withheld")))
            .map(|reason| self.words.say(Message::new("reconcile-reason").with("reason", reason)));
        let said: Vec<String> = others.chain(reason).collect();
        Some(format!("{}: {}", word!(SettledField, &line.field, self.words), said.join("; ")))
    }

    /// Everything else that the page says.
    pub(super) fn others(&self) -> Vec<Grid> {
        vec![
            self.header(),
            self.members(),
            self.legs(),
            self.tracks(),
            self.undone(),
            self.marks(),
            self.notices(),
            self.cases(),
            self.flags(),
        ]
    }

    fn header(&self) -> Grid {
        let headings = ["column-what", "column-said", "column-told-by", "column-also-said"];
        let mut grid = Grid::new("export-sheet-patrol", &headings);
        for (index, line) in self.page.header.iter().enumerate() {
            grid.row([
                text(word!(SettledField, &line.field, self.words)),
                text_or_none(line.value.as_ref().map(|value| self.value(&line.field, value))),
                CellOut::Count(line.said),
                text_or_none(self.also_said(line, &format!("/header/{index}"))),
            ]);
        }
        grid
    }

    /// A personal field: what it says, that it is withheld, or nothing where the page commits to none.
    pub(super) fn personal(&self, is_committed: bool, path: &str) -> CellOut {
        match self.opened.get(path) {
            Some(value) if is_committed => text(value),
            _ if is_committed => text(self.words.say("export-withheld")),
            _ => CellOut::Empty,
        }
    }

    fn members(&self) -> Grid {
        let headings =
            ["column-member", "column-name", "column-certificate", "column-state", "column-minutes"];
        let mut grid = Grid::new("export-sheet-members", &headings);
        for (index, line) in self.page.members.iter().enumerate() {
            let path = |field: &str| format!("/members/{index}/{field}");
            grid.row([
                text(&line.member),
                self.personal(line.name.is_some(), &path("name")),
                self.personal(line.certificate.is_some(), &path("certificate")),
                text(word!(AttendanceState, &line.attended, self.words)),
                line.minutes.map_or(CellOut::Empty, CellOut::Count),
            ]);
        }
        grid
    }

    fn legs(&self) -> Grid {
        let headings =
            ["column-leg", "column-transport", "column-members", "column-from", "column-to", "column-late"];
        let mut grid = Grid::new("export-sheet-legs", &headings);
        for leg in &self.page.legs {
            let transport = leg.transport.as_deref().map(|code| word!(Transport, code, self.words));
            grid.row([
                text(&leg.leg),
                text_or_none(transport),
                text(leg.members.join(", ")),
                text_or_none(leg.from.as_ref()),
                text_or_none(leg.until.as_ref()),
                self.late(leg.late),
            ]);
        }
        grid
    }

    fn tracks(&self) -> Grid {
        let headings = [
            "column-device",
            "column-points",
            "column-metres",
            "column-from",
            "column-to",
            "column-missing",
            "column-late",
        ];
        let mut grid = Grid::new("export-sheet-tracks", &headings);
        for track in &self.page.tracks {
            grid.row([
                text(&track.device),
                CellOut::Count(track.points),
                CellOut::Count(track.metres),
                text_or_none(track.from.as_ref()),
                text_or_none(track.until.as_ref()),
                CellOut::Count(track.missing),
                self.late(track.late),
            ]);
        }
        grid
    }

    fn marks(&self) -> Grid {
        let headings =
            ["column-what", "column-from", "column-to", "column-why-marked", "column-said", "column-late"];
        let mut grid = Grid::new("export-sheet-marks", &headings);
        for (index, MarkLine { what, at, until, cause, note, late, .. }) in self.page.marks.iter().enumerate()
        {
            grid.row([
                text(word!(MarkKind, what.as_str(), self.words)),
                text(at),
                text_or_none(until.as_ref()),
                text_or_none(cause.as_deref().map(|code| word!(GapCause, code, self.words))),
                self.personal(note.is_some(), &format!("/marks/{index}/note")),
                self.late(*late),
            ]);
        }
        grid
    }

    /// What was said before it was amended, and what was taken back.
    fn undone(&self) -> Grid {
        let headings = [
            "column-line",
            "column-what",
            "column-said-at",
            "column-said-by",
            "column-said",
            "column-undone-why",
        ];
        let mut grid = Grid::new("export-sheet-withdrawn", &headings);
        let shown = |path: &str, _: &Commitment| {
            self.opened
                .get(path)
                .cloned()
                .unwrap_or_else(|| self.words.say("export-withheld"))
        };
        for (number, said) in undone(self.page, self.words, &shown) {
            let said = said.into_iter().map(text);
            grid.row([number.map_or(CellOut::Empty, CellOut::Count)].into_iter().chain(said));
        }
        grid
    }

    fn notices(&self) -> Grid {
        let headings =
            ["column-learned", "column-told", "column-minutes", "column-confirmed", "column-answered"];
        let mut grid = Grid::new("export-sheet-notices", &headings);
        for notice in &self.page.notices {
            let confirmed = if notice.confirmed { self.words.say("export-confirmed") } else { String::new() };
            grid.row([
                text(&notice.learned),
                text_or_none(notice.told.as_ref()),
                notice.minutes.map_or(CellOut::Empty, |minutes| CellOut::Scaled(minutes, 0)),
                text(confirmed),
                text_or_none(notice.answered.as_ref()),
            ]);
        }
        grid
    }

    /// Persons detained and force used: how far each came, and what of it is opened here.
    fn cases(&self) -> Grid {
        let headings = ["column-case", "column-what", "column-said"];
        let mut grid = Grid::new("export-sheet-cases", &headings);
        for (index, case) in self.page.cases.iter().enumerate() {
            let mut line = |what: String, said: CellOut| grid.row([text(&case.case), text(what), said]);
            let say = |id: &'static str| self.words.say(id);
            line(say("column-state"), text(word!(CaseStage, &case.stage, self.words)));
            if let Some(receiver) = &case.receiver {
                line(say("export-receiver"), text(word!(ReceiverKind, receiver, self.words)));
            }
            for [step, at] in &case.steps {
                line(word!(StepKind, step, self.words), text(at));
            }
            for gap in &case.gaps {
                line(say("column-missing"), text(word!(CaseGap, gap, self.words)));
            }
            for (place, (name, _)) in case.fields.iter().enumerate() {
                let said = self.personal(true, &format!("/cases/{index}/fields/{place}/1"));
                line(say(personal_name(name)), said);
            }
        }
        grid
    }

    fn flags(&self) -> Grid {
        let mut grid = Grid::new("export-sheet-flags", &["column-odd", "column-key"]);
        for [flag, key] in &self.page.flags {
            grid.row([text(word!(Flag, flag, self.words)), text(key)]);
        }
        grid
    }
}

fn value_of(fields: &[FieldLine], field: SettledField) -> Option<&str> {
    fields.iter().find(|line| line.field == field.code())?.value.as_deref()
}

/// `44.1657, 80.0001` as two numbers.
fn degrees(written: &str) -> [CellOut; 2] {
    let number = |part: &str| part.trim().parse::<f64>().ok();
    let parts = written.split_once(',').and_then(|(one, other)| number(one).zip(number(other)));
    let Some((latitude, longitude)) = parts else { return [text(written), CellOut::Empty] };
    match jasaq_fieldbook::model::position::Coordinates::from_degrees(latitude, longitude) {
        Ok(place) => [place.latitude_e7(), place.longitude_e7()].map(|e7| CellOut::Scaled(e7.into(), 7)),
        Err(_) => [text(written), CellOut::Empty],
    }
}

/// What a personal field of a case is called.
fn personal_name(code: &str) -> &'static str {
    match code {
        "name" => "personal-name",
        "born" => "personal-born",
        "paper" => "personal-paper",
        "offence" => "personal-offence",
        "language" => "personal-language",
        "told" => "personal-told",
        "body" => "personal-body",
        "officer" => "personal-officer",
        "at_place" => "personal-at-place",
        "items" => "personal-items",
        "citizenship" => "personal-citizenship",
        "ordered_by" => "personal-ordered-by",
        "reason" => "personal-reason",
        "means" => "personal-means",
        "aim" => "personal-aim",
        "necessity" => "personal-necessity",
        "injuries" => "personal-injuries",
        "witnesses" => "personal-witnesses",
        "put_right" => "personal-put-right",
        "taken_back" => "personal-taken-back",
        _ => "personal-other",
    }
}
