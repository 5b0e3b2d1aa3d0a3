//! Protocol §8, what breaks among the members, by the rows' numbers: removed, changed at once, turned hostile, lost.

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::protocol::ids::DeviceId;
use jasaq_fieldbook::{EnrolRefused, FieldbookRefused, HeldReason, HeldView, JudgeRefused};
use jasaq_tests::{Field, Phone};

const SEED: u64 = 71;

/// A squad of a head, Aray and Bekzat, with a patrol that all of them know.
struct Squad {
    field: Field,
    ss: Phone,
    head: Phone,
    aray: Phone,
    bekzat: Phone,
    patrol: PatrolId,
}

impl Squad {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let (ss, head) = (field.device("ss"), field.device("head"));
        let (aray, bekzat) = (field.phone("aray"), field.phone("bekzat"));
        let patrol = field.start_patrol(head);
        field.run_until_quiet();
        Self { field, ss, head, aray, bekzat, patrol }
    }

    fn remove(&mut self, by: Phone, phone: Phone) {
        let device = self.field.id(phone);
        self.field.book(by).remove_device(&device, false).unwrap();
    }

    fn held(&mut self, phone: Phone) -> Vec<HeldView> {
        self.field.book(phone).held().unwrap()
    }

    fn texts(&mut self, phone: Phone) -> Vec<String> {
        self.field.texts(phone, self.patrol)
    }

    fn is_in(&mut self, phone: Phone, of: Phone) -> bool {
        let device = self.field.id(phone);
        let devices = self.field.book(of).devices().unwrap();
        devices.iter().any(|view| view.device == device && !view.is_removed)
    }
}

#[test]
fn scenario_07_a_removed_device_writes_on_offline_for_weeks() {
    let mut squad = Squad::new();
    let (ss, head, aray, bekzat, patrol) = (squad.ss, squad.head, squad.aray, squad.bekzat, squad.patrol);
    squad.field.write(aray, patrol, "шығарылғанға дейін");
    squad.field.run_until_quiet();
    squad.remove(head, aray);
    squad.field.contact(head);
    // Aray has heard nothing, and records for weeks.
    for day in 0..20 {
        squad.field.minutes_pass(24 * 60);
        squad.field.write(aray, patrol, &format!("{day:02}-күн"));
    }
    let after = squad.field.write(bekzat, patrol, "кейінгі жазба");
    squad.field.run_until_quiet();

    assert_eq!(squad.texts(head), ["кейінгі жазба", "шығарылғанға дейін"]);
    for reader in [ss, head, bekzat] {
        assert_eq!(squad.held(reader).len(), 20, "nothing that he recorded is lost, and none of it counts");
        assert!(squad.held(reader).iter().all(|held| held.reason == HeldReason::Removed));
    }
    assert!(!squad.field.can_read(aray, patrol, &after), "the key was renewed when he was removed");
    assert!(squad.field.book(aray).status().unwrap().is_removed, "and he is told");
    assert!(squad.field.show_alike(&[ss, head, bekzat], patrol));

    // The head looks through it: one was really his, one was not.
    let keys: Vec<_> = squad.held(head).into_iter().map(|held| held.key).collect();
    squad.field.book(head).decide_held(&keys[..1], true).unwrap();
    squad.field.book(head).decide_held(&keys[1..2], false).unwrap();
    squad.field.run_until_quiet();
    for reader in [ss, head, bekzat] {
        assert_eq!(squad.texts(reader), ["00-күн", "кейінгі жазба", "шығарылғанға дейін"]);
        let held = squad.held(reader);
        assert_eq!(held.len(), 19);
        assert_eq!(held.iter().filter(|held| held.is_dismissed).count(), 1);
    }
    // What was decided can be decided otherwise.
    squad.field.book(head).decide_held(&keys[..1], false).unwrap();
    squad.field.run_until_quiet();
    assert_eq!(squad.texts(bekzat), ["кейінгі жазба", "шығарылғанға дейін"]);
}

