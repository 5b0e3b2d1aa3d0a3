//! `squad`: made by the structural subdivision, which alone tells the phones about their members.

use std::collections::BTreeMap;

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::MemberId;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::spelling::folded;
use jasaq_fieldbook::model::squad::SquadCard;
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::{
    Card, DeviceView, EnrolRefused, Fieldbook, FieldbookRefused, Kept, RegisterSquad, SquadView,
};
use serde_json::{Value, json};

use super::{meant, roster};
use crate::arguments::codes::short_code;
use crate::arguments::squad::CardArguments;
use crate::failure::{Class, Failure};
use crate::output::Reply;
use crate::program::{Program, find_member, surroundings};
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// Makes a squad's spaces. Where this console reads councils, one of them must have created the squad (001-§7, R03), and it is
/// supervised from now on; made before and decided since, it is supervised now.
pub(super) fn create(program: &Program, name: &Name, season: Option<u16>) -> Result<Reply, Failure> {
    let season = season.unwrap_or_else(this_year);
    let (is_made, decided) = program.with_fieldbook(|fieldbook| {
        let decided = decided_squad(fieldbook, name)?;
        let is_unsupervised = decided.as_ref().is_some_and(|squad| squad.record.supervisions.is_empty());
        let is_here = fieldbook
            .squads()?
            .unwrap_or_default()
            .iter()
            .any(|squad| squad.name.as_deref() == Some(name.as_str()));
        if decided.is_some() && !is_unsupervised && !is_here {
            let told = "the squad is supervised by another subdivision";
            return Err(Failure::new(Class::Rule, "squad-supervised-elsewhere", &told));
        }
        let is_made = match fieldbook.create_squad(name, season) {
            Ok(()) => true,
            Err(FieldbookRefused::Enrol(EnrolRefused::SquadExists)) if is_unsupervised => false,
            Err(refused) => return Err(refused.into()),
        };
        if let Some(squad) = decided.as_ref().filter(|_| is_unsupervised) {
            fieldbook.supervise(squad.squad, Some(name.as_str()))?;
        }
        Ok((is_made, decided.map(|squad| squad.squad)))
    })?;
    let words = &program.words;
    let told = Message::new("squad-made").with("season", season.to_string());
    let told = if is_made { words.say(told) } else { words.say("squad-supervised") };
    let json = json!({ "squad": name, "season": season, "supervises": decided });
    let reply = Reply::new(json).text(told);
    let reply = if decided.is_none() { reply.note(words.say("squad-made-undecided")) } else { reply };
    Ok(reply.note(words.say("squad-made-next")))
}

