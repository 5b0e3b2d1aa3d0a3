//! The notes themselves, in Kazakh and Russian, as people type them on a phone. The places are invented.

use jasaq_fieldbook::model::entry::{Activity, BorderServiceKind, InspectionKind, ProtectedObject};
use jasaq_fieldbook::model::patrol::ActivityMode;
use jasaq_fieldbook::model::source::Source;

use super::{Note, Place};
use crate::demo::cast::Part;

use ActivityMode::{Both, Independent, Joint};
use Part::{Aidos, Bauyrzhan, Gulnar, Head};
use Place::{ByHand, Fix, High, Mock, NoFix};

const fn service(kind: BorderServiceKind, mode: ActivityMode) -> Activity {
    Activity::BorderService { kind, mode }
}

const fn inspection(kind: InspectionKind, mode: ActivityMode) -> Activity {
    Activity::Inspection { kind, mode }
}

const fn prevention(protected_object: Option<ProtectedObject>) -> Activity {
    Activity::Prevention { protected_object }
}

/// Noted on the phone when it happened.
const fn note(by: Part, at: (i64, i64), activity: Activity, text: &'static str, place: Place) -> Note {
    let minute = at.0 * 60 + at.1;
    Note { by, minute, activity, text, place, source: Source::Phone, happened: None, counted: None }
}

impl Note {
    /// With how many of whatever was seen.
    const fn counting(self, count: u32) -> Self {
        Self { counted: Some(count), ..self }
    }

    /// Typed in later, from paper or the radio.
    const fn from(self, source: Source, happened: (i64, i64)) -> Self {
        Self { source, happened: Some(happened.0 * 60 + happened.1), ..self }
    }
}

use BorderServiceKind as Service;
use InspectionKind as Inspected;
use ProtectedObject as Object;

