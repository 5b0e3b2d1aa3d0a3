//! The log for programs: everything that is known, in codes, ids and RFC 3339, with all three clocks of each statement.

mod beside;

pub(crate) use beside::told as told_json;

use std::collections::BTreeMap;

use jasaq_fieldbook::PatrolView;
use jasaq_fieldbook::model::attachment::Attachment;
use jasaq_fieldbook::model::entry::{Count, Entry};
use jasaq_fieldbook::model::ids::hexadecimal;
use jasaq_fieldbook::model::patrol::{LegStart, PatrolStart};
use jasaq_fieldbook::model::patrol_log::{Flagged, LoggedEntry, LoggedTrack};
use jasaq_fieldbook::model::planning::{Before, PatrolPlan, Planning};
use jasaq_fieldbook::model::position::{Coordinates, Origin, Place, Position};
use jasaq_fieldbook::model::register::{Cause, Record};
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::statement::Body;
use jasaq_fieldbook::model::track::{TrackChunk, Waypoint};
use jasaq_fieldbook::model::words::Language;
use serde_json::{Value, json};

use super::withdrawal;
use crate::output::with_fields;

/// The whole log.
pub(crate) fn to_json(view: &PatrolView, digest: [u8; 16], language: Language) -> Value {
    let versions = view.log.versions().into_iter();
    let versions = versions.map(|logged| (logged.first.stated.cause(), logged)).collect();
    let page = Page { view, versions, language };
    let unsettled = view.unsettled.iter().map(
        |unsettled| json!({ "key": unsettled.key, "author": unsettled.author, "reason": unsettled.reason }),
    );
    json!({
        "patrol": view.patrol,
        "digest": hexadecimal(&digest),
        "is_over": view.log.ends().next().is_some(),
        "entries": view.log.entries().count(),
        "log": view.log.stated().iter().map(|stated| page.stated(stated)).collect::<Vec<_>>(),
        "tracks": view.log.tracks().iter().map(track_json).collect::<Vec<_>>(),
        "flags": view.log.flags().iter().map(|flagged| flag_json(flagged, language)).collect::<Vec<_>>(),
        "unsettled": unsettled.collect::<Vec<_>>(),
        "parts": view.parts,
        "part_of": view.part_of,
    })
}

struct Page<'a> {
    view: &'a PatrolView,
    versions: BTreeMap<Cause, LoggedEntry<'a>>,
    language: Language,
}

impl Page<'_> {
    fn stated(&self, stated: &Stated) -> Value {
        let (view, statement) = (self.view, &stated.statement);
        let logged = view.provenance_of(stated);
        let flags = view.log.flags().iter().filter(|flagged| flagged.about == stated.key);
        let holder = view.holder_in(stated, stated.member);
        json!({
            "key": stated.key,
            "kind": statement.kind(),
            "author": stated.author,
            "member": stated.member,
            "name": holder.names.join(" / "),
            "names": holder.names,
            "name_is_sure": holder.is_sure,
            "happened_at": statement.happened_at(),
            "clocks": {
                "device": statement.clocks.recorded_at(),
                "gps": statement.clocks.gps_time(),
                "received": logged.and_then(|logged| logged.received_at),
                "since_boot_ms": statement.clocks.elapsed_ms(),
            },
            "occurred_at": statement.occurred_at(),
            "custody": logged.map(|logged| logged.custody),
            "said_twice": logged.is_some_and(|logged| logged.is_said_twice),
            "flags": flags.map(|flagged| flag_json(flagged, self.language)).collect::<Vec<_>>(),
            "said": body_json(&statement.body),
            "withdrawn": withdrawal(&view.log, stated).map(beside::withdrawn),
            "stands": self.versions.get(&stated.cause()).map(standing_json),
        })
    }
}

/// What stands of an entry: one version, unless it was amended apart; none, if it was taken back.
fn standing_json(logged: &LoggedEntry<'_>) -> Vec<Value> {
    let standing = logged.standing.iter();
    standing
        .map(|version| with_fields(cause_json(&version.stated.cause()), entry_json(version.entry)))
        .collect()
}

/// Which statement, wherever one is named.
pub(crate) fn cause_json(cause: &Cause) -> Value {
    json!({ "key": cause.key, "author": cause.author })
}

/// What looks wrong, with its sentence.
pub(crate) fn flag_json(flagged: &Flagged, language: Language) -> Value {
    json!({
        "flag": flagged.flag,
        "about": flagged.about,
        "paragraph": flagged.flag.paragraph(),
        "sentence": flagged.flag.word(language),
    })
}

/// What a statement says.
pub(crate) fn body_json(body: &Body) -> Value {
    match body {
        Body::PatrolStarted(start) => start_json(start),
        Body::LegStarted(leg) => leg_json(leg),
        Body::LegEnded(end) => json!({ "leg": end.leg }),
        Body::Entry(entry) => entry_json(entry),
        Body::Track(chunk) => chunk_json(chunk),
        Body::Waypoint(waypoint) => waypoint_json(waypoint),
        Body::Attachment(attachment) => attachment_json(attachment),
        Body::Planning(planning) => planning_json(planning),
        Body::Amended(amendment) => beside::amendment(amendment),
        Body::Mark(mark) => beside::mark(mark),
        Body::Telling(telling) => beside::telling(telling),
        Body::Settling(settling) => beside::settling(settling),
        Body::Sealing(sealing) => beside::sealing(sealing),
        Body::Register(Record::Withdrawn(taken)) => {
            json!({ "of": { "key": taken.key, "author": taken.author }, "reason": taken.reason })
        }
        // Of a case the log says that there is one, and no more.
        Body::Protected(_)
        | Body::PatrolEnded(_)
        | Body::SquadCard(_)
        | Body::Squad(_)
        | Body::NameOn(_)
        | Body::NameOff(_)
        | Body::AttachmentHeld(_)
        | Body::CaseHeld(_)
        | Body::Register(_) => json!({}),
    }
}

