//! `register withdraw KEY`: what one statement is, of whom, and what stands once it is taken back; with `--apply` that.

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{Author, MemberId, SquadId, StatementRef};
use jasaq_fieldbook::model::records::{HeadState, SquadRecord};
use jasaq_fieldbook::model::statement::Kind;
use jasaq_fieldbook::model::words::Text;
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, Undone, UndonePerson, Withdrawal};
use serde_json::{Value, json};

use super::reply;
use crate::commands::council::person_name;
use crate::commands::meant;
use crate::commands::people::{People, name_of};
use crate::failure::Failure;
use crate::output::{Reply, with_fields};
use crate::program::Program;
use crate::table::short;
use crate::words::{Message, Words};

/// Takes one statement back.
pub(in crate::commands) fn record(
    program: &Program,
    (key, reason): (&str, &Text),
    is_applied: bool,
) -> Result<Reply, Failure> {
    let key = StatementRef::new(key).map_err(FieldbookRefused::from)?;
    let words = &program.words;
    program.with_fieldbook(|fieldbook| {
        let author = fieldbook.author_of(&key)?;
        let withdrawal = match fieldbook.withdrawal((author, key.clone()), reason) {
            Ok(withdrawal) => withdrawal,
            Err(FieldbookRefused::Register(RegisterRefused::CauseStands)) => {
                return Err(cause_stands(words, fieldbook, ((author, &key), reason))?);
            }
            Err(refused) => return Err(refused.into()),
        };
        let mut told = vec![head(words, (&withdrawal, &key), is_applied)];
        told.extend(effect(program, fieldbook, (&withdrawal, &key))?);
        let mut json =
            with_fields(to_json(&withdrawal), json!({ "withdrawn": key.as_str(), "applied": is_applied }));
        if is_applied {
            let said = fieldbook.withdraw((author, key.clone()), reason)?;
            json = with_fields(json, json!({ "key": said.as_str() }));
        }
        Ok(reply(words, json, (told.join("\n"), is_applied)))
    })
}

/// A circumstance that was told by itself is taken back with what it follows from: that is shown, and whose it is.
fn cause_stands(
    words: &Words,
    fieldbook: &mut Fieldbook,
    (named, reason): ((Author, &StatementRef), &Text),
) -> Result<Failure, Failure> {
    let failure = meant::refused(RegisterRefused::CauseStands);
    let Some(cause) = fieldbook.cause_of(named, reason)? else { return Ok(failure) };
    let language = words.language();
    let told = Message::new("cause-stands")
        .with("kind", cause.kind.word(language))
        .with("day", cause.day.to_string())
        .with("role", cause.role.map_or("", |role| role.word(language)))
        .with("key", cause.key.as_str().to_owned());
    let json = json!({
        "cause": { "key": cause.key.as_str(), "kind": cause.kind, "day": cause.day, "role": cause.role },
    });
    Ok(failure.after(Reply::new(json).text(words.say(told))))
}

fn head(words: &Words, (withdrawal, key): (&Withdrawal, &StatementRef), is_done: bool) -> String {
    let id = if is_done { "record-withdrawn" } else { "record-withdrawal" };
    let told = Message::new(id)
        .with("kind", withdrawal.kind.word(words.language()))
        .with("day", withdrawal.day.to_string())
        .with("key", key.as_str().to_owned());
    words.say(told)
}

/// Of whom or what it is, and what changes.
fn effect(
    program: &Program,
    fieldbook: &mut Fieldbook,
    (withdrawal, key): (&Withdrawal, &StatementRef),
) -> Result<Vec<String>, Failure> {
    let words = &program.words;
    let mut lines = match &withdrawal.of {
        Undone::Person(person) => of_person(words, &People::of(program, fieldbook)?, (person, key)),
        Undone::Squad(squad, records) => of_squad(words, fieldbook, (*squad, records))?,
        Undone::Neither => Vec::new(),
    };
    if withdrawal.kind == Kind::Certificate {
        lines.push(words.say("withdrawal-number-kept"));
    }
    Ok(lines)
}

