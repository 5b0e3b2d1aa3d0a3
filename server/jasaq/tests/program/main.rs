//! The program as people and scripts meet it: processes, exit codes, files, a real relay on a port of its own.
//!
//! Each test states a rule. Nothing sleeps: a relay says when it listens, a key is printed when its entry is on disk.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise; clippy sees tests only in functions marked so"
)]

mod asked_files;
mod attaching;
mod bad_files;
mod bad_invites;
mod bad_networks;
mod bad_relays;
mod bad_vaults;
mod certificates;
mod decided;
mod demo;
mod detention;
mod districts;
mod erasing;
mod exit_codes;
mod exporting;
mod first_day;
mod from_paper;
mod inviting;
mod joining;
mod keeping;
mod locks;
mod logging;
mod losing;
mod meetings;
mod notices;
mod odd_times;
mod operating;
mod pages;
mod pages_erased;
mod papers;
mod parts;
mod planning;
#[cfg(target_os = "linux")]
mod prompts;
mod putting_right;
mod recording;
mod recovery;
mod register;
mod register_apart;
mod register_lists;
mod register_namesakes;
mod register_papers;
mod register_people;
mod register_reading;
mod register_withdrawing;
mod register_words;
mod registry;
mod relays;
mod reports;
mod squad;
mod tls;
mod traces;
mod wire;
