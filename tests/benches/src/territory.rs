//! A district before its first day: a territory, its offices, its squads and their phones, all enrolled over the relay.

use std::path::{Path, PathBuf};

use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::protocol::ids::DeviceId;
use jasaq_fieldbook::{Carrier as _, Fieldbook, FieldbookRefused, KeyHolder, Membering, RootSheets};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

use crate::carrier::HttpCarrier;
use crate::device::{Device, WorkloadClock};

/// Whoever founds with this seed gets the same root: a relay is told what to trust before the driver has founded anything.
const ROOT_SEED: u64 = 866;
/// The year of the workload.
const SEASON: u16 = 2026;

/// Founds the bench's territory in a folder. The root is the same every time.
pub fn found(home: &Path, link: &str) -> (Device, DeviceId) {
    let clock = WorkloadClock::default();
    let surroundings = clock.surroundings_with(Box::new(ChaCha20Rng::seed_from_u64(ROOT_SEED)));
    let no_sheets = |_: &RootSheets| Ok::<_, FieldbookRefused>(());
    let founded = Fieldbook::found(home, &KeyHolder::File, surroundings, no_sheets);
    let (book, root) = founded.expect("an empty folder");
    (Device::new(book, clock, link), root)
}

/// The root of the bench's territory.
pub fn root() -> DeviceId {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (device, root) = found(&folder.path().join("ts"), "");
    device.close();
    root
}

/// A district whose offices are in.
pub struct Territory {
    homes: PathBuf,
    link: String,
    ts: Device,
    /// The console of the structural subdivision.
    pub ss: Device,
    /// The akimat's console, which keeps the rosters.
    pub akimat: Device,
}

impl Territory {
    /// Founds it in `homes` with one structural subdivision, one akimat, and so many consoles of its council, which hold
    /// nothing yet: `council-0` and so on.
    pub fn establish(homes: &Path, address: &str, council: usize) -> Self {
        let (mut ts, _) = found(&homes.join("ts"), address);
        let identity = HttpCarrier::over(address).fetch_identity(address).expect("the relay is there");
        ts.book.set_relay(address, Some(identity)).expect("a fieldbook");
        ts.sync();
        let office = |role, office| Membering::Office { role, office };
        let mut join =
            |membering, name: &str| bring_in(&mut ts, (homes, address), &[(membering, name)]).remove(0);
        let ss = join(office(Role::StructuralSubdivision, "ss"), "ss");
        let akimat = join(office(Role::LocalExecutiveBody, "akimat"), "akimat");
        for number in 0..council {
            join(office(Role::CoordinationCouncil, "council"), &format!("council-{number}")).close();
        }
        ts.book
            .create_council(&["ss", "akimat", "council"], SEASON)
            .expect("the TS may");
        ts.sync();
        let mut territory = Self { homes: homes.to_owned(), link: address.to_owned(), ts, ss, akimat };
        territory.ss.sync();
        territory.akimat.sync();
        territory
    }

    /// Makes a squad of these phones; the first is its head's.
    pub fn enrol_squad(&mut self, squad: &str, phones: &[String]) {
        self.ss
            .book
            .create_squad(&Name::new(squad).expect("a name"), SEASON)
            .expect("the SS may");
        self.ss.sync();
        let of_squad = |role| Membering::Squad { role, squad: Some(squad) };
        let (head, others) = phones.split_first().expect("a squad has a head");
        let head =
            bring_in(&mut self.ss, (&self.homes, &self.link), &[(of_squad(Role::SquadHead), head.as_str())])
                .remove(0);
        self.invite_into_squad(head, others);
    }

    /// The head lets further phones in, all at once.
    pub fn invite_into_squad(&self, mut head: Device, phones: &[String]) {
        head.sync();
        let member = Membering::Squad { role: Role::Volunteer, squad: None };
        let invited: Vec<_> = phones.iter().map(|phone| (member, phone.as_str())).collect();
        for phone in bring_in(&mut head, (&self.homes, &self.link), &invited) {
            phone.close();
        }
        head.close();
    }

    /// The offices learn what came meanwhile; then their consoles are closed.
    pub fn close(self) {
        for mut console in [self.ts, self.ss, self.akimat] {
            console.sync();
            console.close();
        }
    }
}

/// Invites, joins, confirms and lets the keys arrive: each step for all of them, over the relay.
fn bring_in(
    inviter: &mut Device,
    (homes, link): (&Path, &str),
    invited: &[(Membering<'_>, &str)],
) -> Vec<Device> {
    let invite = |(membering, _): &(Membering<'_>, &str)| inviter.book.invite(*membering).expect("he may");
    let codes: Vec<_> = invited.iter().map(invite).collect();
    inviter.sync();
    let join = |((_, name), invite): (&(Membering<'_>, &str), &jasaq_fieldbook::NewInvite)| {
        let clock = WorkloadClock::default();
        let home = homes.join(name);
        let joined = Fieldbook::join(&home, &KeyHolder::File, clock.surroundings(), &invite.code);
        let (book, words) = joined.expect("a fresh invite");
        let mut device = Device::new(book, clock, link);
        device.sync();
        (device, words.to_string())
    };
    let joined: Vec<_> = invited.iter().zip(&codes).map(join).collect();
    inviter.sync();
    for (_, words) in &joined {
        inviter.book.confirm(words).expect("his request has come");
    }
    inviter.sync();
    joined.into_iter().map(|(device, _)| device).collect()
}
