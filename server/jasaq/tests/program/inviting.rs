//! Invites as a camera reads them and as a voice says them; used twice, withdrawn, for a second device.

use crate::squad::{Device, Place, RelayProcess, Squad, bring_in};

const OFFICE: [&str; 5] = ["invite", "--role", "ss", "--office", "2034"];

/// A console with a running relay.
fn console(place: &Place) -> (Device, RelayProcess) {
    let (ts, root) = place.found();
    let relay = RelayProcess::start(&place.path("relay.db"), &[&root]);
    ts.run(&["device", "relay", &relay.address]).well();
    ts.sync();
    (ts, relay)
}

/// The text of a QR code in a picture, by a reader that is not ours.
fn scan(picture: &[u8]) -> String {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(picture));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut grey = vec![0; reader.output_buffer_size().unwrap()];
    let side = reader.next_frame(&mut grey).unwrap().width as usize;
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| grey[y * side + x]);
    image.detect_grids()[0].decode().unwrap().1
}

#[test]
fn a_camera_reads_the_picture_and_the_device_joins_with_what_it_read() {
    let place = Place::new();
    let (ts, relay) = console(&place);
    let files = ["code.png", "code.svg"].map(|name| place.path(name).to_str().unwrap().to_owned());
    let code = ts
        .run(&[&OFFICE[..], &["--qr-png", &files[0], "--qr-svg", &files[1]]].concat())
        .well();
    ts.sync();
    let scanned = scan(&std::fs::read(&files[0]).unwrap());
    assert_eq!(scanned, code.to_uppercase());
    let ss = place.device("ss");
    let words = ss.run_with(&["join", "-"], &scanned).well();
    assert_eq!(ss.json(&["status"])["relay"], relay.address.as_str(), "the code says where the relay is");
    ss.sync();
    ts.sync();
    ts.run(&["device", "confirm", &words]).well();
    assert!(std::fs::read_to_string(&files[1]).unwrap().starts_with("<svg"));
    #[cfg(unix)]
    for file in &files {
        let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(file).unwrap());
        assert_eq!(mode & 0o777, 0o600, "who sees the picture can ask to join");
    }
}

#[test]
fn a_picture_that_cannot_be_written_leaves_the_code_standing() {
    let place = Place::new();
    let (ts, _relay) = console(&place);
    let nowhere = place.path("nowhere").join("code.png").to_str().unwrap().to_owned();
    let done = ts.run(&[&OFFICE[..], &["--qr-png", &nowhere]].concat());
    assert!(done.code == 4 && done.stdout.starts_with("jasaq:"), "{done:?}");
    assert_eq!(ts.json(&["invite", "list"])["invites"].as_array().unwrap().len(), 1);
}

#[test]
fn ten_words_and_the_relays_address_are_enough_to_join() {
    let place = Place::new();
    let (ts, relay) = console(&place);
    let spoken = ts.json(&OFFICE)["words"].as_str().unwrap().to_owned();
    assert_eq!(spoken.split_whitespace().count(), 10);
    let ss = place.device("ss");
    let typed: Vec<&str> = spoken.split_whitespace().collect();
    let join = |relay: &str| ss.run(&[&["join", "--relay", relay], &typed[..]].concat());
    let early = join(&relay.address);
    assert!(early.code == 3 && early.stderr.contains("does not know this invite yet"), "{early:?}");
    let nowhere = ss.run(&[&["join"], &typed[..]].concat());
    assert!(nowhere.code == 2 && nowhere.stderr.contains("--relay"), "{nowhere:?}");
    assert!(!ss.home.join("vault.db").exists(), "nothing was joined");
    ts.sync();
    let words = join(&relay.address).well();
    ss.sync();
    ts.sync();
    ts.run(&["device", "confirm", &words]).well();
    ts.sync();
    ss.sync();
    assert_eq!(ss.json(&["status"])["short_role"], "ss");
}

