//! The statement: what one person on one device said once. It travels as a flat map of scalars.
//!
//! Promises that writing and reading back gives the same statement; that every limit and rule is checked
//! again on reading; and that a statement of a newer minor shape can be read here: fields we do not know are
//! passed over (who keeps statements keeps their fields as they came).
//!
//! Refuses unknown kinds and newer major shapes, which are set aside by the caller, never dropped. A new code
//! in an existing field is a new major shape; a new field is a new minor one.
//!
//! ```text
//! kind   which of the kinds         v     shape: major × 1,000 + minor, absent while that is 0
//! at,tz  the device's clock: unix milliseconds, minutes ahead of UTC
//! gps    the satellites' clock less the device's, ms      boot   the device's clock at its start, unix ms
//! when,when_tz  when it happened, if a person said so (when_tz only where it differs from tz)
//! ```
//!
//! The other keys stand with each kind, in the parts of this module. Clocks are written as differences
//! because these are small, or stay the same from statement to statement, and so cost next to nothing once
//! compressed.

mod admission_fields;
mod attachment_fields;
mod case_fields;
mod cause_fields;
mod certificate_fields;
mod fields;
mod kind;
mod log_fields;
mod patrol_fields;
mod planning_fields;
mod register_fields;
mod sealing_fields;
mod settling_fields;
mod squad_fields;
mod telling_fields;

pub use fields::{Fields, Scalar};
pub use kind::Kind;

use crate::amendment::Amendment;
use crate::attachment::{Attachment, AttachmentHeld};
use crate::detention::{CaseHeld, Protected};
use crate::entry::{ActivityRefused, Entry};
use crate::ids::IdRefused;
use crate::mark::Mark;
use crate::moment::{Clocks, Moment, MomentRefused, UtcTime};
use crate::notice::Telling;
use crate::patrol::{LegEnd, LegStart, PatrolEnd, PatrolStart, TooManyMembers};
use crate::planning::{CrewRefused, Planning, TooManyBefore, WindowRefused};
use crate::position::PositionRefused;
use crate::register::Record;
use crate::sealing::{PagePartRefused, Sealing};
use crate::settling::Settling;
use crate::squad::{NameOff, NameOn, Squad, SquadCard};
use crate::track::{TrackChunk, TrackRefused, Waypoint};
use crate::words::WordsRefused;

/// The major shape written and read here.
const SHAPE_MAJOR: u32 = 0;

const SHAPE_MINORS_A_MAJOR: u32 = 1_000;

/// What a statement says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// A patrol went out.
    PatrolStarted(PatrolStart),
    /// A leg of it began.
    LegStarted(LegStart),
    /// A leg of it is over.
    LegEnded(LegEnd),
    /// The patrol is back.
    PatrolEnded(PatrolEnd),
    /// Something was done or seen.
    Entry(Entry),
    /// A piece of where they walked.
    Track(TrackChunk),
    /// A named place.
    Waypoint(Waypoint),
    /// What phones may know of a member.
    SquadCard(SquadCard),
    /// A squad was created.
    Squad(Squad),
    /// A person is on a roster.
    NameOn(NameOn),
    /// A person is off a roster.
    NameOff(NameOff),
    /// A photo, a voice note or a scan.
    Attachment(Attachment),
    /// A device has all of an attachment.
    AttachmentHeld(AttachmentHeld),
    /// What is said of a patrol beside what happens on it.
    Planning(Planning),
    /// An entry is said anew.
    Amended(Amendment),
    /// Something happened on the patrol that is no activity.
    Mark(Mark),
    /// What is told to the subdivision at once, and answered.
    Telling(Telling),
    /// What is said of a person detained, or of force.
    Protected(Protected),
    /// A head or a subdivision holds what others said of a case.
    CaseHeld(CaseHeld),
    /// What a head decides when he makes a page.
    Settling(Settling),
    /// What is said of a page.
    Sealing(Sealing),
    /// A record of the register.
    Register(Record),
}

/// What was said, and what the clocks said when it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The clocks.
    pub clocks: Clocks,
    /// What was said.
    pub body: Body,
}

