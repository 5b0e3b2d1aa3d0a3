//! Arguments of patrols.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use jasaq_fieldbook::model::mark::{GapCause, MarkKind};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, Transport};
use jasaq_fieldbook::model::words::{Name, Note, Text};

use super::codes::{self, ClockTime};
use super::membership::TypedCode;
use super::paper::FromPaperArguments;
use super::planning::{AnswerArguments, AvailableArguments, CrewArguments, PlanArguments};

/// `patrol …`
#[derive(Debug, Subcommand)]
pub(crate) enum PatrolCommand {
    /// A patrol is planned, or its plan is put right
    #[command(after_help = "\
Examples:
  jasaq patrol plan --from 2026-03-05T08:00 --until 2026-03-05T18:00 --sector \"Үлкен сай\" \\
        --area border_zone --mode joint --representative \"майор С.\"
  jasaq patrol plan --replace 9f31 --from \"05.03.2026 10:00\" --until \"05.03.2026 18:00\" \\
        --sector \"Өткел\" --area border_zone --mode joint --representative \"майор С.\" \\
        --task \"the ford\" --transport horse

The head plans with a representative of the structural subdivision (001-§7); either of the two states the plan. Plans that two \
made apart all stand, and are flagged, until one replaces them: no clock chooses. What was called off is planned anew with \
`--replace`.")]
    Plan(PlanArguments),
    /// The head names who goes, and who leads
    #[command(after_help = "\
Example:
  jasaq patrol crew 9f31 --member 3f2a --member 9c01 --leader 3f2a

Who may not go on patrol by the card of the structural subdivision is refused, and so is of whom no card has come; the \
card's sentence says why. Named again, the whole crew is named anew.")]
    Crew(CrewArguments),
    /// Who is named answers whether he comes
    #[command(after_help = "\
Examples:
  jasaq patrol answer 9f31 --comes
  jasaq patrol answer 9f31 --does-not-come --note \"at a wedding\"

Nobody has to answer, and no reason is asked for. The last answer counts. What concerns his health does not belong into the \
note: the whole squad reads it.")]
    Answer(AnswerArguments),
    /// A patrol that has not gone out is called off
    #[command(after_help = "Example:\n  jasaq patrol cancel 9f31 --reason \"snowstorm\"")]
    Cancel {
        /// The planned patrol's id, or how it begins
        patrol: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Note,
    },
    /// A member says on which days he can come
    #[command(after_help = "\
Examples:
  jasaq patrol available --from 2026-03-01 --until 2026-03-31 --can yes
  jasaq patrol available --from 08.03.2026 --can no

Each says it for himself, on his own phone. The last word about a day counts.")]
    Available(AvailableArguments),
    /// Who can come on which days of a month, and who is named
    #[command(after_help = "\
Examples:
  jasaq patrol rota
  jasaq patrol rota --month 2026-03 --json")]
    Rota {
        /// Which month. If left unset, this one
        #[arg(long, value_name = "MONTH", value_parser = codes::month)]
        month: Option<Day>,
    },
    /// A patrol goes out
    #[command(after_help = "\
Examples:
  jasaq patrol start --mode joint --controller \"Б. Ахметов\"
  jasaq patrol start --mode independent --area border_zone --leader 3f2a --task \"ford and the two huts\"
  jasaq patrol start --mode both --at 08:10
  jasaq patrol start 9f31                     as it was planned

What is missing is flagged where the patrol is shown; nothing is refused because a squad is already on its way.")]
    Start(StartArguments),
    /// Members go on in another way, or a leg is over
    #[command(after_help = "\
Examples:
  jasaq patrol leg --transport horse --member 3f2a --member 9c01
  jasaq patrol leg --transport boat --member 3f2a --at 10:50
  jasaq patrol leg --end 77d0")]
    Leg(LegArguments),
    /// A patrol is back
    #[command(after_help = "\
Examples:
  jasaq patrol end
  jasaq patrol end 9f31 --at 2026-05-01T17:40:00+05:00")]
    End {
        /// The patrol's id, or how it begins. If left unset, the newest that was started here and is not over, else the
        /// newest that is not over
        patrol: Option<String>,
        /// When it came back, by the clock here: a time, or a day and a time. If left unset, now
        #[arg(long, value_name = "TIME", value_parser = codes::clock_time)]
        at: Option<ClockTime>,
    },
    /// Mark a certificate shown, a pause, a gap in the track
    #[command(after_help = "\
Examples:
  jasaq patrol mark --what certificate_shown --note \"to the driver\"
  jasaq patrol mark --what pause --at 12:00 --until 12:40
  jasaq patrol mark --what track_gap --at \"01.05.2026 09:40\" --until \"01.05.2026 10:05\" --cause app_closed

A mark is no activity of 001-§10 and decides nothing. Whoever was shown the certificate (001-§12(2)) is not named.")]
    Mark(MarkArguments),
    /// Show the code by which other phones record into a patrol
    #[command(after_help = "\
Examples:
  jasaq patrol code
  jasaq patrol code 9f31 --qr-png code.png

Those who go along scan it before they set out: each phone of the squad then records into this patrol, with no network and \
though nothing was exchanged. The code names nobody and no place, and helps no phone of another squad.")]
    Code(CodeArguments),
    /// Join a patrol by the code that its head shows
    #[command(after_help = "\
Examples:
  jasaq patrol join jasaq-patrol:019f31…
  jasaq patrol join --picture code.jpg

What is recorded from here on goes into that patrol, also where nothing of it has come yet. The joining stands in its log. A \
phone that could not join starts a patrol of its own, and the head attaches it later.")]
    Join(JoinArguments),
    /// The head makes what was recorded apart a part of another patrol
    #[command(after_help = "\
Example:
  jasaq patrol attach 77d0 --to 9f31

For a phone that could not join and recorded a patrol of its own. Its log then counts in the whole; nothing in it changes. The \
head takes it back with `jasaq entry withdraw` and the key that this prints.")]
    Attach {
        /// The part: its id, or how it begins
        part: String,
        /// The patrol that it is a part of: its id, or how it begins
        #[arg(long, value_name = "PATROL")]
        to: String,
    },
    /// Take down a sheet that was filled in by hand: a whole patrol, or more of one
    #[command(after_help = "\
Examples:
  jasaq patrol from-paper terim.xlsx --dry-run
  jasaq patrol from-paper terim.xlsx                        the sheet begins the patrol
  jasaq patrol from-paper terim.csv --patrol 9f31           more of a patrol that is there

Every cell that is not taken is told, with its row and column, and then nothing is written. Entries are marked as from paper, with the \
time on the paper and the time now. A line that a log has already is not taken a second time.")]
    FromPaper(FromPaperArguments),
    /// The log of a patrol
    #[command(after_help = "\
Examples:
  jasaq patrol show
  jasaq patrol show 9f31 --json      everything, with all three clocks of each statement")]
    Show {
        /// The patrol's id, or how it begins. If left unset, the newest that was started here and is not over, else the
        /// newest
        patrol: Option<String>,
    },
    /// The patrols: those that are planned first, then newest first
    #[command(after_help = "Example:\n  jasaq patrol list")]
    List,
    /// Write every statement of a log, with who said it when, and what it amends or takes back
    #[command(after_help = "\
Examples:
  jasaq patrol audit 9f31 -o 9f31.jsonl      everything, a line for each statement
  jasaq patrol audit 9f31 -o 9f31.csv        the columns of ODK's audit.csv

Members stand in it by their ids. In a CSV what a spreadsheet would take for a formula has an apostrophe in front.")]
    Audit {
        /// The patrol's id, or how it begins. If left unset, the newest that was started here and is not over, else the
        /// newest
        patrol: Option<String>,
        /// The file, .jsonl or .csv
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
    },
    /// Erase a patrol's log with its attachments, pages and cases, for everybody and for good
    #[command(after_help = "\
Examples:
  jasaq patrol erase 9f31                          says what would go, and erases nothing
  jasaq patrol erase 9f31 --for-everybody && jasaq sync
  jasaq erasure list                               who has erased it, and who has not heard of it yet

For a record that may not be kept, as with a person's data. Records of persons detained and of force used go with the log that \
names them, unless the log of another patrol does too. The structural or territorial subdivision erases, where it reads \
and writes. Every device and relay that hears of it takes the log out of what it holds, and takes none of it again; what \
comes of it late is erased too. Nothing brings it back. Whoever copied, printed or photographed it still has that, and so do \
backups that were made before.")]
    Erase {
        /// The patrol's id, or how it begins
        patrol: String,
        /// Do it. Without this it is only said what would go
        #[arg(long)]
        for_everybody: bool,
    },
}

