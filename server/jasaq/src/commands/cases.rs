//! `detention` and `force`: the log says that there is a case, and no more; the rest stands where the head and the structural
//! subdivision read it.

mod export;
mod page;
mod righting;
mod rights;
mod shown;

use jasaq_fieldbook::Fieldbook;
use jasaq_fieldbook::FieldbookRefused;
use jasaq_fieldbook::model::detention::{
    Detained, DetentionStep, DutyNotice, ForceUsed, HandedOver, Protected, Released,
};
use jasaq_fieldbook::model::entry::ReceiverKind;
use jasaq_fieldbook::model::ids::{CaseId, MemberId, PatrolId, StatementRef};
use jasaq_fieldbook::model::page::flags_of_case;
use jasaq_fieldbook::model::patrol_log::{Flag, LogRefused};
use jasaq_fieldbook::model::planning::Before;
use serde_json::json;

use self::righting::Right;
use super::{place, when};
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

/// What was recorded of a case, and what looks wrong in it.
struct Said {
    named: Named,
    key: StatementRef,
    odd: Vec<Flag>,
}

/// What is said of persons detained.
pub(super) fn run(program: &Program, command: &DetentionCommand) -> Result<Reply, Failure> {
    match command {
        DetentionCommand::Add(arguments) if arguments.right.is_asked() => {
            righting::detained(program, arguments)
        }
        DetentionCommand::Add(arguments) => detain(program, arguments),
        DetentionCommand::Step(arguments) => step(program, arguments),
        DetentionCommand::HandOver(arguments) => hand_over(program, arguments),
        DetentionCommand::Release(arguments) => release(program, arguments),
        DetentionCommand::Withdraw { key, reason } => righting::withdraw(program, (key, reason)),
        DetentionCommand::List { patrol } => shown::list(program, patrol.as_deref()),
        DetentionCommand::Show { case } => shown::show(program, case),
        DetentionCommand::Rights => Ok(rights::rights(program)),
    }
}

/// What is said of force.
pub(super) fn force(program: &Program, command: &ForceCommand) -> Result<Reply, Failure> {
    match command {
        ForceCommand::Add(arguments) if arguments.right.is_asked() => righting::force(program, arguments),
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
        occurred_at: when::moment(program, arguments.when.at.as_ref())?,
        replaces: Before::default(),
        because: None,
    };
    let named = program.with_fieldbook(|fieldbook| {
        let patrol = find_open_patrol(program, fieldbook, arguments.when.patrol.as_deref())?;
        let text = arguments.text.clone().unwrap_or_default();
        let named = (patrol, fieldbook.detain((patrol, text), detained)?);
        Ok((named, odd(fieldbook, named, None)?))
    })?;
    Ok(begun(program, named, "detention-next"))
}

fn use_force(program: &Program, arguments: &ForceArguments) -> Result<Reply, Failure> {
    let place = place::place(&arguments.place)?;
    let occurred_at = when::moment(program, arguments.when.at.as_ref())?;
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
            because: None,
        };
        let text = arguments.text.clone().unwrap_or_default();
        let named = (patrol, fieldbook.use_force((patrol, text), (place, force))?);
        Ok((named, odd(fieldbook, named, None)?))
    })?;
    Ok(begun(program, named, "force-next"))
}

fn begun(program: &Program, ((patrol, case), odd): (Named, Vec<Flag>), next: &'static str) -> Reply {
    let json = json!({ "patrol": patrol, "case": case, "flags": odd });
    let reply = Reply::new(json).text(case.to_string());
    when::odd(program, reply, &odd).note(program.words.say(next))
}

/// What looks wrong in the times of a case, or of one statement of it: whoever has just typed it looks again.
fn odd(
    fieldbook: &mut Fieldbook,
    (patrol, case): Named,
    key: Option<&StatementRef>,
) -> Result<Vec<Flag>, Failure> {
    let view = fieldbook.cases(patrol)?.into_iter().find(|view| view.case == case);
    let flagged = view.map(|view| flags_of_case(&view.record())).unwrap_or_default().into_iter();
    let about = flagged.filter(|flagged| key.is_none_or(|key| flagged.about == *key));
    Ok(about.map(|flagged| flagged.flag).collect())
}

