//! What a device shows and counts depends on which envelopes it holds, never on the order in which they came.
//!
//! Invariants:
//! 1. Any interleaving of the journals, the rolls late or early, leads to the same patrol, counted alike.
//! 2. What came before its explanation was waiting and is counted afterwards, without a rebuild.
//! 3. Envelopes that come twice change nothing.

use std::collections::BTreeSet;

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::protocol::ids::SpaceId;
use jasaq_fieldbook::protocol::sync::{Arrived, SatchelEffect, SatchelReader, SatchelWriter};
use jasaq_fieldbook::{Membering, PatrolView, UnsettledReason};
use jasaq_tests::{Field, Phone};
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

/// A squad whose day is over, everything it wrote as one satchel, and a phone that was added and has heard nothing yet.
struct Day {
    field: Field,
    patrol: PatrolId,
    envelopes: Vec<Arrived>,
    late: Phone,
}

fn territory_roll(field: &Field) -> SpaceId {
    SpaceId::of_territory(&field.root())
}

fn day(seed: u64) -> Day {
    let mut field = Field::new(seed);
    let head = field.device("head");
    let [aray, dana] = ["aray", "dana"].map(|name| field.phone(name));
    let patrol = field.start_patrol(aray);
    field.run_until_quiet();
    for number in 0..6 {
        for phone in [aray, dana, head] {
            field.write(phone, patrol, &format!("{number}-жазба"));
            field.book(phone).flush().unwrap();
        }
    }
    field.end_patrol(dana, patrol);
    field.run_until_quiet();
    let invite = field
        .book(head)
        .invite(Membering::Squad { role: Role::Volunteer, squad: None })
        .unwrap();
    field.contact(head);
    let late = field.ask_to_join("late", &invite.code, 0);
    field.contact(late);
    field.contact(head);
    let words = field.book(late).status().unwrap().join_words.unwrap();
    field.book(head).confirm(&words).unwrap();
    let mut satchel = Vec::new();
    field.book(head).export_satchel(&mut satchel).unwrap();
    let (effects, outcome) = SatchelReader::new(territory_roll(&field)).take(&satchel);
    outcome.unwrap();
    let envelopes = effects.into_iter().filter_map(|effect| match effect {
        SatchelEffect::Arrived(arrived) => Some(arrived),
        SatchelEffect::Steps { .. } | SatchelEffect::Ended => None,
    });
    Day { patrol, envelopes: envelopes.collect(), late, field }
}

impl Day {
    /// An interleaving in which every journal keeps its own order, and some envelopes come twice.
    fn interleaved(&self, chance: &mut ChaCha20Rng) -> Vec<Arrived> {
        let mut journals: Vec<Vec<Arrived>> = Vec::new();
        for arrived in &self.envelopes {
            match journals
                .iter_mut()
                .find(|journal| journal[0].place.journal == arrived.place.journal)
            {
                Some(journal) => journal.push(arrived.clone()),
                None => journals.push(vec![arrived.clone()]),
            }
        }
        let mut order = Vec::new();
        while !journals.is_empty() {
            let at = usize::try_from(chance.next_u64()).unwrap() % journals.len();
            order.push(journals[at].remove(0));
            if chance.next_u32().is_multiple_of(5) {
                order.push(order[usize::try_from(chance.next_u64()).unwrap() % order.len()].clone());
            }
            journals.retain(|journal| !journal.is_empty());
        }
        order
    }

    fn import(&mut self, envelopes: &[Arrived]) {
        let mut satchel = SatchelWriter::new(territory_roll(&self.field));
        for arrived in envelopes {
            satchel.envelope(arrived.place, &arrived.wire);
        }
        let late = self.late;
        self.field.book(late).import_satchel(&mut satchel.finish().as_slice()).unwrap();
    }

    fn shown(&mut self) -> PatrolView {
        let late = self.late;
        self.field.shows(late, self.patrol)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn any_interleaving_shows_the_same_patrol_counted_alike(seed in 0..3_u64, order: u64, piece in 1..9_usize) {
        let mut day = day(seed);
        let mut chance = ChaCha20Rng::seed_from_u64(order);
        for envelopes in day.interleaved(&mut chance).chunks(piece) {
            day.import(envelopes);
        }
        let (head, late) = (day.field.device("head"), day.late);
        prop_assert!(day.field.show_alike(&[head, late], day.patrol));
        prop_assert_eq!(day.shown().log.entries().count(), 18);
        prop_assert!(day.shown().unsettled.is_empty());
        let report = day.field.book(late).doctor().unwrap();
        prop_assert_eq!((report.conflicts, report.defects, report.rows_rebuilt), (0, 0, 0));
    }
}

#[test]
fn envelopes_that_come_before_their_keys_are_opened_once_these_come() {
    let mut day = day(1);
    let roll = territory_roll(&day.field);
    let (explain, rest): (Vec<_>, Vec<_>) = day
        .envelopes
        .clone()
        .into_iter()
        .partition(|arrived| arrived.place.space == roll);
    day.import(&rest);
    let late = day.late;
    assert!(day.field.book(late).patrol(day.patrol).is_err(), "without the rolls no key is known");
    day.import(&explain);
    assert_eq!(day.shown().log.entries().count(), 18);
}

#[test]
fn scenario_10_a_statement_whose_author_is_not_explained_yet_is_shown_as_waiting_and_then_counts() {
    let mut day = day(1);
    let everything = day.envelopes.clone();
    day.import(&everything);
    let known: BTreeSet<_> = everything.into_iter().map(|arrived| arrived.place).collect();
    // A phone joins of which the late one hears nothing but what it wrote.
    let bekzat = day.field.phone("bekzat");
    day.field.write(bekzat, day.patrol, "жаңа жазба");
    let mut satchel = Vec::new();
    day.field.book(bekzat).export_satchel(&mut satchel).unwrap();
    let (effects, outcome) = SatchelReader::new(territory_roll(&day.field)).take(&satchel);
    outcome.unwrap();
    let news = effects.into_iter().filter_map(|effect| match effect {
        SatchelEffect::Arrived(arrived) if !known.contains(&arrived.place) => Some(arrived),
        _ => None,
    });
    let (written, explains): (Vec<_>, Vec<_>) = news.partition(is_sealed);
    day.import(&written);
    let shown = day.shown();
    assert_eq!(shown.log.entries().count(), 18);
    let reasons: Vec<_> = shown.unsettled.iter().map(|unsettled| unsettled.reason).collect();
    assert_eq!(reasons, [UnsettledReason::Waiting]);
    day.import(&explains);
    let shown = day.shown();
    assert_eq!((shown.log.entries().count(), shown.unsettled.len()), (19, 0));
}

/// The first bit of the wire form says whether sections in it are sealed.
fn is_sealed(arrived: &Arrived) -> bool {
    arrived.wire[0] & 1 == 1
}
