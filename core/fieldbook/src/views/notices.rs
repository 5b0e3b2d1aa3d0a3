//! What was told to the subdivision (001-§9, 12(1)), with when it was learned, told and received, and what was answered.

use jasaq_model::ids::PatrolId;
use jasaq_model::moment::{Moment, UtcTime};
use jasaq_model::notice::{NoticeAnswered, NoticeReply, Telling, Told};
use jasaq_model::stated::Stated;
use jasaq_model::statement::{Body, Kind};

use super::custody::{Custody, custody_of};
use super::patrol::counted_of_kind;
use crate::exchange::Device;
use crate::vault::{Connection, StatementRow, VaultRefused};

/// A notice or an observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeView {
    /// Its statement: an [`Observation`](jasaq_model::notice::Observation) or an
    /// [`UrgentNotice`](jasaq_model::notice::UrgentNotice).
    pub stated: Stated,
    /// That it was told by voice, with the notice or later.
    pub told: Vec<Told>,
    /// What the subdivision answered, in the order in which it did.
    pub answers: Vec<(Stated, NoticeAnswered)>,
    /// How far it has come.
    pub custody: Custody,
    /// When it reached this device; none for its own.
    pub received_at: Option<UtcTime>,
    /// The document in which it stands.
    pub(crate) document: [u8; 16],
}

impl NoticeView {
    /// Whether the subdivision has to be told at once.
    #[must_use]
    pub const fn is_urgent(&self) -> bool {
        matches!(self.stated.statement.body, Body::Telling(Telling::Urgent(_)))
    }

    /// Which patrol it names.
    #[must_use]
    pub const fn patrol(&self) -> Option<PatrolId> {
        match &self.stated.statement.body {
            Body::Telling(Telling::Urgent(notice)) => notice.patrol,
            _ => None,
        }
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
            let with_it = match &stated.statement.body {
                Body::Telling(Telling::Urgent(notice)) => notice.told.clone(),
                _ => None,
            };
            notices.push(NoticeView {
                told: with_it.into_iter().chain(told.iter().filter_map(own)).collect(),
                answers: answers.iter().filter(|(_, answer)| answer.notice == name).cloned().collect(),
                custody: custody_of(connection, device, &row)?,
                received_at: received_at(&row),
                document: *row.document.as_bytes(),
                stated,
            });
        }
    }
    notices.sort_by_key(|notice| (std::cmp::Reverse(notice.learned_at().time()), notice.stated.cause()));
    Ok(notices)
}

fn received_at(row: &StatementRow) -> Option<UtcTime> {
    row.received_ms.map(UtcTime::saturating_from_unix_ms)
}
