//! The world of this crate's tests: a small district whose devices write envelopes by hand and keep what they are given.
//!
//! A device here checks everything a real one must: that numbers run without gaps, that nothing comes twice, that every
//! signature fits, and that its running hash is the relay's.

mod words;

use std::collections::BTreeMap;

use jasaq_protocol::ids::{
    DeviceId, EnvelopeHash, HeadHash, InviteKey, JournalId, OfficeId, Place, RelayId, Sequence, SpaceId,
};
use jasaq_protocol::journal::{Frontier, Neighbours, Placed, place};
use jasaq_protocol::membership::{Join, Operation, Role, Season, SpaceKind};
use jasaq_protocol::seal::{
    DeviceKeys, EnvelopeDraft, EpochKey, Link, NextPlace, Section, SigningKey, VerifiedEnvelope,
    WireEnvelope, seal,
};
use jasaq_protocol::sync::{Contact, Cursor, Effect, Event, Frame, FrameWriter, Head, Refusal, RunningHash};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::Relay;

pub(crate) use words::{close, cut_to, erase, erase_attachments, remove, role};

/// The district's spaces, as their makers derive them: [`District::new`] says if they are others.
pub(crate) const SQUAD: SpaceId =
    SpaceId::from_bytes(0x89c2_5f68_2c51_8bf9_94b7_810f_7d3e_62d8_u128.to_be_bytes());
pub(crate) const PATROLS: SpaceId =
    SpaceId::from_bytes(0x43a3_9950_70f3_46e5_4a33_e420_feab_674d_u128.to_be_bytes());
pub(crate) const PROTECTED: SpaceId =
    SpaceId::from_bytes(0xb044_9a1e_4e34_5c76_760d_a11d_8e6c_e4a2_u128.to_be_bytes());
pub(crate) const REGISTER: SpaceId =
    SpaceId::from_bytes(0x6f19_7ed9_a712_5e96_3a2c_b439_399c_df2c_u128.to_be_bytes());
pub(crate) const SUBDIVISION: OfficeId = OfficeId::from_bytes([0x61; 16]);

pub(crate) fn chance(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

fn epoch() -> EpochKey {
    EpochKey::make(&mut chance(9))
}

/// An envelope at its place, as it is pushed.
#[derive(Debug, Clone)]
pub(crate) struct Envelope {
    pub(crate) place: Place,
    pub(crate) wire: Vec<u8>,
}

/// What a device reads out of an answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) stored: Option<Frontier>,
    pub(crate) refused: Vec<(Place, Refusal)>,
    pub(crate) rewound: Vec<(SpaceId, Frontier)>,
    pub(crate) arrived: Vec<Place>,
    pub(crate) more: bool,
}

impl Reply {
    pub(crate) fn reasons(&self) -> Vec<Refusal> {
        self.refused.iter().map(|(_, reason)| *reason).collect()
    }

    /// The sequence that the receipt names for the journal of an envelope.
    pub(crate) fn stored_to(&self, envelope: &Envelope) -> Option<u64> {
        let head = self.stored.as_ref()?.get(&envelope.place.journal)?;
        Some(head.sequence.number())
    }
}

/// A device, by its seed.
pub(crate) struct Device {
    pub(crate) keys: DeviceKeys,
    seed: u8,
    counter: u64,
    journals: BTreeMap<SpaceId, NextPlace>,
    pub(crate) cursors: BTreeMap<SpaceId, (u64, RunningHash)>,
    pub(crate) held: BTreeMap<Place, EnvelopeHash>,
    signers: BTreeMap<JournalId, DeviceId>,
    /// What it wrote.
    pub(crate) sealed: BTreeMap<Place, VerifiedEnvelope>,
    /// What its requests brought: an answer has an empty envelope for it.
    pushed: BTreeMap<Place, Vec<u8>>,
}

