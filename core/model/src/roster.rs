//! Who is on and off the rosters of a district's squads.
//!
//! Promises that the same statements give the same roster in any order. A name is off when a [`NameOff`]
//! names the statement that put it on, with the same squad and person; a later [`NameOn`] is a new line, so
//! that nobody's return depends on a clock. A removal whose entry has not come yet waits, and takes effect
//! when it does.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::{PersonId, SquadId, StatementRef};
use crate::person::Person;
use crate::squad::{NameOff, NameOn, Squad};
use crate::stated::Stated;
use crate::statement::Body;

/// The squads of a district and the names on their rosters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    squads: Vec<(StatementRef, Squad)>,
    lines: Vec<RosterLine>,
}

/// One time that a person was put on a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterLine {
    /// The statement that put him on, which a removal names.
    pub key: StatementRef,
    /// Which squad's roster.
    pub squad: SquadId,
    /// Whom.
    pub person: Person,
    /// The statement that took him off, the first by key if there are several; if left unset, he is on.
    pub ended_by: Option<StatementRef>,
}

impl Roster {
    /// The roster of these statements; those of other kinds are passed over.
    #[must_use]
    pub fn from_statements(statements: impl IntoIterator<Item = Stated>) -> Self {
        let mut squads = BTreeMap::new();
        let mut names_on: BTreeMap<StatementRef, NameOn> = BTreeMap::new();
        let mut ends: BTreeSet<(StatementRef, SquadId, PersonId, StatementRef)> = BTreeSet::new();
        for Stated { key, statement, .. } in statements {
            match statement.body {
                Body::Squad(squad) => {
                    squads.insert(key, squad);
                }
                Body::NameOn(name_on) => {
                    names_on.insert(key, name_on);
                }
                Body::NameOff(NameOff { squad, person, ends: ended }) => {
                    ends.insert((ended, squad, person, key));
                }
                _ => {}
            }
        }
        let mut ended_by = BTreeMap::new();
        for (ended, squad, person, key) in ends {
            ended_by.entry((ended, squad, person)).or_insert(key);
        }
        let lines = names_on.into_iter().map(|(key, NameOn { squad, person })| {
            let ended_by = ended_by.remove(&(key.clone(), squad, person.id));
            RosterLine { key, squad, person, ended_by }
        });
        Self { lines: lines.collect(), squads: squads.into_iter().collect() }
    }

    /// The squads created, each with its statement's key, in the order of the keys.
    #[must_use]
    pub fn squads(&self) -> &[(StatementRef, Squad)] {
        &self.squads
    }

    /// All lines, on and off, in the order of their keys.
    #[must_use]
    pub fn lines(&self) -> &[RosterLine] {
        &self.lines
    }

    /// Whether a person is on a squad's roster: one line that is not ended is enough.
    #[must_use]
    pub fn is_on(&self, squad: SquadId, person: PersonId) -> bool {
        self.lines
            .iter()
            .any(|line| (line.squad, line.person.id) == (squad, person) && line.ended_by.is_none())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ids::Author;
    use crate::moment::{Clocks, Moment};
    use crate::statement::Statement;
    use crate::words::Name;

    const SQUAD: SquadId = SquadId::from_bytes([1; 16]);
    const ASKAR: PersonId = PersonId::from_bytes([2; 16]);

    fn key(number: u32) -> StatementRef {
        StatementRef::new(format!("akimat00.{number}")).unwrap()
    }

    fn stated(number: u32, body: Body) -> Stated {
        let moment: Moment = "2026-05-01T08:10:00+05:00".parse().unwrap();
        let statement = Statement::new(Clocks::new(moment, None, None), body);
        Stated { key: key(number), author: Author::from_bytes([9; 32]), member: None, role: None, statement }
    }

    fn on(number: u32) -> Stated {
        let person = Person { id: ASKAR, full_name: Name::new("Асқар Болатұлы").unwrap() };
        stated(number, Body::NameOn(NameOn { squad: SQUAD, person }))
    }

    fn off(number: u32, ended: u32) -> Stated {
        stated(number, Body::NameOff(NameOff { squad: SQUAD, person: ASKAR, ends: key(ended) }))
    }

    #[test]
    fn a_name_is_on_until_a_removal_names_its_entry() {
        assert!(Roster::from_statements([on(1)]).is_on(SQUAD, ASKAR));
        let roster = Roster::from_statements([on(1), off(2, 1)]);
        assert!(!roster.is_on(SQUAD, ASKAR));
        assert_eq!(roster.lines()[0].ended_by, Some(key(2)));
    }

    #[test]
    fn who_comes_back_is_entered_again() {
        let roster = Roster::from_statements([on(1), off(2, 1), on(3)]);
        assert!(roster.is_on(SQUAD, ASKAR));
        assert_eq!(roster.lines().len(), 2);
    }

    #[test]
    fn a_removal_that_names_something_else_ends_nothing() {
        let mut of_another = off(2, 1);
        let Body::NameOff(name_off) = &mut of_another.statement.body else { unreachable!() };
        name_off.person = PersonId::from_bytes([3; 16]);
        assert!(Roster::from_statements([on(1), of_another, off(4, 7)]).is_on(SQUAD, ASKAR));
    }

    #[test]
    fn a_squad_is_there_once_its_council_said_so() {
        let name = Name::new("Сарыбұлақ").unwrap();
        let squad = Squad { id: SQUAD, name: name.clone(), district: name };
        assert_eq!(
            Roster::from_statements([stated(1, Body::Squad(squad.clone()))]).squads(),
            [(key(1), squad)]
        );
    }

    proptest! {
        #[test]
        fn the_roster_depends_on_the_set_alone(order in Just(vec![0, 1, 2, 3, 4, 2]).prop_shuffle()) {
            let statements = [on(1), off(2, 1), on(3), off(5, 3), off(4, 3)];
            let shuffled = order.into_iter().map(|index: usize| statements[index].clone());
            prop_assert_eq!(Roster::from_statements(shuffled), Roster::from_statements(statements.clone()));
        }
    }
}
