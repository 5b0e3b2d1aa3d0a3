//! Who stands twice on a list, and who is known.

use super::*;
use crate::law::Paragraph;
use crate::limits::LIST_LINES_ALIKE_MAX;

const ERLAN: [&str; 5] = ["Қасымов Ерлан Болатұлы", "28.09.1993", "РК", "062498494", ""];

fn erlan() -> ListedPerson {
    ListedPerson {
        card: Name::new("062498494").ok(), ..person("Қасымов Ерлан Болатұлы", Some("1993-09-28"))
    }
}

fn outcome(line: [&str; 5], known: &[KnownPerson], answers: &Answers) -> Outcome {
    planned(&sheet_with(&[line]), known, answers).lines.remove(0).outcome
}

fn asked(line: [&str; 5], known: &[KnownPerson]) -> Vec<ListQuestion> {
    match outcome(line, known, &Answers::new()) {
        Outcome::Ask(asked) => asked.into_iter().map(|asked| asked.question).collect(),
        other => panic!("not asked: {other:?}"),
    }
}

#[test]
fn two_lines_with_one_number_are_one_person() {
    let plan = plan_of(&[
        ["Қасымов Ерлан", "28.09.1993", "РК", "062498494", "930928300128"],
        ["Асанов Асан", "28.09.1993", "РК", "111111111", "930928300128"],
        ["Асанов Үсен", "01.02.1980", "РК", "062498494", ""],
    ]);
    created(&plan.lines[0]);
    assert_eq!(problems(&plan.lines[1]), [("F3".to_owned(), ListProblem::SameIin)]);
    assert_eq!(problems(&plan.lines[2]), [("E4".to_owned(), ListProblem::SameCard)]);
    assert_eq!(
        ListProblem::SameCard.paragraphs(),
        [Paragraph::P19A],
        "a list names each member, with his card"
    );
    let Outcome::Refuse(refusals) = &plan.lines[2].outcome else { panic!("not refused") };
    assert_eq!(refusals[0].other, Some(at("E2")));
}

#[test]
fn two_persons_may_have_one_name() {
    let plan = plan_of(&[ERLAN, ["Қасымов Ерлан Болатұлы", "01.02.1980", "РК", "111111111", ""]]);
    created(&plan.lines[0]);
    created(&plan.lines[1]);
    let told_apart = plan_of(&[
        ["Қасымов Ерлан", "28.09.1993", "РК", "111111111", "930928300138"],
        ["Қасымов Ерлан", "28.09.1993", "РК", "222222222", "930928300128"],
    ]);
    created(&told_apart.lines[0]);
    created(&told_apart.lines[1]);
}

const NAMESAKE: [&str; 5] = ["Ерлан Болатұлы КАСЫМОВ", "28.09.1993", "РК", "222222222", ""];

fn apart() -> Answers {
    answers([("B3", ListQuestion::PersonDouble, Answer::SomebodyElse)])
}

#[test]
fn namesakes_of_one_birthday_are_two_persons_or_one_as_somebody_answers() {
    let sheet = sheet_with(&[ERLAN, NAMESAKE]);
    let plan = planned(&sheet, &[], &Answers::new());
    created(&plan.lines[0]);
    assert_eq!(questions(&plan.lines[1]), [("B3".to_owned(), ListQuestion::PersonDouble)]);
    let Outcome::Ask(asked) = &plan.lines[1].outcome else { panic!("not asked") };
    let Proposal::Lines(lines) = &asked[0].proposal else { panic!("no line is proposed") };
    assert_eq!((lines[0].at, &lines[0].person), (at("B2"), created(&plan.lines[0])));
    let two = planned(&sheet, &[], &apart());
    assert_eq!((two.unused.len(), two.steps(RefusedLines::NoneAllowed).unwrap().len()), (0, 2));
    let one = answers([("B3", ListQuestion::PersonDouble, Answer::AsProposed)]);
    let one = planned(&sheet, &[], &one);
    assert_eq!((&one.lines[1].outcome, one.unused.len()), (&Outcome::LeaveOut, 0));
}

