//! Every bound of the program beside those of the crates below it, each with its reason.

use std::time::Duration;

use jasaq_fieldbook::model::limits::TEXT_BYTES_MAX;
use jasaq_fieldbook::protocol::limits::{
    ANSWER_BYTES_MAX, COMMIT_BYTES, FRAME_BYTES_MAX, PARTS_BYTES_MAX, STEP_BYTES,
};

/// Bytes of an answer that are read at most: what the relay may send, and one frame more before we call it garbage.
pub(crate) const ANSWER_BYTES_READ_MAX: usize = ANSWER_BYTES_MAX + FRAME_BYTES_MAX;

/// Bytes of an answer about parts that are read at most: the relay's word, the longest answer, and a step more.
pub(crate) const PARTS_BYTES_READ_MAX: usize = PARTS_BYTES_MAX + STEP_BYTES;

/// Longest side of a picture that a small one is made of, in points: panoramas of phones have 16,000.
pub(crate) const PICTURE_SIDE_MAX: u32 = 20_000;

/// Memory that one picture may take while a small one is made of it: a hundred million points.
pub(crate) const PICTURE_BYTES_MAX: u64 = 400 * 1_024 * 1_024;

/// Bytes of a health answer: a line of JSON.
pub(crate) const HEALTH_BYTES_MAX: u64 = 4 * 1_024;

/// Bytes of an answer that are handed on at once.
pub(crate) const PIECE_BYTES: usize = 16 * 1_024;

/// Bytes of one line on standard input. A text that is too long is refused by the model, which says by how much; a
/// line beyond this is not even read to its end into memory.
pub(crate) const LINE_BYTES_MAX: usize = 4 * TEXT_BYTES_MAX;

/// Bytes of a line with a passphrase: more than a passphrase may have, which the fieldbook says.
pub(crate) const PASSPHRASE_BYTES_MAX: usize = 4 * 1_024;

/// Bytes of a file with an authority's certificates: more than any system has of all authorities together.
pub(crate) const AUTHORITY_BYTES_MAX: u64 = 1_024 * 1_024;

/// Bytes of a file with a recovery sheet: a printed page with its drawing.
pub(crate) const SHEET_BYTES_MAX: usize = 256 * 1_024;

/// Bytes of what a relay tells of an invite.
pub(crate) const INVITE_BYTES_MAX: u64 = 1_024;

/// Pixels along a QR code: a third of a phone's screen is wider, and a picture of this size needs no scaling up.
pub(crate) const QR_PIXELS_MIN: usize = 600;

/// Pixels along one module of it, so that a camera before a screen tells modules from the screen's own grid.
pub(crate) const QR_MODULE_PIXELS_MIN: usize = 6;

/// After this many days the drill of the recovery sheets is due again: paper gets lost in a year of moving offices.
pub(crate) const DRILL_DAYS_MAX: i64 = 365;

/// Digits of an id that have to be typed: with fewer, two patrols of one season are often meant at once.
pub(crate) const PREFIX_DIGITS_MIN: usize = 4;

/// Patrols that are looked through for a prefix and listed: several years of a squad.
pub(crate) const PATROLS_MAX: usize = 10_000;

/// From this difference between a device's clock and the satellites' on, people are shown both: phones are a minute off
/// every day, and nobody plans by less.
pub(crate) const CLOCK_DIFFERENCE_SHOWN_MS: u64 = 2 * 60 * 1_000;

/// Until somebody answers at the address.
pub(crate) const CONNECT_TIME_MAX: Duration = Duration::from_secs(10);

/// Until the first byte of an answer, and between two pieces on the wire. A relay thinks for less; a link that is silent
/// for longer is gone, and a person with the phone in his hand has long looked up.
pub(crate) const PAUSE_TIME_MAX: Duration = Duration::from_secs(30);

/// Until the handshake of a meeting is done: who calls has the code already.
pub(crate) const HANDSHAKE_TIME_MAX: Duration = Duration::from_secs(10);

/// Until one of a meeting code's addresses answers: all of them are beside us, or none.
pub(crate) const MEETING_CONNECT_TIME_MAX: Duration = Duration::from_secs(4);

/// After this time without the other device two other ways are named: an access point, and a file.
pub(crate) const LOOKING_TIME: Duration = Duration::from_secs(20);

/// How long a device waits for another one to come: people walk.
pub(crate) const MEETING_WAIT_MAX: Duration = Duration::from_mins(10);

/// How long a person may take to type the four words, and a broken link to come back.
pub(crate) const PERSON_TIME_MAX: Duration = Duration::from_mins(5);

/// How often a meeting over a link that breaks is taken up again, as long as each brings something.
pub(crate) const MEETING_TRIES_MAX: usize = 10_000;

/// How often the four words may be typed.
pub(crate) const WORDS_TRIES_MAX: usize = 3;

/// For asking who a relay is, all in all: a line of JSON, asked for before or after the exchange itself.
pub(crate) const HEALTH_TIME_MAX: Duration = Duration::from_secs(15);

/// Between two strokes of the spinner that shows a person that something is waited for.
pub(crate) const STROKE_TIME: Duration = Duration::from_millis(200);

/// An answer comes at least so fast, after [`PAUSE_TIME_MAX`] to begin with: 2 kbit/s. What drips slower ends never, and is
/// held open by somebody who is no relay.
pub(crate) const ANSWER_BYTES_A_SECOND_MIN: u64 = 256;

/// Longest trust list that is read: one byte more than the fieldbook takes shows that it is too long.
pub(crate) const TRUST_LIST_FILE_BYTES_MAX: usize = 16 * 1_024 * 1_024;

/// Longest file with a code: a photo of a phone's camera has ten megabytes at the most.
pub(crate) const CODE_PICTURE_BYTES_MAX: usize = 32 * 1_024 * 1_024;

/// The longest side, in pixels, of a photo in which a code is looked for.
pub(crate) const CODE_SIDE_MAX: u32 = 4_096;
/// Sides, in pixels, that a photo is brought to until a code is found in it: the noise of a large one hides what a smaller shows.
pub(crate) const CODE_SIDES_SMALLER: [u32; 2] = [1_600, 800];
/// Thirds of its own side that it is brought to then: between the pixels of a small scan lie the edges of a module.
pub(crate) const CODE_THIRDS_LARGER: [u32; 4] = [4, 5, 6, 9];

/// For one request and its answer, as long as the relay grants: the longest request at 16 kbit/s.
pub(crate) const CONTACT_TIME_MAX: Duration = Duration::from_mins(20);

/// A file with answers about a list: some thousand lines of a hundred letters.
pub(crate) const ANSWERS_FILE_BYTES_MAX: usize = 1024 * 1024;

/// Names that one console put on a roster in a row and that a council is shown in a row each; more stand in one.
pub(crate) const NAMES_SHOWN_EACH: usize = 20;

/// Most bytes of papers that go along with one list, held in memory while it is recorded: both sides of a thousand cards.
pub(crate) const LIST_PAPERS_BYTES_MAX: usize = 512 * 1024 * 1024;

const _: () = assert!(PIECE_BYTES < COMMIT_BYTES, "a step of the fieldbook is worth several pieces");
const _: () =
    assert!(LINE_BYTES_MAX > TEXT_BYTES_MAX, "the model, not the reader, says that a text is too long");
