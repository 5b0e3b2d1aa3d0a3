//! A district with a register: council, akimat and both subdivisions, whose people are recorded in the words of the law.

use jasaq_fieldbook::model::guards::RegisterRefused;
use jasaq_fieldbook::model::ids::{ListId, MemberId, PersonId, SquadId};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::records::PersonState;
use jasaq_fieldbook::model::register::{CheckFinding, CheckKind, Identity, Signer};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::words::Text;
use jasaq_fieldbook::{Copies, Deciding, Fieldbook, FieldbookRefused, NewCertificate, NewList, NewTraining};

use crate::{Field, Phone, name};

const SEED: u64 = 5;
const NEW: PersonId = PersonId::from_bytes([0; 16]);

/// A text that can be one.
#[must_use]
pub fn text(written: &str) -> Text {
    Text::new(written).unwrap()
}

/// A person by his papers, who is new here.
#[must_use]
pub fn papers(full_name: &str) -> Identity {
    Identity {
        id: NEW,
        full_name: name(full_name),
        iin: None,
        born: None,
        id_document: None,
        residence: None,
        before: None,
    }
}

/// Why the register refused it; it has to be the register that did.
#[must_use]
pub fn why<T>(outcome: Result<T, FieldbookRefused>) -> RegisterRefused {
    match outcome {
        Err(FieldbookRefused::Register(refused)) => refused,
        Err(other) => panic!("refused for another reason: {other}"),
        Ok(_) => panic!("it was not refused"),
    }
}

/// Whoever signs certificates.
#[must_use]
pub fn signer() -> Signer {
    Signer { position: name("бастық"), rank: name("полковник"), full_name: name("Б. Б.") }
}

/// A district whose squad was created by its council, and supervised: TS, SS, akimat, council, a head and a volunteer.
pub struct Registry {
    /// The field they are all in.
    pub field: Field,
    /// The territorial subdivision's console.
    pub ts: Phone,
    /// The structural subdivision's.
    pub ss: Phone,
    /// The akimat's.
    pub akimat: Phone,
    /// The council's.
    pub council: Phone,
    /// The phone of the squad's head.
    pub head: Phone,
    /// A volunteer's.
    pub aray: Phone,
    /// The squad, as the council created it.
    pub squad: SquadId,
    /// The day on which all of it happens.
    pub today: Day,
}

impl Registry {
    #[must_use]
    /// Founds it: the council decided, the subdivision supervises.
    pub fn founded() -> Self {
        let mut field = Field::new(SEED);
        let [ts, ss, head] = ["ts", "ss", "head"].map(|name| field.device(name));
        let aray = field.phone("aray");
        field.book(ts).create_council(&["SS 1", "әкімдік", "кеңес"], 2026).unwrap();
        field.run_until_quiet();
        let akimat = field.join_office("akimat", Role::LocalExecutiveBody, "әкімдік");
        let council = field.join_office("council", Role::CoordinationCouncil, "кеңес");
        field.run_until_quiet();
        let today = field.book(ts).today();
        let decided = (name("Қарабұлақ"), name("Зайсан"));
        let squad = field.book(council).decide_squad(decided, (name("12"), today)).unwrap();
        field.run_until_quiet();
        field.book(ss).supervise(squad, None).unwrap();
        field.run_until_quiet();
        Self { field, ts, ss, akimat, council, head, aray, squad, today }
    }

    /// A second console of the territorial subdivision, let in by the root's sheets.
    pub fn second_ts(&mut self) -> Phone {
        self.field.second_ts("ts 2")
    }

    /// A second structural subdivision, which the next season's council takes in.
    pub fn second_ss(&mut self) -> Phone {
        let other = self.field.join_office("ss 2", Role::StructuralSubdivision, "SS 2");
        let offices = ["SS 1", "SS 2", "әкімдік", "кеңес"];
        self.field.book(self.ts).create_council(&offices, 2027).unwrap();
        other
    }

    /// A device's fieldbook.
    pub fn book(&mut self, phone: Phone) -> &mut Fieldbook {
        self.field.book(phone)
    }

    /// A list of these people for the squad, of today and without a number.
    #[must_use]
    pub fn new_list(&self, members: Vec<Identity>) -> NewList {
        NewList { squad: self.squad, number: None, day: self.today, same_letter: false, members }
    }

    /// The akimat lists one, and the territorial subdivision has the list, both on this day.
    pub fn list_on(&mut self, day: Day, full_name: &str) -> (ListId, PersonId) {
        let new = NewList { day, ..self.new_list(vec![papers(full_name)]) };
        let list = self.field.book(self.akimat).submit_list(new).unwrap();
        self.field.run_until_quiet();
        let ts = self.field.book(self.ts);
        ts.receive_list(list, day, Copies::Delete).unwrap();
        (list, ts.list_lines(list).unwrap().unwrap()[0].1)
    }

