//! A smaller plan that breaks the same.

use super::{Plan, Scenario, Shape, run};

/// Tries fewer devices, fewer troubles and fewer steps under the same seed, and returns the smallest plan that still breaks
/// the invariant that this one broke.
#[must_use]
pub fn shrink(plan: &Plan) -> Plan {
    let Some(broken) = run(plan).broken else { return *plan };
    let breaks = |plan: &Plan| run(plan).broken.is_some_and(|other| other.invariant == broken.invariant);
    let mut smallest = *plan;
    let smaller_shapes = Shape::ALL.into_iter().filter(|shape| shape.devices() < plan.shape.devices());
    if let Some(shape) = smaller_shapes
        .into_iter()
        .find(|shape| breaks(&Plan { shape: *shape, ..smallest }))
    {
        smallest.shape = shape;
    }
    if plan.scenario == Scenario::Everything {
        let single = Scenario::ALL.into_iter().map(|(scenario, _)| scenario);
        let single = single.filter(|scenario| *scenario != Scenario::Everything);
        if let Some(scenario) = single
            .into_iter()
            .find(|scenario| breaks(&Plan { scenario: *scenario, ..smallest }))
        {
            smallest.scenario = scenario;
        }
    }
    // Halves what is cut off until a single step less no longer breaks.
    let mut less = smallest.steps / 2;
    while less > 0 {
        let fewer = Plan { steps: smallest.steps - less, ..smallest };
        if breaks(&fewer) {
            smallest = fewer;
            less = less.min(smallest.steps.saturating_sub(1));
        } else {
            less /= 2;
        }
    }
    smallest
}
