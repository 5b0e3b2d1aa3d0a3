//! Protocol §8, what a relay may do or lose, by the rows' numbers; and what differs though the same is held.

use std::path::Path;

use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::protocol::ids::{HeadHash, JournalId, RelayId, Sequence, SpaceId};
use jasaq_fieldbook::protocol::journal::{Frontier, Head};
use jasaq_fieldbook::protocol::seal::Section;
use jasaq_fieldbook::protocol::sync::{Ack, Arrived, SatchelEffect, SatchelReader};
use jasaq_fieldbook::{Carrier, CarrierFailed, ContactReport, Custody, Fieldbook, Membering, RefusalClass};
use jasaq_relay::limits::Quotas;
use jasaq_tests::{Faults, Field, Hand, Lie, Link, Phone, inside, told_otherwise};

const SEED: u64 = 83;

struct Squad {
    field: Field,
    ss: Phone,
    head: Phone,
    aray: Phone,
    dana: Phone,
    patrol: PatrolId,
}

impl Squad {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let (ss, head) = (field.device("ss"), field.device("head"));
        let [aray, dana] = ["aray", "dana"].map(|name| field.phone(name));
        let patrol = field.start_patrol(aray);
        field.run_until_quiet();
        Self { field, ss, head, aray, dana, patrol }
    }

    fn write(&mut self, phone: Phone, text: &str) -> StatementRef {
        let entry = self.field.write(phone, self.patrol, text);
        self.field.book(phone).flush().unwrap();
        entry
    }
}

#[test]
fn scenario_05_a_relay_wiped_rolled_back_or_replaced_is_filled_by_any_member_with_what_others_wrote() {
    let mut squad = Squad::new();
    let mut said = vec![squad.write(squad.aray, "1 бұрын")];
    squad.field.run_until_quiet();
    squad.field.back_up_relay("backup");
    said.push(squad.write(squad.aray, "2 кейін"));
    squad.field.run_until_quiet();
    // From here on her phone is gone. Each time somebody joins who has nothing but what the relay gives him.
    for (number, lost) in ["wiped", "rolled back", "replaced"].into_iter().enumerate() {
        match lost {
            "wiped" => squad.field.wipe_relay(),
            "rolled back" => squad.field.roll_relay_back("backup"),
            _ => {
                let relay = squad.field.replace_relay();
                for phone in [squad.ss, squad.head, squad.dana] {
                    let refused = squad.field.try_contact(phone).1.unwrap_err();
                    assert_eq!(refused.class(), RefusalClass::Unreachable, "another relay is noticed");
                    squad.field.book(phone).set_relay("memory:", Some(relay)).unwrap();
                }
            }
        }
        for phone in [squad.dana, squad.head, squad.ss, squad.head, squad.dana] {
            squad.field.contact(phone);
        }
        let late = squad.field.phone(&format!("late {number}"));
        squad.field.contact(late);
        for entry in &said {
            assert!(squad.field.can_read(late, squad.patrol, entry), "{lost}: {entry}");
        }
    }
}

#[test]
fn scenario_05_what_a_phone_wrote_where_it_does_not_read_goes_up_again_after_a_roll_back() {
    let mut squad = Squad::new();
    let roll = SpaceId::of_territory(&squad.field.root());
    // The head reads the data of protected persons, and a volunteer only writes there.
    let epochs = |home: &Path| inside::hashes(&inside::vault_of(home), "SELECT DISTINCT space FROM epochs");
    let [heads, arays] = [squad.head, squad.aray].map(|phone| epochs(squad.field.home(phone)));
    let protected: Vec<_> = heads.difference(&arays).collect();
    let protected = SpaceId::from_bytes(protected[0].as_slice().try_into().unwrap());
    let mut hand = Hand::in_space(squad.field.home(squad.aray), (roll, protected), SEED);
    hand.seal(&[Section::Ack(Vec::new())]);
    squad
        .field
        .book(squad.aray)
        .import_satchel(&mut hand.satchel().as_slice())
        .unwrap();
    squad.field.back_up_relay("before");
    squad.write(squad.aray, "1 із");
    let journal = *hand.journal().as_bytes();
    let is_there = |squad: &Squad| {
        let relay = inside::relay_of(&squad.field.relay_file());
        inside::hashes(&relay, "SELECT journal FROM journals").contains(journal.as_slice())
    };
    squad.field.contact(squad.aray);
    assert!(is_there(&squad), "otherwise nothing is proved");
    squad.field.roll_relay_back("before");
    assert!(!is_there(&squad));
    let mut report = ContactReport::default();
    squad
        .field
        .over_link(squad.aray, |book, link| book.sync(link, &mut report))
        .unwrap();
    assert!(report.rewound > 0 && is_there(&squad), "nobody else could bring it: {report:?}");
}

