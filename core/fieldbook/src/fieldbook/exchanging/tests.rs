//! What a contact does before and after bytes are carried: whom it asks, over what, and what it makes of what went wrong.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use jasaq_protocol::ids::{DeviceId, HeadHash, JournalId, Sequence, SpaceId};
use jasaq_protocol::journal::{Frontier, Head};
use jasaq_protocol::sync::{Ack, RequestReader};
use tempfile::TempDir;

use super::*;
use crate::surroundings::Surroundings;
use crate::{KeyHolder, RelayWay, RootSheets};

const RELAY: RelayId = RelayId::from_bytes([7; 32]);
const OTHER: RelayId = RelayId::from_bytes([8; 32]);

fn founded(home: &Path) -> Fieldbook {
    let handed_over = |_: &RootSheets| Ok::<_, FieldbookRefused>(());
    let surroundings = Surroundings::of_the_system(None);
    Fieldbook::found(home, &KeyHolder::File, surroundings, handed_over).unwrap().0
}

/// Nothing is carried; while it asks who the relay is, another process names another one.
struct Meanwhile {
    home: PathBuf,
    names: Option<(&'static str, RelayId)>,
}

impl Carrier for Meanwhile {
    fn fetch_identity(&mut self, _: &str) -> Result<RelayId, CarrierFailed> {
        if let Some((address, relay)) = self.names {
            let mut vault = Vault::open(&self.home, &KeyHolder::File).unwrap();
            vault
                .write(|transaction| Vault::set_relay(transaction, address, Some(relay)))
                .unwrap();
        }
        Ok(RELAY)
    }

    fn carry(&mut self, _: &str, _: &[u8], _: &mut dyn FnMut(&[u8])) -> Result<(), CarrierFailed> {
        Err(CarrierFailed::Unreachable)
    }
}

#[test]
fn what_another_process_named_while_the_relay_was_asked_stands() {
    let home = TempDir::new().unwrap();
    let mut book = founded(home.path());
    for names in [("https://b.example", OTHER), ("https://a.example", OTHER)] {
        book.vault
            .write(|transaction| -> Result<(), VaultRefused> {
                transaction.execute("DELETE FROM settings WHERE name = 'relay_id'", []).unwrap();
                Vault::set_relay(transaction, "https://a.example", None).map(drop)
            })
            .unwrap();
        book.meet_relay(&mut Meanwhile { home: home.path().to_owned(), names: Some(names) })
            .unwrap();
        let status = book.status().unwrap();
        assert_eq!((status.relay.as_deref(), status.relay_id), (Some(names.0), Some(OTHER)));
    }
}

/// Another process names another relay once this one has looked who it is. What is carried then is kept.
struct Renamed {
    home: PathBuf,
    looks: Cell<usize>,
    carried: Option<(String, Vec<u8>)>,
}

impl Carrier for Renamed {
    fn goes_in_clear(&self) -> bool {
        self.looks.set(self.looks.get() + 1);
        if self.looks.get() == 2 {
            let mut vault = Vault::open(&self.home, &KeyHolder::File).unwrap();
            let named =
                vault.write(|transaction| Vault::set_relay(transaction, "https://b.example", Some(OTHER)));
            named.unwrap();
        }
        false
    }

    fn fetch_identity(&mut self, _: &str) -> Result<RelayId, CarrierFailed> {
        Err(CarrierFailed::Unreachable)
    }

