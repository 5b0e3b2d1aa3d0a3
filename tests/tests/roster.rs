//! The roster by pages: found and ordered as people in Kazakhstan expect, and never other than what the register says.
//!
//! Invariant, on every console and after anything that may happen: the pages, read one after another, hold exactly the persons
//! of whom something is said, each as the fold of his statements has him, in the order of the Kazakh alphabet; and what a
//! search, a squad or a state picks is what it picks out of all of them.

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{ListId, PersonId, SquadId};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::records::PersonState;
use jasaq_fieldbook::model::register::{CheckFinding, CheckKind, Identity, Signer};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::spelling::{Query, SortKey, searchable};
use jasaq_fieldbook::model::words::Text;
use jasaq_fieldbook::{
    Copies, Deciding, Fieldbook, FieldbookRefused, NewCertificate, NewList, NewTraining, RosterCursor,
    RosterEntry, RosterQuery,
};
use jasaq_tests::{Chance, Field, Phone, inside, name};

const NEW: PersonId = PersonId::from_bytes([0; 16]);

const NAMES: [&str; 12] = [
    "Әсел Қасымова",
    "Асан Ахметов",
    "Ғабдуллин Сергей",
    "Жүнісбеков Өмірбек Асқарұлы",
    "Ыбыраев Іңкәр",
    "Ұлықбек Шәріпов",
    "Қасымов Ерлан",
    "Касымов Ерлан",
    "Һамит Омаров",
    "Ким-Пак Вилен",
    "Өтегенов Нұрбол",
    "Асан Ахметов",
];

fn text(written: &str) -> Text {
    Text::new(written).unwrap()
}

fn papers(full_name: &str) -> Identity {
    let full_name = name(full_name);
    Identity { id: NEW, full_name, iin: None, born: None, id_document: None, residence: None, before: None }
}

fn all_three(found: CheckFinding) -> Vec<(CheckKind, CheckFinding)> {
    CheckKind::ALL.iter().map(|kind| (*kind, found)).collect()
}

/// A district with two squads and all of its offices.
struct District {
    field: Field,
    ts: Phone,
    ss: Phone,
    akimat: Phone,
    council: Phone,
    squads: [SquadId; 2],
    today: Day,
    lists: Vec<ListId>,
    persons: Vec<PersonId>,
}

impl District {
    fn new(seed: u64) -> Self {
        let mut field = Field::new(seed);
        let [ts, ss] = ["ts", "ss"].map(|name| field.device(name));
        field.book(ts).create_council(&["SS 1", "әкімдік", "кеңес"], 2026).unwrap();
        field.run_until_quiet();
        let akimat = field.join_office("akimat", Role::LocalExecutiveBody, "әкімдік");
        let council = field.join_office("council", Role::CoordinationCouncil, "кеңес");
        field.run_until_quiet();
        let today = field.book(ts).today();
        let squads = ["Қарабұлақ", "Сарысу"].map(|squad| {
            let decided = (name(squad), name("Зайсан"));
            field.book(council).decide_squad(decided, (name("12"), today)).unwrap()
        });
        field.run_until_quiet();
        for squad in squads {
            field.book(ss).supervise(squad, None).unwrap();
        }
        field.run_until_quiet();
        Self { field, ts, ss, akimat, council, squads, today, lists: Vec::new(), persons: Vec::new() }
    }

    fn consoles(&self) -> [Phone; 4] {
        [self.ts, self.ss, self.akimat, self.council]
    }

    fn book(&mut self, console: Phone) -> &mut Fieldbook {
        self.field.book(console)
    }

    /// The akimat sends a list of these people.
    fn submit(&mut self, squad: SquadId, names: &[&str]) -> Result<ListId, FieldbookRefused> {
        let members = names.iter().map(|name| papers(name)).collect();
        let new = NewList { squad, number: None, day: self.today, same_letter: false, members };
        let akimat = self.akimat;
        let list = self.book(akimat).submit_list(new)?;
        let lines = self.book(akimat).list_lines(list)?.unwrap_or_default();
        self.lists.push(list);
        self.persons.extend(lines.into_iter().map(|(_, person)| person));
        Ok(list)
    }

