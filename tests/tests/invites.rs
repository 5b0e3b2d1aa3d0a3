//! Invites: one-time, expiring, compared by four words.

use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::protocol::sync::Refusal;
use jasaq_fieldbook::{
    CarrierFailed, ContactReport, EnrolRefused, Fieldbook, FieldbookRefused, Membering, RefusalClass,
};
use jasaq_tests::{Field, Phone};

const SEED: u64 = 5;

fn invited(field: &mut Field) -> (Phone, String) {
    let head = field.device("head");
    let invite = field
        .book(head)
        .invite(Membering::Squad { role: Role::Volunteer, squad: None })
        .unwrap();
    field.contact(head);
    (head, invite.code.to_string())
}

fn words_of(book: &mut Fieldbook) -> String {
    book.status().unwrap().join_words.unwrap()
}

#[test]
fn scenario_19_an_invite_photographed_by_a_stranger_shows_two_who_ask_and_adds_only_the_one_whose_words_are_right()
 {
    let mut field = Field::new(SEED);
    let (head, code) = invited(&mut field);
    let (aray, stranger) = (field.ask_to_join("aray", &code, 0), field.ask_to_join("stranger", &code, 0));
    field.contact(stranger);
    field.contact(aray);
    field.contact(head);
    let waiting = field.book(head).waiting_joins().unwrap();
    assert_eq!(waiting.iter().map(|join| join.rivals).collect::<Vec<_>>(), [2, 2]);
    let words = words_of(field.book(aray));
    field.book(head).confirm(&words).unwrap();
    field.run_until_quiet();
    assert_eq!(field.book(aray).status().unwrap().role, Some(Role::Volunteer));
    assert_eq!(field.book(stranger).status().unwrap().role, None);
    assert!(field.book(stranger).status().unwrap().waits_in_vain, "he is told by the relay");
    assert!(!field.book(aray).status().unwrap().waits_in_vain);
    let patrol = field.start_patrol(aray);
    let entry = field.write(aray, patrol, "туман");
    field.run_until_quiet();
    assert!(field.can_read(head, patrol, &entry) && !field.can_read(stranger, patrol, &entry));
}

#[test]
fn an_invite_used_twice_says_that_it_was_used() {
    let mut field = Field::new(SEED);
    let (head, code) = invited(&mut field);
    let (aray, second) = (field.ask_to_join("aray", &code, 0), field.ask_to_join("second", &code, 0));
    for phone in [aray, second, head] {
        field.contact(phone);
    }
    let (first_words, second_words) = (words_of(field.book(aray)), words_of(field.book(second)));
    field.book(head).confirm(&first_words).unwrap();
    let refused = field.book(head).confirm(&second_words);
    assert!(matches!(refused, Err(FieldbookRefused::Enrol(EnrolRefused::Used))));
    assert!(field.book(head).waiting_joins().unwrap().is_empty());
}

#[test]
fn who_comes_second_learns_it_by_satchel_where_there_is_no_relay() {
    let mut field = Field::new(SEED);
    let (head, code) = invited(&mut field);
    let relay = field.take_relay();
    let (aray, second) = (field.ask_to_join("aray", &code, 0), field.ask_to_join("second", &code, 0));
    field.carry_satchel(aray, head);
    let words = words_of(field.book(aray));
    field.book(head).confirm(&words).unwrap();
    assert!(!field.book(second).status().unwrap().waits_in_vain, "otherwise nothing is learned");
    field.carry_satchel(head, second);
    assert!(field.book(second).status().unwrap().waits_in_vain);
    field.restore_relay(relay);
}

#[test]
fn a_withdrawn_invite_lets_nobody_in_and_a_new_one_does() {
    let mut field = Field::new(SEED);
    let (head, code) = invited(&mut field);
    let aray = field.ask_to_join("aray", &code, 0);
    field.contact(aray);
    field.contact(head);
    let key = field.book(head).invites().unwrap().last().unwrap().key;
    field.book(head).withdraw_invite(&key).unwrap();
    assert!(field.book(head).waiting_joins().unwrap().is_empty());
    let words = words_of(field.book(aray));
    let refused = field.book(head).confirm(&words);
    assert!(matches!(refused, Err(FieldbookRefused::Enrol(EnrolRefused::Withdrawn))));
    let (_, code) = invited(&mut field);
    field.ask_again(aray, &code).unwrap();
    field.contact(aray);
    field.contact(head);
    let words = words_of(field.book(aray));
    field.book(head).confirm(&words).unwrap();
    field.run_until_quiet();
    assert_eq!(field.book(aray).status().unwrap().role, Some(Role::Volunteer));
}

