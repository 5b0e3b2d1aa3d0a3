//! What people type from paper or hear by voice, and why it was not taken. In English.

use jasaq_protocol::membership::{InviteRefused, Misheard, SheetRefused};

use crate::exchange::RecoveryRefused;

pub(super) fn invite(refused: &InviteRefused) -> String {
    let sentence = match refused {
        InviteRefused::Words(misheard) => return words(misheard),
        InviteRefused::Form => {
            "This is not an invite code; nothing on the device was changed. Copy the code from its \
            beginning to its end, or ask whoever invited you for it again."
        }
        InviteRefused::Damaged => {
            "The invite code has a mistake in it or is not whole; nothing on the device was changed. \
            Type it again with care, or scan it."
        }
        InviteRefused::Newer => {
            "The invite code was made by a newer program; nothing on the device was changed. Renew the \
            program and enter the same code again."
        }
        InviteRefused::Unknown => {
            "The relay does not know this invite yet; nothing on the device was changed. Let \
                whoever invited you exchange with the relay, then try again."
        }
        InviteRefused::Contradicted => {
            "What answers at this address contradicts the words of the invite, so nothing was \
                done. Check the relay's address with whoever invited you; if it is right, tell \
                the structural subdivision."
        }
    };
    sentence.to_owned()
}

fn words(misheard: &Misheard) -> String {
    match misheard {
        Misheard::Count { found, due } => {
            format!(
                "There are {found} words where {due} are due, so nothing was done. Type every \
                    line with its five words."
            )
        }
        Misheard::LineCount { line, found } => {
            format!(
                "Line {line} has {found} words where five are due, so nothing was done. Compare \
                    that line letter by letter and give it again."
            )
        }
        Misheard::Line { line, meant: None } => {
            format!(
                "Line {line} has a mistake in it, so nothing was done. Compare its words letter \
                    by letter and give it again."
            )
        }
        Misheard::Line { line, meant: Some(meant) } => {
            let (place, word) = (meant.place, meant.word.as_str());
            format!(
                "Line {line} has a mistake in it, so nothing was done. Perhaps its word number \
                    {place} should be {word}: compare it and give it again."
            )
        }
    }
}

pub(super) fn recovery(refused: &RecoveryRefused) -> String {
    let sentence = match refused {
        RecoveryRefused::Vault(refused) => return super::en::vault(refused),
        RecoveryRefused::Sheet { which, refused } => {
            let why = sheets(refused);
            return format!("This is about sheet {which} of those that were given. {why}");
        }
        RecoveryRefused::Together(refused) => return sheets(refused),
        RecoveryRefused::OtherTerritory => {
            "The sheets are whole and go together, but they are of another territory than this \
                device; nothing was done. Look at the territory printed on them."
        }
        RecoveryRefused::RootNotGiven => {
            "These are the successor's sheets, and they name the territory only by its beginning; nothing was done. Give the \
                ROOT_KEY too: it stands in the trust of every relay, and on every console."
        }
        RecoveryRefused::NotKnown => {
            "This device does not know yet which key the sheets should give; nothing was done. \
                Exchange first, then try again."
        }
    };
    sentence.to_owned()
}

fn sheets(refused: &SheetRefused) -> String {
    let sentence = match refused {
        SheetRefused::Words(misheard) => return words(misheard),
        SheetRefused::Damaged => {
            "The code of the sheet has a mistake in it or is not whole; nothing was done. Scan it \
                again, or type the words of the sheet."
        }
        SheetRefused::Newer => {
            "The sheet was printed by a newer program; nothing was done. Renew the program and \
                try again."
        }
        SheetRefused::Few => {
            "Two different sheets of one set are needed; nothing was done. Give two of the three."
        }
        SheetRefused::Same => {
            "This is the same sheet twice, and two different ones are needed; nothing was done. \
                Give another of the three."
        }
        SheetRefused::Territories => {
            "The sheets are of two different territories; nothing was done. Look at the territory \
                printed on each, and give two of one territory."
        }
        SheetRefused::Purposes => {
            "The sheets are of keys for different things; nothing was done. Look at the name \
                printed on each, and give two of one key."
        }
        SheetRefused::Sets => {
            "The sheets are of two different sets; nothing was done. Look at the set printed on \
                each, and give two of one set."
        }
        SheetRefused::Strangers => {
            "The sheets do not give the key that they name, so one of them was altered; nothing \
                was done. Try again with the third sheet."
        }
    };
    sentence.to_owned()
}
