//! Words: calls that belong elsewhere, names that promise nothing, and who alone may speak of disks and documents.
//!
//! All of it outside tests, except the names of types: a test reads better without a `Manager` too.

use crate::Finding;
use crate::rust::RustFile;
use crate::rust::paths::paths;
use crate::rust::tokens::{self, Token, spells};

/// Words of code that are kept out of some rooms.
struct Banned {
    /// As written in code. With colons it is any path that names these segments, otherwise these tokens in a row.
    words: &'static [&'static str],
    /// Where; an empty list is everywhere.
    rooms: &'static [&'static str],
    except: &'static [&'static str],
    instead: &'static str,
}

const PROGRAM: &str = "server/jasaq/src";
const SURROUNDINGS: &str = "core/fieldbook/src/surroundings";
const VAULT: &str = "core/fieldbook/src/vault";
const DOCUMENTS: &str = "core/fieldbook/src/documents";

const BANNED: [Banned; 11] = [
    Banned {
        words: &["SystemTime::now", "Instant::now", "Timestamp::now", "Zoned::now"],
        rooms: &[],
        except: &[PROGRAM, SURROUNDINGS],
        instead: "time is an argument; only surroundings.rs and the program read the clock",
    },
    Banned {
        words: &["env::var", "env::var_os", "env::vars", "env::vars_os"],
        rooms: &[],
        except: &[PROGRAM],
        instead: "settings are arguments; only the program reads the environment",
    },
    Banned {
        words: &["thread::sleep", "time::sleep", "time::sleep_until"],
        rooms: &[],
        except: &[PROGRAM],
        instead: "nothing waits by the clock; wait for the event, or return when to call again and let the program wait",
    },
    Banned {
        words: &["print!", "println!", "eprint!", "eprintln!"],
        rooms: &["core", "server/relay", "bindings/ffi"],
        except: &[],
        instead: "the terminal belongs to the program; return it, or trace it without personal data",
    },
    Banned {
        words: &["unsafe"],
        rooms: &[],
        except: &["bindings/ffi"],
        instead: "memory is the compiler's business; find a safe crate, or a slower way",
    },
    Banned {
        words: &[".unwrap()", ".unwrap_err()"],
        rooms: &[],
        except: &[],
        instead: "prove it with a type, return an error, or write one `expect` whose text is the proof",
    },
    Banned {
        words: &["todo!", "unimplemented!", "dbg!"],
        rooms: &[],
        except: &[],
        instead: "finish it, or leave it out",
    },
    Banned {
        words: &["rusqlite"],
        rooms: &["core"],
        except: &[VAULT],
        instead: "in core only the vault speaks SQL; call a function of `vault`",
    },
    Banned {
        words: &["automerge"],
        rooms: &["core"],
        except: &[DOCUMENTS],
        instead: "in core only `documents` knows Automerge; call a function of `documents`",
    },
    Banned {
        words: &["std::net", "tokio::net"],
        rooms: &["core"],
        except: &[],
        instead: "core never opens a socket; the edges carry bytes",
    },
    Banned {
        words: &["std::fs", "tokio::fs"],
        rooms: &["core"],
        except: &[VAULT, SURROUNDINGS],
        instead: "the vault is the only module in core that touches a disk",
    },
];

/// Code does not call what belongs elsewhere.
#[must_use]
pub fn banned_words(files: &[RustFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| !file.is_test()) {
        let code = file.code();
        for banned in BANNED.iter().filter(|banned| banned.applies_to(file)) {
            for word in banned.words {
                let advice = format!("`{word}`: {}", banned.instead);
                let lines = lines_with(&code, word).into_iter();
                findings.extend(lines.map(|line| Finding::new(&file.path, line, advice.clone())));
            }
        }
    }
    findings
}

impl Banned {
    fn applies_to(&self, file: &RustFile) -> bool {
        let is_in = |room: &&str| file.is_in(room);
        (self.rooms.is_empty() || self.rooms.iter().any(is_in)) && !self.except.iter().any(is_in)
    }
}

fn lines_with(code: &[Token], word: &str) -> Vec<usize> {
    if word.contains("::") {
        let segments: Vec<&str> = word.split("::").collect();
        paths(code)
            .iter()
            .filter(|path| path.names(&segments))
            .map(|path| path.line)
            .collect()
    } else {
        let word = tokens::read(word).unwrap_or_default();
        let texts: Vec<&str> = word.iter().map(|token| token.text.as_str()).collect();
        let starts = code.iter().enumerate().filter(|(index, _)| spells(code, *index, &texts));
        starts.map(|(_, token)| token.line).collect()
    }
}

/// Endings that say what a type is used for and not what it is.
const EMPTY_ENDINGS: [&str; 10] =
    ["Manager", "Helper", "Helpers", "Util", "Utils", "Context", "Processor", "Service", "Data", "Info"];

/// Types are nouns that mean one thing.
#[must_use]
pub fn type_names(files: &[RustFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for name in named_by(file.all(), &["struct", "enum", "trait", "union"]) {
            let Some(ending) = EMPTY_ENDINGS.iter().find(|ending| name.text.ends_with(**ending)) else {
                continue;
            };
            let advice = format!("`{}`: `{ending}` says nothing; the glossary has the noun", name.text);
            findings.push(Finding::new(&file.path, name.line, advice));
        }
    }
    findings
}

