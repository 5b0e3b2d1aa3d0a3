//! Putting a page together from a reconciled log.

use std::collections::{BTreeMap, BTreeSet};

use super::attendance::{AttendanceState, attendance};
use super::commitment::{Committing, Opening, Openings, Salt};
use super::gates::{PhoneState, might_go};
use super::late::{Late, rests_on};
use super::odd::{flags_of_case, is_told_before_learned};
use super::written::{
    CaseLine, DecidedLine, EventLine, FieldLine, MarkLine, MemberLine, NoticeLine, OtherValue, PAGE_FORM,
    Page, PhoneLine, PlanLine, SaidBy, TrackLine,
};
use super::{earlier, legs};
use crate::case::CaseRecord;
use crate::ids::{Author, CaseId, MemberId, PageHash, PatrolId, StatementRef, hexadecimal};
use crate::mark::Mark;
use crate::moment::Moment;
use crate::patrol_log::{Flag, LoggedTrack, PatrolLog, PlannedPatrol};
use crate::reconcile::{Class, Event, FieldState, Reconciled};
use crate::register::Cause;
use crate::settling::{Choice, Settling};
use crate::squad::SquadCard;
use crate::stated::Stated;
use crate::statement::Body;

/// A phone of the patrol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhoneOnPage {
    /// Which device.
    pub device: Author,
    /// Whose.
    pub member: Option<MemberId>,
    /// How it stands.
    pub state: PhoneState,
}

/// A case of the patrol, as far as it is read here.
#[derive(Debug, Clone)]
pub struct CaseOnPage<'a> {
    /// Which.
    pub case: CaseId,
    /// What became of it.
    pub record: CaseRecord<'a>,
}

/// What a page says that its log does not.
#[derive(Debug, Clone)]
pub struct PageFacts<'a> {
    /// The territory, by its root key.
    pub territory: [u8; 32],
    /// The squad, by the roll of its phones.
    pub squad: [u8; 16],
    /// Which patrol.
    pub patrol: PatrolId,
    /// Its parts.
    pub parts: &'a [PatrolId],
    /// The page before it, and the statements that page rests on.
    pub before: Option<(PageHash, BTreeSet<Cause>)>,
    /// Why it was amended.
    pub reason: Option<String>,
    /// When it is sealed.
    pub sealed_at: Moment,
    /// By which device.
    pub sealed_by: Author,
    /// Whose that is.
    pub sealed_by_member: MemberId,
    /// The subdivision's cards, by member.
    pub cards: BTreeMap<MemberId, SquadCard>,
    /// The phones.
    pub phones: Vec<PhoneOnPage>,
    /// The cases.
    pub cases: Vec<CaseOnPage<'a>>,
    /// What was told at once.
    pub notices: Vec<NoticeLine>,
    /// The statements beside the log on which the page rests: those of the cases and of the notices.
    pub beside: BTreeSet<Cause>,
}

/// A page, and what opens its commitments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// The page.
    pub page: Page,
    /// Of its members, and of what people wrote beside the facts: reasons, notes.
    pub of_members: Openings,
    /// Of each case.
    pub of_cases: BTreeMap<CaseId, Openings>,
}

