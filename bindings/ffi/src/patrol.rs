//! Patrols: how one is started, and what a screen draws of it. The same statements give the same view on every device, but
//! for what each device knows by itself: when a statement reached it, and how far it sees that it has come.

use jasaq_fieldbook::model::ids::MemberId;
use jasaq_fieldbook::model::moment::{Moment, UtcTime};
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, PatrolStart};
use jasaq_fieldbook::model::patrol_log::Flagged;
use jasaq_fieldbook::model::stated::Stated;
use jasaq_fieldbook::model::words::{Language, Name, Text};
use jasaq_fieldbook::{Custody, PatrolSummary, PatrolView as CoreView, Unsettled, UnsettledReason};

use crate::entry::EntryView;
use crate::refusal::Refusal;

/// A patrol that goes out.
#[derive(uniffi::Record)]
pub struct NewPatrol {
    /// On their own, jointly, or both.
    pub mode: ActivityMode,
    /// The representative of the structural subdivision under whose control they go. If left unset, flagged.
    #[uniffi(default = None)]
    pub controlling_representative: Option<String>,
    /// The part of the border space. If left unset, not known.
    #[uniffi(default = None)]
    pub area_component: Option<AreaComponent>,
    /// The id of the member who leads. If left unset, nobody was named.
    #[uniffi(default = None)]
    pub leader: Option<String>,
    /// What they are to do. If left unset, nothing was written.
    #[uniffi(default = None)]
    pub task: Option<String>,
    /// When it went out, as RFC 3339 with its offset. If left unset, when this is recorded.
    #[uniffi(default = None)]
    pub occurred_at: Option<String>,
}

impl NewPatrol {
    pub(crate) fn into_start(self) -> Result<PatrolStart, Refusal> {
        Ok(PatrolStart {
            controlling_representative: self.controlling_representative.map(Name::new).transpose()?,
            area_component: self.area_component,
            leader: self.leader.map(|id| id.parse::<MemberId>()).transpose()?,
            task: self.task.map(Text::new).transpose()?,
            occurred_at: self.occurred_at.map(|written| written.parse()).transpose()?,
            ..PatrolStart::new(self.mode)
        })
    }
}

/// A patrol in a list.
#[derive(uniffi::Record)]
pub struct PatrolSummaryView {
    /// Its id.
    pub patrol: String,
    /// When it started, as was said or recorded.
    pub started_at: Option<String>,
    /// Whether an end was said.
    pub is_over: bool,
    /// How many entries.
    pub entries: u64,
}

impl From<PatrolSummary> for PatrolSummaryView {
    fn from(summary: PatrolSummary) -> Self {
        Self {
            patrol: summary.patrol.to_string(),
            started_at: summary.started_at.as_ref().map(Moment::to_string),
            is_over: summary.is_over,
            entries: summary.entries as u64,
        }
    }
}

/// Who made a statement and when, by three clocks, and how far it has come.
#[derive(uniffi::Record)]
pub struct StatementView {
    /// Its key.
    pub key: String,
    /// The device that wrote it.
    pub device: String,
    /// The member whose device that is, if that is known here.
    pub member: Option<String>,
    /// How he is called here; several names where it may have been any of them.
    pub author_name: String,
    /// Whether it is known who of those had the phone then. To be shown beside the name where it is not.
    pub author_is_sure: bool,
    /// When it happened: as was said, else when it was recorded.
    pub happened_at: String,
    /// The first clock: the device's, when it was recorded.
    pub recorded_at: String,
    /// The second clock: the satellites', if there was a fix.
    pub gps_time: Option<String>,
    /// The third clock: this device's, when it came. None for its own.
    pub received_at: Option<String>,
    /// How far it has come.
    pub custody: Custody,
    /// What looks wrong about it.
    pub flags: Vec<FlagView>,
}

