//! Protocol §8, what bytes may say that they should not, by the rows' numbers: forgeries, garbage, replays, and what a newer
//! program means well.

use automerge::ScalarValue;
use jasaq_fieldbook::ContactReport;
use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::protocol::ids::{DocumentId, JournalId, Place, SpaceId};
use jasaq_fieldbook::protocol::limits::SIGNER_JOURNALS_MAX;
use jasaq_fieldbook::protocol::seal::Section;
use jasaq_fieldbook::protocol::sync::{SatchelReader, SatchelWriter};
use jasaq_tests::{Field, Hand, Phone, change, inside, key};

const SEED: u64 = 82;

struct Squad {
    field: Field,
    aray: Phone,
    readers: Vec<Phone>,
    patrol: PatrolId,
}

impl Squad {
    fn new() -> Self {
        let mut field = Field::new(SEED);
        let aray = field.phone("aray");
        let dana = field.phone("dana");
        let readers = vec![field.device("ss"), field.device("head"), dana];
        let patrol = field.start_patrol(dana);
        field.write(dana, patrol, "0 бұрын");
        field.run_until_quiet();
        Self { field, aray, readers, patrol }
    }

    fn roll(&self) -> SpaceId {
        SpaceId::of_territory(&self.field.root())
    }

    fn hand(&self) -> Hand {
        Hand::in_patrols(self.field.home(self.aray), self.roll(), SEED)
    }

    fn document(&self) -> DocumentId {
        DocumentId::from_bytes(*self.patrol.as_bytes())
    }

    /// Everybody gets it by hand, and then meets at the relay.
    fn hand_out(&mut self, satchel: &[u8]) {
        for reader in self.readers.clone() {
            self.field.book(reader).import_satchel(&mut &satchel[..]).unwrap();
        }
        self.field.run_until_quiet();
    }

    /// All show these texts and no other, alike, and are whole.
    fn check(&mut self, texts: &[&str]) {
        for reader in self.readers.clone() {
            assert_eq!(self.field.texts(reader, self.patrol), texts, "{reader:?}");
            let report = self.field.book(reader).doctor().unwrap();
            assert!(report.is_whole, "{report:?}");
            assert_eq!((report.defects, report.rows_rebuilt, report.differing), (0, 0, 0), "{report:?}");
        }
        let readers = self.readers.clone();
        assert!(self.field.show_alike(&readers, self.patrol));
    }
}

fn text(words: &str) -> ScalarValue {
    ScalarValue::Str(words.into())
}

#[test]
fn scenario_03_a_forged_actor_is_refused_by_everybody_alike_and_blocks_nobody() {
    let mut squad = Squad::new();
    let mut hand = squad.hand();
    let vault = inside::vault_of(squad.field.home(squad.readers[1]));
    let others = "SELECT journal FROM statements WHERE kind = 'entry' LIMIT 1";
    let victim: [u8; 16] = vault.query_row(others, [], |row| row.get(0)).unwrap();
    let (victim, document) = (JournalId::from_bytes(victim), squad.document());
    let forged = change(&victim, &[("00000000.1", &[("kind", text("entry")), ("text", text("жалған"))])]);
    hand.seal(&[Section::Change { document, change: forged }]);
    squad.hand_out(&hand.satchel());
    squad.check(&["0 бұрын"]);
    for reader in squad.readers.clone() {
        let vault = inside::vault_of(squad.field.home(reader));
        let refused = inside::number(&vault, "SELECT count(*) FROM envelopes WHERE state = 2");
        assert_eq!(refused, 1, "it is kept and nothing of it is merged");
    }
}

