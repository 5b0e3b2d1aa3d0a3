//! Devices: who is in, who was removed, and what is held of whom. May this device's owner decide about somebody, he does it here.

use jasaq_fieldbook::model::ids::StatementRef;
use jasaq_fieldbook::model::roles::Role;
use jasaq_fieldbook::protocol::ids::DeviceId;
use jasaq_fieldbook::{
    DeviceView as CoreDevice, EnrolRefused, FieldbookRefused as CoreRefused, HeldReason,
    HeldView as CoreHeld, JudgeRefused, Removal,
};

use crate::fieldbook::Fieldbook;
use crate::refusal::FieldbookRefused;

/// A device of the territory.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DeviceView {
    /// Its id.
    pub device: String,
    /// Whom it belongs to.
    pub member: String,
    /// What it may do.
    pub role: Role,
    /// What its owner is called, if a card or a label says so.
    pub name: Option<String>,
    /// Whether it is this one.
    pub is_this: bool,
    /// Whether it was removed.
    pub is_removed: bool,
    /// How many others said of it, once removed, that they hold more than its removal lets stand: removing it again lets that
    /// stand too.
    pub witnesses: u64,
}

/// What the removal of a device did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct RemovalView {
    /// Journals of the device of which a part stands.
    pub journals: u64,
    /// Spaces whose keys were renewed.
    pub renewed: u64,
}

/// A device was removed, and its person is invited with a new one.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct ReplacementView {
    /// What the removal did.
    pub removal: RemovalView,
    /// The code, to be shown to the person and to nobody else.
    pub code: String,
    /// The same by voice: ten words, good wherever the relay is reached. None if the relay is not known here.
    pub words: Option<String>,
    /// Until when it may be confirmed, in ms since 1970 by this device's clock.
    pub expires_at_ms: i64,
}

/// Why a statement is held.
#[uniffi::remote(Enum)]
pub enum HeldReason {
    /// Its device was removed, and it stands past what the removal let stand.
    Removed,
    /// Its device may not say it in the role that it has there, and might in another that it had.
    RoleChanged,
}

/// A statement that is held until somebody of a higher rank decides.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HeldView {
    /// Its key.
    pub key: String,
    /// The device that wrote it.
    pub author: String,
    /// What the device may do now, or could when it was removed.
    pub role: Option<Role>,
    /// What the device's owner is called, if a card says so.
    pub name: Option<String>,
    /// Why it is held.
    pub reason: HeldReason,
    /// What kind of statement it is: `entry`.
    pub kind: String,
    /// The document that it stands in: a patrol's id, for what belongs to a patrol.
    pub document: String,
    /// When it happened, by its author's clock, as RFC 3339.
    pub happened_at: Option<String>,
    /// When it reached this device; none for its own.
    pub received_at: Option<String>,
    /// What it says in words.
    pub text: Option<String>,
    /// Whether somebody looked at it and left it held.
    pub is_dismissed: bool,
    /// Whether this device may decide about it.
    pub may_decide: bool,
}

#[uniffi::export]
impl Fieldbook {
    /// Every device that is in or was, as far as this device's rolls tell.
    pub fn devices(&self) -> Result<Vec<DeviceView>, FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.devices()?.into_iter().map(DeviceView::from).collect()))
    }

    /// Removes a device for ever. What is held here of what it said stands, what comes later is held, and the keys that it had
    /// are renewed. The last device of an office is removed only if that is said.
    #[uniffi::method(default(also_the_last = false))]
    pub fn remove_device(&self, device: &str, also_the_last: bool) -> Result<RemovalView, FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.remove_device(&named(device)?, also_the_last)?.into()))
    }

    /// Removes a device and invites its person with a new one, to the same seat: both or neither.
    #[uniffi::method(default(also_the_last = false))]
    pub fn replace_device(
        &self,
        device: &str,
        also_the_last: bool,
    ) -> Result<ReplacementView, FieldbookRefused> {
        self.at_desk(|desk| {
            let (removal, invite) = desk.replace_device(&named(device)?, also_the_last)?;
            Ok(ReplacementView {
                removal: removal.into(),
                code: invite.code.to_string(),
                words: invite.words.map(|words| words.to_string()),
                expires_at_ms: invite.expires_at_ms,
            })
        })
    }

    /// Gives a squad's device another role, from here on. SS only, after the council's decision (001-§7).
    pub fn change_device_role(&self, device: &str, role: Role) -> Result<(), FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.change_device_role(&named(device)?, role)?))
    }

    /// What is held here, and why.
    pub fn held(&self) -> Result<Vec<HeldView>, FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.held()?.into_iter().map(HeldView::from).collect()))
    }

    /// Decides that held statements count, by their keys. All or none.
    pub fn admit_held(&self, keys: &[String]) -> Result<(), FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.decide_held(&statements(keys)?, true)?))
    }

    /// Decides that held statements were looked at and stay held. All or none.
    pub fn dismiss_held(&self, keys: &[String]) -> Result<(), FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.decide_held(&statements(keys)?, false)?))
    }
}

fn named(device: &str) -> Result<DeviceId, CoreRefused> {
    device.parse().map_err(|_| EnrolRefused::from(JudgeRefused::NoDevice).into())
}

fn statements(keys: &[String]) -> Result<Vec<StatementRef>, CoreRefused> {
    let keys = keys.iter().map(|key| key.parse());
    keys.collect::<Result<_, _>>()
        .map_err(|_| EnrolRefused::from(JudgeRefused::NothingHeld).into())
}

impl From<CoreDevice> for DeviceView {
    fn from(view: CoreDevice) -> Self {
        Self {
            device: view.device.to_string(),
            member: view.member.to_string(),
            role: view.role,
            name: view.name,
            is_this: view.is_this,
            is_removed: view.is_removed,
            witnesses: view.witnesses as u64,
        }
    }
}

impl From<Removal> for RemovalView {
    fn from(removal: Removal) -> Self {
        Self { journals: removal.journals as u64, renewed: removal.renewed as u64 }
    }
}

impl From<CoreHeld> for HeldView {
    fn from(view: CoreHeld) -> Self {
        Self {
            key: view.key.to_string(),
            author: view.author.to_string(),
            role: view.role,
            name: view.name,
            reason: view.reason,
            kind: view.kind,
            document: view.document.to_string(),
            happened_at: view.happened_at.as_ref().map(ToString::to_string),
            received_at: view.received_at.as_ref().map(ToString::to_string),
            text: view.text,
            is_dismissed: view.is_dismissed,
            may_decide: view.may_decide,
        }
    }
}
