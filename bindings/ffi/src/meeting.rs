//! Two devices meet over a way that the host opened: a socket of Wi-Fi Direct, an L2CAP channel, a cable. The host carries
//! bytes both ways; whose turn it is and what is kept is the core's.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use jasaq_fieldbook::protocol::sync::meeting::{MeetingCode, Progress, Stage};
use jasaq_fieldbook::{
    ExchangeRefused, FieldbookRefused as CoreRefused, MeetingFailed as CoreFailed, MeetingReport, OpenMeeting,
};

use crate::fieldbook::Fieldbook;
use crate::refusal::{FieldbookRefused, Refusal};

/// How far an exchange has come: in envelopes, and in bytes of attachments, which go over once both hold the same envelopes.
/// Sent are those that the other device holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct MeetingProgressView {
    /// To be sent, as far as is known.
    pub to_send: u64,
    /// Of these, held by the other device.
    pub sent: u64,
    /// To be received, as far as the other device has said.
    pub to_receive: u64,
    /// Of these, those that have come.
    pub received: u64,
    /// Bytes of attachments to be sent, as far as the other device has asked.
    pub bytes_to_send: u64,
    /// Of these, held by the other device.
    pub bytes_sent: u64,
    /// Bytes of attachments to be received, as far as the other device has said.
    pub bytes_to_receive: u64,
    /// Of these, those that have come.
    pub bytes_received: u64,
}

/// The five stages of a hand-over, and its other end.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum MeetingStageView {
    /// Nobody who has the code has answered yet.
    Looking,
    /// A device was found, and is proving itself or comparing.
    Found {
        /// Which device, once it has proven itself.
        peer: Option<String>,
    },
    /// Sending and receiving.
    Exchanging {
        /// How far.
        progress: MeetingProgressView,
    },
    /// Done here, and waiting for the other.
    Waiting {
        /// How far.
        progress: MeetingProgressView,
        /// Whether a person has to confirm first.
        for_a_person: bool,
    },
    /// Both have everything.
    Even {
        /// What was exchanged.
        progress: MeetingProgressView,
    },
    /// It ended otherwise; what was exchanged stands, and ending the meeting says why.
    Parted {
        /// What was exchanged.
        progress: MeetingProgressView,
    },
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MeetingStepView {
    /// To be sent to the other device now, before anything more is read from it.
    pub bytes: Vec<u8>,
    /// Where the meeting stands.
    pub stage: MeetingStageView,
    /// Whether a device asks to be let in: its owner reads out four words, which `let_in` takes, or `leave_for_later` is called.
    pub asks: bool,
    /// Whether nothing more will be said: the way may be closed once the bytes are sent.
    pub is_over: bool,
}

/// Why the host's way broke off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum MeetingBroken {
    /// Nobody was there.
    Nobody,
    /// The other device said nothing for too long. Half a minute is much, and five while a person is asked.
    Stalled,
    /// The connection broke.
    Cut,
}

/// What a meeting did. Counts, no contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct MeetingView {
    /// Whether both hold the same now.
    pub even: bool,
    /// Whether one of the two asked to be let in and waits for a person.
    pub waits: bool,
    /// Envelopes that were new here.
    pub received: u64,
    /// Envelopes that the other device holds now and did not hold before.
    pub sent: u64,
    /// Envelopes that the other device said it has, and that have not come.
    pub missing: u64,
    /// Envelopes that could not be kept.
    pub not_kept: u64,
    /// Attachments and thumbnails that are whole here now, and were not before.
    pub attachments: u64,
    /// Bytes of attachments that the other device said it would give, and that have not come.
    pub attachment_bytes_missing: u64,
    /// Attachments for which there is no room here.
    pub attachments_no_room: u64,
}

/// A meeting under way. The host lets go of it when it is over.
#[derive(uniffi::Object)]
pub struct MeetingHandle {
    fieldbook: Arc<Fieldbook>,
    meeting: Mutex<Option<OpenMeeting>>,
    code: String,
}

#[uniffi::export]
impl Fieldbook {
    /// Waits for another device. The handle has the code to show; the addresses, `host:port` with one port, are where the host
    /// listens, and none for a way that needs no address.
    pub fn listen_for_meeting(
        self: Arc<Self>,
        addresses: Vec<String>,
    ) -> Result<MeetingHandle, FieldbookRefused> {
        let (meeting, code) = self.at_desk(|desk| {
            let read = addresses.into_iter().map(|text| text.parse::<SocketAddr>());
            let addresses = read.collect::<Result<_, _>>();
            let addresses = addresses.map_err(|_| Refusal::Given("an address is host:port".to_owned()))?;
            let code = desk.make_meeting_code(addresses);
            Ok((desk.listen_for_meeting(&code)?, code.to_text().to_string()))
        })?;
        Ok(MeetingHandle { fieldbook: self, meeting: Mutex::new(Some(meeting)), code })
    }

    /// Calls the device that shows this code. The first bytes for it are in the first step.
    pub fn call_to_meeting(self: Arc<Self>, code: &str) -> Result<MeetingHandle, FieldbookRefused> {
        let meeting = self.at_desk(|desk| Ok(desk.call_to_meeting(&read_code(code)?)?))?;
        Ok(MeetingHandle { fieldbook: self, meeting: Mutex::new(Some(meeting)), code: code.to_owned() })
    }

