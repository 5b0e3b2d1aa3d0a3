//! Arguments of lists of squad members (001-§19).

use clap::Subcommand;
use jasaq_fieldbook::model::moment::Day;

use super::codes;

/// `list …`
#[derive(Debug, Subcommand)]
pub(crate) enum ListCommand {
    /// The lists, and how far each has come
    #[command(after_help = "Example:\n  jasaq list list")]
    List,
    /// Who stands on a list
    #[command(after_help = "Example:\n  jasaq list show 02-14/311")]
    Show {
        /// The list: its outgoing number, id, or how the id begins
        list: String,
    },
    /// Record that a list came in: its check begins (territorial subdivision only; 001-§19)
    #[command(
        after_help = "Example:\n  jasaq sync && jasaq list receive 02-14/311 --day 2026-03-02 && jasaq sync"
    )]
    Receive {
        /// The list: its outgoing number, id, or how the id begins
        list: String,
        /// When. If left unset, today
        #[arg(long, value_name = "DATE", value_parser = codes::day)]
        day: Option<Day>,
    },
    /// Take a list back as a whole, also after it was sent (akimat only)
    #[command(after_help = "Example:\n  jasaq list withdraw 02-14/311 --reason \"қате тізім\" && jasaq sync")]
    Withdraw {
        /// The list: its outgoing number, id, or how the id begins
        list: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}
