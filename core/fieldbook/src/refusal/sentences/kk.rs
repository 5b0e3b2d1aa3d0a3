//! Every refusal in Kazakh. Each `match` is total: a new variant does not compile until it has its sentence.

use jasaq_model::entry::{ActivityRefused, EntryRefused};
use jasaq_model::moment::MomentRefused;
use jasaq_model::position::{MgrsRefused, PositionRefused};
use jasaq_model::sentences::certificate_number_refused;
use jasaq_model::words::{Language, WordsRefused};
use jasaq_protocol::sync::SatchelRefused;

use super::super::FieldbookRefused;
use super::attach_kk;
use super::import_kk;
use super::lock_kk as lock;
use super::{FileTrouble, INVITE_HOURS, PATROL_STATEMENTS_MAX, folder_name, paragraph_numbers};
use crate::exchange::{EnrolRefused, ExchangeRefused};
use crate::vault::VaultRefused;

const DEFECT: &str = "Бағдарламада қате бар: соңғы әрекет орындалмады, бұрын жазылғанның бәрі орнында. \
    Бағдарламаны жаңартып, қайталаңыз; көмектеспесе, құрылымдық бөлімшеге хабарлаңыз.";

pub(super) fn sentence(refused: &FieldbookRefused) -> String {
    let sentence = match refused {
        FieldbookRefused::Vault(refused) => return vault(refused),
        FieldbookRefused::Enrol(refused) => return enrol(refused),
        FieldbookRefused::Exchange(refused) => return exchange(refused),
        FieldbookRefused::Recovery(refused) => return super::paper_kk::recovery(refused),
        FieldbookRefused::Entry(EntryRefused::Text(refused)) | FieldbookRefused::Words(refused) => {
            return words(*refused);
        }
        FieldbookRefused::Activity(refused) => return activity(*refused),
        FieldbookRefused::Position(refused) => position(*refused),
        FieldbookRefused::Mgrs(refused) => mgrs(*refused),
        FieldbookRefused::Moment(refused) => moment(*refused),
        FieldbookRefused::Id(_) => {
            "Мұндай белгі болмайды: ол толық емес немесе онда артық таңба бар; ештеңе САҚТАЛМАДЫ. Керегін \
            тізімнен таңдап, қайталаңыз."
        }
        FieldbookRefused::Import(refused) => return import_kk::sentence(*refused),
        FieldbookRefused::Attach(refused) => return attach_kk::sentence(*refused),
        FieldbookRefused::MayNotState { paragraph } => return may_not_state(paragraph),
        FieldbookRefused::PatrolFull => {
            return format!(
                "Бұл патрульде осы құрылғының жазбалары шегіне жетті ({PATROL_STATEMENTS_MAX}): бұл \
                жазба САҚТАЛМАДЫ, бұрын жазылғанның бәрі орнында. Жаңа патруль бастап, сонда жазыңыз."
            );
        }
        FieldbookRefused::Register(refused) => return refused.sentence(Language::Kk),
        FieldbookRefused::Plan(refused) => refused.word(Language::Kk),
        FieldbookRefused::Log(refused) => refused.word(Language::Kk),
        FieldbookRefused::PatrolCode(refused) => refused.word(Language::Kk),
        FieldbookRefused::TooEarly(early) => return early.sentence(Language::Kk),
        FieldbookRefused::CertificateNumber(_) => return certificate_number_refused(Language::Kk),
        FieldbookRefused::NoPatrol => {
            "Мұндай патруль бұл құрылғыда табылмады немесе олай басталатын бірнешеуі бар. Тізімнен \
            таңдаңыз не белгісін толығырақ жазыңыз; патруль басқа құрылғыда болса, алдымен алмасу \
            жасаңыз."
        }
        FieldbookRefused::Erased => {
            "Бұл жазба бәрінде жойылған: оның ешнәрсесі көрсетілмейді, оған ештеңе қосылмайды."
        }
        FieldbookRefused::LockMinutes { minutes_max } => return lock::minutes(*minutes_max),
        FieldbookRefused::Defect(_) => DEFECT,
    };
    sentence.to_owned()
}

