//! Headers, cells and answers of every kind.

use super::*;

fn refused(sheets: &[Sheet]) -> ListRefused {
    plan(sheets, Reading { today: today(), squad: None, known: &[], answers: &Answers::new() }).unwrap_err()
}

#[test]
fn headers_are_understood_in_their_many_spellings() {
    let headers: [&[&str]; 7] = [
        &[
            "№ п/п",
            "Ф.И.О.",
            "Дата рождения",
            "Гражданство",
            "Адрес, место жительства",
            "№ удостоверения личности",
        ],
        &[
            "",
            "ТЕГІ,  АТЫ, ӘКЕСІНІҢ АТЫ (бар болса)",
            "Туған күні, айы, жылы",
            "азаматтығы",
            "Мекенжайы",
            "Жеке куәліктің нөмірі",
        ],
        &[
            "Р/с",
            "Жасақ мүшесінің Т.А.Ә.",
            "Туған жылы",
            "Азаматтығы",
            "Тұрғылықты жері",
            "Жеке куәлігінің №",
        ],
        &["No.", "Full name", "Date of birth", "Citizenship", "Residence", "Identity card No."],
        &[
            "№",
            "Тегі, аты, әкесінің аты / Фамилия, имя, отчество",
            "Туған күні / Дата рождения",
            "Азаматтығы / Гражданство",
            "Адрес",
            "Уд. личности",
        ],
        &["№", "Аты-жөні", "Туған күні", "Азаматтығы", "Мекен-жайы", "Номер УДЛ"],
        &["№", "Aты-жөнi", "Тyған күнi", "Азаматтығы", "Мекенжайы", "Жeкe куәлiк №"],
    ];
    for header in headers {
        let line = row(&["1", "Ким Вилен", "1.2.1970", "РК", "Абай 1", "062498494"]);
        let plan = planned(&sheet(vec![row(header), line]), &[], &Answers::new());
        let person = created(&plan.lines[0]);
        assert_eq!(
            (person.full_name.as_str(), person.born),
            ("Ким Вилен", Some(day("1970-02-01"))),
            "{header:?}"
        );
        assert_eq!(person.residence.as_ref().map(crate::words::Text::as_str), Some("Абай 1"), "{header:?}");
    }
}

#[test]
fn a_name_may_stand_in_three_columns() {
    let header = row(&[
        "Фамилия",
        "Имя",
        "Отчество",
        "Дата рождения",
        "Гражданство",
        "Удостоверение личности",
        "ИИН/ЖСН",
    ]);
    let rows = vec![
        header,
        row(&["ҚАСЫМОВ", "Ерлан", "Болатұлы", "28.09.1993", "РК", "062498494", ""]),
        row(&["Ким", "Вилен", "", "1.2.1970", "РК", "111111111", ""]),
    ];
    let plan = planned(&sheet(rows), &[], &Answers::new());
    assert_eq!(created(&plan.lines[0]).full_name.as_str(), "Қасымов Ерлан Болатұлы");
    assert_eq!(created(&plan.lines[1]).full_name.as_str(), "Ким Вилен");
}

#[test]
fn a_header_that_is_missing_or_there_twice_is_refused_with_its_cell() {
    let refusal = refused(&[sheet(vec![row(&["ФИО", "Дата рождения", "Гражданство"])])]);
    assert_eq!(refusal, ListRefused::HeaderMissing { column: ListColumn::Card, row: at("A1") });
    assert_eq!(refusal.to_string(), "the column card is missing in the header that begins at A1");
    let twice = ["ФИО", "Дата рождения", "Гражданство", "№ удостоверения", "Азаматтығы"];
    let refusal = refused(&[sheet(vec![row(&twice)])]);
    let due = ListRefused::HeaderTwice { column: ListColumn::Citizenship, first: at("C1"), second: at("E1") };
    assert_eq!(refusal, due);
    let both = ["ФИО", "Имя", "Дата рождения", "Гражданство", "№ удостоверения"];
    let due = ListRefused::HeaderTwice { column: ListColumn::GivenName, first: at("A1"), second: at("B1") };
    assert_eq!(refused(&[sheet(vec![row(&both)])]), due);
    let no_given = ["Фамилия", "Дата рождения", "Гражданство", "№ удостоверения"];
    let due = ListRefused::HeaderMissing { column: ListColumn::GivenName, row: at("A1") };
    assert_eq!(refused(&[sheet(vec![row(&no_given)])]), due);
}

