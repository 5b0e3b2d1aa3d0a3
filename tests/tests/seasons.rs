//! The end of a season: its keys are destroyed everywhere, the SS keeps what they opened, and what was late is not lost.

use jasaq_fieldbook::protocol::ids::{HeadHash, JournalId, Sequence, SpaceId};
use jasaq_fieldbook::protocol::journal::{Frontier, Head};
use jasaq_fieldbook::protocol::seal::Section;
use jasaq_fieldbook::protocol::sync::Ack;
use jasaq_fieldbook::{AttachmentsReport, CloseRefused, EnrolRefused, FieldbookRefused, NewAttachment};
use jasaq_tests::{Field, Hand, Phone, inside};

const SEED: u64 = 19;

fn count(field: &Field, phone: Phone, select: &str) -> i64 {
    inside::number(&inside::vault_of(field.home(phone)), select)
}

fn closing(refused: &FieldbookRefused) -> Option<CloseRefused> {
    match refused {
        FieldbookRefused::Enrol(EnrolRefused::Close(refused)) => Some(*refused),
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
    assert_eq!(closing(&of_ss), Some(CloseRefused::NoLaterSeason));
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
        closing(&field.book(ss).close_season(None, 2026).unwrap_err()),
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
    let patrol = field.start_patrol(head);
    field.write(head, patrol, "із");
    field.run_until_quiet();
    field.book(ss).open_season(None, 2027).unwrap();
    // The head signs that he holds a journal that has come to nobody else.
    let territory = SpaceId::of_territory(&field.root());
    let mut hand = Hand::in_patrols(field.home(head), territory, SEED);
    let unseen = Head { sequence: Sequence::FIRST, hash: HeadHash::from_bytes([7; 8]) };
    let heads: Frontier = [(JournalId::from_bytes([7; 16]), unseen)].into_iter().collect();
    hand.seal(&[Section::Ack(Ack { heads, frontier: [0; 16], documents: [0; 16] }.encode())]);
    field.book(ss).import_satchel(&mut hand.satchel().as_slice()).unwrap();
    let refused = field.book(ss).close_season(None, 2026).unwrap_err();
    assert_eq!(closing(&refused), Some(CloseRefused::NotAllHere));
    assert_eq!(field.texts(ss, patrol), ["із"], "nothing was ended");
}

#[test]
fn a_season_with_a_photo_that_the_subdivision_has_not_is_not_ended() {
    let mut field = Field::new(SEED);
    let ss = field.device("ss");
    let aray = field.phone("aray");
    let patrol = field.start_patrol(aray);
    let photo = vec![7; 100_000];
    let new = NewAttachment { file: &photo, keeps_metadata: true, ..NewAttachment::default() };
    let key = field.book(aray).attach(patrol, &new).unwrap();
    field.run_until_quiet();
    field.book(ss).open_season(None, 2027).unwrap();
    let refused = field.book(ss).close_season(None, 2026).unwrap_err();
    assert_eq!(closing(&refused), Some(CloseRefused::AttachmentsMissing), "its only copy is on the phone");
    field.book(ss).want_attachment(&key, true).unwrap();
    for phone in [aray, ss] {
        let mut report = AttachmentsReport::default();
        field
            .over_link(phone, |book, link| book.carry_attachments(link, &mut report))
            .unwrap();
    }
    assert!(field.book(ss).close_season(None, 2026).is_ok(), "now it is archived");
    field.run_until_quiet();
    let mut kept = Vec::new();
    field.book(ss).open_attachment(&key, &mut kept).unwrap();
    assert_eq!(kept, photo);
}
