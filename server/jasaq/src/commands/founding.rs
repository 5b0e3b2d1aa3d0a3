//! `init`, `invite`, `join`: the ways into a territory.

use std::fs::{self, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::protocol::ids::DeviceId;
use jasaq_fieldbook::protocol::limits::INVITE_CHARACTERS_MAX;
use jasaq_fieldbook::protocol::membership::InviteCode;
use jasaq_fieldbook::roles::office_of;
use jasaq_fieldbook::{
    EnrolRefused, Fieldbook, FieldbookRefused, Membering, RelayWay, RootSheetTexts, RootSheets,
};
use serde_json::json;
use zeroize::Zeroizing;

use super::device;
use crate::arguments::codes::short_code;
use crate::arguments::exchange::Reach;
use crate::arguments::membership::{InitArguments, InviteArguments, JoinArguments};
use crate::carrier::Way;
use crate::failure::{Class, Failure};
use crate::files;
use crate::output::Reply;
use crate::program::{Program, close, read_name, surroundings};
use crate::table::{day_and_time, moment_of};
use crate::words::Message;

/// Founds a territory. The files for the sheets are made before the territory is: a root whose sheets cannot be written
/// would be lost the moment it was made.
pub(super) fn init(program: &Program, arguments: &InitArguments) -> Result<Reply, Failure> {
    let relay = RelayGiven::read(arguments.relay.as_deref(), &arguments.reach)?;
    let holder = program.key_holder()?;
    let mut files = arguments.sheets.as_deref().map(SheetFiles::prepare).transpose()?;
    let home = program.home()?;
    let stood_before = Fieldbook::is_in(&home);
    let founded = Fieldbook::found(&home, &holder, surroundings(), |sheets| match &mut files {
        Some(files) => files.write(program, &sheets.to_texts()),
        None => print_sheets(program, sheets),
    });
    let (mut fieldbook, root) = match founded {
        Ok(founded) => founded,
        Err(failure) => {
            // If there is a territory after all, these are its sheets.
            if stood_before || !Fieldbook::is_in(&home) {
                files.into_iter().for_each(SheetFiles::abandon);
            }
            return Err(failure);
        }
    };
    let mut reply = tell_founded(program, root, files);
    if let Some(told) = relay.keep(program, &mut fieldbook) {
        reply = reply.note(told);
    }
    close(fieldbook);
    Ok(reply)
}

/// The six files that the sheets go into.
struct SheetFiles {
    files: Vec<(PathBuf, fs::File)>,
    folder: PathBuf,
}

impl SheetFiles {
    const NAMES: [&str; 6] = ["root-1", "root-2", "root-3", "successor-1", "successor-2", "successor-3"];

    /// Makes six new files; an older sheet is never written over.
    fn prepare(folder: &Path) -> Result<Self, Failure> {
        files::make_private_folder(folder).map_err(|error| files::cannot_write(folder, &error))?;
        let mut made = Self { files: Vec::new(), folder: folder.to_owned() };
        for name in Self::NAMES {
            let path = folder.join(format!("{name}.txt"));
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

    fn write(&mut self, program: &Program, texts: &RootSheetTexts) -> Result<(), Failure> {
        let texts = texts.root.iter().chain(&texts.successor);
        for ((name, (path, file)), text) in Self::NAMES.iter().zip(&mut self.files).zip(texts) {
            let sheet = sheet_page(program, name, text);
            let written = file.write_all(sheet.as_bytes()).and_then(|()| file.sync_all());
            written.map_err(|error| files::cannot_write(path, &error))?;
        }
        let synced = fs::File::open(&self.folder).and_then(|folder| folder.sync_all());
        synced.map_err(|error| files::cannot_write(&self.folder, &error))
    }

    fn abandon(self) {
        for (path, _) in self.files {
            let _ = fs::remove_file(path);
        }
    }
}

/// A sheet as it is printed: what it is, and the line that counts.
fn sheet_page(program: &Program, name: &str, text: &str) -> Zeroizing<String> {
    let about = Message::new(if name.starts_with("root") { "sheet-root" } else { "sheet-successor" });
    let about = program.words.say(about.with("name", name.to_owned()));
    Zeroizing::new(format!("{about}\n\n{text}\n"))
}

/// Prints the sheets before there is a territory: if nobody can have them, there is none.
fn print_sheets(program: &Program, sheets: &RootSheets) -> Result<(), Failure> {
    let (texts, root) = (sheets.to_texts(), sheets.root.to_string());
    let names = SheetFiles::NAMES.iter().zip(texts.root.iter().chain(&texts.successor));
    let pages: Vec<String> = names
        .clone()
        .map(|(name, text)| sheet_page(program, name, text).to_string())
        .collect();
    let by_name: serde_json::Map<_, _> =
        names.map(|(name, text)| ((*name).to_owned(), json!(text.as_str()))).collect();
    let reply = Reply::new(json!({ "root_key": root, "sheet_texts": by_name }))
        .text(format!("{root}\n\n{}", pages.join("\n")));
    let said = program.output.say(&reply);
    said.map_err(|error| Failure::new(Class::Storage, "sheets-unprinted", &error))
}

fn tell_founded(program: &Program, root: DeviceId, files: Option<SheetFiles>) -> Reply {
    let words = &program.words;
    let founded = words.say(Message::new("founded").with("root", root.to_string()));
    let reply = match files {
        None => Reply::silent().note(founded).note(words.say("sheets-printed")),
        Some(files) => {
            let paths: Vec<PathBuf> = files.files.into_iter().map(|(path, _)| path).collect();
            let written = words.say(Message::new("sheets-written").with("count", paths.len()));
            let json = json!({ "root_key": root.to_string(), "sheets": paths });
            Reply::new(json).text(root.to_string()).note(founded).note(written)
        }
    };
    reply.note(words.say("founded-next"))
}

/// The relay that was given to a device in the making, and the way to it.
struct RelayGiven<'a> {
    /// If left unset, it is the one that the invite names, if any.
    address: Option<&'a str>,
    way: RelayWay,
}

impl<'a> RelayGiven<'a> {
    /// Checks what was given before anything is made.
    fn read(address: Option<&'a str>, reach: &Reach) -> Result<Self, Failure> {
        let way = reach.or_remembered(RelayWay::default())?;
        if let Some(address) = address {
            Way::of(&way).cleartext.check(address)?;
        }
        Ok(Self { address, way })
    }

    /// Keeps it, and returns what to tell: what was made stands, whoever answers there.
    fn keep(self, program: &Program, fieldbook: &mut Fieldbook) -> Option<String> {
        match self.try_keep(program, fieldbook) {
            Ok(told) => told,
            Err(failure) => Some(failure.sentence(&program.words)),
        }
    }

    fn try_keep(self, program: &Program, fieldbook: &mut Fieldbook) -> Result<Option<String>, Failure> {
        let Some(address) = self.address else {
            // The code may have named it: who came in through an authority of one's own needs it ever after.
            fieldbook.set_relay_way(&self.way)?;
            return Ok(None);
        };
        let kept = device::keep_relay(fieldbook, address, (None, &self.way))?;
        Ok(Some(device::tell_kept(program, kept)))
    }
}

/// Signs an invite.
pub(super) fn invite(program: &Program, arguments: &InviteArguments) -> Result<Reply, Failure> {
    let membering = membering_of(arguments)?;
    let invite = program.with_fieldbook(|fieldbook| {
        device::meet_relay(fieldbook, &arguments.reach)?;
        let invited = fieldbook.invite(membering);
        invited.map_err(|refused| match &refused {
            FieldbookRefused::Enrol(EnrolRefused::MayNot) => {
                let asked_for = arguments.role.word(program.words.language());
                let sentence = Message::new("invite-may-not").with("role", asked_for);
                Failure::new(Class::Rule, sentence, &refused)
            }
            _ => refused.into(),
        })
    })?;
    let names_relay = InviteCode::from_text(&invite.code).is_ok_and(|code| code.relay.is_some());
    let role = office_of(invite.role);
    let expires_at = moment_of(invite.expires_at_ms);
    let json = json!({
        "code": invite.code.as_str(),
        "role": short_code(role),
        "expires_at": expires_at.to_string(),
        "names_relay": names_relay,
    });
    let words = &program.words;
    let told = Message::new("invited")
        .with("role", role.word(words.language()))
        .with("until", day_and_time(expires_at));
    let reply = Reply::new(json).text(invite.code.as_str()).note(words.say(told));
    let reply = if names_relay { reply } else { reply.note(words.say("invited-without-relay")) };
    Ok(reply.note(words.say("invited-next")))
}

fn membering_of(arguments: &InviteArguments) -> Result<Membering<'_>, Failure> {
    let InviteArguments { role, office, squad, reach: _ } = arguments;
    let (office, squad) = (office.as_deref(), squad.as_deref());
    office.or(squad).map(read_name).transpose()?;
    match role {
        Role::SquadHead | Role::Volunteer | Role::NonStaffEmployee if office.is_some() => {
            Err(Failure::usage("invite-office-of-phone"))
        }
        Role::SquadHead | Role::Volunteer | Role::NonStaffEmployee => {
            Ok(Membering::Squad { role: *role, squad })
        }
        _ if squad.is_some() => Err(Failure::usage("invite-squad-of-console")),
        _ => match office {
            Some(office) => Ok(Membering::Office { role: *role, office }),
            None => Err(Failure::usage("invite-office-missing")),
        },
    }
}

/// Asks to join.
pub(super) fn join(program: &Program, arguments: &JoinArguments) -> Result<Reply, Failure> {
    let relay = RelayGiven::read(arguments.relay.as_deref(), &arguments.reach)?;
    let typed = arguments.code.text();
    let code = if typed.as_str() == "-" { read_code()? } else { typed.clone() };
    let joined = Fieldbook::join(&program.home()?, &program.key_holder()?, surroundings(), &code);
    let (mut fieldbook, four_words) = joined?;
    let words = &program.words;
    let mut reply = Reply::new(json!({ "words": four_words.to_string() }))
        .text(four_words.to_string())
        .note(words.say("joined"));
    if let Some(told) = relay.keep(program, &mut fieldbook) {
        reply = reply.note(told);
    }
    close(fieldbook);
    Ok(reply.note(words.say("joined-next")))
}

fn read_code() -> Result<Zeroizing<String>, Failure> {
    let mut code = Zeroizing::new(String::new());
    let mut given = std::io::stdin().lock().take(2 * INVITE_CHARACTERS_MAX as u64);
    given
        .read_to_string(&mut code)
        .map_err(|error| files::cannot_read(Path::new("-"), &error))?;
    Ok(code)
}