#[test]
fn a_file_without_a_list_or_with_two_is_refused() {
    assert_eq!(refused(&[]), ListRefused::NoHeader);
    assert_eq!(refused(&[sheet(vec![row(&["Бюджет", "2026"])])]), ListRefused::NoHeader);
    assert_eq!(refused(&[sheet(vec![row(&HEADER)])]), ListRefused::Nobody { header: at("A1") });
    let list = sheet_with(&[["Ким Вилен", "1.2.1970", "РК", "062498494", ""]]);
    assert_eq!(refused(&[list.clone(), list.clone()]), ListRefused::SeveralLists { sheets: vec![0, 1] });
    let contacts = sheet(vec![row(&["ФИО", "Адрес", "Телефон"]), row(&["Ким", "Абай 1", "8 701"])]);
    let column = ListColumn::Born;
    assert_eq!(
        refused(std::slice::from_ref(&contacts)),
        ListRefused::HeaderMissing { column, row: at("A1") }
    );
    created(
        &plan(
            &[contacts, list.clone()],
            Reading { today: today(), squad: None, known: &[], answers: &Answers::new() },
        )
        .unwrap()
        .lines[0],
    );
    let beside = plan(
        &[sheet(vec![row(&["Түсініктеме"])]), list],
        Reading { today: today(), squad: None, known: &[], answers: &Answers::new() },
    );
    assert_eq!(beside.unwrap().sheet, 1);
    let rows = std::iter::once(row(&HEADER)).chain((0..20_000).map(|_| Vec::new())).collect();
    assert_eq!(refused(&[sheet(rows)]), ListRefused::TooManyRows { rows: 20_001 });
}

#[test]
fn unknown_columns_are_named_and_rows_of_numbers_and_signatures_passed_over() {
    let mut rows = vec![row(&[
        "ФИО",
        "Дата рождения",
        "Гражданство",
        "№ удостоверения",
        "Место рождения",
        "Удостоверение личности, дата выдачи",
    ])];
    rows.push(row(&["1", "2", "3", "4", "5"]));
    rows.push(row(&["Ким Вилен", "1.2.1970", "РК", "062498494", "Алматы", "1.1.2015", "ауысты"]));
    rows.push(row(&["", "", "", "", "", "", "тек ескерту"]));
    rows.push(row(&["Басшының орынбасары", "", "", "Б. Серіков"]));
    rows.push(row(&["Орындаушы: Асанов"]));
    let plan = planned(&sheet(rows), &[], &Answers::new());
    assert_eq!(plan.lines.len(), 1);
    assert_eq!(plan.passed_over, [at("A2"), at("G4"), at("A5"), at("A6")]);
    let left_out: Vec<_> = plan
        .left_out
        .iter()
        .map(|left| (left.at, left.header.as_ref().map(Name::as_str)))
        .collect();
    assert_eq!(
        left_out,
        [
            (at("E1"), Some("Место рождения")),
            (at("F1"), Some("Удостоверение личности, дата выдачи")),
            (at("G1"), None)
        ]
    );
}