/// The squad of this name that a council created; none where this console reads no council, or it is for another office to
/// be refused.
fn decided_squad(fieldbook: &mut Fieldbook, name: &Name) -> Result<Option<RegisterSquad>, Failure> {
    let is_subdivision = fieldbook.status()?.role == Some(Role::StructuralSubdivision);
    let Some(mut squads) = fieldbook.register_squads()?.filter(|_| is_subdivision) else {
        return Ok(None);
    };
    let called = folded(name.as_str());
    // Сары and Сари are two squads: who writes one as the council did means that one.
    let is_exact = squads.iter().any(|squad| meant::squad_name(squad) == name.as_str());
    squads.retain(|squad| {
        let decided = meant::squad_name(squad);
        if is_exact { decided == name.as_str() } else { folded(&decided) == called }
    });
    if squads.len() > 1 {
        return Err(meant::refused(RegisterRefused::SeveralMeant));
    }
    let squad = squads.pop();
    Ok(Some(squad.ok_or_else(|| meant::refused(RegisterRefused::SquadUnknown))?))
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
pub(super) fn this_year() -> u16 {
    let today = surroundings().now().moment().day().to_string();
    today.split('-').next().and_then(|year| year.parse().ok()).unwrap_or_default()
}

/// Writes a card.
pub(super) fn card(program: &Program, arguments: &CardArguments) -> Result<Reply, Failure> {
    let (full_name, certificate_number) = (arguments.name.clone(), arguments.certificate.clone());
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

/// The squads, by the names that this device was given for them, and those that councils created.
pub(super) fn list(program: &Program) -> Result<Reply, Failure> {
    let words = &program.words;
    let squads = program.with_fieldbook(|fieldbook| Ok(fieldbook.squads()?))?;
    let phones = match &squads {
        None => Some(Kept::Phones.refusal().sentence(words.language())),
        Some(squads) => (!squads.is_empty()).then(|| phones_table(words, squads)),
    };
    let listed = squads.map(|squads| squads.iter().map(squad_json).collect::<Vec<_>>());
    let (decided, register) = roster::council_squads(program)?;
    let tables: Vec<String> = phones.into_iter().chain(decided).collect();
    let text = if tables.is_empty() { words.say("squad-none") } else { tables.join("\n") };
    Ok(Reply::new(json!({ "squads": listed, "register": register })).text(text))
}

fn phones_table(words: &Words, squads: &[SquadView]) -> String {
    let columns = ["column-squad", "column-squad-name", "column-season", "column-members"];
    let mut columns = Columns::new(words, &columns);
    for squad in squads {
        let seasons: Vec<String> = squad.seasons.iter().map(u16::to_string).collect();
        columns.row([
            short(&squad.squad.to_string()),
            squad.name.clone().unwrap_or_default(),
            seasons.join(", "),
            squad.members.to_string(),
        ]);
    }
    headed(words, "squads-by-phones", &columns)
}

fn squad_json(squad: &SquadView) -> Value {
    json!({
        "squad": squad.squad.to_string(),
        "name": squad.name,
        "seasons": squad.seasons,
        "members": squad.members,
    })
}

/// A table under what it is of: squads by their phones and squads by their councils are two tables.
pub(super) fn headed(words: &Words, heading: &'static str, columns: &Columns) -> String {
    format!("{}\n{columns}", words.say(heading))
}

/// A member of a squad: his device, and his card if one has come.
struct Member {
    id: MemberId,
    role: Role,
    card: Option<SquadCard>,
    /// What else is said to be of the same person, where the books are read.
    others: Vec<MemberId>,
}

/// The members and their cards.
pub(super) fn show(program: &Program) -> Result<Reply, Failure> {
    let words = &program.words;
    let (devices, cards, doubled) = program.with_fieldbook(|fieldbook| {
        let devices = if fieldbook.reads(Kept::Phones)? { Some(fieldbook.devices()?) } else { None };
        let doubled = fieldbook.phones_of_one_person()?.unwrap_or_default();
        Ok((devices, fieldbook.squad_cards()?, doubled))
    })?;
    let Some(devices) = devices else {
        return Ok(meant::not_read(words, Kept::Phones, json!({ "members": null, "reads_cards": false })));
    };
    let reads_cards = cards.is_some();
    let cards = cards.unwrap_or_default();
    let members: Vec<Member> =
        devices.iter().filter_map(|view| member_of(view, (&cards, &doubled))).collect();
    let columns = ["column-member", "column-role", "column-name", "column-certificate", "column-eligible"];
    let shown = if reads_cards { &columns[..] } else { &columns[..2] };
    let mut columns = Columns::new(words, shown);
    for member in &members {
        columns.row(cells(words, member).into_iter().take(shown.len()));
    }
    let json = json!({
        "members": members.iter().map(member_json).collect::<Vec<_>>(), "reads_cards": reads_cards,
    });
    let several = members.iter().filter(|member| !member.others.is_empty()).map(|member| {
        let others: Vec<String> = member.others.iter().map(|other| short(&other.to_string())).collect();
        let told = Message::new("squad-phones-of-one").with("member", short(&member.id.to_string()));
        words.say(told.with("others", others.join(", ")))
    });
    let text: Vec<String> = std::iter::once(columns.to_string()).chain(several).collect();
    let reply = Reply::new(json).text(text.join("\n"));
    let unread = || Kept::Cards.refusal().sentence(words.language());
    Ok(if reads_cards { reply } else { reply.note(unread()) })
}

fn cells(words: &Words, member: &Member) -> [String; 5] {
    let card = member.card.as_ref();
    let certificate = card.and_then(|card| card.certificate_number.as_ref());
    [
        short(&member.id.to_string()),
        member.role.word(words.language()).to_owned(),
        card.map(|card| card.full_name.to_string()).unwrap_or_default(),
        certificate.map(Name::to_string).unwrap_or_default(),
        card.map_or_else(|| words.say("card-none"), |card| describe_eligibility(words, card)),
    ]
}

const fn is_of_a_squad(role: Role) -> bool {
    matches!(role, Role::SquadHead | Role::Volunteer | Role::NonStaffEmployee)
}

fn member_of(
    view: &DeviceView,
    (cards, doubled): (&[SquadCard], &BTreeMap<MemberId, Vec<MemberId>>),
) -> Option<Member> {
    let id = MemberId::from_bytes(*view.member.as_bytes());
    let card = cards.iter().find(|card| card.member == id).cloned();
    let others = doubled.get(&id).cloned().unwrap_or_default();
    is_of_a_squad(view.role).then_some(Member { id, role: view.role, card, others })
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
    json!({
        "member": member.id, "role": member.role, "short_role": short_code(member.role), "card": card,
        "other_phones_of_person": member.others,
    })
}
