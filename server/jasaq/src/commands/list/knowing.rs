//! Whom a console knows when a list is imported: each by the last of his records, and where he stands.

use std::collections::BTreeSet;

use jasaq_fieldbook::model::ids::{ListId, PersonId, SquadId};
use jasaq_fieldbook::model::list::{KnownPerson, Standing};
use jasaq_fieldbook::model::register::Identity;
use jasaq_fieldbook::{Fieldbook, Kept, PersonView};

use super::super::meant;
use crate::failure::Failure;

/// Whom this console knows, each by the last of his records; by his papers also where the list that brought them was taken back.
/// Whoever was erased is known to nobody.
pub(super) fn known(
    fieldbook: &mut Fieldbook,
    everybody: &[PersonView],
    squad: SquadId,
) -> Result<Vec<KnownPerson>, Failure> {
    let mut known = Vec::with_capacity(everybody.len());
    let lists = meant::read(fieldbook.squad_lists()?, Kept::Lists)?;
    let was_received = |list: &ListId| lists.get(*list).is_none_or(|list| list.received.is_some());
    for view in everybody {
        let person = view.record.person;
        let former = if view.record.listed.is_empty() { fieldbook.papers_of(person)? } else { None };
        let taken_back = former.as_ref().map(|(_, lists)| {
            if lists.iter().any(was_received) { Standing::TakenFromCheck } else { Standing::TakenBack }
        });
        let standing = standing(view, squad, taken_back);
        if standing != Standing::OnThis && fieldbook.is_erased_from_lists(person)? {
            continue;
        }
        let identity = former.map(|(identity, _)| identity).or_else(|| identity_of(view));
        known.extend(identity.map(|identity| KnownPerson { identity, standing }));
    }
    let before: BTreeSet<PersonId> = known.iter().filter_map(|known| known.identity.before).collect();
    known.retain(|known| !before.contains(&known.identity.id));
    Ok(known)
}

/// Where somebody stands; if all his lists were taken back, whether that was from the check.
fn standing(view: &PersonView, squad: SquadId, taken_back: Option<Standing>) -> Standing {
    let squads: BTreeSet<SquadId> = view.record.squads().collect();
    let is_over = !view.record.exclusions.is_empty() || !view.record.strike_offs.is_empty();
    match squads.first() {
        _ if squads.contains(&squad) => Standing::OnThis,
        Some(other) => Standing::OnAnother(*other),
        None => taken_back.filter(|_| !is_over).unwrap_or(Standing::Off),
    }
}

pub(super) fn identity_of(view: &PersonView) -> Option<Identity> {
    let by_name = || {
        let full_name = view.record.full_name()?.clone();
        let id = view.record.person;
        let (iin, born, id_document, residence, before) = (None, None, None, None, None);
        Some(Identity { id, full_name, iin, born, id_document, residence, before })
    };
    view.record.identity().cloned().or_else(by_name)
}
