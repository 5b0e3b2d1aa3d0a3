//! Attachments travel when two devices meet: thumbnails by themselves, photos to who wants them or carries them up, and every
//! meeting goes on where the last one broke.

use std::io::Cursor;

use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::protocol::sync::meeting::Stage;
use jasaq_fieldbook::{
    AttachRefused, AttachmentView, AttachmentsReport, Custody, FieldbookRefused, NewAttachment,
};
use jasaq_tests::{Chance, Field, Met, Phone, Pipe};

/// Ayan and Bekzat are on patrol, with no relay in reach.
struct Outing {
    field: Field,
    patrol: PatrolId,
    ayan: Phone,
    bekzat: Phone,
    head: Phone,
    ss: Phone,
}

impl Outing {
    fn new(seed: u64) -> Self {
        let mut field = Field::new(seed);
        let [ayan, bekzat] = ["ayan", "bekzat"].map(|name| field.phone(name));
        let [head, ss] = ["head", "ss"].map(|name| field.device(name));
        let patrol = field.start_patrol(ayan);
        field.run_until_quiet();
        Self { field, patrol, ayan, bekzat, head, ss }
    }

    fn attach(&mut self, file: &[u8], thumbnail: Option<&[u8]>) -> StatementRef {
        let new = NewAttachment { file, thumbnail, keeps_metadata: true, ..NewAttachment::default() };
        self.field.book(self.ayan).attach(self.patrol, &new).unwrap()
    }

    fn view(&mut self, phone: Phone, key: &StatementRef) -> AttachmentView {
        let all = self.field.book(phone).attachments(Some(self.patrol)).unwrap();
        all.into_iter().find(|view| view.key == *key).expect("it is known here")
    }

    fn opened(&mut self, phone: Phone, key: &StatementRef) -> Result<Vec<u8>, FieldbookRefused> {
        let mut content = Cursor::new(Vec::new());
        self.field.book(phone).open_attachment(key, &mut content)?;
        Ok(content.into_inner())
    }

    fn want(&mut self, phone: Phone, key: &StatementRef) {
        self.field.book(phone).want_attachment(key, true).unwrap();
    }

    fn meet_cut(&mut self, pair: (Phone, Phone), breaks_after: usize) -> Met {
        self.field
            .try_meet(pair, Pipe { breaks_after, ..Pipe::default() }, |_, _| false)
    }
}

/// Bytes that repeat nowhere soon.
fn noise(bytes: usize) -> Vec<u8> {
    Chance::of_seed(7).bytes(bytes)
}

/// The smallest picture there can be.
const PICTURE: &[u8] = b"\xff\xd8\xff\xda\0\x02\x01\x02\x03\xff\xd9";

#[test]
fn every_phone_gets_the_thumbnail_and_who_asked_for_it_the_photo() {
    let mut all = Outing::new(1);
    let content = noise(300_000);
    let key = all.attach(&content, Some(PICTURE));
    let (ayan, bekzat) = (all.ayan, all.bekzat);
    let met = all.field.meet(bekzat, ayan);
    assert_eq!(met.reports[0].attachments, 1, "the thumbnail");
    assert!(all.field.book(bekzat).open_thumbnail(&key).unwrap().is_some());
    assert!(matches!(all.opened(bekzat, &key), Err(FieldbookRefused::Attach(AttachRefused::NotHere))));
    assert!(met.bytes < 10_000, "nobody asked for the photo: {}", met.bytes);
    all.want(bekzat, &key);
    let met = all.field.meet(ayan, bekzat);
    assert_eq!((met.reports[1].attachments, met.reports[0].attachment_bytes_out), (1, 300_080));
    assert!(all.opened(bekzat, &key).unwrap() == content);
    let met = all.field.meet(ayan, bekzat);
    assert!(met.bytes < 600, "and they come to rest: {}", met.bytes);
}

