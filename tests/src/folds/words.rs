//! Cuts, and what is named in them: true, partial, of another branch, and invented.

use jasaq_fieldbook::protocol::ids::{HeadHash, JournalId, OperationId, Sequence};
use jasaq_fieldbook::protocol::membership::{Cut, CutHead, Operation};

use super::district::{District, Stand, id};
use crate::chance::Chance;

/// How far a device's journals go, as somebody says it.
pub(super) fn heads(district: &mut District, chance: &mut Chance, device: usize) -> Vec<CutHead> {
    let of_device: Vec<Stand> =
        district.stands.iter().filter(|stand| stand.signer == device).copied().collect();
    let mut journals: Vec<JournalId> = of_device.iter().map(|stand| stand.place.journal).collect();
    journals.sort();
    journals.dedup();
    let mut heads = Vec::new();
    for journal in journals {
        let own: Vec<&Stand> = of_device.iter().filter(|stand| stand.place.journal == journal).collect();
        match chance.below(20) {
            0..9 => heads.push(own[own.len() - 1].head()),
            9..14 => heads.push(own[chance.below(own.len())].head()),
            14 => {
                district.made.push("two heads of one journal");
                heads.extend([own[0].head(), own[chance.below(own.len())].head()]);
            }
            15 => {
                district.made.push("a head that nobody has");
                let sequence = own[own.len() - 1].place.sequence.next();
                heads.push(CutHead { sequence, hash: HeadHash::from_bytes(chance.array()), ..own[0].head() });
            }
            16 => {
                district.made.push("a head with another hash");
                heads.push(CutHead { hash: HeadHash::from_bytes(chance.array()), ..own[0].head() });
            }
            17 => {
                district.made.push("a head with another sequence");
                heads.push(CutHead { sequence: Sequence::FIRST.next(), ..own[0].head() });
            }
            _ => {}
        }
    }
    heads
}

/// A cut of what a device signed.
pub(super) fn cut(district: &mut District, chance: &mut Chance, device: usize) -> Cut {
    let is_whole = chance.happens(70);
    let heads = if is_whole { heads(district, chance, device) } else { Vec::new() };
    let count = chance.pick(&[0, 0, 0, 1, 2]);
    let parts = (0..count).map(|_| part(district, chance, device)).collect();
    Cut { heads, parts }
}

fn part(district: &mut District, chance: &mut Chance, device: usize) -> OperationId {
    let of = |is_of: fn(bool) -> bool| -> Vec<OperationId> {
        let heads = district.entries.iter().filter(
            |entry| matches!(&entry.operation, Operation::Heads { device: of, .. } if is_of(*of == id(device))),
        );
        heads.map(|entry| entry.id).collect()
    };
    let (own, others) = (of(|is_own| is_own), of(|is_own| !is_own));
    match chance.below(10) {
        0..7 if !own.is_empty() => own[chance.below(own.len())],
        7 if !others.is_empty() => {
            district.made.push("a part about another device");
            others[chance.below(others.len())]
        }
        8 => {
            district.made.push("a part that is no heads");
            district.entries[chance.below(district.entries.len())].id
        }
        _ => {
            district.made.push("a part that has not come");
            OperationId::from_bytes(chance.array())
        }
    }
}

/// What a word about a device says that it replaces: much or little of what was said of it, and something else.
pub(super) fn replaces(district: &District, chance: &mut Chance, device: usize) -> Vec<OperationId> {
    let percent = chance.pick(&[0, 50, 100]);
    let mut named = Vec::new();
    for entry in &district.entries {
        let about = match &entry.operation {
            Operation::Add { device, .. } => Some(device.id),
            Operation::Role { device, .. }
            | Operation::Remove { device, .. }
            | Operation::Admit { device, .. } => Some(*device),
            _ => None,
        };
        if chance.happens(if about == Some(id(device)) { percent } else { 1 }) {
            named.push(entry.id);
        }
    }
    named.truncate(32);
    named
}
