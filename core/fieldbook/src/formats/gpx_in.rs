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
//! Refuses what is not GPX, holds nothing or goes beyond the limits.

use jasaq_model::track::{TrackPoint, TrackSegment};
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use super::encoding::decode;
use super::gpx_elements::Element;
use super::imported::{Gathered, ImportRefused, ImportedTracks, WrittenWords};
use super::xml_in::{Ending, ReadsElements, walk};
use super::{IMPORT_BYTES_MAX, IMPORT_DEPTH_MAX, ImportFormat};

/// Reads a file.
pub fn read_gpx(bytes: &[u8]) -> Result<ImportedTracks, ImportRefused> {
    if bytes.len() > IMPORT_BYTES_MAX {
        return Err(ImportRefused::TooLarge { bytes: bytes.len() });
    }
    let (text, unreadable) = decode(bytes);
    let mut import = Import::default();
    import.gathered.report.not_utf8 = unreadable;
    let ending = walk(&text, &mut import)?;
    import.finish(ending)
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
    open: Vec<Element>,
    prefix: Option<String>,
    field: String,
    point: Option<OpenPoint>,
    segment: Vec<TrackPoint>,
    segments: Vec<TrackSegment>,
    track_name: Option<String>,
    gathered: Gathered,
}

impl ReadsElements for Import {
    fn open(&mut self, element: &BytesStart<'_>) -> Result<(), ImportRefused> {
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
            return Err(ImportRefused::OtherFormat(ImportFormat::Gpx));
        }
        if self.open.len() == IMPORT_DEPTH_MAX {
            return Err(ImportRefused::TooDeep);
        }
        if known.is_field() {
            self.field.clear();
        }
        if known.is_point() {
            self.gathered.count_point()?;
            let coordinates = self.gathered.coordinates(degrees(element));
            let point = TrackPoint { coordinates, time: None, elevation: None };
            self.point = Some(OpenPoint { point, name: None, comment: None, description: None });
        }
        self.open.push(known);
        Ok(())
    }

    fn read_text(&mut self, text: &str) -> Result<(), ImportRefused> {
        if self.open.last().is_some_and(|element| element.is_field()) {
            self.field.push_str(text);
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), ImportRefused> {
        match self.open.pop() {
            Some(Element::Segment) => {
                let points = std::mem::take(&mut self.segment);
                self.segments.extend(self.gathered.segment(points));
            }
            Some(Element::Track) => {
                let segments = std::mem::take(&mut self.segments);
                self.gathered.add_track(self.track_name.take(), segments);
            }
            Some(element) if element.is_point() => self.close_point(element),
            Some(element) if element.is_field() => self.close_field(element),
            _ => {}
        }
        Ok(())
    }
}

/// Degrees north and east.
fn degrees(element: &BytesStart<'_>) -> Option<(f64, f64)> {
    let degrees = |name: &str| {
        let attribute = element.try_get_attribute(name).ok()??;
        let written = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        written.trim().parse::<f64>().ok()
    };
    degrees("lat").zip(degrees("lon"))
}

impl Import {
    fn close_field(&mut self, element: Element) {
        let written = std::mem::take(&mut self.field);
        match (element, &mut self.point) {
            (Element::Name, None) => self.track_name = Some(written),
            (Element::Name, Some(open)) => open.name = Some(written),
            (Element::Comment, Some(open)) => open.comment = Some(written),
            (Element::Description, Some(open)) => open.description = Some(written),
            (Element::Time, Some(open)) => {
                open.point.time = self.gathered.time(&written).or(open.point.time);
            }
            (Element::Elevation, Some(open)) => {
                open.point.elevation = self.gathered.elevation(written.trim().parse().ok());
            }
            _ => {}
        }
    }

    fn close_point(&mut self, element: Element) {
        let Some(open) = self.point.take() else { return };
        if element == Element::TrackPoint {
            self.segment.push(open.point);
            return;
        }
        self.gathered.report.route_points += usize::from(element == Element::RoutePoint);
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
        self.gathered
            .add_waypoints(WrittenWords { name: open.name, comment }, [open.point]);
    }

    /// Closes what a broken file left open, and judges the whole.
    fn finish(mut self, ending: Ending) -> Result<ImportedTracks, ImportRefused> {
        self.gathered.report.breaks_off = ending == Ending::BreaksOff || !self.open.is_empty();
        while let Some(element) = self.open.last() {
            if element.is_field() {
                self.open.pop();
            } else {
                self.close()?;
            }
        }
        if self.is_gpx { self.gathered.finish() } else { Err(ImportRefused::OtherFormat(ImportFormat::Gpx)) }
    }
}
