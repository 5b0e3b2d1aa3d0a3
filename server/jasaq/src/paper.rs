//! Recovery sheets as pages to print: one HTML file a sheet with everything in it, or plain text for standard output.
//!
//! A page says in three languages what it is and what to do with it, because whoever opens the envelope years later may be
//! anybody. It loads nothing from anywhere.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::words::Language;
use jasaq_fieldbook::protocol::membership::{Sheet, SheetDay, SheetPurpose};
use jasaq_fieldbook::surroundings::Reading;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::files;
use crate::qr::{Qr, Surface};
use crate::words::{Message, Words};

/// How a sheet's key is named in files and JSON.
pub(crate) const fn name_of(purpose: SheetPurpose) -> &'static str {
    match purpose {
        SheetPurpose::Root => "root",
        SheetPurpose::Successor => "successor",
    }
}

/// `root-1`: what a sheet is called beside others of its set.
pub(crate) fn sheet_name(sheet: &Sheet) -> String {
    format!("{}-{}", name_of(sheet.purpose()), sheet.number())
}

/// The files that sheets go into, made before there is anything to write: a key whose sheets cannot be written would be
/// lost the moment it was made.
pub(crate) struct SheetFiles {
    files: Vec<(PathBuf, fs::File)>,
    folder: PathBuf,
}

impl SheetFiles {
    /// Makes three new files for each of these keys; an older sheet is never written over.
    pub(crate) fn prepare(folder: &Path, purposes: &[SheetPurpose]) -> Result<Self, Failure> {
        files::make_private_folder(folder).map_err(|error| files::cannot_write(folder, &error))?;
        let mut made = Self { files: Vec::new(), folder: folder.to_owned() };
        let names = purposes
            .iter()
            .flat_map(|purpose| (1..=3).map(|number| (name_of(*purpose), number)));
        for (name, number) in names {
            let path = folder.join(format!("{name}-{number}.html"));
            match files::open_private(OpenOptions::new().write(true).create_new(true), &path) {
                Ok(file) => made.files.push((path, file)),
                Err(error) => {
                    made.abandon();
                    return Err(files::cannot_write(&path, &error));
                }
            }
        }
        Ok(made)
    }

    /// Writes the sheets, in the order of their files, until the disk has them.
    pub(crate) fn write(&mut self, sheets: &[&Sheet]) -> Result<(), Failure> {
        for (sheet, (path, file)) in sheets.iter().zip(&mut self.files) {
            let page = page(sheet)?;
            let written = file.write_all(page.as_bytes()).and_then(|()| file.sync_all());
            written.map_err(|error| files::cannot_write(path, &error))?;
        }
        let synced = fs::File::open(&self.folder).and_then(|folder| folder.sync_all());
        synced.map_err(|error| files::cannot_write(&self.folder, &error))
    }

    /// Takes the files away again.
    pub(crate) fn abandon(self) {
        for (path, _) in self.files {
            let _ = fs::remove_file(path);
        }
    }

    /// What the files are called.
    pub(crate) fn into_paths(self) -> Vec<PathBuf> {
        self.files.into_iter().map(|(path, _)| path).collect()
    }
}

/// The sheets as text, one after the other.
pub(crate) fn as_text(words: &Words, sheets: &[&Sheet]) -> Zeroizing<String> {
    let pages = sheets.iter().map(|sheet| {
        let [title, territory, set] = heading(words, sheet);
        let what = words.say(what_for(sheet.purpose()));
        let lines = numbered(sheet);
        Zeroizing::new(format!("{title}\n{territory} · {set}\n{what}\n\n{}\n\n", lines.as_str()))
    });
    joined(&pages.collect::<Vec<_>>())
}

/// The sheets as one object, by name.
pub(crate) fn as_json(sheets: &[&Sheet]) -> Value {
    let of = |sheet: &&Sheet| {
        let lines: Vec<String> = sheet.to_lines().iter().map(|line| line.to_string()).collect();
        let told = json!({
            "territory": sheet.territory().to_string(),
            "set": sheet.set().to_string(),
            "day": day_of(sheet.day()).to_string(),
            "lines": lines,
            "code": sheet.to_code().as_str(),
        });
        (sheet_name(sheet), told)
    };
    Value::Object(sheets.iter().map(of).collect())
}