/// What one device signed, out of what it holds.
fn signed_by(squad: &mut Squad, phone: Phone) -> Vec<Arrived> {
    let mut satchel = Vec::new();
    squad.field.book(phone).export_satchel(&mut satchel).unwrap();
    let (effects, _) = SatchelReader::new(SpaceId::of_territory(&squad.field.root())).take(&satchel);
    let vault = inside::vault_of(squad.field.home(phone));
    let own = "SELECT j.journal FROM journals j JOIN settings s ON s.name = 'device'
               WHERE j.journal IN (SELECT journal FROM own_journals)";
    let own = inside::hashes(&vault, own);
    let arrived = effects.into_iter().filter_map(|effect| match effect {
        SatchelEffect::Arrived(arrived) => Some(arrived),
        SatchelEffect::Steps { .. } | SatchelEffect::Ended => None,
    });
    arrived
        .filter(|arrived| own.contains(arrived.place.journal.as_bytes().as_slice()))
        .collect()
}

#[test]
fn scenario_06_a_relay_that_keeps_envelopes_back_is_betrayed_by_what_others_say_they_hold() {
    let mut squad = Squad::new();
    squad.field.back_up_relay("before");
    let entry = squad.write(squad.aray, "1 із");
    for phone in [squad.aray, squad.head, squad.head] {
        squad.field.contact(phone);
    }
    // To Dana the relay shows all that it had before, and what the head signed since, but not Aray's entry.
    let head = squad.head;
    let told = signed_by(&mut squad, head);
    squad.field.back_up_relay("after");
    squad.field.roll_relay_back("before");
    let hand =
        Hand::in_patrols(squad.field.home(squad.dana), SpaceId::of_territory(&squad.field.root()), SEED);
    let relay = squad.field.relay();
    let told: Vec<_> = told.into_iter().map(|arrived| (arrived.place, arrived.wire)).collect();
    relay.answer(&hand.request(relay.id(), &told)).unwrap();
    squad.field.restart_relay();
    assert_eq!(squad.field.book(squad.dana).status().unwrap().missing, 0);
    squad.field.contact(squad.dana);
    assert!(!squad.field.can_read(squad.dana, squad.patrol, &entry));
    assert_eq!(squad.field.book(squad.dana).status().unwrap().missing, 1, "the head holds what has not come");
    // Another carrier goes on.
    squad.field.carry_satchel(squad.head, squad.dana);
    assert!(squad.field.can_read(squad.dana, squad.patrol, &entry));
    let status = squad.field.book(squad.dana).status().unwrap();
    assert_eq!((status.missing, status.differing), (0, 0), "and the alarm is over");
}

/// The relay at the other end tells what it holds otherwise, every time.
struct Liar<'a, 'b>(&'a mut Link<'b>, Lie);

impl Carrier for Liar<'_, '_> {
    fn fetch_identity(&mut self, address: &str) -> Result<RelayId, CarrierFailed> {
        self.0.fetch_identity(address)
    }

    fn carry(&mut self, _: &str, request: &[u8], answer: &mut dyn FnMut(&[u8])) -> Result<(), CarrierFailed> {
        let honest = self.0.ask(request)?;
        answer(&told_otherwise(&honest, self.1));
        Ok(())
    }
}

#[test]
fn scenario_06_whatever_a_relay_tells_otherwise_nothing_false_is_shown_and_nothing_is_lost_when_it_is_honest_again()
 {
    for (lie, name) in Lie::ALL {
        let mut squad = Squad::new();
        for number in 0..6 {
            squad.write(squad.aray, &format!("{number} із"));
            squad.write(squad.head, &format!("{number} бас"));
        }
        for phone in [squad.aray, squad.head] {
            squad.field.contact(phone);
        }
        let said = squad.write(squad.dana, "6 Дана");
        let mut moved = ContactReport::default();
        for _ in 0..8 {
            // It may be told as garbage, or as an answer that broke off: the next contact asks again.
            let contact = |book: &mut Fieldbook, link: &mut Link<'_>| {
                book.contact(&mut Liar(link, lie), &mut moved).is_ok()
            };
            squad.field.over_link(squad.dana, contact);
        }
        let is_all_false = lie == Lie::Exchanges;
        assert_eq!(moved.received > 0, !is_all_false, "{name}: what is true in it counts: {moved:?}");
        let doctor = squad.field.book(squad.dana).doctor().unwrap();
        assert!(doctor.is_whole && doctor.defects == 0 && doctor.branches == 0, "{name}: {doctor:?}");
        let shown = squad.field.texts(squad.dana, squad.patrol);
        squad.field.run_until_quiet();
        let all = squad.field.texts(squad.head, squad.patrol);
        assert_eq!(all.len(), 13, "{name}: nothing is lost");
        assert!(shown.iter().all(|text| all.contains(text)), "{name}: nothing is invented");
        assert_eq!(squad.field.texts(squad.dana, squad.patrol), all, "{name}");
        assert_eq!(squad.field.custody(squad.dana, squad.patrol, &said), Custody::WithSs, "{name}");
        let status = squad.field.book(squad.dana).status().unwrap();
        assert_eq!((status.missing, status.differing), (0, 0), "{name}: {status:?}");
    }
}

