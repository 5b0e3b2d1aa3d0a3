//! What stands beside a GeoJSON geometry: names, words, times.
//!
//! Promises to know the names that common programs write them under: `time`, `coordTimes` and `coordinateProperties.times` of
//! togeojson and its many descendants, `times` of Leaflet's players, in milliseconds, the slashes of GDAL, and our own.
//! Everything else is passed over and never held.

use std::fmt;

use jasaq_model::moment::UtcTime;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::IMPORT_POINTS_MAX;

/// Numbers below are no milliseconds since 1970 but something else, seconds perhaps: as such they would be before 1973.
const MS_MIN: f64 = 1e11;
/// The year 9999.
const MS_MAX: f64 = 253_402_300_800_000.0;

/// What was written for a moment.
#[derive(Clone, Copy)]
pub(super) enum Moment {
    /// That nobody knows.
    Unknown,
    /// What cannot be read.
    Unreadable,
    At(UtcTime),
}

/// The properties of one feature, as far as they are read.
#[derive(Default)]
pub(super) struct Properties {
    pub(super) name: Option<String>,
    pub(super) comment: Option<String>,
    pub(super) time: Option<Moment>,
    pub(super) times: Vec<Moment>,
    /// More times than there may be points.
    pub(super) is_beyond: bool,
}

/// Reads properties; the first of two that mean the same counts.
pub(super) struct IntoProperties<'a>(pub(super) &'a mut Properties);

impl<'de> DeserializeSeed<'de> for IntoProperties<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for IntoProperties<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("properties or null")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let properties = self.0;
        while let Some(member) = members.next_key::<String>()? {
            match member.as_str() {
                "name" | "title" => keep(&mut properties.name, members.next_value_seed(Scalar)?.into_text()),
                "text" | "desc" | "description" | "cmt" | "comment" => {
                    keep(&mut properties.comment, members.next_value_seed(Scalar)?.into_text());
                }
                "time" | "timestamp" | "when" | "happened_at" => {
                    keep(&mut properties.time, Some(members.next_value_seed(Scalar)?.into_moment()));
                }
                "times" | "coordTimes" => members.next_value_seed(Times(properties))?,
                // Of togeojson; and what a `crs` is called stands in its own.
                "coordinateProperties" | "properties" => {
                    members.next_value_seed(IntoProperties(&mut *properties))?;
                }
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

fn keep<T>(kept: &mut Option<T>, given: Option<T>) {
    if kept.is_none() {
        *kept = given;
    }
}

/// A value that is one thing; an array or an object is nothing here.
struct Scalar;

enum Single {
    Text(String),
    Number(f64),
    Nothing,
}

impl Single {
    fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(number) => Some(number.to_string()),
            Self::Nothing => None,
        }
    }

    fn into_moment(self) -> Moment {
        let time = match self {
            Self::Nothing => return Moment::Unknown,
            Self::Text(text) => text.trim().replace('/', "-").parse().ok(),
            Self::Number(ms) if (MS_MIN..MS_MAX).contains(&ms.abs()) =>
            {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "a part of a millisecond, within the range"
                )]
                UtcTime::from_unix_ms(ms as i64).ok()
            }
            Self::Number(_) => None,
        };
        time.map_or(Moment::Unreadable, Moment::At)
    }
}

impl<'de> DeserializeSeed<'de> for Scalar {
    type Value = Single;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Single, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scalar {
    type Value = Single;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Single, E> {
        Ok(Single::Text(text.to_owned()))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of our times fit, and names of so many digits are none"
    )]
    fn visit_i64<E>(self, number: i64) -> Result<Single, E> {
        Ok(Single::Number(number as f64))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of our times fit, and names of so many digits are none"
    )]
    fn visit_u64<E>(self, number: u64) -> Result<Single, E> {
        Ok(Single::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Single, E> {
        Ok(Single::Number(number))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Single, E> {
        Ok(Single::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Single, E> {
        Ok(Single::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Single, A::Error> {
        while values.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Single::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Single, A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Single::Nothing)
    }
}

/// Moments, in one array or in one for each line: one after the other.
struct Times<'a>(&'a mut Properties);

impl<'de> DeserializeSeed<'de> for Times<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Times<'_> {
    fn push(self, moment: Moment) {
        if self.0.times.len() == IMPORT_POINTS_MAX {
            self.0.is_beyond = true;
        } else {
            self.0.times.push(moment);
        }
    }
}

impl<'de> Visitor<'de> for Times<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("moments")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.push(Single::Text(text.to_owned()).into_moment());
        Ok(())
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<(), E> {
        let moment = Scalar.visit_i64::<E>(number)?.into_moment();
        self.push(moment);
        Ok(())
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<(), E> {
        let moment = Scalar.visit_u64::<E>(number)?.into_moment();
        self.push(moment);
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.push(Single::Number(number).into_moment());
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.push(Moment::Unreadable);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.push(Moment::Unknown);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.push(Moment::Unreadable);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<(), A::Error> {
        while values.next_element_seed(Times(&mut *self.0))?.is_some() {}
        Ok(())
    }
}