fn start_json(start: &PatrolStart) -> Value {
    json!({
        "mode": start.mode,
        "controlling_representative": start.controlling_representative,
        "area_component": start.area_component,
        "leader": start.leader,
        "task": start.task,
        "plan": start.plan,
    })
}

fn planning_json(planning: &Planning) -> Value {
    match planning {
        Planning::Planned(plan) => plan_json(plan),
        Planning::Assigned(assigned) => json!({
            "members": assigned.crew.members().iter().collect::<Vec<_>>(),
            "leader": assigned.crew.leader(),
            "replaces": before_json(&assigned.replaces),
        }),
        Planning::Answered(said) => json!({
            "to": cause_json(&said.to),
            "answer": said.answer,
            "note": said.note,
        }),
        Planning::Cancelled(cancelled) => {
            json!({ "reason": cancelled.reason, "replaces": before_json(&cancelled.replaces) })
        }
        Planning::Available(said) => {
            json!({ "from": said.from, "until": said.to, "can_come": said.can_come })
        }
    }
}

/// A plan, wherever it is shown.
pub(crate) fn plan_json(plan: &PatrolPlan) -> Value {
    json!({
        "from": plan.window.starts_at(),
        "until": plan.window.ends_at(),
        "mode": plan.mode,
        "sector": plan.sector,
        "area_component": plan.area_component,
        "route": plan.route,
        "task": plan.task,
        "transport": plan.transport,
        "representative": plan.representative,
        "replaces": before_json(&plan.replaces),
    })
}

fn before_json(before: &Before) -> Vec<Value> {
    before.iter().map(cause_json).collect()
}

fn leg_json(leg: &LegStart) -> Value {
    json!({
        "leg": leg.leg,
        "transport": leg.transport,
        "members": leg.members.iter().collect::<Vec<_>>(),
    })
}

fn entry_json(entry: &Entry) -> Value {
    let codes = entry.activity().codes();
    json!({
        "activity": {
            "type": codes.activity_type,
            "subkind": codes.subkind,
            "mode": codes.mode,
            "protected_object": codes.protected_object,
            "receiver_kind": codes.receiver_kind,
        },
        "text": entry.text(),
        "position": entry.position().map(position_json),
        "source": entry.source(),
        "marker": entry.marks().marker,
        "landmark": entry.marks().landmark,
        "count": entry.counted().map(Count::number),
        "told_by": entry.told_by(),
        "case": entry.case(),
    })
}

/// A place, wherever one is shown.
pub(crate) fn place_json(place: &Place) -> Value {
    json!({
        "position": place.position.as_ref().map(position_json),
        "marker": place.marks.marker,
        "landmark": place.marks.landmark,
    })
}

fn position_json(position: &Position) -> Value {
    let measured = match position.origin {
        Origin::ByHand { measured } => measured.map(coordinates_json),
        Origin::Measured | Origin::Mock => None,
    };
    json!({
        "coordinates": coordinates_json(position.coordinates),
        "accuracy_m": position.accuracy.map(jasaq_fieldbook::model::position::Accuracy::metres),
        "elevation_m": position.elevation.map(jasaq_fieldbook::model::position::Elevation::metres),
        "origin": position.origin.code(),
        "measured": measured,
    })
}

fn coordinates_json(coordinates: Coordinates) -> Value {
    json!({ "latitude": coordinates.latitude(), "longitude": coordinates.longitude() })
}

fn chunk_json(chunk: &TrackChunk) -> Value {
    json!({
        "recording": chunk.recording,
        "chunk": chunk.number.number(),
        "chunks": chunk.number.of(),
        "points": chunk.packed.track().points().count(),
        "source": chunk.source,
    })
}

fn waypoint_json(waypoint: &Waypoint) -> Value {
    json!({
        "recording": waypoint.recording,
        "name": waypoint.name,
        "comment": waypoint.comment,
        "coordinates": waypoint.point.coordinates.map(coordinates_json),
        "elevation_m": waypoint.point.elevation.map(jasaq_fieldbook::model::position::Elevation::metres),
        "time": waypoint.point.time,
        "source": waypoint.source,
    })
}

/// Its key stays within: who may read this may open it here.
fn attachment_json(attachment: &Attachment) -> Value {
    json!({
        "entry": attachment.entry,
        "media": attachment.media,
        "caption": attachment.caption,
        "keeps_metadata": attachment.keeps_metadata,
    })
}

/// Points themselves are in the exports.
fn track_json(track: &LoggedTrack) -> Value {
    json!({
        "key": track.key,
        "author": track.author,
        "recording": track.recording,
        "leg": track.leg,
        "name": track.name,
        "source": track.source,
        "segments": track.track.segments().len(),
        "points": track.track.points().count(),
        "chunks_missing": track.chunks_missing,
    })
}