#[test]
fn names_that_differ_by_a_doubled_letter_or_a_word_are_asked_about_too() {
    for (one, other) in [
        ("Асанов Мұхаммед", "Асанов Мұхамед"),
        ("Қасымов Ерлан", "Қасымов Ерлан Болатұлы"),
        ("Асанов Асан", "Асан Асанов"),
    ] {
        let line = |name, card| [name, "28.09.1993", "РК", card, ""];
        let lines = [line(one, "111111111"), line(other, "222222222")];
        let plan = plan_of(&lines);
        assert_eq!(questions(&plan.lines[1]), [("B3".to_owned(), ListQuestion::PersonDouble)], "{one}");
        let known = [known(1, created(&plan.lines[0]), Standing::OnAnother(ANOTHER_SQUAD))];
        assert_eq!(asked(lines[1], &known), [ListQuestion::PersonPerhaps], "{other}");
    }
    let other_day = plan_of(&[
        ["Асанов Мұхаммед", "28.09.1993", "РК", "111111111", ""],
        ["Асанов Мұхамед", "29.09.1993", "РК", "222222222", ""],
    ]);
    created(&other_day.lines[1]);
}

#[test]
fn of_three_namesakes_each_is_asked_about_once() {
    let third = ["Қасымов Ерлан Болатұлы", "28.09.1993", "РК", "333333333", ""];
    let sheet = sheet_with(&[ERLAN, NAMESAKE, third]);
    let mut given = apart();
    given.insert((at("B4"), ListQuestion::PersonDouble), Answer::SomebodyElse);
    assert_eq!(planned(&sheet, &[], &given).steps(RefusedLines::NoneAllowed).unwrap().len(), 3);
}

#[test]
fn of_two_namesakes_neither_silently_is_whoever_is_known_without_a_card() {
    let mut without = created(&plan_of(&[ERLAN]).lines[0]).clone();
    without.card = None;
    let sheet = sheet_with(&[ERLAN, NAMESAKE]);
    for (standing, question) in [
        (Standing::OnThis, ListQuestion::PersonPerhaps),
        (Standing::OnAnother(ANOTHER_SQUAD), ListQuestion::PersonElsewhere),
        (Standing::TakenBack, ListQuestion::PersonAgain),
    ] {
        let known = [known(1, &without, standing)];
        let open = planned(&sheet, &known, &Answers::new());
        assert_eq!(
            questions(&open.lines[1]),
            [("B3".to_owned(), ListQuestion::PersonDouble)],
            "{standing:?}"
        );
        let asked = planned(&sheet, &known, &apart());
        for (line, cell) in asked.lines.iter().zip(["B2", "B3"]) {
            assert_eq!(questions(line), [(cell.to_owned(), question)], "{standing:?}");
        }
        let mut given = apart();
        given.insert((at("B2"), question), Answer::SomebodyElse);
        given.insert((at("B3"), question), Answer::AsProposed);
        let later = planned(&sheet, &known, &given);
        created(&later.lines[0]);
        assert!(!matches!(later.lines[1].outcome, Outcome::Create { .. } | Outcome::Ask(_)), "it is he");
        let mut given = apart();
        given.insert((at("B2"), question), Answer::AsProposed);
        let earlier = planned(&sheet, &known, &given);
        assert!(!matches!(earlier.lines[0].outcome, Outcome::Create { .. } | Outcome::Ask(_)), "it is he");
        created(&earlier.lines[1]);
    }
}

#[test]
fn two_persons_stay_two_when_their_list_comes_again() {
    let sheet = sheet_with(&[ERLAN, NAMESAKE]);
    let both = planned(&sheet, &[], &apart());
    let known =
        [1, 2].map(|byte: u8| known(byte, created(&both.lines[usize::from(byte) - 1]), Standing::OnThis));
    for given in [Answers::new(), apart()] {
        let again = planned(&sheet, &known, &given);
        for (line, byte) in again.lines.iter().zip([1, 2]) {
            let on = Outcome::Match { person: PersonId::from_bytes([byte; 16]), is_on: true };
            assert_eq!(line.outcome, on);
        }
    }
}

#[test]
fn a_namesake_of_somebody_known_is_told_apart_by_an_answer() {
    let known = [known(1, &erlan(), Standing::OnThis)];
    let line = ["Қасымов Ерлан Болатұлы", "28.09.1993", "РК", "222222222", ""];
    assert_eq!(asked(line, &known), [ListQuestion::PersonPerhaps]);
    let given = |answer| answers([("B2", ListQuestion::PersonPerhaps, answer)]);
    let other = outcome(line, &known, &given(Answer::SomebodyElse));
    assert!(matches!(other, Outcome::Create { before: None, .. }));
    let on = Outcome::Match { person: PersonId::from_bytes([1; 16]), is_on: true };
    assert_eq!(outcome(line, &known, &given(Answer::AsProposed)), on, "his card is a new one");
    let plan = planned(&sheet_with(&[ERLAN, NAMESAKE]), &known, &apart());
    assert_eq!(plan.lines[0].outcome, on);
    created(&plan.lines[1]);
}

