//! What stands on the paper, read back by programs that did not write it: text and fonts by one reader of PDF, the code by
//! another that paints the page for a reader of codes.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::{RenderCache, RenderSettings};
use jasaq_model::moment::Day;
use jasaq_model::register::CertificateKind;
use lopdf::Object;
use proptest::prelude::*;
use typst::World;
use typst::syntax::{RootedPath, VirtualPath, VirtualRoot};

use super::samples::{Filled, OFFICE, PERSON, all, certificate, day, member_list, signer};
use super::*;
use crate::documents::{Certificate, Refusal, Signer};
use crate::limits::PRINTED_ROWS_MAX;

mod of_patrols;

const LANGUAGES: [PageLanguage; 2] = [PageLanguage::Kk, PageLanguage::Ru];

fn made() -> Made {
    Made { day: day("2026-11-21"), program: "jasaq 0.1.0".to_owned() }
}

fn printed(document: &Document, language: PageLanguage) -> Vec<u8> {
    match print(document, language, &made()) {
        Ok(pdf) => pdf,
        Err(refused) => panic!("{document:?} in {language:?}: {refused}"),
    }
}

/// Letters only: where lines break is the layout's affair.
fn letters(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The text of each page.
fn pages_of(pdf: &[u8]) -> Vec<String> {
    let file = lopdf::Document::load_mem(pdf).unwrap();
    file.get_pages()
        .keys()
        .map(|page| letters(&file.extract_text(&[*page]).unwrap()))
        .collect()
}

fn text_of(pdf: &[u8]) -> String {
    pages_of(pdf).concat()
}

fn certificate_of(holder: &str, signer: Signer) -> Certificate {
    Certificate {
        holder: holder.to_owned(),
        signer,
        ..certificate(CertificateKind::SquadMember, Filled::Fully)
    }
}

#[test]
fn every_document_prints_in_both_languages_filled_or_to_be_filled_by_hand() {
    for filled in [Filled::Fully, Filled::ByHand] {
        for document in all(filled) {
            let [kazakh, russian] = LANGUAGES.map(|language| text_of(&printed(&document, language)));
            assert!(kazakh.contains("№866қаулысымен"), "{document:?}: {kazakh}");
            assert!(russian.contains("от27августа2013года№866"), "{document:?}: {russian}");
            for text in [kazakh, russian] {
                assert!(text.contains("21.11.2026,jasaq0.1.0"), "{document:?}: {text}");
                assert!(!text.contains("none") && !text.contains("null"), "{document:?}: {text}");
            }
        }
    }
}

#[test]
fn what_was_given_stands_on_the_page() {
    for document in all(Filled::Fully) {
        let text = text_of(&printed(&document, PageLanguage::Kk));
        let is_decision = matches!(document, Document::DecisionExtract(_));
        assert!(is_decision || text.contains(&letters(PERSON)), "{document:?}: {text}");
        let is_application = matches!(document, Document::NonStaffApplication(_));
        let name = letters(&signer().name.unwrap());
        assert!(is_application || text.contains(&name), "{document:?}: {text}");
    }
}

#[test]
fn a_page_in_russian_has_no_kazakh_caption() {
    for document in all(Filled::ByHand) {
        if matches!(document, Document::Certificate(_)) {
            continue;
        }
        let mut text = text_of(&printed(&document, PageLanguage::Ru));
        for given in [PERSON, OFFICE, "Қарабұлақ", "Зайсан ауданының әкімдігі", "Аумақтық бөлімше"]
        {
            text = text.replace(&letters(given), "");
        }
        let kazakh: String = text.chars().filter(|letter| "ӘәҒғҚқҢңӨөҰұҮүҺһІі".contains(*letter)).collect();
        assert_eq!(kazakh, "", "{document:?}: {text}");
    }
}

/// Requirements §6, field by field; values and lines stand between them.
const CAPTIONS: [&str; 13] = [
    "ҚАЗАҚСТАН РЕСПУБЛИКАСЫ ҰЛТТЫҚ ҚАУІПСІЗДІК КОМИТЕТІНІҢ ШЕКАРА ҚЫЗМЕТІ",
    "№ 0123 куәлік",
    "Қазақстан Республикасы ҰҚК Шекара қызметінің",
    "болып табылады.",
    "аумақтық бөлімшесі",
    "Жеке қолы:",
    "М.О.",
    "Осы куәлікті көрсетуші шекаралық кеңістік шегінде Қазақстан Республикасының Мемлекеттік шекарасын қорғауға \
     жәрдем көрсетеді. Осы куәлік жеке басын куәландыратын куәлікті көрсеткен кезде жарамды.",
    "Шекаралық кеңістік шегіндегі мемлекеттік органдардың, ведомстволардың, кәсіпорындар мен мекемелердің \
     (бағыныстылығы мен меншік нысанына қарамастан) барлық лауазымды адамдарынан Қазақстан Республикасының \
     Мемлекеттік шекарасын қорғау мәселелері бойынша көмек көрсетуді сұраймын.",
    "(лауазымы)",
    "(әскери атағы)",
    "(жеке қолы)",
    "(Т.А.Ә.)",
];

#[test]
fn a_certificate_has_every_caption_of_its_annex_in_kazakh_whatever_language_is_asked() {
    let annexes = [
        (CertificateKind::NonStaffEmployee, "Шекара қызметінің штаттан тыс қызметкері болып табылады."),
        (CertificateKind::SquadMember, "Шекара қызметінің ерікті жасақшысы болып табылады."),
    ];
    for language in LANGUAGES {
        for (kind, phrase) in annexes {
            for filled in [Filled::Fully, Filled::ByHand] {
                let text = text_of(&printed(&Document::Certificate(certificate(kind, filled)), language));
                for caption in CAPTIONS {
                    assert!(text.contains(&letters(caption)), "{caption} in {text}");
                }
                for (other, others_phrase) in annexes {
                    assert_eq!(text.contains(&letters(others_phrase)), other == kind, "{phrase} in {text}");
                }
                let issued = if filled == Filled::Fully {
                    "Куәлік 2026 жылғы \"3\" қарашада берілді"
                } else {
                    "Куәлік 20"
                };
                assert!(text.contains(&letters(issued)), "{text}");
            }
        }
    }
}

#[test]
fn an_office_that_names_itself_in_full_is_not_named_twice() {
    let full = format!("{OFFICE} аумақтық бөлімшесі");
    let short = certificate(CertificateKind::SquadMember, Filled::ByHand);
    let full = Certificate { territorial_subdivision: full, ..short.clone() };
    let [short, full] = [short, full]
        .map(|certificate| text_of(&printed(&Document::Certificate(certificate), PageLanguage::Kk)));
    assert_eq!(short, full);
}

#[test]
fn what_looks_like_markup_in_a_name_is_printed_as_it_is() {
    let name = "#panic(\"а\") *б* _в_ $г$ \\д <е> @ж // з -- `и` = к [л] ~ м... 'н' /* о";
    for language in LANGUAGES {
        let document =
            Document::Certificate(certificate_of(name, Signer { name: Some(name.into()), ..signer() }));
        let text = text_of(&printed(&document, language));
        assert_eq!(text.matches(&letters(name)).count(), 2, "{text}");
    }
}

#[test]
fn every_letter_of_kazakh_and_russian_can_be_read_back() {
    let alphabet = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ";
    let words: Vec<String> = [alphabet.to_owned(), alphabet.to_lowercase()]
        .iter()
        .flat_map(|letters| {
            letters
                .chars()
                .collect::<Vec<_>>()
                .chunks(7)
                .map(String::from_iter)
                .collect::<Vec<_>>()
        })
        .collect();
    let name = words.join(" ");
    // Upright and bold; the holder is bold, the signer is not.
    let document = certificate_of(&name, Signer { name: Some(name.clone()), ..Signer::default() });
    let text = text_of(&printed(&Document::Certificate(document), PageLanguage::Kk));
    assert_eq!(text.matches(&letters(&name)).count(), 2, "{text}");
}

#[test]
fn a_person_without_a_patronymic_and_one_with_a_long_name_have_certificates() {
    let long = "Мұхаметқалиқызы-Щербакова Айгүлжамал-Нұршапағат Жұмабекқожаұлықызы";
    let long_signer = Signer {
        position: Some(format!("{OFFICE} аумақтық бөлімшесінің бастығы")),
        ..signer()
    };
    for (holder, signer) in [("Ли Ө", Signer::default()), (long, long_signer)] {
        let document = Document::Certificate(certificate_of(holder, signer));
        assert!(text_of(&printed(&document, PageLanguage::Kk)).contains(&letters(holder)));
    }
}

#[test]
fn fonts_are_embedded_and_the_file_says_that_it_is_for_the_archive() {
    for document in all(Filled::Fully) {
        let pdf = printed(&document, PageLanguage::Kk);
        let file = lopdf::Document::load_mem(&pdf).unwrap();
        let dictionaries = file.objects.values().filter_map(|object| object.as_dict().ok());
        let of_fonts = dictionaries
            .filter(|fields| fields.get(b"Type").and_then(Object::as_name).ok() == Some(b"FontDescriptor"));
        let embedded: Vec<bool> = of_fonts
            .map(|fields| fields.has(b"FontFile3") || fields.has(b"FontFile2"))
            .collect();
        assert!(!embedded.is_empty() && embedded.iter().all(|is_embedded| *is_embedded), "{document:?}");
        // Some readers take this *false* for a mistake; by ISO 32000-1, table 321, it is right.
        let marks = file.catalog().unwrap().get(b"MarkInfo").unwrap().as_dict().unwrap();
        assert_eq!(marks.get(b"Suspects").unwrap(), &Object::Boolean(false), "{document:?}");
        let text = String::from_utf8_lossy(&pdf);
        assert!(text.contains("<pdfaid:part>2</pdfaid:part>"));
        assert!(text.contains("<pdfaid:conformance>B</pdfaid:conformance>"));
    }
}

#[test]
fn the_same_document_is_the_same_bytes_and_another_day_is_another_file() {
    for document in all(Filled::Fully) {
        assert_eq!(
            printed(&document, PageLanguage::Kk),
            printed(&document, PageLanguage::Kk),
            "{document:?}"
        );
    }
    let refusal = &all(Filled::Fully)[5];
    let tomorrow = Made { day: day("2026-11-22"), ..made() };
    assert_ne!(print(refusal, PageLanguage::Kk, &tomorrow), print(refusal, PageLanguage::Kk, &made()));
}

#[test]
fn two_hundred_members_run_over_pages_with_headings_and_numbers_on_each() {
    let list = Document::MemberList(member_list(200, Filled::Fully));
    let pages = pages_of(&printed(&list, PageLanguage::Kk));
    assert!(pages.len() > 5, "otherwise nothing ran over");
    for (number, page) in (1..).zip(&pages) {
        assert!(page.contains(&format!("{number}/{}", pages.len())), "{page}");
        assert!(page.contains(&letters("Туған күні")), "{page}");
        assert!(page.contains(&letters("Қағидалардың 19-тармағы")), "{page}");
    }
    let whole = pages.concat();
    for number in 1..=200 {
        assert!(whole.contains(&letters(&format!("{PERSON} {number}"))), "{number}");
    }
}

/// The page as a camera sees it, and what a reader of codes finds there.
fn codes_on(pdf: Vec<u8>, dots_per_point: f32) -> Vec<String> {
    let pdf = Pdf::new(pdf).unwrap();
    let settings =
        RenderSettings { x_scale: dots_per_point, y_scale: dots_per_point, ..RenderSettings::default() };
    let page = &pdf.pages()[0];
    let picture = hayro::render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings);
    let (width, height) = (usize::from(picture.width()), usize::from(picture.height()));
    // Where nothing is painted there is paper.
    let grey: Vec<u8> = picture.data().iter().map(|dot| if dot.a == 0 { 255 } else { dot.g }).collect();
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
    image.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
}

