//! What is printed for the register: one plain value per document, each with the paragraph of decree No. 866 it rests on.
//!
//! Promises that whoever fills one in needs no type of anybody else: texts as they are to stand there, days, and nothing for
//! what is left as a line to be filled in by hand. Nothing is filled in that was not given.
//!
//! Has no field for what a paper must not say: a refusal has no reason (§17), an exclusion notice and a strike-off notice no
//! ground (§19, §22), a certificate no photograph, number of a person, or end.

use jasaq_model::moment::Day;
use jasaq_model::records::CertificateStatus;
use jasaq_model::register::{CertificateKind, IdDocumentKind};
use serde::Serialize;

/// The language of a page. Certificates are in Kazakh whatever is asked, as the decree prints them; the language is then that
/// of the note beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PageLanguage {
    /// Kazakh.
    Kk,
    /// Russian.
    Ru,
}

/// When a page was made and by what: its small print. The same document made alike is the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Made {
    /// The day.
    pub day: Day,
    /// The program and its version, `jasaq 0.1.0`.
    pub program: String,
}

/// Who writes to whom.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Letterhead {
    /// The body that writes.
    pub from: String,
    /// The body or person written to.
    pub to: String,
    /// The outgoing number. If left unset, a line.
    pub number: Option<String>,
    /// The outgoing day. If left unset, a line.
    pub day: Option<Day>,
}

/// Who signs; whatever is left unset is a line.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// Position.
    pub position: Option<String>,
    /// Military rank.
    pub rank: Option<String>,
    /// Surname, given name, patronymic.
    pub name: Option<String>,
}

/// A certificate with the captions of annex 1 or 2, in our layout, ready for signature and seal (§18, §20, §21).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// Annex 1 or 2.
    pub kind: CertificateKind,
    /// Its number.
    pub number: String,
    /// Whom it is issued to: surname, given name, and a patronymic if there is one.
    pub holder: String,
    /// What stands in front of the words `аумақтық бөлімшесі`; they may end it too.
    pub territorial_subdivision: String,
    /// The day of issue. If left unset, lines.
    pub issued_on: Option<Day>,
    /// The head of the territorial subdivision.
    pub signer: Signer,
    /// What the QR beside it says, letter for letter. If left unset, there is none.
    #[serde(skip)]
    pub code: Option<String>,
}

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

/// The application of who wishes to become a non-staff employee (§16).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct NonStaffApplication {
    /// The territorial subdivision.
    pub to: String,
    /// Who applies. If left unset, a line, as in the sheets that lie out to be filled in.
    pub applicant: Option<String>,
    /// Where he lives. If left unset, a line.
    pub residence: Option<String>,
    /// How he is reached. If left unset, a line.
    pub phone: Option<String>,
    /// Whose copy he encloses. If left unset, both are named for him to choose.
    pub id_document: Option<IdDocumentKind>,
    /// Whether he also encloses a copy of his life and health insurance, which he may and need not.
    pub with_insurance: bool,
    /// The day. If left unset, a line.
    pub day: Option<Day>,
}

/// A refusal to an applicant, without reasons (§17).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// From the territorial subdivision to the applicant.
    pub letter: Letterhead,
    /// The day his application came in. If left unset, a line.
    pub received_on: Option<Day>,
    /// The head of the territorial subdivision.
    pub signer: Signer,
}

/// The notice to a non-staff employee that he is registered (§18).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct RegistrationNotice {
    /// From the territorial subdivision to the person.
    pub letter: Letterhead,
    /// The day he was registered. If left unset, a line.
    pub registered_on: Option<Day>,
    /// The number of his certificate. If left unset, a line.
    pub certificate_number: Option<String>,
    /// The head of the territorial subdivision.
    pub signer: Signer,
}

/// The notice to the akimat that a person is to be taken out of a squad (§19), without the ground.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ExclusionNotice {
    /// From the territorial subdivision to the local executive body.
    pub letter: Letterhead,
    /// The squad.
    pub squad: String,
    /// Who is to be taken out.
    pub person: String,
    /// His day of birth, where two have one name.
    pub born: Option<Day>,
    /// The outgoing number of the akimat's list. If left unset, a line.
    pub list_number: Option<String>,
    /// The day of that list. If left unset, a line.
    pub list_day: Option<Day>,
    /// The head of the territorial subdivision.
    pub signer: Signer,
}

