//! What others might send: every refusal, and that no bytes whatever do harm.

use automerge::legacy::{ElementId, Key, MarkData, ObjectId, Op, OpId, OpType};
use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{ActorId, Automerge, Change, ExpandedChange, ObjType, ROOT, ReadDoc, ScalarValue};
use jasaq_model::ids::StatementRef;
use jasaq_protocol::ids::JournalId;
use jasaq_protocol::limits::CHANGE_BYTES_MAX;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::chunk::check_chunk;
use super::read::ChangeRefused;
use super::tests::{Phone, any_phones, entry};
use super::*;

const ARAY: JournalId = JournalId::from_bytes([0xa1; 16]);
const BEKZAT: JournalId = JournalId::from_bytes([0xb2; 16]);

fn automerge_of(journal: JournalId) -> Automerge {
    Automerge::new().with_actor(ActorId::from(Actor::new(journal, [1; 4]).to_bytes()))
}

/// A change that Aray's device makes with Automerge's own means.
fn crafted(craft: impl FnOnce(&mut Transaction<'_>)) -> Change {
    crafted_after(&[], craft)
}

fn crafted_after(changes: &[&[u8]], craft: impl FnOnce(&mut Transaction<'_>)) -> Change {
    let mut automerge = automerge_of(ARAY);
    automerge
        .apply_changes(changes.iter().map(|bytes| Change::try_from(*bytes).unwrap()))
        .unwrap();
    let mut transaction = automerge.transaction();
    craft(&mut transaction);
    let (hash, _) = transaction.commit_with(CommitOptions::default().with_time(0));
    automerge.get_change_by_hash(&hash.unwrap()).unwrap()
}

/// A change of operations that no transaction of Automerge would put together.
fn forged(operations: Vec<Op>) -> ExpandedChange {
    let mut change = crafted(|tx| tx.put(ROOT, "a.1", 1).unwrap()).decode();
    change.operations = operations;
    change
}

fn op(obj: ObjectId, key: &str, action: OpType) -> Op {
    Op { action, obj, key: Key::Map(key.into()), pred: Vec::new().into(), insert: false }
}

fn make(key: &str) -> Op {
    op(ObjectId::Root, key, OpType::Make(ObjType::Map))
}

fn put(map: u64, key: &str, value: impl Into<ScalarValue>) -> Op {
    let map = OpId::new(map, &Actor::new(ARAY, [1; 4]).to_bytes().into());
    op(ObjectId::Id(map), key, OpType::Put(value.into()))
}

fn read(bytes: &[u8]) -> Result<ReadChange, ChangeRefused> {
    read_change(bytes, &ARAY)
}

fn read_crafted(craft: impl FnOnce(&mut Transaction<'_>)) -> Result<ReadChange, ChangeRefused> {
    read(crafted(craft).raw_bytes())
}

fn read_forged(operations: Vec<Op>) -> Result<ReadChange, ChangeRefused> {
    read(Change::from(forged(operations)).raw_bytes())
}

fn first_of(journal: JournalId) -> Vec<u8> {
    Phone::new(journal).write(1, vec![entry("fog")]).bytes.clone()
}

#[test]
fn a_forged_actor_is_refused() {
    assert_eq!(read_change(&first_of(BEKZAT), &ARAY), Err(ChangeRefused::ForgedActor));
    let mut short = forged(vec![make("a.1")]);
    short.actor_id = ActorId::from([0xa1; 16]);
    assert_eq!(read(Change::from(short).raw_bytes()), Err(ChangeRefused::ForgedActor));
}

#[test]
fn what_another_made_is_not_touched() {
    let theirs = first_of(BEKZAT);
    let change = crafted_after(&[&theirs], |tx| {
        let (_, map) = tx.get(ROOT, "phone_b2.1").unwrap().unwrap();
        tx.put(map, "more", 1).unwrap();
    });
    assert_eq!(read(change.raw_bytes()), Err(ChangeRefused::ForeignActor));
}

#[test]
fn what_one_made_before_is_not_touched() {
    let own = first_of(ARAY);
    let put_more = |tx: &mut Transaction<'_>, key| {
        let (_, map) = tx.get(ROOT, "phone_a1.1").unwrap().unwrap();
        tx.put(map, key, "sun").unwrap();
    };
    let adding = crafted_after(&[&own], |tx| put_more(tx, "more"));
    assert_eq!(read(adding.raw_bytes()), Err(ChangeRefused::NotAStatement { operation: 0 }));
    let overwriting = crafted_after(&[&own], |tx| put_more(tx, "text"));
    assert_eq!(read(overwriting.raw_bytes()), Err(ChangeRefused::Overwrites));
    let deleting = crafted_after(&[&own], |tx| tx.delete(ROOT, "phone_a1.1").unwrap());
    assert_eq!(read(deleting.raw_bytes()), Err(ChangeRefused::Overwrites));
}

#[test]
fn a_change_depends_on_one_other_at_most() {
    let (own, theirs) = (first_of(ARAY), first_of(BEKZAT));
    let change = crafted_after(&[&own, &theirs], |tx| drop(tx.put_object(ROOT, "a.1", ObjType::Map)));
    assert_eq!(read(change.raw_bytes()), Err(ChangeRefused::Dependencies { count: 2 }));
}

#[test]
fn only_maps_of_scalars_are_statements() {
    let refused = |operation| Err(ChangeRefused::NotAStatement { operation });
    assert_eq!(read_crafted(|tx| tx.put(ROOT, "a.1", "fog").unwrap()), refused(0));
    for object in [ObjType::List, ObjType::Text, ObjType::Table] {
        assert_eq!(read_crafted(|tx| drop(tx.put_object(ROOT, "a.1", object).unwrap())), refused(0));
    }
    let nested = read_crafted(|tx| {
        let map = tx.put_object(ROOT, "a.1", ObjType::Map).unwrap();
        tx.put_object(map, "inner", ObjType::Map).unwrap();
    });
    assert_eq!(nested, refused(1));
    let text = read_crafted(|tx| {
        let text = tx.put_object(ROOT, "a.1", ObjType::Text).unwrap();
        tx.splice_text(text, 0, 0, "fog").unwrap();
    });
    assert_eq!(text, Err(ChangeRefused::ForeignColumn));
    let mark = MarkData { name: "bold".into(), value: true.into(), expand: false };
    assert_eq!(
        read_forged(vec![op(ObjectId::Root, "a.1", OpType::MarkBegin(mark))]),
        Err(ChangeRefused::ForeignColumn)
    );
    for action in [OpType::Delete, OpType::Increment(1)] {
        assert_eq!(read_forged(vec![op(ObjectId::Root, "a.1", action)]), refused(0));
    }
    assert_eq!(read_forged(vec![Op { insert: true, ..make("a.1") }]), refused(0));
    assert_eq!(read_forged(vec![put(2, "text", "too soon"), make("a.1")]), refused(0));
    assert_eq!(read_forged(vec![]), Err(ChangeRefused::Nothing));
}

#[test]
fn keys_are_valid_and_written_once() {
    assert_eq!(read_forged(vec![make("кілт")]), Err(ChangeRefused::Key));
    assert_eq!(read_forged(vec![make("a.1"), put(1, "", 1)]), Err(ChangeRefused::Key));
    assert_eq!(read_forged(vec![make("a.1"), put(1, &"k".repeat(65), 1)]), Err(ChangeRefused::Key));
    assert_eq!(read_forged(vec![make("a.1"), make("a.1")]), Err(ChangeRefused::Repeated { operation: 1 }));
    let twice = vec![make("a.1"), put(1, "text", 1), put(1, "text", ScalarValue::Null)];
    assert_eq!(read_forged(twice), Err(ChangeRefused::Repeated { operation: 2 }));
}

#[test]
fn a_scalar_we_do_not_have_makes_its_statement_unreadable_and_nothing_else() {
    let unknown = ScalarValue::Unknown { type_code: 13, bytes: vec![1] };
    let later = [
        ScalarValue::F64(0.5),
        ScalarValue::counter(1),
        ScalarValue::Timestamp(1),
        ScalarValue::Uint(u64::MAX),
        ScalarValue::Null,
        unknown,
    ];
    for value in later {
        let read = read_forged(vec![make("a.1"), make("a.2"), put(1, "later", value), put(2, "text", "fog")]);
        let read = read.unwrap();
        assert_eq!(read.unreadable.iter().map(StatementRef::as_str).collect::<Vec<_>>(), ["a.1"]);
        assert_eq!(read.statements.len(), 1);
    }
    assert_eq!(read_forged(vec![make("a.1"), put(1, "count", 7_u64)]).unwrap().unreadable, []);
}

#[test]
fn a_change_is_one_uncompressed_chunk_in_automerges_own_encoding() {
    let mut change = crafted(|tx| {
        let map = tx.put_object(ROOT, "a.1", ObjType::Map).unwrap();
        tx.put(map, "text", "fog ".repeat(100)).unwrap();
    });
    let bytes = change.raw_bytes().to_vec();
    assert!(read(&bytes).is_ok());
    assert_eq!(read(&change.bytes()), Err(ChangeRefused::NotAChange), "deflate");
    assert_eq!(read(&[bytes.as_slice(), &[0]].concat()), Err(ChangeRefused::NotAChange));
    assert_eq!(read(b""), Err(ChangeRefused::Garbled));
    let saved = Document::from_changes([&bytes]).unwrap().save();
    assert_eq!(read(&saved), Err(ChangeRefused::NotAChange));
    let mut checksum = bytes.clone();
    checksum[4] ^= 1;
    assert_eq!(read(&checksum), Err(ChangeRefused::OtherEncoding));
    let bytes = CHANGE_BYTES_MAX + 1;
    assert_eq!(read(&vec![0; bytes]), Err(ChangeRefused::TooLong { bytes }));
}

#[test]
fn a_change_carries_nothing_beside_its_statements() {
    let extra = |alter: fn(&mut ExpandedChange)| {
        let mut change = forged(vec![make("a.1")]);
        alter(&mut change);
        read(Change::from(change).raw_bytes())
    };
    assert_eq!(extra(|change| change.message = Some("fog".into())), Err(ChangeRefused::Extra));
    assert_eq!(extra(|change| change.time = 1), Err(ChangeRefused::Extra));
    assert_eq!(extra(|change| change.extra_bytes = vec![1]), Err(ChangeRefused::Extra));
    assert_eq!(extra(|change| change.seq = 0), Err(ChangeRefused::Numbering));
    let high = extra(|change| change.start_op = u64::from(u32::MAX).try_into().unwrap());
    assert_eq!(high, Err(ChangeRefused::Numbering));
}

#[test]
fn a_few_bytes_that_stand_for_millions_of_operations_are_refused() {
    assert_eq!(
        read(&chunk(&[(0x42, &[0x80, 0x80, 0x80, 0x80, 0x01, 0x01])])),
        Err(ChangeRefused::TooManyOperations)
    );
    assert_eq!(read(&chunk(&[(0x42, &[0xff; 10])])), Err(ChangeRefused::Garbled));
    let many: Vec<Op> = (0..=crate::limits::OPERATIONS_MAX).map(|n| make(&format!("a.{n}"))).collect();
    assert!(read_forged(many).is_err());
}

#[test]
fn an_actor_or_a_counter_out_of_range_is_refused_before_automerge_stumbles_over_it() {
    assert_eq!(
        read(&chunk(&[(0x01, &[0x7f, 0x05]), (0x02, &[0x7f, 0x01])])),
        Err(ChangeRefused::ForeignActor)
    );
    let high = [0x7f, 0xff, 0xff, 0xff, 0xff, 0x7f];
    assert_eq!(read(&chunk(&[(0x01, &[0x7f, 0x00]), (0x02, &high)])), Err(ChangeRefused::Garbled));
}

/// A chunk with these columns and a wrong checksum.
fn chunk(columns: &[(u8, &[u8])]) -> Vec<u8> {
    let mut content = vec![0, 20];
    content.extend(Actor::new(ARAY, [1; 4]).to_bytes());
    content.extend([1, 1, 0, 0, 0, u8::try_from(columns.len()).unwrap()]);
    for (column, bytes) in columns {
        content.extend(leb128(usize::from(*column)));
        content.extend(leb128(bytes.len()));
    }
    content.extend(columns.iter().flat_map(|(_, bytes)| *bytes));
    let mut chunk = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1];
    chunk.extend(leb128(content.len()));
    chunk.extend(content);
    chunk
}

fn leb128(value: usize) -> Vec<u8> {
    let (low, high) = (value % 128, value / 128);
    let bytes = if high == 0 { vec![low] } else { vec![low | 128, high] };
    bytes.into_iter().map(|byte| u8::try_from(byte).unwrap()).collect()
}

/// What passes the first look gets its right checksum, so that everything behind it is tried too.
fn with_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
    if check_chunk(&bytes).is_ok()
        && let Ok(change) = Change::try_from(bytes.as_slice())
    {
        bytes[4..8].copy_from_slice(&change.hash().0[..4]);
    }
    bytes
}

