//! Arguments of papers: the documents of the register and of patrols as PDF, ready for signature and seal.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::words::Language;

use super::codes;
use super::paper::{ExtractArguments, HandoverArguments, PageArguments, SheetArguments};

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
    /// The page of a patrol, sealed or as it would be sealed now (001-§10, 23)
    #[command(after_help = "\
Examples:
  jasaq print page 2026-47 -o paraq.pdf
  jasaq print page 5b2c -o paraq.pdf --page ru --without-personal
  jasaq print page --preview -o joba.pdf          before the seal: each sheet says that it is a draft

A print-out of the squad's log, and not the border service book. Each sheet carries the hash of the page; the code on the first \
carries number and hash, and `jasaq page show` takes what it says. Names and what is known of persons detained are shown only where \
this device opens them.")]
    Page(PageArguments),
    /// An extract of a page for the border service book: what the structural subdivision enters (001-§23)
    #[command(after_help = "\
Example:
  jasaq print extract 2026-47 --from \"2034 бөлімшесі\" -o uzindi.pdf

Which sections and columns the book has, decree No. 866 leaves open: these are lines, and so is what came of the work with each \
person. It is an extract for the book, and not the book.")]
    Extract(ExtractArguments),
    /// The act by which a detained person is handed over, for both sides to sign (001-§10(5); for the police 002-§14)
    #[command(after_help = "\
Example:
  jasaq print handover 4f0c --page ru -o akt.pdf

What was not said is a line to be filled in by hand. Printed only where the case is read: by the head, the structural subdivision, \
and whoever wrote it until it leaves his phone.")]
    Handover(HandoverArguments),
    /// The sheet that a patrol fills in by hand, with the fields of its page in their order
    #[command(after_help = "\
Examples:
  jasaq print sheet -o blank.pdf
  jasaq print sheet --patrol 9f31 --page ru -o blank.pdf --template terim.xlsx

What was written on it is typed into the table and read with `jasaq patrol from-paper`.")]
    Sheet(SheetArguments),
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
