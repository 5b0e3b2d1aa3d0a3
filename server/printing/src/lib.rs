//! # Printing
//!
//! What an office hands us, and what it is handed: lists come in as XLSX or CSV, tables go out as both, and the register's
//! documents go out as PDF. A leaf: it knows the model's days and sheets and nothing of the register, and only the program
//! knows it, so that nothing else waits while the typesetter compiles.
//!
//! ```text
//! bytes ──► reading ──► Sheet          of the model; `list` understands it
//! TableOut ──► tables ──► XLSX, CSV
//! Document ──► paper ──► PDF/A-2b      templates/*.typ, one per document, kk and ru side by side
//! ```
//!
//! Promises that hostile bytes are answered with a refusal, that nothing is filled in which was not given, that a name is
//! never taken for a formula or for markup, and that the same input gives the same bytes. No disk, no network, no clock: days
//! are given.
//!
//! Every refusal has a clause in English and a `code()`; the sentence for a person is the program's, in the language he reads.
//! Neither holds anything of what stands in a file or on a page, but for one letter that cannot be printed.
//!
//! ```
//! use jasaq_printing::documents::{Document, Letterhead, Made, PageLanguage, Refusal, Signer};
//!
//! let letter = Letterhead { from: "Аумақтық бөлімше".into(), to: Some("Әсел".into()), number: None, day: None };
//! let refusal = Refusal { letter, received_on: None, signer: Signer::default() };
//! let made = Made { day: "2026-11-21".parse()?, program: "jasaq 0.1.0".into() };
//! let pdf = jasaq_printing::paper::print(&Document::Refusal(refusal), PageLanguage::Kk, &made)?;
//! assert!(pdf.starts_with(b"%PDF-1.7"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod documents;
pub mod limits;
pub mod paper;
pub mod reading;
pub mod tables;
