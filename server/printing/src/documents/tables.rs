//! Lists, extracts and registers: a row a person or a paper, over as many pages as it takes.

use jasaq_model::moment::Day;
use jasaq_model::records::CertificateStatus;
use jasaq_model::register::{CertificateKind, ReprintCause};
use serde::Serialize;

use super::{Letterhead, Signer};

/// A person on a list.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ListedPerson {
    /// Surname, given name, and a patronymic if there is one.
    pub name: String,
    /// Day of birth.
    pub born: Option<Day>,
    /// Individual identification number.
    pub identification_number: Option<String>,
    /// Number of the identity card.
    pub identity_card: Option<String>,
    /// Where he lives.
    pub residence: Option<String>,
}

/// The list of a squad's members for the check, with copies of their identity cards (§19): from the akimat to the
/// territorial subdivision.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct MemberList {
    /// From the local executive body to the territorial subdivision.
    pub letter: Letterhead,
    /// The squad.
    pub squad: String,
    /// The district or city.
    pub district: String,
    /// The members, in the order of the list.
    pub members: Vec<ListedPerson>,
    /// How many copies of identity cards lie beside it. If left unset, a line.
    pub copies: Option<u32>,
    /// Who signs for the akimat.
    pub signer: Signer,
}

/// A line of the general register.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct RegisteredPerson {
    /// Surname, given name, and a patronymic if there is one.
    pub name: String,
    /// As what.
    pub kind: CertificateKind,
    /// The squad; non-staff employees have none.
    pub squad: Option<String>,
    /// Since when.
    pub registered_on: Option<Day>,
    /// In which section of the unit's book (§19).
    pub section: Option<String>,
    /// The certificate's number.
    pub certificate_number: Option<String>,
    /// Whether he is on the register; who was excluded is not, though nobody struck him off.
    pub is_on_register: bool,
    /// Struck off on this day. If left unset, he was not.
    pub struck_off_on: Option<Day>,
}

/// An extract of the general register of the territorial subdivision (§23).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct RegisterExtract {
    /// The territorial subdivision.
    pub territorial_subdivision: String,
    /// As of which day.
    pub as_of: Day,
    /// The persons.
    pub persons: Vec<RegisteredPerson>,
    /// The head of the territorial subdivision.
    pub signer: Signer,
}

/// A line of the certificate register: one print of a certificate, as each has its own fate.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CertificateLine {
    /// The certificate's number.
    pub number: String,
    /// Which print of it: 1 for the first.
    pub print: u16,
    /// Why it was printed anew. None of the first.
    pub cause: Option<ReprintCause>,
    /// Annex 1 or 2.
    pub kind: CertificateKind,
    /// Whose it is, as this print has it.
    pub holder: String,
    /// When this print was issued.
    pub issued_on: Option<Day>,
    /// Whether somebody else has a certificate of this number.
    pub is_contested: bool,
    /// What became of it, in the order in which it is said. If empty, it is good.
    pub fates: Vec<Fate>,
}

/// What became of a print.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Fate {
    /// What.
    pub status: CertificateStatus,
    /// Since when, where that is recorded.
    pub since: Option<Day>,
}

/// Pages of the register of certificates: accounting, registration and issue (§21).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CertificateRegister {
    /// The territorial subdivision.
    pub territorial_subdivision: String,
    /// As of which day.
    pub as_of: Day,
    /// The prints, in the order of the register.
    pub certificates: Vec<CertificateLine>,
    /// Who keeps the register.
    pub signer: Signer,
}

/// Who was at a training.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Attendee {
    /// Surname, given name, and a patronymic if there is one.
    pub name: String,
    /// The squad; non-staff employees have none.
    pub squad: Option<String>,
}

/// The record of a legal training and the sheet its attendees sign (§11, §13).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct TrainingRecord {
    /// The structural subdivision whose people were trained.
    pub structural_subdivision: String,
    /// The military unit at whose base it was held. If left unset, a line.
    pub military_unit: Option<String>,
    /// The day. If left unset, a line.
    pub day: Option<Day>,
    /// What was taught. If there is none, lines.
    pub topics: Vec<String>,
    /// Who was there.
    pub attendees: Vec<Attendee>,
    /// Who held it.
    pub signer: Signer,
}
