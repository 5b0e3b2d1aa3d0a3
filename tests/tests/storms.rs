//! The simulator, for some seconds: what it checks stands in `tests/src/storm.rs`. For longer: `cargo storm --help`.

use jasaq_tests::Tally;
use jasaq_tests::storm::{Plan, Scenario, Shape, kept, run};

/// A run of each scenario and some of everything, small enough for an unoptimised build.
const SHORT_RUNS: u64 = 14;

fn hold(plans: impl IntoIterator<Item = Plan>) -> Tally {
    let mut tally = Tally::default();
    for plan in plans {
        let outcome = run(&plan);
        if let Some(broken) = outcome.broken {
            panic!("{} broke: {}\n  {}", broken.invariant.name(), broken.found, plan.command());
        }
        tally.add(&outcome.tally);
    }
    tally
}

#[test]
fn every_plan_that_ever_failed_holds() {
    hold(kept());
}

#[test]
fn a_few_storms_of_each_kind_hold_and_bring_what_they_promise() {
    let plan = |seed| Plan { shape: Shape::of_devices(9), ..Plan::of_seed(seed) };
    let everything = |seed| Plan { scenario: Scenario::Everything, ..plan(seed) };
    let tally = hold((1..=SHORT_RUNS).map(plan).chain((1..4).map(everything)));
    for promised in [
        "answer came minutes later",
        "answer cut",
        "answer lost after the relay's commit",
        "clock jumped",
        "died before it sent",
        "died while a commit was being written",
        "devices met",
        "died within a write",
        "envelope of a newer version",
        "held words admitted",
        "join confirmed",
        "meeting cut",
        "meeting spoilt",
        "phone removed",
        "photo asked for",
        "photo attached",
        "photos carried",
        "record erased",
        "relay killed at a commit",
        "relay lied: another order",
        "relay lied: kept back",
        "request came late",
        "request came twice",
        "request cut",
        "request lost",
        "role changed",
        "satchel cut",
        "satchel damaged",
        "statement of a newer program",
        "two processes on one home",
        "written into what was erased elsewhere",
    ] {
        assert!(tally.count(promised) > 0, "otherwise {promised:?} proves nothing");
    }
}

#[test]
fn a_few_storms_of_the_register_hold_and_bring_what_they_promise() {
    let plan =
        |seed| Plan { scenario: Scenario::Register, shape: Shape::of_devices(7), ..Plan::of_seed(seed) };
    let tally = hold((1..4).map(plan));
    for promised in [
        "cards that let out",
        "certified",
        "checked",
        "identified",
        "list sent",
        "list withdrawn",
        "persons compared",
        "register step refused",
        "registered",
        "struck off",
        "taken back",
        "taken off",
        "trained",
    ] {
        assert!(tally.count(promised) > 0, "otherwise {promised:?} proves nothing");
    }
}

#[test]
fn a_run_of_one_plan_is_always_the_same_run() {
    let plan = Plan { scenario: Scenario::Everything, shape: Shape::of_devices(7), seed: 5, steps: 60 };
    assert_eq!(run(&plan).tally, run(&plan).tally);
}