fn heading(words: &Words, sheet: &Sheet) -> [String; 3] {
    let title = match sheet.purpose() {
        SheetPurpose::Root => "sheet-title-root",
        SheetPurpose::Successor => "sheet-title-successor",
    };
    let title = Message::new(title).with("number", sheet.number());
    let territory = Message::new("sheet-territory").with("key", sheet.territory().to_string());
    let set = Message::new("sheet-set")
        .with("set", sheet.set().to_string())
        .with("day", day_of(sheet.day()).to_string());
    [title, territory, set].map(|message| words.say(message))
}

const fn what_for(purpose: SheetPurpose) -> &'static str {
    match purpose {
        SheetPurpose::Root => "sheet-what-root",
        SheetPurpose::Successor => "sheet-what-successor",
    }
}

fn day_of(SheetDay(days): SheetDay) -> Day {
    let unix_ms = i64::from(days) * 24 * 60 * 60 * 1_000;
    Reading { unix_ms, offset_minutes: 0, elapsed_ms: None }.moment().day()
}

fn numbered(sheet: &Sheet) -> Zeroizing<String> {
    let lines = sheet.to_lines();
    let lines = lines
        .iter()
        .enumerate()
        .map(|(at, line)| format!("{}. {}", at + 1, line.as_str()));
    Zeroizing::new(lines.collect::<Vec<_>>().join("\n"))
}

const STYLE: &str = "\
body{font:11pt/1.4 sans-serif;max-width:18cm;margin:1cm auto;color:#000;background:#fff}\
h1{font-size:15pt;margin:0 0 .2cm}h2{font-size:11pt;margin:.4cm 0 0}p{margin:.1cm 0}\
pre{font:15pt/1.7 monospace;border:1px solid #000;padding:.4cm;margin:.4cm 0}\
svg{width:6cm;height:6cm}small{font:7pt monospace;overflow-wrap:anywhere}\
@page{size:A4;margin:1.5cm}";

/// One sheet as a page.
fn page(sheet: &Sheet) -> Result<Zeroizing<String>, Failure> {
    let (name, code) = (sheet_name(sheet), sheet.to_code());
    let mut parts = vec![Zeroizing::new(format!(
        "<!doctype html>\n<html lang=\"kk\"><head><meta charset=\"utf-8\"><title>{name}</title>\n\
        <style>{STYLE}</style></head><body>\n"
    ))];
    let mut part = |text: String| parts.push(Zeroizing::new(text));
    for language in Language::ALL {
        let [title, territory, set] = heading(&Words::of(*language), sheet);
        part(format!("<section lang=\"{language}\"><h1>{title}</h1><p>{territory} · {set}</p></section>\n"));
    }
    part(format!("<pre>{}</pre>\n", numbered(sheet).as_str()));
    part(Qr::of(&code, Surface::Paper)?.to_svg());
    part(format!("\n<p><small>{}</small></p>\n", code.as_str()));
    for language in Language::ALL {
        let words = Words::of(*language);
        let [what, how, keep] =
            [what_for(sheet.purpose()), "sheet-words", "sheet-how"].map(|id| words.say(id));
        part(format!(
            "<section lang=\"{language}\"><h2>{language}</h2><p>{what}</p><p>{how}</p><p>{keep}</p></section>\n"
        ));
    }
    part("</body></html>\n".to_owned());
    Ok(joined(&parts))
}

/// All of it in one text that was never copied while it grew.
fn joined(parts: &[Zeroizing<String>]) -> Zeroizing<String> {
    let mut whole = Zeroizing::new(String::with_capacity(parts.iter().map(|part| part.len()).sum()));
    for part in parts {
        whole.push_str(part);
    }
    whole
}
