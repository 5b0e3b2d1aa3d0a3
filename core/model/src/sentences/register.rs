//! What the register says in sentences: who may go on patrol and why not, and what is refused.

use super::{Message, citations, sentence, written_day};
use crate::eligibility::{Eligibility, Ineligible};
use crate::guards::{DayTooEarly, RegisterRefused};
use crate::law::Paragraph;
use crate::squad::SquadCard;
use crate::words::Language;

impl Ineligible {
    /// The reason with its paragraph: `no legal training recorded (paragraph 11 of the Rules)`.
    #[must_use]
    pub fn sentence(self, language: Language) -> String {
        with_paragraphs(self.word(language), self.paragraphs(), language)
    }
}

impl Eligibility {
    /// One line for every screen: `May go on patrol: no: no legal training recorded (paragraph 11 of the Rules)`.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        if self.is_eligible() {
            return sentence(Message::new("eligibility-yes"), language);
        }
        let reasons: Vec<String> = self.reasons.iter().map(|reason| reason.sentence(language)).collect();
        sentence(Message::new("eligibility-no").with("reasons", reasons.join("; ")), language)
    }

    /// What a head and phones read of it: whether, and not why (requirements §8).
    #[must_use]
    pub fn short_sentence(&self, language: Language) -> String {
        let id = if self.is_eligible() { "eligibility-yes" } else { "eligibility-ended" };
        sentence(Message::new(id), language)
    }
}

impl RegisterRefused {
    /// What is refused and why, with the paragraph where the law says it.
    #[must_use]
    pub fn sentence(self, language: Language) -> String {
        match self.paragraphs() {
            [] => self.word(language).to_owned(),
            paragraphs => {
                let message = Message::new("refused-basis").with("sentence", self.word(language).to_owned());
                sentence(message.with("paragraph", citations(paragraphs, language)), language)
            }
        }
    }
}

impl DayTooEarly {
    /// What it would follow, and when that was.
    #[must_use]
    pub fn sentence(self, language: Language) -> String {
        let message = Message::new("day-too-early").with("followed", self.kind.word(language).to_owned());
        sentence(message.with("day", written_day(self.day)), language)
    }
}

impl SquadCard {
    /// What a phone says of a member: whether he may go out, and of which day that is; not why (requirements §8).
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let id = if self.eligible { "card-eligible" } else { "card-not-eligible" };
        sentence(Message::new(id).with("day", written_day(self.as_of)), language)
    }
}

/// What was given as a certificate's number is none.
#[must_use]
pub fn certificate_number_refused(language: Language) -> String {
    sentence(Message::new("certificate-number-refused"), language)
}

fn with_paragraphs(said: &str, paragraphs: &[Paragraph], language: Language) -> String {
    let message = Message::new("with-paragraph").with("sentence", said.to_owned());
    sentence(message.with("paragraph", citations(paragraphs, language)), language)
}