#[test]
fn each_invite_says_how_it_stands() {
    use jasaq_fieldbook::InviteState::{Asked, Expired, Open, Used, Withdrawn};
    let mut field = Field::new(SEED);
    let head = field.device("head");
    let made = field.book(head).invites().unwrap().len();
    let state_of = |field: &mut Field| {
        let all = field.book(head).invites().unwrap();
        all[made..].iter().map(|invite| invite.state).collect::<Vec<_>>()
    };
    let (_, code) = invited(&mut field);
    assert_eq!(state_of(&mut field), [Open]);
    let aray = field.ask_to_join("aray", &code, 0);
    field.contact(aray);
    field.contact(head);
    assert_eq!(state_of(&mut field), [Asked]);
    let words = words_of(field.book(aray));
    let device = field.book(head).confirm(&words).unwrap().device;
    assert_eq!(state_of(&mut field), [Used(device)]);
    field.minutes_pass(60);
    invited(&mut field);
    let key = field.book(head).invites().unwrap().last().unwrap().key;
    field.book(head).withdraw_invite(&key).unwrap();
    field.minutes_pass(60);
    invited(&mut field);
    field.minutes_pass(49 * 60);
    assert_eq!(state_of(&mut field), [Used(device), Withdrawn, Expired]);
}

#[test]
fn an_invite_expires_by_the_inviters_clock() {
    let mut field = Field::new(SEED);
    let (head, code) = invited(&mut field);
    let aray = field.ask_to_join("aray", &code, -10 * 365 * 24 * 3_600_000);
    field.contact(aray);
    field.contact(head);
    field.minutes_pass(49 * 60);
    let words = words_of(field.book(aray));
    let refused = field.book(head).confirm(&words);
    assert!(matches!(refused, Err(FieldbookRefused::Enrol(EnrolRefused::Expired))));
    assert_eq!(field.book(aray).status().unwrap().role, None);
}

#[test]
fn words_that_nobody_showed_add_nobody() {
    let mut field = Field::new(SEED);
    let (head, _) = invited(&mut field);
    let refused = field.book(head).confirm("бабаб-бабаб-бабаб-бабаб").unwrap_err();
    assert!(matches!(refused, FieldbookRefused::Enrol(EnrolRefused::NoSuchWords)));
    assert_eq!(refused.class(), RefusalClass::Rule);
}

#[test]
fn a_device_is_brought_in_by_two_satchels_without_any_relay() {
    let mut field = Field::new(SEED);
    let (head, code) = invited(&mut field);
    let relay = field.take_relay();
    let aray = field.ask_to_join("aray", &code, 0);
    field.carry_satchel(aray, head);
    let words = words_of(field.book(aray));
    field.book(head).confirm(&words).unwrap();
    field.carry_satchel(head, aray);
    assert_eq!(field.book(aray).status().unwrap().role, Some(Role::Volunteer));
    let patrol = field.start_patrol(aray);
    let entry = field.write(aray, patrol, "сервер жоқ");
    field.carry_satchel(aray, head);
    assert!(field.can_read(head, patrol, &entry));
    field.restore_relay(relay);
}

#[test]
fn volunteers_invite_nobody() {
    let mut field = Field::new(SEED);
    let aray = field.phone("aray");
    let refused = field.book(aray).invite(Membering::Squad { role: Role::Volunteer, squad: None });
    assert!(matches!(refused, Err(FieldbookRefused::Enrol(EnrolRefused::MayNot))));
}

#[test]
fn a_phone_whose_invite_expired_asks_again_and_loses_nothing_it_recorded() {
    let mut field = Field::new(SEED);
    let (head, code) = invited(&mut field);
    let aray = field.ask_to_join("aray", &code, 0);
    let patrol = field.start_patrol(aray);
    let entry = field.write(aray, patrol, "туман");
    field.minutes_pass(49 * 60);
    let (_, code) = invited(&mut field);
    field.ask_again(aray, &code).unwrap();
    field.contact(aray);
    field.contact(head);
    let words = words_of(field.book(aray));
    field.book(head).confirm(&words).unwrap();
    field.run_until_quiet();
    assert!(field.can_read(head, patrol, &entry));
    let refused = field.ask_again(aray, &code).unwrap_err();
    assert!(matches!(refused, FieldbookRefused::Enrol(EnrolRefused::AlreadyIn)));
}

#[test]
fn a_phone_does_not_wander_into_another_territory() {
    let mut field = Field::new(SEED);
    let (_, code) = invited(&mut field);
    let aray = field.ask_to_join("aray", &code, 0);
    let (_, foreign) = invited(&mut Field::new(SEED + 1));
    let refused = field.ask_again(aray, &foreign).unwrap_err();
    assert!(matches!(refused, FieldbookRefused::Enrol(EnrolRefused::OtherTerritory)));
}

#[test]
fn what_was_recorded_before_being_let_in_never_disappears_from_the_phone_that_recorded_it() {
    let mut field = Field::new(SEED);
    let (head, code) = invited(&mut field);
    let aray = field.ask_to_join("aray", &code, 0);
    let patrol = field.start_patrol(aray);
    let entry = field.write(aray, patrol, "туман");
    assert!(field.can_read(aray, patrol, &entry));
    field.contact(aray);
    field.contact(head);
    let words = words_of(field.book(aray));
    field.book(head).confirm(&words).unwrap();
    field.contact(head);
    for _ in 0..3 {
        field.contact(aray);
        assert!(field.can_read(aray, patrol, &entry));
        assert_eq!(field.book(aray).patrols(9).unwrap().len(), 1);
    }
}

