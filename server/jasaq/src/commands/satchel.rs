//! `satchel`: everything this device holds, as a file; and whatever such a file brings.

use std::io::{ErrorKind, Write};
use std::path::Path;

use jasaq_fieldbook::{ExchangeRefused, Fieldbook, FieldbookRefused, SatchelReport};
use serde_json::{Value, json};

use crate::failure::{Class, Failure};
use crate::files::{self, WholeFile};
use crate::output::Reply;
use crate::program::Program;
use crate::words::Message;

/// Packs a satchel.
pub(super) fn export(program: &Program, file: &Path, with_attachments: bool) -> Result<Reply, Failure> {
    if files::is_standard(file) && program.output.is_json {
        return Err(Failure::usage("json-needs-a-file"));
    }
    let report = program.with_fieldbook(|fieldbook| {
        if files::is_standard(file) {
            let packed = pack(fieldbook, &mut std::io::stdout().lock(), with_attachments);
            return packed.map_err(why_not_given);
        }
        let mut satchel = WholeFile::begin(file)?;
        match pack(fieldbook, &mut satchel, with_attachments) {
            Ok(report) => satchel.finish().map(|()| report),
            Err(refused) => {
                satchel.abandon();
                Err(refused.into())
            }
        }
    })?;
    let told = Message::new("satchel-packed")
        .with("envelopes", report.envelopes)
        .with("bytes", report.bytes);
    let reply = Reply::new(to_json(&report)).note(program.words.say(told));
    Ok(match report.left_behind {
        0 => reply,
        count => {
            let left = Message::new("satchel-left-behind").with("count", count);
            reply.note(program.words.say(left)).falling_short(Class::Storage)
        }
    })
}

fn pack(
    fieldbook: &mut Fieldbook,
    file: &mut impl Write,
    with_attachments: bool,
) -> Result<SatchelReport, FieldbookRefused> {
    if with_attachments {
        fieldbook.export_satchel_with_attachments(file)
    } else {
        fieldbook.export_satchel(file)
    }
}

/// Whoever reads standard output may have ended: then nothing is wrong with a disk.
fn why_not_given(refused: FieldbookRefused) -> Failure {
    match refused {
        FieldbookRefused::Exchange(ExchangeRefused::File(error)) if error.kind() == ErrorKind::BrokenPipe => {
            Failure::new(Class::Storage, "satchel-reader-gone", &error)
        }
        refused => refused.into(),
    }
}

/// Unpacks a satchel.
pub(super) fn import(program: &Program, file: &Path) -> Result<Reply, Failure> {
    let mut given = files::open_given(file)?;
    let report = program.with_fieldbook(|fieldbook| Ok(fieldbook.import_satchel(&mut given)?))?;
    let words = &program.words;
    let told = Message::new("satchel-unpacked")
        .with("new", report.new)
        .with("known", report.known);
    let mut reply = Reply::new(to_json(&report)).text(words.say(told));
    let odd = [
        ("satchel-waiting", report.waiting),
        ("satchel-newer", report.newer),
        ("satchel-forks", report.forks),
        ("satchel-refused", report.refused),
    ];
    for (id, count) in odd.into_iter().filter(|(_, count)| *count > 0) {
        reply = reply.note(words.say(Message::new(id).with("count", count)));
    }
    if report.refused > 0 && report.new == 0 {
        return Ok(reply.note(words.say("satchel-gave-nothing")).falling_short(Class::Input));
    }
    if report.cut {
        reply = reply.note(words.say("satchel-cut"));
    }
    let is_damaged = report.cut || report.refused > 0;
    Ok(if is_damaged { reply.falling_short(Class::Input) } else { reply })
}

fn to_json(report: &SatchelReport) -> Value {
    json!({
        "envelopes": report.envelopes,
        "new": report.new,
        "known": report.known,
        "waiting": report.waiting,
        "newer": report.newer,
        "forks": report.forks,
        "refused": report.refused,
        "attachments": report.attachments,
        "attachments_left": report.attachments_left,
        "left_behind": report.left_behind,
        "cut": report.cut,
        "bytes": report.bytes,
    })
}
