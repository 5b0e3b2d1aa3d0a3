//! A district with its register, made by commands alone: territorial and structural subdivision, akimat, council, a head.

use std::num::NonZeroU8;

use jasaq_fieldbook::formats::certificates::CertificateClaims;
use jasaq_fieldbook::model::records::CertificateRecord;
use jasaq_fieldbook::surroundings::Surroundings;
use jasaq_fieldbook::{Fieldbook, KeyHolder};
use serde_json::Value;

use crate::squad::{Device, Done, Place, RelayProcess, bring_in, program};

pub(crate) const SIGNED: [&str; 6] =
    ["--position", "бастық", "--rank", "полковник", "--signer", "Б. Б. Сәрсенов"];

/// Consoles and a phone, all in and all up to date; the council has created the squad, and the subdivision supervises it.
#[derive(Debug)]
pub(crate) struct Registry {
    pub(crate) place: Place,
    relay: RelayProcess,
    pub(crate) root: String,
    pub(crate) ts: Device,
    pub(crate) ss: Device,
    pub(crate) akimat: Device,
    pub(crate) council: Device,
}

impl Registry {
    pub(crate) fn founded() -> Self {
        let place = Place::new();
        let (ts, root) = place.found();
        let relay = RelayProcess::start(&place.path("relay.db"), &[&root]);
        ts.run(&["device", "relay", &relay.address]).well();
        ts.sync();
        let create = ["district", "create", "--akimat", "әкімдік", "--council", "кеңес", "--unit", "2034"];
        ts.run(&create).well();
        let ss = bring_in(&place, &ts, "ss", &["--role", "ss", "--office", "2034"]);
        let akimat = bring_in(&place, &ts, "akimat", &["--role", "leb", "--office", "әкімдік"]);
        let council = bring_in(&place, &ts, "council", &["--role", "cc", "--office", "кеңес"]);
        let registry = Self { place, relay, root, ts, ss, akimat, council };
        registry.meet();
        registry
    }

    /// The same, where the squad "Сарысу" was created and is supervised.
    pub(crate) fn with_a_squad() -> Self {
        let registry = Self::founded();
        let decided = ["decision", "create-squad", "Сарысу", "--district", "Зайсан", "--number", "12"];
        registry.council.run(&decided).well();
        registry.meet();
        registry.ss.run(&["squad", "create", "Сарысу", "--season", "2026"]).well();
        registry.meet();
        registry
    }

    /// The same, with these people on a list that came in, one a line: `name;born;card`.
    pub(crate) fn with_a_list(people: &[&str]) -> Self {
        let registry = Self::with_a_squad();
        registry.send(people, "02-14/311");
        registry.meet();
        registry.ts.run(&["list", "receive", "02-14/311"]).well();
        registry
    }

    /// A list as an akimat's spreadsheet saves it.
    pub(crate) fn csv(&self, people: &[&str]) -> String {
        let header = "Тегі, аты, әкесінің аты;Туған күні;Азаматтығы;Жеке куәлігінің нөмірі";
        let line = |person: &&str| {
            let mut parts = person.split(';');
            let [name, born, card] = [(); 3].map(|()| parts.next().expect("a name, a day and a card"));
            format!("{name};{born};Қазақстан;{card}")
        };
        let lines: Vec<String> = people.iter().map(line).collect();
        self.place
            .file("tizim.csv", format!("{header}\n{}\n", lines.join("\n")).as_bytes())
    }

    /// A folder with copies of identity cards, by the names of their files.
    pub(crate) fn cards(&self, names: &[&str]) -> std::path::PathBuf {
        let folder = self.place.path("cards");
        std::fs::create_dir(&folder).unwrap();
        for name in names {
            std::fs::write(folder.join(name), b"%PDF-1.7 a copy").unwrap();
        }
        folder
    }

    pub(crate) fn send(&self, people: &[&str], number: &str) -> Value {
        let file = self.csv(people);
        self.akimat.json(&["list", "import", &file, "--number", number, "--apply"])
    }

    /// Everybody syncs, as often as it takes.
    pub(crate) fn meet(&self) {
        for _ in 0..2 {
            [&self.ts, &self.ss, &self.akimat, &self.council]
                .into_iter()
                .for_each(Device::sync);
        }
    }

