//! `COSE_Sign1` (RFC 9052 §4.2) in the one form that we write.
//!
//! ```text
//! 18( [ << { 1: -8, 4: kid } >>, {}, payload, signature ] )        kid: the first 8 bytes of the signer's key
//! signed: [ "Signature1", << { 1: -8, 4: kid } >>, what it is, payload ]
//! ```
//!
//! Why not the `coset` crate: it reads every form of every message of COSE, in any encoding, and all that it adds would have
//! to be forbidden again one by one. One form is forty lines over the CBOR that is in the build already.

use jasaq_protocol::ids::DeviceId;
use jasaq_protocol::seal::{Signature, SigningKey, verify};
use minicbor::data::{Int, Tag, Type};
use minicbor::{Decoder, Encoder};

/// `COSE_Sign1`'s tag.
const SIGN1: u64 = 18;
/// Names of header fields, and of the only algorithm: `EdDSA` with Ed25519 (RFC 9053 §2.2).
const ALGORITHM: u8 = 1;
const KEY_ID: u8 = 4;
const EDDSA: i8 = -8;

/// The first bytes of a signer's key: which of a list's keys to try.
pub(super) type KeyId = [u8; 8];

/// What is signed: a signature over one thing is none over another.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject {
    Certificate,
    TrustList,
}

impl Subject {
    const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Certificate => b"jasaq 1 certificate",
            Self::TrustList => b"jasaq 1 trust list",
        }
    }
}

/// Why bytes are no signed message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum CoseRefused {
    #[error("not a COSE_Sign1 message")]
    NotSigned,
    #[error("the algorithm is not EdDSA")]
    Algorithm,
    #[error("not in its only form")]
    NotCanonical,
}

impl From<minicbor::decode::Error> for CoseRefused {
    fn from(_: minicbor::decode::Error) -> Self {
        Self::NotSigned
    }
}

/// A signed message. Whose signature it is was not checked yet.
#[derive(Debug)]
pub(super) struct Signed<'a> {
    pub(super) key_id: KeyId,
    pub(super) payload: &'a [u8],
    signature: Signature,
}

/// Encodes into memory, where nothing can fail.
#[expect(clippy::expect_used, reason = "a vector takes what is written to it")]
pub(super) fn encoded(
    write: impl FnOnce(&mut Encoder<Vec<u8>>) -> Result<(), minicbor::encode::Error<std::convert::Infallible>>,
) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    write(&mut encoder).expect("a vector takes every byte");
    encoder.into_writer()
}

/// The first bytes of a key.
pub(super) fn key_id_of(key: &DeviceId) -> KeyId {
    let mut id = KeyId::default();
    id.iter_mut().zip(key.as_bytes()).for_each(|(id, byte)| *id = *byte);
    id
}

fn protected_header(key_id: KeyId) -> Vec<u8> {
    encoded(|e| e.map(2)?.u8(ALGORITHM)?.i8(EDDSA)?.u8(KEY_ID)?.bytes(&key_id)?.ok())
}

fn signed_bytes(subject: Subject, key_id: KeyId, payload: &[u8]) -> Vec<u8> {
    let header = protected_header(key_id);
    encoded(|e| {
        e.array(4)?
            .str("Signature1")?
            .bytes(&header)?
            .bytes(subject.bytes())?
            .bytes(payload)?
            .ok()
    })
}

/// Signs a payload as what it is.
pub(super) fn sign(subject: Subject, payload: &[u8], key: &SigningKey) -> Vec<u8> {
    let key_id = key_id_of(&key.device_id());
    let signature = key.sign(&signed_bytes(subject, key_id, payload));
    Signed { key_id, payload, signature }.encode()
}

impl<'a> Signed<'a> {
    /// Reads a message in its only form.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, CoseRefused> {
        let mut decoder = Decoder::new(bytes);
        if decoder.tag()? != Tag::new(SIGN1) || decoder.array()? != Some(4) {
            return Err(CoseRefused::NotSigned);
        }
        let key_id = read_header(decoder.bytes()?)?;
        if decoder.map()? != Some(0) {
            return Err(CoseRefused::NotSigned);
        }
        let payload = decoder.bytes()?;
        let signature = decoder.bytes()?.try_into().map_err(|_| CoseRefused::NotSigned)?;
        let signed = Self { key_id, payload, signature: Signature::from_bytes(signature) };
        if signed.encode() == bytes { Ok(signed) } else { Err(CoseRefused::NotCanonical) }
    }

    /// Whether this key signed it as this.
    pub(super) fn is_by(&self, key: &DeviceId, subject: Subject) -> bool {
        let signed = signed_bytes(subject, self.key_id, self.payload);
        verify(key.as_bytes(), &signed, &self.signature).is_ok()
    }

    fn encode(&self) -> Vec<u8> {
        let header = protected_header(self.key_id);
        encoded(|e| {
            e.tag(Tag::new(SIGN1))?.array(4)?.bytes(&header)?.map(0)?;
            e.bytes(self.payload)?.bytes(self.signature.as_bytes())?.ok()
        })
    }
}

fn read_header(bytes: &[u8]) -> Result<KeyId, CoseRefused> {
    let mut decoder = Decoder::new(bytes);
    let is_ours = decoder.map()? == Some(2) && decoder.u8()? == ALGORITHM;
    if !is_ours {
        return Err(CoseRefused::NotSigned);
    }
    // An algorithm may have a name of letters too.
    let is_number = !matches!(decoder.datatype()?, Type::String | Type::StringIndef);
    if !is_number || decoder.int()? != Int::from(EDDSA) {
        return Err(CoseRefused::Algorithm);
    }
    if decoder.u8()? != KEY_ID {
        return Err(CoseRefused::NotSigned);
    }
    decoder.bytes()?.try_into().map_err(|_| CoseRefused::NotSigned)
}
