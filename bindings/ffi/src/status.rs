//! The status: what one looks at before putting the phone away.

use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::{DeviceView, MissingKey, RefusedKey, Status};

use crate::custody::CustodyCountsView;

/// Who this device is, and how far everything has come.
#[derive(uniffi::Record)]
pub struct StatusView {
    /// What it may do; none until it is added.
    pub role: Option<Role>,
    /// The four words to tell the inviter, until it is added.
    pub join_words: Option<String>,
    /// The relay's address, if one is known.
    pub relay: Option<String>,
    /// The identity of the relay that alone is believed, once it is known: what a person reads out if it was replaced.
    pub relay_id: Option<String>,
    /// Own entries by the step they have reached.
    pub own_entries: CustodyCountsView,
    /// Every entry that is here by the step it has reached.
    pub entries: CustodyCountsView,
    /// Statements recorded and not sealed yet.
    pub pending: u64,
    /// Envelopes that no receipt of the relay covers.
    pub outbox_envelopes: u64,
    /// Their bytes.
    pub outbox_bytes: u64,
    /// Envelopes that the relay refused when last told.
    pub refused: u64,
    /// Statements that wait for what would explain them.
    pub waiting: u64,
    /// Statements beyond a cut.
    pub held: u64,
    /// Statements whose author may not make them.
    pub not_counted: u64,
    /// Devices that hold the same as this one and have other things in it: a defect, or an older program.
    pub differing: u64,
    /// Devices that seem to have a twin, a copy that writes with the same keys: this one, and those that this one may remove.
    pub twins: Vec<TwinView>,
    /// Journals of which others signed that they hold more than has come here.
    pub missing: u64,
    /// Spaces of which a key does not open here that should.
    pub missing_keys: Vec<MissingKeyView>,
    /// Devices that said so of keys that this one hands on.
    pub refused_keys: Vec<RefusedKeyView>,
}

/// A space of which a key does not open here, or was never given.
#[derive(uniffi::Record)]
pub struct MissingKeyView {
    /// The space's id.
    pub space: String,
    /// What it holds, as a code: `patrols`.
    pub kind: String,
    /// Its season.
    pub season: u16,
    /// Since when, by this device's clock, in ms since 1970. None until the next exchange, which asks for it.
    pub since_ms: Option<i64>,
    /// Whether another of its keys opens, that what is recorded meanwhile is sealed to.
    pub has_another: bool,
    /// Envelopes that are here and wait for it.
    pub sealed: u64,
    /// The ids of the devices that were asked for it.
    pub asked: Vec<String>,
    /// The ids of those whose keys did not open.
    pub refused: Vec<String>,
}

/// A device that had no key.
#[derive(uniffi::Record)]
pub struct RefusedKeyView {
    /// Its id.
    pub device: String,
    /// The space's id.
    pub space: String,
    /// What it holds, as a code: `patrols`.
    pub kind: String,
    /// Its season.
    pub season: u16,
    /// Whether it was given again. If not, it calls bad whatever it is given.
    pub is_given_again: bool,
    /// The ids of the devices whose keys it says do not open.
    pub from: Vec<String>,
}

fn ids(devices: &[DeviceView]) -> Vec<String> {
    devices.iter().map(|view| view.device.to_string()).collect()
}

impl From<MissingKey> for MissingKeyView {
    fn from(missing: MissingKey) -> Self {
        Self {
            space: missing.space.to_string(),
            kind: missing.compartment.code().to_owned(),
            season: missing.season,
            since_ms: missing.since_ms,
            has_another: missing.has_another,
            sealed: missing.sealed,
            asked: ids(&missing.asked),
            refused: ids(&missing.refused),
        }
    }
}

impl From<RefusedKey> for RefusedKeyView {
    fn from(refused: RefusedKey) -> Self {
        Self {
            device: refused.device.device.to_string(),
            space: refused.space.to_string(),
            kind: refused.compartment.code().to_owned(),
            season: refused.season,
            is_given_again: refused.is_given_again,
            from: ids(&refused.from),
        }
    }
}

impl From<Status> for StatusView {
    fn from(status: Status) -> Self {
        Self {
            role: status.role,
            join_words: status.join_words,
            relay: status.relay,
            relay_id: status.relay_id.map(|relay| relay.to_string()),
            own_entries: status.own_entries.into(),
            entries: status.entries.into(),
            pending: status.pending,
            outbox_envelopes: status.outbox_envelopes,
            outbox_bytes: status.outbox_bytes,
            refused: status.refused,
            waiting: status.waiting,
            held: status.held,
            not_counted: status.not_counted,
            differing: status.differing,
            twins: status.twins.into_iter().map(TwinView::from).collect(),
            missing: status.missing,
            missing_keys: status.missing_keys.into_iter().map(MissingKeyView::from).collect(),
            refused_keys: status.refused_keys.into_iter().map(RefusedKeyView::from).collect(),
        }
    }
}

/// A device that was copied, or restored from a backup beside what it had written since. Nothing of either was lost. Unless it
/// was restored on purpose, who may remove it does.
#[derive(uniffi::Record)]
pub struct TwinView {
    /// The device, in hex.
    pub device: String,
    /// What its owner is called, if that is known here.
    pub name: Option<String>,
    /// Whether it is this one.
    pub is_this: bool,
    /// When this was first seen here, in ms since 1970 by this device's clock, if that is known.
    pub since_ms: Option<i64>,
    /// Keys under which it said two things: the log shows both.
    pub said_twice: u64,
}

impl From<jasaq_fieldbook::TwinView> for TwinView {
    fn from(twin: jasaq_fieldbook::TwinView) -> Self {
        Self {
            device: twin.device.device.to_string(),
            name: twin.device.name,
            is_this: twin.device.is_this,
            since_ms: twin.since_ms,
            said_twice: twin.said_twice,
        }
    }
}
