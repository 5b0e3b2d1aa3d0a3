//! `init`, `join`: the ways into a territory.

use std::io::Read as _;
use std::path::Path;

use jasaq_fieldbook::protocol::ids::DeviceId;
use jasaq_fieldbook::protocol::limits::INVITE_CHARACTERS_MAX;
use jasaq_fieldbook::protocol::membership::{Sheet, SheetPurpose};
use jasaq_fieldbook::{Carrier as _, Fieldbook, RelayWay, RootSheets};
use serde_json::json;
use zeroize::Zeroizing;

use super::device;
use crate::arguments::exchange::Reach;
use crate::arguments::membership::{InitArguments, JoinArguments, TypedCode};
use crate::carrier::{HttpCarrier, Way};
use crate::failure::{Class, Failure};
use crate::files;
use crate::output::Reply;
use crate::paper::{SheetFiles, as_json, as_text};
use crate::program::{Program, close, surroundings};
use crate::words::Message;

/// Founds a territory. The files for the sheets are made before the territory is: a root whose sheets cannot be written
/// would be lost the moment it was made.
pub(super) fn init(program: &Program, arguments: &InitArguments) -> Result<Reply, Failure> {
    let relay = RelayGiven::read(arguments.relay.as_deref(), &arguments.reach)?;
    let holder = program.key_holder()?;
    let mut files = arguments
        .sheets
        .as_deref()
        .map(|folder| SheetFiles::prepare(folder, &PURPOSES))
        .transpose()?;
    let home = program.home()?;
    let stood_before = Fieldbook::is_in(&home);
    let founded = Fieldbook::found(&home, &holder, surroundings(), |sheets| match &mut files {
        Some(files) => files.write(&all_of(sheets)),
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

/// The keys that leave on sheets, in the order of their files.
const PURPOSES: [SheetPurpose; 2] = [SheetPurpose::Root, SheetPurpose::Successor];

fn all_of(sheets: &RootSheets) -> Vec<&Sheet> {
    sheets.root_sheets.iter().chain(&sheets.successor_sheets).collect()
}

/// Prints the sheets before there is a territory: if nobody can have them, there is none.
fn print_sheets(program: &Program, sheets: &RootSheets) -> Result<(), Failure> {
    let (all, root) = (all_of(sheets), sheets.root.to_string());
    let text = as_text(&program.words, &all);
    let reply = Reply::new(json!({ "root_key": root, "sheet_texts": as_json(&all) }))
        .text(format!("{root}\n\n{}", text.as_str()));
    let said = program.output.say(&reply);
    said.map_err(|error| Failure::new(Class::Storage, "sheets-unprinted", &error))
}

fn tell_founded(program: &Program, root: DeviceId, files: Option<SheetFiles>) -> Reply {
    let words = &program.words;
    let founded = words.say(Message::new("founded").with("root", root.to_string()));
    let reply = match files {
        None => Reply::silent().note(founded).note(words.say("sheets-printed")),
        Some(files) => {
            let paths = files.into_paths();
            let written = words.say(Message::new("sheets-written").with("count", paths.len()));
            let json = json!({ "root_key": root.to_string(), "sheets": paths });
            Reply::new(json).text(root.to_string()).note(founded).note(written)
        }
    };
    reply.note(words.say("founded-next"))
}

/// The relay that was given to a device in the making, and the way to it.
pub(super) struct RelayGiven<'a> {
    /// If left unset, it is the one that the invite names, if any.
    address: Option<&'a str>,
    way: RelayWay,
}

impl<'a> RelayGiven<'a> {
    /// Checks what was given before anything is made.
    pub(super) fn read(address: Option<&'a str>, reach: &Reach) -> Result<Self, Failure> {
        let way = reach.or_remembered(RelayWay::default())?;
        if let Some(address) = address {
            Way::of(&way).cleartext.check(address)?;
        }
        Ok(Self { address, way })
    }

    /// The code of an invite that was heard as words: this relay knows the rest.
    fn hear(&self, words: &str) -> Result<Zeroizing<String>, Failure> {
        let address = self.address.ok_or_else(|| Failure::usage("join-words-need-relay"))?;
        let mut carrier = HttpCarrier::new(Way::of(&self.way));
        Ok(Fieldbook::hear_invite(words, address, |key| {
            let relay = carrier.fetch_identity(address)?;
            Ok((relay, carrier.fetch_invite(address, key)?))
        })?)
    }

    /// Keeps it, and returns what to tell: what was made stands, whoever answers there.
    pub(super) fn keep(self, program: &Program, fieldbook: &mut Fieldbook) -> Option<String> {
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

/// Asks to join.
pub(super) fn join(program: &Program, arguments: &JoinArguments) -> Result<Reply, Failure> {
    let relay = RelayGiven::read(arguments.relay.as_deref(), &arguments.reach)?;
    let typed: Vec<&str> = arguments.code.iter().map(TypedCode::text).collect();
    let given = Zeroizing::new(typed.join(" "));
    let given = if *given == "-" { read_code()? } else { given };
    let code = if is_in_words(&given) { relay.hear(&given)? } else { given };
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

/// Whether these are the ten words of an invite: a code says by its beginning that it is one, and has no letter but of Latin.
fn is_in_words(given: &str) -> bool {
    let is_code = given.trim_start().to_ascii_lowercase().starts_with("jasaq:");
    !is_code && given.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii())
}

fn read_code() -> Result<Zeroizing<String>, Failure> {
    let mut code = Zeroizing::new(String::new());
    let mut given = std::io::stdin().lock().take(2 * INVITE_CHARACTERS_MAX as u64);
    given
        .read_to_string(&mut code)
        .map_err(|error| files::cannot_read(Path::new("-"), &error))?;
    Ok(code)
}
