//! One of each document, about people that do not exist.

use jasaq_model::moment::Day;
use jasaq_model::records::CertificateStatus;
use jasaq_model::register::{CertificateKind, IdDocumentKind, ReprintCause};

use crate::documents::{
    Attendee, BlankSheet, BookExtract, Certificate, CertificateLine, CertificateRegister, Choice, Decided,
    DecisionExtract, Document, ExclusionNotice, Fate, HandoverAct, Item, Letterhead, ListedPerson,
    MemberList, NonStaffApplication, PageStanding, PatrolPage, PrintedCase, PrintedEntry, Refusal,
    RegisterExtract, RegisteredPerson, RegistrationNotice, Signer, StrikeOffNotice, TrainingRecord,
};

pub(super) const PERSON: &str = "Әбілқайырұлы Һәкім";
pub(super) const OFFICE: &str = "Шығыс Қазақстан облысы бойынша";
const SQUAD: &str = "Қарабұлақ";
pub(super) const HASH: &str = "9f31aabb 00112233 44556677 8899aabb ccddeeff 01234567 89abcdef 76543210";

pub(super) fn day(written: &str) -> Day {
    written.parse().unwrap()
}

pub(super) fn signer() -> Signer {
    let [position, rank, name] =
        ["бастық", "полковник", "Ғабитова Ұлжан Іңкәрқызы"].map(|text| Some(text.to_owned()));
    Signer { position, rank, name }
}

/// Whether what may be left unset is set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Filled {
    Fully,
    ByHand,
}

impl Filled {
    fn text(self, text: &str) -> Option<String> {
        (self == Self::Fully).then(|| text.to_owned())
    }

    fn day(self) -> Option<Day> {
        (self == Self::Fully).then(|| day("2026-11-03"))
    }

    fn signer(self) -> Signer {
        if self == Self::Fully { signer() } else { Signer::default() }
    }

    fn letter(self) -> Letterhead {
        Letterhead {
            from: "Аумақтық бөлімше".to_owned(),
            to: self.text(PERSON),
            number: self.text("12-34/567"),
            day: self.day(),
        }
    }
}

pub(super) fn certificate(kind: CertificateKind, filled: Filled) -> Certificate {
    Certificate {
        kind,
        number: "0123".to_owned(),
        print: 2,
        holder: PERSON.to_owned(),
        territorial_subdivision: OFFICE.to_owned(),
        issued_on: filled.day(),
        signer: filled.signer(),
        code: filled.text("JASAQ1:6BF+70790T9WJWG"),
    }
}

pub(super) fn member_list(members: usize, filled: Filled) -> MemberList {
    let member = |number: usize| ListedPerson {
        name: format!("{PERSON} {number}"),
        born: filled.day(),
        identification_number: filled.text("900101300123"),
        identity_card: filled.text("012345678"),
        residence: filled.text("Зайсан ауданы, Қарабұлақ ауылы, Абай көшесі, 12-үй, 34-пәтер"),
    };
    MemberList {
        letter: filled.letter(),
        squad: SQUAD.to_owned(),
        district: "Зайсан ауданы".to_owned(),
        members: (1..=members).map(member).collect(),
        copies: (filled == Filled::Fully).then_some(3),
        signer: filled.signer(),
    }
}

/// Every document and every way in which one differs from itself.
pub(super) fn all(filled: Filled) -> Vec<Document> {
    [letters(filled), decisions(filled), tables(filled), patrols(filled)].concat()
}

fn patrols(filled: Filled) -> Vec<Document> {
    let police = HandoverAct { duty: Some(vec![item("1", filled.text("2"))]), ..handover_act(filled) };
    vec![
        Document::PatrolPage(Box::new(patrol_page(2, filled))),
        Document::BookExtract(Box::new(book_extract(filled))),
        Document::HandoverAct(Box::new(handover_act(filled))),
        Document::HandoverAct(Box::new(police)),
        Document::BlankSheet(Box::new(blank_sheet(filled))),
    ]
}

