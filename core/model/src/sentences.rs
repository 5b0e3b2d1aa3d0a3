//! What a person reads, in Kazakh, Russian and English: a word for every value of every closed list, and sentences with
//! facts in them.
//!
//! The messages stand in `locales/{kk,ru,en}/*.ftl` (Project Fluent) and are built in. Kazakh terms are those of decree
//! No. 866; what the decree has no word for (transport, flags) is ours.
//!
//! Promises that every value has its word in every language, with the same facts in each, in the terms of the glossary
//! and with letters of the right alphabet: the tests read the files, the lists and the glossary.
//!
//! To give a new closed list its words: name it in `words!` below and write `{type}-{code}`, with dashes, in all three
//! languages. To say something with facts: write its message and give it to [`sentence`].

mod law;
mod list;
mod locales;
mod paper;
mod register;

pub use law::citations;
pub use locales::{Message, sentence};
pub use paper::paper_vocabulary;
pub use register::certificate_number_refused;

use crate::amendment::AmendReason;
use crate::case::{CaseGap, CaseStage};
use crate::detention::{Company, DutyTrigger, StepKind};
use crate::eligibility::Ineligible;
use crate::entry::{ActivityType, BorderServiceKind, InspectionKind, ProtectedObject, ReceiverKind};
use crate::guards::RegisterRefused;
use crate::law::{Basis, DayCount, Deadline, ExclusionGround, Rule};
use crate::list::{ListColumn, ListNote, ListProblem, ListQuestion};
use crate::mark::{GapCause, MarkKind};
use crate::moment::Day;
use crate::notice::{Channel, NoticeReply};
use crate::page::{AttendanceState, GateKind, GateState, PageSection, PageState};
use crate::paper::{PaperColumn, PaperLine, PaperProblem};
use crate::patrol::{ActivityMode, AreaComponent, PatrolCodeRefused, Transport};
use crate::patrol_log::{Flag, LogRefused, PatrolPhase};
use crate::planning::{Answer, CanCome, PlanRefused};
use crate::position::{Origin, Position};
use crate::records::{CertificateStatus, PersonState, RecordFlag, SquadState};
use crate::register::{
    CertificateKind, CheckFinding, CheckKind, CheckOutcome, EngagementForm, IdDocumentKind, NoticeAbout,
    ReprintCause,
};
use crate::report::Apart;
use crate::roles::{Role, SpaceKind};
use crate::settling::{Attended, ExcuseReason, Sameness, SettledField};
use crate::source::Source;
use crate::statement::Kind;
use crate::words::Language;

/// Every closed list whose values have words.
macro_rules! words {
    ($($name:ident,)+) => {
        $(impl $name {
            /// What a person reads for it.
            #[must_use]
            pub fn word(self, language: Language) -> &'static str {
                locales::word(stringify!($name), self.code(), language)
            }
        })+

        /// Of each list its name and the codes of its values.
        #[cfg(test)]
        fn worded() -> Vec<(&'static str, Vec<&'static str>)> {
            vec![$((stringify!($name), $name::ALL.iter().map(|value| value.code()).collect()),)+]
        }
    };
}

words! {
    ActivityMode,
    ActivityType,
    AmendReason,
    Answer,
    Apart,
    AreaComponent,
    AttendanceState,
    Attended,
    Basis,
    BorderServiceKind,
    CanCome,
    CaseGap,
    CaseStage,
    CertificateKind,
    CertificateStatus,
    Channel,
    CheckFinding,
    CheckKind,
    CheckOutcome,
    Company,
    DayCount,
    Deadline,
    DutyTrigger,
    EngagementForm,
    ExclusionGround,
    ExcuseReason,
    Flag,
    GapCause,
    GateKind,
    GateState,
    IdDocumentKind,
    Ineligible,
    InspectionKind,
    Kind,
    ListColumn,
    ListNote,
    ListProblem,
    ListQuestion,
    LogRefused,
    MarkKind,
    NoticeAbout,
    NoticeReply,
    PageSection,
    PageState,
    PaperColumn,
    PaperLine,
    PaperProblem,
    PatrolCodeRefused,
    PatrolPhase,
    PersonState,
    PlanRefused,
    ProtectedObject,
    ReceiverKind,
    RecordFlag,
    RegisterRefused,
    ReprintCause,
    Role,
    Rule,
    Sameness,
    SettledField,
    Source,
    SpaceKind,
    SquadState,
    StepKind,
    Transport,
}

/// What a position is worth, as the badge of an entry says it: `±6 m`, `±80 m, weak`, `no fix`, `set by
/// hand`, `mock`.
#[must_use]
pub fn position_badge(position: Option<&Position>, language: Language) -> String {
    let Some(position) = position else {
        return sentence(Message::new("position-no-fix"), language);
    };
    let badge = match (position.origin, position.accuracy) {
        (Origin::ByHand { .. }, _) => Message::new("position-by-hand"),
        (Origin::Mock, _) => Message::new("position-mock"),
        (Origin::Measured, None) => Message::new("position-accuracy-unknown"),
        (Origin::Measured, Some(accuracy)) => {
            let badge = if accuracy.is_weak() {
                Message::new("position-measured-weakly")
            } else {
                Message::new("position-measured")
            };
            badge.with("metres", accuracy.decimetres().div_ceil(10))
        }
    };
    sentence(badge, language)
}

/// A day as acts and papers here write it, in all three languages: `26.05.2023`.
#[must_use]
pub fn written_day(day: Day) -> String {
    let written = day.to_string();
    let parts: Vec<&str> = written.rsplit('-').collect();
    parts.join(".")
}

#[cfg(test)]
mod tests;
