//! What phones and their head said, and the page that it comes to.

use std::collections::{BTreeMap, BTreeSet};

use super::super::*;
use crate::amendment::{AmendReason, Amendment};
use crate::entry::{Activity, Entry, EntryDraft, InspectionKind};
use crate::ids::{Author, MemberId, PatrolId, RecordingId, StatementRef};
use crate::moment::{Clocks, Moment, UtcTime};
use crate::patrol::ActivityMode;
use crate::patrol_log::PatrolLog;
use crate::planning::Before;
use crate::reconcile::Reconciled;
use crate::register::{Cause, Record, Withdrawn};
use crate::settling::{Choice, Resolution, SettledField, Settling};
use crate::stated::Stated;
use crate::statement::{Body, Statement};
use crate::track::{Track, TrackPoint, TrackSegment};
use crate::words::{Note, Text};

/// At so many minutes past eight in the evening.
pub(super) fn evening(minute: i64) -> Moment {
    let eight: Moment = "2026-05-01T20:00:00+05:00".parse().unwrap();
    Moment::new(UtcTime::from_unix_ms(eight.time().unix_ms() + minute * 60_000).unwrap(), 300).unwrap()
}

pub(super) fn note(written: &str) -> Note {
    Note::new(written).unwrap()
}

/// An inspection, told in these words.
pub(super) fn entry(text: &str) -> Entry {
    let activity = Activity::Inspection { kind: InspectionKind::Route, mode: ActivityMode::Joint };
    EntryDraft::new(activity, text).check().unwrap()
}

/// Everything that was said.
#[derive(Debug, Clone, Default)]
pub(super) struct Said(pub(super) Vec<Stated>);

impl Said {
    pub(super) fn say(&mut self, (phone, minute): (u8, i64), body: Body) -> Cause {
        let stated = Stated {
            key: StatementRef::new(format!("p{phone}.{}", self.0.len())).unwrap(),
            author: Author::from_bytes([phone; 32]),
            member: Some(MemberId::from_bytes([phone; 16])),
            role: None,
            statement: Statement::new(Clocks::new(evening(minute), None, None), body),
        };
        let cause = stated.cause();
        self.0.push(stated);
        cause
    }

    pub(super) fn enter(&mut self, at: (u8, i64), text: &str) -> Cause {
        self.say(at, Body::Entry(entry(text)))
    }

    pub(super) fn amend(&mut self, at: (u8, i64), of: &Cause, (text, why): (&str, Option<&str>)) -> Cause {
        let (of, entry, note) = (of.clone(), entry(text), why.map(note));
        self.say(at, Body::Amended(Amendment { of, entry, why: AmendReason::KnownBetter, note }))
    }

    pub(super) fn take_back(&mut self, at: (u8, i64), what: &Cause, reason: &str) -> Cause {
        let (author, key, reason) = (what.author, what.key.clone(), Text::new(reason).unwrap());
        self.say(at, Body::Register(Record::Withdrawn(Withdrawn { author, key, reason })))
    }

    pub(super) fn decide(
        &mut self,
        at: (u8, i64),
        (field, entries): (SettledField, &[&Cause]),
        choice: Choice,
    ) -> Cause {
        let because = Some(note("жақсырақ көрді"));
        self.decide_for(at, (field, entries), (choice, because))
    }

    pub(super) fn decide_for(
        &mut self,
        at: (u8, i64),
        (field, entries): (SettledField, &[&Cause]),
        (choice, reason): (Choice, Option<Note>),
    ) -> Cause {
        let entries = Before::new(entries.iter().copied().cloned()).unwrap();
        let replaces = Before::default();
        let resolution = Resolution { entries, field, choice, reason, replaces };
        self.say(at, Body::Settling(Settling::Resolved(resolution)))
    }

    pub(super) fn log(&self) -> PatrolLog {
        PatrolLog::from_statements(self.0.iter().cloned())
    }

    /// The page that it comes to.
    pub(super) fn page(&self, change: impl FnOnce(&mut PageFacts<'_>)) -> Page {
        self.composed(change).0
    }

    /// The same with what opens the words beside the facts.
    pub(super) fn composed(&self, change: impl FnOnce(&mut PageFacts<'_>)) -> (Page, Vec<Opening>) {
        let log = self.log();
        let reconciled = Reconciled::of(&log);
        let mut facts = facts();
        change(&mut facts);
        let composed = compose((&log, &reconciled), &facts, &mut || Salt::from_bytes([0; 32]));
        (composed.page, composed.of_members.openings)
    }

    /// The page that follows one that was sealed when so much had been said.
    pub(super) fn page_after(&self, sealed: &Self) -> Page {
        let before = sealed.page(|_| {});
        self.page(|facts| facts.before = Some((PageBytes::of(&before).hash(), before.covered())))
    }
}

/// Of a patrol with nothing beside its log.
pub(super) fn facts() -> PageFacts<'static> {
    PageFacts {
        territory: [0; 32],
        squad: [0; 16],
        patrol: PatrolId::from_bytes([2; 16]),
        parts: &[],
        before: None,
        reason: None,
        sealed_at: evening(240),
        sealed_by: Author::from_bytes([1; 32]),
        sealed_by_member: MemberId::from_bytes([1; 16]),
        cards: BTreeMap::new(),
        phones: vec![],
        cases: vec![],
        notices: vec![],
        beside: BTreeSet::new(),
    }
}

/// One point of a recording.
pub(super) fn track(recording: u8) -> Body {
    let point = TrackPoint { coordinates: None, time: Some(evening(0).time()), elevation: None };
    let track = Track::new(vec![TrackSegment::new(vec![point]).unwrap()]).unwrap();
    Body::Track(track.split(RecordingId::from_bytes([recording; 16])).remove(0))
}

/// That nothing is known beside the log, an hour after the evening.
pub(super) fn gate_facts() -> GateFacts {
    GateFacts {
        now: evening(300).time(),
        cards: BTreeMap::new(),
        phones: BTreeMap::new(),
        cases: BTreeMap::new(),
        unread: BTreeSet::new(),
        force: vec![],
        untold: vec![],
        late: vec![],
    }
}

impl Said {
    /// How one gate stands, and what it is about.
    pub(super) fn gate(&self, kind: GateKind, facts: &GateFacts) -> (GateState, Vec<GateTarget>) {
        let log = self.log();
        let gates = gates(&log, &Reconciled::of(&log), facts);
        let gate = gates.into_iter().find(|gate| gate.kind == kind).unwrap();
        (gate.state, gate.about)
    }
}