#[test]
fn scenario_08_two_officers_change_one_member_at_once() {
    let mut squad = Squad::new();
    let (ss, head, aray) = (squad.ss, squad.head, squad.aray);
    let second = squad.field.join_office("ss2", Role::StructuralSubdivision, "SS 1");
    squad.field.run_until_quiet();
    let device = squad.field.id(aray);
    // Neither has heard of the other.
    squad.field.book(ss).change_device_role(&device, Role::SquadHead).unwrap();
    squad
        .field
        .book(second)
        .change_device_role(&device, Role::NonStaffEmployee)
        .unwrap();
    squad.field.run_until_quiet();
    for console in [ss, second, head, aray] {
        let devices = squad.field.book(console).devices().unwrap();
        let role = devices.iter().find(|view| view.device == device).unwrap().role;
        assert_eq!(role, Role::NonStaffEmployee, "the lowest, everywhere");
    }
    squad.field.book(ss).change_device_role(&device, Role::Volunteer).unwrap();
    squad.field.book(second).remove_device(&device, false).unwrap();
    squad.field.run_until_quiet();
    for console in [ss, second, head] {
        assert!(!squad.is_in(aray, console), "a removal wins");
    }
}

#[test]
fn scenario_09_an_officers_device_turns_hostile_and_is_removed_with_a_cut() {
    let mut squad = Squad::new();
    let (head, aray, bekzat, patrol) = (squad.head, squad.aray, squad.bekzat, squad.patrol);
    let ts = squad.field.device("ts");
    let stolen = squad.field.join_office("stolen", Role::StructuralSubdivision, "SS 1");
    squad.field.run_until_quiet();
    // The TS hears that it is stolen, and removes it while it is already at work.
    let device = squad.field.id(stolen);
    squad.field.book(ts).remove_device(&device, false).unwrap();
    squad.remove(stolen, head);
    let thief = squad.field.join_squad("thief", stolen, Role::Volunteer);
    assert!(!squad.is_in(head, bekzat) || squad.field.contact(bekzat).received > 0);
    squad.field.run_until_quiet();
    squad.field.contact(ts);
    squad.field.run_until_quiet();
    for member in [head, aray, bekzat] {
        assert!(squad.is_in(head, member), "who it removed is in again");
        let devices = squad.field.book(member).devices().unwrap();
        assert_eq!(
            devices
                .iter()
                .filter(|view| view.role == Role::Volunteer && !view.is_removed)
                .count(),
            2
        );
    }
    let said = squad.field.write(head, patrol, "қайта қосылдым");
    squad.field.run_until_quiet();
    assert!(squad.field.can_read(bekzat, patrol, &said));
    assert!(!squad.field.can_read(thief, patrol, &said), "whom it brought reads nothing");
}

#[test]
fn scenario_10_statements_that_come_before_the_operation_that_explains_them() {
    let mut squad = Squad::new();
    let (head, ss, patrol) = (squad.head, squad.ss, squad.patrol);
    let new = squad.field.phone("new");
    squad.field.write(new, patrol, "жаңа жасақшы");
    let mut satchel = Vec::new();
    squad.field.book(new).export_satchel(&mut satchel).unwrap();
    // Bekzat was away while the new one was let in: what he is brought explains itself only later.
    let bekzat = squad.bekzat;
    let rolls_apart = squad.field.book(bekzat).import_satchel(&mut satchel.as_slice()).unwrap();
    assert!(rolls_apart.new > 0);
    squad.field.run_until_quiet();
    for reader in [ss, head, bekzat] {
        assert_eq!(squad.texts(reader), ["жаңа жасақшы"]);
    }
}

#[test]
fn scenario_11_a_rotation_missed_while_offline_and_two_at_once_around_two_removals() {
    let mut squad = Squad::new();
    let (ss, head, aray, bekzat, patrol) = (squad.ss, squad.head, squad.aray, squad.bekzat, squad.patrol);
    let [dina, erlan] = ["dina", "erlan"].map(|name| squad.field.phone(name));
    squad.field.run_until_quiet();
    squad.field.write(dina, patrol, "байланыссыз");
    // Each removes one, apart from the other, and renews the key for all but him.
    squad.remove(ss, aray);
    squad.remove(head, bekzat);
    squad.field.run_until_quiet();
    let after = squad.field.write(erlan, patrol, "екі шығарудан кейін");
    squad.field.run_until_quiet();
    for reader in [ss, head, dina, erlan] {
        assert_eq!(squad.texts(reader), ["байланыссыз", "екі шығарудан кейін"], "all of the season is read");
    }
    for gone in [aray, bekzat] {
        assert!(!squad.field.can_read(gone, patrol, &after), "each rotation was given to one of them");
    }
    assert!(squad.field.show_alike(&[ss, head, dina, erlan], patrol));
}

