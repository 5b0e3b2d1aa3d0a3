//! What an envelope holds, merged: operations and acks as they stand, changes once their key is held.

use std::collections::BTreeSet;

use jasaq_model::statement::{Fields, Scalar};
use jasaq_protocol::ids::{DeviceId, DocumentId, EnvelopeHash, Place, SpaceId};
use jasaq_protocol::membership::operation_id;
use jasaq_protocol::seal::{OpenedSection, SectionKind, VerifiedEnvelope, WireEnvelope};
use jasaq_protocol::sync::Ack;

use super::device::Device;
use super::erasing::{note_late, placement};
use super::standing::{Said, links_of, standing_of};
use crate::documents::{ChainEnd, ReadChange, read_change};
use crate::vault::{ChangeRow, EnvelopeState, NewStatement, OperationRow, Transaction, Vault, VaultRefused};

/// Operations and acks: what needs no key.
pub(super) fn take_readable(
    transaction: &Transaction<'_>,
    envelope: &VerifiedEnvelope,
) -> Result<(), VaultRefused> {
    for row in operations_in(envelope) {
        Vault::add_operation(transaction, &row)?;
    }
    for (_, kind, bytes) in envelope.readable() {
        if let (SectionKind::Ack, Ok(ack)) = (kind, Ack::decode(bytes)) {
            Vault::note_ack(transaction, (&envelope.signer(), &envelope.place().space), &ack)?;
        }
    }
    Ok(())
}

/// The operations of an envelope, as they stand in it.
pub(super) fn operations_in(envelope: &VerifiedEnvelope) -> impl Iterator<Item = OperationRow> {
    let (hash, place, signer) = (envelope.hash(), envelope.place(), envelope.signer());
    let operations = envelope.readable().filter(|(_, kind, _)| *kind == SectionKind::Operation);
    operations.map(move |(index, _, bytes)| OperationRow {
        id: operation_id(&hash, index),
        place,
        signer,
        body: bytes.to_vec(),
    })
}

/// Opens an envelope if its key is held and nothing before it in its journal is still sealed, and merges what it holds.
///
/// If one change of an envelope breaks a rule, no change of it is merged, by everybody alike. Its operations and acks
/// stand: they need no key, and the relay and whoever has no key could not know.
pub(super) fn open_and_merge(
    transaction: &Transaction<'_>,
    device: &Device,
    envelope: &VerifiedEnvelope,
    now_ms: i64,
) -> Result<EnvelopeState, VaultRefused> {
    let place = envelope.place();
    let Some(epoch) = envelope.header().epoch() else { return Ok(EnvelopeState::Open) };
    let Some(key) = Vault::epoch(transaction, &place.space, epoch)? else {
        return Ok(EnvelopeState::Sealed);
    };
    if Vault::is_sealed_before(transaction, &place)? {
        return Ok(EnvelopeState::Sealed);
    }
    let Ok(sections) = envelope.open(&key) else { return Ok(EnvelopeState::Refused) };
    let (mut changes, mut late) = (Vec::new(), Vec::new());
    for section in &sections {
        // Of an erased document nothing is taken any more, so that nothing needs to be checked either.
        if device.is_erased(&place.space, &section.document) {
            late.extend(u8::try_from(section.index).map(|index| (index, section.document)));
            continue;
        }
        match check_change(transaction, &place, section, &changes)? {
            Some(change) => changes.push((section, change)),
            // It builds on what was taken out of its journal, whatever that was: it is passed over alone.
            None if Vault::is_erased_before(transaction, &place)? => {}
            None => return Ok(EnvelopeState::Refused),
        }
    }
    note_late(transaction, &placement(envelope), &late)?;
    let received_ms = (envelope.signer() != device.id()).then_some(now_ms);
    for (section, change) in &changes {
        store_change(transaction, &place, section, (change, received_ms))?;
        let from = From { place, hash: envelope.hash(), author: envelope.signer(), received_ms };
        store_statements(transaction, device, (&from, &section.document), change)?;
    }
    Ok(EnvelopeState::Open)
}

