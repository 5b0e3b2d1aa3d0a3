//! Arguments of the recovery sheets.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jasaq_fieldbook::protocol::ids::DeviceId;

use super::exchange::Reach;

/// `recovery …`
#[derive(Debug, Subcommand)]
pub(crate) enum RecoveryCommand {
    /// Prove that two sheets work, without using them up
    #[command(after_help = "\
Examples:
  jasaq recovery drill                               type the words of two sheets, an empty line between them
  jasaq recovery drill one.txt two.txt               what was typed before, or scanned from the QR codes

Reads the key from the sheets, compares it with the territory's, wipes it and signs nothing. The day is noted, and `jasaq \
status` on this console says when the next drill is due. Do it once a year, on a console that is not on a network.")]
    Drill {
        /// A file for each sheet: its words, the text of its QR code, or the page. If left unset, standard input
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Make this device a console of the territorial subdivision: a further one, or the first after all were lost
    #[command(after_help = "\
Examples:
  jasaq --home new recovery start --relay https://relay.example one.txt two.txt
  jasaq --home new sync && jasaq --home new recovery keys one.txt two.txt && jasaq --home new sync
  jasaq --home new recovery start --root 5f0c… --relay https://relay.example       with the successor's sheets

The sheets' key adds this device to the territorial subdivision; everybody sees that. What the relay or a satchel brings it \
is read once `jasaq recovery keys` has opened it. Then remove the consoles that are lost: `jasaq recovery remove`.

A second console beside one that works comes in the same way, and only so: nobody but the root stands above a territorial \
subdivision, so no invite lets it in. Nothing is removed then.")]
    Start(StartArguments),
    /// Open every key of the territory, and give each to whoever reads and has not got it
    #[command(after_help = "\
Example:
  jasaq sync && jasaq recovery keys one.txt two.txt && jasaq sync

For an office that lost all of its devices: let a new one in first, then this gives it the keys, though nobody at this \
console may read what they open. The key signs it, and everybody sees that it did; it is wiped when this ends.")]
    Keys {
        /// A file for each sheet. If left unset, standard input
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Remove a console of the territorial subdivision: only the root stands above one
    #[command(after_help = "\
Example:
  jasaq recovery remove 7c1e one.txt two.txt && jasaq sync")]
    Remove {
        /// The device's id, or how it begins
        device: String,
        /// A file for each sheet. If left unset, standard input
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Print the key of two sheets on three new ones
    #[command(after_help = "\
Example:
  jasaq recovery renew --sheets new/ one.txt two.txt

A set of its own: sheets of two sets do not go together. It invalidates nothing: two of the old sheets go on giving the \
same key until they are destroyed. If two of them may be in wrong hands, this does not help: the key itself has to be \
replaced.")]
    Renew(RenewArguments),
}

/// `recovery start`
#[derive(Debug, Args)]
pub(crate) struct StartArguments {
    /// A file for each sheet. If left unset, standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The territory's root key, 64 digits: with the successor's sheets, which do not name it whole
    #[arg(long, value_name = "ROOT_KEY", value_parser = read_root)]
    pub(crate) root: Option<DeviceId>,
    /// Where the relay is. If left unset, told later with `jasaq device relay`
    #[arg(long, value_name = "URL")]
    pub(crate) relay: Option<String>,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

pub(super) fn read_root(text: &str) -> Result<DeviceId, String> {
    text.parse().map_err(|_| "a ROOT_KEY is 64 digits, 0-9 and a-f".to_owned())
}

/// `recovery renew`
#[derive(Debug, Args)]
pub(crate) struct RenewArguments {
    /// A file for each of the old sheets. If left unset, standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The folder to write the three new sheets into. If left unset, they are printed
    #[arg(long, value_name = "DIR")]
    pub(crate) sheets: Option<PathBuf>,
}
