//! Invariants:
//!
//! 1. What was sealed is opened, and by its own key alone.
//! 2. A stream from any step, cut into any pieces, gives every step from there on, and its name is BLAKE3 over all parts.
//! 3. One changed bit anywhere in a stream is refused before its step is given.

use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;

use super::*;
use crate::ids::{RootHash, SpaceId};
use crate::limits::{PART_BYTES, PART_CONTENT_BYTES, PART_STEPS};
use crate::seal::SigningKey;

fn key(seed: u64) -> AttachmentKey {
    AttachmentKey::make(&mut ChaCha20Rng::seed_from_u64(seed))
}

fn sealed(bytes: usize) -> SealedAttachment {
    let content: Vec<u8> = (0..bytes).map(|index| u8::try_from(index % 251).unwrap()).collect();
    seal_attachment(&key(1), &content).unwrap()
}

fn stream(attachment: &SealedAttachment, from: u64) -> Vec<u8> {
    let mut stream = Vec::new();
    for (number, part) in attachment
        .parts
        .iter()
        .enumerate()
        .skip(usize::try_from(from / PART_STEPS).unwrap())
    {
        stream.extend_from_slice(&part.proof);
        let first = from.saturating_sub(number as u64 * PART_STEPS);
        stream.extend_from_slice(&part.bytes[usize::try_from(first).unwrap() * 4_096..]);
    }
    stream
}

fn steps(came: &[Run]) -> Vec<u8> {
    came.iter().flat_map(|run| run.bytes.clone()).collect()
}

/// Around every edge of a step, a part and the tree.
const LENGTHS: [usize; 11] = [
    1,
    4_080,
    4_081,
    8_192,
    PART_CONTENT_BYTES,
    PART_CONTENT_BYTES + 1,
    2 * PART_CONTENT_BYTES,
    3 * PART_CONTENT_BYTES + 5_000,
    5 * PART_CONTENT_BYTES - 1,
    8 * PART_CONTENT_BYTES + 1,
    11 * PART_CONTENT_BYTES + 70,
];

#[test]
fn what_was_sealed_is_opened_and_its_name_is_the_hash_over_all_parts() {
    for bytes in LENGTHS {
        let attachment = sealed(bytes);
        let all: Vec<u8> = attachment.parts.iter().flat_map(|part| part.bytes.clone()).collect();
        assert_eq!(blake3::hash(&all), *attachment.name.root().as_bytes());
        assert_eq!(attachment.name.content_bytes(), bytes as u64);
        let mut opened = Vec::new();
        for (number, part) in (0..).zip(&attachment.parts) {
            opened.extend_from_slice(&open_part((&attachment.name, &key(1)), number, &part.bytes).unwrap());
        }
        assert!(opened.iter().enumerate().all(|(index, byte)| usize::from(*byte) == index % 251));
        assert_eq!(opened.len(), bytes);
    }
}

#[test]
fn a_part_opens_with_its_own_key_at_its_own_place_in_an_attachment_of_its_length() {
    let attachment = sealed(2 * PART_CONTENT_BYTES);
    let [first, second] = [0, 1].map(|index: usize| attachment.parts[index].bytes.clone());
    let open =
        |name: &AttachmentName, seed, number, bytes: &[u8]| open_part((name, &key(seed)), number, bytes);
    let refused = Err(AttachmentRefused::NotForThisKey);
    assert!(open(&attachment.name, 1, 0, &first).is_ok());
    assert_eq!(open(&attachment.name, 2, 0, &first), refused);
    assert_eq!(open(&attachment.name, 1, 1, &first), refused);
    assert_eq!(open(&attachment.name, 1, 0, &second), refused);
    let longer = AttachmentName::new(*attachment.name.root(), 3 * PART_BYTES as u64).unwrap();
    assert_eq!(open(&longer, 1, 0, &first), refused);
}

