//! What members, strangers and hostile bytes can do to the attachments that a relay keeps.

use jasaq_protocol::attachment::{
    AttachmentKey, AttachmentName, PartAnswer, SealedAttachment, seal_attachment,
};
use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::limits::STEP_BYTES;
use jasaq_protocol::membership::Operation;

use super::*;
use crate::keeping::{Defect, check};
use crate::limits::PARTS_CLEARED_AT_ONCE;
use crate::world::{
    Device, District, Envelope, PATROLS, PROTECTED, REGISTER, SQUAD, chance, close, cut_to,
    erase_attachments, remove, sync,
};

fn sealed(bytes: usize) -> SealedAttachment {
    seal_attachment(&AttachmentKey::make(&mut chance(5)), &vec![7; bytes]).unwrap()
}

fn stream(attachment: &SealedAttachment, from: u64) -> Vec<u8> {
    let mut stream = Vec::new();
    if from == attachment.name.steps() {
        return stream;
    }
    let parts = (0..).zip(&attachment.parts).skip(usize::try_from(from / PART_STEPS).unwrap());
    for (number, part) in parts {
        let first = usize::try_from(from.saturating_sub(number * PART_STEPS)).unwrap();
        stream.extend_from_slice(&part.proof);
        stream.extend_from_slice(&part.bytes[first * STEP_BYTES..]);
    }
    stream
}

fn head(
    relay: &Relay,
    device: &Device,
    verb: PartVerb,
    (space, name, from): (SpaceId, AttachmentName, u64),
) -> PartHead {
    PartHead::sign((device.keys.signing(), &relay.id(), [9; 16]), verb, (space, name), from)
}

/// Brings a stream, in pieces, and says what the relay answers.
fn bring(
    relay: &mut Relay,
    device: &Device,
    at: (SpaceId, AttachmentName, u64),
    bytes: &[u8],
) -> (PartStanding, u64) {
    let head = head(relay, device, PartVerb::Put, at);
    let mut bringing = relay.begin_parts(head.clone()).unwrap();
    for piece in bytes.chunks(9_000) {
        if !bringing.is_open() {
            break;
        }
        bringing.take(piece).unwrap();
        if bringing.is_full() {
            relay.store_parts(&mut bringing).unwrap();
        }
    }
    let answer = relay.finish_parts(bringing).unwrap();
    PartAnswer::decode(&answer).unwrap().verify(&relay.id(), &head).unwrap()
}

fn give(
    relay: &mut Relay,
    device: &Device,
    at: (SpaceId, AttachmentName, u64),
) -> (PartStanding, u64, Vec<u8>) {
    let head = head(relay, device, PartVerb::Get, at);
    let given = relay.give_parts(&head).unwrap();
    let (answer, parts) = given.bytes.split_at(PartAnswer::LENGTH);
    let (standing, held) = PartAnswer::decode(answer).unwrap().verify(&relay.id(), &head).unwrap();
    (standing, held, parts.to_vec())
}

#[test]
fn what_one_brought_another_is_given_from_any_step_on() {
    let mut district = District::new();
    let mut relay = district.founded();
    let photo = sealed(300_000);
    let steps = photo.name.steps();
    let brought = bring(&mut relay, &district.vol, (PATROLS, photo.name, 0), &stream(&photo, 0));
    assert_eq!(brought, (PartStanding::Open, steps));
    for from in [0, 1, 16, 40, steps] {
        let given = give(&mut relay, &district.head, (PATROLS, photo.name, from));
        assert!(given == (PartStanding::Open, steps, stream(&photo, from)), "from {from}");
    }
}

#[test]
fn a_push_that_broke_off_goes_on_behind_its_last_step_whoever_brings_it() {
    let mut district = District::new();
    let mut relay = district.founded();
    let photo = sealed(300_000);
    let whole = stream(&photo, 0);
    // In the middle of a step of the third part.
    let cut = &whole[..whole.len() * 6 / 10];
    let (standing, held) = bring(&mut relay, &district.vol, (PATROLS, photo.name, 0), cut);
    assert!(standing == PartStanding::Open && held > 32 && held < photo.name.steps());
    // Behind a gap nothing is taken, and nobody is blamed.
    let behind = bring(&mut relay, &district.vol, (PATROLS, photo.name, held + 1), &stream(&photo, held + 1));
    assert_eq!(behind, (PartStanding::Open, held));
    let rest = stream(&photo, held);
    assert!(rest.len() < whole.len() / 2);
    let brought = bring(&mut relay, &district.head, (PATROLS, photo.name, held), &rest);
    assert_eq!(brought, (PartStanding::Open, photo.name.steps()));
    assert!(give(&mut relay, &district.head, (PATROLS, photo.name, 0)).2 == whole);
}

