//! The roster: a person as the index keeps him, made of his statements, and as a page shows him.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::eligibility::{Eligibility, Outlook};
use jasaq_model::ids::{ListId, PersonId, SquadId, StatementRef};
use jasaq_model::moment::Day;
use jasaq_model::records::{ListRecord, Lists, PersonRecord, PersonState};
use jasaq_model::register::{CertificateNumber, Record};
use jasaq_model::roster::Roster;
use jasaq_model::spelling::{self, SortKey, searchable};
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind};
use jasaq_model::words::Name;
use jasaq_protocol::ids::{DeviceId, SpaceId};

use super::patrol::counted_of_kind;
use super::register::counted_about;
use crate::exchange::Device;
use crate::vault::{Connection, NewRosterRow, RosterRow, StatementRow, VaultRefused};

/// Of what is written into the index here, with the tables of spelling: where it differs, the index is made anew.
pub(crate) const ROSTER_TABLES: u32 = 5 << 16 | spelling::VERSION;

/// A person on a page of the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterEntry {
    /// Whom.
    pub person: PersonId,
    /// His name as the register has it. If left unset, what this device reads does not say it.
    pub full_name: Option<Name>,
    /// The squads on whose rosters he is.
    pub squads: Vec<SquadId>,
    /// How far it has come.
    pub state: PersonState,
    /// The number of the certificate that stands.
    pub certificate: Option<CertificateNumber>,
    /// Since when a circumstance or a strike-off ends his part.
    pub ended: Option<Day>,
    /// Whether he may go on patrol today, and why not. None where registrations are not read.
    pub eligibility: Option<Eligibility>,
}

/// What the index is to know of a person.
pub(crate) struct Indexed {
    /// None if nothing is said of him.
    pub(crate) row: Option<NewRosterRow>,
    /// What else than his first document it hangs on: those that continue it, with the one that would be next, and the lists
    /// that name him, whether or not they stand.
    pub(crate) sources: BTreeSet<[u8; 16]>,
}

/// A person as the index keeps him.
pub(crate) fn indexed(
    connection: &Connection,
    device: &Device,
    (person, lists): (PersonId, &Lists),
) -> Result<Indexed, VaultRefused> {
    let (statements, continuations) = counted_about(connection, device, person.as_bytes())?;
    let mut sources: BTreeSet<[u8; 16]> = continuations.iter().map(|document| *document.as_bytes()).collect();
    sources.extend(statements.iter().filter_map(|stated| match &stated.statement.body {
        Body::Register(Record::ListLine(line)) => Some(*line.list.as_bytes()),
        _ => None,
    }));
    let record = PersonRecord::from_statements(person, statements, lists);
    Ok(Indexed { row: (!record.history.is_empty()).then(|| row_of(&record)), sources })
}

fn row_of(record: &PersonRecord) -> NewRosterRow {
    let name = record.full_name().map(Name::as_str);
    let mut place = SortKey::new(name.unwrap_or_default()).as_bytes().to_vec();
    // Two persons of one name have two places.
    place.push(0);
    place.extend(record.person.as_bytes());
    let squads: BTreeSet<SquadId> = record.squads().collect();
    let row = RosterRow {
        person: record.person,
        name: name.map(str::to_owned),
        state: record.state().code().to_owned(),
        certificate: record
            .certificate()
            .map(|certificate| certificate.issued.what.number.to_string()),
        ended: record.ended().map(|day| day.to_string()),
        outlook: Outlook::of(record).to_bytes(),
        squads: squads.into_iter().collect(),
    };
    NewRosterRow { row, place, folded: searchable(name.unwrap_or_default()) }
}

/// How lists stand, as far as it changes how those stand whom they name.
pub(crate) fn standing_of_lists(lists: &Lists) -> BTreeMap<ListId, i64> {
    let stands = |(list, record): (ListId, &ListRecord)| {
        (list, i64::from(record.received.is_some()) | i64::from(record.withdrawn.is_some()) << 1)
    };
    lists.iter().map(stands).collect()
}

/// A row of the index as it is shown on a day, if this device can say who may go out.
pub(crate) fn roster_entry(row: RosterRow, on: Option<Day>) -> Result<RosterEntry, VaultRefused> {
    read(row, on).ok_or(VaultRefused::Damaged { set_aside: None })
}

fn read(row: RosterRow, on: Option<Day>) -> Option<RosterEntry> {
    let RosterRow { person, name, state, certificate, ended, outlook, squads } = row;
    let outlook = Outlook::from_bytes(&outlook)?;
    Some(RosterEntry {
        person,
        full_name: name.map(Name::new).transpose().ok()?,
        squads,
        state: PersonState::from_code(&state)?,
        certificate: certificate.map(|number| number.parse()).transpose().ok()?,
        ended: ended.map(|day| day.parse()).transpose().ok()?,
        eligibility: on.map(|day| outlook.on(day)),
    })
}

/// Squads and names on and off their rosters, as far as this device may read them: off by the office that put them on, and neither
/// on nor off by what that office took back.
pub(crate) fn roster(connection: &Connection, device: &Device) -> Result<Roster, VaultRefused> {
    let mut said = Vec::new();
    for kind in [Kind::Squad, Kind::NameOn, Kind::NameOff, Kind::Withdrawn] {
        said.extend(counted_of_kind(connection, device, kind)?);
    }
    let mut places: BTreeMap<&StatementRef, Vec<(SpaceId, DeviceId)>> = BTreeMap::new();
    for (row, stated) in &said {
        places.entry(&stated.key).or_default().push((row.space, row.device));
    }
    let of_its_office = |row: &StatementRow, key: &StatementRef| -> Vec<DeviceId> {
        let named = places.get(key).into_iter().flatten().filter(|(space, _)| *space == row.space);
        let named = named.filter(|(_, author)| device.are_of_one_office(&row.device, author));
        named.map(|(_, author)| *author).collect()
    };
    let mut taken_back: BTreeSet<(StatementRef, DeviceId)> = BTreeSet::new();
    for (row, stated) in &said {
        if let Body::Register(Record::Withdrawn(withdrawn)) = &stated.statement.body {
            let authors = of_its_office(row, &withdrawn.key).into_iter();
            let meant = authors.filter(|author| author.as_bytes() == withdrawn.author.as_bytes());
            taken_back.extend(meant.map(|author| (withdrawn.key.clone(), author)));
        }
    }
    let counts = |(row, stated): &&(StatementRow, Stated)| {
        !taken_back.contains(&(stated.key.clone(), row.device))
            && match &stated.statement.body {
                Body::NameOff(off) => !of_its_office(row, &off.ends).is_empty(),
                _ => true,
            }
    };
    Ok(Roster::from_statements(said.iter().filter(counts).map(|(_, stated)| stated.clone())))
}
