//! What a host can rely on at the border. The rules of the domain are tested where they live; here it is only about what
//! crosses, when, and how often.
//!
//! The district is two consoles that are cores, one phone of the head's that is a [`Fieldbook`], and a relay in memory that
//! each of them reaches through a carrier of its own.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use jasaq_fieldbook::model::entry::{Activity, BorderServiceKind};
use jasaq_fieldbook::model::patrol::ActivityMode;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::model::words::{Language, Name};
use jasaq_fieldbook::protocol::attachment::PartHead;
use jasaq_fieldbook::protocol::ids::RelayId;
use jasaq_fieldbook::{
    Carrier as CoreCarrier, CarrierFailed as CoreFailed, CertificateFlaw, Custody,
    FieldbookRefused as CoreRefused, Membering, RootSheets,
};
use jasaq_relay::Relay;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use tempfile::TempDir;

mod carried;
mod contacts;
mod locks;

use super::*;
use crate::carrier::{CarrierFailed, NewAnswer, PartsRequestView};
use crate::custody::{CustodyNotice, WatcherFailed};
use crate::entry::{NewPosition, Point, PositionOrigin};
use crate::key_holder::KeyHolderRefused;

/// A phone's hardware: it turns the bits that its mask names, and says no if it is told to.
#[derive(Default)]
struct Hardware {
    mask: u8,
    refuses: Mutex<Option<KeyHolderRefused>>,
    asked: AtomicUsize,
    meanwhile: Mutex<Option<Box<dyn Fn() + Send>>>,
}

impl KeyHolder for Hardware {
    fn wrap(&self, key: Vec<u8>) -> Result<Vec<u8>, KeyHolderRefused> {
        self.unwrap(key)
    }

    fn unwrap(&self, wrapped: Vec<u8>) -> Result<Vec<u8>, KeyHolderRefused> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if let Some(meanwhile) = &*self.meanwhile.lock().unwrap() {
            meanwhile();
        }
        let turned = wrapped.iter().map(|byte| byte ^ self.mask).collect();
        self.refuses.lock().unwrap().map_or(Ok(turned), Err)
    }
}

fn hardware() -> Arc<Hardware> {
    Arc::new(Hardware { mask: 7, ..Hardware::default() })
}

/// A relay within reach of everybody.
#[derive(Clone)]
struct SharedRelay(Arc<Mutex<Relay>>);

impl SharedRelay {
    fn answer(&self, request: &[u8]) -> Vec<u8> {
        self.0.lock().unwrap().answer(request).unwrap().bytes
    }
}

impl CoreCarrier for SharedRelay {
    fn fetch_identity(&mut self, _: &str) -> Result<RelayId, CoreFailed> {
        Ok(self.0.lock().unwrap().id())
    }

    fn carry(&mut self, _: &str, request: &[u8], answer: &mut dyn FnMut(&[u8])) -> Result<(), CoreFailed> {
        answer(&self.answer(request));
        Ok(())
    }
}

impl Carrier for SharedRelay {
    fn fetch_identity(&self, _: String) -> Result<String, CarrierFailed> {
        Ok(self.0.lock().unwrap().id().to_string())
    }

    fn carry(&self, _: String, request: Vec<u8>, _: u32) -> Result<NewAnswer, CarrierFailed> {
        Ok(NewAnswer { bytes: self.answer(&request), is_whole: true })
    }

    fn carry_parts(&self, _: String, request: PartsRequestView, _: u32) -> Result<NewAnswer, CarrierFailed> {
        let mut relay = self.0.lock().unwrap();
        let digits = request.part.as_bytes().chunks(2);
        let head = digits.map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap());
        let head = PartHead::decode(&head.collect::<Vec<_>>()).unwrap();
        assert_eq!(request.route, format!("/v1/part/{}", head.name().root()));
        let bytes = match request.body {
            None => relay.give_parts(&head).unwrap().bytes,
            Some(body) => {
                let mut bringing = relay.begin_parts(head).unwrap();
                bringing.take(&body).unwrap();
                relay.finish_parts(bringing).unwrap()
            }
        };
        Ok(NewAnswer { bytes, is_whole: true })
    }
}