#[test]
fn scenario_06_a_relay_that_falls_silent_each_time_lets_through_what_came_before() {
    let mut squad = Squad::new();
    for number in 0..12 {
        squad.write(squad.aray, &format!("{number:02} із"));
    }
    squad.field.contact(squad.aray);
    for _ in 0..20 {
        let contact = |book: &mut Fieldbook, link: &mut Link<'_>| {
            book.contact(&mut Liar(link, Lie::Stalls), &mut ContactReport::default())
                .is_ok()
        };
        assert!(!squad.field.over_link(squad.dana, contact), "it never comes to an end");
    }
    let shown = squad.field.texts(squad.dana, squad.patrol);
    assert!(
        shown.len() >= 10,
        "half of what is left comes each time, until half is less than one: {shown:?}"
    );
}

#[test]
fn scenario_06_a_relay_that_shows_two_phones_different_envelopes_at_one_number_is_found_out_when_they_meet() {
    let mut squad = Squad::new();
    squad.field.back_up_relay("to the others");
    // To Aray and the head it is a relay on which Aray wrote; to Dana and the SS, under the same numbers, one on which Dana did.
    let said = squad.write(squad.aray, "1 Арай");
    for phone in [squad.aray, squad.head, squad.aray] {
        squad.field.contact(phone);
    }
    squad.field.roll_relay_back("to the others");
    squad.write(squad.dana, "1 Дана");
    for phone in [squad.dana, squad.ss, squad.dana] {
        squad.field.contact(phone);
    }
    assert_eq!(squad.field.texts(squad.head, squad.patrol), ["1 Арай"]);
    assert_eq!(squad.field.texts(squad.ss, squad.patrol), ["1 Дана"]);
    // Whoever is shown the other side notices by the running hash, and brings what it lacks, whoever wrote it.
    let report = squad.field.contact(squad.head);
    assert!(report.rewound > 0, "{report:?}");
    squad.field.run_until_quiet();
    let readers = [squad.ss, squad.head, squad.aray, squad.dana];
    for reader in readers {
        assert_eq!(squad.field.texts(reader, squad.patrol), ["1 Арай", "1 Дана"], "{reader:?}");
        let status = squad.field.book(reader).status().unwrap();
        assert_eq!((status.missing, status.differing), (0, 0), "{reader:?}: {status:?}");
    }
    assert!(squad.field.show_alike(&readers, squad.patrol));
    assert_eq!(squad.field.custody(squad.aray, squad.patrol, &said), Custody::WithSs);
}

#[test]
fn scenario_06_a_relay_that_is_full_says_so_and_everything_goes_by_hand_until_it_has_room() {
    let mut squad = Squad::new();
    let relay = squad.field.take_relay();
    let full = Quotas { database_bytes_max: 4_096, ..Quotas::default() };
    squad.field.restore_relay(relay.with_quotas(full));
    let long = "туман ".repeat(150);
    let mut refused = 0;
    let mut said = Vec::new();
    for number in 0..40 {
        said.push(squad.write(squad.aray, &format!("{number:02} {long}")));
        refused += usize::from(squad.field.try_contact(squad.aray).1.is_err());
    }
    assert!(refused > 0, "otherwise it was never full");
    let last = said.last().unwrap();
    assert_eq!(squad.field.custody(squad.aray, squad.patrol, last), Custody::OnThisPhone);
    squad.field.carry_satchel(squad.aray, squad.head);
    assert!(said.iter().all(|entry| squad.field.can_read(squad.head, squad.patrol, entry)));
    squad.field.restart_relay();
    squad.field.run_until_quiet();
    assert!(said.iter().all(|entry| squad.field.can_read(squad.dana, squad.patrol, entry)));
    assert_eq!(squad.field.custody(squad.aray, squad.patrol, last), Custody::WithSs);
}