#[test]
fn bytes_that_the_name_does_not_name_are_not_stored() {
    let mut district = District::new();
    let mut relay = district.founded();
    let photo = sealed(100_000);
    let mut wrong = stream(&photo, 0);
    let at = wrong.len() - 10_000;
    wrong[at] ^= 1;
    let (standing, held) = bring(&mut relay, &district.vol, (PATROLS, photo.name, 0), &wrong);
    assert!(standing == PartStanding::Wrong && held > 16 && held < photo.name.steps());
    let longer = AttachmentName::new(*photo.name.root(), photo.name.bytes() + 1).unwrap();
    bring(&mut relay, &district.vol, (PATROLS, longer, 0), &stream(&photo, 0));
    let brought = bring(&mut relay, &district.vol, (PATROLS, photo.name, held), &stream(&photo, held));
    assert_eq!(brought, (PartStanding::Open, photo.name.steps()), "a false length is in nobody's way");
}

#[test]
fn only_who_reads_or_writes_a_space_brings_and_only_who_reads_it_is_given() {
    let mut district = District::new();
    let mut relay = district.founded();
    let scan = sealed(5_000);
    let whole = stream(&scan, 0);
    let outside = bring(&mut relay, &district.ts, (PATROLS, scan.name, 0), &whole);
    assert_eq!(outside, (PartStanding::MayNot, 0));
    let elsewhere = bring(&mut relay, &district.vol, (REGISTER, scan.name, 0), &whole);
    assert_eq!(elsewhere, (PartStanding::MayNot, 0));
    let nowhere = bring(&mut relay, &district.vol, (SpaceId::from_bytes([1; 16]), scan.name, 0), &whole);
    assert_eq!(nowhere, (PartStanding::NotYet, 0));
    let dropped = bring(&mut relay, &district.vol, (PROTECTED, scan.name, 0), &whole);
    assert_eq!(dropped, (PartStanding::Open, 2), "a volunteer drops in what he cannot read back");
    assert_eq!(give(&mut relay, &district.vol, (PROTECTED, scan.name, 0)).0, PartStanding::MayNot);
    assert!(give(&mut relay, &district.head, (PROTECTED, scan.name, 0)).2 == whole);
    let stranger = head(&relay, &Device::new(77), PartVerb::Put, (PATROLS, scan.name, 0));
    assert!(matches!(relay.begin_parts(stranger), Err(WatchRefused::Unknown)));
    let for_another = head(&relay, &district.vol, PartVerb::Put, (PATROLS, scan.name, 0));
    let mut elsewhere = Relay::open_in_memory(&[district.root.id()], &mut chance(51)).unwrap();
    assert!(matches!(elsewhere.begin_parts(for_another), Err(WatchRefused::Sync(SyncRefused::Garbage(_)))));
}

#[test]
fn what_does_not_fit_is_refused_before_its_first_byte_and_what_is_there_stays() {
    let mut district = District::new();
    let quotas = Quotas { device_attachment_bytes_max: 250_000, ..Quotas::default() };
    let mut relay = district.founded().with_quotas(quotas);
    let [first, second] = [200_000, 100_000].map(sealed);
    let brought = bring(&mut relay, &district.vol, (PATROLS, first.name, 0), &stream(&first, 0));
    assert_eq!(brought, (PartStanding::Open, first.name.steps()));
    let refused = bring(&mut relay, &district.vol, (PATROLS, second.name, 0), &stream(&second, 0));
    assert_eq!(refused, (PartStanding::Quota, 0));
    let others = bring(&mut relay, &district.head, (PATROLS, second.name, 0), &stream(&second, 0));
    assert_eq!(others, (PartStanding::Open, second.name.steps()), "another device has room of its own");
    let asked = bring(&mut relay, &district.vol, (PATROLS, first.name, 0), &[]);
    assert_eq!(asked, (PartStanding::Open, first.name.steps()));
}

/// The SS says something in the squad's roll.
fn say(relay: &mut Relay, district: &mut District, word: &Operation) {
    let word = district.ss.operate(SQUAD, word);
    assert_eq!(sync(relay, &mut district.ss, &[word]).refused, []);
}

