//! The two replicas over one vault: the desk for what a person does, the gate for exchange, and locking both.
//!
//! Nothing here waits for a network or a person. The desk is locked at once. If the gate is in the midst of an exchange, its key
//! is put away when that ends, by whoever ends it; the same holds for unlocking.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use jasaq_fieldbook::{Fieldbook as Core, FieldbookRefused as CoreRefused, VaultRefused};

use crate::refusal::Refusal;

/// Desk and gate.
pub(crate) struct Replicas {
    desk: Mutex<Replica>,
    gate: Mutex<Replica>,
    /// An open gate that waits until the locked one is free.
    next_gate: Mutex<Option<Replica>>,
    is_locked: AtomicBool,
}

impl Replicas {
    pub(crate) fn new(desk: Core, gate: Core) -> Self {
        let [desk, gate] = [desk, gate].map(|core| Mutex::new(Replica(Some(core))));
        Self { desk, gate, next_gate: Mutex::new(None), is_locked: AtomicBool::new(false) }
    }

    /// Waits for whoever is before, which is never the network.
    pub(crate) fn at_desk<T>(
        &self,
        work: impl FnOnce(&mut Core) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        work(held(&self.desk).core())
    }

    /// For an exchange. It does not wait: a carrier that asks for another exchange would wait for itself.
    pub(crate) fn at_gate<T>(
        &self,
        work: impl FnOnce(&mut Core) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut gate = free(&self.gate).ok_or(CoreRefused::from(VaultRefused::Busy))?;
        let done = work(gate.core());
        drop(gate);
        self.settle_gate();
        done
    }

    pub(crate) fn is_locked(&self) -> bool {
        self.is_locked.load(Ordering::SeqCst)
    }

    /// Puts the key away. An error says that the desk could not be closed cleanly; it is locked all the same.
    pub(crate) fn lock(&self) -> Result<(), Refusal> {
        self.is_locked.store(true, Ordering::SeqCst);
        let locked = held(&self.desk).core().lock();
        held(&self.next_gate).take();
        self.settle_gate();
        Ok(locked?)
    }

    /// Puts two open ones into the places of the locked ones.
    pub(crate) fn unlock(&self, desk: Core, gate: Core) {
        *held(&self.desk) = Replica(Some(desk));
        *held(&self.next_gate) = Some(Replica(Some(gate)));
        self.is_locked.store(false, Ordering::SeqCst);
        self.settle_gate();
    }

    /// Brings the gate to what was last asked for. Whoever holds it does this after letting go, so somebody always does.
    fn settle_gate(&self) {
        while let Some(mut gate) = free(&self.gate) {
            let is_locked = self.is_locked();
            if is_locked {
                // What the desk could not close cleanly was told there.
                let _ = gate.core().lock();
            } else if let Some(next) = held(&self.next_gate).take() {
                *gate = next;
            }
            drop(gate);
            if is_locked == self.is_locked() && (is_locked || held(&self.next_gate).is_none()) {
                return;
            }
        }
    }
}

/// A panic inside a core leaves its transaction undone and its lock poisoned; what it holds beside the vault it reads anew, so
/// the lock's poison is passed over.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn free<T>(mutex: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    match mutex.try_lock() {
        Ok(guard) => Some(guard),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

/// An open core that is closed cleanly when it is dropped.
struct Replica(Option<Core>);

impl Replica {
    #[expect(clippy::expect_used, reason = "only dropping takes the core out")]
    fn core(&mut self) -> &mut Core {
        self.0.as_mut().expect("a replica holds its core until it is dropped")
    }
}

impl Drop for Replica {
    fn drop(&mut self) {
        // Nobody is left to be told, and nothing acknowledged is lost by a close that failed.
        let _ = self.0.take().map(Core::close);
    }
}
