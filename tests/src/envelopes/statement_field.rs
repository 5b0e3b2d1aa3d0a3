//! What the fields hold of what is said on a patrol beside entries, of cases, decisions and pages: of each kind as they should
//! be, and at the bounds of the page.

use super::statement_tables::Row;
use super::statement_tables::Value::{Before, Bytes, Flag, Int, Long, Several, Text};

const WHEN_MS: i64 = 1_790_000_000_000;

const LAT: Row = ("lat", Int(495_000_000));
const LON: Row = ("lon", Int(801_000_000));
const ACC: Row = ("acc", Int(60));
const MARKER: Row = ("marker", Text("12/3"));
const LANDMARK: Row = ("landmark", Text("өткел"));
const AUTHOR: Row = ("author", Bytes(32));
const SAID: Row = ("said", Text("k.2"));
const WHEN: Row = ("when", Int(WHEN_MS));
const PAGE: Row = ("page", Bytes(32));
const SIG: Row = ("sig", Bytes(64));

pub(super) const KINDS: &[(&str, &[Row])] = &[
    (
        "entry_amended",
        &[
            ("act", Text("inspection")),
            ("sub", Text("vehicle")),
            ("mode", Text("joint")),
            ("text", Text("бес адам")),
            ("source", Text("paper")),
            LAT,
            LON,
            ACC,
            MARKER,
            LANDMARK,
            ("count", Int(5)),
            ("by", Bytes(16)),
            ("case", Bytes(16)),
            AUTHOR,
            SAID,
            ("why", Text("known_better")),
            ("note", Text("санадық")),
            WHEN,
        ],
    ),
    (
        "mark",
        &[
            ("what", Text("track_gap")),
            ("until", Int(WHEN_MS + 600_000)),
            ("until_tz", Int(300)),
            ("cause", Text("no_fix")),
            ("note", Text("шатқал")),
            WHEN,
        ],
    ),
    ("observation", &[("object", Text("border_regime")), ("text", Text("із")), LAT, LON, MARKER, WHEN]),
    (
        "urgent_notice",
        &[
            ("text", Text("үш адам")),
            ("object", Text("state_border")),
            LAT,
            LON,
            LANDMARK,
            ("patrol", Bytes(16)),
            ("told", Int(WHEN_MS + 60_000)),
            ("told_tz", Int(300)),
            ("channel", Text("radio")),
            ("whom", Text("кезекші")),
            WHEN,
        ],
    ),
    (
        "notice_told",
        &[
            AUTHOR,
            SAID,
            ("told", Int(WHEN_MS)),
            ("told_tz", Int(300)),
            ("channel", Text("telephone")),
            ("whom", Text("кезекші")),
        ],
    ),
    (
        "notice_logged",
        &[AUTHOR, SAID, ("told", Int(WHEN_MS)), ("told_tz", Int(300)), ("channel", Text("radio")), WHEN],
    ),
    ("notice_answered", &[AUTHOR, SAID, ("reply", Text("confirms_voice")), ("note", Text("күтіңдер"))]),
    (
        "detained",
        &[
            ("patrol", Bytes(16)),
            ("name", Text("Иван Петров")),
            ("born", Text("1990-01-02")),
            ("paper", Text("паспорт N 1")),
            ("offence", Text("шекараны бұзды")),
            ("object", Text("state_border")),
            LAT,
            LON,
            MARKER,
            ("before", Before),
            WHEN,
        ],
    ),
    (
        "detention_step",
        &[
            ("step", Text("grounds_explained")),
            ("by", Bytes(16)),
            ("lang", Text("орысша")),
            ("channel", Text("in_person")),
            ("whom", Text("кезекші")),
            ("note", Text("түсінді")),
            WHEN,
        ],
    ),
    (
        "handed_over",
        &[
            ("receiver", Text("law_enforcement_body")),
            ("body", Text("Панфилов АПБ")),
            ("officer", Text("капитан Н.")),
            ("site", Text("Жаркент")),
            ("items", Text("рюкзак")),
            ("trigger", Text("without_papers")),
            ("citizenship", Text("айтпайды")),
            ("company", Text("alone")),
            ("before", Before),
            WHEN,
        ],
    ),
    ("released", &[("ordered", Text("майор С.")), ("reason", Text("тұрғын")), ("before", Before), WHEN]),
    (
        "force_used",
        &[
            ("patrol", Bytes(16)),
            ("by", Bytes(16)),
            ("means", Text("дене күші")),
            ("aim", Text("ұстау")),
            ("necessity", Text("қашты")),
            ("injuries", Text("қолы")),
            ("witnesses", Text("Айгүл")),
            ("before", Before),
            WHEN,
        ],
    ),
    ("case_held", &[("case", Bytes(16)), ("held", Before), ("over", Flag(true))]),
    (
        "same_event",
        &[("entries", Several), ("is", Text("one")), ("reason", Text("бір жер")), ("before", Before)],
    ),
    (
        "resolution",
        &[
            ("entries", Before),
            ("field", Text("count")),
            ("choice", Text("another")),
            ("value", Text("5")),
            ("reason", Text("санадық")),
            ("before", Before),
        ],
    ),
    ("resolution", &[("entries", Before), ("field", Text("place")), ("choice", Text("said")), AUTHOR, SAID]),
    ("phone_excused", &[("device", Bytes(32)), ("why", Text("left_earlier")), ("note", Text("түсте кетті"))]),
    (
        "attendance",
        &[("member", Bytes(16)), ("was", Text("absent")), ("note", Text("келмеді")), ("before", Before)],
    ),
    ("patrol_attached", &[("to", Bytes(16))]),
    ("page_part", &[PAGE, ("n", Int(0)), ("of", Int(2)), ("bytes", Bytes(40))]),
    ("page_openings", &[PAGE, ("n", Int(1)), ("of", Int(2)), ("bytes", Bytes(40))]),
    ("page_sealed", &[PAGE, ("prev", Bytes(32)), SIG]),
    ("page_countersigned", &[PAGE, ("year", Int(2_026)), ("number", Int(47)), ("amend", Int(1)), SIG]),
    ("page_entered", &[PAGE, ("section", Text("4")), ("day", Text("2026-05-02"))]),
    ("page_reopened", &[PAGE, ("reason", Text("кеш келді"))]),
    (
        "head_report",
        &[("from", Text("2026-05-01")), ("until", Text("2026-05-31")), ("text", Text("бәрі тыныш"))],
    ),
];

