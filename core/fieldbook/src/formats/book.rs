//! A book: sealed pages of a squad in one file, which anybody checks who has the public keys (`core/docs/page-format.md`).
//!
//! ```text
//! {"jasaq":"book/1"}
//! {"page":"…","sealed":{"by","signature"},"countersigned":[{"by","number","signature"}],"entered":[{"day","section"}]}   each page
//! {"openings":[{"path","salt","value"}],"page":"HASH"}                                                         as far as not erased
//! {"by":"…","index":"…","signature":"…"}                                                                            the whole
//! ```
//!
//! One JSON object a line. Promises that a page stands in it as the very text that was signed; that the index, signed by a console of the
//! subdivision, names every page with its number, so that one that is missing is missed; and that what opens personal fields can be
//! left out or taken out with an editor, and everything else still holds.

mod index;
mod keys;
mod verify;

pub use keys::{BookKey, BookKeys, BookKeysRefused};
pub use verify::{BookProblem, BookVerdict, PageVerdict, verify_book};

use std::collections::BTreeSet;

use jasaq_model::ids::{PageHash, hexadecimal, read_hexadecimal};
use jasaq_model::page::{Opening, PageBytes, index_message};
use jasaq_model::sealing::PageNumber;
use jasaq_protocol::ids::DeviceId;
use jasaq_protocol::seal::{Signature, SigningKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The longest book that is read: some ten thousand pages.
pub const BOOK_BYTES_MAX: usize = 512 * 1_024 * 1_024;

const BOOK_FORM: &str = "book/1";
const INDEX_FORM: &str = "index/1";

/// The first line.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct FirstLine {
    jasaq: String,
}

/// Who signed, and what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedBy {
    /// The device, by its public key.
    pub by: String,
    /// Ed25519, in lower-case hexadecimal.
    pub signature: String,
}

/// The subdivision's word, with the number that it gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountersignedBy {
    /// The console, by its public key.
    pub by: String,
    /// `2026-47`, `2026-47-1`.
    pub number: String,
    /// Ed25519, in lower-case hexadecimal.
    pub signature: String,
}

/// That it is in the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnteredIn {
    /// On which day.
    pub day: String,
    /// In which section.
    pub section: String,
}

/// One page of a book.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookPage {
    /// The very text that was signed.
    pub page: String,
    /// By the head.
    pub sealed: SignedBy,
    /// By the subdivision.
    pub countersigned: Vec<CountersignedBy>,
    /// That it is in the book.
    pub entered: Vec<EnteredIn>,
}

/// Whose signatures it has: what people wrote is in no trace.
impl std::fmt::Debug for BookPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BookPage")
            .field("page_bytes", &self.page.len())
            .field("sealed", &self.sealed)
            .field("countersigned", &self.countersigned)
            .field("entered", &self.entered)
            .finish()
    }
}

/// What opens the personal fields of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookOpenings {
    /// Each of one field.
    pub openings: Vec<Opening>,
    /// Of which page, by its hash.
    pub page: String,
}

/// The last line: which pages there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookIndex {
    /// The console, by its public key.
    pub by: String,
    /// The very text that was signed.
    pub index: String,
    /// Ed25519, in lower-case hexadecimal.
    pub signature: String,
}

/// What an index says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexText {
    /// What is entered: hash, day and section.
    pub entered: Vec<[String; 3]>,
    /// Pages that were erased for everybody: number and hash, in the order of the numbers, which are not given again.
    pub erased: Vec<[String; 2]>,
    /// Always `index/1`.
    pub jasaq: String,
    /// When it was made, by the console's clock.
    pub made_at: String,
    /// Each page: its number and its hash, in the order of the numbers.
    pub pages: Vec<[String; 2]>,
    /// The squad, by the roll of its phones.
    pub squad: String,
    /// The territory, by its root key.
    pub territory: String,
}

/// A book that is being written.
#[derive(Debug, Clone, Default)]
pub struct Book {
    pages: Vec<(PageNumber, BookPage, Option<BookOpenings>)>,
    erased: BTreeSet<(PageNumber, PageHash)>,
    missing: BTreeSet<(PageNumber, PageHash)>,
}

