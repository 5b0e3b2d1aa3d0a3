//! What an exchange brought of this phone's own card: whether its owner may go on patrol, where that changed.
//!
//! Told once, by whichever exchange brings it; `status` goes on saying it.

use jasaq_fieldbook::Fieldbook;
use jasaq_fieldbook::model::squad::SquadCard;
use serde_json::json;

use crate::failure::Failure;
use crate::output::Reply;
use crate::program::Program;
use crate::words::Message;

/// Exchanges, and says first of what came whether the owner may go out, if the card says otherwise than before.
pub(super) fn watched(
    program: &Program,
    exchange: impl FnOnce(&mut Fieldbook) -> Result<Reply, Failure>,
) -> Result<Reply, Failure> {
    program.with_fieldbook(|fieldbook| {
        let before = fieldbook.own_card()?;
        match exchange(fieldbook) {
            Ok(reply) => Ok(told(program, (before, fieldbook.own_card()?), reply)),
            Err(mut failure) => match failure.so_far.take() {
                None => Err(failure),
                Some(reply) => Err(failure.after(told(program, (before, fieldbook.own_card()?), *reply))),
            },
        }
    })
}

fn told(program: &Program, (before, now): (Option<SquadCard>, Option<SquadCard>), reply: Reply) -> Reply {
    // That he may is what a first card says as a rule.
    let could = before.is_none_or(|card| card.eligible);
    let Some(card) = now.filter(|card| card.eligible != could) else { return reply };
    let words = &program.words;
    let sentence = card.sentence(words.language());
    let fact = json!({ "eligible": card.eligible, "as_of": card.as_of, "sentence": sentence });
    let line = if card.eligible {
        sentence
    } else {
        words.say(Message::new("patrol-not-eligible").with("card", sentence))
    };
    reply.headed(("card", fact), &line)
}
