//! Attachments as screens and lists show them: how far each is here, at the relay, and with the offices.

use std::collections::BTreeMap;

use jasaq_model::attachment::MediaType;
use jasaq_model::ids::{Author, StatementRef};
use jasaq_model::moment::Moment;
use jasaq_model::words::Text;
use jasaq_protocol::attachment::{AttachmentName, PartStanding};
use jasaq_protocol::ids::{DeviceId, RootHash, SpaceId};
use jasaq_protocol::membership::Role;

use super::custody::Custody;
use crate::exchange::{Attached, Device};
use crate::vault::{Connection, Vault, VaultRefused};

/// How much of something there is, in bytes of its sealed parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// There.
    pub bytes: u64,
    /// All of it.
    pub all: u64,
}

impl Share {
    /// Whether nothing is missing.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.bytes == self.all
    }
}

/// One attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentView {
    /// The statement that names it.
    pub key: StatementRef,
    /// The device that attached it.
    pub author: Author,
    /// The entry it belongs to. If left unset, the patrol as a whole.
    pub entry: Option<StatementRef>,
    /// When it was attached.
    pub happened_at: Moment,
    /// What it is.
    pub media: MediaType,
    /// What is to be seen or heard.
    pub caption: Option<Text>,
    /// Whether place, device and the like were left in it on purpose.
    pub keeps_metadata: bool,
    /// Bytes of what is in it.
    pub content_bytes: u64,
    /// How much of it is here.
    pub here: Share,
    /// How much of it the relay signed that it holds.
    pub at_relay: Share,
    /// What the relay last said of it.
    pub standing: PartStanding,
    /// How much of its thumbnail is here. If left unset, it has none.
    pub thumbnail: Option<Share>,
    /// Whether somebody here asked for it.
    pub is_wanted: bool,
    /// Whether it was erased.
    pub is_erased: bool,
    /// How far it has come as a whole: to the relay, or to an office whose device said that it holds it. If left unset, nobody is known
    /// to hold it whole but whoever attached it, and it is not here.
    pub custody: Option<Custody>,
}

/// One attachment as it stands now.
pub(crate) fn attachment_view(
    connection: &Connection,
    device: &Device,
    attached: &Attached,
    holders: &BTreeMap<(SpaceId, RootHash), Vec<DeviceId>>,
) -> Result<AttachmentView, VaultRefused> {
    let name = attached.name;
    let state = Vault::attachment(connection, &name)?;
    let share_of = |name: &AttachmentName| -> Result<Share, VaultRefused> {
        Ok(Share { bytes: Vault::attachment(connection, name)?.held, all: name.bytes() })
    };
    let at_relay = Share { bytes: name.bytes_before(state.at_relay), all: name.bytes() };
    let mut with: Vec<DeviceId> = holders.get(&(attached.space, *name.root())).cloned().unwrap_or_default();
    with.push(attached.author);
    if state.held == name.bytes() {
        with.push(device.id());
    }
    let held_by = |role: Role| {
        with.iter()
            .any(|holder| device.membership.device(holder).map(|enrolled| enrolled.role) == Some(role))
    };
    let custody = if held_by(Role::Ss) {
        Some(Custody::WithSs)
    } else if held_by(Role::Head) {
        Some(Custody::WithHead)
    } else if at_relay.is_whole() {
        Some(Custody::AtRelay)
    } else {
        (state.held == name.bytes()).then_some(Custody::OnThisPhone)
    };
    let attachment = &attached.attachment;
    Ok(AttachmentView {
        key: attached.key.clone(),
        author: Author::from_bytes(*attached.author.as_bytes()),
        entry: attachment.entry.clone(),
        happened_at: attached.happened_at,
        media: attachment.media,
        caption: attachment.caption.clone(),
        keeps_metadata: attachment.keeps_metadata,
        content_bytes: name.content_bytes(),
        here: Share { bytes: state.held, all: name.bytes() },
        at_relay,
        standing: state.standing,
        thumbnail: attached.thumbnail.as_ref().map(share_of).transpose()?,
        is_wanted: state.is_wanted,
        is_erased: state.is_erased,
        custody,
    })
}
