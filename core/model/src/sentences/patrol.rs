//! Words for how, where and with what a patrol goes: modes and parts of the border space in the terms of
//! 001-§3 and 001-§10; means of moving and ways of noting in plain words.

use super::words;
use crate::patrol::{ActivityMode, AreaComponent, Transport};
use crate::source::Source;

words!(ActivityMode {
    Independent => "дербес", "самостоятельно", "independently";
    Joint => "бірлесіп", "совместно", "jointly";
    Both => "дербес және бірлесіп", "самостоятельно и совместно", "independently and jointly";
});

words!(AreaComponent {
    StateBorder => "Мемлекеттік шекара", "Государственная граница", "State Border";
    BorderZone => "шекаралық аймақтың сыртқы шектеріне дейінгі аумақ",
        "территория до внешних пределов пограничной зоны",
        "territory up to the outer limits of the border zone";
    InternalWaters => "ішкі сулар", "внутренние воды", "internal waters";
    TerritorialWaters => "аумақтық сулар", "территориальные воды", "territorial waters";
    CrossingPoint => "өткізу пункті", "пункт пропуска", "crossing point";
    OtherCrossingPlace => "өткізу жүзеге асырылатын өзге де орын",
        "иное место, где осуществляется пропуск", "other place where crossing takes place";
    FishingZone => "балық аулау аймағы", "рыболовная зона", "fishing zone";
    ContinentalShelf => "континенттік қайраң", "континентальный шельф", "continental shelf";
    Airspace => "әуе кеңістігі", "воздушное пространство", "airspace";
});

words!(Transport {
    OnFoot => "жаяу", "пешком", "on foot";
    Horse => "атпен", "верхом", "on horseback";
    Vehicle => "көлікпен", "на машине", "by vehicle";
    Boat => "қайықпен", "на лодке", "by boat";
    Ski => "шаңғымен", "на лыжах", "on skis";
    Other => "басқаша", "иначе", "in another way";
});

words!(Source {
    Phone => "телефон", "телефон", "phone";
    Paper => "қағаз", "бумага", "paper";
    Radio => "радиобайланыс", "радиосвязь", "radio";
    File => "файл", "файл", "file";
});
