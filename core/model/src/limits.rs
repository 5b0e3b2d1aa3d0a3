//! Every bound of the model, with its reason; their relations are asserted when this compiles.
//!
//! Promises that whatever a statement holds fits into one envelope of the protocol (4 KiB) with room for its
//! seal.

/// The text of an entry, in bytes of UTF-8: about 1,000 Kazakh or Russian letters, a handwritten page.
pub const TEXT_BYTES_MAX: usize = 2_000;

/// A name of a person, squad, district or body: the longest official names of bodies take about 150 bytes.
pub const NAME_BYTES_MAX: usize = 200;

/// A few words beside a record, a task, a route, a reason: some 300 Kazakh or Russian letters.
pub const NOTE_BYTES_MAX: usize = 600;

/// A short mark, some 40 Kazakh or Russian letters: the number of a boundary marker, what a landmark is called.
pub const LABEL_BYTES_MAX: usize = 80;

/// The statements that one replaces: of more than these nobody can say that he has looked at them.
pub const BEFORE_MAX: usize = 8;

/// The hours for which one patrol is planned: two weeks. Nobody's supplies last longer, and a year is a slip.
pub const PLAN_HOURS_MAX: i64 = 14 * 24;

/// So long after the time of its plan a patrol that nobody started is overdue: half an hour, which saddling and a slow phone explain.
pub const START_OVERDUE_MS: i64 = 30 * 60 * 1_000;

/// The number of a certificate, in bytes: series, number and a year fit.
pub const CERTIFICATE_NUMBER_BYTES_MAX: usize = 40;

/// The journals that one review names: a council's space is written by a handful of consoles, each with a journal or a few,
/// and renewed now and then. What finds no room stays new.
pub const SEEN_MAX: usize = 64;

/// The key of a statement: eight characters of a journal, a dot, a counter, and room to grow.
pub const STATEMENT_REF_BYTES_MAX: usize = 32;

/// Members of one leg: a squad's whole turn-out; a patrol is rarely more than eight.
pub const MEMBERS_MAX: usize = 32;

/// One packed piece of a track: some 300 points, so that a broken link costs little and an envelope holds it.
pub const TRACK_CHUNK_BYTES_MAX: usize = 2_048;

/// The points of one recording: a week at one point a second would be 604,800; two days a point a second fit.
pub const TRACK_POINTS_MAX: usize = 500_000;

/// The chunks of one recording: enough for [`TRACK_POINTS_MAX`] points that compress badly.
pub const TRACK_CHUNKS_MAX: u16 = 10_240;

/// The most one packed point can take: head 9, presence 1, latitude 5, longitude 5, elevation 5.
pub const TRACK_POINT_BYTES_MAX: usize = 25;

/// The two bytes before the points of a chunk: version and units.
pub const TRACK_CHUNK_HEAD_BYTES: usize = 2;

/// All keys and values of one statement together: the longest text, the longest name and the small fields.
pub const STATEMENT_BYTES_MAX: usize = 2_600;

/// The same of the kinds that came with detention, decisions and pages: with words, reasons and what they replace. It still fits
/// into one section of an envelope.
pub const STATEMENT_BYTES_MAX_LONG: usize = 3_200;

/// What keys, numbers, codes and ids of a statement take beside its text or its track.
pub const STATEMENT_SMALL_FIELDS_BYTES_MAX: usize = 350;

/// A device's time since boot: a hundred years, so that differences of clocks never overflow.
pub const ELAPSED_MS_MAX: u64 = 100 * 366 * 24 * 3_600 * 1_000;

/// One piece of a page or of its openings, as it travels.
pub const PAGE_PART_BYTES_MAX: usize = 2_048;

/// The pieces of one page: some ten thousand entries, packed.
pub const PAGE_PARTS_MAX: u16 = 4_096;

/// People, animals or things that one entry counts.
pub const COUNTED_MAX: u32 = 100_000;

/// Entries of two phones this far apart in time may tell of one event: five minutes, as people look at a phone.
pub const SAME_EVENT_MS: i64 = 5 * 60 * 1_000;

/// And this far in place, in metres, or as far as their accuracies reach.
pub const SAME_EVENT_METRES: f64 = 100.0;

/// Times of one event that differ by no more than this agree: a minute is what a person writes down.
pub const TIMES_AGREE_MS: i64 = 60 * 1_000;

/// Places of one event that differ by no more than this agree, in metres, whatever their accuracies: a group stands so wide.
pub const PLACES_AGREE_METRES: f64 = 25.0;

/// As far as this an accuracy makes places agree, or near, in metres: a kilometre, about what a mast tells in open land. Whoever knows
/// less says nothing of where in a sector he was; if he agreed with everything, nobody would be asked where it happened.
pub const REACH_METRES_MAX: f64 = 1_000.0;

/// A clock that differs from the satellites' by more than this is put right for comparing: two minutes.
pub const CLOCK_TRUSTED_MS: i64 = 2 * 60 * 1_000;

/// From this accuracy on a position is called weak: at 50 m one may stand on either side of a gully or a
/// fence.
pub const ACCURACY_WEAK_DECIMETRES: u32 = 500;

