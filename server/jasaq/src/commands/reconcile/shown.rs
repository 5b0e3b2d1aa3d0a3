//! A patrol while it is reconciled, for people and for programs.

use jasaq_fieldbook::model::case::CaseGap;
use jasaq_fieldbook::model::ids::{Author, CaseId, MemberId, StatementRef};
use jasaq_fieldbook::model::page::{Gate, GateKind, GateState, GateTarget, PhoneState};
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::reconcile::{
    Class, Event, FieldState, FieldValue, OpenDecision, Reconciled, TimeEvidence,
};
use jasaq_fieldbook::model::register::Cause;
use jasaq_fieldbook::model::settling::Choice;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::{PhoneTile, Reconciling};
use serde_json::{Value, json};

use super::decided;
use crate::log::activity_words;
use crate::table::{day_and_time, short};
use crate::words::{Message, Words};

/// In whose words, and with whose names.
pub(super) struct It<'a> {
    pub(super) words: &'a Words,
    pub(super) reconciling: &'a Reconciling,
}

impl It<'_> {
    /// By his card, with his id where another is called so too; else by the first digits of his id.
    pub(super) fn name(&self, member: MemberId) -> String {
        let id = short(&member.to_string());
        let cards = &self.reconciling.cards;
        let Some(card) = cards.get(&member) else { return id };
        let alike = cards.values().filter(|other| other.full_name == card.full_name).count();
        if alike > 1 { format!("{} ({id})", card.full_name) } else { card.full_name.to_string() }
    }

    /// Which case, how far it has come, and since when; never who it is.
    fn case(&self, case: CaseId) -> String {
        let named = Message::new("reconcile-case").with("case", short(&case.to_string()));
        let view = self.reconciling.cases.iter().find(|view| view.case == case);
        if view.is_some_and(|view| view.is_awaited) {
            return self
                .words
                .say(named.with("state", CaseGap::NotHere.word(self.words.language())));
        }
        let Some(view) = view.filter(|view| !view.said.is_empty()) else {
            return self.words.say(named.with("state", self.words.say("reconcile-case-missing")));
        };
        let record = view.record();
        let since = record.standing().map(|stated| stated.statement.happened_at()).min();
        let state = record.stage().word(self.words.language());
        let state = since.map_or_else(|| state.to_owned(), |at| format!("{state}, {}", day_and_time(at)));
        self.words.say(named.with("state", state))
    }

    pub(super) fn phone(&self, device: Author) -> String {
        let tile = self.reconciling.phones.iter().find(|tile| tile.device == device);
        let name = tile.and_then(|tile| tile.member).map(|member| self.name(member));
        let id = short(&device.to_string());
        name.map_or_else(|| id.clone(), |name| format!("{id} {name}"))
    }
}

/// Everything, in words.
pub(super) fn to_text(reconciling: &Reconciling, words: &Words) -> String {
    let reconciled = reconciling.reconciled();
    let it = It { words, reconciling };
    let patrol = short(&reconciling.view.patrol.to_string());
    let mut lines = vec![words.say(Message::new("reconcile-of").with("patrol", patrol))];
    lines.push(format!("\n{}", words.say("reconcile-phones")));
    lines.extend(reconciling.phones.iter().map(|tile| phone(tile, &it)));
    lines.push(format!("\n{}", words.say("reconcile-patrol")));
    lines.extend(fields_text(&reconciled.header, &it));
    lines.push(format!("\n{}", words.say("reconcile-events")));
    if reconciled.events.is_empty() {
        lines.push(format!("  {}", words.say("reconcile-none")));
    }
    let late = reconciling.late();
    for event in &reconciled.events {
        lines.extend(event_text(event, &late, &it));
    }
    let count = Message::new("reconcile-open").with("count", reconciled.open.len());
    lines.push(format!("\n{}", words.say(count)));
    lines.extend(reconciled.open.iter().flat_map(|open| open_text(open, &reconciled, &it)));
    lines.extend(decided::to_text(&it));
    lines.push(format!("\n{}", words.say("reconcile-gates")));
    lines.extend(reconciling.gates().iter().flat_map(|gate| gate_text(gate, &it)));
    lines.join("\n")
}

