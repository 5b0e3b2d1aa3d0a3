//! Shapes: how files are named, how they open, how long they and their functions grow.

use crate::rust::RustFile;
use crate::{File, Finding};

const FILE_LINES_MAX: usize = 500;
/// Up to here tests at the bottom of a file do not count; beyond, they are a file of their own.
const TEST_LINES_MAX: usize = 150;
const FUNCTION_LINES_MAX: usize = 70;
/// `src/vault/schema/steps.rs` is two deep.
const FOLDERS_MAX: usize = 2;
/// Names that say how a file is used and not what it is about.
const EMPTY_NAMES: [&str; 8] = ["common", "helper", "helpers", "misc", "types", "util", "utilities", "utils"];
const LANGUAGES: [&str; 8] = ["html", "js", "kt", "kts", "py", "rs", "sh", "swift"];

/// A file is `name.rs` with its parts in `name/`, two levels deep at most, and its name is a noun of the domain.
#[must_use]
pub fn names(files: &[File]) -> Vec<Finding> {
    let sources = files.iter().filter(|file| file.has_extension(&["rs"]));
    sources
        .filter_map(|file| Some(Finding::new(&file.path, 1, name_complaint(&file.path)?)))
        .collect()
}

fn name_complaint(path: &str) -> Option<String> {
    if path.ends_with("/mod.rs") {
        return Some("a module is `name.rs` with its parts in `name/`".to_owned());
    }
    let module = path
        .rsplit_once("src/")
        .map_or(path, |(_, module)| module)
        .trim_end_matches(".rs");
    if let Some(name) = module.split('/').find(|name| EMPTY_NAMES.contains(name)) {
        return Some(format!("`{name}` says nothing: name the file after what it is about"));
    }
    let is_deep = path.contains("src/") && module.matches('/').count() > FOLDERS_MAX;
    is_deep.then(|| format!("more than {FOLDERS_MAX} folders deep: a newcomer loses the thread"))
}

/// Every file opens with `//!` and at least one sentence.
#[must_use]
pub fn openings(files: &[RustFile]) -> Vec<Finding> {
    let advice =
        "open the file with `//!`: what it is, what it promises, what it refuses, in a sentence at least";
    let silent = files.iter().filter(|file| !opens_with_sentence(&file.text));
    silent.map(|file| Finding::new(&file.path, 1, advice)).collect()
}

/// A heading is not a sentence, and neither are two words.
fn opens_with_sentence(text: &str) -> bool {
    let opening = text.lines().map_while(|line| line.strip_prefix("//!"));
    let prose = opening.filter(|line| !line.trim_start().starts_with('#'));
    let is_end = |word: &str| word.trim_end_matches(['`', '*', ')', '"']).ends_with(['.', '?', '!']);
    prose.flat_map(str::split_whitespace).skip(2).any(is_end)
}

/// No file is longer than a person reads in one go; tests at its bottom do not count until they are long themselves.
#[must_use]
pub fn file_sizes(files: &[File], sources: &[RustFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.has_extension(&LANGUAGES)) {
        let source = sources.iter().find(|source| source.path == file.path && !source.is_test());
        let test_lines = source.map_or(0, RustFile::test_lines);
        let lines = file.text.lines().count() - test_lines;
        if test_lines > TEST_LINES_MAX {
            let advice = format!(
                "{test_lines} lines of tests at the bottom (at most {TEST_LINES_MAX}): move them to `name/tests.rs`"
            );
            findings.push(Finding::new(&file.path, 1, advice));
        }
        if lines > FILE_LINES_MAX {
            let advice = format!(
                "{lines} lines (at most {FILE_LINES_MAX}): find the second subject and give it a file"
            );
            findings.push(Finding::new(&file.path, 1, advice));
        }
    }
    findings
}

/// No function is longer than a screen or two.
#[must_use]
pub fn function_sizes(files: &[RustFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for function in file.functions().iter().filter(|function| function.lines > FUNCTION_LINES_MAX) {
            let advice = format!(
                "`{}` has {} lines (at most {FUNCTION_LINES_MAX}): keep the branching here, move the straight parts out",
                function.name, function.lines
            );
            findings.push(Finding::new(&file.path, function.line, advice));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{files, places};
    use crate::rust;

    fn named(path: &str) -> usize {
        names(&files(&[(path, "")])).len()
    }

    fn sized(path: &str, text: &str) -> Vec<Finding> {
        let files = files(&[(path, text)]);
        file_sizes(&files, &rust::read(&files))
    }

    #[test]
    fn names_that_say_nothing_are_found() {
        for path in ["a/src/mod.rs", "a/src/utils.rs", "a/src/types/entry.rs", "a/tests/common/world.rs"] {
            assert_eq!(named(path), 1, "{path}");
        }
        assert_eq!(named("core/model/src/footprints.rs"), 0);
    }

    #[test]
    fn a_third_folder_is_found() {
        assert_eq!(named("core/fieldbook/src/vault/schema/steps.rs"), 0);
        assert_eq!(named("core/fieldbook/src/vault/schema/steps/first.rs"), 1);
    }

    #[test]
    fn a_file_that_does_not_introduce_itself_is_found() {
        let opens = |text| openings(&rust::read(&files(&[("a.rs", text)]))).is_empty();
        assert!(opens("//! # Limits\n//!\n//! Every bound, with its reason.\nuse a;"));
        assert!(opens("//! What crosses (see below).\n"));
        assert!(!opens("use a;\n"));
        assert!(!opens("// Every bound, with its reason.\n"));
        assert!(!opens("//! # Limits\n"));
        assert!(!opens("//! Limits.\n"));
        assert!(!opens("\n//! Every bound, with its reason.\n"));
    }

    #[test]
    fn a_file_past_the_wall_is_found_in_every_language() {
        assert_eq!(sized("a.rs", &"\n".repeat(500)), []);
        assert_eq!(places(&sized("a.rs", &"\n".repeat(501))), ["a.rs:1"]);
        assert_eq!(places(&sized("a.kt", &"\n".repeat(501))), ["a.kt:1"]);
        assert_eq!(sized("vectors.hex", &"\n".repeat(501)), []);
    }

    #[test]
    fn tests_do_not_count_until_they_are_long() {
        let file = |code: usize, tests: usize| {
            format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", "\n".repeat(code), "\n".repeat(tests - 3))
        };
        assert_eq!(sized("a.rs", &file(500, 150)), []);
        assert_eq!(sized("a.rs", &file(501, 150)).len(), 1);
        assert_eq!(sized("a.rs", &file(10, 151)).len(), 1);
    }

    #[test]
    fn a_function_past_the_wall_is_found_where_it_begins() {
        let function = |lines: usize| format!("\nfn long() {{\n{}}}\n", "\n".repeat(lines - 2));
        let found = |lines| places(&function_sizes(&rust::read(&files(&[("a.rs", &function(lines))]))));
        assert_eq!(found(70), Vec::<String>::new());
        assert_eq!(found(71), ["a.rs:2"]);
    }
}
