//! `entry`: what is said, amended, taken back, begun. What is printed is on disk.

mod amending;
mod drafting;

pub(super) use amending::{amend, withdraw};
pub(super) use drafting::run as draft;

use std::io::{self, BufRead, Read as _};
use std::path::Path;

use jasaq_fieldbook::model::entry::{
    Activity, ActivityCodes, ActivityRefused, EntryDraft, ProtectedObject, ReceiverKind,
};
use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::model::limits::TEXT_BYTES_MAX;
use jasaq_fieldbook::model::moment::UtcTime;
use jasaq_fieldbook::model::patrol::ActivityMode;
use jasaq_fieldbook::model::patrol_log::Flag;
use jasaq_fieldbook::model::position::PlaceMarks;
use jasaq_fieldbook::model::source::Source;
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, VaultRefused};
use serde_json::json;

use super::{patrol, place, when};
use crate::arguments::codes::kinds_of;
use crate::arguments::entry::{ActivityArguments, EntryArguments, EntryOptions};
use crate::failure::{Class, Failure};
use crate::files;
use crate::limits::LINE_BYTES_MAX;
use crate::output::{Reply, print_line, tell_aside};
use crate::program::{Program, find_member, find_open_patrol};
use crate::words::Message;

/// Something was done or seen.
pub(super) fn add(program: &Program, arguments: &EntryArguments) -> Result<Reply, Failure> {
    let options = &arguments.options;
    let draft = draft_of(program, options, None)?;
    program.with_fieldbook(|fieldbook| {
        let patrol = arguments.in_patrol.as_deref().or(options.patrol.as_deref());
        let patrol = find_open_patrol(program, fieldbook, patrol)?;
        let draft = told_by(fieldbook, options, draft)?;
        let mut pen = Pen { program, fieldbook, patrol, draft, gps_time: options.gps_time };
        if arguments.each_line {
            return pen.write_each_line(io::stdin().lock());
        }
        let key = pen.write(words_of(options)?.unwrap_or_default())?;
        let odd = if options.at.is_some() { odd_time(fieldbook, patrol, &key)? } else { Vec::new() };
        Ok(written(program, (patrol, &key), &odd))
    })
}

/// What looks wrong in the time that was typed; the rest is shown in the log.
fn odd_time(fieldbook: &mut Fieldbook, patrol: PatrolId, key: &StatementRef) -> Result<Vec<Flag>, Failure> {
    let mut odd = patrol::odd(fieldbook, patrol, key)?;
    odd.retain(|flag| matches!(flag, Flag::EntryOutsidePatrol | Flag::HappenedAfterRecorded));
    Ok(odd)
}

fn written(program: &Program, (patrol, key): (PatrolId, &StatementRef), odd: &[Flag]) -> Reply {
    let reply = Reply::new(json!({ "patrol": patrol, "key": key, "flags": odd })).text(key.to_string());
    when::odd(program, reply, odd).note(program.words.say("entry-written"))
}

/// Everything but the words, which may come line by line, and who says it: what is not given stays as it was before.
fn draft_of(
    program: &Program,
    options: &EntryOptions,
    before: Option<EntryDraft>,
) -> Result<EntryDraft, Failure> {
    let activity = activity_of(&options.activity, before.as_ref().map(|before| before.activity))?;
    let before = before.unwrap_or_else(|| EntryDraft::new(activity, ""));
    let marks = place::marks(&options.place);
    Ok(EntryDraft {
        activity,
        position: place::position(&options.place)?.or(before.position),
        source: options.source.unwrap_or(before.source),
        occurred_at: when::moment(program, options.at.as_ref())?.or(before.occurred_at),
        marks: PlaceMarks {
            marker: marks.marker.or(before.marks.marker),
            landmark: marks.landmark.or(before.marks.landmark),
        },
        counted: options.count.or(before.counted),
        ..before
    })
}

/// The same with who says it, which is asked only of what is taken down at the desk.
fn told_by(
    fieldbook: &mut Fieldbook,
    options: &EntryOptions,
    draft: EntryDraft,
) -> Result<EntryDraft, Failure> {
    let given = options.told_by.as_deref();
    let given = given.map(|prefix| find_member(fieldbook, prefix)).transpose()?;
    let told_by = given.or(draft.told_by);
    if told_by.is_some() && !matches!(draft.source, Source::Paper | Source::Radio) {
        return Err(Failure::usage("told-by-source"));
    }
    Ok(EntryDraft { told_by, ..draft })
}

/// The words that are given, or that standard input has.
fn words_of(options: &EntryOptions) -> Result<Option<String>, Failure> {
    match options.text.as_deref() {
        Some("-") => read_text().map(Some),
        given => Ok(given.map(str::to_owned)),
    }
}

