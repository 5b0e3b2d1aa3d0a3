//! What every command works with: the settings, the language, the terminal, and the fieldbook in the home folder.
//!
//! The edge where clock, chance and the boot's name come in.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use etcetera::BaseStrategy as _;
use jasaq_fieldbook::model::ids::{LegId, MemberId, PatrolId};
use jasaq_fieldbook::surroundings::{BootId, Surroundings};
use jasaq_fieldbook::{
    DeviceView, EnrolRefused, Fieldbook, FieldbookRefused, JudgeRefused, KeptBy, KeyHolder, Passphrase,
    PatrolSummary, PatrolView, VaultRefused,
};
use zeroize::Zeroizing;

use crate::arguments::Settings;
use crate::failure::{Class, Failure};
use crate::files::{self, Written};
use crate::limits::{PATROLS_MAX, PREFIX_DIGITS_MIN};
use crate::output::Output;
use crate::passphrase;
use crate::table::short;
use crate::words::{Message, Words};

/// One run of the program.
pub(crate) struct Program {
    settings: Settings,
    /// The passphrase, once it was given.
    passphrase: OnceLock<Zeroizing<String>>,
    pub(crate) words: Words,
    pub(crate) output: Output,
}

impl Program {
    /// With these settings, in this language.
    pub(crate) fn new(settings: Settings, words: Words, output: Output) -> Self {
        Self { settings, passphrase: OnceLock::new(), words, output }
    }

    /// How much is traced, also by a process of its own.
    pub(crate) const fn verbose(&self) -> u8 {
        self.settings.verbose
    }

    /// The folder of this device's fieldbook.
    pub(crate) fn home(&self) -> Result<PathBuf, Failure> {
        if let Some(home) = &self.settings.home {
            return Ok(home.clone());
        }
        let platform = etcetera::base_strategy::choose_native_strategy();
        let platform = platform.map_err(|error| Failure::new(Class::Usage, "home-unknown", &error))?;
        Ok(platform.data_dir().join("jasaq"))
    }

    /// Who keeps the vault's key. A passphrase is asked for once a run.
    pub(crate) fn key_holder(&self) -> Result<KeyHolder, Failure> {
        let is_given = self.settings.passphrase_file.is_some();
        // Whatever else is wrong with the fieldbook, opening it says.
        if !is_given && !matches!(Fieldbook::kept_by(&self.home()?), Ok(KeptBy::Passphrase)) {
            return Ok(KeyHolder::File);
        }
        Ok(KeyHolder::Passphrase(Passphrase::typed(self.passphrase()?, &mut surroundings())))
    }

    fn passphrase(&self) -> Result<&str, Failure> {
        if let Some(given) = self.passphrase.get() {
            return Ok(given);
        }
        let given = match &self.settings.passphrase_file {
            Some(file) => passphrase::read(file)?,
            None => passphrase::ask(&self.words)?,
        };
        Ok(self.passphrase.get_or_init(|| given))
    }

    /// Opens the fieldbook, works with it, and closes it cleanly, whatever came of the work.
    pub(crate) fn with_fieldbook<T>(
        &self,
        work: impl FnOnce(&mut Fieldbook) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let home = self.home()?;
        let opened = Fieldbook::open(&home, &self.key_holder()?, surroundings());
        let mut fieldbook = opened.map_err(|refused| explain_opening(refused, &home))?;
        let outcome = work(&mut fieldbook);
        close(fieldbook);
        outcome
    }

    /// Writes a file that was asked for.
    pub(crate) fn write_file(&self, file: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.tell_written(file, files::write_whole(file, bytes)?);
        Ok(())
    }

    /// Tells whoever asked for a file that another stood there.
    pub(crate) fn tell_written(&self, file: &Path, written: Written) {
        if written == Written::Replaced {
            let told = Message::new("file-replaced").with("file", file.display().to_string());
            self.output.hint(&self.words.say(told));
        }
    }
}

