//! What a higher rank says about a device: that it is removed, that it has another role, that what it said past a cut
//! counts after all.
//!
//! The cut is what is held here of the device's journals, and what others said that they hold. So what has reached nobody
//! who speaks is held, and stays so until somebody of a higher rank has looked at it.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_protocol::ids::{DeviceId, JournalId, OperationId, SpaceId};
use jasaq_protocol::limits::{CUT_HEADS_MAX, CUT_PARTS_MAX};
use jasaq_protocol::membership::{
    Act, Cut, CutHead, Enrolled, Judged, Operation, Placement, Rank, Role, Standpoint, may_operate,
};

use super::device::Device;
use super::enrolment::{EnrolRefused, check, renew_unclean};
use super::flush::{FlushRefused, seal_operations};
use super::standing::{links_of, restate};
use crate::surroundings::Surroundings;
use crate::vault::{Connection, Transaction, Vault, VaultRefused};

/// Why nothing was said of a device, or decided about what it said. Nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JudgeRefused {
    /// A device of this id is not known, several begin so, or it is removed already.
    #[error("no such device")]
    NoDevice,
    /// Nobody removes himself or changes his own role.
    #[error("nobody removes himself or changes his own role")]
    Oneself,
    /// The device has this role already.
    #[error("the device has this role already")]
    SameRole,
    /// The only device of its office: without it nobody would hold the office's keys.
    #[error("the only device of its office")]
    LastOfItsOffice,
    /// No such statement is held here, or several begin so.
    #[error("no such statement is held here")]
    NothingHeld,
    /// It is sealed to a key that fell, so nobody who has not opened it yet ever will.
    #[error("sealed to a key that fell")]
    KeyFell,
}

/// What the removal of a device did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Removal {
    /// Journals of the device of which a part stands.
    pub journals: usize,
    /// Spaces whose keys were renewed, so that the device cannot read what is written from now on.
    pub renewed: usize,
}

/// Removes a device for ever, or removes it again with a cut that reaches further. What is held here of it stands, and what
/// others above the rank of members said that they hold.
pub(crate) fn remove(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    (subject, also_the_last): (&DeviceId, bool),
) -> Result<Removal, EnrolRefused> {
    let enrolled = subject_of(device, subject)?;
    check(device, Act::Remove(enrolled.role))?;
    if !also_the_last && is_last_of_its_office(device, subject, &enrolled) {
        return Err(JudgeRefused::LastOfItsOffice.into());
    }
    let (cut, journals) = cut_here(transaction, device, surroundings, (subject, &enrolled))?;
    let replaces = device.membership.unreplaced(subject);
    let removal = Operation::Remove { device: *subject, cut, replaces };
    say(transaction, device, surroundings, (&enrolled.roll, removal))?;
    if !device.membership.is_removed(subject) {
        return Err(EnrolRefused::MayNot);
    }
    let renewed = renew_unclean(transaction, device, surroundings)?;
    Ok(Removal { journals, renewed })
}

/// Gives a device of a squad another role. What is held here of it is judged by the old one.
pub(crate) fn change_role(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    (subject, role): (&DeviceId, Role),
) -> Result<(), EnrolRefused> {
    let enrolled = subject_of(device, subject)?;
    if device.membership.is_removed(subject) {
        return Err(JudgeRefused::NoDevice.into());
    }
    check(device, Act::Change(enrolled.role, role))?;
    if enrolled.role == role {
        return Err(JudgeRefused::SameRole.into());
    }
    let (cut, _) = cut_here(transaction, device, surroundings, (subject, &enrolled))?;
    let replaces = device.membership.unreplaced(subject);
    let change = Operation::Role { device: *subject, role, cut, replaces };
    say(transaction, device, surroundings, (&enrolled.roll, change))?;
    match device.membership.device(subject) {
        Some(enrolled) if enrolled.role == role => renew_unclean(transaction, device, surroundings).map(drop),
        _ => Err(EnrolRefused::MayNot),
    }
}

/// What of an envelope is decided about, and how.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    pub(crate) author: DeviceId,
    pub(crate) place: Placement,
    pub(crate) key: String,
    pub(crate) is_admitted: bool,
}

