//! The register as this device reads it: persons, squads, lists.
//!
//! Everything that is said of a person stands in documents of his own id, in whatever space; of a squad in those of the
//! squad's, of a list in those of the list's. So one look-up brings all of it, and erasing a person erases it.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::ids::{Author, ListId, MemberId, PersonId, SquadId, StatementRef};
use jasaq_model::records::{Lists, PersonRecord, SquadRecord};
use jasaq_model::register::{
    CertificateNumber, CheckOutcome, CouncilDecision, Decided, Identity, Record, Withdrawn,
};
use jasaq_model::roles::{MAY, Role};
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind, Statement};
use jasaq_protocol::ids::{DeviceId, DocumentId, SpaceId};

use super::lawful::Lawful;
use super::patrol::{UnsettledReason, counted_of_kind, tell_apart};
use super::speakers::Speakers;
use crate::documents::continuation;
use crate::exchange::Device;
use crate::limits::CONTINUATIONS_MAX;
use crate::roles::office_of;
use crate::vault::{Connection, Standing, StatementRow, Vault, VaultRefused};

/// A statement of the register that is here and does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCounted {
    /// Its key.
    pub key: StatementRef,
    /// The device that wrote it.
    pub author: Author,
    /// In which office; none if it is not known.
    pub role: Option<Role>,
    /// What it wants to be; none for a kind of a newer program.
    pub kind: Option<Kind>,
    /// Why it does not count.
    pub reason: UnsettledReason,
    /// The paragraph that gives it to others.
    pub paragraph: Option<&'static str>,
}

/// The documents in which everything about a person, a squad or a list stands: the first, and those that continue it.
pub(crate) fn documents_about(first: &[u8; 16]) -> impl Iterator<Item = DocumentId> + use<> {
    let first = DocumentId::from_bytes(*first);
    (0..CONTINUATIONS_MAX).map(move |number| continuation(first, number))
}

/// What stands in the documents that continue a first one, and which those are, with the one that would be next.
pub(super) fn rows_about(
    connection: &Connection,
    first: &[u8; 16],
) -> Result<(Vec<StatementRow>, Vec<DocumentId>), VaultRefused> {
    let (mut all, mut continuations) = (Vec::new(), Vec::new());
    for (number, document) in documents_about(first).enumerate() {
        if number > 0 {
            continuations.push(document);
        }
        let rows = Vault::statements_about(connection, &document)?;
        if rows.is_empty() {
            break;
        }
        all.extend(rows);
    }
    Ok((tell_apart(all), continuations))
}

/// The rows that count by their authors' roles, read.
pub(super) fn readable(rows: Vec<StatementRow>) -> Vec<(StatementRow, Statement)> {
    let counted = rows.into_iter().filter(|row| row.standing == Standing::Counts);
    counted
        .filter_map(|row| Statement::from_fields(&row.fields).ok().map(|said| (row, said)))
        .collect()
}

/// What counts about a person or a squad, and the documents in which more may stand.
pub(super) fn counted_about(
    connection: &Connection,
    device: &Device,
    first: &[u8; 16],
) -> Result<(Vec<Stated>, Vec<DocumentId>), VaultRefused> {
    let (rows, continuations) = rows_about(connection, first)?;
    let rows = readable(rows);
    let lawful = Lawful::of(device, &rows);
    let mut speakers = Speakers::of(connection, device);
    let counted = rows.iter().filter(|(row, said)| lawful.counts(row, said));
    let counted = counted.map(|(row, said)| speakers.stated(row, said.clone()));
    Ok((counted.collect::<Result<_, _>>()?, continuations))
}

pub(super) fn of_kinds(
    connection: &Connection,
    device: &Device,
    kinds: &[Kind],
) -> Result<Vec<Stated>, VaultRefused> {
    let mut all = Vec::new();
    for kind in kinds {
        all.extend(
            counted_of_kind(connection, device, *kind)?
                .into_iter()
                .map(|(_, stated)| stated),
        );
    }
    Ok(all)
}

