//! The sentences a person reads: what happened, that nothing is lost, what to do next.
//!
//! One part a language, each with every refusal in the same order. Promises one or two short sentences with the numbers
//! a person needs; a part of the text, a name, a place, an id or a key never stands in one. What is shared by the three
//! is here: which trouble with a file it is, and how numbers are given.

mod attach_en;
mod attach_kk;
mod attach_ru;
mod en;
mod import_en;
mod import_kk;
mod import_ru;
mod judging;
mod kk;
mod link_en;
mod link_kk;
mod link_ru;
mod lock_en;
mod lock_kk;
mod lock_ru;
mod meeting_en;
mod meeting_kk;
mod meeting_ru;
mod paper_en;
mod paper_kk;
mod paper_ru;
mod removed;
mod ru;
mod seasons;

use std::borrow::Cow;
use std::io;
use std::path::Path;

use jasaq_model::words::Language;
use jasaq_protocol::limits::INVITE_LIFETIME_MS;

use super::FieldbookRefused;
use crate::limits::{CONTINUATIONS_MAX, STATEMENTS_MAX};

/// For how long an invite may be confirmed.
const INVITE_HOURS: i64 = INVITE_LIFETIME_MS / (60 * 60 * 1_000);

/// How many statements about one patrol a device can make.
const PATROL_STATEMENTS_MAX: usize = CONTINUATIONS_MAX as usize * STATEMENTS_MAX;

impl FieldbookRefused {
    /// One or two sentences for the person: what happened, what is safe, what to do next.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        match language {
            Language::Kk => kk::sentence(self),
            Language::Ru => ru::sentence(self),
            Language::En => en::sentence(self),
        }
    }
}

/// What a person can do about a file that cannot be used.
#[derive(Debug, Clone, Copy)]
enum FileTrouble {
    /// Make room.
    Full,
    /// Give permission.
    Forbidden,
    /// Look for it.
    Missing,
    /// Look after the disk.
    Other,
}

impl FileTrouble {
    fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::Forbidden,
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Other,
        }
    }
}

/// How long to wait, in the unit that a person would take.
#[derive(Debug, Clone, Copy)]
enum Wait {
    Seconds(u64),
    Minutes(u64),
}

impl Wait {
    /// Rounded up: who comes at that time does not come too early.
    fn of(wait_ms: u64) -> Self {
        match wait_ms.div_ceil(1_000) {
            seconds @ ..=90 => Self::Seconds(seconds),
            seconds => Self::Minutes(seconds.div_ceil(60)),
        }
    }
}

/// The folder's own name; where it lies is nobody's business.
fn folder_name(folder: &Path) -> Cow<'_, str> {
    folder.file_name().unwrap_or_default().to_string_lossy()
}

/// Rounded up, so that what is over a limit also reads so.
fn megabytes(bytes: usize) -> usize {
    bytes.div_ceil(1_024 * 1_024)
}

/// The numbers of the paragraphs of decree No. 866, as in `001-§19, 22`, if a rule was named.
fn paragraph_numbers(paragraph: &str) -> Option<&str> {
    paragraph.strip_prefix("001-§")
}

#[cfg(test)]
mod tests;
