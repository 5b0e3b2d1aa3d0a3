//! A year with no server: a territory is founded, people join, work and show the same, by satchel and by meetings alone.
//!
//! The relay of the field is never asked. A phone is lost and removed, keys are renewed, a role passes on, a season ends.

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::{Custody, Membering, SatchelReport};
use jasaq_tests::{Field, Phone, Pipe, name};
use proptest::prelude::*;

struct Year {
    field: Field,
    ts: Phone,
    ss: Phone,
    head: Phone,
    volunteers: Vec<Phone>,
    patrols: Vec<PatrolId>,
}

impl Year {
    /// January: the territory is founded, and everybody joins where he meets who invited him, or by a file.
    fn begins(seed: u64) -> Self {
        let mut field = Field::founded_without_relay(seed);
        let ts = field.device("ts");
        let office = Membering::Office { role: Role::StructuralSubdivision, office: "SS 1" };
        let ss = joins_by_meeting(&mut field, ("ss", ts), office);
        field.book(ss).create_squad(&name("жасақ"), 2026).unwrap();
        let squad = |role| Membering::Squad { role, squad: None };
        let head = joins_by_meeting(&mut field, ("head", ss), squad(Role::SquadHead));
        let mut volunteers: Vec<Phone> = ["aray", "bekzat", "dana"]
            .into_iter()
            .map(|name| joins_by_meeting(&mut field, (name, head), squad(Role::Volunteer)))
            .collect();
        volunteers.push(joins_by_satchel(&mut field, ("erlan", head), squad(Role::NonStaffEmployee)));
        Self { field, ts, ss, head, volunteers, patrols: Vec::new() }
    }

    /// A patrol goes out from where one phone knows of it; the others record on it once they have met.
    fn month(&mut self, month: usize) {
        let leader = self.volunteers[month % self.volunteers.len()];
        let patrol = self.field.start_patrol(leader);
        self.patrols.push(patrol);
        self.field.write(leader, patrol, &format!("month {month}: fog by the river"));
        for phone in self.volunteers.clone() {
            if phone != leader {
                self.field.meet(phone, leader);
                self.field.write(phone, patrol, &format!("month {month}: round"));
            }
        }
        self.field.end_patrol(leader, patrol);
        self.field.minutes_pass(30 * 24 * 60);
    }

    /// The squad sits together and hands over; now and then the head drives to the SS, else a file goes by messenger.
    fn hands_over(&mut self, month: usize) {
        for phone in self.volunteers.clone() {
            self.field.meet(self.head, phone);
        }
        if month.is_multiple_of(3) {
            self.field.meet(self.head, self.ss);
        } else {
            let (there, back) = (self.sends((self.head, self.ss)), self.sends((self.ss, self.head)));
            assert!([there, back].iter().all(|report| report.refused == 0 && !report.cut));
        }
        for phone in self.volunteers.clone() {
            self.field.meet(phone, self.head);
        }
    }

    /// By messenger, in parts, the last first.
    fn sends(&mut self, (from, to): (Phone, Phone)) -> SatchelReport {
        let mut parts: Vec<Vec<u8>> = Vec::new();
        let packed = self.field.book(from).export_satchel_parts(100_000, |part| {
            parts.push(part.to_vec());
            Ok(())
        });
        assert_eq!(packed.unwrap().parts, parts.len());
        let mut report = SatchelReport::default();
        for _ in 0..parts.len() {
            for part in parts.iter().rev() {
                report.add(&self.field.book(to).import_satchel(&mut part.as_slice()).unwrap());
            }
        }
        report
    }

    /// April: a phone is lost. The head removes it; what is written from then on it could not read, were it found.
    fn loses_one(&mut self) -> Phone {
        let lost = self.volunteers.remove(1);
        let device = self.field.id(lost);
        let removal = self.field.book(self.head).remove_device(&device, false).unwrap();
        assert!(removal.renewed > 0, "the squad's key is renewed: {removal:?}");
        lost
    }

    /// July: the council has named another head.
    fn another_leads(&mut self) {
        let next = self.volunteers.remove(0);
        let [of_next, of_head] = [next, self.head].map(|phone| self.field.id(phone));
        self.field.book(self.ss).change_device_role(&of_next, Role::SquadHead).unwrap();
        self.field.book(self.ss).change_device_role(&of_head, Role::Volunteer).unwrap();
        self.volunteers.push(std::mem::replace(&mut self.head, next));
        for phone in [next, self.volunteers[0], *self.volunteers.last().unwrap()] {
            self.field.meet(phone, self.ss);
        }
    }

    fn members(&self) -> Vec<Phone> {
        [self.ss, self.head]
            .into_iter()
            .chain(self.volunteers.iter().copied())
            .collect()
    }
}

fn joins_by_meeting(field: &mut Field, (name, inviter): (&str, Phone), membering: Membering<'_>) -> Phone {
    let code = field.book(inviter).invite(membering).unwrap().code;
    let joiner = field.ask_to_join(name, &code, 0);
    let met = field.try_meet((joiner, inviter), Pipe::default(), |field, words| {
        field.book(joiner).status().unwrap().join_words.as_deref() == Some(words)
    });
    assert!(met.is_even(), "{met:?}");
    joiner
}

