//! Papers that go with a list: copies of identity cards, and a detached signature (001-§19). They are read before anything is
//! recorded, so that a file which cannot be read stops the list and not half of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jasaq_fieldbook::model::ids::ListId;
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::list::Step;
use jasaq_fieldbook::protocol::limits::ATTACHMENT_CONTENT_BYTES_MAX;
use jasaq_fieldbook::{Fieldbook, NewAttachment};

use crate::failure::{Class, Failure};
use crate::files;
use crate::words::Message;

/// What goes along.
pub(super) struct Papers {
    /// Of each step that has one, its copy.
    copies: BTreeMap<usize, Vec<u8>>,
    signature: Option<Vec<u8>>,
}

impl Papers {
    /// Reads them. A file in the folder that is nobody's on the list is refused: it would stay behind unseen.
    pub(super) fn read(
        steps: &[Step],
        (cards, signature): (Option<&Path>, Option<&Path>),
    ) -> Result<Self, Failure> {
        let signature = signature.map(whole).transpose()?;
        let mut copies = BTreeMap::new();
        let Some(folder) = cards else { return Ok(Self { copies, signature }) };
        let entries = fs::read_dir(folder).map_err(|error| files::cannot_read(folder, &error))?;
        for entry in entries {
            let file = entry.map_err(|error| files::cannot_read(folder, &error))?.path();
            let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let is_hidden = stem.is_empty() || stem.starts_with('.');
            if is_hidden || !file.is_file() {
                continue;
            }
            let whose = steps.iter().position(|step| is_of(step, stem));
            let whose = whose.ok_or_else(|| {
                let sentence = Message::new("list-card-of-nobody").with("file", file.display().to_string());
                Failure::new(Class::Input, sentence, &"a copy that is of nobody on the list")
            })?;
            copies.insert(whose, whole(&file)?);
        }
        Ok(Self { copies, signature })
    }

    /// How many copies.
    pub(super) fn copies(&self) -> usize {
        self.copies.len()
    }

    /// Attaches them to the list that was sent and to its persons, in the order of the steps.
    pub(super) fn attach(
        &self,
        fieldbook: &mut Fieldbook,
        (list, persons): (ListId, &[PersonId]),
    ) -> Result<(), Failure> {
        for (step, copy) in &self.copies {
            let Some(person) = persons.get(*step) else { continue };
            attach_copy(fieldbook, *person, copy)?;
        }
        if let Some(signature) = &self.signature {
            // It is kept letter for letter, or it signs nothing.
            let new = NewAttachment { file: signature, keeps_metadata: true, ..NewAttachment::default() };
            fieldbook.attach_to_list(list, &new)?;
        }
        Ok(())
    }
}

/// Attaches a copy of a person's papers.
pub(in crate::commands) fn attach_copy(
    fieldbook: &mut Fieldbook,
    person: PersonId,
    copy: &[u8],
) -> Result<(), Failure> {
    // What a camera tells beside the card is taken out; of a document nothing can be.
    let keeps_metadata = copy.starts_with(b"%PDF");
    let new = NewAttachment { file: copy, keeps_metadata, ..NewAttachment::default() };
    fieldbook.attach_copy(person, &new)?;
    Ok(())
}

/// The whole of a paper that somebody gave.
pub(in crate::commands) fn whole(file: &Path) -> Result<Vec<u8>, Failure> {
    let bytes_max = usize::try_from(ATTACHMENT_CONTENT_BYTES_MAX).unwrap_or(usize::MAX);
    let bytes = files::read_given(file, bytes_max)?;
    let fits = !bytes.is_empty() && bytes.len() <= bytes_max;
    let sentence = || Message::new("list-paper-unfit").with("file", file.display().to_string());
    if fits {
        Ok(bytes)
    } else {
        Err(Failure::new(Class::Input, sentence(), &"an empty file, or too long a one"))
    }
}

/// Whether a file is named after the row of a line, or the number of its card.
fn is_of(step: &Step, stem: &str) -> bool {
    let (at, card) = match step {
        Step::Create { at, person, .. } => (at, person.card.as_ref()),
        Step::PutOn { at, .. } => (at, None),
    };
    stem == (u64::from(at.row) + 1).to_string() || card.is_some_and(|card| card.as_str() == stem)
}
