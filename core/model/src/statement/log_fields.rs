//! The fields of entries, track chunks and waypoints.
//!
//! ```text
//! entry     act · sub · mode · object · receiver · text · source · a position · marker · landmark · count · by · case
//! entry_amended  author, said (what it amends) · why · note · all of an entry
//! mark      what · until, until_tz · cause · note
//! position  lat, lon (1e-7 degree) · acc (decimetres) · alt (cm) · fix (mock or by_hand) · lat0, lon0
//!           (measured, beside one set by hand)
//! track     rec · n, of (chunk, from 0) · points (packed) · leg · name · source
//! waypoint  rec · name · text · lat, lon · alt · time (unix ms) · source
//! ```
//!
//! `source` is absent for the phone, `fix` for a measured position.

use super::StatementRefused;
use super::cause_fields::{put_cause, put_moment, read_cause, read_moment_if};
use super::fields::{Fields, Scalar, needed};
use crate::amendment::{AmendReason, Amendment};
use crate::entry::{ActivityCodes, Count, Entry, EntryDraft, EntryRefused};
use crate::ids::{CaseId, LegId, MemberId, RecordingId};
use crate::mark::{GapCause, Mark, MarkKind};
use crate::moment::{Moment, UtcTime};
use crate::position::{Accuracy, Coordinates, Elevation, Origin, Place, PlaceMarks, Position};
use crate::source::Source;
use crate::track::{ChunkNumber, PackedTrack, TrackChunk, TrackPoint, Waypoint};
use crate::words::{Label, Name, Note, Text};

pub(super) fn put_entry(fields: &mut Fields, entry: &Entry) {
    let codes = entry.activity().codes();
    fields.put_text("act", codes.activity_type);
    fields.put_text_if("sub", codes.subkind);
    fields.put_text_if("mode", codes.mode);
    fields.put_text_if("object", codes.protected_object);
    fields.put_text_if("receiver", codes.receiver_kind);
    fields.put_text("text", entry.text().as_str());
    put_source(fields, entry.source());
    if let Some(position) = entry.position() {
        put_position(fields, position);
    }
    put_marks(fields, entry.marks());
    fields.put_int_if("count", entry.counted().map(|count| count.number().into()));
    fields.put_bytes_if("by", entry.told_by().as_ref().map(|member| member.as_bytes().as_slice()));
    fields.put_bytes_if("case", entry.case().as_ref().map(|case| case.as_bytes().as_slice()));
}

pub(super) fn put_amendment(fields: &mut Fields, amendment: &Amendment) {
    put_entry(fields, &amendment.entry);
    put_cause(fields, &amendment.of);
    fields.put_text("why", amendment.why.code());
    fields.put_text_if("note", amendment.note.as_ref().map(Note::as_str));
}

pub(super) fn read_amendment(
    fields: &Fields,
    occurred_at: Option<Moment>,
) -> Result<Amendment, StatementRefused> {
    Ok(Amendment {
        of: read_cause(fields)?,
        entry: read_entry(fields, occurred_at)?,
        why: needed("why", fields.code("why", AmendReason::from_code)?)?,
        note: fields.note("note")?,
    })
}

const UNTIL: [&str; 2] = ["until", "until_tz"];

pub(super) fn put_mark(fields: &mut Fields, mark: &Mark) {
    fields.put_text("what", mark.kind.code());
    if let Some(until) = mark.until {
        put_moment(fields, UNTIL, until);
    }
    fields.put_text_if("cause", mark.cause.map(GapCause::code));
    fields.put_text_if("note", mark.note.as_ref().map(Note::as_str));
}

pub(super) fn read_mark(fields: &Fields, occurred_at: Option<Moment>) -> Result<Mark, StatementRefused> {
    Ok(Mark {
        kind: needed("what", fields.code("what", MarkKind::from_code)?)?,
        occurred_at,
        until: read_moment_if(fields, UNTIL)?,
        cause: fields.code("cause", GapCause::from_code)?,
        note: fields.note("note")?,
    })
}

pub(super) fn put_place(fields: &mut Fields, place: &Place) {
    if let Some(position) = &place.position {
        put_position(fields, position);
    }
    put_marks(fields, &place.marks);
}

pub(super) fn read_place(fields: &Fields) -> Result<Place, StatementRefused> {
    Ok(Place { position: read_position(fields)?, marks: read_marks(fields)? })
}

fn put_marks(fields: &mut Fields, marks: &PlaceMarks) {
    fields.put_text_if("marker", marks.marker.as_ref().map(Label::as_str));
    fields.put_text_if("landmark", marks.landmark.as_ref().map(Label::as_str));
}

fn read_marks(fields: &Fields) -> Result<PlaceMarks, StatementRefused> {
    Ok(PlaceMarks { marker: fields.label("marker")?, landmark: fields.label("landmark")? })
}

pub(super) fn read_entry(fields: &Fields, occurred_at: Option<Moment>) -> Result<Entry, StatementRefused> {
    let codes = ActivityCodes {
        activity_type: needed("act", fields.text("act")?)?,
        subkind: code(fields, "sub"),
        mode: code(fields, "mode"),
        protected_object: code(fields, "object"),
        receiver_kind: code(fields, "receiver"),
    };
    let draft = EntryDraft {
        activity: codes.read()?,
        text: needed("text", fields.text("text")?)?.to_owned(),
        position: read_position(fields)?,
        source: read_source(fields)?,
        occurred_at,
        marks: read_marks(fields)?,
        counted: match fields.int_as("count")? {
            None => None,
            Some(count) => Some(Count::new(count).ok_or(StatementRefused::Malformed { field: "count" })?),
        },
        told_by: fields.id("by", MemberId::from_slice)?,
        case: fields.id("case", CaseId::from_slice)?,
    };
    draft
        .read()
        .map_err(|EntryRefused::Text(refused)| StatementRefused::Words { field: "text", refused })
}

