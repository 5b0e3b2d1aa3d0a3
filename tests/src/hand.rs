//! A member's keys, taken out of his vault: whatever a program of ours would never write can be sealed with them.

use std::path::Path;

use automerge::transaction::{CommitOptions, Transactable as _};
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc as _, ScalarValue};
use jasaq_fieldbook::protocol::ids::{JournalId, Place, RelayId, Sequence, SpaceId};
use jasaq_fieldbook::protocol::seal::{
    DeviceKeys, EnvelopeDraft, EpochKey, Link, NextPlace, Section, VerifiedEnvelope, seal,
};
use jasaq_fieldbook::protocol::sync::{Frame, FrameWriter, Head, SatchelWriter};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};

use crate::inside;

/// Seals in a journal of its own with one device's keys.
pub struct Hand {
    keys: DeviceKeys,
    territory_roll: SpaceId,
    space: SpaceId,
    epoch: Option<EpochKey>,
    next: NextPlace,
    chance: ChaCha20Rng,
    sealed: Vec<VerifiedEnvelope>,
}

impl Hand {
    /// The hand of whoever lives here, in the space of his squad's patrols.
    #[must_use]
    pub fn in_patrols(home: &Path, territory_roll: SpaceId, seed: u64) -> Self {
        let vault = inside::vault_of(home);
        let of_epoch = "SELECT space, secret FROM epochs LIMIT 1";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, [u8; 32]>(1)?));
        let (space, secret) = vault.query_row(of_epoch, [], row).unwrap();
        let epoch = EpochKey::from_secret_bytes(&secret);
        Self::new(home, (territory_roll, SpaceId::from_bytes(space), Some(epoch)), seed)
    }

    /// The same in the territory's roll, where nothing is sealed.
    #[must_use]
    pub fn in_roll(home: &Path, territory_roll: SpaceId, seed: u64) -> Self {
        Self::new(home, (territory_roll, territory_roll, None), seed)
    }

    /// The same in another space, in what needs no key.
    #[must_use]
    pub fn in_space(home: &Path, (territory_roll, space): (SpaceId, SpaceId), seed: u64) -> Self {
        Self::new(home, (territory_roll, space, None), seed)
    }

    fn new(
        home: &Path,
        (territory_roll, space, epoch): (SpaceId, SpaceId, Option<EpochKey>),
        seed: u64,
    ) -> Self {
        let keys = inside::device_keys_of(home);
        let mut chance = ChaCha20Rng::seed_from_u64(seed);
        let journal = JournalId::of_device(&keys.id(), chance.next_u64().to_be_bytes());
        let place = Place { space, journal, sequence: Sequence::FIRST };
        let next = NextPlace { place, link: Link::First(keys.id()) };
        Self { keys, territory_roll, space, epoch, next, chance, sealed: Vec::new() }
    }

    /// The journal that it writes.
    #[must_use]
    pub fn journal(&self) -> JournalId {
        self.next.place.journal
    }

    /// The space that it writes into.
    #[must_use]
    pub fn space(&self) -> SpaceId {
        self.space
    }

    /// Goes on in a new journal.
    pub fn open_journal(&mut self) {
        let journal = JournalId::of_device(&self.keys.id(), self.chance.next_u64().to_be_bytes());
        let place = Place { space: self.space, journal, sequence: Sequence::FIRST };
        self.next = NextPlace { place, link: Link::First(self.keys.id()) };
    }

    /// Seals the next envelope, and says where it stands.
    pub fn seal(&mut self, sections: &[Section]) -> Place {
        let public = self.epoch.as_ref().map(EpochKey::public);
        let draft = EnvelopeDraft { next: self.next, epoch: public.as_ref(), sections };
        let envelope = seal(&draft, &self.keys, &mut self.chance).unwrap();
        let place = envelope.place();
        let following = Place { sequence: place.sequence.next(), ..place };
        self.next = NextPlace { place: following, link: Link::After(envelope.hash()) };
        self.sealed.push(envelope);
        place
    }

    /// Everything that was sealed, as a satchel.
    #[must_use]
    pub fn satchel(&self) -> Vec<u8> {
        let mut satchel = SatchelWriter::new(self.territory_roll);
        for envelope in &self.sealed {
            satchel.envelope(envelope.place(), &envelope.to_wire(true).encode());
        }
        satchel.finish()
    }

    /// A request to a relay in the owner's name that pushes these envelopes.
    #[must_use]
    pub fn request(&self, relay: RelayId, envelopes: &[(Place, Vec<u8>)]) -> Vec<u8> {
        let mut request = FrameWriter::new();
        request.frame(&Frame::Head(Head::sign(self.keys.signing(), &relay, 1, &[])));
        for (place, wire) in envelopes {
            request.envelope(*place, wire);
        }
        request.frame(&Frame::End { more: false });
        request.take()
    }
}

/// A change that this journal's actor makes, with these statements of flat fields.
#[must_use]
pub fn change(journal: &JournalId, statements: &[(&str, &[(&str, ScalarValue)])]) -> Vec<u8> {
    let actor = [journal.as_bytes().as_slice(), &[7; 4]].concat();
    let mut document = Automerge::new().with_actor(ActorId::from(actor));
    let mut transaction = document.transaction();
    for (key, fields) in statements {
        let map = transaction.put_object(ROOT, *key, ObjType::Map).unwrap();
        for (field, value) in *fields {
            transaction.put(&map, *field, value.clone()).unwrap();
        }
    }
    let (hash, _) = transaction.commit_with(CommitOptions::default().with_time(0));
    document.get_change_by_hash(&hash.unwrap()).unwrap().raw_bytes().to_vec()
}

/// A statement's key in this journal: its first four bytes in hex, and a counter.
#[must_use]
pub fn key(journal: &JournalId, number: u32) -> String {
    let start = u128::from_be_bytes(*journal.as_bytes()) >> 96;
    format!("{start:08x}.{number}")
}
