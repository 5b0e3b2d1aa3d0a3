//! Papers of patrols as they are read by whoever gets them: the page, the extract for the book, the act of a hand-over.

use jasaq_fieldbook::model::sheet::Cell;
use jasaq_printing::reading::read_sheets;
use serde_json::Value;

use crate::pages::{decide_all, told_by_two};
use crate::registry::refusal;
use crate::squad::{Device, Done, Squad};

/// Prints a paper.
fn print(squad: &Squad, device: &Device, what: &[&str]) -> Done {
    let file = squad.place.path("paper.pdf");
    device.run(&[&["print"], what, &["-o", file.to_str().unwrap()]].concat())
}

/// What stands on each of its sheets, without spaces: where lines break is the layout's affair.
fn sheets(squad: &Squad, device: &Device, what: &[&str]) -> Vec<String> {
    print(squad, device, what).well();
    let paper = lopdf::Document::load(squad.place.path("paper.pdf")).unwrap();
    let pages: Vec<u32> = paper.get_pages().keys().copied().collect();
    let texts = pages.iter().map(|page| paper.extract_text(&[*page]).unwrap());
    texts
        .map(|text| text.split_whitespace().collect::<String>().replace('\u{200b}', ""))
        .collect()
}

fn printed(squad: &Squad, device: &Device, what: &[&str]) -> String {
    sheets(squad, device, what).concat()
}

#[track_caller]
fn stands(text: &str, parts: &[&str]) {
    for part in parts {
        let part: String = part.split_whitespace().collect();
        assert!(text.contains(&part), "{part} in {text}");
    }
}

#[test]
fn a_draft_says_so_on_every_sheet_and_claims_no_hash() {
    let (squad, _) = told_by_two();
    for (language, draft) in [("kk", "ЖОБА"), ("ru", "ПРОЕКТ")] {
        let sheets = sheets(&squad, &squad.head, &["page", "--preview", "--page", language]);
        for sheet in &sheets {
            assert!(sheet.contains(draft) && !sheet.contains("SHA-256"), "{sheet}");
        }
        stands(&sheets.concat(), &["із бар", "майор С."]);
    }
    assert_eq!(print(&squad, &squad.head, &["page"]).code, 2, "which page?");
    assert_eq!(print(&squad, &squad.head, &["page", "2026-1"]).code, 1, "there is none");
}

#[test]
fn of_several_fixes_each_is_told_by_whose_it_is_and_a_notice_without_a_voice_in_words() {
    let (squad, patrol) = told_by_two();
    let place = ["--lat", "44.1657", "--lon", "80.0001", "--at", "2026-05-01T10:11:00+05:00"];
    let entry = ["entry", "add", &patrol, "--activity", "force", "--text", "брод", "--accuracy"];
    for (device, metres) in [(&squad.head, "12"), (&squad.volunteer, "20")] {
        device.run(&[&entry[..], &[metres], &place].concat()).well();
    }
    squad
        .head
        .run(&["notice", "send", "--patrol", &patrol, "--text", "із", "--offline"])
        .well();
    squad.meet();
    for decision in squad.head.json(&["reconcile", "show"])["open"].as_array().unwrap() {
        let id = decision["id"].as_str().unwrap();
        squad.head.run(&["reconcile", "decide", id, "--one"]).well();
    }
    let preview = |language: &str| squad.head.run(&["--lang", language, "page", "preview", &patrol]).well();
    let told = preview("en");
    assert!(told.contains("±12 m (phone ") && told.contains("±20 m (phone "), "{told}");
    assert!(told.contains("±6 m") && !told.contains("±6 m ("), "alike on both: {told}");
    assert!(told.contains("not told by voice · phone "), "{told}");
    assert!(preview("kk").contains("осылай дейтін жазба: 2, барлығы: 2"), "{}", preview("kk"));
}

