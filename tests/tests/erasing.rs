//! Erasing a record: everywhere it can be, with what comes late, and nothing that stands beside it.

use std::collections::BTreeMap;
use std::path::Path;

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::protocol::ids::{DeviceId, EnvelopeHash, JournalId, Place, Sequence, SpaceId};
use jasaq_fieldbook::protocol::seal::{EpochKey, Link, SectionSet, VerifiedEnvelope, WireEnvelope};
use jasaq_fieldbook::protocol::sync::{Arrived, SatchelEffect, SatchelReader, SatchelWriter};
use jasaq_fieldbook::{EnrolRefused, Erased, FieldbookRefused, NewAttachment};
use jasaq_tests::{Field, Phone, inside};

const SEED: u64 = 20;
const NAME: &str = "Асқар Серікұлы";

/// Two patrols of Aray's: in one somebody's name was written down, the other is an ordinary one.
struct Season {
    field: Field,
    ss: Phone,
    head: Phone,
    aray: Phone,
    bekzat: Phone,
    named: PatrolId,
    other: PatrolId,
}

impl Season {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let [ss, head] = ["ss", "head"].map(|name| field.device(name));
        let (aray, bekzat) = (field.phone("aray"), field.phone("bekzat"));
        let named = field.start_patrol(aray);
        field.write(aray, named, NAME);
        let other = field.start_patrol(aray);
        field.write(aray, other, "тұман");
        field.run_until_quiet();
        Self { field, ss, head, aray, bekzat, named, other }
    }

    fn erase(&mut self) -> Erased {
        self.field.book(self.ss).erase(self.named).unwrap()
    }

    fn is_erased_at(&mut self, phone: Phone) -> bool {
        matches!(self.field.book(phone).patrol(self.named), Err(FieldbookRefused::Erased))
    }

    fn shows_the_other(&mut self, phone: Phone) -> bool {
        let other = self.other;
        self.field.texts(phone, other) == ["тұман"]
    }

    /// Whether anything in a device's vault gives the name, with every key that is in it.
    fn can_tell(&self, phone: Phone) -> bool {
        tells(self.field.home(phone), NAME)
    }
}

/// Every envelope of a vault that can be placed, on its journal's line or beside.
fn envelopes(home: &Path) -> Vec<VerifiedEnvelope> {
    let vault = inside::vault_of(home);
    let mut select = vault
        .prepare(
            "SELECT e.space, e.journal, e.sequence, j.signer, e.wire, p.hash FROM envelopes e
             JOIN journals j ON j.journal = e.journal
             LEFT JOIN envelopes p ON p.journal = e.journal AND p.sequence = e.sequence - 1",
        )
        .unwrap();
    let rows = select
        .query_map([], |row| {
            let [space, journal]: [[u8; 16]; 2] = [row.get(0)?, row.get(1)?];
            let (sequence, signer): (i64, [u8; 32]) = (row.get(2)?, row.get(3)?);
            Ok((
                space,
                journal,
                sequence,
                signer,
                row.get::<_, Vec<u8>>(4)?,
                row.get::<_, Option<[u8; 32]>>(5)?,
            ))
        })
        .unwrap();
    rows.map(|row| {
        let (space, journal, sequence, signer, wire, previous) = row.unwrap();
        let signer = DeviceId::from_bytes(signer);
        let place = Place {
            space: SpaceId::from_bytes(space),
            journal: JournalId::from_bytes(journal),
            sequence: Sequence::new(sequence.cast_unsigned()).unwrap(),
        };
        let link = previous.map_or(Link::First(signer), |hash| Link::After(EnvelopeHash::from_bytes(hash)));
        WireEnvelope::decode(&wire).unwrap().at(place, link).verify(&signer).unwrap()
    })
    .collect()
}

