//! What may not be kept, erased by commands alone.

use crate::squad::Squad;

const NAME: &str = "Асқар Серікұлы";

fn patrol_of(squad: &Squad) -> String {
    squad.volunteer.json(&["patrol", "start", "--mode", "independent"])["patrol"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn has_erased(of: &serde_json::Value) -> usize {
    let devices = of["devices"].as_array().unwrap().iter();
    devices.filter(|device| device["has_erased"] == true).count()
}

#[test]
fn a_patrol_is_erased_for_everybody_once_that_is_said_and_who_obeyed_is_shown() {
    let squad = Squad::found();
    let patrol = patrol_of(&squad);
    squad.volunteer.write(NAME);
    squad.meet();
    assert!(squad.head.run(&["patrol", "show"]).well().contains(NAME));
    assert!(squad.ss.run(&["erasure", "list"]).well().contains("Nothing was erased"));

    // First what would go; it stays.
    let told = squad.ss.run(&["patrol", "erase", &patrol[..8]]);
    assert!(told.code == 0 && told.stdout.contains("would be erased: 2 records"), "{told:?}");
    assert!(squad.ss.run(&["patrol", "show", &patrol]).well().contains(NAME));
    let done = squad.ss.json(&["patrol", "erase", &patrol, "--for-everybody"]);
    assert_eq!((&done["erased"], &done["statements"]), (&true.into(), &2.into()));
    squad.ss.sync();
    let waits = squad.ss.json(&["erasure", "show", &patrol[..8]]);
    assert_eq!((has_erased(&waits), waits["devices"].as_array().unwrap().len()), (1, 3), "{waits}");
    squad.meet();
    squad.meet();
    for device in [&squad.ss, &squad.head, &squad.volunteer] {
        let shown = device.run(&["--lang", "en", "patrol", "show", &patrol]);
        assert!(shown.code == 1 && shown.stderr.contains("was erased for everybody"), "{shown:?}");
        let told = device.json(&["erasure", "show", &patrol]);
        assert_eq!(has_erased(&told), 3, "{told}");
        let written =
            device.run(&["entry", "add", "--patrol", &patrol, "--activity", "inspection", "--text", "x"]);
        assert_ne!(written.code, 0, "{written:?}");
    }
    assert!(squad.ss.run(&["--lang", "kk", "erasure", "list"]).well().contains("3 ішінен 3"));
}

#[test]
fn whoever_erases_a_patrol_is_told_which_records_of_persons_go_with_it_and_they_do() {
    let squad = Squad::found();
    let patrol = patrol_of(&squad);
    let add =
        ["detention", "add", "--text", "адам ұсталды", "--offence", "шекарадан өтпек болды", "--name", NAME];
    let case = squad.volunteer.run(&add).well();
    squad.meet();
    squad.meet();
    assert!(squad.ss.json(&["detention", "show", &case]).to_string().contains(NAME));

    let erase = ["patrol", "erase", &patrol];
    for (language, told) in [
        ("en", "force used would go with it: 1"),
        ("ru", "применении силы: 1"),
        ("kk", "жазбалар жойылады: 1"),
    ] {
        let plan = squad.ss.run(&[&["--lang", language][..], &erase].concat());
        assert!(plan.code == 0 && plan.stderr.contains(told), "{plan:?}");
    }
    let plan = squad.ss.json(&erase);
    assert_eq!(
        (&plan["cases"], &plan["cases_that_stay"], &plan["erased"]),
        (&1.into(), &0.into(), &false.into())
    );
    let done = squad.ss.json(&[&erase[..], &["--for-everybody"]].concat());
    assert_eq!((&done["cases"], &done["statements"]), (&1.into(), &plan["statements"]));
    for _ in 0..3 {
        squad.meet();
    }
    for device in [&squad.ss, &squad.head, &squad.volunteer] {
        for id in [&patrol, &case] {
            assert_eq!(has_erased(&device.json(&["erasure", "show", id])), 3, "{id} is told once, by its id");
        }
        assert_ne!(device.run(&["detention", "show", &case]).code, 0);
    }
}

#[test]
fn who_may_not_erase_is_told_so_in_one_sentence() {
    let squad = Squad::found();
    let patrol = patrol_of(&squad);
    squad.volunteer.write(NAME);
    squad.meet();
    for device in [&squad.head, &squad.volunteer] {
        for arguments in [&["patrol", "erase", &patrol][..], &["patrol", "erase", &patrol, "--for-everybody"]]
        {
            let refused = device.run(arguments);
            assert!(refused.code == 1 && refused.stderr.contains("Your role may not do that"), "{refused:?}");
            assert_eq!(refused.stderr.trim().lines().count(), 1, "{refused:?}");
        }
    }
    let nothing = squad.ss.run(&["erasure", "show", "ffff"]);
    assert_eq!(nothing.code, 1, "{nothing:?}");
    assert!(squad.head.run(&["patrol", "show"]).well().contains(NAME));
}

#[test]
fn an_attachment_that_is_erased_alone_is_shown_with_who_obeyed_and_how_many_never_will() {
    let squad = Squad::found();
    patrol_of(&squad);
    squad.volunteer.write(NAME);
    let file = squad.place.file("note", b"what was said");
    let key = squad.volunteer.run(&["attach", &file, "--keep-metadata"]).well();
    squad.meet();
    squad.ss.run(&["attachment", "erase", &key, "--for-everybody"]).well();
    squad.ss.sync();
    // It hears of it with its first exchange, and says so with its next.
    squad.head.sync();
    squad.head.sync();
    squad.ss.sync();
    let shown = squad.ss.json(&["erasure", "show", &key]);
    assert_eq!((&shown["id"], &shown["is_attachment"]), (&key.as_str().into(), &true.into()));
    assert_eq!((&shown["removed_devices"], has_erased(&shown)), (&0.into(), 2), "{shown}");
    assert!(squad.ss.run(&["erasure", "list"]).well().contains(&format!("attachment {key}")));

    let list = squad.ss.json(&["device", "list"])["devices"].clone();
    let volunteer = list
        .as_array()
        .unwrap()
        .iter()
        .find(|view| view["short_role"] == "vol")
        .unwrap();
    squad
        .ss
        .run(&["device", "remove", volunteer["device"].as_str().unwrap()])
        .well();
    let told = squad.ss.run(&["erasure", "show", &key]);
    assert!(told.code == 0 && told.stderr.contains("1 device that had a part in it was removed"), "{told:?}");
    let shown = squad.ss.json(&["erasure", "show", &key]);
    assert_eq!((&shown["removed_devices"], has_erased(&shown)), (&1.into(), 2), "{shown}");
    assert!(squad.ss.run(&["patrol", "show"]).well().contains(NAME), "the record stays");
}
