//! `doctor`: checks every page, puts every document together, rebuilds the index. Nothing is thrown away: of a vault with
//! damaged pages what can be read goes into a new one, and the damaged one is set aside.

use jasaq_fieldbook::Fieldbook;
use serde_json::json;

use super::keys;
use crate::failure::{Class, Failure};
use crate::files;
use crate::output::Reply;
use crate::program::Program;
use crate::words::Message;

/// Checks and mends.
pub(super) fn doctor(program: &Program) -> Result<Reply, Failure> {
    let look = || program.with_fieldbook(|fieldbook| Ok(fieldbook.doctor()?));
    let (mut report, mut rescued) = (look()?, None);
    if !report.is_whole {
        rescued = Some(Fieldbook::rescue(&program.home()?, &program.key_holder()?)?);
        report = look()?;
    }
    // Of a vault with damaged pages not everything can be read: behind the rescue.
    let status = program.with_fieldbook(|fieldbook| Ok(fieldbook.status()?))?;
    let set_aside = files::set_aside_folders(&program.home()?);
    let json = json!({
        "is_whole": report.is_whole,
        "documents": report.documents,
        "changes": report.changes,
        "conflicts": report.conflicts,
        "defects": report.defects,
        "branches": report.branches,
        "rows_rebuilt": report.rows_rebuilt,
        "differing": report.differing,
        "missing_keys": status.missing_keys.iter().map(keys::missing_json).collect::<Vec<_>>(),
        "refused_keys": status.refused_keys.iter().map(keys::refused_json).collect::<Vec<_>>(),
        "rows_rescued": rescued.as_ref().map(|rescued| rescued.rows),
        "set_aside": set_aside,
    });
    let words = &program.words;
    let looked = Message::new("doctor-looked")
        .with("documents", report.documents)
        .with("changes", report.changes);
    let mut lines = vec![match &rescued {
        Some(rescued) => words.say(Message::new("doctor-rescued").with("rows", rescued.rows)),
        None => words.say("doctor-whole"),
    }];
    lines.push(words.say(looked));
    let found = [
        ("doctor-rebuilt", report.rows_rebuilt),
        ("doctor-conflicts", report.conflicts),
        ("doctor-branches", report.branches),
        ("doctor-defects", report.defects),
    ];
    let found = found
        .into_iter()
        .map(|(id, count)| (id, count as u64))
        .chain([("doctor-differing", report.differing)]);
    let found = found.filter(|(_, count)| *count > 0);
    lines.extend(found.map(|(id, count)| words.say(Message::new(id).with("count", count))));
    lines.extend(keys::lines(&status, words));
    let folders = set_aside.iter().map(|folder| folder.display().to_string());
    lines.extend(folders.map(|folder| words.say(Message::new("doctor-set-aside").with("folder", folder))));
    let is_well = report.conflicts == 0 && report.defects == 0 && report.differing == 0 && rescued.is_none();
    let reply = Reply::new(json).text(lines.join("\n"));
    Ok(if is_well { reply } else { reply.falling_short(Class::Storage) })
}
