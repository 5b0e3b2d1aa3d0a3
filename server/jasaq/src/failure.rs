//! Why a command did not do what it was asked: the exit code, the sentence for the person, the clause for the trace.
//!
//! ```text
//! 0 done · 1 refused by a rule · 2 bad usage · 3 the relay was not reached, or not to the end; nothing lost
//! 4 local storage · 5 input file or text not accepted
//! ```
//!
//! What the fieldbook refuses is told in the fieldbook's own sentences; what goes wrong in the program itself has
//! messages in `words/`. Neither text holds a name, a place, an entry's words or a key.

use std::fmt::Display;

use jasaq_fieldbook::model::guards::{DayTooEarly, RegisterRefused};
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::planning::PlanRefused;
use jasaq_fieldbook::model::statement::Kind;
use jasaq_fieldbook::protocol::sync::ContactBroken;
use jasaq_fieldbook::{ExchangeRefused, FieldbookRefused, KeyRefused, RefusalClass, VaultRefused};
use serde_json::{Value, json};

use crate::output::Reply;
use crate::words::{Message, Words};

/// What kind of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Rule,
    Usage,
    Unreachable,
    Storage,
    Input,
}

impl Class {
    /// What the process ends with.
    pub(crate) const fn exit_code(self) -> u8 {
        match self {
            Self::Rule => 1,
            Self::Usage => 2,
            Self::Unreachable => 3,
            Self::Storage => 4,
            Self::Input => 5,
        }
    }

    /// What `--json` says.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Usage => "usage",
            Self::Unreachable => "unreachable",
            Self::Storage => "storage",
            Self::Input => "input",
        }
    }
}

impl From<RefusalClass> for Class {
    fn from(class: RefusalClass) -> Self {
        match class {
            RefusalClass::Rule => Self::Rule,
            RefusalClass::Unreachable => Self::Unreachable,
            RefusalClass::Storage => Self::Storage,
            RefusalClass::Input => Self::Input,
        }
    }
}

/// Which command helps, where the fieldbook's sentence cannot know that there are commands.
fn next_step(refused: &FieldbookRefused) -> Option<Message> {
    match refused {
        FieldbookRefused::Exchange(
            ExchangeRefused::OtherRelay | ExchangeRefused::Broken(ContactBroken::Receipt),
        ) => Some(Message::new("relay-other-next")),
        FieldbookRefused::Exchange(ExchangeRefused::NoRelay) => Some(Message::new("relay-none-next")),
        FieldbookRefused::TooEarly(DayTooEarly { kind: Kind::List | Kind::ListReceived, .. }) => {
            Some(Message::new("day-before-list-next"))
        }
        FieldbookRefused::TooEarly(_) => Some(Message::new("day-too-early-next")),
        FieldbookRefused::Register(refused) => register_next(*refused).map(Message::new),
        FieldbookRefused::Plan(refused) => plan_next(*refused).map(Message::new),
        FieldbookRefused::Log(LogRefused::GatesClosed) => Some(Message::new("gates-closed-next")),
        FieldbookRefused::Log(LogRefused::NotToldByVoice) => Some(Message::new("notice-not-told-next")),
        FieldbookRefused::Log(LogRefused::CaseEnded) => Some(Message::new("case-ended-next")),
        _ => None,
    }
}

/// The same of plans.
const fn plan_next(refused: PlanRefused) -> Option<&'static str> {
    match refused {
        PlanRefused::NoPlan => Some("plan-none-next"),
        PlanRefused::PlansApart => Some("plans-apart-next"),
        PlanRefused::NoCard => Some("plan-no-card-next"),
        _ => None,
    }
}

/// The same of what the register refuses.
const fn register_next(refused: RegisterRefused) -> Option<&'static str> {
    match refused {
        RegisterRefused::ListUnknown => Some("list-unknown-next"),
        RegisterRefused::ListReceived => Some("list-received-already-next"),
        RegisterRefused::ListWithdrawn => Some("list-withdrawn-next"),
        RegisterRefused::ListNumberSent => Some("list-number-sent-next"),
        RegisterRefused::ErasedByUnit => Some("erased-by-unit-next"),
        RegisterRefused::TakenBackWithItsList => Some("list-with-its-list-next"),
        RegisterRefused::NotOnRoster => Some("roster-not-on-next"),
        RegisterRefused::UnitUnnamed | RegisterRefused::UnitUnknown => Some("unit-unnamed-next"),
        RegisterRefused::CertificatesSeveral => Some("certificates-several-next"),
        RegisterRefused::CardFromRegister => Some("card-from-register-next"),
        RegisterRefused::CauseStands => Some("cause-stands-next"),
        RegisterRefused::SecondHead => Some("second-head-next"),
        RegisterRefused::NotRegistered => Some("not-registered-next"),
        RegisterRefused::NotChecked => Some("not-checked-next"),
        RegisterRefused::BeforeUnsaid => Some("before-unsaid-next"),
        RegisterRefused::StruckOff => Some("struck-off-next"),
        _ => None,
    }
}