/// The lists of squad members that this device reads. What is said of a list, or takes something back, counts in its space.
pub(crate) fn lists(connection: &Connection, device: &Device) -> Result<Lists, VaultRefused> {
    let mut said = Vec::new();
    for kind in [Kind::List, Kind::ListReceived, Kind::ListWithdrawn, Kind::Withdrawn] {
        said.extend(counted_of_kind(connection, device, kind)?);
    }
    let mut homes: BTreeSet<(ListId, SpaceId)> = BTreeSet::new();
    let mut keys: BTreeSet<(StatementRef, Author, SpaceId)> = BTreeSet::new();
    for (row, stated) in &said {
        keys.insert((stated.key.clone(), stated.author, row.space));
        if let Body::Register(Record::List(list)) = &stated.statement.body {
            homes.insert((list.list, row.space));
        }
    }
    let counts = |(row, stated): &(StatementRow, Stated)| match &stated.statement.body {
        Body::Register(Record::ListReceived(received)) => homes.contains(&(received.list, row.space)),
        Body::Register(Record::ListWithdrawn(withdrawn)) => homes.contains(&(withdrawn.list, row.space)),
        Body::Register(Record::Withdrawn(Withdrawn { author, key, .. })) => {
            let of_author = DeviceId::from_bytes(*author.as_bytes());
            keys.contains(&(key.clone(), *author, row.space))
                && device.are_of_one_office(&row.device, &of_author)
        }
        _ => true,
    };
    Ok(Lists::from_statements(said.into_iter().filter(counts).map(|(_, stated)| stated)))
}

/// The council's space in which a squad was created by a decision.
pub(crate) fn home_of(
    connection: &Connection,
    device: &Device,
    squad: SquadId,
) -> Result<Option<SpaceId>, VaultRefused> {
    let rows = readable(rows_about(connection, squad.as_bytes())?.0);
    Ok(Lawful::of(device, &rows).homes().next())
}

/// One person's engagement, as far as this device reads it.
pub(crate) fn person_record(
    connection: &Connection,
    device: &Device,
    (person, lists): (PersonId, &Lists),
) -> Result<PersonRecord, VaultRefused> {
    let (statements, _) = counted_about(connection, device, person.as_bytes())?;
    Ok(PersonRecord::from_statements(person, statements, lists))
}

/// What was said of a person or a squad and does not count.
pub(crate) fn not_counted(
    connection: &Connection,
    device: &Device,
    about: &[u8; 16],
) -> Result<Vec<NotCounted>, VaultRefused> {
    let all = rows_about(connection, about)?.0;
    let rows = readable(all.clone());
    let lawful = Lawful::of(device, &rows);
    let view = |row: StatementRow| {
        let statement = Statement::from_fields(&row.fields);
        let reason = match (row.standing, &statement) {
            (Standing::Counts, Ok(statement)) if lawful.counts(&row, statement) => return None,
            (_, Err(_)) => UnsettledReason::NotReadable,
            (Standing::Waiting, _) => UnsettledReason::Waiting,
            (Standing::Held, _) => UnsettledReason::Held,
            (Standing::NotCounted | Standing::Counts, _) => UnsettledReason::NotCounted,
        };
        let kind = statement.ok().map(|statement| statement.kind());
        let enrolled = device.membership.known_device(&row.device);
        Some(NotCounted {
            author: Author::from_bytes(*row.device.as_bytes()),
            role: enrolled.map(|enrolled| office_of(enrolled.role)),
            paragraph: MAY.iter().find(|may| Some(may.kind) == kind).map(|may| may.paragraph),
            key: row.key,
            kind,
            reason,
        })
    };
    Ok(all.into_iter().filter_map(view).collect())
}

/// One squad, as far as this device reads it.
pub(crate) fn squad_record(
    connection: &Connection,
    device: &Device,
    squad: SquadId,
) -> Result<SquadRecord, VaultRefused> {
    let (mut statements, _) = counted_about(connection, device, squad.as_bytes())?;
    // A squad may have been created without a decision's number and day; that stands with its council's other words. Where
    // there is a decision, what another council says of it elsewhere is nothing.
    if home_of(connection, device, squad)?.is_none() {
        statements.extend(of_kinds(connection, device, &[Kind::Squad])?);
    }
    Ok(SquadRecord::from_statements(squad, statements))
}

