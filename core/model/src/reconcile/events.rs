//! Which entries tell of one event: what a head said of it, and what is near enough to be asked about.
//!
//! A pair of entries is *joined* if every decision that names both says that they are one event, *separate* if every such
//! decision says that they are not. Joined entries and what is joined with those make an event; if two of them are separate by
//! another decision, all of it is asked about again and nothing is joined meanwhile. Events that are near, and of which nobody
//! said anything together, are asked about, each by the first of its entries.

use std::collections::{BTreeMap, BTreeSet};

use super::clocks::{BestTime, Clockwork, TimeEvidence};
use super::fields::{Decisions, FieldState};
use super::named;
use super::values::{FieldValue, are_within};
use crate::limits::{BEFORE_MAX, SAME_EVENT_METRES, SAME_EVENT_MS};
use crate::patrol_log::{LoggedEntry, PatrolLog, Version};
use crate::planning::Before;
use crate::register::Cause;
use crate::settling::{SameEvent, Sameness, SettledField, Settling};
use crate::stated::Stated;
use crate::statement::Body;

/// Something that happened, as one entry or several tell it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<'a> {
    /// When, as a head decided, else by the best evidence of any of them.
    pub time: BestTime,
    /// The entries that tell of it, each with what stands of it.
    pub entries: Vec<LoggedEntry<'a>>,
    /// Field by field what they say.
    pub fields: Vec<FieldState<'a>>,
}

/// Entries of which it is not decided whether they tell of one event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SameEventOpen {
    /// Which.
    pub entries: Before,
    /// The decisions that do not fit together; whatever is decided replaces them.
    pub at_odds: Before,
}

/// The events by time, and what is asked about.
pub(super) fn of<'a>(
    log: &'a PatrolLog,
    (clockwork, decisions): (&Clockwork, &Decisions<'a>),
) -> (Vec<Event<'a>>, Vec<SameEventOpen>) {
    let mut told: Vec<Told<'a>> = log
        .versions()
        .into_iter()
        .filter(|logged| !logged.standing.is_empty())
        .map(|logged| Told { name: logged.first.stated.cause(), time: time_of(&logged, clockwork), logged })
        .collect();
    told.sort_by(|one, other| (one.ms(), &one.name).cmp(&(other.ms(), &other.name)));
    let judged = Judged::of(log, &told);
    let (groups, at_odds) = judged.groups(told.len());
    let names = |places: &Places| {
        named(places.iter().filter_map(|place| told.get(*place).map(|told| told.name.clone())))
    };
    let mut open: Vec<SameEventOpen> = at_odds
        .iter()
        .map(|places| SameEventOpen { entries: names(places), at_odds: judged.about(places) })
        .collect();
    open.extend(
        suggestions(&told, &groups, &judged)
            .iter()
            .map(|places| SameEventOpen { entries: names(places), at_odds: Before::default() }),
    );
    open.sort();
    open.dedup();
    let mut events: BTreeMap<usize, Vec<LoggedEntry<'a>>> = BTreeMap::new();
    for (told, group) in told.into_iter().zip(&groups) {
        events.entry(*group).or_default().push(told.logged);
    }
    let mut events: Vec<Event<'a>> = events
        .into_values()
        .filter_map(|entries| event_of(entries, clockwork, decisions))
        .collect();
    events.sort_by_cached_key(|event| {
        (event.time.at.time(), event.entries.first().map(|logged| logged.first.stated.cause()))
    });
    (events, open)
}

/// What a head said of entries, as far as it was not replaced or taken back.
pub(super) fn decisions(log: &PatrolLog) -> Vec<(Cause, &SameEvent)> {
    let said = log.standing().filter_map(|by| match &by.statement.body {
        Body::Settling(Settling::SameEvent(same)) => Some((by.cause(), same)),
        _ => None,
    });
    crate::planning::standing(said.collect(), |same| &same.replaces)
}