#[test]
fn of_two_lines_with_a_name_the_one_without_anything_else_is_refused_wherever_it_stands() {
    let alone = ["Қасымов Ерлан Болатұлы", "", "", "", ""];
    let plan = plan_of(&[alone, ERLAN]);
    assert_eq!(problems(&plan.lines[0]), [("B2".to_owned(), ListProblem::SameNameAlone)]);
    created(&plan.lines[1]);
    let plan = plan_of(&[alone, alone]);
    assert_eq!(questions(&plan.lines[0]).len(), 3);
    assert_eq!(problems(&plan.lines[1]), [("B3".to_owned(), ListProblem::SameNameAlone)]);
}

#[test]
fn a_person_without_patronymic_is_listed() {
    for written in ["Ким Вилен", "Ким Вилен -", "КИМ ВИЛЕН ЖОҚ", "Ким Вилен нет", "Ким Вилен —"]
    {
        let plan = plan_of(&[[written, "1.2.1970", "РК", "062498494", ""]]);
        assert_eq!(created(&plan.lines[0]).full_name.as_str(), "Ким Вилен", "{written}");
        let is_told = plan.lines[0].notes.iter().any(|(_, note)| *note == ListNote::NoPatronymic);
        assert_eq!(is_told, written != "Ким Вилен", "{written}");
    }
    let short = plan_of(&[["Ким жоқ", "1.2.1970", "РК", "062498494", ""]]);
    assert_eq!(created(&short.lines[0]).full_name.as_str(), "Ким Жоқ", "a given name is not left out");
}

#[test]
fn who_is_on_the_roster_needs_nothing_also_if_his_papers_are_missing() {
    let known = [known(1, &erlan(), Standing::OnThis)];
    let on = Outcome::Match { person: PersonId::from_bytes([1; 16]), is_on: true };
    assert_eq!(outcome(ERLAN, &known, &Answers::new()), on);
    assert_eq!(outcome(["КАСЫМОВ ЕРЛАН БОЛАТУЛЫ", "1993-09-28", "", "", ""], &known, &Answers::new()), on);
    assert_eq!(outcome(["Ерлан Болатұлы Қасымов", "", "РК", "062498494", ""], &known, &Answers::new()), on);
}

#[test]
fn who_is_on_the_roster_under_an_odd_name_is_not_asked_about_each_time() {
    for name in ["Сұңқар", "Асанов Brown"] {
        let known = [known(1, &person(name, Some("1993-09-28")), Standing::OnThis)];
        let line = [name, "28.09.1993", "РК", "062498494", ""];
        let on = Outcome::Match { person: PersonId::from_bytes([1; 16]), is_on: true };
        assert_eq!(outcome(line, &known, &Answers::new()), on);
        assert_eq!(asked(line, &[]).len(), 1);
    }
}

#[test]
fn who_is_on_another_roster_is_asked_about() {
    let known = [known(1, &erlan(), Standing::OnAnother(ANOTHER_SQUAD))];
    assert_eq!(asked(ERLAN, &known), [ListQuestion::PersonElsewhere]);
    let id = PersonId::from_bytes([1; 16]);
    let is_him = answers([("B2", ListQuestion::PersonElsewhere, Answer::Is(id))]);
    assert_eq!(outcome(ERLAN, &known, &is_him), Outcome::Match { person: id, is_on: false });
    let somebody_else = answers([("B2", ListQuestion::PersonElsewhere, Answer::SomebodyElse)]);
    assert!(matches!(outcome(ERLAN, &known, &somebody_else), Outcome::Create { before: None, .. }));
    let plan = planned(&sheet_with(&[ERLAN]), &known, &is_him);
    assert_eq!(plan.steps(RefusedLines::NoneAllowed), Ok(vec![Step::PutOn { at: at("B2"), person: id }]));
}

#[test]
fn who_was_taken_off_gets_a_new_record_that_names_the_old_one() {
    let known = [known(1, &erlan(), Standing::Off)];
    let Outcome::Create { before, .. } = outcome(ERLAN, &known, &Answers::new()) else {
        panic!("not created")
    };
    assert_eq!(before, Some(PersonId::from_bytes([1; 16])));
}

