//! Satchels: everything held, as a file for a cable or a messenger; and whatever such a file brings.

mod parts;

pub(crate) use parts::export_parts;

use std::io::{Read, Write};

use jasaq_protocol::attachment::{AttachmentName, PartsReader};
use jasaq_protocol::limits::{COMMIT_BYTES, FRAME_STEPS, PROOF_BYTES_MAX, SATCHEL_BYTES_MAX, STEP_BYTES};
use jasaq_protocol::seal::WireEnvelope;
use jasaq_protocol::sync::{Arrived, SatchelEffect, SatchelReader, SatchelRefused, SatchelWriter};

use super::ExchangeRefused;
use super::arrival::{Accepted, Step};
use super::attachments::{attached, keep_runs, steps_of};
use super::device::Device;
use crate::limits::ATTACHMENTS_HELD_BYTES_MAX;
use crate::surroundings::Surroundings;
use crate::vault::{Connection, Transaction, Vault, VaultRefused};

/// What a satchel brought, or took along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SatchelReport {
    /// Envelopes in it.
    pub envelopes: usize,
    /// Those that were new here.
    pub new: usize,
    /// Those that were held already.
    pub known: usize,
    /// Those that wait for something before them; an earlier or fuller satchel brings it.
    pub waiting: usize,
    /// Those of a newer program: a renewed one takes them from the same satchel.
    pub newer: usize,
    /// Those beside which another one is held, by a device and its clone: both are kept.
    pub forks: usize,
    /// Those that are not what they say: damaged on their way, or none.
    pub refused: usize,
    /// Whether the satchel broke off before its end. What came whole is kept.
    pub cut: bool,
    /// Attachments of which something is in it, or of which something new came.
    pub attachments: usize,
    /// Attachments for which it had no room, or whose bytes were not what their names say.
    pub attachments_left: usize,
    /// Statements that are not in it, because nothing could be sealed.
    pub left_behind: u64,
    /// Bytes read or written.
    pub bytes: u64,
    /// Files that were written, each of use by itself.
    pub parts: usize,
}

impl SatchelReport {
    /// Adds what a further file brought.
    pub fn add(&mut self, other: &Self) {
        self.envelopes += other.envelopes;
        self.new += other.new;
        self.known += other.known;
        self.waiting += other.waiting;
        self.newer += other.newer;
        self.forks += other.forks;
        self.refused += other.refused;
        self.left_behind += other.left_behind;
        self.bytes += other.bytes;
        self.parts += other.parts;
        self.cut |= other.cut;
    }

    fn count(&mut self, accepted: Accepted) {
        self.envelopes += 1;
        *match accepted {
            Accepted::New => &mut self.new,
            Accepted::Known => &mut self.known,
            Accepted::Waiting => &mut self.waiting,
            Accepted::Newer => &mut self.newer,
            Accepted::Fork => &mut self.forks,
            Accepted::Refused => &mut self.refused,
        } += 1;
    }
}

