//! Who asks for parts or brings them, signed; and the relay's signed word on what it holds.
//!
//! ```text
//! head     tag "JQP" and version 4 · verb 1 · device 32 · space 16 · root 32 · bytes 8 · from step 8 · nonce 16
//!          · signature 64
//! answer   tag "JQQ" and version 4 · standing 1 · steps held 8 · signature 64
//! ```
//!
//! Signed is what stands before the signature, then the relay's identity; in an answer the whole head between them, so
//! that it answers this head and no other. A head is no secret and has no counter: who repeats one gets ciphertext, or
//! brings what is there already.

use super::name::AttachmentName;
use crate::bytes::{Malformed, Reader, Writer};
use crate::ids::{DeviceId, RelayId, SpaceId};
use crate::seal::{BadSignature, Signature, SigningKey, verify};

const HEAD_TAG: &[u8; 3] = b"JQP";
const ANSWER_TAG: &[u8; 3] = b"JQQ";

/// What a device wants of the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartVerb {
    /// To be given steps.
    Get,
    /// To bring steps. Bringing none asks how far the relay is.
    Put,
}

impl PartVerb {
    const fn byte(self) -> u8 {
        match self {
            Self::Get => 0,
            Self::Put => 1,
        }
    }
}

/// The signed head of a request for parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartHead {
    verb: PartVerb,
    device: DeviceId,
    space: SpaceId,
    name: AttachmentName,
    from: u64,
    nonce: [u8; 16],
    signature: Signature,
}

impl PartHead {
    /// Signs a head for one relay: of an attachment in a space, from a step on. The nonce is random.
    #[must_use]
    pub fn sign(
        (key, relay, nonce): (&SigningKey, &RelayId, [u8; 16]),
        verb: PartVerb,
        (space, name): (SpaceId, AttachmentName),
        from: u64,
    ) -> Self {
        let signature = Signature::from_bytes([0; 64]);
        let unsigned = Self { verb, device: key.device_id(), space, name, from, nonce, signature };
        let signature = key.sign(&unsigned.signed_bytes(relay));
        Self { signature, ..unsigned }
    }

    /// Checks that the device signed this head for this relay.
    pub fn verify(&self, relay: &RelayId) -> Result<(), BadSignature> {
        verify(self.device.as_bytes(), &self.signed_bytes(relay), &self.signature)
    }

    /// What it wants.
    #[must_use]
    pub fn verb(&self) -> PartVerb {
        self.verb
    }

    /// Who asks.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// The space whose readers may have the attachment.
    #[must_use]
    pub fn space(&self) -> SpaceId {
        self.space
    }

    /// Which attachment.
    #[must_use]
    pub fn name(&self) -> AttachmentName {
        self.name
    }

    /// The first step that is asked for or brought, counted from 0.
    #[must_use]
    pub fn from(&self) -> u64 {
        self.from
    }

    fn write(&self, writer: &mut Writer) {
        writer
            .tag(HEAD_TAG)
            .u8(self.verb.byte())
            .raw(self.device.as_bytes())
            .raw(self.space.as_bytes());
        self.name.write(writer);
        writer.u64(self.from).raw(&self.nonce);
    }

    fn signed_bytes(&self, relay: &RelayId) -> Vec<u8> {
        Writer::form(|writer| self.write(writer), relay.as_bytes())
    }

    /// As it is sent, in hex.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        Writer::form(|writer| self.write(writer), self.signature.as_bytes())
    }

    /// Reads what [`PartHead::encode`] wrote; nothing is proven yet.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        reader.tag(HEAD_TAG)?;
        let verb = match reader.u8()? {
            0 => PartVerb::Get,
            1 => PartVerb::Put,
            _ => return Err(Malformed::Value),
        };
        let device = DeviceId::from_bytes(reader.array()?);
        let space = SpaceId::from_bytes(reader.array()?);
        let name = AttachmentName::read(&mut reader)?;
        let (from, nonce) = (reader.u64()?, reader.array()?);
        let signature = Signature::from_bytes(reader.array()?);
        reader.finish()?;
        if from > name.steps() {
            return Err(Malformed::Value);
        }
        Ok(Self { verb, device, space, name, from, nonce, signature })
    }
}

/// How an attachment stands with a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartStanding {
    /// It may be brought and fetched.
    Open,
    /// There is no room for the rest of it.
    Quota,
    /// The device may not do this in that space.
    MayNot,
    /// The relay does not know the space or the device yet.
    NotYet,
    /// It was erased, and is not taken again.
    Erased,
    /// What was brought is not what the name says.
    Wrong,
    /// Something of a newer relay.
    Unknown(u8),
}

impl PartStanding {
    /// Its number on the wire and in a vault.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Open => 0,
            Self::Quota => 1,
            Self::MayNot => 2,
            Self::NotYet => 3,
            Self::Erased => 4,
            Self::Wrong => 5,
            Self::Unknown(code) => code,
        }
    }

    /// The standing with this number.
    #[must_use]
    pub const fn from_code(code: u8) -> Self {
        match code {
            0 => Self::Open,
            1 => Self::Quota,
            2 => Self::MayNot,
            3 => Self::NotYet,
            4 => Self::Erased,
            5 => Self::Wrong,
            other => Self::Unknown(other),
        }
    }
}

/// The relay's word on one attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartAnswer {
    standing: PartStanding,
    held: u64,
    signature: Signature,
}

impl PartAnswer {
    /// How many bytes it has.
    pub const LENGTH: usize = 4 + 1 + 8 + Signature::LENGTH;

    /// Signs an answer to this head: how the attachment stands, and how many of its steps are stored, from the first on.
    #[must_use]
    pub fn sign(key: &SigningKey, head: &PartHead, standing: PartStanding, held: u64) -> Self {
        let unsigned = Self { standing, held, signature: Signature::from_bytes([0; 64]) };
        let signature = key.sign(&unsigned.signed_bytes(head, &key.relay_id()));
        Self { signature, ..unsigned }
    }

    /// Standing and steps held, once the signature shows that `relay` said so in answer to `head`.
    pub fn verify(&self, relay: &RelayId, head: &PartHead) -> Result<(PartStanding, u64), BadSignature> {
        verify(relay.as_bytes(), &self.signed_bytes(head, relay), &self.signature)?;
        Ok((self.standing, self.held.min(head.name.steps())))
    }

    fn write(&self, writer: &mut Writer) {
        writer.tag(ANSWER_TAG).u8(self.standing.code()).u64(self.held);
    }

    fn signed_bytes(&self, head: &PartHead, relay: &RelayId) -> Vec<u8> {
        let behind = [head.encode().as_slice(), relay.as_bytes()].concat();
        Writer::form(|writer| self.write(writer), &behind)
    }

    /// As it is sent.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        Writer::form(|writer| self.write(writer), self.signature.as_bytes())
    }

    /// Reads what [`PartAnswer::encode`] wrote; nothing is proven yet.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        reader.tag(ANSWER_TAG)?;
        let standing = PartStanding::from_code(reader.u8()?);
        let held = reader.u64()?;
        let signature = Signature::from_bytes(reader.array()?);
        reader.finish()?;
        Ok(Self { standing, held, signature })
    }
}
