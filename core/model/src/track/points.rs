//! One packed point after the other: how a point is told by its difference to the one before.
//!
//! ```text
//! point    = head · [presence] · [latitude · longitude] · [elevation]
//! head     = varint(zigzag(surprise) × 2 + (1 if a presence byte follows)); surprise = how much the interval
//!            to this point differs from the one before, so that a regular beat costs one byte; 0 if untimed
//! presence = bit 0 coordinates, 1 time, 2 elevation, 3 first point of a segment; as in the point before if
//!            not given, and 0 before the first point
//! the rest = varint(zigzag(difference to the last value of that channel, or to 0)), all in units
//! ```
//!
//! Promises that packing and reading step through the same states, and that reading is total.
//! Refuses numbers that leave the globe, the calendar or 63 bits.

use super::{Track, TrackPoint, TrackRefused};
use crate::limits::TRACK_POINT_BYTES_MAX;
use crate::moment::UtcTime;
use crate::position::{Coordinates, Elevation};

const HAS_COORDINATES: u8 = 1;
const HAS_TIME: u8 = 2;
const HAS_ELEVATION: u8 = 4;
const STARTS_SEGMENT: u8 = 8;

/// What every value of a channel can be divided by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Units {
    latitude: i64,
    longitude: i64,
    time: i64,
    elevation: i64,
}

impl Units {
    /// The largest units that lose nothing.
    pub(super) fn of(track: &Track) -> Self {
        let largest = |value_of: fn(&TrackPoint) -> Option<i64>| {
            let divides = |unit: &i64| track.points().filter_map(value_of).all(|value| value % unit == 0);
            [1_000, 100, 10].into_iter().find(divides).unwrap_or(1)
        };
        Self {
            latitude: largest(|point| point.coordinates.map(|point| point.latitude_e7().into())),
            longitude: largest(|point| point.coordinates.map(|point| point.longitude_e7().into())),
            time: largest(|point| point.time.map(UtcTime::unix_ms)),
            elevation: largest(|point| point.elevation.map(|elevation| elevation.centimetres().into())),
        }
    }

    pub(super) fn to_byte(self) -> u8 {
        let exponent = |unit: i64| match unit {
            1_000 => 3,
            100 => 2,
            10 => 1,
            _ => 0,
        };
        exponent(self.latitude)
            | exponent(self.longitude) << 2
            | exponent(self.time) << 4
            | exponent(self.elevation) << 6
    }

    pub(super) fn from_byte(byte: u8) -> Self {
        let unit = |exponent: u8| 10_i64.pow((exponent & 3).into());
        Self {
            latitude: unit(byte),
            longitude: unit(byte >> 2),
            time: unit(byte >> 4),
            elevation: unit(byte >> 6),
        }
    }
}

/// What the next point is told relative to; values are in units. Packing and reading step through it alike.
#[derive(Clone)]
pub(super) struct State {
    units: Units,
    presence: u8,
    latitude: i64,
    longitude: i64,
    elevation: i64,
    time: Option<i64>,
    interval: i64,
}

impl State {
    pub(super) fn new(units: Units) -> Self {
        Self { units, presence: 0, latitude: 0, longitude: 0, elevation: 0, time: None, interval: 0 }
    }

    /// The time that would be no surprise.
    fn time_expected(&self) -> i64 {
        self.time.map_or(0, |time| time.saturating_add(self.interval))
    }

    fn take_time(&mut self, time: i64) {
        self.interval = self.time.map_or(0, |before| time.saturating_sub(before));
        self.time = Some(time);
    }

    /// Whether the last point was the first of a segment.
    pub(super) fn starts_segment(&self) -> bool {
        self.presence & STARTS_SEGMENT != 0
    }

