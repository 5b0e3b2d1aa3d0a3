//! Papers that go with a list: copies of identity cards, and a detached signature (001-§19). All of them are read and checked
//! before anything is recorded, and recorded in the same step as the list.
//!
//! Promises that whose copy is whose is told before and after, and that a file which may be of two persons goes along with neither.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jasaq_fieldbook::formats::strip_metadata;
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::list::{Outcome, Plan, PlannedLine, Step};
use jasaq_fieldbook::model::sheet::Address;
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::protocol::limits::ATTACHMENT_CONTENT_BYTES_MAX;
use jasaq_fieldbook::{ListPapers, NewAttachment};

use crate::failure::{Class, Failure};
use crate::files;
use crate::limits::LIST_PAPERS_BYTES_MAX;
use crate::words::Message;

/// Zeros before a number keep files in order; before a card's they belong to it.
const CARD_DIGITS: usize = 9;

/// The papers of a list, each copy with the line of the person whose it is.
#[derive(Debug, Default)]
pub(super) struct Papers {
    copies: Vec<Copy>,
    of_nobody: Vec<String>,
    of_several: Vec<(String, Vec<Address>)>,
    signature: Option<Vec<u8>>,
    are_given: bool,
}

#[derive(Debug)]
struct Copy {
    file: String,
    line: Address,
    bytes: Vec<u8>,
}

impl Papers {
    /// Reads them all, by a dry run too.
    pub(super) fn read(
        names: &Names,
        (cards, signature): (Option<&Path>, Option<&Path>),
    ) -> Result<Self, Failure> {
        let signature = signature.map(whole).transpose()?;
        let mut bytes = signature.as_ref().map_or(0, Vec::len);
        let mut papers = Self { signature, are_given: cards.is_some(), ..Self::default() };
        for path in cards.map(files_in).transpose()?.unwrap_or_default() {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let lines: Vec<Address> = names.of_file(&path).collect();
            match lines.as_slice() {
                [] => papers.of_nobody.push(file),
                [line] => {
                    let copy = whole(&path)?;
                    check_copy(&path, &copy)?;
                    bytes += copy.len();
                    papers.copies.push(Copy { file, line: *line, bytes: copy });
                }
                _ => papers.of_several.push((file, lines)),
            }
            if bytes > LIST_PAPERS_BYTES_MAX {
                let sentence =
                    Message::new("list-papers-too-large").with("mebibytes", LIST_PAPERS_BYTES_MAX >> 20);
                return Err(Failure::new(Class::Input, sentence, &"the papers of a list are too large"));
            }
        }
        Ok(papers)
    }

    /// Refuses while a file is of nobody or may be of several: it would stay behind unseen, or go along with the wrong person.
    pub(super) fn check(&self) -> Result<(), Failure> {
        if let Some((file, lines)) = self.of_several.first() {
            let sentence = Message::new("list-card-of-several")
                .with("file", file.clone())
                .with("cells", cells(lines));
            return Err(Failure::new(Class::Input, sentence, &"a copy that may be of several persons"));
        }
        if self.of_nobody.is_empty() {
            return Ok(());
        }
        let sentence = Message::new("list-card-of-nobody").with("file", self.of_nobody.join(", "));
        Err(Failure::new(Class::Input, sentence, &"a copy that is of nobody on the list"))
    }

    /// Whether a folder with copies was given.
    pub(super) const fn are_given(&self) -> bool {
        self.are_given
    }

    /// The files of a line's person.
    pub(super) fn files_of(&self, line: Address) -> impl Iterator<Item = &str> {
        let of_line = self.copies.iter().filter(move |copy| copy.line == line);
        of_line.map(|copy| copy.file.as_str())
    }

    /// Files that are of nobody, or nobody knows of whom.
    pub(super) fn strays(&self) -> impl Iterator<Item = (&str, &[Address])> {
        let of_nobody = self.of_nobody.iter().map(|file| (file.as_str(), &[][..]));
        let of_several = self.of_several.iter().map(|(file, lines)| (file.as_str(), lines.as_slice()));
        of_nobody.chain(of_several)
    }

