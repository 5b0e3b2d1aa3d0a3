//! What the register says: whom, of which day and why, what comes next and whose it is, and all of it on a narrow terminal.

use crate::registry::{Registry, SIGNED, in_language, refusal, state};
use crate::squad::{Device, Done, finish};

const ARAY: &str = "Бекова Арай Маратқызы;07.10.1997;012345678";
const ASQAR: &str = "Әлиев Асқар Болатұлы;01.02.1990;023456789";

/// The key of the last statement of a kind in somebody's history.
fn key(device: &Device, person: &str, kind: &str) -> String {
    let history = device.json(&["person", "show", person])["history"].clone();
    let lines = history.as_array().unwrap().iter();
    let mut of_kind = lines.filter(|line| line["kind"] == kind);
    of_kind.next_back().unwrap()["key"].as_str().unwrap().to_owned()
}

fn narrow(device: &Device, language: &str, arguments: &[&str]) -> Done {
    let mut command = device.command(arguments);
    command.args(["--lang", language]).env("COLUMNS", "80");
    finish(&mut command, b"")
}

#[test]
fn a_record_is_taken_back_once_and_only_after_it_was_shown_of_whom_it_is_and_what_follows() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.make_active("Бекова", "0117");
    let ts = &registry.ts;
    let key = key(ts, "0117", "certificate");
    let withdraw = ["register", "withdraw", &key, "--reason", "қате нөмір"];
    let told = ts.run(&withdraw);
    for said in ["certificate, ", "Бекова Арай", &key, "may not go on patrol", "not given again"] {
        assert!(told.stdout.contains(said), "{said}: {told:?}");
    }
    assert!(told.stderr.contains("--apply"), "{told:?}");
    assert_eq!(state(ts, "0117"), "active", "nothing was done");
    let with_apply = [&withdraw[..], &["--apply"]].concat();
    let done = ts.json(&with_apply);
    assert_eq!(
        (&done["kind"], &done["eligible"]),
        (&"certificate".into(), &serde_json::json!([true, false]))
    );
    assert_eq!(state(ts, "Бекова"), "trained");
    for again in [&withdraw[..], &with_apply] {
        assert_eq!(refusal(ts, again), "taken_back_already");
    }
}

#[test]
fn who_is_refused_is_told_of_whom_of_which_day_and_what_to_do() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    registry.certify("Бекова", "0117");
    registry.meet();
    let (ts, ss) = (&registry.ts, &registry.ss);
    let train = |person: &[&str], day: &[&str]| {
        let session = ["--unit", "2034", "--topics", "001-§10"];
        ss.run(&[&["training", "record"], person, &session, day].concat())
    };
    let listed = train(&["Бекова", "Әлиев"], &[]);
    assert!(listed.code == 1 && listed.stdout.contains("Әлиев Асқар"), "{listed:?}");
    assert!(!listed.stdout.contains("Бекова"), "she may be trained: {listed:?}");
    let unknown = train(&["Бекова", "Жоқбаев"], &[]);
    assert!(unknown.code == 1 && unknown.stdout.contains("Жоқбаев"), "{unknown:?}");
    let early = train(&["Бекова"], &["--day", "1987-10-07"]);
    let registered = ts.json(&["person", "show", "0117"])["registration"]["day"].clone();
    let mut registered: Vec<&str> = registered.as_str().unwrap().split('-').collect();
    registered.reverse();
    for said in ["registration", &registered.join("."), "register withdraw KEY"] {
        assert!(early.code == 1 && early.stderr.contains(said), "{said}: {early:?}");
    }
    assert_eq!(train(&["Бекова"], &["--day", "1987-10-07", "--json"]).error()["refusal"], "day_too_early");

    let paper = ["print", "strike-off", "0117", "--from", "2034", "-o", "none.pdf"];
    let nothing = ss.run(&paper);
    for said in ["Бекова Арай", "notice of a strike-off", "jasaq strike-off"] {
        assert!(nothing.code == 1 && nothing.stdout.contains(said), "{said}: {nothing:?}");
    }
    ss.run(&["strike-off", "0117", "--ground", "moved_out", "--apply"]).well();
    registry.meet();
    let lost = ts.run(&["certificate", "lost", "0117"]);
    assert!(lost.code == 0 && !lost.stderr.contains("reprint"), "{lost:?}");

    ts.run(&["register", "application", "receive", "Ким Виктор", "--born", "01.03.1991"])
        .well();
    registry.check("Ким");
    ts.run(&["register", "application", "decide", "Ким", "approved"]).well();
    let unnamed = ts.run(&["register", "add", "Ким", "--section", "IV"]);
    assert!(unnamed.code == 1 && unnamed.stderr.contains("--unit"), "{unnamed:?}");
    let elsewhere = ["register", "add", "Ким", "--section", "IV", "--unit", "9999"];
    assert_eq!(ts.run(&[&elsewhere[..], &["--json"]].concat()).error()["refusal"], "unit_unknown");
    ts.run(&["register", "application", "receive", "Ким Виктор", "--born", "05.06.1992"])
        .well();
    let which = ts.run(&["check", "record", "Ким Виктор", "--criminal-record", "nothing"]);
    assert!(which.stdout.contains("1991-03-01") && which.stdout.contains("1992-06-05"), "{which:?}");
}

