//! `print sheet`: the sheet that a patrol fills in by hand, and the table into which it is typed (C-18, P-12 of the screens).
//!
//! Promises that both have the fields of the page in its order, and that nothing is filled in but what was planned or said.

use jasaq_fieldbook::model::entry::{
    Activity, ActivityType, BorderServiceKind, InspectionKind, ProtectedObject, ReceiverKind,
};
use jasaq_fieldbook::model::moment::Moment;
use jasaq_fieldbook::model::paper::{PaperColumn, PaperLine, short_code};
use jasaq_fieldbook::model::patrol::{ActivityMode, PatrolStart};
use jasaq_fieldbook::model::patrol_log::PlannedPatrol;
use jasaq_fieldbook::model::settling::SettledField;
use jasaq_fieldbook::model::sheet::{Cell, Sheet};
use jasaq_fieldbook::model::words::Language;
use jasaq_fieldbook::{Fieldbook, PatrolView};
use jasaq_printing::documents::{BlankSheet, Document, Item};

use super::in_words::time_on_paper;
use super::{language_of, signer};
use crate::arguments::paper::SheetArguments;
use crate::commands::said::Names;
use crate::failure::Failure;
use crate::program::{Program, find_patrol};
use crate::sheets::{self, About};
use crate::table::short;
use crate::words::Words;

/// The sheet, and the table beside it.
pub(super) fn sheet(
    program: &Program,
    fieldbook: &mut Fieldbook,
    arguments: &SheetArguments,
) -> Result<Document, Failure> {
    let words = Words::of(language_of(program, &arguments.sheet));
    let view = match arguments.patrol.as_deref() {
        Some(prefix) => {
            let patrol = find_patrol(program, fieldbook, Some(prefix))?;
            Some(fieldbook.patrol(patrol)?)
        }
        None => None,
    };
    let squads = fieldbook.squads()?.unwrap_or_default();
    let squad = match squads.as_slice() {
        [only] => only.name.clone(),
        _ => None,
    };
    let names = Names::of(fieldbook)?;
    let start = view.as_ref().and_then(known_start);
    if let Some(file) = &arguments.template {
        let mut rows = vec![headings(words.language())];
        // A patrol that has gone out begins no second time.
        if view.as_ref().is_none_or(|view| view.log.starts().next().is_none()) {
            rows.push(start_line(words.language(), start.as_ref()));
        }
        let table = Sheet { name: None, rows };
        let about = About { what: words.say("paper-template"), filter: String::new() };
        sheets::write(program, file, &table, (about, words.language()))?;
    }
    let patrol = view.as_ref().map(|view| short(&view.patrol.to_string()));
    let head = head(&words, &names, start.as_ref());
    Ok(Document::BlankSheet(Box::new(BlankSheet {
        squad,
        patrol,
        plan: view.as_ref().map(|view| plan(&words, view)).unwrap_or_default(),
        head,
        crew: view.as_ref().map(|view| crew(&names, view)).unwrap_or_default(),
        activities: activities(words.language()),
        lines: arguments.lines,
        signer: signer(&arguments.sheet, None),
    })))
}

/// What is known of the start: as it was said, else as it was planned.
fn known_start(view: &PatrolView) -> Option<PatrolStart> {
    if let Some((_, start)) = view.log.starts().next() {
        return Some(start.clone());
    }
    let planned = PlannedPatrol::of(&view.log);
    let (_, plan) = planned.plans.first()?;
    let leader = planned.assigned.first().map(|(_, assigned)| assigned.crew.leader());
    Some(PatrolStart {
        controlling_representative: Some(plan.representative.clone()),
        area_component: Some(plan.area_component),
        leader,
        ..PatrolStart::new(plan.mode)
    })
}

fn plan(words: &Words, view: &PatrolView) -> Vec<Item> {
    let planned = PlannedPatrol::of(&view.log);
    let Some((_, plan)) = planned.plans.first() else { return Vec::new() };
    let time = |moment: Moment| time_on_paper(moment);
    let when = format!("{} – {}", time(plan.window.starts_at()), time(plan.window.ends_at()));
    let said = [
        ("paper-plan-when", Some(when)),
        ("paper-plan-sector", Some(plan.sector.to_string())),
        ("paper-plan-route", plan.route.as_ref().map(ToString::to_string)),
        ("paper-plan-task", plan.task.as_ref().map(ToString::to_string)),
    ];
    let said = said.into_iter().filter_map(|(id, value)| Some((id, value?)));
    said.map(|(id, value)| Item { caption: words.say(id), value: Some(value), notes: Vec::new() })
        .collect()
}

