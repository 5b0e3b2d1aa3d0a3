//! The fields of what is said on a patrol beside entries, of cases, decisions and pages.

use super::changes::MORNING_MS;
use super::field::Row;
use super::field::Value::{Bytes, Causes, Int, Text, True};

const MINUTE_MS: i64 = 60_000;
const LAT: Row = ("lat", Int(441_657_000));
const LON: Row = ("lon", Int(800_001_000));
const ACC: Row = ("acc", Int(60));
const ALT: Row = ("alt", Int(64_210));
const FIX: Row = ("fix", Text("by_hand"));
const LAT0: Row = ("lat0", Int(441_657_001));
const LON0: Row = ("lon0", Int(800_001_001));
const MARKER: Row = ("marker", Text("12/3"));
const LANDMARK: Row = ("landmark", Text("жалғыз терек"));
const WHEN: Row = ("when", Int(MORNING_MS + 25 * MINUTE_MS));
const WHEN_TZ: Row = ("when_tz", Int(360));
const AUTHOR: Row = ("author", Bytes(0xa7, 32));
const SAID: Row = ("said", Text("AAAAAAAA.2"));
const BEFORE: Row = ("before", Causes(1));
const ENTRIES: Row = ("entries", Causes(2));
const CASE: Row = ("case", Bytes(0xa1, 16));
const BY: Row = ("by", Bytes(0x75, 16));
const PATROL: Row = ("patrol", Bytes(0x95, 16));
const PAGE: Row = ("page", Bytes(0xa2, 32));
const SIG: Row = ("sig", Bytes(0xa4, 64));