#[test]
fn a_head_takes_up_the_photo_of_a_volunteer_who_has_no_way_to_the_relay() {
    let mut all = Outing::new(2);
    let content = noise(200_000);
    let key = all.attach(&content, Some(PICTURE));
    let [ayan, bekzat, head, ss] = [all.ayan, all.bekzat, all.head, all.ss];
    all.field.meet(ayan, bekzat);
    assert!(!all.view(bekzat, &key).here.is_whole(), "a volunteer carries nothing that he did not ask for");
    let met = all.field.meet(head, ayan);
    assert_eq!(met.reports[0].attachments, 2);
    assert_eq!(all.view(ayan, &key).custody, Some(Custody::WithHead), "and says so in the same meeting");
    let mut report = AttachmentsReport::default();
    all.field
        .over_link(head, |book, link| book.carry_attachments(link, &mut report).unwrap());
    assert_eq!(report.brought, 2, "photo and thumbnail");
    let met = all.field.meet(head, ss);
    assert_eq!(met.reports[1].attachments, 1, "the relay has the photo now: the head owes it no more");
    all.field.meet(ayan, head);
    assert!(
        all.field.meet(ayan, head).bytes < 600,
        "what the head says he holds is not offered to him again"
    );
}

#[test]
fn without_any_relay_a_photo_goes_from_hand_to_hand_to_the_subdivision() {
    let mut all = Outing::new(3);
    drop(all.field.take_relay());
    let content = noise(150_000);
    let key = all.attach(&content, None);
    let [ayan, head, ss] = [all.ayan, all.head, all.ss];
    all.field.meet(ayan, head);
    all.field.meet(head, ss);
    assert!(all.opened(ss, &key).unwrap() == content);
    all.field.meet(head, ss);
    all.field.meet(ayan, head);
    assert_eq!(all.view(ayan, &key).custody, Some(Custody::WithSs));
}

#[test]
fn a_photo_of_three_megabytes_passes_a_pipe_that_breaks_everywhere_and_no_byte_comes_twice() {
    let mut all = Outing::new(4);
    let content = noise(3_000_000);
    let key = all.attach(&content, Some(PICTURE));
    let [ayan, bekzat] = [all.ayan, all.bekzat];
    all.field.meet(ayan, bekzat);
    all.want(bekzat, &key);
    let (mut kept, mut crossed, mut tries) = (0, 0, 0);
    while !all.view(bekzat, &key).here.is_whole() {
        let before = all.view(bekzat, &key).here.bytes;
        let met = all.meet_cut((bekzat, ayan), 90_000 + 997 * tries);
        crossed += met.bytes as u64;
        kept += met.reports[0].attachment_bytes_in;
        assert!(all.view(bekzat, &key).here.bytes > before, "every meeting brings something: {met:?}");
        all.field.crash(if tries % 2 == 0 { bekzat } else { ayan });
        tries += 1;
    }
    let bytes = all.view(bekzat, &key).here.all;
    assert!(tries > 10, "otherwise nothing was proved");
    assert_eq!(kept, bytes, "each byte was kept once");
    assert!(crossed < bytes * 2, "{crossed} bytes for {bytes}");
    assert!(all.opened(bekzat, &key).unwrap() == content);
}

#[test]
fn over_the_worst_link_one_step_passes_each_time() {
    let mut all = Outing::new(5);
    let key = all.attach(&noise(60_000), None);
    let [ayan, bekzat] = [all.ayan, all.bekzat];
    all.field.meet(ayan, bekzat);
    all.want(bekzat, &key);
    let mut before = 0;
    while !all.view(bekzat, &key).here.is_whole() {
        all.meet_cut((ayan, bekzat), 8_000);
        let now = all.view(bekzat, &key).here.bytes;
        assert!(now > before);
        before = now;
    }
}

