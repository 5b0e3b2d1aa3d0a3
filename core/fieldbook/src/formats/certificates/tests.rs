//! Invariants of the two formats. What the verdicts mean to people is told in `tests/tests/certificates.rs`.
//!
//! 1. What is signed is read back alike, with the longest names too, and fits a QR code that prints small.
//! 2. Of each there is one kind: a cut, a changed byte, a byte behind, another encoding are refused, each by its name.
//! 3. Nothing inflates beyond its bound.
//! 4. A signature over one of the two is none over the other.
//! 5. A list is the same file whatever order its rows come in.

use proptest::prelude::*;

use super::by_hand::{certificate_message, certificate_text as text_of, trust_list_file};
use super::claims::*;
use super::cose::{Subject, encoded, key_id_of, sign};
use super::district::{District, claims, key, name, now, number, root, row};
use super::packing::{pack, unpack};
use super::trust_list::*;
use super::verdict::*;
use super::*;
use jasaq_model::ids::PersonId;
use jasaq_model::register::CertificateKind;

pub(super) fn message_of(text: &str) -> Vec<u8> {
    unpack(&base45::decode(&text[5..]).unwrap(), 2_000).unwrap()
}

fn unread(text: &str) -> CertificateUnread {
    let district = District::new();
    verify_certificate(text, &district.list(vec![]), now()).unwrap_err()
}

pub(super) fn verdict(text: &str, list: &TrustList) -> Verdict {
    verify_certificate(text, list, now()).unwrap().verdict
}

