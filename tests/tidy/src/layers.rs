//! Layers: inside a crate, a lower module never names a higher one. The order is the table `CRATES`.
//!
//! What counts as naming is a path, `crate::seal::…` or `super::…`, in code and not in tests. A path to what `lib.rs`
//! re-exports (`crate::Envelope`) hides the layer, so it is refused too: name the module. `lib.rs` itself names everybody.

use std::collections::BTreeSet;

use crate::Finding;
use crate::rust::RustFile;
use crate::rust::paths::{Path, paths};

/// Modules of one height.
struct Layer {
    modules: &'static [&'static str],
    /// Whether they may name each other.
    are_neighbours: bool,
}

const fn neighbours(modules: &'static [&'static str]) -> Layer {
    Layer { modules, are_neighbours: true }
}

const fn strangers(modules: &'static [&'static str]) -> Layer {
    Layer { modules, are_neighbours: false }
}

/// The order of each crate that has one, lowest first.
const CRATES: [(&str, &[Layer]); 4] = [
    (
        "core/protocol/src",
        &[
            strangers(&["limits"]),
            strangers(&["bytes"]),
            strangers(&["ids"]),
            strangers(&["seal"]),
            strangers(&["attachment"]),
            strangers(&["journal"]),
            strangers(&["membership"]),
            strangers(&["sync"]),
        ],
    ),
    (
        "core/model/src",
        &[
            neighbours(&["limits", "codes", "words", "ids", "source", "spelling"]),
            neighbours(&["moment", "position", "track", "sheet", "law"]),
            neighbours(&[
                "person",
                "squad",
                "patrol",
                "entry",
                "attachment",
                "register",
                "planning",
                "mark",
                "amendment",
                "notice",
                "detention",
                "settling",
                "sealing",
            ]),
            strangers(&["statement"]),
            strangers(&["roles"]),
            strangers(&["stated"]),
            neighbours(&["case", "patrol_log", "roster", "records", "list", "paper"]),
            strangers(&["reconcile"]),
            strangers(&["page"]),
            strangers(&["report"]),
            strangers(&["eligibility", "guards"]),
            strangers(&["sentences"]),
        ],
    ),
    (
        "core/fieldbook/src",
        &[
            strangers(&["limits"]),
            strangers(&["surroundings", "roles"]),
            strangers(&["documents", "vault", "formats"]),
            strangers(&["exchange"]),
            strangers(&["views", "refusal", "fuzzing"]),
            strangers(&["fieldbook"]),
        ],
    ),
    (
        "server/printing/src",
        &[strangers(&["limits"]), strangers(&["reading", "tables", "documents"]), strangers(&["paper"])],
    ),
];

/// A lower module never names a higher one.
#[must_use]
pub fn order(files: &[RustFile]) -> Vec<Finding> {
    CRATES
        .iter()
        .flat_map(|(source, layers)| crate_findings(source, layers, files))
        .collect()
}

fn crate_findings(source: &str, layers: &[Layer], files: &[RustFile]) -> Vec<Finding> {
    let own: Vec<(&RustFile, Vec<&str>)> = files
        .iter()
        .filter(|file| !file.is_test())
        .filter_map(|file| Some((file, module_of(file, source)?)))
        .collect();
    let modules: BTreeSet<&str> = own.iter().filter_map(|(_, module)| module.first().copied()).collect();
    let mut findings = Vec::new();
    for (file, module) in &own {
        let Some(name) = module.first() else { continue };
        let Some(height) = height_of(layers, name) else {
            let advice =
                format!("`{name}` has no row in CRATES of tests/tidy/src/layers.rs: say how high it stands");
            findings.push(Finding::new(&file.path, 1, advice));
            continue;
        };
        for path in paths(&file.code()) {
            let advice = target_of(&path, module)
                .and_then(|target| complaint(layers, &modules, (name, height), target));
            findings.extend(advice.map(|advice| Finding::new(&file.path, path.line, advice)));
        }
    }
    findings.dedup();
    findings
}

/// `core/model/src/entry/draft.rs` is `["entry", "draft"]`, `lib.rs` is `[]`.
fn module_of<'a>(file: &'a RustFile, source: &str) -> Option<Vec<&'a str>> {
    let module: Vec<&str> = file
        .path
        .strip_prefix(source)?
        .strip_prefix('/')?
        .strip_suffix(".rs")?
        .split('/')
        .collect();
    Some(if module == ["lib"] { Vec::new() } else { module })
}

