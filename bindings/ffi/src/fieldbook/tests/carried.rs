//! Attachments, satchels, and devices that are removed: what of them crosses the border.

use super::*;
use crate::attachment::{AttachmentStandingView, NewAttachment, NewContent};

/// The smallest picture there can be, with a remark in it.
const PICTURE: &[u8] = b"\xff\xd8\xff\xfe\0\x07fog, \xff\xda\0\x02\x01\x02\x03\xff\xd9";

fn photo(content: NewContent) -> NewAttachment {
    NewAttachment {
        content,
        entry: None,
        caption: Some("өткел".to_owned()),
        thumbnail: Some(PICTURE.to_vec()),
        keeps_metadata: false,
    }
}

/// A district with a volunteer's phone beside the head's, a patrol, and a photo of the volunteer's.
struct WithPhoto {
    district: District,
    volunteer: Fieldbook,
    patrol: String,
    key: String,
}

impl WithPhoto {
    fn new() -> Self {
        let mut district = District::new();
        let volunteer = district.add_volunteer();
        volunteer.sync(Arc::new(district.relay.clone())).unwrap();
        let patrol = start(&volunteer);
        let path = district.homes.path().join("ford.jpg");
        std::fs::write(&path, PICTURE).unwrap();
        let file = NewContent::File { path: path.to_str().unwrap().to_owned() };
        let key = volunteer.attach(&patrol, photo(file)).unwrap();
        Self { district, volunteer, patrol, key }
    }

    fn path(&self, name: &str) -> String {
        self.district.homes.path().join(name).to_str().unwrap().to_owned()
    }
}

#[test]
fn a_photo_goes_by_the_relay_to_who_asks_for_it_and_its_metadata_stay_behind() {
    let all = WithPhoto::new();
    let (head, relay) = (&all.district.phone, Arc::new(all.district.relay.clone()));
    all.volunteer.sync(relay.clone()).unwrap();
    let brought = all.volunteer.carry_attachments(relay.clone()).unwrap();
    assert_eq!((brought.brought, brought.fetched, brought.refused.len()), (2, 0, 0));
    head.sync(relay.clone()).unwrap();
    assert_eq!(head.carry_attachments(relay.clone()).unwrap().fetched, 1, "the small picture");
    let thumbnail = head.read_thumbnail(&all.key).unwrap().unwrap();
    assert!(!thumbnail.windows(3).any(|window| window == b"fog"));
    assert!(matches!(head.read_attachment(&all.key), Err(FieldbookRefused::Rule { .. })));

    head.want_attachment(&all.key, true).unwrap();
    head.carry_attachments(relay).unwrap();
    let [view] = &*head.attachments(Some(all.patrol.clone())).unwrap() else { panic!("there is one") };
    assert_eq!((view.media.as_str(), view.caption.as_deref()), ("image/jpeg", Some("өткел")));
    assert_eq!((view.here.bytes, view.standing), (view.here.all, AttachmentStandingView::Open));
    assert!(view.is_wanted && !view.keeps_metadata && !view.is_erased);
    let saved = all.path("saved.jpg");
    head.save_attachment(&all.key, &saved).unwrap();
    assert_eq!(std::fs::read(&saved).unwrap(), head.read_attachment(&all.key).unwrap());

    std::fs::create_dir(all.path("taken")).unwrap();
    let files = || std::fs::read_dir(all.path("")).unwrap().count();
    let before = files();
    assert!(matches!(
        head.save_attachment(&all.key, &all.path("taken")),
        Err(FieldbookRefused::Storage { .. })
    ));
    assert_eq!(files(), before, "nothing of it is left in clear");

    head.erase_attachment(&all.key, false).unwrap();
    assert!(matches!(head.want_attachment(&all.key, true), Err(FieldbookRefused::Rule { .. })));
    assert!(head.save_attachment(&all.key, &all.path("again.jpg")).is_err());
    assert!(!Path::new(&all.path("again.jpg")).exists(), "whole or not at all");
}

