//! Exact reader sets, tried with keys: architecture §4 as it is written there, against what each device's vault opens.
//!
//! The table stands here once more, by hand, so that nothing of the programs' own tables proves itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::statement::Kind;
use jasaq_fieldbook::protocol::ids::{DeviceId, DocumentId, EpochId, JournalId, Place, Sequence, SpaceId};
use jasaq_fieldbook::protocol::membership::{Operation, SpaceKind};
use jasaq_fieldbook::protocol::seal::{
    DeviceKeys, EnvelopeDraft, EpochKey, EpochPublic, Link, NextPlace, Section, VerifiedEnvelope,
    WireEnvelope, seal,
};
use jasaq_tests::{Field, Phone, inside, name};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

const SEED: u64 = 4;

/// Who reads a kind of space, and who else writes into it. The second squad, and the second subdivision with its own, are
/// there to read nothing of the first.
const TABLE: [(SpaceKind, &[&str], &[&str]); 7] = [
    (SpaceKind::Register, &["ts"], &[]),
    (SpaceKind::Subdivision, &["ss", "ts"], &[]),
    (SpaceKind::Submission, &["akimat", "ts"], &[]),
    (SpaceKind::Council, &["council", "akimat", "ss", "ts"], &[]),
    (SpaceKind::Patrols, &["aray", "nse", "head", "ss"], &[]),
    (SpaceKind::Protected, &["head", "ss"], &["aray", "nse"]),
    (SpaceKind::ToSubdivision, &["ss"], &["aray", "nse", "head"]),
];

const EVERYBODY: [&str; 9] = ["ts", "ss", "akimat", "council", "head", "aray", "nse", "ss2", "head2"];

fn district() -> Field {
    let mut field = Field::new(SEED);
    let [ts, ss, head] = ["ts", "ss", "head"].map(|name| field.device(name));
    field.phone("aray");
    field.join_squad("nse", head, Role::NonStaffEmployee);
    field.book(ts).create_council(&["SS 1", "әкімдік", "кеңес"], 2026).unwrap();
    field.join_office("akimat", Role::LocalExecutiveBody, "әкімдік");
    field.join_office("council", Role::CoordinationCouncil, "кеңес");
    let other = field.join_office("ss2", Role::StructuralSubdivision, "SS 2");
    field.book(other).create_squad(&name("басқа жасақ"), 2026).unwrap();
    field.join_squad("head2", other, Role::SquadHead);
    field.run_until_quiet();
    assert!(field.book(ss).status().unwrap().role.is_some());
    field
}

/// Every space that anybody's rolls name, with its first key's public half.
fn spaces(field: &Field) -> BTreeMap<SpaceId, (SpaceKind, EpochPublic, DeviceId)> {
    let mut spaces = BTreeMap::new();
    for phone in EVERYBODY.map(|name| field.device(name)) {
        let vault = inside::vault_of(field.home(phone));
        let mut select = vault.prepare("SELECT roll, signer, body FROM operations").unwrap();
        let rows = select
            .query_map([], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, [u8; 32]>(1)?, row.get(2)?)))
            .unwrap();
        for (roll, signer, body) in rows.map(Result::unwrap) {
            let body: Vec<u8> = body;
            let Ok(Operation::Space { nonce, kind, epoch: Some(epoch), .. }) = Operation::decode(&body)
            else {
                continue;
            };
            let maker = DeviceId::from_bytes(signer);
            let space = SpaceId::derive(&SpaceId::from_bytes(roll), &maker, &nonce);
            spaces.insert(space, (kind, EpochPublic::new(epoch), maker));
        }
    }
    spaces
}

/// Every epoch key in the vault of whoever lives here.
fn keys_in(home: &Path) -> Vec<EpochKey> {
    let vault = inside::vault_of(home);
    let mut select = vault.prepare("SELECT secret FROM epochs").unwrap();
    let secrets = select.query_map([], |row| row.get::<_, [u8; 32]>(0)).unwrap();
    secrets.map(|secret| EpochKey::from_secret_bytes(&secret.unwrap())).collect()
}

fn device_keys(home: &Path) -> DeviceKeys {
    let vault = inside::vault_of(home);
    let keys = vault.query_row("SELECT value FROM settings WHERE name = 'device'", [], |row| row.get(0));
    DeviceKeys::from_secret_bytes(&keys.unwrap())
}

/// Anything at all, sealed to a space by somebody: a statement of this kind is as good as any.
fn sealed(by: &DeviceKeys, space: SpaceId, epoch: &EpochPublic, kind: Kind) -> VerifiedEnvelope {
    let journal = JournalId::of_device(&by.id(), [1; 8]);
    let place = Place { space, journal, sequence: Sequence::FIRST };
    let content = Section::Change { document: DocumentId::from_bytes([1; 16]), change: kind.code().into() };
    let next = NextPlace { place, link: Link::First(by.id()) };
    let draft = EnvelopeDraft { next, epoch: Some(epoch), sections: &[content] };
    seal(&draft, by, &mut ChaCha20Rng::seed_from_u64(SEED)).unwrap()
}

fn opens(home: &Path, envelope: &VerifiedEnvelope) -> bool {
    keys_in(home).iter().any(|key| envelope.open(key).is_ok())
}

