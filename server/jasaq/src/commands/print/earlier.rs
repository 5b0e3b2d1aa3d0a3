//! What a page has that does not stand: entries as they were before they were amended, and what was taken back.
//!
//! Promises that it is marked as such, with who amended it or took it back, when and why.

use jasaq_fieldbook::model::amendment::AmendReason;
use jasaq_fieldbook::model::mark::{GapCause, MarkKind};
use jasaq_fieldbook::model::notice::NoticeReply;
use jasaq_fieldbook::model::page::{AmendedLine, Commitment, EventLine, Page, WithdrawnLine};
use jasaq_fieldbook::model::patrol::Transport;
use jasaq_fieldbook::model::settling::{Attended, ExcuseReason, Sameness, SettledField};
use jasaq_fieldbook::model::source::Source;
use jasaq_fieldbook::model::statement::Kind;

use super::in_words::InWords;
use super::rows;
use crate::table::short;
use crate::words::{Message, Words};

/// What a commitment at a path hides, or that it is not shown.
type Shown<'a> = &'a dyn Fn(&str, &Commitment) -> String;

/// Each version of an event before it was amended, and why it was.
pub(super) fn notes(it: &InWords<'_>, (place, event): (usize, &EventLine)) -> Vec<String> {
    let shown: Shown<'_> = &|path, commitment| it.shown(path, commitment);
    let mut notes = Vec::new();
    for (index, earlier) in event.earlier.iter().enumerate() {
        let said = Message::new("paper-earlier").with("said", in_a_line(it, &earlier.said));
        notes.push(it.say(by_whom(it, said, (&earlier.by, &earlier.at))));
        for (number, amended) in earlier.amended.iter().enumerate() {
            let why = why_amended(it, (place, index, number), (amended, shown));
            let told = Message::new("paper-amended-by").with("why", why);
            notes.push(it.say(by_whom(it, told, (&amended.by, &amended.at))));
        }
    }
    notes
}

/// What, when and by which phone, the words, and when, by which phone and why it was taken back.
pub(super) fn withdrawn(it: &InWords<'_>) -> Vec<[String; 4]> {
    let shown: Shown<'_> = &|path, commitment| it.shown(path, commitment);
    let lines = it.page.withdrawn.iter().enumerate();
    let row = |(place, line): (usize, &WithdrawnLine)| {
        let [what, words] = withdrawn_words(it, (place, line), shown);
        let said = it.say(by_whom(it, Message::new("paper-said-by"), (&line.by, &line.at)));
        let back = line.withdrawal.as_ref().map_or_else(
            || it.say("paper-amends-nothing"),
            |taken| {
                let reason = shown(&format!("/withdrawn/{place}/withdrawal/reason"), &taken.reason);
                let told = Message::new("paper-withdrawn-by").with("reason", reason);
                it.say(by_whom(it, told, (&taken.by, &taken.at)))
            },
        );
        [what, rows::late(it, said, line.late), words, back]
    };
    lines.map(row).collect()
}

/// The same of both for a table: number of the event, what, when it was said, by which device and key, the words, what became of it.
pub(in crate::commands) fn undone(
    page: &Page,
    words: &Words,
    shown: Shown<'_>,
) -> Vec<(Option<u32>, [String; 5])> {
    let it = &InWords::new(page, &[], words);
    let named = |by: &[String; 2]| by.join(" ");
    let entry = Kind::Entry.word(words.language()).to_owned();
    let mut rows = Vec::new();
    for (place, event) in page.events.iter().enumerate() {
        for (index, earlier) in event.earlier.iter().enumerate() {
            let amended = earlier.amended.iter().enumerate().map(|(number, amended)| {
                let why = why_amended(it, (place, index, number), (amended, shown));
                format!("{} {} {why}", amended.at, named(&amended.by))
            });
            let amended = amended.collect::<Vec<_>>().join(" | ");
            let said = in_a_line(it, &earlier.said);
            rows.push((
                Some(event.number),
                [entry.clone(), earlier.at.clone(), named(&earlier.by), said, amended],
            ));
        }
    }
    for (place, line) in page.withdrawn.iter().enumerate() {
        let [what, said] = withdrawn_words(it, (place, line), shown);
        let taken = line.withdrawal.as_ref().map(|taken| {
            let reason = shown(&format!("/withdrawn/{place}/withdrawal/reason"), &taken.reason);
            format!("{} {} {reason}", taken.at, named(&taken.by))
        });
        let taken = taken.unwrap_or_else(|| it.say("paper-amends-nothing"));
        rows.push((None, [what, line.at.clone(), named(&line.by), said, taken]));
    }
    rows
}

