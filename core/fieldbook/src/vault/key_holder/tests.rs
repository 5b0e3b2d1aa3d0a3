//! What keeping a key promises: in every way, from any of them to any other, cut anywhere, and tried by whoever it is.

use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::*;
use crate::limits::{TRIES_FREE, TRY_WAIT_FIRST_MS};
use crate::surroundings::{Clock, Reading, Surroundings};

const OLD: &str = "жеті рет өлше, бір рет кес";
const NEW: &str = "тау мен тасты су бұзар";

struct At(i64);

impl Clock for At {
    fn read(&self) -> Reading {
        Reading { unix_ms: self.0, offset_minutes: 0, elapsed_ms: None }
    }
}

fn typed_at(unix_ms: i64, text: &str) -> KeyHolder {
    let chance = <rand_chacha::ChaCha20Rng as rand_chacha::rand_core::SeedableRng>::seed_from_u64(1);
    let mut surroundings = Surroundings::new(Box::new(At(unix_ms)), Box::new(chance), None);
    KeyHolder::Passphrase(Passphrase::typed(text, &mut surroundings))
}

fn typed(text: &str) -> KeyHolder {
    typed_at(0, text)
}

/// A phone's hardware: it wraps by turning every bit, and does what it is told to.
#[derive(Default, Clone)]
struct Hardware(Arc<Mutex<Option<HostRefused>>>);

impl HostKeys for Hardware {
    fn wrap(&self, key: &[u8]) -> Result<Vec<u8>, HostRefused> {
        self.unwrap(key).map(|bytes| bytes.to_vec())
    }

