//! A squad's day: what the product is for, told rule by rule.

use jasaq_fieldbook::Custody;
use jasaq_tests::Field;

const SEED: u64 = 7;

#[test]
fn every_member_of_the_squads_space_shows_the_same_patrol() {
    let mut field = Field::new(SEED);
    let (head, ss) = (field.device("head"), field.device("ss"));
    let [aray, dana] = ["aray", "dana"].map(|name| field.phone(name));
    let patrol = field.start_patrol(head);
    field.run_until_quiet();
    field.write(aray, patrol, "тұман, көріну 50 м");
    field.write(dana, patrol, "следы у брода");
    field.write(head, patrol, "тұрғынмен әңгіме");
    field.end_patrol(head, patrol);
    field.run_until_quiet();
    let shown = field.shows(ss, patrol);
    assert_eq!(shown.log.entries().count(), 3);
    assert!(field.show_alike(&[ss, head, aray, dana], patrol));
}

#[test]
fn an_entry_climbs_the_custody_ladder_only_by_what_others_signed() {
    let mut field = Field::new(SEED);
    let (head, ss) = (field.device("head"), field.device("ss"));
    let aray = field.phone("aray");
    let patrol = field.start_patrol(aray);
    let entry = field.write(aray, patrol, "туман");
    assert_eq!(field.custody(aray, patrol, &entry), Custody::OnThisPhone);
    field.contact(aray);
    assert_eq!(field.custody(aray, patrol, &entry), Custody::AtRelay);
    field.contact(head);
    field.contact(aray);
    assert_eq!(field.custody(aray, patrol, &entry), Custody::AtRelay, "the head's ack is still on his phone");
    field.contact(head);
    field.contact(aray);
    assert_eq!(field.custody(aray, patrol, &entry), Custody::WithHead);
    field.contact(ss);
    field.contact(ss);
    field.contact(aray);
    assert_eq!(field.custody(aray, patrol, &entry), Custody::WithSs);
}

#[test]
fn a_second_contact_carries_the_acks_and_then_all_is_quiet() {
    let mut field = Field::new(SEED);
    let aray = field.phone("aray");
    let patrol = field.start_patrol(aray);
    field.write(aray, patrol, "туман");
    field.run_until_quiet();
    for phone in field.everybody() {
        let report = field.contact(phone);
        assert_eq!((report.pushed, report.received), (0, 0), "envelopes of acks alone are not acked");
    }
}

#[test]
fn the_consoles_above_the_subdivision_read_no_patrol() {
    let mut field = Field::new(SEED);
    let (head, ts) = (field.device("head"), field.device("ts"));
    let patrol = field.start_patrol(head);
    let entry = field.write(head, patrol, "туман");
    field.run_until_quiet();
    let ss = field.device("ss");
    assert!(field.can_read(ss, patrol, &entry), "otherwise the rule is proved of nobody");
    assert!(!field.can_read(ts, patrol, &entry));
}

#[test]
fn a_satchel_brings_a_phones_entries_through_another_phone() {
    let mut field = Field::new(SEED);
    let (head, ss) = (field.device("head"), field.device("ss"));
    let [aray, dana] = ["aray", "dana"].map(|name| field.phone(name));
    let patrol = field.start_patrol(aray);
    let entry = field.write(aray, patrol, "жаяу жүрдік");
    let carried = field.carry_satchel(aray, dana);
    assert!(carried.new > 0 && !carried.cut);
    for phone in [dana, head, head, ss, ss, dana] {
        field.contact(phone);
    }
    assert!(field.can_read(ss, patrol, &entry), "aray's phone itself was never in contact");
    field.carry_satchel(dana, aray);
    assert_eq!(field.custody(aray, patrol, &entry), Custody::WithSs, "the acks came back by satchel too");
}

#[test]
fn a_phone_that_waits_to_be_confirmed_records_and_sends_it_later() {
    let mut field = Field::new(SEED);
    let head = field.device("head");
    let role = jasaq_fieldbook::model::roles::Role::Volunteer;
    let invite = field
        .book(head)
        .invite(jasaq_fieldbook::Membering::Squad { role, squad: None })
        .unwrap();
    field.contact(head);
    let aray = field.ask_to_join("aray", &invite.code, 0);
    let patrol = field.start_patrol(aray);
    let entry = field.write(aray, patrol, "туман");
    field.contact(aray);
    assert_eq!(field.book(aray).status().unwrap().pending, 2, "it records and does not flush");
    field.contact(head);
    let words = field.book(aray).status().unwrap().join_words.unwrap();
    field.book(head).confirm(&words).unwrap();
    field.run_until_quiet();
    assert!(field.can_read(head, patrol, &entry));
    assert_eq!(field.book(aray).status().unwrap().pending, 0);
}

#[test]
fn what_a_phone_pushed_does_not_come_back_to_it() {
    let mut field = Field::new(SEED);
    let aray = field.phone("aray");
    let patrol = field.start_patrol(aray);
    for number in 0..30 {
        field.write(aray, patrol, &format!("{number}-жазба, тыныш, көріну жақсы"));
    }
    let report = field.contact(aray);
    assert!(report.pushed > 0 && report.bytes_down < report.bytes_up / 2, "{report:?}");
    let again = field.contact(aray);
    assert_eq!((again.pushed, again.known, again.rewound), (0, 0, 0), "and its cursor has moved past it");
}
