//! Whoever is shown a certificate checks the code beside it: with the trust list, without a network and without a fieldbook.

use std::path::PathBuf;

use jasaq_fieldbook::formats::certificates::CertificateClaims;
use jasaq_fieldbook::model::words::Name;
use serde_json::Value;

use crate::registry::{Registry, SIGNED};
use crate::squad::{Done, finish, program};

const AIGERIM: &str = "Сәрсенбаева Айгерім Нұрланқызы";

/// A territory in which one person has a certificate, and the desk with what its console handed out.
struct Console {
    registry: Registry,
}

impl Console {
    fn new() -> Self {
        let registry = Registry::with_a_list(&[&format!("{AIGERIM};07.10.1997;012345678")]);
        registry.certify(AIGERIM, "A-17/26");
        Self { registry }
    }

    /// What the register says of the newest print.
    fn claims(&self) -> CertificateClaims {
        self.registry.claims_of("A-17/26")
    }

    fn sign(&self, claims: &CertificateClaims) -> String {
        self.registry.book().sign_certificate(claims).unwrap()
    }

    /// The code of the newest print as it is printed.
    fn code(&self) -> String {
        self.sign(&self.claims())
    }

    /// The trust list as the console exports it now.
    fn list(&self) -> PathBuf {
        let list = self.registry.place.path("list.jasaq-trust");
        self.registry
            .ts
            .run(&["certificate", "trust-list", "-o", list.to_str().unwrap()])
            .well();
        list
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        self.registry.place.file(name, bytes).into()
    }

    /// As whoever has the list checks it; his home is empty, and stays so.
    fn verify(&self, code: &str, list: &PathBuf, more: &[&str]) -> Done {
        let home = self.registry.place.path("nobody");
        let mut command = program();
        command
            .arg("--home")
            .arg(&home)
            .args(["certificate", "verify", code, "--trust"]);
        command.arg(list).args(["--root", &self.registry.root]).args(more);
        let done = finish(&mut command, code_of(code).as_bytes());
        assert!(!home.exists(), "a fieldbook was made");
        done
    }

    /// What whoever has the newest list is told of a code.
    #[track_caller]
    fn verdict(&self, code: &str) -> String {
        let done = self.verify(code, &self.list(), &["--json"]);
        let json: Value = serde_json::from_str(&done.stdout).unwrap();
        assert_eq!(done.code == 0, json["verdict"] == "registered", "{json}");
        json["verdict"].as_str().unwrap().to_owned()
    }
}

/// The territorial subdivision's own fieldbook, for what no command does.
fn code_of(code: &str) -> String {
    format!("{code}\n")
}

#[test]
fn a_registered_certificate_is_told_as_such_with_the_lists_age_and_that_only_the_paper_is_valid() {
    let console = Console::new();
    let (text, list) = (console.code(), console.list());
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
    let console = Console::new();
    let good = console.claims();
    let copied =
        CertificateClaims { holder: Name::new("Қасымов Ерлан").unwrap(), ..good.clone() };
    let [text, other] = [&good, &copied].map(|claims| console.sign(claims));
    console.registry.meet();
    console
        .registry
        .ss
        .run(&["strike-off", "A-17/26", "--ground", "moved_out", "--apply"])
        .well();
    console.registry.meet();
    let list = console.list();
    for (text, code, part) in [(&text, "struck_off", "struck off"), (&other, "not_as_registered", "else")] {
        let told = console.verify(text, &list, &[]);
        assert!(told.code == 1 && told.stdout.contains(part), "{told:?}");
        assert!(told.stdout.contains("Only the paper certificate"), "{told:?}");
        let told = console.verify(text, &list, &["--json"]);
        let json: Value = serde_json::from_str(&told.stdout).unwrap();
        assert_eq!((told.code, &json["verdict"]), (1, &code.into()));
    }
    let another = Console::new();
    assert!(console.verify(&another.code(), &list, &[]).stdout.contains("NOT THIS LIST"));
}

