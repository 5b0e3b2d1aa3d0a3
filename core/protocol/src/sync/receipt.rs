//! A receipt: the relay's signed word that it stored a frontier.

use crate::bytes::{Malformed, Reader, Writer};
use crate::ids::{DeviceId, RelayId};
use crate::journal::Frontier;
use crate::limits::FRONTIER_JOURNALS_MAX;
use crate::seal::{BadSignature, Signature, SigningKey, verify};

const TAG: &[u8; 3] = b"JQR";

/// What the relay stored of the journals that a request pushed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    device: DeviceId,
    counter: u64,
    stored: Frontier,
    signature: Signature,
}

impl Receipt {
    /// Signs a receipt as the answer to one request.
    #[must_use]
    pub fn sign(key: &SigningKey, device: DeviceId, counter: u64, stored: Frontier) -> Self {
        let unsigned = Self { device, counter, stored, signature: Signature::from_bytes([0; 64]) };
        let signature = key.sign(&unsigned.signed_bytes(&key.relay_id()));
        Self { signature, ..unsigned }
    }

    /// What is stored, once the signature shows that `relay` said so to `device` in answer to `counter`.
    pub fn verify(
        &self,
        relay: &RelayId,
        device: &DeviceId,
        counter: u64,
    ) -> Result<&Frontier, BadSignature> {
        if self.device != *device || self.counter != counter {
            return Err(BadSignature);
        }
        verify(relay.as_bytes(), &self.signed_bytes(relay), &self.signature)?;
        Ok(&self.stored)
    }

    fn write(&self, writer: &mut Writer) {
        writer.tag(TAG).raw(self.device.as_bytes()).u64(self.counter);
        self.stored.write(writer);
    }

    fn signed_bytes(&self, relay: &RelayId) -> Vec<u8> {
        Writer::form(|writer| self.write(writer), relay.as_bytes())
    }

    /// The payload of a receipt frame.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        Writer::form(|writer| self.write(writer), self.signature.as_bytes())
    }

    /// Reads what [`Receipt::encode`] wrote; nothing is proven yet.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        reader.tag(TAG)?;
        let (device, counter) = (DeviceId::from_bytes(reader.array()?), reader.u64()?);
        let stored = Frontier::read(&mut reader, FRONTIER_JOURNALS_MAX)?;
        let signature = Signature::from_bytes(reader.array()?);
        reader.finish()?;
        Ok(Self { device, counter, stored, signature })
    }
}
