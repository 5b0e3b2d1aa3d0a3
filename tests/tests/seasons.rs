//! The end of a season: its keys are destroyed everywhere, the SS keeps what they opened, and what was late is not lost.

use jasaq_fieldbook::{CloseRefused, EnrolRefused, FieldbookRefused};
use jasaq_tests::{Field, Phone, inside};

const SEED: u64 = 19;

fn count(field: &Field, phone: Phone, select: &str) -> i64 {
    inside::number(&inside::vault_of(field.home(phone)), select)
}

fn closing(refused: FieldbookRefused) -> Option<CloseRefused> {
    match refused {
        FieldbookRefused::Enrol(EnrolRefused::Close(refused)) => Some(refused),
        _ => None,
    }
}

#[test]
fn an_ended_season_is_read_by_the_ss_alone_and_what_was_late_goes_into_the_next() {
    let mut field = Field::new(SEED);
    let [ts, ss, head] = ["ts", "ss", "head"].map(|name| field.device(name));
    let [aray, late] = ["aray", "late"].map(|name| field.phone(name));
    let old = field.start_patrol(aray);
    field.write(aray, old, "былтырғы жазба");
    field.run_until_quiet();
    // One phone comes out of the mountains only next year.
    let forgotten = field.write(late, old, "қардағы із");
    let before = count(&field, aray, "SELECT count(*) FROM epochs");

    let of_ss = field.book(ss).close_season(None, 2026).unwrap_err();
    assert_eq!(closing(of_ss), Some(CloseRefused::NoLaterSeason));
    assert!(field.book(head).open_season(None, 2027).is_err(), "that is the SS's");
    field.book(ss).open_season(None, 2027).unwrap();
    field.contact(ss);
    assert_eq!(field.book(ss).close_season(None, 2026).unwrap(), 2, "patrols and protected");
    field.run_until_quiet();

    for phone in [head, aray, late] {
        assert!(field.book(phone).patrol(old).is_err() || field.texts(phone, old) == ["қардағы із"]);
        assert_eq!(
            count(&field, phone, "SELECT count(*) FROM epochs WHERE space IN (SELECT space FROM cursors)"),
            before.max(1)
        );
    }
    assert_eq!(field.texts(ss, old), ["былтырғы жазба", "қардағы із"], "the archive has all of it");
    assert!(field.can_read(ss, old, &forgotten), "and what was recorded is never lost");
    let new = field.start_patrol(aray);
    field.write(aray, new, "биылғы жазба");
    field.run_until_quiet();
    for reader in [ss, head, aray, late] {
        assert_eq!(field.texts(reader, new), ["биылғы жазба"]);
    }
    assert_eq!(
        closing(field.book(ss).close_season(None, 2026).unwrap_err()),
        Some(CloseRefused::NoSuchSeason)
    );
    assert!(matches!(
        field.book(ts).close_season(None, 2027).unwrap_err(),
        FieldbookRefused::Enrol(EnrolRefused::NoSquad | EnrolRefused::MayNot)
    ));
}

#[test]
fn a_season_that_others_hold_more_of_is_not_ended() {
    let mut field = Field::new(SEED);
    let [ss, head] = ["ss", "head"].map(|name| field.device(name));
    let aray = field.phone("aray");
    let patrol = field.start_patrol(aray);
    field.run_until_quiet();
    field.write(aray, patrol, "тек басшыда");
    // The head got it by satchel, and his word of it reaches the SS before the entry does.
    field.carry_satchel(aray, head);
    field.book(ss).open_season(None, 2027).unwrap();
    field.contact(head);
    let held_back = field.book(ss).status().unwrap().missing;
    let report = field.contact(ss);
    if field.book(ss).status().unwrap().missing > 0 {
        assert_eq!(
            closing(field.book(ss).close_season(None, 2026).unwrap_err()),
            Some(CloseRefused::NotAllHere)
        );
    } else {
        assert!(report.received > 0 && held_back == 0, "the relay had it from the head too");
        field.book(ss).close_season(None, 2026).unwrap();
    }
}