#[test]
fn a_satchel_goes_as_one_file_or_in_parts_and_says_what_it_took_along() {
    let all = WithPhoto::new();
    let head = &all.district.phone;
    let whole = all.path("all.jasaq");
    let packed = all.volunteer.export_satchel(&whole, true).unwrap();
    assert_eq!((packed.attachments, packed.is_cut, packed.files), (2, false, vec![whole.clone()]));
    let parts = all.volunteer.export_satchel_parts(&all.path(""), 65_536).unwrap();
    assert!(!parts.files.is_empty());
    for part in &parts.files {
        assert!(std::fs::metadata(part).unwrap().len() <= 65_536);
        assert!(head.import_satchel(part).unwrap().received > 0);
    }
    let brought = head.import_satchel(&whole).unwrap();
    assert_eq!((brought.received, brought.attachments), (0, 2));
    assert_eq!(head.attachments(None).unwrap().len(), 1);
    assert!(head.read_attachment(&all.key).is_ok());

    assert!(matches!(head.import_satchel(&all.path("none.jasaq")), Err(FieldbookRefused::Storage { .. })));
    std::fs::write(all.path("no.jasaq"), b"no satchel").unwrap();
    assert!(matches!(head.import_satchel(&all.path("no.jasaq")), Err(FieldbookRefused::Input { .. })));
}

#[test]
fn a_head_removes_a_volunteers_phone_and_decides_about_what_it_wrote_later() {
    let all = WithPhoto::new();
    let (head, relay) = (&all.district.phone, Arc::new(all.district.relay.clone()));
    all.volunteer.sync(relay.clone()).unwrap();
    head.sync(relay.clone()).unwrap();
    let late = all.volunteer.write_entry(&all.patrol, round("кейін")).unwrap();
    let devices = all.volunteer.devices().unwrap();
    let own = devices.into_iter().find(|view| view.is_this).unwrap();
    assert_eq!(own.role, Role::Volunteer);

    let replaced = head.replace_device(&own.device, false);
    assert!(matches!(replaced, Err(FieldbookRefused::Rule { .. })), "the SS brought this member");
    assert!(!head.devices().unwrap().iter().any(|view| view.is_removed), "both or neither");
    assert!(head.remove_device(&own.device, false).unwrap().renewed > 0);
    head.sync(relay.clone()).unwrap();
    all.volunteer.sync(relay.clone()).unwrap();
    head.sync(relay).unwrap();
    assert!(head.devices().unwrap().iter().any(|view| view.is_removed));
    let held = head.held().unwrap();
    let [held] = &*held else { panic!("one is held: {held:?}") };
    assert_eq!((&held.key, held.text.as_deref(), held.may_decide), (&late, Some("кейін"), true));
    head.dismiss_held(std::slice::from_ref(&late)).unwrap();
    assert!(head.held().unwrap().first().unwrap().is_dismissed);
    head.admit_held(std::slice::from_ref(&late)).unwrap();
    assert!(head.held().unwrap().is_empty());
}

#[test]
fn what_may_not_be_is_refused_as_the_program_refuses_it() {
    let all = WithPhoto::new();
    let head = &all.district.phone;
    let own = head.devices().unwrap().into_iter().find(|view| view.is_this).unwrap().device;
    let refused = [
        head.remove_device(&own, false).map(drop),
        head.remove_device("00", false).map(drop),
        head.change_device_role(&own, Role::Volunteer),
        head.admit_held(&["AAAAAAAA.9".to_owned()]),
        head.dismiss_held(&["no key".to_owned()]),
        head.read_attachment("AAAAAAAA.9").map(drop),
        head.erase(&all.patrol).map(drop),
        all.volunteer.erase_attachment_for_all(&all.key),
    ];
    assert!(
        all.volunteer.read_attachment(&all.key).is_ok(),
        "who may not erase for all erases nothing of his own"
    );
    let mut sentences: Vec<String> = Vec::new();
    for refused in refused {
        let Err(FieldbookRefused::Rule { sentence, .. } | FieldbookRefused::Input { sentence, .. }) = refused
        else {
            panic!("it is not refused by a rule: {refused:?}");
        };
        assert!(sentence.chars().any(|letter| ('а'..='я').contains(&letter)), "in Russian: {sentence}");
        sentences.push(sentence);
    }
    sentences.sort();
    sentences.dedup();
    assert!(sentences.len() >= 4, "{sentences:?}");
    let empty = photo(NewContent::Bytes { bytes: Vec::new() });
    assert!(all.volunteer.attach(&all.patrol, empty).is_err());
}
