//! Operations: the statements that membership is made of.
//!
//! Encoded as CBOR arrays (RFC 8949) by position, so that a newer program may append fields. An operation of a newer
//! program is kept and carried; it does not count here until the program is renewed. There is one encoding of each, and the
//! others are refused: what two programs read differently would count differently.

use minicbor::{Decode, Encode};

use super::cut::{Cut, CutHead};
use super::invite::Join;
use super::role::{Role, Season, SpaceKind};
use super::shortest::check_shortest;
use crate::bytes::{Malformed, first_bytes};
use crate::ids::{
    DeviceId, DocumentId, EnvelopeHash, EpochId, ExchangeKey, InviteKey, JournalId, MemberId, OfficeId,
    OperationId, RootHash, Sequence, SpaceId,
};
use crate::limits::{
    ADMITTED_KEYS_MAX, CUT_HEADS_MAX, ERASED_SECTIONS_MAX, KEY_BYTES_MAX, LACK_OPERATIONS_MAX, OFFICES_MAX,
    REPLACES_MAX, SECTIONS_MAX,
};
use crate::seal::{DevicePublic, EpochPublic, SealedKey};

/// A membership operation.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Operation {
    /// Founds the territory. Only the root signs it, in the roll derived from its key.
    #[n(0)]
    Found {
        /// The key that stands beside the root, for when the root's sheets are lost, and what keys are wrapped to for it.
        #[n(0)]
        successor: DevicePublic,
        /// What the keys of spaces are wrapped to for the root.
        #[n(1)]
        recovery: ExchangeKey,
    },
    /// Makes a space, with its first epoch unless it is a roll.
    #[n(1)]
    Space {
        /// 16 random bytes. The space's id is derived from them, the roll and the signer: [`SpaceId::derive`].
        #[n(0)]
        #[cbor(with = "minicbor::bytes")]
        nonce: [u8; 16],
        /// What it is for.
        #[n(1)]
        kind: SpaceKind,
        /// Its season.
        #[n(2)]
        season: Season,
        /// The bodies whose consoles it serves.
        #[n(3)]
        offices: Vec<OfficeId>,
        /// The first epoch's public key. A roll has none.
        #[n(4)]
        epoch: Option<ExchangeKey>,
    },
    /// Lets one device join with a one-time key.
    #[n(2)]
    Invite {
        /// The one-time key's public half.
        #[n(0)]
        key: InviteKey,
        /// What the device will be.
        #[n(1)]
        role: Role,
        /// The body it belongs to, for offices.
        #[n(2)]
        office: Option<OfficeId>,
        /// When the inviter means to stop accepting it, in ms since 1970 by the inviter's clock.
        #[n(3)]
        expires_at_ms: i64,
    },
    /// A device that holds an invite's secret asks to be added. Signed by the invite key, not by a device.
    #[n(3)]
    Join(#[n(0)] Join),
    /// Adds a device, once, in one roll, with one role.
    #[n(4)]
    Add {
        /// The device.
        #[n(0)]
        device: DevicePublic,
        /// 16 random bytes for a new member, those of his first device for another one. The member's id is derived from
        /// them, the roll and who brings him: [`Bringer::member`](super::Bringer::member).
        #[n(1)]
        #[cbor(with = "minicbor::bytes")]
        nonce: [u8; 16],
        /// What it may do.
        #[n(2)]
        role: Role,
        /// The body it belongs to, for offices.
        #[n(3)]
        office: Option<OfficeId>,
        /// The adder's own invite that it came with. Only the root adds without one.
        #[n(4)]
        invite: Option<InviteKey>,
        /// The head who brought the member, where an SS adds another device of one of his. If left unset, whom the signer
        /// speaks for brings him.
        #[n(5)]
        head: Option<MemberId>,
    },
    /// Gives a space a new epoch, and the keys of the ones before it sealed to the new one.
    #[n(5)]
    Rotate {
        /// The space.
        #[n(0)]
        space: SpaceId,
        /// The new epoch's public key.
        #[n(1)]
        epoch: ExchangeKey,
        /// Epochs before, with their keys sealed to the new one.
        #[n(2)]
        parents: Vec<Parent>,
    },
    /// Gives a device the key of an epoch.
    #[n(6)]
    Wrap {
        /// The space.
        #[n(0)]
        space: SpaceId,
        /// The epoch.
        #[n(1)]
        epoch: EpochId,
        /// The device.
        #[n(2)]
        device: DeviceId,
        /// The key, sealed to the device.
        #[n(3)]
        key: SealedKey,
    },
    /// Gives a device of a squad another role from a cut on.
    #[n(7)]
    Role {
        /// The device.
        #[n(0)]
        device: DeviceId,
        /// What it may do past the cut.
        #[n(1)]
        role: Role,
        /// Up to where what it said is judged as before.
        #[n(2)]
        cut: Cut,
        /// What was said of the device before, as far as the signer knew.
        #[n(3)]
        replaces: Vec<OperationId>,
    },
    /// Removes a device for ever. What stands beyond the cut is held.
    #[n(8)]
    Remove {
        /// The device.
        #[n(0)]
        device: DeviceId,
        /// Up to where what it said stands.
        #[n(1)]
        cut: Cut,
        /// What was said of the device before, as far as the signer knew.
        #[n(2)]
        replaces: Vec<OperationId>,
    },
    /// Decides about held statements of one envelope: they count after all, or they were looked at and stay held.
    #[n(9)]
    Admit {
        /// Who said them.
        #[n(0)]
        device: DeviceId,
        /// The envelope.
        #[n(1)]
        place: Placement,
        /// The statements' keys; none: all of the envelope.
        #[n(2)]
        keys: Vec<String>,
        /// Whether they count.
        #[n(3)]
        is_admitted: bool,
        /// Decisions about the same that this one takes back.
        #[n(4)]
        replaces: Vec<OperationId>,
    },
    /// Erases a document, or attachments alone: these sections of it, all that the signer knows.
    #[n(10)]
    Erase {
        /// The space.
        #[n(0)]
        space: SpaceId,
        /// The document. Whatever else comes of it is to be erased too. If left unset, attachments are erased and no document.
        #[n(1)]
        document: Option<DocumentId>,
        /// Where its changes stand.
        #[n(2)]
        sections: Vec<SectionPlace>,
        /// The names of its attachments.
        #[n(3)]
        attachments: Vec<RootHash>,
    },
    /// Ends a space: its keys are destroyed, and what is sealed to them is dropped everywhere but where it is archived.
    #[n(11)]
    Close {
        /// The space.
        #[n(0)]
        space: SpaceId,
    },
    /// Says how far its signer holds a device's journals, for a cut that has no room for all or whose signer reads less.
    #[n(12)]
    Heads {
        /// The device.
        #[n(0)]
        device: DeviceId,
        /// The last that is held of each.
        #[n(1)]
        heads: Vec<CutHead>,
    },
    /// Says that its signer has no key of an epoch. Whoever reads the space says it, so that another gives him the key.
    #[n(13)]
    Lack {
        /// The space.
        #[n(0)]
        space: SpaceId,
        /// The epoch.
        #[n(1)]
        epoch: EpochId,
        /// The wraps, and the rotations that carry the epoch, which do not open for the signer. None: nobody gave it to him.
        #[n(2)]
        operations: Vec<OperationId>,
    },
    /// Says that its signer has obeyed operations that erase: of what they name nothing is left with him.
    #[n(14)]
    Erased {
        /// The operations.
        #[n(0)]
        operations: Vec<OperationId>,
    },
}