/// Decides that a held statement counts, or that it was looked at and stays held. A later decision takes an earlier one back.
pub(crate) fn decide(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    decision: &Decision,
) -> Result<(), EnrolRefused> {
    let Decision { author, place, key, is_admitted } = decision;
    let membership = &device.membership;
    let enrolled = membership.known_device(author).ok_or(JudgeRefused::NoDevice)?;
    let record = membership.space(&place.space).ok_or(EnrolRefused::MayNot)?;
    check(device, Act::Admit(enrolled.role, record.kind))?;
    let (roll, replaces) = (record.roll, membership.decisions_about(place, key));
    let (device_id, place, keys) = (*author, *place, vec![key.clone()]);
    let admit = Operation::Admit { device: device_id, place, keys, is_admitted: *is_admitted, replaces };
    say(transaction, device, surroundings, (&roll, admit))?;
    if device.membership.decision(&place, key) == Some(*is_admitted) {
        Ok(())
    } else {
        Err(EnrolRefused::MayNot)
    }
}

/// Says how far this device holds the journals of the removed, once of each, where no cut says anything of them: whoever
/// removed them may read less, and can then let stand what is held here. Says whether anything was said.
pub(crate) fn testify(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
) -> Result<bool, EnrolRefused> {
    let removed: Vec<DeviceId> = device.membership.removed_devices().map(|(id, _)| *id).collect();
    let mut said = false;
    for subject in removed {
        if device
            .membership
            .witnesses(&subject)
            .any(|(witness, _)| *witness == device.id())
        {
            continue;
        }
        let is_silent = |head: &CutHead| !device.membership.is_in_a_cut(&subject, &head.journal);
        let heads: Vec<CutHead> = heads_held(transaction, device, &subject)?
            .into_iter()
            .filter(is_silent)
            .collect();
        let (false, Some(roll)) = (heads.is_empty(), roll_to_testify_in(device, &subject)) else { continue };
        seal_heads(transaction, device, surroundings, (&roll, &subject, &heads))?;
        said = true;
    }
    if said {
        device.refresh(transaction)?;
    }
    Ok(said)
}

/// The subject's roll if this device may write it, else the roll of its own squad, which who is above the subject reads.
fn roll_to_testify_in(device: &Device, subject: &DeviceId) -> Option<SpaceId> {
    let membership = &device.membership;
    let rolls = [membership.known_device(subject)?.roll, membership.device(&device.id())?.roll];
    rolls.into_iter().find(|roll| membership.access(&device.id(), roll).writes())
}

fn subject_of(device: &Device, subject: &DeviceId) -> Result<Enrolled, EnrolRefused> {
    if *subject == device.id() {
        return Err(JudgeRefused::Oneself.into());
    }
    Ok(device.membership.known_device(subject).cloned().ok_or(JudgeRefused::NoDevice)?)
}

/// Whether an office would be left without a device of this role: then nobody would hold its keys.
fn is_last_of_its_office(device: &Device, subject: &DeviceId, enrolled: &Enrolled) -> bool {
    let is_beside = |(other, of): (&DeviceId, &Enrolled)| {
        other != subject && of.office == enrolled.office && of.role == enrolled.role
    };
    enrolled.office.is_some()
        && !device.membership.is_removed(subject)
        && !device.membership.devices().any(is_beside)
}

/// The cut after all that is held here of a device, with what has no room in it said before. Says of how many journals.
pub(super) fn cut_here(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    (subject, enrolled): (&DeviceId, &Enrolled),
) -> Result<(Cut, usize), EnrolRefused> {
    let mut heads = heads_held(transaction, device, subject)?;
    let journals = heads.len();
    let rest = heads.split_off(heads.len().min(CUT_HEADS_MAX));
    let mut parts = Vec::new();
    if !rest.is_empty() {
        parts = seal_heads(transaction, device, surroundings, (&enrolled.roll, subject, &rest))?;
    }
    let above_members = |witness: &DeviceId| {
        *witness != device.id()
            && device
                .membership
                .device(witness)
                .is_some_and(|enrolled| enrolled.role.rank() < Rank::Member)
    };
    let witnesses = device
        .membership
        .witnesses(subject)
        .filter(|(witness, _)| above_members(witness));
    parts.extend(witnesses.map(|(_, operation)| *operation));
    parts.truncate(CUT_PARTS_MAX);
    Ok((Cut { heads, parts }, journals))
}

