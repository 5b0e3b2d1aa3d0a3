//! `detention` and `force`: the log says that there is a case, and no more; the rest stands where the head and the structural
//! subdivision read it.

mod export;
mod page;
mod rights;
mod shown;

use jasaq_fieldbook::Fieldbook;
use jasaq_fieldbook::FieldbookRefused;
use jasaq_fieldbook::model::detention::{
    Detained, DetentionStep, DutyNotice, ForceUsed, HandedOver, Protected, Released,
};
use jasaq_fieldbook::model::entry::ReceiverKind;
use jasaq_fieldbook::model::ids::{CaseId, MemberId, PatrolId, StatementRef};
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::statement::Body;
use serde_json::json;

use super::{place, said, when};
use crate::arguments::cases::{
    DetainArguments, DetentionCommand, ForceArguments, ForceCommand, HandOverArguments, ReleaseArguments,
    StepArguments,
};
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::{Program, find_member, find_open_patrol, only_one, read_prefix};
use crate::words::Message;

/// Which case, and of which patrol.
pub(super) type Named = (PatrolId, CaseId);

/// What is said of persons detained.
pub(super) fn run(program: &Program, command: &DetentionCommand) -> Result<Reply, Failure> {
    match command {
        DetentionCommand::Add(arguments) => detain(program, arguments),
        DetentionCommand::Step(arguments) => step(program, arguments),
        DetentionCommand::HandOver(arguments) => hand_over(program, arguments),
        DetentionCommand::Release(arguments) => release(program, arguments),
        DetentionCommand::List { patrol } => shown::list(program, patrol.as_deref()),
        DetentionCommand::Show { case } => shown::show(program, case),
        DetentionCommand::Rights => Ok(rights::rights(program)),
    }
}

/// What is said of force.
pub(super) fn force(program: &Program, command: &ForceCommand) -> Result<Reply, Failure> {
    match command {
        ForceCommand::Add(arguments) => use_force(program, arguments),
        ForceCommand::Show { case } => shown::show(program, case),
        ForceCommand::Export { case, output, without_personal } => {
            export::export(program, (case, output), *without_personal)
        }
    }
}

fn detain(program: &Program, arguments: &DetainArguments) -> Result<Reply, Failure> {
    let detained = Detained {
        patrol: None,
        full_name: arguments.name.clone(),
        born: arguments.born,
        paper: arguments.paper.clone(),
        offence: arguments.offence.clone(),
        protected_object: arguments.object,
        place: place::place(&arguments.place)?,
        occurred_at: when::moment(arguments.when.at.as_ref())?,
        replaces: Before::default(),
    };
    let named = program.with_fieldbook(|fieldbook| {
        let patrol = find_open_patrol(program, fieldbook, arguments.when.patrol.as_deref())?;
        Ok((patrol, fieldbook.detain((patrol, arguments.text.clone()), detained)?))
    })?;
    Ok(begun(program, named, "detention-next"))
}

fn use_force(program: &Program, arguments: &ForceArguments) -> Result<Reply, Failure> {
    let place = place::place(&arguments.place)?;
    let occurred_at = when::moment(arguments.when.at.as_ref())?;
    let named = program.with_fieldbook(|fieldbook| {
        let patrol = find_open_patrol(program, fieldbook, arguments.when.patrol.as_deref())?;
        let force = ForceUsed {
            patrol: Some(patrol),
            by: by(fieldbook, arguments.by.as_deref())?,
            means: arguments.means.clone(),
            aim: arguments.aim.clone(),
            necessity: arguments.necessity.clone(),
            injuries: arguments.injuries.clone(),
            witnesses: arguments.witnesses.clone(),
            occurred_at,
            replaces: Before::default(),
        };
        Ok((patrol, fieldbook.use_force((patrol, arguments.text.clone()), (place, force))?))
    })?;
    Ok(begun(program, named, "force-next"))
}

fn begun(program: &Program, (patrol, case): Named, next: &'static str) -> Reply {
    let reply = Reply::new(json!({ "patrol": patrol, "case": case })).text(case.to_string());
    reply.note(program.words.say(next))
}

fn by(fieldbook: &mut Fieldbook, prefix: Option<&str>) -> Result<Option<MemberId>, Failure> {
    prefix.map(|prefix| find_member(fieldbook, prefix)).transpose()
}

