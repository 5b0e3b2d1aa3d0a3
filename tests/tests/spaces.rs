//! Exact reader sets: who reads what, tried by everybody's keys; and who may state what, by the model's one table.

use jasaq_fieldbook::model::ids::{PersonId, SquadId, StatementRef};
use jasaq_fieldbook::model::person::Person;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::squad::{NameOff, NameOn, Squad};
use jasaq_fieldbook::model::statement::Body;
use jasaq_fieldbook::protocol::limits::SPACES_MAX;
use jasaq_fieldbook::protocol::membership::SpaceKind;
use jasaq_fieldbook::{Card, Fieldbook, FieldbookRefused, RefusalClass};
use jasaq_tests::{Field, Phone, name};

const SEED: u64 = 3;
const SQUAD: SquadId = SquadId::from_bytes([1; 16]);
const ASKAR: PersonId = PersonId::from_bytes([2; 16]);

/// A district with a council's space: TS, SS, akimat, council, a squad's head and a volunteer.
struct District {
    field: Field,
    akimat: Phone,
    council: Phone,
}

impl District {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        field.phone("aray");
        let ts = field.device("ts");
        field.book(ts).create_council(&["SS 1", "әкімдік", "кеңес"], 2026).unwrap();
        field.run_until_quiet();
        let akimat = field.join_office("akimat", Role::LocalExecutiveBody, "әкімдік");
        let council = field.join_office("council", Role::CoordinationCouncil, "кеңес");
        field.run_until_quiet();
        Self { field, akimat, council }
    }

    fn squad_with_askar(&mut self) {
        let squad = Squad { id: SQUAD, name: name("Жаркент"), district: name("Панфилов") };
        self.say(self.council, Body::Squad(squad)).unwrap();
        let person = Person { id: ASKAR, full_name: name("Асқар Әлиев") };
        self.say(self.akimat, Body::NameOn(NameOn { squad: SQUAD, person })).unwrap();
        self.field.run_until_quiet();
    }

    /// Says something of the squad in the council's space, as a console would whose program does not look.
    fn say(&mut self, phone: Phone, body: Body) -> Result<StatementRef, FieldbookRefused> {
        self.field
            .book(phone)
            .state_unlooked(SpaceKind::Council, (SQUAD.as_bytes(), body))
    }

    fn is_on(&mut self, phone: Phone) -> bool {
        self.field.book(phone).roster().unwrap().unwrap().is_on(SQUAD, ASKAR)
    }
}

#[test]
fn the_council_the_akimat_and_both_subdivisions_read_the_roster_and_no_phone_does() {
    let mut district = District::new();
    district.squad_with_askar();
    let (akimat, council) = (district.akimat, district.council);
    let [ts, ss, head, aray] = ["ts", "ss", "head", "aray"].map(|name| district.field.device(name));
    for reader in [akimat, council, ts, ss] {
        assert!(district.is_on(reader));
    }
    for phone in [head, aray] {
        assert_eq!(district.field.book(phone).roster().unwrap(), None, "which is not that nobody is on it");
    }
}

#[test]
fn a_name_that_was_taken_off_is_off_for_everybody_who_reads() {
    let mut district = District::new();
    district.squad_with_askar();
    let roster = district.field.book(district.akimat).roster().unwrap().unwrap();
    let ends = roster.lines().first().unwrap().key.clone();
    let off = NameOff { squad: SQUAD, person: ASKAR, ends };
    district.say(district.akimat, Body::NameOff(off)).unwrap();
    district.field.run_until_quiet();
    for reader in [district.akimat, district.council, district.field.device("ss")] {
        assert!(!district.is_on(reader));
    }
}

#[test]
fn the_council_and_the_akimat_read_no_patrol() {
    let mut district = District::new();
    let head = district.field.device("head");
    let patrol = district.field.start_patrol(head);
    let entry = district.field.write(head, patrol, "туман");
    district.field.run_until_quiet();
    let ss = district.field.device("ss");
    assert!(district.field.can_read(ss, patrol, &entry), "otherwise the rule is proved of nobody");
    for outsider in [district.akimat, district.council, district.field.device("ts")] {
        assert!(!district.field.can_read(outsider, patrol, &entry));
    }
}

#[test]
fn each_states_only_what_the_table_gives_him() {
    let mut district = District::new();
    let person = Person { id: ASKAR, full_name: name("Асқар Әлиев") };
    let on = NameOn { squad: SQUAD, person };
    let squad = Squad { id: SQUAD, name: name("Жаркент"), district: name("Панфилов") };
    let [ss, head] = ["ss", "head"].map(|name| district.field.device(name));
    let refused = |outcome: Result<_, FieldbookRefused>| matches!(outcome, Err(refused) if refused.class() == RefusalClass::Rule);
    for whom in [district.council, ss, head] {
        assert!(refused(district.say(whom, Body::NameOn(on.clone()))));
    }
    assert!(refused(district.say(district.akimat, Body::Squad(squad))));
    assert!(refused(
        district
            .field
            .book(head)
            .create_squad(&name("басқа"), 2026)
            .map(|()| unreachable())
    ));
}

