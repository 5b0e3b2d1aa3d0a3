//! Whoever is shown a certificate checks the code beside it: with the trust list, without a network and without a fieldbook.

use std::num::NonZeroU8;
use std::path::PathBuf;

use jasaq_fieldbook::formats::certificates::{CertificateClaims, CertificateSalt, RowStatus, TrustRow};
use jasaq_fieldbook::model::ids::PersonId;
use jasaq_fieldbook::model::register::CertificateKind;
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::protocol::ids::DeviceId;
use jasaq_fieldbook::surroundings::Surroundings;
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, KeyHolder, RootSheets};
use serde_json::Value;
use tempfile::TempDir;

use crate::squad::{Done, finish, program};

/// A console of the territorial subdivision, and the desk with what it handed out.
struct Console {
    desk: TempDir,
    fieldbook: Fieldbook,
    root: DeviceId,
}

impl Console {
    fn new() -> Self {
        let desk = TempDir::new().unwrap();
        let hand_over = |_: &RootSheets| Ok::<_, FieldbookRefused>(());
        let surroundings = Surroundings::of_the_system(None);
        let founded = Fieldbook::found(&desk.path().join("ts"), &KeyHolder::File, surroundings, hand_over);
        let (fieldbook, root) = founded.unwrap();
        Self { desk, fieldbook, root }
    }

    fn claims(&self, number: &str) -> CertificateClaims {
        CertificateClaims {
            territory: self.fieldbook.territory_mark(),
            kind: CertificateKind::SquadMember,
            number: number.parse().unwrap(),
            holder: Name::new("Сәрсенбаева Айгерім Нұрланқызы").unwrap(),
            issued_on: "2026-05-01".parse().unwrap(),
            print: NonZeroU8::MIN,
            subdivision: Name::new("Алматы облысы бойынша департамент").unwrap(),
            salt: CertificateSalt::of(PersonId::from_bytes([7; 16])),
        }
    }

    fn sign(&mut self, claims: &CertificateClaims) -> String {
        self.fieldbook.sign_certificate(claims).unwrap()
    }

    fn list(&mut self, rows: Vec<TrustRow>) -> PathBuf {
        let list = self.fieldbook.export_trust_list(rows).unwrap();
        self.file("list.jasaq-trust", &list)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let file = self.desk.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        file
    }

    /// As whoever has the list checks it; his home is empty, and stays so.
    fn verify(&self, code: &str, list: &PathBuf, more: &[&str]) -> Done {
        let home = self.desk.path().join("nobody");
        let mut command = program();
        command
            .arg("--home")
            .arg(&home)
            .args(["certificate", "verify", code, "--trust"]);
        command.arg(list).args(["--root", &self.root.to_string()]).args(more);
        let done = finish(&mut command, code_of(code).as_bytes());
        assert!(!home.exists(), "a fieldbook was made");
        done
    }
}

fn code_of(code: &str) -> String {
    format!("{code}\n")
}

fn row(claims: &CertificateClaims) -> TrustRow {
    let prints = vec![Some(claims.hash())];
    TrustRow { number: claims.number.clone(), status: RowStatus::Issued, prints }
}

