//! A device asks to be let in, in the middle of a meeting: its owner reads out four words, and who invited him types them.

use std::io::BufRead as _;

use jasaq_fieldbook::roles::office_of;
use jasaq_fieldbook::{EnrolRefused, Fieldbook, FieldbookRefused, OpenMeeting};

use crate::failure::Failure;
use crate::limits::WORDS_TRIES_MAX;
use crate::output::tell_aside;
use crate::program::Program;
use crate::words::Message;

/// Asks, and goes on with the meeting whatever is answered. An empty line leaves it for later; a program is not asked.
pub(super) fn ask(
    program: &Program,
    fieldbook: &mut Fieldbook,
    meeting: &mut OpenMeeting,
) -> Result<(), Failure> {
    if !program.output.is_json {
        let_in(program, fieldbook, meeting)?;
    }
    Ok(fieldbook.resume_meeting(meeting)?)
}

fn let_in(program: &Program, fieldbook: &mut Fieldbook, meeting: &OpenMeeting) -> Result<(), Failure> {
    let Some(join) = meeting.asks() else { return Ok(()) };
    let words = &program.words;
    if join.rivals > 1 {
        // Somebody else has seen the code: that needs a second thought, and `device confirm`.
        tell_aside(&words.say(Message::new("device-rivals-confirm").with("count", join.rivals)));
        return Ok(());
    }
    let role = office_of(join.role).word(words.language());
    tell_aside(&words.say(Message::new("meet-ask").with("role", role)));
    for _ in 0..WORDS_TRIES_MAX {
        let Some(typed) = read_line() else { return Ok(()) };
        match fieldbook.confirm(&typed) {
            Ok(_) => {
                tell_aside(&words.say("meet-let-in"));
                return Ok(());
            }
            Err(FieldbookRefused::Enrol(EnrolRefused::NoSuchWords)) => {
                tell_aside(&words.say("meet-ask-again"));
            }
            Err(refused) => return Err(refused.into()),
        }
    }
    Ok(())
}

/// A line with something in it.
fn read_line() -> Option<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).ok()?;
    let typed = line.trim();
    (!typed.is_empty()).then(|| typed.to_owned())
}