/// An envelope that an operation names: where it stands, and which of the two if there are two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct Placement {
    /// The space of its journal.
    #[n(0)]
    pub space: SpaceId,
    /// Its journal.
    #[n(1)]
    pub journal: JournalId,
    /// Its sequence, from 1.
    #[n(2)]
    pub sequence: Sequence,
    /// Its hash.
    #[n(3)]
    pub hash: EnvelopeHash,
}

/// A section that an operation names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
pub struct SectionPlace {
    /// The journal of its envelope; the space is the operation's.
    #[n(0)]
    pub journal: JournalId,
    /// The sequence of its envelope, from 1.
    #[n(1)]
    pub sequence: Sequence,
    /// The envelope's hash.
    #[n(2)]
    pub hash: EnvelopeHash,
    /// Its index in the envelope, from 0, sections of all kinds counted.
    #[n(3)]
    pub index: u8,
}

impl SectionPlace {
    /// The envelope that it is in.
    #[must_use]
    pub const fn envelope(&self, space: SpaceId) -> Placement {
        Placement { space, journal: self.journal, sequence: self.sequence, hash: self.hash }
    }
}

/// An earlier epoch that a rotation carries along.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Parent {
    /// The earlier epoch.
    #[n(0)]
    pub epoch: EpochId,
    /// Its key, sealed to the new epoch.
    #[n(1)]
    pub key: SealedKey,
}

/// The name of an operation, without its content. Its order is the order in which the fold takes them within a rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperationKind {
    /// [`Operation::Found`]
    Found,
    /// [`Operation::Space`] that makes a roll: before what stands in it.
    Roll,
    /// [`Operation::Space`] that makes any other space.
    Space,
    /// [`Operation::Invite`]
    Invite,
    /// [`Operation::Join`]
    Join,
    /// [`Operation::Add`]
    Add,
    /// [`Operation::Heads`]
    Heads,
    /// [`Operation::Role`]
    Role,
    /// [`Operation::Remove`]
    Remove,
    /// [`Operation::Rotate`]
    Rotate,
    /// [`Operation::Wrap`]
    Wrap,
    /// [`Operation::Admit`]
    Admit,
    /// [`Operation::Erase`]
    Erase,
    /// [`Operation::Close`]
    Close,
    /// [`Operation::Lack`]: from here on, what whoever reads a roll may say of himself.
    Lack,
    /// [`Operation::Erased`]
    Erased,
}

