//! # The simulator: whole districts in bad weather, from a seed
//!
//! A [`Plan`] names a seed, a [`Scenario`], how many devices and how many steps. [`run`] founds the district once for its
//! size, copies it, and lets people record, exchange, join and fail, step by step; then the weather clears, everybody
//! comes to rest, and every [`Invariant`] is checked by name. The fieldbooks and the relay are the real ones over real
//! files; a run of one plan is always the same run.
//!
//! ## What must hold, whatever happened
//!
//! | name | says |
//! |---|---|
//! | `nothing-lost` | every entry that was acknowledged is shown by every reader of its space; of a removed phone every one that whoever removed it held |
//! | `nothing-invented` | nobody shows what nobody wrote, or anything twice |
//! | `all-alike` | when it is quiet, all readers show every patrol alike |
//! | `nobody-else` | whoever may not read a patrol shows nothing of it, and no word of it stands in the relay's file |
//! | `custody-true` | what a vault claims of the relay, the relay had; *head has it*, *SS has it*: read there. At any moment |
//! | `all-sealed` | when it is quiet, no statement is left unsealed, and every author knows that the SS has what he said |
//! | `removed-count-not` | what a removed phone said after its last removal is shown by nobody, unless somebody admitted it |
//! | `photos-there` | who is said to hold a photo holds it; at rest everybody has every thumbnail and what he asked for |
//! | `erased-gone` | of what was erased nobody holds anything, and whoever has a part in it has said that he obeyed |
//! | `struck-off-out` | whom a strike-off names may go out nowhere, by any console or card, and cards say what consoles say |
//! | `doctor-whole` | every vault is whole, its index equals its documents, no document has a defect |
//! | `relay-whole` | the relay's file is whole, its numbers have no gaps, its heads are its last envelopes |
//! | `no-false-alarm` | where nobody lies any more, nobody is told of devices that differ or of envelopes kept back |
//! | `liar-told` | where the relay lied, and then keeps back one entry more, whoever hears others say that they hold it is told |
//! | `comes-to-rest` | contacts come to an end, and then one more moves nothing: cursors agree |
//! | `bounded` | outboxes are empty, nothing is refused for good, no vault holds more than was written or takes more than its envelopes are worth |
//! | `no-surprise` | nothing panics, and nothing is refused but for a reason that the weather gives |
//!
//! A plan that breaks one is printed as the command that repeats it, made as small as it goes, and kept in `storm.seeds`,
//! which the ordinary tests repeat for good.

mod erasing;
mod invariants;
mod kept;
mod liar;
mod members;
mod photos;
mod register;
mod register_rest;
mod shape;
mod shrink;
mod steps;
mod troubles;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use invariants::Invariant;
pub use kept::{keep, kept, kept_file};
pub use shape::Shape;
pub use shrink::shrink;

use crate::tally::Tally;
use steps::Storm;

/// Steps of a run, if nobody says otherwise: about a day of a squad, half an hour of a district.
pub const STEPS: usize = 120;

/// What the weather brings besides bad links and dying phones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scenario {
    /// Links, batteries and processes only.
    Links,
    /// Phones join and keys are renewed in the middle of it.
    Joins,
    /// The relay is restarted, wiped, rolled back, replaced, or full.
    Relays,
    /// A phone is cloned with its whole disk, so that neither install can tell.
    Clones,
    /// Clocks begin again at 1970, are ten years off, and jump.
    Clocks,
    /// Satchels go by hand, cut and damaged; the relay is down most of the time.
    Satchels,
    /// The relay is never reached: devices meet each other, over ways that break and spoil what crosses.
    Meetings,
    /// The relay lies: in what order it holds what, what it holds, that it holds it.
    Lies,
    /// Some phones have a newer program: it says what is not known here, and seals in a version that is not known.
    Newer,
    /// Heads and consoles remove phones, give them other roles, and admit what is held, apart from each other; devices meet.
    Members,
    /// Photos are attached, asked for, and carried by the relay and from phone to phone.
    Photos,
    /// Consoles erase records, also such as somebody writes into who has not heard of it.
    Erasures,
    /// Councils, akimats and both subdivisions, two consoles each, keep the register apart from each other.
    Register,
    /// All of the weather at once, from a relay that does not lie.
    Everything,
}

impl Scenario {
    /// Every scenario with its name.
    pub const ALL: [(Self, &'static str); 14] = [
        (Self::Links, "links"),
        (Self::Joins, "joins"),
        (Self::Relays, "relays"),
        (Self::Clones, "clones"),
        (Self::Clocks, "clocks"),
        (Self::Satchels, "satchels"),
        (Self::Meetings, "meetings"),
        (Self::Lies, "lies"),
        (Self::Newer, "newer"),
        (Self::Members, "members"),
        (Self::Photos, "photos"),
        (Self::Erasures, "erasures"),
        (Self::Register, "register"),
        (Self::Everything, "everything"),
    ];

    /// The scenario of a seed, where nobody chose one.
    #[must_use]
    pub fn of_seed(seed: u64) -> Self {
        Self::ALL[usize::try_from(seed % Self::ALL.len() as u64).unwrap_or_default()].0
    }

    /// The scenario with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|(_, known)| *known == name)
            .map(|(scenario, _)| scenario)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL
            .into_iter()
            .find(|(scenario, _)| *scenario == self)
            .map_or("", |(_, name)| name)
    }

    /// Whether it brings the troubles of another one.
    #[must_use]
    pub fn brings(self, trouble: Self) -> bool {
        self == trouble || self == Self::Everything
    }
}

/// One run, to be repeated exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Where all chance comes from.
    pub seed: u64,
    /// What the weather brings.
    pub scenario: Scenario,
    /// How large the district is.
    pub shape: Shape,
    /// How many steps before the weather clears.
    pub steps: usize,
}

impl Plan {
    /// The plan of a seed.
    #[must_use]
    pub fn of_seed(seed: u64) -> Self {
        Self { seed, scenario: Scenario::of_seed(seed), shape: Shape::of_seed(seed), steps: STEPS }
    }

    /// The command that repeats it.
    #[must_use]
    pub fn command(&self) -> String {
        let Self { seed, scenario, shape, steps } = self;
        let (scenario, devices) = (scenario.name(), shape.devices());
        format!("cargo storm --runs 1 --seed {seed} --only {scenario} --devices {devices} --steps {steps}")
    }
}

/// What broke, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// What should have held.
    pub invariant: Invariant,
    /// What was found instead.
    pub found: String,
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// What really happened.
    pub tally: Tally,
    /// What broke first, if anything did.
    pub broken: Option<Broken>,
}

/// Runs a plan. Whatever panics in it is caught and told as broken.
#[must_use]
pub fn run(plan: &Plan) -> Outcome {
    let storm = catch_unwind(AssertUnwindSafe(|| {
        let mut storm = Storm::begin(plan);
        let broken = storm.rage().and_then(|()| invariants::check_at_rest(&mut storm)).err();
        Outcome { tally: storm.take_tally(), broken }
    }));
    storm.unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string));
        let found = said.unwrap_or_else(|| "a panic without words".to_owned());
        Outcome { tally: Tally::default(), broken: Some(Broken { invariant: Invariant::NoSurprise, found }) }
    })
}
