//! A phone dies while a photo is attached or comes, or its disk takes nothing more: what was acknowledged is there whole, what
//! came stays, and it goes on behind that.

use std::io::Cursor;

use jasaq_fieldbook::NewAttachment;
use jasaq_fieldbook::model::ids::StatementRef;
use jasaq_tests::{Field, Phone};

fn opened(field: &mut Field, phone: Phone, key: &StatementRef) -> Vec<u8> {
    let mut content = Cursor::new(Vec::new());
    field.book(phone).open_attachment(key, &mut content).unwrap();
    content.into_inner()
}

fn photo(number: u8) -> Vec<u8> {
    (0..=255).cycle().take(150_000).map(|byte: u8| byte ^ number).collect()
}

#[test]
fn a_photo_that_was_being_attached_when_the_phone_died_is_there_whole_or_not_at_all() {
    let mut field = Field::new(31);
    let ayan = field.phone("ayan");
    let patrol = field.start_patrol(ayan);
    let (mut acknowledged, mut died) = (Vec::new(), 0);
    for number in 0..30 {
        let file = photo(number);
        let new = NewAttachment { file: &file, keeps_metadata: true, ..NewAttachment::default() };
        let (attached, is_whole) = field.die_within(ayan, |book, _| book.attach(patrol, &new).unwrap());
        if is_whole {
            acknowledged.push((attached, file));
        } else {
            died += 1;
        }
    }
    assert!(died > 3 && acknowledged.len() > 3, "otherwise nothing was proved: {died} of 30 died within");
    let all = field.book(ayan).attachments(Some(patrol)).unwrap();
    assert!(all.iter().all(|view| view.here.is_whole()), "no statement names what is not there");
    for (key, file) in acknowledged {
        assert!(opened(&mut field, ayan, &key) == file);
    }
    assert!(field.book(ayan).doctor().unwrap().is_whole);
}

#[test]
fn a_phone_that_dies_while_photos_come_keeps_what_was_kept_and_gets_the_rest() {
    let mut field = Field::new(32);
    let (ayan, head) = (field.phone("ayan"), field.device("head"));
    let patrol = field.start_patrol(ayan);
    field.run_until_quiet();
    let mut keys = Vec::new();
    for number in 0..6 {
        let file = photo(number);
        let new = NewAttachment { file: &file, keeps_metadata: true, ..NewAttachment::default() };
        keys.push((field.book(ayan).attach(patrol, &new).unwrap(), file));
    }
    let mut satchel = Vec::new();
    field.book(ayan).export_satchel_with_attachments(&mut satchel).unwrap();
    let held = |field: &mut Field| -> u64 {
        let all = field.book(head).attachments(None).unwrap();
        all.iter().map(|view| view.here.bytes).sum()
    };
    let (mut before, mut tries) = (0, 0);
    while held(&mut field) < 6 * 150_048 {
        let (imported, is_whole) =
            field.die_within(head, |book, _| book.import_satchel(&mut satchel.as_slice()).map(drop));
        imported.unwrap();
        let now = held(&mut field);
        assert!(now >= before && (!is_whole || now == 6 * 150_048), "{now} after {before}");
        (before, tries) = (now, tries + 1);
        assert!(tries < 200, "it comes to an end");
    }
    for (key, file) in keys {
        assert!(opened(&mut field, head, &key) == file);
    }
    assert!(field.book(head).doctor().unwrap().is_whole);
}

#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_is_told_and_the_photo_comes_when_there_is_room() {
    use jasaq_tests::{District, where_files_end};

    let district = District::found();
    let (phone, head) = (district.home("phone"), district.home("head"));
    let file = phone.path().join("photo.bin");
    std::fs::write(&file, vec![7; 900_000]).unwrap();
    let attach = phone.command(&["attach", file.to_str().unwrap(), "--keep-metadata"]);
    let refused = where_files_end(400, &attach).output().unwrap();
    assert_eq!(refused.status.code(), Some(4), "{}", String::from_utf8_lossy(&refused.stderr));
    let none = phone.run(&["attachment", "list"]);
    assert_eq!(none["attachments"].as_array().unwrap().len(), 0, "whole or not at all");
    let key = phone.run(&["attach", file.to_str().unwrap(), "--keep-metadata"])["key"]
        .as_str()
        .unwrap()
        .to_owned();

    // What does not fit at the head's is told there, too, and nothing of it is half.
    let satchel = district.home("satchel");
    phone.run(&["satchel", "export", satchel.path().to_str().unwrap(), "--with-attachments"]);
    let import = head.command(&["satchel", "import", satchel.path().to_str().unwrap()]);
    let refused = where_files_end(500, &import).output().unwrap();
    assert_eq!(refused.status.code(), Some(4), "{}", String::from_utf8_lossy(&refused.stderr));
    assert_eq!(head.run(&["doctor"])["is_whole"], true);
    head.run(&["satchel", "import", satchel.path().to_str().unwrap()]);
    let elsewhere = tempfile::tempdir().unwrap();
    let saved = elsewhere.path().join("saved.bin");
    head.run(&["attachment", "save", &key, "-o", saved.to_str().unwrap()]);
    assert!(std::fs::read(saved).unwrap() == vec![7; 900_000]);
}
