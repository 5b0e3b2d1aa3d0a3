//! What is said on a patrol beside entries, of cases, decisions and pages: each kind with all that it may have, with as little, at
//! its bounds, and as large as it can be.

use jasaq_fieldbook::model::statement::{Fields, Scalar};
use jasaq_fieldbook::protocol::ids::JournalId;

use super::book::Page;
use super::changes::{MORNING_MS, actor, shown, write};
use super::field_kinds::{LEAST, OTHER, WHOLE};
use super::patrols::key_of;
use super::register::Named;
use super::world::World;

/// A field's value.
#[derive(Clone, Copy)]
pub enum Value {
    Text(&'static str),
    Int(i64),
    /// So many of one byte.
    Bytes(u8, usize),
    /// So many statements of two devices by turns.
    Causes(u8),
    /// It is so.
    True,
}

/// A field and its value.
pub type Row = (&'static str, Value);

/// Keys whose longest value is of so many bytes.
const LONGEST: &[(usize, &[&str])] = &[
    (2_000, &["text"]),
    (600, &["note", "offence", "items", "reason", "necessity", "injuries", "value"]),
    (200, &["name", "body", "officer", "site", "ordered", "means", "aim", "witnesses", "section"]),
    (80, &["marker", "landmark", "whom", "paper", "lang", "citizenship"]),
    (32, &["said"]),
];

/// The journal that these statements stand in.
pub fn journal(world: &World) -> JournalId {
    JournalId::of_device(&world.head.id(), [0xbb; 8])
}

/// The page.
pub fn page(world: &World) -> Page {
    let mut page = Page::new(
        "field.txt",
        "What is said on a patrol beside entries, of cases, decisions and pages, each a change of its own in field.journal: `whole`\n\
         with all fields that the kind may have, `least` without those that may be absent, `other` in another of its forms,\n\
         `largest` with each field as long as it may be.",
    );
    let journal = journal(world);
    page.note("field.journal", journal.as_bytes(), "the journal of all of them");
    for (group, statements) in
        [("whole", whole()), ("least", least()), ("other", other()), ("largest", largest())]
    {
        for (kind, fields) in statements {
            let change = write(&[], &actor(&journal, 1), &[(key_of(&journal, 1), fields.clone())]);
            page.note(&format!("{group}.{kind}"), change, &shown(&fields));
        }
    }
    page
}

/// Each kind with all fields.
pub fn whole() -> Vec<Named> {
    WHOLE.iter().map(|(kind, rows)| (*kind, said(kind, rows, true))).collect()
}

/// Each kind with as few fields as it can have.
fn least() -> Vec<Named> {
    let of_kind = |kind: &str, keys: &[&str]| {
        let (_, rows) = WHOLE.iter().find(|(whole, _)| *whole == kind).unwrap();
        let kept: Vec<Row> = rows.iter().filter(|(key, _)| keys.contains(key)).copied().collect();
        assert_eq!(kept.len(), keys.len(), "{kind} has these fields");
        said(kind, &kept, false)
    };
    LEAST.iter().map(|(kind, keys)| (*kind, of_kind(kind, keys))).collect()
}

/// Bounds, and codes that no other line has.
fn other() -> Vec<Named> {
    OTHER.iter().map(|(name, kind, rows)| (*name, said(kind, rows, true))).collect()
}

/// Each kind with the longest value of each field.
pub fn largest() -> Vec<Named> {
    let longest = |(kind, mut fields): Named| {
        for (bytes, keys) in LONGEST {
            for key in keys
                .iter()
                .filter(|key| WHOLE.iter().any(|(of, rows)| *of == kind && has(rows, key)))
            {
                fields.insert(*key, Scalar::Text("n".repeat(*bytes)));
            }
        }
        for (key, _) in fields.clone().iter() {
            match key {
                "before" | "entries" => fields.insert(key, Scalar::Bytes(causes(8, &"k".repeat(31)))),
                "bytes" => fields.insert(key, Scalar::Bytes(vec![0x5a; 2_048])),
                _ => {}
            }
        }
        (kind, fields)
    };
    whole().into_iter().map(longest).collect()
}

fn has(rows: &[Row], key: &str) -> bool {
    rows.iter().any(|(known, _)| *known == key)
}

/// A statement half an hour into the morning; without satellites and boot, if as little is to be said as can be.
fn said(kind: &str, rows: &[Row], is_whole: bool) -> Fields {
    let mut fields = Fields::new();
    fields.insert("kind", Scalar::Text(kind.to_owned()));
    fields.insert("at", Scalar::Int(MORNING_MS + 1_800_000));
    fields.insert("tz", Scalar::Int(300));
    if is_whole {
        fields.insert("gps", Scalar::Int(-1_250));
        fields.insert("boot", Scalar::Int(MORNING_MS));
    }
    for (key, value) in rows {
        fields.insert(*key, scalar(value));
    }
    fields
}

fn scalar(value: &Value) -> Scalar {
    match value {
        Value::Text(text) => Scalar::Text((*text).to_owned()),
        Value::Int(int) => Scalar::Int(*int),
        Value::Bytes(byte, count) => Scalar::Bytes(vec![*byte; *count]),
        Value::True => Scalar::Flag(true),
        Value::Causes(count) => Scalar::Bytes(causes(*count, "AAAAAAAA.")),
    }
}

/// Statements as they are named: of each device the keys that begin so, with a figure behind.
pub fn causes(count: u8, key: &str) -> Vec<u8> {
    let one = |number: u8| {
        let key = format!("{key}{number}");
        [&[0xa7 + number / 4; 32], [u8::try_from(key.len()).unwrap()].as_slice(), key.as_bytes()].concat()
    };
    (0..count).flat_map(one).collect()
}
