//! Erasing.
//!
//! Invariants:
//! 1. Only who may erases; whoever may not explains no missing section either.
//! 2. An erasure that a removal holds erases nothing any more, and explains what was obeyed before the removal was heard of.
//! 3. Naming attachments alone erases no document.
//! 4. Whoever has a part may say that he obeyed, of whatever rank.
//! 5. What units share with a council the territory alone erases.

use crate::ids::{DocumentId, EnvelopeHash, OperationId, RootHash, Sequence};
use crate::membership::fold::world::*;
use crate::membership::fold::*;
use crate::membership::{Cut, Erasures, Placement, SectionPlace};
use crate::seal::SectionSet;

const DOCUMENT: DocumentId = DocumentId::from_bytes([40; 16]);
const PHOTO: RootHash = RootHash::from_bytes([41; 32]);

fn section(index: u8) -> SectionPlace {
    let hash = EnvelopeHash::from_bytes([42; 32]);
    SectionPlace { journal: journal(VOL, patrols()), sequence: Sequence::FIRST, hash, index }
}

fn at() -> Placement {
    section(0).envelope(patrols())
}

fn sections(indexes: &[usize]) -> SectionSet {
    indexes.iter().copied().collect()
}

fn erase(rolls: &mut Rolls, signer: u64, document: Option<DocumentId>, indexes: &[u8]) -> OperationId {
    let sections = indexes.iter().map(|index| section(*index)).collect();
    let erase = Operation::Erase { space: patrols(), document, sections, attachments: vec![PHOTO] };
    rolls.sign(signer, squad(), erase)
}

#[test]
fn a_subdivision_erases_what_it_names_and_several_name_more() {
    let mut rolls = district();
    let first = erase(&mut rolls, SS, Some(DOCUMENT), &[0]);
    let second = erase(&mut rolls, SS, Some(DOCUMENT), &[0, 2]);
    let membership = rolls.fold();
    let erasures = membership.erasures();
    assert_eq!(erasures.of(&at()), sections(&[0, 2]));
    assert_eq!(erasures.of(&Placement { hash: EnvelopeHash::from_bytes([0; 32]), ..at() }), sections(&[]));
    let both = [first, second].into_iter().collect();
    assert_eq!(erasures.document(&patrols(), &DOCUMENT), Some(&both));
    assert_eq!(erasures.attachment(&patrols(), &PHOTO), Some(&both));
    assert_eq!(erasures.attachment(&squad(), &PHOTO), None, "of another space");
    assert!(membership.explains_erased(&at(), sections(&[0, 2])));
    assert!(!membership.explains_erased(&at(), sections(&[0, 1])));
}

#[test]
fn naming_an_attachment_alone_erases_no_document() {
    let mut rolls = district();
    erase(&mut rolls, SS, None, &[]);
    let membership = rolls.fold();
    assert!(membership.erasures().attachment(&patrols(), &PHOTO).is_some());
    assert_eq!(membership.erasures().documents().count(), 0);
}

#[test]
fn what_a_changed_console_of_a_unit_erases_in_a_councils_space_falls() {
    let mut rolls = district();
    rolls.space(TS, territory(), 81, SpaceKind::Council);
    let council = SpaceId::derive(&territory(), &keys(TS).id(), &[81; 16]);
    let mut erase = |signer| {
        let (sections, attachments) = (vec![section(0)], Vec::new());
        let erase = Operation::Erase { space: council, document: Some(DOCUMENT), sections, attachments };
        rolls.sign(signer, territory(), erase);
        rolls.fold()
    };
    let at = section(0).envelope(council);
    let by_the_unit = erase(SS);
    assert_eq!(by_the_unit.erasures(), &Erasures::default());
    assert!(!by_the_unit.explains_erased(&at, sections(&[0])));
    assert!(erase(TS).explains_erased(&at, sections(&[0])));
}

#[test]
fn who_may_not_erase_explains_nothing_that_is_missing() {
    let mut rolls = district();
    rolls.bring(TS, territory(), 13, Role::Leb);
    for signer in [HEAD, VOL, 13, ROOT] {
        erase(&mut rolls, signer, Some(DOCUMENT), &[0]);
    }
    for _ in 0..2 {
        let membership = rolls.fold();
        assert_eq!(membership.erasures(), &Erasures::default());
        assert!(!membership.explains_erased(&at(), sections(&[0])));
        assert!(!membership.documents_that_may_be_gone(&patrols()).contains(&DOCUMENT));
        rolls.change(SS, VOL, Role::Head);
        let cut = Operation::Remove { device: keys(HEAD).id(), cut: Cut::default(), replaces: Vec::new() };
        rolls.sign(SS, squad(), cut);
    }
}

#[test]
fn whoever_obeyed_says_so_of_whatever_rank() {
    let mut rolls = district();
    let operation = erase(&mut rolls, SS, Some(DOCUMENT), &[0]);
    let said = rolls.sign(VOL, squad(), Operation::Erased { operations: vec![operation] });
    let membership = rolls.fold();
    assert_eq!(membership.standing(&said), Some(Standing::Counted));
    assert!(membership.erasures().is_obeyed_by(&keys(VOL).id(), &operation));
}

#[test]
fn an_erasure_beyond_a_removal_erases_nothing_and_explains_who_obeyed_it() {
    let mut rolls = district();
    let removal = Operation::Remove { device: keys(SS).id(), cut: rolls.cut_here(SS), replaces: Vec::new() };
    let erased = erase(&mut rolls, SS, Some(DOCUMENT), &[0]);
    assert!(rolls.fold().erasures().document(&patrols(), &DOCUMENT).is_some(), "otherwise nothing is shown");
    rolls.sign(TS, territory(), removal);
    let membership = rolls.fold();
    assert_eq!(membership.standing(&erased), Some(Standing::Held));
    assert_eq!(membership.erasures(), &Erasures::default());
    assert!(
        membership.explains_erased(&at(), sections(&[0]))
            && !membership.explains_erased(&at(), sections(&[1]))
    );
    assert!(membership.documents_that_may_be_gone(&patrols()).contains(&DOCUMENT));
}
