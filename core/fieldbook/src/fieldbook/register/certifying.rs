//! The territorial subdivision issues certificates and accounts for them (001-§18, 20, 21).

use jasaq_model::guards::{RegisterRefused, check_certificate, check_order, check_print, only_certificate};
use jasaq_model::ids::PersonId;
use jasaq_model::moment::Day;
use jasaq_model::records::{CertificateRecord, PersonRecord};
use jasaq_model::register::{
    Certificate, CertificateKind, CertificateLost, CertificateNumber, CertificateReprinted, Engagement,
    NumberGiven, Record, ReprintCause, Signer,
};
use jasaq_model::statement::Kind;
use jasaq_model::words::Name;
use jasaq_protocol::membership::SpaceKind;

use super::{Desk, Fieldbook};
use crate::refusal::FieldbookRefused;
use crate::views;

/// A certificate to be issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCertificate {
    /// Its number, unique in the territory (001-§21).
    pub number: CertificateNumber,
    /// The territorial subdivision's name, as it is printed.
    pub subdivision: Name,
    /// The day of issue.
    pub day: Day,
    /// Who signs it: the head of the territorial subdivision (001-§21).
    pub signer: Signer,
}

/// A certificate to be printed anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPrint {
    /// Why.
    pub cause: ReprintCause,
    /// When.
    pub day: Day,
    /// Who signs it.
    pub signer: Signer,
}

impl Fieldbook {
    /// Issues a certificate to whoever is registered and has none (001-§18, 20, R17). TS only.
    pub fn issue_certificate(
        &mut self,
        person: PersonId,
        new: NewCertificate,
    ) -> Result<(), FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::Certificate, new.day)?;
            let record = desk.person(person)?;
            check_certificate(&record)?;
            check_order(&record, Kind::Certificate, new.day)?;
            desk.check_number(&new.number)?;
            let space = desk.register_of(person)?;
            let NewCertificate { number, subdivision, day, signer } = new;
            let (kind, full_name) = on_the_form(&record)?;
            desk.note_number(&number)?;
            let certificate = Certificate { person, kind, number, full_name, subdivision, day, signer };
            desk.record((space, person.as_bytes()), Record::Certificate(certificate))
                .map(drop)
        })
    }

    /// A person's certificate is lost. TS only (001-§21).
    pub fn lose_certificate(&mut self, person: PersonId, day: Day) -> Result<(), FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::CertificateLost, day)?;
            let (record, certificate) = desk.certificate_of(person)?;
            check_order(&record, Kind::CertificateLost, day)?;
            let print = certificate.last_print();
            if certificate.lost.iter().any(|lost| lost.what.print == print) {
                return Err(RegisterRefused::LostAlready.into());
            }
            let number = certificate.issued.what.number;
            let space = desk.register_of(person)?;
            let lost = CertificateLost { person, number, print, day };
            desk.record((space, person.as_bytes()), Record::CertificateLost(lost)).map(drop)
        })
    }

    /// A person's certificate is printed anew under its number; the prints before no longer count. TS only (001-§21). Says which
    /// print this is.
    pub fn reprint_certificate(&mut self, person: PersonId, new: NewPrint) -> Result<u16, FieldbookRefused> {
        self.desk(|desk| {
            desk.check_step(Kind::CertificateReprinted, new.day)?;
            let (record, certificate) = desk.certificate_of(person)?;
            check_print(&record)?;
            check_order(&record, Kind::CertificateReprinted, new.day)?;
            let print = certificate.last_print().saturating_add(1);
            let (_, full_name) = on_the_form(&record)?;
            let number = certificate.issued.what.number;
            let space = desk.register_of(person)?;
            let NewPrint { cause, day, signer } = new;
            let reprinted = CertificateReprinted { person, number, print, cause, full_name, day, signer };
            desk.record((space, person.as_bytes()), Record::CertificateReprinted(reprinted))?;
            Ok(print)
        })
    }
}

/// The form that a registered person's certificate has, and his name on it.
fn on_the_form(record: &PersonRecord) -> Result<(CertificateKind, Name), FieldbookRefused> {
    let registration = record.registration().ok_or(RegisterRefused::NotRegistered)?;
    let kind = match registration.engagement {
        Engagement::SquadMember(_) => CertificateKind::SquadMember,
        Engagement::NonStaffEmployee => CertificateKind::NonStaffEmployee,
    };
    Ok((kind, registration.full_name.clone()))
}

impl Desk<'_> {
    fn certificate_of(
        &self,
        person: PersonId,
    ) -> Result<(PersonRecord, CertificateRecord), FieldbookRefused> {
        let record = self.person(person)?;
        let certificate = only_certificate(&record)?.clone();
        Ok((record, certificate))
    }

    /// Says that a number was given where no erasing of a person reaches.
    fn note_number(&mut self, number: &CertificateNumber) -> Result<(), FieldbookRefused> {
        let register = self.own_space(SpaceKind::Register)?;
        let given = Record::NumberGiven(NumberGiven { number: number.clone() });
        self.record((register, register.as_bytes()), given).map(drop)
    }

    /// A number is given once in the territory, also if its holder was struck off or erased (001-§21).
    fn check_number(&self, number: &CertificateNumber) -> Result<(), FieldbookRefused> {
        if views::was_given(self.transaction, self.device, number)? {
            return Err(RegisterRefused::NumberTaken.into());
        }
        Ok(())
    }
}