impl Device {
    pub(crate) fn new(seed: u8) -> Self {
        Self {
            keys: DeviceKeys::make(&mut chance(u64::from(seed))),
            seed,
            counter: 0,
            journals: BTreeMap::new(),
            cursors: BTreeMap::new(),
            held: BTreeMap::new(),
            signers: BTreeMap::new(),
            sealed: BTreeMap::new(),
            pushed: BTreeMap::new(),
        }
    }

    pub(crate) fn id(&self) -> DeviceId {
        self.keys.id()
    }

    pub(crate) fn invite_key(&self) -> InviteKey {
        self.keys.signing().invite_key()
    }

    /// Begins a new journal in the space.
    pub(crate) fn begin_journal(&mut self, space: SpaceId, name: u16) {
        let name = name.to_be_bytes();
        let nonce = std::array::from_fn(|index| *name.get(index).unwrap_or(&space.as_bytes()[index]));
        let journal = JournalId::of_device(&self.id(), nonce);
        let place = Place { space, journal, sequence: Sequence::FIRST };
        self.journals.insert(space, NextPlace { place, link: Link::First(self.id()) });
    }

    /// Seals the next envelope without taking its place, as a clone would.
    pub(crate) fn draft(&mut self, space: SpaceId, sections: &[Section]) -> (Envelope, EnvelopeHash) {
        let sealed = self.seal_next(space, sections);
        (Envelope { place: sealed.place(), wire: sealed.to_wire(false).encode() }, sealed.hash())
    }

    fn seal_next(&mut self, space: SpaceId, sections: &[Section]) -> VerifiedEnvelope {
        if !self.journals.contains_key(&space) {
            self.begin_journal(space, 0);
        }
        let public = epoch().public();
        let draft = EnvelopeDraft { next: self.journals[&space], epoch: Some(&public), sections };
        seal(&draft, &self.keys, &mut chance(7)).unwrap()
    }

    pub(crate) fn write(&mut self, space: SpaceId, sections: &[Section]) -> Envelope {
        let sealed = self.seal_next(space, sections);
        let (place, hash) = (sealed.place(), sealed.hash());
        let envelope = Envelope { place, wire: sealed.to_wire(false).encode() };
        self.sealed.insert(place, sealed);
        let next = Place { sequence: envelope.place.sequence.next(), ..envelope.place };
        self.journals.insert(space, NextPlace { place: next, link: Link::After(hash) });
        // What it goes on from it holds, whoever brings it.
        self.pushed.insert(envelope.place, envelope.wire.clone());
        envelope
    }

    pub(crate) fn operate(&mut self, roll: SpaceId, operation: &Operation) -> Envelope {
        self.write(roll, &[Section::Operation(operation.encode())])
    }

    /// A statement: to the relay, any sealed bytes.
    pub(crate) fn state(&mut self, space: SpaceId, text: &str) -> Envelope {
        self.write(space, &[statement(text)])
    }

    pub(crate) fn head(&mut self, relay: &RelayId) -> Head {
        self.counter += 1;
        let cursors: Vec<_> = self
            .cursors
            .iter()
            .map(|(space, (number, hash))| Cursor { space: *space, number: *number, hash: hash.head() })
            .collect();
        Head::sign(self.keys.signing(), relay, self.counter, &cursors)
    }

    pub(crate) fn request(&mut self, relay: &RelayId, pushes: &[Envelope]) -> (Head, Vec<u8>) {
        let head = self.head(relay);
        self.pushed
            .extend(pushes.iter().map(|envelope| (envelope.place, envelope.wire.clone())));
        let bytes = request(&head, pushes);
        (head, bytes)
    }

    /// Reads an answer as strictly as a device must, and keeps what came.
    pub(crate) fn read(&mut self, relay: RelayId, head: &Head, answer: &[u8]) -> Reply {
        let mut contact = Contact::new(relay, head);
        let (effects, outcome) = contact.handle(Event::Bytes(answer));
        outcome.unwrap();
        contact.handle(Event::Closed).1.unwrap();
        let mut reply = Reply::default();
        for effect in effects {
            match effect {
                Effect::Arrived(arrived) => {
                    self.keep(arrived.place, arrived.number.unwrap(), &arrived.wire);
                    reply.arrived.push(arrived.place);
                }
                Effect::Stored(frontier) => {
                    let covered = Some(frontier).filter(|frontier| !frontier.is_empty());
                    assert_eq!(std::mem::replace(&mut reply.stored, covered), None, "one receipt an answer");
                }
                Effect::Refused(place, reason) => reply.refused.push((place, reason)),
                Effect::Rewound(space, held) => reply.rewound.push((space, held)),
                Effect::Ended { more } => reply.more = more,
            }
        }
        reply
    }

