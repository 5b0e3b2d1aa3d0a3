//! The end of a season: a member is given a role, the head is removed with a cut, an envelope of his that is held is admitted,
//! the key is renewed, and the season is closed.
//!
//! It goes on where the rolls of [`World`] end. What our fold makes of it stands in the page beside the envelopes.

use jasaq_fieldbook::protocol::ids::{OperationId, RootHash};
use jasaq_fieldbook::protocol::membership::{
    Cut, CutHead, Join, Judged, Links, Membership, Operation, Placement, Role, RollEntry, SectionPlace,
    Standing, Standpoint, fold, operation_id,
};
use jasaq_fieldbook::protocol::seal::{DeviceKeys, Link, Section, SectionKind, VerifiedEnvelope};

use super::book::Page;
use super::pages::note_envelope;
use super::patrols::{PATROL, key_of};
use super::world::{Journal, World};

/// The journals of the season, and each new kind of operation once.
pub struct Season {
    /// In the order of the page, each with its name there.
    journals: Vec<(&'static str, Journal)>,
    /// By name.
    pub operations: Vec<(&'static str, Operation)>,
}

fn last(journal: &Journal, count: usize) -> CutHead {
    let envelope = &journal.envelopes[count - 1];
    CutHead { journal: journal.id, sequence: envelope.place().sequence, hash: envelope.hash() }
}

impl Season {
    pub fn new(world: &World) -> Self {
        let mut asking = Journal::new(world.squad, &world.invites[2], 0xb0);
        let key = world.invites[2].invite_key();
        asking.operate(&[Operation::Join(Join::make(key, world.ss.id(), 0, &world.vol))]);
        let mut ss = Journal::new(world.squad, world.ss.signing(), 0xb1);
        let (device, role, invite) = (world.vol.public(), Role::Vol, Some(key));
        let head = Some(world.head_member());
        ss.operate(&[
            Operation::Add { device, nonce: [0x76; 16], role, office: None, invite, head },
            world.wrap_for(&world.vol, &world.epoch, 0xb3),
        ]);
        let [vol, head] =
            [(&world.vol, 0xb2), (&world.head, 0xb3)].map(|(device, nonce)| write(world, (device, nonce), 3));
        let mut head_in_squad = Journal::new(world.squad, world.head.signing(), 0xb4);
        let invite = |byte| Operation::Invite {
            key: super::world::signing(byte).invite_key(),
            role: Role::Nse,
            office: None,
            expires_at_ms: super::world::EXPIRES_AT_MS,
        };
        head_in_squad.operate(&[invite(0x53)]);
        let mut season = Self { journals: Vec::new(), operations: Vec::new() };
        season.lead(world, &mut ss, (&vol, &head, &head_in_squad));
        head_in_squad.operate(&[invite(0x54)]);
        season.end(world, &mut ss, &head);
        let mut vol_in_squad = Journal::new(world.squad, world.vol.signing(), 0xb5);
        let operations = vec![operation_id(&ss.envelopes[0].hash(), 1)];
        let lack = Operation::Lack { space: world.patrols, epoch: world.epoch.public().id(), operations };
        vol_in_squad.operate(&[season.say("lack", lack)]);
        season.journals = vec![
            ("invite_vol", asking),
            ("ss_in_squad", ss),
            ("vol", vol),
            ("head", head),
            ("head_in_squad", head_in_squad),
            ("vol_in_squad", vol_in_squad),
        ];
        season
    }

    fn say(&mut self, name: &'static str, operation: Operation) -> Operation {
        self.operations.push((name, operation.clone()));
        operation
    }

    /// The volunteer becomes head; the head is removed, and keeps two of his three envelopes in patrols by a part.
    fn lead(
        &mut self,
        world: &World,
        ss: &mut Journal,
        (vol, head, head_in_squad): (&Journal, &Journal, &Journal),
    ) {
        let added = operation_id(&ss.envelopes[0].hash(), 0);
        let role = Operation::Role {
            device: world.vol.id(),
            role: Role::Head,
            cut: Cut { heads: vec![last(vol, 1)], parts: Vec::new() },
            replaces: vec![added],
        };
        ss.operate(&[self.say("role", role)]);
        let heads = Operation::Heads { device: world.head.id(), heads: vec![last(head, 2)] };
        ss.operate(&[self.say("heads", heads)]);
        let part = operation_id(&ss.envelopes[2].hash(), 0);
        let remove = Operation::Remove {
            device: world.head.id(),
            cut: Cut { heads: vec![last(head_in_squad, 1)], parts: vec![part] },
            replaces: vec![operation_id(&world.rolls[4].envelopes[1].hash(), 0)],
        };
        ss.operate(&[self.say("remove", remove)]);
    }

    /// The key is renewed for who is left, what the head wrote last is admitted but for one statement, and the season ends.
    fn end(&mut self, world: &World, ss: &mut Journal, head: &Journal) {
        let epoch = *world.last_epoch.public().key();
        ss.operate(&[
            Operation::Rotate { space: world.patrols, epoch, parents: Vec::new() },
            world.wrap_for(&world.vol, &world.last_epoch, 0xb4),
        ]);
        let CutHead { journal, sequence, hash } = last(head, 3);
        let place = Placement { space: world.patrols, journal, sequence, hash };
        let (device, key) = (world.head.id(), key_of(&journal, 1));
        let admit =
            |keys, is_admitted| Operation::Admit { device, place, keys, is_admitted, replaces: Vec::new() };
        ss.operate(&[self.say("admit", admit(Vec::new(), true)), admit(vec![key], false)]);
        let sections = vec![SectionPlace { journal, sequence, hash, index: 0 }];
        let attachments = vec![RootHash::from_bytes([0x77; 32])];
        let erase = Operation::Erase { space: world.patrols, document: Some(PATROL), sections, attachments };
        let attachments = vec![RootHash::from_bytes([0x7b; 32])];
        let alone =
            Operation::Erase { space: world.patrols, document: None, sections: Vec::new(), attachments };
        ss.operate(&[self.say("erase", erase), self.say("erase_attachment", alone)]);
        let [of, alone] = [0, 1].map(|index| operation_id(&ss.envelopes.last().unwrap().hash(), index));
        ss.operate(&[self.say("erased", Operation::Erased { operations: vec![of, alone] })]);
        ss.operate(&[self.say("close", Operation::Close { space: world.patrols })]);
    }

    fn envelopes<'a>(&'a self, world: &'a World) -> Vec<&'a VerifiedEnvelope> {
        let journals = world.rolls.iter().chain(self.journals.iter().map(|(_, journal)| journal));
        journals.flat_map(|journal| &journal.envelopes).collect()
    }

    fn entries(&self, world: &World) -> Vec<RollEntry> {
        let mut entries = Vec::new();
        for envelope in self.envelopes(world) {
            for (index, kind, content) in envelope.readable() {
                if kind == SectionKind::Operation {
                    let operation = Operation::decode(content).unwrap();
                    let id = operation_id(&envelope.hash(), index);
                    let at = (envelope.place(), envelope.hash());
                    entries.push(RollEntry::new(id, at, envelope.signer(), operation));
                }
            }
        }
        entries
    }

    fn links(&self, world: &World) -> Links {
        let mut links = Links::default();
        for envelope in self.envelopes(world) {
            let previous = match envelope.header().link() {
                Link::First(_) => None,
                Link::After(hash) => Some(hash),
            };
            links.note((envelope.place().journal, envelope.place().sequence), envelope.hash(), previous);
        }
        links
    }
}

/// Envelopes of a device in patrols, which hold no more than an empty ack.
fn write(world: &World, (device, nonce): (&DeviceKeys, u8), count: u8) -> Journal {
    let mut journal = Journal::new(world.patrols, device.signing(), nonce);
    for _ in 0..count {
        journal.seal(&[Section::Ack(Vec::new())], None, 0);
    }
    journal
}

/// The envelopes, and below them what follows.
pub fn page(world: &World, season: &Season) -> Page {
    let mut page = Page::new(
        "season.txt",
        "The end of a season, behind rolls.txt: the volunteer becomes head, the head is removed with a cut, what he wrote beyond\n\
         it is admitted, the key is renewed, the season closed. Then how each operation stands, by its id in the order of the\n\
         envelopes; what judges each envelope of patrols and of the removed head, by its hash; of the statements of the envelope\n\
         that is admitted, whether they count; what is erased; the epochs, and the one to seal to.",
    );
    for (name, journal) in &season.journals {
        for (number, envelope) in (1..).zip(&journal.envelopes) {
            note_envelope(&mut page, &format!("{name}.{number}"), envelope);
        }
    }
    let (entries, links) = (season.entries(world), season.links(world));
    let membership = fold(world.root.device_id(), &entries, &links);
    for (number, entry) in entries.iter().enumerate() {
        let kind = format!("{:?}", entry.operation.kind()).to_lowercase();
        let stands = format!("{kind}: {}", standing(&membership, &entry.id));
        page.note(&format!("standing.{number}"), entry.id.as_bytes(), &stands);
    }
    for (name, journal) in &season.journals[2..] {
        for (number, envelope) in (1..).zip(&journal.envelopes) {
            let judged = judged(&membership, envelope, &links);
            page.note(&format!("judged.{name}.{number}"), envelope.hash().as_bytes(), &judged);
        }
    }
    let head = &season.journals[3].1;
    let CutHead { journal, sequence, hash } = last(head, 3);
    let place = Placement { space: world.patrols, journal, sequence, hash };
    for number in [1, 2] {
        let key = key_of(&journal, number);
        let decided = if membership.decision(&place, &key) == Some(true) { "counts" } else { "stays held" };
        page.note(&format!("statement.{number}"), &key, decided);
    }
    let record = membership.space(&world.patrols).unwrap();
    assert!(record.is_closed, "the season ended");
    note_erased(&mut page, &membership);
    for (number, by) in (1..).zip(membership.erasures().document(&world.patrols, &PATROL).unwrap()) {
        assert!(membership.erasures().is_obeyed_by(&world.ss.id(), by), "he said so");
        page.note(
            &format!("erased.obeyed.{number}"),
            by.as_bytes(),
            "what erases that document: obeyed by the SS",
        );
    }
    let is_clean = |epoch: &_| membership.is_clean(&world.patrols, epoch);
    for (number, epoch) in (1..).zip(record.epochs.keys()) {
        let clean = if is_clean(epoch) { "clean" } else { "not clean" };
        page.note(&format!("epoch.{number}"), epoch.as_bytes(), clean);
    }
    let newest = record.newest_epoch_of(is_clean).unwrap();
    page.note("newest_epoch", newest.id().as_bytes(), "what is sealed to by who holds it");
    let lacked = record
        .epochs
        .keys()
        .filter(|epoch| membership.lacks(&world.patrols, &world.vol.id(), epoch));
    for (number, epoch) in (1..).zip(lacked) {
        page.note(&format!("lacked.{number}"), epoch.as_bytes(), "lacked by vol");
    }
    let dropped_into = membership.newest_for_others(&world.patrols, |_| true).unwrap();
    page.note(
        "newest_for_others",
        dropped_into.id().as_bytes(),
        "of all epochs, that which fewest readers lack",
    );
    page
}

/// What is erased in patrols.
fn note_erased(page: &mut Page, membership: &Membership) {
    let erasures = membership.erasures();
    for (number, ((_, document), _)) in (1..).zip(erasures.documents()) {
        page.note(&format!("erased.document.{number}"), document.as_bytes(), "a document that is erased");
    }
    for (number, (at, sections)) in (1..).zip(erasures.sections()) {
        let sections: Vec<String> = sections.iter().map(|index| index.to_string()).collect();
        let told = format!("of the envelope of this hash: {}", sections.join(", "));
        page.note(&format!("erased.sections.{number}"), at.hash.as_bytes(), &told);
    }
    for (number, ((_, root), _)) in (1..).zip(erasures.attachments()) {
        page.note(&format!("erased.attachment.{number}"), root.as_bytes(), "the root of one that is erased");
    }
}

fn standing(membership: &Membership, id: &OperationId) -> &'static str {
    match membership.standing(id).unwrap() {
        Standing::Counted => "counts",
        Standing::Waiting => "waiting",
        Standing::Held => "held",
        Standing::NotCounted(_) => "not counted",
    }
}

fn judged(membership: &Membership, envelope: &VerifiedEnvelope, links: &Links) -> String {
    let (place, hash) = (envelope.place(), envelope.hash());
    let at = Standpoint { journal: &place.journal, sequence: place.sequence, hash: &hash };
    match membership.judge(&envelope.signer(), at, links) {
        Judged::Role(role) => format!("role {}", role.number()),
        Judged::Held => "held".to_owned(),
        Judged::Waiting | Judged::Unknown => "waiting".to_owned(),
    }
}
