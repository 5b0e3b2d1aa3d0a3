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

const HEAD: &[Role] = &[Role::SquadHead];
const HEAD_OR_SS: &[Role] = &[Role::SquadHead, Role::StructuralSubdivision];
const TS: &[Role] = &[Role::TerritorialSubdivision];
const SS: &[Role] = &[Role::StructuralSubdivision];
const LEB: &[Role] = &[Role::LocalExecutiveBody];
const CC: &[Role] = &[Role::CoordinationCouncil];
const BOTH: &[Role] = &[Role::StructuralSubdivision, Role::TerritorialSubdivision];
const IN_A_SQUAD: &[Role] = &[Role::SquadHead, Role::Volunteer, Role::NonStaffEmployee];

const fn row(kind: Kind, space: SpaceKind, roles: &'static [Role], paragraph: &'static str) -> Permission {
    Permission { kind, space, roles, paragraph }
}

/// The whole table.
pub const MAY: &[Permission] = &[
    row(Kind::PatrolStarted, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    // The head plans with a representative of the structural subdivision, and names who of his squad goes.
    row(Kind::PatrolPlanned, SpaceKind::Patrols, HEAD_OR_SS, "001-§7"),
    row(Kind::PatrolAssigned, SpaceKind::Patrols, HEAD, "001-§7"),
    row(Kind::PlanAnswered, SpaceKind::Patrols, IN_A_SQUAD, "001-§3(2)"),
    row(Kind::PatrolCancelled, SpaceKind::Patrols, HEAD_OR_SS, "001-§7"),
    row(Kind::Availability, SpaceKind::Patrols, IN_A_SQUAD, "001-§3(2)"),
    row(Kind::LegStarted, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::LegEnded, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::PatrolEnded, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::Entry, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::Track, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::Waypoint, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::Attachment, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::AttachmentHeld, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::EntryAmended, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    row(Kind::Mark, SpaceKind::Patrols, ON_PATROL, "001-§10, 12(2)"),
    row(Kind::Withdrawn, SpaceKind::Patrols, ON_PATROL, "001-§10"),
    // The head makes one page of what his squad recorded, and reports to the leadership of his subdivision.
    row(Kind::SameEvent, SpaceKind::Patrols, HEAD, "001-§7"),
    row(Kind::Resolution, SpaceKind::Patrols, HEAD, "001-§7"),
    row(Kind::PhoneExcused, SpaceKind::Patrols, HEAD, "001-§7"),
    row(Kind::Attendance, SpaceKind::Patrols, HEAD, "001-§7"),
    row(Kind::PatrolAttached, SpaceKind::Patrols, HEAD, "001-§7"),
    row(Kind::PagePart, SpaceKind::Patrols, HEAD, "001-§7"),
    row(Kind::PageSealed, SpaceKind::Patrols, HEAD, "001-§7"),
    row(Kind::HeadReport, SpaceKind::Patrols, HEAD, "001-§7"),
    // The book is the subdivision's, and so is what stands in it.
    row(Kind::PageCountersigned, SpaceKind::Patrols, SS, "001-§7, 23"),
    row(Kind::PageEntered, SpaceKind::Patrols, SS, "001-§23"),
    row(Kind::PageReopened, SpaceKind::Patrols, SS, "001-§7, 23"),
    // That there was one; what it says goes to the subdivision.
    row(Kind::NoticeLogged, SpaceKind::Patrols, IN_A_SQUAD, "001-§12(1)"),
    row(Kind::NoticeAnswered, SpaceKind::Patrols, SS, "001-§12(1)"),
    // Whoever detained or used force writes it; the head and the subdivision read it.
    row(Kind::Detained, SpaceKind::Protected, ON_PATROL, "001-§10(5)"),
    row(Kind::DetentionStep, SpaceKind::Protected, ON_PATROL, "001-§10(5), 12"),
    row(Kind::HandedOver, SpaceKind::Protected, ON_PATROL, "001-§10(5)"),
    row(Kind::Released, SpaceKind::Protected, ON_PATROL, "001-§10(5)"),
    row(Kind::ForceUsed, SpaceKind::Protected, ON_PATROL, "001-§10(4)"),
    row(Kind::CaseHeld, SpaceKind::Patrols, HEAD_OR_SS, "001-§10(5)"),
    row(Kind::PageOpenings, SpaceKind::Protected, HEAD, "001-§7"),
    // The SS strikes off (§22) and its books hold the members (§19), so it alone can say who may go out
    // today.
    row(Kind::SquadCard, SpaceKind::Patrols, SS, "001-§19, 22"),
    row(Kind::Squad, SpaceKind::Council, CC, "001-§7"),
    row(Kind::Decision, SpaceKind::Council, CC, "001-§7"),
    // The LEB sends the list of members, and removes whom it is told to.
    row(Kind::NameOn, SpaceKind::Council, LEB, "001-§19"),
    row(Kind::NameOff, SpaceKind::Council, LEB, "001-§19"),
    // A head is appointed until a circumstance of §15 arises, which the SS records when it strikes off (§22).
    row(Kind::HeadEnded, SpaceKind::Council, SS, "001-§7, 22"),
    // Who is read by everybody who has to do with a squad.
    row(Kind::Supervision, SpaceKind::Council, SS, "001-§3(2)"),
    row(Kind::Review, SpaceKind::Council, CC, "001-§7"),
    row(Kind::Remark, SpaceKind::Council, CC, "001-§7"),
    row(
        Kind::Withdrawn,
        SpaceKind::Council,
        &[Role::CoordinationCouncil, Role::LocalExecutiveBody, Role::StructuralSubdivision],
        "001-§7, 19",
    ),
    row(Kind::List, SpaceKind::Submission, LEB, "001-§19"),
    row(Kind::ListLine, SpaceKind::Submission, LEB, "001-§19"),
    row(Kind::ListWithdrawn, SpaceKind::Submission, LEB, "001-§19"),
    row(Kind::ListReceived, SpaceKind::Submission, TS, "001-§19"),
    row(Kind::ExclusionNotice, SpaceKind::Submission, TS, "001-§19"),
    // The copies of identity cards that go with a list, and the scan of the letter with its signature.
    row(Kind::Attachment, SpaceKind::Submission, LEB, "001-§19"),
    row(
        Kind::AttachmentHeld,
        SpaceKind::Submission,
        &[Role::LocalExecutiveBody, Role::TerritorialSubdivision],
        "001-§19",
    ),
    row(
        Kind::Withdrawn,
        SpaceKind::Submission,
        &[Role::LocalExecutiveBody, Role::TerritorialSubdivision],
        "001-§19",
    ),
    row(Kind::Application, SpaceKind::Register, TS, "001-§16"),
    row(Kind::ApplicationDecided, SpaceKind::Register, TS, "001-§17"),
    row(Kind::Check, SpaceKind::Register, TS, "001-§17, 19"),
    row(Kind::Offence, SpaceKind::Register, TS, "001-§15(2)"),
    // Of who is checked and not on a register yet.
    row(Kind::Circumstance, SpaceKind::Register, TS, "001-§15, 17, 19"),
    row(Kind::Notice, SpaceKind::Register, TS, "001-§17"),
    row(Kind::Attachment, SpaceKind::Register, TS, "001-§16"),
    row(Kind::AttachmentHeld, SpaceKind::Register, TS, "001-§16"),
    // It outlives the holder, so it stands apart from what is said of him.
    row(Kind::NumberGiven, SpaceKind::Register, TS, "001-§21"),
    row(Kind::Read, SpaceKind::Register, TS, "001-§21, 23"),
    row(Kind::Withdrawn, SpaceKind::Register, TS, "001-§21, 23"),
    // The TS registers in the books of its structural subdivisions, and issues the certificates.
    row(Kind::Registration, SpaceKind::Subdivision, TS, "001-§18, 19"),
    row(Kind::Certificate, SpaceKind::Subdivision, TS, "001-§18, 20, 21"),
    row(Kind::CertificateLost, SpaceKind::Subdivision, TS, "001-§21"),
    row(Kind::CertificateReprinted, SpaceKind::Subdivision, TS, "001-§21"),
    row(Kind::Training, SpaceKind::Subdivision, BOTH, "001-§11, 13"),
    row(Kind::Circumstance, SpaceKind::Subdivision, BOTH, "001-§15"),
    row(Kind::StrikeOff, SpaceKind::Subdivision, SS, "001-§22"),
    row(Kind::Notice, SpaceKind::Subdivision, BOTH, "001-§18, 22"),
    row(Kind::MemberIs, SpaceKind::Subdivision, SS, "001-§19, 23"),
    row(Kind::Read, SpaceKind::Subdivision, BOTH, "001-§23"),
    row(Kind::Withdrawn, SpaceKind::Subdivision, BOTH, "001-§22, 23"),
    row(Kind::Observation, SpaceKind::ToSubdivision, IN_A_SQUAD, "001-§9"),
    row(Kind::UrgentNotice, SpaceKind::ToSubdivision, IN_A_SQUAD, "001-§12(1)"),
    row(Kind::NoticeTold, SpaceKind::ToSubdivision, IN_A_SQUAD, "001-§12(1)"),
    row(Kind::WishToLeave, SpaceKind::ToSubdivision, IN_A_SQUAD, "001-§15(5)"),
    row(Kind::Withdrawn, SpaceKind::ToSubdivision, IN_A_SQUAD, "001-§15(5)"),
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
    fn every_kind_has_a_home_and_one_row_in_it() {
        // What is said of many things is said where they are.
        let many = [
            Kind::Attachment,
            Kind::AttachmentHeld,
            Kind::Circumstance,
            Kind::Notice,
            Kind::Read,
            Kind::Withdrawn,
        ];
        for kind in Kind::ALL {
            let homes: Vec<SpaceKind> =
                MAY.iter().filter(|row| row.kind == *kind).map(|row| row.space).collect();
            assert_eq!(homes.len() > 1, many.contains(kind), "{kind}");
            let distinct: std::collections::BTreeSet<_> = homes.iter().collect();
            assert!(!homes.is_empty() && distinct.len() == homes.len(), "{kind}");
        }
    }

    #[test]
    fn the_council_and_the_akimat_say_nothing_where_checks_and_grounds_are() {
        for row in MAY
            .iter()
            .filter(|row| matches!(row.space, SpaceKind::Register | SpaceKind::Subdivision))
        {
            assert!(!row.roles.contains(&Role::CoordinationCouncil), "{}", row.kind);
            assert!(!row.roles.contains(&Role::LocalExecutiveBody), "{}", row.kind);
        }
    }

    #[test]
    fn who_takes_back_can_say_what_he_takes_back() {
        for withdrawal in MAY.iter().filter(|row| row.kind == Kind::Withdrawn) {
            for role in withdrawal.roles {
                let says = |row: &&Permission| {
                    row.space == withdrawal.space && row.kind != Kind::Withdrawn && row.roles.contains(role)
                };
                assert!(MAY.iter().any(|row| says(&row)), "{role} in {}", withdrawal.space);
            }
        }
    }
}
