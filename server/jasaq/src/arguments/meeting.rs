//! Arguments of meetings.

use std::net::SocketAddr;

use clap::{Args, Subcommand};

use super::membership::TypedCode;

/// `meet`
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "\
Examples:
  jasaq meet listen                         on one device: shows a code, and waits for the other
  jasaq meet jasaq-meet:00abc…              on the other one
  jasaq meet - < code.txt                   so that nobody finds the code in the list of processes

Both devices have to be on one network; one of them may open an access point. Each gets what the other has, whoever \
wrote it, and no relay is needed. A cut loses nothing: meet again. Without any network, `jasaq satchel export` gives \
everything as a file."
)]
pub(crate) struct MeetArguments {
    #[command(subcommand)]
    pub(crate) command: Option<MeetCommand>,
    /// The code that the other device shows, or `-` to read it from standard input
    #[arg(required = true)]
    pub(crate) code: Option<TypedCode>,
}

/// `meet …`
#[derive(Debug, Subcommand)]
pub(crate) enum MeetCommand {
    /// Show a code and wait for one other device
    #[command(after_help = "\
Examples:
  jasaq meet listen
  jasaq meet listen --listen 192.168.43.1:7341      on this address only

The code is good for this one meeting. Show it to who meets you and to nobody else. A device that this one has invited \
may join in it: its owner reads four words to you, and you type them. With --json the code comes at once in an object of its \
own, what came of the meeting in a second one, and nobody is asked.")]
    Listen {
        /// Where to wait. If left unset, on every network of this machine, on a port that is free
        #[arg(long, value_name = "ADDR")]
        listen: Option<SocketAddr>,
    },
}
