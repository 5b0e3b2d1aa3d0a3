//! Which devices seem to have a twin: a second install that writes with the same keys. A clone does, and so does a phone that
//! was restored from a backup beside what it had written since. Nothing of either is lost; but somebody has to be told.

use std::collections::BTreeMap;

use jasaq_protocol::ids::DeviceId;
use jasaq_protocol::membership::{Act, may_operate};

use super::status::{DeviceView, devices};
use crate::exchange::Device;
use crate::limits::TWIN_TOLD_MS;
use crate::vault::{Connection, TwinSigns, Vault, VaultRefused};

/// A device that seems to have a twin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwinView {
    /// The device, and whose it is.
    pub device: DeviceView,
    /// When this was first seen here, in ms since 1970 by this device's clock. None if that is not known.
    pub since_ms: Option<i64>,
    /// Keys under which it said two things. Both are kept, and both are shown.
    pub said_twice: u64,
    /// Envelopes that it signed beside others of its own. They are kept.
    pub envelopes: u64,
}

/// This device, if it has a twin, and of the others those that this one may remove. What was last seen long ago is over: a
/// phone that was restored once and writes alone since.
pub(crate) fn twins(
    connection: &Connection,
    device: &Device,
    now_ms: i64,
) -> Result<Vec<TwinView>, VaultRefused> {
    let mut signs: BTreeMap<DeviceId, TwinSigns> = Vault::twin_signs(connection)?;
    let own = device.id();
    if let Some((first_ms, last_ms)) = Vault::own_twin(connection)? {
        let seen = signs.entry(own).or_default();
        (seen.first_ms, seen.last_ms) = (Some(first_ms), Some(last_ms));
    }
    signs.retain(|of, seen| {
        let is_over = seen
            .last_ms
            .is_some_and(|last_ms| now_ms.saturating_sub(last_ms) > TWIN_TOLD_MS);
        !is_over && (*of == own || may_remove(device, of))
    });
    if signs.is_empty() {
        return Ok(Vec::new());
    }
    let all = devices(connection, device)?.into_iter();
    let twins = all.filter_map(|view| {
        let seen = signs.get(&view.device)?;
        let TwinSigns { first_ms: since_ms, said_twice, envelopes, .. } = *seen;
        Some(TwinView { device: view, since_ms, said_twice, envelopes })
    });
    Ok(twins.collect())
}

/// Whether this device may remove another that is in.
fn may_remove(device: &Device, other: &DeviceId) -> bool {
    let membership = &device.membership;
    membership.device(other).is_some_and(|enrolled| {
        may_operate(device.role(), Act::Remove(enrolled.role))
            && membership.access(&device.id(), &enrolled.roll).writes()
    })
}
