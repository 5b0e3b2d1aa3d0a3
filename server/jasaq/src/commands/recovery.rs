//! `recovery`: proving that sheets of paper work, and printing them anew.

use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use jasaq_fieldbook::protocol::membership::{Sheet, SheetPurpose};
use jasaq_fieldbook::{Drilled, Fieldbook, Recovered};
use serde_json::json;
use zeroize::Zeroizing;

use super::founding::RelayGiven;
use crate::arguments::recovery::{RenewArguments, StartArguments};
use crate::failure::{Class, Failure};
use crate::files;
use crate::limits::SHEET_BYTES_MAX;
use crate::output::Reply;
use crate::paper::{SheetFiles, as_json, as_text, name_of};
use crate::program::{Program, close, find_device, surroundings};
use crate::table::short;
use crate::words::Message;

/// Proves that the sheets give a key of this territory.
pub(super) fn drill(program: &Program, files: &[PathBuf]) -> Result<Reply, Failure> {
    let texts = read_sheets(program, files)?;
    let texts: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
    let drilled = program.with_fieldbook(|fieldbook| Ok(fieldbook.drill_recovery(&texts)?))?;
    let Drilled { purpose, unopened } = drilled;
    let told = match purpose {
        SheetPurpose::Root => "drill-root",
        SheetPurpose::Successor => "drill-successor",
    };
    let json = json!({ "drilled": name_of(purpose), "unopened": unopened });
    let mut reply = Reply::new(json).text(program.words.say(told));
    if unopened > 0 {
        reply = reply.note(program.words.say(Message::new("drill-unopened").with("count", unopened)));
    }
    Ok(reply.note(program.words.say("drill-next")))
}

/// Makes this device a console of a territory that lost all of its own.
pub(super) fn start(program: &Program, arguments: &StartArguments) -> Result<Reply, Failure> {
    let relay = RelayGiven::read(arguments.relay.as_deref(), &arguments.reach)?;
    let texts = read_sheets(program, &arguments.files)?;
    let texts: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
    let given = (texts.as_slice(), arguments.root);
    let recovered = Fieldbook::recover(&program.home()?, &program.key_holder()?, surroundings(), given);
    let mut fieldbook = recovered?;
    let words = &program.words;
    let mut reply = Reply::new(json!({ "started": true })).text(words.say("recovery-started"));
    if let Some(told) = relay.keep(program, &mut fieldbook) {
        reply = reply.note(told);
    }
    close(fieldbook);
    Ok(reply.note(words.say("recovery-started-next")))
}

/// Opens every key that was wrapped to the sheets' key, and hands it on.
pub(super) fn keys(program: &Program, files: &[PathBuf]) -> Result<Reply, Failure> {
    let texts = read_sheets(program, files)?;
    let texts: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
    let recovered = program.with_fieldbook(|fieldbook| Ok(fieldbook.recover_keys(&texts)?))?;
    let told = Message::new("recovery-keys")
        .with("spaces", recovered.spaces)
        .with("given", recovered.given);
    let Recovered { spaces, given, unopened } = recovered;
    let json = json!({ "spaces": spaces, "given": given, "unopened": unopened });
    let mut reply = Reply::new(json).text(program.words.say(told));
    if unopened > 0 {
        reply = reply.note(program.words.say(Message::new("recovery-unopened").with("count", unopened)));
    }
    Ok(reply.note(program.words.say("recovery-keys-next")))
}

/// Removes a console of the territorial subdivision.
pub(super) fn remove(program: &Program, device: &str, files: &[PathBuf]) -> Result<Reply, Failure> {
    let texts = read_sheets(program, files)?;
    let texts: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
    let view = program.with_fieldbook(|fieldbook| {
        let view = find_device(fieldbook, device)?;
        fieldbook.remove_console(&texts, &view.device)?;
        Ok(view)
    })?;
    let told = Message::new("recovery-removed").with("device", short(&view.device.to_string()));
    let reply = Reply::new(json!({ "removed": view.device.to_string() })).text(program.words.say(told));
    Ok(reply.note(program.words.say("device-confirmed-next")))
}

/// Prints the key of two sheets on three new ones.
pub(super) fn renew(program: &Program, arguments: &RenewArguments) -> Result<Reply, Failure> {
    let texts = read_sheets(program, &arguments.files)?;
    let texts: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
    let mut written = None;
    program.with_fieldbook(|fieldbook| {
        fieldbook.renew_sheets(&texts, |sheets| {
            written = hand_over(program, arguments.sheets.as_deref(), sheets)?;
            Ok::<_, Failure>(())
        })
    })?;
    let words = &program.words;
    let reply = match written {
        None => Reply::silent(),
        Some(files) => Reply::new(json!({ "sheets": files })).text(words.say("renewed-written")),
    };
    Ok(reply.note(words.say("renewed-next")))
}

/// Writes the new sheets, or prints them. They are nowhere else, but the key is: on the old ones.
fn hand_over(
    program: &Program,
    folder: Option<&Path>,
    sheets: &[Sheet; 3],
) -> Result<Option<Vec<PathBuf>>, Failure> {
    let sheets = sheets.each_ref();
    let Some(folder) = folder else {
        let text = as_text(&program.words, &sheets);
        let reply = Reply::new(json!({ "sheet_texts": as_json(&sheets) })).text(text.as_str());
        let said = program.output.say(&reply);
        return said
            .map(|()| None)
            .map_err(|error| Failure::new(Class::Storage, "answer-unwritten", &error));
    };
    let mut files = SheetFiles::prepare(folder, &[sheets[0].purpose()])?;
    if let Err(failure) = files.write(&sheets) {
        files.abandon();
        return Err(failure);
    }
    Ok(Some(files.into_paths()))
}

/// The sheets' texts: a file each, or all from standard input with an empty line between them.
fn read_sheets(program: &Program, files: &[PathBuf]) -> Result<Vec<Zeroizing<String>>, Failure> {
    if !files.is_empty() {
        return files.iter().map(|file| read_sheet(file)).collect();
    }
    if std::io::stdin().is_terminal() {
        program.output.hint(&program.words.say("sheets-typed"));
    }
    let mut given = Zeroizing::new(String::new());
    let input = Path::new("-");
    let mut stdin = files::open_given(input)?.take(SHEET_BYTES_MAX as u64);
    stdin
        .read_to_string(&mut given)
        .map_err(|error| files::cannot_read(input, &error))?;
    let mut texts = vec![Zeroizing::new(String::new())];
    for line in given.lines() {
        match texts.last_mut() {
            Some(last) if !line.trim().is_empty() => {
                last.push_str(line);
                last.push('\n');
            }
            Some(last) if !last.is_empty() => texts.push(Zeroizing::new(String::new())),
            _ => {}
        }
    }
    texts.retain(|text| !text.is_empty());
    Ok(texts)
}

fn read_sheet(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let bytes = Zeroizing::new(files::read_given(file, SHEET_BYTES_MAX)?);
    let text =
        std::str::from_utf8(&bytes).map_err(|error| Failure::new(Class::Input, "text-not-utf8", &error))?;
    Ok(Zeroizing::new(text.to_owned()))
}
