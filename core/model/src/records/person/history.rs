//! Everything that was said of an engagement, by day.

use crate::ids::{Author, MemberId, PersonId, StatementRef};
use crate::moment::Day;
use crate::records::{About, Heard, Name};
use crate::register::Record;
use crate::roles::Role;
use crate::stated::Stated;
use crate::statement::{Body, Kind};
use crate::words::Text;

/// A statement about a person, as a history shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// Its key.
    pub key: StatementRef,
    /// The device that said it.
    pub author: Author,
    /// In which office; if left unset, not known.
    pub role: Option<Role>,
    /// What sort of statement it is.
    pub kind: Kind,
    /// The day that it names, else that on which it was recorded.
    pub day: Day,
    /// Whose phone it says that his is; none for what says nothing of phones.
    pub member: Option<MemberId>,
    /// Why it was taken back; if left unset, it stands.
    pub withdrawn: Option<Text>,
}

impl HistoryLine {
    /// Why it was taken back, as far as it is shown: why a strike-off was may tell its ground, which is kept apart.
    #[must_use]
    pub fn withdrawn_because(&self, is_open: bool) -> Option<&str> {
        let reason = self.withdrawn.as_ref()?.as_str();
        Some(if is_open || self.kind != Kind::StrikeOff { reason } else { KEPT_APART })
    }
}

/// In place of a reason that is kept apart.
const KEPT_APART: &str = "…";

/// The day that a record names; none for what names none.
const fn day_of(record: &Record) -> Option<Day> {
    match record {
        Record::Application(application) => Some(application.received),
        Record::ApplicationDecided(decided) => Some(decided.day),
        Record::Check(check) => Some(check.day),
        Record::Offence(offence) => Some(offence.day),
        Record::ExclusionNotice(notice) => Some(notice.day),
        Record::Registration(registration) => Some(registration.day),
        Record::Certificate(certificate) => Some(certificate.day),
        Record::CertificateLost(lost) => Some(lost.day),
        Record::CertificateReprinted(reprinted) => Some(reprinted.day),
        Record::Training(training) => Some(training.day),
        Record::Circumstance(circumstance) => Some(circumstance.day),
        Record::StrikeOff(strike_off) => Some(strike_off.day),
        Record::Notice(notice) => Some(notice.day),
        _ => None,
    }
}

const fn member_of(body: &Body) -> Option<MemberId> {
    match body {
        Body::Register(Record::MemberIs(member_is)) => Some(member_is.member),
        _ => None,
    }
}

pub(super) fn history(person: PersonId, heard: &Heard) -> Vec<HistoryLine> {
    let line = |(name, stated): (&Name, &Stated)| {
        let recorded = stated.statement.happened_at().day();
        if About::of(&stated.statement.body) != About::Person(person) {
            return None;
        }
        let day = match &stated.statement.body {
            Body::Register(record) => day_of(record).unwrap_or(recorded),
            _ => recorded,
        };
        Some(HistoryLine {
            key: stated.key.clone(),
            author: stated.author,
            role: stated.role,
            kind: stated.statement.kind(),
            day,
            member: member_of(&stated.statement.body),
            withdrawn: heard.withdrawn.get(name).cloned(),
        })
    };
    let mut lines: Vec<HistoryLine> = heard.statements.iter().filter_map(line).collect();
    lines.sort_by(|one, other| (one.day, &one.key, one.author).cmp(&(other.day, &other.key, other.author)));
    lines
}
