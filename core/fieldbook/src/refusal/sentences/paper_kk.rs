//! What people type from paper or hear by voice, and why it was not taken. In Kazakh.

use jasaq_protocol::membership::{InviteRefused, Misheard, SheetRefused};

use crate::exchange::RecoveryRefused;

pub(super) fn invite(refused: &InviteRefused) -> String {
    let sentence = match refused {
        InviteRefused::Words(misheard) => return words(misheard),
        InviteRefused::Form => {
            "Бұл — шақыру коды емес; құрылғыда ештеңе өзгертілген жоқ. Кодты басынан аяғына дейін \
            көшіріңіз немесе шақырған адамнан қайта сұраңыз."
        }
        InviteRefused::Damaged => {
            "Шақыру кодында қате бар немесе ол толық емес; құрылғыда ештеңе өзгертілген жоқ. Кодты \
            мұқият қайта теріңіз немесе сканерлеңіз."
        }
        InviteRefused::Newer => {
            "Шақыру кодын жаңарақ бағдарлама жасаған; құрылғыда ештеңе өзгертілген жоқ. Бағдарламаны \
            жаңартып, сол кодты қайта енгізіңіз."
        }
        InviteRefused::Unknown => {
            "Алмасу сервері бұл шақыруды әлі білмейді; құрылғыда ештеңе өзгермеді. Сізді шақырған \
                адам алмасу серверімен алмассын, содан кейін қайталаңыз."
        }
        InviteRefused::Contradicted => {
            "Бұл мекенжайда жауап беретін сервер шақырудың сөздеріне қайшы келеді, сондықтан \
                ештеңе істелмеді. Алмасу серверінің мекенжайын сізді шақырған адаммен тексеріңіз; \
                ол дұрыс болса, құрылымдық бөлімшеге айтыңыз."
        }
    };
    sentence.to_owned()
}

fn words(misheard: &Misheard) -> String {
    match misheard {
        Misheard::Count { found, due } => {
            format!(
                "Керегі {due} сөз, ал берілгені {found}, сондықтан ештеңе істелмеді. Барлық жолды \
                    бес-бес сөзден теріңіз."
            )
        }
        Misheard::LineCount { line, found } => {
            format!(
                "Сөздер саны {line}-жолда {found}, ал бесеу керек, сондықтан ештеңе істелмеді. Сол \
                    жолды әріптеп салыстырып, қайта беріңіз."
            )
        }
        Misheard::Line { line, meant: None } => {
            format!(
                "Қате {line}-жолда тұр, сондықтан ештеңе істелмеді. Оның сөздерін әріптеп \
                    салыстырып, қайта беріңіз."
            )
        }
        Misheard::Line { line, meant: Some(meant) } => {
            let (place, word) = (meant.place, meant.word.as_str());
            format!(
                "Қате {line}-жолда тұр, сондықтан ештеңе істелмеді. Бәлкім, оның {place}-сөзі \
                    {word} болуы керек: салыстырып, қайта беріңіз."
            )
        }
    }
}

pub(super) fn recovery(refused: &RecoveryRefused) -> String {
    let sentence = match refused {
        RecoveryRefused::Vault(refused) => return super::kk::vault(refused),
        RecoveryRefused::Sheet { which, refused } => {
            let why = sheets(refused);
            return format!("Бұл берілгендердің {which}-парағы туралы. {why}");
        }
        RecoveryRefused::Together(refused) => return sheets(refused),
        RecoveryRefused::OtherTerritory => {
            "Парақтар бүтін және бір-біріне сәйкес, бірақ бұл құрылғыдан басқа аумақтікі; ештеңе \
                істелмеді. Оларда басылған аумаққа қараңыз."
        }
        RecoveryRefused::RootNotGiven => {
            "Бұл мұрагер кілттің парақтары, олар аумақты басымен ғана атайды; ештеңе істелмеді. ROOT_KEY мәнін де \
                беріңіз: ол әр алмасу серверінің сенім тізімінде және әр консольде бар."
        }
        RecoveryRefused::NotKnown => {
            "Бұл құрылғы парақтар қай кілтті беруі керек екенін әлі білмейді; ештеңе істелмеді. \
                Алдымен алмасып, содан кейін қайталаңыз."
        }
    };
    sentence.to_owned()
}

fn sheets(refused: &SheetRefused) -> String {
    let sentence = match refused {
        SheetRefused::Words(misheard) => return words(misheard),
        SheetRefused::Damaged => {
            "Парақтың кодында қате бар немесе ол толық емес; ештеңе істелмеді. Оны қайта оқытыңыз \
                немесе парақтың сөздерін теріңіз."
        }
        SheetRefused::Newer => {
            "Парақты жаңарақ бағдарлама басып шығарған; ештеңе істелмеді. Бағдарламаны жаңартып, \
                қайталаңыз."
        }
        SheetRefused::Few => {
            "Бір жинақтың екі бөлек парағы керек; ештеңе істелмеді. Үшеуінің екеуін беріңіз."
        }
        SheetRefused::Same => {
            "Бұл бір парақтың өзі екі рет, ал екі бөлек парақ керек; ештеңе істелмеді. Үшеуінің \
                басқасын беріңіз."
        }
        SheetRefused::Territories => {
            "Парақтар екі бөлек аумақтікі; ештеңе істелмеді. Әрқайсысында басылған аумаққа қарап, \
                бір аумақтың екеуін беріңіз."
        }
        SheetRefused::Purposes => {
            "Парақтар мақсаты бөлек кілттердікі; ештеңе істелмеді. Әрқайсысында басылған атауға \
                қарап, бір кілттің екеуін беріңіз."
        }
        SheetRefused::Sets => {
            "Парақтар екі бөлек жинақтан; ештеңе істелмеді. Әрқайсысында басылған жинаққа қарап, \
                бір жинақтың екеуін беріңіз."
        }
        SheetRefused::Strangers => {
            "Парақтар өздері атаған кілтті бермейді, яғни біреуі өзгертілген; ештеңе істелмеді. \
                Үшінші парақпен қайталаңыз."
        }
    };
    sentence.to_owned()
}
