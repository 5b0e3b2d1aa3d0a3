//! What one page says in numbers, and how the numbers of several add up.

use std::collections::BTreeMap;

use crate::case::CaseStage;
use crate::entry::{
    Activity, ActivityType, BorderServiceKind, InspectionKind, ProtectedObject, ReceiverKind,
};
use crate::ids::MemberId;
use crate::page::{AttendanceState, EventLine, MemberLine, Page};
use crate::patrol::ActivityMode;
use crate::reconcile::FieldValue;
use crate::settling::SettledField;
use crate::words::{Language, Note};

/// The part of an activity type: what 001-§10 divides it into, or what it was against, or to whom it led.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActivityPart {
    /// Of 001-§10(1).
    BorderService(BorderServiceKind),
    /// Of 001-§10(2).
    Inspection(InspectionKind),
    /// What an offence was against, of 001-§10(3).
    Object(ProtectedObject),
    /// Who received the person, of 001-§10(5).
    Receiver(ReceiverKind),
}

impl ActivityPart {
    /// The part that an activity names, if it names one.
    #[must_use]
    pub const fn of(activity: Activity) -> Option<Self> {
        match activity {
            Activity::BorderService { kind, .. } => Some(Self::BorderService(kind)),
            Activity::Inspection { kind, .. } => Some(Self::Inspection(kind)),
            Activity::Prevention { protected_object: Some(object) } => Some(Self::Object(object)),
            Activity::DetainDeliver { receiver_kind: Some(receiver) } => Some(Self::Receiver(receiver)),
            Activity::Prevention { .. } | Activity::Force | Activity::DetainDeliver { .. } => None,
        }
    }

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::BorderService(kind) => kind.code(),
            Self::Inspection(kind) => kind.code(),
            Self::Object(object) => object.code(),
            Self::Receiver(receiver) => receiver.code(),
        }
    }

    /// What a person reads for it.
    #[must_use]
    pub fn word(self, language: Language) -> &'static str {
        match self {
            Self::BorderService(kind) => kind.word(language),
            Self::Inspection(kind) => kind.word(language),
            Self::Object(object) => object.word(language),
            Self::Receiver(receiver) => receiver.word(language),
        }
    }
}

/// How often somebody was there, and how long.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attended {
    /// On how many pages.
    pub pages: u32,
    /// How long he was on legs, on the pages that say so.
    pub minutes: u64,
    /// On how many of the pages it is not said how long. Nothing is put in its place.
    pub pages_without_minutes: u32,
}

/// How often something was done, and in which mode, where its type has one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// How many events.
    pub events: u32,
    /// How many of them independently.
    pub independent: u32,
    /// How many of them jointly.
    pub joint: u32,
    /// How many of them partly so, partly so.
    pub both: u32,
}

/// What pages say in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many pages.
    pub pages: u32,
    /// Who was there.
    pub attended: BTreeMap<MemberId, Attended>,
    /// Of how many who were named it is not known whether they were there.
    pub unconfirmed: u32,
    /// What was done, by the five types of 001-§10 and their parts.
    pub activities: BTreeMap<(ActivityType, Option<ActivityPart>), Done>,
    /// Of how many events it is not said what was done: left out, undecided, or said in a code of a newer program.
    pub activities_not_said: u32,
    /// How many cases came how far.
    pub cases: BTreeMap<CaseStage, u32>,
    /// How many notices were given at once (001-§12(1)).
    pub notices: u32,
    /// Of how many of them it is not said when the subdivision was told by voice.
    pub notices_not_told: u32,
    /// How many members and cases are told in codes of a newer program. They are in no other number.
    pub not_understood: u32,
}

impl Figures {
    /// What a page says.
    #[must_use]
    pub fn of(page: &Page) -> Self {
        let mut figures = Self { pages: 1, ..Self::default() };
        page.members.iter().for_each(|line| figures.add_member(line));
        page.events.iter().for_each(|line| figures.add_event(line));
        for case in &page.cases {
            match CaseStage::from_code(&case.stage) {
                Some(stage) => more(figures.cases.entry(stage).or_default(), 1),
                None => more(&mut figures.not_understood, 1),
            }
        }
        for notice in &page.notices {
            more(&mut figures.notices, 1);
            more(&mut figures.notices_not_told, u32::from(notice.told.is_none()));
        }
        figures
    }

