//! A small district for the fold's tests: who signs what, without envelopes around it.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::ids::{EnvelopeHash, JournalId, MemberId, OfficeId, Sequence};
use crate::membership::{Cut, CutHead, Join, Season, operation_id};
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

/// The founding, with the successor that it names.
pub(super) fn found(successor: u64) -> Operation {
    Operation::Found { successor: keys(successor).public(), recovery: keys(ROOT).public().exchange }
}

pub(super) fn space(nonce: u8, kind: SpaceKind) -> Operation {
    let epoch = (!kind.is_roll()).then(|| *epoch(9).public().key());
    Operation::Space { nonce: [nonce; 16], kind, season: Season(2026), offices: vec![OFFICE], epoch }
}

pub(super) fn add(device: u64, role: Role, invite: Option<u64>) -> Operation {
    let (device, nonce, invite) = (keys(device).public(), nonce_of(device), invite.map(invite_key));
    Operation::Add { device, nonce, role, office: office_of(role), invite, head: None }
}

/// What a device's member is named with, unless a test says otherwise.
pub(super) fn nonce_of(device: u64) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&device.to_be_bytes());
    bytes
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
        self.place(signer, roll, operation).id
    }

    /// Signs so that the operation has just this id, as who grinds ids may.
    pub(super) fn sign_as(
        &mut self,
        id: OperationId,
        (signer, roll): (u64, SpaceId),
        operation: Operation,
    ) -> OperationId {
        self.place(signer, roll, operation).id = id;
        id
    }

    /// Puts an operation behind what the signer signed in the roll before.
    fn place(&mut self, signer: u64, roll: SpaceId, operation: Operation) -> &mut RollEntry {
        let device = keys(signer).id();
        let journal = journal(signer, roll);
        let before = self.0.iter().filter(|entry| entry.place.journal == journal).count();
        let sequence = Sequence::new(u64::try_from(before).unwrap() + 1).unwrap();
        let hash = blake3::hash(&u64::try_from(self.0.len()).unwrap().to_be_bytes());
        let at = (Place { space: roll, journal, sequence }, EnvelopeHash::from_bytes(*hash.as_bytes()));
        self.0.push(RollEntry::new(operation_id(&at.1, 0), at, device, operation));
        self.0.last_mut().unwrap()
    }

    /// The cut after what a device has signed so far.
    pub(super) fn cut_here(&self, device: u64) -> Cut {
        let id = keys(device).id();
        let mut heads: BTreeMap<JournalId, CutHead> = BTreeMap::new();
        for RollEntry { place: Place { journal, sequence, .. }, hash, .. } in
            self.0.iter().filter(|entry| entry.signer == id)
        {
            let head = CutHead { journal: *journal, sequence: *sequence, hash: *hash };
            heads.insert(*journal, head);
        }
        Cut { heads: heads.into_values().collect(), parts: Vec::new() }
    }

    /// Removes a device: what it signed so far stands.
    pub(super) fn remove(&mut self, signer: u64, roll: SpaceId, device: u64) -> OperationId {
        let (cut, device) = (self.cut_here(device), keys(device).id());
        let replaces = self.fold().unreplaced(&device);
        self.sign(signer, roll, Operation::Remove { device, cut, replaces })
    }

    /// Gives a device another role from here on.
    pub(super) fn change(&mut self, signer: u64, device: u64, role: Role) -> OperationId {
        let (cut, device) = (self.cut_here(device), keys(device).id());
        let replaces = self.fold().unreplaced(&device);
        self.sign(signer, squad(), Operation::Role { device, role, cut, replaces })
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

    /// Brings a device as another one of whose device `whom` is, where a head that is named brought him.
    pub(super) fn bring_beside(
        &mut self,
        (signer, roll): (u64, SpaceId),
        (device, role): (u64, Role),
        (whom, of_head): (u64, Option<MemberId>),
    ) -> OperationId {
        self.bring(signer, roll, device, role);
        let added = self.0.last_mut().unwrap();
        if let Operation::Add { nonce, head, .. } = &mut added.operation {
            (*nonce, *head) = (nonce_of(whom), of_head);
        }
        added.id
    }

    /// Whatever was signed for a console names this office.
    pub(super) fn give_office(&mut self, console: u64, to: OfficeId) {
        for entry in &mut self.0 {
            match &mut entry.operation {
                Operation::Invite { key, office, .. } if *key == invite_key(INVITE + console) => {
                    *office = Some(to);
                }
                Operation::Add { device, office, .. } if device.id == keys(console).id() => {
                    *office = Some(to);
                }
                _ => {}
            }
        }
    }

    pub(super) fn space(&mut self, signer: u64, roll: SpaceId, nonce: u8, kind: SpaceKind) -> OperationId {
        self.sign(signer, roll, space(nonce, kind))
    }

    pub(super) fn fold(&self) -> Membership {
        fold(keys(ROOT).id(), &self.0, &self.links())
    }

    /// How the envelopes follow one another, as far as they are here.
    pub(super) fn links(&self) -> Links {
        let places = self
            .0
            .iter()
            .map(|entry| ((entry.place.journal, entry.place.sequence), entry.hash));
        let places: BTreeMap<_, _> = places.collect();
        let mut links = Links::default();
        for ((journal, sequence), hash) in &places {
            let before = sequence.before().and_then(|before| places.get(&(*journal, before)));
            links.note((*journal, *sequence), *hash, before.copied());
        }
        links
    }
}

/// The one journal that a device writes in a roll.
pub(super) fn journal(device: u64, roll: SpaceId) -> JournalId {
    let [nonce @ .., _, _, _, _, _, _, _, _] = *roll.as_bytes();
    JournalId::of_device(&keys(device).id(), nonce)
}

/// A territory with a TS, an SS, one squad with its head and a volunteer, and a patrols space.
pub(super) fn district() -> Rolls {
    let mut rolls = Rolls::default();
    rolls.sign(ROOT, territory(), found(99));
    rolls.bring(ROOT, territory(), TS, Role::Ts);
    rolls.bring(TS, territory(), SS, Role::Ss);
    rolls.space(SS, territory(), 80, SpaceKind::SquadRoll);
    rolls.space(SS, squad(), 90, SpaceKind::Patrols);
    rolls.bring(SS, squad(), HEAD, Role::Head);
    rolls.bring(HEAD, squad(), VOL, Role::Vol);
    rolls
}
