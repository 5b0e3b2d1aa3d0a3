//! Envelopes and codes written by hand, as the page about the wire format says: what the program's own doors do not write.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hpke::aead::ExportOnlyAead;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem, OpModeS, Serializable as _};
use jasaq_fieldbook::protocol::ids::Place;
use jasaq_fieldbook::protocol::seal::{EpochPublic, SigningKey};

use super::world::chance;

/// What binds sealed sections to their place.
fn seal_info(at: &Place, epoch: &EpochPublic) -> Vec<u8> {
    let place = [at.space.as_bytes().as_slice(), at.journal.as_bytes(), &at.sequence.number().to_be_bytes()];
    [b"jasaq 1 section".as_slice(), &place.concat(), epoch.id().as_bytes()].concat()
}

/// The linked wire form of the first envelope of a journal, with one change of this content, and signed.
pub fn seal(at: &Place, epoch: &EpochPublic, signer: &SigningKey, content: &[u8]) -> Vec<u8> {
    sign(at, signer, &seal_unsigned(at, epoch, signer, content))
}

/// The same with a byte of the tag changed before it was signed.
pub fn seal_with_broken_tag(at: &Place, epoch: &EpochPublic, signer: &SigningKey, content: &[u8]) -> Vec<u8> {
    let mut wire = seal_unsigned(at, epoch, signer, content);
    let last = wire.len() - 1;
    wire[last] ^= 1;
    sign(at, signer, &wire)
}

fn seal_unsigned(at: &Place, epoch: &EpochPublic, signer: &SigningKey, content: &[u8]) -> Vec<u8> {
    let info = seal_info(at, epoch);
    let label = [info.as_slice(), &[0x81, 0, 0]].concat();
    let recipient = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(epoch.key().as_bytes()).unwrap();
    let (encapsulated, context) =
        hpke::setup_sender_with_rng::<ExportOnlyAead, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &recipient,
            &info,
            &mut chance(0xc5),
        )
        .unwrap();
    let mut key = [0; 32];
    context.export(&label, &mut key).unwrap();
    let sealed = ChaCha20Poly1305::new(&Key::from(key))
        .encrypt(&Nonce::default(), Payload { msg: content, aad: &label })
        .unwrap();
    let length = u16::try_from(sealed.len()).unwrap().to_be_bytes();
    let head = [&[0x13], [0; 64].as_slice(), &signer.verifying_bytes(), epoch.id().as_bytes()].concat();
    [&head, encapsulated.to_bytes().as_slice(), &[1, 0x81], &length, &sealed].concat()
}

/// Signs a linked, sealed wire form for this place: its signed header is made from its own bytes.
pub fn sign(at: &Place, signer: &SigningKey, wire: &[u8]) -> Vec<u8> {
    let (link, sealed_to) = (&wire[65..97], &wire[97..137]);
    let mut header = [b"JQE\x01".as_slice(), at.space.as_bytes(), at.journal.as_bytes()].concat();
    header.extend([&at.sequence.number().to_be_bytes(), link, &[1], sealed_to, &[wire[137]]].concat());
    let mut rest = &wire[138..];
    while let [kind, high, low, behind @ ..] = rest {
        let (content, next) = behind.split_at(usize::from(u16::from_be_bytes([*high, *low])));
        header.extend([*kind, *high, *low]);
        header.extend(blake3::derive_key("jasaq 1 section hash", content));
        rest = next;
    }
    let signature = signer.sign(&header);
    [&wire[..1], signature.as_bytes(), &wire[65..]].concat()
}

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The bytes of a code without its checksum.
pub fn body_of(code: &str) -> Vec<u8> {
    bytes_of(code.split_once(':').unwrap().1)
}

/// The same of a sheet's code.
pub fn bytes_of_code(code: &str) -> Vec<u8> {
    bytes_of(code.strip_prefix("jasaq-sheet:").unwrap())
}

fn bytes_of(letters: &str) -> Vec<u8> {
    let letters = letters.bytes();
    let bits = letters.flat_map(|letter| {
        let value = LETTERS.iter().position(|known| *known == letter).unwrap();
        (0..5).rev().map(move |bit| value >> bit & 1)
    });
    let bits: Vec<usize> = bits.collect();
    let bytes = bits
        .chunks_exact(8)
        .map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | bit));
    let mut bytes: Vec<u8> = bytes.map(|byte| u8::try_from(byte).unwrap()).collect();
    bytes.truncate(bytes.len() - 4);
    bytes
}

/// The code of these bytes.
pub fn code_of(body: &[u8]) -> String {
    summed("jasaq:", body, &blake3::derive_key("jasaq 1 invite checksum", body))
}

/// The code of a sheet's bytes.
pub fn sheet_code_of(bytes: &[u8]) -> String {
    summed("jasaq-sheet:", bytes, &blake3::derive_key("jasaq 1 sheet checksum", bytes))
}

fn summed(prefix: &str, body: &[u8], sum: &[u8; 32]) -> String {
    let bytes = [body, &sum[..4]].concat();
    let bits = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| usize::from(byte >> bit & 1)));
    let bits: Vec<usize> = bits.collect();
    let letters = bits.chunks(5).map(|bits| {
        let value = bits.iter().fold(0, |value, bit| value << 1 | bit) << (5 - bits.len());
        char::from(LETTERS[value])
    });
    format!("{prefix}{}", letters.collect::<String>())
}

/// The same bytes, whose last 32 are the S of a signature, with the order of Ed25519's group (RFC 8032 §5.1) added to it.
pub fn with_long_s(signed: &[u8]) -> Vec<u8> {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut long = signed.to_vec();
    let at = long.len() - 32;
    let mut carry = 0;
    for (byte, order) in long[at..].iter_mut().zip(ORDER) {
        let [high, low] = (u16::from(*byte) + u16::from(order) + carry).to_be_bytes();
        (carry, *byte) = (u16::from(high), low);
    }
    long
}
