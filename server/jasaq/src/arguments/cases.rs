//! Arguments of persons detained and of force used.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::detention::{Company, DutyTrigger, StepKind};
use jasaq_fieldbook::model::entry::{ProtectedObject, ReceiverKind};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::notice::Channel;
use jasaq_fieldbook::model::words::{Label, Name, Note, Text};

use super::codes::{self, ClockTime};
use super::entry::PlaceArguments;

/// `detention …`
#[derive(Debug, Subcommand)]
pub(crate) enum DetentionCommand {
    /// Somebody was detained
    #[command(after_help = "\
Examples:
  jasaq detention add --text \"one man detained by the ford\" --offence \"crossed the line\" --object state_border
  jasaq detention add --text \"…\" --offence \"…\" --name \"…\" --born 1990-02-03 --paper \"passport N …\"
  jasaq detention add --replace AbCdEfGh.3 --because \"read from his passport\" --offence \"…\" --name \"…\"

What stands in `--text` goes into the log and names nobody. The rest goes into a record that the head and the structural \
subdivision read; this phone reads what it wrote until he is handed over and the head has all of it. \
With `--replace` the record is put right: what was said stays to be read, with who put it right, when and why; what is not given \
stays as it was.")]
    Add(DetainArguments),
    /// A step between the detention and its end
    #[command(after_help = "\
Examples:
  jasaq detention step 77d0 --step grounds_explained --language kk
  jasaq detention step 77d0 --step unit_told --channel radio --whom \"duty officer\" --at 10:50
  jasaq detention step 77d0 --step in_delivery
  jasaq detention step 77d0 --step grounds_explained --language ru --replace AbCdEfGh.4 --because \"it was in Russian\"

The grounds of the coercive measures are explained to whoever is detained (001-§12(3)); `jasaq detention rights` has words for it.")]
    Step(StepArguments),
    /// Whoever was detained was handed over
    #[command(after_help = "\
Examples:
  jasaq detention hand-over 77d0 --receiver border_unit --body \"unit 2034\" --officer \"captain N.\" --text \"handed over\"
  jasaq detention hand-over 77d0 --receiver law_enforcement_body --body \"police of Zharkent\" --officer \"N. N.\" \\
        --trigger without_papers --citizenship \"not known\" --company alone --text \"handed over to the police\"

Receivers are those of 001-§10(5). `--trigger`, `--citizenship` and `--company` are for the duty section of the police, of \
foreigners and people without papers; nowhere else is citizenship asked for.")]
    HandOver(HandOverArguments),
    /// Whoever was detained was released, by order of the subdivision
    #[command(after_help = "\
Example:
  jasaq detention release 77d0 --ordered-by \"major S.\" --reason \"a resident with papers\" --text \"released\"")]
    Release(ReleaseArguments),
    /// Take back a step or an end that was written into a case by mistake, with the reason
    #[command(after_help = "\
Example:
  jasaq detention withdraw AbCdEfGh.4 --reason \"it was of the other man\"

It stays in the case, struck out. Nobody takes back what another said. Who was detained, and force, are put right with `--replace`.")]
    Withdraw {
        /// Its key, as `detention show` has it
        #[arg(allow_hyphen_values = true)]
        key: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: Text,
    },
    /// Cases and how far each has come
    #[command(after_help = "\
Examples:
  jasaq detention list
  jasaq detention list 9f31 --json")]
    List {
        /// The patrol's id, or how it begins. If left unset, every patrol that is here
        patrol: Option<String>,
    },
    /// One case, as far as it is read here
    #[command(after_help = "\
Example:
  jasaq detention show 77d0

How long it has been since the detention is shown; how long somebody may be held, decree No. 866 does not say.")]
    Show {
        /// The case's id, or how it begins
        case: String,
    },
    /// What is explained to whoever is detained, to read out or to show
    #[command(after_help = "\
Examples:
  jasaq detention rights --lang kk
  jasaq detention rights --lang ru --json

Plain sentences after 001-§12(2) and 12(3), in our wording: no official form, and no right beside those of the decree.")]
    Rights,
}