#[test]
fn of_several_known_persons_it_is_asked_which() {
    let by_day = person("Қасымов Ерлан Болатұлы", Some("1993-09-28"));
    let several = [known(1, &by_day, Standing::Off), known(2, &by_day, Standing::Off)];
    assert_eq!(asked(ERLAN, &several), [ListQuestion::PersonWhich]);
    let stranger = answers([("B2", ListQuestion::PersonWhich, Answer::Is(PersonId::from_bytes([7; 16])))]);
    let plan = planned(&sheet_with(&[ERLAN]), &several, &stranger);
    assert_eq!(plan.unused, [(at("B2"), ListQuestion::PersonWhich)], "he was not proposed");
    let second = answers([("B2", ListQuestion::PersonWhich, Answer::Is(PersonId::from_bytes([2; 16])))]);
    let Outcome::Create { before, .. } = outcome(ERLAN, &several, &second) else { panic!("not created") };
    assert_eq!(before, Some(PersonId::from_bytes([2; 16])));
    let proposed = answers([("B2", ListQuestion::PersonWhich, Answer::AsProposed)]);
    assert!(matches!(outcome(ERLAN, &several, &proposed), Outcome::Ask(_)), "two are proposed");
    let one_is_on = [known(1, &erlan(), Standing::Off), known(2, &erlan(), Standing::OnThis)];
    let on = Outcome::Match { person: PersonId::from_bytes([2; 16]), is_on: true };
    assert_eq!(outcome(ERLAN, &one_is_on, &Answers::new()), on);
}

#[test]
fn who_is_listed_again_goes_on_where_his_list_was_taken_back_and_begins_anew_where_he_was_taken_off() {
    let id = PersonId::from_bytes([1; 16]);
    let taken_back = [known(1, &erlan(), Standing::TakenBack)];
    let moved = [ERLAN[0], ERLAN[1], ERLAN[2], ERLAN[3], "930928300128"];
    let Outcome::GoOn { person, listed } = outcome(moved, &taken_back, &Answers::new()) else {
        panic!("he does not go on")
    };
    assert_eq!((person, listed.iin), (id, "930928300128".parse().ok()), "with what the list says now");
    let taken_off = [known(1, &erlan(), Standing::Off)];
    let again = outcome(ERLAN, &taken_off, &Answers::new());
    assert!(matches!(again, Outcome::Create { before: Some(before), .. } if before == id));
}

#[test]
fn who_may_be_registered_goes_on_once_a_number_or_an_answer_tells_that_it_is_he() {
    let taken = [known(1, &erlan(), Standing::TakenFromCheck)];
    let id = PersonId::from_bytes([1; 16]);
    assert!(matches!(outcome(ERLAN, &taken, &Answers::new()), Outcome::GoOn { person, .. } if person == id));
    let without_card = ["Қасымов Ерлан Болатұлы", "28.09.1993", "РК", "", ""];
    let given = |answer| {
        answers([
            ("E2", ListQuestion::CardMissing, Answer::AsWritten),
            ("B2", ListQuestion::PersonAgain, answer),
        ])
    };
    let asks = answers([("E2", ListQuestion::CardMissing, Answer::AsWritten)]);
    assert!(matches!(outcome(without_card, &taken, &asks), Outcome::Ask(_)), "a birthday is no number");
    let went_on = outcome(without_card, &taken, &given(Answer::AsProposed));
    assert!(matches!(went_on, Outcome::GoOn { .. }));
    let anew = outcome(without_card, &taken, &given(Answer::Anew));
    assert!(matches!(anew, Outcome::Create { before: Some(before), .. } if before == id));
    let other = outcome(without_card, &taken, &given(Answer::SomebodyElse));
    assert!(matches!(other, Outcome::Create { before: None, .. }));
}

#[test]
fn whoever_a_number_tells_to_be_he_begins_anew_where_somebody_says_so() {
    let numbered = ListedPerson { iin: "930928300128".parse().ok(), ..erlan() };
    let taken = [known(1, &numbered, Standing::TakenFromCheck)];
    let line = [ERLAN[0], ERLAN[1], ERLAN[2], ERLAN[3], "930928300128"];
    let plan = planned(&sheet_with(&[line]), &taken, &Answers::new());
    let offered = plan.lines[0].offered.as_ref().unwrap();
    assert_eq!(offered.question, ListQuestion::PersonAnew);
    assert!(!offered.takes(&Answer::SomebodyElse), "a number is one person's");
    let anew = answers([("B2", ListQuestion::PersonAnew, Answer::Anew)]);
    assert!(matches!(outcome(line, &taken, &anew), Outcome::Create { before: Some(_), .. }));
}

