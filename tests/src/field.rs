//! The field: a district that a test speaks to in the words of its people.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jasaq_fieldbook::model::entry::{Activity, BorderServiceKind, EntryDraft};
use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::model::patrol::{ActivityMode, PatrolEnd, PatrolStart};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::protocol::ids::DeviceId;
use jasaq_fieldbook::surroundings::{BootId, InstallId, Surroundings};
use jasaq_fieldbook::{
    ContactReport, Custody, Fieldbook, FieldbookRefused, KeyHolder, Membering, PatrolView, RootSheets,
    SatchelReport,
};
use jasaq_relay::Relay;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use tempfile::TempDir;

use crate::clock::TurnableClock;
use crate::link::{Faults, Link};

/// A device of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(usize);

struct Device {
    home: PathBuf,
    fieldbook: Option<Fieldbook>,
    clock: TurnableClock,
}

/// A district in one process.
pub struct Field {
    homes: TempDir,
    relay: Option<Relay>,
    devices: Vec<Device>,
    names: BTreeMap<String, Phone>,
    chance: ChaCha20Rng,
    late: Vec<Vec<u8>>,
    relay_seed: u64,
    root: DeviceId,
    clock: TurnableClock,
    boot: u8,
    /// Whether a copied home is told from its original, as file systems and phones do. An image of a whole disk is not.
    pub copies_are_noticed: bool,
    /// What may go wrong on every link from now on.
    pub faults: Faults,
    /// Everything that was acknowledged: by whom, in which patrol, under which key.
    pub acknowledged: Vec<(Phone, PatrolId, StatementRef)>,
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
        let chance = ChaCha20Rng::seed_from_u64(seed);
        let mut field = Self {
            homes: homes(),
            relay: None,
            devices: Vec::new(),
            names: BTreeMap::new(),
            chance,
            relay_seed: seed,
            root: DeviceId::from_bytes([0; 32]),
            clock: TurnableClock::at_morning(),
            boot: 1,
            copies_are_noticed: false,
            faults: Faults::default(),
            late: Vec::new(),
            acknowledged: Vec::new(),
        };
        let home = field.homes.path().join("ts");
        let surroundings = field.surroundings(&field.clock.clone());
        let handed_over = |_: &RootSheets| Ok::<_, FieldbookRefused>(());
        let (ts, root) = Fieldbook::found(&home, &KeyHolder::File, surroundings, handed_over).unwrap();
        field.root = root;
        field.relay = Some(Relay::open_in_memory(&[root], &mut field.relay_chance()).unwrap());
        let ts = field.add_device("ts", home, ts, field.clock.clone());
        let relay = field.relay.as_ref().unwrap().id();
        field.book(ts).set_relay("memory:", Some(relay)).unwrap();
        field.contact(ts);
        field
    }

    fn surroundings(&mut self, clock: &TurnableClock) -> Surroundings {
        let chance = ChaCha20Rng::seed_from_u64(self.chance.next_u64());
        let boot = Some(BootId([self.boot; 16]));
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
        (0..self.devices.len()).map(Phone).collect()
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
        self.devices[phone.0].fieldbook.as_mut().expect("the device is running")
    }

    /// Where a device keeps its fieldbook.
    #[must_use]
    pub fn home(&self, phone: Phone) -> &std::path::Path {
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

    /// A device that waits already asks again with another code.
    pub fn ask_again(&mut self, phone: Phone, code: &str) -> Result<(), FieldbookRefused> {
        let clock = self.devices[phone.0].clock.clone();
        let surroundings = self.surroundings(&clock);
        drop(self.devices[phone.0].fieldbook.take());
        let outcome = Fieldbook::join(&self.devices[phone.0].home, &KeyHolder::File, surroundings, code);
        self.reopen(phone);
        outcome.map(drop)
    }

    /// Time passes for everybody.
    pub fn minutes_pass(&mut self, minutes: i64) {
        self.clock.turn_ms(minutes * 60_000);
    }

    /// From now on it is this time, by everybody's clock.
    pub fn it_is(&mut self, unix_ms: i64) {
        self.clock.turn_to_ms(unix_ms);
    }

    /// A patrol goes out, recorded by this phone.
    pub fn start_patrol(&mut self, phone: Phone) -> PatrolId {
        self.book(phone)
            .start_patrol(PatrolStart::new(ActivityMode::Independent))
            .unwrap()
    }

    /// The patrol is back.
    pub fn end_patrol(&mut self, phone: Phone, patrol: PatrolId) {
        self.book(phone).end_patrol(patrol, PatrolEnd::default()).unwrap();
    }

    /// A phone records an entry of its rounds.
    pub fn write(&mut self, phone: Phone, patrol: PatrolId, text: &str) -> StatementRef {
        self.try_write(phone, patrol, text).unwrap()
    }

    /// The same, if the vault allows it.
    pub fn try_write(
        &mut self,
        phone: Phone,
        patrol: PatrolId,
        text: &str,
    ) -> Result<StatementRef, FieldbookRefused> {
        let activity =
            Activity::BorderService { kind: BorderServiceKind::Round, mode: ActivityMode::Independent };
        let key = self.book(phone).write_entry(patrol, EntryDraft::new(activity, text), None)?;
        self.acknowledged.push((phone, patrol, key.clone()));
        self.clock.turn_ms(1_000);
        Ok(key)
    }

    /// One contact of one device. Says what it did, and why it broke if it did.
    pub fn try_contact(&mut self, phone: Phone) -> (ContactReport, Result<(), FieldbookRefused>) {
        let Self { devices, relay, faults, late, chance, .. } = self;
        let mut link = Link { relay: relay.as_mut(), faults: *faults, late, chance };
        let mut report = ContactReport::default();
        let fieldbook = devices[phone.0].fieldbook.as_mut().expect("the device is running");
        let outcome = fieldbook.contact(&mut link, &mut report);
        (report, outcome)
    }

    /// One contact that goes well.
    pub fn contact(&mut self, phone: Phone) -> ContactReport {
        let (report, outcome) = self.try_contact(phone);
        outcome.unwrap();
        report
    }

    /// Contacts of everybody by turns, over a kind link, until nothing moves any more.
    pub fn run_until_quiet(&mut self) {
        let faults = std::mem::take(&mut self.faults);
        for _ in 0..200 {
            let mut moved = false;
            for phone in self.everybody() {
                assert_eq!(self.book(phone).flush().unwrap().unsealed, 0, "{phone:?} could not seal");
                let outbox = self.book(phone).status().unwrap().outbox_envelopes;
                let report = self.contact(phone);
                moved |= report.received > 0 || report.more;
                moved |= self.book(phone).status().unwrap().outbox_envelopes != outbox;
            }
            if !moved {
                self.faults = faults;
                return;
            }
        }
        panic!("the field does not come to rest");
    }

    /// A satchel from one device to another.
    pub fn carry_satchel(&mut self, from: Phone, to: Phone) -> SatchelReport {
        let mut satchel = Vec::new();
        self.book(from).export_satchel(&mut satchel).unwrap();
        self.book(to).import_satchel(&mut satchel.as_slice()).unwrap()
    }

    /// The process dies: nothing is closed, nothing is said. The next use opens the vault again.
    pub fn crash(&mut self, phone: Phone) {
        drop(self.devices[phone.0].fieldbook.take());
        self.reopen(phone);
    }

    /// The battery dies and the phone is started again.
    pub fn power_cut(&mut self, phone: Phone) {
        self.boot += 1;
        self.crash(phone);
    }

    /// A copy of a device as it is on its disk now: a clone beside it, or a backup to be restored one day.
    pub fn copy(&mut self, phone: Phone, as_name: &str) -> Phone {
        let home = self.homes.path().join(as_name);
        std::fs::create_dir(&home).unwrap();
        for file in std::fs::read_dir(self.home(phone)).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), home.join(file.file_name())).unwrap();
        }
        let clock = self.devices[phone.0].clock.clone();
        let surroundings = self.surroundings(&clock);
        let fieldbook = Fieldbook::open(&home, &KeyHolder::File, surroundings).unwrap();
        self.add_device(as_name, home, fieldbook, clock)
    }

    /// Opens a device's fieldbook again.
    pub fn reopen(&mut self, phone: Phone) {
        let clock = self.devices[phone.0].clock.clone();
        let surroundings = self.surroundings(&clock);
        let fieldbook = Fieldbook::open(&self.devices[phone.0].home, &KeyHolder::File, surroundings).unwrap();
        self.devices[phone.0].fieldbook = Some(fieldbook);
    }

    /// A second process on a device's home, as a console beside the command line.
    pub fn second_process(&mut self, phone: Phone) -> Fieldbook {
        let clock = self.devices[phone.0].clock.clone();
        let surroundings = self.surroundings(&clock);
        Fieldbook::open(&self.devices[phone.0].home, &KeyHolder::File, surroundings).unwrap()
    }

    /// A device shows a patrol.
    pub fn shows(&mut self, phone: Phone, patrol: PatrolId) -> PatrolView {
        self.book(phone).patrol(patrol).unwrap()
    }

    /// The texts of a patrol's entries that a device shows, sorted, each as often as it is there.
    pub fn texts(&mut self, phone: Phone, patrol: PatrolId) -> Vec<String> {
        let view = self.book(phone).patrol(patrol).unwrap();
        let mut texts: Vec<_> = view.log.entries().map(|(_, entry)| entry.text().to_string()).collect();
        texts.sort();
        texts
    }

    /// Whether a device can read an entry.
    pub fn can_read(&mut self, phone: Phone, patrol: PatrolId, entry: &StatementRef) -> bool {
        let view = self.book(phone).patrol(patrol);
        view.is_ok_and(|view| view.log.entries().any(|(stated, _)| stated.key == *entry))
    }

    /// How far an entry has come, as a device knows it.
    pub fn custody(&mut self, phone: Phone, patrol: PatrolId, entry: &StatementRef) -> Custody {
        let view = self.shows(phone, patrol);
        let (stated, _) = view.log.entries().find(|(stated, _)| stated.key == *entry).expect("it is here");
        view.provenance_of(stated).unwrap().custody
    }

    /// Whether all of these devices show the same patrol.
    pub fn show_alike(&mut self, phones: &[Phone], patrol: PatrolId) -> bool {
        let digests: Vec<_> = phones
            .iter()
            .map(|phone| self.book(*phone).patrol_digest(patrol).unwrap())
            .collect();
        digests.windows(2).all(|pair| pair[0] == pair[1])
    }

    /// The territory's root.
    #[must_use]
    pub fn root(&self) -> DeviceId {
        self.root
    }

    /// The relay's storage is lost and its identity is kept: its disk died, its key was elsewhere.
    pub fn wipe_relay(&mut self) {
        let identity = self.take_relay().id();
        let fresh = Relay::open_in_memory(&[self.root], &mut self.relay_chance()).unwrap();
        assert_eq!(fresh.id(), identity, "the same seed makes the same identity");
        self.restore_relay(fresh);
    }

    /// The random numbers that make the relay's identity: the same every time.
    #[must_use]
    pub fn relay_chance(&self) -> ChaCha20Rng {
        ChaCha20Rng::seed_from_u64(self.relay_seed)
    }

    /// Takes the relay away, as when it is down; gives it back with [`Field::restore_relay`].
    pub fn take_relay(&mut self) -> Relay {
        self.relay.take().expect("the relay is there")
    }

    /// Puts a relay into place.
    pub fn restore_relay(&mut self, relay: Relay) {
        self.relay = Some(relay);
    }
}

/// A name.
#[must_use]
pub fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

/// Memory-backed where the system has it, so that thousands of commits do not wait for a disk. What is on disk when is
/// tested elsewhere, on real disks.
fn homes() -> TempDir {
    let memory = std::path::Path::new("/dev/shm");
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    made.expect("a folder for the homes")
}
