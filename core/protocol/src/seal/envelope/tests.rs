//! The three doors, and what they refuse.
//!
//! Invariants:
//! 1. What was sealed verifies against its signer and opens with its epoch's key to the same sections.
//! 2. A changed byte anywhere in the wire form is refused at decoding, at verifying, or at opening.
//! 3. An envelope verifies at no other place than its own.
//! 4. Arbitrary bytes never panic.

use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::bytes::VERSION;
use crate::ids::{DocumentId, JournalId, SpaceId};
use crate::seal::DeviceKeys;

fn chance(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

fn place(keys: &DeviceKeys, sequence: u64) -> Place {
    Place {
        space: SpaceId::from_bytes([1; 16]),
        journal: JournalId::of_device(&keys.id(), [2; 8]),
        sequence: Sequence::new(sequence).unwrap(),
    }
}

fn change(text: &[u8]) -> Section {
    Section::Change { document: DocumentId::from_bytes([3; 16]), change: text.to_vec() }
}

struct Sealed {
    keys: DeviceKeys,
    epoch: EpochKey,
    envelope: VerifiedEnvelope,
}

fn sealed(seed: u64, sections: &[Section]) -> Sealed {
    let mut chance = chance(seed);
    let (keys, epoch) = (DeviceKeys::make(&mut chance), EpochKey::make(&mut chance));
    let next = NextPlace { place: place(&keys, 1), link: Link::First(keys.id()) };
    let public = epoch.public();
    let draft = EnvelopeDraft { next, epoch: Some(&public), sections };
    let envelope = seal(&draft, &keys, &mut chance).unwrap();
    Sealed { keys, epoch, envelope }
}

#[test]
fn a_sealed_change_costs_about_120_bytes_more_than_its_content() {
    let sections = [change(b"0123456789")];
    let wire = sealed(1, &sections).envelope.to_wire(false).encode();
    let content = sections[0].content().len();
    assert_eq!(wire.len() - content - 32, 1 + 64 + 40 + 1 + 3 + 16, "32 is the device, once a journal");
}

#[test]
fn a_draft_prints_nothing_of_what_it_will_seal() {
    let sections = [change(b"fog, 50 m")];
    let keys = DeviceKeys::make(&mut chance(5));
    let next = NextPlace { place: place(&keys, 1), link: Link::First(keys.id()) };
    let draft = EnvelopeDraft { next, epoch: None, sections: &sections };
    for printed in [format!("{draft:?}"), format!("{draft:#?}")] {
        assert!(printed.contains("Section(Change, 9 bytes)"), "{printed}");
        assert!(!printed.contains("fog") && !printed.contains(&u32::from(b'f').to_string()), "{printed}");
    }
}

#[test]
fn another_epochs_key_opens_nothing() {
    let sealed = sealed(1, &[change(b"x")]);
    let stranger = EpochKey::make(&mut chance(9));
    assert_eq!(sealed.envelope.open(&stranger), Err(NotForThisKey.into()));
}

#[test]
fn a_section_copied_from_anothers_envelope_does_not_open() {
    let victim = sealed(1, &[change(b"footprints")]);
    let thief = DeviceKeys::make(&mut chance(2));
    let mut copied = victim.envelope.envelope.clone();
    copied.header.link = Link::First(thief.id());
    copied.header.place.journal = JournalId::of_device(&thief.id(), [2; 8]);
    copied.signature = thief.signing().sign(&copied.header.signed_bytes());
    let verified = copied.verify(&thief.id()).expect("the thief signs his own header");
    assert_eq!(verified.open(&victim.epoch), Err(NotForThisKey.into()));
}

#[test]
fn nobody_writes_under_a_journal_that_he_has_seen() {
    let victim = sealed(1, &[change(b"footprints")]);
    let thief = DeviceKeys::make(&mut chance(2));
    let mut taken = victim.envelope.envelope.clone();
    taken.header.link = Link::First(thief.id());
    taken.signature = thief.signing().sign(&taken.header.signed_bytes());
    assert_eq!(taken.verify(&thief.id()), Err(EnvelopeRefused::Journal));
    let next = NextPlace { place: victim.envelope.place(), link: Link::First(thief.id()) };
    let draft = EnvelopeDraft { next, epoch: None, sections: &[Section::Operation(b"op".to_vec())] };
    assert_eq!(seal(&draft, &thief, &mut chance(3)), Err(SealRefused::Journal));
}

#[test]
fn a_readable_section_needs_no_epoch_and_a_sealed_one_does() {
    let mut chance = chance(4);
    let keys = DeviceKeys::make(&mut chance);
    let next = NextPlace { place: place(&keys, 1), link: Link::First(keys.id()) };
    let operation = [Section::Operation(b"op".to_vec())];
    let draft = EnvelopeDraft { next, epoch: None, sections: &operation };
    let envelope = seal(&draft, &keys, &mut chance).unwrap();
    assert_eq!(envelope.readable().map(|(_, _, bytes)| bytes).collect::<Vec<_>>(), [b"op"]);
    let draft = EnvelopeDraft { next, epoch: None, sections: &[change(b"x")] };
    assert_eq!(seal(&draft, &keys, &mut chance), Err(SealRefused::Epoch));
    assert_eq!(
        seal(&EnvelopeDraft { sections: &[], ..draft }, &keys, &mut chance),
        Err(SealRefused::Sections)
    );
}

#[test]
fn what_does_not_fit_is_refused_with_its_length() {
    let mut chance = chance(4);
    let keys = DeviceKeys::make(&mut chance);
    let mut noise = vec![0; ENVELOPE_BYTES_MAX];
    rand_chacha::rand_core::Rng::fill_bytes(&mut chance, &mut noise);
    let next = NextPlace { place: place(&keys, 1), link: Link::First(keys.id()) };
    let epoch = EpochKey::make(&mut chance).public();
    let draft = EnvelopeDraft { next, epoch: Some(&epoch), sections: &[change(&noise)] };
    assert!(matches!(seal(&draft, &keys, &mut chance), Err(SealRefused::TooLong { bytes }) if bytes > 4_096));
}

/// Sent, received and verified again.
fn passed_on(envelope: &VerifiedEnvelope, keys: &DeviceKeys) -> VerifiedEnvelope {
    let wire = envelope.to_wire(false).encode();
    let decoded = WireEnvelope::decode(&wire).unwrap();
    assert_eq!(decoded.encode(), wire);
    decoded.at(place(keys, 1), Link::First(keys.id())).verify(&keys.id()).unwrap()
}

#[test]
fn an_erased_section_leaves_signature_hash_and_its_neighbours_as_they_were() {
    let ack = Section::Ack(b"ack".to_vec());
    let sealed = sealed(1, &[change(b"his name"), ack, change(b"fog")]);
    let erased = sealed.envelope.clone().erase([0, 1, 7].into_iter().collect());
    assert_eq!(erased.erased().iter().collect::<Vec<_>>(), [0], "what all may read stays, and 7 it has not");
    let received = passed_on(&erased, &sealed.keys);
    assert_eq!((received.hash(), &received), (sealed.envelope.hash(), &erased));
    let opened = received.open(&sealed.epoch).unwrap();
    assert_eq!(
        opened
            .iter()
            .map(|section| (section.index, section.change.as_slice()))
            .collect::<Vec<_>>(),
        [(2, &b"fog"[..])]
    );
    assert_eq!(received.readable().count(), 1);
}

#[test]
fn the_running_hash_does_not_see_that_something_was_erased_before_or_after() {
    let sealed = sealed(1, &[change(b"his name"), change(b"hers"), change(b"fog")]);
    let digest =
        |envelope: &VerifiedEnvelope| WireEnvelope::running_digest(&envelope.to_wire(false).encode());
    let whole = digest(&sealed.envelope);
    let once = sealed.envelope.clone().erase([0].into_iter().collect());
    let twice = once.clone().erase([1].into_iter().collect());
    assert_eq!([digest(&once), digest(&twice)], [whole; 2]);
    assert_eq!(passed_on(&twice, &sealed.keys).erased().iter().collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn of_a_section_that_was_erased_nothing_is_left_in_the_wire_form() {
    let sealed = sealed(1, &[change(b"his name")]);
    let whole = sealed.envelope.to_wire(false).encode();
    let content = &whole[whole.len() - 30..];
    let erased = sealed.envelope.clone().erase([0].into_iter().collect()).to_wire(false).encode();
    assert!(erased.windows(8).all(|window| !content.windows(8).any(|of| of == window)));
}

#[test]
fn what_only_says_that_it_was_erased_is_refused() {
    let sealed = sealed(1, &[change(b"his name"), Section::Ack(b"ack".to_vec())]);
    let erased = sealed.envelope.clone().erase([0].into_iter().collect()).to_wire(false).encode();
    // Behind version, signature, link, epoch and encapsulation, first form and count.
    let bits = 1 + 64 + 32 + 40 + 32 + 1;
    assert_eq!(&erased[bits..bits + 2], [0, 1]);
    for wrong in [0_u16, 0b10, 0b11, 0b101] {
        let mut erased = erased.clone();
        erased[bits..bits + 2].copy_from_slice(&wrong.to_be_bytes());
        assert!(WireEnvelope::decode(&erased).is_err(), "{wrong:b}");
    }
    let mut unsealed = erased.clone();
    unsealed[0] &= !1;
    assert!(WireEnvelope::decode(&unsealed).is_err());
    let mut another = erased;
    another[bits + 2 + 3] ^= 1;
    let another = WireEnvelope::decode(&another)
        .unwrap()
        .at(place(&sealed.keys, 1), Link::First(sealed.keys.id()));
    assert!(another.verify(&sealed.keys.id()).is_err(), "its hash is another content's");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_sealed_verifies_and_opens_to_the_same(seed: u64, texts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 1..5)) {
        let sections: Vec<_> = texts.iter().map(|text| change(text)).collect();
        let sealed = sealed(seed, &sections);
        let wire = sealed.envelope.to_wire(false).encode();
        let decoded = WireEnvelope::decode(&wire).unwrap();
        let link = decoded.link_at(Sequence::FIRST).unwrap();
        let verified = decoded.at(place(&sealed.keys, 1), link).verify(&sealed.keys.id()).unwrap();
        prop_assert_eq!(&verified, &sealed.envelope);
        let opened = verified.open(&sealed.epoch).unwrap();
        prop_assert_eq!(opened.into_iter().map(|section| section.change).collect::<Vec<_>>(), texts);
    }

    #[test]
    fn a_changed_byte_is_refused(seed in 0..8_u64, at: prop::sample::Index, flip in 1..=255_u8) {
        let sealed = sealed(seed, &[change("көрші ауыл".as_bytes())]);
        let mut wire = sealed.envelope.to_wire(false).encode();
        let at = at.index(wire.len());
        wire[at] ^= flip;
        let accepted = WireEnvelope::decode(&wire).ok().and_then(|decoded| {
            let link = decoded.link_at(Sequence::FIRST)?;
            decoded.at(place(&sealed.keys, 1), link).verify(&sealed.keys.id()).ok()
        });
        prop_assert!(accepted.is_none());
    }

    #[test]
    fn an_envelope_verifies_at_no_other_place(seed in 0..8_u64, nonce: [u8; 8], space: [u8; 16], sequence in 1..9_u64) {
        let sealed = sealed(seed, &[change(b"x")]);
        let journal = JournalId::of_device(&sealed.keys.id(), nonce);
        let elsewhere = Place { space: SpaceId::from_bytes(space), journal, sequence: Sequence::new(sequence).unwrap() };
        prop_assume!(elsewhere != place(&sealed.keys, 1));
        let wire = sealed.envelope.to_wire(false);
        prop_assert!(wire.at(elsewhere, Link::First(sealed.keys.id())).verify(&sealed.keys.id()).is_err());
    }

    #[test]
    fn another_version_is_told_from_what_is_no_envelope(version in (0..16_u8).prop_filter("another", |version| *version != VERSION), low in 0..16_u8, rest in prop::collection::vec(any::<u8>(), 0..200)) {
        let newer = [&[version << 4 | low], rest.as_slice()].concat();
        prop_assert_eq!(WireEnvelope::decode(&newer), Err(Malformed::Newer));
    }

    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(decoded) = WireEnvelope::decode(&bytes) {
            prop_assert_eq!(decoded.encode(), bytes);
        }
    }
}
