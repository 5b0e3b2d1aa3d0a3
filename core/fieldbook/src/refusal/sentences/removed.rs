//! What is said of a device that was removed and asks to come in again, in each language.

pub(super) const fn this_kk() -> &'static str {
    "Бұл құрылғы шығарылған, ал шығарылған құрылғы қайта қосылмайды; ондағы жазбалар сақталады. Жаңа, бос \
    қалтада немесе қайта орнатылған қолданбамен қосылыңыз."
}

pub(super) const fn another_kk() -> &'static str {
    "Бұл құрылғы бұрын шығарылған, ал шығарылған құрылғы қайта қосылмайды; ол қосылған жоқ. Иесі жаңа, бос \
    қалтада немесе қайта орнатылған қолданбамен қосылсын; жаңа төрт сөзді салыстырыңыз."
}

pub(super) const fn this_ru() -> &'static str {
    "Это устройство исключено, а исключённое устройство не возвращается; записи на нём остаются. \
    Присоединитесь в новой, пустой папке или через заново установленное приложение."
}

pub(super) const fn another_ru() -> &'static str {
    "Это устройство было исключено, а исключённое устройство не возвращается; оно не принято. Пусть \
    владелец присоединится в новой, пустой папке или через заново установленное приложение; \
    сверьте новые четыре слова."
}

pub(super) const fn this_en() -> &'static str {
    "This device was removed, and a removed device never comes back; what was recorded stays on it. Join \
    in a new, empty folder, or with a newly installed app."
}

pub(super) const fn another_en() -> &'static str {
    "This device was removed, and a removed device never comes back; it was not added. Let its owner join \
    in a new, empty folder or with a newly installed app, and compare the new four words."
}
