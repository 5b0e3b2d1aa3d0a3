//! The frames of a meeting: laid out as all frames are, with kinds of their own beside runs and envelopes.

use std::collections::BTreeMap;

use super::attachment_frame::AttachmentFrame;
use super::holdings::{JournalKey, Range, Tips};
use crate::bytes::{Malformed, Reader, Writer};
use crate::ids::{DeviceId, HeadHash, JournalId, Place, Sequence, SpaceId};
use crate::limits::{ERASED_BYTES_MAX, FRONTIER_JOURNALS_MAX, MEETING_RANGE_PARTS, MEETING_TIPS_MAX};
use crate::seal::Signature;
use crate::sync::frame::{kind, read_place, write_place};

/// Why a device leaves a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Parting {
    /// Both hold the same.
    #[error("both hold the same")]
    Even,
    /// Nothing moves any more, and the two do not hold the same: what one has, the other does not take or may not have.
    #[error("nothing moves any more, and the two do not hold the same")]
    Apart,
    /// The other device is none of this territory, as far as is known.
    #[error("the other device is not known")]
    Unknown,
    /// The other device asked to be let in. The request was taken; nobody has confirmed it yet.
    #[error("the other device waits to be let in")]
    NotYet,
    /// The other device is of another territory.
    #[error("the other device is of another territory")]
    Foreign,
    /// The other device broke the rules of a meeting.
    #[error("the other device broke the rules of a meeting")]
    Broken,
    /// A reason of a newer program.
    #[error("left for a reason that this program does not know")]
    Other,
}

impl Parting {
    const fn byte(self) -> u8 {
        match self {
            Self::Other => 0,
            Self::Even => 1,
            Self::Apart => 2,
            Self::Unknown => 3,
            Self::NotYet => 4,
            Self::Foreign => 5,
            Self::Broken => 6,
        }
    }

    const fn from_byte(byte: u8) -> Self {
        match byte {
            1 => Self::Even,
            2 => Self::Apart,
            3 => Self::Unknown,
            4 => Self::NotYet,
            5 => Self::Foreign,
            6 => Self::Broken,
            _ => Self::Other,
        }
    }
}

/// One frame of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MeetingFrame {
    /// Who speaks, of which territory, and its signature over this channel.
    Proof { device: DeviceId, territory: SpaceId, signature: Signature },
    /// A round begins: whether the other device is known here, and the digest of everything that it may be told of.
    Hello { knows: bool, digest: [u8; 16] },
    /// A range in parts that follow each other: where each ends, and the digest of what is held of it.
    Parts { from: JournalKey, parts: Vec<(JournalKey, [u8; 8])> },
    /// Everything that is held of a range; an answer is due.
    Ask { range: Range, held: BTreeMap<JournalKey, Tips> },
    /// The journals of a range that was told of which the two sides hold other places. No tips: none is held.
    Answer { held: BTreeMap<JournalKey, Tips> },
    /// The envelopes that follow are of this journal, from this sequence on.
    Run(Place),
    /// One envelope.
    Envelope(Vec<u8>),
    /// What is about attachments.
    Attachments(AttachmentFrame),
    /// A person is asked; the turn goes on later.
    Pause,
    /// It is the other's turn. Whether this side has more to say by itself.
    Turn { more: bool },
    /// The last frame.
    Leave(Parting),
    /// A kind of a newer program.
    Unknown,
}

const PROOF: u8 = 33;
const HELLO: u8 = 34;
const PARTS: u8 = 35;
const ASK: u8 = 36;
const ANSWER: u8 = 37;
const PAUSE: u8 = 38;
const TURN: u8 = 39;
const LEAVE: u8 = 40;

impl MeetingFrame {
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        let kind = match self {
            Self::Proof { device, territory, signature } => {
                writer
                    .raw(device.as_bytes())
                    .raw(territory.as_bytes())
                    .raw(signature.as_bytes());
                PROOF
            }
            Self::Hello { knows, digest } => {
                writer.u8(u8::from(*knows)).raw(digest);
                HELLO
            }
            Self::Parts { from, parts } => {
                write_key(&mut writer, from);
                writer.u8(u8::try_from(parts.len()).unwrap_or(u8::MAX));
                for (until, digest) in parts {
                    write_key(&mut writer, until);
                    writer.raw(digest);
                }
                PARTS
            }
            Self::Ask { range, held } => {
                write_range(&mut writer, *range);
                write_held(&mut writer, held);
                ASK
            }
            Self::Answer { held } => {
                write_held(&mut writer, held);
                ANSWER
            }
            Self::Run(place) => {
                write_place(&mut writer, place);
                kind::RUN
            }
            Self::Envelope(wire) => {
                writer.raw(wire);
                kind::ENVELOPE
            }
            Self::Attachments(frame) => frame.write(&mut writer),
            Self::Pause => PAUSE,
            Self::Turn { more } => {
                writer.u8(u8::from(*more));
                TURN
            }
            Self::Leave(parting) => {
                writer.u8(parting.byte());
                LEAVE
            }
            Self::Unknown => 0,
        };
        let mut frame = Writer::new();
        frame.u8(kind).sized(&writer.finish());
        frame.finish()
    }

    pub(super) fn decode(kind: u8, payload: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(payload);
        let frame = match kind {
            PROOF => Self::Proof {
                device: DeviceId::from_bytes(reader.array()?),
                territory: SpaceId::from_bytes(reader.array()?),
                signature: Signature::from_bytes(reader.array()?),
            },
            HELLO => Self::Hello { knows: read_flag(&mut reader)?, digest: reader.array()? },
            PARTS => read_parts(&mut reader)?,
            ASK => {
                let range = read_range(&mut reader)?;
                let held = read_held(&mut reader)?;
                let is_within = |key: &JournalKey| range.from <= *key && *key < range.until;
                if !held.keys().all(is_within) {
                    return Err(Malformed::Value);
                }
                Self::Ask { range, held }
            }
            ANSWER => Self::Answer { held: read_held(&mut reader)? },
            kind::RUN => Self::Run(read_place(&mut reader)?),
            kind::ENVELOPE if payload.len() <= ERASED_BYTES_MAX => {
                return Ok(Self::Envelope(payload.to_vec()));
            }
            kind::ENVELOPE => return Err(Malformed::Limit),
            PAUSE => Self::Pause,
            TURN => Self::Turn { more: read_flag(&mut reader)? },
            LEAVE => Self::Leave(Parting::from_byte(reader.u8()?)),
            _ => return Ok(AttachmentFrame::read(kind, payload)?.map_or(Self::Unknown, Self::Attachments)),
        };
        reader.finish()?;
        Ok(frame)
    }
}