fn of_person(
    words: &Words,
    people: &People<'_>,
    (undone, key): (&UndonePerson, &StatementRef),
) -> Vec<String> {
    let (before, after) = (undone.before.state(), undone.after.state());
    let whom = Message::new("withdrawal-of-person")
        .with("person", name_of(&undone.before))
        .with("id", short(&undone.before.person.to_string()));
    let mut lines =
        vec![words.say(whom), changed(words, [before, after].map(|state| state.word(words.language())))];
    match undone.may_go {
        Some([true, false]) => lines.push(words.say("withdrawal-may-not-go")),
        Some([false, true]) => lines.push(words.say("withdrawal-may-go")),
        _ => {}
    }
    if undone.before.notices.len() > undone.after.notices.len() && !undone.before.strike_offs.is_empty() {
        lines.push(words.say("withdrawal-notices"));
    }
    if let Some(member) = phone_of(undone, key) {
        let told = Message::new("withdrawal-phone").with("member", short(&member.to_string()));
        lines.push(words.say(told));
    }
    let again = undone.heads_again.iter().map(|squad| ("withdrawal-head-again", squad));
    let several = undone.several_heads.iter().map(|squad| ("withdrawal-heads-several", squad));
    for (told, squad) in again.chain(several) {
        lines.push(words.say(Message::new(told).with("squad", people.squad_name(*squad))));
    }
    lines
}

/// The phone that is somebody's by the statement that is taken back.
fn phone_of(undone: &UndonePerson, key: &StatementRef) -> Option<MemberId> {
    undone.before.history.iter().find(|line| line.key == *key)?.member
}

fn of_squad(
    words: &Words,
    fieldbook: &mut Fieldbook,
    (_, [before, after]): (SquadId, &[SquadRecord; 2]),
) -> Result<Vec<String>, Failure> {
    let name = before.created.as_ref().map(|created| created.what.name.to_string());
    let mut lines =
        vec![words.say(Message::new("withdrawal-of-squad").with("squad", name.unwrap_or_default()))];
    if after.created.is_none() {
        lines.push(words.say("decision-undoes-squad"));
        return Ok(lines);
    }
    if before.head() == after.head() {
        lines.push(changed(words, [before, after].map(|record| record.state().word(words.language()))));
    } else {
        let told = Message::new("withdrawal-head")
            .with("before", head_of(words, fieldbook, before)?)
            .with("after", head_of(words, fieldbook, after)?);
        lines.push(words.say(told));
    }
    Ok(lines)
}

fn head_of(words: &Words, fieldbook: &mut Fieldbook, record: &SquadRecord) -> Result<String, Failure> {
    match record.head() {
        HeadState::Head(person) => person_name(fieldbook, person),
        HeadState::Vacant => Ok(words.say("squad-head-vacant")),
        HeadState::Several => Ok(words.say("squad-head-several")),
    }
}

fn changed(words: &Words, [before, after]: [&'static str; 2]) -> String {
    if before == after {
        words.say(Message::new("withdrawal-state-stays").with("state", before))
    } else {
        words.say(Message::new("withdrawal-state").with("before", before).with("after", after))
    }
}

fn to_json(withdrawal: &Withdrawal) -> Value {
    let of = match &withdrawal.of {
        Undone::Person(undone) => json!({
            "person": undone.before.person,
            "state": [undone.before.state(), undone.after.state()],
            "eligible": undone.may_go,
            "heads_again": undone.heads_again,
            "several_heads": undone.several_heads,
        }),
        Undone::Squad(squad, records) => {
            json!({ "squad": squad, "state": records.each_ref().map(SquadRecord::state) })
        }
        Undone::Neither => json!({}),
    };
    with_fields(json!({ "kind": withdrawal.kind, "day": withdrawal.day }), of)
}
