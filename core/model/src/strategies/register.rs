//! Every record of the register there can be, and of each kind the largest.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{member, name, person, reference, squad, text};
use crate::ids::{Author, ListId, MemberId, PersonId, RollId, SessionId, SquadId, StatementRef};
use crate::limits::{
    CERTIFICATE_NUMBER_BYTES_MAX, NAME_BYTES_MAX, SEEN_MAX, STATEMENT_REF_BYTES_MAX, TEXT_BYTES_MAX,
};
use crate::moment::Day;
use crate::register::*;
use crate::squad::Squad;
use crate::words::{Name, Text};

pub(super) fn day() -> impl Strategy<Value = Day> {
    (1..=9_999_i16, 1..=12_i8, 1..=28_i8).prop_map(|(year, month, day)| Day::new(year, month, day).unwrap())
}

fn list() -> impl Strategy<Value = ListId> {
    any::<[u8; 16]>().prop_map(ListId::from_bytes)
}

/// Which line of a list, or how many it has.
fn line() -> impl Strategy<Value = u32> {
    1..=u32::MAX
}

fn number() -> impl Strategy<Value = CertificateNumber> {
    "[А-ЯЁӘҒҚҢӨҰҮҺІA-Z]{0,3}-?[0-9]{1,9}(/[0-9]{4})?".prop_map(|written| written.parse().unwrap())
}

fn signer() -> impl Strategy<Value = Signer> {
    (name(), name(), name()).prop_map(|(position, rank, full_name)| Signer { position, rank, full_name })
}

/// A number whose last digit checks the others.
fn iin() -> impl Strategy<Value = Iin> {
    "[0-9]{11}".prop_filter_map("ten twice", |digits| {
        (0..10).find_map(|last| format!("{digits}{last}").parse().ok())
    })
}

fn identity() -> impl Strategy<Value = Identity> {
    let document =
        (select(IdDocumentKind::ALL), name()).prop_map(|(kind, number)| IdDocument { kind, number });
    let papers = (option::of(iin()), option::of(day()), option::of(document));
    (person(), name(), papers, (option::of(text()), option::of(person()))).prop_map(
        |(id, full_name, (iin, born, id_document), (residence, before))| Identity {
            id,
            full_name,
            iin,
            born,
            id_document,
            residence,
            before,
        },
    )
}

fn of_the_council() -> impl Strategy<Value = Record> {
    let created = (squad(), name(), name())
        .prop_map(|(id, name, district)| Decided::CreateSquad(Squad { id, name, district }));
    let appointed = (squad(), person()).prop_map(|(squad, person)| Decided::AppointHead { squad, person });
    let decision = (prop_oneof![created, appointed], name(), day())
        .prop_map(|(decided, number, day)| Record::Decision(CouncilDecision { decided, number, day }));
    prop_oneof![
        decision,
        (squad(), person(), day()).prop_map(|(squad, person, day)| Record::HeadEnded(HeadEnded {
            squad,
            person,
            day
        })),
        vec(reference(), 0..SEEN_MAX).prop_map(|keys| Record::Review(Review { seen: Seen::new(keys) })),
        (squad(), text()).prop_map(|(squad, text)| Record::Remark(Remark { squad, text })),
    ]
}

fn of_admission() -> impl Strategy<Value = Record> {
    prop_oneof![
        (list(), squad(), option::of(name()), day(), line()).prop_map(|(list, squad, number, day, lines)| {
            Record::List(SquadList { list, squad, number, day, lines })
        }),
        (list(), line(), identity()).prop_map(|(list, number, person)| Record::ListLine(ListLine {
            list,
            number,
            person
        })),
        (list(), day()).prop_map(|(list, day)| Record::ListReceived(ListReceived { list, day })),
        (list(), text()).prop_map(|(list, reason)| Record::ListWithdrawn(ListWithdrawn { list, reason })),
        (squad(), person(), day())
            .prop_map(|(squad, person, day)| Record::ExclusionNotice(ExclusionNotice { squad, person, day })),
        (identity(), day(), any::<bool>()).prop_map(|(person, received, has_insurance)| {
            Record::Application(Application { person, received, has_insurance })
        }),
        (person(), select(CheckOutcome::ALL), day()).prop_map(|(person, outcome, day)| {
            Record::ApplicationDecided(ApplicationDecided { person, outcome, day })
        }),
        (person(), select(CheckKind::ALL), select(CheckFinding::ALL), day())
            .prop_map(|(person, kind, finding, day)| Record::Check(Check { person, kind, finding, day })),
        (person(), day()).prop_map(|(person, day)| Record::Offence(Offence { person, day })),
    ]
}

