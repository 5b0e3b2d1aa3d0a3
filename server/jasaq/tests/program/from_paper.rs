//! From a sheet of paper to a log and back: the sheet that is filled in by hand, the table into which it is typed, and what comes of
//! it (C-18, P-12, N-13 of the screens).

use serde_json::Value;

use crate::squad::{Device, Squad};

const HEADINGS: &str = "Жол түрі;Күні;Уақыты;Кім жазды;Қызмет түрі;Дербес не бірлесіп;Саны;Солтүстік ендік градусы;\
                        Шығыс бойлық градусы;Шекара белгісі;Бағдар;Не болды;Бақылаушы өкіл;Шекаралық кеңістіктің бөлігі";

fn csv(squad: &Squad, lines: &[&str]) -> String {
    squad
        .place
        .file("filled.csv", [&[HEADINGS], lines].concat().join("\r\n").as_bytes())
}

fn taken(device: &Device, file: &str, more: &[&str]) -> Value {
    device.json(&[&["patrol", "from-paper", file], more].concat())
}

#[track_caller]
fn refused(device: &Device, arguments: &[&str]) -> Vec<(String, String)> {
    let done = device.run(&[&["patrol", "from-paper"], arguments, &["--json"]].concat());
    assert_eq!(done.code, 5, "{done:?}");
    let said: Value = serde_json::from_str(done.stdout.trim()).unwrap();
    let cells = said["refused"].as_array().unwrap().iter();
    let text = |cell: &Value, name: &str| cell[name].as_str().unwrap().to_owned();
    cells.map(|cell| (text(cell, "cell"), text(cell, "problem"))).collect()
}

fn patrols(device: &Device) -> usize {
    device.json(&["patrol", "list"])["patrols"].as_array().unwrap().len()
}

fn entries(device: &Device, patrol: &str) -> Vec<Value> {
    let log = device.json(&["patrol", "show", patrol]);
    let all = log["log"].as_array().unwrap().iter();
    all.filter(|one| one["kind"] == "entry").cloned().collect()
}

/// What stands on a paper, without spaces.
fn letters_of(file: &str) -> String {
    let paper = lopdf::Document::load(file).unwrap();
    let pages: Vec<u32> = paper.get_pages().keys().copied().collect();
    paper.extract_text(&pages).unwrap().split_whitespace().collect()
}

fn own_member(device: &Device) -> String {
    let devices = device.json(&["device", "list"])["devices"].clone();
    let own = devices.as_array().unwrap().iter().find(|one| one["is_this"] == true).unwrap();
    own["member"].as_str().unwrap().to_owned()
}

