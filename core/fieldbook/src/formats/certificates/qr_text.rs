//! The text of a certificate's QR code: `JSQ1:` and Base45 (RFC 9285) over zlib over `COSE_Sign1`, as HCERT 1.0.8 has it.
//!
//! Every character is one of those that a QR code packs two into eleven bits, so that it takes no more room than bytes would.

use jasaq_protocol::seal::SigningKey;

use super::claims::CertificateClaims;
use super::cose::{CoseRefused, Signed, Subject, sign};
use super::packing::{UnpackRefused, pack, unpack};
use crate::limits::{CERTIFICATE_BYTES_MAX, CERTIFICATE_TEXT_BYTES_MAX};

/// What every text begins with; the digit is the version.
const PREFIX: &str = "JSQ1:";
const PREFIX_OF_ANY_VERSION: &str = "JSQ";

/// Why a text was not read as a certificate's code. Nothing was checked against a list yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateUnread {
    /// Another QR code, or none.
    #[error("not a certificate's code")]
    NotACertificate,
    /// Of a newer program.
    #[error("a certificate's code of a newer version")]
    Newer,
    /// Longer than any.
    #[error("longer than a certificate's code can be")]
    TooLong,
    /// A letter outside the alphabet, a group that stands for no bytes, or a text that is cut.
    #[error("not Base45")]
    Letters,
    /// Does not unpack, or not to its checksum.
    #[error("the code cannot be unpacked")]
    Packing,
    /// Unpacks to more than a certificate is.
    #[error("the code unpacks to more than a certificate is")]
    Unpacked,
    /// What unpacks is no signed message.
    #[error("no signed message")]
    NotSigned,
    /// Signed by another algorithm than ours.
    #[error("signed by another algorithm")]
    Algorithm,
    /// Says the same otherwise than we write it.
    #[error("not in its only form")]
    NotCanonical,
    /// Signed, but not these claims.
    #[error("not the claims of a certificate")]
    Claims,
}

impl From<CoseRefused> for CertificateUnread {
    fn from(refused: CoseRefused) -> Self {
        match refused {
            CoseRefused::NotSigned => Self::NotSigned,
            CoseRefused::Algorithm => Self::Algorithm,
            CoseRefused::NotCanonical => Self::NotCanonical,
        }
    }
}

/// The text of the code beside a certificate. The same key gives the same claims the same signature.
#[must_use]
pub fn sign_certificate(claims: &CertificateClaims, key: &SigningKey) -> String {
    text_of(&pack(&sign(Subject::Certificate, &claims.encode(), key)))
}

pub(super) fn text_of(packed: &[u8]) -> String {
    format!("{PREFIX}{}", base45::encode(packed))
}

/// The signed message in a text. White space around it is the scanner's: the last digit of Base45 is never a blank.
pub(super) fn message_of(text: &str) -> Result<Vec<u8>, CertificateUnread> {
    let text = text.trim();
    let Some(letters) = text.strip_prefix(PREFIX) else {
        return Err(unread_prefix(text));
    };
    if text.len() > CERTIFICATE_TEXT_BYTES_MAX {
        return Err(CertificateUnread::TooLong);
    }
    let packed = base45::decode(letters).map_err(|_| CertificateUnread::Letters)?;
    // The decoder takes a last pair above 255 for its remainder.
    if base45::encode(&packed) != letters {
        return Err(CertificateUnread::Letters);
    }
    unpack(&packed, CERTIFICATE_BYTES_MAX).map_err(|refused| match refused {
        UnpackRefused::Damaged => CertificateUnread::Packing,
        UnpackRefused::TooLong => CertificateUnread::Unpacked,
    })
}

fn unread_prefix(text: &str) -> CertificateUnread {
    let version = text.strip_prefix(PREFIX_OF_ANY_VERSION).and_then(|rest| rest.split_once(':'));
    let is_version = |version: &str| {
        !version.is_empty() && version.len() <= 3 && version.bytes().all(|byte| byte.is_ascii_digit())
    };
    if version.is_some_and(|(version, _)| is_version(version)) {
        CertificateUnread::Newer
    } else {
        CertificateUnread::NotACertificate
    }
}

/// A message and its claims, in their only forms.
pub(super) fn read_message(message: &[u8]) -> Result<(Signed<'_>, CertificateClaims), CertificateUnread> {
    let signed = Signed::read(message)?;
    let claims = CertificateClaims::decode(signed.payload).ok_or(CertificateUnread::Claims)?;
    Ok((signed, claims))
}
