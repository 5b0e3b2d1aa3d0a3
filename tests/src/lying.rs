//! A relay that lies: what it answers is signed as it should be, and what follows the receipt is not what it holds.
//!
//! A receipt is signed and names what is stored; nothing else in an answer is. So a lie is the honest answer, told otherwise.

use jasaq_fieldbook::protocol::ids::Place;
use jasaq_fieldbook::protocol::journal::Frontier;
use jasaq_fieldbook::protocol::sync::{Frame, FrameReader, FrameWriter};

/// How a relay lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lie {
    /// Envelopes come in another order, under numbers that are others'.
    Reorders,
    /// Every second envelope is kept back, and nothing says so.
    Withholds,
    /// Each envelope comes under the place of another.
    Exchanges,
    /// It says that it holds nothing any more of what it gave.
    Forgets,
    /// It says half of it and falls silent.
    Stalls,
}

impl Lie {
    /// Every lie, with what a tally calls it.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Reorders, "relay lied: another order"),
        (Self::Withholds, "relay lied: kept back"),
        (Self::Exchanges, "relay lied: under another's place"),
        (Self::Forgets, "relay lied: holds nothing any more"),
        (Self::Stalls, "relay lied: fell silent"),
    ];
}

/// Something that an answer says.
enum Saying {
    Frame(Frame),
    Envelope(Place, Vec<u8>),
}

/// An honest answer, told otherwise. What is no answer stays as it is.
#[must_use]
pub fn told_otherwise(answer: &[u8], lie: Lie) -> Vec<u8> {
    if lie == Lie::Stalls {
        return answer[..answer.len() / 2].to_vec();
    }
    let mut writer = FrameWriter::new();
    let mut sayings = sayings(answer);
    // Within a space only: numbers of another would be garbage and no lie.
    for part in sayings.split_mut(|saying| matches!(saying, Saying::Frame(_))) {
        match lie {
            Lie::Reorders => part.reverse(),
            Lie::Exchanges => exchange(part),
            _ => {}
        }
    }
    let mut number = 0;
    for saying in sayings {
        match saying {
            Saying::Envelope(..) if lie == Lie::Withholds && number % 2 == 1 => number += 1,
            Saying::Envelope(place, wire) => {
                number += 1;
                writer.envelope(place, &wire);
            }
            Saying::Frame(Frame::Space { space, .. }) if lie == Lie::Forgets => {
                writer.frame(&Frame::Rewound { space, held: Frontier::new() });
                writer.frame(&Frame::Space { space, after: 0 });
            }
            Saying::Frame(frame) => writer.frame(&frame),
        }
    }
    writer.take()
}

fn exchange(part: &mut [Saying]) {
    for pair in part.chunks_exact_mut(2) {
        if let [Saying::Envelope(_, first), Saying::Envelope(_, second)] = pair {
            std::mem::swap(first, second);
        }
    }
}

fn sayings(answer: &[u8]) -> Vec<Saying> {
    let (mut frames, mut sayings, mut next) = (FrameReader::new(), Vec::new(), None::<Place>);
    frames.push(answer);
    while let Ok(Some(frame)) = frames.read() {
        match (frame, next) {
            (Frame::Run(place), _) => next = Some(place),
            (Frame::Envelope(wire), Some(place)) => {
                next = Some(Place { sequence: place.sequence.next(), ..place });
                sayings.push(Saying::Envelope(place, wire));
            }
            (frame, _) => sayings.push(Saying::Frame(frame)),
        }
    }
    sayings
}
