//! The fields of squads, rosters and cards.
//!
//! ```text
//! squad       squad · name · district
//! name_on     squad · person · name
//! name_off    squad · person · ends (the key of the name_on it ends)
//! squad_card  member · name · cert (certificate number) · eligible · day · ended, former, turn (since shape 1)
//! ```

use super::StatementRefused;
use super::fields::{Fields, Scalar, needed};
use crate::ids::{MemberId, PersonId, SquadId};
use crate::person::Person;
use crate::squad::{FormerHolder, NameOff, NameOn, Squad, SquadCard};
use crate::words::Name;

pub(super) fn put_squad(fields: &mut Fields, squad: &Squad) {
    fields.put_bytes("squad", squad.id.as_bytes());
    fields.put_text("name", squad.name.as_str());
    fields.put_text("district", squad.district.as_str());
}

pub(super) fn read_squad(fields: &Fields) -> Result<Squad, StatementRefused> {
    Ok(Squad {
        id: read_squad_id(fields)?,
        name: read_name(fields)?,
        district: needed("district", fields.name("district")?)?,
    })
}

pub(super) fn put_name_on(fields: &mut Fields, name_on: &NameOn) {
    fields.put_bytes("squad", name_on.squad.as_bytes());
    fields.put_bytes("person", name_on.person.id.as_bytes());
    fields.put_text("name", name_on.person.full_name.as_str());
}

pub(super) fn read_name_on(fields: &Fields) -> Result<NameOn, StatementRefused> {
    let person = Person { id: read_person_id(fields)?, full_name: read_name(fields)? };
    Ok(NameOn { squad: read_squad_id(fields)?, person })
}

pub(super) fn put_name_off(fields: &mut Fields, name_off: &NameOff) {
    fields.put_bytes("squad", name_off.squad.as_bytes());
    fields.put_bytes("person", name_off.person.as_bytes());
    fields.put_text("ends", name_off.ends.as_str());
}

pub(super) fn read_name_off(fields: &Fields) -> Result<NameOff, StatementRefused> {
    let ends = needed("ends", fields.reference("ends")?)?;
    Ok(NameOff { squad: read_squad_id(fields)?, person: read_person_id(fields)?, ends })
}

pub(super) fn put_squad_card(fields: &mut Fields, card: &SquadCard) {
    fields.put_bytes("member", card.member.as_bytes());
    fields.put_text("name", card.full_name.as_str());
    fields.put_text_if("cert", card.certificate_number.as_ref().map(Name::as_str));
    fields.insert("eligible", Scalar::Flag(card.eligible));
    fields.put_text("day", &card.as_of.to_string());
    if let Some(ended) = card.ended {
        fields.put_text("ended", &ended.to_string());
    }
    fields.put_text_if("former", card.former.map(FormerHolder::code));
    fields.put_int_if("turn", (card.turn > 0).then_some(card.turn.into()));
    let is_of_shape_1 = card.ended.is_some() || card.former.is_some() || card.turn > 0;
    fields.put_int_if("v", is_of_shape_1.then_some(1));
}

pub(super) fn read_squad_card(fields: &Fields) -> Result<SquadCard, StatementRefused> {
    let ended = fields.text("ended")?.map(str::parse).transpose()?;
    let eligible = needed("eligible", fields.flag("eligible")?)?;
    let as_of = needed("day", fields.text("day")?)?.parse()?;
    // Whose part has ended may not go out: a reader who knows only one of the two must not read the opposite.
    if eligible && ended.is_some_and(|ended| ended <= as_of) {
        return Err(StatementRefused::Malformed { field: "ended" });
    }
    // Who reads only the older fields must read the same: a phone that is nobody's lets nobody out.
    let certificate_number = fields.name("cert")?;
    let former = fields.code("former", FormerHolder::from_code)?;
    if former.is_some() && (eligible || certificate_number.is_some()) {
        return Err(StatementRefused::Malformed { field: "former" });
    }
    let turn = match fields.get("turn") {
        Some(_) => fields.int_in("turn", 1..=u32::MAX.into())?,
        None => 0,
    };
    Ok(SquadCard {
        member: needed("member", fields.id("member", MemberId::from_slice)?)?,
        full_name: read_name(fields)?,
        certificate_number,
        eligible,
        as_of,
        ended,
        former,
        turn,
    })
}

fn read_squad_id(fields: &Fields) -> Result<SquadId, StatementRefused> {
    needed("squad", fields.id("squad", SquadId::from_slice)?)
}

fn read_person_id(fields: &Fields) -> Result<PersonId, StatementRefused> {
    needed("person", fields.id("person", PersonId::from_slice)?)
}

fn read_name(fields: &Fields) -> Result<Name, StatementRefused> {
    needed("name", fields.name("name")?)
}
