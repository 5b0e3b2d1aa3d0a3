//! Refused statements of what is said on a patrol beside entries, of cases, decisions and pages.

use jasaq_fieldbook::model::statement::Scalar;

use super::book::Page;
use super::refused_statements::Flaw::{Absent, Bytes, Flag, Int, Long, Many, Text};
use super::refused_statements::{Row, before, spoilt};
use super::world::World;
use super::{field, register};

const LOG: &[Row] = &[
    ("entry", "count", "count", Int(100_001), "more than an entry counts"),
    ("entry", "count_negative", "count", Int(-1), "fewer than nobody"),
    ("entry", "marker", "marker", Long('m', 81), "a label of 81 bytes"),
    ("entry", "landmark", "landmark", Text("терек\nсай"), "a label of two lines"),
    ("entry", "by", "by", Bytes(&[0x75; 15]), "an id of 15 bytes"),
    ("entry", "case", "case", Bytes(&[0xa1; 17]), "an id of 17 bytes"),
    ("entry_amended", "author", "author", Absent, "what nobody said is amended"),
    ("entry_amended", "said", "said", Absent, "a device's word without its key"),
    ("entry_amended", "why", "why", Text("bored"), "a reason that is none of the four"),
    ("entry_amended", "text", "text", Absent, "an entry without words"),
    ("entry_amended", "sub", "sub", Text("vehicle"), "a kind of another activity"),
    ("entry_amended", "lon", "lon", Absent, "a latitude alone"),
    ("entry_amended", "note", "note", Long('n', 601), "a note of 601 bytes"),
    ("entry_amended", "large", "зат", Long('n', 3_200), "more than 3,200 bytes"),
    ("mark", "what", "what", Text("rest"), "a mark that is none of the three"),
    ("mark", "until", "until", Absent, "a time zone of no moment"),
    ("mark", "until_tz", "until_tz", Absent, "a moment without its time zone"),
    ("mark", "cause", "cause", Text("lost"), "a cause of something else"),
    ("mark", "when", "when", Int(253_402_207_200_000), "after the last moment"),
    ("mark", "large", "зат", Long('n', 2_600), "more than 2,600 bytes"),
    ("observation", "object", "object", Absent, "against none of the seven"),
    ("observation", "text", "text", Text(" "), "blank words"),
    ("urgent_notice", "told", "told", Absent, "a time zone of no moment"),
    ("urgent_notice", "told_tz", "told_tz", Absent, "told without a time zone"),
    ("urgent_notice", "channel", "channel", Absent, "told by nothing"),
    ("urgent_notice", "whom", "whom", Text("\u{202e}а"), "a letter that turns the others"),
    ("urgent_notice", "object", "object", Text("garden"), "an object that is none of the seven"),
    ("notice_told", "told_tz", "told_tz", Absent, "told without a time zone"),
    ("notice_told", "channel", "channel", Text("smoke"), "a channel that is none of the four"),
    ("notice_told", "said", "said", Text("k/1"), "a letter that no key has"),
    ("notice_logged", "told_tz", "told_tz", Absent, "told without a time zone"),
    ("notice_logged", "channel", "channel", Text("smoke"), "a channel that is none of the four"),
    ("notice_answered", "reply", "reply", Text("maybe"), "an answer that is none of the three"),
];

const CASES: &[Row] = &[
    ("detained", "offence", "offence", Absent, "for nothing"),
    ("detained", "born", "born", Text("1990-02-30"), "no day of the calendar"),
    ("detained", "paper", "paper", Long('p', 81), "a label of 81 bytes"),
    ("detained", "patrol", "patrol", Bytes(&[0x95; 15]), "an id of 15 bytes"),
    ("detained", "before", "before", Bytes(&[]), "nothing is replaced, said instead of left out"),
    ("detained", "large", "зат", Long('n', 3_200), "more than 3,200 bytes"),
    ("detention_step", "step", "step", Text("photographed"), "a step that is none of the four"),
    ("detention_step", "lang", "lang", Text(" "), "a blank language"),
    ("detention_step", "channel", "channel", Text("smoke"), "a channel that is none of the four"),
    ("handed_over", "receiver", "receiver", Text("relative"), "a receiver that is none of the three"),
    ("handed_over", "body", "body", Absent, "to nobody"),
    ("handed_over", "officer", "officer", Absent, "to nobody's hands"),
    ("handed_over", "citizenship", "citizenship", Absent, "a duty section's trigger without citizenship"),
    ("handed_over", "trigger", "trigger", Text("curiosity"), "a trigger that is none of the six"),
    ("handed_over", "company", "company", Text("crowd"), "neither alone nor in a group"),
    ("released", "ordered", "ordered", Absent, "by nobody's order"),
    ("released", "reason", "reason", Absent, "for no reason"),
    ("force_used", "necessity", "necessity", Absent, "not said why nothing else would do"),
    ("force_used", "aim", "aim", Absent, "to no end"),
    ("force_used", "means", "means", Long('n', 201), "a name of 201 bytes"),
];