fn may_not_state(paragraph: &str) -> String {
    let basis = paragraph_numbers(paragraph).map_or_else(String::new, |numbers| {
        let word = if numbers.contains(',') { "тармақтар" } else { "тармақ" };
        format!(" (№ 866 қаулы, {numbers}-{word})")
    });
    format!(
        "Сіздің рөліңіз мұны жазуға құқық бермейді{basis}; бұл жазба САҚТАЛМАДЫ. Оны құқығы бар адам \
        жазсын; рөліңіз қате көрсетілсе, құрылымдық бөлімшеге хабарлаңыз."
    )
}

pub(super) fn vault(refused: &VaultRefused) -> String {
    let sentence = match refused {
        VaultRefused::Key(refused) => return lock::key(refused),
        VaultRefused::Locked => lock::LOCKED,
        VaultRefused::Folder(error) => home_folder(FileTrouble::of(error)),
        VaultRefused::Older => {
            "Қойманы алғашқы шығарылымға дейінгі бағдарлама жасаған, оны оқу мүмкін емес. Қойма өзгертілген жоқ, \
            жазбалардың бәрі орнында; оны жасаған бағдарламамен ашыңыз немесе басқа қалтада бастаңыз."
        }
        VaultRefused::Newer { found, known } => {
            return format!(
                "Қойманы жаңарақ бағдарлама жасаған: оның схемасы — {found}, бұл бағдарлама білетін ең \
                соңғысы — {known}. Қойма өзгертілген жоқ, жазбалардың бәрі орнында; бағдарламаны \
                жаңартып, қайта ашыңыз."
            );
        }
        VaultRefused::Rescued { set_aside: folder } => {
            let folder = folder_name(folder);
            return format!(
                "Қойма бүлінген еді. Ол түгелімен {folder} қалтасында жатыр; оқылғанының бәрі жаңа қоймаға \
                көшірілді. Ол қалтаны сақтап, пәрменді қайталаңыз да, алмасу жасаңыз: жетіспегені алмасу \
                серверінен немесе алмасу файлымен қайтады."
            );
        }
        VaultRefused::Damaged { set_aside: Some(folder) } => {
            let folder = folder_name(folder);
            return format!(
                "Қойма бүлінген, сондықтан ол түгелімен {folder} қалтасына ауыстырылды; ештеңе \
                өшірілген жоқ. Ол қалтаны сақтап, құрылымдық бөлімшеге хабарлаңыз, содан соң жаңа \
                шақыру сұрап, қосылыңыз да, алмасу жасаңыз."
            );
        }
        VaultRefused::Damaged { set_aside: None } => {
            "Қойма бүлінген, бірақ одан ештеңе өшірілген жоқ. Ештеңені өшірмеңіз: қойма қалтасының \
            көшірмесін жасап, бағдарламаны қайта ашыңыз және құрылымдық бөлімшеге хабарлаңыз."
        }
        VaultRefused::None => {
            "Бұл қалтада жазбалар қоймасы жоқ. Қалтаның дұрыстығын тексеріңіз немесе шақыру сұрап, \
            қосылыңыз."
        }
        VaultRefused::Exists => {
            "Бұл қалтада жазбалар қоймасы бұрыннан бар, ол өзгертілген жоқ. Соны ашыңыз немесе басқа \
            қалтаны таңдаңыз."
        }
        VaultRefused::Full => {
            "Дискі толы: бұл әрекеттен ештеңе САҚТАЛМАДЫ, бұрын жазылғанның бәрі орнында. Дискіден орын \
            босатып, қайталаңыз."
        }
        VaultRefused::ReadOnly => {
            "Қоймаға жазу мүмкін емес: дискі не қалта тек оқуға ашық. Жаңа ештеңе САҚТАЛМАДЫ, бұрын \
            жазылғанның бәрі орнында; жазуға рұқсат беріңіз немесе бүкіл қалтаны басқа дискіге көшіріп, сол жерде \
            ашыңыз."
        }
        VaultRefused::Busy => {
            "Қойманы басқа бағдарлама босатпай тұр. Жаңа ештеңе САҚТАЛМАДЫ, бұрын жазылғанның бәрі \
            орнында; сәл күтіңіз немесе ол бағдарламаны жауып, қайталаңыз."
        }
        VaultRefused::Other(_) => {
            "Қойманы оқу не жазу кезінде қате шықты. Жаңа ештеңе САҚТАЛМАДЫ, бұрын жазылғанның бәрі \
            орнында; қайталап көріңіз, көмектеспесе, құрылымдық бөлімшеге хабарлаңыз."
        }
    };
    sentence.to_owned()
}

