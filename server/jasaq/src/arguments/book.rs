//! Arguments of reconciling, of pages and of books.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};
use jasaq_fieldbook::model::ids::StatementRef;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::settling::{Attended, ExcuseReason, SettledField};
use jasaq_fieldbook::model::words::{Name, Note};

use super::codes;

/// `reconcile …`
#[derive(Debug, Subcommand)]
pub(crate) enum ReconcileCommand {
    /// What came from which phone, what tells of one event, what differs, and what stands before the seal
    #[command(after_help = "\
Examples:
  jasaq reconcile show
  jasaq reconcile show 9f31 --json

Nothing is joined and nothing is chosen by itself. The same decisions are open on every device that holds the same log.")]
    Show {
        /// The patrol's id, or how it begins. If left unset, the newest
        patrol: Option<String>,
    },
    /// Decide what is open: whether entries tell of one event, or what of a field stands
    #[command(after_help = "\
Examples:
  jasaq reconcile decide 4c1 --one
  jasaq reconcile decide 4c1 --one --entry AbCdEfGh.3 --entry QrStUvWx.2      of several only these
  jasaq reconcile decide 4c1 --separate
  jasaq reconcile decide e02 --take QrStUvWx.2 --reason \"better view\"
  jasaq reconcile decide e02 --value 4 --reason \"counted again\"
  jasaq reconcile decide e02 --undecided --reason \"nobody saw it well\"

`reconcile show` tells the ids. What is not chosen stays to be seen, on the page too. Only the squad's head decides.")]
    Decide(DecideArguments),
    /// Say what of a field of the patrol itself stands, also where nobody said anything
    #[command(after_help = "\
Examples:
  jasaq reconcile field representative --value \"майор С.\" --reason \"forgotten at the start\"
  jasaq reconcile field end --value \"01.05.2026 17:00\" --reason \"the phone was off\"")]
    Field(FieldArguments),
    /// Say what of a field of an event stands, also where nobody differs
    #[command(after_help = "\
Examples:
  jasaq reconcile event AbCdEfGh.3 --field activity --leave-out --reason \"typed by mistake, his phone is lost\"
  jasaq reconcile event AbCdEfGh.3 --field time --value \"01.05.2026 17:10\" --reason \"the phone's clock was off\"

Whoever wrote an entry amends it himself. Where he cannot, as one whose phone is lost, the head says what stands, with the reason; what \
was said stays on the page.")]
    Event(EventArguments),
    /// Go on without a phone
    #[command(after_help = "\
Example:
  jasaq reconcile excuse 7c1e --why broken

If it turns up, what it has is shown as late and makes an amendment; a sealed page never changes.")]
    Excuse(ExcuseArguments),
    /// Say whether a member was there
    #[command(after_help = "Example:\n  jasaq reconcile attend 3f2a --was absent --note \"ill\"")]
    Attend(AttendArguments),
    /// Take a decision back, until the page is sealed
    #[command(after_help = "Example:\n  jasaq reconcile undo AbCdEfGh.9 --reason \"a slip\"")]
    Undo {
        /// The decision's key, as `reconcile show` tells it
        #[arg(allow_hyphen_values = true)]
        key: StatementRef,
        /// The patrol's id, or how it begins. If left unset, the newest
        #[arg(long)]
        patrol: Option<String>,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Note,
    },
}

/// `reconcile decide`
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("choice").required(true).args(["one", "separate", "take", "value", "undecided", "leave_out"]))]
pub(crate) struct DecideArguments {
    /// The decision's id, or how it begins
    pub(crate) decision: String,
    /// The patrol's id, or how it begins. If left unset, the newest
    #[arg(long)]
    pub(crate) patrol: Option<String>,
    #[command(flatten)]
    pub(crate) sameness: SamenessArguments,
    /// Of the entries that are asked about only these: a key, as often as there are some
    #[arg(long = "entry", value_name = "KEY", allow_hyphen_values = true)]
    pub(crate) entries: Vec<StatementRef>,
    /// What this statement says stands
    #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
    pub(crate) take: Option<StatementRef>,
    /// Another value stands; it needs a reason
    #[arg(long, value_name = "TEXT")]
    pub(crate) value: Option<Note>,
    /// It cannot be decided, and all that was said is written into the page; it needs a reason
    #[arg(long)]
    pub(crate) undecided: bool,
    /// It is left out; it needs a reason
    #[arg(long)]
    pub(crate) leave_out: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<Note>,
}

