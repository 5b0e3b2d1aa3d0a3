//! What the register is made of: lists and checks, registrations and certificates, training, strike-offs, the council's
//! decisions (001-§7, 11, 15–23).
//!
//! Promises that a record of the register says no more than its reader may know: which ground ended somebody's part stands in
//! statements that the subdivisions alone read, what a check of a register of the health or the courts found is *something* or
//! *nothing*, and a refusal (001-§17) has no field for a reason. A [`PersonId`](crate::ids::PersonId) names one *engagement*:
//! who was struck off and is listed anew gets another, which names the one before. So a strike-off ends all that is said of
//! its engagement, whenever it was said, and nobody's clock decides.
//!
//! Refuses by having no field for it: a term of a certificate, a suspension, an override of eligibility, a diagnosis, an
//! article, a photograph. The text has none of these.

mod admission;
mod certificate;
mod council;
mod identity;
mod keeping;

pub use admission::{
    Application, ApplicationDecided, Check, CheckFinding, CheckKind, CheckOutcome, ExclusionNotice, ListLine,
    ListReceived, ListWithdrawn, Offence, SquadList,
};
pub use certificate::{
    Certificate, CertificateKind, CertificateLost, CertificateNumber, CertificateReprinted, NumberGiven,
    NumberRefused, ReprintCause, Signer,
};
pub use council::{CouncilDecision, Decided, HeadEnded, Remark, Review, Seen};
pub use identity::{IdDocument, IdDocumentKind, Identity, Iin, IinRefused};
pub use keeping::{
    Cause, Circumstance, Engagement, EngagementForm, ExclusionGround, MemberIs, Notice, NoticeAbout, Read,
    Registration, StrikeOff, Supervision, Training, WishToLeave, Withdrawn,
};

/// One record of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// The council decided (001-§7).
    Decision(CouncilDecision),
    /// A head's appointment ended (001-§7).
    HeadEnded(HeadEnded),
    /// A council looked at its rosters.
    Review(Review),
    /// A council remarked something.
    Remark(Remark),
    /// A list of squad members went to the TS (001-§19).
    List(SquadList),
    /// One line of it.
    ListLine(ListLine),
    /// The TS has it.
    ListReceived(ListReceived),
    /// The LEB took it back.
    ListWithdrawn(ListWithdrawn),
    /// Somebody is to be removed from a squad (001-§19).
    ExclusionNotice(ExclusionNotice),
    /// Somebody applied to be a non-staff employee (001-§16).
    Application(Application),
    /// It was decided about (001-§17).
    ApplicationDecided(ApplicationDecided),
    /// One of the three registers was asked (001-§17, 19).
    Check(Check),
    /// An intentional administrative offence became known (001-§15(2)).
    Offence(Offence),
    /// Somebody was registered (001-§18, 19).
    Registration(Registration),
    /// A certificate was issued (001-§18, 20, 21).
    Certificate(Certificate),
    /// One is lost.
    CertificateLost(CertificateLost),
    /// One was printed anew.
    CertificateReprinted(CertificateReprinted),
    /// A certificate's number was given.
    NumberGiven(NumberGiven),
    /// Somebody was trained (001-§11).
    Training(Training),
    /// A circumstance of 001-§15 arose.
    Circumstance(Circumstance),
    /// Somebody was struck off (001-§22).
    StrikeOff(StrikeOff),
    /// Somebody was told (001-§17, 18, 22).
    Notice(Notice),
    /// A subdivision supervises a squad (001-§3(2)).
    Supervision(Supervision),
    /// A member of a squad's phones is this person.
    MemberIs(MemberIs),
    /// A member does not wish to go on (001-§15(5)).
    WishToLeave(WishToLeave),
    /// Something said before is taken back by who may say it.
    Withdrawn(Withdrawn),
    /// Somebody looked into what not everybody may see.
    Read(Read),
}
