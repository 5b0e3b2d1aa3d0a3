//! A photo goes from one phone to another, and says nothing of where it was made.

use std::io::{Cursor, Read as _};
use std::net::TcpListener;
use std::process::Stdio;

use exif::experimental::Writer;
use exif::{Field, In, Rational, Reader, Tag, Value};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder as _, Rgb, RgbImage};

use crate::squad::{Place, Squad};

/// A photo as a phone makes it: with the place in it, and turned on its side.
fn photo(side: u32) -> Vec<u8> {
    let degrees = [45, 1, 57].map(|part| Rational { num: part, denom: 1 });
    let field = |tag, value| Field { tag, ifd_num: In::PRIMARY, value };
    let fields = [
        field(Tag::Orientation, Value::Short(vec![6])),
        field(Tag::GPSLatitude, Value::Rational(degrees.to_vec())),
        field(Tag::GPSLatitudeRef, Value::Ascii(vec![b"N".to_vec()])),
    ];
    let mut writer = Writer::new();
    for field in &fields {
        writer.push_field(field);
    }
    let mut block = Cursor::new(Vec::new());
    writer.write(&mut block, false).unwrap();
    // No two points alike, so that it is not small; the left half is darker.
    let point = |x: u32, y: u32| {
        let noise = u8::try_from((x.wrapping_mul(7_919) ^ y.wrapping_mul(104_729)) % 97).unwrap();
        if x < side { Rgb([noise; 3]) } else { Rgb([255 - noise; 3]) }
    };
    let picture = RgbImage::from_fn(2 * side, side, point);
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 95);
    encoder.set_exif_metadata(block.into_inner()).unwrap();
    picture.write_with_encoder(encoder).unwrap();
    jpeg
}

fn tells(jpeg: &[u8], tag: Tag) -> bool {
    let read = Reader::new().read_from_container(&mut Cursor::new(jpeg));
    read.is_ok_and(|exif| exif.get_field(tag, In::PRIMARY).is_some())
}

#[test]
fn a_photo_reaches_the_head_without_the_place_it_was_made_at() {
    let squad = Squad::found();
    squad.volunteer.run(&["patrol", "start", "--mode", "joint"]).well();
    let entry = squad.volunteer.write("ізі бар");
    let photo = photo(900);
    assert!(tells(&photo, Tag::GPSLatitude), "otherwise nothing is proved");
    let file = squad.place.file("IMG_0045.jpg", &photo);
    let key = squad
        .volunteer
        .run(&["attach", &file, "--entry", &entry, "--caption", "өткел"])
        .well();
    assert_eq!(squad.volunteer.json(&["status"])["attachments"]["on_this_phone"], 1);
    let synced = squad.volunteer.json(&["sync"]);
    assert_eq!(synced["attachments"]["brought"], 2, "the small picture and the whole");
    squad.meet();

    let listed = squad.head.json(&["attachment", "list"]);
    let view = &listed["attachments"][0];
    assert_eq!((view["key"].as_str(), view["media"].as_str()), (Some(key.as_str()), Some("image/jpeg")));
    assert_eq!((view["here"]["bytes"].as_u64(), view["entry"].as_str()), (Some(0), Some(entry.as_str())));
    assert_eq!(view["custody"], "with_author", "it is not here, and nobody else said that he has it");
    let status = squad.head.json(&["status"])["attachments"].clone();
    assert_eq!((&status["with_author"], &status["on_this_phone"]), (&1.into(), &0.into()));
    for command in [&["attachment", "list"][..], &["status"]] {
        let told = squad.head.run(command).well();
        assert!(told.contains("with its author"), "{told}");
    }
    let (small, whole) = (squad.place.path("small.jpg"), squad.place.path("whole.jpg"));
    let save = |to: &std::path::Path, more: &[&str]| {
        let save = ["attachment", "save", &key, "-o", to.to_str().unwrap()];
        squad.head.run(&[&save[..], more].concat())
    };
    save(&small, &["--thumbnail"]).well();
    let small = std::fs::read(small).unwrap();
    let picture = image::load_from_memory(&small).unwrap().into_luma8();
    assert!(picture.height() == 2 * picture.width() && small.len() < 24 * 1_024, "the side that is up is up");
    assert!(picture.get_pixel(10, 10)[0] < picture.get_pixel(10, picture.height() - 10)[0]);

    let early = save(&whole, &[]);
    assert!(early.code == 1 && early.stderr.contains("not come whole"), "{early:?}");
    assert!(!whole.exists());
    squad.head.run(&["attachment", "fetch", &key]).well();
    assert_eq!(squad.head.json(&["status"])["attachments_wanted"], 1);
    squad.meet();
    save(&whole, &[]).well();
    let whole = std::fs::read(whole).unwrap();
    assert!(tells(&whole, Tag::Orientation) && !tells(&whole, Tag::GPSLatitude));
    let [before, after] = [&photo, &whole].map(|jpeg| image::load_from_memory(jpeg).unwrap().into_rgb8());
    assert!(before == after, "not a point of the picture is changed");
    assert_eq!(squad.volunteer.json(&["status"])["attachments"]["with_head"], 1);
    let text = squad.head.run(&["--lang", "kk", "patrol", "show"]).well();
    assert!(text.contains("тіркеме") && text.contains("өткел"), "{text}");
}