/// The day, in its order.
pub(super) static NOTES: [Note; 34] = [
    note(
        Head,
        (8, 5),
        service(Service::Service, Joint),
        "Жасақ төрт адаммен шықты, аттар сау, байланыс тексерілді.",
        Fix(441_602_110, 800_104_520, 40),
    ),
    note(
        Aidos,
        (8, 12),
        service(Service::Round, Joint),
        "Батыс жақты аралап өту басталды. Тұман, көріну 50 м.",
        Fix(441_618_730, 800_131_240, 60),
    ),
    note(
        Gulnar,
        (8, 20),
        service(Service::Round, Independent),
        "Начала обход восточной стороны. Видимость плохая.",
        Fix(441_590_020, 800_152_870, 850),
    ),
    note(
        Bauyrzhan,
        (8, 31),
        inspection(Inspected::Route, Joint),
        "Осмотрена тропа к броду: следы двух лошадей, вчерашние.",
        High(441_577_410, 800_170_330, 1_214),
    ),
    note(
        Head,
        (8, 40),
        service(Service::CoverCrossingPlace, Joint),
        "Өткелді қалқаладық, қозғалыс жоқ.",
        Fix(441_571_900, 800_176_050, 30),
    ),
    note(
        Aidos,
        (8, 58),
        inspection(Inspected::HidingPlace, Independent),
        "Ескі қыстақ қаралды: от орны суық, адам болмаған.",
        NoFix,
    ),
    note(
        Gulnar,
        (9, 15),
        inspection(Inspected::TalkWithResidents, Independent),
        "Беседа с чабаном: за три дня чужих не видел.",
        Fix(441_566_300, 800_201_760, 70),
    ),
    note(
        Bauyrzhan,
        (9, 22),
        service(Service::Search, Both),
        "Поиск по руслу, 400 м вверх. Ничего не найдено.",
        Fix(441_560_810, 800_190_140, 120),
    ),
    note(
        Head,
        (9, 40),
        prevention(Some(Object::StateBorder)),
        "Мал шекара сызығына жақындады, иесіне айтып, кері қайтардық.",
        Fix(441_558_000, 800_188_000, 50),
    )
    .counting(12),
    note(
        Bauyrzhan,
        (9, 43),
        prevention(Some(Object::StateBorder)),
        "Скот у линии границы, пересчитал на переправе: пятнадцать голов.",
        Fix(441_558_900, 800_188_900, 70),
    )
    .counting(15),
    note(
        Aidos,
        (9, 55),
        inspection(Inspected::Place, Joint),
        "Сайдың іші қаралды. Сым бүтін.",
        Fix(441_631_450, 800_118_060, 90),
    ),
    note(
        Gulnar,
        (10, 5),
        inspection(Inspected::Vehicle, Both),
        "Осмотрена грузовая машина у кошары: сено, двое рабочих из села.",
        Fix(441_552_970, 800_214_480, 60),
    ),
    note(
        Bauyrzhan,
        (10, 14),
        inspection(Inspected::DocumentCheck, Joint),
        "Проверены документы у водителя: в порядке.",
        Fix(441_552_990, 800_214_510, 60),
    ),
    note(
        Head,
        (10, 30),
        prevention(Some(Object::BorderRegime)),
        "Шекаралық аймақта рұқсатсыз тұрған екі адамға түсіндірілді, кетті.",
        ByHand(441_549_000, 800_220_000),
    ),
    note(
        Aidos,
        (10, 42),
        service(Service::Tracking, Independent),
        "Жаңа із байқалды, солтүстікке қарай 600 м жүрдік, тасқа шыққанда жоғалды.",
        Fix(441_640_200, 800_109_900, 1_400),
    ),
    note(
        Gulnar,
        (10, 58),
        prevention(None),
        "Предупреждение правонарушения: рыбакам напомнены правила.",
        Mock(441_540_000, 800_230_000),
    ),
    note(
        Bauyrzhan,
        (11, 10),
        service(Service::Round, Joint),
        "Объезд верхом до второго поста, без происшествий.",
        Fix(441_538_660, 800_199_210, 80),
    ),
    note(
        Head,
        (11, 25),
        service(Service::Detention, Joint),
        "Белгісіз адам тоқтатылып ұсталды, қарсылық жоқ. Мәліметтері қорғалған жазбада.",
        Fix(441_536_000, 800_205_500, 40),
    ),
    note(
        Aidos,
        (11, 50),
        prevention(Some(Object::StateBorderRegime)),
        "Шекара режимі туралы малшыларға ескертілді.",
        NoFix,
    ),
    note(
        Bauyrzhan,
        (12, 20),
        prevention(Some(Object::CrossingPointRegime)),
        "У пункта пропуска очередь, порядок соблюдается.",
        Fix(441_528_880, 800_190_770, 30),
    ),
    note(
        Head,
        (12, 40),
        service(Service::Service, Joint),
        "Түскі үзіліс, аттар суарылды. Радиодан: көлде тыныш.",
        NoFix,
    )
    .from(Source::Radio, (12, 35)),
    note(
        Gulnar,
        (13, 0),
        prevention(Some(Object::FishingZoneRegime)),
        "По радио: у камышей сняты две брошенные сети.",
        NoFix,
    )
    .from(Source::Radio, (12, 50)),
    note(
        Bauyrzhan,
        (13, 15),
        inspection(Inspected::Place, Independent),
        "Осмотрен мост, настил цел, надписей нет.",
        Fix(441_520_310, 800_181_640, 70),
    ),
    note(
        Aidos,
        (14, 10),
        service(Service::Round, Independent),
        "Көл жағасын аралап шығу, жалғызбын.",
        Fix(441_702_000, 800_020_000, 100),
    ),
    note(
        Aidos,
        (14, 35),
        prevention(Some(Object::WatersRegime)),
        "Қайық тоқтатылмады, алыстан көрінді, нөмірі жоқ.",
        Fix(441_709_300, 800_011_750, 2_600),
    ),
    note(
        Bauyrzhan,
        (14, 50),
        inspection(Inspected::Vehicle, Independent),
        "Мотоцикл без номера у кошары, хозяин найден.",
        Fix(441_512_000, 800_168_000, 60),
    ),
    note(
        Aidos,
        (15, 5),
        inspection(Inspected::TalkWithResidents, Independent),
        "Балықшылармен әңгіме: түнде мотор даусы естілген.",
        NoFix,
    ),
    note(
        Head,
        (15, 20),
        inspection(Inspected::Route, Joint),
        "Ықтимал жол қаралды: көпірден қыстаққа дейін, із жоқ.",
        Fix(441_509_120, 800_160_330, 50),
    ),
    note(
        Gulnar,
        (15, 45),
        inspection(Inspected::HidingPlace, Independent),
        "Осмотрена землянка за холмом: пусто, вход засыпан.",
        High(441_505_700, 800_158_100, 1_302),
    ),
    note(
        Aidos,
        (16, 0),
        prevention(Some(Object::ContinentalShelfRegime)),
        "Қағаздан: жағадағы бұрғылау белгісі орнында тұр.",
        NoFix,
    )
    .from(Source::Paper, (15, 40)),
    note(
        Bauyrzhan,
        (16, 25),
        service(Service::CoverCrossingPlace, Both),
        "Прикрытие брода до смены, движения нет.",
        Fix(441_571_870, 800_176_110, 40),
    ),
    note(
        Bauyrzhan,
        (17, 5),
        service(Service::Round, Joint),
        "Қайтар жолда екінші қыстақ қаралды, тыныш.",
        Fix(441_598_240, 800_118_990, 60),
    ),
    note(
        Gulnar,
        (17, 25),
        service(Service::Service, Joint),
        "Возвращаемся на базу, лошади устали, люди здоровы.",
        Fix(441_600_500, 800_110_200, 80),
    ),
    note(
        Head,
        (17, 50),
        service(Service::Service, Joint),
        "Базаға оралдық. Барлығы төрт адам, шығын жоқ.",
        Fix(441_602_100, 800_104_500, 30),
    ),
];