#[test]
fn a_page_on_paper_says_who_said_what_what_was_decided_and_leads_back_to_the_book() {
    let (squad, _) = told_by_two();
    decide_all(&squad);
    let hash = squad.head.run(&["page", "seal"]).well();
    squad.meet();
    let unnumbered = printed(&squad, &squad.head, &["page", &hash[..8], "--page", "ru"]);
    stands(&unnumbered, &["без номера", "подразделением ещё не скреплён"]);
    squad.ss.run(&["page", "countersign", &hash]).well();
    squad
        .ss
        .run(&["page", "enter", "2026-1", "--section", "III", "--day", "2026-05-04"])
        .well();
    squad.meet();
    // What people wrote beside the facts is opened by head and subdivision.
    for (device, reason) in
        [(&squad.head, "жақсырақ көрді"), (&squad.ss, "жақсырақ көрді"), (&squad.volunteer, "не показано")]
    {
        let sheets = sheets(&squad, device, &["page", "2026-1", "--page", "ru"]);
        for (number, sheet) in (1..).zip(&sheets) {
            stands(sheet, &["№ 2026-1", &hash, &format!("{number} / {}", sheets.len())]);
            stands(sheet, &["Книгой пограничной службы не является"]);
        }
        let whole = sheets.concat();
        stands(&whole, &["записано, что внесён в книгу", "раздел III, 04.05.2026"]);
        stands(&whole, &["01.05.2026 10:10 +05:00", "осмотр", "±6 м", "из 2"]);
        stands(&whole, &["записано и так: 3", "решил руководитель"]);
        stands(&whole, &["причина:", reason]);
    }
    let code = format!("JASAQ-PAGE1:2026-1:{}", hash.to_ascii_uppercase());
    assert_eq!(squad.volunteer.json(&["page", "show", &code])["page"], hash.as_str());
    let another = format!("JASAQ-PAGE1:2026-1:{}", "AB".repeat(32));
    assert_eq!(squad.volunteer.run(&["page", "show", &another]).code, 1);
    let json =
        squad
            .head
            .json(&["print", "page", "2026-1", "-o", squad.place.path("x.pdf").to_str().unwrap()]);
    assert_eq!(json["document"], "patrol_page");
}

#[test]
fn an_extract_has_what_was_done_and_leaves_open_what_the_rules_leave_open() {
    let (squad, _) = told_by_two();
    decide_all(&squad);
    let hash = squad.head.run(&["page", "seal"]).well();
    squad.meet();
    squad.ss.run(&["page", "countersign", &hash]).well();
    let arguments = ["extract", "2026-1", "--from", "2034 бөлімшесі", "--page", "ru"];
    let open = printed(&squad, &squad.ss, &arguments);
    stands(&open, &["2034 бөлімшесі", "2026-1", &hash, "Сарысу", "заполняет подразделение", "пункт 23"]);
    stands(
        &open,
        &["Форма этого документа Правилами не установлена", "Книгой пограничной службы не является"],
    );
    assert!(!open.contains("III"), "{open}");
    squad
        .ss
        .run(&["page", "enter", "2026-1", "--section", "III", "--day", "2026-05-04"])
        .well();
    stands(&printed(&squad, &squad.ss, &arguments), &["III", "4 мая 2026 года"]);
    assert_eq!(print(&squad, &squad.head, &["extract", "2026-9"]).code, 1);
}