/// Puts a page together. `salt` is asked for once for each personal field.
pub fn compose(
    (log, reconciled): (&PatrolLog, &Reconciled<'_>),
    facts: &PageFacts<'_>,
    salt: &mut dyn FnMut() -> Salt,
) -> Composed {
    let (cases, of_cases) = cases(facts, salt);
    let late = Late::of(log, facts.before.as_ref().map(|(_, covered)| covered));
    let mut committing = Committing::new(salt);
    let members = members((log, reconciled), facts, &mut committing);
    let page = Page {
        jasaq: PAGE_FORM.to_owned(),
        territory: hexadecimal(&facts.territory),
        squad: hexadecimal(&facts.squad),
        patrol: facts.patrol.to_string(),
        parts: facts.parts.iter().map(ToString::to_string).collect(),
        before: facts.before.as_ref().map(|(page, _)| page.to_string()),
        reason: committing.commit("/reason".to_owned(), facts.reason.clone()),
        sealed_at: facts.sealed_at.to_string(),
        sealed_by: facts.sealed_by.to_string(),
        sealed_by_member: facts.sealed_by_member.to_string(),
        plan: plan(log),
        header: field_lines(&reconciled.header, "/header", &mut committing),
        members,
        phones: phones((log, facts), &mut committing),
        legs: legs::lines((log, reconciled), late),
        tracks: log.tracks().iter().map(|track| track_line(track, late)).collect(),
        events: reconciled
            .events
            .iter()
            .zip(1..)
            .map(|(event, number)| EventLine {
                earlier: earlier::of_event((log, reconciled), (event, number), &mut committing),
                ..event_line((event, number), late, &mut committing)
            })
            .collect(),
        marks: marks(log, late, &mut committing),
        notices: facts.notices.clone(),
        withdrawn: earlier::withdrawn((log, reconciled), late, &mut committing),
        cases,
        flags: flags(log, facts),
        statements: statements(log, &facts.beside),
    };
    Composed { page, of_members: committing.openings, of_cases }
}

/// What looks wrong: in the log, but for what is said of pages themselves, then in cases and notices.
fn flags(log: &PatrolLog, facts: &PageFacts<'_>) -> Vec<[String; 2]> {
    let of_pages = log.stated().iter().filter(|stated| !rests_on(stated));
    let of_pages: BTreeSet<&StatementRef> = of_pages.map(|stated| &stated.key).collect();
    let of_log = log.flags().iter().filter(|flagged| !of_pages.contains(&flagged.about));
    let of_cases = facts.cases.iter().flat_map(|case| flags_of_case(&case.record));
    let flagged = of_log.cloned().chain(of_cases);
    let mut lines: Vec<[String; 2]> = flagged
        .map(|flagged| [flagged.flag.code().to_owned(), flagged.about.to_string()])
        .collect();
    let told_early = |notice: &&NoticeLine| {
        let moment = |written: &str| written.parse::<Moment>().ok().map(Moment::time);
        let learned = moment(&notice.learned);
        let told = notice.told.as_deref().and_then(moment);
        learned
            .zip(told)
            .is_some_and(|(learned, told)| is_told_before_learned(learned, told))
    };
    let early = facts.notices.iter().filter(told_early);
    lines.extend(early.map(|notice| {
        let [_, key] = &notice.by;
        [Flag::ToldBeforeLearned.code().to_owned(), key.clone()]
    }));
    lines
}

fn statements(log: &PatrolLog, beside: &BTreeSet<Cause>) -> Vec<SaidBy> {
    // An answer to a notice stands in the log and beside it: each is named once.
    let mut said: BTreeMap<Author, BTreeSet<String>> = BTreeMap::new();
    let of_log = log.stated().iter().filter(|stated| rests_on(stated)).map(Stated::cause);
    for Cause { author, key } in of_log.chain(beside.iter().cloned()) {
        said.entry(author).or_default().insert(key.to_string());
    }
    said.into_iter()
        .map(|(device, keys)| SaidBy { device: device.to_string(), keys: keys.into_iter().collect() })
        .collect()
}

pub(super) fn pair(stated: &Stated) -> [String; 2] {
    [stated.author.to_string(), stated.key.to_string()]
}

fn plan(log: &PatrolLog) -> Option<PlanLine> {
    let planned = PlannedPatrol::of(log);
    let (_, plan) = planned.plans.first()?;
    Some(PlanLine {
        from: plan.window.starts_at().to_string(),
        until: plan.window.ends_at().to_string(),
        sector: plan.sector.to_string(),
        area: plan.area_component.code().to_owned(),
        mode: plan.mode.code().to_owned(),
        route: plan.route.as_ref().map(ToString::to_string),
        task: plan.task.as_ref().map(ToString::to_string),
    })
}

fn field_lines(states: &[FieldState<'_>], path: &str, committing: &mut Committing<'_>) -> Vec<FieldLine> {
    let numbered = states.iter().enumerate();
    numbered
        .map(|(index, state)| field_line(state, &format!("{path}/{index}"), committing))
        .collect()
}

fn field_line(state: &FieldState<'_>, path: &str, committing: &mut Committing<'_>) -> FieldLine {
    let standing = state.standing();
    let (most, of) = state.counted();
    let said = state
        .values
        .iter()
        .find(|value| state.stands(value))
        .map_or(if standing.is_some() { 0 } else { most }, |value| value.said_by.len());
    FieldLine {
        field: state.field.code().to_owned(),
        value: standing.as_ref().map(crate::reconcile::FieldValue::written),
        class: class_code(state.class).to_owned(),
        said: count(said),
        of: count(of),
        decided: state.decided.map(|decided| DecidedLine {
            choice: choice_code(&decided.resolution.choice).to_owned(),
            reason: committing.commit(
                format!("{path}/decided/reason"),
                decided.resolution.reason.as_ref().map(ToString::to_string),
            ),
            by: decided.by.key.to_string(),
        }),
        others: state
            .beside()
            .into_iter()
            .map(|(value, said_by)| OtherValue { value, by: said_by.into_iter().map(pair).collect() })
            .collect(),
    }
}

const fn class_code(class: Class) -> &'static str {
    match class {
        Class::Agreed => "agreed",
        Class::Complementary => "complementary",
        Class::Kept => "kept",
        Class::Conflict => "conflict",
    }
}

pub(super) const fn choice_code(choice: &Choice) -> &'static str {
    match choice {
        Choice::Said(_) => "said",
        Choice::Another(_) => "another",
        Choice::Undecided => "undecided",
        Choice::LeftOut => "left_out",
    }
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn members(
    (log, reconciled): (&PatrolLog, &Reconciled<'_>),
    facts: &PageFacts<'_>,
    committing: &mut Committing<'_>,
) -> Vec<MemberLine> {
    let minutes = legs::minutes(log, reconciled);
    let mut lines = Vec::new();
    for (index, (member, state)) in attendance(log).into_iter().enumerate() {
        let card = facts.cards.get(&member);
        let mut commit = |field: &str, value| committing.commit(format!("/members/{index}/{field}"), value);
        lines.push(MemberLine {
            member: member.to_string(),
            name: commit("name", card.map(|card| card.full_name.to_string())),
            certificate: commit(
                "certificate",
                card.and_then(|card| card.certificate_number.as_ref().map(ToString::to_string)),
            ),
            attended: state.code().to_owned(),
            eligible: card.and_then(|card| might_go(card, reconciled)),
            card_of: card.map(|card| card.as_of.to_string()),
            minutes: (state == AttendanceState::Attended)
                .then(|| minutes.get(&member).copied())
                .flatten(),
        });
    }
    lines
}

fn phones((log, facts): (&PatrolLog, &PageFacts<'_>), committing: &mut Committing<'_>) -> Vec<PhoneLine> {
    let numbered = facts.phones.iter().enumerate();
    numbered
        .map(|(index, phone)| phone_line((log, phone), index, committing))
        .collect()
}

fn phone_line(
    (log, phone): (&PatrolLog, &PhoneOnPage),
    index: usize,
    committing: &mut Committing<'_>,
) -> PhoneLine {
    let own = |stated: &&Stated| stated.author == phone.device && rests_on(stated);
    let excused = log.standing().find_map(|by| match &by.statement.body {
        Body::Settling(Settling::Excused(excused)) if excused.device == phone.device => Some(excused),
        _ => None,
    });
    let note = excused.and_then(|excused| excused.note.as_ref());
    PhoneLine {
        device: phone.device.to_string(),
        member: phone.member.map(|member| member.to_string()),
        statements: count(log.stated().iter().filter(own).count()),
        missing: match phone.state {
            PhoneState::Missing(missing) => missing,
            PhoneState::Received | PhoneState::NeverSeen => 0,
        },
        excused: excused.map(|excused| excused.why.code().to_owned()),
        note: committing.commit(format!("/phones/{index}/note"), note.map(ToString::to_string)),
    }
}

fn track_line(track: &LoggedTrack, late: Late<'_>) -> TrackLine {
    let times = || track.track.points().filter_map(|point| point.time);
    TrackLine {
        recording: track.recording.to_string(),
        device: track.author.to_string(),
        points: count(track.track.points().count()),
        metres: metres_of(track),
        from: times().min().map(|time| time.to_string()),
        until: times().max().map(|time| time.to_string()),
        missing: track.chunks_missing.into(),
        late: late.is_track((track.author, track.recording)),
    }
}

/// How long a track is, segment by segment: across a gap nothing is counted.
fn metres_of(track: &LoggedTrack) -> u32 {
    let of_segment = |points: Vec<crate::position::Coordinates>| -> f64 {
        points
            .iter()
            .zip(points.iter().skip(1))
            .map(|(one, other)| one.metres_to(*other))
            .sum()
    };
    let segments = track.track.segments().iter();
    let metres: f64 = segments
        .map(|segment| of_segment(segment.points().iter().filter_map(|point| point.coordinates).collect()))
        .sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the range of u32")]
    let whole = metres.round().clamp(0.0, f64::from(u32::MAX)) as u32;
    whole
}

fn event_line(
    (event, number): (&Event<'_>, u32),
    late: Late<'_>,
    committing: &mut Committing<'_>,
) -> EventLine {
    let versions = || event.entries.iter().flat_map(|logged| &logged.standing);
    EventLine {
        number,
        at: event.time.at.to_string(),
        evidence: event.time.evidence.code().to_owned(),
        fields: field_lines(&event.fields, &format!("/events/{}/fields", number - 1), committing),
        told_by: event.told_by().map(pair).collect(),
        sources: versions()
            .filter(|version| version.entry.source() != crate::source::Source::Phone)
            .map(|version| {
                let [device, key] = pair(version.stated);
                [device, key, version.entry.source().code().to_owned()]
            })
            .collect(),
        tellers: versions()
            .filter_map(|version| {
                let [device, key] = pair(version.stated);
                Some([device, key, version.entry.told_by()?.to_string()])
            })
            .collect(),
        positions: versions()
            .filter_map(|version| {
                let position = version.entry.position()?;
                let [device, key] = pair(version.stated);
                let accuracy = position.accuracy.map(|accuracy| accuracy.decimetres().to_string());
                Some([device, key, position.origin.code().to_owned(), accuracy.unwrap_or_default()])
            })
            .collect(),
        amended: count(event.entries.iter().map(|logged| logged.amendments.len()).sum()),
        earlier: Vec::new(),
        late: late.is_event(event),
        case: versions().find_map(|version| version.entry.case()).map(|case| case.to_string()),
    }
}

fn marks(log: &PatrolLog, late: Late<'_>, committing: &mut Committing<'_>) -> Vec<MarkLine> {
    let marks = log.standing().filter_map(|stated| match &stated.statement.body {
        Body::Mark(mark) => Some((stated, mark)),
        _ => None,
    });
    let mut line = |(index, (stated, mark)): (usize, (&Stated, &Mark))| MarkLine {
        what: mark.kind.code().to_owned(),
        at: stated.statement.happened_at().to_string(),
        until: mark.until.map(|until| until.to_string()),
        cause: mark.cause.map(|cause| cause.code().to_owned()),
        note: committing.commit(format!("/marks/{index}/note"), mark.note.as_ref().map(ToString::to_string)),
        by: pair(stated),
        late: late.is(stated),
    };
    marks.enumerate().map(&mut line).collect()
}

fn cases(
    facts: &PageFacts<'_>,
    salt: &mut dyn FnMut() -> Salt,
) -> (Vec<CaseLine>, BTreeMap<CaseId, Openings>) {
    let (mut lines, mut all) = (Vec::new(), BTreeMap::new());
    for (index, CaseOnPage { case, record }) in facts.cases.iter().enumerate() {
        let mut openings = Openings::default();
        let mut fields = Vec::new();
        for (name, value) in personal_fields(record) {
            let path = format!("/cases/{index}/fields/{}/1", fields.len());
            let (commitment, opening) = Opening::make(&salt(), path, &value);
            openings.openings.push(opening);
            fields.push((name.to_owned(), commitment));
        }
        lines.push(CaseLine {
            case: case.to_string(),
            stage: record.stage().code().to_owned(),
            gaps: record.gaps().iter().map(|gap| gap.code().to_owned()).collect(),
            receiver: record.handed_over.first().map(|(_, handed)| handed.receiver.code().to_owned()),
            steps: record
                .steps
                .iter()
                .map(|(stated, step)| {
                    [step.step.code().to_owned(), stated.statement.happened_at().to_string()]
                })
                .collect(),
            fields,
        });
        all.insert(*case, openings);
    }
    (lines, all)
}

/// What may tell who somebody is, or what happened to him: as far as it was said.
fn personal_fields(record: &CaseRecord<'_>) -> Vec<(&'static str, String)> {
    let mut fields: Vec<(&'static str, String)> = Vec::new();
    let mut put = |name, value: Option<String>| fields.extend(value.map(|value| (name, value)));
    for (_, detained) in &record.detained {
        put("name", detained.full_name.as_ref().map(ToString::to_string));
        put("born", detained.born.map(|day| day.to_string()));
        put("paper", detained.paper.as_ref().map(ToString::to_string));
        put("offence", Some(detained.offence.to_string()));
    }
    for (_, step) in &record.steps {
        put("language", step.language.as_ref().map(ToString::to_string));
        put("told", step.whom.as_ref().map(ToString::to_string));
    }
    for (_, handed) in &record.handed_over {
        put("body", Some(handed.body.to_string()));
        put("officer", Some(handed.officer.to_string()));
        put("at_place", handed.at_place.as_ref().map(ToString::to_string));
        put("items", handed.items.as_ref().map(ToString::to_string));
        put("citizenship", handed.duty.as_ref().map(|duty| duty.citizenship.to_string()));
    }
    for (_, released) in &record.released {
        put("ordered_by", Some(released.ordered_by.to_string()));
        put("reason", Some(released.reason.to_string()));
    }
    for (_, force) in &record.force {
        put("means", Some(force.means.to_string()));
        put("aim", Some(force.aim.to_string()));
        put("necessity", Some(force.necessity.to_string()));
        put("injuries", force.injuries.as_ref().map(ToString::to_string));
        put("witnesses", force.witnesses.as_ref().map(ToString::to_string));
    }
    for earlier in &record.earlier {
        let name = if earlier.is_taken_back() { "taken_back" } else { "put_right" };
        let kind = earlier.said.statement.kind().code();
        put(name, Some(earlier.why().unwrap_or(kind).to_owned()));
    }
    fields
}
