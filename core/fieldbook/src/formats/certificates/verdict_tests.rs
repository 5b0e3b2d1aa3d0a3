//! Each verdict, and whose words make it.

use jasaq_model::ids::{Author, PersonId, StatementRef};
use jasaq_model::records::{CertificateRecord, Said};
use jasaq_model::register::{Certificate, CertificateReprinted, ReprintCause, Signer};
use jasaq_protocol::membership::Role;

use super::by_hand::certificate_text as text_of;
use super::district::{District, add, claims, key, name, now, number, remove, root, row};
use super::packing::unpack;
use super::tests::{message_of, verdict};
use super::*;

fn shown(text: &str, rows: Vec<TrustRow>) -> Verdict {
    verdict(text, &District::new().list(rows))
}

fn print(of: &CertificateClaims, print: u8) -> CertificateClaims {
    CertificateClaims {
        print: print.try_into().unwrap(),
        salt: CertificateSalt::of(PersonId::from_bytes([print; 16])),
        ..of.clone()
    }
}

fn status(status: RowStatus) -> Vec<TrustRow> {
    vec![TrustRow { status, ..row(&claims()) }]
}

#[test]
fn the_holders_standing_decides_what_a_good_signature_is_worth() {
    let text = sign_certificate(&claims(), &key(2));
    assert_eq!(shown(&text, status(RowStatus::Issued)), Verdict::Registered);
    assert_eq!(shown(&text, status(RowStatus::Lost)), Verdict::Lost);
    assert_eq!(shown(&text, status(RowStatus::StruckOff)), Verdict::StruckOff);
    assert_eq!(shown(&text, vec![]), Verdict::Unknown);
}

#[test]
fn of_several_prints_the_last_one_is_good() {
    let [first, second, third] = [1, 2, 3].map(|at| print(&claims(), at));
    let prints = vec![Some(first.hash()), Some(second.hash())];
    let rows = |status| vec![TrustRow { status, prints: prints.clone(), ..row(&first) }];
    let sign = |claims| sign_certificate(claims, &key(2));
    let last = 2.try_into().unwrap();
    assert_eq!(shown(&sign(&first), rows(RowStatus::Issued)), Verdict::Reprinted { last });
    assert_eq!(shown(&sign(&second), rows(RowStatus::Issued)), Verdict::Registered);
    assert_eq!(shown(&sign(&third), rows(RowStatus::Issued)), Verdict::Unknown, "the list is older");
    assert_eq!(shown(&sign(&first), rows(RowStatus::Lost)), Verdict::Reprinted { last });
    assert_eq!(shown(&sign(&second), rows(RowStatus::Lost)), Verdict::Lost);
    assert_eq!(shown(&sign(&first), rows(RowStatus::StruckOff)), Verdict::StruckOff);
}

#[test]
fn of_an_earlier_print_that_was_made_with_two_words_it_is_told_that_a_later_one_exists() {
    let second = print(&claims(), 2);
    let rows = vec![TrustRow { prints: vec![None, Some(second.hash())], ..row(&second) }];
    assert_eq!(shown(&sign_certificate(&second, &key(2)), rows.clone()), Verdict::Registered);
    let earlier = sign_certificate(&claims(), &key(2));
    assert_eq!(shown(&earlier, rows.clone()), Verdict::Reprinted { last: 2.try_into().unwrap() });
    let struck_off = TrustRow { status: RowStatus::StruckOff, ..rows[0].clone() };
    assert_eq!(shown(&earlier, vec![struck_off]), Verdict::StruckOff);
    let last = vec![TrustRow { prints: vec![Some(claims().hash()), None], ..rows[0].clone() }];
    assert_eq!(shown(&sign_certificate(&second, &key(2)), last), Verdict::NotAsRegistered);
}

#[test]
fn a_number_that_two_consoles_gave_out_at_once_is_contested() {
    let other = CertificateClaims { holder: name("Қасымов Ерлан"), ..claims() };
    let rows = vec![row(&claims()), row(&other)];
    for claims in [claims(), other.clone()] {
        assert_eq!(shown(&sign_certificate(&claims, &key(2)), rows.clone()), Verdict::Contested);
    }
    let struck_off = TrustRow { status: RowStatus::StruckOff, ..row(&other) };
    let text = sign_certificate(&other, &key(3));
    assert_eq!(shown(&text, vec![row(&claims()), struck_off]), Verdict::StruckOff);
}

