//! Whose a member's phone was when something was said on it, by the cards that the squad's space holds (decisions/0040).
//!
//! ```text
//! cards by turn   1..4 Арай   5 Арай, former         6.. Болат
//! days            ────────────────┤ 12 May ├─────────┤ 20 May ├────────
//! named               Арай         not sure   nobody  not sure   Болат
//! ```
//!
//! Promises that who has a phone now is not named for what was logged on it before, nor who had it before for what was logged
//! since, whoever of them is erased; and that nobody is guessed: on the days of a change it is said that it is not sure, and
//! between two holders, where several claim the phone, and for what was logged while it was taken for somebody's in error, nobody
//! is named.

use std::collections::BTreeMap;

use jasaq_model::ids::{MemberId, PersonId};
use jasaq_model::moment::{Day, Moment};
use jasaq_model::squad::{FormerHolder, SquadCard};
use jasaq_model::stated::Stated;
use jasaq_protocol::ids::DocumentId;

use super::patrol::{SaidCard, cards_said};
use crate::exchange::Device;
use crate::vault::{Connection, VaultRefused};

/// Who is named for something that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedHolder {
    /// By the SS's cards, else by the first digits of the member's id; several where it may have been any of them.
    pub names: Vec<String>,
    /// Whether it is known who it was.
    pub is_sure: bool,
}

/// The holders of every member's phone, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Holders(BTreeMap<MemberId, Vec<Holding>>);

/// A time in which a phone was one person's.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Holding {
    of: Whose,
    /// By his last card.
    name: String,
    /// The day of his first card. If left unset, nobody had the phone before him.
    from: Option<Day>,
    /// The day on which it was his no more. If left unset, it is.
    until: Option<Day>,
    /// Since when he may not go on patrol any more.
    ended: Option<Day>,
}

/// By whose document in the register a card stands; of cards that were written by hand, the name alone tells one from another.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Whose {
    Persons(DocumentId),
    ByHand(String),
}

impl Holding {
    /// Whether the phone may have been his on a day, the days of a change counted.
    fn is_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    fn begins_or_ends(&self, day: Day) -> bool {
        self.from == Some(day) || self.until == Some(day)
    }
}

impl Holders {
    /// By the cards that count here.
    pub(crate) fn of(connection: &Connection, device: &Device) -> Result<Self, VaultRefused> {
        let mut cards = cards_said(connection, device)?;
        // By turn, as the newest card is told from the others.
        cards.sort_by(|one, other| {
            let order = |said: &SaidCard| (said.card.turn, !said.card.eligible, said.card.as_of);
            order(one).cmp(&order(other)).then_with(|| other.key.cmp(&one.key))
        });
        let mut holders = Self::default();
        for SaidCard { card, document, is_by_hand, day, .. } in cards {
            let of =
                if is_by_hand { Whose::ByHand(card.full_name.to_string()) } else { Whose::Persons(document) };
            holders.hear(&card, &of, day);
        }
        Ok(holders)
    }

    fn hear(&mut self, card: &SquadCard, of: &Whose, day: Day) {
        let holdings = self.0.entry(card.member).or_default();
        let is_first = holdings.is_empty() && card.turn <= 1;
        let running = holdings.last_mut().filter(|holding| holding.until.is_none());
        match (running, card.former) {
            (Some(running), former) if running.of == *of => {
                running.name = card.full_name.to_string();
                running.ended = card.ended;
                running.until = former.map(|_| day);
            }
            // Of consoles that were apart each had given it to another: from here on nobody knows, until the next card.
            (Some(other), Some(FormerHolder::HandedOn)) => other.until = Some(day),
            (_, Some(_)) => {}
            (running, None) => {
                if let Some(other) = running {
                    other.until = Some(day);
                }
                let from = (!is_first).then_some(day);
                let (name, ended) = (card.full_name.to_string(), card.ended);
                holdings.push(Holding { of: of.clone(), name, from, until: None, ended });
            }
        }
        if card.former == Some(FormerHolder::InError) {
            holdings.retain(|holding| holding.of != *of);
        }
    }

    fn on(&self, member: MemberId, day: Day) -> Vec<&Holding> {
        let holdings = self.0.get(&member).map_or(&[][..], Vec::as_slice);
        holdings.iter().filter(|holding| holding.is_on(day)).collect()
    }

    /// Who is named for a member in what was said: as author, leader, or on a leg.
    pub(super) fn named(&self, member: Option<MemberId>, said: &Stated) -> NamedHolder {
        let Some(member) = member else {
            return NamedHolder { names: vec!["?".to_owned()], is_sure: true };
        };
        let day = day_of(said);
        let may_be = self.on(member, day);
        let mut names: Vec<String> = Vec::new();
        for holding in &may_be {
            if !names.contains(&holding.name) {
                names.push(holding.name.clone());
            }
        }
        let is_sure = names.len() <= 1 && !may_be.iter().any(|holding| holding.begins_or_ends(day));
        if names.is_empty() {
            names.push(member.to_string().chars().take(8).collect());
        }
        NamedHolder { names, is_sure }
    }

    /// The persons of the register whose phone a member's may have been when something was said on it; none if no card tells.
    pub(crate) fn had(&self, member: MemberId, said: &Stated) -> Vec<PersonId> {
        let person = |holding: &&Holding| match holding.of {
            Whose::Persons(document) => Some(PersonId::from_bytes(*document.as_bytes())),
            Whose::ByHand(_) => None,
        };
        self.on(member, day_of(said)).iter().filter_map(person).collect()
    }

    /// Since when whoever had a member's phone when something was said may not go on patrol any more; of several who may have had it
    /// the first.
    pub(super) fn ended(&self, member: MemberId, said: &Stated) -> Option<Day> {
        self.on(member, day_of(said)).iter().filter_map(|holding| holding.ended).min()
    }
}

/// The day on which it was recorded, by the satellites' clock if it was there.
fn day_of(said: &Stated) -> Day {
    let clocks = &said.statement.clocks;
    let recorded_at = clocks.recorded_at();
    let by_satellites = clocks
        .gps_time()
        .and_then(|time| Moment::new(time, recorded_at.offset_minutes()).ok());
    by_satellites.unwrap_or(recorded_at).day()
}
