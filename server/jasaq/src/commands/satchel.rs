//! `satchel`: everything this device holds, as a file; and whatever such a file brings.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use jasaq_fieldbook::{ExchangeRefused, Fieldbook, FieldbookRefused, SatchelReport};
use serde_json::{Value, json};

use super::card;
use crate::failure::{Class, Failure};
use crate::files::{self, WholeFile};
use crate::output::Reply;
use crate::program::Program;
use crate::words::Message;

/// What a satchel is called in a folder that was given, and behind which dot. Nobody's name stands in it.
const STEM: &str = "satchel";
const EXTENSION: &str = "jasaq";

/// Packs a satchel.
pub(super) fn export(program: &Program, file: &Path, with_attachments: bool) -> Result<Reply, Failure> {
    if files::is_standard(file) && program.output.is_json {
        return Err(Failure::usage("json-needs-a-file"));
    }
    let file = in_folder(file);
    let report = program.with_fieldbook(|fieldbook| {
        if files::is_standard(&file) {
            let packed = pack(fieldbook, &mut std::io::stdout().lock(), with_attachments);
            return packed.map_err(why_not_given);
        }
        let mut satchel = WholeFile::begin(&file)?;
        match pack(fieldbook, &mut satchel, with_attachments) {
            Ok(report) => {
                program.tell_written(&file, satchel.finish()?);
                Ok(report)
            }
            Err(refused) => {
                satchel.abandon();
                Err(refused.into())
            }
        }
    })?;
    Ok(tell_packed(program, &report, &[file]))
}

/// Packs a satchel in files of at most so many bytes.
pub(super) fn export_parts(program: &Program, file: &Path, size_max: u64) -> Result<Reply, Failure> {
    if files::is_standard(file) {
        return Err(Failure::usage("satchel-parts-need-files"));
    }
    let file = in_folder(file);
    let (mut written, mut failed) = (Vec::new(), None);
    let report = program.with_fieldbook(|fieldbook| {
        let packed = fieldbook.export_satchel_parts(size_max, |bytes| {
            let name = numbered(&file, written.len() + 1);
            program.write_file(&name, bytes).map_err(|failure| {
                failed = Some(failure);
                std::io::Error::other("a part could not be written")
            })?;
            written.push(name);
            Ok(())
        });
        packed.map_err(|refused| failed.take().unwrap_or_else(|| refused.into()))
    })?;
    Ok(tell_packed(program, &report, &written))
}

fn in_folder(file: &Path) -> PathBuf {
    if file.is_dir() { file.join(STEM).with_extension(EXTENSION) } else { file.to_owned() }
}

/// `today.jasaq` is `today-2.jasaq`.
fn numbered(file: &Path, number: usize) -> PathBuf {
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{number}."));
    name.push(file.extension().unwrap_or(EXTENSION.as_ref()));
    file.with_file_name(name)
}

fn tell_packed(program: &Program, report: &SatchelReport, written: &[PathBuf]) -> Reply {
    let words = &program.words;
    let told = Message::new("satchel-packed")
        .with("envelopes", report.envelopes)
        .with("bytes", report.bytes);
    let mut json = to_json(report);
    if let Some(json) = json.as_object_mut() {
        json.insert("files".to_owned(), json!(written));
    }
    let mut reply = Reply::new(json).note(words.say(told));
    if report.parts > 1 {
        reply = reply.note(words.say(Message::new("satchel-parts").with("count", report.parts)));
    }
    match report.left_behind {
        0 => reply,
        count => {
            let left = Message::new("satchel-left-behind").with("count", count);
            reply.note(words.say(left)).falling_short(Class::Storage)
        }
    }
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

/// Unpacks satchels, in whatever order they are given.
pub(super) fn import(program: &Program, given: &[PathBuf]) -> Result<Reply, Failure> {
    card::watched(program, |fieldbook| {
        let (report, failure) = import_all(fieldbook, given);
        match failure {
            Some(failure) if report.envelopes == 0 => Err(failure),
            Some(failure) => Err(failure.after(tell_unpacked(program, &report))),
            None => Ok(tell_unpacked(program, &report)),
        }
    })
}

/// One file that cannot be used keeps nobody from the others. What waited for something that came with a later file is taken
/// again, until nothing new comes.
fn import_all(fieldbook: &mut Fieldbook, given: &[PathBuf]) -> (SatchelReport, Option<Failure>) {
    let (mut total, mut failure) = (SatchelReport::default(), None);
    let mut rest: Vec<&PathBuf> = given.iter().collect();
    loop {
        let (mut again, mut this) = (Vec::new(), SatchelReport::default());
        for file in rest {
            match import_one(fieldbook, file) {
                Ok(report) => {
                    this.add(&report);
                    if report.waiting > 0 && !files::is_standard(file) {
                        again.push(file);
                    }
                }
                Err(refused) => failure = failure.or(Some(refused)),
            }
        }
        let (is_first, found) = (total.envelopes == 0, this.new);
        if is_first {
            total = this;
        } else {
            total.new += this.new;
            total.waiting = this.waiting;
        }
        rest = again;
        if rest.is_empty() || found == 0 {
            return (total, failure);
        }
    }
}

fn import_one(fieldbook: &mut Fieldbook, file: &Path) -> Result<SatchelReport, Failure> {
    let mut given = files::open_given(file)?;
    Ok(fieldbook.import_satchel(&mut given)?)
}

fn tell_unpacked(program: &Program, report: &SatchelReport) -> Reply {
    let words = &program.words;
    let told = Message::new("satchel-unpacked")
        .with("new", report.new)
        .with("known", report.known);
    let mut reply = Reply::new(to_json(report)).text(words.say(told));
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
        return reply.note(words.say("satchel-gave-nothing")).falling_short(Class::Input);
    }
    if report.cut {
        reply = reply.note(words.say("satchel-cut"));
    }
    let is_damaged = report.cut || report.refused > 0;
    if is_damaged { reply.falling_short(Class::Input) } else { reply }
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
        "parts": report.parts,
    })
}
