//! Arguments of what was erased.

use clap::Subcommand;

/// `erasure …`
#[derive(Debug, Subcommand)]
pub(crate) enum ErasureCommand {
    /// What was erased, by whom, and how many devices have said that nothing of it is left with them
    #[command(after_help = "Example:\n  jasaq sync && jasaq erasure list")]
    List,
    /// Which devices have erased it, and which have not said so yet
    #[command(after_help = "\
Example:
  jasaq sync && jasaq erasure show 9f31

A device says so with its first exchange after it heard of it. One that was lost before, or removed, never will.")]
    Show {
        /// The id of what was erased, or the attachment's key, or how it begins
        #[arg(allow_hyphen_values = true)]
        id: String,
    },
}