fn of_certificates() -> impl Strategy<Value = Record> {
    let issued = (person(), select(CertificateKind::ALL), number(), (name(), name()), (day(), signer()));
    let reprinted = (person(), number(), 2..=u16::MAX, select(ReprintCause::ALL), (name(), day(), signer()));
    prop_oneof![
        issued.prop_map(|(person, kind, number, (full_name, subdivision), (day, signer))| {
            Record::Certificate(Certificate { person, kind, number, full_name, subdivision, day, signer })
        }),
        number().prop_map(|number| Record::NumberGiven(NumberGiven { number })),
        (person(), number(), 1..=u16::MAX, day()).prop_map(|(person, number, print, day)| {
            Record::CertificateLost(CertificateLost { person, number, print, day })
        }),
        reprinted.prop_map(|(person, number, print, cause, (full_name, day, signer))| {
            Record::CertificateReprinted(CertificateReprinted {
                person,
                number,
                print,
                cause,
                full_name,
                day,
                signer,
            })
        }),
    ]
}

fn of_keeping() -> impl Strategy<Value = Record> {
    let engagement = option::of(squad())
        .prop_map(|squad| squad.map_or(Engagement::NonStaffEmployee, Engagement::SquadMember));
    let session = any::<[u8; 16]>().prop_map(SessionId::from_bytes);
    let author = any::<[u8; 32]>().prop_map(Author::from_bytes);
    let roll = any::<[u8; 16]>().prop_map(RollId::from_bytes);
    let cause = (author.clone(), reference()).prop_map(|(author, key)| Cause { author, key });
    prop_oneof![
        (person(), name(), engagement, name(), day()).prop_map(
            |(person, full_name, engagement, section, day)| {
                Record::Registration(Registration { person, full_name, engagement, section, day })
            }
        ),
        (person(), session, day(), name(), text()).prop_map(
            |(person, session, day, military_unit, topics)| {
                Record::Training(Training { person, session, day, military_unit, topics })
            }
        ),
        (person(), option::of(select(ExclusionGround::ALL)), day(), option::of(cause)).prop_map(
            |(person, ground, day, follows)| {
                Record::Circumstance(Circumstance { person, ground, day, follows })
            }
        ),
        (person(), select(ExclusionGround::ALL), any::<bool>(), day()).prop_map(
            |(person, ground, dead, day)| {
                let is_death = dead && ground == ExclusionGround::HealthOrDeath;
                Record::StrikeOff(StrikeOff { person, ground, is_death, day })
            }
        ),
        (person(), select(NoticeAbout::ALL), day(), name())
            .prop_map(|(person, about, day, way)| Record::Notice(Notice { person, about, day, way })),
        (squad(), roll).prop_map(|(squad, roll)| Record::Supervision(Supervision { squad, roll })),
        (member(), person()).prop_map(|(member, person)| Record::MemberIs(MemberIs { member, person })),
        Just(Record::WishToLeave(WishToLeave)),
        (author, reference(), text()).prop_map(|(author, key, reason)| Record::Withdrawn(Withdrawn {
            author,
            key,
            reason
        })),
        (person(), text()).prop_map(|(person, reason)| Record::Read(Read { person, reason })),
    ]
}

/// Every record there can be.
pub(crate) fn record() -> impl Strategy<Value = Record> {
    prop_oneof![
        of_the_council().boxed(),
        of_admission().boxed(),
        of_certificates().boxed(),
        of_keeping().boxed()
    ]
    .boxed()
}

fn long_name() -> Name {
    Name::new("n".repeat(NAME_BYTES_MAX)).unwrap()
}

fn long_text() -> Text {
    Text::new("t".repeat(TEXT_BYTES_MAX)).unwrap()
}

fn long_number() -> CertificateNumber {
    "9".repeat(CERTIFICATE_NUMBER_BYTES_MAX).parse().unwrap()
}

fn long_signer() -> Signer {
    Signer { position: long_name(), rank: long_name(), full_name: long_name() }
}

const PERSON: PersonId = PersonId::from_bytes([1; 16]);
const SQUAD: SquadId = SquadId::from_bytes([2; 16]);
const LIST: ListId = ListId::from_bytes([3; 16]);

