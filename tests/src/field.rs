//! The field: a district that a test speaks to in the words of its people.

mod crashing;
mod doing;
mod failing;
mod meeting;

pub use meeting::{Met, Pipe};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::words::{Name, Note};
use jasaq_fieldbook::protocol::ids::DeviceId;
use jasaq_fieldbook::protocol::membership::Sheet;
use jasaq_fieldbook::surroundings::{BootId, InstallId, Surroundings};
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, KeyHolder, Membering, RootSheets};
use jasaq_relay::Relay;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use tempfile::TempDir;

use crate::clock::TurnableClock;
use crate::link::Faults;
use crate::tally::Tally;

/// The relay's folder beside the homes, and its file in it.
const RELAY: &str = "relay";
const RELAY_FILE: &str = "relay.db";

/// A device of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(usize);

struct Device {
    home: PathBuf,
    fieldbook: Option<Fieldbook>,
    clock: TurnableClock,
}

/// The sheets that left at the founding, as they are read aloud.
#[derive(Debug, Clone, Default)]
pub struct Sheets {
    /// The root's.
    pub root: [String; 3],
    /// The successor's.
    pub successor: [String; 3],
}

fn text_of(sheet: &Sheet) -> String {
    sheet.to_code().to_string()
}

/// A district in one process.
pub struct Field {
    homes: TempDir,
    relay: Option<Relay>,
    devices: Vec<Device>,
    names: BTreeMap<String, Phone>,
    chance: ChaCha20Rng,
    late: Vec<Vec<u8>>,
    lost: Vec<Phone>,
    relay_seed: u64,
    root: DeviceId,
    sheets: Sheets,
    clock: TurnableClock,
    boot: u64,
    /// Whether a copied home is told from its original, as file systems and phones do. An image of a whole disk is not.
    pub copies_are_noticed: bool,
    /// What may go wrong on every link from now on.
    pub faults: Faults,
    /// Everything that was acknowledged: by whom, in which patrol, under which key.
    pub acknowledged: Vec<(Phone, PatrolId, StatementRef)>,
    /// What went wrong so far.
    pub tally: Tally,
}

