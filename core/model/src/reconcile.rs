//! From several phones' logs to one: what tells of the same event, what agrees, and what is still to be decided (requirements
//! §7.3; screens L-1 to L-7).
//!
//! ```text
//! entries that stand ──► events (a head says which are one) ──► fields: agreed · complementary · kept · conflict
//!                   └──► suggestions (near in time and place)             └──► decided, or open
//! ```
//!
//! Promises that the same statements give the same events, the same classes and the same open decisions, in whatever order
//! they came and on whosever device; that nothing is joined and nothing is chosen by itself; and that a decision is open again
//! as soon as what it was about is not what it was: an entry more, an amendment, another decision made apart.
//! Of everything that was said it stays known who said it.
//!
//! Refuses nothing: a log may be looked at while it is being written.

mod clocks;
mod events;
mod fields;
mod header;
mod values;

pub use clocks::{BestTime, Clockwork, TimeEvidence};
pub use events::{Event, SameEventOpen};
pub use fields::{Class, Decided, FieldState, SaidValue};
pub use values::{FieldValue, ValueRefused};

use sha2::{Digest as _, Sha256};

use crate::ids::Author;
use crate::moment::Moment;
use crate::patrol_log::PatrolLog;
use crate::planning::Before;
use crate::register::Cause;
use crate::settling::{SameEvent, Sameness, SettledField};
use crate::stated::Stated;
use fields::Decisions;

/// A log as far as it is reconciled.
#[derive(Debug, Clone, PartialEq)]
pub struct Reconciled<'a> {
    /// What happened, by time.
    pub events: Vec<Event<'a>>,
    /// What is said of the patrol itself.
    pub header: Vec<FieldState<'a>>,
    /// What is still to be decided.
    pub open: Vec<OpenDecision>,
    same: Vec<(Cause, &'a SameEvent)>,
    clockwork: Clockwork,
}

/// A decision that is due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpenDecision {
    /// Whether these entries tell of one event.
    SameEvent {
        /// Which.
        entries: Before,
        /// The decisions that do not fit together; whatever is decided replaces them. None where nothing was decided yet.
        at_odds: Before,
    },
    /// What of a field stands.
    Field {
        /// By which statements it differs.
        entries: Before,
        /// Which field.
        field: SettledField,
        /// The decisions that no longer hold, or were made apart.
        replaces: Before,
    },
}

impl OpenDecision {
    /// How it is called where somebody types: eight digits, the same wherever the same is open.
    #[must_use]
    pub fn id(&self) -> String {
        let (entries, what) = match self {
            Self::SameEvent { entries, .. } => (entries, "same_event"),
            Self::Field { entries, field, .. } => (entries, field.code()),
        };
        let mut hasher = Sha256::new();
        hasher.update(b"jasaq 1 open decision");
        hasher.update(what.as_bytes());
        for Cause { author, key } in entries.iter() {
            hasher.update(author.as_bytes());
            hasher.update(key.as_str().as_bytes());
        }
        let digest: [u8; 32] = hasher.finalize().into();
        let [one, two, three, four, ..] = digest;
        format!("{one:02x}{two:02x}{three:02x}{four:02x}")
    }
}

impl<'a> Reconciled<'a> {
    /// How far a log is reconciled.
    #[must_use]
    pub fn of(log: &'a PatrolLog) -> Self {
        let clockwork = Clockwork::of(log);
        let decisions = Decisions::of(log);
        let (events, doubtful) = events::of(log, (&clockwork, &decisions));
        let same = events::decisions(log);
        let header = header::of(log, (&clockwork, &decisions));
        let mut open: Vec<OpenDecision> = doubtful
            .into_iter()
            .map(|SameEventOpen { entries, at_odds }| OpenDecision::SameEvent { entries, at_odds })
            .collect();
        let fields = header.iter().chain(events.iter().flat_map(|event| &event.fields));
        open.extend(fields.filter_map(FieldState::to_decide));
        open.sort();
        open.dedup();
        Self { events, header, open, same, clockwork }
    }

    /// When a statement's matter happened: events, starts, ends and legs go by one and the same clock.
    #[must_use]
    pub fn time_of(&self, stated: &Stated) -> BestTime {
        self.clockwork.time_of(stated)
    }

    /// What a device's clock says, put right as what was recorded on it is.
    #[must_use]
    pub fn put_right(&self, device: Author, said: Moment) -> Moment {
        self.clockwork.put_right(device, said).at
    }

    /// What a decision replaces that says of these entries whether they tell of one event: every decision that says otherwise of two
    /// of them, and what is at odds where that is what is decided. One that says the same is left as it is.
    #[must_use]
    pub fn replaced_by(&self, entries: &Before, is: Sameness) -> Before {
        let names_two = |named: &Before| named.iter().filter(|cause| entries.contains(cause)).count() > 1;
        let otherwise = self.same.iter().filter(|(_, same)| same.is != is && names_two(&same.entries));
        let asked = self.open.iter().filter_map(|open| match open {
            OpenDecision::SameEvent { entries: asked, at_odds } if names_two(asked) => Some(at_odds),
            _ => None,
        });
        let otherwise = otherwise.map(|(name, _)| name.clone());
        named(otherwise.chain(asked.flat_map(Before::iter).cloned()))
    }

    /// The statements by which a field of the patrol itself is decided, whether or not they say anything of it: its starts, or its
    /// ends. None where there is no such statement, or it is no field of the patrol.
    #[must_use]
    pub fn entries_of(&self, field: SettledField) -> Option<&Before> {
        let always_said = header::always_said_beside(field)?;
        self.header_field(always_said).map(|state| &state.entries)
    }

    /// What is said of the patrol itself of one field, if anything.
    #[must_use]
    pub fn header_field(&self, field: SettledField) -> Option<&FieldState<'a>> {
        self.header.iter().find(|state| state.field == field)
    }
}

/// As many of these as one statement can name; what is beyond that is decided by parts.
fn named(causes: impl IntoIterator<Item = Cause>) -> Before {
    Before::first_of(causes)
}

#[cfg(test)]
mod tests;