#[test]
fn the_code_beside_a_certificate_says_what_it_was_given_and_without_one_there_is_none() {
    let with = |code: Option<String>| {
        Document::Certificate(Certificate {
            code,
            ..certificate(CertificateKind::SquadMember, Filled::Fully)
        })
    };
    for code in ["JASAQ1:6BF+70790T9WJWG.FKY*4GO0".to_owned(), "x".repeat(997)] {
        let pdf = printed(&with(Some(code.clone())), PageLanguage::Kk);
        assert_eq!(codes_on(pdf, 300.0 / 72.0), [code]);
    }
    assert!(codes_on(printed(&with(None), PageLanguage::Kk), 2.0).is_empty());
    let too_long = print(&with(Some("x".repeat(998))), PageLanguage::Kk, &made());
    assert_eq!(too_long, Err(PrintRefused::CodeTooLong { bytes: 998 }));
}

#[test]
fn what_cannot_be_printed_is_refused_before_it_is_set() {
    let refused = |name: &str| {
        let document = Document::Certificate(certificate_of(name, Signer::default()));
        print(&document, PageLanguage::Kk, &made()).unwrap_err()
    };
    for character in ['\n', '\u{0}', '\u{7f}', '\u{202e}', '\u{200b}', '😀', 'ع', '漢'] {
        assert_eq!(refused(&format!("Әсел{character}")), PrintRefused::NotPrintable { character });
    }
    assert_eq!(refused("😀").to_string(), "the character U+1F600 cannot be printed");
    assert_eq!(refused(&"ә".repeat(61)), PrintRefused::WordTooLong { letters: 61 });
    let too_long = PrintRefused::TextTooLong { bytes: 8_103, bytes_max: PRINTED_TEXT_BYTES_MAX };
    assert_eq!(refused(&"ә ".repeat(2_701)), too_long);
    assert_eq!(refused(&"Щербакова ".repeat(60)), PrintRefused::DoesNotFit);
    let endless = Document::MemberList(member_list(PRINTED_ROWS_MAX + 1, Filled::ByHand));
    assert_eq!(
        print(&endless, PageLanguage::Kk, &made()),
        Err(PrintRefused::TooManyRows { rows: PRINTED_ROWS_MAX + 1, rows_max: PRINTED_ROWS_MAX })
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_is_printed_as_it_is_or_refused_and_breaks_no_template(
        name in prop_oneof!["[\\PC]{0,30}", "[#*_$\\\\<>@/\\[\\](){}`~=+.\"'а-я -]{1,40}"],
    ) {
        let document = Document::Certificate(certificate_of(&name, Signer::default()));
        match print(&document, PageLanguage::Kk, &made()) {
            Ok(pdf) => prop_assert!(pdf.starts_with(b"%PDF")),
            Err(PrintRefused::NotSet { template }) => prop_assert!(false, "{template} broke"),
            Err(_) => {}
        }
    }
}

#[test]
fn days_at_the_ends_of_the_calendar_are_printed() {
    for (year, in_words) in [(1, ":1жылғы1қаңтар"), (9999, ":9999жылғы1қаңтар")] {
        let letter = match &all(Filled::Fully)[5] {
            Document::Refusal(refusal) => refusal.clone(),
            other => panic!("{other:?} is no refusal"),
        };
        let received_on = Some(Day::new(year, 1, 1).unwrap());
        let text = text_of(&printed(&Document::Refusal(Refusal { received_on, ..letter }), PageLanguage::Kk));
        assert!(text.contains(in_words), "{text}");
    }
}

#[test]
fn a_template_reaches_nothing_but_templates_and_its_values() {
    let world = PrintWorld::new("refusal", "{}".to_owned(), None);
    let in_project =
        |path: &str| RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).unwrap()).intern();
    let package = VirtualRoot::Package("@preview/page:0.1.0".parse().unwrap());
    let in_package = RootedPath::new(package, VirtualPath::new("page.typ").unwrap()).intern();
    assert!(world.source(in_project("page.typ")).is_ok() && world.file(in_project("input.json")).is_ok());
    for id in [in_project("/etc/passwd"), in_project("Cargo.toml"), in_project("code.svg"), in_package] {
        assert!(world.source(id).is_err() && world.file(id).is_err());
    }
    assert!(world.today(None).is_none());
}
