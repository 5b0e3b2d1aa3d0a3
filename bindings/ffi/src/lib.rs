//! # The border
//!
//! What a phone's application calls: the façade `Fieldbook` in Kotlin, Swift and Python, carried over by UniFFI from the
//! declarations in this crate alone (no UDL). Nothing is decided here: a method converts, calls, converts.
//!
//! ## What crosses
//!
//! | name | which way |
//! |---|---|
//! | `New…` | in: what a person or a host gives, not yet checked |
//! | `…View`, `…Notice` | out: values to draw; nobody changes them |
//! | [`Carrier`], [`Watcher`], [`KeyHolder`] | written by the host, called from here |
//! | [`Fieldbook`], [`WatchHandle`], [`MeetingHandle`] | live here; the host holds them and lets go of them |
//! | [`FieldbookRefused`] | out: why not, in a person's words and in the trace's |
//!
//! Ids travel as lower-case hexadecimal, statements by their keys, moments as RFC 3339, closed lists of the law as enums.
//!
//! ```text
//! host                                    here
//! Fieldbook.open(opening, holder) ──────► holder.unwrap; two replicas over one vault: desk and gate
//! write_entry(patrol, entry) ───────────► desk: one transaction; safe from a flat battery when it returns
//! sync(carrier) ────────────────────────► gate ─► carrier.carry(address, request) ─► the host's own HTTP
//!                watcher.custody_changed ◄── own entries whose step moved
//!
//! prepare_contact() ────────────────────► ticket and request, remembered; the system carries, this program may die
//! take_answer(ticket, answer) ──────────► whenever it comes, as far as it came, as often as it comes
//!
//! attach(patrol, photo) ────────────────► desk: sealed and safe when it returns
//! carry_attachments(carrier) ───────────► gate ─► carrier.carry_parts(address, request), behind a sync
//!
//! call_to_meeting(code) ────────────────► a MeetingHandle; the host opens the way to the other device
//! meeting.received(bytes) ──────────────► bytes for the other device, and the stage to draw
//! ```
//!
//! ## What the host can rely on
//!
//! - **A tap never waits for the network.** Recording and reading go through one replica, exchange through another, as two
//!   processes may have one fieldbook open. A carrier and a watcher may call back into the same `Fieldbook`.
//! - **What a callback throws stays a refusal.** An exception out of a carrier is [`CarrierFailed::Broken`], one out of a
//!   watcher is dropped; neither crosses the border as a crash.
//! - **The host's own key never leaves its hardware.** It wraps the vault's key when a fieldbook is made and unwraps it when one
//!   is opened or unlocked, once for both replicas. Whatever crosses then lies here only in memory that is wiped, but for the
//!   buffer that UniFFI carries it in.
//! - **Locked is a state, not an end.** A locked `Fieldbook` refuses everything and loses nothing; watchers stay.
//! - **Letting go closes.** When the host drops a `Fieldbook`, it is closed cleanly; a dropped [`WatchHandle`] tells no more.
//!
//! Every method blocks until it is done: hosts call from a thread that is not the screen's.
//!
//! ## Languages
//!
//! `bindings/python` and `bindings/kotlin` each hold one test that lives through a squad's day against a running relay. For
//! Swift the same library generates its bindings; no Swift compiler is at hand where this is built, so that is untested.

mod attachment;
mod background;
mod carrier;
mod custody;
mod device;
mod entry;
mod erasing;
mod fieldbook;
mod key_holder;
mod limits;
mod lock;
mod meeting;
mod patrol;
mod refusal;
mod register;
mod replicas;
mod satchel;
mod status;
mod words;

pub use attachment::{
    AttachmentStandingView, AttachmentView, AttachmentsRefusedView, AttachmentsView, NewAttachment,
    NewContent, ShareView,
};
pub use background::PreparedContactView;
pub use carrier::{Carrier, CarrierFailed, ContactView, NewAnswer, PartsRequestView};
pub use custody::{CustodyCountsView, CustodyNotice, CustodyView, WatchHandle, Watcher, WatcherFailed};
pub use device::{DeviceView, HeldView, RemovalView, ReplacementView};
pub use entry::{EntryView, NewEntry, NewPosition, Point, PositionOrigin, PositionView};
pub use erasing::{ErasedView, ErasureView, ObeyedView};
pub use fieldbook::{Fieldbook, NewOpening};
pub use key_holder::{KeyHolder, KeyHolderRefused};
pub use meeting::{
    MeetingBroken, MeetingHandle, MeetingProgressView, MeetingStageView, MeetingStepView, MeetingView,
};
pub use patrol::{
    FlagView, NewPatrol, PatrolStartView, PatrolSummaryView, PatrolView, StatementView, UnsettledView,
};
pub use refusal::FieldbookRefused;
pub use register::SquadCardView;
pub use satchel::SatchelView;
pub use status::{MissingKeyView, RefusedKeyView, StatusView};

uniffi::setup_scaffolding!("jasaq");
