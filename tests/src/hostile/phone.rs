//! A volunteer's phone, in the district and in touch with its relay, for the targets that bring it something.

use std::path::Path;

use jasaq_fieldbook::model::entry::{Activity, BorderServiceKind, EntryDraft};
use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::patrol::{ActivityMode, PatrolStart};
use jasaq_fieldbook::protocol::ids::Place;
use jasaq_fieldbook::protocol::membership::{InviteCode, Operation, Role};
use jasaq_fieldbook::protocol::seal::{DevicePublic, Section, SigningKey, WireEnvelope};
use jasaq_fieldbook::protocol::sync::{
    Frame, FrameReader, Head, SatchelEffect, SatchelReader, SatchelWriter,
};
use jasaq_fieldbook::surroundings::{BootId, InstallId, Surroundings};
use jasaq_fieldbook::{ContactReport, Fieldbook, KeyHolder, PreparedContact, Ticket};
use tempfile::TempDir;

use super::district::{DEVICES, DISTRICT, District, HEAD, STRANGER};
use crate::chance::Chance;
use crate::clock::TurnableClock;
use crate::link::{Faults, Link};
use crate::tally::Tally;

const ENTRIES: [&str; 3] = ["fog, visibility 50 m", "тұман", "следы у брода"];

/// A volunteer's phone that has joined, with a patrol on it, as often as it is wanted.
pub(super) struct Phone {
    /// Its home as it was at first.
    first: TempDir,
    home: TempDir,
    book: Option<Fieldbook>,
    patrol: PatrolId,
    /// The request that it has prepared, and what the answer is given back with.
    pub(super) request: Request,
    pub(super) ticket: Ticket,
}

impl Phone {
    /// Joins it, once for all.
    pub(super) fn new() -> Self {
        let district = &*DISTRICT;
        let first = TempDir::new().expect("there is a folder for temporary files");
        let (mut book, _) = Fieldbook::join(first.path(), &KeyHolder::File, surroundings(7), &code(district))
            .expect("the district's code is one");
        book.import_satchel(&mut district_satchel(district, &[]).as_slice())
            .expect("the rolls come");
        let joined = let_in(district, &joining(&mut book, district));
        book.import_satchel(&mut district_satchel(district, &joined).as_slice())
            .expect("the phone is let in");
        assert!(book.status().expect("the vault is whole").role.is_some(), "the phone is in");
        meet(&mut book, district);
        let patrol = book
            .start_patrol(PatrolStart::new(ActivityMode::Independent))
            .expect("it starts");
        for text in ENTRIES {
            let kind = BorderServiceKind::Round;
            let activity = Activity::BorderService { kind, mode: ActivityMode::Independent };
            book.write_entry(patrol, EntryDraft::new(activity, text), None)
                .expect("it is written");
        }
        let PreparedContact { ticket, request, .. } = book.prepare_contact().expect("it is sealed");
        book.close().expect("it is closed");
        let home = TempDir::new().expect("there is a folder for temporary files");
        Self { first, home, book: None, patrol, request: read_request(&request), ticket }
    }

    /// Its fieldbook, as it was at first or was left.
    pub(super) fn book(&mut self) -> &mut Fieldbook {
        let Self { first, home, book, .. } = self;
        book.get_or_insert_with(|| {
            copy(first.path(), home.path());
            Fieldbook::open(home.path(), &KeyHolder::File, surroundings(11)).expect("the home opens")
        })
    }

    /// The next use finds it as it was at first.
    pub(super) fn restore(&mut self) {
        self.book = None;
    }

    /// Nothing that was acknowledged is lost, and the vault is whole.
    pub(super) fn check(&mut self) {
        let patrol = self.patrol;
        let book = self.book();
        let view = book.patrol(patrol).expect("the patrol is shown");
        let texts: Vec<&str> = view.log.entries().map(|(_, entry)| entry.text().as_str()).collect();
        assert!(ENTRIES.iter().all(|text| texts.contains(text)), "what was acknowledged is there");
        let report = book.doctor().expect("the vault can be read");
        assert!(report.is_whole && report.rows_rebuilt == 0, "the vault is whole: {report:?}");
    }
}

fn surroundings(seed: u64) -> Surroundings {
    let chance = Box::new(Chance::of_seed(seed).stream().clone());
    Surroundings::new(Box::new(TurnableClock::at_morning()), chance, Some(BootId([1; 16])))
        .in_install(InstallId([7; 16]))
}

