//! One page, one sequence of bytes; one commitment, one opening.

mod events;
mod gates;
mod said;

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::ids::{Author, MemberId, PatrolId, StatementRef};
use crate::moment::{Clocks, Moment};
use crate::patrol::{ActivityMode, PatrolStart};
use crate::patrol_log::PatrolLog;
use crate::reconcile::Reconciled;
use crate::settling::{Attendance, Attended, Settling};
use crate::squad::SquadCard;
use crate::stated::Stated;
use crate::statement::{Body, Statement};
use crate::words::Name;

/// A page of a patrol in which nothing stands.
pub(crate) fn bare_page() -> Page {
    Page {
        jasaq: "page/1".to_owned(),
        territory: "00".repeat(32),
        squad: "11".repeat(16),
        patrol: "22".repeat(16),
        parts: vec![],
        before: None,
        reason: None,
        sealed_at: "2026-05-01T18:00:00+05:00".to_owned(),
        sealed_by: "33".repeat(32),
        sealed_by_member: "44".repeat(16),
        plan: None,
        header: vec![],
        members: vec![],
        phones: vec![],
        legs: vec![],
        tracks: vec![],
        events: vec![],
        marks: vec![],
        notices: vec![],
        withdrawn: vec![],
        cases: vec![],
        flags: vec![],
        statements: vec![],
    }
}

fn page() -> Page {
    Page { flags: vec![["no_fix".to_owned(), "Тұман \"\u{1}\"\n".to_owned()]], ..bare_page() }
}

#[test]
fn a_page_has_one_sequence_of_bytes() {
    let bytes = PageBytes::of(&page());
    let written = std::str::from_utf8(bytes.as_bytes()).unwrap();
    assert!(written.starts_with(
        "{\"before\":null,\"cases\":[],\"events\":[],\"flags\":[[\"no_fix\",\"Тұман \\\"\\u0001\\\"\\n\"]],"
    ));
    let (read, page_read) = PageBytes::read(bytes.as_bytes()).unwrap();
    assert_eq!((read.hash(), page_read), (bytes.hash(), page()));
    let spaced = written.replace("\"cases\":[]", "\"cases\": []");
    assert_eq!(PageBytes::read(spaced.as_bytes()).unwrap_err(), PageRefused::NotCanonical);
    let turned = written.replace("{\"before\":null,\"cases\":[],", "{\"cases\":[],\"before\":null,");
    assert_eq!(PageBytes::read(turned.as_bytes()).unwrap_err(), PageRefused::NotCanonical);
    let newer = written.replace("page/1", "page/2");
    assert_eq!(PageBytes::read(newer.as_bytes()).unwrap_err(), PageRefused::NotAPage);
    let of_a_newer_minor = written.replace("{\"before\"", "{\"aaa\":1,\"before\"");
    assert!(PageBytes::read(of_a_newer_minor.as_bytes()).is_ok(), "what is not known stays in the bytes");
    assert_eq!(PageBytes::read(b"[]").unwrap_err(), PageRefused::NotAPage);
}

#[test]
fn a_commitment_is_opened_by_its_own_opening_alone() {
    let (salt, other) = (Salt::from_bytes([1; 32]), Salt::from_bytes([2; 32]));
    let (commitment, opening) = Opening::make(&salt, "/members/0/name".to_owned(), "Әлиев Асқар");
    assert!(commitment.is_opened_by(&opening));
    for wrong in [
        Opening { value: "Әлиев".to_owned(), ..opening.clone() },
        Opening { path: "/members/1/name".to_owned(), ..opening.clone() },
        Opening { salt: "zz".repeat(32), ..opening.clone() },
        Opening::make(&other, opening.path.clone(), &opening.value).1,
    ] {
        assert!(!commitment.is_opened_by(&wrong), "{wrong:?}");
    }
    let far = |letters: usize| Opening::make(&salt, "/".repeat(letters), "Әлиев Асқар");
    for (letters, opens) in [(65_535, true), (65_536, false)] {
        let (commitment, opening) = far(letters);
        assert_eq!(commitment.is_opened_by(&opening), opens, "{letters}");
    }
    let openings = Openings { openings: vec![opening] };
    assert_eq!(Openings::read(&openings.to_bytes()), Some(openings));
}

/// A page with something at a key that nobody knows.
fn with_unknown(key: &str, value: &str) -> Vec<u8> {
    let written = String::from_utf8(PageBytes::of(&page()).as_bytes().to_vec()).unwrap();
    format!("{},\"{key}\":{value}}}", written.strip_suffix('}').unwrap()).into_bytes()
}

#[test]
fn a_long_key_above_many_values_holds_nobody_up() {
    let key = "z".repeat(1 << 20);
    let (commitment, _) = Opening::make(&Salt::from_bytes([1; 32]), String::new(), "");
    let commitment = format!("{{\"commitment\":\"{}\"}}", commitment.commitment);
    let below = [vec!["0"; 100_000], vec![&*commitment; 10_000]].concat().join(",");
    // Written out, the places of these would fill 100 GB.
    let (bytes, _) = PageBytes::read(&with_unknown(&key, &format!("[{below}]"))).unwrap();
    assert_eq!(bytes.commitments().count(), 10_000);
}

