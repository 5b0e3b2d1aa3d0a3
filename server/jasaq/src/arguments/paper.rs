//! Arguments of papers of patrols: pages, extracts, acts, sheets, and what comes back from paper.

use std::path::PathBuf;

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

/// `print sheet`
#[derive(Debug, Args)]
pub(crate) struct SheetArguments {
    /// The patrol it is for: its id, or how it begins; what was planned and who goes stands on it then. If left unset, for any
    #[arg(long)]
    pub(crate) patrol: Option<String>,
    /// Also write the table into which a filled sheet is typed: XLSX or CSV, by the name of the file
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Option<PathBuf>,
    /// How many lines for entries, 1 to 500
    #[arg(long, value_name = "LINES", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub(crate) lines: u16,
    #[command(flatten)]
    pub(crate) sheet: Page,
}

/// `patrol from-paper`
#[derive(Debug, Args)]
pub(crate) struct FromPaperArguments {
    /// The table, as `jasaq print sheet --template` writes it: XLSX or CSV
    pub(crate) file: PathBuf,
    /// The patrol whose sheet it is: its id, or how it begins. If left unset, the sheet begins a new one
    #[arg(long)]
    pub(crate) patrol: Option<String>,
    /// Check all of it and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}
