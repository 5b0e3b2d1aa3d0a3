//! Operations as bytes.
//!
//! Invariants:
//! 1. What may be said reads back as it was written; what may not is refused for its field, whoever encoded it.
//! 2. Any bytes are read or refused; nothing of an operation may be missing or follow.

use std::sync::LazyLock;

use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::*;
use crate::limits::CUT_PARTS_MAX;
use crate::seal::{DeviceKeys, EpochKey};

fn keys(seed: u8) -> DeviceKeys {
    DeviceKeys::make(&mut ChaCha20Rng::from_seed([seed; 32]))
}

static SEALED: LazyLock<SealedKey> = LazyLock::new(|| {
    let mut chance = ChaCha20Rng::from_seed([9; 32]);
    let epoch = EpochKey::make(&mut chance);
    epoch
        .wrap(SpaceId::from_bytes([1; 16]), &keys(1).public().exchange, &mut chance)
        .unwrap()
});

fn space() -> impl Strategy<Value = (Operation, bool)> {
    let parts =
        (any::<[u8; 16]>(), prop::sample::select(SpaceKind::ALL.to_vec()), 14..19_usize, any::<bool>());
    parts.prop_map(|(nonce, kind, offices, has_epoch)| {
        let may = kind != SpaceKind::TerritoryRoll && kind.is_roll() != has_epoch && offices <= OFFICES_MAX;
        let offices = vec![OfficeId::from_bytes([2; 16]); offices];
        let epoch = has_epoch.then_some(ExchangeKey::from_bytes([9; 32]));
        (Operation::Space { nonce, kind, season: Season(2026), offices, epoch }, may)
    })
}

fn seat() -> impl Strategy<Value = (Operation, bool)> {
    let parts =
        (prop::sample::select(Role::ALL.to_vec()), any::<bool>(), any::<bool>(), any::<i64>(), 1..5_u8);
    parts.prop_map(|(role, has_office, adds, expires_at_ms, seed)| {
        let office = has_office.then_some(OfficeId::from_bytes([2; 16]));
        let key = InviteKey::from_bytes([seed; 32]);
        let has_a_seat = role.is_of_a_squad() != has_office;
        if adds {
            let invite = (seed > 2).then_some(key);
            let head = (seed % 2 == 0).then_some(MemberId::from_bytes([seed; 16]));
            let add =
                Operation::Add { device: keys(seed).public(), nonce: [seed; 16], role, office, invite, head };
            (add, has_a_seat && (head.is_none() || role.is_of_a_squad()))
        } else {
            (Operation::Invite { key, role, office, expires_at_ms }, has_a_seat)
        }
    })
}

fn others() -> impl Strategy<Value = (Operation, bool)> {
    (any::<[u8; 16]>(), any::<u32>(), 0..19_usize, 0..4_u8).prop_map(|(space, attempt, parents, what)| {
        let (space, id) = (SpaceId::from_bytes(space), keys(1).id());
        let epoch = EpochId::from_bytes([3; 8]);
        let operation = match what {
            0 => Operation::Found { successor: keys(2).public(), recovery: keys(1).public().exchange },
            1 => Operation::Join(Join::make(InviteKey::from_bytes([4; 32]), id, attempt, &keys(2))),
            2 => Operation::Wrap { space, epoch, device: id, key: SEALED.clone() },
            _ => {
                let parents = vec![Parent { epoch, key: SEALED.clone() }; parents];
                let may = parents.len() <= OFFICES_MAX;
                return (Operation::Rotate { space, epoch: ExchangeKey::from_bytes([5; 32]), parents }, may);
            }
        };
        (operation, true)
    })
}

fn head(journal: JournalId, number: u64) -> CutHead {
    CutHead { journal, sequence: Sequence::new(number).unwrap(), hash: EnvelopeHash::from_bytes([8; 32]) }
}

