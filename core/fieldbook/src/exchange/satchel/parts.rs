//! A satchel in several files, for a messenger that takes none longer than so many bytes.
//!
//! Each part is a satchel by itself. A journal stands whole in one of them wherever it fits, so parts may come in any order,
//! and each that comes is of use; one that is longer than a part goes on in the next, which then waits for it.

use std::io;

use jasaq_protocol::seal::WireEnvelope;
use jasaq_protocol::sync::SatchelWriter;

use super::SatchelReport;
use crate::exchange::ExchangeRefused;
use crate::exchange::device::Device;
use crate::vault::{CarriedJournal, EnvelopeRow, Vault, VaultRefused};

/// What an envelope's frames add to its wire form at most: link, run, and the heads of both frames.
const ENVELOPE_FRAME_BYTES: u64 = 32 + 43 + 3;

/// The opening of a satchel and its end.
const SATCHEL_FRAME_BYTES: u64 = 20 + 4;

/// A part that is being packed.
struct Part<'a, F> {
    device: &'a Device,
    bytes_max: u64,
    satchel: SatchelWriter,
    packed: Vec<u8>,
    envelopes: usize,
    report: SatchelReport,
    /// Takes a whole part.
    hand_over: F,
}

/// Packs everything that is held in parts of at most so many bytes, which are handed over whole, one after the other. The
/// caller has flushed before.
pub(crate) fn export_parts(
    vault: &Vault,
    device: &Device,
    (bytes_max, hand_over): (u64, impl FnMut(&[u8]) -> io::Result<()>),
) -> Result<SatchelReport, ExchangeRefused> {
    let left_behind = Vault::pending_count(vault.read())?;
    let mut part = Part {
        device,
        bytes_max,
        satchel: SatchelWriter::new(device.membership.territory_roll()),
        packed: Vec::new(),
        envelopes: 0,
        report: SatchelReport { left_behind, ..SatchelReport::default() },
        hand_over,
    };
    let carried = Vault::carried_journals(vault.read(), &device.spaces_first())?.into_iter();
    for journal in carried.filter(|journal| !device.is_closed(&journal.space)) {
        if !part.has_room_for(bytes_of(&journal)) {
            part.end()?;
        }
        Vault::each_of_journal(vault.read(), &journal.journal, |row| part.add(&row))?;
    }
    part.end()?;
    Ok(part.report)
}

/// How long a journal is in a part, at most.
fn bytes_of(journal: &CarriedJournal) -> u64 {
    journal.bytes + journal.envelopes * ENVELOPE_FRAME_BYTES
}

impl<F: FnMut(&[u8]) -> io::Result<()>> Part<'_, F> {
    fn has_room_for(&self, bytes: u64) -> bool {
        self.packed.len() as u64 + bytes + SATCHEL_FRAME_BYTES <= self.bytes_max
    }

    fn add(&mut self, row: &EnvelopeRow) -> Result<(), ExchangeRefused> {
        let damaged = VaultRefused::Damaged { set_aside: None };
        let wire = WireEnvelope::decode(&row.wire)
            .map_err(|_| damaged)?
            .with_link(row.link)
            .encode();
        if !self.has_room_for(wire.len() as u64 + ENVELOPE_FRAME_BYTES) {
            self.end()?;
        }
        self.satchel.envelope(row.place, &wire);
        self.packed.extend(self.satchel.take());
        self.envelopes += 1;
        Ok(())
    }

    /// Hands the part over, if there is anything in it, and begins the next.
    fn end(&mut self) -> Result<(), ExchangeRefused> {
        if self.envelopes == 0 {
            return Ok(());
        }
        let next = SatchelWriter::new(self.device.membership.territory_roll());
        self.packed.extend(std::mem::replace(&mut self.satchel, next).finish());
        (self.hand_over)(&self.packed)?;
        self.report.parts += 1;
        self.report.envelopes += std::mem::take(&mut self.envelopes);
        self.report.bytes += self.packed.len() as u64;
        self.packed.clear();
        Ok(())
    }
}