    fn keep(&mut self, at: Place, (space, number): (SpaceId, u64), wire: &[u8]) {
        assert_eq!(at.space, space);
        let wire = if wire.is_empty() { &self.pushed[&at] } else { wire };
        let before = at.sequence.before().map(|sequence| Place { sequence, ..at });
        let previous = before.and_then(|before| self.held.get(&before).copied());
        let held = Neighbours { signer: self.signers.get(&at.journal).copied(), previous, here: None };
        let Placed::New(verified) = place(WireEnvelope::decode(wire).unwrap(), at, &held).unwrap() else {
            panic!("a journal came with a hole: {at:?}");
        };
        assert!(self.held.insert(at, verified.hash()).is_none(), "it came twice: {at:?}");
        self.signers.insert(at.journal, verified.signer());
        let (last, hash) = self.cursors.get(&space).copied().unwrap_or((0, RunningHash::START));
        assert_eq!(number, last + 1, "numbers run without gaps");
        self.cursors.insert(space, (number, hash.then(number, wire)));
    }

    /// How many envelopes of a space it holds.
    pub(crate) fn holds(&self, space: SpaceId) -> usize {
        self.held.keys().filter(|place| place.space == space).count()
    }

    /// What it tells the relay it holds of a space, as a real device after a restart would.
    pub(crate) fn cursor(&self, space: SpaceId) -> (u64, HeadHash) {
        let (number, hash) = self.cursors[&space];
        (number, hash.head())
    }
}

pub(crate) fn statement(text: &str) -> Section {
    let document = jasaq_protocol::ids::DocumentId::from_bytes([3; 16]);
    Section::Change { document, change: text.as_bytes().to_vec() }
}

/// So many entries of a device.
pub(crate) fn statements(device: &mut Device, space: SpaceId, count: usize) -> Vec<Envelope> {
    (0..count)
        .map(|number| device.state(space, &format!("entry {number}")))
        .collect()
}

pub(crate) fn request(head: &Head, pushes: &[Envelope]) -> Vec<u8> {
    let mut writer = FrameWriter::new();
    writer.frame(&Frame::Head(head.clone()));
    for envelope in pushes {
        writer.envelope(envelope.place, &envelope.wire);
    }
    writer.frame(&Frame::End { more: false });
    writer.take()
}

/// One contact.
pub(crate) fn sync(relay: &mut Relay, device: &mut Device, pushes: &[Envelope]) -> Reply {
    let (head, request) = device.request(&relay.id(), pushes);
    let answer = relay.answer(&request).unwrap();
    device.read(relay.id(), &head, &answer.bytes)
}

/// A territory with its offices and one squad, as operations that no relay has seen yet.
pub(crate) struct District {
    pub(crate) root: Device,
    pub(crate) ts: Device,
    pub(crate) ss: Device,
    pub(crate) head: Device,
    pub(crate) vol: Device,
    /// Every roll envelope, in an order in which each is explained by those before it.
    pub(crate) rolls: Vec<Envelope>,
}

