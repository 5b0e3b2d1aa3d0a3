//! # The relay
//!
//! A small server that devices leave envelopes with and fetch them from. It checks who may write, stores, numbers and
//! hands out. It is blind: it is built from `jasaq-protocol` alone, holds no key that opens anything, and whatever it
//! stores can be restored to it by the devices, so it may be lost.
//!
//! ## What it knows, and what it cannot know
//!
//! It knows the operations in rolls (which device stands where, as what, in which spaces), who pushes into which space
//! and when, how much, and what devices say they hold. It cannot know what an entry says, whom it is about, where a patrol
//! walked, who a member is, or whether a statement counts: all of that is sealed to keys it never has. It decides nothing
//! about meaning: an operation that does not count is stored like any other, and the devices see why it does not.
//! What it writes into its trace are counts.
//!
//! ## The walk of one request
//!
//! ```text
//! POST /v1/sync ─► tls       unless a proxy did it before
//!                  http      pieces of the body as they come; slow, long or too many are let go, and who has not shown a
//!                            known device's head takes no place from those who have
//!                  taking    frames: the head is signed for this relay, envelopes wait
//!                  thread    one thread owns the database; it is asked when input blocks, or at a full step
//!                  admission each envelope alone: lengths, place, right of its signer, quota, signature, content
//!                  storage   one transaction: next number of the space, head of the journal; on the disk when committed
//!                  answer    refusals, one signed receipt, then of each space the device reads what it has not got
//! ◄─ answer        200 and frames. Whoever waits at GET /v1/wait for one of these spaces is woken
//! ```
//!
//! Nothing is acknowledged that is not on the disk, and nothing that was committed is taken back because a later byte was
//! bad: a request that breaks off loses the envelope in the air. Everything is idempotent by hash, so a device that lost
//! an answer asks again. What the rolls say was erased or closed is taken away in steps: one with each request, and the thread
//! goes on with them when nobody asks.
//!
//! ## The rooms, lowest first; a lower one never names a higher one
//!
//! | room | holds |
//! |---|---|
//! | [`limits`] | every bound beside the protocol's, and the quotas |
//! | `config` | what an operator may set about connections and times: [`HttpConfig`] |
//! | `storage` | the database: its schema, its rows, and why it may fail |
//! | `territories` | one fold of the rolls per trusted root: who may write and read where, and what was erased or closed |
//! | `admission` | whether one envelope is stored |
//! | `taking` | one request, as far as it has come: [`Taking`] |
//! | `answer` | what a device is handed out |
//! | `relay` | [`Relay`]: the whole of it without a socket, for the server and for tests alike; what is to go, a step at a time |
//! | `parts` | attachments: their parts as they come and as they are handed out |
//! | [`keeping`] | identity, backup, restore and check of a database, beside the relay |
//! | `thread` | the one thread that owns a relay |
//! | `metrics` | what an operator may watch: counts alone |
//! | `tls` | the certificate and its renewal: [`Tls`] |
//! | `http` | [`run`]: routes, status codes, connections |
//!
//! ## Without a socket
//!
//! ```
//! use jasaq_protocol::seal::SigningKey;
//! use jasaq_protocol::sync::{Frame, FrameWriter, Head};
//! use jasaq_relay::Relay;
//! use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
//!
//! let mut chance = ChaCha20Rng::seed_from_u64(1);
//! let root = SigningKey::make(&mut chance);
//! let mut relay = Relay::open_in_memory(&[root.device_id()], &mut chance)?;
//!
//! let mut request = FrameWriter::new();
//! request.frame(&Frame::Head(Head::sign(&root, &relay.id(), 1, &[])));
//! request.frame(&Frame::End { more: false });
//! let answer = relay.answer(&request.take())?;
//! assert_eq!(answer.tally.sent, 0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod admission;
mod answer;
mod config;
mod http;
pub mod keeping;
pub mod limits;
mod metrics;
mod parts;
mod relay;
mod storage;
mod taking;
mod territories;
mod thread;
mod tls;
#[cfg(test)]
mod world;

pub use answer::Answer;
pub use config::HttpConfig;
pub use http::{Listeners, RunError, run};
pub use parts::{Bringing, Given};
pub use relay::{Relay, Watch, WatchRefused};
pub use storage::{Stock, StorageError};
pub use taking::{SyncRefused, Taking, Tally};
pub use tls::{Clock, Tls, TlsFiles, TlsRefused, UtcSecond};