pub(super) fn blank_sheet(filled: Filled) -> BlankSheet {
    BlankSheet {
        squad: filled.text(SQUAD),
        patrol: filled.text("9f31aabb"),
        plan: vec![item("1", filled.text("2"))],
        head: vec![item("1", filled.text("2"))],
        crew: filled.text(PERSON).into_iter().collect(),
        activities: vec![["21".to_owned(), "1".to_owned()]],
        lines: 40,
        signer: filled.signer(),
    }
}

pub(super) fn book_extract(filled: Filled) -> BookExtract {
    BookExtract {
        structural_subdivision: filled.text(OFFICE),
        squad: filled.text(SQUAD),
        number: filled.text("2026-47"),
        hash: HASH.to_owned(),
        patrol: vec![item("1", filled.text(SQUAD))],
        persons: vec![["1".to_owned(), PERSON.to_owned(), "0123".into(), "1".into(), "540".into()]],
        results: vec![item("1", Some("3".to_owned()))],
        section: filled.text("III"),
        entered_on: filled.day(),
        signer: filled.signer(),
    }
}

pub(super) fn handover_act(filled: Filled) -> HandoverAct {
    HandoverAct {
        case: "0a1b2c3d".to_owned(),
        receivers: ["1", "2"]
            .map(|words| Choice {
                words: words.to_owned(),
                is_marked: words == "1" && filled == Filled::Fully,
            })
            .into(),
        receiver: vec![item("1", filled.text(OFFICE))],
        person: vec![item("1", Some(PERSON.to_owned()))],
        course: vec![item("1", filled.text("12:00"))],
        items: filled.text(SQUAD),
        duty: None,
        signer: filled.signer(),
    }
}

fn item(caption: &str, value: Option<String>) -> Item {
    Item { caption: caption.to_owned(), value, notes: vec!["2/3".to_owned()] }
}

fn row<const CELLS: usize>(first: &str) -> [String; CELLS] {
    std::array::from_fn(|place| if place == 0 { first.to_owned() } else { format!("{place}") })
}

/// A page of so many entries; one that is not filled is a draft.
pub(super) fn patrol_page(entries: u32, filled: Filled) -> PatrolPage {
    let is_sealed = filled == Filled::Fully;
    let entry = |number: u32| PrintedEntry {
        number,
        time: format!("01.05.2026 {:02}:{:02} +05:00", number / 60 % 24, number % 60),
        told_by: "1, 2".to_owned(),
        activity: "1: 2, 3".to_owned(),
        count: "5".to_owned(),
        place: "44.16570, 80.00010\n±6".to_owned(),
        text: format!("{PERSON} {number}"),
        notes: if number.is_multiple_of(3) { vec!["3 (1)".to_owned(), "1/2".to_owned()] } else { Vec::new() },
    };
    let case = PrintedCase {
        case: "0a1b2c3d".to_owned(),
        facts: vec!["1".to_owned(), "! 2".to_owned()],
        steps: vec!["12:00 1".to_owned()],
        fields: vec![item("1", Some(PERSON.to_owned()))],
    };
    PatrolPage {
        standing: if is_sealed { PageStanding::Countersigned } else { PageStanding::Draft },
        number: filled.text("2026-47"),
        hash: filled.text(HASH),
        before: filled.text(HASH),
        about: vec![item("1", filled.text("2"))],
        plan: vec![item("1", filled.text("2"))],
        patrol: vec![item("1", filled.text(SQUAD))],
        members: vec![[
            "1".to_owned(),
            PERSON.to_owned(),
            "0123".into(),
            "1".into(),
            "2".into(),
            "540".into(),
        ]],
        phones: vec![row("1")],
        legs: vec![row("1")],
        tracks: vec![row("1")],
        entries: (1..=entries).map(entry).collect(),
        withdrawn: vec![row("1")],
        marks: vec![row("1")],
        notices: vec![row("1")],
        cases: vec![case],
        flags: vec![row("1")],
        statements: 12,
        shows_persons: is_sealed,
        code: filled.text(&format!("JASAQ-PAGE1:2026-47:{}", HASH.replace(' ', "").to_uppercase())),
        signer: filled.signer(),
    }
}

