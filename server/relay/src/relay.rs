//! The relay itself, without a socket: takes requests apart, stores what may be stored, answers.

mod clearing;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jasaq_protocol::bytes::Malformed;
use jasaq_protocol::ids::{DeviceId, InviteKey, RelayId, SpaceId};
use jasaq_protocol::limits::COMMIT_BYTES;
use jasaq_protocol::membership::InviteTerms;
use jasaq_protocol::seal::SigningKey;
use jasaq_protocol::sync::Head;
use rand_core::CryptoRng;

use crate::admission::{Admission, Admitted, NotAdmitted};
use crate::answer::{Answer, answer, comparisons};
use crate::limits::Quotas;
use crate::storage::{Stock, Storage, StorageError, load_identity, load_stock};
use crate::taking::{SyncRefused, Taking};
use crate::territories::Territories;

/// Bytes of a head's signature, with which it ends.
const SIGNATURE_BYTES: usize = 64;

/// A relay over its database.
#[derive(Debug)]
pub struct Relay {
    pub(crate) storage: Storage,
    pub(crate) identity: SigningKey,
    pub(crate) territories: Territories,
    /// A step failed after it had taught the territories something: what was not stored must be forgotten first.
    is_ahead: bool,
    /// What was erased or deleted may still stand in the log beside the database.
    is_log_due: bool,
    pub(crate) quotas: Quotas,
    /// The last head of each known device since the start: its counter, and its signature, which says which head it was.
    /// That one may come again, since proxies and systems repeat requests. After a restart any is accepted: a replay yields
    /// ciphertext only.
    heads: BTreeMap<DeviceId, (u64, [u8; SIGNATURE_BYTES])>,
    changed: BTreeSet<SpaceId>,
}

/// What a device that waits is told at once, or may be woken by.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Watch {
    /// There is something to ask for.
    News,
    /// There is nothing; a change of one of these spaces is news.
    Quiet(BTreeSet<SpaceId>),
}

/// Why a device may not wait.
#[derive(Debug, thiserror::Error)]
pub enum WatchRefused {
    /// The device is in no territory of this relay.
    #[error("the device is not known here")]
    Unknown,
    /// The device was removed, and has been told so.
    #[error("the device was removed")]
    Removed,
    /// The head is not one, is replayed, or storage failed.
    #[error(transparent)]
    Sync(#[from] SyncRefused),
}

impl Relay {
    /// Opens the database, or makes it with a new identity. `trust` are the roots of the territories it serves.
    pub fn open(path: &Path, trust: &[DeviceId], chance: &mut impl CryptoRng) -> Result<Self, StorageError> {
        Self::over(Storage::open(path)?, trust, chance)
    }

    /// A relay that forgets everything when it is dropped.
    pub fn open_in_memory(trust: &[DeviceId], chance: &mut impl CryptoRng) -> Result<Self, StorageError> {
        Self::over(Storage::open_in_memory()?, trust, chance)
    }

    fn over(
        mut storage: Storage,
        trust: &[DeviceId],
        chance: &mut impl CryptoRng,
    ) -> Result<Self, StorageError> {
        let identity = if let Some(secret) = load_identity(storage.connection())? {
            SigningKey::from_secret_bytes(&secret)
        } else {
            let identity = SigningKey::make(chance);
            storage.store_identity(&identity.to_secret_bytes())?;
            identity
        };
        let territories = Territories::load(storage.connection(), &trust.iter().copied().collect())?;
        let (heads, changed) = (BTreeMap::new(), BTreeSet::new());
        let (is_ahead, is_log_due, quotas) = (false, false, Quotas::default());
        Ok(Self { storage, identity, territories, is_ahead, is_log_due, quotas, heads, changed })
    }

    /// The same relay with other quotas. If left unset, [`Quotas::default`].
    #[must_use]
    pub fn with_quotas(self, quotas: Quotas) -> Self {
        Self { quotas, ..self }
    }

    /// Who this relay is: heads are signed for it, receipts by it.
    #[must_use]
    pub fn id(&self) -> RelayId {
        self.identity.relay_id()
    }

    /// How much is stored.
    pub fn stock(&self) -> Result<Stock, StorageError> {
        load_stock(self.storage.connection())
    }

    /// What may be stored at most.
    #[must_use]
    pub fn quotas(&self) -> &Quotas {
        &self.quotas
    }

    /// Begins to take a request.
    pub fn begin(&self) -> Taking {
        Taking::new(self.id())
    }

    /// Stores what waits in the request, in one transaction. An error means that nothing of this step was stored; what
    /// was committed before stays, and the request is over.
    pub fn commit(&mut self, taking: &mut Taking) -> Result<(), SyncRefused> {
        let Some(pusher) = self.admit(taking)? else { return Ok(()) };
        if taking.is_waiting() {
            self.storage.check_whereabouts()?;
            self.is_ahead = true;
            self.territories.begin_step();
            let before = taking.tally().clone();
            // What was not committed did not happen, and is not counted.
            self.store(taking, pusher).inspect_err(|_| taking.set_tally(before))?;
            self.is_ahead = false;
        }
        Ok(())
    }

