//! The index by itself: what is due, ranks, cursors.

use jasaq_model::ids::StatementRef;
use jasaq_model::statement::{Fields, Kind};
use jasaq_protocol::ids::{DeviceId, SpaceId};
use tempfile::TempDir;

use super::super::{KeyHolder, NewStatement, Standing, VaultKey};
use super::*;
use crate::surroundings::Surroundings;

/// What is said in patrols and of attachments: of no person of the register.
const PASSED_OVER: [Kind; 10] = [
    Kind::Entry,
    Kind::Track,
    Kind::Waypoint,
    Kind::PatrolStarted,
    Kind::PatrolEnded,
    Kind::LegStarted,
    Kind::LegEnded,
    Kind::Attachment,
    Kind::AttachmentHeld,
    Kind::SquadCard,
];

fn made_in(home: &TempDir) -> Vault {
    let key = VaultKey::make(Surroundings::of_the_system(None).chance());
    Vault::create(home.path(), &KeyHolder::File, &key, |_| Ok::<_, VaultRefused>(()))
        .unwrap()
        .0
}

fn document(number: u8) -> DocumentId {
    DocumentId::from_bytes([number; 16])
}

fn say(transaction: &Transaction<'_>, kind: &str, number: u8) {
    let new = NewStatement {
        space: SpaceId::from_bytes([1; 16]),
        document: document(number),
        device: DeviceId::from_bytes([2; 32]),
        key: &StatementRef::new("AAAAAAAA.1").unwrap(),
        kind,
        happened_ms: 0,
        place: None,
        received_ms: None,
        standing: Standing::Counts,
        fields: &Fields::new(),
    };
    assert!(Vault::add_statement(transaction, &new).unwrap());
}

fn due(connection: &Connection) -> Vec<DocumentId> {
    Vault::roster_due(connection, 100).unwrap()
}

fn settle(transaction: &Transaction<'_>) {
    for document in due(transaction) {
        Vault::settle_roster_due(transaction, &document).unwrap();
    }
}

#[test]
fn a_document_is_due_once_anything_but_a_patrols_is_said_stands_otherwise_or_is_gone() {
    let home = TempDir::new().unwrap();
    let mut vault = made_in(&home);
    let kinds = Kind::ALL.iter().map(|kind| (kind.code(), !PASSED_OVER.contains(kind)));
    for ((kind, is_watched), number) in kinds.chain([("of_a_newer_program", true)]).zip(1..) {
        let only = if is_watched { vec![document(number)] } else { Vec::new() };
        let work = |transaction: &Transaction<'_>| -> Result<(), VaultRefused> {
            say(transaction, kind, number);
            assert_eq!(due(transaction), only, "{kind} is said");
            settle(transaction);
            let (space, device) = (SpaceId::from_bytes([1; 16]), DeviceId::from_bytes([2; 32]));
            Vault::set_standing(transaction, &space, &device, kind, Standing::Counts)?;
            assert_eq!(due(transaction), [], "{kind} stands as it did");
            Vault::set_standing(transaction, &space, &device, kind, Standing::Held)?;
            assert_eq!(due(transaction), only, "{kind} is held");
            settle(transaction);
            let placed = SpaceId::from_bytes([3; 16]);
            assert_eq!(Vault::settle_pending(transaction, &space, &placed)?, 1);
            assert_eq!(due(transaction), only, "{kind} stands in another space");
            settle(transaction);
            assert_eq!(Vault::settle_pending(transaction, &placed, &space)?, 1);
            settle(transaction);
            Vault::forget_roster(transaction)?;
            assert_eq!(due(transaction), only, "{kind} is due when everything is");
            settle(transaction);
            Vault::delete_document(transaction, (&space, &document(number)))?;
            assert_eq!(due(transaction), only, "{kind} is gone");
            settle(transaction);
            Ok(())
        };
        vault.write(work).unwrap();
    }
}

