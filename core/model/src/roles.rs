//! Who may say what where: one table, with the paragraph each row rests on.
//!
//! Promises that right follows role: a statement counts only where its author's role may make that kind of
//! statement in that kind of space. What is not in the table is not allowed. Whether a person holds a role is
//! not asked here.

use crate::codes::coded;
use crate::statement::Kind;

coded! {
    /// What a member of a space is, by the law.
    pub enum Role {
        /// TS: a territorial subdivision of the Border Service.
        TerritorialSubdivision = "territorial_subdivision",
        /// SS: a structural subdivision of the Border Service.
        StructuralSubdivision = "structural_subdivision",
        /// LEB: the local executive body, an akimat.
        LocalExecutiveBody = "local_executive_body",
        /// CC: the coordination council on border issues at an akimat.
        CoordinationCouncil = "coordination_council",
        /// HEAD: the head of a volunteer squad.
        SquadHead = "squad_head",
        /// VOL: a volunteer, a squad's member.
        Volunteer = "volunteer",
        /// NSE: a non-staff employee of the Border Service.
        NonStaffEmployee = "non_staff_employee",
    }
}

coded! {
    /// What a space is for; it says who reads it.
    pub enum SpaceKind {
        /// The general register of a territory.
        Register = "register",
        /// The records of one structural subdivision.
        Subdivision = "subdivision",
        /// Squad lists on their way from an akimat.
        Submission = "submission",
        /// Squads and rosters of a district.
        Council = "council",
        /// The patrols of one squad in one season.
        Patrols = "patrols",
        /// Persons detained and force used, of one squad in one season.
        Protected = "protected",
        /// Messages of volunteers to one structural subdivision.
        ToSubdivision = "to_subdivision",
    }
}

/// One row of the table: these roles may say this there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// What is said.
    pub kind: Kind,
    /// Where.
    pub space: SpaceKind,
    /// By whom.
    pub roles: &'static [Role],
    /// The paragraph it rests on.
    pub paragraph: &'static str,
}

/// Who goes on patrol: volunteers and non-staff employees (001-§10), their head, who is one of them (001-§7),
/// and representatives of the structural subdivision where they patrol jointly.
const ON_PATROL: &[Role] =
    &[Role::Volunteer, Role::NonStaffEmployee, Role::SquadHead, Role::StructuralSubdivision];

const fn row(kind: Kind, space: SpaceKind, roles: &'static [Role], paragraph: &'static str) -> Permission {
    Permission { kind, space, roles, paragraph }
}

/// The whole table.
pub const MAY: &[Permission] = &[
    row(Kind::PatrolStarted, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::LegStarted, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::LegEnded, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::PatrolEnded, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::Entry, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::Track, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::Waypoint, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::Attachment, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::AttachmentHeld, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    // The SS strikes off (§22) and its books hold the members (§19), so it alone can say who may go out
    // today.
    row(Kind::SquadCard, SpaceKind::Patrols, &[Role::StructuralSubdivision], "001-§19, 22"),
    row(Kind::Squad, SpaceKind::Council, &[Role::CoordinationCouncil], "001-§7"),
    // The LEB sends the list of members, and removes whom it is told to.
    row(Kind::NameOn, SpaceKind::Council, &[Role::LocalExecutiveBody], "001-§19"),
    row(Kind::NameOff, SpaceKind::Council, &[Role::LocalExecutiveBody], "001-§19"),
];

/// Why a statement does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MayNot {
    /// Nobody says this there.
    #[error("no {kind} is made in a space of kind {space}")]
    NotHere {
        /// What was said.
        kind: Kind,
        /// Where.
        space: SpaceKind,
    },
    /// Others say this there.
    #[error("the role {role} may not make a {kind} in a space of kind {space} ({paragraph})")]
    NotThisRole {
        /// Who said it.
        role: Role,
        /// What was said.
        kind: Kind,
        /// Where.
        space: SpaceKind,
        /// The paragraph that gives it to others.
        paragraph: &'static str,
    },
}

/// Whether this role may say this there.
pub fn may(role: Role, kind: Kind, space: SpaceKind) -> Result<(), MayNot> {
    let row = MAY.iter().find(|row| (row.kind, row.space) == (kind, space));
    match row {
        None => Err(MayNot::NotHere { kind, space }),
        Some(row) if row.roles.contains(&role) => Ok(()),
        Some(row) => Err(MayNot::NotThisRole { role, kind, space, paragraph: row.paragraph }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_volunteer_writes_the_log_and_no_roster() {
        assert_eq!(may(Role::Volunteer, Kind::Entry, SpaceKind::Patrols), Ok(()));
        assert_eq!(
            may(Role::Volunteer, Kind::NameOn, SpaceKind::Council),
            Err(MayNot::NotThisRole {
                role: Role::Volunteer,
                kind: Kind::NameOn,
                space: SpaceKind::Council,
                paragraph: "001-§19"
            })
        );
    }

    #[test]
    fn the_akimat_and_the_council_write_nothing_into_patrols() {
        for kind in Kind::ALL {
            assert!(may(Role::LocalExecutiveBody, *kind, SpaceKind::Patrols).is_err());
            assert!(may(Role::CoordinationCouncil, *kind, SpaceKind::Patrols).is_err());
        }
    }

    #[test]
    fn only_the_structural_subdivision_signs_cards() {
        for role in Role::ALL {
            let allowed = may(*role, Kind::SquadCard, SpaceKind::Patrols).is_ok();
            assert_eq!(allowed, *role == Role::StructuralSubdivision);
        }
    }

    #[test]
    fn what_is_not_in_the_table_is_not_allowed() {
        assert_eq!(
            may(Role::SquadHead, Kind::Entry, SpaceKind::Register),
            Err(MayNot::NotHere { kind: Kind::Entry, space: SpaceKind::Register })
        );
    }

    #[test]
    fn every_kind_has_exactly_one_home() {
        for kind in Kind::ALL {
            assert_eq!(MAY.iter().filter(|row| row.kind == *kind).count(), 1, "{kind}");
        }
    }
}