#[test]
fn a_day_of_birth_is_understood_or_refused_with_its_cell() {
    let read = |born: Cell| {
        let mut sheet = sheet_with(&[["Ким Вилен", "", "РК", "062498494", ""]]);
        sheet.rows[1][2] = born;
        planned(&sheet, &[], &Answers::new()).lines.remove(0)
    };
    let understood = [
        ("28.09.1993", "1993-09-28"),
        ("28.9.93", "1993-09-28"),
        ("1993-09-28", "1993-09-28"),
        ("28/09/1993", "1993-09-28"),
        ("28.09.1993 ж.", "1993-09-28"),
        ("28.09.1993г.", "1993-09-28"),
        ("28 қыркүйек 1993 жыл", "1993-09-28"),
        ("28 сентября 1993 года", "1993-09-28"),
        ("1993-09-28 00:00:00", "1993-09-28"),
        ("9 мая 1970", "1970-05-09"),
        ("34240", "1993-09-28"),
        ("1993 жылғы 28 қыркүйек", "1993-09-28"),
        ("1993 ж. 28 қыркүйек", "1993-09-28"),
        ("1993ж. 28 қыркүйек", "1993-09-28"),
        ("1993 жылы 28 қыркүйекте", "1993-09-28"),
        ("1993 жылғы қыркүйектің 28-і", "1993-09-28"),
        ("1993 жылы 28 қыркүйекте туған", "1993-09-28"),
        ("19930928", "1993-09-28"),
        ("28091993", "1993-09-28"),
        ("29.02.04", "2004-02-29"),
        ("21.11.2026", "2026-11-21"),
    ];
    for (written, due) in understood {
        assert_eq!(created(&read(text(written))).born, Some(day(due)), "{written}");
    }
    let serial = read(Cell::Number(34_240.0));
    assert_eq!(
        (created(&serial).born, serial.notes),
        (Some(day("1993-09-28")), vec![(at("C2"), ListNote::BornSerial)])
    );
    for (written, problem) in [
        ("31.02.1993", ListProblem::NotADay),
        ("28.13.1993", ListProblem::NotADay),
        ("білмеймін 5", ListProblem::DayUnclear),
        ("1993 жылғы 31 қыркүйек", ListProblem::NotADay),
        ("19930931", ListProblem::NotADay),
        ("7101997", ListProblem::DayUnclear),
        ("май 1990", ListProblem::DayUnclear),
        ("1990 жылғы мамыр", ListProblem::DayUnclear),
        ("білмеймін", ListProblem::DayUnclear),
        ("1993 жыл", ListProblem::YearAlone),
        ("1993", ListProblem::YearAlone),
        ("22.11.2026", ListProblem::BornInFuture),
        ("2027-01-01", ListProblem::BornInFuture),
        ("1.1.1", ListProblem::DayUnclear),
        ("29.02.1993", ListProblem::NotADay),
        ("28-09", ListProblem::DayUnclear),
        ("28.09.1993.1", ListProblem::DayUnclear),
    ] {
        assert_eq!(problems(&read(text(written))), [("C2".to_owned(), problem)], "{written}");
    }
    for (cell, problem) in [
        (Cell::Number(1985.0), ListProblem::YearAlone),
        (Cell::Number(7.1), ListProblem::DayUnclear),
        (Cell::Number(f64::NAN), ListProblem::DayUnclear),
        (Cell::Number(7_101_997.0), ListProblem::DayUnclear),
        (Cell::Formula, ListProblem::Formula),
        (Cell::Error, ListProblem::SpreadsheetError),
        (Cell::Day(day("2030-01-01")), ListProblem::BornInFuture),
    ] {
        assert_eq!(problems(&read(cell)), [("C2".to_owned(), problem)]);
    }
}

#[test]
fn a_day_that_could_be_two_is_asked_about() {
    for (written, question, proposed) in [
        ("05.06.20", ListQuestion::BornCentury, "1920-06-05"),
        ("07/10/1997", ListQuestion::BornOrder, "1997-10-07"),
        ("09/28/1993", ListQuestion::BornOrder, "1993-09-28"),
    ] {
        let line = ["Ким Вилен", written, "РК", "062498494", ""];
        let plan = plan_of(&[line]);
        let Outcome::Ask(asked) = &plan.lines[0].outcome else { panic!("not asked about {written}") };
        assert!(
            asked[0].question == question && asked[0].proposal == Proposal::Day(day(proposed)),
            "{written}"
        );
        let sheet = sheet_with(&[line]);
        let taken =
            planned(&sheet, &[], &answers([("C2", question, Answer::Instead("28.09.1993".to_owned()))]));
        assert_eq!(created(&taken.lines[0]).born, Some(day("1993-09-28")));
        let again = planned(&sheet, &[], &answers([("C2", question, Answer::Instead(written.to_owned()))]));
        assert_eq!(questions(&again.lines[0]), [("C2".to_owned(), question)]);
        assert_eq!(again.unused, [(at("C2"), question)]);
        let Outcome::Ask(asked) = &again.lines[0].outcome else { panic!("not asked") };
        assert_eq!(asked[0].unread, Some(ListProblem::AnswerDoubtful), "what was answered is as doubtful");
    }
    assert_eq!(
        questions(&plan_of(&[["Ким Вилен", "1867-04-08", "РК", "062498494", ""]]).lines[0]),
        [("C2".to_owned(), ListQuestion::BornLongAgo)]
    );
}

