//! Who is in, as what, and with which keys.
//!
//! Membership is made of *operations*: signed statements in rolls, readable by the relay. What follows from them is one
//! function, [`fold`]: the same set of operations gives the same [`Membership`] in any order, on every device and on the
//! relay. Rank is strict (root > TS > SS, LEB, CC > HEAD > VOL, NSE) and only a higher rank acts on a device, so the fold
//! goes rank by rank and two devices can never decide about each other.
//!
//! Refuses: an operation by a rank that may not ([`role::may_operate`]), on a space or device out of the signer's scope,
//! or in a roll where it does not belong. What is refused stays visible with its reason.

mod base32;
mod bringer;
mod cut;
mod erasures;
mod fold;
mod history;
mod invite;
mod keys;
mod members;
mod operation;
mod role;
mod roster;
mod sheets;
mod shortest;
mod spoken;

pub(crate) use base32::{from_base32, to_base32};
pub use bringer::Bringer;
pub use cut::{Cut, CutHead, Links};
pub use erasures::Erasures;
pub use fold::{RollEntry, fold};
pub use history::{Judged, Standpoint};
pub use invite::{
    FourWords, InviteCode, InviteRefused, InviteSeed, InviteTerms, Join, JoinRefused, ShortInvite,
};
pub use keys::Wrapped;
pub use members::Membership;
pub use operation::{
    Operation, OperationKind, OperationRefused, Parent, Placement, SectionPlace, operation_id,
};
pub use role::{Access, Act, Rank, Role, Season, SpaceKind, access, may_operate};
pub use roster::{Enrolled, Epoch, Invited, NotCounted, SpaceRecord, Standing, Territory};
pub use sheets::{
    KeyBeginning, OfflineKey, Sheet, SheetDay, SheetPurpose, SheetRefused, SheetSet, read_sheets,
    split_into_sheets,
};
pub use spoken::{MeantWord, Misheard};
