//! The bounds of changes and documents, each with its reason: part of the wire format, beside the protocol's own.
//!
//! Whoever writes a change keeps to them, and whoever reads one refuses what does not.

/// Most statements of one document, by one device: what is loaded and merged at once; then follows a continuation document.
pub(crate) const STATEMENTS_MAX: usize = 1_000;

/// Most documents that continue one another: sixteen thousand statements of one device about one patrol.
pub(crate) const CONTINUATIONS_MAX: u8 = 16;

/// Most operations of one change: a thousand statements of eight fields. Columns are run-length encoded, so that a
/// hundred bytes could otherwise stand for thousands of millions.
pub(crate) const OPERATIONS_MAX: usize = 8_192;

/// Longest key of a field, in bytes: keys are run-length encoded too. Ours have eight at most.
pub(crate) const FIELD_KEY_BYTES_MAX: usize = 64;

/// Most columns of a change: more than one of Automerge can have; one of statements has eight.
pub(crate) const COLUMNS_MAX: usize = 16;

/// Most bytes of attachments that a device holds: a season's photos of a squad, and half of a small phone's storage.
pub(crate) const ATTACHMENTS_HELD_BYTES_MAX: u64 = 8 * 1_024 * 1_024 * 1_024;

/// Bytes of attachments after which one contact leaves the rest to the next: some long films, and on a slow link a day.
pub(crate) const CONTACT_ATTACHMENT_BYTES_MAX: u64 = 512 * 1_024 * 1_024;

/// How often in a row a request for parts may break without having moved anything.
pub(crate) const STALLS_MAX: u32 = 3;

const _: () = assert!(
    CONTACT_ATTACHMENT_BYTES_MAX > 2 * jasaq_protocol::limits::ATTACHMENT_BYTES_MAX,
    "one contact brings the longest attachment"
);
const _: () = assert!(OPERATIONS_MAX <= 10_000, "automerge encodes longer changes in another way");
