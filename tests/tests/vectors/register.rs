//! The register's records as statements: each kind with all that it may have, and with as little.

use jasaq_fieldbook::model::ids::{
    Author, ListId, MemberId, PersonId, RollId, SessionId, SquadId, StatementRef,
};
use jasaq_fieldbook::model::moment::{Clocks, Day, Moment, UtcTime};
use jasaq_fieldbook::model::register::*;
use jasaq_fieldbook::model::squad::{Squad, SquadCard};
use jasaq_fieldbook::model::statement::{Body, Fields, Statement};
use jasaq_fieldbook::protocol::ids::JournalId;

use super::book::Page;
use super::changes::{MORNING_MS, actor, clocks, name, shown, text, write};
use super::patrols::key_of;
use super::world::World;

const PERSON: PersonId = PersonId::from_bytes([0x94; 16]);
const SQUAD: SquadId = SquadId::from_bytes([0x93; 16]);
const LIST: ListId = ListId::from_bytes([0x98; 16]);

/// A name, and the fields under it.
pub type Named = (&'static str, Fields);

/// The journal that these statements stand in, and so the refused ones too.
pub fn journal(world: &World) -> JournalId {
    JournalId::of_device(&world.head.id(), [0xb9; 8])
}

/// A change of that journal that states one thing.
pub fn change(world: &World, fields: &Fields) -> Vec<u8> {
    let journal = journal(world);
    write(&[], &actor(&journal, 1), &[(key_of(&journal, 1), fields.clone())])
}

/// The page.
pub fn page(world: &World) -> Page {
    let mut page = Page::new(
        "register.txt",
        "The register's records, each a change of its own in register.journal: `whole` with all fields that the kind may have,\n\
         `least` without those that may be absent, `other` in another of its forms.",
    );
    page.note("register.journal", journal(world).as_bytes(), "the journal of all of them");
    for (group, statements) in [("whole", whole()), ("least", least()), ("other", other())] {
        for (kind, fields) in statements {
            page.note(&format!("{group}.{kind}"), change(world, &fields), &shown(&fields));
        }
    }
    page
}

/// Each kind with all fields.
pub fn whole() -> Vec<Named> {
    let card = SquadCard {
        member: MemberId::from_bytes([0x75; 16]),
        full_name: name("Серік Әлиев"),
        certificate_number: Some(name("ЖС-0117")),
        eligible: false,
        as_of: day(2),
        ended: Some(day(1)),
        former: None,
        turn: 3,
    };
    let mut all = vec![("squad_card", said(Body::SquadCard(card)))];
    let records = council()
        .into_iter()
        .chain(admission(papers(), true))
        .chain(certificates())
        .chain(keeping());
    all.extend(records.map(|record| named(&Statement::new(clocks(20), Body::Register(record)))));
    all
}

/// Each kind with as few fields as it can have.
fn least() -> Vec<Named> {
    let papers =
        Identity { iin: None, born: None, id_document: None, residence: None, before: None, ..papers() };
    let mut records: Vec<Record> = council()
        .into_iter()
        .chain(admission(papers, false))
        .chain(certificates())
        .chain(keeping())
        .collect();
    for record in &mut records {
        match record {
            Record::Review(review) => review.seen = Seen::default(),
            Record::List(list) => list.number = None,
            Record::Registration(registration) => registration.engagement = Engagement::NonStaffEmployee,
            Record::StrikeOff(strike_off) => strike_off.is_death = false,
            _ => {}
        }
    }
    let at = Moment::new(UtcTime::from_unix_ms(MORNING_MS).unwrap(), 300).unwrap();
    let bare = |record| Statement::new(Clocks::new(at, None, None), Body::Register(record));
    records.into_iter().map(|record| named(&bare(record))).collect()
}

/// What has several forms, in the others; codes that no other line has; bounds.
fn other() -> Vec<Named> {
    let seen = (0..64).map(|number| key(&format!("{number:08}.{number}")));
    let passport = IdDocument { kind: IdDocumentKind::Passport, number: name("N 12345678") };
    let second = Identity { iin: "900101300811".parse().ok(), id_document: Some(passport), ..papers() };
    let line = ListLine { list: LIST, number: u32::MAX, person: second };
    let number = |written: &str| written.parse::<CertificateNumber>().unwrap();
    let lost =
        |written| CertificateLost { person: PERSON, number: number(written), print: u16::MAX, day: day(9) };
    let check = |kind| Check { person: PERSON, kind, finding: CheckFinding::Circumstance, day: day(9) };
    let notice = |about| Notice { person: PERSON, about, day: day(9), way: name("поштамен") };
    let ended = |ground| Circumstance { person: PERSON, ground, day: day(9), follows: None };
    let appointed = Decided::AppointHead { squad: SQUAD, person: PERSON };
    let appointed = CouncilDecision { decided: appointed, number: name("14/2"), day: day(9) };
    let refused = ApplicationDecided { person: PERSON, outcome: CheckOutcome::Refused, day: day(9) };
    let records = [
        ("appoint_head", Record::Decision(appointed)),
        ("seen_64", Record::Review(Review { seen: Seen::new(seen) })),
        ("second_weights", Record::ListLine(line)),
        ("refused", Record::ApplicationDecided(refused)),
        ("criminal_record", Record::Check(check(CheckKind::CriminalRecord))),
        ("narcological", Record::Check(check(CheckKind::NarcologicalRegister))),
        ("number_latin", Record::CertificateLost(lost("KZ-AC/2026.1"))),
        ("number_doubles", Record::CertificateLost(lost("ТС–5"))),
        ("number_digits", Record::CertificateLost(lost(&"9".repeat(40)))),
        ("notice_refusal", Record::Notice(notice(NoticeAbout::Refusal))),
        ("notice_strike_off", Record::Notice(notice(NoticeAbout::StrikeOff))),
        ("criminal_liability", Record::Circumstance(ended(Some(ExclusionGround::CriminalLiability)))),
        ("repeat_admin_offences", Record::Circumstance(ended(Some(ExclusionGround::RepeatAdminOffences)))),
        ("own_wish", Record::Circumstance(ended(Some(ExclusionGround::OwnWish)))),
        ("without_ground", Record::Circumstance(ended(None))),
    ];
    records
        .into_iter()
        .map(|(name, record)| (name, said(Body::Register(record))))
        .collect()
}

/// Under the name of its kind.
fn named(statement: &Statement) -> Named {
    (statement.kind().code(), statement.to_fields())
}

fn said(body: Body) -> Fields {
    Statement::new(clocks(20), body).to_fields()
}

fn day(of_may: i8) -> Day {
    Day::new(2026, 5, of_may).unwrap()
}

fn key(written: &str) -> StatementRef {
    StatementRef::new(written).unwrap()
}

fn number() -> CertificateNumber {
    "ЖС-0117".parse().unwrap()
}

fn signer() -> Signer {
    Signer {
        position: name("Аумақтық бөлімше бастығы"),
        rank: name("полковник"),
        full_name: name("Б. Оспанов"),
    }
}

fn papers() -> Identity {
    Identity {
        id: PERSON,
        full_name: name("Әлиев Серік Болатұлы"),
        iin: "900101300017".parse().ok(),
        born: Day::new(1990, 1, 1).ok(),
        id_document: Some(IdDocument { kind: IdDocumentKind::IdentityCard, number: name("012345678") }),
        residence: Some(text("Жаркент қаласы, Абай көшесі, 5")),
        before: Some(PersonId::from_bytes([0x99; 16])),
    }
}

fn council() -> [Record; 4] {
    let squad =
        Squad { id: SQUAD, name: name("Жаркент-1"), district: name("Панфилов ауданы") };
    let seen = ["akimat00.9", "akimat00.10", "council0.2"].map(key);
    [
        Record::Decision(CouncilDecision {
            decided: Decided::CreateSquad(squad),
            number: name("14/1"),
            day: day(1),
        }),
        Record::HeadEnded(HeadEnded { squad: SQUAD, person: PERSON, day: day(9) }),
        Record::Review(Review { seen: Seen::new(seen) }),
        Record::Remark(Remark { squad: SQUAD, text: text("құрамы аз") }),
    ]
}

fn admission(person: Identity, has_insurance: bool) -> [Record; 9] {
    let number = Some(name("03-11/204"));
    [
        Record::List(SquadList { list: LIST, squad: SQUAD, number, day: day(2), lines: 12 }),
        Record::ListLine(ListLine { list: LIST, number: 1, person: person.clone() }),
        Record::ListReceived(ListReceived { list: LIST, day: day(3) }),
        Record::ListWithdrawn(ListWithdrawn { list: LIST, reason: text("екі рет жіберілді") }),
        Record::ExclusionNotice(ExclusionNotice { squad: SQUAD, person: PERSON, day: day(4) }),
        Record::Application(Application { person, received: day(2), has_insurance }),
        Record::ApplicationDecided(ApplicationDecided {
            person: PERSON,
            outcome: CheckOutcome::Approved,
            day: day(5),
        }),
        Record::Check(Check {
            person: PERSON,
            kind: CheckKind::PsychoneurologicalRegister,
            finding: CheckFinding::Nothing,
            day: day(4),
        }),
        Record::Offence(Offence { person: PERSON, day: day(4) }),
    ]
}

fn certificates() -> [Record; 4] {
    let full_name = name("Әлиев Серік Болатұлы");
    [
        Record::Certificate(Certificate {
            person: PERSON,
            kind: CertificateKind::SquadMember,
            number: number(),
            full_name: full_name.clone(),
            subdivision: name("ҰҚК ШҚ Алматы облысы бойынша департаменті"),
            day: day(6),
            signer: signer(),
        }),
        Record::CertificateLost(CertificateLost { person: PERSON, number: number(), print: 1, day: day(7) }),
        Record::NumberGiven(NumberGiven { number: number() }),
        Record::CertificateReprinted(CertificateReprinted {
            person: PERSON,
            number: number(),
            print: 2,
            cause: ReprintCause::Lost,
            full_name,
            day: day(8),
            signer: signer(),
        }),
    ]
}

fn keeping() -> [Record; 10] {
    let (author, roll) = (Author::from_bytes([0x9a; 32]), RollId::from_bytes([0x9b; 16]));
    let member = MemberId::from_bytes([0x75; 16]);
    [
        Record::Registration(Registration {
            person: PERSON,
            full_name: name("Әлиев Серік Болатұлы"),
            engagement: Engagement::SquadMember(SQUAD),
            section: name("III бөлім"),
            day: day(5),
        }),
        Record::Training(Training {
            person: PERSON,
            session: SessionId::from_bytes([0x9c; 16]),
            day: day(6),
            military_unit: name("2534 әскери бөлімі"),
            topics: text("шекара режимі\nкүш қолдану"),
        }),
        Record::Circumstance(Circumstance {
            person: PERSON,
            ground: Some(ExclusionGround::MovedOut),
            day: day(8),
            follows: Some(Cause { author: Author::from_bytes([0xa7; 32]), key: key("0011aabb.7") }),
        }),
        Record::StrikeOff(StrikeOff {
            person: PERSON,
            ground: ExclusionGround::HealthOrDeath,
            is_death: true,
            day: day(9),
        }),
        Record::Notice(Notice {
            person: PERSON,
            about: NoticeAbout::Registration,
            day: day(5),
            way: name("қолына берілді"),
        }),
        Record::Supervision(Supervision { squad: SQUAD, roll }),
        Record::MemberIs(MemberIs { member, person: PERSON }),
        Record::WishToLeave(WishToLeave),
        Record::Withdrawn(Withdrawn {
            author, key: key("akimat00.9"), reason: text("қате жазылды")
        }),
        Record::Read(Read { person: PERSON, reason: text("тексеру") }),
    ]
}