/// `patrol start`
#[derive(Debug, Args)]
pub(crate) struct StartArguments {
    /// The planned patrol that goes out: its id, or how it begins; what is given beside it differs from the plan. If left
    /// unset, one without a plan
    pub(crate) patrol: Option<String>,
    /// On their own, jointly with the structural subdivision, or both
    #[arg(long, value_parser = codes::mode(), required_unless_present = "patrol")]
    pub(crate) mode: Option<ActivityMode>,
    /// The representative of the structural subdivision under whose control they go
    #[arg(long, value_name = "NAME")]
    pub(crate) controller: Option<Name>,
    /// The part of the border space they go to
    #[arg(long, value_parser = codes::area())]
    pub(crate) area: Option<AreaComponent>,
    /// The member who leads: his id, or how it begins
    #[arg(long, value_name = "MEMBER")]
    pub(crate) leader: Option<String>,
    /// What they are to do
    #[arg(long, value_name = "TEXT")]
    pub(crate) task: Option<Text>,
    /// When it went out, by the clock here: a time, or a day and a time. If left unset, now
    #[arg(long, value_name = "TIME", value_parser = codes::clock_time)]
    pub(crate) at: Option<ClockTime>,
}

/// `patrol code`
#[derive(Debug, Args)]
pub(crate) struct CodeArguments {
    /// The patrol's id, or how it begins. If left unset, the newest that was started or joined here and is not over, else the
    /// newest that is not over
    pub(crate) patrol: Option<String>,
    /// Write the code as a drawing too
    #[arg(long, value_name = "FILE")]
    pub(crate) qr_svg: Option<PathBuf>,
    /// Write the code as a picture too
    #[arg(long, value_name = "FILE")]
    pub(crate) qr_png: Option<PathBuf>,
}