#[test]
fn an_individual_identification_number_is_read_under_its_whole_name_too() {
    for header in ["ЖСН", "Жеке сәйкестендіру нөмірі (ЖСН)", "Индивидуальный идентификационный номер (ИИН)"]
    {
        let mut sheet = sheet_with(&[["Ким Вилен", "15.02.1990", "РК", "062498494", "900215312345"]]);
        sheet.rows[0][5] = text(header);
        let plan = planned(&sheet, &[], &Answers::new());
        assert!(matches!(plan.lines[0].outcome, Outcome::Refuse(_)), "its check digit is wrong: {header}");
    }
}

#[test]
fn an_individual_identification_number_is_checked_against_the_day_of_birth() {
    let line = |born, iin| plan_of(&[["Ким Вилен", born, "РК", "062498494", iin]]).lines.remove(0);
    created(&line("28.09.1993", "930928300128"));
    created(&line("28.09.93", "930928 300128"));
    assert_eq!(
        problems(&line("28.09.1993", "930928300129")),
        [("F2".to_owned(), ListProblem::IinCheckDigit)]
    );
    assert_eq!(problems(&line("28.09.1993", "93092830012X")), [("F2".to_owned(), ListProblem::IinDigits)]);
    assert_eq!(
        questions(&line("27.09.1993", "930928300128")),
        [("C2".to_owned(), ListQuestion::BornNotAsIin)]
    );
    assert_eq!(
        questions(&line("28.09.1893", "930928300128")),
        [("C2".to_owned(), ListQuestion::BornLongAgo)]
    );
    assert_eq!(questions(&line("", "930928300128")), [("C2".to_owned(), ListQuestion::BornMissing)]);
    // The seventh digit says the century, so that two digits of a year are not asked about.
    let whole = iin_beginning("20060550001");
    assert_eq!(created(&line("05.06.20", &whole)).born, Some(day("2020-06-05")));
    let no_day = iin_beginning("93133130001");
    assert_eq!(problems(&line("28.09.1993", &no_day)), [("F2".to_owned(), ListProblem::IinNoDay)]);
}

/// The number with these eleven digits first.
fn iin_beginning(eleven: &str) -> String {
    (0..10)
        .map(|last| format!("{eleven}{last}"))
        .find(|digits| digits.parse::<Iin>().is_ok())
        .unwrap()
}

#[test]
fn zeros_that_a_spreadsheet_ate_are_put_back_where_the_day_of_birth_bears_it_out() {
    let whole = iin_beginning("04012750001");
    let eaten = whole.trim_start_matches('0');
    let line = |born| plan_of(&[["Ким Вилен", born, "РК", "062498494", eaten]]).lines.remove(0);
    let borne_out = line("27.01.2004");
    assert_eq!(created(&borne_out).iin.as_ref().map(Iin::digits), Some(whole.clone()));
    assert_eq!(borne_out.notes, [(at("F2"), ListNote::IinZeros)]);
    assert_eq!(questions(&line("26.01.2004")), [("F2".to_owned(), ListQuestion::IinZeros)]);
}

