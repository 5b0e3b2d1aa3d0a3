//! Arguments of certificates (001-§18, 20, 21).

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::register::ReprintCause;
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::protocol::ids::DeviceId;

use super::codes;
use super::recovery::read_root;

/// `certificate …`
#[derive(Debug, Subcommand)]
pub(crate) enum CertificateCommand {
    /// Issue a certificate to a registered person (territorial subdivision only; 001-§18, 20)
    #[command(after_help = "\
Example:
  jasaq certificate issue \"Бекова Арай\" --number 0117 --subdivision \"Шығыс\" \\
    --position \"бастық\" --rank \"полковник\" --signer \"Б. Б. Сәрсенов\"

The number is unique in the territory, and given once. The text knows no term of a certificate, so none is asked.")]
    Issue(IssueArguments),
    /// Record that a person's certificate is lost (territorial subdivision only; 001-§21)
    #[command(after_help = "Example:\n  jasaq certificate lost 0117 --day 2026-04-02")]
    Lost {
        /// The person: the certificate's number, id, its first digits, or the name
        person: String,
        /// When that became known. If left unset, today
        #[arg(long, value_name = "DATE", value_parser = codes::day)]
        day: Option<Day>,
    },
    /// Print a certificate anew under its number: the prints before no longer count (territorial subdivision only; 001-§21)
    #[command(after_help = "\
Example:
  jasaq certificate reprint 0117 --cause lost --position \"бастық\" --rank \"полковник\" --signer \"Б. Б. Сәрсенов\"")]
    Reprint(ReprintArguments),
    /// The register of certificates: number, holder, issue, prints, losses
    #[command(after_help = "Example:\n  jasaq certificate list")]
    List,
    /// Write the trust list, with which anybody checks certificates without a network (territorial subdivision only)
    #[command(after_help = "\
Example:
  jasaq sync && jasaq certificate trust-list -o list.jasaq-trust

It holds numbers, how each certificate stands, and salted hashes: no names. Give it to posts and patrols anew as often as it \
should be fresh.")]
    TrustList {
        /// The file to write
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
    },
    /// Say what the signed code beside a certificate is worth, by a trust list and without a network
    #[command(after_help = "\
Examples:
  jasaq certificate verify photo.jpg --trust list.jasaq-trust --root 5f0c…
  jasaq certificate verify 'JSQ1:6BF…' --trust list.jasaq-trust                       in single quotes: the text has spaces and signs
  scanner | jasaq certificate verify - --trust list.jasaq-trust --json

Needs no fieldbook: whoever has the list and knows the territory's root key can check. Exit codes: 0 registered, 1 told apart \
as not valid or not known, 5 the code or the list was not read. Only the paper certificate, shown together with an identity \
document, is valid.")]
    Verify(VerifyArguments),
}

/// Who signs: the head of the territorial subdivision (001-§21).
#[derive(Debug, Clone, Args)]
pub(crate) struct SignerArguments {
    /// Position of who signs, as it is printed
    #[arg(long, value_name = "TEXT")]
    pub(crate) position: Name,
    /// Military rank of who signs
    #[arg(long, value_name = "TEXT")]
    pub(crate) rank: Name,
    /// Surname, given name and patronymic of who signs
    #[arg(long, value_name = "NAME")]
    pub(crate) signer: Name,
}

/// `certificate issue`
#[derive(Debug, Args)]
pub(crate) struct IssueArguments {
    /// The person: id, its first digits, or the name
    pub(crate) person: String,
    /// The certificate's number
    #[arg(long, value_name = "NO")]
    pub(crate) number: String,
    /// The territorial subdivision's name, as it is printed
    #[arg(long, value_name = "NAME")]
    pub(crate) subdivision: Name,
    #[command(flatten)]
    pub(crate) signer: SignerArguments,
    /// The day of issue. If left unset, today
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) day: Option<Day>,
}

/// `certificate reprint`
#[derive(Debug, Args)]
pub(crate) struct ReprintArguments {
    /// The person: the certificate's number, id, its first digits, or the name
    pub(crate) person: String,
    /// Why
    #[arg(long, value_parser = codes::reprint_cause())]
    pub(crate) cause: ReprintCause,
    #[command(flatten)]
    pub(crate) signer: SignerArguments,
    /// When. If left unset, today
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) day: Option<Day>,
}

/// `certificate verify`
#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// The code's text, a file with it, a photo of it (PNG, JPEG or WebP), or `-` for standard input
    #[arg(value_name = "TEXT_OR_FILE")]
    pub(crate) code: PathBuf,
    /// The trust list, as a console of the territorial subdivision exported it
    #[arg(long, value_name = "LIST")]
    pub(crate) trust: PathBuf,
    /// The territory's root key, 64 digits. If left unset, the list is believed about its territory, and its key is shown
    #[arg(long, value_name = "ROOT_KEY", value_parser = read_root)]
    pub(crate) root: Option<DeviceId>,
}