/// The phone has been in touch with the district's relay: what it asks for next is what comes after.
fn meet(book: &mut Fieldbook, district: &District) {
    let (mut relay, mut late, mut chance) = (district.relay(), Vec::new(), Chance::of_seed(10));
    let mut link = Link {
        relay: Some(&mut relay),
        faults: Faults::default(),
        late: &mut late,
        chance: chance.stream(),
        tally: &mut Tally::default(),
        relay_died: false,
    };
    // With the first the relay learns who the phone is, with the second the phone is given what it may read.
    for _ in 0..2 {
        book.sync(&mut link, &mut ContactReport::default()).expect("a kind link");
    }
    assert_eq!(
        book.status().expect("the vault is whole").outbox_envelopes,
        0,
        "the relay has what the phone has"
    );
}

/// The home as it was at first.
fn copy(from: &Path, to: &Path) {
    for file in std::fs::read_dir(to).expect("the home can be read") {
        std::fs::remove_file(file.expect("it is listed").path()).expect("it goes");
    }
    for file in std::fs::read_dir(from).expect("the home can be read") {
        let file = file.expect("it is listed");
        std::fs::copy(file.path(), to.join(file.file_name())).expect("it is copied");
    }
}

/// The invite of the head for one volunteer more.
fn code(district: &District) -> String {
    let code = InviteCode {
        root: district.devices[0].id(),
        roll: district.squad,
        inviter: district.devices[HEAD].id(),
        role: Role::Vol,
        secret: SigningKey::from_secret_bytes(
            &district.devices[DEVICES + STRANGER].signing().to_secret_bytes(),
        ),
        relay: Some(("memory:".to_owned(), District::relay_key().relay_id())),
    };
    code.to_text().to_string()
}

/// The device that asks to be let in, from the satchel that it exports.
fn joining(book: &mut Fieldbook, district: &District) -> DevicePublic {
    let mut bytes = Vec::new();
    book.export_satchel(&mut bytes).expect("it is exported");
    let mut reader = SatchelReader::new(district.territory);
    let (effects, _) = reader.take(&bytes);
    let invite = district.devices[DEVICES + STRANGER].id();
    let mut joins = effects.iter().filter_map(|effect| {
        let SatchelEffect::Arrived(arrived) = effect else { return None };
        let wire = WireEnvelope::decode(&arrived.wire).ok()?;
        let link = wire.link_at(arrived.place.sequence)?;
        let envelope = wire.at(arrived.place, link).verify(&invite).ok()?;
        envelope
            .readable()
            .find_map(|(_, _, content)| match Operation::decode(content).ok()? {
                Operation::Join(join) => Some(join.device),
                _ => None,
            })
    });
    joins.next_back().expect("it asks to be let in")
}

/// What the head signs for a device: invite, add, and the patrols' key.
fn let_in(district: &District, device: &DevicePublic) -> Vec<Section> {
    let key = district.invite_key(STRANGER);
    let role = Role::Vol;
    let invite = Operation::Invite { key, role, office: None, expires_at_ms: 0 };
    let (device, nonce) = (*device, [0x77; 16]);
    let add = Operation::Add { device, nonce, role, office: None, invite: Some(key), head: None };
    let (epoch, space) = (district.epoch.public().id(), district.patrols);
    let key = district.epoch.wrap(space, &device.exchange, Chance::of_seed(8).stream());
    let key = key.expect("a device's key is a usable one");
    let wrap = Operation::Wrap { space, epoch, device: device.id, key };
    [invite, add, wrap]
        .iter()
        .map(|operation| Section::Operation(operation.encode()))
        .collect()
}

/// The rolls, and what the head says besides.
fn district_satchel(district: &District, said: &[Section]) -> Vec<u8> {
    let mut writer = SatchelWriter::new(district.territory);
    for roll in &district.rolls {
        writer.envelope(roll.place(), &roll.to_wire(true).encode());
    }
    if !said.is_empty() {
        let sealed = district.seal(HEAD, district.squad, said);
        writer.envelope(sealed.place(), &sealed.to_wire(true).encode());
    }
    writer.finish()
}

/// A request as the phone wrote it.
#[derive(Clone)]
pub(super) struct Request {
    pub(super) head: Head,
    pub(super) pushed: Vec<(Place, Vec<u8>)>,
}

/// Reads a request of ours.
pub(super) fn read_request(bytes: &[u8]) -> Request {
    let mut reader = FrameReader::new();
    reader.push(bytes);
    let (mut head, mut pushed, mut at) = (None, Vec::new(), None::<Place>);
    while let Some(frame) = reader.read().expect("our own request can be read") {
        match frame {
            Frame::Head(read) => head = Some(read),
            Frame::Run(place) => at = Some(place),
            Frame::Envelope(wire) => {
                let place = at.expect("an envelope has its place");
                at = Some(Place { sequence: place.sequence.next(), ..place });
                pushed.push((place, wire));
            }
            _ => {}
        }
    }
    Request { head: head.expect("a request has a head"), pushed }
}