#[test]
fn an_identity_card_has_nine_digits() {
    let line = |card| plan_of(&[["Ким Вилен", "1.2.1970", "РК", card, ""]]).lines.remove(0);
    assert_eq!(created(&line("№ 062 498 494")).card.as_ref().map(Name::as_str), Some("062498494"));
    assert_eq!(questions(&line("8477852")), [("E2".to_owned(), ListQuestion::CardZeros)]);
    assert_eq!(questions(&line("—")), [("E2".to_owned(), ListQuestion::CardMissing)]);
    assert_eq!(created(&line("N 062498494")).card.as_ref().map(Name::as_str), Some("062498494"));
    for refused in ["0624984941", "А12345678", "N12345678", "жоқ"] {
        assert_eq!(problems(&line(refused)), [("E2".to_owned(), ListProblem::NotACardNumber)], "{refused}");
    }
}

#[test]
fn only_citizens_are_listed() {
    let line = |country| plan_of(&[["Ким Вилен", "1.2.1970", country, "062498494", ""]]).lines.remove(0);
    for ours in [
        "Қазақстан",
        "казахстан",
        "ҚР",
        "Р.К.",
        "Республика Казахстан",
        "Kazakhstan",
        "Қaзaқстaн Рeспубликaсы",
        "гражданин РК",
        "гр. РК",
        "Респ. Казахстан",
        "казахстанец",
        "казахстанка",
        "казах\u{ad}станский",
        "РК.",
        "Р. К.",
        "P.K.",
        "ҚР азаматы",
        "қазақстандық",
        "Қазақстан Республикасы (ҚР)",
        "Citizen of the Republic of Kazakhstan",
    ] {
        let line = line(ours);
        assert!(matches!(line.outcome, Outcome::Create { .. }), "{ours}: {:?}", line.outcome);
    }
    for another in [
        "Ресей",
        "РФ",
        "Россия",
        "гр. России",
        "Российская Федерация",
        "Өзбекстан",
        "Узбекистан",
        "Қырғызстан",
        "Кыргызстан",
        "Кыргызская Республика",
        "Қазақстан, Ресей",
        "лицо без гражданства",
        "азаматтығы жоқ",
        "иностранец",
        "не гражданин РК",
        "ҚР азаматы емес",
        "нет",
        "жоқ",
    ] {
        assert_eq!(problems(&line(another)), [("D2".to_owned(), ListProblem::NotACitizen)], "{another}");
    }
    assert_eq!(questions(&line("-")), [("D2".to_owned(), ListQuestion::CitizenshipMissing)]);
    for unclear in
        ["қазақ", "узбек", "1", "PK", "KP", "гражданин", "нет данных", "Атлантида", "бывший гражданин РК"]
    {
        let due = [("D2".to_owned(), ListQuestion::CitizenshipUnclear)];
        assert_eq!(questions(&line(unclear)), due, "{unclear}");
    }
    let mut sheet = sheet_with(&[["Ким Вилен", "1.2.1970", "", "062498494", ""]]);
    sheet.rows[1][3] = Cell::Number(1.0);
    let given = answers([("D2", ListQuestion::CitizenshipUnclear, Answer::Instead("РК".to_owned()))]);
    created(&planned(&sheet, &[], &given).lines[0]);
    let sheet = sheet_with(&[["Ким Вилен", "1.2.1970", "", "062498494", ""]]);
    for (answer, is_taken) in [("ҚР", true), ("қазақ", false), ("-", false)] {
        let answers = answers([("D2", ListQuestion::CitizenshipMissing, Answer::Instead(answer.to_owned()))]);
        let plan = planned(&sheet, &[], &answers);
        assert_eq!(matches!(plan.lines[0].outcome, Outcome::Create { .. }), is_taken, "{answer}");
        assert_eq!(plan.unused.is_empty(), is_taken);
    }
}

