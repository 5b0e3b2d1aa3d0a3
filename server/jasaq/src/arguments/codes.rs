//! Arguments that are values of the model: closed lists by their codes, numbers, roles.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use jasaq_fieldbook::model::amendment::AmendReason;
use jasaq_fieldbook::model::detention::{Company, DutyTrigger, StepKind};
use jasaq_fieldbook::model::entry::{
    ActivityType, BorderServiceKind, Count, InspectionKind, ProtectedObject, ReceiverKind,
};
use jasaq_fieldbook::model::law::{DayCount, ExclusionGround};
use jasaq_fieldbook::model::limits::COUNTED_MAX;
use jasaq_fieldbook::model::mark::{GapCause, MarkKind};
use jasaq_fieldbook::model::moment::{Day, Moment, MomentRefused, UtcTime};
use jasaq_fieldbook::model::notice::{Channel, NoticeReply};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, Transport};
use jasaq_fieldbook::model::planning::CanCome;
use jasaq_fieldbook::model::records::PersonState;
use jasaq_fieldbook::model::register::{
    CheckFinding, CheckOutcome, IdDocumentKind, NoticeAbout, ReprintCause,
};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::settling::{Attended, ExcuseReason, SettledField};
use jasaq_fieldbook::model::source::Source;
use jasaq_fieldbook::model::spelling::trimmed;
use jasaq_fieldbook::model::words::{Language, Name, WordsRefused};
use jasaq_fieldbook::protocol::limits::SATCHEL_PART_BYTES_MIN;

/// A value of a closed list, by its code.
fn one_of<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    code: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    one_of_or(all, &[], code)
}

/// The same, and others that no help shows, because they are only asked for to be told why not.
fn one_of_or<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    in_vain: &'static [T],
    code: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let shown = all.iter().map(move |value| PossibleValue::new(code(*value)));
    let hidden = in_vain.iter().map(move |value| PossibleValue::new(code(*value)).hide(true));
    PossibleValuesParser::new(shown.chain(hidden)).try_map(move |given| {
        let value = all.iter().chain(in_vain).copied().find(|value| code(*value) == given);
        value.ok_or("not in the list")
    })
}

/// A number as people here write it, with a decimal comma, or as programs do, with a point.
pub(crate) fn number(given: &str) -> Result<f64, std::num::ParseFloatError> {
    match given.split_once(',') {
        Some((whole, part)) if part.bytes().all(|digit| digit.is_ascii_digit()) => {
            format!("{whole}.{part}").parse()
        }
        _ => given.parse(),
    }
}

/// A language.
pub(crate) fn language() -> impl TypedValueParser<Value = Language> {
    one_of(Language::ALL, Language::code)
}

/// A language that papers are printed in.
pub(crate) fn page_language() -> impl TypedValueParser<Value = Language> {
    one_of(&[Language::Kk, Language::Ru], Language::code)
}

/// One of the five activity types.
pub(crate) fn activity_type() -> impl TypedValueParser<Value = ActivityType> {
    one_of(ActivityType::ALL, ActivityType::code)
}

/// A sub-kind of either activity type that has them; whether it fits is the model's to say.
pub(crate) fn subkind() -> PossibleValuesParser {
    let border_service = BorderServiceKind::ALL.iter().map(|kind| kind.code());
    PossibleValuesParser::new(border_service.chain(InspectionKind::ALL.iter().map(|kind| kind.code())))
}

/// The sub-kinds of an activity type, by their codes; most have none.
pub(crate) fn kinds_of(activity_type: ActivityType) -> Vec<&'static str> {
    match activity_type {
        ActivityType::BorderService => BorderServiceKind::ALL.iter().map(|kind| kind.code()).collect(),
        ActivityType::Inspection => InspectionKind::ALL.iter().map(|kind| kind.code()).collect(),
        ActivityType::Prevention | ActivityType::Force | ActivityType::DetainDeliver => Vec::new(),
    }
}

/// How it is done.
pub(crate) fn mode() -> impl TypedValueParser<Value = ActivityMode> {
    one_of(ActivityMode::ALL, ActivityMode::code)
}

/// What an offence is against.
pub(crate) fn protected_object() -> impl TypedValueParser<Value = ProtectedObject> {
    one_of(ProtectedObject::ALL, ProtectedObject::code)
}

/// Who receives a person.
pub(crate) fn receiver() -> impl TypedValueParser<Value = ReceiverKind> {
    one_of(ReceiverKind::ALL, ReceiverKind::code)
}

/// A part of the border space.
pub(crate) fn area() -> impl TypedValueParser<Value = AreaComponent> {
    one_of(AreaComponent::ALL, AreaComponent::code)
}

/// Whether a member can come.
pub(crate) fn can_come() -> impl TypedValueParser<Value = CanCome> {
    one_of(CanCome::ALL, CanCome::code)
}

