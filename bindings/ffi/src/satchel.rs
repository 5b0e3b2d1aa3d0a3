//! Satchels: everything this device holds as files, for a cable, a memory card or a messenger; and whatever such files bring.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use jasaq_fieldbook::{ExchangeRefused, FieldbookRefused as CoreRefused, SatchelReport};
use tempfile::NamedTempFile;

use crate::fieldbook::Fieldbook;
use crate::refusal::FieldbookRefused;

/// What a satchel brought, or took along. Counts, no contents.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SatchelView {
    /// Envelopes in it.
    pub envelopes: u64,
    /// Those that were new here.
    pub received: u64,
    /// Those that were held already.
    pub known: u64,
    /// Those that wait for something before them: another satchel, or another part, brings it.
    pub waiting: u64,
    /// Those of a newer program: a renewed one takes them from the same satchel.
    pub newer: u64,
    /// Those beside which another one is held, by a device and its clone: both are kept.
    pub forks: u64,
    /// Those that are not what they say: damaged on their way, or none.
    pub refused: u64,
    /// Whether it broke off before its end. What came whole is kept.
    pub is_cut: bool,
    /// Attachments of which something is in it, or of which something new came.
    pub attachments: u64,
    /// Attachments for which it had no room, or whose bytes were not what their names say.
    pub attachments_left: u64,
    /// Statements that are not in it, because nothing could be sealed: the disk is full.
    pub left_behind: u64,
    /// Bytes read or written.
    pub bytes: u64,
    /// The files that were written.
    pub files: Vec<String>,
}

#[uniffi::export]
impl Fieldbook {
    /// Packs everything that is held into a file, with attachments as long as there is room if they are asked for. The file is
    /// there whole or not at all.
    #[uniffi::method(default(with_attachments = false))]
    pub fn export_satchel(
        &self,
        path: &str,
        with_attachments: bool,
    ) -> Result<SatchelView, FieldbookRefused> {
        self.at_desk(|desk| {
            let report = write_whole(Path::new(path), not_written, |file| {
                if with_attachments {
                    desk.export_satchel_with_attachments(file)
                } else {
                    desk.export_satchel(file)
                }
            })?;
            Ok(view(report, vec![path.to_owned()]))
        })
    }

    /// Packs everything in files of at most so many bytes, 65,536 at the least, for a messenger that takes none longer:
    /// `satchel-1.jasaq` and so on in this folder. Each is of use by itself, and in any order.
    pub fn export_satchel_parts(
        &self,
        folder: &str,
        bytes_max: u64,
    ) -> Result<SatchelView, FieldbookRefused> {
        self.at_desk(|desk| {
            let mut files = Vec::new();
            let report = desk.export_satchel_parts(bytes_max, |part| {
                let path = Path::new(folder).join(format!("satchel-{}.jasaq", files.len() + 1));
                write_whole(&path, |error| error, |file| file.write_all(part))?;
                files.push(path.to_string_lossy().into_owned());
                Ok(())
            })?;
            Ok(view(report, files))
        })
    }

    /// Unpacks a satchel, or a part of one. What came whole of a cut one is kept, and one may be taken as often as one likes.
    pub fn import_satchel(&self, path: &str) -> Result<SatchelView, FieldbookRefused> {
        let report = self.at_gate(|gate| {
            let mut file = File::open(path).map_err(ExchangeRefused::from)?;
            gate.import_satchel(&mut file)
        })?;
        Ok(view(report, Vec::new()))
    }
}

/// Writes a file that is there whole or not at all: beside its place, under a name that nobody can have laid a link at, for its
/// owner alone to read. Whatever fails leaves nothing of it.
pub(crate) fn write_whole<T, E>(
    path: &Path,
    refused: fn(std::io::Error) -> E,
    work: impl FnOnce(&mut File) -> Result<T, E>,
) -> Result<T, E> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut beside = NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(refused)?;
    let done = work(beside.as_file_mut())?;
    beside.as_file().sync_all().map_err(refused)?;
    beside.persist(path).map_err(|failed| refused(failed.error))?;
    Ok(done)
}

/// A folder that takes no file, as the core says it.
pub(crate) fn not_written(error: std::io::Error) -> CoreRefused {
    ExchangeRefused::from(error).into()
}

fn view(report: SatchelReport, files: Vec<String>) -> SatchelView {
    SatchelView {
        envelopes: report.envelopes as u64,
        received: report.new as u64,
        known: report.known as u64,
        waiting: report.waiting as u64,
        newer: report.newer as u64,
        forks: report.forks as u64,
        refused: report.refused as u64,
        is_cut: report.cut,
        attachments: report.attachments as u64,
        attachments_left: report.attachments_left as u64,
        left_behind: report.left_behind,
        bytes: report.bytes,
        files,
    }
}
