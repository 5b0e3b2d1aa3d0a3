//! Scenario 5: a relay that was wiped, rolled back to a backup, or replaced heals from any member, others' envelopes
//! included. The databases are real files, and the backups the operator's own.

use std::path::PathBuf;

use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::protocol::ids::RelayId;
use jasaq_fieldbook::protocol::journal::Frontier;
use jasaq_fieldbook::protocol::sync::{Cursor, Frame, FrameWriter, RequestEffect, RequestReader};
use jasaq_fieldbook::{Carrier, CarrierFailed, ContactReport, Membering};
use jasaq_relay::Relay;
use jasaq_relay::keeping::{Copy, back_up, check, restore};
use jasaq_tests::{Field, Phone, inside};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use tempfile::TempDir;

/// A district whose relay keeps its file in a folder.
struct Kept {
    folder: TempDir,
    field: Field,
    patrol: PatrolId,
    ayan: Phone,
}

impl Kept {
    /// Ayan and Bek are on patrol, and everybody has everything.
    fn new(seed: u64) -> Self {
        let mut field = Field::new(seed);
        let folder = TempDir::new().unwrap();
        let relay = Relay::open(&folder.path().join("relay.db"), &[field.root()], &mut field.relay_chance());
        drop(field.take_relay());
        field.restore_relay(relay.unwrap());
        field.run_until_quiet();
        let (ayan, bek) = (field.phone("ayan"), field.phone("bek"));
        let patrol = field.start_patrol(ayan);
        field.run_until_quiet();
        for number in 0..40 {
            field.write(ayan, patrol, &format!("ayan {number}"));
            field.write(bek, patrol, &format!("bek {number}"));
        }
        field.run_until_quiet();
        Self { folder, field, patrol, ayan }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn back_up(&self) {
        let (from, to) = (self.path("relay.db"), self.path("backup.db"));
        back_up(Copy { from: &from, to: &to, replace: true }, 1_700_000_000, &mut |_| ()).unwrap();
    }

    /// What the relay holds.
    fn envelopes(&mut self) -> u64 {
        let relay = self.field.take_relay();
        let envelopes = relay.stock().unwrap().envelopes;
        self.field.restore_relay(relay);
        envelopes
    }

    /// The operator puts the backup into place.
    fn roll_back(&mut self) {
        self.field.take_relay().close().unwrap();
        let (from, to) = (self.path("backup.db"), self.path("relay.db"));
        let copied = restore(Copy { from: &from, to: &to, replace: true }, &mut |_| ()).unwrap();
        assert!(copied.set_aside.is_some_and(|file| file.exists()));
        self.open("relay.db", self.field.relay_chance());
    }

    /// Another file takes the relay's place.
    fn open(&mut self, name: &str, mut chance: ChaCha20Rng) {
        let relay = Relay::open(&self.path(name), &[self.field.root()], &mut chance).unwrap();
        self.field.restore_relay(relay);
    }

    /// Contacts of one device alone, until the relay asks for nothing more. Says how many spaces were behind.
    fn only(&mut self, phone: Phone) -> usize {
        let before = self.envelopes();
        let mut rewound = 0;
        loop {
            let report = self.field.contact(phone);
            rewound += report.rewound;
            let is_up = self.field.book(phone).status().unwrap().outbox_envelopes == 0;
            if is_up && !report.more && report.rewound == 0 {
                break;
            }
        }
        assert!(self.envelopes() > before, "otherwise nothing was healed");
        rewound
    }

    /// Whether a console that was never here finds the patrol with everything in it.
    fn a_newcomer_reads_everything(&mut self) {
        let head = self.field.device("head");
        let newcomer = self.field.join_squad("newcomer", head, Role::Volunteer);
        while self.field.contact(newcomer).more {}
        let texts = self.field.texts(self.ayan, self.patrol);
        assert!(texts.len() > 80, "otherwise there is not much to find");
        assert_eq!(self.field.texts(newcomer, self.patrol), texts);
    }

    fn is_sound(&self, name: &str) {
        let report = check(&self.path(name), &mut |_| ()).unwrap();
        assert!(report.is_sound(), "{:?}", report.defects);
    }
}

/// Three more entries of Ayan, which everybody has; his phone is out of reach from then on.
fn and_then_ayan_leaves(kept: &mut Kept) {
    for number in 0..3 {
        kept.field.write(kept.ayan, kept.patrol, &format!("later {number}"));
    }
    kept.field.run_until_quiet();
}

#[test]
fn scenario_05_a_relay_rolled_back_to_its_backup_is_refilled_by_any_member() {
    for member in ["head", "bek", "ss"] {
        let mut kept = Kept::new(5);
        kept.back_up();
        and_then_ayan_leaves(&mut kept);
        let all = kept.envelopes();
        kept.roll_back();
        assert!(kept.envelopes() < all, "otherwise nothing was lost");
        let member = kept.field.device(member);
        assert!(kept.only(member) > 0, "the relay said that it was behind");
        assert_eq!(kept.envelopes(), all, "Ayan's too, which he did not bring");
        kept.a_newcomer_reads_everything();
        kept.is_sound("relay.db");
    }
}

#[test]
fn scenario_05_a_wiped_relay_is_refilled_by_any_member() {
    for member in ["head", "bek", "ss"] {
        let mut kept = Kept::new(6);
        and_then_ayan_leaves(&mut kept);
        let all = kept.envelopes();
        drop(kept.field.take_relay());
        kept.open("wiped.db", kept.field.relay_chance());
        let member = kept.field.device(member);
        assert!(kept.only(member) > 0, "the relay said that it was behind");
        assert_eq!(kept.envelopes(), all);
        kept.a_newcomer_reads_everything();
        kept.is_sound("wiped.db");
    }
}

#[test]
fn scenario_05_a_replaced_relay_is_filled_once_its_identity_is_accepted_and_not_before() {
    let mut kept = Kept::new(7);
    and_then_ayan_leaves(&mut kept);
    let all = kept.envelopes();
    drop(kept.field.take_relay());
    kept.open("replaced.db", ChaCha20Rng::seed_from_u64(70));
    let relay = kept.field.take_relay();
    let identity = relay.id();
    kept.field.restore_relay(relay);
    assert!(kept.field.try_contact(kept.ayan).1.is_err(), "nobody said that this is the relay now");
    assert_eq!(kept.envelopes(), 0);
    let accepted =
        |kept: &mut Kept, phone| kept.field.book(phone).set_relay("memory:", Some(identity)).unwrap();
    let head = kept.field.device("head");
    accepted(&mut kept, head);
    assert_eq!(kept.only(head), 0, "with a relay that it has just met a device begins at once");
    assert_eq!(kept.envelopes(), all);
    let ayan = kept.ayan;
    accepted(&mut kept, ayan);
    kept.field.contact(ayan);
    kept.a_newcomer_reads_everything();
    kept.is_sound("replaced.db");
}

#[test]
fn scenario_05_the_first_sync_fills_a_replaced_relay_and_everything_goes_up_once() {
    let mut field = Field::new(10);
    let (ss, mut phones) = (field.device("ss"), Vec::new());
    for squad in ["жасақ 2", "жасақ 3", "жасақ 4"] {
        field.book(ss).create_squad(&jasaq_tests::name(squad), 2026).unwrap();
        let head = field.join_named_squad(squad, ss, (Role::SquadHead, squad));
        for phone in 0..5 {
            phones.push(field.join_squad(&format!("{squad} {phone}"), head, Role::Volunteer));
        }
    }
    for phone in phones {
        let patrol = field.start_patrol(phone);
        field.write(phone, patrol, "тыныш");
    }
    field.run_until_quiet();
    for member in ["ss", "ts", "жасақ 3", "жасақ 4 2"] {
        let identity = field.replace_relay();
        let member = field.device(member);
        field.book(member).set_relay("memory:", Some(identity)).unwrap();
        let (mut satchel, mut report) = (Vec::new(), ContactReport::default());
        field.book(member).export_satchel(&mut satchel).unwrap();
        field.over_link(member, |book, link| book.sync(link, &mut report)).unwrap();
        assert_eq!(field.book(member).status().unwrap().outbox_envelopes, 0, "{report:?}");
        assert!(report.refused.is_empty() && report.pushed > 30, "{report:?}");
        let held = satchel.len() as u64;
        assert!(report.bytes_up < held + held / 10, "{} bytes went up for {held}", report.bytes_up);
    }
}

#[test]
fn scenario_05_a_roll_back_while_everybody_writes_on_loses_nothing() {
    let mut kept = Kept::new(8);
    for round in 0..4 {
        kept.back_up();
        let everybody = kept.field.readers();
        for phone in &everybody {
            kept.field.write(*phone, kept.patrol, &format!("round {round}"));
            kept.field.contact(*phone);
        }
        kept.roll_back();
        for phone in &everybody {
            kept.field.write(*phone, kept.patrol, &format!("after {round}"));
        }
        kept.field.run_until_quiet();
        assert!(kept.field.show_alike(&everybody, kept.patrol));
    }
    assert_eq!(kept.field.texts(kept.ayan, kept.patrol).len(), 80 + 4 * 2 * kept.field.readers().len());
    kept.is_sound("relay.db");
}

#[test]
fn scenario_05_after_a_roll_back_nothing_is_fetched_that_is_held() {
    let mut kept = Kept::new(13);
    kept.back_up();
    and_then_ayan_leaves(&mut kept);
    let all = kept.envelopes();
    kept.roll_back();
    let lost = usize::try_from(all - kept.envelopes()).unwrap();
    for (member, brings) in [("bek", lost), ("head", 0), ("ss", 0)] {
        let (phone, mut report) = (kept.field.device(member), ContactReport::default());
        kept.field.over_link(phone, |book, link| book.sync(link, &mut report)).unwrap();
        assert!(brings == 0 || report.rewound > 0, "otherwise nothing is proved: {report:?}");
        assert_eq!((report.known, report.received, report.more), (0, 0, false), "{member}: {report:?}");
        assert!(report.stored >= brings, "{member}: {report:?}");
    }
    assert_eq!(kept.envelopes(), all);
    kept.a_newcomer_reads_everything();
}

#[test]
fn scenario_05_a_relay_that_holds_the_same_in_another_order_is_asked_from_the_start() {
    let mut kept = Kept::new(14);
    kept.back_up();
    and_then_ayan_leaves(&mut kept);
    let [bek, head, ss] = ["bek", "head", "ss"].map(|name| kept.field.device(name));
    // The relay had Bek's before the head's. After the roll-back the head brings his own first, then Bek's, and not what
    // the SS wrote, which only Bek has heard.
    for (phone, text) in [(bek, "жеке"), (head, "бөлек"), (ss, "бөлім")] {
        kept.field.contact(head);
        kept.field.write(phone, kept.patrol, text);
        kept.field.contact(phone);
    }
    kept.field.contact(bek);
    kept.roll_back();
    for (phone, rewound) in [(head, 1), (bek, 2)] {
        let mut report = ContactReport::default();
        kept.field.over_link(phone, |book, link| book.sync(link, &mut report)).unwrap();
        assert!(report.rewound >= rewound && !report.more, "{phone:?}: {report:?}");
    }
    kept.field.run_until_quiet();
    let texts = kept.field.texts(kept.ayan, kept.patrol);
    for phone in [bek, head] {
        assert_eq!(kept.field.texts(phone, kept.patrol), texts);
        let after = kept.field.contact(phone);
        assert_eq!((after.passed, after.rewound, after.pushed), (0, 0, 0), "{after:?}");
    }
    kept.is_sound("relay.db");
}

/// A contact breaks, so that little is exchanged at a time from then on.
fn and_the_link_breaks(field: &mut Field, phone: Phone) {
    let ticket = field.book(phone).prepare_contact().unwrap().ticket;
    let answer = field.book(phone).open_answer(ticket).unwrap();
    let (broken, mut report) = (Err(CarrierFailed::Broken), ContactReport::default());
    field.book(phone).finish_answer(answer, broken, &mut report).unwrap_err();
}

#[test]
fn scenario_05_one_sync_is_enough_though_only_envelopes_come_that_are_held() {
    let mut kept = Kept::new(11);
    let bek = kept.field.device("bek");
    for number in 0..80 {
        kept.field
            .write(kept.ayan, kept.patrol, &format!("{number}: жаяу, тыныш, ештеңе жоқ"));
        kept.field.book(kept.ayan).flush().unwrap();
    }
    kept.field.run_until_quiet();
    kept.back_up();
    and_then_ayan_leaves(&mut kept);
    kept.roll_back();
    // His vault was written by a program that kept no numbers.
    let vault = inside::vault_of(kept.field.home(bek));
    assert!(vault.execute("UPDATE envelopes SET number = NULL", []).unwrap() > 80);
    drop(vault);
    and_the_link_breaks(&mut kept.field, bek);
    let mut report = ContactReport::default();
    kept.field.over_link(bek, |book, link| book.sync(link, &mut report)).unwrap();
    assert!(report.known > 80 && report.received == 0, "otherwise something else moved: {report:?}");
    assert!(!report.more, "{report:?}");
    let after = kept.field.contact(bek);
    assert_eq!((after.passed, after.pushed, after.more), (0, 0, false), "{after:?}");
}

/// A relay that stores what it is brought and says in every answer that it has lost everything.
struct Forgetful<'a>(&'a mut Relay);

