//! Every bound of this crate, with its reason; their relations are asserted when this compiles.

/// A file of sheets as it arrives: 100,000 members take some 10 MB as XLSX and 15 MB as CSV; photographs that somebody
/// pasted into the workbook fit beside them.
pub const SHEETS_FILE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// All parts of a workbook, unpacked: 100,000 rows of ten cells take about 90 MB of XML. What unpacks to more is a bomb.
pub const UNPACKED_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// The parts of a workbook: each sheet has one to four, each picture one; a list has a dozen in all.
pub const PARTS_MAX: usize = 4_096;

/// The formats of a workbook: Excel itself keeps at most 65,490.
pub const FORMATS_MAX: usize = 65_536;

/// What one element of the formats says, in bytes: Excel's longest code has 255 characters. Each format gets a copy of all it
/// names, so 65,536 of them are 64 MiB at the most.
pub const FORMAT_BYTES_MAX: usize = 1_024;

/// All sheets of a workbook, as if each were its largest part: many may name one part, which is then read for each. Fifty
/// sheets beside a picture of 80 MB fit; what is read for minutes does not.
pub const SHEETS_BYTES_MAX: u64 = 16 * UNPACKED_BYTES_MAX;

/// The sheets of a workbook: an akimat with all its squads on sheets of their own has some dozens.
pub const SHEETS_MAX: usize = 256;

/// The last row of a sheet that may hold something: twice the largest list we are built for. Formatted rows without
/// contents do not count.
pub const ROWS_MAX: u32 = 200_000;

/// The last column that may hold something: lists have some fifteen.
pub const COLUMNS_MAX: u32 = 512;

/// All cells and rows of a file, also the empty ones in front of others: 200,000 rows of nineteen columns.
pub const CELLS_MAX: usize = 4_000_000;

/// A cell's text, in bytes of UTF-8: spreadsheets hold no more than 32,767 characters.
pub const CELL_BYTES_MAX: usize = 4 * 32_767;

/// All texts of a file as they are handed on: one text may be shared by every cell, so a small file can name gigabytes.
pub const TEXTS_BYTES_MAX: usize = 256 * 1024 * 1024;

/// How many records of a CSV decide what separates its fields.
pub const DELIMITER_SAMPLE_RECORDS: usize = 100;

/// The rows of one printed list: ten times the largest district's volunteers; some 200 pages.
pub const PRINTED_ROWS_MAX: usize = 5_000;

/// The entries of one printed page of a patrol: twice the ten thousand for which pages are built.
pub const PRINTED_ENTRIES_MAX: usize = 20_000;

/// One text of somebody in the field with everything that was said beside it: eight entries of the longest, and what was decided. A
/// page that says more in one place was made to hold a printer up.
pub const PRINTED_FOUND_BYTES_MAX: usize = 64 * 1024;

/// Where a word of somebody in the field is broken if the line asks for it: the narrowest column holds as many letters.
pub const PRINTED_PIECE_LETTERS: usize = 20;

/// One text on a printed page, in bytes: a page full of it.
pub const PRINTED_TEXT_BYTES_MAX: usize = 8_000;

/// One word: nothing breaks it, and the longest Kazakh ones have about 30 letters. Sixty fill half a line.
pub const PRINTED_WORD_LETTERS_MAX: usize = 60;

/// The finest QR beside a certificate: version 25 has 117 modules a side, which a printer of 300 dots per inch and a cheap
/// camera still manage at 40 mm. It holds 997 bytes at correction M.
pub const QR_VERSION_MAX: i16 = 25;

const _: () = assert!(CELL_BYTES_MAX <= TEXTS_BYTES_MAX);
const _: () = assert!(SHEETS_FILE_BYTES_MAX as u64 <= UNPACKED_BYTES_MAX);
