//! The command line: what may be asked for, and how. Nothing is done here.
//!
//! Every command has a help text that shows how it is used; `jasaq --help` walks through a first day. The texts here
//! are the English ones; [`spoken`] puts the person's language in their place.

pub(crate) mod attachment;
pub(crate) mod book;
pub(crate) mod cases;
pub(crate) mod certificate;
pub(crate) mod check;
pub(crate) mod codes;
pub(crate) mod council;
pub(crate) mod entry;
pub(crate) mod erasing;
pub(crate) mod exchange;
pub(crate) mod judging;
pub(crate) mod keeping;
pub(crate) mod list;
pub(crate) mod lock;
pub(crate) mod meeting;
pub(crate) mod membership;
pub(crate) mod paper;
pub(crate) mod patrol;
pub(crate) mod person;
pub(crate) mod planning;
pub(crate) mod print;
pub(crate) mod recovery;
pub(crate) mod register;
pub(crate) mod relay;
pub(crate) mod report;
pub(crate) mod spoken;
pub(crate) mod squad;
pub(crate) mod telling;

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand};
use jasaq_fieldbook::model::words::Language;

/// A squad's patrol log, offline first.
///
/// jasaq keeps one device's fieldbook in a folder: what its owner recorded, and what others sent. Everything works
/// without a network; `jasaq sync` exchanges with the relay when there is one, `jasaq satchel` by file when there is not.
#[derive(Debug, Parser)]
#[command(name = "jasaq", version, max_term_width = 100, after_long_help = FIRST_DAY, arg_required_else_help = true)]
pub(crate) struct CommandLine {
    #[command(flatten)]
    pub(crate) settings: Settings,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const FIRST_DAY: &str = "\
A first day. Each console and phone has a home folder of its own; on one machine, give each its --home.