/// Merges once more what an envelope that counts says of documents of which this device let go. Says whether it could be opened.
pub(super) fn merge_again(
    transaction: &Transaction<'_>,
    device: &Device,
    (envelope, documents): (&VerifiedEnvelope, &BTreeSet<DocumentId>),
    now_ms: i64,
) -> Result<bool, VaultRefused> {
    let place = envelope.place();
    let Some(epoch) = envelope.header().epoch() else { return Ok(true) };
    let Some(key) = Vault::epoch(transaction, &place.space, epoch)? else { return Ok(false) };
    let Ok(sections) = envelope.open(&key) else { return Ok(false) };
    let received_ms = (envelope.signer() != device.id()).then_some(now_ms);
    for section in sections.iter().filter(|section| documents.contains(&section.document)) {
        // What is here already does not follow itself.
        if !device.is_erased(&place.space, &section.document)
            && let Some(change) = check_change(transaction, &place, section, &[])?
        {
            store_change(transaction, &place, section, (&change, received_ms))?;
            let from = From { place, hash: envelope.hash(), author: envelope.signer(), received_ms };
            store_statements(transaction, device, (&from, &section.document), &change)?;
        }
    }
    Ok(true)
}

/// Makes rows of what an envelope beside its journal's line says, if its key is held. Documents hold lines only.
pub(super) fn show_branch(
    transaction: &Transaction<'_>,
    device: &Device,
    envelope: &VerifiedEnvelope,
    received_ms: Option<i64>,
) -> Result<(), VaultRefused> {
    let place = envelope.place();
    let Some(epoch) = envelope.header().epoch() else { return Ok(()) };
    let Some(key) = Vault::epoch(transaction, &place.space, epoch)? else { return Ok(()) };
    let Ok(sections) = envelope.open(&key) else { return Ok(()) };
    let beside = Place { journal: Vault::BESIDE, ..place };
    for section in &sections {
        if device.is_erased(&place.space, &section.document) {
            let late: Vec<_> = u8::try_from(section.index)
                .map(|index| (index, section.document))
                .into_iter()
                .collect();
            note_late(transaction, &placement(envelope), &late)?;
            continue;
        }
        if let Ok(change) = read_change(&section.change, &place.journal) {
            let from = From { place: beside, hash: NOBODYS, author: envelope.signer(), received_ms };
            store_statements(transaction, device, (&from, &section.document), &change)?;
        }
    }
    Ok(())
}

/// The same for every envelope that is held beside a line.
pub(crate) fn show_branches(transaction: &Transaction<'_>, device: &Device) -> Result<(), VaultRefused> {
    for (row, received_ms) in Vault::branches(transaction)? {
        if let Ok(wire) = WireEnvelope::decode(&row.wire)
            && let Ok(envelope) = wire.at(row.place, row.link).verify(&row.signer)
        {
            show_branch(transaction, device, &envelope, received_ms)?;
        }
    }
    Ok(())
}

type Checked<'a> = (&'a OpenedSection, ReadChange);

