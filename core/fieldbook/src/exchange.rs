//! Exchange: what leaves this device and what reaches it.
//!
//! Joins `documents` and `vault`, which do not know each other, to the protocol. Promises: nothing is sent before its
//! commit is on disk; whatever verifies is kept, whoever brought it; one bad envelope never blocks the rest; a fold that
//! changes moves only the standing of statements, never the statements. Refuses to let any carrier decide anything:
//! the relay, a satchel and a message are equal.

mod arrival;
mod attachments;
mod carrier;
mod closing;
mod comparing;
mod contact;
mod device;
mod enrolment;
mod erasing;
mod fallen;
mod flush;
mod judging;
mod keys;
mod lacking;
mod meeting;
mod merging;
mod numbers;
mod packing;
mod renewal;
mod request;
mod returning;
mod satchel;
mod showing;
mod standing;
mod stating;

pub use attachments::AttachmentsReport;
pub(crate) use attachments::{
    ArrivingParts, Attached, Errand, attached, errands, holders, make_request, name_of,
};
pub use carrier::{Carrier, CarrierFailed, CertificateFlaw, PartsRequest, is_cleartext};
pub use closing::CloseRefused;
pub(crate) use closing::close_season;
pub use contact::{ContactReport, OpenAnswer};
pub(crate) use device::Device;
pub use enrolment::{
    Drilled, EnrolRefused, InviteState, NewInvite, OwnInvite, Recovered, RecoveryRefused, WaitingJoin,
};
pub(crate) use enrolment::{
    Seat, confirm, drill, forget_join_requests, found, hands_on, hands_on_as, heal_wraps, invite, invites,
    is_in_vain, join, join_again, key_for, make_space, make_standing_spaces, own_key, read_texts, recover,
    recover_keys, remove_as_root, renew, renew_unclean, rotate, waiting_joins, withdraw,
};
pub use erasing::Erased;
pub(crate) use erasing::{ToErase, answer_erasures, erase, erase_attachments, to_be_erased};
pub(crate) use fallen::say_fallen_ones_again;
pub use flush::FlushReport;
pub(crate) use flush::{FlushRefused, UNPLACED, flush, waits_for_key};
pub(crate) use judging::{Decision, change_role, decide, may_decide, remove, testify};
pub use judging::{JudgeRefused, Removal};
pub(crate) use lacking::{missing_epochs, say_lacks};
pub use meeting::{MeetingFailed, MeetingReport, OpenMeeting};
pub(crate) use merging::{rebuild_document, show_branches};
pub(crate) use numbers::{erased_pages, would_lose_numbers};
pub(crate) use renewal::take_again;
pub(crate) use request::prepare;
pub use request::{PreparedContact, Ticket};
pub(crate) use returning::{is_anything_away, take_up_again};
pub use satchel::SatchelReport;
pub(crate) use satchel::{export, export_parts, import};
pub(crate) use showing::proofs_of_consoles;
pub(crate) use standing::{Said, has_divided_role, links_of, role_said_in, standing_of};
pub(crate) use stating::{StateRefused, ToState, state};

use crate::vault::VaultRefused;

/// Why an exchange did not go through. What was exchanged before stands.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeRefused {
    /// The vault refused.
    #[error(transparent)]
    Vault(#[from] VaultRefused),
    /// No relay is known.
    #[error("no relay is known")]
    NoRelay,
    /// The carrier did not get through.
    #[error(transparent)]
    Carrier(#[from] CarrierFailed),
    /// What answered is not the relay, or it broke off.
    #[error(transparent)]
    Broken(#[from] jasaq_protocol::sync::ContactBroken),
    /// Another relay answers at the known address.
    #[error("another relay answers at this address")]
    OtherRelay,
    /// The relay's address would send requests in clear text beyond this machine, and nobody said that it may.
    #[error("the address is in clear text")]
    Cleartext,
    /// A meeting with another device did not come about, or not to its end.
    #[error(transparent)]
    Meeting(#[from] MeetingFailed),
    /// The file is not a satchel of this territory.
    #[error(transparent)]
    Satchel(#[from] jasaq_protocol::sync::SatchelRefused),
    /// The file cannot be read or written.
    #[error("the file cannot be used: {0}")]
    File(#[from] std::io::Error),
}
