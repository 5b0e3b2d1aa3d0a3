//! The first half of a contact: a request that a carrier may take now, and answer minutes later.
//!
//! ```text
//! flush, counter and ticket committed ──► request bytes; only now may a carrier have them
//! after a push that broke before its receipt: a question, the first envelope of each journal ──► receipts ──► half as
//! much from there; after an answer that broke behind it: half of what came
//! ```
//!
//! What a request brings that breaks off is stored at the relay as far as it came, and only a receipt says how far. A
//! question is small enough to get through, so nothing is sent over again that has arrived.

use jasaq_protocol::ids::RelayId;
use jasaq_protocol::limits::{ENVELOPE_BYTES_MAX, REQUEST_BYTES_MAX, SPACES_MAX};
use jasaq_protocol::sync::{Cursor, Frame, FrameWriter, Head};

use super::device::Device;
use super::enrolment::{OwnRequest, own_requests};
use crate::vault::{Asked, CursorRow, OutboxOrder, Outgoing, TicketRow, Transaction, Vault, VaultRefused};

/// Longest push. After a broken one the next is half as long, down to one that lets a single envelope pass.
const PUSH_BYTES_MAX: usize = REQUEST_BYTES_MAX - REQUEST_OVERHEAD_BYTES;
const PUSH_BYTES_MIN: usize = ENVELOPE_BYTES_MAX + 64;

/// Longest push after a broken one, and longest answer: what is in the air when a link breaks is lost and paid for, and a
/// link that broke once may be one that breaks every few kilobytes. One envelope and half another: where two do not pass, the
/// first push after a break does not break again.
const PUSH_BYTES_AFTER_BREAK_MAX: usize = 6 * 1_024;

/// Where two filled envelopes pass at once.
const TWO_PASS_BYTES: usize = 2 * PUSH_BYTES_MIN;

/// Room that the head, the frames' own bytes and the end take in a request.
const REQUEST_OVERHEAD_BYTES: usize = 32 * 1_024;

/// Names a request until its answer has come: a number that a carrier keeps beside the bytes, also while no program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(u64);

impl Ticket {
    /// The ticket with this number.
    #[must_use]
    pub const fn from_number(number: u64) -> Self {
        Self(number)
    }

