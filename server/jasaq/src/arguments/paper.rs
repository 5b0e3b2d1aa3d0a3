//! Arguments of papers of patrols: pages, extracts, acts, sheets.

use clap::Args;

use super::print::Page;

/// `print page`
#[derive(Debug, Args)]
pub(crate) struct PageArguments {
    /// The page: its number, how its hash begins, or what the code on a print says; with `--preview` the patrol's id, or how it
    /// begins, and if that is left unset the newest
    #[arg(required_unless_present = "preview")]
    pub(crate) page: Option<String>,
    /// The page as it would be sealed now: a draft, which says so on every sheet
    #[arg(long)]
    pub(crate) preview: bool,
    /// Show no personal fields, though this device could open them
    #[arg(long)]
    pub(crate) without_personal: bool,
    #[command(flatten)]
    pub(crate) sheet: Page,
}

/// `print extract`
#[derive(Debug, Args)]
pub(crate) struct ExtractArguments {
    /// The page: its number, how its hash begins, or what the code on a print says
    pub(crate) page: String,
    /// The structural subdivision. If left unset, a line
    #[arg(long, value_name = "OFFICE")]
    pub(crate) from: Option<String>,
    /// Show no personal fields, though this device could open them
    #[arg(long)]
    pub(crate) without_personal: bool,
    #[command(flatten)]
    pub(crate) sheet: Page,
}

/// `print handover`
#[derive(Debug, Args)]
pub(crate) struct HandoverArguments {
    /// The case's id, or how it begins
    pub(crate) case: String,
    #[command(flatten)]
    pub(crate) sheet: Page,
}
