//! Why not: the façade's refusals as the five that a screen acts on, each with a sentence for the person and a clause for the
//! trace. Converted here and nowhere else. Neither text ever holds a name, a place, an entry's words or a key.

use jasaq_fieldbook::model::ids::IdRefused;
use jasaq_fieldbook::model::moment::MomentRefused;
use jasaq_fieldbook::model::position::PositionRefused;
use jasaq_fieldbook::model::words::{Language, WordsRefused};
use jasaq_fieldbook::{FieldbookRefused as CoreRefused, RefusalClass, VaultRefused};

/// Why the fieldbook did not do what it was asked. What was acknowledged before stays in every case.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum FieldbookRefused {
    /// A rule refused it. The sentence says which; asking again changes nothing.
    #[error("{trace}")]
    Rule {
        /// For the person, in the language given at opening.
        sentence: String,
        /// For the trace.
        trace: String,
    },
    /// The relay was not reached. Nothing is lost: ask again when there is a connection.
    #[error("{trace}")]
    Unreachable {
        /// For the person, in the language given at opening.
        sentence: String,
        /// For the trace.
        trace: String,
    },
    /// The vault, its key or the disk.
    #[error("{trace}")]
    Storage {
        /// For the person, in the language given at opening.
        sentence: String,
        /// For the trace.
        trace: String,
    },
    /// It is locked: unlock it and ask again.
    #[error("{trace}")]
    Locked {
        /// For the person, in the language given at opening.
        sentence: String,
        /// For the trace.
        trace: String,
    },
    /// What was given was not accepted.
    #[error("{trace}")]
    Input {
        /// For the person, in the language given at opening.
        sentence: String,
        /// For the trace.
        trace: String,
    },
}

/// A refusal before it is put into words.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The façade's.
    Core(CoreRefused),
    /// What a host gave is not what it should be; found before the façade was asked.
    Given(String),
}

impl Refusal {
    /// In a person's language.
    pub(crate) fn told(self, language: Language) -> FieldbookRefused {
        let refused = match self {
            // No person gave it: the host's own program is at fault.
            Self::Given(trace) => {
                let sentence = CoreRefused::Defect(trace.clone()).sentence(language);
                return FieldbookRefused::Input { sentence, trace };
            }
            Self::Core(refused) => refused,
        };
        let (sentence, trace) = (refused.sentence(language), refused.to_string());
        if let CoreRefused::Vault(VaultRefused::Locked) = refused {
            return FieldbookRefused::Locked { sentence, trace };
        }
        match refused.class() {
            RefusalClass::Rule => FieldbookRefused::Rule { sentence, trace },
            RefusalClass::Unreachable => FieldbookRefused::Unreachable { sentence, trace },
            RefusalClass::Storage => FieldbookRefused::Storage { sentence, trace },
            RefusalClass::Input => FieldbookRefused::Input { sentence, trace },
        }
    }
}

impl From<CoreRefused> for Refusal {
    fn from(refused: CoreRefused) -> Self {
        Self::Core(refused)
    }
}

impl From<WordsRefused> for Refusal {
    fn from(refused: WordsRefused) -> Self {
        Self::Core(refused.into())
    }
}

impl From<PositionRefused> for Refusal {
    fn from(refused: PositionRefused) -> Self {
        Self::Core(refused.into())
    }
}

impl From<MomentRefused> for Refusal {
    fn from(refused: MomentRefused) -> Self {
        Self::Core(refused.into())
    }
}

impl From<IdRefused> for Refusal {
    fn from(refused: IdRefused) -> Self {
        Self::Core(refused.into())
    }
}