#[test]
fn a_letter_that_was_changed_shows() {
    let text = sign_certificate(&claims(), &key(2));
    let mut message = message_of(&text);
    let name = "Айгерім".as_bytes();
    let at = message.windows(name.len()).position(|at| at == name).unwrap();
    // Айгерім becomes Ейгерім.
    message[at + 1] = 0x95;
    let verified = District::new().list(status(RowStatus::Issued));
    let verified = verify_certificate(&text_of(&message), &verified, now()).unwrap();
    assert_eq!((verified.verdict, verified.claims), (Verdict::Forged, None));
}

#[test]
fn who_stole_a_consoles_key_cannot_put_another_name_on_a_number() {
    let copied = CertificateClaims { holder: name("Қасымов Ерлан"), ..claims() };
    let text = sign_certificate(&copied, &key(2));
    assert_eq!(shown(&text, status(RowStatus::Issued)), Verdict::NotAsRegistered);
    let of_the_day_before = CertificateClaims { issued_on: "2026-04-30".parse().unwrap(), ..claims() };
    let text = sign_certificate(&of_the_day_before, &key(2));
    assert_eq!(shown(&text, status(RowStatus::Issued)), Verdict::NotAsRegistered);
}

#[test]
fn what_a_removed_console_signed_stands_if_the_register_has_it() {
    let district = District::new().with(1, remove(3));
    let list = district.list(vec![row(&claims())]);
    assert_eq!(verdict(&sign_certificate(&claims(), &key(3)), &list), Verdict::Registered);
    let other = CertificateClaims { number: number("A-18/26"), ..claims() };
    assert_eq!(verdict(&sign_certificate(&other, &key(3)), &list), Verdict::StrangeKey);
    assert_eq!(verdict(&sign_certificate(&other, &key(2)), &list), Verdict::Unknown);
    let copied = CertificateClaims { holder: name("Қасымов Ерлан"), ..claims() };
    assert_eq!(verdict(&sign_certificate(&copied, &key(3)), &list), Verdict::NotAsRegistered);
}

#[test]
fn only_keys_that_the_root_enrolled_are_the_subdivisions() {
    let district = District::new()
        .with(2, add(4, Role::Ss))
        .with(3, add(5, Role::Ts))
        .with(5, add(6, Role::Ts));
    let list = district.list(vec![row(&claims())]);
    for stranger in [1, 4, 5, 6, 7, 8] {
        let text = sign_certificate(&claims(), &key(stranger));
        assert_eq!(verdict(&text, &list), Verdict::StrangeKey, "key {stranger}");
        let read = TrustList::read(&district.file_by(stranger), Some(&root()));
        assert_eq!(read, Err(TrustListRefused::Signer), "key {stranger}");
    }
    assert!(TrustList::read(&district.file_by(3), Some(&root())).is_ok());
}

#[test]
fn the_successor_enrols_and_removes_as_the_root_does() {
    let district = District::new().with(7, add(5, Role::Ts)).with(7, remove(3));
    assert!(TrustList::read(&district.file_by(5), Some(&root())).is_ok());
    assert_eq!(TrustList::read(&district.file_by(3), None), Err(TrustListRefused::Signer));
}

#[test]
fn nobody_but_the_root_removes_a_console_in_a_list() {
    let district = District::new().with(3, remove(2));
    assert!(TrustList::read(&district.file_by(2), Some(&root())).is_ok());
}

#[test]
fn evidence_that_is_not_its_signers_is_refused_and_evidence_of_another_territory_shows_nobody() {
    let mut district = District::new();
    district.tamper();
    assert_eq!(TrustList::read(&district.file_by(2), None), Err(TrustListRefused::Evidence));
    let none = District::empty();
    assert_eq!(TrustList::read(&none.file_by(2), None), Err(TrustListRefused::Signer));
    let read = TrustList::read(&District::new().file_by(2), Some(&key(8).device_id()));
    assert_eq!(read, Err(TrustListRefused::OtherTerritory));
}

#[test]
fn another_territorys_certificate_is_not_called_forged() {
    let other = CertificateClaims { territory: TerritoryMark::of(&key(8).device_id()), ..claims() };
    let verified = District::new().list(status(RowStatus::Issued));
    let verified = verify_certificate(&sign_certificate(&other, &key(8)), &verified, now()).unwrap();
    assert_eq!((verified.verdict, verified.claims), (Verdict::OtherTerritory, None));
}

