//! One squad of two phones and its offices: the smallest district in which anything can be measured.

use std::path::Path;

use jasaq_fieldbook::model::entry::{Activity, BorderServiceKind, EntryDraft};
use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::moment::UtcTime;
use jasaq_fieldbook::model::patrol::{ActivityMode, PatrolStart};
use jasaq_fieldbook::model::position::{Coordinates, Origin, Position};

use crate::device::{DAY_ZERO_MS, Device};
use crate::relay::RelayProcess;
use crate::territory::Territory;

/// A sentence as people write it, of the workload's mean length.
const TEXT: &str = "Сарыбұлақ ауылының шетінде учаске тексерілді, бұзушылық іздері жоқ";

/// The squad, whose phones are open and in sync.
#[derive(Debug)]
pub struct SmallSquad {
    /// The relay.
    pub relay: RelayProcess,
    /// The head's phone.
    pub head: Device,
    /// A volunteer's.
    pub volunteer: Device,
}

impl SmallSquad {
    /// Enrols it in a folder.
    pub fn enrol(folder: &Path) -> Self {
        let relay = RelayProcess::start(folder);
        let mut territory = Territory::establish(folder, &relay.address, 0);
        let phones = ["head", "volunteer"].map(str::to_owned);
        territory.enrol_squad("squad", &phones);
        territory.close();
        let [mut head, mut volunteer] = phones.map(|phone| Device::open(&folder.join(phone), &relay.address));
        head.sync();
        volunteer.sync();
        Self { relay, head, volunteer }
    }
}

/// Starts a patrol on a phone.
pub fn start_patrol(device: &mut Device) -> PatrolId {
    device
        .book
        .start_patrol(PatrolStart::new(ActivityMode::Independent))
        .expect("a phone may")
}

/// Writes the `number`th entry of a walk: a sentence, a position, the satellites' time.
pub fn write_entry(device: &mut Device, patrol: PatrolId, number: i32) {
    let at = DAY_ZERO_MS + i64::from(number) * 60_000;
    device.clock.turn_to(at);
    let kind = BorderServiceKind::Round;
    let activity = Activity::BorderService { kind, mode: ActivityMode::Independent };
    let place = Coordinates::from_e7(432_000_000 + number * 913, 795_000_000 + number * 1_171);
    let draft = EntryDraft {
        position: Some(Position::new(place.expect("on the globe"), Origin::Measured)),
        ..EntryDraft::new(activity, format!("{TEXT} {number}"))
    };
    let fix = UtcTime::saturating_from_unix_ms(at);
    device.book.write_entry(patrol, draft, Some(fix)).expect("a phone may");
}
