//! The lock in English: keys, passphrases, the key holder of a phone.
//!
//! Each `match` is total, as in the file of the whole language.

use super::en::home_folder;
use super::{FileTrouble, Wait};
use crate::vault::{HostRefused, KeyRefused, PassphraseRefused};

pub(super) const LOCKED: &str = "The vault is locked: nothing is read and nothing new is recorded until it is unlocked, \
    everything recorded before stays. Unlock it.";

pub(super) fn key(refused: &KeyRefused) -> String {
    let sentence = match refused {
        KeyRefused::TryAgainIn { wait_ms } => return try_again(Wait::of(*wait_ms)),
        KeyRefused::Passphrase(refused) => return passphrase(*refused),
        KeyRefused::Host(refused) => host(*refused),
        KeyRefused::Missing => {
            "The key file (vault.key) is missing: without it the vault does not open, but the records \
            are there. Bring the file back from a copy into the folder of the vault and open it again."
        }
        KeyRefused::Open => {
            "The key file (vault.key) may be read by others, so the vault was not opened; the records \
            are there. Run chmod 600 vault.key in the folder of the vault and open it again."
        }
        KeyRefused::Form => {
            "The key file (vault.key) is damaged or is no key file; the records are there, the vault \
            was left as it is. Bring the file back from a copy and open it again."
        }
        KeyRefused::OtherHolder => {
            "This vault opens in another way: one made with a passphrase opens with it, one made \
            without opens without. It was left as it is; open it the way it was made."
        }
        KeyRefused::Wrong => {
            "The key or passphrase is not the one of this vault; it was left as it is and the records are \
            there. Check that it is the right folder; if it has a passphrase, type it again with care, if \
            not, put the vault's own key back."
        }
        KeyRefused::File(error) => home_folder(FileTrouble::of(error)),
    };
    sentence.to_owned()
}

fn try_again(wait: Wait) -> String {
    let (wait, unit) = match wait {
        Wait::Seconds(seconds) => (seconds, "s"),
        Wait::Minutes(minutes) => (minutes, "min"),
    };
    format!(
        "Too many wrong passphrases: this one was not even tried, the records are there. Try again in \
        {wait} {unit}; check the keyboard layout and the caps lock first."
    )
}

fn passphrase(refused: PassphraseRefused) -> String {
    match refused {
        PassphraseRefused::Short { characters, characters_min } => format!(
            "This passphrase is too short: it has {characters} characters, at least {characters_min} \
            are needed, because whoever gets the disk may try as often as he likes. Nothing was \
            changed; take four or five words that nobody would expect together."
        ),
        PassphraseRefused::Monotonous { different, different_min } => format!(
            "This passphrase repeats too few characters: {different} different ones where at least \
            {different_min} are needed. Nothing was changed; take four or five words that nobody \
            would expect together."
        ),
        PassphraseRefused::Long { bytes_max } => format!(
            "This passphrase is too long (at most {bytes_max} bytes). Nothing was changed; check that \
            it is the right file, or take a shorter one."
        ),
    }
}

fn host(refused: HostRefused) -> &'static str {
    match refused {
        HostRefused::Invalidated => {
            "The phone gave up its key to this vault, because finger, face or screen lock were set up \
            anew. The vault was left as it is, but this phone cannot open it any more. Ask for a new \
            invite and join; what was exchanged comes back."
        }
        HostRefused::Cancelled => {
            "The unlocking was cancelled: the vault stays closed, everything recorded before stays. \
            Open it again and confirm with finger, face or code."
        }
        HostRefused::NotUnlocked => {
            "The phone was not unlocked since it was switched on, so the vault stays closed; the \
            records are there. Unlock the phone once and open the vault again."
        }
        HostRefused::Gone => {
            "This phone does not hold the key to this vault: it was reset, or the vault came from \
            another phone. The vault was left as it is. Open it on the phone that made it, or ask \
            for a new invite, join and exchange."
        }
        HostRefused::Failed => {
            "The phone did not give its key to this vault, and did not say why; the records are \
            there. Start the phone again and open the vault; if that does not help, tell the \
            structural subdivision."
        }
    }
}

pub(super) fn minutes(minutes_max: u16) -> String {
    format!(
        "The vault can lock itself after 1 to {minutes_max} minutes. Nothing was changed; choose a \
        number within that."
    )
}
