//! Wishes to leave, and what a unit's consoles recorded because of them (001-§15(5); decisions/0035).
//!
//! Promises that what follows from a wish stands for as long as the wish does, and that what somebody entered by hand is not
//! touched.

use std::collections::BTreeSet;

use jasaq_model::ids::{MemberId, PersonId};
use jasaq_model::register::{Cause, Record, Withdrawn};
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind};
use jasaq_protocol::ids::SpaceId;

use super::custody::{Custody, custody_of};
use super::patrol::counted_of_kind;
use super::register::of_kinds;
use super::undoing::is_taken_back;
use crate::exchange::Device;
use crate::vault::{Connection, VaultRefused};

/// The wishes to leave that stand and that no circumstance follows from yet, taken back or not, with whose phone said them
/// (001-§15(5)).
pub(crate) fn wishes_open(
    connection: &Connection,
    device: &Device,
) -> Result<Vec<(MemberId, Stated)>, VaultRefused> {
    let mut answered = taken_back_by_themselves(connection, device)?;
    for stated in of_kinds(connection, device, &[Kind::Circumstance])? {
        if let Body::Register(Record::Circumstance(circumstance)) = stated.statement.body {
            answered.extend(circumstance.follows);
        }
    }
    let said = of_kinds(connection, device, &[Kind::WishToLeave])?;
    let open = said.into_iter().filter(|stated| !answered.contains(&name(stated)));
    Ok(open.filter_map(|stated| Some((stated.member?, stated))).collect())
}

/// What this device's office recorded because of a wish that its phone took back since: in which book, of whom, and by which
/// statement. What was taken back already is not among it.
pub(crate) fn wishes_over(
    connection: &Connection,
    device: &Device,
) -> Result<Vec<(SpaceId, PersonId, Cause)>, VaultRefused> {
    let wishes = of_kinds(connection, device, &[Kind::WishToLeave])?;
    let wishes: BTreeSet<Cause> = wishes.into_iter().map(|stated| name(&stated)).collect();
    let mut over = taken_back_by_themselves(connection, device)?;
    over.retain(|cause| wishes.contains(cause));
    if over.is_empty() {
        return Ok(Vec::new());
    }
    let mut following = Vec::new();
    for (row, stated) in counted_of_kind(connection, device, Kind::Circumstance)? {
        let Body::Register(Record::Circumstance(circumstance)) = &stated.statement.body else { continue };
        let follows = circumstance.follows.as_ref().is_some_and(|cause| over.contains(cause));
        let is_own = device.are_of_one_office(&device.id(), &row.device);
        let named = (row.space, stated.author, &stated.key);
        if follows && is_own && !is_taken_back(connection, device, named)? {
            following.push((row.space, circumstance.person, name(&stated)));
        }
    }
    Ok(following)
}

/// How far the wish has come that stands on this phone, if one does: of several the least far.
pub(crate) fn own_wish(connection: &Connection, device: &Device) -> Result<Option<Custody>, VaultRefused> {
    let mut own = None;
    for (row, stated) in counted_of_kind(connection, device, Kind::WishToLeave)? {
        let named = (row.space, stated.author, &stated.key);
        if row.device == device.id() && !is_taken_back(connection, device, named)? {
            let come = custody_of(connection, device, &row)?;
            own = Some(own.map_or(come, |before: Custody| before.min(come)));
        }
    }
    Ok(own)
}

/// What whoever said it took back himself.
fn taken_back_by_themselves(
    connection: &Connection,
    device: &Device,
) -> Result<BTreeSet<Cause>, VaultRefused> {
    let withdrawals = of_kinds(connection, device, &[Kind::Withdrawn])?;
    let own = withdrawals.into_iter().filter_map(|stated| match stated.statement.body {
        Body::Register(Record::Withdrawn(Withdrawn { author, key, .. })) if author == stated.author => {
            Some(Cause { author, key })
        }
        _ => None,
    });
    Ok(own.collect())
}

fn name(stated: &Stated) -> Cause {
    Cause { author: stated.author, key: stated.key.clone() }
}