#[test]
fn a_usual_certificate_fits_a_code_that_prints_at_a_thumbs_width() {
    let text = sign_certificate(&claims(), &key(2));
    // Version 13 with correction M: 69 modules of 0.35 mm, with the quiet zone 27 mm.
    assert!(text.len() <= 483, "{} characters", text.len());
    assert!(
        text.bytes()
            .all(|byte| b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".contains(&byte))
    );
    let longest = CertificateClaims {
        holder: name(&"Ә".repeat(100)),
        subdivision: name(&"әғқңөұүһі".repeat(11)),
        number: number(&format!("1{}", "Ж".repeat(19))),
        ..claims()
    };
    let text = sign_certificate(&longest, &key(2));
    assert!(text.len() <= crate::limits::CERTIFICATE_TEXT_BYTES_MAX);
    let district = District::new();
    let list = district.list(vec![row(&longest)]);
    let verified = verify_certificate(&text, &list, now()).unwrap();
    assert_eq!((verified.verdict, verified.claims), (Verdict::Registered, Some(longest)));
}

#[test]
fn whatever_is_no_certificates_code_is_told_by_what_it_is() {
    let text = sign_certificate(&claims(), &key(2));
    assert_eq!(unread("https://example.kz"), CertificateUnread::NotACertificate);
    assert_eq!(unread(""), CertificateUnread::NotACertificate);
    assert_eq!(unread("jsq1:6BF"), CertificateUnread::NotACertificate);
    assert_eq!(unread(&text.replacen("JSQ1:", "JSQ2:", 1)), CertificateUnread::Newer);
    assert_eq!(unread(&format!("JSQ1:{}", "0".repeat(2_000))), CertificateUnread::TooLong);
    assert_eq!(unread("JSQ1:abc"), CertificateUnread::Letters);
    assert_eq!(unread("JSQ1:::::"), CertificateUnread::Letters, "65,537 and more are no two bytes");
    assert_eq!(unread("JSQ1:::"), CertificateUnread::Letters, "256 and more are no byte");
    assert_eq!(unread("JSQ1:000"), CertificateUnread::Packing);
    assert_eq!(unread(&text_of(b"")), CertificateUnread::NotSigned);
}

#[test]
fn a_code_is_never_inflated_beyond_its_bound() {
    let bomb = text_of(&vec![0; 100_000]);
    assert!(bomb.len() < 1_200, "otherwise it is the length of the text that stops it");
    assert_eq!(unread(&bomb), CertificateUnread::Unpacked);
}

#[test]
fn a_packed_stream_is_whole_and_alone() {
    let packed = pack(&message_of(&sign_certificate(&claims(), &key(2))));
    for until in 0..packed.len() {
        let cut = format!("JSQ1:{}", base45::encode(&packed[..until]));
        assert_eq!(unread(&cut), CertificateUnread::Packing, "cut at {until}");
    }
    let followed = [packed.as_slice(), &[0]].concat();
    assert_eq!(unread(&format!("JSQ1:{}", base45::encode(followed))), CertificateUnread::Packing);
}

/// A message of any header and payload, signed by the second key.
fn made_by_hand(header: &[u8], payload: &[u8]) -> Vec<u8> {
    let signed = encoded(|e| {
        e.array(4)?
            .str("Signature1")?
            .bytes(header)?
            .bytes(b"jasaq 1 certificate")?
            .bytes(payload)?
            .ok()
    });
    let signature = key(2).sign(&signed);
    encoded(|e| {
        e.tag(minicbor::data::Tag::new(18))?.array(4)?.bytes(header)?.map(0)?;
        e.bytes(payload)?.bytes(signature.as_bytes())?.ok()
    })
}

#[test]
fn no_other_algorithm_is_ever_taken() {
    let key_id = key_id_of(&key(2).device_id());
    let header = |algorithm: i16| encoded(|e| e.map(2)?.u8(1)?.i16(algorithm)?.u8(4)?.bytes(&key_id)?.ok());
    let payload = claims().encode();
    let list = District::new().list(vec![row(&claims())]);
    assert_eq!(verdict(&text_of(&made_by_hand(&header(-8), &payload)), &list), Verdict::Registered);
    for algorithm in [-7, -19, -257, 0, 5] {
        let text = text_of(&made_by_hand(&header(algorithm), &payload));
        assert_eq!(unread(&text), CertificateUnread::Algorithm, "{algorithm}");
    }
    let named = encoded(|e| e.map(2)?.u8(1)?.str("none")?.u8(4)?.bytes(&key_id)?.ok());
    assert_eq!(unread(&text_of(&made_by_hand(&named, &payload))), CertificateUnread::Algorithm);
    let unnamed = encoded(|e| e.map(1)?.u8(4)?.bytes(&key_id)?.ok());
    assert_eq!(unread(&text_of(&made_by_hand(&unnamed, &payload))), CertificateUnread::NotSigned);
}

#[test]
fn what_says_the_same_otherwise_is_refused() {
    let message = message_of(&sign_certificate(&claims(), &key(2)));
    // Tag 18 and the array of four, each with a longer head than it needs.
    let longer = [&[0xd8, 18, 0x98, 4], &message[2..]].concat();
    assert_eq!(unread(&text_of(&longer)), CertificateUnread::NotCanonical);
    let endless = [&[0xd2, 0x9f], &message[2..], &[0xff]].concat();
    assert_eq!(unread(&text_of(&endless)), CertificateUnread::NotSigned);
    let followed = [message.as_slice(), &[0xf6]].concat();
    assert_eq!(unread(&text_of(&followed)), CertificateUnread::NotCanonical);
    let untagged = &message[1..];
    assert_eq!(unread(&text_of(untagged)), CertificateUnread::NotSigned);
}

#[test]
fn signed_claims_that_no_certificate_has_are_refused() {
    let signed = |payload: &[u8]| text_of(&certificate_message(payload, &key(2)));
    let good = claims().encode();
    assert_eq!(unread(&signed(b"")), CertificateUnread::Claims);
    assert_eq!(unread(&signed(&[good.as_slice(), &[0]].concat())), CertificateUnread::Claims);
    let subdivision = u8::try_from(claims().subdivision.as_str().len()).unwrap();
    let at = |needle: &[u8]| good.windows(needle.len()).position(|at| at == needle).unwrap();
    for (needle, instead) in [
        (b"2026-05-01".as_slice(), b"2026-02-30".as_slice()),
        (&[0x01, 0x78, subdivision], &[0x00, 0x78, subdivision]),
        (&[0x02, 0x67], &[0x03, 0x67]),
        (b"A-17/26", b"A-17 \n "),
    ] {
        let mut other = good.clone();
        let at = at(needle);
        other[at..at + needle.len()].copy_from_slice(instead);
        assert_eq!(unread(&signed(&other)), CertificateUnread::Claims, "{instead:?}");
    }
}

#[test]
fn a_signature_over_one_thing_is_none_over_the_other() {
    let district = District::new();
    let list = district.list(vec![row(&claims())]);
    let as_list = sign(Subject::TrustList, &claims().encode(), &key(2));
    assert_eq!(verdict(&text_of(&as_list), &list), Verdict::Forged);
    let file = district.file(vec![]);
    let message = unpack(&file[4..], 1_000_000).unwrap();
    let payload = super::cose::Signed::read(&message).unwrap().payload.to_vec();
    let as_certificate = sign(Subject::Certificate, &payload, &key(2));
    let file = trust_list_file(&as_certificate);
    assert_eq!(TrustList::read(&file, None), Err(TrustListRefused::Signature));
}

#[test]
fn a_list_is_one_file_whatever_order_its_rows_come_in() {
    let district = District::new();
    let rows: Vec<TrustRow> = ["3", "1", "2", "11"]
        .map(|text| row(&CertificateClaims { number: number(text), ..claims() }))
        .to_vec();
    let backwards: Vec<TrustRow> = rows.iter().rev().chain(&rows).cloned().collect();
    assert_eq!(district.file(rows), district.file(backwards));
}

#[test]
fn a_list_out_of_order_or_beyond_its_limits_is_refused() {
    let district = District::new();
    let rows = ["1", "2"].map(|text| row(&CertificateClaims { number: number(text), ..claims() }));
    let [one, two] = &rows;
    let refused = |rows: Vec<TrustRow>| TrustList::read(&district.file_as_it_is(rows), None).unwrap_err();
    assert_eq!(refused(vec![two.clone(), one.clone()]), TrustListRefused::NotCanonical);
    assert_eq!(refused(vec![one.clone(), one.clone()]), TrustListRefused::NotCanonical);
    assert_eq!(refused(vec![TrustRow { prints: vec![], ..one.clone() }]), TrustListRefused::Fields);
    assert_eq!(refused(vec![TrustRow { prints: vec![None; 256], ..one.clone() }]), TrustListRefused::TooLong);
    assert!(TrustList::read(&district.file_as_it_is(rows.to_vec()), None).is_ok(), "the rest of it is right");
    assert_eq!(district.try_file(vec![TrustRow { prints: vec![], ..one.clone() }]), None);
}

#[test]
fn a_list_is_told_from_other_files_and_from_a_newer_one() {
    let district = District::new();
    let file = district.file(vec![row(&claims())]);
    for other in [b"".as_slice(), b"JQT", b"PK\x03\x04", b"JSQ1:"] {
        assert_eq!(TrustList::read(other, None), Err(TrustListRefused::NotATrustList));
    }
    assert_eq!(TrustList::read(b"JQT\x02", None), Err(TrustListRefused::Newer));
    for until in 4..file.len() {
        assert_eq!(TrustList::read(&file[..until], None), Err(TrustListRefused::Packing), "cut at {until}");
    }
    let bomb = trust_list_file(&vec![0; 33 * 1_024 * 1_024]);
    assert_eq!(TrustList::read(&bomb, None), Err(TrustListRefused::TooLong));
}

#[test]
fn a_hundred_thousand_certificates_are_a_file_that_fits_a_phone() {
    let district = District::new();
    let rows: Vec<TrustRow> = (0_u32..100_000)
        .map(|at| {
            let number = number(&format!("{at:06}/26"));
            let hash =
                ClaimsHash::from_bytes(*blake3::hash(&at.to_be_bytes()).as_bytes().first_chunk().unwrap());
            TrustRow { number, status: RowStatus::Issued, prints: vec![Some(hash)] }
        })
        .collect();
    let file = district.file(rows.clone());
    assert!(file.len() < 2_400_000, "{} bytes", file.len());
    let list = TrustList::read(&file, Some(&root())).unwrap();
    assert_eq!(list.rows_of(&number("054321/26")), &rows[54_321..=54_321]);
}

fn words() -> impl Strategy<Value = jasaq_model::words::Name> {
    "[а-яәғқңөұүһі]{1,20} [a-zA-Z]{1,20}".prop_map(|text| name(&text))
}

fn any_claims() -> impl Strategy<Value = CertificateClaims> {
    let day = (1..=9_999_i16, 1..=12_i8, 1..=28_i8)
        .prop_map(|(year, month, day)| jasaq_model::moment::Day::new(year, month, day).unwrap());
    (words(), words(), "[0-9][0-9A-Z/.-]{0,39}", day, 1..=255_u8, any::<([u8; 16], bool)>()).prop_map(
        |(holder, subdivision, text, issued_on, print, (person, is_squad))| CertificateClaims {
            kind: if is_squad { CertificateKind::SquadMember } else { CertificateKind::NonStaffEmployee },
            number: number(&text),
            holder,
            issued_on,
            print: print.try_into().unwrap(),
            subdivision,
            salt: CertificateSalt::of(PersonId::from_bytes(person)),
            ..claims()
        },
    )
}

proptest! {
    #[test]
    fn what_is_signed_is_read_back_alike(claims in any_claims()) {
        let encoded = claims.encode();
        prop_assert_eq!(CertificateClaims::decode(&encoded), Some(claims.clone()));
        prop_assert_eq!(encoded.len() < 512, true);
        let mut rows = vec![row(&claims)];
        rows[0].prints = vec![None; usize::from(claims.print.get())];
        *rows[0].prints.last_mut().unwrap() = Some(claims.hash());
        let list = District::new().list(rows);
        prop_assert_eq!(verdict(&sign_certificate(&claims, &key(2)), &list), Verdict::Registered);
    }

    #[test]
    fn whatever_letters_come_are_refused_or_are_a_certificate_that_was_not_signed(letters in "[0-9A-Z $%*+./:-]{0,300}") {
        let list = District::new().list(vec![row(&claims())]);
        let read = verify_certificate(&format!("JSQ1:{letters}"), &list, now());
        prop_assert!(read.is_err());
    }

    #[test]
    fn one_changed_byte_never_leaves_a_certificate_registered(at in 0..300_usize, bit in 0..8_u8) {
        let mut message = message_of(&sign_certificate(&claims(), &key(2)));
        let at = at % message.len();
        message[at] ^= 1 << bit;
        let list = District::new().list(vec![row(&claims())]);
        let read = verify_certificate(&text_of(&message), &list, now());
        prop_assert!(read.is_err() || read.unwrap().verdict != Verdict::Registered);
    }

    #[test]
    fn one_changed_byte_of_a_list_is_always_told(at in any::<usize>(), bit in 0..8_u8) {
        let district = District::new();
        let mut message = unpack(&district.file(vec![row(&claims())])[4..], 100_000).unwrap();
        let at = at % message.len();
        message[at] ^= 1 << bit;
        let file = trust_list_file(&message);
        prop_assert!(TrustList::read(&file, Some(&root())).is_err());
    }
}