/// Reads the bytes; if they are accepted, a document with them in must be whole, and load again once saved.
fn try_out(hostile: &[Vec<u8>], honest: &[Phone]) {
    let honest: Vec<_> = honest.iter().flat_map(Phone::bytes).collect();
    let alone = Document::from_changes(&honest).unwrap();
    let document = Document::from_changes(hostile.iter().chain(&honest)).unwrap();
    let loaded = Automerge::load(&document.save()).unwrap();
    let mut heads: Vec<_> = loaded.get_heads().iter().map(|head| head.0).collect();
    heads.sort_unstable();
    assert_eq!(heads, document.heads());
    let statements = document.statements();
    assert!(alone.statements().iter().all(|honest| statements.contains(honest)));
}

fn any_column() -> impl Strategy<Value = (u8, Vec<u8>)> {
    let column = prop_oneof![
        6 => proptest::sample::select(vec![0x01, 0x02, 0x15, 0x34, 0x42, 0x56, 0x57, 0x70]),
        1 => any::<u8>(),
    ];
    let piece = prop_oneof![
        vec(any::<u8>(), 1..4),
        Just(vec![2, 0]),
        Just(vec![0x7f, 3, b'a', b'.', b'1']),
        Just(vec![0, 2]),
        Just(vec![0x02, 0x16]),
    ];
    (column, vec(piece, 0..4).prop_map(|pieces| pieces.concat()))
}

