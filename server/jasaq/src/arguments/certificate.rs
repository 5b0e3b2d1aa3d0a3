//! Arguments of certificates.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jasaq_fieldbook::protocol::ids::DeviceId;

use super::recovery::read_root;

/// `certificate …`
#[derive(Debug, Subcommand)]
pub(crate) enum CertificateCommand {
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