/// The squads that councils created, by what this device reads.
pub(crate) fn council_squads(
    connection: &Connection,
    device: &Device,
) -> Result<Vec<(SquadId, SquadRecord)>, VaultRefused> {
    let mut squads = BTreeSet::new();
    for stated in of_kinds(connection, device, &[Kind::Squad, Kind::Decision])? {
        match stated.statement.body {
            Body::Squad(squad)
            | Body::Register(Record::Decision(CouncilDecision {
                decided: Decided::CreateSquad(squad),
                ..
            })) => squads.insert(squad.id),
            _ => false,
        };
    }
    let record = |squad| Ok((squad, squad_record(connection, device, squad)?));
    let all: Result<Vec<_>, VaultRefused> = squads.into_iter().map(record).collect();
    Ok(all?.into_iter().filter(|(_, record)| record.created.is_some()).collect())
}

/// Every person of whom something is said in the register, by what this device reads.
pub(crate) fn persons(connection: &Connection, device: &Device) -> Result<BTreeSet<PersonId>, VaultRefused> {
    let kinds = [Kind::NameOn, Kind::ListLine, Kind::Application, Kind::Registration];
    let said = of_kinds(connection, device, &kinds)?;
    let person = |stated: Stated| match stated.statement.body {
        Body::NameOn(on) => Some(on.person.id),
        Body::Register(Record::ListLine(line)) => Some(line.person.id),
        Body::Register(Record::Application(application)) => Some(application.person.id),
        Body::Register(Record::Registration(registration)) => Some(registration.person),
        _ => None,
    };
    Ok(said.into_iter().filter_map(person).collect())
}

/// The persons on the lines of each list, in their order.
pub(crate) fn lines_by_list(
    connection: &Connection,
    device: &Device,
) -> Result<BTreeMap<ListId, Vec<(u32, PersonId)>>, VaultRefused> {
    let mut lists: BTreeMap<ListId, BTreeSet<(u32, PersonId)>> = BTreeMap::new();
    for stated in of_kinds(connection, device, &[Kind::ListLine])? {
        if let Body::Register(Record::ListLine(line)) = stated.statement.body {
            lists.entry(line.list).or_default().insert((line.number, line.person.id));
        }
    }
    Ok(lists
        .into_iter()
        .map(|(list, lines)| (list, lines.into_iter().collect()))
        .collect())
}

/// In which space each statement stands that puts a person on a roster.
pub(crate) fn names_on(
    connection: &Connection,
    person: PersonId,
) -> Result<BTreeMap<(Author, StatementRef), SpaceId>, VaultRefused> {
    let rows = readable(rows_about(connection, person.as_bytes())?.0);
    let on = rows.into_iter().filter(|(_, said)| said.kind() == Kind::NameOn);
    Ok(on
        .map(|(row, _)| ((Author::from_bytes(*row.device.as_bytes()), row.key), row.space))
        .collect())
}

/// Whether a number was ever given, or one that reads alike: also one whose certificate was taken back, or whose holder was erased,
/// since its paper may exist (001-§21).
pub(crate) fn was_given(
    connection: &Connection,
    device: &Device,
    number: &CertificateNumber,
) -> Result<bool, VaultRefused> {
    let said = of_kinds(connection, device, &[Kind::Certificate, Kind::NumberGiven])?;
    Ok(said.iter().any(|stated| match &stated.statement.body {
        Body::Register(Record::Certificate(certificate)) => certificate.number.reads_as(number),
        Body::Register(Record::NumberGiven(given)) => given.number.reads_as(number),
        _ => false,
    }))
}

/// The numbers of certificates that were given, with the persons who have them; more than one where two consoles gave it at the
/// same time.
pub(crate) fn certificate_numbers(
    connection: &Connection,
    device: &Device,
) -> Result<BTreeMap<CertificateNumber, BTreeSet<PersonId>>, VaultRefused> {
    let ends = |stated: Stated| match stated.statement.body {
        Body::Register(Record::Withdrawn(Withdrawn { author, key, .. })) => Some((key, author)),
        _ => None,
    };
    let withdrawn: BTreeSet<(StatementRef, Author)> = of_kinds(connection, device, &[Kind::Withdrawn])?
        .into_iter()
        .filter_map(ends)
        .collect();
    let mut numbers: BTreeMap<CertificateNumber, BTreeSet<PersonId>> = BTreeMap::new();
    for stated in of_kinds(connection, device, &[Kind::Certificate])? {
        let name = (stated.key, stated.author);
        let Body::Register(Record::Certificate(certificate)) = stated.statement.body else { continue };
        // A certificate that was taken back frees its number; whether a withdrawal counts is the record's affair.
        if withdrawn.contains(&name) {
            let record = person_record(connection, device, (certificate.person, &Lists::default()))?;
            let mut standing = record.certificates.iter().map(|certificate| &certificate.issued);
            if !standing.any(|issued| (&issued.key, issued.author) == (&name.0, name.1)) {
                continue;
            }
        }
        numbers.entry(certificate.number).or_default().insert(certificate.person);
    }
    Ok(numbers)
}

