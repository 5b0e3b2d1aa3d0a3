//! A territory made by hand, whose keys a test holds: also the one that a thief took.

use std::num::NonZeroU8;

use jasaq_model::ids::PersonId;
use jasaq_model::moment::{Moment, UtcTime};
use jasaq_model::register::{CertificateKind, CertificateNumber};
use jasaq_model::words::Name;
use jasaq_protocol::ids::{DeviceId, JournalId, OfficeId, Place, Sequence, SpaceId};
use jasaq_protocol::membership::{Cut, Operation, Role};
use jasaq_protocol::seal::{DeviceKeys, EnvelopeDraft, Link, NextPlace, Section, SigningKey, seal};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;

use super::by_hand::{trust_list_file, trust_list_message};
use super::trust_list::Fields;
use super::*;

/// Keys by number: 1 the root's, 2 and 3 consoles of the territorial subdivision, 4 one of a structural subdivision.
pub(super) fn key(number: u8) -> SigningKey {
    let mut bytes = [9; 64];
    bytes[0] = number;
    SigningKey::from_secret_bytes(&bytes[..32].try_into().unwrap())
}

fn public(number: u8) -> jasaq_protocol::seal::DevicePublic {
    let mut bytes = [9; 64];
    bytes[0] = number;
    DeviceKeys::from_secret_bytes(&bytes).public()
}

pub(super) fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

pub(super) fn number(text: &str) -> CertificateNumber {
    text.parse().unwrap()
}

pub(super) fn now() -> UtcTime {
    "2026-05-03T09:00:00Z".parse().unwrap()
}

pub(super) fn claims() -> CertificateClaims {
    CertificateClaims {
        territory: TerritoryMark::of(&key(1).device_id()),
        kind: CertificateKind::SquadMember,
        number: number("A-17/26"),
        holder: name("Сәрсенбаева Айгерім Нұрланқызы"),
        issued_on: "2026-05-01".parse().unwrap(),
        print: NonZeroU8::MIN,
        subdivision: name("Шекара қызметінің Алматы облысы бойынша департаменті"),
        salt: CertificateSalt::of(PersonId::from_bytes([0x5a; 16])),
    }
}

pub(super) fn root() -> DeviceId {
    key(1).device_id()
}

/// Issued, with this as its only print.
pub(super) fn row(claims: &CertificateClaims) -> TrustRow {
    let prints = vec![Some(claims.hash())];
    TrustRow { number: claims.number.clone(), status: RowStatus::Issued, prints }
}

pub(super) struct District {
    proofs: Vec<Proof>,
}

impl District {
    /// Founded, with two consoles of the territorial subdivision and one of a structural one.
    pub(super) fn new() -> Self {
        let found = Operation::Found { successor: public(7), recovery: public(1).exchange };
        let founding = [found, add(2, Role::Ts)];
        Self { proofs: vec![proof(1, 1, &founding), proof(1, 2, &[add(3, Role::Ts)])] }
    }

    /// Of which no evidence is shown.
    pub(super) fn empty() -> Self {
        Self { proofs: vec![] }
    }

    /// One bit of an envelope is another.
    pub(super) fn tamper(&mut self) {
        *self.proofs[0].wire.last_mut().unwrap() ^= 1;
    }

    /// With one more envelope of somebody's in the roll.
    pub(super) fn with(mut self, signer: u8, operation: Operation) -> Self {
        let nonce = u8::try_from(self.proofs.len()).unwrap() + 1;
        self.proofs.push(proof(signer, nonce, &[operation]));
        self
    }

    pub(super) fn try_file(&self, rows: Vec<TrustRow>) -> Option<Vec<u8>> {
        write_trust_list((root(), self.proofs.clone()), rows, made_at(), &key(2))
    }

    pub(super) fn file(&self, rows: Vec<TrustRow>) -> Vec<u8> {
        self.try_file(rows).unwrap()
    }

    pub(super) fn file_by(&self, signer: u8) -> Vec<u8> {
        write_trust_list((root(), self.proofs.clone()), vec![], made_at(), &key(signer)).unwrap()
    }

    /// Neither sorted nor bounded.
    pub(super) fn file_as_it_is(&self, rows: Vec<TrustRow>) -> Vec<u8> {
        let mut evidence = self.proofs.clone();
        evidence.sort();
        let fields = Fields { root: root(), made_at: made_at(), evidence, rows };
        trust_list_file(&trust_list_message(&fields.encode(), &key(2)))
    }

    pub(super) fn list(&self, rows: Vec<TrustRow>) -> TrustList {
        TrustList::read(&self.file(rows), Some(&root())).unwrap()
    }
}

fn made_at() -> Moment {
    "2026-05-01T18:00:00+05:00".parse().unwrap()
}

pub(super) fn add(device: u8, role: Role) -> Operation {
    let office = Some(OfficeId::from_bytes([device; 16]));
    Operation::Add { device: public(device), nonce: [device; 16], role, office, invite: None, head: None }
}

pub(super) fn remove(device: u8) -> Operation {
    Operation::Remove { device: public(device).id, cut: Cut::default(), replaces: vec![] }
}

fn proof(signer: u8, nonce: u8, operations: &[Operation]) -> Proof {
    let key = key(signer);
    let space = SpaceId::of_territory(&self::key(1).device_id());
    let journal = JournalId::of_device(&key.device_id(), [nonce; 8]);
    let place = Place { space, journal, sequence: Sequence::FIRST };
    let next = NextPlace { place, link: Link::First(key.device_id()) };
    let sections: Vec<Section> = operations
        .iter()
        .map(|operation| Section::Operation(operation.encode()))
        .collect();
    let draft = EnvelopeDraft { next, epoch: None, sections: &sections };
    Proof::of(&seal(&draft, &key, &mut ChaCha20Rng::from_seed([nonce; 32])).unwrap())
}
