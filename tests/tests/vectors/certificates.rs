//! A certificate's code and a trust list: the territory of [`World`] with a second console, which was removed.

use std::num::NonZeroU8;

use jasaq_fieldbook::formats::certificates::{
    CertificateClaims, CertificateSalt, ClaimsHash, RowStatus, TerritoryMark, TrustRow, sign_certificate,
};
use jasaq_fieldbook::fuzzing::by_hand;
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::register::CertificateKind;
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::protocol::ids::OfficeId;
use jasaq_fieldbook::protocol::membership::{Cut, Operation, Role};
use jasaq_fieldbook::protocol::seal::{SigningKey, VerifiedEnvelope};

use super::book::Page;
use super::world::{Journal, World, device};

/// The page.
pub fn page(world: &World) -> Page {
    let mut page = Page::new(
        "certificates.txt",
        "Certificates' codes and trust lists of the territory of rolls.txt, where the root enrols a second console, 3a…, and\n\
         removes it. `payload` is what is signed, `message` the COSE_Sign1, `text` and `file` what travels: packed by zlib at its\n\
         tightest, which another zlib may do otherwise. The verdicts are those by the list `list`.",
    );
    let evidence = evidence(world);
    for (number, envelope) in evidence.iter().enumerate().skip(1) {
        page.note(
            &format!("evidence.{number}"),
            envelope.to_wire(true).encode(),
            "of the root, in the territory's roll",
        );
    }
    for (name, claims, key) in shown(world) {
        let payload = by_hand::certificate_payload(&claims);
        let text = sign_certificate(&claims, &key);
        page.note(&format!("{name}.payload"), &payload, "the CWT's claims");
        page.note(&format!("{name}.hash"), claims.hash().as_bytes(), "the claims' hash");
        let message = by_hand::certificate_message(&payload, &key);
        page.note(&format!("{name}.message"), message, "signed");
        page.note(&format!("{name}.text"), &text, &format!("{}: {text}", verdict_of(name)));
    }
    refused(&mut page, world);
    let at = "2026-05-03T18:00:00+05:00".parse().unwrap();
    let payload = by_hand::trust_list_payload((world.root.device_id(), &evidence), rows(world), at);
    let message = by_hand::trust_list_message(&payload, world.ts.signing());
    page.note("list.payload", &payload, "made at 2026-05-03T18:00:00+05:00");
    page.note("list.message", &message, "signed by ts");
    page.note("list.file", by_hand::trust_list_file(&message), "as it is handed out");
    page
}

/// Codes with one flaw each: `altered` reads and is forged, the others are not read at all.
fn refused(page: &mut Page, world: &World) {
    let payload = by_hand::certificate_payload(&claims(world, "0001"));
    let message = by_hand::certificate_message(&payload, world.ts.signing());
    let mut altered = message.clone();
    let name = "Айгерім".as_bytes();
    let at = message.windows(name.len()).position(|at| at == name).unwrap();
    altered[at + 1] = 0x95;
    page.note("altered.text", by_hand::certificate_text(&altered), "forged: a letter of the name is another");
    let text = by_hand::certificate_text(&message);
    let mut es256 = message.clone();
    es256[6] = 0x26;
    let longer = [&[0xd8, 18], &message[1..]].concat();
    let claimless = by_hand::certificate_message(&[0xa0], world.ts.signing());
    let flaws = [
        ("prefix", text.replacen("JSQ1:", "jsq1:", 1), "no certificate's code"),
        ("version", text.replacen("JSQ1:", "JSQ2:", 1), "newer"),
        ("letter", text.replacen("JSQ1:", "JSQ1:a", 1), "a letter that Base45 has not"),
        ("pair", format!("{text}::"), "a last pair above 255, or a group above 65,535"),
        ("cut", text[..text.len() - 6].to_owned(), "the packing is cut"),
        ("algorithm", by_hand::certificate_text(&es256), "the header names ES256"),
        ("untagged", by_hand::certificate_text(&message[1..]), "without its tag"),
        ("longer", by_hand::certificate_text(&longer), "its tag has a longer head than it needs"),
        ("claims", by_hand::certificate_text(&claimless), "signed, and no claims"),
        ("behind", by_hand::certificate_text(&[&message[..], &[0]].concat()), "a byte behind"),
    ];
    for (flaw, text, why) in flaws {
        page.note(&format!("refused.{flaw}"), text, why);
    }
}

