//! Words for the activities of 001-§10 and the objects of 001-§9, in the terms of these paragraphs.

use super::words;
use crate::entry::{ActivityType, BorderServiceKind, InspectionKind, ProtectedObject, ReceiverKind};

words!(ActivityType {
    BorderService => "қызмет атқаруға қатысу", "участие в несении службы", "taking part in service";
    Inspection => "қарап тексеру", "осмотр", "inspection";
    Prevention => "құқық бұзушылықтардың алдын алу және жолын кесу",
        "предупреждение и пресечение правонарушений", "preventing and stopping offences";
    Force => "дене күшін және басқа да құралдарды қолдану",
        "применение физической силы и иных средств", "use of physical force and other means";
    DetainDeliver => "ұстау және жеткізу", "задержание и доставление", "detention and delivery";
});

words!(BorderServiceKind {
    CoverCrossingPlace => "Мемлекеттік шекарадан өтетін жерде қалқалау",
        "прикрытие места пересечения Государственной границы", "covering a crossing place";
    Service => "қызмет атқару", "несение службы", "service";
    Round => "аралап шығу, аралап өту", "обход, объезд", "making rounds";
    Search => "іздеу", "поиск", "search";
    Tracking => "ізін түсу", "преследование", "tracking, pursuit";
    Detention => "ұстау", "задержание", "detention";
});

words!(InspectionKind {
    Route => "жүру бағыты", "маршрут движения", "route of movement";
    HidingPlace => "жасырыну орны", "место укрытия", "hiding place";
    Vehicle => "көлік құралы", "транспортное средство", "vehicle";
    Place => "шекаралық кеңістіктегі жер",
        "местность в пограничном пространстве", "place in the border space";
    TalkWithResidents => "тұрғындармен әңгімелесу", "беседа с жителями", "talk with residents";
    DocumentCheck => "құжаттарды тексеру", "проверка документов", "document check";
});

words!(ProtectedObject {
    StateBorder => "Мемлекеттік шекара", "Государственная граница", "State Border";
    StateBorderRegime => "Мемлекеттік шекара режимі", "режим Государственной границы", "State Border regime";
    CrossingPointRegime => "өткізу пункттеріндегі режим",
        "режим в пунктах пропуска", "regime at crossing points";
    BorderRegime => "шекаралық режим", "пограничный режим", "border regime";
    WatersRegime => "ішкі және аумақтық сулар режимі",
        "режим внутренних и территориальных вод", "regime of internal and territorial waters";
    FishingZoneRegime => "балық аулау аймағы режимі", "режим рыболовной зоны", "fishing-zone regime";
    ContinentalShelfRegime => "континенттік қайраң режимі",
        "режим континентального шельфа", "continental-shelf regime";
});

words!(ReceiverKind {
    BorderUnit => "құрылымдық бөлімше", "структурное подразделение", "structural subdivision";
    LawEnforcementBody => "құқық қорғау органы", "правоохранительный орган", "law-enforcement body";
    OtherAuthorisedBody => "өзге де уәкілетті орган", "иной уполномоченный орган", "other authorised body";
});
