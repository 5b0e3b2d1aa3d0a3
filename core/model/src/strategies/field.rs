//! Everything that is said on a patrol beside its entries, of its reconciling and of its page, and of each kind the largest.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::planning::{before, cause, note};
use super::register::day;
use super::{any_entry, member, moment, name, position, text};
use crate::amendment::{AmendReason, Amendment};
use crate::detention::*;
use crate::entry::{ProtectedObject, ReceiverKind};
use crate::ids::{Author, CaseId, PageHash, PatrolId, StatementRef};
use crate::limits::{
    LABEL_BYTES_MAX, NAME_BYTES_MAX, NOTE_BYTES_MAX, PAGE_PART_BYTES_MAX, PAGE_PARTS_MAX,
    STATEMENT_REF_BYTES_MAX, TEXT_BYTES_MAX,
};
use crate::mark::{GapCause, Mark, MarkKind};
use crate::moment::{Day, Moment};
use crate::notice::*;
use crate::planning::Before;
use crate::position::{Place, PlaceMarks};
use crate::register::Cause;
use crate::sealing::*;
use crate::settling::*;
use crate::statement::Body;
use crate::words::{Label, Name, Note, Text};

pub(super) fn label() -> impl Strategy<Value = Label> {
    "[А-Яа-яӘәҚқ0-9/ ]{0,20}[0-9]".prop_map(|written| Label::new(written).unwrap())
}

pub(super) fn marks() -> impl Strategy<Value = PlaceMarks> {
    (option::of(label()), option::of(label())).prop_map(|(marker, landmark)| PlaceMarks { marker, landmark })
}

fn place() -> impl Strategy<Value = Place> {
    (option::of(position()), marks()).prop_map(|(position, marks)| Place { position, marks })
}

fn patrol() -> impl Strategy<Value = PatrolId> {
    any::<[u8; 16]>().prop_map(PatrolId::from_bytes)
}

fn page() -> impl Strategy<Value = PageHash> {
    any::<[u8; 32]>().prop_map(PageHash::from_bytes)
}

fn told() -> impl Strategy<Value = Told> {
    (moment(), select(Channel::ALL), option::of(label())).prop_map(|(at, channel, whom)| Told {
        at,
        channel,
        whom,
    })
}

fn telling() -> impl Strategy<Value = Telling> {
    let observed = (select(ProtectedObject::ALL), text(), place(), option::of(moment())).prop_map(
        |(protected_object, text, place, occurred_at)| {
            Telling::Observed(Observation { protected_object, text, place, occurred_at })
        },
    );
    let urgent = (
        (text(), option::of(select(ProtectedObject::ALL)), place()),
        (option::of(patrol()), option::of(moment()), option::of(told())),
    )
        .prop_map(|((text, protected_object, place), (patrol, occurred_at, told))| {
            Telling::Urgent(UrgentNotice { text, protected_object, place, patrol, occurred_at, told })
        });
    prop_oneof![
        observed,
        urgent,
        (cause(), told()).prop_map(|(notice, told)| Telling::Told(NoticeTold { notice, told })),
        (cause(), option::of(moment()), option::of((moment(), select(Channel::ALL)))).prop_map(
            |(notice, occurred_at, told)| Telling::Logged(NoticeLogged { notice, occurred_at, told })
        ),
        (cause(), select(NoticeReply::ALL), option::of(note()))
            .prop_map(|(notice, reply, note)| Telling::Answered(NoticeAnswered { notice, reply, note })),
    ]
}

/// What is put right, and why.
fn put_right() -> impl Strategy<Value = (Before, Option<Name>)> {
    (before(), option::of(name()))
}

fn detained() -> impl Strategy<Value = Detained> {
    (
        (option::of(patrol()), option::of(name()), option::of(day()), option::of(label()), note()),
        (option::of(select(ProtectedObject::ALL)), place(), option::of(moment()), put_right()),
    )
        .prop_map(
            |(
                (patrol, full_name, born, paper, offence),
                (protected_object, place, occurred_at, (replaces, because)),
            )| {
                Detained {
                    patrol,
                    full_name,
                    born,
                    paper,
                    offence,
                    protected_object,
                    place,
                    occurred_at,
                    replaces,
                    because,
                }
            },
        )
}

fn step() -> impl Strategy<Value = DetentionStep> {
    (
        (select(StepKind::ALL), option::of(member()), option::of(label()), put_right()),
        (option::of(select(Channel::ALL)), option::of(label()), option::of(note()), option::of(moment())),
    )
        .prop_map(|((step, by, language, (replaces, because)), (channel, whom, note, occurred_at))| {
            DetentionStep { step, by, language, channel, whom, note, occurred_at, replaces, because }
        })
}

