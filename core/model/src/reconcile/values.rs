//! The value of a field, as somebody said it or a head writes it; and which values are the same.

use crate::entry::{Activity, ActivityCodes, Count};
use crate::ids::MemberId;
use crate::limits::{PLACES_AGREE_METRES, REACH_METRES_MAX, TIMES_AGREE_MS};
use crate::moment::Moment;
use crate::patrol::{ActivityMode, AreaComponent};
use crate::position::{Accuracy, Coordinates, Origin, Position};
use crate::settling::SettledField;
use crate::words::{Label, Name, Note, Text};

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// Which activity.
    Activity(Activity),
    /// When.
    Time(Moment),
    /// Where.
    Place(Position),
    /// The number of a boundary marker, or a landmark.
    Mark(Label),
    /// How many.
    Count(Count),
    /// In words.
    Text(Text),
    /// A head's words.
    Note(Note),
    /// Independently or jointly.
    Mode(ActivityMode),
    /// The part of the border space.
    Area(AreaComponent),
    /// The controlling representative.
    Name(Name),
    /// Who led.
    Member(MemberId),
}

/// What a head writes is no value of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no value of the field {field}")]
pub struct ValueRefused {
    /// Which field.
    pub field: SettledField,
}

impl FieldValue {
    /// Whether it says the same as another, after normalising: letters' case and blanks, a minute, a few metres.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Time(one), Self::Time(other)) => {
                one.time().unix_ms().abs_diff(other.time().unix_ms()) <= TIMES_AGREE_MS.unsigned_abs()
            }
            (Self::Place(one), Self::Place(other)) => places_agree(one, other),
            (Self::Mark(one), Self::Mark(other)) => plain(one.as_str()) == plain(other.as_str()),
            (Self::Text(one), Self::Text(other)) => plain(one.as_str()) == plain(other.as_str()),
            (Self::Name(one), Self::Name(other)) => plain(one.as_str()) == plain(other.as_str()),
            (one, other) => one == other,
        }
    }

    /// Reads what a head writes: a moment, `44.1657, 80.0001`, a number, a code of a closed list, words. It is written back
    /// by [`FieldValue::written`].
    pub fn read(field: SettledField, written: &Note) -> Result<Self, ValueRefused> {
        let text = written.as_str().trim();
        let value = match field {
            SettledField::Time | SettledField::Start | SettledField::End => text.parse().ok().map(Self::Time),
            SettledField::Place => read_place(text).map(Self::Place),
            SettledField::Marker | SettledField::Landmark => Label::new(text).ok().map(Self::Mark),
            SettledField::Count => text.parse().ok().and_then(Count::new).map(Self::Count),
            SettledField::Activity => read_activity(text).map(Self::Activity),
            SettledField::Mode => ActivityMode::from_code(text).map(Self::Mode),
            SettledField::Area => AreaComponent::from_code(text).map(Self::Area),
            SettledField::Leader => text.parse().ok().map(Self::Member),
            SettledField::Representative => Name::new(text).ok().map(Self::Name),
            SettledField::Text | SettledField::Task => Some(Self::Note(written.clone())),
        };
        value.ok_or(ValueRefused { field })
    }

    /// As a page and `--json` have it.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::Activity(activity) => {
                let codes = activity.codes();
                let rest = [codes.subkind, codes.mode, codes.protected_object, codes.receiver_kind];
                let rest = rest.into_iter().flatten();
                std::iter::once(codes.activity_type).chain(rest).collect::<Vec<_>>().join("/")
            }
            Self::Time(moment) => moment.to_string(),
            Self::Place(position) => {
                format!("{}, {}", position.coordinates.latitude(), position.coordinates.longitude())
            }
            Self::Mark(label) => label.to_string(),
            Self::Count(count) => count.number().to_string(),
            Self::Text(text) => text.to_string(),
            Self::Note(note) => note.to_string(),
            Self::Mode(mode) => mode.code().to_owned(),
            Self::Area(area) => area.code().to_owned(),
            Self::Name(name) => name.to_string(),
            Self::Member(member) => member.to_string(),
        }
    }
}

/// Words without what two hands write differently: case, blanks, a full stop.
fn plain(written: &str) -> String {
    let words: Vec<String> = written.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ").trim_end_matches(['.', '!', ',', ';']).to_owned()
}

fn places_agree(one: &Position, other: &Position) -> bool {
    are_within((one, other), PLACES_AGREE_METRES)
}

