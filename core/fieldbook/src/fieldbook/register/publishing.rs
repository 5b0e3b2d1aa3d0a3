//! What the subdivision's program says by itself after every exchange: cards for the phones, and what a wish to leave means.
//!
//! Promises that two consoles of one subdivision which hold the same statements say the same, and that whichever of them says
//! it first is enough: nothing is said twice a day that is the same.

use std::collections::BTreeMap;

use jasaq_model::eligibility::eligibility;
use jasaq_model::ids::MemberId;
use jasaq_model::law::ExclusionGround;
use jasaq_model::records::{Lists, PersonRecord};
use jasaq_model::register::{Circumstance, Record};
use jasaq_model::squad::SquadCard;
use jasaq_model::statement::Body;
use jasaq_model::words::Name;
use jasaq_protocol::ids::{DeviceId, SpaceId};
use jasaq_protocol::membership::{Role, SpaceKind};

use super::{Desk, Fieldbook};
use crate::refusal::FieldbookRefused;
use crate::views;

/// What was said by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    /// Cards that say something else than the ones before, or the same of a later day.
    pub cards: usize,
    /// Wishes to leave that became circumstances (001-§15(5)).
    pub wishes: usize,
}

impl Fieldbook {
    /// Says to the squads' phones who may go on patrol, as of today, and records what wishes to leave mean. Happens by itself
    /// before and after every exchange of a subdivision's console; nothing on any other device.
    pub fn publish(&mut self) -> Result<Published, FieldbookRefused> {
        self.desk(|desk| {
            if desk.device.role() != Some(Role::Ss) || desk.device.is_removed() {
                return Ok(Published::default());
            }
            let wishes = desk.record_wishes()?;
            Ok(Published { wishes, cards: desk.publish_cards()? })
        })
    }
}

impl Desk<'_> {
    fn record_wishes(&mut self) -> Result<usize, FieldbookRefused> {
        let wishes = views::wishes(self.transaction, self.device)?;
        if wishes.is_empty() {
            return Ok(0);
        }
        let persons = views::persons_of_members(self.transaction, self.device)?;
        let mut recorded = 0;
        for (member, day) in wishes {
            let Some(person) = persons.get(&member) else { continue };
            let record = self.person(*person)?;
            let is_known = record
                .circumstances
                .iter()
                .any(|said| said.what.ground == ExclusionGround::OwnWish)
                || !record.strike_offs.is_empty();
            if is_known || record.registrations.is_empty() {
                continue;
            }
            let space = self.register_of(*person)?;
            let circumstance = Circumstance { person: *person, ground: ExclusionGround::OwnWish, day };
            self.record((space, person.as_bytes()), Record::Circumstance(circumstance))?;
            recorded += 1;
        }
        Ok(recorded)
    }

    fn publish_cards(&mut self) -> Result<usize, FieldbookRefused> {
        let persons = views::persons_of_members(self.transaction, self.device)?;
        if persons.is_empty() {
            return Ok(0);
        }
        let newest: BTreeMap<MemberId, SquadCard> = views::squad_cards(self.transaction, self.device)?
            .into_iter()
            .map(|card| (card.member, card))
            .collect();
        let mut published = 0;
        for (member, person) in persons {
            let record = views::person_record(self.transaction, self.device, (person, &Lists::default()))?;
            let (Some(mut card), Some(space)) = (self.card(member, &record), self.patrols_of(member)) else {
                continue;
            };
            let before = newest.get(&member);
            if before.is_none_or(|before| !card.says_as(before)) {
                card.turn = before.map_or(1, |before| before.turn.saturating_add(1));
                self.state((space, space.as_bytes()), Body::SquadCard(card))?;
                published += 1;
            }
        }
        Ok(published)
    }

    /// What phones may know of a person: no ground, no date of birth, no register.
    fn card(&self, member: MemberId, record: &PersonRecord) -> Option<SquadCard> {
        let certificate = record.certificate().filter(|certificate| certificate.can_be_shown());
        let number = certificate.map(|certificate| certificate.issued.what.number.as_str());
        Some(SquadCard {
            member,
            full_name: record.full_name()?.clone(),
            certificate_number: number.and_then(|number| Name::new(number).ok()),
            eligible: eligibility(record, self.today).is_eligible(),
            as_of: self.today,
            ended: record.ended(),
            turn: 0,
        })
    }

    /// The newest patrols space of the squad in which a member's devices stand, if this console writes it.
    fn patrols_of(&self, member: MemberId) -> Option<SpaceId> {
        let membership = &self.device.membership;
        let roll = membership
            .devices()
            .find(|(_, enrolled)| enrolled.member.as_bytes() == member.as_bytes())
            .map(|(_, enrolled): (&DeviceId, _)| enrolled.roll)?;
        let of_squad = membership.spaces().filter(|(space, record)| {
            record.kind == SpaceKind::Patrols
                && record.roll == roll
                && !record.is_closed
                && self.device.may_write(space)
        });
        of_squad
            .max_by_key(|(space, record)| (record.season, **space))
            .map(|(space, _)| *space)
    }
}
