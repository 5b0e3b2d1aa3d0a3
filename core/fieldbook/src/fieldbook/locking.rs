//! The lock: who keeps the vault's key, and putting it away while a fieldbook stays open.
//!
//! ```text
//!              lock, lock_if_idle                        key in memory, everything answers
//!   unlocked ─────────────────────► locked               no key in memory; everything refuses: VaultRefused::Locked
//!            ◄─────────────────────
//!               unlock(holder)                           the key holder or the passphrase again
//! ```
//!
//! Locking loses nothing: what was acknowledged is in the vault. Idle is what a person does not do: the edge says when one
//! did ([`Fieldbook::note_use`]), and carriers and timers do not count, or a phone that syncs every quarter of an hour would
//! never lock. An edge that says nothing is locked too early and never too late.

use std::path::Path;

use super::Fieldbook;
use super::opening::Begun;
use crate::limits::{LOCK_MINUTES, LOCK_MINUTES_MAX, LOCK_WAIT_MAX};
use crate::refusal::FieldbookRefused;
use crate::surroundings::Surroundings;
use crate::vault::{KeptBy, KeyHolder, Vault};

const MINUTE_MS: i64 = 60 * 1_000;

/// Passphrases that were tried since the last right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongTries {
    /// How many.
    pub count: u32,
    /// How long the next one has to wait, in ms.
    pub wait_ms: u64,
}

impl Fieldbook {
    /// From now on the database's memory in this process is written over when it is freed, so that after a lock nothing of what
    /// was open is left in it. For whoever keeps a fieldbook open: a tap takes a tenth of a millisecond longer, and for a
    /// process that ends at once it would protect nothing.
    pub fn guard_memory() -> Result<(), FieldbookRefused> {
        Ok(Vault::guard_memory()?)
    }

    /// Puts the key away. The fieldbook is locked when this returns, unless there is not even the memory for an empty database
    /// ([`Fieldbook::is_locked`] says); else an error says that it could not be closed cleanly first, which costs a new journal
    /// and loses nothing.
    pub fn lock(&mut self) -> Result<(), FieldbookRefused> {
        if self.is_locked {
            return Ok(());
        }
        // Whoever locks does not wait for others with the key in his hands.
        let brief = self.vault.wait_at_most(LOCK_WAIT_MAX);
        let rested = brief.map_err(FieldbookRefused::from).and_then(|()| self.rest());
        self.vault.lock()?;
        self.device.put_away(self.surroundings.chance());
        self.is_locked = true;
        Vault::bleach_stack();
        rested
    }

    /// Whether the key was put away.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.is_locked
    }

    /// Opens again what was locked. One that is not locked stays as it is, whoever the holder is.
    pub fn unlock(&mut self, holder: &KeyHolder) -> Result<(), FieldbookRefused> {
        if !self.is_locked {
            return Ok(());
        }
        let vault = Vault::open(&self.home, holder)?;
        let begun = Begun::with(&self.home, vault, &mut self.surroundings)?;
        (self.vault, self.device, self.is_start_noted) = (begun.vault, begun.device, begun.is_start_noted);
        self.is_locked = false;
        self.note_use();
        Ok(())
    }

    /// A person does something with this fieldbook now.
    pub fn note_use(&mut self) {
        self.used_ms = self.surroundings.now().unix_ms;
    }

    /// Locks if nobody has used it for as long as was set. Says whether it is locked now.
    pub fn lock_if_idle(&mut self) -> Result<bool, FieldbookRefused> {
        if self.is_locked {
            return Ok(true);
        }
        let now_ms = self.surroundings.now().unix_ms;
        // A clock that was set back begins the wait anew, and does not prolong it by what it was set back.
        self.used_ms = self.used_ms.min(now_ms);
        let idle_ms = now_ms.saturating_sub(self.used_ms);
        // A vault that cannot say it locks after the usual time.
        let minutes = self.lock_minutes().unwrap_or(LOCK_MINUTES);
        if idle_ms >= i64::from(minutes) * MINUTE_MS {
            self.lock()?;
        }
        Ok(self.is_locked)
    }

    /// After how many minutes without use it locks itself.
    pub fn lock_minutes(&self) -> Result<u16, FieldbookRefused> {
        Ok(Vault::lock_minutes(self.vault.read())?.unwrap_or(LOCK_MINUTES))
    }

    /// Sets after how many minutes without use it locks itself.
    pub fn set_lock_minutes(&mut self, minutes: u16) -> Result<(), FieldbookRefused> {
        if !(1..=LOCK_MINUTES_MAX).contains(&minutes) {
            return Err(FieldbookRefused::LockMinutes { minutes_max: LOCK_MINUTES_MAX });
        }
        Ok(self.vault.write(|transaction| Vault::set_lock_minutes(transaction, minutes))?)
    }

    /// Who keeps the key of the fieldbook in a folder. Needs no key.
    pub fn kept_by(home: &Path) -> Result<KeptBy, FieldbookRefused> {
        Ok(Vault::kept_by(home)?)
    }

    /// How many wrong passphrases were tried on the fieldbook in a folder. Needs no key.
    pub fn wrong_tries(home: &Path, surroundings: &Surroundings) -> Result<WrongTries, FieldbookRefused> {
        let (count, wait_ms) = Vault::wrong_tries(home, surroundings.now().unix_ms)?;
        Ok(WrongTries { count, wait_ms })
    }

    /// Puts the key of the fieldbook in a folder into other hands: sets, changes or removes a passphrase. If the process dies,
    /// the fieldbook opens in the old way or in the new one. Whoever has it open keeps it open.
    ///
    /// The key itself stays: whoever has an old copy of the key file, and could open it, still can, and with it every later
    /// copy of the vault.
    pub fn hand_key_over(home: &Path, from: &KeyHolder, to: &KeyHolder) -> Result<(), FieldbookRefused> {
        Ok(Vault::hand_key_over(home, from, to)?)
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod memory;
#[cfg(test)]
mod tests;
