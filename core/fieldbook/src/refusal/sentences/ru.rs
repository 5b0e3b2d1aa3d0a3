//! Every refusal in Russian. Each `match` is total: a new variant does not compile until it has its sentence.

use jasaq_model::entry::{ActivityRefused, EntryRefused};
use jasaq_model::moment::MomentRefused;
use jasaq_model::position::{MgrsRefused, PositionRefused};
use jasaq_model::sentences::certificate_number_refused;
use jasaq_model::words::{Language, WordsRefused};
use jasaq_protocol::sync::SatchelRefused;

use super::super::FieldbookRefused;
use super::attach_ru;
use super::import_ru;
use super::lock_ru as lock;
use super::{FileTrouble, INVITE_HOURS, PATROL_STATEMENTS_MAX, folder_name, paragraph_numbers};
use crate::exchange::{EnrolRefused, ExchangeRefused};
use crate::vault::VaultRefused;

const DEFECT: &str = "В программе ошибка: последнее действие не выполнено, всё записанное раньше на \
    месте. Обновите программу и повторите; если не поможет, сообщите в структурное подразделение.";

pub(super) fn sentence(refused: &FieldbookRefused) -> String {
    let sentence = match refused {
        FieldbookRefused::Vault(refused) => return vault(refused),
        FieldbookRefused::Enrol(refused) => return enrol(refused),
        FieldbookRefused::Exchange(refused) => return exchange(refused),
        FieldbookRefused::Recovery(refused) => return super::paper_ru::recovery(refused),
        FieldbookRefused::Entry(EntryRefused::Text(refused)) | FieldbookRefused::Words(refused) => {
            return words(*refused);
        }
        FieldbookRefused::Activity(refused) => return activity(*refused),
        FieldbookRefused::Position(refused) => position(*refused),
        FieldbookRefused::Mgrs(refused) => mgrs(*refused),
        FieldbookRefused::Moment(refused) => moment(*refused),
        FieldbookRefused::Id(_) => {
            "Такого обозначения не бывает: оно не полно или в нём лишние знаки; ничего НЕ сохранено. Выберите \
            нужное из списка и повторите."
        }
        FieldbookRefused::Import(refused) => return import_ru::sentence(*refused),
        FieldbookRefused::Attach(refused) => return attach_ru::sentence(*refused),
        FieldbookRefused::MayNotState { paragraph } => return may_not_state(paragraph),
        FieldbookRefused::PatrolFull => {
            return format!(
                "В этом патруле записей с этого устройства больше не помещается (предел \
                {PATROL_STATEMENTS_MAX}): эта запись НЕ сохранена, всё записанное раньше на месте. \
                Начните новый патруль и запишите в него."
            );
        }
        FieldbookRefused::Register(refused) => return refused.sentence(Language::Ru),
        FieldbookRefused::Plan(refused) => refused.word(Language::Ru),
        FieldbookRefused::Log(refused) => refused.word(Language::Ru),
        FieldbookRefused::PatrolCode(refused) => refused.word(Language::Ru),
        FieldbookRefused::TooEarly(early) => return early.sentence(Language::Ru),
        FieldbookRefused::CertificateNumber(_) => return certificate_number_refused(Language::Ru),
        FieldbookRefused::NoPatrol => {
            "Такого патруля на этом устройстве нет или так начинаются несколько. Выберите его из списка \
            или укажите обозначение полнее; если патруль на другом устройстве, сначала проведите \
            обмен."
        }
        FieldbookRefused::Erased => {
            "Эта запись удалена у всех: ничего из неё не показать и ничего к ней не добавить."
        }
        FieldbookRefused::LockMinutes { minutes_max } => return lock::minutes(*minutes_max),
        FieldbookRefused::Defect(_) => DEFECT,
    };
    sentence.to_owned()
}

