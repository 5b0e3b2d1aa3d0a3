//! Attachments: photos, voice notes, scans. What they tell of place and device is taken out before they are sealed here.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use jasaq_fieldbook::model::ids::StatementRef;
use jasaq_fieldbook::model::words::Text;
use jasaq_fieldbook::protocol::attachment::PartStanding;
use jasaq_fieldbook::protocol::limits::ATTACHMENT_CONTENT_BYTES_MAX;
use jasaq_fieldbook::{
    AttachRefused, AttachmentView as CoreView, AttachmentsReport, Custody, ExchangeRefused,
    FieldbookRefused as CoreRefused, NewAttachment as CoreNew, Share,
};

use crate::carrier::{Carrier, LentCarrier};
use crate::fieldbook::{Fieldbook, id};
use crate::refusal::{FieldbookRefused, Refusal};
use crate::satchel::{not_written, write_whole};

/// What is attached.
#[derive(uniffi::Enum)]
pub enum NewContent {
    /// These bytes.
    Bytes {
        /// The file, whole.
        bytes: Vec<u8>,
    },
    /// What is in a file of the host's.
    File {
        /// Where it is.
        path: String,
    },
}

/// Something to attach to a patrol.
#[derive(uniffi::Record)]
pub struct NewAttachment {
    /// The photo, voice note or scan.
    pub content: NewContent,
    /// The key of the entry it belongs to. If left unset, the patrol as a whole.
    #[uniffi(default = None)]
    pub entry: Option<String>,
    /// What is to be seen or heard. If left unset, nothing is said.
    #[uniffi(default = None)]
    pub caption: Option<String>,
    /// A small picture of it, of at most 24 KiB, which everybody fetches. If left unset, others see what it is once they
    /// fetched it.
    #[uniffi(default = None)]
    pub thumbnail: Option<Vec<u8>>,
    /// Whether place, device and the like stay in it, for every reader to see. A person has to have said so.
    #[uniffi(default = false)]
    pub keeps_metadata: bool,
}

/// How much of something there is, in bytes of its sealed parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct ShareView {
    /// There.
    pub bytes: u64,
    /// All of it.
    pub all: u64,
}

/// What the relay last said of an attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum AttachmentStandingView {
    /// It may be brought and fetched.
    Open,
    /// A quota is reached: there is no room for the rest of it. Entries go on, and it does too once there is room.
    NoRoom,
    /// This device may not do this in that space.
    MayNot,
    /// The relay does not know the space or the device yet.
    NotYet,
    /// It was erased there, and is not taken again.
    Erased,
    /// What came from there was something else. It was not kept.
    Wrong,
    /// Something of a newer relay.
    Other,
}

/// One attachment.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AttachmentView {
    /// The statement that names it.
    pub key: String,
    /// The device that attached it.
    pub author: String,
    /// The entry it belongs to. If left unset, the patrol as a whole.
    pub entry: Option<String>,
    /// When it was attached, as RFC 3339.
    pub happened_at: String,
    /// What it is: `image/jpeg`.
    pub media: String,
    /// What is to be seen or heard.
    pub caption: Option<String>,
    /// Whether place, device and the like were left in it on purpose.
    pub keeps_metadata: bool,
    /// Bytes of what is in it.
    pub content_bytes: u64,
    /// How much of it is here.
    pub here: ShareView,
    /// How much of it the relay signed that it holds.
    pub at_relay: ShareView,
    /// What the relay last said of it.
    pub standing: AttachmentStandingView,
    /// How much of its thumbnail is here; none if it has none.
    pub thumbnail: Option<ShareView>,
    /// Whether somebody here asked for it.
    pub is_wanted: bool,
    /// Whether it was erased.
    pub is_erased: bool,
    /// How far it has come as a whole. If left unset, nobody is known to hold it whole but whoever attached it, and it is not here.
    pub custody: Option<Custody>,
}

/// Attachments that the relay does not take or give, by its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct AttachmentsRefusedView {
    /// Why.
    pub standing: AttachmentStandingView,
    /// How many.
    pub count: u64,
}

/// What a contact did about attachments. Counts, no contents.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AttachmentsView {
    /// Of which the relay has everything now, and had not before.
    pub brought: u64,
    /// Of which this device has everything now, and had not before.
    pub fetched: u64,
    /// Bytes of steps that were sent.
    pub bytes_sent: u64,
    /// Bytes of steps that came and were kept.
    pub bytes_received: u64,
    /// What the relay did not take or give.
    pub refused: Vec<AttachmentsRefusedView>,
    /// Of which something else came. It was not kept.
    pub wrong: u64,
    /// Of which the relay has not everything yet.
    pub missing: u64,
    /// For which there is no room on this device.
    pub no_room: u64,
    /// Whether the relay is of an older program, which takes none.
    pub is_older_relay: bool,
    /// Whether the next contact goes on.
    pub more: bool,
}

#[uniffi::export]
impl Fieldbook {
    /// Attaches something to a patrol. Returns its key; from then on it is safe from a flat battery.
    pub fn attach(&self, patrol: &str, attachment: NewAttachment) -> Result<String, FieldbookRefused> {
        self.at_desk(|desk| {
            let NewAttachment { content, entry, caption, thumbnail, keeps_metadata } = attachment;
            let file = content.read()?;
            let new = CoreNew {
                file: &file,
                entry: entry.map(|entry| entry.parse::<StatementRef>()).transpose()?,
                caption: caption.map(Text::new).transpose()?,
                thumbnail: thumbnail.as_deref(),
                keeps_metadata,
            };
            Ok(desk.attach(id(patrol)?, &new)?.to_string())
        })
    }