fn said(fieldbook: &mut Fieldbook, named: Named, key: StatementRef) -> Result<Said, Failure> {
    let odd = odd(fieldbook, named, Some(&key))?;
    Ok(Said { named, key, odd })
}

fn by(fieldbook: &mut Fieldbook, prefix: Option<&str>) -> Result<Option<MemberId>, Failure> {
    prefix.map(|prefix| find_member(fieldbook, prefix)).transpose()
}

fn step(program: &Program, arguments: &StepArguments) -> Result<Reply, Failure> {
    let occurred_at = when::moment(program, arguments.at.as_ref())?;
    let recorded_now = program.with_fieldbook(|fieldbook| {
        let named = find(program, fieldbook, &arguments.case)?;
        let mut step = DetentionStep {
            by: by(fieldbook, arguments.by.as_deref())?,
            language: arguments.language.clone(),
            channel: arguments.channel,
            whom: arguments.whom.clone(),
            note: arguments.word.clone(),
            occurred_at,
            ..DetentionStep::new(arguments.step)
        };
        if !arguments.right.is_asked() {
            let key = fieldbook.step_of_case(named, step)?;
            return said(fieldbook, named, key);
        }
        let right = Right::of(fieldbook, named, &arguments.right)?;
        right.step(&mut step)?;
        let key = fieldbook.put_right(named, Protected::Step(step))?;
        said(fieldbook, named, key)
    })?;
    Ok(recorded(program, recorded_now, "case-recorded"))
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
        occurred_at: when::moment(program, arguments.at.as_ref())?,
        replaces: Before::default(),
        because: None,
    };
    let recorded_now = program.with_fieldbook(|fieldbook| {
        let named = find(program, fieldbook, &arguments.case)?;
        if arguments.right.is_asked() {
            Right::of(fieldbook, named, &arguments.right)?.handed_over(&mut handed)?;
        }
        let key = fieldbook.hand_over(named, (arguments.text.clone(), handed))?;
        said(fieldbook, named, key)
    })?;
    Ok(recorded(program, recorded_now, "case-over"))
}

fn release(program: &Program, arguments: &ReleaseArguments) -> Result<Reply, Failure> {
    let mut released = Released {
        ordered_by: arguments.ordered_by.clone(),
        reason: arguments.reason.clone(),
        occurred_at: when::moment(program, arguments.at.as_ref())?,
        replaces: Before::default(),
        because: None,
    };
    let recorded_now = program.with_fieldbook(|fieldbook| {
        let named = find(program, fieldbook, &arguments.case)?;
        if arguments.right.is_asked() {
            Right::of(fieldbook, named, &arguments.right)?.released(&mut released)?;
        }
        let key = fieldbook.release(named, (arguments.text.clone(), released))?;
        said(fieldbook, named, key)
    })?;
    Ok(recorded(program, recorded_now, "case-over"))
}

fn recorded(program: &Program, said: Said, told: &'static str) -> Reply {
    let Said { named: (patrol, case), key, odd } = said;
    let json = json!({ "patrol": patrol, "case": case, "key": key, "flags": odd });
    let reply = Reply::new(json).text(key.to_string());
    when::odd(program, reply, &odd).note(program.words.say(Message::new(told)))
}

/// The case whose id begins so, of those that logs here name.
pub(super) fn find(program: &Program, fieldbook: &mut Fieldbook, prefix: &str) -> Result<Named, Failure> {
    let digits = read_prefix(prefix)?;
    let mut found: Vec<Named> = Vec::new();
    for patrol in super::said::patrols(program, fieldbook, None)? {
        let cases = fieldbook.cases(patrol)?.into_iter();
        let cases = cases.filter(|view| view.case.to_string().starts_with(&digits));
        found.extend(cases.map(|view| (patrol, view.case)));
    }
    found.sort_by_key(|(_, case)| *case);
    // What a part names its whole names too.
    found.dedup_by_key(|(_, case)| *case);
    only_one(found, prefix, || FieldbookRefused::from(LogRefused::NoCase).into())
}
