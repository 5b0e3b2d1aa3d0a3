//! Whether a statement counts: its author's role at its place may make that kind of statement there, or not.
//!
//! ```text
//! author unknown, or not yet linked to a cut      waiting
//! beyond the cut of a removal                     held     ─► a higher rank admits it, or looks at it and leaves it
//! the role there may not, another of his might    held     ─►   so that a cut too low loses nothing
//! the role there may not                          not counted
//! otherwise                                       counts
//! ```

use jasaq_model::roles::may;
use jasaq_model::statement::Kind;
use jasaq_protocol::ids::{DeviceId, EnvelopeHash, Place, SpaceId};
use jasaq_protocol::membership::{Judged, Links, Membership, Placement, Role, Standpoint};

use super::device::Device;
use super::flush::UNPLACED;
use crate::roles::{compartment_of, office_of};
use crate::vault::{Connection, Standing, Transaction, Vault, VaultRefused};

/// A statement whose standing is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said<'a> {
    pub(crate) space: &'a SpaceId,
    pub(crate) author: &'a DeviceId,
    pub(crate) kind: &'a str,
    pub(crate) key: &'a str,
    /// Where its envelope stands, and the envelope's hash; none while it is pending. What stands beside a journal's line has
    /// no place of its own, and is beyond any cut.
    pub(crate) at: Option<(Place, EnvelopeHash)>,
}

/// How a statement stands. `links` are those of the author's journals.
pub(crate) fn standing_of(membership: &Membership, said: &Said<'_>, links: &Links) -> Standing {
    let judged = match (membership.has_one_role(said.author), &said.at) {
        (Some(role), _) => Judged::Role(role),
        (None, Some((place, hash))) => {
            let at = Standpoint { journal: &place.journal, sequence: place.sequence, hash };
            membership.judge(said.author, at, links)
        }
        (None, None) => membership
            .device(said.author)
            .map_or(judged_without_place(membership, said.author), |enrolled| Judged::Role(enrolled.role)),
    };
    match judged {
        Judged::Unknown | Judged::Waiting => Standing::Waiting,
        Judged::Held => held_or_admitted(membership, said),
        Judged::Role(role) => match may_say(membership, said, role) {
            May::Yes => Standing::Counts,
            May::NotKnown => Standing::Waiting,
            May::No
                if membership
                    .roles_of(said.author)
                    .any(|other| may_say(membership, said, other) == May::Yes) =>
            {
                held_or_admitted(membership, said)
            }
            May::No => Standing::NotCounted,
        },
    }
}

/// The role in which something that counts was said: the one that judges its place, and not the one that its author's device has
/// since. Of what counts because somebody admitted it though that role may not say it, the lowest of his that may. None if nothing
/// explains the author yet. `links` are those of the author's journals, where [`has_divided_role`].
pub(crate) fn role_said_in(membership: &Membership, said: &Said<'_>, links: &Links) -> Option<Role> {
    let present = membership.known_device(said.author)?.role;
    if !has_divided_role(membership, said.author) {
        return Some(present);
    }
    let role = match &said.at {
        Some((place, hash)) => {
            let at = Standpoint { journal: &place.journal, sequence: place.sequence, hash };
            membership.role_at(said.author, at, links)?
        }
        // What is pending will stand beyond every cut.
        None => present,
    };
    if may_say(membership, said, role) != May::No {
        return Some(role);
    }
    let others = membership.roles_of(said.author);
    let may = others.filter(|other| may_say(membership, said, *other) == May::Yes);
    Some(may.max().unwrap_or(role))
}

/// Whether a device ever had another role, so that it depends on the place in which of them something was said.
pub(crate) fn has_divided_role(membership: &Membership, author: &DeviceId) -> bool {
    let mut roles = membership.roles_of(author);
    let first = roles.next();
    roles.any(|role| Some(role) != first)
}

fn judged_without_place(membership: &Membership, author: &DeviceId) -> Judged {
    if membership.is_removed(author) { Judged::Held } else { Judged::Unknown }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum May {
    Yes,
    No,
    NotKnown,
}

fn may_say(membership: &Membership, said: &Said<'_>, role: Role) -> May {
    let Some(record) = membership.space(said.space) else { return May::NotKnown };
    let (Some(kind), Some(compartment)) = (Kind::from_code(said.kind), compartment_of(record.kind)) else {
        return May::No;
    };
    let writes = membership.access_in(said.author, role, said.space).writes();
    if writes && may(office_of(role), kind, compartment).is_ok() { May::Yes } else { May::No }
}

fn held_or_admitted(membership: &Membership, said: &Said<'_>) -> Standing {
    let decision = said.at.and_then(|(place, hash)| {
        let Place { space, journal, sequence } = place;
        membership.decision(&Placement { space, journal, sequence, hash }, said.key)
    });
    if decision == Some(true) { Standing::Counts } else { Standing::Held }
}

/// The links of an author's journals, if any word about him has a cut: without one they decide nothing.
pub(crate) fn links_of(
    connection: &Connection,
    membership: &Membership,
    author: &DeviceId,
) -> Result<Links, VaultRefused> {
    if membership.has_one_role(author).is_some() {
        return Ok(Links::default());
    }
    let journals = membership.cut_journals().filter(|(device, _)| *device == author);
    Vault::links(connection, journals.map(|(_, journal)| *journal))
}

/// Brings the standing of every row up to the present membership. Only what changed is written.
pub(super) fn restate(transaction: &Transaction<'_>, device: &Device) -> Result<(), VaultRefused> {
    let membership = &device.membership;
    for (space, author, kind, stored) in Vault::authorships(transaction)? {
        // What waits for its space to be known is this device's own, and is shown on it meanwhile.
        let is_judged_by_place =
            membership.known_device(&author).is_some() && membership.has_one_role(&author).is_none();
        if space == UNPLACED || is_judged_by_place {
            continue;
        }
        let said = Said { space: &space, author: &author, kind: &kind, key: "", at: None };
        let standing = standing_of(membership, &said, &Links::default());
        if standing.code() != stored {
            Vault::set_standing(transaction, &space, &author, &kind, standing)?;
        }
    }
    let changed = membership
        .devices()
        .chain(membership.removed_devices())
        .map(|(author, _)| *author);
    for author in changed.filter(|author| membership.has_one_role(author).is_none()) {
        restate_by_place(transaction, membership, &author)?;
    }
    Ok(())
}

/// The same for what one author said, statement by statement.
pub(super) fn restate_by_place(
    transaction: &Transaction<'_>,
    membership: &Membership,
    author: &DeviceId,
) -> Result<(), VaultRefused> {
    let links = links_of(transaction, membership, author)?;
    for row in Vault::said_by(transaction, author)? {
        if row.space == UNPLACED {
            continue;
        }
        let said = Said { space: &row.space, author, kind: &row.kind, key: &row.key, at: row.at };
        let standing = standing_of(membership, &said, &links);
        if standing != row.standing {
            Vault::set_standing_of(transaction, row.row, standing)?;
        }
    }
    Ok(())
}
