//! Numbers of the book whose page is not there any more, as the list of pages tells of them (001-§23).

use serde_json::json;

use crate::pages::{decide_all, told_by_two};

#[test]
fn the_number_of_a_page_that_was_erased_for_everybody_is_told_below_the_list() {
    let (squad, patrol) = told_by_two();
    decide_all(&squad);
    let page = squad.head.run(&["page", "seal"]).well();
    squad.meet();
    squad.ss.run(&["page", "countersign", &page]).well();
    squad.meet();
    for device in [&squad.ss, &squad.head, &squad.volunteer] {
        let listed = device.json(&["page", "list"]);
        assert_eq!((&listed["pages"][0]["number"], &listed["erased"]), (&json!("2026-1"), &json!([])));
    }
    assert!(!squad.ss.run(&["page", "list"]).well().contains("erased"));

    squad.ss.run(&["patrol", "erase", &patrol, "--for-everybody"]).well();
    squad.meet();
    squad.meet();
    for device in [&squad.ss, &squad.head, &squad.volunteer] {
        let listed = device.json(&["page", "list"]);
        assert_eq!((&listed["pages"], &listed["erased"]), (&json!([]), &json!(["2026-1"])));
        let said = device.run(&["page", "list"]).well();
        assert!(said.contains("erased for everybody: 2026-1"), "{said}");
    }
    for (language, said) in [("kk", "жойылған нөмірлер: 2026-1"), ("ru", "удалённых у всех: 2026-1")]
    {
        let listed = squad.head.run(&["--lang", language, "page", "list"]).well();
        assert!(listed.contains(said), "{listed}");
    }
}
