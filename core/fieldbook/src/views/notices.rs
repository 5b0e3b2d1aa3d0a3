//! What was told to the subdivision (001-§9, 12(1)), with when it was learned, told and received, and what was answered.

use jasaq_model::ids::{MemberId, PatrolId};
use jasaq_model::moment::{Moment, UtcTime};
use jasaq_model::notice::{NoticeAnswered, NoticeReply, Telling, Told};
use jasaq_model::page::is_told_before_learned;
use jasaq_model::patrol_log::Flag;
use jasaq_model::register::Cause;
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind};
use jasaq_protocol::ids::DeviceId;

use super::custody::{Custody, custody_of};
use super::parts::first_document;
use super::patrol::{PatrolView, counted_of_kind};
use crate::exchange::Device;
use crate::vault::{Connection, StatementRow, VaultRefused};

/// A notice or an observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeView {
    /// By what it is named: by its statement.
    pub name: Cause,
    /// Its statement: an [`Observation`](jasaq_model::notice::Observation) or an
    /// [`UrgentNotice`](jasaq_model::notice::UrgentNotice); where that is not read, what a patrol's log holds of it, a
    /// [`NoticeLogged`](jasaq_model::notice::NoticeLogged).
    pub stated: Stated,
    /// That it was told by voice, with the notice or later.
    pub told: Vec<Told>,
    /// What the subdivision answered, in the order in which it did.
    pub answers: Vec<(Stated, NoticeAnswered)>,
    /// How far it has come.
    pub custody: Custody,
    /// When it reached this device; none for its own.
    pub received_at: Option<UtcTime>,
    /// Whose word it is: what a log holds of a notice another may have said.
    pub member: Option<MemberId>,
    patrol: Option<PatrolId>,
    /// The document in which it stands, where it is read itself.
    pub(crate) document: Option<[u8; 16]>,
}

impl NoticeView {
    /// The statements that a page repeats of it.
    pub(crate) fn rests_on(&self) -> impl Iterator<Item = Cause> {
        std::iter::once(self.stated.cause()).chain(self.answers.iter().map(|(stated, _)| stated.cause()))
    }

    /// Whether the subdivision has to be told at once.
    #[must_use]
    pub const fn is_urgent(&self) -> bool {
        matches!(self.stated.statement.body, Body::Telling(Telling::Urgent(_) | Telling::Logged(_)))
    }

    /// Which patrol it names.
    #[must_use]
    pub const fn patrol(&self) -> Option<PatrolId> {
        self.patrol
    }

    /// When the fact became known (R13).
    #[must_use]
    pub fn learned_at(&self) -> Moment {
        self.stated.statement.happened_at()
    }

    /// When the subdivision was first told by voice, if it was (R13).
    #[must_use]
    pub fn told_at(&self) -> Option<Moment> {
        self.told.iter().map(|told| told.at).min()
    }

    /// What of it cannot have been so: that the subdivision was told before its fact was known.
    #[must_use]
    pub fn flags(&self) -> Vec<Flag> {
        let is_before = |told: Moment| is_told_before_learned(self.learned_at().time(), told.time());
        let is_odd = self.told_at().is_some_and(is_before);
        is_odd.then_some(Flag::ToldBeforeLearned).into_iter().collect()
    }

    /// Whether the subdivision has not answered yet.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.answers.is_empty()
    }

    /// Whether it confirmed that it was told by voice. Where nobody said that it was, there is nothing to confirm.
    #[must_use]
    pub fn is_voice_confirmed(&self) -> bool {
        let confirms = |answer: &NoticeAnswered| answer.reply == NoticeReply::ConfirmsVoice;
        !self.told.is_empty() && self.answers.iter().any(|(_, answer)| confirms(answer))
    }
}