/// The fields of the patrol itself, in the order of the page; what is not known is a line.
fn head(words: &Words, names: &Names, start: Option<&PatrolStart>) -> Vec<Item> {
    let language = words.language();
    let known = |field: SettledField| -> Option<String> {
        let start = start?;
        match field {
            SettledField::Mode => Some(start.mode.word(language).to_owned()),
            SettledField::Representative => {
                start.controlling_representative.as_ref().map(ToString::to_string)
            }
            SettledField::Area => start.area_component.map(|area| area.word(language).to_owned()),
            SettledField::Leader => start.leader.map(|leader| names.name(Some(leader))),
            SettledField::Task => start.task.as_ref().map(ToString::to_string),
            SettledField::Start => start.occurred_at.map(time_on_paper),
            _ => None,
        }
    };
    let fields = [
        SettledField::Start,
        SettledField::Mode,
        SettledField::Representative,
        SettledField::Area,
        SettledField::Leader,
        SettledField::Task,
        SettledField::End,
    ];
    fields
        .map(|field| Item {
            caption: field.word(language).to_owned(),
            value: known(field),
            notes: Vec::new(),
        })
        .into()
}

/// Who was named to go.
fn crew(names: &Names, view: &PatrolView) -> Vec<String> {
    let planned = PlannedPatrol::of(&view.log);
    let mut crew: Vec<String> = planned
        .assigned
        .iter()
        .flat_map(|(_, assigned)| assigned.crew.members().iter())
        .map(|member| names.name(Some(member)))
        .collect();
    crew.sort_unstable();
    crew.dedup();
    crew
}

/// The numbers by which activities are written on paper, each with its words: the types, and what each consists of. The first two
/// types are written by their parts alone.
fn activities(language: Language) -> Vec<[String; 2]> {
    let mode = ActivityMode::Joint;
    let line = |activity: Activity, word: &str| [short_code(activity), word.to_owned()];
    let of_parts =
        |number: &str, kind: ActivityType| [[format!("{number}…"), kind.word(language).to_owned()]];
    let service = BorderServiceKind::ALL
        .iter()
        .map(|kind| line(Activity::BorderService { kind: *kind, mode }, kind.word(language)));
    let inspection = InspectionKind::ALL
        .iter()
        .map(|kind| line(Activity::Inspection { kind: *kind, mode }, kind.word(language)));
    let prevention = ProtectedObject::ALL
        .iter()
        .map(|object| line(Activity::Prevention { protected_object: Some(*object) }, object.word(language)));
    let delivered = ReceiverKind::ALL
        .iter()
        .map(|kind| line(Activity::DetainDeliver { receiver_kind: Some(*kind) }, kind.word(language)));
    let whole = |activity: Activity| [line(activity, activity.activity_type().word(language))];
    of_parts("1", ActivityType::BorderService)
        .into_iter()
        .chain(service)
        .chain(of_parts("2", ActivityType::Inspection))
        .chain(inspection)
        .chain(whole(Activity::Prevention { protected_object: None }))
        .chain(prevention)
        .chain(whole(Activity::Force))
        .chain(whole(Activity::DetainDeliver { receiver_kind: None }))
        .chain(delivered)
        .collect()
}

/// The headings of the table.
fn headings(language: Language) -> Vec<Cell> {
    PaperColumn::ALL
        .iter()
        .map(|column| Cell::Text(column.word(language).to_owned()))
        .collect()
}

/// The line of the start, filled in as far as it is known.
fn start_line(language: Language, start: Option<&PatrolStart>) -> Vec<Cell> {
    let cell = |column: &PaperColumn| {
        let text = match column {
            PaperColumn::Line => Some(PaperLine::Start.word(language).to_owned()),
            PaperColumn::Mode => start.map(|start| start.mode.word(language).to_owned()),
            PaperColumn::Representative => start
                .and_then(|start| start.controlling_representative.as_ref())
                .map(ToString::to_string),
            PaperColumn::Area => start
                .and_then(|start| start.area_component)
                .map(|area| area.word(language).to_owned()),
            _ => None,
        };
        text.map_or(Cell::Empty, Cell::Text)
    };
    PaperColumn::ALL.iter().map(cell).collect()
}