    /// All pages, each of so many.
    fn pages(&mut self, console: Phone, query: RosterQuery<'_>, limit: usize) -> Vec<RosterEntry> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = self
                .book(console)
                .roster_page(&RosterQuery { after, limit: Some(limit), ..query })
                .unwrap()
                .unwrap();
            assert!(page.entries.len() == limit || page.next.is_none(), "a page before the last is full");
            all.extend(page.entries);
            let Some(next) = page.next else { return all };
            let written: RosterCursor = next.to_string().parse().unwrap();
            assert_eq!(written, next, "a cursor may stand in an address");
            after = Some(written);
        }
    }

    fn names(&mut self, console: Phone, query: RosterQuery<'_>) -> Vec<String> {
        let shown = self.pages(console, query, 2).into_iter();
        shown.map(|entry| entry.full_name.unwrap().to_string()).collect()
    }

    /// What the fold says of everybody, in the order in which it is due.
    fn folded(&mut self, console: Phone) -> Vec<RosterEntry> {
        let mut all = Vec::new();
        for person in self.persons.clone() {
            let view = match self.book(console).person(person) {
                Ok(view) if !view.record.history.is_empty() => view,
                Ok(_)
                | Err(
                    FieldbookRefused::Register(RegisterRefused::PersonUnknown) | FieldbookRefused::Erased,
                ) => continue,
                Err(refused) => panic!("{refused}"),
            };
            let record = view.record;
            let mut squads: Vec<SquadId> = record.squads().collect();
            squads.sort_unstable();
            squads.dedup();
            all.push(RosterEntry {
                person,
                full_name: record.full_name().cloned(),
                squads,
                state: record.state(),
                certificate: record.certificate().map(|certificate| certificate.issued.what.number.clone()),
                ended: record.ended(),
                eligibility: view.eligibility,
            });
        }
        all.sort_by_cached_key(|entry| {
            let name = entry.full_name.as_ref().map_or("", |name| name.as_str());
            (SortKey::new(name).as_bytes().to_vec(), entry.person)
        });
        all
    }

    /// The whole way to the register at once, as far as it goes: by single steps hardly anybody comes so far.
    fn admit(&mut self, person: PersonId, chance: &mut Chance) -> Result<(), FieldbookRefused> {
        let (ts, today) = (self.ts, self.today);
        self.field.contact(self.akimat);
        self.field.contact(ts);
        for list in self.lists.clone() {
            if chance.happens(60) {
                let _received_before_or_withdrawn = self.book(ts).receive_list(list, today, Copies::Delete);
            }
        }
        self.book(ts).record_checks(person, &all_three(CheckFinding::Nothing), today)?;
        let deciding = Deciding { section: name("III"), subdivision: None, squad: None, day: today };
        self.book(ts).register(person, deciding, Copies::Delete)?;
        self.field.contact(ts);
        self.field.contact(self.ss);
        Ok(())
    }

    fn certify(&mut self, person: PersonId, number: usize) -> Result<(), FieldbookRefused> {
        let signer = Signer {
            position: name("бастық"), rank: name("полковник"), full_name: name("Б. Б.")
        };
        let number = format!("{number:04}").parse().unwrap();
        let new = NewCertificate { number, subdivision: name("Шығыс"), day: self.today, signer };
        let ts = self.ts;
        self.book(ts).issue_certificate(person, new)
    }

    fn train(&mut self, person: PersonId) -> Result<(), FieldbookRefused> {
        let (persons, day, ss) = (vec![person], self.today, self.ss);
        let new = NewTraining { persons, day, military_unit: name("2034"), topics: text("001-§10, 12") };
        self.book(ss).record_training(&new).map(drop)
    }

    /// The invariant, on one console.
    fn check(&mut self, console: Phone, chance: &mut Chance) {
        let due = self.folded(console);
        let limit = 1 + chance.below(5);
        assert_eq!(self.pages(console, RosterQuery::default(), limit), due, "{console:?}");
        let squad = chance.pick(&self.squads);
        let state = chance.pick(PersonState::ALL);
        let search = chance.pick(&["Асел", "kas", "омир", "асан ах", "е", "ққ", "Шәріпов Ұ"]);
        let typed = Query::new(search);
        let is_found = |entry: &RosterEntry| {
            typed.finds(&searchable(entry.full_name.as_ref().map_or("", |name| name.as_str())))
        };
        let all = RosterQuery {
            search: Some(search),
            squad: Some(squad),
            state: Some(state),
            ..RosterQuery::default()
        };
        for bits in 1..8_u8 {
            let is_asked = |bit: u8| bits & bit != 0;
            let query = RosterQuery {
                search: all.search.filter(|_| is_asked(1)),
                squad: all.squad.filter(|_| is_asked(2)),
                state: all.state.filter(|_| is_asked(4)),
                ..RosterQuery::default()
            };
            let picked = due.iter().filter(|entry| {
                (!is_asked(1) || is_found(entry))
                    && (!is_asked(2) || entry.squads.contains(&squad))
                    && (!is_asked(4) || entry.state == state)
            });
            let picked: Vec<RosterEntry> = picked.cloned().collect();
            assert_eq!(self.pages(console, query, limit), picked, "{query:?}");
        }
    }
}

