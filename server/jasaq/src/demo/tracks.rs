//! Two tracks that GPS receivers really recorded, with clocks and gaps as bad as in life.
//!
//! They are built in, are copied with their licence note into the demo's folder, and imported from these files.

use std::fs;
use std::path::Path;

use jasaq_fieldbook::formats::ImportReport;

use super::cast::Part;
use super::setup::Field;
use crate::failure::Failure;
use crate::files;

const NOTE: (&str, &[u8]) = ("README.md", include_bytes!("../../tracks/README.md"));

/// Who had which receiver with him.
const TRACKS: [(Part, &str, &[u8]); 2] = [
    (Part::Aidos, "Mojstrovka.gpx", include_bytes!("../../tracks/Mojstrovka.gpx")),
    (Part::Gulnar, "cerknicko-jezero.gpx", include_bytes!("../../tracks/cerknicko-jezero.gpx")),
];

/// An import, and what was to be told about it.
pub(super) struct Imported {
    pub(super) file: &'static str,
    pub(super) by: Part,
    pub(super) report: ImportReport,
}

/// Copies the files and imports them.
pub(super) fn import(field: &mut Field, folder: &Path) -> Result<Vec<Imported>, Failure> {
    let folder = folder.join("tracks");
    files::make_private_folder(&folder).map_err(|error| files::cannot_write(&folder, &error))?;
    files::write_whole(&folder.join(NOTE.0), NOTE.1)?;
    let (patrol, leg) = (field.patrol, field.leg);
    let mut imported = Vec::new();
    for (by, name, bytes) in TRACKS {
        let file = folder.join(name);
        files::write_whole(&file, bytes)?;
        let bytes = fs::read(&file).map_err(|error| files::cannot_read(&file, &error))?;
        let import = field.device(by).fieldbook.import_gpx(patrol, Some(leg), &bytes)?;
        imported.push(Imported { file: name, by, report: import.report });
    }
    Ok(imported)
}
