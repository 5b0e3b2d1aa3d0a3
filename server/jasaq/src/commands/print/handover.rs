//! `print handover`: the act by which a detained person is handed over (001-§10(5)).
//!
//! Promises that it is printed only where the case is read; that the lines of the police's duty section (002-§14) are there where the
//! police receive him, or nobody said who does; and that what nobody said is a line.

use jasaq_fieldbook::Fieldbook;
use jasaq_fieldbook::FieldbookRefused;
use jasaq_fieldbook::model::case::CaseRecord;
use jasaq_fieldbook::model::detention::{DetentionStep, HandedOver, StepKind};
use jasaq_fieldbook::model::entry::ReceiverKind;
use jasaq_fieldbook::model::patrol_log::LogRefused;
use jasaq_fieldbook::model::sentences::written_day;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_printing::documents::{Choice, Document, HandoverAct, Item};

use super::in_words::time_on_paper;
use super::{language_of, signer};
use crate::arguments::paper::HandoverArguments;
use crate::commands::cases;
use crate::commands::said::Names;
use crate::failure::{Class, Failure};
use crate::log;
use crate::program::Program;
use crate::table::short;
use crate::words::Words;

/// The act, filled in as far as the case says.
pub(super) fn handover(
    program: &Program,
    fieldbook: &mut Fieldbook,
    arguments: &HandoverArguments,
) -> Result<Document, Failure> {
    let words = Words::of(language_of(program, &arguments.sheet));
    let (patrol, case) = cases::find(program, fieldbook, &arguments.case)?;
    let view = fieldbook.cases(patrol)?.into_iter().find(|view| view.case == case);
    let view = view.ok_or(FieldbookRefused::from(LogRefused::NoCase))?;
    if view.said.is_empty() {
        let sentence = if view.has_left { "case-has-left" } else { "case-not-read" };
        return Err(Failure::new(Class::Rule, sentence, &"a case that is not read here"));
    }
    let record = view.record();
    if record.detained.is_empty() && !view.is_read_whole {
        return Err(Failure::new(Class::Rule, "case-not-read", &"a case that is not read here"));
    }
    if record.detained.is_empty() {
        return Err(FieldbookRefused::from(LogRefused::NobodyDetained).into());
    }
    if record.handed_over.is_empty() && !record.released.is_empty() {
        return Err(Failure::new(Class::Rule, "print-released", &"a person who was released"));
    }
    let names = Names::of(fieldbook)?;
    let act = Act { record, words: &words, names: &names };
    Ok(Document::HandoverAct(Box::new(act.write(short(&case.to_string()), signer(&arguments.sheet, None)))))
}

struct Act<'a> {
    record: CaseRecord<'a>,
    words: &'a Words,
    names: &'a Names,
}

