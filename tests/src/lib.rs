//! # The world in which everything is tested
//!
//! A [`Field`] is a district in one process: a TS console, an SS console, a squad with its head and as many phones as a
//! test wants, and one relay. The fieldbooks and the relay are the real ones, with real files and the real bytes between
//! them; only the link is ours, so that it can drop, repeat, cut and reorder from a seed. No sockets, no sleeping, no real
//! time: a run with one seed is always the same run.
//!
//! Two rooms are beside it, for what no memory shows. A [`Recording`] is one device's day on a disk, byte by byte, to be cut
//! wherever power may fail. A [`District`] is the built program in real processes, over real sockets through a [`Gate`],
//! to be killed or watched.

mod chance;
mod clock;
pub mod envelopes;
mod field;
pub mod folds;
mod gate;
mod hand;
pub mod hex;
pub mod hostile;
pub mod inside;
mod link;
mod link_emulator;
mod lying;
mod offices;
mod persons;
mod program;
mod recording;
mod registry;
pub mod storm;
mod tally;
mod through;

pub use chance::Chance;
pub use clock::TurnableClock;
pub use field::{Field, Met, Phone, Pipe, name, note, why_not};
pub use gate::{Gate, Way};
pub use hand::{Hand, change, key};
pub use link::{Faults, Link};
pub use link_emulator::{Carried, LinkEmulator, LinkQuality};
pub use lying::{Lie, told_otherwise};
pub use offices::{Contact, Offices};
pub use persons::{detained, handed_over};
#[cfg(unix)]
pub use program::where_files_end;
pub use program::{District, Home, RelayProcess, Running, Writer};
pub use recording::{
    FRAME_BYTES, Files, Folding, LOG, LOG_HEADER_BYTES, Mark, Outside, RELAY, Recording, Tap, write_folder,
};
pub use registry::{Registry, papers, signer, text, why};
pub use tally::Tally;
