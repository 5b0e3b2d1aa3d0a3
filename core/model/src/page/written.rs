//! What stands in a page, in the words in which it is written: ids in hexadecimal, times as RFC 3339, codes of the closed lists,
//! coordinates in ten-millionths of a degree. Whoever reads it needs nothing else of this program.

use serde::{Deserialize, Serialize};

use super::Commitment;
use super::strict::is_hexadecimal;
use crate::moment::Moment;

/// The form of pages that is written and read here.
pub(super) const PAGE_FORM: &str = "page/1";

/// A page.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Always `page/1`.
    pub jasaq: String,
    /// The territory, by its root key.
    pub territory: String,
    /// The squad, by the roll of its phones.
    pub squad: String,
    /// Which patrol.
    pub patrol: String,
    /// Patrols that were recorded apart and are parts of it.
    pub parts: Vec<String>,
    /// The page of this patrol before it, by its hash.
    pub before: Option<String>,
    /// Why it was amended, in words; none of the first.
    pub reason: Option<Commitment>,
    /// When it was sealed, by the head's device.
    pub sealed_at: String,
    /// By which device.
    pub sealed_by: String,
    /// Whose that is.
    pub sealed_by_member: String,
    /// What was planned, if it was.
    pub plan: Option<PlanLine>,
    /// What is said of the patrol itself.
    pub header: Vec<FieldLine>,
    /// Who was there.
    pub members: Vec<MemberLine>,
    /// From which devices something came, and which were not waited for.
    pub phones: Vec<PhoneLine>,
    /// Its legs.
    pub legs: Vec<LegLine>,
    /// Its tracks.
    pub tracks: Vec<TrackLine>,
    /// What happened, by time.
    pub events: Vec<EventLine>,
    /// What was taken back, or stands nowhere.
    pub withdrawn: Vec<WithdrawnLine>,
    /// Certificates shown, pauses, gaps.
    pub marks: Vec<MarkLine>,
    /// What was told to the subdivision at once.
    pub notices: Vec<NoticeLine>,
    /// Persons detained, force used.
    pub cases: Vec<CaseLine>,
    /// What looks wrong, by code, and in which statement.
    pub flags: Vec<[String; 2]>,
    /// Every statement that it rests on, by device.
    pub statements: Vec<SaidBy>,
}

/// Of which patrol, and how much is in it: what people wrote is in no trace.
impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let statements: usize = self.statements.iter().map(|said| said.keys.len()).sum();
        f.debug_struct("Page")
            .field("patrol", &self.patrol)
            .field("members", &self.members.len())
            .field("events", &self.events.len())
            .field("cases", &self.cases.len())
            .field("statements", &statements)
            .finish_non_exhaustive()
    }
}

/// What was planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanLine {
    /// From when.
    pub from: String,
    /// Until when.
    pub until: String,
    /// Where.
    pub sector: String,
    /// In which part of the border space.
    pub area: String,
    /// Independently or jointly.
    pub mode: String,
    /// Along which way.
    pub route: Option<String>,
    /// To do what.
    pub task: Option<String>,
}

/// One field, with how it was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldLine {
    /// Which.
    pub field: String,
    /// What stands; none where it was left out or cannot be decided, or where words differ and all are kept.
    pub value: Option<String>,
    /// `agreed`, `complementary`, `kept`, `conflict`.
    pub class: String,
    /// By how many statements what stands was said, or what most say.
    pub said: u32,
    /// Of how many.
    pub of: u32,
    /// What was decided, if something was.
    pub decided: Option<DecidedLine>,
    /// Every value that was said and does not read as the one that stands, also one that agrees with it but for a minute or a few metres.
    pub others: Vec<OtherValue>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedLine {
    /// `said`, `another`, `undecided`, `left_out`.
    pub choice: String,
    /// Why, in words.
    pub reason: Option<Commitment>,
    /// By which statement.
    pub by: String,
}

/// A value that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherValue {
    /// What.
    pub value: String,
    /// By which statements: device and key.
    pub by: Vec<[String; 2]>,
}