#[test]
fn what_is_over_is_no_reason_to_ask_who_is_meant() {
    let over = [known(1, &erlan(), Standing::Off), known(2, &erlan(), Standing::Off)];
    assert!(matches!(outcome(ERLAN, &over, &Answers::new()), Outcome::Create { before: Some(_), .. }));
    let by_day = person("Қасымов Ерлан Болатұлы", Some("1993-09-28"));
    let one_goes_on = [
        known(1, &by_day, Standing::Off),
        known(2, &by_day, Standing::OnAnother(ANOTHER_SQUAD)),
        known(3, &by_day, Standing::Off),
    ];
    assert_eq!(asked(ERLAN, &one_goes_on), [ListQuestion::PersonElsewhere]);
    let iin = || "930928300128".parse().ok();
    let by_number = [
        known(1, &ListedPerson { iin: iin(), ..erlan() }, Standing::OnThis),
        known(2, &ListedPerson { iin: iin(), ..erlan() }, Standing::Off),
    ];
    let line = ["Қасымов Ерлан Болатұлы", "28.09.1993", "РК", "111111111", "930928300128"];
    let on = Outcome::Match { person: PersonId::from_bytes([1; 16]), is_on: true };
    assert_eq!(outcome(line, &by_number, &Answers::new()), on);
}

#[test]
fn of_two_who_go_on_it_is_asked_which_is_meant() {
    let by_day = person("Қасымов Ерлан Болатұлы", Some("1993-09-28"));
    let id = |byte| PersonId::from_bytes([byte; 16]);
    for (standing, on) in
        [(Standing::OnAnother(ANOTHER_SQUAD), Standing::OnThis), (Standing::TakenBack, Standing::OnThis)]
    {
        let both = [known(1, &by_day, standing), known(2, &by_day, on), known(3, &by_day, Standing::Off)];
        assert_eq!(asked(ERLAN, &both), [ListQuestion::PersonWhich]);
        let first = answers([("B2", ListQuestion::PersonWhich, Answer::Is(id(1)))]);
        let (Outcome::Match { person, is_on: false } | Outcome::GoOn { person, .. }) =
            outcome(ERLAN, &both, &first)
        else {
            panic!("the first is not meant")
        };
        assert_eq!(person, id(1));
    }
}

#[test]
fn who_had_a_record_may_be_said_to_be_somebody_else_unless_a_number_tells() {
    let offered = |known: &[KnownPerson], line, answers: &Answers| {
        planned(&sheet_with(&[line]), known, answers).lines.remove(0).offered
    };
    let with_number = [ERLAN[0], ERLAN[1], ERLAN[2], ERLAN[3], "930928300128"];
    for standing in [Standing::Off, Standing::TakenBack] {
        let known = [known(1, &ListedPerson { iin: "930928300128".parse().ok(), ..erlan() }, standing)];
        let asked = offered(&known, ERLAN, &Answers::new()).unwrap();
        assert_eq!((asked.at, asked.question), (at("B2"), ListQuestion::PersonAgain));
        assert_eq!(offered(&known, with_number, &Answers::new()), None);
        let somebody_else = answers([("B2", ListQuestion::PersonAgain, Answer::SomebodyElse)]);
        let outcome_of = |answers| outcome(ERLAN, &known, answers);
        assert!(matches!(outcome_of(&somebody_else), Outcome::Create { before: None, .. }));
        let left_out = answers([("B2", ListQuestion::PersonAgain, Answer::LeaveOut)]);
        assert_eq!(outcome_of(&left_out), Outcome::LeaveOut);
        let is_he = answers([("B2", ListQuestion::PersonAgain, Answer::AsProposed)]);
        assert_eq!(outcome_of(&is_he), outcome_of(&Answers::new()));
        assert_eq!(offered(&known, ERLAN, &is_he), None, "nothing is said twice");
    }
}

