//! Arguments of entries: what is said, amended, taken back, begun.

use clap::{ArgGroup, Args, Parser, Subcommand};
use jasaq_fieldbook::model::amendment::AmendReason;
use jasaq_fieldbook::model::entry::{ActivityType, Count, ProtectedObject, ReceiverKind};
use jasaq_fieldbook::model::moment::UtcTime;
use jasaq_fieldbook::model::patrol::ActivityMode;
use jasaq_fieldbook::model::source::Source;
use jasaq_fieldbook::model::words::{Label, Note, Text};

use super::codes::{self, ClockTime};

/// `entry …`
#[derive(Debug, Subcommand)]
pub(crate) enum EntryCommand {
    /// Something was done or seen
    #[command(after_help = "\
Examples:
  jasaq entry add --activity border_service --kind round --mode joint --text \"тұман, көріну 50 м\" \\
        --lat 44.16 --lon 80.01 --accuracy 6
  jasaq entry add --activity inspection --kind vehicle --mode independent --text - < note.txt
  jasaq entry add --activity prevention --object border_regime --source radio --told-by 9c01 \\
        --text \"остановлена машина\" --marker 517 --count 2
  jasaq entry add --activity detain_deliver --receiver border_unit --text \"…\" \\
        --source paper --at \"2026-05-01 11:20\"
  jasaq entry add --activity force --text \"…\" --mgrs \"44TMQ 12345 67890\"
  tail -f notes.txt | jasaq entry add --activity force --each-line

The entry is safe on this device's disk when its key is printed. Who was detained, hurt or named \
does not belong here. No position is given where there was no fix; 0,0 is refused.

What is taken down at the desk has `--source` paper or radio; `--told-by` is then who says it, and `--at` the time on the paper.")]
    Add(EntryArguments),
    /// Say an entry anew, with the reason
    #[command(after_help = "\
Examples:
  jasaq entry amend AbCdEfGh.12 --why slip --text \"footprints of three\"
  jasaq entry amend AbCdEfGh.12 --why left_out --count 3 --marker 517
  jasaq entry amend AbCdEfGh.12 --why other --note \"the map was of last year\" --lat 44.16 --lon 80.01 --by-hand

What is not given stays as the entry has it. An entry that nobody else can have yet is written over; afterwards the amendment \
stands beside it, and both travel. Nobody amends what another said.")]
    Amend(AmendArguments),
    /// Take back what was said in a log, with the reason
    #[command(after_help = "\
Example:
  jasaq entry withdraw AbCdEfGh.12 --reason \"it was the day before\"

It stays in the log, struck out. Marks and a head's decisions are taken back in the same way, pages are not.")]
    Withdraw {
        /// Its key, or how it begins
        key: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Text,
        /// The patrol's id, or how it begins. If left unset, the one that holds it
        #[arg(long)]
        patrol: Option<String>,
    },
    /// Entries that were begun, and wait for the rest
    #[command(subcommand)]
    Draft(DraftCommand),
}

/// `entry draft …`
#[derive(Debug, Subcommand)]
pub(crate) enum DraftCommand {
    /// Keep what is known of an entry so far
    #[command(after_help = "\
Examples:
  jasaq entry draft add --lat 44.16 --lon 80.01 --accuracy 6
  jasaq entry draft add --activity inspection --kind vehicle

The time is kept with it. A draft stays on this device and survives a flat battery; nobody else gets it.")]
    Add(EntryOptions),
    /// The drafts, the one written last first
    #[command(after_help = "Example:\n  jasaq entry draft list")]
    List,
    /// What a draft holds, and what is missing
    #[command(after_help = "Example:\n  jasaq entry draft show 5c1e")]
    Show {
        /// Its id, or how it begins
        draft: String,
    },
    /// Record it with what was missing; then the draft is gone
    #[command(after_help = "\
Example:
  jasaq entry draft finish 5c1e --text \"two cars without plates\" --mode independent

What is given here goes before what the draft holds.")]
    Finish {
        /// Its id, or how it begins
        draft: String,
        #[command(flatten)]
        options: EntryOptions,
    },
    /// Throw a draft away
    #[command(after_help = "Example:\n  jasaq entry draft drop 5c1e")]
    Drop {
        /// Its id, or how it begins
        draft: String,
    },
}

/// `entry add`
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("words").required(true).args(["text", "each_line"]))]
#[command(mut_arg("activity_type", |argument| argument.required(true)))]
pub(crate) struct EntryArguments {
    /// The patrol's id, or how it begins. If left unset, the newest that was started here and is not over, else the
    /// newest that is not over
    #[arg(value_name = "PATROL", id = "in_patrol", conflicts_with = "patrol")]
    pub(crate) in_patrol: Option<String>,
    /// One entry for each line of standard input; each key is printed as soon as its entry is on disk
    #[arg(long)]
    pub(crate) each_line: bool,
    #[command(flatten)]
    pub(crate) options: EntryOptions,
}

