//! `list withdraw`, `squad remove-member`, `decision withdraw`, `register withdraw`: what taking something back would come to, and with `--apply` that.
//!
//! Promises that nothing is taken back unseen, and to say where this office cannot see: an akimat reads no register, so whoever
//! is registered stays so until the structural subdivision strikes him off (001-§15, 22; decisions/0037).

mod record;

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::StatementRef;
use jasaq_fieldbook::model::records::ListRecord;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::words::Text;
use jasaq_fieldbook::{
    Fieldbook, FieldbookRefused, Kept, ListWithdrawal, NameRemoval, PersonView, RegisterSquad,
};
use serde_json::{Value, json};

pub(super) use record::record;

use super::list::with_head;
use super::people::name_of;
use super::{council, meant};
use crate::arguments::list::WithdrawArguments;
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::Program;
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// Says what was shown, and whether it was done.
fn reply(words: &Words, json: Value, (text, is_applied): (String, bool)) -> Reply {
    let next = if is_applied { "register-next-sync" } else { "withdrawal-apply-next" };
    Reply::new(json).text(text).note(words.say(next))
}

/// Takes a list back as a whole.
pub(super) fn list(program: &Program, arguments: &WithdrawArguments) -> Result<Reply, Failure> {
    let reason = &arguments.reason;
    let words = &program.words;
    program.with_fieldbook(|fieldbook| {
        let (list, record) = meant::list(program, fieldbook, &arguments.list)?;
        let refused = |refused: FieldbookRefused| with_head(words, &record, refused.into());
        let effect = fieldbook.list_withdrawal(list).map_err(refused)?;
        let told = tell_list(words, fieldbook, (&record, &effect), arguments.apply)?;
        if arguments.apply {
            fieldbook.withdraw_list(list, reason.clone())?;
        }
        let json = json!({
            "list": list, "applied": arguments.apply, "received": effect.received, "off": effect.off.len(),
            "persons_off": effect.off, "persons_who_stay": effect.stay,
            "persons_of_other_akimats": effect.stay_with_others,
            "left_on_roster": effect.left_on_roster, "is_head_off": !effect.heads_off.is_empty(),
            "heads_off": effect.heads_off,
            "papers_deleted": effect.papers,
        });
        Ok(reply(words, json, (told, arguments.apply)))
    })
}

fn tell_list(
    words: &Words,
    fieldbook: &mut Fieldbook,
    (record, effect): (&ListRecord, &ListWithdrawal),
    is_done: bool,
) -> Result<String, Failure> {
    let sent = &record.list.what;
    let id = if is_done { "list-withdrawn" } else { "list-withdrawal" };
    let head = Message::new(id)
        .with("number", sent.number.as_ref().map(ToString::to_string).unwrap_or_default())
        .with("day", sent.day.to_string());
    let mut columns = Columns::new(words, &["column-person", "column-name", "column-what"]);
    let off = effect.off.iter().map(|person| (person, "withdrawal-off"));
    let stay = effect.stay.iter().map(|person| (person, "withdrawal-stays"));
    let with_others = effect
        .stay_with_others
        .iter()
        .map(|person| (person, "withdrawal-stays-with-others"));
    let (mut heads_off, mut is_anybody_on) = (Vec::new(), false);
    for (person, what) in off.chain(stay).chain(with_others) {
        let view = fieldbook.person(*person)?;
        if effect.heads_off.contains(person) {
            heads_off.push(name_of(&view.record));
        }
        columns.row([short(&person.to_string()), name_of(&view.record), words.say(what)]);
        is_anybody_on = true;
    }
    let mut lines = vec![words.say(head)];
    if is_anybody_on {
        lines.push(columns.to_string());
    }
    if let Some(day) = effect.received {
        lines.push(words.say(Message::new("withdrawal-in-check").with("day", day.to_string())));
        lines.push(words.say("withdrawal-registered-stay"));
    }
    for head in heads_off {
        lines.push(words.say(Message::new("withdrawal-head-off").with("person", head)));
    }
    if effect.left_on_roster == 0 && !effect.off.is_empty() {
        lines.push(words.say("withdrawal-roster-empty"));
    }
    if effect.papers > 0 {
        lines.push(words.say(Message::new("withdrawal-papers").with("count", effect.papers)));
    }
    Ok(lines.join("\n"))
}

