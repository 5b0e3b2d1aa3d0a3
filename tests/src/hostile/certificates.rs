//! A certificate's code, and a trust list: what a stranger holds out, and what he hands over.

use std::sync::LazyLock;

use jasaq_fieldbook::formats::certificates::{
    CertificateClaims, CertificateSalt, RowStatus, TerritoryMark, TrustList, TrustRow, Verdict,
    sign_certificate, verify_certificate,
};
use jasaq_fieldbook::fuzzing::by_hand;
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::moment::{Moment, UtcTime};
use jasaq_fieldbook::model::register::CertificateKind;
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::protocol::ids::{JournalId, OfficeId, Place, Sequence, SpaceId};
use jasaq_fieldbook::protocol::membership::{Operation, Role};
use jasaq_fieldbook::protocol::seal::{
    DeviceKeys, EnvelopeDraft, Link, NextPlace, Section, VerifiedEnvelope, seal,
};

use super::draw::Draw;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

/// A territory of one console, whose key the target holds.
struct Territory {
    root: DeviceKeys,
    console: DeviceKeys,
    founding: VerifiedEnvelope,
    made_at: Moment,
}

static TERRITORY: LazyLock<Territory> = LazyLock::new(|| {
    let [root, console] = [[1; 64], [2; 64]].map(|secret| DeviceKeys::from_secret_bytes(&secret));
    let space = SpaceId::of_territory(&root.id());
    let place = Place { space, journal: JournalId::of_device(&root.id(), [3; 8]), sequence: Sequence::FIRST };
    let office = Some(OfficeId::from_bytes([4; 16]));
    let (device, nonce, role) = (console.public(), [5; 16], Role::Ts);
    let successor = DeviceKeys::from_secret_bytes(&[6; 64]).public();
    let founding = [
        Operation::Found { successor, recovery: root.public().exchange },
        Operation::Add { device, nonce, role, office, invite: None, head: None },
    ];
    let sections = founding.map(|operation| Section::Operation(operation.encode()));
    let next = NextPlace { place, link: Link::First(root.id()) };
    let draft = EnvelopeDraft { next, epoch: None, sections: &sections };
    let founding =
        seal(&draft, root.signing(), &mut ChaCha20Rng::from_seed([8; 32])).expect("two operations fit");
    let made_at = "2026-05-03T18:00:00+05:00".parse().expect("a moment");
    Territory { root, console, founding, made_at }
});

fn claims() -> CertificateClaims {
    CertificateClaims {
        territory: TerritoryMark::of(&TERRITORY.root.id()),
        kind: CertificateKind::NonStaffEmployee,
        number: "17".parse().expect("a number"),
        holder: Name::new("Ә").expect("a name"),
        issued_on: "2026-05-01".parse().expect("a day"),
        print: std::num::NonZeroU8::MIN,
        subdivision: Name::new("Қ").expect("a name"),
        salt: CertificateSalt::of(PersonId::from_bytes([7; 16])),
    }
}

static LIST: LazyLock<TrustList> = LazyLock::new(|| {
    let file = file_of(&honest_payload());
    TrustList::read(&file, Some(&TERRITORY.root.id())).expect("the territory's own list")
});

fn honest_payload() -> Vec<u8> {
    let row = |claims: CertificateClaims, status| TrustRow {
        prints: vec![Some(claims.hash())],
        number: claims.number,
        status,
    };
    let lost = CertificateClaims { number: "18".parse().expect("a number"), ..claims() };
    let rows = vec![row(claims(), RowStatus::Issued), row(lost, RowStatus::Lost)];
    let of = (TERRITORY.root.id(), std::slice::from_ref(&TERRITORY.founding));
    by_hand::trust_list_payload(of, rows, TERRITORY.made_at)
}

fn file_of(payload: &[u8]) -> Vec<u8> {
    by_hand::trust_list_file(&by_hand::trust_list_message(payload, TERRITORY.console.signing()))
}

/// First byte, by its remainder: 0 a text, 1 a message to be packed, 2 claims to be signed by the console.
pub(super) fn feed_certificate(input: &[u8]) {
    let mut draw = Draw::new(input);
    let kind = draw.byte() % 3;
    let text = match kind {
        0 => match std::str::from_utf8(draw.rest()) {
            Ok(text) => text.to_owned(),
            Err(_) => return,
        },
        1 => by_hand::certificate_text(draw.rest()),
        _ => {
            let message = by_hand::certificate_message(draw.rest(), TERRITORY.console.signing());
            by_hand::certificate_text(&message)
        }
    };
    let now = UtcTime::saturating_from_unix_ms(i64::MAX);
    let Ok(verified) = verify_certificate(&text, &LIST, now) else { return };
    if let Some(read) = &verified.claims {
        let again = sign_certificate(read, TERRITORY.console.signing());
        let verified_again = verify_certificate(&again, &LIST, now);
        assert_eq!(verified_again.as_ref(), Ok(&verified), "what is read is written and read alike");
    }
    if verified.verdict == Verdict::Registered {
        assert_eq!(verified.claims, Some(claims()), "only what stands in the list is registered");
    }
}

/// First byte, by its remainder: 0 a file, 1 a message to be packed, 2 fields to be signed by the console.
pub(super) fn feed_trust_list(input: &[u8]) {
    let mut draw = Draw::new(input);
    let kind = draw.byte() % 3;
    let file = match kind {
        0 => draw.rest().to_vec(),
        1 => by_hand::trust_list_file(draw.rest()),
        _ => file_of(draw.rest()),
    };
    let Ok(list) = TrustList::read(&file, None) else { return };
    assert!(list.rows().is_sorted_by(|one, next| one < next), "a list has one order");
    for row in list.rows() {
        assert!(list.rows_of(&row.number).contains(row), "a row is found by its number");
    }
    if TrustList::read(&file, Some(&TERRITORY.root.id())).is_ok() {
        assert_eq!(list.signer(), TERRITORY.console.id(), "nobody else signs for this territory");
    }
}

/// Codes: of the console, of a stranger, and their claims.
pub(super) fn certificate_seeds() -> Vec<Vec<u8>> {
    let payload = by_hand::certificate_payload(&claims());
    let [own, strange] = [&TERRITORY.console, &TERRITORY.root]
        .map(|keys| by_hand::certificate_message(&payload, keys.signing()));
    let text = by_hand::certificate_text(&own);
    vec![
        [&[0], text.as_bytes()].concat(),
        b"\x00JSQ2:".to_vec(),
        [&[1], own.as_slice()].concat(),
        [&[1], strange.as_slice()].concat(),
        [&[2], payload.as_slice()].concat(),
    ]
}

/// Lists: honest, of no territory, and nearly none.
pub(super) fn trust_list_seeds() -> Vec<Vec<u8>> {
    let payload = honest_payload();
    let message = by_hand::trust_list_message(&payload, TERRITORY.console.signing());
    let empty = by_hand::trust_list_payload((TERRITORY.root.id(), &[]), Vec::new(), TERRITORY.made_at);
    vec![
        [&[0], by_hand::trust_list_file(&message).as_slice()].concat(),
        b"\x00JQT\x02".to_vec(),
        [&[1], message.as_slice()].concat(),
        [&[2], payload.as_slice()].concat(),
        [&[2], empty.as_slice()].concat(),
    ]
}
