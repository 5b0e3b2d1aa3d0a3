//! Planning a patrol, with people who are seldom in reach of one another (001-§7; requirements §7.3).

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::moment::{Moment, UtcTime};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent};
use jasaq_fieldbook::model::patrol_log::{Flag, PatrolPhase, PlannedPatrol};
use jasaq_fieldbook::model::planning::{Answer, Availability, CanCome, Crew, PlanRefused, Window};
use jasaq_fieldbook::model::words::Note;
use jasaq_fieldbook::{FieldbookRefused, NewPlan};
use jasaq_tests::{Phone, Registry, name};

const HOUR_MS: i64 = 3_600_000;

/// In so many hours, by the day of the district.
fn in_hours(district: &Registry, hours: i64) -> Moment {
    let noon: Moment = format!("{}T12:00:00+05:00", district.today).parse().unwrap();
    let at = UtcTime::from_unix_ms(noon.time().unix_ms() + hours * HOUR_MS).unwrap();
    Moment::new(at, noon.offset_minutes()).unwrap()
}

/// A patrol of six hours in this sector, tomorrow.
fn plan(district: &Registry, sector: &str) -> NewPlan {
    NewPlan {
        window: Window::new(in_hours(district, 24), in_hours(district, 30)).unwrap(),
        mode: ActivityMode::Joint,
        sector: name(sector),
        area_component: AreaComponent::BorderZone,
        route: None,
        task: Some(Note::new("өткелді тексеру").unwrap()),
        transport: None,
        representative: name("майор С."),
    }
}

fn why<T>(outcome: Result<T, FieldbookRefused>) -> PlanRefused {
    match outcome {
        Err(FieldbookRefused::Plan(refused)) => refused,
        Err(other) => panic!("refused for another reason: {other}"),
        Ok(_) => panic!("it was not refused"),
    }
}

fn crew(district: &mut Registry, phones: &[Phone]) -> Crew {
    let members: Vec<_> = phones.iter().map(|phone| district.member(*phone)).collect();
    Crew::new(members.iter().copied(), members[0]).unwrap()
}

/// The sectors by the plans that stand, and how far the patrol has come, as a phone shows them.
fn shown(district: &mut Registry, phone: Phone, patrol: PatrolId) -> (Vec<String>, PatrolPhase) {
    let plans = district.book(phone).plans().unwrap();
    let plan = plans.iter().find(|plan| plan.view.patrol == patrol).unwrap();
    let planned = PlannedPatrol::of(&plan.view.log);
    (planned.plans.iter().map(|(_, plan)| plan.sector.to_string()).collect(), plan.phase)
}

/// A head and a volunteer who may both go out.
fn with_a_squad() -> Registry {
    let mut district = Registry::founded();
    let (head, aray) = (district.head, district.aray);
    district.active("Әлиев Асқар", (head, "0117"));
    district.active("Бекова Арай", (aray, "0118"));
    district
}

#[test]
fn a_head_plans_and_names_who_goes_and_members_answer_offline() {
    let mut district = with_a_squad();
    let (head, aray, ss, ts) = (district.head, district.aray, district.ss, district.ts);
    let new = plan(&district, "Үлкен сай");
    let patrol = district.book(head).plan_patrol(new).unwrap();
    let both = crew(&mut district, &[head, aray]);
    district.book(head).assign_patrol(patrol, both).unwrap();
    district.field.run_until_quiet();
    district.book(aray).answer_patrol(patrol, (Answer::DoesNotCome, None)).unwrap();
    district.book(aray).answer_patrol(patrol, (Answer::Comes, None)).unwrap();
    district.field.run_until_quiet();
    let member = district.member(aray);
    for phone in [head, aray, ss] {
        let (sectors, phase) = shown(&mut district, phone, patrol);
        assert_eq!((sectors, phase), (vec!["Үлкен сай".to_owned()], PatrolPhase::Assigned));
        let view = district.book(phone).patrol(patrol).unwrap();
        assert_eq!(PlannedPatrol::of(&view.log).answer_of(member), Some(Answer::Comes));
    }
    assert_eq!(district.book(ts).plans().unwrap(), [], "a territory's office reads no patrols");
    district.book(head).start_planned(patrol, |_| {}).unwrap();
    let view = district.book(head).patrol(patrol).unwrap();
    let (_, start) = view.log.starts().next().unwrap();
    assert_eq!(start.controlling_representative, Some(name("майор С.")));
    assert_eq!(view.log.flags().iter().filter(|flagged| flagged.flag == Flag::NoPlan).count(), 0);
    assert_eq!(why(district.book(head).start_planned(patrol, |_| {})), PlanRefused::Started);
    assert_eq!(shown(&mut district, head, patrol).1, PatrolPhase::UnderWay);
}

