//! Arguments of everything that leaves this device or reaches it, and of the demo.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use jasaq_fieldbook::RelayWay;

use super::codes;
use crate::carrier::Authority;
use crate::failure::{Class, Failure};
use crate::files;
use crate::limits::AUTHORITY_BYTES_MAX;

/// How the relay may be reached.
#[derive(Debug, Clone, Args)]
pub(crate) struct Reach {
    /// Allow http beyond this machine. Entries are sealed all the same; who talks to whom is not
    #[arg(long, env = "JASAQ_ALLOW_CLEARTEXT")]
    allow_cleartext: bool,
    /// Trust only the authority in this PEM file with the relay's certificate. If left unset, the system's authorities
    #[arg(long, value_name = "FILE", env = "JASAQ_TLS_CA")]
    tls_ca: Option<PathBuf>,
}

impl Reach {
    /// What is given now, and what was remembered for where nothing is.
    pub(crate) fn or_remembered(&self, remembered: RelayWay) -> Result<RelayWay, Failure> {
        let authority = self.tls_ca.as_deref().map(read_authority).transpose()?;
        let cleartext = self.allow_cleartext || remembered.cleartext;
        Ok(RelayWay { cleartext, authority: authority.or(remembered.authority) })
    }
}

/// The file of an authority, once there is a certificate in it.
fn read_authority(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut pem = Vec::new();
    let file = File::open(path).map_err(|error| files::cannot_read(path, &error))?;
    let read = file.take(AUTHORITY_BYTES_MAX).read_to_end(&mut pem);
    read.map_err(|error| files::cannot_read(path, &error))?;
    Authority::from_pem(&pem).ok_or_else(|| {
        Failure::new(Class::Input, "relay-no-authority", &"the file holds no certificate that can be read")
    })?;
    Ok(pem)
}

/// `sync`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jasaq sync
  jasaq sync --json

Pushes what was recorded, fetches what others sent, and asks again until there is nothing more. If the relay is not \
reached, nothing is lost: everything stays here for the next time, and `jasaq satchel export` gives it as a file.")]
pub(crate) struct SyncArguments {
    #[command(flatten)]
    pub(crate) reach: Reach,
}

/// `satchel …`
#[derive(Debug, Subcommand)]
pub(crate) enum SatchelCommand {
    /// Pack everything this device holds into a file, sealed for its readers
    #[command(after_help = "\
Examples:
  jasaq satchel export /media/card/today.jasaq
  jasaq satchel export --size-max 10MB /media/card/      satchel-1.jasaq, satchel-2.jasaq … for a messenger
  jasaq satchel export - | ssh base jasaq satchel import -
  jasaq satchel export all.satchel --with-attachments

Anybody may carry it and any messenger may send it: only members of a space can open what is in it. Each part is of use \
by itself, and they may come in any order.")]
    Export {
        /// The file, a folder to put `satchel.jasaq` into, or `-` for standard output
        file: PathBuf,
        /// Longest file: a number with kB or MB. If left unset, everything goes into one file
        #[arg(long, value_name = "SIZE", value_parser = codes::size, conflicts_with = "with_attachments")]
        size_max: Option<u64>,
        /// With photos and the like, as far as they are here and 256 MB hold them
        #[arg(long)]
        with_attachments: bool,
    },
    /// Unpack satchels; what comes whole of a cut one is kept
    #[command(after_help = "\
Examples:
  jasaq satchel import /media/card/today.jasaq
  jasaq satchel import ~/Downloads/*.jasaq      in whatever order, and however many have come")]
    Import {
        /// The files, or `-` for standard input
        #[arg(required = true, num_args = 1.., value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

/// `track …`
#[derive(Debug, Subcommand)]
pub(crate) enum TrackCommand {
    /// Import the tracks and named places of a GPX, KML, KMZ or `GeoJSON` file into a patrol
    #[command(after_help = "\
Examples:
  jasaq track import garmin.gpx
  jasaq track import garmin.gpx --patrol 9f31 --leg 77d0

Nothing is invented: a point at 0,0 becomes a place where the fix was lost, a time nobody can read no time, a clock of \
1901 is kept and flagged. The report says how many.")]
    Import {
        /// The file, or `-` for standard input
        file: PathBuf,
        /// The patrol's id, or how it begins. If left unset, the newest that was started here and is not over, else the
        /// newest that is not over
        #[arg(long)]
        patrol: Option<String>,
        /// The leg on which it was recorded: its id, or how it begins. If left unset, the patrol as a whole
        #[arg(long)]
        leg: Option<String>,
    },
    /// Export a patrol's tracks, places and entries for other programs
    #[command(after_help = "\
Examples:
  jasaq track export --format gpx -o patrol.gpx
  jasaq track export 9f31 --format geojson > patrol.geojson

The file is readable by its owner only. Entries without a fix get no coordinates; their number is told.")]
    Export {
        /// The patrol's id, or how it begins. If left unset, the newest that was started here and is not over, else the
        /// newest
        patrol: Option<String>,
        /// Which format
        #[arg(long, value_enum)]
        format: TrackFormat,
        /// The file to write. If left unset, standard output
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// Formats to export in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TrackFormat {
    /// GPX 1.1
    Gpx,
    /// `GeoJSON` (RFC 7946)
    #[value(name = "geojson")]
    GeoJson,
    /// KML 2.2
    Kml,
    /// The same, packed
    Kmz,
}

/// `demo`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jasaq demo
  jasaq demo --keep here/      leaves the eight homes and the relay's file, and says what to try on them
  jasaq demo --json

A territory, a structural subdivision and a squad of four phones write a day's log offline, import two really recorded \
tracks, and exchange by satchel and over HTTP with a relay in a process of its own. Exits with 0 only if no entry was \
lost and everybody shows the same log.")]
pub(crate) struct DemoArguments {
    /// Leave everything in this folder, which must not exist yet or be empty. If left unset, nothing is left
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
}
