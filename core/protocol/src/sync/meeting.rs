//! A meeting: two devices exchange what they hold over any way that carries bytes, without a relay.
//!
//! ```text
//! caller                         listener, whose code the caller has read
//! handshake               ◄──►   sealed by the code's secret
//! proof                    ──►
//!                         ◄──    proof, hello {knows you, digest of what it holds}
//! hello, or even           ──►                                    a round: until neither has more
//!                         ◄──    digests of ranges of journals
//! ask {all of a range}     ──►
//!                         ◄──    answer {what differs}, envelopes
//! envelopes                ──►                                    then a hello again, for acks and what is new
//! owed, wanted            ◄──►                                    once both hold the same envelopes: attachments
//! given, steps            ◄──►                                    small ones first, and a hello again
//! ```
//!
//! Strictly by turns of a bounded size: each side commits what came before it answers, so a cut costs a turn at most, nobody
//! has to hold more than one, and no two sides ever wait for each other to read. There is nothing to resume: what was
//! committed is held, and the next meeting compares again.
//!
//! Promises: nothing is told before the other device has proven itself in this very channel; what it may be told of is the
//! caller's to say ([`Holdings::note`]). Refuses: an envelope that was not announced, or comes again; more turns, rounds or
//! tellings than [`crate::limits`] allow; a turn that brings nothing. What was taken before a refusal stands.

mod attachment_frame;
mod attachments;
mod channel;
mod code;
mod frame;
mod hearing;
mod holdings;
mod primitives;
mod promises;
mod round;
mod session;
mod speaking;
mod stage;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod vectors;

#[cfg(test)]
mod attachment_tests;
#[cfg(test)]
mod lying_tests;
#[cfg(test)]
mod tests;

pub use attachments::{NextSteps, Wishes};
pub use channel::ChannelRefused;
pub use code::{DeviceMark, MeetingCode, MeetingCodeRefused, MeetingSecret};
pub use frame::Parting;
pub use holdings::{Holdings, JournalKey, Tips};
pub use round::{Next, Run, Stretch};
pub use session::{Meeting, MeetingEffect, MeetingRefused, Own};
pub use stage::{Progress, Stage};