#[test]
fn every_kind_of_statement_is_opened_by_who_reads_its_space_and_by_nobody_else() {
    let field = district();
    let spaces = spaces(&field);
    let makers: BTreeMap<DeviceId, &str> = EVERYBODY
        .iter()
        .map(|name| (device_keys(field.home(field.device(name))).id(), *name))
        .collect();
    for (kind, readers, writers) in TABLE {
        // Of what there are two, one is the other subdivision's.
        let of_here = |maker: &DeviceId| makers[maker] != "ss2";
        let mut here: Vec<_> = spaces
            .iter()
            .filter(|(_, (of, _, maker))| *of == kind && of_here(maker))
            .collect();
        if kind == SpaceKind::Subdivision {
            let ss = field.home(field.device("ss"));
            here.retain(|(_, (_, epoch, _))| keys_in(ss).iter().any(|key| key.public() == *epoch));
        }
        let [(space, (_, epoch, _))] = here.as_slice() else { panic!("there is one {kind:?}: {here:?}") };
        for writer in readers.iter().chain(writers) {
            let by = device_keys(field.home(field.device(writer)));
            for statement in Kind::ALL {
                let envelope = sealed(&by, **space, epoch, *statement);
                for name in EVERYBODY {
                    let may = readers.contains(&name);
                    let does = opens(field.home(field.device(name)), &envelope);
                    assert_eq!(does, may, "{name} opens {statement} of {writer} in {kind:?}");
                }
            }
        }
    }
}

/// Every envelope that a relay stores, with its space and whoever signed it.
fn stored(field: &Field) -> Vec<VerifiedEnvelope> {
    let relay = inside::relay_of(&field.relay_file());
    let mut select = relay
        .prepare(
            "SELECT envelopes.space AS space, journals.journal AS journal, sequence, signers.signer AS signer, wire,
                 (SELECT hash FROM envelopes p WHERE p.journal = envelopes.journal AND p.sequence = envelopes.sequence - 1)
             FROM envelopes JOIN journals ON journals.id = envelopes.journal
             JOIN signers ON signers.id = journals.signer ORDER BY envelopes.rowid",
        )
        .unwrap();
    let of_space = |id: i64| -> [u8; 16] {
        relay
            .query_row("SELECT space FROM spaces WHERE id = ?1", [id], |row| row.get(0))
            .unwrap()
    };
    let rows = select
        .query_map([], |row| {
            let (space, journal): (i64, [u8; 16]) = (row.get("space")?, row.get("journal")?);
            let sequence: i64 = row.get("sequence")?;
            let (signer, wire): ([u8; 32], Vec<u8>) = (row.get("signer")?, row.get("wire")?);
            let before: Option<[u8; 32]> = row.get(5)?;
            Ok((of_space(space), journal, sequence, signer, wire, before))
        })
        .unwrap();
    rows.map(Result::unwrap)
        .map(|(space, journal, sequence, signer, wire, before)| {
            let place = Place {
                space: SpaceId::from_bytes(space),
                journal: JournalId::from_bytes(journal),
                sequence: Sequence::new(sequence.cast_unsigned()).unwrap(),
            };
            let signer = DeviceId::from_bytes(signer);
            let link = before.map_or(Link::First(signer), |hash| {
                Link::After(jasaq_fieldbook::protocol::ids::EnvelopeHash::from_bytes(hash))
            });
            WireEnvelope::decode(&wire).unwrap().at(place, link).verify(&signer).unwrap()
        })
        .collect()
}

/// The spaces in which a device's vault opens anything that the relay stores.
fn opened_by(field: &Field, phone: Phone) -> BTreeSet<SpaceId> {
    let keys = keys_in(field.home(phone));
    let all = stored(field).into_iter().filter(|envelope| envelope.header().epoch().is_some());
    let opened = all.filter(|envelope| keys.iter().any(|key| envelope.open(key).is_ok()));
    opened.map(|envelope| envelope.place().space).collect()
}

#[test]
fn a_lost_phone_opens_its_squads_patrols_up_to_its_removal_and_nothing_else() {
    let mut field = district();
    let [ss, head, aray, head2] = ["ss", "head", "aray", "head2"].map(|name| field.device(name));
    for by in [head, aray, ss, head2] {
        let patrol = field.start_patrol(by);
        field.write(by, patrol, "тұман");
    }
    field.run_until_quiet();
    let kinds = spaces(&field);
    let of_here = opened_by(&field, aray);
    assert_eq!(of_here.len(), 1, "one squad's patrols");
    assert!(of_here.iter().all(|space| kinds[space].0 == SpaceKind::Patrols));
    assert!(of_here.is_disjoint(&opened_by(&field, head2)), "and not another squad's");
    let own_keys: Vec<EpochId> = keys_in(field.home(aray)).iter().map(|key| key.public().id()).collect();
    assert_eq!(own_keys.len(), 1, "it holds no other key either");

    let lost = field.id(aray);
    field.book(head).remove_device(&lost, false).unwrap();
    for phone in [head, ss] {
        field.contact(phone);
    }
    let before: BTreeSet<_> = stored(&field).iter().map(VerifiedEnvelope::hash).collect();
    let patrol = field.start_patrol(ss);
    field.write(ss, patrol, "із");
    for phone in [ss, aray] {
        field.contact(phone);
    }
    let keys = keys_in(field.home(aray));
    let is_later = |envelope: &VerifiedEnvelope| {
        !before.contains(&envelope.hash()) && envelope.header().epoch().is_some()
    };
    let later: Vec<VerifiedEnvelope> = stored(&field).into_iter().filter(is_later).collect();
    assert!(!later.is_empty(), "otherwise the rule is proved of nothing");
    assert!(!later.iter().any(|envelope| keys.iter().any(|key| envelope.open(key).is_ok())));
}