/// Why fields were not accepted as a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatementRefused {
    /// No kind, or one that is not known here.
    #[error("statements of this kind are not known here")]
    UnknownKind,
    /// Written by a newer version, in a shape that means something else.
    #[error("the statement has shape {major}, newer than {SHAPE_MAJOR}")]
    NewerMajor {
        /// Its major shape.
        major: u32,
    },
    /// More than a statement may hold.
    #[error("{bytes} bytes are more than the {bytes_max} of one statement")]
    TooLarge {
        /// What was given.
        bytes: usize,
        /// The limit.
        bytes_max: usize,
    },
    /// A field that its kind must have.
    #[error("field {field} is missing")]
    Missing {
        /// Its key.
        field: &'static str,
    },
    /// A scalar of another sort, a code that is none, or a number out of range.
    #[error("field {field} does not hold what it should")]
    Malformed {
        /// Its key.
        field: &'static str,
    },
    /// Words that cannot be.
    #[error("field {field}: {refused}")]
    Words {
        /// Its key.
        field: &'static str,
        /// Why not.
        refused: WordsRefused,
    },
    /// An id that cannot be.
    #[error("field {field}: {refused}")]
    Id {
        /// Its key.
        field: &'static str,
        /// Why not.
        refused: IdRefused,
    },
    /// A moment that cannot be.
    #[error(transparent)]
    Moment(#[from] MomentRefused),
    /// A position that cannot be.
    #[error(transparent)]
    Position(#[from] PositionRefused),
    /// An activity that cannot be.
    #[error(transparent)]
    Activity(#[from] ActivityRefused),
    /// A track that cannot be.
    #[error(transparent)]
    Track(#[from] TrackRefused),
    /// A leg with too many members.
    #[error(transparent)]
    Members(#[from] TooManyMembers),
    /// A crew that is none.
    #[error(transparent)]
    Crew(#[from] CrewRefused),
    /// A plan's time that cannot be.
    #[error(transparent)]
    Window(#[from] WindowRefused),
    /// It replaces too many.
    #[error(transparent)]
    Before(#[from] TooManyBefore),
    /// No piece of a page.
    #[error(transparent)]
    PagePart(#[from] PagePartRefused),
}

impl Body {
    /// Which kind it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::PatrolStarted(_) => Kind::PatrolStarted,
            Self::LegStarted(_) => Kind::LegStarted,
            Self::LegEnded(_) => Kind::LegEnded,
            Self::PatrolEnded(_) => Kind::PatrolEnded,
            Self::Entry(_) => Kind::Entry,
            Self::Track(_) => Kind::Track,
            Self::Waypoint(_) => Kind::Waypoint,
            Self::SquadCard(_) => Kind::SquadCard,
            Self::Squad(_) => Kind::Squad,
            Self::NameOn(_) => Kind::NameOn,
            Self::NameOff(_) => Kind::NameOff,
            Self::Attachment(_) => Kind::Attachment,
            Self::AttachmentHeld(_) => Kind::AttachmentHeld,
            Self::Planning(planning) => planning_fields::kind_of(planning),
            Self::Amended(_) => Kind::EntryAmended,
            Self::Mark(_) => Kind::Mark,
            Self::Telling(telling) => telling_fields::kind_of(telling),
            Self::Protected(protected) => case_fields::kind_of(protected),
            Self::CaseHeld(_) => Kind::CaseHeld,
            Self::Settling(settling) => settling_fields::kind_of(settling),
            Self::Sealing(sealing) => sealing_fields::kind_of(sealing),
            Self::Register(record) => register_fields::kind_of(record),
        }
    }
}

impl Statement {
    /// What was said when the clocks stood so.
    #[must_use]
    pub const fn new(clocks: Clocks, body: Body) -> Self {
        Self { clocks, body }
    }

    /// Which kind it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.body.kind()
    }

    /// When a person said it happened, if that was not when it was recorded.
    #[must_use]
    pub const fn occurred_at(&self) -> Option<Moment> {
        match &self.body {
            Body::PatrolStarted(start) => start.occurred_at,
            Body::LegStarted(start) => start.occurred_at,
            Body::LegEnded(end) => end.occurred_at,
            Body::PatrolEnded(end) => end.occurred_at,
            Body::Entry(entry) => entry.occurred_at(),
            Body::Amended(amendment) => amendment.entry.occurred_at(),
            Body::Mark(mark) => mark.occurred_at,
            Body::Telling(telling) => telling_fields::occurred_at(telling),
            Body::Protected(protected) => case_fields::occurred_at(protected),
            Body::Track(_)
            | Body::Waypoint(_)
            | Body::SquadCard(_)
            | Body::Squad(_)
            | Body::NameOn(_)
            | Body::NameOff(_)
            | Body::Attachment(_)
            | Body::AttachmentHeld(_)
            | Body::Planning(_)
            | Body::CaseHeld(_)
            | Body::Settling(_)
            | Body::Sealing(_)
            | Body::Register(_) => None,
        }
    }

    /// When it happened: as a person said, else as the device's clock did. For showing and sorting; it
    /// decides nothing.
    #[must_use]
    pub fn happened_at(&self) -> Moment {
        self.occurred_at().unwrap_or(self.clocks.recorded_at())
    }

    /// As it travels.
    #[must_use]
    pub fn to_fields(&self) -> Fields {
        let mut fields = Fields::new();
        fields.put_text("kind", self.kind().code());
        put_clocks(&mut fields, &self.clocks);
        if let Some(occurred_at) = self.occurred_at() {
            let offset_minutes = occurred_at.offset_minutes();
            fields.put_int("when", occurred_at.time().unix_ms());
            let differs = offset_minutes != self.clocks.recorded_at().offset_minutes();
            fields.put_int_if("when_tz", differs.then_some(offset_minutes.into()));
        }
        match &self.body {
            Body::PatrolStarted(start) => patrol_fields::put_patrol_start(&mut fields, start),
            Body::LegStarted(start) => patrol_fields::put_leg_start(&mut fields, start),
            Body::LegEnded(end) => patrol_fields::put_leg_end(&mut fields, end),
            Body::PatrolEnded(PatrolEnd { occurred_at: _ }) => {}
            Body::Entry(entry) => log_fields::put_entry(&mut fields, entry),
            Body::Track(chunk) => log_fields::put_track(&mut fields, chunk),
            Body::Waypoint(waypoint) => log_fields::put_waypoint(&mut fields, waypoint),
            Body::SquadCard(card) => squad_fields::put_squad_card(&mut fields, card),
            Body::Squad(squad) => squad_fields::put_squad(&mut fields, squad),
            Body::NameOn(name_on) => squad_fields::put_name_on(&mut fields, name_on),
            Body::NameOff(name_off) => squad_fields::put_name_off(&mut fields, name_off),
            Body::Attachment(attachment) => attachment_fields::put_attachment(&mut fields, attachment),
            Body::AttachmentHeld(held) => attachment_fields::put_held(&mut fields, held),
            Body::Planning(planning) => planning_fields::put(&mut fields, planning),
            Body::Amended(amendment) => log_fields::put_amendment(&mut fields, amendment),
            Body::Mark(mark) => log_fields::put_mark(&mut fields, mark),
            Body::Telling(telling) => telling_fields::put(&mut fields, telling),
            Body::Protected(protected) => case_fields::put(&mut fields, protected),
            Body::CaseHeld(held) => case_fields::put_held(&mut fields, held),
            Body::Settling(settling) => settling_fields::put(&mut fields, settling),
            Body::Sealing(sealing) => sealing_fields::put(&mut fields, sealing),
            Body::Register(record) => register_fields::put(&mut fields, record),
        }
        fields
    }

    /// Reads it back.
    pub fn from_fields(fields: &Fields) -> Result<Self, StatementRefused> {
        let major = fields.int_as::<u32>("v")?.unwrap_or(0) / SHAPE_MINORS_A_MAJOR;
        if major > SHAPE_MAJOR {
            return Err(StatementRefused::NewerMajor { major });
        }
        let kind = fields
            .code("kind", Kind::from_code)
            .ok()
            .flatten()
            .ok_or(StatementRefused::UnknownKind)?;
        let bytes = fields.bytes_all();
        let bytes_max = kind.bytes_max();
        if bytes > bytes_max {
            return Err(StatementRefused::TooLarge { bytes, bytes_max });
        }
        let clocks = read_clocks(fields)?;
        let occurred_at = read_occurred_at(fields, &clocks)?;
        let body = match kind {
            Kind::PatrolStarted => {
                Body::PatrolStarted(patrol_fields::read_patrol_start(fields, occurred_at)?)
            }
            Kind::LegStarted => Body::LegStarted(patrol_fields::read_leg_start(fields, occurred_at)?),
            Kind::LegEnded => Body::LegEnded(patrol_fields::read_leg_end(fields, occurred_at)?),
            Kind::PatrolEnded => Body::PatrolEnded(PatrolEnd { occurred_at }),
            Kind::Entry => Body::Entry(log_fields::read_entry(fields, occurred_at)?),
            Kind::Track => Body::Track(log_fields::read_track(fields)?),
            Kind::Waypoint => Body::Waypoint(log_fields::read_waypoint(fields)?),
            Kind::SquadCard => Body::SquadCard(squad_fields::read_squad_card(fields)?),
            Kind::Squad => Body::Squad(squad_fields::read_squad(fields)?),
            Kind::NameOn => Body::NameOn(squad_fields::read_name_on(fields)?),
            Kind::NameOff => Body::NameOff(squad_fields::read_name_off(fields)?),
            Kind::Attachment => Body::Attachment(attachment_fields::read_attachment(fields)?),
            Kind::AttachmentHeld => Body::AttachmentHeld(attachment_fields::read_held(fields)?),
            Kind::PatrolPlanned
            | Kind::PatrolAssigned
            | Kind::PlanAnswered
            | Kind::PatrolCancelled
            | Kind::Availability => Body::Planning(planning_fields::read(kind, fields)?),
            Kind::EntryAmended => Body::Amended(log_fields::read_amendment(fields, occurred_at)?),
            Kind::Mark => Body::Mark(log_fields::read_mark(fields, occurred_at)?),
            Kind::Observation
            | Kind::UrgentNotice
            | Kind::NoticeTold
            | Kind::NoticeLogged
            | Kind::NoticeAnswered => Body::Telling(telling_fields::read(kind, fields, occurred_at)?),
            Kind::Detained | Kind::DetentionStep | Kind::HandedOver | Kind::Released | Kind::ForceUsed => {
                Body::Protected(case_fields::read(kind, fields, occurred_at)?)
            }
            Kind::CaseHeld => Body::CaseHeld(case_fields::read_held(fields)?),
            Kind::SameEvent
            | Kind::Resolution
            | Kind::PhoneExcused
            | Kind::Attendance
            | Kind::PatrolAttached => Body::Settling(settling_fields::read(kind, fields)?),
            Kind::PagePart
            | Kind::PageOpenings
            | Kind::PageSealed
            | Kind::PageCountersigned
            | Kind::PageEntered
            | Kind::PageReopened
            | Kind::HeadReport => Body::Sealing(sealing_fields::read(kind, fields)?),
            of_register => {
                let record = register_fields::read(of_register, fields)?;
                Body::Register(record.ok_or(StatementRefused::UnknownKind)?)
            }
        };
        Ok(Self { clocks, body })
    }
}

fn put_clocks(fields: &mut Fields, clocks: &Clocks) {
    let recorded_at = clocks.recorded_at();
    let recorded_ms = recorded_at.time().unix_ms();
    fields.put_int("at", recorded_ms);
    fields.put_int("tz", recorded_at.offset_minutes().into());
    fields.put_int_if("gps", clocks.gps_time().map(|gps_time| gps_time.unix_ms() - recorded_ms));
    fields.put_int_if(
        "boot",
        clocks
            .elapsed_ms()
            .map(|elapsed_ms| recorded_ms.saturating_sub_unsigned(elapsed_ms)),
    );
}

fn read_clocks(fields: &Fields) -> Result<Clocks, StatementRefused> {
    let recorded_ms = fields.int("at")?.ok_or(StatementRefused::Missing { field: "at" })?;
    let offset_minutes = fields.int("tz")?.ok_or(StatementRefused::Missing { field: "tz" })?;
    let recorded_at = read_moment(recorded_ms, offset_minutes, "tz")?;
    let gps_time = match fields.int("gps")? {
        Some(difference) => Some(UtcTime::from_unix_ms(recorded_ms.saturating_add(difference))?),
        None => None,
    };
    let elapsed_ms = match fields.int("boot")? {
        Some(boot_ms) => {
            let elapsed_ms = u64::try_from(recorded_ms.saturating_sub(boot_ms));
            Some(elapsed_ms.map_err(|_| StatementRefused::Malformed { field: "boot" })?)
        }
        None => None,
    };
    Ok(Clocks::new(recorded_at, gps_time, elapsed_ms))
}

fn read_occurred_at(fields: &Fields, clocks: &Clocks) -> Result<Option<Moment>, StatementRefused> {
    let Some(unix_ms) = fields.int("when")? else { return Ok(None) };
    let offset_minutes = fields.int("when_tz")?.unwrap_or(clocks.recorded_at().offset_minutes().into());
    read_moment(unix_ms, offset_minutes, "when_tz").map(Some)
}

fn read_moment(unix_ms: i64, offset_minutes: i64, field: &'static str) -> Result<Moment, StatementRefused> {
    let offset_minutes = i16::try_from(offset_minutes).map_err(|_| StatementRefused::Malformed { field })?;
    Ok(Moment::new(UtcTime::from_unix_ms(unix_ms)?, offset_minutes)?)
}

#[cfg(test)]
mod tests;
