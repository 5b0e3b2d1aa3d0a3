//! Whether what a page commits to is what was said: as far as what opens it is here and was not erased.

use std::collections::BTreeSet;

use jasaq_model::ids::{CaseId, PatrolId};
use jasaq_model::page::{Composed, Opening, PageSection};

use super::Sealed;
use crate::refusal::FieldbookRefused;
use crate::vault::Connection;
use crate::views;

/// The sections in which a commitment is to something else than the statements say, and how many nothing here opens. What cards say of
/// members, and why the page was amended, no statement says.
pub(super) fn differing_in(
    connection: &Connection,
    (patrol, sealed): (PatrolId, &Sealed),
    anew: &Composed,
) -> Result<(BTreeSet<PageSection>, usize), FieldbookRefused> {
    let of_patrol = CaseId::from_bytes(*patrol.as_bytes());
    let of_members = anew.of_members.openings.iter().filter(|due| is_of_statements(due)).collect();
    let mut all: Vec<(CaseId, Vec<&Opening>)> = vec![(of_patrol, of_members)];
    all.extend(anew.of_cases.iter().map(|(case, due)| (*case, due.openings.iter().collect())));
    let commitments = sealed.bytes.commitments();
    let (mut sections, mut unopened) = (BTreeSet::new(), 0);
    for (about, due) in all {
        let held = views::openings_about(connection, about, sealed.hash)?;
        if held.is_empty() {
            unopened += due.len();
            continue;
        }
        let is_opened = |due: &Opening| {
            held.iter().any(|held| {
                (&held.path, &held.value) == (&due.path, &due.value) && commitments.are_opened_by(held)
            })
        };
        let false_ones = due.iter().filter(|due| !is_opened(due));
        sections.extend(false_ones.filter_map(|due| PageSection::of_path(&due.path)));
    }
    Ok((sections, unopened))
}

fn is_of_statements(opening: &Opening) -> bool {
    !matches!(PageSection::of_path(&opening.path), Some(PageSection::Members | PageSection::Reason))
}
