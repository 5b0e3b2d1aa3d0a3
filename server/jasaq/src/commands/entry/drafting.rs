//! `entry draft`: what somebody began to write, as the options of the line, kept until it is recorded or thrown away.

use jasaq_fieldbook::model::entry::ActivityType;
use jasaq_fieldbook::model::ids::hexadecimal;
use jasaq_fieldbook::{Draft, Fieldbook};
use serde_json::{Map, Value, json};

use clap::Parser as _;

use super::{Pen, draft_of, missing, odd_time, told_by, words_of, written};
use crate::arguments::codes::kinds_of;
use crate::arguments::entry::{DraftCommand, EntryOptions, KeptOptions};
use crate::commands::when;
use crate::failure::{Class, Failure};
use crate::output::Reply;
use crate::program::{Program, find_member, find_open_patrol, only_one, read_prefix};
use crate::table::{Columns, day_and_time, moment_of, short};
use crate::words::Message;

/// Options by their names on the line.
type Options = Map<String, Value>;

/// Keeps, shows, records or throws away.
pub(in crate::commands) fn run(program: &Program, command: &DraftCommand) -> Result<Reply, Failure> {
    match command {
        DraftCommand::Add(options) => add(program, options),
        DraftCommand::List => list(program),
        DraftCommand::Show { draft } => show(program, draft),
        DraftCommand::Finish { draft, options } => finish(program, draft, options),
        DraftCommand::Drop { draft } => throw_away(program, draft),
    }
}

/// Where and when it is begun stays with it: what is missing is found out later.
fn add(program: &Program, options: &EntryOptions) -> Result<Reply, Failure> {
    let text = words_of(options)?;
    let (id, kept) = program.with_fieldbook(|fieldbook| {
        let mut kept = options_of((program, fieldbook), options, text)?;
        kept.entry("at").or_insert_with(|| json!(when::now()));
        match find_open_patrol(program, fieldbook, options.patrol.as_deref()) {
            Ok(patrol) => drop(kept.insert("patrol".to_owned(), json!(patrol))),
            // Where none is under way yet, the one that is then is meant.
            Err(failure) if options.patrol.is_none() && failure.class() == Class::Rule => {}
            Err(failure) => return Err(failure),
        }
        Ok((fieldbook.keep_draft(None, Value::Object(kept.clone()).to_string())?, kept))
    })?;
    let id = hexadecimal(&id);
    let json = json!({ "draft": id, "options": kept, "missing": missing_of(&kept) });
    let told = Message::new("draft-kept").with("draft", short(&id));
    Ok(Reply::new(json).text(id).note(program.words.say(told)))
}

fn list(program: &Program) -> Result<Reply, Failure> {
    let words = &program.words;
    let drafts = program.with_fieldbook(|fieldbook| Ok(fieldbook.drafts()?))?;
    let mut columns = Columns::new(words, &["column-draft", "column-when", "column-what", "column-missing"]);
    let mut all = Vec::new();
    for draft in &drafts {
        let kept = kept_in(draft).unwrap_or_default();
        let what = ["text", "activity"].iter().find_map(|name| kept.get(*name)?.as_str());
        columns.row([
            short(&hexadecimal(&draft.id)),
            day_and_time(moment_of(draft.written_ms)),
            what.unwrap_or_default().to_owned(),
            missing_of(&kept).join(", "),
        ]);
        all.push(to_json(draft, &kept));
    }
    let text = if drafts.is_empty() { words.say("draft-none") } else { columns.to_string() };
    Ok(Reply::new(json!({ "drafts": all })).text(text))
}

fn show(program: &Program, prefix: &str) -> Result<Reply, Failure> {
    let draft = program.with_fieldbook(|fieldbook| find(fieldbook, prefix))?;
    let kept = kept_in(&draft)?;
    let mut lines: Vec<String> =
        kept.iter().map(|(name, value)| format!("{name}: {}", plain(value))).collect();
    let missing = missing_of(&kept);
    if !missing.is_empty() {
        let told = Message::new("draft-missing").with("arguments", missing.join(", "));
        lines.push(program.words.say(told));
    }
    Ok(Reply::new(to_json(&draft, &kept)).text(lines.join("\n")))
}

/// The draft goes only once the entry is on disk.
fn finish(program: &Program, prefix: &str, options: &EntryOptions) -> Result<Reply, Failure> {
    let text = words_of(options)?;
    program.with_fieldbook(|fieldbook| {
        let draft = find(fieldbook, prefix)?;
        let given = options_of((program, fieldbook), options, text)?;
        let kept = merged(kept_in(&draft)?, given);
        let lacking = missing_of(&kept);
        if !lacking.is_empty() {
            return Err(missing(&lacking.join(", ")));
        }
        let options = read_back(&kept)?;
        let patrol = find_open_patrol(program, fieldbook, options.patrol.as_deref())?;
        let entry = told_by(fieldbook, &options, draft_of(program, &options, None)?)?;
        let mut pen = Pen { program, fieldbook, patrol, draft: entry, gps_time: options.gps_time };
        let key = pen.write(options.text.unwrap_or_default())?;
        fieldbook.drop_draft(&draft.id)?;
        let odd = odd_time(fieldbook, patrol, &key)?;
        Ok(written(program, (patrol, &key), &odd))
    })
}

