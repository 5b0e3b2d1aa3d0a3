//! Spaces that were ended: nothing of them is taken or told any more, and what is stored of them is dropped.

use jasaq_protocol::ids::SpaceId;
use jasaq_protocol::sync::Refusal;

use super::Territories;

impl Territories {
    /// Whether a space was closed, or is still being dropped since it was.
    pub(crate) fn is_closed(&self, space: &SpaceId) -> bool {
        self.dropping.contains(space) || self.is_ended(space)
    }

    /// Whether the rolls say that a space is closed.
    fn is_ended(&self, space: &SpaceId) -> bool {
        let record = self.of_space(space).and_then(|territory| territory.membership.space(space));
        record.is_some_and(|record| record.is_closed)
    }

    /// Refuses a space that was closed. One that is open again and not dropped to its end yet takes nothing so far: what is stored
    /// of it is nobody's past.
    pub(crate) fn check_open(&mut self, space: &SpaceId) -> Result<(), Refusal> {
        self.ask(|territories| {
            if territories.is_ended(space) {
                Err(Refusal::MayNot)
            } else if territories.dropping.contains(space) {
                Err(Refusal::NotYet)
            } else {
                Ok(())
            }
        })
    }

    /// A closed space that something may be stored in. What was begun is ended first, also if the space is open again.
    pub(crate) fn next_to_drop(&self) -> Option<SpaceId> {
        let closed = || self.all.iter().find_map(|territory| territory.due.closed.first().copied());
        self.dropping.first().copied().or_else(closed)
    }

    /// Notes that what is stored of a space was deleted in part, or that nothing is left.
    pub(crate) fn note_dropped(&mut self, space: &SpaceId, is_over: bool) {
        for territory in &mut self.all {
            territory.due.closed.remove(space);
        }
        if is_over {
            self.dropping.remove(space);
            self.pinned.remove(space);
        } else {
            self.dropping.insert(*space);
        }
    }
}
