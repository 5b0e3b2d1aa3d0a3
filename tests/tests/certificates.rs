//! Certificates' codes in a territory as it lives: consoles come and go, and who signs what.

use std::num::NonZeroU8;

use jasaq_fieldbook::FieldbookRefused;
use jasaq_fieldbook::formats::certificates::{
    CertificateClaims, CertificateSalt, RowStatus, TrustList, TrustListRefused, TrustRow, Verdict,
    verify_certificate,
};
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::moment::UtcTime;
use jasaq_fieldbook::model::register::CertificateKind;
use jasaq_tests::{Field, Phone, name};

const SEED: u64 = 4_711;

fn claims(field: &mut Field, number: &str) -> CertificateClaims {
    let ts = field.device("ts");
    CertificateClaims {
        territory: field.book(ts).territory_mark(),
        kind: CertificateKind::SquadMember,
        number: number.parse().unwrap(),
        holder: name("Айгерім Сәрсенбаева"),
        issued_on: "2026-05-01".parse().unwrap(),
        print: NonZeroU8::MIN,
        subdivision: name("Алматы облысы бойынша департамент"),
        salt: CertificateSalt::of(PersonId::from_bytes([3; 16])),
    }
}

fn row(claims: &CertificateClaims) -> TrustRow {
    let prints = vec![Some(claims.hash())];
    TrustRow { number: claims.number.clone(), status: RowStatus::Issued, prints }
}

fn verdict(text: &str, list: &TrustList) -> Verdict {
    let now = UtcTime::saturating_from_unix_ms(i64::MAX);
    verify_certificate(text, list, now).unwrap().verdict
}

/// What a console signs today, as whoever knows the root key reads it.
fn list(field: &mut Field, console: Phone, rows: Vec<TrustRow>) -> TrustList {
    let file = field.book(console).export_trust_list_of(rows).unwrap();
    TrustList::read(&file, Some(&field.root())).unwrap()
}

/// A second console, enrolled by the sheets, and both know of each other.
fn second_console(field: &mut Field) -> Phone {
    let sheets = field.sheets().root;
    let second = field.recover("second ts", &[&sheets[0], &sheets[1]]);
    let first = field.device("ts");
    for phone in [second, first, second] {
        field.contact(phone);
    }
    second
}

#[test]
fn only_the_territorial_subdivision_signs_certificates_and_lists() {
    let mut field = Field::new(SEED);
    let claims = claims(&mut field, "1");
    for other in ["ss", "head"] {
        let other = field.device(other);
        let book = field.book(other);
        let refusals = [book.sign_certificate(&claims).err(), book.export_trust_list().err()];
        for refused in refusals {
            let paragraph = match refused {
                Some(FieldbookRefused::MayNotState { paragraph }) => paragraph,
                other => panic!("{other:?}"),
            };
            assert_eq!(paragraph, "001-§21");
        }
    }
}

#[test]
fn either_console_signs_and_either_ones_list_tells_it() {
    let mut field = Field::founded(SEED);
    let (first, second) = (field.device("ts"), second_console(&mut field));
    let [one, two] = ["1", "2"].map(|number| claims(&mut field, number));
    let by_first = field.book(first).sign_certificate(&one).unwrap();
    let by_second = field.book(second).sign_certificate(&two).unwrap();
    for console in [first, second] {
        let list = list(&mut field, console, vec![row(&one), row(&two)]);
        for text in [&by_first, &by_second] {
            assert_eq!(verdict(text, &list), Verdict::Registered);
        }
    }
}

#[test]
fn what_a_console_signed_before_it_was_removed_stands_and_what_a_thief_signs_with_it_does_not() {
    let mut field = Field::founded(SEED);
    let (stolen, second) = (field.device("ts"), second_console(&mut field));
    let issued = claims(&mut field, "1");
    let before = field.book(stolen).sign_certificate(&issued).unwrap();
    let stolen_id = field.id(stolen);
    let sheets = field.sheets().root;
    field
        .book(second)
        .remove_console(&[&sheets[0], &sheets[1]], &stolen_id)
        .unwrap();
    // It has not heard of it, so it goes on signing.
    let made_up = claims(&mut field, "2");
    let copied = CertificateClaims { holder: name("Қасымов Ерлан"), ..issued.clone() };
    let [made_up, copied] =
        [&made_up, &copied].map(|claims| field.book(stolen).sign_certificate(claims).unwrap());
    let list = list(&mut field, second, vec![row(&issued)]);
    assert_eq!(verdict(&before, &list), Verdict::Registered);
    assert_eq!(verdict(&made_up, &list), Verdict::StrangeKey);
    assert_eq!(verdict(&copied, &list), Verdict::NotAsRegistered);
    field.contact(second);
    field.contact(stolen);
    let refused = field.book(stolen).sign_certificate(&issued);
    assert!(matches!(refused, Err(FieldbookRefused::MayNotState { .. })), "it has heard of it now");
}

#[test]
fn a_list_is_of_one_territory_alone() {
    let (mut field, other) = (Field::founded(SEED), Field::founded(SEED + 1));
    let ts = field.device("ts");
    let (file, _) = field.book(ts).export_trust_list().unwrap();
    assert_eq!(TrustList::read(&file, Some(&other.root())), Err(TrustListRefused::OtherTerritory));
    assert_eq!(TrustList::read(&file, None).unwrap().root(), field.root());
}