/// Whether two positions are no further apart than this, or than their accuracies reach, as far as these count.
pub(super) fn are_within((one, other): (&Position, &Position), metres: f64) -> bool {
    let reach = |position: &Position| position.accuracy.map_or(0.0, Accuracy::metres).min(REACH_METRES_MAX);
    one.coordinates.metres_to(other.coordinates) <= metres.max(reach(one) + reach(other))
}

fn read_place(text: &str) -> Option<Position> {
    let (latitude, longitude) = text.split_once(',')?;
    let (latitude, longitude) = (latitude.trim().parse().ok()?, longitude.trim().parse().ok()?);
    let coordinates = Coordinates::from_degrees(latitude, longitude).ok()?;
    Some(Position::new(coordinates, Origin::ByHand { measured: None }))
}

/// `inspection/vehicle/joint`: the type, then what it must have.
fn read_activity(text: &str) -> Option<Activity> {
    let mut parts = text.split('/').map(str::trim);
    let mut codes = ActivityCodes { activity_type: parts.next()?, ..ActivityCodes::default() };
    for part in parts {
        if ActivityMode::from_code(part).is_some() {
            codes.mode = Some(part);
        } else if crate::entry::ProtectedObject::from_code(part).is_some() {
            codes.protected_object = Some(part);
        } else if crate::entry::ReceiverKind::from_code(part).is_some() {
            codes.receiver_kind = Some(part);
        } else {
            codes.subkind = Some(part);
        }
    }
    codes.check().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(written: &str) -> Note {
        Note::new(written).unwrap()
    }

    #[test]
    fn what_a_head_writes_is_read_back_as_it_is_written() {
        for (field, written) in [
            (SettledField::Time, "2026-05-01T10:42:00+05:00"),
            (SettledField::Place, "44.1657, 80.0001"),
            (SettledField::Count, "4"),
            (SettledField::Activity, "inspection/vehicle/joint"),
            (SettledField::Activity, "prevention/border_regime"),
            (SettledField::Mode, "both"),
            (SettledField::Area, "border_zone"),
            (SettledField::Marker, "12/3"),
            (SettledField::Representative, "майор С."),
            (SettledField::Text, "бес адам"),
        ] {
            let value = FieldValue::read(field, &note(written)).unwrap();
            assert_eq!(value.written(), written);
            assert!(value.agrees_with(&FieldValue::read(field, &note(&value.written())).unwrap()));
        }
        for (field, written) in [
            (SettledField::Time, "10:42"),
            (SettledField::Place, "0, 0"),
            (SettledField::Place, "95, 80"),
            (SettledField::Count, "-1"),
            (SettledField::Activity, "inspection/round/joint"),
            (SettledField::Mode, "alone"),
            (SettledField::Leader, "Асқар"),
        ] {
            assert_eq!(FieldValue::read(field, &note(written)), Err(ValueRefused { field }), "{written}");
        }
    }

    #[test]
    fn a_minute_a_few_metres_and_the_case_of_letters_are_no_difference() {
        let time = |written: &str| FieldValue::Time(written.parse().unwrap());
        assert!(time("2026-05-01T10:42:00+05:00").agrees_with(&time("2026-05-01T10:43:00+05:00")));
        assert!(!time("2026-05-01T10:42:00+05:00").agrees_with(&time("2026-05-01T10:43:01+05:00")));
        assert!(time("2026-05-01T10:42:00+05:00").agrees_with(&time("2026-05-01T11:42:00+06:00")));
        let place = |written: &str, metres: f64| {
            let mut position = read_place(written).unwrap();
            position.accuracy = crate::position::Accuracy::from_metres(metres).ok();
            FieldValue::Place(position)
        };
        assert!(place("44.0, 80.0", 6.0).agrees_with(&place("44.0002, 80.0", 6.0)), "22 m");
        assert!(!place("44.0, 80.0", 6.0).agrees_with(&place("44.0005, 80.0", 6.0)), "56 m");
        assert!(place("44.0, 80.0", 6.0).agrees_with(&place("44.0005, 80.0", 60.0)), "56 m of 66");
        // 890 m and 1,110 m: whoever knows the place by 100 km has said less than a kilometre tells.
        assert!(place("44.0, 80.0", 6.0).agrees_with(&place("44.008, 80.0", 100_000.0)));
        assert!(!place("44.0, 80.0", 6.0).agrees_with(&place("44.01, 80.0", 100_000.0)));
        let text = |written: &str| FieldValue::Text(Text::new(written).unwrap());
        assert!(
            text("Із  бар.").agrees_with(&text("із бар")) && !text("Із бар").agrees_with(&text("Із жоқ"))
        );
    }
}