/// What the fields are made: at a bound of the page, or past it.
pub(super) const AT_BOUNDS: &[(&str, &str, &[Row])] = &[
    ("counting as many as may be", "entry_amended", &[("count", Int(100_000))]),
    ("counting more", "entry_amended", &[("count", Int(100_001))]),
    ("counting nobody", "entry", &[("count", Int(0))]),
    ("counting fewer than nobody", "entry", &[("count", Int(-1))]),
    ("by a marker of 80 bytes", "entry", &[("marker", Long("ә", 40))]),
    ("by a marker of 81 bytes", "observation", &[("marker", Long("m", 81))]),
    ("by a landmark of two lines", "detained", &[("landmark", Text("брод\nтополь"))]),
    ("amending for no reason that is known", "entry_amended", &[("why", Text("bored"))]),
    ("amended at exactly 0, 0", "entry_amended", &[("lat", Int(0)), ("lon", Int(0))]),
    ("a mark of what is not known", "mark", &[("what", Text("rest"))]),
    ("a gap for a cause of something else", "mark", &[("cause", Text("lost"))]),
    ("until no moment", "mark", &[("until_tz", Int(1_081))]),
    ("of none of the seven", "observation", &[("object", Text("garden"))]),
    ("told before the first moment", "urgent_notice", &[("told", Int(-62_135_510_400_001))]),
    ("told by no channel that is known", "notice_told", &[("channel", Text("smoke"))]),
    ("logged as told by no channel", "notice_logged", &[("channel", Text("smoke"))]),
    ("answered by what is none", "notice_answered", &[("reply", Text("maybe"))]),
    ("born on no day", "detained", &[("born", Text("1990-02-30"))]),
    ("with a paper of 81 bytes", "detained", &[("paper", Long("p", 81))]),
    ("a step that is none", "detention_step", &[("step", Text("photographed"))]),
    ("handed to nobody", "handed_over", &[("receiver", Text("relative"))]),
    ("handed over for no trigger that is known", "handed_over", &[("trigger", Text("curiosity"))]),
    ("in company that is not known", "handed_over", &[("company", Text("crowd"))]),
    ("released by a blank order", "released", &[("ordered", Text("\u{a0}"))]),
    ("force for a blank reason", "force_used", &[("necessity", Text(" "))]),
    ("holding nothing of a case", "case_held", &[("held", Bytes(0))]),
    ("that says no instead of nothing", "case_held", &[("over", Flag(false))]),
    ("one event or not", "same_event", &[("is", Text("perhaps"))]),
    ("one event of one device", "same_event", &[("entries", Bytes(32))]),
    ("one event of nothing", "same_event", &[("entries", Bytes(0))]),
    ("of a field that there is not", "resolution", &[("field", Text("weather"))]),
    ("chosen by a clock", "resolution", &[("choice", Text("latest"))]),
    ("undecided, with a value that is passed over", "resolution", &[("choice", Text("undecided"))]),
    ("left out, with a statement that is passed over", "resolution", &[("choice", Text("left_out"))]),
    ("what was said, of nobody", "resolution", &[("choice", Text("said")), ("author", Bytes(31))]),
    ("excused for what is not known", "phone_excused", &[("why", Text("asleep"))]),
    ("neither there nor not", "attendance", &[("was", Text("late"))]),
    ("attached to an id of another length", "patrol_attached", &[("to", Bytes(15))]),
    ("the last piece of a page", "page_part", &[("n", Int(4_095)), ("of", Int(4_096))]),
    ("a piece behind the last", "page_part", &[("n", Int(2)), ("of", Int(2))]),
    ("a piece of too many", "page_part", &[("of", Int(4_097))]),
    ("a piece of 2,048 bytes", "page_openings", &[("bytes", Bytes(2_048))]),
    ("a piece of 2,049 bytes", "page_openings", &[("bytes", Bytes(2_049))]),
    ("a piece of no bytes", "page_openings", &[("bytes", Bytes(0))]),
    ("a signature of 63 bytes", "page_sealed", &[("sig", Bytes(63))]),
    (
        "with the greatest number",
        "page_countersigned",
        &[("year", Int(9_999)), ("number", Int(4_294_967_295)), ("amend", Int(65_535))],
    ),
    ("of a year before all", "page_countersigned", &[("year", Int(2_012))]),
    ("of a year of five digits", "page_countersigned", &[("year", Int(10_000))]),
    ("with the number 0", "page_countersigned", &[("number", Int(0))]),
    ("with a number past the last", "page_countersigned", &[("number", Int(4_294_967_296))]),
    ("the amendment 0", "page_countersigned", &[("amend", Int(0))]),
    ("an amendment past the last", "page_countersigned", &[("amend", Int(65_536))]),
    ("entered on no day", "page_entered", &[("day", Text("2026-5-1"))]),
    ("reported up to a day before the first", "head_report", &[("until", Text("2026-04-30"))]),
    ("of 3,200 bytes and more", "urgent_notice", &[("text", Long("t", 2_000)), ("зат", Long("n", 1_000))]),
    ("of 2,600 bytes and more", "head_report", &[("text", Long("t", 2_000)), ("зат", Long("n", 600))]),
];
