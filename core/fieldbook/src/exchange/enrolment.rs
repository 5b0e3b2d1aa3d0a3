//! Bringing devices in: founding, making squads, inviting, joining, confirming.
//!
//! Each act becomes operations in a roll, sealed in one transaction with the keys it makes. Who may is asked of the
//! protocol's own table before anything is signed, so that a refusal has a sentence and leaves no trace.

mod founding;
mod inviting;
mod joining;
mod keys;
mod recovery;
mod root;

pub(crate) use founding::{found, make_space, make_standing_spaces};
pub use inviting::{InviteState, NewInvite, OwnInvite, WaitingJoin};
pub(crate) use inviting::{Seat, confirm, invite, invites, waiting_joins, withdraw};
pub(super) use joining::{OwnRequest, own_requests};
pub(crate) use joining::{forget_join_requests, is_in_vain, join, join_again};
pub(crate) use keys::{hands_on, hands_on_as, heal_wraps, renew_unclean, rotate};
pub use recovery::{Drilled, RecoveryRefused};
pub(crate) use recovery::{drill, key_for, own_key, read_texts, renew};
pub use root::Recovered;
pub(crate) use root::{recover, recover_keys, remove_as_root};

use jasaq_protocol::membership::{Act, Role, may_operate};

use super::device::Device;
use super::flush::FlushRefused;
use crate::vault::VaultRefused;

/// Why a device was not brought in. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum EnrolRefused {
    /// The vault refused.
    #[error(transparent)]
    Vault(#[from] VaultRefused),
    /// This device is not in yet itself.
    #[error("this device is not in yet")]
    NotIn,
    /// This device's role may not do that.
    #[error("this device's role may not do that")]
    MayNot,
    /// No such squad, or several of that name.
    #[error("no such squad, or several of that name")]
    NoSquad,
    /// A squad of this name exists.
    #[error("a squad of this name exists")]
    SquadExists,
    /// Nobody who waits has these words.
    #[error("nobody who waits has these words")]
    NoSuchWords,
    /// The invite had expired, by this device's clock.
    #[error("the invite has expired")]
    Expired,
    /// The invite was used for another device.
    #[error("the invite was used already")]
    Used,
    /// The invite was withdrawn.
    #[error("the invite was withdrawn")]
    Withdrawn,
    /// This device made no such invite.
    #[error("this device made no such invite")]
    NoInvite,
    /// The invite let a device in, so there is nothing to withdraw.
    #[error("the invite has let a device in")]
    InUse,
    /// This device is in already.
    #[error("this device is in already")]
    AlreadyIn,
    /// This device was removed: its keys never come in again.
    #[error("this device was removed")]
    Removed,
    /// The device that asks was removed: it is never added again.
    #[error("the device that asks was removed")]
    AnotherRemoved,
    /// The invite is of another territory than this device first asked to join.
    #[error("the invite is of another territory")]
    OtherTerritory,
    /// The invite that this device joined with was used for another, or too often: the relay takes no further request.
    #[error("the invite was spent on other devices")]
    Spent,
    /// The squad has this season, or a later one.
    #[error("the squad has this season, or a later one")]
    SeasonExists,
    /// A season was not ended.
    #[error(transparent)]
    Close(#[from] super::closing::CloseRefused),
    /// Nothing was said of a device, or decided about what it said.
    #[error(transparent)]
    Judge(#[from] super::judging::JudgeRefused),
    /// A member of this id is not known.
    #[error("no such member")]
    NoMember,
    /// Another head or office brought this member, and no console above does it now.
    #[error("another brought this member")]
    BroughtByAnother,
    /// The code is not an invite.
    #[error(transparent)]
    Code(#[from] jasaq_protocol::membership::InviteRefused),
    /// Only a defect of ours can cause this.
    #[error("the operation could not be sealed")]
    Seal,
}

impl From<FlushRefused> for EnrolRefused {
    fn from(refused: FlushRefused) -> Self {
        match refused {
            FlushRefused::Vault(refused) => Self::Vault(refused),
            FlushRefused::Document(_)
            | FlushRefused::TooLong
            | FlushRefused::Newer
            | FlushRefused::Seal(_) => Self::Seal,
        }
    }
}

pub(super) fn check(device: &Device, act: Act) -> Result<Role, EnrolRefused> {
    let role = device.role().ok_or(EnrolRefused::NotIn)?;
    if may_operate(Some(role), act) { Ok(role) } else { Err(EnrolRefused::MayNot) }
}
