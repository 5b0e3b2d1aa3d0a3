//! What a certificate's code says: the claims of a CWT (RFC 8392).
//!
//! ```text
//! { -65537: [ territory 8 bytes, form 1 or 2, number, holder, day of issue, print from 1, subdivision, salt 8 bytes ] }
//! ```
//!
//! One claim of private use, in one form: what is added later is another version. There is no expiry, since the form has none
//! (R18), and no number of a person, birth date, squad or picture.

use std::num::NonZeroU8;

use jasaq_model::ids::PersonId;
use jasaq_model::moment::Day;
use jasaq_model::records::CertificateRecord;
use jasaq_model::register::{CertificateKind, CertificateNumber};
use jasaq_model::words::Name;
use jasaq_protocol::ids::DeviceId;
use minicbor::Decoder;

use super::cose::encoded;

/// The claim's name: the first of those that are nobody's (RFC 8392 §9.1).
const CERTIFICATE_CLAIM: i32 = -65_537;
const FIELDS: u64 = 8;

/// The number of the annex that has the form.
#[must_use]
pub const fn annex_of(kind: CertificateKind) -> u8 {
    match kind {
        CertificateKind::NonStaffEmployee => 1,
        CertificateKind::SquadMember => 2,
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

/// What stands in the code and follows from the register, and is in no list: without it whoever has a list could try every name
/// of a village until a hash fits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CertificateSalt([u8; 8]);

impl CertificateSalt {
    /// The salt of a person's certificates. His id is random, and only who reads his name anyway reads it; so every console
    /// makes the same claims of one print, and nothing more has to be kept.
    #[must_use]
    pub fn of(person: PersonId) -> Self {
        Self(beginning(blake3::derive_key("jasaq 1 certificate salt", person.as_bytes())))
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
    pub kind: CertificateKind,
    /// Its number.
    pub number: CertificateNumber,
    /// The holder's full name as printed.
    pub holder: Name,
    /// The day of issue as printed.
    pub issued_on: Day,
    /// Which print of this number: 1 for the first, 2 for the first reprint.
    pub print: NonZeroU8,
    /// The territorial subdivision's name as printed.
    pub subdivision: Name,
    /// What makes the hash one that nobody can guess.
    pub salt: CertificateSalt,
}

impl CertificateClaims {
    /// What each console's register says of a print, once for each time that it was made: twice if two consoles printed the same
    /// one anew at the same hour. A reprint bears the name and the day of the reprint.
    #[must_use]
    pub fn of(territory: TerritoryMark, record: &CertificateRecord, print: NonZeroU8) -> Vec<Self> {
        let issued = &record.issued.what;
        let of = |holder: &Name, issued_on: Day| Self {
            territory,
            kind: issued.kind,
            number: issued.number.clone(),
            holder: holder.clone(),
            issued_on,
            print,
            subdivision: issued.subdivision.clone(),
            salt: CertificateSalt::of(issued.person),
        };
        if print == NonZeroU8::MIN {
            return vec![of(&issued.full_name, issued.day)];
        }
        let reprints = record.reprints.iter().map(|reprint| &reprint.what);
        reprints
            .filter(|reprint| reprint.print == u16::from(print.get()))
            .map(|reprint| of(&reprint.full_name, reprint.day))
            .collect()
    }

    /// The hash that this print's row of a trust list holds.
    #[must_use]
    pub fn hash(&self) -> ClaimsHash {
        ClaimsHash(beginning(blake3::derive_key("jasaq 1 certificate", &self.encode())))
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        encoded(|e| {
            e.map(1)?.i32(CERTIFICATE_CLAIM)?.array(FIELDS)?;
            e.bytes(&self.territory.0)?.u8(annex_of(self.kind))?.str(self.number.as_str())?;
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
            kind: kind_of_annex(d.u8().ok()?)?,
            number: d.str().ok()?.parse().ok()?,
            holder: Name::new(d.str().ok()?).ok()?,
            issued_on: d.str().ok()?.parse().ok()?,
            print: NonZeroU8::new(d.u8().ok()?)?,
            subdivision: Name::new(d.str().ok()?).ok()?,
            salt: CertificateSalt(d.bytes().ok()?.try_into().ok()?),
        })
    }
}

const fn kind_of_annex(annex: u8) -> Option<CertificateKind> {
    match annex {
        1 => Some(CertificateKind::NonStaffEmployee),
        2 => Some(CertificateKind::SquadMember),
        _ => None,
    }
}

fn beginning<const N: usize>(hash: [u8; 32]) -> [u8; N] {
    let mut first = [0; N];
    first.iter_mut().zip(hash).for_each(|(first, byte)| *first = byte);
    first
}
