//! GPX 1.1 out: what navigation devices and map programs read.
//!
//! Promises UTC with `Z`; one `trk` for each recording of a leg, a new `trkseg` wherever the fix was lost or
//! nothing was recorded for a while; `name`, `cmt` and `desc` everywhere, as some importers demand them. What
//! GPX has no word for (accuracy, device, statement key, the device's own clock) stands in `extensions` under
//! our namespace.
//!
//! Refuses to give coordinates to what has none: such entries are counted in the metadata and not written.

use std::io;

use jasaq_model::entry::Count;
use jasaq_model::patrol_log::LoggedTrack;
use jasaq_model::position::{Accuracy, Coordinates, Elevation, Position};
use jasaq_model::reconcile::Clockwork;
use jasaq_model::stated::Stated;
use jasaq_model::statement::Kind;
use jasaq_model::track::{TrackPoint, Waypoint};

use super::export::{Export, StandingEntry, drawn_parts};
use super::xml_out::{Xml, element, leaf, leaf_if, write_file};

const GPX_NAMESPACE: &str = "http://www.topografix.com/GPX/1/1";
const OUR_NAMESPACE: &str = "urn:jasaq:gpx:1";

/// Writes a patrol's tracks, and its entries and named places as far as they have coordinates.
#[must_use]
pub fn write_gpx(export: &Export<'_>) -> Vec<u8> {
    write_file(|xml| write_root(xml, export))
}

fn write_root(xml: &mut Xml, export: &Export<'_>) -> io::Result<()> {
    let attributes =
        [("version", "1.1"), ("creator", "jasaq"), ("xmlns", GPX_NAMESPACE), ("xmlns:jasaq", OUR_NAMESPACE)];
    xml.create_element("gpx")
        .with_attributes(attributes)
        .write_inner_content(|xml| {
            write_metadata(xml, export)?;
            for standing in export.entries() {
                if let Some(position) = standing.entry.position() {
                    write_entry(xml, export, &standing, position)?;
                }
            }
            for (stated, waypoint) in export.log.waypoints() {
                if let Some(coordinates) = waypoint.point.coordinates {
                    write_waypoint(xml, export, stated, waypoint, coordinates)?;
                }
            }
            export.log.tracks().iter().try_for_each(|track| write_track(xml, export, track))
        })?;
    Ok(())
}

fn write_metadata(xml: &mut Xml, export: &Export<'_>) -> io::Result<()> {
    let unplaced = export.unplaced_count().to_string();
    let label = export.pick([
        "Орны жоқ, бұл файлға кірмеген жазбалар",
        "Записи без места, не вошедшие в файл",
        "Entries without a position, not in this file",
    ]);
    element(xml, "metadata", |xml| {
        leaf(xml, "name", export.title.as_str())?;
        leaf(xml, "desc", &format!("{label}: {unplaced}"))?;
        if let Some((start, _)) = export.log.starts().next() {
            leaf(xml, "time", &Clockwork::of(export.log).time_of(start).at.time().to_string())?;
        }
        element(xml, "extensions", |xml| {
            leaf(xml, "jasaq:patrol", &export.patrol.to_string())?;
            leaf(xml, "jasaq:unplaced", &unplaced)
        })
    })
}

fn write_entry(
    xml: &mut Xml,
    export: &Export<'_>,
    standing: &StandingEntry<'_>,
    position: &Position,
) -> io::Result<()> {
    let entry = standing.entry;
    point(xml, "wpt", position.coordinates, |xml| {
        write_elevation(xml, position.elevation)?;
        leaf(xml, "time", &standing.happened.at.time().to_string())?;
        leaf(xml, "name", &export.entry_name(entry))?;
        leaf(xml, "cmt", &export.entry_comment(entry))?;
        leaf(xml, "desc", entry.text().as_str())?;
        leaf(xml, "type", entry.activity().activity_type().code())?;
        element(xml, "extensions", |xml| {
            write_provenance(xml, standing.first)?;
            leaf(xml, "jasaq:time_by", standing.happened.evidence.code())?;
            leaf_if(xml, "jasaq:amended_by", standing.amended_by())?;
            leaf_if(xml, "jasaq:accuracy_m", position.accuracy.map(Accuracy::metres))?;
            leaf(xml, "jasaq:origin", position.origin.code())?;
            leaf(xml, "jasaq:source", entry.source().code())?;
            leaf_if(xml, "jasaq:mgrs", position.coordinates.to_mgrs().ok())?;
            leaf_if(xml, "jasaq:marker", entry.marks().marker.as_ref())?;
            leaf_if(xml, "jasaq:landmark", entry.marks().landmark.as_ref())?;
            leaf_if(xml, "jasaq:count", entry.counted().map(Count::number))
        })
    })
}

