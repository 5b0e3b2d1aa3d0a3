//! What is refused where a season is opened or ended; in three languages.

use crate::exchange::CloseRefused;

pub(super) const fn exists_en() -> &'static str {
    "The squad has this season already, or a later one; nothing was changed. Give a later year."
}

pub(super) const fn exists_kk() -> &'static str {
    "Жасақтың бұл маусымы не одан кейінгісі бұрыннан бар; ештеңе өзгертілген жоқ. Кейінгі жылды көрсетіңіз."
}

pub(super) const fn exists_ru() -> &'static str {
    "Этот сезон у дружины уже есть, или есть более поздний; ничего не изменено. Укажите более поздний год."
}

pub(super) const fn en(refused: CloseRefused) -> &'static str {
    match refused {
        CloseRefused::NoSuchSeason => {
            "The squad has no such season that is open; nothing was ended. Choose one from the list of squads."
        }
        CloseRefused::NoLaterSeason => {
            "No later season of the squad is open, so what comes late would have no place; nothing was ended. Open the next \
            season first."
        }
        CloseRefused::NotAllHere => {
            "Others hold more of this season than has come here, and it would be lost; nothing was ended. Exchange until \
            everything is here, by satchel where the relay keeps it back."
        }
        CloseRefused::AttachmentsMissing => {
            "Photos or other attachments of this season are not whole on this console, and they would be lost; nothing was ended. \
            Ask for all of them, exchange until they are here, or erase for everybody those that nobody has any more."
        }
    }
}

pub(super) const fn kk(refused: CloseRefused) -> &'static str {
    match refused {
        CloseRefused::NoSuchSeason => {
            "Жасақтың мұндай ашық маусымы жоқ; ештеңе жабылған жоқ. Жасақтар тізімінен таңдаңыз."
        }
        CloseRefused::NoLaterSeason => {
            "Жасақтың кейінгі маусымы ашылмаған, кешігіп келгенге орын болмайды; ештеңе жабылған жоқ. Алдымен келесі \
            маусымды ашыңыз."
        }
        CloseRefused::NotAllHere => {
            "Бұл маусымнан басқаларда осында жеткеннен көбірек бар, ол жоғалар еді; ештеңе жабылған жоқ. Бәрі жеткенше \
            алмасыңыз, сервер бермесе, файлмен алмасыңыз."
        }
        CloseRefused::AttachmentsMissing => {
            "Бұл маусымның фотолары не басқа тіркемелері осы компьютерде толық емес, олар жоғалар еді; ештеңе жабылған жоқ. \
            Бәрін сұратып, жеткенше алмасыңыз, ал ешкімде қалмағанын бәрінде жойыңыз."
        }
    }
}

pub(super) const fn ru(refused: CloseRefused) -> &'static str {
    match refused {
        CloseRefused::NoSuchSeason => {
            "Такого открытого сезона у дружины нет; ничего не закрыто. Выберите его из списка дружин."
        }
        CloseRefused::NoLaterSeason => {
            "Более поздний сезон дружины не открыт, и опоздавшему не было бы места; ничего не закрыто. Сначала откройте \
            следующий сезон."
        }
        CloseRefused::NotAllHere => {
            "У других есть из этого сезона больше, чем дошло сюда, и оно пропало бы; ничего не закрыто. Обменивайтесь, пока \
            не дойдёт всё, а где сервер не отдаёт, файлом."
        }
        CloseRefused::AttachmentsMissing => {
            "Фотографии или другие вложения этого сезона есть на этом компьютере не целиком, и они пропали бы; ничего не закрыто. \
            Запросите все и обменивайтесь, пока не дойдут, а те, которых уже ни у кого нет, удалите у всех."
        }
    }
}
