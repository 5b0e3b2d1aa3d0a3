//! Envelopes and operations.

use std::sync::LazyLock;

use jasaq_fieldbook::protocol::ids::{
    EnvelopeHash, InviteKey, JournalId, OperationId, Place, Sequence, SpaceId,
};
use jasaq_fieldbook::protocol::journal::{Neighbours, Placed, place};
use jasaq_fieldbook::protocol::limits::{
    CHANGE_BYTES_MAX, ENVELOPE_BYTES_MAX, ERASED_BYTES_MAX, SECTIONS_MAX,
};
use jasaq_fieldbook::protocol::membership::{Operation, operation_id};
use jasaq_fieldbook::protocol::seal::{
    DeviceKeys, EpochKey, Link, NextPlace, SectionKind, SectionSet, VerifiedEnvelope, WireEnvelope,
};

use super::draw::Draw;
use super::erasing::forge_and_erase;
use crate::chance::Chance;

/// A device of the targets, an epoch, and where the device writes.
pub(super) struct Writer {
    pub(super) keys: DeviceKeys,
    pub(super) epoch: EpochKey,
}

pub(super) static WRITER: LazyLock<Writer> = LazyLock::new(|| {
    let mut chance = Chance::of_seed(1);
    Writer { keys: DeviceKeys::make(chance.stream()), epoch: EpochKey::make(chance.stream()) }
});

impl Writer {
    fn next(&self, first: bool) -> NextPlace {
        let journal = JournalId::of_device(&self.keys.id(), [8; 8]);
        let space = SpaceId::from_bytes([7; 16]);
        let at = |sequence| Place { space, journal, sequence };
        if first {
            NextPlace { place: at(Sequence::FIRST), link: Link::First(self.keys.id()) }
        } else {
            let link = Link::After(EnvelopeHash::from_bytes([6; 32]));
            NextPlace { place: at(Sequence::FIRST.next()), link }
        }
    }
}

/// First byte: 0 bytes from the link, 1 the same signed again, 2 contents to seal and sign; plus 4 for a second place.
pub(super) fn feed_envelope(input: &[u8]) {
    let mut draw = Draw::new(input);
    let way = draw.byte();
    let next = WRITER.next(way & 4 == 0);
    match way & 3 {
        0 => {
            let Some(wire) = decode(draw.rest()) else { return };
            arrive(wire, &next);
        }
        1 => {
            let Some(wire) = decode(draw.rest()) else { return };
            let link_is_told = wire.link_at(next.place.sequence).is_some();
            let wire = wire.sign_again(&next, WRITER.keys.signing());
            let arrived = arrive(wire, &next);
            assert!(arrived || !link_is_told && way & 4 == 0, "what is signed as it should be verifies");
        }
        _ => feed_contents(draw, &next),
    }
}

/// Reads a wire form, and holds it to its one encoding.
fn decode(bytes: &[u8]) -> Option<WireEnvelope> {
    let wire = WireEnvelope::decode(bytes).ok()?;
    let longest = if wire.erased().is_empty() { ENVELOPE_BYTES_MAX } else { ERASED_BYTES_MAX };
    assert!(bytes.len() <= longest, "no longer than an envelope may be");
    assert_eq!(wire.encode(), bytes, "a wire form has one encoding");
    Some(wire)
}

/// It comes to its place, and is opened if it verifies.
fn arrive(wire: WireEnvelope, next: &NextPlace) -> bool {
    let previous = match next.link {
        Link::First(_) => None,
        Link::After(hash) => Some(hash),
    };
    let held = Neighbours { signer: Some(WRITER.keys.id()), previous, here: None };
    let Ok(Placed::New(envelope) | Placed::Fork(envelope)) = place(wire, next.place, &held) else {
        return false;
    };
    assert_eq!(envelope.signer(), WRITER.keys.id(), "it is the journal's device's");
    let linked = envelope.to_wire(true);
    let again = linked.at(next.place, envelope.header().link()).verify(&WRITER.keys.id());
    assert_eq!(again.map(|again| again.hash()), Ok(envelope.hash()), "with its link it is the same");
    open(&envelope);
    erase(&envelope);
    true
}

