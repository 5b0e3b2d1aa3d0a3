//! Why a file of tracks was not imported, in English.

use super::megabytes;
use crate::formats::{IMPORT_BYTES_MAX, IMPORT_DEPTH_MAX, IMPORT_POINTS_MAX, ImportRefused, KMZ_ENTRIES_MAX};

pub(super) fn sentence(refused: ImportRefused) -> String {
    let size_max = megabytes(IMPORT_BYTES_MAX);
    let sentence = match refused {
        ImportRefused::TooLarge { bytes } => {
            let size = megabytes(bytes);
            return format!(
                "The file is too large: it has {size} MB where at most {size_max} MB are read. Nothing was taken from \
                it; split the track into several files and import each."
            );
        }
        ImportRefused::UnpacksTooLarge => {
            return format!(
                "The archive unpacks to more than {size_max} MB, nothing was taken from it. Split the track into \
                several files and import each."
            );
        }
        ImportRefused::TooManyEntries => {
            return format!(
                "The archive holds too many files (at most {KMZ_ENTRIES_MAX}), nothing was taken from it. Take the KML \
                file out of it and import that."
            );
        }
        ImportRefused::TooDeep => {
            return format!(
                "The file is nested too deeply (more than {IMPORT_DEPTH_MAX} levels), nothing was taken from it. Export \
                the track from its device anew and import that."
            );
        }
        ImportRefused::TooManyPoints => {
            return format!(
                "The file has too many points (at most {IMPORT_POINTS_MAX} are read), nothing was taken from it. Split \
                the track into several files and import each."
            );
        }
        ImportRefused::OtherFormat(format) => {
            let name = format.name();
            return format!(
                "This is not a {name} file, nothing was taken from it. Export the track from its device as {name} and \
                import it again."
            );
        }
        ImportRefused::Archive => {
            "The archive is damaged or encrypted, or there is no KML file in it; nothing was taken from it. Export the \
            track anew as KML or GPX and import that."
        }
        ImportRefused::UnknownFormat => {
            "This is not a file of tracks that can be read here, nothing was taken from it. Export the track as GPX, \
            KML, KMZ or GeoJSON and import that."
        }
        ImportRefused::DocumentType => {
            "The file declares a document type, which GPX and KML never need and which can do harm; nothing was taken \
            from it. Export the track from its device anew and import that."
        }
        ImportRefused::NotWgs84 => {
            "The file says that its coordinates are not in WGS 84, so its places would be shifted; nothing was taken \
            from it. Export it anew in WGS 84 and import that."
        }
        ImportRefused::Empty => {
            "The file holds no track and no waypoint, nothing was taken from it. Export a file with the track from its \
            device and import that."
        }
    };
    sentence.to_owned()
}