impl Act<'_> {
    fn write(&self, case: String, signer: jasaq_printing::documents::Signer) -> HandoverAct {
        let handed = &self.record.handed_over;
        let kinds: Vec<ReceiverKind> = handed.iter().map(|(_, said)| said.receiver).collect();
        let language = self.words.language();
        let receivers = ReceiverKind::ALL
            .iter()
            .map(|kind| Choice { words: kind.word(language).to_owned(), is_marked: kinds.contains(kind) });
        let to_police = kinds.is_empty() || kinds.contains(&ReceiverKind::LawEnforcementBody);
        HandoverAct {
            case,
            receivers: receivers.collect(),
            receiver: self.receiver(),
            person: self.person(),
            course: self.course(),
            items: all(handed.iter().filter_map(|(_, said)| said.items.as_ref())),
            duty: to_police.then(|| self.duty()),
            signer,
        }
    }

    fn line(&self, caption: &'static str, value: Option<String>) -> Item {
        Item { caption: self.words.say(caption), value, notes: Vec::new() }
    }

    fn receiver(&self) -> Vec<Item> {
        let handed = || self.record.handed_over.iter().map(|(_, said)| *said);
        let when = self.record.handed_over.iter().map(|(stated, _)| happened(stated));
        vec![
            self.line("paper-case-body", all(handed().map(|said: &HandedOver| &said.body))),
            self.line("paper-case-officer", all(handed().map(|said| &said.officer))),
            self.line("paper-case-at-place", all(handed().filter_map(|said| said.at_place.as_ref()))),
            self.line("paper-act-when", all(when)),
        ]
    }

    fn person(&self) -> Vec<Item> {
        let detained = || self.record.detained.iter().map(|(_, said)| *said);
        vec![
            self.line("paper-case-name", all(detained().filter_map(|said| said.full_name.as_ref()))),
            self.line("paper-case-born", all(detained().filter_map(|said| said.born).map(written_day))),
            self.line("paper-case-paper", all(detained().filter_map(|said| said.paper.as_ref()))),
        ]
    }

    fn course(&self) -> Vec<Item> {
        let detained = &self.record.detained;
        let language = self.words.language();
        let objects = detained.iter().filter_map(|(_, said)| said.protected_object);
        let places = detained
            .iter()
            .map(|(_, said)| log::place(self.words, (said.place.position.as_ref(), &said.place.marks)));
        let explained = self.steps(StepKind::GroundsExplained);
        let told = self.steps(StepKind::UnitTold);
        let force = self
            .record
            .force
            .iter()
            .map(|(stated, said)| format!("{}: {}", happened(stated), said.means));
        let mut lines = vec![
            self.line("paper-act-detained", all(detained.iter().map(|(stated, _)| happened(stated)))),
            self.line("paper-case-at-place", all(places)),
            self.line("paper-case-offence", all(detained.iter().map(|(_, said)| &said.offence))),
            self.line("paper-act-object", all(objects.map(|object| object.word(language)))),
            self.line("paper-act-explained", all(explained.iter().map(|step| self.step(step)))),
            self.line("paper-act-told", all(told.iter().map(|step| self.step(step)))),
            self.line("paper-act-force", all(force)),
        ];
        // What stands is printed; that it was put right is said, for whoever compares it with an older print.
        let put_right = self.record.earlier.iter().filter(|earlier| !earlier.is_taken_back());
        let put_right = put_right.map(|earlier| {
            let kind = earlier.said.statement.kind().word(language);
            format!("{} {kind}", time_on_paper(earlier.by.statement.clocks.recorded_at()))
        });
        let put_right = all(put_right);
        lines.extend(put_right.map(|said| self.line("paper-case-put-right", Some(said))));
        lines
    }

    fn steps(&self, kind: StepKind) -> Vec<(&Stated, &DetentionStep)> {
        let steps = self.record.steps.iter().copied();
        steps.filter(|(_, step)| step.step == kind).collect()
    }

    /// When, by whom, in which language, by what, whom.
    fn step(&self, (stated, step): &(&Stated, &DetentionStep)) -> String {
        let language = self.words.language();
        let parts = [
            Some(happened(stated)),
            Some(self.names.name(step.by.or(stated.member))),
            step.language.as_ref().map(ToString::to_string),
            step.channel.map(|channel| channel.word(language).to_owned()),
            step.whom.as_ref().map(ToString::to_string),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// What a duty section tells its unit against illegal migration (002-§14).
    fn duty(&self) -> Vec<Item> {
        let language = self.words.language();
        let duty = || self.record.handed_over.iter().filter_map(|(_, said)| said.duty.as_ref());
        let papers = self.record.detained.iter().filter_map(|(_, said)| said.paper.as_ref());
        vec![
            self.line("paper-act-trigger", all(duty().map(|duty| duty.trigger.word(language)))),
            self.line("paper-act-citizenship", all(duty().map(|duty| &duty.citizenship))),
            self.line(
                "paper-act-company",
                all(duty().filter_map(|duty| duty.company).map(|one| one.word(language))),
            ),
            self.line("paper-act-papers", all(papers)),
            self.line("paper-act-settlement", None),
            self.line("paper-act-condition", None),
        ]
    }
}

fn happened(stated: &Stated) -> String {
    time_on_paper(stated.statement.happened_at())
}

/// Everything that was said of it, each once; nothing for nothing. Of what two put right apart both stand.
fn all<T: ToString>(said: impl IntoIterator<Item = T>) -> Option<String> {
    let mut values: Vec<String> = Vec::new();
    for value in said {
        let value = value.to_string();
        if !values.contains(&value) {
            values.push(value);
        }
    }
    (!values.is_empty()).then(|| values.join(" | "))
}
