//! Whose word about a person or a squad counts beyond what the table of roles says: that of the office which has to do with it.
//!
//! ```text
//! in a subdivision's space       of whoever is registered in that space, and of nobody else (001-§19, 22)
//! a supervision                  by the office to whose squads' phones it points (001-§3(2))
//! the end of an appointment      by an office that supervises the squad, or did (001-§7, 22)
//! what a council says of a squad in the space in which the squad was created
//! who is taken off a roster     in the space of what put him on it, by the office that put him on it (001-§19)
//! a withdrawal                   in the space of what it ends, so that whoever reads the one reads the other, by the office that
//!                                said it: of two units, or two akimats, of one district neither takes back the other's word
//! ```
//!
//! Promises the same on every console that reads the same spaces, in any order; what does not count is shown as such.

use std::collections::BTreeSet;

use jasaq_model::ids::StatementRef;
use jasaq_model::register::{CouncilDecision, Decided, Record, Supervision, Withdrawn};
use jasaq_model::statement::{Body, Statement};
use jasaq_protocol::ids::{DeviceId, OfficeId, SpaceId};
use jasaq_protocol::membership::SpaceKind;

use crate::exchange::Device;
use crate::vault::StatementRow;

/// What is said of one person or one squad, looked at for whose word counts.
pub(super) struct Lawful<'a> {
    device: &'a Device,
    rows: &'a [(StatementRow, Statement)],
    /// The subdivisions' spaces in which the person was registered.
    books: BTreeSet<SpaceId>,
    /// The councils' spaces in which the squad was created.
    homes: BTreeSet<SpaceId>,
    /// The offices that supervise the squad, and those that took it back: a head who was struck off stays struck off when
    /// another unit takes over.
    supervisors: BTreeSet<OfficeId>,
}

impl<'a> Lawful<'a> {
    /// Of rows that count by their authors' roles.
    pub(super) fn of(device: &'a Device, rows: &'a [(StatementRow, Statement)]) -> Self {
        let mut lawful = Self {
            device,
            rows,
            books: BTreeSet::new(),
            homes: BTreeSet::new(),
            supervisors: BTreeSet::new(),
        };
        for (row, statement) in rows {
            match &statement.body {
                Body::Register(Record::Registration(_)) => {
                    lawful.books.insert(row.space);
                }
                Body::Register(Record::Decision(CouncilDecision {
                    decided: Decided::CreateSquad(_),
                    ..
                })) => {
                    lawful.homes.insert(row.space);
                }
                Body::Register(Record::Supervision(supervision)) => {
                    let office = lawful.office_of(&row.device);
                    if let Some(office) = office.filter(|office| lawful.owns(office, supervision)) {
                        lawful.supervisors.insert(office);
                    }
                }
                _ => {}
            }
        }
        lawful
    }

    fn office_of(&self, author: &DeviceId) -> Option<OfficeId> {
        self.device.membership.known_device(author).and_then(|enrolled| enrolled.office)
    }

    /// Whether a squad's phones stand under an office.
    fn owns(&self, office: &OfficeId, supervision: &Supervision) -> bool {
        let roll = SpaceId::from_bytes(*supervision.roll.as_bytes());
        self.device
            .membership
            .space(&roll)
            .is_some_and(|record| record.offices.contains(office))
    }

    /// The councils' spaces in which the squad was created.
    pub(super) fn homes(&self) -> impl Iterator<Item = SpaceId> {
        self.homes.iter().copied()
    }

    /// Whether a statement counts.
    pub(super) fn counts(&self, row: &StatementRow, statement: &Statement) -> bool {
        let kind = self.device.membership.space(&row.space).map(|record| record.kind);
        let is_at_home = match kind {
            Some(SpaceKind::Subdivision) => self.books.contains(&row.space),
            Some(SpaceKind::Council) => self.homes.is_empty() || self.homes.contains(&row.space),
            _ => true,
        };
        is_at_home
            && match &statement.body {
                Body::Register(Record::Supervision(supervision)) => self
                    .office_of(&row.device)
                    .is_some_and(|office| self.owns(&office, supervision)),
                Body::Register(Record::HeadEnded(_)) => self
                    .office_of(&row.device)
                    .is_some_and(|office| self.supervisors.contains(&office)),
                Body::Register(Record::Withdrawn(Withdrawn { author, key, .. })) => {
                    self.said_here(row, key, |device| device.as_bytes() == author.as_bytes())
                }
                Body::NameOff(name_off) => self.said_here(row, &name_off.ends, |_| true),
                _ => true,
            }
    }

    /// Whether what a statement ends stands in the same space and is its author's office's.
    fn said_here(&self, row: &StatementRow, key: &StatementRef, by: impl Fn(&DeviceId) -> bool) -> bool {
        self.rows.iter().any(|(ended, _)| {
            ended.space == row.space
                && ended.key == *key
                && by(&ended.device)
                && self.device.are_of_one_office(&row.device, &ended.device)
        })
    }
}