fn tells(home: &Path, text: &str) -> bool {
    let vault = inside::vault_of(home);
    let mut secrets = vault.prepare("SELECT secret FROM epochs").unwrap();
    let secrets = secrets.query_map([], |row| row.get::<_, [u8; 32]>(0)).unwrap();
    let keys: Vec<EpochKey> = secrets.map(|secret| EpochKey::from_secret_bytes(&secret.unwrap())).collect();
    let has = |bytes: &[u8]| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    let is_sealed_in = |envelope: &VerifiedEnvelope| {
        let of = |key: &&EpochKey| Some(key.public().id()) == envelope.header().epoch();
        let opened = keys.iter().find(of).map(|key| envelope.open(key).unwrap());
        opened.into_iter().flatten().any(|section| has(&section.change))
    };
    let blobs = |select: &str| {
        let mut select = vault.prepare(select).unwrap();
        let rows = select.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        rows.map(Result::unwrap).any(|bytes| has(&bytes))
    };
    envelopes(home).iter().any(is_sealed_in)
        || blobs("SELECT fields FROM statements")
        || blobs("SELECT bytes FROM changes")
}

#[test]
fn an_erased_record_is_gone_from_every_device_and_what_stands_beside_it_stays() {
    let mut season = Season::new();
    let all = [season.ss, season.head, season.aray, season.bekzat];
    assert!(all.iter().all(|phone| season.can_tell(*phone)), "otherwise nothing is shown");
    let plan = season.field.book(season.ss).to_be_erased(season.named).unwrap();
    assert_eq!((plan.statements, plan.attachments), (2, 0));
    assert_eq!(season.erase(), plan);
    season.field.run_until_quiet();
    for phone in all {
        assert!(season.is_erased_at(phone) && season.shows_the_other(phone));
        assert!(!season.can_tell(phone));
        let erasures = season.field.book(phone).erasures().unwrap();
        assert_eq!(erasures.len(), 1);
        assert!(erasures[0].erased_at.is_some() && erasures[0].late == 0);
        assert_eq!(erasures[0].devices.len(), 4, "all of the squad, and the subdivision");
        assert!(erasures[0].devices.iter().all(|(_, has_obeyed)| *has_obeyed), "each has said so");
        assert_eq!(season.field.book(phone).doctor().unwrap().defects, 0);
    }
    let (other, named) = (season.other, season.named);
    assert!(season.field.show_alike(&all, other));
    let refused = season.field.try_write(season.aray, named, "тағы");
    assert!(matches!(refused, Err(FieldbookRefused::Erased)), "{refused:?}");
}

#[test]
fn who_comes_later_is_given_what_is_left_and_reads_on() {
    let mut season = Season::new();
    season.erase();
    season.field.run_until_quiet();
    let new = season.field.phone("new");
    season.field.run_until_quiet();
    assert!(season.shows_the_other(new) && season.is_erased_at(new) && !season.can_tell(new));
    // A relay that lost everything is filled by those who hold no more than that themselves.
    season.field.wipe_relay();
    season.field.run_until_quiet();
    let last = season.field.phone("last");
    season.field.run_until_quiet();
    assert!(season.shows_the_other(last) && season.is_erased_at(last));
    let erased =
        |home: &Path| envelopes(home).iter().filter(|envelope| !envelope.erased().is_empty()).count();
    assert!(erased(season.field.home(last)) > 0, "it was given them without the sections");
    let everybody = season.field.readers();
    let other = season.other;
    assert!(season.field.show_alike(&everybody, other));
    for phone in everybody {
        assert!(season.field.book(phone).status().unwrap().differing == 0, "and nobody raises an alarm");
    }
}

