//! In what a page says something else than the statements that it rests on: whoever countersigns it puts it together anew and holds
//! both side by side (requirements §7.3).
//!
//! Promises that a page which was put together from these statements by the rule of this program differs in nothing. Compared is what
//! follows from the statements alone: not what each device knows for itself (the cards, how far a phone had come). Of a commitment it
//! is compared here that there is one; what it is to, with what opens it.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::Page;
use crate::codes::coded;
use crate::patrol_log::Flag;

coded! {
    /// A part of a page.
    pub enum PageSection {
        /// Which patrols are its parts.
        Parts = "parts",
        /// Why it was amended.
        Reason = "reason",
        /// What was planned.
        Plan = "plan",
        /// What is said of the patrol itself.
        Header = "header",
        /// Who was there, and for how long.
        Members = "members",
        /// How much each phone said, and why one was not waited for.
        Phones = "phones",
        /// Its legs.
        Legs = "legs",
        /// Its tracks.
        Tracks = "tracks",
        /// What happened.
        Events = "events",
        /// What was taken back.
        Withdrawn = "withdrawn",
        /// Certificates shown, pauses, gaps.
        Marks = "marks",
        /// What was told to the subdivision at once.
        Notices = "notices",
        /// Persons detained, force used.
        Cases = "cases",
        /// What looks wrong.
        Flags = "flags",
        /// On which statements it rests.
        Statements = "statements",
    }
}

impl Page {
    /// The sections in which it says something else than this page, which was put together from the same statements. Of parts and
    /// notices whoever reads them judges.
    #[must_use]
    pub fn differing_from(&self, anew: &Self) -> BTreeSet<PageSection> {
        let pairs = compared(self).into_iter().zip(compared(anew));
        let differing = pairs.filter(|((_, own), (_, other))| own != other);
        let mut sections: BTreeSet<PageSection> = differing.map(|((section, _), _)| section).collect();
        if self.before.is_some() != self.reason.is_some() {
            sections.insert(PageSection::Reason);
        }
        sections
    }
}

impl PageSection {
    /// In which section a commitment stands, by its place in the page (RFC 6901).
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let (_, rest) = path.split_once('/')?;
        let name = rest.split('/').next()?;
        Self::ALL.iter().copied().find(|section| section.code() == name)
    }
}

fn compared(page: &Page) -> [(PageSection, Value); 12] {
    [
        (PageSection::Plan, plain(&page.plan)),
        (PageSection::Header, plain(&page.header)),
        (
            PageSection::Members,
            without(plain(&page.members), &["name", "certificate", "eligible", "card_of"]),
        ),
        (PageSection::Phones, without(plain(&page.phones), &["member", "missing"])),
        (PageSection::Legs, plain(&page.legs)),
        (PageSection::Tracks, plain(&page.tracks)),
        (PageSection::Events, plain(&page.events)),
        (PageSection::Withdrawn, plain(&page.withdrawn)),
        (PageSection::Marks, plain(&page.marks)),
        (PageSection::Cases, plain(&page.cases)),
        (PageSection::Flags, plain(&without_ended(&page.flags))),
        (PageSection::Statements, plain(&page.statements)),
    ]
}

/// Since when somebody was not on the squad any more is not the same wherever it is known.
fn without_ended(flags: &[[String; 2]]) -> Vec<&[String; 2]> {
    let ended = Flag::MemberNoLongerEligible.code();
    flags.iter().filter(|[code, _]| code != ended).collect()
}

/// As JSON, with every commitment written alike: each device draws its own salts.
fn plain(part: &impl Serialize) -> Value {
    serde_json::to_value(part).map_or(Value::Null, blind)
}

fn blind(value: Value) -> Value {
    match value {
        Value::Object(fields) if fields.len() == 1 && fields.contains_key("commitment") => Value::Bool(true),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, blind(value))).collect(),
        Value::Array(items) => items.into_iter().map(blind).collect(),
        other => other,
    }
}

/// The lines without these fields.
fn without(lines: Value, fields: &[&str]) -> Value {
    let Value::Array(mut lines) = lines else { return lines };
    for line in lines.iter_mut().filter_map(Value::as_object_mut) {
        line.retain(|name, _| !fields.contains(&name.as_str()));
    }
    Value::Array(lines)
}
