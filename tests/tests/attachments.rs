//! Attachments: what is too large for an envelope travels beside the journals, goes on wherever it was cut, and is checked step
//! by step by whoever gets it.

use std::io::Cursor;

use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::model::words::Text;
use jasaq_fieldbook::protocol::attachment::PartStanding;
use jasaq_fieldbook::protocol::ids::RelayId;
use jasaq_fieldbook::{
    AttachRefused, AttachmentView, AttachmentsReport, Carrier, CarrierFailed, Custody, Fieldbook,
    FieldbookRefused, NewAttachment, PartsRequest,
};
use jasaq_relay::limits::Quotas;
use jasaq_tests::{Chance, Field, Phone};

/// Ayan is on patrol; the head and everybody else know of it.
struct Outing {
    field: Field,
    patrol: PatrolId,
    ayan: Phone,
    head: Phone,
    ss: Phone,
}

impl Outing {
    fn new(seed: u64) -> Self {
        let mut field = Field::new(seed);
        let ayan = field.phone("ayan");
        let [head, ss] = ["head", "ss"].map(|name| field.device(name));
        let patrol = field.start_patrol(ayan);
        field.run_until_quiet();
        Self { field, patrol, ayan, head, ss }
    }

    fn attach(&mut self, file: &[u8]) -> StatementRef {
        self.attach_with(file, None)
    }

    fn attach_with(&mut self, file: &[u8], thumbnail: Option<&[u8]>) -> StatementRef {
        let new = NewAttachment { file, thumbnail, keeps_metadata: true, ..NewAttachment::default() };
        self.field.book(self.ayan).attach(self.patrol, &new).unwrap()
    }

    fn carry(&mut self, phone: Phone) -> AttachmentsReport {
        let (report, outcome) = self.try_carry(phone);
        outcome.unwrap();
        report
    }

    fn try_carry(&mut self, phone: Phone) -> (AttachmentsReport, Result<(), FieldbookRefused>) {
        let mut report = AttachmentsReport::default();
        let outcome = self
            .field
            .over_link(phone, |book, link| book.carry_attachments(link, &mut report));
        (report, outcome)
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
}

/// Bytes that repeat nowhere soon.
fn noise(bytes: usize) -> Vec<u8> {
    Chance::of_seed(7).bytes(bytes)
}

/// The smallest picture there can be, with a remark in it.
const PICTURE: &[u8] = b"\xff\xd8\xff\xfe\0\x07fog, \xff\xda\0\x02\x01\x02\x03\xff\xd9";

#[test]
fn a_photo_attached_offline_reaches_who_wants_it_and_its_author_hears_that_it_is_safe() {
    let mut all = Outing::new(1);
    let content = noise(300_000);
    let key = all.attach_with(&content, Some(PICTURE));
    assert_eq!(all.opened(all.ayan, &key).unwrap(), content, "who attached it has it");
    assert_eq!(all.view(all.ayan, &key).custody, Some(Custody::OnThisPhone));
    let brought = all.carry(all.ayan);
    assert_eq!((brought.brought, brought.fetched), (2, 0));
    all.field.run_until_quiet();
    assert_eq!(all.view(all.ayan, &key).custody, Some(Custody::AtRelay));

    // The small picture comes by itself, the whole when it is wanted.
    assert_eq!(all.carry(all.head).fetched, 1);
    let thumbnail = all.field.book(all.head).open_thumbnail(&key).unwrap().unwrap();
    assert!(thumbnail.starts_with(&[0xff, 0xd8]) && !thumbnail.windows(3).any(|window| window == b"fog"));
    assert!(matches!(all.opened(all.head, &key), Err(FieldbookRefused::Attach(AttachRefused::NotHere))));
    all.want(all.head, &key);
    assert_eq!(all.carry(all.head).fetched, 1);
    assert_eq!(all.opened(all.head, &key).unwrap(), content);

    all.want(all.ss, &key);
    all.carry(all.ss);
    all.field.run_until_quiet();
    assert_eq!(
        all.view(all.ayan, &key).custody,
        Some(Custody::WithSs),
        "the SS's device said that it has all of it"
    );
}

/// Counts the bytes of bodies that go to the relay, and breaks one of them behind so many bytes.
struct Cutting<'a> {
    link: &'a mut dyn Carrier,
    breaks_after: Option<usize>,
    sent: usize,
}