/// Why a phone is not waited for.
pub(crate) fn excuse_reason() -> impl TypedValueParser<Value = ExcuseReason> {
    one_of(ExcuseReason::ALL, ExcuseReason::code)
}

/// Whether somebody was there.
pub(crate) fn attended() -> impl TypedValueParser<Value = Attended> {
    one_of(Attended::ALL, Attended::code)
}

/// A field of a patrol itself.
pub(crate) fn header_field() -> impl TypedValueParser<Value = SettledField> {
    const OF_PATROLS: &[SettledField] = &[
        SettledField::Start,
        SettledField::End,
        SettledField::Mode,
        SettledField::Representative,
        SettledField::Area,
        SettledField::Leader,
        SettledField::Task,
    ];
    one_of(OF_PATROLS, SettledField::code)
}

/// A field of an event.
pub(crate) fn event_field() -> impl TypedValueParser<Value = SettledField> {
    const OF_EVENTS: &[SettledField] = &[
        SettledField::Time,
        SettledField::Activity,
        SettledField::Place,
        SettledField::Marker,
        SettledField::Landmark,
        SettledField::Count,
    ];
    one_of(OF_EVENTS, SettledField::code)
}

/// How one moves.
pub(crate) fn transport() -> impl TypedValueParser<Value = Transport> {
    one_of(Transport::ALL, Transport::code)
}

/// Why an entry is said anew.
pub(crate) fn amend_reason() -> impl TypedValueParser<Value = AmendReason> {
    one_of(AmendReason::ALL, AmendReason::code)
}

/// What is marked on a patrol by hand: who joins does so by the head's code.
pub(crate) fn mark_kind() -> impl TypedValueParser<Value = MarkKind> {
    one_of(&[MarkKind::CertificateShown, MarkKind::Pause, MarkKind::TrackGap], MarkKind::code)
}

/// Why there is no track.
pub(crate) fn gap_cause() -> impl TypedValueParser<Value = GapCause> {
    one_of(GapCause::ALL, GapCause::code)
}

/// By which voice somebody was told.
pub(crate) fn channel() -> impl TypedValueParser<Value = Channel> {
    one_of(&[Channel::Radio, Channel::Telephone, Channel::InPerson], Channel::code)
}

/// What the subdivision answers a notice.
pub(crate) fn notice_reply() -> impl TypedValueParser<Value = NoticeReply> {
    one_of(NoticeReply::ALL, NoticeReply::code)
}

/// A step between a detention and its end.
pub(crate) fn step() -> impl TypedValueParser<Value = StepKind> {
    one_of(StepKind::ALL, StepKind::code)
}

/// Why a duty section of the police is told.
pub(crate) fn duty_trigger() -> impl TypedValueParser<Value = DutyTrigger> {
    one_of(DutyTrigger::ALL, DutyTrigger::code)
}

/// Whether somebody was alone.
pub(crate) fn company() -> impl TypedValueParser<Value = Company> {
    one_of(Company::ALL, Company::code)
}

/// How many were counted.
pub(crate) fn count(given: &str) -> Result<Count, String> {
    let count = given.trim().parse().ok().and_then(Count::new);
    count.ok_or_else(|| format!("a count is a whole number up to {COUNTED_MAX}"))
}

/// How an entry came into the device; files are imported, not typed.
pub(crate) fn source() -> impl TypedValueParser<Value = Source> {
    one_of(&[Source::Phone, Source::Paper, Source::Radio], Source::code)
}

/// What somebody can be invited to be.
pub(crate) fn invited_role() -> impl TypedValueParser<Value = Role> {
    const INVITED: &[Role] = &[
        Role::StructuralSubdivision,
        Role::LocalExecutiveBody,
        Role::CoordinationCouncil,
        Role::SquadHead,
        Role::Volunteer,
        Role::NonStaffEmployee,
    ];
    one_of_or(INVITED, &[Role::TerritorialSubdivision], short_code)
}

/// A role of a squad's device.
pub(crate) fn squad_role() -> impl TypedValueParser<Value = Role> {
    const OF_A_SQUAD: &[Role] = &[Role::SquadHead, Role::Volunteer, Role::NonStaffEmployee];
    one_of(OF_A_SQUAD, short_code)
}

/// A role as the people here shorten it.
pub(crate) const fn short_code(role: Role) -> &'static str {
    match role {
        Role::TerritorialSubdivision => "ts",
        Role::StructuralSubdivision => "ss",
        Role::LocalExecutiveBody => "leb",
        Role::CoordinationCouncil => "cc",
        Role::SquadHead => "head",
        Role::Volunteer => "vol",
        Role::NonStaffEmployee => "nse",
    }
}

/// A finding of a register.
pub(crate) fn check_finding() -> impl TypedValueParser<Value = CheckFinding> {
    one_of(CheckFinding::ALL, CheckFinding::code)
}

