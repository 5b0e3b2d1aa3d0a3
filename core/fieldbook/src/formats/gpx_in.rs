//! GPX 1.0 and 1.1 in.
//!
//! Why `quick-xml` and not the `gpx` crate (0.10): that one refuses a whole file for one point at latitude
//! 95, for one unreadable time, for a missing version, for GPX 1.0's `course` and `url` and for a file cut
//! short. A night's track is worth more than its worst point, so we read the elements ourselves and judge the
//! values one by one.
//!
//! Promises to keep every point it can, to look only at elements of the file's own namespace prefix (a
//! maker's extension may hold a `time` of its own), and to stop where the file breaks off, with what came
//! before.
//!
//! Refuses what is not GPX, holds nothing or goes beyond the limits, and any document type: with it go
//! entities that grow without bound.

use jasaq_model::limits::{NAME_BYTES_MAX, TEXT_BYTES_MAX};
use jasaq_model::moment::UtcTime;
use jasaq_model::position::{Coordinates, Elevation, PositionRefused};
use jasaq_model::track::{Track, TrackPoint, TrackSegment};
use jasaq_model::words::{Name, Text, is_misleading};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::encoding::decode;
use super::gpx_elements::Element;
use super::import_report::ImportReport;
use super::{GPX_BYTES_MAX, GPX_DEPTH_MAX, GPX_POINTS_MAX};

/// Why a file was not imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GpxRefused {
    /// Larger than we read.
    #[error("the file has {bytes} bytes where at most {GPX_BYTES_MAX} are read")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// No XML at all, or another sort of it.
    #[error("the file is not GPX")]
    NotGpx,
    /// It declares a document type.
    #[error("the file declares a document type, which GPX never needs")]
    DocumentType,
    /// Elements nested deeper than any GPX has them.
    #[error("elements are nested more than {GPX_DEPTH_MAX} deep")]
    TooDeep,
    /// More points than one recording may have.
    #[error("the file has more than {GPX_POINTS_MAX} points")]
    TooManyPoints,
    /// No points and no named places.
    #[error("the file holds no track and no waypoint")]
    Empty,
}

/// What a file held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedTracks {
    /// The tracks with at least one point, in the order of the file.
    pub tracks: Vec<ImportedTrack>,
    /// The named places and points of routes, in the order of the file.
    pub waypoints: Vec<ImportedWaypoint>,
    /// What is to be known about them.
    pub report: ImportReport,
}

/// A track of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedTrack {
    /// What it was called; if left unset, nothing.
    pub name: Option<Name>,
    /// Where they walked.
    pub track: Track,
}

/// A named place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedWaypoint {
    /// What it was called; if left unset, nothing.
    pub name: Option<Name>,
    /// What was written to it; if left unset, nothing.
    pub comment: Option<Text>,
    /// Where and when.
    pub point: TrackPoint,
}

/// Reads a file.
pub fn read_gpx(bytes: &[u8]) -> Result<ImportedTracks, GpxRefused> {
    if bytes.len() > GPX_BYTES_MAX {
        return Err(GpxRefused::TooLarge { bytes: bytes.len() });
    }
    let (text, unreadable) = decode(bytes);
    let mut import = Import::default();
    import.report.not_utf8 = unreadable;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => import.open(&element)?,
            Ok(Event::Empty(element)) => {
                import.open(&element)?;
                import.close();
            }
            Ok(Event::End(_)) => import.close(),
            Ok(Event::Text(text)) => import.read_text(&text.xml10_content()),
            Ok(Event::CData(text)) => import.read_text(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => import.read_text(&resolved(&reference)),
            Ok(Event::DocType(_)) => return Err(GpxRefused::DocumentType),
            Ok(Event::Eof) => break,
            Ok(Event::Decl(_) | Event::Comment(_) | Event::PI(_)) => {}
            Err(_) => {
                import.report.breaks_off = true;
                break;
            }
        }
    }
    import.finish()
}

/// `&amp;`, `&#1178;` and their like; what is declared nowhere becomes `�`.
fn resolved(reference: &BytesRef<'_>) -> String {
    match reference.resolve_char_ref() {
        Ok(Some(letter)) => letter.into(),
        _ => match &*reference.xml10_content() {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            _ => "\u{fffd}",
        }
        .into(),
    }
}

/// A point whose element is still open.
struct OpenPoint {
    point: TrackPoint,
    name: Option<String>,
    comment: Option<String>,
    description: Option<String>,
}

/// The file as far as it was read.
#[derive(Default)]
struct Import {
    is_gpx: bool,
    points_seen: usize,
    open: Vec<Element>,
    prefix: Option<String>,
    field: String,
    point: Option<OpenPoint>,
    segment: Vec<TrackPoint>,
    segments: Vec<TrackSegment>,
    track_name: Option<String>,
    tracks: Vec<ImportedTrack>,
    waypoints: Vec<ImportedWaypoint>,
    report: ImportReport,
}

impl Import {
    fn open(&mut self, element: &BytesStart<'_>) -> Result<(), GpxRefused> {
        let qualified = element.name();
        let name = qualified.as_ref();
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let known = if self.prefix.get_or_insert_with(|| prefix.to_owned()) == prefix {
            Element::within(self.open.last().copied(), local)
        } else {
            Element::Other
        };
        self.is_gpx |= known == Element::Gpx;
        if !self.is_gpx {
            return Err(GpxRefused::NotGpx);
        }
        if self.open.len() == GPX_DEPTH_MAX {
            return Err(GpxRefused::TooDeep);
        }
        if known.is_field() {
            self.field.clear();
        }
        if known.is_point() {
            self.points_seen += 1;
            if self.points_seen > GPX_POINTS_MAX {
                return Err(GpxRefused::TooManyPoints);
            }
            let coordinates = self.read_coordinates(element);
            let point = TrackPoint { coordinates, time: None, elevation: None };
            self.point = Some(OpenPoint { point, name: None, comment: None, description: None });
        }
        self.open.push(known);
        Ok(())
    }

