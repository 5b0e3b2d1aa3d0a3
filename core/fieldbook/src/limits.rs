//! The bounds of this crate, each with its reason. Those of changes and documents are part of the wire format, beside the
//! protocol's own: whoever writes a change keeps to them, and whoever reads one refuses what does not. Those of the vault's
//! lock are this device's own business.

use std::time::Duration;

/// Most statements of one document, by one device: what is loaded and merged at once; then follows a continuation document.
pub(crate) const STATEMENTS_MAX: usize = 1_000;

/// Most documents that continue one another: sixteen thousand statements of one device about one patrol.
pub(crate) const CONTINUATIONS_MAX: u8 = 16;

/// Plans that are looked through at once: a year of a squad that goes out three times a day.
pub(crate) const PLANS_MAX: usize = 1_000;

/// Most operations of one change: a thousand statements of eight fields. Columns are run-length encoded, so that a
/// hundred bytes could otherwise stand for thousands of millions.
pub(crate) const OPERATIONS_MAX: usize = 8_192;

/// Most persons on one page of the roster: more than anybody reads at once.
pub(crate) const ROSTER_PAGE_MAX: usize = 100;

/// Words by which a roster is searched at once; names have five at most.
pub(crate) const ROSTER_WORDS_MAX: usize = 8;

/// Documents that one transaction brings the roster up to date with: a second's work, so that others get their turn.
pub(crate) const ROSTER_DUE_AT_ONCE: usize = 2_000;

/// Longest key of a field, in bytes: keys are run-length encoded too. Ours have eight at most.
pub(crate) const FIELD_KEY_BYTES_MAX: usize = 64;

/// Most columns of a change: more than one of Automerge can have; one of statements has eight.
pub(crate) const COLUMNS_MAX: usize = 16;

/// How long a twin of a device is told of once nothing more was seen of it, in ms: thirty days. Who was restored from a backup
/// on purpose need not read of it for ever, and a clone that writes on is seen again at each exchange.
pub(crate) const TWIN_TOLD_MS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// Memory of one try of a passphrase, in KiB, with the passes over it and its lanes: the second recommendation of RFC 9106
/// §4, for machines that have no 2 GiB to spare. OWASP's least is 19 MiB and two passes; this is five times as much work, a
/// fifth of a second on a desktop. A machine with many graphics processors makes some thousand tries a second.
pub(crate) const ARGON2_MEMORY_KIB: u32 = 64 * 1_024;
/// See [`ARGON2_MEMORY_KIB`].
pub(crate) const ARGON2_PASSES: u32 = 3;
/// See [`ARGON2_MEMORY_KIB`].
pub(crate) const ARGON2_LANES: u32 = 4;

/// Bytes of salt: RFC 9106 §3.1 recommends sixteen.
pub(crate) const ARGON2_SALT_BYTES: usize = 16;

/// Most memory of a try that a key file may ask for: four times what we write, so that a later program's still opens.
pub(crate) const ARGON2_MEMORY_KIB_MAX: u32 = 4 * ARGON2_MEMORY_KIB;

/// Most passes, and most lanes.
pub(crate) const ARGON2_PASSES_MAX: u32 = 64;

/// Least characters of a new passphrase: NIST SP 800-63B-4 §3.1.1.2 asks for 15 where nothing else protects, and nothing
/// else does once somebody has the disk. Three or four words have them. Older passphrases open what they keep.
pub(crate) const PASSPHRASE_CHARACTERS_MIN: usize = 15;

/// Least different characters in it: `аааааааааааааааа` has one. Any four words have more than these.
pub(crate) const PASSPHRASE_DIFFERENT_MIN: usize = 6;

/// Longest passphrase, in bytes: nobody types a thousand, and a file of that size is the wrong file.
pub(crate) const PASSPHRASE_BYTES_MAX: usize = 1_024;

