//! The register's papers as they are read by whoever gets them.

use std::path::Path;

use crate::registry::{Registry, SIGNED, refusal};
use crate::squad::{Device, Done};

const ARAY: &str = "Бекова Арай Маратқызы;07.10.1997;012345678";
const ASQAR: &str = "Әлиев Асқар Болатұлы;01.02.1990;023456789";

/// Prints a paper.
fn print(device: &Device, file: &Path, what: &[&str]) -> Done {
    device.run(&[&["print"], what, &["-o", file.to_str().unwrap()]].concat())
}

/// What stands on a paper, without spaces: where lines break is the layout's affair.
fn printed(registry: &Registry, device: &Device, what: &[&str]) -> String {
    let file = registry.place.path("paper.pdf");
    print(device, &file, what).well();
    let paper = lopdf::Document::load(&file).unwrap();
    let pages: Vec<u32> = paper.get_pages().keys().copied().collect();
    paper.extract_text(&pages).unwrap().split_whitespace().collect()
}

#[test]
fn the_register_of_certificates_carries_losses_reprints_and_what_was_taken_back() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    let ts = &registry.ts;
    registry.certify("Бекова", "0117");
    registry.certify("Әлиев", "0118");
    let key = |number: &str| {
        let all = ts.json(&["certificate", "list"])["certificates"].clone();
        let one = all
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["number"] == number)
            .unwrap()
            .clone();
        one["key"].as_str().unwrap().to_owned()
    };
    ts.run(&["register", "withdraw", &key("0118"), "--reason", "басқа нөмір", "--apply"])
        .well();
    registry.issue("Әлиев", "0119").well();
    ts.run(&["certificate", "lost", "0117", "--day", &today(ts)]).well();
    let reprint = ["certificate", "reprint", "0117", "--cause", "lost"];
    ts.run(&[&reprint[..], &SIGNED].concat()).well();
    registry.meet();
    registry.strike_off("0117");
    for book in ["register", "certificates"] {
        let why = refusal(&registry.ss, &["print", book, "--from", "Шығыс", "-o", "unit.pdf"]);
        assert_eq!(why, "not_this_office", "a unit reads its own people, and the {book} are the territory's");
    }
    let page = printed(&registry, ts, &["certificates", "--from", "Шығыс", "--page", "ru"]);
    for part in ["0117", "0118", "0119", "утеряно", "напечатанозаново", "взаменутерянного", "записьотозвана"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(page.matches("владелецнесостоитнаучёте").count(), 2, "both prints: {page}");
    let listed = ts.json(&["certificate", "list"])["certificates"].clone();
    assert_eq!((&listed[1]["number"], &listed[1]["taken_back"]), (&"0118".into(), &"басқа нөмір".into()));
    assert!(listed[0]["prints"][0]["loss"]["key"].is_string() && listed[0]["prints"][1]["key"].is_string());
    let told = ts.run(&["certificate", "list"]).well();
    assert!(told.contains(&key("0119")) && told.contains("taken back"), "{told}");
}

fn today(device: &Device) -> String {
    let sessions = device.json(&["certificate", "list"]);
    sessions["certificates"][0]["day"].as_str().unwrap().to_owned()
}

#[test]
fn who_was_struck_off_or_lost_his_certificate_is_told_so_when_it_is_to_be_printed() {
    let registry = Registry::with_a_list(&[ARAY]);
    registry.certify("Бекова", "0117");
    let ts = &registry.ts;
    let page = printed(&registry, ts, &["certificate", "0117", "--page", "ru"]);
    assert!(page.contains("экземпляр1."), "{page}");
    let file = registry.place.path("none.pdf");
    ts.run(&["certificate", "lost", "0117"]).well();
    let told = print(ts, &file, &["certificate", "0117"]);
    assert!(told.code == 1 && told.stderr.contains("certificate reprint"), "{told:?}");
    let reprint = ["certificate", "reprint", "0117", "--cause", "lost"];
    ts.run(&[&reprint[..], &SIGNED].concat()).well();
    let page = printed(&registry, ts, &["certificate", "0117", "--page", "kk"]);
    assert!(page.contains("2-данасы(қайтабасылды"), "{page}");
    registry.meet();
    registry
        .ss
        .run(&["strike-off", "0117", "--ground", "moved_out", "--apply"])
        .well();
    registry.meet();
    let told = print(ts, &file, &["certificate", "0117"]);
    assert!(told.code == 1 && told.stderr.contains("was struck off"), "{told:?}");
    assert!(!file.exists());
}

