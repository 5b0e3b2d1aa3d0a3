//! A statement together with where it stands and who made it, as whoever keeps statements hands them to a
//! fold.

use crate::ids::{Author, MemberId, StatementRef};
use crate::moment::UtcTime;
use crate::register::Cause;
use crate::roles::Role;
use crate::statement::Statement;

/// A statement that counts, and its provenance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Its key, which no other statement of its author has.
    pub key: StatementRef,
    /// The device whose journal holds it.
    pub author: Author,
    /// The member whose device that is; if left unset, not known yet.
    pub member: Option<MemberId>,
    /// The office or part in which it was said; if left unset, not known yet.
    pub role: Option<Role>,
    /// What was said.
    pub statement: Statement,
}

impl Stated {
    /// How other statements name it.
    #[must_use]
    pub fn cause(&self) -> Cause {
        Cause { author: self.author, key: self.key.clone() }
    }

    /// Whether the same person said this and that, as far as is known: on one device, or as one member.
    #[must_use]
    pub fn is_of_who_said(&self, other: &Self) -> bool {
        self.author == other.author || (self.member.is_some() && self.member == other.member)
    }

    /// Where it stands among others: by the time at which it happened, then by its key and author. A clock
    /// decides here what is shown above what, and nothing else.
    pub(crate) fn order(&self) -> (UtcTime, &StatementRef, Author) {
        (self.statement.happened_at().time(), &self.key, self.author)
    }
}