/// Who was there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLine {
    /// The member, as devices know him.
    pub member: String,
    /// What he is called, by the subdivision's card; none if no card came.
    pub name: Option<Commitment>,
    /// The number of his certificate.
    pub certificate: Option<Commitment>,
    /// `attended`, `absent`, `unconfirmed`.
    pub attended: String,
    /// Whether he might go that day, by his card; none if it does not tell.
    pub eligible: Option<bool>,
    /// Of which day the card is.
    pub card_of: Option<String>,
    /// How long he was on legs, in minutes; none if that is not known.
    pub minutes: Option<u32>,
}

/// A device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneLine {
    /// Which.
    pub device: String,
    /// Whose.
    pub member: Option<String>,
    /// How many statements came from it.
    pub statements: u32,
    /// How many envelopes are known to be missing.
    pub missing: u32,
    /// Why it was not waited for, by code.
    pub excused: Option<String>,
    /// The same in words.
    pub note: Option<Commitment>,
}

/// A leg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegLine {
    /// Which.
    pub leg: String,
    /// How they moved.
    pub transport: Option<String>,
    /// Who.
    pub members: Vec<String>,
    /// From when.
    pub from: Option<String>,
    /// Until when.
    pub until: Option<String>,
    /// Whether something of it came after the page before this one.
    pub late: bool,
}

/// A track.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackLine {
    /// Which recording.
    pub recording: String,
    /// Of which device.
    pub device: String,
    /// How many points.
    pub points: u32,
    /// How long, in metres.
    pub metres: u32,
    /// From when.
    pub from: Option<String>,
    /// Until when.
    pub until: Option<String>,
    /// How many pieces are missing.
    pub missing: u32,
    /// Whether something of it came after the page before this one.
    pub late: bool,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLine {
    /// Its number on the page, from 1.
    pub number: u32,
    /// When, by the best evidence.
    pub at: String,
    /// `decided`, `said`, `satellites`, `corrected`, `device`.
    pub evidence: String,
    /// Field by field.
    pub fields: Vec<FieldLine>,
    /// By which statements: device and key.
    pub told_by: Vec<[String; 2]>,
    /// From paper, by radio, from a file: of each statement that did not come from a phone, device, key, source.
    pub sources: Vec<[String; 3]>,
    /// Who told it, of each statement that another wrote down for him: device, key, member.
    pub tellers: Vec<[String; 3]>,
    /// What a position is worth, of each statement that has one: device, key, origin, accuracy in decimetres or nothing.
    pub positions: Vec<[String; 4]>,
    /// How many amendments were made to it.
    pub amended: u32,
    /// As it was before them.
    pub earlier: Vec<EarlierLine>,
    /// Whether a version of it came, or was taken back, after the page before this one.
    pub late: bool,
    /// The case that it belongs to.
    pub case: Option<String>,
}

/// What was said of an event before it was amended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierLine {
    /// By which statement.
    pub by: [String; 2],
    /// When it was said.
    pub at: String,
    /// What: names and values.
    pub said: Vec<[String; 2]>,
    /// By what it was amended.
    pub amended: Vec<AmendedLine>,
}

/// An amendment: when and why. What it says stands in the event, or before it too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendedLine {
    /// By which statement.
    pub by: [String; 2],
    /// When it was said.
    pub at: String,
    /// Why.
    pub why: String,
    /// In words.
    pub note: Option<Commitment>,
}

/// What was said and taken back, or amends what is in no event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawnLine {
    /// The kind of the statement.
    pub what: String,
    /// Which statement.
    pub by: [String; 2],
    /// When it was said.
    pub at: String,
    /// Why, of an amendment.
    pub why: Option<String>,
    /// In words.
    pub note: Option<Commitment>,
    /// What: names and values.
    pub said: Vec<[String; 2]>,
    /// Whether it came, or was taken back, after the page before this one.
    pub late: bool,
    /// By what it was taken back; none of an amendment that has nothing to amend.
    pub withdrawal: Option<WithdrawalLine>,
}

/// That something was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawalLine {
    /// By which statement.
    pub by: [String; 2],
    /// When it was said.
    pub at: String,
    /// Why, in words.
    pub reason: Commitment,
}

