//! Attachments on their way: which go up, which come down, in which order, and one request after another.
//!
//! ```text
//! own thumbnails up ─► thumbnails of others down ─► own bodies up ─► bodies that somebody here wants, down
//! ```
//!
//! Promises: nothing begins from its start again that has come further, here or at the relay; what comes is checked step by
//! step before it is kept; the relay's word is believed only when it is signed. Whoever holds an attachment whole brings it,
//! whoever made it: so a lost relay is filled again.

use std::collections::BTreeMap;

use jasaq_model::attachment::{Attachment, AttachmentHeld, SealedContent};
use jasaq_model::ids::{StatementRef, hexadecimal};
use jasaq_model::moment::Moment;
use jasaq_model::statement::{Body, Kind, Statement};
use jasaq_protocol::attachment::{
    AttachmentName, PartAnswer, PartHead, PartStanding, PartVerb, PartsReader, Run,
};
use jasaq_protocol::ids::{DeviceId, DocumentId, RelayId, RootHash, SpaceId};
use jasaq_protocol::limits::{COMMIT_BYTES, FRAME_STEPS, PART_STEPS, PARTS_BYTES_MAX, PROOF_BYTES_MAX};
use jasaq_protocol::sync::ContactBroken;

use super::carrier::PartsRequest;
use super::device::Device;
use crate::vault::{Connection, Transaction, Vault, VaultRefused};

/// What a contact did about attachments.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AttachmentsReport {
    /// Of which the relay has everything now, and had not before.
    pub brought: usize,
    /// Of which this device has everything now, and had not before.
    pub fetched: usize,
    /// Bytes of steps that were sent. What the relay already had is not among them.
    pub bytes_sent: u64,
    /// Bytes of steps that came and were kept.
    pub bytes_received: u64,
    /// What the relay did not take or give, by its reason.
    pub refused: BTreeMap<PartStanding, usize>,
    /// Of which the relay gave bytes that are not the attachment's. They were not kept.
    pub wrong: usize,
    /// Of which the relay has not everything yet.
    pub missing: usize,
    /// For which there is no room on this device.
    pub no_room: usize,
    /// Whether the relay is of an older program, which takes none.
    pub is_older_relay: bool,
    /// Whether the next contact goes on.
    pub more: bool,
}

/// An attachment that a statement names, and where the statement stands.
#[derive(Debug, Clone)]
pub(crate) struct Attached {
    pub(crate) space: SpaceId,
    pub(crate) document: DocumentId,
    pub(crate) author: DeviceId,
    pub(crate) key: StatementRef,
    pub(crate) happened_at: Moment,
    pub(crate) attachment: Attachment,
    pub(crate) name: AttachmentName,
    pub(crate) thumbnail: Option<AttachmentName>,
}

/// The name of something sealed; none if no attachment can have that length.
pub(crate) fn name_of(content: &SealedContent) -> Option<AttachmentName> {
    AttachmentName::new(RootHash::from_bytes(*content.root.as_bytes()), content.bytes).ok()
}

/// Every attachment that counts and can be read by this program, oldest first.
pub(crate) fn attached(connection: &Connection) -> Result<Vec<Attached>, VaultRefused> {
    let rows = Vault::attachment_statements(connection, Kind::Attachment.code())?;
    let read = rows.into_iter().filter_map(|row| {
        let statement = Statement::from_fields(&row.fields).ok()?;
        let happened_at = statement.happened_at();
        let Body::Attachment(attachment) = statement.body else { return None };
        Some(Attached {
            space: row.space,
            document: row.document,
            author: row.device,
            key: row.key,
            happened_at,
            name: name_of(&attachment.content)?,
            thumbnail: attachment.thumbnail.as_ref().and_then(name_of),
            attachment,
        })
    });
    Ok(read.collect())
}

