//! `squad`: made by the structural subdivision, which alone tells the phones about their members.

use jasaq_fieldbook::model::ids::MemberId;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::squad::SquadCard;
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::{Card, DeviceView};
use serde_json::{Value, json};

use crate::arguments::codes::short_code;
use crate::arguments::membership::CardArguments;
use crate::failure::{Class, Failure};
use crate::output::Reply;
use crate::program::{Program, find_member, read_name, surroundings};
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// Makes a squad.
pub(super) fn create(program: &Program, name: &str, season: Option<u16>) -> Result<Reply, Failure> {
    let (name, season) = (read_name(name)?, season.unwrap_or_else(this_year));
    program.with_fieldbook(|fieldbook| Ok(fieldbook.create_squad(&name, season)?))?;
    let words = &program.words;
    let told = Message::new("squad-made").with("season", season.to_string());
    let json = json!({ "squad": name, "season": season });
    Ok(Reply::new(json).text(words.say(told)).note(words.say("squad-made-next")))
}

/// Opens the next season.
pub(super) fn open_season(program: &Program, (squad, season): (Option<&str>, u16)) -> Result<Reply, Failure> {
    program.with_fieldbook(|fieldbook| Ok(fieldbook.open_season(squad, season)?))?;
    let told = Message::new("season-opened").with("season", season.to_string());
    let reply = Reply::new(json!({ "opened": season })).text(program.words.say(told));
    Ok(reply.note(program.words.say("device-confirmed-next")))
}

/// Ends a season.
pub(super) fn close_season(
    program: &Program,
    (squad, season): (Option<&str>, u16),
) -> Result<Reply, Failure> {
    let spaces = program.with_fieldbook(|fieldbook| Ok(fieldbook.close_season(squad, season)?))?;
    let told = Message::new("season-closed").with("season", season.to_string());
    let reply = Reply::new(json!({ "closed": season, "spaces": spaces })).text(program.words.say(told));
    Ok(reply.note(program.words.say("season-closed-next")))
}

/// The year on this device's clock; it names a season and decides nothing.
fn this_year() -> u16 {
    let today = surroundings().now().moment().day().to_string();
    today.split('-').next().and_then(|year| year.parse().ok()).unwrap_or_default()
}

/// Writes a card.
pub(super) fn card(program: &Program, arguments: &CardArguments) -> Result<Reply, Failure> {
    let full_name = read_name(&arguments.name)?;
    let certificate_number = arguments.certificate.as_deref().map(read_name).transpose()?;
    let as_of = arguments.as_of.unwrap_or_else(|| surroundings().now().moment().day());
    let member = program.with_fieldbook(|fieldbook| {
        let member = find_member(fieldbook, &arguments.member)?;
        let devices = fieldbook.devices()?;
        let mut of_member = devices.iter().filter(|view| view.member.as_bytes() == member.as_bytes());
        if !of_member.any(|view| is_of_a_squad(view.role)) {
            return Err(Failure::new(Class::Rule, "card-not-of-a-squad", &"the member is of no squad"));
        }
        let card = Card { member, full_name, certificate_number, eligible: !arguments.not_eligible, as_of };
        fieldbook.write_card(card)?;
        Ok(member)
    })?;
    let told = program
        .words
        .say(Message::new("card-written").with("member", short(&member.to_string())));
    Ok(Reply::new(json!({ "member": member, "as_of": as_of })).text(told))
}

/// The squads, by the names that this device was given for them.
pub(super) fn list(program: &Program) -> Result<Reply, Failure> {
    let squads = program.with_fieldbook(|fieldbook| Ok(fieldbook.squads()?))?;
    let columns = ["column-squad", "column-squad-name", "column-season", "column-members"];
    let mut columns = Columns::new(&program.words, &columns);
    for squad in &squads {
        let seasons: Vec<String> = squad.seasons.iter().map(u16::to_string).collect();
        columns.row([
            short(&squad.squad.to_string()),
            squad.name.clone().unwrap_or_default(),
            seasons.join(", "),
            squad.members.to_string(),
        ]);
    }
    let listed = squads.iter().map(|squad| {
        json!({
            "squad": squad.squad.to_string(),
            "name": squad.name,
            "seasons": squad.seasons,
            "members": squad.members,
        })
    });
    let json = json!({ "squads": listed.collect::<Vec<_>>() });
    let text = if squads.is_empty() { program.words.say("squad-none") } else { columns.to_string() };
    Ok(Reply::new(json).text(text))
}

/// A member of a squad: his device, and his card if one has come.
struct Member {
    id: MemberId,
    role: Role,
    card: Option<SquadCard>,
}

/// The members and their cards.
pub(super) fn show(program: &Program) -> Result<Reply, Failure> {
    let (devices, cards) =
        program.with_fieldbook(|fieldbook| Ok((fieldbook.devices()?, fieldbook.squad_cards()?)))?;
    let members: Vec<Member> = devices.iter().filter_map(|view| member_of(view, &cards)).collect();
    let words = &program.words;
    let columns = ["column-member", "column-role", "column-name", "column-certificate", "column-eligible"];
    let mut columns = Columns::new(words, &columns);
    for member in &members {
        let card = member.card.as_ref();
        let certificate = card.and_then(|card| card.certificate_number.as_ref());
        columns.row([
            short(&member.id.to_string()),
            member.role.word(words.language()).to_owned(),
            card.map(|card| card.full_name.to_string()).unwrap_or_default(),
            certificate.map(Name::to_string).unwrap_or_default(),
            card.map_or_else(|| words.say("card-none"), |card| describe_eligibility(words, card)),
        ]);
    }
    let json = json!({ "members": members.iter().map(member_json).collect::<Vec<_>>() });
    Ok(Reply::new(json).text(columns.to_string()))
}

const fn is_of_a_squad(role: Role) -> bool {
    matches!(role, Role::SquadHead | Role::Volunteer | Role::NonStaffEmployee)
}

fn member_of(view: &DeviceView, cards: &[SquadCard]) -> Option<Member> {
    let id = MemberId::from_bytes(*view.member.as_bytes());
    let card = cards.iter().find(|card| card.member == id).cloned();
    is_of_a_squad(view.role).then_some(Member { id, role: view.role, card })
}

fn describe_eligibility(words: &Words, card: &SquadCard) -> String {
    let id = if card.eligible { "card-eligible" } else { "card-not-eligible" };
    words.say(Message::new(id).with("day", card.as_of.to_string()))
}

fn member_json(member: &Member) -> Value {
    let card = member.card.as_ref().map(|card| {
        json!({
            "full_name": card.full_name,
            "certificate_number": card.certificate_number,
            "eligible": card.eligible,
            "as_of": card.as_of,
        })
    });
    json!({ "member": member.id, "role": member.role, "short_role": short_code(member.role), "card": card })
}
