//! How large a district is, and the district of each size: founded once, copied for every run.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::register::{CheckFinding, CheckKind};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::{Copies, Deciding, NewCertificate, NewList, NewTraining};

use super::register::Consoles;
use crate::field::{Field, Phone, name};
use crate::registry::{papers, signer, text};

/// How many squads, and how many phones each has beside its head's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shape {
    squads: usize,
    phones: usize,
}

/// The consoles of every district: TS, two of the SS, akimat, council.
const CONSOLES: usize = 5;

impl Shape {
    /// Every size, smallest first: from one squad of two to four squads of nine.
    pub const ALL: [Self; 5] = [
        Self { squads: 1, phones: 1 },
        Self { squads: 1, phones: 3 },
        Self { squads: 1, phones: 8 },
        Self { squads: 2, phones: 4 },
        Self { squads: 4, phones: 8 },
    ];

    /// The size of a seed, where nobody chose one: mostly small, now and then a whole district.
    #[must_use]
    pub fn of_seed(seed: u64) -> Self {
        Self::ALL[match seed / 7 % 40 {
            0 => 4,
            1..5 => 3,
            5..8 => 2,
            8..18 => 0,
            _ => 1,
        }]
    }

    /// The largest size of at most so many devices.
    #[must_use]
    pub fn of_devices(devices: usize) -> Self {
        let fits = Self::ALL.into_iter().rev().find(|shape| shape.devices() <= devices);
        fits.unwrap_or(Self::ALL[0])
    }

    /// How many devices that is.
    #[must_use]
    pub fn devices(&self) -> usize {
        CONSOLES + self.squads * (1 + self.phones)
    }
}

/// A squad of the district.
#[derive(Debug, Clone)]
pub(super) struct Squad {
    /// The head's phone first.
    pub(super) phones: Vec<Phone>,
}

/// A district that rests.
struct Founded {
    field: Field,
    squads: Vec<Squad>,
    consoles: Consoles,
}

impl Founded {
    fn new(shape: Shape) -> Self {
        let mut founded = Self::awake(shape);
        founded.field.rest();
        founded
    }

    fn awake(shape: Shape) -> Self {
        let mut field = Field::founded(shape.devices() as u64);
        let ss = ["ss", "ss 2"].map(|name| field.join_office(name, Role::StructuralSubdivision, "SS 1"));
        let ts = field.device("ts");
        field.book(ts).create_council(&["SS 1", "әкімдік", "кеңес"], 2026).unwrap();
        field.join_office("akimat", Role::LocalExecutiveBody, "әкімдік");
        field.join_office("council", Role::CoordinationCouncil, "кеңес");
        let squads = (0..shape.squads).map(|squad| Self::found_squad(&mut field, (squad, shape.phones)));
        let squads = squads.collect();
        field.run_until_quiet();
        let [akimat, council] = ["akimat", "council"].map(|name| vec![field.device(name)]);
        let consoles = Consoles { ts: vec![ts], ss: ss.to_vec(), akimat, council };
        Self { field, squads, consoles }
    }

    /// The same with a second console of every office, and a squad of the law for each squad of phones, which the SS supervises.
    fn with_register(shape: Shape) -> Self {
        let Self { mut field, squads, mut consoles } = Self::awake(shape);
        consoles.ts.push(field.second_ts("ts 2"));
        let join = |field: &mut Field, (called, role, office): (&str, Role, &str)| {
            field.join_office(called, role, office)
        };
        consoles
            .akimat
            .push(join(&mut field, ("akimat 2", Role::LocalExecutiveBody, "әкімдік")));
        consoles
            .council
            .push(join(&mut field, ("council 2", Role::CoordinationCouncil, "кеңес")));
        field.run_until_quiet();
        for squad in 0..squads.len() {
            let council = field.book(consoles.council[0]);
            let decided = (name(&format!("жасақ {squad}")), name("Зайсан"));
            let today = council.today();
            let id = council.decide_squad(decided, (name("12"), today)).unwrap();
            field.run_until_quiet();
            field
                .book(consoles.ss[0])
                .supervise(id, Some(&format!("жасақ {squad}")))
                .unwrap();
        }
        field.run_until_quiet();
        Self::found_register(&mut field, (&squads, &consoles));
        field.run_until_quiet();
        field.rest();
        Self { field, squads, consoles }
    }

