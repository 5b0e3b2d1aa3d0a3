//! Whom a line, a copy or a number means: where it may be two, somebody is asked.

use crate::registry::{Registry, refusal};

const MUHAMMED: &str = "Асанов Мұхаммед;07.10.1997;012345678";
const MUHAMMED_TOO: &str = "Асанов Мұхаммед;07.10.1997;023456789";
const MUHAMED: &str = "Асанов Мұхамед;07.10.1997;023456789";

/// A list that numbers its lines, under a title, as akimats write them.
fn numbered(registry: &Registry, lines: &[&str]) -> String {
    let header = "№;Тегі, аты, әкесінің аты;Туған күні;Азаматтығы;Жеке куәлігінің нөмірі";
    let lines: Vec<String> = lines
        .iter()
        .map(|line| {
            let [number, name, born, card]: [&str; 4] =
                line.split(';').collect::<Vec<_>>().try_into().unwrap();
            format!("{number};{name};{born};Қазақстан;{card}")
        })
        .collect();
    let written = format!("Тізім\n\n{header}\n{}\n", lines.join("\n"));
    registry.place.file("numbered.csv", written.as_bytes())
}

fn cards(registry: &Registry, files: &[&str]) -> String {
    let folder = registry.place.path("cards");
    std::fs::create_dir_all(&folder).unwrap();
    for file in files {
        std::fs::write(folder.join(file), b"%PDF-1.7 a copy").unwrap();
    }
    folder.to_str().unwrap().to_owned()
}

#[test]
fn namesakes_of_one_birthday_are_told_apart_by_an_answer_now_and_when_their_list_comes_again() {
    let registry = Registry::with_a_squad();
    let file = registry.csv(&[MUHAMMED, MUHAMED]);
    let asked = registry.akimat.run(&["list", "import", &file]).well();
    for told in
        ["A3:person_double", "A2: Асанов Мұхаммед, born 1997-10-07, identity card 012345678", "two-persons"]
    {
        assert!(asked.contains(told), "{told} in {asked}");
    }
    let one = ["list", "import", &file, "--answer", "A3=one-person"];
    assert_eq!(registry.akimat.json(&one)["counts"]["left_out"], 1);
    let two = ["list", "import", &file, "--answer", "A3=two-persons", "--number", "1", "--apply"];
    assert_eq!(registry.akimat.json(&two)["counts"]["created"], 2);
    for again in [&["list", "import", &file][..], &two] {
        let planned = registry.akimat.json(again);
        assert_eq!(planned["counts"]["on_already"], 2, "{planned}");
    }
}

#[test]
fn a_namesake_of_somebody_on_the_roster_is_asked_about_with_what_tells_the_two_apart() {
    let registry = Registry::with_a_squad();
    registry.send(&[MUHAMMED], "1");
    let file = registry.csv(&["Асанов Мұхаммед;07.10.1997;023456789"]);
    let asked = registry.akimat.json(&["list", "import", &file]);
    let question = &asked["lines"][0]["asked"][0];
    assert_eq!(question["question"], "person_perhaps", "{asked}");
    assert_eq!(question["candidates"][0]["id_document"], "012345678");
    assert_eq!(question["candidates"][0]["born"], "1997-10-07");
    let two = ["list", "import", &file, "--answer", "A2=two-persons", "--number", "2", "--apply"];
    assert_eq!(registry.akimat.json(&two)["counts"]["created"], 1);
    assert_eq!(registry.akimat.json(&two)["counts"]["on_already"], 1, "heard once more, and nothing new");
}

#[test]
fn of_two_namesakes_each_is_asked_whether_he_is_whoever_is_known_without_a_card() {
    let registry = Registry::with_a_squad();
    let file = registry.csv(&["Асанов Мұхаммед;07.10.1997;"]);
    let send = ["list", "import", &file, "--answer", "D2=as-written", "--number", "1", "--apply"];
    registry.akimat.run(&send).well();
    let file = registry.csv(&[MUHAMMED, MUHAMMED_TOO]);
    let two = ["list", "import", &file, "--answer", "A3=two-persons"];
    let asked = registry.akimat.json(&two);
    for line in [0, 1].map(|line: usize| &asked["lines"][line]) {
        assert_eq!(line["asked"][0]["question"], "person_perhaps", "{asked}");
    }
    for [one, other] in [["A2=proposed", "A3=somebody-else"], ["A2=somebody-else", "A3=proposed"]] {
        let planned = registry
            .akimat
            .json(&[&two[..], &["--answer", one, "--answer", other]].concat());
        let counts = &planned["counts"];
        assert_eq!((&counts["created"], &counts["on_already"]), (&1.into(), &1.into()), "{planned}");
    }
}

