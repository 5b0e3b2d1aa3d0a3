//! Where an arriving envelope belongs in what is already held.

use crate::ids::{DeviceId, EnvelopeHash, Place, Sequence};
use crate::seal::{EnvelopeRefused, Link, VerifiedEnvelope, WireEnvelope};

/// What the holder has of a journal around one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Neighbours {
    /// The device that the journal's first envelope names, if that is held.
    pub signer: Option<DeviceId>,
    /// The hash of the envelope before the place, if held.
    pub previous: Option<EnvelopeHash>,
    /// The hash of the envelope at the place, if held.
    pub here: Option<EnvelopeHash>,
}

/// What an envelope waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Waiting {
    /// The journal's first envelope, which names the device, has not come.
    #[error("the journal's first envelope has not come")]
    First,
    /// The envelope before it has not come.
    #[error("the envelope before it has not come")]
    Previous,
}

/// The outcome of [`place`].
#[derive(Debug, PartialEq, Eq)]
#[must_use]
pub enum Placed {
    /// It continues the journal.
    New(VerifiedEnvelope),
    /// It is held already, perhaps in another form: of the two one may lack sections.
    Known(VerifiedEnvelope),
    /// Another envelope is held at this place: its device wrote two.
    Fork(VerifiedEnvelope),
    /// It may belong here later.
    Waiting(Waiting),
}

/// Checks an arriving envelope against what is held around its place.
pub fn place(wire: WireEnvelope, place: Place, held: &Neighbours) -> Result<Placed, EnvelopeRefused> {
    let claimed = wire.link_at(place.sequence);
    let (link, signer) = match (place.sequence == Sequence::FIRST, claimed, held) {
        (true, Some(Link::First(device)), _) => (Link::First(device), device),
        (true, _, _) => return Err(EnvelopeRefused::Malformed(crate::bytes::Malformed::Value)),
        (false, _, Neighbours { signer: None, .. }) => return Ok(Placed::Waiting(Waiting::First)),
        (false, _, Neighbours { previous: None, .. }) => return Ok(Placed::Waiting(Waiting::Previous)),
        (false, claimed, Neighbours { signer: Some(signer), previous: Some(previous), .. }) => {
            (claimed.unwrap_or(Link::After(*previous)), *signer)
        }
    };
    let verified = wire.at(place, link).verify(&signer)?;
    let continues = match link {
        Link::First(_) => held.here.is_none(),
        Link::After(previous) => held.previous == Some(previous) && held.here.is_none(),
    };
    Ok(match held.here {
        _ if continues => Placed::New(verified),
        Some(here) if here == verified.hash() => Placed::Known(verified),
        _ => Placed::Fork(verified),
    })
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;
    use crate::ids::{JournalId, SpaceId};
    use crate::seal::{DeviceKeys, EnvelopeDraft, NextPlace, Section, seal};

    struct Journal {
        keys: DeviceKeys,
        envelopes: Vec<VerifiedEnvelope>,
    }

    impl Journal {
        fn new() -> Self {
            Self { keys: DeviceKeys::make(&mut ChaCha20Rng::seed_from_u64(1)), envelopes: Vec::new() }
        }

        fn at(&self, sequence: Sequence) -> Place {
            let journal = JournalId::of_device(&self.keys.id(), [2; 8]);
            Place { space: SpaceId::from_bytes([1; 16]), journal, sequence }
        }

        fn draft(&self, text: &str) -> VerifiedEnvelope {
            let next = match self.envelopes.last() {
                None => NextPlace { place: self.at(Sequence::FIRST), link: Link::First(self.keys.id()) },
                Some(last) => {
                    NextPlace { place: self.at(last.place().sequence.next()), link: Link::After(last.hash()) }
                }
            };
            let sections = [Section::Ack(text.as_bytes().to_vec())];
            let draft = EnvelopeDraft { next, epoch: None, sections: &sections };
            seal(&draft, &self.keys, &mut ChaCha20Rng::seed_from_u64(2)).unwrap()
        }

        fn write(&mut self, text: &str) {
            let envelope = self.draft(text);
            self.envelopes.push(envelope);
        }
    }

    fn held(journal: &Journal, count: usize, at: usize) -> Neighbours {
        let hash = |index: usize| {
            journal
                .envelopes
                .get(index)
                .filter(|_| index < count)
                .map(VerifiedEnvelope::hash)
        };
        Neighbours {
            signer: (count > 0).then(|| journal.keys.id()),
            previous: at.checked_sub(1).and_then(hash),
            here: hash(at),
        }
    }

    fn arrive(journal: &Journal, count: usize, at: usize) -> Placed {
        let envelope = &journal.envelopes[at];
        place(envelope.to_wire(false), envelope.place(), &held(journal, count, at)).unwrap()
    }

    #[test]
    fn envelopes_continue_repeat_or_wait() {
        let mut journal = Journal::new();
        for text in ["a", "b", "c"] {
            journal.write(text);
        }
        assert!(matches!(arrive(&journal, 0, 0), Placed::New(_)));
        assert!(matches!(arrive(&journal, 1, 1), Placed::New(_)));
        assert!(matches!(arrive(&journal, 2, 1), Placed::Known(_)));
        assert_eq!(arrive(&journal, 0, 1), Placed::Waiting(Waiting::First));
        assert_eq!(arrive(&journal, 1, 2), Placed::Waiting(Waiting::Previous));
    }

    #[test]
    fn a_second_envelope_at_a_place_is_a_fork() {
        let mut journal = Journal::new();
        journal.write("a");
        let other = journal.draft("the clone's b");
        journal.write("b");
        let arrived = place(other.to_wire(false), other.place(), &held(&journal, 2, 1)).unwrap();
        assert_eq!(arrived, Placed::Fork(other));
    }

    #[test]
    fn a_forks_second_envelope_is_a_fork_too_and_not_a_bad_signature() {
        let (mut journal, mut clone) = (Journal::new(), Journal::new());
        journal.write("a");
        clone.write("a");
        journal.write("b");
        clone.write("the clone's b");
        clone.write("the clone's c");
        let third = &clone.envelopes[2];
        let arrived = place(third.to_wire(true), third.place(), &held(&journal, 2, 2)).unwrap();
        assert!(matches!(arrived, Placed::Fork(_)));
    }

    #[test]
    fn a_strangers_signature_is_refused() {
        let mut journal = Journal::new();
        journal.write("a");
        let envelope = &journal.envelopes[0];
        let stranger = DeviceKeys::make(&mut ChaCha20Rng::seed_from_u64(7));
        let held = Neighbours { signer: Some(stranger.id()), previous: Some(envelope.hash()), here: None };
        let elsewhere = journal.at(Sequence::FIRST.next());
        assert!(place(envelope.to_wire(false), elsewhere, &held).is_err());
    }
}