fn may_not_state(paragraph: &str) -> String {
    let basis = paragraph_numbers(paragraph).map_or_else(String::new, |numbers| {
        let word = if numbers.contains(',') { "пункты" } else { "пункт" };
        format!(" (Правила № 866, {word} {numbers})")
    });
    format!(
        "Ваша роль не даёт права записывать это{basis}; эта запись НЕ сохранена. Пусть запишет тот, кто \
        имеет право; если роль указана неверно, сообщите в структурное подразделение."
    )
}

pub(super) fn vault(refused: &VaultRefused) -> String {
    let sentence = match refused {
        VaultRefused::Key(refused) => return lock::key(refused),
        VaultRefused::Locked => lock::LOCKED,
        VaultRefused::Folder(error) => home_folder(FileTrouble::of(error)),
        VaultRefused::Older => {
            "Хранилище создано программой до первого выпуска, прочитать его нельзя. Оно не изменено, все записи на \
            месте; откройте его той программой, что его создала, или начните в другой папке."
        }
        VaultRefused::Newer { found, known } => {
            return format!(
                "Хранилище создано более новой программой: его схема — {found}, эта программа знает \
                схемы до {known}. Оно не изменено, все записи на месте; обновите программу и откройте \
                снова."
            );
        }
        VaultRefused::Rescued { set_aside: folder } => {
            let folder = folder_name(folder);
            return format!(
                "Хранилище было повреждено. Оно целиком лежит в папке {folder}; всё, что удалось прочесть, \
                перенесено в новое. Сохраните эту папку, повторите команду и проведите обмен: недостающее \
                вернётся с сервера обмена или файлом обмена."
            );
        }
        VaultRefused::Damaged { set_aside: Some(folder) } => {
            let folder = folder_name(folder);
            return format!(
                "Хранилище повреждено и целиком перенесено в папку {folder}; ничего не удалено. \
                Сохраните эту папку и сообщите в структурное подразделение, затем попросите новое \
                приглашение, присоединитесь и проведите обмен."
            );
        }
        VaultRefused::Damaged { set_aside: None } => {
            "Хранилище повреждено, но из него ничего не удалено. Ничего не удаляйте: сделайте копию \
            папки хранилища, откройте программу снова и сообщите в структурное подразделение."
        }
        VaultRefused::None => {
            "В этой папке нет хранилища записей. Проверьте, та ли это папка, или попросите приглашение \
            и присоединитесь."
        }
        VaultRefused::Exists => {
            "В этой папке уже есть хранилище записей, оно не изменено. Откройте его или выберите другую \
            папку."
        }
        VaultRefused::Full => {
            "Диск заполнен: из этого действия ничего НЕ сохранено, всё записанное раньше на месте. \
            Освободите место на диске и повторите."
        }
        VaultRefused::ReadOnly => {
            "В хранилище нельзя записывать: диск или папка открыты только для чтения. Новое НЕ \
            сохранено, всё записанное раньше на месте; разрешите запись или скопируйте всю папку на другой диск и \
            откройте её там."
        }
        VaultRefused::Busy => {
            "Хранилище занято другой программой. Новое НЕ сохранено, всё записанное раньше на месте; \
            немного подождите или закройте ту программу и повторите."
        }
        VaultRefused::Other(_) => {
            "При чтении или записи хранилища произошла ошибка. Новое НЕ сохранено, всё записанное \
            раньше на месте; повторите, а если не поможет, сообщите в структурное подразделение."
        }
    };
    sentence.to_owned()
}

pub(super) fn home_folder(trouble: FileTrouble) -> &'static str {
    match trouble {
        FileTrouble::Full => {
            "Диск заполнен, записать в папку хранилища не удалось; всё записанное раньше на месте. \
            Освободите место на диске и повторите."
        }
        FileTrouble::Forbidden => {
            "Нет доступа к папке хранилища; с записями в ней ничего не случилось. Разрешите этому \
            пользователю читать и записывать в папке и повторите."
        }
        FileTrouble::Missing => {
            "В папке хранилища нет нужного файла; остальные файлы не изменены. Верните его из резервной \
            копии и откройте хранилище снова."
        }
        FileTrouble::Other => {
            "При работе с папкой хранилища произошла ошибка; всё записанное раньше на месте. Проверьте \
            диск и повторите."
        }
    }
}

