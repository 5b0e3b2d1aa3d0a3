//! The register of certificates (001-§21): every certificate that was ever recorded, with what became of each of its prints.
//!
//! Promises that nothing which may exist as paper is left out: what was taken back stands there as taken back, and a number
//! that two persons have says so with each of them.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_model::ids::{PersonId, StatementRef};
use jasaq_model::moment::Day;
use jasaq_model::records::{CertificateRecord, CertificateStatus, HistoryLine, Lists, PersonRecord, Said};
use jasaq_model::register::{CertificateNumber, CertificateReprinted, Record, ReprintCause};
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind};
use jasaq_model::words::{Name, Text};

use super::register::{counted_about, of_kinds};
use crate::exchange::Device;
use crate::formats::certificates::{TerritoryMark, TrustRow};
use crate::vault::{Connection, VaultRefused};

/// A certificate as the register of certificates has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredCertificate {
    /// Whose.
    pub person: PersonId,
    /// What stands of it; of one that was taken back, what was said.
    pub record: CertificateRecord,
    /// Why it was taken back; if left unset, it stands.
    pub taken_back: Option<Text>,
    /// Reprints that were taken back, and why: their paper may exist.
    pub reprints_taken_back: Vec<(Said<CertificateReprinted>, Text)>,
    /// When its holder was struck off; if left unset, he was not.
    pub struck_off: Option<Day>,
    /// Who else has a certificate of this number that stands; the territorial subdivision takes one of them back.
    pub contested_with: BTreeSet<PersonId>,
}

/// One print of a certificate, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredPrint {
    /// Which: 1 for the first.
    pub number: u16,
    /// The key by which its record is taken back.
    pub key: StatementRef,
    /// Whose it is, as this print has it.
    pub holder: Name,
    /// When it was issued.
    pub day: Day,
    /// Why it was printed anew; none of the first.
    pub cause: Option<ReprintCause>,
    /// Why it is worth nothing any more, and since when: lost, printed anew, off the register, taken back, in this order. If empty,
    /// it is good.
    pub fates: Vec<(CertificateStatus, Option<Day>)>,
}

impl RegisteredCertificate {
    /// Every print that was made, in the order of their numbers, also those taken back.
    #[must_use]
    pub fn prints(&self) -> Vec<RegisteredPrint> {
        let issued = &self.record.issued.what;
        let first = RegisteredPrint {
            number: 1,
            key: self.record.issued.key.clone(),
            holder: issued.full_name.clone(),
            day: issued.day,
            cause: None,
            fates: self.fates(1),
        };
        let standing = self.record.reprints.iter().map(|said| (said, false));
        let taken_back = self.reprints_taken_back.iter().map(|(said, _)| (said, true));
        let reprint = |(said, is_taken_back): (&Said<CertificateReprinted>, bool)| RegisteredPrint {
            number: said.what.print,
            key: said.key.clone(),
            holder: said.what.full_name.clone(),
            day: said.what.day,
            cause: Some(said.what.cause),
            fates: if is_taken_back {
                vec![(CertificateStatus::TakenBack, None)]
            } else {
                self.fates(said.what.print)
            },
        };
        let mut prints: Vec<RegisteredPrint> =
            std::iter::once(first).chain(standing.chain(taken_back).map(reprint)).collect();
        prints.sort_by_key(|print| (print.number, print.day));
        prints
    }

    fn fates(&self, print: u16) -> Vec<(CertificateStatus, Option<Day>)> {
        let lost = self.record.lost.iter().filter(|said| said.what.print == print);
        let lost = lost
            .map(|said| said.what.day)
            .min()
            .map(|day| (CertificateStatus::Lost, Some(day)));
        let later = self.record.reprints.iter().filter(|said| said.what.print > print);
        let later = later.map(|said| said.what.day).min();
        let anew = later.map(|day| (CertificateStatus::Reprinted, Some(day)));
        let off = self
            .record
            .is_struck_off
            .then_some((CertificateStatus::StruckOff, self.struck_off));
        let back = self.taken_back.is_some().then_some((CertificateStatus::TakenBack, None));
        lost.into_iter().chain(anew).chain(off).chain(back).collect()
    }

    /// Its rows in a trust list: none of what was taken back, for the number is then another's or nobody's.
    pub(crate) fn trust_rows(&self, territory: TerritoryMark) -> Vec<TrustRow> {
        if self.taken_back.is_some() { Vec::new() } else { TrustRow::of(territory, &self.record) }
    }
}

