//! Papers of patrols: texts as they are to stand there, in the order of the sheet that is filled in by hand.
//!
//! What is said of a patrol was said by people in the field, and what was sealed cannot be put right any more. So nothing in it is
//! refused: a letter that cannot be printed stands there by its number, `[U+1F600]`, and a word that fits no line is broken.

use jasaq_model::moment::Day;
use serde::Serialize;

use super::Signer;

/// How far a page has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PageStanding {
    /// It is not sealed: every sheet says so.
    Draft,
    /// The head sealed it.
    Sealed,
    /// The subdivision countersigned and numbered it.
    Countersigned,
    /// It is recorded as entered into the border service book.
    Entered,
}

/// A caption, what stands after it, and in small letters what else is to be known of it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What it is.
    pub caption: String,
    /// What stands. If left unset, a line.
    pub value: Option<String>,
    /// How it was agreed, what else was said.
    pub notes: Vec<String>,
}

/// One thing that happened, in the columns of the sheet.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PrintedEntry {
    /// Its number on the page.
    pub number: u32,
    /// Day and time.
    pub time: String,
    /// Which phones told it, by their numbers.
    pub told_by: String,
    /// Which activity of 001-§10.
    pub activity: String,
    /// How many.
    pub count: String,
    /// Where.
    pub place: String,
    /// What happened, in words.
    pub text: String,
    /// How it was agreed, what else was said, who decided why.
    pub notes: Vec<String>,
}

/// A person detained, or force used.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PrintedCase {
    /// Which.
    pub case: String,
    /// How far it came, to whom, and what is missing.
    pub facts: Vec<String>,
    /// The steps with their times.
    pub steps: Vec<String>,
    /// What was said of the person, or that it is not shown.
    pub fields: Vec<Item>,
}

/// The page of a patrol, sealed or as it would be.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PatrolPage {
    /// How far it has come.
    pub standing: PageStanding,
    /// Its number. If left unset, it has none yet.
    pub number: Option<String>,
    /// What names it, in full, in groups of eight. If left unset, it is a draft, of which nothing is claimed.
    pub hash: Option<String>,
    /// What names the page before it, likewise.
    pub before: Option<String>,
    /// What is said of the page itself: who sealed it, where it is entered, why it was amended.
    pub about: Vec<Item>,
    /// What was planned.
    pub plan: Vec<Item>,
    /// What is said of the patrol.
    pub patrol: Vec<Item>,
    /// Number, name, certificate, whether he was there, whether he might go, minutes.
    pub members: Vec<[String; 6]>,
    /// Number, whose, statements, envelopes missing, why it was not waited for.
    pub phones: Vec<[String; 5]>,
    /// How, from, until, who.
    pub legs: Vec<[String; 4]>,
    /// Phone, from, until, metres, points, pieces missing.
    pub tracks: Vec<[String; 6]>,
    /// What happened, by time.
    pub entries: Vec<PrintedEntry>,
    /// What was taken back: what, when and by which phone, the words, who took it back when and why.
    pub withdrawn: Vec<[String; 4]>,
    /// What, from, until, cause and note, phone.
    pub marks: Vec<[String; 5]>,
    /// Learned, told by voice, minutes between, confirmed, answered, phone.
    pub notices: Vec<[String; 6]>,
    /// Persons detained, force used.
    pub cases: Vec<PrintedCase>,
    /// What looks wrong, and in which statement.
    pub flags: Vec<[String; 2]>,
    /// On how many statements it rests.
    pub statements: u32,
    /// Whether personal fields are shown as far as this device opens them.
    pub shows_persons: bool,
    /// What the QR says, letter for letter. If left unset, there is none.
    #[serde(skip)]
    pub code: Option<String>,
    /// Who signs the print, if it is wanted on paper.
    pub signer: Signer,
}

/// An extract of a page for the border service book: what the structural subdivision enters into it (§23). Which sections and
/// columns the book has the Rules leave open, so they are lines.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct BookExtract {
    /// The structural subdivision. If left unset, a line.
    pub structural_subdivision: Option<String>,
    /// The squad. If left unset, a line.
    pub squad: Option<String>,
    /// The page's number. If left unset, a line.
    pub number: Option<String>,
    /// What names the page, in groups.
    pub hash: String,
    /// What is said of the patrol.
    pub patrol: Vec<Item>,
    /// Number, name, certificate, whether he was there, minutes.
    pub persons: Vec<[String; 5]>,
    /// What was done, counted by the types of §10.
    pub results: Vec<Item>,
    /// In which section of the book it is. If left unset, a line.
    pub section: Option<String>,
    /// Since which day. If left unset, lines.
    pub entered_on: Option<Day>,
    /// The head, who hands it in.
    pub signer: Signer,
}

/// One of several things of which one is marked.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What it is.
    pub words: String,
    /// Whether it is marked.
    pub is_marked: bool,
}

/// The act by which a detained person is handed over (§10(5)); to the police with what their duty section asks (order No. 195, §14).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct HandoverAct {
    /// Which case.
    pub case: String,
    /// The three kinds of receiver.
    pub receivers: Vec<Choice>,
    /// Who receives, where and when.
    pub receiver: Vec<Item>,
    /// Who is handed over.
    pub person: Vec<Item>,
    /// What happened until then.
    pub course: Vec<Item>,
    /// What is handed over with him. If left unset, lines.
    pub items: Option<String>,
    /// For the duty section of the police. If left unset, another receives him.
    pub duty: Option<Vec<Item>>,
    /// Who hands over.
    pub signer: Signer,
}

/// The sheet that a patrol fills in by hand, with the fields of the page in its order (C-18, P-12 of the screens).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct BlankSheet {
    /// The squad. If left unset, a line.
    pub squad: Option<String>,
    /// Which patrol it is for. If left unset, any.
    pub patrol: Option<String>,
    /// What was planned.
    pub plan: Vec<Item>,
    /// What is said of the patrol, filled in as far as it is known.
    pub head: Vec<Item>,
    /// Who goes. If there is none, lines.
    pub crew: Vec<String>,
    /// The numbers of activities, each with its words.
    pub activities: Vec<[String; 2]>,
    /// How many lines for entries.
    pub lines: u16,
    /// The member who leads, who signs.
    pub signer: Signer,
}
