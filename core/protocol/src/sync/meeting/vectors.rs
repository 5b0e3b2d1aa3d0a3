//! One frame of each kind, for the golden vectors: a session says none of them alone.

use std::collections::{BTreeMap, BTreeSet};

use super::attachment_frame::AttachmentFrame;
use super::code::MeetingSecret;
use super::frame::{MeetingFrame, Parting};
use super::holdings::{Holdings, JournalKey, Range, Tips};
use super::session::{Own, proof_bytes};
use crate::attachment::AttachmentName;
use crate::seal::SigningKey;

/// The frames of a caller that holds `holdings` and signs a channel whose hash is `binding`.
#[must_use]
pub fn frames(
    key: &SigningKey,
    own: Own,
    binding: &[u8; 32],
    holdings: &Holdings,
) -> Vec<(&'static str, Vec<u8>)> {
    let signature = key.sign(&proof_bytes(&own, true, binding));
    let held: BTreeMap<JournalKey, Tips> =
        holdings.offered(Range::ALL).map(|(key, tips)| (*key, tips.clone())).collect();
    let differing = held
        .iter()
        .enumerate()
        .map(|(index, (key, tips))| (*key, if index == 0 { Tips::new() } else { tips.clone() }));
    let (from, until) = (JournalKey::START, JournalKey::END);
    let frames = [
        ("proof", MeetingFrame::Proof { device: own.device, territory: own.territory, signature }),
        ("hello", MeetingFrame::Hello { knows: true, digest: holdings.digest(Range::ALL) }),
        ("parts", MeetingFrame::Parts { from, parts: vec![(until, holdings.digest(Range::ALL))] }),
        ("ask", MeetingFrame::Ask { range: Range::ALL, held: held.clone() }),
        ("answer", MeetingFrame::Answer { held: differing.collect() }),
        ("pause", MeetingFrame::Pause),
        ("turn", MeetingFrame::Turn { more: true }),
        ("leave", MeetingFrame::Leave(Parting::Even)),
    ];
    frames.into_iter().map(|(name, frame)| (name, frame.encode())).collect()
}

/// The frames about attachments: these are owed; of each the steps from the first of its own on are wanted and given, all
/// that there are; and those of one of them come.
#[must_use]
pub fn attachment_frames(
    wanted: &BTreeMap<AttachmentName, u64>,
    (name, stream): (AttachmentName, Vec<u8>),
) -> Vec<(&'static str, Vec<u8>)> {
    let owed: BTreeSet<AttachmentName> = wanted.keys().copied().collect();
    let given = owed.iter().map(|name| (*name, name.steps())).collect();
    let from = wanted.get(&name).copied().unwrap_or_default();
    let frames = [
        ("owed", AttachmentFrame::Owed(owed)),
        ("wanted", AttachmentFrame::Wanted(wanted.clone())),
        ("given", AttachmentFrame::Given(given)),
        ("steps", AttachmentFrame::Steps { name, from, bytes: stream }),
    ];
    let encode = |frame| MeetingFrame::Attachments(frame).encode();
    frames.into_iter().map(|(name, frame)| (name, encode(frame))).collect()
}

/// The key under which a secret's channel is sealed.
#[must_use]
pub fn channel_key(secret: &MeetingSecret) -> [u8; 32] {
    *secret.channel_key()
}
