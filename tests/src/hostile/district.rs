//! A small territory whose every key the targets hold, so that they can sign what its people would not.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jasaq_fieldbook::protocol::ids::{
    DeviceId, ExchangeKey, InviteKey, JournalId, OfficeId, Place, Sequence, SpaceId,
};
use jasaq_fieldbook::protocol::membership::{Join, Operation, Role, Season, SpaceKind};
use jasaq_fieldbook::protocol::seal::{
    DeviceKeys, EnvelopeDraft, EpochKey, Link, NextPlace, Section, SigningKey, VerifiedEnvelope, seal,
};
use jasaq_fieldbook::protocol::sync::{Frame, FrameWriter, Head};
use jasaq_relay::Relay;

use crate::chance::Chance;

pub(super) const OFFICE: OfficeId = OfficeId::from_bytes([0x61; 16]);

/// Who is in the district, and who is not; by place in [`District::devices`].
pub(super) const ROOT: usize = 0;
pub(super) const TS: usize = 1;
pub(super) const SS: usize = 2;
pub(super) const HEAD: usize = 3;
pub(super) const VOL: usize = 4;
/// In no roll.
pub(super) const STRANGER: usize = 5;
/// The number of devices; behind them stand as many invite keys.
pub(super) const DEVICES: usize = 6;

/// The district once: nothing in it changes.
pub(super) static DISTRICT: LazyLock<District> = LazyLock::new(District::new);

/// A territory with its offices, a squad and a volunteer.
pub(super) struct District {
    /// The devices, then the invite keys that they came with.
    pub(super) devices: Vec<DeviceKeys>,
    pub(super) territory: SpaceId,
    pub(super) squad: SpaceId,
    pub(super) patrols: SpaceId,
    pub(super) protected: SpaceId,
    /// The patrols' key.
    pub(super) epoch: EpochKey,
    /// Every operation with its signer and roll, each explained by those before it.
    pub(super) said: Vec<(usize, SpaceId, Operation)>,
    /// The same as envelopes, one for each.
    pub(super) rolls: Vec<VerifiedEnvelope>,
    /// Where each signer's journal of a space goes on.
    pub(super) ends: BTreeMap<(usize, SpaceId), NextPlace>,
}

impl District {
    fn new() -> Self {
        let mut chance = Chance::of_seed(3);
        let devices: Vec<_> = (0..2 * DEVICES).map(|_| DeviceKeys::make(chance.stream())).collect();
        let territory = SpaceId::of_territory(&devices[ROOT].id());
        let squad = SpaceId::derive(&territory, &devices[SS].id(), &nonce(SpaceKind::SquadRoll));
        let [patrols, protected] = [SpaceKind::Patrols, SpaceKind::Protected]
            .map(|kind| SpaceId::derive(&squad, &devices[SS].id(), &nonce(kind)));
        let epoch = EpochKey::make(chance.stream());
        let (said, rolls, ends) = (Vec::new(), Vec::new(), BTreeMap::new());
        let mut district = Self { devices, territory, squad, patrols, protected, epoch, said, rolls, ends };
        district.found(&mut chance);
        district
    }

    fn found(&mut self, chance: &mut Chance) {
        let (territory, squad) = (self.territory, self.squad);
        let successor = DeviceKeys::make(chance.stream()).public();
        let recovery = self.devices[ROOT].public().exchange;
        self.say(ROOT, territory, Operation::Found { successor, recovery });
        self.say(ROOT, territory, self.add(TS, Role::Ts, None));
        self.bring(TS, territory, (SS, Role::Ss));
        for (roll, kind) in
            [(territory, SpaceKind::SquadRoll), (squad, SpaceKind::Patrols), (squad, SpaceKind::Protected)]
        {
            self.say(SS, roll, self.space(kind));
        }
        self.bring(SS, squad, (HEAD, Role::Head));
        self.bring(HEAD, squad, (VOL, Role::Vol));
        for device in [HEAD, VOL] {
            let wrap = self.wrap(&self.devices[device], chance);
            self.say(SS, squad, wrap);
        }
    }

    pub(super) fn space(&self, kind: SpaceKind) -> Operation {
        let epoch: Option<ExchangeKey> = (!kind.is_roll()).then(|| *self.epoch.public().key());
        Operation::Space { nonce: nonce(kind), kind, season: Season(2026), offices: vec![OFFICE], epoch }
    }

