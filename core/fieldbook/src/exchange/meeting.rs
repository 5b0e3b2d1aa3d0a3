//! A meeting with another device, over whatever carries bytes: what is told, what is sent, what is kept.
//!
//! The protocol's session says whose turn it is; here a turn is kept, and answered from the vault. Everything that comes is
//! taken as from a satchel: whatever verifies is kept, whoever brought it, and nobody's word moves custody but a signed ack.

mod attachments;
mod offering;
mod planning;
mod report;

use jasaq_protocol::ids::DeviceId;
use jasaq_protocol::limits::MEETING_WASTE_MAX;
use jasaq_protocol::seal::{Link, WireEnvelope};
use jasaq_protocol::sync::Arrived;
use jasaq_protocol::sync::meeting::{
    ChannelRefused, JournalKey, Meeting, MeetingCode, MeetingCodeRefused, MeetingEffect, MeetingRefused,
    Next, Own, Parting, Stage, Tips, Wishes,
};

use self::attachments::{Parcels, stream_of};
use self::offering::{Offer, what_may_be_offered};
use self::planning::Plan;
pub use self::report::MeetingReport;
use super::arrival::Step;
use super::device::Device;
use super::enrolment::{WaitingJoin, waiting_joins};
use crate::surroundings::Surroundings;
use crate::vault::{Connection, Transaction, Vault, VaultRefused};

/// Why a meeting did not come about, or not to its end. What came before stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MeetingFailed {
    /// The code is not that of a meeting.
    #[error(transparent)]
    Code(#[from] MeetingCodeRefused),
    /// Nobody answers where the code says, or nobody called.
    #[error("nobody answers where the code says")]
    Nobody,
    /// What answers is no device that meets.
    #[error("what answers is no device that meets")]
    NotADevice,
    /// The other device has a newer program.
    #[error("the other device has a newer program")]
    Newer,
    /// The other side does not have this code, or is not the device that showed it.
    #[error("the other side does not have this code")]
    OtherCode,
    /// The other device is of another territory.
    #[error("the other device is of another territory")]
    Foreign,
    /// One of the two does not know the other, and nothing that was shown explains it.
    #[error("one of the two devices does not know the other")]
    Unknown,
    /// The other device breaks the rules of a meeting: it floods, repeats itself, or lies about what it holds.
    #[error("the other device breaks the rules of a meeting")]
    Misbehaved,
    /// The other device says nothing any more.
    #[error("the other device says nothing any more")]
    Stalled,
    /// The connection broke.
    #[error("the connection broke")]
    Cut,
}

impl From<MeetingRefused> for MeetingFailed {
    fn from(refused: MeetingRefused) -> Self {
        match refused {
            MeetingRefused::Channel(ChannelRefused::NotOne) => Self::NotADevice,
            MeetingRefused::Channel(ChannelRefused::Newer) => Self::Newer,
            MeetingRefused::Channel(ChannelRefused::NotSealed) | MeetingRefused::NotProven => Self::OtherCode,
            MeetingRefused::Malformed(_)
            | MeetingRefused::OutOfTurn
            | MeetingRefused::Unasked
            | MeetingRefused::Spoilt
            | MeetingRefused::Flood
            | MeetingRefused::Idle
            | MeetingRefused::Waste => Self::Misbehaved,
        }
    }
}

/// A meeting under way, of one device.
#[derive(Debug)]
pub struct OpenMeeting {
    session: Meeting,
    arrived: Vec<Arrived>,
    differing: Vec<(JournalKey, Tips)>,
    parcels: Parcels,
    plan: Plan,
    report: MeetingReport,
    failed: Option<MeetingFailed>,
    is_our_turn: bool,
    /// Who asks this device's owner to be let in, until he has answered.
    asks: Option<WaitingJoin>,
    has_answered: bool,
}

impl OpenMeeting {
    /// Calls the device that shows this code.
    pub(crate) fn call(
        device: &Device,
        surroundings: &mut Surroundings,
        code: &MeetingCode,
    ) -> Result<Self, MeetingFailed> {
        Ok(Self::of(Meeting::call(own(device), code, surroundings.chance())?))
    }

    /// Waits to be called by who has read this code.
    pub(crate) fn listen(
        device: &Device,
        surroundings: &mut Surroundings,
        code: &MeetingCode,
    ) -> Result<Self, MeetingFailed> {
        Ok(Self::of(Meeting::listen(own(device), &code.secret, surroundings.chance())?))
    }