/// Why bytes are not an operation that this program knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OperationRefused {
    /// Not an operation, or one of a newer program.
    #[error("not an operation that this program knows")]
    Unknown,
    /// Not one CBOR item in its only form.
    #[error("not one CBOR item in its shortest form: {0}")]
    Form(#[from] Malformed),
    /// A field holds more or less than it may.
    #[error("an operation with a field that may not be so")]
    Field,
}

impl Operation {
    /// Reads an operation and checks what its types alone cannot say.
    pub fn decode(bytes: &[u8]) -> Result<Self, OperationRefused> {
        check_shortest(bytes)?;
        let operation: Self = minicbor::decode(bytes).map_err(|_| OperationRefused::Unknown)?;
        operation.check()?;
        Ok(operation)
    }

    /// Whether bytes are an operation and nothing besides, such as a field of a newer program.
    #[must_use]
    pub fn is_said_bare(bytes: &[u8]) -> bool {
        Self::decode(bytes).is_ok_and(|operation| operation.encode() == bytes)
    }

    /// The bytes that a section carries.
    #[must_use]
    #[expect(clippy::expect_used, reason = "writing to a vector cannot fail")]
    pub fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to a vector cannot fail")
    }

    /// The operation's name.
    #[must_use]
    pub const fn kind(&self) -> OperationKind {
        match self {
            Self::Found { .. } => OperationKind::Found,
            Self::Space { kind, .. } if kind.is_roll() => OperationKind::Roll,
            Self::Space { .. } => OperationKind::Space,
            Self::Invite { .. } => OperationKind::Invite,
            Self::Join(_) => OperationKind::Join,
            Self::Add { .. } => OperationKind::Add,
            Self::Rotate { .. } => OperationKind::Rotate,
            Self::Wrap { .. } => OperationKind::Wrap,
            Self::Role { .. } => OperationKind::Role,
            Self::Remove { .. } => OperationKind::Remove,
            Self::Admit { .. } => OperationKind::Admit,
            Self::Erase { .. } => OperationKind::Erase,
            Self::Erased { .. } => OperationKind::Erased,
            Self::Close { .. } => OperationKind::Close,
            Self::Heads { .. } => OperationKind::Heads,
            Self::Lack { .. } => OperationKind::Lack,
        }
    }

    /// Whether whoever reads a roll may say it there: it is about himself, and decides nothing about anybody else.
    #[must_use]
    pub fn is_of_a_reader(&self) -> bool {
        self.kind() >= OperationKind::Lack
    }

    fn check(&self) -> Result<(), OperationRefused> {
        let holds = match self {
            Self::Found { .. } | Self::Join(_) | Self::Wrap { .. } | Self::Close { .. } => true,
            Self::Space { kind, offices, epoch, .. } => {
                offices.len() <= OFFICES_MAX
                    && kind.is_roll() == epoch.is_none()
                    && *kind != SpaceKind::TerritoryRoll
            }
            Self::Invite { role, office, .. } => role.is_of_a_squad() == office.is_none(),
            Self::Add { role, office, head, .. } => {
                role.is_of_a_squad() == office.is_none() && (head.is_none() || role.is_of_a_squad())
            }
            Self::Rotate { parents, .. } => parents.len() <= OFFICES_MAX,
            Self::Role { role, cut, replaces, .. } => {
                role.is_of_a_squad() && cut.is_bounded() && replaces.len() <= REPLACES_MAX
            }
            Self::Remove { cut, replaces, .. } => cut.is_bounded() && replaces.len() <= REPLACES_MAX,
            Self::Admit { device, place, keys, replaces, .. } => {
                place.journal.is_of(device)
                    && keys.len() <= ADMITTED_KEYS_MAX
                    && keys.iter().all(|key| (1..=KEY_BYTES_MAX).contains(&key.len()))
                    && replaces.len() <= REPLACES_MAX
            }
            Self::Erase { document, sections, attachments, .. } => {
                (document.is_some() || sections.is_empty())
                    && sections.len() <= ERASED_SECTIONS_MAX
                    && attachments.len() <= ERASED_SECTIONS_MAX
                    && sections.iter().all(|section| usize::from(section.index) < SECTIONS_MAX)
            }
            Self::Erased { operations } => (1..=REPLACES_MAX).contains(&operations.len()),
            Self::Heads { device, heads } => {
                heads.len() <= CUT_HEADS_MAX && heads.iter().all(|head| head.journal.is_of(device))
            }
            Self::Lack { operations, .. } => operations.len() <= LACK_OPERATIONS_MAX,
        };
        if holds { Ok(()) } else { Err(OperationRefused::Field) }
    }
}

/// The epoch that an operation publishes.
pub(super) fn epoch_of(key: &ExchangeKey) -> EpochPublic {
    EpochPublic::new(*key)
}

/// The name of the operation at `index` of an envelope.
#[must_use]
pub fn operation_id(envelope: &EnvelopeHash, index: usize) -> OperationId {
    let index = u64::try_from(index).unwrap_or(u64::MAX);
    let place = [envelope.as_bytes().as_slice(), &index.to_be_bytes()].concat();
    OperationId::from_bytes(first_bytes(blake3::derive_key("jasaq 1 operation", &place)))
}

#[cfg(test)]
mod tests;
