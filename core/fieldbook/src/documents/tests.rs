//! The promises of the module, under their numbers.

use automerge::{Automerge, ReadDoc};
use jasaq_model::ids::StatementRef;
use jasaq_model::statement::{Fields, Scalar};
use jasaq_protocol::ids::JournalId;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use super::chain::ChainBroken;
use super::document::Defect;
use super::read::ChangeRefused;
use super::*;

const ARAY: JournalId = JournalId::from_bytes([0xa1; 16]);
const BEKZAT: JournalId = JournalId::from_bytes([0xb2; 16]);
const DANA: JournalId = JournalId::from_bytes([0x0d; 16]);

/// A phone that keeps a journal, with the changes it made in one document.
#[derive(Debug, Clone)]
pub(super) struct Phone {
    journal: JournalId,
    changes: Vec<WrittenChange>,
    statements: Vec<(StatementRef, Fields)>,
}

impl Phone {
    pub(super) fn new(journal: JournalId) -> Self {
        Self { journal, changes: Vec::new(), statements: Vec::new() }
    }

    /// Writes one change, by this start of the process.
    pub(super) fn write(&mut self, start: u8, said: Vec<Fields>) -> &WrittenChange {
        let numbered = said.into_iter().zip(self.statements.len() + 1..);
        let named: Vec<_> = numbered.map(|(fields, n)| (self.name(n), fields)).collect();
        let own: Vec<&[u8]> = self.changes.iter().map(|change| change.bytes.as_slice()).collect();
        let actor = Actor::new(self.journal, [start; 4]);
        self.changes.push(write_change(&own, &actor, &named).unwrap());
        self.statements.extend(named);
        self.changes.last().unwrap()
    }

    fn name(&self, number: usize) -> StatementRef {
        StatementRef::new(format!("phone_{:02x}.{number}", self.journal.as_bytes()[0])).unwrap()
    }

    pub(super) fn journal(&self) -> JournalId {
        self.journal
    }

    pub(super) fn bytes(&self) -> impl Iterator<Item = Vec<u8>> {
        self.changes.iter().map(|change| change.bytes.clone())
    }
}

pub(super) fn entry(text: &str) -> Fields {
    let mut fields = Fields::new();
    fields.insert("kind", Scalar::Text("entry".into()));
    fields.insert("at", Scalar::Int(1_790_000_000_000));
    fields.insert("text", Scalar::Text(text.into()));
    fields.insert("urgent", Scalar::Flag(true));
    fields.insert("person", Scalar::Bytes(vec![0, 255, 7]));
    fields
}

fn refs(statements: &[(StatementRef, Fields, Actor)]) -> Vec<&str> {
    statements.iter().map(|(statement, ..)| statement.as_str()).collect()
}

fn any_scalar() -> impl Strategy<Value = Scalar> {
    prop_oneof![
        ".{0,12}".prop_map(Scalar::Text),
        any::<i64>().prop_map(Scalar::Int),
        (-2_i64..3).prop_map(Scalar::Int),
        vec(any::<u8>(), 0..20).prop_map(Scalar::Bytes),
        any::<bool>().prop_map(Scalar::Flag),
    ]
}

pub(super) fn any_fields() -> impl Strategy<Value = Fields> {
    btree_map("[a-e]|.{1,6}", any_scalar(), 0..7).prop_map(|scalars| {
        let mut fields = Fields::new();
        for (key, scalar) in scalars {
            fields.insert(key, scalar);
        }
        fields
    })
}

/// What some phones said by turns: which phone, by which start of its process, what.
pub(super) fn any_phones() -> impl Strategy<Value = Vec<Phone>> {
    vec((0..3_usize, 0..3_u8, vec(any_fields(), 1..5)), 1..9).prop_map(|turns| {
        let mut phones: Vec<Phone> = [ARAY, BEKZAT, DANA].map(Phone::new).into();
        for (phone, start, said) in turns {
            phones[phone].write(start, said);
        }
        phones
    })
}

fn all_bytes(phones: &[Phone]) -> Vec<Vec<u8>> {
    phones.iter().flat_map(Phone::bytes).collect()
}