#[test]
fn an_opening_leads_to_its_place_and_to_no_other() {
    let opens = |path: &str| {
        let (commitment, opening) = Opening::make(&Salt::from_bytes([1; 32]), path.to_owned(), "Әлиев Асқар");
        let at = format!("[0,{{\"\":{{\"commitment\":\"{}\"}}}}]", commitment.commitment);
        let (bytes, _) = PageBytes::read(&with_unknown("z~1/", &at)).unwrap();
        assert_eq!(bytes.commitments().count(), 1);
        bytes.commitments().are_opened_by(&opening)
    };
    assert!(opens("/z~01~1/1/"));
    for path in ["", "/", "z~01~1/1/", "/z~1~1/1/", "/z~1/1/", "/z~01~1/1", "/z~01~1/1//commitment"] {
        assert!(!opens(path), "{path}");
    }
    for otherwise in ["/z~01~1/01/", "/z~01~1/+1/", "//z~01~1/1/", "#/z~01~1/1/", "/z~1~1/1/", "/z~01/~1/1/"]
    {
        assert!(!opens(otherwise), "of each place there is one form: {otherwise}");
    }
}

#[test]
fn what_is_nearly_a_commitment_at_a_key_that_nobody_knows_is_none() {
    for near in ["\"nobody\"", "0", "{}"] {
        let (bytes, _) = PageBytes::read(&with_unknown("zz", &format!("{{\"commitment\":{near}}}"))).unwrap();
        assert_eq!(bytes.commitments().count(), 0, "{near}");
    }
}

/// What the gate and the page say of a member who went on 1 May, by his card.
fn gate_and_page(eligible: bool, ended: Option<&str>) -> (GateState, Option<bool>) {
    let at: Moment = "2026-05-01T10:00:00+05:00".parse().unwrap();
    let (member, device) = (MemberId::from_bytes([1; 16]), Author::from_bytes([1; 32]));
    let attended = Attendance {
        member,
        was: Attended::Attended,
        note: None,
        replaces: crate::planning::Before::default(),
    };
    let start = Body::PatrolStarted(PatrolStart::new(ActivityMode::Joint));
    let said = [start, Body::Settling(Settling::Attended(attended))].into_iter().zip(1..);
    let log = PatrolLog::from_statements(said.map(|(body, number): (Body, u8)| Stated {
        key: StatementRef::new(format!("p.{number}")).unwrap(),
        author: device,
        member: None,
        role: None,
        statement: Statement::new(Clocks::new(at, None, None), body),
    }));
    let reconciled = Reconciled::of(&log);
    let card = SquadCard {
        member,
        full_name: Name::new("Арай").unwrap(),
        certificate_number: None,
        eligible,
        as_of: "2026-05-10".parse().unwrap(),
        ended: ended.map(|day| day.parse().unwrap()),
        former: None,
        turn: 1,
    };
    let cards = BTreeMap::from([(member, card)]);
    let asked = GateFacts {
        unread: BTreeSet::new(),
        now: at.time(),
        cards: cards.clone(),
        phones: BTreeMap::new(),
        cases: BTreeMap::new(),
        force: vec![],
        untold: vec![],
        late: vec![],
    };
    let facts = PageFacts {
        territory: [0; 32],
        squad: [0; 16],
        patrol: PatrolId::from_bytes([2; 16]),
        parts: &[],
        before: None,
        reason: None,
        sealed_at: at,
        sealed_by: device,
        sealed_by_member: member,
        cards,
        phones: vec![],
        cases: vec![],
        notices: vec![],
        beside: BTreeSet::new(),
    };
    let gates = gates(&log, &reconciled, &asked);
    let gate = gates.iter().find(|gate| gate.kind == GateKind::Eligible).unwrap();
    let composed = compose((&log, &reconciled), &facts, &mut || Salt::from_bytes([0; 32]));
    (gate.state, composed.page.members[0].eligible)
}

#[test]
fn the_gate_and_the_page_say_the_same_of_who_might_go() {
    assert_eq!(gate_and_page(true, None), (GateState::Open, Some(true)));
    assert_eq!(gate_and_page(true, Some("2026-05-20")), (GateState::Open, Some(true)));
    assert_eq!(gate_and_page(false, None), (GateState::Flagged, Some(false)));
    for eligible in [true, false] {
        assert_eq!(gate_and_page(eligible, Some("2026-05-01")), (GateState::Flagged, Some(false)));
    }
    // Whether he might go before, a card that was written afterwards does not tell.
    assert_eq!(gate_and_page(false, Some("2026-05-10")), (GateState::Flagged, None));
}
