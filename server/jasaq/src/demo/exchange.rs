//! The evening: a satchel, one contact each to push, one each to pull, and as many as the acks take.

use std::fs::File;
use std::path::Path;

use jasaq_fieldbook::SatchelReport;

use super::cast::Part;
use super::setup::Field;
use crate::failure::Failure;
use crate::files::{self, WholeFile};

/// After this many rounds something is wrong, and the verdict says what.
const ACK_ROUNDS_MAX: usize = 6;

/// Gulnar's phone packs a file; Bauyrzhan's unpacks it, and has it with him when he reaches the relay before her.
pub(super) fn carry_satchel(field: &mut Field, folder: &Path) -> Result<SatchelReport, Failure> {
    let name = folder.join("gulnar.satchel");
    let mut file = WholeFile::begin(&name)?;
    let packed = field.device(Part::Gulnar).fieldbook.export_satchel(&mut file);
    packed?;
    file.finish()?;
    let mut file = File::open(&name).map_err(|error| files::cannot_read(&name, &error))?;
    Ok(field.device(Part::Bauyrzhan).fieldbook.import_satchel(&mut file)?)
}

/// How many rounds there were; in each, every device made exactly one contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rounds {
    pub(super) push: usize,
    pub(super) pull: usize,
    pub(super) acks: usize,
}

/// Everybody meets at the relay.
pub(super) fn meet(field: &mut Field) -> Result<Rounds, Failure> {
    let mut rounds = Rounds { push: 1, pull: 1, acks: 0 };
    field.wall.turn_to(19 * 60);
    make_round(field)?;
    make_round(field)?;
    while rounds.acks < ACK_ROUNDS_MAX && !is_all_with_ss(field)? {
        make_round(field)?;
        rounds.acks += 1;
    }
    Ok(rounds)
}

fn make_round(field: &mut Field) -> Result<(), Failure> {
    for part in Part::ALL {
        field.device(part).contact()?;
    }
    Ok(())
}

/// Whether each author's own vault holds the SS's ack for all that he wrote.
fn is_all_with_ss(field: &mut Field) -> Result<bool, Failure> {
    for part in Part::PHONES {
        let own = field.device(part).fieldbook.status()?.own_entries;
        if own.with_ss < own.total() {
            return Ok(false);
        }
    }
    Ok(true)
}
