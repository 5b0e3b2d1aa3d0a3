//! Why a file of tracks was not imported, in Kazakh.

use super::megabytes;
use crate::formats::{IMPORT_BYTES_MAX, IMPORT_DEPTH_MAX, IMPORT_POINTS_MAX, ImportRefused, KMZ_ENTRIES_MAX};

pub(super) fn sentence(refused: ImportRefused) -> String {
    let size_max = megabytes(IMPORT_BYTES_MAX);
    let sentence = match refused {
        ImportRefused::TooLarge { bytes } => {
            let size = megabytes(bytes);
            return format!(
                "Файл тым үлкен: көлемі — {size} МБ, ең көбі — {size_max} МБ. Одан ештеңе алынбады; тректі бірнеше \
                файлға бөліп, әрқайсысын енгізіңіз."
            );
        }
        ImportRefused::UnpacksTooLarge => {
            return format!(
                "Архив ашылғанда көлемі {size_max} МБ шегінен асады, одан ештеңе алынбады. Тректі бірнеше файлға \
                бөліп, әрқайсысын енгізіңіз."
            );
        }
        ImportRefused::TooManyEntries => {
            return format!(
                "Архивтегі файлдар тым көп (ең көбі — {KMZ_ENTRIES_MAX}), одан ештеңе алынбады. Ішінен KML файлын \
                шығарып алып, соны енгізіңіз."
            );
        }
        ImportRefused::TooDeep => {
            return format!(
                "Файлдың құрылымы тым күрделі (кірістіру деңгейінің шегі — {IMPORT_DEPTH_MAX}), одан ештеңе алынбады. \
                Тректі құрылғыдан қайта шығарып, енгізіңіз."
            );
        }
        ImportRefused::TooManyPoints => {
            return format!(
                "Файлдағы нүктелер тым көп (ең көбі — {IMPORT_POINTS_MAX}), одан ештеңе алынбады. Тректі бірнеше файлға \
                бөліп, әрқайсысын енгізіңіз."
            );
        }
        ImportRefused::OtherFormat(format) => {
            let name = format.name();
            return format!(
                "Бұл — {name} файлы емес, одан ештеңе алынбады. Тректі құрылғыдан {name} түрінде шығарып, қайта \
                енгізіңіз."
            );
        }
        ImportRefused::Archive => {
            "Архив бүлінген, шифрланған немесе ішінде KML файлы жоқ; одан ештеңе алынбады. Тректі KML не GPX түрінде \
            қайта шығарып, енгізіңіз."
        }
        ImportRefused::UnknownFormat => {
            "Бұл — мұнда оқылатын трек файлы емес, одан ештеңе алынбады. Тректі GPX, KML, KMZ немесе GeoJSON түрінде \
            шығарып, енгізіңіз."
        }
        ImportRefused::DocumentType => {
            "Файлда құжат түрі жарияланған, ал GPX пен KML файлдарына ол керек емес және қауіпті болуы мүмкін; одан \
            ештеңе алынбады. Тректі құрылғыдан қайта шығарып, енгізіңіз."
        }
        ImportRefused::NotWgs84 => {
            "Файлда координаталар WGS 84 жүйесінде емес делінген, сондықтан орындар ығысып кетер еді; одан ештеңе \
            алынбады. Оны WGS 84 жүйесінде қайта шығарып, енгізіңіз."
        }
        ImportRefused::Empty => {
            "Файлда трек те, нүкте де жоқ, ештеңе алынбады. Құрылғыдан трегі бар файлды шығарып, соны енгізіңіз."
        }
    };
    sentence.to_owned()
}