#[test]
fn a_training_without_an_id_is_the_newest_by_its_day_and_of_two_none_is_guessed() {
    let registry = Registry::with_a_squad();
    let (ts, ss, came) = (&registry.ts, &registry.ss, ["--day", "2026-02-01"]);
    let import = ["list", "import", &registry.csv(&[ARAY]), "--number", "7", "--apply"];
    registry.akimat.run(&[&import[..], &came].concat()).well();
    registry.meet();
    ts.run(&[&["list", "receive", "7"][..], &came].concat()).well();
    let registers = ["--criminal-record", "--narcological-register", "--psychoneurological-register"];
    let answers = registers.map(|register| [register, "nothing"]).concat();
    ts.run(&[&["check", "record", "Бекова"][..], &answers, &came].concat()).well();
    ts.run(&[&["register", "add", "Бекова", "--section", "III"][..], &came].concat())
        .well();
    registry.meet();
    let day = "2026-03-05";
    let train = |day: &str, topics: &str| {
        ss.run(&["training", "record", "Бекова", "--unit", "2034", "--topics", topics, "--day", day])
            .well();
    };
    train(day, "001-§12");
    train("2026-03-01", "001-§10");
    let page = printed(&registry, ss, &["training", "--from", "2034"]);
    assert!(page.contains("001-§12") && !page.contains("001-§10"), "{page}");
    train(day, "001-§15");
    let training = ["print", "training", "--from", "2034", "-o", "x.pdf"];
    assert_eq!(refusal(ss, &training), "several_meant");
    let which = ss.run(&training).stdout;
    assert!(which.contains("001-§15") && which.contains("Бекова Арай"), "{which}");
    let extract = printed(&registry, &registry.council, &["decision", "Сарысу", "--akimat", "әкімдік"]);
    assert!(extract.contains("Аудан(қала):Зайсан"), "{extract}");
}

#[test]
fn a_notice_to_remove_somebody_goes_to_the_akimat_and_not_to_him() {
    let registry = Registry::with_a_list(&[ARAY]);
    let ts = &registry.ts;
    ts.run(&["check", "record", "Бекова", "--narcological-register", "circumstance"])
        .well();
    ts.run(&["check", "exclude", "Бекова"]).well();
    let named =
        printed(&registry, ts, &["exclusion", "Бекова", "--from", "Шығыс", "--to", "Зайсан әкімдігі"]);
    assert!(named.contains("Зайсанәкімдігі") && named.contains("02-14/311"), "{named}");
    assert_eq!(named.matches("БековаАрай").count(), 1, "she is whom it is about: {named}");
    let unnamed = printed(&registry, ts, &["exclusion", "Бекова", "--from", "Шығыс"]);
    assert_eq!(unnamed.matches("БековаАрай").count(), 1, "a line stands for the akimat: {unnamed}");
    assert!(!named.contains("нарко"), "no ground: {named}");
}

#[test]
fn a_number_that_was_given_twice_is_told_with_each_of_its_persons_and_by_whom_it_is_decided() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    let (ts, other) = (&registry.ts, registry.second_console());
    for person in ["Бекова", "Әлиев"] {
        registry.check(person);
        ts.run(&["register", "add", person, "--section", "III"]).well();
    }
    ts.sync();
    other.sync();
    registry.issue("Бекова", "0117").well();
    let new = ["certificate", "issue", "Әлиев", "--number", "0117", "--subdivision", "Шығыс"];
    other.run(&[&new[..], &SIGNED].concat()).well();
    for console in [ts, &other, ts] {
        console.sync();
    }
    let told = ts.run(&["person", "show", "Бекова"]).well();
    assert!(told.contains("given twice") && told.contains("territorial subdivision decides"), "{told}");
    let shown = ts.json(&["person", "show", "Бекова"])["certificates"][0].clone();
    assert_eq!(shown["is_contested"], true);
    let page = printed(&registry, ts, &["certificates", "--from", "Шығыс", "--page", "ru"]);
    assert_eq!(page.matches("номервыдандважды").count(), 2, "{page}");
    let file = registry.place.path("one.pdf");
    let paper = ["print", "certificate", "Әлиев", "-o", file.to_str().unwrap()];
    let refused = ts.run(&paper);
    assert!(refused.code == 1 && refused.stderr.contains("given to two persons"), "{refused:?}");
    let key = shown["key"].as_str().unwrap();
    ts.run(&["register", "withdraw", key, "--reason", "екі рет берілген", "--apply"])
        .well();
    ts.run(&paper).well();
    let left = ts.json(&["person", "show", "Әлиев"])["certificates"][0]["is_contested"].clone();
    assert_eq!(left, false);
}

