//! Arguments of what a coordination council does: decisions and reviews; and of founding its space.

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::words::{Name, Text};

use super::codes;

/// `district …`
#[derive(Debug, Subcommand)]
pub(crate) enum DistrictCommand {
    /// Make the space in which a council, its akimat and the subdivisions of a district see squads and rosters (territorial
    /// subdivision only)
    #[command(after_help = "\
Example:
  jasaq district create --akimat \"Зайсан әкімдігі\" --council \"Зайсан кеңесі\" --unit \"unit 2034\" && jasaq sync
  jasaq invite --role leb --office \"Зайсан әкімдігі\"          then the consoles themselves
  jasaq invite --role cc --office \"Зайсан кеңесі\"

Offices are named as they are in `jasaq invite --office`; who is not in yet finds the space when he comes. Names stay on this \
device. An office under a name that is new here is told as such: a slip makes another office, and nobody ever comes in as it.")]
    Create(DistrictArguments),
    /// The districts: who meets there, how many consoles of each are in, and what the district is called
    #[command(after_help = "Example:\n  jasaq sync && jasaq district list")]
    List,
    /// Put a district's name right, as it stands with its squads and on papers (coordination council only; 001-§7)
    #[command(after_help = "\
Example:
  jasaq district list                                    how it is called now
  jasaq district rename \"Зайсаң\" \"Зайсан\" && jasaq sync

The decisions keep their numbers and days; what was printed stays as it is. `jasaq review show` lists the keys of the new names, \
and `jasaq register withdraw KEY` takes one back.")]
    Rename {
        /// The name that stands now, exactly
        from: Name,
        /// The name that is right
        #[arg(value_parser = codes::plain_name)]
        to: Name,
    },
}

/// `district create`
#[derive(Debug, Args)]
pub(crate) struct DistrictArguments {
    /// The akimat's office
    #[arg(long, value_name = "OFFICE", value_parser = codes::plain_name)]
    pub(crate) akimat: Name,
    /// The council's office
    #[arg(long, value_name = "OFFICE", value_parser = codes::plain_name)]
    pub(crate) council: Name,
    /// A structural subdivision of the district; as often as there are such
    #[arg(long, value_name = "OFFICE", required = true, value_parser = codes::plain_name)]
    pub(crate) unit: Vec<Name>,
}

/// `decision …`
#[derive(Debug, Subcommand)]
pub(crate) enum DecisionCommand {
    /// Record that the council created a squad (coordination council only; 001-§7)
    #[command(after_help = "\
Example:
  jasaq decision create-squad \"Сарысу\" --district \"Зайсан\" --number 12 --day 2026-03-01 && jasaq sync")]
    CreateSquad {
        /// What the squad is called
        name: Name,
        /// The border-adjacent district or city. If left unset, that of the council's other squads
        #[arg(long, value_name = "NAME", value_parser = codes::plain_name)]
        district: Option<Name>,
        #[command(flatten)]
        paper: DecisionPaper,
    },
    /// Record that the council appointed one of a squad's volunteers its head (coordination council only; 001-§7)
    #[command(after_help = "\
Example:
  jasaq decision appoint-head \"Сарысу\" \"Бекова Арай\" --number 13 && jasaq sync

The text gives an appointment no term: it runs until a circumstance of 001-§15 arises.")]
    AppointHead {
        /// The squad's name or id
        squad: String,
        /// The volunteer: id, its first digits, or the name
        person: String,
        #[command(flatten)]
        paper: DecisionPaper,
    },
    /// Take a decision back that was recorded in error: what that would come to; with --apply, that (coordination council only)
    #[command(after_help = "\
Examples:
  jasaq decision list                                                    shows the numbers and the keys
  jasaq decision withdraw 13 --reason \"қате жазылды\"                     says what it would come to, and does nothing
  jasaq decision withdraw 13 --reason \"қате жазылды\" --apply && jasaq sync
  jasaq decision withdraw AAAAAAAA.12 --reason \"қате жазылды\"            by its key, where two have one number

A squad on whose roster somebody stands is not made undone: whoever is registered is struck off first, on a ground of 001-§15, \
and the akimat takes its lists back.")]
    Withdraw {
        /// The decision's number or its key, as `jasaq decision list` shows them
        #[arg(allow_hyphen_values = true)]
        decision: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Text,
        /// Do it. Without this it is only said what it would come to
        #[arg(long)]
        apply: bool,
    },
    /// The decisions of councils, as far as this device reads them
    #[command(after_help = "Example:\n  jasaq decision list")]
    List,
}

/// Which decision it is.
#[derive(Debug, Args)]
pub(crate) struct DecisionPaper {
    /// The decision's number
    #[arg(long, value_name = "NO")]
    pub(crate) number: Name,
    /// The decision's day. If left unset, today
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) day: Option<Day>,
}

/// `review …`
#[derive(Debug, Subcommand)]
pub(crate) enum ReviewCommand {
    /// What changed since the council last looked, and which squads have no head
    #[command(after_help = "\
Example:
  jasaq sync && jasaq review show

Squads, heads, and names on and off the rosters: no checks and no grounds come here.")]
    Show,
    /// Say that the council has looked: what comes later is new to it (coordination council only)
    #[command(after_help = "Example:\n  jasaq review show && jasaq review done && jasaq sync")]
    Done,
    /// Remark something on a squad (coordination council only)
    #[command(after_help = "\
Example:
  jasaq review remark \"Сарысу\" --text \"Басшысыз екінші ай\" && jasaq sync")]
    Remark {
        /// The squad's name or id
        squad: String,
        /// What is remarked
        #[arg(long)]
        text: Text,
    },
}