#[test]
fn plans_that_were_made_apart_all_stand_until_one_replaces_them() {
    let mut district = with_a_squad();
    let (head, ss) = (district.head, district.ss);
    let new = plan(&district, "Үлкен сай");
    let patrol = district.book(head).plan_patrol(new).unwrap();
    district.field.run_until_quiet();
    for (phone, sector) in [(head, "Кіші сай"), (ss, "Өткел")] {
        let new = plan(&district, sector);
        district.book(phone).replan_patrol(patrol, new).unwrap();
    }
    district.field.run_until_quiet();
    for phone in [head, ss, district.aray] {
        let mut sectors = shown(&mut district, phone, patrol).0;
        sectors.sort();
        assert_eq!(sectors, ["Кіші сай", "Өткел"]);
        let view = district.book(phone).patrol(patrol).unwrap();
        assert!(view.log.flags().iter().any(|flagged| flagged.flag == Flag::PlansApart));
    }
    assert_eq!(why(district.book(head).start_planned(patrol, |_| {})), PlanRefused::PlansApart);
    let new = plan(&district, "Өткел");
    district.book(ss).replan_patrol(patrol, new).unwrap();
    district.field.run_until_quiet();
    assert_eq!(shown(&mut district, head, patrol).0, ["Өткел"]);
}

#[test]
fn whom_no_card_lets_go_is_named_for_nothing_and_who_was_named_before_is_flagged() {
    let mut district = Registry::founded();
    let (head, aray) = (district.head, district.aray);
    district.active("Әлиев Асқар", (head, "0117"));
    let new = plan(&district, "Үлкен сай");
    let patrol = district.book(head).plan_patrol(new).unwrap();
    let both = crew(&mut district, &[head, aray]);
    assert_eq!(why(district.book(head).assign_patrol(patrol, both.clone())), PlanRefused::NoCard);
    let person = district.active("Бекова Арай", (aray, "0118"));
    district.book(head).assign_patrol(patrol, both.clone()).unwrap();
    district.strike_off(person, ExclusionGround::MovedOut);
    let view = district.book(head).patrol(patrol).unwrap();
    assert!(
        view.log
            .flags()
            .iter()
            .any(|flagged| flagged.flag == Flag::MemberNoLongerEligible)
    );
    assert_eq!(why(district.book(head).assign_patrol(patrol, both)), PlanRefused::NotEligible);
}

#[test]
fn what_is_called_off_names_nobody_and_is_planned_anew() {
    let mut district = with_a_squad();
    let (head, aray, ss, today) = (district.head, district.aray, district.ss, district.today);
    let new = plan(&district, "Үлкен сай");
    let patrol = district.book(head).plan_patrol(new.clone()).unwrap();
    let both = crew(&mut district, &[head, aray]);
    district.book(head).assign_patrol(patrol, both).unwrap();
    district.field.run_until_quiet();
    let days = (today, today.plus_days(2));
    let member = district.member(aray);
    let named = |district: &mut Registry| {
        let rota = district.book(head).rota(days).unwrap();
        let own = rota.members.into_iter().find(|own| own.card.member == member).unwrap();
        own.named.values().flatten().count()
    };
    assert_eq!(named(&mut district), 1);
    district.book(ss).cancel_patrol(patrol, Note::new("боран").unwrap()).unwrap();
    district.field.run_until_quiet();
    assert_eq!(shown(&mut district, head, patrol), (vec![], PatrolPhase::Cancelled));
    assert_eq!(named(&mut district), 0);
    assert_eq!(why(district.book(head).start_planned(patrol, |_| {})), PlanRefused::NoPlan);
    assert_eq!(
        why(district.book(ss).cancel_patrol(patrol, Note::new("боран").unwrap())),
        PlanRefused::NoPlan
    );
    district.book(head).replan_patrol(patrol, new).unwrap();
    assert_eq!(named(&mut district), 1, "who was named for it is named again");
}

#[test]
fn a_month_shows_who_can_come_by_his_own_last_word() {
    let mut district = with_a_squad();
    let (head, aray, today) = (district.head, district.aray, district.today);
    let said = |from: u16, to: u16, can_come| Availability {
        from: today.plus_days(from),
        to: today.plus_days(to),
        can_come,
    };
    district.book(aray).say_available(said(0, 40, CanCome::Yes)).unwrap();
    district.book(aray).say_available(said(3, 4, CanCome::No)).unwrap();
    district.field.run_until_quiet();
    let rota = district.book(head).rota((today.plus_days(2), today.plus_days(5))).unwrap();
    assert_eq!(rota.days.len(), 4);
    let member = district.member(aray);
    let own = rota.members.iter().find(|own| own.card.member == member).unwrap();
    let words: Vec<_> = rota.days.iter().map(|day| own.can_come.get(day).copied()).collect();
    assert_eq!(words, [CanCome::Yes, CanCome::No, CanCome::No, CanCome::Yes].map(Some));
    let other = rota.members.iter().find(|other| other.card.member != member).unwrap();
    assert!(other.can_come.is_empty(), "nobody says it for another");
}

#[test]
fn nobody_plans_what_would_be_over_and_a_volunteer_plans_nothing() {
    let mut district = with_a_squad();
    let (head, aray) = (district.head, district.aray);
    let over = NewPlan {
        window: Window::new(in_hours(&district, -90), in_hours(&district, -80)).unwrap(),
        ..plan(&district, "Үлкен сай")
    };
    assert_eq!(why(district.book(head).plan_patrol(over)), PlanRefused::InThePast);
    let new = plan(&district, "Үлкен сай");
    let refused = district.book(aray).plan_patrol(new.clone());
    assert!(matches!(refused, Err(FieldbookRefused::MayNotState { paragraph: "001-§7" })));
    let patrol = district.book(head).plan_patrol(new).unwrap();
    district.field.run_until_quiet();
    let refused = district.book(aray).answer_patrol(patrol, (Answer::Comes, None));
    assert_eq!(why(refused), PlanRefused::NotNamed);
}
