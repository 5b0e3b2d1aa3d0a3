//! Statements that are set aside: a change that is good in every way, and one field of its statement that breaks one rule.

use jasaq_fieldbook::model::statement::{Fields, Scalar};

use super::book::Page;
use super::world::World;
use super::{planning, register};

/// A field's value, by which one rule is broken; none where the field is left out.
pub enum Flaw {
    Absent,
    Text(&'static str),
    Long(char, usize),
    Int(i64),
    Bytes(&'static [u8]),
    /// So many of one byte.
    Many(u8, usize),
    Flag(bool),
}

use Flaw::{Absent, Bytes, Flag, Int, Long, Text};

/// Kind, name of the flaw, field, value, what the comment says.
pub type Row = (&'static str, &'static str, &'static str, Flaw, &'static str);

const COUNCIL: &[Row] = &[
    ("decision", "what", "what", Text("dissolve_squad"), "a decision that is none of the two"),
    ("decision", "district", "district", Absent, "a squad is created in no district"),
    ("decision", "person", "what", Text("appoint_head"), "a head is appointed who is nobody"),
    ("decision", "number", "number", Text(" "), "a blank number"),
    ("head_ended", "day", "day", Text("2026-02-29"), "no day of the calendar"),
    ("review", "absent", "seen", Absent, "no word of what was seen"),
    ("review", "blanks", "seen", Text("akimat00.10  council0.2"), "two blanks"),
    ("review", "blank_behind", "seen", Text("akimat00.10 council0.2 "), "a blank behind the last key"),
    ("review", "order", "seen", Text("council0.2 akimat00.10"), "journals that do not rise"),
    ("review", "twice", "seen", Text("akimat00.9 akimat00.10"), "two keys of one journal"),
    ("review", "key", "seen", Text("akimat/0.9"), "a letter that no key has"),
    ("remark", "text", "text", Text(" \n"), "blank words"),
];

const ADMISSION: &[Row] = &[
    ("list", "lines", "lines", Int(-1), "fewer lines than none"),
    ("list", "many_lines", "lines", Int(1 << 32), "lines of more than 32 bits"),
    ("list", "list", "list", Bytes(&[0x98; 15]), "an id of 15 bytes"),
    ("list_line", "first", "n", Int(0), "a line before the first"),
    ("list_line", "last", "n", Int(1 << 32), "a line of more than 32 bits"),
    ("list_line", "iin", "iin", Text("900101300018"), "a check digit that does not fit"),
    ("list_line", "iin_ten", "iin", Text("900101300800"), "ten with either weights: no digit fits"),
    ("list_line", "iin_first", "iin", Text("900101300810"), "ten with the first weights, which is no 0"),
    ("list_line", "iin_short", "iin", Text("90010130001"), "eleven digits"),
    ("list_line", "iin_letters", "iin", Text("٩٠٠١٠١٣٠٠٠١٧"), "digits that are not 0 to 9"),
    ("list_line", "born", "born", Text("01.01.1990"), "a day that is written otherwise"),
    ("list_line", "doc", "doc", Text("licence"), "a document that is none of the two"),
    ("list_line", "doc_absent", "doc", Absent, "a number of no document"),
    ("list_line", "doc_no", "doc_no", Absent, "a document without its number"),
    ("list_line", "before", "before", Bytes(&[0x94; 16]), "an engagement before itself"),
    ("list_received", "day", "day", Absent, "no day"),
    ("list_withdrawn", "text", "text", Absent, "no reason"),
    ("exclusion_notice", "squad", "squad", Absent, "from no squad"),
    ("application", "insured", "insured", Flag(false), "not insured, said instead of left out"),
    ("application", "name", "name", Text("Әлиев\nСерік"), "a name of two lines"),
    ("application", "before", "before", Bytes(&[0x94; 16]), "an engagement before itself"),
    ("application_decided", "outcome", "outcome", Text("postponed"), "an outcome that is none of the two"),
    ("check", "what", "what", Text("tax_register"), "a register that is none of the three"),
    ("check", "finding", "finding", Text("F20"), "a finding that is none of the two"),
    ("offence", "person", "person", Absent, "of nobody"),
];

const CERTIFICATES: &[Row] = &[
    ("certificate", "form", "form", Text("squad_head"), "a form that is none of the two"),
    ("certificate", "signer", "signer", Absent, "nobody signs it"),
    ("certificate", "ts", "ts", Absent, "no subdivision"),
    ("certificate", "number_small", "number", Text("жс-0117"), "small letters"),
    ("certificate", "number_sign", "number", Text("№ 0117"), "the sign before the number"),
    ("certificate", "number_latin", "number", Text("ЖC-0117"), "a Latin C beside a Ж"),
    (
        "certificate",
        "number_cyrillic",
        "number",
        Text("ТС-5"),
        "Cyrillic letters that all look like Latin ones",
    ),
    (
        "certificate",
        "number_beside",
        "number",
        Text("КZ-5"),
        "a Cyrillic К, and nothing that only Cyrillic has",
    ),
    ("certificate", "number_dash", "number", Text("ЖС–0117"), "a long dash"),
    ("certificate", "number_letters", "number", Text("ЖС"), "no digit"),
    ("certificate", "number_other", "number", Text("ЖС_0117"), "a letter that no number has"),
    ("certificate", "number_long", "number", Long('9', 41), "41 bytes"),
    ("certificate_lost", "print", "print", Int(0), "a print before the first"),
    ("certificate_lost", "print_long", "print", Int(65_536), "a print of more than 16 bits"),
    ("number_given", "number", "number", Text("ЖС"), "no digit"),
    ("certificate_reprinted", "print", "print", Int(1), "the first print, which is no reprint"),
    (
        "certificate_reprinted",
        "cause",
        "cause",
        Text("expired"),
        "a cause that is none of the three: no term ends",
    ),
];

const KEEPING: &[Row] = &[
    ("squad_card", "ended", "eligible", Flag(true), "eligible, though his part has ended"),
    ("squad_card", "former", "former", Text("handed_on"), "a former holder's, with a certificate"),
    ("squad_card", "turn", "turn", Int(0), "the turn 0, said instead of left out"),
    ("squad_card", "ended_day", "ended", Text("2026-5-1"), "a day of one digit"),
    ("registration", "form", "form", Absent, "as what is not said"),
    (
        "registration",
        "form_code",
        "form",
        Text("individual_volunteer"),
        "a form that nobody is registered in",
    ),
    ("registration", "squad", "squad", Absent, "a squad's member without a squad"),
    ("registration", "no_squad", "form", Text("non_staff_employee"), "a non-staff employee of a squad"),
    ("training", "session", "session", Bytes(&[0x9c; 17]), "an id of 17 bytes"),
    ("training", "unit", "unit", Long('n', 201), "a name of 201 bytes"),
    ("circumstance", "ground", "ground", Text("other"), "a ground that is none of the five"),
    ("circumstance", "author", "author", Absent, "from a statement of nobody"),
    ("circumstance", "follows", "follows", Absent, "from a device's word without its key"),
    ("strike_off", "death", "ground", Text("moved_out"), "died on another ground than health_or_death"),
    ("strike_off", "no_death", "death", Flag(false), "not dead, said instead of left out"),
    ("strike_off", "ground", "ground", Absent, "on no ground"),
    ("notice", "about", "about", Text("training"), "about what nobody is told of"),
    ("notice", "way", "way", Absent, "in no way"),
    ("supervision", "roll", "roll", Bytes(&[0x9b; 15]), "an id of 15 bytes"),
    ("member_is", "member", "member", Absent, "nobody is this person"),
    ("wish_to_leave", "at", "at", Absent, "no clock"),
    ("withdrawn", "author", "author", Bytes(&[0x9a; 16]), "a device of 16 bytes"),
    ("withdrawn", "ends", "ends", Text("akimat00 9"), "a letter that no key has"),
    ("withdrawn", "text", "text", Absent, "no reason"),
    ("read", "text", "text", Long('t', 2_001), "a reason of 2,001 bytes"),
];

const PLANNING: &[Row] = &[
    ("patrol_planned", "until", "until", Int(1_777_604_400_000), "back before it goes out"),
    ("patrol_planned", "late", "until", Int(1_778_900_400_001), "out for a millisecond more than two weeks"),
    ("patrol_planned", "until_tz", "until_tz", Int(1_081), "more than 18 hours from UTC"),
    ("patrol_planned", "area", "area", Absent, "in no part of the border space"),
    ("patrol_planned", "rep", "rep", Absent, "with no representative"),
    ("patrol_planned", "route", "route", Long('n', 601), "a note of 601 bytes"),
    ("patrol_planned", "task", "task", Text("өткел\nбелес"), "a note of two lines"),
    ("patrol_planned", "no_before", "before", Bytes(&[]), "nothing is replaced, said instead of left out"),
    ("patrol_planned", "before_short", "before", Bytes(&[0xa7; 32]), "a device's word without its key"),
    ("patrol_assigned", "leader", "leader", Bytes(&[0x77; 16]), "whoever leads does not go along"),
    ("patrol_assigned", "nobody", "members", Bytes(&[]), "nobody goes"),
    ("patrol_assigned", "members", "members", Bytes(&[0x75; 17]), "an id of 17 bytes"),
    ("plan_answered", "answer", "answer", Text("perhaps"), "an answer that is none of the two"),
    ("plan_answered", "author", "author", Absent, "to a key of nobody's"),
    ("plan_answered", "note", "note", Text(" "), "a blank note"),
    ("patrol_cancelled", "reason", "reason", Absent, "no reason"),
    ("availability", "until", "until", Text("2026-05-02"), "up to a day before the first"),
    ("availability", "can", "can", Text("maybe"), "neither yes nor no"),
];

/// Notes them all.
pub fn note(page: &mut Page, world: &World) {
    let whole = [register::whole(), planning::whole()].concat();
    for (kind, flaw, field, value, comment) in
        [COUNCIL, ADMISSION, CERTIFICATES, KEEPING, PLANNING].into_iter().flatten()
    {
        let (_, fields) = whole.iter().find(|(of, _)| of == kind).unwrap();
        page.note(
            &format!("statement.{kind}.{flaw}"),
            register::change(world, &spoilt(fields, field, value)),
            comment,
        );
    }
    let (_, review) = whole.iter().find(|(kind, _)| *kind == "review").unwrap();
    let mut many = review.clone();
    let keys: Vec<String> = (0..65).map(|number| format!("{number:08}.1")).collect();
    many.insert("seen", Scalar::Text(keys.join(" ")));
    page.note("statement.review.many", register::change(world, &many), "65 journals");
    let (_, plan) = whole.iter().find(|(kind, _)| *kind == "patrol_planned").unwrap();
    let nine: Vec<String> = (1..=9).map(|number| format!("k.{number}")).collect();
    let nine: Vec<(u8, &str)> = nine.iter().map(|key| (0xa7, key.as_str())).collect();
    for (flaw, replaced, comment) in [
        ("before_key", vec![(0xa7, "k/1")], "a letter that no key has"),
        ("before_order", vec![(0xa8, "k.1"), (0xa7, "k.2")], "devices that do not rise"),
        ("before_twice", vec![(0xa7, "k.1"), (0xa7, "k.1")], "one statement twice"),
        ("before_nine", nine, "nine statements"),
    ] {
        let mut spoilt = plan.clone();
        spoilt.insert("before", Scalar::Bytes(before(&replaced)));
        let name = format!("statement.patrol_planned.{flaw}");
        page.note(&name, register::change(world, &spoilt), comment);
    }
}

/// Statements of devices of one byte repeated, as they are replaced.
pub fn before(replaced: &[(u8, &str)]) -> Vec<u8> {
    let one = |(author, key): &(u8, &str)| {
        let length = u8::try_from(key.len()).unwrap();
        [&[*author; 32], [length].as_slice(), key.as_bytes()].concat()
    };
    replaced.iter().flat_map(one).collect()
}

/// The same fields, of which one is broken.
pub fn spoilt(fields: &Fields, field: &str, value: &Flaw) -> Fields {
    let mut spoilt = Fields::new();
    for (key, scalar) in fields.iter().filter(|(key, _)| *key != field) {
        spoilt.insert(key, scalar.clone());
    }
    let scalar = match value {
        Absent => None,
        Text(text) => Some(Scalar::Text((*text).to_owned())),
        Long(letter, count) => Some(Scalar::Text(letter.to_string().repeat(*count))),
        Int(int) => Some(Scalar::Int(*int)),
        Bytes(bytes) => Some(Scalar::Bytes(bytes.to_vec())),
        Flaw::Many(byte, count) => Some(Scalar::Bytes(vec![*byte; *count])),
        Flag(flag) => Some(Scalar::Flag(*flag)),
    };
    if let Some(scalar) = scalar {
        spoilt.insert(field, scalar);
    }
    spoilt
}
