//! Applications, answers, notices and decisions: a page each.

use jasaq_model::moment::Day;
use jasaq_model::register::IdDocumentKind;
use serde::Serialize;

use super::{Letterhead, Signer};

/// The application of who wishes to become a non-staff employee (§16).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct NonStaffApplication {
    /// The territorial subdivision.
    pub to: String,
    /// Who applies. If left unset, a line, as in the sheets that lie out to be filled in.
    pub applicant: Option<String>,
    /// Where he lives. If left unset, a line.
    pub residence: Option<String>,
    /// How he is reached. If left unset, a line.
    pub phone: Option<String>,
    /// Whose copy he encloses. If left unset, both are named for him to choose.
    pub id_document: Option<IdDocumentKind>,
    /// Whether he also encloses a copy of his life and health insurance, which he may and need not.
    pub with_insurance: bool,
    /// The day. If left unset, a line.
    pub day: Option<Day>,
}

/// A refusal to an applicant, without reasons (§17).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// From the territorial subdivision to the applicant.
    pub letter: Letterhead,
    /// The day his application came in. If left unset, a line.
    pub received_on: Option<Day>,
    /// The head of the territorial subdivision.
    pub signer: Signer,
}

/// The notice to a non-staff employee that he is registered (§18).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct RegistrationNotice {
    /// From the territorial subdivision to the person.
    pub letter: Letterhead,
    /// The day he was registered. If left unset, a line.
    pub registered_on: Option<Day>,
    /// The number of his certificate. If left unset, a line.
    pub certificate_number: Option<String>,
    /// The head of the territorial subdivision.
    pub signer: Signer,
}

/// The notice to the akimat that a person is to be taken out of a squad (§19), without the ground.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ExclusionNotice {
    /// From the territorial subdivision to the local executive body.
    pub letter: Letterhead,
    /// The squad.
    pub squad: String,
    /// Who is to be taken out.
    pub person: String,
    /// His day of birth, where two have one name.
    pub born: Option<Day>,
    /// The outgoing number of the akimat's list. If left unset, a line.
    pub list_number: Option<String>,
    /// The day of that list. If left unset, a line.
    pub list_day: Option<Day>,
    /// The head of the territorial subdivision.
    pub signer: Signer,
}

/// The notice to a person that he was struck off the register (§22), without the ground: a letter lies about.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct StrikeOffNotice {
    /// From the structural subdivision to the person.
    pub letter: Letterhead,
    /// The day he was struck off. If left unset, a line.
    pub struck_off_on: Option<Day>,
    /// Who signs for the structural subdivision.
    pub signer: Signer,
}

/// What a council decided (§7).
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Decided {
    /// A squad is created.
    SquadCreated {
        /// Which.
        squad: String,
    },
    /// A squad's head is appointed.
    HeadAppointed {
        /// Whose.
        squad: String,
        /// Who.
        head: String,
    },
}

/// An extract of a decision of the coordination council on border issues (§7).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct DecisionExtract {
    /// The akimat at which the council is formed.
    pub akimat: String,
    /// The district or city of the squad, of which the council is. If left unset, a line.
    pub district: Option<String>,
    /// The number of the decision. If left unset, a line.
    pub number: Option<String>,
    /// Its day. If left unset, a line.
    pub day: Option<Day>,
    /// What was decided.
    pub decided: Decided,
    /// Who certifies the extract.
    pub signer: Signer,
}