/// The last envelope that is held here of each of a device's journals, in spaces that this device reads; of a removed one the
/// last that came before its removal, or that stands whenever it came: who removes once more takes nothing back.
fn heads_held(
    connection: &Connection,
    device: &Device,
    subject: &DeviceId,
) -> Result<Vec<CutHead>, VaultRefused> {
    let own = device.id();
    // Of a removed device only what was here before its removal: what it said afterwards is for people to admit.
    let removals = device.membership.removals_of(subject);
    let removed_at = Vault::first_row_of(connection, removals)?;
    let mut held: Vec<(SpaceId, CutHead)> = Vault::heads_of_signer(connection, (subject, removed_at))?;
    if removed_at.is_some() {
        held = with_what_stands(connection, device, (subject, held))?;
    }
    let reads: BTreeSet<SpaceId> = device
        .membership
        .spaces_of(&own)
        .filter(|(_, access)| access.reads())
        .map(|(space, _)| space)
        .collect();
    Ok(held
        .into_iter()
        .filter(|(space, _)| reads.contains(space))
        .map(|(_, head)| head)
        .collect())
}

/// The same heads, each moved on to the last envelope of its journal that stands.
fn with_what_stands(
    connection: &Connection,
    device: &Device,
    (subject, before): (&DeviceId, Vec<(SpaceId, CutHead)>),
) -> Result<Vec<(SpaceId, CutHead)>, VaultRefused> {
    let links = links_of(connection, &device.membership, subject)?;
    let mut heads: BTreeMap<JournalId, (SpaceId, CutHead)> =
        before.into_iter().map(|(space, head)| (head.journal, (space, head))).collect();
    for (space, last) in Vault::heads_of_signer(connection, (subject, None))? {
        let journal = last.journal;
        let known = heads.get(&journal).map(|(_, head)| head.sequence);
        let mut at = Some(last.sequence).filter(|at| known.is_none_or(|known| known < *at));
        while let Some(sequence) = at {
            let hash = Vault::envelope_hash(connection, journal, Some(sequence))?;
            if let Some(hash) = hash
                && let Judged::Role(_) = device.membership.judge(
                    subject,
                    Standpoint { journal: &journal, sequence, hash: &hash },
                    &links,
                )
            {
                heads.insert(journal, (space, CutHead { journal, sequence, hash }));
                break;
            }
            at = sequence.before().filter(|at| known.is_none_or(|known| known < *at));
        }
    }
    Ok(heads.into_values().collect())
}

fn seal_heads(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
    (roll, subject, heads): (&SpaceId, &DeviceId, &[CutHead]),
) -> Result<Vec<OperationId>, FlushRefused> {
    let of_subject = |heads: &[CutHead]| Operation::Heads { device: *subject, heads: heads.to_vec() };
    let operations: Vec<Operation> = heads.chunks(CUT_HEADS_MAX).map(of_subject).collect();
    seal_operations(transaction, device, surroundings, (roll, &operations))
}

/// Seals one operation, folds, and brings the standing of every statement up to it.
fn say(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    (roll, operation): (&SpaceId, Operation),
) -> Result<(), EnrolRefused> {
    seal_operations(transaction, device, surroundings, (roll, &[operation]))?;
    device.refresh(transaction)?;
    Ok(restate(transaction, device)?)
}

/// Whether this device may decide about what another said in a space.
pub(crate) fn may_decide(device: &Device, author: &DeviceId, space: &SpaceId) -> bool {
    let membership = &device.membership;
    let of_author = membership.known_device(author).map(|enrolled| enrolled.role);
    let kind = membership.space(space).map(|record| record.kind);
    match (device.role(), of_author, kind) {
        (Some(own), Some(role), Some(kind)) => {
            may_operate(Some(own), Act::Admit(role, kind)) && membership.access(&device.id(), space).reads()
        }
        _ => false,
    }
}
