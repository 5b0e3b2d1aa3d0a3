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
        let (key, member) = (InviteKey::from_bytes([seed; 32]), MemberId::from_bytes([seed; 16]));
        let operation = if adds {
            let invite = (seed > 2).then_some(key);
            Operation::Add { device: keys(seed).public(), member, role, office, invite }
        } else {
            Operation::Invite { key, role, office, expires_at_ms }
        };
        (operation, role.is_of_a_squad() != has_office)
    })
}

fn others() -> impl Strategy<Value = (Operation, bool)> {
    (any::<[u8; 16]>(), any::<u32>(), 0..19_usize, 0..4_u8).prop_map(|(space, attempt, parents, what)| {
        let (space, id) = (SpaceId::from_bytes(space), keys(1).id());
        let epoch = EpochId::from_bytes([3; 8]);
        let operation = match what {
            0 => Operation::Found { successor: id },
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

proptest! {
    #[test]
    fn an_operation_reads_back_and_one_that_may_not_be_so_is_refused(
        (operation, may) in prop_oneof![space(), seat(), others()],
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = operation.encode();
        let expected = if may { Ok(operation) } else { Err(OperationRefused::Field) };
        prop_assert_eq!(Operation::decode(&bytes), expected);
        prop_assert!(Operation::decode(&bytes[..cut.index(bytes.len())]).is_err(), "a part is not the whole");
        bytes.push(0);
        prop_assert_eq!(Operation::decode(&bytes), Err(OperationRefused::Form(Malformed::TooLong)));
    }

    #[test]
    fn whatever_is_read_is_encoded_in_one_way(at in any::<prop::sample::Index>(), byte: u8) {
        let mut bytes = Operation::Found { successor: keys(1).id() }.encode();
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