#[test]
fn a_copy_is_of_the_line_that_goes_along_and_not_of_its_double_that_is_left_out() {
    let registry = Registry::with_a_squad();
    let file = registry.csv(&["Бекова Арай;07.10.1997;012345678", "Әлиев Асқар;01.02.1990;012345678"]);
    let folder = cards(&registry, &["012345678.pdf"]);
    let import = ["list", "import", &file, "--cards", &folder, "--leave-out-refused", "--apply"];
    let sent = registry.akimat.run(&import).well();
    assert!(sent.contains("1 people, 1 copies"), "{sent}");
}

#[test]
fn a_copy_is_named_after_the_number_on_the_list_and_it_is_told_whose_it_is() {
    let registry = Registry::with_a_squad();
    let file =
        numbered(&registry, &["1;Бекова Арай;07.10.1997;012345678", "4;Әлиев Асқар;01.02.1990;023456789"]);
    let folder = cards(&registry, &["4.pdf"]);
    let import = ["list", "import", &file, "--cards", &folder];
    let planned = registry.akimat.json(&import);
    assert_eq!(
        planned["copies"]["files"][0]["full_name"], "Әлиев Асқар",
        "row 4 is somebody else: {planned}"
    );
    assert_eq!(planned["copies"]["persons_without"][0]["full_name"], "Бекова Арай");
    let told = registry.akimat.run(&import).well();
    assert!(told.contains("4.pdf") && told.contains("no copy"), "{told}");
    let stray = cards(&registry, &["9.pdf"]);
    let refused = registry.akimat.run(&import);
    assert!(refused.code == 5 && refused.stdout.contains("of nobody on the list"), "{refused:?}");
    std::fs::remove_file(std::path::Path::new(&stray).join("9.pdf")).unwrap();
    let sent = registry.akimat.run(&[&import[..], &["--apply"]].concat()).well();
    assert!(sent.contains("4.pdf") && sent.contains("2 people, 1 copies"), "{sent}");
}

#[test]
fn a_copy_that_may_be_of_two_persons_goes_along_with_neither() {
    let registry = Registry::with_a_squad();
    let file =
        numbered(&registry, &["1;Бекова Арай;07.10.1997;012345678", "1;Әлиев Асқар;01.02.1990;023456789"]);
    let folder = cards(&registry, &["1.pdf"]);
    let import = ["list", "import", &file, "--cards", &folder, "--apply"];
    let refused = registry.akimat.run(&import);
    assert!(refused.code == 5 && refused.stderr.contains("B4, B5"), "{refused:?}");
    assert_eq!(registry.akimat.json(&["list", "list"])["lists"], serde_json::json!([]));
}

#[test]
fn a_folder_or_a_signature_that_is_not_there_is_told_by_a_dry_run_also_while_something_is_asked() {
    let registry = Registry::with_a_squad();
    let file = registry.csv(&["Бекова Арай;;012345678"]);
    for missing in ["--cards", "--signature"] {
        let told = registry.akimat.run(&["list", "import", &file, missing, "nothing-here"]);
        assert!(told.code == 5 && told.stderr.contains("nothing-here"), "{missing}: {told:?}");
    }
}

#[test]
fn an_outgoing_number_names_one_letter_unless_the_letter_brings_several_lists() {
    let registry = Registry::with_a_squad();
    registry.send(&[MUHAMMED], "02-14/311");
    let file = registry.csv(&["Бекова Арай;01.02.1990;034567890"]);
    let import = ["list", "import", &file, "--number", "02-14/311"];
    let refused = registry.akimat.run(&import);
    assert!(refused.code == 5 && refused.stderr.contains("sent already"), "{refused:?}");
    let same = [&import[..], &["--same-letter", "--apply"]].concat();
    assert_eq!(registry.akimat.json(&same)["counts"]["created"], 1);
    let again = registry.csv(&[MUHAMMED]);
    let known = registry
        .akimat
        .run(&["list", "import", &again, "--number", "02-14/311", "--apply"]);
    assert!(known.code == 0 && known.stderr.contains("nothing was recorded"), "{known:?}");
}

#[test]
fn who_applies_is_doubted_as_on_a_list() {
    let registry = Registry::founded();
    let receive = ["register", "application", "receive"];
    let run = |arguments: &[&str]| registry.ts.run(&[&receive[..], arguments].concat());
    let card = ["Ким Виктор", "--document", "identity_card", "--document-number", "0123456789"];
    let refused = run(&card);
    assert!(refused.code == 5 && refused.stderr.contains("nine digits"), "{refused:?}");
    let digits = run(&["12345"]);
    assert!(digits.code == 5 && digits.stderr.contains("no name"), "{digits:?}");
    let odd = run(&["Ким"]);
    assert!(odd.code == 5 && odd.stderr.contains("--as-written"), "{odd:?}");
    run(&["Ким", "--as-written"]).well();
    let card = ["Цой Виктор", "--document", "identity_card", "--document-number", "012 345 678"];
    run(&card).well();
    let again = ["Цой Виктор", "--document", "identity_card", "--document-number", "012345678"];
    let arguments = [&receive[..], &again].concat();
    assert_eq!(refusal(&registry.ts, &arguments), "applied_already", "it is stored as it was read");
}