#[test]
fn scenario_04_a_bad_envelope_among_good_ones_blocks_none_of_them() {
    let mut squad = Squad::new();
    let whole = {
        for number in 1..4 {
            squad.field.write(squad.aray, squad.patrol, &format!("{number} жазба"));
            squad.field.book(squad.aray).flush().unwrap();
        }
        let mut satchel = Vec::new();
        squad.field.book(squad.aray).export_satchel(&mut satchel).unwrap();
        satchel
    };
    let (effects, _) = SatchelReader::new(squad.roll()).take(&whole);
    let mut bad = SatchelWriter::new(squad.roll());
    let mut count = 0_u64;
    for effect in effects {
        let jasaq_fieldbook::protocol::sync::SatchelEffect::Arrived(arrived) = effect else { continue };
        count += 1;
        // Garbage, a newer version, a signature that does not fit, and what inflates to anything: each in a journal of its own.
        for kind in 0..4_u8 {
            let mut wire = arrived.wire.clone();
            match kind {
                0 => wire = vec![0xff; 60],
                1 => wire[0] |= 0x80,
                2 => *wire.last_mut().unwrap() ^= 1,
                _ => wire = [wire, vec![0; 300]].concat(),
            }
            let mut journal = [kind; 16];
            journal[..8].copy_from_slice(&count.to_be_bytes());
            let place = Place { journal: JournalId::from_bytes(journal), ..arrived.place };
            bad.envelope(place, &wire);
        }
        bad.envelope(arrived.place, &arrived.wire);
    }
    let bad = bad.finish();
    let head = squad.readers[1];
    let report = squad.field.book(head).import_satchel(&mut bad.as_slice()).unwrap();
    assert!(report.refused + report.waiting > 3, "{report:?}");
    assert_eq!(squad.field.texts(head, squad.patrol), ["0 бұрын", "1 жазба", "2 жазба", "3 жазба"]);
    squad.field.run_until_quiet();
    squad.check(&["0 бұрын", "1 жазба", "2 жазба", "3 жазба"]);
}

#[test]
fn scenario_16_replayed_foreign_reordered_and_duplicated_envelopes_change_nothing() {
    let mut squad = Squad::new();
    for number in 1..5 {
        squad.field.write(squad.aray, squad.patrol, &format!("{number} жазба"));
        squad.field.book(squad.aray).flush().unwrap();
    }
    let mut satchel = Vec::new();
    squad.field.book(squad.aray).export_satchel(&mut satchel).unwrap();
    let (effects, _) = SatchelReader::new(squad.roll()).take(&satchel);
    let arrived: Vec<_> = effects
        .into_iter()
        .filter_map(|effect| match effect {
            jasaq_fieldbook::protocol::sync::SatchelEffect::Arrived(arrived) => Some(arrived),
            jasaq_fieldbook::protocol::sync::SatchelEffect::Steps { .. }
            | jasaq_fieldbook::protocol::sync::SatchelEffect::Ended => None,
        })
        .collect();
    let mut twisted = SatchelWriter::new(squad.roll());
    // Backwards, twice, and each once more as if it stood in the territory's roll.
    for arrived in arrived.iter().rev().chain(&arrived).chain(&arrived) {
        twisted.envelope(arrived.place, &arrived.wire);
        if arrived.place.space != squad.roll() {
            twisted.envelope(Place { space: squad.roll(), ..arrived.place }, &arrived.wire);
        }
    }
    squad.hand_out(&twisted.finish());
    squad.check(&["0 бұрын", "1 жазба", "2 жазба", "3 жазба", "4 жазба"]);
    let roll = squad.roll();
    for reader in squad.readers.clone() {
        let vault = inside::vault_of(squad.field.home(reader));
        let foreign = "SELECT count(*) FROM envelopes e JOIN journals j ON j.journal = e.journal WHERE e.space <> j.space";
        assert_eq!(inside::number(&vault, foreign), 0);
        let roll = u128::from_be_bytes(*roll.as_bytes());
        let sealed = format!("SELECT count(*) FROM changes WHERE space = x'{roll:032x}'");
        assert_eq!(inside::number(&vault, &sealed), 0, "nothing of a patrol stands in the roll");
    }
    // A whole request once more, as a proxy on the way repeats it, and later, as somebody kept it.
    let [first, second] = [(); 2].map(|()| squad.field.book(squad.aray).prepare_contact().unwrap().request);
    let relay = squad.field.relay();
    assert!(relay.answer(&first).is_ok());
    let stock = relay.stock().unwrap();
    assert!(relay.answer(&first).is_ok(), "its answer may have been lost");
    assert_eq!(relay.stock().unwrap(), stock, "nothing is stored twice");
    assert!(relay.answer(&second).is_ok());
    assert!(relay.answer(&first).is_err(), "a counter is used once");
}

