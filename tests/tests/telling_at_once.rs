//! What the subdivision has to be told at once goes before everything else, by whichever carrier there is (001-§12(1)).

use std::io::Cursor;

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::notice::UrgentNotice;
use jasaq_fieldbook::model::position::Place;
use jasaq_fieldbook::protocol::limits::SATCHEL_PART_BYTES_MIN;
use jasaq_tests::{Chance, Field, Phone, Pipe, text};

/// So many entries that a meeting does not end before its link breaks, and that a satchel has several parts.
const ENTRIES: usize = 500;
/// Enough for what explains the notice, the heads of all journals and the notice.
const BREAKS_AFTER: usize = 9_000;

/// A volunteer far away, with a long log that nobody has, who learned of something.
struct Away {
    field: Field,
    volunteer: Phone,
    head: Phone,
    ss: Phone,
    patrol: PatrolId,
}

impl Away {
    fn new(seed: u64) -> Self {
        let mut field = Field::new(seed);
        let (head, ss, volunteer) = (field.device("head"), field.device("ss"), field.phone("aray"));
        field.run_until_quiet();
        let patrol = field.start_patrol(volunteer);
        let mut chance = Chance::of_seed(31);
        for _ in 0..ENTRIES {
            // Chance does not pack into nothing.
            let words: Vec<String> = (0..16).map(|_| format!("{:016x}", chance.number())).collect();
            field.write(volunteer, patrol, &words.concat());
        }
        let notice = UrgentNotice {
            text: text("қару-жарақ табылды"),
            protected_object: None,
            place: Place::default(),
            patrol: Some(patrol),
            occurred_at: None,
            told: None,
        };
        field.book(volunteer).notify(notice).unwrap();
        Self { field, volunteer, head, ss, patrol }
    }

    /// Once the head is in reach of the relay, and the volunteer is not: the subdivision has the notice, and not the log.
    fn is_told_alone(&mut self) -> bool {
        for phone in [self.head, self.ss, self.head, self.ss] {
            self.field.contact(phone);
        }
        let notices = self.field.book(self.ss).notices().unwrap().len();
        let entries = self
            .field
            .book(self.ss)
            .patrol(self.patrol)
            .map_or(0, |view| view.log.entries().count());
        (notices, entries < ENTRIES) == (1, true)
    }
}

#[test]
fn over_a_meeting_that_breaks_off_the_notice_has_passed_before_the_log() {
    let mut away = Away::new(31);
    let pipe = Pipe { breaks_after: BREAKS_AFTER, ..Pipe::default() };
    let met = away.field.try_meet((away.volunteer, away.head), pipe, |_, _| false);
    assert!(!met.is_even(), "otherwise everything passed: {met:?}");
    assert!(away.is_told_alone());
}

#[test]
fn of_a_satchel_in_parts_the_first_carries_the_notice() {
    // Spaces are named by chance: without an order of its own the notice would come first in one world or another.
    for seed in [32, 33, 34] {
        let mut away = Away::new(seed);
        let mut parts: Vec<Vec<u8>> = Vec::new();
        let keep = |part: &[u8]| {
            parts.push(part.to_vec());
            Ok(())
        };
        away.field
            .book(away.volunteer)
            .export_satchel_parts(SATCHEL_PART_BYTES_MIN, keep)
            .unwrap();
        assert!(parts.len() > 1, "otherwise there is no first");
        away.field.book(away.head).import_satchel(&mut Cursor::new(&parts[0])).unwrap();
        assert!(away.is_told_alone(), "{seed}");
    }
}