/// A mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkLine {
    /// Which.
    pub what: String,
    /// From when.
    pub at: String,
    /// Until when.
    pub until: Option<String>,
    /// Why.
    pub cause: Option<String>,
    /// In words.
    pub note: Option<Commitment>,
    /// By which statement.
    pub by: [String; 2],
    /// Whether it came after the page before this one.
    pub late: bool,
}

/// An immediate notice (001-§12(1), R13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    /// By which statement.
    pub by: [String; 2],
    /// When the fact became known.
    pub learned: String,
    /// When the subdivision was told by voice.
    pub told: Option<String>,
    /// Whether it confirmed that.
    pub confirmed: bool,
    /// When it answered.
    pub answered: Option<String>,
    /// How long it took until it was told by voice, in whole minutes; none if it was not.
    pub minutes: Option<i64>,
}

/// A person detained, or force used. Who it is, is committed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseLine {
    /// Which.
    pub case: String,
    /// How far it came.
    pub stage: String,
    /// What the law asks for and nobody said, by code.
    pub gaps: Vec<String>,
    /// To which kind of receiver, of a hand-over.
    pub receiver: Option<String>,
    /// Which steps, each with its time.
    pub steps: Vec<[String; 2]>,
    /// The personal fields: what each is, and what commits to it.
    pub fields: Vec<(String, Commitment)>,
}

/// What came from one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidBy {
    /// Which.
    pub device: String,
    /// The keys of its statements.
    pub keys: Vec<String>,
}

impl NoticeLine {
    /// How long it took until the subdivision was told by voice, in whole minutes, by its own times.
    #[must_use]
    pub fn minutes_until_told(&self) -> Option<i64> {
        let ms = |written: &str| written.parse::<Moment>().ok().map(|at| at.time().unix_ms());
        let (learned, told) = (ms(&self.learned)?, ms(self.told.as_deref()?)?);
        Some((told - learned).div_euclid(60_000))
    }
}

impl Page {
    /// The words beside amendments and withdrawals.
    fn words_that_do_not_stand(&self) -> impl Iterator<Item = &Commitment> {
        let earlier = self.events.iter().flat_map(|event| &event.earlier);
        let amended = earlier.flat_map(|earlier| &earlier.amended);
        let withdrawn = self.withdrawn.iter().flat_map(|line| {
            let reason = line.withdrawal.as_ref().map(|taken| &taken.reason);
            line.note.iter().chain(reason)
        });
        amended.filter_map(|amended| amended.note.as_ref()).chain(withdrawn)
    }

    /// Whether what names territory, squad, patrol, device and the page before is written as ids are, and each commitment is one.
    pub(super) fn has_its_ids(&self) -> bool {
        let is_one = |commitment: &Commitment| is_hexadecimal(&commitment.commitment, 64);
        let of_members = self
            .members
            .iter()
            .flat_map(|member| [&member.name, &member.certificate])
            .flatten();
        let of_cases = self
            .cases
            .iter()
            .flat_map(|case| case.fields.iter().map(|(_, commitment)| commitment));
        let fields = self.header.iter().chain(self.events.iter().flat_map(|event| &event.fields));
        let of_words = fields
            .filter_map(|line| line.decided.as_ref()?.reason.as_ref())
            .chain(&self.reason)
            .chain(self.phones.iter().filter_map(|phone| phone.note.as_ref()))
            .chain(self.marks.iter().filter_map(|mark| mark.note.as_ref()))
            .chain(self.words_that_do_not_stand());
        is_hexadecimal(&self.territory, 64)
            && is_hexadecimal(&self.sealed_by, 64)
            && is_hexadecimal(&self.squad, 32)
            && is_hexadecimal(&self.patrol, 32)
            && self.before.as_ref().is_none_or(|before| is_hexadecimal(before, 64))
            && of_members.chain(of_cases).chain(of_words).all(is_one)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::bare_page;

    #[test]
    fn a_page_prints_how_much_is_in_it_and_nothing_that_somebody_wrote() {
        let flags = vec![["no_fix".to_owned(), "Сарыбұлақ".to_owned()]];
        let page = super::Page { patrol: "ab".to_owned(), flags, ..bare_page() };
        let printed = format!("{page:?}");
        assert_eq!(printed, r#"Page { patrol: "ab", members: 0, events: 0, cases: 0, statements: 0, .. }"#);
    }
}
