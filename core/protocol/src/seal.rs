//! Keys, and the envelope with its only three doors: [`seal()`], [`Envelope::verify`], [`VerifiedEnvelope::open`].
//!
//! Promises: a [`VerifiedEnvelope`] carries its signer's signature over every byte that matters; a section opened from
//! it was sealed for exactly this space, journal, sequence, epoch, kind and index. Refuses: anything longer than
//! [`crate::limits`], weak keys, a section moved to another place, a change that inflates beyond its bound.
//!
//! One suite, no negotiation: Ed25519 (RFC 8032, strict verification), HPKE base mode with X25519, HKDF-SHA256 and
//! export only (RFC 9180 §5.3), ChaCha20-Poly1305 (RFC 8439) under a key per section, BLAKE3 for hashes.

mod compress;
mod envelope;
mod exchange;
mod frame;
mod keys;
mod section;
mod wire;

pub use compress::InflateRefused;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub use envelope::forge::forge;
pub use envelope::{
    Envelope, EnvelopeDraft, EnvelopeRefused, Header, Link, NextPlace, OpenRefused, SealRefused,
    VerifiedEnvelope, seal,
};
pub use exchange::{EpochKey, EpochPublic, NotForThisKey, SealedKey};
pub use keys::{BadSignature, DeviceKeys, DevicePublic, Signature, SigningKey, verify};
pub use section::{OpenedSection, Section, SectionKind, SectionSet};
pub use wire::WireEnvelope;
