//! Arguments of persons of the register.

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::records::PersonState;
use jasaq_fieldbook::model::register::NoticeAbout;
use jasaq_fieldbook::model::words::{Name, Text};

use super::codes;

/// `person …`
#[derive(Debug, Subcommand)]
pub(crate) enum PersonCommand {
    /// Everybody the register knows here, in the order of the Kazakh alphabet
    #[command(after_help = "\
Examples:
  jasaq person list
  jasaq person list --squad \"Сарысу\" --state in_check")]
    List(PersonFilter),
    /// Find people by parts of their names, however these are typed
    #[command(after_help = "\
Examples:
  jasaq person search асел            finds Әсел, Asel and Әселя
  jasaq person search болат асқар     in any order")]
    Search {
        /// Words, or how they begin
        #[arg(required = true, num_args = 1..)]
        words: Vec<String>,
    },
    /// One person: how far the record has come, whether he may go on patrol, and everything that was said
    #[command(after_help = "\
Examples:
  jasaq person show 3f2a
  jasaq person show 0117                                     by the certificate's number
  jasaq person show \"Бекова Арай\" --sensitive --reason \"қызметтік тексеру\"

Results of checks and grounds are shown with --sensitive alone. Who opened them and what for is written down first, and \
nobody takes that back: `jasaq person readings`.")]
    Show(PersonShowArguments),
    /// Say whose phone a member's is: his card follows from the register (structural subdivision only)
    #[command(after_help = "\
Example:
  jasaq squad show                                  the members of the phones, by their ids
  jasaq person identify 9c01 \"Бекова Арай\" && jasaq sync")]
    Identify {
        /// The member's id, or how it begins
        member: String,
        /// The person: id, its first digits, the certificate's number, or the name
        person: String,
    },
    /// Record that a person was told (001-§17, 18, 22)
    #[command(after_help = "\
Examples:
  jasaq person told 3f2a --about strike_off --way \"хатпен\"
  jasaq person told 3f2a --about registration --way \"қолына\" --day 01.03.2026")]
    Told(ToldArguments),
    /// Say that whoever has this phone does not wish to go on (001-§15(5)): what follows from it; with --apply, that
    #[command(after_help = "\
Examples:
  jasaq person leave                               says whom it is about and what would follow, and does nothing
  jasaq person leave --apply && jasaq sync

No reason is asked. The subdivision's next exchange ends the part in patrols; the strike-off follows. `jasaq register withdraw KEY` takes it back.")]
    Leave {
        /// Do it. Without this it is only said what would follow
        #[arg(long)]
        apply: bool,
    },
    /// Erase everything that is said of a person, with the copies of his papers, for everybody and for good
    #[command(after_help = "\
Examples:
  jasaq person erase 3f2a                          says what would go, and erases nothing
  jasaq person erase 3f2a --for-everybody && jasaq sync
  jasaq erasure list                               who has erased it, and who has not heard of it yet

Whoever is on the register is struck off first. The territorial subdivision erases what it reads (applications, checks, \
lists, books, rosters), the structural one of whom its own book struck off what is its own (that book, the cards on its \
phones), so both have to, until nothing is left. Candidates are the territorial one's. Nothing brings it back.

What names him elsewhere stays: a patrol's entry, the scan of a list's letter, another engagement of his, and what was \
printed.")]
    Erase {
        /// The person: id, its first digits, the certificate's number, or the name
        person: String,
        /// Do it. Without this it is only said what would go
        #[arg(long)]
        for_everybody: bool,
    },
    /// Who opened what is kept apart, when and what for
    #[command(after_help = "Example:\n  jasaq person readings")]
    Readings,
}

/// Which persons.
#[derive(Debug, Args)]
pub(crate) struct PersonFilter {
    /// Only those on this squad's roster
    #[arg(long, value_name = "SQUAD")]
    pub(crate) squad: Option<String>,
    /// Only those whose record has come so far
    #[arg(long, value_parser = codes::person_state())]
    pub(crate) state: Option<PersonState>,
}

/// `person show`
#[derive(Debug, Args)]
pub(crate) struct PersonShowArguments {
    /// The person: id, its first digits, the certificate's number, or the name
    pub(crate) person: String,
    /// Show results of checks and grounds too
    #[arg(long, requires = "reason")]
    pub(crate) sensitive: bool,
    /// What for: it is written down before anything is shown
    #[arg(long, value_name = "TEXT", requires = "sensitive")]
    pub(crate) reason: Option<Text>,
}

/// `person told`
#[derive(Debug, Args)]
pub(crate) struct ToldArguments {
    /// The person: id, its first digits, the certificate's number, or the name
    pub(crate) person: String,
    /// Of what
    #[arg(long, value_parser = codes::notice_about())]
    pub(crate) about: NoticeAbout,
    /// In which way: by hand, by post, by telephone
    #[arg(long, value_name = "TEXT")]
    pub(crate) way: Name,
    /// When. If left unset, today
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) day: Option<Day>,
}
