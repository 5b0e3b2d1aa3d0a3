//! `cargo storm`: thousands of districts in bad weather.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use clap::Parser;
use jasaq_tests::Tally;
use jasaq_tests::storm::{Broken, Plan, STEPS, Scenario, Shape, keep, kept, run, shrink};

/// Runs districts through bad weather and checks that nothing is lost, invented, leaked or claimed falsely.
///
/// What must hold is listed in tests/src/storm.rs. A run that breaks any of it is printed as the command that repeats it,
/// made smaller, and kept in tests/storm.seeds, which `cargo test` repeats from then on.
#[derive(Debug, Parser)]
#[command(name = "cargo storm")]
struct Arguments {
    /// How many runs.
    #[arg(long, default_value_t = 200)]
    runs: u64,
    /// The first seed; the runs take this one and those after it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One scenario only: links, joins, relays, clones, clocks, satchels, meetings, lies, newer, members,
    /// photos, erasures, register or everything. If left unset, by the seed.
    #[arg(long, value_parser = scenario)]
    only: Option<Scenario>,
    /// The largest district of at most so many devices. If left unset, by the seed: 7 to 41.
    #[arg(long)]
    devices: Option<usize>,
    /// Steps of each run.
    #[arg(long, default_value_t = STEPS)]
    steps: usize,
    /// Runs at a time. If left unset, as many as the machine has processors.
    #[arg(long)]
    jobs: Option<usize>,
    /// Repeats the plans that are kept in tests/storm.seeds instead.
    #[arg(long)]
    kept: bool,
    /// Does not look for a smaller plan that breaks the same.
    #[arg(long)]
    no_shrink: bool,
}

fn scenario(name: &str) -> Result<Scenario, String> {
    Scenario::named(name).ok_or_else(|| "no such scenario".to_owned())
}

impl Arguments {
    fn plans(&self) -> Vec<Plan> {
        if self.kept {
            return kept();
        }
        let plan = |seed| {
            let plan = Plan::of_seed(seed);
            Plan {
                scenario: self.only.unwrap_or(plan.scenario),
                shape: self.devices.map_or(plan.shape, Shape::of_devices),
                steps: self.steps,
                ..plan
            }
        };
        (self.seed..self.seed.saturating_add(self.runs)).map(plan).collect()
    }
}

#[expect(clippy::disallowed_methods, reason = "runs a second, for a person to read")]
fn main() {
    let arguments = Arguments::parse();
    let plans = arguments.plans();
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let began = Instant::now();
    // What panics is caught and told in one line.
    std::panic::set_hook(Box::new(|_| {}));
    let (tally, broken) = run_all(&plans, arguments.jobs.unwrap_or(processors));
    let seconds = began.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "for a person to read")]
    let rate = plans.len() as f64 / seconds;
    println!("{} runs in {seconds:.1} s: {rate:.2} runs a second", plans.len());
    if let Some(kilobytes) = memory_kilobytes_most() {
        println!("{kilobytes:>9}  kilobytes of memory at most, all districts and their relays");
    }
    for (what, count) in tally.iter() {
        println!("{count:>9}  {what}");
    }
    for (plan, broken) in &broken {
        keep(plan, broken);
        println!("\nBROKEN {}: {}\n  {}", broken.invariant.name(), broken.found, plan.command());
        if !arguments.no_shrink {
            println!("  smallest: {}", shrink(plan).command());
        }
    }
    if !broken.is_empty() {
        println!("\n{} of {} runs broke", broken.len(), plans.len());
        std::process::exit(1);
    }
}

/// The most memory that this process has held, where the system says so.
fn memory_kilobytes_most() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    most.split_whitespace().next()?.parse().ok()
}

fn run_all(plans: &[Plan], jobs: usize) -> (Tally, Vec<(Plan, Broken)>) {
    let (next, done) = (AtomicU64::new(0), AtomicU64::new(0));
    let found = Mutex::new((Tally::default(), Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                while let Some(plan) =
                    plans.get(usize::try_from(next.fetch_add(1, Ordering::Relaxed)).unwrap())
                {
                    let outcome = run(plan);
                    let mut found = found.lock().unwrap();
                    found.0.add(&outcome.tally);
                    if let Some(broken) = outcome.broken {
                        eprintln!("broke {}: {}", broken.invariant.name(), plan.command());
                        found.1.push((*plan, broken));
                    }
                    let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                    if done.is_multiple_of(50) {
                        eprintln!("{done} of {} runs, {} broke", plans.len(), found.1.len());
                    }
                }
            });
        }
    });
    found.into_inner().unwrap()
}
