//! Why the fieldbook did not do what it was asked, and what the person should do next.
//!
//! The one place where the precise refusals of the rooms below become the few that a screen, a program or a foreign
//! caller acts on. Two texts each: `Display` is for the trace and holds ids and counts only; [`FieldbookRefused::sentence`]
//! is for the person, in his language, and says what to do next. Neither ever holds a name, a place or an entry's text.

mod sentences;

use jasaq_model::entry::{ActivityRefused, EntryRefused};
use jasaq_model::guards::{DayTooEarly, RegisterRefused};
use jasaq_model::ids::IdRefused;
use jasaq_model::moment::MomentRefused;
use jasaq_model::patrol::PatrolCodeRefused;
use jasaq_model::patrol_log::LogRefused;
use jasaq_model::planning::PlanRefused;
use jasaq_model::position::{MgrsRefused, PositionRefused};
use jasaq_model::register::NumberRefused;
use jasaq_model::words::WordsRefused;
use jasaq_protocol::membership::InviteRefused;

use crate::exchange::{
    EnrolRefused, ExchangeRefused, FlushRefused, MeetingFailed, RecoveryRefused, StateRefused,
};
use crate::formats::{ImportRefused, MetadataRefused};
use crate::vault::{KeyRefused, VaultRefused};

/// Why the fieldbook did not do what it was asked. What was acknowledged before stays in every case.
#[derive(Debug, thiserror::Error)]
pub enum FieldbookRefused {
    /// The vault, its key or the disk.
    #[error(transparent)]
    Vault(#[from] VaultRefused),
    /// Bringing a device in.
    #[error(transparent)]
    Enrol(EnrolRefused),
    /// Sheets with an offline key.
    #[error(transparent)]
    Recovery(RecoveryRefused),
    /// Exchange with the relay or by file.
    #[error(transparent)]
    Exchange(ExchangeRefused),
    /// What was given is not an entry.
    #[error(transparent)]
    Entry(#[from] EntryRefused),
    /// What was given is not an activity of the law.
    #[error(transparent)]
    Activity(#[from] ActivityRefused),
    /// A name or text that cannot be one.
    #[error(transparent)]
    Words(#[from] WordsRefused),
    /// A place that cannot be one.
    #[error(transparent)]
    Position(#[from] PositionRefused),
    /// A grid reference that cannot be one.
    #[error(transparent)]
    Mgrs(#[from] MgrsRefused),
    /// A time or day that cannot be one.
    #[error(transparent)]
    Moment(#[from] MomentRefused),
    /// An id that cannot be one.
    #[error(transparent)]
    Id(#[from] IdRefused),
    /// A file of tracks that cannot be imported.
    #[error(transparent)]
    Import(#[from] ImportRefused),
    /// Something that should be attached or opened.
    #[error(transparent)]
    Attach(#[from] AttachRefused),
    /// The register does not take it.
    #[error("the register does not take it: {0}")]
    Register(RegisterRefused),
    /// A patrol is not planned so.
    #[error("the patrol is not planned so: {0}")]
    Plan(PlanRefused),
    /// A log, a case or a page does not take it.
    #[error("the log does not take it: {0}")]
    Log(LogRefused),
    /// What is to be recorded follows something that happened later.
    #[error("the register does not take it: {0}")]
    TooEarly(#[from] DayTooEarly),
    /// A text that is not the code of a patrol.
    #[error("not the code of a patrol: {0}")]
    PatrolCode(PatrolCodeRefused),
    /// A number that is none of a certificate's.
    #[error(transparent)]
    CertificateNumber(#[from] NumberRefused),
    /// No such patrol here, or several that begin so.
    #[error("no such patrol here")]
    NoPatrol,
    /// The record was erased.
    #[error("the record was erased")]
    Erased,
    /// This device may not state that.
    #[error("this device's role may not state that ({paragraph})")]
    MayNotState {
        /// The paragraph that gives it to others.
        paragraph: &'static str,
    },
    /// A patrol that holds as much as one can.
    #[error("the patrol holds as many statements of this device as one can")]
    PatrolFull,
    /// A time for the automatic lock that cannot be one.
    #[error("an automatic lock comes after 1 to {minutes_max} minutes")]
    LockMinutes {
        /// The longest.
        minutes_max: u16,
    },
    /// Only a defect of ours can cause this; nothing was written.
    #[error("a defect: {0}")]
    Defect(String),
}

/// Why something is not attached, or not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AttachRefused {
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// It is longer than an attachment may be.
    #[error("the file is longer than an attachment may be")]
    TooLong,
    /// Its metadata cannot be taken out.
    #[error(transparent)]
    Metadata(#[from] MetadataRefused),
    /// The small picture is not small.
    #[error("the thumbnail is too long")]
    Thumbnail,
    /// The patrol has no such entry here.
    #[error("no such entry of this patrol here")]
    NoEntry,
    /// There is no such attachment here.
    #[error("no such attachment here")]
    NoAttachment,
    /// It has not come whole.
    #[error("the attachment is not here whole")]
    NotHere,
    /// It is nowhere else, as far as is known here: erasing it here would end it.
    #[error("the attachment is nowhere else, as far as is known here")]
    NowhereElse,
    /// It was erased.
    #[error("the attachment was erased")]
    Erased,
    /// Attachments take as much room here as they may.
    #[error("attachments take as much room as they may")]
    NoRoom,
    /// Its key does not open it: whoever attached it sealed it otherwise.
    #[error("the attachment's key does not open it")]
    Key,
}

impl From<jasaq_protocol::attachment::AttachmentRefused> for AttachRefused {
    fn from(refused: jasaq_protocol::attachment::AttachmentRefused) -> Self {
        use jasaq_protocol::attachment::AttachmentRefused;
        match refused {
            AttachmentRefused::Empty => Self::Empty,
            AttachmentRefused::TooLong => Self::TooLong,
            AttachmentRefused::NotForThisKey => Self::Key,
        }
    }
}

/// What kind of refusal it is: what an exit code or a screen decides by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalClass {
    /// A rule refused it.
    Rule,
    /// The relay was not reached; nothing is lost.
    Unreachable,
    /// The vault, its key or the disk.
    Storage,
    /// The file or text that was given was not accepted.
    Input,
}

impl FieldbookRefused {
    /// What kind of refusal it is.
    #[must_use]
    pub fn class(&self) -> RefusalClass {
        match self {
            Self::Vault(VaultRefused::Key(KeyRefused::Passphrase(_))) | Self::LockMinutes { .. } => {
                RefusalClass::Input
            }
            Self::Vault(_)
            | Self::Defect(_)
            | Self::Attach(AttachRefused::NoRoom)
            | Self::Exchange(ExchangeRefused::Vault(_) | ExchangeRefused::File(_))
            | Self::Recovery(RecoveryRefused::Vault(_))
            | Self::Enrol(EnrolRefused::Vault(_) | EnrolRefused::Seal) => RefusalClass::Storage,
            Self::Enrol(EnrolRefused::Code(InviteRefused::Unknown | InviteRefused::Contradicted)) => {
                RefusalClass::Unreachable
            }
            Self::Exchange(
                ExchangeRefused::Satchel(_) | ExchangeRefused::Meeting(MeetingFailed::Code(_)),
            )
            | Self::Enrol(EnrolRefused::Code(_))
            | Self::Recovery(RecoveryRefused::Sheet { .. } | RecoveryRefused::Together(_))
            | Self::Entry(_)
            | Self::Activity(_)
            | Self::Words(_)
            | Self::Position(_)
            | Self::Mgrs(_)
            | Self::Moment(_)
            | Self::Id(_)
            | Self::CertificateNumber(_)
            | Self::PatrolCode(_)
            | Self::Attach(
                AttachRefused::Empty
                | AttachRefused::TooLong
                | AttachRefused::Metadata(_)
                | AttachRefused::Thumbnail
                | AttachRefused::Key,
            )
            | Self::Import(_) => RefusalClass::Input,
            Self::Exchange(ExchangeRefused::Meeting(MeetingFailed::Foreign | MeetingFailed::Unknown))
            | Self::Attach(_)
            | Self::Enrol(_)
            | Self::Recovery(_)
            | Self::Register(_)
            | Self::Plan(_)
            | Self::Log(_)
            | Self::TooEarly(_)
            | Self::NoPatrol
            | Self::Erased
            | Self::MayNotState { .. }
            | Self::PatrolFull => RefusalClass::Rule,
            Self::Exchange(_) => RefusalClass::Unreachable,
        }
    }
}

impl From<RegisterRefused> for FieldbookRefused {
    fn from(refused: RegisterRefused) -> Self {
        Self::Register(refused)
    }
}

impl From<PlanRefused> for FieldbookRefused {
    fn from(refused: PlanRefused) -> Self {
        Self::Plan(refused)
    }
}

impl From<PatrolCodeRefused> for FieldbookRefused {
    fn from(refused: PatrolCodeRefused) -> Self {
        Self::PatrolCode(refused)
    }
}

impl From<LogRefused> for FieldbookRefused {
    fn from(refused: LogRefused) -> Self {
        Self::Log(refused)
    }
}

impl From<EnrolRefused> for FieldbookRefused {
    fn from(refused: EnrolRefused) -> Self {
        match refused {
            EnrolRefused::Vault(refused) => Self::Vault(refused),
            other => Self::Enrol(other),
        }
    }
}

impl From<StateRefused> for FieldbookRefused {
    fn from(refused: StateRefused) -> Self {
        match refused {
            StateRefused::Vault(refused) => Self::Vault(refused),
            StateRefused::Full => Self::PatrolFull,
            StateRefused::Unreadable(why) => Self::Defect(why),
        }
    }
}

impl From<RecoveryRefused> for FieldbookRefused {
    fn from(refused: RecoveryRefused) -> Self {
        match refused {
            RecoveryRefused::Vault(refused) => Self::Vault(refused),
            other => Self::Recovery(other),
        }
    }
}

impl From<ExchangeRefused> for FieldbookRefused {
    fn from(refused: ExchangeRefused) -> Self {
        match refused {
            ExchangeRefused::Vault(refused) => Self::Vault(refused),
            other => Self::Exchange(other),
        }
    }
}

impl From<FlushRefused> for FieldbookRefused {
    fn from(refused: FlushRefused) -> Self {
        match refused {
            FlushRefused::Vault(refused) => Self::Vault(refused),
            other => Self::Defect(other.to_string()),
        }
    }
}
