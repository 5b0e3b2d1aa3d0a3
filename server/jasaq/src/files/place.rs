//! Where a file that somebody asked for is put: a name that stands already may be a vault, a device or a link.
//!
//! Refuses everything inside the home of a fieldbook, whosever it is: what lies there is never written over. What is no
//! file is written as it is, and keeps its name and its rights.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use jasaq_fieldbook::Fieldbook;

use super::cannot_write;
use crate::failure::{Class, Failure};
use crate::words::Message;

/// Most links that are followed to a file that is not there yet. Systems follow about as many.
const LINKS_MAX: usize = 40;

/// What a name that was given leads to.
#[derive(Debug)]
pub(super) enum Place {
    /// A file, at the end of all links; whether it is there already.
    File { file: PathBuf, is_there: bool },
    /// A device, a pipe, standard output: nothing can be made beside it and take its name.
    Stream(PathBuf),
}

impl Place {
    pub(super) fn of(name: &Path) -> Result<Self, Failure> {
        let place = lead(name).map_err(|error| cannot_write(name, &error))?;
        let path = match &place {
            Self::File { file, .. } => file,
            Self::Stream(stream) => stream,
        };
        if path.ancestors().skip(1).any(Fieldbook::is_in) {
            let sentence = Message::new("file-in-home").with("file", name.display().to_string());
            return Err(Failure::new(Class::Input, sentence, &"the file would stand in a fieldbook's home"));
        }
        Ok(place)
    }
}

fn lead(name: &Path) -> io::Result<Place> {
    match fs::metadata(name) {
        Ok(found) if found.is_file() => Ok(Place::File { file: fs::canonicalize(name)?, is_there: true }),
        Ok(found) if found.is_dir() => Err(ErrorKind::IsADirectory.into()),
        // What standard output goes to has no path that could be told.
        Ok(_) => Ok(Place::Stream(fs::canonicalize(name).unwrap_or_else(|_| name.to_owned()))),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Ok(Place::File { file: end_of_links(name)?, is_there: false })
        }
        Err(error) => Err(error),
    }
}

/// Where a file will stand that is not there yet.
fn end_of_links(name: &Path) -> io::Result<PathBuf> {
    let mut file = name.to_owned();
    for _ in 0..LINKS_MAX {
        let folder = match file.parent() {
            Some(folder) if folder != Path::new("") => fs::canonicalize(folder)?,
            _ => fs::canonicalize(".")?,
        };
        match fs::read_link(&file) {
            Ok(next) => file = folder.join(next),
            Err(_) => {
                return file
                    .file_name()
                    .map(|name| folder.join(name))
                    .ok_or(ErrorKind::InvalidInput.into());
            }
        }
    }
    Err(ErrorKind::InvalidInput.into())
}
