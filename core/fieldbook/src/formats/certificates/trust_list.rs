//! The trust list: what of a territory's register everybody may hold, so that certificates are checked without a network.
//!
//! ```text
//! "JQT" 0x01 ‖ zlib( COSE_Sign1( [ root key, made at in ms, minutes ahead of UTC, evidence, rows ] ) )
//! evidence   [ [ journal, sequence, signer, wire form with its link ], … ]      strictly rising
//! row        [ number, status, [ hash of print 1 or null, of print 2, … ] ]   strictly rising
//! ```
//!
//! A row is a certificate: its status is its holder's, and only its last print is good. Two rows of one number are two
//! certificates that two consoles issued under it.

use std::collections::BTreeSet;
use std::num::NonZeroU8;

use jasaq_model::moment::{Moment, UtcTime};
use jasaq_model::records::{CertificateRecord, CertificateStatus};
use jasaq_model::register::CertificateNumber;
use jasaq_protocol::ids::DeviceId;
use jasaq_protocol::seal::SigningKey;
use minicbor::Decoder;
use minicbor::data::Type;

use super::claims::{CertificateClaims, ClaimsHash, TerritoryMark};
use super::cose::{CoseRefused, Signed, Subject, encoded, key_id_of, sign};
use super::evidence::{ConsoleKey, Proof, consoles};
use super::packing::{UnpackRefused, pack, unpack};
use crate::limits::{
    CERTIFICATE_PRINTS_MAX, TRUST_LIST_BYTES_MAX, TRUST_LIST_EVIDENCE_MAX, TRUST_LIST_INFLATED_BYTES_MAX,
    TRUST_LIST_ROWS_MAX,
};

const TAG: &[u8] = b"JQT";
const VERSION: u8 = 1;
const FIELDS: u64 = 5;

/// How a certificate stands. No ground: that is for whoever reads the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowStatus {
    /// Issued; its last print is good.
    Issued,
    /// Its last print was reported lost or damaged, and there is no newer one.
    Lost,
    /// Its holder was struck off.
    StruckOff,
}

impl RowStatus {
    const fn number(self) -> u8 {
        match self {
            Self::Issued => 0,
            Self::Lost => 1,
            Self::StruckOff => 2,
        }
    }

    const fn of_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::Issued),
            1 => Some(Self::Lost),
            2 => Some(Self::StruckOff),
            _ => None,
        }
    }
}

/// A certificate in a trust list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TrustRow {
    /// Its number.
    pub number: CertificateNumber,
    /// How it stands.
    pub status: RowStatus,
    /// The hash of each print's claims, in the order of their numbers, 1 to 255 of them. None for a print that has no code.
    pub prints: Vec<Option<ClaimsHash>>,
}

impl TrustRow {
    /// The rows of a certificate in the register: one, or one for each time that its last print was made at the same hour, so
    /// that it is contested until the next print settles it. None of one that has more prints than a list can hold.
    #[must_use]
    pub fn of(territory: TerritoryMark, record: &CertificateRecord) -> Vec<Self> {
        let Some(last) = u8::try_from(record.last_print()).ok().and_then(NonZeroU8::new) else {
            return Vec::new();
        };
        let hashes = |print| {
            let made = CertificateClaims::of(territory, record, print).into_iter();
            made.map(|claims| claims.hash()).collect::<BTreeSet<_>>()
        };
        let earlier = (1..last.get()).filter_map(NonZeroU8::new);
        // Of a print that two consoles made with other words neither is good any more, and a row holds one.
        let earlier: Vec<Option<ClaimsHash>> = earlier
            .map(|print| {
                let mut made = hashes(print).into_iter();
                made.next().filter(|_| made.next().is_none())
            })
            .collect();
        let status = match record.status(last.get().into()) {
            _ if record.is_struck_off => RowStatus::StruckOff,
            Some(CertificateStatus::Lost) => RowStatus::Lost,
            _ => RowStatus::Issued,
        };
        let row = |hash| {
            let prints = earlier.iter().copied().chain([hash]).collect();
            Self { number: record.issued.what.number.clone(), status, prints }
        };
        let mut made: BTreeSet<Option<ClaimsHash>> = hashes(last).into_iter().map(Some).collect();
        if made.len() == 1 && record.is_newest_print_twice() {
            // Two papers with the same words: a second row, of no words, contests the first.
            made.insert(None);
        }
        made.into_iter().map(row).collect()
    }
}

