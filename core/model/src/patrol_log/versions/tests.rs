//! What stands of entries: amended, amended apart, taken back.

use super::*;
use crate::amendment::AmendReason;
use crate::entry::{Activity, EntryDraft};
use crate::ids::{Author, MemberId, StatementRef};
use crate::moment::{Clocks, Moment};
use crate::register::Withdrawn;
use crate::statement::Statement;
use crate::words::Text;

fn said(phone: u8, number: u32, body: Body) -> Stated {
    let moment: Moment = format!("2026-05-01T08:{number:02}:00+05:00").parse().unwrap();
    Stated {
        key: StatementRef::new(format!("p{phone}.{number}")).unwrap(),
        author: Author::from_bytes([phone; 32]),
        member: Some(MemberId::from_bytes([phone / 2; 16])),
        role: None,
        statement: Statement::new(Clocks::new(moment, None, None), body),
    }
}

fn entry(text: &str) -> Entry {
    EntryDraft::new(Activity::Force, text).check().unwrap()
}

fn amending(of: &Stated, text: &str) -> Body {
    let (of, entry) = (of.cause(), entry(text));
    Body::Amended(Amendment { of, entry, why: AmendReason::Slip, note: None })
}

fn withdrawing(what: &Stated) -> Body {
    let (author, key) = (what.author, what.key.clone());
    Body::Register(Record::Withdrawn(Withdrawn { author, key, reason: Text::new("қате").unwrap() }))
}

/// What stands of each entry, in words.
fn standing(statements: &[&Stated]) -> Vec<Vec<String>> {
    let log = PatrolLog::from_statements(statements.iter().copied().cloned());
    let texts = |logged: &LoggedEntry<'_>| {
        let texts = logged.standing.iter().map(|version| version.entry.text().to_string());
        texts.collect::<Vec<_>>()
    };
    log.versions().iter().map(texts).collect()
}

#[test]
fn an_amendment_stands_and_what_was_said_first_is_kept() {
    let first = said(2, 1, Body::Entry(entry("3 адам")));
    let amended = said(2, 2, amending(&first, "4 адам"));
    let again = said(3, 3, amending(&amended, "5 адам"));
    assert_eq!(
        standing(&[&again, &first, &amended]),
        [["5 адам"]],
        "of another phone of the same member too"
    );
    let log = PatrolLog::from_statements([first.clone(), amended, again]);
    let versions = log.versions();
    assert_eq!((versions[0].first.stated, versions[0].amendments.len()), (&first, 2));
}

#[test]
fn of_amendments_made_apart_both_stand() {
    let first = said(2, 1, Body::Entry(entry("3 адам")));
    let (one, other) = (said(2, 2, amending(&first, "4 адам")), said(3, 3, amending(&first, "5 адам")));
    assert_eq!(standing(&[&first, &one, &other]), [["4 адам", "5 адам"]]);
}

#[test]
fn nobody_amends_or_takes_back_what_another_said() {
    let first = said(2, 1, Body::Entry(entry("3 адам")));
    let (amended, withdrawn) = (said(4, 2, amending(&first, "жоқ")), said(4, 3, withdrawing(&first)));
    assert_eq!(standing(&[&first, &amended, &withdrawn]), [["3 адам"]]);
}

#[test]
fn what_is_taken_back_does_not_stand_and_is_there() {
    let first = said(2, 1, Body::Entry(entry("3 адам")));
    let amended = said(2, 2, amending(&first, "4 адам"));
    let back = said(2, 3, withdrawing(&amended));
    assert_eq!(standing(&[&first, &amended, &back]), [["3 адам"]], "the amendment was taken back");
    let all = said(3, 4, withdrawing(&first));
    assert_eq!(standing(&[&first, &amended, &all]), [Vec::<String>::new()]);
    let log = PatrolLog::from_statements([first.clone(), all.clone()]);
    assert_eq!(log.withdrawn_by(&first), Some(&all.cause()));
    assert_eq!((log.stated().len(), log.entries().count()), (2, 0));
    // A withdrawal itself is not taken back.
    let never = said(2, 5, withdrawing(&all));
    assert_eq!(standing(&[&first, &all, &never]), [Vec::<String>::new()]);
}

#[test]
fn whoever_amends_in_a_ring_has_amended_nothing() {
    let first = said(2, 1, Body::Entry(entry("3 адам")));
    let ahead = said(2, 3, Body::Entry(entry("жоқ")));
    let one = said(2, 2, amending(&first, "4 адам"));
    let Body::Amended(mut ring) = amending(&ahead, "5 адам") else { panic!() };
    ring.of = one.cause();
    let other = said(2, 3, Body::Amended(ring));
    let Body::Amended(mut back) = amending(&first, "4 адам") else { panic!() };
    back.of = other.cause();
    let one = said(2, 2, Body::Amended(back));
    assert_eq!(standing(&[&first, &one, &other]), [["3 адам"]]);
}
