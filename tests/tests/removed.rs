//! What passes between the relay and a phone that was removed.

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::{ContactReport, EnrolRefused, FieldbookRefused, JudgeRefused};
use jasaq_tests::{Field, Phone};

const SEED: u64 = 83;

/// A squad whose head has removed Ayan, which everybody knows, Ayan too.
struct Squad {
    field: Field,
    head: Phone,
    ayan: Phone,
    bek: Phone,
    patrol: PatrolId,
}

impl Squad {
    fn new(entries: usize) -> Self {
        let mut field = Field::new(SEED);
        let head = field.device("head");
        let (ayan, bek) = (field.phone("ayan"), field.phone("bek"));
        let patrol = field.start_patrol(ayan);
        field.run_until_quiet();
        for number in 0..entries {
            field.write(ayan, patrol, &format!("ayan {number}"));
            field.write(bek, patrol, &format!("bek {number}"));
        }
        field.run_until_quiet();
        let device = field.id(ayan);
        field.book(head).remove_device(&device, false).unwrap();
        field.run_until_quiet();
        assert!(field.book(ayan).status().unwrap().is_removed, "he is told");
        Self { field, head, ayan, bek, patrol }
    }

    /// Contacts of one device alone until there is nothing more.
    fn only(&mut self, phone: Phone) -> Vec<ContactReport> {
        let mut reports = Vec::new();
        loop {
            assert!(reports.len() < 100, "it goes round in a circle: {:?}", reports.last());
            let report = self.field.contact(phone);
            let is_over = !report.more && report.rewound == 0;
            reports.push(report);
            if is_over {
                return reports;
            }
        }
    }

    fn envelopes(&mut self) -> u64 {
        self.field.relay().stock().unwrap().envelopes
    }
}

#[test]
fn a_wiped_relay_gets_back_from_a_removed_phone_what_it_holds_of_everybody() {
    let mut squad = Squad::new(30);
    let (head, ayan, patrol) = (squad.head, squad.ayan, squad.patrol);
    let (ts, texts) = (squad.field.device("ts"), squad.field.texts(head, patrol));
    let before = squad.envelopes();
    squad.field.wipe_relay();
    // The TS reads the rolls, and no patrols.
    squad.only(ts);
    let rolls = squad.envelopes();
    squad.only(ayan);
    assert!(rolls < before, "otherwise nothing is proved");
    assert_eq!(squad.envelopes(), before);
    let newcomer = squad.field.join_squad("newcomer", head, Role::Volunteer);
    while squad.field.contact(newcomer).more {}
    assert_eq!(squad.field.texts(newcomer, patrol), texts);
}

#[test]
fn a_removed_phone_is_told_once_and_then_nothing_more() {
    let mut squad = Squad::new(3);
    let (ayan, bek, patrol) = (squad.ayan, squad.bek, squad.patrol);
    for number in 0..20 {
        squad.field.write(bek, patrol, &format!("later {number}"));
    }
    squad.field.run_until_quiet();
    let last = squad.only(ayan).pop().unwrap();
    assert_eq!((last.received, last.known, last.pushed), (0, 0, 0));
    assert!(last.bytes_down < 400, "its removal is told once: {} bytes", last.bytes_down);
}

#[test]
fn what_a_volunteer_sealed_to_a_key_that_fell_with_its_maker_is_said_again() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let (ayan, bek) = (field.phone("ayan"), field.phone("bek"));
    let patrol = field.start_patrol(bek);
    field.run_until_quiet();
    let device = field.id(ayan);
    field.book(ss).change_device_role(&device, Role::SquadHead).unwrap();
    field.run_until_quiet();

    // Only Bek hears of the new head's key, and seals to it.
    field.book(ayan).rotate_patrols_key().unwrap();
    field.meet(ayan, bek);
    let entry = field.write(bek, patrol, "sealed to a key that will fall");
    let later = field.write(bek, patrol, "and behind it");
    field.book(bek).flush().unwrap();
    field.book(ss).remove_device(&device, false).unwrap();
    field.contact(ss);
    field.contact(bek);
    field.run_until_quiet();

    for reader in [head, ss, bek] {
        assert!(field.can_read(reader, patrol, &entry) && field.can_read(reader, patrol, &later));
        assert_eq!(field.texts(reader, patrol).len(), 2, "once each");
    }
    assert!(field.show_alike(&[head, ss, bek], patrol));
    let report = field.book(bek).doctor().unwrap();
    assert!(report.is_whole && report.defects == 0 && report.rows_rebuilt == 0, "{report:?}");
    assert_eq!(field.book(bek).flush().unwrap().envelopes, 0, "and not again and again");
}

#[test]
fn what_nobody_else_can_open_any_more_is_not_admitted_by_who_can() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let other = field.join_office("the other console", Role::StructuralSubdivision, "SS 1");
    let (ayan, bek) = (field.phone("ayan"), field.phone("bek"));
    let patrol = field.start_patrol(bek);
    field.run_until_quiet();
    let [second_head, volunteer] = [ayan, bek].map(|phone| field.id(phone));
    field.book(ss).change_device_role(&second_head, Role::SquadHead).unwrap();
    field.run_until_quiet();

    // Bek and one console of the SS hear of the new head's key; the other one, which removes both, does not.
    field.book(ayan).rotate_patrols_key().unwrap();
    field.meet(ayan, bek);
    let entry = field.write(bek, patrol, "sealed to a key that will fall");
    field.book(bek).flush().unwrap();
    field.meet(bek, ss);
    assert!(field.can_read(ss, patrol, &entry), "otherwise nothing is proved");
    field.book(other).remove_device(&second_head, false).unwrap();
    field.book(other).remove_device(&volunteer, false).unwrap();
    field.contact(other);
    field.run_until_quiet();

    let held = field.book(ss).held().unwrap();
    assert!(held.iter().any(|view| view.key == entry && view.may_decide), "{held:?}");
    let refused = field.book(ss).decide_held(std::slice::from_ref(&entry), true).unwrap_err();
    let fell = EnrolRefused::Judge(JudgeRefused::KeyFell);
    assert!(matches!(refused, FieldbookRefused::Enrol(why) if why.to_string() == fell.to_string()));
    field.book(ss).decide_held(&[entry], false).unwrap();
    field.run_until_quiet();
    assert!(field.show_alike(&[head, ss], patrol));
}

#[test]
fn who_was_a_head_for_a_while_is_told_that_a_head_removed_him() {
    let mut field = Field::new(SEED);
    let [head, ss] = ["head", "ss"].map(|name| field.device(name));
    let ayan = field.phone("ayan");
    field.run_until_quiet();
    let device = field.id(ayan);
    field.book(ss).change_device_role(&device, Role::SquadHead).unwrap();
    field.contact(ss);
    field.contact(ayan);
    // The head has heard of neither; his removal reaches the relay before the word that makes it count.
    field.book(head).remove_device(&device, false).unwrap();
    field.book(ss).change_device_role(&device, Role::Volunteer).unwrap();
    field.contact(head);
    field.contact(ss);
    field.run_until_quiet();
    assert!(field.book(ayan).status().unwrap().is_removed, "the roles that he was given are told with it");
}
