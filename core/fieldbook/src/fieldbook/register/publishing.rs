//! What the subdivisions' programs say by themselves at every exchange. The SS's: cards for the phones, and what a wish to leave
//! means. The TS's: that somebody's part ended whom another of its consoles had registered meanwhile, or in another unit's book.
//!
//! Promises that two consoles of one subdivision which hold the same statements say the same, and that whichever of them says
//! it first is enough: nothing is said twice a day that is the same.

use jasaq_model::eligibility::eligibility;
use jasaq_model::ids::{MemberId, PersonId};
use jasaq_model::law::ExclusionGround;
use jasaq_model::moment::Day;
use jasaq_model::records::{Lists, PersonRecord};
use jasaq_model::register::{Cause, Circumstance, Record, Withdrawn};
use jasaq_model::squad::{FormerHolder, SquadCard};
use jasaq_model::statement::Body;
use jasaq_model::words::{Name, Text};
use jasaq_protocol::ids::{DeviceId, DocumentId, SpaceId};
use jasaq_protocol::membership::{Role, SpaceKind};

use super::admitting::FOLLOWS_FROM_NOTHING;
use super::{Desk, Fieldbook};
use crate::refusal::FieldbookRefused;
use crate::views::{self, Holder};

/// What was said by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    /// Cards that say something else than the ones before, or the same of a later day.
    pub cards: usize,
    /// Wishes to leave that became circumstances, and those that were taken back, with what followed from them (001-§15(5)).
    pub wishes: usize,
    /// Units that were told now that the part of somebody in their books ended (001-§15, 19).
    pub ends: usize,
    /// Papers of lists that were taken back, deleted for everybody.
    pub papers: usize,
}

impl Fieldbook {
    /// Says to the squads' phones who may go on patrol, as of today, and records what wishes to leave and exclusions mean. Happens
    /// by itself before and after every exchange of a subdivision's console; nothing on any other device.
    pub fn publish(&mut self) -> Result<Published, FieldbookRefused> {
        let mut published = self.publish_statements()?;
        if !self.device.is_removed() && self.device.role() == Some(Role::Ts) {
            published.papers = self.delete_papers_of_withdrawn_lists()?;
        }
        Ok(published)
    }

    fn publish_statements(&mut self) -> Result<Published, FieldbookRefused> {
        self.desk(|desk| match desk.device.role() {
            _ if desk.device.is_removed() => Ok(Published::default()),
            Some(Role::Ts) => Ok(Published { ends: desk.tell_of_ends()?, ..Published::default() }),
            Some(Role::Ss) => {
                let wishes = desk.record_wishes()? + desk.take_back_wishes()?;
                desk.end_appointments_of_struck_off()?;
                Ok(Published { wishes, cards: desk.publish_cards()?, ..Published::default() })
            }
            _ => Ok(Published::default()),
        })
    }
}

