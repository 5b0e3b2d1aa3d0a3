//! Invite codes and sheets: what people type.

use jasaq_fieldbook::protocol::limits::{ADDRESS_BYTES_MAX, INVITE_CHARACTERS_MAX};
use jasaq_fieldbook::protocol::membership::{InviteCode, Sheet, SheetRefused, join_sheets};

use super::draw::Draw;
use crate::envelopes::codes::code_of;
use crate::hex::to_hex;

/// First byte: even a text, odd the body of a code to which its sum is added.
pub(super) fn feed_invite(input: &[u8]) {
    let mut draw = Draw::new(input);
    if draw.byte() & 1 == 1 {
        return check_code(&code_of(draw.rest()));
    }
    if let Ok(text) = std::str::from_utf8(draw.rest()) {
        check_code(text);
    }
}

fn check_code(text: &str) {
    let Ok(code) = InviteCode::from_text(text) else { return };
    assert!(text.trim().len() <= INVITE_CHARACTERS_MAX, "no longer than a code may be");
    let written = code.to_text();
    let again = InviteCode::from_text(&written).expect("a code that was written is read");
    assert_eq!(*again.to_text(), *written, "and written alike");
    assert_eq!(plain(text), *written, "a code is written in one way, but for how people write letters");
    assert_eq!((again.root, again.roll, again.inviter), (code.root, code.roll, code.inviter));
    assert_eq!((again.role, &again.relay), (code.role, &code.relay));
    assert_eq!(*again.secret.to_secret_bytes(), *code.secret.to_secret_bytes());
    assert!(code.relay.is_none_or(|(address, _)| address.len() <= ADDRESS_BYTES_MAX));
    // As a scanner gives it, and as a person types it from paper.
    let spaced: String = written.chars().flat_map(|letter| [letter, ' ']).skip(12).collect();
    let typed = format!("jasaq:{}", spaced.to_uppercase());
    assert!(
        InviteCode::from_text(&typed).is_ok_and(|typed| *typed.to_text() == *written)
            || typed.len() > INVITE_CHARACTERS_MAX
    );
}

/// A code without what does not matter: white space, hyphens, the size of letters, and letters that look like digits.
fn plain(text: &str) -> String {
    let letters = text.trim().trim_start_matches("jasaq:").chars();
    let letters = letters.filter(|letter| !letter.is_whitespace() && *letter != '-');
    let plain = letters.map(|letter| match letter.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        letter => letter,
    });
    format!("jasaq:{}", plain.collect::<String>())
}

/// First byte: even two texts with a line between them, odd the bodies of two sheets to which their sums are added.
pub(super) fn feed_sheets(input: &[u8]) {
    let mut draw = Draw::new(input);
    let texts: [String; 2] = if draw.byte() & 1 == 1 {
        let bodies: [[u8; 97]; 2] = [draw.array(), draw.array()];
        bodies.map(|body| {
            let sum = blake3::derive_key("jasaq 0 sheet checksum", &body);
            to_hex(&[body.as_slice(), &sum[..4]].concat())
        })
    } else {
        let Ok(text) = std::str::from_utf8(draw.rest()) else { return };
        let (one, other) = text.split_once('|').unwrap_or((text, ""));
        [one.to_owned(), other.to_owned()]
    };
    let sheets = texts.map(|text| check_sheet(&text));
    if let [Some(one), Some(other)] = &sheets {
        check_joined(one, other);
    }
}

fn check_sheet(text: &str) -> Option<Sheet> {
    let sheet = Sheet::from_text(text).ok()?;
    assert!((1..=3).contains(&sheet.number()), "there are three sheets");
    let written = sheet.to_text();
    let again = Sheet::from_text(&written).expect("a sheet that was written is read");
    assert_eq!(*again.to_text(), *written, "and written alike");
    let typed: String = text.split_whitespace().collect::<String>().to_lowercase();
    assert_eq!(
        written.replace(' ', ""),
        typed,
        "a sheet is written in one way, but for spaces and large letters"
    );
    Some(sheet)
}

fn check_joined(one: &Sheet, other: &Sheet) {
    let joined = join_sheets(one, other);
    let turned = join_sheets(other, one);
    let id = |joined: &Result<_, SheetRefused>| match joined {
        Ok(key) => Ok(jasaq_fieldbook::protocol::seal::SigningKey::device_id(key)),
        Err(refused) => Err(*refused),
    };
    assert_eq!(id(&joined), id(&turned), "whichever is first");
    match joined {
        Ok(key) => assert_eq!(key.device_id(), one.owner(), "the key is the owner's"),
        Err(SheetRefused::Same) => assert_eq!(one.number(), other.number(), "a sheet twice"),
        Err(refused) => assert_eq!(refused, SheetRefused::Strangers),
    }
}