#[test]
fn what_is_nowhere_else_is_erased_here_only_if_that_is_said() {
    let squad = Squad::found();
    squad.volunteer.run(&["patrol", "start", "--mode", "joint"]).well();
    let attach = |name: &str| {
        let file = squad.place.file(name, name.as_bytes());
        squad.volunteer.run(&["attach", &file, "--keep-metadata"]).well()
    };
    let (first, second) = (attach("first"), attach("second"));
    let refused = squad.volunteer.run(&["attachment", "erase", &first]);
    assert!(refused.code == 1 && refused.stderr.contains("nowhere else"), "{refused:?}");
    assert_eq!(refused.stderr.trim().lines().count(), 1, "{refused:?}");
    let to = squad.place.path("still there").to_str().unwrap().to_owned();
    squad.volunteer.run(&["attachment", "save", &first, "-o", &to]).well();
    squad.volunteer.run(&["attachment", "erase", &first, "--even-the-last"]).well();
    assert_eq!(squad.volunteer.run(&["attachment", "save", &first, "-o", &to]).code, 1);
    squad.volunteer.sync();
    squad.volunteer.run(&["attachment", "erase", &second]).well();
}

#[test]
fn what_keeps_its_place_is_attached_only_on_purpose_and_says_so() {
    let place = Place::new();
    let phone = place.phone();
    let file = place.file("act.pdf", b"%PDF-1.7 and so on");
    let refused = phone.run(&["attach", &file]);
    assert!(refused.code == 5 && refused.stderr.contains("cannot be taken out"), "{refused:?}");
    assert_eq!(phone.json(&["attachment", "list"])["attachments"], serde_json::json!([]));
    phone.run(&["attach", &file, "--keep-metadata"]).well();
    assert_eq!(phone.json(&["attachment", "list"])["attachments"][0]["keeps_metadata"], true);
    let empty = place.file("empty.jpg", b"");
    assert_eq!(phone.run(&["attach", &empty, "--keep-metadata"]).code, 5);
    let unknown = phone.run(&["attachment", "save", "AAAAAAAA.7"]);
    assert!(unknown.code == 1 && unknown.stderr.contains("no such attachment"), "{unknown:?}");
    assert_eq!(phone.run(&["attach", &file, "--keep-metadata", "--entry", "AAAAAAAA.7"]).code, 1);
}

