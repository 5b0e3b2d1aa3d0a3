//! What no trace may hold, in every form in which it could stand there.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use rusqlite::Connection;
use serde_json::Value;

use crate::squad::Device;

/// Secrets, by the form in which one could stand in a trace; to each form, what it is.
#[derive(Debug, Default)]
pub(super) struct Secrets(BTreeMap<String, &'static str>);

impl Secrets {
    /// A name, a text, a passphrase, a code.
    pub(super) fn text(&mut self, what: &'static str, text: &str) {
        let by_units = text.encode_utf16().fold(String::new(), |mut json, unit| {
            let _ = write!(json, "\\u{unit:04x}");
            json
        });
        let escaped = text.escape_default().to_string();
        let percent = text.bytes().fold(String::new(), |mut percent, byte| {
            let _ = write!(percent, "%{byte:02X}");
            percent
        });
        for form in [text.to_owned(), by_units, escaped, percent] {
            self.0.insert(form, what);
        }
        self.bytes(what, text.as_bytes());
    }

    /// A key, or other bytes.
    pub(super) fn bytes(&mut self, what: &'static str, bytes: &[u8]) {
        let hex = bytes.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let numbers = bytes.iter().map(u8::to_string).collect::<Vec<_>>();
        let forms = [
            hex.to_uppercase(),
            hex,
            STANDARD_NO_PAD.encode(bytes),
            URL_SAFE_NO_PAD.encode(bytes),
            numbers.join(", "),
            numbers.join(","),
        ];
        for form in forms {
            self.0.insert(form, what);
        }
    }

    /// A latitude or longitude: as people write it and as ten millionths of a degree. Four decimals are eleven metres; a
    /// coarser one could be any number.
    pub(super) fn coordinate(&mut self, degrees: &str) {
        let Some((whole, decimals)) = degrees.split_once('.') else { return };
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() >= 3 {
            self.0.insert(format!("{whole}.{decimals}"), "coordinate");
            self.0.insert(format!("{whole}{decimals:0<7}"), "coordinate");
        }
    }

    /// Whatever a program's answer says in free words, and every place in it.
    pub(super) fn said(&mut self, said: &Value) {
        const FREE: [&str; 9] = [
            "text",
            "name",
            "full_name",
            "controlling_representative",
            "task",
            "route",
            "comment",
            "title",
            "office",
        ];
        match said {
            Value::Array(items) => items.iter().for_each(|item| self.said(item)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    match (name.as_str(), value) {
                        (name, Value::String(text)) if FREE.contains(&name) => self.text("text", text),
                        ("latitude" | "longitude", Value::Number(degrees)) => {
                            self.coordinate(&degrees.to_string());
                        }
                        (_, value) => self.said(value),
                    }
                }
            }
            _ => {}
        }
    }

    /// Everything secret that a device's home holds: the keys in its vault, and what its screens show.
    pub(super) fn home(&mut self, device: &Device) {
        let line = std::fs::read_to_string(device.home.join("vault.key")).unwrap();
        let key = line.trim_end().rsplit(' ').next().unwrap();
        self.bytes("vault key", &from_hex(key));
        let vault = Connection::open(device.home.join("vault.db")).unwrap();
        vault.execute_batch(&format!("PRAGMA key = \"x'{key}'\"")).unwrap();
        let blobs = |sql: &str| -> Vec<Vec<u8>> {
            let mut rows = vault.prepare(sql).unwrap();
            rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        };
        for keys in blobs("SELECT value FROM settings WHERE name = 'device'") {
            keys.chunks(32).for_each(|key| self.bytes("device key", key));
        }
        for key in blobs("SELECT secret FROM epochs") {
            self.bytes("epoch key", &key);
        }
        for name in blobs("SELECT CAST(name AS BLOB) FROM labels") {
            self.text("label", std::str::from_utf8(&name).unwrap());
        }
        for screen in [["patrol", "show"], ["squad", "show"]] {
            let shown = device.run(&[screen.as_slice(), &["--json"]].concat());
            if shown.code == 0 {
                self.said(&serde_json::from_str(&shown.stdout).unwrap());
            }
        }
    }

    /// The relay's own key.
    pub(super) fn relay(&mut self, data: &Path) {
        let database = Connection::open(data).unwrap();
        let key: Vec<u8> = database.query_row("SELECT identity FROM relay", [], |row| row.get(0)).unwrap();
        self.bytes("relay key", &key);
    }

    /// The places in a track.
    pub(super) fn track(&mut self, gpx: &str) {
        for attribute in ["lat=\"", "lon=\""] {
            gpx.split(attribute)
                .skip(1)
                .for_each(|rest| self.coordinate(rest.split('"').next().unwrap()));
        }
    }

    /// What of it stands in a trace.
    pub(super) fn found_in(&self, trace: &str) -> Vec<(&'static str, &str)> {
        let found = self.0.iter().filter(|(form, _)| stands_in(trace, form));
        found.map(|(form, what)| (*what, form.as_str())).collect()
    }

    /// Each form by itself.
    pub(super) fn forms(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.0.iter().map(|(form, what)| (form.as_str(), *what))
    }

    /// How many secrets of a kind there are, in all their forms.
    pub(super) fn count(&self, what: &str) -> usize {
        self.0.values().filter(|kind| **kind == what).count()
    }
}

/// Whether it stands there, and not within a longer word or number: a certificate's four digits are in many times of day. Nor is
/// it the seconds of a line's own time, which look like degrees.
fn stands_in(trace: &str, form: &str) -> bool {
    let is_apart = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    let is_short = form.chars().count() < 8;
    trace.match_indices(form).any(|(at, _)| {
        let (before, after) = (trace[..at].chars().next_back(), trace[at + form.len()..].chars().next());
        let is_of_a_clock = before == Some(':') && after == Some('Z');
        !is_of_a_clock && (!is_short || (is_apart(before) && is_apart(after)))
    })
}

fn from_hex(digits: &str) -> Vec<u8> {
    digits
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}