/// What is given goes before what was said; of another type nothing is taken over.
fn activity_of(arguments: &ActivityArguments, before: Option<Activity>) -> Result<Activity, Failure> {
    let activity_type = arguments.activity_type.or(before.map(Activity::activity_type));
    let activity_type = activity_type.ok_or_else(|| missing("--activity"))?;
    let before = before
        .filter(|before| before.activity_type() == activity_type)
        .map(Activity::codes);
    let was = |of: fn(&ActivityCodes<'static>) -> Option<&'static str>| before.as_ref().and_then(of);
    let codes = ActivityCodes {
        activity_type: activity_type.code(),
        subkind: arguments.kind.as_deref().or(was(|codes| codes.subkind)),
        mode: arguments.mode.map(ActivityMode::code).or(was(|codes| codes.mode)),
        protected_object: arguments
            .object
            .map(ProtectedObject::code)
            .or(was(|codes| codes.protected_object)),
        receiver_kind: arguments.receiver.map(ReceiverKind::code).or(was(|codes| codes.receiver_kind)),
    };
    codes.check().map_err(|refused| {
        let kinds = kinds_of(activity_type).join(", ");
        let sentence = match refused {
            ActivityRefused::NoSuchSubkind => Message::new("activity-kind")
                .with("activity", activity_type.code())
                .with("kinds", kinds),
            _ => Message::new("activity-codes"),
        };
        Failure::new(Class::Usage, sentence, &refused)
    })
}

fn missing(arguments: &str) -> Failure {
    let missing = Message::new("usage-argument-missing").with("arguments", arguments.to_owned());
    Failure::usage(missing.with("help", "jasaq entry add --help"))
}

/// Writes entries that differ in their words alone.
struct Pen<'a> {
    program: &'a Program,
    fieldbook: &'a mut Fieldbook,
    patrol: PatrolId,
    draft: EntryDraft,
    gps_time: Option<UtcTime>,
}

impl Pen<'_> {
    fn write(&mut self, text: String) -> Result<StatementRef, Failure> {
        let draft = EntryDraft { text, ..self.draft.clone() };
        self.fieldbook
            .write_entry(self.patrol, draft, self.gps_time)
            .map_err(not_recorded)
    }

    /// Each key is printed once its entry is on disk. A line that is no entry is told and does not block the next.
    fn write_each_line(&mut self, mut lines: impl BufRead) -> Result<Reply, Failure> {
        let (mut written, mut refused) = (0_usize, 0_usize);
        for number in 1_usize.. {
            let Some(line) = read_line(&mut lines)? else { break };
            if line.trim_ascii().is_empty() {
                continue;
            }
            match text_of(line).and_then(|text| self.write(text)) {
                Ok(key) => self.acknowledge(&key)?,
                Err(failure) if failure.class() == Class::Input => {
                    refused += 1;
                    self.complain(number, &failure);
                    continue;
                }
                Err(failure) => return Err(failure),
            }
            written += 1;
        }
        let told = Message::new("entries-written")
            .with("written", written)
            .with("refused", refused);
        let json = json!({ "patrol": self.patrol, "written": written, "refused": refused });
        let reply = Reply::new(json).note(self.program.words.say(told));
        Ok(if refused > 0 { reply.falling_short(Class::Input) } else { reply })
    }

    fn acknowledge(&self, key: &StatementRef) -> Result<(), Failure> {
        let line =
            if self.program.output.is_json { json!({ "key": key }).to_string() } else { key.to_string() };
        print_line(&line).map_err(|error| Failure::new(Class::Storage, "entry-unacknowledged", &error))
    }

    fn complain(&self, line: usize, failure: &Failure) {
        let words = &self.program.words;
        let told = words.say(Message::new("entry-line-refused").with("line", line));
        tell_aside(&format!("{told} {}", failure.sentence(words)));
    }
}

/// A full disk is told of the entry itself: nobody may go on and believe that it is there.
fn not_recorded(refused: FieldbookRefused) -> Failure {
    match &refused {
        FieldbookRefused::Vault(VaultRefused::Full) => {
            Failure::new(Class::Storage, "entry-disk-full", &refused)
        }
        _ => refused.into(),
    }
}

/// One line without its end, or nothing at the end. What is longer than any entry is cut, and then longer than is read.
fn read_line(lines: &mut impl BufRead) -> Result<Option<Vec<u8>>, Failure> {
    let unreadable = |error: io::Error| files::cannot_read(Path::new("-"), &error);
    let mut line = Vec::new();
    lines
        .by_ref()
        .take(LINE_BYTES_MAX as u64 + 1)
        .read_until(b'\n', &mut line)
        .map_err(unreadable)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.len() > LINE_BYTES_MAX && !line.ends_with(b"\n") {
        lines.skip_until(b'\n').map_err(unreadable)?;
    }
    Ok(Some(line))
}

fn read_text() -> Result<String, Failure> {
    text_of(files::read_given(Path::new("-"), LINE_BYTES_MAX)?)
}

/// Words as somebody typed them, without the end of the last line and without the mark by which some editors begin a file.
///
/// The length is judged first: what is too long was cut, perhaps within a letter, and how long it is nobody knows.
fn text_of(bytes: Vec<u8>) -> Result<String, Failure> {
    if bytes.len() > LINE_BYTES_MAX {
        let sentence = Message::new("text-longer").with("bytes", TEXT_BYTES_MAX);
        return Err(Failure::new(Class::Input, sentence, &"the text is longer than is read"));
    }
    let text = String::from_utf8(bytes);
    let text = text.map_err(|error| Failure::new(Class::Input, "text-not-utf8", &error.utf8_error()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

#[cfg(test)]
mod tests {
    use jasaq_fieldbook::model::words::Language;

    use super::*;
    use crate::words::Words;

    #[test]
    fn on_a_full_disk_it_is_told_that_the_entry_itself_was_not_recorded() {
        let failure = not_recorded(VaultRefused::Full.into());
        assert_eq!(failure.class(), Class::Storage);
        let sentence = failure.sentence(&Words::of(Language::En));
        assert!(sentence.contains("this entry was NOT recorded"), "{sentence}");
    }
}
