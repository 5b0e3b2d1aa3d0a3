//! A district of which every office has two consoles, to be kept apart and brought together.

use std::collections::BTreeSet;

use jasaq_fieldbook::model::ids::{ListId, PersonId};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::register::CertificateNumber;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::{Copies, Deciding, FieldbookRefused, NewCertificate, PersonView};

use crate::registry::{Registry, signer};
use crate::{Phone, name};

/// How two consoles come together that were apart.
#[derive(Debug, Clone, Copy)]
pub enum Contact {
    /// By the relay.
    Relay,
    /// By a satchel each way.
    Satchel,
    /// Face to face.
    Meeting,
}

impl Contact {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Relay, Self::Satchel, Self::Meeting];
}

/// A district of which every office has two consoles.
pub struct Offices {
    /// The district with the first console of each.
    pub registry: Registry,
    /// The territorial subdivision's consoles.
    pub ts: [Phone; 2],
    /// The structural subdivision's.
    pub ss: [Phone; 2],
    /// The akimat's.
    pub akimat: [Phone; 2],
    /// The council's.
    pub council: [Phone; 2],
}

impl Offices {
    /// Founds it; all know of each other.
    #[must_use]
    pub fn founded() -> Self {
        let mut registry = Registry::founded();
        let second_ts = registry.second_ts();
        let join = |registry: &mut Registry, called: &str, role, office| {
            registry.field.join_office(called, role, office)
        };
        let second_ss = join(&mut registry, "ss 2", Role::StructuralSubdivision, "SS 1");
        let second_akimat = join(&mut registry, "akimat 2", Role::LocalExecutiveBody, "әкімдік");
        let second_council = join(&mut registry, "council 2", Role::CoordinationCouncil, "кеңес");
        registry.field.run_until_quiet();
        Self {
            ts: [registry.ts, second_ts],
            ss: [registry.ss, second_ss],
            akimat: [registry.akimat, second_akimat],
            council: [registry.council, second_council],
            registry,
        }
    }

    /// Two consoles come together; then everybody hears of it.
    pub fn come_together(&mut self, [one, other]: [Phone; 2], way: Contact) {
        let field = &mut self.registry.field;
        match way {
            Contact::Relay => {}
            Contact::Satchel => {
                field.carry_satchel(one, other);
                field.carry_satchel(other, one);
            }
            Contact::Meeting => {
                field.meet(one, other);
            }
        }
        if !matches!(way, Contact::Relay) {
            assert_eq!(
                field.book(one).persons().unwrap().unwrap(),
                field.book(other).persons().unwrap().unwrap(),
                "they need no relay for it"
            );
        }
        field.run_until_quiet();
    }

    /// A console of the territorial subdivision registers somebody, if it may.
    pub fn register_at(&mut self, console: Phone, person: PersonId) -> Result<(), FieldbookRefused> {
        let deciding =
            Deciding { section: name("III"), subdivision: None, squad: None, day: self.registry.today };
        self.registry.book(console).register(person, deciding, Copies::Delete).map(drop)
    }

    /// It gives somebody a certificate, if it may.
    pub fn certify_at(
        &mut self,
        console: Phone,
        person: PersonId,
        number: &str,
    ) -> Result<(), FieldbookRefused> {
        let new = NewCertificate {
            number: number.parse().unwrap(),
            subdivision: name("Шығыс"),
            day: self.registry.today,
            signer: signer(),
        };
        self.registry.book(console).issue_certificate(person, new)
    }

    /// Everybody listed, checked and registered; all consoles know.
    pub fn registered(&mut self, names: &[&str]) -> (ListId, Vec<PersonId>) {
        let registered = self.registry.registered(names);
        self.registry.field.run_until_quiet();
        registered
    }

    /// A console of the structural subdivision strikes somebody off.
    pub fn strike_off_at(&mut self, console: Phone, person: PersonId, ground: ExclusionGround) {
        self.registry.strike_off_at(console, person, ground);
    }

    /// All four consoles that read the register answer this alike.
    pub fn all_say<T: PartialEq + std::fmt::Debug>(
        &mut self,
        person: PersonId,
        ask: impl Fn(&PersonView) -> T,
    ) -> T {
        let consoles = [self.ts[0], self.ts[1], self.ss[0], self.ss[1]];
        let mut said: Vec<T> = consoles
            .into_iter()
            .map(|console| ask(&self.registry.book(console).person(person).unwrap()))
            .collect();
        let first = said.remove(0);
        assert!(said.iter().all(|other| *other == first), "{first:?} and {said:?}");
        first
    }

    /// Consoles of one office show the same record, to the last field.
    pub fn offices_show_alike(&mut self, person: PersonId) {
        for pair in [self.ts, self.ss, self.akimat, self.council] {
            let [one, other] = pair.map(|console| self.registry.book(console).person(person).unwrap());
            assert_eq!(one, other);
        }
    }

    /// Who has a certificate of this number, as a console shows it.
    pub fn holders(&mut self, console: Phone, number: &str) -> BTreeSet<PersonId> {
        let number: CertificateNumber = number.parse().unwrap();
        let mut numbers = self.registry.book(console).certificate_numbers().unwrap().unwrap_or_default();
        numbers.remove(&number).unwrap_or_default()
    }
}
