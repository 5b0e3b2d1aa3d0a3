//! Looks for bytes that break something: runs libFuzzer on every target of `jasaq_tests::hostile`, one after another.
//!
//! ```text
//! cargo hostile                             every target for five seconds each, as CI does
//! cargo hostile --seconds 210               for an hour in all
//! cargo hostile --seconds 600 request fold  these targets only
//! cargo hostile --keep                      and then writes the smallest inputs that cover as much to tests/fuzz/corpus
//! cargo hostile --replay TARGET FILE        feeds one file, without libFuzzer
//! cargo hostile --found TARGET FILE WHY     keeps it in tests/fuzz/found for good, with a sentence why
//! ```
//!
//! Needs cargo-fuzz and a C++ compiler; a stable Rust is enough, since no sanitizer is asked for (`-s none`): the code has
//! no `unsafe`, and what is looked for are panics, broken properties, hangs and memory without bound. What it finds lies
//! under the target directory in `fuzz/found`, and makes it exit with 1. It is kept with what mends it, and the
//! test `corpora` feeds it again for ever.

use std::fs;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use jasaq_tests::hostile::{TARGETS, Target, keep, keep_found, kept, target_named};
use tempfile::TempDir;

const USAGE: &str = "cargo hostile [--seconds N] [--keep] [TARGET …]\n       cargo hostile --replay TARGET FILE\n       cargo hostile --found TARGET FILE WHY";

/// Long enough to grow past what is kept, short enough that all of them fit into a minute and a half.
const SECONDS: u32 = 5;
/// An input that takes longer hangs, and one that needs more memory has no bound.
const TIMEOUT_SECONDS: u32 = 20;
const MEMORY_MB: u32 = 2_048;

/// What the command line asks for.
struct Asked {
    seconds: u32,
    keeps: bool,
    targets: Vec<&'static Target>,
}

/// What one run of a target came to.
#[derive(Default)]
struct Run {
    executions: u64,
    /// Coverage of what was kept, and at the end.
    coverage: Option<(u64, u64)>,
    new_inputs: u64,
    found: Option<String>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--replay", target, file] => {
            return with_file(target, file, |target, input| {
                // What it breaks, it breaks here.
                (target.feed)(input);
                println!("{} bytes break nothing of `{}`", input.len(), target.name);
                Ok(())
            });
        }
        ["--found", target, file, why] => {
            return with_file(target, file, |target, input| keep_found(target.name, input, why));
        }
        _ => {}
    }
    let Some(asked) = read(&arguments) else {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        eprintln!("usage: {USAGE}\ntargets: {}", names.join(" "));
        return ExitCode::from(2);
    };
    match run_all(&asked) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cannot fuzz: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(arguments: &[String]) -> Option<Asked> {
    let mut asked = Asked { seconds: SECONDS, keeps: false, targets: Vec::new() };
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--seconds" => asked.seconds = words.next()?.parse().ok().filter(|seconds| *seconds > 0)?,
            "--keep" => asked.keeps = true,
            name => asked.targets.push(target_named(name)?),
        }
    }
    if asked.targets.is_empty() {
        asked.targets.extend(TARGETS.iter());
    }
    Some(asked)
}

fn with_file(target: &str, file: &str, act: impl FnOnce(&Target, &[u8]) -> io::Result<()>) -> ExitCode {
    let (Some(target), Ok(input)) = (target_named(target), fs::read(file)) else {
        eprintln!("usage: {USAGE}");
        return ExitCode::from(2);
    };
    match act(target, &input) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot keep it: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run_all(asked: &Asked) -> io::Result<bool> {
    // This program lies in `target/debug`; what is built and found goes beside that.
    let built = std::env::current_exe()?;
    let tests = built
        .parent()
        .ok_or_else(|| io::Error::other("this program lies in no folder"))?;
    let folder = tests.with_file_name("fuzz");
    let program = build(&folder, tests)?;
    println!("{:<10} {:>12} {:>16} {:>10}", "target", "executions", "coverage", "new inputs");
    let mut is_whole = true;
    for target in &asked.targets {
        let run = run_one(target, &program, &folder, asked.seconds)?;
        let (from, to) = run.coverage.unwrap_or_default();
        println!(
            "{:<10} {:>12} {:>16} {:>10}",
            target.name,
            run.executions,
            format!("{from} → {to}"),
            run.new_inputs
        );
        if let Some(found) = run.found {
            is_whole = false;
            println!("{}: FOUND {found}\n    cargo hostile --replay {} {found}", target.name, target.name);
        } else if asked.keeps {
            let count = minimise(target, &program, &folder)?;
            println!("{:<10} {count} inputs are kept", "");
        }
    }
    Ok(is_whole)
}

/// Builds the one program of all targets, instrumented, and says where it is.
fn build(folder: &Path, tests: &Path) -> io::Result<PathBuf> {
    let mut command = Command::new("cargo");
    command.args(["fuzz", "build", "--sanitizer", "none", "--fuzz-dir"]);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz"));
    // OpenSSL is two thirds of the building, and was built for the tests already: C is not instrumented here or there.
    if let Some(openssl) = openssl_of(tests) {
        command
            .envs([("OPENSSL_NO_VENDOR", "1"), ("OPENSSL_STATIC", "1")])
            .env("OPENSSL_DIR", openssl);
    }
    // Debug assertions and overflow checks stay on, which is cargo-fuzz's default.
    let status = command.arg("--target-dir").arg(folder).arg("hostile").status()?;
    if !status.success() {
        return Err(io::Error::other("`cargo fuzz build` failed"));
    }
    let built = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path().join("release/hostile")))
        .find(|program| program.is_file());
    built.ok_or_else(|| io::Error::other("`cargo fuzz build` left no program"))
}

