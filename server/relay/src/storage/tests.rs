//! What the database file promises by itself.

use super::*;

fn file() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.db");
    (folder, file)
}

#[test]
fn a_newer_schema_is_refused_and_left_as_it_is() {
    let (_folder, file) = file();
    Storage::open(&file).unwrap().close().unwrap();
    let newer = Connection::open(&file).unwrap();
    newer.pragma_update(None, "user_version", 77).unwrap();
    newer.close().unwrap();
    let before = std::fs::read(&file).unwrap();
    assert!(matches!(Storage::open(&file), Err(StorageError::Newer { found: 77, known: 6 })));
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn another_programs_file_is_refused_and_left_as_it_is() {
    let (folder, file) = file();
    let other = Connection::open(&file).unwrap();
    other.execute_batch("CREATE TABLE patrols (id INTEGER)").unwrap();
    other.close().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "not a database, but longer than the header of one: ".repeat(9)).unwrap();
    let before = [std::fs::read(&file).unwrap(), std::fs::read(&text).unwrap()];
    assert!(matches!(Storage::open(&file), Err(StorageError::Foreign)));
    assert!(matches!(Storage::open(&text), Err(StorageError::Foreign)));
    assert_eq!([std::fs::read(&file).unwrap(), std::fs::read(&text).unwrap()], before);
}

#[test]
fn a_place_that_cannot_be_written_is_said_when_it_is_opened() {
    let (folder, _) = file();
    assert!(matches!(Storage::open(folder.path()), Err(StorageError::Unusable(_))));
}

#[test]
fn every_commit_is_on_the_disk_before_it_is_answered() {
    let (_folder, file) = file();
    let storage = Storage::open(&file).unwrap();
    let pragma = |name| {
        storage
            .connection()
            .pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))
            .unwrap()
    };
    assert_eq!(pragma("journal_mode"), rusqlite::types::Value::Text("wal".to_owned()));
    assert_eq!(pragma("synchronous"), rusqlite::types::Value::Integer(2));
    assert_eq!(pragma("foreign_keys"), rusqlite::types::Value::Integer(1));
}
