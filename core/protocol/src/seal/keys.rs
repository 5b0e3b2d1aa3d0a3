//! The keys of a device, of an invite, of a relay: who signs.
//!
//! Secrets never print, are wiped when dropped, and leave only through methods named `to_secret_bytes`.

use ed25519_dalek::{Signer as _, VerifyingKey};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::exchange::ExchangeSecret;
use crate::ids::{DeviceId, ExchangeKey, InviteKey, RelayId};

/// A signature that does not fit its bytes and its signer, or a signer's key that is not a safe one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature is not the signer's")]
pub struct BadSignature;

/// An Ed25519 signature.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signature([u8; 64]);

impl Signature {
    /// How many bytes a signature has.
    pub const LENGTH: usize = 64;

    /// The signature with these bytes; whether it is anybody's is for [`verify`] to say.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// The signature's bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

impl std::fmt::Debug for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signature(…)")
    }
}

/// Checks a signature strictly (RFC 8032 with small-order keys refused): one message, one signer, no second reading.
pub fn verify(signer: &[u8; 32], message: &[u8], signature: &Signature) -> Result<(), BadSignature> {
    let key = VerifyingKey::from_bytes(signer).map_err(|_| BadSignature)?;
    let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
    key.verify_strict(message, &signature).map_err(|_| BadSignature)
}

/// A key that signs: of a device, an invite, a relay, or the root. It lies in a box, because what is moved leaves a copy where
/// it was.
pub struct SigningKey(Box<ed25519_dalek::SigningKey>);

impl SigningKey {
    /// A new random key.
    #[must_use]
    pub fn make(chance: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        chance.fill_bytes(seed.as_mut());
        Self::from_secret_bytes(&seed)
    }

    /// The key that was stored as these bytes.
    #[must_use]
    pub fn from_secret_bytes(seed: &[u8; 32]) -> Self {
        Self(Box::new(ed25519_dalek::SigningKey::from_bytes(seed)))
    }

    /// The bytes to store where secrets are kept.
    #[must_use]
    pub fn to_secret_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The verifying key, as bytes.
    #[must_use]
    pub fn verifying_bytes(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// This key as a device's name.
    #[must_use]
    pub fn device_id(&self) -> DeviceId {
        DeviceId::from_bytes(self.verifying_bytes())
    }

    /// This key as an invite's name.
    #[must_use]
    pub fn invite_key(&self) -> InviteKey {
        InviteKey::from_bytes(self.verifying_bytes())
    }

    /// This key as a relay's name.
    #[must_use]
    pub fn relay_id(&self) -> RelayId {
        RelayId::from_bytes(self.verifying_bytes())
    }

    /// Signs bytes that begin with a domain tag of their own.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
    }
}

impl AsRef<Self> for SigningKey {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

/// The two public keys of a device: who it is, and what can be sealed to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, minicbor::Encode, minicbor::Decode)]
pub struct DevicePublic {
    /// Its verifying key, which is its name.
    #[n(0)]
    pub id: DeviceId,
    /// The key that epoch keys are wrapped to.
    #[n(1)]
    pub exchange: ExchangeKey,
}

/// The two secret keys of a device. They are made on it and never leave it.
#[derive(Debug)]
pub struct DeviceKeys {
    signing: SigningKey,
    exchange: ExchangeSecret,
}

impl DeviceKeys {
    /// New random keys.
    #[must_use]
    pub fn make(chance: &mut impl CryptoRng) -> Self {
        Self { signing: SigningKey::make(chance), exchange: ExchangeSecret::make(chance) }
    }

    /// The keys of whoever holds a root's or successor's key: what keys are wrapped to for it is derived, so that the sheets
    /// bring back both.
    #[must_use]
    pub fn of_root(root: &SigningKey) -> Self {
        let secret = root.to_secret_bytes();
        let exchange = Zeroizing::new(blake3::derive_key("jasaq 1 recovery", secret.as_ref()));
        Self {
            signing: SigningKey::from_secret_bytes(&secret),
            exchange: ExchangeSecret::from_secret_bytes(&exchange),
        }
    }

    /// The keys that were stored as these bytes: signing, then exchange.
    #[must_use]
    pub fn from_secret_bytes(bytes: &[u8; 64]) -> Self {
        let (mut signing, mut exchange) = (Zeroizing::new([0; 32]), Zeroizing::new([0; 32]));
        let (first, second) = bytes.split_at(32);
        signing.copy_from_slice(first);
        exchange.copy_from_slice(second);
        Self {
            signing: SigningKey::from_secret_bytes(&signing),
            exchange: ExchangeSecret::from_secret_bytes(&exchange),
        }
    }

    /// The bytes to store where secrets are kept.
    #[must_use]
    pub fn to_secret_bytes(&self) -> Zeroizing<[u8; 64]> {
        let mut bytes = Zeroizing::new([0; 64]);
        let (first, second) = bytes.split_at_mut(32);
        first.copy_from_slice(self.signing.to_secret_bytes().as_ref());
        second.copy_from_slice(self.exchange.secret_bytes());
        bytes
    }

    /// The device's name.
    #[must_use]
    pub fn id(&self) -> DeviceId {
        self.signing.device_id()
    }

    /// What others may know.
    #[must_use]
    pub fn public(&self) -> DevicePublic {
        DevicePublic { id: self.id(), exchange: self.exchange.public() }
    }

    /// The key that signs.
    #[must_use]
    pub fn signing(&self) -> &SigningKey {
        &self.signing
    }

    /// The key that opens what was wrapped to this device.
    pub(crate) fn exchange(&self) -> &ExchangeSecret {
        &self.exchange
    }
}

impl AsRef<SigningKey> for DeviceKeys {
    fn as_ref(&self) -> &SigningKey {
        &self.signing
    }
}