#[test]
fn what_nobody_may_do_to_a_device_has_its_sentence() {
    let mut squad = Squad::new();
    let (ss, head, aray, bekzat) = (squad.ss, squad.head, squad.aray, squad.bekzat);
    let ts = squad.field.device("ts");
    let [of_ss, of_head, of_aray, of_bekzat] = [ss, head, aray, bekzat].map(|phone| squad.field.id(phone));
    let judged = |refused: FieldbookRefused| match refused {
        FieldbookRefused::Enrol(EnrolRefused::Judge(refused)) => Some(refused),
        _ => None,
    };
    let mut refused =
        |by: Phone, device: &DeviceId| squad.field.book(by).remove_device(device, false).unwrap_err();
    assert_eq!(judged(refused(head, &of_head)), Some(JudgeRefused::Oneself));
    assert_eq!(judged(refused(ts, &of_ss)), Some(JudgeRefused::LastOfItsOffice));
    assert_eq!(judged(refused(ss, &DeviceId::from_bytes([9; 32]))), Some(JudgeRefused::NoDevice));
    for (by, device) in [(aray, of_bekzat), (aray, of_head), (head, of_ss), (ts, of_aray)] {
        assert!(matches!(refused(by, &device), FieldbookRefused::Enrol(EnrolRefused::MayNot)));
    }
    squad.field.book(ts).remove_device(&of_ss, true).unwrap();
}

#[test]
fn a_volunteer_who_becomes_head_works_as_one_and_a_former_head_no_longer() {
    let mut squad = Squad::new();
    let (ss, head, aray, patrol) = (squad.ss, squad.head, squad.aray, squad.patrol);
    let [of_head, of_aray] = [head, aray].map(|phone| squad.field.id(phone));
    squad.field.write(head, patrol, "ескі басшы");
    squad.field.run_until_quiet();
    squad.field.book(ss).change_device_role(&of_aray, Role::SquadHead).unwrap();
    squad.field.book(ss).change_device_role(&of_head, Role::Volunteer).unwrap();
    squad.field.run_until_quiet();
    let new = squad.field.join_squad("new", aray, Role::Volunteer);
    assert!(matches!(
        squad
            .field
            .book(head)
            .invite(jasaq_fieldbook::Membering::Squad { role: Role::Volunteer, squad: None }),
        Err(FieldbookRefused::Enrol(EnrolRefused::MayNot))
    ));
    squad.field.write(new, patrol, "жаңа");
    squad.field.run_until_quiet();
    for reader in [ss, head, aray, new] {
        assert_eq!(squad.texts(reader), ["ескі басшы", "жаңа"]);
    }
}

#[test]
fn what_a_removed_console_said_before_stands_by_others_word_and_what_it_said_after_does_not() {
    let mut squad = Squad::new();
    let (ss, head, patrol) = (squad.ss, squad.head, squad.patrol);
    let ts = squad.field.device("ts");
    squad.field.write(ss, patrol, "бұрынғы сөз");
    squad.field.run_until_quiet();
    let device = squad.field.id(ss);
    squad.field.book(ts).remove_device(&device, true).unwrap();
    squad.field.contact(ts);
    // It has not heard, and goes on; the head is given its removal and its later word at once.
    squad.field.write(ss, patrol, "кейінгі сөз");
    squad.field.contact(ss);
    for phone in [head, head, ts] {
        squad.field.contact(phone);
    }
    assert_eq!(squad.texts(head), Vec::<String>::new(), "the TS reads no patrol, so its cut names none");
    assert_eq!(squad.held(head).len(), 2);
    let devices = squad.field.book(ts).devices().unwrap();
    let removed = devices.iter().find(|view| view.device == device).unwrap();
    assert_eq!((removed.is_removed, removed.witnesses), (true, 1), "the head has said what he holds");
    squad.field.book(ts).remove_device(&device, true).unwrap();
    for phone in [ts, head, squad.aray, squad.bekzat] {
        squad.field.contact(phone);
    }
    for reader in [head, squad.aray, squad.bekzat] {
        assert_eq!(squad.texts(reader), ["бұрынғы сөз"]);
        assert_eq!(squad.held(reader).len(), 1, "what came after the removal is for a person to admit");
    }
}
