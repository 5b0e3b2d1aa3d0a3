//! Invites, joins and adds.
//!
//! A device other than the first is in by three signatures: its inviter's, its own, and its inviter's again. An invite
//! or a join may come after the add that needs it: the add waits for them.

use std::collections::BTreeMap;

use super::{Requests, RollEntry, Signer, Undecided, Verdict};
use crate::ids::{InviteKey, MemberId, OfficeId};
use crate::membership::bringer::Bringer;
use crate::membership::history::History;
use crate::membership::invite::Join;
use crate::membership::members::Membership;
use crate::membership::operation::Operation;
use crate::membership::role::{Act, Rank, Role, SpaceKind};
use crate::membership::roster::{Enrolled, Invited, NotCounted};
use crate::seal::DevicePublic;

impl Membership {
    /// Devices of a squad stand in its roll, devices of offices in the territory's.
    fn check_enrolment(&self, entry: &RollEntry, signer: &Signer, role: Role) -> Verdict {
        signer.may(Act::Enrol(role))?;
        let roll = self.check_roll(entry, signer)?;
        if role.is_of_a_squad() == (roll == SpaceKind::SquadRoll) {
            Ok(())
        } else {
            Err(NotCounted::Roll.into())
        }
    }

    pub(super) fn take_invite(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        let Operation::Invite { key, role, office, expires_at_ms } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        self.check_enrolment(entry, signer, *role)?;
        if self.invites.contains_key(&(*key, entry.signer)) {
            return Err(NotCounted::Exists.into());
        }
        let invited = Invited {
            roll: entry.place.space,
            role: *role,
            office: *office,
            expires_at_ms: *expires_at_ms,
            inviter: entry.signer,
            joins: BTreeMap::new(),
            device: None,
        };
        self.invites.insert((*key, entry.signer), invited);
        Ok(())
    }

    pub(super) fn take_add(&mut self, entry: &RollEntry, signer: &Signer) -> Verdict {
        let Operation::Add { device, nonce, role, office, invite, head } = &entry.operation else {
            return Err(NotCounted::Rank.into());
        };
        self.check_enrolment(entry, signer, *role)?;
        if self.devices.contains_key(&device.id) || self.is_root(&device.id) {
            return Err(NotCounted::Exists.into());
        }
        let brought_by = bringer(signer, head.as_ref())?;
        match (signer, invite) {
            (Signer::Root, None) => {}
            (_, None) => return Err(NotCounted::NotInvited.into()),
            (_, Some(key)) => self.use_invite(entry, device, (*key, *role, *office))?,
        }
        let enrolled = Enrolled {
            role: *role,
            member: brought_by.member(&entry.place.space, nonce),
            brought_by,
            nonce: *nonce,
            office: *office,
            roll: entry.place.space,
            exchange: device.exchange,
            added_by: entry.signer,
            invite: *invite,
        };
        self.devices.insert(device.id, enrolled);
        self.histories.insert(device.id, History::new(entry.id, signer.rank(), *role));
        Ok(())
    }

    /// The adder's own invite, to just this seat, that just this device asked with. It is spent by it.
    fn use_invite(
        &mut self,
        entry: &RollEntry,
        device: &DevicePublic,
        (key, role, office): (InviteKey, Role, Option<OfficeId>),
    ) -> Verdict {
        let invited = self.invites.get_mut(&(key, entry.signer)).ok_or(Undecided::Waiting)?;
        if (invited.roll, invited.role, invited.office) != (entry.place.space, role, office) {
            return Err(NotCounted::NotInvited.into());
        }
        if !invited.joins.contains_key(device) {
            return Err(Undecided::Waiting);
        }
        if invited.device.is_some() {
            return Err(NotCounted::InviteUsed.into());
        }
        invited.device = Some(device.id);
        Ok(())
    }

    pub(super) fn take_join(&mut self, entry: &RollEntry, join: Join, requests: &Requests) -> Verdict {
        let key = InviteKey::from_bytes(*entry.signer.as_bytes());
        let invited = self.invites.get_mut(&(key, join.inviter)).ok_or(Undecided::Waiting)?;
        if invited.roll != entry.place.space {
            return Err(NotCounted::Roll.into());
        }
        if !requests.proven.contains(&entry.id) {
            return Err(NotCounted::Proof.into());
        }
        let newest = invited.joins.entry(join.device).or_insert(join);
        if newest.attempt < join.attempt {
            *newest = join;
        }
        Ok(())
    }
}

/// Who brings the member of an add: whom the signer speaks for, or a head below him that he names.
fn bringer(signer: &Signer, head: Option<&MemberId>) -> Result<Bringer, NotCounted> {
    match head {
        Some(_) if signer.rank() >= Rank::Head => Err(NotCounted::Rank),
        Some(head) => Ok(Bringer::Head(*head)),
        None => signer.bringer().ok_or(NotCounted::Rank),
    }
}
