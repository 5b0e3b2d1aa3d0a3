//! A phone's system carries: the request is handed over, the program may die, and the answer comes minutes later, in pieces,
//! twice, out of order, or never.
//!
//! 1. Whatever becomes of the answers to several requests, after one good exchange everybody shows the same.
//! 2. A late answer gives its envelopes and its receipts; how the relay stands is said by the latest.
//! 3. What is never answered blocks nothing, and what was never lost is never sent over again.

use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::protocol::ids::Place;
use jasaq_fieldbook::protocol::sync::{RequestEffect, RequestReader};
use jasaq_fieldbook::{CarrierFailed, ContactReport, Custody, FieldbookRefused, Ticket};
use jasaq_tests::{Field, Phone};
use proptest::prelude::*;

const SEED: u64 = 21;

/// Hands a request over to the phone's system.
fn prepare(field: &mut Field, phone: Phone) -> (Ticket, Vec<u8>) {
    let prepared = field.book(phone).prepare_contact().unwrap();
    (prepared.ticket, prepared.request)
}

/// The relay gets it and answers; nobody hears of it yet.
fn answer(field: &mut Field, request: &[u8]) -> Vec<u8> {
    let mut relay = field.take_relay();
    let answered = relay.answer(request).unwrap().bytes;
    field.restore_relay(relay);
    answered
}

/// The system brings bytes of an answer, and says whether they are all.
fn bring(
    field: &mut Field,
    phone: Phone,
    ticket: Ticket,
    bytes: &[u8],
) -> (ContactReport, Result<(), FieldbookRefused>) {
    let (book, mut report) = (field.book(phone), ContactReport::default());
    let mut answer = book.open_answer(ticket).unwrap();
    for piece in bytes.chunks(700) {
        book.take_answer(&mut answer, piece).unwrap();
    }
    let finished = book.finish_answer(answer, Ok(()), &mut report);
    (report, finished)
}

fn bring_whole(field: &mut Field, phone: Phone, ticket: Ticket, bytes: &[u8]) -> ContactReport {
    let (report, finished) = bring(field, phone, ticket, bytes);
    finished.unwrap();
    report
}

/// The places that a request pushes.
fn pushed(field: &mut Field, request: &[u8]) -> Vec<Place> {
    let relay = field.take_relay();
    let read = RequestReader::new(relay.id()).take(request).unwrap();
    field.restore_relay(relay);
    let places = read.into_iter().filter_map(|effect| match effect {
        RequestEffect::Pushed(place, _) => Some(place),
        RequestEffect::Head(_) | RequestEffect::Room(_) | RequestEffect::Ended => None,
    });
    places.collect()
}

struct Day {
    field: Field,
    aray: Phone,
    dana: Phone,
    patrol: PatrolId,
}

impl Day {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let [aray, dana] = ["aray", "dana"].map(|name| field.phone(name));
        let patrol = field.start_patrol(aray);
        field.run_until_quiet();
        Self { field, aray, dana, patrol }
    }

    fn write_and_seal(&mut self, text: &str) -> StatementRef {
        let entry = self.field.write(self.aray, self.patrol, text);
        self.field.book(self.aray).flush().unwrap();
        entry
    }

    fn custody(&mut self, entry: &StatementRef) -> Custody {
        self.field.custody(self.aray, self.patrol, entry)
    }

    /// Dana's entry is at the relay.
    fn dana_writes(&mut self, text: &str) -> StatementRef {
        let entry = self.field.write(self.dana, self.patrol, text);
        self.field.contact(self.dana);
        entry
    }
}

/// What a carrier does with an answer: which one, how much of it in percent, and whether the program died before.
#[derive(Debug, Clone)]
struct Delivery {
    which: prop::sample::Index,
    percent: usize,
    restarted: bool,
}

