//! Entries for people: as they stand, with what was said first where they were amended.

use jasaq_fieldbook::model::amendment::Amendment;
use jasaq_fieldbook::model::entry::{Activity, Count, Entry};
use jasaq_fieldbook::model::patrol_log::{LoggedEntry, Version};
use jasaq_fieldbook::model::position::{PlaceMarks, Position};
use jasaq_fieldbook::model::sentences::position_badge;
use jasaq_fieldbook::model::source::Source;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::words::Language;

use super::{Page, Said, degrees};
use crate::log::withdrawal;
use crate::table::{day_and_time, short};
use crate::words::{Message, Words};

impl Page<'_> {
    /// An entry as it stands, or as it was said if nothing of it does.
    pub(super) fn entry(&self, stated: &Stated, entry: &Entry) -> Said {
        let mut entries = self.entries.iter();
        let logged = entries.find(|logged| std::ptr::eq(logged.first.stated, stated));
        match logged.map(|logged| (logged, logged.standing.as_slice())) {
            Some((logged, [standing])) if !logged.amendments.is_empty() => self.amended(logged, standing),
            Some((logged, standing @ [_, _, ..])) => self.amended_apart(logged, standing),
            _ => self.version(Version { stated, entry }).remark(Some(stated.key.to_string())),
        }
    }

    fn version(&self, version: Version<'_>) -> Said {
        let entry = version.entry;
        let source = entry.source();
        let source = (source != Source::Phone).then(|| source.word(self.language()).to_owned());
        let told_by = entry
            .told_by()
            .map(|member| Message::new("log-told-by").with("name", self.named(version.stated, member)));
        let case = entry
            .case()
            .map(|case| Message::new("log-case").with("case", short(&case.to_string())));
        let mut said = Said::new(activity_words(entry.activity(), self.language()))
            .remark(Some(place(self.words, (entry.position(), entry.marks()))))
            .remark(entry.counted().map(|count| self.counted(count)))
            .remark(source)
            .remark(told_by.map(|message| self.words.say(message)))
            .remark(case.map(|message| self.words.say(message)));
        said.text = Some(entry.text().to_string());
        said
    }

    fn counted(&self, count: Count) -> String {
        self.words.say(Message::new("log-count").with("count", count.number()))
    }

    fn amended(&self, logged: &LoggedEntry<'_>, standing: &Version<'_>) -> Said {
        let mut said = self.version(*standing).remark(Some(logged.first.stated.key.to_string()));
        said.remarks.extend(self.other_time(logged, standing));
        said.beside = self.history(logged);
        said
    }

    /// Two devices of one author amended it, and neither knew of the other: he says which stands.
    fn amended_apart(&self, logged: &LoggedEntry<'_>, standing: &[Version<'_>]) -> Said {
        let mut said =
            Said::new(self.words.say("log-amended-apart")).remark(Some(logged.first.stated.key.to_string()));
        let versions = standing.iter().map(|version| {
            let text = self.in_a_line(*version);
            format!("{}: {text}", version.stated.key)
        });
        said.text = Some(versions.collect::<Vec<_>>().join("\n"));
        said.beside = self.history(logged);
        said
    }

    /// When it happened, where an amendment says another time than the line.
    fn other_time(&self, logged: &LoggedEntry<'_>, standing: &Version<'_>) -> Option<String> {
        let happened_at = standing.entry.occurred_at()?;
        let told = Message::new("log-happened-at").with("time", day_and_time(happened_at));
        (happened_at != logged.first.stated.statement.happened_at()).then(|| self.words.say(told))
    }

    /// Each amendment with what it was before, and its key.
    fn history(&self, logged: &LoggedEntry<'_>) -> Vec<String> {
        let was = Message::new("log-was").with("said", self.in_a_line(logged.first));
        let mut lines = vec![self.words.say(was)];
        for (stated, amendment) in &logged.amendments {
            lines.push(self.amendment(stated, amendment));
            let does_stand = logged.standing.iter().any(|version| std::ptr::eq(version.stated, *stated));
            if let Some((_, withdrawn)) = withdrawal(&self.view.log, stated) {
                let told = Message::new("log-withdrawn").with("reason", withdrawn.reason.to_string());
                lines.push(format!("  {}", self.words.say(told)));
            } else if !does_stand {
                let version = Version { stated, entry: &amendment.entry };
                let was = Message::new("log-was").with("said", self.in_a_line(version));
                lines.push(self.words.say(was));
            }
        }
        lines
    }

    /// `amended 2026-05-01 12:10 (a slip): AbCdEfGh.13`
    fn amendment(&self, stated: &Stated, amendment: &Amendment) -> String {
        let told = Message::new("log-amended")
            .with("time", day_and_time(stated.statement.clocks.recorded_at()))
            .with("why", amendment.why.word(self.language()));
        let note = amendment.note.as_ref().map(|note| format!(" · {note}")).unwrap_or_default();
        format!("{}{note} · {}", self.words.say(told), stated.key)
    }

    /// A version without the breaks of its lines.
    fn in_a_line(&self, version: Version<'_>) -> String {
        let said = self.version(version);
        let text = said.text.unwrap_or_default().replace('\n', " ");
        [vec![format!("{} «{text}»", said.what)], said.remarks].concat().join(" · ")
    }

    /// An amendment that amends nothing that is here to be amended.
    pub(super) fn amendment_alone(
        &self,
        kind: &str,
        (stated, amendment): (&Stated, &Amendment),
    ) -> Option<Said> {
        let is_shown = self.entries.iter().any(|logged| {
            let mut amendments = logged.amendments.iter();
            amendments.any(|(shown, _)| std::ptr::eq(*shown, stated))
        });
        let version = Version { stated, entry: &amendment.entry };
        let said = || Said {
            text: Some(self.in_a_line(version)),
            ..Said::new(format!("{kind} {}", amendment.of.key))
        };
        (!is_shown).then(said)
    }
}

/// Where it was and what that is worth: `44.16570, 80.00010, ±6 m`; without a fix, that there was none; and how it is known
/// otherwise.
pub(crate) fn place(words: &Words, (position, marks): (Option<&Position>, &PlaceMarks)) -> String {
    let badge = position_badge(position, words.language());
    let coordinates = position.map(|position| format!("{}, ", degrees(position.coordinates)));
    let marker = marks
        .marker
        .as_ref()
        .map(|marker| words.say(Message::new("log-marker").with("marker", marker.to_string())));
    let landmark = marks.landmark.as_ref().map(ToString::to_string);
    let parts = [Some(coordinates.unwrap_or_default() + &badge), marker, landmark];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// `inspection: vehicle, jointly`, in the words of the paragraph.
pub(crate) fn activity_words(activity: Activity, language: Language) -> String {
    let kind = activity.activity_type().word(language);
    match activity {
        Activity::BorderService { kind: part, mode } => {
            format!("{kind}: {}, {}", part.word(language), mode.word(language))
        }
        Activity::Inspection { kind: part, mode } => {
            format!("{kind}: {}, {}", part.word(language), mode.word(language))
        }
        Activity::Prevention { protected_object: Some(object) } => {
            format!("{kind}: {}", object.word(language))
        }
        Activity::DetainDeliver { receiver_kind: Some(receiver) } => {
            format!("{kind}: {}", receiver.word(language))
        }
        Activity::Prevention { .. } | Activity::Force | Activity::DetainDeliver { .. } => kind.to_owned(),
    }
}
