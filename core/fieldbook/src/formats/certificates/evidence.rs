//! What shows whose the keys are: envelopes of the territory's roll in which the root, or its successor, enrolled and removed
//! consoles of the territorial subdivision.
//!
//! They are judged as on every device, by the fold of the protocol: there is no second opinion about who is a console.
//! Nothing but the root acts on a console, so nothing else is needed, and no link of any cut: a removal that counts removes.

use jasaq_protocol::ids::{DeviceId, JournalId, Place, Sequence, SpaceId};
use jasaq_protocol::membership::{Links, Membership, Operation, Role, RollEntry, fold, operation_id};
use jasaq_protocol::seal::{SectionKind, VerifiedEnvelope, WireEnvelope};
use minicbor::{Decoder, Encoder};

/// An envelope of the territory's roll, with its place and signer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Proof {
    pub(crate) journal: JournalId,
    pub(crate) sequence: Sequence,
    pub(crate) signer: DeviceId,
    /// The wire form with its link.
    pub(crate) wire: Vec<u8>,
}

impl Proof {
    /// Of an envelope.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(super) fn of(envelope: &VerifiedEnvelope) -> Self {
        let Place { journal, sequence, .. } = envelope.place();
        Self { journal, sequence, signer: envelope.signer(), wire: envelope.to_wire(true).encode() }
    }

    pub(super) fn encode(
        &self,
        e: &mut Encoder<Vec<u8>>,
    ) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
        e.array(4)?.bytes(self.journal.as_bytes())?.u64(self.sequence.number())?;
        e.bytes(self.signer.as_bytes())?.bytes(&self.wire)?.ok()
    }

    pub(super) fn decode(d: &mut Decoder<'_>) -> Option<Self> {
        (d.array().ok()? == Some(4)).then_some(())?;
        Some(Self {
            journal: d.bytes().ok()?.try_into().ok()?,
            sequence: Sequence::new(d.u64().ok()?).ok()?,
            signer: d.bytes().ok()?.try_into().ok()?,
            wire: d.bytes().ok()?.to_vec(),
        })
    }

    /// The envelope, if its signer signed it for this roll.
    fn verify(&self, roll: SpaceId) -> Option<VerifiedEnvelope> {
        let wire = WireEnvelope::decode(&self.wire).ok()?;
        let link = wire.link_at(self.sequence)?;
        let place = Place { space: roll, journal: self.journal, sequence: self.sequence };
        wire.at(place, link).verify(&self.signer).ok()
    }
}

/// A console of the territorial subdivision that is or was in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ConsoleKey {
    pub(super) key: DeviceId,
    pub(super) is_removed: bool,
}

/// The consoles that envelopes under a root show. None if an envelope is not its signer's.
pub(super) fn consoles(root: DeviceId, proofs: &[Proof]) -> Option<Vec<ConsoleKey>> {
    let roll = SpaceId::of_territory(&root);
    let mut entries = Vec::new();
    for proof in proofs {
        entries.extend(operations_of(&proof.verify(roll)?));
    }
    let membership = fold(root, &entries, &Links::default());
    Some(consoles_of(&membership))
}

fn consoles_of(membership: &Membership) -> Vec<ConsoleKey> {
    let with = |is_removed: bool| move |(key, _): (&DeviceId, _)| ConsoleKey { key: *key, is_removed };
    let present = membership.devices().filter(|(_, enrolled)| enrolled.role == Role::Ts);
    let removed = membership.removed_devices().filter(|(_, enrolled)| enrolled.role == Role::Ts);
    present.map(with(false)).chain(removed.map(with(true))).collect()
}

/// What an envelope says that this program knows.
fn operations_of(envelope: &VerifiedEnvelope) -> Vec<RollEntry> {
    let at = (envelope.place(), envelope.hash());
    let said = envelope.readable().filter(|(_, kind, _)| *kind == SectionKind::Operation);
    said.filter_map(|(index, _, bytes)| {
        let operation = Operation::decode(bytes).ok()?;
        Some(RollEntry::new(operation_id(&envelope.hash(), index), at, envelope.signer(), operation))
    })
    .collect()
}