/// Some of what is sealed is erased, as its hash happens to say, and then the rest: it stays the same envelope.
fn erase(envelope: &VerifiedEnvelope) {
    let all = SectionSet::from_bits(u16::MAX);
    let [high, low, ..] = *envelope.hash().as_bytes();
    let some = envelope.clone().erase(SectionSet::from_bits(u16::from_be_bytes([high, low])));
    let (erased, digest) = (envelope.clone().erase(all), running_digest(envelope));
    assert_eq!(some.clone().erase(all), erased, "in one step or in two");
    assert_eq!(erased.clone().erase(all), erased, "once is enough");
    let is_sealed = |(index, kind): (usize, SectionKind)| kind.is_sealed().then_some(index);
    let sealed: SectionSet = envelope.header().kinds().enumerate().filter_map(is_sealed).collect();
    assert_eq!(erased.erased(), sealed, "all that is sealed is gone, and nothing else");
    for left in [some, erased] {
        assert_eq!(left.hash(), envelope.hash());
        assert_eq!(running_digest(&left), digest, "cursors hold on both sides of an erasure");
        let wire = decode(&left.to_wire(true).encode()).expect("what is left is an envelope");
        let again = wire.at(left.place(), left.header().link()).verify(&left.signer());
        assert_eq!(again.as_ref(), Ok(&left), "and the same one");
        open(&left);
    }
}

/// What the running hash takes of the relay's form.
fn running_digest(envelope: &VerifiedEnvelope) -> [u8; 32] {
    WireEnvelope::running_digest(&envelope.to_wire(false).encode())
}

fn open(envelope: &VerifiedEnvelope) {
    let kinds: Vec<SectionKind> = envelope.header().kinds().collect();
    assert!((1..=SECTIONS_MAX).contains(&kinds.len()), "as many sections as may be");
    for (index, _, content) in envelope.readable().filter(|(_, kind, _)| *kind == SectionKind::Operation) {
        check_operation(content);
        let id: OperationId = operation_id(&envelope.hash(), index);
        assert_ne!(id, operation_id(&envelope.hash(), index + 1), "an operation is named by its place");
    }
    let Ok(opened) = envelope.open(&WRITER.epoch) else { return };
    let is_left = |(index, kind): &(usize, &SectionKind)| {
        **kind == SectionKind::Change && !envelope.erased().contains(*index)
    };
    let changes = kinds.iter().enumerate().filter(is_left).count();
    assert_eq!(opened.len(), changes, "all changes that are left or none");
    for section in opened {
        assert_eq!(kinds[section.index], SectionKind::Change, "a change stands where one was sealed");
        assert!(section.change.len() + 16 <= CHANGE_BYTES_MAX, "inflated within the bound");
    }
}

/// Contents of any kind, sealed and signed as if they were right: what lies behind the seal is reached.
fn feed_contents(mut draw: Draw<'_>, next: &NextPlace) {
    let mut contents = Vec::new();
    while !draw.is_empty() && contents.len() <= SECTIONS_MAX {
        let kind = draw.byte();
        contents.push((kind, draw.piece().to_vec()));
    }
    let (epoch, mut chance, count) = (WRITER.epoch.public(), Chance::of_seed(2), contents.len());
    let forged = forge_and_erase(next, (&epoch, contents), WRITER.keys.signing(), chance.stream());
    let fits = (1..=SECTIONS_MAX).contains(&count) && forged.whole_bytes <= ENVELOPE_BYTES_MAX;
    let Some(wire) = decode(&forged.wire.encode()) else {
        return assert!(!fits, "what fits is an envelope");
    };
    assert!(fits && arrive(wire, next), "what is sealed and signed as it should be arrives");
}

/// Bytes of an operation.
pub(super) fn feed_operation(input: &[u8]) {
    check_operation(input);
}

fn check_operation(bytes: &[u8]) {
    let Ok(operation) = Operation::decode(bytes) else { return };
    let encoded = operation.encode();
    assert_eq!(Operation::decode(&encoded).as_ref(), Ok(&operation), "what is written is read alike");
    // What is longer has fields of a newer program, which are passed over.
    assert!(encoded == bytes || encoded.len() < bytes.len(), "an operation has one encoding");
    if let Operation::Join(join) = &operation {
        let key = InviteKey::from_bytes([5; 32]);
        let words = join.words(&key);
        assert!(words.are(&words.to_string()), "words are themselves");
        assert!(join.check(&key).is_err(), "nobody proved anything to this key");
    }
}
