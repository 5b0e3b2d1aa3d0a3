//! What is printed for the register and of patrols: one plain value per document, each with the paragraph of decree No. 866 it rests on.
//!
//! Promises that whoever fills one in needs no type of anybody else: texts as they are to stand there, days, and nothing for
//! what is left as a line to be filled in by hand. Nothing is filled in that was not given.
//!
//! Has no field for what a paper must not say: a refusal has no reason (§17), an exclusion notice and a strike-off notice no
//! ground (§19, §22), a certificate no photograph, number of a person, or end.

mod letters;
mod patrols;
mod tables;

use jasaq_model::moment::Day;
use jasaq_model::register::CertificateKind;
use serde::Serialize;

use crate::limits::{PRINTED_ENTRIES_MAX, PRINTED_ROWS_MAX};

pub use letters::{
    Decided, DecisionExtract, ExclusionNotice, NonStaffApplication, Refusal, RegistrationNotice,
    StrikeOffNotice,
};
pub use patrols::{
    BlankSheet, BookExtract, Choice, HandoverAct, Item, PageStanding, PatrolPage, PrintedCase, PrintedEntry,
};
pub use tables::{
    Attendee, CertificateLine, CertificateRegister, Fate, ListedPerson, MemberList, RegisterExtract,
    RegisteredPerson, TrainingRecord,
};

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
    /// The body or person written to. If left unset, lines.
    pub to: Option<String>,
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
    /// Which print of it: 1 for the first. The form has no place for it, so it stands beside.
    pub print: u16,
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

/// Everything that is printed.
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
    /// §10 and §23, of a patrol.
    PatrolPage(Box<PatrolPage>),
    /// §23, squad's head → structural subdivision.
    BookExtract(Box<BookExtract>),
    /// §10(5), patrol → receiver.
    HandoverAct(Box<HandoverAct>),
    /// §10, for a patrol to fill in by hand.
    BlankSheet(Box<BlankSheet>),
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
            Self::PatrolPage(_) => "patrol_page",
            Self::BookExtract(_) => "book_extract",
            Self::HandoverAct(_) => "handover_act",
            Self::BlankSheet(_) => "blank_sheet",
        }
    }

    /// How many rows its longest table or enumeration has.
    pub(crate) fn rows(&self) -> usize {
        match self {
            Self::MemberList(list) => list.members.len(),
            Self::RegisterExtract(extract) => extract.persons.len(),
            Self::CertificateRegister(register) => register.certificates.len(),
            Self::TrainingRecord(record) => record.attendees.len().max(record.topics.len()),
            Self::PatrolPage(page) => page.entries.len(),
            Self::BlankSheet(sheet) => usize::from(sheet.lines),
            _ => 0,
        }
    }

    /// How many rows that may have.
    pub(crate) const fn rows_max(&self) -> usize {
        match self {
            Self::PatrolPage(_) => PRINTED_ENTRIES_MAX,
            _ => PRINTED_ROWS_MAX,
        }
    }

    /// Whether it repeats what was said in the field, which nobody can put right for the sake of paper.
    pub(crate) const fn is_as_found(&self) -> bool {
        matches!(
            self,
            Self::PatrolPage(_) | Self::BookExtract(_) | Self::HandoverAct(_) | Self::BlankSheet(_)
        )
    }

    /// What its QR says.
    pub(crate) fn code(&self) -> Option<&str> {
        match self {
            Self::Certificate(certificate) => certificate.code.as_deref(),
            Self::PatrolPage(page) => page.code.as_deref(),
            _ => None,
        }
    }
}