fn phone(tile: &PhoneTile, it: &It<'_>) -> String {
    let words = it.words;
    let name = tile.member.map(|member| it.name(member)).unwrap_or_default();
    let count = tile.statements;
    let state = match tile.state {
        PhoneState::Received => Message::new("reconcile-phone-received").with("count", count),
        PhoneState::Missing(missing) => Message::new("reconcile-phone-missing")
            .with("count", count)
            .with("missing", missing),
        PhoneState::NeverSeen => Message::new("reconcile-phone-never"),
    };
    let mut line = format!("  {}  {name}: {}", short(&tile.device.to_string()), words.say(state));
    if let Some(excused) = &tile.excused {
        let why = excused.why.word(words.language());
        line = format!("{line} · {}", words.say(Message::new("reconcile-phone-excused").with("why", why)));
    }
    line
}

fn event_text(event: &Event<'_>, late: &[Cause], it: &It<'_>) -> Vec<String> {
    let words = it.words;
    let who = |stated: &Stated| {
        let holder = it.reconciling.view.holder_in(stated, stated.member);
        format!("{} {}", holder.names.join(" / "), stated.key)
    };
    let told: Vec<String> = event.told_by().map(who).collect();
    let mut remarks = vec![words.say(Message::new("reconcile-told-by").with("who", told.join(", ")))];
    remarks.extend(tellers(event).map(|(stated, teller)| {
        let holder = it.reconciling.view.holder_in(stated, Some(teller));
        words.say(Message::new("log-told-by").with("name", holder.names.join(" / ")))
    }));
    if event.time.evidence == TimeEvidence::Corrected {
        remarks.push(words.say("reconcile-clock-corrected"));
    }
    if event.told_by().any(|stated| late.contains(&stated.cause())) {
        remarks.push(words.say("reconcile-late"));
    }
    let mut lines = vec![format!("  {}  {}", day_and_time(event.time.at), remarks.join(" · "))];
    lines.extend(fields_text(&event.fields, it).into_iter().map(|line| format!("  {line}")));
    lines
}

/// Who told what another wrote down for him, with the statement.
fn tellers<'a>(event: &Event<'a>) -> impl Iterator<Item = (&'a Stated, MemberId)> {
    let versions = event.entries.iter().flat_map(|logged| &logged.standing);
    versions.filter_map(|version| Some((version.stated, version.entry.told_by()?)))
}