pub(super) fn home_folder(trouble: FileTrouble) -> &'static str {
    match trouble {
        FileTrouble::Full => {
            "Дискі толы, қойма қалтасына жазу мүмкін болмады; бұрын жазылғанның бәрі орнында. Дискіден \
            орын босатып, қайталаңыз."
        }
        FileTrouble::Forbidden => {
            "Қойма қалтасына рұқсат жоқ; ондағы жазбаларға ештеңе болған жоқ. Осы пайдаланушыға қалтаны \
            оқуға және жазуға рұқсат беріп, қайталаңыз."
        }
        FileTrouble::Missing => {
            "Қойма қалтасында қажетті файл жоқ; қалған файлдар өзгертілген жоқ. Файлды сақтық \
            көшірмеден қайтарып, қойманы қайта ашыңыз."
        }
        FileTrouble::Other => {
            "Қойма қалтасын оқу не жазу кезінде қате шықты; бұрын жазылғанның бәрі орнында. Дискіні \
            тексеріп, қайталаңыз."
        }
    }
}

fn enrol(refused: &EnrolRefused) -> String {
    let sentence = match refused {
        EnrolRefused::Vault(refused) => return vault(refused),
        EnrolRefused::Code(refused) => return super::paper_kk::invite(refused),
        EnrolRefused::NotIn => {
            "Бұл құрылғы әлі қосылған жоқ; жазғаныңыз осында сақтала береді. Шақырған адамға төрт сөзді \
            көрсетіп, ол растаған соң алмасу жасаңыз."
        }
        EnrolRefused::MayNot => {
            "Сіздің рөліңіз бұған құқық бермейді; ештеңе өзгертілген жоқ. Мұны құқығы бар адамнан \
            сұраңыз немесе құрылымдық бөлімшеге хабарласыңыз."
        }
        EnrolRefused::NoSquad => {
            "Мұндай жасақ табылмады немесе бірнеше жасақ сәйкес келеді; ештеңе өзгертілген жоқ. \
            Жасақтың атауын дәл көрсетіңіз; ол әлі келмеген болса, алдымен алмасу жасаңыз."
        }
        EnrolRefused::SquadExists => {
            "Мұндай атаумен жасақ бұрыннан бар; ештеңе өзгертілген жоқ. Сол жасақты пайдаланыңыз немесе \
            басқа атау беріңіз."
        }
        EnrolRefused::NoSuchWords => {
            "Күтіп тұрған құрылғылардың ешқайсысында бұл сөздер жоқ; ешкім қосылған жоқ. Алмасу жасап, \
            төрт сөзді қайта салыстырыңыз; бәрібір сәйкес келмесе, растамай, жаңа шақыру жасаңыз."
        }
        EnrolRefused::Expired => {
            return format!(
                "Шақырудың мерзімі осы құрылғының сағаты бойынша өтіп кеткен (ол {INVITE_HOURS} сағат \
                жарамды); құрылғы қосылған жоқ. Сағатты тексеріп, жаңа шақыру жасаңыз."
            );
        }
        EnrolRefused::Used => {
            "Бұл шақырумен басқа құрылғы қосылып қойған; екіншісі қосылған жоқ. Жаңа шақыру жасаңыз; \
            бірінші құрылғының кімдікі екенін білмесеңіз, бірден құрылымдық бөлімшеге хабарлаңыз."
        }
        EnrolRefused::Withdrawn => {
            "Бұл шақыру осы құрылғыда қайтарып алынған; құрылғы қосылмады. Оған жаңа шақыру жасаңыз."
        }
        EnrolRefused::NoInvite => {
            "Бұл құрылғы ондай шақыру жасаған жоқ; ештеңе өзгермеді. Шақырулар тізімінен таңдаңыз."
        }
        EnrolRefused::InUse => {
            "Бұл шақырумен құрылғы қосылып қойған, сондықтан ештеңе өзгермеді. Оның кімдікі екенін білмесеңіз, құрылымдық бөлімшеге бірден айтыңыз."
        }
        EnrolRefused::AlreadyIn => {
            "Бұл құрылғы жүйеге бұрыннан қосылған, жаңа шақыру қажет емес. Жұмысты жалғастыра беріңіз."
        }
        EnrolRefused::Removed => super::removed::this_kk(),
        EnrolRefused::AnotherRemoved => super::removed::another_kk(),
        EnrolRefused::OtherTerritory => {
            "Шақыру басқа аумаққа арналған, бұл құрылғы оған қосылмайды; жазылғанның бәрі орнында. Өз құрылымдық бөлімшеңізден шақыру сұраңыз."
        }
        EnrolRefused::Spent => {
            "Бұл шақыру басқа құрылғыға жұмсалған. Жаңа шақыру сұрап, сонымен қайта қосылыңыз; мұндағы жазбалар сақтаулы."
        }
        EnrolRefused::NoMember => {
            "Мұндай мүше бұл құрылғыда белгісіз; ештеңе өзгертілген жоқ. Алмасу жасап, мүшені тізімнен \
            таңдаңыз."
        }
        EnrolRefused::BroughtByAnother => {
            "Бұл мүшені басқа басшы немесе басқа бөлімше қосқан; ештеңе өзгертілген жоқ. Оның келесі \
            құрылғысын соны қосқан адам немесе құрылымдық бөлімше шақырсын."
        }
        EnrolRefused::Judge(refused) => super::judging::kk(*refused),
        EnrolRefused::SeasonExists => super::seasons::exists_kk(),
        EnrolRefused::Close(refused) => super::seasons::kk(*refused),
        EnrolRefused::Seal => DEFECT,
    };
    sentence.to_owned()
}

