//! Crockford's base 32: for codes that a camera reads, and a finger if it must.

use zeroize::Zeroizing;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Five bits a letter, highest first; the last letter is filled with zero bits.
pub(super) fn to_base32(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in bytes.iter().copied().map(Some).chain([None]) {
        match byte {
            Some(byte) => (held, bits) = (held << 8 | u32::from(byte), bits + 8),
            None if bits > 0 => (held, bits) = (held << (5 - bits), 5),
            None => {}
        }
        while bits >= 5 {
            bits -= 5;
            let digit = usize::try_from(held >> bits & 31).unwrap_or_default();
            text.extend(ALPHABET.get(digit).map(|letter| char::from(*letter)));
        }
        held &= (1 << bits) - 1;
    }
    text
}

/// The bytes of such letters, large or small; white space and hyphens are passed over.
pub(super) fn from_base32(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() * 5 / 8));
    let (mut held, mut bits) = (0_u32, 0_u32);
    for letter in text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-') {
        let letter = match letter.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        };
        let digit = ALPHABET.iter().position(|known| char::from(*known) == letter)?;
        (held, bits) = (held << 5 | u32::try_from(digit).ok()?, bits + 5);
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 255).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    // The last letter is filled with zero bits, and there is no letter more than the bytes need.
    (bits < 5 && held == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn base32_is_exact(bytes in prop::collection::vec(any::<u8>(), 0..80), letter in 0..32_usize) {
            let text = to_base32(&bytes);
            prop_assert_eq!(from_base32(&text), Some(Zeroizing::new(bytes)));
            let other = format!("{}{}", &text[..text.len().saturating_sub(1)], char::from(ALPHABET[letter]));
            if let Some(read) = from_base32(&other) {
                prop_assert_eq!(&*to_base32(&read), &other, "there is one text of the same bytes");
            }
        }
    }
}