/// Why a file was not believed as a territory's trust list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrustListRefused {
    /// Another file.
    #[error("not a trust list")]
    NotATrustList,
    /// Of a newer program.
    #[error("a trust list of a newer version")]
    Newer,
    /// Longer than any, packed or unpacked, or with more rows or evidence.
    #[error("a trust list beyond its limits")]
    TooLong,
    /// Does not unpack, or not to its checksum: damaged on its way.
    #[error("the list cannot be unpacked")]
    Packing,
    /// What unpacks is no signed message.
    #[error("no signed message")]
    NotSigned,
    /// Signed by another algorithm than ours.
    #[error("signed by another algorithm")]
    Algorithm,
    /// Says the same otherwise than we write it, or out of order.
    #[error("not in its only form")]
    NotCanonical,
    /// Signed, but not the fields of a list.
    #[error("not the fields of a trust list")]
    Fields,
    /// Another territory's than the one asked for.
    #[error("the list is of another territory")]
    OtherTerritory,
    /// An operation that should show whose the keys are is not its signer's.
    #[error("the evidence of the keys does not hold")]
    Evidence,
    /// The signer is no console of the territorial subdivision that the evidence shows, or one that was removed.
    #[error("the signer is no console of the territorial subdivision")]
    Signer,
    /// The signature is not the signer's.
    #[error("the list's signature does not fit")]
    Signature,
}

impl From<CoseRefused> for TrustListRefused {
    fn from(refused: CoseRefused) -> Self {
        match refused {
            CoseRefused::NotSigned => Self::NotSigned,
            CoseRefused::Algorithm => Self::Algorithm,
            CoseRefused::NotCanonical => Self::NotCanonical,
        }
    }
}

impl From<minicbor::decode::Error> for TrustListRefused {
    fn from(_: minicbor::decode::Error) -> Self {
        Self::Fields
    }
}

/// A territory's list, signed by one of its consoles. Only [`TrustList::read`] makes one, so holding it is the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustList {
    root: DeviceId,
    made_at: Moment,
    /// Who signed the list.
    signer: DeviceId,
    consoles: Vec<ConsoleKey>,
    rows: Vec<TrustRow>,
}

impl TrustList {
    /// Reads a file. With the territory's root key nothing else need be believed; if left unset, the list is believed about
    /// which territory it is of, and whoever shows its result shows that key.
    pub fn read(file: &[u8], root: Option<&DeviceId>) -> Result<Self, TrustListRefused> {
        let message = message_of(file)?;
        let signed = Signed::read(&message)?;
        let fields = Fields::decode(signed.payload)?;
        if root.is_some_and(|root| *root != fields.root) {
            return Err(TrustListRefused::OtherTerritory);
        }
        let consoles = consoles(fields.root, &fields.evidence).ok_or(TrustListRefused::Evidence)?;
        let is_named =
            |console: &&ConsoleKey| !console.is_removed && key_id_of(&console.key) == signed.key_id;
        let named: Vec<DeviceId> = consoles.iter().filter(is_named).map(|console| console.key).collect();
        if named.is_empty() {
            return Err(TrustListRefused::Signer);
        }
        let signer = named.into_iter().find(|key| signed.is_by(key, Subject::TrustList));
        let signer = signer.ok_or(TrustListRefused::Signature)?;
        let Fields { root, made_at, rows, .. } = fields;
        Ok(Self { root, made_at, signer, consoles, rows })
    }

    /// The key that founded the territory.
    #[must_use]
    pub fn root(&self) -> DeviceId {
        self.root
    }

    /// How the territory is named in a certificate's code.
    #[must_use]
    pub fn territory(&self) -> TerritoryMark {
        TerritoryMark::of(&self.root)
    }

    /// When it was made, by the clock of the console that made it.
    #[must_use]
    pub fn made_at(&self) -> Moment {
        self.made_at
    }

    /// Which console signed it.
    #[must_use]
    pub fn signer(&self) -> DeviceId {
        self.signer
    }

    /// Every certificate, by number.
    #[must_use]
    pub fn rows(&self) -> &[TrustRow] {
        &self.rows
    }

    /// The certificates of a number: more than one if it was issued twice.
    #[must_use]
    pub fn rows_of(&self, number: &CertificateNumber) -> &[TrustRow] {
        let from = self.rows.partition_point(|row| row.number < *number);
        let until = self.rows.partition_point(|row| row.number <= *number);
        self.rows.get(from..until).unwrap_or_default()
    }

    /// The consoles, present and removed, whose keys begin so.
    pub(super) fn consoles_named(&self, key_id: super::cose::KeyId) -> impl Iterator<Item = &ConsoleKey> {
        self.consoles.iter().filter(move |console| key_id_of(&console.key) == key_id)
    }
}

/// Makes a list: in its own order, each row once. None if it is beyond the limits.
pub(crate) fn write_trust_list(
    (root, evidence): (DeviceId, Vec<Proof>),
    rows: Vec<TrustRow>,
    made_at: Moment,
    key: &SigningKey,
) -> Option<Vec<u8>> {
    let mut fields = Fields { root, made_at, evidence, rows };
    fields.evidence.sort();
    fields.evidence.dedup();
    fields.rows.sort();
    fields.rows.dedup();
    let are_printed = fields
        .rows
        .iter()
        .all(|row| (1..=CERTIFICATE_PRINTS_MAX).contains(&row.prints.len()));
    let fit = fields.rows.len() <= TRUST_LIST_ROWS_MAX && fields.evidence.len() <= TRUST_LIST_EVIDENCE_MAX;
    if !are_printed || !fit {
        return None;
    }
    let message = sign(Subject::TrustList, &fields.encode(), key);
    let file = file_of(&message);
    let fits = message.len() <= TRUST_LIST_INFLATED_BYTES_MAX && file.len() <= TRUST_LIST_BYTES_MAX;
    fits.then_some(file)
}

