//! The list of the squad Қарабұлақ, cell for cell as its akimat sent it.

use super::*;
use crate::law::Paragraph;
use crate::list::Citizenship;

const RESIDENCE: &str = "Зайсан ауданы, Қарабұлақ ауылы, Абай к-сі";

/// Row 4 and those below it, from column A; a number after `#` is a number cell, a day after `@` a date cell.
const ROWS: [[&str; 7]; 14] = [
    [
        "Р/с №",
        "Тегі, аты, әкесінің аты",
        "Туған күні",
        "Азаматтығы",
        "Тұрғылықты мекенжайы",
        "Жеке куәлік №",
        "Телефон",
    ],
    ["#1", "Қасымов Ерлан Болатұлы", "@1993-09-28", "Қазақстан", "60", "062498494", "+7 701 7580488"],
    ["#2", "Әбдірахманов Айдос Серікұлы", "07.10.1997", "Қазақстан", "12", "068707214", "8(702)7981982"],
    ["#3", "Нұрланұлы Бауыржан Қайратұлы", "04.03.04", "Қазақстан", "29", "040721828", "87051237892"],
    ["#4", "Сейітқазин Дәурен Маратович", "1970-09-26", "Қазақстан", "57", "093071737", "+7 701 0702635"],
    ["#5", "Өтeгeнoв Нұрбoл Оразұлы", "@2003-07-15", "Қазақстан", "42", "099175610", "8(702)2642312"],
    ["#6", "Ыбыраев Серік Һамитұлы", "27.01.2004", "Қазақстан", "34", "#8477852", "87051099910"],
    ["#7", "  ЖҮНІСБЕКОВ ӨМІРБЕК АСҚАРҰЛЫ ", "08.04.67", "Қазақстан", "39", "004037616", "+7 701 7783528"],
    ["#8", "Тілеуберді Ғалым Петрович", "1985-08-19", "Қазақстан", "54", "", "8(702)3276948"],
    ["#9", "Ғабдуллин Сергей Жұмабекұлы", "@1998-04-21", "Қазақстан", "19", "067078417", "87051007707"],
    ["#10", "Иванов Іңкәр Әскербекқызы", "21.08.1970", "Ресей", "18", "054596917", "+7 701 9248737"],
    ["#11", "Петренко Үміт Ықыласқызы", "09.12.70", "Қазақстан", "21", "030825235", "8(702)8604776"],
    ["#12", "Шәріпов Хамит Талғатұлы", "1983-01-03", "Қазақстан", "37", "014485705", "87051671759"],
    ["#13", "Қасымов Ерлан Болатұлы", "", "", "", "", ""],
];

pub(super) fn sheet() -> Sheet {
    let cell = |written: &&str| match (written.strip_prefix('#'), written.strip_prefix('@')) {
        (Some(number), _) => Cell::Number(number.parse().unwrap()),
        (_, Some(written)) => Cell::Day(day(written)),
        _ if written.len() == 2 => Cell::Text(format!("{RESIDENCE} {written}")),
        _ => text(written),
    };
    let title = ["Зайсан ауданы әкімдігі жанындағы «Қарабұлақ» ерікті жасағы мүшелерінің тізімі"];
    let mut rows = vec![row(&title), row(&["2026 жылғы 3 қарашадағы жағдай бойынша"]), Vec::new()];
    rows.extend(ROWS.iter().map(|cells| cells.iter().map(cell).collect::<Vec<Cell>>()));
    rows.push(Vec::new());
    rows.push(row(&["", "Әкім орынбасары", "", "", "", "", "_________"]));
    Sheet { name: Some("Тізім".to_owned()), rows }
}

#[test]
fn the_title_says_of_which_squad_and_day_it_is() {
    let plan = planned(&sheet(), &[], &Answers::new());
    assert_eq!(plan.squad_hint.unwrap().as_str(), "Қарабұлақ");
    assert_eq!(plan.as_of_hint, Some(day("2026-11-03")));
    assert_eq!(plan.passed_over, [at("B19")]);
    let left_out: Vec<_> = plan
        .left_out
        .iter()
        .map(|left| (left.at, left.header.as_ref().map(Name::as_str)))
        .collect();
    assert_eq!(left_out, [(at("G4"), Some("Телефон"))]);
}