/// The notice to a person that he was struck off the register (§22), without the ground: a letter lies about.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct StrikeOffNotice {
    /// From the structural subdivision to the person.
    pub letter: Letterhead,
    /// The day he was struck off. If left unset, a line.
    pub struck_off_on: Option<Day>,
    /// Who signs for the structural subdivision.
    pub signer: Signer,
}

/// What a council decided (§7).
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Decided {
    /// A squad is created.
    SquadCreated {
        /// Which.
        squad: String,
    },
    /// A squad's head is appointed.
    HeadAppointed {
        /// Whose.
        squad: String,
        /// Who.
        head: String,
    },
}

/// An extract of a decision of the coordination council on border issues (§7).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct DecisionExtract {
    /// The akimat at which the council is formed.
    pub akimat: String,
    /// The number of the decision. If left unset, a line.
    pub number: Option<String>,
    /// Its day. If left unset, a line.
    pub day: Option<Day>,
    /// What was decided.
    pub decided: Decided,
    /// Who certifies the extract.
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
    /// The certificate's number.
    pub certificate_number: Option<String>,
    /// Struck off on this day. If left unset, he is on the register.
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
    /// Annex 1 or 2.
    pub kind: CertificateKind,
    /// Whose it is, as this print has it.
    pub holder: String,
    /// When this print was issued.
    pub issued_on: Option<Day>,
    /// What it is worth.
    pub status: CertificateStatus,
    /// Since when, where it is worth no longer what it was.
    pub status_since: Option<Day>,
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

/// Everything that is printed for the register.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Document {
    /// Annex 1 or 2.
    Certificate(Certificate),
    /// §19, akimat → territorial subdivision.
    MemberList(MemberList),
    /// §16, person → territorial subdivision.
    NonStaffApplication(NonStaffApplication),
    /// §17, territorial subdivision → applicant.
    Refusal(Refusal),
    /// §18, territorial subdivision → person.
    RegistrationNotice(RegistrationNotice),
    /// §19, territorial subdivision → akimat.
    ExclusionNotice(ExclusionNotice),
    /// §22, structural subdivision → person.
    StrikeOffNotice(StrikeOffNotice),
    /// §7, of the coordination council.
    DecisionExtract(DecisionExtract),
    /// §23, of the territorial subdivision.
    RegisterExtract(RegisterExtract),
    /// §21, of the territorial subdivision.
    CertificateRegister(CertificateRegister),
    /// §11 and §13.
    TrainingRecord(TrainingRecord),
}

/// Says which document it is and not what stands in it.
impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct(self.name()).finish_non_exhaustive()
    }
}

impl Document {
    /// What it is called here: the name of its template, and a stable one for files and scripts.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Certificate(_) => "certificate",
            Self::MemberList(_) => "member_list",
            Self::NonStaffApplication(_) => "non_staff_application",
            Self::Refusal(_) => "refusal",
            Self::RegistrationNotice(_) => "registration_notice",
            Self::ExclusionNotice(_) => "exclusion_notice",
            Self::StrikeOffNotice(_) => "strike_off_notice",
            Self::DecisionExtract(_) => "decision_extract",
            Self::RegisterExtract(_) => "register_extract",
            Self::CertificateRegister(_) => "certificate_register",
            Self::TrainingRecord(_) => "training_record",
        }
    }

    /// How many rows its longest table or enumeration has.
    pub(crate) fn rows(&self) -> usize {
        match self {
            Self::MemberList(list) => list.members.len(),
            Self::RegisterExtract(extract) => extract.persons.len(),
            Self::CertificateRegister(register) => register.certificates.len(),
            Self::TrainingRecord(record) => record.attendees.len().max(record.topics.len()),
            _ => 0,
        }
    }

    /// What its QR says.
    pub(crate) fn code(&self) -> Option<&str> {
        match self {
            Self::Certificate(certificate) => certificate.code.as_deref(),
            _ => None,
        }
    }
}
