//! Erasing what was recorded, for everybody, and who has obeyed.

use jasaq_fieldbook::{Erased, ErasedThing, ErasureView as CoreErasure};

use crate::fieldbook::{Fieldbook, id};
use crate::refusal::FieldbookRefused;

/// What an erasure takes, as far as it is held here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct ErasedView {
    /// Statements.
    pub statements: u64,
    /// Attachments, thumbnails counted.
    pub attachments: u64,
    /// Cases that go with the patrol: persons detained and force used.
    pub cases: u64,
    /// Cases that its log names and that stay, because another patrol's log names them too.
    pub cases_that_stay: u64,
}

/// A device, and whether it said that it has erased something.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ObeyedView {
    /// The device.
    pub device: String,
    /// Whether it said so.
    pub has_obeyed: bool,
}

/// A record, or an attachment alone, that was erased.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ErasureView {
    /// What was erased: a patrol's or a case's id, or an attachment's key, or its hash where nothing names it.
    pub id: String,
    /// Whether it is an attachment alone.
    pub is_attachment: bool,
    /// The devices that erased it.
    pub by: Vec<String>,
    /// When it was erased on this device, by its clock, as RFC 3339.
    pub erased_at: Option<String>,
    /// The devices that have a part in it.
    pub devices: Vec<ObeyedView>,
    /// How many devices had a part in it and were removed: they hear of no erasure any more.
    pub removed: u64,
    /// How much of it came late, and is not erased yet.
    pub late: u64,
    /// Whether this device may erase it.
    pub may_erase: bool,
}

#[uniffi::export]
impl Fieldbook {
    /// What `erase` would take of a patrol.
    pub fn to_be_erased(&self, patrol_id: &str) -> Result<ErasedView, FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.to_be_erased(id(patrol_id)?)?.into()))
    }

    /// Erases a patrol's log with its attachments and its cases, for everybody and for good. TS and SS only, where they read and write.
    pub fn erase(&self, patrol_id: &str) -> Result<ErasedView, FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.erase(id(patrol_id)?)?.into()))
    }

    /// What was erased, and which devices have said that they obeyed.
    pub fn erasures(&self) -> Result<Vec<ErasureView>, FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.erasures()?.into_iter().map(ErasureView::from).collect()))
    }
}

impl From<Erased> for ErasedView {
    fn from(erased: Erased) -> Self {
        Self {
            statements: erased.statements as u64,
            attachments: erased.attachments as u64,
            cases: erased.cases as u64,
            cases_that_stay: erased.cases_that_stay as u64,
        }
    }
}

impl From<CoreErasure> for ErasureView {
    fn from(view: CoreErasure) -> Self {
        let devices = view.devices.iter();
        let devices = devices
            .map(|(device, has_obeyed)| ObeyedView { device: device.to_string(), has_obeyed: *has_obeyed });
        Self {
            id: view.what.to_string(),
            is_attachment: matches!(view.what, ErasedThing::Attachment { .. }),
            by: view.by.iter().map(ToString::to_string).collect(),
            erased_at: view.erased_at.as_ref().map(ToString::to_string),
            devices: devices.collect(),
            removed: view.removed as u64,
            late: view.late as u64,
            may_erase: view.may_erase,
        }
    }
}
