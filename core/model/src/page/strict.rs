//! JSON with one meaning (RFC 7493): no key twice, and objects where objects are due.
//!
//! What reads a page or a book reads it so, that no two readers find different things in the same bytes.

use std::fmt;

use serde::Serialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Numbers that every language holds exactly lie between this and its negative.
const EXACT: i64 = 1 << 53;

/// Reads one value; none if the bytes are no JSON, have a key twice in an object, or more than 127 objects and arrays inside
/// each other.
#[must_use]
pub fn read_json(bytes: &[u8]) -> Option<Value> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Strict.deserialize(&mut reader).ok()?;
    reader.end().ok().map(|()| value)
}

/// Reads what has this shape: keys that are not known are passed over, and what is an object is not written as a list.
#[must_use]
pub fn read_shape<T: DeserializeOwned + Serialize>(value: &Value) -> Option<T> {
    let read = T::deserialize(value).ok()?;
    has_its_objects(&serde_json::to_value(&read).ok()?, value).then_some(read)
}

/// Whether there are objects and lists in one value where there are in the other, which was read out of it.
fn has_its_objects(read: &Value, written: &Value) -> bool {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => read.iter().all(|(key, value)| {
            written
                .get(key)
                .map_or(value.is_null(), |written| has_its_objects(value, written))
        }),
        (Value::Array(read), Value::Array(written)) => {
            read.len() == written.len()
                && read.iter().zip(written).all(|(read, written)| has_its_objects(read, written))
        }
        (Value::Object(_) | Value::Array(_), _) => false,
        _ => true,
    }
}

/// Whether keys are ASCII and numbers are those of a page: whole, from 0 to 2⁵³, and of the minutes of notices also below 0.
pub(super) fn is_of_a_page(value: &Value) -> bool {
    let Value::Object(fields) = value else { return false };
    fields.iter().all(|(key, value)| {
        key.is_ascii()
            && match value {
                Value::Array(notices) if key == "notices" => notices.iter().all(is_notice),
                _ => is_plain(value),
            }
    })
}

fn is_notice(notice: &Value) -> bool {
    let Value::Object(fields) = notice else { return is_plain(notice) };
    fields.iter().all(|(key, value)| {
        let signed = value.as_i64().is_some_and(|minutes| (-EXACT..0).contains(&minutes));
        key.is_ascii() && (key == "minutes" && signed || is_plain(value))
    })
}

fn is_plain(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_i64().is_some_and(|number| (0..=EXACT).contains(&number)),
        Value::Array(items) => items.iter().all(is_plain),
        Value::Object(fields) => fields.iter().all(|(key, value)| key.is_ascii() && is_plain(value)),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

/// How many commitments there are in a page. Their places are not written down: a key may be as long as a page, and stand above as
/// many of them as fit into one.
pub(super) fn count_commitments(value: &Value) -> usize {
    match value {
        _ if digits_of(value).is_some() => 1,
        Value::Object(fields) => fields.values().map(count_commitments).sum(),
        Value::Array(items) => items.iter().map(count_commitments).sum(),
        _ => 0,
    }
}

/// The digits of the commitment at a place of a page (RFC 6901), if there is one.
pub(super) fn commitment_at<'a>(page: &'a Value, path: &str) -> Option<&'a str> {
    let mut steps = path.split('/');
    let begins_at_the_page = steps.next() == Some("");
    let found = steps.try_fold(page, step_into).filter(|_| begins_at_the_page)?;
    digits_of(found)
}

fn digits_of(value: &Value) -> Option<&str> {
    let fields = value.as_object().filter(|fields| fields.len() == 1)?;
    fields.get("commitment")?.as_str().filter(|digits| is_hexadecimal(digits, 64))
}

fn step_into<'a>(value: &'a Value, step: &str) -> Option<&'a Value> {
    match value {
        Value::Object(fields) => fields.get(&key_of(step)?),
        Value::Array(items) => {
            let index: usize = step.parse().ok()?;
            // Of each place there is one form: no leading zeros, no sign.
            items.get(index).filter(|_| index.to_string() == step)
        }
        _ => None,
    }
}

/// `~` stands as `~0`, `/` as `~1`, and nothing else stands behind a `~`.
fn key_of(step: &str) -> Option<String> {
    let mut parts = step.split('~');
    let mut key = parts.next()?.to_owned();
    for part in parts {
        let (letter, rest) = match part.strip_prefix('0') {
            Some(rest) => ('~', rest),
            None => ('/', part.strip_prefix('1')?),
        };
        key.push(letter);
        key.push_str(rest);
    }
    Some(key)
}

/// So many digits, in lower case.
#[must_use]
pub fn is_hexadecimal(written: &str, digits: usize) -> bool {
    written.len() == digits && written.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
}

struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON with no key twice")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("no number"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(Strict)? {
            all.push(item);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(key) = fields.next_key::<String>()? {
            let value = fields.next_value_seed(Strict)?;
            if all.insert(key, value).is_some() {
                return Err(A::Error::custom("a key twice"));
            }
        }
        Ok(Value::Object(all))
    }
}