  The territorial subdivision founds the territory and starts a relay:
    jasaq init --sheets sheets/                        prints the ROOT_KEY; put the sheets away
    jasaq relay --data relay.db --trust ROOT_KEY       leave it running
    jasaq device relay http://127.0.0.1:7340
    jasaq sync
  It invites a structural subdivision, which joins and reads out its four words:
    jasaq invite --role ss --office \"unit 2034\" && jasaq sync      prints a code
    jasaq --home ss join CODE && jasaq --home ss sync
    jasaq sync && jasaq device list                    shows who waits, with the words
    jasaq device confirm WORDS && jasaq sync
  The structural subdivision makes a squad and invites its head; the head invites volunteers the same way:
    jasaq --home ss sync && jasaq --home ss squad create \"Sarysu\"
    jasaq --home ss invite --role head && jasaq --home ss sync
  On patrol, with no network:
    jasaq --home head patrol start --mode joint --controller \"N. N.\"
    jasaq --home head entry add --activity border_service --kind round --mode joint --text \"fog, 50 m\"
    jasaq --home head patrol end
  Back in reach:
    jasaq --home head sync && jasaq --home head status

All of that at once, with eight devices and a real relay: jasaq demo

Exit codes: 0 done, 1 refused by a rule, 2 bad usage, 3 the relay was not reached, or the exchange did not
come to its end (nothing is lost), 4 local storage, 5 the file or text that was given was not accepted.";

/// What holds for every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = spoken::FOR_EVERY_COMMAND)]
pub(crate) struct Settings {
    /// The folder of this device's fieldbook. If left unset, `jasaq` in the platform's data folder
    #[arg(long, global = true, value_name = "DIR", env = "JASAQ_HOME")]
    pub(crate) home: Option<PathBuf>,
    /// One JSON object on standard output; if the command fails and there is nothing to show, one on standard error
    #[arg(long, global = true)]
    pub(crate) json: bool,
    // Read by `spoken` before the rest of the line is.
    /// The language to speak: kk, ru or en. If left unset, the locale's, else kk
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = codes::language(), hide_possible_values = true)]
    pub(crate) lang: Option<Language>,
    /// A file with the passphrase that keeps the vault's key in its first line, or `-` for standard input. If left unset, it is
    /// asked for where one is needed (`jasaq lock`)
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// No hints and no progress
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Say on standard error what happens inside; twice for more. No personal data, places or keys
    #[arg(long, short, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show a whole district day: eight devices, a real relay, real files
    Demo(exchange::DemoArguments),
    /// Run the relay, the blind server that devices meet at; back it up, restore and check it
    Relay(relay::RelayArguments),
    /// Found a territory: this device becomes its first console
    Init(membership::InitArguments),
    /// Make a code that lets one device join
    Invite(membership::InviteArguments),
    /// Ask to join with a code, and get four words to read out
    Join(membership::JoinArguments),
    /// The recovery sheets: prove that they work, print them anew
    #[command(subcommand)]
    Recovery(recovery::RecoveryCommand),
    /// Devices that are in or wait, and where the relay is
    #[command(subcommand)]
    Device(membership::DeviceCommand),
    /// What was said past what a removal or a change of role let stand, and whether it counts after all
    #[command(subcommand)]
    Held(judging::HeldCommand),
    /// The passphrase that keeps this device's key, and the lock that comes by itself
    #[command(subcommand)]
    Lock(lock::LockCommand),
    /// Districts: the space that a council, its akimat and the subdivisions share
    #[command(subcommand)]
    District(council::DistrictCommand),
    /// Decisions of the coordination council: squads and their heads
    #[command(subcommand)]
    Decision(council::DecisionCommand),
    /// Squads: their phones and members' cards, their rosters
    #[command(subcommand)]
    Squad(squad::SquadCommand),
    /// Lists of squad members, from the akimat to the territorial subdivision
    #[command(subcommand)]
    List(list::ListCommand),
    /// The check of the three registers, and who is to be removed from a squad
    #[command(subcommand)]
    Check(check::CheckCommand),
    /// The register: registrations and applications
    #[command(subcommand)]
    Register(register::RegisterCommand),
    /// Certificates: issue, loss, reprint
    #[command(subcommand)]
    Certificate(certificate::CertificateCommand),
    /// Legal training
    #[command(subcommand)]
    Training(keeping::TrainingCommand),
    /// Strike a person off the register
    StrikeOff(keeping::StrikeOffArguments),
    /// What the council has not looked at yet
    #[command(subcommand)]
    Review(council::ReviewCommand),
    /// Persons of the register
    #[command(subcommand)]
    Person(person::PersonCommand),
    /// Papers as PDF: certificates, lists, notices, extracts, pages of patrols
    #[command(subcommand)]
    Print(print::PrintCommand),
    /// Patrols: plans, start, legs, end, and the log
    #[command(subcommand)]
    Patrol(patrol::PatrolCommand),
    /// Entries of a patrol log
    #[command(subcommand)]
    Entry(entry::EntryCommand),
    /// Report what was seen outside a patrol
    Observe(telling::ObserveArguments),
    /// What the structural subdivision is told at once, and what it answers
    #[command(subcommand)]
    Notice(telling::NoticeCommand),
    /// Persons detained, up to their hand-over
    #[command(subcommand)]
    Detention(cases::DetentionCommand),
    /// Force that was used
    #[command(subcommand)]
    Force(cases::ForceCommand),
    /// From several phones' logs to one page: what differs, and what stands
    #[command(subcommand)]
    Reconcile(book::ReconcileCommand),
    /// Pages of patrols: seal, countersign, enter
    #[command(subcommand)]
    Page(book::PageCommand),
    /// Books of sealed pages: write and check them
    #[command(subcommand)]
    Book(book::BookCommand),
    /// Figures from pages that are in the book, and what heads report
    #[command(subcommand)]
    Report(report::ReportCommand),
    /// Attach a photo, a voice note or a scan to a patrol
    Attach(attachment::AttachArguments),
    /// Attachments: list, fetch, save, erase
    #[command(subcommand)]
    Attachment(attachment::AttachmentCommand),
    /// What was erased for everybody, and which devices have obeyed
    #[command(subcommand)]
    Erasure(erasing::ErasureCommand),
    /// Tracks of GPS receivers, in and out
    #[command(subcommand)]
    Track(exchange::TrackCommand),
    /// Exchange by file
    #[command(subcommand)]
    Satchel(exchange::SatchelCommand),
    /// Exchange with a device beside this one, without a relay
    Meet(meeting::MeetArguments),
    /// Exchange with the relay
    Sync(exchange::SyncArguments),
    /// How far everything has come
    #[command(after_help = "\
Examples:
  jasaq status
  jasaq status --json

An entry's way: on this phone, the relay has it, the head has it, the structural subdivision has it. A step is taken only
on a signature of who has it.")]
    Status,
    /// Check and mend this device's fieldbook
    #[command(after_help = "\
Example:
  jasaq doctor

Reads every page, puts every document together and makes the index again. Nothing is thrown away; a damaged fieldbook
is put into a folder set-aside-1, set-aside-2 … of the home folder and stays there.")]
    Doctor,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn every_command_shows_an_example() {
        let mut command = CommandLine::command();
        command.build();
        let mut waiting: Vec<&clap::Command> = vec![&command];
        while let Some(command) = waiting.pop() {
            let is_leaf = command.get_subcommands().next().is_none();
            let help = command.get_after_help().or(command.get_after_long_help());
            let shows = help.is_some_and(|help| help.to_string().contains("jasaq"));
            assert!(shows || !is_leaf || command.get_name() == "help", "{}", command.get_name());
            waiting.extend(command.get_subcommands().filter(|part| part.get_name() != "help"));
        }
    }
}