fn handed_over() -> impl Strategy<Value = HandedOver> {
    let duty = (select(DutyTrigger::ALL), label(), option::of(select(Company::ALL)))
        .prop_map(|(trigger, citizenship, company)| DutyNotice { trigger, citizenship, company });
    (
        (select(ReceiverKind::ALL), name(), name(), option::of(name())),
        (option::of(note()), option::of(duty), option::of(moment()), put_right()),
    )
        .prop_map(
            |((receiver, body, officer, at_place), (items, duty, occurred_at, (replaces, because)))| {
                HandedOver { receiver, body, officer, at_place, items, duty, occurred_at, replaces, because }
            },
        )
}

fn force() -> impl Strategy<Value = ForceUsed> {
    (
        (option::of(patrol()), option::of(member()), name(), name(), note()),
        (option::of(note()), option::of(name()), option::of(moment()), put_right()),
    )
        .prop_map(
            |(
                (patrol, by, means, aim, necessity),
                (injuries, witnesses, occurred_at, (replaces, because)),
            )| ForceUsed {
                patrol,
                by,
                means,
                aim,
                necessity,
                injuries,
                witnesses,
                occurred_at,
                replaces,
                because,
            },
        )
}

fn protected() -> impl Strategy<Value = Protected> {
    prop_oneof![
        detained().prop_map(Protected::Detained),
        step().prop_map(Protected::Step),
        handed_over().prop_map(Protected::HandedOver),
        (name(), note(), option::of(moment()), put_right()).prop_map(
            |(ordered_by, reason, occurred_at, (replaces, because))| Protected::Released(Released {
                ordered_by,
                reason,
                occurred_at,
                replaces,
                because
            })
        ),
        force().prop_map(Protected::Force),
    ]
}

fn several() -> impl Strategy<Value = Before> {
    vec(cause(), 2..=8).prop_filter_map("fewer than two", |causes| {
        Before::new(causes).ok().filter(|causes| causes.iter().count() > 1)
    })
}

fn choice() -> impl Strategy<Value = Choice> {
    prop_oneof![
        cause().prop_map(Choice::Said),
        note().prop_map(Choice::Another),
        Just(Choice::Undecided),
        Just(Choice::LeftOut),
    ]
}

fn settling() -> impl Strategy<Value = Settling> {
    let resolved = (before(), select(SettledField::ALL), choice(), note(), before()).prop_map(
        |(entries, field, choice, reason, replaces)| {
            Settling::Resolved(Resolution { entries, field, choice, reason: Some(reason), replaces })
        },
    );
    prop_oneof![
        (several(), select(Sameness::ALL), option::of(note()), before()).prop_map(
            |(entries, is, reason, replaces)| Settling::SameEvent(SameEvent {
                entries,
                is,
                reason,
                replaces
            })
        ),
        resolved,
        (any::<[u8; 32]>(), select(ExcuseReason::ALL), option::of(note())).prop_map(|(device, why, note)| {
            Settling::Excused(PhoneExcused { device: Author::from_bytes(device), why, note })
        }),
        (member(), select(Attended::ALL), option::of(note()), before()).prop_map(
            |(member, was, note, replaces)| Settling::Attended(Attendance { member, was, note, replaces })
        ),
        patrol().prop_map(|to| Settling::Attached(PatrolAttached { to })),
    ]
}

fn part() -> impl Strategy<Value = PagePart> {
    (page(), 1..=8_u16, 0..8_u16, vec(any::<u8>(), 1..40))
        .prop_map(|(page, of, number, bytes)| PagePart::new(page, (number % of, of), bytes).unwrap())
}

fn signature() -> impl Strategy<Value = PageSignature> {
    (any::<[u8; 32]>(), any::<[u8; 32]>()).prop_map(|halves| {
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&halves.0);
        bytes[32..].copy_from_slice(&halves.1);
        PageSignature::from_bytes(bytes)
    })
}

