//! Statements of every kind: with all their fields, or with one of them missing, of another sort, or at a bound and past it.

use jasaq_fieldbook::model::register::{CertificateNumber, Iin};
use jasaq_fieldbook::model::statement::{Fields, Scalar};

use super::statement_register::CERTIFICATE_LOST;
use super::statement_tables::{self, EVERY, INTS, Row, TEXTS, Value};
use super::{Form, Line, statement_field, statement_planning, statement_register};
use crate::chance::Chance;

/// A statement.
pub(super) fn make_statement(chance: &mut Chance) -> Line {
    let kinds = [
        statement_tables::KINDS,
        statement_planning::KINDS,
        statement_field::KINDS,
        statement_register::KINDS,
    ]
    .concat();
    let (made, fields) = match chance.below(10) {
        0..4 => at_a_bound(chance, &kinds),
        4 => ("with a certificate's number", whole(chance, ("certificate_lost", CERTIFICATE_LOST))),
        _ => {
            let kind = chance.pick(&kinds);
            let mut fields = whole(chance, kind);
            match chance.below(10) {
                0..4 => ("as it should be", fields),
                4 => ("with a field missing", without(chance, &fields)),
                _ => (spoil(chance, &mut fields), fields),
            }
        }
    };
    Line { made: vec![made], form: Form::Statement(fields) }
}

/// A statement of which one thing is at a bound, or past it.
fn at_a_bound(chance: &mut Chance, kinds: &[(&str, &[Row])]) -> (&'static str, Fields) {
    let at_bounds = [
        statement_tables::AT_BOUNDS,
        statement_planning::AT_BOUNDS,
        statement_field::AT_BOUNDS,
        statement_register::AT_BOUNDS,
    ]
    .concat();
    let (made, kind, rows) = chance.pick(&at_bounds);
    let of = kinds.iter().find(|(known, _)| *known == kind).copied();
    let of = of.unwrap_or_else(|| chance.pick(kinds));
    let mut fields = whole(chance, of);
    put(chance, &mut fields, rows);
    (made, fields)
}

/// A statement of this kind with all its fields.
fn whole(chance: &mut Chance, (kind, rows): (&str, &[Row])) -> Fields {
    let mut fields = Fields::new();
    fields.insert("kind", Scalar::Text(kind.to_owned()));
    put(chance, &mut fields, EVERY);
    put(chance, &mut fields, rows);
    if matches!(kind, "entry" | "entry_amended") {
        act(chance, &mut fields);
    }
    fields
}

fn put(chance: &mut Chance, fields: &mut Fields, rows: &[Row]) {
    for (key, value) in rows {
        fields.insert(*key, scalar(chance, *value));
    }
}

/// Another activity, with the fields of all.
fn act(chance: &mut Chance, fields: &mut Fields) {
    let (act, sub) = chance.pick(&[
        ("border_service", "detention"),
        ("inspection", "vehicle"),
        ("prevention", "round"),
        ("force", "vehicle"),
        ("border_service", "route"),
        ("песня", "route"),
        ("detain_deliver", "route"),
    ]);
    fields.insert("act", Scalar::Text(act.to_owned()));
    fields.insert("sub", Scalar::Text(sub.to_owned()));
}

fn scalar(chance: &mut Chance, value: Value) -> Scalar {
    match value {
        Value::Text(text) => Scalar::Text(text.to_owned()),
        Value::Int(int) => Scalar::Int(int),
        Value::Bytes(count) => Scalar::Bytes(chance.bytes(count)),
        Value::These(bytes) => Scalar::Bytes(bytes.to_vec()),
        Value::Flag(flag) => Scalar::Flag(flag),
        Value::Long(letters, times) => Scalar::Text(letters.repeat(times)),
        Value::Iin => Scalar::Text(iin(chance)),
        Value::Number => Scalar::Text(number(chance)),
        Value::Seen => Scalar::Text(seen(chance)),
        Value::Before => Scalar::Bytes(before(chance, &[1, 1, 2, 3, 8, 9])),
        Value::Several => Scalar::Bytes(before(chance, &[1, 2, 2, 3, 8, 9])),
    }
}

/// Twelve digits; most often the last is one that checks the others, if there is one.
fn iin(chance: &mut Chance) -> String {
    let digits: String = (0..11).map(|_| chance.below(10).to_string()).collect();
    let all = |last: usize| format!("{digits}{last}");
    let fitting = (0..10).map(all).find(|digits| digits.parse::<Iin>().is_ok());
    fitting.filter(|_| chance.happens(80)).unwrap_or_else(|| all(chance.below(10)))
}

/// Letters that a number may have, those that look like others among them, and a few that it may not.
const LETTERS: &str = "AABCEHIKMOPTXYZZАВЕІКМНОРСТҮХЖЖЁҒӘ0123456789--/.";
const STRANGE: [char; 8] = ['а', 'z', ' ', '№', '–', '٣', 'Ѕ', 'Ї'];