/// Each kind with all fields.
pub const WHOLE: &[(&str, &[Row])] = &[
    (
        "entry",
        &[
            ("act", Text("detain_deliver")),
            ("receiver", Text("border_unit")),
            ("text", Text("бір адам ұсталды")),
            ("source", Text("radio")),
            LAT,
            LON,
            ACC,
            ALT,
            FIX,
            LAT0,
            LON0,
            MARKER,
            LANDMARK,
            ("count", Int(1)),
            BY,
            CASE,
            WHEN,
            WHEN_TZ,
        ],
    ),
    (
        "entry_amended",
        &[
            ("act", Text("border_service")),
            ("sub", Text("cover_crossing_place")),
            ("mode", Text("independent")),
            ("text", Text("өткелде бес адам")),
            ("source", Text("paper")),
            LAT,
            LON,
            ACC,
            ALT,
            FIX,
            LAT0,
            LON0,
            MARKER,
            LANDMARK,
            ("count", Int(5)),
            BY,
            CASE,
            AUTHOR,
            SAID,
            ("why", Text("known_better")),
            ("note", Text("қайта санадық")),
            WHEN,
            WHEN_TZ,
        ],
    ),
    (
        "mark",
        &[
            ("what", Text("track_gap")),
            ("until", Int(MORNING_MS + 29 * MINUTE_MS)),
            ("until_tz", Int(300)),
            ("cause", Text("switched_off")),
            ("note", Text("аяз")),
            WHEN,
            WHEN_TZ,
        ],
    ),
    (
        "observation",
        &[
            ("object", Text("continental_shelf_regime")),
            ("text", Text("қайық")),
            LAT,
            LON,
            ACC,
            ALT,
            FIX,
            LAT0,
            LON0,
            MARKER,
            LANDMARK,
            WHEN,
            WHEN_TZ,
        ],
    ),
    (
        "urgent_notice",
        &[
            ("text", Text("үш адам шекараға бет алды")),
            ("object", Text("continental_shelf_regime")),
            LAT,
            LON,
            ACC,
            ALT,
            FIX,
            LAT0,
            LON0,
            MARKER,
            LANDMARK,
            PATROL,
            ("told", Int(MORNING_MS + 27 * MINUTE_MS)),
            ("told_tz", Int(300)),
            ("channel", Text("telephone")),
            ("whom", Text("кезекші")),
            WHEN,
            WHEN_TZ,
        ],
    ),
    (
        "notice_told",
        &[
            AUTHOR,
            SAID,
            ("told", Int(MORNING_MS + 28 * MINUTE_MS)),
            ("told_tz", Int(300)),
            ("channel", Text("radio")),
            ("whom", Text("кезекші")),
        ],
    ),
    (
        "notice_logged",
        &[
            AUTHOR,
            SAID,
            ("told", Int(MORNING_MS + 28 * MINUTE_MS)),
            ("told_tz", Int(300)),
            ("channel", Text("radio")),
            WHEN,
            WHEN_TZ,
        ],
    ),
    ("notice_answered", &[AUTHOR, SAID, ("reply", Text("confirms_voice")), ("note", Text("күтіңдер"))]),
    (
        "detained",
        &[
            PATROL,
            ("name", Text("Иван Петров")),
            ("born", Text("1990-01-02")),
            ("paper", Text("паспорт 12345678")),
            ("offence", Text("шекараны бұзып өтті")),
            ("object", Text("continental_shelf_regime")),
            LAT,
            LON,
            ACC,
            ALT,
            FIX,
            LAT0,
            LON0,
            MARKER,
            LANDMARK,
            WHEN,
            WHEN_TZ,
            BEFORE,
        ],
    ),
    (
        "detention_step",
        &[
            ("step", Text("grounds_explained")),
            BY,
            ("lang", Text("орысша")),
            ("channel", Text("in_person")),
            ("whom", Text("кезекші")),
            ("note", Text("түсінді")),
            WHEN,
            WHEN_TZ,
        ],
    ),
    (
        "handed_over",
        &[
            ("receiver", Text("law_enforcement_body")),
            ("body", Text("Панфилов аудандық полиция бөлімі")),
            ("officer", Text("капитан Н.")),
            ("site", Text("Жаркент")),
            ("items", Text("рюкзак, телефон")),
            ("trigger", Text("offence_against_foreigner")),
            ("citizenship", Text("айтпайды")),
            ("company", Text("alone")),
            WHEN,
            WHEN_TZ,
            BEFORE,
        ],
    ),
    ("released", &[("ordered", Text("майор С.")), ("reason", Text("ауыл тұрғыны")), WHEN, WHEN_TZ, BEFORE]),
    (
        "force_used",
        &[
            PATROL,
            BY,
            ("means", Text("дене күші")),
            ("aim", Text("ұстау")),
            ("necessity", Text("қаруға жармасты")),
            ("injuries", Text("қолы сыдырылды, таңылды")),
            ("witnesses", Text("Айгүл Сейітова")),
            WHEN,
            WHEN_TZ,
            BEFORE,
        ],
    ),
    ("case_held", &[("case", Bytes(0x77, 16)), ("held", Causes(2)), ("over", True)]),
    ("same_event", &[ENTRIES, ("is", Text("separate")), ("reason", Text("екі жер")), BEFORE]),
    (
        "resolution",
        &[
            ENTRIES,
            ("field", Text("representative")),
            ("choice", Text("another")),
            ("value", Text("майор С.")),
            ("reason", Text("жоспарда солай")),
            BEFORE,
        ],
    ),
    (
        "phone_excused",
        &[("device", Bytes(0xa8, 32)), ("why", Text("left_earlier")), ("note", Text("түсте кетті"))],
    ),
    (
        "attendance",
        &[
            ("member", Bytes(0x76, 16)),
            ("was", Text("attended")),
            ("note", Text("телефонсыз")),
            ("before", Causes(1)),
        ],
    ),
    ("patrol_attached", &[("to", Bytes(0x95, 16))]),
    ("page_part", &[PAGE, ("n", Int(1)), ("of", Int(2)), ("bytes", Bytes(0x78, 4))]),
    ("page_openings", &[PAGE, ("n", Int(0)), ("of", Int(1)), ("bytes", Bytes(0x78, 4))]),
    ("page_sealed", &[PAGE, ("prev", Bytes(0xa3, 32)), SIG]),
    (
        "page_countersigned",
        &[
            PAGE,
            ("year", Int(2_026)),
            ("number", Int(47)),
            ("amend", Int(1)),
            SIG,
            ("turn", Int(1)),
            ("anyway", Text("қағазбен салыстырылды")),
        ],
    ),
    ("page_entered", &[PAGE, ("section", Text("4-бөлім")), ("day", Text("2026-05-03")), ("turn", Int(1))]),
    ("page_reopened", &[PAGE, ("reason", Text("бір телефон кеш келді"))]),
    (
        "head_report",
        &[
            ("from", Text("2026-05-01")),
            ("until", Text("2026-05-31")),
            ("text", Text("төрт шығу, бәрі тыныш")),
        ],
    ),
];