/// What is said of entries that may tell of one event.
#[derive(Debug, Args)]
pub(crate) struct SamenessArguments {
    /// The entries tell of one event
    #[arg(long)]
    pub(crate) one: bool,
    /// They do not
    #[arg(long)]
    pub(crate) separate: bool,
}

/// `reconcile field`
#[derive(Debug, Args)]
pub(crate) struct FieldArguments {
    /// Which field of the patrol itself
    #[arg(value_parser = codes::header_field())]
    pub(crate) field: SettledField,
    /// The patrol's id, or how it begins. If left unset, the newest
    #[arg(long)]
    pub(crate) patrol: Option<String>,
    /// What stands
    #[arg(long, value_name = "TEXT")]
    pub(crate) value: Note,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Note,
}

/// `reconcile event`
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("event choice").required(true).args(["value", "undecided", "leave_out"]))]
pub(crate) struct EventArguments {
    /// The key of an entry that tells of it
    #[arg(allow_hyphen_values = true)]
    pub(crate) key: StatementRef,
    /// Which field of the event
    #[arg(long, value_parser = codes::event_field())]
    pub(crate) field: SettledField,
    /// The patrol's id, or how it begins. If left unset, the newest
    #[arg(long)]
    pub(crate) patrol: Option<String>,
    /// What stands
    #[arg(long, value_name = "TEXT")]
    pub(crate) value: Option<Note>,
    /// It cannot be decided, and all that was said is written into the page
    #[arg(long)]
    pub(crate) undecided: bool,
    /// It is left out; what was said stays to be seen
    #[arg(long)]
    pub(crate) leave_out: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Note,
}

/// `reconcile excuse`
#[derive(Debug, Args)]
pub(crate) struct ExcuseArguments {
    /// The device's id, or how it begins
    pub(crate) device: String,
    /// The patrol's id, or how it begins. If left unset, the newest
    #[arg(long)]
    pub(crate) patrol: Option<String>,
    /// Why it is not waited for
    #[arg(long, value_parser = codes::excuse_reason())]
    pub(crate) why: ExcuseReason,
    /// A word with it; needed where the reason is another
    #[arg(long = "note", value_name = "TEXT")]
    pub(crate) word: Option<Note>,
}

/// `reconcile attend`
#[derive(Debug, Args)]
pub(crate) struct AttendArguments {
    /// The member's id, or how it begins
    pub(crate) member: String,
    /// The patrol's id, or how it begins. If left unset, the newest
    #[arg(long)]
    pub(crate) patrol: Option<String>,
    /// Whether he was there
    #[arg(long, value_parser = codes::attended())]
    pub(crate) was: Attended,
    /// A word with it
    #[arg(long = "note", value_name = "TEXT")]
    pub(crate) word: Option<Note>,
}

