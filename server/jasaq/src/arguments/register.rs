//! Arguments of the register itself: registrations, applications, what is taken back (001-§16–19, 21, 23).

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::law::DayCount;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::register::{CheckOutcome, IdDocumentKind};
use jasaq_fieldbook::model::words::{Name, Text};

use super::codes;
use super::person::PersonFilter;

/// `register …`
#[derive(Debug, Subcommand)]
pub(crate) enum RegisterCommand {
    /// Register a person who was checked (territorial subdivision only; 001-§18, 19)
    #[command(after_help = "\
Examples:
  jasaq register add \"Бекова Арай\" --section III && jasaq sync
  jasaq register add \"Ким Виктор\" --section IV --unit \"unit 2034\"       a non-staff employee, with the subdivision he is of")]
    Add(RegisterArguments),
    /// Who is on the register, with certificate, training and whether he may go on patrol
    #[command(
        after_help = "Examples:\n  jasaq register list\n  jasaq register list --squad \"Сарысу\" --json"
    )]
    List(PersonFilter),
    /// Write what `register list` shows as XLSX or CSV, by the file's name
    #[command(
        after_help = "Examples:\n  jasaq register export -o esep.xlsx\n  jasaq register export -o esep.csv --squad \"Сарысу\""
    )]
    Export {
        /// The file to write, which ends in .xlsx or .csv
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
        #[command(flatten)]
        filter: PersonFilter,
    },
    /// Applications of those who wish to be non-staff employees (001-§16, 17)
    #[command(subcommand)]
    Application(ApplicationCommand),
    /// Take back something that the register holds, with a reason: what that would come to; with --apply, that
    #[command(after_help = "\
Examples:
  jasaq person show 3f2a                       shows the keys
  jasaq register withdraw AbCdEfGh.12 --reason \"басқа адам\"            says what it would come to, and does nothing
  jasaq register withdraw AbCdEfGh.12 --reason \"басқа адам\" --apply && jasaq sync

The office that said a thing may take it back, once; a withdrawal itself and the read log stand.")]
    Withdraw {
        /// The key
        #[arg(allow_hyphen_values = true)]
        key: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Text,
        /// Do it. Without this it is only said what it would come to
        #[arg(long)]
        apply: bool,
    },
}

/// `register add`
#[derive(Debug, Args)]
pub(crate) struct RegisterArguments {
    /// The person: id, its first digits, or the name
    pub(crate) person: String,
    /// The section of the border service book
    #[arg(long, value_name = "NAME")]
    pub(crate) section: Name,
    /// The structural subdivision, by the name that it was invited with. If left unset, the one that supervises the squad
    #[arg(long, value_name = "OFFICE")]
    pub(crate) unit: Option<String>,
    /// The squad, where he is on the rosters of several. If left unset, the only one
    #[arg(long, value_name = "SQUAD")]
    pub(crate) squad: Option<String>,
    /// When. If left unset, today
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) day: Option<Day>,
    /// Keep the copies of his papers, on purpose
    #[arg(long)]
    pub(crate) keep_copies: bool,
}

/// `register application …`
#[derive(Debug, Subcommand)]
pub(crate) enum ApplicationCommand {
    /// An application came in (territorial subdivision only; 001-§16)
    #[command(after_help = "\
Example:
  jasaq register application receive \"Ким Виктор\" --document identity_card --document-number 012345678 --day 2026-03-01")]
    Receive(ReceiveArguments),
    /// Decide about an application; a refusal has no reasons (territorial subdivision only; 001-§17)
    #[command(after_help = "\
Examples:
  jasaq register application decide \"Ким Виктор\" approved
  jasaq register application decide 3f2a refused --day 2026-03-20")]
    Decide {
        /// The person: id, its first digits, or the name
        person: String,
        /// The decision
        #[arg(value_parser = codes::check_outcome())]
        outcome: CheckOutcome,
        /// When. If left unset, today
        #[arg(long, value_name = "DATE", value_parser = codes::day)]
        day: Option<Day>,
        /// Keep the copies of his papers, on purpose
        #[arg(long)]
        keep_copies: bool,
    },
    /// The applications, and until when each is to be decided: thirty calendar days (001-§17)
    #[command(after_help = "Example:\n  jasaq register application list")]
    List,
    /// Say how this console counts the thirty days: the text may be read both ways. If left unset, the term ends a day earlier
    #[command(after_help = "\
Examples:
  jasaq register application day-count start_is_day_1        the day on which the application came in is the first
  jasaq register application day-count start_is_day_0        it is not counted")]
    DayCount {
        /// Which day of the term the day is that starts it
        #[arg(value_parser = codes::day_count())]
        counting: DayCount,
    },
}

/// `register application receive`
#[derive(Debug, Args)]
pub(crate) struct ReceiveArguments {
    /// Surname, given name, and patronymic if there is one, as the identity document has them
    pub(crate) full_name: Name,
    /// Born on. If left unset, not recorded
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) born: Option<Day>,
    /// Individual identification number. If left unset, not recorded
    #[arg(long, value_name = "IIN")]
    pub(crate) iin: Option<String>,
    /// Which document a copy was handed in of
    #[arg(long, value_parser = codes::id_document(), requires = "document_number")]
    pub(crate) document: Option<IdDocumentKind>,
    /// The document's number
    #[arg(long, value_name = "NO", requires = "document")]
    pub(crate) document_number: Option<Name>,
    /// Where he lives. If left unset, not recorded
    #[arg(long, value_name = "TEXT")]
    pub(crate) residence: Option<Text>,
    /// A copy of his papers, to go along; as often as there are such
    #[arg(long, value_name = "FILE")]
    pub(crate) copy: Vec<PathBuf>,
    /// A copy of his insurance is attached; it never has to be
    #[arg(long)]
    pub(crate) insurance: bool,
    /// What is written is right: a name that looks odd, or a day of birth that is not that of the identification number
    #[arg(long)]
    pub(crate) as_written: bool,
    /// His record that ended before: he was struck off once
    #[arg(long, value_name = "PERSON")]
    pub(crate) before: Option<String>,
    /// When it came in. If left unset, today
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) day: Option<Day>,
}