fn sealing() -> impl Strategy<Value = Sealing> {
    let number = (2013..=9999_u16, 1..=u32::MAX, any::<u16>())
        .prop_map(|(year, number, amendment)| PageNumber { year, number, amendment });
    prop_oneof![
        part().prop_map(Sealing::Part),
        part().prop_map(Sealing::Openings),
        (page(), option::of(page()), signature())
            .prop_map(|(page, before, signature)| Sealing::Sealed(PageSealed { page, before, signature })),
        (page(), number, signature(), (any::<u16>(), option::of(note()))).prop_map(
            |(page, number, signature, (turn, anyway))| {
                Sealing::Countersigned(PageCountersigned { page, number, signature, turn, anyway })
            }
        ),
        (page(), name(), day(), any::<u16>()).prop_map(|(page, section, day, turn)| Sealing::Entered(
            PageEntered { page, section, day, turn }
        )),
        (page(), note()).prop_map(|(page, reason)| Sealing::Reopened(PageReopened { page, reason })),
        (day(), day(), text()).prop_map(|(one, other, text)| {
            Sealing::Report(HeadReport { from: one.min(other), to: one.max(other), text })
        }),
    ]
}

pub(crate) fn body() -> impl Strategy<Value = Body> {
    let amended = (cause(), any_entry(), select(AmendReason::ALL), option::of(note()))
        .prop_map(|(of, entry, why, note)| Body::Amended(Amendment { of, entry, why, note }));
    let mark = (
        (select(MarkKind::ALL), option::of(moment()), option::of(moment())),
        (option::of(select(GapCause::ALL)), option::of(note())),
    )
        .prop_map(|((kind, occurred_at, until), (cause, note))| {
            Body::Mark(Mark { kind, occurred_at, until, cause, note })
        });
    let held = (any::<[u8; 16]>(), several(), any::<bool>()).prop_map(|(case, held, is_over)| {
        Body::CaseHeld(CaseHeld { case: CaseId::from_bytes(case), held, is_over })
    });
    prop_oneof![
        held.boxed(),
        amended.boxed(),
        mark.boxed(),
        telling().prop_map(Body::Telling).boxed(),
        protected().prop_map(Body::Protected).boxed(),
        settling().prop_map(Body::Settling).boxed(),
        sealing().prop_map(Body::Sealing).boxed(),
    ]
}

fn long_note() -> Note {
    Note::new("n".repeat(NOTE_BYTES_MAX)).unwrap()
}

fn long_name() -> Name {
    Name::new("n".repeat(NAME_BYTES_MAX)).unwrap()
}

fn long_label() -> Label {
    Label::new("l".repeat(LABEL_BYTES_MAX)).unwrap()
}

fn long_text() -> Text {
    Text::new("t".repeat(TEXT_BYTES_MAX)).unwrap()
}

fn long_cause(number: u8) -> Cause {
    let key = StatementRef::new("k".repeat(STATEMENT_REF_BYTES_MAX)).unwrap();
    Cause { author: Author::from_bytes([number; 32]), key }
}

fn many() -> Before {
    Before::new((0..8).map(long_cause)).unwrap()
}

fn some_moment() -> Moment {
    "2099-12-31T23:59:59-18:00".parse().unwrap()
}

fn long_told() -> Told {
    Told { at: some_moment(), channel: Channel::Telephone, whom: Some(long_label()) }
}

/// Of each kind the largest that there can be, with this place and this largest entry.
pub(crate) fn largest_of_field(entry: &crate::entry::Entry, place: &Place) -> Vec<Body> {
    let occurred_at = Some(some_moment());
    let patrol = Some(PatrolId::from_bytes([9; 16]));
    let entry = entry.clone();
    let place = place.clone();
    let mut bodies = vec![
        Body::Amended(Amendment {
            of: long_cause(1),
            entry,
            why: AmendReason::KnownBetter,
            note: Some(long_note()),
        }),
        Body::Mark(Mark {
            kind: MarkKind::CertificateShown,
            occurred_at,
            until: occurred_at,
            cause: Some(GapCause::SwitchedOff),
            note: Some(long_note()),
        }),
    ];
    bodies.extend(
        [
            Telling::Observed(Observation {
                protected_object: ProtectedObject::ContinentalShelfRegime,
                text: long_text(),
                place: place.clone(),
                occurred_at,
            }),
            Telling::Urgent(UrgentNotice {
                text: long_text(),
                protected_object: Some(ProtectedObject::ContinentalShelfRegime),
                place: place.clone(),
                patrol,
                occurred_at,
                told: Some(long_told()),
            }),
            Telling::Told(NoticeTold { notice: long_cause(1), told: long_told() }),
            Telling::Logged(NoticeLogged {
                notice: long_cause(1),
                occurred_at,
                told: Some((some_moment(), Channel::Telephone)),
            }),
            Telling::Answered(NoticeAnswered {
                notice: long_cause(1),
                reply: NoticeReply::ConfirmsVoice,
                note: Some(long_note()),
            }),
        ]
        .map(Body::Telling),
    );
    bodies.extend(largest_protected(&place).into_iter().map(Body::Protected));
    bodies.push(Body::CaseHeld(CaseHeld { case: CaseId::from_bytes([7; 16]), held: many(), is_over: true }));
    bodies.extend(largest_settling().into_iter().map(Body::Settling));
    bodies.extend(largest_sealing().into_iter().map(Body::Sealing));
    bodies
}