#[test]
fn scenario_23_what_a_newer_program_says_is_carried_preserved_and_set_aside() {
    let mut squad = Squad::new();
    let mut hand = squad.hand();
    let (journal, document) = (hand.journal(), squad.document());
    let at = ScalarValue::Int(1_777_604_400_000);
    let statements = [
        // A kind of a newer program, a field of one on a kind of ours, and a scalar that we do not have.
        (
            key(&journal, 1),
            vec![("kind", text("drone_flight")), ("at", at.clone()), ("battery", ScalarValue::Int(80))],
        ),
        (
            key(&journal, 2),
            vec![("kind", text("entry")), ("at", at.clone()), ("mood", ScalarValue::F64(0.5))],
        ),
    ];
    let statements: Vec<(&str, &[(&str, ScalarValue)])> = statements
        .iter()
        .map(|(key, fields)| (key.as_str(), fields.as_slice()))
        .collect();
    hand.seal(&[Section::Change { document, change: change(&journal, &statements) }]);
    let mut roll = Hand::in_roll(squad.field.home(squad.readers[0]), squad.roll(), SEED + 1);
    roll.seal(&[Section::Operation(vec![0x82, 0x18, 0x63, 0x80])]);
    squad.hand_out(&hand.satchel());
    squad.hand_out(&roll.satchel());
    squad.check(&["0 бұрын"]);
    for reader in squad.readers.clone() {
        let vault = inside::vault_of(squad.field.home(reader));
        let kept = "SELECT count(*) FROM statements WHERE kind = 'drone_flight' OR length(fields) <= 1";
        assert_eq!(inside::number(&vault, kept), 2, "both are here, and named");
        let status = squad.field.book(reader).status().unwrap();
        assert!(status.not_counted > 0, "what is not known does not count, and is told: {status:?}");
    }
    // Whoever joins later is given it too, and what comes after it counts.
    let late = squad.field.phone("late");
    squad.field.write(squad.aray, squad.patrol, "1 кейін");
    squad.field.run_until_quiet();
    squad.readers.push(late);
    squad.check(&["0 бұрын", "1 кейін"]);
    let vault = inside::vault_of(squad.field.home(late));
    let operations = inside::number(&vault, "SELECT count(*) FROM operations WHERE hex(body) = '82186380'");
    assert_eq!(operations, 1, "an operation of a newer program is carried on");
    let mut report = ContactReport::default();
    squad.field.over_link(late, |book, link| book.sync(link, &mut report)).unwrap();
    assert!(!report.more);
}

#[test]
fn a_member_who_opens_journals_without_end_fills_no_phone_and_keeps_nobody_back() {
    let mut squad = Squad::new();
    let mut hand = squad.hand();
    for _ in 0..=SIGNER_JOURNALS_MAX {
        hand.open_journal();
        hand.seal(&[Section::Ack(Vec::new())]);
    }
    let reader = squad.readers[0];
    let report = squad.field.book(reader).import_satchel(&mut hand.satchel().as_slice()).unwrap();
    assert_eq!((report.new as u64, report.refused), (SIGNER_JOURNALS_MAX, 1), "{report:?}");
    let dana = squad.field.device("dana");
    squad.field.write(dana, squad.patrol, "1 кейін");
    squad.field.contact(dana);
    while squad.field.contact(reader).more {}
    assert_eq!(squad.field.texts(reader, squad.patrol), ["0 бұрын", "1 кейін"]);
}