fn letters(filled: Filled) -> Vec<Document> {
    let application = |id_document| NonStaffApplication {
        to: OFFICE.to_owned(),
        applicant: filled.text(PERSON),
        residence: filled.text("Қарабұлақ ауылы"),
        phone: filled.text("+7 700 000 00 00"),
        id_document,
        with_insurance: filled == Filled::Fully,
        day: filled.day(),
    };
    let exclusion = ExclusionNotice {
        letter: filled.letter(),
        squad: SQUAD.to_owned(),
        person: PERSON.to_owned(),
        born: filled.day(),
        list_number: filled.text("77"),
        list_day: filled.day(),
        signer: filled.signer(),
    };
    let registration = RegistrationNotice {
        letter: filled.letter(),
        registered_on: filled.day(),
        certificate_number: filled.text("0123"),
        signer: filled.signer(),
    };
    vec![
        Document::Certificate(certificate(CertificateKind::NonStaffEmployee, filled)),
        Document::Certificate(certificate(CertificateKind::SquadMember, filled)),
        Document::NonStaffApplication(application(None)),
        Document::NonStaffApplication(application(Some(IdDocumentKind::IdentityCard))),
        Document::NonStaffApplication(application(Some(IdDocumentKind::Passport))),
        Document::Refusal(Refusal {
            letter: filled.letter(),
            received_on: filled.day(),
            signer: filled.signer(),
        }),
        Document::RegistrationNotice(registration),
        Document::ExclusionNotice(exclusion),
        Document::StrikeOffNotice(StrikeOffNotice {
            letter: filled.letter(),
            struck_off_on: filled.day(),
            signer: filled.signer(),
        }),
    ]
}

fn decisions(filled: Filled) -> Vec<Document> {
    let squad = SQUAD.to_owned();
    [
        Decided::SquadCreated { squad: squad.clone() },
        Decided::HeadAppointed { squad, head: PERSON.to_owned() },
    ]
    .map(|decided| {
        Document::DecisionExtract(DecisionExtract {
            akimat: "Зайсан ауданының әкімдігі".to_owned(),
            district: filled.text("Зайсан ауданы"),
            number: filled.text("5"),
            day: filled.day(),
            decided,
            signer: filled.signer(),
        })
    })
    .into()
}

fn tables(filled: Filled) -> Vec<Document> {
    vec![
        Document::MemberList(member_list(3, filled)),
        Document::RegisterExtract(register_extract(filled)),
        Document::CertificateRegister(certificate_register(filled)),
        Document::TrainingRecord(TrainingRecord {
            structural_subdivision: OFFICE.to_owned(),
            military_unit: filled.text("2026 әскери бөлімі"),
            day: filled.day(),
            topics: filled.text("Қағидалар").into_iter().collect(),
            attendees: vec![Attendee { name: PERSON.to_owned(), squad: filled.text(SQUAD) }],
            signer: filled.signer(),
        }),
    ]
}

fn register_extract(filled: Filled) -> RegisterExtract {
    let person = |kind, (is_on_register, struck_off_on)| RegisteredPerson {
        name: PERSON.to_owned(),
        kind,
        squad: filled.text(SQUAD),
        registered_on: filled.day(),
        section: filled.text("III"),
        certificate_number: filled.text("0123"),
        is_on_register,
        struck_off_on,
    };
    RegisterExtract {
        territorial_subdivision: OFFICE.to_owned(),
        as_of: day("2026-11-21"),
        persons: vec![
            person(CertificateKind::SquadMember, (true, None)),
            person(CertificateKind::NonStaffEmployee, (false, filled.day())),
        ],
        signer: filled.signer(),
    }
}

fn certificate_register(filled: Filled) -> CertificateRegister {
    let line = |status: &CertificateStatus| CertificateLine {
        number: "0123".to_owned(),
        print: 2,
        cause: (filled == Filled::Fully).then_some(ReprintCause::Lost),
        kind: CertificateKind::SquadMember,
        holder: PERSON.to_owned(),
        issued_on: filled.day(),
        is_contested: filled == Filled::Fully,
        fates: vec![Fate { status: *status, since: filled.day() }],
    };
    CertificateRegister {
        territorial_subdivision: OFFICE.to_owned(),
        as_of: day("2026-11-21"),
        certificates: CertificateStatus::ALL.iter().map(line).collect(),
        signer: filled.signer(),
    }
}