#[test]
fn scenario_20_an_erased_records_late_section_is_erased_by_whoever_gets_it() {
    let mut season = Season::new();
    let (ss, head, aray, named) = (season.ss, season.head, season.aray, season.named);
    // Aray has no coverage: what he writes of it comes when it is erased already.
    for _ in 0..3 {
        season.field.write(aray, named, NAME);
        season.field.book(aray).flush().unwrap();
    }
    season.erase();
    season.field.contact(ss);
    season.field.contact(head);
    assert!(!season.can_tell(head));
    // His push crosses the erasure, which he hears of in the same answer.
    season.field.contact(aray);
    assert!(season.is_erased_at(aray), "nothing of it is shown from then on");
    assert!(season.can_tell(aray), "it stands in his envelopes still: nobody has named these");
    let late = season.field.book(aray).erasures().unwrap();
    assert!(late[0].late == 3 && !late[0].may_erase, "{late:?}");
    // The head gets it, and may not erase; nothing of it is shown.
    season.field.contact(head);
    assert!(season.is_erased_at(head) && season.field.book(head).erasures().unwrap()[0].late == 3);
    // The subdivision gets it at its next contact, and names it with the one after that.
    season.field.run_until_quiet();
    for phone in [ss, head, aray, season.bekzat] {
        assert!(season.is_erased_at(phone) && !season.can_tell(phone));
        assert_eq!(season.field.book(phone).erasures().unwrap()[0].late, 0);
        assert!(season.shows_the_other(phone));
    }
}

#[test]
fn it_goes_by_satchel_and_by_meeting_where_there_is_no_relay() {
    let mut season = Season::new();
    let (ss, head, aray, bekzat) = (season.ss, season.head, season.aray, season.bekzat);
    season.field.write(bekzat, season.named, NAME);
    season.erase();
    season.field.carry_satchel(ss, head);
    assert!(season.is_erased_at(head) && !season.can_tell(head));
    season.field.meet(head, aray);
    assert!(season.is_erased_at(aray) && !season.can_tell(aray));
    // Bekzat's is late, and goes the same ways back.
    season.field.meet(bekzat, aray);
    assert!(season.is_erased_at(bekzat));
    season.field.carry_satchel(bekzat, head);
    season.field.carry_satchel(head, ss);
    season.field.carry_satchel(ss, head);
    season.field.meet(head, bekzat);
    for phone in [ss, head, bekzat] {
        assert!(season.is_erased_at(phone) && season.shows_the_other(phone));
        assert!(!season.can_tell(phone), "named and taken out");
    }
}

#[test]
fn only_who_may_erases_and_only_what_there_is() {
    let mut season = Season::new();
    let (ss, named) = (season.ss, season.named);
    for phone in [season.head, season.aray] {
        let refused = season.field.book(phone).erase(named).unwrap_err();
        assert!(matches!(refused, FieldbookRefused::Enrol(EnrolRefused::MayNot)), "{refused:?}");
    }
    let nothing = PatrolId::from_bytes([9; 16]);
    let refused = season.field.book(ss).erase(nothing).unwrap_err();
    assert!(matches!(refused, FieldbookRefused::NoPatrol), "{refused:?}");
    season.erase();
    let again = season.field.book(ss).erase(named).unwrap_err();
    assert!(matches!(again, FieldbookRefused::Erased), "{again:?}");
    season.field.run_until_quiet();
    let (head, other) = (season.head, season.other);
    assert!(season.is_erased_at(head) && season.shows_the_other(head));
    assert!(season.field.show_alike(&[ss, head], other));
}

#[test]
fn nobody_erases_by_sending_less() {
    let mut season = Season::new();
    let (aray, head) = (season.aray, season.head);
    let named = season.field.write(aray, season.named, NAME);
    season.field.book(aray).flush().unwrap();
    let mut satchel = Vec::new();
    season.field.book(aray).export_satchel(&mut satchel).unwrap();
    // Somebody who carries it takes every sealed section out.
    let less = without_sections(&satchel, SpaceId::of_territory(&season.field.root()));
    assert!(less.len() < satchel.len());
    season.field.book(head).import_satchel(&mut less.as_slice()).unwrap();
    let patrol = season.named;
    assert!(!season.field.can_read(head, patrol, &named));
    season.field.book(head).import_satchel(&mut satchel.as_slice()).unwrap();
    assert!(season.field.can_read(head, patrol, &named), "it comes whole by another way");
}

