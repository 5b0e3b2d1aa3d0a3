//! What no operation that counts erases: a form without it gives way to the whole one.

use jasaq_protocol::ids::{Place, Sequence};
use jasaq_protocol::membership::Placement;

use super::*;
use crate::limits::LACKING_TOLD_MAX;
use crate::relay::clearing::erase_stored;
use crate::world::PROTECTED;

/// The SS is removed, and with her console somebody erases sections of the volunteer's entries: the words are held.
fn thief_erases(kept: &mut Kept, relay: &mut Relay, entries: &[Envelope], sections: &[u8]) {
    let territory = kept.district.territory();
    let District { ss, ts, vol, .. } = &mut kept.district;
    let removed = remove(ss, cut_to(ss, &[territory, SQUAD]));
    let removed = ts.operate(territory, &removed);
    let mut words = vec![removed];
    let of_entry = |entry| sections.iter().map(move |section| (entry, *section));
    for named in entries.iter().flat_map(of_entry).collect::<Vec<_>>().chunks(NAMED_AT_ONCE) {
        words.push(ss.operate(SQUAD, &erase(vol, named)));
    }
    assert_eq!(sync(relay, ts, &words).refused, []);
}

fn lacking(device: &Device, entry: &Envelope, sections: &[usize]) -> Envelope {
    let left = device.sealed[&entry.place].clone().erase(sections.iter().copied().collect());
    Envelope { wire: left.to_wire(false).encode(), ..entry.clone() }
}

/// With another word about the form before, which stands behind flags, signature, the first one's link, epoch and encapsulation.
fn lie_about(mut entry: Envelope) -> Envelope {
    let link = if entry.place.sequence == Sequence::FIRST { 32 } else { 0 };
    entry.wire[1 + 64 + link + 40] ^= 1;
    entry
}

#[test]
fn what_a_thief_erased_after_his_removal_gives_way_to_the_whole() {
    let mut kept = Kept::new();
    let mut relay = kept.relay();
    let entry = entry(&mut kept.district.vol, 1);
    thief_erases(&mut kept, &mut relay, std::slice::from_ref(&entry), &[1]);
    let less = without(&kept.district.vol, &entry);
    let District { head, vol, .. } = &mut kept.district;
    assert_eq!(sync(&mut relay, head, std::slice::from_ref(&less)).refused, []);
    assert_eq!(stored(&relay, &entry), less.wire, "otherwise nothing is proved");
    let (asked, pushed) = vol.request(&relay.id(), std::slice::from_ref(&entry));
    let answer = relay.answer(&pushed).unwrap();
    let shows = |what: &[u8]| answer.bytes.windows(what.len()).any(|window| window == what);
    assert!(!shows(end(&entry)) && !shows(&less.wire), "what is stored now is what was brought");
    assert_eq!(vol.read(relay.id(), &asked, &answer.bytes).stored_to(&entry), Some(1));
    assert_eq!(stored(&relay, &entry), entry.wire);
    for device in [head, vol] {
        let reply = sync(&mut relay, device, std::slice::from_ref(&less));
        assert_eq!((reply.refused, reply.rewound), (vec![], vec![]), "cursors hold");
    }
    assert_eq!(stored(&relay, &entry), entry.wire, "and less is known");
    relay.close().unwrap();
    kept.check("relay.db");
}

#[test]
fn what_counts_stays_erased_where_the_rest_comes_back() {
    let mut kept = Kept::new();
    let mut relay = kept.relay();
    let entry = entry(&mut kept.district.vol, 1);
    kept.erase(&mut relay, std::slice::from_ref(&entry));
    thief_erases(&mut kept, &mut relay, std::slice::from_ref(&entry), &[0]);
    let [less, due] = [&[0, 1][..], &[1]].map(|sections| lacking(&kept.district.vol, &entry, sections));
    let District { head, vol, .. } = &mut kept.district;
    assert_eq!(sync(&mut relay, head, std::slice::from_ref(&less)).refused, []);
    assert_eq!(stored(&relay, &entry), less.wire, "otherwise nothing is proved");
    let (_, pushed) = vol.request(&relay.id(), std::slice::from_ref(&entry));
    let answer = relay.answer(&pushed).unwrap();
    assert_eq!((stored(&relay, &entry), answer.tally.refused), (due.wire.clone(), [].into()));
    let shows = |what: &[u8]| answer.bytes.windows(what.len()).any(|window| window == what);
    assert!(shows(&due.wire), "what is stored is not what was brought, so it goes back");
    assert!(!kept.is_on_disk(end(&entry)));
    relay.close().unwrap();
    kept.check("relay.db");
}