fn deliveries() -> impl Strategy<Value = Vec<Delivery>> {
    let percent = prop_oneof![Just(100_usize), 0..100_usize];
    let delivery = (any::<prop::sample::Index>(), percent, prop::bool::weighted(0.2));
    let delivery = delivery.prop_map(|(which, percent, restarted)| Delivery { which, percent, restarted });
    prop::collection::vec(delivery, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_becomes_of_the_answers_one_good_exchange_makes_all_alike(
        deliveries in deliveries(),
        wiped_after in prop::option::of(0..4_usize),
    ) {
        let mut day = Day::new();
        let mut answers = Vec::new();
        for round in 0..4 {
            day.dana_writes(&format!("Дана {round}"));
            day.write_and_seal(&format!("Арай {round}"));
            let (ticket, request) = prepare(&mut day.field, day.aray);
            let bytes = answer(&mut day.field, &request);
            answers.push((ticket, bytes));
            if wiped_after == Some(round) {
                day.field.wipe_relay();
            }
        }
        for Delivery { which, percent, restarted } in deliveries {
            let (ticket, bytes) = which.get(&answers);
            if restarted {
                day.field.crash(day.aray);
            }
            let (_, finished) = bring(&mut day.field, day.aray, *ticket, &bytes[..bytes.len() * percent / 100]);
            prop_assert!(percent < 100 || finished.is_ok());
        }
        day.field.run_until_quiet();
        let readers = day.field.readers();
        prop_assert!(day.field.show_alike(&readers, day.patrol));
        prop_assert_eq!(day.field.texts(day.dana, day.patrol).len(), 8);
        for (phone, patrol, entry) in day.field.acknowledged.clone() {
            prop_assert!(day.field.custody(phone, patrol, &entry) != Custody::OnThisPhone);
        }
    }
}

#[test]
fn an_answer_twice_does_nothing_twice() {
    let mut day = Day::new();
    let theirs = day.dana_writes("брод");
    let (ticket, request) = prepare(&mut day.field, day.aray);
    let bytes = answer(&mut day.field, &request);
    let first = bring_whole(&mut day.field, day.aray, ticket, &bytes);
    assert!(first.received > 0 && day.field.can_read(day.aray, day.patrol, &theirs));
    assert_eq!(bring_whole(&mut day.field, day.aray, ticket, &bytes), ContactReport::default());
}

#[test]
fn a_cut_answer_keeps_what_came_and_goes_on_when_it_comes_again() {
    let mut day = Day::new();
    let entry = day.write_and_seal("туман");
    let theirs = day.dana_writes("брод");
    let (ticket, request) = prepare(&mut day.field, day.aray);
    let bytes = answer(&mut day.field, &request);
    let (report, cut) = bring(&mut day.field, day.aray, ticket, &bytes[..bytes.len() - 1]);
    assert!(cut.is_err() && report.received > 0, "{report:?}");
    assert_eq!(day.custody(&entry), Custody::AtRelay, "the receipt came first");
    assert!(day.field.can_read(day.aray, day.patrol, &theirs));
    let again = bring_whole(&mut day.field, day.aray, ticket, &bytes);
    assert_eq!(again.received, 0, "what came is not taken again");
}

#[test]
fn a_late_answer_gives_its_envelopes_and_its_receipts() {
    let mut day = Day::new();
    let entry = day.write_and_seal("туман");
    let theirs = day.dana_writes("брод");
    let (late, request) = prepare(&mut day.field, day.aray);
    let late_bytes = answer(&mut day.field, &request);
    let (ticket, request) = prepare(&mut day.field, day.aray);
    let bytes = answer(&mut day.field, &request);
    // Of the later answer only its beginning comes, which proves who answers.
    let receipt = 3 + usize::from(u16::from_be_bytes([bytes[1], bytes[2]]));
    bring(&mut day.field, day.aray, ticket, &bytes[..receipt]).1.unwrap_err();
    assert!(!day.field.can_read(day.aray, day.patrol, &theirs), "otherwise nothing is proved");
    bring_whole(&mut day.field, day.aray, late, &late_bytes);
    assert_eq!(day.custody(&entry), Custody::AtRelay);
    assert!(day.field.can_read(day.aray, day.patrol, &theirs));
    let next = day.field.contact(day.aray);
    assert_eq!((next.received, next.known, next.rewound), (0, 0, 0), "the late answer moved the cursor");
}

#[test]
fn what_a_relay_said_before_it_lost_its_past_is_void() {
    let mut day = Day::new();
    let entry = day.write_and_seal("туман");
    let (late, request) = prepare(&mut day.field, day.aray);
    let late_bytes = answer(&mut day.field, &request);
    day.field.wipe_relay();
    assert!(day.field.contact(day.aray).rewound > 0, "otherwise nothing is proved");
    bring_whole(&mut day.field, day.aray, late, &late_bytes);
    assert_eq!(day.custody(&entry), Custody::OnThisPhone, "the receipt is older than the loss");
    day.field.run_until_quiet();
    assert_ne!(day.custody(&entry), Custody::OnThisPhone);
}

#[test]
fn requests_that_are_never_answered_block_nothing() {
    let mut day = Day::new();
    let entry = day.write_and_seal("туман");
    let (first, request) = prepare(&mut day.field, day.aray);
    let bytes = answer(&mut day.field, &request);
    for _ in 0..40 {
        prepare(&mut day.field, day.aray);
    }
    assert_eq!(
        bring_whole(&mut day.field, day.aray, first, &bytes),
        ContactReport::default(),
        "too long ago"
    );
    day.field.contact(day.aray);
    assert_eq!(day.custody(&entry), Custody::AtRelay);
}

#[test]
fn after_a_broken_push_receipts_come_first_then_half_as_much_and_nothing_is_sent_over_again() {
    let mut day = Day::new();
    let entries: Vec<_> = (0..60).map(|number| day.write_and_seal(&format!("{number}-жазба"))).collect();
    let (ticket, request) = prepare(&mut day.field, day.aray);
    let all = pushed(&mut day.field, &request);
    assert!(all.len() >= 60);
    // The link breaks in the middle of the request. The relay keeps what came; the program dies before it hears of it.
    let mut relay = day.field.take_relay();
    let mut taking = relay.begin();
    taking.take(&request[..request.len() / 2]).unwrap();
    relay.commit(&mut taking).unwrap();
    day.field.restore_relay(relay);
    let answer_ = day.field.book(day.aray).open_answer(ticket).unwrap();
    let broken = Err(CarrierFailed::Broken);
    day.field
        .book(day.aray)
        .finish_answer(answer_, broken, &mut ContactReport::default())
        .unwrap_err();
    day.field.crash(day.aray);

    let (ticket, question) = prepare(&mut day.field, day.aray);
    let asked = pushed(&mut day.field, &question);
    assert!(asked.len() <= 2, "one envelope of a journal asks for its receipt: {asked:?}");
    let bytes = answer(&mut day.field, &question);
    bring_whole(&mut day.field, day.aray, ticket, &bytes);
    let at_relay = entries.iter().filter(|entry| day.custody(entry) == Custody::AtRelay).count();
    assert!((20..40).contains(&at_relay), "what came whole of the broken push: {at_relay}");

    let (_, half) = prepare(&mut day.field, day.aray);
    let rest = pushed(&mut day.field, &half);
    assert!(half.len() <= request.len() / 2 + 500, "{} after {}", half.len(), request.len());
    assert!(rest.len() > 10 && rest.iter().all(|place| all[at_relay..].contains(place)));
    day.field.run_until_quiet();
    assert!(entries.iter().all(|entry| day.custody(entry) != Custody::OnThisPhone));
}

#[test]
fn after_an_answer_that_broke_behind_its_receipt_nothing_is_asked_and_the_next_is_half_as_long() {
    let mut day = Day::new();
    day.write_and_seal("туман");
    for number in 0..60 {
        day.dana_writes(&format!("{number}-жазба"));
    }
    let (ticket, request) = prepare(&mut day.field, day.aray);
    let bytes = answer(&mut day.field, &request);
    let came = bytes.len() - 1;
    bring(&mut day.field, day.aray, ticket, &bytes[..came]).1.unwrap_err();

    for number in 0..3 {
        day.write_and_seal(&format!("{number}-брод"));
    }
    let (_, next) = prepare(&mut day.field, day.aray);
    assert!(pushed(&mut day.field, &next).len() >= 3, "a question would push one envelope");
    let relay = day.field.take_relay();
    let read = RequestReader::new(relay.id()).take(&next).unwrap();
    day.field.restore_relay(relay);
    let room = read.iter().find_map(|effect| match effect {
        RequestEffect::Room(bytes) => Some(*bytes),
        _ => None,
    });
    assert_eq!(room, Some((came as u64 / 2).clamp(4_160, 6_144)), "{came} bytes came");
}

#[test]
fn a_link_that_breaks_every_8_kb_brings_everything_and_sends_little_twice() {
    /// Passes so many bytes up, then breaks.
    struct Breaking<'a>(&'a mut jasaq_relay::Relay, usize);
    impl jasaq_fieldbook::Carrier for Breaking<'_> {
        fn fetch_identity(
            &mut self,
            _: &str,
        ) -> Result<jasaq_fieldbook::protocol::ids::RelayId, CarrierFailed> {
            Ok(self.0.id())
        }

        fn carry(
            &mut self,
            _: &str,
            request: &[u8],
            answer: &mut dyn FnMut(&[u8]),
        ) -> Result<(), CarrierFailed> {
            let passes = request.len().min(8_000);
            self.1 += passes;
            let mut taking = self.0.begin();
            taking.take(&request[..passes]).unwrap();
            self.0.commit(&mut taking).unwrap();
            if passes < request.len() {
                return Err(CarrierFailed::Broken);
            }
            answer(&self.0.finish(taking).unwrap().bytes);
            Ok(())
        }
    }
    let mut day = Day::new();
    for number in 0..150 {
        day.write_and_seal(&format!("{number}-жазба, тыныш, жаяу жүріп өттік"));
    }
    let bytes = day.field.book(day.aray).status().unwrap().outbox_bytes;
    assert!(bytes > 30_000, "otherwise little is proved: {bytes}");
    let mut relay = day.field.take_relay();
    let mut sent = 0;
    for _ in 0..60 {
        let mut link = Breaking(&mut relay, 0);
        // A broken contact is the way of this link.
        let _broken = day.field.book(day.aray).sync(&mut link, &mut ContactReport::default());
        sent += link.1;
        day.field.crash(day.aray);
        if day.field.book(day.aray).status().unwrap().outbox_envelopes == 0 {
            break;
        }
    }
    assert_eq!(day.field.book(day.aray).status().unwrap().outbox_envelopes, 0);
    let sent = u64::try_from(sent).unwrap();
    assert!(sent < bytes * 3 / 2, "{sent} bytes were sent for {bytes}");
}
