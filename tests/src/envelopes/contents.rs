//! What random envelopes hold: operations, acks, packed changes, and all of these gone wrong.

use jasaq_fieldbook::protocol::ids::{
    DeviceId, EpochId, ExchangeKey, HeadHash, InviteKey, JournalId, MemberId, OfficeId, Sequence, SpaceId,
};
use jasaq_fieldbook::protocol::journal::{Frontier, Head};
use jasaq_fieldbook::protocol::limits::{ACK_JOURNALS_MAX, CHANGE_BYTES_MAX};
use jasaq_fieldbook::protocol::membership::{Join, Operation, Parent, Role, Season, SpaceKind};
use jasaq_fieldbook::protocol::seal::{DeviceKeys, EpochKey, SealedKey};
use jasaq_fieldbook::protocol::sync::Ack;

use crate::chance::Chance;
use zstd::zstd_safe::CParameter;

/// The bytes of the kinds that this program knows, as the page has them.
pub(crate) const OPERATION: u8 = 0x01;
pub(crate) const ACK: u8 = 0x02;
pub(crate) const CHANGE: u8 = 0x81;

/// Words as patrols write them, so that packing has something to pack.
const WORDS: [&str; 12] = [
    "тұман",
    "көріну 50 м",
    "следы",
    "у брода",
    "footprints",
    "fog",
    "бекет",
    "застава",
    "ауыл",
    "шекара",
    "snow",
    "орман",
];

/// A change's bytes: words, one byte repeated, or noise; seldom long, since most are not.
pub(crate) fn change(chance: &mut Chance) -> Vec<u8> {
    let most = chance.pick(&[20, 200, 200, 800, 3_000, CHANGE_BYTES_MAX - 16]);
    let count = chance.below(most + 1);
    match chance.below(4) {
        0 => chance.bytes(count.min(3_700)),
        1 => vec![chance.array::<1>()[0]; count],
        _ => {
            let mut text = String::new();
            while text.len() < count {
                text.push_str(chance.pick(&WORDS));
                text.push(' ');
            }
            text.into_bytes().into_iter().take(count).collect()
        }
    }
}

/// An operation as a device would write it, though none of it need be true.
pub(crate) fn operation(chance: &mut Chance, signer: &DeviceKeys) -> Operation {
    let device = DeviceId::from_bytes(chance.array());
    let role = chance.pick(&Role::ALL);
    let office = (!role.is_of_a_squad()).then(|| OfficeId::from_bytes(chance.array()));
    match chance.below(8) {
        0 => Operation::Found { successor: device },
        1 => {
            let kind = chance.pick(&SpaceKind::ALL[1..]);
            let epoch = (!kind.is_roll()).then(|| ExchangeKey::from_bytes(chance.array()));
            let offices = (0..chance.below(17)).map(|_| OfficeId::from_bytes(chance.array())).collect();
            let season = Season(chance.number().to_be_bytes()[0].into());
            Operation::Space { nonce: chance.array(), kind, season, offices, epoch }
        }
        2 => {
            let expires_at_ms = chance.number().cast_signed() >> chance.below(64);
            Operation::Invite { key: InviteKey::from_bytes(chance.array()), role, office, expires_at_ms }
        }
        3 => Operation::Join(join(chance, signer)),
        4 => {
            let invite = chance.happens(50).then(|| InviteKey::from_bytes(chance.array()));
            let device = DeviceKeys::make(chance.stream()).public();
            Operation::Add { device, member: MemberId::from_bytes(chance.array()), role, office, invite }
        }
        5 => {
            let parents = (0..chance.below(4)).map(|_| parent(chance)).collect();
            let space = SpaceId::from_bytes(chance.array());
            Operation::Rotate { space, epoch: ExchangeKey::from_bytes(chance.array()), parents }
        }
        _ => {
            let Parent { epoch, key } = parent(chance);
            Operation::Wrap { space: SpaceId::from_bytes(chance.array()), epoch, device, key }
        }
    }
}

/// A request to join with the signer's key as the invite, as it should be, or with another's, which proves nothing.
fn join(chance: &mut Chance, signer: &DeviceKeys) -> Join {
    let own = InviteKey::from_bytes(*signer.id().as_bytes());
    let invite = if chance.happens(70) { own } else { InviteKey::from_bytes(chance.array()) };
    let joiner = DeviceKeys::make(chance.stream());
    let attempt = u32::from_be_bytes(chance.array()) >> chance.below(32);
    Join::make(invite, DeviceId::from_bytes(chance.array()), attempt, &joiner)
}

fn parent(chance: &mut Chance) -> Parent {
    let (epoch, space) = (EpochKey::make(chance.stream()), SpaceId::from_bytes(chance.array()));
    let recipient = DeviceKeys::make(chance.stream()).public().exchange;
    let key: SealedKey = epoch.wrap(space, &recipient, chance.stream()).unwrap();
    Parent { epoch: EpochId::from_bytes(chance.array()), key }
}

