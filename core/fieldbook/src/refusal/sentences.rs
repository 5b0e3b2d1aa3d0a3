//! The sentences a person reads: what happened, that nothing is lost, what to do next.

use jasaq_model::words::Language;

use super::FieldbookRefused;

impl FieldbookRefused {
    /// One or two sentences for the person.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let _ = language;
        self.to_string()
    }
}