#[test]
fn the_list_follows_the_register_and_not_whoever_exports_it() {
    let console = Console::new();
    let ts = &console.registry.ts;
    let first = console.code();
    assert_eq!(console.verdict(&first), "registered");
    ts.run(&["certificate", "lost", "A-17/26"]).well();
    assert_eq!(console.verdict(&first), "lost");
    let reprint = ["certificate", "reprint", "A-17/26", "--cause", "lost"];
    ts.run(&[&reprint[..], &SIGNED].concat()).well();
    assert_eq!(
        (console.verdict(&first), console.verdict(&console.code())),
        ("reprinted".into(), "registered".into())
    );
    let key = ts.json(&["certificate", "list"])["certificates"][0]["key"].clone();
    ts.run(&["register", "withdraw", key.as_str().unwrap(), "--reason", "басқа нөмір", "--apply"])
        .well();
    assert_eq!(console.verdict(&first), "unknown", "a number that was taken back is nobody's");
}

#[test]
fn who_is_excluded_after_all_is_shown_to_nobody_as_registered() {
    let console = Console::new();
    let code = console.code();
    let ts = &console.registry.ts;
    ts.run(&["check", "record", AIGERIM, "--criminal-record", "circumstance"])
        .well();
    ts.run(&["check", "exclude", AIGERIM]).well();
    assert_eq!(console.verdict(&code), "struck_off");
    let printed = ts.run(&[
        "print",
        "certificate",
        "A-17/26",
        "-o",
        &console.registry.place.path("k.pdf").display().to_string(),
    ]);
    assert!(printed.code == 1 && printed.stderr.contains("to be removed"), "{printed:?}");
}

/// A photo of a code, a little grey.
fn picture_of(text: &str) -> image::GrayImage {
    let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M).unwrap();
    assert!(code.width() <= 69, "a code of {} modules prints larger than 30 mm", code.width());
    let side = u32::try_from(code.width() + 8).unwrap();
    let dark = |x: u32, y: u32| {
        let module =
            |at: u32| usize::try_from(at / 6).unwrap().checked_sub(4).filter(|at| *at < code.width());
        let dark = module(x).zip(module(y)).is_some_and(|at| code[at] == qrcode::Color::Dark);
        image::Luma([if dark { 40_u8 } else { 220 }])
    };
    image::GrayImage::from_fn(side * 6, side * 6, dark)
}

#[test]
fn of_a_picture_with_the_codes_of_two_certificates_nothing_is_said() {
    let console = Console::new();
    let claims = console.claims();
    let other = CertificateClaims { holder: Name::new("Ким Виктор").unwrap(), ..claims.clone() };
    let [one, other] = [claims, other].map(|claims| picture_of(&console.sign(&claims)));
    let size = (one.width() + other.width(), one.height().max(other.height()));
    let mut both = image::GrayImage::from_pixel(size.0, size.1, image::Luma([220]));
    image::imageops::replace(&mut both, &one, 0, 0);
    image::imageops::replace(&mut both, &other, one.width().into(), 0);
    let photo = console.registry.place.path("both.png");
    both.save(&photo).unwrap();
    let told = console.verify(photo.to_str().unwrap(), &console.list(), &[]);
    assert!(told.code == 5 && told.stderr.contains("several certificates"), "{told:?}");
}

#[test]
fn a_photo_a_file_and_a_scanner_say_the_same() {
    let console = Console::new();
    let (text, list) = (console.code(), console.list());
    let picture = picture_of(&text);
    for name in ["photo.png", "photo.jpg"] {
        let photo = console.registry.place.path(name);
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
    assert!(piped.contains("REGISTERED") && piped.contains(&console.registry.root), "{piped}");
    let blank = console.registry.place.path("blank.png");
    image::GrayImage::from_pixel(300, 300, image::Luma([255])).save(&blank).unwrap();
    let told = console.verify(blank.to_str().unwrap(), &list, &[]);
    assert!(told.code == 5 && told.stderr.contains("Photograph the code alone"), "{told:?}");
    let paper = console.registry.place.path("paper.pdf").display().to_string();
    console
        .registry
        .ts
        .run(&["print", "certificate", "A-17/26", "-o", &paper])
        .well();
    for (language, part) in [("en", "This is a PDF"), ("kk", "Бұл PDF"), ("ru", "Это PDF")] {
        let told = console.verify(&paper, &list, &["--lang", language]);
        assert!(told.code == 5 && told.stderr.contains(part), "{told:?}");
    }
}

#[test]
fn what_cannot_be_read_ends_with_five() {
    let console = Console::new();
    let (text, list) = (console.code(), console.list());
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