#[test]
fn forty_megabytes_cut_at_nine_tenths_go_on_at_the_next_meeting() {
    let mut all = Outing::new(6);
    let content = noise(40_000_000);
    let key = all.attach(&content, None);
    let [ayan, head] = [all.ayan, all.head];
    let cut = all.meet_cut((head, ayan), 37_000_000);
    let held = all.view(head, &key).here;
    assert!(held.bytes > 34_000_000 && !held.is_whole(), "{held:?}");
    assert!(cut.stages.iter().any(|stage| matches!(stage, Stage::Exchanging(progress)
        if progress.bytes_to_send == held.all && progress.bytes_sent < held.all)));
    for phone in [ayan, head] {
        all.field.crash(phone);
    }
    let rest = all.field.meet(ayan, head);
    assert_eq!(rest.reports[1].attachment_bytes_in, held.all - held.bytes);
    assert!(rest.bytes < 7_000_000, "it went on: {}", rest.bytes);
    assert!(all.opened(head, &key).unwrap() == content);
}

#[test]
fn small_attachments_are_there_before_a_large_one_that_was_asked_for_first() {
    let mut all = Outing::new(7);
    let large = all.attach(&noise(2_000_000), Some(PICTURE));
    let small = all.attach(&noise(5_000), None);
    let [ayan, bekzat] = [all.ayan, all.bekzat];
    all.field.run_until_quiet();
    for key in [&large, &small] {
        all.want(bekzat, key);
    }
    all.meet_cut((bekzat, ayan), 100_000);
    assert!(all.view(bekzat, &small).here.is_whole());
    assert!(all.field.book(bekzat).open_thumbnail(&large).unwrap().is_some());
    let here = all.view(bekzat, &large).here;
    assert!(here.bytes > 0 && !here.is_whole());
}

#[test]
fn what_was_erased_is_neither_offered_nor_taken_again() {
    let mut all = Outing::new(8);
    let key = all.attach(&noise(100_000), Some(PICTURE));
    let [ayan, bekzat, head] = [all.ayan, all.bekzat, all.head];
    all.field.meet(head, ayan);
    all.field.meet(bekzat, ayan);
    for phone in [ayan, head] {
        all.field.book(phone).erase_attachment(&key, true).unwrap();
    }
    all.want(bekzat, &key);
    for pair in [(bekzat, ayan), (head, bekzat), (ayan, head)] {
        let met = all.field.meet(pair.0, pair.1);
        let crossed: u64 = met.reports.iter().map(|report| report.attachment_bytes_in).sum();
        assert_eq!(crossed, 0, "{met:?}");
    }
    // Also where one who did not erase it still has it: who erased takes none of it.
    let mut all = Outing::new(9);
    let key = all.attach(&noise(100_000), Some(PICTURE));
    let [ayan, head] = [all.ayan, all.head];
    all.field.run_until_quiet();
    all.field.book(head).erase_attachment(&key, true).unwrap();
    let met = all.field.meet(head, ayan);
    assert_eq!(met.reports[0].attachment_bytes_in, 0);
    assert!(matches!(all.opened(head, &key), Err(FieldbookRefused::Attach(AttachRefused::Erased))));
}

#[test]
fn a_removed_phone_is_given_no_photo_and_what_it_has_stays_with_it() {
    let mut all = Outing::new(10);
    let key = all.attach(&noise(50_000), None);
    let [ayan, bekzat, head, ss] = [all.ayan, all.bekzat, all.head, all.ss];
    all.field.meet(ayan, head);
    all.field.meet(bekzat, head);
    all.want(bekzat, &key);
    let removed = all.field.id(bekzat);
    all.field.book(ss).remove_device(&removed, false).unwrap();
    all.field.meet(ss, head);
    let met = all.field.try_meet((bekzat, head), Pipe::default(), |_, _| false);
    assert_eq!(met.reports[0].attachment_bytes_in, 0);
    assert_eq!(all.view(bekzat, &key).here.bytes, 0);
}

#[test]
fn many_thumbnails_go_over_in_one_meeting() {
    let mut all = Outing::new(11);
    let [ayan, bekzat] = [all.ayan, all.bekzat];
    let keys: Vec<_> = (0..150).map(|number| all.attach(&noise(100 + number), Some(PICTURE))).collect();
    let met = all.field.meet(bekzat, ayan);
    assert_eq!(met.reports[0].attachments, 150);
    for key in keys {
        assert!(all.field.book(bekzat).open_thumbnail(&key).unwrap().is_some());
    }
}
