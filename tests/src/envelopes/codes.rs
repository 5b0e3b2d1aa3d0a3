//! Invite codes: whole, as people type them, at their bounds, of a newer program, or wrong in one way that has a name.

use jasaq_fieldbook::protocol::bytes::VERSION;
use jasaq_fieldbook::protocol::limits::{ADDRESS_BYTES_MAX, INVITE_CHARACTERS_MAX};

use super::{Form, Line, another_version};
use crate::chance::Chance;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Where a body has its role, behind the version and four ids and secrets.
const ROLE_AT: usize = 1 + 32 + 16 + 32 + 32;

/// The code of a body, with its sum.
pub(crate) fn code_of(body: &[u8]) -> String {
    let sum = blake3::derive_key("jasaq 1 invite checksum", body);
    format!("jasaq:{}", to_base32(&[body, &sum[..4]].concat()))
}

/// The code of a sheet's bytes, with its sum.
pub(crate) fn sheet_code_of(bytes: &[u8]) -> String {
    let sum = blake3::derive_key("jasaq 1 sheet checksum", bytes);
    format!("jasaq-sheet:{}", to_base32(&[bytes, &sum[..4]].concat()))
}

fn to_base32(bytes: &[u8]) -> String {
    let bits: Vec<u8> = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1))
        .collect();
    let letter = |five: &[u8]| {
        let value = (0..5).fold(0, |value, bit| value << 1 | five.get(bit).copied().unwrap_or(0));
        char::from(ALPHABET[usize::from(value)])
    };
    bits.chunks(5).map(letter).collect()
}

/// A code as a line.
pub(super) fn make_code(chance: &mut Chance) -> Line {
    let (made, code) = code(chance);
    Line { made: vec![made], form: Form::Invite(code) }
}

/// A code, whole or not, and how it was made.
pub(crate) fn code(chance: &mut Chance) -> (&'static str, String) {
    match chance.below(10) {
        0..3 => ("as it should be", code_of(&body(chance))),
        3..5 => ("as people type it", typed(chance)),
        5..8 => spoil_body(chance),
        _ => spoil_letters(chance),
    }
}

/// The fields of an invite, with a relay or without.
fn body(chance: &mut Chance) -> Vec<u8> {
    let mut body =
        [[VERSION].as_slice(), &chance.array::<{ ROLE_AT - 1 }>(), &[1 + chance.array::<1>()[0] % 7]]
            .concat();
    if chance.happens(60) {
        add_relay(chance, &mut body, "https://relay.kz:8443/қосу".as_bytes());
    }
    body
}

fn add_relay(chance: &mut Chance, body: &mut Vec<u8>, address: &[u8]) {
    body.truncate(ROLE_AT + 1);
    body.extend(chance.array::<32>());
    body.extend(u16::try_from(address.len()).unwrap().to_be_bytes());
    body.extend(address);
}

/// What a reader passes over.
fn typed(chance: &mut Chance) -> String {
    let code = code_of(&body(chance));
    let mut typed = String::from(chance.pick(&["", " ", "\n\t", "\u{2003}", "\u{85}"]));
    for (at, letter) in code.chars().enumerate() {
        if at < 6 {
            typed.push(letter);
            continue;
        }
        let like = match letter {
            '0' => chance.pick(&['0', 'o', 'O']),
            '1' => chance.pick(&['1', 'i', 'I', 'l', 'L']),
            other => other,
        };
        typed.push(if chance.happens(30) { like.to_ascii_uppercase() } else { like });
        if chance.happens(10) {
            typed.push(chance.pick(&['-', ' ', '\n', '\u{a0}', '\u{3000}']));
        }
    }
    typed + chance.pick(&["", "  ", "\r\n"])
}

/// A body that is wrong or newer, under a sum that fits.
fn spoil_body(chance: &mut Chance) -> (&'static str, String) {
    let mut body = body(chance);
    let made = match chance.below(9) {
        0 => {
            body[0] = another_version(chance);
            "of a newer version"
        }
        1 => {
            body[0] = another_version(chance);
            body.truncate(1 + chance.below(ROLE_AT));
            "of a newer version, and short"
        }
        2 => {
            body.truncate(chance.below(body.len()));
            "cut"
        }
        3 => {
            body[ROLE_AT] = chance.pick(&[0, 8, 255]);
            "with a role that is none"
        }
        4 => {
            add_relay(chance, &mut body, b"relay");
            body[ROLE_AT] = 8;
            body.truncate(ROLE_AT + 2 + chance.below(38));
            "with a role that is none, and cut"
        }
        5 => {
            let addresses: [&[u8]; 4] = [b"\xff", b"relay\xc3", b"\xed\xa0\x80", b"\xf8"];
            let address = chance.pick(&addresses);
            add_relay(chance, &mut body, address);
            "with an address that is not UTF-8"
        }
        6 => {
            add_relay(chance, &mut body, &[b'a'; ADDRESS_BYTES_MAX]);
            "with the longest address"
        }
        7 => {
            let more = chance.pick(&[1, 2, 55]);
            add_relay(chance, &mut body, &vec![b'a'; ADDRESS_BYTES_MAX + more]);
            if chance.happens(50) {
                body[ROLE_AT] = 8;
            }
            "with an address that is too long"
        }
        _ => {
            add_relay(chance, &mut body, b"relay");
            body.push(0);
            "with a byte behind the last field"
        }
    };
    (made, code_of(&body))
}

/// A code with letters that are not its own.
fn spoil_letters(chance: &mut Chance) -> (&'static str, String) {
    let mut code = code_of(&body(chance));
    let made = match chance.below(9) {
        0 => {
            let at = 6 + chance.below(code.len() - 6);
            let letter = char::from(chance.pick(ALPHABET));
            code.replace_range(at..=at, letter.encode_utf8(&mut [0; 4]));
            "with a letter altered"
        }
        1 => {
            let at = 6 + chance.below(code.len() - 6);
            code.insert(at, chance.pick(&['u', 'U', '!', 'қ', '\u{212a}', '\u{200b}', '\0', '٣']));
            "with a letter outside the alphabet"
        }
        2 => {
            code.truncate(6 + chance.below(code.len() - 6));
            "with letters missing"
        }
        3 => {
            code.push(chance.pick(&['0', '1', 'z']));
            "with a letter more"
        }
        4 => {
            code.truncate(6 + chance.below(8));
            "with hardly a letter"
        }
        5 => {
            code = code.replacen("jasaq:", chance.pick(&["", "JASAQ:", "jasaq", "jasaq :", "jasak:"]), 1);
            "with another prefix"
        }
        6 => {
            code.extend(std::iter::repeat_n('-', INVITE_CHARACTERS_MAX - code.len()));
            "of 600 bytes"
        }
        7 => {
            code.extend(std::iter::repeat_n('-', INVITE_CHARACTERS_MAX + 1 - code.len()));
            "of 601 bytes"
        }
        _ => {
            code.extend(std::iter::repeat_n(' ', 700));
            "of 600 bytes but for the spaces around it"
        }
    };
    (made, code)
}
