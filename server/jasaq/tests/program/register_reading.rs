//! What an office does not read is told as not read, with who keeps it, and never as *none*.

use serde_json::Value;

use crate::registry::{Registry, in_language, refusal};
use crate::squad::{Device, bring_in};

const ARAY: &str = "Бекова Арай Маратқызы;07.10.1997;012345678";

/// The commands that look into what some offices keep, and under which name a program reads the answer.
const OF_BOOKS: [(&[&str], &str); 3] = [
    (&["certificate", "list"], "certificates"),
    (&["register", "list"], "persons"),
    (&["training", "list"], "sessions"),
];
const OF_CHECKS: [(&[&str], &str); 2] =
    [(&["check", "show"], "persons"), (&["register", "application", "list"], "applications")];

/// What a phone reads nothing of, whatever the command.
const OF_NO_PHONE: [(&[&str], &str); 13] = [
    (&["person", "list"], "persons"),
    (&["person", "search", "Бекова"], "persons"),
    (&["person", "show", "Бекова"], "person"),
    (&["person", "readings"], "readings"),
    (&["list", "list"], "lists"),
    (&["list", "show", "02-14/311"], "list"),
    (&["decision", "list"], "decisions"),
    (&["review", "show"], "changes"),
    (&["squad", "list"], "register"),
    (&["squad", "show", "Сарысу"], "squad"),
    (&["squad", "roster"], "members"),
    (&["squad", "roster", "Сарысу"], "members"),
    (&["district", "list"], "districts"),
];

fn count(device: &Device, (command, name): (&[&str], &str)) -> Option<usize> {
    device.json(command)[name].as_array().map(Vec::len)
}

#[test]
fn who_does_not_read_the_books_is_told_who_keeps_them() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.make_active("Бекова", "0117");
    let head = bring_in(&registry.place, &registry.ss, "head", &["--role", "head"]);
    for device in [&registry.akimat, &registry.council, &head] {
        for asked in OF_BOOKS {
            assert_eq!(count(device, asked), None, "{asked:?} of {device:?}");
        }
        for (language, part) in [
            ("kk", "аумақтық бөлімше"),
            ("ru", "территориальное подразделение"),
            ("en", "territorial subdivision"),
        ] {
            let told = in_language(device, language, OF_BOOKS[0].0).well();
            assert!(told.contains(part), "{told}");
        }
    }
    for device in [&registry.ts, &registry.ss] {
        for asked in OF_BOOKS {
            assert_eq!(count(device, asked), Some(1), "{asked:?} of {device:?}");
        }
    }
}

#[test]
fn nobody_but_the_territorial_subdivision_is_told_that_nobody_is_checked() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.meet();
    assert_eq!(count(&registry.ts, OF_CHECKS[0]), Some(1));
    assert_eq!(count(&registry.ts, OF_CHECKS[1]), Some(0), "it reads that nobody applied");
    for device in [&registry.ss, &registry.akimat, &registry.council] {
        for asked in OF_CHECKS {
            assert_eq!(count(device, asked), None, "{asked:?} of {device:?}");
            let told = device.run(asked.0).well();
            assert!(told.contains("territorial subdivision alone"), "{told}");
        }
    }
    for device in [&registry.ss, &registry.council] {
        assert_eq!(refusal(device, &["check", "copies", "Бекова"]), "lists_not_read");
    }
}

#[test]
fn whether_somebody_may_go_out_is_not_said_where_it_does_not_follow() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.make_active("Бекова", "0117");
    let shown = |device: &Device| device.json(&["person", "show", "Бекова"]);
    for device in [&registry.akimat, &registry.council] {
        let shown = shown(device);
        for name in ["eligibility", "certificates", "training", "members", "registration"] {
            assert_eq!(shown[name], Value::Null, "{name} of {device:?}");
        }
        assert_eq!((&shown["reads_books"], &shown["reads_checks"]), (&false.into(), &false.into()));
        let told = device.run(&["person", "show", "Бекова"]).well();
        assert!(told.contains("does not read registrations") && !told.contains("not registered"), "{told}");
    }
    for device in [&registry.ts, &registry.ss] {
        assert_eq!(shown(device)["eligibility"]["eligible"], true);
    }
}

