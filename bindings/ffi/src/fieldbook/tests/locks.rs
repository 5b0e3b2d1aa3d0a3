//! What a host can rely on of the lock and of its own key holder.

use super::*;

fn is_locked<T>(outcome: &Result<T, FieldbookRefused>) -> bool {
    matches!(outcome, Err(FieldbookRefused::Locked { .. }))
}

#[test]
fn only_the_phone_that_wrapped_the_key_opens_the_vault() {
    let District { homes, phone, .. } = District::new();
    drop(phone);
    let open = |holder: Hardware| Fieldbook::open(opening(homes.path()), Arc::new(holder));
    let other = open(Hardware { mask: 8, ..Hardware::default() });
    assert!(matches!(other, Err(FieldbookRefused::Storage { .. })));
    let own = open(Hardware { mask: 7, ..Hardware::default() }).unwrap();
    assert_eq!(own.status().unwrap().role, Some(Role::SquadHead));
}

#[test]
fn a_person_is_asked_once_for_each_opening() {
    let District { homes, phone, .. } = District::new();
    drop(phone);
    let holder = hardware();
    let own = Fieldbook::open(opening(homes.path()), holder.clone()).unwrap();
    assert_eq!(holder.asked.load(Ordering::SeqCst), 1);
    own.unlock(holder.clone()).unwrap();
    assert_eq!(holder.asked.load(Ordering::SeqCst), 1, "it is not locked");
    own.lock().unwrap();
    own.unlock(holder.clone()).unwrap();
    assert_eq!(holder.asked.load(Ordering::SeqCst), 2);
}

#[test]
fn every_reason_of_the_key_holder_has_a_sentence_of_its_own() {
    use KeyHolderRefused::{Cancelled, Failed, Gone, Invalidated, NotUnlocked};
    let district = District::new();
    district.phone.lock().unwrap();
    let holder = hardware();
    let told = [Invalidated, Cancelled, NotUnlocked, Gone, Failed].map(|reason| {
        *holder.refuses.lock().unwrap() = Some(reason);
        match district.phone.unlock(holder.clone()) {
            Err(FieldbookRefused::Storage { sentence, .. }) => sentence,
            other => panic!("{reason}: {other:?}"),
        }
    });
    for (index, sentence) in told.iter().enumerate() {
        assert!(!told[..index].contains(sentence), "{sentence}");
    }
    assert!(district.phone.is_locked());
    *holder.refuses.lock().unwrap() = None;
    district.phone.unlock(holder).unwrap();
    assert!(!district.phone.is_locked());
}

#[test]
fn a_locked_phone_refuses_and_loses_nothing_and_watchers_stay() {
    let district = District::new();
    let watcher = Arc::new(Counting::default());
    let _handle = district.phone.watch(watcher.clone()).unwrap();
    let patrol = start(&district.phone);
    let entry = district.phone.write_entry(&patrol, round("туман")).unwrap();
    district.phone.lock().unwrap();
    assert!(is_locked(&district.phone.patrol(&patrol)));
    assert!(is_locked(&district.phone.write_entry(&patrol, round("туман"))));
    assert!(is_locked(&district.sync_phone()));
    assert!(is_locked(&district.phone.prepare_contact()));
    assert_eq!(watcher.notices(), 0);

    district.phone.unlock(hardware()).unwrap();
    let view = district.phone.patrol(&patrol).unwrap();
    assert_eq!(view.entries.iter().map(|entry| &entry.statement.key).collect::<Vec<_>>(), [&entry]);
    district.sync_phone().unwrap();
    assert_eq!(watcher.notices(), 1);
}

#[test]
fn an_exchange_under_way_ends_and_then_puts_its_key_away() {
    let district = District::new();
    let entry = district.phone.write_entry(&start(&district.phone), round("туман")).unwrap();
    let phone = district.phone.clone();
    let carrier = Busy(district.relay.clone(), move || phone.lock().unwrap());
    let pushed = district.phone.sync(Arc::new(carrier)).unwrap().pushed;
    assert!(pushed > 0, "it was not cut");
    assert!(district.phone.is_locked() && is_locked(&district.sync_phone()), "{entry}");
    let mut gate = None;
    let looked = district.phone.replicas.at_gate(|core| {
        gate = Some(core.is_locked());
        Ok(())
    });
    assert!(looked.is_ok() && gate == Some(true));
}

#[test]
fn locked_and_unlocked_within_one_exchange_it_goes_on() {
    let district = District::new();
    start(&district.phone);
    let phone = district.phone.clone();
    let carrier = Busy(district.relay.clone(), move || {
        phone.lock().unwrap();
        phone.unlock(hardware()).unwrap();
    });
    assert!(district.phone.sync(Arc::new(carrier)).unwrap().pushed > 0);
    assert!(!district.phone.is_locked());
    district.sync_phone().unwrap();
}

#[test]
fn while_the_person_is_asked_the_screen_is_answered() {
    let district = District::new();
    district.phone.lock().unwrap();
    let (holder, phone) = (hardware(), district.phone.clone());
    let answers = Arc::new(AtomicUsize::new(0));
    let counted = answers.clone();
    *holder.meanwhile.lock().unwrap() = Some(Box::new(move || {
        counted.fetch_add(usize::from(phone.is_locked() && is_locked(&phone.status())), Ordering::SeqCst);
    }));
    district.phone.unlock(holder).unwrap();
    assert_eq!(answers.load(Ordering::SeqCst), 1);
    assert!(!is_locked(&district.phone.status()));
}

#[test]
fn what_is_not_idle_does_not_lock() {
    let district = District::new();
    assert!(!district.phone.lock_if_idle().unwrap());
    assert_eq!(district.phone.lock_minutes().unwrap(), 15);
    district.phone.set_lock_minutes(1).unwrap();
    assert!(matches!(district.phone.set_lock_minutes(0), Err(FieldbookRefused::Input { .. })));
    district.phone.lock().unwrap();
    assert!(district.phone.lock_if_idle().unwrap());
}
