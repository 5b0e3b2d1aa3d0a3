//! What became of a case: steps in whatever order, and what was put right apart.

use super::*;
use crate::detention::{DutyNotice, DutyTrigger};
use crate::entry::ReceiverKind;
use crate::ids::{Author, MemberId, StatementRef};
use crate::moment::{Clocks, Moment};
use crate::page::flags_of_case;
use crate::patrol_log::Flag;
use crate::position::Place;
use crate::statement::Statement;
use crate::words::{Label, Name, Note};

fn said(phone: u8, minute: u32, protected: Protected) -> Stated {
    let moment: Moment = format!("2026-05-01T10:{minute:02}:00+05:00").parse().unwrap();
    Stated {
        key: StatementRef::new(format!("p{phone}.{minute}")).unwrap(),
        author: Author::from_bytes([phone; 32]),
        member: None,
        role: None,
        statement: Statement::new(Clocks::new(moment, None, None), Body::Protected(protected)),
    }
}

fn detained(replaces: Before) -> Protected {
    Protected::Detained(Detained {
        patrol: None,
        full_name: Name::new("Н. Н.").ok(),
        born: None,
        paper: None,
        offence: Note::new("шекара режимі").unwrap(),
        protected_object: None,
        place: Place::default(),
        occurred_at: None,
        replaces,
        because: None,
    })
}

fn step(step: StepKind, language: Option<&str>) -> Protected {
    let language = language.map(|language| Label::new(language).unwrap());
    Protected::Step(DetentionStep { language, ..DetentionStep::new(step) })
}

fn handed_over() -> Protected {
    Protected::HandedOver(HandedOver {
        receiver: ReceiverKind::LawEnforcementBody,
        body: Name::new("полиция бөлімі").unwrap(),
        officer: Name::new("аға лейтенант Б.").unwrap(),
        at_place: None,
        items: None,
        duty: Some(DutyNotice {
            trigger: DutyTrigger::Detention,
            citizenship: Label::new("азаматтығы жоқ").unwrap(),
            company: None,
        }),
        occurred_at: None,
        replaces: Before::default(),
        because: None,
    })
}

fn released() -> Protected {
    Protected::Released(Released {
        ordered_by: Name::new("майор С.").unwrap(),
        reason: Note::new("негіз жоқ").unwrap(),
        occurred_at: None,
        replaces: Before::default(),
        because: None,
    })
}

#[test]
fn a_detention_is_whole_once_all_its_steps_are_said_in_whatever_order() {
    let mut all = vec![said(1, 1, detained(Before::default()))];
    assert_eq!(
        CaseRecord::of(&all).gaps(),
        [CaseGap::GroundsNotExplained, CaseGap::UnitNotTold, CaseGap::NotEnded]
    );
    all.push(said(2, 2, step(StepKind::GroundsExplained, None)));
    assert_eq!(
        CaseRecord::of(&all).gaps(),
        [CaseGap::LanguageNotSaid, CaseGap::UnitNotTold, CaseGap::NotEnded]
    );
    all.push(said(2, 3, step(StepKind::GroundsExplained, Some("ru"))));
    all.push(said(1, 4, step(StepKind::InDelivery, None)));
    assert_eq!(CaseRecord::of(&all).stage(), CaseStage::InDelivery);
    all.push(said(1, 5, handed_over()));
    all.push(said(3, 6, step(StepKind::UnitTold, None)));
    all.reverse();
    let record = CaseRecord::of(&all);
    assert_eq!((record.gaps(), record.stage()), (vec![], CaseStage::HandedOver));
    all.push(said(3, 7, released()));
    assert_eq!(CaseRecord::of(&all).gaps(), [CaseGap::EndedApart]);
}

#[test]
fn a_detention_of_which_less_came_than_was_said_is_none_of_force_alone() {
    let lacks = |record: &CaseRecord<'_>| record.gaps().contains(&CaseGap::NobodyDetained);
    let told = [said(2, 2, step(StepKind::UnitTold, None))];
    let due = [CaseGap::NobodyDetained, CaseGap::GroundsNotExplained, CaseGap::NotEnded];
    let record = CaseRecord::of(&told);
    assert_eq!((record.stage(), record.gaps()), (CaseStage::Detained, due.to_vec()));
    for end in [handed_over(), released()] {
        assert!(lacks(&CaseRecord::of(&[said(1, 1, end)])));
    }
    let nothing = CaseRecord::of(&[]);
    assert_eq!((nothing.stage(), nothing.gaps()), (CaseStage::ForceAlone, vec![]));
    let logged = nothing.with_log(true);
    assert_eq!(logged.stage(), CaseStage::Detained);
    assert!(lacks(&logged) && !lacks(&CaseRecord::of(&[said(1, 1, detained(Before::default()))])));
}

#[test]
fn what_is_put_right_replaces_what_it_names_and_two_that_do_not_know_each_other_stand() {
    let first = said(1, 1, detained(Before::default()));
    let right = said(1, 2, detained(Before::new([first.cause()]).unwrap()));
    let mut apart = said(2, 3, detained(Before::new([first.cause()]).unwrap()));
    apart.role = Some(Role::SquadHead);
    let all = [first, right, apart];
    assert_eq!(CaseRecord::of(&all[..2]).detained.len(), 1);
    assert_eq!(CaseRecord::of(&all).detained.len(), 2);
}

