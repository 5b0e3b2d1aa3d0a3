//! A cargo that is started by a program that cargo started: what the steps of `cargo ci` and the tests of the built program
//! have in common.

use std::process::Command;

/// What cargo tells a process of the package that it runs.
const OF_A_PACKAGE: [&str; 7] = [
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_LINKS",
    "CARGO_PKG_NAME",
    "CARGO_PKG_VERSION_MAJOR",
    "CARGO_PKG_VERSION_MINOR",
    "CARGO_PKG_VERSION_PATCH",
    "CARGO_PKG_VERSION_PRE",
];

/// Keeps from a command what cargo told us of our own package: ring would build itself anew, and everything above it, each
/// time it hears otherwise.
pub fn forget_package(command: &mut Command) {
    for name in OF_A_PACKAGE {
        command.env_remove(name);
    }
}
