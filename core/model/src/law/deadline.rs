//! The one term that the Rules count in days, and how it is counted.
//!
//! Promises that no other is here: the check of a squad's list (001-§19) and a strike-off (001-§22) have no day count in
//! the Rules, so they have none in the program.

use super::Paragraph;
use crate::codes::coded;
use crate::moment::Day;

coded! {
    /// A term of the Rules that is counted in days.
    pub enum Deadline {
        /// 001-§17: the check of who applies to be a non-staff employee, and the decision on him.
        NonStaffDecision = "non_staff_decision",
    }
}

coded! {
    /// What starts a term.
    pub enum Start {
        /// The day the application came in.
        ApplicationReceived = "application_received",
    }
}

coded! {
    /// Who holds to a term; the code is the role's.
    pub enum Holder {
        /// TS.
        TerritorialSubdivision = "territorial_subdivision",
    }
}

coded! {
    /// Which day of a term the day is that starts it: a setting, as 001-§17 ("from the day the application came in, within
    /// thirty calendar days") may be read both ways. If left unset, the term ends on the earlier day.
    #[derive(Default)]
    pub enum DayCount {
        /// The starting day is the term's first: thirty days from the 1st of a month end on the 30th.
        #[default]
        StartIsDay1 = "start_is_day_1",
        /// The starting day is not counted: thirty days from the 1st of a month end on the 31st.
        StartIsDay0 = "start_is_day_0",
    }
}

impl Deadline {
    /// The paragraph that sets it.
    #[must_use]
    pub const fn paragraph(self) -> Paragraph {
        match self {
            Self::NonStaffDecision => Paragraph::P17,
        }
    }

    /// What starts it.
    #[must_use]
    pub const fn start(self) -> Start {
        match self {
            Self::NonStaffDecision => Start::ApplicationReceived,
        }
    }

    /// Who holds to it.
    #[must_use]
    pub const fn holder(self) -> Holder {
        match self {
            Self::NonStaffDecision => Holder::TerritorialSubdivision,
        }
    }

    /// How many calendar days it has: working days and holidays make no difference.
    #[must_use]
    pub const fn calendar_days(self) -> u16 {
        match self {
            Self::NonStaffDecision => 30,
        }
    }

    /// The term that started on this day.
    #[must_use]
    pub fn term(self, started: Day, counting: DayCount) -> Term {
        let days_after = match counting {
            DayCount::StartIsDay1 => self.calendar_days().saturating_sub(1),
            DayCount::StartIsDay0 => self.calendar_days(),
        };
        Term { deadline: self, started, due: started.plus_days(days_after) }
    }
}

/// A term that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Term {
    deadline: Deadline,
    started: Day,
    due: Day,
}

impl Term {
    /// Which one it is.
    #[must_use]
    pub const fn deadline(&self) -> Deadline {
        self.deadline
    }

    /// The day that started it.
    #[must_use]
    pub const fn started(&self) -> Day {
        self.started
    }

    /// The last day of it: what is done on that day is in time.
    #[must_use]
    pub const fn due(&self) -> Day {
        self.due
    }

    /// Days from this one to the last: none on the last day, fewer than none when it is overdue.
    #[must_use]
    pub fn days_left(&self, today: Day) -> i32 {
        today.days_until(self.due)
    }

    /// Whether the last day has gone.
    #[must_use]
    pub fn is_overdue(&self, today: Day) -> bool {
        self.due < today
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roles::Role;
    use proptest::prelude::*;

    fn day(written: &str) -> Day {
        written.parse().unwrap()
    }

    /// Days of some years, over a leap day.
    fn near() -> impl Strategy<Value = Day> {
        (0..1_200_u16).prop_map(|days| day("2023-06-01").plus_days(days))
    }

    fn due(received: &str, counting: DayCount) -> String {
        Deadline::NonStaffDecision.term(day(received), counting).due().to_string()
    }

    #[test]
    fn the_rules_count_one_term_in_days_and_none_for_the_squad_check_or_a_strike_off() {
        let deadlines: Vec<_> = Deadline::ALL
            .iter()
            .map(|deadline| {
                (deadline.paragraph(), deadline.calendar_days(), deadline.start(), deadline.holder())
            })
            .collect();
        let of_paragraph_17 =
            (Paragraph::P17, 30, Start::ApplicationReceived, Holder::TerritorialSubdivision);
        assert_eq!(deadlines, [of_paragraph_17]);
        assert_eq!(Holder::TerritorialSubdivision.code(), Role::TerritorialSubdivision.code());
    }

    #[test]
    fn the_earlier_day_is_the_default() {
        let [default, other] =
            [DayCount::default(), DayCount::StartIsDay0].map(|count| due("2026-03-01", count));
        assert_eq!([default.as_str(), &other], ["2026-03-30", "2026-03-31"]);
        assert!(DayCount::ALL.iter().all(|counting| default <= due("2026-03-01", *counting)));
    }

    #[test]
    fn thirty_days_go_over_the_ends_of_months_and_years() {
        for (received, first, second) in [
            ("2026-01-31", "2026-03-01", "2026-03-02"),
            ("2028-01-31", "2028-02-29", "2028-03-01"),
            ("2028-02-29", "2028-03-29", "2028-03-30"),
            ("2027-02-28", "2027-03-29", "2027-03-30"),
            ("2026-12-15", "2027-01-13", "2027-01-14"),
        ] {
            assert_eq!(due(received, DayCount::StartIsDay1), first, "{received}");
            assert_eq!(due(received, DayCount::StartIsDay0), second, "{received}");
        }
    }

    #[test]
    fn what_is_done_on_the_last_day_is_in_time() {
        let term = Deadline::NonStaffDecision.term(day("2026-03-01"), DayCount::StartIsDay1);
        assert_eq!((term.days_left(day("2026-03-30")), term.is_overdue(day("2026-03-30"))), (0, false));
        assert_eq!((term.days_left(day("2026-03-31")), term.is_overdue(day("2026-03-31"))), (-1, true));
        assert_eq!(term.days_left(day("2026-03-01")), 29);
    }

    #[test]
    fn json_holds_the_code_and_the_days_of_a_term() {
        let term = Deadline::NonStaffDecision.term(day("2026-03-01"), DayCount::StartIsDay1);
        let printed = serde_json::to_string(&term).unwrap();
        assert_eq!(printed, r#"{"deadline":"non_staff_decision","started":"2026-03-01","due":"2026-03-30"}"#);
    }

    #[test]
    fn a_term_at_the_end_of_the_calendar_ends_there() {
        assert_eq!(due("9999-12-31", DayCount::StartIsDay0), "9999-12-31");
    }

    proptest! {
        #[test]
        fn one_way_of_counting_ends_a_day_before_the_other(started in near()) {
            let [first, second] = [DayCount::StartIsDay1, DayCount::StartIsDay0]
                .map(|counting| Deadline::NonStaffDecision.term(started, counting));
            prop_assert_eq!(first.due().days_until(second.due()), 1);
            prop_assert_eq!(second.days_left(started), 30);
        }
    }
}
