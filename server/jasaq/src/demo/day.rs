//! A day's log, written offline: what four people noted, on four phones, as it comes.
//!
//! All five activity types of 001-§10 with every sub-kind occur, three persons are detained and handed over, two phones tell of one
//! event and count differently, and everything that positions, sources and clocks do to
//! a log: weak fixes and none, a faked one, one set by hand, notes copied from paper and taken down from the radio, a
//! phone whose clock is years behind, and an end that somebody typed before the start.

mod cases;
mod notes;

use std::collections::BTreeMap;

use jasaq_fieldbook::FieldbookRefused;
use jasaq_fieldbook::model::entry::{Activity, Count, EntryDraft};
use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::model::moment::UtcTime;
use jasaq_fieldbook::model::patrol::{ActivityMode, LegEnd, PatrolEnd, PatrolStart};
use jasaq_fieldbook::model::position::{Accuracy, Coordinates, Elevation, Origin, Position, PositionRefused};
use jasaq_fieldbook::model::source::Source;

use super::cast::Part;
use super::device::{reading_at, unix_ms_at};
use super::setup::Field;
use crate::failure::Failure;
use cases::{ACTS, Cases};
use notes::NOTES;

/// What somebody noted.
#[derive(Debug, Clone, Copy)]
struct Note {
    by: Part,
    /// The minute of the day at which it was typed in.
    minute: i64,
    activity: Activity,
    text: &'static str,
    place: Place,
    source: Source,
    /// The minute of the day at which it happened, if somebody said so.
    happened: Option<i64>,
    /// How many were counted, if somebody did.
    counted: Option<u32>,
}

/// What the receiver said.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// Ten-millionths of a degree, and decimetres.
    Fix(i32, i32, u32),
    /// A fix that came without its accuracy, but with a height in metres.
    High(i32, i32, i32),
    NoFix,
    Mock(i32, i32),
    /// Set on the map; the receiver had said something else.
    ByHand(i32, i32),
}

/// What was written: every entry by its patrol and who wrote it.
#[derive(Debug)]
pub(super) struct Written {
    /// The patrols of the day: the squad's, and one that a volunteer started alone.
    pub(super) patrols: Vec<PatrolId>,
    /// The keys of entries, by patrol.
    pub(super) entries: BTreeMap<PatrolId, Vec<(Part, StatementRef)>>,
}

impl Written {
    /// How many entries were written.
    pub(super) fn count(&self) -> usize {
        self.entries.values().map(Vec::len).sum()
    }

    /// What each phone wrote into the log of the cases, beside its notes.
    fn add_cases(&mut self, field: &mut Field) -> Result<(), Failure> {
        let patrol = field.patrol;
        for part in Part::PHONES {
            let log = field.device(part).fieldbook.patrol(patrol)?.log;
            let of_cases = log.entries().filter(|(_, entry)| entry.case().is_some());
            let keys: Vec<StatementRef> = of_cases.map(|(stated, _)| stated.key.clone()).collect();
            let written = self.entries.entry(patrol).or_default();
            written.extend(keys.into_iter().map(|key| (part, key)));
        }
        Ok(())
    }
}

/// Writes the day. Nobody has a network.
pub(super) fn write(field: &mut Field) -> Result<Written, Failure> {
    let alone = start_alone(field)?;
    let mut written = Written { patrols: vec![field.patrol, alone], entries: BTreeMap::new() };
    let (mut acts, mut cases) = (ACTS.iter().copied().peekable(), Cases::default());
    for note in &NOTES {
        while let Some(act) = acts.next_if(|act| act.minute <= note.minute) {
            field.wall.turn_to(act.minute);
            cases.act(field, act)?;
        }
        let is_alone = note.by == Part::Aidos && note.minute >= ALONE_FROM;
        let patrol = if is_alone { alone } else { field.patrol };
        field.wall.turn_to(note.minute);
        let draft = note.draft().map_err(|refused| FieldbookRefused::Defect(refused.to_string()))?;
        let gps_time = note.gps_time();
        let key = field.device(note.by).fieldbook.write_entry(patrol, draft, gps_time)?;
        written.entries.entry(patrol).or_default().push((note.by, key));
    }
    written.add_cases(field)?;
    end_both(field, alone)?;
    Ok(written)
}

/// From this minute on Aidos is on a patrol of his own: he was sent to the lake, and his phone knows of no plan.
const ALONE_FROM: i64 = 14 * 60;

fn start_alone(field: &mut Field) -> Result<PatrolId, Failure> {
    field.wall.turn_to(ALONE_FROM - 5);
    let start = PatrolStart {
        occurred_at: Some(reading_at(ALONE_FROM).moment()),
        ..PatrolStart::new(ActivityMode::Independent)
    };
    Ok(field.device(Part::Aidos).fieldbook.start_patrol(start)?)
}

