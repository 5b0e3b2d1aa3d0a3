//! Random envelopes as devices make them: each kind of section, with and without its link, up to the longest.

use jasaq_fieldbook::protocol::ids::{
    DeviceId, DocumentId, EnvelopeHash, JournalId, Place, Sequence, SpaceId,
};
use jasaq_fieldbook::protocol::journal::Neighbours;
use jasaq_fieldbook::protocol::limits::{ENVELOPE_BYTES_MAX, SECTIONS_MAX};
use jasaq_fieldbook::protocol::seal::{
    DeviceKeys, EnvelopeDraft, EpochKey, Link, NextPlace, SealRefused, Section, WireEnvelope, forge, seal,
};

use super::contents::{self, ACK, CHANGE, OPERATION};
use super::wrong_acks::spoiled_ack;
use super::wrong_changes::spoiled_change;
use super::wrong_operations::spoiled_operation;
use super::{Case, Form, Line, codes, erasing, satchels, spoiling, spoken, statements};
use crate::chance::Chance;

/// How many devices and epochs there are: few, so that a wrong one is at hand.
const DEVICES: usize = 6;
const EPOCHS: usize = 4;

/// Makes lines without end.
pub struct Maker {
    pub(super) chance: Chance,
    pub(super) devices: Vec<DeviceKeys>,
    pub(super) epochs: Vec<EpochKey>,
}

/// An envelope that was signed, before it travels.
pub(super) struct Signed {
    pub(super) signer: usize,
    pub(super) epoch: usize,
    pub(super) next: NextPlace,
    /// With its link.
    pub(super) wire: WireEnvelope,
}

impl Signed {
    /// The hash of its header, whatever its signature says.
    pub(super) fn hash(&self, devices: &[DeviceKeys]) -> Option<EnvelopeHash> {
        let signer = devices[self.signer].id();
        let verified = self.wire.clone().at(self.next.place, self.next.link).verify(&signer);
        verified.ok().map(|verified| verified.hash())
    }
}

impl Maker {
    /// The envelopes of this seed.
    #[must_use]
    pub fn of_seed(seed: u64) -> Self {
        let mut chance = Chance::of_seed(seed);
        let devices = (0..DEVICES).map(|_| DeviceKeys::make(chance.stream())).collect();
        let epochs = (0..EPOCHS).map(|_| EpochKey::make(chance.stream())).collect();
        Self { chance, devices, epochs }
    }

    /// The next one: as it should be or spoiled, about half and half.
    pub fn make(&mut self) -> Line {
        match self.chance.below(20) {
            0 => spoken::make_spoken(self),
            1 => satchels::make_satchel(self),
            2 => codes::make_code(&mut self.chance),
            3..7 => self.make_statement(),
            _ => {
                let case =
                    if self.chance.happens(50) { self.make_whole() } else { spoiling::make_spoiled(self) };
                Line { made: case.made.clone(), form: Form::Envelope(case) }
            }
        }
    }

    /// The next one that is a statement.
    pub fn make_statement(&mut self) -> Line {
        statements::make_statement(&mut self.chance)
    }

    fn make_whole(&mut self) -> Case {
        if self.chance.happens(15) {
            return erasing::make_erased(self);
        }
        let (made, signed) = match self.chance.below(10) {
            0 => ("valid, as long as may be", self.sign_longest()),
            1..4 => ("valid, of another packer or a newer program", self.sign_foreign()),
            _ => ("valid", self.sign()),
        };
        self.arrive(made, &signed)
    }

    /// Seals as a device does.
    pub(super) fn sign(&mut self) -> Signed {
        let (signer, next) = self.place();
        let count = match self.chance.below(4) {
            0 => 1 + self.chance.below(SECTIONS_MAX),
            _ => 1 + self.chance.below(3),
        };
        let mut sections: Vec<Section> = (0..count).map(|_| self.section(signer)).collect();
        loop {
            match self.seal(signer, next, &sections) {
                Ok(signed) => return signed,
                Err(SealRefused::TooLong { .. }) if sections.len() > 1 => drop(sections.pop()),
                Err(_) => sections = vec![self.section(signer)],
            }
        }
    }

    fn seal(&mut self, signer: usize, next: NextPlace, sections: &[Section]) -> Result<Signed, SealRefused> {
        let epoch = self.chance.below(EPOCHS);
        let public = self.epochs[epoch].public();
        let draft = EnvelopeDraft { next, epoch: Some(&public), sections };
        let sealed = seal(&draft, &self.devices[signer], self.chance.stream())?;
        Ok(Signed { signer, epoch, next, wire: sealed.to_wire(true) })
    }

    /// Fills one up to the last byte that it may have with its link.
    fn sign_longest(&mut self) -> Signed {
        let (signer, next) = self.place();
        let mut sections = vec![self.section(signer), Section::Ack(Vec::new())];
        loop {
            match self.seal(signer, next, &sections) {
                Ok(signed) => {
                    let room = ENVELOPE_BYTES_MAX - signed.wire.encode().len();
                    if room == 0 {
                        return signed;
                    }
                    sections[1] = Section::Ack(self.chance.bytes(room));
                }
                Err(_) => sections = vec![self.section(signer), Section::Ack(Vec::new())],
            }
        }
    }

