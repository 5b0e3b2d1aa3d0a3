//! What a façade cannot be made to say in a test's time, or at all: documents that continue a person's, an index that something
//! else has spoilt, a disk that is full.

use std::path::Path;

use jasaq_model::ids::{Author, ListId, PersonId, SquadId, StatementRef};
use jasaq_model::law::ExclusionGround;
use jasaq_model::moment::Clocks;
use jasaq_model::records::{HeadState, PersonState, SquadRecord};
use jasaq_model::register::{
    Application, CouncilDecision, Decided, Identity, ListLine, ListReceived, ListWithdrawn, Record,
    SquadList, StrikeOff, Withdrawn,
};
use jasaq_model::squad::Squad;
use jasaq_model::statement::{Body, Statement};
use jasaq_model::words::{Name, Text};
use jasaq_protocol::ids::{DocumentId, SpaceId};
use tempfile::TempDir;

use super::super::Fieldbook;
use super::{RosterQuery, Undone};
use crate::documents::continuation;
use crate::refusal::FieldbookRefused;
use crate::surroundings::Surroundings;
use crate::vault::{NewStatement, Standing, Vault, VaultRefused};
use crate::views;
use crate::{KeyHolder, RootSheets};

const ASKAR: PersonId = PersonId::from_bytes([7; 16]);
const LIST: ListId = ListId::from_bytes([8; 16]);

fn founded(home: &Path) -> Fieldbook {
    let handed_over = |_: &RootSheets| Ok::<_, FieldbookRefused>(());
    let surroundings = Surroundings::of_the_system(None);
    Fieldbook::found(home, &KeyHolder::File, surroundings, handed_over).unwrap().0
}

fn document(of: [u8; 16], number: u8) -> DocumentId {
    continuation(DocumentId::from_bytes(of), number)
}

fn key(number: u32) -> StatementRef {
    StatementRef::new(format!("AAAAAAAA.{number}")).unwrap()
}

/// A statement that counts, in whatever document.
fn say(book: &mut Fieldbook, document: DocumentId, (number, record): (u32, Record)) {
    book.write(|transaction, device, surroundings| {
        let clocks = Clocks::new(surroundings.now().moment(), None, None);
        let statement = Statement::new(clocks, Body::Register(record));
        let new = NewStatement {
            space: SpaceId::from_bytes([9; 16]),
            document,
            device: device.id(),
            key: &key(number),
            kind: statement.kind().code(),
            happened_ms: 0,
            place: None,
            received_ms: None,
            standing: Standing::Counts,
            fields: &statement.to_fields(),
        };
        Vault::add_statement(transaction, &new).map(|is_new| assert!(is_new))
    })
    .unwrap();
}

fn papers() -> Identity {
    let full_name = Name::new("Болатов Асқар").unwrap();
    Identity { id: ASKAR, full_name, iin: None, born: None, id_document: None, residence: None, before: None }
}

fn application(book: &mut Fieldbook) -> Record {
    Record::Application(Application { person: papers(), received: book.today(), has_insurance: false })
}

fn strike_off(book: &mut Fieldbook) -> Record {
    let ground = ExclusionGround::MovedOut;
    Record::StrikeOff(StrikeOff { person: ASKAR, ground, is_death: false, day: book.today() })
}

fn takes_back(book: &Fieldbook, number: u32) -> Record {
    let author = Author::from_bytes(*book.device.id().as_bytes());
    Record::Withdrawn(Withdrawn { author, key: key(number), reason: Text::new("қате").unwrap() })
}

fn states(book: &mut Fieldbook) -> Vec<PersonState> {
    let page = book.roster_page(&RosterQuery::default()).unwrap().unwrap();
    page.entries.into_iter().map(|entry| entry.state).collect()
}

#[test]
fn what_stands_in_a_document_that_continues_a_persons_is_on_the_page_whichever_came_first() {
    let home = TempDir::new().unwrap();
    let mut book = founded(home.path());
    let [first, second, third] = [0, 1, 2].map(|number| document(*ASKAR.as_bytes(), number));
    let (applied, struck, back) = (application(&mut book), strike_off(&mut book), takes_back(&book, 1));
    // Nothing leads from a continuation to its first, and between them one is missing.
    say(&mut book, third, (2, struck));
    assert_eq!(states(&mut book), []);
    say(&mut book, first, (1, applied));
    assert_eq!(states(&mut book), [PersonState::Applied]);
    // It names nobody, and is no person's document by itself.
    say(&mut book, second, (3, back));
    assert_eq!(states(&mut book), [PersonState::StruckOff], "the second leads to the third");
    let record = book.person(ASKAR).unwrap().record;
    assert!(record.applications.is_empty(), "otherwise the second document was not read");
}

