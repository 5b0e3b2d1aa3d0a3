//! Operations: the statements that membership is made of.
//!
//! Encoded as CBOR arrays (RFC 8949) by position, so that a newer program may append fields. An operation of a newer
//! program is kept and carried; it does not count here until the program is renewed. There is one encoding of each, and the
//! others are refused: what two programs read differently would count differently.

use minicbor::{Decode, Encode};

use super::invite::Join;
use super::role::{Role, Season, SpaceKind};
use super::shortest::check_shortest;
use crate::bytes::{Malformed, first_bytes};
use crate::ids::{
    DeviceId, EnvelopeHash, EpochId, ExchangeKey, InviteKey, MemberId, OfficeId, OperationId, SpaceId,
};
use crate::limits::OFFICES_MAX;
use crate::seal::{DevicePublic, EpochPublic, SealedKey};

/// A membership operation.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Operation {
    /// Founds the territory. Only the root signs it, in the roll derived from its key.
    #[n(0)]
    Found {
        /// The key that takes the root's place if the root's sheets are lost.
        #[n(0)]
        successor: DeviceId,
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
        /// Whom it belongs to: a random id, never a person.
        #[n(1)]
        member: MemberId,
        /// What it may do.
        #[n(2)]
        role: Role,
        /// The body it belongs to, for offices.
        #[n(3)]
        office: Option<OfficeId>,
        /// The adder's own invite that it came with. Only the root adds without one.
        #[n(4)]
        invite: Option<InviteKey>,
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
    /// [`Operation::Rotate`]
    Rotate,
    /// [`Operation::Wrap`]
    Wrap,
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
        }
    }

    fn check(&self) -> Result<(), OperationRefused> {
        let holds = match self {
            Self::Found { .. } | Self::Join(_) | Self::Wrap { .. } => true,
            Self::Space { kind, offices, epoch, .. } => {
                offices.len() <= OFFICES_MAX
                    && kind.is_roll() == epoch.is_none()
                    && *kind != SpaceKind::TerritoryRoll
            }
            Self::Invite { role, office, .. } | Self::Add { role, office, .. } => {
                role.is_of_a_squad() == office.is_none()
            }
            Self::Rotate { parents, .. } => parents.len() <= OFFICES_MAX,
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
    OperationId::from_bytes(first_bytes(blake3::derive_key("jasaq 0 operation", &place)))
}

#[cfg(test)]
mod tests;
