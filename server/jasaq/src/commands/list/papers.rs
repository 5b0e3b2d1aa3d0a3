//! Papers that go with a list: copies of identity cards, and a detached signature (001-§19). All of them are read and checked
//! before anything is recorded, and recorded in the same step as the list.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jasaq_fieldbook::formats::strip_metadata;
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::protocol::limits::ATTACHMENT_CONTENT_BYTES_MAX;
use jasaq_fieldbook::{ListPapers, NewAttachment};

use crate::failure::{Class, Failure};
use crate::files;
use crate::limits::LIST_PAPERS_BYTES_MAX;
use crate::words::Message;

/// Of whom a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    /// Of the person of this step.
    Step(usize),
    /// Of somebody on the roster already.
    OnAlready(PersonId),
}

/// After what copies may be named: the row of a line, or the number of its card.
pub(super) type Names = BTreeMap<String, Whose>;

/// What goes along.
#[derive(Debug, Default)]
pub(super) struct Papers {
    copies: Vec<(Whose, Vec<u8>)>,
    signature: Option<Vec<u8>>,
}

impl Papers {
    /// Reads them. A file in the folder that is nobody's on the list is refused: it would stay behind unseen.
    pub(super) fn read(
        names: &Names,
        (cards, signature): (Option<&Path>, Option<&Path>),
    ) -> Result<Self, Failure> {
        let mut papers = Self { copies: Vec::new(), signature: signature.map(whole).transpose()? };
        let mut bytes = papers.signature.as_ref().map_or(0, Vec::len);
        for file in cards.map(files_in).transpose()?.unwrap_or_default() {
            let whose = whose(names, &file)?;
            let copy = whole(&file)?;
            check_copy(&file, &copy)?;
            bytes += copy.len();
            if bytes > LIST_PAPERS_BYTES_MAX {
                let sentence =
                    Message::new("list-papers-too-large").with("mebibytes", LIST_PAPERS_BYTES_MAX >> 20);
                return Err(Failure::new(Class::Input, sentence, &"the papers of a list are too large"));
            }
            papers.copies.push((whose, copy));
        }
        Ok(papers)
    }

    /// How many copies are of people of the steps.
    pub(super) fn copies(&self) -> usize {
        self.copies.iter().filter(|(whose, _)| matches!(whose, Whose::Step(_))).count()
    }

    /// How many are of people who are on the roster already.
    pub(super) fn on_already(&self) -> usize {
        self.copies.len() - self.copies()
    }

    /// What goes along with a list that is sent.
    pub(super) fn with_list(&self) -> ListPapers<'_> {
        let mut papers = ListPapers::default();
        for (whose, copy) in &self.copies {
            match whose {
                Whose::Step(step) => papers.copies.entry(*step).or_default().push(as_copy(copy)),
                // A list may have been sent without it.
                Whose::OnAlready(person) => papers.missing.push((*person, as_copy(copy))),
            }
        }
        // It is kept letter for letter, or it signs nothing.
        let enclosed = self.signature.iter().map(|file| NewAttachment {
            file,
            keeps_metadata: true,
            ..NewAttachment::default()
        });
        papers.enclosed.extend(enclosed);
        papers
    }
}

/// The files of a folder that are not hidden, in the order of their names.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error| files::cannot_read(folder, &error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        let is_hidden = file.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if !is_hidden && file.is_file() {
            found.push(file);
        }
    }
    found.sort();
    Ok(found)
}

/// Of whom a file is: `012345678.jpg`, `14.pdf`, and of both sides of a card `14-1.jpg`, `14-2.jpg`.
fn whose(names: &Names, file: &Path) -> Result<Whose, Failure> {
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let name = stem.split_once('-').map_or(stem, |(name, _)| name);
    names.get(name).copied().ok_or_else(|| {
        let sentence = Message::new("list-card-of-nobody").with("file", file.display().to_string());
        Failure::new(Class::Input, sentence, &"a copy that is of nobody on the list")
    })
}

/// Refuses what could not be attached, while the file can still be named.
fn check_copy(file: &Path, copy: &[u8]) -> Result<(), Failure> {
    if as_copy(copy).keeps_metadata {
        return Ok(());
    }
    strip_metadata(copy).map(drop).map_err(|refused| {
        let sentence = Message::new("list-copy-unfit").with("file", file.display().to_string());
        Failure::new(Class::Input, sentence, &refused)
    })
}

/// What a camera tells beside the card is taken out; of a document nothing can be.
pub(in crate::commands) fn as_copy(file: &[u8]) -> NewAttachment<'_> {
    NewAttachment { file, keeps_metadata: file.starts_with(b"%PDF"), ..NewAttachment::default() }
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
