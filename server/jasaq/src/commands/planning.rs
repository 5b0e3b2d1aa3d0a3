//! `patrol plan`, `crew`, `answer`, `cancel`, `available`, `rota`: what is said of a patrol before it goes out.
//!
//! Promises that who may not go out is told with the sentence of the subdivision's card, on standard output, where names may
//! stand; the failure itself holds none.

mod rota;
mod shown;

pub(super) use rota::rota;
pub(super) use shown::{head, planned_json};

use jasaq_fieldbook::model::ids::MemberId;
use jasaq_fieldbook::model::moment::{Moment, MomentRefused};
use jasaq_fieldbook::model::planning::{Answer, Availability, Crew, PlanRefused, Window};
use jasaq_fieldbook::model::squad::SquadCard;
use jasaq_fieldbook::model::words::Note;
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, NewPlan};
use serde_json::{Value, json};

use crate::arguments::codes::WallTime;
use crate::arguments::planning::{AnswerArguments, AvailableArguments, CrewArguments, PlanArguments};
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::{Program, find_member, find_patrol, surroundings};
use crate::table::short;
use crate::words::{Message, Words};

/// A patrol is planned, or its plan is put right.
pub(super) fn plan(program: &Program, arguments: &PlanArguments) -> Result<Reply, Failure> {
    let new = new_plan(arguments)?;
    let (patrol, is_new) = program.with_fieldbook(|fieldbook| {
        let Some(prefix) = &arguments.replace else { return Ok((fieldbook.plan_patrol(new)?, true)) };
        let patrol = find_patrol(program, fieldbook, Some(prefix))?;
        fieldbook.replan_patrol(patrol, new)?;
        Ok((patrol, false))
    })?;
    let told = Message::new(if is_new { "plan-made" } else { "plan-replaced" });
    let told = told.with("patrol", short(&patrol.to_string()));
    let reply = Reply::new(json!({ "patrol": patrol, "replaced": !is_new })).text(patrol.to_string());
    Ok(reply.note(program.words.say(told)))
}

fn new_plan(arguments: &PlanArguments) -> Result<NewPlan, Failure> {
    let (from, until) = (moment(arguments.from)?, moment(arguments.until)?);
    let window = Window::new(from, until).map_err(|refused| FieldbookRefused::Plan(refused.into()))?;
    Ok(NewPlan {
        window,
        mode: arguments.mode,
        sector: arguments.sector.clone(),
        area_component: arguments.area,
        route: arguments.route.clone(),
        task: arguments.task.clone(),
        transport: arguments.transport,
        representative: arguments.representative.clone(),
    })
}

/// Where it has no offset, the clock's on the wall here.
fn moment(time: WallTime) -> Result<Moment, Failure> {
    let moment = time.moment(surroundings().now().offset_minutes);
    moment.map_err(|refused: MomentRefused| FieldbookRefused::from(refused).into())
}

/// The head names who goes.
pub(super) fn crew(program: &Program, arguments: &CrewArguments) -> Result<Reply, Failure> {
    let words = &program.words;
    let (patrol, crew, key) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, Some(&arguments.patrol))?;
        let members = arguments.members.iter().map(|prefix| find_member(fieldbook, prefix));
        let members = members.collect::<Result<Vec<MemberId>, Failure>>()?;
        let leader = find_member(fieldbook, &arguments.leader)?;
        let crew = Crew::new(members, leader).map_err(|refused| FieldbookRefused::Plan(refused.into()))?;
        match fieldbook.assign_patrol(patrol, crew.clone()) {
            Ok(key) => Ok((patrol, crew, key)),
            Err(refused) => Err(with_sentences(words, (fieldbook, &crew), refused)?),
        }
    })?;
    let members: Vec<MemberId> = crew.members().iter().collect();
    let told = Message::new("plan-crew-named").with("count", members.len());
    let told = told.with("patrol", short(&patrol.to_string()));
    let json = json!({ "patrol": patrol, "key": key, "members": members, "leader": crew.leader() });
    Ok(Reply::new(json).text(words.say(told)).note(words.say("plan-told-next")))
}

/// The refusal, with the cards of those who may not go where it is for them.
fn with_sentences(
    words: &Words,
    (fieldbook, crew): (&mut Fieldbook, &Crew),
    refused: FieldbookRefused,
) -> Result<Failure, Failure> {
    if !matches!(refused, FieldbookRefused::Plan(PlanRefused::NotEligible | PlanRefused::NoCard)) {
        return Ok(refused.into());
    }
    let cards = fieldbook.squad_cards()?.unwrap_or_default();
    let (mut all, mut lines) = (Vec::new(), Vec::new());
    for member in crew.members().iter() {
        let card = cards.iter().find(|card| card.member == member);
        if card.is_some_and(|card| card.eligible) {
            continue;
        }
        let sentence = why_not(words, card);
        let name = card.map_or_else(|| short(&member.to_string()), |card| card.full_name.to_string());
        lines.push(format!("{name}: {sentence}"));
        all.push(json!({ "member": member, "name": card.map(|card| &card.full_name), "sentence": sentence }));
    }
    let reply = Reply::new(json!({ "may_not_go": all })).text(lines.join("\n"));
    Ok(Failure::from(refused).after(reply))
}

/// What the subdivision says of somebody who may not go.
fn why_not(words: &Words, card: Option<&SquadCard>) -> String {
    card.map_or_else(|| words.say("card-none"), |card| card.sentence(words.language()))
}

/// Whoever has this phone answers.
pub(super) fn answer(program: &Program, arguments: &AnswerArguments) -> Result<Reply, Failure> {
    let answer = if arguments.comes { Answer::Comes } else { Answer::DoesNotCome };
    let (patrol, key) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, Some(&arguments.patrol))?;
        Ok((patrol, fieldbook.answer_patrol(patrol, (answer, arguments.word.clone()))?))
    })?;
    let told = Message::new("plan-answered")
        .with("patrol", short(&patrol.to_string()))
        .with("answer", answer.word(program.words.language()));
    Ok(told_of(program, json!({ "patrol": patrol, "key": key, "answer": answer }), told))
}

/// A patrol does not take place.
pub(super) fn cancel(program: &Program, prefix: &str, reason: Note) -> Result<Reply, Failure> {
    let (patrol, key) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, Some(prefix))?;
        Ok((patrol, fieldbook.cancel_patrol(patrol, reason)?))
    })?;
    let told = Message::new("plan-cancelled").with("patrol", short(&patrol.to_string()));
    Ok(told_of(program, json!({ "patrol": patrol, "key": key }), told))
}

/// Whoever has this phone says when he can come.
pub(super) fn available(program: &Program, arguments: &AvailableArguments) -> Result<Reply, Failure> {
    let (from, to) = (arguments.from, arguments.until.unwrap_or(arguments.from));
    if from > to {
        return Err(Failure::usage("available-ends-before"));
    }
    let can_come = arguments.can;
    let key = program
        .with_fieldbook(|fieldbook| Ok(fieldbook.say_available(Availability { from, to, can_come })?))?;
    let told = Message::new("available-said")
        .with("days", from.days_until(to) + 1)
        .with("can", can_come.word(program.words.language()));
    Ok(told_of(program, json!({ "key": key, "from": from, "until": to, "can_come": can_come }), told))
}

/// What was recorded, and how others hear of it.
fn told_of(program: &Program, json: Value, told: Message) -> Reply {
    Reply::new(json)
        .text(program.words.say(told))
        .note(program.words.say("plan-told-next"))
}