    /// Where the device waits that shows this code: `host:port` each, to be tried one after the other.
    pub fn meeting_addresses(&self, code: &str) -> Result<Vec<String>, FieldbookRefused> {
        let code = read_code(code).map_err(|refused| self.told(refused))?;
        Ok(code.addresses.iter().map(ToString::to_string).collect())
    }
}

#[uniffi::export]
impl MeetingHandle {
    /// The code, to be shown to who meets this device and to nobody else.
    pub fn code(&self) -> String {
        self.code.clone()
    }

    /// The first step: what to send before anything was received.
    pub fn begin(&self) -> Result<MeetingStepView, FieldbookRefused> {
        self.received(Vec::new())
    }

    /// Bytes came, as many as came. What they brought is on disk before the answer is returned.
    #[expect(clippy::needless_pass_by_value, reason = "lent bytes would have to lie outside a JVM's heap")]
    pub fn received(&self, bytes: Vec<u8>) -> Result<MeetingStepView, FieldbookRefused> {
        self.step(|desk, meeting| desk.take_in_meeting(meeting, &bytes))
    }

    /// Lets the device in that asks, by the four words that its owner read out. Wrong words may be typed again.
    pub fn let_in(&self, words: &str) -> Result<MeetingStepView, FieldbookRefused> {
        self.step(|desk, meeting| {
            desk.confirm(words)?;
            desk.resume_meeting(meeting)
        })
    }

    /// Nobody is let in now. The request stays, for later.
    pub fn leave_for_later(&self) -> Result<MeetingStepView, FieldbookRefused> {
        self.step(jasaq_fieldbook::Fieldbook::resume_meeting)
    }

    /// Ends the meeting, over or broken off, and says what it did. What came is kept in every case; a meeting that did not come
    /// to its end is refused with what to do.
    #[uniffi::method(default(broken = None))]
    pub fn end(&self, broken: Option<MeetingBroken>) -> Result<MeetingView, FieldbookRefused> {
        let meeting = self.meeting.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(meeting) = meeting else { return Err(self.fieldbook.told(ended())) };
        let mut report = MeetingReport::default();
        let why = broken.map(|broken| match broken {
            MeetingBroken::Nobody => CoreFailed::Nobody,
            MeetingBroken::Stalled => CoreFailed::Stalled,
            MeetingBroken::Cut => CoreFailed::Cut,
        });
        let (finished, own) = self.fieldbook.at_desk(|desk| {
            let finished = desk.finish_meeting(meeting, why, &mut report);
            Ok((finished, self.fieldbook.watches.look(desk)?))
        })?;
        if let Some(own) = own {
            self.fieldbook.watches.tell(&own);
        }
        finished.map(|()| report.into()).map_err(|refused| self.fieldbook.told(refused))
    }
}

impl MeetingHandle {
    fn step(
        &self,
        work: impl FnOnce(&mut jasaq_fieldbook::Fieldbook, &mut OpenMeeting) -> Result<(), CoreRefused>,
    ) -> Result<MeetingStepView, FieldbookRefused> {
        let mut held = self.meeting.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(meeting) = held.as_mut() else { return Err(self.fieldbook.told(ended())) };
        let (step, own) = self.fieldbook.at_desk(|desk| {
            work(desk, meeting)?;
            Ok((step_view(meeting), self.fieldbook.watches.look(desk)?))
        })?;
        drop(held);
        if let Some(own) = own {
            self.fieldbook.watches.tell(&own);
        }
        Ok(step)
    }
}

fn ended() -> Refusal {
    Refusal::Given("the meeting has ended".to_owned())
}

fn read_code(text: &str) -> Result<MeetingCode, CoreRefused> {
    let code = MeetingCode::from_text(text).map_err(CoreFailed::from);
    Ok(code.map_err(ExchangeRefused::from)?)
}

fn step_view(meeting: &mut OpenMeeting) -> MeetingStepView {
    MeetingStepView {
        bytes: meeting.outgoing(),
        stage: meeting.stage().into(),
        asks: meeting.asks().is_some(),
        is_over: meeting.is_over(),
    }
}

impl From<Progress> for MeetingProgressView {
    fn from(progress: Progress) -> Self {
        let Progress {
            to_send,
            sent,
            to_receive,
            received,
            bytes_to_send,
            bytes_sent,
            bytes_to_receive,
            bytes_received,
        } = progress;
        Self {
            to_send,
            sent,
            to_receive,
            received,
            bytes_to_send,
            bytes_sent,
            bytes_to_receive,
            bytes_received,
        }
    }
}

impl From<Stage> for MeetingStageView {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Looking => Self::Looking,
            Stage::Found { peer } => Self::Found { peer: peer.map(|peer| peer.to_string()) },
            Stage::Exchanging(progress) => Self::Exchanging { progress: progress.into() },
            Stage::Waiting { progress, for_a_person } => {
                Self::Waiting { progress: progress.into(), for_a_person }
            }
            Stage::Even(progress) => Self::Even { progress: progress.into() },
            Stage::Parted { progress, .. } => Self::Parted { progress: progress.into() },
        }
    }
}

impl From<MeetingReport> for MeetingView {
    fn from(report: MeetingReport) -> Self {
        Self {
            even: report.even,
            waits: report.waits,
            received: report.new as u64,
            sent: report.sent,
            missing: report.missing,
            not_kept: report.not_kept as u64,
            attachments: report.attachments as u64,
            attachment_bytes_missing: report.attachment_bytes_missing,
            attachments_no_room: report.no_room as u64,
        }
    }
}
