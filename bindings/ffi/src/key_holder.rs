//! The key holder: the host's own hardware for keys, Android's Keystore or Apple's Secure Enclave, and why it says no.
//!
//! The vault's key is made here. The host wraps it with a key that its hardware keeps and never hands out, and unwraps it when
//! the person is there; what is kept on the disk is the wrapped form. So a copied disk opens nothing, and who guesses the
//! phone's short code is counted by the hardware.

use std::sync::{Arc, Mutex, PoisonError};

use jasaq_fieldbook::{HostKeys, HostRefused};
use zeroize::Zeroizing;

/// Wraps and unwraps a vault's key. Written by the host over what the system has; it may ask the person for finger, face or
/// code, and take its time. It may call the fieldbook that it keeps the key of.
///
/// The bytes that cross are copies; each side wipes its own.
#[uniffi::export(with_foreign)]
pub trait KeyHolder: Send + Sync {
    /// Wraps 32 bytes with the host's own key, which is made if there is none. At most 1,024 bytes are kept.
    fn wrap(&self, key: Vec<u8>) -> Result<Vec<u8>, KeyHolderRefused>;

    /// Gives back the 32 bytes that were wrapped.
    fn unwrap(&self, wrapped: Vec<u8>) -> Result<Vec<u8>, KeyHolderRefused>;
}

/// Why a key holder did not. Each has its own sentence for the person, because each asks something else of him.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum KeyHolderRefused {
    /// The hardware gave the key up, because finger, face or screen lock were enrolled anew. It does not come back.
    /// Android: `KeyPermanentlyInvalidatedException`; Apple: `errSecItemNotFound` of an item of the current biometric set.
    #[error("the key was invalidated")]
    Invalidated,
    /// The person did not unlock it. Apple: `errSecUserCanceled`.
    #[error("the person cancelled")]
    Cancelled,
    /// The device was not unlocked since it started, or is locked now and the key needs it unlocked. Android:
    /// `UserNotAuthenticatedException` before the first unlock; Apple: `errSecInteractionNotAllowed`.
    #[error("the device was not unlocked since it started")]
    NotUnlocked,
    /// There is no such key: the device was reset, or the vault came from another one.
    #[error("there is no such key here")]
    Gone,
    /// Anything else. Also what becomes of an exception that the host did not expect.
    #[error("the key holder failed")]
    Failed,
}

/// An exception of the host's. Its text is not taken over: nobody knows what it holds.
impl From<uniffi::UnexpectedUniFFICallbackError> for KeyHolderRefused {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed
    }
}

impl From<KeyHolderRefused> for HostRefused {
    fn from(refused: KeyHolderRefused) -> Self {
        match refused {
            KeyHolderRefused::Invalidated => Self::Invalidated,
            KeyHolderRefused::Cancelled => Self::Cancelled,
            KeyHolderRefused::NotUnlocked => Self::NotUnlocked,
            KeyHolderRefused::Gone => Self::Gone,
            KeyHolderRefused::Failed => Self::Failed,
        }
    }
}

/// A key holder that is asked once for both replicas: nobody puts his finger down twice. What it said is forgotten with this.
pub(crate) struct AskedOnce {
    holder: Arc<dyn KeyHolder>,
    answer: Mutex<Option<Answer>>,
}

struct Answer {
    key: Zeroizing<Vec<u8>>,
    wrapped: Vec<u8>,
}

impl AskedOnce {
    pub(crate) fn new(holder: Arc<dyn KeyHolder>) -> Self {
        Self { holder, answer: Mutex::new(None) }
    }

    fn keep(&self, key: Zeroizing<Vec<u8>>, wrapped: Vec<u8>) {
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(Answer { key, wrapped });
    }
}

impl HostKeys for AskedOnce {
    fn wrap(&self, key: &[u8]) -> Result<Vec<u8>, HostRefused> {
        let wrapped = self.holder.wrap(key.to_vec())?;
        self.keep(Zeroizing::new(key.to_vec()), wrapped.clone());
        Ok(wrapped)
    }

    fn unwrap(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, HostRefused> {
        if let Some(answer) = &*self.answer.lock().unwrap_or_else(PoisonError::into_inner)
            && answer.wrapped == wrapped
        {
            return Ok(answer.key.clone());
        }
        // Not under the lock: the host may take as long as a person does.
        let key = Zeroizing::new(self.holder.unwrap(wrapped.to_vec())?);
        self.keep(key.clone(), wrapped.to_vec());
        Ok(key)
    }
}
