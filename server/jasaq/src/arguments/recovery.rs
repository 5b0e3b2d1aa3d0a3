//! Arguments of the recovery sheets.

use std::path::PathBuf;

use clap::{Args, Subcommand};

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
    /// Print the key of two sheets on three new ones
    #[command(after_help = "\
Example:
  jasaq recovery renew --sheets new/ one.txt two.txt

A set of its own: sheets of two sets do not go together. It invalidates nothing: two of the old sheets go on giving the \
same key until they are destroyed. If two of them may be in wrong hands, this does not help: the key itself has to be \
replaced.")]
    Renew(RenewArguments),
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
