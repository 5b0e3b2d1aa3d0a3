//! What was said and does not stand: entries as they were before they were amended, and what was taken back.
//!
//! Promises that of every entry and every amendment a page has the words, in an event, before it or here; that it says who amended
//! or took it back, when and why; and that nothing is chosen: what stands is what stands in the log.

use std::collections::{BTreeMap, BTreeSet};

use super::commitment::Committing;
use super::compose::pair;
use super::late::Late;
use super::written::{AmendedLine, EarlierLine, WithdrawalLine, WithdrawnLine};
use crate::amendment::Amendment;
use crate::entry::Entry;
use crate::moment::Moment;
use crate::notice::Telling;
use crate::patrol::PatrolStart;
use crate::patrol_log::{LoggedEntry, PatrolLog, Version};
use crate::reconcile::{Event, FieldValue, Reconciled};
use crate::register::{Cause, Record};
use crate::settling::{Choice, SettledField, Settling};
use crate::source::Source;
use crate::stated::Stated;
use crate::statement::Body;
use crate::words::Note;

/// What a statement says, by names and in words.
type SaidFields = Vec<[String; 2]>;

/// The versions of an event's entries that were amended, each with why.
pub(super) fn of_event(
    (log, reconciled): (&PatrolLog, &Reconciled<'_>),
    (event, number): (&Event<'_>, u32),
    committing: &mut Committing<'_>,
) -> Vec<EarlierLine> {
    let mut lines = Vec::new();
    for logged in &event.entries {
        for version in versions(log, logged).filter(|version| !stands(logged, version)) {
            let path = format!("/events/{}/earlier/{}", number - 1, lines.len());
            lines.push(EarlierLine {
                by: pair(version.stated),
                at: recorded_at(version.stated),
                said: said((version.stated, reconciled), &version.stated.statement.body),
                amended: amended((log, logged), version.stated, (&path, committing)),
            });
        }
    }
    lines
}

/// Everything that was taken back, and amendments of what is in no event: who amends what another said has amended nothing.
pub(super) fn withdrawn(
    (log, reconciled): (&PatrolLog, &Reconciled<'_>),
    late: Late<'_>,
    committing: &mut Committing<'_>,
) -> Vec<WithdrawnLine> {
    let entries = || reconciled.events.iter().flat_map(|event| &event.entries);
    let told: BTreeSet<Cause> = entries()
        .flat_map(|logged| versions(log, logged))
        .map(|version| version.stated.cause())
        .collect();
    let by_cause: BTreeMap<Cause, &Stated> =
        log.stated().iter().map(|stated| (stated.cause(), stated)).collect();
    let mut line = |(index, stated): (usize, &Stated)| {
        let body = &stated.statement.body;
        let why =
            if let Body::Amended(amendment) = body { Some(amendment.why.code().to_owned()) } else { None };
        let by = log.withdrawn_by(stated).and_then(|by| by_cause.get(by));
        WithdrawnLine {
            what: stated.statement.kind().code().to_owned(),
            by: pair(stated),
            at: recorded_at(stated),
            why,
            note: committing.commit(format!("/withdrawn/{index}/note"), note(body).map(ToString::to_string)),
            said: said((stated, reconciled), body),
            late: late.is(stated),
            withdrawal: by.and_then(|by| withdrawal(by, index, committing)),
        }
    };
    let is_of_an_entry = |stated: &Stated| matches!(stated.statement.body, Body::Entry(_) | Body::Amended(_));
    let does_not_stand = |stated: &&Stated| {
        log.is_withdrawn(stated) || is_of_an_entry(stated) && !told.contains(&stated.cause())
    };
    let lines = log.stated().iter().filter(does_not_stand).enumerate();
    lines.map(&mut line).collect()
}

fn withdrawal(by: &Stated, index: usize, committing: &mut Committing<'_>) -> Option<WithdrawalLine> {
    let Body::Register(Record::Withdrawn(taken)) = &by.statement.body else { return None };
    let path = format!("/withdrawn/{index}/withdrawal/reason");
    let reason = committing.commit(path, Some(taken.reason.to_string()))?;
    Some(WithdrawalLine { by: pair(by), at: recorded_at(by), reason })
}

/// An entry as it was first said, and each amendment that was not taken back.
fn versions<'a>(log: &'a PatrolLog, logged: &'a LoggedEntry<'a>) -> impl Iterator<Item = Version<'a>> {
    let amendments = logged.amendments.iter().filter(|(stated, _)| !log.is_withdrawn(stated));
    let amendments = amendments.map(|(stated, amendment)| Version { stated, entry: &amendment.entry });
    std::iter::once(logged.first).chain(amendments)
}

fn stands(logged: &LoggedEntry<'_>, version: &Version<'_>) -> bool {
    logged
        .standing
        .iter()
        .any(|standing| standing.stated.cause() == version.stated.cause())
}

/// The amendments of one version: several, if it was amended on devices apart.
fn amended(
    (log, logged): (&PatrolLog, &LoggedEntry<'_>),
    version: &Stated,
    (path, committing): (&str, &mut Committing<'_>),
) -> Vec<AmendedLine> {
    let of_it = logged
        .amendments
        .iter()
        .filter(|(stated, amendment)| amendment.of == version.cause() && !log.is_withdrawn(stated));
    let line = |(index, (stated, amendment)): (usize, &(&Stated, &Amendment))| AmendedLine {
        by: pair(stated),
        at: recorded_at(stated),
        why: amendment.why.code().to_owned(),
        note: committing
            .commit(format!("{path}/amended/{index}/note"), amendment.note.as_ref().map(ToString::to_string)),
    };
    of_it.enumerate().map(line).collect()
}

/// What somebody wrote beside the facts: it stands in a page as a commitment.
fn note(body: &Body) -> Option<&Note> {
    match body {
        Body::Amended(amendment) => amendment.note.as_ref(),
        Body::Mark(mark) => mark.note.as_ref(),
        Body::Telling(Telling::Answered(answered)) => answered.note.as_ref(),
        Body::Settling(Settling::SameEvent(same)) => same.reason.as_ref(),
        Body::Settling(Settling::Resolved(resolution)) => resolution.reason.as_ref(),
        Body::Settling(Settling::Excused(excused)) => excused.note.as_ref(),
        Body::Settling(Settling::Attended(attendance)) => attendance.note.as_ref(),
        _ => None,
    }
}

fn recorded_at(stated: &Stated) -> String {
    stated.statement.clocks.recorded_at().to_string()
}

/// What a statement says, as far as it is said in words and codes: keys of attachments open what is sealed, and stand nowhere.
fn said((stated, reconciled): (&Stated, &Reconciled<'_>), body: &Body) -> SaidFields {
    let mut said = Fields::default();
    match body {
        Body::Entry(entry) => said.entry(entry, Some(reconciled.time_of(stated).at)),
        Body::Amended(amendment) => said.entry(&amendment.entry, amendment.entry.occurred_at()),
        Body::PatrolStarted(start) => said.start(start),
        Body::PatrolEnded(end) => said.field(SettledField::End, end.occurred_at.map(FieldValue::Time)),
        Body::LegStarted(leg) => {
            said.put("leg", Some(leg.leg));
            said.put("transport", Some(leg.transport.code()));
            for member in leg.members.iter() {
                said.put("member", Some(member));
            }
            said.put("time", leg.occurred_at);
        }
        Body::LegEnded(leg) => {
            said.put("leg", Some(leg.leg));
            said.put("time", leg.occurred_at);
        }
        Body::Mark(mark) => {
            said.put("kind", Some(mark.kind.code()));
            said.put("time", mark.occurred_at);
            said.put("until", mark.until);
            said.put("cause", mark.cause);
        }
        Body::Waypoint(waypoint) => {
            said.put("name", waypoint.name.as_ref());
            said.put("text", waypoint.comment.as_ref());
        }
        Body::Track(chunk) => said.put("recording", Some(chunk.recording)),
        Body::Attachment(attachment) => said.put("text", attachment.caption.as_ref()),
        Body::Telling(Telling::Answered(answered)) => {
            said.put("reply", Some(answered.reply.code()));
        }
        Body::Settling(settling) => said.settling(settling),
        _ => {}
    }
    said.0
}

#[derive(Default)]
struct Fields(SaidFields);

impl Fields {
    fn put(&mut self, name: &str, value: Option<impl ToString>) {
        self.0.extend(value.map(|value| [name.to_owned(), value.to_string()]));
    }

    fn field(&mut self, field: SettledField, value: Option<FieldValue>) {
        self.put(field.code(), value.map(|value| value.written()));
    }

    fn entry(&mut self, entry: &Entry, at: Option<Moment>) {
        let marks = entry.marks();
        self.field(SettledField::Activity, Some(FieldValue::Activity(entry.activity())));
        self.field(SettledField::Time, at.map(FieldValue::Time));
        self.field(SettledField::Place, entry.position().copied().map(FieldValue::Place));
        self.field(SettledField::Marker, marks.marker.clone().map(FieldValue::Mark));
        self.field(SettledField::Landmark, marks.landmark.clone().map(FieldValue::Mark));
        self.field(SettledField::Count, entry.counted().map(FieldValue::Count));
        self.field(SettledField::Text, Some(FieldValue::Text(entry.text().clone())));
        self.put("source", Some(entry.source()).filter(|source| *source != Source::Phone));
        self.put("teller", entry.told_by());
        self.put("case", entry.case());
    }

    fn start(&mut self, start: &PatrolStart) {
        self.field(SettledField::Start, start.occurred_at.map(FieldValue::Time));
        self.field(SettledField::Mode, Some(FieldValue::Mode(start.mode)));
        let representative = start.controlling_representative.clone();
        self.field(SettledField::Representative, representative.map(FieldValue::Name));
        self.field(SettledField::Area, start.area_component.map(FieldValue::Area));
        self.field(SettledField::Leader, start.leader.map(FieldValue::Member));
        self.field(SettledField::Task, start.task.clone().map(FieldValue::Text));
    }

    fn settling(&mut self, settling: &Settling) {
        match settling {
            Settling::SameEvent(same) => {
                self.put("is", Some(same.is));
            }
            Settling::Resolved(resolution) => {
                self.put("field", Some(resolution.field));
                self.put("choice", Some(super::compose::choice_code(&resolution.choice)));
                if let Choice::Another(written) = &resolution.choice {
                    self.put(resolution.field.code(), Some(written));
                }
            }
            Settling::Excused(excused) => {
                self.put("device", Some(excused.device));
                self.put("cause", Some(excused.why));
            }
            Settling::Attended(attendance) => {
                self.put("member", Some(attendance.member));
                self.put("is", Some(attendance.was));
            }
            Settling::Attached(attached) => self.put("patrol", Some(attached.to)),
        }
    }
}
