//! The workload of `../shared/bench/gen/gen.py`, read from its JSON lines.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A squad and its documents.
#[derive(Debug, Clone, Deserialize)]
pub struct Squad {
    /// Its name.
    pub sq: String,
    /// Its phones by name, the leader's first.
    pub phones: Vec<String>,
    /// Its roster.
    pub roster: RosterOfSquad,
    /// Its patrols.
    pub patrols: Vec<PatrolOfSquad>,
}

/// A roster as the workload has it.
#[derive(Debug, Clone, Deserialize)]
pub struct RosterOfSquad {
    /// Its members, in their order.
    pub members: Vec<Member>,
}

/// A member with his eight fields.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the workload's own names")]
pub struct Member {
    pub id: String,
    pub name: String,
    pub form: String,
    pub status: String,
    pub joined: String,
    pub checked: String,
    pub valid_to: String,
    pub cert: String,
}

/// A patrol's log.
#[derive(Debug, Clone, Deserialize)]
pub struct PatrolOfSquad {
    /// Its name.
    pub doc: String,
    /// The day, counted from 0.
    pub day: usize,
    /// The phones that write it.
    pub writers: Vec<String>,
}

/// What one person did on one phone.
#[derive(Debug, Clone, Deserialize)]
pub struct Event {
    /// The squad.
    pub sq: String,
    /// The phone.
    pub ph: String,
    /// The document.
    pub doc: String,
    /// What.
    #[serde(flatten)]
    pub deed: Deed,
}

/// What was done.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "op", content = "v", rename_all = "snake_case")]
pub enum Deed {
    /// An entry was written.
    Entry(Entry),
    /// Some points were walked.
    Track(Vec<Point>),
    /// A field of a member was set.
    RosterSet(RosterEdit),
}

impl Event {
    /// Whether it edits a roster.
    pub const fn is_edit(&self) -> bool {
        matches!(self.deed, Deed::RosterSet(_))
    }
}

/// An entry of a log. Its id and author are ours to give: a statement's key and the device that signs it.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the workload's own names")]
pub struct Entry {
    pub at: i64,
    pub kind: String,
    pub text: String,
    pub lat: f64,
    pub lon: f64,
}

/// A point of a track.
#[derive(Debug, Clone, Copy, Deserialize)]
#[expect(missing_docs, reason = "the workload's own names")]
pub struct Point {
    pub t: i64,
    pub lat: f64,
    pub lon: f64,
}

/// A field of a member, newly set.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the workload's own names")]
pub struct RosterEdit {
    pub m: usize,
    pub f: String,
    pub x: String,
}

impl Member {
    /// Sets a field by its name in the workload.
    pub fn set(&mut self, edit: &RosterEdit) {
        let field = match edit.f.as_str() {
            "status" => &mut self.status,
            "checked" => &mut self.checked,
            "form" => &mut self.form,
            other => panic!("the workload sets no field {other}"),
        };
        field.clone_from(&edit.x);
    }

    /// The id's 128 bits: 26 letters of Crockford's alphabet.
    pub fn id_bytes(&self) -> [u8; 16] {
        const LETTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let value = |letter| LETTERS.find(letter).expect("a letter of the alphabet") as u128;
        self.id.chars().fold(0, |bits, letter| bits << 5 | value(letter)).to_be_bytes()
    }

    /// The fields that follow the name, as one line.
    pub fn particulars(&self) -> String {
        let Self { form, status, joined, checked, valid_to, cert, .. } = self;
        [form, status, joined, checked, valid_to, cert].map(String::as_str).join("|")
    }
}

/// One half of the workload: the day or the history.
#[derive(Debug)]
pub struct Workload {
    /// The squads.
    pub squads: Vec<Squad>,
    /// What their phones do, each phone's in its order.
    pub events: Vec<Event>,
}

impl Workload {
    /// Reads `day` or `hist` of a data folder, and of it so many squads at most.
    pub fn read(data: &Path, half: &str, squads_max: usize) -> Self {
        let mut squads: Vec<Squad> = read_lines(&data.join(half).join("squads.jsonl"));
        squads.truncate(squads_max);
        let mut events: Vec<Event> = read_lines(&data.join(half).join("events.jsonl"));
        events.retain(|event| squads.iter().any(|squad| squad.sq == event.sq));
        Self { squads, events }
    }

    /// What one phone does, in its order.
    pub fn of_phone<'a>(&'a self, phone: &'a str) -> impl Iterator<Item = &'a Event> {
        self.events.iter().filter(move |event| event.ph == phone)
    }
}

fn read_lines<T: DeserializeOwned>(file: &Path) -> Vec<T> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a line of the generator"))
        .collect()
}
