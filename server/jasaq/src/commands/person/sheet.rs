//! One person, whole: for people and for programs.

use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::records::{HistoryLine, PersonRecord};
use jasaq_fieldbook::model::register::{Check, CheckKind, Circumstance, StrikeOff};
use jasaq_fieldbook::model::words::Language;
use jasaq_fieldbook::{Kept, PersonView};
use serde_json::{Value, json};

use super::super::people::{People, name_of, shown_flags};
use super::{not_counted, shown_history};
use crate::table::{Columns, short};
use crate::words::{Message, Words};

/// For people.
pub(super) fn text(words: &Words, (people, view): (&People<'_>, &PersonView), is_open: bool) -> String {
    let record = &view.record;
    let language = words.language();
    let head = Message::new("person-head")
        .with("person", name_of(record))
        .with("id", short(&record.person.to_string()))
        .with("state", record.state().word(language));
    let mut lines = vec![words.say(head)];
    lines.push(view.eligibility.as_ref().map_or_else(
        || Kept::Books.refusal().sentence(language),
        |eligibility| eligibility.sentence(language),
    ));
    let squads = people.squads_of(record);
    if !squads.is_empty() {
        lines.push(words.say(Message::new("person-squads").with("squads", squads)));
    }
    lines.extend(facts(words, (people, record)));
    for flag in shown_flags(record, is_open) {
        lines.push(words.say(Message::new("person-odd").with("flag", flag.word(language))));
    }
    if is_open {
        lines.extend(kept_apart(words, (people, record)));
    }
    lines.push(history(words, view, is_open));
    lines.extend(not_counted(words, view));
    lines.join("\n")
}

/// Registration, certificate, training, strike-off: each with its day.
fn facts(words: &Words, (people, record): (&People<'_>, &PersonRecord)) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(registration) = record.registration() {
        let told = Message::new("person-registered")
            .with("day", registration.day.to_string())
            .with("section", registration.section.to_string());
        facts.push(words.say(told));
    }
    for certificate in &record.certificates {
        let status = certificate.status(certificate.last_print());
        let told = Message::new("person-certificate")
            .with("number", certificate.issued.what.number.to_string())
            .with("day", certificate.issued.what.day.to_string())
            .with("print", certificate.last_print())
            .with("status", status.map_or("", |status| status.word(words.language())));
        facts.push(words.say(told));
        for other in people.others_with(&certificate.issued.what.number, record.person) {
            let told = Message::new("person-number-contested")
                .with("number", certificate.issued.what.number.to_string())
                .with("id", short(&other.to_string()))
                .with("key", certificate.issued.key.as_str().to_owned());
            facts.push(words.say(told));
        }
    }
    for (member, others) in people.shared_phones(record.person) {
        for other in others {
            let told = Message::new("person-phone-contested")
                .with("member", short(&member.to_string()))
                .with("id", short(&other.to_string()));
            facts.push(words.say(told));
        }
    }
    for training in &record.training {
        let told = Message::new("person-trained")
            .with("day", training.what.day.to_string())
            .with("unit", training.what.military_unit.to_string());
        facts.push(words.say(told));
    }
    for strike_off in &record.strike_offs {
        let told = Message::new("person-struck-off").with("day", strike_off.what.day.to_string());
        facts.push(words.say(told));
    }
    facts
}

/// What was opened; where only grounds are read, that the checks are not.
fn kept_apart(words: &Words, (people, record): (&People<'_>, &PersonRecord)) -> Vec<String> {
    let language = words.language();
    let mut lines = Vec::new();
    if !people.reads_checks() {
        lines.push(Kept::Checks.refusal().sentence(language));
    }
    for kind in CheckKind::ALL.iter().filter(|_| people.reads_checks()) {
        let finding = record.finding(*kind);
        let told =
            finding.map_or_else(|| words.say("check-not-asked"), |found| found.word(language).to_owned());
        lines.push(format!("{}: {told}", kind.word(language)));
    }
    for offence in &record.offences {
        let told = Message::new("person-offence")
            .with("day", offence.what.day.to_string())
            .with("key", offence.key.as_str().to_owned());
        lines.push(words.say(told));
    }
    for circumstance in &record.circumstances {
        let known = circumstance.what.ground.map(|ground| ground.word(language).to_owned());
        let told = known.unwrap_or_else(|| words.say("person-circumstance-without-ground"));
        lines.push(ground(words, &told, circumstance.what.day));
    }
    for strike_off in &record.strike_offs {
        lines.push(ground(words, strike_off.what.ground.word(language), strike_off.what.day));
    }
    lines
}

fn ground(words: &Words, ground: &str, day: Day) -> String {
    words.say(
        Message::new("person-ground")
            .with("ground", ground.to_owned())
            .with("day", day.to_string()),
    )
}

fn history(words: &Words, view: &PersonView, is_open: bool) -> String {
    let headings = ["column-day", "column-role", "column-what", "column-key", "column-taken-back"];
    let mut columns = Columns::new(words, &headings);
    let language: Language = words.language();
    for line in shown_history(view, is_open) {
        columns.row([
            line.day.to_string(),
            line.role.map(|role| role.word(language).to_owned()).unwrap_or_default(),
            what_of(line, language),
            line.key.as_str().to_owned(),
            line.withdrawn_because(is_open).unwrap_or_default().to_owned(),
        ]);
    }
    columns.to_string()
}

/// What sort of statement it is; of a phone, whose member's.
fn what_of(line: &HistoryLine, language: Language) -> String {
    let kind = line.kind.word(language);
    line.member
        .map_or_else(|| kind.to_owned(), |member| format!("{kind}: {}", short(&member.to_string())))
}

/// For programs.
pub(super) fn json((people, view): (&People<'_>, &PersonView), is_open: bool) -> Value {
    let record = &view.record;
    let mut json = people.to_json(view);
    let history = shown_history(view, is_open).map(|line| {
        json!({
            "key": line.key.as_str(), "kind": line.kind, "role": line.role, "day": line.day,
            "member": line.member, "withdrawn": line.withdrawn_because(is_open),
        })
    });
    let not_counted = view.not_counted.iter().map(|said| {
        json!({
            "key": said.key.as_str(), "kind": said.kind, "role": said.role, "paragraph": said.paragraph,
        })
    });
    let contested = people
        .shared_phones(record.person)
        .map(|(member, others)| json!({ "member": member, "contested_with": others }));
    let flags: Vec<_> = shown_flags(record, is_open).iter().map(|flag| flag.code()).collect();
    let more = [
        ("flags", json!(flags)),
        ("reads_checks", json!(people.reads_checks())),
        ("contested_phones", json!(contested.collect::<Vec<_>>())),
        ("struck_off", json!(record.strike_offs.first().map(|said| said.what.day))),
        ("history", json!(history.collect::<Vec<_>>())),
        ("not_counted", json!(not_counted.collect::<Vec<_>>())),
        ("sensitive", if is_open { sensitive((people, record)) } else { Value::Null }),
    ];
    if let Some(fields) = json.as_object_mut() {
        fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
    }
    json
}

/// What is opened by those who read the books; the checks are null where they are not read.
fn sensitive((people, record): (&People<'_>, &PersonRecord)) -> Value {
    let reads_checks = people.reads_checks();
    let checks = record.checks.iter().map(|said| {
        let Check { kind, finding, day, .. } = &said.what;
        json!({ "key": said.key, "kind": kind, "finding": finding, "day": day })
    });
    let offences = record.offences.iter();
    let offences = offences.map(|said| json!({ "key": said.key, "day": said.what.day }));
    let circumstances = record.circumstances.iter().map(|said| {
        let Circumstance { ground, day, .. } = &said.what;
        json!({ "key": said.key, "ground": ground, "day": day })
    });
    let strike_offs = record.strike_offs.iter().map(|said| {
        let StrikeOff { ground, is_death, day, .. } = &said.what;
        json!({ "key": said.key, "ground": ground, "is_death": is_death, "day": day })
    });
    json!({
        "checks": reads_checks.then(|| checks.collect::<Vec<_>>()),
        "offences": reads_checks.then(|| offences.collect::<Vec<_>>()),
        "circumstances": circumstances.collect::<Vec<_>>(),
        "strike_offs": strike_offs.collect::<Vec<_>>(),
    })
}
