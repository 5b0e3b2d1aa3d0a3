//! What the fields of plans hold: of each kind as they should be, and at the bounds of the page.

use super::statement_tables::Row;
use super::statement_tables::Value::{Before, Bytes, Int, Long, Text, These};

const CREW: [u8; 32] = [7; 32];
const LEADER: [u8; 16] = [7; 16];
const FROM_MS: i64 = 1_790_000_000_000;
const TWO_WEEKS_MS: i64 = 14 * 24 * 3_600_000;

pub(super) const KINDS: &[(&str, &[Row])] = &[
    (
        "patrol_planned",
        &[
            ("from", Int(FROM_MS)),
            ("from_tz", Int(300)),
            ("until", Int(FROM_MS + 21_600_000)),
            ("until_tz", Int(300)),
            ("mode", Text("joint")),
            ("sector", Text("Үлкен сай")),
            ("area", Text("border_zone")),
            ("route", Text("өткелден белеске дейін")),
            ("task", Text("өткелді тексеру")),
            ("transport", Text("horse")),
            ("rep", Text("майор С.")),
            ("before", Before),
        ],
    ),
    ("patrol_assigned", &[("members", These(&CREW)), ("leader", These(&LEADER)), ("before", Before)]),
    (
        "plan_answered",
        &[("author", Bytes(32)), ("plan", Text("k.2")), ("answer", Text("comes")), ("note", Text("кеш"))],
    ),
    ("patrol_cancelled", &[("reason", Text("боран")), ("before", Before)]),
    ("availability", &[("from", Text("2026-05-02")), ("until", Text("2026-05-09")), ("can", Text("no"))]),
];

/// What the fields are made: at a bound of the page, or past it.
pub(super) const AT_BOUNDS: &[(&str, &str, &[Row])] = &[
    ("planned for no time at all", "patrol_planned", &[("until", Int(FROM_MS))]),
    ("planned for a millisecond", "patrol_planned", &[("until", Int(FROM_MS + 1))]),
    ("planned for two weeks", "patrol_planned", &[("until", Int(FROM_MS + TWO_WEEKS_MS))]),
    ("planned for more than two weeks", "patrol_planned", &[("until", Int(FROM_MS + TWO_WEEKS_MS + 1))]),
    (
        "planned from the first moment to the last",
        "patrol_planned",
        &[("from", Int(-62_135_510_400_000)), ("until", Int(253_402_207_199_999))],
    ),
    ("planned for a time zone that is none", "patrol_planned", &[("from_tz", Int(-1_081))]),
    ("replacing nothing", "patrol_cancelled", &[("before", Bytes(0))]),
    ("replacing a device", "patrol_assigned", &[("before", Bytes(32))]),
    ("with a note of 600 bytes", "patrol_cancelled", &[("reason", Long("ә", 300))]),
    ("with a note of 601 bytes", "plan_answered", &[("note", Long("n", 601))]),
    ("with a note of two lines", "patrol_planned", &[("task", Text("fog\n50 m"))]),
    ("with a leader who stays at home", "patrol_assigned", &[("leader", Bytes(16))]),
    ("with 32 who go", "patrol_assigned", &[("members", Bytes(512))]),
    ("with 33 who go", "patrol_assigned", &[("members", Bytes(528))]),
    ("with nobody who goes", "patrol_assigned", &[("members", Bytes(0))]),
    ("with an answer that is none", "plan_answered", &[("answer", Text("perhaps"))]),
    ("for one day", "availability", &[("until", Text("2026-05-02"))]),
    ("up to a day before the first", "availability", &[("until", Text("2026-05-01"))]),
];
