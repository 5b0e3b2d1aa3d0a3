//! An envelope arrives, from wherever: checked, kept, opened, merged.

use std::collections::BTreeSet;

use jasaq_protocol::bytes::Malformed;
use jasaq_protocol::ids::{DeviceId, Place, Sequence, SpaceId};
use jasaq_protocol::journal::{Neighbours, Placed, place};
use jasaq_protocol::limits::{JOINS_KEPT_MAX, SIGNER_JOURNALS_MAX, UNEXPLAINED_ENVELOPES_MAX};
use jasaq_protocol::membership::Operation;
use jasaq_protocol::seal::{Link, SectionKind, VerifiedEnvelope, WireEnvelope};
use jasaq_protocol::sync::Arrived;

use super::closing::end_closed;
use super::comparing::compare;
use super::device::Device;
use super::erasing::{as_it_may_be_kept, obey};
use super::flush::{FlushRefused, seal_operations};
use super::keys;
use super::merging::{open_and_merge, show_branch, take_readable};
use super::standing::{restate, restate_by_place};
use crate::surroundings::Surroundings;
use crate::vault::{Transaction, Vault, VaultRefused};

/// What became of an arriving envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Accepted {
    /// It was new and is kept.
    New,
    /// It was held already.
    Known,
    /// Something before it has not come; it was not kept.
    Waiting,
    /// Another envelope is held at its place; it is kept beside it.
    Fork,
    /// It is of a newer program. A renewed one asks for it again, if the relay brought it.
    Newer,
    /// It is not an envelope, or its signature does not fit.
    Refused,
}

/// One step of an exchange: envelopes taken within one transaction.
pub(crate) struct Step<'a, 'b> {
    transaction: &'a Transaction<'b>,
    device: &'a mut Device,
    surroundings: &'a mut Surroundings,
    /// Whether the relay brought it, so that it need not go up again.
    from_relay: bool,
    /// How many more envelopes of signers that nothing explains yet are kept.
    room_for_strangers: u64,
    /// How often more the membership may be folded again in the middle of the step, for forms that lack sections.
    refolds_left: u32,
    /// Whether the membership was folded again, or something came that stands before what is held: more may be read then.
    is_more_readable: bool,
    /// Whose words a cut divides and of whom something came: what waited to be linked to the cut may be now.
    divided: BTreeSet<DeviceId>,
    /// Whether something was sealed or is pending again: there is something to push.
    pub(crate) restated: bool,
}

impl<'a, 'b> Step<'a, 'b> {
    pub(crate) fn begin(
        transaction: &'a Transaction<'b>,
        device: &'a mut Device,
        surroundings: &'a mut Surroundings,
        from_relay: bool,
    ) -> Result<Self, VaultRefused> {
        let held = Vault::held_by_signer(transaction)?;
        let strangers = held.iter().filter(|(signer, _)| !device.explains(signer));
        let of_strangers: u64 = strangers.map(|(_, envelopes)| envelopes).sum();
        let room_for_strangers = UNEXPLAINED_ENVELOPES_MAX.saturating_sub(of_strangers);
        Ok(Self {
            transaction,
            device,
            surroundings,
            from_relay,
            room_for_strangers,
            refolds_left: 1,
            is_more_readable: false,
            divided: BTreeSet::new(),
            restated: false,
        })
    }

    pub(crate) fn transaction(&self) -> &'a Transaction<'b> {
        self.transaction
    }

    /// The spaces that this device writes into, or did in a role that it had, and does not read.
    pub(crate) fn unread_spaces(&self) -> Vec<SpaceId> {
        let (own, membership) = (self.device.id(), &self.device.membership);
        let writes = |space: &SpaceId| {
            membership.access(&own, space).writes() || membership.former_access(&own, space).writes()
        };
        let spaces = membership.spaces().map(|(space, _)| *space);
        spaces.filter(|space| writes(space) && !self.reads(space)).collect()
    }

    /// Whether this device reads a space now.
    pub(crate) fn reads(&self, space: &SpaceId) -> bool {
        self.device.reads(space)
    }

    /// Whether operations wait to go up that the relay has given no reason against.
    pub(crate) fn has_more_to_explain(&self) -> Result<bool, VaultRefused> {
        let waiting = Vault::signers_waiting(self.transaction, &self.device.rolls())?;
        Ok(waiting.iter().any(|signer| self.device.may_be_placed(signer)))
    }