/// What is put right, and why.
#[derive(Debug, Args)]
pub(crate) struct PutRightArguments {
    /// The key of what this puts right, as `detention show` has it; as often as several stand. What is not given stays as it was
    #[arg(long = "replace", value_name = "KEY", allow_hyphen_values = true, requires = "because")]
    pub(crate) replaced: Vec<String>,
    /// Why it is put right, in a few words: stands beside it
    #[arg(long, value_name = "TEXT", requires = "replaced")]
    pub(crate) because: Option<Name>,
}

/// `detention add`
#[derive(Debug, Args)]
pub(crate) struct DetainArguments {
    /// What happened, for the log: without names
    #[arg(long, value_name = "TEXT", required_unless_present = "replaced", conflicts_with = "replaced")]
    pub(crate) text: Option<String>,
    /// For what he is detained
    #[arg(long, value_name = "TEXT")]
    pub(crate) offence: Note,
    /// Which of the seven protected objects it was against. If left unset, it is not said
    #[arg(long, value_parser = codes::protected_object())]
    pub(crate) object: Option<ProtectedObject>,
    /// How he is called, as he says or his papers do. If left unset, not known
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<Name>,
    /// When he was born. If left unset, not known
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) born: Option<Day>,
    /// Which paper he showed, and its number. If left unset, none
    #[arg(long, value_name = "TEXT")]
    pub(crate) paper: Option<Label>,
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    #[command(flatten)]
    pub(crate) when: WhenArguments,
    #[command(flatten)]
    pub(crate) right: PutRightArguments,
}

/// When, and on which patrol.
#[derive(Debug, Args)]
pub(crate) struct WhenArguments {
    /// When, by the clock here: a time, or a day and a time. If left unset, now
    #[arg(long, value_name = "TIME", value_parser = codes::clock_time)]
    pub(crate) at: Option<ClockTime>,
    /// The patrol's id, or how it begins. If left unset, the newest that was started here and is not over, else the
    /// newest that is not over
    #[arg(long, conflicts_with = "replaced")]
    pub(crate) patrol: Option<String>,
}

/// `detention step`
#[derive(Debug, Args)]
pub(crate) struct StepArguments {
    /// The case's id, or how it begins
    pub(crate) case: String,
    /// Which step
    #[arg(long, value_parser = codes::step())]
    pub(crate) step: StepKind,
    /// In which language it was explained
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<Label>,
    /// Who was told
    #[arg(long, value_name = "NAME")]
    pub(crate) whom: Option<Label>,
    /// By which voice
    #[arg(long, value_parser = codes::channel())]
    pub(crate) channel: Option<Channel>,
    /// Who did it: a member's id, or how it begins. If left unset, whose device this is
    #[arg(long, value_name = "MEMBER")]
    pub(crate) by: Option<String>,
    /// When, by the clock here: a time, or a day and a time. If left unset, now
    #[arg(long, value_name = "TIME", value_parser = codes::clock_time)]
    pub(crate) at: Option<ClockTime>,
    /// A word with it
    #[arg(long = "note", value_name = "TEXT")]
    pub(crate) word: Option<Note>,
    #[command(flatten)]
    pub(crate) right: PutRightArguments,
}

/// `detention hand-over`
#[derive(Debug, Args)]
pub(crate) struct HandOverArguments {
    /// The case's id, or how it begins
    pub(crate) case: String,
    /// To which kind of receiver
    #[arg(long, value_parser = codes::receiver())]
    pub(crate) receiver: ReceiverKind,
    /// What the receiving body is called
    #[arg(long, value_name = "NAME")]
    pub(crate) body: Name,
    /// Who of it received him: rank and name
    #[arg(long, value_name = "NAME")]
    pub(crate) officer: Name,
    /// What happened, for the log: without names
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: String,
    /// Where. If left unset, it is not said
    #[arg(long, value_name = "NAME")]
    pub(crate) place_name: Option<Name>,
    /// What was handed over with him. If left unset, nothing
    #[arg(long, value_name = "TEXT")]
    pub(crate) items: Option<Note>,
    /// Why the duty section of the police tells it on, for `law_enforcement_body`
    #[arg(long, value_parser = codes::duty_trigger(), requires = "citizenship")]
    pub(crate) trigger: Option<DutyTrigger>,
    /// Of which state he is a citizen, or that he is of none, as he says or his papers do
    #[arg(long, value_name = "TEXT", requires = "trigger")]
    pub(crate) citizenship: Option<Label>,
    /// Whether he was alone. If left unset, it is not said
    #[arg(long, value_parser = codes::company(), requires = "trigger")]
    pub(crate) company: Option<Company>,
    #[command(flatten)]
    pub(crate) right: PutRightArguments,
    /// When, by the clock here: a time, or a day and a time. If left unset, now
    #[arg(long, value_name = "TIME", value_parser = codes::clock_time)]
    pub(crate) at: Option<ClockTime>,
}

