//! Erasing a document: for everybody, by an operation that names its sections, which who has no key obeys too.
//!
//! ```text
//! erase ─► operation in the roll ─► obey, wherever it is heard of: sections out of the envelopes, rows deleted
//!                                     └─► what stands elsewhere and nobody named: late, shown to nobody
//!                                              └─► erase_late, by whoever may and holds it: one operation more
//! ```
//!
//! Promises: what was erased is not shown and not taken again, whatever comes later; what stands beside it in an envelope
//! stays. It is co-operative: who was given something and does not obey keeps it.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_protocol::ids::{DocumentId, OperationId, RootHash, SpaceId};
use jasaq_protocol::limits::{ERASED_SECTIONS_MAX, ERASED_SIGNED_MAX, REPLACES_MAX};
use jasaq_protocol::membership::{Access, Act, Operation, Placement, SectionPlace, may_operate};
use jasaq_protocol::seal::VerifiedEnvelope;

use super::attachments::{Attached, attached};
use super::device::Device;
use super::enrolment::EnrolRefused;
use super::flush::seal_operations;
use super::merging::show_branches;
use super::numbers::{keep_late_numbers, keep_numbers};
use crate::limits::LATE_SECTIONS_AT_ONCE;
use crate::surroundings::Surroundings;
use crate::vault::{Connection, LateSection, Transaction, Vault, VaultRefused};

/// What an erasure names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Erased {
    /// Statements that are held of it here, sealed or not.
    pub statements: usize,
    /// Sections of envelopes.
    pub sections: usize,
    /// Attachments, thumbnails counted.
    pub attachments: usize,
    /// Cases that go with a patrol: persons detained and force used.
    pub cases: usize,
    /// Cases that the patrol's log names and that stay, because another patrol's log names them too.
    pub cases_that_stay: usize,
}

/// What is to be erased: documents, each in a space.
pub(crate) struct ToErase {
    /// As far as something of them is held.
    pub(crate) places: Vec<(SpaceId, DocumentId)>,
    /// Those of them that are erased also where nothing is held of them: what comes of them is late.
    pub(crate) ahead: Vec<(SpaceId, DocumentId)>,
}

impl Device {
    /// Whether this device may erase in a space.
    pub(crate) fn may_erase(&self, space: &SpaceId) -> bool {
        let kind = self.membership.space(space).map(|record| record.kind);
        kind.is_some_and(|kind| may_operate(self.role(), Act::Erase(kind))) && self.reads(space)
    }

    /// Whether an operation that counts erases a document.
    pub(crate) fn is_erased(&self, space: &SpaceId, document: &DocumentId) -> bool {
        self.membership.erasures().document(space, document).is_some()
    }
}

/// Where an envelope stands, as operations name it.
pub(super) fn placement(envelope: &VerifiedEnvelope) -> Placement {
    let place = envelope.place();
    Placement { space: place.space, journal: place.journal, sequence: place.sequence, hash: envelope.hash() }
}

/// A document of a space with the attachments that it names.
struct Subject {
    space: SpaceId,
    document: DocumentId,
    sections: Vec<SectionPlace>,
    attachments: Vec<RootHash>,
}

/// Everything that is held of some documents in some spaces, and what may come of those that are erased ahead.
fn subjects(
    connection: &Connection,
    device: &Device,
    ToErase { places, ahead }: &ToErase,
) -> Result<(Vec<Subject>, Erased), EnrolRefused> {
    let (mut subjects, mut erased) = (Vec::new(), Erased::default());
    let all = attached(connection)?;
    for at @ (space, document) in places {
        let statements = Vault::statements_of(connection, (space, document))?.len();
        if statements == 0 && !(ahead.contains(at) && device.may_erase(space)) {
            continue;
        }
        if !device.may_erase(space) {
            return Err(EnrolRefused::MayNot);
        }
        let sections = Vault::sections_of(connection, (space, document))?;
        // What another record of the space names too is that one's as well.
        let is_of_these = |of: &&Attached| places.contains(&(of.space, of.document));
        let elsewhere = all.iter().filter(|of| of.space == *space && !is_of_these(of));
        let elsewhere: BTreeSet<RootHash> = elsewhere.flat_map(roots_of).collect();
        let of_it = all.iter().filter(|of| of.space == *space && of.document == *document);
        let attachments: Vec<RootHash> =
            of_it.flat_map(roots_of).filter(|root| !elsewhere.contains(root)).collect();
        erased.statements += statements;
        erased.sections += sections.len();
        erased.attachments += attachments.len();
        subjects.push(Subject { space: *space, document: *document, sections, attachments });
    }
    Ok((subjects, erased))
}

fn roots_of(of: &Attached) -> impl Iterator<Item = RootHash> {
    [Some(of.name), of.thumbnail].into_iter().flatten().map(|name| *name.root())
}

/// What [`erase`] would name.
pub(crate) fn to_be_erased(
    connection: &Connection,
    device: &Device,
    what: &ToErase,
) -> Result<Erased, EnrolRefused> {
    Ok(subjects(connection, device, what)?.1)
}