/// Functions are verbs that promise something.
#[must_use]
pub fn function_names(files: &[RustFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| !file.is_test()) {
        for name in named_by(&file.code(), &["fn"]).filter(|name| promises_nothing(&name.text)) {
            let advice =
                format!("`{}`: say what it does (check, seal, open, append, merge, admit …)", name.text);
            findings.push(Finding::new(&file.path, name.line, advice));
        }
    }
    findings
}

/// `handle` alone is the pure step `handle(event, now)`; with anything behind it, it is a shrug.
fn promises_nothing(name: &str) -> bool {
    matches!(name, "process" | "perform")
        || ["process_", "perform_", "do_", "handle_"]
            .iter()
            .any(|verb| name.starts_with(verb))
}

fn named_by<'a>(tokens: &'a [Token], keywords: &'a [&str]) -> impl Iterator<Item = &'a Token> {
    let pairs = tokens.iter().zip(tokens.iter().skip(1));
    pairs
        .filter(|(keyword, name)| keywords.iter().any(|word| keyword.is(word)) && name.is_word())
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{files, places};
    use crate::rust;

    fn banned(path: &str, text: &str) -> usize {
        banned_words(&rust::read(&files(&[(path, text)]))).len()
    }

    #[test]
    fn every_banned_word_is_found_in_a_room_it_is_banned_from() {
        for row in &BANNED {
            let room = row.rooms.first().unwrap_or(&"server/relay");
            for word in row.words {
                let call = if word.contains(['.', '!']) { format!("a{word}") } else { (*word).to_owned() };
                let call = if word.ends_with('!') { format!("{word}()") } else { call };
                assert_eq!(
                    banned(&format!("{room}/src/a.rs"), &format!("fn a() {{ {call} {{}} }}")),
                    1,
                    "{word}"
                );
            }
        }
    }

    #[test]
    fn a_banned_word_is_found_where_it_stands() {
        let text = "fn a() {\n    m!(b\n        .unwrap());\n}\nuse std::{\n    env::var,\n    fs,\n};\n";
        let found = banned_words(&rust::read(&files(&[("core/model/src/a.rs", text)])));
        assert_eq!(
            places(&found),
            ["core/model/src/a.rs:6", "core/model/src/a.rs:3", "core/model/src/a.rs:7"]
        );
    }

    #[test]
    fn tests_strings_comments_and_longer_words_are_not_calls() {
        assert_eq!(banned("core/model/src/a.rs", "// a.unwrap()\nfn a() { \"dbg!\"; b.unwrap_or(c); }"), 0);
        assert_eq!(banned("core/model/src/a.rs", "#[cfg(test)] mod tests { fn a() { b.unwrap() } }"), 0);
        assert_eq!(banned("core/model/tests/a.rs", "fn a() { b.unwrap() }"), 0);
    }

    #[test]
    fn the_edges_read_the_clock_and_the_environment() {
        let clock = "fn a() { std::time::Instant::now() }";
        assert_eq!(banned("core/fieldbook/src/surroundings.rs", clock), 0);
        assert_eq!(banned("core/fieldbook/src/exchange.rs", clock), 1);
        let environment = "fn a() { std::env::var(b) }";
        assert_eq!(banned("server/jasaq/src/main.rs", environment), 0);
        assert_eq!(banned("core/fieldbook/src/surroundings.rs", environment), 1);
    }

    #[test]
    fn vault_and_documents_keep_their_crates_to_themselves() {
        assert_eq!(
            banned("core/fieldbook/src/vault/schema.rs", "use rusqlite::Transaction; use std::fs;"),
            0
        );
        assert_eq!(banned("core/fieldbook/src/vault.rs", "use automerge::AutoCommit;"), 1);
        assert_eq!(banned("core/fieldbook/src/documents.rs", "use rusqlite::Transaction;"), 1);
        assert_eq!(banned("server/relay/src/store.rs", "use rusqlite::Transaction;"), 0);
    }

    #[test]
    fn types_named_after_their_use_are_found_in_tests_too() {
        let text = "struct PatrolManager;\nstruct ContextualPatrol;\nenum Patrol {}\ntrait EntryProcessor {}\n#[cfg(test)]\nstruct TestContext;";
        let found = type_names(&rust::read(&files(&[("core/model/src/a.rs", text)])));
        assert_eq!(
            places(&found),
            ["core/model/src/a.rs:1", "core/model/src/a.rs:4", "core/model/src/a.rs:6"]
        );
    }

    #[test]
    fn functions_that_promise_nothing_are_found() {
        let text = "fn handle() {}\nfn handle_frame() {}\nfn do_it() {}\nfn process() {}\nfn double() {}\nfn processed() {}\nfn perform_check() {}";
        let found = function_names(&rust::read(&files(&[("a.rs", text)])));
        assert_eq!(places(&found), ["a.rs:2", "a.rs:3", "a.rs:4", "a.rs:7"]);
    }
}
