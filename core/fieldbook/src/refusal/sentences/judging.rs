//! What is refused where a device is removed, given another role, or what it said is decided about; in three languages.

use crate::exchange::JudgeRefused;

pub(super) const fn en(refused: JudgeRefused) -> &'static str {
    match refused {
        JudgeRefused::NoDevice => {
            "There is no such device here, several begin like that, or it is removed already; nothing was changed. \
            Exchange, and choose it from the list of devices."
        }
        JudgeRefused::Oneself => {
            "Nobody removes this device from itself or changes its own role; nothing was changed. Ask whoever stands \
            above you to do it from another device."
        }
        JudgeRefused::SameRole => {
            "The device has this role already; nothing was changed. There is nothing left to do."
        }
        JudgeRefused::LastOfItsOffice => {
            "This is the only device of its office, and without it nobody holds the keys of the office; it was not \
            removed. Let another device of the office in first; if this one is in the wrong hands, say that it is to be \
            removed all the same."
        }
        JudgeRefused::NothingHeld => {
            "No such record is held here, or several begin like that; nothing was decided. Choose it from the list of \
            what is held."
        }
        JudgeRefused::KeyFell => {
            "This record is sealed to a key that no longer stands, so others cannot open it and would not see it counted; \
            it stays held. Write down what it says as told by its author, in your own name."
        }
    }
}

pub(super) const fn kk(refused: JudgeRefused) -> &'static str {
    match refused {
        JudgeRefused::NoDevice => {
            "Мұндай құрылғы табылмады, бірнешеуі солай басталады немесе ол бұрын шығарылған; ештеңе өзгертілген жоқ. \
            Алмасу жасап, құрылғылар тізімінен таңдаңыз."
        }
        JudgeRefused::Oneself => {
            "Ешкім өз құрылғысын өзі шығармайды, өз рөлін де өзгертпейді; ештеңе өзгертілген жоқ. Сізден жоғары тұрған \
            адамнан мұны басқа құрылғыдан жасауды сұраңыз."
        }
        JudgeRefused::SameRole => {
            "Құрылғының рөлі бұрыннан осындай; ештеңе өзгертілген жоқ. Басқа ештеңе істеу қажет емес."
        }
        JudgeRefused::LastOfItsOffice => {
            "Бұл мекеменің жалғыз құрылғысы, онсыз мекеменің кілттері ешкімде қалмайды; ол шығарылған жоқ. Алдымен \
            мекеменің басқа құрылғысын қосыңыз; егер бұл құрылғы бөтен қолда болса, оны бәрібір шығару керегін \
            көрсетіңіз."
        }
        JudgeRefused::NothingHeld => {
            "Мұндай кідіртілген жазба табылмады немесе бірнешеуі солай басталады; ешқандай шешім қабылданған жоқ. Оны \
            кідіртілгендер тізімінен таңдаңыз."
        }
        JudgeRefused::KeyFell => {
            "Бұл жазба күшін жойған кілтпен жабылған, сондықтан оны басқалар аша алмайды және есепке алынғанын көрмейді; \
            ол кідіртілген күйінде қалады. Онда айтылғанды авторының сөзінен өз атыңыздан жазыңыз."
        }
    }
}

pub(super) const fn ru(refused: JudgeRefused) -> &'static str {
    match refused {
        JudgeRefused::NoDevice => {
            "Такого устройства здесь нет, так начинаются несколько или оно уже исключено; ничего не изменено. Проведите \
            обмен и выберите его из списка устройств."
        }
        JudgeRefused::Oneself => {
            "Никто не исключает своё же устройство и не меняет свою роль; ничего не изменено. Попросите того, кто стоит \
            выше, сделать это с другого устройства."
        }
        JudgeRefused::SameRole => {
            "У устройства уже такая роль; ничего не изменено. Делать больше ничего не нужно."
        }
        JudgeRefused::LastOfItsOffice => {
            "Это единственное устройство своего органа, без него ключей органа не останется ни у кого; оно не исключено. \
            Сначала примите другое устройство органа; если это попало в чужие руки, укажите, что исключить его нужно \
            всё равно."
        }
        JudgeRefused::NothingHeld => {
            "Такой задержанной записи здесь нет или так начинаются несколько; решение не принято. Выберите её из списка \
            задержанных."
        }
        JudgeRefused::KeyFell => {
            "Эта запись закрыта ключом, который больше не действует: другие её не откроют и не увидят засчитанной; она \
            остаётся задержанной. Запишите её содержание со слов автора от своего имени."
        }
    }
}
