//! The words of the lists are the glossary's terms.
//!
//! Reads `core/docs/glossary.md`: a row of three terms and an identifier, `list.value` or `value` alone. Where a list
//! has the value, each of our words contains the glossary's term. The exceptions stand below with their reasons.

use std::path::Path;

use super::*;

/// Lists that the glossary calls otherwise than the code.
const CALLED: [(&str, &str); 3] = [
    ("activity_subkind", "BorderServiceKind"),
    ("activity_subkind", "InspectionKind"),
    ("id_doc_kind", "IdDocumentKind"),
];

/// List and code whose word is not the glossary's, with the reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "AreaComponent",
        "border_zone",
        "the Russian zone stands in the genitive: the territory up to its limits",
    ),
    ("Role", "coordination_council", "short: no other council has a role here"),
    ("Role", "territorial_subdivision", "short: nobody but the Border Service has one here"),
    ("Transport", "vehicle", "the way of going and not the vehicle that is looked into"),
];

struct Row {
    identifier: String,
    /// Kazakh, Russian, English; each with what may be said for it.
    terms: [Vec<String>; 3],
}

/// The term without marks and remarks: `граница ✓` and `член (дружины)` are `граница` and `член`.
fn bare(term: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for letter in term.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 && !"✓*".contains(letter) => bare.push(letter),
            _ => {}
        }
    }
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The terms of a cell for the identifier at this place among so many: each its own where there are as many terms.
fn terms_of(cell: &str, at: usize, of: usize) -> Vec<String> {
    let parts: Vec<String> = bare(cell).split(['/', '·', ',']).map(|part| part.trim().to_owned()).collect();
    if parts.len() == of { vec![parts[at].clone()] } else { parts }
}

fn rows() -> Vec<Row> {
    let glossary = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/glossary.md");
    let glossary = std::fs::read_to_string(glossary).unwrap();
    let mut rows = Vec::new();
    for line in glossary.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        let [kk, ru, en, identifiers, _] = cells[..] else { continue };
        let identifiers: Vec<&str> = identifiers.split('`').skip(1).step_by(2).collect();
        for (at, identifier) in identifiers.iter().enumerate() {
            let terms = [kk, ru, en].map(|cell| terms_of(cell, at, identifiers.len()));
            rows.push(Row { identifier: (*identifier).to_owned(), terms });
        }
    }
    rows
}

/// A value of a list of ours, and the glossary's terms for it.
struct Compared {
    list: &'static str,
    code: &'static str,
    terms: [Vec<String>; 3],
}

/// The values that an identifier means: of the list that it names, or of any if it names none.
fn values_of(identifier: &str) -> Vec<(&'static str, &'static str)> {
    let (list, value) = identifier
        .split_once('.')
        .map_or((None, identifier), |(list, value)| (Some(list), value));
    let is_meant = |name: &str| {
        list.is_none_or(|list| {
            CALLED.contains(&(list, name)) || word_id(name, "") == word_id(list, "").replace('_', "-")
        })
    };
    let lists = worded().into_iter().filter(|(name, _)| is_meant(name));
    lists
        .flat_map(|(name, codes)| {
            codes.into_iter().filter(|code| *code == value).map(move |code| (name, code))
        })
        .collect()
}

/// A value is compared with the row that names its list; with a row that names none only where there is no such row.
fn compared() -> Vec<Compared> {
    let (with_list, without): (Vec<Row>, Vec<Row>) =
        rows().into_iter().partition(|row| row.identifier.contains('.'));
    let mut compared: Vec<Compared> = Vec::new();
    for row in with_list {
        let values = values_of(&row.identifier).into_iter();
        compared.extend(values.map(|(list, code)| Compared { list, code, terms: row.terms.clone() }));
    }
    let named = compared.len();
    for row in without {
        for (list, code) in values_of(&row.identifier) {
            if !compared[..named].iter().any(|had| (had.list, had.code) == (list, code)) {
                compared.push(Compared { list, code, terms: row.terms.clone() });
            }
        }
    }
    compared
}

#[test]
fn official_terms_are_the_glossarys() {
    let (mut wrong, mut excepted) = (Vec::new(), BTreeSet::new());
    for Compared { list, code, terms } in compared() {
        for (language, terms) in Language::ALL.iter().zip(terms) {
            let word = locales::word(list, code, *language);
            assert!(terms.iter().all(|term| !term.is_empty()), "{list} {code}: {terms:?}");
            if terms.iter().any(|term| word.contains(term.as_str())) {
                continue;
            }
            match EXCEPTIONS.iter().position(|(of, value, _)| (*of, *value) == (list, code)) {
                Some(exception) => _ = excepted.insert(exception),
                None => wrong.push(format!("{list} {code} in {language}: {word}, not {terms:?}")),
            }
        }
    }
    assert!(wrong.is_empty(), "the glossary has other terms:\n{}", wrong.join("\n"));
    let needless = EXCEPTIONS.iter().enumerate().find(|(at, _)| !excepted.contains(at));
    assert_eq!(needless.map(|(_, exception)| exception), None, "this exception is none any more");
}

#[test]
fn every_list_that_the_glossary_has_is_compared() {
    let lists: BTreeSet<&str> = compared().iter().map(|compared| compared.list).collect();
    for list in [
        "ActivityMode",
        "ActivityType",
        "BorderServiceKind",
        "CertificateKind",
        "CheckKind",
        "CheckOutcome",
        "EngagementForm",
        "ExclusionGround",
        "IdDocumentKind",
        "InspectionKind",
        "ProtectedObject",
        "ReceiverKind",
        "Role",
    ] {
        assert!(lists.contains(list), "no row of the glossary was compared with {list}");
    }
}