impl Field {
    /// A territory with a TS console, an SS console and one squad with its head, all enrolled, with a kind link.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut field = Self::founded(seed);
        let ss = field.join_office("ss", Role::StructuralSubdivision, "SS 1");
        field.book(ss).create_squad(&name("жасақ"), 2026).unwrap();
        field.join_squad("head", ss, Role::SquadHead);
        field
    }

    /// A territory with its first console and a relay, and nobody else.
    #[must_use]
    pub fn founded(seed: u64) -> Self {
        let mut field = Self::founded_without_relay(seed);
        field.start_relay();
        let (ts, relay) = (field.device("ts"), field.relay.as_ref().unwrap().id());
        field.book(ts).set_relay("memory:", Some(relay)).unwrap();
        field.contact(ts);
        field
    }

    /// A territory with its first console, and nobody else anywhere.
    #[must_use]
    pub fn founded_without_relay(seed: u64) -> Self {
        let chance = ChaCha20Rng::seed_from_u64(seed);
        let mut field = Self {
            homes: homes(),
            relay: None,
            devices: Vec::new(),
            names: BTreeMap::new(),
            chance,
            relay_seed: seed,
            root: DeviceId::from_bytes([0; 32]),
            sheets: Sheets::default(),
            clock: TurnableClock::at_morning(),
            boot: 1,
            copies_are_noticed: false,
            faults: Faults::default(),
            late: Vec::new(),
            lost: Vec::new(),
            acknowledged: Vec::new(),
            tally: Tally::default(),
        };
        let home = field.homes.path().join("ts");
        let surroundings = field.surroundings(&field.clock.clone());
        let mut kept = Sheets::default();
        let hand_over = |sheets: &RootSheets| {
            kept.root = sheets.root_sheets.each_ref().map(text_of);
            kept.successor = sheets.successor_sheets.each_ref().map(text_of);
            Ok::<_, FieldbookRefused>(())
        };
        let (ts, root) = Fieldbook::found(&home, &KeyHolder::File, surroundings, hand_over).unwrap();
        (field.root, field.sheets) = (root, kept);
        field.add_device("ts", home, ts, field.clock.clone());
        field
    }

    fn surroundings(&mut self, clock: &TurnableClock) -> Surroundings {
        let chance = ChaCha20Rng::seed_from_u64(self.chance.next_u64());
        let mut boot = [0; 16];
        boot[..8].copy_from_slice(&self.boot.to_be_bytes());
        let boot = Some(BootId(boot));
        let surroundings = Surroundings::new(Box::new(clock.clone()), Box::new(chance), boot);
        if self.copies_are_noticed { surroundings } else { surroundings.in_install(InstallId([7; 16])) }
    }

    fn add_device(&mut self, name: &str, home: PathBuf, fieldbook: Fieldbook, clock: TurnableClock) -> Phone {
        let phone = Phone(self.devices.len());
        self.devices.push(Device { home, fieldbook: Some(fieldbook), clock });
        assert!(self.names.insert(name.to_owned(), phone).is_none(), "names are given once");
        phone
    }

    /// The device of this name.
    #[must_use]
    pub fn device(&self, name: &str) -> Phone {
        self.names[name]
    }

    /// Every device, in the order in which they came.
    #[must_use]
    pub fn everybody(&self) -> Vec<Phone> {
        (0..self.devices.len())
            .map(Phone)
            .filter(|phone| !self.lost.contains(phone))
            .collect()
    }

    /// The devices that read the squad's patrols: all but the consoles above the SS.
    #[must_use]
    pub fn readers(&mut self) -> Vec<Phone> {
        let readers = [Role::StructuralSubdivision, Role::SquadHead, Role::Volunteer, Role::NonStaffEmployee];
        let mut all = self.everybody();
        all.retain(|phone| {
            self.book(*phone)
                .status()
                .unwrap()
                .role
                .is_some_and(|role| readers.contains(&role))
        });
        all
    }

    /// A device's fieldbook.
    pub fn book(&mut self, phone: Phone) -> &mut Fieldbook {
        if self.devices[phone.0].fieldbook.is_none() {
            self.reopen(phone);
        }
        self.devices[phone.0].fieldbook.as_mut().expect("it was opened")
    }

    /// Where a device keeps its fieldbook.
    #[must_use]
    pub fn home(&self, phone: Phone) -> &Path {
        &self.devices[phone.0].home
    }

    /// A console of an office joins: invited by the TS, confirmed by its words.
    pub fn join_office(&mut self, as_name: &str, role: Role, office: &str) -> Phone {
        let ts = self.device("ts");
        let invite = self.book(ts).invite(Membering::Office { role, office }).unwrap();
        self.join(as_name, ts, &invite.code, 0)
    }

    /// A phone joins the squad: invited by `inviter`, confirmed by its words.
    pub fn join_squad(&mut self, as_name: &str, inviter: Phone, role: Role) -> Phone {
        self.join_squad_with_clock(as_name, inviter, (role, 0))
    }

    /// The same with a clock that is wrong by so many milliseconds.
    pub fn join_squad_with_clock(
        &mut self,
        as_name: &str,
        inviter: Phone,
        (role, skew_ms): (Role, i64),
    ) -> Phone {
        let invite = self.book(inviter).invite(Membering::Squad { role, squad: None }).unwrap();
        self.join(as_name, inviter, &invite.code, skew_ms)
    }

    /// A phone joins one of several squads, invited by whoever knows it by that name.
    pub fn join_named_squad(&mut self, as_name: &str, inviter: Phone, (role, squad): (Role, &str)) -> Phone {
        let membering = Membering::Squad { role, squad: Some(squad) };
        let invite = self.book(inviter).invite(membering).unwrap();
        self.join(as_name, inviter, &invite.code, 0)
    }

    /// A volunteer's phone joins, invited by the head.
    pub fn phone(&mut self, as_name: &str) -> Phone {
        let head = self.device("head");
        self.join_squad(as_name, head, Role::Volunteer)
    }

    fn join(&mut self, as_name: &str, inviter: Phone, code: &str, skew_ms: i64) -> Phone {
        self.contact(inviter);
        let phone = self.ask_to_join(as_name, code, skew_ms);
        self.contact(phone);
        self.contact(inviter);
        let words = self.book(phone).status().unwrap().join_words.expect("it waits to be added");
        self.book(inviter).confirm(&words).unwrap();
        self.contact(inviter);
        self.contact(phone);
        phone
    }

    /// A new device reads a code and waits to be confirmed.
    pub fn ask_to_join(&mut self, as_name: &str, code: &str, skew_ms: i64) -> Phone {
        let home = self.homes.path().join(as_name);
        let clock = self.clock.skewed(skew_ms);
        let surroundings = self.surroundings(&clock);
        let (fieldbook, _) = Fieldbook::join(&home, &KeyHolder::File, surroundings, code).unwrap();
        self.add_device(as_name, home, fieldbook, clock)
    }

    /// The sheets of the territory's offline keys.
    #[must_use]
    pub fn sheets(&self) -> Sheets {
        self.sheets.clone()
    }

    /// A new console of a territory that lost all of its own, by two sheets.
    pub fn recover(&mut self, as_name: &str, sheets: &[&str]) -> Phone {
        let (home, clock) = (self.homes.path().join(as_name), self.clock.clone());
        let surroundings = self.surroundings(&clock);
        let given = (sheets, Some(self.root));
        let fieldbook = Fieldbook::recover(&home, &KeyHolder::File, surroundings, given).unwrap();
        let phone = self.add_device(as_name, home, fieldbook, clock);
        let relay = self.relay().id();
        self.book(phone).set_relay("memory:", Some(relay)).unwrap();
        phone
    }

    /// A second console of the territorial subdivision, let in by the root's sheets while the first one works.
    pub fn second_ts(&mut self, as_name: &str) -> Phone {
        let sheets = self.sheets().root;
        let sheets = [sheets[0].as_str(), sheets[1].as_str()];
        let second = self.recover(as_name, &sheets);
        self.run_until_quiet();
        self.book(second).recover_keys(&sheets).unwrap();
        self.run_until_quiet();
        second
    }

    /// A device is gone: lost, burnt, or locked away. Nobody contacts with it any more.
    pub fn lose(&mut self, phone: Phone) {
        self.lost.push(phone);
    }

    /// A device's clock.
    #[must_use]
    pub fn clock(&self, phone: Phone) -> &TurnableClock {
        &self.devices[phone.0].clock
    }

    /// Everybody goes to sleep: what is on the disks now is the whole field.
    pub fn rest(&mut self) {
        for device in &mut self.devices {
            device.fieldbook = None;
        }
        self.relay = None;
    }

    /// A field that was put to rest, once more, to go on under another seed. The copy is told from nothing: it is the same
    /// devices in another world.
    #[must_use]
    pub fn again(&self, seed: u64) -> Self {
        let homes = homes();
        let clock = self.clock.apart();
        let copy = |device: &Device| {
            assert!(device.fieldbook.is_none(), "it rests");
            let home = homes.path().join(device.home.file_name().expect("a home has a name"));
            failing::copy_folder(&device.home, &home);
            Device { home, fieldbook: None, clock: clock.skewed(device.clock.skew_ms()) }
        };
        let devices = self.devices.iter().map(copy).collect();
        failing::copy_folder(&self.homes.path().join(RELAY), &homes.path().join(RELAY));
        let mut field = Self {
            homes,
            relay: None,
            devices,
            names: self.names.clone(),
            chance: ChaCha20Rng::seed_from_u64(seed),
            relay_seed: self.relay_seed,
            root: self.root,
            sheets: self.sheets.clone(),
            clock,
            boot: self.boot,
            copies_are_noticed: self.copies_are_noticed,
            faults: Faults::default(),
            late: Vec::new(),
            lost: self.lost.clone(),
            acknowledged: Vec::new(),
            tally: Tally::default(),
        };
        field.start_relay();
        field
    }

    /// A device that waits already asks again with another code.
    pub fn ask_again(&mut self, phone: Phone, code: &str) -> Result<(), FieldbookRefused> {
        let clock = self.devices[phone.0].clock.clone();
        let surroundings = self.surroundings(&clock);
        drop(self.devices[phone.0].fieldbook.take());
        let outcome = Fieldbook::join(&self.devices[phone.0].home, &KeyHolder::File, surroundings, code);
        self.reopen(phone);
        outcome.map(drop)
    }

    /// From now on it is this time, by everybody's clock.
    pub fn it_is(&mut self, unix_ms: i64) {
        self.clock.turn_to_ms(unix_ms);
    }
}

/// A name.
#[must_use]
pub fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

/// A note.
#[must_use]
pub fn note(text: &str) -> Note {
    Note::new(text).unwrap()
}

/// Why something about a log, a case or a page was refused.
pub fn why_not<T>(outcome: Result<T, FieldbookRefused>) -> LogRefused {
    match outcome {
        Err(FieldbookRefused::Log(refused)) => refused,
        Err(other) => panic!("refused for another reason: {other}"),
        Ok(_) => panic!("it was not refused"),
    }
}

/// Memory-backed where the system has it, so that thousands of commits do not wait for a disk. What is on disk when is
/// tested elsewhere, on real disks.
fn homes() -> TempDir {
    let memory = std::path::Path::new("/dev/shm");
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    made.expect("a folder for the homes")
}
