//! Who is on the register, what ends it, and who was told (001-§11, 15, 18–23).

use crate::codes::coded;
use crate::ids::{Author, MemberId, PersonId, RollId, SessionId, SquadId, StatementRef};
use crate::moment::Day;
use crate::words::{Name, Text};

pub use crate::law::ExclusionGround;

coded! {
    /// The forms in which citizens take part (001-§8).
    pub enum EngagementForm {
        /// As a non-staff employee.
        NonStaffEmployee = "non_staff_employee",
        /// Individually, as a volunteer: the text has no admission for it, so only reports under 001-§9 are open.
        IndividualVolunteer = "individual_volunteer",
        /// Collectively, in a squad.
        SquadCollective = "squad_collective",
    }
}

/// What somebody is registered as. For the individual form (001-§8(2)) the text has no registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Engagement {
    /// A member of this squad (001-§19).
    SquadMember(SquadId),
    /// A non-staff employee (001-§18).
    NonStaffEmployee,
}

/// The territorial subdivision registered somebody in the book of a structural subdivision (001-§18, 19).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Whom.
    pub person: PersonId,
    /// His name as the book has it.
    pub full_name: Name,
    /// As what.
    pub engagement: Engagement,
    /// In which section of the border service book.
    pub section: Name,
    /// When.
    pub day: Day,
}

/// Somebody was trained in law at the base of a military unit, before his first activity (001-§11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Training {
    /// Who.
    pub person: PersonId,
    /// With whom: all of one session have this in common.
    pub session: SessionId,
    /// When.
    pub day: Day,
    /// At the base of which military unit.
    pub military_unit: Name,
    /// About what.
    pub topics: Text,
}

/// A circumstance of 001-§15 arose: it ends somebody's part at once; the strike-off follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circumstance {
    /// Whose.
    pub person: PersonId,
    /// Which. If left unset, the TS knows of one and did not say which: a register's answer names none.
    pub ground: Option<ExclusionGround>,
    /// Since when.
    pub day: Day,
    /// What was said before, from which it follows. If left unset, somebody entered it.
    pub follows: Option<Cause>,
}

/// A statement from which another follows: with it the other is taken back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// Who said it.
    pub author: Author,
    /// Its key.
    pub key: StatementRef,
}

/// The structural subdivision struck somebody off the register (001-§22).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrikeOff {
    /// Whom.
    pub person: PersonId,
    /// On which ground.
    pub ground: ExclusionGround,
    /// Whether he died: then nobody is told (001-§22 for the dead is no notice).
    pub is_death: bool,
    /// When.
    pub day: Day,
}

coded! {
    /// What a person was told.
    pub enum NoticeAbout {
        /// That he is registered (001-§18).
        Registration = "registration",
        /// That his application is refused, without reasons (001-§17).
        Refusal = "refusal",
        /// That he was struck off (001-§22).
        StrikeOff = "strike_off",
    }
}

/// A person was told what concerns him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Who.
    pub person: PersonId,
    /// Of what.
    pub about: NoticeAbout,
    /// When.
    pub day: Day,
    /// In which way: by hand, by post, by telephone.
    pub way: Name,
}

/// A structural subdivision supervises a squad (001-§3(2)), whose phones stand in this roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervision {
    /// Which squad, as the council created it.
    pub squad: SquadId,
    /// The roll of its phones.
    pub roll: RollId,
}

/// Whoever is a member of a squad's phones under this id is this person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberIs {
    /// The member, as devices know him.
    pub member: MemberId,
    /// The person, as the register knows him.
    pub person: PersonId,
}

/// Who says this does not wish to take part any longer (001-§15(5)). No reason is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WishToLeave;

/// What was said under this key is taken back. It counts from the office that said what it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// Whose word it was.
    pub author: Author,
    /// Its key.
    pub key: StatementRef,
    /// Why.
    pub reason: Text,
}

/// Somebody opened what is kept apart about a person: checks, grounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// About whom.
    pub person: PersonId,
    /// What for.
    pub reason: Text,
}
