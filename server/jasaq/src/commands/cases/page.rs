//! One case for people, line by line.

use jasaq_fieldbook::CaseView;
use jasaq_fieldbook::model::case::{CaseRecord, Earlier};
use jasaq_fieldbook::model::detention::{
    Detained, DetentionStep, ForceUsed, HandedOver, Protected, Released,
};
use jasaq_fieldbook::model::ids::{MemberId, PatrolId};
use jasaq_fieldbook::model::page::flags_of_case;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::statement::Body;
use jasaq_fieldbook::model::words::Language;

use super::shown::{ended, gaps, held_ms, state};
use crate::commands::said::Names;
use crate::commands::when;
use crate::log;
use crate::table::{day_and_time, short};
use crate::words::{Message, Words};

/// What a case is shown with.
pub(super) struct Page<'a> {
    pub(super) words: &'a Words,
    pub(super) names: &'a Names,
}

impl Page<'_> {
    /// The whole case, as far as it is read here.
    pub(super) fn write(&self, patrol: PatrolId, view: &CaseView) -> String {
        let record = view.record();
        let head = Message::new("case-of")
            .with("case", short(&view.case.to_string()))
            .with("patrol", short(&patrol.to_string()))
            .with("state", state(self.words, view));
        let mut lines = vec![self.words.say(head)];
        let held = held_ms(&record).map(|ms| {
            let is_over = ended(&record).is_some();
            let id = if is_over { "case-held" } else { "case-held-since" };
            self.words.say(Message::new(id).with("time", when::lasting(self.words, ms)))
        });
        lines.extend(held);
        lines.extend(record.detained.iter().map(|said| self.detained(said)));
        lines.extend(record.force.iter().map(|said| self.force(said)));
        lines.extend(record.steps.iter().map(|said| self.step(said)));
        lines.extend(record.handed_over.iter().map(|said| self.handed(said)));
        lines.extend(record.released.iter().map(|said| self.released(said)));
        lines.extend(self.earlier(&record));
        let lacking = gaps(self.words, &record);
        if !lacking.is_empty() {
            lines.push(format!("! {lacking}"));
        }
        let language = self.language();
        let odd = flags_of_case(&record).into_iter();
        lines.extend(odd.map(|odd| format!("! {} · {}", odd.flag.word(language), odd.about)));
        if !view.is_read_whole && !view.is_awaited && !view.said.is_empty() {
            lines.push(self.words.say("case-own-words"));
        }
        lines.join("\n")
    }

    /// What was done beside the force: who was detained and what became of him, if persons are shown, and the steps.
    pub(super) fn on_the_way(&self, record: &CaseRecord<'_>, with_persons: bool) -> Vec<String> {
        let mut lines = Vec::new();
        if with_persons {
            lines.extend(record.detained.iter().map(|said| self.detained(said)));
        }
        let steps = record.steps.iter();
        lines.extend(steps.map(|(stated, step)| {
            if with_persons {
                self.step(&(stated, step))
            } else {
                self.step(&(stated, &without_persons(step)))
            }
        }));
        if with_persons {
            lines.extend(record.handed_over.iter().map(|said| self.handed(said)));
            lines.extend(record.released.iter().map(|said| self.released(said)));
            lines.extend(self.earlier(record));
        }
        lines
    }

    /// What was said first, below what stands: with who put it right or took it back, when and why.
    fn earlier(&self, record: &CaseRecord<'_>) -> Vec<String> {
        if record.earlier.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![self.words.say("case-earlier")];
        for earlier in &record.earlier {
            let Earlier { said, by } = earlier;
            lines.extend(self.any(said));
            let id = if earlier.is_taken_back() { "case-earlier-back" } else { "case-earlier-right" };
            let told = Message::new(id)
                .with("name", self.names.name(by.member))
                .with("time", day_and_time(by.statement.clocks.recorded_at()))
                .with("key", by.key.to_string());
            let why = earlier.why().map(|why| format!(": {why}")).unwrap_or_default();
            lines.push(format!("       {}{why}", self.words.say(told)));
        }
        lines
    }

    fn any(&self, stated: &Stated) -> Option<String> {
        let Body::Protected(said) = &stated.statement.body else { return None };
        Some(match said {
            Protected::Detained(said) => self.detained(&(stated, said)),
            Protected::Step(said) => self.step(&(stated, said)),
            Protected::HandedOver(said) => self.handed(&(stated, said)),
            Protected::Released(said) => self.released(&(stated, said)),
            Protected::Force(said) => self.force(&(stated, said)),
        })
    }

    fn language(&self) -> Language {
        self.words.language()
    }

    /// `2026-05-01 10:42  Бекова Арай · what · AbCdEfGh.12`, and what belongs to it below. By the key it is put right.
    fn lines(
        &self,
        stated: &Stated,
        (by, what): (Option<MemberId>, &str),
        parts: impl IntoIterator<Item = Option<String>>,
    ) -> String {
        let time = day_and_time(stated.statement.happened_at());
        let name = self.names.name(by.or(stated.member));
        let parts = parts.into_iter().flatten().map(|part| format!("       {part}"));
        let first = format!("{time}  {name} · {what} · {}", stated.key);
        [first].into_iter().chain(parts).collect::<Vec<_>>().join("\n")
    }

    fn kind(&self, stated: &Stated) -> &'static str {
        stated.statement.kind().word(self.language())
    }

    fn told(&self, id: &'static str, said: Option<impl ToString>) -> Option<String> {
        said.map(|said| self.words.say(Message::new(id).with("said", said.to_string())))
    }

    fn detained(&self, (stated, said): &(&Stated, &Detained)) -> String {
        let object = said.protected_object.map(|object| object.word(self.language()));
        let place = log::place(self.words, (said.place.position.as_ref(), &said.place.marks));
        let parts = [
            self.told("case-name", said.full_name.as_ref()),
            self.told("case-born", said.born),
            self.told("case-paper", said.paper.as_ref()),
            self.told("case-offence", Some(&said.offence)),
            object.map(str::to_owned),
            Some(place),
            self.told("case-because", said.because.as_ref()),
        ];
        self.lines(stated, (None, self.kind(stated)), parts)
    }

    fn step(&self, (stated, said): &(&Stated, &DetentionStep)) -> String {
        let language = self.told("case-language", said.language.as_ref());
        let channel = said.channel.map(|channel| channel.word(self.language()).to_owned());
        let whom = said.whom.as_ref().map(ToString::to_string);
        let note = said.note.as_ref().map(ToString::to_string);
        let because = self.told("case-because", said.because.as_ref());
        let parts = [language, channel, whom, note, because];
        self.lines(stated, (said.by, said.step.word(self.language())), parts)
    }

    fn handed(&self, (stated, said): &(&Stated, &HandedOver)) -> String {
        let what = format!("{}: {}", self.kind(stated), said.receiver.word(self.language()));
        let duty = said.duty.as_ref().map(|duty| {
            let company = duty.company.map(|company| format!(", {}", company.word(self.language())));
            let trigger = duty.trigger.word(self.language());
            let told = Message::new("case-duty").with("trigger", trigger);
            let told = told.with("citizenship", duty.citizenship.to_string());
            self.words.say(told) + &company.unwrap_or_default()
        });
        let parts = [
            Some(format!("{} · {}", said.body, said.officer)),
            said.at_place.as_ref().map(ToString::to_string),
            self.told("case-items", said.items.as_ref()),
            duty,
            self.told("case-because", said.because.as_ref()),
        ];
        self.lines(stated, (None, &what), parts)
    }

    fn released(&self, (stated, said): &(&Stated, &Released)) -> String {
        let parts = [
            self.told("case-ordered-by", Some(&said.ordered_by)),
            Some(said.reason.to_string()),
            self.told("case-because", said.because.as_ref()),
        ];
        self.lines(stated, (None, self.kind(stated)), parts)
    }

    fn force(&self, (stated, said): &(&Stated, &ForceUsed)) -> String {
        let parts = [
            self.told("case-means", Some(&said.means)),
            self.told("case-aim", Some(&said.aim)),
            self.told("case-necessity", Some(&said.necessity)),
            self.told("case-injuries", said.injuries.as_ref()),
            self.told("case-witnesses", said.witnesses.as_ref()),
            self.told("case-because", said.because.as_ref()),
        ];
        self.lines(stated, (said.by, self.kind(stated)), parts)
    }
}

/// A step without what may tell who was detained: his language, who was told of him, words.
pub(super) fn without_persons(step: &DetentionStep) -> DetentionStep {
    DetentionStep { language: None, whom: None, note: None, because: None, ..step.clone() }
}