#[test]
fn scenario_15_an_answer_that_is_lost_after_the_commit_is_asked_for_again_and_nothing_is_stored_twice() {
    let mut squad = Squad::new();
    let count = |squad: &Squad| {
        let relay = inside::relay_of(&squad.field.relay_file());
        inside::number(&relay, "SELECT count(*) FROM envelopes")
    };
    let before = count(&squad);
    let entry = squad.write(squad.aray, "1 із");
    squad.field.faults = Faults { drop_answer: 100, ..Faults::default() };
    for _ in 0..3 {
        squad.field.try_contact(squad.aray).1.unwrap_err();
        assert_eq!(squad.field.custody(squad.aray, squad.patrol, &entry), Custody::OnThisPhone);
    }
    assert_eq!(count(&squad), before + 1, "the relay has it, once, and the phone does not claim so");
    squad.field.faults = Faults::default();
    squad.field.contact(squad.aray);
    assert_eq!(squad.field.custody(squad.aray, squad.patrol, &entry), Custody::AtRelay);
    assert_eq!(count(&squad), before + 1);
    squad.field.run_until_quiet();
    assert_eq!(squad.field.texts(squad.ss, squad.patrol), ["1 із"]);
}

#[test]
fn scenario_17_members_that_differ_by_a_defect_of_ours_are_told() {
    let mut squad = Squad::new();
    squad.write(squad.aray, "1 із");
    squad.field.run_until_quiet();
    let differing = |squad: &mut Squad, phone| squad.field.book(phone).status().unwrap().differing;
    let ss = squad.ss;
    assert_eq!(differing(&mut squad, ss), 0);
    // A defect of ours, or of its disk: the head's console loses a change that it had opened.
    let vault = inside::vault_of(squad.field.home(squad.head));
    let lost = "DELETE FROM changes WHERE rowid = (SELECT max(rowid) FROM changes)";
    assert_eq!(vault.execute(lost, []).unwrap(), 1);
    drop(vault);
    squad.write(squad.dana, "2 із");
    squad.field.run_until_quiet();
    for phone in [squad.ss, squad.aray, squad.dana] {
        assert_eq!(differing(&mut squad, phone), 1, "{phone:?} holds the same as the head and other things");
        assert_eq!(squad.field.book(phone).doctor().unwrap().differing, 1);
    }
}

#[test]
fn what_strangers_and_plain_members_say_that_they_hold_raises_no_alarm() {
    let mut squad = Squad::new();
    squad.write(squad.aray, "1 із");
    squad.field.run_until_quiet();
    // Neither the head nor Dana wrote anything but acks, so their word of what is held there is the same.
    let frontier = {
        let vault = inside::vault_of(squad.field.home(squad.ss));
        let compared = inside::hashes(&vault, "SELECT frontier FROM accounts WHERE compared = 1");
        assert_eq!(compared.len(), 1, "the SS holds what the head held");
        compared.first().unwrap().as_slice().try_into().unwrap()
    };
    let roll = SpaceId::of_territory(&squad.field.root());
    let journal = JournalId::from_bytes([9; 16]);
    let beyond = Head { sequence: Sequence::new(5).unwrap(), hash: HeadHash::from_bytes([9; 8]) };
    let heads: Frontier = [(journal, beyond)].into_iter().collect();
    let says = Ack { heads, frontier, documents: [9; 16] }.encode();
    let membering = Membering::Squad { role: Role::Volunteer, squad: None };
    let code = squad.field.book(squad.head).invite(membering).unwrap().code;
    let stranger = squad.field.ask_to_join("stranger", &code, 0);
    let patrols = Hand::in_patrols(squad.field.home(squad.dana), roll, SEED).space();
    let mut alarms = |phone: Phone| {
        let mut hand = Hand::in_space(squad.field.home(phone), (roll, patrols), SEED);
        hand.seal(&[Section::Ack(says.clone())]);
        let satchel = hand.satchel();
        let report = squad.field.book(squad.ss).import_satchel(&mut satchel.as_slice()).unwrap();
        assert_eq!(report.new, 1, "{report:?}");
        let status = squad.field.book(squad.ss).status().unwrap();
        let vault = inside::vault_of(squad.field.home(squad.ss));
        let noted = inside::number(&vault, "SELECT count(*) FROM accounts WHERE differs = 1");
        (status.missing, status.differing, noted)
    };
    let (dana, head) = (squad.dana, squad.head);
    for phone in [stranger, dana] {
        assert_eq!(alarms(phone), (0, 0, 0), "anybody may sign an ack");
    }
    assert_eq!(alarms(head), (1, 1, 1), "otherwise nothing is proved");
}
