//! Texts: what may not stand in a file whatever its language, and links that have to lead somewhere.
//!
//! The forbidden strings are put together here from halves, so that this file does not contain what it forbids.

use std::path::{Component, Path};

use crate::{File, Finding};

/// Files that are code or settings; prose may speak of anything.
const SOURCES: [&str; 12] =
    ["html", "js", "kt", "kts", "py", "rs", "sh", "sql", "swift", "toml", "xml", "yml"];

const UNFINISHED: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

const HOMES: [&str; 4] =
    [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];

const REGISTRIES: [&str; 8] = [
    concat!("crates", ".io"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("repo.maven", ".apache.org"),
    concat!("repo1.maven", ".org"),
    concat!("plugins.gradle", ".org"),
    concat!("registry.npmjs", ".org"),
    concat!("proxy.golang", ".org"),
];

const NEIGHBOUR: &str = concat!("../sha", "red");

/// Nothing in core is left for later; elsewhere what is left has the number of an issue.
#[must_use]
pub fn unfinished(files: &[File]) -> Vec<Finding> {
    let sources = files.iter().filter(|file| file.has_extension(&SOURCES));
    lines_of(sources)
        .filter_map(|(file, number, line)| {
            let word = UNFINISHED
                .iter()
                .find(|word| stands_unnumbered(line, word, file.is_under("core")))?;
            let advice = if file.is_under("core") {
                "core has none: finish it"
            } else {
                "finish it, or give it the number of its issue"
            };
            Some(Finding::new(&file.path, number, format!("`{word}`: {advice}")))
        })
        .collect()
}

fn stands_unnumbered(line: &str, word: &str, even_numbered: bool) -> bool {
    let of_word = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(word).any(|(start, _)| {
        let (before, behind) =
            (line.get(..start).unwrap_or_default(), line.get(start + word.len()..).unwrap_or_default());
        let stands_alone = !before.ends_with(of_word) && !behind.starts_with(of_word);
        let is_numbered = behind
            .strip_prefix("(#")
            .is_some_and(|number| number.starts_with(|digit: char| digit.is_ascii_digit()));
        stands_alone && (even_numbered || !is_numbered)
    })
}

/// No file knows the machine it was written on.
#[must_use]
pub fn machine_paths(files: &[File]) -> Vec<Finding> {
    lines_of(files.iter())
        .filter_map(|(file, number, line)| {
            let home = HOMES.iter().find(|home| is_absolute_in(line, home))?;
            let advice = format!("`{home}…` is one machine's: derive the path, or take it as an argument");
            Some(Finding::new(&file.path, number, advice))
        })
        .collect()
}

/// At the start of a path, not in the middle of one or of a URL.
fn is_absolute_in(line: &str, home: &str) -> bool {
    let goes_on = |character: char| {
        character.is_alphanumeric() || ['_', '-', '.', '}', ')', '~', '*'].contains(&character)
    };
    line.match_indices(home).any(|(start, _)| {
        let (before, behind) =
            (line.get(..start).unwrap_or_default(), line.get(start + home.len()..).unwrap_or_default());
        !before.ends_with(goes_on)
            && behind.starts_with(|first: char| first.is_alphanumeric() || first == '.')
    })
}

/// Registries are where the tools look by themselves; a host in a file is one nobody can move.
#[must_use]
pub fn registries(files: &[File]) -> Vec<Finding> {
    // Cargo writes into its lockfile where each crate came from; cargo-deny checks that.
    let ours = files.iter().filter(|file| !file.path.ends_with("Cargo.lock"));
    lines_of(ours)
        .filter_map(|(file, number, line)| {
            let host = REGISTRIES.iter().find(|host| line.contains(**host))?;
            Some(Finding::new(
                &file.path,
                number,
                format!("`{host}`: leave the registry to the tool's own setting"),
            ))
        })
        .collect()
}

/// The product stands alone: only tests look at what lies beside the repository.
#[must_use]
pub fn neighbours(files: &[File]) -> Vec<Finding> {
    let sources = files
        .iter()
        .filter(|file| file.has_extension(&SOURCES) && !file.is_under("tests"));
    lines_of(sources)
        .filter(|(_, _, line)| line.contains(NEIGHBOUR))
        .map(|(file, number, _)| {
            Finding::new(&file.path, number, "a clone has no such folder: only tests may look there")
        })
        .collect()
}

/// Every link to a file in README.md and core/docs leads to a file.
#[must_use]
pub fn links(files: &[File]) -> Vec<Finding> {
    let pages = files.iter().filter(|file| {
        file.path == "README.md" || (file.is_under("core/docs") && file.has_extension(&["md"]))
    });
    let mut findings = Vec::new();
    for page in pages {
        for (line, target) in link_targets(&page.text) {
            let place = resolve(&page.path, &target);
            if !place.as_deref().is_some_and(|place| exists(files, place)) {
                findings.push(Finding::new(
                    &page.path,
                    line,
                    format!("the link to `{target}` leads nowhere"),
                ));
            }
        }
    }
    findings
}

/// Targets of inline links and of link definitions, without those to the network and to headings of the same page.
fn link_targets(text: &str) -> Vec<(usize, String)> {
    let mut targets = Vec::new();
    let mut is_code = false;
    for (number, line) in (1..).zip(text.lines()) {
        is_code ^= line.trim_start().starts_with("```");
        let prose: String = line.split('`').step_by(2).filter(|_| !is_code).collect();
        let definition = prose.strip_prefix('[').and_then(|rest| rest.split_once("]: "));
        let inline = prose.split("](").skip(1).map(|rest| rest.split(')').next().unwrap_or_default());
        for target in inline.chain(definition.map(|(_, target)| target)) {
            let target = target.split_whitespace().next().unwrap_or_default().trim_matches(['<', '>']);
            let file = target.split('#').next().unwrap_or_default();
            if !file.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
                targets.push((number, file.to_owned()));
            }
        }
    }
    targets
}

