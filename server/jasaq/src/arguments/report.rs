//! Arguments of reports: figures from sealed pages, and what a head reports.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::words::Text;

use super::codes;

/// A profile of times that no act in force sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// The joint order of 2002 on crossing points, repealed in 2015.
    #[value(name = "000")]
    Historical,
}

/// `report …`
#[derive(Debug, Subcommand)]
pub(crate) enum ReportCommand {
    /// Hours of the members, as their attendance stands on pages that are in the book
    #[command(after_help = "\
Examples:
  jasaq report hours --from 01.05.2026 --to 31.05.2026
  jasaq report hours --squad 3f2a -o hours.xlsx

Hours are added up from pages and cannot be typed. Where a page does not say how long somebody was there, that is counted apart and \
nothing is put in its place. Members stand in the order of their names; nobody is ranked.")]
    Hours(PeriodArguments),
    /// What was done, by the five activities and their parts
    #[command(
        after_help = "Examples:\n  jasaq report activity --from 01.01.2026\n  jasaq report activity -o activity.csv"
    )]
    Activity(PeriodArguments),
    /// One day
    #[command(after_help = "\
Examples:
  jasaq report day 01.05.2026
  jasaq report day 2026-05-01 --profile 000      with the times of a repealed act, as history

A patrol counts on the day on which it went out, with all that its page says.")]
    Day {
        /// Which day, as 2026-05-01 or 01.05.2026
        #[arg(value_name = "DATE", value_parser = codes::day)]
        of_day: Day,
        #[command(flatten)]
        written: WrittenArguments,
    },
    /// One month, day by day
    #[command(
        after_help = "Examples:\n  jasaq report month 2026-05\n  jasaq report month 05.2026 -o may.xlsx"
    )]
    Month {
        /// Which month, as 2026-05 or 05.2026
        #[arg(value_name = "MONTH", value_parser = codes::month)]
        month: Day,
        #[command(flatten)]
        written: WrittenArguments,
    },
    /// Report a patrol to the leadership of the structural subdivision
    #[command(after_help = "\
Examples:
  jasaq report head                                  what would be reported
  jasaq report head 2026-47 --send
  jasaq report head 9f31 --text \"all quiet\" --send      in the head's own words

It is put together from the sealed page, with its number and hash, in Kazakh and in Russian, and names nobody. Nothing is sent \
without `--send`; then it goes with the next sync. Only the squad's head reports.")]
    Head {
        /// The page's number, or how its hash begins; or the patrol's id, or how it begins. If left unset, the newest patrol
        page: Option<String>,
        /// What to say instead of what was put together; which page it is about is said all the same
        #[arg(long, value_name = "TEXT")]
        text: Option<Text>,
        /// Report it. Without this it is only shown
        #[arg(long)]
        send: bool,
    },
    /// What heads reported, the newest first
    #[command(after_help = "Example:\n  jasaq report list")]
    List,
}

/// Of which days and squad, and where to.
#[derive(Debug, Args)]
pub(crate) struct PeriodArguments {
    /// From this day on. If left unset, from the first
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) from: Option<Day>,
    /// Up to this day, it included. If left unset, to the last
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) to: Option<Day>,
    /// Of one squad: what it is called here, or how its id begins (`squad list`). If left unset, of all whose pages are read here
    #[arg(long = "squad", value_name = "SQUAD")]
    pub(crate) of_squad: Option<String>,
    /// Write it to this file, .xlsx or .csv. If left unset, it is shown
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Of which squad, by which times, and where to.
#[derive(Debug, Args)]
pub(crate) struct WrittenArguments {
    /// Of one squad: what it is called here, or how its id begins (`squad list`). If left unset, of all whose pages are read here
    #[arg(long = "squad", value_name = "SQUAD")]
    pub(crate) of_squad: Option<String>,
    /// Also the times of source 000, an act that was repealed in 2015: as history, for nothing in force asks for them
    #[arg(long, value_enum, hide_possible_values = true)]
    pub(crate) profile: Option<Profile>,
    /// Write it to this file, .xlsx or .csv. If left unset, it is shown
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}
