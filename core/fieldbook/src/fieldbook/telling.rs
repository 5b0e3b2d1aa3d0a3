//! Telling the structural subdivision at once what became known (001-§9, 12(1)), and answering.
//!
//! What is told goes up before anything else, whoever carries it. Where there is no way but a voice, the call itself is recorded,
//! and the subdivision confirms it later.

use jasaq_model::ids::{PatrolId, StatementRef};
use jasaq_model::notice::{
    NoticeAnswered, NoticeReply, NoticeTold, Observation, Telling, Told, UrgentNotice,
};
use jasaq_model::patrol_log::LogRefused;
use jasaq_model::register::Cause;
use jasaq_model::statement::Body;
use jasaq_model::words::Note;
use jasaq_protocol::ids::{DeviceId, SpaceId};
use jasaq_protocol::membership::SpaceKind;

use super::Fieldbook;
use super::writing::Tap;
use crate::refusal::FieldbookRefused;
use crate::views::{self, NoticeView};

impl Fieldbook {
    /// Reports outside a patrol what violates one of the seven protected objects (001-§9). Whoever is in a squad may.
    pub fn observe(&mut self, observation: Observation) -> Result<StatementRef, FieldbookRefused> {
        self.tell_subdivision(None, Telling::Observed(observation))
    }

    /// Tells the subdivision immediately of an offence that is prepared or was committed (001-§12(1)). It goes up before anything
    /// else with the next exchange, which whoever calls this begins at once.
    pub fn notify(&mut self, notice: UrgentNotice) -> Result<StatementRef, FieldbookRefused> {
        self.tell_subdivision(None, Telling::Urgent(notice))
    }

    /// Records that a notice was told by voice, where the program could not tell it.
    pub fn notice_was_told(&mut self, notice: &Cause, told: Told) -> Result<StatementRef, FieldbookRefused> {
        let own = self.notice(notice)?;
        let said = NoticeTold { notice: notice.clone(), told };
        self.tell_subdivision(Some(own.document), Telling::Told(said))
    }

    /// Answers a notice, where its squad reads it. SS only. A later answer stands beside an earlier one.
    pub fn answer_notice(
        &mut self,
        notice: &Cause,
        (reply, note): (NoticeReply, Option<Note>),
    ) -> Result<StatementRef, FieldbookRefused> {
        let view = self.notice(notice)?;
        if reply == NoticeReply::ConfirmsVoice && view.told.is_empty() {
            return Err(LogRefused::NotToldByVoice.into());
        }
        let space = self.squads_space(notice).ok_or(LogRefused::NoNotice)?;
        // With its patrol, if it names one; else with what the squad's space holds itself.
        let document = match view.patrol() {
            Some(patrol) => *patrol.as_bytes(),
            None => *space.as_bytes(),
        };
        let said = NoticeAnswered { notice: notice.clone(), reply, note };
        self.write(|transaction, device, surroundings| {
            Tap::at(transaction, device, surroundings, (space, &document))
                .state(Body::Telling(Telling::Answered(said)), None)
        })
    }

    /// What was told to the subdivision, as far as it is read here, newest first: on a phone its own, with the answers.
    pub fn notices(&mut self) -> Result<Vec<NoticeView>, FieldbookRefused> {
        self.refresh()?;
        Ok(views::notices(self.vault.read(), &self.device)?)
    }

    /// The notices that name a patrol.
    pub(super) fn notices_of(&mut self, patrol: PatrolId) -> Result<Vec<NoticeView>, FieldbookRefused> {
        let notices = self.notices()?.into_iter();
        Ok(notices.filter(|notice| notice.patrol() == Some(patrol)).collect())
    }

    fn notice(&mut self, notice: &Cause) -> Result<NoticeView, FieldbookRefused> {
        let found = self.notices()?.into_iter().find(|view| view.stated.cause() == *notice);
        Ok(found.ok_or(LogRefused::NoNotice)?)
    }

    fn tell_subdivision(
        &mut self,
        document: Option<[u8; 16]>,
        telling: Telling,
    ) -> Result<StatementRef, FieldbookRefused> {
        self.refresh()?;
        let space = self.device.space_of_kind(SpaceKind::ToSubdivision);
        let space = space.ok_or(FieldbookRefused::MayNotState { paragraph: "001-§9, 12(1)" })?;
        self.write(|transaction, device, surroundings| {
            // Each in a document of its own, so that it can be erased alone.
            let document = document.unwrap_or_else(|| surroundings.make_id());
            Tap::at(transaction, device, surroundings, (space, &document)).state(Body::Telling(telling), None)
        })
    }

    /// The newest patrols space of the squad of whoever told.
    fn squads_space(&self, notice: &Cause) -> Option<SpaceId> {
        let author = DeviceId::from_bytes(*notice.author.as_bytes());
        self.newest_patrols_of(self.device.membership.known_device(&author)?.roll)
    }

    /// The newest patrols space of a squad, by the roll of its phones, as far as this device writes it.
    pub(super) fn newest_patrols_of(&self, roll: SpaceId) -> Option<SpaceId> {
        let spaces = self.device.membership.spaces().filter(|(space, record)| {
            record.kind == SpaceKind::Patrols
                && record.roll == roll
                && !record.is_closed
                && self.device.may_write(space)
        });
        spaces
            .max_by_key(|(space, record)| (record.season, **space))
            .map(|(space, _)| *space)
    }
}