/// Erases documents for everybody, in some spaces. All or none.
pub(crate) fn erase(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    what: &ToErase,
) -> Result<Erased, EnrolRefused> {
    let (subjects, erased) = subjects(transaction, device, what)?;
    for Subject { space, document, sections, attachments } in &subjects {
        let about = (*space, Some(*document));
        say(transaction, device, surroundings, about, (sections, attachments))?;
    }
    obey_now(transaction, device, surroundings)?;
    let are_gone = subjects.iter().all(|of| device.is_erased(&of.space, &of.document));
    if are_gone { Ok(erased) } else { Err(EnrolRefused::MayNot) }
}

/// Erases attachments for everybody, and no document.
pub(crate) fn erase_attachments(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
    (space, attachments): (SpaceId, &[RootHash]),
) -> Result<(), EnrolRefused> {
    if !device.may_erase(&space) {
        return Err(EnrolRefused::MayNot);
    }
    say(transaction, device, surroundings, (space, None), (&[], attachments))?;
    obey_now(transaction, device, surroundings)
}

/// What erasures ask of this device beside obeying: it erases what came late, if it may, and says once of each that it obeyed,
/// as long as it may say anything. What it does not say is shown as not said.
pub(crate) fn answer_erasures(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
) -> Result<(), EnrolRefused> {
    obey(transaction, device, surroundings)?;
    erase_late(transaction, device, surroundings)?;
    let mut said: BTreeMap<SpaceId, BTreeSet<OperationId>> = BTreeMap::new();
    for (space, operation) in unanswered(transaction, device)? {
        let roll = device.membership.space(&space).map(|record| record.roll);
        said.entry(roll.unwrap_or(space)).or_default().insert(operation);
    }
    for (roll, operations) in &said {
        let operations: Vec<OperationId> = operations.iter().copied().collect();
        let erased = operations
            .chunks(REPLACES_MAX)
            .map(|some| Operation::Erased { operations: some.to_vec() });
        let erased: Vec<Operation> = erased.take(answers_left(transaction, device, roll)?).collect();
        seal_operations(transaction, device, surroundings, (roll, &erased))?;
    }
    if !said.is_empty() {
        device.refresh(transaction)?;
    }
    Ok(())
}

/// How many operations this device may still sign in a roll to say that it obeyed. Whoever erases without end so makes nobody
/// sign without end, and no relay refuses a journal in which something else is to be said.
fn answers_left(connection: &Connection, device: &Device, roll: &SpaceId) -> Result<usize, VaultRefused> {
    let own = Vault::operations_of(connection, (roll, &device.id()))?;
    let is_answer = |body: &&Vec<u8>| matches!(Operation::decode(body), Ok(Operation::Erased { .. }));
    Ok(ERASED_SIGNED_MAX.saturating_sub(own.iter().filter(is_answer).count()))
}

/// What this device obeyed, signed by others, and has not said so of. Who has no part in a space has nothing to say.
fn unanswered(connection: &Connection, device: &Device) -> Result<Vec<(SpaceId, OperationId)>, VaultRefused> {
    let (own, membership) = (device.id(), &device.membership);
    let erasures = membership.erasures();
    let of_documents = erasures.documents().map(|((space, _), operations)| (space, operations));
    let of_attachments = erasures.attachments().map(|((space, _), operations)| (space, operations));
    let mut unanswered = Vec::new();
    for (space, operations) in of_documents.chain(of_attachments) {
        if membership.access(&own, space) == Access::None {
            continue;
        }
        for operation in operations.iter().filter(|operation| !erasures.is_obeyed_by(&own, operation)) {
            if Vault::signer_of(connection, operation)? != Some(own) {
                unanswered.push((*space, *operation));
            }
        }
    }
    Ok(unanswered)
}

/// Erases what came late of documents that were erased, as far as this device holds it and may.
fn erase_late(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
) -> Result<(), EnrolRefused> {
    let mut late: BTreeMap<(SpaceId, DocumentId), Vec<SectionPlace>> = BTreeMap::new();
    let all = Vault::late_sections(transaction)?.into_iter();
    let due =
        all.filter(|late| device.is_erased(&late.space, &late.document) && device.may_erase(&late.space));
    for section in due.take(LATE_SECTIONS_AT_ONCE) {
        keep_late_numbers(transaction, device, surroundings, &section)?;
        late.entry((section.space, section.document)).or_default().push(section.at);
    }
    for ((space, document), sections) in &late {
        say(transaction, device, surroundings, (*space, Some(*document)), (sections, &[]))?;
    }
    if late.is_empty() { Ok(()) } else { obey_now(transaction, device, surroundings) }
}

