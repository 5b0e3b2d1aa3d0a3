//! `track`: what GPS receivers recorded, in and out.

use std::path::Path;

use jasaq_fieldbook::Exported;
use jasaq_fieldbook::formats::{IMPORT_BYTES_MAX, ImportReport, kml_times_left_out};
use serde_json::{Value, json};

use crate::arguments::exchange::TrackFormat;
use crate::failure::Failure;
use crate::files;
use crate::output::{Reply, print_bytes};
use crate::program::{Program, find_leg, find_open_patrol, find_patrol};
use crate::words::{Message, Words};

/// Imports a file of tracks: what it holds tells its format.
pub(super) fn import(
    program: &Program,
    file: &Path,
    (patrol, leg): (Option<&str>, Option<&str>),
) -> Result<Reply, Failure> {
    let bytes = files::read_given(file, IMPORT_BYTES_MAX)?;
    let (patrol, imported) = program.with_fieldbook(|fieldbook| {
        let patrol = find_open_patrol(program, fieldbook, patrol)?;
        let leg = match leg {
            Some(prefix) => Some(find_leg(&fieldbook.patrol(patrol)?, prefix)?),
            None => None,
        };
        Ok((patrol, fieldbook.import_tracks(patrol, leg, None, &bytes)?))
    })?;
    let json = json!({
        "patrol": patrol,
        "recordings": imported.recordings,
        "statements": imported.statements,
        "report": import_report_json(&imported.report),
    });
    Ok(Reply::new(json).text(import_report_text(&imported.report, &program.words)))
}

/// What an import found, for programs.
pub(crate) fn import_report_json(report: &ImportReport) -> Value {
    json!({
        "points": report.points,
        "segments": report.segments,
        "tracks": report.tracks,
        "waypoints": report.waypoints,
        "route_points": report.route_points,
        "untimed_points": report.untimed_points,
        "unreadable_times": report.unreadable_times,
        "implausible_clocks": report.implausible_clocks,
        "points_at_zero": report.points_at_zero,
        "unreadable_coordinates": report.unreadable_coordinates,
        "unreadable_elevations": report.unreadable_elevations,
        "words_shortened": report.words_shortened,
        "shapes_left_out": report.shapes_left_out,
        "not_utf8": report.not_utf8,
        "breaks_off": report.breaks_off,
    })
}

/// What an import found, for people: what came in, and whatever else there is to know.
pub(crate) fn import_report_text(report: &ImportReport, words: &Words) -> String {
    let came = Message::new("import-came")
        .with("points", report.points)
        .with("segments", report.segments)
        .with("waypoints", report.waypoints);
    let odd = [
        ("import-untimed", report.untimed_points),
        ("import-unreadable-times", report.unreadable_times),
        ("import-implausible-clocks", report.implausible_clocks),
        ("import-at-zero", report.points_at_zero),
        ("import-unreadable-coordinates", report.unreadable_coordinates),
        ("import-unreadable-elevations", report.unreadable_elevations),
        ("import-words-shortened", report.words_shortened),
        ("import-shapes-left-out", report.shapes_left_out),
    ];
    let counted = odd.into_iter().filter(|(_, count)| *count > 0);
    let mut lines = vec![words.say(came)];
    lines
        .extend(counted.map(|(id, count)| format!("  {}", words.say(Message::new(id).with("count", count)))));
    let told = [("import-not-utf8", report.not_utf8), ("import-breaks-off", report.breaks_off)];
    lines.extend(
        told.into_iter()
            .filter(|(_, is_so)| *is_so)
            .map(|(id, _)| format!("  {}", words.say(id))),
    );
    lines.join("\n")
}

/// Exports a patrol.
pub(super) fn export(
    program: &Program,
    prefix: Option<&str>,
    (format, output): (TrackFormat, Option<&Path>),
) -> Result<Reply, Failure> {
    if output.is_none() && program.output.is_json {
        return Err(Failure::usage("json-needs-a-file"));
    }
    let format = match format {
        TrackFormat::Gpx => Exported::Gpx,
        TrackFormat::GeoJson => Exported::GeoJson,
        TrackFormat::Kml => Exported::Kml,
        TrackFormat::Kmz => Exported::Kmz,
    };
    let (patrol, bytes, (unplaced, times_left_out)) = program.with_fieldbook(|fieldbook| {
        let patrol = find_patrol(program, fieldbook, prefix)?;
        let view = fieldbook.patrol(patrol)?;
        let unplaced = view.log.entries().filter(|(_, entry)| entry.position().is_none()).count();
        let times_left_out = match format {
            Exported::Kml | Exported::Kmz => kml_times_left_out(&view.log),
            Exported::Gpx | Exported::GeoJson => 0,
        };
        let bytes = fieldbook.export_patrol(patrol, format, program.words.language())?;
        Ok((patrol, bytes, (unplaced, times_left_out)))
    })?;
    if let Some(file) = output {
        program.write_file(file, &bytes)?;
    } else {
        let written = print_bytes(&bytes);
        written.map_err(|error| files::cannot_write(Path::new("-"), &error))?;
    }
    let json = json!({
        "patrol": patrol,
        "bytes": bytes.len(),
        "file": output,
        "entries_without_fix": unplaced,
        "times_left_out": times_left_out,
    });
    let told = Message::new("track-exported")
        .with("bytes", bytes.len())
        .with("unplaced", unplaced);
    let reply = Reply::new(json).note(program.words.say(told));
    let left_out = Message::new("track-times-left-out").with("count", times_left_out);
    Ok(if times_left_out > 0 { reply.note(program.words.say(left_out)) } else { reply })
}
