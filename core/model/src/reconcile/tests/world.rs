//! Phones that write, and a head who decides.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::amendment::{AmendReason, Amendment};
use crate::entry::{Activity, Count, Entry, EntryDraft, InspectionKind};
use crate::ids::{Author, MemberId, StatementRef};
use crate::moment::{Clocks, Moment, UtcTime};
use crate::patrol::{ActivityMode, PatrolStart};
use crate::patrol_log::{PatrolLog, Version};
use crate::planning::Before;
use crate::position::{Accuracy, Coordinates, Origin, Position};
use crate::reconcile::{OpenDecision, Reconciled};
use crate::register::Cause;
use crate::settling::{Choice, Resolution, SameEvent, Sameness, SettledField, Settling};
use crate::stated::Stated;
use crate::statement::{Body, Statement};
use crate::words::{Label, Name, Note};

const HEAD: u8 = 100;

/// An entry that is being written.
pub(super) struct Draft(EntryDraft);

impl Draft {
    pub(super) fn at(mut self, latitude: f64, longitude: f64, metres: f64) -> Self {
        let coordinates = Coordinates::from_degrees(latitude, longitude).unwrap();
        let accuracy = Accuracy::from_metres(metres).ok();
        self.0.position = Some(Position { accuracy, ..Position::new(coordinates, Origin::Measured) });
        self
    }

    pub(super) fn counting(mut self, count: u32) -> Self {
        self.0.counted = Count::new(count);
        self
    }

    pub(super) fn saying(mut self, text: &str) -> Self {
        self.0.text = text.to_owned();
        self
    }

    pub(super) fn by_marker(mut self, marker: &str) -> Self {
        self.0.marks.marker = Label::new(marker).ok();
        self
    }

    pub(super) const fn force(mut self) -> Self {
        self.0.activity = Activity::Force;
        self
    }
}

/// Everything that was said, by phones and by their head.
#[derive(Debug, Clone)]
pub(super) struct Phones {
    stated: Vec<Stated>,
    off_ms: BTreeMap<u8, i64>,
    names: BTreeMap<Cause, String>,
}

impl Phones {
    pub(super) const fn new() -> Self {
        Self { stated: Vec::new(), off_ms: BTreeMap::new(), names: BTreeMap::new() }
    }

    fn say(&mut self, phone: u8, (minute, satellites): (u32, bool), body: Body) -> Cause {
        let right: Moment = "2026-05-01T10:00:00+05:00".parse().unwrap();
        let right_ms = right.time().unix_ms() + i64::from(minute) * 60_000;
        let off_ms = self.off_ms.get(&phone).copied().unwrap_or_default();
        let moment = |ms| Moment::new(UtcTime::from_unix_ms(ms).unwrap(), 300).unwrap();
        let gps = satellites.then(|| moment(right_ms).time());
        let stated = Stated {
            key: StatementRef::new(format!("p{phone}.{}", self.stated.len())).unwrap(),
            author: Author::from_bytes([phone; 32]),
            member: Some(MemberId::from_bytes([phone; 16])),
            role: None,
            statement: Statement::new(Clocks::new(moment(right_ms + off_ms), gps, None), body),
        };
        let cause = stated.cause();
        self.stated.push(stated);
        cause
    }

    pub(super) fn clock_is_off(&mut self, phone: u8, off_ms: i64) {
        self.off_ms.insert(phone, off_ms);
    }

    fn write(&mut self, phone: u8, (minute, satellites): (u32, bool), change: impl FnOnce(Draft) -> Draft) {
        let activity = Activity::Inspection { kind: InspectionKind::Route, mode: ActivityMode::Joint };
        let draft = change(Draft(EntryDraft::new(activity, format!("{phone} {minute}"))));
        let cause = self.say(phone, (minute, satellites), Body::Entry(draft.0.check().unwrap()));
        self.names.insert(cause, format!("{phone}@{minute}"));
    }

    /// Written at this minute past ten.
    pub(super) fn enter(&mut self, phone: u8, minute: u32, change: impl FnOnce(Draft) -> Draft) {
        self.write(phone, (minute, false), change);
    }

    pub(super) fn enter_with_satellites(
        &mut self,
        phone: u8,
        minute: u32,
        change: impl FnOnce(Draft) -> Draft,
    ) {
        self.write(phone, (minute, true), change);
    }

