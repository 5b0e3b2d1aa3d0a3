//! `lock`: who keeps the key of this device's fieldbook, and when it is put away.

use std::path::Path;

use jasaq_fieldbook::{Fieldbook, KeptBy, KeyHolder, Passphrase, WrongTries};
use serde_json::json;

use crate::arguments::lock::{LockCommand, NewPassphraseArguments};
use crate::failure::{Class, Failure};
use crate::output::Reply;
use crate::passphrase;
use crate::program::{Program, surroundings};
use crate::words::Message;

/// Does what was asked for.
pub(super) fn run(program: &Program, command: &LockCommand) -> Result<Reply, Failure> {
    match command {
        LockCommand::Status => status(program),
        LockCommand::Set(arguments) => set(program, arguments),
        LockCommand::Change(arguments) => change(program, arguments),
        LockCommand::Remove => remove(program),
        LockCommand::After { minutes } => after(program, *minutes),
    }
}

/// Needs no key: whoever forgot the passphrase may ask how long he has to wait.
fn status(program: &Program) -> Result<Reply, Failure> {
    let home = program.home()?;
    let kept_by = Fieldbook::kept_by(&home)?;
    let WrongTries { count, wait_ms } = Fieldbook::wrong_tries(&home, &surroundings())?;
    let words = &program.words;
    let mut lines = vec![words.say(Message::new(match kept_by {
        KeptBy::File => "lock-by-file",
        KeptBy::Passphrase => "lock-by-passphrase",
        KeptBy::Host => "lock-by-host",
    }))];
    if count > 0 {
        let told = Message::new("lock-wrong-tries").with("count", count);
        lines.push(words.say(told.with("seconds", wait_ms.div_ceil(1_000))));
    }
    let json = json!({ "kept_by": code_of(kept_by), "wrong_tries": count, "wait_ms": wait_ms });
    Ok(Reply::new(json).text(lines.join("\n")))
}

const fn code_of(kept_by: KeptBy) -> &'static str {
    match kept_by {
        KeptBy::File => "file",
        KeptBy::Passphrase => "passphrase",
        KeptBy::Host => "host",
    }
}

fn set(program: &Program, arguments: &NewPassphraseArguments) -> Result<Reply, Failure> {
    let home = program.home()?;
    if Fieldbook::kept_by(&home)? != KeptBy::File {
        return Err(Failure::new(Class::Rule, "lock-is-set", &"a passphrase or a host keeps the key"));
    }
    let to = new_passphrase(program, arguments)?;
    Fieldbook::hand_key_over(&home, &KeyHolder::File, &to)?;
    let reply = kept(program, KeptBy::Passphrase, "lock-set-done");
    Ok(reply.note(program.words.say("lock-set-next")))
}

fn change(program: &Program, arguments: &NewPassphraseArguments) -> Result<Reply, Failure> {
    let (home, from) = present_passphrase(program)?;
    let to = new_passphrase(program, arguments)?;
    Fieldbook::hand_key_over(&home, &from, &to)?;
    Ok(kept(program, KeptBy::Passphrase, "lock-change-done"))
}

fn remove(program: &Program) -> Result<Reply, Failure> {
    let (home, from) = present_passphrase(program)?;
    Fieldbook::hand_key_over(&home, &from, &KeyHolder::File)?;
    Ok(kept(program, KeptBy::File, "lock-remove-done"))
}

fn after(program: &Program, minutes: Option<u16>) -> Result<Reply, Failure> {
    let minutes = program.with_fieldbook(|fieldbook| {
        if let Some(minutes) = minutes {
            fieldbook.set_lock_minutes(minutes)?;
        }
        Ok(fieldbook.lock_minutes()?)
    })?;
    let told = program.words.say(Message::new("lock-after").with("minutes", minutes));
    Ok(Reply::new(json!({ "lock_minutes": minutes })).text(told))
}

/// The home, and the passphrase that keeps its key now.
fn present_passphrase(program: &Program) -> Result<(std::path::PathBuf, KeyHolder), Failure> {
    let home = program.home()?;
    if Fieldbook::kept_by(&home)? != KeptBy::Passphrase {
        return Err(Failure::new(Class::Rule, "lock-is-not-set", &"no passphrase keeps the key"));
    }
    Ok((home, program.key_holder()?))
}

fn new_passphrase(program: &Program, arguments: &NewPassphraseArguments) -> Result<KeyHolder, Failure> {
    let text = match arguments.new_passphrase_file.as_deref() {
        Some(file) => passphrase::read(Path::new(file))?,
        None => passphrase::ask_new(&program.words)?,
    };
    Ok(KeyHolder::Passphrase(Passphrase::typed(&text, &mut surroundings())))
}

fn kept(program: &Program, by: KeptBy, told: &'static str) -> Reply {
    Reply::new(json!({ "kept_by": code_of(by) })).text(program.words.say(told))
}