impl Desk<'_> {
    fn record_wishes(&mut self) -> Result<usize, FieldbookRefused> {
        let wishes = views::wishes_open(self.transaction, self.device)?;
        if wishes.is_empty() {
            return Ok(0);
        }
        let persons = views::persons_of_members(self.transaction, self.device)?;
        let holders = views::Holders::of(self.transaction, self.device)?;
        let mut recorded = 0;
        for (member, wish) in wishes {
            // Whose wish it is does not say a phone that is said to be two persons'.
            let Some(Holder::One(present)) = persons.get(&member) else { continue };
            let Some(record) = self.who_wished((*present, holders.had(member, &wish)))? else { continue };
            let Some(registered) = record.registration().map(|registration| registration.day) else {
                continue;
            };
            // The phone's clock may be years off: the day lies between the registration and today.
            let day = wish.statement.happened_at().day();
            let day = day.clamp(registered.min(self.today), self.today);
            let (person, space) = (record.person, self.register_of(record.person)?);
            let follows = Some(Cause { author: wish.author, key: wish.key });
            let circumstance = Circumstance { person, ground: Some(ExclusionGround::OwnWish), day, follows };
            self.record((space, person.as_bytes()), Record::Circumstance(circumstance))?;
            recorded += 1;
        }
        Ok(recorded)
    }

    /// Who it was that wished to leave: whoever had the phone that day, though his part ended since; where no card tells, whoever has
    /// it. On the day of a change it is who goes on, and of several of them nobody is guessed.
    fn who_wished(
        &self,
        (present, mut had): (PersonId, Vec<PersonId>),
    ) -> Result<Option<PersonRecord>, FieldbookRefused> {
        if had.is_empty() {
            had.push(present);
        }
        had.sort_unstable();
        had.dedup();
        let lists = Lists::default();
        let record = |person| views::person_record(self.transaction, self.device, (person, &lists));
        let mut may_be = had.into_iter().map(record).collect::<Result<Vec<PersonRecord>, _>>()?;
        if may_be.len() > 1 {
            may_be.retain(|record| record.strike_offs.is_empty());
        }
        Ok(if may_be.len() == 1 { may_be.pop() } else { None })
    }

    /// What this unit's consoles recorded because of a wish does not stand when its phone took the wish back. What somebody entered
    /// by hand does.
    fn take_back_wishes(&mut self) -> Result<usize, FieldbookRefused> {
        let over = views::wishes_over(self.transaction, self.device)?;
        for (book, person, Cause { author, key }) in &over {
            let reason = Text::new(FOLLOWS_FROM_NOTHING)?;
            let withdrawn = Withdrawn { author: *author, key: key.clone(), reason };
            self.record((*book, person.as_bytes()), Record::Withdrawn(withdrawn))?;
        }
        Ok(over.len())
    }

    /// A council may have appointed somebody while he was struck off: whichever console of his unit hears of both ends it.
    fn end_appointments_of_struck_off(&mut self) -> Result<(), FieldbookRefused> {
        for (_, squad) in views::council_squads(self.transaction, self.device)? {
            for appointment in squad.appointments.iter().filter(|one| one.ended.is_none()) {
                let of = (appointment.person, &Lists::default());
                let record = views::person_record(self.transaction, self.device, of)?;
                if let Some(strike_off) = record.strike_offs.first() {
                    let day = strike_off.what.day;
                    self.end_appointments(&record, day)?;
                }
            }
        }
        Ok(())
    }

    /// Two consoles may register somebody and find what ends his part while apart, or register him in two books: whichever of
    /// them hears of both tells the units.
    fn tell_of_ends(&mut self) -> Result<usize, FieldbookRefused> {
        let mut told = 0;
        for person in views::ends_to_tell(self.transaction, self.device)? {
            told += self.tell_the_books(person)?;
        }
        Ok(told)
    }

    fn publish_cards(&mut self) -> Result<usize, FieldbookRefused> {
        let persons = views::persons_of_members(self.transaction, self.device)?;
        let cards = views::squad_cards_at(self.transaction, self.device)?;
        let mut published = 0;
        for (member, holder) in &persons {
            published += self.publish_card_of(*member, holder, cards.get(member))?;
        }
        // Who was taken for somebody by mistake is nobody of the register any more, and may not go out as him. A card that
        // stands in the space's own document was written by hand.
        for (member, newest) in cards.iter().filter(|(member, _)| !persons.contains_key(member)) {
            let is_by_hand = self
                .patrols_of(*member)
                .is_none_or(|space| space.as_bytes() == newest.0.as_bytes());
            if !is_by_hand {
                published += self.give_up(*member, newest)?.0;
            }
        }
        Ok(published)
    }

    fn publish_card_of(
        &mut self,
        member: MemberId,
        holder: &Holder,
        newest: Option<&(DocumentId, SquadCard)>,
    ) -> Result<usize, FieldbookRefused> {
        let document = DocumentId::from_bytes(*holder.person().as_bytes());
        let record =
            views::person_record(self.transaction, self.device, (holder.person(), &Lists::default()))?;
        let of_another = newest.filter(|(of, _)| *of != document);
        // Of two consoles whose clocks stand a day apart the later day is both's: otherwise each would answer the other for ever.
        let on = newest.map_or(self.today, |(_, before)| before.as_of.max(self.today));
        // Who came after him is struck off as well, forgotten, or had it in error: the phone is not his again.
        let had_it_before = newest.is_some_and(|(of, card)| *of != document || card.former.is_some());
        if had_it_before && !record.strike_offs.is_empty() {
            return of_another.map_or(Ok(0), |last| self.end_card(member, last, on));
        }
        let ends = if matches!(holder, Holder::Contested(..)) { newest } else { of_another };
        let (given_up, before) = match ends {
            Some(ends) => self.give_up(member, ends)?,
            None => (0, newest.map(|(_, card)| card.clone())),
        };
        let card = match holder {
            Holder::One(_) => card(member, &record, on),
            // It was nobody's before: the phone is told that it lets nobody out.
            Holder::Contested(..) if before.is_none() => {
                card(member, &record, on).map(|card| card.given_up(FormerHolder::HandedOn))
            }
            Holder::Contested(..) => None,
        };
        let Some(card) = card else { return Ok(given_up) };
        Ok(given_up + usize::from(self.publish_card((card, before.as_ref()), document)?))
    }

    /// Says what the newest card has come to where nobody is left whose phone it could be: its person's part ended too, or he never
    /// had it. Says how much was said.
    fn end_card(
        &mut self,
        member: MemberId,
        newest: &(DocumentId, SquadCard),
        on: Day,
    ) -> Result<usize, FieldbookRefused> {
        let (document, before) = newest;
        let person = PersonId::from_bytes(*document.as_bytes());
        let record = views::person_record(self.transaction, self.device, (person, &Lists::default()))?;
        let own = card(member, &record, on).filter(|_| record.members.contains(&member));
        match own {
            Some(card) => Ok(usize::from(self.publish_card((card, Some(before)), *document)?)),
            None => Ok(self.give_up(member, newest)?.0),
        }
    }

    /// Says that a phone is no more whose it was by the newest card: in error, unless somebody says still that it was. Says how much
    /// was said, and which card is the newest then.
    fn give_up(
        &mut self,
        member: MemberId,
        (document, newest): &(DocumentId, SquadCard),
    ) -> Result<(usize, Option<SquadCard>), FieldbookRefused> {
        let person = PersonId::from_bytes(*document.as_bytes());
        let record = views::person_record(self.transaction, self.device, (person, &Lists::default()))?;
        let is_by_hand = self
            .patrols_of(member)
            .is_some_and(|space| space.as_bytes() == document.as_bytes());
        let why = if is_by_hand || record.members.contains(&member) {
            FormerHolder::HandedOn
        } else {
            FormerHolder::InError
        };
        if newest.former == Some(why) || newest.former == Some(FormerHolder::InError) {
            return Ok((0, Some(newest.clone())));
        }
        // His part may have ended at the sitting at which the phone was handed on.
        let ended = record.ended().or(newest.ended);
        let former = SquadCard { ended, ..newest.clone() }.given_up(why);
        if !self.publish_card((former.clone(), Some(newest)), *document)? {
            return Ok((0, Some(newest.clone())));
        }
        Ok((1, Some(SquadCard { turn: newest.turn.saturating_add(1), ..former })))
    }

    /// Says a card if it says something new. It stands in the person's document, so that erasing him erases what phones show of
    /// him; and such a document may be erased here already, where other rolls have not brought their word of it yet.
    fn publish_card(
        &mut self,
        (mut card, before): (SquadCard, Option<&SquadCard>),
        about: DocumentId,
    ) -> Result<bool, FieldbookRefused> {
        let Some(space) = self.patrols_of(card.member) else { return Ok(false) };
        if before.is_some_and(|before| card.says_as(before)) || self.device.is_erased(&space, &about) {
            return Ok(false);
        }
        card.turn = before.map_or_else(|| self.first_turn(&space), |before| before.turn.saturating_add(1));
        // After the last turn of all only a card that lets nobody out stands before another.
        if before.is_some_and(|before| !card.is_newer_than(before)) {
            return Ok(false);
        }
        self.state((space, about.as_bytes()), Body::SquadCard(card))?;
        Ok(true)
    }

    /// The turn of a member's first card. Where something was erased it is not the first of all: who had the phone before may be
    /// forgotten, and what he logged is not the next one's.
    fn first_turn(&self, space: &SpaceId) -> u32 {
        let mut erased = self.device.membership.erasures().documents();
        if erased.any(|((of, _), _)| of == space) { 2 } else { 1 }
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

/// What phones may know of a person: no ground, no date of birth, no register.
fn card(member: MemberId, record: &PersonRecord, on: Day) -> Option<SquadCard> {
    let certificate = record.certificate().filter(|certificate| certificate.can_be_shown());
    let number = certificate.map(|certificate| certificate.issued.what.number.as_str());
    Some(SquadCard {
        member,
        full_name: record.full_name()?.clone(),
        certificate_number: number.and_then(|number| Name::new(number).ok()),
        eligible: eligibility(record, on).is_eligible(),
        as_of: on,
        ended: record.ended(),
        former: None,
        turn: 0,
    })
}
