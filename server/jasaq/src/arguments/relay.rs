//! Arguments of running a relay, and of keeping its database.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use jasaq_fieldbook::protocol::ids::DeviceId;
use jasaq_relay::limits::Quotas;

/// `relay`
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "\
Examples:
  jasaq relay --data relay.db --trust ROOT_KEY
  jasaq relay --listen 127.0.0.1:0 --data relay.db --trust ROOT_KEY --json      prints the port it got
  jasaq relay --listen [::]:443 --data relay.db --trust ROOT_KEY --tls-cert chain.pem --tls-key key.pem

The relay stores what it cannot open. It can be lost: every device can fill a new one. ROOT_KEY is what `jasaq init` \
printed; give --trust once for each territory. Ctrl-C or SIGTERM ends it cleanly; SIGHUP reads the certificate again. \
Installing, proxies, backups and moving: server/relay/docs/operating.md."
)]
pub(crate) struct RelayArguments {
    #[command(subcommand)]
    pub(crate) command: Option<RelayCommand>,
    #[command(flatten)]
    pub(crate) serve: ServeArguments,
}

/// `relay` without a further word
#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// Where to listen. Port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7340")]
    pub(crate) listen: SocketAddr,
    /// Allow listening beyond this machine without TLS
    #[arg(long, env = "JASAQ_RELAY_ALLOW_CLEARTEXT")]
    pub(crate) allow_cleartext: bool,
    /// The database file; made if it is not there
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) data: Option<PathBuf>,
    /// The public key of a territory's root, as `jasaq init` prints it; as often as there are territories
    #[arg(long, value_name = "ROOT_KEY", required = true, value_parser = read_root_key)]
    pub(crate) trust: Vec<DeviceId>,
    /// The relay's certificate and those that lead to a known one, in PEM. Read again when the file changes
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// The certificate's private key, in PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
    /// Where to tell the metrics, in the format of Prometheus. If left unset, nowhere
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) metrics: Option<SocketAddr>,
    /// Connections that one address may have at once. If left unset, 64; on loopback, where a proxy comes from, all
    #[arg(long, value_name = "COUNT")]
    pub(crate) address_connections: Option<NonZeroUsize>,
    #[command(flatten)]
    pub(crate) quotas: QuotaArguments,
    /// End when standard input ends: for a program that starts the relay and must not leave it behind
    #[arg(long)]
    pub(crate) until_stdin_ends: bool,
}

/// What the relay keeps at most.
#[derive(Debug, Clone, Copy, Args)]
#[expect(
    clippy::struct_field_names,
    reason = "the options are called so, and the help finds them by these names"
)]
pub(crate) struct QuotaArguments {
    /// Bytes of one space
    #[arg(long, value_name = "BYTES", default_value = "256MiB", value_parser = read_bytes)]
    space_bytes: u64,
    /// Bytes of one device over all spaces
    #[arg(long, value_name = "BYTES", default_value = "128MiB", value_parser = read_bytes)]
    device_bytes: u64,
    /// Bytes of the attachments of one space
    #[arg(long, value_name = "BYTES", default_value = "8GiB", value_parser = read_bytes)]
    space_attachment_bytes: u64,
    /// Bytes of the attachments that one device brings
    #[arg(long, value_name = "BYTES", default_value = "2GiB", value_parser = read_bytes)]
    device_attachment_bytes: u64,
    /// Bytes of the database file
    #[arg(long, value_name = "BYTES", default_value = "64GiB", value_parser = read_bytes)]
    database_bytes: u64,
}

impl From<QuotaArguments> for Quotas {
    fn from(given: QuotaArguments) -> Self {
        Self {
            space_bytes_max: given.space_bytes,
            device_bytes_max: given.device_bytes,
            space_attachment_bytes_max: given.space_attachment_bytes,
            device_attachment_bytes_max: given.device_attachment_bytes,
            database_bytes_max: given.database_bytes,
        }
    }
}

/// `relay …`
#[derive(Debug, Subcommand)]
pub(crate) enum RelayCommand {
    /// Print the relay's identity, which heads are signed for and invites name
    #[command(after_help = "Example:\n  jasaq relay identity --data relay.db")]
    Identity {
        /// The database file
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
    },
    /// Copy the database, also while the relay runs
    #[command(after_help = "\
Examples:
  jasaq relay backup --data relay.db --to backup.db
  jasaq relay backup --data relay.db --to backup.db --replace

The copy is of one moment, holds the relay's identity, and can be read by its owner alone. It gets its name when it is \
whole and on the disk.")]
    Backup {
        /// The database file
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Replace the file if it is there
        #[arg(long)]
        replace: bool,
    },
    /// Put a backup into the place of the database, while no relay runs on it
    #[command(after_help = "\
Examples:
  jasaq relay restore --from backup.db --data relay.db
  jasaq relay restore --from backup.db --data relay.db --replace

The backup is checked before. What the relay got after it, the devices bring again by themselves.")]
    Restore {
        /// The backup
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
        /// The database file
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        /// Replace the database if it is there; it is kept beside
        #[arg(long)]
        replace: bool,
    },
    /// Check every page, number, link and signature of a database or backup, also while the relay runs
    #[command(after_help = "\
Examples:
  jasaq relay check --data relay.db
  jasaq relay check --data backup.db --json

Changes nothing. Exits with 4 if something is wrong: restore a backup then, or let the devices fill a new database.")]
    Check {
        /// The database file, or a backup
        #[arg(long, value_name = "FILE")]
        data: PathBuf,
        #[command(flatten)]
        quotas: QuotaArguments,
    },
}

