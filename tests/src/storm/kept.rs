//! Plans that once failed, in `tests/storm.seeds`: repeated by the ordinary tests for good.

use std::io::Write as _;
use std::path::PathBuf;

use super::{Broken, Plan, Scenario, Shape};

/// The file.
#[must_use]
pub fn kept_file() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/storm.seeds"))
}

/// Reads a line: seed, scenario, devices, steps; behind `#` stands what it showed.
fn read_line(line: &str) -> Option<Plan> {
    let told = line.split('#').next()?.split_whitespace().collect::<Vec<_>>();
    let [seed, scenario, devices, steps] = told[..] else { return None };
    Some(Plan {
        seed: seed.parse().ok()?,
        scenario: Scenario::named(scenario)?,
        shape: Shape::of_devices(devices.parse().ok()?),
        steps: steps.parse().ok()?,
    })
}

/// Every plan that is kept.
#[must_use]
pub fn kept() -> Vec<Plan> {
    let text = std::fs::read_to_string(kept_file()).expect("the file of kept seeds is there");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| read_line(line).unwrap_or_else(|| panic!("{line:?} is no plan")))
        .collect()
}

/// Keeps a plan that failed, with what it showed.
pub fn keep(plan: &Plan, broken: &Broken) {
    if kept().contains(plan) {
        return;
    }
    let Plan { seed, scenario, shape, steps } = plan;
    let (scenario, devices, invariant) = (scenario.name(), shape.devices(), broken.invariant.name());
    let found: String = broken.found.lines().next().unwrap_or_default().chars().take(120).collect();
    let mut file = std::fs::OpenOptions::new().append(true).open(kept_file()).unwrap();
    writeln!(file, "{seed} {scenario} {devices} {steps} # {invariant}: {found}").unwrap();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_line_is_the_plan_that_failed() {
        let plan = read_line("181 relays 9 120 # nothing-lost: an entry that a receipt covered").unwrap();
        assert_eq!(plan.command(), "cargo storm --runs 1 --seed 181 --only relays --devices 9 --steps 120");
        assert_eq!(read_line("181 weather 9 120"), None);
    }
}