fn exchange(refused: &ExchangeRefused) -> String {
    let sentence = match refused {
        ExchangeRefused::Vault(refused) => return vault(refused),
        ExchangeRefused::Carrier(failed) => return super::link_kk::carrier(failed),
        ExchangeRefused::Broken(broken) => super::link_kk::contact(*broken),
        ExchangeRefused::Meeting(failed) => super::meeting_kk::meeting(*failed),
        ExchangeRefused::Satchel(refused) => satchel(*refused),
        ExchangeRefused::File(error) => given_file(FileTrouble::of(error)),
        ExchangeRefused::NoRelay => {
            "Алмасу сервері әлі көрсетілмеген; жазбалардың бәрі осы құрылғыда сақтаулы. Сервердің \
            мекенжайын көрсетіңіз немесе жазбаларды файлмен беріңіз."
        }
        ExchangeRefused::Cleartext => {
            "Сервердің http мекенжайы осы машинадан тыс жерге апарады, жолда кімнің кіммен байланысатыны көрінеді; жазбалардың бәрі \
            осы құрылғыда сақтаулы. Серверге жауапты адамнан https мекенжайын сұрап, соны енгізіңіз."
        }
        ExchangeRefused::OtherRelay => {
            "Бұл мекенжайда басқа сервер жауап беріп тұр; жазбалардың бәрі осы құрылғыда сақтаулы. \
            Жалғастырмай, құрылымдық бөлімшеден сұраңыз: сервер ауыстырылған болса, сол айтқан жаңа кілтті \
            енгізіңіз."
        }
    };
    sentence.to_owned()
}

