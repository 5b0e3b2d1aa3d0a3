//! Arguments of papers: the documents of the register as PDF, ready for signature and seal.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::words::Language;

use super::codes;

/// `print …`
#[derive(Debug, Subcommand)]
pub(crate) enum PrintCommand {
    /// A certificate with the captions of annex 1 or 2 and the signed code beside it (territorial subdivision only)
    #[command(after_help = "\
Example:
  jasaq print certificate 0117 -o kualik.pdf

Always in Kazakh, as the decree prints it; --page is the language of the note beside. The paper is valid once it is signed and \
sealed, and together with an identity document.")]
    Certificate {
        /// The person: the certificate's number, id, its first digits, or the name
        person: String,
        #[command(flatten)]
        page: Page,
    },
    /// The list of a squad's members for the check, with the letter (001-§19)
    #[command(after_help = "\
Example:
  jasaq print list 02-14/311 -o tizim.pdf --from \"Зайсан ауданының әкімдігі\" --to \"Шығыс аумақтық бөлімшесі\"")]
    List {
        /// The list: its outgoing number, id, or how the id begins
        list: String,
        #[command(flatten)]
        letter: Letter,
        #[command(flatten)]
        page: Page,
    },
    /// The application of who wishes to be a non-staff employee, to be filled in (001-§16)
    #[command(after_help = "\
Examples:
  jasaq print application --to \"Шығыс аумақтық бөлімшесі\" -o otinish.pdf
  jasaq print application \"Ким Виктор\" --to \"Шығыс аумақтық бөлімшесі\" -o otinish.pdf --page ru")]
    Application {
        /// The person: id, its first digits, or the name. If left unset, a sheet that lies out
        person: Option<String>,
        /// The territorial subdivision
        #[arg(long, value_name = "OFFICE")]
        to: String,
        #[command(flatten)]
        page: Page,
    },
    /// The refusal of an application, without reasons (001-§17)
    #[command(
        after_help = "Example:\n  jasaq print refusal \"Ким Виктор\" --from \"Шығыс аумақтық бөлімшесі\" -o bas-tartu.pdf"
    )]
    Refusal(LetterArguments),
    /// The notice to a non-staff employee that he is registered (001-§18)
    #[command(
        after_help = "Example:\n  jasaq print registration \"Ким Виктор\" --from \"Шығыс аумақтық бөлімшесі\" -o habarlama.pdf"
    )]
    Registration(LetterArguments),
    /// The notice to the akimat that a person is to be removed from a squad, without the ground (001-§19)
    #[command(after_help = "\
Example:
  jasaq print exclusion \"Бекова Арай\" --from \"Шығыс аумақтық бөлімшесі\" --to \"Зайсан ауданының әкімдігі\" -o habarlama.pdf")]
    Exclusion(LetterArguments),
    /// The notice to a person that he was struck off, without the ground (001-§22)
    #[command(
        after_help = "Example:\n  jasaq print strike-off 0117 --from \"2034 бөлімшесі\" -o habarlama.pdf"
    )]
    StrikeOff(LetterArguments),
    /// An extract of a council's decision: the squad's creation, or with --head the head's appointment (001-§7)
    #[command(after_help = "\
Examples:
  jasaq print decision \"Сарысу\" --akimat \"Зайсан ауданының әкімдігі\" -o uzindi.pdf
  jasaq print decision \"Сарысу\" --head --akimat \"Зайсан ауданының әкімдігі\" -o uzindi.pdf")]
    Decision {
        /// The squad's name or id
        squad: String,
        /// The head's appointment that runs
        #[arg(long)]
        head: bool,
        /// The akimat at which the council is formed
        #[arg(long, value_name = "OFFICE")]
        akimat: String,
        #[command(flatten)]
        page: Page,
    },
    /// An extract of the general register (001-§23)
    #[command(after_help = "Example:\n  jasaq print register --from \"Шығыс\" -o tirkelim.pdf")]
    Register(BookArguments),
    /// Pages of the register of certificates (001-§21)
    #[command(after_help = "Example:\n  jasaq print certificates --from \"Шығыс\" -o kualikter.pdf")]
    Certificates(BookArguments),
    /// The record of a session of legal training, with the sheet to be signed (001-§11, 13)
    #[command(after_help = "\
Example:
  jasaq training list --json                       the sessions
  jasaq print training 5f0c --from \"2034 бөлімшесі\" -o dayindyq.pdf")]
    Training {
        /// The session's id, or how it begins. If left unset, the newest
        session: Option<String>,
        /// The structural subdivision whose people were trained
        #[arg(long, value_name = "OFFICE")]
        from: String,
        #[command(flatten)]
        page: Page,
    },
}

/// A letter about a person.
#[derive(Debug, Args)]
pub(crate) struct LetterArguments {
    /// The person: the certificate's number, id, its first digits, or the name
    pub(crate) person: String,
    #[command(flatten)]
    pub(crate) letter: Letter,
    #[command(flatten)]
    pub(crate) page: Page,
}

/// Who writes to whom.
#[derive(Debug, Args)]
pub(crate) struct Letter {
    /// The office that writes
    #[arg(long, value_name = "OFFICE")]
    pub(crate) from: String,
    /// Who is written to. If left unset, the person whom a notice to a person is about, else lines
    #[arg(long, value_name = "OFFICE")]
    pub(crate) to: Option<String>,
    /// The outgoing number. If left unset, a line
    #[arg(long, value_name = "NO")]
    pub(crate) number: Option<String>,
    /// The outgoing day. If left unset, a line
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) day: Option<Day>,
}

/// A book of the territorial subdivision.
#[derive(Debug, Args)]
pub(crate) struct BookArguments {
    /// The territorial subdivision, as it stands in front of the words аумақтық бөлімшесі
    #[arg(long, value_name = "OFFICE")]
    pub(crate) from: String,
    #[command(flatten)]
    pub(crate) page: Page,
}

/// The file, and who signs.
#[derive(Debug, Args)]
pub(crate) struct Page {
    /// The file to write
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// The language of the page, kk or ru. If left unset, Russian where Russian is spoken, else Kazakh
    #[arg(long = "page", value_name = "LANGUAGE", value_parser = codes::page_language())]
    pub(crate) language: Option<Language>,
    /// Position of who signs. If left unset, as it was recorded, else a line
    #[arg(long, value_name = "TEXT")]
    pub(crate) position: Option<String>,
    /// Military rank of who signs. If left unset, as it was recorded, else a line
    #[arg(long, value_name = "TEXT")]
    pub(crate) rank: Option<String>,
    /// Surname, given name and patronymic of who signs. If left unset, as it was recorded, else a line
    #[arg(long, value_name = "NAME")]
    pub(crate) signer: Option<String>,
}