/// The squad's patrol ends as it should; of his own Aidos types an end that lies before the start: kept, and flagged.
fn end_both(field: &mut Field, alone: PatrolId) -> Result<(), Failure> {
    let (patrol, leg) = (field.patrol, field.leg);
    field.wall.turn_to(18 * 60);
    let head = &mut field.device(Part::Head).fieldbook;
    head.end_leg(patrol, LegEnd { leg, occurred_at: None })?;
    head.end_patrol(patrol, PatrolEnd::default())?;
    let mistyped = PatrolEnd { occurred_at: Some(reading_at(7 * 60 + 40).moment()) };
    field.device(Part::Aidos).fieldbook.end_patrol(alone, mistyped)?;
    Ok(())
}

impl Note {
    fn draft(&self) -> Result<EntryDraft, PositionRefused> {
        Ok(EntryDraft {
            position: self.place.position()?,
            source: self.source,
            occurred_at: self.happened.map(|minute| reading_at(minute).moment()),
            counted: self.counted.and_then(Count::new),
            ..EntryDraft::new(self.activity, self.text)
        })
    }

    /// The satellites know the time where they know the place, also for the phone whose clock is wrong.
    fn gps_time(&self) -> Option<UtcTime> {
        let is_measured = matches!(self.place, Place::Fix(..) | Place::High(..));
        is_measured.then(|| UtcTime::saturating_from_unix_ms(unix_ms_at(self.minute)))
    }
}

impl Place {
    fn position(self) -> Result<Option<Position>, PositionRefused> {
        let measured = |latitude, longitude| Coordinates::from_e7(latitude, longitude);
        Ok(Some(match self {
            Self::NoFix => return Ok(None),
            Self::Fix(latitude, longitude, decimetres) => Position {
                accuracy: Some(Accuracy::from_decimetres(decimetres)),
                ..Position::new(measured(latitude, longitude)?, Origin::Measured)
            },
            Self::High(latitude, longitude, metres) => Position {
                elevation: Some(Elevation::from_centimetres(metres * 100)),
                ..Position::new(measured(latitude, longitude)?, Origin::Measured)
            },
            Self::Mock(latitude, longitude) => Position::new(measured(latitude, longitude)?, Origin::Mock),
            Self::ByHand(latitude, longitude) => {
                let beside = measured(latitude + 4_200, longitude - 3_100)?;
                Position::new(measured(latitude, longitude)?, Origin::ByHand { measured: Some(beside) })
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jasaq_fieldbook::model::entry::{ActivityType, BorderServiceKind, InspectionKind, ProtectedObject};
    use jasaq_fieldbook::model::position::Origin;

    use super::*;

    fn codes<T>(
        of: impl Fn(jasaq_fieldbook::model::entry::ActivityCodes<'static>) -> Option<T>,
    ) -> BTreeSet<T>
    where
        T: Ord,
    {
        NOTES.iter().filter_map(|note| of(note.activity.codes())).collect()
    }

    #[test]
    fn every_activity_of_the_paragraph_occurs() {
        // Detention and force have their records apart, beside the notes.
        let apart = [ActivityType::DetainDeliver, ActivityType::Force].len();
        assert_eq!(codes(|codes| Some(codes.activity_type)).len() + apart, ActivityType::ALL.len());
        let subkinds = BorderServiceKind::ALL.len() + InspectionKind::ALL.len();
        let pairs = codes(|codes| codes.subkind.map(|subkind| (codes.activity_type, subkind)));
        assert_eq!(pairs.len(), subkinds);
        assert_eq!(codes(|codes| codes.mode).len(), ActivityMode::ALL.len());
        assert_eq!(codes(|codes| codes.protected_object).len(), ProtectedObject::ALL.len());
    }

    #[test]
    fn every_kind_of_position_and_source_occurs() {
        let positions: Vec<Option<Position>> =
            NOTES.iter().map(|note| note.place.position().unwrap()).collect();
        let any = |is: fn(&Position) -> bool| positions.iter().flatten().any(is);
        assert!(positions.iter().any(Option::is_none));
        assert!(any(|position| position.accuracy.is_some_and(Accuracy::is_weak)));
        assert!(any(|position| position.accuracy.is_some_and(|accuracy| !accuracy.is_weak())));
        assert!(any(|position| position.accuracy.is_none() && position.origin == Origin::Measured));
        assert!(any(|position| position.origin == Origin::Mock));
        assert!(any(|position| matches!(position.origin, Origin::ByHand { .. })));
        for source in [Source::Phone, Source::Paper, Source::Radio] {
            assert!(NOTES.iter().any(|note| note.source == source), "{source}");
        }
        assert!(NOTES.iter().any(|note| note.happened.is_some()));
    }

    #[test]
    fn everybody_writes_and_the_notes_stand_in_their_order() {
        for part in Part::PHONES {
            assert!(NOTES.iter().filter(|note| note.by == part).count() >= 6, "{part:?}");
        }
        assert!(NOTES.is_sorted_by_key(|note| note.minute));
    }
}