/// Every notice that is read here, newest first.
pub(crate) fn notices(connection: &Connection, device: &Device) -> Result<Vec<NoticeView>, VaultRefused> {
    let mut answers = Vec::new();
    for (_, stated) in counted_of_kind(connection, device, Kind::NoticeAnswered)? {
        if let Body::Telling(Telling::Answered(answer)) = stated.statement.body.clone() {
            answers.push((stated, answer));
        }
    }
    answers.sort_by_key(|(stated, _)| (stated.statement.clocks.recorded_at().time(), stated.cause()));
    let mut told = Vec::new();
    for (_, stated) in counted_of_kind(connection, device, Kind::NoticeTold)? {
        if let Body::Telling(Telling::Told(said)) = stated.statement.body {
            told.push((said.notice, said.told));
        }
    }
    let mut notices = Vec::new();
    for kind in [Kind::UrgentNotice, Kind::Observation] {
        for (row, stated) in counted_of_kind(connection, device, kind)? {
            let name = stated.cause();
            let own = |(notice, told): &(_, Told)| (*notice == name).then(|| told.clone());
            let (with_it, patrol) = match &stated.statement.body {
                Body::Telling(Telling::Urgent(notice)) => (notice.told.clone(), notice.patrol),
                _ => (None, None),
            };
            notices.push(NoticeView {
                told: with_it.into_iter().chain(told.iter().filter_map(own)).collect(),
                answers: Vec::new(),
                custody: custody_of(connection, device, &row)?,
                received_at: received_at(&row),
                document: Some(*row.document.as_bytes()),
                member: stated.member,
                patrol,
                name,
                stated,
            });
        }
    }
    logged(connection, device, &mut notices)?;
    for notice in &mut notices {
        let own = answers.iter().filter(|(_, answer)| answer.notice == notice.name);
        notice.answers = own.cloned().collect();
    }
    notices.sort_by_key(|notice| (std::cmp::Reverse(notice.learned_at().time()), notice.name.clone()));
    Ok(notices)
}

/// The notices that name a patrol, or a part of it.
pub(crate) fn notices_of(
    connection: &Connection,
    device: &Device,
    view: &PatrolView,
) -> Result<Vec<NoticeView>, VaultRefused> {
    let is_of = |patrol: PatrolId| patrol == view.patrol || view.parts.contains(&patrol);
    let notices = notices(connection, device)?.into_iter();
    Ok(notices.filter(|notice| notice.patrol().is_some_and(is_of)).collect())
}

/// What the logs of their patrols tell of notices: when each was told, as far as that is not known here already; and those of which
/// nothing else is read here, each once, by what its author said of it first.
fn logged(
    connection: &Connection,
    device: &Device,
    notices: &mut Vec<NoticeView>,
) -> Result<(), VaultRefused> {
    let mut rows = counted_of_kind(connection, device, Kind::NoticeLogged)?;
    rows.sort_by_key(|(_, stated)| {
        let Cause { author, key } = stated.cause();
        (of_another(stated), stated.statement.clocks.recorded_at().time(), author, key)
    });
    for (row, stated) in rows {
        let Body::Telling(Telling::Logged(said)) = &stated.statement.body else { continue };
        let told = said.told.map(|(at, channel)| Told { at, channel, whom: None });
        let name = said.notice.clone();
        if let Some(known) = notices.iter_mut().find(|notice| notice.name == name) {
            let is_new = |told: &Told| {
                known
                    .told
                    .iter()
                    .all(|other| (other.at, other.channel) != (told.at, told.channel))
            };
            let told = told.filter(is_new);
            known.told.extend(told);
            continue;
        }
        let author = DeviceId::from_bytes(*name.author.as_bytes());
        let member = device.membership.known_device(&author);
        notices.push(NoticeView {
            told: told.into_iter().collect(),
            answers: Vec::new(),
            custody: custody_of(connection, device, &row)?,
            received_at: received_at(&row),
            document: None,
            member: member.map(|enrolled| MemberId::from_bytes(*enrolled.member.as_bytes())),
            patrol: Some(first_document(connection, (&row.space, row.document))?),
            name,
            stated,
        });
    }
    Ok(())
}

/// Whether somebody else than the notice's author says so.
fn of_another(stated: &Stated) -> bool {
    match &stated.statement.body {
        Body::Telling(Telling::Logged(said)) => said.notice.author != stated.author,
        _ => true,
    }
}

fn received_at(row: &StatementRow) -> Option<UtcTime> {
    row.received_ms.map(UtcTime::saturating_from_unix_ms)
}