#[test]
fn what_two_consoles_said_apart_is_on_no_paper_as_decided_and_answers_are_shown_where_the_reading_is_noted() {
    let registry = Registry::with_a_list(&[ARAY]);
    let (ts, other) = (&registry.ts, registry.second_console());
    ts.run(&["register", "application", "receive", "Ким Виктор"]).well();
    for person in ["Ким", "Бекова"] {
        registry.check(person);
    }
    ts.sync();
    other.sync();
    let decide = |console: &Device, outcome| {
        console.run(&["register", "application", "decide", "Ким", outcome]).well();
    };
    decide(ts, "approved");
    decide(&other, "refused");
    ts.run(&["register", "add", "Бекова", "--section", "III"]).well();
    other
        .run(&["check", "record", "Бекова", "--criminal-record", "circumstance"])
        .well();
    other.run(&["check", "exclude", "Бекова"]).well();
    for console in [ts, &other, ts] {
        console.sync();
    }
    for console in [ts, &other] {
        let print = ["print", "refusal", "Ким", "--from", "Шығыс", "-o", "none.pdf"];
        assert_eq!(refusal(console, &print), "nothing_to_tell");
        let listed = console.json(&["register", "application", "list"])["applications"][0].clone();
        assert!(listed["decided"].is_null(), "{listed}");
    }
    let page = printed(&registry, ts, &["register", "--from", "Шығыс", "--page", "ru"]);
    assert!(page.contains("научётенесостоит"), "excluded, and struck off by nobody: {page}");
    let flags =
        |arguments: &[&str]| ts.json(&[&["person", "show", "Бекова"], arguments].concat())["flags"].clone();
    let disagree = "checks_disagree".into();
    assert!(!flags(&[]).as_array().unwrap().contains(&disagree));
    let all = ts.json(&["person", "list"])["persons"].to_string();
    assert!(!all.contains("checks_disagree") && all.contains("excluded_and_registered"), "{all}");
    assert!(
        flags(&["--sensitive", "--reason", "тексеру"])
            .as_array()
            .unwrap()
            .contains(&disagree)
    );
}

#[test]
fn whose_squad_is_not_named_on_two_rosters_is_shown_both() {
    let registry = Registry::with_a_list(&[ARAY]);
    let decide = ["decision", "create-squad", "Екінші", "--district", "Зайсан", "--number", "13"];
    registry.council.run(&decide).well();
    registry.meet();
    let file = registry.csv(&[ARAY]);
    let import = ["list", "import", &file, "--squad", "Екінші", "--number", "9"];
    let the_same = ["--answer", "A2=proposed", "--apply"];
    registry.akimat.run(&[&import[..], &the_same].concat()).well();
    registry.meet();
    registry.ts.run(&["list", "receive", "9"]).well();
    registry.check("Бекова");
    let add = ["register", "add", "Бекова", "--section", "III"];
    let told = registry.ts.run(&add);
    assert!(told.code == 1 && told.stdout.contains("Екінші") && told.stdout.contains("Сарысу"), "{told:?}");
    let named = ["--unit", "2034", "--squad", "Сарысу"];
    registry.ts.run(&[&add[..], &named].concat()).well();
    let squad = |of: &str| registry.ts.json(&["squad", "show", of])["squad"].clone();
    let shown = registry.ts.json(&["person", "show", "Бекова"]);
    assert_eq!(shown["registration"]["squad"], squad("Сарысу"), "{shown}");
}

#[test]
fn a_lists_letter_counts_the_copies_that_are_there_and_is_not_printed_once_the_list_is_taken_back() {
    let registry = Registry::with_a_squad();
    let file = registry.csv(&[ARAY, ASQAR]);
    let cards = registry.cards(&["012345678.pdf", "023456789.pdf"]);
    let import = ["list", "import", &file, "--cards", cards.to_str().unwrap(), "--apply"];
    registry.akimat.run(&import).well();
    let list = registry.akimat.json(&["list", "list"])["lists"][0]["list"]
        .as_str()
        .unwrap()
        .to_owned();
    registry.meet();
    registry.ts.run(&["list", "receive", &list]).well();
    let letter = ["list", &list, "--from", "әкімдік", "--page", "ru"];
    let page = printed(&registry, &registry.ts, &letter);
    assert!(page.contains("количество:2"), "{page}");
    registry.check("Бекова");
    registry.ts.run(&["register", "add", "Бекова", "--section", "I"]).well();
    let page = printed(&registry, &registry.ts, &letter);
    assert!(page.contains("количество:1"), "one went with the check: {page}");
    registry.meet();
    registry
        .akimat
        .run(&["list", "withdraw", &list, "--reason", "қате тізім", "--apply"])
        .well();
    let refused = ["print", "list", &list, "--from", "әкімдік", "-o", "letter.pdf"];
    assert_eq!(refusal(&registry.akimat, &refused), "list_withdrawn");
}