#[test]
fn a_name_is_words_of_one_script() {
    let line = |name| plan_of(&[[name, "1.2.1970", "РК", "062498494", ""]]).lines.remove(0);
    for (name, question) in [
        ("Жrов Асан", ListQuestion::NameDoubtful),
        ("Асанов 2", ListQuestion::NameDoubtful),
        ("Асанов Асан (басшы)", ListQuestion::NameDoubtful),
        ("Асанов Brown", ListQuestion::NameDoubtful),
        ("ABEHOB ACKAP", ListQuestion::NameDoubtful),
        ("Асанов", ListQuestion::NameShort),
        ("Асанов А.Б.", ListQuestion::NameShort),
    ] {
        assert_eq!(questions(&line(name)), [("B2".to_owned(), question)], "{name}");
    }
    let (long, endless) = ("Ә".repeat(101), format!("Ким{}Вилен", " ".repeat(2_000)));
    for (name, problem) in [
        ("", ListProblem::NameMissing),
        ("_____", ListProblem::NotAName),
        (long.as_str(), ListProblem::TooLong),
        (endless.as_str(), ListProblem::TooLong),
        ("Ким\u{7} Вилен", ListProblem::ControlCharacter),
        ("Ким \u{202e}Вилен", ListProblem::MisleadingCharacter),
    ] {
        assert_eq!(problems(&line(name)), [("B2".to_owned(), problem)]);
    }
    assert_eq!(created(&line("Ким\nВилен\u{a0}")).full_name.as_str(), "Ким Вилен");
    let sheet = sheet_with(&[["Жrов Асан", "1.2.1970", "РК", "062498494", ""]]);
    let given = |answer| planned(&sheet, &[], &answers([("B2", ListQuestion::NameDoubtful, answer)]));
    assert_eq!(
        created(&given(Answer::Instead("ЖҰМОВ Асан".to_owned())).lines[0])
            .full_name
            .as_str(),
        "Жұмов Асан"
    );
    assert_eq!(created(&given(Answer::AsWritten).lines[0]).full_name.as_str(), "Жrов Асан");
    assert_eq!(given(Answer::LeaveOut).lines[0].outcome, Outcome::LeaveOut);
    assert_eq!(questions(&given(Answer::AsProposed).lines[0]).len(), 1, "nothing is proposed");
    let mut formula = sheet.clone();
    formula.rows[1][1] = Cell::Formula;
    assert_eq!(
        problems(&planned(&formula, &[], &Answers::new()).lines[0]),
        [("B2".to_owned(), ListProblem::Formula)]
    );
}

#[test]
fn an_answer_that_cannot_be_read_is_asked_for_again_and_leaves_nobody_out() {
    let sheet = sheet_with(&[["Ким Вилен", "", "РК", "8477852", ""], ["", "", "", "", ""]]);
    let given = answers([
        ("C2", ListQuestion::BornMissing, Answer::Instead("31.02.1970".to_owned())),
        ("E2", ListQuestion::CardZeros, Answer::Instead("жоқ".to_owned())),
    ]);
    let plan = planned(&sheet, &[], &given);
    let due = [("C2".to_owned(), ListQuestion::BornMissing), ("E2".to_owned(), ListQuestion::CardZeros)];
    assert_eq!(questions(&plan.lines[0]), due);
    assert_eq!(plan.unused.len(), 2);
    assert_eq!(plan.passed_over, [at("A3")], "a number alone is no line");
    let Outcome::Ask(asked) = &plan.lines[0].outcome else { panic!("not asked") };
    let why: Vec<_> = asked.iter().map(|asked| asked.unread).collect();
    assert_eq!(why, [Some(ListProblem::NotADay), Some(ListProblem::NotACardNumber)], "and it is said why");
}

#[test]
fn a_list_of_five_thousand_is_planned_line_by_line() {
    let lines: Vec<[String; 3]> = (0..5_000)
        .map(|n| {
            [
                format!("Қасымов Ерлан {}", "аб".repeat(1 + n % 40)),
                format!("{:02}.{:02}.{}", 1 + n % 28, 1 + n / 28 % 12, 1940 + n / 336),
                format!("{n:09}"),
            ]
        })
        .collect();
    let lines: Vec<[&str; 5]> = lines
        .iter()
        .map(|[name, born, card]| [name.as_str(), born, "РК", card, ""])
        .collect();
    let plan = plan_of(&lines);
    assert_eq!(plan.steps(RefusedLines::NoneAllowed).unwrap().len(), 5_000);
}