    fn read_text(&mut self, text: &str) {
        if self.open.last().is_some_and(|element| element.is_field()) {
            self.field.push_str(text);
        }
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Element::Segment) => self.close_segment(),
            Some(Element::Track) => self.close_track(),
            Some(element) if element.is_point() => self.close_point(element),
            Some(element) if element.is_field() => self.close_field(element),
            _ => {}
        }
    }

    fn read_coordinates(&mut self, element: &BytesStart<'_>) -> Option<Coordinates> {
        let degrees = |name: &str| {
            let attribute = element.try_get_attribute(name).ok()??;
            let written = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            written.trim().parse::<f64>().ok()
        };
        let read = degrees("lat").zip(degrees("lon"));
        match read.map(|(latitude, longitude)| Coordinates::from_degrees(latitude, longitude)) {
            Some(Ok(coordinates)) => return Some(coordinates),
            Some(Err(PositionRefused::NoFix)) => self.report.points_at_zero += 1,
            Some(Err(_)) | None => self.report.unreadable_coordinates += 1,
        }
        None
    }

    fn close_field(&mut self, element: Element) {
        let written = std::mem::take(&mut self.field);
        match (element, &mut self.point) {
            (Element::Name, None) => self.track_name = Some(written),
            (Element::Name, Some(open)) => open.name = Some(written),
            (Element::Comment, Some(open)) => open.comment = Some(written),
            (Element::Description, Some(open)) => open.description = Some(written),
            (Element::Time, Some(open)) => match written.trim().parse::<UtcTime>() {
                Ok(time) => {
                    open.point.time = Some(time);
                    self.report.implausible_clocks += usize::from(!time.is_plausible());
                }
                Err(_) => self.report.unreadable_times += 1,
            },
            (Element::Elevation, Some(open)) => {
                let metres = written.trim().parse::<f64>().ok();
                open.point.elevation = metres.and_then(|metres| Elevation::from_metres(metres).ok());
                self.report.unreadable_elevations += usize::from(open.point.elevation.is_none());
            }
            _ => {}
        }
    }

    fn close_point(&mut self, element: Element) {
        let Some(open) = self.point.take() else { return };
        if element == Element::TrackPoint {
            self.report.untimed_points += usize::from(open.point.time.is_none());
            self.segment.push(open.point);
            return;
        }
        self.report.route_points += usize::from(element == Element::RoutePoint);
        let comment =
            [open.comment, open.description]
                .into_iter()
                .flatten()
                .reduce(|comment, description| {
                    if comment.trim() == description.trim() {
                        comment
                    } else {
                        format!("{comment}\n{description}")
                    }
                });
        let name = self.fitting(open.name, NAME_BYTES_MAX, |written| Name::new(written).ok());
        let comment = self.fitting(comment, TEXT_BYTES_MAX, |written| Text::new(written).ok());
        self.waypoints.push(ImportedWaypoint { name, comment, point: open.point });
    }

    /// Words as far as they can be kept: control characters and misleading ones become blanks, what is too long is cut.
    fn fitting<T>(
        &mut self,
        written: Option<String>,
        bytes_max: usize,
        new: fn(String) -> Option<T>,
    ) -> Option<T> {
        let written = written?;
        let trimmed = written.trim();
        if trimmed.is_empty() {
            return None;
        }
        if let Some(kept) = new(trimmed.to_owned()) {
            return Some(kept);
        }
        self.report.words_shortened += 1;
        let cut = trimmed.get(..trimmed.floor_char_boundary(bytes_max)).unwrap_or_default();
        let is_replaced = |letter: char| (letter.is_control() && letter != '\n') || is_misleading(letter);
        let printable = cut.replace(is_replaced, " ");
        new(printable.clone()).or_else(|| new(printable.replace(['\n', '\u{2028}', '\u{2029}'], " ")))
    }

    fn close_segment(&mut self) {
        let points = std::mem::take(&mut self.segment);
        self.report.points += points.len();
        if let Ok(segment) = TrackSegment::new(points) {
            self.report.segments += 1;
            self.segments.push(segment);
        }
    }

    fn close_track(&mut self) {
        let name = self.track_name.take();
        let name = self.fitting(name, NAME_BYTES_MAX, |written| Name::new(written).ok());
        if let Ok(track) = Track::new(std::mem::take(&mut self.segments)) {
            self.report.tracks += 1;
            self.tracks.push(ImportedTrack { name, track });
        }
    }

    /// Closes what a broken file left open, and judges the whole.
    fn finish(mut self) -> Result<ImportedTracks, GpxRefused> {
        self.report.breaks_off |= !self.open.is_empty();
        while let Some(element) = self.open.last() {
            if element.is_field() {
                self.open.pop();
            } else {
                self.close();
            }
        }
        self.report.waypoints = self.waypoints.len();
        if !self.is_gpx {
            return Err(GpxRefused::NotGpx);
        }
        if self.tracks.is_empty() && self.waypoints.is_empty() {
            return Err(GpxRefused::Empty);
        }
        Ok(ImportedTracks { tracks: self.tracks, waypoints: self.waypoints, report: self.report })
    }
}
