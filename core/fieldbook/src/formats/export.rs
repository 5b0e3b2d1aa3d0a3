//! A patrol's log on its way out: what every format says of it, in one language.
//!
//! Promises that an entry goes out as it stands: amended if it was amended, not at all if it was taken back, and in each of its
//! versions if it was amended apart. Where there is no position, the boundary marker and the landmark still say where.
//!
//! Refuses to tell of records that stand apart: no file for other programs names a case.

use jasaq_model::entry::{Count, Entry};
use jasaq_model::ids::{PatrolId, StatementRef};
use jasaq_model::limits::TRACK_GAP_MS;
use jasaq_model::patrol_log::{Flag, LoggedTrack, PatrolLog, Version};
use jasaq_model::reconcile::{BestTime, Clockwork};
use jasaq_model::sentences::position_badge;
use jasaq_model::settling::SettledField;
use jasaq_model::stated::Stated;
use jasaq_model::statement::Kind;
use jasaq_model::track::TrackPoint;
use jasaq_model::words::{Language, Name};

/// A patrol's log on its way out, and what stands above it.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// Which patrol.
    pub patrol: PatrolId,
    /// What it is called on screens and lists.
    pub title: &'a Name,
    /// Its log.
    pub log: &'a PatrolLog,
    /// The language of names and descriptions; codes stay as they are.
    pub language: Language,
}

/// An entry as it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct StandingEntry<'a> {
    /// As it was first said: whose it is, and its key.
    pub(super) first: &'a Stated,
    /// What amended it, if something did.
    pub(super) amended: Option<&'a Stated>,
    /// What stands.
    pub(super) entry: &'a Entry,
    /// When it happened, by the best evidence there is: clocks of phones are off by years.
    pub(super) happened: BestTime,
    /// Whether it was amended apart, so that several versions of it stand.
    is_one_of_several: bool,
}

impl StandingEntry<'_> {
    /// The same in every file, also after an amendment.
    pub(super) fn id(&self) -> String {
        let first = self.first.key.as_str();
        match self.amended_by().filter(|_| self.is_one_of_several) {
            Some(key) => format!("{first}/{key}"),
            None => first.to_owned(),
        }
    }

    /// The statement that amended it, if one did.
    pub(super) fn amended_by(&self) -> Option<&StatementRef> {
        self.amended.map(|stated| &stated.key)
    }
}

impl<'a> Export<'a> {
    /// One of three texts, by the language asked for.
    pub(super) fn pick(&self, [kk, ru, en]: [&'static str; 3]) -> &'static str {
        match self.language {
            Language::Kk => kk,
            Language::Ru => ru,
            Language::En => en,
        }
    }

    /// The entries as they stand, in the order in which they were first said.
    pub(super) fn entries(&self) -> Vec<StandingEntry<'a>> {
        let log: &'a PatrolLog = self.log;
        let clockwork = Clockwork::of(log);
        let clockwork = &clockwork;
        let standing = log.versions().into_iter().flat_map(|logged| {
            let Version { stated: first, .. } = logged.first;
            let is_one_of_several = logged.standing.len() > 1;
            logged.standing.into_iter().map(move |version| StandingEntry {
                first,
                amended: (version.stated.cause() != first.cause()).then_some(version.stated),
                entry: version.entry,
                happened: clockwork.time_of_version(first, &version),
                is_one_of_several,
            })
        });
        standing.collect()
    }

    /// What was done, and at which boundary marker.
    pub(super) fn entry_name(&self, entry: &Entry) -> String {
        let activity = entry.activity().activity_type().word(self.language);
        match &entry.marks().marker {
            Some(marker) => format!("{activity} · {marker}"),
            None => activity.to_owned(),
        }
    }

    /// What the position is worth, and how the place is known otherwise; and how many were counted.
    pub(super) fn entry_comment(&self, entry: &Entry) -> String {
        let said = |field: SettledField, what: String| format!("{}: {what}", field.word(self.language));
        let marks = entry.marks();
        let marker = marks
            .marker
            .as_ref()
            .map(|marker| said(SettledField::Marker, marker.to_string()));
        let landmark = marks
            .landmark
            .as_ref()
            .map(|landmark| said(SettledField::Landmark, landmark.to_string()));
        let count = entry
            .counted()
            .map(|count| said(SettledField::Count, Count::number(count).to_string()));
        let badge = position_badge(entry.position(), self.language);
        let parts: Vec<String> = [Some(badge), marker, landmark, count].into_iter().flatten().collect();
        parts.join("; ")
    }

    /// What a recording is called: its own name, or the patrol's and the leg's number.
    pub(super) fn track_name(&self, track: &LoggedTrack) -> String {
        if let Some(name) = &track.name {
            return name.to_string();
        }
        let number = self.log.legs().iter().position(|leg| Some(leg.leg) == track.leg);
        match number {
            Some(index) => format!("{} · {} {}", self.title, self.pick(["кезең", "этап", "leg"]), index + 1),
            None => self.title.to_string(),
        }
    }

    /// How they moved on a recording's leg, or only that it is a track.
    pub(super) fn track_description(&self, track: &LoggedTrack) -> String {
        let track_word = Kind::Track.word(self.language);
        let legs = self.log.legs();
        let start = legs
            .iter()
            .find(|leg| Some(leg.leg) == track.leg)
            .and_then(|leg| leg.starts.first());
        match start {
            Some((_, start)) => format!("{track_word}, {}", start.transport.word(self.language)),
            None => track_word.to_owned(),
        }
    }

    /// How a recording came here, and whether all of it did.
    pub(super) fn track_comment(&self, track: &LoggedTrack) -> String {
        let source = track.source.word(self.language);
        if track.chunks_missing == 0 {
            source.to_owned()
        } else {
            format!("{source}; {}", Flag::TrackIncomplete.word(self.language))
        }
    }

    /// How many entries and named places have no coordinates.
    pub(super) fn unplaced_count(&self) -> usize {
        let entries = self
            .entries()
            .iter()
            .filter(|standing| standing.entry.position().is_none())
            .count();
        let waypoints = self
            .log
            .waypoints()
            .filter(|(_, waypoint)| waypoint.point.coordinates.is_none())
            .count();
        entries + waypoints
    }
}

/// The parts of a recording that may be drawn as one line each.
pub(super) fn drawn_parts(track: &LoggedTrack) -> impl Iterator<Item = &[TrackPoint]> {
    track.track.segments().iter().flat_map(|segment| segment.unbroken(TRACK_GAP_MS))
}
