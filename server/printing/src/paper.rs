//! Documents as PDF/A-2b: one door, [`print()`].
//!
//! ```text
//! Document ──► JSON ──► template (.typ) ──► pages ──► PDF/A-2b
//!    │          └ values; never markup, so a `#` in a name is a `#`
//!    └ refused before: too long, too many rows, letters our fonts do not have
//! ```
//!
//! Promises the same bytes for the same document; embedded fonts with every letter of Kazakh and Russian; and that nothing of
//! what was printed stays in the memory of the typesetter. Templates reach no file, no network and no clock.

mod as_found;
mod code;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
mod world;

use serde::Serialize;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::documents::{Document, Made, PageLanguage};
use crate::limits::{PRINTED_TEXT_BYTES_MAX, PRINTED_WORD_LETTERS_MAX};
use world::PrintWorld;

/// Why a document was not printed. Holds nothing of what stands in it but one letter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintRefused {
    /// Our fonts have no such letter, or it is none: a control character, a mark that turns the direction of writing.
    #[error("the character U+{:04X} cannot be printed", u32::from(*.character))]
    NotPrintable {
        /// Which.
        character: char,
    },
    /// One text is longer than a page.
    #[error("a text has {bytes} bytes, at most {bytes_max} are printed")]
    TextTooLong {
        /// Its length.
        bytes: usize,
        /// How long one may be.
        bytes_max: usize,
    },
    /// One word is longer than a line.
    #[error("a word has {letters} letters, at most {} are printed", PRINTED_WORD_LETTERS_MAX)]
    WordTooLong {
        /// Its length.
        letters: usize,
    },
    /// The names on a certificate are longer than its sides.
    #[error("what is to stand on the certificate does not fit on it")]
    DoesNotFit,
    /// A list is longer than what anybody reads on paper: a spreadsheet holds it.
    #[error("the list has {rows} rows, at most {rows_max} are printed")]
    TooManyRows {
        /// How many.
        rows: usize,
        /// How many are printed.
        rows_max: usize,
    },
    /// The QR would be too fine for a cheap camera.
    #[error("the code has {bytes} bytes, more than a QR beside a certificate holds")]
    CodeTooLong {
        /// Its length.
        bytes: usize,
    },
    /// A template of ours is wrong.
    #[error("the template {template} could not be set")]
    NotSet {
        /// Which document.
        template: &'static str,
    },
}

impl PrintRefused {
    /// A stable name of the reason, for sentences and scripts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotPrintable { .. } => "print.not_printable",
            Self::TextTooLong { .. } => "print.text_too_long",
            Self::WordTooLong { .. } => "print.word_too_long",
            Self::DoesNotFit => "print.does_not_fit",
            Self::TooManyRows { .. } => "print.too_many_rows",
            Self::CodeTooLong { .. } => "print.code_too_long",
            Self::NotSet { .. } => "print.not_set",
        }
    }
}

/// What a template is given.
#[derive(Serialize)]
struct Input<'a> {
    language: PageLanguage,
    made: &'a Made,
    has_code: bool,
    it: &'a Document,
}

/// Prints a document.
pub fn print(document: &Document, language: PageLanguage, made: &Made) -> Result<Vec<u8>, PrintRefused> {
    let template = document.name();
    let (rows, rows_max) = (document.rows(), document.rows_max());
    if rows > rows_max {
        return Err(PrintRefused::TooManyRows { rows, rows_max });
    }
    let code = document.code().map(code::draw).transpose()?;
    let input = Input { language, made, has_code: code.is_some(), it: document };
    let mut input = serde_json::to_value(input).map_err(|_| PrintRefused::NotSet { template })?;
    if document.is_as_found() {
        as_found::make_legible(&mut input)?;
    } else {
        check_texts(&input)?;
    }
    let world = PrintWorld::new(template, input.to_string(), code);
    let pdf = set(&world, made);
    // What was computed is kept by the typesetter for the next time, and in it names: nobody is to find them there.
    typst::comemo::evict(0);
    pdf.map_err(|errors| {
        let does_not_fit = errors.iter().any(|error| error.message.ends_with(DOES_NOT_FIT));
        if does_not_fit { PrintRefused::DoesNotFit } else { PrintRefused::NotSet { template } }
    })
}

/// What `certificate.typ` says when the smallest letters are too large.
const DOES_NOT_FIT: &str = "does not fit";

/// Warnings refuse too: a font that is not found or pages that never come to rest are mistakes of ours.
fn set(world: &PrintWorld, made: &Made) -> Result<Vec<u8>, Vec<SourceDiagnostic>> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
    let pages = output.map_err(|errors| errors.to_vec())?;
    if !warnings.is_empty() {
        return Err(warnings.to_vec());
    }
    let standards = PdfStandards::new(&[PdfStandard::A_2b]).map_err(|_| Vec::new())?;
    let options = PdfOptions {
        ident: Smart::Custom(world.fingerprint()),
        creator: Smart::Custom(Some(made.program.clone())),
        timestamp: world::date(made.day).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options).map_err(|errors| errors.to_vec())
}

/// Every text that will stand on a page, however deep: its length and each of its letters.
fn check_texts(value: &serde_json::Value) -> Result<(), PrintRefused> {
    match value {
        serde_json::Value::String(text) => {
            if text.len() > PRINTED_TEXT_BYTES_MAX {
                return Err(PrintRefused::TextTooLong {
                    bytes: text.len(),
                    bytes_max: PRINTED_TEXT_BYTES_MAX,
                });
            }
            let words = text.split_whitespace().map(|word| word.chars().count());
            if let Some(letters) = words.max().filter(|letters| *letters > PRINTED_WORD_LETTERS_MAX) {
                return Err(PrintRefused::WordTooLong { letters });
            }
            let strange = text.chars().find(|character| !world::has_letter(*character));
            strange.map_or(Ok(()), |character| Err(PrintRefused::NotPrintable { character }))
        }
        serde_json::Value::Array(values) => values.iter().try_for_each(check_texts),
        serde_json::Value::Object(fields) => fields.values().try_for_each(check_texts),
        _ => Ok(()),
    }
}
