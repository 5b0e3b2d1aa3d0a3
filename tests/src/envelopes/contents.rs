//! What random envelopes hold: operations, acks, packed changes, as devices and other programs write them.

use jasaq_fieldbook::protocol::ids::{
    DeviceId, DocumentId, EnvelopeHash, EpochId, ExchangeKey, HeadHash, InviteKey, JournalId, MemberId,
    OfficeId, OperationId, RootHash, Sequence, SpaceId,
};
use jasaq_fieldbook::protocol::journal::{Frontier, Head};
use jasaq_fieldbook::protocol::limits::{
    ACK_JOURNALS_MAX, CHANGE_BYTES_MAX, CUT_HEADS_MAX, CUT_PARTS_MAX, LACK_OPERATIONS_MAX, REPLACES_MAX,
    SECTIONS_MAX,
};
use jasaq_fieldbook::protocol::membership::{
    Cut, CutHead, Join, Operation, Parent, Placement, Role, Season, SectionPlace, SpaceKind,
};
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

/// The kinds of operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Found,
    Space,
    Invite,
    Join,
    Add,
    Rotate,
    Wrap,
    Role,
    Remove,
    Admit,
    Erase,
    Close,
    Heads,
    Lack,
    Erased,
}

impl Kind {
    /// Every kind.
    pub(super) const ALL: [Self; 15] = [
        Self::Found,
        Self::Space,
        Self::Invite,
        Self::Join,
        Self::Add,
        Self::Rotate,
        Self::Wrap,
        Self::Role,
        Self::Remove,
        Self::Admit,
        Self::Erase,
        Self::Close,
        Self::Heads,
        Self::Lack,
        Self::Erased,
    ];

    /// Its number.
    pub(super) const fn number(self) -> u64 {
        self as u64
    }

    /// How many fields it has, those with it that may be absent.
    pub(super) const fn fields(self) -> usize {
        [2, 5, 4, 1, 6, 3, 4, 4, 3, 5, 4, 1, 2, 3, 1][self as usize]
    }
}

/// An operation as a device would write it, though none of it need be true.
pub(crate) fn operation(chance: &mut Chance, signer: &DeviceKeys) -> Operation {
    let kind = chance.pick(&Kind::ALL);
    operation_of(kind, chance, signer)
}

/// An operation of this kind.
pub(super) fn operation_of(kind: Kind, chance: &mut Chance, signer: &DeviceKeys) -> Operation {
    let device = DeviceId::from_bytes(chance.array());
    let role = chance.pick(&Role::ALL);
    let office = (!role.is_of_a_squad()).then(|| OfficeId::from_bytes(chance.array()));
    match kind {
        Kind::Found => Operation::Found {
            successor: DeviceKeys::make(chance.stream()).public(),
            recovery: ExchangeKey::from_bytes(chance.array()),
        },
        Kind::Space => {
            let kind = chance.pick(&SpaceKind::ALL[1..]);
            let epoch = (!kind.is_roll()).then(|| ExchangeKey::from_bytes(chance.array()));
            let offices = (0..chance.below(17)).map(|_| OfficeId::from_bytes(chance.array())).collect();
            let season = Season(chance.number().to_be_bytes()[0].into());
            Operation::Space { nonce: chance.array(), kind, season, offices, epoch }
        }
        Kind::Invite => {
            let expires_at_ms = chance.number().cast_signed() >> chance.below(64);
            Operation::Invite { key: InviteKey::from_bytes(chance.array()), role, office, expires_at_ms }
        }
        Kind::Join => Operation::Join(join(chance, signer)),
        Kind::Add => {
            let invite = chance.happens(50).then(|| InviteKey::from_bytes(chance.array()));
            let device = DeviceKeys::make(chance.stream()).public();
            let is_beside = role.is_of_a_squad() && chance.happens(30);
            let head = is_beside.then(|| MemberId::from_bytes(chance.array()));
            Operation::Add { device, nonce: chance.array(), role, office, invite, head }
        }
        Kind::Rotate => {
            let parents = (0..chance.below(4)).map(|_| parent(chance)).collect();
            let space = SpaceId::from_bytes(chance.array());
            Operation::Rotate { space, epoch: ExchangeKey::from_bytes(chance.array()), parents }
        }
        Kind::Wrap => {
            let Parent { epoch, key } = parent(chance);
            Operation::Wrap { space: SpaceId::from_bytes(chance.array()), epoch, device, key }
        }
        _ => word(kind, chance, device),
    }
}