#[test]
fn of_a_misheard_word_the_line_is_named_and_nothing_is_joined() {
    let place = Place::new();
    let (ts, relay) = console(&place);
    let spoken = ts.json(&OFFICE)["words"].as_str().unwrap().to_owned();
    ts.sync();
    let (first, second) = spoken.split_once('\n').unwrap();
    let right = second.split(' ').next().unwrap();
    let vowel = right.chars().nth(1).unwrap();
    let wrong = right.replacen(vowel, if vowel == 'а' { "у" } else { "а" }, 1);
    let ss = place.device("ss");
    let misheard = format!("{first}\n{}", second.replacen(right, &wrong, 1));
    let refused = ss.run_with(&["join", "--relay", &relay.address, "-"], &misheard);
    assert!(refused.code == 5 && refused.stderr.contains("Line 2 has a mistake"), "{refused:?}");
    let few = ss.run_with(&["join", "--relay", &relay.address, "-"], first);
    assert!(few.code == 5 && few.stderr.contains("5 words where 10 are due"), "{few:?}");
    assert!(!ss.home.join("vault.db").exists());
}

#[test]
fn another_territorys_relay_is_not_believed_about_an_invite() {
    let (place, elsewhere) = (Place::new(), Place::new());
    let ((ts, _relay), (_, other)) = (console(&place), console(&elsewhere));
    let spoken = ts.json(&OFFICE)["words"].as_str().unwrap().to_owned();
    ts.sync();
    let ss = place.device("ss");
    let refused = ss.run_with(&["join", "--relay", &other.address, "-"], &spoken);
    assert!(refused.code == 3 && refused.stderr.contains("does not know this invite"), "{refused:?}");
    assert!(!ss.home.join("vault.db").exists());
}

#[test]
fn who_uses_a_code_for_the_second_time_is_told_so_and_joins_with_a_new_one() {
    let place = Place::new();
    let (ts, _relay) = console(&place);
    let code = ts.run(&OFFICE).well();
    ts.sync();
    let (first, second) = (place.device("first"), place.device("second"));
    let words = first.run_with(&["join", "-"], &code).well();
    first.sync();
    ts.sync();
    ts.run(&["device", "confirm", &words]).well();
    ts.sync();
    second.run_with(&["join", "-"], &code).well();
    for _ in 0..2 {
        let told = second.run(&["sync"]);
        assert!(told.code == 1 && told.stderr.contains("used for another device"), "{told:?}");
    }
    assert!(second.run(&["status"]).well().contains("Ask for a new invite"));
    assert_eq!(second.json(&["status"])["waits_in_vain"], true);
    let warned = ts.run(&["sync"]);
    assert!(warned.code == 0 && warned.stderr.contains("somebody else has its code"), "{warned:?}");
    let invites = ts.json(&["invite", "list"]);
    assert_eq!(invites["invites"][0]["state"], "used");
    assert_eq!(invites["invites"][0]["asked"].as_array().unwrap().len(), 2);
    assert!(ts.run(&["invite", "list"]).stderr.contains("somebody else has its code"));

    let code = ts.run(&OFFICE).well();
    ts.sync();
    let words = second.run_with(&["join", "-"], &code).well();
    second.sync();
    assert_eq!(second.json(&["status"])["waits_in_vain"], false);
    ts.sync();
    ts.run(&["device", "confirm", &words]).well();
    ts.sync();
    second.sync();
    assert_eq!(second.json(&["status"])["short_role"], "ss");
}

#[test]
fn a_stranger_who_photographed_the_code_and_asked_first_comes_in_by_nobodys_default() {
    let place = Place::new();
    let (ts, _relay) = console(&place);
    let code = ts.run(&OFFICE).well();
    ts.sync();
    let (stranger, ss) = (place.device("stranger"), place.device("ss"));
    stranger.run_with(&["join", "-"], &code).well();
    stranger.sync();
    let words = ss.run_with(&["join", "-"], &code).well();
    ss.sync();
    ts.sync();
    assert_eq!(ts.json(&["invite", "list"])["invites"][0]["state"], "asked");
    assert_eq!(ts.run(&["device", "confirm", &words]).code, 1, "not without a second thought");
    let invite = ts.json(&["invite", "list"])["invites"][0]["invite"].as_str().unwrap()[..8].to_owned();
    ts.run(&["invite", "withdraw", &invite]).well();
    for words in [words, stranger.json(&["status"])["join_words"].as_str().unwrap().to_owned()] {
        let refused = ts.run(&["device", "confirm", "--despite-rivals", &words]);
        assert!(refused.code == 1 && refused.stderr.contains("withdrawn"), "{refused:?}");
    }
    assert_eq!(ts.json(&["invite", "list"])["invites"][0]["state"], "withdrawn");
    assert_eq!(ts.json(&["device", "list"])["devices"].as_array().unwrap().len(), 1);
}

