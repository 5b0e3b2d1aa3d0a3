//! What one looks at before putting the phone away: who this device is, and how far everything has come.

use std::collections::{BTreeMap, BTreeSet};

use crate::vault::Connection;
use jasaq_model::roles::Role as Office;
use jasaq_model::statement::Kind;
use jasaq_protocol::attachment::PartStanding;
use jasaq_protocol::ids::{DeviceId, MemberId, SpaceId};
use jasaq_protocol::membership::{Enrolled, SheetPurpose};

use super::attachments::attachment_view;
use super::custody::{CustodyCounts, custody_of};
use super::keys::{MissingKey, RefusedKey, missing_keys, refused_keys};
use super::twins::{TwinView, twins};
use crate::exchange::{self, Device, attached, holders, is_in_vain};
use crate::roles::office_of;
use crate::vault::{Standing, Vault, VaultRefused};

/// A device that is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceView {
    /// Its name on the wire.
    pub device: DeviceId,
    /// Whom it belongs to.
    pub member: MemberId,
    /// What it may do.
    pub role: Office,
    /// What its owner is called, if a card or a label says so.
    pub name: Option<String>,
    /// Who added it: a device, or the root.
    pub added_by: DeviceId,
    /// Whether it is this one.
    pub is_this: bool,
    /// Whether it was removed.
    pub is_removed: bool,
    /// How many others said of it, once removed, that they hold more than its removal lets stand: removing it again lets that
    /// stand too.
    pub witnesses: usize,
}

/// How this device stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// What it may do; none until it is added.
    pub role: Option<Office>,
    /// The four words to tell the inviter, until it is added.
    pub join_words: Option<String>,
    /// It waits in vain: its invite let another device in, or so many asked with it that no more are heard.
    pub waits_in_vain: bool,
    /// When root sheets were last proven to work on this device, in ms since 1970.
    pub root_drilled_at_ms: Option<i64>,
    /// The same of the successor's sheets.
    pub successor_drilled_at_ms: Option<i64>,
    /// The relay's address, if one is known.
    pub relay: Option<String>,
    /// The identity of the relay that alone is believed, once it is known.
    pub relay_id: Option<jasaq_protocol::ids::RelayId>,
    /// Own entries by the step they have reached.
    pub own_entries: CustodyCounts,
    /// Every entry that is here by the step it has reached.
    pub entries: CustodyCounts,
    /// Statements recorded and not sealed yet.
    pub pending: u64,
    /// Whether some of these wait for a key: the newest one is held by somebody who left, and has to be renewed first.
    pub waits_for_key: bool,
    /// Spaces of which a key does not open here that should.
    pub missing_keys: Vec<MissingKey>,
    /// Devices that said so of keys that this one hands on.
    pub refused_keys: Vec<RefusedKey>,
    /// Whether this device was removed: what it records is held until somebody above it admits it.
    pub is_removed: bool,
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
    /// Attachments that were not erased, by the step that all of each has reached.
    pub attachments: CustodyCounts,
    /// Beside these: how many nobody is known to hold whole but whoever attached them, this device neither.
    pub attachments_with_author: u64,
    /// Of these, how many the relay did not take when last told.
    pub attachments_refused: u64,
    /// Of these, how many somebody here asked for and are not here whole.
    pub attachments_wanted: u64,
    /// Devices that seem to have a twin, which writes with the same keys: this one, and those that this one may remove.
    pub twins: Vec<TwinView>,
    /// Journals of which others signed that they hold more than has come here. If that stays once everybody was in contact, the
    /// relay keeps it back.
    pub missing: u64,
}