/// `patrol join`
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("by").required(true).args(["code", "picture"]))]
pub(crate) struct JoinArguments {
    /// The code, as it stands beside the head's QR
    pub(crate) code: Option<TypedCode>,
    /// A photograph of the QR, or `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) picture: Option<PathBuf>,
}

/// `patrol leg`
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).args(["transport", "end"]))]
pub(crate) struct LegArguments {
    /// The patrol's id, or how it begins. If left unset, the newest that was started here and is not over, else the
    /// newest that is not over
    pub(crate) patrol: Option<String>,
    /// How they move from here on
    #[arg(long, value_parser = codes::transport())]
    pub(crate) transport: Option<Transport>,
    /// Who moves so: a member's id, or how it begins; as often as there are members
    #[arg(long = "member", value_name = "MEMBER", conflicts_with = "end")]
    pub(crate) members: Vec<String>,
    /// The leg that is over: its id, or how it begins
    #[arg(long, value_name = "LEG")]
    pub(crate) end: Option<String>,
    /// When they began to move so, or when it was over, by the clock here: a time, or a day and a time. If left unset, now
    #[arg(long, value_name = "TIME", value_parser = codes::clock_time)]
    pub(crate) at: Option<ClockTime>,
}

/// `patrol mark`
#[derive(Debug, Args)]
pub(crate) struct MarkArguments {
    /// What is marked
    #[arg(long, value_parser = codes::mark_kind())]
    pub(crate) what: MarkKind,
    /// When it began, by the clock here: a time, or a day and a time. If left unset, now
    #[arg(long, value_name = "TIME", value_parser = codes::clock_time)]
    pub(crate) at: Option<ClockTime>,
    /// When it was over. If left unset, it took no time, or nobody knows
    #[arg(long, value_name = "TIME", value_parser = codes::clock_time)]
    pub(crate) until: Option<ClockTime>,
    /// Why there is no track, for `track_gap`. If left unset, nobody knows
    #[arg(long, value_parser = codes::gap_cause())]
    pub(crate) cause: Option<GapCause>,
    /// A word with it, without personal data of third persons
    #[arg(long = "note", value_name = "TEXT")]
    pub(crate) word: Option<Note>,
    /// The patrol's id, or how it begins. If left unset, the newest that was started here and is not over, else the
    /// newest that is not over
    #[arg(long)]
    pub(crate) patrol: Option<String>,
}
