//! KML 2.2 (OGC 07-147r2) out: what Google Earth, ATAK and public map viewers show.
//!
//! Promises a folder of entries, one of named places and one of tracks; an entry without a position as a placemark without
//! geometry, which viewers list and do not draw; a new line wherever the fix was lost or nothing was recorded for a while. What
//! KML has no word for stands in `ExtendedData`, under the names that GeoJSON has for it.
//!
//! Refuses to be the record: a line of plain KML has no time for each of its points, only its first and last. GPX and GeoJSON
//! keep them.

use std::io;

use jasaq_model::entry::Count;
use jasaq_model::patrol_log::{LoggedTrack, PatrolLog};
use jasaq_model::position::{Accuracy, Coordinates, Elevation};
use jasaq_model::stated::Stated;
use jasaq_model::statement::Kind;
use jasaq_model::track::{TrackPoint, Waypoint};

use super::export::{Export, StandingEntry, drawn_parts};
use super::xml_out::{Xml, element, leaf, leaf_if, write_file};

const KML_NAMESPACE: &str = "http://www.opengis.net/kml/2.2";

/// Writes a patrol's entries, named places and tracks.
#[must_use]
pub fn write_kml(export: &Export<'_>) -> Vec<u8> {
    write_file(|xml| {
        let root = xml.create_element("kml").with_attribute(("xmlns", KML_NAMESPACE));
        root.write_inner_content(|xml| element(xml, "Document", |xml| write_document(xml, export)))?;
        Ok(())
    })
}

/// How many points of a log's tracks lose their time in KML and KMZ: all that have one but the first and the last of each placemark.
#[must_use]
pub fn kml_times_left_out(log: &PatrolLog) -> usize {
    let placemarks = log.tracks().iter().flat_map(placemarks);
    let timed =
        placemarks.map(|parts| parts.into_iter().flatten().filter(|point| point.time.is_some()).count());
    timed.map(|timed| timed.saturating_sub(2)).sum()
}

fn write_document(xml: &mut Xml, export: &Export<'_>) -> io::Result<()> {
    leaf(xml, "name", export.title.as_str())?;
    extended(xml, |xml| said(xml, "patrol", Some(export.patrol)))?;
    let folder = |xml: &mut Xml, name, inner: &dyn Fn(&mut Xml) -> io::Result<()>| {
        element(xml, "Folder", |xml| {
            leaf(xml, "name", export.pick(name))?;
            inner(xml)
        })
    };
    folder(xml, ["Жазбалар", "Записи", "Entries"], &|xml| {
        export
            .entries()
            .iter()
            .try_for_each(|standing| write_entry(xml, export, standing))
    })?;
    folder(xml, ["Нүктелер", "Точки", "Waypoints"], &|xml| {
        let mut waypoints = export.log.waypoints();
        waypoints.try_for_each(|(stated, waypoint)| write_waypoint(xml, export, stated, waypoint))
    })?;
    folder(xml, ["Тректер", "Треки", "Tracks"], &|xml| {
        export.log.tracks().iter().try_for_each(|track| write_track(xml, export, track))
    })
}

fn write_entry(xml: &mut Xml, export: &Export<'_>, standing: &StandingEntry<'_>) -> io::Result<()> {
    let (entry, first) = (standing.entry, standing.first);
    let (codes, position, marks) = (entry.activity().codes(), entry.position(), entry.marks());
    element(xml, "Placemark", |xml| {
        leaf(xml, "name", &export.entry_name(entry))?;
        leaf(xml, "description", &format!("{}\n{}", entry.text(), export.entry_comment(entry)))?;
        element(xml, "TimeStamp", |xml| leaf(xml, "when", &standing.happened.at.to_string()))?;
        extended(xml, |xml| {
            said(xml, "kind", Some(Kind::Entry.code()))?;
            said(xml, "activity_type", Some(codes.activity_type))?;
            said(xml, "activity_subkind", codes.subkind)?;
            said(xml, "activity_mode", codes.mode)?;
            said(xml, "protected_object", codes.protected_object)?;
            said(xml, "receiver_kind", codes.receiver_kind)?;
            said(xml, "source", Some(entry.source().code()))?;
            write_provenance(xml, first)?;
            said(xml, "time_by", Some(standing.happened.evidence.code()))?;
            said(xml, "amended_by", standing.amended_by())?;
            said(xml, "accuracy_m", position.and_then(|position| position.accuracy).map(Accuracy::metres))?;
            said(xml, "origin", position.map(|position| position.origin.code()))?;
            said(xml, "mgrs", position.and_then(|position| position.coordinates.to_mgrs().ok()))?;
            said(xml, "marker", marks.marker.as_ref())?;
            said(xml, "landmark", marks.landmark.as_ref())?;
            said(xml, "count", entry.counted().map(Count::number))
        })?;
        match position {
            Some(position) => write_point(xml, &tuple(position.coordinates, position.elevation)),
            None => Ok(()),
        }
    })
}

