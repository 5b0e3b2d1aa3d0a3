//! `invite`: making a code, showing it to a camera, and what became of the codes that were made.

use std::path::Path;

use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::protocol::ids::InviteKey;
use jasaq_fieldbook::roles::office_of;
use jasaq_fieldbook::{
    EnrolRefused, Fieldbook, FieldbookRefused, InviteState, Membering, NewInvite, OwnInvite,
};
use serde_json::{Value, json};

use super::device;
use crate::arguments::codes::short_code;
use crate::arguments::membership::{InviteArguments, InviteCommand, NewInviteArguments};
use crate::failure::{Class, Failure};
use crate::output::Reply;
use crate::program::{Program, find_member, only_one, read_prefix, surroundings};
use crate::qr::{Qr, Surface};
use crate::table::{Columns, day_and_time, moment_of, short};
use crate::words::Message;

/// Makes an invite, or looks after those that were made.
pub(super) fn run(program: &Program, arguments: &InviteArguments) -> Result<Reply, Failure> {
    match &arguments.command {
        None => invite(program, &arguments.new),
        Some(InviteCommand::List) => list(program),
        Some(InviteCommand::Withdraw { invite }) => withdraw(program, invite),
    }
}

/// Signs an invite.
fn invite(program: &Program, arguments: &NewInviteArguments) -> Result<Reply, Failure> {
    let invite = program.with_fieldbook(|fieldbook| {
        check_is_invited(fieldbook, arguments)?;
        let membering = membering_of(fieldbook, arguments)?;
        device::meet_relay(fieldbook, &arguments.reach)?;
        let invited = fieldbook.invite(membering);
        invited.map_err(|refused| match (&refused, arguments.role) {
            (FieldbookRefused::Enrol(EnrolRefused::MayNot), Some(role)) => {
                let asked_for = role.word(program.words.language());
                let sentence = Message::new("invite-may-not").with("role", asked_for);
                Failure::new(Class::Rule, sentence, &refused)
            }
            _ => refused.into(),
        })
    })?;
    let pictures = (arguments.qr_svg.as_deref(), arguments.qr_png.as_deref());
    hand_over(program, &invite, pictures)
}

/// Only the root stands above a territorial subdivision, so a further console of one is let in by its sheets.
fn check_is_invited(fieldbook: &mut Fieldbook, arguments: &NewInviteArguments) -> Result<(), Failure> {
    let role = match &arguments.member {
        None => arguments.role,
        Some(member) => {
            let member = find_member(fieldbook, member)?;
            let device = fieldbook
                .devices()?
                .into_iter()
                .find(|view| view.member.as_bytes() == member.as_bytes());
            device.map(|view| view.role)
        }
    };
    if role == Some(Role::TerritorialSubdivision) {
        let trace = "a console of the territorial subdivision is let in by the root's sheets";
        return Err(Failure::new(Class::Rule, "invite-needs-sheets", &trace));
    }
    Ok(())
}

/// Says, draws and shows an invite that was made.
pub(super) fn hand_over(
    program: &Program,
    invite: &NewInvite,
    pictures: (Option<&Path>, Option<&Path>),
) -> Result<Reply, Failure> {
    let qr = Qr::of(&invite.code, Surface::Screen)?;
    let drawn = draw(program, &qr, pictures);
    let reply = tell(program, invite);
    // The invite stands, whether or not it could be drawn.
    if let Err(failure) = drawn {
        return Err(failure.after(reply));
    }
    if program.output.is_watched() {
        show(program, &qr);
    }
    Ok(reply)
}

/// Writes the pictures that were asked for.
pub(super) fn draw(
    program: &Program,
    qr: &Qr,
    (svg, png): (Option<&Path>, Option<&Path>),
) -> Result<(), Failure> {
    if let Some(file) = svg {
        program.write_file(file, qr.to_svg().as_bytes())?;
    }
    match png {
        Some(file) => program.write_file(file, &qr.to_png()?),
        None => Ok(()),
    }
}

/// Shows the code to the camera of who sits beside, if the terminal is large enough for all of it.
pub(super) fn show(program: &Program, qr: &Qr) {
    let (columns, rows) = qr.size_on_terminal();
    let size = terminal_size::terminal_size_of(std::io::stderr());
    let fits = size.is_some_and(|(width, height)| columns <= width.0.into() && rows < height.0.into());
    if fits {
        program.output.hint(&qr.to_terminal());
    } else {
        let sentence = Message::new("invite-qr-needs").with("columns", columns).with("rows", rows + 1);
        program.output.hint(&program.words.say(sentence));
    }
}

fn tell(program: &Program, invite: &NewInvite) -> Reply {
    let role = office_of(invite.role);
    let expires_at = moment_of(invite.expires_at_ms);
    let json = json!({
        "code": invite.code.as_str(),
        "words": invite.words.as_ref().map(|words| words.as_str()),
        "invite": invite.key.to_string(),
        "role": short_code(role),
        "expires_at": expires_at.to_string(),
        "names_relay": invite.words.is_some(),
    });
    let words = &program.words;
    let told = Message::new("invited")
        .with("role", role.word(words.language()))
        .with("until", day_and_time(expires_at));
    let reply = Reply::new(json).text(invite.code.as_str()).note(words.say(told));
    let reply = match &invite.words {
        Some(spoken) => reply.note(format!("{}\n{}", words.say("invited-words"), spoken.as_str())),
        None => reply.note(words.say("invited-without-relay")),
    };
    reply.note(words.say("invited-next"))
}

