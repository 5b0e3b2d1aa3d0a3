//! The flush: pending statements and due acks become envelopes of this device's own journals, in one transaction.
//!
//! Own sequences and last hashes come from the database, never from memory, so two processes may flush by turns. Only
//! after the commit may anything be sent. What cannot be flushed yet (the space or its key is not known) stays pending,
//! safe on this device.

use crate::vault::Transaction;
use jasaq_protocol::ids::{JournalId, SpaceId};
use jasaq_protocol::limits::ACK_JOURNALS_MAX;
use jasaq_protocol::membership::SpaceKind;
use jasaq_protocol::seal::{EnvelopeDraft, EpochPublic, OpenedSection, SealRefused, Section, seal};
use jasaq_protocol::sync::Ack;

use super::device::Device;
use super::merging::{store_change, take_readable};
use super::packing::{Packed, pack_envelopes, pack_statements};
use super::standing::restate;
use crate::documents::{DocumentRefused, digest, read_change};
use crate::surroundings::Surroundings;
use crate::vault::{EnvelopeState, Vault, VaultRefused};

/// The space of statements that were recorded before the device knew its squad's space.
pub(crate) const UNPLACED: SpaceId = SpaceId::from_bytes([0; 16]);

/// What a flush did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FlushReport {
    /// Envelopes sealed.
    pub envelopes: usize,
    /// Statements sealed in them.
    pub statements: usize,
    /// Statements that stay pending, because their space or its key is not known yet.
    pub kept_pending: usize,
}

/// Why a flush did nothing at all. Pending statements stay as they were.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FlushRefused {
    #[error(transparent)]
    Vault(#[from] VaultRefused),
    #[error(transparent)]
    Document(#[from] DocumentRefused),
    #[error("a single statement does not fit into a section")]
    TooLong,
    #[error(transparent)]
    Seal(#[from] SealRefused),
}

/// Flushes every space that has something to say.
pub(crate) fn flush(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
) -> Result<FlushReport, FlushRefused> {
    if let Some(patrols) = device.space_of_kind(SpaceKind::Patrols)
        && Vault::settle_pending(transaction, &UNPLACED, &patrols)? > 0
    {
        restate(transaction, device)?;
    }
    let mut spaces = Vault::pending_spaces(transaction)?;
    spaces.extend(Vault::spaces_with_acks_due(transaction)?);
    spaces.sort_unstable();
    spaces.dedup();
    let mut report = FlushReport::default();
    for space in spaces {
        flush_space(transaction, device, surroundings, (&space, &mut report))?;
    }
    Ok(report)
}

fn flush_space(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
    (space, report): (&SpaceId, &mut FlushReport),
) -> Result<(), FlushRefused> {
    let pending = Vault::pending(transaction, space)?;
    let may_write = device.membership.access(&device.id(), space).writes();
    let epoch = device
        .membership
        .space(space)
        .and_then(jasaq_protocol::membership::SpaceRecord::newest_epoch);
    // A key that a signer made up blocks its own space only.
    let epoch = epoch.filter(|epoch| epoch.is_usable(surroundings.chance()));
    let (true, Some(epoch)) = (may_write, epoch) else {
        report.kept_pending += pending.len();
        return Ok(());
    };
    let journal = Vault::own_journal(transaction, space, || surroundings.make_journal(&device.id()))?;
    let mut sections: Vec<Packed> = due_ack(transaction, device, space)?.into_iter().collect();
    sections.extend(pack_statements(transaction, (space, &journal), device.process, &pending)?);
    for envelope in pack_envelopes(sections) {
        seal_envelope(transaction, device, surroundings, (space, &journal, &epoch), &envelope)?;
        report.envelopes += 1;
    }
    report.statements += pending.len();
    Ok(())
}

/// The ack that is due in a space, if this device's word moves the ladder there. One a contact.
fn due_ack(
    transaction: &Transaction<'_>,
    device: &Device,
    space: &SpaceId,
) -> Result<Option<Packed>, FlushRefused> {
    let heads = Vault::heads_due(transaction, space, ACK_JOURNALS_MAX)?;
    Vault::clear_due(transaction, heads.iter().map(|(journal, _)| journal))?;
    if heads.is_empty() || !device.acks(space) {
        return Ok(None);
    }
    let frontier = Vault::frontier(transaction, space, &device.id())?.digest();
    let documents = digest(Vault::change_hashes(transaction, space, &device.id())?.into_iter());
    Ok(Some(Packed::ack(Ack { heads, frontier, documents }.encode())))
}

fn seal_envelope(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
    (space, journal, epoch): (&SpaceId, &JournalId, &EpochPublic),
    packed: &[Packed],
) -> Result<(), FlushRefused> {
    let next = Vault::own_next(transaction, space, journal, &device.id())?;
    let sections: Vec<Section> = packed.iter().map(|packed| packed.section.clone()).collect();
    let draft = EnvelopeDraft { next, epoch: Some(epoch), sections: &sections };
    let envelope = seal(&draft, &device.keys, surroundings.chance())?;
    Vault::append(transaction, &envelope, EnvelopeState::Open, false)?;
    take_readable(transaction, &envelope)?;
    for (index, packed) in packed.iter().enumerate() {
        let Some(change) = &packed.change else { continue };
        let bytes = change.written.bytes.clone();
        let read = read_change(&bytes, journal).map_err(DocumentRefused::NewChange)?;
        let section = OpenedSection { index, document: change.document, change: bytes };
        store_change(transaction, &next.place, &section, (&read, None))?;
        for row in &change.rows {
            Vault::mark_sealed(transaction, *row, &next.place)?;
        }
    }
    Ok(())
}

/// Seals operations into an envelope of this device's own journal in a roll.
pub(crate) fn seal_operations(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
    (roll, operations): (&SpaceId, &[jasaq_protocol::membership::Operation]),
) -> Result<(), FlushRefused> {
    let journal = Vault::own_journal(transaction, roll, || surroundings.make_journal(&device.id()))?;
    let sections: Vec<Packed> = operations
        .iter()
        .map(|operation| Packed::operation(operation.encode()))
        .collect();
    for envelope in pack_envelopes(sections) {
        let next = Vault::own_next(transaction, roll, &journal, &device.id())?;
        let sections: Vec<Section> = envelope.into_iter().map(|packed| packed.section).collect();
        let draft = EnvelopeDraft { next, epoch: None, sections: &sections };
        let envelope = seal(&draft, &device.keys, surroundings.chance())?;
        Vault::append(transaction, &envelope, EnvelopeState::Open, false)?;
        take_readable(transaction, &envelope)?;
    }
    Ok(())
}
