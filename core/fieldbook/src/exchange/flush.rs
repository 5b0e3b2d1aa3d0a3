//! The flush: pending statements and due acks become envelopes of this device's own journals, in one transaction.
//!
//! Own sequences and last hashes come from the database, never from memory, so two processes may flush by turns. Only
//! after the commit may anything be sent. What cannot be flushed yet (the space or its key is not known) stays pending,
//! safe on this device.

use std::collections::BTreeSet;

use crate::vault::{Connection, Transaction};
use jasaq_protocol::ids::{DeviceId, EpochId, JournalId, OperationId, SpaceId};
use jasaq_protocol::limits::ACK_JOURNALS_MAX;
use jasaq_protocol::membership::{Membership, Operation, SpaceKind};
use jasaq_protocol::seal::{EnvelopeDraft, EpochPublic, OpenedSection, SealRefused, Section, seal};
use jasaq_protocol::sync::Ack;

use super::device::Device;
use super::merging::{operations_in, store_change, take_readable};
use super::packing::{Packed, pack_envelopes, pack_statements};
use super::standing::restate;
use crate::documents::{DocumentRefused, digest, read_change};
use crate::surroundings::Surroundings;
use crate::vault::{EnvelopeState, StatementRow, Vault, VaultRefused};

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
    /// Of these, how many wait because the newest key of their space is held by somebody who left: it has to be renewed.
    pub kept_for_key: usize,
    /// Statements that stay pending, because they could not be sealed: a defect, which stops no other space.
    pub unsealed: usize,
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
    #[error("an operation of a newer program cannot be signed again")]
    Newer,
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
    let may_write = device.may_write(space);
    let epoch = epoch_to_seal_to(transaction, device, space)?;
    // A key that a signer made up blocks its own space only.
    let epoch = epoch.filter(|epoch| epoch.is_usable(surroundings.chance()));
    let (true, Some(epoch)) = (may_write, epoch) else {
        report.kept_pending += pending.len();
        if may_write && waits_for_key(transaction, device, space)? {
            report.kept_for_key += pending.len();
        }
        return Ok(());
    };
    let count = pending.len();
    let sealed = Vault::within(transaction, || {
        seal_pending(transaction, device, surroundings, (space, &epoch), pending)
    });
    match sealed {
        Ok(envelopes) => {
            report.envelopes += envelopes;
            report.statements += count;
            Ok(())
        }
        Err(FlushRefused::Vault(refused)) => Err(refused.into()),
        // What could not be sealed stays pending, and the report tells it apart.
        Err(_) => {
            report.unsealed += count;
            Ok(())
        }
    }
}

/// Whether there are keys of a space, and who left holds each: somebody above the members has to renew it first.
pub(crate) fn waits_for_key(
    connection: &Connection,
    device: &Device,
    space: &SpaceId,
) -> Result<bool, VaultRefused> {
    let record = device.membership.space(space).filter(|record| !record.is_closed);
    let has_keys = record.is_some_and(|record| !record.epochs.is_empty());
    Ok(has_keys && device.may_write(space) && epoch_to_seal_to(connection, device, space)?.is_none())
}

/// The newest clean epoch whose key is held here: what this device can open, others were given too. Who only writes, or has been
/// given none, takes the newest clean one that fewest readers lack. One that somebody holds who left is sealed to by nobody
/// but him.
pub(super) fn epoch_to_seal_to(
    connection: &Connection,
    device: &Device,
    space: &SpaceId,
) -> Result<Option<EpochPublic>, VaultRefused> {
    let open = device.membership.space(space).filter(|record| !record.is_closed);
    let Some(record) = open else { return Ok(None) };
    let is_clean = |epoch: &EpochId| device.is_removed() || device.membership.is_clean(space, epoch);
    let held = Vault::epochs_held(connection, space)?;
    let own = record.newest_epoch_of(|epoch| held.contains(epoch) && is_clean(epoch));
    Ok(own.or_else(|| device.membership.newest_for_others(space, is_clean)))
}

/// Seals what a space has to say. What this journal cannot say, because it said something else under the same key or is
/// full, a new one says.
fn seal_pending(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
    (space, epoch): (&SpaceId, &EpochPublic),
    mut pending: Vec<StatementRow>,
) -> Result<usize, FlushRefused> {
    let mut ack = due_ack(transaction, device, space)?;
    let mut envelopes = 0;
    loop {
        let (now, later) = first_of_each_key(pending);
        let mut journal = Vault::own_journal(transaction, space, || surroundings.make_journal(&device.id()))?;
        let packed = match pack_statements(transaction, (space, &journal), device.process, &now) {
            Err(FlushRefused::Document(refused)) if refused.is_of_this_journal() => {
                Vault::leave_own_journal(transaction, space)?;
                journal = Vault::own_journal(transaction, space, || surroundings.make_journal(&device.id()))?;
                pack_statements(transaction, (space, &journal), device.process, &now)?
            }
            packed => packed?,
        };
        for envelope in pack_envelopes(ack.take().into_iter().chain(packed).collect()) {
            seal_envelope(transaction, device, surroundings, (space, &journal, epoch), &envelope)?;
            envelopes += 1;
        }
        if later.is_empty() {
            return Ok(envelopes);
        }
        Vault::leave_own_journal(transaction, space)?;
        pending = later;
    }
}

/// Splits off what says a second thing under a key: a clone's words beside this install's own.
fn first_of_each_key(pending: Vec<StatementRow>) -> (Vec<StatementRow>, Vec<StatementRow>) {
    let mut keys = BTreeSet::new();
    pending
        .into_iter()
        .partition(|row| keys.insert((row.document, row.key.clone())))
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
    let frontier = frontier_digest(transaction, (&device.membership, space), &device.id())?;
    let documents = documents_digest(transaction, (&device.membership, space), &device.id())?;
    Ok(Some(Packed::ack(Ack { heads, frontier, documents }.encode())))
}

/// What an ack says of a space as a whole: the digest of what is held there, with what its author wrote himself left out. Who
/// has heard that a document was erased holds something else than who has not.
pub(super) fn frontier_digest(
    connection: &Connection,
    (membership, space): (&Membership, &SpaceId),
    author: &DeviceId,
) -> Result<[u8; 16], VaultRefused> {
    Ok(Vault::frontier(connection, space, author)?
        .digest_without(&membership.documents_that_may_be_gone(space)))
}

/// The same of the documents, but for those that may be gone. It reads every change of the space.
pub(super) fn documents_digest(
    connection: &Connection,
    (membership, space): (&Membership, &SpaceId),
    author: &DeviceId,
) -> Result<[u8; 16], VaultRefused> {
    let gone = membership.documents_that_may_be_gone(space);
    let hashes = Vault::change_hashes(connection, space, author)?;
    let left = hashes.into_iter().filter(|(document, _)| !gone.contains(document));
    Ok(digest(left.map(|(_, hash)| hash)))
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

/// Seals operations into envelopes of this device's own journal in a roll, and returns their names in the same order.
pub(crate) fn seal_operations(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
    (roll, operations): (&SpaceId, &[Operation]),
) -> Result<Vec<OperationId>, FlushRefused> {
    let mut names = Vec::new();
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
        names.extend(operations_in(&envelope).map(|operation| operation.id));
    }
    Ok(names)
}