    /// Notes the head, once it has come, and says whose it is.
    fn admit(&mut self, taking: &mut Taking) -> Result<Option<DeviceId>, SyncRefused> {
        let Some(head) = &taking.head else { return Ok(None) };
        self.forget_what_was_not_stored()?;
        if !taking.admitted {
            self.note_head(head)?;
            taking.admitted = true;
        }
        Ok(Some(head.device()))
    }

    /// The device whose request this is, if its head has come and it is known here.
    pub(crate) fn known_device(&mut self, taking: &mut Taking) -> Result<Option<DeviceId>, SyncRefused> {
        self.territories.refold();
        Ok(self.admit(taking)?.filter(|device| self.territories.knows(device)))
    }

    /// What a relay knows of the invites of a key, for who heard of one by voice. The key is all that he shows, and who has
    /// it may ask to join.
    pub fn invite_terms(&mut self, key: &InviteKey) -> Result<Vec<u8>, StorageError> {
        self.forget_what_was_not_stored()?;
        self.territories.refold();
        Ok(InviteTerms::write_all(&self.territories.terms_of(key)))
    }

    pub(crate) fn forget_what_was_not_stored(&mut self) -> Result<(), StorageError> {
        if self.is_ahead {
            self.territories = Territories::load(self.storage.connection(), &self.territories.roots())?;
            self.is_ahead = false;
        }
        Ok(())
    }

    fn store(&mut self, taking: &mut Taking, pusher: DeviceId) -> Result<(), StorageError> {
        let transaction = self.storage.begin()?;
        let mut changed = BTreeSet::new();
        let (territories, quotas) = (&mut self.territories, &self.quotas);
        let late = BTreeMap::new();
        let mut admission = Admission { transaction: &transaction, territories, quotas, pusher, late };
        for (place, wire) in taking.take_waiting() {
            if !taking.is_open(place.journal) {
                continue;
            }
            let outcome = match admission.admit(place, &wire) {
                Ok(admitted) => Ok(admitted),
                Err(NotAdmitted::Refused(reason)) => Err(reason),
                Err(NotAdmitted::Storage(error)) => return Err(error),
            };
            if matches!(outcome, Ok(Admitted { new: true, .. })) {
                changed.insert(place.space);
            }
            taking.note_outcome(place, outcome);
        }
        transaction.commit()?;
        self.changed.append(&mut changed);
        Ok(())
    }

    /// Answers the request once all of it was taken; stores what still waits before.
    pub fn finish(&mut self, mut taking: Taking) -> Result<Answer, SyncRefused> {
        self.commit(&mut taking)?;
        let taken = taking.end()?;
        self.territories.refold();
        self.clear();
        Ok(answer(self.storage.connection(), &self.territories, &self.identity, taken)?)
    }

    /// A whole request at once.
    pub fn answer(&mut self, request: &[u8]) -> Result<Answer, SyncRefused> {
        let mut taking = self.begin();
        for piece in request.chunks(COMMIT_BYTES) {
            taking.take(piece)?;
            if taking.is_full() {
                self.commit(&mut taking)?;
            }
        }
        self.finish(taking)
    }

    /// Whether there is something for a device that would rather wait than ask, and what would be. Who was removed has news once,
    /// and then nothing to wait for.
    pub fn watch(&mut self, head: &Head) -> Result<Watch, WatchRefused> {
        let bad_head = |_| SyncRefused::Garbage(Malformed::Value);
        head.verify(&self.id()).map_err(bad_head)?;
        self.forget_what_was_not_stored().map_err(SyncRefused::Storage)?;
        self.territories.refold();
        if !self.territories.knows(&head.device()) {
            return Err(WatchRefused::Unknown);
        }
        self.note_head(head)?;
        let news = comparisons(self.storage.connection(), &self.territories, head);
        if !news.map_err(SyncRefused::Storage)?.is_empty() {
            Ok(Watch::News)
        } else if self.territories.has_in(&head.device()) {
            Ok(Watch::Quiet(self.territories.readable(&head.device()).into_iter().collect()))
        } else {
            Err(WatchRefused::Removed)
        }
    }

    /// The spaces that something was stored in since the last call: whoever waits for one of them has news.
    pub fn take_changed(&mut self) -> BTreeSet<SpaceId> {
        std::mem::take(&mut self.changed)
    }

    /// Checks that the database is still what its name leads to.
    pub(crate) fn check_whereabouts(&self) -> Result<(), StorageError> {
        self.storage.check_whereabouts()
    }

    /// Writes everything back into the one file and closes it.
    pub fn close(self) -> Result<(), StorageError> {
        self.storage.close()
    }

    /// Refuses a head whose counter is not above the last one seen, unless it is that head again. Of unknown devices
    /// nothing is kept, so that strangers cannot fill the memory.
    fn note_head(&mut self, head: &Head) -> Result<(), SyncRefused> {
        let bytes = head.encode();
        let signature = *bytes.last_chunk().ok_or(SyncRefused::Garbage(Malformed::Value))?;
        let (device, came) = (head.device(), (head.counter(), signature));
        if self.heads.get(&device).is_some_and(|last| came.0 <= last.0 && came != *last) {
            return Err(SyncRefused::Replayed);
        }
        if self.territories.knows(&device) {
            self.heads.insert(device, came);
        }
        Ok(())
    }
}

#[cfg(test)]
mod closed_tests;
#[cfg(test)]
mod erasing_tests;
#[cfg(test)]
mod removed_tests;
#[cfg(test)]
mod tests;