struct District {
    homes: TempDir,
    relay: SharedRelay,
    ss: Core,
    phone: Arc<Fieldbook>,
}

impl District {
    /// A territory with an SS console and a squad, whose head's phone is in.
    fn new() -> Self {
        let homes = TempDir::new().unwrap();
        let surroundings = || Surroundings::of_the_system(None);
        let (home, no_sheets) = (homes.path().join("ts"), |_: &RootSheets| Ok::<_, CoreRefused>(()));
        let (mut ts, root) = Core::found(&home, &CoreHolder::File, surroundings(), no_sheets).unwrap();
        let relay = Relay::open_in_memory(&[root], &mut ChaCha20Rng::seed_from_u64(1)).unwrap();
        let relay = SharedRelay(Arc::new(Mutex::new(relay)));
        ts.set_relay("memory:", None).unwrap();
        sync(&mut ts, &relay);

        let office = Membering::Office { role: Role::StructuralSubdivision, office: "SS 1" };
        let code = ts.invite(office).unwrap().code;
        let (mut ss, words) =
            Core::join(&homes.path().join("ss"), &CoreHolder::File, surroundings(), &code).unwrap();
        confirm((&mut ts, &words.to_string()), &relay, || sync(&mut ss, &relay));

        ss.create_squad(&Name::new("жасақ").unwrap(), 2026).unwrap();
        let code = ss.invite(Membering::Squad { role: Role::SquadHead, squad: None }).unwrap().code;
        let phone = Fieldbook::join(opening(homes.path()), hardware(), code.to_string()).unwrap();
        let words = phone.join_words().unwrap().unwrap();
        confirm((&mut ss, &words), &relay, || {
            phone.sync(Arc::new(relay.clone())).unwrap();
        });
        Self { homes, relay, ss, phone: Arc::new(phone) }
    }

    /// A volunteer's phone is added, and has not heard of it yet.
    fn add_volunteer(&mut self) -> Fieldbook {
        let code = self
            .ss
            .invite(Membering::Squad { role: Role::Volunteer, squad: None })
            .unwrap()
            .code;
        let late =
            Fieldbook::join(opening(&self.homes.path().join("late")), hardware(), code.to_string()).unwrap();
        let words = late.join_words().unwrap().unwrap();
        let mut asked = false;
        confirm((&mut self.ss, &words), &self.relay, || {
            if !std::mem::replace(&mut asked, true) {
                late.sync(Arc::new(self.relay.clone())).unwrap();
            }
        });
        late
    }

    fn sync_phone(&self) -> Result<ContactView, FieldbookRefused> {
        self.phone.sync(Arc::new(self.relay.clone()))
    }

    /// The SS's console takes what there is, acknowledges it, and the phone hears of it.
    fn acknowledge(&mut self) {
        sync(&mut self.ss, &self.relay);
        sync(&mut self.ss, &self.relay);
        self.sync_phone().unwrap();
    }
}

fn opening(homes: &Path) -> NewOpening {
    let home = homes.join("phone").to_str().unwrap().to_owned();
    NewOpening { home, language: Language::Ru, boot: None }
}

fn sync(core: &mut Core, relay: &SharedRelay) {
    core.sync(&mut relay.clone(), &mut ContactReport::default()).unwrap();
}

/// The joiner asks, the inviter confirms by the words, the joiner hears of it.
fn confirm((inviter, words): (&mut Core, &str), relay: &SharedRelay, mut joiner: impl FnMut()) {
    sync(inviter, relay);
    joiner();
    sync(inviter, relay);
    inviter.confirm(words).unwrap();
    sync(inviter, relay);
    joiner();
}

