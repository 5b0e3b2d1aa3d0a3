//! What may be taken back by itself, and by whom.

use jasaq_model::guards::RegisterRefused;
use jasaq_model::statement::Kind;
use jasaq_protocol::ids::DeviceId;
use jasaq_protocol::membership::Role;

use super::Desk;
use crate::refusal::FieldbookRefused;

/// How what was said is taken back.
enum Way {
    /// By itself.
    Alone,
    /// With the whole list, whose names and papers would be left behind otherwise.
    WithItsList,
    /// Not at all.
    Never,
}

/// Of everything that can be said, so that whoever adds a kind has to place it.
const fn way_back(kind: Kind) -> Way {
    match kind {
        Kind::Squad
        | Kind::NameOn
        | Kind::NameOff
        | Kind::Decision
        | Kind::HeadEnded
        | Kind::Review
        | Kind::Remark
        | Kind::ExclusionNotice
        | Kind::Application
        | Kind::ApplicationDecided
        | Kind::Check
        | Kind::Offence
        | Kind::Registration
        | Kind::Certificate
        | Kind::CertificateLost
        | Kind::CertificateReprinted
        | Kind::Training
        | Kind::Circumstance
        | Kind::StrikeOff
        | Kind::Notice
        | Kind::Supervision
        | Kind::MemberIs
        | Kind::WishToLeave => Way::Alone,
        Kind::List | Kind::ListLine | Kind::ListReceived | Kind::ListWithdrawn => Way::WithItsList,
        // A patrol's log is amended, a card is written anew, an attachment is erased.
        Kind::PatrolStarted
        | Kind::LegStarted
        | Kind::LegEnded
        | Kind::PatrolEnded
        | Kind::Entry
        | Kind::Track
        | Kind::Waypoint
        | Kind::SquadCard
        | Kind::Attachment
        | Kind::AttachmentHeld
        | Kind::Withdrawn
        | Kind::Read => Way::Never,
    }
}

impl Desk<'_> {
    /// Whether a statement of this kind and author may be taken back here: by the office that said it, and of a squad by the phone
    /// that said it.
    pub(super) fn check_taking_back(
        &self,
        kind: Option<Kind>,
        author: &DeviceId,
    ) -> Result<(), FieldbookRefused> {
        let own = self.device.id();
        let for_itself = self.device.role().is_none_or(Role::is_of_a_squad);
        let is_own = if for_itself { own == *author } else { self.device.are_of_one_office(&own, author) };
        match kind.map(way_back) {
            Some(Way::WithItsList) if is_own => Err(RegisterRefused::TakenBackWithItsList.into()),
            Some(Way::Alone) if is_own => Ok(()),
            _ => Err(RegisterRefused::NotYoursToWithdraw.into()),
        }
    }
}
