//! Words about devices and spaces that break one bound each.

use jasaq_fieldbook::protocol::ids::{DeviceId, JournalId, OperationId, RootHash};
use jasaq_fieldbook::protocol::membership::{CutHead, Operation, Role};

use super::season::Season;

/// By name, with what the comment says.
pub fn all(season: &Season) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let spoilt = |wanted: &str, spoil: fn(&mut Operation)| {
        let found = season.operations.iter().find(|(name, _)| *name == wanted);
        let mut operation = found.map(|(_, operation)| operation.clone()).unwrap();
        spoil(&mut operation);
        operation.encode()
    };
    let erased = spoilt("erase", |erase| index(erase, 255));
    let at = erased.windows(2).position(|two| two == [0x18, 0xff]).unwrap();
    let long_index = [&erased[..at], &[0x19, 1, 0], &erased[at + 2..]].concat();
    vec![
        ("role_of_office", spoilt("role", role), "refused: the role of an SS, none of a squad"),
        ("cut_heads", spoilt("role", cut_heads), "refused: 41 heads of a cut"),
        ("cut_parts", spoilt("remove", cut_parts), "refused: 33 parts"),
        ("replaces", spoilt("remove", replaces), "refused: 33 operations replaced"),
        ("heads", spoilt("heads", |word| heads(word, 41)), "refused: 41 heads"),
        ("heads_journal", spoilt("heads", stranger), "refused: heads of another device's journal"),
        ("admit_journal", spoilt("admit", stranger), "refused: a place in another device's journal"),
        ("admit_keys", spoilt("admit", |admit| keys(admit, 33, 1)), "refused: 33 keys"),
        ("key_empty", spoilt("admit", |admit| keys(admit, 1, 0)), "refused: an empty key"),
        ("key_long", spoilt("admit", |admit| keys(admit, 1, 33)), "refused: a key of 33 bytes"),
        ("sections", spoilt("erase", sections), "refused: 39 sections"),
        ("attachments", spoilt("erase", attachments), "refused: 39 attachments"),
        ("erase_no_document", spoilt("erase", no_document), "refused: a section, and no document"),
        ("erased_none", spoilt("erased", |word| obeyed(word, 0)), "refused: no operation that was obeyed"),
        ("erased_many", spoilt("erased", |word| obeyed(word, 33)), "refused: 33 operations that were obeyed"),
        ("index", spoilt("erase", |erase| index(erase, 16)), "refused: the index 16"),
        ("index_unknown", long_index, "unknown: the index 256"),
        ("lack", spoilt("lack", lack), "refused: a lack that names 33 operations"),
    ]
}

fn role(word: &mut Operation) {
    let Operation::Role { role, .. } = word else { unreachable!() };
    *role = Role::Ss;
}

fn cut_heads(word: &mut Operation) {
    let Operation::Role { cut, .. } = word else { unreachable!() };
    cut.heads = vec![cut.heads[0]; 41];
}

fn cut_parts(word: &mut Operation) {
    let Operation::Remove { cut, .. } = word else { unreachable!() };
    cut.parts = vec![cut.parts[0]; 33];
}

fn replaces(word: &mut Operation) {
    let Operation::Remove { replaces, .. } = word else { unreachable!() };
    *replaces = vec![OperationId::from_bytes([0x78; 16]); 33];
}

fn heads(word: &mut Operation, count: usize) {
    let Operation::Heads { heads, .. } = word else { unreachable!() };
    *heads = vec![heads[0]; count];
}

/// A journal that is nobody's.
fn stranger(word: &mut Operation) {
    let nobody = JournalId::of_device(&DeviceId::from_bytes([0x79; 32]), [0xb5; 8]);
    match word {
        Operation::Heads { heads, .. } => heads[0] = CutHead { journal: nobody, ..heads[0] },
        Operation::Admit { place, .. } => place.journal = nobody,
        _ => unreachable!(),
    }
}

fn keys(word: &mut Operation, count: usize, length: usize) {
    let Operation::Admit { keys, .. } = word else { unreachable!() };
    *keys = vec!["k".repeat(length); count];
}

fn sections(word: &mut Operation) {
    let Operation::Erase { sections, .. } = word else { unreachable!() };
    *sections = vec![sections[0]; 39];
}

fn attachments(word: &mut Operation) {
    let Operation::Erase { attachments, .. } = word else { unreachable!() };
    *attachments = vec![RootHash::from_bytes([0x7a; 32]); 39];
}

fn no_document(word: &mut Operation) {
    let Operation::Erase { document, .. } = word else { unreachable!() };
    *document = None;
}

fn obeyed(word: &mut Operation, count: usize) {
    let Operation::Erased { operations } = word else { unreachable!() };
    *operations = vec![operations[0]; count];
}

fn lack(word: &mut Operation) {
    let Operation::Lack { operations, .. } = word else { unreachable!() };
    *operations = vec![operations[0]; 33];
}

fn index(word: &mut Operation, index: u8) {
    let Operation::Erase { sections, .. } = word else { unreachable!() };
    sections[0].index = index;
}