/// `entry amend`
#[derive(Debug, Args)]
pub(crate) struct AmendArguments {
    /// The entry's key, or how it begins
    pub(crate) key: String,
    /// Why it is said anew
    #[arg(long, value_parser = codes::amend_reason())]
    pub(crate) why: AmendReason,
    /// A word with the reason; of `other` the reason itself
    #[arg(long = "note", value_name = "TEXT", required_if_eq("why", "other"))]
    pub(crate) word: Option<Note>,
    #[command(flatten)]
    pub(crate) options: EntryOptions,
}

/// Options read back from where they were kept.
#[derive(Debug, Parser)]
#[command(no_binary_name = true, disable_help_flag = true)]
pub(crate) struct KeptOptions {
    #[command(flatten)]
    pub(crate) options: EntryOptions,
}

/// What may be said of an entry.
#[derive(Debug, Clone, Args)]
pub(crate) struct EntryOptions {
    /// The patrol's id, or how it begins. If left unset, the newest that was started here and is not over, else the
    /// newest that is not over
    #[arg(long)]
    pub(crate) patrol: Option<String>,
    #[command(flatten)]
    pub(crate) activity: ActivityArguments,
    /// What happened, in words; `-` reads them from standard input
    #[arg(long)]
    pub(crate) text: Option<String>,
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    /// How many people, animals or things were counted
    #[arg(long, value_name = "COUNT", value_parser = codes::count)]
    pub(crate) count: Option<Count>,
    /// When it happened, by the clock here: a time, or a day and a time. If left unset, now
    #[arg(long, value_name = "TIME", value_parser = codes::clock_time)]
    pub(crate) at: Option<ClockTime>,
    /// How it came into this device. If left unset, by phone
    #[arg(long, value_parser = codes::source())]
    pub(crate) source: Option<Source>,
    /// Who says it, where another takes it down from paper or by radio: a member's id, or how it begins
    #[arg(long, value_name = "MEMBER")]
    pub(crate) told_by: Option<String>,
    /// What the satellites' clock said at the fix
    #[arg(long, value_name = "RFC3339")]
    pub(crate) gps_time: Option<UtcTime>,
}

/// Which activity of 001-§10.
#[derive(Debug, Clone, Args)]
pub(crate) struct ActivityArguments {
    /// The activity type of 001-§10
    #[arg(long = "activity", value_name = "TYPE", value_parser = codes::activity_type())]
    pub(crate) activity_type: Option<ActivityType>,
    /// Which part of it: for `border_service` and inspection
    #[arg(long, value_parser = codes::subkind())]
    pub(crate) kind: Option<String>,
    /// On their own, jointly or both: for `border_service` and inspection
    #[arg(long, value_parser = codes::mode())]
    pub(crate) mode: Option<ActivityMode>,
    /// For prevention: what the offence was against
    #[arg(long, value_parser = codes::protected_object())]
    pub(crate) object: Option<ProtectedObject>,
    /// For `detain_deliver`: who received the person
    #[arg(long, value_parser = codes::receiver())]
    pub(crate) receiver: Option<ReceiverKind>,
}

/// Where it was.
#[derive(Debug, Clone, Args)]
#[command(group = ArgGroup::new("point").args(["lat", "mgrs"]))]
pub(crate) struct PlaceArguments {
    /// Degrees north
    #[arg(long, value_name = "DEGREES", requires = "lon", value_parser = codes::number, allow_hyphen_values = true)]
    pub(crate) lat: Option<f64>,
    /// Degrees east
    #[arg(long, value_name = "DEGREES", requires = "lat", value_parser = codes::number, allow_hyphen_values = true)]
    pub(crate) lon: Option<f64>,
    /// The square of a map's grid, like "44TMQ 12345 67890"; it counts as set by hand
    #[arg(long, value_name = "SQUARE")]
    pub(crate) mgrs: Option<String>,
    /// How accurate the position is, in metres. If left unset, nobody knows
    #[arg(long, value_name = "METRES", requires = "point", value_parser = codes::number, allow_hyphen_values = true)]
    pub(crate) accuracy: Option<f64>,
    /// How high, in metres. If left unset, nobody knows
    #[arg(long = "alt", value_name = "METRES", requires = "point", value_parser = codes::number, allow_hyphen_values = true)]
    pub(crate) altitude: Option<f64>,
    /// The position was set by hand, not measured
    #[arg(long, requires = "point")]
    pub(crate) by_hand: bool,
    /// The system says that an app faked the position
    #[arg(long, requires = "lat", conflicts_with = "by_hand")]
    pub(crate) mock: bool,
    /// The number of the nearest boundary marker
    #[arg(long, value_name = "NUMBER")]
    pub(crate) marker: Option<Label>,
    /// A landmark
    #[arg(long, value_name = "TEXT")]
    pub(crate) landmark: Option<Label>,
}