    /// A second console of the territorial subdivision, brought in by two sheets.
    pub(crate) fn second_console(&self) -> Device {
        let sheets = ["sheets/root-1.html", "sheets/root-3.html"]
            .map(|sheet| self.place.path(sheet).to_str().unwrap().to_owned());
        let other = self.place.device("ts2");
        other
            .run(&["recovery", "start", &sheets[0], &sheets[1], "--relay", &self.relay.address])
            .well();
        other.sync();
        other.run(&["recovery", "keys", &sheets[0], &sheets[1]]).well();
        for console in [&other, &self.ts, &other] {
            console.sync();
        }
        other
    }

    /// The three registers said that there is nothing.
    #[track_caller]
    pub(crate) fn check(&self, person: &str) {
        let answers = ["criminal-record", "narcological-register", "psychoneurological-register"]
            .map(|register| [format!("--{register}"), "nothing".to_owned()])
            .concat();
        let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
        self.ts.run(&[&["check", "record", person], &answers[..]].concat()).well();
    }

    /// Checked, registered, with a certificate of this number.
    #[track_caller]
    pub(crate) fn certify(&self, person: &str, number: &str) {
        self.check(person);
        self.ts.run(&["register", "add", person, "--section", "III"]).well();
        self.issue(person, number).well();
    }

    pub(crate) fn issue(&self, person: &str, number: &str) -> Done {
        let new = ["certificate", "issue", person, "--number", number, "--subdivision", "Шығыс"];
        self.ts.run(&[&new[..], &SIGNED].concat())
    }

    /// The territory's own fieldbook.
    pub(crate) fn book(&self) -> Fieldbook {
        Fieldbook::open(&self.ts.home, &KeyHolder::File, Surroundings::of_the_system(None)).unwrap()
    }

    /// What the newest print of the certificate with this number says.
    pub(crate) fn claims_of(&self, number: &str) -> CertificateClaims {
        let mut book = self.book();
        let all = book.certificates().unwrap().unwrap();
        let is_it = |record: &&CertificateRecord| record.issued.what.number.as_str() == number;
        let record = all.iter().map(|one| &one.record).find(is_it).unwrap();
        let print = NonZeroU8::new(u8::try_from(record.last_print()).unwrap()).unwrap();
        CertificateClaims::of(book.territory_mark(), record, print).remove(0)
    }

    /// The same as its code, as it is printed.
    pub(crate) fn code_of(&self, number: &str) -> String {
        let claims = self.claims_of(number);
        self.book().sign_certificate(&claims).unwrap()
    }

    /// The subdivision strikes somebody off, who moved away; everybody hears of it.
    #[track_caller]
    pub(crate) fn strike_off(&self, number: &str) {
        self.ss.run(&["strike-off", number, "--ground", "moved_out", "--apply"]).well();
        self.meet();
    }

    /// Everything, so that he may go on patrol.
    #[track_caller]
    pub(crate) fn make_active(&self, person: &str, number: &str) {
        self.certify(person, number);
        self.meet();
        self.ss
            .run(&["training", "record", person, "--unit", "2034", "--topics", "001-§10, 12"])
            .well();
        self.meet();
    }
}

/// Refused by a rule: the code of the refusal.
#[track_caller]
pub(crate) fn refusal(device: &Device, arguments: &[&str]) -> String {
    let done = device.run(&[arguments, &["--json"]].concat());
    assert_eq!(done.code, 1, "{done:?}");
    done.error()["refusal"].as_str().unwrap_or_default().to_owned()
}

/// The state of a person, as a console has it.
#[track_caller]
pub(crate) fn state(device: &Device, person: &str) -> String {
    device.json(&["person", "show", person])["state"].as_str().unwrap().to_owned()
}

/// A command in another language.
pub(crate) fn in_language(device: &Device, language: &str, arguments: &[&str]) -> Done {
    let mut command = program();
    command
        .arg("--home")
        .arg(&device.home)
        .args(["--lang", language])
        .args(arguments);
    crate::squad::finish(&mut command, b"")
}