fn enrol(refused: &EnrolRefused) -> String {
    let sentence = match refused {
        EnrolRefused::Vault(refused) => return vault(refused),
        EnrolRefused::Code(refused) => return super::paper_ru::invite(refused),
        EnrolRefused::NotIn => {
            "Это устройство ещё не принято; всё, что вы записываете, сохраняется на нём. Покажите \
            пригласившему четыре слова, а когда он подтвердит, проведите обмен."
        }
        EnrolRefused::MayNot => {
            "Ваша роль не даёт на это права; ничего не изменено. Попросите того, кто имеет право, или \
            обратитесь в структурное подразделение."
        }
        EnrolRefused::NoSquad => {
            "Такая дружина не найдена или подходят несколько; ничего не изменено. Укажите название \
            дружины точно; если она сюда ещё не дошла, сначала проведите обмен."
        }
        EnrolRefused::SquadExists => {
            "Дружина с таким названием уже есть; ничего не изменено. Используйте её или дайте другое название."
        }
        EnrolRefused::NoSuchWords => {
            "Ни у одного из ожидающих устройств нет таких слов; никто не принят. Проведите обмен и \
            сверьте четыре слова ещё раз; если не совпадут, не подтверждайте и создайте новое \
            приглашение."
        }
        EnrolRefused::Expired => {
            return format!(
                "По часам этого устройства срок приглашения истёк (часов действия — {INVITE_HOURS}); \
                устройство не принято. Проверьте часы и создайте новое приглашение."
            );
        }
        EnrolRefused::Used => {
            "По этому приглашению уже принято другое устройство; второе не принято. Создайте новое \
            приглашение; если не знаете, чьё первое устройство, сразу сообщите в структурное \
            подразделение."
        }
        EnrolRefused::Withdrawn => {
            "Это приглашение отозвано на этом устройстве; устройство не принято. Создайте для него новое приглашение."
        }
        EnrolRefused::NoInvite => {
            "Это устройство не создавало такого приглашения; ничего не изменено. Выберите из списка приглашений."
        }
        EnrolRefused::InUse => {
            "По этому приглашению устройство уже принято, поэтому ничего не изменено. Если вы не знаете, чьё оно, сразу сообщите структурному подразделению."
        }
        EnrolRefused::AlreadyIn => {
            "Это устройство уже подключено, новое приглашение не нужно. Продолжайте работу."
        }
        EnrolRefused::Removed => super::removed::this_ru(),
        EnrolRefused::AnotherRemoved => super::removed::another_ru(),
        EnrolRefused::OtherTerritory => {
            "Приглашение относится к другой территории, с ним это устройство не подключается; все записи на месте. Попросите приглашение у своего структурного подразделения."
        }
        EnrolRefused::Spent => {
            "Это приглашение уже использовано другим устройством. Попросите новое и вступите с ним заново; записанное здесь сохранено."
        }
        EnrolRefused::NoMember => {
            "Такой член дружины на этом устройстве неизвестен; ничего не изменено. Проведите обмен и \
            выберите его из списка."
        }
        EnrolRefused::BroughtByAnother => {
            "Этого человека привёл другой руководитель или другое подразделение; ничего не изменено. Его \
            следующее устройство приглашает тот, кто его привёл, или структурное подразделение."
        }
        EnrolRefused::Judge(refused) => super::judging::ru(*refused),
        EnrolRefused::SeasonExists => super::seasons::exists_ru(),
        EnrolRefused::Close(refused) => super::seasons::ru(*refused),
        EnrolRefused::Seal => DEFECT,
    };
    sentence.to_owned()
}

