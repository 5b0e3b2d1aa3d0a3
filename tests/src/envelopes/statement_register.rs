//! What the fields of the register's records hold: of each kind as they should be, and at the bounds of the page.

use super::statement_tables::Row;
use super::statement_tables::Value::{Bytes, Flag, Iin, Int, Long, Number, Seen, Text, These};

/// A kind with several forms stands here once for each.
pub(super) const KINDS: &[(&str, &[Row])] = &[
    ("decision", DECISION),
    (
        "decision",
        &[
            ("what", Text("appoint_head")),
            ("squad", Bytes(16)),
            ("person", Bytes(16)),
            ("number", Text("14/2")),
            ("day", Text("2026-05-02")),
        ],
    ),
    ("head_ended", &[("squad", Bytes(16)), ("person", Bytes(16)), ("day", Text("2026-05-02"))]),
    ("review", &[("seen", Seen)]),
    ("remark", &[("squad", Bytes(16)), ("text", Text("құрамы аз"))]),
    (
        "list",
        &[
            ("list", Bytes(16)),
            ("squad", Bytes(16)),
            ("number", Text("03-11/204")),
            ("day", Text("2026-05-02")),
            ("lines", Int(12)),
        ],
    ),
    ("list_line", LIST_LINE),
    ("list_received", &[("list", Bytes(16)), ("day", Text("2026-05-02"))]),
    ("list_withdrawn", &[("list", Bytes(16)), ("text", Text("қате"))]),
    ("exclusion_notice", &[("squad", Bytes(16)), ("person", Bytes(16)), ("day", Text("2026-05-02"))]),
    (
        "application",
        &[
            ("person", Bytes(16)),
            ("name", Text("Әлиев Серік")),
            ("iin", Iin),
            ("doc", Text("passport")),
            ("doc_no", Text("N 1")),
            ("day", Text("2026-05-02")),
            ("insured", Flag(true)),
        ],
    ),
    (
        "application_decided",
        &[("person", Bytes(16)), ("outcome", Text("refused")), ("day", Text("2026-05-02"))],
    ),
    (
        "check",
        &[
            ("person", Bytes(16)),
            ("what", Text("criminal_record")),
            ("finding", Text("nothing")),
            ("day", Text("2026-05-02")),
        ],
    ),
    ("offence", &[("person", Bytes(16)), ("day", Text("2026-05-02"))]),
    ("registration", REGISTRATION),
    (
        "registration",
        &[
            ("person", Bytes(16)),
            ("name", Text("Әлиев Серік")),
            ("form", Text("non_staff_employee")),
            ("section", Text("IV")),
            ("day", Text("2026-05-02")),
        ],
    ),
    ("certificate", CERTIFICATE),
    ("certificate_lost", CERTIFICATE_LOST),
    ("number_given", &[("number", Number)]),
    (
        "certificate_reprinted",
        &[
            ("person", Bytes(16)),
            ("number", Number),
            ("print", Int(2)),
            ("cause", Text("lost")),
            ("name", Text("Әлиев Серік")),
            ("day", Text("2026-05-02")),
            ("position", Text("бастығы")),
            ("rank", Text("полковник")),
            ("signer", Text("Б. Оспанов")),
        ],
    ),
    (
        "training",
        &[
            ("person", Bytes(16)),
            ("session", Bytes(16)),
            ("day", Text("2026-05-02")),
            ("unit", Text("2534")),
            ("text", Text("шекара режимі")),
        ],
    ),
    ("circumstance", &[("person", Bytes(16)), ("ground", Text("own_wish")), ("day", Text("2026-05-02"))]),
    (
        "circumstance",
        &[
            ("person", Bytes(16)),
            ("day", Text("2026-05-02")),
            ("author", Bytes(32)),
            ("follows", Text("k.7")),
        ],
    ),
    (
        "strike_off",
        &[
            ("person", Bytes(16)),
            ("ground", Text("health_or_death")),
            ("death", Flag(true)),
            ("day", Text("2026-05-02")),
        ],
    ),
    (
        "notice",
        &[
            ("person", Bytes(16)),
            ("about", Text("strike_off")),
            ("day", Text("2026-05-02")),
            ("way", Text("поштамен")),
        ],
    ),
    ("supervision", &[("squad", Bytes(16)), ("roll", Bytes(16))]),
    ("member_is", &[("member", Bytes(16)), ("person", Bytes(16))]),
    ("wish_to_leave", &[]),
    ("withdrawn", &[("author", Bytes(32)), ("ends", Text("k.2")), ("text", Text("қате"))]),
    ("read", &[("person", Bytes(16)), ("text", Text("тексеру"))]),
];

const DECISION: &[Row] = &[
    ("what", Text("create_squad")),
    ("squad", Bytes(16)),
    ("name", Text("Сарыарқа")),
    ("district", Text("Жаңа")),
    ("number", Text("14/1")),
    ("day", Text("2026-05-01")),
];

