//! Founding, joining, opening and closing a fieldbook.

use std::path::Path;

use jasaq_protocol::ids::{DeviceId, InviteKey, RelayId};
use jasaq_protocol::membership::{FourWords, InviteCode, Sheet, ShortInvite};
use zeroize::Zeroizing;

use super::Fieldbook;
use crate::exchange::{self, CarrierFailed, Device, EnrolRefused, ExchangeRefused};
use crate::refusal::FieldbookRefused;
use crate::surroundings::{BootId, InstallId, Surroundings};
use crate::vault::{KeyHolder, RelayWay, Rescued, Transaction, Vault, VaultKey, VaultRefused};

/// What founding gives to print and to keep apart: the root's key and its successor's, three sheets each, two suffice.
#[derive(Debug)]
pub struct RootSheets {
    /// The root's public key: what a relay is told to trust.
    pub root: DeviceId,
    /// The root's key.
    pub root_sheets: [Sheet; 3],
    /// The key that takes the root's place if its sheets are lost.
    pub successor_sheets: [Sheet; 3],
}

impl Fieldbook {
    /// Founds a territory: this device becomes its first TS console. Returns the root's public key.
    ///
    /// The root's secret key exists only on the sheets that `hand_over` is given; only when it returns that they are written
    /// down is there a territory.
    pub fn found<E: From<FieldbookRefused> + From<VaultRefused>>(
        home: &Path,
        holder: &KeyHolder,
        mut surroundings: Surroundings,
        hand_over: impl FnOnce(&RootSheets) -> Result<(), E>,
    ) -> Result<(Self, DeviceId), E> {
        let key = VaultKey::make(surroundings.chance());
        let (vault, root) = Vault::create(home, holder, &key, |transaction| {
            let founded = exchange::found(transaction, &mut surroundings).map_err(FieldbookRefused::from)?;
            let sheets = RootSheets {
                root: founded.root,
                root_sheets: founded.sheets,
                successor_sheets: founded.successor_sheets,
            };
            hand_over(&sheets)?;
            Ok::<_, E>(founded.root)
        })?;
        Ok((Self::begin(home, vault, surroundings)?, root))
    }

    /// Asks to join with an invite's code. The four words are for the inviter to compare; until he has confirmed, this
    /// device records and does not flush.
    ///
    /// Where a device waits already, because its first invite was used or had expired, it asks again with the new one:
    /// what it recorded meanwhile stays.
    pub fn join(
        home: &Path,
        holder: &KeyHolder,
        mut surroundings: Surroundings,
        code: &str,
    ) -> Result<(Self, FourWords), FieldbookRefused> {
        // A scanner may give large letters: QR codes hold fewer bytes so.
        let code = Zeroizing::new(code.to_ascii_lowercase());
        let code = InviteCode::from_text(&code).map_err(EnrolRefused::from)?;
        if Vault::is_in(home) {
            let mut waiting = Self::open(home, holder, surroundings)?;
            let words = waiting.enrol(|transaction, device, surroundings| {
                exchange::join_again(transaction, device, surroundings, &code)
            })?;
            return Ok((waiting, words));
        }
        let key = VaultKey::make(surroundings.chance());
        let (vault, words) = Vault::create(home, holder, &key, |transaction| {
            exchange::join(transaction, &mut surroundings, &code).map_err(FieldbookRefused::from)
        })?;
        Ok((Self::begin(home, vault, surroundings)?, words))
    }

    /// The whole code of an invite that was heard as ten words, to [`Self::join`] with. `fetch` asks who the relay at `address`
    /// is and what it knows of an invite's key; it is believed only where the words say the same.
    pub fn hear_invite(
        words: &str,
        address: &str,
        fetch: impl FnOnce(&InviteKey) -> Result<(RelayId, Vec<u8>), CarrierFailed>,
    ) -> Result<Zeroizing<String>, FieldbookRefused> {
        let heard = ShortInvite::from_words(words).map_err(EnrolRefused::from)?;
        let (relay, terms) = fetch(&heard.invite_key()).map_err(ExchangeRefused::from)?;
        let address = address.trim_end_matches('/');
        let code = heard.complete(&terms, (address, relay)).map_err(EnrolRefused::from)?;
        Ok(code.to_text())
    }

    /// Opens the fieldbook in a folder.
    pub fn open(
        home: &Path,
        holder: &KeyHolder,
        surroundings: Surroundings,
    ) -> Result<Self, FieldbookRefused> {
        let vault = Vault::open(home, holder)?;
        match Self::begin(home, vault, surroundings) {
            // A page that only the membership is read from: the rest is rescued as if opening had found it.
            Err(FieldbookRefused::Vault(VaultRefused::Damaged { .. })) => {
                Err(Vault::rescued(home, holder).into())
            }
            outcome => outcome,
        }
    }

    pub(super) fn begin(
        home: &Path,
        vault: Vault,
        mut surroundings: Surroundings,
    ) -> Result<Self, FieldbookRefused> {
        let Begun { vault, device, is_start_noted } = Begun::with(home, vault, &mut surroundings)?;
        let used_ms = surroundings.now().unix_ms;
        let home = home.to_owned();
        Ok(Self { home, vault, device, surroundings, is_start_noted, is_locked: false, used_ms })
    }