fn round(text: &str) -> NewEntry {
    NewEntry {
        activity: Activity::BorderService { kind: BorderServiceKind::Round, mode: ActivityMode::Joint },
        text: text.to_owned(),
        position: None,
        gps_time: None,
        source: None,
        occurred_at: None,
    }
}

fn start(phone: &Fieldbook) -> String {
    let patrol = NewPatrol {
        mode: ActivityMode::Joint,
        controlling_representative: None,
        area_component: None,
        leader: None,
        task: None,
        occurred_at: None,
    };
    phone.start_patrol(patrol).unwrap()
}

/// A carrier that does something of its own each time before it carries.
struct Busy<W: Fn() + Send + Sync>(SharedRelay, W);

impl<W: Fn() + Send + Sync> Carrier for Busy<W> {
    fn fetch_identity(&self, address: String) -> Result<String, CarrierFailed> {
        Carrier::fetch_identity(&self.0, address)
    }

    fn carry(&self, address: String, request: Vec<u8>, bytes_max: u32) -> Result<NewAnswer, CarrierFailed> {
        self.1();
        Carrier::carry(&self.0, address, request, bytes_max)
    }

    fn carry_parts(&self, _: String, _: PartsRequestView, _: u32) -> Result<NewAnswer, CarrierFailed> {
        Err(CarrierFailed::Unreachable)
    }
}

/// A watcher that counts its notices and keeps the last one's entries and totals.
#[derive(Default)]
struct Counting {
    notices: AtomicUsize,
    last: Mutex<Option<CustodyNotice>>,
    fails: bool,
}

impl Counting {
    fn notices(&self) -> usize {
        self.notices.load(Ordering::SeqCst)
    }

    fn last(&self) -> CustodyNotice {
        self.last.lock().unwrap().take().expect("it was told")
    }
}

impl Watcher for Counting {
    fn custody_changed(&self, notice: CustodyNotice) -> Result<(), WatcherFailed> {
        self.notices.fetch_add(1, Ordering::SeqCst);
        *self.last.lock().unwrap() = Some(notice);
        if self.fails { Err(WatcherFailed::Failed) } else { Ok(()) }
    }
}

#[test]
fn a_tap_does_not_wait_for_the_network_and_a_carrier_may_record() {
    let district = District::new();
    let patrol = start(&district.phone);
    let written = OnceLock::new();
    let (phone, of) = (district.phone.clone(), patrol.clone());
    let key = Arc::new(written);
    let kept = key.clone();
    let carrier = Busy(district.relay.clone(), move || {
        kept.get_or_init(|| phone.write_entry(&of, round("на ходу")).unwrap());
    });

    district.phone.sync(Arc::new(carrier)).unwrap();

    let view = district.phone.patrol(&patrol).unwrap();
    assert_eq!(
        view.entries.iter().map(|entry| &entry.statement.key).collect::<Vec<_>>(),
        [key.get().unwrap()]
    );
}

#[test]
fn an_exchange_within_an_exchange_is_refused_and_the_outer_one_goes_on() {
    let district = District::new();
    start(&district.phone);
    let (phone, relay) = (district.phone.clone(), district.relay.clone());
    let carrier = Busy(district.relay.clone(), move || {
        let inner = phone.sync(Arc::new(relay.clone()));
        assert!(matches!(inner, Err(FieldbookRefused::Storage { .. })));
    });

    assert!(district.phone.sync(Arc::new(carrier)).unwrap().pushed > 0);
}