const DECISIONS: &[Row] = &[
    ("case_held", "case", "case", Bytes(&[0x77; 15]), "a case of 15 bytes"),
    ("case_held", "held", "held", Absent, "holding nothing"),
    ("case_held", "no_held", "held", Bytes(&[]), "holding nothing, said instead of left out"),
    ("case_held", "not_over", "over", Flag(false), "not over, said instead of left out"),
    ("same_event", "entries", "entries", Absent, "of no entries"),
    ("same_event", "no_entries", "entries", Bytes(&[]), "of no entries, said instead of left out"),
    ("same_event", "is", "is", Text("perhaps"), "neither one nor separate"),
    ("resolution", "reason", "reason", Absent, "another value without a reason"),
    ("resolution", "value", "value", Absent, "another value that is not said"),
    ("resolution", "field", "field", Text("weather"), "a field that there is not"),
    ("resolution", "choice", "choice", Text("latest"), "a choice that is none of the four"),
    ("resolution", "said", "choice", Text("said"), "what was said, by nobody"),
    ("resolution", "no_entries", "entries", Bytes(&[]), "nothing, said instead of left out"),
    ("resolution", "large", "зат", Long('n', 3_200), "more than 3,200 bytes"),
    ("phone_excused", "device", "device", Bytes(&[0xa8; 31]), "a device of 31 bytes"),
    ("phone_excused", "why", "why", Absent, "for no reason"),
    ("attendance", "was", "was", Text("late"), "neither there nor not"),
    ("attendance", "member", "member", Absent, "nobody"),
    ("patrol_attached", "to", "to", Absent, "a part of nothing"),
];

const PAGES: &[Row] = &[
    ("page_part", "n", "n", Int(2), "a piece behind the last"),
    ("page_part", "of", "of", Int(4_097), "more pieces than a page has"),
    ("page_part", "bytes", "bytes", Bytes(&[]), "no bytes"),
    ("page_part", "long", "bytes", Many(0x78, 2_049), "2,049 bytes"),
    ("page_part", "page", "page", Bytes(&[0xa2; 31]), "a hash of 31 bytes"),
    ("page_openings", "n", "n", Int(-1), "a piece before the first"),
    ("page_openings", "of", "of", Int(0), "a piece of none"),
    ("page_openings", "page", "page", Absent, "of no page"),
    ("page_sealed", "sig", "sig", Many(0xa4, 63), "a signature of 63 bytes"),
    ("page_sealed", "prev", "prev", Bytes(&[0xa3; 31]), "a hash of 31 bytes"),
    ("page_countersigned", "amend", "amend", Int(0), "the amendment 0, said instead of left out"),
    ("page_countersigned", "amend_long", "amend", Int(65_536), "an amendment of more than 16 bits"),
    ("page_countersigned", "year", "year", Int(2_012), "before anybody patrolled"),
    ("page_countersigned", "year_long", "year", Int(10_000), "a year of five digits"),
    ("page_countersigned", "number", "number", Int(0), "before the first page"),
    ("page_countersigned", "number_long", "number", Int(1 << 32), "a number of more than 32 bits"),
    ("page_countersigned", "sig", "sig", Absent, "not signed"),
    ("page_countersigned", "turn", "turn", Int(0), "the turn 0, said instead of left out"),
    ("page_countersigned", "anyway", "anyway", Long('n', 601), "words of 601 bytes"),
    ("page_entered", "section", "section", Absent, "in no section"),
    ("page_entered", "day", "day", Text("2026-5-3"), "a day of one digit"),
    ("page_entered", "turn", "turn", Int(65_536), "a turn of more than 16 bits"),
    ("page_reopened", "reason", "reason", Absent, "for no reason"),
    ("head_report", "until", "until", Text("2026-04-30"), "up to a day before the first"),
    ("head_report", "text", "text", Long('t', 2_001), "words of 2,001 bytes"),
    ("head_report", "large", "зат", Long('n', 2_600), "more than 2,600 bytes"),
];

/// Notes them all.
pub fn note(page: &mut Page, world: &World) {
    let whole = field::whole();
    let of_kind = |kind: &str| whole.iter().find(|(of, _)| *of == kind).unwrap().1.clone();
    for (kind, flaw, field, value, comment) in [LOG, CASES, DECISIONS, PAGES].into_iter().flatten() {
        let change = register::change(world, &spoilt(&of_kind(kind), field, value));
        page.note(&format!("statement.{kind}.{flaw}"), change, comment);
    }
    let one = before(&[(0xa7, "k.1")]);
    for (flaw, entries, comment) in [
        ("one", one, "of one entry alone"),
        ("nine", field::causes(9, "k."), "nine entries"),
        ("twice", before(&[(0xa7, "k.1"), (0xa7, "k.1")]), "one entry twice"),
    ] {
        let mut spoilt = of_kind("same_event");
        spoilt.insert("entries", Scalar::Bytes(entries));
        page.note(&format!("statement.same_event.{flaw}"), register::change(world, &spoilt), comment);
    }
    let mut undecided = spoilt(&of_kind("resolution"), "reason", &Absent);
    undecided.insert("choice", Scalar::Text("undecided".to_owned()));
    let change = register::change(world, &undecided);
    page.note("statement.resolution.undecided", change, "undecided, without a reason");
}