    /// What goes along with a list that is sent: to each step the copies of its line, to those who are on the roster already theirs.
    pub(super) fn with_list(
        &self,
        steps: &[Step],
        on_already: &BTreeMap<Address, PersonId>,
    ) -> ListPapers<'_> {
        let mut papers = ListPapers::default();
        for copy in &self.copies {
            if let Some(step) = steps.iter().position(|step| step.at() == copy.line) {
                papers.copies.entry(step).or_default().push(as_copy(&copy.bytes));
            } else if let Some(person) = on_already.get(&copy.line) {
                // A list may have been sent without it.
                papers.missing.push((*person, as_copy(&copy.bytes)));
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

/// Cells as they are told.
pub(super) fn cells(at: &[Address]) -> String {
    at.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// After what copies may be named: the number of a card, and the number that the list itself gives a line, else the row of the sheet.
/// People name files by what they read, and whoever numbers a list reads its numbers.
pub(super) struct Names {
    lines: BTreeMap<String, BTreeSet<Address>>,
    /// The lines that are refused or left out: of them a file is only where no line that goes along claims it.
    staying: BTreeSet<Address>,
}

impl Names {
    /// Of a plan's lines, and of the cards of those who are known.
    pub(super) fn of<'a>(plan: &'a Plan, card_of: impl Fn(PersonId) -> Option<&'a Name>) -> Self {
        let is_numbered = plan.lines.iter().any(|line| line.number.is_some());
        let mut names: BTreeMap<String, BTreeSet<Address>> = BTreeMap::new();
        for line in &plan.lines {
            let row = (!is_numbered).then(|| line.at.row + 1);
            let known = match &line.outcome {
                Outcome::Match { person, .. } => card_of(*person),
                _ => None,
            };
            let cards = line.card.iter().chain(known).map(ToString::to_string);
            let numbers = line.number.into_iter().chain(row).map(|number| number.to_string());
            for name in cards.chain(numbers) {
                names.entry(name).or_default().insert(line.at);
            }
        }
        let stays = |line: &&PlannedLine| matches!(line.outcome, Outcome::Refuse(_) | Outcome::LeaveOut);
        let staying = plan.lines.iter().filter(stays).map(|line| line.at).collect();
        Self { lines: names, staying }
    }

    /// Of whose lines a file may be: `012345678.jpg`, `14.pdf`, `014.pdf`, and of both sides of a card `14-1.jpg`, `14-2.jpg`.
    fn of_file(&self, file: &Path) -> impl Iterator<Item = Address> {
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let name = stem.split_once('-').map_or(stem, |(name, _)| name);
        let is_number = name.len() < CARD_DIGITS && name.bytes().all(|digit| digit.is_ascii_digit());
        let plain = if is_number { name.trim_start_matches('0') } else { name };
        let lines = self.lines.get(name).into_iter().chain(self.lines.get(plain));
        let lines: BTreeSet<Address> = lines.flatten().copied().collect();
        let goes_along = |line: &Address| !self.staying.contains(line);
        let is_claimed = lines.iter().any(goes_along);
        lines.into_iter().filter(move |line| !is_claimed || goes_along(line))
    }
}

/// What systems leave in folders where nobody sees it.
const OF_SYSTEMS: [&str; 2] = ["thumbs.db", "desktop.ini"];

/// The files of a folder that are not hidden, in the order of their names.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error| files::cannot_read(folder, &error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        let is_hidden = file.file_name().is_none_or(|name| {
            let name = name.to_string_lossy().to_lowercase();
            name.starts_with('.') || OF_SYSTEMS.contains(&name.as_str())
        });
        if !is_hidden && file.is_file() {
            found.push(file);
        }
    }
    found.sort();
    Ok(found)
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