fn throw_away(program: &Program, prefix: &str) -> Result<Reply, Failure> {
    let draft = program.with_fieldbook(|fieldbook| {
        let draft = find(fieldbook, prefix)?;
        fieldbook.drop_draft(&draft.id)?;
        Ok(draft)
    })?;
    let reply = Reply::new(json!({ "draft": hexadecimal(&draft.id) }));
    Ok(reply.text(program.words.say("draft-dropped")))
}

fn to_json(draft: &Draft, kept: &Options) -> Value {
    json!({
        "draft": hexadecimal(&draft.id),
        "written_at": moment_of(draft.written_ms),
        "options": kept,
        "missing": missing_of(kept),
    })
}

/// The draft whose id begins so.
fn find(fieldbook: &mut Fieldbook, prefix: &str) -> Result<Draft, Failure> {
    let digits = read_prefix(prefix)?;
    let mut found = fieldbook.drafts()?;
    found.retain(|draft| hexadecimal(&draft.id).starts_with(&digits));
    let missing = || Failure::new(Class::Rule, "draft-unknown", &"no draft has such an id");
    only_one(found, prefix, missing)
}

fn kept_in(draft: &Draft) -> Result<Options, Failure> {
    let value: Result<Value, _> = serde_json::from_str(&draft.content);
    match value {
        Ok(Value::Object(kept)) => Ok(kept),
        _ => Err(Failure::new(Class::Input, "draft-unreadable", &"the draft is no object of options")),
    }
}

/// What is given, by the names of the line. Who says it is found out now: later his phone may be out.
fn options_of(
    (program, fieldbook): (&Program, &mut Fieldbook),
    options: &EntryOptions,
    text: Option<String>,
) -> Result<Options, Failure> {
    let told_by = options.told_by.as_deref();
    let told_by = told_by.map(|prefix| find_member(fieldbook, prefix)).transpose()?;
    let (activity, place) = (&options.activity, &options.place);
    let number = |number: Option<f64>| number.map(|number| number.to_string());
    let set = |flag: bool| flag.then_some(Value::Bool(true));
    let words = [
        ("patrol", options.patrol.clone()),
        ("activity", activity.activity_type.map(|activity| activity.code().to_owned())),
        ("kind", activity.kind.clone()),
        ("mode", activity.mode.map(|mode| mode.code().to_owned())),
        ("object", activity.object.map(|object| object.code().to_owned())),
        ("receiver", activity.receiver.map(|receiver| receiver.code().to_owned())),
        ("text", text),
        ("lat", number(place.lat)),
        ("lon", number(place.lon)),
        ("mgrs", place.mgrs.clone()),
        ("accuracy", number(place.accuracy)),
        ("alt", number(place.altitude)),
        ("marker", place.marker.as_ref().map(ToString::to_string)),
        ("landmark", place.landmark.as_ref().map(ToString::to_string)),
        ("count", options.count.map(|count| count.number().to_string())),
        ("at", when::moment(program, options.at.as_ref())?.map(|at| at.to_string())),
        ("source", options.source.map(|source| source.code().to_owned())),
        ("told-by", told_by.map(|member| member.to_string())),
        ("gps-time", options.gps_time.map(|time| time.to_string())),
    ];
    let flags = [("by-hand", set(place.by_hand)), ("mock", set(place.mock))];
    let words = words.into_iter().map(|(name, word)| (name, word.map(Value::String)));
    let given = words.chain(flags).filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Ok(given.collect())
}

/// What is given goes before what was kept; another position and another type of activity with everything that belongs to it.
fn merged(mut kept: Options, given: Options) -> Options {
    let mut gone: Vec<&str> = Vec::new();
    if given.contains_key("lat") || given.contains_key("mgrs") {
        gone.extend(["lat", "lon", "mgrs", "accuracy", "alt", "by-hand", "mock", "gps-time"]);
    }
    if given
        .get("activity")
        .is_some_and(|activity| kept.get("activity") != Some(activity))
    {
        gone.extend(["kind", "mode", "object", "receiver"]);
    }
    kept.retain(|name, _| !gone.contains(&name.as_str()));
    kept.extend(given);
    kept
}

/// What an entry cannot be without.
fn missing_of(kept: &Options) -> Vec<&'static str> {
    let activity = kept.get("activity").and_then(Value::as_str).and_then(ActivityType::from_code);
    let has_kinds = activity.is_some_and(|activity| !kinds_of(activity).is_empty());
    let needed =
        [("activity", "--activity", true), ("kind", "--kind", has_kinds), ("mode", "--mode", has_kinds)];
    let needed = needed.into_iter().chain([("text", "--text", true)]);
    needed
        .filter(|(name, _, is_needed)| *is_needed && !kept.contains_key(*name))
        .map(|(_, option, _)| option)
        .collect()
}

fn read_back(kept: &Options) -> Result<EntryOptions, Failure> {
    let line = kept.iter().map(|(name, value)| match value {
        Value::Bool(_) => format!("--{name}"),
        value => format!("--{name}={}", plain(value)),
    });
    let read = KeptOptions::try_parse_from(line);
    // What clap says of it holds what was written.
    let unreadable = |error: clap::Error| Failure::new(Class::Input, "draft-unreadable", &error.kind());
    read.map(|kept| kept.options).map_err(unreadable)
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
