//! Arguments of everything that brings devices and squads in. Names are checked by the commands: clap would repeat a
//! refused one on standard error.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::words::Name;
use jasaq_fieldbook::protocol::ids::RelayId;
use zeroize::Zeroizing;

use super::codes;
use super::exchange::Reach;
use super::judging::{RemoveArguments, ReplaceArguments, RoleArguments};

/// `init`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jasaq init --sheets sheets/      six files, to be printed and kept in different safes; prints the ROOT_KEY
  jasaq init                       prints the six sheets instead
  jasaq init --relay http://127.0.0.1:7340 --sheets sheets/

The root's key is on the sheets and nowhere else. Any two of the three root sheets restore it; the successor's three \
take over if they are lost. Give the ROOT_KEY to `jasaq relay --trust`.")]
pub(crate) struct InitArguments {
    /// Where the relay is. If left unset, told later with `jasaq device relay`
    #[arg(long, value_name = "URL")]
    pub(crate) relay: Option<String>,
    #[command(flatten)]
    pub(crate) reach: Reach,
    /// The folder to write the six sheets into. If left unset, they are printed
    #[arg(long, value_name = "DIR")]
    pub(crate) sheets: Option<PathBuf>,
}

/// `invite`
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "\
Examples:
  jasaq invite --role ss --office \"unit 2034\"       a console of a structural subdivision (from the TS)
  jasaq invite --role head --squad \"Sarysu\"         the squad head's phone (from the SS)
  jasaq invite --role vol                           a volunteer's phone (from the head)
  jasaq invite --role vol --qr-png code.png         a picture to show to the joiner's camera
  jasaq invite --for 3f2a                           one more device of member 3f2a
  jasaq invite list                                 who asked with which invite

The code is good for one device and two days. Show it to the person who joins and to nobody else; a terminal that is large \
enough shows it to a camera. Where no camera sees it, read out the ten words.

A further console of the territorial subdivision is let in by two of the root's sheets, not by an invite: `jasaq recovery \
start` on the new one."
)]
pub(crate) struct InviteArguments {
    #[command(subcommand)]
    pub(crate) command: Option<InviteCommand>,
    #[command(flatten)]
    pub(crate) new: NewInviteArguments,
}