    /// Takes one envelope, from wherever.
    pub(crate) fn take(&mut self, arrived: &Arrived) -> Result<Accepted, VaultRefused> {
        // Of an ended space everything was held that there will be.
        if self.device.is_closed(&arrived.place.space) {
            return Ok(Accepted::Known);
        }
        let wire = match WireEnvelope::decode(&arrived.wire) {
            Ok(wire) => wire,
            Err(Malformed::Newer) => return Ok(Accepted::Newer),
            Err(_) => return Ok(Accepted::Refused),
        };
        let held = Vault::neighbours(self.transaction, &arrived.place)?;
        match place(wire.clone(), arrived.place, &held) {
            Err(_) => self.take_on_branch(&wire, &arrived.place, &held),
            Ok(Placed::Waiting(_)) => match self.take_on_branch(&wire, &arrived.place, &held)? {
                Accepted::Refused => Ok(Accepted::Waiting),
                accepted => Ok(accepted),
            },
            Ok(Placed::Fork(envelope)) => self.take_fork(envelope, &held),
            Ok(Placed::Known(envelope)) => {
                // Own journals move on receipts alone: what comes back proves nothing about what is stored.
                if self.from_relay && held.signer != Some(self.device.id()) {
                    Vault::note_at_relay(self.transaction, &arrived.place)?;
                }
                self.take_what_is_missing(envelope)?;
                Ok(Accepted::Known)
            }
            Ok(Placed::New(envelope)) => self.take_new(envelope),
        }
    }

    /// Folds what operations came. What follows from it is done when the step ends.
    fn refold(&mut self) -> Result<(), VaultRefused> {
        self.is_more_readable |= self.device.refresh(self.transaction)?;
        Ok(())
    }

    /// Ends the step: if operations came, folds them, learns keys, opens what waited, and restates. After the last step of an
    /// exchange what others said of what they hold is compared with what is held here.
    pub(crate) fn finish(&mut self, is_last: bool) -> Result<(), VaultRefused> {
        self.refold()?;
        if self.is_more_readable {
            keys::learn(self.transaction, self.device, self.surroundings.now().unix_ms)?;
            end_closed(self.transaction, self.device)?;
            // How everything stands decides what of an erased page is said once more.
            restate(self.transaction, self.device)?;
            obey(self.transaction, self.device, self.surroundings)?;
            self.divided.clear();
        }
        for author in std::mem::take(&mut self.divided) {
            restate_by_place(self.transaction, &self.device.membership, &author)?;
        }
        if is_last { compare(self.transaction, self.device) } else { Ok(()) }
    }

    fn take_new(&mut self, envelope: VerifiedEnvelope) -> Result<Accepted, VaultRefused> {
        let Some(envelope) = &self.as_it_may_be_kept(envelope)? else { return Ok(Accepted::Waiting) };
        if !self.has_room_for(envelope)? {
            return Ok(Accepted::Refused);
        }
        if envelope.signer() == self.device.id() {
            // This install did not seal it: a clone did, or this is a backup. From here on it writes elsewhere.
            self.leave_to_twin(&envelope.place().space)?;
        }
        // What contradicts what is held is refused by itself, and never blocks what comes with it.
        let kept = Vault::attempt(self.transaction, || self.keep(envelope))?;
        if kept.is_none() {
            return Ok(Accepted::Refused);
        }
        self.is_more_readable |= Vault::try_again_behind(self.transaction, &envelope.place())?;
        let (author, membership) = (envelope.signer(), &self.device.membership);
        if membership.known_device(&author).is_some() && membership.has_one_role(&author).is_none() {
            self.divided.insert(author);
        }
        Ok(Accepted::New)
    }

    /// Another install writes with this device's keys, or did before a backup was restored.
    fn leave_to_twin(&self, space: &SpaceId) -> Result<(), VaultRefused> {
        Vault::note_own_twin(self.transaction, self.surroundings.now().unix_ms)?;
        Vault::leave_own_journal(self.transaction, space)
    }

    /// What is held lacks sections, and came whole now: if no operation that counts erases them, they are put back. So what was
    /// erased by an operation that fell, or was never to be, is there again wherever the whole form is brought.
    fn take_what_is_missing(&mut self, envelope: VerifiedEnvelope) -> Result<(), VaultRefused> {
        let missing = Vault::missing_at(self.transaction, &envelope.place())?;
        let Some(missing) = missing.filter(|missing| !missing.is_within(envelope.erased())) else {
            return Ok(());
        };
        let Some(envelope) = self.as_it_may_be_kept(envelope)? else { return Ok(()) };
        let erased = envelope.erased();
        if erased.is_within(missing) && !missing.is_within(erased) {
            Vault::put_whole(self.transaction, &envelope)?;
            self.is_more_readable = true;
        }
        Ok(())
    }

    /// Without what operations erase of it. None if it came with less, and nothing explains that: what does may have come a
    /// moment ago, and else it is as if it had not come.
    fn as_it_may_be_kept(
        &mut self,
        envelope: VerifiedEnvelope,
    ) -> Result<Option<VerifiedEnvelope>, VaultRefused> {
        // Once a step: whoever sends such forms and operations by turns costs no more.
        if !envelope.erased().is_empty()
            && let Some(left) = self.refolds_left.checked_sub(1)
        {
            self.refolds_left = left;
            self.refold()?;
        }
        Ok(as_it_may_be_kept(self.device, envelope))
    }

