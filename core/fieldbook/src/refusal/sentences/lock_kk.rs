//! The lock in Kazakh: keys, passphrases, the key holder of a phone.
//!
//! Each `match` is total, as in the file of the whole language.

use super::kk::home_folder;
use super::{FileTrouble, Wait};
use crate::vault::{HostRefused, KeyRefused, PassphraseRefused};

pub(super) const LOCKED: &str = "Қойма құлыптаулы: құлпы ашылғанша ештеңе оқылмайды және жаңа ештеңе жазылмайды, бұрын \
    жазылғанның бәрі орнында. Құлпын ашыңыз.";

pub(super) fn key(refused: &KeyRefused) -> String {
    let sentence = match refused {
        KeyRefused::TryAgainIn { wait_ms } => return try_again(Wait::of(*wait_ms)),
        KeyRefused::Passphrase(refused) => return passphrase(*refused),
        KeyRefused::Host(refused) => host(*refused),
        KeyRefused::Missing => {
            "Қойманың кілт файлы (vault.key) жоқ: онсыз қойма ашылмайды, бірақ жазбалар орнында. Файлды \
            сақтық көшірмеден қойма қалтасына қайтарып, қайта ашыңыз."
        }
        KeyRefused::Open => {
            "Кілт файлын (vault.key) бөгде пайдаланушылар оқи алады, сондықтан қойма ашылмады; жазбалар \
            орнында. Қойма қалтасында chmod 600 vault.key пәрменін орындап, қайта ашыңыз."
        }
        KeyRefused::Form => {
            "Кілт файлы (vault.key) бүлінген немесе бұл кілт файлы емес; жазбалар орнында, қойма \
            өзгертілген жоқ. Файлды сақтық көшірмеден қайтарып, қайта ашыңыз."
        }
        KeyRefused::OtherHolder => {
            "Бұл қойма басқаша ашылады: құпиясөз қойылған қойма құпиясөзбен, қойылмағаны құпиясөзсіз \
            ашылады. Қойма өзгертілген жоқ; оны жасалған кездегідей ашыңыз."
        }
        KeyRefused::Wrong => {
            "Кілт немесе құпиясөз бұл қоймаға сәйкес емес; қойма өзгертілген жоқ, жазбалар орнында. Қалтаның \
            дұрыстығын тексеріңіз; құпиясөз қойылған болса, оны мұқият қайта теріңіз, болмаса, осы \
            қойманың өз кілтін қайтарыңыз."
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
        "Қате құпиясөз тым көп терілді: мынау тексерілген де жоқ, жазбалар орнында. {wait} {unit} \
        өткен соң қайталаңыз; алдымен пернетақта тілі мен бас әріп режимін тексеріңіз."
    )
}

fn passphrase(refused: PassphraseRefused) -> String {
    match refused {
        PassphraseRefused::Short { characters, characters_min } => format!(
            "Құпиясөз тым қысқа: онда {characters} таңба бар, кемінде {characters_min} керек, өйткені \
            дискіні алған адам қалағанынша тере алады. Ештеңе өзгерген жоқ; қатар тұрады деп ешкім \
            ойламайтын төрт-бес сөз алыңыз."
        ),
        PassphraseRefused::Monotonous { different, different_min } => format!(
            "Құпиясөзде әртүрлі таңба тым аз: {different}, ал кемінде {different_min} керек. Ештеңе \
            өзгерген жоқ; қатар тұрады деп ешкім ойламайтын төрт-бес сөз алыңыз."
        ),
        PassphraseRefused::Long { bytes_max } => format!(
            "Құпиясөз тым ұзын (ең көбі {bytes_max} байт). Ештеңе өзгерген жоқ; файлдың дұрыстығын \
            тексеріңіз немесе қысқарақ құпиясөз алыңыз."
        ),
    }
}

fn host(refused: HostRefused) -> &'static str {
    match refused {
        HostRefused::Invalidated => {
            "Телефон бұл қойманың кілтінен бас тартты, өйткені саусақ ізі, бет не экран құлпы жаңадан \
            қойылған. Қойма өзгерген жоқ, бірақ бұл телефон оны енді аша алмайды. Жаңа шақыру сұрап, \
            қосылыңыз; алмасқанның бәрі қайтады."
        }
        HostRefused::Cancelled => {
            "Құлыпты ашудан бас тартылды: қойма жабық қалды, бұрын жазылғанның бәрі орнында. Қайта \
            ашып, саусақпен, бетпен не кодпен растаңыз."
        }
        HostRefused::NotUnlocked => {
            "Телефон қосылғалы әлі құлпы ашылмаған, сондықтан қойма жабық; жазбалар орнында. \
            Телефонның құлпын бір рет ашып, қойманы қайта ашыңыз."
        }
        HostRefused::Gone => {
            "Бұл телефонда осы қойманың кілті жоқ: телефон тазаланған немесе қойма басқа телефондікі. \
            Қойма өзгерген жоқ. Оны жасаған телефонда ашыңыз немесе жаңа шақыру сұрап, қосылыңыз да, \
            алмасу жасаңыз."
        }
        HostRefused::Failed => {
            "Телефон бұл қойманың кілтін бермеді және себебін айтпады; жазбалар орнында. Телефонды \
            қайта қосып, қойманы ашыңыз; көмектеспесе, құрылымдық бөлімшеге хабарлаңыз."
        }
    }
}

pub(super) fn minutes(minutes_max: u16) -> String {
    format!(
        "Қойма 1–{minutes_max} минуттан кейін өзі құлыптала алады. Ештеңе өзгерген жоқ; осы \
        аралықтағы санды таңдаңыз."
    )
}