proptest! {
    #[test]
    fn p1_what_is_written_reads_back_from_the_change_and_from_the_document(phones in any_phones()) {
        let document = Document::from_changes(all_bytes(&phones)).unwrap();
        let mut said: Vec<_> = phones.iter().flat_map(|phone| phone.statements.clone()).collect();
        said.sort_by(|a, b| a.0.cmp(&b.0));
        let read: Vec<_> = document.statements().into_iter().map(|(key, fields, _)| (key, fields)).collect();
        prop_assert_eq!(read, said);
        for phone in &phones {
            let changes = phone.changes.iter().map(|c| read_change(&c.bytes, &phone.journal).unwrap());
            let read: Vec<_> = changes.flat_map(|change| change.statements).collect();
            prop_assert_eq!(&read, &phone.statements);
        }
    }

    #[test]
    fn p2_any_order_gives_the_same_document(
        (phones, shuffled) in any_phones().prop_flat_map(|phones| {
            let bytes = all_bytes(&phones);
            (Just(phones), Just(bytes).prop_shuffle())
        }),
    ) {
        let (straight, any) = (all_bytes(&phones), shuffled);
        let (straight, any) = (Document::from_changes(straight).unwrap(), Document::from_changes(any).unwrap());
        prop_assert_eq!(straight.statements(), any.statements());
        prop_assert_eq!(straight.heads(), any.heads());
        let mut lasts: Vec<_> = phones.iter().filter_map(|phone| Some(phone.changes.last()?.hash)).collect();
        lasts.sort_unstable();
        prop_assert_eq!(straight.heads(), lasts);
        prop_assert!(any.conflicts().is_empty() && any.defects().is_empty() && any.missing().next().is_none());
    }

    #[test]
    fn p2_the_digest_is_free_of_order((hashes, shuffled) in vec(any::<ChangeHash>(), 0..9)
        .prop_flat_map(|hashes| (Just(hashes.clone()), Just(hashes).prop_shuffle())))
    {
        prop_assert_eq!(digest(hashes.iter().copied()), digest(shuffled.into_iter()));
        prop_assert_ne!(digest(hashes.iter().copied()), digest(hashes.iter().copied().chain([[9; 32]])));
    }

    #[test]
    fn p3_a_change_depends_on_its_own_journals_previous_one_only(phones in any_phones()) {
        for phone in &phones {
            let mut previous = None;
            for change in &phone.changes {
                let read = read_change(&change.bytes, &phone.journal).unwrap();
                prop_assert_eq!(read.previous, previous);
                previous = Some(read.hash);
            }
        }
    }

    #[test]
    fn p4_a_missing_change_hides_nothing_of_other_journals(phones in any_phones(), missing in 0..20_usize) {
        let changes = all_bytes(&phones);
        let missing = missing % changes.len();
        let given = changes.iter().enumerate().filter(|(index, _)| *index != missing);
        let document = Document::from_changes(given.map(|(_, bytes)| bytes)).unwrap();
        let lost = automerge::Change::try_from(changes[missing].as_slice()).unwrap();
        let lost = Actor::from_automerge(lost.actor_id()).unwrap();
        let read = document.statements();
        for phone in phones.iter().filter(|phone| phone.journal != *lost.journal()) {
            let of_phone = read.iter().filter(|(_, _, actor)| *actor.journal() == phone.journal);
            prop_assert_eq!(of_phone.count(), phone.statements.len());
        }
        prop_assert_eq!(document.waiting().next().is_some(), document.missing().next().is_some());
    }

    #[test]
    fn p6_a_saved_document_loads_in_any_automerge(phones in any_phones()) {
        let document = Document::from_changes(all_bytes(&phones)).unwrap();
        let loaded = Automerge::load(&document.save()).unwrap();
        let mut heads: Vec<_> = loaded.get_heads().iter().map(|head| head.0).collect();
        heads.sort_unstable();
        prop_assert_eq!(heads, document.heads());
        prop_assert_eq!(loaded.length(automerge::ROOT), document.statements().len());
    }
}

#[test]
fn p3_two_processes_of_one_phone_write_by_turns() {
    let mut phone = Phone::new(ARAY);
    let seqs = [1, 2, 1, 1, 2].map(|start| phone.write(start, vec![entry("fog")]).seq);
    assert_eq!(seqs, [1, 1, 2, 3, 2]);
    assert_eq!(Document::from_changes(phone.bytes()).unwrap().heads().len(), 1);
}

#[test]
fn p5_devices_that_begin_a_document_apart_are_merged() {
    let (mut aray, mut bekzat) = (Phone::new(ARAY), Phone::new(BEKZAT));
    aray.write(1, vec![entry("fog")]);
    bekzat.write(1, vec![entry("footprints"), entry("by the ford")]);
    let document = Document::from_changes(aray.bytes().chain(bekzat.bytes())).unwrap();
    assert_eq!(refs(&document.statements()), ["phone_a1.1", "phone_b2.1", "phone_b2.2"]);
    assert_eq!(document.conflicts(), []);
    assert_eq!(document.heads().len(), 2);
}

