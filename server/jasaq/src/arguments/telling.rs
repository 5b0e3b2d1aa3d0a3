//! Arguments of what is told to the structural subdivision at once.

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::entry::ProtectedObject;
use jasaq_fieldbook::model::notice::{Channel, NoticeReply};
use jasaq_fieldbook::model::words::{Label, Note, Text};

use super::codes::{self, ClockTime};
use super::entry::PlaceArguments;
use super::exchange::Reach;

/// `observe`
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  jasaq observe --object border_regime --text \"a trench by the fence\" --lat 44.16 --lon 80.01

Whoever is enrolled in a squad may, on no patrol too (001-§9). One of the seven protected objects is named. It goes to the \
structural subdivision with the next exchange; on a patrol `jasaq entry add` and `jasaq notice send` are meant.")]
pub(crate) struct ObserveArguments {
    /// Which of the seven protected objects it is against
    #[arg(long, value_parser = codes::protected_object())]
    pub(crate) object: ProtectedObject,
    /// What was seen
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: Text,
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    /// When, by the clock here: a time, or a day and a time. If left unset, now
    #[arg(long, value_name = "TIME", value_parser = codes::clock_time)]
    pub(crate) at: Option<ClockTime>,
}

/// `notice …`
#[derive(Debug, Subcommand)]
pub(crate) enum NoticeCommand {
    /// Tell the structural subdivision of an offence, at once
    #[command(after_help = "\
Examples:
  jasaq notice send --text \"two on foot, towards the line\" --object state_border --lat 44.16 --lon 80.01
  jasaq notice send --text \"…\" --told-at 10:50 --channel radio --whom \"duty officer\" --offline

For offences that are prepared or were committed, on duty (001-§12(1)). It is recorded, and an exchange is tried. Where the relay \
is not reached it waits on this phone: tell it by voice, then say so with `jasaq notice told`. Both times are kept.")]
    Send(Box<SendArguments>),
    /// A notice was told by voice
    #[command(after_help = "\
Example:
  jasaq notice told AbCdEfGh.12 --at 10:50 --channel radio --whom \"duty officer\"")]
    Told {
        /// The notice's key, or how it begins
        key: String,
        /// When, by the clock here: a time, or a day and a time. If left unset, now
        #[arg(long, value_name = "TIME", value_parser = codes::clock_time)]
        at: Option<codes::ClockTime>,
        /// By which voice
        #[arg(long, value_parser = codes::channel())]
        channel: Channel,
        /// Whom
        #[arg(long, value_name = "NAME")]
        whom: Option<Label>,
    },
    /// What was told, with when it was learned, told, received and answered; the open ones first
    #[command(after_help = "\
Examples:
  jasaq notice list
  jasaq notice list --json

The structural subdivision sees those of its squads, a phone its own.")]
    List,
    /// The structural subdivision answers a notice, where its squad reads it
    #[command(after_help = "\
Examples:
  jasaq notice answer AbCdEfGh.12 --reply received --note \"a car is on its way\"
  jasaq notice answer AbCdEfGh.12 --reply confirms_voice

A later answer stands beside an earlier one.")]
    Answer {
        /// The notice's key, or how it begins
        key: String,
        /// What is answered
        #[arg(long, value_parser = codes::notice_reply())]
        reply: NoticeReply,
        /// What to do, or another word
        #[arg(long = "note", value_name = "TEXT")]
        word: Option<Note>,
    },
}

/// `notice send`
#[derive(Debug, Args)]
pub(crate) struct SendArguments {
    /// What became known
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: Text,
    /// Which of the seven protected objects it is against. If left unset, it is not said
    #[arg(long, value_parser = codes::protected_object())]
    pub(crate) object: Option<ProtectedObject>,
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    /// On which patrol: its id, or how it begins. If left unset, the newest that was started here and is not over, if there is
    /// one
    #[arg(long)]
    pub(crate) patrol: Option<String>,
    /// When it became known, by the clock here: a time, or a day and a time. If left unset, now
    #[arg(long, value_name = "TIME", value_parser = codes::clock_time)]
    pub(crate) at: Option<codes::ClockTime>,
    /// When it was told by voice, if it was
    #[arg(long, value_name = "TIME", value_parser = codes::clock_time, requires = "channel")]
    pub(crate) told_at: Option<codes::ClockTime>,
    /// By which voice it was told
    #[arg(long, value_parser = codes::channel(), requires = "told_at")]
    pub(crate) channel: Option<Channel>,
    /// Whom it was told
    #[arg(long, value_name = "NAME", requires = "told_at")]
    pub(crate) whom: Option<Label>,
    /// Try no exchange
    #[arg(long)]
    pub(crate) offline: bool,
    #[command(flatten)]
    pub(crate) reach: Reach,
}
