//! What the measuring programs share: the workload, devices in real homes, the way to a relay, and clocks.
//!
//! Promises the product as it is: the façade `Fieldbook`, `synchronous=FULL`, HTTP over a socket of its own for every
//! contact. Refuses to say anything about time where something went wrong: whatever surprises ends the run.
//!
//! | program | measures |
//! |---|---|
//! | `district` | the day of a district by the contract of `../shared/bench/README.md`; `peer.json` describes it |
//! | `figures` | every other budget of `core/docs/architecture.md` §9, as ratios and counts of one run |
//! | `cargo bench -p jasaq-benches` | the same parts by criterion, to compare one commit with another |

pub mod carrier;
pub mod cpu;
pub mod device;
pub mod link;
pub mod relay;
pub mod spread;
pub mod squad;
pub mod territory;
pub mod workload;