/// `detention release`
#[derive(Debug, Args)]
pub(crate) struct ReleaseArguments {
    /// The case's id, or how it begins
    pub(crate) case: String,
    /// Who of the subdivision ordered it
    #[arg(long, value_name = "NAME")]
    pub(crate) ordered_by: Name,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Note,
    /// What happened, for the log: without names
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: String,
    #[command(flatten)]
    pub(crate) right: PutRightArguments,
    /// When, by the clock here: a time, or a day and a time. If left unset, now
    #[arg(long, value_name = "TIME", value_parser = codes::clock_time)]
    pub(crate) at: Option<ClockTime>,
}

/// `force …`
#[derive(Debug, Subcommand)]
pub(crate) enum ForceCommand {
    /// Physical force or another means was used
    #[command(after_help = "\
Examples:
  jasaq force add --text \"force used by the ford\" --means \"held by the arms\" --aim \"to detain\" \\
        --necessity \"he ran for the line and did not stop when called\"
  jasaq force add --replace AbCdEfGh.5 --because \"named the wrong means\" --means \"…\" --aim \"…\" --necessity \"…\"

Only where those aims cannot be reached otherwise (001-§10(4)): why, has to be said. What stands in `--text` goes into the log and \
names nobody; the rest goes into a record that the head and the structural subdivision read. \
With `--replace` the record is put right: what was said stays to be read, with who put it right, when and why; what is not given \
stays as it was.")]
    Add(Box<ForceArguments>),
    /// A use of force, as far as it is read here
    #[command(after_help = "Example:\n  jasaq force show 77d0")]
    Show {
        /// The case's id, or how it begins
        case: String,
    },
    /// Write the record of a use of force, for a complaint about it
    #[command(after_help = "\
Examples:
  jasaq force export 77d0 -o force.txt
  jasaq force export AbCdEfGh.3 -o force.json --without-personal

Holds who used which force when and where, to what end and why nothing else would do, the steps, and the page that sealed it with \
what its signatures are worth. What is withheld is said in it. It judges nothing.")]
    Export {
        /// The case's id, or how it begins; or the key of its entry
        case: String,
        /// The file, .txt or .json
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
        /// Without the person who was detained, and without witnesses
        #[arg(long)]
        without_personal: bool,
    },
}

/// `force add`
#[derive(Debug, Args)]
pub(crate) struct ForceArguments {
    /// What happened, for the log: without names
    #[arg(long, value_name = "TEXT", required_unless_present = "replaced", conflicts_with = "replaced")]
    pub(crate) text: Option<String>,
    /// Which force, which means
    #[arg(long, value_name = "TEXT")]
    pub(crate) means: Name,
    /// To what end: to stop an offence, to detain
    #[arg(long, value_name = "TEXT")]
    pub(crate) aim: Name,
    /// Why that end could not be reached otherwise
    #[arg(long, value_name = "TEXT")]
    pub(crate) necessity: Note,
    /// Who was hurt and how, and what help was given. If left unset, nobody
    #[arg(long, value_name = "TEXT")]
    pub(crate) injuries: Option<Note>,
    /// Who saw it. If left unset, nobody else
    #[arg(long, value_name = "NAMES")]
    pub(crate) witnesses: Option<Name>,
    /// By whom: a member's id, or how it begins. If left unset, whose device this is
    #[arg(long, value_name = "MEMBER")]
    pub(crate) by: Option<String>,
    #[command(flatten)]
    pub(crate) place: PlaceArguments,
    #[command(flatten)]
    pub(crate) when: WhenArguments,
    #[command(flatten)]
    pub(crate) right: PutRightArguments,
}