/// Which person has a member's phones, if the subdivision said so.
pub(crate) fn person_of_member(
    connection: &Connection,
    device: &Device,
    member: MemberId,
) -> Result<Option<PersonId>, VaultRefused> {
    Ok(persons_of_members(connection, device)?.get(&member).map(Holder::person))
}

/// Whom a member's phones are said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Holder {
    /// This person's, and nobody else's who is on the register.
    One(PersonId),
    /// Several persons': somebody has to take back all but one.
    Contested(PersonId, BTreeSet<PersonId>),
}

impl Holder {
    /// The person, or the first of them.
    pub(crate) const fn person(&self) -> PersonId {
        match self {
            Self::One(person) | Self::Contested(person, _) => *person,
        }
    }
}

/// Which persons have which members' phones. Who was struck off frees his phone for whoever comes after him, himself listed anew
/// among them.
pub(crate) fn persons_of_members(
    connection: &Connection,
    device: &Device,
) -> Result<BTreeMap<MemberId, Holder>, VaultRefused> {
    let lists = Lists::default();
    let mut claims: BTreeMap<MemberId, BTreeSet<(bool, PersonId)>> = BTreeMap::new();
    for stated in of_kinds(connection, device, &[Kind::MemberIs])? {
        let Body::Register(Record::MemberIs(member_is)) = stated.statement.body else { continue };
        let record = person_record(connection, device, (member_is.person, &lists))?;
        // What was taken back names nobody.
        if record.members.contains(&member_is.member) {
            let claim = (!record.strike_offs.is_empty(), member_is.person);
            claims.entry(member_is.member).or_default().insert(claim);
        }
    }
    let first = |(member, claims): (MemberId, BTreeSet<(bool, PersonId)>)| {
        let (_, person) = *claims.first()?;
        let running = claims.iter().filter(|(is_struck_off, _)| !is_struck_off);
        let others: BTreeSet<PersonId> =
            running.map(|(_, other)| *other).filter(|other| *other != person).collect();
        let holder = if others.is_empty() { Holder::One(person) } else { Holder::Contested(person, others) };
        Some((member, holder))
    };
    Ok(claims.into_iter().filter_map(first).collect())
}

/// Whether one of two persons' papers is the same.
fn has_papers_of(papers: &Identity, other: &Identity) -> bool {
    (papers.iin.is_some() && other.iin == papers.iin)
        || (papers.id_document.is_some() && other.id_document == papers.id_document)
}

/// Whether somebody with one of these papers was struck off, as an applicant or off a list.
pub(crate) fn was_struck_off(
    connection: &Connection,
    device: &Device,
    papers: &Identity,
) -> Result<bool, VaultRefused> {
    for stated in of_kinds(connection, device, &[Kind::Application, Kind::ListLine])? {
        let other = match stated.statement.body {
            Body::Register(Record::Application(application)) => application.person,
            Body::Register(Record::ListLine(line)) => line.person,
            _ => continue,
        };
        if has_papers_of(papers, &other) {
            let record = person_record(connection, device, (other.id, &Lists::default()))?;
            if !record.strike_offs.is_empty() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether somebody with one of these papers applied, and his application was neither taken back nor refused, nor his part ended.
pub(crate) fn has_applied(
    connection: &Connection,
    device: &Device,
    papers: &Identity,
) -> Result<bool, VaultRefused> {
    for stated in of_kinds(connection, device, &[Kind::Application])? {
        let Body::Register(Record::Application(application)) = stated.statement.body else { continue };
        if has_papers_of(papers, &application.person) {
            let of = (application.person.id, &Lists::default());
            let record = person_record(connection, device, of)?;
            let is_refused = record.decision() == Some(CheckOutcome::Refused);
            if !record.applications.is_empty() && record.strike_offs.is_empty() && !is_refused {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