/// The patrol whose id begins so, to be shown. If none is named, the one that is meant: the newest that was started here
/// and is not over, else the newest; of one that was made a part of another, that other; where none was started, the newest that is
/// planned.
pub(crate) fn find_patrol(
    program: &Program,
    fieldbook: &mut Fieldbook,
    prefix: Option<&str>,
) -> Result<PatrolId, Failure> {
    if let Some(prefix) = prefix {
        return find_by_prefix(fieldbook, prefix);
    }
    if fieldbook.patrols(1)?.is_empty() {
        let planned = fieldbook.planned_patrols(1)?.into_iter().next();
        if let Some(patrol) = planned {
            let told = Message::new("patrol-meant").with("patrol", short(&patrol.to_string()));
            program.output.hint(&program.words.say(told));
            return Ok(patrol);
        }
    }
    let meant = find_meant(fieldbook, |_| true)?;
    let meant = find_whole(fieldbook, meant)?;
    Ok(tell_meant(program, &meant))
}

/// The same, to be written to: of those only that are not over.
pub(crate) fn find_open_patrol(
    program: &Program,
    fieldbook: &mut Fieldbook,
    prefix: Option<&str>,
) -> Result<PatrolId, Failure> {
    match prefix {
        Some(prefix) => find_by_prefix(fieldbook, prefix),
        None => Ok(tell_meant(program, &find_meant(fieldbook, |summary| !summary.is_over)?)),
    }
}

/// A patrol that is meant though nobody named it.
struct Meant {
    patrol: PatrolId,
    is_own: bool,
    part_of: Option<PatrolId>,
}

impl From<&PatrolSummary> for Meant {
    fn from(summary: &PatrolSummary) -> Self {
        Self { patrol: summary.patrol, is_own: summary.is_own, part_of: summary.part_of }
    }
}

/// Newest is what was recorded last: what somebody says of a start moves nothing.
fn find_meant(fieldbook: &mut Fieldbook, is_wanted: fn(&PatrolSummary) -> bool) -> Result<Meant, Failure> {
    let patrols = fieldbook.patrols(PATROLS_MAX)?;
    if patrols.is_empty() {
        return Err(Failure::new(Class::Rule, "patrol-none", &"there is no patrol here"));
    }
    let none = || Failure::new(Class::Rule, "patrol-none-open", &"every patrol here is over");
    let wanted = patrols.iter().rev().filter(|summary| is_wanted(summary));
    let meant = wanted
        .max_by_key(|summary| (summary.is_own && !summary.is_over, summary.recorded_at))
        .ok_or_else(none)?;
    Ok(meant.into())
}

/// What a patrol is a part of, as far as that is here: what a head decides and seals stands there.
fn find_whole(fieldbook: &mut Fieldbook, mut meant: Meant) -> Result<Meant, Failure> {
    // Heads who were apart may have made each a part of the other.
    let mut seen = BTreeSet::from([meant.patrol]);
    while let Some(whole) = meant.part_of.filter(|whole| seen.insert(*whole)) {
        let Ok(view) = fieldbook.patrol(whole) else { break };
        let mut own = fieldbook.patrols(PATROLS_MAX)?.into_iter().filter(|summary| summary.is_own);
        let is_own = own.any(|summary| summary.patrol == whole);
        meant = Meant { patrol: whole, is_own, part_of: view.part_of };
    }
    Ok(meant)
}

/// Which patrol is meant is told at once.
fn tell_meant(program: &Program, meant: &Meant) -> PatrolId {
    let told = Message::new(if meant.is_own { "patrol-meant" } else { "patrol-meant-of-another" })
        .with("patrol", short(&meant.patrol.to_string()));
    program.output.hint(&program.words.say(told));
    meant.patrol
}

/// Clock and chance of the system, and which start of it this is.
pub(crate) fn surroundings() -> Surroundings {
    Surroundings::of_the_system(read_boot_id())
}

/// The time, for whoever asks again and again.
#[expect(
    clippy::disallowed_methods,
    reason = "the edge where clocks come in; a relay has no fieldbook's surroundings"
)]
pub(crate) fn since_1970() -> Duration {
    // A clock before 1970 is a clock that was never set.
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default()
}

/// Linux tells each start of itself by a random name.
fn read_boot_id() -> Option<BootId> {
    let name = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let digits: String = name.trim().chars().filter(|letter| *letter != '-').collect();
    let number = u128::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 32)?;
    Some(BootId(number.to_be_bytes()))
}

/// What was done is done; if only the closing failed, the next start notices and goes on in new journals.
pub(crate) fn close(fieldbook: Fieldbook) {
    if let Err(refused) = fieldbook.close() {
        tracing::warn!(%refused, "the fieldbook was not closed cleanly; what was acknowledged stays");
    }
}