    pub(super) fn start(&mut self, phone: u8, minute: u32, representative: Option<&str>) {
        let start = PatrolStart {
            controlling_representative: representative.map(|name| Name::new(name).unwrap()),
            ..PatrolStart::new(ActivityMode::Joint)
        };
        self.say(phone, (minute, false), Body::PatrolStarted(start));
    }

    fn cause_of(&self, name: &str) -> Cause {
        let named = self.names.iter().find(|(_, known)| *known == name);
        named.unwrap_or_else(|| panic!("{name} was written")).0.clone()
    }

    fn causes_of(&self, names: &[&str]) -> Before {
        Before::new(names.iter().map(|name| self.cause_of(name))).unwrap()
    }

    pub(super) fn choice_of(&self, name: &str) -> Choice {
        Choice::Said(self.cause_of(name))
    }

    pub(super) fn decide_same(&mut self, names: &[&str], is: Sameness) {
        self.decide_same_replacing((self.causes_of(names), Before::default()), is);
    }

    pub(super) fn decide_same_replacing(&mut self, (entries, replaces): (Before, Before), is: Sameness) {
        let same = SameEvent { entries, is, reason: None, replaces };
        self.say(HEAD, (59, false), Body::Settling(Settling::SameEvent(same)));
    }

    pub(super) fn decide_field(&mut self, field: SettledField, names: &[&str], choice: Choice) {
        let decided = (self.causes_of(names), Before::default());
        self.resolve(field, decided, choice);
    }

    /// Of the patrol itself, by all its starts.
    pub(super) fn decide_of_patrol(
        &mut self,
        field: SettledField,
        replaces: &[Cause],
        choice: Choice,
    ) -> Cause {
        let starts: Vec<Cause> = self.log().starts().map(|(stated, _)| stated.cause()).collect();
        let replaces = Before::new(replaces.iter().cloned()).unwrap();
        self.resolve(field, (Before::new(starts).unwrap(), replaces), choice)
    }

    fn resolve(
        &mut self,
        field: SettledField,
        (entries, replaces): (Before, Before),
        choice: Choice,
    ) -> Cause {
        let reason = Some(Note::new("жақсырақ көрді").unwrap());
        let resolution = Resolution { entries, field, choice, reason, replaces };
        self.say(HEAD, (59, false), Body::Settling(Settling::Resolved(resolution)))
    }

    /// Decides what is open, one after the other, by a truth that chance chose: of each entry which event it tells of.
    pub(super) fn decide_everything(&mut self, chance: &[u16]) {
        let names: Vec<Cause> = self.names.keys().cloned().collect();
        let truth: BTreeMap<Cause, u16> =
            names.into_iter().zip(chance.iter().cycle().map(|chance| chance % 9)).collect();
        for step in 0..500_usize {
            let log = self.log();
            let open = Reconciled::of(&log).open;
            let chance = usize::from(chance.get(step % chance.len().max(1)).copied().unwrap_or_default());
            let Some(decision) = open.get(chance % open.len().max(1)).cloned() else { return };
            match decision {
                OpenDecision::SameEvent { entries, .. } => {
                    let reconciled = Reconciled::of(&log);
                    let mut by_truth: BTreeMap<u16, Vec<Cause>> = BTreeMap::new();
                    for cause in entries.iter() {
                        by_truth.entry(truth[cause]).or_default().push(cause.clone());
                    }
                    let alike = by_truth.into_values().find(|alike| alike.len() > 1);
                    let (entries, is) = alike.map_or((entries, Sameness::Separate), |alike| {
                        (Before::new(alike).unwrap(), Sameness::One)
                    });
                    let replaces = reconciled.replaced_by(&entries, is);
                    self.decide_same_replacing((entries, replaces), is);
                }
                OpenDecision::Field { entries, field, replaces } => {
                    let reconciled = Reconciled::of(&log);
                    let of_events = reconciled.events.iter().flat_map(|event| &event.fields);
                    let mut states = reconciled.header.iter().chain(of_events);
                    let state = states.find(|state| (state.field, &state.entries) == (field, &entries));
                    let first =
                        entries.iter().find(|cause| state.is_some_and(|state| state.is_said_by(cause)));
                    let choice = match first {
                        Some(first) if chance % 5 != 0 => Choice::Said(first.clone()),
                        _ => Choice::Undecided,
                    };
                    self.resolve(field, (entries, replaces), choice);
                }
            }
        }
        panic!("nobody comes to an end");
    }

