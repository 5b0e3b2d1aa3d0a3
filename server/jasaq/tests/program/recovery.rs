//! Recovery sheets: printed, typed back with mistakes, tried and renewed.

use serde_json::Value;

use crate::squad::{Device, Done, Place};

/// A territory whose sheets were printed, and their words and codes.
struct Printed {
    ts: Device,
    sheets: Value,
}

impl Printed {
    fn found(place: &Place, name: &str) -> Self {
        let ts = place.device(name);
        let sheets = ts.json(&["init"])["sheet_texts"].clone();
        Self { ts, sheets }
    }

    fn words(&self, sheet: &str) -> String {
        let lines = self.sheets[sheet]["lines"].as_array().unwrap();
        lines.iter().map(|line| line.as_str().unwrap()).collect::<Vec<_>>().join("\n")
    }

    /// What a drill says of these texts, typed one after the other.
    fn drill(&self, texts: &[&str]) -> Done {
        self.ts.run_with(&["recovery", "drill"], &texts.join("\n\n"))
    }
}

#[track_caller]
fn refused(done: &Done, code: i32, sentence: &str) {
    assert!(done.code == code && done.stderr.contains(sentence), "{done:?}");
    assert_eq!(done.stderr.trim().lines().count(), 1, "{done:?}");
}

#[test]
fn a_drill_proves_that_two_sheets_work_and_status_says_when() {
    let place = Place::new();
    let printed = Printed::found(&place, "ts");
    assert!(printed.ts.run(&["status"]).well().contains("never been tried"));
    for (one, other) in [("root-1", "root-2"), ("root-3", "root-1"), ("root-2", "root-3")] {
        let told = printed.drill(&[&printed.words(one), &printed.words(other)]);
        assert!(told.code == 0 && told.stderr.contains("Nothing was signed"), "{told:?}");
    }
    let codes =
        ["root-1", "root-3"].map(|sheet| printed.sheets[sheet]["code"].as_str().unwrap().to_uppercase());
    printed.drill(&[&codes[0], &codes[1]]).well();
    let status = printed.ts.json(&["status"]);
    assert!(status["root_drilled_at"].is_string() && status["successor_drilled_at"].is_null());
    printed
        .drill(&[&printed.words("successor-1"), &printed.words("successor-2")])
        .well();
    assert!(printed.ts.json(&["status"])["successor_drilled_at"].is_string());
    assert!(printed.ts.run(&["status"]).well().contains("last tried"));
}

#[test]
fn the_pages_to_print_are_sheets_themselves_and_load_nothing() {
    let place = Place::new();
    let (ts, root) = place.found();
    let page = |name: &str| place.path("sheets").join(name).to_str().unwrap().to_owned();
    let [one, two] = ["root-1.html", "root-2.html"].map(page);
    let text = std::fs::read_to_string(&one).unwrap();
    assert!(text.contains(&root[..8]) && text.contains("<svg") && text.contains("<pre>1. "));
    assert!(
        ["lang=\"kk\"", "lang=\"ru\"", "lang=\"en\""]
            .iter()
            .all(|language| text.contains(language))
    );
    // The one address in it names the form of the drawing and is never asked.
    let addresses = text.replace("http://www.w3.org/2000/svg", "");
    assert!(!addresses.contains("http") && !addresses.contains("src="));
    assert_eq!(ts.json(&["recovery", "drill", &one, &two])["drilled"], "root");
}

#[test]
fn of_a_mistyped_sheet_the_line_is_named_and_the_word_that_was_meant() {
    let place = Place::new();
    let printed = Printed::found(&place, "ts");
    let (one, two) = (printed.words("root-1"), printed.words("root-2"));
    let mut lines: Vec<String> = two.lines().map(str::to_owned).collect();
    let right = lines[3].split(' ').nth(2).unwrap().to_owned();
    let last = right.chars().last().unwrap();
    let wrong = format!("{}{}", &right[..right.len() - last.len_utf8()], if last == 'ш' { 'с' } else { 'ш' });
    lines[3] = lines[3].replace(&right, &wrong);
    let mistyped = printed.drill(&[&one, &lines.join("\n")]);
    refused(&mistyped, 5, "sheet 2 of those that were given. Line 4 has a mistake");
    assert!(mistyped.stderr.contains(&right), "{mistyped:?}");
    lines.remove(3);
    refused(&printed.drill(&[&one, &lines.join("\n")]), 5, "25 words where 30 are due");
    lines[1].push_str(" базук");
    lines.insert(3, "базук базук базук базук базук".to_owned());
    refused(&printed.drill(&[&one, &lines.join("\n")]), 5, "Line 2 has 6 words where five are due");
    refused(&printed.drill(&[&one, "jasaq-sheet:0123"]), 5, "Scan it again");
    refused(&printed.drill(&[&one]), 5, "Two different sheets");
    refused(&printed.drill(&[&one, &one]), 5, "the same sheet twice");
    assert!(printed.ts.json(&["status"])["root_drilled_at"].is_null(), "nothing was proven");
}

#[test]
fn sheets_of_two_sets_two_keys_or_two_territories_are_told_apart() {
    let place = Place::new();
    let (printed, foreign) = (Printed::found(&place, "ts"), Printed::found(&place, "other"));
    let (one, two) = (printed.words("root-1"), printed.words("root-2"));
    let renewed = printed
        .ts
        .run_with(&["recovery", "renew", "--json"], &format!("{one}\n\n{two}"))
        .well();
    let sheets: Value = serde_json::from_str(&renewed).unwrap();
    let renewed = Printed { ts: printed.ts.clone(), sheets: sheets["sheet_texts"].clone() };
    let again = renewed.words("root-3");
    refused(&printed.drill(&[&one, &again]), 5, "two different sets");
    printed.drill(&[&renewed.words("root-1"), &again]).well();
    printed.drill(&[&one, &two]).well();
    refused(&printed.drill(&[&one, &printed.words("successor-2")]), 5, "for different things");
    refused(&printed.drill(&[&one, &foreign.words("root-2")]), 5, "two different territories");
    let others = [foreign.words("root-1"), foreign.words("root-2")];
    refused(&printed.drill(&[&others[0], &others[1]]), 1, "of another territory than this device");
}

#[test]
fn renewed_sheets_go_into_new_files_and_never_over_others() {
    let place = Place::new();
    let (ts, _) = place.found();
    let sheets = place.path("sheets").to_str().unwrap().to_owned();
    let page = |name: &str| format!("{sheets}/{name}.html");
    let old = [page("root-1"), page("root-2")];
    let over = ts.run(&["recovery", "renew", "--sheets", &sheets, &old[0], &old[1]]);
    assert_eq!(over.code, 4, "{over:?}");
    let new = place.path("new").to_str().unwrap().to_owned();
    ts.run(&["recovery", "renew", "--sheets", &new, &old[0], &old[1]]).well();
    assert_eq!(std::fs::read_dir(&new).unwrap().count(), 3);
    let new = ["root-1", "root-3"].map(|name| format!("{new}/{name}.html"));
    ts.run(&["recovery", "drill", &new[0], &new[1]]).well();
    let both = ts.run(&["recovery", "drill", &new[0], &old[1]]);
    refused(&both, 5, "two different sets");
}

#[test]
fn a_phone_of_the_territory_may_drill_too_and_is_not_reminded() {
    let place = Place::new();
    let phone = place.phone();
    assert!(!phone.run(&["status"]).well().contains("recovery"));
    let page = |name: &str| place.path("sheets").join(name).to_str().unwrap().to_owned();
    phone
        .run(&["recovery", "drill", &page("root-2.html"), &page("root-3.html")])
        .well();
}