/// Of each kind the fields that it must have.
pub const LEAST: &[(&str, &[&str])] = &[
    ("entry", &["act", "text"]),
    ("entry_amended", &["act", "sub", "mode", "text", "author", "said", "why"]),
    ("mark", &["what"]),
    ("observation", &["object", "text"]),
    ("urgent_notice", &["text"]),
    ("notice_told", &["author", "said", "told", "told_tz", "channel"]),
    ("notice_logged", &["author", "said"]),
    ("notice_answered", &["author", "said", "reply"]),
    ("detained", &["offence"]),
    ("detention_step", &["step"]),
    ("handed_over", &["receiver", "body", "officer"]),
    ("released", &["ordered", "reason"]),
    ("force_used", &["means", "aim", "necessity"]),
    ("case_held", &["case", "held"]),
    ("same_event", &["entries", "is"]),
    ("resolution", &["field", "choice", "value", "reason"]),
    ("phone_excused", &["device", "why"]),
    ("attendance", &["member", "was"]),
    ("patrol_attached", &["to"]),
    ("page_part", &["page", "n", "of", "bytes"]),
    ("page_openings", &["page", "n", "of", "bytes"]),
    ("page_sealed", &["page", "sig"]),
    ("page_countersigned", &["page", "year", "number", "sig"]),
    ("page_entered", &["page", "section", "day"]),
    ("page_reopened", &["page", "reason"]),
    ("head_report", &["from", "until", "text"]),
];

/// Bounds, and codes that no other line has: name, kind, fields.
pub const OTHER: &[(&str, &str, &[Row])] = &[
    ("count_0", "entry", &[("act", Text("force")), ("text", Text("ешкім")), ("count", Int(0))]),
    ("count_most", "entry", &[("act", Text("force")), ("text", Text("мал")), ("count", Int(100_000))]),
    ("by_a_marker_alone", "observation", &[("object", Text("state_border")), ("text", Text("із")), MARKER]),
    ("pause", "mark", &[("what", Text("pause"))]),
    ("certificate_shown", "mark", &[("what", Text("certificate_shown"))]),
    ("not_heard", "notice_answered", &[AUTHOR, SAID, ("reply", Text("not_heard"))]),
    (
        "alone_not_said",
        "handed_over",
        &[
            ("receiver", Text("other_authorised_body")),
            ("body", Text("Көші-қон қызметі")),
            ("officer", Text("Н.")),
            ("trigger", Text("detention")),
            ("citizenship", Text("азаматтығы жоқ")),
        ],
    ),
    (
        "step_put_right",
        "detention_step",
        &[("step", Text("unit_told")), BEFORE, ("because", Text("басқа қадам еді"))],
    ),
    (
        "why_put_right",
        "detained",
        &[("offence", Text("шекара режимі")), BEFORE, ("because", Text("паспорттан оқылды"))],
    ),
    ("eight_entries", "same_event", &[("entries", Causes(8)), ("is", Text("one"))]),
    (
        "said",
        "resolution",
        &[ENTRIES, ("field", Text("place")), ("choice", Text("said")), AUTHOR, ("said", Text("AAAAAAAA.1"))],
    ),
    (
        "undecided",
        "resolution",
        &[
            ENTRIES,
            ("field", Text("time")),
            ("choice", Text("undecided")),
            ("reason", Text("сағаттар бөлек")),
        ],
    ),
    ("left_out", "resolution", &[ENTRIES, ("field", Text("marker")), ("choice", Text("left_out"))]),
    ("last_piece", "page_part", &[PAGE, ("n", Int(4_095)), ("of", Int(4_096)), ("bytes", Bytes(0x78, 1))]),
    (
        "greatest_number",
        "page_countersigned",
        &[PAGE, ("year", Int(9_999)), ("number", Int(4_294_967_295)), ("amend", Int(65_535)), SIG],
    ),
    (
        "one_day",
        "head_report",
        &[("from", Text("2026-05-01")), ("until", Text("2026-05-01")), ("text", Text("бір шығу"))],
    ),
];