#[test]
fn nobody_but_a_head_hides_what_another_said_and_the_case_says_that_it_was_told_differently() {
    let first = said(1, 1, detained(Before::default()));
    let mut all = vec![first.clone(), said(2, 2, detained(Before::new([first.cause()]).unwrap()))];
    let record = CaseRecord::of(&all);
    assert_eq!((record.detained.len(), record.earlier.len(), record.told_differently.len()), (2, 0, 1));
    let flags: Vec<Flag> = flags_of_case(&record).into_iter().map(|flagged| flagged.flag).collect();
    assert_eq!(flags, [Flag::ToldDifferently]);
    for stranger in [Role::StructuralSubdivision, Role::Volunteer] {
        all[1].role = Some(stranger);
        assert_eq!(CaseRecord::of(&all).detained.len(), 2, "{stranger:?}");
    }
    let both = Before::new([all[0].cause(), all[1].cause()]).unwrap();
    all.push(Stated { role: Some(Role::SquadHead), ..said(3, 3, detained(both)) });
    let record = CaseRecord::of(&all);
    assert_eq!((record.detained.len(), record.earlier.len(), record.told_differently.len()), (1, 2, 0));
    assert!(record.earlier.iter().all(|earlier| earlier.by.author == all[2].author));
    let mut own = said(4, 4, detained(Before::new([first.cause()]).unwrap()));
    (own.member, all[0].member) = (Some(MemberId::from_bytes([1; 16])), Some(MemberId::from_bytes([1; 16])));
    assert_eq!(CaseRecord::of(&[all.remove(0), own]).detained.len(), 1, "his other phone");
}

#[test]
fn force_that_was_put_right_stays_to_be_read_as_it_was_first_said() {
    let force = |necessity: &str, replaces| {
        Protected::Force(ForceUsed {
            patrol: None,
            by: None,
            means: Name::new("қолынан ұстау").unwrap(),
            aim: Name::new("ұстау").unwrap(),
            necessity: Note::new(necessity).unwrap(),
            injuries: None,
            witnesses: None,
            occurred_at: None,
            replaces,
            because: None,
        })
    };
    let first = said(1, 1, force("қашты", Before::default()));
    let right = said(1, 2, force("шақырғанға тоқтамады", Before::new([first.cause()]).unwrap()));
    let all = [right, first];
    let necessities = |force: Vec<(&Stated, &ForceUsed)>| -> Vec<String> {
        force.into_iter().map(|(_, said)| said.necessity.to_string()).collect()
    };
    let record = CaseRecord::of(&all);
    assert_eq!(necessities(record.force_put_right()), ["қашты"]);
    assert_eq!(necessities(record.force), ["шақырғанға тоқтамады"]);
    assert!(CaseRecord::of(&all[1..]).earlier.is_empty());
}

#[test]
fn a_step_is_taken_back_by_whoever_said_it_and_who_was_detained_by_nobody() {
    let back = |phone: u8, minute: u32, what: &Stated| {
        let text = crate::words::Text::new("басқа іс").unwrap();
        let (author, key) = (what.author, what.key.clone());
        let withdrawn = crate::register::Withdrawn { author, key, reason: text };
        Stated {
            statement: Statement::new(
                said(phone, minute, released()).statement.clocks,
                Body::Register(Record::Withdrawn(withdrawn)),
            ),
            ..said(phone, minute, released())
        }
    };
    let (detained, told) =
        (said(1, 1, detained(Before::default())), said(1, 2, step(StepKind::UnitTold, None)));
    let all = [back(1, 4, &detained), back(2, 3, &told), told.clone(), detained.clone()];
    let record = CaseRecord::of(&all);
    assert_eq!((record.detained.len(), record.steps.len(), record.earlier.len()), (1, 1, 0));
    let all = [back(1, 4, &told), told, detained];
    let record = CaseRecord::of(&all);
    assert_eq!((record.steps.len(), record.earlier.len()), (0, 1));
    assert_eq!((record.earlier[0].is_taken_back(), record.earlier[0].why()), (true, Some("басқа іс")));
    assert!(record.gaps().contains(&CaseGap::UnitNotTold));
}

#[test]
fn what_is_taken_back_puts_nothing_right_any_more() {
    let first = said(1, 1, step(StepKind::InDelivery, None));
    let mut right = said(1, 2, step(StepKind::UnitTold, None));
    if let Body::Protected(Protected::Step(step)) = &mut right.statement.body {
        step.replaces = Before::new([first.cause()]).unwrap();
        step.because = Name::new("қате").ok();
    }
    let both = [first.clone(), right.clone()];
    let record = CaseRecord::of(&both);
    assert_eq!((record.steps.len(), record.steps[0].1.step), (1, StepKind::UnitTold));
    assert_eq!(record.earlier[0].why(), Some("қате"));
    let (author, key) = (right.author, right.key.clone());
    let reason = crate::words::Text::new("дұрыс еді").unwrap();
    let mut back = said(1, 3, released());
    let withdrawn = crate::register::Withdrawn { author, key, reason };
    back.statement.body = Body::Register(Record::Withdrawn(withdrawn));
    let all = [first, right, back];
    assert_eq!(CaseRecord::of(&all).steps[0].1.step, StepKind::InDelivery);
}
