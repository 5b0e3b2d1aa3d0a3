//! The roles and spaces of the wire as the law's, and back. The only place where both are named.
//!
//! On the wire a role is a device's capability and a kind of space a set of readers; in the model they are offices and
//! compartments of the law. They are kept apart so that neither crate knows the other; every match here is complete, so
//! that a new one on either side does not compile until it is placed.

use jasaq_model::roles::{Role as Office, SpaceKind as Compartment};
use jasaq_protocol::membership::{Role, SpaceKind};

/// What a device's role is by law.
#[must_use]
pub const fn office_of(role: Role) -> Office {
    match role {
        Role::Ts => Office::TerritorialSubdivision,
        Role::Ss => Office::StructuralSubdivision,
        Role::Leb => Office::LocalExecutiveBody,
        Role::Cc => Office::CoordinationCouncil,
        Role::Head => Office::SquadHead,
        Role::Vol => Office::Volunteer,
        Role::Nse => Office::NonStaffEmployee,
    }
}

/// The role that a device of an office gets.
#[must_use]
pub const fn role_of(office: Office) -> Role {
    match office {
        Office::TerritorialSubdivision => Role::Ts,
        Office::StructuralSubdivision => Role::Ss,
        Office::LocalExecutiveBody => Role::Leb,
        Office::CoordinationCouncil => Role::Cc,
        Office::SquadHead => Role::Head,
        Office::Volunteer => Role::Vol,
        Office::NonStaffEmployee => Role::Nse,
    }
}

/// What a space holds by law; rolls hold no statements.
#[must_use]
pub const fn compartment_of(kind: SpaceKind) -> Option<Compartment> {
    match kind {
        SpaceKind::TerritoryRoll | SpaceKind::SquadRoll => None,
        SpaceKind::Register => Some(Compartment::Register),
        SpaceKind::Subdivision => Some(Compartment::Subdivision),
        SpaceKind::Submission => Some(Compartment::Submission),
        SpaceKind::Council => Some(Compartment::Council),
        SpaceKind::Patrols => Some(Compartment::Patrols),
        SpaceKind::Protected => Some(Compartment::Protected),
        SpaceKind::ToSubdivision => Some(Compartment::ToSubdivision),
    }
}

/// The kind of space that holds a compartment.
#[must_use]
pub const fn space_kind_of(compartment: Compartment) -> SpaceKind {
    match compartment {
        Compartment::Register => SpaceKind::Register,
        Compartment::Subdivision => SpaceKind::Subdivision,
        Compartment::Submission => SpaceKind::Submission,
        Compartment::Council => SpaceKind::Council,
        Compartment::Patrols => SpaceKind::Patrols,
        Compartment::Protected => SpaceKind::Protected,
        Compartment::ToSubdivision => SpaceKind::ToSubdivision,
    }
}

#[cfg(test)]
mod tests {
    use jasaq_model::roles::MAY;
    use jasaq_protocol::membership::access;

    use super::*;

    #[test]
    fn both_ways_lead_back() {
        for role in Role::ALL {
            assert_eq!(role_of(office_of(role)), role);
        }
        for kind in SpaceKind::ALL {
            assert!(compartment_of(kind).is_none_or(|compartment| space_kind_of(compartment) == kind));
        }
    }

    #[test]
    fn whoever_may_state_something_somewhere_may_write_there() {
        for row in MAY {
            for office in row.roles {
                let access = access(role_of(*office), space_kind_of(row.space));
                assert!(access.writes(), "{office} may state {} but not write there", row.kind);
            }
        }
    }
}