/// Who said that he has all of an attachment.
pub(crate) fn holders(
    connection: &Connection,
) -> Result<BTreeMap<(SpaceId, RootHash), Vec<DeviceId>>, VaultRefused> {
    let mut holders: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in Vault::attachment_statements(connection, Kind::AttachmentHeld.code())? {
        if let Ok(Statement { body: Body::AttachmentHeld(AttachmentHeld { root }), .. }) =
            Statement::from_fields(&row.fields)
        {
            let root = RootHash::from_bytes(*root.as_bytes());
            holders.entry((row.space, root)).or_default().push(row.device);
        }
    }
    Ok(holders)
}

/// One attachment to bring or to fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Errand {
    pub(crate) verb: PartVerb,
    pub(crate) space: SpaceId,
    pub(crate) name: AttachmentName,
}

/// What there is to do, small things first.
pub(crate) fn errands(connection: &Connection, device: &Device) -> Result<Vec<Errand>, VaultRefused> {
    let all = attached(connection)?;
    let thumbnails: Vec<_> = all
        .iter()
        .filter_map(|attached| Some((attached.space, attached.thumbnail?, true)))
        .collect();
    let bodies: Vec<_> = all.iter().map(|attached| (attached.space, attached.name, false)).collect();
    let mut errands: Vec<Errand> = Vec::new();
    for (of, verb) in [
        (&thumbnails, PartVerb::Put),
        (&thumbnails, PartVerb::Get),
        (&bodies, PartVerb::Put),
        (&bodies, PartVerb::Get),
    ] {
        for (space, name, is_thumbnail) in of {
            let errand = Errand { verb, space: *space, name: *name };
            if !errands.contains(&errand) && is_due(connection, device, (&errand, *is_thumbnail))? {
                errands.push(errand);
            }
        }
    }
    Ok(errands)
}

fn is_due(
    connection: &Connection,
    device: &Device,
    (errand, is_thumbnail): (&Errand, bool),
) -> Result<bool, VaultRefused> {
    let access = device.membership.access(&device.id(), &errand.space);
    let state = Vault::attachment(connection, &errand.name)?;
    let is_whole = state.held == errand.name.bytes();
    Ok(!state.is_erased
        && match errand.verb {
            PartVerb::Put => {
                let may = access.reads() || access.writes();
                may && is_whole
                    && state.at_relay < errand.name.steps()
                    && state.standing != PartStanding::Erased
            }
            PartVerb::Get => access.reads() && !is_whole && (is_thumbnail || state.is_wanted),
        })
}

/// A request about an errand from a step on. One that brings nothing asks how far the relay is.
pub(crate) fn make_request(
    connection: &Connection,
    (device, relay, nonce): (&Device, &RelayId, [u8; 16]),
    errand: &Errand,
    (from, brings): (u64, bool),
) -> Result<PartsRequest, VaultRefused> {
    let (verb, about) = (errand.verb, (errand.space, errand.name));
    let head = PartHead::sign((device.keys.signing(), relay, nonce), verb, about, from);
    let body = match verb {
        PartVerb::Get => None,
        PartVerb::Put if !brings => Some(Vec::new()),
        PartVerb::Put => Some(gather(connection, &errand.name, from)?),
    };
    let hex = hexadecimal(&head.encode());
    Ok(PartsRequest { route: format!("/v1/part/{}", errand.name.root()), head, hex, body })
}

/// Steps with their proofs, as many as one request may bring.
fn gather(connection: &Connection, name: &AttachmentName, from: u64) -> Result<Vec<u8>, VaultRefused> {
    let (mut bytes, mut step) = (Vec::new(), from);
    while step < name.steps() {
        let number = step / PART_STEPS;
        let steps = name.steps_of(number);
        let part = Vault::part(connection, name, number)?.ok_or(VaultRefused::Damaged { set_aside: None })?;
        let first = usize::try_from(name.bytes_before(step) - name.bytes_before(steps.start));
        let rest = first.ok().and_then(|first| part.sealed.get(first..)).unwrap_or_default();
        if bytes.len() + PROOF_BYTES_MAX + rest.len() > PARTS_BYTES_MAX {
            break;
        }
        bytes.extend_from_slice(&part.proof);
        bytes.extend_from_slice(rest);
        step = steps.end;
    }
    Ok(bytes)
}

