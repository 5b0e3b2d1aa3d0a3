//! `attach` and `attachment`: photos, voice notes and scans beside the log.

use std::io::Write as _;
use std::path::Path;

use jasaq_fieldbook::model::ids::StatementRef;
use jasaq_fieldbook::model::words::Text;
use jasaq_fieldbook::protocol::attachment::PartStanding;
use jasaq_fieldbook::protocol::limits::ATTACHMENT_CONTENT_BYTES_MAX;
use jasaq_fieldbook::{
    AttachRefused, AttachmentView, AttachmentsReport, Fieldbook, FieldbookRefused, NewAttachment, Share,
};
use serde_json::{Value, json};

use crate::arguments::attachment::AttachArguments;
use crate::failure::{Class, Failure};
use crate::files::{self, WholeFile};
use crate::log::custody_word;
use crate::output::{Reply, print_bytes};
use crate::program::{Program, find_open_patrol, find_patrol};
use crate::table::{Columns, day_and_time};
use crate::thumbnail;
use crate::words::{Message, Words};

/// Attaches a file to a patrol.
pub(super) fn attach(program: &Program, arguments: &AttachArguments) -> Result<Reply, Failure> {
    let bytes_max = usize::try_from(ATTACHMENT_CONTENT_BYTES_MAX).unwrap_or(usize::MAX);
    let file = files::read_given(&arguments.file, bytes_max)?;
    let caption = arguments.caption.as_ref().map(Text::new).transpose();
    let caption = caption.map_err(FieldbookRefused::from)?;
    let picture = thumbnail::of(&file);
    let (patrol, key) = program.with_fieldbook(|fieldbook| {
        let patrol = find_open_patrol(program, fieldbook, arguments.patrol.as_deref())?;
        let new = NewAttachment {
            file: &file,
            entry: arguments.entry.clone(),
            caption,
            thumbnail: picture.as_deref(),
            keeps_metadata: arguments.keep_metadata,
        };
        Ok((patrol, fieldbook.attach(patrol, &new)?))
    })?;
    let json = json!({ "patrol": patrol, "key": key, "has_thumbnail": picture.is_some() });
    let told = if arguments.keep_metadata { "attached-with-metadata" } else { "attached" };
    Ok(Reply::new(json).text(key.to_string()).note(program.words.say(told)))
}

/// Every attachment, or a patrol's.
pub(super) fn list(program: &Program, patrol: Option<&str>) -> Result<Reply, Failure> {
    let views = program.with_fieldbook(|fieldbook| {
        let patrol = patrol.map(|prefix| find_patrol(program, fieldbook, Some(prefix))).transpose()?;
        Ok(fieldbook.attachments(patrol)?)
    })?;
    let words = &program.words;
    let headings = ["column-key", "column-when", "column-type", "column-size", "column-here", "column-state"];
    let mut columns = Columns::new(words, &headings);
    for view in &views {
        columns.row([
            view.key.to_string(),
            day_and_time(view.happened_at),
            view.media.code().to_owned(),
            view.content_bytes.to_string(),
            percent(view.here),
            state(words, view),
        ]);
    }
    let json = json!({ "attachments": views.iter().map(to_json).collect::<Vec<_>>() });
    Ok(Reply::new(json).text(columns.to_string()))
}

fn percent(share: Share) -> String {
    format!("{} %", share.bytes.saturating_mul(100) / share.all.max(1))
}

/// How far it has come, and what stands against it, in a person's words.
fn state(words: &Words, view: &AttachmentView) -> String {
    if view.is_erased {
        return words.say("attachment-erased");
    }
    let with_author = || words.say("attachment-with-author");
    let mut told = vec![view.custody.map_or_else(with_author, |custody| custody_word(words, custody))];
    if !view.at_relay.is_whole() && view.at_relay.bytes > 0 {
        let share = percent(view.at_relay);
        told.push(words.say(Message::new("attachment-at-relay").with("share", share)));
    }
    told.extend(why_not(view.standing).map(|id| words.say(id)));
    if view.is_wanted && !view.here.is_whole() {
        told.push(words.say("attachment-wanted"));
    }
    if view.keeps_metadata {
        told.push(words.say("attachment-metadata"));
    }
    told.extend(view.caption.as_ref().map(ToString::to_string));
    told.join(" · ")
}

/// Why the relay did not take or give it.
fn why_not(standing: PartStanding) -> Option<&'static str> {
    match standing {
        PartStanding::Open => None,
        PartStanding::Quota => Some("part-quota"),
        PartStanding::MayNot => Some("part-may-not"),
        PartStanding::NotYet => Some("part-not-yet"),
        PartStanding::Erased => Some("part-erased"),
        PartStanding::Wrong => Some("part-wrong"),
        PartStanding::Unknown(_) => Some("refusal-other"),
    }
}

const fn code_of(standing: PartStanding) -> &'static str {
    match standing {
        PartStanding::Open => "open",
        PartStanding::Quota => "quota",
        PartStanding::MayNot => "may_not",
        PartStanding::NotYet => "not_yet",
        PartStanding::Erased => "erased",
        PartStanding::Wrong => "wrong",
        PartStanding::Unknown(_) => "other",
    }
}

fn to_json(view: &AttachmentView) -> Value {
    let share = |share: Share| json!({ "bytes": share.bytes, "of": share.all });
    json!({
        "key": view.key,
        "author": view.author,
        "entry": view.entry,
        "happened_at": view.happened_at,
        "media": view.media,
        "caption": view.caption,
        "keeps_metadata": view.keeps_metadata,
        "bytes": view.content_bytes,
        "here": share(view.here),
        "at_relay": share(view.at_relay),
        "thumbnail": view.thumbnail.map(share),
        "standing": code_of(view.standing),
        "is_wanted": view.is_wanted,
        "is_erased": view.is_erased,
        "custody": view.custody.map_or_else(|| json!("with_author"), |custody| json!(custody)),
    })
}