#[test]
fn a_whole_patrol_comes_from_paper_to_the_page_and_a_second_time_it_is_refused() {
    let squad = Squad::found();
    let head = own_member(&squad.head);
    let lines = [
        "шығуы;01.05.2026;08:00;;;бірлесіп;;;;;;өткел;майор С.;border_zone".to_owned(),
        format!(";;10:12;{};21;;5;44,1657;80,0001;113;көпір;із бар;;", &head[..8]),
        ";;11:30;;32;;;;;;;сөз, *сөз*;;".to_owned(),
        "оралуы;;17:40;;;;;;;;;;;".to_owned(),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let file = csv(&squad, &lines);
    let dry = taken(&squad.head, &file, &["--dry-run"]);
    assert_eq!((&dry["entries"], &dry["dry_run"], patrols(&squad.head)), (&2.into(), &true.into(), 0));
    let said = taken(&squad.head, &file, &[]);
    let patrol = said["patrol"].as_str().unwrap();
    let log = entries(&squad.head, patrol);
    assert_eq!(log.len(), 2);
    let text = log[0].to_string();
    for due in
        ["\"source\":\"paper\"", "із бар", "\"count\":5", "\"marker\":\"113\"", "by_hand", head.as_str()]
    {
        assert!(text.contains(due), "{due} in {text}");
    }
    assert!(text.contains("2026-05-01T10:12:00") && !text.contains("\"recorded_at\":\"2026-05-01"), "{text}");
    assert!(log[1].to_string().contains("state_border_regime") && log[1].to_string().contains("сөз, *сөз*"));

    squad.meet();
    let page = squad.head.json(&["page", "preview", patrol]);
    let events = page["page"]["events"].as_array().unwrap();
    assert_eq!((events.len(), &events[0]["sources"][0][2]), (2, &"paper".into()));
    assert!(page["page"]["header"].to_string().contains("майор С."), "{page}");
    let paper = squad.place.path("page.pdf");
    let print = ["print", "page", "--preview", &patrol[..8], "--page", "kk", "-o", paper.to_str().unwrap()];
    squad.head.run(&print).well();
    let paper = letters_of(paper.to_str().unwrap());
    for cell in ["01.05.202610:12", "5", "44.1657", "113", "көпір", "ізбар", "сөз,*сөз*", "майорС.", "қағаз"]
    {
        assert!(paper.contains(cell), "what was on paper is on paper again: {cell} in {paper}");
    }
    let again = refused(&squad.head, &[&file]);
    assert_eq!(
        again,
        [("L3", "already_there"), ("L4", "already_there")].map(|(at, why)| (at.into(), why.into()))
    );
    assert_eq!(patrols(&squad.head), 1);
    assert!(
        squad
            .head
            .run(&["patrol", "from-paper", &file])
            .stdout
            .contains("stands in a log already")
    );
}

#[test]
fn every_cell_that_is_not_taken_is_told_at_once_and_nothing_is_written() {
    let squad = Squad::found();
    let file = csv(
        &squad,
        &[
            "шығуы;01.05.2026;08:00;;;бірлесіп;;;;;;;;",
            ";;25:00;Ешкім Емес;77;;көп;44,1;;;;;;border_zone",
            ";;07:00;;4;joint;;;;;;=2+2;;",
        ],
    );
    let due = [
        ("C3", "not_a_time"),
        ("D3", "not_a_member"),
        ("E3", "not_an_activity"),
        ("G3", "not_a_count"),
        ("I3", "not_a_place"),
        ("L3", "missing"),
        ("N3", "surplus"),
        ("C4", "before_start"),
        ("F4", "surplus"),
        ("L4", "formula"),
    ];
    assert_eq!(refused(&squad.head, &[&file]), due.map(|(at, why)| (at.to_owned(), why.to_owned())));
    assert_eq!(patrols(&squad.head), 0);
    let hostile: [(&str, &[u8]); 5] = [
        ("nothing.csv", b""),
        ("other.csv", "Аты;Тегі\r\nx;y".as_bytes()),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n0000"),
        ("cut.xlsx", b"PK\x03\x04"),
        ("control.csv", b"Day;Time\r\n\x1b[2J;x"),
    ];
    for (name, bytes) in hostile {
        let file = squad.place.file(name, bytes);
        let done = squad.head.run(&["patrol", "from-paper", &file]);
        assert_eq!(done.code, 5, "{name}: {done:?}");
        assert!(!done.stderr.contains("panicked") && !done.stderr.contains('\u{1b}'), "{done:?}");
    }
    let unknown = [HEADINGS, ";IMEI"].concat();
    let unknown = squad.place.file("unknown.csv", unknown.as_bytes());
    assert!(squad.head.run(&["patrol", "from-paper", &unknown]).stderr.contains("O1"));
    assert_eq!(patrols(&squad.head), 0);
}

#[test]
fn more_of_a_patrol_that_is_there_has_no_start_of_its_own() {
    let squad = Squad::found();
    let patrol = squad.volunteer.run(&["patrol", "start", "--mode", "independent"]).well();
    let file = csv(&squad, &[";2026-05-01;10:12;;16;;;;;;;ұстау;;"]);
    assert_eq!(refused(&squad.volunteer, &[&file]), [("A2".to_owned(), "missing".to_owned())]);
    let said = taken(&squad.volunteer, &file, &["--patrol", &patrol]);
    assert_eq!((&said["patrol"], patrols(&squad.volunteer)), (&patrol.as_str().into(), 1));
    let [entry] = entries(&squad.volunteer, &patrol).try_into().unwrap();
    assert!(entry.to_string().contains("\"independent\""), "as the patrol goes: {entry}");
    let start = csv(&squad, &["шығуы;01.05.2026;08:00;;;бірлесіп;;;;;;;;"]);
    let twice = refused(&squad.volunteer, &[&start, "--patrol", &patrol]);
    assert_eq!(twice, [("A2".to_owned(), "twice".to_owned())]);
}

#[test]
fn the_sheet_has_the_columns_of_the_page_and_the_table_is_read_as_it_was_written() {
    let squad = Squad::found();
    let plan = ["patrol", "plan", "--from", "2099-03-05T08:00", "--until", "2099-03-05T18:00"];
    let more =
        ["--sector", "Үлкен сай", "--area", "border_zone", "--mode", "joint", "--representative", "майор С."];
    let patrol = squad.head.run(&[&plan[..], &more].concat()).well();
    for ending in ["csv", "xlsx"] {
        let (pdf, table) = (squad.place.path("blank.pdf"), squad.place.path(&format!("blank.{ending}")));
        let (pdf, table) = (pdf.to_str().unwrap(), table.to_str().unwrap());
        let print = ["print", "sheet", "--patrol", &patrol, "--page", "ru", "-o", pdf, "--template", table];
        squad.head.run(&print).well();
        let text = letters_of(pdf);
        for due in ["Үлкенсай", "майорС.", "Ктозаписал", "Чтопроизошло", "совместно", &patrol[..8]]
        {
            assert!(text.contains(due), "{due} in {text}");
        }
        // Filled in but for when it went out: that nobody knows yet.
        let due = [("B2", "missing"), ("C2", "missing")].map(|(at, why)| (at.to_owned(), why.to_owned()));
        let found = refused(&squad.head, &[table, "--patrol", &patrol]);
        assert!(found.iter().all(|cell| due.contains(cell)) && !found.is_empty(), "{found:?}");
    }
    let wrong = squad.place.path("blank.ods");
    let wrong = ["print", "sheet", "-o", "x.pdf", "--template", wrong.to_str().unwrap()];
    assert_eq!(squad.head.run(&wrong).code, 2, "XLSX or CSV");
}