struct Told<'a> {
    name: Cause,
    time: BestTime,
    logged: LoggedEntry<'a>,
}

impl Told<'_> {
    const fn ms(&self) -> i64 {
        self.time.at.time().unix_ms()
    }
}

/// By the best evidence of what stands of it.
fn time_of(logged: &LoggedEntry<'_>, clockwork: &Clockwork) -> BestTime {
    let first = logged.first.stated;
    let times = logged.standing.iter().map(|version| clockwork.time_of_version(first, version));
    times
        .min_by_key(|best| (best.evidence, best.at))
        .unwrap_or_else(|| clockwork.time_of(first))
}

/// What a head said of pairs of entries.
struct Judged {
    /// By the places of the entries; of each decision whether they are one, and its name.
    pairs: BTreeMap<(usize, usize), Vec<(Sameness, Cause)>>,
}

impl Judged {
    fn of(log: &PatrolLog, told: &[Told<'_>]) -> Self {
        let places: BTreeMap<&Cause, usize> =
            told.iter().enumerate().map(|(place, told)| (&told.name, place)).collect();
        let mut pairs: BTreeMap<(usize, usize), Vec<(Sameness, Cause)>> = BTreeMap::new();
        for (name, SameEvent { entries, is, .. }) in decisions(log) {
            let named: BTreeSet<usize> =
                entries.iter().filter_map(|cause| places.get(cause).copied()).collect();
            for (one, other) in pairs_of(&named) {
                pairs.entry((one, other)).or_default().push((*is, name.clone()));
            }
        }
        Self { pairs }
    }

    /// What every decision says that names both; none where none does, or they differ.
    fn of_pair(&self, pair: (usize, usize)) -> Option<Sameness> {
        let mut said = self.pairs.get(&pair)?.iter().map(|(is, _)| *is);
        let first = said.next()?;
        said.all(|is| is == first).then_some(first)
    }

    fn is_disputed(&self, pair: (usize, usize)) -> bool {
        self.pairs.contains_key(&pair) && self.of_pair(pair).is_none()
    }

    /// Of each entry which group it is in, and what does not fit together.
    fn groups(&self, count: usize) -> (Vec<usize>, Vec<Places>) {
        let mut groups: Vec<usize> = (0..count).collect();
        for pair in self.pairs.keys().filter(|pair| self.of_pair(**pair) == Some(Sameness::One)) {
            join(&mut groups, *pair);
        }
        let mut torn: BTreeMap<usize, Places> = BTreeMap::new();
        let mut open = Vec::new();
        for pair in self.pairs.keys().filter(|pair| self.of_pair(**pair) != Some(Sameness::One)) {
            let (one, other) = (groups.get(pair.0).copied(), groups.get(pair.1).copied());
            match one {
                Some(group) if one == other => {
                    torn.entry(group).or_insert_with(|| self.way_between(*pair));
                }
                // What is disputed between two that nothing else joins.
                _ if self.is_disputed(*pair) => open.push(Places::from([pair.0, pair.1])),
                _ => {}
            }
        }
        open.extend(torn.values().cloned());
        for (place, group) in groups.iter_mut().enumerate() {
            if torn.contains_key(group) {
                *group = place;
            }
        }
        (groups, open)
    }

    /// The entries by which two are joined, the two among them: as many as one decision names.
    fn way_between(&self, (from, to): (usize, usize)) -> Places {
        let mut came_from: BTreeMap<usize, usize> = BTreeMap::from([(from, from)]);
        let mut ahead = std::collections::VecDeque::from([from]);
        while let Some(place) = ahead.pop_front() {
            let is_one = |pair: &&(usize, usize)| self.of_pair(**pair) == Some(Sameness::One);
            for (one, other) in self.pairs.keys().filter(is_one) {
                let next = if *one == place { *other } else { *one };
                if (*one == place || *other == place) && !came_from.contains_key(&next) {
                    came_from.insert(next, place);
                    ahead.push_back(next);
                }
            }
        }
        let (mut way, mut place) = (Places::from([to]), to);
        while let Some(before) = came_from.get(&place).copied().filter(|before| *before != place) {
            if way.len() < BEFORE_MAX {
                way.insert(before);
            }
            place = before;
        }
        way
    }

    /// The decisions that name two or more of these.
    fn about(&self, places: &Places) -> Before {
        let said = pairs_of(places).filter_map(|pair| self.pairs.get(&pair)).flatten();
        named(said.map(|(_, name)| name.clone()))
    }
}

/// Entries by their places, in the order of time.
type Places = BTreeSet<usize>;

fn pairs_of(places: &Places) -> impl Iterator<Item = (usize, usize)> {
    let all: Vec<usize> = places.iter().copied().collect();
    let pairs: Vec<(usize, usize)> = all
        .iter()
        .enumerate()
        .flat_map(|(index, one)| all.iter().skip(index + 1).map(move |other| (*one, *other)))
        .collect();
    pairs.into_iter()
}

/// Puts two into one group: the lesser number of both.
fn join(groups: &mut [usize], (one, other): (usize, usize)) {
    let (Some(&one), Some(&other)) = (groups.get(one), groups.get(other)) else { return };
    let (lesser, greater) = (one.min(other), one.max(other));
    if lesser == greater {
        return;
    }
    for group in groups.iter_mut().filter(|group| **group == greater) {
        *group = lesser;
    }
}

/// What is near enough to be asked about: of each event that several entries tell already, the first of them.
fn suggestions(told: &[Told<'_>], groups: &[usize], judged: &Judged) -> Vec<Places> {
    let settled: BTreeSet<(usize, usize)> = judged
        .pairs
        .keys()
        .filter_map(|(one, other)| Some(ordered(*groups.get(*one)?, *groups.get(*other)?)))
        .collect();
    let mut asked: Vec<usize> = (0..told.len()).collect();
    let mut is_asked: BTreeSet<usize> = BTreeSet::new();
    for (one, earlier) in told.iter().enumerate() {
        let until_ms = earlier.ms().saturating_add(SAME_EVENT_MS);
        let near = told
            .iter()
            .enumerate()
            .skip(one + 1)
            .take_while(|(_, later)| later.ms() <= until_ms);
        for (other, later) in near {
            let (Some(&one), Some(&other)) = (groups.get(one), groups.get(other)) else { continue };
            // What is asked about together already need not be looked at: thousands may have one minute.
            let is_new = one != other && asked.get(one) != asked.get(other);
            if is_new && !settled.contains(&ordered(one, other)) && may_be_one(earlier, later) {
                join(&mut asked, (one, other));
                is_asked.extend([one, other]);
            }
        }
    }
    let mut together: BTreeMap<usize, Places> = BTreeMap::new();
    for group in is_asked {
        let Some(asked) = asked.get(group) else { continue };
        // A group has the number of its first entry.
        together.entry(*asked).or_default().insert(group);
    }
    // One decision names so many; the others are asked about next.
    together
        .into_values()
        .map(|places| places.into_iter().take(BEFORE_MAX).collect())
        .collect()
}

const fn ordered(one: usize, other: usize) -> (usize, usize) {
    if one < other { (one, other) } else { (other, one) }
}

/// Whether entries of two phones are of one kind and near each other; of time they are already.
fn may_be_one(one: &Told<'_>, other: &Told<'_>) -> bool {
    let by_two_phones = one.logged.first.stated.author != other.logged.first.stated.author;
    by_two_phones
        && one.logged.standing.iter().any(|one| {
            other.logged.standing.iter().any(|other| {
                let type_of = |version: &Version<'_>| version.entry.activity().activity_type();
                type_of(one) == type_of(other) && is_near(one, other)
            })
        })
}

/// Near by their positions and accuracies; where one of them has none, by the boundary marker; where nothing tells, they may be.
fn is_near(one: &Version<'_>, other: &Version<'_>) -> bool {
    if let (Some(one), Some(other)) = (one.entry.position(), other.entry.position()) {
        return are_within((one, other), SAME_EVENT_METRES);
    }
    match (&one.entry.marks().marker, &other.entry.marks().marker) {
        (Some(one), Some(other)) => {
            FieldValue::Mark(one.clone()).agrees_with(&FieldValue::Mark(other.clone()))
        }
        _ => true,
    }
}

/// Of which field what an entry says.
type FromEntry = fn(&Version<'_>) -> Option<FieldValue>;

const OF_ENTRIES: [(SettledField, FromEntry); 6] = [
    (SettledField::Activity, |version| Some(FieldValue::Activity(version.entry.activity()))),
    (SettledField::Place, |version| version.entry.position().copied().map(FieldValue::Place)),
    (SettledField::Marker, |version| version.entry.marks().marker.clone().map(FieldValue::Mark)),
    (SettledField::Landmark, |version| version.entry.marks().landmark.clone().map(FieldValue::Mark)),
    (SettledField::Count, |version| version.entry.counted().map(FieldValue::Count)),
    (SettledField::Text, |version| Some(FieldValue::Text(version.entry.text().clone()))),
];

fn event_of<'a>(
    mut entries: Vec<LoggedEntry<'a>>,
    clockwork: &Clockwork,
    decisions: &Decisions<'a>,
) -> Option<Event<'a>> {
    entries.sort_by_key(|logged| logged.first.stated.cause());
    let time = entries
        .iter()
        .map(|logged| time_of(logged, clockwork))
        .min_by_key(|best| (best.evidence, best.at))?;
    let versions: Vec<(&LoggedEntry<'a>, Version<'a>)> = entries
        .iter()
        .flat_map(|logged| logged.standing.iter().map(move |version| (logged, *version)))
        .collect();
    let names: Vec<Cause> = versions.iter().map(|(_, version)| version.stated.cause()).collect();
    let mut times: Vec<(BestTime, &Stated)> = versions
        .iter()
        .map(|(logged, version)| (clockwork.time_of_version(logged.first.stated, version), version.stated))
        .collect();
    times.sort_by_key(|(best, stated)| (best.evidence, best.at, stated.cause()));
    let times = times.into_iter().map(|(best, stated)| (stated, FieldValue::Time(best.at)));
    let mut fields: Vec<FieldState<'a>> = Vec::new();
    fields.extend(FieldState::of((SettledField::Time, &names), times, decisions));
    for (field, value_of) in OF_ENTRIES {
        let said = versions
            .iter()
            .filter_map(|(_, version)| Some((version.stated, value_of(version)?)));
        fields.extend(FieldState::of((field, &names), said, decisions));
    }
    let time = decided_time(&fields).unwrap_or(time);
    Some(Event { time, entries, fields })
}

/// When an event was, if a head decided it: that stands before all that the phones said.
fn decided_time(fields: &[FieldState<'_>]) -> Option<BestTime> {
    let of_time = fields.iter().find(|state| state.field == SettledField::Time);
    let state = of_time.filter(|state| state.decided.is_some())?;
    match state.standing()? {
        FieldValue::Time(at) => Some(BestTime { at, evidence: TimeEvidence::Decided }),
        _ => None,
    }
}

impl<'a> Event<'a> {
    /// A field of it, if anything is said of it.
    #[must_use]
    pub fn field(&self, field: SettledField) -> Option<&FieldState<'a>> {
        self.fields.iter().find(|state| state.field == field)
    }

    /// Everybody who tells of it.
    pub fn told_by(&self) -> impl Iterator<Item = &'a Stated> {
        self.entries.iter().map(|logged| logged.first.stated)
    }
}
