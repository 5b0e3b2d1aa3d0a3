//! A district while it is made: who has which keys, what they signed, and where it stands.

use std::sync::LazyLock;

use jasaq_fieldbook::protocol::ids::{
    DeviceId, EnvelopeHash, InviteKey, JournalId, OfficeId, OperationId, Place, Sequence, SpaceId,
};
use jasaq_fieldbook::protocol::membership::{CutHead, Operation, Role, RollEntry, SpaceKind, operation_id};
use jasaq_fieldbook::protocol::seal::{DeviceKeys, EpochKey, SealedKey};

use crate::chance::Chance;

pub(super) const ROOT: usize = 0;
pub(super) const SUCCESSOR: usize = 1;
pub(super) const TS: usize = 2;
pub(super) const SS: usize = 3;
pub(super) const OTHER_SS: usize = 4;
pub(super) const LEB: usize = 5;
pub(super) const CC: usize = 6;
pub(super) const HEAD: usize = 7;
pub(super) const VOL: usize = 8;
pub(super) const OTHER_HEAD: usize = 9;
/// Volunteers, consoles and phones that may be brought or not, and one that nobody brings as what it should be.
pub(super) const DEVICES: usize = 17;
/// Phones that nobody brings at first: they may become somebody's second ones.
pub(super) const SECOND: [usize; 3] = [14, 15, 16];

/// Every key that districts have: devices, then as many invites. The same in all of them.
static KEYS: LazyLock<Vec<DeviceKeys>> = LazyLock::new(|| {
    let mut chance = Chance::of_seed(17);
    (0..2 * DEVICES).map(|_| DeviceKeys::make(chance.stream())).collect()
});

/// A sealed key: whether it opens is not asked here.
pub(super) static SEALED: LazyLock<SealedKey> = LazyLock::new(|| {
    let recipient = keys(HEAD).public().exchange;
    EPOCHS[0].wrap(territory(), &recipient, Chance::of_seed(19).stream()).unwrap()
});

/// Epochs by number.
pub(super) static EPOCHS: LazyLock<Vec<EpochKey>> = LazyLock::new(|| {
    let mut chance = Chance::of_seed(18);
    (0..8).map(|_| EpochKey::make(chance.stream())).collect()
});

/// The keys of a device, or of an invite.
pub(super) fn keys(who: usize) -> &'static DeviceKeys {
    &KEYS[who]
}

pub(super) fn id(who: usize) -> DeviceId {
    keys(who).id()
}

pub(super) fn invite_key(device: usize) -> InviteKey {
    keys(DEVICES + device).signing().invite_key()
}

pub(super) fn territory() -> SpaceId {
    SpaceId::of_territory(&id(ROOT))
}

/// The body of a console, by device: there are two bodies.
pub(super) fn office(role: Role, device: usize) -> Option<OfficeId> {
    let byte = if device == OTHER_SS { 2 } else { 1 };
    (!role.is_of_a_squad()).then_some(OfficeId::from_bytes([byte; 16]))
}

/// One envelope of a journal, whatever it holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand {
    pub(super) signer: usize,
    pub(super) place: Place,
    pub(super) hash: EnvelopeHash,
    pub(super) before: Option<EnvelopeHash>,
}

impl Stand {
    pub(super) fn head(&self) -> CutHead {
        CutHead { journal: self.place.journal, sequence: self.place.sequence, hash: self.hash }
    }
}

/// What was signed so far.
#[derive(Default)]
pub(super) struct District {
    pub(super) entries: Vec<RollEntry>,
    /// In the order of signing, so that of each journal the lower come before the higher.
    pub(super) stands: Vec<Stand>,
    /// The spaces that somebody made, whether or not that counts, with their rolls.
    pub(super) spaces: Vec<(SpaceId, SpaceKind, SpaceId)>,
    pub(super) made: Vec<&'static str>,
}

impl District {
    /// Signs an operation in a roll: mostly behind what the signer signed there last, sometimes beside it, sometimes in the
    /// same envelope.
    pub(super) fn sign(
        &mut self,
        chance: &mut Chance,
        (signer, roll): (usize, SpaceId),
        operation: &Operation,
    ) -> Option<OperationId> {
        // What cannot be read from the wire does not reach the fold.
        let operation = Operation::decode(&operation.encode()).ok()?;
        let last = self.stands.last().copied();
        let same = last.filter(|last| last.signer == signer && last.place.space == roll);
        let stand = match same {
            Some(stand) if chance.happens(15) => stand,
            _ => self.write(chance, (signer, roll)),
        };
        let index = self.entries.iter().filter(|entry| entry.hash == stand.hash).count();
        let name = operation_id(&stand.hash, index);
        if let Operation::Space { nonce, kind, .. } = &operation {
            self.spaces.push((SpaceId::derive(&roll, &id(signer), nonce), *kind, roll));
        }
        self.entries
            .push(RollEntry::new(name, (stand.place, stand.hash), id(signer), operation));
        Some(name)
    }

    /// The next envelope of a signer in a space.
    pub(super) fn write(&mut self, chance: &mut Chance, (signer, space): (usize, SpaceId)) -> Stand {
        let nonce = std::array::from_fn(|index| space.as_bytes()[index]);
        let journal = JournalId::of_device(&id(signer), nonce);
        let own: Vec<Stand> = self.stands_of(journal).copied().collect();
        let mut hash: [u8; 32] = chance.array();
        let before = if chance.happens(8) && !own.is_empty() {
            self.made.push("a journal that forks");
            let beside = own[chance.below(own.len())];
            if chance.happens(30) {
                self.made.push("two hashes that begin alike");
                hash[..8].copy_from_slice(&beside.hash.as_bytes()[..8]);
            }
            own.iter().find(|stand| Some(stand.hash) == beside.before)
        } else {
            own.last()
        };
        let sequence = before.map_or(Sequence::FIRST, |before| before.place.sequence.next());
        let before = before.map(|before| before.hash);
        let place = Place { space, journal, sequence };
        let stand = Stand { signer, place, hash: EnvelopeHash::from_bytes(hash), before };
        self.stands.push(stand);
        stand
    }

    pub(super) fn stands_of(&self, journal: JournalId) -> impl Iterator<Item = &Stand> {
        self.stands.iter().filter(move |stand| stand.place.journal == journal)
    }

    /// Any space that somebody made, the territory's roll, or one that nobody made; with its roll.
    pub(super) fn any_space(&self, chance: &mut Chance) -> (SpaceId, SpaceId) {
        match chance.below(12) {
            0 => (SpaceId::from_bytes([5; 16]), territory()),
            1 => (territory(), territory()),
            _ if self.spaces.is_empty() => (territory(), territory()),
            _ => {
                let (space, _, roll) = self.spaces[chance.below(self.spaces.len())];
                (space, roll)
            }
        }
    }

    /// A roll: mostly one of a squad.
    pub(super) fn any_roll(&self, chance: &mut Chance) -> SpaceId {
        let rolls: Vec<SpaceId> = self
            .spaces
            .iter()
            .filter(|(_, kind, _)| kind.is_roll())
            .map(|(space, ..)| *space)
            .collect();
        match chance.below(10) {
            0 => SpaceId::from_bytes([5; 16]),
            1 => self.any_space(chance).0,
            2..9 if !rolls.is_empty() => rolls[chance.below(rolls.len())],
            _ => territory(),
        }
    }
}
