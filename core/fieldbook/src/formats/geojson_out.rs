//! GeoJSON (RFC 7946) out: what geographic information systems read.
//!
//! Promises longitude before latitude, always with a decimal point (some readers want doubles); a stable `id`
//! for every feature; codes of the glossary as properties, so that a file reads the same in every language;
//! entries without a position as features whose geometry is null, which the format has for this.
//!
//! Refuses to draw a line over ground where nothing was recorded: a track is a `MultiLineString`, and a point
//! alone between two gaps goes into a feature of single points.

use geojson::feature::Id;
use geojson::{Feature, FeatureCollection, GeoJson, Geometry, GeometryValue, JsonObject};
use jasaq_model::entry::Count;
use jasaq_model::ids::StatementRef;
use jasaq_model::patrol_log::LoggedTrack;
use jasaq_model::position::{Accuracy, Elevation};
use jasaq_model::stated::Stated;
use jasaq_model::statement::Kind;
use jasaq_model::track::{TrackPoint, Waypoint};
use jasaq_model::words::{Label, Name, Text};
use serde_json::{Value, json};

use super::export::{Export, StandingEntry, drawn_parts};

/// Writes a patrol's entries, named places and tracks.
#[must_use]
pub fn write_geojson(export: &Export<'_>) -> Vec<u8> {
    let entries = export.entries();
    let entries = entries.iter().map(|standing| entry_feature(export, standing));
    let waypoints = export
        .log
        .waypoints()
        .map(|(stated, waypoint)| waypoint_feature(stated, waypoint));
    let tracks = export.log.tracks().iter().flat_map(|track| track_features(export, track));
    let patrol = json!({ "patrol": export.patrol.to_string(), "title": export.title.as_str() });
    let collection = FeatureCollection {
        bbox: None,
        features: entries.chain(waypoints).chain(tracks).collect(),
        foreign_members: object(json!({ "jasaq": patrol })),
    };
    GeoJson::from(collection).to_string().into_bytes()
}

fn entry_feature(export: &Export<'_>, standing: &StandingEntry<'_>) -> Feature {
    let (entry, first) = (standing.entry, standing.first);
    let codes = entry.activity().codes();
    let position = entry.position();
    let properties = json!({
        "kind": Kind::Entry.code(),
        "activity_type": codes.activity_type,
        "activity_subkind": codes.subkind,
        "activity_mode": codes.mode,
        "protected_object": codes.protected_object,
        "receiver_kind": codes.receiver_kind,
        "name": export.entry_name(entry),
        "text": entry.text().as_str(),
        "source": entry.source().code(),
        "happened_at": standing.happened.at.to_string(),
        "time_by": standing.happened.evidence.code(),
        "recorded_at": first.statement.clocks.recorded_at().to_string(),
        "gps_time": first.statement.clocks.gps_time().map(|time| time.to_string()),
        "amended_by": standing.amended_by().map(StatementRef::as_str),
        "accuracy_m": position.and_then(|position| position.accuracy).map(Accuracy::metres),
        "origin": position.map(|position| position.origin.code()),
        "mgrs": position.and_then(|position| position.coordinates.to_mgrs().ok()),
        "marker": entry.marks().marker.as_ref().map(Label::as_str),
        "landmark": entry.marks().landmark.as_ref().map(Label::as_str),
        "count": entry.counted().map(Count::number),
        "author": first.author.to_string(),
    });
    let point = position.map(|position| TrackPoint {
        coordinates: Some(position.coordinates),
        time: None,
        elevation: position.elevation,
    });
    let geometry = point.as_ref().and_then(coordinates).map(GeometryValue::new_point);
    feature(&standing.id(), geometry, properties)
}

fn waypoint_feature(stated: &Stated, waypoint: &Waypoint) -> Feature {
    let properties = json!({
        "kind": Kind::Waypoint.code(),
        "name": waypoint.name.as_ref().map(Name::as_str),
        "text": waypoint.comment.as_ref().map(Text::as_str),
        "source": waypoint.source.code(),
        "time": waypoint.point.time.map(|time| time.to_string()),
        "recorded_at": stated.statement.clocks.recorded_at().to_string(),
        "author": stated.author.to_string(),
    });
    feature(stated.key.as_str(), coordinates(&waypoint.point).map(GeometryValue::new_point), properties)
}

/// The lines of a recording, and its lone points if it has any.
fn track_features(export: &Export<'_>, logged: &LoggedTrack) -> Vec<Feature> {
    let parts = drawn_parts(logged);
    let (lines, lone_points): (Vec<_>, Vec<_>) = parts.partition(|part| part.len() > 1);
    let properties = |parts: &[&[TrackPoint]]| {
        let times: Vec<Vec<_>> = parts
            .iter()
            .map(|part| part.iter().map(|point| point.time.map(|time| time.to_string())).collect())
            .collect();
        json!({
            "kind": Kind::Track.code(),
            "name": export.track_name(logged),
            "source": logged.source.code(),
            "leg": logged.leg.map(|leg| leg.to_string()),
            "recording": logged.recording.to_string(),
            "chunks_missing": logged.chunks_missing,
            "coordTimes": times,
            "author": logged.author.to_string(),
        })
    };
    let key = logged.key.as_str();
    let mut features = Vec::new();
    if !lines.is_empty() {
        let drawn = lines.iter().map(|line| line.iter().filter_map(coordinates));
        features.push(feature(key, Some(GeometryValue::new_multi_line_string(drawn)), properties(&lines)));
    }
    if !lone_points.is_empty() {
        let drawn = lone_points.iter().copied().flatten().filter_map(coordinates);
        let id = format!("{key}/points");
        features.push(feature(&id, Some(GeometryValue::new_multi_point(drawn)), properties(&lone_points)));
    }
    features
}

/// Longitude, latitude and, where it is known, height.
fn coordinates(point: &TrackPoint) -> Option<Vec<f64>> {
    let coordinates = point.coordinates?;
    let elevation = point.elevation.map(Elevation::metres);
    Some(
        [coordinates.longitude(), coordinates.latitude()]
            .into_iter()
            .chain(elevation)
            .collect(),
    )
}

fn feature(id: &str, geometry: Option<GeometryValue>, properties: Value) -> Feature {
    Feature {
        bbox: None,
        geometry: geometry.map(Geometry::new),
        id: Some(Id::String(id.to_owned())),
        properties: object(properties),
        foreign_members: None,
    }
}

fn object(value: Value) -> Option<JsonObject> {
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}