/// A track without a point for this long has a gap: three minutes, as phones in deep sleep report every one
/// or two.
pub const TRACK_GAP_MS: i64 = 180_000;

/// What is said to have happened this long after it was recorded is flagged: a day, as a wrong offset or a date line
/// makes less, and nobody records tomorrow's patrol.
pub const SAID_AHEAD_MS_MAX: i64 = 24 * 3_600 * 1_000;

/// Clocks are plausible from the day of decree No. 866, 27.08.2013, under which nobody patrolled before, up
/// to the year 2100, which no device of today will see. In unix milliseconds. What lies outside is kept and
/// flagged.
pub const CLOCK_PLAUSIBLE_MS: std::ops::Range<i64> = 1_377_561_600_000..4_102_444_800_000;

/// The rows of a list from an akimat: some three times the volunteers of the longest list one can think of.
pub const LIST_ROWS_MAX: usize = 20_000;

/// Lines of sheets that are typed in at once: one patrol fills some ten sheets of twenty lines.
pub const PAPER_LINES_MAX: usize = 2_000;

/// Lines of a list with one day of birth and one name, or nearly one, that are compared: there are no more such namesakes in a
/// district.
pub const LIST_LINES_ALIKE_MAX: usize = 20;

/// The columns that are looked at; people's tables have a dozen, and stray formatting reaches far to the right.
pub const LIST_COLUMNS_MAX: usize = 200;

/// What a cell of a list may hold before anybody looks into it, in bytes: ten times what is taken of it, for blanks.
pub const LIST_CELL_BYTES_MAX: usize = 10 * NAME_BYTES_MAX;

/// The rows above which the header of a list must stand: letterhead, title and approval stamp take some ten.
pub const LIST_HEADER_ROWS_MAX: usize = 40;

/// Who is said to be older is asked about, and two digits of a year are not read as making anybody older: nobody in
/// the country is.
pub const AGE_YEARS_MAX: i32 = 110;

/// Of two centuries the one is proposed in which he is as old as this: from then on people have an identity card. It
/// decides nothing: the Rules name no age.
pub const AGE_YEARS_PROPOSED_MIN: i32 = 16;

const _: () =
    assert!(TEXT_BYTES_MAX + NAME_BYTES_MAX + STATEMENT_SMALL_FIELDS_BYTES_MAX <= STATEMENT_BYTES_MAX);
const _: () =
    assert!(TRACK_CHUNK_BYTES_MAX + NAME_BYTES_MAX + STATEMENT_SMALL_FIELDS_BYTES_MAX <= STATEMENT_BYTES_MAX);
const _: () = assert!(
    SEEN_MAX * (STATEMENT_REF_BYTES_MAX + 1) + STATEMENT_SMALL_FIELDS_BYTES_MAX <= STATEMENT_BYTES_MAX
);
const BEFORE_BYTES_MAX: usize = BEFORE_MAX * (32 + 1 + STATEMENT_REF_BYTES_MAX);
const _: () = assert!(
    2 * NOTE_BYTES_MAX + 2 * NAME_BYTES_MAX + BEFORE_BYTES_MAX + STATEMENT_SMALL_FIELDS_BYTES_MAX
        <= STATEMENT_BYTES_MAX
);
const _: () =
    assert!(MEMBERS_MAX * 16 + BEFORE_BYTES_MAX + STATEMENT_SMALL_FIELDS_BYTES_MAX <= STATEMENT_BYTES_MAX);
const _: () = assert!(MEMBERS_MAX * 16 + STATEMENT_SMALL_FIELDS_BYTES_MAX <= STATEMENT_BYTES_MAX);
const _: () = assert!(
    TEXT_BYTES_MAX + NOTE_BYTES_MAX + 2 * LABEL_BYTES_MAX + STATEMENT_SMALL_FIELDS_BYTES_MAX
        <= STATEMENT_BYTES_MAX_LONG
);
const _: () = assert!(
    2 * NOTE_BYTES_MAX + 2 * BEFORE_BYTES_MAX + STATEMENT_SMALL_FIELDS_BYTES_MAX <= STATEMENT_BYTES_MAX_LONG
);
const _: () = assert!(PAGE_PART_BYTES_MAX + STATEMENT_SMALL_FIELDS_BYTES_MAX <= STATEMENT_BYTES_MAX);
const _: () = assert!(
    TRACK_POINTS_MAX
        <= TRACK_CHUNKS_MAX as usize
            * ((TRACK_CHUNK_BYTES_MAX - TRACK_CHUNK_HEAD_BYTES) / TRACK_POINT_BYTES_MAX)
);
const _: () = assert!(PLACES_AGREE_METRES < REACH_METRES_MAX && SAME_EVENT_METRES < REACH_METRES_MAX);
const _: () = assert!(LIST_HEADER_ROWS_MAX < LIST_ROWS_MAX);
const _: () = assert!(AGE_YEARS_PROPOSED_MIN < 100 && AGE_YEARS_MAX < 200);
