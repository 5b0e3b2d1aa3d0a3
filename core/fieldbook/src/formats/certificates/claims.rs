//! What a certificate's code says: the claims of a CWT (RFC 8392).
//!
//! ```text
//! { -65537: [ territory 8 bytes, form 1 or 2, number, holder, day of issue, print from 1, subdivision, salt 8 bytes ] }
//! ```
//!
//! One claim of private use, in one form: what is added later is another version. There is no expiry, since the form has none
//! (R18), and no number of a person, birth date, squad or picture.

use std::num::NonZeroU8;

use jasaq_model::moment::Day;
use jasaq_model::words::Name;
use jasaq_protocol::ids::DeviceId;
use minicbor::Decoder;

use super::cose::encoded;
use crate::limits::CERTIFICATE_NUMBER_BYTES_MAX;

/// The claim's name: the first of those that are nobody's (RFC 8392 §9.1).
const CERTIFICATE_CLAIM: i32 = -65_537;
const FIELDS: u64 = 8;

/// Which of the two forms of source 001 it is. They differ in one phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CertificateForm {
    /// Annex 1: a non-staff employee's.
    NonStaff,
    /// Annex 2: a squad member's.
    Squad,
}

impl CertificateForm {
    /// The annex's number.
    #[must_use]
    pub const fn annex(self) -> u8 {
        match self {
            Self::NonStaff => 1,
            Self::Squad => 2,
        }
    }

    const fn of_annex(annex: u8) -> Option<Self> {
        match annex {
            1 => Some(Self::NonStaff),
            2 => Some(Self::Squad),
            _ => None,
        }
    }
}

/// The beginning of a territory's root key: enough to tell one territory's certificate from another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TerritoryMark([u8; 8]);

impl TerritoryMark {
    /// Of the territory that this root founded.
    #[must_use]
    pub fn of(root: &DeviceId) -> Self {
        Self(super::cose::key_id_of(root))
    }
}

/// As the root key itself begins.
impl std::fmt::Display for TerritoryMark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Why a certificate's number was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a certificate's number is one line of 1 to {CERTIFICATE_NUMBER_BYTES_MAX} bytes")]
pub struct NumberRefused;

/// A certificate's number as it is printed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateNumber(String);

impl CertificateNumber {
    /// Checks what was written. Blanks around it would make two numbers that look alike.
    pub fn new(written: &str) -> Result<Self, NumberRefused> {
        let is_bare = written.trim() == written && written.len() <= CERTIFICATE_NUMBER_BYTES_MAX;
        if is_bare && Name::new(written).is_ok() { Ok(Self(written.to_owned())) } else { Err(NumberRefused) }
    }

    /// As it is printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A number leads to a person.
impl std::fmt::Debug for CertificateNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CertificateNumber({} bytes)", self.0.len())
    }
}

/// Random bytes that stand in the code and in the register, and in no list: without them whoever has a list could try every
/// name of a village until a hash fits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CertificateSalt([u8; 8]);

impl CertificateSalt {
    /// These random bytes. They are made once a print and kept with it.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    /// The bytes to keep.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 8] {
        &self.0
    }
}

impl std::fmt::Debug for CertificateSalt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CertificateSalt(…)")
    }
}

/// The hash of a print's claims, as its row of a trust list holds it. Sixteen bytes, because who stole a console's key could
/// try names and salts until a shorter one fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimsHash([u8; 16]);

impl ClaimsHash {
    /// The hash with these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// What one print of a certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateClaims {
    /// Whose territory.
    pub territory: TerritoryMark,
    /// Which form.
    pub form: CertificateForm,
    /// Its number.
    pub number: CertificateNumber,
    /// The holder's full name as printed.
    pub holder: Name,
    /// The day of issue as printed.
    pub issued_on: Day,
    /// Which print of this number: the first is 1; after loss or damage comes the next.
    pub print: NonZeroU8,
    /// The territorial subdivision's name as printed.
    pub subdivision: Name,
    /// What makes the hash one that nobody can guess.
    pub salt: CertificateSalt,
}

impl CertificateClaims {
    /// The hash that this print's row of a trust list holds.
    #[must_use]
    pub fn hash(&self) -> ClaimsHash {
        let hash = blake3::derive_key("jasaq 1 certificate", &self.encode());
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(hash).for_each(|(short, byte)| *short = byte);
        ClaimsHash(bytes)
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        encoded(|e| {
            e.map(1)?.i32(CERTIFICATE_CLAIM)?.array(FIELDS)?;
            e.bytes(&self.territory.0)?.u8(self.form.annex())?.str(self.number.as_str())?;
            e.str(self.holder.as_str())?
                .str(&self.issued_on.to_string())?
                .u8(self.print.get())?;
            e.str(self.subdivision.as_str())?.bytes(&self.salt.0)?.ok()
        })
    }

    /// Reads claims in their only form.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let claims = Self::read(&mut Decoder::new(bytes))?;
        (claims.encode() == bytes).then_some(claims)
    }

    fn read(d: &mut Decoder<'_>) -> Option<Self> {
        let is_ours =
            d.map().ok()? == Some(1) && d.i32().ok()? == CERTIFICATE_CLAIM && d.array().ok()? == Some(FIELDS);
        if !is_ours {
            return None;
        }
        Some(Self {
            territory: TerritoryMark(d.bytes().ok()?.try_into().ok()?),
            form: CertificateForm::of_annex(d.u8().ok()?)?,
            number: CertificateNumber::new(d.str().ok()?).ok()?,
            holder: Name::new(d.str().ok()?).ok()?,
            issued_on: d.str().ok()?.parse().ok()?,
            print: NonZeroU8::new(d.u8().ok()?)?,
            subdivision: Name::new(d.str().ok()?).ok()?,
            salt: CertificateSalt(d.bytes().ok()?.try_into().ok()?),
        })
    }
}