    /// The akimat lists these people, and the territorial subdivision has the list.
    pub fn list(&mut self, names: &[&str]) -> (ListId, Vec<PersonId>) {
        let members = names.iter().map(|name| papers(name)).collect();
        let number = Some(name("02-14/311"));
        let new = NewList { number, same_letter: true, ..self.new_list(members) };
        let list = self.field.book(self.akimat).submit_list(new).unwrap();
        self.field.run_until_quiet();
        let today = self.today;
        self.field.book(self.ts).receive_list(list, today, Copies::Delete).unwrap();
        let lines = self.field.book(self.ts).list_lines(list).unwrap().unwrap();
        (list, lines.into_iter().map(|(_, person)| person).collect())
    }

    /// All three registers said this of somebody.
    pub fn check(&mut self, person: PersonId, finding: CheckFinding) {
        let today = self.today;
        let findings: Vec<_> = CheckKind::ALL.iter().map(|kind| (*kind, finding)).collect();
        self.field.book(self.ts).record_checks(person, &findings, today).unwrap();
    }

    /// The territorial subdivision registers somebody, if it may.
    pub fn try_register(&mut self, person: PersonId) -> Result<(), FieldbookRefused> {
        let deciding = Deciding { section: name("III"), subdivision: None, squad: None, day: self.today };
        self.field.book(self.ts).register(person, deciding, Copies::Delete).map(drop)
    }

    /// Everybody listed, checked and registered.
    pub fn registered(&mut self, names: &[&str]) -> (ListId, Vec<PersonId>) {
        let (list, persons) = self.list(names);
        for person in &persons {
            self.check(*person, CheckFinding::Nothing);
            self.try_register(*person).unwrap();
        }
        (list, persons)
    }

    /// It issues a certificate, if it may.
    pub fn try_certify(&mut self, person: PersonId, number: &str) -> Result<(), FieldbookRefused> {
        let new = NewCertificate {
            number: number.parse().unwrap(),
            subdivision: name("Шығыс"),
            day: self.today,
            signer: signer(),
        };
        self.field.book(self.ts).issue_certificate(person, new)
    }

    /// The subdivision trains these people.
    pub fn train(&mut self, persons: &[PersonId]) {
        let new = NewTraining {
            persons: persons.to_vec(),
            day: self.today,
            military_unit: name("2034"),
            topics: text("001-§10, 12"),
        };
        self.field.book(self.ss).record_training(&new).unwrap();
    }

    /// A volunteer with everything, whose phone this is.
    pub fn active(&mut self, full_name: &str, (phone, number): (Phone, &str)) -> PersonId {
        let (_, persons) = self.registered(&[full_name]);
        let person = persons[0];
        self.try_certify(person, number).unwrap();
        self.field.run_until_quiet();
        self.train(&[person]);
        let member = self.member(phone);
        self.field.book(self.ss).identify(member, person).unwrap();
        self.field.run_until_quiet();
        person
    }

    /// The structural subdivision strikes somebody off; everybody hears of it.
    pub fn strike_off(&mut self, person: PersonId, ground: ExclusionGround) {
        self.strike_off_at(self.ss, person, ground);
        self.field.run_until_quiet();
    }

    /// A console of a structural subdivision strikes somebody off.
    pub fn strike_off_at(&mut self, console: Phone, person: PersonId, ground: ExclusionGround) {
        let today = self.today;
        self.field.book(console).strike_off(person, (ground, false), today).unwrap();
    }

    /// Under which id a phone's owner is known.
    pub fn member(&mut self, phone: Phone) -> MemberId {
        self.field.member(phone)
    }

    /// How far somebody has come, as a console shows it.
    pub fn state(&mut self, phone: Phone, person: PersonId) -> PersonState {
        self.field.book(phone).person(person).unwrap().record.state()
    }

    /// Whether somebody may go on patrol, as a console shows it.
    pub fn may_go(&mut self, console: Phone, person: PersonId) -> bool {
        let view = self.field.book(console).person(person).unwrap();
        view.eligibility.unwrap().is_eligible()
    }

    /// What a phone shows of a member: whether he may go out, and the number of his certificate.
    pub fn card(&mut self, phone: Phone, of: Phone) -> Option<(bool, Option<String>)> {
        let member = self.member(of);
        let cards = self.field.book(phone).squad_cards().unwrap().unwrap();
        let card = cards.into_iter().find(|card| card.member == member)?;
        Some((card.eligible, card.certificate_number.map(|number| number.to_string())))
    }
}
