//! A small district for the fold's tests: who signs what, without envelopes around it.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::ids::{EnvelopeHash, JournalId, MemberId, OfficeId, Sequence};
use crate::membership::{Join, Season, operation_id};
use crate::seal::{DeviceKeys, EpochKey};

pub(super) fn keys(seed: u64) -> DeviceKeys {
    DeviceKeys::make(&mut ChaCha20Rng::seed_from_u64(seed))
}

pub(super) fn epoch(seed: u64) -> EpochKey {
    EpochKey::make(&mut ChaCha20Rng::seed_from_u64(seed))
}

pub(super) fn invite_key(seed: u64) -> InviteKey {
    keys(seed).signing().invite_key()
}

pub(super) const OFFICE: OfficeId = OfficeId::from_bytes([70; 16]);
pub(super) const OTHER_OFFICE: OfficeId = OfficeId::from_bytes([71; 16]);
pub(super) const ROOT: u64 = 1;
pub(super) const TS: u64 = 2;
pub(super) const SS: u64 = 3;
pub(super) const HEAD: u64 = 4;
pub(super) const VOL: u64 = 5;
/// The invite that a device came with has its seed and this.
pub(super) const INVITE: u64 = 100_000;

pub(super) fn territory() -> SpaceId {
    SpaceId::of_territory(&keys(ROOT).id())
}

pub(super) fn squad() -> SpaceId {
    SpaceId::derive(&territory(), &keys(SS).id(), &[80; 16])
}

pub(super) fn patrols() -> SpaceId {
    SpaceId::derive(&squad(), &keys(SS).id(), &[90; 16])
}

/// The body of a role's devices, unless they are of a squad.
pub(super) fn office_of(role: Role) -> Option<OfficeId> {
    (!role.is_of_a_squad()).then_some(OFFICE)
}

pub(super) fn space(nonce: u8, kind: SpaceKind) -> Operation {
    let epoch = (!kind.is_roll()).then(|| *epoch(9).public().key());
    Operation::Space { nonce: [nonce; 16], kind, season: Season(2026), offices: vec![OFFICE], epoch }
}

pub(super) fn add(device: u64, role: Role, invite: Option<u64>) -> Operation {
    let (public, member) = (keys(device).public(), [u8::try_from(device & 255).unwrap(); 16]);
    Operation::Add {
        device: public,
        member: MemberId::from_bytes(member),
        role,
        office: office_of(role),
        invite: invite.map(invite_key),
    }
}

pub(super) fn invite(key: u64, role: Role) -> Operation {
    Operation::Invite { key: invite_key(key), role, office: office_of(role), expires_at_ms: 0 }
}

pub(super) fn join(key: u64, inviter: u64, attempt: u32, device: u64) -> Operation {
    Operation::Join(Join::make(invite_key(key), keys(inviter).id(), attempt, &keys(device)))
}

/// Operations as they come, each from its signer in a roll.
#[derive(Default, Clone)]
pub(super) struct Rolls(pub(super) Vec<RollEntry>);

impl Rolls {
    pub(super) fn sign(&mut self, signer: u64, roll: SpaceId, operation: Operation) -> OperationId {
        let count = u64::try_from(self.0.len()).unwrap();
        let hash = *blake3::hash(&count.to_be_bytes()).as_bytes();
        let id = operation_id(&EnvelopeHash::from_bytes(hash), 0);
        self.sign_as(id, (signer, roll), operation)
    }

    /// Signs so that the operation has just this id, as who grinds ids may.
    pub(super) fn sign_as(
        &mut self,
        id: OperationId,
        (signer, roll): (u64, SpaceId),
        operation: Operation,
    ) -> OperationId {
        let journal = JournalId::from_bytes([7; 16]);
        let place = Place { space: roll, journal, sequence: Sequence::FIRST };
        self.0.push(RollEntry::new(id, place, keys(signer).id(), operation));
        id
    }

    /// Invites a device, lets it ask, and adds it. The root only adds.
    pub(super) fn bring(&mut self, signer: u64, roll: SpaceId, device: u64, role: Role) -> OperationId {
        if signer == ROOT {
            return self.sign(ROOT, roll, add(device, role, None));
        }
        let key = INVITE + device;
        self.sign(signer, roll, invite(key, role));
        self.sign(key, roll, join(key, signer, 0, device));
        self.sign(signer, roll, add(device, role, Some(key)))
    }

    pub(super) fn space(&mut self, signer: u64, roll: SpaceId, nonce: u8, kind: SpaceKind) -> OperationId {
        self.sign(signer, roll, space(nonce, kind))
    }

    pub(super) fn fold(&self) -> Membership {
        fold(keys(ROOT).id(), &self.0)
    }
}

/// A territory with a TS, an SS, one squad with its head and a volunteer, and a patrols space.
pub(super) fn district() -> Rolls {
    let mut rolls = Rolls::default();
    rolls.sign(ROOT, territory(), Operation::Found { successor: keys(99).id() });
    rolls.bring(ROOT, territory(), TS, Role::Ts);
    rolls.bring(TS, territory(), SS, Role::Ss);
    rolls.space(SS, territory(), 80, SpaceKind::SquadRoll);
    rolls.space(SS, squad(), 90, SpaceKind::Patrols);
    rolls.bring(SS, squad(), HEAD, Role::Head);
    rolls.bring(HEAD, squad(), VOL, Role::Vol);
    rolls
}