#[test]
fn what_was_erased_is_gone_in_its_space_and_is_not_taken_again() {
    let mut district = District::new();
    let mut relay = district.founded();
    let photo = sealed(100_000);
    let (whole, nothing) = (stream(&photo, 0), (PartStanding::Erased, 0));
    for space in [PATROLS, PROTECTED] {
        bring(&mut relay, &district.head, (space, photo.name, 0), &whole);
    }
    let longer = AttachmentName::new(*photo.name.root(), photo.name.bytes() + 1).unwrap();
    bring(&mut relay, &district.head, (PATROLS, longer, 0), &whole);
    let before = relay.stock().unwrap();
    say(&mut relay, &mut district, &erase_attachments(PATROLS, &[*photo.name.root()]));
    assert_eq!((before.attachments, relay.stock().unwrap().attachments), (3, 1), "whatever its length");
    let given = give(&mut relay, &district.head, (PATROLS, photo.name, 0));
    assert_eq!(given, (PartStanding::Erased, 0, Vec::new()));
    for device in [&district.vol, &district.head] {
        assert_eq!(bring(&mut relay, device, (PATROLS, photo.name, 0), &whole), nothing);
    }
    let elsewhere = give(&mut relay, &district.head, (PROTECTED, photo.name, 0));
    assert!(elsewhere == (PartStanding::Open, photo.name.steps(), whole), "in another space it stays");
    let outside = give(&mut relay, &district.ts, (PATROLS, photo.name, 0));
    assert_eq!(outside.0, PartStanding::MayNot, "who may not read is not told either");
}

#[test]
fn what_is_erased_or_closed_while_it_comes_is_taken_no_further() {
    for word in [erase_attachments(PATROLS, &[*sealed(300_000).name.root()]), close(PATROLS)] {
        let mut district = District::new();
        let mut relay = district.founded();
        let photo = sealed(300_000);
        let whole = stream(&photo, 0);
        let head = head(&relay, &district.vol, PartVerb::Put, (PATROLS, photo.name, 0));
        let mut bringing = relay.begin_parts(head.clone()).unwrap();
        bringing.take(&whole[..100_000]).unwrap();
        relay.store_parts(&mut bringing).unwrap();
        assert_eq!(relay.stock().unwrap().attachments, 1, "otherwise nothing is proved");
        say(&mut relay, &mut district, &word);
        bringing.take(&whole[100_000..]).unwrap();
        let answer = relay.finish_parts(bringing).unwrap();
        let (standing, held) = PartAnswer::decode(&answer).unwrap().verify(&relay.id(), &head).unwrap();
        assert!(standing != PartStanding::Open && held == 0);
        assert_eq!((relay.stock().unwrap().attachments, relay.count_due()), (0, 0));
    }
}

/// One more attachment than there are parts in a step, and the words that erase them.
fn more_than_a_step(relay: &mut Relay, district: &mut District) -> (Vec<SealedAttachment>, Vec<Envelope>) {
    let lengths = 5_000..=5_000 + PARTS_CLEARED_AT_ONCE;
    let photos: Vec<_> = lengths.map(|bytes| sealed(usize::try_from(bytes).unwrap())).collect();
    for photo in &photos {
        bring(relay, &district.vol, (PATROLS, photo.name, 0), &stream(photo, 0));
    }
    let named = photos
        .chunks(38)
        .map(|named| named.iter().map(|photo| *photo.name.root()).collect::<Vec<_>>());
    let words = named
        .map(|named| district.ss.operate(SQUAD, &erase_attachments(PATROLS, &named)))
        .collect();
    (photos, words)
}

#[test]
fn many_that_are_erased_at_once_go_step_by_step_to_the_last() {
    let mut district = District::new();
    let mut relay = district.founded();
    let (_, words) = more_than_a_step(&mut relay, &mut district);
    assert_eq!(sync(&mut relay, &mut district.ss, &words).refused, []);
    assert!(relay.stock().unwrap().attachments > 0 && relay.count_due() > 0);
    while relay.clear() {}
    assert_eq!((relay.stock().unwrap().attachments, relay.count_due()), (0, 0));
}