/// A satchel there with the request, a satchel back with the answer.
fn joins_by_satchel(field: &mut Field, (name, inviter): (&str, Phone), membering: Membering<'_>) -> Phone {
    let code = field.book(inviter).invite(membering).unwrap().code;
    let joiner = field.ask_to_join(name, &code, 0);
    field.carry_satchel(joiner, inviter);
    let words = field.book(joiner).status().unwrap().join_words.unwrap();
    field.book(inviter).confirm(&words).unwrap();
    field.carry_satchel(inviter, joiner);
    assert!(field.book(joiner).status().unwrap().role.is_some());
    joiner
}

#[test]
fn a_year_with_no_server_founds_works_and_converges() {
    let mut year = Year::begins(1);
    let mut lost = None;
    for month in 0..12 {
        if month == 3 {
            lost = Some(year.loses_one());
        }
        if month == 6 {
            year.another_leads();
        }
        if month == 8 {
            let head = year.head;
            let squad = Membering::Squad { role: Role::Volunteer, squad: None };
            let late = joins_by_meeting(&mut year.field, ("gulnar", head), squad);
            year.volunteers.push(late);
        }
        year.month(month);
        year.hands_over(month);
    }
    year.hands_over(0);
    year.hands_over(0);
    let members = year.members();
    for patrol in year.patrols.clone() {
        assert!(year.field.show_alike(&members, patrol), "everybody shows the same");
    }
    let entries: usize = year
        .patrols
        .clone()
        .into_iter()
        .map(|patrol| year.field.texts(year.ss, patrol).len())
        .sum();
    assert_eq!(entries, year.field.acknowledged.len(), "no entry was lost");
    for (phone, patrol, entry) in year.field.acknowledged.clone() {
        assert_eq!(year.field.custody(phone, patrol, &entry), Custody::WithSs, "and its author knows");
    }
    let (lost, last) = (lost.expect("one was"), *year.patrols.last().expect("a year has months"));
    assert!(year.field.book(lost).patrol(last).is_err(), "the lost phone knows nothing of December");
    let met = year.field.try_meet((lost, year.ss), Pipe::default(), |_, _| false);
    assert!(!met.is_even(), "it is given its removal and nothing else");
    assert!(year.field.book(lost).status().unwrap().is_removed, "whoever finds it is told, and nothing else");
    assert!(year.field.book(lost).patrol(last).is_err());
    year.field.meet(year.ts, year.ss);
    for phone in members {
        let status = year.field.book(phone).status().unwrap();
        assert_eq!((status.waiting, status.differing, status.missing), (0, 0, 0));
        assert_eq!(status.outbox_envelopes, year.field.book(year.ss).status().unwrap().outbox_envelopes);
    }
    the_season_ends(&mut year, last);
}

/// December: the SS ends the season. Whoever meets it, or whom it has met, destroys the keys.
fn the_season_ends(year: &mut Year, last: PatrolId) {
    year.field.book(year.ss).open_season(None, 2027).unwrap();
    year.field.book(year.ss).close_season(None, 2026).unwrap();
    year.field.meet(year.head, year.ss);
    for phone in year.volunteers.clone() {
        year.field.meet(phone, year.head);
        assert!(year.field.book(phone).patrol(last).is_err(), "nobody but the SS reads what has ended");
    }
    assert!(!year.field.texts(year.ss, last).is_empty());
    let next = year.field.start_patrol(year.volunteers[0]);
    year.field.meet(year.volunteers[0], year.head);
    assert!(year.field.book(year.head).patrol(next).is_ok(), "and the work goes on");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Whoever meets whom, in whatever order: once the meetings connect everybody, one more round along a chain and back leaves
    /// all with the same.
    #[test]
    fn after_meetings_in_a_connected_graph_all_hold_the_same(
        seed in 2..1_000_u64,
        meetings in prop::collection::vec((0..6_usize, 0..6_usize, 0..8_000_usize), 0..12),
    ) {
        let mut year = Year::begins(seed);
        let members = year.members();
        let patrol = year.field.start_patrol(members[1]);
        year.field.write(members[1], patrol, "begin");
        for (number, (from, to, breaks_after)) in meetings.into_iter().enumerate() {
            let (from, to) = (members[from % members.len()], members[to % members.len()]);
            if from != to {
                year.field.try_meet((from, to), Pipe { breaks_after, ..Pipe::default() }, |_, _| false);
            }
            let _ = year.field.try_write(to, patrol, &format!("{number}"));
        }
        for pair in members.windows(2).chain(members.windows(2).rev()) {
            year.field.meet(pair[0], pair[1]);
        }
        // Acks went out with the last meetings; what is said is the same already.
        prop_assert!(year.field.show_alike(&members, patrol));
        prop_assert_eq!(year.field.texts(year.ss, patrol).len(), year.field.acknowledged.len());
        for pair in members.windows(2).rev().chain(members.windows(2)) {
            year.field.meet(pair[0], pair[1]);
        }
        let met = year.field.meet(members[0], members[1]);
        prop_assert!(met.bytes < 600, "{}", met.bytes);
    }
}
