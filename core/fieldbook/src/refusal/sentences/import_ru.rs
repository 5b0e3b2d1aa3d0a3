//! Why a file of tracks was not imported, in Russian.

use super::megabytes;
use crate::formats::{IMPORT_BYTES_MAX, IMPORT_DEPTH_MAX, IMPORT_POINTS_MAX, ImportRefused, KMZ_ENTRIES_MAX};

pub(super) fn sentence(refused: ImportRefused) -> String {
    let size_max = megabytes(IMPORT_BYTES_MAX);
    let sentence = match refused {
        ImportRefused::TooLarge { bytes } => {
            let size = megabytes(bytes);
            return format!(
                "Файл слишком большой: его размер — {size} МБ, предел — {size_max} МБ. Из него ничего не взято; \
                разделите трек на несколько файлов и загрузите каждый."
            );
        }
        ImportRefused::UnpacksTooLarge => {
            return format!(
                "Архив при распаковке занимает больше {size_max} МБ, из него ничего не взято. Разделите трек на \
                несколько файлов и загрузите каждый."
            );
        }
        ImportRefused::TooManyEntries => {
            return format!(
                "В архиве слишком много файлов (предел — {KMZ_ENTRIES_MAX}), из него ничего не взято. Достаньте из \
                него файл KML и загрузите."
            );
        }
        ImportRefused::TooDeep => {
            return format!(
                "Файл устроен слишком сложно (вложенность больше {IMPORT_DEPTH_MAX}), из него ничего не взято. \
                Сохраните трек с прибора заново и загрузите."
            );
        }
        ImportRefused::TooManyPoints => {
            return format!(
                "В файле слишком много точек (предел — {IMPORT_POINTS_MAX}), из него ничего не взято. Разделите трек на \
                несколько файлов и загрузите каждый."
            );
        }
        ImportRefused::OtherFormat(format) => {
            let name = format.name();
            return format!(
                "Это не файл {name}, из него ничего не взято. Сохраните трек с прибора в виде {name} и загрузите \
                снова."
            );
        }
        ImportRefused::Archive => {
            "Архив повреждён, зашифрован, или в нём нет файла KML; из него ничего не взято. Сохраните трек заново в \
            виде KML или GPX и загрузите."
        }
        ImportRefused::UnknownFormat => {
            "Это не файл с треками, который здесь читается, из него ничего не взято. Сохраните трек в виде GPX, KML, \
            KMZ или GeoJSON и загрузите."
        }
        ImportRefused::DocumentType => {
            "В файле объявлен тип документа, который GPX и KML не нужен и может быть опасен; из файла ничего не \
            взято. Сохраните трек с прибора заново и загрузите."
        }
        ImportRefused::NotWgs84 => {
            "В файле указано, что его координаты не в системе WGS 84: места оказались бы сдвинуты. Из него ничего не \
            взято; сохраните его заново в WGS 84 и загрузите."
        }
        ImportRefused::Empty => {
            "В файле нет ни трека, ни точек, ничего не взято. Сохраните с прибора файл с треком и загрузите его."
        }
    };
    sentence.to_owned()
}
