//! Arguments of lists of squad members (001-§19).

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::words::{Name, Text};

use super::codes;

/// `list …`
#[derive(Debug, Subcommand)]
pub(crate) enum ListCommand {
    /// Read a list out of an XLSX or CSV file: what would come of each line; with --apply, all of it or nothing (akimat only)
    #[command(after_help = "\
Examples:
  jasaq list import tizim.xlsx --squad \"Сарысу\"                          says what would come of it, and does nothing
  jasaq list import tizim.xlsx --answer C14=07.10.1997 --answer D9=as-written
  jasaq list import tizim.xlsx --answer B12=3f2a --answer B15=somebody-else --answer B20=leave-out
  jasaq list import tizim.xlsx --leave-out-refused --number 02-14/311 --cards koshirme/ --signature hat.p7s --apply && jasaq sync

An answer is: proposed (what is proposed is right: a value, a single person, the squad that was chosen), as-written (what stands there is right), leave-out (the line), \
somebody-else (none of the persons proposed), two-persons or one-person (namesakes), anew (a new record begins), the id of the person meant, or else what should stand in the cell. Where two \
questions concern one cell, the question's code goes along: C14:born_order=… A file with an answer on each line is given with \
--answers.")]
    Import(ImportArguments),
    /// Write a squad's roster as a list again, as XLSX or CSV by the file's name
    #[command(after_help = "\
Examples:
  jasaq list export -o tizim.xlsx --squad \"Сарысу\"
  jasaq list export -o tizim.csv --squad \"Сарысу\"        separated by semicolons, as spreadsheets here open it")]
    Export {
        /// The file to write, which ends in .xlsx or .csv
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
        /// The squad's name or id. If left unset, the only one there is
        #[arg(long, value_name = "SQUAD")]
        squad: Option<String>,
    },
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
        /// Keep the copies of the papers of those on it whose check is done already, on purpose
        #[arg(long)]
        keep_copies: bool,
    },
    /// Take a list back as a whole, also after it was sent: what that would come to; with --apply, that (akimat only)
    #[command(after_help = "\
Examples:
  jasaq list withdraw 02-14/311 --reason \"қате тізім\"                     says what it would come to, and does nothing
  jasaq list withdraw 02-14/311 --reason \"қате тізім\" --apply && jasaq sync

Whoever was registered meanwhile stays registered: only the structural subdivision strikes off, on a ground of 001-§15. The \
copies that came with the list are deleted, here at once and for everybody when the territorial subdivision hears of it.")]
    Withdraw(WithdrawArguments),
}

/// `list withdraw`
#[derive(Debug, Args)]
pub(crate) struct WithdrawArguments {
    /// The list: its outgoing number, id, or how the id begins
    pub(crate) list: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Text,
    /// Do it. Without this it is only said what it would come to
    #[arg(long)]
    pub(crate) apply: bool,
}

/// `list import`
#[derive(Debug, Args)]
pub(crate) struct ImportArguments {
    /// The file, or `-` for standard input
    pub(crate) file: PathBuf,
    /// The squad's name or id. If left unset, the one that the list's title names, or the only one there is
    #[arg(long, value_name = "SQUAD")]
    pub(crate) squad: Option<String>,
    /// The letter's outgoing number. If left unset, it has none yet
    #[arg(long, value_name = "NO")]
    pub(crate) number: Option<Name>,
    /// The letter brings several lists: its outgoing number may have been sent before
    #[arg(long, requires = "number")]
    pub(crate) same_letter: bool,
    /// The letter's day. If left unset, today
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) day: Option<Day>,
    /// An answer to what is asked about a cell
    #[arg(long, value_name = "CELL=ANSWER")]
    pub(crate) answer: Vec<String>,
    /// A file with such answers, one on a line
    #[arg(long, value_name = "FILE")]
    pub(crate) answers: Option<PathBuf>,
    /// Leave out the lines that are refused, and let the others go on
    #[arg(long)]
    pub(crate) leave_out_refused: bool,
    /// A folder with copies of identity cards, each named after the number of the card or the person's number on the list:
    /// 012345678.jpg, 14.pdf; of both sides of a card 14-1.jpg, 14-2.jpg. Where the list has no such column, after the row of the sheet
    #[arg(long, value_name = "DIR")]
    pub(crate) cards: Option<PathBuf>,
    /// A detached signature of the letter, kept as it is
    #[arg(long, value_name = "FILE")]
    pub(crate) signature: Option<PathBuf>,
    /// Do it: all of it or nothing. Without this it is only said what would come of the list
    #[arg(long)]
    pub(crate) apply: bool,
}