    fn of(session: Meeting) -> Self {
        Self {
            session,
            arrived: Vec::new(),
            differing: Vec::new(),
            parcels: Parcels::default(),
            plan: Plan::default(),
            report: MeetingReport::default(),
            failed: None,
            is_our_turn: false,
            asks: None,
            has_answered: false,
        }
    }

    /// What is to be sent to the other device now.
    #[must_use]
    pub fn outgoing(&mut self) -> Vec<u8> {
        let bytes = self.session.outgoing();
        self.report.bytes_out += bytes.len() as u64;
        bytes
    }

    /// Where the meeting stands: the five stages of a hand-over, with counts.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.session.stage()
    }

    /// The other device, once it has proven itself.
    #[must_use]
    pub fn peer(&self) -> Option<DeviceId> {
        self.session.peer()
    }

    /// Whether nothing more will be said.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.session.is_over()
    }

    /// The device that asks this one's owner to be let in. The meeting waits for his answer.
    #[must_use]
    pub fn asks(&self) -> Option<&WaitingJoin> {
        self.asks.as_ref()
    }

    /// Takes bytes into memory. Says whether something is to be kept and answered.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> bool {
        self.report.bytes_in += bytes.len() as u64;
        let was_open = self.session.stage() != Stage::Looking;
        let (effects, outcome) = self.session.take(bytes);
        for effect in effects {
            match effect {
                MeetingEffect::Met(_) => {}
                MeetingEffect::Arrived(arrived) => self.arrived.push(arrived),
                MeetingEffect::Differs(key, theirs) => self.differing.push((key, theirs)),
                MeetingEffect::Turn => self.is_our_turn = true,
                of_attachment => self.parcels.note(of_attachment),
            }
        }
        if let Err(refused) = outcome {
            // Behind the handshake the code was right: then bytes were lost or changed on the way.
            let is_spoilt = was_open && matches!(refused, MeetingRefused::Channel(_));
            self.failed = Some(if is_spoilt { MeetingFailed::Cut } else { refused.into() });
        }
        self.is_our_turn || self.session.is_over()
    }

    /// Keeps what came. The other device learns by the answer that it is held here.
    pub(crate) fn keep(
        &mut self,
        transaction: &Transaction<'_>,
        (device, surroundings): (&mut Device, &mut Surroundings),
    ) -> Result<(), VaultRefused> {
        if self.parcels.has_steps() {
            self.parcels.keep(transaction, &mut self.report)?;
        }
        let arrived = std::mem::take(&mut self.arrived);
        let is_last = self.session.is_over() && self.report.new > 0;
        if arrived.is_empty() && !is_last {
            return Ok(());
        }
        let mut step = Step::begin(transaction, device, surroundings, false)?;
        for arrived in &arrived {
            self.report.count(step.take(arrived)?);
        }
        step.finish(is_last)?;
        if self.report.not_kept > MEETING_WASTE_MAX && !self.session.is_over() {
            self.session.refuse();
            self.failed = Some(MeetingFailed::Misbehaved);
        }
        Ok(())
    }

    /// Queues what the other device lacks or wants, by what it has told. Says whether a round begins, so that what is pending
    /// is to be flushed first.
    pub(crate) fn begins_round(
        &mut self,
        connection: &Connection,
        device: &Device,
    ) -> Result<bool, VaultRefused> {
        for (key, theirs) in std::mem::take(&mut self.differing) {
            for run in self.plan.runs(connection, device, (&key, &theirs))? {
                self.session.queue(run);
            }
        }
        if let Some(peer) = self.session.peer() {
            self.parcels.answer(connection, (device, &peer), &mut self.session)?;
        }
        Ok(self.is_our_turn && self.session.must_greet())
    }

    /// Says what is to be said in this device's turn. The caller has kept what came, and flushed if a round begins.
    pub(crate) fn answer(
        &mut self,
        connection: &Connection,
        (device, now_ms): (&Device, i64),
    ) -> Result<(), VaultRefused> {
        if !self.is_our_turn || self.session.is_over() {
            return Ok(());
        }
        if self.session.must_prove() {
            self.session.prove(device.keys.signing());
        }
        if self.session.must_greet() && !self.greet(connection, (device, now_ms))? {
            return Ok(());
        }
        while let Some(next) = self.session.next_envelope() {
            let wire = wire_of(connection, &next)?;
            self.session.put(next, wire.as_deref());
        }
        while let Some(next) = self.session.next_steps() {
            let stream = stream_of(connection, &next)?;
            self.session.put_steps(&next, stream);
        }
        self.is_our_turn = false;
        if !self.session.is_over() && self.session.end_turn().is_err() {
            self.failed = Some(MeetingFailed::Cut);
        }
        Ok(())
    }

    /// Begins a round, unless a person has to answer first.
    fn greet(
        &mut self,
        connection: &Connection,
        (device, now_ms): (&Device, i64),
    ) -> Result<bool, VaultRefused> {
        let Some(peer) = self.session.peer() else { return Ok(true) };
        let offer = what_may_be_offered(device, &peer, self.session.is_caller());
        if matches!(offer, Offer::Rolls | Offer::Nothing)
            && let Some(request) = offering::request_of(device, &peer)
        {
            let mut waiting = waiting_joins(connection, device, now_ms)?.into_iter();
            let mine = waiting.find(|join| join.device.id == peer);
            match mine.filter(|join| request.is_open && !join.expired && !self.has_answered) {
                Some(join) => {
                    self.asks = Some(join);
                    if self.session.pause().is_err() {
                        self.failed = Some(MeetingFailed::Cut);
                    }
                }
                None => self.session.leave(Parting::NotYet),
            }
            return Ok(false);
        }
        let knows = matches!(offer, Offer::Everything);
        self.plan = Plan::load(connection, device)?;
        if offer == Offer::ItsRemoval {
            let removals = offering::removals_of(connection, device, &peer)?;
            self.plan.only_up_to(connection, &removals)?;
        }
        let holdings = self.plan.holdings(connection, device, offer)?;
        let wishes =
            if knows { self.parcels.wishes(connection, (device, &peer))? } else { Wishes::default() };
        self.session.greet(knows, holdings, wishes);
        Ok(true)
    }

    /// The person has answered, whatever he said.
    pub(crate) fn resume(&mut self) {
        self.has_answered |= self.asks.take().is_some();
    }

    /// What the meeting did, and why it ended if it was not to its end. Everything that came is kept already.
    pub(crate) fn finish(
        mut self,
        failed: Option<MeetingFailed>,
    ) -> (MeetingReport, Result<(), MeetingFailed>) {
        let progress = self.session.progress();
        self.report.sent = progress.sent;
        self.report.missing = progress.to_receive.saturating_sub(progress.received);
        self.report.attachment_bytes_out = progress.bytes_sent;
        self.report.attachment_bytes_missing = progress.bytes_to_receive - progress.bytes_received;
        self.report.no_room = self.parcels.no_room();
        let parted = match self.session.stage() {
            Stage::Even(_) => {
                self.report.even = true;
                Ok(())
            }
            Stage::Parted { parting, by_us, .. } => match parting {
                Parting::NotYet => {
                    self.report.waits = true;
                    Ok(())
                }
                Parting::Even | Parting::Apart | Parting::Other => Ok(()),
                Parting::Unknown => Err(MeetingFailed::Unknown),
                Parting::Foreign => Err(MeetingFailed::Foreign),
                Parting::Broken if by_us => Err(self.failed.unwrap_or(MeetingFailed::Misbehaved)),
                // It says that this device broke the rules: a defect of either program, or somebody between them.
                Parting::Broken => Err(MeetingFailed::Misbehaved),
            },
            _ => Err(self.failed.or(failed).unwrap_or(MeetingFailed::Cut)),
        };
        (self.report, parted)
    }
}

fn own(device: &Device) -> Own {
    Own { device: device.id(), territory: device.membership.territory_roll() }
}

/// The wire form to send; with its link where the session says that nothing came before it.
fn wire_of(connection: &Connection, next: &Next) -> Result<Option<Vec<u8>>, VaultRefused> {
    let place = next.place;
    if let Some(hash) = &next.branch {
        return Vault::branch_wire(connection, (&place.journal, place.sequence, hash));
    }
    let Some(wire) = Vault::wire(connection, &place)? else { return Ok(None) };
    if !next.with_link {
        return Ok(Some(wire));
    }
    let link = match place.sequence.before() {
        None => Vault::signer(connection, &place.journal)?.map(Link::First),
        before => Vault::envelope_hash(connection, place.journal, before)?.map(Link::After),
    };
    let decoded = WireEnvelope::decode(&wire).map_err(|_| VaultRefused::Damaged { set_aside: None })?;
    Ok(link.map(|link| decoded.with_link(link).encode()))
}