#[test]
fn a_quota_of_the_relay_is_told_and_entries_go_on() {
    let mut squad = Squad::found();
    let data = squad.place.path("relay.db");
    let address = squad.relay.address.clone();
    let listen = address.trim_start_matches("http://").to_owned();
    drop(squad.relay.stdin.take());
    squad.relay.child.wait().unwrap();
    let small = ["--device-attachment-bytes", "100KiB", "--listen", &listen, "--trust", &squad.root];
    let _relay = crate::squad::RelayProcess::start_with(&data, &small);
    squad.volunteer.run(&["patrol", "start", "--mode", "joint"]).well();
    let file = squad.place.file("long.bin", &vec![7; 300_000]);
    squad.volunteer.run(&["attach", &file, "--keep-metadata"]).well();
    let entry = squad.volunteer.write("жол бос");
    let synced = squad.volunteer.run(&["sync"]);
    assert!(synced.code == 1 && synced.stderr.contains("quota"), "{synced:?}");
    assert_eq!(squad.volunteer.json(&["attachment", "list"])["attachments"][0]["standing"], "quota");
    assert_eq!(squad.volunteer.json(&["status"])["attachments_refused"], 1);
    squad.head.sync();
    let log = squad.head.json(&["patrol", "show"]);
    let keys = log["log"]
        .as_array()
        .unwrap()
        .iter()
        .map(|stated| stated["key"].as_str().unwrap());
    assert!(keys.into_iter().any(|key| key == entry), "entries go on");
}

/// Hands on what comes to the relay, up to so many bytes; then it is silent.
fn leak(to: &str, bytes_max: u64) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let to = to.trim_start_matches("http://").to_owned();
    std::thread::spawn(move || {
        let mut left = bytes_max;
        while let Ok((near, _)) = listener.accept() {
            let far = std::net::TcpStream::connect(&to).unwrap();
            let (mut back, mut from) = (near.try_clone().unwrap(), far.try_clone().unwrap());
            let answers = std::thread::spawn(move || drop(std::io::copy(&mut from, &mut back)));
            let passed = std::io::copy(&mut (&near).take(left), &mut &far).unwrap_or(left);
            left -= passed.min(left);
            if left == 0 {
                // Nothing more passes, and nobody is told: the sender waits until he is killed.
                let _ = std::io::copy(&mut &near, &mut std::io::sink());
                drop(far.shutdown(std::net::Shutdown::Both));
                answers.join().unwrap();
                return;
            }
            drop(far.shutdown(std::net::Shutdown::Write));
            answers.join().unwrap();
        }
    });
    address
}

#[test]
fn a_sync_that_is_killed_in_the_middle_of_a_film_goes_on_behind_what_the_relay_has() {
    let squad = Squad::found();
    squad.volunteer.run(&["patrol", "start", "--mode", "joint"]).well();
    let film: Vec<u8> = (0..3_000_000_u32).map(|index| (index % 251) as u8).collect();
    let file = squad.place.file("film.bin", &film);
    let key = squad.volunteer.run(&["attach", &file, "--keep-metadata"]).well();
    let leaking = leak(&squad.relay.address, 2_000_000);
    squad
        .volunteer
        .run(&["device", "relay", &leaking, "--id", &squad.relay.identity])
        .well();
    let mut syncing = squad.volunteer.command(&["sync"]);
    let mut syncing = syncing.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let whereabouts = || {
        let stock = jasaq_stock(&squad);
        stock["attachment_bytes"].as_u64().unwrap_or_default()
    };
    // The leak is silent once its bytes have passed; what came whole is stored by then or soon after.
    while whereabouts() < 1_800_000 {
        std::thread::yield_now();
    }
    syncing.kill().unwrap();
    syncing.wait().unwrap();
    squad
        .volunteer
        .run(&["device", "relay", &squad.relay.address, "--id", &squad.relay.identity])
        .well();
    let rest = squad.volunteer.json(&["sync"]);
    assert_eq!(rest["attachments"]["brought"], 1);
    assert!(rest["attachments"]["bytes_sent"].as_u64().unwrap() < 1_300_000, "{rest}");
    squad.head.sync();
    squad.head.run(&["attachment", "fetch", "--all"]).well();
    squad.head.sync();
    let saved = squad.place.path("saved.bin");
    squad
        .head
        .run(&["attachment", "save", &key, "-o", saved.to_str().unwrap()])
        .well();
    assert!(std::fs::read(saved).unwrap() == film);
}

/// How much the relay's database holds, looked at while it runs.
fn jasaq_stock(squad: &Squad) -> serde_json::Value {
    let data = squad.place.path("relay.db");
    let arguments = ["relay", "check", "--data", data.to_str().unwrap()];
    squad.ss.json(&arguments)
}