#[test]
fn what_is_opened_is_what_the_office_reads() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.make_active("Бекова", "0117");
    let open = ["person", "show", "Бекова", "--sensitive", "--reason", "шағым"];
    let at_ts = registry.ts.json(&open)["sensitive"].clone();
    assert_eq!(at_ts["checks"].as_array().unwrap().len(), 3);
    let at_ss = registry.ss.json(&open)["sensitive"].clone();
    assert_eq!((&at_ss["checks"], &at_ss["offences"]), (&Value::Null, &Value::Null));
    assert_eq!(at_ss["circumstances"], serde_json::json!([]), "those are its own");
    let told = registry.ss.run(&open).well();
    assert!(!told.contains("not asked") && told.contains("territorial subdivision alone"), "{told}");
    for device in [&registry.akimat, &registry.council] {
        assert_eq!(refusal(device, &open), "grounds_not_read", "a reading is no record");
    }
}

#[test]
fn no_paper_is_printed_empty_of_what_is_not_read() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.make_active("Бекова", "0117");
    let out = registry.place.path("paper.pdf").display().to_string();
    let cases: [(&[&str], &str); 7] = [
        (&["print", "register", "--from", "Шығыс"], "books_not_read"),
        (&["print", "certificates", "--from", "Шығыс"], "books_not_read"),
        (&["print", "training", "--from", "2034"], "books_not_read"),
        (&["print", "registration", "Бекова", "--from", "Шығыс"], "books_not_read"),
        (&["print", "certificate", "Бекова"], "books_not_read"),
        (&["print", "refusal", "Бекова", "--from", "Шығыс"], "checks_not_read"),
        (&["register", "export", "-o", "tizim.csv"], "books_not_read"),
    ];
    for (command, refused) in cases {
        let output = if command[0] == "print" { &["-o", &out][..] } else { &[] };
        let command = [command, output].concat();
        assert_eq!(refusal(&registry.akimat, &command), refused, "{command:?}");
    }
    let list = ["print", "list", "02-14/311", "--from", "әкімдік", "-o", &out];
    assert_eq!(refusal(&registry.ss, &list), "lists_not_read");
    assert!(!std::path::Path::new(&out).exists());
}

#[test]
fn what_is_looked_for_in_vain_is_no_record_that_failed() {
    let registry = Registry::founded();
    for command in [["person", "show", "Ким"], ["list", "show", "77"]] {
        let told = registry.ts.run(&command);
        assert!(told.code == 1 && !told.stderr.contains("recorded"), "{told:?}");
    }
}

#[test]
fn a_phone_says_of_nothing_that_it_does_not_read_that_there_is_none() {
    let registry = Registry::with_a_list(&[ARAY]);
    let head = bring_in(&registry.place, &registry.ss, "head", &["--role", "head"]);
    let code = head.run(&["invite", "--role", "vol"]).well();
    let waiting = registry.place.device("waiting");
    waiting.run(&["join", &code]).well();
    for device in [&head, &waiting] {
        for (command, name) in OF_NO_PHONE.into_iter().chain(OF_BOOKS).chain(OF_CHECKS) {
            assert_eq!(device.json(command)[name], Value::Null, "{command:?}");
        }
    }
    for (command, _) in OF_NO_PHONE {
        for (language, part) in [("kk", "сол жерден сұраңыз"), ("ru", "спросите там"), ("en", "ask there")]
        {
            let told = in_language(&head, language, command).well();
            assert!(told.contains(part), "{command:?}: {told}");
        }
    }
    assert_eq!(count(&head, (&["squad", "list"], "squads")), Some(1), "its own squad it knows");
    assert_eq!(count(&waiting, (&["squad", "list"], "squads")), None);
    assert_eq!(count(&head, (&["squad", "show"], "members")), Some(1));
    assert_eq!(count(&waiting, (&["squad", "show"], "members")), None);
}

#[test]
fn an_office_is_told_who_keeps_the_lists_and_the_cards_that_it_does_not_read() {
    let registry = Registry::with_a_list(&[ARAY]);
    bring_in(&registry.place, &registry.ss, "head", &["--role", "head"]);
    registry.meet();
    for device in [&registry.ss, &registry.council] {
        assert_eq!(count(device, (&["list", "list"], "lists")), None);
        assert_eq!(device.json(&["list", "show", "02-14/311"])["list"], Value::Null);
        let file = registry.place.path("tizim.csv").display().to_string();
        assert_eq!(refusal(device, &["list", "export", "-o", &file]), "lists_not_read");
        assert_eq!(count(device, (&["squad", "roster"], "members")), Some(1), "the roster it reads");
    }
    for device in [&registry.council, &registry.akimat] {
        assert_eq!(count(device, (&["squad", "show"], "members")), None, "whose phones are whose");
    }
    let at_ts = registry.ts.json(&["squad", "show"]);
    assert_eq!((at_ts["members"].as_array().map(Vec::len), &at_ts["reads_cards"]), (Some(1), &false.into()));
}
