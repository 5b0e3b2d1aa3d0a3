//! What a phone knows of the register: the cards that the structural subdivision signed; and that its owner wishes to leave.

use jasaq_fieldbook::model::squad::SquadCard;
use jasaq_fieldbook::model::words::Language;

use crate::fieldbook::Fieldbook;
use crate::refusal::FieldbookRefused;

/// A member as the subdivision's card has him.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SquadCardView {
    /// The member.
    pub member: String,
    /// As his certificate has it.
    pub full_name: String,
    /// The number of his certificate, if he has one to show.
    pub certificate_number: Option<String>,
    /// Whether he may go on patrol.
    pub eligible: bool,
    /// Of which day this is, as `2026-05-13`.
    pub as_of: String,
    /// The same in a sentence: whether, and of which day.
    pub sentence: String,
}

#[uniffi::export]
impl Fieldbook {
    /// The newest card of each member of the squad. Nothing, which is no empty list, where cards are not read.
    pub fn squad_cards(&self) -> Result<Option<Vec<SquadCardView>>, FieldbookRefused> {
        let language = self.opening.language;
        self.at_desk(|desk| {
            let Some(cards) = desk.squad_cards()? else { return Ok(None) };
            Ok(Some(cards.iter().map(|card| SquadCardView::new(card, language)).collect()))
        })
    }

    /// Who holds this phone does not wish to take part any longer (001-§15(5)). No reason is asked. Returns the statement's key.
    pub fn wish_to_leave(&self) -> Result<String, FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.wish_to_leave()?.to_string()))
    }
}

impl SquadCardView {
    fn new(card: &SquadCard, language: Language) -> Self {
        Self {
            member: card.member.to_string(),
            full_name: card.full_name.to_string(),
            certificate_number: card.certificate_number.as_ref().map(ToString::to_string),
            eligible: card.eligible,
            as_of: card.as_of.to_string(),
            sentence: card.sentence(language),
        }
    }
}