/// What is said of a device or of a space as a whole.
fn word(kind: Kind, chance: &mut Chance, device: DeviceId) -> Operation {
    let replaces = names(chance, REPLACES_MAX);
    let space = SpaceId::from_bytes(chance.array());
    match kind {
        Kind::Role => {
            let role = chance.pick(&[Role::Head, Role::Vol, Role::Nse]);
            Operation::Role { device, role, cut: cut(chance), replaces }
        }
        Kind::Remove => Operation::Remove { device, cut: cut(chance), replaces },
        Kind::Admit => {
            let CutHead { journal, sequence, hash } = head(chance, Some(device));
            let place = Placement { space, journal, sequence, hash };
            let keys = (0..chance.below(4)).map(|_| "қ1".repeat(1 + chance.below(10))).collect();
            Operation::Admit { device, place, keys, is_admitted: chance.happens(50), replaces }
        }
        Kind::Erase => {
            let document = chance.happens(70).then(|| DocumentId::from_bytes(chance.array()));
            let count = if document.is_some() { chance.below(6) } else { 0 };
            let sections = (0..count).map(|_| section(chance)).collect();
            let attachments = (0..chance.below(4)).map(|_| RootHash::from_bytes(chance.array())).collect();
            Operation::Erase { space, document, sections, attachments }
        }
        Kind::Heads => {
            let count = count(chance, CUT_HEADS_MAX);
            Operation::Heads { device, heads: (0..count).map(|_| head(chance, Some(device))).collect() }
        }
        Kind::Erased => {
            let count = count(chance, REPLACES_MAX).max(1);
            let operations = (0..count).map(|_| OperationId::from_bytes(chance.array()));
            Operation::Erased { operations: operations.collect() }
        }
        Kind::Lack => Operation::Lack {
            space,
            epoch: EpochId::from_bytes(chance.array()),
            operations: names(chance, LACK_OPERATIONS_MAX),
        },
        _ => Operation::Close { space },
    }
}

/// Few, and seldom as many as may be.
fn count(chance: &mut Chance, most: usize) -> usize {
    if chance.happens(5) { most } else { chance.below(4) }
}

fn names(chance: &mut Chance, most: usize) -> Vec<OperationId> {
    (0..count(chance, most))
        .map(|_| OperationId::from_bytes(chance.array()))
        .collect()
}

fn cut(chance: &mut Chance) -> Cut {
    let heads = (0..count(chance, CUT_HEADS_MAX)).map(|_| head(chance, None)).collect();
    Cut { heads, parts: names(chance, CUT_PARTS_MAX) }
}

/// The last envelope of a journal: a device's, or of whomever.
fn head(chance: &mut Chance, device: Option<DeviceId>) -> CutHead {
    let journal = match device {
        Some(device) => JournalId::of_device(&device, chance.array()),
        None => JournalId::from_bytes(chance.array()),
    };
    let sequence = Sequence::new(chance.number() >> (1 + chance.below(62)) | 1).unwrap();
    CutHead { journal, sequence, hash: EnvelopeHash::from_bytes(chance.array()) }
}

fn section(chance: &mut Chance) -> SectionPlace {
    let CutHead { journal, sequence, hash } = head(chance, None);
    SectionPlace { journal, sequence, hash, index: u8::try_from(chance.below(SECTIONS_MAX)).unwrap() }
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
pub(super) const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A zstd frame without its magic number, as packers of all makes write it.
fn frame(chance: &mut Chance, content: &[u8]) -> Vec<u8> {
    let (has_checksum, has_size) = (chance.happens(30), chance.happens(50));
    frame_with(chance, content, (has_checksum, has_size))
}

/// A frame that has its checksum or not, and its content's size or not.
pub(super) fn frame_with(chance: &mut Chance, content: &[u8], has: (bool, bool)) -> Vec<u8> {
    let mut compressor = zstd::bulk::Compressor::new(chance.pick(&[-5, 1, 3, 9, 19])).unwrap();
    for parameter in [CParameter::ChecksumFlag(has.0), CParameter::ContentSizeFlag(has.1)] {
        compressor.set_parameter(parameter).unwrap();
    }
    compressor.compress(content).unwrap().split_off(MAGIC.len())
}
