//! What became of the day: read from the devices, never from the demo's own memory.

use std::collections::BTreeSet;

use jasaq_fieldbook::model::ids::{Author, PatrolId, StatementRef};
use jasaq_fieldbook::{ContactReport, CustodyCounts, PatrolView};

use super::cast::Part;
use super::day::Written;
use super::setup::Field;
use crate::failure::Failure;
use crate::log;
use crate::words::Words;

/// What one device shows at the end.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) part: Part,
    /// Entries that it shows.
    pub(super) entries: usize,
    /// Its own entries by the step that signatures prove.
    pub(super) own: CustodyCounts,
    /// Points of tracks that it shows.
    pub(super) points: usize,
    /// Named places that it shows.
    pub(super) waypoints: usize,
    /// What is here and does not count.
    pub(super) unsettled: usize,
    /// Its contacts since the setup.
    pub(super) traffic: ContactReport,
    /// Its contacts during the setup.
    pub(super) setup: ContactReport,
}

/// One patrol, as the five who read it show it.
#[derive(Debug)]
pub(super) struct Compared {
    pub(super) patrol: PatrolId,
    pub(super) digest: [u8; 16],
    /// Whether all five digests and all five shown logs are equal.
    pub(super) is_alike: bool,
}

/// The verdict.
#[derive(Debug)]
pub(super) struct Verdict {
    pub(super) seen: Vec<Seen>,
    pub(super) compared: Vec<Compared>,
    /// Entries that somebody in the squad's space does not show.
    pub(super) lost: usize,
}

impl Verdict {
    /// What a part shows.
    pub(super) fn seen_by(&self, part: Part) -> Option<&Seen> {
        self.seen.iter().find(|seen| seen.part == part)
    }

    /// Whether everybody shows the same, and nothing is left unexplained.
    pub(super) fn has_converged(&self) -> bool {
        let members = || Part::MEMBERS.into_iter().filter_map(|part| self.seen_by(part));
        let settled = members().all(|seen| seen.unsettled == 0);
        let as_many = members().zip(members().skip(1)).all(|(one, other)| {
            (one.entries, one.points, one.waypoints) == (other.entries, other.points, other.waypoints)
        });
        settled && as_many && self.compared.iter().all(|compared| compared.is_alike)
    }
}

/// Looks at every device.
pub(super) fn judge(field: &mut Field, written: &Written, words: &Words) -> Result<Verdict, Failure> {
    let mut lost = BTreeSet::new();
    let mut seen = Vec::new();
    for part in Part::ALL {
        let views = if Part::MEMBERS.contains(&part) { views_of(field, part, written)? } else { Vec::new() };
        if Part::MEMBERS.contains(&part) {
            lost.extend(missing(written, &views));
        }
        seen.push(see(field, part, &views)?);
    }
    let mut compared = Vec::new();
    for patrol in &written.patrols {
        compared.push(compare(field, *patrol, words)?);
    }
    Ok(Verdict { seen, compared, lost: lost.len() })
}

fn views_of(field: &mut Field, part: Part, written: &Written) -> Result<Vec<PatrolView>, Failure> {
    let fieldbook = &mut field.device(part).fieldbook;
    let patrols = written.patrols.iter();
    patrols.map(|patrol| Ok(fieldbook.patrol(*patrol)?)).collect()
}

/// The entries that were written and are not shown here.
fn missing<'a>(written: &'a Written, views: &'a [PatrolView]) -> impl Iterator<Item = StatementRef> + 'a {
    let shown: BTreeSet<(PatrolId, StatementRef)> = views
        .iter()
        .flat_map(|view| view.log.entries().map(|(stated, _)| (view.patrol, stated.key.clone())))
        .collect();
    let all = written
        .entries
        .iter()
        .flat_map(|(patrol, keys)| keys.iter().map(move |(_, key)| (*patrol, key)));
    all.filter(move |(patrol, key)| !shown.contains(&(*patrol, (*key).clone())))
        .map(|(_, key)| key.clone())
}

fn see(field: &mut Field, part: Part, views: &[PatrolView]) -> Result<Seen, Failure> {
    let device = field.device(part);
    let status = device.fieldbook.status()?;
    let unexplained =
        usize::try_from(status.waiting + status.held + status.not_counted).unwrap_or(usize::MAX);
    let points = |view: &PatrolView| -> usize {
        view.log.tracks().iter().map(|track| track.track.points().count()).sum()
    };
    Ok(Seen {
        part,
        entries: views.iter().map(|view| view.log.entries().count()).sum(),
        own: status.own_entries,
        points: views.iter().map(points).sum(),
        waypoints: views.iter().map(|view| view.log.waypoints().count()).sum(),
        unsettled: unexplained,
        traffic: device.traffic.clone(),
        setup: device.setup.clone(),
    })
}

/// Digests are made of everything that counts; the shown log is what people see. Both have to agree.
fn compare(field: &mut Field, patrol: PatrolId, words: &Words) -> Result<Compared, Failure> {
    let mut shown: Vec<([u8; 16], String, BTreeSet<Author>)> = Vec::new();
    for part in Part::MEMBERS {
        let fieldbook = &mut field.device(part).fieldbook;
        let digest = fieldbook.patrol_digest(patrol)?;
        let view = fieldbook.patrol(patrol)?;
        let authors = view.log.stated().iter().map(|stated| stated.author).collect();
        shown.push((digest, log::shared_text(&view, words), authors));
    }
    let digest = shown.first().map(|(digest, ..)| *digest).unwrap_or_default();
    let is_alike = shown.iter().zip(shown.iter().skip(1)).all(|(one, other)| one == other);
    Ok(Compared { patrol, digest, is_alike })
}