pub(crate) fn status(connection: &Connection, device: &Device, now_ms: i64) -> Result<Status, VaultRefused> {
    let role = device.role().map(office_of);
    let known = Vault::relay(connection)?;
    let (outbox_envelopes, outbox_bytes) = Vault::outbox_size(connection)?;
    let mut status = Status {
        role,
        join_words: if role.is_some() || device.is_removed() { None } else { Vault::join_words(connection)? },
        waits_in_vain: is_in_vain(connection, device)?,
        root_drilled_at_ms: Vault::drilled(connection, SheetPurpose::Root)?,
        successor_drilled_at_ms: Vault::drilled(connection, SheetPurpose::Successor)?,
        relay_id: known.as_ref().and_then(|known| known.relay),
        relay: known.map(|known| known.address),
        pending: Vault::pending_count(connection)?,
        waits_for_key: waits_for_key(connection, device)?,
        missing_keys: missing_keys(connection, device)?,
        refused_keys: refused_keys(connection, device)?,
        is_removed: device.is_removed(),
        twins: twins(connection, device, now_ms)?,
        outbox_envelopes,
        outbox_bytes,
        refused: Vault::refusals(connection)?.iter().map(|(_, count)| count).sum(),
        ..Status::default()
    };
    for row in Vault::statements_of_kind(connection, Kind::Entry.code())? {
        let custody = custody_of(connection, device, &row)?;
        status.entries.count(custody);
        if row.device == device.id() {
            status.own_entries.count(custody);
        }
    }
    count_attachments(connection, device, &mut status)?;
    status.differing = differing(connection, device)?;
    status.missing = missing(connection, device)?;
    for (standing, count) in Vault::standings(connection)? {
        match standing {
            Standing::Counts => {}
            Standing::Waiting => status.waiting = count,
            Standing::Held => status.held = count,
            Standing::NotCounted => status.not_counted = count,
        }
    }
    Ok(status)
}

fn count_attachments(
    connection: &Connection,
    device: &Device,
    status: &mut Status,
) -> Result<(), VaultRefused> {
    let holders = holders(connection)?;
    for attached in attached(connection)? {
        let view = attachment_view(connection, device, &attached, &holders)?;
        if !view.is_erased {
            match view.custody {
                Some(custody) => status.attachments.count(custody),
                None => status.attachments_with_author += 1,
            }
            status.attachments_refused += u64::from(view.standing != PartStanding::Open);
            status.attachments_wanted += u64::from(view.is_wanted && !view.here.is_whole());
        }
    }
    Ok(())
}

fn waits_for_key(connection: &Connection, device: &Device) -> Result<bool, VaultRefused> {
    for space in Vault::pending_spaces(connection)? {
        if exchange::waits_for_key(connection, device, &space)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many devices whose word counts hold the same of some space and have other things in it.
pub(crate) fn differing(connection: &Connection, device: &Device) -> Result<u64, VaultRefused> {
    let told = Vault::differing(connection)?.into_iter();
    let heard = told.filter(|(signer, space)| device.hears(signer, space));
    Ok(heard.map(|(signer, _)| signer).collect::<BTreeSet<_>>().len() as u64)
}

/// How many journals of spaces that are read here are held further by a device whose word counts.
fn missing(connection: &Connection, device: &Device) -> Result<u64, VaultRefused> {
    let reads = |space: &SpaceId| device.membership.access(&device.id(), space).reads();
    let told = Vault::missing_journals(connection)?.into_iter();
    let heard = told.filter(|(signer, space, _)| reads(space) && device.hears(signer, space));
    Ok(heard.map(|(_, _, journal)| journal).collect::<BTreeSet<_>>().len() as u64)
}

pub(crate) fn devices(connection: &Connection, device: &Device) -> Result<Vec<DeviceView>, VaultRefused> {
    let cards = super::patrol::squad_cards(connection, device)?;
    let view = |(id, enrolled): (&DeviceId, &Enrolled)| -> Result<DeviceView, VaultRefused> {
        let member = enrolled.member.as_bytes();
        let card = cards.iter().find(|card| card.member.as_bytes() == member);
        let office = match enrolled.office {
            Some(office) => Vault::label(connection, office.as_bytes())?,
            None => None,
        };
        Ok(DeviceView {
            device: *id,
            member: enrolled.member,
            role: office_of(enrolled.role),
            name: card.map(|card| card.full_name.to_string()).or(office),
            added_by: enrolled.added_by,
            is_this: *id == device.id(),
            is_removed: device.membership.is_removed(id),
            witnesses: device.membership.unheard_witnesses(id),
        })
    };
    let all = device.membership.devices().chain(device.membership.removed_devices());
    let mut devices = all.map(view).collect::<Result<Vec<_>, _>>()?;
    // One person's devices stand together, whatever their roles, those that are out last.
    let mut highest: BTreeMap<MemberId, Office> = BTreeMap::new();
    for view in &devices {
        let role = highest.entry(view.member).or_insert(view.role);
        *role = view.role.min(*role);
    }
    devices
        .sort_by_key(|view| (highest.get(&view.member).copied(), view.member, view.is_removed, view.device));
    Ok(devices)
}
