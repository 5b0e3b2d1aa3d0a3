//! The log of one patrol: what its statements come to.
//!
//! Promises that the same set of statements gives the same log, in whatever order they came and however
//! often; that two starts, two ends and an end without a start are all kept; and that what looks wrong
//! carries a [`Flag`], which is computed here and never stored.
//!
//! Refuses nothing. Statements that belong to no patrol are passed over.

mod flags;
mod planned;
mod refused;
mod tracks;
mod versions;

pub(crate) use flags::is_before;
pub use flags::{Flag, Flagged};
pub use planned::{PatrolPhase, PlannedPatrol};
pub use refused::LogRefused;
pub use tracks::LoggedTrack;
pub use versions::{LoggedEntry, Version};

use std::collections::{BTreeMap, BTreeSet};

use crate::attachment::Attachment;
use crate::entry::Entry;
use crate::ids::{Author, LegId, MemberId, PageHash};
use crate::moment::Day;
use crate::notice::Telling;
use crate::patrol::{LegEnd, LegStart, PatrolEnd, PatrolStart};
use crate::planning::{Planning, standing};
use crate::register::{Cause, Record};
use crate::sealing::Sealing;
use crate::settling::Settling;
use crate::stated::Stated;
use crate::statement::{Body, Kind};
use crate::track::Waypoint;

/// The log of one patrol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatrolLog {
    stated: Vec<Stated>,
    withdrawn: BTreeMap<Cause, Cause>,
    tracks: Vec<LoggedTrack>,
    flags: Vec<Flagged>,
    /// Of a page that several devices say they sealed, which one it names.
    pub(crate) sealers: BTreeMap<PageHash, Author>,
    squad: Option<BTreeSet<MemberId>>,
}

/// A leg, with everything said of its beginning and its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedLeg<'a> {
    /// Which leg.
    pub leg: LegId,
    /// Its beginnings: one, unless several phones each said it, or none has come yet.
    pub starts: Vec<(&'a Stated, &'a LegStart)>,
    /// Its ends.
    pub ends: Vec<(&'a Stated, &'a LegEnd)>,
}

/// What a head decided, and the statement in which he did.
pub type Decision<'a> = (&'a Stated, &'a Settling);

impl PatrolLog {
    /// The log of these statements, all of one patrol.
    #[must_use]
    pub fn from_statements(statements: impl IntoIterator<Item = Stated>) -> Self {
        let mut stated: Vec<_> = statements
            .into_iter()
            .filter(|stated| is_of_a_patrol(&stated.statement.body))
            .collect();
        stated.sort_by(|one, other| one.order().cmp(&other.order()));
        stated.dedup_by(|later, earlier| (&later.key, later.author) == (&earlier.key, earlier.author));
        let withdrawn = versions::withdrawn(&stated);
        let standing = || stated.iter().filter(|stated| !withdrawn.contains_key(&stated.cause()));
        let (tracks, track_flags) = tracks::join(standing());
        let mut log =
            Self { stated, withdrawn, tracks, flags: track_flags, sealers: BTreeMap::new(), squad: None };
        log.flags.extend(flags::of(&log));
        log.flags.sort();
        log
    }

    /// The same log, in which it is flagged what members did after their part had ended: it stays a fact (R21). Since when it had, for
    /// whoever had a member's phone when something was said, the caller knows.
    #[must_use]
    pub fn with_ended(mut self, ended: impl Fn(MemberId, &Stated) -> Option<Day>) -> Self {
        let flags = flags::of_ended(&self, ended);
        self.flags.extend(flags);
        self.flags.sort();
        self
    }

    /// The same log, of which it is known who is in the squad: somebody else who told something by radio was not there by that.
    #[must_use]
    pub fn with_squad(mut self, squad: Option<BTreeSet<MemberId>>) -> Self {
        self.squad = squad;
        self
    }

    /// The log as it was when no more than these had been said of the patrol. Whose part had ended is not flagged in it.
    #[must_use]
    pub fn with_only(&self, said: &BTreeSet<Cause>) -> Self {
        let stated = self.stated.iter().filter(|stated| said.contains(&stated.cause()));
        let log = Self::from_statements(stated.cloned()).with_squad(self.squad.clone());
        Self { sealers: self.sealers.clone(), ..log }
    }

    /// Whether a member is in the squad whose patrol it is, as far as that is known; else everybody is.
    #[must_use]
    pub fn is_of_squad(&self, member: MemberId) -> bool {
        self.squad.as_ref().is_none_or(|squad| squad.contains(&member))
    }

    /// Every statement of the log, in the order in which it happened.
    #[must_use]
    pub fn stated(&self) -> &[Stated] {
        &self.stated
    }

    /// What was not taken back, in the order in which it happened.
    pub fn standing(&self) -> impl Iterator<Item = &Stated> {
        self.stated.iter().filter(|stated| !self.is_withdrawn(stated))
    }

