//! Why something is not attached or not opened, in Kazakh.

use jasaq_protocol::limits::{ATTACHMENT_CONTENT_BYTES_MAX, THUMBNAIL_BYTES_MAX};

use super::super::AttachRefused;
use super::megabytes;
use crate::formats::MetadataRefused;

pub(super) fn sentence(refused: AttachRefused) -> String {
    let sentence = match refused {
        AttachRefused::Empty => "Файл бос: ештеңе тіркелген жоқ. Басқа файлды таңдаңыз.",
        AttachRefused::TooLong => {
            let megabytes = usize::try_from(ATTACHMENT_CONTENT_BYTES_MAX).map_or(0, megabytes);
            return format!(
                "Файл {megabytes} МБ-тан үлкен: ол ТІРКЕЛМЕДІ. Жазбаны қысқартыңыз немесе бірнешеге бөліңіз."
            );
        }
        AttachRefused::Metadata(MetadataRefused::Format) => {
            "Мұндай файлдан түсірілген жер мен құрылғы туралы мәліметті алып тастау мүмкін емес, сондықтан \
                 ол ТІРКЕЛМЕДІ. JPEG, PNG немесе WebP суретін, MP4, M4A немесе Opus жазбасын тіркеңіз; не бұл \
                 мәліметтің қала беруіне болатынын көрсетіңіз, сонда оны әр оқушы көреді."
        }
        AttachRefused::Metadata(MetadataRefused::Damaged) => {
            "Файл бүлінген: жалғасы басына сай емес, сондықтан ол ТІРКЕЛМЕДІ. Оны басқа бағдарламада ашып, \
                 қайта сақтаңыз."
        }
        AttachRefused::Thumbnail => {
            let kilobytes = THUMBNAIL_BYTES_MAX / 1_024;
            return format!(
                "Кішірейтілген сурет {kilobytes} КБ-тан үлкен: ештеңе тіркелген жоқ. Оны кішірейтіңіз немесе \
                 файлды онсыз тіркеңіз."
            );
        }
        AttachRefused::NoEntry => {
            "Бұл құрылғыда патрульдің мұндай жазбасы жоқ: ештеңе тіркелген жоқ. Жазбаны тізімнен таңдаңыз; \
                 ол басқа құрылғыда болса, алдымен алмасыңыз."
        }
        AttachRefused::NoAttachment => {
            "Бұл құрылғыда мұндай тіркеме жоқ. Оны тізімнен таңдаңыз; ол басқа құрылғыда жасалса, алдымен \
                 алмасыңыз."
        }
        AttachRefused::NotHere => {
            "Тіркеме әлі толық келген жоқ. Оны сұратып, сервермен алмасыңыз; келгені сақталады, жалғасы \
                 сол жерден келеді."
        }
        AttachRefused::NowhereElse => {
            "Осында белгілі болғандай, бұл тіркеме басқа еш жерде жоқ, сондықтан жойылған жоқ. Алдымен алмасыңыз \
                 немесе кездесіңіз; ол біржола жойылсын десеңіз, соны көрсетіңіз."
        }
        AttachRefused::Erased => "Тіркеме жойылған, ол енді қайтып келмейді.",
        AttachRefused::NoRoom => {
            "Тіркемелер бұл құрылғыдағы өздеріне берілген орынды толық алды: ештеңе тіркелген жоқ, бұрын \
                 жазылғанның бәрі сақталды. Алмасыңыз, содан кейін ескі тіркемелерді осы жерден жойыңыз."
        }
        AttachRefused::Key => {
            "Келгені жазбада көрсетілгеннен басқа кілтпен мөрленген, сондықтан оны ашу мүмкін емес. \
                 Тіркеген адамнан қайта тіркеуін сұраңыз."
        }
    };
    sentence.to_owned()
}