#[test]
fn only_an_invite_that_is_there_and_unused_is_withdrawn() {
    let place = Place::new();
    let (ts, _relay) = console(&place);
    assert!(ts.run(&["invite", "list"]).well().contains("no invite yet"));
    bring_in(&place, &ts, "ss", &OFFICE[1..]);
    let unknown = ts.run(&["invite", "withdraw", "00000000"]);
    assert!(unknown.code == 1 && unknown.stderr.contains("no such invite"), "{unknown:?}");
    let used = ts.json(&["invite", "list"])["invites"][0]["invite"].as_str().unwrap()[..8].to_owned();
    let refused = ts.run(&["invite", "withdraw", &used]);
    assert!(refused.code == 1 && refused.stderr.contains("has let a device in already"), "{refused:?}");
}

#[test]
fn one_person_may_have_two_devices_which_stand_together_in_the_list() {
    let squad = Squad::found();
    let member = squad.volunteer.json(&["device", "list"]);
    let own = member["devices"]
        .as_array()
        .unwrap()
        .iter()
        .find(|device| device["is_this"] == true)
        .unwrap();
    let member = own["member"].as_str().unwrap().to_owned();
    let second = bring_in(&squad.place, &squad.head, "second", &["--for", &member[..8]]);
    let patrol = squad.volunteer.run(&["patrol", "start", "--mode", "joint"]).well();
    assert!(!patrol.is_empty());
    squad.volunteer.write("туман");
    second.run(&["sync"]).well();
    squad.meet();
    second.sync();
    assert_eq!(second.json(&["patrol", "show"])["entries"], 1);
    assert_eq!(second.json(&["status"])["short_role"], "vol");
    let listed = squad.head.json(&["device", "list"]);
    let person = listed["people"]
        .as_array()
        .unwrap()
        .iter()
        .find(|person| person["member"] == member.as_str());
    assert_eq!(person.unwrap()["devices"].as_array().unwrap().len(), 2);
    let roles = squad.head.run(&["invite", "--for", &member[..8], "--role", "head"]);
    assert_eq!(roles.code, 2, "a second device has the role of the first");
    let may_not = squad.volunteer.run(&["invite", "--for", &member[..8]]);
    assert_eq!(may_not.code, 1, "{may_not:?}");

    // Whom the subdivision brought in is not for the head to double.
    let own = bring_in(&squad.place, &squad.ss, "brought", &["--role", "vol", "--squad", "Сарысу"]);
    squad.head.sync();
    let devices = own.json(&["device", "list"]);
    let device = devices["devices"]
        .as_array()
        .unwrap()
        .iter()
        .find(|device| device["is_this"] == true)
        .unwrap();
    let brought = device["member"].as_str().unwrap()[..8].to_owned();
    let refused = squad.head.run(&["invite", "--for", &brought]);
    assert!(refused.code == 1 && refused.stderr.contains("brought this member"), "{refused:?}");
    bring_in(&squad.place, &squad.ss, "beside", &["--for", &brought]);
    // Whom the head brought is for the subdivision to help, and who added which of his phones is seen.
    bring_in(&squad.place, &squad.ss, "third", &["--for", &member[..8]]);
    squad.head.sync();
    let listed = squad.head.run(&["device", "list"]).well();
    let adders = ["head", "ss"].map(|whose| {
        let device = squad.place.device(whose).json(&["device", "list"])["devices"].clone();
        let own = device
            .as_array()
            .unwrap()
            .iter()
            .find(|device| device["is_this"] == true)
            .unwrap()
            .clone();
        format!("added by {}", &own["device"].as_str().unwrap()[..8])
    });
    assert!(adders.iter().all(|adder| listed.contains(adder)), "{listed}");
}

#[test]
fn a_second_console_of_the_territorial_subdivision_is_let_in_by_sheets_and_whoever_invites_one_is_told_so() {
    let place = Place::new();
    let (ts, _) = place.found();
    let own = ts.json(&["device", "list"])["devices"][0]["member"]
        .as_str()
        .unwrap()
        .to_owned();
    for asked in [&["--role", "ts"][..], &["--role", "ts", "--office", "second"], &["--for", &own[..8]]] {
        let refused = ts.run(&[&["invite"][..], asked].concat());
        assert!(
            refused.code == 1 && refused.stderr.contains("jasaq recovery start"),
            "{asked:?} {refused:?}"
        );
    }
    let help = ts.run(&["invite", "--help"]).well();
    assert!(help.contains("jasaq recovery start") && !help.contains("values: ts"), "{help}");
}
