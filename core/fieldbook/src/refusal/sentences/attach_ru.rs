//! Why something is not attached or not opened, in Russian.

use jasaq_protocol::limits::{ATTACHMENT_CONTENT_BYTES_MAX, THUMBNAIL_BYTES_MAX};

use super::super::AttachRefused;
use super::megabytes;
use crate::formats::MetadataRefused;

pub(super) fn sentence(refused: AttachRefused) -> String {
    let sentence = match refused {
        AttachRefused::Empty => "Файл пуст: ничего не приложено. Выберите другой файл.",
        AttachRefused::TooLong => {
            let megabytes = usize::try_from(ATTACHMENT_CONTENT_BYTES_MAX).map_or(0, megabytes);
            return format!(
                "Файл больше {megabytes} МБ: он НЕ приложен. Сократите запись или разделите её на несколько."
            );
        }
        AttachRefused::Metadata(MetadataRefused::Format) => {
            "Из файла такого вида нельзя убрать место съёмки и сведения об устройстве, поэтому он НЕ \
                 приложен. Приложите снимок JPEG, PNG или WebP, запись MP4, M4A или Opus; либо укажите, что \
                 эти сведения можно оставить, тогда их увидит каждый читающий."
        }
        AttachRefused::Metadata(MetadataRefused::Damaged) => {
            "Файл повреждён: его продолжение не соответствует началу, поэтому он НЕ приложен. Откройте его \
                 в другой программе и сохраните заново."
        }
        AttachRefused::Thumbnail => {
            let kilobytes = THUMBNAIL_BYTES_MAX / 1_024;
            return format!(
                "Уменьшенный снимок больше {kilobytes} КБ: ничего не приложено. Уменьшите его или приложите \
                 файл без него."
            );
        }
        AttachRefused::NoEntry => {
            "На этом устройстве у патруля нет такой записи: ничего не приложено. Выберите запись из \
                 списка; если она на другом устройстве, сначала выполните обмен."
        }
        AttachRefused::NoAttachment => {
            "На этом устройстве нет такого вложения. Выберите его из списка; если оно сделано на другом \
                 устройстве, сначала выполните обмен."
        }
        AttachRefused::NotHere => {
            "Вложение ещё не поступило целиком. Запросите его и выполните обмен с сервером; поступившее \
                 сохраняется, продолжение пойдёт с этого места."
        }
        AttachRefused::NowhereElse => {
            "Насколько здесь известно, этого вложения больше нигде нет, поэтому оно не удалено. Сначала проведите \
                 обмен или встречу; если оно должно исчезнуть навсегда, укажите это."
        }
        AttachRefused::Erased => "Вложение удалено и больше не вернётся.",
        AttachRefused::NoRoom => {
            "Вложения заняли всё отведённое им место на этом устройстве: ничего не приложено, всё \
                 записанное ранее сохранено. Выполните обмен, затем удалите здесь старые вложения."
        }
        AttachRefused::Key => {
            "Поступившее запечатано другим ключом, чем указано в записи, поэтому открыть его нельзя. \
                 Попросите приложившего приложить его снова."
        }
    };
    sentence.to_owned()
}
