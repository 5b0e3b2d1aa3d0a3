//! What strangers' bytes are fed to: one target for every door through which bytes come in.
//!
//! A target takes any bytes and panics if a property is broken, not only if the code under it panics. It is deterministic:
//! an input that ever broke one is kept and breaks it again. Three runners feed them: libFuzzer (`tests/fuzz`), which looks
//! for new inputs; the test `corpora`, which replays every kept one with nothing but a stable compiler; and a person, who
//! runs that test with one file.
//!
//! Random bytes do not get past a checksum, a signature or a seal. So most targets read their input in one of several ways,
//! by its first byte: as bytes from the link, or as the plan of something that is then signed, summed and sealed as it
//! should be, by keys that the target holds.
//!
//! | target | properties beside "no panic" |
//! |---|---|
//! | `envelope` | one encoding; what is signed again verifies; what opens is within its bounds and was sealed here; erased in any steps it is the same envelope |
//! | `operation` | what was read is written and read alike, and nothing shorter says the same |
//! | `frame` | cut into any pieces, the same frames, the same effects, the same end |
//! | `head`, `receipt`, `ack` | one encoding, within their bounds; a signature is of one relay, device and counter |
//! | `satchel` | cut into any pieces the same; what is packed comes out |
//! | `invite`, `sheet` | what is read is written and read alike |
//! | `statement` | what is read is written and read alike, within its size |
//! | `change` | what is accepted is shown as it states; any order gives one document; its file opens |
//! | `track` | what is read is packed and read alike |
//! | `gpx`, `kml`, `kmz`, `geojson` | what is kept is counted, and fits into statements |
//! | `page` | one sequence of bytes; what was read is written and read alike |
//! | `book` | whatever is good is what was signed, and all of it |
//! | `patrol_code` | what is read is written and read alike |
//! | `certificate` | what is read is written and read alike; only what stands in the list is registered |
//! | `trust_list` | one order; a row is found by its number; nobody but the console signs for its territory |
//! | `fold` | any order gives one membership; who adds stands higher; what is erased was named by what counts, and is explained |
//! | `request` | pieces do not matter; a stranger is given nothing; others are served what verifies |
//! | `answer`, `import` | nothing that was acknowledged is lost; cursors move with envelopes alone; the vault is whole |

mod answers;
mod certificates;
mod changes;
mod district;
mod draw;
mod envelopes;
mod erasing;
mod folding;
mod formats;
mod kept;
mod messages;
mod pages;
mod phone;
mod requests;
mod satchels;
mod seeds;
mod statements;
mod texts;

pub use kept::{keep, keep_found, kept};

/// A door, and what is done to it.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, which is that of its corpus too.
    pub name: &'static str,
    /// Takes an input. Panics if a property is broken.
    pub feed: fn(&[u8]),
    /// Inputs to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// The longest input that is worth trying, in bytes.
    pub longest: usize,
}

const fn target(name: &'static str, feed: fn(&[u8]), seeds: fn() -> Vec<Vec<u8>>, longest: usize) -> Target {
    Target { name, feed, seeds, longest }
}

/// Every target.
pub static TARGETS: [Target; 25] = [
    target("envelope", envelopes::feed_envelope, seeds::envelopes, 4_700),
    target("operation", envelopes::feed_operation, seeds::operations, 2_000),
    target("frame", messages::feed_frames, seeds::frames, 6_000),
    target("head", messages::feed_head, seeds::heads, 2_000),
    target("receipt", messages::feed_receipt, seeds::receipts, 2_000),
    target("ack", messages::feed_ack, seeds::acks, 2_000),
    target("satchel", satchels::feed_satchel, seeds::satchels, 6_000),
    target("invite", texts::feed_invite, seeds::invites, 700),
    target("sheet", texts::feed_sheets, seeds::sheets, 700),
    target("statement", statements::feed_statement, seeds::statements, 3_000),
    target("change", changes::feed_changes, seeds::changes, 4_000),
    target("track", formats::feed_track, seeds::tracks, 2_100),
    target("gpx", formats::feed_gpx, seeds::gpx, 4_000),
    target("kml", formats::feed_kml, seeds::kml, 4_000),
    target("kmz", formats::feed_kmz, seeds::kmz, 4_000),
    target("geojson", formats::feed_geojson, seeds::geojson, 4_000),
    target("page", pages::feed_page, pages::page_seeds, 4_000),
    target("book", pages::feed_book, pages::book_seeds, 12_000),
    target("patrol_code", pages::feed_patrol_code, pages::patrol_code_seeds, 200),
    target("certificate", certificates::feed_certificate, certificates::certificate_seeds, 1_300),
    target("trust_list", certificates::feed_trust_list, certificates::trust_list_seeds, 2_000),
    target("fold", folding::feed_operations, seeds::folds, 600),
    target("request", requests::feed_request, seeds::requests, 4_000),
    target("answer", answers::feed_answer, seeds::answers, 4_000),
    target("import", answers::feed_import, seeds::imports, 4_000),
];

/// The target of this name.
#[must_use]
pub fn target_named(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}
