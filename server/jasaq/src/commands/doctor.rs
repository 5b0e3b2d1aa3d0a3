//! `doctor`: checks every page, puts every document together, rebuilds the index. Nothing is thrown away; a vault with
//! damaged pages is set aside by the fieldbook, which is a failure like any other.

use serde_json::json;

use crate::failure::{Class, Failure};
use crate::files;
use crate::output::Reply;
use crate::program::Program;
use crate::words::Message;

/// Checks and mends.
pub(super) fn doctor(program: &Program) -> Result<Reply, Failure> {
    let report = program.with_fieldbook(|fieldbook| Ok(fieldbook.doctor()?))?;
    let set_aside = files::set_aside_folders(&program.home()?);
    let json = json!({
        "is_whole": report.is_whole,
        "documents": report.documents,
        "changes": report.changes,
        "conflicts": report.conflicts,
        "defects": report.defects,
        "rows_rebuilt": report.rows_rebuilt,
        "set_aside": set_aside,
    });
    let words = &program.words;
    let looked = Message::new("doctor-looked")
        .with("documents", report.documents)
        .with("changes", report.changes);
    let mut lines = vec![words.say("doctor-whole"), words.say(looked)];
    let found = [
        ("doctor-rebuilt", report.rows_rebuilt),
        ("doctor-conflicts", report.conflicts),
        ("doctor-defects", report.defects),
    ];
    let found = found.into_iter().filter(|(_, count)| *count > 0);
    lines.extend(found.map(|(id, count)| words.say(Message::new(id).with("count", count))));
    let folders = set_aside.iter().map(|folder| folder.display().to_string());
    lines.extend(folders.map(|folder| words.say(Message::new("doctor-set-aside").with("folder", folder))));
    let is_well = report.conflicts == 0 && report.defects == 0;
    let reply = Reply::new(json).text(lines.join("\n"));
    Ok(if is_well { reply } else { reply.falling_short(Class::Storage) })
}
