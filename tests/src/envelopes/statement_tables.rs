//! What the fields of statements hold: of each kind as they should be, and at the bounds of the page.

/// A field's value as a table can hold it: text, number, so many bytes, yes or no.
#[derive(Clone, Copy)]
pub(super) enum Value {
    Text(&'static str),
    Int(i64),
    /// So many, by chance.
    Bytes(usize),
    These(&'static [u8]),
    Flag(bool),
}

use Value::{Bytes, Flag, Int, Text, These};

/// The years 1 to 9999, in ms since 1970.
const FIRST_MS: i64 = -62_135_510_400_000;
const LAST_MS: i64 = 253_402_207_199_999;

pub(super) type Row = (&'static str, Value);

pub(super) const EVERY: &[Row] = &[
    ("at", Int(1_790_000_000_000)),
    ("tz", Int(300)),
    ("v", Int(1)),
    ("gps", Int(-250)),
    ("boot", Int(1_789_999_000_000)),
];
pub(super) const KINDS: [(&str, &[Row]); 11] = [
    (
        "patrol_started",
        &[
            ("mode", Text("joint")),
            ("rep", Text("Ержан")),
            ("area", Text("border_zone")),
            ("leader", Bytes(16)),
            ("task", Text("the ford\nand the hut")),
            ("plan", Text("k.1")),
            ("when", Int(1_789_000_000_000)),
            ("when_tz", Int(360)),
        ],
    ),
    (
        "leg_started",
        &[("leg", Bytes(16)), ("transport", Text("horse")), ("members", Bytes(16)), ("when", Int(5))],
    ),
    ("leg_ended", &[("leg", Bytes(16)), ("when", Int(5)), ("when_tz", Int(0))]),
    ("patrol_ended", &[("when", Int(5))]),
    (
        "entry",
        &[
            ("act", Text("border_service")),
            ("sub", Text("round")),
            ("mode", Text("both")),
            ("object", Text("state_border")),
            ("receiver", Text("border_unit")),
            ("text", Text("тұман, көріну 50 м")),
            ("source", Text("paper")),
            ("lat", Int(495_000_000)),
            ("lon", Int(801_000_000)),
            ("acc", Int(120)),
            ("alt", Int(64_000)),
            ("fix", Text("by_hand")),
            ("lat0", Int(495_000_001)),
            ("lon0", Int(801_000_001)),
        ],
    ),
    (
        "track",
        &[
            ("rec", Bytes(16)),
            ("n", Int(0)),
            ("of", Int(2)),
            ("points", These(&[1, 0, 1, 2])),
            ("leg", Bytes(16)),
            ("name", Text("to the ford")),
            ("source", Text("file")),
        ],
    ),
    (
        "waypoint",
        &[
            ("rec", Bytes(16)),
            ("name", Text("брод")),
            ("text", Text("deep")),
            ("lat", Int(-5)),
            ("lon", Int(1)),
            ("alt", Int(-300)),
            ("time", Int(1_790_000_000_000)),
            ("source", Text("radio")),
        ],
    ),
    (
        "squad_card",
        &[
            ("member", Bytes(16)),
            ("name", Text("Дәулет")),
            ("cert", Text("12")),
            ("eligible", Flag(true)),
            ("day", Text("2026-02-28")),
        ],
    ),
    ("squad", &[("squad", Bytes(16)), ("name", Text("Сарыарқа")), ("district", Text("Жаңа"))]),
    ("name_on", &[("squad", Bytes(16)), ("person", Bytes(16)), ("name", Text("Айгүл"))]),
    ("name_off", &[("squad", Bytes(16)), ("person", Bytes(16)), ("ends", Text("k.2"))]),
];

/// What the fields of a kind, or of any, are made: at a bound of the page, or past it.
pub(super) const AT_BOUNDS: [(&str, &str, &[Row]); 43] = [
    ("at the first moment", "", &[("at", Int(FIRST_MS)), ("gps", Int(0)), ("boot", Int(FIRST_MS))]),
    ("before the first moment", "", &[("at", Int(FIRST_MS - 1)), ("gps", Int(0)), ("boot", Int(i64::MIN))]),
    ("at the last moment", "", &[("at", Int(LAST_MS)), ("gps", Int(0))]),
    ("behind the last moment", "", &[("at", Int(LAST_MS + 1)), ("gps", Int(-1))]),
    ("with satellites behind the last moment", "", &[("at", Int(LAST_MS)), ("gps", Int(1))]),
    ("with satellites beyond all numbers", "", &[("gps", Int(i64::MAX))]),
    ("started as long ago as can be", "", &[("boot", Int(i64::MIN))]),
    ("started when it was recorded", "", &[("at", Int(5)), ("boot", Int(5))]),
    ("started after it was recorded", "", &[("at", Int(5)), ("boot", Int(6))]),
    ("18 hours from UTC", "", &[("tz", Int(-1_080))]),
    ("more than 18 hours from UTC", "", &[("tz", Int(1_081))]),
    ("of the last minor shape", "", &[("v", Int(999))]),
    ("of a newer major shape", "", &[("v", Int(1_000))]),
    ("of a negative shape", "", &[("v", Int(-1))]),
    ("that happened at the first moment", "patrol_ended", &[("when", Int(FIRST_MS))]),
    ("that happened before the first moment", "leg_ended", &[("when", Int(FIRST_MS - 1))]),
    ("with 32 members", "leg_started", &[("members", Bytes(512))]),
    ("with 33 members", "leg_started", &[("members", Bytes(528))]),
    ("with no members", "leg_started", &[("members", Bytes(0))]),
    ("at exactly 0, 0", "entry", &[("lat", Int(0)), ("lon", Int(0))]),
    ("at the poles", "waypoint", &[("lat", Int(-900_000_000)), ("lon", Int(1_800_000_000))]),
    ("beyond the poles", "waypoint", &[("lat", Int(900_000_001))]),
    ("of the last chunk", "track", &[("n", Int(10_239)), ("of", Int(10_240))]),
    ("of no activity that is known", "entry", &[("act", Text("poem"))]),
    (
        "of a way that is not known",
        "entry",
        &[("act", Text("inspection")), ("sub", Text("route")), ("mode", Int(1))],
    ),
    ("of an object that is not known", "entry", &[("act", Text("prevention")), ("object", Int(1))]),
    ("of a receiver that is not known", "entry", &[("act", Text("detain_deliver")), ("receiver", Text(""))]),
    (
        "of an activity that passes over the fields of others",
        "entry",
        &[("act", Text("force")), ("mode", Int(1))],
    ),
    ("measured, beside what was measured", "entry", &[("fix", Text("mock"))]),
    ("of a day that is none", "squad_card", &[("day", Text("2023-02-29"))]),
    ("of a day written with a space", "squad_card", &[("day", Text("2026-05- 1"))]),
    ("of a day of one digit", "squad_card", &[("day", Text("2026-5-1"))]),
    ("with no points", "track", &[("points", These(&[1, 0]))]),
    ("with points of another version", "track", &[("points", These(&[2, 0, 1, 2]))]),
    ("with points of a newer presence", "track", &[("points", These(&[1, 0, 1, 16]))]),
    (
        "with a number in points that is not the shortest",
        "track",
        &[("points", These(&[1, 0, 0x81, 0x80, 0, 2]))],
    ),
    ("with points that are too long", "track", &[("points", Bytes(2_049))]),
    ("with a blank name", "squad", &[("name", Text("\u{a0}\u{3000}"))]),
    ("with a tab in its words", "waypoint", &[("text", Text("fog\t"))]),
    ("with an id of another length", "leg_ended", &[("leg", Bytes(17))]),
    ("with a reference that is none", "name_off", &[("ends", Text("k/1"))]),
    ("of a chunk behind the last", "track", &[("n", Int(2)), ("of", Int(2))]),
    ("of too many chunks", "track", &[("of", Int(10_241))]),
];

pub(super) const INTS: [i64; 14] = [
    0,
    1,
    -1,
    i64::MIN,
    i64::MAX,
    LAST_MS + 1,
    1_081,
    900_000_001,
    1_800_000_000,
    -1_800_000_001,
    0x7fff_ffff,
    -0x8000_0001,
    0xffff_ffff,
    0x1_0000_0000,
];
pub(super) const TEXTS: [&str; 32] = [
    "",
    " ",
    "\u{a0}\u{3000}",
    "fog\n50 m",
    "fog\t",
    "fog\r\n",
    "\u{7f}",
    "\u{85}",
    "a\u{2028}",
    "a\u{2029}b",
    "\u{200b}a",
    "a\u{200e}",
    "a\u{202e}b",
    "a\u{2066}",
    "a\u{feff}",
    "a\u{61c}",
    "a\u{2060}",
    "a\u{ad}",
    "a\u{200d}b",
    "\u{1d}a",
    "joint",
    "service",
    "detain_deliver",
    "prevention",
    "a.b_c-9",
    "k/1",
    "2024-02-29",
    "2023-02-29",
    "0000-01-01",
    "9999-12-31",
    "20240229",
    "2024-W01-1",
];
