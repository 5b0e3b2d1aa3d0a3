//! Locking: an open vault puts its key away, and every read and write is refused until it is unlocked.
//!
//! A locked vault has no connection to its file, so it has neither its key nor a page of it; in its place is an empty
//! database that forbids every statement. That is why no function of the vault has to ask whether it is locked, and none
//! can forget to.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::hooks::{AuthContext, Authorization};
use zeroize::Zeroize as _;

use super::{KeptBy, KeyHolder, Vault, VaultRefused, begin_sqlcipher, key_holder};

impl Vault {
    /// Waits for other processes no longer than this from now on.
    pub(crate) fn wait_at_most(&self, time: Duration) -> Result<(), VaultRefused> {
        Ok(self.read().busy_timeout(time)?)
    }

    /// Closes the file and puts the key away.
    pub(crate) fn lock(&mut self) -> Result<(), VaultRefused> {
        // Before the file is closed: what is held now, in clear, is written over when it goes.
        Self::guard_memory()?;
        let mut nothing = Connection::open_in_memory()?;
        nothing.authorizer(Some(|_: AuthContext<'_>| Authorization::Deny))?;
        *self = Self { connection: nothing, alone: None, is_behind: false };
        Ok(())
    }

    /// From now on the memory that SQLite frees in this process is written over, and kept out of the swap as far as the system
    /// lets it. It cannot be switched off again.
    pub(crate) fn guard_memory() -> Result<(), VaultRefused> {
        begin_sqlcipher();
        Ok(Connection::open_in_memory()?.execute_batch("PRAGMA cipher_memory_security = ON;")?)
    }

    /// Writes over the stack below its caller: what functions that have returned left there may be a key that they moved.
    #[inline(never)]
    #[expect(
        clippy::large_stack_arrays,
        reason = "the stack is what this is about; the smallest that a system gives is 512 KiB"
    )]
    pub(crate) fn bleach_stack() {
        let mut over = [0_u8; 128 * 1_024];
        std::hint::black_box(&mut over).zeroize();
    }

    /// Who keeps the key of the vault in `home`.
    pub(crate) fn kept_by(home: &Path) -> Result<KeptBy, VaultRefused> {
        check_is_in(home)?;
        Ok(key_holder::keeper_of(home)?)
    }

    /// How many wrong passphrases were tried, and how long the next one has to wait, in ms.
    pub(crate) fn wrong_tries(home: &Path, now_ms: i64) -> Result<(u32, u64), VaultRefused> {
        check_is_in(home)?;
        Ok(key_holder::wrong_tries(home, now_ms)?)
    }

    /// Puts the key of the vault in `home` into other hands.
    pub(crate) fn hand_key_over(home: &Path, from: &KeyHolder, to: &KeyHolder) -> Result<(), VaultRefused> {
        check_is_in(home)?;
        Ok(from.hand_over(to, home)?)
    }
}

fn check_is_in(home: &Path) -> Result<(), VaultRefused> {
    if Vault::is_in(home) { Ok(()) } else { Err(VaultRefused::None) }
}