#[test]
fn of_two_that_lack_each_what_the_other_has_neither_gives_way() {
    let mut kept = Kept::new();
    let mut relay = kept.relay();
    let entry = entry(&mut kept.district.vol, 1);
    thief_erases(&mut kept, &mut relay, std::slice::from_ref(&entry), &[0, 1]);
    let [first, second] = [0, 1].map(|section| lacking(&kept.district.vol, &entry, &[section]));
    assert_eq!(sync(&mut relay, &mut kept.district.head, std::slice::from_ref(&first)).refused, []);
    let reply = sync(&mut relay, &mut kept.district.vol, &[second]);
    assert_eq!((reply.refused, reply.stored), (vec![(entry.place, Refusal::NotYet)], None));
    assert_eq!(stored(&relay, &entry), first.wire);
}

#[test]
fn under_a_false_first_form_the_whole_is_not_receipted_and_holds_up_nothing_behind_it() {
    let mut kept = Kept::new();
    let mut relay = kept.relay();
    let [first, second, third] = [1, 2, 3].map(|number| entry(&mut kept.district.vol, number));
    thief_erases(&mut kept, &mut relay, std::slice::from_ref(&first), &[1]);
    let lie = lie_about(without(&kept.district.vol, &first));
    let District { head, vol, .. } = &mut kept.district;
    assert_eq!(sync(&mut relay, head, std::slice::from_ref(&lie)).refused, []);
    let told = vec![(first.place, Refusal::NotYet)];
    let reply = sync(&mut relay, vol, &[first.clone(), second.clone()]);
    assert_eq!((&reply.refused, reply.stored_to(&second)), (&told, Some(2)));
    let reply = sync(&mut relay, vol, std::slice::from_ref(&first));
    assert_eq!((reply.refused, reply.stored), (told.clone(), None), "it alone moves no custody");
    let reply = sync(&mut relay, head, &[first.clone(), third.clone()]);
    assert_eq!((&reply.refused, reply.stored_to(&third)), (&told, Some(3)), "nor does who carries it");
    assert_eq!(stored(&relay, &first), lie.wire);
    for device in [head, vol] {
        assert_eq!(sync(&mut relay, device, &[]).rewound, []);
    }
    relay.close().unwrap();
    kept.check("relay.db");
}

#[test]
fn of_more_false_first_forms_than_an_answer_tells_the_journal_waits() {
    let mut kept = Kept::new();
    let mut relay = kept.relay();
    let entries: Vec<_> = (0..LACKING_TOLD_MAX + 2)
        .map(|number| entry(&mut kept.district.vol, number))
        .collect();
    thief_erases(&mut kept, &mut relay, &entries, &[1]);
    let lies: Vec<_> = entries
        .iter()
        .map(|entry| lie_about(without(&kept.district.vol, entry)))
        .collect();
    let District { head, vol, .. } = &mut kept.district;
    assert_eq!(sync(&mut relay, head, &lies).refused, []);
    let reply = sync(&mut relay, vol, &entries);
    let told: Vec<_> = entries[..=LACKING_TOLD_MAX].iter().map(|entry| entry.place).collect();
    let refused: BTreeSet<_> = reply.refused.iter().map(|(place, _)| *place).collect();
    assert_eq!(refused, told.into_iter().collect());
}

#[test]
fn an_operation_that_falls_within_the_same_push_keeps_nothing_away() {
    let (mut kept, entries) = Kept::with_entries(1);
    let (mut relay, territory) = (kept.relay(), kept.district.territory());
    let District { ss, ts, .. } = &mut kept.district;
    let falls = remove(ss, cut_to(ss, &[territory, SQUAD]));
    let falls = ts.operate(territory, &falls);
    kept.erase(&mut relay, &entries);
    assert_eq!(count_erased(&relay, &entries), 1, "otherwise nothing is proved");
    let both = [falls, entries[0].clone()];
    assert_eq!(sync(&mut relay, &mut kept.district.ts, &both).refused, []);
    assert_eq!(stored(&relay, &entries[0]), entries[0].wire);
}

#[test]
fn who_may_erase_in_one_space_takes_nothing_out_of_another() {
    let (mut kept, entries) = Kept::with_entries(1);
    let mut relay = kept.relay();
    let District { ss, vol, .. } = &mut kept.district;
    let word = match erase(vol, &[(&entries[0], 1)]) {
        Operation::Erase { document, sections, attachments, .. } => {
            Operation::Erase { space: PROTECTED, document, sections, attachments }
        }
        _ => unreachable!(),
    };
    let word = ss.operate(SQUAD, &word);
    assert_eq!(sync(&mut relay, ss, &[word]).refused, []);
    assert_eq!((stored(&relay, &entries[0]), relay.count_due()), (entries[0].wire.clone(), 0));
    let Place { journal, sequence, .. } = entries[0].place;
    let hash = kept.district.vol.sealed[&entries[0].place].hash();
    let at = Placement { space: PROTECTED, journal, sequence, hash };
    let sections = relay.territories.erased_of(&at);
    assert!(!sections.is_empty(), "otherwise nothing is proved");
    let transaction = relay.storage.begin().unwrap();
    assert!(!erase_stored(&transaction, &at, sections).unwrap(), "and that is no damage");
}
