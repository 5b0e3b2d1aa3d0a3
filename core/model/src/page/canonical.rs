//! JSON in one form (RFC 8785), as far as pages need it: objects with their keys in order, strings, whole numbers, true and false.
//!
//! Numbers here are whole and small, so that every language writes them alike; keys are ASCII, so that UTF-8 and UTF-16 order
//! them alike.

use serde::Serialize;
use serde_json::Value;

/// Writes what can be written.
#[expect(clippy::expect_used, reason = "a page has string keys and no number that JSON lacks")]
pub(super) fn write<T: Serialize>(what: &T) -> String {
    write_value(&serde_json::to_value(what).expect("a page is JSON"))
}

/// Writes a value in the one form.
pub(super) fn write_value(value: &Value) -> String {
    let mut written = String::new();
    put(&mut written, value);
    written
}

fn put(written: &mut String, value: &Value) {
    match value {
        Value::Array(items) => {
            written.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    written.push(',');
                }
                put(written, item);
            }
            written.push(']');
        }
        Value::Object(fields) => {
            let mut keys: Vec<(&String, &Value)> = fields.iter().collect();
            keys.sort_unstable_by_key(|(key, _)| *key);
            written.push('{');
            for (index, (key, value)) in keys.into_iter().enumerate() {
                if index > 0 {
                    written.push(',');
                }
                put(written, &Value::String(key.clone()));
                written.push(':');
                put(written, value);
            }
            written.push('}');
        }
        // Of strings and whole numbers serde_json writes what RFC 8785 asks for.
        simple => written.push_str(&simple.to_string()),
    }
}
