//! Arguments of `lock`: who keeps the key of this device's fieldbook.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `lock …`
#[derive(Debug, Subcommand)]
pub(crate) enum LockCommand {
    /// Whether a passphrase keeps the key, and how many wrong ones were tried
    #[command(after_help = "Example:\n  jasaq lock status")]
    Status,
    /// Let a passphrase keep the key from now on
    #[command(after_help = "\
Examples:
  jasaq lock set                                      asks twice, and shows nothing of what is typed
  jasaq lock set --new-passphrase-file passphrase.txt
  jasaq status --passphrase-file passphrase.txt       how a script gives it afterwards

Every command asks for it then. At least 15 characters: four or five words that nobody would expect together. Nobody can bring it \
back: write it down and lay it where the sheets are. Until now the key lay in a file; whoever copied that file can still open every \
copy of this fieldbook. Where that may have happened, found or join anew with --passphrase-file.")]
    Set(NewPassphraseArguments),
    /// Let another passphrase keep the key
    #[command(after_help = "\
Examples:
  jasaq lock change
  jasaq lock change --passphrase-file old.txt --new-passphrase-file new.txt

The key itself stays: whoever knows the old passphrase and has an old copy of vault.key can still open every copy of this fieldbook.")]
    Change(NewPassphraseArguments),
    /// Let a file keep the key, which opens without asking
    #[command(after_help = "Example:\n  jasaq lock remove")]
    Remove,
    /// After how many minutes without use a fieldbook that stays open locks itself
    #[command(after_help = "\
Examples:
  jasaq lock after          says it
  jasaq lock after 5        sets it: 1 to 720

A command on the command line ends at once and forgets the key; this is for programs that stay open.")]
    After {
        /// The minutes. If left unset, says what holds
        minutes: Option<u16>,
    },
}

/// `lock set`, `lock change`
#[derive(Debug, Args)]
pub(crate) struct NewPassphraseArguments {
    /// A file with the new passphrase in its first line, or `-`. If left unset, it is asked for
    #[arg(long, value_name = "FILE")]
    pub(crate) new_passphrase_file: Option<PathBuf>,
}