/// `invite` without a further word
#[derive(Debug, Args)]
pub(crate) struct NewInviteArguments {
    /// What the device will be
    #[arg(long, value_parser = codes::invited_role(), required_unless_present = "member")]
    pub(crate) role: Option<Role>,
    /// For ss, leb and cc: what you call the office. The name stays on this device
    #[arg(long, value_name = "NAME", conflicts_with = "squad")]
    pub(crate) office: Option<Name>,
    /// For head, vol and nse: which squad. If left unset, the only one this device knows
    #[arg(long, value_name = "NAME")]
    pub(crate) squad: Option<Name>,
    /// One more device of this member, with the same role: the member's id, or how it begins
    #[arg(long = "for", value_name = "MEMBER", conflicts_with_all = ["role", "office", "squad"])]
    pub(crate) member: Option<String>,
    /// Write the code as a drawing too
    #[arg(long, value_name = "FILE")]
    pub(crate) qr_svg: Option<PathBuf>,
    /// Write the code as a picture too
    #[arg(long, value_name = "FILE")]
    pub(crate) qr_png: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

/// `invite …`
#[derive(Debug, Subcommand)]
pub(crate) enum InviteCommand {
    /// The invites that this device made, and who asked with each
    #[command(after_help = "Example:\n  jasaq sync && jasaq invite list")]
    List,
    /// Take an invite back: nobody comes in with it any more
    #[command(after_help = "\
Example:
  jasaq invite withdraw 5f0c      how the invite begins in `jasaq invite list`

Only the device that made an invite lets somebody in with it, so nobody else need be told.")]
    Withdraw {
        /// The invite, or how it begins
        invite: String,
    },
}

/// `join`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jasaq join jasaq:00abc-…          then `jasaq sync`, and read the four words to the inviter
  jasaq join - < code.txt           so that nobody finds the code in the list of processes
  jasaq join - --relay http://127.0.0.1:7340 < code.txt
  jasaq join --relay https://relay.example базук лугам …       the ten words, as they were read out

Until the inviter has confirmed, this device records everything and sends nothing. The authority of --tls-ca is \
remembered for this relay.")]
pub(crate) struct JoinArguments {
    /// The invite's code or its ten words, or `-` to read them from standard input
    #[arg(required = true, num_args = 1..)]
    pub(crate) code: Vec<TypedCode>,
    /// Where the relay is: with the ten words, or if the code does not say it
    #[arg(long, value_name = "URL")]
    pub(crate) relay: Option<String>,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

/// An invite's code, or a word of it, as it was typed. Whoever has it may ask to join, so it does not print itself.
#[derive(Clone)]
pub(crate) struct TypedCode(Zeroizing<String>);

impl From<String> for TypedCode {
    fn from(typed: String) -> Self {
        Self(Zeroizing::new(typed))
    }
}

impl TypedCode {
    /// What was typed.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for TypedCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TypedCode(…)")
    }
}

/// `device …`
#[derive(Debug, Subcommand)]
pub(crate) enum DeviceCommand {
    /// Who is in, and who waits to be let in
    #[command(after_help = "Example:\n  jasaq sync && jasaq device list")]
    List,
    /// Let the device in whose four words these are
    #[command(after_help = "\
Example:
  jasaq device confirm базук-лугам-нишут-пофик      the words as the joiner reads them out, with or without hyphens

Let the joiner read the words to you; do not read yours to him. If two devices wait with one invite, somebody else has \
seen the code: let in nobody, and make a new invite. Only --despite-rivals lets one of them in.")]
    Confirm {
        /// The four words
        #[arg(required = true, num_args = 1..)]
        words: Vec<String>,
        /// Let this one in although another device waits with the same invite; the other one stays out
        #[arg(long)]
        despite_rivals: bool,
    },
    /// Remove a device for ever: it was lost, stolen, or is in the wrong hands
    Remove(RemoveArguments),
    /// Remove a device, and invite its person with a new one
    Replace(ReplaceArguments),
    /// Give a squad's device another role (structural subdivision only)
    Role(RoleArguments),
    /// Tell this device where the relay is, or that it was replaced
    #[command(after_help = "\
Examples:
  jasaq device relay https://relay.example
  jasaq device relay https://relay.example --tls-ca authority.pem
  jasaq device relay https://relay.example --id 5f0c…       the relay was replaced, and this is the new one

A relay that moves to another address keeps its identity, and this device goes on believing no other. If it was \
replaced, let whoever invited you say the new identity, as `jasaq status` shows it to him: everything here then goes up to \
the new relay.

The address is kept with --allow-cleartext until another one is named, and the authority of --tls-ca until a relay shows a \
certificate of the system's. It is tried at once: nobody need answer yet, but what answers and is no relay, or shows a \
certificate that does not hold, ends this with 3.")]
    Relay(RelayPlaceArguments),
}

/// `device relay`
#[derive(Debug, Args)]
pub(crate) struct RelayPlaceArguments {
    /// The relay's address
    pub(crate) url: String,
    /// The relay's identity, 64 digits. If left unset, the one that is known, else that of the relay that answers there first
    #[arg(long, value_name = "RELAY_ID", value_parser = read_relay_id)]
    pub(crate) id: Option<RelayId>,
    #[command(flatten)]
    pub(crate) reach: Reach,
}

fn read_relay_id(text: &str) -> Result<RelayId, String> {
    text.parse()
        .map_err(|_| "a relay's identity is 64 digits, 0-9 and a-f, as `jasaq status` shows it".to_owned())
}
