//! Arguments of what a structural subdivision keeps of its people: training, circumstances, strike-offs (001-§11, 15, 22).

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::law::ExclusionGround;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::words::{Name, Text};

use super::codes;

/// `training …`
#[derive(Debug, Subcommand)]
pub(crate) enum TrainingCommand {
    /// Record a session of legal training, for all who were there or for nobody (structural or territorial subdivision; 001-§11)
    #[command(after_help = "\
Example:
  jasaq training record 0117 0118 \"Әлиев Асқар\" --unit 2034 --topics \"001-§10, 12\" --day 2026-03-10 && jasaq sync")]
    Record(TrainingArguments),
    /// The sessions, and who was there
    #[command(after_help = "Example:\n  jasaq training list")]
    List,
}

/// `training record`
#[derive(Debug, Args)]
pub(crate) struct TrainingArguments {
    /// Who was there: ids, certificates' numbers, or names
    #[arg(required = true, num_args = 1..)]
    pub(crate) persons: Vec<String>,
    /// At the base of which military unit
    #[arg(long, value_name = "NAME")]
    pub(crate) unit: Name,
    /// About what
    #[arg(long, value_name = "TEXT")]
    pub(crate) topics: Text,
    /// When. If left unset, today
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) day: Option<Day>,
}

/// `strike-off`
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "\
Examples:
  jasaq strike-off \"Бекова Арай\" --ground moved_out               says what would follow, and does nothing
  jasaq strike-off \"Бекова Арай\" --ground moved_out --apply && jasaq sync
  jasaq strike-off 0117 --ground health_or_death --death --apply
  jasaq strike-off circumstance 0117 --ground criminal_liability    known already, the strike-off follows later
  jasaq person told 0117 --about strike_off --way \"хатпен\"

The ground stays with the subdivisions. The phones learn with their next exchange that he may not go out any more; what was \
logged before stands."
)]
pub(crate) struct StrikeOffArguments {
    #[command(subcommand)]
    pub(crate) command: Option<StrikeOffCommand>,
    #[command(flatten)]
    pub(crate) new: NewStrikeOffArguments,
}

/// `strike-off` without a further word
#[derive(Debug, Args)]
pub(crate) struct NewStrikeOffArguments {
    /// The person: the certificate's number, id, its first digits, or the name
    #[arg(required = true)]
    pub(crate) person: Option<String>,
    /// Which circumstance of 001-§15
    #[arg(long, value_parser = codes::ground(), required = true)]
    pub(crate) ground: Option<ExclusionGround>,
    /// He died: then nobody is told
    #[arg(long)]
    pub(crate) death: bool,
    /// Since when. If left unset, today
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) day: Option<Day>,
    /// Do it. Without this it is only said what would follow
    #[arg(long)]
    pub(crate) apply: bool,
}

/// `strike-off …`
#[derive(Debug, Subcommand)]
pub(crate) enum StrikeOffCommand {
    /// Record that a circumstance of 001-§15 arose: the part in patrols ends at once, the strike-off follows
    #[command(
        after_help = "Example:\n  jasaq strike-off circumstance 0117 --ground criminal_liability && jasaq sync"
    )]
    Circumstance {
        /// The person: the certificate's number, id, its first digits, or the name
        person: String,
        /// Which
        #[arg(long, value_parser = codes::ground())]
        ground: ExclusionGround,
        /// Since when. If left unset, today
        #[arg(long, value_name = "DATE", value_parser = codes::day)]
        day: Option<Day>,
    },
}
