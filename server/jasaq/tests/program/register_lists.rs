//! Lists as akimats send them: a dry run first, then all of it or nothing, and back again.

use crate::registry::{Registry, refusal, state};

const ARAY: &str = "Бекова Арай Маратқызы;07.10.1997;012345678";
const ASQAR: &str = "Әлиев Асқар Болатұлы;01.02.1990;023456789";

#[test]
fn a_dry_run_says_what_would_come_of_each_line_and_writes_nothing() {
    let registry = Registry::with_a_squad();
    let file = registry.csv(&[ARAY, "Әлиев Асқар;;023456789", "Омаров Дәулет;2026;0"]);
    let planned = registry.akimat.json(&["list", "import", &file]);
    let outcomes: Vec<&str> = planned["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["create", "ask", "refuse"]);
    assert_eq!(planned["lines"][1]["asked"][0]["at"], "B3");
    assert_eq!(planned["lines"][2]["refusals"][0]["problem"], "year_alone");
    let table = registry.akimat.run(&["list", "import", &file]).well();
    assert!(table.contains("B3:born_missing") && table.contains("B4:"), "{table}");
    let early = registry.akimat.run(&["list", "import", &file, "--apply"]);
    assert!(early.code == 5 && early.stderr.contains("Nothing was recorded"), "{early:?}");
    assert_eq!(registry.akimat.json(&["list", "list"])["lists"], serde_json::json!([]));
    let answered = [
        "list",
        "import",
        &file,
        "--answer",
        "B3=01.02.1990",
        "--leave-out-refused",
        "--number",
        "5",
        "--apply",
    ];
    let sent = registry.akimat.json(&answered);
    assert_eq!((&sent["applied"], &sent["counts"]["created"]), (&true.into(), &2.into()));
    assert_eq!(
        registry.akimat.json(&["list", "show", "5"])["persons"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn an_answer_to_what_is_not_asked_is_refused() {
    let registry = Registry::with_a_squad();
    let file = registry.csv(&[ARAY]);
    for wrong in ["A2=Бекова", "Z9=as-written"] {
        let done = registry.akimat.run(&["list", "import", &file, "--answer", wrong, "--apply"]);
        assert!(done.code == 5 && done.stderr.contains("answers no question"), "{done:?}");
        assert!(!done.stderr.contains("Бекова"));
    }
    let file = registry.csv(&["Бекова;07.10.1997;12345678"]);
    let unfit = registry.akimat.run(&["list", "import", &file, "--answer", "D2=somebody-else"]);
    assert!(unfit.code == 5 && unfit.stderr.contains("It takes: proposed"), "{unfit:?}");
    assert_eq!(registry.akimat.run(&["list", "import", &file, "--answer", "A2"]).code, 2);
}

#[test]
fn an_answer_that_cannot_be_read_is_told_with_the_reason() {
    let registry = Registry::with_a_squad();
    let file = registry.csv(&["Бекова Арай;07.10.1997;12345678"]);
    let done = registry.akimat.run(&["list", "import", &file, "--answer", "D2=abc"]);
    assert_eq!(done.code, 5);
    assert!(done.stderr.contains("at the cells D2"), "{done:?}");
    assert!(done.stdout.contains("The answer was not taken: This is not the number"), "{done:?}");
    let json = registry.akimat.run(&["list", "import", &file, "--answer", "D2=abc", "--json"]);
    let planned: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(planned["lines"][0]["asked"][0]["unread"], "not_a_card_number");
    let proposed = ["list", "import", &file, "--answer", "D2=proposed", "--apply"];
    assert_eq!(registry.akimat.json(&proposed)["counts"]["created"], 1);
    let again = registry.akimat.run(&proposed);
    assert!(again.code == 0 && again.stderr.contains("nothing was recorded"), "{again:?}");
}

#[test]
fn the_same_list_imported_twice_does_nothing_the_second_time() {
    let registry = Registry::with_a_squad();
    registry.send(&[ARAY, ASQAR], "1");
    let again = registry
        .akimat
        .run(&["list", "import", &registry.csv(&[ARAY, ASQAR]), "--apply"]);
    assert!(again.code == 0 && again.stderr.contains("nothing was recorded"), "{again:?}");
    assert_eq!(registry.akimat.json(&["list", "list"])["lists"].as_array().unwrap().len(), 1);
}

#[test]
fn a_name_that_was_put_right_is_shown_as_it_was_understood_also_where_the_list_comes_again() {
    let registry = Registry::with_a_squad();
    let latin = "Өтeгeнoв Асқар;01.02.1990;023456789";
    for applied in [false, true] {
        if applied {
            registry.send(&[latin], "1");
        }
        let import = ["list", "import", &registry.csv(&[latin])];
        assert_eq!(registry.akimat.json(&import)["lines"][0]["full_name"], "Өтегенов Асқар");
        let table = registry.akimat.run(&import).well();
        assert!(table.contains("Өтегенов Асқар") && table.contains("put right"), "{table}");
    }
}

#[test]
fn a_list_that_was_sent_is_taken_back_as_a_whole() {
    let registry = Registry::with_a_list(&[ARAY, ASQAR]);
    assert_eq!(refusal(&registry.ts, &["list", "receive", "02-14/311"]), "list_received");
    assert_eq!(refusal(&registry.ts, &["list", "receive", "нет"]), "list_unknown");
    let told = registry.ts.run(&["list", "receive", "02-14/311"]);
    assert!(
        told.stdout.contains("List No. 02-14/311 of") && told.stderr.contains("`jasaq check show`"),
        "{told:?}"
    );
    let withdraw = ["list", "withdraw", "02-14/311", "--reason", "қате тізім", "--apply"];
    assert_eq!(registry.akimat.json(&withdraw)["off"], 2);
    assert_eq!(refusal(&registry.akimat, &withdraw), "list_withdrawn");
    registry.meet();
    assert_eq!(state(&registry.ts, "Бекова"), "off_roster");
    let listed = registry.ts.json(&["list", "list"])["lists"][0].clone();
    assert_eq!(listed["withdrawn"], "қате тізім");
}

#[test]
fn copies_of_identity_cards_go_along_and_a_copy_of_nobody_stops_the_list() {
    let registry = Registry::with_a_squad();
    let file = registry.csv(&[ARAY, ASQAR]);
    let cards = registry.cards(&["012345678.pdf", "99.pdf"]);
    let signature = registry.place.file("letter.p7s", b"a signature as it is");
    let import =
        ["list", "import", &file, "--cards", cards.to_str().unwrap(), "--signature", &signature, "--apply"];
    let stray = registry.akimat.run(&import);
    assert!(stray.code == 5 && stray.stderr.contains("99.pdf"), "{stray:?}");
    assert_eq!(registry.akimat.json(&["list", "list"])["lists"], serde_json::json!([]), "nothing half done");
    std::fs::remove_file(cards.join("99.pdf")).unwrap();
    std::fs::write(cards.join("3.jpg"), b"not a picture").unwrap();
    let unfit = registry.akimat.run(&import);
    assert!(unfit.code == 5 && unfit.stderr.contains("3.jpg"), "{unfit:?}");
    std::fs::write(cards.join("3.jpg"), b"").unwrap();
    let empty = registry.akimat.run(&import[..import.len() - 1]);
    assert!(empty.code == 5 && empty.stderr.contains("3.jpg"), "told by a dry run too: {empty:?}");
    assert_eq!(registry.akimat.json(&["list", "list"])["lists"], serde_json::json!([]), "nothing half done");
    std::fs::remove_file(cards.join("3.jpg")).unwrap();
    std::fs::write(cards.join("3.pdf"), b"%PDF-1.7 another copy").unwrap();
    let sent = registry.akimat.run(&import).well();
    assert!(sent.contains("2 people, 2 copies"), "{sent}");
    let list = registry.akimat.json(&["list", "list"])["lists"][0]["list"]
        .as_str()
        .unwrap()
        .to_owned();
    registry.meet();
    registry.ts.run(&["list", "receive", &list]).well();
    let copies = |person: &str| registry.ts.json(&["check", "copies", person])["copies"].clone();
    assert_eq!(copies("Бекова")[0]["is_deleted"], false);
    for person in ["Бекова", "Әлиев"] {
        registry.check(person);
    }
    let added = registry.ts.json(&["register", "add", "Бекова", "--section", "I"]);
    let deleted = added["copies_deleted"].clone();
    assert_eq!((deleted, &copies("Бекова")[0]["is_deleted"]), (1.into(), &true.into()));
    let kept = ["register", "add", "Әлиев", "--section", "I", "--keep-copies"];
    assert_eq!(registry.ts.json(&kept)["copies_deleted"], 0);
    assert_eq!(copies("Әлиев")[0]["is_deleted"], false);
}

#[test]
fn copies_that_were_forgotten_are_attached_by_the_same_list_once_more() {
    let registry = Registry::with_a_squad();
    registry.send(&[ARAY, ASQAR], "1");
    let cards = registry.place.path("cards");
    std::fs::create_dir(&cards).unwrap();
    for side in ["012345678-1.pdf", "012345678-2.pdf", "3.pdf"] {
        std::fs::write(cards.join(side), b"%PDF-1.7 a copy").unwrap();
    }
    let file = registry.csv(&[ARAY, ASQAR]);
    let import = ["list", "import", &file, "--cards", cards.to_str().unwrap(), "--apply"];
    let attached = registry.akimat.run(&import).well();
    assert!(attached.contains("without one: 3"), "{attached}");
    let again = registry.akimat.run(&import);
    assert!(again.code == 0 && again.stderr.contains("until it was deleted: 3"), "{again:?}");
    registry.meet();
    registry.ts.run(&["list", "receive", "1"]).well();
    let copies = registry.ts.json(&["check", "copies", "Бекова"])["copies"].clone();
    assert_eq!(copies.as_array().unwrap().len(), 2, "both sides");
}

#[test]
fn files_that_are_no_list_are_told_with_what_to_do() {
    let registry = Registry::with_a_squad();
    for (name, bytes, told) in [
        ("empty.csv", &b""[..], "empty"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d", "no spreadsheet"),
        ("text.csv", b"dear colleagues;we send\n", "columns"),
        ("hello.xlsx", b"hello world", "neither a workbook nor a table with headers"),
        ("bell.csv", b"one;two\nthree;fo\x07ur\n", "Line 2 of the file"),
    ] {
        let file = registry.place.file(name, bytes);
        let done = registry.akimat.run(&["list", "import", &file, "--apply"]);
        assert!(done.code == 5 && done.stderr.contains(told), "{name}: {done:?}");
    }
    assert_eq!(registry.akimat.json(&["list", "list"])["lists"], serde_json::json!([]));
    let file = registry.csv(&["=1+1;07.10.1997;012345678"]);
    let formula = registry.akimat.json(&["list", "import", &file]);
    assert_eq!(formula["lines"][0]["outcome"], "refuse");
    assert_eq!(formula["lines"][0]["refusals"][0]["problem"], "formula");
    assert_eq!(formula["lines"][0]["refusals"][0]["at"], "A2");
    assert_eq!(refusal(&registry.ts, &["list", "import", &file]), "", "the akimat alone sends lists");
}

#[test]
fn a_roster_is_exported_as_a_list_that_reads_back_as_nothing_new() {
    let registry = Registry::with_a_squad();
    registry.send(&[ARAY, ASQAR], "1");
    for name in ["out.xlsx", "out.csv"] {
        let file = registry.place.path(name);
        let file = file.to_str().unwrap();
        registry.akimat.run(&["list", "export", "-o", file]).well();
        let back = registry.akimat.json(&["list", "import", file]);
        assert_eq!(back["counts"]["on_already"], 2, "{name}: {back}");
    }
    assert_eq!(registry.akimat.run(&["list", "export", "-o", "out.doc"]).code, 2);
}

#[test]
fn a_list_of_five_thousand_is_one_step_and_nobody_needs_a_patronymic() {
    let registry = Registry::with_a_squad();
    let syllables = ["бек", "ома", "сәр", "ахм", "нұр", "жұм", "тол", "қас", "ерж", "айд"];
    let surname = |number: usize| -> String {
        let digits = [1_000, 100, 10, 1].map(|place| number / place % 10);
        digits.iter().map(|digit| syllables[*digit]).collect()
    };
    let person = |number: usize| {
        let born = format!("{:02}.{:02}.{}", 1 + number % 28, 1 + number % 12, 1960 + number % 40);
        format!("Б{} Арай;{born};{:09}", surname(number), 100_000_000 + number)
    };
    let people: Vec<String> = (0..5_000).map(person).collect();
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    assert_eq!(registry.send(&people, "7")["counts"]["created"], 5_000);
    assert_eq!(registry.akimat.json(&["list", "list"])["lists"][0]["lines"], 5_000);
}

#[test]
fn a_number_whose_check_digit_does_not_fit_is_refused_with_its_cell() {
    let registry = Registry::with_a_squad();
    let header = "Тегі, аты, әкесінің аты;Туған күні;Азаматтығы;Жеке куәлігінің нөмірі;ЖСН";
    let line = "Бекова Арай;07.10.1997;Қазақстан;012345678;971007400001";
    let file = registry.place.file("iin.csv", format!("{header}\n{line}\n").as_bytes());
    let planned = registry.akimat.json(&["list", "import", &file]);
    let refused = planned["lines"][0]["refusals"][0].clone();
    assert_eq!((&refused["at"], &refused["problem"]), (&"E2".into(), &"iin_check_digit".into()));
}

#[test]
fn a_list_whose_title_names_another_squad_waits_for_somebody_to_name_it() {
    let registry = Registry::with_a_squad();
    let file = registry.csv(&[ARAY]);
    let rows = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("«Жоқ» ерікті жасағы мүшелерінің тізімі\n{rows}")).unwrap();
    let refused = registry.akimat.run(&["list", "import", &file, "--apply"]);
    assert_eq!(refused.code, 5);
    assert!(refused.stderr.contains("--squad"), "{refused:?}");
    assert_eq!(registry.akimat.json(&["list", "list"])["lists"].as_array().unwrap().len(), 0);
}

#[test]
fn a_list_whose_title_names_another_squad_than_the_one_chosen_is_asked_about() {
    let registry = Registry::with_a_squad();
    let decided = ["decision", "create-squad", "Қарабұлақ", "--district", "Зайсан", "--number", "14"];
    registry.council.run(&decided).well();
    registry.meet();
    let file = registry.csv(&[ARAY]);
    let rows = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("«Қарабұлақ» ерікті жасағы мүшелерінің тізімі\n{rows}")).unwrap();
    let chosen = ["list", "import", &file, "--squad", "Сарысу"];
    let planned = registry.akimat.json(&chosen);
    assert_eq!(
        (&planned["asked"][0]["at"], &planned["asked"][0]["question"]),
        (&"A1".into(), &"squad_other".into())
    );
    assert_eq!(planned["counts"]["asked"], 1);
    let early = registry.akimat.run(&[&chosen[..], &["--apply"]].concat());
    assert!(early.code == 5 && early.stderr.contains("A1"), "{early:?}");
    let meant = registry.akimat.json(&["list", "import", &file]);
    assert_eq!(meant["squad_name"], "Қарабұлақ", "who chooses none means the one that is named");
    let sure = [&chosen[..], &["--answer", "A1=proposed", "--apply"]].concat();
    assert_eq!(registry.akimat.json(&sure)["squad_name"], "Сарысу");
}