#[test]
fn custody_is_told_once_a_move_with_the_entries_and_the_totals() {
    let mut district = District::new();
    let watcher = Arc::new(Counting::default());
    let _handle = district.phone.watch(watcher.clone()).unwrap();
    let patrol = start(&district.phone);
    let entry = district.phone.write_entry(&patrol, round("туман")).unwrap();

    district.sync_phone().unwrap();
    let notice = watcher.last();
    assert_eq!((notice.moved.len(), notice.own_entries.with_head), (1, 1), "the head's own phone holds it");
    district.sync_phone().unwrap();
    assert_eq!(watcher.notices(), 1, "nothing moved");

    district.acknowledge();
    let notice = watcher.last();
    let moved = notice.moved.first().unwrap();
    assert_eq!((&moved.patrol, &moved.entry, moved.custody), (&patrol, &entry, Custody::WithSs));
    assert_eq!((notice.own_entries.with_ss, watcher.notices()), (1, 2));
}

#[test]
fn a_stopped_or_dropped_handle_tells_no_more() {
    let district = District::new();
    let (stopped, dropped) = (Arc::new(Counting::default()), Arc::new(Counting::default()));
    let handle = district.phone.watch(stopped.clone()).unwrap();
    drop(district.phone.watch(dropped.clone()).unwrap());
    handle.stop();
    district.phone.write_entry(&start(&district.phone), round("туман")).unwrap();

    district.sync_phone().unwrap();

    assert_eq!((stopped.notices(), dropped.notices()), (0, 0));
    assert_eq!((Arc::strong_count(&stopped), Arc::strong_count(&dropped)), (1, 1), "the host has them back");
}

#[test]
fn a_watcher_that_fails_spoils_neither_the_exchange_nor_the_next_watcher() {
    let district = District::new();
    let (failing, other) = (Counting { fails: true, ..Counting::default() }, Arc::new(Counting::default()));
    let _failing = district.phone.watch(Arc::new(failing)).unwrap();
    let _other = district.phone.watch(other.clone()).unwrap();
    district.phone.write_entry(&start(&district.phone), round("туман")).unwrap();

    district.sync_phone().unwrap();

    assert_eq!(other.notices(), 1);
}

/// A link on which every connection breaks after so many bytes.
struct Breaking(SharedRelay, usize);

impl Carrier for Breaking {
    fn fetch_identity(&self, address: String) -> Result<String, CarrierFailed> {
        Carrier::fetch_identity(&self.0, address)
    }

    fn carry(&self, _: String, request: Vec<u8>, _: u32) -> Result<NewAnswer, CarrierFailed> {
        let mut bytes = self.0.answer(&request);
        let is_whole = bytes.len() <= self.1;
        bytes.truncate(self.1);
        Ok(NewAnswer { bytes, is_whole })
    }

    fn carry_parts(&self, _: String, _: PartsRequestView, _: u32) -> Result<NewAnswer, CarrierFailed> {
        Err(CarrierFailed::Unreachable)
    }
}

#[test]
fn what_is_no_entry_is_refused_as_input() {
    let district = District::new();
    let patrol = start(&district.phone);
    let position = NewPosition {
        point: Point { latitude: 95.0, longitude: 80.0 },
        origin: PositionOrigin::Measured,
        accuracy_metres: None,
        elevation_metres: None,
    };
    let cases = [
        round(&"ә".repeat(2_000)),
        round("до\u{202e}зор"),
        NewEntry { position: Some(position), ..round("туман") },
        NewEntry { occurred_at: Some("вчера".to_owned()), ..round("туман") },
    ];
    for entry in cases {
        let refused = district.phone.write_entry(&patrol, entry).unwrap_err();
        let FieldbookRefused::Input { sentence, .. } = refused else { panic!("{refused}") };
        assert!(sentence.contains("НЕ сохран"), "{sentence}");
    }
    assert!(district.phone.patrol(&patrol).unwrap().entries.is_empty());
}

#[test]
fn a_patrol_that_is_not_here_is_refused_by_a_rule() {
    let district = District::new();
    for patrol in ["", "Сарысу", "00112233445566778899aabbccddeeff"] {
        assert!(matches!(district.phone.patrol(patrol), Err(FieldbookRefused::Rule { .. })), "{patrol}");
    }
}