fn unreachable() -> StatementRef {
    panic!("a head makes no squad")
}

#[test]
fn only_the_subdivisions_card_names_a_member_on_the_phones() {
    let mut field = Field::new(SEED);
    let (ss, head, aray) = (field.device("ss"), field.device("head"), field.phone("aray"));
    field.run_until_quiet();
    let member = member_of(field.book(aray));
    let card = Card {
        member,
        full_name: name("Арай Бекова"),
        certificate_number: None,
        eligible: true,
        as_of: "2026-05-01".parse().unwrap(),
    };
    assert!(field.book(head).write_card(card.clone()).is_err(), "a head vouches for nobody");
    field.book(ss).write_card(card).unwrap();
    field.run_until_quiet();
    let patrol = field.start_patrol(aray);
    field.run_until_quiet();
    for phone in [head, aray, ss] {
        let view = field.shows(phone, patrol);
        let start = view.log.stated().first().unwrap();
        assert_eq!(view.holder_in(start, Some(member)).names, ["Арай Бекова"]);
    }
}

fn member_of(book: &mut Fieldbook) -> jasaq_fieldbook::model::ids::MemberId {
    let own = book.devices().unwrap().into_iter().find(|view| view.is_this).unwrap();
    jasaq_fieldbook::model::ids::MemberId::from_bytes(*own.member.as_bytes())
}

#[test]
fn a_renewed_key_opens_the_past_for_who_joins_later_and_seals_the_future() {
    let mut field = Field::new(SEED);
    let (head, aray) = (field.device("head"), field.phone("aray"));
    let patrol = field.start_patrol(aray);
    let before = field.write(aray, patrol, "до смены ключа");
    field.run_until_quiet();
    field.book(head).rotate_patrols_key().unwrap();
    field.run_until_quiet();
    let after = field.write(aray, patrol, "после смены ключа");
    field.run_until_quiet();
    let late = field.phone("late");
    field.run_until_quiet();
    for phone in [head, late, field.device("ss")] {
        assert!(field.can_read(phone, patrol, &before) && field.can_read(phone, patrol, &after));
    }
}

#[test]
fn a_console_with_more_spaces_than_one_head_lists_hears_of_all_of_them() {
    let mut field = Field::founded(SEED);
    let ts = field.device("ts");
    for number in 0..SPACES_MAX + 20 {
        let offices = [format!("кеңес {number}")];
        field.book(ts).create_council(&[offices[0].as_str()], 2026).unwrap();
    }
    field.contact(ts);
    for number in [0, SPACES_MAX / 2, SPACES_MAX + 19] {
        let council =
            field.join_office(&format!("{number}"), Role::CoordinationCouncil, &format!("кеңес {number}"));
        let today = field.book(council).today();
        let created = (name("Сарысу"), name("Панфилов"));
        field.book(council).decide_squad(created, (name("1"), today)).unwrap();
        field.contact(council);
    }
    field.run_until_quiet();
    assert_eq!(field.book(ts).register_squads().unwrap().unwrap().len(), 3);
}

#[test]
fn a_key_renewed_more_often_than_one_rotation_carries_opens_the_whole_past_for_who_joins_later() {
    let mut field = Field::new(SEED);
    let (head, aray) = (field.device("head"), field.phone("aray"));
    let patrol = field.start_patrol(head);
    let mut entries = Vec::new();
    for number in 0..20 {
        entries.push(field.write(head, patrol, &format!("{number}-кілт")));
        field.book(head).rotate_patrols_key().unwrap();
    }
    field.run_until_quiet();
    let late = field.phone("late");
    field.run_until_quiet();
    for phone in [late, aray, field.device("ss")] {
        assert!(entries.iter().all(|entry| field.can_read(phone, patrol, entry)));
    }
}

#[test]
fn of_keys_that_were_renewed_apart_who_joins_later_is_given_each() {
    let mut field = Field::new(SEED);
    let (ss, head) = (field.device("ss"), field.device("head"));
    let deputy = field.join_squad("deputy", ss, Role::SquadHead);
    let patrol = field.start_patrol(head);
    field.run_until_quiet();
    let apart = [head, deputy].map(|phone| {
        field.book(phone).rotate_patrols_key().unwrap();
        let entry = field.write(phone, patrol, "бөлек");
        field.book(phone).flush().unwrap();
        entry
    });
    field.run_until_quiet();
    let late = field.phone("late");
    field.run_until_quiet();
    for phone in [late, head, deputy, ss] {
        assert!(apart.iter().all(|entry| field.can_read(phone, patrol, entry)));
    }
}
