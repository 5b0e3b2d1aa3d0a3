//! Arguments of squads: their phones, their rosters, what councils decided about them.

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::words::Name;

use super::codes;

/// `squad …`
#[derive(Debug, Subcommand)]
pub(crate) enum SquadCommand {
    /// Make a squad's spaces for its phones (structural subdivision only)
    #[command(after_help = "\
Examples:
  jasaq squad create \"Sarysu\" --season 2026
  jasaq squad create \"Sarysu\"        once more, when the council's decision has come: the squad is then supervised

Where this console reads a council's space, the squad must have been created by its decision (001-§7, R03), and is supervised \
by this subdivision from now on (001-§3(2)).")]
    Create {
        /// What it is called, as the council's decision has it
        name: Name,
        /// The year whose patrols it keeps together. If left unset, this year
        #[arg(long, value_name = "YEAR")]
        season: Option<u16>,
    },
    /// Tell the squad's phones about a member whom the register does not know (structural subdivision only)
    #[command(after_help = "\
Examples:
  jasaq squad card 3f2a --name \"Айдос Серікұлы\" --certificate 0123
  jasaq squad card 3f2a --name \"Айдос Серікұлы\" --not-eligible --as-of 2026-05-01")]
    Card(CardArguments),
    /// Open a squad's next season (structural subdivision only)
    #[command(after_help = "Example:\n  jasaq squad open-season 2027 && jasaq sync")]
    OpenSeason {
        /// The year
        season: u16,
        /// Which squad. If left unset, the only one this device knows
        #[arg(long, value_name = "NAME")]
        squad: Option<String>,
    },
    /// End a squad's season: its keys are destroyed on every device (structural subdivision only)
    #[command(after_help = "\
Example:
  jasaq sync && jasaq squad close-season 2026 && jasaq sync

What the keys opened stays on this console, the archive, and nowhere else. Nothing that others hold may be missing here, and \
the next season must be open: what comes late goes into it. This cannot be taken back.")]
    CloseSeason {
        /// The year
        season: u16,
        /// Which squad. If left unset, the only one this device knows
        #[arg(long, value_name = "NAME")]
        squad: Option<String>,
    },
    /// The squads: those whose phones this device knows, and those that councils created
    #[command(after_help = "Example:\n  jasaq squad list")]
    List,
    /// The members and their cards, as phones have them; of a squad that is named, what the register says
    #[command(after_help = "\
Examples:
  jasaq squad show
  jasaq squad show \"Sarysu\"          decision, head or vacancy, members, what is odd")]
    Show {
        /// The squad's name or id, as councils created it. If left unset, the cards of the phones' members
        squad: Option<String>,
    },
    /// Who is on a squad's roster, and how far each has come
    #[command(after_help = "Example:\n  jasaq squad roster \"Sarysu\"")]
    Roster {
        /// The squad's name or id. If left unset, the only one there is
        squad: Option<String>,
    },
    /// Take somebody off a squad's roster, as after a notice to remove him: what that would come to; with --apply, that (akimat
    /// only; 001-§19)
    #[command(after_help = "\
Examples:
  jasaq squad remove-member \"Sarysu\" \"Бекова Арай\"                      says what it would come to, and does nothing
  jasaq squad remove-member \"Sarysu\" \"Бекова Арай\" --apply && jasaq sync

Whoever is registered stays registered: only the structural subdivision strikes off, on a ground of 001-§15.")]
    RemoveMember {
        /// The squad's name or id
        squad: String,
        /// The person: id, its first digits, or the name
        person: String,
        /// Do it. Without this it is only said what it would come to
        #[arg(long)]
        apply: bool,
    },
}

/// `squad card`
#[derive(Debug, Args)]
pub(crate) struct CardArguments {
    /// The member's id, or how it begins
    pub(crate) member: String,
    /// The name as the certificate has it
    #[arg(long)]
    pub(crate) name: Name,
    /// The certificate's number. If left unset, none is issued
    #[arg(long, value_name = "NO")]
    pub(crate) certificate: Option<Name>,
    /// The member may not go on patrol
    #[arg(long)]
    pub(crate) not_eligible: bool,
    /// Of which day this is. If left unset, today
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) as_of: Option<Day>,
}