/// Asks for attachments, or no longer.
pub(super) fn fetch(
    program: &Program,
    (keys, all): (&[StatementRef], bool),
    is_wanted: bool,
) -> Result<Reply, Failure> {
    let asked = program.with_fieldbook(|fieldbook| {
        let keys = if all { not_here(fieldbook)? } else { keys.to_vec() };
        for key in &keys {
            fieldbook.want_attachment(key, is_wanted)?;
        }
        Ok(keys.len())
    })?;
    let reply = Reply::new(json!({ "asked": asked, "is_wanted": is_wanted }));
    Ok(reply.note(program.words.say(Message::new("attachments-asked").with("count", asked))))
}

fn not_here(fieldbook: &mut Fieldbook) -> Result<Vec<StatementRef>, Failure> {
    let views = fieldbook.attachments(None)?.into_iter();
    Ok(views
        .filter(|view| !view.here.is_whole() && !view.is_erased)
        .map(|view| view.key)
        .collect())
}

/// Writes what is in an attachment, or its small picture.
pub(super) fn save(
    program: &Program,
    key: &StatementRef,
    (output, thumbnail): (Option<&Path>, bool),
) -> Result<Reply, Failure> {
    let Some(output) = output.filter(|output| !files::is_standard(output)) else {
        if program.output.is_json {
            return Err(Failure::usage("json-needs-a-file"));
        }
        let content = program.with_fieldbook(|fieldbook| open(fieldbook, key, thumbnail))?;
        print_bytes(&content).map_err(|error| files::cannot_write(Path::new("-"), &error))?;
        return Ok(Reply::silent());
    };
    let bytes = program.with_fieldbook(|fieldbook| {
        let mut file = WholeFile::begin(output)?;
        let written = open(fieldbook, key, thumbnail).and_then(|content| {
            let written = file.write_all(&content);
            written.map_err(|error| files::cannot_write(output, &error))?;
            Ok(content.len())
        });
        match written {
            Ok(bytes) => {
                program.tell_written(output, file.finish()?);
                Ok(bytes)
            }
            Err(failure) => {
                file.abandon();
                Err(failure)
            }
        }
    })?;
    let told = Message::new("attachment-saved").with("bytes", bytes);
    Ok(Reply::new(json!({ "key": key, "bytes": bytes, "file": output })).note(program.words.say(told)))
}

fn open(fieldbook: &mut Fieldbook, key: &StatementRef, thumbnail: bool) -> Result<Vec<u8>, Failure> {
    if thumbnail {
        let picture = fieldbook.open_thumbnail(key)?;
        return picture.ok_or_else(|| FieldbookRefused::from(AttachRefused::NotHere).into());
    }
    let mut content = Vec::new();
    fieldbook.open_attachment(key, &mut content)?;
    Ok(content)
}

/// Removes an attachment from this device, or everywhere.
pub(super) fn erase(
    program: &Program,
    key: &StatementRef,
    (for_everybody, even_the_last): (bool, bool),
) -> Result<Reply, Failure> {
    program.with_fieldbook(|fieldbook| {
        let erased = if for_everybody {
            fieldbook.erase_attachment_for_all(key)
        } else {
            fieldbook.erase_attachment(key, even_the_last)
        };
        Ok(erased?)
    })?;
    let told = if for_everybody { "attachment-erased-for-all" } else { "attachment-erased-here" };
    Ok(Reply::new(json!({ "key": key, "for_everybody": for_everybody })).note(program.words.say(told)))
}

/// What an exchange did about attachments, for programs.
pub(super) fn report_json(report: &AttachmentsReport) -> Value {
    let refused = report
        .refused
        .iter()
        .map(|(standing, count)| (code_of(*standing).to_owned(), json!(count)));
    json!({
        "brought": report.brought,
        "fetched": report.fetched,
        "bytes_sent": report.bytes_sent,
        "bytes_received": report.bytes_received,
        "refused": refused.collect::<serde_json::Map<_, _>>(),
        "wrong": report.wrong,
        "missing": report.missing,
        "no_room": report.no_room,
        "is_older_relay": report.is_older_relay,
        "more": report.more,
    })
}

/// The same for people, beside what else the exchange did.
pub(super) fn tell(words: &Words, report: &AttachmentsReport, mut reply: Reply) -> Reply {
    if report.brought + report.fetched > 0 {
        let told = Message::new("sync-attachments")
            .with("brought", report.brought)
            .with("fetched", report.fetched);
        reply = reply.note(words.say(told));
    }
    let odd = [
        ("sync-attachments-missing", report.missing),
        ("sync-attachments-wrong", report.wrong),
        ("sync-attachments-no-room", report.no_room),
    ];
    for (id, count) in odd.into_iter().filter(|(_, count)| *count > 0) {
        reply = reply.note(words.say(Message::new(id).with("count", count)));
    }
    for (standing, count) in &report.refused {
        reply = reply.note(words.say(Message::new("sync-attachments-refused").with("count", *count)));
        reply = reply.note(format!("  {}", words.say(why_not(*standing).unwrap_or("refusal-other"))));
    }
    if report.is_older_relay {
        reply = reply.note(words.say("sync-attachments-older-relay"));
    }
    if report.more {
        reply = reply.note(words.say("sync-more")).falling_short(Class::Unreachable);
    }
    if report.refused.is_empty() { reply } else { reply.falling_short(Class::Rule) }
}
