//! The numbers of pages that are erased: they are said once more, beside what goes.
//!
//! Promises that a console of the subdivision lets no word go by which it knows that a number was given: neither by an erasure of its
//! own nor by one of a console that had not heard of that word, nor where the word comes after the erasure.

use jasaq_model::sealing::{PageCountersigned, Sealing};
use jasaq_model::statement::{Body, Fields, Kind, Statement};
use jasaq_protocol::ids::{DocumentId, Place, SpaceId};
use jasaq_protocol::membership::Links;
use jasaq_protocol::seal::{Link, WireEnvelope};
use sha2::{Digest as _, Sha256};

use super::device::Device;
use super::erasing::ToErase;
use super::standing::{Said, links_of, standing_of};
use super::stating::{StateRefused, ToState, state};
use crate::documents::read_change;
use crate::surroundings::Surroundings;
use crate::vault::{Connection, LateSection, Standing, Transaction, Vault, VaultRefused};

/// Of what the id of the document is made in which the numbers of a squad's erased pages stand.
const ERASED_PAGES: &[u8] = b"jasaq 1 erased pages";

/// The document in which the numbers of a squad's erased pages stand, by the roll of its phones.
pub(crate) fn erased_pages(roll: &SpaceId) -> DocumentId {
    let digest = Sha256::new()
        .chain_update(ERASED_PAGES)
        .chain_update(roll.as_bytes())
        .finalize();
    let (bytes, _) = digest.split_first_chunk().unwrap_or((&[0; 16], &[]));
    DocumentId::from_bytes(*bytes)
}

/// Whether numbers of pages would be lost with some documents: they hold some and there is nowhere to say them, or they are
/// themselves where these are said.
pub(crate) fn would_lose_numbers(
    connection: &Connection,
    device: &Device,
    what: &ToErase,
) -> Result<bool, VaultRefused> {
    for (space, document) in &what.places {
        let roll = roll_of(device, space);
        let is_lost = *document == erased_pages(&roll) || device.newest_patrols_of(&roll).is_none();
        if is_lost && !words_in(connection, (space, document))?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Says once more which numbers a document that goes gives to pages, as far as this device's word counts there.
pub(super) fn keep_numbers(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
    (space, document): (&SpaceId, &DocumentId),
) -> Result<(), VaultRefused> {
    let words = words_in(transaction, (space, document))?;
    say_again(transaction, device, surroundings, (space, words))
}

/// The same of what came after its document was erased, and was never read.
pub(super) fn keep_late_numbers(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
    late: &LateSection,
) -> Result<(), VaultRefused> {
    let words = late_words(transaction, device, late)?.unwrap_or_default();
    say_again(transaction, device, surroundings, (&late.space, words))
}

/// What nobody said so yet, as far as is known here. Where no season of the squad runs there is nowhere to say it: what must go
/// goes all the same.
fn say_again(
    transaction: &Transaction<'_>,
    device: &Device,
    surroundings: &mut Surroundings,
    (space, words): (&SpaceId, Vec<PageCountersigned>),
) -> Result<(), VaultRefused> {
    let roll = roll_of(device, space);
    let (document, Some(open)) = (erased_pages(&roll), device.newest_patrols_of(&roll)) else {
        return Ok(());
    };
    let (author, kind) = (device.id(), Kind::PageCountersigned.code());
    let said = Said { space: &open, author: &author, kind, key: "", at: None };
    let standing = standing_of(&device.membership, &said, &Links::default());
    if words.is_empty() || standing != Standing::Counts || device.is_erased(&open, &document) {
        return Ok(());
    }
    let mut known = Vec::new();
    let of_squad = device.membership.spaces().filter(|(_, record)| record.roll == roll);
    for (of_squad, _) in of_squad {
        known.extend(words_in(transaction, (of_squad, &document))?);
    }
    for word in words {
        if known.contains(&word) {
            continue;
        }
        let body = Body::Sealing(Sealing::Countersigned(word));
        let new = ToState { at: (open, document), body, gps_time: None, standing };
        match state(transaction, device, surroundings, new) {
            Err(StateRefused::Vault(refused)) => return Err(refused),
            Ok(_) | Err(StateRefused::Full | StateRefused::Unreadable(_)) => {}
        }
    }
    Ok(())
}

/// The words that count and gave numbers to pages in a document.
fn words_in(
    connection: &Connection,
    at: (&SpaceId, &DocumentId),
) -> Result<Vec<PageCountersigned>, VaultRefused> {
    let rows = Vault::statements_of(connection, at)?.into_iter();
    let counted = rows.filter(|row| row.standing == Standing::Counts);
    Ok(counted.filter_map(|row| word_of(&row.fields)).collect())
}

/// A number and a hash, without what somebody wrote beside them: that goes with the page.
fn word_of(fields: &Fields) -> Option<PageCountersigned> {
    match Statement::from_fields(fields).ok()?.body {
        Body::Sealing(Sealing::Countersigned(word)) => Some(PageCountersigned { anyway: None, ..word }),
        _ => None,
    }
}

/// The words that count in a section that stands in its envelope still; none if it cannot be opened here.
fn late_words(
    connection: &Connection,
    device: &Device,
    LateSection { space, at, .. }: &LateSection,
) -> Result<Option<Vec<PageCountersigned>>, VaultRefused> {
    let place = Place { space: *space, journal: at.journal, sequence: at.sequence };
    let Some(author) = Vault::signer(connection, &at.journal)? else { return Ok(None) };
    let link = match at.sequence.before() {
        None => Some(Link::First(author)),
        before => Vault::envelope_hash(connection, at.journal, before)?.map(Link::After),
    };
    let wire = Vault::wire(connection, &place)?.and_then(|wire| WireEnvelope::decode(&wire).ok());
    let (Some(wire), Some(link)) = (wire, link) else { return Ok(None) };
    let Ok(envelope) = wire.at(place, link).verify(&author) else { return Ok(None) };
    let Some(epoch) = envelope.header().epoch() else { return Ok(None) };
    let Some(key) = Vault::epoch(connection, space, epoch)? else { return Ok(None) };
    let sections = envelope.open(&key).unwrap_or_default().into_iter();
    let mut of_it = sections.filter(|section| section.index == usize::from(at.index));
    let change = of_it.next().and_then(|section| read_change(&section.change, &at.journal).ok());
    let links = links_of(connection, &device.membership, &author)?;
    let counts = |key: &str| {
        let kind = Kind::PageCountersigned.code();
        let said = Said { space, author: &author, kind, key, at: Some((place, at.hash)) };
        envelope.hash() == at.hash && standing_of(&device.membership, &said, &links) == Standing::Counts
    };
    let said = change.map(|change| change.statements).unwrap_or_default().into_iter();
    let words = said.filter_map(|(key, fields)| word_of(&fields).filter(|_| counts(key.as_str())));
    Ok(Some(words.collect()))
}

/// The roll of a space's phones.
fn roll_of(device: &Device, space: &SpaceId) -> SpaceId {
    device.membership.space(space).map_or(*space, |record| record.roll)
}
