//! The end of a season: keys are destroyed everywhere, what they opened stays with the SS alone, and what it had not got
//! yet is said again in the season that runs.

use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::membership::{Act, Operation, Role, Season, SpaceKind, SpaceRecord};

use super::attachments::attached;
use super::device::Device;
use super::enrolment::{EnrolRefused, check};
use super::flush::seal_operations;
use super::standing::restate;
use crate::surroundings::Surroundings;
use crate::vault::{Standing, Transaction, Vault, VaultRefused};

/// Why a season was not ended. Nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CloseRefused {
    /// The squad has no such season, or it was ended already.
    #[error("the squad has no such season that is open")]
    NoSuchSeason,
    /// No later season is open, so that what comes late would have no place.
    #[error("no later season is open")]
    NoLaterSeason,
    /// Others hold more of it than has come here.
    #[error("others hold more of the season than has come here")]
    NotAllHere,
    /// Attachments of it are not here whole.
    #[error("attachments of the season are not here whole")]
    AttachmentsMissing,
}

/// Ends a squad's season for everybody. The SS has to hold all that others said they hold, and a later season must be open.
pub(crate) fn close_season(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    (roll, season): (SpaceId, Season),
) -> Result<usize, EnrolRefused> {
    check(device, Act::Close(SpaceKind::Patrols))?;
    let is_of_the_squad = |(_, record): &(&SpaceId, &SpaceRecord)| {
        record.roll == roll && record.kind.is_of_a_squad() && !record.is_closed
    };
    let open = || device.membership.spaces().filter(is_of_the_squad);
    let due: Vec<SpaceId> = open()
        .filter(|(_, record)| record.season == season)
        .map(|(space, _)| *space)
        .collect();
    if due.is_empty() {
        return Err(CloseRefused::NoSuchSeason.into());
    }
    if !open().any(|(_, record)| record.season > season) {
        return Err(CloseRefused::NoLaterSeason.into());
    }
    let missing = Vault::missing_journals(transaction)?;
    if missing
        .iter()
        .any(|(signer, space, _)| due.contains(space) && device.hears(signer, space))
    {
        return Err(CloseRefused::NotAllHere.into());
    }
    let of_season = attached(transaction)?.into_iter().filter(|of| due.contains(&of.space));
    for name in of_season.flat_map(|of| [Some(of.name), of.thumbnail]).flatten() {
        let state = Vault::attachment(transaction, &name)?;
        if !state.is_erased && state.held < name.bytes() {
            return Err(CloseRefused::AttachmentsMissing.into());
        }
    }
    let operations: Vec<Operation> = due.iter().map(|space| Operation::Close { space: *space }).collect();
    seal_operations(transaction, device, surroundings, (&roll, &operations))?;
    device.refresh(transaction)?;
    end_closed(transaction, device)?;
    restate(transaction, device)?;
    Ok(due.len())
}

/// Does with what is here of ended spaces what their end asks for, once of each.
pub(super) fn end_closed(transaction: &Transaction<'_>, device: &Device) -> Result<(), VaultRefused> {
    let closed = device.membership.spaces().filter(|(_, record)| record.is_closed);
    for (space, record) in closed {
        let is_archive = device.role() == Some(Role::Ss);
        if Vault::has_to_end(transaction, space, is_archive)? {
            say_late_ones_again(transaction, device, (space, record))?;
            Vault::end_space(transaction, space, is_archive)?;
        }
    }
    Ok(())
}

/// What this device said there and the SS did not say that it holds is said again, in the newest space of the kind.
fn say_late_ones_again(
    transaction: &Transaction<'_>,
    device: &Device,
    (space, record): (&SpaceId, &SpaceRecord),
) -> Result<(), VaultRefused> {
    let Some(newest) = newest_open(device, record) else { return Ok(()) };
    let mut said_again = false;
    for row in Vault::said_in(transaction, (space, &device.id()))? {
        let is_archived = match row.place {
            None => false,
            Some(place) => {
                let mut holders = Vault::holders(transaction, &place)?.into_iter();
                let is_ss = |holder| {
                    let known = device.membership.known_device(&holder);
                    known.is_some_and(|enrolled| enrolled.role == Role::Ss)
                };
                holders.any(is_ss) || device.role() == Some(Role::Ss)
            }
        };
        if !is_archived && row.standing != Standing::NotCounted {
            Vault::say_again_in(transaction, row.row, &newest)?;
            said_again = true;
        }
    }
    // The relay has their attachments in the space that ended, and drops them there.
    if said_again { Vault::forget_attachments_at_relay(transaction) } else { Ok(()) }
}

fn newest_open(device: &Device, like: &SpaceRecord) -> Option<SpaceId> {
    let own = device.id();
    let spaces = device.membership.spaces().filter(|(space, record)| {
        let is_like = record.kind == like.kind && record.roll == like.roll && !record.is_closed;
        is_like && device.membership.access(&own, space).writes()
    });
    spaces
        .max_by_key(|(space, record)| (record.season, **space))
        .map(|(space, _)| *space)
}