    /// What a head decided of the log and nobody took back or replaced, in the order in which it was decided.
    #[must_use]
    pub fn decisions(&self) -> Vec<Decision<'_>> {
        let mut of_kinds: BTreeMap<Kind, Vec<(Cause, Decision<'_>)>> = BTreeMap::new();
        for stated in self.standing() {
            let Body::Settling(settling) = &stated.statement.body else { continue };
            if !matches!(settling, Settling::Attached(_)) {
                let of_kind = of_kinds.entry(stated.statement.kind()).or_default();
                of_kind.push((stated.cause(), (stated, settling)));
            }
        }
        let standing = of_kinds
            .into_values()
            .map(|said| standing(said, |(_, settling)| settling.replaces()));
        let mut decisions: Vec<_> = standing.flatten().map(|(_, decision)| decision).collect();
        decisions.sort_by_key(|(stated, _)| (stated.statement.happened_at().time(), stated.cause()));
        decisions
    }

    /// Whether whoever said it took it back.
    #[must_use]
    pub fn is_withdrawn(&self, stated: &Stated) -> bool {
        self.withdrawn.contains_key(&stated.cause())
    }

    /// By which statement it was taken back, if it was.
    #[must_use]
    pub fn withdrawn_by(&self, stated: &Stated) -> Option<&Cause> {
        self.withdrawn.get(&stated.cause())
    }

    /// The starts. The first is the patrol's; others are flagged.
    pub fn starts(&self) -> impl Iterator<Item = (&Stated, &PatrolStart)> {
        self.standing().filter_map(|stated| match &stated.statement.body {
            Body::PatrolStarted(start) => Some((stated, start)),
            _ => None,
        })
    }

    /// The ends. The last is the patrol's; two are flagged.
    pub fn ends(&self) -> impl Iterator<Item = (&Stated, &PatrolEnd)> {
        self.standing().filter_map(|stated| match &stated.statement.body {
            Body::PatrolEnded(end) => Some((stated, end)),
            _ => None,
        })
    }

    /// The entries as they were first said. What stands of each is in [`PatrolLog::versions`].
    pub fn entries(&self) -> impl Iterator<Item = (&Stated, &Entry)> {
        self.standing().filter_map(|stated| match &stated.statement.body {
            Body::Entry(entry) => Some((stated, entry)),
            _ => None,
        })
    }

    /// The named places.
    pub fn waypoints(&self) -> impl Iterator<Item = (&Stated, &Waypoint)> {
        self.standing().filter_map(|stated| match &stated.statement.body {
            Body::Waypoint(waypoint) => Some((stated, waypoint)),
            _ => None,
        })
    }

    /// What was attached.
    pub fn attachments(&self) -> impl Iterator<Item = (&Stated, &Attachment)> {
        self.standing().filter_map(|stated| match &stated.statement.body {
            Body::Attachment(attachment) => Some((stated, attachment)),
            _ => None,
        })
    }

    /// The legs, in the order in which each was first spoken of.
    #[must_use]
    pub fn legs(&self) -> Vec<LoggedLeg<'_>> {
        let mut legs: Vec<LoggedLeg<'_>> = Vec::new();
        for stated in self.standing() {
            match &stated.statement.body {
                Body::LegStarted(start) => leg_of(&mut legs, start.leg).starts.push((stated, start)),
                Body::LegEnded(end) => leg_of(&mut legs, end.leg).ends.push((stated, end)),
                _ => {}
            }
        }
        legs
    }

    /// The recordings, each joined from its chunks.
    #[must_use]
    pub fn tracks(&self) -> &[LoggedTrack] {
        &self.tracks
    }

    /// What looks wrong.
    #[must_use]
    pub fn flags(&self) -> &[Flagged] {
        &self.flags
    }
}

fn is_of_a_patrol(body: &Body) -> bool {
    match body {
        Body::PatrolStarted(_)
        | Body::LegStarted(_)
        | Body::LegEnded(_)
        | Body::PatrolEnded(_)
        | Body::Entry(_)
        | Body::Track(_)
        | Body::Waypoint(_)
        | Body::Attachment(_)
        | Body::Amended(_)
        | Body::Mark(_)
        | Body::Settling(_) => true,
        Body::Telling(telling) => matches!(telling, Telling::Logged(_) | Telling::Answered(_)),
        Body::Sealing(sealing) => !matches!(sealing, Sealing::Report(_)),
        Body::Register(record) => matches!(record, Record::Withdrawn(_)),
        Body::Planning(planning) => !matches!(planning, Planning::Available(_)),
        Body::SquadCard(_)
        | Body::Squad(_)
        | Body::NameOn(_)
        | Body::NameOff(_)
        | Body::AttachmentHeld(_)
        | Body::Protected(_)
        | Body::CaseHeld(_) => false,
    }
}

fn leg_of<'legs, 'log>(legs: &'legs mut Vec<LoggedLeg<'log>>, leg: LegId) -> &'legs mut LoggedLeg<'log> {
    let index = legs.iter().position(|logged| logged.leg == leg).unwrap_or(legs.len());
    if index == legs.len() {
        legs.push(LoggedLeg { leg, starts: Vec::new(), ends: Vec::new() });
    }
    #[expect(clippy::indexing_slicing, reason = "it was found there or has just been put there")]
    &mut legs[index]
}

#[cfg(test)]
mod tests;
