//! What a GeoJSON geometry draws, read number by number.
//!
//! Promises that of a geometry no more is held than its points: arrays are walked, not kept, whatever they are nested in; and that
//! what was whole before a file breaks off stays.
//!
//! Refuses nothing itself: that there were too many points, or arrays nested too deeply, is told by [`Drawn::excess`].

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::IMPORT_POINTS_MAX;
use super::imported::ImportRefused;

/// Longitude, latitude and height as they were written; what is no number is nothing.
pub(super) type Written = [Option<f64>; 3];

/// Of `coordinates`: areas, their rings, points, numbers.
const ARRAYS_MAX: usize = 4;

/// The shapes of one feature.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) places: Vec<Written>,
    pub(super) lines: Vec<Vec<Written>>,
    pub(super) other_shapes: usize,
    pub(super) excess: Option<ImportRefused>,
    points_seen: usize,
}

impl Drawn {
    /// Whether there was any shape at all.
    pub(super) fn is_nothing(&self) -> bool {
        self.places.is_empty() && self.lines.is_empty() && self.other_shapes == 0
    }

    /// A geometry of this kind ends; whether there is such a kind.
    pub(super) fn take(&mut self, kind: &str, mut lines: Vec<Vec<Written>>) -> bool {
        match kind {
            "Point" | "MultiPoint" => self.places.extend(lines.into_iter().flatten()),
            "LineString" | "MultiLineString" => self.lines.append(&mut lines),
            "Polygon" | "MultiPolygon" => self.other_shapes += 1,
            other => return other == "GeometryCollection",
        }
        true
    }
}

/// What an array, or a value in one, turns out to be.
pub(super) enum Value {
    Number(f64),
    Point(Written),
    /// Points, which have been put away.
    Points,
    Nothing,
}

/// Arrays of arrays of numbers: the innermost are points, and what is around points is a line.
pub(super) struct Coordinates<'a> {
    pub(super) drawn: &'a mut Drawn,
    pub(super) lines: &'a mut Vec<Vec<Written>>,
    pub(super) depth: usize,
}

impl<'de> DeserializeSeed<'de> for Coordinates<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.depth > ARRAYS_MAX {
            self.drawn.excess = Some(ImportRefused::TooDeep);
            return IgnoredAny::deserialize(deserializer).map(|_| Value::Nothing);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Coordinates<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("coordinates")
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees and metres are small")]
    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees and metres are small")]
    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, written: &str) -> Result<Value, E> {
        Ok(written.trim().parse().map_or(Value::Nothing, Value::Number))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Value, A::Error> {
        let Self { drawn, lines, depth } = self;
        let mut array = Array::default();
        let walked = loop {
            let inner = Coordinates { drawn: &mut *drawn, lines: &mut *lines, depth: depth + 1 };
            match values.next_element_seed(inner) {
                Ok(Some(value)) => array.push(value),
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        if !array.points.is_empty() {
            lines.push(std::mem::take(&mut array.points));
        }
        // A point that breaks off is none.
        walked?;
        if array.has_points || array.numbers == 0 {
            return Ok(Value::Points);
        }
        drawn.points_seen += 1;
        if drawn.points_seen > IMPORT_POINTS_MAX {
            drawn.excess = Some(ImportRefused::TooManyPoints);
            return Ok(Value::Nothing);
        }
        if depth == 0 {
            lines.push(vec![array.written]);
            return Ok(Value::Points);
        }
        Ok(Value::Point(array.written))
    }
}

/// An array as far as it was read.
#[derive(Default)]
struct Array {
    /// If it is a point.
    written: Written,
    numbers: usize,
    /// If it is a line, or lines.
    points: Vec<Written>,
    has_points: bool,
}

impl Array {
    fn push(&mut self, value: Value) {
        match value {
            Value::Point(point) => {
                self.points.push(point);
                self.has_points = true;
            }
            Value::Points => self.has_points = true,
            Value::Number(_) | Value::Nothing => {
                if let (Some(place), Value::Number(number)) = (self.written.get_mut(self.numbers), value) {
                    *place = Some(number);
                }
                self.numbers += 1;
            }
        }
    }
}