fn read_flag(reader: &mut Reader<'_>) -> Result<bool, Malformed> {
    match reader.u8()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Malformed::Value),
    }
}

fn write_key(writer: &mut Writer, key: &JournalKey) {
    writer.raw(key.space.as_bytes()).raw(key.journal.as_bytes());
}

fn read_key(reader: &mut Reader<'_>) -> Result<JournalKey, Malformed> {
    let space = SpaceId::from_bytes(reader.array()?);
    Ok(JournalKey { space, journal: JournalId::from_bytes(reader.array()?) })
}

fn write_range(writer: &mut Writer, range: Range) {
    write_key(writer, &range.from);
    write_key(writer, &range.until);
}

fn read_range(reader: &mut Reader<'_>) -> Result<Range, Malformed> {
    let (from, until) = (read_key(reader)?, read_key(reader)?);
    if from < until { Ok(Range { from, until }) } else { Err(Malformed::Value) }
}

fn read_parts(reader: &mut Reader<'_>) -> Result<MeetingFrame, Malformed> {
    let from = read_key(reader)?;
    let count = usize::from(reader.u8()?);
    if count == 0 || count > MEETING_RANGE_PARTS {
        return Err(Malformed::Limit);
    }
    let (mut parts, mut last) = (Vec::with_capacity(count), from);
    for _ in 0..count {
        let until = read_key(reader)?;
        if until <= last {
            return Err(Malformed::Value);
        }
        parts.push((until, reader.array()?));
        last = until;
    }
    Ok(MeetingFrame::Parts { from, parts })
}

/// Space by space: the space, how many journals; each journal, how many tips; each tip.
fn write_held(writer: &mut Writer, held: &BTreeMap<JournalKey, Tips>) {
    let mut spaces: BTreeMap<SpaceId, Vec<(JournalId, &Tips)>> = BTreeMap::new();
    for (key, tips) in held {
        spaces.entry(key.space).or_default().push((key.journal, tips));
    }
    writer.count(spaces.len());
    for (space, journals) in spaces {
        writer.raw(space.as_bytes()).count(journals.len());
        for (journal, tips) in journals {
            writer.raw(journal.as_bytes()).u8(u8::try_from(tips.len()).unwrap_or(u8::MAX));
            for (sequence, hash) in tips {
                writer.u64(sequence.number()).raw(hash.as_bytes());
            }
        }
    }
}

fn read_held(reader: &mut Reader<'_>) -> Result<BTreeMap<JournalKey, Tips>, Malformed> {
    let mut held: BTreeMap<JournalKey, Tips> = BTreeMap::new();
    for _ in 0..reader.count(FRONTIER_JOURNALS_MAX)? {
        let space = SpaceId::from_bytes(reader.array()?);
        for _ in 0..reader.count(FRONTIER_JOURNALS_MAX)? {
            let key = JournalKey { space, journal: JournalId::from_bytes(reader.array()?) };
            if held.last_key_value().is_some_and(|(last, _)| *last >= key) {
                return Err(Malformed::Value);
            }
            held.insert(key, read_tips(reader)?);
        }
    }
    Ok(held)
}

fn read_tips(reader: &mut Reader<'_>) -> Result<Tips, Malformed> {
    let count = usize::from(reader.u8()?);
    if count > MEETING_TIPS_MAX {
        return Err(Malformed::Limit);
    }
    let mut tips = Tips::new();
    for _ in 0..count {
        let tip = (Sequence::new(reader.u64()?)?, HeadHash::from_bytes(reader.array()?));
        if tips.last().is_some_and(|last| *last >= tip) {
            return Err(Malformed::Value);
        }
        tips.insert(tip);
    }
    Ok(tips)
}
