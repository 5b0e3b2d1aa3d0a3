//! XML, event by event, for the formats that are written in it.
//!
//! Promises that the text is walked once and nothing of it is held but what the reader keeps, that it stops where the file breaks
//! off, and that nothing is looked up or expanded.
//!
//! Refuses any document type: with it go entities that grow without bound.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::imported::ImportRefused;

/// Who reads elements.
pub(super) trait ReadsElements {
    /// An element begins.
    fn open(&mut self, element: &BytesStart<'_>) -> Result<(), ImportRefused>;
    /// Words of the innermost element that is open; they may come in pieces.
    fn read_text(&mut self, text: &str) -> Result<(), ImportRefused>;
    /// The innermost element ends.
    fn close(&mut self) -> Result<(), ImportRefused>;
}

/// Whether a file came to its end as XML does, or breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Whole,
    BreaksOff,
}

/// Walks through a file.
pub(super) fn walk(text: &str, reads: &mut impl ReadsElements) -> Result<Ending, ImportRefused> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => reads.open(&element)?,
            Ok(Event::Empty(element)) => {
                reads.open(&element)?;
                reads.close()?;
            }
            Ok(Event::End(_)) => reads.close()?,
            Ok(Event::Text(text)) => reads.read_text(&text.xml10_content())?,
            Ok(Event::CData(text)) => reads.read_text(&text.xml10_content())?,
            Ok(Event::GeneralRef(reference)) => reads.read_text(&resolved(&reference))?,
            Ok(Event::DocType(_)) => return Err(ImportRefused::DocumentType),
            Ok(Event::Eof) => return Ok(Ending::Whole),
            Ok(Event::Decl(_) | Event::Comment(_) | Event::PI(_)) => {}
            Err(_) => return Ok(Ending::BreaksOff),
        }
    }
}

/// What the outermost element is called, without its prefix.
pub(super) fn root(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                return Some(element.local_name().as_ref().to_owned());
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// `&amp;`, `&#1178;` and their like; what is declared nowhere becomes `�`.
fn resolved(reference: &BytesRef<'_>) -> String {
    match reference.resolve_char_ref() {
        Ok(Some(letter)) => letter.into(),
        _ => match &*reference.xml10_content() {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            _ => "\u{fffd}",
        }
        .into(),
    }
}