impl Book {
    /// Adds a page under its number.
    pub fn add(&mut self, number: PageNumber, page: BookPage, openings: Option<BookOpenings>) {
        self.pages.push((number, page, openings));
    }

    /// Names a page that has a number and is not held: it was erased for everybody, or has not come.
    pub fn add_missing(&mut self, named: (PageNumber, PageHash), is_erased: bool) {
        if is_erased {
            self.erased.insert(named)
        } else {
            self.missing.insert(named)
        };
    }

    /// How many personal fields it opens.
    #[must_use]
    pub fn opened(&self) -> usize {
        let openings = self.pages.iter().filter_map(|(_, _, openings)| openings.as_ref());
        openings.map(|line| line.openings.len()).sum()
    }

    /// How many pages it has.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.pages.len()
    }

    /// Writes it, signed by a console of the subdivision if one writes it.
    #[must_use]
    pub fn write(
        mut self,
        (squad, territory, made_at): (&str, &str, String),
        console: Option<&SigningKey>,
    ) -> Vec<u8> {
        self.pages
            .sort_by(|one, other| one.0.cmp(&other.0).then_with(|| one.1.page.cmp(&other.1.page)));
        let mut lines = vec![line(&FirstLine { jasaq: BOOK_FORM.to_owned() })];
        let named = |(number, page): &(PageNumber, PageHash)| [number.to_string(), page.to_string()];
        let mut index = IndexText {
            entered: Vec::new(),
            erased: self.erased.iter().map(named).collect(),
            jasaq: INDEX_FORM.to_owned(),
            made_at,
            pages: Vec::new(),
            squad: squad.to_owned(),
            territory: territory.to_owned(),
        };
        let missing = self.missing.iter().map(|(number, page)| (*number, page.to_string()));
        let mut numbered: Vec<(PageNumber, String)> = missing.collect();
        for (number, page, openings) in &self.pages {
            let hash = hexadecimal(&Sha256::digest(page.page.as_bytes()));
            let entered = page.entered.iter();
            index
                .entered
                .extend(entered.map(|at| [hash.clone(), at.day.clone(), at.section.clone()]));
            numbered.push((*number, hash));
            lines.push(line(page));
            lines.extend(openings.as_ref().map(line));
        }
        numbered.sort();
        index.pages = numbered.into_iter().map(|(number, hash)| [number.to_string(), hash]).collect();
        if let Some(console) = console {
            let text = line(&index);
            let message = index_message(Sha256::digest(text.as_bytes()).into());
            let signature = hexadecimal(console.sign(&message).as_bytes());
            lines.push(line(&BookIndex { by: console.device_id().to_string(), index: text, signature }));
        }
        let mut written = lines.join("\n");
        written.push('\n');
        written.into_bytes()
    }
}

/// A page with its head's signature, as it goes into a book.
#[must_use]
pub fn book_page(bytes: &PageBytes, by: &str, signature: &[u8; 64]) -> BookPage {
    BookPage {
        page: String::from_utf8_lossy(bytes.as_bytes()).into_owned(),
        sealed: SignedBy { by: by.to_owned(), signature: hexadecimal(signature) },
        countersigned: Vec::new(),
        entered: Vec::new(),
    }
}

#[expect(clippy::expect_used, reason = "structs of strings are JSON")]
fn line<T: Serialize>(what: &T) -> String {
    serde_json::to_string(what).expect("a line of a book is JSON")
}

fn is_signed(by: &str, message: &[u8], signature: &str) -> bool {
    let (Ok(key), Ok(signature)) = (read_hexadecimal(by), read_hexadecimal(signature)) else { return false };
    jasaq_protocol::seal::verify(&key, message, &Signature::from_bytes(signature)).is_ok()
}

/// How a device is named in a book.
#[must_use]
pub fn named(device: &DeviceId) -> String {
    hexadecimal(device.as_bytes())
}

#[cfg(test)]
mod tests;
