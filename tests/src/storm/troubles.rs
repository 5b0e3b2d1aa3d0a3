//! What else goes wrong in a storm: with joining, with the relay, with clones, with clocks.

use std::collections::BTreeSet;

use automerge::ScalarValue;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::protocol::ids::{DocumentId, SpaceId};
use jasaq_fieldbook::protocol::seal::Section;
use jasaq_fieldbook::protocol::sync::SatchelWriter;
use jasaq_fieldbook::{EnrolRefused, FieldbookRefused, Membering, SatchelReport};
use jasaq_relay::limits::Quotas;
use rand_core::Rng as _;

use super::steps::{Storm, surprise};
use super::{Broken, Scenario};
use crate::field::Phone;
use crate::hand::{Hand, change, key};
use crate::inside;

const YEARS_MS: i64 = 365 * 24 * 3_600_000;

/// Most phones that join in one storm.
const JOINS_MAX: usize = 3;

/// Most states of the relay's disk that somebody put aside.
const BACKUPS_MAX: usize = 2;

impl Storm {
    pub(super) fn trouble(&mut self) -> Result<(), Broken> {
        let scenario = self.plan.scenario;
        match scenario {
            Scenario::Newer => return self.newer_program(),
            Scenario::Members => return self.decide(),
            Scenario::Photos => return self.photograph(),
            _ => {}
        }
        let known = [Scenario::Joins, Scenario::Relays, Scenario::Clones, Scenario::Clocks];
        match known[self.below(known.len())] {
            Scenario::Joins if scenario.brings(Scenario::Joins) => self.joining()?,
            Scenario::Relays if scenario.brings(Scenario::Relays) => self.relay_trouble(),
            Scenario::Clones if scenario.brings(Scenario::Clones) && self.twins.is_empty() => self.clone(),
            Scenario::Clocks if scenario.brings(Scenario::Clocks) => self.clock_jumps(),
            _ => {}
        }
        Ok(())
    }

    fn joining(&mut self) -> Result<(), Broken> {
        let squad = self.a_squad();
        let head = self.squads[squad].phones[0];
        match self.below(3) {
            0 if self.joining.len() < JOINS_MAX => {
                self.field.tally.note("phone asked to join");
                let membering = Membering::Squad { role: Role::Volunteer, squad: None };
                let code = self.field.book(head).invite(membering).unwrap().code;
                let name = format!("joins {}", self.joining.len());
                let phone = self.field.ask_to_join(&name, &code, 0);
                // Invites name the relay that the inviter knows.
                self.joining.push((squad, phone));
            }
            1 => self.confirm_all(squad)?,
            _ => {
                self.field.tally.note("key renewed");
                self.field.book(head).rotate_patrols_key().unwrap();
            }
        }
        Ok(())
    }

    /// A head confirms whoever waits as far as he has heard. His clock may say that an invite has expired.
    pub(super) fn confirm_all(&mut self, squad: usize) -> Result<(), Broken> {
        let head = self.squads[squad].phones[0];
        for waiting in self.field.book(head).waiting_joins().unwrap() {
            match self.field.book(head).confirm(&waiting.words.to_string()) {
                Ok(_) => self.field.tally.note("join confirmed"),
                Err(FieldbookRefused::Enrol(EnrolRefused::Expired)) => {
                    self.field.tally.note("invite expired by a jumping clock");
                }
                Err(refused) => return Err(surprise(format!("a join was not confirmed: {refused}"))),
            }
        }
        Ok(())
    }

    /// What the relay holds now will not be there any more.
    fn note_what_the_relay_had(&mut self) {
        let relay = inside::relay_of(&self.field.relay_file());
        self.ever_at_relay.extend(inside::hashes(&relay, "SELECT hash FROM envelopes"));
    }

    fn relay_trouble(&mut self) {
        self.note_what_the_relay_had();
        match self.below(12) {
            0 | 1 => {
                self.field.tally.note("relay wiped");
                self.field.wipe_relay();
            }
            2..5 if self.backups.len() < BACKUPS_MAX => {
                let name = format!("backup {:x}", self.chance.next_u64());
                self.field.back_up_relay(&name);
                self.backups.push(name);
            }
            5 | 6 if !self.backups.is_empty() => {
                self.field.tally.note("relay rolled back");
                let number = self.below(self.backups.len());
                self.field.roll_relay_back(&self.backups[number]);
            }
            7 => {
                self.field.tally.note("relay replaced");
                // A backup of the old one would bring its identity back.
                self.backups.clear();
                self.field.replace_relay();
            }
            8 | 9 => {
                self.field.tally.note("relay's disk full");
                let relay = self.field.take_relay();
                let full = Quotas { database_bytes_max: 1, ..Quotas::default() };
                self.field.restore_relay(relay.with_quotas(full));
            }
            _ => {
                self.field.tally.note("relay restarted");
                self.field.restart_relay();
            }
        }
    }

    fn clone(&mut self) {
        self.field.tally.note("phone cloned");
        let original = self.squads[0].phones[1];
        let clone = self.field.copy(original, "clone");
        self.squads[0].phones.push(clone);
        self.twins = BTreeSet::from([original, clone]);
    }

    /// A phone's newer program says what is not known here, and hands it over by satchel: once so that it can be kept, and
    /// once sealed in a version that nobody here reads.
    fn newer_program(&mut self) -> Result<(), Broken> {
        let squad = self.a_squad();
        // A volunteer's phone holds the keys of one space, the squad's patrols.
        let from = self.squads[squad].phones[1];
        let (to, patrol) = (self.a_phone_of(squad), self.a_patrol_of(squad));
        let roll = SpaceId::of_territory(&self.field.root());
        let mut hand = Hand::in_patrols(self.field.home(from), roll, self.chance.next_u64());
        let (journal, document) = (hand.journal(), DocumentId::from_bytes(*patrol.as_bytes()));
        let fields = [("kind", "drone_flight".into()), ("battery", ScalarValue::Int(80))];
        let drone = change(&journal, &[(key(&journal, 1).as_str(), &fields)]);
        let place = hand.seal(&[Section::Change { document, change: drone }]);
        self.import_newer(to, &hand.satchel(), "statement of a newer program", |report| report.new == 1)?;
        let mut newer = SatchelWriter::new(roll);
        newer.envelope(place, &[0x80; 200]);
        self.import_newer(to, &newer.finish(), "envelope of a newer version", |report| report.newer == 1)
    }

    fn import_newer(
        &mut self,
        to: Phone,
        satchel: &[u8],
        what: &'static str,
        is_well: impl FnOnce(&SatchelReport) -> bool,
    ) -> Result<(), Broken> {
        self.field.tally.note(what);
        match self.field.book(to).import_satchel(&mut &satchel[..]) {
            Ok(report) if is_well(&report) => Ok(()),
            outcome => Err(surprise(format!("{what}: {outcome:?}"))),
        }
    }

    pub(super) fn clock_jumps(&mut self) {
        self.field.tally.note("clock jumped");
        let phone = self.anybody();
        let to_1970 = self.field.clock(phone).skew_to_1970();
        let skews = [0, to_1970, 10 * YEARS_MS, -10 * YEARS_MS, 90_000, -3_600_000];
        let skew = skews[self.below(skews.len())];
        self.field.clock(phone).jump_to_skew(skew);
    }
}
