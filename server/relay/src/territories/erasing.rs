//! What is to be taken away of what is stored, since the rolls say that it was erased or that its space was closed.
//!
//! ```text
//! fold ──what the one before it did not say──► due ──a step that found it, or found that it is not stored──► done
//! ```
//!
//! Promises: what came whole before anybody heard that it is erased is found; what comes later is refused or cut by admission,
//! which asks the fold itself. Nothing stored says what was done: after a start all that the rolls say is due once more, so it
//! is done again in a database that was killed, or restored from a backup.

use std::collections::BTreeSet;

use jasaq_protocol::ids::{RootHash, SpaceId};
use jasaq_protocol::membership::{Membership, Placement};
use jasaq_protocol::seal::SectionSet;
use jasaq_protocol::sync::Refusal;

use super::Territories;

/// What was not looked for since the rolls began to say that it should go.
#[derive(Debug, Default)]
pub(super) struct Due {
    sections: BTreeSet<Placement>,
    attachments: BTreeSet<(SpaceId, RootHash)>,
    pub(super) closed: BTreeSet<SpaceId>,
}

impl Due {
    /// What a fold says and the one before it did not. What it says no more is not due any more; of envelopes the sections that
    /// are due are asked for when one is found.
    pub(super) fn note(&mut self, before: &Membership, after: &Membership) {
        let (was, is) = (before.erasures(), after.erasures());
        let was_closed = |space| before.space(space).is_some_and(|record| record.is_closed);
        self.attachments.retain(|(space, root)| is.attachment(space, root).is_some());
        let is_closed = |space: &SpaceId| after.space(space).is_some_and(|record| record.is_closed);
        self.closed.retain(is_closed);
        let sections = is.sections().filter(|(at, sections)| !sections.is_within(was.of(at)));
        self.sections.extend(sections.map(|(at, _)| *at));
        let attachments = is.attachments().map(|(attachment, _)| attachment);
        let attachments = attachments.filter(|(space, root)| was.attachment(space, root).is_none());
        self.attachments.extend(attachments.map(|(space, root)| (*space, *root)));
        let closed = after.spaces().filter(|(space, record)| record.is_closed && !was_closed(space));
        self.closed.extend(closed.map(|(space, _)| *space));
    }
}

impl Territories {
    /// The sections that are erased of an envelope.
    pub(crate) fn erased_of(&self, at: &Placement) -> SectionSet {
        let territory = self.of_space(&at.space);
        territory.map_or_else(SectionSet::default, |territory| territory.membership.erasures().of(at))
    }

    /// Refuses an envelope that lacks sections which nothing erases: whoever erases them may be heard of later.
    pub(crate) fn check_explained(&mut self, at: &Placement, lacks: SectionSet) -> Result<(), Refusal> {
        if lacks.is_empty() {
            return Ok(());
        }
        self.ask(|territories| {
            let territory = territories.of_space(&at.space).ok_or(Refusal::NotYet)?;
            let is_explained = territory.membership.explains_erased(at, lacks);
            is_explained.then_some(()).ok_or(Refusal::NotYet)
        })
    }

    /// Whether an attachment of a space is erased.
    pub(crate) fn is_erased(&self, space: &SpaceId, root: &RootHash) -> bool {
        let territory = self.of_space(space);
        territory.is_some_and(|territory| territory.membership.erasures().attachment(space, root).is_some())
    }

    /// Some of the envelopes that sections are to be taken out of.
    pub(crate) fn due_sections(&self, most: usize) -> Vec<Placement> {
        self.all
            .iter()
            .flat_map(|territory| &territory.due.sections)
            .take(most)
            .copied()
            .collect()
    }

    /// Some of the attachments that are to go.
    pub(crate) fn due_attachments(&self, most: usize) -> Vec<(SpaceId, RootHash)> {
        self.all
            .iter()
            .flat_map(|territory| &territory.due.attachments)
            .take(most)
            .copied()
            .collect()
    }

    /// How many envelopes, attachments and spaces are still to be looked for, or were found and are not gone yet.
    pub(crate) fn count_due(&self) -> usize {
        let of = |due: &Due| due.sections.len() + due.attachments.len() + due.closed.len();
        self.dropping.len() + self.all.iter().map(|territory| of(&territory.due)).sum::<usize>()
    }

    /// Nothing is stored any more of the sections that these envelopes lose.
    pub(crate) fn note_erased(&mut self, envelopes: &[Placement]) {
        for territory in &mut self.all {
            for at in envelopes {
                territory.due.sections.remove(at);
            }
        }
    }

    /// Nothing is stored any more of these attachments.
    pub(crate) fn note_gone(&mut self, attachments: &[(SpaceId, RootHash)]) {
        for territory in &mut self.all {
            for attachment in attachments {
                territory.due.attachments.remove(attachment);
            }
        }
    }
}