/// Every certificate that is or was recorded, by its number.
pub(crate) fn certificates(
    connection: &Connection,
    device: &Device,
) -> Result<Vec<RegisteredCertificate>, VaultRefused> {
    let mut persons = BTreeSet::new();
    for stated in of_kinds(connection, device, &[Kind::Certificate])? {
        if let Body::Register(Record::Certificate(certificate)) = stated.statement.body {
            persons.insert(certificate.person);
        }
    }
    let mut all = Vec::new();
    for person in persons {
        let (statements, _) = counted_about(connection, device, person.as_bytes())?;
        let record = PersonRecord::from_statements(person, statements.clone(), &Lists::default());
        all.extend(of_person(&record, &statements));
    }
    let mut holders: BTreeMap<CertificateNumber, BTreeSet<PersonId>> = BTreeMap::new();
    for standing in all.iter().filter(|one| one.taken_back.is_none()) {
        let number = standing.record.issued.what.number.clone();
        holders.entry(number).or_default().insert(standing.person);
    }
    for one in all.iter_mut().filter(|one| one.taken_back.is_none()) {
        let persons = holders.get(&one.record.issued.what.number).into_iter().flatten();
        one.contested_with = persons.copied().filter(|person| *person != one.person).collect();
    }
    all.sort_by(|one, other| place(one).cmp(&place(other)));
    Ok(all)
}

fn place(one: &RegisteredCertificate) -> (&CertificateNumber, Day, PersonId, &str) {
    let issued = &one.record.issued;
    (&issued.what.number, issued.what.day, one.person, issued.key.as_str())
}

/// One person's certificates: those that stand, and those that were taken back.
fn of_person(record: &PersonRecord, statements: &[Stated]) -> Vec<RegisteredCertificate> {
    let reprints = taken_back(record, statements, |body| match body {
        Record::CertificateReprinted(reprinted) => Some(reprinted.clone()),
        _ => None,
    });
    let issued = taken_back(record, statements, |body| match body {
        Record::Certificate(certificate) => Some(certificate.clone()),
        _ => None,
    });
    let struck_off = record.strike_offs.first().map(|said| said.what.day);
    let entry = |certificate: CertificateRecord, taken_back: Option<Text>| RegisteredCertificate {
        person: record.person,
        reprints_taken_back: reprints
            .iter()
            .filter(|(said, _)| said.what.number == certificate.issued.what.number)
            .cloned()
            .collect(),
        record: certificate,
        taken_back,
        struck_off,
        contested_with: BTreeSet::new(),
    };
    let valid = record.certificates.iter().map(|certificate| {
        let is_struck_off = !record.is_on_register();
        entry(CertificateRecord { is_struck_off, ..certificate.clone() }, None)
    });
    let ended = issued.iter().map(|(issued, reason)| {
        // What was said of it stands as it was: its prints may exist.
        let certificate = CertificateRecord {
            issued: issued.clone(),
            reprints: standing(record, statements, |body| match body {
                Record::CertificateReprinted(said) if said.number == issued.what.number => Some(said.clone()),
                _ => None,
            }),
            lost: standing(record, statements, |body| match body {
                Record::CertificateLost(said) if said.number == issued.what.number => Some(said.clone()),
                _ => None,
            }),
            is_struck_off: false,
        };
        entry(certificate, Some(reason.clone()))
    });
    valid.chain(ended).collect()
}

/// What was said of a person and taken back, with the reason.
fn taken_back<T>(
    record: &PersonRecord,
    statements: &[Stated],
    pick: impl Fn(&Record) -> Option<T>,
) -> Vec<(Said<T>, Text)> {
    let both = picked(record, statements, pick);
    both.into_iter().filter_map(|(said, reason)| Some((said, reason?))).collect()
}

/// What was said of a person and stands.
fn standing<T>(
    record: &PersonRecord,
    statements: &[Stated],
    pick: impl Fn(&Record) -> Option<T>,
) -> Vec<Said<T>> {
    let both = picked(record, statements, pick);
    both.into_iter()
        .filter(|(_, reason)| reason.is_none())
        .map(|(said, _)| said)
        .collect()
}

/// What was said of a person, each with why it was taken back.
fn picked<T>(
    record: &PersonRecord,
    statements: &[Stated],
    pick: impl Fn(&Record) -> Option<T>,
) -> Vec<(Said<T>, Option<Text>)> {
    let said = |stated: &Stated| {
        let Body::Register(body) = &stated.statement.body else { return None };
        let what = pick(body)?;
        let is_it = |line: &&HistoryLine| line.key == stated.key && line.author == stated.author;
        let line = record.history.iter().find(is_it)?;
        Some((Said { key: stated.key.clone(), author: stated.author, what }, line.withdrawn.clone()))
    };
    statements.iter().filter_map(said).collect()
}