/// Packs everything that is held, with attachments if they are asked for. The caller has flushed before.
pub(crate) fn export(
    vault: &Vault,
    device: &Device,
    file: &mut impl Write,
    with_attachments: bool,
) -> Result<SatchelReport, ExchangeRefused> {
    let mut satchel = SatchelWriter::new(device.membership.territory_roll());
    let left_behind = Vault::pending_count(vault.read())?;
    let mut report = SatchelReport { left_behind, parts: 1, ..SatchelReport::default() };
    let mut failed = None;
    Vault::each_envelope(vault.read(), &device.spaces_first(), |row| {
        if device.is_closed(&row.place.space) {
            return Ok(());
        }
        let damaged = VaultRefused::Damaged { set_aside: None };
        let wire = WireEnvelope::decode(&row.wire).map_err(|_| damaged)?;
        satchel.envelope(row.place, &wire.with_link(row.link).encode());
        report.envelopes += 1;
        if failed.is_none() {
            let bytes = satchel.take();
            report.bytes += bytes.len() as u64;
            failed = file.write_all(&bytes).err();
        }
        Ok(())
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    if with_attachments {
        add_attachments(vault, (&mut satchel, file), &mut report)?;
    }
    let bytes = satchel.finish();
    report.bytes += bytes.len() as u64;
    file.write_all(&bytes)?;
    file.flush()?;
    Ok(report)
}

/// Adds what is held of attachments, small pictures first, as long as whoever reads it reads so long a satchel.
fn add_attachments(
    vault: &Vault,
    (satchel, file): (&mut SatchelWriter, &mut impl Write),
    report: &mut SatchelReport,
) -> Result<(), ExchangeRefused> {
    for name in names(vault.read())? {
        let held = Vault::attachment(vault.read(), &name)?.held;
        if held == 0 {
            continue;
        }
        if report.bytes + held + held / STEP_BYTES as u64 * PROOF_SHARE
            > SATCHEL_BYTES_MAX - COMMIT_BYTES as u64
        {
            report.attachments_left += 1;
            continue;
        }
        report.attachments += 1;
        let (mut from, to) = (0, name.step_after(held));
        while from < to {
            let (bytes, next) = steps_of(vault.read(), &name, (from, to))?;
            satchel.steps(name, from, bytes);
            let packed = satchel.take();
            report.bytes += packed.len() as u64;
            file.write_all(&packed)?;
            from = next;
        }
    }
    Ok(())
}

/// Bytes of proof and frame for each step, at most: 832 and 51 for eight of them.
const PROOF_SHARE: u64 = (PROOF_BYTES_MAX as u64 + 64) / FRAME_STEPS + 1;

/// The names of all attachments, those of thumbnails first.
fn names(connection: &Connection) -> Result<Vec<AttachmentName>, VaultRefused> {
    let all = attached(connection)?;
    let thumbnails = all.iter().filter_map(|attached| attached.thumbnail);
    Ok(thumbnails.chain(all.iter().map(|attached| attached.name)).collect())
}

/// Unpacks a satchel in steps of a bounded size, each a transaction of its own.
pub(crate) fn import(
    vault: &mut Vault,
    (device, surroundings): (&mut Device, &mut Surroundings),
    file: &mut impl Read,
) -> Result<SatchelReport, ExchangeRefused> {
    let mut reader = SatchelReader::new(device.membership.territory_roll());
    let mut report = SatchelReport { cut: true, ..SatchelReport::default() };
    let mut piece = vec![0; COMMIT_BYTES];
    let mut refused = None;
    while refused.is_none() {
        let length = file.read(&mut piece)?;
        let Some(read) = piece.get(..length).filter(|read| !read.is_empty()) else { break };
        report.bytes += read.len() as u64;
        let (effects, outcome) = reader.take(read);
        take_step(vault, (device, surroundings), (&effects, &mut report))?;
        refused = outcome.err();
        if report.bytes > SATCHEL_BYTES_MAX {
            refused = Some(SatchelRefused::Damaged(jasaq_protocol::bytes::Malformed::Limit));
        }
    }
    match refused {
        // Damage behind whole envelopes is a cut: what came before it is kept, and the report says so.
        Some(SatchelRefused::Damaged(_)) if report.envelopes > 0 => Ok(report),
        Some(refused) => Err(refused.into()),
        None if reader.is_open() => Ok(report),
        None => Err(SatchelRefused::NotOne.into()),
    }
}

fn take_step(
    vault: &mut Vault,
    (device, surroundings): (&mut Device, &mut Surroundings),
    (effects, report): (&[SatchelEffect], &mut SatchelReport),
) -> Result<(), VaultRefused> {
    let arrived: Vec<&Arrived> = effects
        .iter()
        .filter_map(|effect| match effect {
            SatchelEffect::Arrived(arrived) => Some(arrived),
            SatchelEffect::Steps { .. } | SatchelEffect::Ended => None,
        })
        .collect();
    report.cut &= !effects.contains(&SatchelEffect::Ended);
    let has_steps = effects.iter().any(|effect| matches!(effect, SatchelEffect::Steps { .. }));
    if arrived.is_empty() && !has_steps {
        return Ok(());
    }
    device.write(vault, |transaction, device| {
        let mut step = Step::begin(transaction, device, surroundings, false)?;
        for arrived in arrived {
            report.count(step.take(arrived)?);
        }
        step.finish(!report.cut)?;
        if has_steps { keep_steps(transaction, effects, report) } else { Ok(()) }
    })
}

/// Keeps steps of attachments that a statement here names, behind what is held of them.
fn keep_steps(
    transaction: &Transaction<'_>,
    effects: &[SatchelEffect],
    report: &mut SatchelReport,
) -> Result<(), VaultRefused> {
    let known = names(transaction)?;
    for effect in effects {
        let SatchelEffect::Steps { name, from, bytes } = effect else { continue };
        let state = Vault::attachment(transaction, name)?;
        let is_next = name.bytes_before(*from) <= state.held && state.held < name.bytes();
        if !known.contains(name) || state.is_erased || !is_next {
            continue;
        }
        if Vault::attachment_bytes(transaction)? > ATTACHMENTS_HELD_BYTES_MAX {
            report.attachments_left += 1;
            continue;
        }
        let (runs, outcome) = PartsReader::new(*name, *from).take(bytes);
        report.attachments_left += usize::from(outcome.is_err());
        let new = keep_runs(transaction, name, runs)?;
        report.attachments += usize::from(new > 0 && state.held == 0);
    }
    Ok(())
}
