//! Splitting a root key over three sheets of which two suffice.
//!
//! The key is the XOR of three random parts; each sheet holds two of the three, so any two sheets hold all parts and one
//! sheet alone tells nothing about the key. That is all the secret sharing this product needs.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::bytes::first_bytes;
use crate::ids::DeviceId;
use crate::seal::SigningKey;

/// One sheet: two of three parts, and whose key it is.
pub struct Sheet {
    number: u8,
    owner: DeviceId,
    parts: Zeroizing<[[u8; 32]; 2]>,
}

/// Why sheets do not give a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetRefused {
    /// Not a sheet, or mistyped.
    #[error("not a recovery sheet, or mistyped")]
    Form,
    /// The same sheet twice.
    #[error("the same sheet twice; two different ones are needed")]
    Same,
    /// Sheets of different keys, or with a mistake that the checksum did not catch.
    #[error("the two sheets do not belong together")]
    Strangers,
}

impl Sheet {
    /// 1, 2 or 3.
    #[must_use]
    pub fn number(&self) -> u8 {
        self.number
    }

    /// The public half of the key it helps to restore.
    #[must_use]
    pub fn owner(&self) -> DeviceId {
        self.owner
    }

    /// The sheet as one line to print: number, owner, parts, checksum, in hex groups.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        // With room for all of it from the beginning: what grows leaves copies of itself behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(1 + 3 * 32 + 4));
        bytes.push(self.number);
        bytes.extend_from_slice(self.owner.as_bytes());
        for part in self.parts.iter() {
            bytes.extend_from_slice(part);
        }
        let sum = checksum(&bytes);
        bytes.extend_from_slice(&sum);
        let mut text = Zeroizing::new(String::with_capacity(3 * bytes.len()));
        for (place, byte) in bytes.iter().enumerate() {
            if place > 0 && place.is_multiple_of(4) {
                text.push(' ');
            }
            let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
            text.extend([digit(byte >> 4), digit(byte & 15)]);
        }
        text
    }

    /// Reads a printed sheet; spaces and line breaks do not matter.
    pub fn from_text(text: &str) -> Result<Self, SheetRefused> {
        let mut digits = Zeroizing::new(String::with_capacity(text.len()));
        digits.extend(text.split_whitespace());
        if !digits.len().is_multiple_of(2) || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(SheetRefused::Form);
        }
        let pairs = digits.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
        let mut bytes = Zeroizing::new(Vec::with_capacity(digits.len() / 2));
        bytes.extend(pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()));
        let (body, sum) = bytes.split_last_chunk::<4>().ok_or(SheetRefused::Form)?;
        if checksum(body) != *sum {
            return Err(SheetRefused::Form);
        }
        let mut reader = crate::bytes::Reader::new(body);
        let read = |reader: &mut crate::bytes::Reader<'_>| -> Result<Self, crate::bytes::Malformed> {
            let (number, owner) = (reader.u8()?, DeviceId::from_bytes(reader.array()?));
            Ok(Self { number, owner, parts: Zeroizing::new([reader.array()?, reader.array()?]) })
        };
        let sheet = read(&mut reader).map_err(|_| SheetRefused::Form)?;
        reader.finish().map_err(|_| SheetRefused::Form)?;
        if (1..=3).contains(&sheet.number) { Ok(sheet) } else { Err(SheetRefused::Form) }
    }
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sheet({}, …)", self.number)
    }
}

fn checksum(bytes: &[u8]) -> [u8; 4] {
    first_bytes(blake3::derive_key("jasaq 0 sheet checksum", bytes))
}

/// Splits a key into three sheets. Sheet `n` lacks part `n`.
#[must_use]
pub fn split_into_sheets(key: &SigningKey, chance: &mut impl CryptoRng) -> [Sheet; 3] {
    let secret = key.to_secret_bytes();
    let (mut first, mut second, mut third) =
        (Zeroizing::new([0; 32]), Zeroizing::new([0; 32]), Zeroizing::new([0; 32]));
    chance.fill_bytes(first.as_mut());
    chance.fill_bytes(second.as_mut());
    for (((third, secret), first), second) in
        third.iter_mut().zip(secret.iter()).zip(first.iter()).zip(second.iter())
    {
        *third = secret ^ first ^ second;
    }
    let owner = key.device_id();
    let sheet = |number, one: &[u8; 32], other: &[u8; 32]| Sheet {
        number,
        owner,
        parts: Zeroizing::new([*one, *other]),
    };
    [sheet(1, &second, &third), sheet(2, &first, &third), sheet(3, &first, &second)]
}

/// Restores the key from two different sheets of it.
pub fn join_sheets(one: &Sheet, other: &Sheet) -> Result<SigningKey, SheetRefused> {
    let (low, high) = if one.number < other.number { (one, other) } else { (other, one) };
    let ([low_first, low_second], [high_first, high_second]) = (&*low.parts, &*high.parts);
    // Sheets 1 and 2 share part three; 1 and 3 share part two; 2 and 3 share part one.
    let (shared, again, lone_low, lone_high) = match (low.number, high.number) {
        (1, 2) => (low_second, high_second, low_first, high_first),
        (1, 3) => (low_first, high_second, low_second, high_first),
        (2, 3) => (low_first, high_first, low_second, high_second),
        _ => return Err(SheetRefused::Same),
    };
    let mut secret = Zeroizing::new([0; 32]);
    for (((secret, shared), low), high) in secret.iter_mut().zip(shared).zip(lone_low).zip(lone_high) {
        *secret = shared ^ low ^ high;
    }
    let key = SigningKey::from_secret_bytes(&secret);
    if shared == again && key.device_id() == one.owner && one.owner == other.owner {
        Ok(key)
    } else {
        Err(SheetRefused::Strangers)
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    #[test]
    fn any_two_sheets_give_the_key_and_none_gives_it_alone() {
        let mut chance = ChaCha20Rng::seed_from_u64(1);
        let key = SigningKey::make(&mut chance);
        let sheets = split_into_sheets(&key, &mut chance);
        for (one, other) in [(0, 1), (0, 2), (1, 2), (2, 0)] {
            let restored = join_sheets(&sheets[one], &sheets[other]).unwrap();
            assert_eq!(restored.device_id(), key.device_id());
        }
        for sheet in &sheets {
            assert_eq!(join_sheets(sheet, sheet).err(), Some(SheetRefused::Same));
            assert!(sheet.parts.iter().all(|part| *part != *key.to_secret_bytes()));
        }
    }

    #[test]
    fn a_printed_sheet_reads_back_and_a_mistyped_one_does_not() {
        let mut chance = ChaCha20Rng::seed_from_u64(1);
        let sheets = split_into_sheets(&SigningKey::make(&mut chance), &mut chance);
        let printed = sheets[0].to_text();
        let read = Sheet::from_text(&printed.replace(' ', "\n ")).unwrap();
        assert!(join_sheets(&read, &sheets[2]).is_ok());
        let mistyped = printed.replacen('a', "b", 1);
        assert_eq!(Sheet::from_text(&mistyped).err(), Some(SheetRefused::Form));
        let strangers = split_into_sheets(&SigningKey::make(&mut chance), &mut chance);
        assert_eq!(join_sheets(&sheets[0], &strangers[1]).err(), Some(SheetRefused::Strangers));
    }
}
