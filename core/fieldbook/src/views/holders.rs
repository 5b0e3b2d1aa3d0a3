//! Whose a member's phone was when something was said on it, by the cards that the squad's space holds (decisions/0040).
//!
//! ```text
//! cards by turn      1..4 Арай          5.. Болат               7 is missing: erased, or of a season that ended
//! days          ────────────────┤ 12 May ├───────────────
//! named                Арай      both, not sure     Болат
//! ```
//!
//! Promises that who has a phone now is not named for what was logged on it before, and that nobody is guessed: where the days
//! leave it open all are named, and where cards are missing between two holders, nobody beside them.

use std::collections::BTreeMap;

use jasaq_model::ids::MemberId;
use jasaq_model::moment::{Day, Moment};
use jasaq_model::squad::SquadCard;
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind};
use jasaq_protocol::ids::DocumentId;

use super::patrol::counted_of_kind;
use crate::exchange::Device;
use crate::vault::{Connection, StatementRow, VaultRefused};

/// Who is named for something that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedHolder {
    /// By the SS's card, else by the first digits of the member's id; several where it may have been any of them.
    pub names: String,
    /// Whether it is known which of several it was.
    pub is_sure: bool,
}

/// The holders of every member's phone, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Holders(BTreeMap<MemberId, Vec<Holding>>);

/// A time in which a phone was one person's.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Holding {
    /// Whose: his document in the register; of cards that were written by hand, the name alone tells one from another.
    of: Option<(DocumentId, Option<String>)>,
    /// None if the cards of this time are not here; two if a card says that the phone is nobody's for sure.
    names: Vec<String>,
    /// The day of his first card.
    from: Day,
    /// The day of his last, and its turn.
    last: (Day, u32),
}

impl Holders {
    /// By the cards that count here.
    pub(crate) fn of(connection: &Connection, device: &Device) -> Result<Self, VaultRefused> {
        let mut cards = Vec::new();
        for (row, stated) in counted_of_kind(connection, device, Kind::SquadCard)? {
            let day = stated.statement.clocks.recorded_at().day();
            if let Body::SquadCard(card) = stated.statement.body {
                cards.push((card, stated.key, whose(&row), day));
            }
        }
        // By turn, as the newest card is told from the others.
        cards.sort_by(|(one, one_key, ..), (other, other_key, ..)| {
            let order = |card: &SquadCard| (card.turn, !card.eligible, card.as_of);
            order(one).cmp(&order(other)).then_with(|| other_key.cmp(one_key))
        });
        let mut holders = Self::default();
        for (card, _, (document, is_by_hand), day) in cards {
            let by_name = is_by_hand.then(|| card.full_name.to_string());
            holders.hear(&card, (document, by_name), day);
        }
        Ok(holders)
    }

    fn hear(&mut self, card: &SquadCard, of: (DocumentId, Option<String>), day: Day) {
        let holdings = self.0.entry(card.member).or_default();
        let names = vec![card.full_name.to_string()];
        let last = (day, card.turn);
        if let Some(same) = holdings.last_mut().filter(|holding| holding.of.as_ref() == Some(&of)) {
            if !is_nobodys(card) {
                same.names = names;
            }
            same.last = last;
            return;
        }
        let (since, before) = holdings.last().map_or((day, 0), |holding| holding.last);
        let others = holdings.last().map_or(&[][..], |holding| &holding.names);
        let names = if is_nobodys(card) { [others, &names].concat() } else { names };
        if card.turn > before.saturating_add(1) {
            holdings.push(Holding { of: None, names: Vec::new(), from: since, last: (since, before) });
        }
        holdings.push(Holding { of: Some(of), names, from: day, last });
    }

    /// Who is named for what was said on a member's phone on a day.
    fn on(&self, member: MemberId, day: Day) -> NamedHolder {
        let id = || member.to_string().chars().take(8).collect::<String>();
        let holdings = self.0.get(&member).map_or(&[][..], Vec::as_slice);
        let may_be = holdings.iter().enumerate().filter(|(number, holding)| {
            // Of two consoles whose clocks differ the later card may carry the earlier day: then the time between is open.
            let next = holdings.get(number + 1).map(|next| next.from);
            let begins = *number == 0 || holding.from <= day || next.is_some_and(|next| next <= day);
            let ends = next.is_none_or(|next| day <= next || day <= holding.from);
            begins && ends
        });
        let mut names: Vec<String> = Vec::new();
        for (_, holding) in may_be {
            let of_time = if holding.names.is_empty() { vec![id()] } else { holding.names.clone() };
            for name in of_time {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        let is_sure = names.len() <= 1;
        NamedHolder { names: if names.is_empty() { id() } else { names.join(" / ") }, is_sure }
    }

    /// Who is named for a member in what was said: as author, leader, or on a leg.
    pub(super) fn named(&self, member: Option<MemberId>, said: &Stated) -> NamedHolder {
        match member {
            None => NamedHolder { names: "?".to_owned(), is_sure: true },
            Some(member) => self.on(member, day_of(said)),
        }
    }
}

/// Whether a card names somebody whose phone it may not be: one that is said to be several persons', or was taken back.
const fn is_nobodys(card: &SquadCard) -> bool {
    !card.eligible && card.certificate_number.is_none() && card.ended.is_none()
}

/// In whose document a card stands, and whether it was written by hand: then it stands in the space's own.
fn whose(row: &StatementRow) -> (DocumentId, bool) {
    (row.document, row.document.as_bytes() == row.space.as_bytes())
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
