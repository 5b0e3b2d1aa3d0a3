//! All that a template can see: our templates, our fonts, the values of one document, and the drawing of its code.
//!
//! Promises that there is nothing else: no disk, no packages, no clock. Fonts and the standard library are made once for the
//! program.

use std::sync::LazyLock;

use jasaq_model::ids::hexadecimal;
use jasaq_model::moment::Day;
use jasaq_model::words::is_misleading;
use sha2::{Digest, Sha256};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The family of every letter we print: Libertinus Serif (SIL Open Font License), as it comes with the typesetter.
const FAMILY: &str = "Libertinus Serif";

/// The templates, by the name under which one calls another.
const TEMPLATES: [(&str, &str); 17] = [
    ("page", include_str!("../../templates/page.typ")),
    ("certificate", include_str!("../../templates/certificate.typ")),
    ("member_list", include_str!("../../templates/member_list.typ")),
    ("non_staff_application", include_str!("../../templates/non_staff_application.typ")),
    ("refusal", include_str!("../../templates/refusal.typ")),
    ("registration_notice", include_str!("../../templates/registration_notice.typ")),
    ("exclusion_notice", include_str!("../../templates/exclusion_notice.typ")),
    ("strike_off_notice", include_str!("../../templates/strike_off_notice.typ")),
    ("decision_extract", include_str!("../../templates/decision_extract.typ")),
    ("register_extract", include_str!("../../templates/register_extract.typ")),
    ("certificate_register", include_str!("../../templates/certificate_register.typ")),
    ("training_record", include_str!("../../templates/training_record.typ")),
    ("patrol", include_str!("../../templates/patrol.typ")),
    ("patrol_page", include_str!("../../templates/patrol_page.typ")),
    ("book_extract", include_str!("../../templates/book_extract.typ")),
    ("handover_act", include_str!("../../templates/handover_act.typ")),
    ("blank_sheet", include_str!("../../templates/blank_sheet.typ")),
];

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let all = typst_assets::fonts().flat_map(|file| Font::iter(Bytes::new(file)));
    // The faces that are slanted and heavy at once have no Kazakh letters.
    all.filter(|font| font.info().family == FAMILY && has_kazakh(font)).collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(&*FONTS)));

fn has_kazakh(font: &Font) -> bool {
    "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
        .chars()
        .all(|letter| font.info().coverage.contains(letter.into()))
}

/// Whether every face of our fonts has this letter.
pub(super) fn has_letter(letter: char) -> bool {
    !letter.is_control()
        && !is_misleading(letter)
        && FONTS.iter().all(|font| font.info().coverage.contains(letter.into()))
}

/// A day as the typesetter holds it.
pub(super) fn date(day: Day) -> Option<Datetime> {
    let written = day.to_string();
    let mut parts = written.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Datetime::from_ymd_hms(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?, 0, 0, 0)
}

/// The world of one document.
pub(super) struct PrintWorld {
    main: FileId,
    input: Bytes,
    code: Option<Bytes>,
    fingerprint: String,
}

impl PrintWorld {
    /// A template, the values for it as JSON, and a drawing.
    pub(super) fn new(template: &'static str, input: String, code: Option<Vec<u8>>) -> Self {
        let mut hash = Sha256::new();
        for part in [template.as_bytes(), input.as_bytes(), code.as_deref().unwrap_or_default()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let fingerprint = hexadecimal(&hash.finalize());
        Self {
            main: file(&format!("{template}.typ")),
            input: Bytes::from_string(input),
            code: code.map(Bytes::new),
            fingerprint,
        }
    }

    /// Names what is printed, for the identifier of the file.
    pub(super) fn fingerprint(&self) -> String {
        self.fingerprint.clone()
    }
}

/// A name in our world.
#[expect(clippy::expect_used, reason = "the names are constants of this crate, and each is used by a test")]
fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a name of letters and a dot is a path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn name_of(id: FileId) -> Option<&'static str> {
    let is_ours = *id.get().root() == VirtualRoot::Project;
    is_ours.then(|| id.get().vpath().get_without_slash())
}

fn not_found() -> FileError {
    FileError::AccessDenied
}

impl World for PrintWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let name = name_of(id).and_then(|name| name.strip_suffix(".typ"));
        let template = TEMPLATES.iter().find(|(template, _)| Some(*template) == name);
        let (_, text) = template.ok_or_else(not_found)?;
        Ok(Source::new(id, (*text).to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match name_of(id) {
            Some("input.json") => Ok(self.input.clone()),
            Some("code.svg") => self.code.clone().ok_or_else(not_found),
            _ => Err(not_found()),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    /// Pages say the day they are given; no template asks for another.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
