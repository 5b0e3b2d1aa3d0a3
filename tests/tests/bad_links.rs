//! A relay that is down, answers garbage, refuses, breaks off, is wiped, rolled back or replaced: nothing is lost, nothing
//! blocks the rest, and the refusal says what it was.

use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::protocol::ids::{JournalId, Place, RelayId, Sequence, SpaceId};
use jasaq_fieldbook::protocol::limits::UNEXPLAINED_ENVELOPES_MAX;
use jasaq_fieldbook::protocol::seal::{DeviceKeys, EnvelopeDraft, Link, NextPlace, Section, seal};
use jasaq_fieldbook::protocol::sync::{ContactBroken, SatchelWriter};
use jasaq_fieldbook::{
    Carrier, CarrierFailed, ContactReport, Custody, ExchangeRefused, FieldbookRefused, Membering,
    RefusalClass,
};
use jasaq_relay::Relay;
use jasaq_tests::{Field, Phone};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

const SEED: u64 = 11;

/// Whatever somebody answers at the relay's address.
struct Answers<'a>(Result<&'a [u8], CarrierFailed>, Option<RelayId>);

impl Carrier for Answers<'_> {
    fn fetch_identity(&mut self, _: &str) -> Result<RelayId, CarrierFailed> {
        self.1.ok_or(CarrierFailed::NotARelay)
    }

    fn carry(&mut self, _: &str, _: &[u8], answer: &mut dyn FnMut(&[u8])) -> Result<(), CarrierFailed> {
        answer(self.0.clone()?);
        Ok(())
    }
}

fn contact_through(field: &mut Field, phone: Phone, mut carrier: Answers<'_>) -> FieldbookRefused {
    field
        .book(phone)
        .contact(&mut carrier, &mut ContactReport::default())
        .expect_err("nobody answered well")
}

#[test]
fn scenario_06_what_was_recorded_stays_on_the_phone_whatever_answers_and_goes_up_with_the_next_good_contact()
{
    let mut field = Field::new(SEED);
    let (head, aray) = (field.device("head"), field.phone("aray"));
    let patrol = field.start_patrol(aray);
    let entry = field.write(aray, patrol, "туман");
    let page = b"<!doctype html><title>Sign in to this network</title>".as_slice();
    for answer in [
        Err(CarrierFailed::Unreachable),
        Err(CarrierFailed::Status(500)),
        Err(CarrierFailed::Broken),
        Ok(page),
        Ok(b"".as_slice()),
        Ok(&[8, 0, 1]),
    ] {
        let refused = contact_through(&mut field, aray, Answers(answer, None));
        assert_eq!(refused.class(), RefusalClass::Unreachable, "{refused}");
        assert_eq!(field.custody(aray, patrol, &entry), Custody::OnThisPhone);
    }
    field.run_until_quiet();
    assert!(field.can_read(head, patrol, &entry));
}

#[test]
fn an_end_without_a_receipt_is_not_custody() {
    let mut field = Field::new(SEED);
    let aray = field.phone("aray");
    let patrol = field.start_patrol(aray);
    let entry = field.write(aray, patrol, "туман");
    let refused = contact_through(&mut field, aray, Answers(Ok(&[8, 0, 1, 0]), None));
    let no_receipt = ExchangeRefused::Broken(ContactBroken::Receipt);
    assert!(
        matches!(&refused, FieldbookRefused::Exchange(refused) if refused.to_string() == no_receipt.to_string())
    );
    assert_eq!(field.custody(aray, patrol, &entry), Custody::OnThisPhone);
}

#[test]
fn another_relay_at_the_known_address_is_noticed() {
    let mut field = Field::new(SEED);
    let aray = field.phone("aray");
    let stranger = RelayId::from_bytes([9; 32]);
    let refused = contact_through(&mut field, aray, Answers(Err(CarrierFailed::Status(400)), Some(stranger)));
    assert!(matches!(refused, FieldbookRefused::Exchange(ExchangeRefused::OtherRelay)));
}