/// A code that only some activities have. What is no text is a code that nobody knows: refused where it is asked for, and
/// passed over elsewhere like any other.
fn code<'a>(fields: &'a Fields, key: &str) -> Option<&'a str> {
    match fields.get(key)? {
        Scalar::Text(text) => Some(text),
        _ => Some(""),
    }
}

fn put_source(fields: &mut Fields, source: Source) {
    fields.put_text_if("source", (source != Source::Phone).then_some(source.code()));
}

fn read_source(fields: &Fields) -> Result<Source, StatementRefused> {
    Ok(fields.code("source", Source::from_code)?.unwrap_or(Source::Phone))
}

fn put_position(fields: &mut Fields, position: &Position) {
    put_coordinates(fields, ["lat", "lon"], position.coordinates);
    fields.put_int_if("acc", position.accuracy.map(|accuracy| accuracy.decimetres().into()));
    fields.put_int_if("alt", position.elevation.map(|elevation| elevation.centimetres().into()));
    fields.put_text_if("fix", (position.origin != Origin::Measured).then_some(position.origin.code()));
    if let Origin::ByHand { measured: Some(measured) } = position.origin {
        put_coordinates(fields, ["lat0", "lon0"], measured);
    }
}

fn read_position(fields: &Fields) -> Result<Option<Position>, StatementRefused> {
    let Some(coordinates) = read_coordinates(fields, ["lat", "lon"])? else { return Ok(None) };
    let measured = read_coordinates(fields, ["lat0", "lon0"])?;
    let origin = match fields.text("fix")? {
        None => Origin::Measured,
        Some(code) => [Origin::Mock, Origin::ByHand { measured }]
            .into_iter()
            .find(|origin| origin.code() == code)
            .ok_or(StatementRefused::Malformed { field: "fix" })?,
    };
    let accuracy = fields.int_as("acc")?.map(Accuracy::from_decimetres);
    Ok(Some(Position { coordinates, accuracy, elevation: read_elevation(fields)?, origin }))
}

fn read_elevation(fields: &Fields) -> Result<Option<Elevation>, StatementRefused> {
    Ok(fields.int_as("alt")?.map(Elevation::from_centimetres))
}

fn put_coordinates(fields: &mut Fields, [latitude, longitude]: [&'static str; 2], coordinates: Coordinates) {
    fields.put_int(latitude, coordinates.latitude_e7().into());
    fields.put_int(longitude, coordinates.longitude_e7().into());
}

fn read_coordinates(
    fields: &Fields,
    [latitude, longitude]: [&'static str; 2],
) -> Result<Option<Coordinates>, StatementRefused> {
    match (fields.int_as(latitude)?, fields.int_as(longitude)?) {
        (None, None) => Ok(None),
        (Some(latitude_e7), Some(longitude_e7)) => Ok(Some(Coordinates::from_e7(latitude_e7, longitude_e7)?)),
        (None, Some(_)) => Err(StatementRefused::Missing { field: latitude }),
        (Some(_), None) => Err(StatementRefused::Missing { field: longitude }),
    }
}

pub(super) fn put_track(fields: &mut Fields, chunk: &TrackChunk) {
    fields.put_bytes("rec", chunk.recording.as_bytes());
    fields.put_int("n", chunk.number.number().into());
    fields.put_int("of", chunk.number.of().into());
    fields.put_bytes("points", chunk.packed.bytes());
    fields.put_bytes_if("leg", chunk.leg.as_ref().map(|leg| leg.as_bytes().as_slice()));
    fields.put_text_if("name", chunk.name.as_ref().map(Name::as_str));
    put_source(fields, chunk.source);
}

pub(super) fn read_track(fields: &Fields) -> Result<TrackChunk, StatementRefused> {
    Ok(TrackChunk {
        recording: needed("rec", fields.id("rec", RecordingId::from_slice)?)?,
        number: ChunkNumber::new(needed("n", fields.int_as("n")?)?, needed("of", fields.int_as("of")?)?)?,
        packed: PackedTrack::unpack(needed("points", fields.bytes("points")?)?)?,
        leg: fields.id("leg", LegId::from_slice)?,
        name: fields.name("name")?,
        source: read_source(fields)?,
    })
}

pub(super) fn put_waypoint(fields: &mut Fields, waypoint: &Waypoint) {
    fields.put_bytes("rec", waypoint.recording.as_bytes());
    fields.put_text_if("name", waypoint.name.as_ref().map(Name::as_str));
    fields.put_text_if("text", waypoint.comment.as_ref().map(Text::as_str));
    if let Some(coordinates) = waypoint.point.coordinates {
        put_coordinates(fields, ["lat", "lon"], coordinates);
    }
    fields.put_int_if("alt", waypoint.point.elevation.map(|elevation| elevation.centimetres().into()));
    fields.put_int_if("time", waypoint.point.time.map(UtcTime::unix_ms));
    put_source(fields, waypoint.source);
}

pub(super) fn read_waypoint(fields: &Fields) -> Result<Waypoint, StatementRefused> {
    let point = TrackPoint {
        coordinates: read_coordinates(fields, ["lat", "lon"])?,
        time: fields.int("time")?.map(UtcTime::from_unix_ms).transpose()?,
        elevation: read_elevation(fields)?,
    };
    Ok(Waypoint {
        recording: needed("rec", fields.id("rec", RecordingId::from_slice)?)?,
        name: fields.name("name")?,
        comment: fields.words("text")?,
        point,
        source: read_source(fields)?,
    })
}