#[test]
fn what_was_amended_or_withdrawn_stands_on_the_page_marked_as_such() {
    let (squad, patrol) = told_by_two();
    let head = &squad.head;
    let entry = ["entry", "add", &patrol, "--activity", "inspection", "--kind", "route", "--mode", "joint"];
    let add = |text: &str| {
        let said = ["--text", text, "--at", "2026-05-01T11:00:00+05:00"];
        head.run(&[&entry[..], &said].concat()).well()
    };
    let (two, hit) = (add("екі адам"), add("біз оны ұрдық"));
    squad.meet();
    head.run(&["entry", "amend", &two, "--text", "ешкім", "--why", "slip"]).well();
    head.run(&["entry", "withdraw", &hit, "--reason", "басқа патруль"]).well();
    let paper = printed(&squad, head, &["page", "--preview", "--page", "ru"]);
    stands(&paper, &["ешкім", "до исправления", "екі адам", "Отозвано", "біз оны ұрдық", "басқа патруль"]);
    stands(&printed(&squad, head, &["page", "--preview", "--page", "kk"]), &["Қайтарып алынғаны"]);
    decide_all(&squad);
    let hash = head.run(&["page", "seal"]).well();
    let shown = head.run(&["page", "show", &hash]).well();
    for part in ["before (phone", "«екі адам»", "Withdrawn", "«біз оны ұрдық»~~", "басқа патруль"]
    {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    let file = squad.place.path("page.xlsx");
    head.run(&["page", "export", &hash, "-o", file.to_str().unwrap()]).well();
    let sheets = read_sheets(&std::fs::read(&file).unwrap()).unwrap();
    let undone = sheets
        .iter()
        .find(|sheet| sheet.name.as_deref() == Some("Before and withdrawn"))
        .unwrap();
    let text = |cell: &Cell| if let Cell::Text(text) = cell { text.clone() } else { String::new() };
    let undone: String = undone.rows.iter().flatten().map(text).collect();
    for part in ["екі адам", "біз оны ұрдық", "басқа патруль"] {
        assert!(undone.contains(part), "{part} in {undone}");
    }
}

const NAME: &str = "Стрелков Игорь";

/// Somebody who was detained on a patrol of the volunteer.
fn detained(squad: &Squad) -> String {
    squad.volunteer.run(&["patrol", "start", "--mode", "independent"]).well();
    let add = ["detention", "add", "--text", "ұсталды", "--offence", "шекарадан өтпек болды", "--name", NAME];
    let case = squad.volunteer.run(&[&add[..], &["--object", "state_border"]].concat()).well();
    let step = ["detention", "step", &case, "--step", "grounds_explained", "--language", "орысша"];
    squad.volunteer.run(&step).well();
    squad.meet();
    case
}

fn hand_over(device: &Device, case: &str, more: &[&str]) {
    let act = [
        "detention",
        "hand-over",
        case,
        "--body",
        "Зайсан АІІБ",
        "--officer",
        "капитан Н.",
        "--text",
        "тапсырылды",
    ];
    device.run(&[&act[..], more].concat()).well();
}

#[test]
fn an_act_has_what_the_police_ask_and_only_for_whoever_reads_the_case() {
    let squad = Squad::found();
    let case = detained(&squad);
    let act = ["handover", &case[..8], "--page", "ru"];
    let open = printed(&squad, &squad.head, &act);
    stands(&open, &[NAME, "шекарадан өтпек болды", "орысша", "Для дежурной части", "Передал", "Принял"]);
    assert!(!open.contains('×'), "nobody said who receives him: {open}");
    stands(&printed(&squad, &squad.volunteer, &act), &[NAME]);
    let police =
        ["--receiver", "law_enforcement_body", "--trigger", "without_papers", "--citizenship", "Атлантида"];
    hand_over(&squad.volunteer, &case, &[&police[..], &["--company", "alone", "--items", "рюкзак"]].concat());
    squad.meet();
    let whole = printed(&squad, &squad.head, &act);
    stands(
        &whole,
        &["×", "Зайсан АІІБ", "капитан Н.", "рюкзак", "Атлантида", "доставлен без документов", "№ 195"],
    );
    assert_eq!(print(&squad, &squad.volunteer, &act).code, 1, "it has left his phone");
}

#[test]
fn an_act_for_another_receiver_has_no_lines_of_the_duty_section() {
    let squad = Squad::found();
    let case = detained(&squad);
    hand_over(&squad.volunteer, &case, &["--receiver", "border_unit"]);
    squad.meet();
    let act = printed(&squad, &squad.ss, &["handover", &case, "--page", "ru"]);
    assert!(act.contains('×') && !act.contains("дежурной"), "{act}");
    stands(&act, &["Зайсан АІІБ"]);
}

#[test]
fn of_who_was_released_and_of_force_alone_there_is_no_act() {
    let squad = Squad::found();
    let case = detained(&squad);
    let release = ["detention", "release", &case, "--ordered-by", "майор С.", "--reason", "x", "--text", "x"];
    squad.head.run(&release).well();
    let file = squad.place.path("none.pdf");
    let act = ["print", "handover", &case, "-o", file.to_str().unwrap()];
    assert_eq!(squad.head.run(&act).code, 1);
    let force = ["force", "add", "--text", "x", "--means", "x", "--aim", "x", "--necessity", "x"];
    let patrol = squad.head.json(&["patrol", "list"])["patrols"][0]["patrol"]
        .as_str()
        .unwrap()
        .to_owned();
    let force = squad.head.run(&[&force[..], &["--patrol", &patrol]].concat()).well();
    let act = ["print", "handover", &force, "-o", file.to_str().unwrap()];
    assert_eq!(refusal(&squad.head, &act), "nobody_detained");
    assert!(!file.exists());
}

#[test]
fn personal_fields_are_shown_where_they_are_opened_and_wanted() {
    let squad = Squad::found();
    let case = detained(&squad);
    hand_over(&squad.volunteer, &case, &["--receiver", "border_unit"]);
    squad.meet();
    let preview = |device: &Device, more: &[&str]| {
        printed(&squad, device, &[&["page", "--preview", "--page", "ru"], more].concat())
    };
    let opened = preview(&squad.head, &[]);
    stands(&opened, &[NAME, "капитан Н."]);
    let closed = preview(&squad.head, &["--without-personal"]);
    assert!(!closed.contains("Стрелков") && !closed.contains("капитан"), "{closed}");
    stands(&closed, &["не показано", "Личные данные не показаны"]);
    let shown: Value = squad.head.json(&["detention", "show", &case]);
    assert_eq!(shown["detained"][0]["name"], NAME, "otherwise nothing was there to be shown");
}