#[test]
fn a_later_answer_of_a_register_does_not_hide_the_circumstance_that_an_earlier_one_names() {
    let registry = Registry::with_a_list(&[ARAY]);
    let ts = &registry.ts;
    let said = |finding| ["check", "record", "Бекова", "--criminal-record", finding];
    let early = ts.run(&said("nothing"));
    assert!(early.stderr.contains("of the other registers are missing"), "{early:?}");
    let found = ts.run(&said("circumstance"));
    assert!(found.stderr.contains("circumstance that excludes"), "{found:?}");
    assert!(!found.stderr.contains("An earlier answer"), "it is this one: {found:?}");
    registry.check("Бекова");
    let later = ts.run(&said("nothing"));
    assert!(later.stdout.contains("3 of 3"), "{later:?}");
    for told in ["An earlier answer of a register names a circumstance", "check exclude"] {
        assert!(later.stderr.contains(told), "{told}: {later:?}");
    }
    assert!(!later.stderr.contains("missing"), "all have answered: {later:?}");
}

#[test]
fn copies_that_are_deleted_before_a_check_are_not_said_to_end_it() {
    let registry = Registry::founded();
    let copy = registry.place.file("passport.pdf", b"%PDF-1.7 a passport");
    let ts = &registry.ts;
    for (language, name, said) in [
        ("en", "Ким Виктор", "papers deleted: 1"),
        ("ru", "Ким Вера", "личности удалены: 1"),
        ("kk", "Ким Вилен", "жойылды: 1"),
    ] {
        ts.run(&["register", "application", "receive", name, "--copy", &copy]).well();
        let told = in_language(ts, language, &["check", "copies", name, "--delete"]);
        assert!(told.stderr.contains(said), "{told:?}");
        for untrue in ["check is done", "Проверка окончена", "Тексеру бітті"] {
            assert!(!told.stderr.contains(untrue), "{told:?}");
        }
    }
}

#[test]
fn the_example_of_an_application_is_one_that_is_taken() {
    let registry = Registry::founded();
    for (language, name) in [("kk", "Ким Виктор"), ("ru", "Ким Вера"), ("en", "Ким Вилен")]
    {
        let help = in_language(&registry.ts, language, &["register", "application", "receive", "--help"]);
        let behind = help.stdout.split("--document-number").last().expect("the example stands last");
        let number = behind.split_whitespace().next().expect("a number");
        let receive = ["register", "application", "receive", name, "--document", "identity_card"];
        let done = registry.ts.run(&[&receive[..], &["--document-number", number]].concat());
        // The same card twice is one person's: the number itself is taken.
        assert!(done.code == 0 || done.stderr.contains("came in already"), "{number}: {done:?}");
    }
}

#[test]
fn a_circumstance_that_was_told_by_itself_names_what_it_follows_from() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.certify("Бекова", "0117");
    let ts = &registry.ts;
    for day in ["2026-02-11", "2026-03-12"] {
        ts.run(&["check", "offence", "Бекова", "--day", day]).well();
    }
    let open = ["person", "show", "0117", "--sensitive", "--reason", "тексеру"];
    let kept = ts.json(&open)["sensitive"].clone();
    let told = kept["circumstances"][0]["key"].as_str().unwrap();
    let done = ts.run(&["register", "withdraw", told, "--reason", "қате"]);
    let offence = kept["offences"][1]["key"].as_str().unwrap();
    for said in ["2026-03-12", "territorial subdivision", offence] {
        assert!(done.code == 1 && done.stdout.contains(said), "{said}: {done:?}");
    }
    assert!(done.stderr.contains("register withdraw KEY"), "{done:?}");
    let (seen, reason) = (kept["offences"][0]["key"].as_str().unwrap(), "бірінші оқиға");
    ts.run(&["register", "withdraw", seen, "--reason", reason]).well();
    let log = ts.json(&["person", "readings"])["readings"].clone();
    let reasons: Vec<_> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["reason"].as_str().unwrap())
        .collect();
    assert_eq!(reasons, ["тексеру", "қате", reason]);
}

#[test]
fn an_offence_is_told_as_the_second_within_a_year_only_if_it_is_one() {
    let registry = Registry::with_a_list(&[ARAY]);
    for (day, is_second) in
        [("2026-02-11", false), ("2026-03-12", true), ("2020-03-12", false), ("2021-03-12", true)]
    {
        let told = registry.ts.run(&["check", "offence", "Бекова", "--day", day]);
        assert!(told.code == 0 && told.stderr.contains("within a year") == is_second, "{day}: {told:?}");
    }
}