/// Takes a name off a roster.
pub(super) fn name(
    program: &Program,
    (squad, person): (&str, &str),
    is_applied: bool,
) -> Result<Reply, Failure> {
    let (squad, view, removal) = program.with_fieldbook(|fieldbook| {
        let squad = meant::squad(program, fieldbook, Some(squad))?;
        let view = meant::person_on(program, fieldbook, (person, &squad))?;
        let removal = fieldbook.roster_removal(squad.squad, view.record.person)?;
        if is_applied {
            fieldbook.take_off_roster(squad.squad, view.record.person)?;
        }
        Ok((squad, view, removal))
    })?;
    let words = &program.words;
    let json = json!({
        "squad": squad.squad, "person": view.record.person, "applied": is_applied,
        "excluded": view.record.exclusions.first().map(|notice| notice.what.day),
        "stays_with_others": removal.stays_with_others, "is_head_off": removal.is_head_off,
        "left_on_roster": removal.left_on_roster,
    });
    let told = tell_name(words, (&squad, &view, removal), is_applied);
    Ok(reply(words, json, (told, is_applied)))
}

fn tell_name(
    words: &Words,
    (squad, view, removal): (&RegisterSquad, &PersonView, NameRemoval),
    is_done: bool,
) -> String {
    let id = if is_done { "roster-taken-off" } else { "roster-take-off" };
    let head = Message::new(id)
        .with("person", name_of(&view.record))
        .with("id", short(&view.record.person.to_string()))
        .with("squad", meant::squad_name(squad));
    let mut lines = vec![words.say(head)];
    if removal.stays_with_others {
        lines.push(words.say("withdrawal-name-stays"));
        return lines.join("\n");
    }
    lines.push(match view.record.exclusions.first() {
        Some(notice) => {
            words.say(Message::new("withdrawal-as-noticed").with("day", notice.what.day.to_string()))
        }
        None => words.say("withdrawal-registered-stays"),
    });
    if removal.is_head_off {
        let head = Message::new("withdrawal-head-off").with("person", name_of(&view.record));
        lines.push(words.say(head));
    }
    if removal.left_on_roster == 0 {
        lines.push(words.say("withdrawal-roster-empty"));
    }
    lines.join("\n")
}

/// Takes a council's decision back.
pub(super) fn decision(
    program: &Program,
    (given, reason): (&str, &Text),
    is_applied: bool,
) -> Result<Reply, Failure> {
    let words = &program.words;
    program.with_fieldbook(|fieldbook| {
        let key = council::meant_decision(words, fieldbook, given)?;
        let (squad, effect) = decided(fieldbook, (&key, reason))?;
        // The same refusal as the step itself has.
        if effect == Undoing::Squad && !squad.members.is_empty() {
            return Err(meant::refused(RegisterRefused::SquadHasMembers));
        }
        if is_applied {
            let author = fieldbook.author_of(&key)?;
            fieldbook.withdraw((author, key.clone()), reason)?;
        }
        let head = if is_applied { "decision-withdrawn" } else { "decision-withdrawal" };
        let head = Message::new(head).with("squad", meant::squad_name(&squad));
        let told = format!("{}\n{}", words.say(head), words.say(effect.message()));
        let json = json!({
            "withdrawn": key.as_str(), "squad": squad.squad, "effect": effect.code(), "applied": is_applied,
        });
        Ok(reply(words, json, (told, is_applied)))
    })
}

/// What a decision's withdrawal comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Undoing {
    /// The squad is none any more.
    Squad,
    /// It has no head any more.
    Head,
    /// An appointment that was over, or one of several, did not happen.
    Appointment,
}

impl Undoing {
    const fn message(self) -> &'static str {
        match self {
            Self::Squad => "decision-undoes-squad",
            Self::Head => "decision-undoes-head",
            Self::Appointment => "decision-undoes-appointment",
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Squad => "no_squad",
            Self::Head => "no_head",
            Self::Appointment => "no_appointment",
        }
    }
}

/// The decision that is meant, as the council's consoles have it.
fn decided(
    fieldbook: &mut Fieldbook,
    (key, reason): (&StatementRef, &Text),
) -> Result<(RegisterSquad, Undoing), Failure> {
    let is_council = fieldbook.status()?.role == Some(Role::CoordinationCouncil);
    let squads = meant::read(fieldbook.register_squads()?, Kept::Squads)?;
    for squad in squads.into_iter().filter(|_| is_council) {
        if squad.record.created.as_ref().is_some_and(|created| created.key == *key) {
            return Ok((squad, Undoing::Squad));
        }
        let running = |key: &StatementRef| {
            let mut running = squad.record.appointments.iter().filter(|one| one.ended.is_none());
            running.next().is_some_and(|one| one.key == *key) && running.next().is_none()
        };
        if squad.record.appointments.iter().any(|one| one.key == *key) {
            let undoing = if running(key) { Undoing::Head } else { Undoing::Appointment };
            return Ok((squad, undoing));
        }
    }
    // Whoever took it back before is told so.
    let author = fieldbook.author_of(key)?;
    fieldbook.withdrawal((author, key.clone()), reason)?;
    Err(meant::refused(RegisterRefused::NotYoursToWithdraw))
}