    /// Whether there is a fieldbook in a folder.
    #[must_use]
    pub fn is_in(home: &Path) -> bool {
        Vault::is_in(home)
    }

    /// Makes a new vault out of what can be read of a damaged one, which is set aside. Nothing else may have it open.
    ///
    /// What nobody else holds yet, statements that were never sealed among it, is kept as far as it can be read; the rest
    /// comes back with the next contacts.
    pub fn rescue(home: &Path, holder: &KeyHolder) -> Result<Rescued, FieldbookRefused> {
        Ok(Vault::rescue(home, holder)?)
    }

    /// Closes cleanly: the next start, also after a power cut, goes on in the same journals.
    pub fn close(mut self) -> Result<(), FieldbookRefused> {
        if self.is_locked() { Ok(()) } else { self.rest() }
    }

    /// Leaves the vault as one that nobody has open.
    pub(super) fn rest(&mut self) -> Result<(), FieldbookRefused> {
        self.vault.write(|transaction| Vault::set_open_since(transaction, None))?;
        self.vault.checkpoint()?;
        Ok(())
    }

    /// The relay that this device talks to. If left unset, whoever was known before stays the only relay that is believed; else
    /// the one that answers there first is.
    ///
    /// Naming another identity is how a person accepts that the relay was replaced: what the old one held and said counts no
    /// more, and everything here goes up to the new one.
    pub fn set_relay(
        &mut self,
        address: &str,
        relay: Option<jasaq_protocol::ids::RelayId>,
    ) -> Result<(), FieldbookRefused> {
        let address = address.trim_end_matches('/');
        Ok(self
            .vault
            .write(|transaction| Vault::set_relay(transaction, address, relay).map(drop))?)
    }

    /// The same, with how it may be reached, in one step: an address never stands without the authority that was named with it.
    pub fn set_relay_by(
        &mut self,
        address: &str,
        relay: Option<jasaq_protocol::ids::RelayId>,
        way: &RelayWay,
    ) -> Result<(), FieldbookRefused> {
        let address = address.trim_end_matches('/');
        Ok(self.vault.write(|transaction| {
            Vault::set_relay(transaction, address, relay)?;
            Vault::set_relay_way(transaction, way)
        })?)
    }

    /// What a person had remembered about the way to the relay.
    pub fn relay_way(&self) -> Result<RelayWay, FieldbookRefused> {
        Ok(Vault::relay_way(self.vault.read())?)
    }

    /// Remembers how the relay may be reached, until another address is named.
    pub fn set_relay_way(&mut self, way: &RelayWay) -> Result<(), FieldbookRefused> {
        Ok(self.vault.write(|transaction| Vault::set_relay_way(transaction, way))?)
    }
}

/// A vault that was opened, and who opened it.
pub(super) struct Begun {
    pub(super) vault: Vault,
    pub(super) device: Device,
    pub(super) is_start_noted: bool,
}

impl Begun {
    /// Begins to work with an open vault.
    pub(super) fn with(
        home: &Path,
        mut vault: Vault,
        surroundings: &mut Surroundings,
    ) -> Result<Self, FieldbookRefused> {
        let mut process = [0; 4];
        process.copy_from_slice(surroundings.make_id().split_at(4).0);
        let mut device = Device::load(vault.read(), process)?;
        let (start, now_ms) = (Start::of(home, surroundings), surroundings.now().unix_ms);
        let noted = vault.write(|transaction| {
            note_start(transaction, &start)?;
            exchange::take_again(transaction, &mut device, now_ms)
        });
        let is_start_noted = match noted {
            Ok(()) => true,
            // Nothing can be written now, but everything can be read. The first write tries again.
            Err(VaultRefused::Full | VaultRefused::ReadOnly) => false,
            Err(refused) => return Err(refused.into()),
        };
        Ok(Self { vault, device, is_start_noted })
    }
}

/// Notes which start of the machine this is, and which install.
///
/// If the vault was left open during another start, there was a power cut, and what was sent last may be missing here. If
/// it is another install's, it was copied or restored, and its twin may write on. Either way the journals are left and new
/// ones begin, so that nothing is forked.
pub(super) fn note_start(transaction: &Transaction<'_>, start: &Start) -> Result<(), VaultRefused> {
    let (since, install) = (Vault::open_since(transaction)?, Vault::install(transaction)?);
    let was_cut = since.is_some() && start.boot.is_some() && since != start.boot;
    let is_a_copy = install.is_some() && start.install.is_some() && install != start.install;
    if was_cut || is_a_copy {
        Vault::leave_own_journals(transaction)?;
    }
    if install != start.install {
        Vault::set_install(transaction, start.install)?;
    }
    if since == start.boot { Ok(()) } else { Vault::set_open_since(transaction, start.boot) }
}

/// Which start of the machine a vault is open in, and which install it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    pub(super) boot: Option<BootId>,
    pub(super) install: Option<InstallId>,
}

impl Start {
    /// What the host says, else what the file system knows.
    pub(super) fn of(home: &Path, surroundings: &Surroundings) -> Self {
        let of_the_file = || Vault::file_identity(home).map(InstallId);
        Self { boot: surroundings.boot(), install: surroundings.install().or_else(of_the_file) }
    }
}

#[cfg(test)]
mod tests;
