//! Meetings: this fieldbook and another device's, over whatever carries bytes between them.

use core::net::SocketAddr;

use jasaq_protocol::sync::meeting::{DeviceMark, MeetingCode, MeetingSecret};

use super::Fieldbook;
use super::exchanging::if_it_can_be;
use crate::exchange::{ExchangeRefused, MeetingFailed, MeetingReport, OpenMeeting};
use crate::refusal::FieldbookRefused;
use crate::vault::VaultRefused;

impl Fieldbook {
    /// A code for one meeting, to be shown to who comes and to nobody else: this device waits at these addresses, all with one
    /// port. None for a way without addresses.
    pub fn make_meeting_code(&mut self, addresses: Vec<SocketAddr>) -> MeetingCode {
        let listener = DeviceMark::of(&self.device.id());
        MeetingCode { secret: MeetingSecret::make(self.surroundings.chance()), listener, addresses }
    }

    /// Waits to be called by who has read the code. What follows is in [`Fieldbook::take_in_meeting`].
    pub fn listen_for_meeting(&mut self, code: &MeetingCode) -> Result<OpenMeeting, FieldbookRefused> {
        self.refresh()?;
        let meeting = OpenMeeting::listen(&self.device, &mut self.surroundings, code);
        Ok(meeting.map_err(ExchangeRefused::from)?)
    }

    /// Calls the device that shows the code. The first bytes for it wait in [`OpenMeeting::outgoing`].
    pub fn call_to_meeting(&mut self, code: &MeetingCode) -> Result<OpenMeeting, FieldbookRefused> {
        self.refresh()?;
        let meeting = OpenMeeting::call(&self.device, &mut self.surroundings, code);
        Ok(meeting.map_err(ExchangeRefused::from)?)
    }

    /// Takes bytes of the other device, as many as came. Whatever they brought is committed before the answer to them is in
    /// [`OpenMeeting::outgoing`].
    pub fn take_in_meeting(
        &mut self,
        meeting: &mut OpenMeeting,
        bytes: &[u8],
    ) -> Result<(), FieldbookRefused> {
        if meeting.take(bytes) { self.go_on(meeting) } else { Ok(()) }
    }

    /// Goes on after a person was asked whether the other device may come in ([`OpenMeeting::asks`]). If he agreed,
    /// [`Fieldbook::confirm`] was called before.
    pub fn resume_meeting(&mut self, meeting: &mut OpenMeeting) -> Result<(), FieldbookRefused> {
        meeting.resume();
        self.go_on(meeting)
    }

    fn go_on(&mut self, meeting: &mut OpenMeeting) -> Result<(), FieldbookRefused> {
        self.keep(meeting)?;
        if meeting.begins_round(self.vault.read(), &self.device)? {
            if_it_can_be(self.say_what_is_held())?;
            self.flush_what_can_be()?;
        }
        self.refresh()?;
        let now_ms = self.surroundings.now().unix_ms;
        Ok(meeting.answer(self.vault.read(), (&self.device, now_ms))?)
    }

    fn keep(&mut self, meeting: &mut OpenMeeting) -> Result<(), VaultRefused> {
        self.write(|transaction, device, surroundings| meeting.keep(transaction, (device, surroundings)))
    }

    /// Ends a meeting, at its end or wherever it broke, and for which reason if the edge knows it: what came whole is
    /// committed. A meeting that broke off is told after its report was added to `report`.
    pub fn finish_meeting(
        &mut self,
        mut meeting: OpenMeeting,
        failed: Option<MeetingFailed>,
        report: &mut MeetingReport,
    ) -> Result<(), FieldbookRefused> {
        self.keep(&mut meeting)?;
        let (done, outcome) = meeting.finish(failed);
        report.add(&done);
        Ok(outcome.map_err(ExchangeRefused::from)?)
    }
}