fn step(program: &Program, arguments: &StepArguments) -> Result<Reply, Failure> {
    let occurred_at = when::moment(arguments.at.as_ref())?;
    let said = program.with_fieldbook(|fieldbook| {
        let named = find(program, fieldbook, &arguments.case)?;
        let step = DetentionStep {
            step: arguments.step,
            by: by(fieldbook, arguments.by.as_deref())?,
            language: arguments.language.clone(),
            channel: arguments.channel,
            whom: arguments.whom.clone(),
            note: arguments.word.clone(),
            occurred_at,
        };
        Ok((named, fieldbook.step_of_case(named, step)?))
    })?;
    Ok(recorded(program, said, "case-recorded"))
}

fn hand_over(program: &Program, arguments: &HandOverArguments) -> Result<Reply, Failure> {
    if arguments.trigger.is_some() && arguments.receiver != ReceiverKind::LawEnforcementBody {
        return Err(Failure::usage("duty-of-police"));
    }
    let duty = arguments.trigger.zip(arguments.citizenship.clone());
    let mut handed = HandedOver {
        receiver: arguments.receiver,
        body: arguments.body.clone(),
        officer: arguments.officer.clone(),
        at_place: arguments.place_name.clone(),
        items: arguments.items.clone(),
        duty: duty.map(|(trigger, citizenship)| DutyNotice {
            trigger,
            citizenship,
            company: arguments.company,
        }),
        occurred_at: when::moment(arguments.at.as_ref())?,
        replaces: Before::default(),
    };
    let said = program.with_fieldbook(|fieldbook| {
        let named = find(program, fieldbook, &arguments.case)?;
        handed.replaces = replaced(fieldbook, named, &arguments.replaced)?;
        Ok((named, fieldbook.hand_over(named, (arguments.text.clone(), handed))?))
    })?;
    Ok(recorded(program, said, "case-over"))
}

fn release(program: &Program, arguments: &ReleaseArguments) -> Result<Reply, Failure> {
    let mut released = Released {
        ordered_by: arguments.ordered_by.clone(),
        reason: arguments.reason.clone(),
        occurred_at: when::moment(arguments.at.as_ref())?,
        replaces: Before::default(),
    };
    let said = program.with_fieldbook(|fieldbook| {
        let named = find(program, fieldbook, &arguments.case)?;
        released.replaces = replaced(fieldbook, named, &arguments.replaced)?;
        Ok((named, fieldbook.release(named, (arguments.text.clone(), released))?))
    })?;
    Ok(recorded(program, said, "case-over"))
}

/// The ends of a case that are put right, by their keys.
fn replaced(fieldbook: &mut Fieldbook, (patrol, case): Named, keys: &[String]) -> Result<Before, Failure> {
    let view = fieldbook.cases(patrol)?.into_iter().find(|view| view.case == case);
    let said = view.map(|view| view.said).unwrap_or_default();
    let is_end = |stated: &&Stated| {
        matches!(stated.statement.body, Body::Protected(Protected::HandedOver(_) | Protected::Released(_)))
    };
    let ends: Vec<&Stated> = said.iter().filter(is_end).collect();
    let named = |key: &String| {
        let found = ends.iter().find(|stated| stated.key.as_str() == key);
        found.map(|stated| stated.cause()).ok_or(LogRefused::NotThere)
    };
    let causes = keys.iter().map(named).collect::<Result<Vec<_>, _>>();
    let causes = causes.map_err(FieldbookRefused::from)?;
    Ok(Before::new(causes).map_err(|_| FieldbookRefused::from(LogRefused::TooManyEntries))?)
}

fn recorded(program: &Program, said: (Named, StatementRef), told: &'static str) -> Reply {
    let ((patrol, case), key) = said;
    let json = json!({ "patrol": patrol, "case": case, "key": key });
    Reply::new(json)
        .text(key.to_string())
        .note(program.words.say(Message::new(told)))
}

/// The case whose id begins so, of those that logs here name.
pub(super) fn find(program: &Program, fieldbook: &mut Fieldbook, prefix: &str) -> Result<Named, Failure> {
    let digits = read_prefix(prefix)?;
    let mut found: Vec<Named> = Vec::new();
    for patrol in said::patrols(program, fieldbook, None)? {
        let cases = fieldbook.cases(patrol)?.into_iter();
        let cases = cases.filter(|view| view.case.to_string().starts_with(&digits));
        found.extend(cases.map(|view| (patrol, view.case)));
    }
    found.sort_by_key(|(_, case)| *case);
    // What a part names its whole names too.
    found.dedup_by_key(|(_, case)| *case);
    only_one(found, prefix, || FieldbookRefused::from(LogRefused::NoCase).into())
}
