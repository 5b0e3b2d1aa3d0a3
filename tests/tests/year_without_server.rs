//! A year with no server: a territory is founded, people join, work and show the same, by satchel and by meetings alone.
//!
//! The relay of the field is never asked. What a year brings besides, the removal of a member, the renewal of keys, the end of a
//! season, has its place in the months below.

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
    for month in 0..12 {
        // Month 4: a phone is lost and its device removed. Month 6: keys are renewed. They come with membership's removal.
        if month == 8 {
            let head = year.head;
            let squad = Membering::Squad { role: Role::Volunteer, squad: None };
            let late = joins_by_meeting(&mut year.field, ("gulnar", head), squad);
            year.volunteers.push(late);
        }
        year.month(month);
        year.hands_over(month);
    }
    // The end of the season, its pages and the end of its keys have their place here.
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
    year.field.meet(year.ts, year.ss);
    for phone in members {
        let status = year.field.book(phone).status().unwrap();
        assert_eq!((status.waiting, status.differing, status.missing), (0, 0, 0));
        assert_eq!(status.outbox_envelopes, year.field.book(year.ss).status().unwrap().outbox_envelopes);
    }
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