#[test]
fn the_roster_stands_in_the_order_of_the_kazakh_alphabet_and_is_found_from_any_keyboard() {
    let mut district = District::new(7);
    let (akimat, squad) = (district.akimat, district.squads[0]);
    district.submit(squad, &NAMES).unwrap();
    let due = [
        "Асан Ахметов",
        "Асан Ахметов",
        "Әсел Қасымова",
        "Ғабдуллин Сергей",
        "Жүнісбеков Өмірбек Асқарұлы",
        "Касымов Ерлан",
        "Ким-Пак Вилен",
        "Қасымов Ерлан",
        "Өтегенов Нұрбол",
        "Ұлықбек Шәріпов",
        "Һамит Омаров",
        "Ыбыраев Іңкәр",
    ];
    assert_eq!(district.names(akimat, RosterQuery::default()), due);
    let mut found = |search| {
        let query = RosterQuery { search: Some(search), ..RosterQuery::default() };
        district.names(akimat, query)
    };
    assert_eq!(found("Асел"), ["Әсел Қасымова"]);
    assert_eq!(found("kasymov er"), ["Касымов Ерлан", "Қасымов Ерлан"]);
    assert_eq!(found("Utegenov"), ["Өтегенов Нұрбол"], "as passports have it");
    assert_eq!(found("омирбек"), ["Жүнісбеков Өмірбек Асқарұлы"], "the second word is found as the first is");
    assert_eq!(found("вилен пак"), ["Ким-Пак Вилен"]);
    assert_eq!(found("рбек"), Vec::<String>::new(), "words are found by how they begin");
    assert_eq!(found("%_'\" ;"), due, "what is no letter asks for nothing");
}

#[test]
fn a_squad_and_a_state_are_picked_out_and_change_with_what_is_said_elsewhere() {
    let mut district = District::new(8);
    let (akimat, ts, [one, other]) = (district.akimat, district.ts, district.squads);
    let list = district.submit(one, &["Әсел Қасымова", "Асан Ахметов"]).unwrap();
    district.submit(other, &["Қасымов Ерлан"]).unwrap();
    district.field.run_until_quiet();
    let of = |squad, state| RosterQuery { squad, state, ..RosterQuery::default() };
    assert_eq!(district.names(ts, of(Some(other), None)), ["Қасымов Ерлан"]);
    let proposed = Some(PersonState::Proposed);
    assert_eq!(district.names(ts, of(None, proposed)).len(), 3);
    let today = district.today;
    // Neither is said in the documents of those whom it concerns.
    district.book(ts).receive_list(list, today, Copies::Delete).unwrap();
    assert_eq!(district.names(ts, of(None, proposed)), ["Қасымов Ерлан"]);
    assert_eq!(district.names(ts, of(Some(one), Some(PersonState::InCheck))).len(), 2);
    district.book(akimat).withdraw_list(list, text("қате тізім")).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.names(ts, of(Some(one), None)), Vec::<String>::new());
    assert_eq!(district.names(ts, of(None, Some(PersonState::OffRoster))).len(), 2);
}