/// The target as a path from the root, unless it leads out of the repository.
fn resolve(page: &str, target: &str) -> Option<String> {
    let mut names: Vec<&str> = page.split('/').collect();
    names.pop();
    for component in Path::new(target).components() {
        match component {
            Component::Normal(name) => names.push(name.to_str()?),
            Component::ParentDir => drop(names.pop()?),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(names.join("/"))
}

fn exists(files: &[File], place: &str) -> bool {
    place.is_empty() || files.iter().any(|file| file.path == place || file.is_under(place))
}

fn lines_of<'a>(files: impl Iterator<Item = &'a File>) -> impl Iterator<Item = (&'a File, usize, &'a str)> {
    files.flat_map(|file| (1..).zip(file.text.lines()).map(move |(number, line)| (file, number, line)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{files, places};

    fn found(rule: fn(&[File]) -> Vec<Finding>, path: &str, text: &str) -> usize {
        rule(&files(&[(path, text)])).len()
    }

    #[test]
    fn what_is_left_for_later_is_found() {
        for word in UNFINISHED {
            assert_eq!(
                found(unfinished, "core/model/src/a.rs", &format!("// {word}(#12): soon")),
                1,
                "{word}"
            );
            assert_eq!(found(unfinished, "server/relay/src/a.rs", &format!("// {word}: soon")), 1, "{word}");
            assert_eq!(
                found(unfinished, "server/relay/src/a.rs", &format!("// {word}(#12): soon")),
                0,
                "{word}"
            );
            assert_eq!(
                found(unfinished, "a.toml", &format!("mktemp {word}{word} # {word}S_MAX")),
                0,
                "{word}"
            );
        }
    }

    #[test]
    fn paths_of_one_machine_are_found() {
        for home in HOMES {
            assert_eq!(found(machine_paths, "a.sh", &format!("cd {home}aray")), 1, "{home}");
            assert_eq!(found(machine_paths, "a.md", &format!("see `{home}aray`")), 1, "{home}");
            assert_eq!(
                found(machine_paths, "a.md", &format!("host.example{home}aray and $A{home}<name>")),
                0,
                "{home}"
            );
        }
    }

    #[test]
    fn registries_are_found_except_in_the_lockfile() {
        for host in REGISTRIES {
            assert_eq!(found(registries, "a.toml", &format!("url = \"https://{host}/index\"")), 1, "{host}");
            assert_eq!(found(registries, "Cargo.lock", &format!("source = \"{host}\"")), 0, "{host}");
        }
    }

    #[test]
    fn only_tests_look_beside_the_repository() {
        let text = format!("include_str!(\"../../{NEIGHBOUR}/bench\")");
        assert_eq!(found(neighbours, "core/model/src/a.rs", &text), 1);
        assert_eq!(found(neighbours, "tests/src/lib.rs", &text), 0);
        assert_eq!(found(neighbours, "core/docs/a.md", &text), 0);
    }

    #[test]
    fn links_that_lead_nowhere_are_found() {
        let page = "[a](wire.md) [b](gone.md#x)\n[c](../model) [d](https://a.example/b.md) [e](#f)\n```\n[g](gone.md)\n```\n`[h](gone.md)` [i](../../../out.md)\n[j]: decisions/gone.md\n";
        let listing = [("core/docs/a.md", page), ("core/docs/wire.md", ""), ("core/model/src/lib.rs", "")];
        let expected = ["core/docs/a.md:1", "core/docs/a.md:6", "core/docs/a.md:7"];
        assert_eq!(places(&links(&files(&listing))), expected);
        assert_eq!(found(links, "README.md", "[a](core/docs)"), 1);
        assert_eq!(found(links, "tests/notes.md", "[a](gone.md)"), 0);
    }
}