impl Carrier for Cutting<'_> {
    fn fetch_identity(&mut self, address: &str) -> Result<RelayId, CarrierFailed> {
        self.link.fetch_identity(address)
    }

    fn carry(
        &mut self,
        to: &str,
        request: &[u8],
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CarrierFailed> {
        self.link.carry(to, request, answer)
    }

    fn carry_parts(
        &mut self,
        to: &str,
        request: &PartsRequest,
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CarrierFailed> {
        let body = request.body.clone().unwrap_or_default();
        let left = self.breaks_after.map_or(usize::MAX, |breaks| breaks.saturating_sub(self.sent));
        if left == 0 && !body.is_empty() {
            return Err(CarrierFailed::Unreachable);
        }
        let sent = body.len().min(left);
        self.sent += sent;
        let body = request.body.as_ref().map(|_| body[..sent].to_vec());
        let is_cut = sent < request.body.as_ref().map_or(0, Vec::len);
        let part = PartsRequest { body, ..request.clone() };
        self.link.carry_parts(to, &part, &mut |bytes| {
            if !is_cut {
                answer(bytes);
            }
        })?;
        if is_cut { Err(CarrierFailed::Broken) } else { Ok(()) }
    }
}

fn carry_cut(book: &mut Fieldbook, link: &mut dyn Carrier, breaks_after: Option<usize>) -> (usize, bool) {
    let mut cutting = Cutting { link, breaks_after, sent: 0 };
    let outcome = book.carry_attachments(&mut cutting, &mut AttachmentsReport::default());
    (cutting.sent, outcome.is_ok())
}

/// How long the proof of a part is: the subtrees beside its way up, and its steps.
fn proof_bytes(bytes: u64, part: u64) -> u64 {
    let (mut parts, mut at, mut depth) = (bytes.div_ceil(65_536), part, 0);
    while parts > 1 {
        let left = parts.next_power_of_two() / 2;
        (parts, at) = if at < left { (left, at) } else { (parts - left, at - left) };
        depth += 1;
    }
    32 * (depth + (bytes - part * 65_536).min(65_536).div_ceil(4_096))
}

#[test]
fn forty_megabytes_cut_at_nine_tenths_go_on_behind_the_last_step() {
    let mut all = Outing::new(2);
    let content = noise(40_000_000);
    let key = all.attach(&content);
    let ayan = all.ayan;
    let up = all.field.over_link(ayan, |book, link| carry_cut(book, link, Some(36_000_000)));
    assert_eq!(up, (36_000_000, false), "it broke at nine tenths");
    let held = all.field.relay().stock().unwrap().attachment_bytes;
    all.field.crash(ayan);
    let rest = all.field.over_link(ayan, |book, link| carry_cut(book, link, None));
    assert!(rest.1);
    let all_bytes = all.view(ayan, &key).at_relay;
    assert!(all_bytes.is_whole());
    let proofs: u64 = (0..all_bytes.all.div_ceil(65_536))
        .map(|part| proof_bytes(all_bytes.all, part))
        .sum();
    let again = (up.0 + rest.0) as u64 - all_bytes.all - proofs;
    assert!(again <= 4_096 + 832, "{again} bytes were sent again: more than a step and the proof before it");
    assert!(held > 35_000_000);

    // And likewise down: what came before a cut is not asked for again.
    all.field.run_until_quiet();
    all.want(all.head, &key);
    let mut received = 0;
    for _ in 0..2 {
        all.field.faults.cut_answer = if received == 0 { 30 } else { 0 };
        let (report, _) = all.try_carry(all.head);
        received += report.bytes_received;
        let head = all.head;
        all.field.crash(head);
    }
    all.field.faults.cut_answer = 0;
    received += all.carry(all.head).bytes_received;
    assert_eq!(received, all_bytes.all, "each byte was kept once");
    assert!(all.opened(all.head, &key).unwrap() == content);
}

/// Spoils one byte of what the relay gives, behind its signed word.
struct Spoiling<'a>(&'a mut dyn Carrier);

