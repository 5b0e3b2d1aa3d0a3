//! The squad's space of the vectors: what the SS's console and the head's phone wrote into it.

use jasaq_fieldbook::protocol::ids::{DocumentId, JournalId};
use jasaq_fieldbook::protocol::journal::{Frontier, Head};
use jasaq_fieldbook::protocol::seal::{Section, VerifiedEnvelope};
use jasaq_fieldbook::protocol::sync::Ack;

use super::changes::{self, Said};
use super::world::{Journal, World};

/// The document of the patrol, and so the patrol's own id.
pub const PATROL: DocumentId = DocumentId::from_bytes([0x95; 16]);

/// A document of which an envelope holds a change beside that of another.
pub const ONE: DocumentId = DocumentId::from_bytes([0x96; 16]);
/// The other.
pub const OTHER: DocumentId = DocumentId::from_bytes([0x97; 16]);

/// The journals of one space.
pub struct Patrols {
    pub ss: Journal,
    pub head: Journal,
    /// A journal of the head's with one section that no packer makes shorter: no change of Automerge, just bytes.
    pub stored: Journal,
    /// A journal of the head's whose second envelope is as long as one may be, with and without its link.
    pub longest: Journal,
    /// A journal of the head's whose second envelope holds an ack and changes of two documents, of which some are erased.
    pub several: Journal,
    /// The SS's change in the space's own document.
    pub card: Vec<u8>,
    /// The head's changes in the patrol's document, in order.
    pub changes: Vec<Vec<u8>>,
    pub said: Vec<Said>,
    pub ack: Ack,
}

/// A statement's key: the first six bytes of a journal in base 64 for URLs, a dot, a number.
pub fn key_of(journal: &JournalId, number: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let triples = journal.as_bytes().chunks(3).take(2);
    let bits = triples.map(|triple| triple.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte)));
    let letters = bits.flat_map(|bits| [18, 12, 6, 0].map(|shift| char::from(LETTERS[bits >> shift & 63])));
    letters.chain(['.']).collect::<String>() + &number.to_string()
}

/// The digest of documents in an ack: over the hashes of their changes, sorted, each once.
pub fn documents_digest(mut hashes: Vec<[u8; 32]>) -> [u8; 16] {
    hashes.sort_unstable();
    hashes.dedup();
    let digest = blake3::derive_key("jasaq 1 documents", &hashes.concat());
    *digest.first_chunk().unwrap()
}

/// A frontier of the ends of these journals.
pub fn frontier_of(journals: &[&Journal]) -> Frontier {
    let ends = journals
        .iter()
        .filter_map(|journal| Some((journal.id, head_of(journal.envelopes.last()?))));
    ends.collect()
}

fn head_of(envelope: &VerifiedEnvelope) -> Head {
    Head { sequence: envelope.place().sequence, hash: envelope.hash().head() }
}

impl Patrols {
    /// Everything that was written.
    pub fn new(world: &World) -> Self {
        let epoch = world.epoch.public();
        let mut ss = Journal::new(world.patrols, world.ss.signing(), 0xa7);
        let document = DocumentId::from_bytes(*world.patrols.as_bytes());
        let said = [(key_of(&ss.id, 1), changes::squad_card())];
        let card = changes::write(&[], &changes::actor(&ss.id, 1), &said);
        ss.seal(&[Section::Change { document, change: card.clone() }], Some(&epoch), 0xc0);

        let mut head = Journal::new(world.patrols, world.head.signing(), 0xa8);
        let held = frontier_of(&[&ss]);
        let documents = documents_digest(vec![changes::hash_of(&card)]);
        let ack = Ack { frontier: held.digest(), heads: held, documents };
        let long = "жел күшейді, көріну нашарлады; ".repeat(30);
        let words = ["тұман, көріну 50 м", "өткелде із бар", &long];
        let mut said = vec![(key_of(&head.id, 1), changes::patrol_start())];
        let entries = words.iter().zip(2..);
        said.extend(entries.map(|(words, number)| {
            (key_of(&head.id, number), changes::entry(words, i64::try_from(number).unwrap()))
        }));
        let actor = changes::actor(&head.id, 1);
        let mut own = Vec::new();
        for said in [&said[..2], &said[2..3], &said[3..]] {
            let change = changes::write(&own, &actor, said);
            own.push(change);
        }
        let section = |index: usize| Section::Change { document: PATROL, change: own[index].clone() };
        head.seal(&[Section::Ack(ack.encode()), section(0)], Some(&epoch), 0xc1);
        let (_, misplaced) = &world.operations[0];
        head.seal(&[Section::Operation(misplaced.encode()), section(1)], Some(&epoch), 0xc2);
        head.seal(&[section(2)], Some(&epoch), 0xc3);
        let mut stored = Journal::new(world.patrols, world.head.signing(), 0xab);
        let document = DocumentId::from_bytes(std::array::from_fn(|index| u8::try_from(index).unwrap()));
        stored.seal(&[Section::Change { document, change: b"change".to_vec() }], Some(&epoch), 0xc4);
        let mut longest = Journal::new(world.patrols, world.head.signing(), 0xad);
        longest.seal(&[Section::Operation(misplaced.encode())], None, 0);
        let around = 1 + 64 + 1 + 3;
        longest.seal(&[Section::Operation(vec![0; 4_064 - around])], None, 0);
        let several = several(world, &ack);
        Self { ss, head, stored, longest, several, card, changes: own, said, ack }
    }
}

/// A change of the patrol, then one envelope with an ack and a change of each of two other documents.
fn several(world: &World, ack: &Ack) -> Journal {
    let (epoch, mut journal) =
        (world.epoch.public(), Journal::new(world.patrols, world.head.signing(), 0xaf));
    let actor = changes::actor(&journal.id, 1);
    let change = |(document, number): (DocumentId, usize)| {
        let said = changes::entry("тұман", i64::try_from(number).unwrap());
        Section::Change {
            document,
            change: changes::write(&[], &actor, &[(key_of(&journal.id, number), said)]),
        }
    };
    let [patrol, one, other] = [(PATROL, 1), (ONE, 2), (OTHER, 3)].map(change);
    journal.seal(&[patrol], Some(&epoch), 0xc6);
    journal.seal(&[Section::Ack(ack.encode()), one, other], Some(&epoch), 0xc7);
    journal
}