/// What is said about a device: its lists just within their bounds and beyond, its journal its own or another's.
fn words() -> impl Strategy<Value = (Operation, bool)> {
    let numbers = (38..43_usize, 31..34_usize, 31..34_usize, 1..=(i64::MAX as u64));
    (numbers, any::<bool>(), prop::sample::select(Role::ALL.to_vec()), 0..4_u8).prop_map(
        |((heads, parts, replaced, number), is_own, role, what)| {
            let (device, other) = (keys(1).id(), keys(2).id());
            let journal = JournalId::of_device(if is_own { &device } else { &other }, [6; 8]);
            let replaces = vec![OperationId::from_bytes([7; 16]); replaced];
            let fits = heads <= CUT_HEADS_MAX && parts <= CUT_PARTS_MAX;
            let heads = vec![head(journal, number); heads];
            let cut = Cut { heads: heads.clone(), parts: vec![OperationId::from_bytes([7; 16]); parts] };
            let few = replaced <= REPLACES_MAX;
            match what {
                0 => (Operation::Role { device, role, cut, replaces }, fits && few && role.is_of_a_squad()),
                1 => (Operation::Remove { device, cut, replaces }, fits && few),
                2 => (
                    Operation::Heads { device, heads: heads.clone() },
                    is_own && heads.len() <= CUT_HEADS_MAX,
                ),
                _ => {
                    let CutHead { journal, sequence, hash } = head(journal, number);
                    let place = Placement { space: SpaceId::from_bytes([1; 16]), journal, sequence, hash };
                    let keys = vec!["AbCdEfGh.12".repeat(1 + parts % 4); parts];
                    let may = is_own && few && keys.len() <= ADMITTED_KEYS_MAX && parts % 4 < 2;
                    (Operation::Admit { device, place, keys, is_admitted: is_own, replaces }, may)
                }
            }
        },
    )
}

fn ends() -> impl Strategy<Value = (Operation, bool)> {
    (30..41_usize, 36..41_usize, 14..18_u8, 0..3_u8).prop_map(|(sections, attachments, index, what)| {
        let space = SpaceId::from_bytes([1; 16]);
        if what == 0 {
            return (Operation::Close { space }, true);
        }
        if what == 1 {
            let operations = vec![OperationId::from_bytes([7; 16]); sections];
            let may = operations.len() <= LACK_OPERATIONS_MAX;
            return (Operation::Lack { space, epoch: EpochId::from_bytes([2; 8]), operations }, may);
        }
        let CutHead { journal, sequence, hash } = head(JournalId::from_bytes([5; 16]), 9);
        let may = sections <= ERASED_SECTIONS_MAX
            && attachments <= ERASED_SECTIONS_MAX
            && usize::from(index) < SECTIONS_MAX;
        let sections = vec![SectionPlace { journal, sequence, hash, index }; sections];
        let attachments = vec![RootHash::from_bytes([4; 32]); attachments];
        let document = Some(DocumentId::from_bytes([3; 16]));
        (Operation::Erase { space, document, sections, attachments }, may)
    })
}

proptest! {
    #[test]
    fn an_operation_reads_back_and_one_that_may_not_be_so_is_refused(
        (operation, may) in prop_oneof![space(), seat(), others(), words(), ends()],
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = operation.encode();
        prop_assert_eq!(Operation::is_said_bare(&bytes), may);
        let expected = if may { Ok(operation) } else { Err(OperationRefused::Field) };
        prop_assert_eq!(Operation::decode(&bytes), expected);
        prop_assert!(Operation::decode(&bytes[..cut.index(bytes.len())]).is_err(), "a part is not the whole");
        bytes.push(0);
        prop_assert_eq!(Operation::decode(&bytes), Err(OperationRefused::Form(Malformed::TooLong)));
    }

    #[test]
    fn whatever_is_read_is_encoded_in_one_way(at in any::<prop::sample::Index>(), byte: u8) {
        let mut bytes = Operation::Found { successor: keys(1).public(), recovery: keys(2).public().exchange }.encode();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(read) = Operation::decode(&bytes) {
            prop_assert_eq!(read.encode(), bytes);
        }
    }

    #[test]
    fn garbage_never_panics(garbage in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Operation::decode(&garbage);
    }
}
