//! An akimat's list as one came, read by the built program: nothing of it is guessed, and each line says what would come of it.
//!
//! The list lies beside the repository; without it there is nothing to read.

use std::path::Path;

use jasaq_tests::{District, Home};

const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/squad-list-akimat.kk.xlsx");

/// An office that the territorial subdivision lets in.
fn join(district: &District, name: &str, seat: &[&str]) -> Home {
    let (ts, home) = (district.home("ts"), district.home(name));
    let invite = ts.run(&[&["invite"], seat].concat());
    ts.run(&["sync"]);
    let joining = home.run(&["join", invite["code"].as_str().unwrap()]);
    home.run(&["sync"]);
    ts.run(&["sync"]);
    ts.run(&["device", "confirm", joining["words"].as_str().unwrap()]);
    ts.run(&["sync"]);
    home.run(&["sync"]);
    home
}

#[test]
fn the_list_of_an_akimat_is_understood_line_by_line_and_nothing_is_written() {
    if !Path::new(LIST).exists() {
        println!("skipped: the list is not beside the repository");
        return;
    }
    let district = District::found();
    district.home("ts").run(&[
        "district",
        "create",
        "--akimat",
        "a",
        "--council",
        "c",
        "--unit",
        "unit 2034",
    ]);
    let akimat = join(&district, "akimat", &["--role", "leb", "--office", "a"]);
    let council = join(&district, "council", &["--role", "cc", "--office", "c"]);
    council.run(&["decision", "create-squad", "Қарабұлақ", "--district", "Зайсан", "--number", "12"]);
    council.run(&["sync"]);
    akimat.run(&["sync"]);
    let planned = akimat.run(&["list", "import", LIST, "--squad", "Қарабұлақ"]);
    let lines = planned["lines"].as_array().unwrap();
    assert!(lines.len() > 5, "otherwise nothing was looked at");
    for line in lines {
        let says_why =
            !line["refusals"].as_array().unwrap().is_empty() || !line["asked"].as_array().unwrap().is_empty();
        let is_open = matches!(line["outcome"].as_str(), Some("refuse" | "ask"));
        assert_eq!(says_why, is_open, "{}", line["at"]);
    }
    let created = planned["counts"]["created"].as_u64().unwrap();
    let open = planned["counts"]["refused"].as_u64().unwrap() + planned["counts"]["asked"].as_u64().unwrap();
    assert!(created > 0 && open > 0, "a list as akimats send them: {created} and {open}");
    assert_eq!(akimat.run(&["list", "list"])["lists"].as_array().unwrap().len(), 0);
}