#[test]
fn a_wiped_relay_is_filled_again_by_its_members_also_with_what_others_wrote() {
    let mut field = Field::new(SEED);
    let (head, ss) = (field.device("head"), field.device("ss"));
    let [aray, dana] = ["aray", "dana"].map(|name| field.phone(name));
    let patrol = field.start_patrol(aray);
    let entry = field.write(aray, patrol, "туман");
    field.run_until_quiet();
    field.wipe_relay();
    // Aray's phone is gone; everybody else, and a phone that joins only now, must have her entry from the new relay.
    for phone in [head, ss, dana, head, ss] {
        field.contact(phone);
    }
    let late = field.phone("late");
    field.contact(late);
    assert!(field.can_read(late, patrol, &entry));
}

/// The relay's answer breaks off behind its receipt.
struct ReceiptOnly(Relay);

impl Carrier for ReceiptOnly {
    fn fetch_identity(&mut self, _: &str) -> Result<RelayId, CarrierFailed> {
        Ok(self.0.id())
    }

    fn carry(&mut self, _: &str, request: &[u8], answer: &mut dyn FnMut(&[u8])) -> Result<(), CarrierFailed> {
        let mut taking = self.0.begin();
        taking.take(request).unwrap();
        self.0.commit(&mut taking).unwrap();
        let bytes = self.0.finish(taking).unwrap().bytes;
        let receipt = 3 + usize::from(u16::from_be_bytes([bytes[1], bytes[2]]));
        answer(&bytes[..receipt]);
        Err(CarrierFailed::Broken)
    }
}

#[test]
fn what_a_relay_lost_behind_its_receipt_goes_up_again_though_no_cursor_shows_it() {
    let mut field = Field::new(SEED);
    let (head, ss, aray) = (field.device("head"), field.device("ss"), field.phone("aray"));
    let patrol = field.start_patrol(aray);
    field.run_until_quiet();
    let entry = field.write(aray, patrol, "туман");
    let mut relay = ReceiptOnly(field.take_relay());
    let mut report = ContactReport::default();
    field.book(aray).contact(&mut relay, &mut report).unwrap_err();
    field.restore_relay(relay.0);
    assert_eq!(field.custody(aray, patrol, &entry), Custody::AtRelay, "the receipt came");
    field.wipe_relay();
    for phone in [ss, head, ss, head] {
        field.contact(phone);
    }
    field.run_until_quiet();
    assert!(field.can_read(head, patrol, &entry));
}

#[test]
fn a_device_that_waits_asks_again_after_the_relay_was_wiped() {
    let mut field = Field::new(SEED);
    let head = field.device("head");
    let membering = Membering::Squad { role: Role::Volunteer, squad: None };
    let code = field.book(head).invite(membering).unwrap().code;
    field.contact(head);
    let aray = field.ask_to_join("aray", &code, 0);
    field.contact(aray);
    field.wipe_relay();
    field.run_until_quiet();
    let words = field.book(aray).status().unwrap().join_words.unwrap();
    field.book(head).confirm(&words).unwrap();
    field.run_until_quiet();
    assert!(field.book(aray).status().unwrap().role.is_some());
}

/// A satchel full of envelopes of signers whom nobody ever added, each of them valid in itself.
fn junk(field: &Field, count: u8) -> Vec<u8> {
    let roll = SpaceId::of_territory(&field.root());
    let mut satchel = SatchelWriter::new(roll);
    for seed in 0..count {
        let mut chance = ChaCha20Rng::from_seed([seed; 32]);
        let keys = DeviceKeys::make(&mut chance);
        let journal = JournalId::of_device(&keys.id(), [seed; 8]);
        let mut next = NextPlace {
            place: Place { space: roll, journal, sequence: Sequence::FIRST },
            link: Link::First(keys.id()),
        };
        for _ in 0..50 {
            let sections = [Section::Operation(vec![seed; 3_800])];
            let draft = EnvelopeDraft { next, epoch: None, sections: &sections };
            let envelope = seal(&draft, &keys, &mut chance).unwrap();
            satchel.envelope(envelope.place(), &envelope.to_wire(true).encode());
            let place = Place { sequence: next.place.sequence.next(), ..next.place };
            next = NextPlace { place, link: Link::After(envelope.hash()) };
        }
    }
    satchel.finish()
}