impl Carrier for Spoiling<'_> {
    fn fetch_identity(&mut self, address: &str) -> Result<RelayId, CarrierFailed> {
        self.0.fetch_identity(address)
    }

    fn carry(
        &mut self,
        to: &str,
        request: &[u8],
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CarrierFailed> {
        self.0.carry(to, request, answer)
    }

    fn carry_parts(
        &mut self,
        to: &str,
        request: &PartsRequest,
        answer: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CarrierFailed> {
        let mut all = Vec::new();
        self.0.carry_parts(to, request, &mut |bytes| all.extend_from_slice(bytes))?;
        if let Some(byte) = all.get_mut(100_000) {
            *byte ^= 1;
        }
        answer(&all);
        Ok(())
    }
}

#[test]
fn parts_that_do_not_match_the_name_are_not_kept_and_come_from_elsewhere() {
    let mut all = Outing::new(3);
    let content = noise(200_000);
    let key = all.attach(&content);
    all.carry(all.ayan);
    all.field.run_until_quiet();
    all.want(all.head, &key);
    let (head, mut report) = (all.head, AttachmentsReport::default());
    let carried = all.field.over_link(head, |book, link| {
        book.carry_attachments(&mut Spoiling(link), &mut report)
            .map_err(|refused| refused.to_string())
    });
    assert_eq!((carried, report.wrong, report.fetched), (Ok(()), 1, 0));
    let view = all.view(head, &key);
    assert_eq!(view.standing, PartStanding::Wrong);
    assert!(view.here.bytes > 65_536 && !view.here.is_whole(), "what came before it stays");
    assert_eq!(all.carry(head).fetched, 1, "the honest one goes on behind it");
    assert!(all.opened(head, &key).unwrap() == content);
}

#[test]
fn a_quota_that_is_reached_is_a_state_and_entries_go_on() {
    let mut all = Outing::new(4);
    let relay = all.field.take_relay();
    let quotas = Quotas { device_attachment_bytes_max: 150_000, ..Quotas::default() };
    all.field.restore_relay(relay.with_quotas(quotas));
    let [small, large] = [100_000, 200_000].map(|bytes| all.attach(&noise(bytes)));
    let report = all.carry(all.ayan);
    assert_eq!((report.brought, report.refused.get(&PartStanding::Quota)), (1, Some(&1)));
    assert_eq!(report.bytes_sent, 100_032, "of what does not fit not a byte is sent");
    assert!(all.view(all.ayan, &small).at_relay.is_whole());
    let view = all.view(all.ayan, &large);
    assert_eq!((view.standing, view.custody), (PartStanding::Quota, Some(Custody::OnThisPhone)));
    let (ayan, patrol) = (all.ayan, all.patrol);
    let entry = all.field.write(ayan, patrol, "goes on");
    all.field.run_until_quiet();
    let head = all.head;
    assert!(all.field.can_read(head, patrol, &entry));
    let relay = all.field.take_relay();
    all.field.restore_relay(relay.with_quotas(Quotas::default()));
    assert_eq!(all.carry(all.ayan).brought, 1, "with room it goes on by itself");
}

#[test]
fn a_relay_that_lost_everything_is_brought_the_parts_again_by_whoever_has_them() {
    let mut all = Outing::new(5);
    let content = noise(150_000);
    let key = all.attach(&content);
    all.carry(all.ayan);
    all.field.run_until_quiet();
    all.want(all.head, &key);
    all.carry(all.head);
    all.field.wipe_relay();
    all.field.run_until_quiet();
    assert_eq!(all.carry(all.head).brought, 1, "also by who did not attach it");
    all.want(all.ss, &key);
    assert_eq!(all.carry(all.ss).fetched, 1);
    assert!(all.opened(all.ss, &key).unwrap() == content);
}

#[test]
fn without_a_relay_attachments_travel_by_satchel_and_what_nobody_spoke_of_is_not_kept() {
    let mut all = Outing::new(9);
    drop(all.field.take_relay());
    let content = noise(300_000);
    let key = all.attach_with(&content, Some(PICTURE));
    let [ayan, head, ss] = [all.ayan, all.head, all.ss];
    let (mut without, mut with) = (Vec::new(), Vec::new());
    all.field.book(ayan).export_satchel(&mut without).unwrap();
    let packed = all.field.book(ayan).export_satchel_with_attachments(&mut with).unwrap();
    assert_eq!((packed.attachments, packed.attachments_left), (2, 0));
    assert!(without.len() < 100_000 && with.len() > 300_000);

    // Cut in the middle it brings what came; the whole goes on from there.
    let half = &with[..with.len() * 2 / 3];
    let taken = all.field.book(head).import_satchel(&mut &half[..]).unwrap();
    assert!(taken.cut && all.view(head, &key).here.bytes > 100_000);
    all.field.book(head).import_satchel(&mut with.as_slice()).unwrap();
    assert!(all.opened(head, &key).unwrap() == content);

    // Who knows of no such attachment keeps nothing of it.
    let ts = all.field.device("ts");
    assert_eq!(all.field.book(ts).import_satchel(&mut with.as_slice()).unwrap().attachments, 0);

    // A changed byte of a step is not kept, and nothing behind it.
    let mut spoiled = with.clone();
    let at = spoiled.len() - 50_000;
    spoiled[at] ^= 1;
    let taken = all.field.book(ss).import_satchel(&mut spoiled.as_slice()).unwrap();
    let here = all.view(ss, &key).here;
    assert!(taken.attachments_left == 1 && !here.is_whole() && here.bytes > 65_536);
    all.field.book(ss).import_satchel(&mut with.as_slice()).unwrap();
    assert!(all.opened(ss, &key).unwrap() == content);
}

#[test]
fn what_was_erased_comes_back_from_nowhere() {
    let mut all = Outing::new(6);
    let key = all.attach(&noise(100_000));
    all.carry(all.ayan);
    all.field.run_until_quiet();
    all.want(all.head, &key);
    all.carry(all.head);
    let (ayan, head) = (all.ayan, all.head);
    for phone in [ayan, head] {
        all.field.book(phone).erase_attachment(&key, false).unwrap();
        assert!(matches!(all.opened(phone, &key), Err(FieldbookRefused::Attach(AttachRefused::Erased))));
        assert_eq!(all.carry(phone), AttachmentsReport::default());
    }
    assert!(matches!(
        all.field.book(head).want_attachment(&key, true),
        Err(FieldbookRefused::Attach(AttachRefused::Erased))
    ));
}

#[test]
fn whatever_a_link_does_every_attachment_arrives_whole() {
    let mut all = Outing::new(7);
    let contents: Vec<_> = [1, 4_080, 65_520, 65_521, 700_000].map(noise).into();
    let keys: Vec<_> = contents.iter().map(|content| all.attach_with(content, Some(PICTURE))).collect();
    all.field.run_until_quiet();
    for key in &keys {
        all.want(all.head, key);
    }
    all.field.faults = jasaq_tests::Faults::storm();
    let phones = [all.ayan, all.head];
    for round in 0..200 {
        for phone in phones {
            drop(all.try_carry(phone));
            if round % 3 == 0 {
                all.field.crash(phone);
            }
        }
    }
    for (key, content) in keys.iter().zip(&contents) {
        assert!(all.opened(all.head, key).unwrap() == *content);
    }
    assert!(all.field.tally.count("parts cut on their way down") > 3, "otherwise the link was kind");
}

#[test]
fn what_cannot_be_attached_is_refused_and_nothing_of_it_stays() {
    let mut all = Outing::new(8);
    let ayan = all.ayan;
    let no_entry: StatementRef = "AAAAAAAA.9".parse().unwrap();
    let (caption, long) = (Text::new("ford").unwrap(), vec![0; 30_000]);
    let cases = [
        (NewAttachment { keeps_metadata: true, ..NewAttachment::default() }, AttachRefused::Empty),
        (
            NewAttachment { file: PICTURE, entry: Some(no_entry), ..NewAttachment::default() },
            AttachRefused::NoEntry,
        ),
        (
            NewAttachment { file: PICTURE, thumbnail: Some(long.as_slice()), ..NewAttachment::default() },
            AttachRefused::Thumbnail,
        ),
    ];
    for (new, why) in cases {
        let new = NewAttachment { caption: Some(caption.clone()), ..new };
        match all.field.book(ayan).attach(all.patrol, &new) {
            Err(FieldbookRefused::Attach(refused)) => assert_eq!(refused, why),
            other => panic!("{other:?}"),
        }
    }
    let pdf = NewAttachment { file: b"%PDF-1.7", ..NewAttachment::default() };
    let refused = all.field.book(ayan).attach(all.patrol, &pdf);
    assert!(matches!(refused, Err(FieldbookRefused::Attach(AttachRefused::Metadata(_)))));
    let kept = all.attach(b"%PDF-1.7");
    assert!(all.view(ayan, &kept).keeps_metadata, "it can be seen that somebody kept them");
    assert_eq!(all.field.book(ayan).attachments(None).unwrap().len(), 1);
}