/// A change must be its journal's own and go on exactly where the journal's last one in that document ended.
fn check_change(
    transaction: &Transaction<'_>,
    place: &Place,
    section: &OpenedSection,
    before: &[Checked<'_>],
) -> Result<Option<ReadChange>, VaultRefused> {
    let Ok(change) = read_change(&section.change, &place.journal) else { return Ok(None) };
    let at = (&place.space, &section.document);
    let actor = change.actor.to_bytes();
    let mut here = before.iter().rev().filter(|(earlier, _)| earlier.document == section.document);
    let stored_seq = || Vault::actor_seq(transaction, at, &actor);
    let actor_seq = match here.clone().find(|(_, earlier)| earlier.actor == change.actor) {
        Some((_, earlier)) => earlier.seq,
        None => stored_seq()?,
    };
    let end = match here.next() {
        Some((_, earlier)) => Some(ChainEnd { hash: earlier.hash, max_op: earlier.max_op, actor_seq }),
        None => Vault::journal_head(transaction, at, &place.journal)?.map(|(hash, max_op)| ChainEnd {
            hash,
            max_op,
            actor_seq,
        }),
    };
    Ok(change.check_follows(end.as_ref()).is_ok().then_some(change))
}

/// Stores a change as it came.
pub(super) fn store_change(
    transaction: &Transaction<'_>,
    place: &Place,
    section: &OpenedSection,
    (change, received_ms): (&ReadChange, Option<i64>),
) -> Result<(), VaultRefused> {
    let row = ChangeRow {
        hash: change.hash,
        document: section.document,
        place: *place,
        section: section.index,
        actor: &change.actor.to_bytes(),
        actor_seq: change.seq,
        max_op: change.max_op,
        received_ms,
        bytes: &section.change,
    };
    Vault::add_change(transaction, &row)
}

/// What stands beside a journal's line has no place that a cut could reach.
const NOBODYS: EnvelopeHash = EnvelopeHash::from_bytes([0; 32]);

/// The envelope that a change came in.
struct From {
    place: Place,
    hash: EnvelopeHash,
    author: DeviceId,
    received_ms: Option<i64>,
}

/// Makes the rows of a change's statements. Says how many were new.
fn store_statements(
    transaction: &Transaction<'_>,
    device: &Device,
    (from, document): (&From, &DocumentId),
    change: &ReadChange,
) -> Result<usize, VaultRefused> {
    let mut count = 0;
    let From { place, hash, author, received_ms } = from;
    let links = links_of(transaction, &device.membership, author)?;
    // What a newer program wrote with scalars not known here stands in the change; its row says that it is there.
    let unknown = Fields::new();
    let unreadable = change.unreadable.iter().map(|key| (key, &unknown));
    for (key, fields) in change.statements.iter().map(|(key, fields)| (key, fields)).chain(unreadable) {
        let (kind, happened_ms) = index_of(fields);
        let at = Some((*place, *hash));
        let said = Said { space: &place.space, author, kind, key: key.as_str(), at };
        let new = NewStatement {
            space: place.space,
            document: *document,
            device: *author,
            key,
            kind,
            happened_ms,
            place: Some(*place),
            received_ms: *received_ms,
            standing: standing_of(&device.membership, &said, &links),
            fields,
        };
        count += usize::from(Vault::add_statement(transaction, &new)?);
    }
    Ok(count)
}

/// What lists are sorted and counted by: the kind and the time, as the fields say.
pub(crate) fn index_of(fields: &Fields) -> (&str, i64) {
    let kind = match fields.get("kind") {
        Some(Scalar::Text(kind)) => kind.as_str(),
        _ => "",
    };
    let time = ["when", "at"].into_iter().find_map(|name| match fields.get(name) {
        Some(Scalar::Int(unix_ms)) => Some(*unix_ms),
        _ => None,
    });
    (kind, time.unwrap_or_default())
}

/// Makes the rows of one document again from its changes. Says how many.
pub(crate) fn rebuild_document(
    transaction: &Transaction<'_>,
    device: &Device,
    (space, document): (&SpaceId, &DocumentId),
) -> Result<usize, VaultRefused> {
    let mut count = 0;
    for stored in Vault::document_changes(transaction, (space, document))? {
        let change = read_change(&stored.bytes, &stored.place.journal);
        let change = change.map_err(|_| VaultRefused::Damaged { set_aside: None })?;
        let hash = Vault::envelope_hash(transaction, stored.place.journal, Some(stored.place.sequence))?;
        let from = From {
            place: stored.place,
            hash: hash.unwrap_or(NOBODYS),
            author: stored.author,
            received_ms: stored.received_ms,
        };
        count += store_statements(transaction, device, (&from, document), &change)?;
    }
    Ok(count)
}