fn write_waypoint(
    xml: &mut Xml,
    export: &Export<'_>,
    stated: &Stated,
    waypoint: &Waypoint,
) -> io::Result<()> {
    let kind_word = Kind::Waypoint.word(export.language);
    element(xml, "Placemark", |xml| {
        leaf(xml, "name", waypoint.name.as_ref().map_or(kind_word, |name| name.as_str()))?;
        leaf_if(xml, "description", waypoint.comment.as_ref())?;
        if let Some(time) = waypoint.point.time {
            element(xml, "TimeStamp", |xml| leaf(xml, "when", &time.to_string()))?;
        }
        extended(xml, |xml| {
            said(xml, "kind", Some(Kind::Waypoint.code()))?;
            said(xml, "source", Some(waypoint.source.code()))?;
            write_provenance(xml, stated)
        })?;
        match point_tuple(&waypoint.point) {
            Some(tuple) => write_point(xml, &tuple),
            None => Ok(()),
        }
    })
}

/// The lines of a recording; and, as a line needs two points, a placemark for those that stand alone between two gaps.
fn placemarks(logged: &LoggedTrack) -> impl Iterator<Item = Vec<&[TrackPoint]>> {
    let (lines, lone_points): (Vec<_>, Vec<_>) = drawn_parts(logged).partition(|part| part.len() > 1);
    [lines, lone_points].into_iter().filter(|parts| !parts.is_empty())
}

fn write_track(xml: &mut Xml, export: &Export<'_>, logged: &LoggedTrack) -> io::Result<()> {
    placemarks(logged).try_for_each(|parts| write_parts(xml, export, logged, &parts))
}

fn write_parts(
    xml: &mut Xml,
    export: &Export<'_>,
    logged: &LoggedTrack,
    parts: &[&[TrackPoint]],
) -> io::Result<()> {
    let mut times = parts.iter().copied().flatten().filter_map(|point| point.time);
    let (begin, end) = (times.next(), times.next_back());
    let comment = format!("{}\n{}", export.track_description(logged), export.track_comment(logged));
    element(xml, "Placemark", |xml| {
        leaf(xml, "name", &export.track_name(logged))?;
        leaf(xml, "description", &comment)?;
        if begin.is_some() {
            element(xml, "TimeSpan", |xml| {
                leaf_if(xml, "begin", begin)?;
                leaf_if(xml, "end", end.or(begin))
            })?;
        }
        extended(xml, |xml| {
            said(xml, "kind", Some(Kind::Track.code()))?;
            said(xml, "source", Some(logged.source.code()))?;
            said(xml, "author", Some(logged.author))?;
            said(xml, "recording", Some(logged.recording))?;
            said(xml, "leg", logged.leg)?;
            said(xml, "chunks_missing", Some(logged.chunks_missing))
        })?;
        element(xml, "MultiGeometry", |xml| {
            parts.iter().try_for_each(|part| {
                let tuples: Vec<String> = part.iter().filter_map(point_tuple).collect();
                match tuples.as_slice() {
                    [lone] => write_point(xml, lone),
                    line => element(xml, "LineString", |xml| leaf(xml, "coordinates", &line.join(" "))),
                }
            })
        })
    })
}

fn write_provenance(xml: &mut Xml, stated: &Stated) -> io::Result<()> {
    said(xml, "author", Some(stated.author))?;
    said(xml, "entry", Some(&stated.key))?;
    said(xml, "recorded_at", Some(stated.statement.clocks.recorded_at()))
}

fn write_point(xml: &mut Xml, tuple: &str) -> io::Result<()> {
    element(xml, "Point", |xml| leaf(xml, "coordinates", tuple))
}

fn extended(xml: &mut Xml, inner: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<()> {
    element(xml, "ExtendedData", inner)
}

/// A value under its name, if there is one.
fn said(xml: &mut Xml, name: &str, value: Option<impl std::fmt::Display>) -> io::Result<()> {
    let Some(value) = value else { return Ok(()) };
    let data = xml.create_element("Data").with_attribute(("name", name));
    data.write_inner_content(|xml| leaf(xml, "value", &value.to_string()))?;
    Ok(())
}

fn point_tuple(point: &TrackPoint) -> Option<String> {
    Some(tuple(point.coordinates?, point.elevation))
}

/// Longitude, latitude and, where it is known, height. A height of 0 is what programs write that know none, so ours has a millimetre.
fn tuple(coordinates: Coordinates, elevation: Option<Elevation>) -> String {
    let (longitude, latitude) = (coordinates.longitude(), coordinates.latitude());
    match elevation {
        Some(elevation) if elevation.centimetres() == 0 => format!("{longitude},{latitude},0.001"),
        Some(elevation) => format!("{longitude},{latitude},{}", elevation.metres()),
        None => format!("{longitude},{latitude}"),
    }
}