/// An ack of some journals, at most as many as one may have.
pub(crate) fn ack(chance: &mut Chance) -> Ack {
    let most = chance.pick(&[2, 5, ACK_JOURNALS_MAX]);
    let head = |chance: &mut Chance| Head {
        sequence: Sequence::new(chance.number() >> (1 + chance.below(62)) | 1).unwrap(),
        hash: HeadHash::from_bytes(chance.array()),
    };
    let heads: Frontier = (0..chance.below(most + 1))
        .map(|_| (JournalId::from_bytes(chance.array()), head(chance)))
        .collect();
    Ack { heads, frontier: chance.array(), documents: chance.array() }
}

/// A change's content as a packer of another make would pack it.
pub(crate) fn packed(chance: &mut Chance) -> Vec<u8> {
    let document: [u8; 16] = chance.array();
    let content = [document.as_slice(), &change(chance)].concat();
    if chance.happens(40) {
        return [&[0], content.as_slice()].concat();
    }
    // A frame that was packed without the dictionary is read with it alike.
    [&[chance.pick(&[1, 2])], frame(chance, &content).as_slice()].concat()
}

/// What every zstd frame begins with, and what does not travel.
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A zstd frame without its magic number, as packers of all makes write it.
fn frame(chance: &mut Chance, content: &[u8]) -> Vec<u8> {
    let mut compressor = zstd::bulk::Compressor::new(chance.pick(&[-5, 1, 3, 9, 19])).unwrap();
    for parameter in
        [CParameter::ChecksumFlag(chance.happens(30)), CParameter::ContentSizeFlag(chance.happens(50))]
    {
        compressor.set_parameter(parameter).unwrap();
    }
    compressor.compress(content).unwrap().split_off(MAGIC.len())
}

/// A change's content that says another method, is packed wrong, or is too short or too long.
pub(crate) fn spoiled_change(chance: &mut Chance) -> Vec<u8> {
    let mut bytes = packed(chance);
    match chance.below(10) {
        0 => bytes[0] = 3 + chance.array::<1>()[0] % 250,
        1 => bytes.truncate(1 + chance.below(16)),
        2 => bytes.clear(),
        3 => {
            let long = vec![7; CHANGE_BYTES_MAX + 1 + chance.below(40_000)];
            bytes = [&[2], frame(chance, &long).as_slice()].concat();
        }
        4 => bytes = [&[1], bytes.as_slice()].concat(),
        5 => {
            let count = 1 + chance.below(8);
            bytes.extend(chance.bytes(count));
        }
        6 => bytes.truncate(bytes.len() - 1 - chance.below(3)),
        7 => drop(bytes.splice(1..1, MAGIC)),
        // A frame behind the frame, or a skippable one.
        8 => {
            let more = frame(chance, b"fog");
            let magic = if chance.happens(50) { MAGIC } else { [0x50, 0x2a, 0x4d, 0x18] };
            bytes.extend([magic.as_slice(), &more].concat());
        }
        _ => {
            let at = chance.below(bytes.len());
            bytes[at] ^= 1 << chance.below(8);
        }
    }
    bytes
}

/// An operation's bytes as nobody may write them, or as a newer program does.
pub(crate) fn spoiled_operation(chance: &mut Chance, signer: &DeviceKeys) -> Vec<u8> {
    let mut bytes = operation(chance, signer).encode();
    match chance.below(9) {
        // The kind in two bytes where one is enough.
        0 => drop(bytes.splice(1..2, [0x18, bytes[1]])),
        // A kind of a newer program.
        1 => bytes[1] = 7 + chance.array::<1>()[0] % 16,
        // One field more, of a newer program.
        2 if bytes[2] & 0x1f < 23 => {
            bytes[2] += 1;
            bytes.push(chance.pick(&[0x00, 0x17, 0x20, 0x40, 0x60, 0x80, 0xa0, 0xf4, 0xf5, 0xf6]));
        }
        // One field less.
        3 => bytes[2] = 0x80 | (bytes[2] & 0x1f).saturating_sub(1),
        // An array of indefinite length.
        4 => {
            bytes[2] = 0x9f;
            bytes.push(0xff);
        }
        5 => bytes.truncate(chance.below(bytes.len())),
        6 => {
            let count = 1 + chance.below(3);
            bytes.extend(chance.bytes(count));
        }
        7 => {
            let count = chance.below(60);
            bytes = chance.bytes(count);
        }
        _ => {
            let at = chance.below(bytes.len());
            bytes[at] ^= 1 << chance.below(8);
        }
    }
    bytes
}

/// An ack's bytes with something that is not an ack's.
pub(crate) fn spoiled_ack(chance: &mut Chance) -> Vec<u8> {
    let mut bytes = ack(chance).encode();
    match chance.below(5) {
        0 => bytes[0] = 1 + chance.array::<1>()[0] % 255,
        1 => bytes.truncate(chance.below(bytes.len())),
        2 => bytes.push(0),
        3 => bytes[34] = bytes[34].wrapping_add(1),
        _ => {
            let at = chance.below(bytes.len());
            bytes[at] ^= 1 << chance.below(8);
        }
    }
    bytes
}