fn read_root_key(text: &str) -> Result<DeviceId, String> {
    text.parse()
        .map_err(|_| "a root key is 64 digits, 0-9 and a-f, as `jasaq init` prints it".to_owned())
}

/// `1048576`, `512KiB`, `2GiB`: a number, and perhaps a unit.
fn read_bytes(text: &str) -> Result<u64, String> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let shift = match unit.trim_start() {
        "" | "B" => Some(0),
        "KiB" => Some(10),
        "MiB" => Some(20),
        "GiB" => Some(30),
        "TiB" => Some(40),
        _ => None,
    };
    let bytes = shift.zip(number.parse().ok()).and_then(|(shift, number): (u32, u64)| {
        let bytes = number.checked_mul(1 << shift)?;
        (bytes > 0 && i64::try_from(bytes).is_ok()).then_some(bytes)
    });
    bytes.ok_or_else(|| "a size is a number with KiB, MiB, GiB or TiB, like 512MiB".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        quotas: QuotaArguments,
    }

    #[test]
    fn the_defaults_are_those_of_the_relay() {
        let line = Line::parse_from(["line"]);
        assert_eq!(Quotas::from(line.quotas), Quotas::default());
    }

    /// What a page or a unit gives to the program, line by line.
    fn commands(text: &str) -> Vec<Vec<String>> {
        let root = "ab".repeat(32);
        let of_line = |line: &str| {
            let (_, rest) = line.split_once("jasaq relay ")?;
            let rest = rest.replace("$$(date +%%u)", "1");
            let rest = rest.split(['`', '\'', '#', '&']).next()?;
            let filled = |word: &str| if word.starts_with('$') { root.clone() } else { word.to_owned() };
            let words = rest.split_whitespace().map(filled);
            Some(["jasaq".to_owned(), "relay".to_owned()].into_iter().chain(words).collect())
        };
        let is_a_command = |line: &&str| {
            ["jasaq relay", "sudo -u", "ExecStart=", "  jasaq relay"]
                .iter()
                .any(|start| line.starts_with(start))
        };
        text.lines().filter(is_a_command).filter_map(of_line).collect()
    }

    #[test]
    fn every_command_of_the_operators_page_the_readme_and_the_units_is_understood() {
        let files = [
            (include_str!("../../../relay/docs/operating.md"), 10),
            (include_str!("../../../../README.md"), 3),
            (include_str!("../../../relay/docs/jasaq-relay.service"), 1),
            (include_str!("../../../relay/docs/jasaq-relay-backup.service"), 1),
        ];
        for (text, least) in files {
            let commands = commands(text);
            assert!(commands.len() >= least, "otherwise nothing was looked at: {commands:?}");
            for command in commands {
                let parsed = crate::arguments::CommandLine::try_parse_from(&command);
                assert!(parsed.is_ok(), "{command:?}: {parsed:?}");
            }
        }
    }

    #[test]
    fn every_command_within_the_operators_sentences_is_understood() {
        let page = include_str!("../../../relay/docs/operating.md");
        let prose = page.split("```").step_by(2);
        let spans = prose.flat_map(|text| text.split('`').skip(1).step_by(2));
        let mut moved = 0;
        for span in spans.filter(|span| span.starts_with("jasaq ") && span.contains(char::is_uppercase)) {
            let line = span
                .replace("RELAY_ID", &"ab".repeat(32))
                .replace("URL", "https://relay.example");
            let parsed = crate::arguments::CommandLine::try_parse_from(line.split_whitespace());
            assert!(parsed.is_ok(), "{span}: {parsed:?}");
            if span.starts_with("jasaq device relay ") {
                assert!(
                    span.contains(" --id RELAY_ID"),
                    "a device refuses a relay of another identity: {span}"
                );
                moved += 1;
            }
        }
        assert!(moved > 0, "otherwise nothing was looked at");
    }

    #[test]
    fn the_relays_listeners_are_not_opened_by_the_clients_variable_nor_shut_to_everybody() {
        use clap::CommandFactory as _;
        let command = crate::arguments::CommandLine::command();
        let relay = command.find_subcommand("relay").unwrap();
        let flag = relay.get_arguments().find(|flag| flag.get_id() == "allow_cleartext").unwrap();
        assert_eq!(flag.get_env(), Some("JASAQ_RELAY_ALLOW_CLEARTEXT".as_ref()));
        let root = "ab".repeat(32);
        let line =
            |count| ["jasaq", "relay", "--data", "x", "--trust", &root, "--address-connections", count];
        assert!(crate::arguments::CommandLine::try_parse_from(line("1")).is_ok());
        assert!(crate::arguments::CommandLine::try_parse_from(line("0")).is_err());
    }

    #[test]
    fn sizes_are_numbers_with_or_without_a_unit() {
        let read = [("1", 1), ("7B", 7), ("3KiB", 3_072), ("2 MiB", 2_097_152), ("1TiB", 1 << 40)];
        for (text, bytes) in read {
            assert_eq!(read_bytes(text), Ok(bytes), "{text}");
        }
        for text in ["", "0", "-1", "MiB", "1 mb", "1.5GiB", "99999999TiB", "16777216TiB", "1 GiB free"] {
            assert!(read_bytes(text).is_err(), "{text}");
        }
    }
}