#[test]
fn junk_out_of_a_satchel_keeps_nobodys_entry_back_and_fills_no_phone() {
    let mut field = Field::new(SEED);
    let (head, aray) = (field.device("head"), field.phone("aray"));
    let junk = junk(&field, 84);
    let report = field.book(aray).import_satchel(&mut junk.as_slice()).unwrap();
    let kept = usize::try_from(UNEXPLAINED_ENVELOPES_MAX).unwrap();
    assert!(report.envelopes == 4_200 && (4_000..=kept).contains(&report.new), "{report:?}");
    let patrol = field.start_patrol(aray);
    let entry = field.write(aray, patrol, "туман");
    field.contact(aray);
    assert_eq!(field.custody(aray, patrol, &entry), Custody::AtRelay, "the first request took it along");
    field.run_until_quiet();
    assert!(field.can_read(head, patrol, &entry));
    let next = field.contact(aray);
    assert!(next.bytes_up < 40_000, "of what was refused little is offered again: {next:?}");
    // Whoever invites is filled with junk too, and lets people in all the same, by relay and by satchel.
    field.book(head).import_satchel(&mut junk.as_slice()).unwrap();
    let bekzat = field.phone("bekzat");
    let membering = Membering::Squad { role: Role::Volunteer, squad: None };
    let code = field.book(head).invite(membering).unwrap().code;
    let dana = field.ask_to_join("dana", &code, 0);
    field.carry_satchel(dana, head);
    let words = field.book(dana).status().unwrap().join_words.unwrap();
    field.book(head).confirm(&words).unwrap();
    field.carry_satchel(head, dana);
    let roles = [bekzat, dana].map(|phone| field.book(phone).status().unwrap().role);
    assert_eq!(roles, [Some(Role::Volunteer); 2]);
}

#[test]
fn a_satchel_of_another_territory_is_refused_and_nothing_waits_for_it() {
    let mut field = Field::new(SEED);
    let (head, aray) = (field.device("head"), field.phone("aray"));
    let other_field_entry = {
        let mut other = Field::new(SEED + 1);
        let phone = other.phone("bekzat");
        let patrol = other.start_patrol(phone);
        other.write(phone, patrol, "чужая территория");
        let mut satchel = Vec::new();
        other.book(phone).export_satchel(&mut satchel).unwrap();
        satchel
    };
    let refused = field.book(aray).import_satchel(&mut other_field_entry.as_slice()).unwrap_err();
    assert_eq!(refused.class(), RefusalClass::Input, "a satchel of another territory");
    let patrol = field.start_patrol(aray);
    let entry = field.write(aray, patrol, "туман");
    field.run_until_quiet();
    assert!(field.can_read(head, patrol, &entry));
}

#[test]
fn a_satchel_cut_in_half_gives_what_came_whole_and_says_so() {
    let mut field = Field::new(SEED);
    let [aray, dana] = ["aray", "dana"].map(|name| field.phone(name));
    let patrol = field.start_patrol(aray);
    let mut written = Vec::new();
    for number in 0..40 {
        written.push(field.write(aray, patrol, &format!("{number}-жазба, тыныш")));
        field.book(aray).flush().unwrap();
    }
    let mut satchel = Vec::new();
    field.book(aray).export_satchel(&mut satchel).unwrap();
    let half = &satchel[..satchel.len() * 3 / 4];
    let report = field.book(dana).import_satchel(&mut &half[..]).unwrap();
    assert!(report.cut && report.new > 0);
    let read = written.iter().filter(|entry| field.can_read(dana, patrol, entry)).count();
    assert!(0 < read && read < 40);
    let report = field.book(dana).import_satchel(&mut satchel.as_slice()).unwrap();
    assert!(!report.cut);
    assert!(written.iter().all(|entry| field.can_read(dana, patrol, entry)));
}