const LIST_LINE: &[Row] = &[
    ("list", Bytes(16)),
    ("n", Int(3)),
    ("person", Bytes(16)),
    ("name", Text("Әлиев Серік")),
    ("iin", Iin),
    ("born", Text("1990-01-01")),
    ("doc", Text("identity_card")),
    ("doc_no", Text("012345678")),
    ("home", Text("Жаркент")),
    ("before", Bytes(16)),
];

const REGISTRATION: &[Row] = &[
    ("person", Bytes(16)),
    ("name", Text("Әлиев Серік")),
    ("form", Text("squad_member")),
    ("squad", Bytes(16)),
    ("section", Text("III")),
    ("day", Text("2026-05-02")),
];

const CERTIFICATE: &[Row] = &[
    ("person", Bytes(16)),
    ("form", Text("squad_member")),
    ("number", Number),
    ("name", Text("Әлиев Серік")),
    ("ts", Text("департамент")),
    ("day", Text("2026-05-02")),
    ("position", Text("бастығы")),
    ("rank", Text("полковник")),
    ("signer", Text("Б. Оспанов")),
];

/// The shortest kind with a certificate's number.
pub(super) const CERTIFICATE_LOST: &[Row] =
    &[("person", Bytes(16)), ("number", Number), ("print", Int(1)), ("day", Text("2026-05-02"))];

/// What the fields of a kind are made: at a bound of the page, or past it.
pub(super) const AT_BOUNDS: &[(&str, &str, &[Row])] = &[
    ("of a decision that is not known", "decision", &[("what", Text("dissolve_squad"))]),
    ("of a decision without its fields", "decision", &[("what", Text("appoint_head"))]),
    ("that saw nothing", "review", &[("seen", Text(""))]),
    ("that saw a blank", "review", &[("seen", Text(" "))]),
    ("that saw one journal twice", "review", &[("seen", Text("a.9 a.10"))]),
    ("that saw a journal without a counter", "review", &[("seen", Text(". .. a a.1.1 a.b.1"))]),
    ("of the last line", "list_line", &[("n", Int(0xffff_ffff))]),
    ("of a line behind the last", "list_line", &[("n", Int(0x1_0000_0000))]),
    ("of a line before the first", "list_line", &[("n", Int(0))]),
    ("of no lines", "list", &[("lines", Int(0))]),
    ("of most lines", "list", &[("lines", Int(0xffff_ffff))]),
    ("with digits of which no last one fits", "list_line", &[("iin", Text("900101300800"))]),
    ("with digits that are not 0 to 9", "list_line", &[("iin", Text("٩٠٠١٠١٣٠٠٠١٧"))]),
    ("with thirteen digits", "application", &[("iin", Text("9001013000171"))]),
    ("before itself", "list_line", &[("person", These(&[7; 16])), ("before", These(&[7; 16]))]),
    ("of a document that is not known", "application", &[("doc", Text("licence"))]),
    ("that says no instead of nothing", "application", &[("insured", Flag(false))]),
    ("that says no instead of nothing", "strike_off", &[("death", Flag(false))]),
    ("who died on another ground", "strike_off", &[("ground", Text("moved_out"))]),
    ("of a ground that is not known", "circumstance", &[("ground", Text("other"))]),
    ("that follows from a statement of nobody", "circumstance", &[("follows", Text("k.7"))]),
    ("of a finding that is not known", "check", &[("finding", Text("F20"))]),
    ("of a register that is not known", "check", &[("what", Text("create_squad"))]),
    ("of an outcome that is not known", "application_decided", &[("outcome", Text("approve"))]),
    ("of what nobody is told of", "notice", &[("about", Text("training"))]),
    ("of a form that is not known", "registration", &[("form", Text("individual_volunteer"))]),
    ("of a squad that he is no member of", "registration", &[("form", Text("non_staff_employee"))]),
    ("with a number of 40 bytes", "certificate_lost", &[("number", Long("9", 40))]),
    ("with a number of 41 bytes", "certificate_lost", &[("number", Long("9", 41))]),
    ("with a number of 40 bytes and 30 letters", "certificate_lost", &[("number", Long("1Ж1", 10))]),
    ("that has no digit", "number_given", &[("number", Text("ЖС"))]),
    ("before its first print", "certificate_lost", &[("print", Int(0))]),
    ("of the last print", "certificate_reprinted", &[("print", Int(65_535))]),
    ("behind the last print", "certificate_reprinted", &[("print", Int(65_536))]),
    ("that is no reprint", "certificate_reprinted", &[("print", Int(1))]),
    ("of a cause that is not known", "certificate_reprinted", &[("cause", Text("expired"))]),
    ("of a device of another length", "withdrawn", &[("author", Bytes(16))]),
    ("of a roll of another length", "supervision", &[("roll", Bytes(32))]),
];