fn papers() -> Identity {
    Identity {
        id: PERSON,
        full_name: long_name(),
        iin: (0..10).find_map(|last| format!("99999999999{last}").parse().ok()),
        born: Day::new(2000, 1, 1).ok(),
        id_document: Some(IdDocument { kind: IdDocumentKind::IdentityCard, number: long_name() }),
        residence: Some(long_text()),
        before: Some(PersonId::from_bytes([8; 16])),
    }
}

/// Of every kind of record the largest that can be made, in the order of the kinds.
pub(crate) fn largest() -> Vec<Record> {
    [largest_to_admit(), largest_kept()].concat()
}

fn largest_to_admit() -> Vec<Record> {
    let day = Day::new(2026, 11, 21).unwrap();
    let (person, squad, list) = (PERSON, SQUAD, LIST);
    let key = |number: usize| StatementRef::new(format!("{number:0>31}.")).unwrap();
    let created = Decided::CreateSquad(Squad { id: squad, name: long_name(), district: long_name() });
    vec![
        Record::Decision(CouncilDecision { decided: created, number: long_name(), day }),
        Record::HeadEnded(HeadEnded { squad, person, day }),
        Record::Review(Review { seen: Seen::new((0..SEEN_MAX).map(key)) }),
        Record::Remark(Remark { squad, text: long_text() }),
        Record::List(SquadList { list, squad, number: Some(long_name()), day, lines: u32::MAX }),
        Record::ListLine(ListLine { list, number: u32::MAX, person: papers() }),
        Record::ListReceived(ListReceived { list, day }),
        Record::ListWithdrawn(ListWithdrawn { list, reason: long_text() }),
        Record::ExclusionNotice(ExclusionNotice { squad, person, day }),
        Record::Application(Application { person: papers(), received: day, has_insurance: true }),
        Record::ApplicationDecided(ApplicationDecided { person, outcome: CheckOutcome::Approved, day }),
        Record::Check(Check {
            person,
            kind: CheckKind::PsychoneurologicalRegister,
            finding: CheckFinding::Circumstance,
            day,
        }),
        Record::Offence(Offence { person, day }),
    ]
}

fn largest_kept() -> Vec<Record> {
    let day = Day::new(2026, 11, 21).unwrap();
    let (person, squad, number) = (PERSON, SQUAD, long_number());
    vec![
        Record::Registration(Registration {
            person,
            full_name: long_name(),
            engagement: Engagement::SquadMember(squad),
            section: long_name(),
            day,
        }),
        Record::Certificate(Certificate {
            person,
            kind: CertificateKind::NonStaffEmployee,
            number: number.clone(),
            full_name: long_name(),
            subdivision: long_name(),
            day,
            signer: long_signer(),
        }),
        Record::CertificateLost(CertificateLost { person, number: number.clone(), print: u16::MAX, day }),
        Record::CertificateReprinted(CertificateReprinted {
            person,
            number: number.clone(),
            print: u16::MAX,
            cause: ReprintCause::Damaged,
            full_name: long_name(),
            day,
            signer: long_signer(),
        }),
        Record::NumberGiven(NumberGiven { number }),
        Record::Training(Training {
            person,
            session: SessionId::from_bytes([4; 16]),
            day,
            military_unit: long_name(),
            topics: long_text(),
        }),
        Record::Circumstance(Circumstance {
            person,
            ground: Some(ExclusionGround::RepeatAdminOffences),
            day,
            follows: Some(Cause {
                author: Author::from_bytes([7; 32]),
                key: StatementRef::new("k".repeat(STATEMENT_REF_BYTES_MAX)).unwrap(),
            }),
        }),
        Record::StrikeOff(StrikeOff { person, ground: ExclusionGround::HealthOrDeath, is_death: true, day }),
        Record::Notice(Notice { person, about: NoticeAbout::Registration, day, way: long_name() }),
        Record::Supervision(Supervision { squad, roll: RollId::from_bytes([5; 16]) }),
        Record::MemberIs(MemberIs { member: MemberId::from_bytes([6; 16]), person }),
        Record::WishToLeave(WishToLeave),
        Record::Withdrawn(Withdrawn {
            author: Author::from_bytes([7; 32]),
            key: StatementRef::new("k".repeat(STATEMENT_REF_BYTES_MAX)).unwrap(),
            reason: long_text(),
        }),
        Record::Read(Read { person, reason: long_text() }),
    ]
}