/// Longest key as a host's hardware wraps it: a nonce, a tag and a name around 32 bytes, with room for wrapping by RSA.
pub(crate) const WRAPPED_KEY_BYTES_MAX: usize = 1_024;

/// Longest key file that is read.
pub(crate) const KEY_FILE_BYTES_MAX: usize = 4 * 1_024;

/// Wrong passphrases that cost no wait: who has a glove on, the wrong keyboard layout, or the caps lock.
pub(crate) const TRIES_FREE: u32 = 5;

/// The first wait, in ms. Each further one is twice as long.
pub(crate) const TRY_WAIT_FIRST_MS: u64 = 5_000;

/// The longest wait, in ms: five minutes make 288 tries a day, which find nothing of this length; its owner, whom somebody
/// has played a trick on, can write down what is happening in five minutes.
pub(crate) const TRY_WAIT_MAX_MS: u64 = 5 * 60 * 1_000;

/// After how many idle minutes a fieldbook that is kept open locks itself, unless its owner said otherwise: the fifteen of
/// the usual baselines for offices (CIS, PCI DSS 8.2.8). A console in a duty room is left for longer than that.
pub(crate) const LOCK_MINUTES: u16 = 15;

/// The longest that may be set: one duty of twelve hours. There is no *never*.
pub(crate) const LOCK_MINUTES_MAX: u16 = 12 * 60;

/// How long a lock waits for other processes before the key goes: a tap takes a thousandth of it, and an unclean end costs a new
/// journal and nothing else.
pub(crate) const LOCK_WAIT_MAX: Duration = Duration::from_millis(500);

const _: () = assert!(2 * WRAPPED_KEY_BYTES_MAX < KEY_FILE_BYTES_MAX, "a wrapped key fits into its file");
const _: () = assert!(TRY_WAIT_FIRST_MS < TRY_WAIT_MAX_MS && LOCK_MINUTES <= LOCK_MINUTES_MAX);
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

/// Sections of erased documents that one flush names, if they came late: who writes on into an erased record makes nobody sign
/// without end at once.
pub(crate) const LATE_SECTIONS_AT_ONCE: usize = 1_024;

/// Longest text of a certificate's QR code, in characters. With the longest names it has 880, which a code of version 19
/// holds; a usual one has 430.
pub(crate) const CERTIFICATE_TEXT_BYTES_MAX: usize = 1_200;

/// Most bytes that it may inflate to: the signature, two names and a number take less than 600.
pub(crate) const CERTIFICATE_BYTES_MAX: usize = 1_024;

/// Longest trust list, in bytes: eight times that of a hundred thousand certificates.
pub(crate) const TRUST_LIST_BYTES_MAX: usize = 16 * 1_024 * 1_024;

/// Most bytes that one may inflate to. Hashes do not pack, so that an honest one is never half of itself.
pub(crate) const TRUST_LIST_INFLATED_BYTES_MAX: usize = 2 * TRUST_LIST_BYTES_MAX;

/// Most certificates of one list: more than a territory will issue in a century.
pub(crate) const TRUST_LIST_ROWS_MAX: usize = 200_000;

/// Most prints of one certificate: a print's number is one byte.
pub(crate) const CERTIFICATE_PRINTS_MAX: usize = u8::MAX as usize;

/// Most envelopes that show a list's keys: an `add` and a `remove` each of more consoles than a territory has in a century.
pub(crate) const TRUST_LIST_EVIDENCE_MAX: usize = 256;

const _: () = {
    use jasaq_model::limits::{CERTIFICATE_NUMBER_BYTES_MAX, NAME_BYTES_MAX};
    assert!(CERTIFICATE_NUMBER_BYTES_MAX + 2 * NAME_BYTES_MAX < CERTIFICATE_BYTES_MAX / 2);
};

/// Drafts that one device keeps: more than anybody begins on a patrol and does not finish.
pub(crate) const DRAFTS_MAX: usize = 100;
