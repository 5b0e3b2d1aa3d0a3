//! What fails in the field: processes, batteries, phones that are copied, and the relay.

use std::path::{Path, PathBuf};

use jasaq_fieldbook::protocol::ids::{DeviceId, RelayId};
use jasaq_fieldbook::{Fieldbook, KeyHolder};
use jasaq_relay::Relay;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};

use super::{Field, Phone, RELAY, RELAY_FILE};

impl Field {
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
        copy_folder(self.home(phone), &home);
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

    /// The territory's root.
    #[must_use]
    pub fn root(&self) -> DeviceId {
        self.root
    }

    /// The relay's storage is lost and its identity is kept: its disk died, its key was elsewhere.
    pub fn wipe_relay(&mut self) {
        let identity = self.take_relay().id();
        std::fs::remove_dir_all(self.relay_folder()).unwrap();
        self.start_relay();
        let fresh = self.relay.as_ref().unwrap().id();
        assert_eq!(fresh, identity, "the same seed makes the same identity");
    }

    /// Another relay stands at the address, with an identity of its own and nothing in it.
    pub fn replace_relay(&mut self) -> RelayId {
        drop(self.take_relay());
        std::fs::remove_dir_all(self.relay_folder()).unwrap();
        self.relay_seed = self.chance.next_u64();
        self.start_relay();
        self.relay.as_ref().unwrap().id()
    }

    /// The relay's process ends and is started again over its file.
    pub fn restart_relay(&mut self) {
        drop(self.take_relay());
        self.start_relay();
    }

    /// What the relay's disk holds now, put aside under a name.
    pub fn back_up_relay(&mut self, as_name: &str) {
        drop(self.take_relay());
        copy_folder(&self.relay_folder(), &self.homes.path().join(as_name));
        self.start_relay();
    }

    /// The relay's disk holds again what was put aside.
    pub fn roll_relay_back(&mut self, to: &str) {
        drop(self.take_relay());
        std::fs::remove_dir_all(self.relay_folder()).unwrap();
        copy_folder(&self.homes.path().join(to), &self.relay_folder());
        self.start_relay();
    }

    fn relay_folder(&self) -> PathBuf {
        self.homes.path().join(RELAY)
    }

    /// The relay's file.
    #[must_use]
    pub fn relay_file(&self) -> PathBuf {
        self.relay_folder().join(RELAY_FILE)
    }

    /// Starts the relay over its file.
    pub(super) fn start_relay(&mut self) {
        std::fs::create_dir_all(self.relay_folder()).unwrap();
        let mut chance = self.relay_chance();
        self.relay = Some(Relay::open(&self.relay_file(), &[self.root], &mut chance).unwrap());
    }

    /// The relay, if it is there.
    pub fn relay(&mut self) -> &mut Relay {
        self.relay.as_mut().expect("the relay is there")
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

/// Copies a folder's files into a new one. What processes share over an open file is no file: it is left out.
pub(super) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if !file.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}
