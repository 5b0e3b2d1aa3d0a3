//! What people do in the field, and what their devices show then.

use jasaq_fieldbook::model::entry::{Activity, BorderServiceKind, EntryDraft};
use jasaq_fieldbook::model::ids::{MemberId, PatrolId, StatementRef};
use jasaq_fieldbook::model::patrol::{ActivityMode, PatrolEnd, PatrolStart};
use jasaq_fieldbook::protocol::ids::DeviceId;
use jasaq_fieldbook::{ContactReport, Custody, Fieldbook, FieldbookRefused, PatrolView, SatchelReport};

use super::{Field, Phone};
use crate::link::Link;

impl Field {
    /// A device's id, which it knows from when it is in.
    pub fn id(&mut self, phone: Phone) -> DeviceId {
        let devices = self.book(phone).devices().unwrap();
        devices.into_iter().find(|view| view.is_this).expect("it is in").device
    }

    /// Under which id a device's owner is known.
    pub fn member(&mut self, phone: Phone) -> MemberId {
        let devices = self.book(phone).devices().unwrap();
        let own = devices.into_iter().find(|view| view.is_this).expect("it is in");
        MemberId::from_bytes(*own.member.as_bytes())
    }

    /// Time passes for everybody.
    pub fn minutes_pass(&mut self, minutes: i64) {
        self.clock.turn_ms(minutes * 60_000);
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

    /// An entry of somebody's rounds.
    #[must_use]
    pub fn draft(text: &str) -> EntryDraft {
        let activity =
            Activity::BorderService { kind: BorderServiceKind::Round, mode: ActivityMode::Independent };
        EntryDraft::new(activity, text)
    }

    /// The same, if the vault allows it.
    pub fn try_write(
        &mut self,
        phone: Phone,
        patrol: PatrolId,
        text: &str,
    ) -> Result<StatementRef, FieldbookRefused> {
        let key = self.book(phone).write_entry(patrol, Self::draft(text), None)?;
        self.acknowledged.push((phone, patrol, key.clone()));
        self.clock.turn_ms(1_000);
        Ok(key)
    }

    /// One contact of one device. Says what it did, and why it broke if it did.
    pub fn try_contact(&mut self, phone: Phone) -> (ContactReport, Result<(), FieldbookRefused>) {
        let mut report = ContactReport::default();
        let outcome = self.over_link(phone, |book, link| book.contact(link, &mut report));
        (report, outcome)
    }

    /// Something that a device does over a link of its own. A relay that dies in it is started again from its file.
    pub fn over_link<T>(&mut self, phone: Phone, work: impl FnOnce(&mut Fieldbook, &mut Link<'_>) -> T) -> T {
        self.book(phone);
        let Self { devices, relay, faults, late, chance, tally, .. } = self;
        let (relay, faults) = (relay.as_mut(), *faults);
        let mut link = Link { relay, faults, late, chance, tally, relay_died: false };
        let done = work(devices[phone.0].fieldbook.as_mut().expect("it is open"), &mut link);
        if link.relay_died {
            self.restart_relay();
        }
        done
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
}
