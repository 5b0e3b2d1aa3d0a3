//! KML 2.0 to 2.2 in, with Google's `gx:Track`.
//!
//! Why `quick-xml` and not the `kml` crate (0.15): that one builds the whole file as a tree and refuses it for one coordinate that
//! is no number, and it passes over `gx:Track`, the only shape of KML whose points have times.
//!
//! Promises to keep every placemark that is a place or a track, in folders of any depth, and to stop where the file breaks off,
//! with what came before. A placemark without any shape is kept as a place without coordinates; areas and models are left out and
//! counted. What a file links to is never fetched.
//!
//! Refuses what is not KML, holds nothing or goes beyond the limits: a million points are refused at the first one too many.

use jasaq_model::moment::UtcTime;
use jasaq_model::track::{TrackPoint, TrackSegment};
use quick_xml::events::BytesStart;

use super::encoding::decode;
use super::imported::{Gathered, ImportRefused, ImportedTracks, WrittenWords};
use super::kml_elements::Element;
use super::kml_shapes::{Heights, Shape, Trail};
use super::xml_in::{Ending, ReadsElements, walk};
use super::{IMPORT_BYTES_MAX, IMPORT_DEPTH_MAX, ImportFormat};

/// The prefix that everybody writes Google's elements with.
const GOOGLE: &str = "gx";

/// Reads a file.
pub fn read_kml(bytes: &[u8]) -> Result<ImportedTracks, ImportRefused> {
    if bytes.len() > IMPORT_BYTES_MAX {
        return Err(ImportRefused::TooLarge { bytes: bytes.len() });
    }
    let (text, unreadable) = decode(bytes);
    let mut import = Import::default();
    import.gathered.report.not_utf8 = unreadable;
    let ending = walk(&text, &mut import)?;
    import.finish(ending)
}

/// A placemark whose element is still open.
#[derive(Default)]
struct Placemark {
    words: WrittenWords,
    time: Option<UtcTime>,
    has_shapes: bool,
    places: Vec<TrackPoint>,
    segments: Vec<TrackSegment>,
}

/// The file as far as it was read.
#[derive(Default)]
struct Import {
    is_kml: bool,
    open: Vec<Element>,
    prefix: Option<String>,
    field: String,
    placemark: Placemark,
    shape: Shape,
    trail: Trail,
    gathered: Gathered,
}

impl ReadsElements for Import {
    fn open(&mut self, element: &BytesStart<'_>) -> Result<(), ImportRefused> {
        let qualified = element.name();
        let name = qualified.as_ref();
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let is_own = self.prefix.get_or_insert_with(|| prefix.to_owned()) == prefix;
        let known = if is_own || (prefix == GOOGLE && Element::is_of_google(local)) {
            Element::within(self.open.last().copied(), local)
        } else {
            Element::Other
        };
        self.is_kml |= known == Element::Kml;
        if !self.is_kml {
            return Err(ImportRefused::OtherFormat(ImportFormat::Kml));
        }
        if self.open.len() == IMPORT_DEPTH_MAX {
            return Err(ImportRefused::TooDeep);
        }
        match known {
            Element::Placemark => self.placemark = Placemark::default(),
            Element::Point | Element::Line => self.shape = Shape::default(),
            Element::Trail => self.trail = Trail::default(),
            Element::OtherShape => self.gathered.report.shapes_left_out += 1,
            field if field.is_field() => self.field.clear(),
            _ => {}
        }
        let is_shape = matches!(known, Element::Point | Element::Line | Element::Trail | Element::OtherShape);
        self.placemark.has_shapes |= is_shape;
        self.open.push(known);
        Ok(())
    }

    fn read_text(&mut self, text: &str) -> Result<(), ImportRefused> {
        match self.open.last() {
            Some(Element::Coordinates) => self.shape.read(text, &mut self.gathered)?,
            Some(element) if element.is_field() => self.field.push_str(text),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), ImportRefused> {
        match self.open.pop() {
            Some(Element::Coordinates) => self.shape.end_tuple(&mut self.gathered)?,
            Some(Element::Point) => {
                self.placemark.places.extend(std::mem::take(&mut self.shape).into_points());
            }
            Some(Element::Line) => {
                let points = std::mem::take(&mut self.shape).into_points();
                self.placemark.segments.extend(self.gathered.segment(points));
            }
            Some(Element::Trail) => {
                let points = std::mem::take(&mut self.trail).into_points(&mut self.gathered)?;
                self.placemark.segments.extend(self.gathered.segment(points));
            }
            Some(Element::Placemark) => self.close_placemark()?,
            Some(element) if element.is_field() => self.close_field(element)?,
            _ => {}
        }
        Ok(())
    }
}

impl Import {
    fn close_field(&mut self, element: Element) -> Result<(), ImportRefused> {
        let written = std::mem::take(&mut self.field);
        match element {
            Element::Name => self.placemark.words.name = Some(written),
            Element::Description => self.placemark.words.comment = Some(written),
            Element::When => self.placemark.time = self.gathered.time(&written),
            Element::AltitudeMode => {
                let heights = Heights::read(&written);
                if self.open.last() == Some(&Element::Trail) {
                    self.trail.heights = heights;
                } else {
                    self.shape.heights = heights;
                }
            }
            Element::TrailWhen => self.trail.read_moment(&written, &mut self.gathered)?,
            Element::TrailPlace => self.trail.read_place(&written, &mut self.gathered)?,
            _ => {}
        }
        Ok(())
    }

    /// Its lines are one track; each of its points is a place of that name.
    fn close_placemark(&mut self) -> Result<(), ImportRefused> {
        let Placemark { words, time, has_shapes, mut places, segments } = std::mem::take(&mut self.placemark);
        if !has_shapes && (words.name.is_some() || words.comment.is_some()) {
            self.gathered.count_point()?;
            places.push(TrackPoint { coordinates: None, time: None, elevation: None });
        }
        if !segments.is_empty() {
            self.gathered.add_track(words.name.clone(), segments);
        }
        if !places.is_empty() {
            let timed = places.into_iter().map(|place| TrackPoint { time, ..place });
            self.gathered.add_waypoints(words, timed);
        }
        Ok(())
    }

    /// Closes what a broken file left open, and judges the whole.
    fn finish(mut self, ending: Ending) -> Result<ImportedTracks, ImportRefused> {
        self.gathered.report.breaks_off = ending == Ending::BreaksOff || !self.open.is_empty();
        while let Some(element) = self.open.last() {
            if element.is_field() || *element == Element::Coordinates {
                self.open.pop();
            } else {
                self.close()?;
            }
        }
        if self.is_kml { self.gathered.finish() } else { Err(ImportRefused::OtherFormat(ImportFormat::Kml)) }
    }
}