#[test]
fn a_title_that_names_another_squad_than_the_one_chosen_is_asked_about() {
    let sheet = sheet();
    let plan_for = |squad: &str, answers: &Answers| {
        let squad = Name::new(squad).unwrap();
        let reading = Reading { today: today(), squad: Some(&squad), known: &[], answers };
        plan(std::slice::from_ref(&sheet), reading).unwrap()
    };
    assert_eq!(plan_for("ҚАРАБУЛАК", &Answers::new()).asked, [], "it is the same name");
    let other = plan_for("Сарысу", &Answers::new());
    let chosen = Proposal::Squad(Name::new("Сарысу").unwrap());
    assert_eq!(other.asked, [Asked::new(at("A1"), ListQuestion::SquadOther, chosen)]);
    assert_eq!(other.steps(RefusedLines::LeftOut), Err(NotYet::Asked { lines: 1, first: at("A1") }));
    for (answer, is_taken) in [
        (Answer::AsProposed, true),
        (Answer::LeaveOut, false),
        (Answer::AsWritten, false),
        (Answer::Instead("Сарысу".to_owned()), false),
    ] {
        let given = answers([("A1", ListQuestion::SquadOther, answer)]);
        let answered = plan_for("Сарысу", &given);
        assert_eq!(answered.asked.is_empty(), is_taken, "{given:?}");
        assert_eq!(answered.unused.is_empty(), is_taken, "{given:?}");
    }
}

#[test]
fn each_line_comes_to_what_it_should() {
    let plan = planned(&sheet(), &[], &Answers::new());
    assert_eq!(plan.lines.len(), 13);
    let is = |number: usize, name: &str, born: &str, card: &str| {
        let person = created(&plan.lines[number - 1]);
        assert_eq!(person.full_name.as_str(), name);
        assert_eq!(person.born, Some(day(born)));
        assert_eq!(person.card.as_ref().map(Name::as_str), Some(card));
        assert!(
            person
                .residence
                .as_ref()
                .is_some_and(|residence| residence.as_str().starts_with(RESIDENCE))
        );
    };
    is(1, "Қасымов Ерлан Болатұлы", "1993-09-28", "062498494");
    is(2, "Әбдірахманов Айдос Серікұлы", "1997-10-07", "068707214");
    is(3, "Нұрланұлы Бауыржан Қайратұлы", "2004-03-04", "040721828");
    is(4, "Сейітқазин Дәурен Маратович", "1970-09-26", "093071737");
    is(5, "Өтегенов Нұрбол Оразұлы", "2003-07-15", "099175610");
    is(7, "Жүнісбеков Өмірбек Асқарұлы", "1967-04-08", "004037616");
    is(9, "Ғабдуллин Сергей Жұмабекұлы", "1998-04-21", "067078417");
    is(11, "Петренко Үміт Ықыласқызы", "1970-12-09", "030825235");
    is(12, "Шәріпов Хамит Талғатұлы", "1983-01-03", "014485705");

    assert_eq!(questions(&plan.lines[5]), [("F10".to_owned(), ListQuestion::CardZeros)]);
    assert_eq!(questions(&plan.lines[7]), [("F12".to_owned(), ListQuestion::CardMissing)]);
    assert_eq!(problems(&plan.lines[9]), [("D14".to_owned(), ListProblem::NotACitizen)]);
    assert_eq!(ListProblem::NotACitizen.paragraphs(), [Paragraph::P1]);
    assert_eq!(ListQuestion::CardMissing.paragraphs(), [Paragraph::P19A]);
    let Outcome::Refuse(refusals) = &plan.lines[12].outcome else { panic!("the double is not refused") };
    assert_eq!(
        refusals.as_slice(),
        [Refusal { at: at("B17"), problem: ListProblem::SameNameAlone, other: Some(at("B5")) }]
    );

    assert_eq!(plan.lines[2].notes, [(at("C7"), ListNote::BornCentury)]);
    assert_eq!(plan.lines[4].notes, [(at("B9"), ListNote::NameMended)]);
    assert_eq!(plan.lines[6].notes, [(at("B11"), ListNote::NameCased), (at("C11"), ListNote::BornCentury)]);
    assert_eq!(plan.lines[0].notes, []);
}