#[test]
fn a_list_says_how_old_it_is_and_whether_it_can_know_the_certificate() {
    let list = District::new().list(vec![]);
    let at = |now: &str| {
        let text = sign_certificate(&claims(), &key(2));
        verify_certificate(&text, &list, now.parse().unwrap()).unwrap()
    };
    assert_eq!(at("2026-05-03T12:59:59Z").list_age_days, Some(1));
    assert_eq!(at("2026-05-03T13:00:00Z").list_age_days, Some(2));
    assert_eq!(at("2026-05-01T12:59:59Z").list_age_days, None, "the list lies ahead of this clock");
    assert!(!at("2026-05-03T13:00:00Z").is_list_older, "it was made on the same day");
    let later = CertificateClaims { issued_on: "2026-05-02".parse().unwrap(), ..claims() };
    let text = sign_certificate(&later, &key(2));
    let verified = verify_certificate(&text, &list, now()).unwrap();
    assert_eq!((verified.verdict, verified.is_list_older), (Verdict::Unknown, true));
}

#[test]
fn whoever_has_a_list_cannot_find_by_trying_names_who_holds_a_certificate() {
    let hash = claims().hash();
    let guessed = CertificateClaims { salt: CertificateSalt::of(PersonId::from_bytes([0; 16])), ..claims() };
    assert_ne!(guessed.hash(), hash, "everything but the salt is guessed");
    let file = District::new().file(status(RowStatus::Issued));
    let message = unpack(&file[4..], 100_000).unwrap();
    let holds = |part: &[u8]| message.windows(part.len()).any(|at| at == part);
    assert!(holds(b"A-17/26") && holds(hash.as_bytes()));
    let payload = claims().encode();
    let salt = payload.get(payload.len() - 8..).unwrap();
    assert!(!holds(salt) && !holds("Айгерім".as_bytes()));
}

/// A certificate in the register, printed anew as often as these prints say.
fn record(reprints: &[(u16, &str)]) -> CertificateRecord {
    let said =
        |at: usize| (StatementRef::new(format!("abcdefgh.{at}")).unwrap(), Author::from_bytes([1; 32]));
    let signer = || Signer {
        position: name("Бастық"), rank: name("полковник"), full_name: name("Б. Б.")
    };
    let (person, of) = (PersonId::from_bytes([7; 16]), claims());
    let issued = Certificate {
        person,
        kind: of.kind,
        number: of.number.clone(),
        full_name: of.holder.clone(),
        subdivision: of.subdivision,
        day: of.issued_on,
        signer: signer(),
    };
    let reprints = reprints.iter().enumerate().map(|(at, (print, holder))| {
        let (key, author) = said(at + 2);
        let what = CertificateReprinted {
            person,
            number: of.number.clone(),
            print: *print,
            cause: ReprintCause::Damaged,
            full_name: name(holder),
            day: of.issued_on,
            signer: signer(),
        };
        Said { key, author, what }
    });
    let (key, author) = said(1);
    CertificateRecord {
        issued: Said { key, author, what: issued },
        reprints: reprints.collect(),
        lost: vec![],
        is_struck_off: false,
    }
}

#[test]
fn the_registers_rows_tell_what_the_registers_prints_are_worth() {
    let territory = claims().territory;
    let told = |record: &CertificateRecord, print: u8| -> Vec<Verdict> {
        let list = District::new().list(TrustRow::of(territory, record));
        let all = CertificateClaims::of(territory, record, print.try_into().unwrap());
        all.iter()
            .map(|claims| verdict(&sign_certificate(claims, &key(2)), &list))
            .collect()
    };
    let once = record(&[]);
    assert_eq!((told(&once, 1), told(&once, 2)), (vec![Verdict::Registered], vec![]));
    let anew = record(&[(2, "Айгерім Қасымова")]);
    let last = 2.try_into().unwrap();
    assert_eq!(told(&anew, 1), [Verdict::Reprinted { last }]);
    assert_eq!(told(&anew, 2), [Verdict::Registered]);
    let twice = record(&[(2, "Айгерім Қасымова"), (2, "Айгерим Касымова")]);
    assert_eq!(told(&twice, 1), [Verdict::Contested]);
    assert_eq!(told(&twice, 2), [Verdict::Contested; 2]);
    let settled = record(&[(2, "Айгерім Қасымова"), (2, "Айгерим Касымова"), (3, "Айгерім Қасымова")]);
    assert_eq!(told(&settled, 2), [Verdict::Reprinted { last: 3.try_into().unwrap() }; 2]);
    assert_eq!(told(&settled, 3), [Verdict::Registered]);
    let struck_off = CertificateRecord { is_struck_off: true, ..settled };
    assert_eq!(told(&struck_off, 3), [Verdict::StruckOff]);
    assert_eq!(told(&struck_off, 2), [Verdict::StruckOff; 2]);
    let alike = record(&[(2, "Айгерім Қасымова"), (2, "Айгерім Қасымова")]);
    assert_eq!(told(&alike, 2), [Verdict::Contested; 2], "two papers with the same words");
}