    pub(super) fn pack_point(&mut self, point: &TrackPoint, starts_segment: bool) -> Vec<u8> {
        let presence = (u8::from(point.coordinates.is_some()) * HAS_COORDINATES)
            | (u8::from(point.time.is_some()) * HAS_TIME)
            | (u8::from(point.elevation.is_some()) * HAS_ELEVATION)
            | (u8::from(starts_segment) * STARTS_SEGMENT);
        let mut surprise = 0;
        if let Some(time) = point.time {
            let time = time.unix_ms() / self.units.time;
            surprise = time - self.time_expected();
            self.take_time(time);
        }
        let mut bytes = Vec::with_capacity(TRACK_POINT_BYTES_MAX);
        put_varint(&mut bytes, zigzag(surprise) << 1 | u64::from(presence != self.presence));
        if presence != self.presence {
            bytes.push(presence);
            self.presence = presence;
        }
        if let Some(coordinates) = point.coordinates {
            put_difference(
                &mut bytes,
                &mut self.latitude,
                i64::from(coordinates.latitude_e7()) / self.units.latitude,
            );
            put_difference(
                &mut bytes,
                &mut self.longitude,
                i64::from(coordinates.longitude_e7()) / self.units.longitude,
            );
        }
        if let Some(elevation) = point.elevation {
            put_difference(
                &mut bytes,
                &mut self.elevation,
                i64::from(elevation.centimetres()) / self.units.elevation,
            );
        }
        bytes
    }

    pub(super) fn read_point(
        &mut self,
        source: &mut Bytes<'_>,
        at_byte: usize,
    ) -> Result<TrackPoint, TrackRefused> {
        let unreadable = TrackRefused::Unreadable { at_byte };
        let head = source.varint()?;
        if head & 1 == 1 {
            self.presence = source.next()?;
        }
        let surprise = unzigzag(head >> 1);
        let has = |bit: u8| self.presence & bit != 0;
        let known = HAS_COORDINATES | HAS_TIME | HAS_ELEVATION | STARTS_SEGMENT;
        if self.presence & !known != 0 || (!has(HAS_TIME) && surprise != 0) {
            return Err(unreadable);
        }
        let (has_coordinates, has_time, has_elevation) =
            (has(HAS_COORDINATES), has(HAS_TIME), has(HAS_ELEVATION));
        let time = if has_time { Some(self.read_time(surprise).ok_or(unreadable)?) } else { None };
        let coordinates = if has_coordinates {
            let latitude_e7 = source.value(&mut self.latitude, self.units.latitude)?.ok_or(unreadable)?;
            let longitude_e7 = source.value(&mut self.longitude, self.units.longitude)?.ok_or(unreadable)?;
            Some(Coordinates::from_e7(latitude_e7, longitude_e7).map_err(|_| unreadable)?)
        } else {
            None
        };
        let elevation = if has_elevation {
            let centimetres = source.value(&mut self.elevation, self.units.elevation)?.ok_or(unreadable)?;
            Some(Elevation::from_centimetres(centimetres))
        } else {
            None
        };
        Ok(TrackPoint { coordinates, time, elevation })
    }

    fn read_time(&mut self, surprise: i64) -> Option<UtcTime> {
        let time = self.time_expected().checked_add(surprise)?;
        let read = UtcTime::from_unix_ms(time.checked_mul(self.units.time)?).ok()?;
        self.take_time(time);
        Some(read)
    }
}

fn put_difference(bytes: &mut Vec<u8>, last: &mut i64, value: i64) {
    put_varint(bytes, zigzag(value - *last));
    *last = value;
}

fn zigzag(value: i64) -> u64 {
    (value << 1 ^ value >> 63).cast_unsigned()
}

fn unzigzag(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
}

fn put_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        #[expect(clippy::cast_possible_truncation, reason = "the low seven bits are wanted")]
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is below 0x80")]
    bytes.push(value as u8);
}

/// The bytes not yet read.
pub(super) struct Bytes<'a> {
    rest: &'a [u8],
    bytes_all: usize,
}

impl<'a> Bytes<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, bytes_all: bytes.len() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn position(&self) -> usize {
        self.bytes_all - self.rest.len()
    }

    pub(super) fn next(&mut self) -> Result<u8, TrackRefused> {
        let (first, rest) = self
            .rest
            .split_first()
            .ok_or(TrackRefused::Unreadable { at_byte: self.bytes_all })?;
        self.rest = rest;
        Ok(*first)
    }

    fn varint(&mut self) -> Result<u64, TrackRefused> {
        let at_byte = self.position();
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.next()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(TrackRefused::Unreadable { at_byte })
    }

    /// Reads a difference, steps `last` on by it, and gives the value in its own measure if it fits.
    fn value(&mut self, last: &mut i64, unit: i64) -> Result<Option<i32>, TrackRefused> {
        let difference = unzigzag(self.varint()?);
        let value = last
            .checked_add(difference)
            .and_then(|value| Some((value, value.checked_mul(unit)?)));
        Ok(value.and_then(|(value, measured)| {
            *last = value;
            i32::try_from(measured).ok()
        }))
    }
}
