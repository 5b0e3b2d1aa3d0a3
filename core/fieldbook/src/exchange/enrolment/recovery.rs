//! Sheets of paper with the keys that no device keeps: proving that they work, and printing them anew.

use jasaq_protocol::ids::DeviceId;
use jasaq_protocol::membership::{
    KeyBeginning, OfflineKey, Sheet, SheetDay, SheetPurpose, SheetRefused, read_sheets, split_into_sheets,
};

use super::root::unopened;
use crate::exchange::device::Device;
use crate::surroundings::Surroundings;
use crate::vault::{Transaction, Vault, VaultRefused};

/// Why sheets were not taken. Nothing was written, and the sheets are as good as before.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryRefused {
    /// The vault refused.
    #[error(transparent)]
    Vault(#[from] VaultRefused),
    /// One of the texts is no sheet.
    #[error("sheet {which}: {refused}")]
    Sheet {
        /// Which of those that were given, from 1.
        which: usize,
        /// Why not.
        refused: SheetRefused,
    },
    /// The sheets do not give a key.
    #[error(transparent)]
    Together(#[from] SheetRefused),
    /// They give a key, and not one of this territory.
    #[error("the sheets are of another territory")]
    OtherTerritory,
    /// The successor's sheets do not name the territory whole.
    #[error("the successor's sheets need the territory's root key beside them")]
    RootNotGiven,
    /// The territory's founding has not come to this device.
    #[error("this device does not know yet which key it should be")]
    NotKnown,
}

/// Splits a key of the territory under `root`, on the day that it is here.
pub(super) fn split(key: &OfflineKey, root: &DeviceId, surroundings: &mut Surroundings) -> [Sheet; 3] {
    const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
    let days = surroundings.now().unix_ms.div_euclid(DAY_MS);
    let day = SheetDay(u16::try_from(days.max(0)).unwrap_or(u16::MAX));
    split_into_sheets(key, root, day, surroundings.chance())
}

/// Reads sheets as they were typed or scanned.
pub(crate) fn read_texts(texts: &[&str]) -> Result<Vec<Sheet>, RecoveryRefused> {
    let read = texts.iter().enumerate().map(|(at, text)| {
        Sheet::from_text(text).map_err(|refused| RecoveryRefused::Sheet { which: at + 1, refused })
    });
    read.collect()
}

/// The key of these sheets, if it is this territory's. Nothing is signed with it.
pub(crate) fn own_key(device: &Device, sheets: &[Sheet]) -> Result<OfflineKey, RecoveryRefused> {
    let key = read_sheets(sheets)?;
    let membership = &device.membership;
    let due = match key.purpose {
        SheetPurpose::Root => Some(membership.root()),
        SheetPurpose::Successor => membership.territory().map(|territory| territory.successor.id),
    };
    match due {
        None => Err(RecoveryRefused::NotKnown),
        Some(due) if due == key.key.device_id() => Ok(key),
        Some(_) => Err(RecoveryRefused::OtherTerritory),
    }
}

/// The key of these sheets for a device that knows nothing yet, and the territory's root: the root's own sheets name it, with
/// the successor's it has to be given.
pub(crate) fn key_for(
    sheets: &[Sheet],
    root: Option<DeviceId>,
) -> Result<(OfflineKey, DeviceId), RecoveryRefused> {
    let key = read_sheets(sheets)?;
    let root = match key.purpose {
        SheetPurpose::Root => key.key.device_id(),
        SheetPurpose::Successor => root.ok_or(RecoveryRefused::RootNotGiven)?,
    };
    let is_of = |sheet: &Sheet| sheet.territory() == KeyBeginning::of(root.as_bytes());
    if sheets.iter().all(is_of) { Ok((key, root)) } else { Err(RecoveryRefused::OtherTerritory) }
}

/// What sheets proved that were tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drilled {
    /// Whose key they give.
    pub purpose: SheetPurpose,
    /// Keys that were given to it and do not open. [`crate::Fieldbook::recover_keys`] asks for them.
    pub unopened: usize,
}

/// Proves that sheets give a key of this territory, and notes the day. The key is gone when this returns.
pub(crate) fn drill(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &Surroundings,
    sheets: &[Sheet],
) -> Result<Drilled, RecoveryRefused> {
    let OfflineKey { purpose, key } = &own_key(device, sheets)?;
    Vault::set_drilled(transaction, *purpose, surroundings.now().unix_ms)?;
    Ok(Drilled { purpose: *purpose, unopened: unopened(device, key) })
}

/// Splits the key of these sheets once more: a new set of three. The old sheets stay good until they are destroyed.
pub(crate) fn renew(
    device: &Device,
    surroundings: &mut Surroundings,
    sheets: &[Sheet],
) -> Result<[Sheet; 3], RecoveryRefused> {
    let key = own_key(device, sheets)?;
    Ok(split(&key, &device.membership.root(), surroundings))
}