fn row(number: u32, place: &[u8]) -> NewRosterRow {
    let mut person = [0; 16];
    person[..4].copy_from_slice(&number.to_be_bytes());
    let row = RosterRow {
        person: PersonId::from_bytes(person),
        name: Some(format!("Адам {number}")),
        state: if number.is_multiple_of(2) { "active" } else { "applied" }.to_owned(),
        certificate: None,
        ended: None,
        outlook: Vec::new(),
        squads: vec![SquadId::from_bytes([u8::try_from(number % 3).unwrap(); 16])],
    };
    NewRosterRow { row, place: place.to_vec(), folded: format!("адам н{} м{}", number % 7, number % 2) }
}

fn persons(connection: &Connection, ask: &RosterAsk<'_>) -> Vec<u32> {
    let (rows, _) = Vault::roster_page(connection, ask).unwrap();
    let number = |row: &RosterRow| u32::from_be_bytes(row.person.as_bytes()[..4].try_into().unwrap());
    rows.iter().map(number).collect()
}

const EVERYBODY: RosterAsk<'static> =
    RosterAsk { words: &[], squad: None, state: None, after: None, limit: 10_000 };

#[test]
fn ranks_follow_the_places_also_where_a_gap_is_used_up_and_a_cursor_outlives_that() {
    let home = TempDir::new().unwrap();
    let mut vault = made_in(&home);
    let work = |transaction: &Transaction<'_>| -> Result<(), VaultRefused> {
        Vault::begin_roster(transaction, 1)?;
        Vault::put_on_roster(transaction, &row(0, &[0]))?;
        Vault::put_on_roster(transaction, &row(1_000, &[255]))?;
        let first = RosterAsk { limit: 1, ..EVERYBODY };
        let (_, cursor) = Vault::roster_page(transaction, &first)?;
        let spreads = made(transaction)?.unwrap().1;
        // Each between the one before and the last: every gap is half of the one before it.
        for number in 1..200 {
            Vault::put_on_roster(transaction, &row(number, &number.to_be_bytes()[2..]))?;
        }
        assert!(made(transaction)?.unwrap().1 > spreads + 1, "otherwise the rule is proved of nobody");
        let due: Vec<u32> = (0..200).chain([1_000]).collect();
        assert_eq!(persons(transaction, &EVERYBODY), due);
        assert_eq!(persons(transaction, &RosterAsk { after: cursor, ..EVERYBODY }), due[1..]);
        let of_squad = RosterAsk { squad: Some(SquadId::from_bytes([1; 16])), ..EVERYBODY };
        assert_eq!(
            persons(transaction, &of_squad),
            due.iter().copied().filter(|n| n % 3 == 1).collect::<Vec<_>>()
        );
        let words = [vec!["н5".to_owned()], vec!["ад".to_owned()]];
        let searched = RosterAsk { words: &words, ..EVERYBODY };
        assert_eq!(
            persons(transaction, &searched),
            due.iter().copied().filter(|n| n % 7 == 5).collect::<Vec<_>>()
        );
        // Whoever is gone leaves no word behind; who stands elsewhere now is found there.
        for number in 0..200 {
            Vault::take_off_roster(transaction, row(number, &[]).row.person)?;
        }
        Vault::put_on_roster(transaction, &row(1_000, &[7]))?;
        for (table, left) in [("roster", 1_i64), ("roster_terms", 5)] {
            let count = format!("SELECT count(*) FROM {table}");
            assert_eq!(transaction.query_row(&count, [], |row| row.get::<_, i64>(0))?, left, "{table}");
        }
        assert_eq!(
            persons(transaction, &RosterAsk { after: cursor, ..EVERYBODY }),
            [1_000],
            "from the beginning"
        );
        Ok(())
    };
    vault.write(work).unwrap();
}

/// All pages of so many persons.
fn paged(connection: &Connection, ask: &RosterAsk<'_>) -> Vec<u32> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let ask = RosterAsk { after, ..*ask };
        all.extend(persons(connection, &ask));
        match Vault::roster_page(connection, &ask).unwrap().1 {
            None => return all,
            next => after = next,
        }
    }
}

