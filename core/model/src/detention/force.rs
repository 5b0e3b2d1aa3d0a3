//! Physical force and other means (001-§10(4)): the last resort.

use crate::ids::{MemberId, PatrolId};
use crate::moment::Moment;
use crate::planning::Before;
use crate::words::{Name, Note};

/// Force was used. Why nothing else would do has to be said (R11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForceUsed {
    /// On which patrol.
    pub patrol: Option<PatrolId>,
    /// By whom. If left unset, by whose phone says it.
    pub by: Option<MemberId>,
    /// Which force, which means.
    pub means: Name,
    /// To what end: to stop an offence, to detain.
    pub aim: Name,
    /// Why that end could not be reached otherwise.
    pub necessity: Note,
    /// Who was hurt and how, and what help was given. If left unset, nobody.
    pub injuries: Option<Note>,
    /// Who saw it. If left unset, nobody else.
    pub witnesses: Option<Name>,
    /// When. If left unset, when this was recorded.
    pub occurred_at: Option<Moment>,
    /// What it puts right.
    pub replaces: Before,
    /// Why that is put right. If left unset, it was not said.
    pub because: Option<Name>,
}
