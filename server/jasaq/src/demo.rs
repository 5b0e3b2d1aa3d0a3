//! # A whole district day
//!
//! A territorial subdivision, a structural subdivision, an akimat, its council and a squad of four phones: eight devices, each
//! with its own home folder, and a relay in a process of its own. Nothing is simulated but the clock on the wall: the fieldbooks, the
//! files, the HTTP and the relay are the ones that everybody uses.
//!
//! ```text
//! setup      found, invite, join, confirm                                         over the relay
//! register   decision, list, check, registration, certificate, training, cards    over the relay
//! offline    four phones write a day's log and import two really recorded tracks  nobody hears of it
//! strike-off one of the four is struck off                                         her phone does not hear of it
//! satchel    one phone's entries go by file through another
//! push       each device makes one contact
//! pull       each device makes one contact
//! acks       as many rounds as it takes until the SS's acks are back with the authors; they are counted
//! verdict    everybody in the squad's space shows the same log, and nothing is missing
//! sealing    the head decides what differs and seals one page; the subdivision countersigns it; a late phone amends it
//! ```
//!
//! What is claimed at the end is read from the devices: entries from what each shows, custody from the acks that its
//! author's own vault holds.

mod cast;
mod day;
mod device;
mod exchange;
mod register;
mod relay_process;
mod report;
mod sealing;
mod setup;
mod tracks;
mod verdict;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use jasaq_fieldbook::FieldbookRefused;
use jasaq_fieldbook::model::words::WordsRefused;
use tempfile::TempDir;

use crate::arguments::exchange::DemoArguments;
use crate::failure::{Class, Failure};
use crate::files;
use crate::output::Reply;
use crate::program::Program;
use crate::words::Message;

/// How many steps the bar has.
const STAGES: u64 = 8;

/// Runs it.
pub(crate) fn run(program: &Program, arguments: &DemoArguments) -> Result<Reply, Failure> {
    let folder = Folder::make(arguments.keep.as_deref())?;
    let bar = progress(program);
    let stage = |id: &'static str| {
        bar.set_message(program.words.say(id));
        bar.inc(1);
    };
    stage("demo-stage-setup");
    let mut field = setup::set_up(folder.path(), program.verbose())?;
    stage("demo-stage-offline");
    let written = day::write(&mut field)?;
    register::strike_off(&mut field)?;
    stage("demo-stage-tracks");
    let imports = tracks::import(&mut field, folder.path())?;
    stage("demo-stage-satchel");
    let satchel = exchange::carry_satchel(&mut field, folder.path())?;
    stage("demo-stage-exchange");
    let rounds = exchange::meet(&mut field)?;
    stage("demo-stage-verdict");
    let verdict = verdict::judge(&mut field, &written, &program.words)?;
    let registered = field.registered;
    let roster = registered.look(&mut field, &written)?;
    stage("demo-stage-sealing");
    let sealed = sealing::seal(&mut field, &written, folder.path())?;
    stage("demo-stage-close");
    let relay_file_bytes = field.close()?;
    bar.finish_and_clear();
    let day = report::Day { written, imports, satchel, rounds, verdict, roster, sealed, relay_file_bytes };
    Ok(day.reply(program, folder.kept()))
}

/// The demonstration's own words are words.
fn words<T>(make: impl FnOnce() -> Result<T, WordsRefused>) -> Result<T, FieldbookRefused> {
    make().map_err(FieldbookRefused::from)
}

fn progress(program: &Program) -> ProgressBar {
    if !program.output.is_watched() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(STAGES);
    match ProgressStyle::with_template("{bar:28} {pos}/{len} {msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Where everything lies: a folder that somebody named, or one that is gone at the end.
enum Folder {
    Kept(PathBuf),
    Passing(TempDir),
}

impl Folder {
    /// An older demo, or anything else, is never written over.
    fn make(keep: Option<&Path>) -> Result<Self, Failure> {
        let Some(folder) = keep else {
            let made = TempDir::with_prefix("jasaq-demo-");
            let made = made.map_err(|error| files::cannot_write(&std::env::temp_dir(), &error))?;
            return Ok(Self::Passing(made));
        };
        files::make_private_folder(folder).map_err(|error| files::cannot_write(folder, &error))?;
        let mut entries = fs::read_dir(folder).map_err(|error| files::cannot_write(folder, &error))?;
        if entries.next().is_some() {
            let sentence = Message::new("demo-folder-in-use").with("folder", folder.display().to_string());
            return Err(Failure::usage(sentence));
        }
        let folder = fs::canonicalize(folder).map_err(|error| files::cannot_write(folder, &error))?;
        Ok(Self::Kept(folder))
    }

    fn path(&self) -> &Path {
        match self {
            Self::Kept(folder) => folder,
            Self::Passing(folder) => folder.path(),
        }
    }

    fn kept(&self) -> Option<&Path> {
        match self {
            Self::Kept(folder) => Some(folder),
            Self::Passing(_) => None,
        }
    }
}

/// What goes wrong with the demo's own files and its relay.
fn broken(id: &'static str, error: &io::Error) -> Failure {
    Failure::new(Class::Storage, id, error)
}