#[test]
fn a_registered_certificate_is_told_as_such_with_the_lists_age_and_that_only_the_paper_is_valid() {
    let mut console = Console::new();
    let claims = console.claims("A-17/26");
    let (text, list) = (console.sign(&claims), console.list(vec![row(&claims)]));
    let told = console.verify(&text, &list, &[]).well();
    for part in ["REGISTERED", "A-17/26", "Айгерім", "less than a day old", "Only the paper certificate"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    for (language, part) in [("kk", "ЕСЕПТЕ ТҰР"), ("ru", "УЧТЕНО")] {
        assert!(console.verify(&text, &list, &["--lang", language]).well().contains(part));
    }
    let json: Value = serde_json::from_str(&console.verify(&text, &list, &["--json"]).well()).unwrap();
    assert_eq!((&json["verdict"], &json["list"]["age_days"]), (&"registered".into(), &0.into()));
    assert_eq!(json["certificate"]["holder"], "Сәрсенбаева Айгерім Нұрланқызы");
}

#[test]
fn what_is_not_valid_ends_with_one_and_says_why() {
    let mut console = Console::new();
    let [good, copied] = ["A-17/26", "A-17/26"].map(|number| console.claims(number));
    let copied = CertificateClaims { holder: Name::new("Қасымов Ерлан").unwrap(), ..copied };
    let [text, other] = [&good, &copied].map(|claims| console.sign(claims));
    let struck_off = TrustRow { status: RowStatus::StruckOff, ..row(&good) };
    let list = console.list(vec![struck_off]);
    for (text, code, part) in [(&text, "struck_off", "struck off"), (&other, "not_as_registered", "else")] {
        let told = console.verify(text, &list, &[]);
        assert!(told.code == 1 && told.stdout.contains(part), "{told:?}");
        assert!(told.stdout.contains("Only the paper certificate"), "{told:?}");
        let told = console.verify(text, &list, &["--json"]);
        let json: Value = serde_json::from_str(&told.stdout).unwrap();
        assert_eq!((told.code, &json["verdict"]), (1, &code.into()));
    }
    let another = Console::new();
    let foreign = another.claims("A-17/26");
    let mut another = another;
    let text = another.sign(&foreign);
    assert!(console.verify(&text, &list, &[]).stdout.contains("NOT THIS LIST"));
}

#[test]
fn a_photo_a_file_and_a_scanner_say_the_same() {
    let mut console = Console::new();
    let claims = console.claims("A-17/26");
    let (text, list) = (console.sign(&claims), console.list(vec![row(&claims)]));
    let code = qrcode::QrCode::with_error_correction_level(&text, qrcode::EcLevel::M).unwrap();
    assert!(code.width() <= 69, "a code of {} modules prints larger than 30 mm", code.width());
    let side = u32::try_from(code.width() + 8).unwrap();
    let dark = |x: u32, y: u32| {
        let module =
            |at: u32| usize::try_from(at / 6).unwrap().checked_sub(4).filter(|at| *at < code.width());
        let dark = module(x).zip(module(y)).is_some_and(|at| code[at] == qrcode::Color::Dark);
        image::Luma([if dark { 40_u8 } else { 220 }])
    };
    let picture = image::GrayImage::from_fn(side * 6, side * 6, dark);
    for name in ["photo.png", "photo.jpg"] {
        let photo = console.desk.path().join(name);
        picture.save(&photo).unwrap();
        assert!(
            console
                .verify(photo.to_str().unwrap(), &list, &[])
                .well()
                .contains("REGISTERED"),
            "{name}"
        );
    }
    let file = console.file("code.txt", format!("{text}\r\n").as_bytes());
    assert!(console.verify(file.to_str().unwrap(), &list, &[]).well().contains("REGISTERED"));
    let mut piped = program();
    piped.args(["certificate", "verify", "-", "--trust"]).arg(&list);
    let piped = finish(&mut piped, text.as_bytes()).well();
    assert!(piped.contains("REGISTERED") && piped.contains(&console.root.to_string()), "{piped}");
    let blank = console.desk.path().join("blank.png");
    image::GrayImage::from_pixel(300, 300, image::Luma([255])).save(&blank).unwrap();
    let told = console.verify(blank.to_str().unwrap(), &list, &[]);
    assert!(told.code == 5 && told.stderr.contains("Photograph the code alone"), "{told:?}");
}

#[test]
fn what_cannot_be_read_ends_with_five() {
    let mut console = Console::new();
    let claims = console.claims("A-17/26");
    let (text, list) = (console.sign(&claims), console.list(vec![row(&claims)]));
    let file = std::fs::read(&list).unwrap();
    let cut = console.file("cut", &file[..file.len() - 9]);
    let other = console.file("other", b"PK\x03\x04");
    let newer = console.file("newer", b"JQT\x02");
    let part = text.get(..text.len() - 9).unwrap();
    let cases = [
        (part, &list, "damaged"),
        ("JSQ2:6BF", &list, "newer program"),
        ("JSQ", &list, "not the code"),
        (text.as_str(), &cut, "damaged on its way"),
        (&text, &other, "not a trust list"),
        (&text, &newer, "newer program"),
    ];
    for (code, list, sentence) in cases {
        let told = console.verify(code, list, &[]);
        assert!(told.code == 5 && told.stderr.contains(sentence) && told.stdout.is_empty(), "{told:?}");
    }
    let another = Console::new();
    let told = another.verify(&text, &list, &[]);
    assert!(told.code == 5 && told.stderr.contains("another territory"), "{told:?}");
}
