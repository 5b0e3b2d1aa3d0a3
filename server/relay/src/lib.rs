//! # The relay
mod admission;
mod answer;
mod config;
mod http;
pub mod limits;
mod relay;
mod storage;
mod taking;
mod territories;
mod thread;
#[cfg(test)]
mod world;

pub use answer::Answer;
pub use config::HttpConfig;
pub use http::{RunError, run};
pub use relay::{Relay, Watch, WatchRefused};
pub use storage::StorageError;
pub use taking::{SyncRefused, Taking, Tally};
