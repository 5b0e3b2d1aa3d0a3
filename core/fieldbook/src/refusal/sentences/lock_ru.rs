//! The lock in Russian: keys, passphrases, the key holder of a phone.
//!
//! Each `match` is total, as in the file of the whole language.

use super::ru::home_folder;
use super::{FileTrouble, Wait};
use crate::vault::{HostRefused, KeyRefused, PassphraseRefused};

pub(super) const LOCKED: &str = "Хранилище заблокировано: пока его не разблокируют, ничего не читается и новое НЕ записывается; \
    всё записанное раньше на месте. Разблокируйте его.";

pub(super) fn key(refused: &KeyRefused) -> String {
    let sentence = match refused {
        KeyRefused::TryAgainIn { wait_ms } => return try_again(Wait::of(*wait_ms)),
        KeyRefused::Passphrase(refused) => return passphrase(*refused),
        KeyRefused::Host(refused) => host(*refused),
        KeyRefused::Missing => {
            "Нет файла ключа (vault.key): без него хранилище не открыть, но записи на месте. Верните \
            файл из резервной копии в папку хранилища и откройте снова."
        }
        KeyRefused::Open => {
            "Файл ключа (vault.key) доступен для чтения посторонним, поэтому хранилище не открыто; \
            записи на месте. Выполните в папке хранилища chmod 600 vault.key и откройте снова."
        }
        KeyRefused::Form => {
            "Файл ключа (vault.key) повреждён или это не файл ключа; записи на месте, хранилище не \
            изменено. Верните файл из резервной копии и откройте снова."
        }
        KeyRefused::OtherHolder => {
            "Это хранилище открывается иначе: созданное с паролем — паролем, созданное без пароля — без \
            него. Оно не изменено; откройте его так, как создавали."
        }
        KeyRefused::Wrong => {
            "Ключ или пароль не от этого хранилища; оно не изменено, записи на месте. Проверьте, та ли это \
            папка; если задан пароль, внимательно наберите его ещё раз, если нет, верните ключ этого \
            хранилища."
        }
        KeyRefused::File(error) => home_folder(FileTrouble::of(error)),
    };
    sentence.to_owned()
}

fn try_again(wait: Wait) -> String {
    let (wait, unit) = match wait {
        Wait::Seconds(seconds) => (seconds, "с"),
        Wait::Minutes(minutes) => (minutes, "мин"),
    };
    format!(
        "Слишком много неверных паролей: этот даже не проверен, записи на месте. Повторите через \
        {wait} {unit}; сначала проверьте раскладку клавиатуры и регистр."
    )
}

fn passphrase(refused: PassphraseRefused) -> String {
    match refused {
        PassphraseRefused::Short { characters, characters_min } => format!(
            "Пароль слишком короткий: в нём {characters} знаков, а нужно не меньше {characters_min}, \
            потому что получивший диск может подбирать сколько угодно. Ничего не изменено; возьмите \
            четыре-пять слов, которых никто не ждёт рядом."
        ),
        PassphraseRefused::Monotonous { different, different_min } => format!(
            "В пароле слишком мало разных знаков: {different}, а нужно не меньше {different_min}. \
            Ничего не изменено; возьмите четыре-пять слов, которых никто не ждёт рядом."
        ),
        PassphraseRefused::Long { bytes_max } => format!(
            "Пароль слишком длинный (не больше {bytes_max} байт). Ничего не изменено; проверьте, тот \
            ли это файл, или возьмите пароль короче."
        ),
    }
}

fn host(refused: HostRefused) -> &'static str {
    match refused {
        HostRefused::Invalidated => {
            "Телефон отказался от ключа этого хранилища, потому что отпечаток, лицо или блокировка \
            экрана заданы заново. Хранилище не изменено, но этот телефон его уже не откроет. \
            Попросите новое приглашение и присоединитесь; всё, чем обменялись, вернётся."
        }
        HostRefused::Cancelled => {
            "Разблокировка отменена: хранилище осталось закрытым, всё записанное раньше на месте. \
            Откройте его снова и подтвердите пальцем, лицом или кодом."
        }
        HostRefused::NotUnlocked => {
            "Телефон ещё не разблокировали после включения, поэтому хранилище закрыто; записи на \
            месте. Разблокируйте телефон один раз и откройте хранилище снова."
        }
        HostRefused::Gone => {
            "На этом телефоне нет ключа от этого хранилища: телефон сбросили или хранилище с другого \
            телефона. Оно не изменено. Откройте его на том телефоне, где оно создано, или попросите \
            новое приглашение, присоединитесь и проведите обмен."
        }
        HostRefused::Failed => {
            "Телефон не выдал ключ этого хранилища и не сказал почему; записи на месте. Перезапустите \
            телефон и откройте хранилище; если не поможет, сообщите в структурное подразделение."
        }
    }
}

pub(super) fn minutes(minutes_max: u16) -> String {
    format!(
        "Хранилище может блокироваться само через 1–{minutes_max} минут. Ничего не изменено; выберите \
        число в этих пределах."
    )
}