/// Where there seems to be no fieldbook, the folder may be closed to this user, or a damaged one may have been set aside
/// before: that must not look like an empty start.
fn explain_opening(refused: FieldbookRefused, home: &Path) -> Failure {
    let closed = fs::metadata(home.join(".")).err();
    let closed = closed.filter(|error| error.kind() == ErrorKind::PermissionDenied);
    if let (FieldbookRefused::Vault(VaultRefused::None), Some(error)) = (&refused, closed) {
        return FieldbookRefused::from(VaultRefused::Folder(error)).into();
    }
    let set_aside = files::set_aside_folders(home);
    match (&refused, set_aside.last()) {
        (FieldbookRefused::Vault(VaultRefused::None), Some(folder)) => {
            let sentence =
                Message::new("vault-set-aside-before").with("folder", folder.display().to_string());
            Failure::new(Class::Storage, sentence, &"there is no fieldbook here; a damaged one was set aside")
        }
        _ => refused.into(),
    }
}

/// Checks that somebody typed enough digits of an id, and returns them as ids are written.
pub(crate) fn read_prefix(prefix: &str) -> Result<String, Failure> {
    let digits = prefix.to_ascii_lowercase();
    let is_prefix =
        digits.len() >= PREFIX_DIGITS_MIN && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let sentence = || Message::new("prefix-not-one").with("digits", PREFIX_DIGITS_MIN);
    if is_prefix { Ok(digits) } else { Err(Failure::usage(sentence())) }
}

/// The only one of these that is written so. `missing` is told if there is none.
pub(crate) fn only_one<T: PartialEq>(
    mut found: Vec<T>,
    prefix: &str,
    missing: impl FnOnce() -> Failure,
) -> Result<T, Failure> {
    found.dedup();
    match (found.len(), found.pop()) {
        (1, Some(one)) => Ok(one),
        (_, None) => Err(missing()),
        (count, _) => {
            let sentence = Message::new("prefix-of-several")
                .with("prefix", prefix.to_owned())
                .with("count", count);
            Err(Failure::usage(sentence))
        }
    }
}

fn find_by_prefix(fieldbook: &mut Fieldbook, prefix: &str) -> Result<PatrolId, Failure> {
    let digits = read_prefix(prefix)?;
    if let Ok(patrol) = digits.parse() {
        return Ok(patrol);
    }
    let started = fieldbook.patrols(PATROLS_MAX)?.into_iter().map(|summary| summary.patrol);
    let patrols = started.chain(fieldbook.planned_patrols(PATROLS_MAX)?);
    let mut found: Vec<PatrolId> = patrols.filter(|patrol| patrol.to_string().starts_with(&digits)).collect();
    found.sort_unstable();
    only_one(found, prefix, || FieldbookRefused::NoPatrol.into())
}

/// The member whose id begins so.
pub(crate) fn find_member(fieldbook: &mut Fieldbook, prefix: &str) -> Result<MemberId, Failure> {
    let digits = read_prefix(prefix)?;
    let members = fieldbook
        .devices()?
        .into_iter()
        .map(|view| MemberId::from_bytes(*view.member.as_bytes()));
    let mut found: Vec<MemberId> = members.filter(|member| member.to_string().starts_with(&digits)).collect();
    found.sort_unstable();
    only_one(found, prefix, || FieldbookRefused::Enrol(EnrolRefused::NoMember).into())
}

/// The device whose id begins so; of those that are in, if a removed one begins so too.
pub(crate) fn find_device(fieldbook: &mut Fieldbook, prefix: &str) -> Result<DeviceView, Failure> {
    let digits = read_prefix(prefix)?;
    let mut found = fieldbook.devices()?;
    found.retain(|view| view.device.to_string().starts_with(&digits));
    if found.iter().any(|view| !view.is_removed) {
        found.retain(|view| !view.is_removed);
    }
    only_one(found, prefix, || FieldbookRefused::Enrol(EnrolRefused::Judge(JudgeRefused::NoDevice)).into())
}

/// The leg of a patrol whose id begins so.
pub(crate) fn find_leg(view: &PatrolView, prefix: &str) -> Result<LegId, Failure> {
    let digits = read_prefix(prefix)?;
    let legs = view.log.legs().into_iter().map(|logged| logged.leg);
    let found = legs.filter(|leg| leg.to_string().starts_with(&digits)).collect();
    only_one(found, prefix, || Failure::new(Class::Rule, "leg-unknown", &"no such leg in this patrol"))
}