/// A decision about an application.
pub(crate) fn check_outcome() -> impl TypedValueParser<Value = CheckOutcome> {
    one_of(CheckOutcome::ALL, CheckOutcome::code)
}

/// What a copy is of.
pub(crate) fn id_document() -> impl TypedValueParser<Value = IdDocumentKind> {
    one_of(IdDocumentKind::ALL, IdDocumentKind::code)
}

/// Why a certificate is printed anew.
pub(crate) fn reprint_cause() -> impl TypedValueParser<Value = ReprintCause> {
    one_of(ReprintCause::ALL, ReprintCause::code)
}

/// What a person is told.
pub(crate) fn notice_about() -> impl TypedValueParser<Value = NoticeAbout> {
    one_of(NoticeAbout::ALL, NoticeAbout::code)
}

/// One of the five circumstances of 001-§15.
pub(crate) fn ground() -> impl TypedValueParser<Value = ExclusionGround> {
    one_of(ExclusionGround::ALL, ExclusionGround::code)
}

/// How a term is counted.
pub(crate) fn day_count() -> impl TypedValueParser<Value = DayCount> {
    one_of(DayCount::ALL, DayCount::code)
}

/// How far a person's record has come.
pub(crate) fn person_state() -> impl TypedValueParser<Value = PersonState> {
    one_of(PersonState::ALL, PersonState::code)
}

/// A day as programs write it, `2026-05-01`, or as people here do, `01.05.2026`.
pub(crate) fn day(given: &str) -> Result<Day, MomentRefused> {
    let given = given.trim();
    let parts: Vec<&str> = given.split('.').collect();
    match parts.as_slice() {
        [day, month, year] if year.len() == 4 => {
            let two = |part: &str| if part.len() == 1 { format!("0{part}") } else { part.to_owned() };
            format!("{year}-{}-{}", two(month), two(day)).parse()
        }
        _ => given.parse(),
    }
}

/// A month as programs write it, `2026-03`, or as people here do, `03.2026`: its first day.
pub(crate) fn month(given: &str) -> Result<Day, MomentRefused> {
    let given = given.trim();
    match given.split_once('.') {
        Some(_) => day(&format!("01.{given}")),
        None => format!("{given}-01").parse(),
    }
}

/// A time of a plan: as whoever wrote it had it, with its offset, or as the clock on the wall here will show it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum WallTime {
    Told(Moment),
    /// As if the clock here stood at UTC.
    Shown(UtcTime),
}

impl WallTime {
    /// The moment, where the clock on the wall is so many minutes ahead of UTC.
    pub(crate) fn moment(self, offset_minutes: i16) -> Result<Moment, MomentRefused> {
        match self {
            Self::Told(moment) => Ok(moment),
            Self::Shown(shown) => {
                let unix_ms = shown.unix_ms().saturating_sub(i64::from(offset_minutes) * 60_000);
                Moment::new(UtcTime::from_unix_ms(unix_ms)?, offset_minutes)
            }
        }
    }
}

/// A time as programs write it, `2026-03-05T08:00`, with an offset or without, or as people here do, `05.03.2026 08:00`.
pub(crate) fn wall_time(given: &str) -> Result<WallTime, MomentRefused> {
    let (date, time) = given.trim().split_once(['T', ' ']).ok_or(MomentRefused::NotRfc3339)?;
    let written = format!("{}T{}", day(date)?, time.trim());
    if time.trim().bytes().all(|letter| letter.is_ascii_digit() || letter == b':') {
        Ok(WallTime::Shown(written.parse()?))
    } else {
        Ok(WallTime::Told(written.parse()?))
    }
}

/// A time of what happened: with its day, or the last time that the clock here showed so.
#[derive(Debug, Clone)]
pub(crate) enum ClockTime {
    OfDay(WallTime),
    /// Hours and minutes.
    Last(String),
}

impl ClockTime {
    /// Whether hours and minutes alone are given.
    pub(crate) const fn is_without_day(&self) -> bool {
        matches!(self, Self::Last(_))
    }

    /// The moment, seen from now.
    pub(crate) fn moment(&self, now: Moment) -> Result<Moment, MomentRefused> {
        const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
        match self {
            Self::OfDay(time) => time.moment(now.offset_minutes()),
            Self::Last(time) => {
                let today = wall_time(&format!("{}T{time}", now.day()))?.moment(now.offset_minutes())?;
                let is_ahead = today.time() > now.time();
                let ms = today.time().unix_ms() - if is_ahead { DAY_MS } else { 0 };
                Moment::new(UtcTime::from_unix_ms(ms)?, now.offset_minutes())
            }
        }
    }
}