#[test]
fn of_an_erasure_that_falls_what_its_turn_did_not_come_to_stays_and_the_rest_may_be_brought_again() {
    let mut district = District::new();
    let (mut relay, territory) = (district.founded(), district.territory());
    let falls = remove(&district.ss, cut_to(&district.ss, &[territory, SQUAD]));
    let falls = district.ts.operate(territory, &falls);
    let (photos, words) = more_than_a_step(&mut relay, &mut district);
    assert_eq!(sync(&mut relay, &mut district.ss, &words).refused, []);
    let left = relay.stock().unwrap().attachments;
    assert!(left > 0 && left < photos.len() as u64, "otherwise nothing is proved");
    sync(&mut relay, &mut district.ts, &[falls]);
    assert_eq!((relay.stock().unwrap().attachments, relay.count_due()), (left, 0));
    for photo in &photos {
        let brought = bring(&mut relay, &district.vol, (PATROLS, photo.name, 0), &stream(photo, 0));
        assert_eq!(brought, (PartStanding::Open, photo.name.steps()));
    }
}

#[test]
fn the_attachments_of_a_closed_space_go_step_by_step_and_leave_nothing_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mut district) = (folder.path().join("relay.db"), District::new());
    let mut relay = Relay::open(&data, &[district.root.id()], &mut chance(50)).unwrap();
    district.bring_rolls(&mut relay);
    let parts = PARTS_CLEARED_AT_ONCE + 20;
    let video = sealed(usize::try_from(parts).unwrap() * 65_520);
    let (whole, closed) = (stream(&video, 0), close(PATROLS));
    for space in [PATROLS, PROTECTED] {
        let (verb, at) = (PartVerb::Put, (space, video.name, 0));
        let mut bringing = relay.begin_parts(head(&relay, &district.head, verb, at)).unwrap();
        bringing.take(&whole[..1_000_000]).unwrap();
        relay.finish_parts(bringing).unwrap();
    }
    for from in (15..parts).step_by(15) {
        let step = from * PART_STEPS;
        let rest = stream(&video, step);
        let rest = &rest[..rest.len().min(1_000_000)];
        bring(&mut relay, &district.head, (PATROLS, video.name, step), rest);
    }
    let held = |relay: &Relay| relay.stock().unwrap().attachment_bytes;
    let before = held(&relay);
    say(&mut relay, &mut district, &closed);
    assert_eq!((held(&relay), relay.count_due()), (before - PARTS_CLEARED_AT_ONCE * 65_536, 2));
    relay.close().unwrap();
    assert!(check(&data, &mut |_| ()).unwrap().is_sound(), "what is left is its beginning");
    let mut relay = Relay::open(&data, &[district.root.id()], &mut chance(50)).unwrap();
    assert!(!relay.clear(), "it goes on after a restart, also where no envelope was stored");
    assert_eq!((relay.stock().unwrap().attachments, relay.count_due()), (1, 0));
    let closed = give(&mut relay, &district.head, (PATROLS, video.name, 0));
    assert_eq!(closed, (PartStanding::MayNot, 0, Vec::new()));
    let brought = bring(&mut relay, &district.vol, (PATROLS, video.name, 0), &whole[..100_000]);
    assert_eq!(brought, (PartStanding::MayNot, 0));
    let log = std::fs::metadata(folder.path().join("relay.db-wal")).map_or(0, |log| log.len());
    let file = std::fs::read(&data).unwrap();
    let shows = |bytes: &[u8]| file.windows(bytes.len()).any(|window| window == bytes);
    for (number, part) in video.parts.iter().enumerate() {
        let is_elsewhere = number < 15;
        assert!(shows(&part.bytes[20_000..20_080]) == is_elsewhere && log == 0, "part {number}");
    }
}

#[test]
fn a_database_says_which_of_its_attachments_are_not_what_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let (data, mut district) = (folder.path().join("relay.db"), District::new());
    let mut relay = Relay::open(&data, &[district.root.id()], &mut chance(50)).unwrap();
    district.bring_rolls(&mut relay);
    let photo = sealed(200_000);
    bring(&mut relay, &district.vol, (PATROLS, photo.name, 0), &stream(&photo, 0)[..150_000]);
    relay.close().unwrap();
    let report = check(&data, &mut |_| ()).unwrap();
    assert!(report.is_sound() && report.stock.attachment_bytes > 100_000);
    let database = rusqlite::Connection::open(&data).unwrap();
    database
        .execute_batch("UPDATE parts SET bytes = zeroblob(length(bytes)) WHERE part = 1")
        .unwrap();
    assert_eq!(check(&data, &mut |_| ()).unwrap().defects.get(&Defect::Attachment), Some(&1));
}