#[test]
fn a_stream_goes_on_from_every_step() {
    for bytes in LENGTHS {
        let attachment = sealed(bytes);
        let all: Vec<u8> = attachment.parts.iter().flat_map(|part| part.bytes.clone()).collect();
        for from in 0..attachment.name.steps() {
            let mut reader = PartsReader::new(attachment.name, from);
            let (came, outcome) = reader.take(&stream(&attachment, from));
            assert_eq!(outcome, Ok(()));
            assert_eq!(reader.next_step(), attachment.name.steps());
            assert!(steps(&came) == all[usize::try_from(from).unwrap() * 4_096..]);
        }
    }
}

#[test]
fn nothing_follows_the_last_step() {
    let attachment = sealed(5_000);
    let mut reader = PartsReader::new(attachment.name, 0);
    let longer = [stream(&attachment, 0), vec![0]].concat();
    assert_eq!(reader.take(&longer).1, Err(NotOfThisName));
    assert_eq!(reader.next_step(), 2, "what came before stands");
}

#[test]
fn a_name_that_no_attachment_can_have_is_refused() {
    let root = RootHash::from_bytes([1; 32]);
    let name = |bytes| AttachmentName::new(root, bytes).is_ok();
    assert!(name(17) && name(PART_BYTES as u64) && name(PART_BYTES as u64 + 17));
    for bytes in [0, 1, 16, PART_BYTES as u64 + 16, crate::limits::ATTACHMENT_BYTES_MAX + 17] {
        assert!(!name(bytes), "{bytes}");
    }
    assert_eq!(seal_attachment(&key(1), b"").err(), Some(AttachmentRefused::Empty));
}

#[test]
fn a_head_proves_who_asks_of_whom_and_its_answer_fits_it_alone() {
    let [device, relay, other] = [1, 2, 3].map(|byte| SigningKey::from_secret_bytes(&[byte; 32]));
    let name = sealed(70_000).name;
    let about = (SpaceId::from_bytes([7; 16]), name);
    let head = |nonce| PartHead::sign((&device, &relay.relay_id(), [nonce; 16]), PartVerb::Put, about, 3);
    let head = (head(1), head(2));
    assert_eq!(PartHead::decode(&head.0.encode()), Ok(head.0.clone()));
    assert!(head.0.verify(&relay.relay_id()).is_ok() && head.0.verify(&other.relay_id()).is_err());
    let answer = PartAnswer::sign(&relay, &head.0, PartStanding::Open, 9);
    assert_eq!(PartAnswer::decode(&answer.encode()), Ok(answer.clone()));
    assert_eq!(answer.encode().len(), PartAnswer::LENGTH);
    assert_eq!(answer.verify(&relay.relay_id(), &head.0), Ok((PartStanding::Open, 9)));
    assert!(answer.verify(&relay.relay_id(), &head.1).is_err(), "an old answer is not said again");
    assert!(answer.verify(&other.relay_id(), &head.0).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_stream_in_any_pieces_gives_the_same_steps(bytes in 1_usize..400_000, piece in 1_usize..9_000, from in any::<u64>()) {
        let attachment = sealed(bytes);
        let from = from % attachment.name.steps();
        let mut reader = PartsReader::new(attachment.name, from);
        let mut came = Vec::new();
        for piece in stream(&attachment, from).chunks(piece) {
            let (some, outcome) = reader.take(piece);
            prop_assert_eq!(outcome, Ok(()));
            came.extend(some);
        }
        let all: Vec<u8> = attachment.parts.iter().flat_map(|part| part.bytes.clone()).collect();
        prop_assert!(steps(&came) == all[usize::try_from(from).unwrap() * 4_096..]);
    }

    #[test]
    fn one_changed_bit_is_refused_and_none_of_its_step_is_given(bytes in 1_usize..200_000, at in any::<usize>(), bit in 0_u32..8) {
        let attachment = sealed(bytes);
        let mut stream = stream(&attachment, 0);
        let at = at % stream.len();
        stream[at] ^= 1 << bit;
        let (came, outcome) = PartsReader::new(attachment.name, 0).take(&stream);
        prop_assert_eq!(outcome, Err(NotOfThisName));
        let all: Vec<u8> = attachment.parts.iter().flat_map(|part| part.bytes.clone()).collect();
        prop_assert!(all.starts_with(&steps(&came)));
    }
}
