//! Invite codes and sheets: what people type.

use jasaq_fieldbook::protocol::limits::{ADDRESS_BYTES_MAX, INVITE_CHARACTERS_MAX};
use jasaq_fieldbook::protocol::membership::{InviteCode, Sheet, SheetRefused, ShortInvite, read_sheets};

use super::draw::Draw;
use crate::envelopes::codes::{code_of, sheet_code_of};

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

/// First byte: even two texts with a line between them, odd the bytes of two sheets to which their sums are added.
pub(super) fn feed_sheets(input: &[u8]) {
    let mut draw = Draw::new(input);
    let texts: [String; 2] = if draw.byte() & 1 == 1 {
        let bodies: [[u8; 48]; 2] = [draw.array(), draw.array()];
        bodies.map(|body| sheet_code_of(&body))
    } else {
        let Ok(text) = std::str::from_utf8(draw.rest()) else { return };
        let (one, other) = text.split_once('|').unwrap_or((text, ""));
        let _ = ShortInvite::from_words(one);
        [one.to_owned(), other.to_owned()]
    };
    let sheets: Vec<Sheet> = texts.iter().filter_map(|text| check_sheet(text)).collect();
    if let [one, other] = &sheets[..] {
        check_joined(one, other);
    }
}

fn check_sheet(text: &str) -> Option<Sheet> {
    let sheet = Sheet::from_text(text).ok()?;
    assert!((1..=3).contains(&sheet.number()), "there are three sheets");
    let (code, lines) = (sheet.to_code(), sheet.to_lines());
    let words = lines.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n");
    for written in [code.as_str(), &words] {
        let again = Sheet::from_text(written).expect("a sheet that was written is read");
        assert_eq!(*again.to_code(), *code, "and is the same sheet");
    }
    Some(sheet)
}

fn check_joined(one: &Sheet, other: &Sheet) {
    let join = |sheets: &[&Sheet]| {
        let sheets: Vec<Sheet> = sheets.iter().copied().cloned().collect();
        read_sheets(&sheets).map(|key| key.key.verifying_bytes())
    };
    let joined = join(&[one, other]);
    assert_eq!(joined, join(&[other, one]), "whichever is first");
    match joined {
        Ok(_) => {
            assert_eq!((one.purpose(), one.set()), (other.purpose(), other.set()));
            assert_ne!(one.number(), other.number());
        }
        Err(SheetRefused::Same) => assert_eq!(one.number(), other.number(), "a sheet twice"),
        Err(SheetRefused::Sets) => assert_ne!(one.set(), other.set()),
        Err(SheetRefused::Purposes) => assert_ne!(one.purpose(), other.purpose()),
        Err(SheetRefused::Territories) => assert_ne!(one.territory(), other.territory()),
        Err(refused) => assert_eq!(refused, SheetRefused::Strangers),
    }
}