impl District {
    pub(crate) fn new() -> Self {
        let [root, ts, ss, head, vol] = [1, 2, 3, 4, 5].map(Device::new);
        let mut district = Self { root, ts, ss, head, vol, rolls: Vec::new() };
        let territory = district.territory();
        let derived = [
            made_by(&district.ss, territory, SpaceKind::SquadRoll),
            made_by(&district.ss, SQUAD, SpaceKind::Patrols),
            made_by(&district.ss, SQUAD, SpaceKind::Protected),
            made_by(&district.ts, territory, SpaceKind::Register),
        ];
        assert_eq!(derived, [SQUAD, PATROLS, PROTECTED, REGISTER]);
        let found = Operation::Found {
            successor: Device::new(99).keys.public(),
            recovery: district.root.keys.public().exchange,
        };
        let mut rolls = vec![district.root.operate(territory, &found)];
        rolls.push(district.root.operate(territory, &add(&district.ts, Role::Ts, None)));
        rolls.extend(bring(&mut district.ts, territory, &district.ss, Role::Ss));
        rolls.push(district.ts.operate(territory, &space(SpaceKind::Register)));
        rolls.push(district.ss.operate(territory, &space(SpaceKind::SquadRoll)));
        rolls.push(district.ss.operate(SQUAD, &space(SpaceKind::Patrols)));
        rolls.push(district.ss.operate(SQUAD, &space(SpaceKind::Protected)));
        rolls.extend(bring(&mut district.ss, SQUAD, &district.head, Role::Head));
        rolls.extend(bring(&mut district.head, SQUAD, &district.vol, Role::Vol));
        district.rolls = rolls;
        district
    }

    pub(crate) fn territory(&self) -> SpaceId {
        SpaceId::of_territory(&self.root.id())
    }

    pub(crate) fn relay(&self) -> Relay {
        Relay::open_in_memory(&[self.root.id()], &mut chance(50)).unwrap()
    }

    /// A relay that has all rolls.
    pub(crate) fn founded(&mut self) -> Relay {
        let mut relay = self.relay();
        self.bring_rolls(&mut relay);
        relay
    }

    pub(crate) fn bring_rolls(&mut self, relay: &mut Relay) {
        let reply = sync(relay, &mut self.root, &self.rolls);
        assert_eq!(reply.refused, [], "each is explained by those before it");
    }
}

/// Invites a device, lets it ask and adds it: three envelopes, the second of the invite's key.
pub(crate) fn bring(by: &mut Device, roll: SpaceId, device: &Device, role: Role) -> [Envelope; 3] {
    let mut key = Device::new(100 + device.seed);
    let invited = by.operate(roll, &invite(&key, role));
    let asked = key.operate(roll, &join(&key, by, device));
    [invited, asked, by.operate(roll, &add(device, role, Some(&key)))]
}

fn office_of(role: Role) -> Option<OfficeId> {
    (!role.is_of_a_squad()).then_some(SUBDIVISION)
}

pub(crate) fn add(device: &Device, role: Role, invite: Option<&Device>) -> Operation {
    let (office, invite) = (office_of(role), invite.map(Device::invite_key));
    let (device, nonce) = (device.keys.public(), [device.seed; 16]);
    Operation::Add { device, nonce, role, office, invite, head: None }
}

/// A space of a kind. Every maker makes one of each, so the kind is nonce enough.
pub(crate) fn space(kind: SpaceKind) -> Operation {
    let epoch = (!kind.is_roll()).then(|| *epoch().public().key());
    Operation::Space { nonce: nonce(kind), kind, season: Season(2026), offices: vec![SUBDIVISION], epoch }
}

fn nonce(kind: SpaceKind) -> [u8; 16] {
    [kind as u8; 16]
}

/// The space of a kind that a device makes in a roll.
pub(crate) fn made_by(device: &Device, roll: SpaceId, kind: SpaceKind) -> SpaceId {
    SpaceId::derive(&roll, &device.id(), &nonce(kind))
}

pub(crate) fn invite(key: &Device, role: Role) -> Operation {
    Operation::Invite { key: key.invite_key(), role, office: office_of(role), expires_at_ms: 0 }
}

pub(crate) fn join(invite: &Device, inviter: &Device, joiner: &Device) -> Operation {
    Operation::Join(Join::make(invite.invite_key(), inviter.id(), 0, &joiner.keys))
}

/// The key of nobody here.
pub(crate) fn strangers_key() -> SigningKey {
    SigningKey::make(&mut chance(1_000))
}