fn exchange(refused: &ExchangeRefused) -> String {
    let sentence = match refused {
        ExchangeRefused::Vault(refused) => return vault(refused),
        ExchangeRefused::Carrier(failed) => return super::link_ru::carrier(failed),
        ExchangeRefused::Broken(broken) => super::link_ru::contact(*broken),
        ExchangeRefused::Meeting(failed) => super::meeting_ru::meeting(*failed),
        ExchangeRefused::Satchel(refused) => satchel(*refused),
        ExchangeRefused::File(error) => given_file(FileTrouble::of(error)),
        ExchangeRefused::NoRelay => {
            "Сервер обмена ещё не указан; все записи сохранены на этом устройстве. Укажите адрес \
            сервера или передайте записи файлом."
        }
        ExchangeRefused::Cleartext => {
            "Адрес сервера ведёт по http за пределы этой машины, и по пути видно, кто с кем связывается; все записи \
            сохранены на этом устройстве. Попросите у того, кто обслуживает сервер, адрес с https и введите его."
        }
        ExchangeRefused::OtherRelay => {
            "По этому адресу отвечает другой сервер; все записи сохранены на этом устройстве. Не \
            продолжайте и спросите структурное подразделение: если сервер заменён, введите его новый ключ, \
            который оно сообщит."
        }
    };
    sentence.to_owned()
}

fn given_file(trouble: FileTrouble) -> &'static str {
    match trouble {
        FileTrouble::Full => {
            "Диск заполнен, файл записан не полностью; все записи на этом устройстве на месте. \
            Освободите место на диске и повторите; неполный файл никому не передавайте."
        }
        FileTrouble::Forbidden => {
            "Нет доступа к этому файлу; все записи на этом устройстве на месте. Разрешите доступ или \
            выберите другую папку и повторите."
        }
        FileTrouble::Missing => {
            "Такого файла или папки нет; все записи на этом устройстве на месте. Проверьте место и \
            название и повторите."
        }
        FileTrouble::Other => {
            "При чтении или записи файла произошла ошибка; все записи на этом устройстве на месте. \
            Проверьте диск, на котором он лежит, и повторите."
        }
    }
}

fn satchel(refused: SatchelRefused) -> &'static str {
    match refused {
        SatchelRefused::NotOne => {
            "Это не файл обмена; все записи на этом устройстве на месте. Выберите другой файл или \
            попросите у отправителя файл обмена ещё раз."
        }
        SatchelRefused::Newer => {
            "Этот файл обмена создан более новой программой; все записи на этом устройстве на месте. \
            Обновите программу и примите файл снова."
        }
        SatchelRefused::Foreign => {
            "Этот файл обмена с другой территории, поэтому из него ничего не взято; все записи на этом \
            устройстве на месте. Попросите у отправителя файл вашей территории."
        }
        SatchelRefused::Damaged(_) => {
            "Файл обмена повреждён; все записи на этом устройстве на месте. Попросите отправителя \
            создать файл заново и прислать его целиком."
        }
    }
}

fn words(refused: WordsRefused) -> String {
    let sentence = match refused {
        WordsRefused::Blank => {
            "Ничего не написано, поэтому ничего не сохранено. Напишите хотя бы одно слово и сохраните \
            снова."
        }
        WordsRefused::TooLong { bytes_max, bytes } => {
            return format!(
                "Текст слишком длинный и НЕ сохранён: байтов в нём — {bytes}, помещается — {bytes_max} \
                (казахская или русская буква занимает два). Сократите его и сохраните снова."
            );
        }
        WordsRefused::Misleading { at_byte: _ } => {
            "В тексте есть невидимый знак, который меняет порядок или вид букв, текст НЕ сохранён. Наберите \
            его вручную, не вставляя, и сохраните снова."
        }
        WordsRefused::ControlCharacter { at_byte: _ } => {
            "В тексте есть невидимый управляющий символ или лишний перенос строки, он НЕ сохранён. \
            Наберите текст вручную, не вставляя, и сохраните снова."
        }
    };
    sentence.to_owned()
}