/// An answer about parts, as far as it has come.
pub(crate) struct ArrivingParts {
    relay: RelayId,
    head: PartHead,
    opening: Vec<u8>,
    /// What the relay signed, once that has come.
    pub(crate) word: Option<(PartStanding, u64)>,
    reader: PartsReader,
    runs: Vec<Run>,
    /// Whether bytes came that are not the attachment's.
    pub(crate) is_wrong: bool,
}

impl ArrivingParts {
    pub(crate) fn new(relay: RelayId, head: PartHead) -> Self {
        let reader = PartsReader::new(head.name(), head.from());
        Self { relay, head, opening: Vec::new(), word: None, reader, runs: Vec::new(), is_wrong: false }
    }

    /// Takes bytes. Before the relay's signed word nothing is believed, and behind bytes that are wrong nothing more.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> Result<(), ContactBroken> {
        let missing = PartAnswer::LENGTH.saturating_sub(self.opening.len());
        let (opening, steps) = bytes.split_at_checked(missing).unwrap_or((bytes, &[]));
        self.opening.extend_from_slice(opening);
        if self.word.is_none() {
            if self.opening.len() < PartAnswer::LENGTH {
                return Ok(());
            }
            let answer = PartAnswer::decode(&self.opening)?;
            let word = answer.verify(&self.relay, &self.head);
            self.word = Some(word.map_err(|_| ContactBroken::Receipt)?);
        }
        if self.head.verb() == PartVerb::Get && !self.is_wrong {
            let (runs, outcome) = self.reader.take(steps);
            self.runs.extend(runs);
            self.is_wrong = outcome.is_err();
        }
        Ok(())
    }

    /// Whether what came should be kept before more is taken.
    pub(crate) fn is_full(&self) -> bool {
        self.runs.iter().map(|run| run.bytes.len()).sum::<usize>() >= COMMIT_BYTES
    }

    /// Keeps what came, and the relay's word. Says how many bytes of steps were new.
    pub(crate) fn store(&mut self, transaction: &Transaction<'_>) -> Result<u64, VaultRefused> {
        let name = self.head.name();
        if let Some((standing, at_relay)) = self.word {
            let standing = if self.is_wrong { PartStanding::Wrong } else { standing };
            Vault::note_part_answer(transaction, &name, (standing, at_relay))?;
        }
        keep_runs(transaction, &name, std::mem::take(&mut self.runs))
    }
}

/// Keeps steps that were proven, behind those that are held. Says how many bytes were new.
pub(super) fn keep_runs(
    transaction: &Transaction<'_>,
    name: &AttachmentName,
    runs: Vec<Run>,
) -> Result<u64, VaultRefused> {
    let mut new_bytes = 0;
    for run in runs {
        let state = Vault::attachment(transaction, name)?;
        // Another process may have fetched the same meanwhile.
        let known = state.held.checked_sub(name.bytes_before(run.first));
        let new = known.and_then(|known| run.bytes.get(usize::try_from(known).ok()?..));
        if let Some(new) = new.filter(|new| !new.is_empty() && !state.is_erased) {
            Vault::append_steps(transaction, (name, state.held), &run.proof, new)?;
            new_bytes += new.len() as u64;
        }
    }
    Ok(new_bytes)
}

/// Some steps of one part behind its proof, from one on, not beyond another; and the step behind them.
pub(super) fn steps_of(
    connection: &Connection,
    name: &AttachmentName,
    (from, to): (u64, u64),
) -> Result<(Vec<u8>, u64), VaultRefused> {
    let number = from / PART_STEPS;
    let steps = name.steps_of(number);
    let next = (from + FRAME_STEPS).min(steps.end).min(to);
    let part = Vault::part(connection, name, number)?.ok_or(VaultRefused::Damaged { set_aside: None })?;
    let within = |step| usize::try_from(name.bytes_before(step) - name.bytes_before(steps.start));
    let (Ok(first), Ok(last)) = (within(from), within(next)) else {
        return Err(VaultRefused::Damaged { set_aside: None });
    };
    let bytes = part.sealed.get(first..last).ok_or(VaultRefused::Damaged { set_aside: None })?;
    Ok(([part.proof.as_slice(), bytes].concat(), next))
}
