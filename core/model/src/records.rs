//! What the statements of the register come to: one person's engagement, one squad, one list.
//!
//! Promises that the same statements give the same record in any order, on whichever console they are; that a statement
//! which was taken back by who may say it no longer counts and stays to be shown; that a strike-off ends its engagement
//! whatever else was said of it, before or after, here or elsewhere; and that what contradicts itself is shown as such and
//! decided by nobody's clock.
//!
//! Refuses to know more than it is given: a console that reads less of the register shows less of it, and the same of what
//! both read.

mod about;
mod certificate;
mod lists;
mod person;
mod squad;

pub use about::About;
pub use certificate::{CertificateRecord, CertificateStatus, Print};
pub use lists::{ListRecord, Lists};
pub use person::{HistoryLine, PersonRecord, PersonState, RecordFlag};
pub use squad::{Appointment, HeadState, SquadRecord, SquadState};

use std::collections::BTreeMap;

use crate::ids::{Author, StatementRef};
use crate::register::{Record, Withdrawn};
use crate::stated::Stated;
use crate::statement::{Body, Kind};
use crate::words::Text;

/// Names a statement: two authors may have one key.
pub type Name = (StatementRef, Author);

/// What a record says, with whoever said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said<T> {
    /// Its key.
    pub key: StatementRef,
    /// The device that said it.
    pub author: Author,
    /// What it says.
    pub what: T,
}

fn said<T: Clone>(stated: &Stated, what: &T) -> Said<T> {
    Said { key: stated.key.clone(), author: stated.author, what: what.clone() }
}

/// Statements once each, and which of them were taken back.
#[derive(Debug, Clone, Default)]
struct Heard {
    statements: BTreeMap<Name, Stated>,
    withdrawn: BTreeMap<Name, Text>,
}

impl Heard {
    fn new(statements: impl IntoIterator<Item = Stated>) -> Self {
        let named = statements
            .into_iter()
            .map(|stated| ((stated.key.clone(), stated.author), stated));
        let statements: BTreeMap<Name, Stated> = named.collect();
        let mut withdrawn = BTreeMap::new();
        for stated in statements.values() {
            let Body::Register(Record::Withdrawn(Withdrawn { author, key, reason })) = &stated.statement.body
            else {
                continue;
            };
            let ended = (key.clone(), *author);
            if statements.get(&ended).is_some_and(|said| may_take_back(stated, said)) {
                withdrawn.entry(ended).or_insert_with(|| reason.clone());
            }
        }
        Self { statements, withdrawn }
    }

    /// The statements that count, in the order of their names.
    fn standing(&self) -> impl Iterator<Item = &Stated> {
        self.statements
            .iter()
            .filter(|(name, _)| !self.withdrawn.contains_key(*name))
            .map(|(_, stated)| stated)
    }
}

/// Whether a withdrawal counts: it is of the office that said what it ends, and not only of one that might have. A withdrawal is not taken back, the
/// record is made anew; nobody makes unread what he read; and a wish is its device's own, whoever else may have one.
fn may_take_back(withdrawal: &Stated, said: &Stated) -> bool {
    match said.statement.kind() {
        Kind::Withdrawn | Kind::Read => false,
        // Whatever its device was then, and is now.
        Kind::WishToLeave => withdrawal.author == said.author,
        _ => withdrawal.role.is_some() && withdrawal.role == said.role,
    }
}

#[cfg(test)]
pub(crate) mod tests;