fn write_waypoint(
    xml: &mut Xml,
    export: &Export<'_>,
    stated: &Stated,
    waypoint: &Waypoint,
    coordinates: Coordinates,
) -> io::Result<()> {
    let kind_word = Kind::Waypoint.word(export.language);
    let name = waypoint.name.as_ref().map_or(kind_word, |name| name.as_str());
    let comment = waypoint.comment.as_ref().map_or(kind_word, |comment| comment.as_str());
    point(xml, "wpt", coordinates, |xml| {
        write_elevation(xml, waypoint.point.elevation)?;
        leaf_if(xml, "time", waypoint.point.time)?;
        leaf(xml, "name", name)?;
        leaf(xml, "cmt", comment)?;
        leaf(xml, "desc", comment)?;
        leaf(xml, "type", Kind::Waypoint.code())?;
        element(xml, "extensions", |xml| {
            write_provenance(xml, stated)?;
            leaf(xml, "jasaq:source", waypoint.source.code())
        })
    })
}

fn write_track(xml: &mut Xml, export: &Export<'_>, logged: &LoggedTrack) -> io::Result<()> {
    element(xml, "trk", |xml| {
        leaf(xml, "name", &export.track_name(logged))?;
        leaf(xml, "cmt", &export.track_comment(logged))?;
        leaf(xml, "desc", &export.track_description(logged))?;
        element(xml, "extensions", |xml| {
            leaf(xml, "jasaq:author", &logged.author.to_string())?;
            leaf(xml, "jasaq:recording", &logged.recording.to_string())?;
            leaf_if(xml, "jasaq:leg", logged.leg)?;
            leaf(xml, "jasaq:source", logged.source.code())?;
            leaf(xml, "jasaq:chunks_missing", &logged.chunks_missing.to_string())
        })?;
        drawn_parts(logged).try_for_each(|line| {
            element(xml, "trkseg", |xml| line.iter().try_for_each(|point| write_track_point(xml, point)))
        })
    })
}

fn write_track_point(xml: &mut Xml, track_point: &TrackPoint) -> io::Result<()> {
    let Some(coordinates) = track_point.coordinates else { return Ok(()) };
    point(xml, "trkpt", coordinates, |xml| {
        write_elevation(xml, track_point.elevation)?;
        leaf_if(xml, "time", track_point.time)
    })
}

fn write_provenance(xml: &mut Xml, stated: &Stated) -> io::Result<()> {
    leaf(xml, "jasaq:author", &stated.author.to_string())?;
    leaf(xml, "jasaq:entry", stated.key.as_str())?;
    leaf(xml, "jasaq:recorded_at", &stated.statement.clocks.recorded_at().to_string())
}

fn write_elevation(xml: &mut Xml, elevation: Option<Elevation>) -> io::Result<()> {
    leaf_if(xml, "ele", elevation.map(Elevation::metres))
}

fn point(
    xml: &mut Xml,
    name: &str,
    coordinates: Coordinates,
    inner: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    let (latitude, longitude) = (coordinates.latitude().to_string(), coordinates.longitude().to_string());
    let attributes = [("lat", latitude.as_str()), ("lon", longitude.as_str())];
    xml.create_element(name)
        .with_attributes(attributes)
        .write_inner_content(inner)?;
    Ok(())
}