#[test]
fn who_was_erased_stands_on_no_page() {
    let mut district = District::new(9);
    let (ts, squad) = (district.ts, district.squads[0]);
    district.submit(squad, &["Әсел Қасымова", "Асан Ахметов"]).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.names(ts, RosterQuery::default()).len(), 2);
    let person = district.persons[0];
    let terms = |district: &District, like: &str| {
        let vault = inside::vault_of(district.field.home(ts));
        inside::number(&vault, &format!("SELECT count(*) FROM roster_terms WHERE term LIKE '{like}%'"))
    };
    assert_eq!((terms(&district, "асел"), terms(&district, "асан")), (1, 1));
    district.book(ts).erase_person(person).unwrap();
    assert_eq!(
        (terms(&district, "асел"), terms(&district, "асан")),
        (0, 1),
        "at once, and not with the next page"
    );
    let left = district.names(ts, RosterQuery::default());
    assert_eq!(left, ["Асан Ахметов"]);
    district.field.run_until_quiet();
    for console in district.consoles() {
        assert_eq!(district.names(console, RosterQuery::default()), left, "{console:?}");
    }
}

#[test]
fn a_phone_has_no_roster() {
    let mut district = District::new(10);
    let squad = district.squads[0];
    let aray = district.field.phone("aray");
    district.submit(squad, &NAMES).unwrap();
    district.field.run_until_quiet();
    assert_eq!(district.book(aray).roster_page(&RosterQuery::default()).unwrap(), None);
}

/// More often than not somebody of whom much is said already, so that some come through to the end.
fn somebody(district: &mut District, chance: &mut Chance) -> PersonId {
    let (ts, mut persons) = (district.ts, district.persons.clone());
    if persons.is_empty() {
        return NEW;
    }
    if chance.happens(70) {
        persons.sort_by_cached_key(|person| {
            let view = district.book(ts).person(*person);
            std::cmp::Reverse(view.map_or(0, |view| view.record.history.len()))
        });
        persons.truncate(2);
    }
    chance.pick(&persons)
}

/// How many things [`anything`] may do; the last ones are exchanges.
const STEPS: usize = 22;

/// What stands otherwise now than when it came: no statement comes, and the page is another one.
#[test]
fn what_is_held_is_on_no_page_until_it_is_admitted() {
    let mut district = District::new(11);
    let (ts, ss, squad, today) = (district.ts, district.ss, district.squads[0], district.today);
    let second = district.field.join_office("ss 2", Role::StructuralSubdivision, "SS 1");
    district.field.run_until_quiet();
    let list = district.submit(squad, &["Әсел Қасымова", "Асан Ахметов"]).unwrap();
    district.field.run_until_quiet();
    district.book(ts).receive_list(list, today, Copies::Delete).unwrap();
    let person = district.persons[0];
    district
        .book(ts)
        .record_checks(person, &all_three(CheckFinding::Nothing), today)
        .unwrap();
    let deciding = Deciding { section: name("III"), subdivision: None, squad: None, day: today };
    district.book(ts).register(person, deciding, Copies::Delete).unwrap();
    district.field.run_until_quiet();
    district
        .book(ss)
        .strike_off(person, (ExclusionGround::MovedOut, false), today)
        .unwrap();
    district.field.run_until_quiet();
    let said = district.book(second).person(person).unwrap().record.strike_offs.remove(0);
    let state = |district: &mut District| district.pages(ts, RosterQuery::default(), 5)[1].state;
    assert_eq!(state(&mut district), PersonState::StruckOff);
    let id = district.field.id(second);
    district.book(ts).remove_device(&id, false).unwrap();
    // He has not heard of it.
    district
        .book(second)
        .withdraw((said.author, said.key), &text("басқа адам"))
        .unwrap();
    district.field.carry_satchel(second, ts);
    assert_eq!(state(&mut district), PersonState::StruckOff);
    let held = district.book(ts).held().unwrap();
    let keys: Vec<_> = held.into_iter().map(|held| held.key).collect();
    district.book(ts).decide_held(&keys, true).unwrap();
    assert_eq!(state(&mut district), PersonState::Registered);
    district.check(ts, &mut Chance::of_seed(11));
}

