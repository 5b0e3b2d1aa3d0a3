//! GPX 1.1 out: what navigation devices and map programs read.
//!
//! Promises UTC with `Z`; one `trk` for each recording of a leg, a new `trkseg` wherever the fix was lost or
//! nothing was recorded for a while; `name`, `cmt` and `desc` everywhere, as some importers demand them. What
//! GPX has no word for (accuracy, device, statement key, the device's own clock) stands in `extensions` under
//! our namespace.
//!
//! Refuses to give coordinates to what has none: such entries are counted in the metadata and not written.

use std::io;

use jasaq_model::entry::Entry;
use jasaq_model::limits::TRACK_GAP_MS;
use jasaq_model::patrol_log::LoggedTrack;
use jasaq_model::position::{Coordinates, Elevation, Position};
use jasaq_model::sentences::position_badge;
use jasaq_model::stated::Stated;
use jasaq_model::statement::Kind;
use jasaq_model::track::{TrackPoint, Waypoint};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::Export;

const GPX_NAMESPACE: &str = "http://www.topografix.com/GPX/1/1";
const OUR_NAMESPACE: &str = "urn:jasaq:gpx:1";

type Xml = Writer<Vec<u8>>;

/// Writes a patrol's tracks, and its entries and named places as far as they have coordinates.
#[must_use]
#[expect(clippy::expect_used, clippy::missing_panics_doc, reason = "a Vec takes every byte")]
pub fn write_gpx(export: &Export<'_>) -> Vec<u8> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    write_file(&mut xml, export).expect("writing into memory does not fail");
    xml.into_inner()
}

fn write_file(xml: &mut Xml, export: &Export<'_>) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let attributes =
        [("version", "1.1"), ("creator", "jasaq"), ("xmlns", GPX_NAMESPACE), ("xmlns:jasaq", OUR_NAMESPACE)];
    xml.create_element("gpx")
        .with_attributes(attributes)
        .write_inner_content(|xml| {
            write_metadata(xml, export)?;
            for (stated, entry) in export.log.entries() {
                if let Some(position) = entry.position() {
                    write_entry(xml, export, stated, entry, position)?;
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
            leaf(xml, "time", &start.statement.happened_at().time().to_string())?;
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
    stated: &Stated,
    entry: &Entry,
    position: &Position,
) -> io::Result<()> {
    let activity_type = entry.activity().activity_type();
    point(xml, "wpt", position.coordinates, |xml| {
        write_elevation(xml, position.elevation)?;
        leaf(xml, "time", &stated.statement.happened_at().time().to_string())?;
        leaf(xml, "name", activity_type.word(export.language))?;
        leaf(xml, "cmt", &position_badge(Some(position), export.language))?;
        leaf(xml, "desc", entry.text().as_str())?;
        leaf(xml, "type", activity_type.code())?;
        element(xml, "extensions", |xml| {
            write_provenance(xml, stated)?;
            if let Some(accuracy) = position.accuracy {
                leaf(xml, "jasaq:accuracy_m", &accuracy.metres().to_string())?;
            }
            leaf(xml, "jasaq:origin", position.origin.code())?;
            leaf(xml, "jasaq:source", entry.source().code())
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
        if let Some(time) = waypoint.point.time {
            leaf(xml, "time", &time.to_string())?;
        }
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
            if let Some(leg) = logged.leg {
                leaf(xml, "jasaq:leg", &leg.to_string())?;
            }
            leaf(xml, "jasaq:source", logged.source.code())?;
            leaf(xml, "jasaq:chunks_missing", &logged.chunks_missing.to_string())
        })?;
        let lines = logged
            .track
            .segments()
            .iter()
            .flat_map(|segment| segment.unbroken(TRACK_GAP_MS));
        lines.into_iter().try_for_each(|line| {
            element(xml, "trkseg", |xml| line.iter().try_for_each(|point| write_track_point(xml, point)))
        })
    })
}

fn write_track_point(xml: &mut Xml, track_point: &TrackPoint) -> io::Result<()> {
    let Some(coordinates) = track_point.coordinates else { return Ok(()) };
    point(xml, "trkpt", coordinates, |xml| {
        write_elevation(xml, track_point.elevation)?;
        match track_point.time {
            Some(time) => leaf(xml, "time", &time.to_string()),
            None => Ok(()),
        }
    })
}

fn write_provenance(xml: &mut Xml, stated: &Stated) -> io::Result<()> {
    leaf(xml, "jasaq:author", &stated.author.to_string())?;
    leaf(xml, "jasaq:entry", stated.key.as_str())?;
    leaf(xml, "jasaq:recorded_at", &stated.statement.clocks.recorded_at().to_string())
}

fn write_elevation(xml: &mut Xml, elevation: Option<Elevation>) -> io::Result<()> {
    match elevation {
        Some(elevation) => leaf(xml, "ele", &elevation.metres().to_string()),
        None => Ok(()),
    }
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

fn element(xml: &mut Xml, name: &str, inner: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<()> {
    xml.create_element(name).write_inner_content(inner)?;
    Ok(())
}

/// An element that holds only a text. Two letters that Unicode keeps for itself cannot stand in XML.
fn leaf(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    let text = text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    xml.create_element(name).write_text_content(BytesText::new(&text))?;
    Ok(())
}
