//! Sealing an attachment into parts, and opening them.

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use rand_core::CryptoRng;
use zeroize::{Zeroize as _, ZeroizeOnDrop, Zeroizing};

use super::name::AttachmentName;
use super::tree::Tree;
use crate::bytes::Writer;
use crate::ids::RootHash;
use crate::limits::{ATTACHMENT_CONTENT_BYTES_MAX, PART_CONTENT_BYTES, PART_TAG_BYTES};

/// Why something was not sealed, or a part not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AttachmentRefused {
    /// There is nothing in it.
    #[error("the attachment is empty")]
    Empty,
    /// More than an attachment may have.
    #[error("an attachment has at most {ATTACHMENT_CONTENT_BYTES_MAX} bytes")]
    TooLong,
    /// Not sealed under this key, at this place, in an attachment of this length.
    #[error("the part is not of this attachment and key")]
    NotForThisKey,
}

/// The key of one attachment: who has it opens all parts of it, and of no other.
#[derive(Clone, PartialEq, Eq, ZeroizeOnDrop)]
pub struct AttachmentKey([u8; 32]);

impl AttachmentKey {
    /// A new random key.
    #[must_use]
    pub fn make(chance: &mut impl CryptoRng) -> Self {
        let mut key = [0; 32];
        chance.fill_bytes(&mut key);
        Self(key)
    }

    /// The key that a statement holds.
    #[must_use]
    pub const fn from_secret_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes that go into the statement.
    #[must_use]
    pub fn to_secret_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0)
    }

    /// The cipher of one part. Each of these keys seals one message, so the nonce is zero.
    fn cipher(&self, bytes: u64, part: u64) -> ChaCha20Poly1305 {
        let mut material = Writer::new();
        material.raw(&self.0).u64(bytes).u64(part);
        let material = Zeroizing::new(material.finish());
        let mut key = blake3::derive_key("jasaq 1 attachment part", &material);
        let cipher = ChaCha20Poly1305::new(&Key::from(key));
        key.zeroize();
        cipher
    }
}

impl std::fmt::Debug for AttachmentKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AttachmentKey(…)")
    }
}

/// One sealed part, with the proof that it belongs to its attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedPart {
    /// Leads from the values of the part's steps to the root.
    pub proof: Vec<u8>,
    /// The sealed bytes.
    pub bytes: Vec<u8>,
}

/// A whole attachment, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedAttachment {
    /// What it is called from now on.
    pub name: AttachmentName,
    /// Its parts, in their order.
    pub parts: Vec<SealedPart>,
}

/// Seals a content under a key that seals nothing else.
pub fn seal_attachment(key: &AttachmentKey, content: &[u8]) -> Result<SealedAttachment, AttachmentRefused> {
    if content.is_empty() {
        return Err(AttachmentRefused::Empty);
    }
    if content.len() as u64 > ATTACHMENT_CONTENT_BYTES_MAX {
        return Err(AttachmentRefused::TooLong);
    }
    let count = content.len().div_ceil(PART_CONTENT_BYTES);
    let bytes = (content.len() + count * PART_TAG_BYTES) as u64;
    let pieces = (0..).zip(content.chunks(PART_CONTENT_BYTES));
    let sealed: Result<Vec<_>, _> = pieces
        .map(|(number, piece)| key.cipher(bytes, number).encrypt(&Nonce::default(), piece))
        .collect();
    let sealed = sealed.map_err(|_| AttachmentRefused::TooLong)?;
    let mut hasher = blake3::Hasher::new();
    for part in &sealed {
        hasher.update(part);
    }
    let root = RootHash::from_bytes(*hasher.finalize().as_bytes());
    let name = AttachmentName::new(root, bytes).map_err(|_| AttachmentRefused::TooLong)?;
    let tree = Tree::over(sealed.iter().map(Vec::as_slice));
    let parts = (0..).zip(sealed);
    let parts = parts
        .map(|(number, bytes)| SealedPart { proof: tree.proof(number), bytes })
        .collect();
    Ok(SealedAttachment { name, parts })
}

/// Opens the part with this number, counted from 0.
pub fn open_part(
    (name, key): (&AttachmentName, &AttachmentKey),
    number: u64,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, AttachmentRefused> {
    if sealed.len() != name.part_bytes(number) {
        return Err(AttachmentRefused::NotForThisKey);
    }
    let opened = key.cipher(name.bytes(), number).decrypt(&Nonce::default(), sealed);
    opened.map(Zeroizing::new).map_err(|_| AttachmentRefused::NotForThisKey)
}
