//! The custody ladder: how far a statement has come, by what others signed.
//!
//! A step is taken only on a signed receipt of the relay or a signed ack of another device; this device's own memory of
//! having sent something counts for nothing. Whoever holds a statement himself needs no ack for it.

use crate::vault::Connection;
use jasaq_protocol::ids::DeviceId;
use jasaq_protocol::membership::Role;
use serde::Serialize;

use crate::exchange::Device;
use crate::vault::{StatementRow, Vault, VaultRefused};

/// How far a statement has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Custody {
    /// Recorded, safe from a flat battery, nowhere else that is known.
    OnThisPhone,
    /// The relay signed that it stored it.
    AtRelay,
    /// The squad head's device signed that it holds it.
    WithHead,
    /// A device of the structural subdivision signed that it holds it.
    WithSs,
}

impl Custody {
    /// Every step, lowest first.
    pub const ALL: [Self; 4] = [Self::OnThisPhone, Self::AtRelay, Self::WithHead, Self::WithSs];
}

/// How many entries stand on each step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct CustodyCounts {
    /// [`Custody::OnThisPhone`]
    pub on_this_phone: u64,
    /// [`Custody::AtRelay`]
    pub at_relay: u64,
    /// [`Custody::WithHead`]
    pub with_head: u64,
    /// [`Custody::WithSs`]
    pub with_ss: u64,
}

impl CustodyCounts {
    pub(crate) fn count(&mut self, custody: Custody) {
        *match custody {
            Custody::OnThisPhone => &mut self.on_this_phone,
            Custody::AtRelay => &mut self.at_relay,
            Custody::WithHead => &mut self.with_head,
            Custody::WithSs => &mut self.with_ss,
        } += 1;
    }

    /// All of them.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.on_this_phone + self.at_relay + self.with_head + self.with_ss
    }
}

/// The highest step that signatures prove for a statement.
pub(crate) fn custody_of(
    connection: &Connection,
    device: &Device,
    row: &StatementRow,
) -> Result<Custody, VaultRefused> {
    let Some(place) = row.place else { return Ok(Custody::OnThisPhone) };
    let mut holders = Vault::holders(connection, &place)?;
    holders.extend([row.device, device.id()]);
    let held_by = |role: Role| holders.iter().any(|holder| role_of(device, holder) == Some(role));
    if held_by(Role::Ss) {
        return Ok(Custody::WithSs);
    }
    if held_by(Role::Head) {
        return Ok(Custody::WithHead);
    }
    Ok(if Vault::is_at_relay(connection, &place)? { Custody::AtRelay } else { Custody::OnThisPhone })
}

fn role_of(device: &Device, holder: &DeviceId) -> Option<Role> {
    device.membership.device(holder).map(|enrolled| enrolled.role)
}