fn membering_of<'a>(
    fieldbook: &mut Fieldbook,
    arguments: &'a NewInviteArguments,
) -> Result<Membering<'a>, Failure> {
    let NewInviteArguments { role, office, squad, member, .. } = arguments;
    let (office, squad) = (office.as_ref().map(Name::as_str), squad.as_ref().map(Name::as_str));
    if let Some(member) = member {
        return Ok(Membering::Beside(find_member(fieldbook, member)?));
    }
    match role {
        // The arguments see to it that there is one or the other.
        None => Err(Failure::usage("invite-role-missing")),
        Some(Role::SquadHead | Role::Volunteer | Role::NonStaffEmployee) if office.is_some() => {
            Err(Failure::usage("invite-office-of-phone"))
        }
        Some(role @ (Role::SquadHead | Role::Volunteer | Role::NonStaffEmployee)) => {
            Ok(Membering::Squad { role: *role, squad })
        }
        Some(_) if squad.is_some() => Err(Failure::usage("invite-squad-of-console")),
        Some(role) => match office {
            Some(office) => Ok(Membering::Office { role: *role, office }),
            None => Err(Failure::usage("invite-office-missing")),
        },
    }
}

/// The invites that this device made.
fn list(program: &Program) -> Result<Reply, Failure> {
    let invites = program.with_fieldbook(|fieldbook| Ok(fieldbook.invites()?))?;
    let json = json!({ "invites": invites.iter().map(to_json).collect::<Vec<_>>() });
    let words = &program.words;
    if invites.is_empty() {
        return Ok(Reply::new(json).text(words.say("invite-none")));
    }
    let mut columns = Columns::new(
        words,
        &["column-invite", "column-role", "column-until", "column-state", "column-words"],
    );
    for invite in &invites {
        let asked: Vec<String> = invite.asked.iter().map(ToString::to_string).collect();
        let role = office_of(invite.role).word(words.language());
        let whose = invite.member.map(|member| format!(" · {}", short(&member.to_string())));
        columns.row([
            short(&invite.key.to_string()),
            format!("{role}{}", whose.unwrap_or_default()),
            day_and_time(moment_of(invite.expires_at_ms)),
            state_words(program, invite),
            asked.join("\n"),
        ]);
    }
    let reply = Reply::new(json).text(columns.to_string());
    Ok(match warning(program, &invites) {
        Some(warning) => reply.note(warning),
        None => reply,
    })
}

/// That several devices asked with one invite of these days, if they did: also once one of them is in.
pub(super) fn warning(program: &Program, invites: &[OwnInvite]) -> Option<String> {
    let now_ms = surroundings().now().unix_ms;
    let is_of_these_days = |invite: &&OwnInvite| {
        invite.expires_at_ms >= now_ms && !matches!(invite.state, InviteState::Withdrawn)
    };
    let doubled = invites.iter().filter(is_of_these_days).any(|invite| invite.asked.len() > 1);
    doubled.then(|| program.words.say("invite-rivals"))
}

fn state_words(program: &Program, invite: &OwnInvite) -> String {
    let words = &program.words;
    match invite.state {
        InviteState::Open => words.say("invite-open"),
        InviteState::Asked => words.say("invite-asked"),
        InviteState::Used(device) => {
            words.say(Message::new("invite-used").with("device", short(&device.to_string())))
        }
        InviteState::Withdrawn => words.say("invite-withdrawn"),
        InviteState::Expired => words.say("invite-expired"),
    }
}

const fn state_code(state: InviteState) -> &'static str {
    match state {
        InviteState::Open => "open",
        InviteState::Asked => "asked",
        InviteState::Used(_) => "used",
        InviteState::Withdrawn => "withdrawn",
        InviteState::Expired => "expired",
    }
}

fn to_json(invite: &OwnInvite) -> Value {
    let device = match invite.state {
        InviteState::Used(device) => Some(device.to_string()),
        _ => None,
    };
    json!({
        "invite": invite.key.to_string(),
        "role": short_code(office_of(invite.role)),
        "member": invite.member.map(|member| member.to_string()),
        "expires_at": moment_of(invite.expires_at_ms).to_string(),
        "state": state_code(invite.state),
        "device": device,
        "asked": invite.asked.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

/// Takes an invite back.
fn withdraw(program: &Program, prefix: &str) -> Result<Reply, Failure> {
    let digits = read_prefix(prefix)?;
    let withdrawn = program.with_fieldbook(|fieldbook| {
        let keys = fieldbook.invites()?.into_iter().map(|invite| invite.key);
        let found: Vec<InviteKey> = keys.filter(|key| key.to_string().starts_with(&digits)).collect();
        let none = || FieldbookRefused::from(EnrolRefused::NoInvite).into();
        let key = only_one(found, prefix, none)?;
        fieldbook.withdraw_invite(&key)?;
        Ok(key)
    })?;
    let told = Message::new("invite-taken-back").with("invite", short(&withdrawn.to_string()));
    Ok(Reply::new(json!({ "withdrawn": withdrawn.to_string() })).text(program.words.say(told)))
}
