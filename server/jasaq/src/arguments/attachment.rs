//! Arguments of attachments: photos, voice notes, scans.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::ids::StatementRef;

/// `attach`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jasaq attach ford.jpg --caption \"өткел\"
  jasaq attach note.ogg --entry k3f0a91c.17
  jasaq attach act.pdf --keep-metadata

Place, time, device and the like are taken out of JPEG, PNG and WebP pictures and of MP4, M4A and Opus recordings before \
they are sealed; which side of a photo is up stays. What this program cannot take them out of is refused, unless \
--keep-metadata says that they may stay; then every reader sees that they did. The attachment is safe on this device's \
disk when its key is printed; the next `jasaq sync` brings it to the relay, small pictures first, and `jasaq meet` to the device beside it: the picture \
to everybody, the rest to who asked for it or carries it to the relay.")]
pub(crate) struct AttachArguments {
    /// The file, or `-` for standard input
    pub(crate) file: PathBuf,
    /// The patrol's id, or how it begins. If left unset, the newest that was started here and is not over, else the
    /// newest that is not over
    #[arg(long)]
    pub(crate) patrol: Option<String>,
    /// The key of the entry it belongs to. If left unset, the patrol as a whole
    #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
    pub(crate) entry: Option<StatementRef>,
    /// What is to be seen or heard
    #[arg(long, value_name = "TEXT")]
    pub(crate) caption: Option<String>,
    /// Leave place, time, device and the like in it, for every reader to see
    #[arg(long)]
    pub(crate) keep_metadata: bool,
}

/// `attachment …`
#[derive(Debug, Subcommand)]
pub(crate) enum AttachmentCommand {
    /// The attachments, how far each has come, and how much of it is here
    #[command(after_help = "\
Examples:
  jasaq attachment list
  jasaq attachment list --patrol 9f31 --json")]
    List {
        /// The patrol's id, or how it begins. If left unset, all
        #[arg(long)]
        patrol: Option<String>,
    },
    /// Ask for attachments: the next sync or meeting fetches them, and goes on where it broke off
    #[command(after_help = "\
Examples:
  jasaq attachment fetch k3f0a91c.17 && jasaq sync
  jasaq attachment fetch --all")]
    Fetch {
        /// The keys of the attachments
        #[arg(required_unless_present = "all")]
        keys: Vec<StatementRef>,
        /// Every attachment that is not here whole
        #[arg(long, conflicts_with = "keys")]
        all: bool,
        /// No longer
        #[arg(long)]
        not: bool,
    },
    /// Write what is in an attachment to a file
    #[command(after_help = "\
Examples:
  jasaq attachment save k3f0a91c.17 -o ford.jpg
  jasaq attachment save k3f0a91c.17 --thumbnail > small.jpg

The file is readable by its owner only. What was saved is beyond what the fieldbook can erase.")]
    Save {
        /// The key of the attachment
        key: StatementRef,
        /// The file to write. If left unset, standard output
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        /// The small picture of it instead
        #[arg(long)]
        thumbnail: bool,
    },
    /// Remove an attachment from this device for good, or from every device
    #[command(after_help = "\
Examples:
  jasaq attachment erase k3f0a91c.17               makes room here; others keep it
  jasaq attachment erase k3f0a91c.17 --for-everybody && jasaq sync

It is not fetched again. The structural or territorial subdivision can erase it for everybody: every device and relay that \
hears of it deletes it. The record that names it stays. What was saved to a file is beyond this.")]
    Erase {
        /// The key of the attachment
        key: StatementRef,
        /// On every device and the relay, and not only here
        #[arg(long)]
        for_everybody: bool,
        /// Although nobody else is known to have it: then it is gone for good
        #[arg(long, conflicts_with = "for_everybody")]
        even_the_last: bool,
    },
}
