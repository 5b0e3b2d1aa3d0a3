//! Names of things: 16 random bytes, or bytes derived from a key or a content.
//!
//! Ids carry no meaning and no personal data, so they may stand in traces. They print as lower-case hex; `Debug` prints
//! the first eight digits only.

use crate::bytes::{Malformed, first_bytes};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $length]);

        impl $name {
            /// How many bytes the id has.
            pub const LENGTH: usize = $length;

            /// The id with these bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; $length]) -> Self {
                Self(bytes)
            }

            /// The id's bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.iter().take(4).try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = Malformed;

            fn try_from(bytes: &[u8]) -> Result<Self, Malformed> {
                bytes.try_into().map(Self).map_err(|_| Malformed::Value)
            }
        }

        impl std::str::FromStr for $name {
            type Err = Malformed;

            fn from_str(text: &str) -> Result<Self, Malformed> {
                let mut bytes = [0; $length];
                if text.len() != 2 * $length || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                    return Err(Malformed::Value);
                }
                for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
                    let digits = std::str::from_utf8(digits).map_err(|_| Malformed::Value)?;
                    *byte = u8::from_str_radix(digits, 16).map_err(|_| Malformed::Value)?;
                }
                Ok(Self(bytes))
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                d.bytes()?.try_into().map(Self).map_err(|_| minicbor::decode::Error::message("id of another length"))
            }
        }
    };
}

id!(
    /// A space: an exact set of readers and a retention boundary. A roll is a space that holds only operations.
    SpaceId, 16
);
id!(
    /// One install's chain of envelopes in one space: eight random bytes, and eight that only its device's key gives.
    JournalId, 16
);
id!(
    /// Whose a device is, and never who that is: derived from who brought the member, and a nonce. A person with two devices has
    /// one member id.
    MemberId, 16
);
id!(
    /// A body that takes part: a subdivision, an akimat, a council. Random; its name is not on the wire.
    OfficeId, 16
);
id!(
    /// An Automerge document in a space.
    DocumentId, 16
);
id!(
    /// A membership operation: derived from its envelope and its place in it.
    OperationId, 16
);
id!(
    /// A device: its Ed25519 verifying key. Never used again after the device is gone.
    DeviceId, 32
);
id!(
    /// The one-time key of an invite: an Ed25519 verifying key.
    InviteKey, 32
);
id!(
    /// A relay: its Ed25519 verifying key.
    RelayId, 32
);
id!(
    /// An X25519 public key that something can be sealed to.
    ExchangeKey, 32
);
id!(
    /// One key pair of a space: the first bytes of the hash of its public key.
    EpochId, 8
);
id!(
    /// BLAKE3 over an envelope's signed header, which names every section by its hash.
    EnvelopeHash, 32
);
id!(
    /// BLAKE3 over one section as it travels.
    SectionHash, 32
);
id!(
    /// BLAKE3 over all sealed parts of an attachment, in their order: the root of the hash tree over them.
    RootHash, 32
);
id!(
    /// The first bytes of an [`EnvelopeHash`] or of a running hash: enough to notice a difference.
    HeadHash, 8
);

impl EnvelopeHash {
    /// What a frontier carries of this hash.
    #[must_use]
    pub fn head(&self) -> HeadHash {
        HeadHash(first_bytes(self.0))
    }
}

impl JournalId {
    /// A journal of `device`. Nobody else can write under its id, so to have seen an id is not to be able to use it.
    #[must_use]
    pub fn of_device(device: &DeviceId, nonce: [u8; 8]) -> Self {
        let mut bytes = [0; Self::LENGTH];
        bytes[..8].copy_from_slice(&nonce);
        bytes[8..].copy_from_slice(&journal_owner(device, nonce));
        Self(bytes)
    }

    /// Whether this journal is the device's to write.
    #[must_use]
    pub fn is_of(&self, device: &DeviceId) -> bool {
        let Some((nonce, owner)) = self.0.split_first_chunk() else { return false };
        *owner == journal_owner(device, *nonce)
    }
}

fn journal_owner(device: &DeviceId, nonce: [u8; 8]) -> [u8; 8] {
    let mut named = [0; DeviceId::LENGTH + 8];
    named[..DeviceId::LENGTH].copy_from_slice(device.as_bytes());
    named[DeviceId::LENGTH..].copy_from_slice(&nonce);
    first_bytes(blake3::derive_key("jasaq 1 journal", &named))
}

impl SpaceId {
    /// The roll of the territory that `root` founds: derived, so that nobody else can found it.
    #[must_use]
    pub fn of_territory(root: &DeviceId) -> Self {
        Self(first_bytes(blake3::derive_key("jasaq 1 territory roll", root.as_bytes())))
    }

    /// A space that `maker` makes in a roll: derived, so that nobody else can make the same.
    #[must_use]
    pub fn derive(roll: &Self, maker: &DeviceId, nonce: &[u8; 16]) -> Self {
        let bytes = [roll.as_bytes().as_slice(), maker.as_bytes(), nonce].concat();
        Self(first_bytes(blake3::derive_key("jasaq 1 space", &bytes)))
    }
}

/// A position in a journal, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sequence(u64);

impl Sequence {
    /// The first place of a journal.
    pub const FIRST: Self = Self(1);

    /// The sequence with this number; zero is none.
    pub const fn new(number: u64) -> Result<Self, Malformed> {
        if number == 0 || number > i64::MAX as u64 { Err(Malformed::Value) } else { Ok(Self(number)) }
    }

    /// The number, from 1, and small enough for a signed 64-bit column.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The place after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The place before this one, unless it is the first.
    #[must_use]
    pub const fn before(self) -> Option<Self> {
        if self.0 == 1 { None } else { Some(Self(self.0 - 1)) }
    }
}

impl<C> minicbor::Encode<C> for Sequence {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u64(self.0)?.ok()
    }
}

impl<'b, C> minicbor::Decode<'b, C> for Sequence {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Self::new(d.u64()?).map_err(|_| minicbor::decode::Error::message("a sequence out of its range"))
    }
}

impl std::fmt::Display for Sequence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Where an envelope stands: a journal of a space, and the sequence in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The space the journal belongs to.
    pub space: SpaceId,
    /// The journal.
    pub journal: JournalId,
    /// The sequence in it.
    pub sequence: Sequence,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_prints() {
        let id = DeviceId::from_bytes([0xa7; 32]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("zz".parse::<SpaceId>(), Err(Malformed::Value));
        assert_eq!("+1+1+1+1+1+1+1+1".parse::<EpochId>(), Err(Malformed::Value));
    }

    #[test]
    fn a_journal_is_its_devices_alone() {
        let [aray, bekzat] = [1, 2].map(|byte| DeviceId::from_bytes([byte; 32]));
        let journal = JournalId::of_device(&aray, [7; 8]);
        assert!(journal.is_of(&aray));
        assert!(!journal.is_of(&bekzat));
        assert_ne!(journal, JournalId::of_device(&aray, [8; 8]));
    }

    #[test]
    fn a_sequence_begins_at_one() {
        assert_eq!(Sequence::new(0), Err(Malformed::Value));
        assert_eq!(Sequence::FIRST.before(), None);
        assert_eq!(Sequence::FIRST.next().before(), Some(Sequence::FIRST));
    }
}
