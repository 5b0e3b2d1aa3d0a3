//! What a council has not looked at yet, and who read what is kept apart.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::ids::{Author, PersonId, StatementRef};
use jasaq_model::moment::{Day, Moment};
use jasaq_model::records::Said;
use jasaq_model::register::{CouncilDecision, Record, Seen, Withdrawn};
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind};
use jasaq_model::words::Text;
use jasaq_protocol::ids::DeviceId;
use jasaq_protocol::membership::SpaceKind;

use super::patrol::counted_of_kind;
use crate::exchange::Device;
use crate::vault::{Connection, Vault, VaultRefused};

/// What councils' spaces hold that no review has reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CouncilChanges {
    /// The latest day on which a council looked; if left unset, none has yet.
    pub reviewed: Option<Day>,
    /// What was said since, by day.
    pub changes: Vec<Stated>,
    /// What the withdrawals among it took back, in the order of the keys.
    pub taken_back: Vec<Stated>,
}

/// A council's decision that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoneDecision {
    /// What it was.
    pub said: Said<CouncilDecision>,
    /// Why it was taken back.
    pub reason: Text,
}

/// Somebody opened what is kept apart about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// About whom.
    pub person: PersonId,
    /// On which device.
    pub by: Author,
    /// When, by the clock of that device.
    pub at: Moment,
    /// What for.
    pub reason: Text,
}

/// What a council's space holds beside its reviews.
const OF_A_COUNCIL: [Kind; 8] = [
    Kind::Squad,
    Kind::Decision,
    Kind::HeadEnded,
    Kind::Supervision,
    Kind::NameOn,
    Kind::NameOff,
    Kind::Remark,
    Kind::Withdrawn,
];

/// No clock decides what is new: a statement is, unless a review that stands reaches its key.
pub(crate) fn council_changes(
    connection: &Connection,
    device: &Device,
) -> Result<CouncilChanges, VaultRefused> {
    let keys = keys_of_councils(connection, device)?;
    let in_council = |kind| -> Result<Vec<Stated>, VaultRefused> {
        let of_kind = counted_of_kind(connection, device, kind)?;
        Ok(of_kind
            .into_iter()
            .map(|(_, stated)| stated)
            .filter(|said| keys.contains(&said.key))
            .collect())
    };
    let mut said = Vec::new();
    for kind in OF_A_COUNCIL {
        said.extend(in_council(kind)?);
    }
    let taken_back = said.iter().filter_map(|stated| taken_back_by_its_office(device, stated));
    let taken_back: BTreeSet<(Author, StatementRef)> = taken_back.collect();
    let mut reviews = in_council(Kind::Review)?;
    reviews.retain(|review| !taken_back.contains(&(review.author, review.key.clone())));
    let seen: Vec<&Seen> = reviews
        .iter()
        .filter_map(|review| match &review.statement.body {
            Body::Register(Record::Review(review)) => Some(&review.seen),
            _ => None,
        })
        .collect();
    let is_new = |stated: &Stated| !seen.iter().any(|seen| seen.reaches(&stated.key));
    let withdrawals = said.iter().filter(|stated| is_new(stated));
    let ended = withdrawals.filter_map(|stated| taken_back_by_its_office(device, stated));
    let ended: BTreeSet<(Author, StatementRef)> = ended.collect();
    let is_ended = |stated: &&Stated| ended.contains(&(stated.author, stated.key.clone()));
    let mut taken_back: Vec<Stated> = said.iter().filter(is_ended).cloned().collect();
    taken_back.sort_by(|one, other| (&one.key, one.author).cmp(&(&other.key, other.author)));
    said.retain(is_new);
    said.sort_by(|one, other| (day(one), &one.key, one.author).cmp(&(day(other), &other.key, other.author)));
    Ok(CouncilChanges { reviewed: reviews.iter().map(day).max(), changes: said, taken_back })
}

/// The councils' decisions that were taken back, in the order of their days.
pub(crate) fn undone_decisions(
    connection: &Connection,
    device: &Device,
) -> Result<Vec<UndoneDecision>, VaultRefused> {
    let mut reasons: BTreeMap<(Author, StatementRef), Text> = BTreeMap::new();
    for (_, stated) in counted_of_kind(connection, device, Kind::Withdrawn)? {
        if let Some(ended) = taken_back_by_its_office(device, &stated)
            && let Body::Register(Record::Withdrawn(Withdrawn { reason, .. })) = stated.statement.body
        {
            reasons.entry(ended).or_insert(reason);
        }
    }
    let decisions = counted_of_kind(connection, device, Kind::Decision)?;
    let undone = decisions.into_iter().filter_map(|(_, Stated { key, author, statement, .. })| {
        let reason = reasons.get(&(author, key.clone()))?.clone();
        let Body::Register(Record::Decision(what)) = statement.body else { return None };
        Some(UndoneDecision { said: Said { key, author, what }, reason })
    });
    let mut undone: Vec<UndoneDecision> = undone.collect();
    undone.sort_by(|one, other| {
        (one.said.what.day, &one.said.key).cmp(&(other.said.what.day, &other.said.key))
    });
    Ok(undone)
}

fn day(stated: &Stated) -> Day {
    stated.statement.happened_at().day()
}

/// What councils' spaces hold, by its keys.
pub(crate) fn keys_of_councils(
    connection: &Connection,
    device: &Device,
) -> Result<BTreeSet<StatementRef>, VaultRefused> {
    let councils = device
        .membership
        .spaces()
        .filter(|(_, record)| record.kind == SpaceKind::Council);
    let mut keys = BTreeSet::new();
    for (space, _) in councils {
        keys.extend(Vault::keys_in(connection, space)?);
    }
    Ok(keys)
}

fn taken_back_by_its_office(device: &Device, stated: &Stated) -> Option<(Author, StatementRef)> {
    let Body::Register(Record::Withdrawn(Withdrawn { author, key, .. })) = &stated.statement.body else {
        return None;
    };
    let [by, of] = [stated.author, *author].map(|device| DeviceId::from_bytes(*device.as_bytes()));
    device.are_of_one_office(&by, &of).then(|| (*author, key.clone()))
}

/// Who opened what is kept apart, the latest last. Nobody takes that back.
pub(crate) fn readings(connection: &Connection, device: &Device) -> Result<Vec<Reading>, VaultRefused> {
    let mut readings: Vec<Reading> = counted_of_kind(connection, device, Kind::Read)?
        .into_iter()
        .filter_map(|(_, stated)| {
            let at = stated.statement.happened_at();
            let by = stated.author;
            match stated.statement.body {
                Body::Register(Record::Read(read)) => {
                    Some(Reading { person: read.person, by, at, reason: read.reason })
                }
                _ => None,
            }
        })
        .collect();
    readings.sort_by_key(|reading| (reading.at.time(), reading.person, reading.by));
    Ok(readings)
}