    /// The sum of these.
    #[must_use]
    pub fn sum<'a>(all: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut sum = Self::default();
        all.into_iter().for_each(|figures| sum.add(figures));
        sum
    }

    /// Adds what others say.
    pub fn add(&mut self, other: &Self) {
        more(&mut self.pages, other.pages);
        more(&mut self.unconfirmed, other.unconfirmed);
        more(&mut self.activities_not_said, other.activities_not_said);
        more(&mut self.notices, other.notices);
        more(&mut self.notices_not_told, other.notices_not_told);
        more(&mut self.not_understood, other.not_understood);
        for (member, theirs) in &other.attended {
            let own = self.attended.entry(*member).or_default();
            more(&mut own.pages, theirs.pages);
            more(&mut own.pages_without_minutes, theirs.pages_without_minutes);
            own.minutes = own.minutes.saturating_add(theirs.minutes);
        }
        for (activity, theirs) in &other.activities {
            let own = self.activities.entry(*activity).or_default();
            more(&mut own.events, theirs.events);
            more(&mut own.independent, theirs.independent);
            more(&mut own.joint, theirs.joint);
            more(&mut own.both, theirs.both);
        }
        for (stage, theirs) in &other.cases {
            more(self.cases.entry(*stage).or_default(), *theirs);
        }
    }

    /// All attendances together: how many, how long, and of how many it is not said how long.
    #[must_use]
    pub fn attended_in_all(&self) -> Attended {
        let mut all = Attended::default();
        for one in self.attended.values() {
            more(&mut all.pages, one.pages);
            more(&mut all.pages_without_minutes, one.pages_without_minutes);
            all.minutes = all.minutes.saturating_add(one.minutes);
        }
        all
    }

    /// How many events: those of which it is said what was done, and the others.
    #[must_use]
    pub fn events(&self) -> u32 {
        let said = self.activities.values().map(|done| done.events);
        said.fold(self.activities_not_said, u32::saturating_add)
    }

    fn add_member(&mut self, line: &MemberLine) {
        let (member, state) = (line.member.parse().ok(), AttendanceState::from_code(&line.attended));
        let (Some(member), Some(state)) = (member, state) else {
            more(&mut self.not_understood, 1);
            return;
        };
        match state {
            AttendanceState::Attended => {
                let own = self.attended.entry(member).or_default();
                more(&mut own.pages, 1);
                own.minutes = own.minutes.saturating_add(line.minutes.unwrap_or_default().into());
                more(&mut own.pages_without_minutes, u32::from(line.minutes.is_none()));
            }
            AttendanceState::Absent => {}
            AttendanceState::Unconfirmed => more(&mut self.unconfirmed, 1),
        }
    }

    fn add_event(&mut self, line: &EventLine) {
        let said = line.fields.iter().find(|field| field.field == SettledField::Activity.code());
        let Some(activity) = said.and_then(|field| field.value.as_deref()).and_then(read) else {
            more(&mut self.activities_not_said, 1);
            return;
        };
        let key = (activity.activity_type(), ActivityPart::of(activity));
        let done = self.activities.entry(key).or_default();
        more(&mut done.events, 1);
        match mode_of(activity) {
            Some(ActivityMode::Independent) => more(&mut done.independent, 1),
            Some(ActivityMode::Joint) => more(&mut done.joint, 1),
            Some(ActivityMode::Both) => more(&mut done.both, 1),
            None => {}
        }
    }
}

/// An activity as a page writes it.
fn read(written: &str) -> Option<Activity> {
    let written = Note::new(written).ok()?;
    match FieldValue::read(SettledField::Activity, &written) {
        Ok(FieldValue::Activity(activity)) => Some(activity),
        _ => None,
    }
}

const fn mode_of(activity: Activity) -> Option<ActivityMode> {
    match activity {
        Activity::BorderService { mode, .. } | Activity::Inspection { mode, .. } => Some(mode),
        Activity::Prevention { .. } | Activity::Force | Activity::DetainDeliver { .. } => None,
    }
}

fn more(count: &mut u32, by: u32) {
    *count = count.saturating_add(by);
}
