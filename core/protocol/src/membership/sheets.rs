//! Splitting an offline key over three sheets of which two suffice.
//!
//! ```text
//! line 1   version, what the key is for, number, set, day      six lines of four words and a check word on paper,
//! line 2   first bytes of the root's key, of this key          or 48 bytes and a checksum in a QR code
//! line 3–6 the share: K ⊕ n·R for sheet n, in GF(4)
//! ```
//!
//! A byte of the key is four symbols of the field of four elements, and the three sheets are three points of a line
//! through it with a random slope: any two give the key, one alone tells nothing. That is all the secret sharing this
//! product needs. Splitting the same key again gives another *set*; sheets of two sets do not go together, and say so.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::base32::{from_base32, to_base32};
use super::spoken::{LINE_BYTES, Lines, Misheard};
use crate::bytes::{Malformed, Reader, VERSION, Writer, first_bytes};
use crate::ids::DeviceId;
use crate::seal::SigningKey;

/// What a key on sheets is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SheetPurpose {
    /// The territory's root.
    Root = 1,
    /// The key that takes the root's place.
    Successor = 2,
}

impl SheetPurpose {
    fn from_number(number: u8) -> Option<Self> {
        [Self::Root, Self::Successor].into_iter().find(|known| *known as u8 == number)
    }
}

/// An offline key, in memory for as long as it is used.
#[derive(Debug)]
pub struct OfflineKey {
    /// What it is for.
    pub purpose: SheetPurpose,
    /// The key. What is wrapped to it for recovery opens with what is derived from it
    /// ([`crate::seal::DeviceKeys::of_root`]).
    pub key: SigningKey,
}

/// Days since 1970 as the sheet's maker's clock had them. For people alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SheetDay(pub u16);

/// What names a set of three sheets: another split of the same key has another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SheetSet([u8; 3]);

impl std::fmt::Display for SheetSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The first bytes of a public key, enough to tell one from another at a glance. They prove nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyBeginning([u8; 4]);

impl KeyBeginning {
    /// How this key begins.
    #[must_use]
    pub fn of(key: &[u8; 32]) -> Self {
        Self(first_bytes(*key))
    }
}

impl std::fmt::Display for KeyBeginning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// One sheet: a share of a key, and what people and programs tell it from others by.
#[derive(Clone)]
pub struct Sheet {
    purpose: SheetPurpose,
    number: u8,
    set: SheetSet,
    day: SheetDay,
    territory: KeyBeginning,
    owner: KeyBeginning,
    share: Zeroizing<[u8; 32]>,
}

/// Why a text is no sheet, or why sheets do not give a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetRefused {
    /// A sheet's QR code as text, with a mistake in it.
    #[error("a sheet's code with a mistake in it")]
    Damaged,
    /// A sheet's words with a mistake in them.
    #[error(transparent)]
    Words(#[from] Misheard),
    /// Of a newer program.
    #[error("a sheet of a newer version")]
    Newer,
    /// One sheet, or none.
    #[error("two sheets are needed")]
    Few,
    /// The same sheet twice.
    #[error("the same sheet twice; two different ones are needed")]
    Same,
    /// Sheets of two territories.
    #[error("the sheets are of two territories")]
    Territories,
    /// Sheets of keys for different things.
    #[error("the sheets are of keys for different things")]
    Purposes,
    /// Sheets of two sets of one key.
    #[error("the sheets are of two sets")]
    Sets,
    /// What they give is not the key that they name.
    #[error("the sheets do not give the key that they name")]
    Strangers,
}

const LINES: Lines = Lines { tag: "jasaq 1 sheet line", count: 6 };
const BYTES: usize = 6 * LINE_BYTES;
const PREFIX: &str = "jasaq-sheet:";

impl Sheet {
    /// What the key is for.
    #[must_use]
    pub fn purpose(&self) -> SheetPurpose {
        self.purpose
    }

    /// 1, 2 or 3.
    #[must_use]
    pub fn number(&self) -> u8 {
        self.number
    }

    /// The set that it belongs to.
    #[must_use]
    pub fn set(&self) -> SheetSet {
        self.set
    }

    /// When it was made.
    #[must_use]
    pub fn day(&self) -> SheetDay {
        self.day
    }

    /// How the root's public key begins.
    #[must_use]
    pub fn territory(&self) -> KeyBeginning {
        self.territory
    }

    /// The sheet as six lines of five words, to print and to type.
    #[must_use]
    pub fn to_lines(&self) -> Vec<Zeroizing<String>> {
        LINES.speak(&self.to_bytes())
    }

    /// The sheet as a text for a QR code.
    #[must_use]
    pub fn to_code(&self) -> Zeroizing<String> {
        let bytes = self.to_bytes();
        let summed = Zeroizing::new([bytes.as_slice(), &checksum(&bytes)].concat());
        Zeroizing::new(format!("{PREFIX}{}", *to_base32(&summed)))
    }

    /// Reads a sheet: its words, or the text of its QR code, wherever in `text` that stands.
    pub fn from_text(text: &str) -> Result<Self, SheetRefused> {
        let small = Zeroizing::new(text.to_lowercase());
        let Some((_, code)) = small.split_once(PREFIX) else {
            return Self::read(&LINES.hear(text)?);
        };
        let code = code
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        let summed = from_base32(code).ok_or(SheetRefused::Damaged)?;
        let (bytes, sum) = summed.split_last_chunk::<4>().ok_or(SheetRefused::Damaged)?;
        if checksum(bytes) == *sum { Self::read(bytes) } else { Err(SheetRefused::Damaged) }
    }

    fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut writer = Writer::new();
        writer
            .u8(VERSION)
            .u8(self.purpose as u8)
            .u8(self.number)
            .raw(&self.set.0)
            .u16(self.day.0);
        writer.raw(&self.territory.0).raw(&self.owner.0).raw(self.share.as_ref());
        Zeroizing::new(writer.finish())
    }

    fn read(bytes: &[u8]) -> Result<Self, SheetRefused> {
        let read = |reader: &mut Reader<'_>| -> Result<Self, Malformed> {
            reader.version()?;
            let purpose = SheetPurpose::from_number(reader.u8()?).ok_or(Malformed::Newer)?;
            let number = reader.u8()?;
            let (set, day) = (SheetSet(reader.array()?), SheetDay(reader.u16()?));
            let (territory, owner) = (KeyBeginning(reader.array()?), KeyBeginning(reader.array()?));
            let share = Zeroizing::new(reader.array()?);
            Ok(Self { purpose, number, set, day, territory, owner, share })
        };
        let sheet = read(&mut Reader::new(bytes)).map_err(|malformed| match malformed {
            Malformed::Newer => SheetRefused::Newer,
            _ => SheetRefused::Damaged,
        })?;
        let is_one = (1..=3).contains(&sheet.number) && bytes.len() == BYTES;
        if is_one { Ok(sheet) } else { Err(SheetRefused::Damaged) }
    }
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sheet({:?} {} of {}, …)", self.purpose, self.number, self.set)
    }
}

fn checksum(bytes: &[u8]) -> [u8; 4] {
    first_bytes(blake3::derive_key("jasaq 1 sheet checksum", bytes))
}

/// Splits a key of the territory under `root` into the three sheets of a new set.
#[must_use]
pub fn split_into_sheets(
    key: &OfflineKey,
    root: &DeviceId,
    day: SheetDay,
    chance: &mut impl CryptoRng,
) -> [Sheet; 3] {
    let (mut set, mut slope) = ([0; 3], Zeroizing::new([0; 32]));
    let OfflineKey { purpose, key } = key;
    chance.fill_bytes(slope.as_mut());
    chance.fill_bytes(&mut set);
    [1, 2, 3].map(|number| {
        let mut share = key.to_secret_bytes();
        for (share, slope) in share.iter_mut().zip(slope.iter()) {
            *share ^= times(number, *slope);
        }
        Sheet {
            purpose: *purpose,
            number,
            set: SheetSet(set),
            day,
            territory: KeyBeginning::of(root.as_bytes()),
            owner: KeyBeginning::of(&key.verifying_bytes()),
            share,
        }
    })
}

/// The key of two different sheets of a set, or of all three.
pub fn read_sheets(sheets: &[Sheet]) -> Result<OfflineKey, SheetRefused> {
    let [first, second, rest @ ..] = sheets else { return Err(SheetRefused::Few) };
    let key = join(first, second)?;
    for sheet in rest {
        join(second, sheet)?;
        if join(first, sheet)?.key.verifying_bytes() != key.key.verifying_bytes() {
            return Err(SheetRefused::Strangers);
        }
    }
    Ok(key)
}

fn join(one: &Sheet, other: &Sheet) -> Result<OfflineKey, SheetRefused> {
    if one.territory != other.territory {
        return Err(SheetRefused::Territories);
    }
    if one.purpose != other.purpose {
        return Err(SheetRefused::Purposes);
    }
    if one.set != other.set {
        return Err(SheetRefused::Sets);
    }
    // The line through both points, where it meets zero: (n₂·s₁ ⊕ n₁·s₂) / (n₁ ⊕ n₂). Sheets 1 and 2 differ by 3, whose
    // inverse is 2; 1 and 3 by 2, whose inverse is 3; 2 and 3 by 1.
    let inverse = match one.number ^ other.number {
        0 => return Err(SheetRefused::Same),
        1 => 1,
        2 => 3,
        _ => 2,
    };
    let mut secret = Zeroizing::new([0; 32]);
    for ((secret, mine), its) in secret.iter_mut().zip(one.share.iter()).zip(other.share.iter()) {
        *secret = times(inverse, times(other.number, *mine) ^ times(one.number, *its));
    }
    let key = SigningKey::from_secret_bytes(&secret);
    let is_named = KeyBeginning::of(&key.verifying_bytes()) == one.owner && one.owner == other.owner;
    if is_named { Ok(OfflineKey { purpose: one.purpose, key }) } else { Err(SheetRefused::Strangers) }
}

/// Four symbols of GF(4) times 1, 2 (a root of x² = x + 1) or 3, without a branch on secrets.
const fn times(factor: u8, symbols: u8) -> u8 {
    let (high, low) = (symbols >> 1 & 0x55, symbols & 0x55);
    let twice = (high ^ low) << 1 | high;
    match factor {
        1 => symbols,
        2 => twice,
        _ => twice ^ symbols,
    }
}

#[cfg(test)]
mod tests;
