//! Sealing to a public key: epoch keys of spaces, and wrapping one key to another.
//!
//! HPKE base mode (RFC 9180) with X25519, HKDF-SHA256 and export only: one encapsulation gives a shared secret from which
//! a key per section is exported (§5.3), so that each section opens, travels and is erased on its own.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hpke::aead::ExportOnlyAead;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::keys::DeviceKeys;
use crate::bytes::first_bytes;
use crate::ids::{EpochId, ExchangeKey, SpaceId};

type Kem = X25519HkdfSha256;

/// Something was sealed, but not for this key, or not for this place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not sealed for this key and place")]
pub struct NotForThisKey;

/// A private X25519 key. It lies in a box, because what is moved leaves a copy where it was.
pub(crate) struct ExchangeSecret(Box<Zeroizing<[u8; 32]>>);

impl ExchangeSecret {
    pub(crate) fn make(chance: &mut impl CryptoRng) -> Self {
        let mut bytes = Box::new(Zeroizing::new([0; 32]));
        chance.fill_bytes(bytes.as_mut_slice());
        Self(bytes)
    }

    pub(crate) fn from_secret_bytes(bytes: &[u8; 32]) -> Self {
        let mut kept = Box::new(Zeroizing::new([0; 32]));
        kept.copy_from_slice(bytes);
        Self(kept)
    }

    pub(crate) fn secret_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    #[expect(clippy::expect_used, reason = "any 32 bytes are an X25519 private key (RFC 7748 §5)")]
    fn private(&self) -> <Kem as hpke::Kem>::PrivateKey {
        <Kem as hpke::Kem>::PrivateKey::from_bytes(self.0.as_slice())
            .expect("any 32 bytes are an X25519 private key")
    }

    pub(crate) fn public(&self) -> ExchangeKey {
        ExchangeKey::from_bytes(Kem::sk_to_pk(&self.private()).to_bytes().into())
    }
}

impl std::fmt::Debug for ExchangeSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ExchangeSecret(…)")
    }
}

/// The secret both ends share after one encapsulation. Section keys are exported from it.
pub(crate) struct Shared(SharedSide);

enum SharedSide {
    Sender(hpke::aead::AeadCtxS<ExportOnlyAead, HkdfSha256, Kem>),
    Receiver(hpke::aead::AeadCtxR<ExportOnlyAead, HkdfSha256, Kem>),
}

impl Shared {
    /// Encapsulates to `recipient`; `info` binds the place. Fails on a key that is not a point of the curve's safe part.
    pub(crate) fn encapsulate(
        recipient: &ExchangeKey,
        info: &[u8],
        chance: &mut impl CryptoRng,
    ) -> Result<([u8; 32], Self), NotForThisKey> {
        let recipient =
            <Kem as hpke::Kem>::PublicKey::from_bytes(recipient.as_bytes()).map_err(|_| NotForThisKey)?;
        let (encapsulated, context) = hpke::setup_sender_with_rng::<ExportOnlyAead, HkdfSha256, Kem>(
            &OpModeS::Base,
            &recipient,
            info,
            chance,
        )
        .map_err(|_| NotForThisKey)?;
        Ok((encapsulated.to_bytes().into(), Self(SharedSide::Sender(context))))
    }

    /// The same secret at the other end.
    pub(crate) fn decapsulate(
        secret: &ExchangeSecret,
        encapsulated: &[u8; 32],
        info: &[u8],
    ) -> Result<Self, NotForThisKey> {
        let encapsulated =
            <Kem as hpke::Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| NotForThisKey)?;
        let context = hpke::setup_receiver::<ExportOnlyAead, HkdfSha256, Kem>(
            &OpModeR::Base,
            &secret.private(),
            &encapsulated,
            info,
        )
        .map_err(|_| NotForThisKey)?;
        Ok(Self(SharedSide::Receiver(context)))
    }

    /// A cipher under the key exported for `label`. Each label is used for one message, so the nonce is zero.
    #[expect(clippy::expect_used, reason = "32 bytes are always within HKDF's 255 blocks")]
    fn cipher(&self, label: &[u8]) -> ChaCha20Poly1305 {
        let mut key = Zeroizing::new([0; 32]);
        match &self.0 {
            SharedSide::Sender(context) => context.export(label, key.as_mut()),
            SharedSide::Receiver(context) => context.export(label, key.as_mut()),
        }
        .expect("32 bytes are always within HKDF's 255 blocks");
        ChaCha20Poly1305::new(&Key::from(*key))
    }

    #[expect(clippy::expect_used, reason = "the cipher fails only beyond 256 GiB")]
    pub(crate) fn seal(&self, label: &[u8], plain: &[u8]) -> Vec<u8> {
        self.cipher(label)
            .encrypt(&Nonce::default(), Payload { msg: plain, aad: label })
            .expect("sections are bounded far below the cipher's limit")
    }

    pub(crate) fn open(&self, label: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, NotForThisKey> {
        self.cipher(label)
            .decrypt(&Nonce::default(), Payload { msg: sealed, aad: label })
            .map(Zeroizing::new)
            .map_err(|_| NotForThisKey)
    }
}