/// Fields, each with what stands of it, by how many, and what else was said.
fn fields_text(fields: &[FieldState<'_>], it: &It<'_>) -> Vec<String> {
    fields.iter().flat_map(|state| field_text(state, it)).collect()
}

fn field_text(state: &FieldState<'_>, it: &It<'_>) -> Vec<String> {
    let words = it.words;
    let name = state.field.word(words.language());
    let (said, of) = state.counted();
    let how = match state.class {
        Class::Agreed if of > 1 => {
            words.say(Message::new("reconcile-agreed").with("said", said).with("of", of))
        }
        Class::Agreed => String::new(),
        Class::Complementary => words.say("reconcile-one-says"),
        Class::Kept => words.say("reconcile-kept"),
        Class::Conflict => words.say("reconcile-differs"),
    };
    let standing = state.standing().map(|value| shown(&value, it));
    let mut line = format!("  {name}: {}", standing.clone().unwrap_or_default());
    if let Some(decided) = &state.decided {
        let what = match &decided.resolution.choice {
            Choice::Undecided => words.say("reconcile-decided-undecided"),
            Choice::LeftOut => words.say("reconcile-decided-left-out"),
            Choice::Said(_) | Choice::Another(_) => standing.clone().unwrap_or_default(),
        };
        line = format!("{line} · {}", words.say(Message::new("reconcile-decided").with("what", what)));
        if let Some(reason) = &decided.resolution.reason {
            let reason = Message::new("reconcile-reason").with("reason", reason.to_string());
            line = format!("{line} · {}", words.say(reason));
        }
        line = format!("{line} · {}", decided.by.key);
    } else if !how.is_empty() {
        line = format!("{line} · {how}");
    }
    let mut lines = vec![line];
    let others = state.values.iter().filter(|value| !state.stands(value));
    for value in others {
        let keys: Vec<String> = value.said_by.iter().map(|stated| stated.key.to_string()).collect();
        lines.push(format!("      {}  ({})", shown(&value.value, it), keys.join(", ")));
    }
    lines
}

/// A value as a person reads it.
fn shown(value: &FieldValue, it: &It<'_>) -> String {
    let language = it.words.language();
    match value {
        FieldValue::Activity(activity) => activity_words(*activity, language),
        FieldValue::Time(moment) => day_and_time(*moment),
        FieldValue::Mode(mode) => mode.word(language).to_owned(),
        FieldValue::Area(area) => area.word(language).to_owned(),
        FieldValue::Member(member) => it.name(*member),
        other => other.written(),
    }
}

fn open_text(open: &OpenDecision, reconciled: &Reconciled<'_>, it: &It<'_>) -> Vec<String> {
    let words = it.words;
    let id = open.id();
    match open {
        OpenDecision::SameEvent { entries, .. } => {
            let mut lines = vec![words.say(Message::new("reconcile-open-same").with("id", id))];
            for cause in entries.iter() {
                let mut events = reconciled.events.iter();
                let event = events.find(|event| event.told_by().any(|stated| stated.cause() == *cause));
                let time = event.map(|event| day_and_time(event.time.at)).unwrap_or_default();
                lines.push(format!("      {}  {time}", cause.key));
            }
            lines
        }
        OpenDecision::Field { entries, field, .. } => {
            let message = Message::new("reconcile-open-field").with("id", id);
            let mut lines = vec![words.say(message.with("field", field.word(words.language())))];
            let events = reconciled.events.iter().flat_map(|event| &event.fields);
            let mut states = reconciled.header.iter().chain(events);
            let state = states.find(|state| state.field == *field && state.entries == *entries);
            for value in state.iter().flat_map(|state| &state.values) {
                let keys: Vec<String> = value.said_by.iter().map(|stated| stated.key.to_string()).collect();
                lines.push(format!("      {}  ({})", shown(&value.value, it), keys.join(", ")));
            }
            lines
        }
    }
}

fn gate_text(gate: &Gate, it: &It<'_>) -> Vec<String> {
    let sign = match gate.state {
        GateState::Open => "+",
        GateState::Flagged => "!",
        GateState::Closed => "-",
        GateState::NotRead => "?",
    };
    let language = it.words.language();
    let mut lines = vec![format!("  {sign} {} · {}", gate.kind.word(language), gate.state.word(language))];
    lines.extend(gate.about.iter().map(|target| format!("      {}", target_text(target, it))));
    let is_bare =
        |target: &GateTarget| matches!(target, GateTarget::Statement(_) | GateTarget::CaseMissing(_));
    let of_cases = matches!(gate.kind, GateKind::ForceRecorded | GateKind::DetentionsEnded);
    if of_cases && gate.state == GateState::Closed && gate.about.iter().any(is_bare) {
        lines.push(format!("      {}", it.words.say("reconcile-gate-bare")));
    }
    lines
}

fn target_text(target: &GateTarget, it: &It<'_>) -> String {
    let language = it.words.language();
    match target {
        GateTarget::Decision(open) => open.id(),
        GateTarget::Member(member) => it.name(*member),
        GateTarget::Field(field) => field.word(language).to_owned(),
        GateTarget::Statement(cause) => cause.key.to_string(),
        GateTarget::Phone(device) => it.phone(*device),
        GateTarget::Case(case, gap) => format!("{}: {}", it.case(*case), gap.word(language)),
        GateTarget::CaseMissing(case) => it.case(*case),
    }
}

/// Everything, in codes.
pub(super) fn to_json(reconciling: &Reconciling, words: &Words) -> Value {
    let reconciled = reconciling.reconciled();
    let late = reconciling.late();
    json!({
        "patrol": reconciling.view.patrol,
        "parts": reconciling.view.parts,
        "phones": reconciling.phones.iter().map(phone_json).collect::<Vec<_>>(),
        "header": reconciled.header.iter().map(field_json).collect::<Vec<_>>(),
        "events": reconciled.events.iter().map(|event| event_json(event, &late)).collect::<Vec<_>>(),
        "open": reconciled.open.iter().map(open_json).collect::<Vec<_>>(),
        "decided": decided::to_json(reconciling),
        "late": causes_json(&late),
        "gates": reconciling.gates().iter().map(|gate| gate_json(gate, words)).collect::<Vec<_>>(),
    })
}

fn phone_json(tile: &PhoneTile) -> Value {
    json!({
        "device": tile.device,
        "member": tile.member,
        "statements": tile.statements,
        "state": tile.state,
        "excused": tile.excused.as_ref().map(|excused| {
            json!({ "why": excused.why, "note": excused.note })
        }),
        "is_removed": tile.is_removed,
    })
}

fn pair((author, key): (Author, &StatementRef)) -> Value {
    json!({ "author": author, "key": key })
}

fn causes_json(causes: &[Cause]) -> Vec<Value> {
    causes.iter().map(|cause| pair((cause.author, &cause.key))).collect()
}

pub(super) fn before_json(before: &Before) -> Vec<Value> {
    before.iter().map(|cause| pair((cause.author, &cause.key))).collect()
}

fn field_json(state: &FieldState<'_>) -> Value {
    let (said, of) = state.counted();
    let values = state.values.iter().map(|value| {
        let by = value.said_by.iter().map(|stated| pair((stated.author, &stated.key)));
        json!({ "value": value.value.written(), "said_by": by.collect::<Vec<_>>() })
    });
    json!({
        "field": state.field,
        "class": state.class,
        "standing": state.standing().map(|value| value.written()),
        "said": said,
        "of": of,
        "values": values.collect::<Vec<_>>(),
        "decided": state.decided.map(|decided| json!({
            "key": decided.by.key,
            "choice": choice_code(&decided.resolution.choice),
            "reason": decided.resolution.reason,
        })),
        "entries": before_json(&state.entries),
    })
}

pub(super) const fn choice_code(choice: &Choice) -> &'static str {
    match choice {
        Choice::Said(_) => "said",
        Choice::Another(_) => "another",
        Choice::Undecided => "undecided",
        Choice::LeftOut => "left_out",
    }
}