fn given_file(trouble: FileTrouble) -> &'static str {
    match trouble {
        FileTrouble::Full => {
            "Дискі толы, файл толық жазылмады; осы құрылғыдағы жазбалардың бәрі орнында. Дискіден орын \
            босатып, қайталаңыз; толық емес файлды ешкімге бермеңіз."
        }
        FileTrouble::Forbidden => {
            "Бұл файлға рұқсат жоқ; осы құрылғыдағы жазбалардың бәрі орнында. Файлға рұқсат беріңіз \
            немесе басқа қалтаны таңдап, қайталаңыз."
        }
        FileTrouble::Missing => {
            "Мұндай файл немесе қалта жоқ; осы құрылғыдағы жазбалардың бәрі орнында. Орны мен атауын \
            тексеріп, қайталаңыз."
        }
        FileTrouble::Other => {
            "Файлды оқу не жазу кезінде қате шықты; осы құрылғыдағы жазбалардың бәрі орнында. Файл \
            тұрған дискіні тексеріп, қайталаңыз."
        }
    }
}

fn satchel(refused: SatchelRefused) -> &'static str {
    match refused {
        SatchelRefused::NotOne => {
            "Бұл — алмасу файлы емес; осы құрылғыдағы жазбалардың бәрі орнында. Басқа файлды таңдаңыз \
            немесе жіберушіден алмасу файлын қайта сұраңыз."
        }
        SatchelRefused::Newer => {
            "Бұл алмасу файлын жаңарақ бағдарлама жасаған; осы құрылғыдағы жазбалардың бәрі орнында. \
            Бағдарламаны жаңартып, файлды қайта қабылдаңыз."
        }
        SatchelRefused::Foreign => {
            "Бұл алмасу файлы басқа аумақтікі, сондықтан одан ештеңе алынған жоқ; осы құрылғыдағы \
            жазбалардың бәрі орнында. Жіберушіден өз аумағыңыздың файлын сұраңыз."
        }
        SatchelRefused::Damaged(_) => {
            "Алмасу файлы бүлінген; осы құрылғыдағы жазбалардың бәрі орнында. Жіберушіден файлды қайта \
            шығарып, толық күйінде жіберуді сұраңыз."
        }
    }
}

fn words(refused: WordsRefused) -> String {
    let sentence = match refused {
        WordsRefused::Blank => {
            "Ештеңе жазылмаған, сондықтан ештеңе сақталмады. Кемінде бір сөз жазып, қайта сақтаңыз."
        }
        WordsRefused::TooLong { bytes_max, bytes } => {
            return format!(
                "Мәтін тым ұзын, ол САҚТАЛМАДЫ: көлемі — {bytes} байт, ең көбі — {bytes_max} (қазақ не \
                орыс әрпі екі байт алады). Қысқартып, қайта сақтаңыз."
            );
        }
        WordsRefused::Misleading { at_byte: _ } => {
            "Мәтінде әріптердің ретін не көрінісін өзгертетін көрінбейтін таңба бар, ол САҚТАЛМАДЫ. \
            Мәтінді көшірмей, қолмен теріп, қайта сақтаңыз."
        }
        WordsRefused::ControlCharacter { at_byte: _ } => {
            "Мәтінде көрінбейтін басқару таңбасы немесе артық жол ауыстыру бар, ол САҚТАЛМАДЫ. Мәтінді \
            көшірмей, қолмен теріп, қайта сақтаңыз."
        }
    };
    sentence.to_owned()
}

