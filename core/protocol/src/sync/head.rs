//! The signed head of a request: who asks, and from where in each space.

use crate::bytes::{Malformed, Reader, Writer, first_bytes};
use crate::ids::{DeviceId, HeadHash, RelayId, SpaceId};
use crate::limits::SPACES_MAX;
use crate::seal::{BadSignature, Signature, SigningKey, WireEnvelope, verify};

const TAG: &[u8; 3] = b"JQH";

/// A relay's running hash over the envelopes of a space in their numbers' order: `h_n = H(h_{n-1}, n, H(wire form))`,
/// of the wire form as it was before anything of it was erased.
///
/// It tells a device that the relay still has the past that the device was given. It runs over the bytes that travel, so
/// that a device goes on also behind an envelope that it cannot keep or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunningHash([u8; 32]);

impl RunningHash {
    /// Before the first envelope.
    pub const START: Self = Self([0; 32]);

    /// The running hash that was stored as these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes to store.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// After the envelope with this number, counted from 1.
    #[must_use]
    pub fn then(&self, number: u64, wire: &[u8]) -> Self {
        let mut writer = Writer::new();
        writer.raw(&self.0).u64(number).raw(&WireEnvelope::running_digest(wire));
        Self(blake3::derive_key("jasaq 1 running hash", &writer.finish()))
    }

    /// What a head carries of it.
    #[must_use]
    pub fn head(&self) -> HeadHash {
        HeadHash::from_bytes(first_bytes(self.0))
    }
}

/// How far a device has a space from this relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The space.
    pub space: SpaceId,
    /// The number of the last envelope received; 0 before the first.
    pub number: u64,
    /// The running hash there.
    pub hash: HeadHash,
}

/// A signed head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    device: DeviceId,
    counter: u64,
    cursors: Vec<Cursor>,
    signature: Signature,
}

impl Head {
    /// Signs a head for one relay. `counter` was allocated and stored before, so that no head is sent twice.
    ///
    /// Cursors beyond [`SPACES_MAX`] are left out; their spaces come with the next contact. Spaces go up in the order of their
    /// ids, each once.
    #[must_use]
    pub fn sign(key: &SigningKey, relay: &RelayId, counter: u64, cursors: &[Cursor]) -> Self {
        let mut cursors: Vec<_> = cursors.iter().take(SPACES_MAX).copied().collect();
        cursors.sort_by_key(|cursor| cursor.space);
        cursors.dedup_by_key(|cursor| cursor.space);
        let device = key.device_id();
        let unsigned = Self { device, counter, cursors, signature: Signature::from_bytes([0; 64]) };
        let signature = key.sign(&unsigned.signed_bytes(relay));
        Self { signature, ..unsigned }
    }

    /// Checks that the device signed this head for this relay.
    pub fn verify(&self, relay: &RelayId) -> Result<(), BadSignature> {
        verify(self.device.as_bytes(), &self.signed_bytes(relay), &self.signature)
    }

    /// The device that asks.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// The request's counter.
    #[must_use]
    pub fn counter(&self) -> u64 {
        self.counter
    }

    /// From where in each space it asks.
    #[must_use]
    pub fn cursors(&self) -> &[Cursor] {
        &self.cursors
    }

    fn write(&self, writer: &mut Writer) {
        writer
            .tag(TAG)
            .raw(self.device.as_bytes())
            .u64(self.counter)
            .count(self.cursors.len());
        for cursor in &self.cursors {
            writer
                .raw(cursor.space.as_bytes())
                .u64(cursor.number)
                .raw(cursor.hash.as_bytes());
        }
    }

    fn signed_bytes(&self, relay: &RelayId) -> Vec<u8> {
        Writer::form(|writer| self.write(writer), relay.as_bytes())
    }

    /// The payload of a head frame. The relay's identity is signed and not sent.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        Writer::form(|writer| self.write(writer), self.signature.as_bytes())
    }

    /// Reads what [`Head::encode`] wrote; nothing is proven yet.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        reader.tag(TAG)?;
        let (device, counter) = (DeviceId::from_bytes(reader.array()?), reader.u64()?);
        let mut cursors: Vec<Cursor> = Vec::new();
        for _ in 0..reader.count(SPACES_MAX)? {
            let space = SpaceId::from_bytes(reader.array()?);
            if cursors.last().is_some_and(|last| last.space >= space) {
                return Err(Malformed::Value);
            }
            cursors.push(Cursor {
                space,
                number: reader.u64()?,
                hash: HeadHash::from_bytes(reader.array()?),
            });
        }
        let signature = Signature::from_bytes(reader.array()?);
        reader.finish()?;
        Ok(Self { device, counter, cursors, signature })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_lists_every_space_once_and_in_order() {
        let key = SigningKey::from_secret_bytes(&[1; 32]);
        let at = |byte| Cursor {
            space: SpaceId::from_bytes([byte; 16]),
            number: u64::from(byte),
            hash: RunningHash::START.head(),
        };
        let relay = SigningKey::from_secret_bytes(&[2; 32]).relay_id();
        let head = Head::sign(&key, &relay, 1, &[at(3), at(1), at(3)]);
        assert_eq!(head.cursors(), [at(1), at(3)]);
        assert_eq!(Head::decode(&head.encode()), Ok(head.clone()));
        for cursors in [vec![at(3), at(1)], vec![at(1), at(1)]] {
            let unsorted = Head { cursors, ..head.clone() };
            assert_eq!(Head::decode(&unsorted.encode()), Err(Malformed::Value));
        }
    }
}