/// A time with its day as [`wall_time`] reads it, or without one, `10:50`.
pub(crate) fn clock_time(given: &str) -> Result<ClockTime, MomentRefused> {
    let given = given.trim();
    let Some((hours, minutes)) = given.split_once(':').filter(|_| given.len() <= "10:50".len()) else {
        return wall_time(given).map(ClockTime::OfDay);
    };
    // What stands before the colon is filled up; nothing is not.
    let time = if hours.is_empty() { given.to_owned() } else { format!("{hours:0>2}:{minutes}") };
    wall_time(&format!("2026-05-01T{time}"))?;
    Ok(ClockTime::Last(time))
}

/// A name without blanks around it and doubled ones inside.
pub(crate) fn plain_name(given: &str) -> Result<Name, WordsRefused> {
    Name::new(trimmed(given))
}

/// A size in bytes: a number with kB or MB behind it, or with none. A messenger's limit is never shorter than a part's.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let lower = text.trim().to_ascii_lowercase();
    let digits = lower.trim_end_matches(|letter: char| letter.is_ascii_alphabetic() || letter == ' ');
    let unit = match lower.get(digits.len()..).map(str::trim) {
        Some("" | "b") => 1,
        Some("k" | "kb") => 1_000,
        Some("m" | "mb") => 1_000_000,
        _ => 0,
    };
    let bytes = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    bytes.filter(|bytes| *bytes >= SATCHEL_PART_BYTES_MIN).ok_or_else(|| {
        format!(
            "a size is a number with kB or MB, {} kB at the least",
            SATCHEL_PART_BYTES_MIN.div_ceil(1_000)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_a_decimal_comma_as_well_as_with_a_point() {
        for (given, number_due) in [("43,25", 43.25), ("-80,01", -80.01), ("43.25", 43.25), ("6", 6.0)] {
            assert!((number(given).unwrap() - number_due).abs() < 1e-9, "{given}");
        }
        for given in ["43,25,1", "1,234.5", "43,x", ",", "", "север"] {
            assert!(number(given).is_err(), "{given}");
        }
    }

    #[test]
    fn a_day_is_read_as_programs_and_as_people_write_it() {
        for written in ["2026-05-01", "01.05.2026", "1.5.2026", " 01.05.2026 "] {
            assert_eq!(day(written).unwrap().to_string(), "2026-05-01");
        }
        for wrong in ["", "01.05.26", "31.02.2026", "2026.05.01", "1/5/2026", "01.05", "05.13.2026"] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_month_is_read_as_programs_and_as_people_write_it() {
        for written in ["2026-03", "03.2026", "3.2026"] {
            assert_eq!(month(written).unwrap().to_string(), "2026-03-01");
        }
        for wrong in ["", "2026", "2026-3", "2026-13", "13.2026", "2026-03-05", "05.03.2026"] {
            assert!(month(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_time_without_an_offset_is_the_clocks_on_the_wall() {
        for written in ["2026-03-05T08:00", "2026-03-05 08:00:00", "05.03.2026 08:00", "5.3.2026T08:00"] {
            let moment = wall_time(written).unwrap().moment(300).unwrap();
            assert_eq!(moment.to_string(), "2026-03-05T08:00:00+05:00", "{written}");
        }
        for written in ["2026-03-05T08:00:00+06:00", "05.03.2026 08:00+06:00"] {
            let moment = wall_time(written).unwrap().moment(300).unwrap();
            assert_eq!(moment.to_string(), "2026-03-05T08:00:00+06:00", "{written}");
        }
        for wrong in [
            "",
            "2026-03-05",
            "08:00",
            "2026-03-05T25:00",
            "2026-03-05T08:00[Asia/Almaty]",
            "32.03.2026 08:00",
        ] {
            assert!(wall_time(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_time_without_a_day_is_the_last_that_the_clock_here_showed() {
        let now: Moment = "2026-05-01T09:10:30+05:00".parse().unwrap();
        for (given, due) in [
            ("09:10", "2026-05-01T09:10:00+05:00"),
            ("9:05", "2026-05-01T09:05:00+05:00"),
            ("23:50", "2026-04-30T23:50:00+05:00"),
            ("02.05.2026 08:00", "2026-05-02T08:00:00+05:00"),
            ("2026-05-01T08:00:00+06:00", "2026-05-01T08:00:00+06:00"),
        ] {
            assert_eq!(clock_time(given).unwrap().moment(now).unwrap().to_string(), due, "{given}");
        }
        for wrong in ["", "25:00", "10:5", "1050", ":30", "10:", "-1:30"] {
            assert!(clock_time(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_size_is_read_as_people_write_it() {
        for written in ["10MB", "10 mb", "10000kB", "10000000"] {
            assert_eq!(size(written), Ok(10_000_000));
        }
        for wrong in ["", "MB", "10 GB", "-1MB", "5kB", "99999999999999999999MB"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
