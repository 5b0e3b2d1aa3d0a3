//! `detention rights`: what is explained to whoever is detained (001-§12(3)), to read out or to show.
//!
//! Promises plain sentences after decree No. 866 and nothing beside it: no right that it does not name, no official form.

use serde_json::json;

use crate::output::Reply;
use crate::program::Program;

/// The sentences, in the language of the line.
pub(super) fn rights(program: &Program) -> Reply {
    let words = &program.words;
    let sentences =
        ["rights-grounds-explained", "rights-which-grounds", "rights-delivered-to", "rights-certificate"]
            .map(|id| words.say(id));
    let wording = words.say("rights-our-wording");
    let text = format!("{}\n\n({wording})", sentences.join("\n"));
    let json = json!({
        "language": words.language(), "sentences": sentences, "wording": wording, "paragraph": "001-§12(2), 12(3)",
    });
    Reply::new(json).text(text)
}