#[test]
fn whichever_way_they_are_found_the_pages_hold_whoever_has_all_that_is_asked_for() {
    let home = TempDir::new().unwrap();
    let mut vault = made_in(&home);
    let work = |transaction: &Transaction<'_>| -> Result<(), VaultRefused> {
        Vault::begin_roster(transaction, 1)?;
        for number in 0..200 {
            Vault::put_on_roster(transaction, &row(number, &number.to_be_bytes()))?;
        }
        // Everybody has the first, every second or seventh the next, nobody the last; nobody has both the third and the fourth.
        // The one before the last has two spellings.
        let words: [&[&str]; 7] = [&["ад"], &["н5"], &["м0"], &["м1"], &["н"], &["м0", "н6"], &["ж"]];
        for bits in 0..1_u8 << words.len() {
            let typed = (0..).zip(words).filter(|(place, _)| bits & (1 << place) != 0);
            let typed: Vec<Vec<String>> = typed
                .map(|(_, word)| word.iter().copied().map(str::to_owned).collect())
                .collect();
            let begins = |number: u32| {
                let folded = row(number, &[]).folded;
                let is_there = |typed: &String| folded.split(' ').any(|word| word.starts_with(typed));
                typed.iter().all(|spellings| spellings.iter().any(is_there))
            };
            for (squad, state, limit) in [
                (None, None, 7),
                (Some(1), None, 3),
                (None, Some("active"), 50),
                (Some(2), Some("applied"), 1),
            ] {
                let is_due = |number: &u32| {
                    let state_due = if number.is_multiple_of(2) { "active" } else { "applied" };
                    begins(*number)
                        && squad.is_none_or(|squad| number % 3 == u32::from(squad))
                        && state.is_none_or(|state| state == state_due)
                };
                let due: Vec<u32> = (0..200).filter(is_due).collect();
                let squad = squad.map(|squad| SquadId::from_bytes([squad; 16]));
                let ask = RosterAsk { words: &typed, squad, state, after: None, limit };
                assert_eq!(paged(transaction, &ask), due, "{ask:?}");
            }
        }
        Ok(())
    };
    vault.write(work).unwrap();
}

#[test]
fn an_index_of_other_tables_is_emptied_and_everything_is_due() {
    let home = TempDir::new().unwrap();
    let mut vault = made_in(&home);
    let work = |transaction: &Transaction<'_>| -> Result<(), VaultRefused> {
        assert!(!Vault::is_roster_current(transaction, 1)?, "it was never made");
        say(transaction, "name_on", 7);
        Vault::begin_roster(transaction, 1)?;
        settle(transaction);
        Vault::put_on_roster(transaction, &row(1, &[1]))?;
        Vault::begin_roster(transaction, 1)?;
        assert!(Vault::is_roster_current(transaction, 1)?);
        assert_eq!(persons(transaction, &EVERYBODY), [1]);
        Vault::begin_roster(transaction, 2)?;
        assert!(!Vault::is_roster_current(transaction, 2)? && !Vault::is_roster_current(transaction, 1)?);
        assert_eq!((persons(transaction, &EVERYBODY), due(transaction)), (vec![], vec![document(7)]));
        Ok(())
    };
    vault.write(work).unwrap();
}

#[test]
fn what_is_no_cursor_is_refused() {
    for written in
        ["", "1.2", "1.2.3", "1.2.000102030405060708090a0b0c0d0e0f.4", "z.2.000102030405060708090a0b0c0d0e0f"]
    {
        assert_eq!(written.parse::<RosterCursor>(), Err(NotACursor), "{written}");
    }
    let written = "0.ffffff0000000000.000102030405060708090a0b0c0d0e0f";
    assert_eq!(written.parse::<RosterCursor>().unwrap().to_string(), written);
}
