//! The world of the vectors: a territory whose keys, nonces and chance are all written down.
//!
//! Every secret is one byte repeated, and whatever draws by chance is given a `ChaCha20` stream of its own whose key is one
//! byte repeated. So any language can make the same bytes.

use jasaq_fieldbook::protocol::ids::RelayId;
use jasaq_fieldbook::protocol::ids::{JournalId, MemberId, OfficeId, Place, Sequence, SpaceId};
use jasaq_fieldbook::protocol::membership::{
    Bringer, InviteCode, Join, OfflineKey, Operation, Parent, Role, Season, SheetPurpose, SpaceKind,
};
use jasaq_fieldbook::protocol::seal::{
    DeviceKeys, EnvelopeDraft, EpochKey, EpochPublic, Link, NextPlace, Section, SigningKey, VerifiedEnvelope,
    seal,
};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

/// When the invites of the vectors expire: 3 May 2026, 08:00 in Kazakhstan.
pub const EXPIRES_AT_MS: i64 = 1_777_777_200_000;
const HEAD_NONCE: [u8; 16] = [0x75; 16];

/// A keystream of `ChaCha20` whose key is this byte repeated.
pub fn chance(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

/// A device whose signing secret is this byte repeated, and whose exchange secret is the next byte repeated.
pub fn device(seed: u8) -> DeviceKeys {
    let mut secret = [seed; 64];
    secret[32..].fill(seed + 1);
    DeviceKeys::from_secret_bytes(&secret)
}

/// A signing key whose secret is this byte repeated.
pub fn signing(seed: u8) -> SigningKey {
    SigningKey::from_secret_bytes(&[seed; 32])
}

/// One chain of envelopes while it is written.
pub struct Journal {
    space: SpaceId,
    pub id: JournalId,
    signer: SigningKey,
    pub envelopes: Vec<VerifiedEnvelope>,
}

impl Journal {
    /// An empty journal of this signer, whose nonce is this byte repeated.
    pub fn new(space: SpaceId, signer: &SigningKey, nonce: u8) -> Self {
        let id = JournalId::of_device(&signer.device_id(), [nonce; 8]);
        let signer = SigningKey::from_secret_bytes(&signer.to_secret_bytes());
        Self { space, id, signer, envelopes: Vec::new() }
    }

    /// Where the next envelope stands.
    pub fn next(&self) -> NextPlace {
        let at = |sequence| Place { space: self.space, journal: self.id, sequence };
        match self.envelopes.last() {
            None => NextPlace { place: at(Sequence::FIRST), link: Link::First(self.signer.device_id()) },
            Some(last) => {
                NextPlace { place: at(last.place().sequence.next()), link: Link::After(last.hash()) }
            }
        }
    }

    /// Seals the next envelope, with the chance of this seed.
    pub fn seal(&mut self, sections: &[Section], epoch: Option<&EpochPublic>, seed: u8) -> &VerifiedEnvelope {
        let draft = EnvelopeDraft { next: self.next(), epoch, sections };
        self.envelopes.push(seal(&draft, &self.signer, &mut chance(seed)).unwrap());
        self.envelopes.last().unwrap()
    }

    /// Seals operations.
    pub fn operate(&mut self, operations: &[Operation]) {
        let sections: Vec<_> = operations
            .iter()
            .map(|operation| Section::Operation(operation.encode()))
            .collect();
        self.seal(&sections, None, 0);
    }
}

/// A territory with one console of the TS and of the SS, one squad and its head.
pub struct World {
    pub root: SigningKey,
    pub successor: SigningKey,
    pub relay: SigningKey,
    pub ts: DeviceKeys,
    pub ss: DeviceKeys,
    pub head: DeviceKeys,
    /// A volunteer, who joins behind the rolls.
    pub vol: DeviceKeys,
    /// Of the SS's console, of the head, and of a volunteer who has not joined yet.
    pub invites: [SigningKey; 3],
    pub first_epoch: EpochKey,
    pub epoch: EpochKey,
    /// After the head was removed.
    pub last_epoch: EpochKey,
    pub territory: SpaceId,
    pub squad: SpaceId,
    pub patrols: SpaceId,
    /// Every journal of the rolls, in the order of a satchel.
    pub rolls: Vec<Journal>,
    /// Each kind of operation once, by name.
    pub operations: Vec<(&'static str, Operation)>,
}

impl World {
    /// The whole of it.
    pub fn new() -> Self {
        let (ts, ss, head) = (device(0x10), device(0x20), device(0x30));
        let root = signing(0x01);
        let territory = SpaceId::of_territory(&root.device_id());
        let squad = SpaceId::derive(&territory, &ss.id(), &[0x81; 16]);
        let patrols = SpaceId::derive(&squad, &ss.id(), &[0x82; 16]);
        let mut world = Self {
            root,
            successor: signing(0x02),
            relay: signing(0x40),
            ts,
            ss,
            head,
            vol: device(0x34),
            invites: [0x50, 0x51, 0x52].map(signing),
            first_epoch: EpochKey::from_secret_bytes(&[0x60; 32]),
            epoch: EpochKey::from_secret_bytes(&[0x61; 32]),
            last_epoch: EpochKey::from_secret_bytes(&[0x62; 32]),
            territory,
            squad,
            patrols,
            rolls: Vec::new(),
            operations: Vec::new(),
        };
        world.found();
        world.make_squad();
        world
    }

    /// The body of the SS.
    pub fn office() -> OfficeId {
        OfficeId::from_bytes([0x73; 16])
    }

    fn say(&mut self, name: &'static str, operation: Operation) -> Operation {
        self.operations.push((name, operation.clone()));
        operation
    }

    /// The root's key, as sheets give it.
    pub fn offline_root(&self) -> OfflineKey {
        let key = SigningKey::from_secret_bytes(&self.root.to_secret_bytes());
        OfflineKey { purpose: SheetPurpose::Root, key }
    }

    /// The relay's name.
    pub fn relay_id(&self) -> RelayId {
        self.relay.relay_id()
    }

    /// Who the head is.
    pub fn head_member(&self) -> MemberId {
        Bringer::Office(Self::office()).member(&self.squad, &HEAD_NONCE)
    }

    /// The roll of the territory: the root founds, the TS invites, the SS joins and makes the squad.
    fn found(&mut self) {
        let office = Some(Self::office());
        let of_ts = Some(OfficeId::from_bytes([0x72; 16]));
        let mut root = Journal::new(self.territory, &self.root, 0xa0);
        let found = self.say(
            "found",
            Operation::Found {
                successor: DeviceKeys::of_root(&self.successor).public(),
                recovery: DeviceKeys::of_root(&self.root).public().exchange,
            },
        );
        let device = self.ts.public();
        let (nonce, role) = ([0x71; 16], Role::Ts);
        let add = Operation::Add { device, nonce, role, office: of_ts, invite: None, head: None };
        let add = self.say("add_by_root", add);
        root.operate(&[found, add]);

        let mut ts = Journal::new(self.territory, self.ts.signing(), 0xa1);
        let key = self.invites[0].invite_key();
        let invite = Operation::Invite { key, role: Role::Ss, office, expires_at_ms: EXPIRES_AT_MS };
        ts.operate(&[self.say("invite_office", invite)]);
        let mut asking = Journal::new(self.territory, &self.invites[0], 0xa2);
        asking.operate(&[Operation::Join(Join::make(key, self.ts.id(), 0, &self.ss))]);
        let device = self.ss.public();
        let (nonce, role, invite) = ([0x74; 16], Role::Ss, Some(key));
        let add = Operation::Add { device, nonce, role, office, invite, head: None };
        ts.operate(&[self.say("add_office", add)]);

        let mut ss = Journal::new(self.territory, self.ss.signing(), 0xa3);
        let offices = vec![Self::office()];
        let (kind, season) = (SpaceKind::SquadRoll, Season(2026));
        let roll = Operation::Space { nonce: [0x81; 16], kind, season, offices, epoch: None };
        ss.operate(&[self.say("space_roll", roll)]);
        self.rolls.extend([root, ts, asking, ss]);
    }

    /// The roll of the squad: its space, its head, a new key, and an invite that waits.
    fn make_squad(&mut self) {
        let mut ss = Journal::new(self.squad, self.ss.signing(), 0xa4);
        let (kind, season, offices) = (SpaceKind::Patrols, Season(2026), vec![Self::office()]);
        let epoch = Some(*self.first_epoch.public().key());
        let space = self.say("space", Operation::Space { nonce: [0x82; 16], kind, season, offices, epoch });
        let key = self.invites[1].invite_key();
        let invite = Operation::Invite { key, role: Role::Head, office: None, expires_at_ms: EXPIRES_AT_MS };
        ss.operate(&[space, self.say("invite_squad", invite)]);
        let mut asking = Journal::new(self.squad, &self.invites[1], 0xa5);
        let join = Operation::Join(self.head_join());
        asking.operate(&[self.say("join", join)]);
        let (device, role, invite) = (self.head.public(), Role::Head, Some(key));
        let add = Operation::Add { device, nonce: HEAD_NONCE, role, office: None, invite, head: None };
        let wrap = self.wrap_for(&self.head, &self.first_epoch, 0xb0);
        ss.operate(&[self.say("add_squad", add), self.say("wrap", wrap)]);

        let next = *self.epoch.public().key();
        let carried = self.first_epoch.wrap(self.patrols, &next, &mut chance(0xb1)).unwrap();
        let parents = vec![Parent { epoch: self.first_epoch.public().id(), key: carried }];
        let rotate = self.say("rotate", Operation::Rotate { space: self.patrols, epoch: next, parents });
        let wrap = self.wrap_for(&self.head, &self.epoch, 0xb2);
        ss.operate(&[rotate, wrap]);
        let key = self.invites[2].invite_key();
        let invite = Operation::Invite { key, role: Role::Vol, office: None, expires_at_ms: EXPIRES_AT_MS };
        ss.operate(&[invite]);
        self.rolls.extend([ss, asking]);
    }

    /// The head's request to be added.
    pub fn head_join(&self) -> Join {
        Join::make(self.invites[1].invite_key(), self.ss.id(), 0, &self.head)
    }

    /// An epoch's key for a device.
    pub fn wrap_for(&self, device: &DeviceKeys, epoch: &EpochKey, seed: u8) -> Operation {
        let key = epoch.wrap(self.patrols, &device.public().exchange, &mut chance(seed)).unwrap();
        Operation::Wrap { space: self.patrols, epoch: epoch.public().id(), device: device.id(), key }
    }

    /// The code of the invite that waits.
    pub fn code(&self, relay: Option<&str>) -> InviteCode {
        InviteCode {
            root: self.root.device_id(),
            roll: self.squad,
            inviter: self.ss.id(),
            role: Role::Vol,
            secret: SigningKey::from_secret_bytes(&self.invites[2].to_secret_bytes()),
            relay: relay.map(|address| (address.to_owned(), self.relay_id())),
        }
    }
}