#[test]
fn what_stands_in_a_document_that_continues_another_is_taken_back_as_of_whom_or_what_that_is() {
    let home = TempDir::new().unwrap();
    let mut book = founded(home.path());
    let (applied, struck, reason) =
        (application(&mut book), strike_off(&mut book), Text::new("қате").unwrap());
    say(&mut book, document(*ASKAR.as_bytes(), 0), (1, applied));
    say(&mut book, document(*ASKAR.as_bytes(), 1), (2, struck));
    let (squad, day) = (SquadId::from_bytes([3; 16]), book.today());
    let named = Name::new("Қарабұлақ").unwrap();
    let created = Squad { id: squad, name: named.clone(), district: named };
    for (number, decided) in
        [(3, Decided::CreateSquad(created)), (4, Decided::AppointHead { squad, person: ASKAR })]
    {
        let decision = CouncilDecision { decided, number: Name::new("12").unwrap(), day };
        let place = document(*squad.as_bytes(), u8::from(number == 4));
        say(&mut book, place, (number, Record::Decision(decision)));
    }
    let author = Author::from_bytes(*book.device.id().as_bytes());
    let of = book.withdrawal((author, key(2)), &reason).unwrap().of;
    let Undone::Person(undone) = of else { panic!("of him: {of:?}") };
    assert_eq!([undone.before.state(), undone.after.state()], [PersonState::StruckOff, PersonState::Applied]);
    let of = book.withdrawal((author, key(4)), &reason).unwrap().of;
    let Undone::Squad(_, records) = of else { panic!("of the squad: {of:?}") };
    assert_eq!(records.each_ref().map(SquadRecord::head), [HeadState::Head(ASKAR), HeadState::Vacant]);
    for number in [2, 4] {
        book.withdraw((author, key(number)), &reason).unwrap();
    }
    let held = views::squad_record(book.vault.read(), &book.device, squad).unwrap();
    assert_eq!(held.head(), HeadState::Vacant);
    assert_eq!(book.person(ASKAR).unwrap().record.state(), PersonState::Applied);
}

#[test]
fn what_is_said_of_a_list_in_another_document_than_its_own_changes_whom_it_names() {
    let home = TempDir::new().unwrap();
    let mut book = founded(home.path());
    let (squad, day) = (SquadId::from_bytes([3; 16]), book.today());
    let own = document(*ASKAR.as_bytes(), 0);
    say(&mut book, own, (1, Record::ListLine(ListLine { list: LIST, number: 1, person: papers() })));
    assert_eq!(states(&mut book), [PersonState::Proposed]);
    let elsewhere = document([1; 16], 0);
    let list = SquadList { list: LIST, squad, number: None, day, lines: 1 };
    say(&mut book, elsewhere, (2, Record::List(list)));
    say(&mut book, elsewhere, (3, Record::ListReceived(ListReceived { list: LIST, day })));
    assert_eq!(states(&mut book), [PersonState::InCheck]);
    let reason = Text::new("қате").unwrap();
    say(&mut book, elsewhere, (4, Record::ListWithdrawn(ListWithdrawn { list: LIST, reason })));
    assert_eq!(
        states(&mut book),
        [PersonState::TakenBack],
        "his line is there, and of a list that is taken back"
    );
    book.vault
        .write(|transaction| Vault::delete_document(transaction, (&SpaceId::from_bytes([9; 16]), &elsewhere)))
        .unwrap();
    let lists = views::lists(book.vault.read(), &book.device).unwrap();
    assert_eq!(lists.iter().count(), 0);
    assert_eq!(states(&mut book), [PersonState::Proposed]);
}

#[test]
fn the_doctor_makes_an_index_anew_that_says_what_nobody_said() {
    let home = TempDir::new().unwrap();
    let mut book = founded(home.path());
    let applied = application(&mut book);
    say(&mut book, document(*ASKAR.as_bytes(), 0), (1, applied));
    assert_eq!(states(&mut book), [PersonState::Applied]);
    book.vault.read().execute_batch("UPDATE roster SET state = 'active'").unwrap();
    assert_eq!(states(&mut book), [PersonState::Active], "otherwise the rule is proved of nobody");
    book.doctor().unwrap();
    assert_eq!(states(&mut book), [PersonState::Applied]);
}

#[test]
fn where_nothing_can_be_written_a_page_is_shown_as_long_as_it_is_so() {
    let home = TempDir::new().unwrap();
    let mut book = founded(home.path());
    let (applied, struck) = (application(&mut book), strike_off(&mut book));
    let own = document(*ASKAR.as_bytes(), 0);
    say(&mut book, own, (1, applied));
    states(&mut book);
    let closed = |book: &Fieldbook, is_on: bool| {
        book.vault.read().pragma_update(None, "query_only", is_on).unwrap();
    };
    closed(&book, true);
    assert_eq!(states(&mut book), [PersonState::Applied]);
    closed(&book, false);
    say(&mut book, own, (2, struck));
    closed(&book, true);
    let refused = book.roster_page(&RosterQuery::default());
    assert!(matches!(refused, Err(FieldbookRefused::Vault(VaultRefused::ReadOnly))), "{refused:?}");
    closed(&book, false);
    assert_eq!(states(&mut book), [PersonState::StruckOff]);
}
