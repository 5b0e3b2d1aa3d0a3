//! What opening does once for each program: what an older one left unread is read.

use jasaq_model::roles::Role;
use jasaq_model::words::Name;
use tempfile::TempDir;

use super::*;
use crate::Membering;

fn surroundings() -> Surroundings {
    Surroundings::of_the_system(None)
}

fn carry(from: &mut Fieldbook, to: &mut Fieldbook) {
    let mut satchel = Vec::new();
    from.export_satchel(&mut satchel).unwrap();
    to.import_satchel(&mut satchel.as_slice()).unwrap();
}

fn create_squad(council: &mut Fieldbook, name: &str) {
    let [name, district, number] = [name, "Панфилов ауданы", name].map(|text| Name::new(text).unwrap());
    let today = council.today();
    council.decide_squad((name, district), (number, today)).unwrap();
}

/// The names of the squads that a book shows.
fn squads(book: &mut Fieldbook) -> Vec<String> {
    let squads = book.register_squads().unwrap().unwrap().into_iter();
    squads
        .filter_map(|squad| squad.record.created)
        .map(|created| created.what.name.to_string())
        .collect()
}

/// A council's console that has created one squad and sealed it.
fn council(home: &Path, home_of_ts: &Path) -> Fieldbook {
    let handed_over = |_: &RootSheets| Ok::<_, FieldbookRefused>(());
    let (mut ts, _) = Fieldbook::found(home_of_ts, &KeyHolder::File, surroundings(), handed_over).unwrap();
    ts.set_relay("https://relay.example", None).unwrap();
    ts.create_council(&["Council"], 2026).unwrap();
    let membering = Membering::Office { role: Role::CoordinationCouncil, office: "Council" };
    let invite = ts.invite(membering).unwrap();
    let (mut council, words) = Fieldbook::join(home, &KeyHolder::File, surroundings(), &invite.code).unwrap();
    carry(&mut council, &mut ts);
    ts.confirm(&words.to_string()).unwrap();
    carry(&mut ts, &mut council);
    create_squad(&mut council, "Сарысу");
    council.flush().unwrap();
    council
}

#[test]
fn a_territory_whose_sheets_could_not_be_written_down_is_not_founded() {
    let home = TempDir::new().unwrap();
    let refused = Fieldbook::found(home.path(), &KeyHolder::File, surroundings(), |_| {
        Err(VaultRefused::ReadOnly.into())
    });
    assert!(matches!(refused, Err(FieldbookRefused::Vault(VaultRefused::ReadOnly))));
    assert!(!Vault::is_in(home.path()));
}

/// Leaves the vault as an older program would have, and opens it with this one.
fn renewed(mut older: Fieldbook, as_left: &str) -> Fieldbook {
    let left = older.vault.write(|transaction| -> Result<(), VaultRefused> {
        transaction.execute_batch(as_left)?;
        Vault::set_program(transaction, "0.0.0")
    });
    left.unwrap();
    let home = older.home().to_owned();
    drop(older);
    Fieldbook::open(&home, &KeyHolder::File, surroundings()).unwrap()
}

#[test]
fn content_that_an_older_program_refused_is_read_after_the_renewal() {
    let (home, of_ts) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let mut older = council(home.path(), of_ts.path());
    let before = squads(&mut older);
    let mut newer = renewed(
        older,
        "UPDATE envelopes SET state = 2 WHERE space IN (SELECT space FROM statements);
         DELETE FROM changes; DELETE FROM statements;",
    );
    assert_eq!(squads(&mut newer), before);
    assert_eq!(before, ["Сарысу"]);
}

#[test]
fn a_statement_that_an_older_program_could_not_read_is_read_after_the_renewal() {
    let (home, of_ts) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let mut older = council(home.path(), of_ts.path());
    let before = squads(&mut older);
    let nothing = blake3::hash(&[0xa0]).to_hex();
    let as_left = format!(
        "UPDATE statements SET kind = '', fields = x'a0', digest = x'{}'",
        nothing.as_str().split_at(32).0
    );
    let mut newer = renewed(older, &as_left);
    assert_eq!((squads(&mut newer), before), (vec!["Сарысу".to_owned()], vec!["Сарысу".to_owned()]));
    assert_eq!(newer.doctor().unwrap().rows_rebuilt, 0);
}

