//! # One device's whole copy
//!
//! A fieldbook is everything one device has: its keys, the statements its owner recorded, and whatever others sent him.
//! Phone, console and command line are the same [`Fieldbook`] over the same vault; each works for days with nobody else in
//! reach. It opens no socket and reads no environment: a [`Carrier`] carries, [`surroundings`] tell time and chance.
//!
//! ## The rooms, lowest first; a lower one never names a higher one, and siblings do not know each other
//!
//! | room | holds |
//! |---|---|
//! | [`surroundings`] | clock, chance, and which start of the machine this is |
//! | [`roles`] | the wire's roles and spaces as the law's |
//! | `documents` | statements as Automerge documents (protocol §4) |
//! | `vault` | the encrypted SQLite file: statements, changes, envelopes, custody |
//! | [`formats`] | GPX in and out, GeoJSON out, certificates' codes and trust lists |
//! | `exchange` | flush, arrival, contact, satchel, meeting, enrolment: joins `documents` and `vault` to the protocol |
//! | `views` | what screens read |
//! | `fieldbook` | the façade [`Fieldbook`], and why it refuses: [`FieldbookRefused`] |
//!
//! ## The walk of one entry
//!
//! ```text
//! write_entry ─► checked Entry ─► statement row, one transaction, on disk          custody: on this phone
//! flush       ─► as few changes as fit ─► seal ─► own journal, one transaction
//! contact     ─► request ─► relay stores ─► signed receipt                         custody: relay has it
//!                                └─► another device: verify, open, merge, row, screen
//!                head's ack comes back, then the SS's                              custody: head has it, SS has it
//! ```

mod documents;
mod exchange;
mod fieldbook;
pub mod formats;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod limits;
mod refusal;
pub mod roles;
pub mod surroundings;
mod vault;
mod views;

pub use exchange::{
    AttachmentsReport, Carrier, CarrierFailed, CertificateFlaw, CloseRefused, ContactReport, Drilled,
    EnrolRefused, Erased, ExchangeRefused, FlushReport, InviteState, JudgeRefused, MeetingFailed,
    MeetingReport, NewInvite, OpenAnswer, OpenMeeting, OwnInvite, PartsRequest, PreparedContact, Recovered,
    RecoveryRefused, Removal, SatchelReport, Ticket, WaitingJoin, is_cleartext,
};
pub use fieldbook::{
    Amended, Card, Copies, Deciding, DoctorReport, Draft, Exported, Fieldbook, HoursShown, Kept, ListPapers,
    ListWithdrawal, Membering, NameRemoval, NewAttachment, NewCertificate, NewList, NewPlan, NewPrint,
    NewTraining, PageBesideLog, PagePreview, PageSignatures, PersonView, Published, Reconciling,
    RegisterSquad, RootSheets, RosterPage, RosterQuery, Rota, RotaMember, SentList, TakenDown, TrackImport,
    TrainingSession, Undone, UndonePerson, Withdrawal, WrittenBook, WrongTries,
};
pub use jasaq_model as model;
pub use jasaq_protocol as protocol;
pub use refusal::{AttachRefused, FieldbookRefused, RefusalClass};
pub use vault::{
    HostKeys, HostRefused, KeptBy, KeyHolder, KeyRefused, NotACursor, Passphrase, PassphraseRefused,
    RelayWay, Rescued, RosterCursor, VaultRefused,
};
pub use views::{
    AttachmentView, CaseView, CouncilChanges, Custody, CustodyCounts, DeviceView, DistrictOffice,
    DistrictView, ErasedThing, ErasureView, HeldReason, HeldView, LoggedStatement, MissingKey, NamedHolder,
    NotCounted, NoticeView, PageOrder, PageView, PatrolSummary, PatrolView, PhoneTile, PlanView, Reading,
    RefusedKey, RegisteredCertificate, RegisteredPrint, ReportView, RosterEntry, SealerEnded, Share,
    SquadView, Status, TwinView, UndoneDecision, Unsettled, UnsettledReason,
};