    /// The number to keep.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}

/// A request that may be carried now: what it says is committed.
#[derive(Debug)]
#[must_use]
pub struct PreparedContact {
    /// What its answer is given back with.
    pub ticket: Ticket,
    /// Where the relay is.
    pub address: String,
    /// The bytes to post to its `/v1/sync`.
    pub request: Vec<u8>,
}

/// From where this device asks, and whether spaces are left for the next contact.
///
/// A head has room for so many: the territory's roll always, because it explains the rest, and of the others a window that
/// moves on with every contact. What it read once is listed too: a removed device is told of its removal in the rolls, and of
/// the rest that the relay lost what it may be the last to hold. Of a closed space nothing is told.
fn cursors(
    transaction: &Transaction<'_>,
    device: &Device,
    counter: u64,
) -> Result<(Asked, Vec<Cursor>, bool), VaultRefused> {
    let (mut asked, mut cursors) = (Asked::new(), Vec::new());
    let open = device.membership.spaces().filter(|(_, record)| !record.is_closed);
    for (space, _) in open {
        let CursorRow { number, running_hash, .. } = Vault::cursor(transaction, space)?;
        // A device that does not know yet that it is in goes on where a broken answer ended, too.
        if number == 0 && !device.reads_or_read(space) {
            continue;
        }
        asked.insert(*space, (number, running_hash));
        cursors.push(Cursor { space: *space, number, hash: running_hash.head() });
    }
    let territory = device.membership.territory_roll();
    cursors.sort_by_key(|cursor| (cursor.space != territory, cursor.space));
    if cursors.len() <= SPACES_MAX {
        return Ok((asked, cursors, false));
    }
    let others = cursors.split_off(1);
    let windows: Vec<&[Cursor]> = others.chunks(SPACES_MAX - 1).collect();
    let turn = usize::try_from(counter).unwrap_or_default() % windows.len();
    cursors.extend(windows.get(turn).copied().unwrap_or_default());
    asked.retain(|space, _| cursors.iter().any(|cursor| cursor.space == *space));
    Ok((asked, cursors, turn + 1 < windows.len()))
}

/// How much may be pushed, and whether the last push broke before its receipt came, so that receipts are asked for first.
fn push_bytes(transaction: &Transaction<'_>) -> Result<(usize, bool), VaultRefused> {
    let bytes_max = Vault::push_bytes(transaction, PUSH_BYTES_MAX)?;
    let Some(broken) = Vault::unanswered(transaction)? else { return Ok((bytes_max, false)) };
    if Vault::answered(transaction)? == broken.counter {
        // Its receipt has come: what broke was the rest of the answer, and that has been noted.
        return Ok((bytes_max, false));
    }
    if broken.is_question {
        return Ok((PUSH_BYTES_MIN, true));
    }
    let broke = usize::try_from(broken.bytes).unwrap_or(PUSH_BYTES_MAX);
    note_broken(transaction, if broken.pushed > 0 { broke.min(bytes_max) } else { bytes_max })?;
    Ok((PUSH_BYTES_MIN, broken.pushed > 0))
}

/// An exchange broke that was so long, or an answer of which so much came: the next is half as long at most.
pub(super) fn note_broken(transaction: &Transaction<'_>, bytes: usize) -> Result<(), VaultRefused> {
    Vault::set_push_bytes(transaction, (bytes / 2).clamp(PUSH_BYTES_MIN, PUSH_BYTES_AFTER_BREAK_MAX))
}

/// The last exchange got through whole: the next may be somewhat longer, by an eighth. Up to where two envelopes pass by a
/// sixteenth: one passes after another there, and on a link that breaks every few kilobytes every try of two is lost.
pub(super) fn note_whole(transaction: &Transaction<'_>, ticket: &TicketRow) -> Result<(), VaultRefused> {
    let now = Vault::push_bytes(transaction, PUSH_BYTES_MAX)?;
    if ticket.is_question || now == PUSH_BYTES_MAX {
        return Ok(());
    }
    let grown = if now < TWO_PASS_BYTES { now + now / 16 } else { now + now / 8 };
    Vault::set_push_bytes(transaction, grown.min(PUSH_BYTES_MAX))
}

/// A device that waits lists nothing, so a relay that was wiped could not tell it: its own requests to be let in go up with
/// every request, also where a receipt covers them. What is known there is passed over.
fn own_requests_again(transaction: &Transaction<'_>, device: &Device) -> Result<Vec<Outgoing>, VaultRefused> {
    let mut again = Vec::new();
    if device.role().is_some() || device.is_removed() {
        return Ok(again);
    }
    for OwnRequest { place, .. } in own_requests(transaction, device)? {
        if Vault::is_at_relay(transaction, &place)?
            && let Some(wire) = Vault::wire(transaction, &place)?
        {
            again.push(Outgoing { place, wire });
        }
    }
    Ok(again)
}

/// Allocates the counter, writes the request and remembers it. The caller has flushed and commits before anything is sent.
pub(crate) fn prepare(
    transaction: &Transaction<'_>,
    device: &Device,
    relay: RelayId,
) -> Result<(Ticket, Vec<u8>), VaultRefused> {
    let (bytes_max, is_question) = push_bytes(transaction)?;
    let counter = Vault::next_counter(transaction)?;
    let (asked, cursors, more) = cursors(transaction, device, counter)?;
    let head = Head::sign(device.keys.signing(), &relay, counter, &cursors);
    let rolls = device.rolls();
    let urgent = device.urgent_spaces();
    let order = OutboxOrder {
        rolls: &rolls,
        urgent: &urgent,
        device: device.id(),
        depth_of: &|signer| device.depth_of(signer),
        counter,
        is_question,
    };
    let mut outbox = Vault::outbox(transaction, &order, bytes_max)?;
    if !is_question {
        outbox.extend(own_requests_again(transaction, device)?);
    }
    let mut frames = FrameWriter::new();
    frames.frame(&Frame::Head(head));
    if bytes_max < PUSH_BYTES_MAX {
        // What the link did not bear upwards it does not bear downwards.
        frames.frame(&Frame::Room(if is_question { 0 } else { bytes_max as u64 }));
    }
    for outgoing in &outbox {
        frames.envelope(outgoing.place, &outgoing.wire);
    }
    frames.frame(&Frame::End { more: false });
    let request = frames.take();
    let (bytes, pushed) = (request.len() as u64, outbox.len() as u64);
    let row = TicketRow { counter, relay, asked, bytes, pushed, is_question, more };
    Vault::keep_ticket(transaction, &row)?;
    Ok((Ticket(counter), request))
}
