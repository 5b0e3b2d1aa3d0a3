//! Times of cases and notices that cannot be, and what of a case was told differently. They are taken, wherever they come from, and flagged: on the page and where a case is
//! shown.
//!
//! Promises that a flag is a function of what was said, and hides nothing. Two clocks may differ by as much as one is trusted to be
//! off ([`CLOCK_TRUSTED_MS`](crate::limits::CLOCK_TRUSTED_MS)), and people write minutes: less than that is nothing odd.

use crate::case::CaseRecord;
use crate::detention::StepKind;
use crate::moment::UtcTime;
use crate::patrol_log::{Flag, Flagged, is_before};
use crate::stated::Stated;

/// Whether the subdivision was told of what nobody knew yet.
#[must_use]
pub const fn is_told_before_learned(learned: UtcTime, told: UtcTime) -> bool {
    is_before(told, learned)
}

fn happened(stated: &Stated) -> UtcTime {
    stated.statement.happened_at().time()
}

/// What looks wrong in the times of a case, in the order of flags and keys.
#[must_use]
pub fn flags_of_case(record: &CaseRecord<'_>) -> Vec<Flagged> {
    let mut found = Vec::new();
    let mut flag_if = |looks_wrong: bool, flag: Flag, stated: &Stated| {
        if looks_wrong {
            found.push(Flagged { flag, about: stated.key.clone() });
        }
    };
    let detained = record.detained.iter().map(|(stated, _)| happened(stated)).min();
    let ends = || {
        let handed = record.handed_over.iter().map(|(stated, _)| *stated);
        handed.chain(record.released.iter().map(|(stated, _)| *stated))
    };
    let over = ends().map(happened).max();
    for stated in ends() {
        let is_early = detained.is_some_and(|detained| is_before(happened(stated), detained));
        flag_if(is_early, Flag::EndedBeforeDetained, stated);
    }
    for (stated, step) in &record.steps {
        let at = happened(stated);
        let is_early = detained.is_some_and(|detained| is_before(at, detained));
        flag_if(is_early, Flag::StepBeforeDetained, stated);
        let is_late = over.is_some_and(|over| is_before(over, at));
        flag_if(is_late && step.step != StepKind::MeasuresTold, Flag::StepAfterEnd, stated);
    }
    for (stated, said) in &record.detained {
        let recorded = stated.statement.clocks.recorded_at().day();
        let day = stated.statement.happened_at().day().min(recorded);
        flag_if(said.born.is_some_and(|born| born > day), Flag::BornAfterDetained, stated);
    }
    for stated in &record.told_differently {
        flag_if(true, Flag::ToldDifferently, stated);
    }
    for stated in record.standing() {
        let recorded = stated.statement.clocks.recorded_at().time();
        flag_if(is_before(recorded, happened(stated)), Flag::HappenedAfterRecorded, stated);
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detention::{Detained, DetentionStep, Protected, Released};
    use crate::ids::{Author, StatementRef};
    use crate::moment::{Clocks, Moment};
    use crate::planning::Before;
    use crate::position::Place;
    use crate::statement::{Body, Statement};
    use crate::words::{Name, Note};

    fn at(hour_and_minute: &str) -> Option<Moment> {
        format!("2026-05-01T{hour_and_minute}:00+05:00").parse().ok()
    }

    /// All of it written down at noon.
    fn said(number: u8, protected: Protected) -> Stated {
        Stated {
            key: StatementRef::new(format!("k.{number}")).unwrap(),
            author: Author::from_bytes([9; 32]),
            member: None,
            role: None,
            statement: Statement::new(
                Clocks::new(at("12:00").unwrap(), None, None),
                Body::Protected(protected),
            ),
        }
    }

    fn detained(when: &str, born: &str) -> Stated {
        said(
            1,
            Protected::Detained(Detained {
                patrol: None,
                full_name: None,
                born: born.parse().ok(),
                paper: None,
                offence: Note::new("шекара режимі").unwrap(),
                protected_object: None,
                place: Place::default(),
                occurred_at: at(when),
                replaces: Before::default(),
                because: None,
            }),
        )
    }

    fn step(number: u8, step: StepKind, when: &str) -> Stated {
        said(number, Protected::Step(DetentionStep { occurred_at: at(when), ..DetentionStep::new(step) }))
    }

    fn released(when: &str) -> Stated {
        let (ordered_by, reason) = (Name::new("майор С.").unwrap(), Note::new("тұрғын").unwrap());
        let replaces = Before::default();
        said(
            5,
            Protected::Released(Released {
                ordered_by,
                reason,
                occurred_at: at(when),
                replaces,
                because: None,
            }),
        )
    }

    fn flags(all: &[Stated]) -> Vec<(Flag, String)> {
        let flagged = flags_of_case(&CaseRecord::of(all)).into_iter();
        flagged.map(|flagged| (flagged.flag, flagged.about.to_string())).collect()
    }

    #[test]
    fn a_case_whose_times_can_be_has_no_flags_though_clocks_differ_a_little() {
        let all = [
            detained("10:00", "1990-02-03"),
            step(2, StepKind::UnitTold, "09:58"),
            step(3, StepKind::InDelivery, "11:02"),
            released("11:00"),
            step(4, StepKind::MeasuresTold, "11:50"),
        ];
        assert_eq!(flags(&all), []);
        assert_eq!(flags(&[detained("12:02", "2026-05-01")]), [], "the clock here may be as much off");
    }

    #[test]
    fn times_of_a_case_that_cannot_be_are_flagged_each_with_its_statement() {
        let all = [
            detained("10:00", "2026-05-02"),
            step(2, StepKind::UnitTold, "09:57"),
            step(3, StepKind::InDelivery, "12:30"),
            released("09:30"),
        ];
        let due = [
            (Flag::EndedBeforeDetained, "k.5"),
            (Flag::StepBeforeDetained, "k.2"),
            (Flag::StepAfterEnd, "k.2"),
            (Flag::StepAfterEnd, "k.3"),
            (Flag::BornAfterDetained, "k.1"),
            (Flag::HappenedAfterRecorded, "k.3"),
        ];
        assert_eq!(flags(&all), due.map(|(flag, key)| (flag, key.to_owned())));
        let backdated = flags(&[detained("12:03", "1990-02-03")]);
        assert_eq!(backdated, [(Flag::HappenedAfterRecorded, "k.1".to_owned())]);
    }

    #[test]
    fn nobody_tells_what_he_does_not_know_but_within_the_minutes_that_people_write() {
        let time = |written| at(written).unwrap().time();
        assert!(is_told_before_learned(time("10:00"), time("09:57")));
        assert!(!is_told_before_learned(time("10:00"), time("09:58")));
        assert!(!is_told_before_learned(time("10:00"), time("10:30")));
    }
}
