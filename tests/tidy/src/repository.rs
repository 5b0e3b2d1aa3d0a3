//! The files of this repository: what git tracks, and what it would track if it were added now.
//!
//! Build output and whatever else is ignored is not read. A file that is not UTF-8 is data, and has no lines to judge.

use std::path::Path;
use std::process::Command;

use crate::File;

/// Reads every text file of the repository.
///
/// # Panics
///
/// If git cannot list the files: a rule that looks at nothing would hold of nothing.
#[must_use]
#[expect(clippy::panic, reason = "this is the ground every rule stands on; only tests call it")]
pub fn read() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let listing = match list(&root) {
        Ok(listing) => listing,
        Err(complaint) => panic!("cannot list the files of {}: {complaint}", root.display()),
    };
    let files: Vec<File> = listing
        .split('\0')
        .filter_map(|path| Some(File { path: path.to_owned(), text: read_text(&root.join(path))? }))
        .collect();
    assert!(files.iter().any(|file| file.path == "Cargo.toml"), "this is the repository's root");
    files
}

fn list(root: &Path) -> Result<String, String> {
    let output = Command::new("git")
        // In CI the clone may belong to another user than the one who tests it.
        .args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|error| error.to_string())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// Nothing for data, and for a file that git still lists but that is gone.
fn read_text(path: &Path) -> Option<String> {
    String::from_utf8(std::fs::read(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_holds_this_file_and_nothing_that_was_built() {
        let files = read();
        assert!(files.iter().any(|file| file.path == "tests/tidy/src/repository.rs"));
        assert!(files.iter().all(|file| !file.is_under("target") && !file.is_under(".git")));
    }

    #[test]
    fn a_folder_that_is_no_repository_is_an_error() {
        assert!(list(Path::new("/")).is_err());
    }
}