fn any_op() -> impl Strategy<Value = Op> {
    let action = prop_oneof![
        6 => Just(OpType::Make(ObjType::Map)),
        6 => (-1_i64..3).prop_map(|int| OpType::Put(int.into())),
        1 => Just(OpType::Put(ScalarValue::F64(0.5))),
        1 => Just(OpType::Put(ScalarValue::Null)),
        1 => Just(OpType::Delete),
        1 => Just(OpType::Make(ObjType::List)),
        1 => Just(OpType::Increment(1)),
    ];
    let actor = |own| Actor::new(if own { ARAY } else { BEKZAT }, [1; 4]).to_bytes().into();
    let id = (0..9_u64, prop::bool::weighted(0.95)).prop_map(move |(n, own)| OpId::new(n, &actor(own)));
    let object = prop_oneof![Just(ObjectId::Root), id.clone().prop_map(ObjectId::Id)];
    let key = prop_oneof![
        9 => "[ab]\\.[1-4]".prop_map(|key| Key::Map(key.into())),
        1 => id.clone().prop_map(|id| Key::Seq(ElementId::Id(id))),
    ];
    let rarely = prop::bool::weighted(0.03);
    (action, object, key, rarely.prop_flat_map(move |some| vec(id.clone(), usize::from(some))), rarely)
        .prop_map(|(action, obj, key, pred, insert)| Op { action, obj, key, pred: pred.into(), insert })
}