impl StatementView {
    pub(crate) fn new(stated: &Stated, view: &CoreView, language: Language) -> Self {
        let clocks = &stated.statement.clocks;
        let known = view.provenance_of(stated);
        let flags = view.log.flags().iter().filter(|flagged| flagged.about == stated.key);
        let author = view.holder_in(stated, stated.member);
        Self {
            key: stated.key.to_string(),
            device: stated.author.to_string(),
            member: stated.member.as_ref().map(MemberId::to_string),
            author_name: author.names.join(" / "),
            author_is_sure: author.is_sure,
            happened_at: stated.statement.happened_at().to_string(),
            recorded_at: clocks.recorded_at().to_string(),
            gps_time: clocks.gps_time().as_ref().map(UtcTime::to_string),
            received_at: known.and_then(|known| known.received_at.as_ref().map(UtcTime::to_string)),
            custody: known.map_or(Custody::OnThisPhone, |known| known.custody),
            flags: flags.map(|flagged| FlagView::new(flagged, language)).collect(),
        }
    }
}

/// Something that looks wrong. A flag never hides or refuses anything.
#[derive(uniffi::Record)]
pub struct FlagView {
    /// The glossary's code.
    pub code: String,
    /// What a person reads for it.
    pub sentence: String,
    /// The key of the statement it is about.
    pub about: String,
}

impl FlagView {
    fn new(flagged: &Flagged, language: Language) -> Self {
        Self {
            code: flagged.flag.code().to_owned(),
            sentence: flagged.flag.word(language).to_owned(),
            about: flagged.about.to_string(),
        }
    }
}

/// The start of a patrol, as one device said it.
#[derive(uniffi::Record)]
pub struct PatrolStartView {
    /// Who said it, when, and how far it has come.
    pub statement: StatementView,
    /// On their own, jointly, or both.
    pub mode: ActivityMode,
    /// The controlling representative, if one was named.
    pub controlling_representative: Option<String>,
    /// The part of the border space, if it is known.
    pub area_component: Option<AreaComponent>,
    /// How the member who leads is called here, if one was named.
    pub leader_name: Option<String>,
    /// Whether it is known who had the leader's phone then.
    pub leader_is_sure: bool,
    /// What they are to do, if that was written.
    pub task: Option<String>,
}

impl PatrolStartView {
    fn new((stated, start): (&Stated, &PatrolStart), view: &CoreView, language: Language) -> Self {
        let leader = start.leader.map(|leader| view.holder_in(stated, Some(leader)));
        Self {
            statement: StatementView::new(stated, view, language),
            mode: start.mode,
            leader_is_sure: leader.as_ref().is_none_or(|leader| leader.is_sure),
            controlling_representative: start.controlling_representative.as_ref().map(Name::to_string),
            area_component: start.area_component,
            leader_name: leader.map(|leader| leader.names.join(" / ")),
            task: start.task.as_ref().map(Text::to_string),
        }
    }
}

/// A statement that is here and does not count.
#[derive(uniffi::Record)]
pub struct UnsettledView {
    /// Its key.
    pub key: String,
    /// The device that wrote it.
    pub device: String,
    /// Why it does not count.
    pub reason: UnsettledReason,
}

impl From<&Unsettled> for UnsettledView {
    fn from(unsettled: &Unsettled) -> Self {
        Self {
            key: unsettled.key.to_string(),
            device: unsettled.author.to_string(),
            reason: unsettled.reason,
        }
    }
}

/// One patrol.
#[derive(uniffi::Record)]
pub struct PatrolView {
    /// Its id.
    pub patrol: String,
    /// Its starts. The first is the patrol's; others are flagged.
    pub starts: Vec<PatrolStartView>,
    /// Its entries, in the order in which they happened.
    pub entries: Vec<EntryView>,
    /// Its ends. The last is the patrol's; two are flagged.
    pub ends: Vec<StatementView>,
    /// What looks wrong, of entries and of everything else.
    pub flags: Vec<FlagView>,
    /// What is here and does not count.
    pub unsettled: Vec<UnsettledView>,
}

impl PatrolView {
    pub(crate) fn new(view: &CoreView, language: Language) -> Self {
        let log = &view.log;
        Self {
            patrol: view.patrol.to_string(),
            starts: log.starts().map(|start| PatrolStartView::new(start, view, language)).collect(),
            entries: log.entries().map(|entry| EntryView::new(entry, view, language)).collect(),
            ends: log
                .ends()
                .map(|(stated, _)| StatementView::new(stated, view, language))
                .collect(),
            flags: log.flags().iter().map(|flagged| FlagView::new(flagged, language)).collect(),
            unsettled: view.unsettled.iter().map(UnsettledView::from).collect(),
        }
    }
}