    /// Five are listed, four of them checked, three of these registered with certificates, two of these active with phones.
    fn found_register(field: &mut Field, (squads, consoles): (&[Squad], &Consoles)) {
        let (ts, ss, akimat) = (consoles.ts[0], consoles.ss[0], consoles.akimat[0]);
        let squad = field.book(akimat).register_squads().unwrap().unwrap()[0].squad;
        let day = field.book(ts).today();
        let members = (0..5).map(|line| papers(&format!("Әлиев Асқар {line}"))).collect();
        let list = NewList { squad, number: None, day, same_letter: false, members };
        let list = field.book(akimat).submit_list(list).unwrap();
        field.run_until_quiet();
        let register = field.book(ts);
        register.receive_list(list, day, Copies::Delete).unwrap();
        let lines = register.list_lines(list).unwrap().unwrap();
        let persons: Vec<PersonId> = lines.into_iter().map(|(_, person)| person).collect();
        for person in &persons[..4] {
            let clean: Vec<_> = CheckKind::ALL.iter().map(|kind| (*kind, CheckFinding::Nothing)).collect();
            register.record_checks(*person, &clean, day).unwrap();
        }
        for (number, person) in persons[..3].iter().enumerate() {
            let deciding = Deciding { section: name("III"), subdivision: None, squad: None, day };
            register.register(*person, deciding, Copies::Delete).unwrap();
            let number = format!("{number:04}").parse().unwrap();
            let new = NewCertificate { number, subdivision: name("Шығыс"), day, signer: signer() };
            register.issue_certificate(*person, new).unwrap();
        }
        field.run_until_quiet();
        let persons = persons[..2].to_vec();
        for (phone, person) in squads[0].phones.iter().zip(&persons) {
            let member = field.member(*phone);
            field.book(ss).identify(member, *person).unwrap();
        }
        let new = NewTraining { persons, day, military_unit: name("2034"), topics: text("001-§10, 12") };
        field.book(ss).record_training(&new).unwrap();
    }

    fn found_squad(field: &mut Field, (squad, phones): (usize, usize)) -> Squad {
        let (ss, called) = (field.device("ss"), format!("жасақ {squad}"));
        field.book(ss).create_squad(&name(&called), 2026).unwrap();
        let head = field.join_named_squad(&format!("head {squad}"), ss, (Role::SquadHead, &called));
        let mut all = vec![head];
        for phone in 0..phones {
            let role = if phone == 7 { Role::NonStaffEmployee } else { Role::Volunteer };
            all.push(field.join_squad(&format!("phone {squad}.{phone}"), head, role));
        }
        Squad { phones: all }
    }
}

/// A district of this size under this seed: its squads and consoles. One of the register has two of each office.
pub(super) fn district((shape, has_register): (Shape, bool), seed: u64) -> (Field, Vec<Squad>, Consoles) {
    type Kept = Arc<Mutex<Option<Founded>>>;
    static FOUNDED: Mutex<BTreeMap<(Shape, bool), Kept>> = Mutex::new(BTreeMap::new());
    let of_shape = {
        let mut all = FOUNDED.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry((shape, has_register)).or_default())
    };
    let mut founded = of_shape.lock().unwrap_or_else(PoisonError::into_inner);
    let found = if has_register { Founded::with_register } else { Founded::new };
    let founded = founded.get_or_insert_with(|| found(shape));
    (founded.field.again(seed), founded.squads.clone(), founded.consoles.clone())
}
