//! `notice list`: who told what, with the times that count: learned, told, received, answered.

use jasaq_fieldbook::NoticeView;
use jasaq_fieldbook::model::entry::ProtectedObject;
use jasaq_fieldbook::model::moment::Moment;
use jasaq_fieldbook::model::notice::{NoticeAnswered, Telling, Told};
use jasaq_fieldbook::model::position::Place;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::statement::Body;
use jasaq_fieldbook::model::words::Text;
use serde_json::{Value, json};

use crate::commands::said::Names;
use crate::commands::when;
use crate::failure::Failure;
use crate::log;
use crate::output::Reply;
use crate::program::Program;
use crate::table::{day_and_time, moment_of, short};
use crate::words::{Message, Words};

/// Open ones first, each group newest first.
pub(super) fn list(program: &Program) -> Result<Reply, Failure> {
    let words = &program.words;
    let (mut notices, names) =
        program.with_fieldbook(|fieldbook| Ok((fieldbook.notices()?, Names::of(fieldbook)?)))?;
    notices.sort_by_key(|notice| !notice.is_open());
    let json: Vec<Value> = notices.iter().map(|notice| to_json(notice, &names)).collect();
    let lines: Vec<String> = notices.iter().map(|notice| to_text(words, notice, &names)).collect();
    let text = if notices.is_empty() { words.say("notice-none") } else { lines.join("\n\n") };
    Ok(Reply::new(json!({ "notices": json })).text(text))
}

/// What was told: in words, against what, where.
fn said(notice: &NoticeView) -> Option<(&Text, Option<ProtectedObject>, &Place)> {
    match &notice.stated.statement.body {
        Body::Telling(Telling::Urgent(said)) => Some((&said.text, said.protected_object, &said.place)),
        Body::Telling(Telling::Observed(said)) => {
            Some((&said.text, Some(said.protected_object), &said.place))
        }
        _ => None,
    }
}

/// From when it was known until the subdivision was told: by voice, else by what came here.
fn gap_ms(notice: &NoticeView) -> Option<u64> {
    let learned = notice.learned_at().time();
    let told = notice.told_at().map(Moment::time);
    when::ms_between(learned, told.or(notice.received_at)?)
}

fn to_json(notice: &NoticeView, names: &Names) -> Value {
    let said = said(notice);
    let answers = notice.answers.iter().map(|(stated, answer)| {
        json!({
            "key": stated.key,
            "at": stated.statement.clocks.recorded_at(),
            "reply": answer.reply,
            "note": answer.note,
        })
    });
    json!({
        "key": notice.name.key,
        "author": notice.name.author,
        "member": notice.member,
        "name": names.name(notice.member),
        "kind": notice.stated.statement.kind(),
        "urgent": notice.is_urgent(),
        "open": notice.is_open(),
        "text": said.map(|(text, ..)| text),
        "object": said.and_then(|(_, object, _)| object),
        "place": said.map(|(.., place)| log::place_json(place)),
        "patrol": notice.patrol(),
        "learned_at": notice.learned_at(),
        "recorded_at": notice.stated.statement.clocks.recorded_at(),
        "told": notice.told.iter().map(log::told_json).collect::<Vec<_>>(),
        "told_at": notice.told_at(),
        "received_at": notice.received_at,
        "gap_ms": gap_ms(notice),
        "flags": notice.flags(),
        "voice_confirmed": notice.is_voice_confirmed(),
        "answers": answers.collect::<Vec<_>>(),
        "custody": notice.custody,
    })
}

fn to_text(words: &Words, notice: &NoticeView, names: &Names) -> String {
    let kind = notice.stated.statement.kind().word(words.language());
    let mut lines = vec![format!(
        "{}  {} · {kind} · {}",
        notice.name.key,
        day_and_time(notice.learned_at()),
        names.name(notice.member),
    )];
    let patrol = notice
        .patrol()
        .map(|patrol| words.say(Message::new("notice-on-patrol").with("patrol", short(&patrol.to_string()))));
    if let Some((text, object, place)) = said(notice) {
        lines.extend(text.to_string().lines().map(|line| format!("       {line}")));
        let place = log::place(words, (place.position.as_ref(), &place.marks));
        let object = object.map(|object| object.word(words.language()).to_owned());
        let parts: Vec<String> = [Some(place), object, patrol].into_iter().flatten().collect();
        lines.push(format!("       {}", parts.join(" · ")));
    } else {
        lines.extend(patrol.map(|patrol| format!("       {patrol}")));
    }
    lines.push(format!("       {}", times(words, notice).join(" · ")));
    lines.extend(
        notice
            .answers
            .iter()
            .map(|answer| format!("       {}", answer_text(words, answer))),
    );
    let flags = notice.flags().into_iter();
    lines.extend(flags.map(|flag| format!("       ! {}", flag.word(words.language()))));
    if notice.is_open() {
        lines.push(format!("       ! {}", words.say("notice-open")));
    }
    lines.join("\n")
}

/// When it was learned, told and received, how long that took, and how far it has come.
fn times(words: &Words, notice: &NoticeView) -> Vec<String> {
    let learned = Message::new("notice-learned").with("time", day_and_time(notice.learned_at()));
    let mut parts = vec![words.say(learned)];
    parts.extend(notice.told.iter().map(|told| told_text(words, told)));
    if let Some(received) = notice.received_at {
        let received = day_and_time(moment_of(received.unix_ms()));
        parts.push(words.say(Message::new("notice-received").with("time", received)));
    }
    let gap = gap_ms(notice).map(|ms| Message::new("notice-gap").with("time", when::lasting(words, ms)));
    parts.extend(gap.map(|gap| words.say(gap)));
    parts.push(log::custody_word(words, notice.custody));
    parts
}

fn told_text(words: &Words, told: &Told) -> String {
    let said = Message::new("notice-told-at")
        .with("time", day_and_time(told.at))
        .with("channel", told.channel.word(words.language()));
    let whom = told.whom.as_ref().map(|whom| format!(" ({whom})")).unwrap_or_default();
    words.say(said) + &whom
}

fn answer_text(words: &Words, (stated, answer): &(Stated, NoticeAnswered)) -> String {
    let said = Message::new("notice-answer")
        .with("time", day_and_time(stated.statement.clocks.recorded_at()))
        .with("reply", answer.reply.word(words.language()));
    let note = answer.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    words.say(said) + &note
}
