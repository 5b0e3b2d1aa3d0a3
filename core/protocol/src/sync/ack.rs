//! An ack: a device's signed word that it holds a frontier. Its signature is the envelope's.

use crate::bytes::{Malformed, Reader, VERSION, Writer};
use crate::journal::Frontier;
use crate::limits::ACK_JOURNALS_MAX;

/// What a device holds of a space, and a digest of what it could open there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ack {
    /// The heads that changed since the device's last ack.
    pub heads: Frontier,
    /// [`Frontier::digest`] of everything the device holds in the space, its own journals and acks left out.
    pub frontier: [u8; 16],
    /// A digest of the documents that the device could open. Equal frontiers with unequal digests are an alarm.
    pub documents: [u8; 16],
}

impl Ack {
    /// The bytes that a section carries.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.u8(VERSION).raw(&self.frontier).raw(&self.documents);
        self.heads.write(&mut writer);
        writer.finish()
    }

    /// Reads what [`Ack::encode`] wrote.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        reader.version()?;
        let (frontier, documents) = (reader.array()?, reader.array()?);
        let heads = Frontier::read(&mut reader, ACK_JOURNALS_MAX)?;
        reader.finish()?;
        Ok(Self { heads, frontier, documents })
    }
}
