//! Arguments of the check of the three registers (001-§17, 19).

use clap::{ArgGroup, Args, Subcommand};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::register::CheckFinding;

use super::codes;

/// `check …`
#[derive(Debug, Subcommand)]
pub(crate) enum CheckCommand {
    /// Record what registers said of a person (territorial subdivision only; 001-§17, 19)
    #[command(after_help = "\
Examples:
  jasaq check record \"Бекова Арай\" --criminal-record nothing --narcological-register nothing --psychoneurological-register nothing
  jasaq check record 3f2a --criminal-record circumstance --day 2026-03-04

Only whether there is something is recorded: there is no field for a diagnosis or an article.")]
    Record(CheckArguments),
    /// Record an intentional administrative offence of a person; two within a year exclude (territorial subdivision only; 001-§15(2))
    #[command(after_help = "Example:\n  jasaq check offence 3f2a --day 2026-02-11")]
    Offence {
        /// The person: id, its first digits, or the name
        person: String,
        /// When it was committed
        #[arg(long, value_name = "DATE", value_parser = codes::day)]
        day: Day,
    },
    /// Who is being checked, and how many of the three registers have answered
    #[command(after_help = "\
Examples:
  jasaq check show
  jasaq person show 3f2a --sensitive --reason \"тексеру\"      what they answered")]
    Show,
    /// The copies of a person's papers that came with a list or an application
    #[command(after_help = "\
Examples:
  jasaq check copies \"Бекова Арай\"
  jasaq attachment fetch KEY && jasaq sync && jasaq attachment save KEY -o card.jpg
  jasaq check copies \"Бекова Арай\" --delete && jasaq sync

They are deleted by themselves, for everybody, when the check ends with `register add`, `register application decide` or \
`check exclude`, and by `list receive` of whoever on the list is checked no more; --keep-copies there keeps them on purpose.")]
    Copies {
        /// The person: id, its first digits, or the name
        person: String,
        /// Delete them for everybody: nothing brings them back (territorial subdivision only)
        #[arg(long)]
        delete: bool,
    },
    /// Tell the akimat to take a person off a squad's roster, and not why (territorial subdivision only; 001-§19)
    #[command(after_help = "\
Example:
  jasaq check exclude \"Бекова Арай\" && jasaq sync        then the akimat: jasaq squad remove-member")]
    Exclude {
        /// The person: id, its first digits, or the name
        person: String,
        /// From which squad. If left unset, the only one on whose roster he is
        #[arg(long, value_name = "SQUAD")]
        squad: Option<String>,
        /// The notice's day. If left unset, today
        #[arg(long, value_name = "DATE", value_parser = codes::day)]
        day: Option<Day>,
        /// Keep the copies of his papers, on purpose
        #[arg(long)]
        keep_copies: bool,
    },
}

/// `check record`
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("registers").required(true).multiple(true)
    .args(["criminal_record", "narcological_register", "psychoneurological_register"]))]
pub(crate) struct CheckArguments {
    /// The person: id, its first digits, or the name
    pub(crate) person: String,
    /// What the register of criminal records said
    #[arg(long, value_parser = codes::check_finding())]
    pub(crate) criminal_record: Option<CheckFinding>,
    /// What the narcological register said
    #[arg(long, value_parser = codes::check_finding())]
    pub(crate) narcological_register: Option<CheckFinding>,
    /// What the psychoneurological register said
    #[arg(long, value_parser = codes::check_finding())]
    pub(crate) psychoneurological_register: Option<CheckFinding>,
    /// When. If left unset, today
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) day: Option<Day>,
}