/// `page …`
#[derive(Debug, Subcommand)]
pub(crate) enum PageCommand {
    /// The page as it would be sealed now, and what stands before that
    #[command(after_help = "Example:\n  jasaq page preview")]
    Preview {
        /// The patrol's id, or how it begins. If left unset, the newest
        patrol: Option<String>,
    },
    /// Seal the page of a patrol; of one that is sealed already, an amendment
    #[command(after_help = "\
Examples:
  jasaq page seal
  jasaq page seal 9f31 --reason \"a phone came late\"      an amendment

Every gate has to let through: `reconcile show` says which does not, and where that leads. Only the squad's head seals.")]
    Seal {
        /// The patrol's id, or how it begins. If left unset, the newest
        patrol: Option<String>,
        /// Why it is amended; needed for an amendment
        #[arg(long, value_name = "TEXT")]
        reason: Option<Note>,
    },
    /// The pages, with how far each has come
    #[command(after_help = "Example:\n  jasaq page list")]
    List,
    /// One page: what it says, by how many, and what else was said
    #[command(after_help = "Examples:\n  jasaq page show 2026-47\n  jasaq page show 5b2c --json")]
    Show {
        /// Its number, or how its hash begins
        page: String,
    },
    /// Write a page as tables, for spreadsheets
    #[command(after_help = "\
Examples:
  jasaq page export 2026-47 -o 2026-47.xlsx
  jasaq page export 2026-47 -o events.csv --without-personal

An XLSX holds the events, who was there, legs, tracks, marks, notices and cases, each in a sheet of its own; a CSV the events. \
Personal fields stand in it only where this device holds what opens them. It is an extract: what is signed is the page itself.")]
    Export {
        /// Its number, or how its hash begins
        page: String,
        /// The file, .xlsx or .csv
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
        /// Without names, certificates and what was done to persons, also where they are held here
        #[arg(long)]
        without_personal: bool,
    },
    /// Hold a page against the log that is here: whether it says what its statements do
    #[command(after_help = "\
Example:
  jasaq page check 5b2c

The page is put together anew from the statements on which it rests, and both are held side by side. Names the parts in which it says \
something else, what stood before its seal by these statements, how many of them are not here, and how many are here that it does not \
have. Ends with 0 only if none is missing, it says nothing else than they do, and it might be sealed.")]
    Check {
        /// Its number, or how its hash begins
        page: String,
    },
    /// Countersign a page and give it its number
    #[command(after_help = "\
Examples:
  jasaq page countersign 5b2c
  jasaq page countersign 5b2c --anyway \"held against the head's paper sheet\"

Only the structural subdivision countersigns. The page is held against its own log first, as by `page check`, and a page that says \
something else is not countersigned. Of pages that were sealed apart the one that is countersigned goes on.")]
    Countersign {
        /// How its hash begins
        page: String,
        /// Also where it says something else than the log here, or rests on what has not come: how you have made sure otherwise
        #[arg(long, value_name = "TEXT")]
        anyway: Option<Note>,
    },
    /// Record that a page was entered into the border service book: only then its patrol is done
    #[command(after_help = "Example:\n  jasaq page enter 2026-47 --section III --day 04.05.2026")]
    Enter {
        /// Its number, or how its hash begins
        page: String,
        /// In which section
        #[arg(long, value_name = "NAME", value_parser = codes::plain_name)]
        section: Name,
        /// On which day. If left unset, today
        #[arg(long, value_name = "DATE", value_parser = codes::day)]
        day: Option<Day>,
        /// Put right what was recorded before: a wrong section, a wrong day. Both stay in the log, and the last counts
        #[arg(long)]
        replace: bool,
    },
    /// Give a page another number, where two consoles that were apart gave one to two patrols
    #[command(after_help = "\
Example:
  jasaq page renumber 5b2c

`page list` says of which pages. The pages of its patrol get the next numbers of their year; one of the two keeps the old one. What \
was printed before is printed anew, and a book that was exported before is exported anew.")]
    Renumber {
        /// How its hash begins: its number is another's too
        page: String,
    },
    /// Open a sealed patrol again, so that its head may decide anew
    #[command(after_help = "Example:\n  jasaq page reopen 2026-47 --reason \"the wrong leader\"")]
    Reopen {
        /// The number of its last page, or how its hash begins
        page: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Note,
    },
}

/// `book …`
#[derive(Debug, Subcommand)]
pub(crate) enum BookCommand {
    /// Write the countersigned pages into a file that anybody checks who has the keys
    #[command(after_help = "\
Examples:
  jasaq book export -o 2026.jasaq-book
  jasaq book export -o 2026.jasaq-book --without-persons

It is an extract for the border service book and not the book. A console of the structural subdivision signs the index, without \
which nobody can tell that a page is missing. Personal fields stand in the pages as commitments; what opens them stands beside \
them, and can be left out or erased without hurting anything.")]
    Export {
        /// The file; of several squads each gets its own, with the squad's id in the name
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
        /// Leave out what opens personal fields
        #[arg(long)]
        without_persons: bool,
    },
    /// Write the public keys with which books are checked
    #[command(after_help = "Example:\n  jasaq book keys -o keys.jasaq-keys")]
    Keys {
        /// The file
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
    },
    /// Check a book, without a fieldbook and without a network
    #[command(after_help = "\
Examples:
  jasaq book verify 2026.jasaq-book --keys keys.jasaq-keys
  jasaq book verify 2026.jasaq-book --keys keys.jasaq-keys --json

Names each page that was altered, taken out, put in or put in another's place. Ends with 0 only if nothing is wrong.")]
    Verify {
        /// The book; `-` reads it from standard input
        book: PathBuf,
        /// The keys
        #[arg(long, value_name = "FILE")]
        keys: PathBuf,
    },
}
