//! Keys that do not open: on the device that should have them, and where others have asked for them.

use std::collections::BTreeSet;

use jasaq_model::roles::SpaceKind as Compartment;
use jasaq_protocol::ids::{DeviceId, EpochId, SpaceId};
use jasaq_protocol::membership::SpaceRecord;

use super::status::{DeviceView, devices};
use crate::exchange::{Device, hands_on, hands_on_as, missing_epochs};
use crate::roles::compartment_of;
use crate::vault::{Connection, Vault, VaultRefused};

/// A space of which some key does not open on this device, or was never given to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingKey {
    /// The space.
    pub space: SpaceId,
    /// What it holds.
    pub compartment: Compartment,
    /// Its season.
    pub season: u16,
    /// Since when, by this device's clock, in ms since 1970. None until the next exchange, which asks for it.
    pub since_ms: Option<i64>,
    /// Whether another of its keys opens, that what is recorded meanwhile is sealed to.
    pub has_another: bool,
    /// Envelopes that are here and wait for it.
    pub sealed: u64,
    /// Who was asked: the devices that may hand it on, and whose keys did not fail to open yet.
    pub asked: Vec<DeviceView>,
    /// Whose keys did not open.
    pub refused: Vec<DeviceView>,
}

/// A device that said that it has no key of a space whose keys this device hands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedKey {
    /// Which device.
    pub device: DeviceView,
    /// The space.
    pub space: SpaceId,
    /// What it holds.
    pub compartment: Compartment,
    /// Its season.
    pub season: u16,
    /// Whether it was given the key since, by whomever, and says nothing against that one. If not, it refuses what is given as
    /// often as anybody gives it: it has to be removed and to join anew, or it lies.
    pub is_given_again: bool,
    /// Whose keys it says do not open.
    pub from: Vec<DeviceView>,
}

/// The spaces of which keys are missing here.
pub(crate) fn missing_keys(
    connection: &Connection,
    device: &Device,
) -> Result<Vec<MissingKey>, VaultRefused> {
    let (own, membership) = (device.id(), &device.membership);
    let mut missing = Vec::new();
    for (space, record) in membership.spaces().filter(|(space, _)| device.reads(space)) {
        let epochs = missing_epochs(connection, device, (space, record))?;
        let (false, Some(compartment)) = (epochs.is_empty(), compartment_of(record.kind)) else { continue };
        let refused = membership.refused_by(space, &own);
        let may_give = |view: &DeviceView| {
            view.device != own && !refused.contains(&view.device) && hands_on_as(device, &view.device, space)
        };
        let others = devices(connection, device)?;
        missing.push(MissingKey {
            space: *space,
            compartment,
            season: record.season.0,
            since_ms: Vault::lacking_since(connection, space)?,
            has_another: Vault::epochs_held(connection, space)?
                .iter()
                .any(|epoch| membership.is_clean(space, epoch)),
            sealed: Vault::sealed_count(connection, space)?,
            asked: others.iter().filter(|view| may_give(view)).cloned().collect(),
            refused: others.into_iter().filter(|view| refused.contains(&view.device)).collect(),
        });
    }
    Ok(missing)
}

/// The devices that asked for keys which this one hands on, and either still have none, or were given a bad one by somebody who
/// is in: then somebody above him has to know.
pub(crate) fn refused_keys(
    connection: &Connection,
    device: &Device,
) -> Result<Vec<RefusedKey>, VaultRefused> {
    let mut refused = Vec::new();
    for (space, record) in device.membership.spaces().filter(|(space, _)| hands_on(device, space)) {
        let Some(compartment) = compartment_of(record.kind) else { continue };
        let held = Vault::epochs_held(connection, space)?;
        let asking: Vec<DeviceId> = device
            .membership
            .readers_of(space)
            .filter(|(reader, _)| {
                **reader != device.id() && asks(device, (space, reader), &held).next().is_some()
            })
            .map(|(reader, _)| *reader)
            .collect();
        if !asking.is_empty() {
            let all = devices(connection, device)?;
            let told = |asking: &DeviceId| told(device, (space, record, &held), (asking, &all), compartment);
            refused.extend(asking.iter().filter_map(told));
        }
    }
    Ok(refused)
}

/// The epochs that a device asked for and whose keys are held here.
fn asks<'a>(
    device: &'a Device,
    (space, asking): (&SpaceId, &DeviceId),
    held: &'a BTreeSet<EpochId>,
) -> impl Iterator<Item = &'a EpochId> {
    let asked = device.membership.epochs_asked_for(space, asking);
    asked.filter(|epoch| held.contains(*epoch))
}

fn told(
    device: &Device,
    (space, record, held): (&SpaceId, &SpaceRecord, &BTreeSet<EpochId>),
    (asking, all): (&DeviceId, &[DeviceView]),
    compartment: Compartment,
) -> Option<RefusedKey> {
    let membership = &device.membership;
    let named = membership.operations_refused_by(space, asking);
    let is_given_since = |epoch: &EpochId| {
        let mut wraps = membership.wraps(space, asking).filter(|wrapped| wrapped.epoch == *epoch);
        wraps.any(|wrapped| !named.contains(&wrapped.operation))
    };
    let refused = membership.refused_by(space, asking);
    let from: Vec<DeviceView> = all.iter().filter(|view| refused.contains(&view.device)).cloned().collect();
    let is_given_again = asks(device, (space, asking), held).all(is_given_since);
    if is_given_again && from.iter().all(|view| view.is_removed) {
        return None;
    }
    Some(RefusedKey {
        device: all.iter().find(|view| view.device == *asking)?.clone(),
        space: *space,
        compartment,
        season: record.season.0,
        is_given_again,
        from,
    })
}