/// The OpenSSL that this program itself is linked with. If left unset, another is built.
fn openssl_of(tests: &Path) -> Option<PathBuf> {
    let built = fs::read_dir(tests.join("build")).ok()?;
    let mut installed = built.filter_map(|entry| Some(entry.ok()?.path().join("out/openssl-build/install")));
    installed.find(|installed| installed.join("lib/libcrypto.a").is_file())
}

/// A call of the program for one target. Homes of fieldbooks are made in memory where the system has it.
fn call(program: &Path, target: &Target, homes: &TempDir) -> Command {
    let mut command = Command::new(program);
    command.env("JASAQ_HOSTILE", target.name).env("TMPDIR", homes.path());
    command.stdin(Stdio::null());
    command
}

fn homes() -> io::Result<TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }
}

fn run_one(target: &Target, program: &Path, folder: &Path, seconds: u32) -> io::Result<Run> {
    let (inputs, found) = (folder.join("inputs").join(target.name), folder.join("found"));
    fs::create_dir_all(&inputs)?;
    fs::create_dir_all(&found)?;
    let begin_with = kept(target.name)?.into_iter().chain((target.seeds)());
    for (number, input) in begin_with.enumerate() {
        fs::write(inputs.join(format!("begin-{number:04}")), input)?;
    }
    let homes = homes()?;
    let mut child = call(program, target, &homes)
        .arg(&inputs)
        .arg(format!("-artifact_prefix={}/{}-", found.display(), target.name))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={}", target.longest))
        .arg(format!("-timeout={TIMEOUT_SECONDS}"))
        .arg(format!("-rss_limit_mb={MEMORY_MB}"))
        .args(["-print_final_stats=1", "-reload=0"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut run = Run::default();
    let mut last = Vec::new();
    if let Some(said) = child.stderr.take() {
        for line in BufReader::new(said).split(b'\n') {
            let line = String::from_utf8_lossy(&line?).into_owned();
            run.note(&line);
            last.push(line);
        }
    }
    let status = child.wait()?;
    if !status.success() {
        last.iter().rev().take(40).rev().for_each(|line| eprintln!("    | {line}"));
        run.found
            .get_or_insert_with(|| format!("nothing it could write down: {status}"));
    }
    Ok(run)
}

impl Run {
    /// One line of what libFuzzer says.
    fn note(&mut self, line: &str) {
        if let Some(number) = line.strip_prefix("stat::number_of_executed_units:") {
            self.executions = number.trim().parse().unwrap_or_default();
        } else if let Some(number) = line.strip_prefix("stat::new_units_added:") {
            self.new_inputs = number.trim().parse().unwrap_or_default();
        } else if let Some((_, path)) = line.split_once("Test unit written to ") {
            self.found = Some(path.trim().to_owned());
        } else if let Some((_, counted)) = line.split_once(" cov: ") {
            let number = counted.split_whitespace().next().and_then(|number| number.parse().ok());
            if let Some(number) = number {
                self.coverage = Some((self.coverage.map_or(number, |(from, _)| from), number));
            }
        }
    }
}

/// The fewest and smallest inputs that cover as much become the kept ones.
fn minimise(target: &Target, program: &Path, folder: &Path) -> io::Result<usize> {
    let inputs = folder.join("inputs").join(target.name);
    let (smallest, homes) = (TempDir::new()?, homes()?);
    let status = call(program, target, &homes)
        .args(["-merge=1".as_ref(), smallest.path(), inputs.as_path()])
        .arg(format!("-max_len={}", target.longest))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if !status.success() {
        return Err(io::Error::other(format!("the inputs of `{}` could not be minimised", target.name)));
    }
    let files = fs::read_dir(&smallest)?.map(|entry| fs::read(entry?.path()));
    keep(target.name, files.collect::<io::Result<Vec<_>>>()?)
}