/// What it is, and its words.
fn withdrawn_words(
    it: &InWords<'_>,
    (place, line): (usize, &WithdrawnLine),
    shown: Shown<'_>,
) -> [String; 2] {
    let kind = Kind::from_code(&line.what);
    let what = kind.map_or(line.what.as_str(), |kind| kind.word(it.words.language()));
    let note = line.note.as_ref().map(|note| shown(&format!("/withdrawn/{place}/note"), note));
    let why = line.why.as_deref().map(|code| amend_reason(it, code).to_owned());
    let said = [in_a_line(it, &line.said)].into_iter().chain(why).chain(note);
    [what.to_owned(), said.collect::<Vec<_>>().join(" · ")]
}

fn why_amended(
    it: &InWords<'_>,
    (place, index, number): (usize, usize, usize),
    (amended, shown): (&AmendedLine, Shown<'_>),
) -> String {
    let path = format!("/events/{place}/earlier/{index}/amended/{number}/note");
    let note = amended.note.as_ref().map(|note| shown(&path, note));
    let why = amend_reason(it, &amended.why);
    note.map_or_else(|| why.to_owned(), |note| format!("{why} · {note}"))
}

fn amend_reason<'a>(it: &InWords<'_>, code: &'a str) -> &'a str {
    AmendReason::from_code(code).map_or(code, |why| why.word(it.words.language()))
}

fn by_whom(it: &InWords<'_>, told: Message, ([device, _], at): (&[String; 2], &str)) -> Message {
    told.with("phone", it.phone(device)).with("time", InWords::time(at))
}

/// What was said, in one line.
fn in_a_line(it: &InWords<'_>, said: &[[String; 2]]) -> String {
    let said = said.iter().map(|[name, value]| in_words(it, name, value));
    said.collect::<Vec<_>>().join(" · ")
}

fn in_words(it: &InWords<'_>, name: &str, value: &str) -> String {
    let language = it.words.language();
    let word = match name {
        "text" | "name" | "task" => return format!("«{}»", value.replace('\n', " ")),
        "until" => return InWords::time(value),
        "member" => return it.member(value),
        "teller" => return it.say(Message::new("paper-earlier-teller").with("name", it.member(value))),
        "device" => return it.phone(value),
        "leg" | "recording" | "patrol" => return short(value),
        "case" => return it.say(Message::new("log-case").with("case", short(value))),
        "kind" => MarkKind::from_code(value).map(|kind| kind.word(language)),
        "cause" => GapCause::from_code(value)
            .map(|cause| cause.word(language))
            .or_else(|| ExcuseReason::from_code(value).map(|why| why.word(language))),
        "transport" => Transport::from_code(value).map(|transport| transport.word(language)),
        "source" => Source::from_code(value).map(|source| source.word(language)),
        "field" => SettledField::from_code(value).map(|field| field.word(language)),
        "is" => Attended::from_code(value)
            .map(|was| was.word(language))
            .or_else(|| Sameness::from_code(value).map(|is| is.word(language))),
        "reply" => NoticeReply::from_code(value).map(|reply| reply.word(language)),
        "choice" => return it.say(choice_of(value)),
        _ => return it.value(name, value),
    };
    word.unwrap_or(value).to_owned()
}

/// The message that says how a field was decided.
fn choice_of(code: &str) -> &'static str {
    match code {
        "undecided" => "reconcile-decided-undecided",
        "left_out" => "reconcile-decided-left-out",
        "another" => "paper-decided-another",
        _ => "paper-decided",
    }
}
