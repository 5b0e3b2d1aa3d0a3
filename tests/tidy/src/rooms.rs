//! Rooms: what the top of the repository shows, and which crate may use which.
//!
//! ```text
//!  protocol ──► relay ──────────────┐
//!      └────┐                       ▼
//!  model ───┴─► fieldbook ─► ffi   jasaq
//!      └──────► printing ───────────┘
//! ```
//!
//! Manifests are read by line: they are ours, and say `name.workspace = true` or `name = …`, one to a line.

use std::collections::BTreeSet;

use crate::{File, Finding};

/// What a newcomer sees first. Tool settings are dotfiles.
const TOP_LEVEL: [&str; 8] =
    ["Cargo.toml", "Cargo.lock", "LICENSE", "README.md", "core", "server", "bindings", "tests"];

/// A crate, and which of ours it may use outside its tests.
struct Room {
    package: &'static str,
    uses: &'static [&'static str],
    is_pure: bool,
}

const fn room(package: &'static str, uses: &'static [&'static str]) -> Room {
    Room { package, uses, is_pure: false }
}

const fn pure_room(package: &'static str) -> Room {
    Room { package, uses: &[], is_pure: true }
}

const ROOMS: [Room; 12] = [
    pure_room("jasaq-protocol"),
    pure_room("jasaq-model"),
    room("jasaq-relay", &["jasaq-protocol"]),
    room("jasaq-fieldbook", &["jasaq-protocol", "jasaq-model"]),
    room("jasaq-ffi", &["jasaq-fieldbook"]),
    room("jasaq-printing", &["jasaq-model"]),
    room("jasaq", &["jasaq-fieldbook", "jasaq-relay", "jasaq-printing"]),
    room(
        "jasaq-tests",
        &["jasaq-protocol", "jasaq-model", "jasaq-relay", "jasaq-fieldbook", "jasaq-ffi", "jasaq-ci"],
    ),
    room("jasaq-benches", &["jasaq-fieldbook"]),
    room("jasaq-fuzz", &["jasaq-tests"]),
    room("jasaq-ci", &[]),
    room("jasaq-tidy", &[]),
];

/// What a pure crate does not touch: disks, sockets, clocks, chance, documents, and whatever waits.
const IMPURE: [&str; 14] = [
    "automerge",
    "axum",
    "getrandom",
    "hyper",
    "native-tls",
    "openssl",
    "rand",
    "reqwest",
    "rusqlite",
    "rustls",
    "tokio",
    "tower-http",
    "tracing-subscriber",
    "ureq",
];

/// The visible top level holds only the prescribed names.
#[must_use]
pub fn top_level(files: &[File]) -> Vec<Finding> {
    let names: BTreeSet<&str> = files.iter().filter_map(|file| file.path.split('/').next()).collect();
    let strangers = names.iter().filter(|name| !name.starts_with('.') && !TOP_LEVEL.contains(name));
    let advice = format!("the top level shows {} only; settings are dotfiles", TOP_LEVEL.join(", "));
    strangers.map(|name| Finding::new(name, 1, advice.clone())).collect()
}

/// Crates use one another only downwards, and the pure ones nothing that acts.
#[must_use]
pub fn layering(files: &[File]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml"))
        .flat_map(manifest_findings)
        .collect()
}

fn manifest_findings(file: &File) -> Vec<Finding> {
    let manifest = Manifest::read(&file.text);
    let Some(room) = ROOMS.iter().find(|room| room.package == manifest.package) else {
        let advice = format!("`{}` has no row in ROOMS of tests/tidy/src/rooms.rs", manifest.package);
        return vec![Finding::new(&file.path, 1, advice)];
    };
    let complaint = |dependency: &Dependency| {
        let name = dependency.name.as_str();
        let advice = if name == "jasaq-tests" && !room.uses.contains(&name) {
            "nobody depends on the tests".to_owned()
        } else if dependency.of_tests {
            return None;
        } else if name.starts_with("jasaq") && !room.uses.contains(&name) {
            format!("`{}` may not use `{name}`: imports point one way (architecture.md §3)", room.package)
        } else if room.is_pure && IMPURE.contains(&name) {
            format!("`{}` is pure: what needs `{name}` belongs into fieldbook, relay or jasaq", room.package)
        } else {
            return None;
        };
        Some(Finding::new(&file.path, dependency.line, advice))
    };
    manifest.dependencies.iter().filter_map(complaint).collect()
}

struct Manifest {
    package: String,
    dependencies: Vec<Dependency>,
}

struct Dependency {
    name: String,
    line: usize,
    of_tests: bool,
}

impl Manifest {
    fn read(text: &str) -> Self {
        let mut manifest = Self { package: String::new(), dependencies: Vec::new() };
        let mut section = String::new();
        for (number, line) in (1..).zip(text.lines()) {
            if let Some(header) = line.strip_prefix('[') {
                header.trim_end_matches(']').clone_into(&mut section);
                manifest.add_header(&section, number);
            } else {
                manifest.add_line(&section, line, number);
            }
        }
        manifest
    }

    /// `[dependencies.name]` is a dependency by itself.
    fn add_header(&mut self, section: &str, line: usize) {
        if let Some((table, name)) = section.rsplit_once('.').filter(|(table, _)| is_dependencies(table)) {
            self.add(table, name, line);
        }
    }

    fn add_line(&mut self, section: &str, line: &str, number: usize) {
        let key = line.split(['=', '.', ' ']).next().unwrap_or_default();
        if section == "package" && key == "name" {
            line.split('"').nth(1).unwrap_or_default().clone_into(&mut self.package);
        } else if is_dependencies(section) && key.starts_with(char::is_alphanumeric) {
            self.add(section, key, number);
        }
    }

    fn add(&mut self, table: &str, name: &str, line: usize) {
        let of_tests = table.ends_with("dev-dependencies");
        self.dependencies.push(Dependency { name: name.to_owned(), line, of_tests });
    }
}

/// `dependencies`, `dev-dependencies`, `target.….build-dependencies` and so on.
fn is_dependencies(section: &str) -> bool {
    section
        .rsplit('.')
        .next()
        .is_some_and(|last| last == "dependencies" || last.ends_with("-dependencies"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{files, places};

    fn layering_of(manifest: &str) -> Vec<String> {
        places(&layering(&files(&[("a/Cargo.toml", manifest)])))
    }

    #[test]
    fn a_name_that_is_not_prescribed_is_found_once() {
        let listing =
            [("core/a.rs", ""), (".ci/run", ""), ("docs/a.md", ""), ("docs/b.md", ""), ("LICENSE", "")];
        assert_eq!(places(&top_level(&files(&listing))), ["docs:1"]);
    }

    #[test]
    fn a_crate_that_looks_upwards_is_found() {
        let manifest = "[package]\nname = \"jasaq-relay\"\n[dependencies]\njasaq-protocol.workspace = true\njasaq-model.workspace = true\ntokio.workspace = true\n";
        assert_eq!(layering_of(manifest), ["a/Cargo.toml:5"]);
    }

    #[test]
    fn every_way_to_write_a_dependency_is_seen() {
        let package = "[package]\nname = \"jasaq-model\"\n";
        for section in [
            "[dependencies]\nrusqlite = \"1\"",
            "[dependencies]\n# why\nrusqlite.workspace = true",
            "[build-dependencies]\nrusqlite={ version = \"1\" }",
            "[target.'cfg(unix)'.dependencies]\nrusqlite = { workspace = true }",
            "[dependencies.rusqlite]\nversion = \"1\"",
        ] {
            assert_eq!(layering_of(&format!("{package}{section}\n")).len(), 1, "{section}");
        }
    }

    #[test]
    fn tests_may_use_what_code_may_not_but_nobody_uses_the_tests() {
        let manifest = "[package]\nname = \"jasaq-model\"\n[dependencies]\nserde.workspace = true\n[dev-dependencies]\ntokio.workspace = true\njasaq-tests.workspace = true\n";
        assert_eq!(layering_of(manifest), ["a/Cargo.toml:7"]);
    }

    #[test]
    fn a_new_crate_has_to_say_where_it_stands() {
        assert_eq!(layering_of("[package]\nname = \"jasaq-cloud\"\n"), ["a/Cargo.toml:1"]);
    }
}
