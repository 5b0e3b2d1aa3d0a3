//! `page`: from two phones' logs to one sealed page, with a thousand entries and with ten thousand.

use std::time::{Duration, Instant};

use jasaq_benches::device::{DAY_ZERO_MS, Device};
use jasaq_benches::squad::SmallSquad;
use jasaq_fieldbook::model::entry::{Activity, Count, EntryDraft, InspectionKind};
use jasaq_fieldbook::model::ids::PatrolId;
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, PatrolEnd, PatrolStart};
use jasaq_fieldbook::model::words::Name;

use super::folder_on_disk;

const FEW: u32 = 1_000;
const MANY: u32 = 10_000;
/// Far enough apart that no two entries may tell of one event.
const STEP_MS: i64 = 10 * 60_000;
const TEXT: &str = "Сарыбұлақ ауылының шетінде учаске тексерілді, бұзушылық іздері жоқ";

/// What one evening took.
struct Evening {
    reconciled: Duration,
    sealed: Duration,
    shown: Duration,
    bytes: usize,
}

/// One evening each.
pub(crate) fn measure() {
    let [few, many] = [FEW, MANY].map(evening);
    let row = |what: &str, of: fn(&Evening) -> Duration| {
        let (few, many) = (of(&few), of(&many));
        println!(
            "| page, {what} | {:.1} × ({many:.1?} against {few:.1?}) | {MANY} entries of two phones against {FEW}, once |",
            many.div_duration_f64(few)
        );
    };
    row("reconciled", |evening| evening.reconciled);
    row("sealed", |evening| evening.sealed);
    row("shown by the other phone", |evening| evening.shown);
    println!(
        "| page, bytes | {} kB against {} kB | the page's text, before it is packed |",
        many.bytes / 1_000,
        few.bytes / 1_000
    );
}

fn evening(entries: u32) -> Evening {
    let folder = folder_on_disk();
    let SmallSquad { mut head, mut volunteer, relay } = SmallSquad::enrol(folder.path());
    let patrol = out(&mut head);
    head.sync();
    volunteer.sync();
    for number in 0..entries {
        let phone = if number % 2 == 0 { &mut head } else { &mut volunteer };
        phone.clock.turn_to(DAY_ZERO_MS + i64::from(number) * STEP_MS);
        write(phone, patrol, number);
    }
    for phone in [&mut head, &mut volunteer] {
        phone.clock.turn_to(DAY_ZERO_MS + i64::from(entries) * STEP_MS);
    }
    head.book.end_patrol(patrol, PatrolEnd::default()).expect("a head may");
    head.clock.turn_to(DAY_ZERO_MS + i64::from(entries + 1) * STEP_MS);
    volunteer.sync();
    head.sync();

    let began = Instant::now();
    let open = head.book.open_decisions(patrol).expect("an open fieldbook");
    assert!(open.is_empty(), "nothing differs");
    let reconciled = began.elapsed();
    let began = Instant::now();
    head.book.seal_page(patrol, None).expect("every gate is open");
    let sealed = began.elapsed();
    head.sync();
    volunteer.sync();
    let began = Instant::now();
    let pages = volunteer.book.pages().expect("an open fieldbook");
    let shown = began.elapsed();
    assert_eq!(pages[0].page.events.len(), entries as usize, "all of them are on the page");
    let bytes = pages[0].bytes.as_bytes().len();
    drop(relay);
    Evening { reconciled, sealed, shown, bytes }
}

fn out(head: &mut Device) -> PatrolId {
    let start = PatrolStart {
        controlling_representative: Some(Name::new("майор С.").expect("a name")),
        area_component: Some(AreaComponent::BorderZone),
        ..PatrolStart::new(ActivityMode::Joint)
    };
    head.book.start_patrol(start).expect("a head may")
}

fn write(phone: &mut Device, patrol: PatrolId, number: u32) {
    let activity = Activity::Inspection { kind: InspectionKind::Place, mode: ActivityMode::Joint };
    let draft =
        EntryDraft { counted: Count::new(number), ..EntryDraft::new(activity, format!("{TEXT} {number}")) };
    phone.book.write_entry(patrol, draft, None).expect("a phone may");
}
