//! `patrol code` and `patrol join`: several phones record into one patrol, with no network and no exchange before.

use jasaq_fieldbook::Fieldbook;
use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::patrol::PatrolCode;
use serde_json::json;

use super::inviting;
use crate::arguments::patrol::{CodeArguments, JoinArguments};
use crate::failure::{Class, Failure};
use crate::files;
use crate::limits::{CODE_PICTURE_BYTES_MAX, PATROLS_MAX};
use crate::output::Reply;
use crate::program::{Program, find_open_patrol};
use crate::qr::{Qr, Surface, read_picture, the_only};
use crate::table::short;
use crate::words::Message;

/// What the codes of patrols begin with, in a picture of several codes.
const CODE_BEGINS: &str = "jasaq-patrol:";

/// The code of a patrol, for the cameras of those who go along.
pub(super) fn code(program: &Program, arguments: &CodeArguments) -> Result<Reply, Failure> {
    let code = program.with_fieldbook(|fieldbook| {
        let patrol = find_open_patrol(program, fieldbook, arguments.patrol.as_deref())?;
        Ok(fieldbook.patrol_code(patrol)?)
    })?;
    let text = code.to_text();
    let qr = Qr::of(&text, Surface::Screen)?;
    inviting::draw(program, &qr, (arguments.qr_svg.as_deref(), arguments.qr_png.as_deref()))?;
    if program.output.is_watched() {
        inviting::show(program, &qr);
    }
    let reply = Reply::new(json!({ "patrol": code.patrol, "code": text })).text(text);
    Ok(reply.note(program.words.say("patrol-code-next")))
}

/// Records into another's patrol from here on.
pub(super) fn join(program: &Program, arguments: &JoinArguments) -> Result<Reply, Failure> {
    let given = match (&arguments.code, &arguments.picture) {
        (Some(code), _) => code.text().to_owned(),
        (None, Some(file)) => in_picture(&files::read_given(file, CODE_PICTURE_BYTES_MAX)?)?,
        (None, None) => return Err(Failure::usage("patrol-code-none-in-picture")),
    };
    let (code, key, others) = program.with_fieldbook(|fieldbook| {
        let code = PatrolCode::from_text(&given).map_err(jasaq_fieldbook::FieldbookRefused::from)?;
        let others = own_under_way(fieldbook, code.patrol)?;
        Ok((code, fieldbook.join_patrol(&code)?, others))
    })?;
    let json = json!({ "patrol": code.patrol, "key": key, "under_way": others });
    let told = Message::new("patrol-joined").with("patrol", short(&code.patrol.to_string()));
    let mut reply = Reply::new(json).text(code.patrol.to_string()).note(program.words.say(told));
    for other in others {
        let told = Message::new("patrol-joined-beside-own").with("patrol", short(&other.to_string()));
        reply = reply.note(program.words.say(told));
    }
    Ok(reply)
}

/// What this device started or joined before and is not over: from here on the new one is meant, and the head attaches the other.
fn own_under_way(fieldbook: &mut Fieldbook, joined: PatrolId) -> Result<Vec<PatrolId>, Failure> {
    let patrols = fieldbook.patrols(PATROLS_MAX)?.into_iter();
    let own = patrols.filter(|other| other.is_own && !other.is_over && other.patrol != joined);
    Ok(own.map(|other| other.patrol).collect())
}

fn in_picture(bytes: &[u8]) -> Result<String, Failure> {
    let texts = read_picture(bytes).unwrap_or_default();
    the_only(texts, CODE_BEGINS).map_err(|codes| {
        let (sentence, why) = match codes {
            0 => ("patrol-code-none-in-picture", "no patrol's code in the picture"),
            _ => ("patrol-code-several-in-picture", "several patrols' codes in the picture"),
        };
        Failure::new(Class::Input, sentence, &why)
    })
}
