//! When intentional administrative offences are repeated: two or more within one year (001-§15(2), R20).
//!
//! The year rolls: it begins with an offence and ends on the same date of the next year, which still belongs to it (29
//! February ends on the 28th). The Rules do not say whether the last day counts; we count it, since who decides sees
//! both days and the other way would hide a pair from him.
//!
//! Promises an answer that does not depend on the order in which the offences became known, and one that later
//! offences do not take back.

use crate::moment::Day;

/// The pair that made them repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepeatedOffences {
    /// The earlier offence.
    pub first: Day,
    /// The one that followed within a year: the day the circumstance of 001-§15(2) arose.
    pub second: Day,
}

/// Whether intentional offences of these days are repeated, as it stood on this day: the pair with the earliest second
/// offence. Offences after this day do not count. A day counts once: two consoles that enter one offence while apart enter one.
#[must_use]
pub fn repeated_offences(offences: &[Day], on: Day) -> Option<RepeatedOffences> {
    let mut days: Vec<Day> = offences.iter().copied().filter(|day| *day <= on).collect();
    days.sort_unstable();
    days.dedup();
    // If any two are within a year, two that follow one another are, and not later.
    days.array_windows()
        .find(|[first, second]| *second <= first.year_later())
        .map(|[first, second]| RepeatedOffences { first: *first, second: *second })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(written: &str) -> Day {
        written.parse().unwrap()
    }

    /// Days close enough for pairs to lie within a year, over a leap day.
    fn near() -> impl Strategy<Value = Day> {
        (0..1_200_u16).prop_map(|days| day("2023-06-01").plus_days(days))
    }

    fn arose(offences: &[&str], on: &str) -> Option<String> {
        let offences: Vec<Day> = offences.iter().map(|written| day(written)).collect();
        repeated_offences(&offences, day(on)).map(|pair| pair.second.to_string())
    }

    #[test]
    fn two_within_a_year_are_repeated_and_its_last_day_belongs_to_it() {
        let today = "2026-12-31";
        assert_eq!(arose(&["2025-05-01", "2026-05-01"], today).as_deref(), Some("2026-05-01"));
        assert_eq!(arose(&["2025-05-01", "2026-05-02"], today), None);
        assert_eq!(arose(&["2024-02-29", "2025-02-28"], today).as_deref(), Some("2025-02-28"));
        assert_eq!(arose(&["2024-02-29", "2025-03-01"], today), None);
        assert_eq!(arose(&["2025-12-31", "2026-01-01"], today).as_deref(), Some("2026-01-01"));
    }

    #[test]
    fn one_offence_or_none_is_not_repeated_nor_is_one_that_was_entered_twice() {
        assert_eq!(arose(&[], "2026-01-01"), None);
        assert_eq!(arose(&["2025-05-01"], "2026-01-01"), None);
        assert_eq!(arose(&["2025-05-01", "2025-05-01"], "2026-01-01"), None);
        let twice_and_another = ["2025-05-01", "2025-05-01", "2025-06-01"];
        assert_eq!(arose(&twice_and_another, "2026-01-01").as_deref(), Some("2025-06-01"));
    }

    #[test]
    fn an_offence_that_lies_after_the_day_asked_about_does_not_count() {
        let offences = ["2025-05-01", "2025-06-01"];
        assert_eq!(arose(&offences, "2025-05-31"), None);
        assert_eq!(arose(&offences, "2025-06-01").as_deref(), Some("2025-06-01"));
    }

    #[test]
    fn what_arose_once_is_not_undone_by_a_long_quiet_time() {
        assert_eq!(arose(&["2015-05-01", "2015-06-01"], "2026-01-01").as_deref(), Some("2015-06-01"));
    }

    proptest! {
        #[test]
        fn the_order_in_which_offences_became_known_makes_no_difference(
            (known, shuffled) in proptest::collection::vec(near(), 0..8)
                .prop_flat_map(|days| (Just(days.clone()), Just(days).prop_shuffle())),
            on in near(),
        ) {
            prop_assert_eq!(repeated_offences(&known, on), repeated_offences(&shuffled, on));
        }

        #[test]
        fn any_two_within_a_year_are_found(days in proptest::collection::vec(near(), 0..6), on in near()) {
            let pairs = days.iter().enumerate().flat_map(|(at, one)| {
                days.iter().enumerate().filter(move |(other, _)| *other != at).map(move |(_, other)| (one, other))
            });
            let earliest = pairs
                .filter(|(first, second)| first < second && **second <= first.year_later() && **second <= on)
                .map(|(_, second)| *second)
                .min();
            prop_assert_eq!(repeated_offences(&days, on).map(|pair| pair.second), earliest);
        }

        #[test]
        fn one_more_offence_takes_nothing_back(
            mut days in proptest::collection::vec(near(), 0..6),
            more in near(),
            on in near(),
        ) {
            let before = repeated_offences(&days, on);
            days.push(more);
            let after = repeated_offences(&days, on);
            prop_assert!(before.is_none_or(|before| after.is_some_and(|after| after.second <= before.second)));
        }
    }
}