/// The evidence as a list holds it: in the order of its journals.
fn evidence(world: &World) -> Vec<VerifiedEnvelope> {
    let second = device(0x3a);
    let mut journals = vec![Journal::new(world.territory, &world.root, 0xa8)];
    let office = Some(OfficeId::from_bytes([0x77; 16]));
    let (nonce, role) = ([0x78; 16], Role::Ts);
    journals[0].operate(&[Operation::Add {
        device: second.public(),
        nonce,
        role,
        office,
        invite: None,
        head: None,
    }]);
    journals.push(Journal::new(world.territory, &world.successor, 0xa9));
    journals[1].operate(&[Operation::Remove {
        device: second.id(),
        cut: Cut::default(),
        replaces: Vec::new(),
    }]);
    let founding = world.rolls[0].envelopes.iter();
    founding
        .chain(journals.iter().flat_map(|journal| &journal.envelopes))
        .cloned()
        .collect()
}

fn claims(world: &World, number: &str) -> CertificateClaims {
    CertificateClaims {
        territory: TerritoryMark::of(&world.root.device_id()),
        kind: CertificateKind::SquadMember,
        number: number.parse().unwrap(),
        holder: Name::new("Сәрсенбаева Айгерім Нұрланқызы").unwrap(),
        issued_on: "2026-05-01".parse().unwrap(),
        print: NonZeroU8::MIN,
        subdivision: Name::new("Алматы облысы бойынша департамент").unwrap(),
        salt: CertificateSalt::of(PersonId::from_bytes([0x5a; 16])),
    }
}

fn reprint(world: &World) -> CertificateClaims {
    CertificateClaims { print: NonZeroU8::MIN.saturating_add(1), ..claims(world, "0002") }
}

fn key(seed: u8) -> SigningKey {
    super::world::signing(seed)
}

/// What is shown to whoever has the list, and whose key signed it.
fn shown(world: &World) -> Vec<(&'static str, CertificateClaims, SigningKey)> {
    let holder = Name::new("Қасымов Ерлан").unwrap();
    let elsewhere = TerritoryMark::of(&key(0x09).device_id());
    vec![
        ("registered", claims(world, "0001"), key(0x10)),
        ("earlier_print", claims(world, "0002"), key(0x10)),
        ("later_print", reprint(world), key(0x10)),
        (
            "struck_off",
            CertificateClaims { kind: CertificateKind::NonStaffEmployee, ..claims(world, "0003") },
            key(0x10),
        ),
        ("lost", claims(world, "0004"), key(0x10)),
        ("contested", claims(world, "0005"), key(0x10)),
        ("unknown", claims(world, "0006"), key(0x10)),
        ("other_name", CertificateClaims { holder, ..claims(world, "0001") }, key(0x10)),
        ("of_the_ss", claims(world, "0001"), key(0x20)),
        ("of_the_removed", claims(world, "0007"), key(0x3a)),
        ("of_the_removed_later", claims(world, "0008"), key(0x3a)),
        ("elsewhere", CertificateClaims { territory: elsewhere, ..claims(world, "0001") }, key(0x09)),
    ]
}

fn verdict_of(name: &str) -> &str {
    match name {
        "earlier_print" => "reprinted, the last is 2",
        "later_print" | "of_the_removed" => "registered",
        "other_name" => "not_as_registered",
        "of_the_ss" | "of_the_removed_later" => "strange_key",
        "elsewhere" => "other_territory",
        same => same,
    }
}

fn rows(world: &World) -> Vec<TrustRow> {
    let row = |number: &str, status, prints: Vec<Option<ClaimsHash>>| TrustRow {
        number: number.parse().unwrap(),
        status,
        prints,
    };
    let hash = |number: &str| Some(claims(world, number).hash());
    let non_staff = CertificateClaims { kind: CertificateKind::NonStaffEmployee, ..claims(world, "0003") };
    vec![
        row("0001", RowStatus::Issued, vec![hash("0001")]),
        row("0002", RowStatus::Issued, vec![hash("0002"), Some(reprint(world).hash())]),
        row("0003", RowStatus::StruckOff, vec![Some(non_staff.hash())]),
        row("0004", RowStatus::Lost, vec![hash("0004")]),
        row("0005", RowStatus::Issued, vec![None, hash("0004")]),
        row("0005", RowStatus::Issued, vec![hash("0005")]),
        row("0007", RowStatus::Issued, vec![hash("0007")]),
    ]
}