fn activity(refused: ActivityRefused) -> String {
    let sentence = match refused {
        ActivityRefused::NoSuchType => {
            "Такого вида мероприятия нет, запись НЕ сохранена. Выберите один из пяти видов пункта 10 \
            Правил и запишите снова."
        }
        ActivityRefused::NoSuchSubkind => {
            "Для этого вида мероприятия нужен его собственный подвид, запись НЕ сохранена. Выберите \
            подвид из списка и запишите снова."
        }
        ActivityRefused::NoSuchMode => {
            "Не указано, как это выполнялось, запись НЕ сохранена. Выберите «самостоятельно», \
            «совместно» или оба и запишите снова."
        }
        ActivityRefused::NoSuchProtectedObject => {
            "Такого защищаемого объекта нет, запись НЕ сохранена. Выберите один из семи объектов пункта \
            9 Правил и запишите снова."
        }
        ActivityRefused::NoSuchReceiver => {
            "Такого органа для доставления нет, запись НЕ сохранена. Выберите один из трёх, названных в \
            подпункте 5) пункта 10 Правил, и запишите снова."
        }
        ActivityRefused::NotOfThisType { field } => {
            let what = match field {
                "subkind" => "подвида",
                "mode" => "способа выполнения",
                "protected_object" => "защищаемого объекта",
                "receiver_kind" => "принимающего органа",
                _ => "таких сведений",
            };
            return format!(
                "У этого вида мероприятия не бывает {what}, запись НЕ сохранена. Уберите лишнее или \
                измените вид мероприятия и запишите снова."
            );
        }
    };
    sentence.to_owned()
}

const fn position(refused: PositionRefused) -> &'static str {
    match refused {
        PositionRefused::OffTheGlobe => {
            "Такого места нет: широта от -90 до 90 градусов, долгота от -180 до 180; запись НЕ сохранена. \
            Исправьте место или сохраните без него."
        }
        PositionRefused::NoFix => {
            "Нулевые широту и долготу показывает приёмник, который не знает места; запись НЕ сохранена. \
            Дождитесь определения места или сохраните без него."
        }
        PositionRefused::NotADistance => {
            "Точность или высота не похожа на расстояние в метрах; запись НЕ сохранена. Исправьте или \
            уберите её и сохраните снова."
        }
    }
}

const fn mgrs(refused: MgrsRefused) -> &'static str {
    match refused {
        MgrsRefused::Polar => {
            "У полюсов на картах своя сетка, здесь она не читается; запись НЕ сохранена. Укажите место в градусах \
            или сохраните без места."
        }
        MgrsRefused::NotAReference => {
            "Координаты по сетке записаны не так, как нужно; запись НЕ сохранена. Запишите их так и повторите: \
            44TMQ 12345 67890."
        }
        MgrsRefused::NoSuchSquare => {
            "В этой зоне и полосе нет такого квадрата; запись НЕ сохранена. Проверьте буквы по карте и повторите."
        }
    }
}

const fn moment(refused: MomentRefused) -> &'static str {
    match refused {
        MomentRefused::OutOfRange => {
            "Время вне лет от 1 до 9999; ничего НЕ сохранено. Исправьте время и повторите."
        }
        MomentRefused::OffsetTooLarge { minutes: _ } => {
            "Сдвиг часового пояса больше 18 часов; ничего НЕ сохранено. Исправьте время и повторите."
        }
        MomentRefused::NotRfc3339 => {
            "Время записано не так, как нужно; ничего НЕ сохранено. Запишите его так и повторите: \
            2026-05-01T08:10:00+05:00."
        }
        MomentRefused::NotADay => {
            "День записан не так, как нужно; ничего НЕ сохранено. Запишите его так и повторите: 2026-05-01."
        }
    }
}
