//! The last lie of a relay: it keeps an entry back, and hands out what shows that others hold it.

use jasaq_fieldbook::protocol::ids::{Place, SpaceId};
use jasaq_fieldbook::protocol::sync::{SatchelEffect, SatchelReader};

use super::steps::Storm;
use crate::field::Phone;
use crate::hand::Hand;
use crate::inside;

/// A phone writes, its head says that he has it, and to the SS the relay shows the head's word without the entry.
pub(super) fn a_liar_is_told_of(storm: &mut Storm) -> Result<(), String> {
    let (head, author, ss) = (storm.squads[0].phones[0], storm.squads[0].phones[1], storm.ss[0]);
    let patrol = storm.a_patrol_of(0);
    let field = &mut storm.field;
    field.back_up_relay("before the last lie");
    field.write(author, patrol, "кейін");
    for phone in [author, head, head] {
        field.contact(phone);
    }
    let words = words_of(storm, head);
    let field = &mut storm.field;
    field.roll_relay_back("before the last lie");
    let hand = Hand::in_roll(field.home(head), SpaceId::of_territory(&field.root()), storm.plan.seed);
    let relay = field.relay();
    relay
        .answer(&hand.request(relay.id(), &words))
        .map_err(|refused| refused.to_string())?;
    field.restart_relay();
    let before = field.book(ss).status().unwrap().missing;
    field.contact(ss);
    match (before, field.book(ss).status().unwrap().missing) {
        (0, 1..) => Ok(()),
        (before, after) => Err(format!("{before} journals were missing, and {after} after the lie")),
    }
}

/// What a device signed in the journals that it writes now, as it goes up.
fn words_of(storm: &mut Storm, phone: Phone) -> Vec<(Place, Vec<u8>)> {
    let mut satchel = Vec::new();
    storm.field.book(phone).export_satchel(&mut satchel).unwrap();
    let territory_roll = SpaceId::of_territory(&storm.field.root());
    let (effects, _) = SatchelReader::new(territory_roll).take(&satchel);
    let own = inside::hashes(
        &inside::vault_of(storm.field.home(phone)),
        "SELECT journal FROM journals WHERE journal IN (SELECT journal FROM own_journals)",
    );
    let arrived = effects.into_iter().filter_map(|effect| match effect {
        SatchelEffect::Arrived(arrived) => Some((arrived.place, arrived.wire)),
        SatchelEffect::Steps { .. } | SatchelEffect::Ended => None,
    });
    arrived
        .filter(|(place, _)| own.contains(place.journal.as_bytes().as_slice()))
        .collect()
}