fn largest_protected(place: &Place) -> Vec<Protected> {
    let (occurred_at, patrol) = (Some(some_moment()), Some(PatrolId::from_bytes([9; 16])));
    let by = Some(crate::ids::MemberId::from_bytes([8; 16]));
    vec![
        Protected::Detained(Detained {
            patrol,
            full_name: Some(long_name()),
            born: Day::new(1999, 12, 31).ok(),
            paper: Some(long_label()),
            offence: long_note(),
            protected_object: Some(ProtectedObject::ContinentalShelfRegime),
            place: place.clone(),
            occurred_at,
            replaces: many(),
            because: Some(long_name()),
        }),
        Protected::Step(DetentionStep {
            step: StepKind::GroundsExplained,
            by,
            language: Some(long_label()),
            channel: Some(Channel::Telephone),
            whom: Some(long_label()),
            note: Some(long_note()),
            occurred_at,
            replaces: many(),
            because: Some(long_name()),
        }),
        Protected::HandedOver(HandedOver {
            receiver: ReceiverKind::OtherAuthorisedBody,
            body: long_name(),
            officer: long_name(),
            at_place: Some(long_name()),
            items: Some(long_note()),
            duty: Some(DutyNotice {
                trigger: DutyTrigger::OffenceAgainstForeigner,
                citizenship: long_label(),
                company: Some(Company::Alone),
            }),
            occurred_at,
            replaces: many(),
            because: Some(long_name()),
        }),
        Protected::Released(Released {
            ordered_by: long_name(),
            reason: long_note(),
            occurred_at,
            replaces: many(),
            because: Some(long_name()),
        }),
        Protected::Force(ForceUsed {
            patrol,
            by,
            means: long_name(),
            aim: long_name(),
            necessity: long_note(),
            injuries: Some(long_note()),
            witnesses: Some(long_name()),
            occurred_at,
            replaces: many(),
            because: Some(long_name()),
        }),
    ]
}

fn largest_settling() -> Vec<Settling> {
    vec![
        Settling::SameEvent(SameEvent {
            entries: many(),
            is: Sameness::Separate,
            reason: Some(long_note()),
            replaces: many(),
        }),
        Settling::Resolved(Resolution {
            entries: many(),
            field: SettledField::Representative,
            choice: Choice::Another(long_note()),
            reason: Some(long_note()),
            replaces: many(),
        }),
        Settling::Excused(PhoneExcused {
            device: Author::from_bytes([1; 32]),
            why: ExcuseReason::LeftEarlier,
            note: Some(long_note()),
        }),
        Settling::Attended(Attendance {
            member: crate::ids::MemberId::from_bytes([1; 16]),
            was: Attended::Attended,
            note: Some(long_note()),
            replaces: many(),
        }),
        Settling::Attached(PatrolAttached { to: PatrolId::from_bytes([1; 16]) }),
    ]
}

fn largest_sealing() -> Vec<Sealing> {
    let page = PageHash::from_bytes([1; 32]);
    let last = (PAGE_PARTS_MAX - 1, PAGE_PARTS_MAX);
    let part = || PagePart::new(page, last, vec![1; PAGE_PART_BYTES_MAX]).unwrap();
    let signature = PageSignature::from_bytes([1; 64]);
    let day = Day::new(9_999, 12, 31).unwrap();
    vec![
        Sealing::Part(part()),
        Sealing::Openings(part()),
        Sealing::Sealed(PageSealed { page, before: Some(page), signature }),
        Sealing::Countersigned(PageCountersigned {
            page,
            number: PageNumber { year: 9_999, number: u32::MAX, amendment: u16::MAX },
            signature,
            turn: u16::MAX,
            anyway: Some(long_note()),
        }),
        Sealing::Entered(PageEntered { page, section: long_name(), day, turn: u16::MAX }),
        Sealing::Reopened(PageReopened { page, reason: long_note() }),
        Sealing::Report(HeadReport { from: day, to: day, text: long_text() }),
    ]
}
