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

/// Every commitment in a page, by its place (RFC 6901); none if something that looks like one is none.
pub(super) fn commitments(value: &Value) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    walk(value, String::new(), &mut found).then_some(found)
}

fn walk(value: &Value, path: String, found: &mut Vec<(String, String)>) -> bool {
    match value {
        Value::Object(fields) => {
            if let (1, Some(commitment)) = (fields.len(), fields.get("commitment")) {
                let Some(digits) = commitment.as_str().filter(|digits| is_hexadecimal(digits, 64)) else {
                    return false;
                };
                found.push((path, digits.to_owned()));
                return true;
            }
            fields.iter().all(|(key, value)| {
                walk(value, format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")), found)
            })
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .all(|(index, value)| walk(value, format!("{path}/{index}"), found)),
        _ => true,
    }
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
