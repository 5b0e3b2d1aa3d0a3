//! Passphrases come in here: typed on a terminal without being shown, or the first line of a file or of standard input.
//!
//! Never as an argument, which stands in the list of processes and the shell's history, nor from the environment, which is
//! inherited by every child and copied into reports of crashes. Each is wiped once the command ends.

use std::fs::File;
use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::Path;

use console::Term;
use zeroize::Zeroizing;

use crate::failure::{Class, Failure};
use crate::files;
use crate::limits::PASSPHRASE_BYTES_MAX;
use crate::words::{Message, Words};

/// Asks the person who sits there.
pub(crate) fn ask(words: &Words) -> Result<Zeroizing<String>, Failure> {
    ask_on_terminal(&words.say("passphrase-ask"))
}

/// Asks for a new one, twice: what is typed unseen is easily typed wrong.
pub(crate) fn ask_new(words: &Words) -> Result<Zeroizing<String>, Failure> {
    let first = ask_on_terminal(&words.say("passphrase-ask-new"))?;
    let again = ask_on_terminal(&words.say("passphrase-ask-again"))?;
    if *first == *again {
        Ok(first)
    } else {
        Err(Failure::new(Class::Input, "passphrase-differs", &"two different passphrases were typed"))
    }
}

fn ask_on_terminal(question: &str) -> Result<Zeroizing<String>, Failure> {
    let terminal = Term::stderr();
    if !(io::stdin().is_terminal() && terminal.is_term()) {
        return Err(Failure::new(Class::Storage, "passphrase-needed", &"nobody is there to ask"));
    }
    let unanswered = |error: io::Error| Failure::new(Class::Storage, "passphrase-needed", &error.kind());
    terminal.write_str(&format!("{question} ")).map_err(unanswered)?;
    let typed = Zeroizing::new(terminal.read_secure_line().map_err(unanswered)?);
    if typed.is_empty() {
        Err(Failure::new(Class::Input, "passphrase-none", &"nothing was typed"))
    } else {
        Ok(typed)
    }
}

/// The first line of a file that only its owner may read, or of standard input.
pub(crate) fn read(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let told = |id| Message::new(id).with("file", file.display().to_string());
    let unusable =
        |error: io::Error| Failure::new(Class::Storage, told("passphrase-file-unusable"), &error.kind());
    let line = if files::is_standard(file) {
        first_line(io::stdin().lock()).map_err(unusable)?
    } else {
        let opened = File::open(file).map_err(unusable)?;
        if files::is_open_to_others(file).map_err(unusable)? {
            let trace = &"others may read the passphrase file";
            return Err(Failure::new(Class::Storage, told("passphrase-file-open"), trace));
        }
        first_line(io::BufReader::with_capacity(1, opened)).map_err(unusable)?
    };
    if line.is_empty() { Err(Failure::usage(told("passphrase-empty"))) } else { Ok(line) }
}

/// What follows the line is left to whoever reads next.
fn first_line(given: impl io::BufRead) -> io::Result<Zeroizing<String>> {
    // With room for all of it from the beginning: a text that grows leaves copies of itself behind.
    let mut line = Zeroizing::new(Vec::with_capacity(PASSPHRASE_BYTES_MAX));
    given.take(PASSPHRASE_BYTES_MAX as u64).read_until(b'\n', &mut line)?;
    let text = std::str::from_utf8(&line).map_err(|_| io::ErrorKind::InvalidData)?;
    Ok(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_of(given: &[u8]) -> io::Result<String> {
        first_line(given).map(|line| line.to_string())
    }

    #[test]
    fn one_line_is_read_whatever_system_ended_it_and_the_rest_is_left() {
        for given in ["жеті рет\n", "жеті рет\r\n", "жеті рет", "жеті рет\nкес\n"]
        {
            assert_eq!(first_of(given.as_bytes()).unwrap(), "жеті рет");
        }
        let mut rest = b"one\ntwo\n".as_slice();
        first_line(&mut rest).unwrap();
        assert_eq!(rest, b"two\n");
        assert_eq!(first_of(b"\n").unwrap(), "");
        assert!(first_of(b"\xff\xfe").is_err());
    }
}