#[test]
fn a_decision_is_taken_back_by_its_number_and_of_two_with_one_number_none_is_guessed() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.meet();
    let council = &registry.council;
    let decided = council.run(&["decision", "create-squad", "Қараой", "--number", "13"]);
    assert!(decided.stderr.contains("structural subdivision: `jasaq squad create`"), "{decided:?}");
    let withdraw = ["decision", "withdraw", "13", "--reason", "қате", "--apply"];
    let appoint = ["decision", "appoint-head", "Сарысу", "Бекова", "--number", "13"];
    council.run(&appoint).well();
    let which = council.run(&withdraw);
    assert!(
        which.code == 1 && which.stdout.contains("Қараой") && which.stdout.contains("Бекова"),
        "{which:?}"
    );
    let decisions = council.json(&["decision", "list"])["decisions"].clone();
    let mut heads = decisions.as_array().unwrap().iter();
    let head = heads.find(|one| one["decided"] == "appoint_head").unwrap()["key"]
        .as_str()
        .unwrap();
    let by_key = ["decision", "withdraw", head, "--reason", "қате", "--apply"];
    council.run(&by_key).well();
    assert_eq!(refusal(council, &by_key), "taken_back_already");
    council.run(&withdraw).well();
    assert_eq!(refusal(council, &withdraw), "not_yours_to_withdraw", "no decision has that number now");
}

/// The council's word stands until the council hears; then it is told, and a head who is no volunteer of the squad is shown as such.
#[test]
fn a_head_who_was_appointed_before_the_council_heard_is_shown_to_it_with_the_reason() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    registry.certify("Бекова", "0117");
    registry.meet();
    let (ss, akimat, council) = (&registry.ss, &registry.akimat, &registry.council);
    ss.run(&["strike-off", "0117", "--ground", "moved_out", "--apply"]).well();
    council
        .run(&["decision", "appoint-head", "Сарысу", "Бекова", "--number", "13"])
        .well();
    registry.meet();
    let shown = council.run(&["squad", "show", "Сарысу"]).well();
    assert!(shown.contains("vacant") && shown.contains("said by"), "{shown}");
    akimat.run(&["squad", "remove-member", "Сарысу", "Әлиев", "--apply"]).well();
    council
        .run(&["decision", "appoint-head", "Сарысу", "Әлиев", "--number", "14"])
        .well();
    registry.meet();
    let at_ts = registry.ts.run(&["squad", "show", "Сарысу"]).well();
    assert!(at_ts.contains("the head is not registered"), "{at_ts}");
    for console in [council, ss] {
        let shown = console.run(&["squad", "show", "Сарысу"]).well();
        for said in ["not on the roster", "001-§7", "coordination council: `jasaq decision withdraw`"] {
            assert!(shown.contains(said), "{said}: {shown}");
        }
    }
}

#[test]
fn tables_fit_eighty_columns_in_every_language_and_keep_what_commands_ask_for() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    registry.make_active("Бекова", "0117");
    let (ts, council) = (&registry.ts, &registry.council);
    ts.run(&["certificate", "lost", "0117"]).well();
    let reprint = ["certificate", "reprint", "0117", "--cause", "lost"];
    ts.run(&[&reprint[..], &SIGNED].concat()).well();
    for language in ["kk", "ru", "en"] {
        for arguments in [
            &["certificate", "list"][..],
            &["register", "list"],
            &["person", "list"],
            &["person", "show", "0117"],
            &["squad", "list"],
            &["district", "list"],
            &["decision", "list"],
            &["review", "show"],
            &["training", "list"],
        ] {
            let told = narrow(ts, language, arguments).well();
            let lines = told.lines().filter(|line| "┌│╞├└".chars().any(|edge| line.starts_with(edge)));
            for line in lines {
                assert!(line.chars().count() <= 80, "{arguments:?} in {language}: {line}");
            }
        }
        let told = narrow(ts, language, &["certificate", "list"]).well();
        for kind in ["certificate", "certificate_reprinted"] {
            assert!(told.contains(&key(ts, "0117", kind)), "{language}: {told}");
        }
    }
    let prints = ts.run(&["certificate", "list"]).well();
    assert!(prints.contains("lost") && prints.contains("issued"), "each print by itself: {prints}");
    let squads = ts.run(&["squad", "list"]).well();
    assert!(squads.contains("Squads by their councils' decisions:"), "{squads}");
    let offices = in_language(council, "en", &["district", "list"]).well();
    assert!(offices.contains("this office") && offices.contains("name not told here"), "{offices}");
    for office in council.json(&["district", "list"])["districts"][0]["offices"]
        .as_array()
        .unwrap()
    {
        let id = office["office"].as_str().unwrap();
        assert!(!offices.contains(&id[..8]), "{offices}");
    }
}