    /// Kinds of a newer program among the known ones, and changes that another packer packed.
    fn sign_foreign(&mut self) -> Signed {
        let contents = (0..=self.chance.below(4))
            .map(|_| match self.chance.below(4) {
                0 => (3 + self.chance.array::<1>()[0] % 124, self.noise()),
                1 => (0x82 + self.chance.array::<1>()[0] % 126, self.noise()),
                _ => (CHANGE, contents::packed(&mut self.chance)),
            })
            .collect::<Vec<_>>();
        let signed = self.forge(&contents);
        if signed.wire.encode().len() <= ENVELOPE_BYTES_MAX { signed } else { self.sign() }
    }

    /// Signs whatever contents, sealed under their kinds.
    pub(super) fn forge(&mut self, contents: &[(u8, Vec<u8>)]) -> Signed {
        let (signer, next) = self.place();
        let epoch = self.chance.below(EPOCHS);
        let public = self.epochs[epoch].public();
        let sealed = (&public, contents);
        let wire = forge(&next, sealed, self.devices[signer].signing(), self.chance.stream()).unwrap();
        Signed { signer, epoch, next, wire }
    }

    /// A device, and where it writes next.
    fn place(&mut self) -> (usize, NextPlace) {
        let signer = self.chance.below(DEVICES);
        let device = self.devices[signer].id();
        let space = SpaceId::from_bytes(self.chance.array());
        let journal = JournalId::of_device(&device, self.chance.array());
        let number = match self.chance.below(4) {
            0 | 1 => 1,
            2 => 2 + self.chance.number() % 300,
            _ => 2 + (self.chance.number() >> 1 >> self.chance.below(63)) / 2,
        };
        let place = Place { space, journal, sequence: Sequence::new(number).unwrap() };
        let link = match number {
            1 => Link::First(device),
            _ => Link::After(EnvelopeHash::from_bytes(self.chance.array())),
        };
        (signer, NextPlace { place, link })
    }

    fn section(&mut self, signer: usize) -> Section {
        match self.chance.below(5) {
            0 | 1 => {
                let document = DocumentId::from_bytes(self.chance.array());
                Section::Change { document, change: contents::change(&mut self.chance) }
            }
            2 => Section::Ack(contents::ack(&mut self.chance).encode()),
            _ => {
                let signer = &self.devices[signer];
                Section::Operation(contents::operation(&mut self.chance, signer).encode())
            }
        }
    }

    /// One content with its kind, and what is wrong with it, if anything is.
    pub(super) fn content(&mut self, signer: usize) -> (Option<&'static str>, (u8, Vec<u8>)) {
        let Self { chance, devices, .. } = self;
        let (kind, (made, bytes)) = match chance.below(8) {
            0 => (ACK, spoiled_ack(chance)),
            1..4 => (OPERATION, spoiled_operation(chance, &devices[signer])),
            4 => return (None, (OPERATION, contents::operation(chance, &devices[signer]).encode())),
            5 => return (None, (CHANGE, contents::packed(chance))),
            _ => (CHANGE, spoiled_change(chance)),
        };
        (Some(made), (kind, bytes))
    }

    fn noise(&mut self) -> Vec<u8> {
        let count = self.chance.below(300);
        self.chance.bytes(count)
    }

    /// It travels, and its reader holds something of its journal.
    pub(super) fn arrive(&mut self, made: &'static str, signed: &Signed) -> Case {
        let Signed { epoch, next, wire, .. } = signed;
        let short = wire.clone().at(next.place, next.link).verify(&self.devices[signed.signer].id());
        let wire = match short {
            Ok(verified) if self.chance.happens(50) => verified.to_wire(false).encode(),
            _ => wire.encode(),
        };
        let held = self.held(signed);
        let secret = match self.chance.below(10) {
            0 | 1 => None,
            2 => Some(*self.epochs[self.chance.below(EPOCHS)].secret_bytes()),
            _ => Some(*self.epochs[*epoch].secret_bytes()),
        };
        Case { made: vec![made], place: next.place, wire, held, secret }
    }

    /// Mostly what lets it continue its journal; else what makes it wait, known, or a fork.
    fn held(&mut self, signed: &Signed) -> Neighbours {
        let own = self.devices[signed.signer].id();
        let mut held = Neighbours::default();
        let before = match signed.next.link {
            Link::First(_) => None,
            Link::After(hash) => Some(hash),
        };
        match self.chance.below(10) {
            0 => held.previous = before,
            1 => held.signer = Some(own),
            2 => held = Neighbours { signer: Some(own), previous: before.map(|_| self.hash()), here: None },
            _ => held = Neighbours { signer: Some(own), previous: before, here: None },
        }
        if before.is_none() && self.chance.happens(80) {
            held.signer = None;
        }
        held.here = match self.chance.below(8) {
            0 => signed.hash(&self.devices),
            1 => Some(self.hash()),
            _ => None,
        };
        held
    }

    fn hash(&mut self) -> EnvelopeHash {
        EnvelopeHash::from_bytes(self.chance.array())
    }

    /// Another device than the one that signs.
    pub(super) fn stranger(&mut self, signer: usize) -> DeviceId {
        self.devices[(signer + 1 + self.chance.below(DEVICES - 1)) % DEVICES].id()
    }
}
