//! GeoJSON (RFC 7946) in, as geographic information systems and trackers write it.
//!
//! Why not the `geojson` crate, which we write with: it builds every number as a tree, a gigabyte for the largest file we read, and
//! refuses a file that breaks off.
//!
//! Promises to keep the points and lines of every feature; times where they stand beside the geometry, one for each point or one for
//! a place; and features without a geometry as places without coordinates. Lines of one feature are one track. Areas are left
//! out and counted.
//!
//! Refuses what is not GeoJSON, holds nothing, goes beyond the limits, or says that it is drawn in another system than WGS 84:
//! in that of Soviet maps every place would be shifted by a hundred metres.

use std::fmt;

use jasaq_model::moment::UtcTime;
use jasaq_model::track::TrackPoint;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::encoding::decode;
use super::geojson_drawn::{Coordinates, Drawn, Written};
use super::geojson_properties::{IntoProperties, Moment, Properties};
use super::imported::{Gathered, ImportRefused, ImportedTracks, WrittenWords};
use super::{IMPORT_BYTES_MAX, IMPORT_DEPTH_MAX, ImportFormat};

/// Reads a file.
pub fn read_geojson(bytes: &[u8]) -> Result<ImportedTracks, ImportRefused> {
    if bytes.len() > IMPORT_BYTES_MAX {
        return Err(ImportRefused::TooLarge { bytes: bytes.len() });
    }
    let (text, unreadable) = decode(bytes);
    let mut import = Import::default();
    import.gathered.report.not_utf8 = unreadable;
    let mut reader = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
    let walked = Object { import: &mut import, depth: 0 }.deserialize(&mut reader);
    import.gathered.report.breaks_off = walked.and_then(|()| reader.end()).is_err();
    import.finish()
}

/// The file as far as it was read.
#[derive(Default)]
struct Import {
    is_geojson: bool,
    /// The feature that is open.
    drawn: Drawn,
    properties: Properties,
    refused: Option<ImportRefused>,
    gathered: Gathered,
}

/// Any object of the format: a collection, a feature, a geometry, or null where one might stand.
struct Object<'a> {
    import: &'a mut Import,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.depth > IMPORT_DEPTH_MAX {
            self.import.refused = Some(ImportRefused::TooDeep);
            return deserializer.deserialize_ignored_any(IgnoredAny).map(drop);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of GeoJSON, or null")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        let Self { import, depth } = self;
        let (mut kind, mut lines) = (None, Vec::new());
        let walked = import.walk(members, depth, (&mut kind, &mut lines));
        // Also of an object that breaks off.
        match kind.as_deref() {
            Some("FeatureCollection") => import.is_geojson = true,
            Some("Feature") => {
                import.is_geojson = true;
                import.close_feature();
            }
            Some(geometry) => import.is_geojson |= import.drawn.take(geometry, lines),
            None => {}
        }
        walked
    }
}

/// The objects of a collection.
struct Objects<'a> {
    import: &'a mut Import,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Objects<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Objects<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("objects of GeoJSON")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut objects: A) -> Result<(), A::Error> {
        let Self { import, depth } = self;
        while objects.next_element_seed(Object { import: &mut *import, depth })?.is_some() {}
        Ok(())
    }
}