#[test]
fn a_request_that_another_took_the_place_of_is_not_sent_for_ever() {
    let mut field = Field::new(SEED);
    let (head, code) = invited(&mut field);
    let phones: Vec<_> = (0..4)
        .map(|number| field.ask_to_join(&format!("phone {number}"), &code, 0))
        .collect();
    for phone in &phones {
        let _ = field.try_contact(*phone);
    }
    let last = phones[3];
    assert!(field.book(last).status().unwrap().outbox_envelopes > 0, "the invite was spent on others");
    let (_, code) = invited(&mut field);
    field.ask_again(last, &code).unwrap();
    field.contact(last);
    field.contact(head);
    let words = words_of(field.book(last));
    field.book(head).confirm(&words).unwrap();
    field.run_until_quiet();
    assert_eq!(field.book(last).status().unwrap().outbox_envelopes, 0);
}

/// A phone that was let in without any relay, by satchels to and from the head. Aray has written meanwhile, and the relay
/// has heard nothing of the new phone.
fn let_in_by_satchel() -> (Field, Phone, impl Fn(&mut Field) -> bool) {
    let mut field = Field::new(SEED);
    let (head, aray) = (field.device("head"), field.phone("aray"));
    for number in 0..12 {
        field.phone(&format!("phone {number}"));
    }
    let patrol = field.start_patrol(aray);
    field.run_until_quiet();
    let membering = Membering::Squad { role: Role::Volunteer, squad: None };
    let code = field.book(head).invite(membering).unwrap().code;
    let late = field.ask_to_join("late", &code, 0);
    field.carry_satchel(late, head);
    let words = words_of(field.book(late));
    field.book(head).confirm(&words).unwrap();
    field.carry_satchel(head, late);
    let theirs = field.write(aray, patrol, "туман");
    field.contact(aray);
    field.write(late, patrol, "брод");
    (field, late, move |field| field.can_read(late, patrol, &theirs))
}

#[test]
fn one_sync_is_enough_for_a_phone_that_was_let_in_by_satchel() {
    let (mut field, late, reads) = let_in_by_satchel();
    let mut report = ContactReport::default();
    field.over_link(late, |book, link| book.sync(link, &mut report)).unwrap();
    assert_eq!((report.refused.len(), report.more), (0, false), "{report:?}");
    assert_eq!(field.book(late).status().unwrap().outbox_envelopes, 0);
    assert!(reads(&mut field), "{report:?}");
}

#[test]
fn one_sync_is_enough_also_where_what_lets_the_phone_in_does_not_go_up_at_once() {
    let (mut field, late, reads) = let_in_by_satchel();
    // The link has broken, so that little goes up at a time. Rolls come first, and what lets the phone in comes last of them.
    for _ in 0..2 {
        let ticket = field.book(late).prepare_contact().unwrap().ticket;
        let answer = field.book(late).open_answer(ticket).unwrap();
        let (broken, mut report) = (Err(CarrierFailed::Broken), ContactReport::default());
        field.book(late).finish_answer(answer, broken, &mut report).unwrap_err();
    }
    let all = field.book(late).status().unwrap().outbox_bytes;
    let mut report = ContactReport::default();
    field.over_link(late, |book, link| book.sync(link, &mut report)).unwrap();
    assert!(report.requests > 2 && all > 8_000, "otherwise all of {all} bytes went up at once: {report:?}");
    let status = field.book(late).status().unwrap();
    assert_eq!((status.outbox_envelopes, status.refused, report.more), (0, 0, false), "{report:?}");
    assert!(reads(&mut field), "{report:?}");
    assert!(report.bytes_up < all + all / 2, "{} bytes for {all}", report.bytes_up);
}

/// A device that asked twice: the relay has its first request, and does not know the invite of the second.
#[test]
fn who_waits_with_two_requests_of_which_one_is_not_known_yet_asks_the_relay_no_more_than_needed() {
    let mut field = Field::new(SEED);
    let (head, code) = invited(&mut field);
    let aray = field.ask_to_join("aray", &code, 0);
    field.contact(aray);
    let unknown = field
        .book(head)
        .invite(Membering::Squad { role: Role::Volunteer, squad: None })
        .unwrap();
    field.ask_again(aray, unknown.code.as_ref()).unwrap();
    for _ in 0..2 {
        let mut report = ContactReport::default();
        field.over_link(aray, |book, link| book.sync(link, &mut report)).unwrap();
        assert!(report.requests <= 3 && report.refused.contains_key(&Refusal::NotYet), "{report:?}");
    }
    field.contact(head);
    field.contact(aray);
    field.contact(head);
    let words = words_of(field.book(aray));
    field.book(head).confirm(&words).unwrap();
    field.run_until_quiet();
    assert_eq!(field.book(aray).status().unwrap().role, Some(Role::Volunteer));
}
