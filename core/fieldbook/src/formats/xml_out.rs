//! XML out: elements and their words, for the formats that are written in it.
//!
//! Promises one declaration, UTF-8, and words escaped as XML asks for it.

use std::fmt::Display;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// A file that is being written.
pub(super) type Xml = Writer<Vec<u8>>;

/// Writes a whole file.
#[expect(clippy::expect_used, reason = "a Vec takes every byte")]
pub(super) fn write_file(inner: impl FnOnce(&mut Xml) -> io::Result<()>) -> Vec<u8> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    let declared = xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    declared
        .and_then(|()| inner(&mut xml))
        .expect("writing into memory does not fail");
    xml.into_inner()
}

/// An element with others in it.
pub(super) fn element(
    xml: &mut Xml,
    name: &str,
    inner: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    xml.create_element(name).write_inner_content(inner)?;
    Ok(())
}

/// An element that holds only a text. Two letters that Unicode keeps for itself cannot stand in XML.
pub(super) fn leaf(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    let text = text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    xml.create_element(name).write_text_content(BytesText::new(&text))?;
    Ok(())
}

/// Such an element, if there is something to say.
pub(super) fn leaf_if(xml: &mut Xml, name: &str, what: Option<impl Display>) -> io::Result<()> {
    match what {
        Some(what) => leaf(xml, name, &what.to_string()),
        None => Ok(()),
    }
}
