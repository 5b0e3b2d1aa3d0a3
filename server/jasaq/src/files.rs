//! Files that the program reads and writes for somebody, beside the fieldbook's own.
//!
//! Whatever is written is written whole under another name first, or not at all, and may be read by its owner only:
//! tracks and satchels tell where people were. Where it may be put, [`place`] says.

mod place;

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};

use self::place::Place;
use crate::failure::{Class, Failure};
use crate::words::Message;

/// Says `-`: standard input or output.
pub(crate) fn is_standard(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// A file that somebody gave, or standard input.
pub(crate) fn open_given(file: &Path) -> Result<Box<dyn Read>, Failure> {
    if is_standard(file) {
        return Ok(Box::new(io::stdin().lock()));
    }
    let opened = File::open(file).map_err(|error| cannot_read(file, &error))?;
    Ok(Box::new(BufReader::new(opened)))
}

/// The whole of a file that somebody gave, unless it is larger than `bytes_max`: then one byte more than that.
pub(crate) fn read_given(file: &Path, bytes_max: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut given = open_given(file)?.take(bytes_max as u64 + 1);
    given.read_to_end(&mut bytes).map_err(|error| cannot_read(file, &error))?;
    Ok(bytes)
}

/// What is told of a file that cannot be read.
pub(crate) fn cannot_read(file: &Path, error: &io::Error) -> Failure {
    let sentence = Message::new("file-unreadable").with("file", file.display().to_string());
    Failure::new(Class::Input, sentence, error)
}

/// What is told of a file that cannot be written.
pub(crate) fn cannot_write(file: &Path, error: &io::Error) -> Failure {
    let sentence = Message::new("file-unwritable").with("file", file.display().to_string());
    Failure::new(Class::Storage, sentence, error)
}

/// What became of a file that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Anew,
    /// Another stood under its name, and is gone.
    Replaced,
    /// Into what is no file.
    Through,
}

/// A file that stands under its name only once it is whole.
#[derive(Debug)]
pub(crate) struct WholeFile {
    name: PathBuf,
    /// Under which other name it is written until then; nothing can stand in for a device or a pipe.
    unfinished: Option<PathBuf>,
    file: File,
    written: Written,
}

impl WholeFile {
    /// Begins the file under another name beside its own.
    pub(crate) fn begin(name: &Path) -> Result<Self, Failure> {
        let unwritable = |error: io::Error| cannot_write(name, &error);
        let (name, is_there) = match Place::of(name)? {
            Place::File { file, is_there } => (file, is_there),
            Place::Stream(stream) => {
                let file = OpenOptions::new().write(true).open(&stream).map_err(unwritable)?;
                return Ok(Self { name: stream, unfinished: None, file, written: Written::Through });
            }
        };
        let mut beside = name.file_name().map_or_else(OsString::new, OsString::from);
        beside.push(".unfinished");
        let unfinished = name.with_file_name(beside);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        let file = open_private(&mut options, &unfinished).map_err(unwritable)?;
        let written = if is_there { Written::Replaced } else { Written::Anew };
        Ok(Self { name, unfinished: Some(unfinished), file, written })
    }

    /// Gives it its name, once everything is on disk.
    pub(crate) fn finish(self) -> Result<Written, Failure> {
        // What is no file keeps nothing, and has no disk to wait for.
        let finished = self.unfinished.as_ref().map_or(Ok(()), |unfinished| {
            self.file.sync_all().and_then(|()| fs::rename(unfinished, &self.name))
        });
        finished
            .map(|()| self.written)
            .map_err(|error| cannot_write(&self.name, &error))
    }

    /// Takes away what was begun.
    pub(crate) fn abandon(self) {
        if let Some(unfinished) = &self.unfinished {
            let _ = fs::remove_file(unfinished);
        }
    }
}

impl io::Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Writes a whole file.
pub(crate) fn write_whole(name: &Path, bytes: &[u8]) -> Result<Written, Failure> {
    let mut file = WholeFile::begin(name)?;
    match file.write_all(bytes) {
        Ok(()) => file.finish(),
        Err(error) => {
            file.abandon();
            Err(cannot_write(name, &error))
        }
    }
}

/// Opens a file that only its owner may read.
pub(crate) fn open_private(options: &mut OpenOptions, file: &Path) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.open(file)
}

/// Makes a folder that only its owner may enter, unless it is there.
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Whether others than its owner may read a file. Systems without such rights have nothing to complain about.
pub(crate) fn is_open_to_others(file: &Path) -> io::Result<bool> {
    let metadata = fs::metadata(file)?;
    #[cfg(unix)]
    let is_open = std::os::unix::fs::MetadataExt::mode(&metadata) & 0o077 != 0;
    #[cfg(not(unix))]
    let is_open = metadata.is_dir();
    Ok(is_open)
}

/// The folders in which damaged fieldbooks were put, oldest first.
pub(crate) fn set_aside_folders(home: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(home) else { return Vec::new() };
    let number_of =
        |path: &Path| -> Option<u32> { path.file_name()?.to_str()?.strip_prefix("set-aside-")?.parse().ok() };
    let mut folders: Vec<(u32, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| Some((number_of(&entry.path())?, entry.path())))
        .collect();
    folders.sort();
    folders.into_iter().map(|(_, folder)| folder).collect()
}