fn height_of(layers: &[Layer], name: &str) -> Option<usize> {
    layers.iter().position(|layer| layer.modules.contains(&name))
}

/// The name at the crate's root that this path of this module leads to, if it leads to the root.
fn target_of<'a>(path: &'a Path, module: &[&str]) -> Option<&'a str> {
    let steps = match path.segments.first()?.as_str() {
        "crate" => 1,
        "super" => path.segments.iter().take_while(|segment| *segment == "super").count(),
        _ => return None,
    };
    let from_root = path.segments.first().is_some_and(|first| first == "crate") || steps == module.len();
    path.segments.get(steps).filter(|_| from_root).map(String::as_str)
}

fn complaint(
    layers: &[Layer],
    modules: &BTreeSet<&str>,
    (name, height): (&str, usize),
    target: &str,
) -> Option<String> {
    let Some(other) = height_of(layers, target) else {
        let is_hidden = !modules.contains(target);
        return is_hidden
            .then(|| format!("`crate::{target}` hides the layer it comes from: name its module"));
    };
    let may_be_named = layers.get(other).is_some_and(|layer| layer.are_neighbours);
    if other > height {
        Some(format!(
            "`{name}` is below `{target}` and may not name it: pass in what it needs, or move what is shared down"
        ))
    } else if other == height && target != name && !may_be_named {
        Some(format!("`{name}` and `{target}` do not know each other: what stands above joins them"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{files, places};
    use crate::rust;

    fn found(path: &str, text: &str) -> Vec<String> {
        let lib = ("core/protocol/src/lib.rs", "pub use sync::Frame;\npub use crate::seal::Envelope;");
        places(&order(&rust::read(&files(&[lib, (path, text)]))))
    }

    #[test]
    fn a_lower_module_that_names_a_higher_one_is_found() {
        let at_line_2 = ["core/protocol/src/seal.rs:2"];
        assert_eq!(
            found("core/protocol/src/seal.rs", "use crate::ids::Space;\nuse crate::journal::Chain;"),
            at_line_2
        );
        assert_eq!(found("core/protocol/src/seal.rs", "\nfn a() -> crate::sync::Frame {}"), at_line_2);
        assert_eq!(found("core/protocol/src/seal.rs", "use crate::{ids,\n sync};"), at_line_2);
        assert_eq!(found("core/protocol/src/seal.rs", "\nuse super::sync::Frame;"), at_line_2);
        let nested = "core/protocol/src/seal/keys.rs";
        assert_eq!(
            found(nested, "use super::section;\nuse super::super::sync;"),
            ["core/protocol/src/seal/keys.rs:2"]
        );
    }

    #[test]
    fn a_module_names_itself_and_what_is_below_it() {
        let text = "use crate::limits;\nuse crate::seal::keys::Key;\nuse super::keys;\nuse serde::sync;";
        assert_eq!(found("core/protocol/src/seal/section.rs", text), Vec::<String>::new());
    }

    #[test]
    fn tests_may_name_whom_they_like() {
        let text = "#[cfg(test)]\nmod tests { use crate::sync::Frame; }";
        assert_eq!(found("core/protocol/src/seal.rs", text), Vec::<String>::new());
    }

    #[test]
    fn siblings_do_not_know_each_other() {
        let text = "use crate::vault::Vault;\nuse crate::documents::Shape;\nuse crate::surroundings::Clock;";
        assert_eq!(found("core/fieldbook/src/documents.rs", text), ["core/fieldbook/src/documents.rs:1"]);
    }

    #[test]
    fn neighbours_do() {
        assert_eq!(found("core/model/src/patrol.rs", "use crate::entry::Entry;"), Vec::<String>::new());
    }

    #[test]
    fn a_path_that_hides_its_layer_is_found() {
        let text = "use crate::Envelope;\nuse crate::*;";
        let both = ["core/protocol/src/journal.rs:1", "core/protocol/src/journal.rs:2"];
        assert_eq!(found("core/protocol/src/journal.rs", text), both);
    }

    #[test]
    fn a_module_without_a_place_in_the_order_is_found() {
        assert_eq!(found("core/protocol/src/gossip.rs", "\n"), ["core/protocol/src/gossip.rs:1"]);
    }
}