    /// Whether a satchel may bring this much of signers whom nothing explains, and anybody one more journal of this signer.
    /// The first envelope of an invite's key is a request to join, and may always come.
    fn has_room_for(&mut self, envelope: &VerifiedEnvelope) -> Result<bool, VaultRefused> {
        let (signer, Place { space, sequence, .. }) = (envelope.signer(), envelope.place());
        if sequence == Sequence::FIRST
            && Vault::journals_in(self.transaction, (&space, &signer))? >= SIGNER_JOURNALS_MAX
        {
            return Ok(false);
        }
        if self.from_relay || self.device.explains(&signer) {
            return Ok(true);
        }
        if let Some(room) = self.room_for_strangers.checked_sub(1) {
            self.room_for_strangers = room;
            return Ok(true);
        }
        // What explains it may have come a moment ago.
        self.refold()?;
        let is_join = self.device.may_be_placed(&signer)
            && Vault::journals_of(self.transaction, &signer)? < JOINS_KEPT_MAX;
        Ok(is_join || self.device.explains(&signer))
    }

    /// Another envelope is held at its place. Of an own journal the relay's branch is taken, so that all who meet at the
    /// relay hold the same; what this install had said on its own is said again in a new journal.
    fn take_fork(&mut self, envelope: VerifiedEnvelope, held: &Neighbours) -> Result<Accepted, VaultRefused> {
        let place = envelope.place();
        if envelope.signer() == self.device.id() {
            self.leave_to_twin(&place.space)?;
            let continues = match envelope.header().link() {
                Link::First(_) => true,
                Link::After(hash) => held.previous == Some(hash),
            };
            if self.from_relay && continues && held.here.is_some() {
                let aside = Vault::within(self.transaction, || {
                    let operations = Vault::put_line_aside(self.transaction, &place)?;
                    Vault::note_acks_due(self.transaction, &place.space, &self.device.id())?;
                    reseal(self.transaction, self.device, self.surroundings, (&place, &operations))
                });
                self.device.forget_fold();
                match aside {
                    Ok(()) => {
                        self.restated = true;
                        return self.take_new(envelope);
                    }
                    Err(FlushRefused::Vault(refused)) => return Err(refused),
                    // What cannot be said again stays where it is; the other branch is kept beside it.
                    Err(_) => {}
                }
            }
        }
        self.keep_beside(envelope)
    }

    /// Keeps an envelope beside its journal's line, and shows what it says: whoever holds the other line says the same.
    fn keep_beside(&mut self, envelope: VerifiedEnvelope) -> Result<Accepted, VaultRefused> {
        let Some(envelope) = &self.as_it_may_be_kept(envelope)? else { return Ok(Accepted::Waiting) };
        let is_own = envelope.signer() == self.device.id();
        let received_ms = (!is_own).then(|| self.surroundings.now().unix_ms);
        if !Vault::keep_branch(self.transaction, envelope, received_ms)? {
            return Ok(Accepted::Refused);
        }
        show_branch(self.transaction, self.device, envelope, received_ms)?;
        Ok(Accepted::Fork)
    }

    /// What does not fit the line may go on a branch that is held.
    fn take_on_branch(
        &mut self,
        wire: &WireEnvelope,
        place: &Place,
        held: &Neighbours,
    ) -> Result<Accepted, VaultRefused> {
        let (Some(signer), Some(before)) = (held.signer, place.sequence.before()) else {
            return Ok(Accepted::Refused);
        };
        for hash in Vault::branches_at(self.transaction, &Place { sequence: before, ..*place })? {
            let link = Link::After(hash);
            if let Ok(envelope) = wire.clone().at(*place, link).verify(&signer) {
                return self.keep_beside(envelope);
            }
        }
        Ok(Accepted::Refused)
    }

    fn keep(&self, envelope: &VerifiedEnvelope) -> Result<(), VaultRefused> {
        take_readable(self.transaction, envelope)?;
        let now_ms = self.surroundings.now().unix_ms;
        let state = open_and_merge(self.transaction, self.device, envelope, now_ms)?;
        Vault::append(self.transaction, envelope, state, self.from_relay)?;
        let holds_more_than_acks = envelope.header().kinds().any(|kind| kind != SectionKind::Ack);
        if holds_more_than_acks && envelope.signer() != self.device.id() {
            Vault::note_ack_due(self.transaction, &envelope.place())?;
        }
        Ok(())
    }
}

/// Operations cannot be pending: those that stood on a branch of this device's are sealed again at once, all or none.
fn reseal(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
    (at, operations): (&Place, &[Vec<u8>]),
) -> Result<(), FlushRefused> {
    let operations = operations.iter().map(|bytes| Operation::decode(bytes));
    let operations: Vec<Operation> = operations.collect::<Result<_, _>>().map_err(|_| FlushRefused::Newer)?;
    if operations.is_empty() {
        return Ok(());
    }
    seal_operations(transaction, device, surroundings, (&at.space, &operations)).map(drop)
}