impl Import {
    fn walk<'de, A: MapAccess<'de>>(
        &mut self,
        mut members: A,
        depth: usize,
        (kind, lines): (&mut Option<String>, &mut Vec<Vec<Written>>),
    ) -> Result<(), A::Error> {
        let depth = depth + 1;
        while let Some(member) = members.next_key::<String>()? {
            match member.as_str() {
                "type" => *kind = Some(members.next_value()?),
                "features" | "geometries" => {
                    members.next_value_seed(Objects { import: &mut *self, depth })?;
                }
                "geometry" => members.next_value_seed(Object { import: &mut *self, depth })?,
                "properties" => members.next_value_seed(IntoProperties(&mut self.properties))?,
                "crs" => {
                    let mut crs = Properties::default();
                    members.next_value_seed(IntoProperties(&mut crs))?;
                    if crs.name.is_some_and(|name| !is_wgs84(&name)) {
                        self.refused = Some(ImportRefused::NotWgs84);
                    }
                }
                "coordinates" => {
                    let coordinates = Coordinates { drawn: &mut self.drawn, lines: &mut *lines, depth: 0 };
                    members.next_value_seed(coordinates)?;
                }
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }

    /// Its lines are one track, its points places of one name.
    fn close_feature(&mut self) {
        let drawn = std::mem::take(&mut self.drawn);
        let properties = std::mem::take(&mut self.properties);
        let beyond = properties.is_beyond.then_some(ImportRefused::TooManyPoints);
        self.refused = self.refused.or(drawn.excess).or(beyond);
        self.gathered.report.shapes_left_out += drawn.other_shapes;
        if self.refused.is_none()
            && let Err(refused) = self.add(drawn, properties)
        {
            self.refused = Some(refused);
        }
    }

    fn add(&mut self, drawn: Drawn, properties: Properties) -> Result<(), ImportRefused> {
        let Properties { name, comment, time, times, .. } = properties;
        let is_nothing = drawn.is_nothing();
        let count = drawn.places.len() + drawn.lines.iter().map(Vec::len).sum::<usize>();
        // Times that are not one for each point are nobody's.
        let are_paired = times.len() == count;
        let unpaired = times.iter().filter(|moment| !matches!(moment, Moment::Unknown)).count();
        self.gathered.report.unreadable_times += if are_paired { 0 } else { unpaired };
        let mut times = times.into_iter().filter(|_| are_paired);
        let mut points = |gathered: &mut Gathered, written: Vec<Written>, alone: Option<Moment>| {
            let moments = written.into_iter().map(|written| (written, times.next().or(alone)));
            moments
                .map(|(written, moment)| point(gathered, written, moment))
                .collect::<Result<Vec<_>, _>>()
        };
        let mut segments = Vec::new();
        for line in drawn.lines {
            let points = points(&mut self.gathered, line, None)?;
            segments.extend(self.gathered.segment(points));
        }
        let mut places = points(&mut self.gathered, drawn.places, time)?;
        if is_nothing && (name.is_some() || comment.is_some()) {
            self.gathered.count_point()?;
            places.push(TrackPoint { coordinates: None, time: None, elevation: None });
        }
        if !segments.is_empty() {
            self.gathered.add_track(name.clone(), segments);
        }
        if !places.is_empty() {
            self.gathered.add_waypoints(WrittenWords { name, comment }, places);
        }
        Ok(())
    }

    fn finish(mut self) -> Result<ImportedTracks, ImportRefused> {
        if !self.is_geojson {
            return Err(ImportRefused::OtherFormat(ImportFormat::GeoJson));
        }
        // A geometry alone is a file too.
        self.close_feature();
        match self.refused {
            Some(refused) => Err(refused),
            None => self.gathered.finish(),
        }
    }
}

fn point(
    gathered: &mut Gathered,
    [longitude, latitude, height]: Written,
    moment: Option<Moment>,
) -> Result<TrackPoint, ImportRefused> {
    gathered.count_point()?;
    let time: Option<UtcTime> = match moment {
        Some(Moment::At(time)) => gathered.judged(Some(time)),
        Some(Moment::Unreadable) => gathered.judged(None),
        Some(Moment::Unknown) | None => None,
    };
    Ok(TrackPoint {
        coordinates: gathered.coordinates(latitude.zip(longitude)),
        time,
        elevation: height.and_then(|metres| gathered.elevation(Some(metres))),
    })
}

/// What files before RFC 7946 called the only system that it leaves.
fn is_wgs84(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    ["CRS84", "CRS:84", "EPSG::4326", "EPSG:4326", "WGS84", "WGS 84"]
        .iter()
        .any(|known| name.contains(known))
}
