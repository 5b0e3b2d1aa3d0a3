//! What people type from paper or hear by voice, and why it was not taken. In Russian.

use jasaq_protocol::membership::{InviteRefused, Misheard, SheetRefused};

use crate::exchange::RecoveryRefused;

pub(super) fn invite(refused: &InviteRefused) -> String {
    let sentence = match refused {
        InviteRefused::Words(misheard) => return words(misheard),
        InviteRefused::Form => {
            "Это не код приглашения; на устройстве ничего не изменено. Скопируйте код от начала до \
            конца или попросите его у пригласившего ещё раз."
        }
        InviteRefused::Damaged => {
            "В коде приглашения опечатка или он не полон; на устройстве ничего не изменено. \
                Внимательно \
            наберите код ещё раз или отсканируйте его."
        }
        InviteRefused::Newer => {
            "Код приглашения создан более новой программой; на устройстве ничего не изменено. Обновите \
            программу и введите тот же код снова."
        }
        InviteRefused::Unknown => {
            "Сервер обмена ещё не знает этого приглашения; на устройстве ничего не изменено. \
                Пусть пригласивший обменяется с сервером обмена, затем повторите."
        }
        InviteRefused::Contradicted => {
            "То, что отвечает по этому адресу, противоречит словам приглашения, поэтому ничего не \
                сделано. Проверьте адрес сервера обмена у пригласившего; если он верен, сообщите \
                структурному подразделению."
        }
    };
    sentence.to_owned()
}

fn words(misheard: &Misheard) -> String {
    match misheard {
        Misheard::Count { found, due } => {
            format!(
                "Слов {found}, а нужно {due}, поэтому ничего не сделано. Наберите все строки, по \
                    пять слов в каждой."
            )
        }
        Misheard::LineCount { line, found } => {
            format!(
                "В строке {line} слов {found}, а нужно пять, поэтому ничего не сделано. Сравните \
                    эту строку по буквам и дайте её снова."
            )
        }
        Misheard::Line { line, meant: None } => {
            format!(
                "В строке {line} ошибка, поэтому ничего не сделано. Сравните её слова по буквам и \
                    дайте её снова."
            )
        }
        Misheard::Line { line, meant: Some(meant) } => {
            let (place, word) = (meant.place, meant.word.as_str());
            format!(
                "В строке {line} ошибка, поэтому ничего не сделано. Возможно, слово {place} в ней \
                    должно быть {word}: сравните и дайте снова."
            )
        }
    }
}

pub(super) fn recovery(refused: &RecoveryRefused) -> String {
    let sentence = match refused {
        RecoveryRefused::Vault(refused) => return super::ru::vault(refused),
        RecoveryRefused::Sheet { which, refused } => {
            let why = sheets(refused);
            return format!("Это о листе {which} из данных. {why}");
        }
        RecoveryRefused::Together(refused) => return sheets(refused),
        RecoveryRefused::OtherTerritory => {
            "Листы целы и подходят друг к другу, но они от другой территории, чем это устройство; \
                ничего не сделано. Посмотрите на территорию, напечатанную на них."
        }
        RecoveryRefused::RootNotGiven => {
            "Это листы ключа-преемника, и территория названа в них только началом; ничего не сделано. Укажите и ROOT_KEY: \
                он есть в доверии каждого сервера обмена и на каждой консоли."
        }
        RecoveryRefused::NotKnown => {
            "Это устройство ещё не знает, какой ключ должны дать листы; ничего не сделано. \
                Сначала обменяйтесь, затем повторите."
        }
    };
    sentence.to_owned()
}

fn sheets(refused: &SheetRefused) -> String {
    let sentence = match refused {
        SheetRefused::Words(misheard) => return words(misheard),
        SheetRefused::Damaged => {
            "В коде листа ошибка, или он не целый; ничего не сделано. Считайте его снова или \
                наберите слова листа."
        }
        SheetRefused::Newer => {
            "Лист напечатан более новой программой; ничего не сделано. Обновите программу и повторите."
        }
        SheetRefused::Few => "Нужны два разных листа одного набора; ничего не сделано. Дайте два из трёх.",
        SheetRefused::Same => {
            "Это дважды один и тот же лист, а нужны два разных; ничего не сделано. Дайте другой \
                из трёх."
        }
        SheetRefused::Territories => {
            "Листы от двух разных территорий; ничего не сделано. Посмотрите на территорию, \
                напечатанную на каждом, и дайте два от одной."
        }
        SheetRefused::Purposes => {
            "Листы от ключей разного назначения; ничего не сделано. Посмотрите на название, \
                напечатанное на каждом, и дайте два от одного ключа."
        }
        SheetRefused::Sets => {
            "Листы из двух разных наборов; ничего не сделано. Посмотрите на набор, напечатанный \
                на каждом, и дайте два из одного."
        }
        SheetRefused::Strangers => {
            "Листы не дают того ключа, который называют, значит, один из них изменён; ничего не \
                сделано. Повторите с третьим листом."
        }
    };
    sentence.to_owned()
}
