//! Arguments of certificates (001-§18, 20, 21).

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::register::ReprintCause;

use super::codes;

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
}

/// Who signs: the head of the territorial subdivision (001-§21).
#[derive(Debug, Args)]
pub(crate) struct SignerArguments {
    /// Position of who signs, as it is printed
    #[arg(long, value_name = "TEXT")]
    pub(crate) position: String,
    /// Military rank of who signs
    #[arg(long, value_name = "TEXT")]
    pub(crate) rank: String,
    /// Surname, given name and patronymic of who signs
    #[arg(long, value_name = "NAME")]
    pub(crate) signer: String,
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
    pub(crate) subdivision: String,
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