#[test]
fn proposed_answers_who_is_meant_where_one_person_is_proposed() {
    let proposed = |question| answers([("B2", question, Answer::AsProposed)]);
    let elsewhere = [known(1, &erlan(), Standing::OnAnother(ANOTHER_SQUAD))];
    let him = Outcome::Match { person: PersonId::from_bytes([1; 16]), is_on: false };
    assert_eq!(outcome(ERLAN, &elsewhere, &proposed(ListQuestion::PersonElsewhere)), him);
    let name_alone = [known(1, &person("Қасымов Ерлан Болатұлы", None), Standing::TakenBack)];
    let perhaps = outcome(ERLAN, &name_alone, &proposed(ListQuestion::PersonPerhaps));
    assert!(matches!(perhaps, Outcome::GoOn { .. }));
}

#[test]
fn a_name_alone_makes_nobody_known() {
    let name_alone = [known(1, &person("Қасымов Ерлан Болатұлы", None), Standing::OnThis)];
    assert_eq!(asked(ERLAN, &name_alone), [ListQuestion::PersonPerhaps]);
    let no_patronymic = [known(1, &person("Касымов Ерлан", Some("1993-09-28")), Standing::OnThis)];
    assert_eq!(asked(ERLAN, &no_patronymic), [ListQuestion::PersonPerhaps]);
    let another_day = [known(1, &person("Қасымов Ерлан Болатұлы", Some("1970-01-01")), Standing::OnThis)];
    assert!(matches!(outcome(ERLAN, &another_day, &Answers::new()), Outcome::Create { before: None, .. }));
}

#[test]
fn a_number_that_belongs_to_another_name_is_asked_about() {
    let known = [known(1, &ListedPerson { iin: "930928300128".parse().ok(), ..erlan() }, Standing::OnThis)];
    let line = ["Серікова Ерке Болатқызы", "28.09.1993", "РК", "111111111", "930928300128"];
    assert_eq!(asked(line, &known), [ListQuestion::PersonRenamed]);
    let somebody_else = answers([("B2", ListQuestion::PersonRenamed, Answer::SomebodyElse)]);
    assert!(matches!(outcome(line, &known, &somebody_else), Outcome::Ask(_)), "a number is one person's");
    let other_number = ["Қасымов Ерлан Болатұлы", "28.09.1993", "РК", "111111111", "930928300138"];
    assert!(matches!(outcome(other_number, &known, &Answers::new()), Outcome::Create { before: None, .. }));
}

#[test]
fn a_card_that_belongs_to_another_name_is_asked_about() {
    let known = [known(1, &erlan(), Standing::OnThis)];
    let misspelt = ["Касенов Ерлан Болатұлы", "28.09.1993", "РК", "062498494", ""];
    assert_eq!(asked(misspelt, &known), [ListQuestion::PersonPerhaps]);
    let another = answers([("B2", ListQuestion::PersonPerhaps, Answer::SomebodyElse)]);
    assert!(matches!(outcome(misspelt, &known, &another), Outcome::Create { before: None, .. }));
    let other_card = ["Касенов Ерлан Болатұлы", "28.09.1993", "РК", "062498495", ""];
    assert!(matches!(outcome(other_card, &known, &Answers::new()), Outcome::Create { .. }));
}

#[test]
fn a_row_that_was_filled_down_a_sheet_is_refused_and_not_asked_about_thousands_of_times() {
    let cards: Vec<String> = (0..5_000).map(|number| format!("{:09}", 100_000_000 + number)).collect();
    let lines: Vec<[&str; 5]> = cards
        .iter()
        .map(|card| [ERLAN[0], ERLAN[1], ERLAN[2], card.as_str(), ""])
        .collect();
    let plan = plan_of(&lines);
    created(&plan.lines[0]);
    let asked = plan.lines.iter().filter(|line| matches!(line.outcome, Outcome::Ask(_))).count();
    assert_eq!(asked, LIST_LINES_ALIKE_MAX - 1, "as many as somebody can answer");
    let last = plan.lines.last().unwrap();
    assert_eq!(problems(last), [("B5001".to_owned(), ListProblem::FilledDown)]);
}

#[test]
fn two_lines_are_not_one_known_person() {
    let known = [known(1, &erlan(), Standing::OnThis)];
    let lines = [ERLAN, ["Қасымов Ерлан Болатұлы", "", "РК", "111111111", ""]];
    let is_him = answers([
        ("C3", ListQuestion::BornMissing, Answer::AsWritten),
        ("B3", ListQuestion::PersonPerhaps, Answer::Is(PersonId::from_bytes([1; 16]))),
    ]);
    let plan = planned(&sheet_with(&lines), &known, &is_him);
    assert_eq!(problems(&plan.lines[1]), [("B3".to_owned(), ListProblem::SameKnownPerson)]);
}