    pub(super) fn add(&self, device: usize, role: Role, invite: Option<InviteKey>) -> Operation {
        Operation::Add {
            device: self.devices[device].public(),
            nonce: [u8::try_from(device).expect("few devices"); 16],
            role,
            office: office_of(role),
            invite,
            head: None,
        }
    }

    pub(super) fn wrap(&self, of: &DeviceKeys, chance: &mut Chance) -> Operation {
        let (device, epoch) = (of.public(), self.epoch.public().id());
        let key = self.epoch.wrap(self.patrols, &device.exchange, chance.stream());
        let key = key.expect("a device's key is a usable one");
        Operation::Wrap { space: self.patrols, epoch, device: device.id, key }
    }

    /// The key of the invite that a device came with.
    pub(super) fn invite_key(&self, device: usize) -> InviteKey {
        self.devices[DEVICES + device].signing().invite_key()
    }

    fn bring(&mut self, by: usize, roll: SpaceId, (device, role): (usize, Role)) {
        let key = self.invite_key(device);
        self.say(by, roll, Operation::Invite { key, role, office: office_of(role), expires_at_ms: 0 });
        let join = Join::make(key, self.devices[by].id(), 0, &self.devices[device]);
        self.say(DEVICES + device, roll, Operation::Join(join));
        self.say(by, roll, self.add(device, role, Some(key)));
    }

    fn say(&mut self, signer: usize, roll: SpaceId, operation: Operation) {
        let sections = [Section::Operation(operation.encode())];
        let sealed = self.seal(signer, roll, &sections);
        self.ends.insert((signer, roll), after(&sealed));
        self.rolls.push(sealed);
        self.said.push((signer, roll, operation));
    }

    /// The next envelope of a signer in a space. It is not noted: the district stays as it is.
    pub(super) fn seal(&self, signer: usize, space: SpaceId, sections: &[Section]) -> VerifiedEnvelope {
        let epoch = self.epoch.public();
        let draft = EnvelopeDraft { next: self.next(signer, space), epoch: Some(&epoch), sections };
        seal(&draft, &self.devices[signer], Chance::of_seed(4).stream()).expect("what a target seals fits")
    }

    /// Where a signer's journal of a space goes on.
    pub(super) fn next(&self, signer: usize, space: SpaceId) -> NextPlace {
        self.ends.get(&(signer, space)).copied().unwrap_or_else(|| {
            let device: DeviceId = self.devices[signer].id();
            // A journal belongs to one space.
            let nonce = std::array::from_fn(|index| space.as_bytes()[index]);
            let journal = JournalId::of_device(&device, nonce);
            NextPlace {
                place: Place { space, journal, sequence: Sequence::FIRST },
                link: Link::First(device),
            }
        })
    }

    /// Its spaces, and one that is not.
    pub(super) fn spaces(&self) -> [SpaceId; 5] {
        [self.territory, self.squad, self.patrols, self.protected, SpaceId::from_bytes([0x55; 16])]
    }

    /// The key of the district's relay.
    pub(super) fn relay_key() -> SigningKey {
        SigningKey::make(Chance::of_seed(5).stream())
    }

    /// A relay that has the rolls.
    pub(super) fn relay(&self) -> Relay {
        let roots = [self.devices[ROOT].id()];
        let mut relay = Relay::open_in_memory(&roots, Chance::of_seed(5).stream()).expect("there is memory");
        assert_eq!(relay.id(), Self::relay_key().relay_id(), "a relay's first draw is its key");
        let mut request = FrameWriter::new();
        request.frame(&Frame::Head(Head::sign(self.devices[ROOT].signing(), &relay.id(), 1, &[])));
        for envelope in &self.rolls {
            request.envelope(envelope.place(), &envelope.to_wire(false).encode());
        }
        request.frame(&Frame::End { more: false });
        let answer = relay.answer(&request.take()).expect("the district's rolls are in order");
        assert_eq!(answer.tally.stored, self.rolls.len() as u64, "and all of them count");
        relay
    }
}

/// Where the journal goes on behind an envelope.
pub(super) fn after(envelope: &VerifiedEnvelope) -> NextPlace {
    let place = envelope.place();
    NextPlace {
        place: Place { sequence: place.sequence.next(), ..place },
        link: Link::After(envelope.hash()),
    }
}

pub(super) fn office_of(role: Role) -> Option<OfficeId> {
    (!role.is_of_a_squad()).then_some(OFFICE)
}

/// Every maker makes one space of a kind, so the kind is nonce enough.
fn nonce(kind: SpaceKind) -> [u8; 16] {
    [kind as u8; 16]
}
