//! A volunteer squad, the names on and off its roster, and the cards its members carry on the phone.
//!
//! Promises that a name once on the roster is never overwritten: a removal names the entry it ends, so that a
//! person who comes back is simply entered again. A card tells a phone what it may know: a name, a
//! certificate's number and whether its holder may go out, *of which day*; no register data.

use crate::codes::coded;
use crate::ids::{MemberId, PersonId, SquadId, StatementRef};
use crate::moment::Day;
use crate::person::Person;
use crate::words::Name;

/// A squad was created by a coordination council (001-§7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Squad {
    /// Which squad.
    pub id: SquadId,
    /// What it is called.
    pub name: Name,
    /// The border-adjacent district or city at whose akimat the council sits.
    pub district: Name,
}

/// The local executive body put a person on a squad's roster (001-§19).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameOn {
    /// Which squad's.
    pub squad: SquadId,
    /// Whom.
    pub person: Person,
}

/// The local executive body took a person off a squad's roster (001-§19).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameOff {
    /// Which squad's.
    pub squad: SquadId,
    /// Whom, by id alone.
    pub person: PersonId,
    /// The statement that put him on, which this one ends.
    pub ends: StatementRef,
}

coded! {
    /// Why a phone is no more whose it was.
    pub enum FormerHolder {
        /// Another has it, or several claim it: what is recorded from then on is not his.
        HandedOn = "handed_on",
        /// It was said of him in error: nothing that was recorded on it is his.
        InError = "in_error",
    }
}

/// What a squad's phones may know of a member, as the structural subdivision signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SquadCard {
    /// Which member.
    pub member: MemberId,
    /// As his certificate has it.
    pub full_name: Name,
    /// The number of his certificate (001-§20). If left unset, none is issued.
    pub certificate_number: Option<Name>,
    /// Whether he may go on patrol.
    pub eligible: bool,
    /// On which day this was so.
    pub as_of: Day,
    /// Since when he may not any more: what he recorded afterwards stands, flagged. Whoever is eligible, it is
    /// yet to come. If left unset, nothing ended.
    pub ended: Option<Day>,
    /// Why the phone is his no more. Such a card lets nobody out and has no number. If left unset, it is his.
    pub former: Option<FormerHolder>,
    /// Which card of this member it is: one more than every card of his that its author knew, so that no clock decides which of
    /// two is newer.
    pub turn: u32,
}

impl SquadCard {
    /// Whether this card stands before another of the same member: by its turn; of the same turn, the one that lets nobody out.
    #[must_use]
    pub fn is_newer_than(&self, other: &Self) -> bool {
        (self.turn, !self.eligible, self.as_of) > (other.turn, !other.eligible, other.as_of)
    }

    /// The card with which a phone stops to be whose this one is.
    #[must_use]
    pub fn given_up(self, why: FormerHolder) -> Self {
        Self { eligible: false, certificate_number: None, former: Some(why), ..self }
    }

    /// Whether it says the same of the member as another, whatever its turn.
    #[must_use]
    pub fn says_as(&self, other: &Self) -> bool {
        *self == Self { turn: self.turn, ..other.clone() }
    }
}
