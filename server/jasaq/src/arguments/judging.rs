//! Arguments of what a higher rank says of a device, and decides about what is held.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::roles::Role;

use super::codes;
use super::exchange::Reach;

/// `device remove`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jasaq device remove 7c1e && jasaq sync           a phone was lost, stolen or broken
  jasaq device remove 7c1e                         once more: what others hold of it stands too
  jasaq device remove 90ab --even-the-last         a console in the wrong hands, though its office has no other

What has come to this device of what it recorded stands. What it records from now on, and what nobody here has seen, is \
held: `jasaq held list` shows it, and whoever stands above it may admit it. It is given no new key, so it reads nothing \
that is written from now on. A removed device never comes back: its person joins with a new one.")]
pub(crate) struct RemoveArguments {
    #[command(flatten)]
    pub(crate) old: OldDevice,
}

/// `device replace`
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  jasaq device replace 7c1e && jasaq sync          prints an invite for the same person's new device

The old device is removed as with `device remove`, and the new one joins as the same member with the same role.")]
pub(crate) struct ReplaceArguments {
    #[command(flatten)]
    pub(crate) old: OldDevice,
    /// Write the code as a drawing too
    #[arg(long, value_name = "FILE")]
    pub(crate) qr_svg: Option<PathBuf>,
    /// Write the code as a picture too
    #[arg(long, value_name = "FILE")]
    pub(crate) qr_png: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

/// The device that goes.
#[derive(Debug, Args)]
pub(crate) struct OldDevice {
    /// The device's id, or how it begins
    pub(crate) device: String,
    /// Remove it although its office has no other device: then nobody holds the office's keys but the recovery sheets
    #[arg(long)]
    pub(crate) even_the_last: bool,
}

/// `device role`
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  jasaq device role 7c1e head && jasaq sync        after the council's decision (001-§7)

What has come to this device of what it recorded is judged by its former role, everything else by the new one.")]
pub(crate) struct RoleArguments {
    /// The device's id, or how it begins
    pub(crate) device: String,
    /// What it is from now on
    #[arg(value_parser = codes::squad_role())]
    pub(crate) role: Role,
}

/// `held …`
#[derive(Debug, Subcommand)]
pub(crate) enum HeldCommand {
    /// What is held, by whom it was said, and why it does not count
    #[command(after_help = "Example:\n  jasaq sync && jasaq held list")]
    List,
    /// Everything that one held statement says
    #[command(after_help = "Example:\n  jasaq held show AbCdEfGh.12")]
    Show {
        /// Its key, or how it begins
        #[arg(allow_hyphen_values = true)]
        key: String,
    },
    /// Let held statements count: you know that they are theirs
    #[command(after_help = "\
Examples:
  jasaq held admit AbCdEfGh.12 AbCdEfGh.13 && jasaq sync
  jasaq held dismiss AbCdEfGh.13                   takes it back

One by one: each is named. Who stands above its author may decide; the decision goes to everybody with the next exchange.")]
    Admit {
        /// Their keys
        #[arg(required = true, num_args = 1..)]
        keys: Vec<String>,
    },
    /// Leave held statements held: you looked at them. They stay visible, and count for nothing
    #[command(after_help = "Example:\n  jasaq held dismiss AbCdEfGh.12 && jasaq sync")]
    Dismiss {
        /// Their keys
        #[arg(required = true, num_args = 1..)]
        keys: Vec<String>,
    },
}