fn event_json(event: &Event<'_>, late: &[Cause]) -> Value {
    let told = event.told_by().map(|stated| pair((stated.author, &stated.key)));
    let tellers = tellers(event)
        .map(|(stated, member)| json!({ "author": stated.author, "key": stated.key, "member": member }));
    json!({
        "at": event.time.at,
        "evidence": event.time.evidence,
        "told_by": told.collect::<Vec<_>>(),
        "tellers": tellers.collect::<Vec<_>>(),
        "is_late": event.told_by().any(|stated| late.contains(&stated.cause())),
        "fields": event.fields.iter().map(field_json).collect::<Vec<_>>(),
    })
}

fn open_json(open: &OpenDecision) -> Value {
    let id = open.id();
    match open {
        OpenDecision::SameEvent { entries, at_odds } => json!({
            "id": id, "decision": "same_event", "entries": before_json(entries),
            "at_odds": before_json(at_odds),
        }),
        OpenDecision::Field { entries, field, replaces } => json!({
            "id": id, "decision": "field", "field": field, "entries": before_json(entries),
            "replaces": before_json(replaces),
        }),
    }
}

fn gate_json(gate: &Gate, words: &Words) -> Value {
    json!({
        "gate": gate.kind,
        "state": gate.state,
        "sentence": gate.kind.word(words.language()),
        "about": gate.about.iter().map(target_json).collect::<Vec<_>>(),
    })
}

fn target_json(target: &GateTarget) -> Value {
    match target {
        GateTarget::Decision(open) => json!({ "decision": open.id() }),
        GateTarget::Member(member) => json!({ "member": member }),
        GateTarget::Field(field) => json!({ "field": field }),
        GateTarget::Statement(cause) => pair((cause.author, &cause.key)),
        GateTarget::Phone(device) => json!({ "phone": device }),
        GateTarget::Case(case, gap) => json!({ "case": case, "gap": gap }),
        GateTarget::CaseMissing(case) => json!({ "case": case }),
    }
}
