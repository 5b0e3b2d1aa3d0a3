//! Sheets with the territory's offline keys: proving that they work, printing them anew.

use std::path::Path;

use jasaq_protocol::ids::DeviceId;
use jasaq_protocol::membership::{OfflineKey, Sheet};

use super::Fieldbook;
use crate::exchange::{self, Drilled, Recovered};
use crate::refusal::FieldbookRefused;
use crate::surroundings::Surroundings;
use crate::vault::{KeyHolder, Vault, VaultKey};

impl Fieldbook {
    /// Makes this device a TS console of a territory of which no console is left: the sheets' key adds it. It holds nothing
    /// yet; after its first exchanges [`Self::recover_keys`] opens what it reads. `root` is needed with the successor's sheets.
    pub fn recover(
        home: &Path,
        holder: &KeyHolder,
        mut surroundings: Surroundings,
        (texts, root): (&[&str], Option<DeviceId>),
    ) -> Result<Self, FieldbookRefused> {
        let sheets = exchange::read_texts(texts)?;
        let (key, root) = exchange::key_for(&sheets, root)?;
        let vault_key = VaultKey::make(surroundings.chance());
        let (vault, ()) = Vault::create(home, holder, &vault_key, |transaction| {
            exchange::recover(transaction, &mut surroundings, (root, &key.key))
                .map_err(FieldbookRefused::from)
        })?;
        Self::begin(home, vault, surroundings)
    }

    /// Opens every key that was wrapped to the sheets' key, and gives each to whoever reads its space and was not given it: to
    /// a new console of an office that lost all of its own, and to this device. What it signs, everybody sees.
    pub fn recover_keys(&mut self, texts: &[&str]) -> Result<Recovered, FieldbookRefused> {
        let key = self.own_key(texts)?;
        self.enrol(|transaction, device, surroundings| {
            exchange::recover_keys(transaction, device, surroundings, &key.key)
        })
    }

    /// Removes a TS console with the sheets' key: nothing stands above one but the root.
    pub fn remove_console(&mut self, texts: &[&str], device: &DeviceId) -> Result<(), FieldbookRefused> {
        let key = self.own_key(texts)?;
        self.enrol(|transaction, own, surroundings| {
            exchange::remove_as_root(transaction, own, surroundings, (&key.key, device))
        })
    }

    fn own_key(&mut self, texts: &[&str]) -> Result<OfflineKey, FieldbookRefused> {
        let sheets = exchange::read_texts(texts)?;
        self.refresh()?;
        Ok(exchange::own_key(&self.device, &sheets)?)
    }

    /// Proves that these sheets, as typed or scanned, give a key of this territory, without using them up: nothing is signed,
    /// and the key is wiped before this returns. The day is noted for [`super::super::Status`]. Keys of spaces that were given to
    /// it are tried too.
    pub fn drill_recovery(&mut self, texts: &[&str]) -> Result<Drilled, FieldbookRefused> {
        let sheets = exchange::read_texts(texts)?;
        let drilled = self.write(|transaction, device, surroundings| {
            exchange::drill(transaction, device, surroundings, &sheets)
        });
        Ok(drilled?)
    }

    /// Prints the key of these sheets on three new ones, a set of its own. It invalidates nothing: two of the old sheets go on
    /// giving the key until they are destroyed. The new ones leave through `hand_over`, and nothing is kept of them here.
    pub fn renew_sheets<E: From<FieldbookRefused>>(
        &mut self,
        texts: &[&str],
        hand_over: impl FnOnce(&[Sheet; 3]) -> Result<(), E>,
    ) -> Result<(), E> {
        let sheets = exchange::read_texts(texts).map_err(FieldbookRefused::from)?;
        self.refresh().map_err(FieldbookRefused::from)?;
        let renewed = exchange::renew(&self.device, &mut self.surroundings, &sheets);
        hand_over(&renewed.map_err(FieldbookRefused::from)?)
    }
}