fn activity(refused: ActivityRefused) -> String {
    let sentence = match refused {
        ActivityRefused::NoSuchType => {
            "Мұндай іс-шара түрі жоқ, жазба САҚТАЛМАДЫ. Қағидалардың 10-тармағындағы бес түрдің бірін \
            таңдап, қайта жазыңыз."
        }
        ActivityRefused::NoSuchSubkind => {
            "Бұл іс-шара түріне өз кіші түрі керек, жазба САҚТАЛМАДЫ. Кіші түрін тізімнен таңдап, қайта \
            жазыңыз."
        }
        ActivityRefused::NoSuchMode => {
            "Қалай атқарылғаны көрсетілмеген, жазба САҚТАЛМАДЫ. Дербес пе, бірлесіп пе, әлде екеуі де \
            ме — таңдап, қайта жазыңыз."
        }
        ActivityRefused::NoSuchProtectedObject => {
            "Мұндай қорғалатын объект жоқ, жазба САҚТАЛМАДЫ. Қағидалардың 9-тармағындағы жеті \
            объектінің бірін таңдап, қайта жазыңыз."
        }
        ActivityRefused::NoSuchReceiver => {
            "Ұсталған адам тапсырылатын мұндай орган жоқ, жазба САҚТАЛМАДЫ. Қағидалардың 10-тармағы 5) \
            тармақшасындағы үшеудің бірін таңдап, қайта жазыңыз."
        }
        ActivityRefused::NotOfThisType { field } => {
            let what = match field {
                "subkind" => "кіші түр",
                "mode" => "атқару тәсілі",
                "protected_object" => "қорғалатын объект",
                "receiver_kind" => "қабылдайтын орган",
                _ => "мұндай мәлімет",
            };
            return format!(
                "Бұл іс-шара түрінде {what} болмайды, жазба САҚТАЛМАДЫ. Оны алып тастап немесе іс-шара \
                түрін өзгертіп, қайта жазыңыз."
            );
        }
    };
    sentence.to_owned()
}

const fn position(refused: PositionRefused) -> &'static str {
    match refused {
        PositionRefused::OffTheGlobe => {
            "Мұндай жер жоқ: ендік -90 мен 90, бойлық -180 мен 180 градус аралығында; жазба САҚТАЛМАДЫ. \
            Орнын түзетіңіз немесе орнын көрсетпей сақтаңыз."
        }
        PositionRefused::NoFix => {
            "Нөл градус ендік пен бойлықты орнын білмейтін қабылдағыш айтады; жазба САҚТАЛМАДЫ. Орын \
            анықталғанша күтіңіз немесе орнын көрсетпей сақтаңыз."
        }
        PositionRefused::NotADistance => {
            "Дәлдік не биіктік метрмен көрсетілген қашықтық емес; жазба САҚТАЛМАДЫ. Оны түзетіп немесе \
            алып тастап, қайта сақтаңыз."
        }
    }
}

const fn mgrs(refused: MgrsRefused) -> &'static str {
    match refused {
        MgrsRefused::Polar => {
            "Полюстер маңында карталардың өз торы бар, ол мұнда оқылмайды; жазба САҚТАЛМАДЫ. Орнын градуспен \
            көрсетіңіз немесе орнын көрсетпей сақтаңыз."
        }
        MgrsRefused::NotAReference => {
            "Тор бойынша координаталар дұрыс жазылмаған; жазба САҚТАЛМАДЫ. Оларды былай жазып, қайталаңыз: \
            44TMQ 12345 67890."
        }
        MgrsRefused::NoSuchSquare => {
            "Бұл аймақ пен белдеуде мұндай шаршы жоқ; жазба САҚТАЛМАДЫ. Әріптерді картадан тексеріп, қайталаңыз."
        }
    }
}

const fn moment(refused: MomentRefused) -> &'static str {
    match refused {
        MomentRefused::OutOfRange => {
            "Уақыт 1 мен 9999 жылдар аралығында емес; ештеңе САҚТАЛМАДЫ. Уақытты түзетіп, қайталаңыз."
        }
        MomentRefused::OffsetTooLarge { minutes: _ } => {
            "Уақыт белдеуінің айырмасы 18 сағаттан көп; ештеңе САҚТАЛМАДЫ. Уақытты түзетіп, қайталаңыз."
        }
        MomentRefused::NotRfc3339 => {
            "Уақыт дұрыс жазылмаған; ештеңе САҚТАЛМАДЫ. Оны былай жазып, қайталаңыз: \
            2026-05-01T08:10:00+05:00."
        }
        MomentRefused::NotADay => {
            "Күн дұрыс жазылмаған; ештеңе САҚТАЛМАДЫ. Оны былай жазып, қайталаңыз: 2026-05-01."
        }
    }
}