    fn unwrap(&self, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, HostRefused> {
        match *self.0.lock().unwrap() {
            Some(refused) => Err(refused),
            None => Ok(Zeroizing::new(wrapped.iter().map(|byte| !byte).collect())),
        }
    }
}

fn host() -> KeyHolder {
    KeyHolder::Host(Box::new(Hardware::default()))
}

fn key() -> VaultKey {
    VaultKey(Box::new(Zeroizing::new([7; 32])))
}

fn kept(holder: &KeyHolder) -> TempDir {
    let home = TempDir::new().unwrap();
    holder.keep(home.path(), &key()).unwrap();
    home
}

fn opens(home: &TempDir, holder: &KeyHolder) -> bool {
    holder.fetch(home.path()).is_ok_and(|fetched| fetched.check() == key().check())
}

fn files(home: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(home)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_key_goes_from_any_hands_into_any_others_and_leaves_the_old_ones() {
    for from in [KeyHolder::File, typed(OLD), host()] {
        for to in [KeyHolder::File, typed(NEW), host()] {
            let home = kept(&from);
            from.hand_over(&to, home.path()).unwrap();
            assert!(opens(&home, &to), "{from:?} to {to:?}");
            let stays = std::mem::discriminant(&from) == std::mem::discriminant(&to)
                && !matches!(from, KeyHolder::Passphrase(_));
            assert_eq!(opens(&home, &from), stays, "{from:?} to {to:?}");
        }
    }
}

#[test]
fn a_change_that_is_refused_changes_nothing() {
    let home = kept(&typed(OLD));
    let before = fs::read(home.path().join(KEY_FILE)).unwrap();
    let refused = |from: &KeyHolder, to: &KeyHolder| from.hand_over(to, home.path()).unwrap_err();
    assert!(matches!(refused(&typed(NEW), &typed(OLD)), KeyRefused::Wrong));
    assert!(matches!(refused(&KeyHolder::File, &typed(NEW)), KeyRefused::OtherHolder));
    assert!(matches!(refused(&typed(OLD), &typed("short")), KeyRefused::Passphrase(_)));
    let hardware = Hardware::default();
    *hardware.0.lock().unwrap() = Some(HostRefused::Cancelled);
    let to = KeyHolder::Host(Box::new(hardware));
    assert!(matches!(refused(&typed(OLD), &to), KeyRefused::Host(HostRefused::Cancelled)));
    assert_eq!(fs::read(home.path().join(KEY_FILE)).unwrap(), before);
}

#[test]
fn what_a_dying_process_left_unfinished_is_taken_away_before_the_key_is_fetched() {
    for holder in [KeyHolder::File, typed(OLD), host()] {
        let home = kept(&holder);
        let unfinished = home.path().join("vault.key.unfinished");
        fs::write(&unfinished, "jasaq vault key 1 plain 0707").unwrap();
        assert!(opens(&home, &holder));
        assert!(!unfinished.exists());
    }
}

#[test]
fn a_damaged_vault_that_was_set_aside_is_locked_with_its_own_and_another_ones_is_left() {
    let home = kept(&KeyHolder::File);
    let [own, others] = ["set-aside-1", "set-aside-2"].map(|name| home.path().join(name));
    for folder in [&own, &others] {
        fs::create_dir(folder).unwrap();
    }
    KeyHolder::File.keep(&own, &key()).unwrap();
    KeyHolder::File
        .keep(&others, &VaultKey(Box::new(Zeroizing::new([8; 32]))))
        .unwrap();
    KeyHolder::File.hand_over(&typed(NEW), home.path()).unwrap();
    assert!(typed(NEW).fetch(&own).is_ok());
    assert!(matches!(KeyHolder::File.fetch(&own), Err(KeyRefused::OtherHolder)));
    assert!(KeyHolder::File.fetch(&others).is_ok());
}

#[test]
fn every_reason_of_a_phones_hardware_is_told_as_itself() {
    use HostRefused::{Cancelled, Failed, Gone, Invalidated, NotUnlocked};
    let hardware = Hardware::default();
    let holder = KeyHolder::Host(Box::new(hardware.clone()));
    let home = kept(&holder);
    for reason in [Invalidated, Cancelled, NotUnlocked, Gone, Failed] {
        *hardware.0.lock().unwrap() = Some(reason);
        let refused = holder.fetch(home.path()).unwrap_err();
        assert!(matches!(refused, KeyRefused::Host(told) if told == reason), "{refused:?}");
    }
    *hardware.0.lock().unwrap() = None;
    assert!(opens(&home, &holder), "and nothing of it is kept");
}

#[test]
fn a_key_file_holds_no_key_but_where_it_says_so() {
    let in_clear = key().to_hex();
    let holds = |holder: &KeyHolder| {
        fs::read_to_string(kept(holder).path().join(KEY_FILE))
            .unwrap()
            .contains(in_clear.as_str())
    };
    assert!(holds(&KeyHolder::File), "otherwise the rule is proved of nobody");
    assert!(!holds(&typed(OLD)) && !holds(&host()));
}

#[test]
fn a_try_is_counted_before_it_is_looked_at_and_the_right_one_ends_the_count() {
    let home = kept(&typed(OLD));
    for _ in 0..TRIES_FREE {
        assert!(matches!(typed(NEW).fetch(home.path()), Err(KeyRefused::Wrong)));
    }
    let first = i64::try_from(TRY_WAIT_FIRST_MS).unwrap();
    let early = typed_at(first - 1, OLD).fetch(home.path());
    assert!(
        matches!(early, Err(KeyRefused::TryAgainIn { wait_ms: 1 })),
        "also the right one waits: {early:?}"
    );
    assert!(files(home.path()).contains(&TRIES_FILE.to_owned()));
    assert!(opens(&home, &typed_at(first, OLD)));
    assert_eq!(files(home.path()), [CHECK_FILE, KEY_FILE]);
}

#[test]
fn who_tries_many_at_once_is_slowed_as_well() {
    let home = kept(&typed(OLD));
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..2 * TRIES_FREE)
            .map(|_| scope.spawn(|| typed(NEW).fetch(home.path()).unwrap_err()))
            .collect();
        tries.into_iter().map(|attempt| attempt.join().unwrap()).collect()
    });
    let looked_at = outcomes.iter().filter(|refused| matches!(refused, KeyRefused::Wrong)).count();
    assert_eq!(looked_at, TRIES_FREE as usize, "{outcomes:?}");
}

#[test]
fn many_at_once_with_the_right_one_all_get_in() {
    let home = kept(&typed(OLD));
    let all = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..2 * TRIES_FREE)
            .map(|_| scope.spawn(|| typed(OLD).fetch(home.path()).is_ok()))
            .collect();
        tries.into_iter().all(|attempt| attempt.join().unwrap())
    });
    assert!(all);
}

#[test]
fn whoever_holds_a_key_prints_none_of_it() {
    let printed = format!("{:?} {:?} {:?} {:?}", typed(OLD), host(), KeyHolder::File, key());
    assert_eq!(printed, "Passphrase(…) Host(…) File VaultKey(…)");
}