#[test]
fn an_empty_document_has_nothing() {
    let document = Document::from_changes([] as [&[u8]; 0]).unwrap();
    assert_eq!((document.statements(), document.heads()), (vec![], vec![]));
}

#[test]
fn a_statement_is_written_once() {
    let mut phone = Phone::new(ARAY);
    phone.write(1, vec![entry("fog")]);
    let own: Vec<_> = phone.bytes().collect();
    let actor = Actor::new(ARAY, [1; 4]);
    let again = write_change(&own, &actor, &phone.statements);
    let statement = phone.statements[0].0.clone();
    assert_eq!(again, Err(DocumentRefused::WrittenBefore { statement: statement.clone() }));
    let twice = [phone.statements.clone(), phone.statements.clone()].concat();
    assert_eq!(
        write_change(&[] as &[&[u8]], &actor, &twice),
        Err(DocumentRefused::WrittenBefore { statement })
    );
}

#[test]
fn pending_statements_may_move_into_a_new_journal() {
    let mut phone = Phone::new(ARAY);
    phone.write(1, vec![entry("fog")]);
    let written = write_change(&[] as &[&[u8]], &Actor::new(DANA, [1; 4]), &phone.statements).unwrap();
    assert_eq!(read_change(&written.bytes, &DANA).unwrap().statements, phone.statements);
}

#[test]
fn two_journals_with_one_key_are_both_kept_and_reported() {
    let statement = || StatementRef::new("phone_a1.1").unwrap();
    let write = |journal, text| {
        let said = [(statement(), entry(text))];
        write_change(&[] as &[&[u8]], &Actor::new(journal, [1; 4]), &said)
            .unwrap()
            .bytes
    };
    let document = Document::from_changes([write(ARAY, "fog"), write(BEKZAT, "sun")]).unwrap();
    assert_eq!(document.conflicts(), [statement()]);
    let journals: Vec<_> = document.statements().iter().map(|(.., actor)| *actor.journal()).collect();
    assert_eq!(journals, [ARAY, BEKZAT]);
}

#[test]
fn what_does_not_fit_is_refused_before_it_is_written() {
    let actor = Actor::new(ARAY, [1; 4]);
    let write = |statements: &[(StatementRef, Fields)]| write_change(&[] as &[&[u8]], &actor, statements);
    assert_eq!(write(&[]), Err(DocumentRefused::NewChange(ChangeRefused::Nothing)));
    let named = |count: usize, text: &str| -> Vec<_> {
        (1..=count)
            .map(|n| (StatementRef::new(format!("a.{n}")).unwrap(), entry(text)))
            .collect()
    };
    assert_eq!(write(&named(1_001, "")), Err(DocumentRefused::Full { statements: 1_001 }));
    assert!(matches!(
        write(&named(20, &"ұ".repeat(900))),
        Err(DocumentRefused::NewChange(ChangeRefused::TooLong { .. }))
    ));
}

#[test]
fn a_fork_is_left_out_of_the_document_and_named() {
    let (mut phone, mut restored) = (Phone::new(ARAY), Phone::new(ARAY));
    phone.write(1, vec![entry("fog")]);
    restored.write(1, vec![entry("sun")]);
    restored.write(1, vec![entry("rain")]);
    let document = Document::from_changes(phone.bytes().chain(restored.bytes())).unwrap();
    let kept = document.statements().len();
    assert_eq!(document.defects().len() + kept, 3);
    assert!(
        document
            .defects()
            .iter()
            .all(|defect| matches!(defect, Defect::OutOfChain { journal: ARAY, .. }))
    );
    Automerge::load(&document.save()).unwrap();
}

#[test]
fn the_vault_learns_whether_a_change_follows() {
    let mut phone = Phone::new(ARAY);
    let first = read_change(&phone.write(1, vec![entry("fog")]).bytes, &ARAY).unwrap();
    let second = read_change(&phone.write(2, vec![entry("sun")]).bytes, &ARAY).unwrap();
    let end = ChainEnd { hash: first.hash, max_op: first.max_op, actor_seq: 0 };
    assert_eq!(first.check_follows(None), Ok(()));
    assert_eq!(second.check_follows(Some(&end)), Ok(()));
    assert_eq!(second.check_follows(None), Err(ChainBroken::NotTheLast));
    assert_eq!(second.check_follows(Some(&ChainEnd { actor_seq: 1, ..end })), Err(ChainBroken::Numbering));
    assert_eq!(second.check_follows(Some(&ChainEnd { max_op: 9, ..end })), Err(ChainBroken::Numbering));
}