/// The public half of an epoch: everybody may seal to it, also who cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EpochPublic(ExchangeKey);

impl EpochPublic {
    /// The epoch with this public key.
    #[must_use]
    pub const fn new(key: ExchangeKey) -> Self {
        Self(key)
    }

    /// The public key.
    #[must_use]
    pub const fn key(&self) -> &ExchangeKey {
        &self.0
    }

    /// Whether anything can be sealed to it: a key that is no safe point of the curve takes nothing.
    #[must_use]
    pub fn is_usable(&self, chance: &mut impl CryptoRng) -> bool {
        Shared::encapsulate(&self.0, b"jasaq 1 probe", chance).is_ok()
    }

    /// The epoch's name: derived from the key, so that a name cannot be given to another key by accident.
    #[must_use]
    pub fn id(&self) -> EpochId {
        EpochId::from_bytes(first_bytes(blake3::derive_key("jasaq 1 epoch", self.0.as_bytes())))
    }
}

/// The private half of an epoch: whoever holds it reads what was sealed to the epoch.
pub struct EpochKey(ExchangeSecret);

impl EpochKey {
    /// A new random epoch.
    #[must_use]
    pub fn make(chance: &mut impl CryptoRng) -> Self {
        Self(ExchangeSecret::make(chance))
    }

    /// The key that was stored as these bytes.
    #[must_use]
    pub fn from_secret_bytes(bytes: &[u8; 32]) -> Self {
        Self(ExchangeSecret::from_secret_bytes(bytes))
    }

    /// The bytes to store where secrets are kept.
    #[must_use]
    pub fn secret_bytes(&self) -> &[u8; 32] {
        self.0.secret_bytes()
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> EpochPublic {
        EpochPublic(self.0.public())
    }

    pub(crate) fn exchange(&self) -> &ExchangeSecret {
        &self.0
    }

    /// Seals this key to a device or to a later epoch, bound to the space it opens.
    pub fn wrap(
        &self,
        space: SpaceId,
        recipient: &ExchangeKey,
        chance: &mut impl CryptoRng,
    ) -> Result<SealedKey, NotForThisKey> {
        let info = wrap_info(space, self.public().id());
        let (encapsulated, shared) = Shared::encapsulate(recipient, &info, chance)?;
        let sealed = [encapsulated.as_slice(), &shared.seal(&info, self.secret_bytes())].concat();
        sealed.try_into().map(SealedKey).map_err(|_| NotForThisKey)
    }

    /// Opens a key that was wrapped to this device, and checks that it is the key of `epoch`.
    pub fn unwrap_for_device(
        sealed: &SealedKey,
        space: SpaceId,
        epoch: EpochId,
        keys: &DeviceKeys,
    ) -> Result<Self, NotForThisKey> {
        Self::unwrap(sealed, space, epoch, keys.exchange())
    }

    /// Opens a parent's key that a rotation sealed to this epoch.
    pub fn unwrap_parent(
        &self,
        sealed: &SealedKey,
        space: SpaceId,
        parent: EpochId,
    ) -> Result<Self, NotForThisKey> {
        Self::unwrap(sealed, space, parent, &self.0)
    }

    fn unwrap(
        sealed: &SealedKey,
        space: SpaceId,
        epoch: EpochId,
        secret: &ExchangeSecret,
    ) -> Result<Self, NotForThisKey> {
        let (encapsulated, content) = sealed.0.split_first_chunk::<32>().ok_or(NotForThisKey)?;
        let info = wrap_info(space, epoch);
        let plain = Shared::decapsulate(secret, encapsulated, &info)?.open(&info, content)?;
        let bytes: &[u8; 32] = plain.as_slice().try_into().map_err(|_| NotForThisKey)?;
        let key = Self::from_secret_bytes(bytes);
        if key.public().id() == epoch { Ok(key) } else { Err(NotForThisKey) }
    }
}

impl std::fmt::Debug for EpochKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EpochKey(…)")
    }
}

fn wrap_info(space: SpaceId, epoch: EpochId) -> Vec<u8> {
    [b"jasaq 1 wrap".as_slice(), space.as_bytes(), epoch.as_bytes()].concat()
}

/// An epoch key sealed to a device or to another epoch: 32 bytes of encapsulation and 48 of ciphertext.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, minicbor::Encode, minicbor::Decode)]
#[cbor(transparent)]
pub struct SealedKey(
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    [u8; SealedKey::LENGTH],
);

impl SealedKey {
    /// How many bytes a sealed key has.
    pub const LENGTH: usize = 32 + 32 + 16;
}

impl std::fmt::Debug for SealedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealedKey(…)")
    }
}