/// Something of all that offices do, whether or not it is refused.
fn anything(district: &mut District, step: usize, chance: &mut Chance) -> Result<(), FieldbookRefused> {
    let today = district.today;
    let squad = chance.pick(&district.squads);
    let (ts, ss, akimat) = (district.ts, district.ss, district.akimat);
    let person = somebody(district, chance);
    let list = if district.lists.is_empty() {
        ListId::from_bytes([0; 16])
    } else {
        chance.pick(&district.lists.clone())
    };
    match step {
        0 | 1 => {
            let names: Vec<&str> = (0..=chance.below(3)).map(|_| chance.pick(&NAMES)).collect();
            district.submit(squad, &names).map(drop)
        }
        2 => district.book(akimat).withdraw_list(list, text("қате")).map(drop),
        3 => district.book(akimat).take_off_roster(squad, person),
        4 => district.book(ts).receive_list(list, today, Copies::Delete).map(drop),
        5 => district.book(chance.pick(&district.consoles())).doctor().map(drop),
        6 => {
            let applied =
                district
                    .book(ts)
                    .receive_application(papers(chance.pick(&NAMES)), (today, false), &[])?;
            district.persons.push(applied);
            Ok(())
        }
        7 | 8 => {
            let found = if chance.happens(85) { CheckFinding::Nothing } else { CheckFinding::Circumstance };
            district.book(ts).record_checks(person, &all_three(found), today)
        }
        9 | 10 => district.admit(person, chance),
        11 => {
            let found = [(CheckKind::CriminalRecord, CheckFinding::Circumstance)];
            district.book(ts).record_checks(person, &found, today)?;
            district.book(ts).exclude(person, (squad, today), Copies::Delete).map(drop)
        }
        12 => district.certify(person, chance.below(10_000)),
        13 => district.train(person),
        14 => district.book(ss).strike_off(person, (ExclusionGround::MovedOut, false), today),
        15 => {
            let console = chance.pick(&[ts, ss, akimat]);
            let record = district.book(console).person(person)?.record;
            let line = record.history.get(chance.below(record.history.len().max(1)));
            let Some(line) = line.cloned() else { return Ok(()) };
            district
                .book(console)
                .withdraw((line.author, line.key), &text("қате"))
                .map(drop)
        }
        16 => district.book(ts).erase_person(person).map(drop),
        _ => {
            let [from, to] = [(); 2].map(|()| chance.pick(&district.consoles()));
            if chance.happens(50) || from == to {
                district.field.contact(from);
            } else {
                district.field.carry_satchel(from, to);
            }
            Ok(())
        }
    }
}

#[test]
fn the_pages_say_what_the_fold_says_whatever_was_said_withdrawn_or_erased_in_any_order() {
    let (mut done, mut shown) = ([0; STEPS], 0);
    for seed in 0..6 {
        let (mut district, mut chance) = (District::new(seed), Chance::of_seed(seed));
        for _ in 0..90 {
            let step = chance.below(STEPS);
            done[step] += usize::from(anything(&mut district, step, &mut chance).is_ok());
            if chance.happens(20) {
                let console = chance.pick(&district.consoles());
                district.check(console, &mut chance);
            }
        }
        district.field.run_until_quiet();
        for console in district.consoles() {
            district.check(console, &mut chance);
            shown += district.folded(console).len();
            let before = district.pages(console, RosterQuery::default(), 100);
            district.book(console).doctor().unwrap();
            assert_eq!(
                district.pages(console, RosterQuery::default(), 100),
                before,
                "made anew it is the same"
            );
        }
    }
    let never: Vec<usize> = (0..STEPS).filter(|step| done[*step] == 0).collect();
    assert!(never.is_empty() && shown > 100, "otherwise the rule is proved of nobody: {done:?} {shown}");
}
