//! Random small districts for another reader of the wire format to fold, and what our fold says of each.
//!
//! Their members sign whatever their keys allow: true and partial cuts, cuts of another branch and of envelopes that nobody
//! has, roles, removals, decisions, keys and ends, of whomever and wherever. There are no envelopes around the operations: what
//! the fold is given is the operation, where it stands, the hash of its envelope and who signed it, and how the envelopes of a
//! journal follow one another. [`line()`] puts one district into a line of JSON, as `tests/decoder/random-envelopes.md` says.

mod district;
mod erasing;
mod saying;
mod signing;
mod words;

use serde_json::Value;

use crate::chance::Chance;
use district::District;

/// The district of this seed, with what our fold says of it.
#[must_use]
pub fn line(seed: u64) -> Value {
    let mut chance = Chance::of_seed(seed);
    let mut district = District::default();
    signing::found(&mut district, &mut chance);
    for _ in 0..chance.below(60) {
        signing::say_anything(&mut district, &mut chance);
    }
    saying::say(seed, &district, &mut chance)
}