/// Changes of one journal that follow one another, or do not.
fn any_hostile_chain() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let change =
        (vec(any_op(), 0..6), 0..3_u64, 1..9_u64, prop::bool::weighted(0.7), any::<Index>(), 1..3_u8);
    vec(change, 1..6).prop_map(|changes| {
        let mut chain: Vec<Change> = Vec::new();
        for (operations, seq, start_op, following, previous, start) in changes {
            let mut change = forged(operations);
            change.actor_id = ActorId::from(Actor::new(ARAY, [start; 4]).to_bytes());
            (change.seq, change.start_op) = (seq, start_op.try_into().unwrap());
            if let (true, Some(last)) = (following && !chain.is_empty(), chain.last()) {
                change.deps = vec![chain[previous.index(chain.len())].hash()];
                change.start_op = (last.max_op() + 1).try_into().unwrap();
            }
            chain.push(change.into());
        }
        chain.iter().map(|change| change.raw_bytes().to_vec()).collect()
    })
}

proptest! {
    #[test]
    fn p7_garbage_is_refused(bytes in vec(any::<u8>(), 0..200)) {
        prop_assert!(read(&bytes).is_err());
    }

    #[test]
    fn p7_mutated_changes_do_no_harm(
        phones in any_phones(),
        which in any::<Index>(),
        flips in vec((any::<Index>(), any::<u8>()), 1..4),
    ) {
        let changes: Vec<_> = phones.iter().flat_map(|phone| phone.bytes().map(move |bytes| (phone, bytes))).collect();
        let (mutant, mut bytes) = which.get(&changes).clone();
        let honest: Vec<_> = phones.iter().filter(|phone| phone.journal() != mutant.journal()).cloned().collect();
        for (place, value) in flips {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        try_out(&[with_checksum(bytes)], &honest);
    }

    #[test]
    fn p7_columns_of_anything_do_no_harm(mut columns in vec(any_column(), 0..9)) {
        columns.sort();
        let columns: Vec<_> = columns.iter().map(|(column, bytes)| (*column, bytes.as_slice())).collect();
        try_out(&[with_checksum(chunk(&columns))], &[]);
    }

    #[test]
    fn p7_operations_and_chains_of_anything_do_no_harm(hostile in any_hostile_chain(), phones in any_phones()) {
        let honest: Vec<Phone> = phones.into_iter().filter(|phone| phone.journal() != ARAY).collect();
        try_out(&hostile, &honest);
    }
}