    pub(super) fn log(&self) -> PatrolLog {
        PatrolLog::from_statements(self.stated.iter().cloned())
    }

    pub(super) fn entries_standing(&self) -> usize {
        let log = self.log();
        log.versions().iter().filter(|logged| !logged.standing.is_empty()).count()
    }

    /// What is asked about, by the names of the entries.
    pub(super) fn asked(&self, reconciled: &Reconciled<'_>) -> Vec<Vec<&str>> {
        let asked = reconciled.open.iter().filter_map(|open| match open {
            OpenDecision::SameEvent { entries, .. } => {
                let mut names: Vec<&str> = entries
                    .iter()
                    .map(|cause| self.names.get(cause).map_or("?", String::as_str))
                    .collect();
                names.sort_unstable();
                Some(names)
            }
            OpenDecision::Field { .. } => None,
        });
        asked.collect()
    }
}

pub(super) fn kind_of_open(open: &OpenDecision) -> &'static str {
    match open {
        OpenDecision::SameEvent { .. } => "same_event",
        OpenDecision::Field { field, .. } => field.code(),
    }
}

pub(super) fn entry_of<'a>(version: &Version<'a>) -> &'a Entry {
    version.entry
}

/// The same statements in another order, some of them twice.
pub(super) fn shuffled(phones: &Phones, order: &[u16]) -> Vec<Stated> {
    let mut keyed: Vec<(u16, &Stated)> = order.iter().copied().cycle().zip(&phones.stated).collect();
    keyed.sort_by_key(|(order, stated)| (*order, stated.cause()));
    let twice: Vec<Stated> = keyed.iter().step_by(7).map(|(_, stated)| (*stated).clone()).collect();
    keyed.into_iter().map(|(_, stated)| stated.clone()).chain(twice).collect()
}

type Drawn = (u8, u32, (i32, i32), Option<u32>, u8);

/// Four phones that write so many entries within an hour, amend some, take some back; and a head who decides about some.
pub(super) fn four_phones(entries: usize) -> impl Strategy<Value = (Phones, Vec<u16>)> {
    let entry = (1..=4_u8, 0..55_u32, (0..30_i32, 0..30_i32), option::of(1..6_u32), any::<u8>());
    (vec(entry, entries), vec(any::<u16>(), 50..150)).prop_map(|(drawn, order)| {
        let mut phones = Phones::new();
        for one in drawn {
            write_one(&mut phones, one);
        }
        let log = phones.log();
        let open = Reconciled::of(&log).open;
        for (decision, chance) in open.into_iter().zip(&order).filter(|(_, chance)| *chance % 2 == 0) {
            if let OpenDecision::SameEvent { entries, at_odds: replaces } = decision {
                let is = if chance % 4 == 0 { Sameness::One } else { Sameness::Separate };
                phones.decide_same_replacing((entries, replaces), is);
            }
        }
        (phones, order)
    })
}

fn write_one(phones: &mut Phones, (phone, minute, (north, east), counted, what): Drawn) {
    let place = |draft: Draft| {
        let (latitude, longitude) = (44.1 + f64::from(north) / 10_000.0, 80.0 + f64::from(east) / 10_000.0);
        if what % 5 == 0 { draft } else { draft.at(latitude, longitude, f64::from(what % 50)) }
    };
    let count = |draft: Draft| counted.map_or(Draft(draft.0.clone()), |count| draft.counting(count));
    phones.enter(phone, minute, |draft| count(place(draft)));
    let Some(last) = phones.stated.last().cloned() else { return };
    let Body::Entry(entry) = last.statement.body.clone() else { return };
    if what % 11 == 0 {
        let amendment =
            Amendment { of: last.cause(), entry: entry.clone(), why: AmendReason::Slip, note: None };
        phones.say(phone, (minute, false), Body::Amended(amendment));
    }
    if what % 17 == 0 {
        let (author, key, reason) = (last.author, last.key, crate::words::Text::new("қате").unwrap());
        let withdrawn = crate::register::Withdrawn { author, key, reason };
        let body = Body::Register(crate::register::Record::Withdrawn(withdrawn));
        phones.say(phone, (minute, false), body);
    }
}