/// Why a command failed.
#[derive(Debug)]
pub(crate) struct Failure {
    class: Class,
    cause: Cause,
    /// In which argument, where one alone is meant.
    argument: Option<String>,
    /// What had been done before it failed, if there is something to tell.
    pub(crate) so_far: Option<Box<Reply>>,
}

#[derive(Debug)]
enum Cause {
    Fieldbook(FieldbookRefused),
    Ours {
        sentence: Message,
        trace: String,
    },
    /// What a room below says of itself, in the person's language already.
    Told {
        sentence: String,
        trace: String,
    },
}

impl From<FieldbookRefused> for Failure {
    fn from(refused: FieldbookRefused) -> Self {
        Self { class: refused.class().into(), cause: Cause::Fieldbook(refused), argument: None, so_far: None }
    }
}

impl From<VaultRefused> for Failure {
    fn from(refused: VaultRefused) -> Self {
        FieldbookRefused::from(refused).into()
    }
}

impl Failure {
    /// A failure of the program itself. `trace` is for who looks closely; ids and kinds of errors only.
    pub(crate) fn new(class: Class, sentence: impl Into<Message>, trace: &dyn Display) -> Self {
        let cause = Cause::Ours { sentence: sentence.into(), trace: trace.to_string() };
        Self { class, cause, argument: None, so_far: None }
    }

    /// A failure of which a room below has the sentence.
    pub(crate) fn told(class: Class, sentence: String, trace: &dyn Display) -> Self {
        let cause = Cause::Told { sentence, trace: trace.to_string() };
        Self { class, cause, argument: None, so_far: None }
    }

    /// The arguments, taken together, make no sense.
    pub(crate) fn usage(sentence: impl Into<Message>) -> Self {
        let sentence = sentence.into();
        let trace = sentence.id();
        Self::new(Class::Usage, sentence, &trace)
    }

    /// The same, with what had been done before.
    pub(crate) fn after(self, reply: Reply) -> Self {
        Self { so_far: Some(Box::new(reply)), ..self }
    }

    /// The same, of what stands in one argument.
    pub(crate) fn of_argument(self, argument: String) -> Self {
        Self { argument: Some(argument), ..self }
    }

    /// What kind of failure it is.
    pub(crate) const fn class(&self) -> Class {
        self.class
    }

    /// The refusal of the fieldbook that it comes from, if it does.
    pub(crate) const fn refused(&self) -> Option<&FieldbookRefused> {
        match &self.cause {
            Cause::Fieldbook(refused) => Some(refused),
            Cause::Ours { .. } | Cause::Told { .. } => None,
        }
    }

    /// For the person.
    pub(crate) fn sentence(&self, words: &Words) -> String {
        let sentence = self.cause_sentence(words);
        match &self.argument {
            Some(argument) => format!("{argument}: {sentence}"),
            None => sentence,
        }
    }

    fn cause_sentence(&self, words: &Words) -> String {
        match &self.cause {
            Cause::Fieldbook(refused) => {
                let next = next_step(refused).map(|id| format!(" {}", words.say(id)));
                refused.sentence(words.language()) + &next.unwrap_or_default()
            }
            Cause::Ours { sentence, .. } => words.say(sentence.clone()),
            Cause::Told { sentence, .. } => sentence.clone(),
        }
    }

    /// For the trace.
    pub(crate) fn trace(&self) -> String {
        match &self.cause {
            Cause::Fieldbook(refused) => refused.to_string(),
            Cause::Ours { trace, .. } | Cause::Told { trace, .. } => trace.clone(),
        }
    }

    /// The same for a program.
    pub(crate) fn to_json(&self, words: &Words) -> Value {
        let mut error = json!({
            "class": self.class.code(),
            "sentence": self.sentence(words),
            "trace": self.trace(),
        });
        let facts = match self.refused() {
            Some(FieldbookRefused::MayNotState { paragraph }) => vec![("paragraph", json!(paragraph))],
            Some(FieldbookRefused::TooEarly(early)) => vec![
                ("refusal", json!(DayTooEarly::CODE)),
                ("follows", json!({ "kind": early.kind, "day": early.day })),
            ],
            Some(FieldbookRefused::Register(refused)) => {
                vec![("refusal", json!(refused)), ("paragraphs", json!(refused.paragraphs()))]
            }
            Some(FieldbookRefused::Plan(refused)) => vec![("refusal", json!(refused))],
            Some(FieldbookRefused::Log(refused)) => vec![("refusal", json!(refused))],
            Some(FieldbookRefused::Vault(VaultRefused::Key(KeyRefused::TryAgainIn { wait_ms }))) => {
                vec![("wait_ms", json!(wait_ms))]
            }
            _ => Vec::new(),
        };
        if let Some(error) = error.as_object_mut() {
            error.extend(facts.into_iter().map(|(name, fact)| (name.to_owned(), fact)));
        }
        json!({ "error": error })
    }
}