/// Signs as many operations as it takes to name all.
fn say(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
    (space, document): (SpaceId, Option<DocumentId>),
    (sections, attachments): (&[SectionPlace], &[RootHash]),
) -> Result<(), EnrolRefused> {
    let roll = device.membership.space(&space).ok_or(EnrolRefused::MayNot)?.roll;
    let mut sections = sections.chunks(ERASED_SECTIONS_MAX);
    let mut attachments = attachments.chunks(ERASED_SECTIONS_MAX);
    let mut operations = Vec::new();
    loop {
        let (some, others) = (sections.next(), attachments.next());
        if some.is_none() && others.is_none() && !operations.is_empty() {
            break;
        }
        operations.push(Operation::Erase {
            space,
            document,
            sections: some.unwrap_or_default().to_vec(),
            attachments: others.unwrap_or_default().to_vec(),
        });
    }
    seal_operations(transaction, device, surroundings, (&roll, &operations))?;
    Ok(())
}

fn obey_now(
    transaction: &Transaction<'_>,
    device: &mut Device,
    surroundings: &mut Surroundings,
) -> Result<(), EnrolRefused> {
    device.refresh(transaction)?;
    Ok(obey(transaction, device, surroundings)?)
}

/// Does what operations that erase ask for, once of each. What is not named by any and belongs to an erased document is noted
/// as late. Of an operation that counts no more it is forgotten that it was obeyed: should it count again, it is due again.
/// The numbers of pages that go are said once more before.
pub(super) fn obey(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
) -> Result<(), VaultRefused> {
    let now_ms = surroundings.now().unix_ms;
    let erasures = device.membership.erasures();
    let (count, obeyed) = (erasures.operations(), Vault::obeyed(transaction)?);
    for fallen in obeyed.difference(&count) {
        Vault::forget_obeyed(transaction, fallen)?;
    }
    let due: BTreeSet<OperationId> = count.difference(&obeyed).copied().collect();
    if due.is_empty() {
        return Ok(());
    }
    Vault::overwrite_what_is_deleted(transaction, true)?;
    for ((space, document), operations) in erasures.documents() {
        if !operations.is_disjoint(&due) {
            keep_numbers(transaction, device, surroundings, (space, document))?;
            delete(transaction, device, (space, document))?;
        }
    }
    show_branches(transaction, device)?;
    for at in due.iter().flat_map(|operation| erasures.named_by(operation)) {
        Vault::erase_sections(transaction, at, erasures.of(at))?;
    }
    for ((space, root), operations) in erasures.attachments() {
        if !operations.is_disjoint(&due) && is_of_space(transaction, device, (space, root))? {
            Vault::erase_attachment(transaction, root, now_ms)?;
        }
    }
    for operation in &due {
        Vault::note_erased(transaction, operation.as_bytes(), now_ms)?;
    }
    // A form that came before what explains it was passed over.
    Vault::ask_again_for_what_was_left_out(transaction)?;
    Vault::note_log_due(transaction, true)?;
    Vault::overwrite_what_is_deleted(transaction, false)
}

/// Whether an attachment may be a space's: this device has or had a part in it, and no statement of another space names it.
fn is_of_space(
    connection: &Connection,
    device: &Device,
    (space, root): (&SpaceId, &RootHash),
) -> Result<bool, VaultRefused> {
    let mut named = attached(connection)?
        .into_iter()
        .filter(|of| roots_of(of).any(|of| of == *root));
    Ok(device.membership.former_access(&device.id(), space) != Access::None
        && named.all(|of| of.space == *space))
}

/// Deletes what was read and recorded of a document, and notes where it stands. Who wrote into it goes on in another journal:
/// the next change of this one would build on what is gone.
fn delete(
    transaction: &Transaction<'_>,
    device: &Device,
    (space, document): (&SpaceId, &DocumentId),
) -> Result<(), VaultRefused> {
    let own = device.id();
    for at in Vault::sections_of(transaction, (space, document))? {
        Vault::note_late(transaction, &LateSection { space: *space, document: *document, at })?;
        if at.journal.is_of(&own) {
            Vault::leave_own_journal(transaction, space)?;
        }
    }
    Vault::delete_document(transaction, (space, document))
}

/// Takes out of an envelope that came what operations erase of it. None if it came with less than that, and nothing says why.
pub(super) fn as_it_may_be_kept(device: &Device, envelope: VerifiedEnvelope) -> Option<VerifiedEnvelope> {
    let at = placement(&envelope);
    let erased = envelope.erased();
    (erased.is_empty() || device.membership.explains_erased(&at, erased))
        .then(|| envelope.erase(device.membership.erasures().of(&at)))
}

/// Notes where an envelope says something of erased documents that no operation names.
pub(super) fn note_late(
    transaction: &Transaction<'_>,
    at: &Placement,
    late: &[(u8, DocumentId)],
) -> Result<(), VaultRefused> {
    for (index, document) in late {
        let Placement { space, journal, sequence, hash } = *at;
        let section = SectionPlace { journal, sequence, hash, index: *index };
        Vault::note_late(transaction, &LateSection { space, document: *document, at: section })?;
    }
    Ok(())
}
