//! Telling the structural subdivision at once what became known (001-§9, 12(1)), and answering.
//!
//! What is told goes up before anything else, whoever carries it. Where there is no way but a voice, the call itself is recorded,
//! and the subdivision confirms it later. What is told goes to the subdivision alone; the log of the patrol that a notice names holds
//! that there was one, and when it was learned and told (R13): the head makes the page of it.

use jasaq_model::ids::{Author, PatrolId, StatementRef};
use jasaq_model::moment::Moment;
use jasaq_model::notice::{
    Channel, NoticeAnswered, NoticeLogged, NoticeReply, NoticeTold, Observation, Telling, Told, UrgentNotice,
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

/// What the log of a patrol holds of a notice.
struct InLog {
    space: SpaceId,
    patrol: PatrolId,
    /// Which. If left unset, the one that is told with it.
    notice: Option<Cause>,
    occurred_at: Option<Moment>,
    told: Option<(Moment, Channel)>,
}

impl Fieldbook {
    /// Reports outside a patrol what violates one of the seven protected objects (001-§9). Whoever is in a squad may.
    pub fn observe(&mut self, observation: Observation) -> Result<StatementRef, FieldbookRefused> {
        self.tell_subdivision((None, Telling::Observed(observation)), None)
    }

    /// Tells the subdivision immediately of an offence that is prepared or was committed (001-§12(1)). It goes up before anything
    /// else with the next exchange, which whoever calls this begins at once.
    pub fn notify(&mut self, notice: UrgentNotice) -> Result<StatementRef, FieldbookRefused> {
        let told = notice.told.as_ref().map(|told| (told.at, told.channel));
        let logged = self.log_of(notice.patrol)?.map(|(space, patrol)| InLog {
            space,
            patrol,
            notice: None,
            occurred_at: notice.occurred_at,
            told,
        });
        self.tell_subdivision((None, Telling::Urgent(notice)), logged)
    }

    /// Records that a notice was told by voice, where the program could not tell it.
    pub fn notice_was_told(&mut self, notice: &Cause, told: Told) -> Result<StatementRef, FieldbookRefused> {
        let view = self.notice(notice)?;
        let logged = self.log_of(view.patrol())?.map(|(space, patrol)| InLog {
            space,
            patrol,
            notice: Some(notice.clone()),
            occurred_at: Some(view.learned_at()),
            told: Some((told.at, told.channel)),
        });
        let said = NoticeTold { notice: notice.clone(), told };
        self.tell_subdivision((view.document, Telling::Told(said)), logged)
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

    fn notice(&mut self, notice: &Cause) -> Result<NoticeView, FieldbookRefused> {
        let found = self.notices()?.into_iter().find(|view| view.name == *notice);
        Ok(found.ok_or(LogRefused::NoNotice)?)
    }

    /// Where the log of a patrol is written, as far as it is here and this device writes it.
    fn log_of(&mut self, patrol: Option<PatrolId>) -> Result<Option<(SpaceId, PatrolId)>, FieldbookRefused> {
        let Some(patrol) = patrol else { return Ok(None) };
        if views::space_of_patrol(self.vault.read(), &self.device, patrol)?.is_none() {
            return Ok(None);
        }
        let space = self.space_of(patrol)?;
        Ok(self.device.may_write(&space).then_some((space, patrol)))
    }

    /// Both in one transaction: what the subdivision is told, and that the log holds it.
    fn tell_subdivision(
        &mut self,
        (document, telling): (Option<[u8; 16]>, Telling),
        logged: Option<InLog>,
    ) -> Result<StatementRef, FieldbookRefused> {
        self.refresh()?;
        let space = self.device.space_of_kind(SpaceKind::ToSubdivision);
        let space = space.ok_or(FieldbookRefused::MayNotState { paragraph: "001-§9, 12(1)" })?;
        self.write(|transaction, device, surroundings| {
            // Each in a document of its own, so that it can be erased alone.
            let document = document.unwrap_or_else(|| surroundings.make_id());
            let key = Tap::at(transaction, device, surroundings, (space, &document))
                .state(Body::Telling(telling), None)?;
            if let Some(InLog { space, patrol, notice, occurred_at, told }) = logged {
                let own = || Cause { author: Author::from_bytes(*device.id().as_bytes()), key: key.clone() };
                let said = NoticeLogged { notice: notice.unwrap_or_else(own), occurred_at, told };
                Tap::at(transaction, device, surroundings, (space, patrol.as_bytes()))
                    .state(Body::Telling(Telling::Logged(said)), None)?;
            }
            Ok(key)
        })
    }

    /// The newest patrols space of the squad of whoever told.
    fn squads_space(&self, notice: &Cause) -> Option<SpaceId> {
        let author = DeviceId::from_bytes(*notice.author.as_bytes());
        self.device
            .newest_patrols_of(&self.device.membership.known_device(&author)?.roll)
    }
}
