//! `entry add`: what is printed is on disk.

use std::io::{self, BufRead, Read as _};
use std::path::Path;

use jasaq_fieldbook::model::entry::{
    Activity, ActivityCodes, ActivityRefused, EntryDraft, ProtectedObject, ReceiverKind,
};
use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::model::limits::TEXT_BYTES_MAX;
use jasaq_fieldbook::model::moment::UtcTime;
use jasaq_fieldbook::model::patrol::ActivityMode;
use jasaq_fieldbook::model::position::{Accuracy, Coordinates, Elevation, Origin, Position, PositionRefused};
use jasaq_fieldbook::{Fieldbook, FieldbookRefused, VaultRefused};
use serde_json::json;

use crate::arguments::codes::kinds_of;
use crate::arguments::patrol::{ActivityArguments, EntryArguments, PlaceArguments};
use crate::failure::{Class, Failure};
use crate::files;
use crate::limits::LINE_BYTES_MAX;
use crate::output::{Reply, print_line, tell_aside};
use crate::program::{Program, find_open_patrol};
use crate::words::Message;

/// Something was done or seen.
pub(super) fn add(program: &Program, arguments: &EntryArguments) -> Result<Reply, Failure> {
    let draft = draft_of(arguments)?;
    program.with_fieldbook(|fieldbook| {
        let patrol = find_open_patrol(program, fieldbook, arguments.patrol.as_deref())?;
        let mut pen = Pen { program, fieldbook, patrol, draft, gps_time: arguments.gps_time };
        if arguments.each_line {
            return pen.write_each_line(io::stdin().lock());
        }
        let text = match arguments.text.as_deref() {
            Some("-") => read_text()?,
            given => given.unwrap_or_default().to_owned(),
        };
        let key = pen.write(text)?;
        let reply = Reply::new(json!({ "patrol": patrol, "key": key })).text(key.to_string());
        Ok(reply.note(program.words.say("entry-written")))
    })
}

/// Everything but the words, which may come line by line.
fn draft_of(arguments: &EntryArguments) -> Result<EntryDraft, Failure> {
    let position = position_of(&arguments.place).map_err(|refused| {
        let id = match refused {
            PositionRefused::OffTheGlobe => "position-off-the-globe",
            PositionRefused::NoFix => "position-zero",
            PositionRefused::NotADistance => "position-not-a-distance",
        };
        Failure::new(Class::Usage, id, &refused)
    })?;
    Ok(EntryDraft {
        position,
        source: arguments.source,
        occurred_at: arguments.at,
        ..EntryDraft::new(activity_of(&arguments.activity)?, "")
    })
}

fn activity_of(arguments: &ActivityArguments) -> Result<Activity, Failure> {
    let codes = ActivityCodes {
        activity_type: arguments.activity_type.code(),
        subkind: arguments.kind.as_deref(),
        mode: arguments.mode.map(ActivityMode::code),
        protected_object: arguments.object.map(ProtectedObject::code),
        receiver_kind: arguments.receiver.map(ReceiverKind::code),
    };
    codes.check().map_err(|refused| {
        let kinds = kinds_of(arguments.activity_type).join(", ");
        let sentence = match refused {
            ActivityRefused::NoSuchSubkind => Message::new("activity-kind")
                .with("activity", arguments.activity_type.code())
                .with("kinds", kinds),
            _ => Message::new("activity-codes"),
        };
        Failure::new(Class::Usage, sentence, &refused)
    })
}

fn position_of(place: &PlaceArguments) -> Result<Option<Position>, PositionRefused> {
    let (Some(latitude), Some(longitude)) = (place.lat, place.lon) else { return Ok(None) };
    let coordinates = Coordinates::from_degrees(latitude, longitude)?;
    let origin = match (place.by_hand, place.mock) {
        (true, _) => Origin::ByHand { measured: None },
        (_, true) => Origin::Mock,
        _ => Origin::Measured,
    };
    Ok(Some(Position {
        accuracy: place.accuracy.map(Accuracy::from_metres).transpose()?,
        elevation: place.altitude.map(Elevation::from_metres).transpose()?,
        ..Position::new(coordinates, origin)
    }))
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