#[test]
fn a_space_of_which_something_was_left_out_is_asked_for_again() {
    let (home, of_ts) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let older = council(home.path(), of_ts.path());
    let cursors = "INSERT INTO cursors (space, number, running_hash, left_out)
                   VALUES (x'01', 9, zeroblob(32), 1), (x'02', 9, zeroblob(32), 0);";
    let newer = renewed(older, cursors);
    let left: i64 = newer
        .vault
        .read()
        .query_row("SELECT count(*) FROM cursors", [], |row| row.get(0))
        .unwrap();
    assert_eq!(left, 1);
}

/// A copy of a home with one page of its vault damaged, counted from 0.
fn damaged_copy(home: &Path, page: usize) -> TempDir {
    let copy = TempDir::new().unwrap();
    for file in std::fs::read_dir(home).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    let mut bytes = std::fs::read(copy.path().join("vault.db")).unwrap();
    bytes[page * 4_096 + 100] ^= 1;
    std::fs::write(copy.path().join("vault.db"), bytes).unwrap();
    copy
}

#[test]
fn of_a_vault_with_a_damaged_page_the_rest_is_rescued_and_the_device_goes_on() {
    let (home, of_ts) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let mut council = council(home.path(), of_ts.path());
    for number in 0..60_u8 {
        create_squad(&mut council, &format!("Сарысу-{number}"));
        if number == 29 {
            council.flush().unwrap();
        }
    }
    council.close().unwrap();
    let pages = std::fs::read(home.path().join("vault.db")).unwrap().len() / 4_096;
    let (mut whole, mut lost) = (0, 0);
    for page in 1..pages {
        let home = damaged_copy(home.path(), page);
        // Opening may notice by itself and rescue at once.
        let noticed = Fieldbook::open(home.path(), &KeyHolder::File, surroundings());
        let rescued = match noticed.map(drop) {
            Err(FieldbookRefused::Vault(VaultRefused::Rescued { set_aside })) => Ok(set_aside),
            Err(FieldbookRefused::Vault(VaultRefused::Damaged { set_aside })) => Err(set_aside),
            _ => match Fieldbook::rescue(home.path(), &KeyHolder::File) {
                Ok(rescued) => Ok(rescued.set_aside),
                Err(_) => Err(Some(home.path().to_owned())),
            },
        };
        match rescued {
            Err(kept) => {
                lost += 1;
                assert!(
                    kept.unwrap_or(home.path().to_owned()).join("vault.db").exists(),
                    "the damaged vault is never deleted"
                );
            }
            Ok(set_aside) => {
                assert!(set_aside.join("vault.db").exists() && set_aside.join("vault.key").exists());
                let mut book = Fieldbook::open(home.path(), &KeyHolder::File, surroundings()).unwrap();
                assert!(book.doctor().unwrap().is_whole);
                let squads = squads(&mut book).len();
                assert!(squads >= 31, "what was sealed is there: {squads}, page {page}");
                whole += usize::from(squads == 61);
            }
        }
    }
    assert!(lost <= 4, "only the schema's and the keys' pages take everything along: {lost} of {pages}");
    assert!(whole * 3 >= pages * 2, "of most pages nothing is missed: {whole} of {pages}");
}

#[test]
fn nothing_is_rescued_from_under_another_process() {
    let (home, of_ts) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let open = council(home.path(), of_ts.path());
    let refused = Fieldbook::rescue(home.path(), &KeyHolder::File);
    assert!(matches!(refused, Err(FieldbookRefused::Vault(VaultRefused::Busy))));
    open.close().unwrap();
    Fieldbook::rescue(home.path(), &KeyHolder::File).unwrap();
}