pub(super) fn file_of(message: &[u8]) -> Vec<u8> {
    let mut file = [TAG, &[VERSION]].concat();
    file.extend(pack(message));
    file
}

fn message_of(file: &[u8]) -> Result<Vec<u8>, TrustListRefused> {
    let behind_tag = file.strip_prefix(TAG).ok_or(TrustListRefused::NotATrustList)?;
    match behind_tag.split_first() {
        None => Err(TrustListRefused::NotATrustList),
        Some((&VERSION, _)) if file.len() > TRUST_LIST_BYTES_MAX => Err(TrustListRefused::TooLong),
        Some((&VERSION, packed)) => {
            unpack(packed, TRUST_LIST_INFLATED_BYTES_MAX).map_err(|refused| match refused {
                UnpackRefused::Damaged => TrustListRefused::Packing,
                UnpackRefused::TooLong => TrustListRefused::TooLong,
            })
        }
        Some(_) => Err(TrustListRefused::Newer),
    }
}

/// What is signed.
pub(super) struct Fields {
    pub(super) root: DeviceId,
    pub(super) made_at: Moment,
    pub(super) evidence: Vec<Proof>,
    pub(super) rows: Vec<TrustRow>,
}

impl Fields {
    pub(super) fn encode(&self) -> Vec<u8> {
        encoded(|e| {
            let (at, ahead) = (self.made_at.time().unix_ms(), self.made_at.offset_minutes());
            e.array(FIELDS)?.bytes(self.root.as_bytes())?.i64(at)?.i16(ahead)?;
            e.array(self.evidence.len() as u64)?;
            for proof in &self.evidence {
                proof.encode(e)?;
            }
            e.array(self.rows.len() as u64)?;
            for row in &self.rows {
                e.array(3)?.str(row.number.as_str())?.u8(row.status.number())?;
                e.array(row.prints.len() as u64)?;
                for print in &row.prints {
                    match print {
                        Some(hash) => e.bytes(hash.as_bytes())?,
                        None => e.null()?,
                    };
                }
            }
            Ok(())
        })
    }

    /// Reads the fields in their only form and order.
    fn decode(bytes: &[u8]) -> Result<Self, TrustListRefused> {
        let mut decoder = Decoder::new(bytes);
        let head = read_head(&mut decoder).ok_or(TrustListRefused::Fields)?;
        let evidence = read_all(&mut decoder, TRUST_LIST_EVIDENCE_MAX, |d| {
            Proof::decode(d).ok_or(TrustListRefused::Fields)
        })?;
        let rows = read_all(&mut decoder, TRUST_LIST_ROWS_MAX, read_row)?;
        let fields = Self { root: head.0, made_at: head.1, evidence, rows };
        let rises = fields.rows.is_sorted_by(|one, next| one < next)
            && fields.evidence.is_sorted_by(|one, next| one < next);
        if rises && fields.encode() == bytes { Ok(fields) } else { Err(TrustListRefused::NotCanonical) }
    }
}

fn read_head(d: &mut Decoder<'_>) -> Option<(DeviceId, Moment)> {
    (d.array().ok()? == Some(FIELDS)).then_some(())?;
    let root = d.bytes().ok()?.try_into().ok()?;
    let time = UtcTime::from_unix_ms(d.i64().ok()?).ok()?;
    Some((root, Moment::new(time, d.i16().ok()?).ok()?))
}

/// The items of an array: no room is made for what has not come.
fn read_all<T>(
    d: &mut Decoder<'_>,
    count_max: usize,
    read: fn(&mut Decoder<'_>) -> Result<T, TrustListRefused>,
) -> Result<Vec<T>, TrustListRefused> {
    let count = d.array()?.ok_or(TrustListRefused::Fields)?;
    if count > count_max as u64 {
        return Err(TrustListRefused::TooLong);
    }
    (0..count).map(|_| read(d)).collect()
}

fn read_row(d: &mut Decoder<'_>) -> Result<TrustRow, TrustListRefused> {
    if d.array()? != Some(3) {
        return Err(TrustListRefused::Fields);
    }
    let number = d.str()?.parse().map_err(|_| TrustListRefused::Fields)?;
    let status = RowStatus::of_number(d.u8()?).ok_or(TrustListRefused::Fields)?;
    let prints = read_all(d, CERTIFICATE_PRINTS_MAX, read_print)?;
    if prints.is_empty() { Err(TrustListRefused::Fields) } else { Ok(TrustRow { number, status, prints }) }
}

/// The hash of a print, or that it has no code.
fn read_print(d: &mut Decoder<'_>) -> Result<Option<ClaimsHash>, TrustListRefused> {
    if d.datatype()? == Type::Null {
        d.null()?;
        return Ok(None);
    }
    let bytes = d.bytes()?.try_into().map_err(|_| TrustListRefused::Fields)?;
    Ok(Some(ClaimsHash::from_bytes(bytes)))
}