impl Carrier for Forgetful<'_> {
    fn fetch_identity(&mut self, _: &str) -> Result<RelayId, CarrierFailed> {
        Ok(self.0.id())
    }

    fn carry(&mut self, _: &str, request: &[u8], answer: &mut dyn FnMut(&[u8])) -> Result<(), CarrierFailed> {
        let asked = RequestReader::new(self.0.id()).take(request).unwrap();
        let mut writer = FrameWriter::new();
        for effect in &asked {
            let RequestEffect::Head(head) = effect else { continue };
            for Cursor { space, .. } in head.cursors() {
                writer.frame(&Frame::Rewound { space: *space, held: Frontier::new() });
            }
        }
        writer.frame(&Frame::End { more: true });
        let bytes = self.0.answer(request).unwrap().bytes;
        let receipt = 3 + usize::from(u16::from_be_bytes([bytes[1], bytes[2]]));
        answer(&[&bytes[..receipt], &writer.take()].concat());
        Ok(())
    }
}

#[test]
fn scenario_06_a_relay_that_forgets_in_every_answer_is_left_and_that_something_is_left_is_said() {
    let mut kept = Kept::new(12);
    kept.field.write(kept.ayan, kept.patrol, "тыныш");
    kept.field.contact(kept.ayan);
    let mut relay = kept.field.take_relay();
    let (bek, mut report) = (kept.field.device("bek"), ContactReport::default());
    kept.field.book(bek).sync(&mut Forgetful(&mut relay), &mut report).unwrap();
    assert!(report.more && report.rewound > 1, "{report:?}");
    assert!(report.requests < 20, "{report:?}");
    kept.field.restore_relay(relay);
    kept.field.run_until_quiet();
    assert_eq!(kept.field.texts(bek, kept.patrol), kept.field.texts(kept.ayan, kept.patrol));
}

#[test]
fn a_phone_that_waits_offers_its_own_request_again_and_nothing_of_what_it_carries() {
    let mut kept = Kept::new(9);
    let head = kept.field.device("head");
    let membering = Membering::Squad { role: Role::Volunteer, squad: None };
    let code = kept.field.book(head).invite(membering).unwrap().code;
    let waiting = kept.field.ask_to_join("waits", &code, 0);
    assert!(kept.field.carry_satchel(head, waiting).new > 10, "otherwise it carries little");
    kept.field.run_until_quiet();
    assert_eq!(kept.field.contact(waiting).pushed, 1, "of a relay that was wiped nobody tells it");
    drop(kept.field.take_relay());
    kept.open("wiped.db", kept.field.relay_chance());
    kept.field.run_until_quiet();
    let asking = kept.field.book(head).waiting_joins().unwrap();
    assert_eq!(asking.len(), 1, "its request is there again");
}