/// As a reader would write it, most often; otherwise as it was typed.
fn number(chance: &mut Chance) -> String {
    let letters: Vec<char> = LETTERS.chars().collect();
    let mut typed: String = (0..=chance.below(8)).map(|_| chance.pick(&letters)).collect();
    if chance.happens(5) {
        typed.push(chance.pick(&STRANGE));
    }
    let written = typed.parse::<CertificateNumber>();
    match written {
        Ok(written) if chance.happens(50) => written.as_str().to_owned(),
        _ => typed,
    }
}

/// A few keys, or as many as may be and one more: of journals that rise, most often.
fn seen(chance: &mut Chance) -> String {
    let count = chance.pick(&[0, 1, 2, 3, 3, 64, 65]);
    let key = |chance: &mut Chance, number| format!("{number:02}{}.{}", chance.below(3), chance.below(12));
    let mut keys: Vec<String> = (0..count).map(|number| key(chance, number)).collect();
    if chance.happens(20) && count > 1 {
        let at = chance.below(count);
        keys.swap(0, at);
    }
    keys.join(if chance.happens(5) { "  " } else { " " })
}

/// A few statements, or as many as may be and one more: of devices that rise, most often, with keys that are some, most often.
fn before(chance: &mut Chance, counts: &[u8]) -> Vec<u8> {
    let count = chance.pick(counts);
    let mut authors: Vec<u8> = (0..count).collect();
    if chance.happens(20) {
        let at = chance.below(authors.len());
        authors.swap(0, at);
    }
    let mut bytes = Vec::new();
    for author in authors {
        let key = if chance.happens(3) { "k/1" } else { "k.1" };
        bytes.extend([author / 2; 32]);
        bytes.push(3);
        // Of one device two keys follow each other.
        bytes.extend(if author % 2 == 1 && key == "k.1" { "k.2" } else { key }.as_bytes());
    }
    if chance.happens(5) {
        bytes.pop();
    }
    bytes
}

fn without(chance: &mut Chance, fields: &Fields) -> Fields {
    let lost = chance.below(fields.iter().count());
    let mut kept = Fields::new();
    for (_, (key, value)) in fields.iter().enumerate().filter(|(at, _)| *at != lost) {
        kept.insert(key, value.clone());
    }
    kept
}

/// A field that holds what is wanted; most often one that not every kind has.
fn key(chance: &mut Chance, fields: &Fields, is_wanted: fn(&Scalar) -> bool) -> String {
    let wanted = fields.iter().filter(|(_, value)| is_wanted(value)).map(|(key, _)| key);
    let (of_all, own): (Vec<&str>, Vec<&str>) =
        wanted.partition(|key| *key == "kind" || EVERY.iter().any(|(every, _)| every == key));
    let is_own = of_all.is_empty() || !own.is_empty() && chance.happens(75);
    chance.pick(if is_own { &own } else { &of_all }).to_owned()
}

fn spoil(chance: &mut Chance, fields: &mut Fields) -> &'static str {
    let (made, key, value) = match chance.below(10) {
        0..3 => {
            let key = key(chance, fields, |value| matches!(value, Scalar::Int(_)));
            ("with a number at a bound", key, Scalar::Int(chance.pick(&INTS)))
        }
        3..5 => {
            let key = key(chance, fields, |value| matches!(value, Scalar::Text(_)));
            ("with another text", key, Scalar::Text(chance.pick(TEXTS).to_owned()))
        }
        5 => {
            let key = key(chance, fields, |value| matches!(value, Scalar::Text(_)));
            let length = chance.pick(&[200, 201, 2_000, 2_001, 2_601]);
            ("with a long text", key, Scalar::Text("a".repeat(length)))
        }
        6 => {
            let value =
                chance.pick(&[Value::Text("joint"), Value::Int(1), Value::Bytes(3), Value::Flag(false)]);
            ("with a field of another sort", key(chance, fields, |_| true), scalar(chance, value))
        }
        7 => {
            let length = chance.pick(&[0, 15, 17, 32, 512, 528, 2_048, 2_049]);
            let has_bytes = fields.iter().any(|(_, value)| matches!(value, Scalar::Bytes(_)));
            let key = if has_bytes {
                key(chance, fields, |value| matches!(value, Scalar::Bytes(_)))
            } else {
                chance
                    .pick(&["leader", "leg", "members", "rec", "points", "squad", "member"])
                    .to_owned()
            };
            ("with bytes of another length", key, Scalar::Bytes(chance.bytes(length)))
        }
        8 => {
            let member = chance.bytes(16);
            ("with a member named twice", "members".to_owned(), Scalar::Bytes(member.repeat(2)))
        }
        _ => ("with a field of a newer program", "зат".to_owned(), scalar(chance, Value::Text("\u{200b}"))),
    };
    fields.insert(key, value);
    made
}
