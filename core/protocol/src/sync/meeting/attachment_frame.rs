//! The frames of a meeting that are about attachments: what is owed, wanted and given, and steps as a satchel has them.

use std::collections::{BTreeMap, BTreeSet};

use crate::attachment::AttachmentName;
use crate::bytes::{Malformed, Reader, Writer};
use crate::limits::MEETING_NAMES_MAX;
use crate::sync::frame::kind;

const OWED: u8 = 41;
const WANTED: u8 = 42;
const GIVEN: u8 = 43;

/// One frame about attachments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AttachmentFrame {
    /// This side has them whole, and no relay has, as far as it knows.
    Owed(BTreeSet<AttachmentName>),
    /// This side asks for the steps from this one on.
    Wanted(BTreeMap<AttachmentName, u64>),
    /// Of what was wanted, the steps up to this one will come.
    Given(BTreeMap<AttachmentName, u64>),
    /// Steps of one part, behind its proof.
    Steps { name: AttachmentName, from: u64, bytes: Vec<u8> },
}

impl AttachmentFrame {
    /// Writes the payload. Says the kind.
    pub(super) fn write(&self, writer: &mut Writer) -> u8 {
        match self {
            Self::Owed(names) => {
                writer.u8(count(names.len()));
                for name in names {
                    name.write(writer);
                }
                OWED
            }
            Self::Wanted(steps) => {
                write_steps(writer, steps);
                WANTED
            }
            Self::Given(steps) => {
                write_steps(writer, steps);
                GIVEN
            }
            Self::Steps { name, from, bytes } => {
                name.write(writer);
                writer.u64(*from).raw(bytes);
                kind::STEPS
            }
        }
    }

    /// Reads a payload; none if the kind is no such frame's.
    pub(super) fn read(kind: u8, payload: &[u8]) -> Result<Option<Self>, Malformed> {
        let mut reader = Reader::new(payload);
        let frame = match kind {
            OWED => Self::Owed(read_names(&mut reader, |_, _| Ok(()))?.into_keys().collect()),
            WANTED => Self::Wanted(read_names(&mut reader, |reader, name| {
                reader.u64().and_then(|from| bounded(from < name.steps(), from))
            })?),
            GIVEN => Self::Given(read_names(&mut reader, |reader, name| {
                reader
                    .u64()
                    .and_then(|until| bounded(0 < until && until <= name.steps(), until))
            })?),
            kind::STEPS => {
                let (name, from) = (AttachmentName::read(&mut reader)?, reader.u64()?);
                return Ok(Some(Self::Steps { name, from, bytes: reader.rest().to_vec() }));
            }
            _ => return Ok(None),
        };
        reader.finish()?;
        Ok(Some(frame))
    }
}

fn count(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}

fn bounded(is_within: bool, step: u64) -> Result<u64, Malformed> {
    if is_within { Ok(step) } else { Err(Malformed::Value) }
}

fn write_steps(writer: &mut Writer, steps: &BTreeMap<AttachmentName, u64>) {
    writer.u8(count(steps.len()));
    for (name, step) in steps {
        name.write(writer);
        writer.u64(*step);
    }
}

/// Names that strictly rise, each with what follows it.
fn read_names<T>(
    reader: &mut Reader<'_>,
    mut read: impl FnMut(&mut Reader<'_>, &AttachmentName) -> Result<T, Malformed>,
) -> Result<BTreeMap<AttachmentName, T>, Malformed> {
    let count = usize::from(reader.u8()?);
    if count == 0 || count > MEETING_NAMES_MAX {
        return Err(Malformed::Limit);
    }
    let mut names = BTreeMap::new();
    for _ in 0..count {
        let name = AttachmentName::read(reader)?;
        if names.last_key_value().is_some_and(|(last, _)| *last >= name) {
            return Err(Malformed::Value);
        }
        let with = read(reader, &name)?;
        names.insert(name, with);
    }
    Ok(names)
}
