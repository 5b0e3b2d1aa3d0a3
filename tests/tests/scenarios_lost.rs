//! Protocol §8, row 18: all devices of a squad, of an SS, of the TS are lost, or the root's sheets. Each has a way back.

use jasaq_fieldbook::FieldbookRefused;
use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::model::roles::Role;
use jasaq_tests::{Field, Phone};

const SEED: u64 = 83;

struct District {
    field: Field,
    patrol: PatrolId,
    entry: StatementRef,
}

impl District {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let aray = field.phone("aray");
        let patrol = field.start_patrol(aray);
        let entry = field.write(aray, patrol, "жоғалғанға дейін");
        field.run_until_quiet();
        Self { field, patrol, entry }
    }

    fn reads(&mut self, phone: Phone) -> bool {
        self.field.can_read(phone, self.patrol, &self.entry.clone())
    }
}

#[test]
fn scenario_18_all_devices_of_a_squad_are_lost() {
    let mut district = District::new();
    let [ss, head, aray] = ["ss", "head", "aray"].map(|name| district.field.device(name));
    let lost = [head, aray].map(|phone| district.field.id(phone));
    for phone in [head, aray] {
        district.field.lose(phone);
    }
    for device in &lost {
        district.field.book(ss).remove_device(device, false).unwrap();
    }
    let head = district.field.join_squad("new head", ss, Role::SquadHead);
    let aray = district.field.join_squad("new aray", head, Role::Volunteer);
    district.field.run_until_quiet();
    for phone in [ss, head, aray] {
        assert!(district.reads(phone), "the whole season is there again");
    }
    let patrol = district.patrol;
    let after = district.field.write(aray, patrol, "жаңа телефоннан");
    district.field.run_until_quiet();
    assert!(district.field.can_read(ss, patrol, &after));
}

#[test]
fn scenario_18_all_consoles_of_an_ss_are_lost() {
    let mut district = District::new();
    let [ts, ss, head, aray] = ["ts", "ss", "head", "aray"].map(|name| district.field.device(name));
    let lost = district.field.id(ss);
    district.field.lose(ss);
    let new = district.field.join_office("new ss", Role::StructuralSubdivision, "SS 1");
    district.field.book(ts).remove_device(&lost, false).unwrap();
    // No phone is in reach for months. The sheets open what nobody at the TS may read, for the new console alone.
    let sheets = district.field.sheets().root;
    let recovered = district.field.book(ts).recover_keys(&[&sheets[0], &sheets[2]]).unwrap();
    assert!(recovered.spaces > 0 && recovered.given > 0, "{recovered:?}");
    for phone in [ts, new, ts, new] {
        district.field.contact(phone);
    }
    assert!(district.reads(new), "the season is there again");
    assert!(!district.reads(ts), "and the TS still reads no patrol");
    district.field.run_until_quiet();
    let patrol = district.patrol;
    let after = district.field.write(aray, patrol, "жаңа бөлімшеге");
    district.field.run_until_quiet();
    for reader in [new, head, aray] {
        assert!(district.field.can_read(reader, patrol, &after));
    }
    let squads = district.field.book(new).squads().unwrap().unwrap();
    assert_eq!(squads.len(), 1, "it goes on with the squad");
}

fn the_ts_comes_back_with(sheets: [&str; 2]) {
    let mut district = District::new();
    let [ts, ss] = ["ts", "ss"].map(|name| district.field.device(name));
    let lost = district.field.id(ts);
    district.field.lose(ts);
    let texts = sheets;
    let new = district.field.recover("new ts", &texts);
    for _ in 0..3 {
        district.field.contact(new);
    }
    let recovered = district.field.book(new).recover_keys(&texts).unwrap();
    assert!(recovered.given > 0, "the register is opened for it: {recovered:?}");
    district.field.book(new).remove_console(&texts, &lost).unwrap();
    district.field.run_until_quiet();
    for phone in [new, ss] {
        let devices = district.field.book(phone).devices().unwrap();
        let old = devices.iter().find(|view| view.device == lost).expect("it is remembered");
        assert!(old.is_removed);
    }
    // It works as one: it lets an office in, which works.
    let office = district.field.book(new);
    let invite = office
        .invite(jasaq_fieldbook::Membering::Office { role: Role::StructuralSubdivision, office: "SS 9" })
        .unwrap();
    district.field.contact(new);
    let joined = district.field.ask_to_join("ss 9", &invite.code, 0);
    for phone in [joined, new] {
        district.field.contact(phone);
    }
    let words = district.field.book(joined).status().unwrap().join_words.unwrap();
    district.field.book(new).confirm(&words).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.field.book(joined).status().unwrap().role, Some(Role::StructuralSubdivision));
    assert!(!district.reads(new), "and it reads no patrol");
}

#[test]
fn scenario_18_all_consoles_of_the_ts_are_lost() {
    let sheets = Field::founded(SEED).sheets().root;
    the_ts_comes_back_with([&sheets[0], &sheets[1]]);
}

#[test]
fn scenario_18_the_roots_sheets_are_lost_with_all_consoles_of_the_ts() {
    let sheets = Field::founded(SEED).sheets().successor;
    the_ts_comes_back_with([&sheets[1], &sheets[2]]);
}

#[test]
fn sheets_of_another_territory_bring_nothing_back() {
    let mut district = District::new();
    let ts = district.field.device("ts");
    let strangers = Field::founded(SEED + 1).sheets().root;
    let refused = district
        .field
        .book(ts)
        .recover_keys(&[&strangers[0], &strangers[1]])
        .unwrap_err();
    assert!(matches!(refused, FieldbookRefused::Recovery(_)), "{refused}");
    let own = district.field.sheets();
    for mixed in [[&own.root[0], &own.root[0]], [&own.root[0], &own.successor[1]]] {
        let mixed = mixed.map(String::as_str);
        assert!(district.field.book(ts).recover_keys(&mixed).is_err());
    }
}
