//! What stands in a page, in the words of whoever reads it on paper: codes by their words, members by their names as far as they
//! are opened here, phones by their numbers on the page.

use std::collections::BTreeMap;

use jasaq_fieldbook::model::moment::Moment;
use jasaq_fieldbook::model::page::{Commitment, FieldLine, Opening, OtherValue, Page};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent};
use jasaq_fieldbook::model::reconcile::FieldValue;
use jasaq_fieldbook::model::sentences::written_day;
use jasaq_fieldbook::model::settling::SettledField;
use jasaq_fieldbook::model::words::Note;

use crate::log::activity_words;
use crate::table::{short, time_of_day};
use crate::words::{Message, Words};

/// A page with its words.
pub(super) struct InWords<'a> {
    pub(super) page: &'a Page,
    pub(super) words: &'a Words,
    openings: BTreeMap<&'a str, &'a Opening>,
}

impl<'a> InWords<'a> {
    /// With what opens its personal fields, or nothing of that.
    pub(super) fn new(page: &'a Page, openings: &'a [Opening], words: &'a Words) -> Self {
        let openings = openings.iter().map(|opening| (opening.path.as_str(), opening)).collect();
        Self { page, words, openings }
    }

    /// What a commitment hides, if what is held opens it.
    pub(super) fn opened(&self, path: &str, commitment: &Commitment) -> Option<&str> {
        let opening = self.openings.get(path).filter(|opening| commitment.is_opened_by(opening));
        opening.map(|opening| opening.value.as_str())
    }

    /// The same, or that it is not shown.
    pub(super) fn shown(&self, path: &str, commitment: &Commitment) -> String {
        let opened = self.opened(path, commitment).map(str::to_owned);
        opened.unwrap_or_else(|| self.words.say("paper-not-shown"))
    }

    /// A member by his name, else by the first digits of his id.
    pub(super) fn member(&self, member: &str) -> String {
        let place = self.page.members.iter().position(|line| line.member == member);
        let name = place.and_then(|place| {
            let commitment = self.page.members.get(place)?.name.as_ref()?;
            self.opened(&format!("/members/{place}/name"), commitment)
        });
        name.map_or_else(|| short(member), str::to_owned)
    }

    /// A phone by its number on the page.
    pub(super) fn phone(&self, device: &str) -> String {
        let place = self.page.phones.iter().position(|phone| phone.device == device);
        place.map_or_else(|| short(device), |place| (place + 1).to_string())
    }

    /// Several of them, each once.
    pub(super) fn phones<'b>(&self, devices: impl IntoIterator<Item = &'b String>) -> String {
        let mut numbers: Vec<String> = devices.into_iter().map(|device| self.phone(device)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.join(", ")
    }

    /// A time with its day and its offset, as it was on the clock of who saw it.
    pub(super) fn time(written: &str) -> String {
        written.parse::<Moment>().map_or_else(|_| written.to_owned(), time_on_paper)
    }

    /// A time that may be unknown.
    pub(super) fn time_if(written: Option<&String>) -> String {
        written.map(|written| Self::time(written)).unwrap_or_default()
    }

    /// What a field is called.
    pub(super) fn field_name(&self, field: &str) -> String {
        let known = SettledField::from_code(field);
        known.map_or_else(|| field.to_owned(), |field| field.word(self.words.language()).to_owned())
    }

    /// A value of a field.
    pub(super) fn value(&self, field: &str, written: &str) -> String {
        let language = self.words.language();
        let worded = match SettledField::from_code(field) {
            Some(SettledField::Time | SettledField::Start | SettledField::End) => Some(Self::time(written)),
            Some(SettledField::Activity) => activity(written).map(|value| match value {
                FieldValue::Activity(activity) => activity_words(activity, language),
                other => other.written(),
            }),
            Some(SettledField::Mode) => {
                ActivityMode::from_code(written).map(|mode| mode.word(language).to_owned())
            }
            Some(SettledField::Area) => {
                AreaComponent::from_code(written).map(|area| area.word(language).to_owned())
            }
            Some(SettledField::Leader) => Some(self.member(written)),
            _ => None,
        };
        worded.unwrap_or_else(|| written.to_owned())
    }

    /// What stands of a field; where nothing does, everything that was said.
    pub(super) fn standing(&self, line: &FieldLine) -> String {
        if let Some(value) = &line.value {
            return self.value(&line.field, value);
        }
        if line.decided.as_ref().is_some_and(|decided| decided.choice == "left_out") {
            return String::new();
        }
        let all: Vec<String> =
            line.others.iter().map(|other| self.value(&line.field, &other.value)).collect();
        all.join(" | ")
    }

    /// How what stands of a field came about: by how many it was said, what else was said by which phones, who decided why. The path
    /// is the field's place in the page.
    pub(super) fn notes(&self, line: &FieldLine, path: &str) -> Vec<String> {
        let mut parts = Vec::new();
        if line.of > 1 {
            parts
                .push(self.say(Message::new("reconcile-agreed").with("said", line.said).with("of", line.of)));
        }
        let others = line.others.iter().map(|other| self.other(&line.field, other));
        parts.extend(others);
        if let Some(decided) = &line.decided {
            parts.push(self.say(Message::new(match decided.choice.as_str() {
                "undecided" => "reconcile-decided-undecided",
                "left_out" => "reconcile-decided-left-out",
                "another" => "paper-decided-another",
                _ => "paper-decided",
            })));
            let reason = decided.reason.as_ref();
            let reason = reason.map(|reason| self.shown(&format!("{path}/decided/reason"), reason));
            let reason = reason.map(|reason| Message::new("reconcile-reason").with("reason", reason));
            parts.extend(reason.map(|reason| self.say(reason)));
        }
        parts
    }

    fn other(&self, field: &str, other: &OtherValue) -> String {
        let phones = self.phones(other.by.iter().map(|[device, _]| device));
        let told = Message::new("paper-also-said").with("value", self.value(field, &other.value));
        self.say(told.with("phones", phones))
    }

    pub(super) fn say(&self, message: impl Into<Message>) -> String {
        self.words.say(message)
    }
}

/// `01.05.2026 10:12 +05:00`
pub(super) fn time_on_paper(moment: Moment) -> String {
    let offset = moment.offset_minutes();
    let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs());
    let (day, time) = (written_day(moment.day()), time_of_day(moment));
    format!("{day} {time} {sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The hash of a page in groups that an eye can follow.
pub(super) fn in_groups(hash: &str) -> String {
    let letters: Vec<char> = hash.chars().collect();
    let groups = letters.chunks(8).map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

fn activity(written: &str) -> Option<FieldValue> {
    FieldValue::read(SettledField::Activity, &Note::new(written).ok()?).ok()
}