    fn carry(
        &mut self,
        address: &str,
        request: &[u8],
        _: &mut dyn FnMut(&[u8]),
    ) -> Result<(), CarrierFailed> {
        self.carried = Some((address.to_owned(), request.to_vec()));
        Err(CarrierFailed::Unreachable)
    }
}

#[test]
fn a_request_is_for_the_relay_that_is_the_devices_when_it_is_written() {
    let home = TempDir::new().unwrap();
    let mut book = founded(home.path());
    book.set_relay("https://a.example", Some(RELAY)).unwrap();
    let mut carrier = Renamed { home: home.path().to_owned(), looks: Cell::new(0), carried: None };
    book.contact(&mut carrier, &mut ContactReport::default()).unwrap_err();
    let (address, request) = carrier.carried.unwrap();
    assert_eq!(address, "https://b.example");
    assert!(RequestReader::new(OTHER).take(&request).is_ok(), "it is signed for the new one");
    assert!(RequestReader::new(RELAY).take(&request).is_err());
    let ticket = Vault::unanswered(book.vault.read()).unwrap().unwrap();
    assert_eq!(ticket.relay, OTHER, "and its ticket names him");
}

#[test]
fn nothing_goes_in_clear_text_beyond_this_machine_unless_somebody_said_so() {
    let home = TempDir::new().unwrap();
    let mut book = founded(home.path());
    let mut carrier = Meanwhile { home: home.path().to_owned(), names: None };
    let is_refused = |outcome: Result<(), FieldbookRefused>| {
        matches!(outcome, Err(FieldbookRefused::Exchange(ExchangeRefused::Cleartext)))
    };
    book.set_relay("http://relay.example", None).unwrap();
    assert!(is_refused(book.meet_relay(&mut carrier)), "also who it is, is not asked");
    book.set_relay("http://relay.example", Some(RELAY)).unwrap();
    assert!(is_refused(book.prepare_contact().map(drop)));
    assert!(is_refused(book.contact(&mut carrier, &mut ContactReport::default())));
    book.set_relay_way(&RelayWay { cleartext: true, authority: None }).unwrap();
    assert!(book.prepare_contact().is_ok(), "it is remembered");
    for address in ["http://localhost:7340", "https://relay.example"] {
        book.set_relay(address, None).unwrap();
        assert!(book.prepare_contact().is_ok(), "{address}");
    }
}

/// Makes one request with something to push, and ends it as the carrier says.
fn pushed_and_ended(book: &mut Fieldbook, carried: Result<(), CarrierFailed>) {
    let prepared = book.prepare_contact().unwrap();
    let answer = book.open_answer(prepared.ticket).unwrap();
    drop(book.finish_answer(answer, carried, &mut ContactReport::default()));
}

#[test]
fn a_push_that_ends_in_a_status_of_time_or_of_a_proxy_is_asked_after() {
    for (status, asks) in [(408, true), (502, true), (504, true), (400, false)] {
        let home = TempDir::new().unwrap();
        let mut book = founded(home.path());
        book.set_relay("https://relay.example", Some(RELAY)).unwrap();
        pushed_and_ended(&mut book, Err(CarrierFailed::Status(status)));
        let next = book.prepare_contact().unwrap().ticket.number();
        let row = Vault::ticket(book.vault.read(), next).unwrap().unwrap();
        assert_eq!(row.is_question, asks, "{status}");
    }
}

#[test]
fn a_strangers_word_raises_no_alarm() {
    let home = TempDir::new().unwrap();
    let mut book = founded(home.path());
    let stranger = DeviceId::from_bytes([9; 32]);
    let spaces: Vec<SpaceId> = book
        .device
        .membership
        .spaces_of(&book.device.id())
        .map(|(space, _)| space)
        .collect();
    let journal = JournalId::from_bytes([9; 16]);
    let head = Head { sequence: Sequence::new(5).unwrap(), hash: HeadHash::from_bytes([9; 8]) };
    let heads: Frontier = [(journal, head)].into_iter().collect();
    for space in &spaces {
        let ack = Ack { frontier: [9; 16], documents: [9; 16], heads: heads.clone() };
        let noted = book.write(|transaction, _, _| -> Result<(), VaultRefused> {
            Vault::note_ack(transaction, (&stranger, space), &ack)?;
            Vault::note_compared(transaction, (&stranger, space), true)
        });
        noted.unwrap();
    }
    assert!(!spaces.is_empty());
    let status = book.status().unwrap();
    assert_eq!((status.missing, status.differing), (0, 0));
}