/// A satchel of which each sealed envelope lost all that is sealed in it.
fn without_sections(satchel: &[u8], territory_roll: SpaceId) -> Vec<u8> {
    let (mut reader, mut writer) = (SatchelReader::new(territory_roll), SatchelWriter::new(territory_roll));
    let (effects, outcome) = reader.take(satchel);
    outcome.unwrap();
    let mut signers = BTreeMap::new();
    for effect in effects {
        let SatchelEffect::Arrived(Arrived { place, wire, .. }) = effect else { continue };
        let wire = WireEnvelope::decode(&wire).unwrap();
        let link = wire.link_at(place.sequence).unwrap();
        if let Link::First(device) = link {
            signers.insert(place.journal, device);
        }
        let envelope = wire.at(place, link).verify(&signers[&place.journal]).unwrap();
        let less = envelope.erase(SectionSet::from_bits(u16::MAX));
        writer.envelope(place, &less.to_wire(true).encode());
    }
    writer.finish()
}

#[test]
fn attachments_are_erased_with_their_record_or_alone_and_not_taken_again() {
    let mut season = Season::new();
    let (ss, aray, head) = (season.ss, season.aray, season.head);
    let photo: Vec<u8> = (0..200_000_u32).map(|at| (at % 251) as u8).collect();
    let new = NewAttachment { file: &photo, keeps_metadata: true, ..NewAttachment::default() };
    let alone = season.field.book(aray).attach(season.other, &new).unwrap();
    season.field.book(aray).attach(season.named, &new).unwrap();
    season.field.run_until_quiet();
    let carry = |season: &mut Season, phone: Phone| {
        let mut report = jasaq_fieldbook::AttachmentsReport::default();
        season
            .field
            .over_link(phone, |book, link| book.carry_attachments(link, &mut report))
            .unwrap();
    };
    carry(&mut season, aray);
    let parts = |season: &Season, phone: Phone| {
        inside::number(&inside::vault_of(season.field.home(phone)), "SELECT count(*) FROM parts")
    };
    assert!(parts(&season, aray) > 0);
    assert_eq!(season.erase().attachments, 1);
    season.field.book(ss).erase_attachment_for_all(&alone).unwrap();
    season.field.run_until_quiet();
    for phone in [ss, aray, head] {
        assert_eq!(parts(&season, phone), 0);
        assert!(season.shows_the_other(phone), "the record that named it stays");
        let refused = season.field.book(phone).want_attachment(&alone, true).unwrap_err();
        assert!(matches!(refused, FieldbookRefused::Attach(_)), "{refused:?}");
        carry(&mut season, phone);
        assert_eq!(parts(&season, phone), 0);
    }
}

#[test]
fn what_a_stolen_console_erased_is_kept_by_whoever_heard_of_its_removal_first() {
    let mut season = Season::new();
    let ts = season.field.device("ts");
    let (ss, head, aray, bekzat) = (season.ss, season.head, season.aray, season.bekzat);
    let id = season.field.id(ss);
    season.erase();
    season.field.carry_satchel(ss, bekzat);
    assert!(season.is_erased_at(bekzat));
    season.field.book(ts).remove_device(&id, true).unwrap();
    season.field.contact(ts);
    season.field.contact(head);
    season.field.contact(ss);
    season.field.contact(aray);
    season.field.contact(head);
    for phone in [head, aray] {
        assert!(!season.is_erased_at(phone) && season.can_tell(phone), "the removal came first");
    }
    // Who obeyed has lost it, and is told of no defect for that.
    season.field.contact(bekzat);
    assert!(!season.can_tell(bekzat) && season.shows_the_other(bekzat));
    assert!(season.field.book(head).status().unwrap().differing == 0);
}