#[test]
fn it_is_applied_once_everything_is_answered_and_what_is_refused_is_left_out() {
    let plan = planned(&sheet(), &[], &Answers::new());
    assert_eq!(plan.steps(RefusedLines::LeftOut), Err(NotYet::Asked { lines: 2, first: at("B10") }));

    let Outcome::Ask(asked) = &plan.lines[5].outcome else { panic!("nothing is asked") };
    assert!(asked[0].proposal == Proposal::Card(Name::new("008477852").unwrap()));
    let answers = answers([
        ("F10", ListQuestion::CardZeros, Answer::AsProposed),
        ("F12", ListQuestion::CardMissing, Answer::AsWritten),
    ]);
    let plan = planned(&sheet(), &[], &answers);
    assert_eq!(plan.unused, []);
    assert_eq!(created(&plan.lines[5]).card.as_ref().map(Name::as_str), Some("008477852"));
    assert_eq!(created(&plan.lines[7]).card, None);
    assert_eq!(plan.steps(RefusedLines::NoneAllowed), Err(NotYet::Refused { lines: 2, first: at("B14") }));
    assert_eq!(plan.steps(RefusedLines::LeftOut).unwrap().len(), 11);
}

#[test]
fn the_same_list_imported_twice_plans_nothing() {
    let answers = answers([
        ("F10", ListQuestion::CardZeros, Answer::AsProposed),
        ("F12", ListQuestion::CardMissing, Answer::AsWritten),
    ]);
    let first = planned(&sheet(), &[], &answers);
    let created = first.lines.iter().filter(|line| matches!(line.outcome, Outcome::Create { .. }));
    let known: Vec<KnownPerson> = created
        .zip(1..)
        .map(|(line, byte)| known(byte, super::created(line), Standing::OnThis))
        .collect();
    let again = planned(&sheet(), &known, &answers);
    assert_eq!(again.steps(RefusedLines::LeftOut), Ok(Vec::new()));
    let matched = again
        .lines
        .iter()
        .filter(|line| matches!(line.outcome, Outcome::Match { is_on: true, .. }));
    assert_eq!(matched.count(), 11);
}

#[test]
fn what_was_exported_is_imported_with_nothing_to_ask_and_nothing_new() {
    let answers = answers([
        ("F10", ListQuestion::CardZeros, Answer::AsProposed),
        ("F12", ListQuestion::CardMissing, Answer::AsWritten),
    ]);
    let first = planned(&sheet(), &[], &answers);
    let mut persons: Vec<ListedPerson> = first
        .lines
        .iter()
        .filter(|line| matches!(line.outcome, Outcome::Create { .. }))
        .map(|line| created(line).clone())
        .collect();
    let known: Vec<KnownPerson> = persons
        .iter()
        .zip(1..)
        .map(|(person, byte)| known(byte, person, Standing::OnThis))
        .collect();
    persons[0].iin = "930928300128".parse().ok();
    for language in Language::ALL {
        let listed: Vec<_> = persons.iter().map(|person| (person.clone(), Citizenship::OnList)).collect();
        let exported = sheet_of(&listed, *language);
        let plan = planned(&exported, &known, &Answers::new());
        assert_eq!(plan.steps(RefusedLines::NoneAllowed), Ok(Vec::new()), "{language}");
        assert_eq!((plan.left_out, plan.passed_over), (Vec::new(), Vec::new()));

        let anew =
            planned(&exported, &[], &super::answers([("F9", ListQuestion::CardMissing, Answer::AsWritten)]));
        let back: Vec<ListedPerson> = anew.lines.iter().map(|line| created(line).clone()).collect();
        assert!(back == persons, "{language}");
    }
}

#[test]
fn nobody_is_written_down_as_a_citizen_of_whom_no_list_says_it() {
    let nobody_listed = [(super::person("Қасымов Ерлан", None), Citizenship::NotSaid)];
    for language in Language::ALL {
        let sheet = sheet_of(&nobody_listed, *language);
        let filled = sheet.rows[1].iter().filter(|cell| **cell != Cell::Empty).count();
        assert_eq!(filled, 2, "his number and his name: {language}");
    }
}