    /// The attachments of a patrol, or of all if none is named, oldest first.
    #[uniffi::method(default(patrol = None))]
    pub fn attachments(&self, patrol: Option<String>) -> Result<Vec<AttachmentView>, FieldbookRefused> {
        self.at_desk(|desk| {
            let patrol = patrol.map(|patrol| id(&patrol)).transpose()?;
            Ok(desk.attachments(patrol)?.into_iter().map(AttachmentView::from).collect())
        })
    }

    /// Asks for an attachment, or no longer: the next contact or meeting fetches it, and goes on where it broke off.
    pub fn want_attachment(&self, key: &str, is_wanted: bool) -> Result<(), FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.want_attachment(&named(key)?, is_wanted)?))
    }

    /// What is in an attachment, which must be here whole.
    pub fn read_attachment(&self, key: &str) -> Result<Vec<u8>, FieldbookRefused> {
        self.at_desk(|desk| {
            let mut content = Vec::new();
            desk.open_attachment(&named(key)?, &mut content)?;
            Ok(content)
        })
    }

    /// Writes what is in an attachment to a file, part by part: it need not fit into memory. What was saved is beyond what the
    /// fieldbook can erase.
    pub fn save_attachment(&self, key: &str, path: &str) -> Result<(), FieldbookRefused> {
        self.at_desk(|desk| {
            let key = named(key)?;
            Ok(write_whole(Path::new(path), not_written, |file| desk.open_attachment(&key, file))?)
        })
    }

    /// The small picture of an attachment, if it has one that is here.
    pub fn read_thumbnail(&self, key: &str) -> Result<Option<Vec<u8>>, FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.open_thumbnail(&named(key)?)?))
    }

    /// Removes an attachment and its thumbnail from this device and takes neither again. What others hold is not touched;
    /// where nobody else is known to hold it, it is refused unless `even_the_last`.
    pub fn erase_attachment(&self, key: &str, even_the_last: bool) -> Result<(), FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.erase_attachment(&named(key)?, even_the_last)?))
    }

    /// Removes an attachment and its thumbnail for everybody who hears of it; the patrol that names it stays. TS and SS only.
    pub fn erase_attachment_for_all(&self, key: &str) -> Result<(), FieldbookRefused> {
        self.at_desk(|desk| Ok(desk.erase_attachment_for_all(&named(key)?)?))
    }

    /// Brings and fetches attachments, small ones first. Comes behind `sync`, so that no photo holds up an entry. What went
    /// through before a failure stands.
    pub fn carry_attachments(&self, carrier: Arc<dyn Carrier>) -> Result<AttachmentsView, FieldbookRefused> {
        let mut report = AttachmentsReport::default();
        self.at_gate(|gate| gate.carry_attachments(&mut LentCarrier(carrier), &mut report))?;
        Ok(report.into())
    }
}

impl NewContent {
    /// All of it, or as much more than an attachment may have as shows that it is too long.
    fn read(self) -> Result<Vec<u8>, Refusal> {
        match self {
            Self::Bytes { bytes } => Ok(bytes),
            Self::File { path } => {
                let mut bytes = Vec::new();
                let file = File::open(path).map_err(ExchangeRefused::from).map_err(CoreRefused::from)?;
                let read = file.take(ATTACHMENT_CONTENT_BYTES_MAX + 1).read_to_end(&mut bytes);
                read.map_err(ExchangeRefused::from).map_err(CoreRefused::from)?;
                Ok(bytes)
            }
        }
    }
}

fn named(key: &str) -> Result<StatementRef, CoreRefused> {
    key.parse().map_err(|_| AttachRefused::NoAttachment.into())
}

impl From<Share> for ShareView {
    fn from(share: Share) -> Self {
        Self { bytes: share.bytes, all: share.all }
    }
}

impl From<PartStanding> for AttachmentStandingView {
    fn from(standing: PartStanding) -> Self {
        match standing {
            PartStanding::Open => Self::Open,
            PartStanding::Quota => Self::NoRoom,
            PartStanding::MayNot => Self::MayNot,
            PartStanding::NotYet => Self::NotYet,
            PartStanding::Erased => Self::Erased,
            PartStanding::Wrong => Self::Wrong,
            PartStanding::Unknown(_) => Self::Other,
        }
    }
}

impl From<CoreView> for AttachmentView {
    fn from(view: CoreView) -> Self {
        Self {
            key: view.key.to_string(),
            author: view.author.to_string(),
            entry: view.entry.map(|entry| entry.to_string()),
            happened_at: view.happened_at.to_string(),
            media: view.media.code().to_owned(),
            caption: view.caption.map(|caption| caption.to_string()),
            keeps_metadata: view.keeps_metadata,
            content_bytes: view.content_bytes,
            here: view.here.into(),
            at_relay: view.at_relay.into(),
            standing: view.standing.into(),
            thumbnail: view.thumbnail.map(ShareView::from),
            is_wanted: view.is_wanted,
            is_erased: view.is_erased,
            custody: view.custody,
        }
    }
}

impl From<AttachmentsReport> for AttachmentsView {
    fn from(report: AttachmentsReport) -> Self {
        let refused = report.refused.into_iter();
        let refused = refused.map(|(standing, count)| AttachmentsRefusedView {
            standing: standing.into(),
            count: count as u64,
        });
        Self {
            brought: report.brought as u64,
            fetched: report.fetched as u64,
            bytes_sent: report.bytes_sent,
            bytes_received: report.bytes_received,
            refused: refused.collect(),
            wrong: report.wrong as u64,
            missing: report.missing as u64,
            no_room: report.no_room as u64,
            is_older_relay: report.is_older_relay,
            more: report.more,
        }
    }
}
